"""How an unfinished comparison goes on: the lab, set up with just what was asked."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from schoolsim.errors import SchoolsimError
from schoolsim.lab.compare import PARTS, REQUEST, folder_of
from schoolsim.lab.library import Entry
from schoolsim.lab.sharing import Request, to_link
from schoolsim.lab.store import read_json
from schoolsim.scenario import scenario_from_resolved


def plan_address(entry: Entry, root: Path) -> str:
    """Where the lab is set up to run it on; empty where a run would not go into the same folder.

    That is so when other code has begun it, when it was given a name of its own, or when what was asked cannot be read.
    """
    try:
        asked = read_json(entry.folder / PARTS / REQUEST)
        plans = tuple(scenario_from_resolved(dict(row)) for row in asked["scenarios"])
        request = Request(plans, asked["replicates"])
        if folder_of(plans, request.replicates, root) != entry.folder:
            return ""
        return f"/?{urlencode({'plan': to_link(request)})}"
    except (SchoolsimError, OSError, KeyError, TypeError, ValueError):
        return ""
