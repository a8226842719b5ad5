"""Files of results: whole or not at all, and never a wrong number from a damaged one."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from schoolsim.errors import RunError
from schoolsim.lab import store
from schoolsim.lab.store import code_fingerprint, identity, read_frame, sha256, versions, write_frame, write_json


@pytest.fixture
def frame():
    words = pd.Categorical(["attainment", "gap", "attainment"] * 400)
    return pd.DataFrame({"metric": words, "year": np.arange(1200) % 11, "value": np.sin(np.arange(1200.0))})


@pytest.fixture
def file(tmp_path, frame):
    return write_frame(tmp_path / "metrics.parquet", frame)


def test_a_frame_comes_back_to_the_bit(file, frame):
    pd.testing.assert_frame_equal(read_frame(file), frame, check_exact=True)


def test_missing_values_come_back_missing(tmp_path):
    known = pd.DataFrame({"value": [1.0, np.nan]})
    pd.testing.assert_frame_equal(read_frame(write_frame(tmp_path / "m.parquet", known)), known)


def test_the_same_frame_is_written_as_the_same_bytes(tmp_path, file, frame):
    assert write_frame(tmp_path / "again.parquet", frame).read_bytes() == file.read_bytes()


def values_or_refusal(file):
    """What is read of a file, as plain lists, or the words with which it is refused."""
    try:
        return read_frame(file).to_dict("list")
    except RunError as error:
        return str(error)


def test_a_flipped_byte_anywhere_is_refused_or_harmless_and_never_a_wrong_number(file, frame):
    sound, sound_values = file.read_bytes(), frame.to_dict("list")
    outcomes = []
    for place in range(0, len(sound), 41):
        file.write_bytes(sound[:place] + bytes([sound[place] ^ 0xFF]) + sound[place + 1 :])
        outcomes.append(values_or_refusal(file))
    refusals = [outcome for outcome in outcomes if outcome != sound_values]
    assert len(refusals) > 20
    assert all("metrics.parquet is damaged" in refusal for refusal in refusals)


def test_a_flipped_byte_among_the_values_is_refused(file):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0x01
    file.write_bytes(bytes(content))
    with pytest.raises(RunError, match="damaged and was not used"):
        read_frame(file)


@pytest.mark.parametrize("damage", [b"", b"PAR1", b"not a parquet file at all"])
def test_something_else_is_refused(file, damage):
    file.write_bytes(damage)
    with pytest.raises(RunError, match=r"metrics\.parquet"):
        read_frame(file)


def test_a_file_cut_short_is_refused(file):
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(RunError, match="delete it and run again"):
        read_frame(file)


def test_a_missing_file_is_refused_not_taken_for_empty(tmp_path):
    with pytest.raises(RunError):
        read_frame(tmp_path / "nothing.parquet")


def test_an_interruption_leaves_the_old_file_and_nothing_half_written(file, frame, monkeypatch):
    before = file.read_bytes()

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_frame(file, frame.assign(value=0.0))
    assert (file.read_bytes(), list(file.parent.iterdir())) == (before, [file])


def test_json_is_written_for_people_and_read_by_machines(tmp_path):
    content = {"seed": 1, "place": {"title": "Toytown"}, "folder": Path("results")}
    text = write_json(tmp_path / "manifest.json", content).read_text(encoding="utf-8")
    assert json.loads(text) == content | {"folder": "results"}
    assert text.count("\n") > 3


def test_a_hash_is_that_of_the_bytes(file):
    assert sha256(file) == hashlib.sha256(file.read_bytes()).hexdigest()


def test_what_ran_it_is_told():
    told = versions()
    assert {"schoolsim", "python", "packages", "platform", "code"} <= set(told)
    assert {"mesa", "numpy", "numba"} <= set(told["packages"])
    assert told["code"] == code_fingerprint()


def test_the_same_request_has_the_same_name_in_any_order_of_its_keys():
    assert identity({"seed": 1, "years": 3}) == identity({"years": 3, "seed": 1})


def test_another_request_or_other_code_has_another_name(monkeypatch):
    names = {identity({"seed": 1}), identity({"seed": 2}), identity({"seed": 1, "years": 3})}
    monkeypatch.setattr(store, "code_fingerprint", lambda: "other code")
    assert len(names | {identity({"seed": 1})}) == 4


def test_the_fingerprint_changes_with_any_source_and_with_nothing_else(tmp_path, monkeypatch):
    (tmp_path / "lab").mkdir()
    monkeypatch.setattr(store, "__file__", str(tmp_path / "lab" / "store.py"))
    prints = []
    for name, text in [("a.py", "x = 1"), ("a.py", "x = 2"), ("b.yaml", "x: 1"), ("notes.txt", "hello")]:
        (tmp_path / name).write_text(text)
        prints.append(code_fingerprint.__wrapped__())
    assert len(set(prints)) == 3
    assert prints[2] == prints[3]
