"""What each mechanism contributes: from made-up worlds worked out by hand, and from a small town."""

import numpy as np
import pandas as pd
import pytest

from schoolsim.lab.contributions import AS_BUILT, OUTCOMES, Contributions, contributions, latest
from schoolsim.lab.digest import Digest
from schoolsim.lab.sections import contributed
from schoolsim.mechanisms import built_mechanisms
from tests.little import plan

MOVES_GAP, MOVES_NOTHING = "M02", "M17"


def worlds(values, outcome="gap_16"):
    """Rows of one outcome by mechanism switched off and replicate."""
    keys = dict(zip(("metric", "phase", "stage", "group", "basis"), OUTCOMES[outcome].cell.key, strict=True))
    rows = [
        {**keys, "without": without, "replicate": replicate, "value": value}
        for without, column in values.items()
        for replicate, value in enumerate(column, start=1)
    ]
    return pd.DataFrame(rows)


def table(values):
    every = pd.concat([worlds(values), *(worlds({key: [0.0] * 4 for key in values}, name) for name in OUTCOMES
                                         if name != "gap_16")])  # fmt: skip
    return Contributions(None, every, {"without": list(values)}).table().set_index("mechanism")


FOUR = {
    AS_BUILT: [18.0, 17.5, 18.4, 18.1], MOVES_GAP: [16.0, 15.4, 16.5, 16.0], MOVES_NOTHING: [18.1, 17.4, 18.4, 18.1]
}  # fmt: skip


def test_a_contribution_is_the_result_as_built_less_that_without():
    row = table(FOUR).loc[MOVES_GAP]
    assert row["gap_16"] == pytest.approx(np.mean([2.0, 2.1, 1.9, 2.1]))
    assert row["gap_16_low"] > 1.8 and row["gap_16_high"] < 2.3
    assert row["moves"] == "gap_16" and not row["inert"]


def test_what_moves_nothing_that_is_looked_at_is_called_inert():
    row = table(FOUR).loc[MOVES_NOTHING]
    assert (row["moves"], row["else_moves"], bool(row["inert"])) == ("", "", True)


def test_few_worlds_do_not_make_luck_look_like_a_finding():
    two = {AS_BUILT: [18.0, 17.5], MOVES_NOTHING: [17.7, 17.3]}
    assert table({key: column * 2 for key, column in two.items()}).loc[MOVES_NOTHING, "moves"] == "gap_16"
    assert table({key: column + [np.nan] * 2 for key, column in two.items()}).loc[MOVES_NOTHING, "else_moves"] == ""


def section(rows):
    digest = object.__new__(Digest)
    object.__setattr__(digest, "manifest", {"contributions": rows, "years": 10})
    object.__setattr__(digest, "titles", {"stand-still": "Stand-still"})
    object.__setattr__(digest, "baseline", "stand-still")
    return contributed.section(digest)


def test_the_report_says_how_to_have_them_worked_out():
    assert "schoolsim contributions" in section([]).paragraphs[0]


def test_the_report_lists_every_mechanism_and_names_the_inert():
    made = section(table(FOUR).reset_index().to_dict("records"))
    (block,) = made.blocks
    assert [row[0] for row in block.table.rows] == [
        "presence participation achievement (M02)", "standard practice (M17)"
    ]  # fmt: skip
    assert block.table.rows[0][4].startswith("+2.0 [")
    assert set(block.table.rows[1][1:]) == {"·"}
    assert "Inert here, moving nothing that is looked at: standard practice (M17)." in made.paragraphs[0]


def test_only_mechanisms_that_are_on_are_switched_off_and_nothing_is_run_twice(tmp_path):
    off = {key: False for key in built_mechanisms() if key not in {"M05", "M06"}}
    small = plan(years=1, mechanisms=off)
    told = []
    found = contributions(small, replicates=1, out=tmp_path, cache=False, progress=lambda *words: told.append(words))
    assert found.manifest["without"] == [AS_BUILT, "M05"]
    assert found.table()["mechanism"].tolist() == ["M05"]
    again = contributions(small, replicates=1, out=tmp_path, cache=False, progress=lambda *words: told.append(words))
    assert again.folder == found.folder and len(told) == 3  # starting, and two worlds
    assert latest(small, tmp_path).folder == found.folder
    assert latest(plan(years=2), tmp_path) is None
