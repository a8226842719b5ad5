"""A settled world from the cache goes on to the bit as one settled anew, and is never another's."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from schoolsim.errors import InputError
from schoolsim.lab import settled as module
from schoolsim.lab.cache import ENDING, Cache
from schoolsim.lab.compare import METRICS, SCHOOLS, compare
from schoolsim.lab.run import run
from schoolsim.lab.settled import key_of, settled
from schoolsim.places import load_place
from schoolsim.session import Session
from tests.little import plan

ELSEWHERE = plan(name="neighbourhood", regime="neighbourhood-allocation")
TOWN = load_place("toytown")


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "worlds")


@pytest.fixture
def anew(monkeypatch):
    """Names of the scenarios for which a world had to be settled."""
    names = []

    class Noted(Session):
        def __init__(self, scenario, **settings):
            names.append(scenario.name)
            super().__init__(scenario, **settings)

    monkeypatch.setattr(module, "Session", Noted)
    return names


def same(one, other):
    """Metrics, schools and every column equal to the last bit."""
    for name in ("metrics", "schools"):
        left, right = getattr(one.observe(), name), getattr(other.observe(), name)
        pd.testing.assert_frame_equal(left, right, check_exact=True, check_categorical=False)
    for name, array in one.system.state.arrays().items():
        assert array.tobytes() == other.system.state.arrays()[name].tobytes(), name
    return True


def test_the_second_time_nothing_is_settled(cache, anew):
    first, second = settled(plan(), 1, cache=cache), settled(plan(), 1, cache=cache)
    assert anew == ["stand-still"]
    assert (second.year, second.system.term) == (0, 2)
    assert same(first, second)


def test_a_loaded_world_goes_on_as_a_fresh_one(cache):
    settled(plan(), 1, cache=cache)
    fresh, loaded = Session(plan(), seed=1).run_to(0), settled(plan(), 1, cache=cache)
    assert same(loaded.run_to(2), fresh.run_to(2))


def test_forks_of_a_loaded_world_go_on_as_forks_of_a_fresh_one(cache):
    settled(plan(), 1, cache=cache)
    fresh, loaded = Session(plan(), seed=1).run_to(0), settled(plan(), 1, cache=cache)
    assert same(loaded.fork(ELSEWHERE).run_to(2), fresh.fork(ELSEWHERE).run_to(2))
    assert same(loaded, fresh)


def test_plans_that_part_in_year_one_share_a_world_and_keep_their_own_plan(cache, anew):
    settled(plan(), 1, cache=cache)
    loaded = settled(ELSEWHERE, 1, cache=cache)
    assert (anew, loaded.scenario) == (["stand-still"], ELSEWHERE)
    assert same(loaded.run(), Session(ELSEWHERE, seed=1).run())


def test_drawn_parameters_come_back_with_their_world(cache):
    drawn = {"choice.result_weight": 0.512345678901234567}
    fresh, loaded = (settled(plan(), 1, drawn, cache) for _ in range(2))
    assert loaded.system.drawn == drawn
    assert same(loaded.run_to(1), fresh.run_to(1))


@pytest.mark.parametrize("settling_years", [0, 2])
def test_worlds_of_any_settling_come_back(cache, settling_years):
    scenario = plan(settling_years=settling_years)
    fresh, loaded = (settled(scenario, 1, cache=cache) for _ in range(2))
    assert same(loaded.run_to(1), fresh.run_to(1))


OTHERS = {
    "seed": (plan(), 2, {}),
    "drawn": (plan(), 1, {"choice.result_weight": 0.5}),
    "parameters": (plan(parameters={"choice.result_weight": 0.5}), 1, {}),
    "mechanisms": (plan(mechanisms={"M36": False}), 1, {}),
    "settling": (plan(settling_years=2), 1, {}),
    "place": (plan(place="toytown:2x4"), 1, {}),
}


@pytest.mark.parametrize("what", OTHERS)
def test_another_world_is_settled_on_its_own(cache, anew, what):
    settled(plan(), 1, {}, cache)
    settled(*OTHERS[what], cache)
    assert len(anew) == 2


def changed(column):
    """The town with the last digit of one number of one table changed."""
    table, name = column
    frame = getattr(TOWN, table).copy()
    value = frame[name].iloc[3]
    frame.loc[3, name] = np.nextafter(value, np.inf) if isinstance(value, float) else f"{value}'"
    return replace(TOWN, **{table: frame})


@pytest.mark.parametrize(
    "place",
    [changed(("schools", "fsm6_share")), changed(("schools", "label")), changed(("areas", "children")),
     replace(TOWN, facts=TOWN.facts | {"slack": {"primary": 1.5, "secondary": 1.5}}), replace(TOWN, title="Other")],
    ids=["a share", "a label", "an area", "a fact", "a title"],
)  # fmt: skip
def test_a_place_of_the_same_name_with_other_content_has_another_key(place):
    assert key_of(plan(), place, 1) != key_of(plan(), TOWN, 1)


def test_the_same_question_has_the_same_key():
    drawn = {"choice.result_weight": 0.5, "choice.single_choice_share": 0.1}
    again = dict(reversed(drawn.items()))
    assert key_of(plan(), TOWN, 1, drawn) == key_of(plan(years=2), load_place("toytown"), 1, again)


def test_a_changed_place_is_settled_anew_and_stands_in_what_it_now_is(cache, anew, monkeypatch):
    settled(plan(), 1, cache=cache)
    monkeypatch.setattr("schoolsim.start.load_place", lambda *_: replace(TOWN, title="Rebuilt"))
    assert [settled(plan(), 1, cache=cache).system.place.title for _ in range(2)] == ["Rebuilt", "Rebuilt"]
    assert len(anew) == 2


@pytest.mark.parametrize("where", ["code_fingerprint", "versions"])
def test_other_code_or_other_libraries_have_another_key(monkeypatch, where):
    module._machine.cache_clear()
    before = key_of(plan(), TOWN, 1)
    module._machine.cache_clear()
    monkeypatch.setattr(module, where, lambda: {"other": "one"})
    assert key_of(plan(), TOWN, 1) != before
    module._machine.cache_clear()


def test_the_plain_kernels_have_worlds_of_their_own(monkeypatch):
    compiled = key_of(plan(), TOWN, 1)
    monkeypatch.setattr(module, "numba_wanted", lambda: False)
    assert key_of(plan(), TOWN, 1) != compiled


@pytest.mark.parametrize("damage", [b"", b"not a world", None], ids=["empty", "foreign", "one bit"])
def test_a_damaged_entry_is_settled_anew_and_replaced(cache, anew, damage):
    fresh = settled(plan(), 1, cache=cache)
    (file,) = cache.folder.iterdir()
    sound = file.read_bytes()
    file.write_bytes(sound[:500] + bytes([sound[500] ^ 1]) + sound[501:] if damage is None else damage)
    assert same(settled(plan(), 1, cache=cache), fresh)
    assert len(anew) == 2
    assert same(settled(plan(), 1, cache=cache), fresh)
    assert len(anew) == 2


def test_an_entry_whose_content_is_no_session_is_settled_anew(cache, anew):
    cache.put(key_of(plan(), TOWN, 1), b"whole, but not a session")
    assert settled(plan(), 1, cache=cache).year == 0
    assert len(anew) == 1
    settled(plan(), 1, cache=cache)
    assert len(anew) == 1


def test_where_nothing_can_be_kept_worlds_are_settled_all_the_same(tmp_path, anew):
    (tmp_path / "taken").write_bytes(b"a file")
    assert settled(plan(), 1, cache=Cache(tmp_path / "taken")).year == 0
    assert len(anew) == 1


def test_without_being_told_it_keeps_worlds_where_the_environment_says(tmp_path, monkeypatch, anew):
    monkeypatch.setenv("SCHOOLSIM_CACHE", str(tmp_path))
    for _ in range(2):
        settled(plan(), 1)
    assert len(anew) == len(list(tmp_path.glob(f"*{ENDING}"))) == 1


@pytest.fixture
def no_page(monkeypatch):
    """The report is tested elsewhere; here it would only take time."""
    monkeypatch.setattr("schoolsim.lab.report.write_report", lambda path, *_: path.write_text("report"))


@pytest.mark.usefixtures("no_page")
def test_a_comparison_writes_the_same_bytes_with_a_full_an_empty_and_no_cache(tmp_path, monkeypatch, anew):
    monkeypatch.setenv("SCHOOLSIM_CACHE", str(tmp_path / "worlds"))

    def written(folder, **settings):
        done = compare([plan(), ELSEWHERE], replicates=1, years=1, out=tmp_path / folder, **settings)
        return [(done.folder / name).read_bytes() for name in (METRICS, SCHOOLS)]

    without = written("without", cache=False)
    assert not (tmp_path / "worlds").exists()
    assert written("empty") == without
    assert len(anew) == 4
    assert written("full") == without
    assert len(anew) == 4


def test_a_run_takes_its_world_from_the_cache_unless_told_not_to(tmp_path, monkeypatch, anew):
    monkeypatch.setenv("SCHOOLSIM_CACHE", str(tmp_path / "worlds"))
    seen = [run(plan(years=1), out=tmp_path / str(number), cache=number < 2).metrics for number in range(3)]
    assert len(anew) == 2
    for metrics in seen[1:]:
        pd.testing.assert_frame_equal(metrics, seen[0], check_exact=True, check_categorical=False)


@pytest.mark.usefixtures("no_page")
def test_a_wrong_limit_is_refused_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("SCHOOLSIM_CACHE", str(tmp_path / "worlds"))
    monkeypatch.setenv("SCHOOLSIM_CACHE_GB", "plenty")
    with pytest.raises(InputError, match="gigabytes"):
        compare([plan()], replicates=1, years=1, out=tmp_path / "results")
    assert list(tmp_path.iterdir()) == []
