"""How it was made: every assumption with its reason and a way to its page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schoolsim.lab.sections import making as sections
from schoolsim.ui.pages.lab.results.making import Making
from tests.ui.drawn import drawn


@pytest.fixture
def part(digest):
    with drawn(Making(digest)) as shown:
        yield shown


def test_every_parameter_is_listed_once_and_leads_to_its_page(part, digest):
    rows = [row for table in part.tables for row in table.rows if "_page" in row]
    assert sorted(row["0"] for row in rows) == sorted(one["path"] for one in digest.manifest["parameters"])
    assert all(row["_page"] == f"/evidence?topic=parameters&name={row['0']}" for row in rows)


def test_an_assumption_stands_with_its_reason(part, digest):
    assumed = {one["path"]: one["because"] for one in digest.manifest["parameters"] if one["grade"] == "assumption"}
    shown = {row["0"]: row["5"] for table in part.tables if "assumptions" in table.caption for row in table.rows}
    assert shown.keys() == assumed.keys() and all(shown[path] for path in assumed)


def test_what_was_filled_in_and_what_it_was_made_with_are_told(part, digest):
    assert "What the data lack in this place" in part.text
    assert str(digest.manifest["seed"]) in part.text.splitlines()
    assert "regime: []" in part.text or "regime:" in part.text


def test_a_world_that_was_reconstructed_says_so(digest):
    manifest = digest.manifest | {"place": digest.manifest["place"] | {"reconstructed": ["Carried back to 1997."]}}
    with drawn(Making(replace(digest, manifest=manifest))) as shown:
        assert "Carried back to 1997." in shown.text


def test_a_manifest_with_little_in_it_is_shown_as_far_as_it_goes(digest):
    with drawn(Making(replace(digest, manifest={}))) as shown:
        assert "could not be shown" not in shown.text


def test_foreign_words_stay_words(digest):
    canary = "<img src=x onerror=alert(1)>"
    manifest = digest.manifest | {"scenarios": [{"name": canary, "title": canary}], "platform": canary}
    with drawn(Making(replace(digest, manifest=manifest))) as shown:
        assert canary in shown.text
        assert not any("v_html" in widget.trait_names() for widget in shown.widgets)


def test_a_part_that_fails_leaves_the_others(digest, monkeypatch):
    def fail(_):
        raise ValueError("broken on purpose")

    monkeypatch.setattr(sections, "place_blocks", fail)
    with drawn(Making(digest)) as shown:
        assert "could not be shown" in shown.text and "broken on purpose" not in shown.text and shown.tables
