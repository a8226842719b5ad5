"""Names people may give a place."""

import pytest

from schoolsim.errors import InputError
from schoolsim.places import load_place, place_names


@pytest.mark.parametrize("name", ["salford", "Salford", " SALFORD ", "355", "E08000006", "e08000006"])
def test_salford_answers_to_its_name_and_both_codes(name):
    assert load_place(name).title == "Salford"


def test_every_listed_place_loads():
    assert [load_place(name).name for name in place_names()] == place_names()


def test_a_misspelt_place_is_refused_with_the_nearest_guess_and_the_known_names():
    with pytest.raises(InputError) as refused:
        load_place("salfrod")
    assert refused.value.guess == "salford"
    assert "toytown" in str(refused.value) and "salfrod" in str(refused.value)


def test_a_place_like_no_other_is_refused_without_a_guess():
    with pytest.raises(InputError) as refused:
        load_place("Zzyzx")
    assert refused.value.guess is None
    assert "salford" in str(refused.value.allowed)


@pytest.mark.parametrize("size", ["60", "0x4", "4x2", "9999x9999", "axb", ""])
def test_a_town_of_impossible_size_is_refused(size):
    with pytest.raises(InputError, match="secondaries"):
        load_place(f"toytown:{size}")
