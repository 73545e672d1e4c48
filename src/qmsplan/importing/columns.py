"""The columns of a table: the field that each heading stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from qmsplan.importing.column_words import (
    any_of,
    field_of_heading,
    fields_of_parts,
    is_by_then,
    is_running,
    period_of,
    words_of,
)
from qmsplan.importing.lines import TableHeading
from qmsplan.importing.making import is_mark, is_no_amount, is_time, is_understood
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
_OF_RESULTS = re.compile(r" (?:số lượng|tỷ lệ|tỉ lệ|số liệu|giá trị) ")
"""What stands below a heading that says both results and their period: `Kết quả 6 tháng`."""
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
_BARELY_DONE = re.compile(r"hoàn thành\W*", re.IGNORECASE)
"""What may be planned as well as reached."""
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
    """Whether its headings leave open what it is, so that it is asked about: values of a period that are planned or
    were reached, the items, `Kết quả` above `Hoàn thành`."""
    is_running: bool = False
    """Whether its values are running totals from the start of the year: `Lũy kế quý II`."""
    value: str = ""
    """For one row: what of its cell a plan holds, `95` of `95%`."""


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
    def are_deeds(self) -> bool:
        """Whether most of them say what is to be done: `Rà soát danh mục thuốc hiếm`."""
        return self.are_mostly(lambda text: _DEED.match(text) and len(text.split()) >= _FEW_WORDS)

    @property
    def is_money(self) -> bool:
        return self.are_all(lambda text: re.fullmatch(r"[\d.,\s-]+", text) or is_no_amount(text))

    @property
    def letters(self) -> int:
        return sum(map(len, self.texts))


_DEED = re.compile(rf"[-–+\s]*(?:{any_of('doing')})\b", re.IGNORECASE)
_FIGURES = re.compile(r"[\s\d.,%–-]*\d[\s\d.,%–-]*")


class _Column:
    """A column while its field is chosen: what stands in and below its heading, and the year that this is of."""

    def __init__(self, heading: TableHeading, body: _Body, year: int) -> None:
        self.heading, self.body, self.year = heading, body, year
        self.words = words_of(heading.title)
        self.name, self.store, self.is_guessed = "", "", False

    @property
    def code(self) -> str:
        """The code of the period that its heading names."""
        return period_of(self.heading.title, self.heading.under, self.year)

    @property
    def is_running(self) -> bool:
        """Whether it has running totals."""
        return bool(self.store) and is_running(self.heading.title, self.heading.under)

    def become(self, name: str, store: str = "", *, is_guessed: bool = False) -> None:
        """Settles its field, which is asked about if it is guessed."""
        self.name, self.store, self.is_guessed = name, store, is_guessed


def choose_fields(
    headings: Sequence[TableHeading], texts: Sequence[Sequence[str]], year: int, last_year: int = 0
) -> tuple[ChosenColumn, ...]:
    """The fields of columns, from their headings and from what stands below them. `year` and `last_year` are those that
    the plan's time begins and ends with."""
    is_of_school = last_year == year + 1 or any("/" in period_of(one.title, one.under, year) for one in headings)
    told = [_as_school_year(one) if is_of_school else one for one in headings]
    years = _years_of_parts(told, year, last_year)
    columns = [_Column(one, _Body(tuple(cells)), at) for one, cells, at in zip(told, texts, years, strict=True)]
    due = _due(told, year, last_year)
    for one in columns:
        one.become(*_field(one, due), is_guessed=one.is_guessed)
    _choose_person(columns)
    _choose_text(columns)
    _choose_group(columns)
    _choose_target(columns)
    _choose_time(columns, year, last_year)
    of_plan = [one for one in columns if one.store and int(one.name[:4]) >= year]
    is_mixed = len({one.is_running for one in of_plan}) > 1
    taken: set[str] = set()
    return tuple(
        _chosen(one, heading, taken, is_mixed=is_mixed) for one, heading in zip(columns, headings, strict=True)
    )


def _chosen(column: _Column, heading: TableHeading, taken: set[str], *, is_mixed: bool) -> ChosenColumn:
    """A column with its field, if none before it has taken that. `is_mixed` says that values and their running totals
    stand side by side."""
    name, store, period = column.name, column.store, ""
    if column.is_running and is_mixed:  # the sum of what stands beside it
        name, store = "", ""
    elif name in taken and name != "budget":
        period = name if store in {"results", "schedule"} else ""
        other = _OTHERS.get(name, "")
        name, store = "" if other in taken else other, ""
    taken.add(name)
    if name == "budget" and not column.body.is_money and column.body.letters:
        name = "funding" if "funding" not in taken else ""
        taken.add(name)
    is_unsaid = not _said(heading) if store in {"plan", "horizons"} else column.is_guessed and bool(name)
    return ChosenColumn(heading, name, store, period, is_unsaid, bool(store) and column.is_running)


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
        planned = {period_of(heading.title, heading.under, year) for heading in headings if _said(heading) != "results"}
        return next((code for code in (str(last_year), school_year(year).code) if code in planned), str(year))
    return str(year)


def _years_of_parts(headings: Sequence[TableHeading], year: int, last_year: int) -> list[int]:
    """The year that each heading is of: below `9 10 11 12 01` of a school year the last one is of the next year."""
    found: list[int] = []
    at, seen = year, [""]
    for heading in headings:
        part = period_of(heading.title, heading.under, year)[4:]
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


_ALL_YEARS = re.compile(r" (?:tổng(?: cộng| số)?|cộng|cả|toàn)?(?: ?giai đoạn)?(?: 0?\d năm)?(?: 20\d\d 20\d\d)? ")
"""Headings of what is to be attained over all years: `Tổng`, `Cộng 5 năm`, `Giai đoạn 2026 - 2030`."""


def _is_of_all_years(heading: TableHeading, year: int) -> bool:
    if not heading.title or period_of(heading.title, heading.under, year):
        return False
    return field_of_heading(heading.title) == "target" or bool(_ALL_YEARS.fullmatch(words_of(heading.title)))


def _choose_group(columns: Sequence[_Column]) -> None:
    """Of two columns of those who lead, the first one groups the items if it stands before their texts and its cells
    reach over several: a department beside the tasks of its staff."""
    names = [one.name for one in columns]
    if names.count("lead") > 1 and "text" in names and "group" not in names:
        first, text = names.index("lead"), names.index("text")
        if first < text and len(columns[first].body.texts) < len(columns[text].body.texts):
            columns[first].become("group")


def _choose_time(columns: Sequence[_Column], year: int, last_year: int) -> None:
    """Of several columns of deadlines the one that holds times: `Quý I` below `Thời gian triển khai`, and not how long
    it lasts, `45 ngày` below `Thời hạn thanh tra`; without one the last column of times below a heading of times, which
    is asked about, or the remarks, if all of them are times."""

    def is_one(text: str) -> bool:
        return is_time(text, year, last_year)

    held = [one for one in columns if one.name == "deadline"]
    if held:
        best = next((one for one in held if any(map(is_one, one.body.texts))), None)
        for one in held if best else ():
            one.become("deadline" if one is best else "")
        return
    below = [one for one in columns if not one.name and field_of_heading(one.heading.under) == "deadline"]
    notes = [] if any(one.store for one in columns) else [one for one in columns if one.name == "note"][:1]
    for one in (*reversed(below), *notes):  # of several steps below `Thời gian trình` the last one
        if one.body.are_all(is_one):
            one.become("deadline", is_guessed=one in below)
            return


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


def _choose_target(columns: Sequence[_Column]) -> None:
    """What is to be attained: of several columns the one that holds values, `Giá trị cần đạt` and not the words below
    `Chỉ số đo lường`; the agency's own, and not what the one above sets it (`Chỉ tiêu tỉnh giao`)."""
    held = [one for one in columns if one.name == "target"]
    if not held:
        _choose_amount(columns)
        return
    held += [  # `Chỉ tiêu Thành đoàn` beside `Chỉ tiêu tỉnh giao`
        one for one in columns if not one.name and one.words.startswith(" chỉ tiêu ") and one.body.are_targets
    ]
    if len(held) == 1 and held[0].body.letters and not held[0].body.are_targets:
        held += [one for one in columns if one.name == "threshold"][:1]
    if len(held) == 1:
        return
    own = [one for one in held if " giao " not in one.words]
    best = next((one for one in (*own, *held) if one.body.are_targets), held[0])
    for one in held:
        if one.name == "target" and not (one in own and one.body.are_targets):
            one.become("")
    best.become("target")


def _choose_amount(columns: Sequence[_Column]) -> None:
    """What is to be attained in a table without a column for it: `Khối lượng` beside `ĐVT`, but not what is bought at a
    price; or a level, `Mức phấn đấu`."""
    names = [one.name for one in columns]
    is_of_money = bool({"budget", "funding"} & set(names))
    for at, one in enumerate(columns):
        is_measured = not is_of_money and "unit" in names[max(at - 1, 0) : at + 2]
        is_amount = is_measured and one.body.has_figures and _AMOUNTS.fullmatch(one.words)
        if not one.name and (is_amount or (one.body.are_targets and _LEVELS.fullmatch(one.words))):
            one.become("target")
            return


_SEVERAL = re.compile(r"[/,;(\n]")
"""What parts those who lead from those who support, where one column names both: `Phòng A/Phòng B`."""
_EDGES = {" từ ": "start", " đến ": "deadline"}
"""What stands below `Thời gian` over two columns."""
_OTHERS = {"lead": "monitor", "deliverables": "evaluation"}
"""Where the second column of one field goes, if not to a field of the plan's own."""


def _field(column: _Column, due: str) -> tuple[str, str]:
    """The field of a column, and where the values of a period go."""
    heading, body, code = column.heading, column.body, column.code or _code_above(column)
    above, are_both = field_of_heading(heading.under), {"lead", "support"} <= fields_of_parts(heading.title)
    field = "lead" if are_both else field_of_heading(heading.title)
    if code and field != "base":
        return _period_field(code, column, due)
    if not due and _is_of_all_years(heading, column.year):
        field = "target"
    if above == "budget" and field in {"", "number"}:
        return "budget", ""
    field = _EDGES.get(column.words, field) if above == "deadline" else field
    if not field and above in {"lead", "support"}:
        return above, ""
    if by_values := _by_values(column):
        return by_values, ""
    if field == "target" and min(map(len, body.texts), default=0) > _LONGEST_VALUE:
        field = "measures"  # `Kế hoạch thực hiện` above what is done, by whom and when
    if field == "lead" and " phối hợp " in column.words:
        column.is_guessed = any(map(_SEVERAL.search, body.texts))
    is_until = bool(_UNTIL.fullmatch(column.words))
    if field == "deliverables" and (is_until or body.are_mostly(_STATE.fullmatch)):
        column.is_guessed = not is_until and body.are_all(_BARELY_DONE.fullmatch)
        field = field if column.is_guessed else "result"
    return ("" if field == "result" else field), ""


def _code_above(column: _Column) -> str:
    """The code of the period that the heading above names, if the own one only says what stands there."""
    is_result = _said(column.heading) == "results" and _OF_RESULTS.fullmatch(column.words)
    if not (_OF_PERIOD.fullmatch(column.words) or is_result or column.body.are_marks):
        return ""
    above, _, nearest = column.heading.under.rpartition(" - ")
    return period_of(nearest, above, column.year)


def _by_values(column: _Column) -> str:
    """The field of a column that its heading leaves open and its values tell; "" for another one."""
    heading, body = column.heading, column.body
    if column.words == " thực hiện " and not heading.under and body.letters and not body.has_figures:
        return "lead"
    if _IN_STEPS.fullmatch(heading.title.strip()) and body.are_all(_STEP_OR_NAMED.fullmatch):
        return "deadline"
    return "unit" if column.words == " đơn vị " and body.are_measures else ""


def _period_field(code: str, column: _Column, due: str) -> tuple[str, str]:
    """The field of a column for a period: its code, or the target for what is planned for the year `due`."""
    heading, body = column.heading, column.body
    said, is_earlier = _said(heading), int(code[:4]) < column.year
    if body.are_marks:
        return code, "schedule"
    if code == due and said != "results":
        return "target", ""
    if is_earlier and said == "plan":
        return code, "horizons"
    if is_earlier or said == "results":
        return code, "results"
    if is_running(heading.title, heading.under) or is_by_then(heading.title):
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


def _choose_text(columns: Sequence[_Column]) -> None:
    """Settles which columns of texts are the items, and what the others are."""
    at: dict[str, _Column] = {}
    is_twice = False
    for one in columns:
        if one.name == "objective" and "objective" in at and not {"content", "task"} & at.keys():
            at["content"] = one  # the objective of a unit beside that of the agency
            is_twice = one.body.are_mostly(lambda text: len(text.split()) > _FEW_WORDS)
        elif one.name in at:
            is_target = one.name == "indicator" and one.body.has_figures and not at[one.name].body.has_figures
            one.become("target" if is_target else "")  # `Chỉ tiêu` beside `Tên KPI`
        elif one.name in TEXTS:
            at[one.name] = one
    sides = {"objective": "objective", "content": "task"} if is_twice else _sides(at) or _single(at)
    left = _LEFT if not any(one.store in {"plan", "schedule"} for one in columns) else {**_LEFT, "indicator": ""}
    for name, one in at.items():
        others = left if not one.body.has_figures else _LEFT
        one.become(sides.get(name, others.get(name, "")))
    _choose_longest(columns)


def _choose_longest(columns: Sequence[_Column]) -> None:
    """Makes the longest column that of the items, and asks about it, where no heading names them: in a table with
    columns that only plans have, or if it says what is to be done. Risks are the items of a plan of risks."""
    names = {one.name for one in columns}
    free = [one for one in columns if one.name in _MAY_BE_TEXT and not one.body.are_all(_FIGURES.fullmatch)]
    longest = max(free, key=lambda one: (one.name == "risk", one.body.letters), default=None)
    if longest is None or not longest.body.letters or {"text", "task", "objective", "activities"} & names:
        return
    if names - _OF_ANY_LIST or ("number" in names and longest.body.are_deeds):
        longest.become("text", is_guessed=longest.name != "risk")


def _choose_person(columns: Sequence[_Column]) -> None:
    """Those below `Họ và tên` lead what is due or measured in their row; without such a column the table lists them,
    and what they are or do in a body is no item: `Nhiệm vụ trong tổ`."""
    names = {one.name for one in columns}
    persons = [one for one in columns if not one.name and _PERSON.fullmatch(one.words)]
    is_list = persons and not (names & _OF_PLANS or any(one.store for one in columns))
    for one in columns if is_list else ():
        if one.name in TEXTS:
            one.become("")
    for one in persons[:1] if not is_list and "lead" not in names else ():
        one.become("lead")


_PERSON = re.compile(r" họ (?:và )?tên(?: (?:người|cán bộ|viên chức|công chức)(?: [a-zà-ỹđ]+)*)? ")
_OF_PLANS = frozenset({"deadline", "start", "frequency", "target", "budget"})
"""Columns of what is planned, which a list of persons has not."""
_OF_ANY_LIST = frozenset({"", "number", "group", "note"})
"""Columns that lists of things and persons have too, which are no items: `TT | Họ tên | Chức vụ`."""
_MAY_BE_TEXT = frozenset({"", "measures", "group", "participants", "evaluation", "deliverables", "method", "risk"})
"""Columns of which the longest is the text of the items, where no heading is one of texts; a risk before others."""
_LEFT = {"indicator": "target", "activity": "measures"}
"""What columns of texts are where another one has the items. Names of indicators beside values by period are no
targets: `Chỉ số đo lường` before `Quý I` to `Quý IV`."""


def _sides(at: dict[str, _Column]) -> dict[str, str]:
    """Objectives, tasks and activities side by side, if the columns are these."""
    first = next((name for name in ("objective", "indicator") if name in at), "")
    if first and at[first].body.has_figures and not ("task" in at and "activity" in at):
        first = ""
    second = next((name for name in ("task", "content") if name in at), "")
    if "activity" in at and second == "task":
        return {first: "objective", "task": "task", "activity": "activities"}
    if first == "objective" and second:
        return {first: "objective", second: "task"}
    if first and "activity" in at:
        return {first: "objective", "activity": "activities"}
    return {}


def _single(at: dict[str, _Column]) -> dict[str, str]:
    """The one column of items. An objective with figures is the target of the indicator beside it, and so is an
    indicator with figures of the activities before it: `Hoạt động | Chỉ tiêu | Thời gian`."""
    if "objective" in at and len(at) > 1 and at["objective"].body.has_figures:
        others = [name for name in ("indicator", "content", "task", "activity") if name in at]
        if not at[others[0]].body.has_figures or others[0] != "indicator":
            return {others[0]: "text", "objective": "target"}
    name = next((name for name in ("objective", "task", "content", "indicator", "activity") if name in at), "")
    both = [one for one in at if one in {"activity", "indicator"}]
    if name == "indicator" and both == ["activity", "indicator"] and at[name].body.has_figures:
        return {"activity": "text", "indicator": "target"}
    return {name: "text"} if name else {}
