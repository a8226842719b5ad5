"""The README's two commands are where scripts look for them, and what is picked out is what stands there."""

import pytest
from documents import ROOT, blocks, text_of

MARKERS = ("main job", "tests")


def after(marker):
    """The README from the line that follows a marker."""
    lines = text_of(ROOT / "README.md").splitlines()
    return lines[lines.index(f"<!-- {marker} -->") + 1 :]


@pytest.mark.parametrize("marker", MARKERS)
def test_a_marker_stands_once(marker):
    assert text_of(ROOT / "README.md").splitlines().count(f"<!-- {marker} -->") == 1


@pytest.mark.parametrize("marker", MARKERS)
def test_a_marker_is_followed_at_once_by_one_command_in_a_bash_block(marker):
    following = after(marker)
    assert following[0] == "```bash"
    assert following[1].strip()
    assert following[2] == "```"


@pytest.mark.parametrize("marker", MARKERS)
def test_a_command_makes_its_own_environment_and_stays_in_it(marker):
    command = after(marker)[1]
    assert command.startswith("python3 -m venv .venv && .venv/bin/python -m pip install")
    assert command.split(" && ")[-1].startswith(".venv/bin/")


def test_the_main_job_is_a_command_that_the_program_takes():
    from schoolsim.cli.arguments import parse

    words = after("main job")[1].split(".venv/bin/schoolsim ")[1].split()
    chosen = parse(words)
    assert (chosen.verb, chosen.place) == ("compare", "salford")


def test_other_commands_of_the_readme_are_ones_that_the_program_takes():
    from schoolsim.cli.arguments import parse

    shown = "\n".join(block.text for block in blocks(text_of(ROOT / "README.md")) if block.language == "bash")
    commands = [line.partition("#")[0].split() for line in shown.splitlines() if line.startswith("schoolsim ")]
    assert commands
    for words in commands:
        parse(words[1:])
