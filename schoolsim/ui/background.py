"""What takes longer than a page may wait is made beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import is_
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any

import solara
from solara.server import kernel_context

from schoolsim.ui.elements import element

LOOKS_EVERY, LONGEST_WAIT = 0.02, 3.0  # s


def use_thread(work: Callable[[Event], None], dependencies: list[Any]) -> None:
    """Works in a thread, anew when the dependencies change; the event says that nobody looks any more (a hook).

    It begins when the page is shown: whatever comes while a page is drawn for the first time is drawn before any of
    it is shown, however long that takes.
    """

    def begin() -> Callable[[], None]:
        gone = Event()

        def run() -> None:
            until = monotonic() + LONGEST_WAIT
            while not (_shown() or monotonic() > until or gone.wait(LOOKS_EVERY)):
                pass
            if not gone.is_set():
                work(gone)

        Thread(target=run, daemon=True).start()
        return gone.set

    solara.use_effect(begin, dependencies)


def _shown() -> bool:
    """Whether the page of this thread has been drawn once; without a server there is nothing to wait for."""
    return not kernel_context.has_current_context() or kernel_context.get_current_context().app_object is not None


TURNS = solara.create_context(None)
"""Who is working for a page: one thing after the other, in the order of the page, or all of it would be late."""


@dataclass(frozen=True)
class Made[Value]:
    """What was made last.

    Attributes:
        value: None until something was made; of earlier dependencies while newer is on its way.
        waiting: whether it is.
    """

    value: Value | None
    waiting: bool


@dataclass(frozen=True)
class _Outcome[Value]:
    turn: object = None
    value: Value | None = None
    error: Exception | None = None


def use_made[Value](make: Callable[[], Value], dependencies: list[Any]) -> Made[Value]:
    """Makes something in a thread, anew when the dependencies change (a hook of Solara).

    The last value stays to be shown meanwhile, so whatever must fit together belongs into one value. What `make`
    raises, the component that uses it raises.
    """
    found, set_found = solara.use_state(_Outcome[Value](), eq=is_)
    turn, alone = solara.use_memo(object, dependencies), solara.use_memo(Lock, [])
    turns = solara.use_context(TURNS) or alone

    def work(gone: Event) -> None:
        with turns:
            outcome = None if gone.is_set() else _outcome(turn, make)
        if outcome is not None and not gone.is_set():
            set_found(outcome)

    use_thread(work, [turn])
    if found.turn is turn and found.error is not None:
        raise found.error
    return Made(found.value, found.turn is not turn)


@solara.component
def Waited(work: Callable[[], Any], shown: Callable[[Any], Any], saying: str = "Reading …") -> Any:
    """Shows `shown(work())`, and until then what is being done.

    The work is done once: a component with another key does another work.
    """
    made = use_made(work, [])
    return element("p", saying, classes="note", role="status") if made.waiting else shown(made.value)


def _outcome[Value](turn: object, make: Callable[[], Value]) -> _Outcome[Value]:
    try:
        return _Outcome(turn, make())
    except Exception as error:  # told by the component, in the thread of its page
        return _Outcome(turn, error=error)
