"""What a comparison under way already has: its finished replicates as a comparison that can be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from pandas.api.types import union_categoricals

from schoolsim.errors import RunError
from schoolsim.lab.compare import CATEGORIES, MANIFEST, PARTS, REQUEST, Comparison, read
from schoolsim.lab.store import read_frame, read_json
from schoolsim.lab.worlds import METRICS_END, SCHOOLS_END


class Unfinished:
    """A comparison in its folder while it runs. `read` is cheap when called often: each part is read once.

    Attributes:
        folder: where the comparison is being written.
        done: worlds finished when last read, one for each replicate and parameter set.
        total: worlds asked for; 0 as long as nothing has been read.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.done = self.total = 0
        self._seen: set[str] = set()
        self._latest: Comparison | None = None
        self._finished = False

    def read(self) -> Comparison | None:
        """What there is now: None before the first replicate, the whole comparison once it is finished.

        As long as nothing is new the same object is given again. Its manifest is that of the finished comparison but
        for hashes and seconds, and says in `unfinished` how many worlds are `done` of the `total`.

        Raises:
            RunError: a file is damaged.
        """
        if not self._finished:
            try:
                self._go_on()
            except (RunError, OSError) as error:
                if not self._complete:  # parts that vanish because the last one came are no damage
                    raise RunError(f"{self.folder / PARTS} cannot be read: {error}") from error
                self._go_on()
        return self._latest

    @property
    def _complete(self) -> bool:
        return (self.folder / MANIFEST).is_file()

    def _go_on(self) -> None:
        if self._complete:
            self._latest, self._finished = read(self.folder), True
            self.total = self.done = 2 * int(self._latest.manifest["replicates"])
            return
        new = sorted(finished_stems(self.folder) - self._seen)
        if new:
            self._add(new)

    def _add(self, stems: Sequence[str]) -> None:
        manifest = self._latest.manifest if self._latest else read_json(self.folder / PARTS / REQUEST)
        before = [[self._latest.metrics], [self._latest.schools]] if self._latest else [[], []]
        ends = (METRICS_END, SCHOOLS_END)
        metrics, schools = (
            joined([*known, *(read_frame(self.folder / PARTS / f"{stem}{end}") for stem in stems)])
            for known, end in zip(before, ends, strict=True)
        )
        self._seen |= set(stems)
        self.done, self.total = len(self._seen), 2 * int(manifest["replicates"])
        told = manifest | {"unfinished": {"done": self.done, "total": self.total}}
        self._latest = Comparison(self.folder, metrics, schools, told)


def so_far(folder: Path | str) -> Comparison | None:
    """What a comparison has so far, read once; for looking again and again use `Unfinished`.

    Raises:
        RunError: a file is damaged.
    """
    return Unfinished(folder).read()


def finished_stems(folder: Path) -> set[str]:
    """The worlds of a comparison under way that are finished: the file of schools is written last."""
    return {file.name.removesuffix(SCHOOLS_END) for file in (folder / PARTS).glob(f"*{SCHOOLS_END}")}


def joined(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames one below the other, their words as categories; some may be so already."""
    words = [name for name in CATEGORIES if name in frames[0]]
    each = [frame.astype({name: "category" for name in words}) for frame in frames]
    whole = pd.concat([frame.drop(columns=words) for frame in each], ignore_index=True)
    columns: dict[str, Any] = {name: union_categoricals([frame[name] for frame in each]) for name in words}
    return whole.assign(**columns)[list(frames[0].columns)]
