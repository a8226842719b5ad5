"""What can be set: levers, regimes, scenarios, and the format of scenario files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from refpages.markdown import Lines, block, code, heading, paragraph, rows_of, table

SEE = {
    "levers": "[levers](levers.md) and their settings",
    "mechanisms": "[mechanisms](mechanisms.md) that are built, on or off",
    "parameters": "[parameters](parameters.md) that are not fixed, inside their range",
    "changes": "a list of [dated changes](#a-dated-change)",
    "regime": "[a name](regimes.md), a file, or a list of them",
    "path": "a lever, or a parameter that is not fixed",
    "value": "what the path may be",
}


def levers() -> Lines:
    """Each lever in full."""
    rows = rows_of("levers")
    yield from paragraph(
        "A lever is a rule of the game, never the effect of a policy. `schoolsim show levers` lists them."
    )
    short = ((code(row["name"]), row["title"], row["allowed"], row["status_quo"], row["holder"]) for row in rows)
    yield from table(("lever", "", "may be", "in 2019", "held by"), short)
    for row in rows:
        yield from heading(row["name"])
        yield from paragraph(f"{row['meaning']}.")
        facts = [("unit", row["unit"]), ("cost", row["cost"]), ("why so in 2019", row["why_default"])]
        yield from table(("", ""), [*((code(key), text) for key, text in row["options"].items()), *facts])


def regimes() -> Lines:
    """Each regime with what it sets."""
    from schoolsim.policy.levers import levers as register
    from schoolsim.policy.regimes import load_regime, regime_names

    yield from paragraph("A regime is a set of lever settings, dated or not. What it does not set stays as in 2019.")
    for regime in map(load_regime, regime_names()):
        yield from heading(regime.name)
        yield from paragraph(f"**{regime.title}.** {regime.description}")
        rows = [
            (code(change.path), register()[change.path].in_words(change.value), change.start, change.until or "the end")
            for change in regime.changes
        ]
        yield from table(("lever", "set to", "from year", "until"), rows) if rows else paragraph("Sets no lever.")


def scenarios() -> Lines:
    """Shipped scenarios as they are."""
    from schoolsim.scenario.shipped import shipped_scenarios

    yield from paragraph("These run by name, for instance `schoolsim run toytown`.")
    for name, file in shipped_scenarios().items():
        yield from heading(name)
        yield from block("yaml", file.read_text(encoding="utf-8"))


def scenario_file() -> Lines:
    """Every key of a scenario, from the JSON Schema, and an example."""
    from schoolsim.scenario.schema import scenario_schema
    from schoolsim.scenario.shipped import shipped_scenarios

    schema, head = scenario_schema(), ("key", "needed", "what it may be", "meaning")
    yield from paragraph(
        "YAML, checked against `schoolsim/schema/scenario.schema.json`, which editors can use to complete files. "
        "`schoolsim check FILE` says what is wrong: file, line, what is allowed, and the nearest guess."
    )
    yield from table(head, _keys(schema))
    yield from heading("A dated change")
    yield from table(head, _keys(schema["properties"]["changes"]["items"]))
    yield from paragraph(
        "Settings are laid over one another: the vintage's, then the regime's, then the scenario's own `levers`, then "
        "`changes`. Settling years are always the vintage's. `mechanisms` and undated `parameters` hold from the start "
        "of the world on."
    )
    yield from heading("Every form in one file")
    yield from block("yaml", shipped_scenarios()["toytown"].read_text(encoding="utf-8"))


def _keys(schema: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    for key, part in schema["properties"].items():
        yield code(key), key in schema["required"], SEE.get(key) or _allowed(part), part.get("description", "")


def _allowed(part: dict[str, Any]) -> str:
    if "enum" in part:
        return " or ".join(part["enum"])
    if "minimum" in part:
        return f"{part['minimum']} to {part['maximum']} {part.get('x-unit', '')}".strip()
    return {"string": "text", "boolean": "on or off"}[part["type"]]
