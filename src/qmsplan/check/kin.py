"""Files that were not asked for and that findings on ISO 9001 coverage hang on: the other plans of the same agency."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmsplan.load.faults import Broken
from qmsplan.load.text import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from qmsplan.load.file import File
    from qmsplan.model.people import Register
    from qmsplan.rules.base import Facts

    Group = tuple[File, ...]


def facts_of_kin(
    facts: Sequence[Facts],
    others: Mapping[str | None, Group],
    register: Register,
    facts_of: Callable[[Group], Facts],
) -> Iterator[Facts]:
    """The facts of the groups that name an agency or a plan that these facts are about, and of those that they lead to.

    Only plans that belong to an edition of the standard ask for others."""
    left = {key: files for key, files in others.items() if files}
    names = _names(facts, register)
    while names and left:
        near = [key for key, files in left.items() if _name_any(files, names)]
        found = [facts_of(left.pop(key)) for key in near]
        yield from found
        names = _names(found, register)


def _names(facts: Iterable[Facts], register: Register) -> re.Pattern[str] | None:
    names: set[str] = set()
    for fact in facts:
        if fact.quality and fact.quality.standard and fact.plan:
            unit = register.by_code.get(fact.quality.issuer)
            spellings = (unit.code, unit.name, *unit.aliases) if unit else (fact.quality.issuer,)
            names |= {fact.plan, *spellings, *fact.quality.carries}
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w.-])") if names else None


def _name_any(files: Group, names: re.Pattern[str]) -> bool:
    return any(names.search(_text_of(file)) for file in files)


def _text_of(file: File) -> str:
    """The text of a file as far as it can be read."""
    try:
        return read_bytes(file.path).decode("utf-8", "replace")
    except Broken:
        return ""
