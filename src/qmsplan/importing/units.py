"""Units that a draft names and the register does not know: a block for `qmsplan.yaml`, and names that are nearly
known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from qmsplan.conformity.pieces import folded
from qmsplan.importing.making import CHILDREN, Branch
from qmsplan.model.text import plain
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_parse import NEAR, UNKNOWN

_LONGEST = 90
_SMALL = frozenset({"va", "cua", "cac", "tinh", "huyen", "xa", "phuong", "nha", "nuoc", "thuoc", "-"})
"""Words that give no letter to a code."""
_MOST_LETTERS = 8


class ProposedUnit(NamedTuple):
    """A unit for the register: its code, name and the code of the unit above."""

    code: str
    name: str
    parent: str = ""


class NearUnit(NamedTuple):
    """A spelling that comes close to a registered name, and the code of that unit."""

    spelling: str
    code: str


class UnknownUnits(NamedTuple):
    """What the register lacks: units, and spellings for the aliases of known ones."""

    units: tuple[ProposedUnit, ...]
    near: tuple[NearUnit, ...]


def unknown_units(plan: Branch, register: Register, issuer: str, parent: str) -> UnknownUnits:
    """The units of a draft that the register does not know. `issuer` and `parent` are the names at its head."""
    names: dict[str, str] = {}
    near: dict[str, NearUnit] = {}
    text = " \n".join(_texts(plan))
    above = _natural(parent, text) if parent and not register.find(parent) else ""
    own = _natural(issuer, text) if issuer and not register.find(issuer) else ""
    for phrase in _people(plan):
        for mention in register.mentions(phrase):
            name = mention.text.strip(" -+*.;,:")
            if mention.kind == NEAR and mention.unit is not None:
                near[plain(name)] = NearUnit(name, mention.unit.code)
            elif mention.kind == UNKNOWN and _is_name(name):
                names.setdefault(plain(name), name)
    for head in (own, above):
        names.pop(plain(head), None)
    codes = set(register.by_code)
    found: list[ProposedUnit] = []
    if above:
        found.append(ProposedUnit(_code(above, codes), above))
    registered = register.find(parent)
    parent_code = found[0].code if found else (registered.code if registered else "")
    if own:
        found.append(ProposedUnit(_code(own, codes), own, parent_code))
    known = register.find(issuer) if issuer else None
    code = found[-1].code if own else (known.code if known else "")
    below = {plain(name) for name in names.values() if re.match(r"^(phong|khoa|to|ban|bo phan|doi)\b", folded(name))}
    for key, name in names.items():
        found.append(ProposedUnit(_code(name, codes), name, code if key in below else ""))
    return UnknownUnits(tuple(found), tuple(near.values()))


def _people(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (value[name] for name in ("lead", "support") if value.get(name))
        for name in (*CHILDREN, "sections", "annexes"):
            for part in value.get(name, ()):
                yield from _people(part)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name != "issuer_text":
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value


def _is_name(name: str) -> bool:
    return 2 < len(name) <= _LONGEST and "\n" not in name and bool(re.search(r"[^\W\d_]{2}", name))


def _natural(name: str, text: str) -> str:
    """A name in capitals as the text of the plan writes it; if it does not name it, with a capital at its start."""
    if name != name.upper():
        return name
    pattern = re.compile(r"\s+".join(map(re.escape, name.split())), re.IGNORECASE)
    counted = Counter(" ".join(found.split()) for found in pattern.findall(text))
    spelt = [(count, found) for found, count in counted.items() if found != found.upper()]
    return max(spelt)[1] if spelt else name.capitalize()


def _code(name: str, taken: set[str]) -> str:
    """A code of a name's first letters: `Phòng Đào tạo` is `PDT`."""
    words = [word for word in re.findall(r"[a-z0-9]+", folded(name)) if word not in _SMALL]
    base = "".join(word[0] for word in words)[:_MOST_LETTERS].upper() or "DV"
    base = base if base[0].isalpha() else f"D{base}"
    code, count = base, 1
    while code in taken:
        count += 1
        code = f"{base}{count}"
    taken.add(code)
    return code


def units_block(units: Iterable[ProposedUnit]) -> str:
    """The units as lines for `qmsplan.yaml`, below `units:`."""
    lines = []
    for unit in units:
        lines += [f"  - code: {unit.code}", f"    name: {_quoted(unit.name)}"]
        lines += [f"    parent: {unit.parent}"] if unit.parent else []
    return "\n".join(lines)


def _quoted(text: str) -> str:
    is_plain = re.fullmatch(r"[^\W\d_][^:#\"'\[\]{}&*!|>%@`]*", text) is not None
    return text if is_plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
