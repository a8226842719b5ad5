"""Figures: a frame goes in, an Altair figure comes out. Shared by the report and the web pages."""

from schoolsim.charts.causes import carried
from schoolsim.charts.compared import beside_published
from schoolsim.charts.country import england_map
from schoolsim.charts.evidence import fact_figure, prior_figure
from schoolsim.charts.forest import forest, paired_runs
from schoolsim.charts.life import life_lines
from schoolsim.charts.over_time import Vertical, difference_over_time, percentiles, runs_over_time, spread_words
from schoolsim.charts.palette import LEVELS, padded, regime_colours
from schoolsim.charts.regimes import Regimes, differences_by_regime, regimes_over_time
from schoolsim.charts.school_map import schools_map
from schoolsim.charts.school_years import school_timeline
from schoolsim.charts.schools import per_school, places_filled, results_by_intake
from schoolsim.charts.stages import gap_by_stage
from schoolsim.charts.variance import decomposition

__all__ = [
    "LEVELS",
    "Regimes",
    "Vertical",
    "beside_published",
    "carried",
    "decomposition",
    "difference_over_time",
    "differences_by_regime",
    "england_map",
    "fact_figure",
    "forest",
    "gap_by_stage",
    "life_lines",
    "padded",
    "paired_runs",
    "per_school",
    "percentiles",
    "places_filled",
    "prior_figure",
    "regime_colours",
    "regimes_over_time",
    "results_by_intake",
    "runs_over_time",
    "school_timeline",
    "schools_map",
    "spread_words",
]
