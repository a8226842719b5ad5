"""The policy lab in a real browser, on a real authority, offline."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.browser.chromium import needs_pages
from tests.browser.conftest import WIDTHS, expect_shown, served, watch

pytestmark = needs_pages
RUNS_WITHIN = 240_000  # ms: a comparison, on a machine that runs other tests too
BAR = "Progress of the run"


def run(watched):
    watched.page.get_by_role("button", name="Run the comparison").click()
    watched.page.get_by_role("progressbar", name=BAR).wait_for()


def until_finished(watched):
    watched.page.get_by_role("link", name="Open the report").wait_for(timeout=RUNS_WITHIN)


@pytest.fixture(scope="module")
def walked(chromium, server, small_link):
    """A visitor's page on which a comparison was set up by a link, run and finished."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    watched = watch(context, server.address + small_link)
    run(watched)
    until_finished(watched)
    yield watched
    context.close()


def test_a_first_visitor_finds_something_that_can_be_run_at_once(visit):
    watched = visit()
    assert watched.page.get_by_role("button", name="Run the comparison").is_enabled()
    said = "Neighbourhood allocation without tables compared with stand-still in Salford"
    assert said in watched.page.inner_text("main")


def test_a_link_sets_up_the_comparison_that_it_holds_and_a_press_runs_it(walked):
    text = walked.page.inner_text("main")
    assert "What was found: Rutland" in text
    assert "paired runs" in text
    assert walked.page.locator("figure.chart svg.marks").count() >= 4


def test_a_finished_comparison_stands_in_the_address_and_a_way_back_finds_it(walked):
    assert "/?open=rutland" in walked.page.url
    walked.page.get_by_role("link", name="Evidence", exact=True).click()
    expect_shown(walked.page.get_by_role("heading", name="Evidence"))
    walked.page.go_back()
    expect_shown(walked.page.get_by_text("What was found: Rutland"))


def test_all_of_it_happens_without_a_network_and_without_complaint(walked):
    assert walked.elsewhere == set()
    assert walked.errors == []


def test_the_year_slider_moves_every_picture_at_once(walked):
    slider = walked.page.get_by_role("slider", name="Year shown")
    slider.fill("2")
    walked.page.get_by_text("In year 2:").first.wait_for()
    moved = [json.loads(text)["year"] for text in signals(walked.page)]
    assert len(moved) >= 4
    assert set(moved) == {2}


def signals(page):
    page.wait_for_timeout(500)
    all_ = page.eval_on_selector_all("figure.chart", "all => all.map(one => one.dataset.signals)")
    return [text for text in all_ if text]


def test_every_measure_group_and_stage_can_be_picked_and_is_spoken_of(walked):
    panel = walked.page.locator(".card", has=walked.page.get_by_role("heading", name="Gaps between groups"))
    panel.get_by_label("Group").select_option(label="Boys (against girls)")
    expect_shown(panel.get_by_text("gender gap at 16").first)
    panel.get_by_label("When").select_option(label="At 11")
    expect_shown(panel.get_by_text("gender gap at 11").first)
    panel.get_by_label("Basis").select_option("measured")
    expect_shown(panel.get_by_text("gender gap at 11").first)


def test_report_data_and_scenarios_are_downloaded_and_the_scenarios_run_again(walked, server, tmp_path):
    import io
    from zipfile import ZipFile

    from schoolsim.scenario import load_scenario

    href = walked.page.get_by_role("link", name="Scenarios (YAML)").get_attribute("href")
    with walked.page.expect_download() as waiting:
        walked.page.get_by_role("link", name="Scenarios (YAML)").click()
    with ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes())) as archive:
        archive.extractall(tmp_path)
    assert {load_scenario(file).place for file in tmp_path.glob("*.yaml")} == {"rutland"}
    get = walked.page.request.get
    report = get(server.address + href.replace("scenarios.zip", "report.html"))
    assert report.ok
    assert "Rutland" in report.text()
    table = get(server.address + href.replace("scenarios.zip", "metrics.csv"))
    assert table.text().lstrip("\ufeff").startswith("regime,replicate,parameter_set")


def test_a_result_is_found_again_by_its_address(visit, walked):
    href = walked.page.get_by_role("link", name="Open the report").get_attribute("href")
    opened = visit("/?open=" + "/".join(href.split("/")[2:4]))
    expect_shown(opened.page.get_by_text("What was found: Rutland"))


def test_a_refresh_neither_ends_a_run_nor_loses_it(visit, small_link):
    watched = visit(small_link)
    page = watched.page
    page.get_by_label("School years", exact=True).fill("9")
    page.get_by_label("School years", exact=True).press("Tab")
    expect_shown(page.get_by_text("9 years"))
    run(watched)
    page.goto(page.url.split("?")[0])
    expect_shown(page.get_by_role("progressbar", name=BAR))
    page.get_by_role("button", name="Cancel").click()
    expect_shown(page.get_by_text("The run was ended."))
    page.get_by_role("button", name="Go on with it").click()
    expect_shown(page.get_by_role("progressbar", name=BAR))
    page.get_by_role("button", name="Cancel").click()
    expect_shown(page.get_by_text("The run was ended."))


def test_two_visitors_see_live_only_their_own_runs(visit, small_link):
    ann, bob = visit(small_link), visit()
    years = ann.page.get_by_label("School years", exact=True)
    years.fill("8")
    years.press("Tab")
    ann.page.get_by_text("8 years").wait_for()
    run(ann)
    bob.page.reload()
    bob.page.get_by_role("button", name="Run the comparison").wait_for()
    assert bob.page.get_by_role("progressbar", name=BAR).count() == 0
    ann.page.get_by_role("button", name="Cancel").click()
    ann.page.get_by_text("The run was ended.").wait_for()


def test_a_page_left_ends_its_run_and_keeps_what_was_finished(chromium, tmp_path, small_link):
    with served(tmp_path / "results", "fast-clock") as odd:
        context = chromium.new_context()
        page = context.new_page()
        page.goto(odd.address + small_link)
        page.get_by_label("Paired runs", exact=True).fill("40")
        page.get_by_label("Paired runs", exact=True).press("Tab")
        page.get_by_text("40 paired runs").wait_for()
        page.get_by_role("button", name="Run the comparison").click()
        page.get_by_text(re.compile(r"[1-9]\d* of 80 worlds done")).wait_for(timeout=RUNS_WITHIN)
        context.close()
        came_back = chromium.new_context().new_page()
        came_back.wait_for_timeout(9_000)  # 270 s of the server's clock
        parts = set((tmp_path / "results").glob("rutland/*/parts/*.schools.parquet"))
        came_back.wait_for_timeout(5_000)
        assert parts
        assert set((tmp_path / "results").glob("rutland/*/parts/*.schools.parquet")) == parts
        came_back.context.close()


def test_the_search_works_from_the_keyboard_alone(visit):
    page = visit().page
    box = page.get_by_role("combobox", name="Authority")
    box.fill("isle of wi")
    box.press("ArrowDown")
    box.press("Enter")
    expect_shown(page.get_by_text("in Isle of Wight"))
    box.fill("Atlantis")
    box.press("Enter")
    expect_shown(page.get_by_role("alert").get_by_text("unknown place"))


MIDDLE = """name => { const drawn = [...document.querySelectorAll('figure.chart path')];
    const box = drawn.find(one => (((one.__data__ || {}).datum) || {}).name === name).getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2]; }"""


def test_a_click_on_the_map_chooses_an_authority(visit):
    page = visit().page
    page.locator("figure.chart svg.marks").wait_for()
    page.wait_for_timeout(1000)
    page.mouse.click(*page.evaluate(MIDDLE, "cornwall"))
    expect_shown(page.get_by_text("in Cornwall"))


def test_a_regime_of_ones_own_is_made_by_moving_levers(visit):
    page = visit().page
    page.get_by_text("Make one of your own").click()
    page.get_by_label("Title").fill("Six sets <img src=x onerror=alert(1)>")
    page.get_by_label("Title").press("Tab")
    page.get_by_label("Subjects taught in sets", exact=True).fill("6")
    page.get_by_label("Subjects taught in sets", exact=True).press("Tab")
    page.get_by_role("button", name="Add to the comparison").click()
    expect_shown(page.get_by_text("and Six sets <img src=x onerror=alert(1)> compared with"))


def test_a_lever_out_of_bounds_is_refused_where_it_stands(visit):
    page = visit().page
    page.get_by_text("Make one of your own").click()
    page.get_by_label("Subjects taught in sets", exact=True).fill("60")
    page.get_by_label("Subjects taught in sets", exact=True).press("Tab")
    page.get_by_text("From 0 to 8, whole numbers").wait_for()
    assert page.get_by_role("button", name="Add to the comparison").is_disabled()


def test_a_scenario_file_is_taken_and_a_wrong_one_told_what_is_wrong(visit, tmp_path):
    page = visit().page
    page.get_by_text("Upload a scenario file").click()
    right = "name: nearest\ntitle: Nearest first\nplace: salford\nlevers: {admissions.allocation: neighbourhood}\n"
    for name, text, said in (
        ("right.yaml", right, "“Nearest first” was added"),
        ("wrong.yaml", right.replace("allocation:", "alocation:"), "admissions.allocation"),
        ("broken.yaml", "name: [", "broken.yaml"),
        ("large.yaml", "#" * 300_000, "larger than"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        page.get_by_label("Scenario file (YAML)").set_input_files(tmp_path / name)
        expect_shown(page.get_by_text(said).first)


@pytest.mark.parametrize("path", ["/", "/runs", "/evidence"])
@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)
def test_no_page_is_wider_than_its_screen(visit, finished, path, width):
    page = visit(path if path != "/" else f"/?open={finished}", width=width).page
    page.locator("main h1").wait_for()
    page.wait_for_timeout(2500)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


NAMELESS = """() => [...document.querySelectorAll('input,select,button,a,[role=img],summary')].filter(one =>
    one.offsetParent && !(one.getAttribute('aria-label') || (one.labels && one.labels.length) || one.textContent.trim()
    || one.title || one.getAttribute('aria-labelledby'))).map(one => one.outerHTML.slice(0, 200))"""
SKIPPED = """() => { const all = [...document.querySelectorAll('main h1,main h2,main h3,main h4')];
    const levels = all.map(one => +one.tagName[1]);
    return levels.filter((level, i) => i && level > levels[i - 1] + 1).length + (levels[0] === 1 ? 0 : 1) }"""


@pytest.mark.parametrize("path", ["/", "open", "/runs", "/evidence"])
def test_every_control_has_a_name_and_headings_are_in_order(visit, finished, path):
    page = visit(f"/?open={finished}" if path == "open" else path).page
    page.locator("main h1").wait_for()
    page.wait_for_timeout(2500)
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(SKIPPED) == 0
    assert page.locator("main").count() == page.locator("header nav").count() == 1


@pytest.mark.parametrize("path", ["/", "/runs", "/evidence", "/nowhere"])
def test_dark_pages_are_dark_and_say_nothing_in_the_console(visit, path):
    watched = visit(path, dark=True)
    watched.page.locator("body").wait_for()
    if path == "/nowhere":
        assert "not found" in watched.page.inner_text("h1")
        assert watched.page.get_by_role("link", name="Policy lab").is_visible()
        return
    watched.page.locator("main h1").wait_for()
    red, green, blue = map(int, re.findall(r"\d+", background(watched.page))[:3])
    assert red + green + blue < 150
    assert watched.errors == []
    assert watched.elsewhere == set()


def background(page):
    return page.evaluate("getComputedStyle(document.getElementById('app')).backgroundColor")
