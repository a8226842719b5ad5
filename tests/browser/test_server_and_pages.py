"""What a server does to those who mean no good, and to itself when something breaks."""

from __future__ import annotations

import json
import shutil
import statistics
import time
from uuid import uuid4

import pytest

from schoolsim.lab.compare import compare
from tests.browser.chromium import needs_pages
from tests.browser.conftest import expect_shown, served
from tests.browser.hostile import HOSTILE
from tests.little import plan

pytestmark = needs_pages
COLD_SECONDS, REDRAW_SECONDS = 3.0, 0.3  # wanted on a machine that does nothing else
BUSY, TRIES = 3, 6  # other tests run beside this one: so many times as long, in the best of so many tries


def test_there_are_fifty_hostile_names():
    assert len(set(HOSTILE)) == 50


@pytest.fixture(scope="module")
def infested(server, tmp_path_factory):
    """Results whose places and regimes bear hostile names, one regime of each in a comparison of four."""
    folders = []
    for start in range(0, len(HOSTILE), 3):
        names = HOSTILE[start : start + 3]
        if not folders:
            plans = [plan(years=1), *(plan(name=f"r{n}", title="x", years=1) for n in range(3))]
            folders.append(compare(plans, replicates=2, out=server.results, name="hostile").folder)
        else:
            folders.append(shutil.copytree(folders[0], folders[0].with_name(f"copy{start:03d}")))
        rewrite(folders[-1], names)
    return [folder.relative_to(server.results).as_posix() for folder in folders]


def rewrite(folder, names):
    file = folder / "manifest.json"
    manifest = json.loads(file.read_text(encoding="utf-8"))
    manifest["place"]["title"] = names[0]
    for row, name in zip(manifest["scenarios"][1:], names, strict=False):
        row["title"] = row["description"] = name.replace("\x00", "").replace("\t", " ").strip() or "x"
    file.write_text(json.dumps(manifest), encoding="utf-8")


def test_hostile_names_are_inert_on_the_list_of_runs(visit, infested):
    watched = visit("/runs")
    expect_shown(watched.page.get_by_text("onerror").first)
    inert(watched)


@pytest.mark.parametrize("share", range(4))
def test_hostile_names_are_inert_in_the_lab(visit, infested, share):
    for named in infested[share::4]:
        watched = visit(f"/?open={named}")
        expect_shown(watched.page.get_by_text("What was found"))
        watched.page.wait_for_timeout(300)
        inert(watched)
        watched.page.close()


def inert(watched):
    assert watched.page.evaluate("window.canary") is None
    assert watched.elsewhere == set()


def test_a_page_is_there_in_seconds_and_the_slider_redraws_at_once(visit, finished):
    cold = best(lambda: seconds_to_open(visit), COLD_SECONDS)  # told below; `-s` shows it
    page = visit(f"/?open={finished}").page
    page.get_by_text("What was found").wait_for()
    page.wait_for_timeout(4000)
    redraw = best(lambda: slowest_redraw(page), REDRAW_SECONDS)
    print(f"cold {cold:.2f} s, redraw {redraw:.3f} s")
    assert cold < BUSY * COLD_SECONDS
    assert redraw < BUSY * REDRAW_SECONDS


def best(measured, wanted):
    """The least of some measurements, until one is as wanted: other tests use the machine at the same time."""
    least = measured()
    for _ in range(TRIES):
        least = least if least < wanted else min(least, measured())
    return least


def seconds_to_open(visit):
    begun = time.perf_counter()
    page = visit("/").page
    page.get_by_role("button", name="Run the comparison").wait_for()
    return time.perf_counter() - begun


MOVE = """year => new Promise(done => {
  const slider = document.querySelector('.year-slider input');
  const charts = [...document.querySelectorAll('figure.chart')].filter(one => one.dataset.signals);
  const begun = performance.now();
  slider.value = year; slider.dispatchEvent(new Event('input'));
  const look = () => charts.every(one => JSON.parse(one.dataset.signals).year === year)
    ? requestAnimationFrame(() => done((performance.now() - begun) / 1000)) : setTimeout(look, 5);
  look();
})"""


def slowest_redraw(page):
    """The 95th percentile of twenty moves, in seconds, until every picture shows the year."""
    return statistics.quantiles([page.evaluate(MOVE, 1 + turn % 4) for turn in range(20)], n=20)[-1]


def test_a_part_that_fails_says_so_and_the_others_are_shown(chromium, tmp_path):
    results = tmp_path / "results"
    other = plan(name="other", title="Other", regime="neighbourhood-allocation", years=1)
    folder = compare([plan(years=1), other], replicates=2, out=results).folder
    with served(results, "broken-part") as odd:
        page = chromium.new_page()
        page.goto(f"{odd.address}/?open={folder.parent.name}/{folder.name}")
        page.get_by_text("The findings could not be shown").wait_for()
        page.get_by_role("heading", name="Over the years").wait_for()
        page.locator(".results figure.chart svg.marks").first.wait_for()
        shown = page.inner_text("body")
        assert "secret" not in shown
        assert "Traceback" not in shown
        assert "ZeroDivisionError: secret of the inside" in results.with_suffix(".log").read_text(encoding="utf-8")
        page.close()


def test_a_reader_is_told_when_the_server_has_gone(chromium, tmp_path):
    with served(tmp_path / "results") as short_lived:
        page = chromium.new_page()
        page.goto(short_lived.address)
        expect_shown(page.get_by_role("button", name="Run the comparison"))
        short_lived.process.kill()
        expect_shown(page.get_by_text("disconnected").first)
        page.close()


def connect(server, origin, cookie="solara-session-id=victim"):
    from websockets.sync.client import connect as open_socket

    address = server.address.replace("http", "ws") + f"/jupyter/api/kernels/{uuid4()}/channels?session_id={uuid4()}"
    return open_socket(address, origin=origin, additional_headers={"Cookie": cookie}, max_size=None)


def test_a_page_of_another_site_cannot_open_a_websocket_with_a_visitors_cookie(server):
    from websockets.exceptions import InvalidStatus

    for origin in ("http://evil.example", "null", None):
        with pytest.raises(InvalidStatus), connect(server, origin):
            pass
    with connect(server, server.address) as socket:
        assert socket.response.status_code == 101


def listen(socket):
    while True:
        socket.recv(timeout=20)


def test_a_message_of_more_than_a_mebibyte_ends_the_connection(server):
    from websockets.exceptions import ConnectionClosed

    with connect(server, server.address) as socket:
        socket.send("x" * (1024 * 1024 + 1))
        with pytest.raises(ConnectionClosed) as closed:
            listen(socket)
    assert closed.value.rcvd.code == 1009


@pytest.mark.parametrize("path", ["/resourcez", "/files/x/y/manifest.json", "/files/..%2f..%2fetc/x/passwd",
                                  "/_solara/cdn/../../secret", "/_solara/cdn/vue@9/x.js"])  # fmt: skip
def test_nothing_is_given_out_that_is_not_meant_to_be(server, path):
    import httpx

    answer = httpx.get(server.address + path)
    assert answer.status_code == 404
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "Traceback" not in answer.text
