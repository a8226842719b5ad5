"""The pages of runs and of evidence in a real browser: every job of theirs by pointer and by keyboard, offline."""

from __future__ import annotations

import json
import shutil

import pytest

from schoolsim.lab.compare import MANIFEST, compare
from tests.browser.chromium import needs_pages
from tests.browser.conftest import WIDTHS, served
from tests.lab.test_compare import short_report
from tests.little import plan

pytestmark = [needs_pages, pytest.mark.slow]
HOSTILE = '<img src=x onerror="window.hit=1">'
TOPICS = ("mechanisms", "processes", "parameters", "levers", "metrics", "facts", "sources", "places")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """A server over two comparisons, one of them with hostile names, and one damaged result."""
    results = tmp_path_factory.mktemp("shelf") / "results"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("schoolsim.lab.report.write_report", short_report)
        made = compare([plan(years=1), plan(years=1, name="other", title="Other")], replicates=2, out=results).folder
    hostile, damaged = results / 'a"b<i>#' / made.name, results / "toytown" / "0000damaged0"
    for copy in (hostile, damaged):
        shutil.copytree(made, copy)
    manifest = json.loads((hostile / MANIFEST).read_text(encoding="utf-8"))
    manifest["place"]["title"] = manifest["scenarios"][1]["title"] = HOSTILE
    (hostile / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    (damaged / MANIFEST).write_text("{", encoding="utf-8")
    with served(results) as running:
        yield running


@pytest.fixture
def at(visit, shelf):
    return lambda path, **look: visit(path, of=shelf, **look)


def assert_quiet(seen):
    """Nothing left the machine, nothing went wrong, and no name was taken for markup."""
    assert seen.elsewhere == set() and seen.errors == []
    assert seen.page.evaluate("window.hit") is None


def test_evidence_is_walked_by_links_without_loading_the_page_again(at):
    seen = at("/evidence?topic=parameters")
    page = seen.page
    page.click("main a:text-is('choice.result_weight')")
    page.wait_for_selector("h2:text-is('choice.result_weight')")
    assert page.evaluate("document.activeElement.id") == "content"
    page.click("article a:text-is('E147')")
    page.wait_for_selector("h2:text-is('E147')")
    page.click("article a:text-is('choice')")
    page.wait_for_selector("h2:text-is('Choice')")
    page.click("article a:has-text('M36')")
    page.wait_for_selector("h2:has-text('M36 Parental choice')")
    page.go_back()
    page.wait_for_selector("h2:text-is('Choice')")
    assert sum(url.split("?")[0].endswith("/evidence") for url in seen.requests) == 1
    assert_quiet(seen)


def test_evidence_is_searched_from_the_keyboard(at):
    seen = at("/evidence")
    box = seen.page.get_by_role("combobox", name="Find", exact=True)
    box.focus()
    box.type("attendance.poverty")
    seen.page.wait_for_selector("[role=option]")
    seen.page.keyboard.press("ArrowDown")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector("h2:text-is('attendance.poverty_log_ratio')")
    assert_quiet(seen)


def test_a_place_says_what_is_imputed(at):
    seen = at("/evidence?topic=places")
    box = seen.page.get_by_role("combobox", name="Authority")
    box.type("rutl")
    seen.page.click("[role=option]:has-text('Rutland')")
    seen.page.wait_for_selector("h3:text-is('What is imputed')")
    assert_quiet(seen)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_no_page_of_evidence_is_wider_than_the_screen(topic, width, at):
    seen = at(f"/evidence?topic={topic}", width=width)
    seen.page.wait_for_selector("main table")
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    assert_quiet(seen)


def test_runs_show_every_result_and_hostile_names_stay_text(at):
    seen = at("/runs")
    seen.page.wait_for_selector("main table")
    assert HOSTILE in seen.page.inner_text("main table")
    seen.page.click(f"main a:has-text('{HOSTILE[:9]}')")
    seen.page.wait_for_selector("text=Open in the lab")
    with seen.page.expect_download() as download:
        seen.page.click("text=Metrics (CSV)")
    assert "metrics.csv" in download.value.suggested_filename
    assert_quiet(seen)


def test_two_runs_are_laid_side_by_side(at):
    seen = at("/runs")
    for label, place in (("First", 1), ("Second", 2)):
        seen.page.get_by_role("combobox", name=label, exact=True).select_option(index=place)
    seen.page.wait_for_selector("h3:text-is('What came out')")
    assert "Poverty gap at 16" in seen.page.inner_text("article")
    assert_quiet(seen)


def test_a_damaged_result_is_deleted_from_the_keyboard_after_a_second_question(at, shelf):
    seen = at("/runs?result=toytown%2F0000damaged0")
    page = seen.page
    page.get_by_role("button", name="Delete …").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=It cannot be undone.")
    assert page.evaluate("document.activeElement.textContent").strip() == "Keep"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent").strip() == "Delete …"
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Deleted: toytown")
    assert not (shelf.results / "toytown" / "0000damaged0").exists()
    assert_quiet(seen)


def test_a_result_that_is_finished_elsewhere_appears_without_asking(at, shelf):
    seen = at("/runs")
    seen.page.wait_for_selector("main table")
    source = next(path for path in (shelf.results / "toytown").iterdir() if path.name != "0000damaged0")
    shutil.copytree(source, shelf.results / "appeared" / source.name)
    seen.page.wait_for_selector("a[href*='appeared']")
    assert_quiet(seen)
