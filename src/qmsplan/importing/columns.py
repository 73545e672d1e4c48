"""The columns of a table: the field that each heading stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from qmsplan.importing.column_words import (
    field_of_heading,
    is_by_then,
    is_running,
    is_total,
    money_unit,
    period_of,
    words_of,
)
from qmsplan.importing.lines import TableHeading
from qmsplan.importing.making import amount, decimal, is_mark, is_time, is_understood
from qmsplan.model.period import school_year
from qmsplan.model.text import WRITTEN_DAY

_SAID = re.compile(
    r"(?<= )(?:(?P<plan>kế hoạch|kh|chỉ tiêu|mục tiêu|phân kỳ|phân bổ|phân khai|lộ trình|tiến độ|thời gian|dự kiến|"
    r"dự toán|được giao|phấn đấu|(?:kết quả )?(?:cần đạt|dự kiến))|"
    r"(?P<results>(?:ước )?(?:thực hiện|th)|kết quả|đạt được))(?= )"
)
"""What says whether values are planned or reached. The first words count: `Phân kỳ thực hiện` are planned, `Thực hiện
kế hoạch` reached."""
_OF_PERIOD = re.compile(
    r" (?:(?:kế hoạch|thực hiện|kết quả|chỉ tiêu|đạt được|kh|th|l[ũu][ỹy] kế) )+|"
    r" (?:[a-zà-ỹđ]+ )?(?:giao|phấn đấu|đăng ký|đề ra) "
)
"""What stands below a period: `Kế hoạch` and `Thực hiện` below `Quý I`, `Xã phấn đấu` below `Năm 2026`."""
TEXTS = ("objective", "indicator", "task", "activity", "content")
"""What columns of texts are called in `column_words`."""
_LONGEST_MEASURE = 15
MEASURE = re.compile(r"[^()\d]*(?:%|đồng)|tấn|tạ|kg|ha|m2|km|người|lượt|hộ|vụ|lớp|cây|con|bài", re.IGNORECASE)
"""Units that are nobody's name: one of them makes a column below `Đơn vị` one of units."""
UNIT_BEHIND = re.compile(rf"\((?:đvt:? ?)?({MEASURE.pattern})\)$", re.IGNORECASE)
"""The unit behind the name of what is measured: `Thu dịch vụ (triệu đồng)`, `Chỉ tiêu (%)`."""
VALUE = re.compile(r"(?:[≥>≤<]=?\s*)?\d[\d.,]*")
"""A value to be attained that names no unit: `≥ 95`."""
_UNTIL = re.compile(r" kết quả (?:.* )?đến (?:[a-zà-ỹđ]+ )*\d.*")
"""A heading of what was reached by a day: `Kết quả thực hiện đến 30/6`."""
_STATE = re.compile(
    rf"(?:đã|đang|chưa) .*|(?:đã )?(?:hoàn thành|xong)(?:\W*|,? (?:ngày )?{WRITTEN_DAY}.*)", re.IGNORECASE | re.DOTALL
)
"""What says how far work has come, and not what it yields: `Đang thực hiện`, `Hoàn thành 25/3/2026`."""
_LONGEST_VALUE, _LONGEST_MARK = 60, 3
_FEW_WORDS = 4
"""Words of a value with its unit; a sentence has more."""
_FEW = 0.7
"""The share of cells with a figure that makes a column one of figures."""


class ChosenColumn(NamedTuple):
    """A column with the field it stands for: a field of items, the code of a period, or "" for what no field is for.
    `store` is where the values of a period go: `plan`, `results`, `horizons`."""

    heading: TableHeading
    field: str
    store: str = ""
    period: str = ""
    """Of results that stand beside what was planned for the same period, and of marks below the weeks of a month: its
    code. They are a field of the plan's own then, as a column for a period prints one value."""
    is_unsaid: bool = False
    """Whether its headings leave open if the values of the period are planned or were reached."""
    is_running: bool = False
    """Whether its values are running totals from the start of the year: `Lũy kế quý II`."""
    value: str = ""
    """For one row: the number that its cell stands for, `95` for `95%`."""


class _Body(NamedTuple):
    """What the cells below a heading say."""

    texts: tuple[str, ...]

    def are_mostly(self, is_one: Callable[[str], object]) -> bool:
        """Whether most of those that say something are of a kind."""
        filled = [text for text in self.texts if text]
        return bool(filled) and sum(map(bool, map(is_one, filled))) >= _FEW * len(filled)

    def are_all(self, is_one: Callable[[str], object]) -> bool:
        """Whether all that say something are of a kind."""
        filled = [text for text in self.texts if text]
        return bool(filled) and all(map(is_one, filled))

    @property
    def has_figures(self) -> bool:
        return self.are_mostly(lambda text: len(text) < _LONGEST_VALUE and re.search(r"\d", text))

    @property
    def are_targets(self) -> bool:
        """Whether most of them are values to be attained: `≥ 95%`, `100`, `0 vụ`; not `Tỷ lệ hài lòng`."""
        return self.are_mostly(
            lambda text: len(text) < _LONGEST_VALUE and (_FIGURES.fullmatch(text) or is_understood(text))
        )

    @property
    def are_marks(self) -> bool:
        """Whether they only mark times: `x`."""
        return self.are_all(is_mark)

    @property
    def are_measures(self) -> bool:
        """Whether they are units of measure: `%`, `người`, `triệu đồng`."""
        are_short = self.are_all(lambda text: len(text) <= _LONGEST_MEASURE and text[1:] == text[1:].lower())
        return are_short and (self.are_all(str.islower) or any(map(MEASURE.fullmatch, self.texts)))

    @property
    def is_money(self) -> bool:
        return self.are_all(re.compile(r"[\d.,\s-]+").fullmatch)

    @property
    def letters(self) -> int:
        return sum(map(len, self.texts))


_FIGURES = re.compile(r"[\s\d.,%–-]*\d[\s\d.,%–-]*")


def choose_fields(
    headings: Sequence[TableHeading], texts: Sequence[Sequence[str]], year: int, last_year: int = 0
) -> tuple[ChosenColumn, ...]:
    """The fields of columns, from their headings and from what stands below them. `year` and `last_year` are those that
    the plan's time begins and ends with."""
    bodies = [_Body(tuple(column)) for column in texts]
    is_of_school = last_year == year + 1 or any("/" in period_of(*one[2:], year) for one in headings)
    told = [_as_school_year(one) if is_of_school else one for one in headings]
    due = _due(told, year, last_year)
    years = _years_of_parts(told, year, last_year)
    fields = [_field(heading, body, at, due) for heading, body, at in zip(told, bodies, years, strict=True)]
    _choose_text(fields, bodies)
    _choose_group(fields, bodies)
    _choose_target(fields, headings, bodies)
    _choose_time(fields, bodies, year, last_year)
    taken: set[str] = set()
    found = []
    running = [is_running(*heading[2:]) and bool(store) for heading, (_, store) in zip(headings, fields, strict=True)]
    is_mixed = {True, False} <= {
        total for total, (code, store) in zip(running, fields, strict=True) if store and int(code[:4]) >= year
    }
    for at, (heading, (field, kept), body) in enumerate(zip(headings, fields, bodies, strict=True)):
        name, store, period = field, kept, ""
        if running[at] and is_mixed:  # the sum of what stands beside it
            name, store = "", ""
        elif name in taken and name != "budget":
            period = name if store in {"results", "schedule"} else ""
            other = _OTHERS.get(name, "")
            name, store = "" if other in taken else other, ""
        taken.add(name)
        if name == "budget" and not body.is_money and body.letters:
            name = "funding" if "funding" not in taken else ""
            taken.add(name)
        is_unsaid = store in {"plan", "horizons"} and not _said(heading)
        found.append(ChosenColumn(heading, name, store, period, is_unsaid, bool(store) and running[at]))
    return tuple(found)


def _as_school_year(heading: TableHeading) -> TableHeading:
    """A heading `2025-2026` as it is meant in a plan for a school year, or beside terms."""
    is_bare = re.fullmatch(r" 20\d\d 20\d\d ", words_of(heading.title))
    return heading._replace(title=f"Năm học {heading.title}") if is_bare else heading


def _due(headings: Sequence[TableHeading], year: int, last_year: int) -> str:
    """The code of the period whose column has the target: of a plan for several years the last one, or the school year
    between them, if a column has what is planned for it; "" if a column names the target itself, or has the sums of the
    years, so that all years are steps to it."""
    if last_year > year:
        if any(_is_of_all_years(heading, year) for heading in headings):
            return ""
        planned = {period_of(*heading[2:], year) for heading in headings if _said(heading) != "results"}
        return next((code for code in (str(last_year), school_year(year).code) if code in planned), str(year))
    return str(year)


def _years_of_parts(headings: Sequence[TableHeading], year: int, last_year: int) -> list[int]:
    """The year that each heading is of: below `9 10 11 12 01` of a school year the last one is of the next year."""
    found: list[int] = []
    at, seen = year, [""]
    for heading in headings:
        part = period_of(*heading[2:], year)[4:]
        if "/" in part and last_year == year and part.startswith("-02"):
            found.append(year - 1)  # the second term of the school year that began before the plan's time
            continue
        if "/" in part or re.search(r"20\d\d", heading.title + heading.under):
            part = ""  # a term of a school year, or a year of its own
        if part in seen[1:]:  # the same parts again, such as what was reached beside what is planned
            at, seen = year, [""]
        elif len(part) == len(seen[-1]) and part < seen[-1] and at < last_year:
            at += 1
        if part:
            seen.append(part)
        found.append(at if part else year)
    return found


_ALL_YEARS = re.compile(r" (?:tổng(?: cộng| số)?|cộng|(?:cả |toàn )?giai đoạn)?(?: 0?\d năm)?(?: 20\d\d 20\d\d)? ")
"""Headings of what is to be attained over all years: `Tổng`, `Cộng 5 năm`, `Giai đoạn 2026 - 2030`."""


def _is_of_all_years(heading: TableHeading, year: int) -> bool:
    if not heading.title or period_of(*heading[2:], year):
        return False
    return field_of_heading(heading.title) == "target" or bool(_ALL_YEARS.fullmatch(words_of(heading.title)))


def _choose_group(fields: list[tuple[str, str]], bodies: Sequence[_Body]) -> None:
    """Of two columns of those who lead, the first one groups the items if it stands before their texts and its cells
    reach over several: a department beside the tasks of its staff."""
    names = [name for name, _ in fields]
    if names.count("lead") > 1 and "text" in names and "group" not in names:
        first, text = names.index("lead"), names.index("text")
        if first < text and len(bodies[first].texts) < len(bodies[text].texts):
            fields[first] = ("group", "")


def _choose_time(fields: list[tuple[str, str]], bodies: Sequence[_Body], year: int, last_year: int) -> None:
    """Of several columns of deadlines the one that holds times: `Quý I` below `Thời gian triển khai`, and not how long
    it lasts, `45 ngày` below `Thời hạn thanh tra`; without one the remarks, if all of them are times."""
    held = [at for at, (name, _) in enumerate(fields) if name == "deadline"]
    best = next((at for at in held if any(is_time(text, year, last_year) for text in bodies[at].texts)), None)
    if not held and not any(store for _, store in fields):
        notes = [at for at, (name, _) in enumerate(fields) if name == "note"]
        best = next((at for at in notes if bodies[at].are_all(lambda text: is_time(text, year, last_year))), None)
        held = notes[:1]
    for at in held if best is not None else ():
        fields[at] = ("deadline" if at == best else "", "")


_AMOUNTS = re.compile(r" (?:khối lượng|số lượng|sản lượng)(?: (?:kế hoạch|cần đạt|cần thực hiện|giao))? ")


_IN_STEPS = re.compile(r"(tháng|quý)(?: (?:hoàn thành|thực hiện|kết thúc|xong))?", re.IGNORECASE)
"""A heading that says what the bare numbers below it count: `4`, `5, 10` below `Tháng` are times."""
_STEPS = re.compile(r"(?:\d{1,2}|[IV]{1,3})(?:\s*[,;-]\s*(?:\d{1,2}|[IV]{1,3}))*")
_STEP_OR_NAMED = re.compile(rf"(?:(?:tháng|quý) )?(?:{_STEPS.pattern})(?:/\d{{4}})?", re.IGNORECASE)
_LEVELS = re.compile(r" mức(?: (?:độ|phấn đấu|yêu cầu|quy định|chất lượng))? ")
"""Headings of targets, if there are values below them: `Mức phạt` is none."""


def named_step(title: str, text: str) -> str:
    """A bare number below a heading that says what it counts, as a time: `Tháng 6` of `6` below `Tháng hoàn thành`; ""
    for others."""
    heading = _IN_STEPS.fullmatch(title.strip())
    return f"{heading[1].capitalize()} {text}" if heading and _STEPS.fullmatch(text) else ""


def _choose_target(fields: list[tuple[str, str]], headings: Sequence[TableHeading], bodies: Sequence[_Body]) -> None:
    """What is to be attained: of several columns the one that holds values, `Giá trị cần đạt` and not the words below
    `Chỉ số đo lường`; the agency's own, and not what the one above sets it (`Chỉ tiêu tỉnh giao`)."""
    names = [name for name, _ in fields]
    titles = [words_of(heading.title) for heading in headings]
    held = [at for at, name in enumerate(names) if name == "target"]
    if not held:
        _choose_amount(fields, titles, bodies)
        return
    held += [  # `Chỉ tiêu Thành đoàn` beside `Chỉ tiêu tỉnh giao`
        at
        for at, title in enumerate(titles)
        if not names[at] and title.startswith(" chỉ tiêu ") and bodies[at].are_targets
    ]
    first = bodies[held[0]]
    if len(held) == 1 and "threshold" in names and first.letters and not first.are_targets:
        held.append(names.index("threshold"))
    if len(held) == 1:
        return
    own = [at for at in held if " giao " not in titles[at]]
    best = next((at for at in (*own, *held) if bodies[at].are_targets), held[0])
    for at in held:
        if names[at] == "target" and not (at in own and bodies[at].are_targets):
            fields[at] = ("", "")
    fields[best] = ("target", "")


def _choose_amount(fields: list[tuple[str, str]], titles: Sequence[str], bodies: Sequence[_Body]) -> None:
    """What is to be attained in a table without a column for it: `Khối lượng` beside `ĐVT`, but not what is bought at a
    price; or a level, `Mức phấn đấu`."""
    names = [name for name, _ in fields]
    is_of_money = bool({"budget", "funding"} & set(names))
    for at, title in enumerate(titles):
        is_measured = not is_of_money and "unit" in names[max(at - 1, 0) : at + 2]
        is_amount = is_measured and bodies[at].has_figures and _AMOUNTS.fullmatch(title)
        if not names[at] and (is_amount or (bodies[at].are_targets and _LEVELS.fullmatch(title))):
            fields[at] = ("target", "")
            return


_EDGES = {" từ ": "start", " đến ": "deadline"}
"""What stands below `Thời gian` over two columns."""
_OTHERS = {"lead": "monitor", "deliverables": "evaluation"}
"""Where the second column of one field goes, if not to a field of the plan's own."""


def _field(heading: TableHeading, body: _Body, year: int, due: str) -> tuple[str, str]:
    """The field of a column, and where the values of a period go."""
    code = period_of(heading.title, heading.under, year)
    if not code and (_OF_PERIOD.fullmatch(words_of(heading.title)) or body.are_marks):
        above, _, nearest = heading.under.rpartition(" - ")
        code = period_of(nearest, above, year)
    if code and field_of_heading(heading.title) != "base":
        return _period_field(code, heading, body, year, due)
    of_all = not due and _is_of_all_years(heading, year)
    field, above = "target" if of_all else field_of_heading(heading.title), field_of_heading(heading.under)
    if above == "budget" and field in {"", "number"}:
        return "budget", ""
    if above == "deadline":
        field = _EDGES.get(words_of(heading.title), field)
    if not field and above in {"lead", "support"}:
        return above, ""
    if by_values := _by_values(heading, body):
        return by_values, ""
    if field == "target" and min(map(len, body.texts), default=0) > _LONGEST_VALUE:
        field = "measures"  # `Kế hoạch thực hiện` above what is done, by whom and when
    if field == "deliverables" and (_UNTIL.fullmatch(words_of(heading.title)) or body.are_mostly(_STATE.fullmatch)):
        field = "result"
    return ("" if field == "result" else field), ""


def _by_values(heading: TableHeading, body: _Body) -> str:
    """The field of a column that its heading leaves open and its values tell; "" for another one."""
    words = words_of(heading.title)
    if words == " thực hiện " and not heading.under and body.letters and not body.has_figures:
        return "lead"
    if _IN_STEPS.fullmatch(heading.title.strip()) and body.are_all(_STEP_OR_NAMED.fullmatch):
        return "deadline"
    return "unit" if words == " đơn vị " and body.are_measures else ""


def _period_field(code: str, heading: TableHeading, body: _Body, year: int, due: str) -> tuple[str, str]:
    """The field of a column for a period: its code, or the target for what is planned for the year `due`."""
    said, is_earlier = _said(heading), int(code[:4]) < year
    if body.are_marks:
        return code, "schedule"
    if code == due and said != "results":
        return "target", ""
    if is_earlier and said == "plan":
        return code, "horizons"
    if is_earlier or said == "results":
        return code, "results"
    if is_running(*heading[2:]) or is_by_then(heading.title):
        return code, "horizons"
    is_marked = body.are_all(lambda text: len(text) <= _LONGEST_MARK and not text[0].isdigit())
    is_empty = not body.letters and re.fullmatch(r"\d{4}-\d{2}", code)
    return code, "schedule" if is_marked or is_empty else "plan"


def _said(heading: TableHeading) -> str:
    """Whether the headings of a column say that its values are planned (`plan`) or were reached (`results`); "" if
    neither. The nearest heading counts: `Thực hiện` below `Kế hoạch năm 2026`."""
    levels = (heading.title, *reversed(heading.under.split(" - ")))
    found = next((match for text in levels if (match := _SAID.search(words_of(text)))), None)
    return str(found.lastgroup) if found else ""


def _choose_text(fields: list[tuple[str, str]], bodies: Sequence[_Body]) -> None:
    """Settles which columns of texts are the items, and what the others are."""
    at: dict[str, int] = {}
    is_twice = False
    for index, (name, _) in enumerate(fields):
        if name in TEXTS:
            if name == "objective" and name in at and "content" not in at and "task" not in at:
                at["content"] = index  # the objective of a unit beside that of the agency
                is_twice = bodies[index].are_mostly(lambda text: len(text.split()) > _FEW_WORDS)
            elif name in at:
                is_target = name == "indicator" and bodies[index].has_figures and not bodies[at[name]].has_figures
                fields[index] = ("target" if is_target else "", "")  # `Chỉ tiêu` beside `Tên KPI`
            else:
                at[name] = index
    sides = {"objective": "objective", "content": "task"} if is_twice else _sides(at, bodies) or _single(at, bodies)
    left = _LEFT if not any(store in {"plan", "schedule"} for _, store in fields) else {**_LEFT, "indicator": ""}
    for name, index in at.items():
        others = left if not bodies[index].has_figures else _LEFT
        fields[index] = (sides.get(name, others.get(name, "")), "")
    names = {name for name, _ in fields}
    if not {"text", "task", "objective", "activities"} & names and names - _OF_ANY_LIST:
        free = [
            (name == "risk", bodies[at].letters, -at) for at, (name, _) in enumerate(fields) if name in _MAY_BE_TEXT
        ]
        if free and max(free)[1]:
            fields[-max(free)[2]] = ("text", "")


_OF_ANY_LIST = frozenset({"", "number", "group", "note"})
"""Columns that lists of things and persons have too, which are no items: `TT | Họ tên | Chức vụ`."""
_MAY_BE_TEXT = frozenset({"", "measures", "group", "participants", "evaluation", "deliverables", "method", "risk"})
"""Columns of which the longest is the text of the items, where no heading is one of texts; a risk before others."""
_LEFT = {"indicator": "target", "activity": "measures"}
"""What columns of texts are where another one has the items. Names of indicators beside values by period are no
targets: `Chỉ số đo lường` before `Quý I` to `Quý IV`."""


def _sides(at: dict[str, int], bodies: Sequence[_Body]) -> dict[str, str]:
    """Objectives, tasks and activities side by side, if the columns are these."""
    first = next((name for name in ("objective", "indicator") if name in at), "")
    if first and bodies[at[first]].has_figures and not ("task" in at and "activity" in at):
        first = ""
    second = next((name for name in ("task", "content") if name in at), "")
    if "activity" in at and second == "task":
        return {first: "objective", "task": "task", "activity": "activities"}
    if first == "objective" and second:
        return {first: "objective", second: "task"}
    if first and "activity" in at:
        return {first: "objective", "activity": "activities"}
    return {}


def _single(at: dict[str, int], bodies: Sequence[_Body]) -> dict[str, str]:
    """The one column of items. An objective with figures is the target of the indicator beside it, and so is an
    indicator with figures of the activities before it: `Hoạt động | Chỉ tiêu | Thời gian`."""
    if "objective" in at and len(at) > 1 and bodies[at["objective"]].has_figures:
        others = [name for name in ("indicator", "content", "task", "activity") if name in at]
        if not bodies[at[others[0]]].has_figures or others[0] != "indicator":
            return {others[0]: "text", "objective": "target"}
    name = next((name for name in ("objective", "task", "content", "indicator", "activity") if name in at), "")
    if name == "indicator" and at.get("activity", at[name]) < at[name] and bodies[at[name]].has_figures:
        return {"activity": "text", "indicator": "target"}
    return {name: "text"} if name else {}


def money_by_years(
    columns: Sequence[ChosenColumn], texts: Sequence[Sequence[str]], year: int, unit_above: str
) -> tuple[ChosenColumn, ...]:
    """Columns for years as those of money, where a heading or the line above the table names a unit of money and none
    names another measure: `Tổng (triệu đồng) | 2026 | 2027`. A column of the whole adds them up again."""
    told = unit_above or any(money_unit(part) for one in columns for part in one.heading[2:])
    fields = {one.field for one in columns}
    codes = [period_of(one.heading.title, one.heading.under, year) for one in columns]
    years = [at for at, code in enumerate(codes) if code.isdecimal() and columns[at].store in {"", "plan"}]
    amounts = [text for at in years for text in texts[at] if text.strip()]
    named = any(one.field == "target" and not code for one, code in zip(columns, codes, strict=True))
    whole = [at for at, one in enumerate(columns) if one.field == "budget" and _is_whole(at, years, texts)]
    others = named or fields & {"unit", "base"} or sum(one.field == "budget" for one in columns) > len(whole)
    if others or len(years) < 2 or not told or not amounts or not all(map(amount, amounts)):
        return tuple(columns)
    found = list(columns)
    for at, one in enumerate(columns):
        if at in years:
            found[at] = one._replace(field="budget", store="", period=codes[at], is_unsaid=False)
        elif at in whole or (
            not one.field and is_total(one.heading.title) and all(map(amount, filter(None, texts[at])))
        ):
            found[at] = one._replace(field="budget", period=WHOLE)
    return tuple(found)


def _is_whole(at: int, years: Sequence[int], texts: Sequence[Sequence[str]]) -> bool:
    """Whether a column of money has the sums of those of the years."""
    columns = [texts[at], *(texts[year] for year in years)]
    if len({len(column) for column in columns}) > 1:
        return False
    return all(decimal(whole) == sum(map(decimal, parts)) for whole, *parts in zip(*columns, strict=True))


WHOLE = "*"
"""In place of a period: the column has the sums of all years."""
