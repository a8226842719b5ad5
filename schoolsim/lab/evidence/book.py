"""The registers opened side by side, so that each entry knows what feeds it and what it feeds."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from schoolsim.columns import written_by
from schoolsim.lab.evidence.readers import START, lever_readers, number_readers, sheets_at_the_start
from schoolsim.lab.evidence.sources import Source, keys_in, sources
from schoolsim.lab.facts.register import Fact, facts
from schoolsim.lab.registers import Row, metrics_listed
from schoolsim.mechanisms import MechanismEntry, mechanisms
from schoolsim.parameters import Parameter, load_sheets
from schoolsim.policy.levers import Lever, levers
from schoolsim.policy.regimes import Regime, load_regime, regime_names
from schoolsim.schedule import BY_NAME, SCHEDULE, describe
from schoolsim.switches import WITHOUT

PART = re.compile(r"\n\s*\n|\n(?=(?:What happens|Evidence|Leaves out):)")
HEAD = re.compile(r"^(What happens|Evidence|Leaves out):\s*")


@dataclass(frozen=True)
class ProcessEntry:
    """A process as people read it.

    Attributes:
        told: its docstring by heading ("" for the first sentence).
        otherwise: what happens instead while it is switched off; empty when nothing does.
        writes: columns, as "table.column".
    """

    name: str
    order: int
    terms: str
    meaning: str
    mechanisms: tuple[str, ...]
    told: Mapping[str, str]
    otherwise: str
    writes: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """Every register by name, and the links between them, in both directions."""

    mechanisms: Mapping[str, MechanismEntry]
    processes: Mapping[str, ProcessEntry]
    parameters: Mapping[str, Parameter]
    levers: Mapping[str, Lever]
    metrics: Mapping[str, Row]
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    regimes: Mapping[str, Regime]

    def processes_of_mechanism(self, mechanism: str) -> list[str]:
        """The processes that a mechanism is built by."""
        return [entry.name for entry in self.processes.values() if mechanism in entry.mechanisms]

    def parameters_of_process(self, process: str) -> list[Parameter]:
        """The numbers of a process: its own sheet, then what it looks up in others."""
        own = [row for row in self.parameters.values() if row.process == process]
        return own + [self.parameters[path] for path, readers in self._number_readers.items() if process in readers]

    def parameters_of_mechanism(self, mechanism: str) -> list[Parameter]:
        """What a mechanism is made of: numbers of its processes, and those that its switch sets to zero."""
        rows = [row for name in self.processes_of_mechanism(mechanism) for row in self.parameters_of_process(name)]
        zeroed = [self.parameters[path] for path in WITHOUT.get(mechanism, ())]
        return list({row.path: row for row in [*zeroed, *rows]}.values())

    def levers_of_process(self, process: str) -> list[Lever]:
        """The levers that a process looks up."""
        return [lever for lever in self.levers.values() if process in self.processes_of_lever(lever.name)]

    def levers_of_mechanism(self, mechanism: str) -> list[Lever]:
        """The levers that bear on a mechanism's processes."""
        found = [lever for name in self.processes_of_mechanism(mechanism) for lever in self.levers_of_process(name)]
        return list({lever.name: lever for lever in found}.values())

    def processes_of_lever(self, lever: str) -> tuple[str, ...]:
        """The processes that look a lever up."""
        return lever_readers().get(lever, ())

    def regimes_of_lever(self, lever: str) -> list[Regime]:
        """Shipped regimes that set it."""
        return [regime for regime in self.regimes.values() if any(each.path == lever for each in regime.changes)]

    def readers_of_parameter(self, path: str) -> list[str]:
        """The processes that read a parameter, its owner first; `START` where the making of a world does."""
        row = self.parameters[path]
        owner = row.process if row.process in self.processes else START
        also = [START] if row.process in sheets_at_the_start() else []
        return list(dict.fromkeys([owner, *self._number_readers.get(path, ()), *also]))

    def mechanisms_of_parameter(self, path: str) -> list[str]:
        """The mechanisms that a parameter feeds."""
        return [key for key, entry in self.mechanisms.items() if entry.built and path in self._fed[key]]

    def mechanisms_of_lever(self, lever: str) -> list[str]:
        """The mechanisms that a lever bears on."""
        read_by = [self.processes[name] for name in self.processes_of_lever(lever) if name in self.processes]
        return list(dict.fromkeys(key for entry in read_by for key in entry.mechanisms))

    def patterns_of(self, mechanism: str) -> list[str]:
        """Patterns that come from a mechanism, among others."""
        return [key for key, entry in self.mechanisms.items() if mechanism in entry.switches]

    def keys_of_parameter(self, path: str) -> list[str]:
        """Keys of the sources that a parameter names, those of its values in other vintages included."""
        row = self.parameters[path]
        rows = [row, *row.vintages.values()]
        return keys_in(" ".join(text for each in rows for text in (*each.source, each.because or "")))

    def keys_of_process(self, process: str) -> list[str]:
        """Keys of the sources that a process names."""
        return keys_in(" ".join(self.processes[process].told.values()))

    def keys_of_fact(self, fact: str) -> list[str]:
        """Keys of the sources that a fact names."""
        return keys_in(" ".join(self.facts[fact].evidence))

    def users_of_source(self, key: str) -> dict[str, list[str]]:
        """By topic, the names of entries that rest on a source."""
        return {topic: [name for name, keys in found.items() if key in keys] for topic, found in self._named.items()}

    @cached_property
    def _named(self) -> dict[str, dict[str, list[str]]]:
        """By topic and entry, the keys of the sources that it names."""
        return {
            "parameters": {path: self.keys_of_parameter(path) for path in self.parameters},
            "processes": {name: self.keys_of_process(name) for name in self.processes},
            "facts": {key: self.keys_of_fact(key) for key in self.facts},
        }

    @cached_property
    def _number_readers(self) -> dict[str, tuple[str, ...]]:
        return {path: readers for path, readers in number_readers().items() if path in self.parameters}

    @cached_property
    def _fed(self) -> dict[str, frozenset[str]]:
        """Paths of the parameters of every mechanism."""
        return {key: frozenset(row.path for row in self.parameters_of_mechanism(key)) for key in self.mechanisms}


@lru_cache(maxsize=1)
def open_book() -> Book:
    """The book of the installed program."""
    return Book(
        mechanisms=mechanisms(),
        processes=_processes(),
        parameters=load_sheets().rows,
        levers=levers(),
        metrics={row["name"]: row for row in metrics_listed()},
        facts=facts(),
        sources=sources(),
        regimes={name: load_regime(name) for name in regime_names()},
    )


def _processes() -> dict[str, ProcessEntry]:
    when = {str(row["process"]): row for row in describe()}
    return {process.name: _entry(process.name, when[process.name]) for process in SCHEDULE}


def _entry(name: str, row: Row) -> ProcessEntry:
    process = BY_NAME[name]
    return ProcessEntry(
        name=name,
        order=row["order"],
        terms=row["terms"],
        meaning=row["meaning"],
        mechanisms=process.mechanisms,
        told=parts_of(inspect.getdoc(process.function) or ""),
        otherwise=inspect.getdoc(process.otherwise) or "" if process.otherwise else "",
        writes=tuple(written_by(name)),
    )


def parts_of(doc: str) -> dict[str, str]:
    """A process's docstring by its headings, each part as one line; "" is what comes first."""
    found: dict[str, str] = {}
    for part in PART.split(doc.strip()):
        head = HEAD.match(part.strip())
        name = head[1] if head else ""
        text = " ".join(HEAD.sub("", part.strip()).split())
        found[name] = f"{found[name]} {text}" if name in found else text
    return found
