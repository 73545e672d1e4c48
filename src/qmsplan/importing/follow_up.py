"""What a file tells of what happened, results and work that is done, taken out of its draft as a progress file.

A plan has results below headings of periods (`Thực hiện quý I`). A paper that follows a plan up says the period in its
title (`Theo dõi thực hiện mục tiêu chất lượng quý II năm 2026`) and has columns such as `Kết quả`, `Ngày hoàn thành`,
`Minh chứng`, which are no fields of a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from qmsplan.diagnostics import reads
from qmsplan.importing.column_words import ROLES, period_in, words_of
from qmsplan.importing.columns import ChosenColumn
from qmsplan.importing.making import Branch, Making, branches, guess, measured
from qmsplan.model.fields import read_measured, read_number
from qmsplan.model.period import parse_period
from qmsplan.model.plan import Plan
from qmsplan.model.text import WRITTEN_DAY, day_of, plain
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.phrases.target import Target
from qmsplan.progress.occurrences import periods_naming

_TITLE = re.compile(
    r"(?:(?:bảng|biểu|phiếu|sổ|mẫu|tổng hợp) )*(?:theo dõi|báo cáo|kết quả|tình hình|tiến độ|đánh giá)\b"
)
"""How titles of papers begin that say what happened: `Bảng theo dõi …`; `Kế hoạch theo dõi …` is a plan."""
_FIGURE = re.compile(r"[\d.,]+\s*%?|\d+\s*/\s*\d+")
_SHARE = r"(?P<{}>[\d.,]+)\s*%"
_COUNTED = re.compile(
    rf"(?:{_SHARE.format('before')}\s*\(\s*)?(?P<part>\d[\d.]*)\s*/\s*(?P<all>\d[\d.]*)(?: [^\W\d]+){{0,3}}\)?"
    rf"(?:\s*\(?(?:=|đạt)?\s*{_SHARE.format('after')}\)?)?"
)
"""Cases that meet the target and all cases: `127/130 (97,7%)`, `97,7% (127/130)`, `4.512/4.530 hồ sơ (99,6%)`."""
_SAYS_SO = re.compile(r"(?:(?:đã )?(?:đạt|thực hiện|tổ chức)(?: được)?|được|có):? (?=\d)", re.IGNORECASE)
"""Words before a figure that say no more than that it was reached: `Đạt 96,2%`."""
_NONE = re.compile(r"không (?:phát sinh|xảy ra|để xảy ra)(?P<unit>(?: [^\W\d]+){0,3}?)(?: nào)?", re.IGNORECASE)
"""That nothing of what is counted happened: `Không xảy ra vụ nào`."""
_DONE = re.compile(r"\b(?:hoàn thành|xong|đã thực hiện|đã ban hành)\b", re.IGNORECASE)
_BARELY_DONE = re.compile(r"(?:(?:đã )?(?:hoàn thành|xong|thực hiện xong))?(?:,? ?(?:vào |trong )?ngày)?\W*")
"""What says, beside the day, no more than that it was done."""
_NOT_DONE = re.compile(
    r"\b(?:chưa|không|sẽ|đang|dự kiến|kế hoạch|phấn đấu|một phần|gia hạn|lùi|hoãn"
    r"|(?:trước|đến|tới)(?= (?:hết )?(?:ngày )?\d))\b",
    re.IGNORECASE,
)
"""What says of a day that it is still to come, or of work that it is not done, also below `Ngày hoàn thành`."""
_DAY = re.compile(WRITTEN_DAY)
_WHOLE_SHARE = 100
_NO_REASON = re.compile(r"\W*(?:(?:chưa|không)(?: (?:có|báo cáo|phát sinh|xác định))*)?\W*", re.IGNORECASE)
"""What stands for a cause or an action that nobody told: `-`, `Chưa báo cáo`."""


def role_of(title: str) -> str:
    """What a heading tells of what happened: `reached`, `running`, `done`, `evidence`, `cause`; "" if nothing."""
    return next((role for role, words in ROLES.items() if re.fullmatch(words, words_of(title))), "")


def note_title(making: Making, kind: str, title: str) -> None:
    """Notes whether a paper follows a plan up, and the period that it is about."""
    told = plain(f"{kind} {title}")
    if _TITLE.match(told):
        making.is_follow_up, making.reported = True, period_in(told, making.year)


_REMEDY = re.compile(r" (?:các )?(?:biện pháp|giải pháp|hành động)(?: (?:và )?thời hạn)? ")
"""A heading beside causes of what is done about a miss; `Biện pháp thực hiện` is what was planned."""
_FREE = frozenset({"", "deliverables", "evaluation", "measures"})
"""Fields that a column may lose to what happened."""


def as_followed(
    column: ChosenColumn, texts: Sequence[str], columns: Sequence[ChosenColumn], making: Making
) -> tuple[ChosenColumn, str]:
    """A column without the field of a plan where it says what happened, and what it says then (`role_of`): always in a
    paper that follows a plan up, elsewhere `Kết quả đến 30/6`, and `Kết quả` above states of the work or beside the
    results that are expected; and figures below `Kết quả` beside targets."""
    role = role_of(column.heading.title) or role_of(column.heading.under)
    has_cause = making.is_follow_up and any(role_of(one.heading.title) == "cause" for one in columns)
    if has_cause and _REMEDY.fullmatch(words_of(column.heading.title)):
        role = "action"
    are_figures = role == "reached" and bool(texts) and all(map(_FIGURE.fullmatch, texts))
    if not role or column.store or not (column.field in _FREE or are_figures):
        return column, role if making.is_follow_up else ""
    is_beside = role == "reached" and column.field in {"", "evaluation"}
    is_reached = are_figures and any(one.field == "target" for one in columns)
    if making.is_follow_up or is_beside:
        return column._replace(field=""), role
    return column._replace(field="") if is_reached else column, ""


def not_read(draft: Branch, making: Making, entries: Iterable[Happened]) -> Iterator[str]:
    """What a paper says of what happened that no entry has, with the item: `Tập huấn: Đang làm`; `Số lớp: 6 | 60` if
    either may be the result."""
    read = {(one.entry["item"], one.entry.get("period")) for one in entries if one.list == "readings"}
    for name, item in branches(draft):
        said = []
        for key, text in item.get("fields", {}).items():
            role = making.roles.get(key)
            if role in {"reached", "done"} or (role == "running" and not _FIGURE.fullmatch(text)):
                said.append(text)
        if name != "groups":
            cells = _results(item, making).items()
            said += [" | ".join(one.text for one in told) for code, told in cells if (item.get("id"), code) not in read]
        yield from (f"{item.get('text', item.get('id', ''))}: {text}" for text in said)


class Happened(NamedTuple):
    """One thing that happened: the list of a progress file that it goes to, its entry, and the texts of the draft that
    say it, each by the values that hold it and the name there."""

    list: str
    entry: Branch
    said: tuple[tuple[Branch, str], ...]


def happened(draft: Branch, plan: Plan, making: Making) -> Iterator[Happened]:
    """What a draft tells of what happened in the plan's own time, as entries without the day of recording. Results of
    years before the plan, and words that are neither a figure nor a day, stay what they are."""
    nodes = {node.item.id: node for node in outline(plan)}
    for name, item in branches(draft):
        node = nodes.get(str(item.get("id", "")))
        if node is None or name not in {"objectives", "tasks", "activities"}:
            continue
        fields = item.get("fields", {})
        evidence = [key for key in fields if making.roles.get(key) == "evidence"]
        proof = {"evidence": "\n".join(fields[key] for key in evidence)} if evidence else {}
        found = [*_readings(item, node, making), *_completions(item, node, making)]
        for at, one in enumerate(found):
            said = (*one.said, *((fields, key) for key in evidence)) if at == len(found) - 1 else one.said
            yield Happened(one.list, {**one.entry, **proof}, said)
        yield from _actions(item, making)


class _ResultCell(NamedTuple):
    """A cell that may say the result of a period: the values that hold it, its name there, and its heading if known."""

    values: Branch
    key: str
    title: str = ""

    @property
    def text(self) -> str:
        return str(self.values[self.key]).strip()

    @property
    def is_rate(self) -> bool | None:
        """Whether it says a share, by its sign or its heading; None if neither tells."""
        if "%" in self.text or _COUNTED.fullmatch(self.text):
            return True
        found = _RATE_OR_COUNT.search(words_of(self.title))
        return found.lastgroup == "rate" if found else None


_RATE_OR_COUNT = re.compile(r" (?:(?P<rate>tỷ lệ|tỉ lệ|%)|(?P<count>số lượng)) ")


def _results(item: Branch, making: Making) -> Mapping[str, list[_ResultCell]]:
    """The cells with results of an item in the plan's own time, by the code of their period."""
    fields, results = item.get("fields", {}), item.get("results", {})
    cells = [(code, _ResultCell(results, code)) for code in results]
    own = ((making.own_periods[key], key) for key in fields if key in making.own_periods)
    cells += [(code, _ResultCell(fields, key, making.own[key])) for code, key in own]
    found: dict[str, list[_ResultCell]] = {}
    for code, cell in cells:
        if code[:4] >= str(making.year) and cell.text:
            found.setdefault(code, []).append(cell)
    return found


def _readings(item: Branch, node: Node, making: Making) -> Iterator[Happened]:
    if not node.is_objective:
        return
    results, fields = dict(_results(item, making)), item.get("fields", {})
    roles = {role: key for key in reversed(fields) if (role := making.roles.get(key))}
    key = roles.get("reached", roles.get("running", ""))
    if making.reported and key:
        results.setdefault(making.reported, [_ResultCell(fields, key)])
    for code, cells in results.items():
        if found := _chosen([(cell, value) for cell in cells if (value := _value(cell.text, node))], node):
            chosen, value = found
            others = [one for one in cells if one is not chosen]
            note = (
                {"note": "; ".join(": ".join(filter(None, (one.title, one.text))) for one in others)} if others else {}
            )
            said = tuple((one.values, one.key) for one in cells)
            yield Happened("readings", {"item": item["id"], "period": code, **value, **note}, said)


def _chosen(read: Sequence[tuple[_ResultCell, Branch]], node: Node) -> tuple[_ResultCell, Branch] | None:
    """Of the cells of a period the one that is measured as the target is: `96,15%` beside `1.250` for `≥ 98%`; None if
    that leaves several, or none."""
    kinds = {target.unit == "%" for target in node.targets if isinstance(target, Target) and not target.is_relative}
    fitting = [one for one in read if {one[0].is_rate} == kinds] or [one for one in read if one[0].is_rate is None]
    if len(read) < 2:  # `60` below `Kết quả (%)` is no number of trees, and `4/5 lớp` is one of classes
        return next((one for one in read if one in fitting or not kinds or _COUNTED.fullmatch(one[0].text)), None)
    counted = next((one for one in fitting if "numerator" in one[1]), None)
    if counted and len(kinds) == 1:
        part, whole = (int(counted[1][name]) for name in ("numerator", "denominator"))
        others = (value["value"].rstrip(" %") for _, value in fitting if "value" in value)
        return counted if all(_is_share(typed, part, whole) for typed in others) else None
    return fitting[0] if len(kinds) == len(fitting) == 1 else None


def mark_running(draft: Branch, making: Making) -> None:
    """Says of items whose results are running totals alone that they are."""
    for name, item in branches(draft):
        roles = {making.roles.get(key) for key in item.get("fields", {})}
        if name == "objectives" and "running" in roles and "reached" not in roles:
            item["aggregation"] = "cumulative"
            guess(item, "aggregation")


def _value(text: str, node: Node) -> Branch:
    """The fields of a reading that a text says: the value, or of a share the cases and all cases; {} for others, and
    where a share that stands beside its cases is another one."""
    text = _SAYS_SO.sub("", text.rstrip(" .;"), count=1)
    targets = [target for target in node.targets if isinstance(target, Target)]
    if found := _COUNTED.fullmatch(text):
        part, all_ = (int(found[name].replace(".", "")) for name in ("part", "all"))
        if not all(_is_share(typed, part, all_) for typed in (found["before"], found["after"]) if typed):
            return {}
        if any(target.counts_shares for target in targets):
            return {"numerator": str(part), "denominator": str(all_)}
        if any(target.value == all_ and not target.is_relative for target in targets):
            return {"value": str(part)}  # `4/5 lớp` of the five that were planned
    if (found := _NONE.fullmatch(text)) and len(targets) == 1:
        unit = targets[0].quantity
        return {"value": "0"} if unit != "%" and found["unit"].strip() in {"", unit} else {}
    value = measured(text)
    return {"value": value} if reads(read_measured, value) and _may_measure(value, targets) else {}


def _may_measure(value: str, targets: Sequence[Target]) -> bool:
    """Whether a value may be one of a target; `60%` is none of `10 lớp`, nor `1250` of `≥ 98%`."""
    is_share, are_shares = value.endswith("%"), [target.unit == "%" for target in targets]
    return not targets or is_share in are_shares or not (is_share or read_measured(value) > _WHOLE_SHARE)


def _is_share(typed: str, part: int, whole: int) -> bool:
    """Whether a share in per cent is that of some cases among all, as far as its digits go: `99,6` of 4512 in 4530."""
    typed = measured(typed)
    if not whole or not reads(read_number, typed):
        return False
    share, digits = read_number(typed), len(re.sub(r"^\d*[.,]?", "", typed))
    return abs(Decimal(100 * part) / whole - share) < Decimal(1).scaleb(-digits)


def _completions(item: Branch, node: Node, making: Making) -> Iterator[Happened]:
    fields = item.get("fields", {})
    told = [(role, key) for key in fields if (role := making.roles.get(key)) in {"done", "reached"}]
    for role, key in sorted(told):  # the column for the day counts before words in that for the state
        text = str(fields[key])
        is_told = (role == "done" or _DONE.search(text)) and not _NOT_DONE.search(text)
        days = [*_DAY.finditer(text)] if is_told else []
        if len(days) != 1 or not (day := day_of(days[0])):
            continue
        period = _occurrence(node, making)
        if period is None:
            return
        said = tuple((fields, one) for _, one in told if one == key or _BARELY_DONE.fullmatch(plain(fields[one])))
        note = {} if _BARELY_DONE.fullmatch(plain(_DAY.sub("", text))) else {"note": text}
        yield Happened("completions", {"item": item["id"], **period, "done": day.isoformat(), **note}, said)
        return


def _actions(item: Branch, making: Making) -> Iterator[Happened]:
    """The corrective action of an item: why a target was missed, and what is done about it."""
    fields = item.get("fields", {})
    told_keys = [key for key, text in fields.items() if not _NO_REASON.fullmatch(text)]
    keys = {role: key for key in told_keys if (role := making.roles.get(key)) in {"cause", "action"}}
    if making.reported and len(keys) > 1:
        told = {role: fields[key] for role, key in keys.items()}
        entry = {"item": item["id"], "period": making.reported, **told}
        yield Happened("corrective_actions", entry, tuple((fields, key) for key in keys.values()))


def _occurrence(node: Node, making: Making) -> Mapping[str, str] | None:
    """Which of several times of an item the paper is about; None if that is not known."""
    times = node.deadline.occurrences if isinstance(node.deadline, Deadline) else ()
    if len(times) < 2:
        return {}
    within = parse_period(making.reported) if making.reported else None
    if within is None:
        return None
    held = [period.code for period, due in periods_naming(times) if (due or period) in within]
    return {"period": held[0]} if len(held) == 1 else None


def take(found: Sequence[Happened], plan: Branch, day: str) -> Branch:
    """The progress file of what happened, recorded on a day: `2026-04-14`. The texts that say it leave the draft."""
    progress: Branch = {"kind": "progress", "plan": plan["id"]}
    for one in found:
        progress.setdefault(one.list, []).append({**one.entry, "recorded": day})
        for values, key in one.said:
            values.pop(key, None)
    return progress
