"""Faith: which families are of one, where it was drawn at the start, and what it says of the schools they wish for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from schoolsim.people.transfer import TransferRound

FAITHS = ("none", "church_of_england", "roman_catholic", "muslim", "jewish", "other_faith")
"""Religious characters of schools, and faiths of families; `none` is also no faith that a form would count."""


def faith_code(religion: np.ndarray) -> np.ndarray:
    """Index in `FAITHS` (int8) of religious characters; 0 for those not recorded or not among them."""
    codes = {name: code for code, name in enumerate(FAITHS)}
    return np.array([codes.get(str(name), 0) for name in religion], np.int8)


def draw_faith(character: np.ndarray, luck: np.ndarray, parameters: Mapping[str, Any]) -> np.ndarray:
    """Index in `FAITHS` (int8 [n]) of families by the character of the school that their child is at.

    Args:
        character: index in `FAITHS` of the school [n].
        luck: one uniform for each family [n].
        parameters: `faith_inside` and `faith_elsewhere`.
    """
    ladder = np.cumsum(shares_of_faith(parameters), axis=1)[:, :-1]
    drawn = np.zeros(len(luck), np.int8)
    for code, rungs in enumerate(ladder):
        rows = np.flatnonzero(character == code)
        drawn[rows] = np.searchsorted(rungs, luck[rows], side="right")
    return drawn


def shares_of_faith(parameters: Mapping[str, Any]) -> np.ndarray:
    """Shares of families of each faith in schools of each character [characters, faiths]; rows add up to 1."""
    inside, elsewhere = (
        np.array([parameters[name].get(faith, 0.0) for faith in FAITHS]) for name in ("faith_inside", "faith_elsewhere")
    )
    elsewhere[0] = 1.0 - elsewhere.sum()
    shares = np.tile(elsewhere, (len(FAITHS), 1))
    for own in range(1, len(FAITHS)):  # those of other faiths stand to one another as elsewhere
        shares[own] *= (1.0 - inside[own]) / (1.0 - elsewhere[own])
        shares[own, own] = inside[own]
    return shares


def heard_given_faith(pupils: Any, round_: TransferRound, character: np.ndarray) -> np.ndarray | float:
    """What to add to the log of what families hear of schools, given their faith [n, k]; by Bayes' rule.

    What children like theirs do counts families of every faith. Those of one go more often to schools with the
    shares of their faith that are counted, among pupils of the year group and above, in schools of that character.

    Args:
        pupils: everybody.
        round_: who needs a place.
        character: index in `FAITHS` of the schools of the round [m].
    """
    if not character.any():
        return 0.0
    says = _log_lift(_counted(pupils, round_, character))[character]
    return says.ravel().take(len(FAITHS) * round_.positions() + pupils.faith[round_.pupils][:, None])


def _counted(pupils: Any, round_: TransferRound, character: np.ndarray) -> np.ndarray:
    """Children of the year group or above in schools of each character by faith [characters, faiths]."""
    of = np.full(max(int(pupils.school.max(initial=0)), int(round_.schools.max(initial=0))) + 2, -1)
    of[round_.schools] = character
    there = of.take(pupils.school, mode="wrap")
    rows = np.flatnonzero((pupils.year_group >= round_.year_group) & (there >= 0))
    cells = len(FAITHS) * there[rows] + pupils.faith[rows]
    return np.bincount(cells, minlength=len(FAITHS) ** 2).reshape(len(FAITHS), -1)


def _log_lift(number: np.ndarray) -> np.ndarray:
    """Log of the share of each faith in schools of a character over its share in all [characters, faiths].

    As if one child more, of all faiths as they are, had been counted in schools of every character.
    """
    everywhere = (number.sum(axis=0) + 1.0 / len(FAITHS)) / (number.sum() + 1.0)
    there = (number + everywhere) / (number.sum(axis=1, keepdims=True) + 1.0)
    return np.asarray(np.log(there / everywhere))
