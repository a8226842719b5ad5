"""Who has left, and who is only out of reach: by a clock that the test turns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.ui.jobs.presence import LEFT, LEFT_SECONDS, LOST, LOST_SECONDS, Presence, how_closed
from tests.ui.jobs.conftest import FakeClock


@pytest.fixture
def presence(clock):
    """Somebody with one page open."""
    there = Presence(clock)
    there.seen("ann", "page")
    return there


def away_after(presence, clock, seconds):
    clock.pass_(seconds)
    return presence.away()


def test_whoever_has_a_page_open_is_never_away(presence, clock):
    assert away_after(presence, clock, 1e9) == []


@pytest.mark.parametrize(("how", "seconds"), [(LEFT, LEFT_SECONDS), (LOST, LOST_SECONDS)])
def test_an_owner_is_away_once_the_time_for_going_so_has_passed(presence, clock, how, seconds):
    presence.gone("ann", "page", how)
    assert away_after(presence, clock, seconds - 1) == []
    assert away_after(presence, clock, 1) == ["ann"]


def test_two_minutes_end_what_a_closed_page_left_and_a_sleeping_phone_has_longer():
    assert LEFT_SECONDS == 120
    assert LOST_SECONDS >= 10 * LEFT_SECONDS


def test_being_away_is_told_once(presence, clock):
    presence.gone("ann", "page", LEFT)
    assert away_after(presence, clock, LEFT_SECONDS) == ["ann"]
    assert away_after(presence, clock, 1) == []


def test_a_refresh_stops_the_clock_whichever_of_its_two_pages_is_told_of_first(presence, clock):
    presence.gone("ann", "page", LEFT)
    presence.seen("ann", "page again")
    assert away_after(presence, clock, 1e6) == []
    presence.seen("ann", "page at last")
    presence.gone("ann", "page again", LEFT)
    assert away_after(presence, clock, 1e6) == []


def test_a_page_that_wakes_stops_the_clock(presence, clock):
    presence.gone("ann", "page", LOST)
    assert away_after(presence, clock, LOST_SECONDS - 1) == []
    presence.seen("ann", "page")
    assert away_after(presence, clock, 1e6) == []


def test_one_page_of_two_that_closes_starts_no_clock(presence, clock):
    presence.seen("ann", "other")
    presence.gone("ann", "page", LEFT)
    assert away_after(presence, clock, 1e6) == []


def test_a_page_asleep_keeps_its_long_clock_when_another_is_closed(presence, clock):
    presence.seen("ann", "other")
    presence.gone("ann", "page", LOST)
    presence.gone("ann", "other", LEFT)
    assert away_after(presence, clock, LEFT_SECONDS) == []
    assert away_after(presence, clock, LOST_SECONDS - LEFT_SECONDS) == ["ann"]


def test_a_page_lost_before_the_last_visit_does_not_lengthen_a_farewell(presence, clock):
    presence.gone("ann", "page", LOST)
    presence.seen("ann", "later")
    presence.gone("ann", "later", LEFT)
    assert away_after(presence, clock, LEFT_SECONDS) == ["ann"]


@pytest.mark.parametrize("order", [(LEFT, LOST), (LOST, LEFT)])
def test_a_page_that_says_farewell_and_breaks_off_has_left(presence, clock, order):
    for how in order:
        presence.gone("ann", "page", how)
    assert away_after(presence, clock, LEFT_SECONDS) == ["ann"]


def test_whoever_does_something_without_a_page_is_given_the_long_time_to_show_one(clock):
    presence = Presence(clock)
    presence.expected("ann")
    assert away_after(presence, clock, LOST_SECONDS - 1) == []
    assert away_after(presence, clock, 1) == ["ann"]


def test_whoever_has_a_page_is_not_given_a_clock_for_doing_something(presence, clock):
    presence.expected("ann")
    assert away_after(presence, clock, 1e6) == []


def test_owners_have_clocks_of_their_own(presence, clock):
    presence.seen("ben", "page")
    presence.gone("ben", "page", LEFT)
    assert away_after(presence, clock, LEFT_SECONDS) == ["ben"]


@pytest.mark.parametrize(("code", "how"), [(1001, LEFT), (1000, LEFT), (1006, LOST), (1011, LOST), (None, LOST)])
def test_only_a_connection_closed_on_purpose_is_a_farewell(code, how):
    assert how_closed(code) == how


STEPS = st.lists(st.tuples(st.sampled_from(["seen", LEFT, LOST]), st.sampled_from("ab"), st.integers(0, 2000)))


@given(STEPS)
def test_nobody_with_a_page_open_is_ever_away_and_everybody_else_is_in_the_end(steps):
    clock, there = FakeClock(), set()
    presence = Presence(clock)
    for what, page, seconds in steps:
        if what == "seen":
            presence.seen("ann", page)
            there.add(page)
        else:
            presence.gone("ann", page, what)
            there.discard(page)
        assert not (away_after(presence, clock, seconds) and there)
    presence.gone("ann", "last", LEFT)
    assert bool(away_after(presence, clock, LOST_SECONDS)) == (not there)
