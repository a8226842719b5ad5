"""What may be typed after `schoolsim`, and one clear message for what may not."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from schoolsim.cli.listings import LIVES, TOPICS
from schoolsim.cli.terminal import say
from schoolsim.errors import InputError, nearest
from schoolsim.lab.cores import core_count
from schoolsim.vintages import HALOS, PRESENT, VINTAGES

GRADES = ("strong", "moderate", "weak", "assumption")
VERBS = ("run", "compare", "contributions", "validate", "calibrate", "serve", "show", "check")
DEFAULT_OUT = Path("results")
MAX_YEARS, MAX_REPLICATES, MAX_WORKERS, MAX_SEED = 50, 1000, 256, 2**32 - 1
MAX_FACT_SEEDS = 1000

SERVES = "Open the web front end: policy lab, runs, evidence"
ABOUT = "Simulate the English school system: who is left behind, and how much depends on luck."
EXAMPLES = {
    "run": "schoolsim run stand-still --years 5",
    "compare": "schoolsim compare neighbourhood-allocation --place salford --replicates 10",
    "contributions": "schoolsim contributions stand-still --place toytown --years 5",
    "validate": "schoolsim validate S02 --quick",
    "calibrate": "schoolsim calibrate experiments/core --quick",
    "serve": "schoolsim serve --port 8765",
    "show": "schoolsim show parameters --grade assumption",
    "check": "schoolsim check my-scenario.yaml",
    "": "schoolsim compare --place salford",
}


class Parser(argparse.ArgumentParser):
    """A parser that raises its complaints as `InputError`, and takes no abbreviated options."""

    def __init__(self, **settings: object) -> None:
        formatter = argparse.RawDescriptionHelpFormatter
        super().__init__(allow_abbrev=False, formatter_class=formatter, **settings)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message} (see `{self.prog} --help`)")


class _Version(argparse.Action):
    """Looks the version up only when somebody asks: reading package metadata takes time."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            say(f"schoolsim {version('schoolsim')}")
        except PackageNotFoundError:
            say("schoolsim (run from source, not installed)")
        parser.exit()


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command typed; raises InputError for anything unknown."""
    parser, verbs = _parsers()
    first = arguments[0] if arguments else "--help"
    if not first.startswith("-") and first not in VERBS:
        raise InputError("unknown verb", found=first, allowed=VERBS, guess=nearest(first, VERBS))
    chosen, extra = parser.parse_known_args(arguments or ["--help"])
    if extra:
        raise _unknown(extra[0], verbs[chosen.verb])
    return chosen


def _unknown(word: str, parser: argparse.ArgumentParser) -> InputError:
    options = re.findall(r"--[a-z-]+", parser.format_usage())
    if word.startswith("-"):
        option = word.partition("=")[0]
        return InputError("unknown option", found=option, allowed=options, guess=nearest(option, options))
    return InputError(f"one word too many (see `{parser.prog} --help`)", found=word)


def _parsers() -> tuple[Parser, dict[str, Parser]]:
    parser = Parser(prog="schoolsim", description=ABOUT, epilog=_example(""))
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and stop")
    group = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    makers = {"run": _run, "compare": _compare, "contributions": _contributions, "validate": _validate,
              "calibrate": _calibrate, "serve": _serve, "show": _show, "check": _check}  # fmt: skip
    return parser, {verb: make(group) for verb, make in makers.items()}


def _verb(group: argparse._SubParsersAction, name: str, description: str) -> Parser:
    about = f"{description}."
    parser = group.add_parser(name, help=description, description=about, epilog=_example(name))
    parser.add_argument("--json", action="store_true", help="write JSON to standard output")
    return parser


def _example(verb: str) -> str:
    return f"example:\n  {EXAMPLES[verb]}"


def _run(group: argparse._SubParsersAction) -> Parser:
    parser = _verb(group, "run", "Run one world under one scenario")
    parser.add_argument("scenario", metavar="SCENARIO", help="scenario file, or the name of a shipped one")
    _add_world_options(parser)
    return parser


def _compare(group: argparse._SubParsersAction) -> Parser:
    parser = _verb(group, "compare", "Run scenarios on the same children with the same luck, and report")
    scenarios = "scenario files or names of shipped ones (default: the three usual); stand-still always takes part"
    parser.add_argument("scenarios", metavar="SCENARIO", nargs="*", help=scenarios)
    _add_world_options(parser)
    _add_number(parser, "--replicates", "N", (1, MAX_REPLICATES), "paired worlds of each scenario", 10)
    _add_workers(parser)
    parser.add_argument("--name", type=_folder_name, help="name of the folder the results go to")
    parser.add_argument("--real-names", action="store_true", help="print schools' real names in the report")
    return parser


def _contributions(group: argparse._SubParsersAction) -> Parser:
    parser = _verb(group, "contributions", "Tell what each mechanism does to results, by switching it off")
    scenario = "scenario file, or the name of a shipped one (default stand-still)"
    parser.add_argument("scenario", metavar="SCENARIO", nargs="?", default="stand-still", help=scenario)
    _add_world_options(parser)
    _add_number(parser, "--replicates", "N", (1, MAX_REPLICATES), "worlds, each run with and without", 4)
    _add_workers(parser)
    return parser


def _validate(group: argparse._SubParsersAction) -> Parser:
    parser = _verb(group, "validate", "Score the model on facts about the real school system")
    parser.add_argument("facts", metavar="FACT", nargs="*", help="identifiers such as S02 (default: all computed yet)")
    extent = parser.add_mutually_exclusive_group()
    extent.add_argument("--quick", action="store_true", help="few seeds in a few authorities (default)")
    extent.add_argument("--full", action="store_true", help="20 seeds in every authority of the samples")
    _add_number(parser, "--seeds", "N", (1, MAX_FACT_SEEDS), "another number of seeds")
    parser.add_argument("--place", metavar="P", help="another world for every fact")
    _add_workers(parser)
    _add_folder(parser)
    return parser


def _calibrate(group: argparse._SubParsersAction) -> Parser:
    parser = _verb(group, "calibrate", "Find structural numbers from their priors, beside those shipped")
    parser.add_argument("design", metavar="DESIGN", help="folder of an experiment with a design.yaml, or such a file")
    parser.add_argument("--quick", action="store_true", help="one seed and two steps, to see that it runs")
    parser.add_argument("--place", metavar="P", help="another world than the design's, with nothing reported beside it")
    _add_workers(parser)
    _add_folder(parser)
    return parser


def _serve(group: argparse._SubParsersAction) -> Parser:
    parser = group.add_parser("serve", help=SERVES, description=f"{SERVES}.", epilog=_example("serve"))
    _add_number(parser, "--port", "N", (1, 65535), "port to listen on (default 8765, or the next that is free)")
    host = "address to listen on (default 127.0.0.1: this machine alone)"
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help=host)
    parser.add_argument("--no-browser", action="store_true", help="do not open the page in a browser")
    _add_folder(parser)
    return parser


def _show(group: argparse._SubParsersAction) -> Parser:
    parser = _verb(group, "show", "List what the model is made of")
    topics = (*TOPICS, *LIVES)
    topic, grade = _one_of("topic", topics), _one_of("grade", GRADES)
    parser.add_argument("topic", nargs="?", type=topic, metavar="TOPIC", help=", ".join(topics))
    parser.add_argument("name", nargs="?", metavar="NAME", help="show one of them in full")
    parser.add_argument("--grade", type=grade, help=f"parameters: only this grade ({', '.join(GRADES)})")
    when = f"places and lives: at this start (default {PRESENT})"
    parser.add_argument("--vintage", type=_vintage(), metavar="V", help=when)
    parser.add_argument("--dataflow", action="store_true", help="schedule: also columns read and written")
    parser.add_argument("--scenario", metavar="S", help=f"{', '.join(LIVES)}: the scenario lived under (stand-still)")
    parser.add_argument("--place", metavar="P", help=f"{', '.join(LIVES)}: another place than the scenario's")
    _add_number(parser, "--years", "Y", (1, MAX_YEARS), "another number of years than the scenario's")
    _add_number(parser, "--seed", "N", (0, MAX_SEED), "another seed than the scenario's")
    return parser


def _check(group: argparse._SubParsersAction) -> Parser:
    parser = _verb(group, "check", "Check scenario files and designs without running them")
    files = "scenario files, names of shipped ones, or experiments with a design.yaml"
    parser.add_argument("files", metavar="FILE", nargs="+", help=files)
    return parser


def _add_world_options(parser: Parser) -> None:
    parser.add_argument("--place", metavar="P", help="another place than the scenario's")
    start = f"another start of the world than the scenario's ({', '.join(VINTAGES)})"
    parser.add_argument("--vintage", type=_vintage(), metavar="V", help=start)
    halo = f"how much of an authority's neighbourhood comes with it ({', '.join(HALOS)})"
    parser.add_argument("--halo", type=_one_of("halo", HALOS), metavar="H", help=halo)
    _add_number(parser, "--years", "Y", (1, MAX_YEARS), "another number of years than the scenario's")
    _add_number(parser, "--seed", "S", (0, MAX_SEED), "another seed than the scenario's")
    _add_folder(parser)
    parser.add_argument("--no-cache", action="store_true", help="settle worlds anew, and keep none for the next time")


def _add_workers(parser: Parser) -> None:
    _add_number(parser, "--workers", "W", (1, MAX_WORKERS), "processes at work at once", min(core_count(), MAX_WORKERS))


def _add_folder(parser: Parser) -> None:
    where = f"folder for results (default {DEFAULT_OUT})"
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT, metavar="DIR", help=where)


def _add_number(
    parser: Parser, option: str, letter: str, bounds: tuple[int, int], help: str, default: int | None = None
) -> None:
    text = f"{help} (default {default})" if default else help
    parser.add_argument(option, type=_whole(option, *bounds), default=default, metavar=letter, help=text)


def _whole(option: str, low: int, high: int) -> Callable[[str], int]:
    def whole(text: str) -> int:
        value = int(text) if re.fullmatch(r"-?[0-9]{1,12}", text) else None
        if value is None or not low <= value <= high:
            raise InputError(f"{option} takes a whole number", found=text, allowed=f"{low} to {high}")
        return value

    return whole


def _vintage() -> Callable[[str], str]:
    return _one_of("vintage", tuple(VINTAGES))


def _one_of(what: str, known: tuple[str, ...]) -> Callable[[str], str]:
    def word(text: str) -> str:
        if text not in known:
            raise InputError(f"unknown {what}", found=text, allowed=known, guess=nearest(text, known))
        return text

    return word


def _folder_name(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", text):
        allowed = "small letters, digits and hyphens, at most 60"
        raise InputError("--name takes a plain name", found=text, allowed=allowed)
    return text
