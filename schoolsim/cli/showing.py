"""`schoolsim show`: what the model is made of, as a list in columns or one of it in full."""

from __future__ import annotations

from argparse import Namespace

from schoolsim.cli.listings import LIVES, TOPICS, Topic
from schoolsim.cli.terminal import say, say_json, say_table
from schoolsim.errors import InputError, nearest
from schoolsim.lab.registers import Row

GO_WITH = {
    "grade": ("parameters",), "dataflow": ("schedule",), "vintage": ("places", *LIVES),
    **dict.fromkeys(("scenario", "place", "years", "seed"), tuple(LIVES)),
}  # fmt: skip
"""Topics that an option of `show` does something for."""


def show_command(chosen: Namespace) -> int:
    """List a topic, or show one of it in full; without a topic, list the topics."""
    if chosen.topic is None:
        _show_topics(chosen)
        return 0
    _refuse_idle_options(chosen)
    if chosen.topic in LIVES:
        from schoolsim.cli.timelines import timeline_command

        return timeline_command(chosen)
    topic = TOPICS[chosen.topic]
    rows = topic.rows(chosen)
    if chosen.name is None:
        _show_all(chosen, topic, rows)
    else:
        _show_one(chosen, topic, rows)
    return 0


def _show_topics(chosen: Namespace) -> None:
    rows = [{"topic": name, "lists": topic.about} for name, topic in TOPICS.items()]
    rows += [{"topic": name, "lists": about} for name, about in LIVES.items()]
    _show_all(chosen, Topic(lambda _: rows, "topic", ("topic", "lists")), rows)


def _refuse_idle_options(chosen: Namespace) -> None:
    """An option that does nothing for a topic is a mistake the user would like to know of."""
    for option, topics in GO_WITH.items():
        if getattr(chosen, option) not in (None, False) and chosen.topic not in topics:
            words = ", ".join(f"`show {topic}`" for topic in topics)
            raise InputError(f"--{option} goes with {words} only", found=f"show {chosen.topic}")


def _show_all(chosen: Namespace, topic: Topic, rows: list[Row]) -> None:
    if chosen.json:
        say_json(rows)
        return
    columns = topic.columns or tuple(rows[0] if rows else ())
    names = [column.replace("_", " ") for column in columns]
    say_table(names, [[_text(row.get(column)) for column in columns] for row in rows])


def _show_one(chosen: Namespace, topic: Topic, rows: list[Row]) -> None:
    by_name = {str(row[topic.key]): row for row in rows}
    if chosen.name not in by_name:
        known, guess = list(by_name), nearest(chosen.name, by_name)
        raise InputError(f"unknown name in {chosen.topic}", found=chosen.name, allowed=known, guess=guess)
    row = by_name[chosen.name]
    if chosen.json:
        say_json(row)
        return
    for name, value in row.items():
        _say_field(name.replace("_", " "), value)


def _say_field(name: str, value: object) -> None:
    if isinstance(value, list) and value and _is_entry(value[0]):
        say(f"{name}:")
        for item in value:
            say(f"  - {_text(item)}")
    else:
        say(f"{name}: {_text(value)}".rstrip())


def _is_entry(item: object) -> bool:
    """Whether an item of a list deserves a line of its own: a mapping or a sentence."""
    return isinstance(item, dict) or (isinstance(item, str) and item.endswith("."))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_text(item)}" for key, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_item(item) for item in value)
    return str(value)


def _item(value: object) -> str:
    return f"({_text(value)})" if isinstance(value, list | tuple) else _text(value)
