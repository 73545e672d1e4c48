"""Tasks that stand as lines: `Tổ chức tập huấn. Chủ trì: A; phối hợp: B; thời gian: C`, and duties under a heading that
names a unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from qmsplan.importing.body import Part, is_named, rank_of
from qmsplan.importing.column_words import bare_unit, field_of_detail, is_closing, is_who, unit_of, units_first
from qmsplan.importing.lines import TextLine
from qmsplan.importing.making import (
    BARE_LABEL,
    Branch,
    Making,
    fits,
    guess,
    has_bullet,
    is_listed,
    is_time,
    new_item,
    put,
    split_ordinal,
    without_bullet,
)

_DELIMITERS = ";.,(–\n"
LABEL_NUMBER = re.compile(r"(?:(?:\d{1,2}\.)+|[a-zđ]\))\s*")
"""Nothing but a number in front of a label: `1.2.` of `1.2. Biện pháp: …`, `a)` of `a) Chủ trì: …`."""


class LineDetail(NamedTuple):
    """A field that a line names itself, and its value."""

    field: str
    value: str


class DetailedLine(NamedTuple):
    """A line as what it says before its details, and the details."""

    text: str
    details: tuple[LineDetail, ...]
    is_said: bool = False
    """Whether they are said in its words, which stay whole, and not behind labels of their own."""

    @property
    def is_pure(self) -> bool:
        """Whether it says nothing but details."""
        return bool(self.details) and not self.text

    @property
    def weight(self) -> int:
        """How many of its details tell that it is of a task; `Mã: TB-01` may be of anything."""
        fields = [detail.field for detail in self.details]
        return 0 if self.is_said and "lead" not in fields else len(fields) - fields.count("number")


def read_details(typed: str) -> DetailedLine:
    """The details of a line: of `Tập huấn (chủ trì: A; thời gian: B)` lead A and deadline B."""
    text = without_bullet(typed)
    found = _labels(text)
    if not found and BARE_LABEL.fullmatch(text.strip(" .")):
        return DetailedLine("", (LineDetail("measures", ""),))
    if not found:
        told, _ = said_details(text)
        return DetailedLine(text, told, is_said=bool(told))
    before = text[: found[0].start]
    ends = [label.start for label in found[1:]] + [len(text)]
    values = [text[label.end : end].strip() for label, end in zip(found, ends, strict=True)]
    if len(found) > 1 or before:
        values = [value.rstrip(" ;,.–-(") for value in values]
    if "(" in before and values[-1].count("(") < values[-1].count(")"):
        values[-1] = values[-1].rstrip(")")
    details = [LineDetail(label.name, value) for label, value in zip(found, values, strict=True)]
    who, when = who_and_when(values[-1].rstrip(" .;,")) if found[-1].name in {"lead", "support"} else ("", "")
    if who and when:
        details[-1:] = [LineDetail(found[-1].name, who), LineDetail("deadline", when)]
    return DetailedLine(before.strip(" ;,(–-").removesuffix(" -"), tuple(details))


class _Label(NamedTuple):
    """A label in a line with its colon, and the field that it names."""

    start: int
    end: int
    name: str


def _labels(text: str) -> list[_Label]:
    found: list[_Label] = []
    for match in re.finditer(r":(?=\s|$)", text):
        start = max((text.rfind(sign, 0, match.start()) for sign in _DELIMITERS), default=-1) + 1
        start = max(start, found[-1].end if found else 0)
        start = 0 if LABEL_NUMBER.fullmatch(text[:start]) else start
        if name := _label_of_several(text[: match.start()]):
            found.append(_Label(0, match.end(), name))
            continue
        dash = text.rfind(" - ", start, match.start())
        for begin in (start, dash + 3) if dash >= 0 else (start,):
            label = split_ordinal(text[begin : match.start()].strip())[1]
            if name := field_of_detail(label):
                found.append(_Label(begin, match.end(), name))
                break
    return found


def _label_of_several(text: str) -> str:
    """The field of words with commas between them that are all labels of it, `Sản phẩm, hồ sơ`; "" of any others."""
    words = text.split(",")
    names = {field_of_detail(word.strip()) for word in words}
    return names.pop() if len(names) == 1 and len(words) > 1 else ""


class LineTasks(NamedTuple):
    """The tasks in a run of lines: the text before them, the tasks, the text behind."""

    before: list[TextLine]
    items: list[Branch]
    after: list[TextLine]


def find_tasks(lines: Sequence[TextLine], kind: str, *, is_forced: bool = False) -> LineTasks | None:
    """The tasks that lines with details make; None if the lines are text."""
    read = [read_details(line.text) for line in lines]
    if not is_forced and has_open_label(lines):
        return None
    owners = _owners(lines, read)
    starters = [at for at, one in enumerate(read) if not one.is_pure and (owners.get(at) or one.weight > 1)]
    counts = [sum(read[of].weight for of in (at, *owners.get(at, ()))) for at in starters]
    if not starters or (len(starters) == 1 and counts[0] < 2):
        return None
    ranks = {_mark(lines[at]) for at in starters}
    unmarked = (0, False)
    first = starters[0]
    while (
        first and _mark(lines[first]) != unmarked and _mark(lines[first - 1]) in ranks and not read[first - 1].is_pure
    ):
        first -= 1
    end = max([*starters, *(of for at in starters for of in owners.get(at, ()))]) + 1
    while end < len(lines) and _mark(lines[end]) in ranks - {unmarked} and not is_closing(lines[end].text):
        end += 1
    items = list(_items(lines[first:end], read[first:end], ranks))
    for item in items if any(read[at].is_said for at in starters) else ():
        if not any(name.startswith("#") for name in item):
            guess(item)
    return LineTasks(list(lines[:first]), _nested(items, kind), list(lines[end:]))


def has_open_label(lines: Sequence[TextLine]) -> bool:
    """Whether a line is a label with lines of its own below it: `- Cơ quan thực hiện:`."""
    return any(detail.value == "" for line in lines for detail in read_details(line.text).details)


def _mark(line: TextLine) -> tuple[int, bool]:
    return rank_of(line), has_bullet(line.text)


def _owners(lines: Sequence[TextLine], read: Sequence[DetailedLine]) -> dict[int, list[int]]:
    """The lines of details of each line that they belong to: the last numbered one, or the one above."""
    found: dict[int, list[int]] = {}
    owner = -1
    for at, one in enumerate(read):
        if not one.is_pure:
            is_part = owner >= 0 and rank_of(lines[owner]) and has_bullet(lines[at].text) and not found.get(owner)
            owner = owner if is_part else at
        elif owner >= 0:
            found.setdefault(owner, []).append(at)
    return found


def _items(lines: Sequence[TextLine], read: Sequence[DetailedLine], ranks: set[tuple[int, bool]]) -> Iterator[Branch]:
    """The items of lines; a line of another kind goes on with what the item says."""
    item: Branch | None = None
    for line, one in zip(lines, read, strict=True):
        if one.is_pure:
            assert item is not None  # noqa: S101
            _give(item, one.details, line)
        elif item is None or _mark(line) in ranks or (rank_of(line) and not has_bullet(line.text)):
            if item is not None:
                yield item
            item = _item(line, one)
        else:
            put(item, "measures", [line])
    if item is not None:
        yield item


def _item(line: TextLine, one: DetailedLine) -> Branch:
    number, text = split_ordinal(one.text)
    number = number or ("-" if has_bullet(line.text) else "")
    start = line.text.find(text)
    words = line.part(start, start + len(text)) if start >= 0 else TextLine(text, "", line.paragraph)
    item = new_item(number, [words])
    _give(item, one.details, line)
    for detail in one.details if one.is_said else ():
        guess(item, detail.field)
    return item


_SHORT = frozenset({"target", "unit", "deadline", "start", "frequency", "lead", "support"})
"""Fields that hold no sentences, so that the sign at the end of the line is none of theirs."""


def _give(item: Branch, details: Sequence[LineDetail], line: TextLine) -> None:
    for detail in details:
        name, text = detail
        text = text.rstrip(" ;,") if name in _SHORT else text
        if name == "number":
            put(item, "measures", [line])  # the number of what it is about, and not of the item
            continue
        if not fits(name, text):
            text = text.rstrip(" .;,")
            name, text = (name, text) if fits(name, text) else ("measures", line.text)
        start = line.text.find(text)
        value = line.part(start, start + len(text)) if start >= 0 else TextLine(text)
        if item.pop(f"#{name}", None):  # a label says it better than the words of the sentence above
            item.pop(name)
        put(item, name, [value])


def _nested(items: Sequence[Branch], kind: str) -> list[Branch]:
    """Items below those whose number they go on: `3.1.` below `3.`; and `a)` below the last number."""
    found: list[Branch] = []
    stack: list[tuple[str, Branch]] = []
    for item in items:
        number = str(item.get("number", "")).strip(" .)")
        is_letter = len(number) == 1 and number.islower()
        while stack and not (number.startswith(f"{stack[-1][0]}.") or (is_letter and stack[-1][0][-1].isdigit())):
            stack.pop()
        if stack:
            stack[-1][1].setdefault(kind, []).append(item)
        else:
            found.append(item)
        if number:
            stack.append((number, item))
    return found


_LabelledLine: TypeAlias = tuple[TextLine, DetailedLine, str]


def _labelled(lines: Sequence[TextLine]) -> Iterator[_LabelledLine]:
    """Each line, what it says, and the field of the label above it that still has no value; "" if none."""
    open_field = ""
    for line in lines:
        one = read_details(line.text)
        yield line, one, open_field
        if one.is_pure:
            open_field = "" if one.details[-1].value else one.details[-1].field


def part_as_task(part: Part) -> Branch | None:
    """A part whose lines are all details as a task; None for any other. A label that ends its line, `+ Kết quả:`, has
    its value in the lines of signs below it; such lines before any label are its measures. `Mục tiêu 1:` needs no
    details to be one."""
    least = 0 if is_named(part.number) else 2
    read = list(_labelled(part.lines))
    told = [one.details for _, one, _ in read if one.is_pure]
    weight = sum(one.weight for _, one, _ in read if one.is_pure)
    if not (part.has_lines_alone and part.title) or weight < least or not _are_details(read):
        return None
    item = new_item(part.number, part.title)
    if read and not read[0][1].is_pure:
        guess(item, "measures")
    _put_labelled(item, read)
    return item if all(details[-1].field in item for details in told if not details[-1].value) else None


def _are_details(read: Sequence[_LabelledLine]) -> bool:
    """Whether lines say nothing but details, or with a sign what a label above them asks for, or measures."""
    first = next((at for at, (_, one, _) in enumerate(read) if one.is_pure), len(read))
    return all(
        one.is_pure or (has_bullet(line.text) and (field or at < first) and fits(field, line.text))
        for at, (line, one, field) in enumerate(read)
    )


def _put_labelled(item: Branch, read: Iterable[_LabelledLine]) -> None:
    for line, one, field in read:
        if one.is_pure:
            _give(item, [detail for detail in one.details if detail.value], line)
        else:
            put(item, field if field and fits(field, line.text) else "measures", [line])


def put_below(item: Branch, lines: Sequence[TextLine]) -> None:
    """Gives an item the lines below it: details, the lines of a label that stands alone, and measures."""
    _put_labelled(item, _labelled(lines))


def part_as_group(part: Part) -> Branch | None:
    """A part that lists what is to be done and says at its end who leads all of it, as a group; None for any other."""
    if not (part.has_lines_alone and part.title):
        return None
    read = [read_details(line.text) for line in part.lines]
    first = next((at for at, one in enumerate(read) if one.is_pure), len(read))
    if first < 2 or first == len(read) or not all(one.is_pure for one in read[first:]) or has_open_label(part.lines):
        return None
    if any(one.details and not one.is_said for one in read[:first]) or any(
        has_bullet(line.text) for line in part.lines[first:]
    ):
        return None
    if not all(has_bullet(line.text) or rank_of(line) for line in part.lines[:first]):
        return None
    group = _group(part)
    for one, line in zip(read[first:], part.lines[first:], strict=True):
        _give(group, one.details, line)
    group["tasks"] = [_duty(line) for line in part.lines[:first]]
    return group if "lead" in group else None


def duties(part: Part, making: Making) -> list[Branch] | None:
    """The parts inside a part as groups, if each is headed by a unit and lists what it has to do; None if not."""
    if not part.parts or (len(part.parts) == 1 and not making.register.find(bare_unit(part.parts[0].heading))):
        return None
    found = []
    for inner in part.parts:
        title = inner.heading
        name = bare_unit(title) if making.register.find(bare_unit(title)) else unit_of(title)
        if not (name and inner.lines and inner.has_lines_alone):
            return None
        group, lines = _group(inner), list(inner.lines)
        while lines and (own := read_details(lines[0].text)).is_pure:  # said of all of it
            _give(group, own.details, lines.pop(0))
        group["lead"] = name
        tasks = find_tasks(lines, "tasks")
        if tasks is not None and not tasks.before and not tasks.after:
            group["tasks"] = tasks.items
        else:
            group["tasks"] = [_duty(line) for line in lines]
        guess(group)
        found.append(group)
    return found


_TIME_HEADING = re.compile(
    r"(?:Tháng|Quý|Học kỳ|Tuần) (?:\d{1,2}|[IVX]+)(?:\s*(?:/|năm|-)\s*\d{4})*\s*:?", re.IGNORECASE
)


def times(part: Part) -> list[Branch]:
    """The parts inside a part as groups, if each is headed by a time and lists what is done in it: `Tháng 9/2025` above
    `- Khai giảng (Ban Giám hiệu)`. Empty if they are others."""
    found: list[Branch] = []
    for inner in part.parts:
        title = inner.heading
        is_list = bool(inner.lines) and all(is_listed(line.text) for line in inner.lines)
        if not (_TIME_HEADING.fullmatch(title) and is_list and inner.has_lines_alone):
            return []
        group = _group(inner)
        group["deadline"] = title.rstrip(" :")
        guess(group, "deadline")
        group["tasks"] = [_duty(line) for line in inner.lines]
        found.append(group)
    return found


def _group(part: Part) -> Branch:
    """A part as a group, without its items; a number has its point."""
    number = part.number
    return new_item(number if not number or number.endswith((".", ")")) else f"{number}.", part.title)


def _duty(line: TextLine) -> Branch:
    one = read_details(line.text)
    is_told = one.text and (one.is_said or len(one.details) > 1)
    return _item(line, one if is_told else DetailedLine(without_bullet(line.text), ()))


_BRACKET = re.compile(r"\s*\((?P<inside>[^()]{8,300})\)$")
_VERB = r"(?:chủ trì|phụ trách|(?:là|làm) đầu mối)(?:\s+(?:thực hiện|tham mưu))?"
_WHO = re.compile(
    rf"(?:^|(?<=[,;]))\s*(?:và |giao |do )?(?P<who>[^;]{{2,100}}?)\s+(?:(?P<lead>{_VERB})|phối hợp(?: thực hiện)?)"
    r"\s*(?=[,;]|$)"
)
_BEFORE = re.compile(r"(?:^|(?<=[,;]))\s*(?:(?P<lead>chủ trì)|phối hợp(?: với)?)\s+(?P<who>[^;]{2,100}?)\s*(?=[,;]|$)")
_WHO_FIRST = re.compile(
    rf"(?:giao(?: cho)?\s+)?(?P<who>[^;:()]{{2,100}}?)\s+{_VERB}"
    r"(?:\s*,)?(?:\s+(?:và\s+)?phối hợp(?:\s+(?:với|cùng))*\s+(?P<with>.+))?",
    re.IGNORECASE,
)
"""How a sentence begins that says who does something: `Giao Phòng Kinh tế chủ trì, phối hợp với các thôn …`."""
_WHO_LAST = re.compile(rf"\s(?:giao|do)\s+(?P<who>[^;:()]{{2,100}}?)\s+(?:{_VERB}|thực hiện)$")
_TIME = re.compile(
    r"(?<![\w/])(?:trước|trong|chậm nhất|vào|hằng|hàng|mỗi|định kỳ|thường xuyên)\b|"
    r"(?:(?<=hoàn thành )|(?<=xong )|(?<=[,;] )|(?<= [-–—] )|(?<=\()|(?<=[^\W\d]/)|^)"
    r"(?:từ|đến|ngày|tháng|quý|năm|tuần|\d{1,2}/\d)",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?:(?:\s*[.,;]|\s[-–])?\s+(?:và )?(?:hoàn thành|xong|kết thúc|thực hiện)|\s*[.,;]|\s[-–])?\s*$", re.IGNORECASE
)
"""What stands before the time at the end of a sentence: `, hoàn thành`."""
_PAPER = re.compile(
    r"\b(?:nghị định|nghị quyết|quyết định|kế hoạch|thông tư|công văn|chỉ thị|hướng dẫn|chương trình|thông báo)"
    r"(?: số)? ?\d[^,;\s]*,\s*$",
    re.IGNORECASE,
)
"""A paper by its number, of which a day behind it is that of its signing: `theo Nghị định 30, ngày 05/3/2020`."""
_ANYBODY = re.compile(r"các\b", re.IGNORECASE)
_ANY_YEAR = 2026
_LONGEST_TIME = 60


def said_details(text: str) -> tuple[tuple[LineDetail, ...], str]:
    """What a sentence says of who does something and by when, and the sentence up to the bracket that says so: of
    `Rà soát thủ tục (Văn phòng chủ trì), hoàn thành trước 30/4/2026.` lead, deadline and `Rà soát thủ tục`."""
    bare, rest, found = text, text.rstrip(" .;,/"), dict[str, str]()
    for _ in range(2):  # behind the bracket, or before it
        before, when = who_and_when(rest)
        if before and when and "deadline" not in found:
            rest, found["deadline"] = before, when
        if (bracket := _BRACKET.search(rest)) and (told := _in_bracket(bracket["inside"])):
            found |= told
            bare = rest = rest[: bracket.start()]
    whole = split_ordinal(rest)[1]
    for first in (_WHO_FIRST.match(whole), _WHO_LAST.search(whole)):
        who = first["who"] if first else ""
        if first and "lead" not in found and is_who(who) and units_first(who) == who and not _ANYBODY.match(who):
            found["lead"] = who
            if support := units_first(first.groupdict().get("with") or ""):
                found["support"] = support
    return tuple(LineDetail(*one) for one in found.items()), bare


def who_and_when(text: str) -> tuple[str, str]:
    """A sentence without the time that it ends with, and that time: `Tổ Nuôi` and `Quý IV/2025` of `Tổ Nuôi - Quý
    IV/2025`; "" if it ends with none."""
    times = (found.start() for found in _TIME.finditer(text) if len(text) - found.start() <= _LONGEST_TIME)
    times = (at for at in times if not _PAPER.search(text[:at]))
    start = next((at for at in times if "(" not in text[at:] and is_time(text[at:], _ANY_YEAR)), None)
    return (text, "") if start is None else (_DONE.sub("", f" {text[:start]}").strip(), text[start:])


def _in_bracket(rest: str) -> dict[str, str]:
    """Who and when of a bracket that says nothing else: `Phòng Pháp chế, Quý I/2026`; empty for another one."""
    found: dict[str, str] = {}
    for pattern in (_WHO, _BEFORE):
        while match := pattern.search(rest):
            name = "lead" if match["lead"] else "support"
            found[name] = "; ".join(filter(None, (found.get(name), match["who"].strip(" ,;"))))
            rest = f"{rest[: match.start()]}{rest[match.end() :]}"
    rest = rest.strip(" ,;")
    rest, when = who_and_when(rest)
    found |= {"deadline": when} if when else {}
    if "lead" not in found and is_who(rest):
        found["lead"], rest = rest, ""
    return found if "lead" in found and not rest else {}
