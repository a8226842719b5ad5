"""The page as a whole: what is set up, what runs, what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import solara

from schoolsim.errors import SchoolsimError
from schoolsim.lab.compare import MANIFEST, compare
from schoolsim.lab.sharing import from_link
from schoolsim.lab.store import read_json
from schoolsim.scenario import scenario_from_resolved
from schoolsim.ui.addresses import asked_in
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.elements import alert, details, element, heading, paragraph
from schoolsim.ui.files import found
from schoolsim.ui.jobs.job import Job
from schoolsim.ui.jobs.request import comparison
from schoolsim.ui.jobs.run import State
from schoolsim.ui.pages.lab.loading import use_result
from schoolsim.ui.pages.lab.plan import Plan, first_plan, plan_from
from schoolsim.ui.pages.lab.results import Results
from schoolsim.ui.pages.lab.running import Running
from schoolsim.ui.pages.lab.setup import Setup
from schoolsim.ui.shared import owner, shared
from schoolsim.ui.watching import use_view

LEAD = (
    "Compare rules for schools on a real authority: the same children, the same luck, other rules. "
    "See who is left behind, how much depends on the school, and how sure that is."
)


@dataclass(frozen=True)
class Asked:
    """What an address asks the page to open with."""

    plan: Plan
    opened: str | None = None
    wrong: str = ""


def asked_for(search: str | None) -> Asked:
    """A finished result (?open=name/id), a plan to set up (?plan=…), or the usual beginning."""
    query = asked_in(search)
    try:
        if "open" in query:
            return _opened(query["open"])
        if "plan" in query:
            request = from_link(query["plan"])
            return Asked(plan_from(request.plans, request.replicates))
    except SchoolsimError as error:
        return Asked(first_plan(), wrong=str(error))
    return Asked(first_plan())


def _opened(named: str) -> Asked:
    folder = found(shared().results, named)
    if folder is None:
        return Asked(first_plan(), wrong=f"There is no result “{named[:80]}” here.")
    manifest = read_json(folder / MANIFEST)
    plans = tuple(scenario_from_resolved(dict(row)) for row in manifest["scenarios"])
    return Asked(plan_from(plans, int(manifest["replicates"])), str(folder))


def latest_comparison() -> Job | None:
    """The newest comparison of this visitor: a refresh finds it again."""
    own = shared().registry.jobs(owner())
    return next((job for job in own if job.seen().what == compare.__name__), None)


@solara.component
def Page() -> Any:
    """The policy lab."""
    router = solara.use_router()
    asked = solara.use_memo(lambda: asked_for(router.search), [router.search])
    plan, set_plan = solara.use_state(asked.plan)
    found_again = solara.use_memo(lambda: None if asked.opened else latest_comparison(), [])
    job, set_job = solara.use_state(found_again)
    opened, set_opened = solara.use_state(asked.opened)
    wrong, set_wrong = solara.use_state(asked.wrong)
    view = use_view(job)
    running = bool(view and not view.state.ended)
    finished = str(view.result) if view and view.state is State.FINISHED else None
    result = use_result(opened or finished, job if running else None, view.done if view else 0)

    def run() -> None:
        try:
            request = comparison(plan.plans, replicates=plan.replicates, out=shared().results, title=plan.place)
            set_wrong("")
            set_opened(None)
            set_job(shared().registry.start(owner(), request))
        except SchoolsimError as error:
            set_wrong(str(error))

    def cancel() -> None:
        if job:
            shared().registry.cancel(owner(), job.id)

    def change(new: Plan) -> None:
        set_plan(new)

    head = element("div", heading(1, "Policy lab"), paragraph(LEAD))
    setup = Guarded(lambda: Setup(plan, change, run, running), "The choice of a comparison")
    shown = bool(result.digest) or running
    under_way = view if view and not finished and not opened else None
    progress = [Guarded(lambda: Running(under_way, cancel, run), "The progress of the run")] if under_way else []
    return element(
        "div", head,
        element("div", *([alert(wrong)] if wrong else [])),
        details("Set up another comparison" if shown else "Set up a comparison", setup, open_=not shown),
        element("div", *progress),
        Guarded(lambda: Results(result), "The results"),
    )  # fmt: skip
