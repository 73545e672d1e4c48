"""All codes with their pages: those of the loader and those of the rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qmsplan import load, rules
from qmsplan.load.faults import CODES
from qmsplan.rules import RULES

if TYPE_CHECKING:
    from qmsplan.diagnostic import Severity

_SECTION = re.compile(r"^## (\w+)\s*$", re.MULTILINE)
_BLOCK = re.compile(r"^```(\S*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Entry:
    """A code as users meet it."""

    code: str
    name: str
    severity: Severity
    page: Path


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a code: its text in each language, a bad and a good example."""

    texts: dict[str, str]
    bad: str
    good: str


@cache
def entries() -> tuple[Entry, ...]:
    """All codes in order."""
    loader = Path(load.__path__[0]) / "pages"
    folder = Path(rules.__path__[0])
    known = [Entry(code.code, code.name, code.severity, loader / f"{code.name}.md") for code in CODES]
    known += [Entry(rule.code, rule.name, rule.severity, folder / f"{_module(rule.name)}.md") for rule in RULES]
    return tuple(sorted(known, key=lambda entry: entry.code))


def _module(name: str) -> str:
    return name.replace("-", "_")


def find_entry(code: str) -> Entry | None:
    """The entry of a code or a name, in any case."""
    wanted = code.lower()
    return next((entry for entry in entries() if wanted in {entry.code.lower(), entry.name}), None)


def read_page(entry: Entry) -> Page:
    """The page of an entry: sections `## vi`, `## en`, `## bad`, `## good`."""
    parts = _SECTION.split(entry.page.read_text("utf-8"))
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    return Page(
        {language: sections[language].strip() for language in ("vi", "en")},
        _code(sections["bad"]),
        _code(sections["good"]),
    )


def _code(section: str) -> str:
    match = _BLOCK.search(section)
    return match[2] if match else ""
