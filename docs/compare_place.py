"""Sets simulated schools beside the real ones, and writes what comes of it into docs/places-compared.md.

    python docs/compare_place.py

Runs a few worlds of each place under the status quo (a few minutes), writes pictures to docs/images/ and the part of
the page between its two markers. Needs Chromium for the pictures. Run it again whenever results change.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path[:0] = [str(DOCS.parent), str(DOCS)]

# The checkout is compared, whatever is installed.
import pandas as pd  # noqa: E402
from compared.figures import compared  # noqa: E402
from compared.pictures import SETS, draw  # noqa: E402
from compared.tables import picture_name, section  # noqa: E402
from compared.worlds import World, live  # noqa: E402

from schoolsim.lab.pool import finished  # noqa: E402

PAGE, IMAGES = DOCS / "places-compared.md", DOCS / "images"
BEGINS, ENDS = "<!-- made by docs/compare_place.py -->", "<!-- end of what is made -->"
PLACES = ("salford", "lambeth", "shropshire")
"""Where the model was developed; and of the unseen authorities the one in inner London and the rural shire."""
SEEDS = range(1001, 1006)


def main() -> None:
    """Run the worlds and renew the page."""
    with tempfile.TemporaryDirectory() as folder:
        worlds = [World(place, seed, Path(folder)) for place in PLACES for seed in SEEDS]
        for done in finished(live, worlds, os.cpu_count() or 1):
            print(done, flush=True)
        lines = [line for place in PLACES for line in _section(place, worlds)]
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), lines), encoding="utf-8", newline="\n")


def renewed(page: str, lines: Sequence[str]) -> str:
    """The page with these lines between its markers."""
    before, _, rest = page.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return f"{before}{BEGINS}\n\n{'\n'.join(lines).strip()}\n\n{ENDS}{after}"


def _section(place: str, worlds: Sequence[World]) -> list[str]:
    seen = pd.concat([pd.read_parquet(world.file) for world in worlds if world.place == place], ignore_index=True)
    rows = compared(seen)
    for kind, shown in SETS.items():
        draw(rows, shown, IMAGES / picture_name(place, kind))
    return list(section(place, seen, rows))


if __name__ == "__main__":
    main()
