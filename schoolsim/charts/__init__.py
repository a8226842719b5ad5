"""Figures: a frame goes in, an Altair figure comes out. Shared by the report and the web pages."""

from schoolsim.charts.compared import beside_published
from schoolsim.charts.forest import forest, paired_runs
from schoolsim.charts.over_time import difference_over_time, percentiles, runs_over_time, spread_words
from schoolsim.charts.palette import LEVELS, padded, regime_colours
from schoolsim.charts.schools import per_school, places_filled, results_by_intake
from schoolsim.charts.stages import gap_by_stage
from schoolsim.charts.variance import decomposition

__all__ = [
    "LEVELS",
    "beside_published",
    "decomposition",
    "difference_over_time",
    "forest",
    "gap_by_stage",
    "padded",
    "paired_runs",
    "per_school",
    "percentiles",
    "places_filled",
    "regime_colours",
    "results_by_intake",
    "runs_over_time",
    "spread_words",
]
