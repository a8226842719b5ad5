"""Runs: whatever lies in the folder of results is told plainly, and only a whole result nobody writes is deleted."""

import shutil
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from schoolsim.errors import InputError, SchoolsimError
from schoolsim.lab.compare import MANIFEST, METRICS, PARTS, REPORT, REQUEST, SCHOOLS, compare, folder_of
from schoolsim.lab.library import entries
from schoolsim.lab.sharing import from_link
from schoolsim.lab.store import read_json, write_json
from schoolsim.ui.jobs.request import JobRequest
from schoolsim.ui.pages.runs import Page
from schoolsim.ui.pages.runs.going_on import plan_address
from schoolsim.ui.pages.runs.result import take_away
from schoolsim.ui.pages.runs.shelf import address, signature
from schoolsim.ui.shared import Shared, share
from tests.lab import invented
from tests.lab.test_compare import Watch, short_report
from tests.little import plan
from tests.ui.pages.rendered import page

HOSTILE = '<img src=x onerror="window.hit=1">{{7*7}}'


def idle(*requests):
    """A registry with these requests under way."""
    return SimpleNamespace(under_way=lambda: requests)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two finished comparisons of two regimes in the little town."""
    out = tmp_path_factory.mktemp("results")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("schoolsim.lab.report.write_report", short_report)
        for seed in (1, 2):
            compare([plan(years=1), plan(years=1, name="other", title="Other")], replicates=2, out=out, seed=seed)
    return out


@pytest.fixture
def results(made, tmp_path):
    shutil.copytree(made, tmp_path / "results")
    yield tmp_path / "results"
    share(None)


def keys(root):
    return [entry.folder.relative_to(root).as_posix() for entry in entries(root)]


def shelved(root, name="inventon", **changes):
    """A comparison whose manifest says `changes`, its tables a few bytes of nothing."""
    folder = root / name / "0123456789ab"
    folder.mkdir(parents=True)
    for file in (METRICS, SCHOOLS, REPORT):
        (folder / file).write_bytes(b"1234")
    hashes = {METRICS: "ab", SCHOOLS: "cd", REPORT: "ef"}
    write_json(folder / MANIFEST, invented.manifest() | {"code": "another", "sha256": hashes} | changes)
    return folder


def test_an_empty_folder_says_what_to_do(tmp_path):
    with page(Page, "/runs", tmp_path / "nothing") as shown:
        assert "Nothing has been run yet." in shown.texts and "/" in shown.links


def test_every_result_is_listed_with_what_was_run_and_leads_to_its_page(results):
    with page(Page, "/runs", results) as shown:
        assert {address(result=key) for key in keys(results)} <= set(shown.links)
        assert {"Toytown", "Stand-still, Other", "comparison"} <= set(shown.texts)


def test_one_result_can_be_opened_reported_taken_away_and_deleted(results):
    key = keys(results)[0]
    with page(Page, address(result=key), results) as shown:
        wanted = [f"/files/{key}/{file}" for file in (REPORT, "metrics.csv", "scenarios.zip", MANIFEST)]
        assert set(wanted) <= set(shown.links) and any(link.startswith("/?open=") for link in shown.links)
        (confirm,) = shown.having("question")
        assert "Delete Toytown, " in confirm.question and "2 regimes" in confirm.question


def test_deleting_after_the_second_question_takes_the_result_away_and_says_so(results):
    key, kept = keys(results)
    with page(Page, address(result=key), results, idle()) as shown:
        shown.having("question")[0].vue_agree(True, None)
        assert shown.pushed == ["/runs"] and "Deleted: Toytown" in shown.text
    assert keys(results) == [kept]


def test_a_result_that_anybodys_run_is_writing_is_not_deleted(results):
    key = keys(results)[0]
    request = JobRequest(compare, {"scenarios": (plan(years=1),), "replicates": 2, "out": results})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("schoolsim.ui.pages.runs.writing.folder_of", lambda *_: results / key)
        with page(Page, address(result=key), results, idle(request)) as shown:
            shown.having("question")[0].vue_agree(True, None)
            assert "is writing this result just now" in shown.text and shown.pushed == []
    assert key in keys(results)


def test_what_is_no_result_of_this_server_is_never_deleted(results, tmp_path):
    outside = shelved(tmp_path / "elsewhere")
    share(Shared(results, idle()))
    with pytest.raises(InputError):
        take_away(SimpleNamespace(folder=outside))
    with pytest.raises(SchoolsimError):
        take_away(SimpleNamespace(folder=results))
    assert outside.exists()


def interrupted(results, **settings):
    """An interrupted comparison of this code in `results`: one of two replicates is done."""
    with pytest.raises(KeyboardInterrupt):
        compare([plan(years=1)], replicates=2, out=results, progress=Watch(stop_after=3), **settings)
    return next(entry for entry in entries(results) if entry.kind == "unfinished")


def test_an_unfinished_comparison_says_how_far_it_is_and_leads_to_where_it_goes_on(results):
    entry = interrupted(results)
    with page(Page, address(result=entry.folder.relative_to(results).as_posix()), results) as shown:
        assert "Unfinished: 1 of 2 replicates done." in shown.texts
        assert "it goes on from there" in shown.text
        (link,) = [link for link in shown.links if link.startswith("/?plan=")]
    request = from_link(parse_qs(urlsplit(link).query)["plan"][0])
    assert folder_of(request.plans, request.replicates, results) == entry.folder


def test_one_that_would_not_go_on_is_not_said_to(results):
    entry = interrupted(results, name="mine")
    assert plan_address(entry, results) == ""
    key = entry.folder.relative_to(results).as_posix()
    request = entry.folder / PARTS / REQUEST
    write_json(request, read_json(request) | {"code": "another"})
    with page(Page, address(result=key), results) as shown:
        assert "starts anew" in shown.text and "goes on" not in shown.text


def test_a_damaged_result_says_so_and_offers_nothing_but_deletion(results):
    key = keys(results)[0]
    (results / key / MANIFEST).write_text("{", encoding="utf-8")
    with page(Page, address(result=key), results) as shown:
        assert "This result is damaged." in shown.text
        assert not [link for link in shown.links if link.startswith(("/files", "/?open"))]
    with page(Page, "/runs", results) as shown:
        assert "damaged" in shown.texts


def test_hostile_names_are_text_and_their_addresses_are_quoted(results):
    changes = {"place": invented.manifest()["place"] | {"title": HOSTILE}}
    shelved(results, 'a"b#c?d&e', **changes)
    with page(Page, "/runs", results) as shown:
        assert HOSTILE in shown.texts
        (own,) = [link for link in shown.links if "0123456789ab" in link and "result=" in link]
    with page(Page, own, results) as shown:
        assert HOSTILE in shown.text
        assert "/files/a%22b%23c%3Fd%26e/0123456789ab/report.html" in shown.links


def test_two_comparisons_lie_side_by_side_with_what_was_different(results):
    first, second = keys(results)
    with page(Page, address(first=first, second=second), results) as shown:
        shown.wait(lambda now: "What came out" in now.texts)
        assert "Seed: 2 in the first, 1 in the second." in shown.texts
        rows = next(widget.rows for widget in shown.having("rows") if widget.caption.startswith("Headline"))
        assert {row["regime"] for row in rows} == {"Stand-still", "Other"}
        assert all(" run" in row["first"] or " pair" in row["first"] or row["first"] == "not in it" for row in rows)


@pytest.mark.parametrize("second", ["", "nothing/here", None])
def test_a_pair_that_is_none_is_answered_plainly(results, second):
    first = keys(results)[0]
    with page(Page, address(first=first, second=first if second is None else second), results) as shown:
        assert "could not be shown" not in shown.text and "Side by side" in shown.texts


def test_choosing_two_leads_to_their_page(results):
    first, second = keys(results)
    with page(Page, "/runs", results) as shown:
        boxes = {widget.label: widget for widget in shown.having("options")}
        boxes["First"].vue_choose(first, None)
        assert shown.pushed == []
        boxes["Second"].vue_choose("nothing/here", None)
        assert shown.pushed == []
        boxes["Second"].vue_choose(second, None)
        assert shown.pushed == [address(first=first, second=second)]


def test_a_result_that_appears_meanwhile_is_shown_without_asking(results, monkeypatch):
    monkeypatch.setattr("schoolsim.ui.pages.runs.shelf.LOOKS_EVERY", 0.02)
    with page(Page, "/runs", results) as shown:
        shelved(results)
        shown.wait(lambda now: any("inventon" in link for link in now.links))
        assert shown.pushed == []


def test_looking_costs_nothing_while_nothing_changes(results):
    before = signature(results)
    assert signature(results) == before
    shutil.rmtree(results / keys(results)[0])
    assert signature(results) != before


def test_a_result_that_is_gone_is_said_to_be(results):
    with page(Page, address(result="toytown/none"), results) as shown:
        assert "There is no such result here." in shown.texts
