"""One pupil's life under two regimes: which two, the running of both worlds, which child."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import solara

from schoolsim.lab import lives as living
from schoolsim.lab.digest import Digest, spoken
from schoolsim.lab.lives import Lives as TheLives
from schoolsim.lab.worlds import FIXED
from schoolsim.ui.background import use_made
from schoolsim.ui.boundary import Guarded
from schoolsim.ui.components import Choice
from schoolsim.ui.elements import element, paragraph, section, state
from schoolsim.ui.jobs.request import JobRequest
from schoolsim.ui.pages.lab.results.children import Children
from schoolsim.ui.pages.lab.results.errand import Asked, use_errand

REPLICATE, REMEMBERED = 1, 2  # the world looked into; lives held in memory for all visitors
LEAD = (
    "The same child, in the same world, with the same luck, lives twice: once under each set of rules. One life is an "
    "example, not an effect: what rules do to many is told above."
)
SAYS = (
    "Runs the first world of this comparison again under both regimes and keeps every child's life beside the results, "
    "so that the next look is immediate."
)


@solara.component
def Lives(digest: Digest, folder: Path, year: int) -> Any:
    """Two regimes, and what one child meets under each."""
    wanted, want = solara.use_state(("", ""))
    pair = _within(wanted, digest)
    if len(digest.regimes) < 2:
        return element("div")

    def choose(turn: int, name: str) -> None:
        other = pair[1 - turn]
        chosen = (name, other) if turn == 0 else (other, name)
        want(chosen if name != other else (pair[1], pair[0]))

    options = [{"value": name, "text": digest.titles[name]} for name in digest.regimes]
    choices = [
        Choice(label=label, value=pair[turn], options=options, inline=True,
               event_choose=lambda name, turn=turn: choose(turn, str(name)))
        for turn, label in enumerate(("One life under", "and again under"))
    ]  # fmt: skip
    lived = Guarded(lambda: Lived(digest, folder, *pair, year), "The two lives").key("-".join(pair))
    return section("One pupil’s life", paragraph(LEAD), element("div", *choices, classes="choices"), lived, key="lives")


@solara.component
def Lived(digest: Digest, folder: Path, first: str, second: str, year: int) -> Any:
    """The lives where they are kept, else the button that has them lived."""
    request = solara.use_memo(lambda: asking(digest, folder, first, second), [digest, folder, first, second])
    errand = use_errand(request)
    made = use_made(lambda: [kept(folder, first, second)], [folder, first, second, errand.finished])
    if made.value is None or (errand.finished and made.waiting):
        return state("Looking for lives that are kept…", "")
    found = made.value[0]
    if found is not None:
        return Guarded(lambda: Children(digest, found, year), "The choice of a child")
    return Asked(errand, "Let the children live again", SAYS, "school years", keeps=False)


def asking(digest: Digest, folder: Path, first: str, second: str) -> JobRequest:
    """What is asked of the server to have two worlds lived."""
    arguments = {"folder": folder, "first": first, "second": second, "replicate": REPLICATE}
    title = f"Lives under {spoken(digest.titles[first])} and {spoken(digest.titles[second])}"
    return JobRequest(living.beside, arguments, title)


def kept(folder: Path, first: str, second: str) -> TheLives | None:
    """Lives that lie beside the comparison; None where there are none yet.

    Raises:
        RunError: the file is damaged.
    """
    file = folder / living.file_name(first, second, REPLICATE, FIXED)
    return _read(file, file.stat().st_mtime_ns) if file.is_file() else None


@lru_cache(maxsize=REMEMBERED)
def _read(file: Path, changed: int) -> TheLives:
    """Read once for all visitors; `changed` tells a rewritten file from the one before."""
    return living.read(file)


def _within(wanted: tuple[str, str], digest: Digest) -> tuple[str, str]:
    """Two different regimes of this comparison, as wanted where there are such."""
    known = set(wanted) <= set(digest.regimes) and wanted[0] != wanted[1]
    return wanted if known else (digest.regimes[0], digest.regimes[-1 if len(digest.regimes) == 2 else 1])
