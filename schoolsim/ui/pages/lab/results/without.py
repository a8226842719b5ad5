"""The same comparison with mechanisms taken out one by one."""

from __future__ import annotations

from typing import Any

import solara

from schoolsim.lab import knock_out as taking_out
from schoolsim.lab.compare import MANIFEST
from schoolsim.lab.digest import Digest, spoken
from schoolsim.lab.headlines import Outcome
from schoolsim.lab.knock_out import KnockOut
from schoolsim.scenario import Scenario
from schoolsim.scenario.build import scenario_from_resolved
from schoolsim.ui.background import use_made
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import NumberField
from schoolsim.ui.elements import element, heading, paragraph, state
from schoolsim.ui.jobs.request import JobRequest
from schoolsim.ui.pages.lab.results.carrying import Carrying
from schoolsim.ui.pages.lab.results.errand import Asked, use_errand
from schoolsim.ui.shared import shared

USUAL_RUNS, MOST_RUNS = 3, 20
LEAD = (
    "To see what carries a difference, take things away: the same worlds, with the same luck, without one mechanism at "
    "a time. What is left of the difference did not need it."
)


@solara.component
def Without(digest: Digest, regime: str, outcome: Outcome) -> Any:
    """How many worlds to run, the button, and what came of it."""
    runs, set_runs = solara.use_state(min(USUAL_RUNS, int(digest.manifest["replicates"])))
    number = NumberField(label="Worlds", value=runs, low=2, high=MOST_RUNS, unit="worlds", slider=True,
                         event_change=lambda value: set_runs(int(value)))  # fmt: skip
    return element(
        "div",
        heading(3, "Taking mechanisms out one by one"),
        paragraph(LEAD),
        element("div", number, classes="narrow"),
        Guarded(lambda: Tried(digest, regime, outcome, runs), "The worlds without a mechanism").key(f"{regime}-{runs}"),
    )


@solara.component
def Tried(digest: Digest, regime: str, outcome: Outcome, runs: int) -> Any:
    """What is kept of such worlds, else the button that has them run."""
    asked = solara.use_memo(lambda: arguments(digest, regime, runs), [digest, regime, runs])
    request = solara.use_memo(lambda: asking(digest, regime, asked), [digest, regime, asked])
    errand = use_errand(request)
    made = use_made(lambda: [kept(**asked)], [asked, errand.finished])
    if made.value is None or (errand.finished and made.waiting):
        return state("Looking for worlds that are kept…", "")
    found = made.value[0]
    if found is not None:
        return Guarded(lambda: Carried(digest, found, regime, outcome), "What each mechanism carries")
    words = cost(digest, (asked["first"], asked["second"]), runs)
    return Asked(errand, "Take mechanisms out one by one", words, "pairs of worlds")


def arguments(digest: Digest, regime: str, runs: int) -> dict[str, Any]:
    """Which worlds are meant, in the words of `knock_out`."""
    first, second = plans_of(digest, regime)
    return {"first": first, "second": second, "replicates": runs, "seed": int(digest.manifest["seed"]),
            "out": shared().results}  # fmt: skip


def asking(digest: Digest, regime: str, asked: dict[str, Any]) -> JobRequest:
    """What is asked of the server to have them run."""
    return JobRequest(taking_out.knock_out, asked, f"What carries {spoken(digest.titles[regime])}")


def kept(**asked: Any) -> KnockOut | None:
    """Such worlds where they have been run; None where there are none yet.

    Raises:
        RunError: a file is damaged.
    """
    folder = taking_out.folder_of(**asked)
    return taking_out.read(folder) if (folder / MANIFEST).is_file() else None


def plans_of(digest: Digest, regime: str) -> tuple[Scenario, Scenario]:
    """The baseline and a regime as they were run."""
    written = {row["name"]: row for row in digest.manifest["scenarios"]}
    first, second = (scenario_from_resolved(written[name]) for name in (digest.baseline, regime))
    return first, second


def cost(digest: Digest, plans: tuple[Scenario, Scenario], runs: int) -> str:
    """How much there is to run, beside what the comparison took."""
    variants = len(taking_out.switches(plans)) + 1
    worlds, before = variants * 2 * runs, 2 * int(digest.manifest["replicates"]) * len(digest.regimes)
    times = worlds / before
    than = f"about {times:.0f} times as much as this comparison" if times >= 1.5 else "about as much as this comparison"
    return (
        f"{variants - 1} mechanisms, {runs} worlds, both regimes: {worlds} histories of the place to run, {than}. It "
        "runs in the background, can be ended at any time, and goes on from what was finished."
    )


def parts_of(digest: Digest, found: KnockOut, regime: str, outcome: Outcome) -> Carrying:
    """What each mechanism carries of one difference."""
    title = digest.titles[regime]
    description = f"Difference in {outcome.phrase} under {title} as built and without each mechanism."
    return Carrying.of(digest, regime, found.of(outcome), found.sentences(outcome), description)


@solara.component
def Carried(digest: Digest, found: KnockOut, regime: str, outcome: Outcome) -> Any:
    """Sentences with the caveat that shares overlap, and the picture."""
    made = use_made(lambda: parts_of(digest, found, regime, outcome), [digest, found, regime, outcome])
    if made.value is None:
        return state("Working out what each carries…", "")
    return element("div", *made.value.shown())
