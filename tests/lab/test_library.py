"""The shelf of results: whatever lies there, it is told or left out, and only a result can be taken away."""

import json
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsim.errors import InputError, RunError
from schoolsim.lab import library
from schoolsim.lab.compare import MANIFEST, METRICS, PARTS, REPORT, REQUEST, SCHOOLS, compare
from schoolsim.lab.library import delete, entries
from schoolsim.lab.run import run
from schoolsim.lab.store import code_fingerprint, versions, write_json
from tests.lab import invented
from tests.lab.test_compare import Watch, short_report
from tests.little import plan

ID = "0123456789ab"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A finished comparison, an interrupted one and a run, as the program writes them."""
    out = tmp_path_factory.mktemp("results")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("schoolsim.lab.report.write_report", short_report)
        compare([plan(years=1)], replicates=1, out=out)
        with pytest.raises(KeyboardInterrupt):
            compare([plan(years=1)], replicates=2, out=out, name="mine", progress=Watch(stop_after=3))
        run(plan(years=1, name="alone", title="Alone"), out=out)
    return out


def manifest(**changes):
    hashes = {METRICS: "ab", SCHOOLS: "cd", REPORT: "ef"}
    return invented.manifest() | {"code": "another", "sha256": hashes} | changes


def shelved(root, told=None, name="inventon", own=ID, files=(METRICS, SCHOOLS, REPORT)):
    """A comparison on the shelf, its tables a few bytes of nothing."""
    folder = root / name / own
    folder.mkdir(parents=True)
    for file in files:
        (folder / file).write_bytes(b"1234")
    write_json(folder / MANIFEST, told or manifest())
    return folder


def by_kind(root):
    return {entry.kind: entry for entry in entries(root)}


def test_what_the_program_writes_is_found_and_told(made):
    found = by_kind(made)
    assert set(found) == {"comparison", "unfinished", "run"}
    whole, part, alone = (found[kind] for kind in ("comparison", "unfinished", "run"))
    assert (whole.name, whole.title, whole.regimes) == ("toytown", "Toytown", ("Stand-still",))
    assert (whole.years, whole.replicates, whole.finished, whole.why) == (1, 1, None, "")
    assert whole.same_code and whole.code == code_fingerprint() and whole.version
    assert whole.seconds > 0 and whole.created.tzinfo
    assert (part.name, part.replicates, part.finished) == ("mine", 2, 1)
    assert (alone.regimes, alone.seconds) == (("Alone",), None)


def test_the_size_is_that_of_all_its_files(made):
    for entry in entries(made):
        assert entry.size_bytes == sum(file.stat().st_size for file in entry.folder.rglob("*") if file.is_file())


def test_validations_and_calibrations_stand_beside_comparisons(tmp_path):
    validation, calibration = (tmp_path / name / ID for name in ("validation", "calibration"))
    validation.mkdir(parents=True)
    (validation / "facts.parquet").write_bytes(b"")
    told = {"provisional": True, "seeds": 3, "full": False, "place": None, "versions": versions()}
    write_json(validation / "facts.json", told)
    calibration.mkdir(parents=True)
    design = {"design": {"name": "core", "title": "The core"}, "sha256": {}, "seconds": 3, "quick": True}
    write_json(calibration / MANIFEST, versions() | design | {"created": "2030-01-01T00:00:00+00:00"})
    (tmp_path / "validation" / "runs" / ID).mkdir(parents=True)
    found = by_kind(tmp_path)
    assert set(found) == {"validation", "calibration"}
    assert (found["validation"].replicates, found["validation"].same_code) == (3, True)
    assert (found["calibration"].title, found["calibration"].regimes) == ("The core", ())


def test_the_newest_comes_first(tmp_path):
    for day, own in ((2, "b" * 12), (3, "c" * 12), (1, "a" * 12)):
        shelved(tmp_path, manifest(created=f"2030-01-0{day}T00:00:00+00:00"), own=own)
    assert [entry.id[0] for entry in entries(tmp_path)] == ["c", "b", "a"]
    assert entries(tmp_path)[0].created == datetime(2030, 1, 3, tzinfo=UTC)


def test_results_of_other_code_are_told_apart(tmp_path):
    shelved(tmp_path)
    assert not entries(tmp_path)[0].same_code


def test_what_is_no_result_is_left_out(tmp_path):
    (tmp_path / "README.md").write_text("")
    (tmp_path / "baseline").mkdir()
    (tmp_path / "holiday" / "photos").mkdir(parents=True)
    (tmp_path / "holiday" / "photos" / "sea.png").write_bytes(b"")
    shelved(tmp_path, name=".hidden")
    assert entries(tmp_path) == []
    assert entries(tmp_path / "nowhere") == [] and entries(tmp_path / "README.md") == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"years": "ten"}, "years"),
        ({"years": True}, "years"),
        ({"scenarios": [3]}, "scenarios"),
        ({"place": None}, "place"),
        ({"created": "yesterday"}, "cannot be read"),
        ({"created": "0001-01-01T00:00:00+23:59"}, "cannot be read"),
        ({"code": 5}, "code"),
        ({"sha256": {"../../passwords": "ab"}}, "It lacks"),
        ({"sha256": {"nul\0byte": "ab"}}, "It lacks"),
        ({"sha256": {"gone.parquet": "ab"}}, "It lacks gone.parquet."),
    ],
)
def test_a_manifest_that_says_nonsense_is_told_as_damaged(tmp_path, changes, why):
    shelved(tmp_path, manifest(**changes))
    (entry,) = entries(tmp_path)
    assert entry.kind == "damaged" and why in entry.why
    assert entry.why.endswith(".") and str(tmp_path) not in entry.why


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, '{"sha256": ' + "9" * 5000 + "}", "\0", "é" * 10])
def test_a_manifest_that_cannot_be_read_is_told_as_damaged(tmp_path, text):
    (shelved(tmp_path) / MANIFEST).write_bytes(text.encode("latin-1"))
    assert [entry.kind for entry in entries(tmp_path)] == ["damaged"]


def test_a_manifest_too_large_to_be_one_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "MOST_BYTES", 100)
    shelved(tmp_path)
    assert entries(tmp_path)[0].why == "Its manifest.json is far too large."


def test_a_run_interrupted_while_it_was_written_is_told_and_can_go(tmp_path):
    folder = shelved(tmp_path)
    (folder / MANIFEST).unlink()
    assert entries(tmp_path)[0].why == "It was interrupted while it was written."
    delete(tmp_path, folder)
    assert entries(tmp_path) == []


def test_parts_without_what_was_asked_are_unfinished_all_the_same(tmp_path):
    (tmp_path / "inventon" / ID / PARTS).mkdir(parents=True)
    (entry,) = entries(tmp_path)
    assert (entry.kind, entry.finished, entry.years) == ("unfinished", 0, None) and entry.why


def test_hostile_names_are_only_text(tmp_path):
    hostile = "<img src=x onerror=alert(1)>\x1b[31m"
    shelved(tmp_path, manifest(place={"title": hostile * 50}), name=hostile, own="=1+1\n")
    (entry,) = entries(tmp_path)
    assert entry.kind == "comparison" and entry.name.startswith("<img") and entry.id == "=1+1"
    assert all(text.isprintable() and len(text) <= 200 for text in (entry.name, entry.id, entry.title))


def test_links_are_not_followed(tmp_path):
    outside, root = tmp_path / "outside", tmp_path / "results"
    folder = shelved(outside)
    (root / "inventon").mkdir(parents=True)
    (root / "linked").symlink_to(folder.parent, target_is_directory=True)
    (root / "inventon" / ID).symlink_to(folder, target_is_directory=True)
    assert entries(root) == []
    for target in (root / "linked" / ID, root / "inventon" / ID):
        with pytest.raises(InputError):
            delete(root, target)
    assert (folder / MANIFEST).exists()


@pytest.mark.parametrize("file", [MANIFEST, METRICS])
def test_a_file_that_is_a_link_is_not_read(tmp_path, file):
    folder = shelved(tmp_path / "results")
    (folder / file).rename(tmp_path / file)
    (folder / file).symlink_to(tmp_path / file)
    assert [entry.kind for entry in entries(tmp_path / "results")] == ["damaged"]


def test_parts_that_are_a_link_are_not_read(tmp_path, made):
    (part,) = (entry.folder for entry in entries(made) if entry.kind == "unfinished")
    (tmp_path / "inventon" / ID).mkdir(parents=True)
    (tmp_path / "inventon" / ID / PARTS).symlink_to(part / PARTS, target_is_directory=True)
    assert [entry.kind for entry in entries(tmp_path)] == ["damaged"]


def test_a_loop_of_links_ends_nothing(tmp_path):
    folder = shelved(tmp_path)
    (folder / "round").symlink_to(folder, target_is_directory=True)
    assert entries(tmp_path)[0].size_bytes < 20_000


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from([*invented.manifest(), "code", "design"]), ANYTHING), st.sampled_from([0, 1, 2]))
def test_whatever_a_manifest_says_the_shelf_can_be_told(changes, where):
    with tempfile.TemporaryDirectory() as root:
        folder = shelved(Path(root))
        told = json.dumps(manifest(**changes), default=str)
        target = (folder / MANIFEST, folder / "facts.json", folder / PARTS / REQUEST)[where]
        if where:
            (folder / MANIFEST).unlink()
            target.parent.mkdir(exist_ok=True)
        target.write_text(told, encoding="utf-8")
        (entry,) = entries(root)
        assert entry.kind in {"comparison", "run", "knock-out", "validation", "calibration", "unfinished", "damaged"}


def test_worlds_without_a_mechanism_are_no_single_run(tmp_path):
    shelved(tmp_path, manifest(kind="knock-out", sha256={METRICS: "ab"}), "knock-out", files=(METRICS,))
    assert [entry.kind for entry in entries(tmp_path)] == ["knock-out"]


def test_a_result_is_deleted_whole_and_the_others_stay(tmp_path, made):
    root = shutil.copytree(made, tmp_path / "results")
    for entry in entries(root):
        delete(root, entry.folder)
        assert not entry.folder.exists()
    assert list(root.rglob("*")) == []


def test_others_under_the_same_name_stay(tmp_path):
    one, other = shelved(tmp_path), shelved(tmp_path, own="f" * 12)
    delete(tmp_path, one)
    assert [entry.folder for entry in entries(tmp_path)] == [other]


def test_an_interrupted_deletion_leaves_no_half_and_the_next_one_ends_it(tmp_path, monkeypatch):
    one, other = shelved(tmp_path), shelved(tmp_path, own="f" * 12)

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", interrupted)
        with pytest.raises(KeyboardInterrupt):
            delete(tmp_path, one)
    assert [entry.folder for entry in entries(tmp_path)] == [other]
    delete(tmp_path, other)
    assert list(tmp_path.iterdir()) == []


def test_only_a_result_of_this_shelf_can_be_deleted(tmp_path, monkeypatch):
    root, folder = tmp_path / "results", shelved(tmp_path / "results")
    monkeypatch.chdir(tmp_path)
    (root / "notes" / "old").mkdir(parents=True)
    elsewhere = shelved(tmp_path / "elsewhere")
    refused = [root, folder.parent, root / "notes" / "old", elsewhere, tmp_path, folder / METRICS, folder / "..", "/",
               "", ".", f"inventon/{ID}", "nul\0byte", root / "inventon" / ".." / ".." / "elsewhere" / "inventon" / ID,
               root / "inventon" / ("x" * 500)]  # fmt: skip
    for target in refused:
        with pytest.raises(InputError):
            delete(root, target)
    assert entries(root) and entries(tmp_path / "elsewhere") and (root / "notes" / "old").is_dir()
    delete("results", os.path.relpath(folder))
    assert entries(root) == []


def test_what_the_system_does_not_let_go_is_said(tmp_path, monkeypatch):
    folder = shelved(tmp_path)

    def busy(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", busy)
    with pytest.raises(RunError, match="could not be deleted"):
        delete(tmp_path, folder)
    assert entries(tmp_path)[0].kind == "comparison"
