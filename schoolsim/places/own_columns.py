"""What the two tables of a user's own place may hold: every column with its unit, range and what stands in."""

from __future__ import annotations

from dataclasses import dataclass

from schoolsim.places.frame import YEAR_GROUP_COUNT

FARTHEST = 10_000_000.0  # metres; a coordinate beyond is no grid reference
MOST_PUPILS = 10_000  # of one school; the largest of England has under 4,000
TYPES = (
    "community", "voluntary_aided", "voluntary_controlled", "foundation", "academy_converter",
    "academy_sponsor_led", "free_school", "not_recorded",
)  # fmt: skip
NATIONAL = "the national share of the phase"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: As it stands in the file's first line.
        kind: "text", "whole", "number" or "flag".
        meaning: With its unit.
        low, high: Range allowed.
        required: Whether every row must have it.
        choices: Words allowed.
        default: What stands in where it is blank, in words.
        imputed: Whether what stands in is a guess about the world, to be listed as imputed.
    """

    name: str
    kind: str
    meaning: str
    low: float = float("-inf")
    high: float = float("inf")
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str = ""
    imputed: bool = False

    @property
    def allowed(self) -> str:
        """What a cell may hold, in words."""
        if self.choices:
            return ", ".join(self.choices)
        if self.kind == "flag":
            return "yes or no"
        if self.kind == "text":
            return "any text"
        number = "a whole number" if self.kind == "whole" else "a number"
        return f"{number} from {self.low:,.10g} to {self.high:,.10g}"


def _share(name: str, meaning: str, default: str = NATIONAL, *, imputed: bool = True) -> Column:
    return Column(name, "number", f"{meaning} (share 0-1)", 0.0, 1.0, default=default, imputed=imputed)


def _metres(name: str) -> Column:
    return Column(name, "number", "metres on a flat grid", -FARTHEST, FARTHEST, required=True)


_AUTHORITY = Column("authority", "whole", "code of the authority", 0, 999_999, default="0")
_LAST = YEAR_GROUP_COUNT - 1
SCHOOLS = (
    Column("first_year", "whole", "first year group taught (0 is reception)", 0, _LAST, required=True),
    Column("last_year", "whole", "last year group taught (up to year 11)", 0, _LAST, required=True),
    _metres("easting"),
    _metres("northing"),
    Column("roll", "whole", "pupils of reception to year 11", 1, MOST_PUPILS, required=True),
    Column("name", "text", "the school's name; shown only when real names are asked for", default="School 1, 2, ..."),
    Column("urn", "whole", "the school's own number", 0, 99_999_999, default="0"),
    Column("school_type", "text", "legal form", choices=TYPES, default="community"),
    Column("religion", "text", "religious character", default="none"),
    Column("gender", "text", "who is taught", choices=("mixed", "girls", "boys"), default="mixed"),
    Column("own_admissions", "flag", "whether the school is its own admission authority", default="by school_type"),
    Column("selective", "flag", "whether the school selects by ability", default="no"),
    Column("roll_published", "whole", "pupils of all ages", 1, MOST_PUPILS, default="roll"),
    _share("fsm_share", "pupils eligible for free meals now",
           f"fsm6_share in the national ratio of the two, else {NATIONAL}"),
    _share("fsm6_share", "pupils eligible in the last six years; not below fsm_share",
           f"fsm_share in the national ratio of the two, else {NATIONAL}"),
    _share("eal_share", "pupils with English as an additional language"),
    _share("sen_support_share", "pupils with special needs and school support"),
    _share("ehcp_share", "pupils with special needs and a plan"),
    _share("girls_share", "girls", f"1 or 0 in a school of one sex, else {NATIONAL}"),
    _share("absence_share", "half-days missed", "left empty: what the school's pupils make expected", imputed=False),
    Column("published_result", "number", "mean scaled score at 11 or Attainment 8 at 16 (points)", 0, 130,
           default="left empty"),
    Column("attainment_published", "number", "mean result at the end of the last stage (pupil SD round the nation's)",
           -4, 4, default="left empty: what the intake suggests"),
    Column("attainment_pupils", "number", "pupils behind attainment_published, all years together", 0, 100_000,
           default="one year group of the roll where there is a result, else 0", imputed=True),
    Column("value_added_published", "number", "mean progress over the last stage (pupil SD of attainment)", -4, 4,
           default="left empty: what the intake suggests"),
    Column("value_added_pupils", "number", "pupils behind value_added_published, all years together", 0, 100_000,
           default="one year group of the roll where there is a result, else 0", imputed=True),
    _AUTHORITY,
)  # fmt: skip
AREAS = (
    _metres("easting"),
    _metres("northing"),
    Column("children", "number", "children aged 0-15 who live here (count)", 0, 100_000, required=True),
    Column("code", "text", "the area's name, once only", default="A00001, A00002, ..."),
    _share("deprivation", "children in low-income homes", "England's mean, 0.17"),
    _AUTHORITY,
)
TABLES = {"schools": SCHOOLS, "areas": AREAS}
