"""One pupil's life: had lived by the server, kept, chosen, told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schoolsim.lab.lives import file_name, read
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.jobs.request import JobRequest
from schoolsim.ui.pages.lab.results import lives, one_life
from schoolsim.ui.pages.lab.results.children import Kind
from schoolsim.ui.pages.lab.results.lives import Lives
from tests.ui.drawn import drawn
from tests.ui.lab.conftest import VISITOR
from tests.ui.lab.errands import fails, slowly

CAVEAT, BUTTON = "not an effect", "Let the children live again"


@pytest.fixture
def kept(lived):
    return read(lived / file_name("stand-still", "neighbourhood-allocation", 1, "fixed"))


@pytest.fixture
def part(digest, lived, registry):
    with drawn(Lives(digest, lived, 2)) as shown:
        yield shown.wait(lambda now: now.charts)


def test_lives_that_are_kept_are_shown_at_once(part, registry):
    assert BUTTON not in part.text and CAVEAT in part.text
    assert registry.jobs(VISITOR) == ()


def test_another_child_is_another_child(part):
    first = part.tables[0].caption
    part.click("Another child").wait(lambda now: now.tables and now.tables[0].caption != first)
    assert "Child 2 of" in part.text


def test_children_of_a_kind_are_just_those(kept):
    everybody = Kind(starts="any", differs=False)
    boys = replace(everybody, group="boys").found(kept)
    assert boys and not any(kept.of(pupil)["female"].any() for pupil in boys[:20])
    moved = replace(everybody, differs=True).found(kept)
    assert set(moved) < set(everybody.found(kept))
    starters = Kind(starts="secondary-2", differs=False).found(kept)
    assert all({7} == set(_in_year(kept.of(pupil), 2)) for pupil in starters[:20])


def _in_year(life, year):
    return life.loc[life["year"] == year, "year_group"]


def test_children_are_met_in_an_order_that_is_the_same_every_time_and_not_that_of_their_homes(kept):
    kind = Kind(starts="any", differs=False)
    found = kind.found(kept)
    assert found == kind.found(kept) and found != sorted(found)


def test_when_no_child_fits_that_is_said(part):
    part.choose("Child", "fsm6&eal").choose("Starts school", "primary-1").choose("Goes to", "Toytown-S01")
    part.wait_for("No child of this kind lives here.")
    assert not part.tables


def test_a_year_by_year_table_holds_both_lives(part):
    (table,) = part.tables
    assert [row["year"] for row in table.rows] == sorted(row["year"] for row in table.rows)
    assert sum(column["title"].startswith("School, ") for column in table.columns) == 2


def test_two_regimes_are_always_two(digest, lived, registry):
    with drawn(Lives(digest, lived, 2)) as shown:
        shown.wait(lambda now: now.charts)
        shown.choose("One life under", "neighbourhood-allocation")
        assert shown.choice("and again under").value == "stand-still"


def test_where_nothing_is_kept_a_button_has_the_worlds_lived_and_they_are_shown(digest, comparison, registry):
    with drawn(Lives(digest, comparison.folder, 2)) as shown:
        shown.choose("and again under", "open-enrolment-without-tables").wait_for(BUTTON)
        shown.click(BUTTON).wait(lambda now: now.charts or "No child of this kind" in now.text)
    assert (comparison.folder / file_name("stand-still", "open-enrolment-without-tables", 1, "fixed")).is_file()


@pytest.fixture
def unlived(digest, tmp_path, registry, monkeypatch):
    """Draws the part where another function stands for the living."""

    def draw(function):
        monkeypatch.setattr(lives, "asking", lambda *_: JobRequest(function, {}))
        return drawn(Guarded(lambda: Lives(digest, tmp_path, 2), "The life"))

    return draw


def test_a_life_under_way_is_found_again_by_a_refresh_and_can_be_ended(unlived):
    with unlived(slowly) as shown:
        shown.wait_for(BUTTON).click(BUTTON).wait_for("3 of 10 school years")
    with unlived(slowly) as shown:
        shown.wait_for("3 of 10 school years").click("Cancel").wait_for("The run was ended.")
        assert "3 of 10 school years" not in shown.text


def test_a_run_that_fails_says_so_without_its_inside(unlived):
    with unlived(fails) as shown:
        shown.wait_for(BUTTON).click(BUTTON).wait_for("The run failed.")
        assert "/secret" not in shown.text
        shown.click("Try again").wait_for("The run failed.")


def test_a_life_that_cannot_be_drawn_leaves_the_choice_of_another(digest, lived, registry, monkeypatch):
    def fail(*_, **__):
        raise ValueError("broken on purpose")

    monkeypatch.setattr(one_life, "table", fail)
    with drawn(Lives(digest, lived, 2)) as shown:
        shown.wait_for("could not be shown")
        assert shown.button("Another child") and "broken on purpose" not in shown.text


def test_a_damaged_file_of_lives_is_said_to_be_damaged(digest, tmp_path, registry):
    (tmp_path / file_name("stand-still", "neighbourhood-allocation", 1, "fixed")).write_bytes(b"PAR1 nothing")
    with drawn(Guarded(lambda: Lives(digest, tmp_path, 2), "The life")) as shown:
        shown.wait_for("damaged")
        assert not shown.tables
