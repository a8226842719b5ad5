"""Places to simulate, and commands to do it with."""

from __future__ import annotations

import re
from typing import Any

from refpages.markdown import Lines, block, code, heading, paragraph, rows_of, table


def places() -> Lines:
    """Every place by name, and what is filled in wherever an authority is."""
    from schoolsim.cli.listings import PLACE_COLUMNS
    from schoolsim.places.facts import ALWAYS_IMPUTED
    from schoolsim.places.frame import ATTRIBUTION

    yield from paragraph(
        "An authority answers to its name in any usual spelling, its code and its statistical code; "
        "[places](../places.md) tells of them, of towns like `toytown:60x300` and of a place of your own."
    )
    heads = [column.replace("_", " ") for column in PLACE_COLUMNS]
    yield from table(heads, ([row[column] for column in PLACE_COLUMNS] for row in rows_of("places")))
    yield from paragraph(f"*{ATTRIBUTION}*")
    yield from heading("Filled in for every authority")
    yield from paragraph("What is peculiar to one stands in `schoolsim show places NAME`.")
    yield from table(("filled in", "how"), ALWAYS_IMPUTED.items())


def commands() -> Lines:
    """Each verb with its options, from the parser itself: the layout of printed help differs between Pythons."""
    from schoolsim.cli.arguments import ABOUT, EXAMPLES, _parsers

    yield from paragraph(ABOUT)
    yield from block("text", EXAMPLES[""])
    for verb, parser in _parsers()[1].items():
        yield from heading(verb)
        yield from paragraph(str(parser.description))
        yield from block("text", EXAMPLES[verb])
        yield from table(("", "meaning"), [_argument(one) for one in parser._actions if one.dest != "help"])
    yield from heading("Exit codes")
    yield from table(("code", "meaning"), _exit_codes())


def _argument(action: Any) -> tuple[str, str]:
    """How one argument is written, and what it does."""
    word = action.option_strings[0] if action.option_strings else ""
    value = "" if action.nargs == 0 else action.metavar or action.dest.upper()
    many = "…" if action.nargs in ("*", "+") else ""
    return code(" ".join(part for part in (word, value, many) if part)), _without_this_machine(word, str(action.help))


def _without_this_machine(word: str, text: str) -> str:
    """The help of an option whose default depends on where it is asked for."""
    return re.sub(r"default \d+", "default: the cores there are", text) if word == "--workers" else text


def _exit_codes() -> list[tuple[int, str]]:
    from schoolsim.cli import DONE, FAILED, INTERRUPTED, WRONG_INPUT

    return [
        (DONE, "done"),
        (FAILED, "the run failed"),
        (WRONG_INPUT, "the input is wrong; nothing was written"),
        (INTERRUPTED, "interrupted; what was finished is kept"),
    ]
