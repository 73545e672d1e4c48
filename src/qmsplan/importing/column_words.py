"""Words of column headings, of details in lines, of closing sentences and of names of units. Each row of a table has an
example, which is its test: a new heading that offices use is one line in `column_words.toml`.

A heading counts for the row with the longest words that stand in it; `Đơn vị tính` is no `Đơn vị`. `…` stands for words
that differ from office to office: `lãnh đạo … phụ trách`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from qmsplan.conformity.pieces import folded
from qmsplan.importing.lines import Grid, GridRow
from qmsplan.model.period import parse_period, school_term, school_year
from qmsplan.model.text import ROMAN, entries, plain


class ColumnWord(NamedTuple):
    """Words that make a column of a field."""

    field: str
    words: str
    example: str


_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
COLUMN_WORDS = tuple(ColumnWord(*row) for row in _DATA["rows"])
"""Headings of columns, and the words before the colon of a detail (`Chủ trì: …`)."""


def any_of(name: str) -> str:
    """A pattern for any word of a list: `agencies`."""
    return "|".join(entries(_DATA["words"][name]))


CLOSING_WORDS: tuple[tuple[str, str], ...] = tuple((words, example) for words, example in _DATA["closing"])
"""How the sentences begin that close a plan, each with an example."""

_EXTRA = frozenset(entries(_DATA["words"]["beside_details"]))
"""Words beside those of a row that leave a detail what it is: `Thời gian dự kiến hoàn thành:`."""
_WORD = re.compile(r"[^\W_]+|%")
_MONEY = r"(?P<times>nghìn|ngàn|1\.?000|triệu|tr\.?|1\.?000\.?000|tỷ|tỉ)?\s*(?:đồng|vnđ|vnd|đ)\.?"
_UNIT_OF_MONEY = re.compile(
    rf"\((?:đvt|đơn vị(?: tính)?)?\s*:?\s*{_MONEY}\)|,\s*{_MONEY.replace('times', 'after')}$", re.IGNORECASE
)
_UNIT_IN_LINE = re.compile(rf"(?:đvt|đơn vị(?: tính| tiền)?)\s*:\s*{_MONEY}", re.IGNORECASE)
_TIMES = {"ngàn": "nghìn", "1000": "nghìn", "tr": "triệu", "1000000": "triệu", "tỉ": "tỷ"}


def words_of(text: str) -> str:
    """A heading as it is compared: in small letters, signs as blanks: `Sản phẩm, kết quả` is ` sản phẩm kết quả `."""
    return " " + " ".join(_WORD.findall(plain(text))) + " "


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    rows = [("…".join(map(words_of, row.words.split("…"))), row.field) for row in COLUMN_WORDS]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def _stands_in(words: str, text: str) -> bool:
    """Whether the words of a row stand in a heading; `…` is for one word or several that differ from office to
    office."""
    begin, gap, end = words.partition("…")
    at = text.find(begin)
    return at >= 0 and (not gap or end in text[at + len(begin) :])


_SHORT = frozenset({"hours", "group", "score", "lead", "deadline", "participants"})
"""Fields with words that stand in many headings of other columns."""
_FIRST = frozenset(map(words_of, entries(_DATA["words"]["first"])))
"""Words that name a field only where they begin a heading: `Đánh giá`, but not `Chuyên gia đánh giá`."""
_WHOLE_HEADING = frozenset(map(words_of, entries(_DATA["words"]["alone"])))
"""Words that name a field only where they are all of a heading: `Việc`, but not `Việc làm mới`."""


_CODE = " mã "
"""How headings of codes begin, which are of a field only where all of it is known: `Mã chỉ tiêu`, but not `Mã chỉ tiêu
cấp trên`."""


@cache
def field_of_heading(heading: str) -> str:
    """The field of a column by its heading; "" if no row has its words."""
    text = words_of(re.sub(r"^\s*\d+\s*[-.)]\s*", "", heading))
    if len(text) > 90 or not text.strip():
        return ""
    for words, field in _rows():
        if text != words and (words in _WHOLE_HEADING or text.startswith(_CODE)):
            continue
        if _stands_in(words, text) and not ((field in _SHORT or words in _FIRST) and not _stands_first(words, text)):
            return field
    languages = heading.split("/")
    is_number = len(languages) > 1 and all(field_of_heading(part) == "number" for part in languages)
    return "number" if is_number else ""  # `No./TT`


def fields_of_parts(heading: str) -> set[str]:
    """The fields that the parts of a heading name: `lead` and `support` of `Đầu mối/Phối hợp`."""
    return set(map(field_of_heading, re.split(r"[/,;&+-]|\bvà\b", heading)))


def _stands_first(words: str, text: str) -> bool:
    """Whether words that stand in many others begin a heading; `thành phần` of `tiêu chí thành phần` does not."""
    return (len(words.split()) > 1 and words not in _FIRST) or text.startswith(words)


_ADDRESSED = re.compile(r" các (?:khoa phòng|khoa|phòng|đơn vị|cơ quan|bộ phận) ")
"""Who is told what to do behind a colon: `Các phòng: cử người tham gia`."""


@cache
def field_of_detail(label: str) -> str:
    """The field of the words before the colon of a detail: `Đơn vị chủ trì` is `lead`. "" if they are none."""
    text = words_of(label)
    if not text.strip() or len(text.split()) > 8 or _ADDRESSED.fullmatch(text):
        return ""
    if text == " thực hiện ":
        return "lead"
    for words, field in _rows():
        if text == words or (words not in _WHOLE_HEADING and words in text and _without(words, text) <= _EXTRA):
            return _DETAILS.get(field, field)
    return ""


def _without(words: str, text: str) -> set[str]:
    return set(text.replace(words, " ", 1).split())


_DETAILS: dict[str, str] = _DATA["details"]
"""What words of columns are where they begin a detail."""
ROLES: dict[str, str] = _DATA["roles"]
"""What headings say that tell of what happened, each a pattern."""


def is_money_unit(text: str) -> bool:
    """Whether a line says nothing but the unit of money of the table below it: `ĐVT: 1.000đ`."""
    return _UNIT_IN_LINE.fullmatch(text.strip(" ().*")) is not None


def money_unit(text: str) -> str:
    """The unit of money that a heading or the line above a table names: `triệu đồng` of `Kinh phí (triệu đồng)`,
    `nghìn đồng` of `Đơn vị tính: 1.000đ`; "" if it names none."""
    found = _UNIT_OF_MONEY.search(text.strip()) or _UNIT_IN_LINE.fullmatch(text.strip(" ().*"))
    if found is None:
        return ""
    times = next((part for part in found.groupdict().values() if part), "").lower().replace(".", "")
    return f"{_TIMES.get(times, times)} đồng".strip()


_YEAR = r"(?:năm )?(20\d\d)"
_QUARTER = re.compile(rf" (?:quý|q) ?(iv|i{{1,3}}|[1-4])(?: {_YEAR})? ")
_MONTH = re.compile(rf" (?:tháng|t) ?(1[0-2]|0?[1-9])(?: {_YEAR})? ")
_PART = re.compile(
    rf" (6 tháng đầu năm|6 tháng cuối năm|6 tháng đầu|6 tháng cuối|6 tháng|9 tháng(?: đầu năm)?)(?: {_YEAR})? "
)
_YEARS = r"(?P<first>20\d\d) (?P<next>20\d\d)"
_TERM = re.compile(rf" (?:học kỳ|học kì|hk) ?(?P<term>i{{1,2}}|[12])(?:(?: [a-zà-ỹđ]+)* {_YEARS})? ")
_SCHOOL = re.compile(rf" (?:[a-zà-ỹđ]+ )*học {_YEARS} ")
_WHOLE = re.compile(rf"(?<!\d) (?:[a-zà-ỹđ]+ )*{_YEAR} (?!20\d\d)")
_BEFORE = re.compile(
    r"^ (?:(?:(?:ước )?(?:thực hiện|th)|kết quả|kế hoạch|kh|chỉ tiêu|mục tiêu|số liệu|giá trị|l[ũu][ỹy] kế|cộng dồn"
    r"|từ đầu năm|tính|đến|hết|cuối) )+(?=quý|tháng|6|9|q\d|t\d|học kỳ|học kì|hk|năm học|20\d\d 20\d\d)"
)
"""What may stand before the name of a period: `Thực hiện quý I`, `Lũy kế thực hiện đến hết quý II`."""
_RUNNING = re.compile(r" (?:l[ũu][ỹy] kế|cộng dồn|từ đầu năm|đến (?:(?:hết|cuối) )?(?:quý|tháng)) ")
_BY_THEN = re.compile(r" đến (?:(?:hết|cuối) )?(?:năm )?20\d\d ")
_BEHIND = re.compile(r"(?: (?:tỷ lệ|tỉ lệ|số lượng|số liệu|giá trị|%))+ $")
"""What may stand behind it: `Kết quả 6 tháng (%)`, `Kết quả quý I - Số lượng`."""
_REMARK = re.compile(r"(?<=\d)\s*\([^\d()]+\)\s*$")
"""What may stand in brackets behind a period: `Năm 2025 (ước thực hiện)`."""
_LARGEST_PERIOD = 30
_BARE = re.compile(r" (?P<month>t ?)?(?P<number>\d{1,2}|iv|i{1,3}) ")
_KIND_OF_BARE = re.compile(r" (tháng|quý) ")
"""What bare numbers of columns count: `1` … `12` below `Tháng thực hiện`, `I` … `IV` below `Quý`."""
_IN_STEP = re.compile(r".*-(?:\d\d|Q\d)")
"""The code of a month or a quarter. What stands below it counts its weeks or months: `1` and `T1` below `Tháng 3`."""


def period_of(title: str, under: str, year: int) -> str:
    """The code of the period that a heading names: `Quý I` is `2026-Q1` in a plan for 2026, `Học kỳ I`
    `2026-09-01/2027-01-31`. "" if it names none."""
    text = _BEHIND.sub(" ", _BEFORE.sub(" ", words_of(_REMARK.sub("", title))))
    if len(text) > _LARGEST_PERIOD:
        return ""
    if bare := _BARE.fullmatch(text):
        above, _, nearest = under.rpartition(" - ")
        if nearest and _IN_STEP.fullmatch(step := period_of(nearest, above, year)):
            code = _code(f" tháng {bare['number']} ", int(step[:4]), re.Pattern.fullmatch)
            return code if code and parse_period(code) in parse_period(step) else ""
        if not bare["month"] and (kind := _KIND_OF_BARE.search(words_of(under))):
            text = f" {kind[1]}{text}"
    told = re.search(r"20\d\d", under)
    return _code(text, int(told[0]) if told else year, re.Pattern.fullmatch)


def period_in(title: str, year: int) -> str:
    """The code of the period that a title names somewhere: `Theo dõi mục tiêu chất lượng quý II năm 2026`; "" if
    none."""
    return _code(words_of(title), year, re.Pattern.search)


def _code(text: str, year: int, find: Callable[[re.Pattern[str], str], re.Match[str] | None]) -> str:
    """The code of the period that a pattern finds in words; without a year of its own it is of the one given."""
    found = ((code_of, find(pattern, text)) for pattern, code_of in _CODES)
    return next((code for code_of, match in found if match and (code := code_of(match, year))), "")


def _quarter(match: re.Match[str], year: int) -> str:
    return f"{match[2] or year}-Q{ROMAN.get(match[1]) or match[1]}"


def _month(match: re.Match[str], year: int) -> str:
    return f"{match[2] or year}-{int(match[1]):02d}"


def _part(match: re.Match[str], year: int) -> str:
    code = "9M" if match[1].startswith("9") else "H2" if "cuối" in match[1] else "H1"
    return f"{match[2] or year}-{code}"


def _term(match: re.Match[str], year: int) -> str:
    first = _first_year(match, year)
    return school_term(2 if match["term"] in {"ii", "2"} else 1, first).code if first else ""


def _school(match: re.Match[str], year: int) -> str:
    first = _first_year(match, year)
    return school_year(first).code if first else ""


def _first_year(match: re.Match[str], year: int) -> int:
    """The year in which a school year begins; 0 if its two years do not follow each other."""
    first = int(match["first"] or year)
    return first if not match["next"] or int(match["next"]) == first + 1 else 0


def _whole(match: re.Match[str], _year: int) -> str:
    return match[1]


_CODES = (
    *((_QUARTER, _quarter), (_MONTH, _month), (_PART, _part)),
    *((_TERM, _term), (_SCHOOL, _school), (_WHOLE, _whole)),
)
"""Names of periods, each with what makes its code; the first that is found counts."""


def is_running(title: str, under: str) -> bool:
    """Whether a column of a period has running totals from the start of the year: `Lũy kế` below `Quý II`."""
    return any(_RUNNING.search(words_of(text)) for text in (title, under))


def is_by_then(title: str) -> bool:
    """Whether a column has what is reached by the end of a year, `Đến năm 2028`: such values do not add up as what each
    year adds does."""
    return bool(_BY_THEN.search(words_of(title)))


_TOTAL = re.compile(r"(tổng cộng|tổng số|cộng|tổng)( [a-zđ]| [ivxl]+| \d+)?( \([^)]*\))?(:( \d+( \w+){1,3})?)?")
ADDED = frozenset({"budget", "weight", "score"})
"""Fields whose figures a row above others adds up."""


def is_total(text: str) -> bool:
    """Whether a row or a column of sums is called so: `Tổng cộng`, `Cộng I`, `Tổng trọng số`, `Tổng số: 03 nhiệm
    vụ`."""
    begin, _, rest = plain(text).partition(" ")
    return bool(_TOTAL.fullmatch(plain(text))) or (begin == "tổng" and field_of_heading(rest) in {*ADDED, "number"})


def known_headings(row: GridRow) -> int:
    """How many cells of a row have a heading that is known."""
    return sum(bool(field_of_heading(cell.text)) for cell in row.filled)


def header_score(grid: Grid) -> int:
    """How many columns of a table have a heading that is known, by its first two rows."""
    return max(map(known_headings, grid.rows[:2]), default=0)


def is_closing(text: str) -> bool:
    """Whether a line closes a plan: `Trên đây là Kế hoạch …`."""
    line = folded(text)
    return any(line.startswith(folded(words)) for words, _ in CLOSING_WORDS)


AGENCY = re.compile(rf"(?:{any_of('agencies')})\b", re.IGNORECASE)
"""How names of agencies and units begin. With their marks: `Bổ trợ tư pháp` is no `Bộ`."""
_WHO = re.compile(rf"(?:{any_of('agencies')}|{any_of('who')})\b", re.IGNORECASE)
"""How those begin who do something, posts too."""
_BEFORE_UNIT = re.compile(r"^(trách nhiệm của|nhiệm vụ của|đề nghị|giao( cho)?|đối với)\s+", re.IGNORECASE)
_AFTER_UNIT = re.compile(
    r"\s*(có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|chủ trì|thực hiện)?\s*[:.]?\s*$", re.IGNORECASE
)
_VERBS = re.compile(rf"\b({any_of('duties')})\b")
_LONGEST_UNIT = 110
"""Letters of the name of a unit."""


def bare_unit(title: str) -> str:
    """A heading without the words around a unit's name: `Trách nhiệm của Sở Nội vụ:` is `Sở Nội vụ`."""
    return _AFTER_UNIT.sub("", _BEFORE_UNIT.sub("", title.strip()))


def unit_of(title: str) -> str:
    """The unit that a heading names; "" if it names none."""
    name = bare_unit(title)
    is_one = len(name) <= _LONGEST_UNIT and _WHO.match(name) and not _VERBS.search(folded(name))
    return name if is_one else ""


def is_who(text: str) -> bool:
    """Whether a text in brackets is who does something: `Phòng Pháp chế`, `Tổ trưởng chuyên môn`."""
    return text[:1].isupper() and bool(unit_of(text))


_DOING = re.compile(rf"\s(?:{any_of('doing')})\b(?=\s+\w)")
"""What ends the names of units in a sentence: the verb of what they do."""
_MOST_WORDS = 8


def units_first(text: str) -> str:
    """The units with which a text begins: `Trạm Thú y, các thôn` of `Trạm Thú y, các thôn tổ chức tiêm phòng, …`; ""
    if it can't be told where their names end."""
    end = _DOING.search(text)
    names = []
    for part in text[: end.start() if end else None].split(","):
        name = part.strip()
        if name and (len(name.split()) > _MOST_WORDS or not _WHO.match(name.removeprefix("và "))):
            return ""
        names += [name] if name else []
    return ", ".join(names)
