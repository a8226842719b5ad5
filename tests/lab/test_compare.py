"""A comparison: what it writes, how it resumes, and that it never leaves or uses half a result."""

import json
from threading import Event, Thread

import pandas as pd
import pytest

from schoolsim.errors import RunError
from schoolsim.lab import compare as comparing
from schoolsim.lab.compare import LOCK, MANIFEST, METRICS, PARTS, REPORT, REQUEST, SCHOOLS, compare, read
from schoolsim.lab.run import run
from schoolsim.lab.store import sha256
from tests.lab.watching import Watch
from tests.little import plan

ALTERNATIVE = {"name": "neighbourhood", "title": "By neighbourhood", "regime": "neighbourhood-allocation"}
PLANS = [plan(years=1), plan(years=1, **ALTERNATIVE)]
FILES = {METRICS, SCHOOLS, REPORT, MANIFEST}


def short_report(path, *_):
    path.write_text("the report", encoding="utf-8")


@pytest.fixture
def no_page(monkeypatch):
    """The page is drawn in other tests; here it would only take time."""
    monkeypatch.setattr("schoolsim.lab.report.write_report", short_report)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A finished comparison of one replicate with its real report."""
    return compare(PLANS, replicates=1, out=tmp_path_factory.mktemp("results"))


def small(out, **settings):
    return compare(PLANS, **({"replicates": 1, "out": out, "name": "towns"} | settings))


def folder_of(out):
    """The one folder of the one comparison below `out`."""
    (folder,) = (found for found in (out / "towns").iterdir() if found.is_dir())
    return folder


def spoil(file):
    """Turn over some bytes of the first page of a table."""
    content = bytearray(file.read_bytes())
    content[30:60] = bytes(byte ^ 0xFF for byte in content[30:60])
    file.write_bytes(bytes(content))


def test_it_writes_manifest_metrics_schools_and_report_and_leaves_nothing_else(finished):
    assert {file.name for file in finished.folder.iterdir()} == FILES
    assert all(file.stat().st_size > 0 for file in finished.folder.iterdir())


def test_results_lie_under_the_name_of_the_place_and_their_own(finished, tmp_path, no_page):
    assert finished.folder.parent.name == "toytown"
    assert small(tmp_path, name="mine").folder.parent == tmp_path / "mine"


def test_the_manifest_holds_the_hashes_of_the_files(finished):
    hashes = finished.manifest["sha256"]
    assert hashes == {name: sha256(finished.folder / name) for name in FILES - {MANIFEST}}


def test_the_manifest_tells_how_to_make_it_again(finished):
    told = finished.manifest
    assert [scenario["name"] for scenario in told["scenarios"]] == ["stand-still", "neighbourhood"]
    assert (told["years"], told["replicates"], told["seed"], told["baseline"]) == (1, 1, 1, "stand-still")
    assert told["place"]["title"] == "Toytown"
    assert {"path", "value", "low", "high", "unit", "grade", "meaning"} <= set(told["parameters"][0])
    assert json.loads((finished.folder / MANIFEST).read_text()) == told


def test_metrics_hold_every_regime_parameter_set_and_year(finished):
    keys = finished.metrics[["regime", "parameter_set", "replicate", "year"]].drop_duplicates()
    assert len(keys) == 2 * 2 * 1 * 2
    assert not finished.metrics.duplicated(
        ["regime", "parameter_set", "replicate", "year", "metric", "phase", "stage", "group", "basis"]
    ).any()


def test_schools_keep_their_neutral_labels(finished):
    assert set(finished.schools["school"]) == {f"Toytown-P0{n}" for n in range(1, 5)} | {"Toytown-S01", "Toytown-S02"}
    assert finished.schools.groupby(["regime", "parameter_set", "year"], observed=True).size().eq(6).all()


def test_a_year_of_the_table_of_schools_keeps_what_was_printed_in_that_year(finished):
    metrics = finished.schools
    chosen = metrics[(metrics["regime"] == "neighbourhood") & (metrics["parameter_set"] == "fixed")]
    printed = chosen.groupby("year")["published_result"].apply(lambda column: column.notna().all())
    assert printed.tolist() == [True, False]


def test_the_report_is_one_page_about_this_place(finished):
    page = (finished.folder / REPORT).read_text(encoding="utf-8")
    assert "Toytown" in page
    assert page.lstrip().lower().startswith("<!doctype html>")


def test_a_reconstructed_vintage_is_marked_in_manifest_and_report(tmp_path):
    done = compare([plan(years=1)], vintage="england_1997", replicates=1, out=tmp_path)
    place = done.manifest["place"]
    assert (place["title"], place["vintage"]) == ("Toytown (1997, reconstructed)", "england_1997")
    assert place["reconstructed"]
    marks = {row["path"]: row["value"] for row in done.manifest["parameters"]}
    assert marks["grades.score_mean_11"] == [102.3, 101.9]
    assert "Toytown (1997, reconstructed): who is left behind" in (done.folder / REPORT).read_text(encoding="utf-8")


def test_the_present_is_not_marked(finished):
    assert finished.manifest["place"]["reconstructed"] == []
    assert "reconstructed)" not in (finished.folder / REPORT).read_text(encoding="utf-8")


def test_what_is_finished_is_read_and_not_run_again(finished):
    watch = Watch()
    before = {file.name: file.stat().st_mtime_ns for file in finished.folder.iterdir()}
    again = compare(PLANS, replicates=1, out=finished.folder.parents[1], progress=watch)
    assert watch.told == []
    assert before == {file.name: file.stat().st_mtime_ns for file in again.folder.iterdir()}
    pd.testing.assert_frame_equal(again.metrics, finished.metrics, check_exact=True)


def test_progress_is_told_after_every_replicate(tmp_path, no_page):
    watch = Watch()
    small(tmp_path, progress=watch)
    assert [(done, total) for done, total, _ in watch.told] == [(0, 2), (1, 2), (2, 2)]
    assert {what for *_, what in watch.told[1:]} == {"drawn-00001", "fixed-00001"}


def test_an_interruption_keeps_the_replicates_finished_and_the_next_call_goes_on(tmp_path, no_page):
    straight = small(tmp_path / "straight", replicates=2)
    with pytest.raises(KeyboardInterrupt):
        small(tmp_path / "stopped", replicates=2, progress=Watch(stop_after=3))
    stopped = folder_of(tmp_path / "stopped")
    assert {file.name for file in stopped.iterdir()} == {PARTS}
    assert len(list((stopped / PARTS).glob("*.schools.parquet"))) == 3
    watch = Watch()
    resumed = small(tmp_path / "stopped", replicates=2, progress=watch)
    assert watch.told[0] == (3, 4, "finished before")
    assert len(watch.told) == 2
    assert (resumed.folder / METRICS).read_bytes() == (straight.folder / METRICS).read_bytes()


def test_a_replicate_half_written_is_run_again(tmp_path, no_page):
    with pytest.raises(KeyboardInterrupt):
        small(tmp_path, progress=Watch(stop_after=1))
    (half,) = (folder_of(tmp_path) / PARTS).glob("*.schools.parquet")
    half.unlink()
    watch = Watch()
    small(tmp_path, progress=watch)
    assert watch.told[0] == (0, 2, "starting")
    assert len(watch.told) == 3


@pytest.mark.parametrize("kind", ["metrics", "schools"])
def test_a_damaged_replicate_is_refused_and_not_silently_used(tmp_path, no_page, kind):
    with pytest.raises(KeyboardInterrupt):
        small(tmp_path, progress=Watch(stop_after=2))
    spoil(folder_of(tmp_path) / PARTS / f"drawn-00001.{kind}.parquet")
    with pytest.raises(RunError, match=rf"drawn-00001\.{kind}\.parquet is damaged"):
        small(tmp_path)
    assert not (folder_of(tmp_path) / MANIFEST).exists()


@pytest.mark.parametrize("name", [METRICS, SCHOOLS])
def test_a_damaged_result_is_refused_when_it_is_read(tmp_path, no_page, name):
    done = small(tmp_path)
    spoil(done.folder / name)
    with pytest.raises(RunError, match="damaged"):
        read(done.folder)


@pytest.mark.parametrize("damage", ["", '{"seed": 1'])
def test_a_damaged_manifest_is_refused_with_its_name(tmp_path, no_page, damage):
    done = small(tmp_path)
    (done.folder / MANIFEST).write_text(damage)
    with pytest.raises(RunError, match=MANIFEST):
        read(done.folder)


def test_a_failing_report_leaves_no_manifest_and_the_next_call_need_not_run_again(tmp_path, monkeypatch):
    def failing(*_):
        raise RunError("no report today")

    monkeypatch.setattr("schoolsim.lab.report.write_report", failing)
    with pytest.raises(RunError, match="no report"):
        small(tmp_path)
    assert not (folder_of(tmp_path) / MANIFEST).exists()
    monkeypatch.setattr("schoolsim.lab.report.write_report", short_report)
    watch = Watch()
    small(tmp_path, progress=watch)
    assert watch.told == [(2, 2, "finished before")]
    assert {file.name for file in folder_of(tmp_path).iterdir()} == FILES


def test_a_replicate_that_fails_stops_the_comparison_and_leaves_no_result(tmp_path, no_page, monkeypatch):
    def failing(task):
        raise RunError(f"{task.stem} failed")

    monkeypatch.setattr(comparing, "carry_out", failing)
    with pytest.raises(RunError, match="drawn-00001 failed"):
        small(tmp_path)
    assert {file.name for file in folder_of(tmp_path).iterdir()} == {PARTS}
    assert {file.name for file in (folder_of(tmp_path) / PARTS).iterdir()} == {LOCK, REQUEST}


def test_of_two_calls_for_the_same_one_waits_and_both_find_the_answer(tmp_path, no_page):
    second, told, calls = {}, [], []

    def ask_again(done, *_):
        if done == 1 and not calls:
            calls.append(Thread(target=lambda: second.update(found=small(tmp_path, progress=waiting)), daemon=True))
            calls[0].start()
            assert begun.wait(60)

    def waiting(done, total, what):
        told.append((done, total, what))
        begun.set()

    begun = Event()
    first = small(tmp_path, progress=ask_again)
    calls[0].join(60)
    assert told == [(0, 2, "waiting for another run of the same comparison")]
    pd.testing.assert_frame_equal(second["found"].metrics, first.metrics, check_exact=True)
    assert {file.name for file in first.folder.iterdir()} == FILES


@pytest.mark.parametrize(
    "other",
    [{"replicates": 2}, {"seed": 2}, {"years": 2}, {"real_names": True}, {"place": "toytown:2x4"}],
    ids=lambda other: next(iter(other)),
)
def test_another_question_has_a_folder_of_its_own(tmp_path, no_page, other, monkeypatch):
    monkeypatch.setattr(comparing, "run_open", lambda *_: None)
    monkeypatch.setattr(comparing, "_assemble", lambda *_: None)
    monkeypatch.setattr(comparing, "read", lambda folder: folder)
    assert small(tmp_path) != small(tmp_path, **other)
    assert small(tmp_path) == small(tmp_path)


def test_other_code_has_a_folder_of_its_own(tmp_path, no_page, monkeypatch):
    before = small(tmp_path).folder
    monkeypatch.setattr("schoolsim.lab.store.code_fingerprint", lambda: "other code")
    assert small(tmp_path).folder != before


def test_how_many_workers_there_are_is_no_part_of_the_question(tmp_path, no_page):
    done = small(tmp_path)
    assert small(tmp_path, workers=2).folder == done.folder


def test_a_single_run_is_written_like_a_comparison_of_one(tmp_path):
    told = []
    done = run(PLANS[0], out=tmp_path, progress=lambda *what: told.append(what))
    assert told == [(1, 1, "year 1")]
    assert (set(done.metrics["regime"]), set(done.metrics["parameter_set"])) == ({"stand-still"}, {"fixed"})
    assert done.manifest["sha256"] == {name: sha256(done.folder / name) for name in (METRICS, SCHOOLS)}
    pd.testing.assert_frame_equal(pd.read_parquet(done.folder / METRICS), done.metrics, check_categorical=False)
