"""All codes with their pages: those of the loader and those of the rules."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qmsplan import load, rules
from qmsplan.diagnostic import Text, say
from qmsplan.load.faults import CODES
from qmsplan.rules import RULES

if TYPE_CHECKING:
    from qmsplan.diagnostic import Severity

_SECTION = r"(?m)^## (\w+)\s*$"
_BLOCK = r"(?ms)^```(\S*)\n(.*?)^```"


class Entry(NamedTuple):
    """A code as users meet it."""

    code: str
    name: str
    severity: Severity
    page: Path


class Page(NamedTuple):
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
    return _by_word().get(code.lower())


@cache
def _by_word() -> dict[str, Entry]:
    return {word: entry for entry in entries() for word in (entry.code.lower(), entry.name)}


def codes_starting(typed: str) -> tuple[str, ...]:
    """The codes of a family, as `QP1`, `QP40` or `QP` names it."""
    is_start = re.fullmatch(r"(?i)qp\d{0,2}", typed)
    return tuple(entry.code for entry in entries() if is_start and entry.code.startswith(typed.upper()))


def spelling(typed: str) -> Text:
    """What to do about a code or name that there is not: the nearest one, or where all stand."""
    import difflib

    family = codes_starting(typed)
    if family:
        return say("name each code in full, such as {code}", code=family[0])
    names = [word for entry in entries() for word in (entry.code, entry.name)]
    near = [word for form in (typed.upper(), typed.lower()) for word in difflib.get_close_matches(form, names, 1, 0.7)]
    return say("did you mean '{name}'?", name=near[0]) if near else say("list all with 'qmsplan explain'")


def read_page(entry: Entry) -> Page:
    """The page of an entry: sections `## vi`, `## en`, `## bad`, `## good`."""
    parts = re.split(_SECTION, entry.page.read_text("utf-8"))
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    return Page(
        {language: sections[language].strip() for language in ("vi", "en")},
        _code(sections["bad"]),
        _code(sections["good"]),
    )


def _code(section: str) -> str:
    match = re.search(_BLOCK, section)
    return match[2] if match else ""
