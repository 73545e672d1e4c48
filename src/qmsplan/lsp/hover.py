"""What a field, a phrase, a unit, an item or a plan is, told where the mouse rests on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from qmsplan.diagnostics import Path, UserError, sentence
from qmsplan.lsp.completion import fields_in, kind_of
from qmsplan.lsp.cursor import Cursor
from qmsplan.lsp.session import Session
from qmsplan.model.inline import plain_text
from qmsplan.model.period import quarter_of
from qmsplan.model.plan import REFERENCES
from qmsplan.output.phrases import deadline_text, people_text, targets_text
from qmsplan.output.words import leads_of, measured_text, state_word, text_of
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.item_tree import Node, understand_in_unit
from qmsplan.phrases.target import Target
from qmsplan.progress.plan import plan_as_of
from qmsplan.progress.status import rows_of
from qmsplan.rules.base import Context


def hover(session: Session, name: str, cursor: Cursor, value: str) -> str:
    """Markdown about what the cursor is on; "" if there is nothing to say. `value` is the whole text there."""
    kind = kind_of(session, name)
    path = (*cursor.path, cursor.key) if cursor.is_key else cursor.path
    field = next((part for part in reversed(path) if isinstance(part, str)), "")
    tell = None if cursor.is_key or not value else _TELL.get(field)
    plan = session.plan_of(name)
    if tell is _target:
        told: Iterable[str] = _target(session, _unit_beside(session.context(plan), path), value)
    else:
        told = tell(session, plan, value) if tell else ()
    description = fields_in(session.language).description(kind, path)
    return "\n\n".join(part for part in (*told, description) if part)


def _deadline(session: Session, plan: str, value: str) -> Iterator[str]:
    period = session.context(plan).period
    if period is None:
        return
    found = understand_deadline(value, period, session.folder.settings.deadlines)
    if isinstance(found, UserError):
        yield _block(_fault(session, found))
    else:
        yield _block(deadline_text(found, session.language, session.translate))


def _fault(session: Session, fault: UserError) -> str:
    parts = (sentence(text, session.translate) for text in (fault.message, fault.hint) if text)
    return "\n".join(parts)


def _block(text: str) -> str:
    """A text as it stands on a terminal."""
    return f"```text\n{text.rstrip()}\n```"


def _unit_beside(context: Context, path: Path) -> str:
    """The unit of measure of the item that a path lies in: `lớp`."""
    holding = [node for node in context.nodes if node.path == path[: len(node.path)]]
    return (holding[-1].item.unit or "") if holding else ""


def _target(session: Session, unit: str, value: str) -> Iterator[str]:
    found = understand_in_unit(value, unit)
    targets = found if isinstance(found, tuple) else (found,)
    faults = [target for target in targets if isinstance(target, UserError)]
    yield from (_block(_fault(session, fault)) for fault in faults)
    if not faults:
        known = tuple(target for target in targets if isinstance(target, Target))
        yield _block(targets_text(value, known, session.language, session.translate))


def _people(session: Session, _plan: str, value: str) -> Iterator[str]:
    mentions = session.register.mentions(value)
    yield _block(people_text(value, mentions, session.translate))
    yield from (f"**{mention.unit.code}** {mention.unit.name}" for mention in mentions if mention.unit)


def _unit(session: Session, _plan: str, value: str) -> Iterator[str]:
    unit = session.register.find(value)
    if unit:
        yield f"**{unit.code}** {unit.name}"


def _ref(session: Session, _plan: str, value: str) -> Iterator[str]:
    plan, slash, item = value.partition("/")
    return _item(session, plan, item) if slash else _of_plan(session, "", plan)


def _event(session: Session, plan: str, value: str) -> Iterator[str]:
    found = session.context(plan).plan
    events = found.events if found else ()
    return (plain_text(" ".join(event.text)) for event in events if event.id == value)


def _of_plan(session: Session, _plan: str, plan: str) -> Iterator[str]:
    found = session.context(plan).plan
    if found:
        yield f"**{found.id}** {plain_text(found.head.full_title)}"


def _item(session: Session, plan: str, item: str) -> Iterator[str]:
    context = session.context(plan)
    node = context.by_id.get(item)
    if node is None:
        return
    yield f"**{item}** {text_of(node)}"
    leads = leads_of(node)
    if leads:
        yield leads
    yield from _state(session, context, node)


def _state(session: Session, context: Context, node: Node) -> Iterator[str]:
    """The state of an item today: each due day, or the result over the quarter of today."""
    if context.plan is None or context.plan.form:
        return
    today, settings = session.folder.today, session.folder.settings
    window = quarter_of(today)
    records = [record.progress for record in context.records]
    progress = plan_as_of(context.plan, records, settings, today, window)
    items = [item for item in progress.items if item.node.path == node.path]
    for row in rows_of(progress, items, window):
        result = row.result
        if result:
            words = (
                state_word(result.attainment, session.translate),
                measured_text(result, session.language, session.translate),
            )
            yield ", ".join(dict.fromkeys(words))
        for line in row.lines:
            yield f"{line.occurrence.period.code}: {state_word(line.state, session.translate)}"


Tell: TypeAlias = Callable[[Session, str, str], Iterator[str]]
"""What a text of a file about a plan means, part by part."""

_TELL: dict[str, Tell] = {
    "deadline": _deadline,
    "target": _target,
    **dict.fromkeys(("lead", "support", "monitor"), _people),
    **dict.fromkeys(("unit", "issuer", "parent", "members"), _unit),
    **dict.fromkeys(REFERENCES, _ref),
    "plan": _of_plan,
    "item": _item,
    "id": _item,
    "event": _event,
}
"""By the field."""
