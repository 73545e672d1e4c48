"""A draft in the making: values for a plan file, what was guessed, names of own fields, and how cells become fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from qmsplan.conformity.pieces import folded
from qmsplan.diagnostics import Path, UserError, reads
from qmsplan.importing.lines import TextLine, joined
from qmsplan.model.fields import read_clause, read_measured, read_weight
from qmsplan.model.inline import InlineNote, runs
from qmsplan.model.period import Period, parse_period
from qmsplan.model.plan import read_frequency
from qmsplan.model.table import money_text, read_amount
from qmsplan.model.text import free_name
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.item_tree import understand_in_unit
from qmsplan.phrases.people import Register
from qmsplan.phrases.target import Target

Branch: TypeAlias = dict[str, Any]
"""Fields of a part of a plan. The key `#` holds a comment above the part, `#target` one above a field."""
ItemKind = Literal["objectives", "tasks"]
REVIEW = "đoán khi nhập: xem lại"
"""The comment at what was guessed."""
CHILDREN = ("groups", "objectives", "tasks", "activities")
IN_LINES = frozenset(
    {
        *("text", "title", "info", "basis", "preamble", "closing", "recipients", "measures", "method", "source"),
        *("monitor", "risk", "place", "participants", "deliverables", "evaluation", "funding", "note", "position"),
    }
)
"""Fields that hold paragraphs; others hold one text."""
_PLAIN = frozenset({"deadline", "start", "hours", "unit", "base", "threshold", "score", "target", "frequency"})
_BULLET = re.compile(r"^[-–—+•*·▪▫◦○●■□◆◇➢➤►▶✓✔❖\uf020-\uf0ff]\s*")
"""Signs before a line of a list; those behind U+F020 are of Word's fonts Symbol and Wingdings."""
_ORDINAL = re.compile(
    r"^((?:[IVXLC]+|[A-Z]|\d{1,3}(?:\.\d{1,3})*|[a-zđ])\s*[.)/]|\d{1,3}(?:\.\d{1,3})+|(?:MT|NV|CT)\s?\d+[.:)]?"
    r"|(?:[IVX]+|\d{1,2})\s?[-–](?= )"
    r"|(?:Mục tiêu|Chỉ tiêu|Nhiệm vụ|Hoạt động|Công việc)(?: số)? \d{1,2}(?:\.\d{1,2})*\s*[.:)])\s*(?=\D)"
)


BARE_LABEL = re.compile(r"(các )?(biện pháp|giải pháp)( (thực hiện|triển khai|cụ thể|chủ yếu))?", re.IGNORECASE)
"""A label of measures that stands alone on its line, without a colon."""


@dataclass
class Making:
    """What all parts of one draft share."""

    year: int
    register: Register
    kind: ItemKind | None = None
    """The kind of all items, if the user says so."""
    last_year: int = 0
    """The year that the plan's time ends with, if it is not the one that it begins with."""
    own: dict[str, str] = field(default_factory=dict)
    """The plan's own fields with their headings."""
    money_unit: str = ""
    own_periods: dict[str, str] = field(default_factory=dict)
    """Own fields that hold results of a period, or marks for it, with its code: `{thuc_hien_quy_i: 2026-Q1}`."""
    is_follow_up: bool = False
    """Whether the paper says what happened: `Theo dõi thực hiện mục tiêu quý II`."""
    reported: str = ""
    """The code of the period that it is about."""
    roles: dict[str, str] = field(default_factory=dict)
    """Own fields that say what happened, each with what it says (`follow_up.role_of`)."""
    units: dict[str, str] = field(default_factory=dict)
    """Own fields whose heading names a unit and whose cells mark its part, with that unit: `{van_phong: Văn phòng}`."""
    sums: list[Any] = field(default_factory=list)
    """Sums of tables that their rows don't add up to (`group_rows.SumDifference`)."""

    free_tables: list[str] = field(default_factory=list)
    """The headings of tables whose rows have numbers but are no items: `TT | Họ tên | Chức vụ`."""
    summed: list[str] = field(default_factory=list)
    """Values of periods that are left out, as they are the sums of those of their parts."""
    days: list[str] = field(default_factory=list)
    """Cells that hold days where others hold values."""

    def own_field(self, title: str) -> str:
        """The name of an own field with this heading: `so_luong` for `Số lượng`."""
        for name, known in self.own.items():
            if known == title:
                return name
        base = re.sub(r"[^a-z0-9]+", "_", folded(title)).strip("_")[:40].strip("_") or "cot"
        name = free_name(base, self.own, "_")
        self.own[name] = title
        return name


def guess(branch: Branch, name: str = "") -> None:
    """Notes that a part, or a field of it, also one of the plan's own (`fields.x`), was guessed."""
    holder, _, own = name.rpartition(".")
    (branch.setdefault(holder, {}) if holder else branch)[f"#{own}"] = REVIEW


def branches(branch: Branch) -> Iterator[tuple[str, Branch]]:
    """All parts below a branch, each with the list that it stands in: `("objectives", {"text": …})`."""
    for name in (*CHILDREN, "sections", "annexes"):
        for part in branch.get(name, ()):
            yield name, part
            yield from branches(part)


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """All texts of a draft with their paths, its comments too."""
    if isinstance(value, (dict, list)):
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(part, (*path, name))
    else:
        yield path, str(value)


def texts_in(value: Branch, but: frozenset[str]) -> Iterator[str]:
    """All texts of a draft but its comments, and but those of some fields."""
    for path, text in leaves(value):
        if but.isdisjoint(path) and not any(str(name).startswith("#") for name in path):
            yield text


_OBJECTIVE_NUMBER = re.compile(
    r"^\s*(?:mục tiêu|chỉ tiêu)(?: chất lượng)?(?: số)? (?:\d+|[ivx]+\b|[a-zđ]\b)\s*[.:]?", re.IGNORECASE
)


def names_objective(text: str) -> bool:
    """Whether a number or a text says that it is an objective: `Mục tiêu 1: Đón 45.000 lượt khách`."""
    return _OBJECTIVE_NUMBER.match(text) is not None


def without_name(text: str) -> str:
    """An objective without what says that it is one: `Đón 45.000 lượt khách`."""
    return _OBJECTIVE_NUMBER.sub("", text).strip()


def split_ordinal(text: str) -> tuple[str, str]:
    """The number that a text begins with, and the rest: `3.1. Rà soát` is `3.1.` and `Rà soát`."""
    found = _ORDINAL.match(text)
    if found is None or not text[found.end() :].strip():
        return "", text
    return found[1].strip(), text[found.end() :].strip()


def numbered(line: TextLine) -> tuple[str, TextLine]:
    """The number that a line begins with, and the rest of the line."""
    number, rest = split_ordinal(line.text)
    return (number, line.part(len(line.text) - len(rest))) if number else ("", line)


def without_bullet(text: str) -> str:
    """A line without the dash or dot in front."""
    return _BULLET.sub("", text)


def has_bullet(text: str) -> bool:
    """Whether a line begins with a dash or dot."""
    return bool(_BULLET.match(text))


def is_listed(text: str) -> bool:
    """Whether a line begins with a number, a dash or a dot."""
    return bool(split_ordinal(text)[0]) or has_bullet(text)


def paragraphs(lines: Sequence[TextLine], *, marks: bool = True) -> str:
    """Lines as the text of a field, a paragraph a line."""
    return "\n".join(line.marked if marks else line.text for line in lines)


def put(branch: Branch, name: str, lines: Sequence[TextLine]) -> None:
    """Puts the lines of a cell into a field, behind what is in it already."""
    if not lines:
        return
    if name == "clauses":
        branch[name] = [*branch.get(name, ()), *_BETWEEN.split(" ; ".join(line.text for line in lines))]
        return
    is_own = name.startswith("fields.")
    holder, key = (branch.setdefault("fields", {}), name.removeprefix("fields.")) if is_own else (branch, name)
    if name in _PLAIN:
        text, sign = _in_one(lines), "; "
    else:
        text, sign = paragraphs(lines, marks=not is_own), "; " if name in {"lead", "support"} else "\n"
    whole = sign.join(filter(None, (holder.get(key, ""), text)))
    holder[key] = whole.rstrip(" %") if name == "weight" else whole


def _in_one(lines: Sequence[TextLine]) -> str:
    """Lines as one text; those of a list are parted: `- Quý I;`, `- Quý III` as `Quý I; Quý III`."""
    if len(lines) > 1 and all(has_bullet(line.text) for line in lines):
        return "; ".join(without_bullet(line.text).rstrip(" ;") for line in lines)
    return joined(lines)


def new_item(number: str, lines: Sequence[TextLine]) -> Branch:
    """An item, or a group of items, with its number, if it has one, and its text."""
    item: Branch = {"number": number} if number else {}
    put(item, "text", lines)
    return item


def lost_notes(name: str, lines: Sequence[TextLine]) -> list[TextLine]:
    """The footnotes of lines whose field can't hold any, such as a target."""
    notes = (part for line in lines if name in _PLAIN for part in runs(line.marked) if isinstance(part, InlineNote))
    return [TextLine("".join(part.text for part in note.runs)) for note in notes]


PARTS = {"ct": "lead", "chủ trì": "lead", "ph": "support", "phối hợp": "support", "x": "", "v": "", "✓": "", "●": ""}
"""What marks the part of a unit below its name, and the field that says so; "" for what leads if it stands alone."""


def is_mark(text: str) -> bool:
    """Whether a cell only marks something: `x`."""
    return len(text) == 1 and not text.isdigit()


_WHOLE = re.compile("[1-9][0-9]{3,}")


def is_measured(text: str) -> bool:
    """Whether a text is a number that a plan prints again as it was typed: `1500`, `8,5`; or a whole one that it prints
    with points, as the cells of a workbook hold them: `12000`. Of a year's parts the sum counts."""
    typed = text.strip()
    return bool(_WHOLE.fullmatch(typed)) or _printed(read_measured, measured(typed)) == typed != ""


def _printed(read: Callable[[str], Decimal], text: str) -> str:
    """A number as a plan prints it; "" if it is none."""
    try:
        return money_text(read(text))
    except (UserError, ArithmeticError):
        return ""


def measured(text: str) -> str:
    """A number without points between thousands: `1.500` is `1500`."""
    text = text.strip()
    return text.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text) else text


def amount(text: str) -> str:
    """A sum of money as a plan holds it; "" if it is none that is printed again as typed, but for the points between
    thousands, which the cells of a workbook do not hold: `67500000`."""
    typed = measured(text)
    return typed if _printed(read_amount, typed).replace(".", "") == typed else ""


_NO_AMOUNT = re.compile(r"[-–—/x\s]*", re.IGNORECASE)


def is_no_amount(text: str) -> bool:
    """Whether a cell of money says that there is none: `-`, `x`."""
    return bool(_NO_AMOUNT.fullmatch(text))


def are_amounts(texts: Sequence[str]) -> bool:
    """Whether cells of money hold amounts, and beside them at most marks for none."""
    told = [text for text in texts if not is_no_amount(text)]
    return bool(told) and all(map(amount, told))


def decimal(text: str) -> Decimal:
    """The number of an amount; 0 if it is none."""
    try:
        return read_amount(measured(text))
    except (UserError, ArithmeticError):
        return Decimal(0)


_BETWEEN = re.compile(r"\s*[;,\n]\s*|\s+(?=\d)")


def _read_clauses(text: str) -> list[str]:
    """The clauses of a text: `8.1; 8.5`. UserError if one is none."""
    return [read_clause(part) for part in _BETWEEN.split(text)]


_READERS: Mapping[str, Callable[[str], object]] = {
    "frequency": read_frequency,
    "weight": read_weight,
    "clauses": _read_clauses,
}


def fits(name: str, text: str) -> bool:
    """Whether a field can hold a text: `weight` only numbers, `frequency` only what says how often."""
    return reads(_READERS.get(name, str), text.strip())


def is_understood(target: str, unit: str = "") -> bool:
    """Whether a target is surely understood, if need be with its unit of measure: with a number, and nothing of the
    phrase left over."""
    found = understand_in_unit(target, unit)
    return isinstance(found, tuple) and all(isinstance(one, Target) and one.is_measurable for one in found)


def is_time(text: str, year: int, last_year: int = 0) -> bool:
    """Whether a text is nothing but a time in the plan's own, by which something is to be done: `Trước 30/6/2026`."""
    found = understand_deadline(text, Period(date(year, 1, 1), date(last_year or year, 12, 31)))
    return isinstance(found, Deadline) and not (found.event or found.reference)


_BOUND = re.compile(r"(?:[≥>≤<]=?\s*)?(?P<first>\d[\d.,]*)\s*%?(?:\s*[-–]\s*\d[\d.,]*\s*%?)?")
"""A target with its sign, or from one value to another: `≥ 42`, `90 - 92`."""


def are_states(base: str, steps: Mapping[str, str], target: str) -> bool:
    """Whether the values of years go on from where it stood, each the state of its own year, and do not add up: `4`,
    then `5`, `5`, `6`, `7`."""
    bound = _BOUND.fullmatch(target.strip())
    goal = bound["first"] if bound else target
    texts = [text.strip().removesuffix("%") for text in (base, *steps.values(), *filter(None, [goal]))]
    values = [decimal(text) for text in texts]
    is_in_years = all(map(str.isdecimal, steps)) and len(texts) > 2 and all(map(is_measured, texts))
    return is_in_years and values in (sorted(values), sorted(values, reverse=True))


def hold_each_other(codes: Collection[str]) -> bool:
    """Whether periods begin on the same day, so that each one's value has those before it: `6 tháng`, `9 tháng`."""
    return len(codes) > 1 and len({parse_period(code).start for code in codes}) == 1


_STEP = re.compile(r"(\d[\d.]*(?:,\d+)?)\s*(%|[^\W\d].*)")


def planned_steps(texts: Sequence[str], target: str, unit: str = "") -> list[str]:
    """What is planned for periods in the unit of the target, as a plan holds it: `95` of `95%`, `20 cây`; nothing if
    any of them says more or names another unit: `≤ 2%`."""
    found = [match for text in texts if (match := _STEP.fullmatch(text.strip()))]
    goal = understand_in_unit(target, unit)
    targets = [one for one in goal if isinstance(one, Target)] if isinstance(goal, tuple) else []
    is_plain = len(found) == len(texts) and not any(one.is_relative for one in targets)
    if not is_plain or {match[2].lower() for match in found} != {one.unit.lower() for one in targets}:
        return []
    return [match[1] if match[2] == "%" else match[0] for match in found]
