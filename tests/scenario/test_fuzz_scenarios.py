"""However a scenario text is mangled, the answer is right or one clear message, never a traceback."""

import contextlib
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolsim.cli import main
from schoolsim.scenario import shipped_scenarios

TEXTS = {name: file.read_text(encoding="utf-8") for name, file in shipped_scenarios().items()}
MANGLED, NOISE = 9_000 // len(TEXTS), 1_000  # ten thousand files in all
SIGNS = ["\t", *"[]{}:'\"|#%~=/\\\0é\u2028\n", ": ", "- ", "? ", "&a ", "*a", "!!x ", "---\n"]
VALUES = ["null", "on", ".nan", "1e999", "-1", "0x1f", "1:30", "2024-01-01", "<<", "../x.yaml"]
KEYS = ["years: 3\n", "levers:\n", "  setting.subjects: 9\n", "mechanisms: {M40: off}\n", "regime: []\n"]
SCRAPS = st.sampled_from([*SIGNS, *VALUES, *KEYS])
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.one_of(SCRAPS, st.text(max_size=6))), max_size=6)


def mangled(text: str, edits: list[tuple[float, int, str]]) -> str:
    """Each edit cuts some characters out at a place in the text and puts a scrap there."""
    for place, length, scrap in edits:
        start = int(place * len(text))
        text = text[:start] + scrap + text[start + length :]
    return text


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=MANGLED, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_a_mangled_scenario_never_ends_in_a_traceback(tmp_path, name, edits):
    file = tmp_path / "mangled.yaml"
    file.write_bytes(mangled(TEXTS[name], edits).encode("utf-8", "surrogatepass"))
    check_is_one_clear_answer(file)


@settings(max_examples=NOISE, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_random_bytes_never_end_in_a_traceback(tmp_path, raw):
    file = tmp_path / "noise.yaml"
    file.write_bytes(raw)
    check_is_one_clear_answer(file)


def check_is_one_clear_answer(file):
    out, complaints = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(complaints):
        code = main(["check", str(file)])
    assert (code, out.getvalue().count("\n"), complaints.getvalue().count("\n")) in [(0, 1, 0), (2, 0, 1)]
    assert len(complaints.getvalue()) < 2000
    assert code == 0 or file.name in complaints.getvalue()
