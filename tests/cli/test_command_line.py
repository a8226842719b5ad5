"""What may be typed, what it answers, and the exit code."""

import errno
import os
import subprocess
import sys

import pytest

from schoolsim.cli import main
from schoolsim.errors import RunError

VERBS = ("run", "compare", "contributions", "validate", "calibrate", "serve", "show", "check")


def cli(*words, **settings):
    command = [sys.executable, "-c", "import sys; from schoolsim.cli import main; sys.exit(main())", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **settings)


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_every_verb_ends_with_an_example(verb, capsys):
    assert main([verb, "--help"]) == 0
    assert f"example:\n  schoolsim {verb} " in capsys.readouterr().out


def test_the_example_of_each_verb_can_be_typed(laboratory):
    from schoolsim.cli.arguments import EXAMPLES, parse

    for example in EXAMPLES.values():
        assert parse(example.split()[1:]).verb in VERBS


def test_without_a_verb_help_is_shown(capsys):
    assert main([]) == 0
    told = capsys.readouterr().out
    assert all(verb in told for verb in VERBS)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["comapre"],
            "unknown verb; found: comapre; "
            "allowed: run, compare, contributions, validate, calibrate, serve, show, check. .* 'compare'?",
        ),
        (["sweep"], "unknown verb"),
        (["run"], "the following arguments are required: SCENARIO"),
        (["run", "stand-stil"], "unknown scenario; found: stand-stil; .* Did you mean 'stand-still'?"),
        (["run", "stand-still", "toytown"], "one word too many (see `schoolsim run --help`); found: toytown"),
        (
            ["run", "stand-still", "--yaers", "3"],
            "unknown option; found: --yaers; .* Did you mean '--years'?",
        ),
        (["run", "stand-still", "--year", "3"], "unknown option; found: --year;"),
        (["run", "stand-still", "--years", "0"], "--years takes a whole number; found: 0; allowed: 1 to 50"),
        (["run", "stand-still", "--seed", "x"], "--seed takes a whole number; found: x"),
        (
            ["run", "stand-still", "--place", "sulford"],
            "unknown place; key: --place; .* Did you mean 'salford'?",
        ),
        (["compare", "--replicates", "1e3"], "--replicates takes a whole number"),
        (["compare", "--name", "../up"], "--name takes a plain name"),
        (["compare", "stand-still", "stand-still"], "two scenarios have the same name"),
        (["compare", "toytown", "neighbourhood-allocation"], "the scenarios differ in place"),
        (["show", "lever"], "unknown topic; found: lever; .* Did you mean 'levers'?"),
        (
            ["show", "levers", "setting.subject"],
            "unknown name in levers; .* Did you mean 'setting.subjects'?",
        ),
        (["show", "levers", "--grade", "weak"], "--grade goes with `show parameters` only"),
        (["show", "metrics", "--dataflow"], "--dataflow goes with `show schedule` only"),
        (["show", "places", "sulford"], "unknown place"),
        (["check", "nowhere.yaml"], "cannot find this file"),
    ],
)
def test_a_wrong_command_gets_one_clear_line(words, message, capsys, laboratory):
    code, told = main(words), capsys.readouterr()
    assert (code, told.out, told.err.count("\n")) == (2, "", 1)
    assert all(part in told.err for part in message.split(" .* "))


def test_nothing_is_written_for_a_wrong_command(laboratory, tmp_path, capsys):
    main(["compare", "--place", "sulford", "--out", "there"])
    assert (laboratory.asked, list(tmp_path.iterdir())) == (None, [])


@pytest.mark.parametrize(
    ("trouble", "code", "message"),
    [
        (KeyboardInterrupt(), 130, "the same command goes on from them"),
        (RunError("replicate 3 failed"), 1, "replicate 3 failed"),
        (OSError(errno.ENOSPC, "No space left on device", "metrics.parquet"), 1, "the disk is full"),
        (
            PermissionError(errno.EACCES, "Permission denied", "results"),
            1,
            "cannot use results: Permission denied",
        ),
        (MemoryError(), 1, "not enough memory"),
    ],
)
def test_trouble_while_running_has_its_exit_code_and_line(trouble, code, message, laboratory, capsys):
    laboratory.trouble = trouble
    assert main(["compare"]) == code
    assert message in capsys.readouterr().err.splitlines()[-1]


def test_a_folder_that_is_a_file_is_refused_before_anything_runs(laboratory, tmp_path, capsys):
    (tmp_path / "taken").write_text("")
    assert main(["compare", "--out", "taken/results"]) == 1
    assert "is not a folder" in capsys.readouterr().err
    assert laboratory.asked is None


def test_a_folder_that_may_not_be_written_to_is_refused_before_anything_runs(laboratory, capsys, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert main(["run", "toytown"]) == 1
    assert "may not be written to" in capsys.readouterr().err
    assert laboratory.asked is None


def test_a_reader_who_leaves_early_is_no_failure():
    command = f"{sys.executable} -c 'from schoolsim.cli import main; raise SystemExit(main())' show parameters"
    shell = f"set -o pipefail; {command} | head -1"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("words", [["--help"], ["show", "levers"], ["show", "parameters"], ["show", "mechanisms"]])
def test_help_and_lists_load_nothing_heavy(words):
    program = f"import sys; from schoolsim.cli import main; main({words!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded & {"numba", "pandas", "altair", "mesa", "jsonschema", "numpy"} == set()


def test_messages_survive_a_terminal_without_unicode(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text("näme: 1\n", encoding="utf-8")
    done = cli("check", str(file), env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 2
    assert "key: n\\xe4me" in done.stderr


def test_control_characters_of_a_file_do_not_reach_the_terminal(tmp_path, capsys):
    file = tmp_path / "plan.yaml"
    file.write_text('"a\\e[31m\\nb": 1\n')
    assert main(["check", str(file)]) == 2
    assert "\x1b" not in capsys.readouterr().err
