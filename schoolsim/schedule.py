"""The order in which things happen in a term: a list that can be read, printed and walked."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from schoolsim.draws import Draws
from schoolsim.process import AUTUMN, EVERY_TERM, SUMMER, TERM_NAMES, Process
from schoolsim.processes.admissions import admissions, first_choice_for_all
from schoolsim.processes.alignment import alignment
from schoolsim.processes.aspiration import aspiration
from schoolsim.processes.assessment import assessment
from schoolsim.processes.attendance import attendance
from schoolsim.processes.barriers import barriers
from schoolsim.processes.behaviour import behaviour
from schoolsim.processes.budgets import budgets
from schoolsim.processes.choice import choice
from schoolsim.processes.classes import classes
from schoolsim.processes.cohorts import cohorts
from schoolsim.processes.contextual_fit import contextual_fit
from schoolsim.processes.cover import cover
from schoolsim.processes.eligibility import eligibility
from schoolsim.processes.embedding import embedding
from schoolsim.processes.expectations import expectations
from schoolsim.processes.experience import experience
from schoolsim.processes.headship import headship
from schoolsim.processes.home import home
from schoolsim.processes.inclusion import inclusion
from schoolsim.processes.inspection import inspection
from schoolsim.processes.insularity import insularity
from schoolsim.processes.knowledge_recycling import knowledge_recycling
from schoolsim.processes.labour_market import labour_market
from schoolsim.processes.leadership import leadership
from schoolsim.processes.league_tables import league_tables, results_without_news
from schoolsim.processes.learning import learning
from schoolsim.processes.mobility import MOVING_TERM, mobility
from schoolsim.processes.morale import morale
from schoolsim.processes.participation import participation
from schoolsim.processes.preparation import preparation
from schoolsim.processes.priorities import priorities
from schoolsim.processes.professional_learning import nobody_learns, professional_learning
from schoolsim.processes.pupil_voice import pupil_voice
from schoolsim.processes.resilience import resilience
from schoolsim.processes.school_climate import school_climate
from schoolsim.processes.setting import setting
from schoolsim.processes.settling import settling
from schoolsim.processes.special_measures import special_measures
from schoolsim.processes.staff_belief import staff_belief
from schoolsim.processes.staff_capacity import staff_capacity
from schoolsim.processes.standard_practice import standard_practice
from schoolsim.processes.stigma import stigma
from schoolsim.processes.targets import targets
from schoolsim.processes.teaching import teaching
from schoolsim.processes.transfer import transfer
from schoolsim.processes.upheaval import upheaval
from schoolsim.processes.visibility import visibility
from schoolsim.processes.window_dressing import window_dressing
from schoolsim.processes.workforce import workforce

if TYPE_CHECKING:
    from schoolsim.system import SchoolSystem

SCHEDULE: tuple[Process, ...] = (
    Process("cohorts", cohorts, (AUTUMN,)),
    Process("eligibility", eligibility, (AUTUMN,)),
    Process("home", home, (AUTUMN,), ("M01",)),
    Process("headship", headship, (AUTUMN,)),
    Process("contextual_fit", contextual_fit, (AUTUMN,), ("M28",)),
    Process("staff_belief", staff_belief, (AUTUMN,), ("M34",)),
    Process("leadership", leadership, (AUTUMN,), ("M22",)),
    Process("inclusion", inclusion, (AUTUMN,), ("M22", "M27")),
    Process("staff_capacity", staff_capacity, (AUTUMN,), ("M22", "M25")),
    Process("embedding", embedding, (AUTUMN,)),
    Process("visibility", visibility, (AUTUMN,), ("M22", "M33")),
    Process("pupil_voice", pupil_voice, (AUTUMN,), ("M22", "M31")),
    Process("barriers", barriers, (AUTUMN,), ("M05",)),
    Process("school_climate", school_climate, (AUTUMN,)),
    Process("transfer", transfer, (AUTUMN,)),
    Process("mobility", mobility, (MOVING_TERM,), ("M07",)),
    Process("stigma", stigma, (AUTUMN,), ("M51",)),
    Process("choice", choice, EVERY_TERM, ("M36",)),
    Process("admissions", admissions, EVERY_TERM, ("M37",), otherwise=first_choice_for_all),
    Process("budgets", budgets, (AUTUMN,), ("M38",)),
    Process("labour_market", labour_market, (AUTUMN,), ("M20",)),
    Process("workforce", workforce, (AUTUMN,)),
    Process("window_dressing", window_dressing, (AUTUMN,), ("M49",)),
    Process("priorities", priorities, (AUTUMN,), ("M21",)),
    Process("insularity", insularity, (AUTUMN,), ("M50",)),
    Process("knowledge_recycling", knowledge_recycling, (SUMMER,), ("M18",)),
    Process("professional_learning", professional_learning, (AUTUMN, SUMMER), ("M16",), otherwise=nobody_learns),
    Process("standard_practice", standard_practice, (AUTUMN,), ("M17",)),
    Process("upheaval", upheaval, (AUTUMN,), ("M22", "M26")),
    Process("setting", setting, (AUTUMN,), ("M14",)),
    Process("experience", experience, (AUTUMN,), ("M20",)),
    Process("classes", classes, EVERY_TERM),
    Process("cover", cover, (AUTUMN,), ("M15",)),
    Process("morale", morale, (AUTUMN,), ("M19",)),
    Process("aspiration", aspiration, (AUTUMN,), ("M04",)),
    Process("alignment", alignment, (AUTUMN,), ("M03",)),
    Process("resilience", resilience, (AUTUMN,), ("M09",)),
    Process("teaching", teaching, (AUTUMN,)),
    Process("settling", settling, EVERY_TERM, ("M07",)),
    Process("targets", targets, (AUTUMN,), ("M22", "M24")),
    Process("preparation", preparation, (AUTUMN,), ("M10",)),
    Process("expectations", expectations, (AUTUMN, SUMMER), ("M13",)),
    Process("attendance", attendance, EVERY_TERM, ("M02",)),
    Process("behaviour", behaviour, EVERY_TERM, ("M08",)),
    Process("participation", participation, EVERY_TERM, ("M02",)),
    Process("learning", learning, EVERY_TERM),
    Process("assessment", assessment, (SUMMER,)),
    Process("league_tables", league_tables, (SUMMER,), ("M39",), otherwise=results_without_news),
    Process("inspection", inspection, EVERY_TERM, ("M46",)),
    Process("special_measures", special_measures, EVERY_TERM, ("M47",)),
)
BY_NAME = {process.name: process for process in SCHEDULE}


def walk(system: SchoolSystem) -> None:
    """Let everything that belongs to the system's present term happen, in order."""
    for process in SCHEDULE:
        if system.term in process.terms:
            carry_out(system, process)


def carry_out(system: SchoolSystem, process: Process) -> None:
    """Run one process with its own luck and its own columns open, and count what flowed."""
    function = process.function_in_force(system.plan.off)
    if function is not process.function:
        for table in system.tables.values():
            table.fill_neutral(process.name)
    if function is None:
        return
    draws = Draws(system.seed, process.name, system.term_index)
    settings = system.values.get(process.name, {})
    with ExitStack() as open_columns:
        for table in system.tables.values():
            open_columns.enter_context(table.opened_for(process.name))
        flows = function(system, draws, **settings)
    for event, ids in flows.items():
        system.flows[event] += len(ids)
        for witness in system.witnesses:
            witness(event, ids)


def describe(*, dataflow: bool = False) -> list[dict[str, object]]:
    """The schedule as rows for people: order, name, terms, mechanisms, what is told, columns written."""
    from schoolsim.columns import written_by

    rows: list[dict[str, object]] = []
    for order, process in enumerate(SCHEDULE, start=1):
        doc = (process.function.__doc__ or "").strip()
        row: dict[str, object] = {
            "order": order,
            "process": process.name,
            "terms": "every term" if process.terms == EVERY_TERM else TERM_NAMES[process.terms[0]],
            "mechanisms": list(process.mechanisms),
            "meaning": doc.splitlines()[0] if doc else "",
        }
        if dataflow:
            row["writes"] = written_by(process.name)
        rows.append(row)
    return _with_reads(rows) if dataflow else rows


def _with_reads(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    from schoolsim.dataflow import columns_read

    read = columns_read()
    return [row | {"reads": sorted(read.get(str(row["process"]), set()))} for row in rows]
