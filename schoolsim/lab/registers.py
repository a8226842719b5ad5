"""The registers of the program as rows for people: what `schoolsim show` lists and the evidence pages are made of."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

Row = dict[str, Any]
AREAS = {
    "pupils": "Pupils, homes and gaps", "teachers": "Teachers and classrooms", "leadership": "Leadership",
    "market": "Market", "inspection": "Inspection", "authority": "Local authority",
    "collaboration": "Collaboration", "community": "Services and community", "government": "Government",
}  # fmt: skip
"""Of mechanisms, by the name in the register."""


def levers_listed() -> list[Row]:
    """Levers, with what each may be and how it stood in 2019."""
    from schoolsim.policy.levers import levers

    return [
        {**asdict(lever), "allowed": lever.allowed, "status_quo": lever.in_words(lever.default)}
        for lever in levers().values()
    ]


def mechanisms_listed() -> list[Row]:
    """Mechanisms, built or not."""
    from schoolsim.mechanisms import mechanisms

    return [asdict(entry) for entry in mechanisms().values()]


def parameters_listed() -> list[Row]:
    """Parameters, with their range and what stands behind them in one line each."""
    from schoolsim.parameters import load_sheets

    rows = [row.to_dict() for row in load_sheets()]
    return [{**row, "range": range_of(row), "evidence": evidence_of(row)} for row in rows]


def range_of(row: Row) -> str:
    """The middle 90% of a parameter's prior."""
    return "fixed" if row["prior"] == "fixed" else f"{row['low']:.3g} to {row['high']:.3g}"


def evidence_of(row: Row) -> str:
    """Sources, then the reason."""
    return "; ".join(part for part in (", ".join(row["source"]), row["because"]) if part)


def metrics_listed() -> list[Row]:
    """Metrics, with unit and meaning."""
    import schoolsim.metrics  # noqa: F401 (its modules register what they measure)
    from schoolsim.metrics.registry import METRICS

    texts = ("name", "title", "unit", "better", "meaning")
    return [{text: getattr(metric, text) for text in texts} for metric in METRICS.values()]


def facts_listed() -> list[Row]:
    """Facts, with what computes them or what they await."""
    from schoolsim.lab.facts.register import facts

    return [{**fact.to_dict(), "scored_by": fact.experiment or f"awaits {fact.awaits}"} for fact in facts().values()]
