"""The page that sets simulated schools beside real ones: its figures are right, its parts are there."""

import pytest
from compared_worlds import seen
from documents import DOCS, relative_links, text_of

from compared import figures, pictures, tables  # isort: skip
import compare_place  # isort: skip

PAGE = DOCS / "places-compared.md"
LARGEST_PICTURE = 150_000  # bytes
ROWS = figures.compared(seen())


def of(rows, measure, moment=0):
    return rows[(rows["measure"] == measure) & (rows["moment"] == moment)]


def test_three_summers_are_taken_together_weighted_by_pupils():
    worlds = seen()
    first = (worlds["school"] == 0) & (worlds["year"] == 0)
    worlds.loc[first, ["result", "tested"]] = [0.9, 60]
    rows = of(figures.compared(worlds), "results_11")
    assert rows["model"].max() == pytest.approx((0.3 * 30 + 0.3 * 30 + 0.9 * 60) / 120)


def test_value_added_is_compared_round_the_mean_of_the_place():
    rows = of(ROWS, "value_added_11")
    assert len(rows) == 6
    assert rows[["model", "published"]].mean().tolist() == pytest.approx([0.0, 0.0])


def test_a_school_without_published_results_is_left_out_of_results_alone():
    worlds = seen(published=(0.4, float("nan"), 0.1))
    rows = figures.compared(worlds)
    assert set(of(rows, "results_11")["school"]) == {"A-P01", "A-P03"}
    assert len(set(of(rows, "absence")["school"])) == 3


def test_a_school_of_hardly_any_pupils_has_no_shares():
    rows = figures.compared(seen(rolls=(100, 100, 5)))
    assert set(of(rows, "fsm")["school"]) == {"A-P01", "A-P02"}


def test_figures_are_those_of_single_worlds():
    found = figures.summary(of(ROWS, "results_11"))
    assert found["schools"] == 3
    assert found["of_two_worlds"] == pytest.approx(1.0)
    assert found["correlation_low"] == pytest.approx(found["correlation_high"])
    assert found["difference"] == pytest.approx(0.1)


def test_luck_is_the_mean_size_of_what_cohorts_of_that_size_differ_by():
    within, model, published = 0.92, 3 * 30, 90
    expected = 0.7979 * within * (1 / model + 1 / published) ** 0.5
    assert figures.summary(of(ROWS, "results_11"))["luck"] == pytest.approx(expected, rel=1e-3)


def test_a_page_of_pictures_holds_every_figure_and_no_address():
    page = pictures._page(ROWS, ["results_11", "absence"])
    assert page.count('class="figure"') == 6
    assert "at the start: correlation 0.9" in page
    assert "A-P01" in page


def test_what_is_made_goes_between_the_markers_and_nothing_else_changes():
    page = f"before\n{compare_place.BEGINS}\nold\n{compare_place.ENDS}\nafter\n"
    new = compare_place.renewed(page, ["new"])
    assert new == f"before\n{compare_place.BEGINS}\n\nnew\n\n{compare_place.ENDS}\nafter\n"
    assert compare_place.renewed(new, ["new"]) == new


@pytest.mark.parametrize("place", compare_place.PLACES)
def test_the_page_has_the_pictures_of_every_place_and_they_are_small(place):
    shown = [f"images/{tables.picture_name(place, kind)}" for kind in pictures.SETS]
    assert [link for link in relative_links(text_of(PAGE)) if link in shown] == shown
    assert all(1_000 < (DOCS / link).stat().st_size < LARGEST_PICTURE for link in shown)


@pytest.mark.parametrize("place", compare_place.PLACES)
def test_what_the_page_says_is_imputed_is_what_the_place_says(place):
    from schoolsim.lab.facts.runs import status_quo
    from schoolsim.start import place_of
    from schoolsim.vintages import PRESENT

    assert "\n".join(tables.imputed(place_of(status_quo(place, PRESENT)))).strip() in text_of(PAGE)
