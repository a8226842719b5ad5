"""Every broken scenario file gets its one clear message, and nothing else happens."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from schoolsim.cli import main

FOLDER = Path(__file__).parent.parent / "broken"
CASES = yaml.safe_load((FOLDER / "cases.yaml").read_text(encoding="utf-8"))
SOUND = {"cases.yaml", "one-regime.yaml", "other-regime.yaml"}


@pytest.mark.parametrize("file", CASES)
def test_broken_file_gets_its_message(file, capsys):
    code = main(["check", str(FOLDER / file)])
    told = capsys.readouterr()
    assert (code, told.out, told.err.count("\n")) == (2, "", 1)
    assert [expected for expected in CASES[file]["expect"] if expected not in told.err] == []
    assert file in told.err or "regime-file" in file
    assert "Traceback" not in told.err


@pytest.mark.parametrize("verb", ["run", "compare"])
@pytest.mark.parametrize("file", ["misspelt-years.yaml", "unknown-place.yaml", "alias-bomb.yaml", "nul-byte.yaml"])
def test_a_broken_file_stops_every_verb_before_anything_is_written(verb, file, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main([verb, str(FOLDER / file)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_every_file_has_its_case():
    assert {file.name for file in FOLDER.glob("*.yaml")} == set(CASES) | SOUND


def test_at_least_six_files_of_each_of_eight_kinds():
    kinds = Counter(case["kind"] for case in CASES.values())
    assert len(kinds) == 8
    assert min(kinds.values()) >= 6


def test_one_broken_file_does_not_hide_another(capsys):
    code = main(["check", str(FOLDER / "no-years.yaml"), "stand-still", str(FOLDER / "empty.yaml")])
    told = capsys.readouterr()
    assert (code, told.err.count("\n"), told.out.count("right")) == (2, 2, 1)
