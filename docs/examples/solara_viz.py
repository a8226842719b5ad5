"""The school system in Mesa's own SolaraViz, for those who know Mesa.

    pip install 'schoolsim[ui,viz]'
    python -c "from schoolsim.ui.serve import serve; serve(pages='docs/examples/solara_viz.py')"

One world, one regime at a time, no uncertainty: for that there is `schoolsim serve`. A step is a school year.
"""

from __future__ import annotations

import mesa
import solara
from mesa.visualization import SolaraViz

from schoolsim import Session, charts, scenario_from
from schoolsim.charts.embed import specification_text
from schoolsim.lab.run import KEYS
from schoolsim.system import TERMS_A_YEAR
from schoolsim.ui.components import VegaChart

SHOWN = ["fsm6_share", "attainment_true", "attainment_measured"]
GAP = {"metric": "gap_sd", "group": "fsm6", "stage": 16, "basis": "true"}


class Town(mesa.Model):
    """A session as a Mesa model: `steps` are school years.

    Args:
        regime: name of a shipped regime.
        seed: luck of the world.
    """

    def __init__(self, regime: str = "stand-still", seed: int = 1) -> None:
        super().__init__(rng=seed)
        plan = {"name": regime, "title": regime, "place": "toytown", "regime": regime, "years": 50, "seed": seed}
        self.session = Session(scenario_from(plan)).run_to(0)

    def step(self) -> None:
        """One school year."""
        self.session.step(TERMS_A_YEAR)


@solara.component
def Schools(model: Town) -> None:
    """Results of the schools of the invented town against their intake, this year."""
    schools = model.session.observe().schools
    now = schools[schools["year"] == model.session.year].assign(**KEYS)
    solara.Markdown(f"**Year {model.session.year}**: results at 16 against disadvantage, one mark a school")
    frame = charts.per_school(now[now["phase"] == "secondary"], SHOWN)
    chart = charts.results_by_intake(frame, colour=charts.LEVELS["school"], description="Results against intake",
                                     x_domain=charts.padded(frame["fsm6_share"]), y_domain=[-1.5, 1.5])  # fmt: skip
    VegaChart(spec=specification_text(chart), description="Results against intake")


@solara.component
def Gap(model: Town) -> None:
    """The poverty gap at 16 through the years of this world."""
    metrics = model.session.observe().metrics
    rows = metrics[(metrics[list(GAP)] == list(GAP.values())).all(axis=1)].assign(**KEYS)
    solara.Markdown("Poverty gap at 16 (SD, true attainment)")
    chart = charts.runs_over_time(rows, rows.iloc[:0], colour=charts.regime_colours(["this"], "")["this"],
                                  domain=[-1.2, 0.2], value_format=".2f", description="Poverty gap at 16")  # fmt: skip
    VegaChart(spec=specification_text(chart), description="Poverty gap at 16")


REGIMES = {"type": "Select", "value": "stand-still", "label": "Regime",
           "values": ["stand-still", "neighbourhood-allocation", "without-tables"]}  # fmt: skip
SEED = {"type": "SliderInt", "value": 1, "label": "Seed", "min": 1, "max": 20, "step": 1}
page = SolaraViz(Town(), components=[(Schools, 0), (Gap, 0)], name="schoolsim in SolaraViz",
                 model_params={"regime": REGIMES, "seed": SEED}, play_interval=500)  # fmt: skip
