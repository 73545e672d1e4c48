"""What can be recorded, shown on a terminal: the plans, the items of one with their words, and one item by itself.

Everything goes to stderr: stdout may be a file that waits for the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qmsplan.cli.console import CommandError, screen_width, tell
from qmsplan.cli.record_entry import RecordQuestion, ask
from qmsplan.cli.workspace import SEE_VALIDATE, OpenWorkspace, all_plans, items_of, no_such_plan
from qmsplan.diagnostics import Message, UserError, sentence, translator
from qmsplan.model.inline import plain_text
from qmsplan.model.text import shortened
from qmsplan.output.safe_text import clean, harmless
from qmsplan.output.words import leads_of, text_of
from qmsplan.phrases.item_tree import Node, outline
from qmsplan.phrases.people import Register
from qmsplan.phrases.target import Target

_MARGIN = 2
"""Columns between an id and its words, and before both."""


def choose_item(place: OpenWorkspace, plan: str | None, unit: str | None, language: str) -> str:
    """`PLAN/ITEM` as somebody at a terminal chooses it from lists: first the plan if there are several, then the item.

    `plan` and `unit` are what the command line named: only that plan, and only items that the unit leads or supports.
    Stop if nothing is left to choose from."""
    keep = items_of(Register.of(place.settings), unit)
    plans = {found.id: found for found in all_plans(place) if not found.form}
    if plan is not None and plan not in plans:
        raise no_such_plan([plan], plans)
    items = {
        name: [node for node in outline(found, place.settings.deadlines) if node.item.text and keep(node)]
        for name, found in plans.items()
        if plan in {None, name}
    }
    items = {name: nodes for name, nodes in items.items() if nodes}
    if not items:
        raise CommandError(Message("no plan has an item that could be recorded"), SEE_VALIDATE)
    chosen = next(iter(items))
    if len(items) > 1:
        _show_list((name, plain_text(plans[name].head.full_title)) for name in items)
        chosen = _ask_for(Message("Which plan"), list(items), language)
    _show_list((_indented(node), text_of(node)) for node in items[chosen])
    item = _ask_for(Message("Which item"), [node.item.id for node in items[chosen]], language)
    return f"{chosen}/{item}"


def _indented(node: Node) -> str:
    return " " * _MARGIN * node.depth + node.item.id


def _show_list(rows: Iterable[tuple[str, str]]) -> None:
    """Names in a column, and beside each as much of its words as fits into the line."""
    lines = list(rows)
    width = max(len(name) for name, _ in lines)
    room = screen_width() - width - 2 * _MARGIN
    for name, text in lines:
        margin = " " * _MARGIN
        tell(harmless(clean(f"{margin}{name:{width}}{margin}{shortened(text, room, whole_words=True)}")))


def _ask_for(text: Message, names: Sequence[str], language: str) -> str:
    """One of some names, in whatever case it is typed."""
    known = {name.lower(): name for name in reversed(names)}

    def read(typed: str) -> str:
        if typed.lower() not in known:
            raise UserError(Message("'{text}' is not in the list", text=typed), Message("type what stands on the left"))
        return known[typed.lower()]

    return read(ask(RecordQuestion("item", text, read), language))


def show_item(node: Node, language: str) -> None:
    """An item before questions on it are asked: what it says, its targets, its deadline and who leads it."""
    translate = translator(language)
    targets = dict.fromkeys(target.phrase for target in node.targets if isinstance(target, Target))
    facts = (
        (Message("target: {text}", text="; ".join(targets)), targets),
        (Message("deadline: {text}", text=_deadline_of(node)), _deadline_of(node)),
        (Message("lead: {text}", text=leads_of(node)), leads_of(node)),
    )
    tell(harmless(clean(shortened(f"{node.item.id}: {text_of(node)}", 3 * screen_width(), whole_words=True))))
    for fact, is_known in facts:
        if is_known:
            tell(harmless(clean("  " + sentence(fact, translate))))


def _deadline_of(node: Node) -> str:
    """The deadline as typed, the item's own or an inherited one; "" where there is none in words."""
    at = node.holder("deadline")
    typed = at.item.deadline if at else None
    return plain_text(typed) if isinstance(typed, str) else (typed.text or "" if typed else "")
