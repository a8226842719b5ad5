"""Evidence: every entry of every register has its page, and what is not built is only named."""

import pandas as pd
import pytest

from schoolsim.lab.evidence import open_book
from schoolsim.lab.facts.validate import SUMMARY, VALUES
from schoolsim.lab.store import code_fingerprint, write_frame, write_json
from schoolsim.ui.pages.evidence import Page
from schoolsim.ui.pages.evidence.addresses import TOPICS, address, asked_for
from schoolsim.ui.pages.evidence.page import VIEWS
from tests.ui.pages.rendered import page

BOOK = open_book()
REGISTERS = [topic for topic in TOPICS if topic != "places"]


@pytest.fixture
def at(tmp_path):
    return lambda where, results=tmp_path: page(Page, where, results)


@pytest.mark.parametrize("topic", REGISTERS)
def test_every_entry_that_is_built_can_be_reached_from_its_list(topic, at):
    names = [name for name, entry in getattr(BOOK, topic).items() if getattr(entry, "built", True)]
    with at(address(topic)) as shown:
        assert {address(topic, name) for name in names} - set(shown.links) == set()


@pytest.mark.parametrize("topic", REGISTERS)
def test_every_entry_has_a_page_whose_links_all_lead_to_entries(topic, tmp_path):
    for name, entry in getattr(BOOK, topic).items():
        if not getattr(entry, "built", True):
            continue
        with page(lambda name=name: VIEWS[topic](BOOK, name), address(topic, name), tmp_path) as shown:
            assert not [link for link in shown.links if not leads_somewhere(link)], name


def leads_somewhere(link):
    topic, name = asked_for(link.partition("?")[2])
    return topic == "places" or (topic in REGISTERS and (not name or name in getattr(BOOK, topic)))


def test_a_mechanism_that_is_not_built_is_named_as_such_and_nothing_else_of_it_shows(at):
    entry = next(entry for entry in BOOK.mechanisms.values() if not entry.built)
    with at(address("mechanisms", entry.id)) as shown:
        assert "Not built" in shown.text
        assert entry.meaning not in shown.text
    with at(address("mechanisms")) as shown:
        assert entry.id in shown.text and entry.meaning not in shown.text


def test_a_mechanism_says_what_it_is_built_by_and_what_feeds_it(at):
    with at(address("mechanisms", "M36")) as shown:
        wanted = [address("processes", "choice"), address("parameters", "choice.result_weight"),
                  address("levers", "admissions.preference_count"), address("sources", "E147")]  # fmt: skip
        assert set(wanted) <= set(shown.links)


def test_a_parameter_shows_its_value_range_grade_reason_and_sources(at):
    row = BOOK.parameters["choice.result_weight"]
    with at(address("parameters", row.path)) as shown:
        wanted = (f"0.4 {row.unit}", "weak: ", BOOK.sources["E147"].title)
        assert [text for text in wanted if text not in shown.text] == []
        assert address("processes", "choice") in shown.links and address("mechanisms", "M36") in shown.links


@pytest.mark.parametrize("free", [True, False])
def test_the_prior_is_drawn_of_a_parameter_that_has_one(free, at):
    row = next(row for row in BOOK.parameters.values() if row.prior.fixed != free)
    with at(address("parameters", row.path)) as shown:
        assert bool(shown.having("spec")) == free


def test_a_source_knows_everything_that_rests_on_it(at):
    with at(address("sources", "E147")) as shown:
        assert {address("parameters", "choice.result_weight"), address("processes", "choice")} <= set(shown.links)


def test_a_metric_that_is_new_in_the_register_appears_by_itself(at, monkeypatch):
    new = {"name": "kites", "title": "Kites in the air", "unit": "kites", "better": "higher", "meaning": "kites flown"}
    monkeypatch.setitem(BOOK.metrics, "kites", new)
    with at(address("metrics")) as listed, at(address("metrics", "kites")) as shown:
        assert "Kites in the air" in listed.text and "Kites flown." in shown.text


def test_a_part_that_fails_leaves_the_rest_of_the_page_standing(at, monkeypatch, caplog):
    def broken(book, name):
        raise ZeroDivisionError("secret/path")

    monkeypatch.setitem(VIEWS, "levers", broken)
    with at(address("levers", "league_tables.metric")) as shown:
        assert "Levers could not be shown" in shown.text and "secret" not in shown.text
        assert address("metrics") in shown.links
    assert "ZeroDivisionError" in caplog.text


NOTHING = ["?topic=<b>", "?topic=levers&name=<b>no</b>", "?topic=places&name=/etc", "?name=%00", "?" + "a" * 5000]


@pytest.mark.parametrize("where", NOTHING)
def test_an_address_that_names_nothing_is_answered_plainly(where, at):
    with at(f"/evidence{where}") as shown:
        assert "could not be shown" not in shown.text and len(shown.text) > 100


def test_the_search_leads_to_what_it_names_and_says_when_there_is_nothing(at):
    with at("/evidence") as shown:
        box = next(widget for widget in shown.having("options") if widget.label == "Find")
        assert {address("mechanisms", "M36"), address("places", "salford")} <= {each["value"] for each in box.options}
        box.vue_choose("nothing of this kind", None)
        assert shown.pushed == [] and "Nothing of this name" in box.wrong
        box.vue_choose(address("mechanisms", "M36"), None)
        assert shown.pushed == [address("mechanisms", "M36")]


def validated(root, verdict="not met", code=None, **changes):
    """A validation of S02 in `root`, as `validate` leaves one."""
    number = {"fact": "S02", "world": "857", "places": "Rutland", "number": "va_share", "meaning": "share",
              "unit": "share", "range": "0.08 to 0.13", "value": 0.31, "interval": [0.29, 0.33], "inside": 0.0,
              "seeds": 3, "verdict": verdict, "provisional": True, "awaits": ""}  # fmt: skip
    told = {"provisional": True, "seeds": 3, "facts": {"S02": verdict}, "numbers": [number],
            "versions": {"code": code or code_fingerprint()}}  # fmt: skip
    folder = root / "validation" / "0123456789ab"
    folder.mkdir(parents=True)
    values = [("S02", "857", 1001 + seed, "va_share", 0.30 + seed / 100) for seed in range(3)]
    write_frame(folder / VALUES, pd.DataFrame(values, columns=["fact", "world", "seed", "number", "value"]))
    write_json(folder / SUMMARY, told | changes)
    return folder


def test_a_fact_that_fails_is_shown_as_failing_with_its_numbers(at, tmp_path):
    validated(tmp_path)
    with at(address("facts")) as shown:
        assert "not met (provisional)" in shown.texts
        assert "1 not met" in shown.text
    with at(address("facts", "S02")) as shown:
        shown.wait(lambda now: now.having("spec"))
        assert {"0.31", "0.29 to 0.33", "0 of 3", "not met"} <= set(shown.texts)
        assert "0.08 to 0.13" in shown.having("spec")[0].description


def test_a_verdict_of_other_code_does_not_count(at, tmp_path):
    validated(tmp_path, code="another")
    with at(address("facts", "S02")) as shown:
        assert "Not scored here yet." in shown.text


def test_a_fact_that_awaits_something_says_what(at):
    fact = next(fact for fact in BOOK.facts.values() if not fact.experiment)
    with at(address("facts", fact.id)) as shown:
        assert fact.awaits in shown.texts


def test_a_place_says_what_is_imputed_who_crosses_its_border_and_what_was_scored_there(at, tmp_path):
    validated(tmp_path)
    with at(address("places", "rutland")) as shown:
        shown.wait(lambda now: "Facts scored here" in now.text)
        assert {"What is imputed", "Neighbourhood and border", "Facts scored here"} <= set(shown.texts)
        assert "No comparison of this place is here yet" in shown.text


def test_every_authority_can_be_reached(at):
    with at(address("places")) as shown:
        assert len([link for link in shown.links if link.startswith(address("places", ""))]) > 150
        finder = next(widget for widget in shown.having("options") if widget.label == "Authority")
        finder.vue_choose("../../etc", None)
        assert shown.pushed == []
        finder.vue_choose("salford", None)
        assert shown.pushed == [address("places", "salford")]
