"""What a comparison under way already has, looked at while it runs."""

import shutil

import pandas as pd
import pytest

from schoolsim.errors import RunError
from schoolsim.lab import unfinished
from schoolsim.lab.compare import MANIFEST, PARTS, REQUEST, compare, read
from schoolsim.lab.digest import Digest
from schoolsim.lab.effects import CELL
from schoolsim.lab.exploring import choices, sentences_about
from schoolsim.lab.unfinished import Unfinished, so_far
from tests.lab.test_compare import Watch, short_report, spoil
from tests.little import plan

PLANS = [
    plan(years=1),
    plan(years=1, name="neighbourhood", title="By neighbourhood", regime="neighbourhood-allocation"),
]
KEYS = ["regime", "parameter_set", "replicate", "year", *CELL]


@pytest.fixture(autouse=True)
def no_page(monkeypatch):
    monkeypatch.setattr("schoolsim.lab.report.write_report", short_report)


def begun(out, stop_after):
    """The folder of a comparison of two replicates, interrupted after so many of its four worlds."""
    with pytest.raises(KeyboardInterrupt):
        compare(PLANS, replicates=2, out=out, name="towns", progress=Watch(stop_after))
    (folder,) = (out / "towns").iterdir()
    return folder


def gone_on(folder, stop_after=None):
    """The same question again, to its end or to another interruption."""
    compare(PLANS, replicates=2, out=folder.parents[1], name="towns", progress=Watch(stop_after))


@pytest.fixture(scope="module")
def stopped(tmp_path_factory):
    """A comparison of four worlds of which three are done. Copy it before changing it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("schoolsim.lab.report.write_report", short_report)
        return begun(tmp_path_factory.mktemp("results"), stop_after=3)


@pytest.fixture
def folder(stopped, tmp_path):
    """A copy of it that a test may change."""
    return shutil.copytree(stopped, tmp_path / "towns" / stopped.name)


def test_before_the_first_replicate_there_is_nothing(folder):
    for part in (folder / PARTS).glob("*.parquet"):
        part.unlink()
    assert so_far(folder) is None
    assert so_far(folder / "nowhere") is None


def test_finished_replicates_are_a_comparison_that_can_be_looked_at(folder):
    watched = Unfinished(folder)
    found = watched.read()
    assert (watched.done, watched.total) == (3, 4)
    assert found.manifest["unfinished"] == {"done": 3, "total": 4}
    digest = Digest.of(found.metrics, found.schools, found.manifest)
    assert digest.titles == {"stand-still": "Stand-still", "neighbourhood": "By neighbourhood"}
    assert digest.place == "Toytown"
    assert len(sentences_about(digest, choices(digest).nearest())[1]) == 2


def test_the_last_replicate_makes_it_the_finished_comparison(folder):
    watched = Unfinished(folder)
    partly = watched.read()
    gone_on(folder)
    whole = watched.read()
    assert whole.manifest == read(folder).manifest and (watched.done, watched.total) == (4, 4)
    assert "unfinished" not in whole.manifest
    assert set(partly.manifest) - {"unfinished"} == set(whole.manifest) - {"sha256", "seconds", "contributions"}
    assert watched.read() is whole


def test_numbers_so_far_are_those_of_the_finished_comparison(folder):
    before = so_far(folder)
    gone_on(folder)
    after = read(folder)
    for name, keys in (("metrics", KEYS), ("schools", [*KEYS[:4], "school"])):
        part, whole = (as_text(getattr(found, name)).set_index(keys) for found in (before, after))
        assert len(part) == 3 * len(whole) // 4
        pd.testing.assert_frame_equal(part, whole.loc[part.index], check_exact=True)


def as_text(frame):
    """A frame with plain words in place of categories."""
    return frame.astype({name: str for name in frame if frame[name].dtype == "category"})


def test_a_part_is_read_once_and_the_same_answer_given_until_there_is_more(folder, monkeypatch):
    later = (folder / PARTS).glob("drawn-00002.*")
    aside = [file.rename(file.with_suffix(".aside")) for file in later]
    asked = []
    monkeypatch.setattr(
        unfinished, "read_frame", lambda path, frame=unfinished.read_frame: asked.append(path) or frame(path)
    )
    watched = Unfinished(folder)
    first = watched.read()
    assert watched.read() is first and watched.done == 2
    for file in aside:
        file.rename(file.with_suffix(".parquet"))
    second = watched.read()
    assert watched.done == 3 and len(second.metrics) == len(first.metrics) * 3 // 2
    assert len(asked) == len(set(asked)) == 6


def test_words_stay_categories_however_the_parts_come(folder):
    found = so_far(folder)
    assert all(str(found.metrics[name].dtype) == "category" for name in ("regime", "parameter_set", "metric", "group"))
    assert set(found.metrics["parameter_set"].cat.categories) == {"drawn", "fixed"}


def test_a_damaged_part_is_refused(folder):
    spoil(next((folder / PARTS).glob("*.metrics.parquet")))
    with pytest.raises(RunError, match="damaged"):
        so_far(folder)


def test_parts_that_vanish_because_the_run_ends_are_no_damage(folder, monkeypatch):
    def ends_meanwhile(path, frame=unfinished.read_frame):
        if not (folder / MANIFEST).exists():
            gone_on(folder)
        return frame(path)

    monkeypatch.setattr(unfinished, "read_frame", ends_meanwhile)
    assert "unfinished" not in so_far(folder).manifest


def test_without_what_was_asked_nothing_can_be_told(folder):
    (folder / PARTS / REQUEST).unlink()
    with pytest.raises(RunError, match=REQUEST):
        so_far(folder)
