"""The search: least squares between bounds, with derivatives from differences large enough to stand out from luck.

Every number runs from 0 to 1 over its range here. What is made small is the sum of squares of the misses of all
targets, each in its scale, and of the distances from where the numbers are thought to lie beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import least_squares

from schoolsim.errors import RunError
from schoolsim.lab.calibration.design import Design
from schoolsim.lab.facts.pooled import Figures

Numbers = dict[str, float]
"""Values by path."""

FiguresAt = Callable[[Sequence[Numbers]], list[Figures]]
"""Figures at several sets of numbers at once, so that they can be worked out side by side."""

SCALE_ERRORS = 2.0  # Standard errors in one scale of a target.
DIGITS = 8  # Of numbers tried: fewer would hide steps, more would only fill file names.
_NO_RIDGE = 1e-9  # Keeps a number on which nothing hangs at a huge standard error, not at none.


@dataclass(frozen=True)
class Found:
    """Where the search ended.

    Attributes:
        values: numbers by path.
        standard_errors: by path, in the parameter's unit, from the derivatives at the end, with the range of each
            target read as its 95% interval, so that one scale is two standard errors.
        from_targets: how much less uncertain the targets make each number than its prior does, share of the variance.
        unusable: targets that the authorities cannot show, so that they were left out.
        converged: whether the search ended by itself and not at its last step.
    """

    values: Numbers
    standard_errors: Numbers
    from_targets: Numbers
    unusable: tuple[str, ...]
    converged: bool


def search(design: Design, figures_at: FiguresAt) -> Found:
    """The numbers that meet the targets best.

    Raises:
        RunError: none of the targets can be shown.
    """
    problem = _Problem(design, figures_at)
    method = design.method
    end = least_squares(
        problem.residuals, problem.start, jac=problem.jacobian, bounds=(0.0, 1.0), method="trf",
        xtol=method.tolerance, ftol=method.tolerance, gtol=None, max_nfev=method.iterations + 1,
    )  # fmt: skip
    return problem.found(end.x, end.jac, converged=end.status > 0)


class _Problem:
    """Misses of targets and their derivatives, in shares of ranges."""

    def __init__(self, design: Design, figures_at: FiguresAt) -> None:
        self.design, self._figures_at = design, figures_at
        self._low = np.array([one.low for one in design.parameters])
        self._width = np.array([one.width for one in design.parameters])
        self.start = (np.array([one.start for one in design.parameters]) - self._low) / self._width
        self._pull = 2.0 * design.method.prior_weight

    @cached_property
    def _usable(self) -> np.ndarray:
        """Which targets can be shown at all, by the figures at the start [t]."""
        usable = np.isfinite(self._misses([self.start])[0])
        if not usable.any():
            raise RunError("none of the targets can be shown in these authorities; choose others")
        return usable

    def residuals(self, shares: np.ndarray) -> np.ndarray:
        """Misses of usable targets, then pulls of the priors [t + p]."""
        usable = self._usable
        return np.concatenate([self._misses([shares])[0][usable], self._pull * (shares - self.start)])

    def jacobian(self, shares: np.ndarray) -> np.ndarray:
        """Derivatives of the residuals [t + p, p]; a figure that cannot be shown after a step tells nothing."""
        size = self.design.method.step
        steps = np.where(shares + size <= 1.0, size, -size)
        misses = self._misses([shares, *(shares + np.diag(steps))])[:, self._usable]
        slopes = (misses[1:] - misses[0]) / steps[:, None]
        return np.vstack([np.nan_to_num(slopes).T, self._pull * np.eye(len(shares))])

    def _misses(self, batch: Sequence[np.ndarray]) -> np.ndarray:
        """Misses in scales [b, t]; NaN for what cannot be shown."""
        figures = self._figures_at([self._numbers(shares) for shares in batch])
        return np.array(
            [[(one[target.name] - target.value) / target.scale for target in self.design.targets] for one in figures]
        )

    def _numbers(self, shares: np.ndarray) -> Numbers:
        values = self._low + self._width * shares
        return {
            one.path: min(max(float(f"{value:.{DIGITS}g}"), one.low), one.high)
            for one, value in zip(self.design.parameters, values, strict=True)
        }

    def found(self, shares: np.ndarray, jacobian: np.ndarray, converged: bool) -> Found:
        """The end of the search in the parameters' own units."""
        curvature = jacobian.T @ jacobian + _NO_RIDGE * np.eye(len(shares))
        variance = np.diag(np.linalg.inv(curvature)) / SCALE_ERRORS**2
        beforehand = 1.0 / max(self._pull**2, _NO_RIDGE) / SCALE_ERRORS**2
        learned = np.clip(1.0 - variance / beforehand, 0.0, 1.0)
        unusable = [target.name for target, known in zip(self.design.targets, self._usable, strict=True) if not known]
        return Found(
            self._numbers(shares), self._by_path(np.sqrt(variance) * self._width), self._by_path(learned),
            tuple(unusable), converged,
        )  # fmt: skip

    def _by_path(self, values: np.ndarray) -> Numbers:
        return {one.path: float(value) for one, value in zip(self.design.parameters, values, strict=True)}
