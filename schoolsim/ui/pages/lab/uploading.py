"""A scenario file of the visitor's."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import Any

import solara

from schoolsim.errors import InputError, SchoolsimError
from schoolsim.lab.sharing import from_upload
from schoolsim.scenario import Scenario
from schoolsim.ui.components import Upload
from schoolsim.ui.elements import alert, element, note
from schoolsim.yaml_source import MAX_BYTES


@solara.component
def UploadScenario(add: Callable[[Scenario], None]) -> Any:
    """Takes a file, checks it as `schoolsim check` does, and adds it."""
    told, set_told = solara.use_state(("", False))

    def take(sent: Any) -> None:
        try:
            scenario = from_upload(*uploaded(sent))
            add(scenario)
            set_told((f"“{scenario.title}” was added; place and years are those chosen on this page.", True))
        except SchoolsimError as error:
            set_told((str(error), False))

    text, well = told
    said = [note(text) if well else alert(text)] if text else []
    field = Upload(label="Scenario file (YAML)", accept=".yaml,.yml", most=MAX_BYTES, event_take=take)
    return element("div", field, *said)


def uploaded(sent: Any) -> tuple[str, bytes]:
    """Name and bytes of what a browser sent.

    Raises:
        InputError: it is no file.
    """
    if not isinstance(sent, dict) or not isinstance(sent.get("content"), str):
        raise InputError("the file did not arrive whole; choose it again")
    try:
        return str(sent.get("name", "file"))[:120], base64.b64decode(sent["content"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError("the file did not arrive whole; choose it again") from error
