"""The register of mechanisms: 80 stable identifiers, what each means, and which of them have a switch.

Code and tests name a mechanism by its identifier (`Mechanism.TRIAGE == "M40"`); the texts are in
`mechanisms.yaml`. A switch appears when its mechanism is built; turning off an unbuilt one is an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from schoolsim.errors import nearest
from schoolsim.yaml_source import Source, read_yaml

REGISTER_FILE = Path(__file__).with_name("mechanisms.yaml")


class Mechanism(StrEnum):
    """The identifiers, by name."""

    PUPIL_GROUPS = "M01"
    PRESENCE_PARTICIPATION_ACHIEVEMENT = "M02"
    HOME_SCHOOL_ALIGNMENT = "M03"
    ASPIRATION_EXPECTATION = "M04"
    BARRIERS = "M05"
    CUMULATIVE_DISADVANTAGE = "M06"
    MOBILITY = "M07"
    PEERS_AND_BEHAVIOUR = "M08"
    RESILIENCE = "M09"
    DEPENDENCE = "M10"
    TEACHER_EFFECTS = "M11"
    DIFFERENTIAL_SENSITIVITY = "M12"
    TEACHER_EXPECTATIONS = "M13"
    SETTING = "M14"
    SPECIALIST_SHORTAGE = "M15"
    PROFESSIONAL_LEARNING = "M16"
    STANDARD_PRACTICE = "M17"
    KNOWLEDGE_RECYCLING = "M18"
    MORALE_AND_STRESS = "M19"
    TEACHER_LABOUR_MARKET = "M20"
    LIMITED_PRIORITIES = "M21"
    NINE_ACTIVITIES = "M22"
    TRIPLE_HELIX = "M23"
    AWARENESS_TARGETS = "M24"
    LEADERSHIP_STYLE = "M25"
    IMPLEMENTATION_DIP = "M26"
    INCLUSION_PERSPECTIVE = "M27"
    CONTEXTUAL_FIT = "M28"
    EMBEDDING_AND_SUCCESSION = "M29"
    PRESSURE_RESPONSE = "M30"
    PUPIL_VOICE = "M31"
    BEHAVIOUR_DILEMMA = "M32"
    VISIBILITY = "M33"
    FIRST_STEP = "M34"
    VIRTUOUS_CIRCLE = "M35"
    PARENTAL_CHOICE = "M36"
    ADMISSIONS = "M37"
    ROLLS_AND_BUDGETS = "M38"
    PUBLISHED_METRICS = "M39"
    TRIAGE = "M40"
    TEACHING_TO_THE_TEST = "M41"
    GAMING = "M42"
    SEGREGATION = "M43"
    CLOSURE_AND_RESTART = "M44"
    RIVALRY = "M45"
    INSPECTION_JUDGEMENT = "M46"
    SPECIAL_MEASURES = "M47"
    FRAGILE_RECOVERY = "M48"
    WINDOW_DRESSING = "M49"
    INSTITUTION_FOCUS = "M50"
    STIGMA = "M51"
    IMPROVEMENT_OFFICERS = "M52"
    INVERSE_INTERVENTION = "M53"
    BROKERING = "M54"
    AUTHORITY_UNDER_AUDIT = "M55"
    FAIR_ACCESS = "M56"
    PARTNERSHIP_LADDER = "M57"
    TRUST = "M58"
    SELF_INTEREST = "M59"
    MUTUAL_GAIN = "M60"
    CONSULTANT_HEADS = "M61"
    SHARED_STAFF = "M62"
    COORDINATION = "M63"
    TURBULENCE = "M64"
    TWO_TIER = "M65"
    COST_OF_PARTNERSHIP = "M66"
    COLLECTIVE_ACCOUNTABILITY = "M67"
    CHAINS_AND_FEDERATIONS = "M68"
    SERVICES = "M69"
    AGENCY_FRICTION = "M70"
    COMMUNITY_MODEL = "M71"
    SAFE_HAVEN = "M72"
    PARENTAL_ENGAGEMENT = "M73"
    LIMITS_OF_SCHOOLING = "M74"
    REGENERATION = "M75"
    WHAT_GETS_MEASURED = "M76"
    INITIATIVE_LOAD = "M77"
    TARGETED_FUNDING = "M78"
    AUTONOMY = "M79"
    LEADERSHIP_SUPPLY = "M80"


@dataclass(frozen=True)
class MechanismEntry:
    """One row of the register; `switches` are the mechanisms that a pattern turns off with it."""

    id: str
    name: str
    area: str
    kind: str
    meaning: str
    built: bool = False
    switches: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def mechanisms() -> dict[str, MechanismEntry]:
    """The register by identifier, M01 to M80."""
    rows = read_yaml(REGISTER_FILE).content
    return {key: _entry(key, row) for key, row in rows.items()}


def _entry(key: str, row: dict) -> MechanismEntry:
    return MechanismEntry(key, **{**row, "switches": tuple(row.get("switches", ()))})


def built_mechanisms() -> list[str]:
    """Identifiers that have a switch now, in order."""
    return [key for key, entry in mechanisms().items() if entry.built]


def switched_off(switches: Mapping[str, bool]) -> frozenset[str]:
    """Identifiers that are off, given what a scenario says: a pattern takes along those it names."""
    register = mechanisms()
    off = [key for key, on in switches.items() if not on]
    return frozenset(off) | {named for key in off for named in register[key].switches}


def check_switches(switches: object, source: Source, path: tuple[str | int, ...]) -> None:
    """Refuse a switch for a mechanism that is not built, or unknown; values are checked by the schema."""
    for key in switches if isinstance(switches, dict) else ():
        entry = mechanisms().get(key)
        if entry is None:
            known = built_mechanisms()
            raise source.error("unknown mechanism", (*path, key), allowed=known, guess=_guess(key))
        if not entry.built:
            what = f"mechanism {key} ({entry.name}) is not built yet and has no switch"
            raise source.error(what, (*path, key), allowed=built_mechanisms())


def _guess(key: str) -> str | None:
    """The identifier meant, also when somebody wrote the name instead."""
    by_name = {entry.name: entry.id for entry in mechanisms().values()}
    name = nearest(key.lower(), by_name)
    return by_name[name] if name else key.upper() if key.upper() in mechanisms() else None
