"""Taking a result away: report, data, scenarios, and a link that holds the comparison."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import solara

from schoolsim.lab.compare import REPORT
from schoolsim.lab.digest import Digest
from schoolsim.lab.sharing import Request, to_link
from schoolsim.scenario import scenario_from_resolved
from schoolsim.ui.components import CopyLink
from schoolsim.ui.elements import details, download, element, note, opening
from schoolsim.ui.files import DOWNLOADS, SCENARIOS, address
from schoolsim.ui.shared import shared


@solara.component
def Taking(digest: Digest, folder: Path) -> Any:
    """Buttons and the link."""
    root = shared().results
    shared_path = solara.use_memo(lambda: f"/?plan={to_link(request(digest))}", [digest])
    first = [
        opening("Open the report", address(root, folder, REPORT)),
        download("Scenarios (YAML)", address(root, folder, SCENARIOS)),
    ]
    tables = [download(text, address(root, folder, name)) for name, text in DOWNLOADS.items()]
    return element(
        "div",
        element("div", *first, classes="buttons"),
        details("Data, and a link to share", element("div", *tables, classes="buttons"),
                CopyLink(label="Link to this comparison", path=shared_path),
                note("Whoever opens it on a server of their own finds the same comparison set up.")),
    )  # fmt: skip


def request(digest: Digest) -> Request:
    """What was asked for, from the manifest."""
    manifest = digest.manifest
    plans = tuple(scenario_from_resolved(dict(row)) for row in manifest["scenarios"])
    return Request(plans=plans, replicates=int(manifest["replicates"]))
