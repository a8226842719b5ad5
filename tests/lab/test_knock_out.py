"""What is left of a difference without a mechanism: the same worlds, and verdicts only as far as intervals go."""

import numpy as np
import pandas as pd
import pytest

from schoolsim.errors import InputError, RunError
from schoolsim.lab.headlines import NEAREST, POVERTY_GAP
from schoolsim.lab.knock_out import AS_BUILT, OVERLAP, Carries, folder_of, judged, knock_out, read
from schoolsim.lab.worlds import DRAWN, simulate
from schoolsim.mechanisms import built_mechanisms
from tests.lab.watching import Watch
from tests.little import plan

STILL = plan(years=1)
NEAR = plan(years=1, name="neighbourhood", title="By neighbourhood", regime="neighbourhood-allocation")
RESOLUTION = 0.005


@pytest.fixture(scope="module")
def knocked(tmp_path_factory):
    return knock_out(STILL, NEAR, replicates=2, out=tmp_path_factory.mktemp("results"), cache=False)


def test_where_it_lies_is_known_without_running_it(knocked):
    asked = {"replicates": 2, "out": knocked.folder.parent.parent}
    assert folder_of(STILL, NEAR, **asked) == folder_of(STILL, NEAR, seed=STILL.seed, **asked) == knocked.folder
    others = {folder_of(NEAR, STILL, **asked), *(folder_of(STILL, NEAR, **asked | {"replicates": n}) for n in (3, 4))}
    assert len(others) == 3 and knocked.folder not in others


def verdict(whole, without):
    return judged(pd.Series(whole), pd.Series(without), RESOLUTION)


WHOLE = [-0.06, -0.05, -0.07, -0.06]


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        ([0.0, 0.0, 0.0, 0.0], Carries.ALL),
        ([0.0, 0.01, -0.01, 0.0], Carries.MOST),
        ([-0.045, -0.035, -0.055, -0.045], Carries.SOME),
        ([-0.03, -0.02, -0.04, -0.04], Carries.SOME),  # half of it within the interval
        ([0.06, 0.05, 0.07, 0.06], Carries.ALL_AND_MORE),
        ([-0.12, -0.11, -0.13, -0.12], Carries.HOLDS_BACK),
        ([-0.06, -0.06, -0.06, -0.06], Carries.NOT_SHOWN),
        ([-0.30, 0.20, -0.10, 0.05], Carries.NOT_SHOWN),  # smaller on average, and it may be luck
    ],
)
def test_a_verdict_goes_as_far_as_the_intervals_do(without, expected):
    assert verdict(WHOLE, without) is expected
    assert verdict([-x for x in WHOLE], [-x for x in without]) is expected


def test_where_no_difference_is_shown_there_is_nothing_to_carry_unless_one_was_hidden():
    none = [0.01, -0.01, 0.0, 0.0]
    assert verdict(none, none[::-1]) is Carries.NOTHING
    assert verdict(none, [0.1 + x for x in none]) is Carries.HIDES
    assert verdict(none, [0.008 + 2 * x for x in none[::-1]]) is Carries.NOTHING
    wide = [0.02, -0.02, 0.01, 0.0]
    assert verdict(wide, [0.012 + x for x in wide]) is Carries.MOVES


def test_one_world_judges_nothing():
    assert verdict([-0.06], [0.0]) is Carries.UNKNOWN


def test_every_mechanism_with_a_switch_is_switched_off_in_turn(knocked):
    assert knocked.manifest["without"] == [AS_BUILT, *built_mechanisms()]
    assert knocked.of(NEAREST)["mechanism"].tolist() == ["", *built_mechanisms()]


def test_as_built_it_is_the_difference_that_a_comparison_finds(knocked):
    apart = []
    for replicate in (1, 2):
        metrics, _ = simulate((STILL, NEAR), DRAWN, replicate, 1)
        rows = metrics[NEAREST.cell.rows(metrics) & (metrics["year"] == 1)].set_index("regime")["value"]
        apart.append(rows["neighbourhood"] - rows["stand-still"])
    built = knocked.of(NEAREST).iloc[0]
    assert built["mean"] == pytest.approx(np.mean(apart), abs=1e-12)
    assert built["n"] == 2


def test_without_choice_families_ask_for_the_nearest_so_that_allocating_by_distance_changes_nothing(knocked):
    row = knocked.of(NEAREST).set_index("mechanism").loc["M36"]
    assert row["mean"] == 0
    assert row["verdict"] in (Carries.ALL, Carries.NOTHING, Carries.MOVES)  # two worlds may show no difference at all
    assert row["carried"] == pytest.approx(knocked.of(NEAREST)["mean"].iloc[0])


def test_what_is_carried_is_paired_by_world(knocked):
    frame = knocked.of(POVERTY_GAP)
    np.testing.assert_allclose(frame["carried"][1:], frame["mean"].iloc[0] - frame["mean"][1:])


def test_mechanisms_that_are_switched_off_together_are_named_and_no_sum_is_claimed(knocked):
    overlaps = knocked.of(NEAREST).set_index("mechanism")["overlaps"]
    assert (overlaps["M06"], overlaps["M01"], overlaps["M11"]) == ("M01,M02", "M06", "")
    assert (overlaps["M43"], overlaps["M36"]) == ("M35,M36,M37", "M35,M43")
    told = knocked.sentences(NEAREST)
    assert told[-1] == OVERLAP
    assert any("What M01 and M02 carry is partly the same." in sentence for sentence in told)
    assert any("What M06 carries is partly the same." in sentence for sentence in told)


def test_the_sentences_name_mechanism_difference_and_interval(knocked):
    (told,) = knocked.of(NEAREST).query("mechanism == 'M36'")["sentence"]
    assert told.startswith(
        "Without parental choice (M36) the difference is 0.0 percentage points [0.0 to 0.0] instead of"
    )


def test_what_is_off_under_both_anyway_is_not_switched_off_again(tmp_path):
    switched = {"M01", "M02", "M37"}
    off = {"mechanisms": dict.fromkeys(sorted(switched), False)}
    still, near = (plan(years=1, name=name, **off) for name in ("still", "near"))
    found = knock_out(still, near, replicates=1, out=tmp_path, cache=False)
    left = [name for name in built_mechanisms() if name not in switched | {"M06"}]
    assert found.manifest["without"] == [AS_BUILT, *left]
    assert set(found.of(NEAREST)["verdict"][1:]) == {Carries.UNKNOWN}


def test_an_interruption_keeps_what_is_finished_and_the_next_call_goes_on(tmp_path):
    pieces = 1 + len(built_mechanisms())
    with pytest.raises(KeyboardInterrupt):
        knock_out(STILL, NEAR, replicates=1, out=tmp_path, progress=Watch(stop_after=3), cache=False)
    watch = Watch()
    done = knock_out(STILL, NEAR, replicates=1, out=tmp_path, progress=watch, cache=False)
    assert watch.told[0] == (3, pieces, "finished before")
    assert watch.told[-1] == (pieces, pieces, f"without {built_mechanisms()[-1]} drawn-00001")
    assert {file.name for file in done.folder.iterdir()} == {"metrics.parquet", "manifest.json"}
    again = Watch()
    knock_out(STILL, NEAR, replicates=1, out=tmp_path, progress=again, cache=False)
    assert again.told == []


def test_a_damaged_result_is_refused(knocked, tmp_path):
    for file in knocked.folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    content = bytearray((tmp_path / "metrics.parquet").read_bytes())
    content[100] ^= 0xFF
    (tmp_path / "metrics.parquet").write_bytes(bytes(content))
    with pytest.raises(RunError, match="damaged"):
        read(tmp_path)


def test_plans_that_cannot_be_paired_are_refused_before_anything_is_run(tmp_path):
    with pytest.raises(InputError, match="differ in years"):
        knock_out(STILL, plan(years=2, name="other"), out=tmp_path)
    assert not list(tmp_path.iterdir())
