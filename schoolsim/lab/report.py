"""The report of a comparison: one HTML file that needs nothing beside it, neither files nor a network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from schoolsim.charts.embed import bundles, safe_json, script_hash
from schoolsim.files import write_atomically
from schoolsim.lab import findings
from schoolsim.lab.digest import Digest
from schoolsim.lab.sections import SECTIONS, Section
from schoolsim.lab.sections.parts import colours
from schoolsim.lab.sentences import Sentence, years_in_words
from schoolsim.lab.verdicts import Verdict

MARKS = {
    Verdict.BETTER: "✓", Verdict.ALL_GAIN: "✓", Verdict.LEVELLED_UP: "✓",
    Verdict.WORSE: "✗", Verdict.LEVELLED_DOWN: "✗", Verdict.PULLED_APART: "✗",
    Verdict.DIFFERENT: "◆", Verdict.TRADED: "◆", Verdict.NARROWED: "◆", Verdict.NONE: "=", Verdict.UNKNOWN: "?",
}  # fmt: skip
LABELS = {"change": "over time", "change not shown": "over time", "spread": "how sure", Verdict.NONE: "not shown"}


def write_report(
    path: str | Path,
    metrics: pd.DataFrame,
    schools: pd.DataFrame,
    manifest: Mapping[str, Any],
    real_names: Mapping[str, str] | None = None,
) -> Path:
    """Writes the report of one comparison in one step: an interruption leaves no half file.

    Args:
        path: the HTML file to write.
        metrics: long frame, as recorded by a comparison.
        schools: a row per regime, replicate, parameter set, year and school.
        manifest: how the comparison was made.
        real_names: real school names by neutral label, only if the user asked for them.
    """
    page = render(Digest.of(metrics, schools, manifest, real_names))
    return write_atomically(path, page.encode("utf-8"))


def render(digest: Digest) -> str:
    """The whole page as text."""
    sections = [make(digest) for make in SECTIONS]
    figures = _figures(sections)
    scripts = [*bundles(), _packaged("report.js")]
    page = _template().render(
        digest=digest,
        lead=lead(digest),
        findings=findings.key_findings(digest),
        glance=findings.glance(digest),
        sections=sections,
        colours=colours(digest),
        identifiers={id(panel): name for name, panel in figures.items()},
        figures=Markup(safe_json({name: panel.spec for name, panel in figures.items()})),
        scripts=[Markup(script) for script in scripts],
        policy=content_policy(scripts),
        style=Markup(_packaged("report.css")),
        made=_made(digest.manifest),
    )
    return str(page).strip() + "\n"


def lead(digest: Digest) -> str:
    """What was compared, in one sentence."""
    runs = digest.metrics["replicate"].nunique()
    baseline, span = digest.words(digest.baseline).baseline, f"over {years_in_words(digest.last_year)}"
    if not digest.alternatives:
        return f"{_capital(baseline)} alone, {span}; runs: {runs}."
    names = _capital(_joined([digest.words(regime).regime for regime in digest.alternatives]))
    times = f"{runs} paired runs of each" if runs > 1 else "one run of each"
    return f"{names} compared with {baseline}, {span}: the same children and the same luck, {times}."


def content_policy(scripts: Iterable[str]) -> str:
    """A content security policy under which only these scripts run and nothing is fetched from anywhere."""
    allowed = " ".join(f"'{script_hash(script)}'" for script in scripts)
    closed = "default-src 'none'; base-uri 'none'; form-action 'none'"
    return f"{closed}; script-src {allowed}; style-src 'unsafe-inline'; img-src data:"


def typeset(text: object) -> str:
    """Puts a true minus sign before negative numbers."""
    return re.sub(r"(?<![\w.-])-(?=\d)", "\u2212", str(text))


def mark(verdict: str) -> str:
    """A sign that says without colour what a verdict says."""
    return MARKS.get(Verdict(verdict), "") if verdict in list(Verdict) else ""


def label(sentence: Sentence) -> str:
    """The word in front of a finding."""
    return LABELS.get(sentence.kind, sentence.kind)


def body(sentence: Sentence) -> str:
    """A finding without the verdict at its start, which its label already says."""
    start = f"{sentence.kind}: "
    if not sentence.text.lower().startswith(start):
        return sentence.text
    return _capital(sentence.text[len(start) :])


def _figures(sections: list[Section]) -> dict[str, Any]:
    panels = [panel for section in sections for block in section.blocks for panel in block.panels]
    return {f"figure-{number}": panel for number, panel in enumerate(panels, start=1)}


def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("schoolsim.lab"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"identity": id, "typeset": typeset, "mark": mark, "label": label, "body": body}
    return environment.get_template("report.html.j2")


def _packaged(name: str) -> str:
    return (resources.files("schoolsim.lab") / "templates" / name).read_text(encoding="utf-8").strip()


def _made(manifest: Mapping[str, Any]) -> str:
    """The day on which the comparison was made, from the manifest: the report itself reads no clock."""
    try:
        return f"{date.fromisoformat(str(manifest.get('created', ''))[:10]):%d %B %Y}".lstrip("0")
    except ValueError:
        return ""


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
