"""The report opened in a real browser: every chart is drawn and nothing leaves the machine."""

from __future__ import annotations

import re
import subprocess

import pytest

from schoolsim.lab.compare import REPORT, compare
from tests.browser.chromium import CHROMIUM, needs_chromium
from tests.little import plan

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--virtual-time-budget=20000",
)  # fmt: skip

OWN = (".google.com", ".googleapis.com", ".gvt1.com")

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, str]:
    """The page as written, the page as the browser made it, and the browser's log of its network."""
    folder = tmp_path_factory.mktemp("report")
    other = plan(name="neighbourhood", title="By neighbourhood", regime="neighbourhood-allocation", years=2)
    page = compare([plan(years=2), other], replicates=2, out=folder).folder / REPORT
    log = folder / "network.json"
    command = [str(CHROMIUM), *QUIET, f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", "--dump-dom"]
    drawn = subprocess.run([*command, page.as_uri()], capture_output=True, text=True, timeout=120, check=True).stdout
    return page.read_text(encoding="utf-8"), drawn, log.read_text(encoding="utf-8")


def test_every_figure_of_the_page_is_drawn(opened: tuple[str, str, str]) -> None:
    written, drawn, _ = opened
    wanted = written.count('<div class="figure"')
    assert wanted > 10
    assert len(re.findall(r"<svg[^>]*class=\"marks\"", drawn)) == wanted
    assert "could not be drawn" not in re.sub(r"<script.*?</script>", "", drawn, flags=re.S)


def test_nothing_is_asked_of_any_network(opened: tuple[str, str, str]) -> None:
    written, _, log = opened
    asked = set(re.findall(r'"url":\s*"(?:https?|wss?)://([^/"]*)', log))
    of_the_browser = {host for host in asked if host.endswith(OWN)}  # it asks its maker for the time and such
    assert "file://" in log
    assert not asked - of_the_browser
    assert not any(host in written for host in of_the_browser)
