"""Schools, lives and causes of a finished comparison, in a real browser, on a real authority, offline."""

from __future__ import annotations

import re

import pytest

from tests.browser.chromium import needs_pages
from tests.browser.conftest import expect_shown

pytestmark = needs_pages
LIVED_WITHIN = 240_000  # ms: worlds are run again, on a machine that runs other tests too


@pytest.fixture
def opened(visit, finished):
    watched = visit(f"/?open={finished}")
    watched.page.get_by_text("What was found").wait_for()
    yield watched
    assert watched.errors == []
    assert watched.elsewhere == set()


def part(page, name):
    return page.get_by_role("region", name=name, exact=True)


def test_schools_are_on_maps_and_in_a_table_that_is_sorted_and_searched(opened):
    schools = part(opened.page, "Schools")
    schools.locator("figure.chart svg.marks").nth(1).wait_for()
    table = schools.locator("table")
    first = table.locator("tbody tr").first
    table.get_by_role("button", name="Roll", exact=True).click()
    largest = number(first)
    table.get_by_role("button", name="Roll", exact=True).click()
    assert number(first) < largest
    schools.get_by_label("Find a school").fill("S02")
    opened.page.wait_for_timeout(300)
    assert table.locator("tbody tr").count() == 1


def number(row):
    return int(re.search(r"\d[\d,]*", row.locator("td").nth(1).inner_text()).group().replace(",", ""))


def test_the_table_of_schools_follows_the_year(opened):
    schools = part(opened.page, "Schools")
    schools.locator("table tbody tr").first.wait_for()
    before = schools.locator("table").inner_text()
    opened.page.get_by_role("slider", name="Year shown").fill("0")
    schools.get_by_text("in year 0 under").wait_for()
    assert schools.locator("table").inner_text() != before


def test_a_school_picked_in_the_table_shows_its_timeline(opened):
    schools = part(opened.page, "Schools")
    schools.locator("table tbody button").first.click()
    label = schools.locator("table tbody button").first.inner_text()
    expect_shown(schools.get_by_role("heading", name=re.compile(label)))
    schools.locator("figure.chart svg.marks").nth(2).wait_for()


def test_one_pupils_life_is_lived_under_two_regimes_and_told(opened):
    lives = part(opened.page, "One pupil’s life")
    lives.get_by_role("button", name="Let the children live again").click()
    lives.get_by_text(re.compile(r"Pupil \d+")).first.wait_for(timeout=LIVED_WITHIN)
    lives.locator("figure.chart svg.marks").first.wait_for()
    lives.get_by_text("not an effect of the policy").first.wait_for()
    told = lives.inner_text()
    lives.get_by_role("button", name="Another child").click()
    opened.page.wait_for_timeout(2500)
    assert lives.inner_text() != told


def test_what_carried_the_difference_is_followed_step_by_step(opened):
    causes = part(opened.page, "What carried the difference")
    expect_shown(causes.get_by_text("How school places are allocated").first)
    causes.locator("figure.chart svg.marks").first.wait_for()
    causes.get_by_label("Outcome").select_option(index=1)
    opened.page.wait_for_timeout(1500)
    causes.get_by_role("button", name="Take mechanisms out one by one").click()
    expect_shown(causes.get_by_role("progressbar"))
    causes.get_by_role("button", name="Cancel").click()
    expect_shown(causes.get_by_text("The run was ended"))


def test_how_it_was_made_names_versions_and_assumptions(opened):
    expect_shown(opened.page.get_by_text(re.compile(r"Numbers that are assumptions \(\d+\)")).first)
    expect_shown(opened.page.get_by_text("Versions, seed and files").first)
