"""A place of one's own: read from a folder, filled where blank, refused with one clear message where wrong."""

import os

import pandas as pd
import pytest

from schoolsim.errors import InputError
from schoolsim.places import load_place
from schoolsim.places.england import national_shares
from schoolsim.places.frame import AREA_COLUMNS, SCHOOL_COLUMNS
from schoolsim.places.own import fingerprint
from schoolsim.places.own_columns import TABLES
from schoolsim.scenario import load_scenario, scenario_from
from schoolsim.session import Session
from tests.house.sources import REPOSITORY

SCHOOLS = """first_year,last_year,easting,northing,roll,fsm_share
0,6,1000,1000,210,0.1
0,6,2000,1000,140,0.3
7,11,1500,1500,250,
"""
AREAS = """easting,northing,children
900,900,200
2100,1100,150.5
1500,1600,90
"""


@pytest.fixture
def folder(tmp_path):
    town = tmp_path / "my-town"
    town.mkdir()
    (town / "schools.csv").write_text(SCHOOLS)
    (town / "areas.csv").write_text(AREAS)
    return town


def refused(folder):
    with pytest.raises(InputError) as error:
        load_place(str(folder) + os.sep)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_two_small_tables_are_a_place(folder):
    place = load_place(str(folder))
    assert list(place.schools) == list(SCHOOL_COLUMNS) and list(place.areas) == list(AREA_COLUMNS)
    assert place.schools.label.tolist() == ["my-town-P01", "my-town-P02", "my-town-S01"]
    assert place.areas.children.tolist() == [200, 150.5, 90] and place.areas.code.is_unique
    assert (place.name, place.facts["vintage"]) == ("my-town", "own")


def test_blank_cells_take_what_is_promised_and_are_listed(folder):
    place, nation = load_place(folder), national_shares()
    imputed = {item["what"]: item["how"] for item in place.facts["imputed"]}
    assert place.schools.fsm_share.tolist() == [0.1, 0.3, nation["secondary"]["fsm"]]
    assert place.schools.fsm6_share[0] == pytest.approx(0.1 * nation["primary"]["fsm6"] / nation["primary"]["fsm"])
    blank = {"fsm_share of 1 of 3 schools", "fsm6_share of 3 of 3 schools", "deprivation of 3 of 3 areas"}
    assert blank <= set(imputed)
    assert "1.08" in imputed["slack"] and all(imputed.values())
    assert place.schools.attainment_published.isna().all() and (place.schools.attainment_pupils == 0).all()


def test_all_columns_are_taken_over_as_they_stand(folder):
    (folder / "schools.csv").write_text(
        "name,urn,school_type,religion,gender,own_admissions,selective,first_year,last_year,easting,northing,roll,"
        "roll_published,fsm_share,fsm6_share,eal_share,sen_support_share,ehcp_share,girls_share,absence_share,"
        "published_result,attainment_published,attainment_pupils,value_added_published,value_added_pupils,authority\n"
        'Hill "Top",12,academy_converter,none,girls,no,Yes,'
        "7,11,1,2,500,600,.1,.2,.3,.1,.02,1,.05,61,0.8,300,-0.1,,355\n"
    )
    row = load_place(folder).schools.iloc[0]
    assert (row.real_name, row.urn, row.gender) == ('Hill "Top"', 12, "girls")
    assert (row.own_admissions, row.selective) == (False, True)
    assert (row.roll_published, row.girls_share, row.attainment_pupils, row.value_added_pupils) == (600, 1.0, 300, 100)
    assert (row.authority, row.published_result) == (355, 61)


def test_one_sex_and_own_admissions_follow_from_kind_where_blank(folder):
    (folder / "schools.csv").write_text(
        "first_year,last_year,easting,northing,roll,gender,school_type\n7,11,0,0,50,boys,foundation\n7,11,0,0,50,,\n"
    )
    schools = load_place(folder).schools
    assert schools.girls_share[0] == 0 and schools.own_admissions.tolist() == [True, False]


def test_parquet_and_spreadsheet_habits_are_read_too(folder):
    pd.read_csv(folder / "areas.csv").assign(code=["a", None, "c"]).to_parquet(folder / "areas.parquet")
    (folder / "areas.csv").unlink()
    (folder / "schools.csv").write_bytes(b"\xef\xbb\xbf" + SCHOOLS.replace("\n", " \r\n").encode() + b"\n,,,,,\n")
    place = load_place(folder)
    assert place.areas.code.tolist() == ["a", "A00002", "c"] and len(place.schools) == 3


def test_a_description_names_source_and_slack(folder):
    (folder / "place.yaml").write_text("title: Our Town\nsource: Counted by us\nslack: {primary: 1.2, secondary: 1}\n")
    place = load_place(folder)
    assert (place.title, place.schools.label[0]) == ("Our Town", "Our-Town-P01")
    assert place.facts["slack"] == {"primary": 1.2, "secondary": 1}
    assert place.facts["attribution"].startswith("Counted by us; ")
    assert "slack" not in [item["what"] for item in place.facts["imputed"]]


def schools(text):
    return {"schools.csv": text}


def school(**cells):
    usual = {"first_year": "0", "last_year": "6", "easting": "1000", "northing": "1000", "roll": "200"}
    row = usual | cells
    sound = [*usual.values(), *[""] * (len(row) - len(usual))]
    return schools("".join(f"{','.join(line)}\n" for line in (row, sound, row.values())))


def areas(text):
    return {"areas.csv": text}


HEAD = "easting,northing,children"
BROKEN = {
    "no table of schools": ({"schools.csv": None}, ["no table of schools", "allowed: schools.csv or schools.parquet"]),
    "a misspelt file": ({"schools.csv": None, "school.csv": SCHOOLS}, ["Did you mean 'school.csv'?"]),
    "no table of areas": ({"areas.csv": None}, ["no table of areas"]),
    "a table twice": ({"schools.parquet": b"x"}, ["the same table twice", "schools.csv"]),
    "an empty file": (schools(""), ["schools.csv: this file is empty"]),
    "a head alone": (areas(f"{HEAD}\n"), ["areas.csv: this table has no rows"]),
    "semicolons": (areas("easting;northing;children\n1;2;3\n"), ["areas.csv:1", "semicolons", "allowed: commas"]),
    "another encoding": (schools(SCHOOLS.encode("utf-16")), ["not in UTF-8"]),
    "one cell too many": (areas(f"{HEAD}\n1,2,3\n1,2,3,4\n"), ["not a CSV file", "line 3"]),
    "no Parquet": ({"areas.csv": None, "areas.parquet": b"PAR1 no"}, ["not a Parquet file"]),
    "a column missing": (areas("easting,northing\n1,2\n"), ["these columns are missing", "allowed: children"]),
    "a misspelt column": (areas("easting,northing,childern\n1,2,3\n"), ["key: childern", "Did you mean 'children'?"]),
    "a column in capitals": (areas("Easting,northing,children\n1,2,3\n"), ["Did you mean 'easting'?"]),
    "an unknown column": (school(motto="sapere"), ["unknown column", "key: motto"]),
    "a column twice": (areas("easting,easting,children\n1,2,3\n"), ["here twice", "found: easting"]),
    "a blank where none may be": (school(roll=""), ["schools.csv:3", "this cell is empty", "key: roll"]),
    "words for a number": (school(roll="many"), ["schools.csv:3", "not a number", "found: many"]),
    "a number without end": (school(easting="inf"), ["schools.csv:3", "not a number", "found: inf"]),
    "half a pupil": (school(roll="20.5"), ["not a whole number", "found: 20.5"]),
    "no pupils": (school(roll="0"), ["out of range", "key: roll", "from 1 to 10,000"]),
    "year twelve": (school(last_year="12"), ["out of range", "key: last_year", "from 0 to 11"]),
    "years backwards": (school(first_year="7"), ["schools.csv:3", "comes before the first"]),
    "percent": (school(fsm_share="15"), ["a share, not a percentage", "found: 15"]),
    "a share below zero": (school(eal_share="-0.1"), ["out of range", "found: -0.1"]),
    "six years below now": (school(fsm_share="0.3", fsm6_share="0.2"), ["schools.csv:3", "key: fsm6_share"]),
    "an unknown word": (school(gender="girl"), ["key: gender", "found: girl", "Did you mean 'girls'?"]),
    "an unknown kind": (school(school_type="acadmy_converter"), ["Did you mean 'academy_converter'?"]),
    "neither yes nor no": (school(selective="perhaps"), ["key: selective", "allowed: yes or no"]),
    "more up to eleven than in all": (school(roll_published="100"), ["key: roll_published", "fewer pupils"]),
    "results in points": (school(attainment_published="48"), ["out of range", "from -4 to 4"]),
    "fewer than no children": (areas(f"{HEAD}\n1000,2,-3\n"), ["areas.csv:2", "out of range", "found: -3"]),
    "no children at all": (areas(f"{HEAD}\n1000,2,0\n"), ["no children live in any area"]),
    "degrees": (areas(f"{HEAD}\n-2.29,53.4,10\n-2.31,53.5,10\n"), ["look like degrees", "allowed: metres"]),
    "an area twice": (areas(f"{HEAD},code\n1000,2,3,a\n2000,2,3,a\n"), ["areas.csv:3", "another area", "found: a"]),
    "a number twice": (
        schools("urn,first_year,last_year,easting,northing,roll\n7,0,6,0,0,9\n7,0,6,0,0,9\n"),
        ["schools.csv:3", "another school has this number", "found: 7"],
    ),
    "an unknown key": ({"place.yaml": "titel: X\n"}, ["place.yaml:1", "key: titel", "Did you mean 'title'?"]),
    "a title that is none": ({"place.yaml": "title: [a]\n"}, ["place.yaml:1", "not text", "key: title"]),
    "slack for one phase": ({"place.yaml": "slack: {primary: 1.1}\n"}, ["place.yaml:1", "primary and secondary"]),
    "slack beyond reason": ({"place.yaml": "slack: {primary: 1.1, secondary: 9}\n"}, ["from 0.9 to 3.0"]),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_place_is_refused_with_file_row_and_what_would_do(folder, case):
    files, expected = BROKEN[case]
    for name, content in files.items():
        if content is None:
            (folder / name).unlink()
        else:
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    message = refused(folder)
    assert [words for words in expected if words not in message] == []


def test_in_a_parquet_table_the_row_is_named(folder):
    (folder / "areas.csv").unlink()
    frame = pd.DataFrame({"easting": [1e3, 2e3], "northing": [0.0, 0.0], "children": [5.0, float("nan")]})
    frame.to_parquet(folder / "areas.parquet")
    assert "key: children, row 2" in refused(folder)


def test_a_folder_that_is_not_there_is_refused_with_the_nearest(folder):
    assert "cannot find this folder" in refused(folder.parent / "no-town")
    assert "Did you mean 'my-town'?" in refused(folder.parent / "my-twon")


def test_a_file_is_no_place(folder):
    with pytest.raises(InputError, match="not a file"):
        load_place(str(folder / "schools.csv"))


def test_a_bare_name_of_a_folder_is_answered_with_the_way_to_say_it(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    (folder.parent / "qqq").mkdir()
    with pytest.raises(InputError, match=r"Did you mean './qqq'\?"):
        load_place("qqq")


def test_what_the_tables_say_decides_their_fingerprint(folder):
    before = fingerprint(folder)
    (folder / "notes.txt").write_text("nothing to do with it")
    assert fingerprint(folder) == before
    (folder / "areas.csv").write_text(AREAS.replace("90\n", "91\n"))
    assert fingerprint(folder) != before


def test_a_scenario_may_name_a_folder_beside_it_and_keeps_the_whole_path(folder):
    (folder.parent / "trial.yaml").write_text("name: trial\ntitle: Trial\nplace: ./my-town\n")
    assert load_scenario(folder.parent / "trial.yaml").place == str(folder.resolve())


@pytest.mark.parametrize("place", ["../elsewhere", "./no-town"])
def test_a_scenario_may_not_reach_outside_its_folder_nor_into_nothing(folder, place):
    (folder.parent / "trial.yaml").write_text(f"name: trial\ntitle: Trial\nplace: {place}\n")
    with pytest.raises(InputError, match=r"trial.yaml:3: .*folder"):
        load_scenario(folder.parent / "trial.yaml")


def test_a_world_of_ones_own_runs_and_is_saved_with_its_path(folder, tmp_path):
    plan = scenario_from({"name": "own", "title": "Own", "place": str(folder), "years": 1, "settling_years": 0})
    session = Session(plan).run_to(1)
    assert session.observe().metrics["value"].notna().any()
    back = Session.load(session.save(tmp_path / "own.npz"))
    assert back.scenario.place == str(folder.resolve())
    assert back.system.place.schools.equals(session.system.place.schools)


@pytest.mark.parametrize("which", TABLES)
def test_the_documentation_names_every_column_and_what_stands_in(which):
    text = (REPOSITORY / "docs" / "places.md").read_text(encoding="utf-8")
    missing = [c.name for c in TABLES[which] if f"| `{c.name}` | {c.meaning} |" not in text or c.default not in text]
    assert missing == []
