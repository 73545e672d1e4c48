"""What a periodic report is called, and how it calls the plans it is about.

The words of a periodic report: results, gaps and verdicts as official Vietnamese puts them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from qmsplan.documents.blocks import bare
from qmsplan.model.inline import plain_text
from qmsplan.model.plan import Annex, Item, Plan, Section
from qmsplan.model.progress import CorrectiveAction
from qmsplan.model.structured import DeadlineForm
from qmsplan.model.text import (
    capitalized,
    decimal_text,
    figure_text,
    share_text,
    short_date,
    short_period,
    short_periods,
)
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.target import target_words
from qmsplan.progress.measurement import WHOLE, Measurement, TargetKind, UnitResult
from qmsplan.progress.occurrences import WORST_STATE_FIRST, OccurrenceState, State
from qmsplan.progress.report import ReportLine, gap
from qmsplan.progress.status import StatusRow
from qmsplan.progress.verdict import Attainment

NBSP = "\u00a0"
"""Between a number and its word: in a narrow column a line never ends between them."""

_TIME = re.compile(
    r"[,;]?\s*(?:trong\s+)?(?:giai đoạn\s+)?(?:năm\s+(?:học\s+)?)?[0-9]{4}(?:\s*[-–]\s*[0-9]{4})?\s*$", re.IGNORECASE
)
_DOING = re.compile(r"(?:tổ chức\s+|triển khai\s+)?thực hiện\b", re.IGNORECASE)


def plan_name(plan: Plan, number: str = "") -> str:
    """`Kế hoạch số 15/KH-TT thực hiện Mục tiêu chất lượng năm 2026`; without the number where there is none."""
    kind = flat([plan.head.type]).capitalize()
    return " ".join(filter(None, (kind, number and f"số {number}", _title(plan))))


def subject_of(plans: Sequence[Plan], period: str) -> str:
    """What the report is about: of one plan its title, of several what they have in common."""
    if len(plans) != 1:
        if plans and all(plan.standard for plan in plans):
            return f"Kết quả thực hiện mục tiêu chất lượng, nhiệm vụ về hệ thống quản lý chất lượng {period}"
        return f"Kết quả thực hiện mục tiêu, nhiệm vụ theo các kế hoạch {period}"
    whole = _title(plans[0])
    title = whole if whole.startswith("“") else _TIME.sub("", whole)
    kind = "" if _DOING.match(title) else f"thực hiện {flat([plans[0].head.type]).capitalize()} "
    return " ".join(filter(None, ("Kết quả", f"{kind}{title}".strip(), period)))


def _title(plan: Plan) -> str:
    """A plan's title inside a sentence. One in capitals is looked up in the plan's own text for its spelling."""
    title = flat(plan.head.title)
    if title and (flat([plan.head.type]) + title).isascii():
        return f"“{title}”"  # another language than the report's: its words are left as they are
    if not title.isupper():
        return _lower_first(title)
    wanted = re.compile(re.escape(title), re.IGNORECASE)
    spelt = (match[0] for text in _texts(plan) if (match := wanted.search(text)) and not match[0].isupper())
    return next(spelt, title.lower())


def _lower_first(title: str) -> str:
    """Lower unless the first word is an abbreviation."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def _texts(branch: Plan | Section | Annex | Item) -> Iterator[str]:
    """The running text of a plan, preamble first."""
    for name in ("preamble", "text", "closing"):
        if lines := getattr(branch, name, ()):
            yield flat(lines)
    for name in ("sections", "groups", "objectives", "tasks", "activities", "annexes"):
        for part in getattr(branch, name, ()):
            yield from _texts(part)


VERDICTS: dict[State | Attainment, str] = {
    Attainment.ATTAINED: "Đạt",
    Attainment.MISSED: "Chưa đạt",
    Attainment.EXCEEDED: "Vượt mức cho phép",
    Attainment.UNDER_WAY: "Đang thực hiện",
    Attainment.KEPT: "Trong mức cho phép",
    Attainment.AWAITED: "Chờ số liệu",
    Attainment.NO_DATA: "Chưa có số liệu",
    Attainment.NOT_MEASURED: "Không đo trong kỳ",
    Attainment.NO_BASELINE: "Chưa có số liệu gốc để so sánh",
    Attainment.UNCLEAR: "Chưa rõ số liệu có cộng dồn hay không",
    Attainment.NO_CASES: "Chưa phát sinh",
    Attainment.NOT_MEASURABLE: "Không có chỉ tiêu đo được",
    State.DONE: "Hoàn thành",
    State.DONE_LATE: "Hoàn thành chậm",
    State.OVERDUE: "Quá hạn",
    State.AWAITED: "Chờ số liệu",
    State.NO_DATA: "Chưa có số liệu",
    State.DUE: "Chưa đến hạn",
    State.UPCOMING: "Chưa đến hạn",
    State.WAITING: "Chưa phát sinh",
    State.EVIDENCED: "Đang thực hiện",
    State.NO_EVIDENCE: "Chưa có minh chứng",
    State.NO_DEADLINE: "Chưa rõ thời hạn",
}


def verdict_of(measurement: Measurement) -> str:
    """A result in a word: where some figures are there and stand beside it, those that are not are missing."""
    is_part = measurement.attainment is Attainment.NO_DATA and measurement.has_figures
    return "Thiếu số liệu" if is_part else VERDICTS[measurement.attainment]


def _dated_verdict(measurement: Measurement) -> str:
    late = measurement.days_late
    return verdict_of(measurement) + (f" (chậm {late}{NBSP}ngày)" if late else "")


def judged_text(measurements: Iterable[Measurement], name: Callable[[str], str] = str) -> str:
    """Results with their verdicts, a line for each target, where no column is left for these: `126/130 (96,92%), đạt`;
    "" where nothing is measured."""
    return _numbered([_judged(one, name) for one in measurements if one.attainment is not Attainment.NOT_MEASURED])


def _judged(measurement: Measurement, name: Callable[[str], str]) -> str:
    verdict, missing = _dated_verdict(measurement).lower(), _missing(measurement)
    if measurement.has_figures:
        return _result(measurement, name, f", {verdict}")
    if missing and measurement.attainment is Attainment.NO_DATA:
        return missing
    return f"{verdict}; {missing}" if missing else verdict


def _missing(measurement: Measurement) -> str:
    """`chưa có số liệu quý I/2026, quý II/2026`, `chưa có số liệu của Phòng C quý II/2026`; "" if all are there."""
    return "; ".join(
        f"chưa có số liệu{' của ' if units else ''}{', '.join(units)} {short_periods(times, 'vi')}"
        for units, times in measurement.missing_of.items()
    )


def verdict_text(line: ReportLine) -> str:
    """What the report says of a row in a word: the result of an objective; of work the state, with the number of due
    days where there are several."""
    state = line.row.state
    if state is None:
        return ""
    if line.row.result:
        return _dated_verdict(line.row.result)
    same = sum(entry.state is state for entry in line.row.lines)
    return VERDICTS[state] + (f" ({same}{NBSP}lượt)" if same > 1 else "")


def day_text(day: date | None) -> str:
    """`31/3/2026`."""
    return short_date(day, "vi")


def flat(lines: Iterable[str]) -> str:
    """Lines of a plan on one line, without marks."""
    return bare(plain_text(" ".join(lines)))


def row_text(lines: Iterable[str]) -> str:
    """An item as the beginning of a row: a part of its plan's sentence gets a capital and loses the sign that led on,
    `Không có vụ việc không đạt`. A first word with a capital of its own (`pH`) stays."""
    text = flat(lines).rstrip(" .;,")
    return text[:1].upper() + text[1:] if text.partition(" ")[0].islower() else text


def target_text(line: ReportLine) -> str:
    """The targets in the plan's words, a line each; of work, when it is due."""
    if line.measurements:
        return targets_text(line.measurements)
    if line.row.result and (typed := line.row.node.item.target):
        return _numbered([flat([one if isinstance(one, str) else target_words(one)]) for one in typed])
    return _due_text(line.row.node, line.row.occurrence)


def targets_text(measurements: Iterable[Measurement]) -> str:
    """The targets in the plan's words, a line each."""
    return _numbered([_wanted(measurement) for measurement in measurements])


def _wanted(measurement: Measurement) -> str:
    """A target in the plan's words, with what was planned by the end of the period where that is another number."""
    target, planned = measurement.target, measurement.planned
    words = flat([target.phrase]) if target else ""
    if measurement.kind is not TargetKind.PLANNED or target is None or planned is None or planned == target.value:
        return words
    return f"{words} (kế hoạch đến kỳ này: {figure_text(planned, (planned,))}{_unit(measurement)})"


def _due_text(node: Node, occurrence: OccurrenceState | None) -> str:
    phrase = _phrase(node)
    due = day_text(occurrence.due) if occurrence else ""
    if not due or due in phrase:
        return phrase
    return f"{phrase} (hạn {due})" if phrase else f"Hạn {due}"


def _phrase(node: Node) -> str:
    """The deadline as typed or in words, its own or inherited."""
    if isinstance(node.deadline, Deadline):
        return flat([node.deadline.phrase]).rstrip(" .;")
    above = node.holder("deadline")
    typed = above.item.deadline if above else None
    return flat([typed.text or "" if isinstance(typed, DeadlineForm) else typed or ""]).rstrip(" .;")


def result_text(line: ReportLine, name: Callable[[str], str] = str) -> str:
    """What was measured, a line for each target; of work, what is known of it. `name` gives the names of units."""
    measured = _numbered([_result(measurement, name) for measurement in line.measurements])
    if line.row.result or not line.row.occurrence:
        return measured
    told = line.row.worst
    if told in {State.OVERDUE, State.DONE_LATE} and sum(one.state is told for one in line.row.lines) > 1:
        return "\n".join(_times(line.row, WORST_STATE_FIRST))  # which of them are late stands nowhere else
    others = (state for state in WORST_STATE_FIRST if state is not told)
    return "\n".join([_work(line.row.occurrence, line.row.waits_for), *_times(line.row, others)])


def _times(row: StatusRow, states: Iterable[State]) -> Iterator[str]:
    """The times of work in some states, a line each state: `Hoàn thành chậm: hạn 30/6/2026 (xong 02/7/2026, chậm 2
    ngày)`."""
    for state in states:
        lines = [one for one in row.lines if one.state is state]
        waiting = short_periods((one.occurrence.period for one in lines if not (one.due or one.done)), "vi")
        if times := ", ".join(filter(None, (waiting, *(_time_of(one) for one in lines if one.due or one.done)))):
            yield f"{VERDICTS[state]}: {times}"


def _time_of(one: OccurrenceState) -> str:
    time = f"hạn {day_text(one.due)}" if one.due else short_period(one.occurrence.period, "vi")
    done = f"xong {day_text(one.done)}" if one.state in {State.DONE, State.DONE_LATE} else ""
    late = f"chậm {one.days}{NBSP}ngày" if one.days else ""
    told = ", ".join(filter(None, (done, late)))
    return f"{time} ({told})" if told else time


def remedy_lines(action: CorrectiveAction) -> tuple[str, ...]:
    """What is done about a miss or a finding; what was done at once alone is called so: `Xử lý ngay: Đã bổ sung`."""
    if action.action or not action.correction:
        return action.action
    return (f"Xử lý ngay: {action.correction[0]}", *action.correction[1:])


def bar_of(measurement: Measurement, name: Callable[[str], str]) -> dict[str, Any] | None:
    """A value and its target as a bar: both in per cent of the larger one, with the words for both; None where there is
    nothing to draw, as without a value or below zero. `name` gives the names of units."""
    target, value = measurement.target, measurement.value if measurement.change is None else measurement.change
    goal = measurement.planned if measurement.planned is not None else target and target.value
    if target is None or value is None or goal is None or min(value, goal) < 0 or max(value, goal) == 0:
        return None
    most = max(value, goal)
    result, wanted = capitalized(_judged(measurement, name)), _wanted(measurement)
    return {
        "value": int(100 * value / most),
        "goal": int(100 * goal / most),
        "result": result,
        "target": wanted,
        "words": f"{result}; chỉ tiêu {wanted}",
    }


def _numbered(texts: list[str]) -> str:
    """A line each, with numbers if there are several."""
    return "\n".join(f"({number}) {text}" for number, text in enumerate(texts, 1)) if len(texts) > 1 else "".join(texts)


_PARTS = {1: "tháng", 3: "quý", 6: "kỳ 6 tháng", 12: "năm"}


def _result(measurement: Measurement, name: Callable[[str], str], verdict: str = "") -> str:
    """What was measured, with what the reader has to know of it: `60 giờ (đạt 2/3 quý)`, what each of several units
    recorded, of which times the figures are missing. `verdict` stands behind the figures."""
    text, parts = _measured(measurement), measurement.parts
    if measurement.by_unit:
        why = "chưa có tử số và mẫu số để tổng hợp" if _unit(measurement) == "%" else "không tổng hợp được"
        values = [f"{name(entry.unit)}: {_of_unit(measurement, entry)}" for entry in measurement.by_unit]
        text = f"{'; '.join(values)} ({why})"
    if parts and (measurement.part or parts.met < parts.of):
        text = f"{short_period(measurement.part, 'vi')}: {text}" if measurement.part else text
        text += f" (đạt {parts.met}/{parts.of}{NBSP}{_PARTS.get(parts.months, 'kỳ')})"
    text += verdict
    if measurement.alarm:
        text += f"; ở ngưỡng cảnh báo ({measurement.alarm})"
    return "; ".join(filter(None, (text, _missing(measurement))))


def _of_unit(measurement: Measurement, entry: UnitResult) -> str:
    return "–" if entry.value is None else figure_text(entry.value, (entry.value,)) + _unit(measurement)


def _measured(measurement: Measurement) -> str:
    """`126/130 (96,92%)`, `12 vụ`, `giảm 12% (50 → 44)`, or why there is none."""
    if measurement.change is not None:
        return _change(measurement)
    if measurement.value is None:
        return verdict_of(measurement)
    number = figure_text(measurement.value, measurement.bounds)
    if measurement.percent is not None and measurement.planned is not None:
        planned = figure_text(measurement.planned, (measurement.planned,)) + _unit(measurement)
        return f"{number}/{planned} ({decimal_text(measurement.percent, 'vi', WHOLE)}%){_gone(measurement)}"
    if measurement.denominator is not None:
        return f"{share_text(measurement.numerator, measurement.denominator)} ({number}{measurement.share_sign})"
    return number + _unit(measurement)


def _gone(measurement: Measurement) -> str:
    """How much of the time of an amount that is not final has gone."""
    if measurement.is_final or measurement.time_share is None:
        return ""
    return f", đã qua {decimal_text(measurement.time_share, 'vi', WHOLE)}% thời gian"


def _change(measurement: Measurement) -> str:
    target, change = measurement.target, measurement.change
    if target is None or change is None:
        return ""
    falls = target.falls if change >= 0 else not target.falls
    number = figure_text(change, measurement.change_bounds).removeprefix("-")
    text = f"{'Giảm' if falls else 'Tăng'} {number}{'' if target.is_difference else '%'}"
    if measurement.value is None or measurement.baseline is None:
        return text
    unit = measurement.share_sign if measurement.denominator is not None else _unit(measurement)
    baseline = figure_text(measurement.baseline, (measurement.baseline,))
    return f"{text} ({baseline} → {figure_text(measurement.value, measurement.bounds)}{unit})"


def _unit(measurement: Measurement) -> str:
    unit = measurement.unit
    return unit if unit == "%" else f"{NBSP}{bare(unit)}" if unit else ""


def _work(occurrence: OccurrenceState, waits_for: str) -> str:
    if occurrence.done and occurrence.state in {State.DONE, State.DONE_LATE}:
        return f"Hoàn thành ngày {day_text(occurrence.done)}"
    return {
        State.OVERDUE: "Chưa hoàn thành",
        State.WAITING: f"Chưa phát sinh (chờ {flat([waits_for])})" if waits_for else "Chưa phát sinh",
        State.EVIDENCED: "Có minh chứng thực hiện",
    }.get(occurrence.state, VERDICTS[occurrence.state])


def gap_text(line: ReportLine) -> str:
    """How far the results lie from the targets, a line each; of work, how far from its day."""
    if line.row.result:
        return _numbered([_distance(measurement) for measurement in line.measurements])
    return _delay(line.row.occurrence) if line.row.occurrence else ""


def _distance(measurement: Measurement) -> str:
    distance, target = gap(measurement), measurement.target
    if distance is None or target is None:
        return "–"
    if distance == 0:
        return "Trong mức chỉ tiêu" if target.upper is not None else "Bằng chỉ tiêu"
    if target.is_rank and not target.is_relative:
        return f"{'Kém' if distance > 0 else 'Hơn'} {figure_text(abs(distance))}{NBSP}bậc"
    unit = f"{NBSP}điểm phần trăm" if target.quantity == "%" else _unit(measurement)
    return f"{'Cao hơn' if distance > 0 else 'Thấp hơn'} {figure_text(abs(distance), (abs(distance),))}{unit}"


def _delay(occurrence: OccurrenceState) -> str:
    if occurrence.state is State.OVERDUE or (occurrence.state is State.DONE_LATE and occurrence.days):
        return f"Chậm {occurrence.days}{NBSP}ngày"
    if occurrence.state is State.DONE and occurrence.due and occurrence.done:
        early = (occurrence.due - occurrence.done).days
        return "Trước hạn" if early else "Đúng hạn"
    return "–"
