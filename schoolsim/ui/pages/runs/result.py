"""One result: what it is, what can be done with it, and the question before it is deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

from schoolsim.errors import RunError, SchoolsimError
from schoolsim.lab import library
from schoolsim.lab.compare import REPORT, SCHOOLS
from schoolsim.lab.library import Entry
from schoolsim.ui import files
from schoolsim.ui.addresses import opened
from schoolsim.ui.components import Confirm
from schoolsim.ui.elements import alert, download, element, facts, heading, link, note, paragraph
from schoolsim.ui.pages.runs import words
from schoolsim.ui.pages.runs.going_on import plan_address
from schoolsim.ui.pages.runs.shelf import Shelf, address
from schoolsim.ui.pages.runs.writing import being_written
from schoolsim.ui.shared import shared

DOWNLOADS = files.DOWNLOADS | {files.SCENARIOS: "Scenarios (YAML)"}
GOES_ON = "Run the same comparison again, here or in a terminal: it goes on from there and repeats nothing."
BEGUN_ELSEWHERE = "Other code has begun it. Results of different code are never mixed: running it again starts anew."
UNUSED = "Nothing of it is used. Delete it, and run it again if you need it."
BUSY = "A run is writing this result just now. Cancel it, or wait until it is finished, before you delete it."


@solara.component
def Result(key: str, entry: Entry, shelf: Shelf, tell: Callable[[str], None]) -> Any:
    """One result in full."""
    wrong, set_wrong = solara.use_state("")
    router = solara.use_router()

    def delete(_: object) -> None:
        try:
            take_away(entry)
        except SchoolsimError as error:
            set_wrong(str(error))
            return
        tell(f"Deleted: {words.named(entry)}.")
        shelf.again()
        router.push(address())

    question = f"Delete {words.named(entry)}? It cannot be undone."
    return element(
        "div",
        heading(2, f"{words.place(entry)}: {words.length(entry)}"),
        *_explained(entry),
        facts([pair for pair in _told(key, entry) if pair[1]]),
        *_ways(key, entry),
        *([alert(wrong)] if wrong else []),
        Confirm(label="Delete …", question=question, yes="Delete", no="Keep", event_agree=delete),
    )


def take_away(entry: Entry) -> None:
    """Delete a result; what may be deleted is decided here and in the library, whatever a page showed.

    Raises:
        SchoolsimError: it is being written, is gone already, or is no result of this server.
    """
    if being_written(shared().registry, entry.folder):
        raise RunError(BUSY)
    library.delete(shared().results, entry.folder)


def _explained(entry: Entry) -> list[Any]:
    """What a reader has to know of one that is not whole."""
    if entry.kind == "damaged":
        return [alert(f"This result is damaged. {entry.why}"), note(UNUSED)]
    if entry.kind == "unfinished":
        return [paragraph(f"{words.state(entry).capitalize()}."), *_going_on(entry)]
    if entry.kind == "validation":
        return [paragraph("Its verdicts stand with the facts: ", link("Evidence", "/evidence?topic=facts"), ".")]
    return []


def _going_on(entry: Entry) -> list[Any]:
    """How an unfinished one can be finished, where that is possible."""
    if entry.why or not entry.same_code:
        return [note(entry.why or BEGUN_ELSEWHERE)]
    address_of_plan = plan_address(entry, shared().results)
    there = element("div", link("Set it up in the lab", address_of_plan, class_="button go"), classes="buttons")
    return [note(GOES_ON), *([there] if address_of_plan else [])]


def _told(key: str, entry: Entry) -> list[tuple[str, str]]:
    runs = "Seeds" if entry.kind == "validation" else "Replicates"
    return [
        ("Kind", words.state(entry)), ("What was run", words.compared(entry)), ("Years", str(entry.years or "")),
        (runs, str(entry.replicates or "")), ("When", words.when(entry.created)), ("Took", words.took(entry.seconds)),
        ("By version", words.made_by(entry)), ("Size", words.size(entry.size_bytes)), ("Folder", key),
    ]  # fmt: skip


def _ways(key: str, entry: Entry) -> list[Any]:
    """What can be opened and taken away."""
    if entry.kind not in ("comparison", "run", "knock-out"):
        return []
    lacking = () if (entry.folder / SCHOOLS).exists() else ("schools.csv", SCHOOLS)
    root, whole = shared().results, entry.kind == "comparison"
    looks = [link("Open in the lab", opened(key), class_="button go"),
             link("Report", files.address(root, entry.folder, REPORT), class_="button")] if whole else []  # fmt: skip
    taken = [download(title, files.address(root, entry.folder, file)) for file, title in DOWNLOADS.items()
             if file not in lacking]
    return [
        *([element("div", *looks, classes="buttons")] if looks else []),
        heading(3, "Take away"),
        element("div", *taken, classes="buttons"),
    ]
