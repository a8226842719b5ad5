"""`show`: every topic in columns, in full and for machines."""

import json

import pytest

from schoolsim.cli import main
from schoolsim.cli.listings import LIVES, TOPICS
from schoolsim.parameters import load_sheets

ONE_OF_EACH = {
    "levers": "admissions.allocation",
    "mechanisms": "M36",
    "parameters": "choice.result_weight",
    "metrics": "gap_sd",
    "schedule": "learning",
    "scenarios": "stand-still",
    "facts": "S02",
    "places": "salford",
}


def shown(capsys, *words):
    assert main(["show", *words]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_lists_itself_and_one_of_its_own(topic, capsys):
    name = ONE_OF_EACH[topic]
    assert name in shown(capsys, topic)
    assert f": {name}\n" in shown(capsys, topic, name)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_speaks_to_machines(topic, capsys):
    key, name = TOPICS[topic].key, ONE_OF_EACH[topic]
    rows = json.loads(shown(capsys, topic, "--json"))
    assert name in [row[key] for row in rows]
    assert json.loads(shown(capsys, topic, name, "--json"))[key] == name


def test_show_alone_lists_the_topics(capsys):
    told = shown(capsys)
    assert all(topic in told for topic in TOPICS)


def test_parameters_can_be_narrowed_to_assumptions(capsys):
    rows = json.loads(shown(capsys, "parameters", "--grade", "assumption", "--json"))
    assert [row["path"] for row in rows] == [row.path for row in load_sheets() if row.grade == "assumption"]


def test_every_parameter_is_listed_with_source_or_reason(capsys):
    rows = json.loads(shown(capsys, "parameters", "--json"))
    assert len(rows) == len(load_sheets())
    assert all(row["evidence"] for row in rows)


def test_square_brackets_are_text_and_no_markup(capsys, monkeypatch):
    rows = [{"name": "x", "interval": "[bold] [0.1 to 0.2]"}]
    monkeypatch.setitem(TOPICS, "levers", TOPICS["levers"].__class__(lambda _: rows, "name"))
    assert "[bold] [0.1 to 0.2]" in shown(capsys, "levers")


def test_check_for_machines_tells_of_every_file(capsys, tmp_path):
    (tmp_path / "bad.yaml").write_text("name: bad\n")
    assert main(["check", "toytown", str(tmp_path / "bad.yaml"), "--json"]) == 2
    assert [verdict["right"] for verdict in json.loads(capsys.readouterr().out)] == [True, False]


def test_all_authorities_are_listed_with_code_and_region(capsys):
    rows = {row["name"]: row for row in json.loads(shown(capsys, "places", "--json"))}
    assert (rows["hackney"]["code"], rows["hackney"]["region"]) == (204, "London")
    assert len(rows) == 152 + 2  # with the invented town and England


def test_a_place_is_shown_by_any_name_with_what_it_cannot_show(capsys):
    told = shown(capsys, "places", "City of London")
    assert "title: City of London" in told and "  - No school here teaches year 11" in told
    assert "Open Government Licence" in told


def test_a_place_of_ones_own_is_shown_by_its_folder(capsys, tmp_path):
    (tmp_path / "schools.csv").write_text("first_year,last_year,easting,northing,roll\n0,11,0,0,300\n")
    (tmp_path / "areas.csv").write_text("easting,northing,children\n0,0,300\n")
    row = json.loads(shown(capsys, "places", str(tmp_path), "--json"))
    assert (row["vintage"], row["secondary_schools"], row["small_areas"]) == ("own", 1, 1)
    assert row["slack"] == {"primary": 1.08, "secondary": 1.08}


def test_a_place_of_another_vintage_is_marked_as_reconstructed(capsys):
    told = shown(capsys, "places", "city of london", "--vintage", "england_1997")
    assert "title: City of London (1997, reconstructed)" in told and "vintage: england_1997" in told
    assert "  - Reconstructed: the schools of 2019 carried back" in told


def test_a_vintage_goes_with_places_and_lives_only(capsys):
    assert main(["show", "levers", "--vintage", "england_1997"]) == 2
    assert "--vintage goes with `show places`, `show pupil`, `show teacher`, `show school` only" in (
        capsys.readouterr().err
    )


def test_an_unknown_vintage_is_refused_with_those_known(capsys):
    assert main(["show", "places", "salford", "--vintage", "england_1996"]) == 2
    assert "allowed: england_2019, england_1997. Did you mean 'england_1997'?" in capsys.readouterr().err


TOWN = ("--place", "toytown", "--years", "1")


@pytest.mark.parametrize("kind", LIVES)
def test_a_life_is_asked_for_by_a_name_that_the_list_gives(kind, capsys):
    rows = json.loads(shown(capsys, kind, *TOWN, "--json"))
    told = shown(capsys, kind, str(rows[0][kind]), *TOWN)
    assert told.splitlines()[0].startswith("Toytown, Stand-still.")
    assert "Start: " in told and "Year 1: " in told and "nobody real" in told


def test_a_life_speaks_to_machines(capsys):
    told = json.loads(shown(capsys, "school", "Toytown-S01", *TOWN, "--json"))
    assert [row["year"] for row in told["years"]] == [0, 1]
    assert told["heading"].startswith("Toytown-S01, a secondary school")


def test_a_school_that_is_not_there_is_refused(capsys):
    assert main(["show", "school", "Salford-S01", *TOWN]) == 2
    assert "there is no such school; found: Salford-S01; allowed: Toytown-P01" in capsys.readouterr().err


def test_a_place_goes_with_lives_only(capsys):
    assert main(["show", "levers", "--place", "salford"]) == 2
    assert "--place goes with `show pupil`, `show teacher`, `show school` only" in capsys.readouterr().err
