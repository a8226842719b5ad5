"""What may be set while a system runs."""

from __future__ import annotations

from schoolsim.errors import InputError, nearest
from schoolsim.parameters import load_sheets
from schoolsim.policy.levers import Setting, checked_setting, levers


def checked_act(path: str, value: Setting) -> Setting:
    """What somebody sets a lever or a parameter to while a system runs, as levers keep it.

    Raises:
        InputError: the path is unknown or the value not allowed.
    """
    if path in levers():
        return checked_setting(path, value)
    sheets = load_sheets()
    if path not in sheets:
        known = [*levers(), *sheets.rows]
        raise InputError("unknown lever or parameter", key=path, guess=nearest(path, known))
    sheets.check_override(path, value)
    return value
