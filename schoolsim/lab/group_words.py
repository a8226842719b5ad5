"""Groups of pupils in the words of the report: their gap, their members, and whom they are compared with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """A group of pupils as sentences call it; `spoken_of` in sentences, the others in figures and tables only."""

    name: str
    title: str
    gap: str
    members: str
    rest: str = "all others"
    spoken_of: bool = False


POVERTY = Group("fsm6", "Disadvantaged (FSM6)", "poverty gap", "disadvantaged pupils", spoken_of=True)
GROUPS = (
    POVERTY,
    Group("fsm", "Free school meals now", "free school meals gap", "pupils on free school meals"),
    Group("boys", "Boys (against girls)", "gender gap", "boys", "girls", spoken_of=True),
    Group("sen", "Special educational needs", "special needs gap", "pupils with special needs", spoken_of=True),
    Group("ehc_plan", "Education, health and care plan", "gap for pupils with a care plan", "pupils with a care plan"),
    Group("eal", "English as an additional language", "first language gap",
          "pupils with English as an additional language", spoken_of=True),
    Group("in_care", "In care", "gap for children in care", "children in care", spoken_of=True),
    Group("mobile", "Moved school", "gap for mobile pupils", "pupils who moved school", spoken_of=True),
    Group("young_carer", "Young carers", "gap for young carers", "young carers"),
    Group("persistent_absentee", "Persistently absent", "gap for persistent absentees", "persistent absentees",
          spoken_of=True),
)  # fmt: skip

_ETHNIC = {
    "white_other": "other White",
    "mixed": "mixed-heritage",
    "indian": "Indian",
    "pakistani": "Pakistani",
    "bangladeshi": "Bangladeshi",
    "chinese": "Chinese",
    "black_african": "Black African",
    "black_caribbean": "Black Caribbean",
}
_SHORT = {group.name: group.members for group in GROUPS} | {"girls": "girls", "white_british": "White British pupils"}

_BRIEF = {"fsm6": "Disadvantaged", "girls": "girls", "boys": "boys", "white_british": "White British",
          "sen": "special needs", "eal": "EAL"}  # fmt: skip


def words_for(name: str) -> Group:
    """Words for any recorded group: known ones, ethnic groups, intersections, and names nobody foresaw."""
    known = {group.name: group for group in GROUPS}
    if name in known:
        return known[name]
    if name in _ETHNIC:
        members = f"{_ETHNIC[name]} pupils"
        return Group(name, f"{_capital(_ETHNIC[name])}", f"gap for {members}", members, "White British pupils")
    title = ", ".join(_BRIEF.get(part, words_for(part).title) for part in name.split("&")) if "&" in name else ""
    members = " and ".join(_SHORT.get(part, part.replace("_", " ")) for part in name.split("&"))
    return Group(name, title or _capital(members), f"gap for {members}", members)


def in_order(names: list[str]) -> list[Group]:
    """Recorded groups in the order of the report: those above first, then as recorded."""
    rank = {group.name: place for place, group in enumerate(GROUPS)}
    return [words_for(name) for name in sorted(names, key=lambda name: rank.get(name, len(rank)))]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
