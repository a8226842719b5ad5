"""The page as a whole: what is set up, what runs, what is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import solara

from schoolsim.errors import SchoolsimError
from schoolsim.lab.compare import MANIFEST, compare
from schoolsim.lab.sharing import from_link
from schoolsim.lab.store import read_json
from schoolsim.scenario import scenario_from_resolved
from schoolsim.ui.addresses import asked_in, key_of, opened
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import Address
from schoolsim.ui.elements import alert, details, element, heading, paragraph
from schoolsim.ui.files import found
from schoolsim.ui.jobs.job import Job, JobView
from schoolsim.ui.jobs.request import comparison
from schoolsim.ui.jobs.run import State
from schoolsim.ui.pages.lab.loading import Loaded, use_result
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


@dataclass(frozen=True)
class Comparing:
    """Where this visitor's comparison stands.

    Attributes:
        view: of the run that is shown; None where a finished result was opened, or nothing was run.
        result: what there is to see.
        wrong: why nothing could be run, or opened.
        address: where this is found again by a refresh; "" for where the page was opened.
        run, cancel: what buttons do.
    """

    view: JobView | None
    result: Loaded
    wrong: str
    address: str
    run: Callable[[], None]
    cancel: Callable[[], None]

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self.view is not None and not self.view.state.ended


def use_comparing(asked: Asked, plan: Plan) -> Comparing:
    """Runs what is set up, follows it, and reads what it has so far or in the end (a hook of Solara)."""
    found_again = solara.use_memo(lambda: None if asked.opened else latest_comparison(), [])
    job, set_job = solara.use_state(found_again)
    folder, open_folder = solara.use_state(asked.opened)
    wrong, set_wrong = solara.use_state(asked.wrong)
    view = use_view(job)
    running = bool(view and not view.state.ended)
    finished = str(view.result) if view and view.state is State.FINISHED else None
    result = use_result(folder or finished, job if running else None, view.done if view else 0)

    def run() -> None:
        try:
            request = comparison(plan.plans, replicates=plan.replicates, out=shared().results, title=plan.place)
            set_wrong("")
            open_folder(None)
            set_job(shared().registry.start(owner(), request))
        except SchoolsimError as error:
            set_wrong(str(error))

    def cancel() -> None:
        if job:
            shared().registry.cancel(owner(), job.id)

    here = opened(key_of(Path(finished), shared().results)) if finished and not folder else "/" if running else ""
    return Comparing(None if finished or folder else view, result, wrong, here, run, cancel)


@solara.component
def Page() -> Any:
    """The policy lab."""
    search = solara.use_router().search
    asked = solara.use_memo(lambda: asked_for(search), [])
    plan, set_plan = solara.use_state(asked.plan)
    now = use_comparing(asked, plan)
    setup = Guarded(lambda: Setup(plan, set_plan, now.run, now.running), "The choice of a comparison")
    shown = bool(now.result.digest) or now.running
    progress = [Guarded(lambda: Running(now.view, now.cancel, now.run), "The progress of the run")] if now.view else []
    return element(
        "div",
        element("div", heading(1, "Policy lab"), paragraph(LEAD)),
        element("div", *([alert(now.wrong)] if now.wrong else [])),
        details("Set up another comparison" if shown else "Set up a comparison", setup, open_=not shown),
        element("div", *progress),
        Address(path=now.address),
        Guarded(lambda: Results(now.result), "The results"),
    )  # fmt: skip
