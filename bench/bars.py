"""Measure the bars of performance: `python -m bench.bars [--rounds N] [--quick] [--check] [--only B1,B2] [--json F]`.

Ratios are the claim, since both sides are measured turn about in one run; absolute times are for orientation. What
each bar means is in `bench/README.md`.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import machine, runs, term, years
from bench.bar import Bar, table

ROUNDS, QUICK_ROUNDS = 8, 3
LENIENCY = 2.0  # what CI forgives: its machines are busier than the one that the note is measured on
CHECKED = ("B1", "B2", "B7", "B9")

Measure = Callable[[int, bool], list[Bar]]

MEASURES: dict[str, Measure] = {
    "B1": lambda rounds, quick: term.pupil_term(rounds),
    "B2": lambda rounds, quick: years.ten_years(2 if quick else rounds),
    "B3": lambda rounds, quick: term.bandwidth(rounds),
    "B4": lambda rounds, quick: machine.england(),
    "B5": lambda rounds, quick: machine.memory(),
    "B6": lambda rounds, quick: runs.authority_runs(runs=2 if quick else 6, rounds=1 if quick else 3),
    "B7": lambda rounds, quick: runs.same_bits(replicates=2 if quick else 4),
    "B8": lambda rounds, quick: years.slider(2 * rounds),
    "B9": lambda rounds, quick: years.bookkeeping(rounds),
    "B10": lambda rounds, quick: machine.first_run(),
    "B11": lambda rounds, quick: years.growth(rounds, years.FEW_TOWNS if quick else years.TOWNS),
}


def measure(names: Sequence[str], rounds: int, quick: bool) -> list[Bar]:
    """The bars of those names, telling on the way how long each took to measure."""
    bars: list[Bar] = []
    for name in names:
        begun = time.perf_counter()
        bars += MEASURES[name](rounds, quick)
        print(f"{name} measured in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    return bars


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(prog="python -m bench.bars", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, help=f"rounds, the best of which counts (default {ROUNDS})")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_ROUNDS} rounds and fewer runs")
    parser.add_argument("--check", action="store_true", help="measure ratios only; fail if one misses half its floor")
    parser.add_argument("--only", help="bars to measure, separated by commas", metavar="B1,B2")
    parser.add_argument("--json", type=Path, help="write the figures to this file", metavar="FILE")
    options = parser.parse_args(arguments)
    options.bars = options.only.split(",") if options.only else CHECKED if options.check else tuple(MEASURES)
    if unknown := [name for name in options.bars if name not in MEASURES]:
        parser.error(f"unknown bar {unknown[0]}; there are {', '.join(MEASURES)}")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write, and say whether the check holds."""
    options = parse(arguments)
    rounds = options.rounds or (QUICK_ROUNDS if options.quick else ROUNDS)
    bars = measure(options.bars, rounds, options.quick)
    print(table(bars))
    if options.json:
        write(options.json, bars, rounds)
    failed = [bar.number for bar in bars if not bar.holds(LENIENCY)] if options.check else []
    if failed:
        print(f"missed by more than a factor of {LENIENCY:g}: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def write(path: Path, bars: Sequence[Bar], rounds: int) -> None:
    """The figures with when and on what they were measured."""
    content = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {platform.system()}",
        "rounds": rounds,
        "bars": [bar.to_dict() for bar in bars],
    }
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
