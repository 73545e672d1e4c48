"""Where an id is given and used, its rename over all files, and the changes that an editor offers beside a finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qmsplan.check.findings import NEVER
from qmsplan.diagnostics import Diagnostic, Message, ReadError, Span, UserError
from qmsplan.load.document import Source
from qmsplan.load.yaml import span_of
from qmsplan.lsp.places import EVENT, ITEM, PLAN, UNIT, IdPlace, ids_in
from qmsplan.lsp.session import Session
from qmsplan.model.fields import read_id
from qmsplan.model.plan import Plan
from qmsplan.model.text import shared_ends, shortened


class TextChange(NamedTuple):
    """A text in place of a part of a file."""

    file: str
    span: Span
    text: str


class Action(NamedTuple):
    """Changes that an editor may offer: a title, and the finding that they are about, if any. `starts` is the name of a
    file that has to be made first."""

    title: str
    diagnostic: Diagnostic | None
    changes: tuple[TextChange, ...]
    starts: str = ""


def id_at(source: Source, line: int, column: int) -> IdPlace | None:
    """The id that stands at a line and a column, both from 1."""
    return next((found for found in ids_in(source) if _covers(found.span, line, column)), None)


def _covers(span: Span, line: int, column: int) -> bool:
    return (span.line, span.column) <= (line, column) <= (span.end_line, span.end_column)


def unit_at(session: Session, value: str) -> IdPlace | None:
    """The one unit that a phrase of a plan names, as its id in the register."""
    units = {mention.unit.code for mention in session.register.mentions(value) if mention.unit}
    return IdPlace(UNIT, "", units.pop(), Span(1, 1, 1, 1), is_given=False) if len(units) == 1 else None


def rename(session: Session, place: IdPlace, name: str) -> tuple[TextChange, ...]:
    """An id under another name everywhere. UserError if the name can't be, or if a signed plan would change."""
    if place.kind == UNIT:
        raise UserError(
            Message("the code of a unit stands in sentences too; change it in qmsplan.yaml and run validate")
        )
    read_id(name)
    found = list(session.places_of(place))
    if any(other.is_given for _, other in session.places_of(place._replace(name=name))):
        raise UserError(Message("'{id}' is there already", id=name), Message("choose another id"))
    for file, other in found:
        value = session.document(file).value
        if other.is_given and isinstance(value, Plan) and value.signoff:
            message = Message("'{plan}' is signed: its ids stay as they are", plan=value.id)
            raise UserError(message, Message("open a new revision first: qmsplan amend {plan}", plan=value.id))
    return tuple(TextChange(file, other.span, name) for file, other in found)


def can_rename(place: IdPlace) -> bool:
    """Whether an id may be renamed at all."""
    return place.kind in {PLAN, ITEM, EVENT}


def actions(session: Session, name: str, found: tuple[Diagnostic, ...]) -> Iterator[Action]:
    """What may be done about findings of a file: mend them, or let them pass for a reason that is still to be typed."""
    source = session.document(name).source
    for diagnostic in found:
        if diagnostic.fix:
            yield _fix(session, source, diagnostic)
    for diagnostic in found:
        if diagnostic.code not in NEVER:
            yield _ignore(session, source, diagnostic)


def _fix(session: Session, source: Source, diagnostic: Diagnostic) -> Action:
    """What `validate --fix` would write."""
    edits = diagnostic.fix.edits if diagnostic.fix else ()
    changes = tuple(TextChange(source.name, span, text) for span, text in edits)
    words = shortened(" … ".join(text for _, text in edits), 60)
    title = session.translate("write {text} ({code})", text=words, code=diagnostic.code)
    return Action(title, diagnostic, changes)


def _ignore(session: Session, source: Source, diagnostic: Diagnostic) -> Action:
    """A comment above the line that lets the finding pass once a reason stands behind it."""
    line = _above(source, diagnostic.span.line)
    indent = source.lines[line - 1][: len(source.lines[line - 1]) - len(source.lines[line - 1].lstrip())]
    comment = f"{indent}# qmsplan: ignore[{diagnostic.code}] \n"
    title = session.translate("let {code} pass here (type the reason)", code=diagnostic.code)
    return Action(title, diagnostic, (TextChange(source.name, Span(line, 1, line, 1), comment),))


def completion(session: Session, place: IdPlace) -> Action | None:
    """The record that an item is done today, in the progress file that `qmsplan record` would choose."""
    if place.kind != ITEM or not (found := session.recorded(place.plan, place.name)):
        return None
    name = found.path.relative_to(session.folder.root).as_posix()
    message = Message("record that {item} is done today ({file})", item=place.name, file=name)
    change = _changed_lines(name, found.before or "", found.after)
    return Action(session.translate(message), None, (change,), name if found.before is None else "")


def _changed_lines(name: str, before: str, after: str) -> TextChange:
    """The lines of a text that differ, in place of what stood there."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    same, below = shared_ends(old, new)
    span = Span(same + 1, 1, len(old) - below + 1, 1)
    return TextChange(name, span, "".join(new[same : len(new) - below]))


def _above(source: Source, line: int) -> int:
    """The line above which a comment may stand: that of a text on several lines is where the text opens."""
    for scalar in source.texts:
        span = span_of(scalar)
        last = span.end_line - (span.end_column == 1)  # a block ends where the next line begins
        if span.line < line <= last:
            return span.line
    return line


def text_there(source: Source, line: int, column: int) -> str:
    """The whole text that stands at a line and a column, both from 1; "" where there is none or no YAML."""
    try:
        _ = source.yaml
    except ReadError:
        return ""
    return next((scalar.value for scalar in source.texts if _covers(span_of(scalar), line, column)), "")
