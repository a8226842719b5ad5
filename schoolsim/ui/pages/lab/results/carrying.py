"""What carries a difference, drawn as one bar a step or a mechanism, and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from schoolsim import charts
from schoolsim.charts.embed import specification_text
from schoolsim.lab.digest import Digest
from schoolsim.lab.sections.parts import colours
from schoolsim.ui.components import VegaChart
from schoolsim.ui.elements import sentences


@dataclass(frozen=True, eq=False)
class Carrying:
    """Numbers, sentences, picture."""

    frame: pd.DataFrame
    said: Sequence[object]
    spec: str
    description: str

    @classmethod
    def of(cls, digest: Digest, regime: str, frame: pd.DataFrame, said: Sequence[object], description: str) -> Carrying:
        """Drawn in the colour of a regime."""
        drawn = charts.carried(frame, colour=colours(digest)[regime], description=description)
        return cls(frame, said, specification_text(drawn), description)

    def shown(self) -> list[Any]:
        """Sentences, then the picture."""
        return [sentences(self.said), VegaChart(spec=self.spec, description=self.description)]
