"""The lists that families write: the same in both flavours, and in order of what each school is worth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsim.draws import Draws
from schoolsim.kernels import preferences_numba, preferences_plain

FLAVOURS = [preferences_numba, preferences_plain]


def town(seed, families, schools, considered, named):
    """Arguments of a small town in which some schools are out of reach and some results are not printed."""
    draws = Draws(seed, "town", 0)
    pairs, who, where = np.arange(families * schools), np.arange(families), np.arange(schools)
    distance = 5 * draws.uniform(pairs, "distance")
    distance[draws.event(pairs, 0.3, "closed")] = np.inf
    printed = np.where(draws.event(where, 0.3, "silent"), np.nan, draws.normal(where, "printed"))
    in_order = np.tile(where, (families, 1))
    known = np.log(draws.uniform(pairs, "known")).reshape(families, schools)
    return [
        distance.reshape(families, schools), in_order, known, who * 7919, where, -0.5 - draws.uniform(who, "per km"),
        draws.uniform(who, "by result"), 0.5 + draws.uniform(who, "hears"), 0.2 + draws.uniform(who, "reads"),
        draws.normal(where, "reputation"), printed, -draws.uniform(where, "peers"), 1.0,
        min(considered, schools), named, draws.key("lists"),
    ]  # fmt: skip


@given(st.integers(0, 2**32), st.integers(1, 6), st.integers(1, 8), st.integers(1, 8), st.integers(1, 6))
def test_both_flavours_write_the_same_lists(seed, families, schools, considered, named):
    compiled, plain = (flavour.rank(*town(seed, families, schools, considered, named)) for flavour in FLAVOURS)
    assert compiled.tolist() == plain.tolist()


@pytest.mark.parametrize("flavour", FLAVOURS)
@given(st.integers(0, 2**32), st.integers(1, 8))
def test_a_list_names_schools_in_reach_once_each_and_ends_where_it_ends(flavour, seed, considered):
    arguments = town(seed, 6, 8, considered, 4)
    for distance, row in zip(arguments[0], flavour.rank(*arguments), strict=True):
        count = (row >= 0).sum()
        assert (row[count:] == -1).all()
        assert len(set(row[:count].tolist())) == count == min(4, considered, np.isfinite(distance).sum())
        nearest = np.argsort(distance, kind="stable")[:considered]
        assert np.isin(row[:count], nearest).all()


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_family_writes_the_same_list_beside_others_and_alone(flavour):
    everybody = town(3, 5, 6, 6, 3)
    alone = [part[2:3] if place in (0, 1, 2, 3, 5, 6, 7, 8) else part for place, part in enumerate(everybody)]
    assert flavour.rank(*alone)[0].tolist() == flavour.rank(*everybody)[2].tolist()


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_taste_is_spread_so_that_a_logit_more_is_e_times_the_odds(flavour):
    arguments = town(1, 20_000, 2, 2, 1)
    arguments[0][:], arguments[2][:], arguments[5][:], arguments[6][:] = 1.0, 0.0, 0.0, 0.0
    arguments[11][:] = [0.0, 1.0]
    share = (flavour.rank(*arguments)[:, 0] == 1).mean()
    assert share == pytest.approx(np.e / (1 + np.e), abs=0.01)


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_it_does_not_matter_in_which_column_a_school_stands(flavour):
    arguments = town(5, 6, 8, 8, 4)
    by_column = [flavour.rank(*arguments)]
    turned = np.tile(np.arange(8)[::-1], (6, 1))
    by_column.append(flavour.rank(*(np.ascontiguousarray(part[:, ::-1]) for part in arguments[:3]), *arguments[3:]))
    schools = [np.where(lists >= 0, lists, -1) for lists in by_column]
    back = np.where(schools[1] >= 0, np.take_along_axis(turned, np.maximum(schools[1], 0), axis=1), -1)
    assert schools[0].tolist() == back.tolist()
