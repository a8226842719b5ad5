"""What an address asks for, and addresses that nobody means."""

from schoolsim.ui.addresses import asked_in


def test_the_first_of_each_name_is_taken():
    assert asked_in("open=salford/1&open=x&plan=y") == {"open": "salford/1", "plan": "y"}


def test_nothing_is_asked_by_an_address_without_end():
    assert asked_in("x=1&" * 40) == {}
    assert asked_in("x=" + "1" * 20_000) == {}
    assert asked_in(None) == asked_in("") == {}
