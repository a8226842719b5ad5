"""What Solara serves: the pages by address."""

from __future__ import annotations

from typing import Any

import solara

from schoolsim.ui.boundary import Guarded
from schoolsim.ui.layout import PAGES, Layout
from schoolsim.ui.pages import evidence, lab, runs


@solara.component
def LabPage() -> Any:
    """The policy lab."""
    return Guarded(lab.Page, PAGES[""])


@solara.component
def RunsPage() -> Any:
    """What was run."""
    return Guarded(runs.Page, PAGES["runs"])


@solara.component
def EvidencePage() -> Any:
    """What the model stands on."""
    return Guarded(evidence.Page, PAGES["evidence"])


routes = [
    solara.Route("/", component=LabPage, layout=Layout, label=PAGES[""]),
    solara.Route("runs", component=RunsPage, label=PAGES["runs"]),
    solara.Route("evidence", component=EvidencePage, label=PAGES["evidence"]),
]
