"""Tables: rows that keep together, and the words of Mesa's AgentSet."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mesa.agent import AgentSet

from schoolsim.table import Column, Table

COLUMNS = {
    "id": Column("id", "int64", "id", "who", "start"),
    "year_group": Column("year_group", "int8", "year group", "when", "cohorts"),
    "attendance": Column("attendance", "float32", "share", "there", "attendance", default=1.0, neutral=1.0),
    "marks": Column("marks", "float32", "months", "how", "learning", width=2),
}


def table(**rows):
    made = Table("pupils", COLUMNS)
    made.append({name: np.asarray(values) for name, values in rows.items()})
    return made


def three():
    return table(id=[1, 2, 3], year_group=[7, 8, 7], attendance=[0.5, 0.9, 0.7], marks=[[1, 2], [3, 4], [5, 6]])


def test_a_column_is_an_array_of_the_declared_type():
    assert three().attendance.dtype == np.float32
    assert three().marks.shape == (3, 2)


def test_columns_not_given_take_their_default():
    assert table(id=[1, 2]).attendance.tolist() == [1.0, 1.0]
    assert table(id=[1, 2]).marks.tolist() == [[0, 0], [0, 0]]


def test_an_undeclared_column_cannot_be_asked_for():
    with pytest.raises(AttributeError, match="no column 'height'"):
        three().height  # noqa: B018


def test_new_rows_come_last_with_all_their_columns():
    pupils = three()
    pupils.append({"id": np.array([9]), "year_group": np.array([0])})
    assert pupils.id.tolist() == [1, 2, 3, 9]
    assert pupils.year_group.tolist() == [7, 8, 7, 0]
    assert {len(column) for column in pupils.arrays().values()} == {4}


def test_those_kept_keep_all_their_columns():
    pupils = three()
    pupils.keep(np.array([True, False, True]))
    assert (pupils.id.tolist(), pupils.year_group.tolist()) == ([1, 3], [7, 7])
    assert pupils.marks.tolist() == [[1, 2], [5, 6]]


def test_some_may_go_while_others_come():
    pupils = three()
    new = [{"id": np.array([8])}, {"id": np.array([9]), "year_group": np.array([1])}]
    pupils.keep(np.array([False, True, False]), then=new)
    assert (pupils.id.tolist(), pupils.year_group.tolist()) == ([2, 8, 9], [8, 0, 1])
    assert pupils.marks.tolist() == [[3, 4], [0, 0], [0, 0]]


def test_replacing_rows_leaves_none_of_the_old():
    pupils = three()
    pupils.replace({"id": np.array([4])})
    assert (len(pupils), pupils.id.tolist(), pupils.attendance.tolist()) == (1, [4], [1.0])


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.integers(0, 4))
def test_rows_stay_together_whoever_goes_and_comes(stay, newcomers):
    ids = np.arange(len(stay))
    pupils = table(id=ids, year_group=ids % 5, marks=np.stack([ids, ids + 1], axis=1))
    pupils.keep(np.array(stay))
    new = 100 + np.arange(newcomers)
    pupils.append({"id": new, "year_group": new % 5, "marks": np.stack([new, new + 1], axis=1)})
    assert (pupils.year_group == pupils.id % 5).all()
    assert (pupils.marks[:, 1] == pupils.id + 1).all()
    assert len(pupils) == sum(stay) + newcomers


def test_what_happens_to_a_copy_never_reaches_the_original():
    pupils = three()
    twin = pupils.copy()
    with twin.opened_for("attendance"):
        twin.attendance[:] = 0
    twin.keep(np.array([True, False, False]))
    assert (len(pupils), pupils.attendance.tolist()) == (3, pytest.approx([0.5, 0.9, 0.7]))


def test_select_takes_a_mask_rows_or_a_question():
    pupils = three()
    asked = [pupils.year_group == 7, np.array([0, 2]), lambda everybody: everybody.year_group == 7]
    assert [pupils.select(chosen).get("id").tolist() for chosen in asked] == [[1, 3]] * 3


def test_selecting_again_narrows_the_selection():
    seventh = three().select(lambda pupils: pupils.year_group == 7)
    assert seventh.select(seventh.get("attendance") > 0.6).get("id").tolist() == [3]


def test_get_and_agg_give_what_numpy_gives():
    pupils = three()
    assert pupils.agg("attendance", np.mean) == pupils.attendance.mean()
    assert pupils.select(pupils.year_group == 7).agg("attendance", np.max) == np.float32(0.7)


def test_groupby_gives_the_rows_of_each_value_in_order():
    groups = three().groupby("year_group")
    assert {year: rows.get("id").tolist() for year, rows in groups.items()} == {7: [1, 3], 8: [2]}
    assert list(groups) == [7, 8]


def test_set_writes_only_the_rows_selected():
    pupils = three()
    with pupils.opened_for("attendance"):
        pupils.select(pupils.year_group == 7).set("attendance", 0.25)
    assert pupils.attendance.tolist() == pytest.approx([0.25, 0.9, 0.25])


@pytest.mark.parametrize("word", ["select", "get", "set", "agg", "groupby"])
def test_the_words_are_those_of_mesas_agentset(word):
    assert hasattr(AgentSet, word)
    assert hasattr(three().select(np.array([0])), word)


def test_columns_are_listed_for_whoever_explores():
    assert {"id", "attendance", "select"} <= set(dir(three()))


def test_one_row_is_an_object_with_its_columns():
    pupils = three()
    assert (pupils.one(2).year_group, pupils.one(3).marks.tolist()) == (8, [5.0, 6.0])
    with pytest.raises(KeyError, match="no 7 in the table of pupils"):
        pupils.one(7)


def test_rows_can_be_walked_sorted_and_mapped_like_agents():
    rows = three().select(np.array([True, True, True]))
    assert [one.id for one in rows] == rows.map(lambda one: one.id) == [1, 2, 3]
    assert rows.sort("attendance").get("id").tolist() == [1, 3, 2]
    assert rows.sort("attendance", ascending=False).get("id").tolist() == [2, 3, 1]
    assert [one.row for one in rows.to_list()] == [0, 1, 2]


def test_what_is_done_with_each_row_is_done_in_order_and_gives_the_rows_back():
    seen = []
    rows = three().select(np.array([True, False, True]))
    assert rows.do(lambda one: seen.append(one.id)) is rows
    assert seen == [1, 3]
