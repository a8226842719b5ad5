"""Writes the reference pages in docs/reference/ from the registers of the program.

    python docs/build.py           write them
    python docs/build.py --check   exit with 1 and name the pages that are stale

The same registers give the same bytes, on any machine and at any time. Nobody edits the pages by hand.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
sys.path.insert(0, str(ROOT))
sys.path.append(str(ROOT / "docs"))

# The checkout documents itself, whatever is installed.
from refpages import dynamics, numbers, policy, world  # noqa: E402
from refpages.markdown import table  # noqa: E402

NOTICE = "<!-- Made by docs/build.py from the program's registers. Do not edit: run `python docs/build.py`. -->"

PAGES: dict[str, tuple[str, str, Callable[[], Iterable[str]]]] = {
    "schedule": ("Schedule", "what happens in a term, in order; who reads and writes what", dynamics.schedule),
    "mechanisms": ("Mechanisms", "all 80, and which are built", dynamics.mechanisms),
    "levers": ("Levers", "what can be set, and how it stood in 2019", policy.levers),
    "regimes": ("Regimes", "the bundles of settings that are shipped", policy.regimes),
    "scenarios": ("Scenarios", "what can be run by name", policy.scenarios),
    "scenario-file": ("Scenario files", "every key, and what it may hold", policy.scenario_file),
    "parameters": ("Parameters", "every number with its range and evidence", numbers.parameters),
    "vintages": ("Vintages", "national figures of earlier starts", numbers.vintages),
    "assumptions": ("Assumptions", "the numbers that have no source", numbers.assumptions),
    "metrics": ("Metrics", "what is measured, and of which groups", numbers.metrics),
    "facts": ("Facts", "what the model must show of the real school system, and by which numbers", numbers.facts),
    "columns": ("Columns", "what is known of every pupil, school, class and teacher", dynamics.columns),
    "places": ("Places", "where a scenario can be set, and what was filled in", world.places),
    "commands": ("Commands", "verbs, options and exit codes", world.commands),
}


def texts() -> Iterator[tuple[str, str]]:
    """Every page: file name and text."""
    yield "README.md", _page("Reference", _contents())
    for name, (title, _, make) in PAGES.items():
        yield f"{name}.md", _page(title, make())


def stale_pages(folder: Path = FOLDER) -> list[str]:
    """File names of pages that are missing, differ from what the registers say, or belong to nothing."""
    wanted = dict(texts())
    there = {path.name for path in folder.glob("*.md")}
    differing = {name for name, text in wanted.items() if name in there and _read(folder / name) != text}
    return sorted(differing | (wanted.keys() ^ there))


def write(folder: Path = FOLDER) -> list[str]:
    """Bring the folder up to date; returns the file names that were stale."""
    stale, wanted = stale_pages(folder), dict(texts())
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            (folder / name).unlink()
    return stale


def main(arguments: list[str] | None = None) -> int:
    """The command line of this script."""
    parser = argparse.ArgumentParser(description="Write the reference pages.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a page is stale")
    check = parser.parse_args(arguments).check
    stale = stale_pages() if check else write()
    for name in stale:
        print(f"docs/reference/{name} {'is stale: run python docs/build.py' if check else 'written'}")
    return int(check and bool(stale))


def _page(title: str, lines: Iterable[str]) -> str:
    return "\n".join([NOTICE, "", f"# {title}", "", *lines]).rstrip() + "\n"


def _contents() -> Iterator[str]:
    yield "Lists made from the program itself."
    yield ""
    listed = ((f"[{title}]({name}.md)", about) for name, (title, about, _) in PAGES.items())
    yield from table(("page", "what it lists"), listed)


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
