"""Names people may give a place."""

import time

import pytest

from schoolsim.errors import InputError
from schoolsim.places import load_place, place_names
from schoolsim.places.england import authorities, country, find_authority
from schoolsim.places.place import short_name
from tests.house.sources import REPOSITORY

SPELLINGS = {
    "salford": ("Salford", " SALFORD ", "355", "E08000006", "e08000006", "Salford City Council"),
    "st-helens": ("St Helens", "St. Helens", "saint helens"),
    "kingston-upon-hull": ("Hull", "kingston upon hull", "Kingston Upon Hull, City of"),
    "bristol": ("Bristol", "Bristol, City of", "City of Bristol", "801"),
    "county-durham": ("County Durham", "Durham"),
    "cheshire-west-and-chester": ("Cheshire West and Chester", "Cheshire West & Chester"),
    "telford-and-wrekin": ("Telford & Wrekin", "telford and wrekin"),
    "city-of-london": ("City of London", "201", "E09000001"),
    "isles-of-scilly": ("Isles of Scilly", "scilly"),
    "herefordshire": ("Herefordshire, County of", "Herefordshire"),
    "kensington-and-chelsea": ("Royal Borough of Kensington and Chelsea",),
    "poole": ("Poole", "Poole (pre-2019)", "836", "E06000029"),
    "dorset": ("Dorset", "835", "838", "E06000059", "E10000009"),
    "northamptonshire": ("North Northamptonshire", "West Northamptonshire", "E10000021", "E06000061"),
    "cumbria": ("Cumberland", "Westmorland and Furness", "Westmorland & Furness", "E10000006"),
    "buckinghamshire": ("E10000002", "E06000060"),
    "bournemouth-christchurch-and-poole": ("Bournemouth, Christchurch & Poole", "BCP", "839", "E06000058"),
    "england": ("England", "ENGLAND"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, words in SPELLINGS.items() for word in words])
def test_an_authority_answers_to_its_spellings_and_codes(name, word):
    assert find_authority(word).name == name


def test_every_authority_has_a_name_of_its_own_that_finds_it():
    assert len(authorities()) == 152
    assert [find_authority(row.name).codes for row in authorities().itertuples(index=False)] == [
        (code,) for code in authorities().code
    ]


@pytest.mark.parametrize("word", ["name", "title", "statistical_code", "code"])
def test_every_authority_is_found_by_whatever_the_list_says_of_it(word):
    found = [find_authority(str(value)) for value in authorities()[word]]
    assert [named.codes for named in found] == [(code,) for code in authorities().code]


def test_no_name_says_when_it_was_given_up():
    assert not authorities().title.str.contains("pre-").any()
    assert authorities().name.str.fullmatch("[a-z]+(-[a-z]+)*").all()


def test_every_authority_has_schools_and_homes():
    assert set(country().schools.authority) == set(country().areas.authority) == set(authorities().code)


@pytest.mark.parametrize("name", ["toytown", "salford", "poole", "city-of-london", "isles-of-scilly", "kent"])
def test_a_listed_place_loads_under_its_name(name):
    assert name in place_names()
    assert load_place(name).name == name


def test_a_name_made_since_says_what_stands_in_for_it():
    notes = load_place("Cumberland").facts["notes"]
    assert "Cumbria" in notes[0] and load_place("Cumbria").facts["notes"] == []


def test_a_joined_authority_is_the_union_of_those_it_was_made_of():
    joined, parts = load_place("BCP"), [load_place("bournemouth"), load_place("poole")]
    assert joined.facts["authority_codes"] == [836, 837]
    assert set(joined.schools.label) == {label for part in parts for label in part.schools.label}
    assert len(joined.areas) == sum(len(part.areas) for part in parts)
    assert joined.schools.urn.is_monotonic_increasing


def test_a_school_has_the_same_label_wherever_it_appears():
    nation, salford = load_place("england").schools, load_place("salford").schools
    labels = dict(zip(nation.urn, nation.label, strict=True))
    assert [labels[urn] for urn in salford.urn] == salford.label.tolist()
    assert nation.label.is_unique


def test_schools_come_in_order_of_urn_and_areas_in_order_of_code():
    place = load_place("poole")
    assert place.schools.urn.is_monotonic_increasing and place.areas.code.is_monotonic_increasing


def test_what_is_loaded_may_be_written_to_without_harm_to_the_next():
    place = load_place("poole")
    place.schools["roll"] = 0
    assert load_place("poole").schools.roll.gt(0).all()


def test_a_place_without_neighbourhood_says_so():
    place = load_place("poole")
    assert place.facts["halo"]["rule"] == "none"
    assert not place.schools.in_halo.any() and not place.areas.in_halo.any()
    assert place.areas.primary_homes.all() and place.areas.secondary_homes.all()
    assert (place.schools.authority == 836).all() and (place.areas.authority == 836).all()


def test_figures_of_an_authority_since_joined_are_those_of_its_successor():
    facts = load_place("poole").facts
    assert facts["slack"] == {"primary": 1.1407, "secondary": 1.3844}
    assert any("839" in item["how"] for item in facts["imputed"] if "first preferences" in item["what"])


def test_blank_figures_are_the_regions_and_said_to_be():
    facts = load_place("city-of-london").facts
    assert 1 < facts["slack"]["secondary"] < 2
    assert "places over pupils, secondary" in [item["what"] for item in facts["imputed"]]


def test_areas_of_a_divided_district_are_said_to_be_shared_out():
    notes = [item for item in load_place("poole").facts["imputed"] if item["what"].startswith("authority of")]
    assert len(notes) == 1 and "nearest primary" in notes[0]["how"]


def test_a_place_without_secondary_school_admits_what_it_cannot_show():
    said = " ".join(load_place("city-of-london").facts["cannot_show"])
    assert "nothing can be shown at 16" in said and "only one primary school" in said


def test_a_place_with_one_school_for_all_ages_admits_that_nothing_can_differ():
    place = load_place("isles-of-scilly")
    assert place.schools[["first_year", "last_year"]].to_numpy().tolist() == [[0, 11]]
    assert "no primary school" in " ".join(place.facts["cannot_show"])


def test_special_schools_are_counted_but_not_simulated():
    special = load_place("salford").facts["special"]
    assert (special["schools"], special["pupils"]) == (4, 987) and "not simulated" in special["note"]


@pytest.mark.parametrize(
    ("name", "called"),
    [("St. Helens", "st-helens"), ("355", "salford"), ("toytown:3x9", "toytown-3x9"), ("./schoolsim", "schoolsim")],
)
def test_files_of_a_place_have_one_name_however_it_is_spelt(name, called, monkeypatch):
    monkeypatch.chdir(REPOSITORY)
    assert short_name(name) == called


def test_a_place_is_cut_out_in_a_moment():
    load_place("salford")
    begun = time.perf_counter()
    load_place("kent")
    assert time.perf_counter() - begun < 2.0  # about 0.05 s on an idle core


def test_a_misspelt_place_is_refused_with_the_nearest_guess_and_the_known_names():
    with pytest.raises(InputError) as refused:
        load_place("salfrod")
    assert refused.value.guess == "salford"
    assert "toytown" in str(refused.value) and "salfrod" in str(refused.value)


@pytest.mark.parametrize(
    ("word", "meant"), [("Bath", "bath-and-north-east-somerset"), ("Richmond", "richmond-upon-thames")]
)
def test_half_a_name_is_answered_with_the_whole(word, meant):
    with pytest.raises(InputError) as refused:
        load_place(word)
    assert refused.value.guess == meant


@pytest.mark.parametrize("word", ["Zzyzx", "930", "E99999999", ""])
def test_a_place_like_no_other_is_refused_without_a_guess(word):
    with pytest.raises(InputError) as refused:
        load_place(word)
    assert refused.value.guess is None
    assert "salford" in str(refused.value.allowed)


@pytest.mark.parametrize("other", [{"halo": "wide"}, {"vintage": "england_1066"}])
def test_an_unknown_neighbourhood_or_vintage_is_refused(other):
    with pytest.raises(InputError, match="unknown"):
        load_place("salford", **other)


@pytest.mark.parametrize("size", ["60", "0x4", "4x2", "9999x9999", "axb", ""])
def test_a_town_of_impossible_size_is_refused(size):
    with pytest.raises(InputError, match="secondaries"):
        load_place(f"toytown:{size}")
