"""What people call an authority: spellings, codes of two registers, and names from before and after mergers.

The data know the authorities of January 2019. Names made since lead to those they were made of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

ALSO_CALLED = {
    801: ("City of Bristol",), 810: ("Hull",), 840: ("Durham",), 391: ("Newcastle",), 861: ("Stoke",),
    846: ("Brighton",), 882: ("Southend",), 420: ("Scilly", "Council of the Isles of Scilly"), 894: ("Telford",),
    868: ("Windsor",), 807: ("Redcar",), 889: ("Blackburn",), 808: ("Stockton",),
}  # fmt: skip
"""Short names that mean one authority only; keys are DfE codes."""

OTHER_CODES = {
    815: ("E10000023",), 825: ("E10000002",), 933: ("E10000027",), 370: ("E08000038",), 373: ("E08000039",),
    390: ("E08000020",), 929: ("E06000048",), 835: ("E10000009",), 836: ("E06000029",),
    837: ("E06000028",), 909: ("E10000006",), 928: ("E10000021",),
}  # fmt: skip
"""Statistical codes of other years than the data's; the first stands in where the data have none."""


@dataclass(frozen=True)
class Successor:
    """An authority made after 2019, and the authorities of 2019 that stand in for it.

    Attributes:
        title: Its name.
        words: Its DfE and statistical codes, and other names.
        codes: DfE codes of those that stand in, the one with most schools first.
        note: What the stand-in is and is not.
        joined: Whether they make a place of their own, named after the successor.
    """

    title: str
    words: tuple[str, ...]
    codes: tuple[int, ...]
    note: str
    joined: bool = False


_IN_TWO = "{} was made in {} of a part of {}; the data of 2019 know {} whole, and that is what is simulated"
SUCCESSORS = (
    Successor(
        "Bournemouth, Christchurch and Poole", ("839", "E06000058", "BCP"), (837, 836),
        "Bournemouth, Christchurch and Poole was joined in April 2019 of Bournemouth (837), Poole (836) and "
        "Christchurch; the schools of Christchurch carry the code of Dorset (835) in the data and are not here",
        joined=True,
    ),
    Successor(
        "Dorset", ("838", "E06000059"), (835,),
        "Dorset is the county of before April 2019, with Christchurch",
    ),
    *(
        Successor(title, words, (928,), _IN_TWO.format(title, 2021, *["Northamptonshire"] * 2))
        for title, words in (
            ("North Northamptonshire", ("940", "E06000061")), ("West Northamptonshire", ("941", "E06000062")),
        )
    ),
    *(
        Successor(title, words, (909,), _IN_TWO.format(title, 2023, *["Cumbria"] * 2))
        for title, words in (
            ("Cumberland", ("942", "E06000063")), ("Westmorland and Furness", ("943", "E06000064")),
        )
    ),
)  # fmt: skip
PREDECESSORS = {int(successor.words[0]): successor.codes for successor in SUCCESSORS}
"""DfE codes of authorities made after 2019, and those of 2019 that they were made of."""

_TAIL = re.compile(r",? *\((pre|post)-\d+\)|, *(city|county) of$", re.IGNORECASE)
_OFFICE = re.compile(
    r"^(the )?((london|royal|metropolitan|unitary) )*(borough|city|county|authority|council) (council )?of "
    r"|( (city|county|borough|district|metropolitan|unitary|authority|council|local|education|lea|la))+$"
    r"|( (city|county) of| (pre|post) \d{4})$"
)


@dataclass(frozen=True)
class Named:
    """What a name leads to: one authority, or several that make one place."""

    name: str
    title: str
    stem: str
    codes: tuple[int, ...]
    notes: tuple[str, ...] = ()


def tidy_title(official: str) -> str:
    """A name as printed: "Bristol, City of" is Bristol, "Poole (pre-2019)" is Poole."""
    return _TAIL.sub("", official).replace("&", "and").replace(" Upon ", " upon ").replace("St. ", "St ").strip()


def stem_of(title: str) -> str:
    """What labels of a place's schools begin with: letters and hyphens only."""
    return re.sub(r"[^A-Za-z]+", "-", title).strip("-")


def name_of(title: str) -> str:
    """The short lower-case name of a place: "city-of-london"."""
    return stem_of(title).lower()


def plain(word: object) -> str:
    """A name without what people spell in different ways: case, accents, ampersands, points and hyphens."""
    letters = unicodedata.normalize("NFKD", str(word)).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", " ", letters.replace("&", " and ").replace("'", "")).split()
    return " ".join({"saint": "st"}.get(each, each) for each in words)


def find(word: object, known: Mapping[str, Named]) -> Named | None:
    """What `word` leads to among `known` (by plain name), tried as it stands, then without its office."""
    whole = plain(word)
    return known.get(whole) or known.get(_OFFICE.sub("", whole))


def list_names(authorities: Iterable[Mapping[str, Any]]) -> dict[str, Named]:
    """All plain names and codes, and what each leads to.

    Args:
        authorities: Rows with code, title, stem, name, statistical_code.
    """
    rows = {row["code"]: row for row in authorities}
    known: dict[str, Named] = {}
    for successor in SUCCESSORS:
        if all(code in rows for code in successor.codes):
            named = _named_after(successor, rows)
            known |= {plain(word): named for word in (successor.title, *successor.words)}
    for code, row in rows.items():
        named = Named(row["name"], row["title"], row["stem"], (code,))
        words = (row["name"], row["title"], str(code), row["statistical_code"], *ALSO_CALLED.get(code, ()))
        # the code 838 and the name Dorset mean the county that the data know, and say so
        known = {plain(word): named for word in (*words, *OTHER_CODES.get(code, ())) if word} | known
    return known


def _named_after(successor: Successor, rows: Mapping[int, Mapping[str, Any]]) -> Named:
    if successor.joined:
        title = successor.title
        return Named(name_of(title), title, stem_of(title), successor.codes, (successor.note,))
    row = rows[successor.codes[0]]
    return Named(row["name"], row["title"], row["stem"], successor.codes, (successor.note,))
