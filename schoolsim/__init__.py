"""schoolsim: an agent-based simulation of the English school system.

    import schoolsim as ss
    result = ss.compare([ss.load_scenario("stand-still"), ss.load_scenario("neighbourhood-allocation")])
    session = ss.Session(ss.load_scenario("toytown")).run()

Names are loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_WHERE = {
    "Comparison": "schoolsim.lab.compare",
    "compare": "schoolsim.lab.compare",
    "run": "schoolsim.lab.run",
    "Session": "schoolsim.session",
    "Scenario": "schoolsim.scenario",
    "load_scenario": "schoolsim.scenario",
    "scenario_from": "schoolsim.scenario",
    "load_place": "schoolsim.places.place",
    "place_names": "schoolsim.places.place",
    "InputError": "schoolsim.errors",
    "SchoolsimError": "schoolsim.errors",
}
__all__ = sorted(_WHERE)


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'schoolsim' has no attribute '{name}'")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return __all__
