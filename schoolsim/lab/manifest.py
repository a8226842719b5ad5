"""How a result was made: versions, place, scenarios, parameters, so that it can be made again and cited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from schoolsim.lab.store import versions
from schoolsim.parameters import load_sheets
from schoolsim.places.place import Place
from schoolsim.scenario import Scenario

BASELINE = "stand-still"


def describe(place: Place, plans: Sequence[Scenario], replicates: int) -> dict[str, Any]:
    """Everything but the hashes of the files and the time it took."""
    facts = place.facts
    return versions() | {
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "place": {"name": place.name, "title": place.title, "vintage": facts.get("vintage"),
                  "reconstructed": facts.get("reconstructed", []),
                  "attribution": facts.get("attribution"), "imputed": facts.get("imputed", []),
                  "halo": facts.get("halo", {}), "cannot_show": facts.get("cannot_show", [])},
        "scenarios": [plan.to_dict() for plan in plans],
        "years": plans[0].years,
        "replicates": replicates,
        "seed": plans[0].seed,
        "baseline": BASELINE if any(plan.name == BASELINE for plan in plans) else plans[0].name,
        "parameters": [row.to_dict() for row in load_sheets(plans[0].vintage)],
    }  # fmt: skip


