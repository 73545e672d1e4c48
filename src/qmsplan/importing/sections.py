"""Parts of a text as sections of a plan, in the order of the page: text, table or tasks, then the parts inside. And
annexes: with the word `Phụ lục`, or told only by `(Kèm theo Kế hoạch số …)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from qmsplan.conformity.ends import INFO
from qmsplan.importing.body import Part, read_parts
from qmsplan.importing.column_words import is_money_unit, money_unit
from qmsplan.importing.details import (
    duties,
    find_tasks,
    has_open_label,
    part_as_group,
    part_as_task,
    put_below,
    read_details,
    said_details,
    times,
)
from qmsplan.importing.lines import Block, Grid, TextLine, joined
from qmsplan.importing.making import (
    CHILDREN,
    Branch,
    Making,
    guess,
    has_bullet,
    is_listed,
    is_understood,
    names_objective,
    new_item,
    paragraphs,
    split_ordinal,
    without_bullet,
    without_name,
)
from qmsplan.importing.outline import NATION, is_layout_part
from qmsplan.importing.table_items import table_branch
from qmsplan.model.text import plain

_OBJECTIVES = re.compile(r"mục tiêu|chỉ tiêu")
_MEASURES = re.compile(r"biện pháp|giải pháp")
_WORK = re.compile(r"nhiệm vụ|công việc|hoạt động")
_MOST_OBJECTIVES = 0.6
"""The share of lines with a target that makes objectives of a list."""
ITEM_FIELDS = ("table", *CHILDREN)


def fill_branch(branch: Branch, part: Part, making: Making, text: str = "text") -> None:
    """Gives a section, annex or plan what stands in a part. `text` is the field for the lines before the items."""
    places = [branch]
    for segment in _segments(part, making):
        place = places[-1]
        is_text = isinstance(segment, str)
        is_full = _has_items(place) or (is_text and place.get(text if place is branch else "text"))
        if is_full:
            place = {}
            places.append(place)
        if isinstance(segment, str):
            place[text if place is branch else "text"] = segment
        else:
            place.update(segment)
    inner = _inner(part, making)
    if isinstance(inner, dict):
        if len(places) == 1 and not _has_items(branch):
            branch.update(inner)
        else:
            places.append(inner)
    sections = [*places[1:], *(inner if isinstance(inner, list) else [])]
    if sections:
        branch["sections"] = sections


def _has_items(branch: Branch) -> bool:
    return any(branch.get(name) for name in ITEM_FIELDS)


def _segments(part: Part, making: Making) -> list[str | Branch]:
    """The text and the items of a part in their order."""
    found: list[str | Branch] = []
    unit_above = ""
    for run in _runs(part.blocks):
        if isinstance(run, Grid):
            branch = table_branch(run, making, unit_above)
            if found and isinstance(above := found[-1], str) and _prints_unit(branch):
                left = "\n".join(line for line in above.split("\n") if not is_money_unit(line))
                found[-1:] = [left] if left else []
            found.append(branch)
            unit_above = ""
            continue
        unit_above = _unit_in(run)
        tasks = _line_items(part, run, making)
        if tasks is None:
            found.append(paragraphs(run))
        else:
            before, branch, after = tasks
            found += [paragraphs(before)] if before else []
            found.append(branch)
            found += [paragraphs(after)] if after else []
    return found


def _unit_in(lines: Sequence[TextLine]) -> str:
    """The unit of money that the last lines above a table name: `ĐVT: 1.000đ`."""
    return next((unit for line in lines[-2:] if (unit := money_unit(line.text))), "")


def _prints_unit(branch: Branch) -> bool:
    """Whether the unit of its money is printed above a table, as no heading says it."""
    columns = [one for one in branch["table"]["columns"] if isinstance(one, dict) and one.get("field") == "budget"]
    headings = (one.get(name, "") for one in columns for name in ("title", "under"))
    return bool(columns) and not any(map(money_unit, headings))


def _line_items(
    part: Part, run: Sequence[TextLine], making: Making
) -> tuple[list[TextLine], Branch, list[TextLine]] | None:
    if run[0].folded.startswith("ghi chu"):
        return None
    kind = making.kind or ("objectives" if part.lists_objectives else "tasks")
    tasks = None if part.keeps_text else find_tasks(run, kind, is_forced=making.kind == "tasks")
    if tasks is not None:
        texts = [str(item.get("text", "")) for item in tasks.items]
        told = sum(map(_has_value, tasks.items)) if _is_of_objectives(part) else 0
        if making.kind is None and (all(map(names_objective, texts)) or told > _MOST_OBJECTIVES * len(texts)):
            kind = "objectives"
        return tasks.before, {kind: tasks.items}, tasks.after
    if making.kind != "objectives" and not _is_of_objectives(part):
        return None
    is_sure = making.kind == "objectives" or part.lists_objectives
    return _objectives(run, is_sure=is_sure, least=1 if part.is_below_objectives else 2)


def _has_value(item: Branch) -> bool:
    """Whether an item says what is to be attained, in its words or as a detail: `Chỉ tiêu: 99,5% trở lên`."""
    return bool(item.get("target")) or is_understood(plain(said_details(str(item.get("text", "")))[1]))


def _is_of_objectives(part: Part) -> bool:
    """Whether a part stands where objectives are looked for: its heading, or one above it, names them."""
    return part.lists_objectives or part.is_below_objectives or bool(_OBJECTIVES.search(plain(part.heading)))


def _objectives(
    run: Sequence[TextLine], *, is_sure: bool, least: int
) -> tuple[list[TextLine], Branch, list[TextLine]] | None:
    """A list of lines as objectives, if most of them have a target. Dashes below numbers are measures, unless it is
    they that have the targets."""
    listed = [at for at, line in enumerate(run) if is_listed(line.text)]
    heads = [at for at in listed if split_ordinal(run[at].text)[0]]
    dashes = [at for at in listed if at not in heads]
    is_below = heads[:1] == listed[:1] and _measured(run, heads) >= _measured(run, dashes)
    has_headings = heads and dashes and heads[-1] < dashes[0] and not _measured(run, heads)  # `2. Mục tiêu cụ thể`
    owners = heads if is_below else dashes if has_headings else listed
    if len(owners) < least or (not is_sure and _measured(run, owners) < _MOST_OBJECTIVES):
        return None
    last = max(at for at, line in enumerate(run) if at in listed or read_details(line.text).is_pure)
    while last in listed and not any(map(str.isalnum, split_ordinal(run[last].text)[1])):
        last -= 1
    starts = [at for at in owners if at <= last]
    items = []
    for start, end in zip(starts, [*starts[1:], last + 1], strict=True):
        number, text = split_ordinal(run[start].text)
        text = text if number else without_bullet(text)
        head = run[start].part(len(run[start].text) - len(text))
        items.append(_item_of(number or "-", [head], run[start + 1 : end], is_guessed=not is_sure))
    return list(run[: owners[0]]), {"objectives": items}, list(run[last + 1 :])


def _item_of(number: str, title: Sequence[TextLine], below: Sequence[TextLine], *, is_guessed: bool = True) -> Branch:
    """An item with what the lines below it say of it."""
    item = new_item(number, title)
    if is_guessed:
        guess(item)
    put_below(item, below)
    return item


def _measured(run: Sequence[TextLine], places: Sequence[int]) -> float:
    """The share of lines that have a target."""
    return sum(is_understood(split_ordinal(run[at].text)[1]) for at in places) / len(places) if places else 0.0


def _runs(blocks: Sequence[Block]) -> list[Grid | list[TextLine]]:
    """The tables, joined where a page break or a slip of the pen cut one in two, and the lines between them."""
    found: list[Grid | list[TextLine]] = []
    for block in blocks:
        above = found[-1] if found else None
        if isinstance(block, Grid) and isinstance(above, Grid) and _is_cut(above, block):
            rows = [*above.rows, *block.rows]
            found[-1] = Grid(rows, is_landscape=above.is_landscape, widths=above.widths)
        elif isinstance(block, Grid):
            found.append(block)
        elif isinstance(above, list):
            above.append(block)
        else:
            found.append([block])
    return found


def _is_cut(above: Grid, below: Grid) -> bool:
    """Whether a table goes on with the one above it: as wide, and with the same head or with none."""
    if above.width != below.width or not above.rows or not below.rows:
        return False
    titles = [[cell.text for cell in row.filled] for row in above.rows[:3]]
    first = below.rows[0]
    texts = [cell.text for cell in first.filled]
    return texts in titles or not all(line.is_bold for cell in first.filled for line in cell.lines)


def _inner(part: Part, making: Making) -> list[Branch] | Branch:
    """The parts inside a part: as sections, as groups of duties, or as tasks."""
    if not part.parts:
        return []
    if groups := duties(part, making) or times(part):
        return {"groups": groups}
    lists = [part_as_group(inner) for inner in part.parts]
    if all(lists):
        return {"groups": lists}
    tasks = [part_as_task(inner) for inner in part.parts]
    if all(tasks):
        told = [_has_value(task) for task in tasks if task]
        are_told = _is_of_objectives(part) and sum(told) >= _MOST_OBJECTIVES * len(told)
        are_objectives = part.lists_objectives or are_told or all(map(_is_objective, part.parts))
        return {making.kind or ("objectives" if are_objectives else "tasks"): tasks}
    if found := _statements(part, making) or _with_tables(part, making):
        return found
    if making.kind != "tasks" and any(has_open_label(inner.lines) for inner in part.parts):
        for inner in part.parts:
            inner.keeps_text = True
    for inner in part.parts:
        inner.is_below_objectives = bool(part.title) and _is_of_objectives(part)
    return [section_of(inner, making) for inner in part.parts]


def _statements(part: Part, making: Making) -> Branch | None:
    """Parts inside a part that are what its heading names, objectives or tasks, each a sentence with a value or a full
    stop, with the dashes below as its measures; None if they are headings."""
    title, is_of_objectives = plain(part.heading), _is_of_objectives(part)
    if not is_of_objectives and not (_WORK.search(title) and _MEASURES.search(title)):
        return None
    texts = [plain(inner.heading) for inner in part.parts]
    if not all(inner.has_lines_alone and inner.number for inner in part.parts):
        return None
    lines = [inner.lines for inner in part.parts]
    below = [line for inner in lines for line in inner]
    if not below or not all(has_bullet(line.text) or read_details(line.text).is_pure for line in below):
        return None
    told = [is_understood(text) for text in texts]
    ends = all(text.endswith((".", ";")) for text in texts)
    if sum(told) < _MOST_OBJECTIVES * len(told) and not (ends and _MEASURES.search(title)):
        return None
    items = [_item_of(inner.number, inner.title, own) for inner, own in zip(part.parts, lines, strict=True)]
    return {making.kind or ("objectives" if is_of_objectives else "tasks"): items}


def _with_tables(part: Part, making: Making) -> list[Branch]:
    """Parts below a heading of objectives that each say an objective and have a table of what is done for it: sections
    with that table, in which the objective stands above its tasks. Empty if they are others."""
    found: list[Branch] = []
    for inner in part.parts:
        is_told = _is_objective(inner) or (_is_of_objectives(part) and is_understood(plain(inner.heading)))
        below = inner.lines
        if not is_told or len(inner.blocks) != len(below) + 1 or inner.parts or not inner.has_tables:
            return []
        if not all(read_details(line.text).is_pure for line in below):
            return []
        branch = table_branch(next(block for block in inner.blocks if isinstance(block, Grid)), making, _unit_in(below))
        if not branch.get("tasks") or branch.get("groups"):
            return []
        item = _item_of(inner.number, inner.title, below)
        first, *more = branch["tasks"]
        if not (more or without_name(inner.heading)):  # the table says what `Mục tiêu 1` is
            item = {**first, "number": inner.heading}
            branch["table"]["columns"].insert(0, "number")
        else:
            item["tasks"] = branch["tasks"]
        found.append({"table": branch["table"], "objectives": [item]})
    return found


def _is_objective(part: Part) -> bool:
    """Whether a part says at its start that it is an objective: `Mục tiêu 1: ...`, `1. Mục tiêu đào tạo`."""
    return _OBJECTIVES.match(f"{part.number} {part.title[0].text}".lstrip("0123456789. ").lower()) is not None


def section_of(part: Part, making: Making) -> Branch:
    """A part as a section."""
    section: Branch = {}
    number = part.number.strip()
    if number:
        section["number"] = number.rstrip(".") if not number.endswith(")") or len(number) > 2 else number[:-1]
        section["number"] = section["number"].rstrip("/-– ")
    if part.title:
        section["title"] = "\n".join(line.text for line in part.title if line.text)
    fill_branch(section, part, making)
    return section


_ANNEX = re.compile(r"^phu luc(?:\s+(?:so\s*)?(?P<number>[ivxlc]+|\d+|[a-z]))?\s*(?:[.:]\s*(?P<title>.+))?\s*[.:]?$")
_MOST_TITLES = 5
_LONGEST_NAME = 250
"""Letters of the line with which an annex begins."""
_RULE = re.compile(r"^[-–—_=*~.\s]{3,}$")


def annex_starts(blocks: Sequence[Block]) -> list[int]:
    """Where annexes begin."""
    found: list[int] = []
    lines = [(at, block) for at, block in enumerate(blocks) if isinstance(block, TextLine)]
    for at, line in lines:
        is_bracket = INFO.match(line.folded) and line.text.startswith("(")
        if _ANNEX.match(line.folded) and _stands_out(line) and len(line.text) < _LONGEST_NAME:
            found.append(at)
        elif is_bracket and (line.is_centred or line.is_italic or line.is_of_workbook):
            start = _first_above(blocks, at, _is_title)
            if not any(start <= one <= at for one in found):
                found.append(start)
    return [_first_above(blocks, start, _is_head_or_rule) for start in sorted(set(found))]


def _stands_out(line: TextLine) -> bool:
    return line.is_bold or line.is_centred or line.is_upper


def _first_above(blocks: Sequence[Block], at: int, belongs: Callable[[Block], bool]) -> int:
    """Where the blocks right above a place begin that belong to it."""
    while at and belongs(blocks[at - 1]):
        at -= 1
    return at


def _is_title(block: Block) -> bool:
    if not isinstance(block, TextLine) or is_part_of_head(block):
        return False
    return block.is_centred or block.is_bold or (block.is_of_workbook and block.is_upper)


def is_part_of_head(line: TextLine) -> bool:
    """Whether a line is one of a head that an annex repeats."""
    return bool(NATION.search(line.folded)) or (line.paragraph is not None and is_layout_part(line.paragraph))


def _is_head_or_rule(block: Block) -> bool:
    """Whether a block is of the head of the agency that stands above an annex."""
    return isinstance(block, TextLine) and (is_part_of_head(block) or bool(_RULE.match(block.text)))


def read_annexes(blocks: Sequence[Block], making: Making) -> tuple[list[Block], list[Branch]]:
    """What stands before the first annex, and the annexes."""
    starts = annex_starts(blocks)
    if not starts:
        return list(blocks), []
    ends = [*starts, len(blocks)]
    return list(blocks[: starts[0]]), [_annex(blocks[start:end], making) for start, end in pairwise(ends)]


def _annex(blocks: Sequence[Block], making: Making) -> Branch:
    annex: Branch = {}
    titles: list[TextLine] = []
    infos: list[TextLine] = []
    rest = _read_titles(list(blocks), annex, titles, infos)
    if titles:
        annex["title"] = "\n".join(line.text for line in titles)
    else:
        annex["title"] = "Phụ lục" if not infos else infos[0].text.strip("()")
        guess(annex)
    if infos:
        annex["info"] = "\n".join(line.text for line in infos)
    fill_branch(annex, read_parts(rest), making)
    return annex


def _read_titles(rest: list[Block], annex: Branch, titles: list[TextLine], infos: list[TextLine]) -> list[Block]:
    """Reads number, title and the line below it; the blocks of the annex's text."""
    while rest and isinstance(rest[0], TextLine):
        line = rest[0]
        match = _ANNEX.match(line.folded)
        if is_part_of_head(line):
            annex["head"] = "true"
        elif match and "number" not in annex and not titles:
            if match["number"]:
                annex["number"] = line.text[match.start("number") : match.end("number")]
            if match["title"]:
                titles.append(TextLine(line.text[match.start("title") :].strip(), "", line.paragraph))
        elif (INFO.match(line.folded) and not infos) or _is_open(infos):
            infos.append(line)
        elif not infos and not _is_text(line, titles):
            titles.append(line)
        elif not _RULE.match(line.text):
            break
        rest = rest[1:]
    return rest


def _is_open(infos: Sequence[TextLine]) -> bool:
    """Whether the bracket of `(Kèm theo Kế hoạch số …` ends on a line below."""
    text = joined(infos)
    return len(infos) == 1 and text.count("(") > text.count(")")


def _is_text(line: TextLine, titles: Sequence[TextLine]) -> bool:
    """Whether a line belongs to the text of an annex and not to its title."""
    if len(titles) >= _MOST_TITLES or re.match(r"^[IVX]+\s*[.)]", line.text):
        return True
    is_plain_title = line.is_of_workbook and line.is_upper
    return not (line.is_centred or is_plain_title or (line.is_bold and (line.is_upper or not titles)))
