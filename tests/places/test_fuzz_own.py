"""However the tables of a place are mangled, the answer is a sound place or one clear message."""

import contextlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolsim.errors import InputError
from schoolsim.places import load_place

SCHOOLS = """first_year,last_year,easting,northing,roll,gender,fsm_share,urn,selective,attainment_published
0,6,1000,1000,210,mixed,0.1,1,no,0.2
7,11,1500,1500,250,girls,,2,yes,
"""
AREAS = "easting,northing,children,code,deprivation\n900,900,200,a,0.1\n2100,1100,150.5,b,\n"
SIGNS = ["\n", ",", '"', ";", "\0", "é", "\u2028", ",,,"]
SCRAPS = [*SIGNS, "1e999", "-1", "nan", "0x1f", "1_0", "children", "roll", "٣", "inf"]
MAY_BE_BLANK = ["absence_share", "published_result", "attainment_published", "value_added_published"]
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 9), st.one_of(st.sampled_from(SCRAPS), st.text(max_size=4))), max_size=4
)


def mangled(text, edits):
    for where, length, scrap in edits:
        start = int(where * len(text))
        text = text[:start] + scrap + text[start + length :]
    return text.encode("utf-8", "surrogatepass")


def check_is_one_clear_answer(folder):
    place = None
    with contextlib.suppress(InputError):
        place = load_place(folder)
    if place is not None:
        check_is_sound(place)


def check_is_sound(place):
    sure = place.schools.drop(columns=MAY_BE_BLANK)
    assert sure.notna().all(axis=None) and place.areas.notna().all(axis=None)
    assert (sure.roll > 0).all() and (sure.first_year <= sure.last_year).all() and (place.areas.children >= 1).all()


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS, EDITS)
def test_mangled_tables_never_end_in_a_traceback(tmp_path, school_edits, area_edits):
    (tmp_path / "schools.csv").write_bytes(mangled(SCHOOLS, school_edits))
    (tmp_path / "areas.csv").write_bytes(mangled(AREAS, area_edits))
    check_is_one_clear_answer(tmp_path)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_random_bytes_are_no_place(tmp_path, raw):
    (tmp_path / "schools.csv").write_bytes(raw)
    (tmp_path / "areas.csv").write_text(AREAS)
    check_is_one_clear_answer(tmp_path)
