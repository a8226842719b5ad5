"""A regime of the visitor's own: start from one and move levers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from schoolsim.errors import SchoolsimError
from schoolsim.policy.levers import Lever, Setting, levers
from schoolsim.scenario import Scenario
from schoolsim.ui.components import CheckBox, Choice, NumberField, TextField
from schoolsim.ui.elements import alert, button, element, note
from schoolsim.ui.pages.lab.plan import BASELINE, Plan, offered, own_scenario

Set = Callable[[str, Setting], None]


@solara.component
def OwnRegime(plan: Plan, add: Callable[[Scenario], None]) -> Any:
    """Title, what to start from, and every lever there is."""
    base_name, set_base = solara.use_state(BASELINE)
    title, set_title = solara.use_state("My regime")
    moved, set_moved = solara.use_state({})
    wrong, set_wrong = solara.use_state("")
    bases = offered() | {one.name: one for one in plan.scenarios}
    base = bases.get(base_name) or bases[BASELINE]
    stands = base.levers_at(1) | moved

    def start_from(name: str) -> None:
        if name in bases:
            set_base(name)
            set_moved({})

    def made() -> None:
        try:
            add(own_scenario(title, base, moved, tuple(bases)))
            set_moved({})
            set_wrong("")
        except SchoolsimError as error:
            set_wrong(str(error))

    controls = [
        LeverControl(lever, stands[name], lambda path, value: set_moved({**moved, path: value})).key(name)
        for name, lever in levers().items()
    ]
    return element(
        "div",
        TextField(label="Title", value=title, event_change=lambda text: set_title(str(text)[:80])),
        Choice(label="Start from", value=base.name, event_choose=start_from,
               options=[{"value": name, "text": one.title} for name, one in bases.items()]),
        element("div", *controls),
        element("div", *([alert(wrong)] if wrong else [])),
        button("Add to the comparison", made, disabled=not moved),
        element("div", *([] if moved else [note("Move a lever first.")])),
    )  # fmt: skip


@solara.component
def LeverControl(lever: Lever, value: Setting, set_: Set) -> Any:
    """One lever: its control, what it does, who holds it, what it costs."""
    told = f"{lever.meaning}. Held by: {lever.holder}. Cost: {lever.cost}. In 2019: {lever.in_words(lever.default)}."

    def change(new: Any) -> None:
        set_(lever.name, lever.checked(new))

    if lever.kind == "flag":
        return CheckBox(label=lever.title, value=bool(value), hint=told, event_change=lambda on: change(bool(on)))
    if lever.kind == "choice":
        options = [{"value": name, "text": f"{name.replace('_', ' ')}: {text}"} for name, text in lever.options.items()]
        return Choice(label=lever.title, value=str(value), options=options, hint=told, event_choose=change)
    step = 1 if lever.whole else (float(lever.high or 1) - float(lever.low or 0)) / 100
    return NumberField(label=lever.title, value=float(value), low=lever.low, high=lever.high, step=step,
                       unit=lever.unit, hint=told, slider=True, event_change=change)  # fmt: skip
