"""A file is there whole or not at all."""

import os

import pytest

from schoolsim.files import write_atomically


def test_file_holds_what_was_written_and_nothing_else_is_left(tmp_path):
    write_atomically(tmp_path / "report.html", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("report.html", b"new")]


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_failure_on_the_way_leaves_the_old_file_and_no_debris(tmp_path, monkeypatch, failing):
    target = tmp_path / "report.html"
    target.write_bytes(b"old")

    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(os, failing, full)
    with pytest.raises(OSError, match="no space left"):
        write_atomically(target, b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("report.html", b"old")]


def test_a_missing_folder_is_an_error_and_is_not_made(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "nowhere" / "report.html", b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions_of_a_replaced_file_are_kept(tmp_path):
    target = tmp_path / "report.html"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_atomically(target, b"new")
    assert target.stat().st_mode & 0o777 == 0o640
