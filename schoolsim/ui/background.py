"""What takes longer than a page may wait is made beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import is_
from threading import Event, Thread
from typing import Any

import solara


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
    turn = solara.use_memo(object, dependencies)

    def begin() -> Callable[[], None]:
        gone = Event()

        def work() -> None:
            outcome = _outcome(turn, make)
            if not gone.is_set():
                set_found(outcome)

        Thread(target=work, daemon=True).start()
        return gone.set

    solara.use_effect(begin, [turn])
    if found.turn is turn and found.error is not None:
        raise found.error
    return Made(found.value, found.turn is not turn)


def _outcome[Value](turn: object, make: Callable[[], Value]) -> _Outcome[Value]:
    try:
        return _Outcome(turn, make())
    except Exception as error:  # told by the component, in the thread of its page
        return _Outcome(turn, error=error)
