"""Parts of a text as sections of a plan, in the order of the page: text, table or tasks, then the parts inside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qmsplan.importing.body import Part
from qmsplan.importing.details import duties, find_tasks, has_open_label, part_as_group, part_as_task
from qmsplan.importing.grids import Block, Grid, GridRow
from qmsplan.importing.lines import TextLine
from qmsplan.importing.making import (
    CHILDREN,
    Branch,
    Making,
    has_bullet,
    is_understood,
    paragraphs,
    put,
    split_ordinal,
    without_bullet,
)
from qmsplan.importing.table_items import table_branch
from qmsplan.model.text import plain

_OBJECTIVES = re.compile(r"mục tiêu|chỉ tiêu")
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
    for run in _runs(_joined_tables(part.blocks)):
        if isinstance(run, Grid):
            found.append(table_branch(run, making))
            continue
        tasks = None if part.keeps_text else _line_items(part, run, making)
        if tasks is None:
            found.append(paragraphs(run))
        else:
            before, branch, after = tasks
            found += [paragraphs(before)] if before else []
            found.append(branch)
            found += [paragraphs(after)] if after else []
    return found


def _line_items(
    part: Part, run: Sequence[TextLine], making: Making
) -> tuple[list[TextLine], Branch, list[TextLine]] | None:
    kind = making.kind or ("objectives" if part.lists_objectives else "tasks")
    tasks = find_tasks(run, kind, is_forced=making.kind == "tasks")
    if tasks is not None:
        return tasks.before, {kind: tasks.items}, tasks.after
    title = plain(" ".join(line.text for line in part.title))
    if making.kind != "objectives" and not (_OBJECTIVES.search(title) or part.lists_objectives):
        return None
    return _objectives(run, making, is_sure=making.kind == "objectives" or part.lists_objectives)


def _objectives(
    run: Sequence[TextLine], making: Making, *, is_sure: bool
) -> tuple[list[TextLine], Branch, list[TextLine]] | None:
    """A list of lines as objectives, if most of them have a target."""
    listed = [at for at, line in enumerate(run) if split_ordinal(line.text)[0] or has_bullet(line.text)]
    measured = sum(is_understood(split_ordinal(run[at].text)[1]) for at in listed)
    if len(listed) < 2 or (not is_sure and measured < _MOST_OBJECTIVES * len(listed)):
        return None
    while listed and not any(map(str.isalnum, split_ordinal(run[listed[-1]].text)[1])):
        listed.pop()
    first, last = listed[0], listed[-1]
    items: list[Branch] = []
    for line in run[first : last + 1]:
        number, text = split_ordinal(line.text)
        if number or has_bullet(line.text):
            item: Branch = {"number": number or "-"}
            put(item, "text", [line.part(len(line.text) - len(text if number else without_bullet(line.text)))])
            if not is_sure:
                making.guess(item)
            items.append(item)
        else:
            put(items[-1], "measures", [line])
    return list(run[:first]), {"objectives": items}, list(run[last + 1 :])


def _runs(blocks: Sequence[Block]) -> list[Grid | list[TextLine]]:
    found: list[Grid | list[TextLine]] = []
    for block in blocks:
        if isinstance(block, Grid):
            found.append(block)
        elif found and isinstance(found[-1], list):
            found[-1].append(block)
        else:
            found.append([block])
    return found


def _joined_tables(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with tables joined that a page break or a slip of the pen cut in two."""
    found: list[Block] = []
    for block in blocks:
        above = found[-1] if found else None
        if isinstance(block, Grid) and isinstance(above, Grid) and _is_cut(above, block):
            rows: list[GridRow] = [*above.rows, *block.rows]
            found[-1] = Grid(rows, is_landscape=above.is_landscape, widths=above.widths)
        else:
            found.append(block)
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
    if groups := duties(part, making):
        return {"groups": groups}
    lists = [part_as_group(inner) for inner in part.parts]
    if all(lists):
        return {"groups": lists}
    tasks = [part_as_task(inner) for inner in part.parts]
    if all(tasks):
        are_objectives = part.lists_objectives or all(map(_is_objective, part.parts))
        return {making.kind or ("objectives" if are_objectives else "tasks"): tasks}
    if making.kind != "tasks" and any(has_open_label(inner.lines) for inner in part.parts):
        for inner in part.parts:
            inner.keeps_text = True
    return [section_of(inner, making) for inner in part.parts]


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
