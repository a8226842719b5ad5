"""Parameter sheets: a number without unit, evidence or range does not get in."""

import pytest
import yaml

from schoolsim.errors import InputError
from schoolsim.parameters import load_sheets
from schoolsim.parameters.register import read_sheets

SOUND = {
    "meaning": "what it is",
    "unit": "share",
    "value": 0.5,
    "prior": {"uniform": [0.0, 1.0]},
    "grade": "weak",
    "source": ["E001"],
}


def sheet(folder, **changes):
    row = {key: value for key, value in {**SOUND, **changes}.items() if value is not None}
    (folder / "trial.yaml").write_text(yaml.safe_dump({"number": row}))
    return read_sheets(folder)


def test_a_sound_number_gets_in(tmp_path):
    row = sheet(tmp_path)["trial.number"]
    assert (row.process, row.name, row.value, row.low, row.high) == ("trial", "number", 0.5, 0.05, 0.95)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"unit": None}, "needs a unit"),
        ({"meaning": ""}, "needs a meaning"),
        ({"prior": None}, "needs a prior"),
        ({"meening": "x"}, "unknown key; key: number.meening; .* Did you mean 'meaning'"),
        ({"grade": "guess"}, "unknown grade"),
        ({"grade": "assumption"}, "an assumption needs a because"),
        ({"source": None}, "needs a source, or the grade assumption"),
        ({"source": "E001"}, "a list of evidence keys"),
        ({"value": 1.5}, "the value lies outside its prior; .* allowed: 0 to 1"),
        ({"value": [0.1, 0.2]}, "several numbers need `prior: fixed`"),
        ({"value": "half"}, "this is no value"),
        ({"value": True}, "this is no value"),
        ({"value": [[1, 2], [3]], "prior": "fixed"}, "this is no value"),
        ({"prior": {"beta": [1, 2]}}, "unknown prior"),
        ({"prior": {"uniform": [1.0, 0.0]}}, "must rise"),
        ({"prior": {"uniform": [0.0]}}, r"a uniform prior needs \[low, high\]"),
        ({"prior": "vague"}, "this is no prior"),
        ({"role": "comparison"}, "the effect of a policy"),
        ({"role": "guess"}, "unknown role"),
        ({"unit": 3}, "this must be text"),
    ],
)
def test_a_number_that_nothing_stands_behind_is_refused(tmp_path, changes, message):
    with pytest.raises(InputError, match=message) as caught:
        sheet(tmp_path, **changes)
    assert "trial.yaml:" in str(caught.value)


@pytest.mark.parametrize("value", [[1, 2.5], [[1, 2], [3, 4]], {"a": 1, "b": 2}])
def test_a_fixed_parameter_may_hold_several_numbers(tmp_path, value):
    row = sheet(tmp_path, value=value, prior="fixed")["trial.number"]
    assert row.to_dict()["value"] == value
    assert (row.low, row.high) == (None, None)


def test_every_shipped_sheet_is_sound():
    assert len(load_sheets()) > 50


def test_every_shipped_number_has_a_source_or_a_reason():
    assert [row.path for row in load_sheets() if not row.source and not row.because] == []


def dated(folder, entry, **changes):
    return sheet(folder, **({"prior": "fixed", "vintages": {"england_1997": entry}} | changes))["trial.number"]


def test_a_number_may_have_been_another_at_the_start_of_an_earlier_vintage(tmp_path):
    row = dated(tmp_path, {"value": 0.2, "grade": "assumption", "because": "recalled"})
    then = row.in_vintage("england_1997")
    assert (row.value, row.grade, then.value, then.grade, then.source) == (0.5, "weak", 0.2, "assumption", ())
    assert (then.meaning, then.unit, then.path) == (row.meaning, row.unit, row.path)
    assert row.in_vintage("england_2019").value == 0.5
    assert row.to_dict()["vintages"]["england_1997"]["value"] == 0.2


@pytest.mark.parametrize(
    ("entry", "changes", "message"),
    [
        ({"value": 0.2, "grade": "weak"}, {}, "needs a source"),
        ({"value": 0.2}, {}, "needs a grade"),
        ({"grade": "weak", "source": ["E001"]}, {}, "needs a value"),
        ({"value": 0.2, "grade": "assumption"}, {}, "an assumption needs a because"),
        ({"value": [0.2, 0.3], "grade": "weak", "source": ["E001"]}, {}, "another shape"),
        ({"value": 0.2, "unit": "pupils"}, {}, "has keys of its own"),
        (0.2, {}, "has keys of its own"),
        ({"value": 0.2, "grade": "weak", "source": ["E001"]}, {"prior": SOUND["prior"]}, "need `prior: fixed`"),
        ({}, {"vintages": {"england_1066": {"value": 0.2}}}, "unknown vintage"),
        ({}, {"vintages": {"england_2019": {"value": 0.2}}}, "unknown vintage"),
        ({}, {"vintages": [0.2]}, "a mapping"),
    ],
)
def test_a_number_of_another_vintage_that_nothing_stands_behind_is_refused(tmp_path, entry, changes, message):
    with pytest.raises(InputError, match=message) as caught:
        dated(tmp_path, entry, **changes)
    assert "trial.yaml:" in str(caught.value)


def test_shipped_numbers_of_1997_are_graded_and_the_priors_are_those_of_2019():
    now, then = load_sheets(), load_sheets("england_1997")
    other = [row for row in now if row.value != then[row.path].value]
    assert "grades.grade_shares_maths" in {row.path for row in other}
    assert [row.path for row in other if not row.prior.fixed] == []
    assert [row.path for row in then if not row.source and not row.because] == []
    assert now.draw(1, 2) == then.draw(1, 2)


def test_shares_of_ethnic_groups_add_up_in_every_vintage():
    for vintage in ("england_2019", "england_1997"):
        assert sum(load_sheets(vintage)["population.ethnicity_share"].value.values()) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize("subject", ["english", "maths", "other"])
def test_fewer_reached_each_grade_in_1997(subject):
    path = f"grades.grade_shares_{subject}"
    now, then = (load_sheets(vintage)[path].value for vintage in ("england_2019", "england_1997"))
    assert all(before < after for before, after in zip(then, now, strict=True))
    assert list(then) == sorted(then, reverse=True)
