"""What a browser loads of Solara is here, so that pages need no network."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("solara", reason="the extra schoolsim[ui] is not installed")

import solara

from schoolsim.ui.vendor import CDN, PINNED, WANTED, is_packed

TEMPLATE = Path(solara.__file__).parent / "server" / "templates" / "solara.html.j2"
ASKED = re.compile(r"\{\{cdn\}\}/((?:@[\w-]+/)?[\w.-]+@[\w.-]+/[^\"'>]*)")


def asked():
    """Files that the page of the installed Solara asks the content network for, on Vue 2 and in production."""
    found = {name.replace("{{ipywidget_major_version}}", "8") for name in ASKED.findall(TEMPLATE.read_text("utf-8"))}
    return {name for name in found if "vuetify3" not in name and not name.endswith("app8.js")}


def test_every_file_that_the_installed_solara_asks_for_is_packed():
    assert len(asked()) >= 4
    assert {name for name in asked() if not is_packed(name)} == set()


def test_every_font_that_the_styles_name_is_packed():
    for style in CDN.rglob("*.css"):
        named = set(re.findall(r"url\(([0-9a-f]+\.woff2)", style.read_text("utf-8")))
        assert named
        assert {name for name in named if not (style.parent / name).is_file()} == set()


def test_versions_and_licences_travel_with_the_files():
    assert {f"{name}@{version}" for name, version in PINNED.items()} <= {
        folder.relative_to(CDN).as_posix() for folder in CDN.rglob("*@*") if folder.is_dir()
    }
    assert any(name.endswith("LICENSE.txt") for name in WANTED)


def test_nothing_outside_the_folder_counts_as_packed():
    assert not is_packed("../../../vendor.py")
    assert not is_packed("/etc/hostname")
    assert not is_packed("nothing@1/x.js")


def test_no_packed_file_is_left_out_of_the_repository():
    listed = subprocess.run(["git", "ls-files", str(CDN)], capture_output=True, text=True, check=False, cwd=CDN)
    if listed.returncode == 0 and listed.stdout:  # not in a source archive
        assert len(listed.stdout.splitlines()) == len([file for file in CDN.rglob("*") if file.is_file()])
