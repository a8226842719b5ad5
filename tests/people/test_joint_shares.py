"""Each school's shares are given and exact; how labels go together must come out as in the country as a whole.

Shown on 600 schools drawn from all of England at even steps of phase and EAL share (220,000 pupils). Contains public
sector information licensed under the Open Government Licence v3.0.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from schoolsim.people.population import ETHNICITIES
from schoolsim.places import Place, load_place
from tests.people.test_population import LUCK, PARAMETERS, people

SAMPLE = Path(__file__).with_name("schools_of_england.csv")
APART = 1000.0  # m between schools, each with an area of its own: where they stand is of no account here
SHARES = {"female": "girls_share", "eal": "eal_share", "fsm": "fsm_share", "fsm6": "fsm6_share"}


@pytest.fixture(scope="module")
def sample():
    schools = pd.read_csv(SAMPLE, comment="#")
    east = APART * np.arange(len(schools))
    schools = schools.assign(label=[f"E-{row:03d}" for row in schools.index], easting=east, northing=0.0)
    schools["religion"] = "none"
    areas = pd.DataFrame({"easting": east, "northing": 0.0, "children": schools.roll, "deprivation": 0.2})
    return Place("sample", "Sample", "E", schools, areas, load_place("toytown").facts)


@pytest.fixture(scope="module")
def pupils(sample):
    return people(sample)


def by_ethnicity(column):
    return pd.Series(PARAMETERS[column])[list(ETHNICITIES)]


def within_error(drawn, expected, count, tolerance=0.0):
    """Whether a share of `count` pupils is the expected one but for four standard errors and a tolerance."""
    error = 4 * np.sqrt(expected * (1 - expected) / count)
    return abs(drawn - expected) <= error + tolerance


def test_the_sample_is_a_fair_one(sample):
    national = sample.facts["national"]["all"]
    for name in ("fsm", "fsm6", "eal", "sen_support", "girls"):
        drawn = np.average(sample.schools[f"{name}_share"], weights=sample.schools.roll)
        assert drawn == pytest.approx(national[name], rel=0.035)


@pytest.mark.parametrize("column", SHARES)
def test_every_schools_share_is_exact_among_all_kinds_of_schools(sample, pupils, column):
    expected = sample.schools[SHARES[column]] * sample.schools.roll
    assert (pupils.groupby("school")[column].sum() - expected).abs().max() <= 0.5 + 1e-9


def test_every_ethnic_group_has_its_national_size(pupils):
    drawn = np.bincount(pupils.ethnicity, minlength=len(ETHNICITIES)) / len(pupils)
    assert drawn == pytest.approx(by_ethnicity("ethnicity_share").to_numpy(), rel=0.05, abs=0.0005)


@pytest.mark.parametrize(("label", "table"), [("eal", "ethnicity_eal_share"), ("fsm6", "ethnicity_fsm6_share")])
def test_every_ethnic_group_has_its_national_share_of_eal_and_of_poor_pupils(pupils, label, table):
    of_group = pupils[label].groupby(pupils.ethnicity).agg(["mean", "size"]).set_axis(ETHNICITIES)
    expected = by_ethnicity(table)
    # two hundredths beside chance: the sample itself has 2% more poor and 3% fewer EAL pupils than the country
    met = [within_error(*row, 0.02) for row in zip(of_group["mean"], expected, of_group["size"], strict=True)]
    assert dict(zip(ETHNICITIES, met, strict=True)) == dict.fromkeys(ETHNICITIES, True)


def test_pupils_with_eal_are_hardly_poorer_than_others_though_their_schools_are(sample, pupils):
    poor, roll, share = (sample.schools[name] for name in ("fsm6_share", "roll", "eal_share"))
    assert np.average(poor, weights=roll * share) - np.average(poor, weights=roll * (1 - share)) > 0.04
    assert pupils.fsm6[pupils.eal].mean() - pupils.fsm6[~pupils.eal].mean() == pytest.approx(0.01, abs=0.015)


def odds(flag):
    return flag.mean() / (1 - flag.mean())


def test_poverty_goes_with_special_needs_as_in_england(pupils):
    needs = pupils.sen > 0
    # 2018: 25.8% of pupils with needs and 11.5% of others were eligible, an odds ratio of 2.7; E106's is 3.1
    assert odds(pupils.fsm[needs]) / odds(pupils.fsm[~needs]) == pytest.approx(2.7, abs=0.2)


def test_boys_have_support_twice_and_plans_nearly_three_times_as_often_as_girls(pupils):
    support, plan = pupils.sen == 1, pupils.sen == 2
    assert support[~pupils.female].mean() == pytest.approx(0.15, abs=0.01)  # January 2019: 15% of boys, 8% of girls
    assert support[pupils.female].mean() == pytest.approx(0.08, abs=0.01)
    assert (~pupils.female[plan]).mean() == pytest.approx(0.73, abs=0.03)


def test_half_of_looked_after_pupils_have_special_needs(pupils):
    needs = pupils.sen[pupils.in_care]
    assert within_error(pupils.in_care.mean(), PARAMETERS["in_care_share"], len(pupils))
    assert within_error((needs == 2).mean(), 0.19, len(needs))  # 27% with special schools (E112), 18% without
    assert within_error((needs == 1).mean(), 0.29, len(needs))


def test_caring_keeps_its_share_and_its_ratio_by_poverty(pupils):
    poor, other = (pupils.young_carer[rows] for rows in (pupils.fsm6, ~pupils.fsm6))
    share, ratio = PARAMETERS["young_carer_share"], PARAMETERS["young_carer_poverty_ratio"]
    assert within_error(pupils.young_carer.mean(), share, len(pupils), tolerance=0.005)
    assert poor.mean() / other.mean() == pytest.approx(ratio, rel=0.12)


def test_the_gap_in_position_is_that_of_the_sheet(pupils):
    gap = pupils.ses[~pupils.fsm6].mean() - pupils.ses[pupils.fsm6].mean()
    assert gap == pytest.approx(PARAMETERS["ses_poverty_gap"], abs=0.02)


def test_other_luck_gives_the_same_joint_shares(sample, pupils):
    again = people(sample, type(LUCK)(2, "population", 0))
    assert not again.ethnicity.equals(pupils.ethnicity)
    for one, other in (("eal", "fsm6"), ("fsm", "female"), ("in_care", "fsm6")):
        joint = [(rows[one] & rows[other]).mean() for rows in (pupils, again)]
        assert joint[0] == pytest.approx(joint[1], rel=0.1)
