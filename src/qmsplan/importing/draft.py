"""A Word file as a draft of a plan: head, text, tables, annexes, end; ids, the period, targets that statements say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from qmsplan.conformity.pieces import folded
from qmsplan.diagnostics import UserError, reads
from qmsplan.importing.body import Part, read_parts
from qmsplan.importing.column_words import is_closing
from qmsplan.importing.columns import UNIT_BEHIND, VALUE
from qmsplan.importing.details import said_details
from qmsplan.importing.follow_up import mark_running, note_title
from qmsplan.importing.lines import Block, Grid, TextLine, lines_in
from qmsplan.importing.making import (
    CHILDREN,
    PARTS,
    Branch,
    ItemKind,
    Making,
    branches,
    decimal,
    guess,
    is_mark,
    is_measured,
    is_time,
    is_understood,
    without_name,
)
from qmsplan.importing.paper import PaperParts
from qmsplan.importing.sections import annex_starts, fill_branch, read_annexes
from qmsplan.model.fields import read_id
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period, parse_period
from qmsplan.model.structured import Comparator
from qmsplan.model.text import WRITTEN_DAY, capitalized, day_of, free_name, period_text, plain
from qmsplan.phrases.aggregation import adds_up, plan_adds_up, with_aggregation
from qmsplan.phrases.item_tree import understand_in_unit
from qmsplan.phrases.people import Register
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_parse import understand_targets

_SPAN = re.compile(r"(năm học\s+)?(20\d\d)\s*[-–—/]\s*(20\d\d)", re.IGNORECASE)
_YEAR = re.compile(r"\b(20\d\d)\b")
_KIND_OF_INFO = re.compile(
    r"kèm theo\s+(?P<type>[^\d]+?)\s+số\s*(?P<number>\d*)[\s.…_-]*/(?P<symbol>[^\s,]+)"
    rf"(?:\s+ngày\s+{WRITTEN_DAY})?.*?"
    r"(?:của\s+(?P<issuer>[^)]+))?\)?$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"^(tren day la|trong qua trinh)\b")
"""Sentences that close a plan wherever they stand."""
_LONGEST_TARGET = 120
_LONGEST_VALUE = 30


class ImportOptions(NamedTuple):
    """What the user says, and the workspace: its register, the name of its official format, its folder of templates.
    `year` is that of today, if the paper tells none."""

    id: str
    year: int
    register: Register
    profile: str
    templates: Path
    template: str | None = None
    kind: ItemKind | None = None
    recorded: str = ""
    """The day on which results of the plan's own time are recorded as readings, `2026-04-14`; "" leaves them in the
    plan."""
    paper: int = 0
    """Which of several papers in a Word file, from 1; 0 for the first one, and the others are told."""


class ImportDraft(NamedTuple):
    """A draft: its fields with comments at what was guessed, and the names of agencies at its head."""

    plan: Branch
    issuer: str
    parent: str
    making: Making
    """What is known of its own fields, of what happened, and of sums."""
    others: tuple[str, ...] = ()
    """Place, number and symbol of more papers in the same file."""


def draft_of(paper: PaperParts, options: ImportOptions) -> ImportDraft:
    """The draft that the parts of a paper make."""
    body, behind = paper.body, paper.after
    first = body[0] if body else None
    is_annex = isinstance(first, TextLine) and first.folded.startswith("phu luc")
    is_whole = paper.has_nation or ("type" in paper.head and bool(body) and not is_annex)
    starts = [start for start in annex_starts(body) if start or not is_whole]
    if starts:
        body, behind = body[: starts[0]], [*body[starts[0] :], *behind]
    period = _period(paper, [*body, *behind])
    span = parse_period(period or str(options.year))
    making = Making(span.start.year, options.register, options.kind, span.end.year)
    note_title(making, str(paper.head.get("type", "")), str(paper.head.get("title", "")))
    rest, annexes = read_annexes(behind, making)
    root = read_parts([*body, *(rest if any(isinstance(one, Grid) for one in rest) or not paper.end else [])])
    plan: Branch = {"kind": "plan", "id": options.id, "template": ""}
    plan["period"] = period or str(options.year)
    if not period:
        guess(plan, "period")
    _put_head(plan, paper, annexes, making)
    if paper.basis:
        plan["basis"] = "\n".join(line.text for line in paper.basis)
    root.lists_objectives = folded(str(plan["head"]["type"])).removeprefix("bang ").startswith("muc tieu chat luong")
    is_form = root.lists_objectives and not paper.has_nation
    closing = _take_closing(root)
    fill_branch(plan, root, making, "preamble")
    match plan.get("sections"):
        case [{"text": str(text), **others}] if not (others or root.parts or closing or "\n" in text):
            closing = [text]
            plan.pop("sections")
    if closing:
        plan["closing"] = "\n".join(closing)
    plan |= {name: value for name, value in paper.end.items() if value}
    if annexes:
        plan["annexes"] = annexes
    if making.own:
        plan["fields"] = dict(making.own)
    _put_money_unit(plan, making)
    _put_signoff(plan, paper, making)
    _propose_targets(plan, making)
    mark_running(plan, making)
    _leave_out_sums(plan, making)
    _propose_deadlines(plan, making)
    _propose_people(plan, making)
    _Ids(plan).give(plan)
    plan["template"] = options.template or _template(plan, is_form=is_form)
    return ImportDraft(plan, paper.issuer, paper.parent, making, tuple(paper.others))


def _put_money_unit(plan: Branch, making: Making) -> None:
    """Says in what money is counted, if that is not the usual unit; where no heading says it, it is guessed."""
    if making.money_unit and making.money_unit != "triệu đồng":
        plan["money_unit"] = making.money_unit
    elif not making.money_unit and any(part.get("budget") for _, part in branches(plan)):
        plan["money_unit"] = "triệu đồng"
        guess(plan, "money_unit")


def _period(paper: PaperParts, blocks: Sequence[Block]) -> str:
    """The time that the plan is for: that of its title, of its day, or the year named most often; "" if none is."""
    title = str(paper.head.get("title", ""))
    if match := _SPAN.search(title):
        return _span_from(match)
    if years := _YEAR.findall(title):
        return str(max(years))
    if paper.day:
        return str(paper.day.year)
    counted = Counter(year for line in lines_in(blocks) for year in _YEAR.findall(line.text))
    span = next((match for line in lines_in(blocks[:6]) if (match := _SPAN.search(line.text))), None)
    if span and span[2] < span[3]:
        return _span_from(span)
    return counted.most_common(1)[0][0] if counted else ""


def _span_from(match: re.Match[str]) -> str:
    """The time of `2026 - 2030` or `năm học 2025-2026`."""
    school, first, last = match.groups()
    is_school = school and int(last) - int(first) == 1
    return f"năm học {first}-{last}" if is_school else f"{first}-{last}" if first < last else first


def _put_head(plan: Branch, paper: PaperParts, annexes: Sequence[Branch], making: Making) -> None:
    head: Branch = dict(paper.head)
    issuer = paper.issuer
    info = next((match for one in annexes if (match := _KIND_OF_INFO.search(str(one.get("info", ""))))), None)
    if info and folded(str(head.get("type", info["type"]))) != folded(info["type"]):
        info = None  # it was issued with another paper, a decision, whose number is not its own
    if info and "symbol" not in head:
        head["symbol"] = info["symbol"].strip(".")
    if info and not issuer and info["issuer"]:
        issuer = info["issuer"].strip()
    if info and not (paper.has_nation or paper.number or paper.day) and info["number"] and info["day"]:
        paper.number, paper.day = info["number"], day_of(info)  # an annex in a file of its own
    if "type" not in head:
        head["type"] = info["type"].upper() if info else "KẾ HOẠCH"
        guess(head, "type")
    if annexes and "title" not in head:
        head["title"] = annexes[0]["title"]
        guess(head, "title")
    unit = making.register.find(issuer) if issuer else None
    if unit is not None:
        head["issuer"] = unit.code
    elif issuer:
        head["issuer_text"] = issuer
    if paper.parent and not (unit and unit.parent):
        head["parent_text"] = paper.parent
    plan["head"] = head


def _take_closing(root: Part) -> list[str]:
    """The sentences that close the text, taken out of its last part."""
    part = root
    while part.parts:
        part = part.parts[-1]
    found: list[str] = []
    while part.blocks and isinstance(last := part.blocks[-1], TextLine) and is_closing(last.text):
        if len(part.blocks) == 1 and not _ENDS.match(last.folded):
            break  # else nothing would be left of the part
        found.insert(0, last.marked)
        part.blocks.pop()
    return found


def _put_signoff(plan: Branch, paper: PaperParts, making: Making) -> None:
    """Number and day of a paper that has both: it was issued. Those of a report after the plan's time are not the
    plan's."""
    symbol = plan["head"].get("symbol")
    is_later = making.is_follow_up and paper.day is not None and paper.day.year > making.last_year
    if paper.number and paper.day and symbol and not is_later:
        mark = "-" if paper.is_party else "/"
        plan["signoff"] = {"number": f"{paper.number}{mark}{symbol}", "date": paper.day.isoformat()}
    elif paper.dateline:
        plan["head"].setdefault("dateline", paper.dateline)


_COMPARED = {
    Comparator.AT_LEAST: ("", "ít nhất ", "từ "),
    Comparator.MORE: (">", "trên "),
    Comparator.AT_MOST: ("không quá ", "≤ "),
    Comparator.LESS: ("dưới ", "< "),
}


def _propose_targets(plan: Branch, making: Making) -> None:
    """Gives objectives without a target the one that their text says, where it says exactly one, or what is planned for
    the last year; marks targets that are not understood, and those of the last year of counts: they may be parts of a
    sum."""
    for item in (part for name, part in branches(plan) if name == "objectives"):
        steps = [code for code in item.get("plan", ()) if code.isdecimal() and making.last_year > making.year]
        last = item["plan"].get(str(making.last_year), "") if steps else ""
        if item.get("target"):
            unit = str(item.get("unit", ""))
            if not unit and VALUE.fullmatch(str(item["target"])) and (told := UNIT_BEHIND.search(str(item["text"]))):
                item["unit"] = unit = told[1]
                guess(item, "unit")
            is_rate = not unit and bool(_RATE.search(str(item.get("text", ""))))
            if not _is_sure(str(item["target"]), unit, is_step=bool(steps) and not (last or is_rate)):
                guess(item, "target")
        elif not item.get("objectives") and (target := last or _said(without_name(str(item.get("text", ""))))):
            item["target"] = target
            guess(item, "target")


def _leave_out_sums(plan: Branch, making: Making) -> None:
    """Leaves out what is planned for a period and is the sum of what is planned for its parts, `50` of `6 tháng` beside
    `20` and `30`: the document adds it up again. Marks values that hold others and are not their sum, or are typed with
    a unit, `50 cây`, as the document adds up bare numbers alone."""
    for item in (part for name, part in branches(plan) if name == "objectives" and _is_planned_in_parts(part)):
        steps: dict[str, str] = item["plan"]
        are_bare = all(map(is_measured, steps.values()))
        times = {code: parse_period(code) for code in steps}
        least = {code: time for code, time in times.items() if not any(o in time for o in times.values() if o != time)}
        for code, whole in times.items():
            parts = {one: time for one, time in least.items() if time in whole and time != whole}
            is_sum = are_bare and sum(decimal(steps[one]) for one in parts) == decimal(steps[code])
            if parts and is_sum and sum(map(_days, parts.values())) == _days(whole):
                making.summed.append(f"{item.get('text', '')}: {period_text(whole, 'vi')}: {steps[code]}")
                item["plan"] = {one: text for one, text in item["plan"].items() if one != code}
            elif parts:
                guess(item, "plan")


def _is_planned_in_parts(item: Branch) -> bool:
    """Whether what is planned for periods are parts of a sum: counts, and not levels."""
    found = understand_in_unit(str(item.get("target", "")), unit := str(item.get("unit", "")))
    targets = [one for one in found if isinstance(one, Target)] if isinstance(found, tuple) else []
    told = (with_aggregation(one, str(item.get("text", "")), None, unit) for one in targets)
    return bool(item.get("plan") and targets) and all(plan_adds_up(one) and not one.is_relative for one in told)


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1


def _propose_deadlines(plan: Branch, making: Making) -> None:
    """Gives items without a deadline the times that their row of a schedule marks: nothing is due by a mark alone."""
    for _, item in branches(plan):
        fields = item.get("fields", {})
        weeks = {code for name, code in making.own_periods.items() if is_mark(fields.get(name, ""))}
        codes = {*item.get("schedule", ()), *weeks}
        if codes and not item.get("deadline"):
            days = [text for text in item.get("schedule", {}).values() if is_time(text, making.year, making.last_year)]
            periods = sorted(map(parse_period, codes), key=lambda one: one.start)
            item["deadline"] = capitalized("; ".join(days if len(days) == len(codes) else _stretches(periods)))
            guess(item, "deadline")


def _propose_people(plan: Branch, making: Making) -> None:
    """Gives items without a lead the units below whose names their row marks who leads and who supports."""
    for _, item in branches(plan):
        fields = item.get("fields", {})
        told = [(plain(fields.get(name, "")), unit) for name, unit in making.units.items()]
        marked = [(PARTS[mark], unit) for mark, unit in told if mark in PARTS]
        if len(marked) == 1 and not marked[0][0]:
            marked = [("lead", marked[0][1])]
        for field in ("lead", "support"):
            named = "; ".join(unit for part, unit in marked if part == field)
            if named and field not in item:
                item[field] = named
                guess(item, field)


def _stretches(periods: Sequence[Period]) -> Iterator[str]:
    """Times in words, those that follow each other as one: `tháng 9 năm 2026 đến tháng 11 năm 2026`."""
    begin = 0
    for at, period in enumerate(periods, 1):
        if at == len(periods) or periods[at].start - period.end > timedelta(days=1):
            ends = dict.fromkeys(period_text(one, "vi") for one in (periods[begin], period))
            yield " đến ".join(ends)
            begin = at


def _only_target(text: str) -> Target | None:
    """The target that a text says; None if it says none, or several."""
    found = understand_targets(text)
    return found[0] if not isinstance(found, UserError) and len(found) == 1 else None


_RATE = re.compile(r"%|^\W*(?:tỷ lệ|tỉ lệ|mức độ|chỉ số)\b", re.IGNORECASE)
"""What says that values are no counts, where no unit stands behind them."""


def _is_sure(target: str, unit: str, *, is_step: bool) -> bool:
    """Whether a target is understood, and no count of one of several years: `5`, or `5 lớp`."""
    found = understand_in_unit(target, unit)
    if not is_step or not isinstance(found, tuple):
        return is_understood(target, unit)
    read = [one for one in found if isinstance(one, Target)]
    return is_understood(target, unit) and not any(adds_up(one) or not one.quantity for one in read)


def _said(statement: str) -> str:
    """The target of a statement as a short phrase that means the same: `>98%`; "" if it is not surely understood."""
    statement = said_details(plain_text(statement))[1]
    if value := _value_behind(statement):
        return value
    meant = _only_target(statement)
    if meant is None or meant.value is None or meant.criterion is not None:
        return ""
    if meant.comparator is Comparator.BETWEEN:
        return _span_of(statement, meant)
    digits = f"{meant.value.normalize():f}"
    whole, _, rest = digits.partition(".")
    points = r"\.?".join(whole) + (f"[.,]{rest}" if rest else "")
    number = re.search(rf"(?<![\d.,/])0?{points}(?![\d/])", statement)
    typed = number[0] if number else digits.replace(".", ",")
    amount = f"{typed}%" if meant.unit == "%" else f"{typed} {meant.unit}".strip()
    for words in _COMPARED.get(meant.comparator, ()):
        one = _only_target(words + amount)
        if one and (one.comparator, one.value, one.unit) == (meant.comparator, meant.value, meant.unit):
            return words + amount
    is_whole = meant.is_relative or (meant.comparator is Comparator.EQUAL and not meant.value)  # `Không có đơn thư …`
    statement = statement.rstrip(" .;")
    return statement if is_whole and len(statement) <= _LONGEST_TARGET else ""


def _value_behind(statement: str) -> str:
    """The value that stands alone behind a statement's colon: `≥ 90%` of `Khám thai đủ 4 lần: ≥ 90%`; "" if none
    does."""
    _, colon, rest = statement.rstrip(" .;").rpartition(":")
    value = rest.strip()
    one = _only_target(value) if colon and len(value) <= _LONGEST_VALUE else None
    return "" if one is None or one.value is None or one.population or one.criterion is not None else value


def _span_of(statement: str, meant: Target) -> str:
    """The words of a target between two values: `từ 80% đến 85%`; "" if they are not found as typed."""
    for match in re.finditer(r"(?:từ )?\d[\d.,]*\s?%?\s?(?:đến|-|–)\s?\d[\d.,]*\s?%?", statement):
        for words in (match[0], f"{match[0]} {meant.unit}"):
            one = _only_target(words)
            if one and (one.value, one.upper, one.unit) == (meant.value, meant.upper, meant.unit):
                return words
    return ""


def _template(plan: Branch, *, is_form: bool) -> str:
    """The template that prints the draft like the paper: by its tables, and whether its tasks stand as lines."""
    if is_form:
        return "objectives-form"
    places = [plan, *(part for name, part in branches(plan) if name not in CHILDREN)]
    if any(place.get("table", {}).get("kind") == "framework" for place in places):
        return "framework-table"
    if "table" in plan and plan.get("objectives", plan.get("groups")):
        return "objectives-table"
    has_lines = any("table" not in place and any(place.get(name) for name in CHILDREN) for place in places)
    return "work-plan" if has_lines else "narrative-plan"


_NOT_OF_ID = re.compile(r"^(MUC TIEU|CHI TIEU|NHIEM VU|HOAT DONG|CONG VIEC)( SO)? (?=\d)|[^0-9A-Za-z.]")
"""What an id leaves out of a printed number: `Mục tiêu 1:` makes `MT1`."""
_PREFIXES = {"groups": "G", "objectives": "MT", "tasks": "NV", "activities": "HD"}


class _Ids:
    """Gives every item of a draft an id made from its printed number, the same each time."""

    def __init__(self, plan: Branch) -> None:
        self.typed = {number for name, item in branches(plan) if _is_id(number := _number(item)) and name in CHILDREN}
        self.taken: set[str] = set()

    def give(self, branch: Branch, above: str = "", section: str = "") -> None:
        """Gives the items below a branch their ids; `above` is the id of the item around them, `section` stands before
        an id that is taken."""
        for name in CHILDREN:
            items = branch.get(name, ())
            for item, identifier in zip(items, self._of_list(name, items, above, section), strict=True):
                fields = {"id": identifier, **item}
                item.clear()
                item.update(fields)
                self.give(item, identifier, section)
        for at, part in enumerate(branch.get("sections", ()), start=1):
            number = re.sub(r"[^0-9A-Za-z]", "", folded(str(part.get("number", ""))).upper()) or str(at)
            self.give(part, "", f"{section}{number}.")
        for at, annex in enumerate(branch.get("annexes", ()), start=1):
            self.give(annex, "", f"PL{at}.")

    def _of_list(self, name: str, items: Sequence[Branch], above: str, section: str) -> list[str]:
        """The ids of the items of a list: those with numbers choose first; of the others one whose place has been
        taken is called after the last item above that has its own, `MT1-2` and `MT1-3` below `MT1`."""
        found, stems = [""] * len(items), [""] * len(items)
        numbers = [_number(item) for item in items]
        for at in sorted(range(len(items)), key=lambda at: not numbers[at]):
            wanted = _wanted(name, numbers[at], above, at + 1)
            is_taken = at and not numbers[at] and wanted in self.taken | self.typed
            wanted = stems[at - 1] if is_taken else wanted
            found[at] = self._free(wanted, section, is_typed=_is_id(numbers[at]))
            self.taken.add(found[at])
            stems[at] = wanted if is_taken else found[at]
            if _is_id(numbers[at]) and found[at] != wanted:
                guess(items[at], "id")  # the paper says it twice
        return found

    def _free(self, wanted: str, section: str, *, is_typed: bool) -> str:
        """An id that no other item has or is typed with: the wanted one, with the section before it, or with a number
        behind it."""
        wanted = wanted[:48]
        taken = self.taken if is_typed else self.taken | self.typed
        for name in (wanted, section + wanted.removeprefix(section)):
            if name not in taken and reads(read_id, name):
                return name
        base = wanted if reads(read_id, wanted) else "X"
        return free_name(base, {base, *taken})


def _number(item: Branch) -> str:
    """The printed number of an item as ids have it."""
    return _NOT_OF_ID.sub("", folded(str(item.get("number", ""))).upper()).strip(".")


def _is_id(number: str) -> bool:
    """Whether a printed number is an id itself: `MT1`."""
    return number.startswith(("MT", "NV"))


def _wanted(name: str, number: str, above: str, count: int) -> str:
    prefix = _PREFIXES[name]
    if name == "groups":
        return f"{above}.{number or count}".strip(".") if above else (number or f"{prefix}{count}")
    if _is_id(number) or (above and number.startswith(f"{above}.")):
        return number
    base = above.lstrip("MTNVHDG") if above.startswith(("MT", "NV", "HD")) else ""
    if base and number.startswith(f"{base}."):
        return f"{prefix}{number}"
    if above:
        return f"{above}.{number or count}"
    return f"{prefix}{number or count}"
