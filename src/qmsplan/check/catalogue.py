"""All codes with their pages: those of the loader, of the rules on plans (QP), of the rules on Word files (QD), and of
forms that are read back (QF).

The pages of the latter two say themselves how much a finding weighs: `# QD101 paper-size (error)`."""

from __future__ import annotations

import difflib
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from qmsplan import rules
from qmsplan.diagnostics import CODES, STOPPERS, LoaderCode, Message, Severity
from qmsplan.rules import (
    components,
    deadlines,
    documents,
    iso9001,
    names,
    objectives,
    readings,
    settings,
    signing,
    slips,
    tables,
    targets,
    values,
)
from qmsplan.rules.base import Rule

_FAMILIES = (
    *(names, deadlines, targets, values, readings, objectives),
    *(documents, components, tables, iso9001, signing, slips),
)
PLAN_RULES = tuple(rule for family in _FAMILIES for rule in family.RULES)
"""The rules on a plan with its records, family by family."""
RULES_BETWEEN_PLANS = (*names.BETWEEN_PLANS, *targets.BETWEEN_PLANS, *documents.BETWEEN_PLANS)
RULES_ON_SYSTEMS = iso9001.OF_SYSTEMS
"""Those on the quality management system that plans of an agency and a year describe together."""
RULES: tuple[Rule[Any], ...] = (*PLAN_RULES, *RULES_BETWEEN_PLANS, *RULES_ON_SYSTEMS, *settings.RULES)

SEALS = frozenset({signing.CHANGED_AFTER_SIGNING.code, signing.CHANGED_AFTER_REVIEW.code})
"""What tells that a plan is not what was signed, reviewed or approved."""
FORM_PAGES = Path(rules.__path__[0]).parent / "forms" / "pages"
"""The pages of what can be wrong in a form."""
OF_FORMS = frozenset(page.stem for page in FORM_PAGES.glob("*.md"))
"""Codes that only `qmsplan form read` tells: no file of plans turns them off."""
UNSILENCED = STOPPERS | SEALS | OF_FORMS
"""Codes that no setting, option, comment or baseline turns off or makes to weigh less."""

_SECTION = r"(?m)^## (\w+)\s*$"
_BLOCK = r"(?ms)^```(\S*)\n(.*?)^```"
WORD_PAGES = Path(rules.__path__[0]).parent / "conformity" / "pages"
"""The pages of the rules on Word files."""


class CatalogueEntry(NamedTuple):
    """A code as users meet it."""

    code: str
    name: str
    severity: Severity
    page: Path


@cache
def entries() -> tuple[CatalogueEntry, ...]:
    """All codes in order."""
    pages = Path(rules.__path__[0]) / "pages"
    found: list[LoaderCode | Rule[Any]] = [*CODES, *RULES]
    known = [CatalogueEntry(one.code, one.name, one.severity, pages / f"{one.code}.md") for one in found]
    pages_alone = (*WORD_PAGES.glob("*.md"), *FORM_PAGES.glob("*.md"))
    return tuple(sorted([*known, *map(_entry_of, pages_alone)]))


def _entry_of(page: Path) -> CatalogueEntry:
    """The entry that the first line of a page describes."""
    with page.open(encoding="utf-8") as file:
        code, name, severity = file.readline().removeprefix("# ").split()
    return CatalogueEntry(code, name, Severity(severity.strip("()")), page)


def find_entry(code: str) -> CatalogueEntry | None:
    """The entry of a code or a name, in any case."""
    return _by_word().get(code.lower())


@cache
def _by_word() -> dict[str, CatalogueEntry]:
    return {word: entry for entry in entries() for word in (entry.code.lower(), entry.name)}


def codes_starting(typed: str) -> tuple[str, ...]:
    """The codes of a family, as `QP1`, `QP40`, `QP`, `QD3` or `QF2` names it."""
    is_start = re.fullmatch(r"(?i)q[pdf]\d{0,2}", typed)
    return tuple(entry.code for entry in entries() if is_start and entry.code.startswith(typed.upper()))


def correction_of(codes: frozenset[str]) -> Message | None:
    """What to do about codes that nothing but a correction silences; None for others."""
    if codes & OF_FORMS:
        return Message("it is about a form that is read back; correct the form")
    return Message("undo the change, or open a new revision: qmsplan amend") if codes & SEALS else None


def spelling(typed: str) -> Message:
    """What to do about a code or name that there is not: the nearest one, or where all stand."""
    family = codes_starting(typed)
    if family:
        return Message("name each code in full, such as {code}", code=family[0])
    names = [word for entry in entries() for word in (entry.code, entry.name)]
    near = [word for form in (typed.upper(), typed.lower()) for word in difflib.get_close_matches(form, names, 1, 0.7)]
    return Message("did you mean '{name}'?", name=near[0]) if near else Message("list all with 'qmsplan explain'")


class RulePage(NamedTuple):
    """The page of a code: its text in each language, a bad and a good example."""

    texts: dict[str, str]
    bad: str
    good: str
    form: str = "yaml"
    """What the examples are: `yaml`, or `text` of a Word file or a form."""


def read_page(entry: CatalogueEntry) -> RulePage:
    """The page of an entry: sections `## vi`, `## en`, `## bad`, `## good`."""
    parts = re.split(_SECTION, entry.page.read_text("utf-8"))
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    return RulePage(
        {language: sections[language].strip() for language in ("vi", "en")},
        _block_in(sections["bad"]),
        _block_in(sections["good"]),
        "yaml" if entry.code.startswith("QP") else "text",
    )


def _block_in(section: str) -> str:
    match = re.search(_BLOCK, section)
    return match[2] if match else ""
