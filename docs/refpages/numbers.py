"""Numbers that go in and numbers that come out: parameters, assumptions, metrics, facts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from refpages.markdown import Lines, Row, code, codes, heading, in_words, paragraph, rows_of, table

GRADES = ("strong", "moderate", "weak", "assumption")
THEMES = {
    "gaps": "Gaps and levels", "presence": "Presence and participation", "variation": "Variation",
    "classrooms": "Classrooms", "staff": "Who teaches whom", "teachers": "Teachers", "moves": "Moves",
    "leaders": "Leadership", "inspections": "Inspection", "system_measures": "The system",
}  # fmt: skip


def parameters() -> Lines:
    """Every sheet."""
    rows = rows_of("parameters")
    counts = {grade: sum(row["grade"] == grade for row in rows) for grade in GRADES}
    yield from paragraph(
        f"{len(rows)} parameters, by grade of evidence: {in_words(counts)}. The range holds the middle 90% of the "
        "prior; a fixed parameter is not drawn and cannot be overridden. Keys of sources are in "
        "[evidence](../evidence.md)."
    )
    head = ("parameter", "value", "range", "unit", "meaning", "grade", "source or reason")
    for sheet, found in groupby(rows, key=lambda row: row["path"].partition(".")[0]):
        yield from heading(sheet)
        yield from table(head, map(_number, found))
    yield from heading("Values of other vintages")
    yield from paragraph("Where worlds start earlier these stand for the values above; [vintages](vintages.md).")
    yield from table(("parameter", "vintage", "value", "grade", "source or reason"), _other_vintages(rows))


def _other_vintages(rows: list[Row]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        for vintage, other in row.get("vintages", {}).items():
            yield code(row["path"]), code(vintage), other["value"], other["grade"], _reason(other)


def _reason(row: Row) -> str:
    return "; ".join(part for part in (", ".join(row["source"]), row["because"]) if part)


def vintages() -> Lines:
    """National figures that the country is carried back to, by vintage."""
    from schoolsim.parameters.sheets import read_sheet
    from schoolsim.places.backcast import figures_file
    from schoolsim.policy.levers import levers
    from schoolsim.vintages import VINTAGES

    yield from paragraph(
        "National figures that schools of the present are moved to. How it is done, and what comes of it, is told in "
        "[vintages](../vintages.md); parameters that differ are listed with the [parameters](parameters.md)."
    )
    for vintage in (name for name, start in VINTAGES.items() if start.reconstructed):
        yield from heading(vintage)
        rows = [row.to_dict() for row in read_sheet(figures_file(vintage))]
        listed = ((code(row["path"].partition(".")[2]), row["value"], row["unit"], row["meaning"], row["grade"],
                   _reason(row)) for row in rows)  # fmt: skip
        yield from table(("figure", "value", "unit", "meaning", "grade", "source or reason"), listed)
        other = [(lever, lever.vintages[vintage]) for lever in levers().values() if vintage in lever.vintages]
        told = (
            (code(lever.name), lever.in_words(then["default"]), lever.in_words(lever.default), then["why_default"])
            for lever, then in other
        )
        yield from table(("lever", "status quo then", "in 2019", "why"), told)


def _number(row: Row) -> tuple[object, ...]:
    name = code(row["path"].partition(".")[2])
    return name, row["value"], row["range"], row["unit"], row["meaning"], row["grade"], row["evidence"]


def assumptions() -> Lines:
    """Parameters of the grade assumption, and why each is what it is."""
    rows = rows_of("parameters", grade="assumption")
    yield from paragraph(
        f"{len(rows)} of {len(rows_of('parameters'))} parameters have no source. Each has a reason. Any of them may "
        "move a result; those with a range are drawn anew in every replicate."
    )
    keys = ("value", "range", "unit", "meaning", "because")
    listed = ((code(row["path"]), *(row[key] for key in keys)) for row in rows)
    yield from table(("parameter", "value", "range", "unit", "meaning", "why"), listed)


def metrics() -> Lines:
    """Metrics by theme, then the groups."""
    from schoolsim.metrics import METRICS
    from schoolsim.metrics.registry import Metric

    yield from paragraph("Recorded after the summer of each year, from year 0 on. `schoolsim show metrics` lists them.")
    by_theme: dict[str, list[Metric]] = {theme: [] for theme in THEMES}
    for metric in METRICS.values():
        by_theme[metric.rows.__module__.rpartition(".")[2]].append(metric)
    for theme, title in THEMES.items():
        listed = ((code(m.name), m.title, m.unit, m.better, m.meaning) for m in by_theme[theme])
        yield from heading(title)
        yield from table(("metric", "title", "unit", "better", "meaning"), listed)
    yield from _groups()


def _groups() -> Lines:
    from schoolsim.people.groups import INTERSECTIONS, RECORDED, against, title

    yield from heading("Groups")
    yield from paragraph("A pupil is in as many as apply. Intersections are written with `&`, up to three groups.")
    single = [name for name in RECORDED if name not in INTERSECTIONS]
    listed = ((code(name), title(name), against(name) or "all others") for name in single)
    yield from table(("group", "who", "compared with"), listed)
    yield from paragraph(f"Intersections recorded: {codes(INTERSECTIONS)}.")


def facts() -> Lines:
    """Each fact that the model is to meet, with its numbers or with what it awaits."""
    rows = rows_of("facts")
    yield from paragraph(
        f"{len(rows)} facts; {sum(bool(row['experiment']) for row in rows)} are computed by `schoolsim validate`. How "
        "they are scored is told in [facts](../facts.md)."
    )
    yield from table(
        ("fact", "statement", "expected", "worlds", "strength", "use"),
        ((row["id"], row["statement"], row["expected"], row["worlds"], row["strength"], row["use"]) for row in rows),
    )
    for row in rows:
        if row["experiment"]:
            yield from heading(row["id"])
            keys = ("range", "unit", "meaning", "awaits")
            listed = ((code(number["name"]), *(number.get(key) for key in keys)) for number in row["numbers"])
            yield from table(("number", *keys), listed)
    yield from heading("Not computed yet")
    yield from table(("fact", "awaits"), ((row["id"], row["awaits"]) for row in rows if not row["experiment"]))
    yield from _samples()


def _samples() -> Lines:
    from schoolsim.lab.facts.authorities import SAMPLES, names, sample

    yield from heading("Authorities")
    yield from table(("sample", "authorities"), ((one, [names()[code] for code in sample(one)]) for one in SAMPLES))
