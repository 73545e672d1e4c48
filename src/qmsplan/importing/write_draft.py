"""A draft as the text of a plan file in the canonical layout, with a comment above what was guessed; and the results
that a follow-up sheet has of the plan's own time, as readings for a progress file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qmsplan.diagnostics import Message, Path, UserError, reads
from qmsplan.importing.making import CHILDREN, Branch
from qmsplan.load.document import Source
from qmsplan.load.files import LARGEST, LONGEST_SCALAR
from qmsplan.model.fields import FileModel, read_measured
from qmsplan.model.plan import Plan
from qmsplan.yaml_edit.emit import Field, FieldKind, Value, emit, field_of, node_of, settled


def draft_text(plan: Branch, head: str = "", model: type[FileModel] = Plan) -> bytes:
    """The bytes of the file; `head` are comments for its first lines, `model` is the class of what it holds. UserError
    if it is larger than a plan may be."""
    comments = list(_comments(plan, ()))
    if _size(plan) > LARGEST:
        raise _too_large()
    whole = Field(0, FieldKind.TEXT, model)
    bare = "\n".join(emit(node_of(_canonical(values_of(plan), whole), whole))) + "\n"
    if len(bare.encode()) > LARGEST:
        raise _too_large()
    lines = bare.split("\n")
    source = Source("", bare)
    above: dict[int, str] = {}
    for path, text in comments:
        line = source.locate_key(path).line - 1 if isinstance(path[-1], str) else source.locate(path).line - 1
        above[line] = text
    for line, text in sorted(above.items(), reverse=True):
        indent = len(lines[line]) - len(lines[line].lstrip())
        lines.insert(line, f"{' ' * indent}# {text}")
    return (head + "\n".join(lines)).encode()


def _size(value: Any) -> int:
    """The letters of all texts and names of fields, which is less than the bytes of the file."""
    if isinstance(value, dict):
        return sum(len(name) + _size(part) for name, part in value.items())
    return sum(map(_size, value)) if isinstance(value, list) else len(str(value))


def _too_large() -> UserError:
    return UserError(
        Message("the plan of this file would be larger than a plan may be"),
        Message("import it in parts: save each annex as a file of its own"),
    )


def _canonical(value: Value, field: Field) -> Value:
    """A value with its fields in the order of the model and its paragraphs as `qmsplan fmt` writes them."""
    if isinstance(value, str):
        is_long = field.kind is FieldKind.LINES and len(value) > LONGEST_SCALAR
        return value.split("\n") if is_long else settled(value, field.kind)
    if isinstance(value, Mapping):
        parts = ((field_of(field.model, name), name, part) for name, part in value.items())
        return {name: _canonical(part, inner) for inner, name, part in sorted(parts, key=lambda one: one[0].place)}
    kind = FieldKind.TEXT if field.kind is FieldKind.LINES else field.kind
    return [_canonical(part, field._replace(kind=kind)) for part in value]


def _comments(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name.startswith("#"):
                place = (*path, name[1:]) if name[1:] else path
                if place and (not name[1:] or name[1:] in value):
                    yield place, part
            else:
                yield from _comments(part, (*path, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _comments(part, (*path, index))


def values_of(value: Any) -> Value:
    """The fields without comments, and without what is empty."""
    if isinstance(value, dict):
        kept = {name: values_of(part) for name, part in value.items() if not name.startswith("#")}
        return {name: part for name, part in kept.items() if part or name == "position"}
    if isinstance(value, list):
        return [values_of(part) for part in value]
    return str(value)


def take_readings(plan: Branch, day: str, own_periods: Mapping[str, str]) -> list[Branch]:
    """Takes the results of the plan's own periods out of a draft, as readings recorded on a day: `2026-04-14`. Results
    that are no number, and those of earlier years, stay. `own_periods` are the periods of own fields with results."""
    first = str(plan.get("period", ""))[:4]
    return [
        {"item": item, "period": period, "value": value, "recorded": day}
        for item, period, value in _taken(plan, first, own_periods)
    ]


def _taken(branch: Any, first: str, own_periods: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for item in branch.get("objectives", ()):
        for field, periods in (("results", {code: code for code in item.get("results", ())}), ("fields", own_periods)):
            values = item.get(field, {})
            for name, period in periods.items():
                if period[:4] >= first and reads(read_measured, values.get(name, "").strip()):
                    yield item["id"], period, values.pop(name)
            if not values:
                item.pop(field, None)
    for name in (*CHILDREN, "sections", "annexes"):
        for part in branch.get(name, ()):
            yield from _taken(part, first, own_periods)
