"""The schools of a comparison: what the maps, the table and the sentences are given."""

from __future__ import annotations

import json
import math

import pytest
import solara

from schoolsim.ui.boundary import Guarded
from schoolsim.ui.pages.lab.results import one_school, school_maps
from schoolsim.ui.pages.lab.results.school_rows import SchoolRows
from schoolsim.ui.pages.lab.results.schools import Schools
from tests.ui.drawn import drawn

FIRST = "Toytown-S01"


@pytest.fixture
def rows(digest):
    return SchoolRows.of(digest)


@pytest.fixture
def part(digest):
    with drawn(Schools(digest, 2)) as shown:
        yield shown.wait(lambda now: now.tables and "after two years" in now.text)


def test_two_regimes_stand_side_by_side_and_follow_the_year_by_a_signal(part):
    assert [chart.signals["year"] for chart in part.charts] == [2, 2]
    assert [chart.picks for chart in part.charts] == ["school", "school"]


def test_the_table_holds_every_year_and_the_browser_picks_one(part):
    (table,) = part.tables
    assert table.year == 2
    assert {row["year"] for row in json.loads(table.rows)} == {0, 1, 2}


def test_another_year_sends_no_picture_and_no_row_again(digest):
    year, sent = solara.reactive(2), []

    @solara.component
    def Page():
        return Schools(digest, year.value)

    with drawn(Page()) as shown:
        shown.wait(lambda now: now.tables and "after two years" in now.text)
        for widget in (*shown.charts, *shown.tables):
            widget.observe(sent.append, [name for name in ("spec", "rows", "columns") if name in widget.trait_names()])
        year.value = 1
        shown.wait_for("after one year")
        assert [chart.signals["year"] for chart in shown.charts] == [1, 1] and shown.tables[0].year == 1
        assert sent == []


def test_differences_are_those_from_the_baseline_in_the_same_year(rows):
    regime, phase = rows.digest.alternatives[0], rows.phases[0]
    base = {(row["year"], row["school"]): row for row in rows.rows(phase, rows.digest.baseline)}
    for row in rows.rows(phase, regime):
        before = base[row["year"], row["school"]]
        assert row["roll_difference"] == pytest.approx(row["roll"] - before["roll"], abs=1e-3)
        assert row["year"] or row["roll_difference"] == 0


def test_rows_can_be_sent_as_they_are(rows):
    sent = [value for row in rows.rows("primary", "stand-still") for value in row.values()]
    assert not any(isinstance(value, float) and math.isnan(value) for value in sent)
    assert {type(value) for value in sent} <= {int, float, str, type(None)}


def test_the_baseline_has_no_differences_from_itself(rows):
    assert not any("difference" in column["key"] for column in rows.columns(rows.digest.baseline))


def test_a_school_that_is_picked_opens_and_closes(part):
    part.tell(part.charts[0], "pick", FIRST)
    part.wait(lambda now: len(now.charts) == 3)
    part.wait_for("under stand-still it has")
    assert all(chart.signals.get("chosen", FIRST) == FIRST for chart in part.charts)
    assert part.tables[0].chosen == FIRST
    part.click("Close").wait(lambda now: len(now.charts) == 2)


@pytest.mark.parametrize("sent", ["Atlantis-S01", "<img src=x>", "", None, 7, ["Toytown-S01"]])
def test_a_school_that_nobody_knows_opens_nothing(part, sent):
    part.tell(part.tables[0], "pick", sent)
    assert len(part.charts) == 2


def test_one_regime_can_be_looked_at_alone(part):
    part.choose("Beside it", "alone").wait(lambda now: len(now.charts) == 1)
    assert not any("difference" in column["key"] for column in part.tables[0].columns)


def test_what_is_no_choice_changes_nothing(part):
    part.choose("Phase", "university").choose("Shade", "luck").choose("Regime", "anarchy")
    assert len(part.charts) == 2 and part.choice("Phase").value == "secondary"


def test_a_phase_brings_its_own_schools(part):
    def schools(now):
        return {row["school"] for row in json.loads(now.tables[0].rows)}

    part.choose("Phase", "primary").wait(lambda now: "Toytown-P01" in schools(now))
    assert FIRST not in schools(part)


@pytest.mark.parametrize(
    ("where", "what"), [(school_maps, "drawn"), (one_school, "about_school"), (school_maps, "sentences_about")]
)
def test_a_part_that_fails_leaves_the_others(digest, monkeypatch, where, what):
    def fail(*_, **__):
        raise ValueError("broken on purpose")

    monkeypatch.setattr(where, what, fail)
    with drawn(Guarded(lambda: Schools(digest, 2), "The schools")) as shown:
        shown.wait(lambda now: now.tables)
        shown.tell(shown.tables[0], "pick", FIRST)
        shown.wait_for("could not be shown")
        assert "broken on purpose" not in shown.text and shown.tables
