"""The documents of the project as the tests read them: files, links, headings, blocks of code."""

import importlib.util
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

_BLOCK = re.compile(r"^```(?P<language>[^\n]*)\n(?P<text>.*?)^```\s*$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|[`*]")


@dataclass(frozen=True)
class Block:
    """A block of code: what is written after the fence, and what is in it."""

    language: str
    text: str


@cache
def page_builder() -> ModuleType:
    """`docs/build.py`; by its path, since other things are called build too."""
    place = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


def markdown_files() -> list[Path]:
    """Every Markdown file that people read, results of runs left out."""
    folders = [ROOT / name for name in ("docs", "experiments", "schoolsim", "scenarios")]
    nested = [file for folder in folders for file in folder.rglob("*.md")]
    return sorted([*ROOT.glob("*.md"), ROOT / "results" / "README.md", *nested])


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def blocks(text: str) -> list[Block]:
    return [Block(match["language"].strip(), match["text"]) for match in _BLOCK.finditer(text)]


def prose(text: str) -> str:
    """The text without its blocks of code."""
    return _BLOCK.sub("", text)


def relative_links(text: str) -> list[str]:
    """Targets of links and pictures that lead to files of the project."""
    return [link for link in _LINK.findall(prose(text)) if not re.match(r"[a-z]+:", link)]


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as the usual viewers make them."""
    titles = re.findall(r"^#+ +(.+)$", prose(text), re.MULTILINE)
    plain = [_MARKUP.sub(r"\1", title).strip().lower() for title in titles]
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in plain}


def broken_links(file: Path) -> list[str]:
    """Links of a file that lead to no file, or to no heading of it."""
    return [link for link in relative_links(text_of(file)) if not _leads_somewhere(file, link)]


def _leads_somewhere(file: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (file.parent / path).resolve() if path else file
    return target.exists() and (not anchor or anchor in anchors(text_of(target)))
