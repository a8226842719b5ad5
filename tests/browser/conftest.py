"""A server with its results, a real Chromium, and pages whose every request and error is written down."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from schoolsim.lab.compare import compare
from schoolsim.lab.sharing import Request, to_link
from schoolsim.scenario import load_scenario
from tests.browser.chromium import CHROMIUM

SERVE = "import sys; from schoolsim.cli import main; sys.exit(main(sys.argv[1:]))"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
WIDTHS = {"phone": 360, "laptop": 1280, "projector": 1920}
STARTS_WITHIN, SHOWN_WITHIN = 120, 90_000  # s; ms, on a machine that runs other tests too


@dataclass
class Server:
    """A running `schoolsim serve`."""

    address: str
    results: Path
    process: subprocess.Popen


@dataclass
class Watched:
    """What a page asked for and complained of."""

    page: object
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def elsewhere(self) -> set[str]:
        """Requests that did not go to the server under test."""
        own = re.match(r"https?://[^/]+", self.page.url).group().replace("http", "(?:http|ws)", 1)
        return {url for url in self.requests if not re.match(rf"{own}|data:|blob:|about:", url)}


def watch(context, address):
    """A new page at an address, watched from its first request on."""
    watched = Watched(context.new_page())
    watched.page.set_default_timeout(SHOWN_WITHIN)
    watched.page.on("request", lambda request: watched.requests.append(request.url))
    watched.page.on("websocket", lambda socket: watched.requests.append(socket.url))
    watched.page.on("pageerror", lambda error: watched.errors.append(str(error)))
    watched.page.on("console", lambda said: said.type == "error" and watched.errors.append(said.text))
    watched.page.goto(address)
    return watched


def expect_shown(locator):
    """What stands on a page must come to be seen."""
    from playwright.sync_api import expect

    expect(locator).to_be_visible(timeout=SHOWN_WITHIN)


@contextmanager
def served(results: Path, oddity: str = ""):
    """`schoolsim serve` in a process of its own, as a user starts it; or a server with one thing odd about it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    usual = ["-c", SERVE, "serve", "--no-browser", "--port", port, "--out", str(results)]
    odd = ["-m", "tests.browser.odd_server", port, str(results), oddity]
    log = results.with_suffix(".log").open("w")
    process = subprocess.Popen([sys.executable, *(odd if oddity else usual)], stdout=log, stderr=log)
    try:
        _wait(f"http://localhost:{port}/readyz", process)
        yield Server(f"http://localhost:{port}", results, process)
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _wait(address: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("the server did not start")


@pytest.hookimpl(tryfirst=True)  # before names of tests are given their group
def pytest_collection_modifyitems(items):
    """All that needs a browser runs one after the other, in one process: a page waits for its turn otherwise."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A server whose results folder begins empty."""
    with served(tmp_path_factory.mktemp("served") / "results") as running:
        yield running


@pytest.fixture(scope="session")
def small_link():
    """What the address of the lab must hold to set up a quick comparison on a real authority."""
    rules = ("stand-still", "neighbourhood-allocation", "open-enrolment-without-tables")
    plans = tuple(replace(load_scenario(name), place="rutland", halo="none", years=6) for name in rules)
    return "/?plan=" + to_link(Request(plans, replicates=2))


@pytest.fixture(scope="session")
def finished(server):
    """A finished comparison on a real authority, in the results of the server, as <name>/<id>."""
    rules = ("stand-still", "neighbourhood-allocation")
    plans = [replace(load_scenario(name), place="rutland", halo="none", years=5) for name in rules]
    folder = compare(plans, replicates=3, workers=2, out=server.results).folder
    return folder.relative_to(server.results).as_posix()


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests; each test has pages of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, server):
    """Opens an address as a new visitor: `visit("/runs", width=360, dark=True)`; gives the page, watched."""
    contexts = []

    def go(path="/", width=1280, dark=False, visitor=None, of=server):
        context = visitor or chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", accept_downloads=True
        )
        if visitor is None:
            contexts.append(context)
        return watch(context, of.address + path)

    yield go
    for context in contexts:
        context.close()
