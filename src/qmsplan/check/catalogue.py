"""All codes with their pages: those of the loader and those of the rules."""

from __future__ import annotations

import difflib
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from qmsplan import rules
from qmsplan.diagnostics import CODES, STOPPERS, Message, Severity
from qmsplan.rules import RULES, signing

SEALS = frozenset({signing.CHANGED_AFTER_SIGNING.code, signing.CHANGED_AFTER_REVIEW.code})
"""What tells that a plan is not what was signed, reviewed or approved."""
UNSILENCED = STOPPERS | SEALS
"""Codes that no setting, option, comment or baseline turns off or makes to weigh less."""

_SECTION = r"(?m)^## (\w+)\s*$"
_BLOCK = r"(?ms)^```(\S*)\n(.*?)^```"


class CatalogueEntry(NamedTuple):
    """A code as users meet it."""

    code: str
    name: str
    severity: Severity
    page: Path


class RulePage(NamedTuple):
    """The page of a code: its text in each language, a bad and a good example."""

    texts: dict[str, str]
    bad: str
    good: str


@cache
def entries() -> tuple[CatalogueEntry, ...]:
    """All codes in order."""
    pages = Path(rules.__path__[0]) / "pages"
    known = [(code.code, code.name, code.severity) for code in (*CODES, *RULES)]
    return tuple(CatalogueEntry(*entry, pages / f"{entry[0]}.md") for entry in sorted(known))


def find_entry(code: str) -> CatalogueEntry | None:
    """The entry of a code or a name, in any case."""
    return _by_word().get(code.lower())


@cache
def _by_word() -> dict[str, CatalogueEntry]:
    return {word: entry for entry in entries() for word in (entry.code.lower(), entry.name)}


def codes_starting(typed: str) -> tuple[str, ...]:
    """The codes of a family, as `QP1`, `QP40` or `QP` names it."""
    is_start = re.fullmatch(r"(?i)qp\d{0,2}", typed)
    return tuple(entry.code for entry in entries() if is_start and entry.code.startswith(typed.upper()))


def spelling(typed: str) -> Message:
    """What to do about a code or name that there is not: the nearest one, or where all stand."""
    family = codes_starting(typed)
    if family:
        return Message("name each code in full, such as {code}", code=family[0])
    names = [word for entry in entries() for word in (entry.code, entry.name)]
    near = [word for form in (typed.upper(), typed.lower()) for word in difflib.get_close_matches(form, names, 1, 0.7)]
    return Message("did you mean '{name}'?", name=near[0]) if near else Message("list all with 'qmsplan explain'")


def read_page(entry: CatalogueEntry) -> RulePage:
    """The page of an entry: sections `## vi`, `## en`, `## bad`, `## good`."""
    parts = re.split(_SECTION, entry.page.read_text("utf-8"))
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    return RulePage(
        {language: sections[language].strip() for language in ("vi", "en")},
        _code(sections["bad"]),
        _code(sections["good"]),
    )


def _code(section: str) -> str:
    match = re.search(_BLOCK, section)
    return match[2] if match else ""
