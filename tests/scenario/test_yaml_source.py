"""Reading YAML that people write: what is refused, and whether the message says where."""

import os
from pathlib import Path

import pytest

from schoolsim.errors import InputError
from schoolsim.yaml_source import MAX_BYTES, parse_yaml, read_yaml


def test_keys_know_their_lines():
    source = parse_yaml("a: 1\nb:\n  - x: 1\n    y: 2\n")
    assert [source.line(path) for path in [("a",), ("b",), ("b", 0, "y")]] == [1, 2, 4]


def test_an_unknown_key_is_placed_at_the_nearest_key_around_it():
    assert parse_yaml("a: 1\nb:\n  c: 2\n").line(("b", "nowhere")) == 2


def test_lists_are_counted_from_one_in_messages():
    error = parse_yaml("b:\n  - x: 1\n").error("wrong", ("b", 0, "x"))
    assert str(error) == "2: wrong; key: b[1].x"


def test_a_gigabyte_is_refused_without_being_opened(tmp_path, monkeypatch):
    file = tmp_path / "huge.yaml"
    with file.open("wb") as stream:
        stream.truncate(10**9)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
    with pytest.raises(InputError, match="too large; found: 1,000,000,000 bytes"):
        read_yaml(file)


def test_a_file_that_outgrows_its_reported_size_is_refused(tmp_path, monkeypatch):
    file = tmp_path / "growing.yaml"
    file.write_text("a: 1\n")
    before = file.stat()
    monkeypatch.setattr(Path, "stat", lambda _: before)
    file.write_text("a: 1\n" + "#" * MAX_BYTES)
    with pytest.raises(InputError, match="too large"):
        read_yaml(file)


def test_a_pipe_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(InputError, match="this is not a file"):
        read_yaml(tmp_path / "pipe.yaml")


def test_a_folder_is_called_a_folder(tmp_path):
    with pytest.raises(InputError, match="found: a folder"):
        read_yaml(tmp_path)


def test_a_missing_file_brings_the_nearest_name_to_mind(tmp_path):
    (tmp_path / "plan.yaml").write_text("a: 1\n")
    with pytest.raises(InputError, match=r"cannot find this file. Did you mean 'plan.yaml'\?"):
        read_yaml(tmp_path / "plam.yaml")


def test_a_byte_order_mark_does_no_harm(tmp_path):
    (tmp_path / "marked.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(tmp_path / "marked.yaml").content == {"a": 1}


def test_a_million_laughs_take_no_time():
    laughs = "a: &a [ha]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(5))
    with pytest.raises(InputError, match="anchors"):
        parse_yaml(laughs)


@pytest.mark.parametrize("value", [".nan", "-.inf", "2024-02-31", "1" * 5000, "!!int x", "<<: 1", "? [a]"])
def test_no_strange_value_passes_or_escapes(value):
    with pytest.raises(InputError):
        parse_yaml(f"a:\n  {value if ':' in value or '?' in value else f'b: {value}'}\n")
