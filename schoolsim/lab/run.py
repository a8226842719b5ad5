"""One world under one scenario, written down like a comparison of one."""

from __future__ import annotations

from pathlib import Path

from schoolsim.lab.cache import NO_CACHE, usual_cache
from schoolsim.lab.compare import Comparison
from schoolsim.lab.manifest import describe
from schoolsim.lab.pool import Progress
from schoolsim.lab.settled import settled
from schoolsim.lab.store import identity, sha256, write_frame, write_json
from schoolsim.lab.worlds import FIXED
from schoolsim.places.place import content_of
from schoolsim.scenario import Scenario

KEYS = {"replicate": 1, "parameter_set": FIXED}


def run(
    scenario: Scenario, *, out: Path | str = "results", progress: Progress | None = None, cache: bool = True
) -> Comparison:
    """Run a scenario once with central parameters and write `out/<scenario>/<id>/`.

    Args:
        scenario: what to run.
        out: folder for results.
        progress: told years done, all, and what was just done.
        cache: take the settled world from the cache, and keep it there.
    """
    session = settled(scenario, scenario.seed, cache=usual_cache() if cache else NO_CACHE)
    for year in range(1, scenario.years + 1):
        session.run_to(year)
        if progress:
            progress(year, scenario.years, f"year {year}")
    seen = session.observe()
    metrics, schools = (frame.assign(regime=scenario.name, **KEYS) for frame in (seen.metrics, seen.schools))
    folder = Path(out) / scenario.name / identity({"run": scenario.to_dict(), "place": content_of(scenario.place)})
    folder.mkdir(parents=True, exist_ok=True)
    write_frame(folder / "metrics.parquet", metrics)
    write_frame(folder / "schools.parquet", schools)
    hashes = {name: sha256(folder / name) for name in ("metrics.parquet", "schools.parquet")}
    manifest = describe(session.system.place, [scenario], replicates=1) | {"sha256": hashes}
    write_json(folder / "manifest.json", manifest)
    return Comparison(folder, metrics, schools, manifest)
