"""What an editor offers while somebody types: fields, units, ids, periods, phrases, templates; and what it tells where
the mouse rests: of a field, a phrase, a unit, an item or a plan.

What fields a place may have, what they are for and which values they take is told by the JSON Schema (`Fields`), which
has the descriptions of the model in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from qmsplan.check.exact_place import scalar
from qmsplan.diagnostics import Path, Translator, UserError
from qmsplan.load.document import MODELS
from qmsplan.load.schema import json_schema
from qmsplan.lsp.places import Cursor
from qmsplan.lsp.session import Session
from qmsplan.model.inline import plain_text
from qmsplan.model.period import codes_in_year, quarter_of
from qmsplan.model.plan import REFERENCES
from qmsplan.model.text import plain, short_period, shortened
from qmsplan.output.deadline import deadline_text
from qmsplan.output.phrases import people_text, targets_text
from qmsplan.output.words import line_word, measured_text, result_word
from qmsplan.phrases.deadline_parse import FORMS as DEADLINES
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.item_tree import Node, names_text, understand_in_unit
from qmsplan.phrases.tables import PhraseRow
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_forms import FORMS as TARGETS
from qmsplan.progress.measurement import measurable
from qmsplan.progress.plan import plan_as_of
from qmsplan.progress.status import rows_of
from qmsplan.rules.base import Context

_BETWEEN = re.compile(r"[;,]\s*")
_MOST_WORDS = 60


class Suggestion(NamedTuple):
    """A text that may be typed at the cursor in place of what is typed there from column `start` (from 0) on."""

    label: str
    text: str
    start: int
    detail: str = ""
    documentation: str = ""
    kind: str = "value"
    """`field`, `unit`, `id`, `phrase` or `value`."""
    found_by: str = ""
    """What is held against the typed letters, so that a unit is found by its code and by its name."""


def complete(session: Session, name: str, cursor: Cursor) -> tuple[Suggestion, ...]:
    """What fits at a cursor of a file."""
    kind = kind_of(session, name)
    fields = fields_in(session.translate)
    if cursor.is_key:
        there = fields.at(kind, cursor.path)
        if there:
            keys = tuple(_offered_field(field, cursor) for field in there if field.name not in cursor.beside)
            is_entry = bool(cursor.path) and isinstance(cursor.path[-1], int)  # of `lead` a unit as well as its fields
            return (*_offered_values(session, name, kind, cursor), *keys) if is_entry and not cursor.beside else keys
    return tuple(_offered_values(session, name, kind, cursor))


def kind_of(session: Session, name: str) -> str:
    """The kind of a file, `plan`, `progress` or `workspace`; "" if it says none."""
    if name == session.settings_name:
        return "workspace"
    value = session.last_good(name).value
    if value is not None:
        return value.kind
    found = re.search(r"(?m)^kind:\s*['\"]?(plan|progress|workspace)\b", session.document(name).source.text)
    return found[1] if found else ""


def _offered_field(field: KnownField, cursor: Cursor) -> Suggestion:
    """A field with its colon. What stands below it is indented; nothing is filled in that nobody wished for."""
    indent = " " * cursor.start
    below = f"\n{indent}  - " if field.is_list else f"\n{indent}  " if field.holds_fields else " "
    text = f"{field.name}:{below}"
    return Suggestion(field.name, text, cursor.start, documentation=field.description, kind="field")


def _offered_values(session: Session, name: str, kind: str, cursor: Cursor) -> Iterator[Suggestion]:
    fields = [part for part in cursor.path if isinstance(part, str)]
    offer = _OFFERS.get((kind, fields[-1])) or _OFFERS.get(("", fields[-1])) if fields else None
    if offer:
        yield from offer(session, session.plan_of(name), cursor)
    else:
        yield from _offered_words(cursor, fields_in(session.translate).choices(kind, cursor.path))


def _offered_value(cursor: Cursor, text: str, detail: str, kind: str, *, found_by: str = "") -> Suggestion:
    return Suggestion(text, scalar(text), cursor.start, detail, kind=kind, found_by=found_by)


def _offered_words(cursor: Cursor, words: Iterable[str]) -> Iterator[Suggestion]:
    return (_offered_value(cursor, word, "", "value") for word in words)


def _offer_people(session: Session, _plan: str, cursor: Cursor) -> Iterator[Suggestion]:
    """Units by name; behind `;` or `,` one more."""
    before = [found.end() for found in _BETWEEN.finditer(cursor.typed)]
    start = cursor.start + (before[-1] if before else 0)
    for unit in session.register.units:
        for spelling in dict.fromkeys((unit.name, *unit.aliases)):
            search = f"{spelling} {unit.code} {plain(spelling)}"
            yield Suggestion(spelling, spelling, start, unit.code, kind="unit", found_by=search)


def _offer_units(session: Session, _plan: str, cursor: Cursor) -> Iterator[Suggestion]:
    for unit in session.register.units:
        yield _offered_value(cursor, unit.code, unit.name, "unit", found_by=f"{unit.code} {unit.name}")


def _offer_measures(session: Session, plan: str, cursor: Cursor) -> Iterator[Suggestion]:
    """The units that targets are counted in; of who leads the units of the register."""
    fields = [part for part in cursor.path if isinstance(part, str)]
    if fields[-2:-1] in (["lead"], ["support"], ["monitor"]):
        return _offer_units(session, plan, cursor)
    nodes = (node for known in session.plan_ids() for node in session.context(known).nodes)
    found = (target.quantity for node in nodes for target in node.targets if isinstance(target, Target))
    return _offered_words(cursor, dict.fromkeys(filter(None, found)))


def _offered_ids(cursor: Cursor, found: Iterable[tuple[str, str]]) -> Iterator[Suggestion]:
    return (_offered_value(cursor, name, shortened(words, _MOST_WORDS), "id") for name, words in found)


def _offer_refs(session: Session, own: str, cursor: Cursor) -> Iterator[Suggestion]:
    """The plans and their items; no plan carries out itself."""
    plans = [plan for plan in session.plan_ids() if plan != own or "implements" not in cursor.path]
    yield from _offered_ids(cursor, ((plan, _title_of_plan(session, plan)) for plan in plans))
    for plan in plans:
        items = ((f"{plan}/{node.item.id}", node.words) for node in session.context(plan).nodes)
        yield from _offered_ids(cursor, items)


def _offer_plans(session: Session, _plan: str, cursor: Cursor) -> Iterator[Suggestion]:
    return _offered_ids(cursor, ((known, _title_of_plan(session, known)) for known in session.plan_ids()))


def _offer_items(session: Session, plan: str, cursor: Cursor) -> Iterator[Suggestion]:
    """The items of a plan; where a reading is typed those that it can be held against."""
    nodes = session.context(plan).nodes
    wanted = [node for node in nodes if "readings" not in cursor.path or measurable(node)]
    return _offered_ids(cursor, ((node.item.id, node.words) for node in wanted))


def _offer_events(session: Session, plan: str, cursor: Cursor) -> Iterator[Suggestion]:
    found = session.context(plan).plan
    events = found.events if found else ()
    return _offered_ids(cursor, ((event.id, plain_text(" ".join(event.text))) for event in events))


def _offer_templates(session: Session, _plan: str, cursor: Cursor) -> Iterator[Suggestion]:
    return _offered_words(cursor, session.templates)


def _offers_of_phrases(rows: Sequence[PhraseRow[Any]]) -> Offer:
    """The forms of a phrase, each as an example with its meaning."""

    def offer(session: Session, _plan: str, cursor: Cursor) -> Iterator[Suggestion]:
        for row in sorted(rows, key=lambda row: len(row.example)):  # what people write every day is short
            if row.example and row.means:
                yield _offered_value(cursor, row.example, session.translate(row.means), "phrase")

    return offer


def _title_of_plan(session: Session, plan: str) -> str:
    found = session.context(plan).plan
    return plain_text(found.head.full_title) if found else ""


def _offer_periods(session: Session, plan: str, cursor: Cursor) -> Iterator[Suggestion]:
    """The plan's period and those in it; this year's without a plan."""
    found = session.context(plan).plan if plan else None
    whole = found.period if found else None
    years = [part.start.year for part in whole.years()] if whole else [session.folder.today().year]
    codes = [code for year in years for code in codes_in_year(year)]
    return _offered_words(cursor, dict.fromkeys([*([whole.code] if whole else []), *codes]))


Offer: TypeAlias = Callable[[Session, str, Cursor], Iterator[Suggestion]]
"""What may be typed at a cursor in a file about a plan."""

_OFFERS: dict[tuple[str, str], Offer] = {
    **{("plan", name): _offer_people for name in ("lead", "support", "monitor")},
    ("progress", "lead"): _offer_people,
    **{("", name): _offer_units for name in ("unit", "issuer", "parent", "members")},
    **{("plan", name): _offer_refs for name in REFERENCES},
    ("plan", "unit"): _offer_measures,
    ("progress", "plan"): _offer_plans,
    ("progress", "item"): _offer_items,
    ("", "event"): _offer_events,
    ("plan", "template"): _offer_templates,
    ("", "period"): _offer_periods,
    ("plan", "deadline"): _offers_of_phrases(DEADLINES),
    ("plan", "target"): _offers_of_phrases(TARGETS),
}
"""By the kind of file, "" for every kind, and the field."""


Schema: TypeAlias = "dict[str, Any]"


class KnownField(NamedTuple):
    """A field that a mapping may have."""

    name: str
    description: str
    is_list: bool
    """True if its entries stand on lines below it."""
    holds_fields: bool


class Fields:
    """The fields of the three kinds of file in one language."""

    def __init__(self, translate: Translator) -> None:
        self._schema = json_schema(translate)

    def at(self, kind: str, path: Path) -> tuple[KnownField, ...]:
        """The fields that the mapping at a path may have; those of the whole file for an empty path."""
        found: dict[str, KnownField] = {}
        for schema in self._schemas(kind, path):
            for name, described in schema.get("properties", {}).items():
                variants = list(self._variants(described))
                description = described.get("description") or next(
                    (one["description"] for one in variants if "description" in one), ""
                )
                is_list = any("items" in one and self._is_mapping(one["items"]) for one in variants)
                holds_fields = any("properties" in one for one in variants)
                found.setdefault(name, KnownField(name, description, is_list, holds_fields))
        return tuple(found.values())

    def description(self, kind: str, path: Path) -> str:
        """What the field at a path is for; "" if there is none such."""
        names = [name for name in path if isinstance(name, str)]
        if not names:
            return ""
        above = path[: max(index for index, name in enumerate(path) if isinstance(name, str))]
        return next((field.description for field in self.at(kind, above) if field.name == names[-1]), "")

    def choices(self, kind: str, path: Path) -> tuple[str, ...]:
        """The values that a field may have, if they are few and known: `iso9001-2015`, `true`. Where other words
        are understood too, those that the schema has as examples are all there are: `sum`."""
        found: dict[str, None] = {}
        for schema in self._schemas(kind, path):
            alone = [schema["const"]] if "const" in schema else []
            for value in schema.get("enum") or alone or schema.get("examples", ()):
                found.setdefault(str(value).lower() if isinstance(value, bool) else str(value))
        return tuple(found)

    def _schemas(self, kind: str, path: Path) -> Iterator[Schema]:
        if kind not in MODELS:
            yield {"properties": {"kind": {"enum": list(MODELS)}}} if not path else {"enum": list(MODELS)}
            return
        found = list(self._variants({"$ref": f"#/$defs/{MODELS[kind].__name__}"}))
        for name in path:
            found = [
                variant for one in found for part in _schemas_inside(one, name) for variant in self._variants(part)
            ]
        yield from found

    def _variants(self, schema: Schema) -> Iterator[Schema]:
        """A schema and those it may stand for, references followed."""
        if "$ref" in schema:
            yield from self._variants(self._schema["$defs"][schema["$ref"].rpartition("/")[2]])
        for choice in ("anyOf", "oneOf", "allOf"):
            for one in schema.get(choice, ()):
                yield from self._variants(one)
        yield schema

    def _is_mapping(self, schema: Schema) -> bool:
        return any("properties" in one for one in self._variants(schema))


def _schemas_inside(schema: Schema, name: str | int) -> Iterator[Schema]:
    if isinstance(name, int):
        if "items" in schema:
            yield schema["items"]
    elif name in schema.get("properties", {}):
        yield schema["properties"][name]
    elif isinstance(schema.get("additionalProperties"), dict):
        yield schema["additionalProperties"]


@lru_cache(maxsize=2)
def fields_in(translate: Translator) -> Fields:
    """The fields with descriptions in a language, made once."""
    return Fields(translate)


def hover(session: Session, name: str, cursor: Cursor, value: str) -> str:
    """Markdown about what the cursor is on; "" if there is nothing to say. `value` is the whole text there."""
    kind = kind_of(session, name)
    path = (*cursor.path, cursor.key) if cursor.is_key else cursor.path
    field = next((part for part in reversed(path) if isinstance(part, str)), "")
    tell = None if cursor.is_key or not value else _TELL.get(field)
    plan = session.plan_of(name)
    if tell is _tell_target:
        told: Iterable[str] = _tell_target(session, _unit_beside(session.context(plan), path), value)
    else:
        told = tell(session, plan, value) if tell else ()
    description = fields_in(session.translate).description(kind, path)
    return "\n\n".join(part for part in (*told, description) if part)


def _tell_deadline(session: Session, plan: str, value: str) -> Iterator[str]:
    period = session.context(plan).period
    if period is None:
        return
    found = understand_deadline(value, period, session.folder.settings.deadlines)
    told = _fault_text(session, found) if isinstance(found, UserError) else deadline_text(found, session.translate)
    yield _as_on_terminal(told)


def _fault_text(session: Session, fault: UserError) -> str:
    parts = (session.translate(text) for text in (fault.message, fault.hint) if text)
    return "\n".join(parts)


def _as_on_terminal(text: str) -> str:
    """A text as it stands on a terminal."""
    return f"```text\n{text.rstrip()}\n```"


def _unit_beside(context: Context, path: Path) -> str:
    """The unit of measure of the item that a path lies in: `lớp`."""
    holding = [node for node in context.nodes if node.path == path[: len(node.path)]]
    return (holding[-1].item.unit or "") if holding else ""


def _tell_target(session: Session, unit: str, value: str) -> Iterator[str]:
    found = understand_in_unit(value, unit)
    targets = found if isinstance(found, tuple) else (found,)
    faults = [target for target in targets if isinstance(target, UserError)]
    yield from (_as_on_terminal(_fault_text(session, fault)) for fault in faults)
    if not faults:
        known = tuple(target for target in targets if isinstance(target, Target))
        yield _as_on_terminal(targets_text(value, known, session.translate))


def _tell_people(session: Session, _plan: str, value: str) -> Iterator[str]:
    mentions = session.register.mentions(value)
    yield _as_on_terminal(people_text(value, mentions, session.translate))
    yield from (f"**{mention.unit.code}** {mention.unit.name}" for mention in mentions if mention.unit)


def _tell_unit(session: Session, _plan: str, value: str) -> Iterator[str]:
    if unit := session.register.find(value):
        yield f"**{unit.code}** {unit.name}"


def _tell_ref(session: Session, _plan: str, value: str) -> Iterator[str]:
    plan, slash, item = value.partition("/")
    return _tell_item(session, plan, item) if slash else _tell_plan(session, "", plan)


def _tell_event(session: Session, plan: str, value: str) -> Iterator[str]:
    found = session.context(plan).plan
    events = found.events if found else ()
    return (plain_text(" ".join(event.text)) for event in events if event.id == value)


def _tell_plan(session: Session, _plan: str, plan: str) -> Iterator[str]:
    if found := session.context(plan).plan:
        yield f"**{found.id}** {plain_text(found.head.full_title)}"


def _tell_item(session: Session, plan: str, item: str) -> Iterator[str]:
    context = session.context(plan)
    node = context.by_id.get(item)
    if node is None:
        return
    yield f"**{item}** {node.words}"
    if leads := names_text(node.lead):
        yield leads
    yield from _state_today(session, context, node)


def _state_today(session: Session, context: Context, node: Node) -> Iterator[str]:
    """The state of an item today: each due day, or the result over the quarter of today."""
    if context.plan is None or context.plan.form:
        return
    today, settings = session.folder.today(), session.folder.settings
    window = quarter_of(today)
    records = [record.progress for record in context.records]
    progress = plan_as_of(context.plan, records, settings, today, window)
    items = [item for item in progress.items if item.node.path == node.path]
    for row in rows_of(progress, items, window):
        result = row.result
        if result:
            words = (result_word(result, session.translate), measured_text(result, session.translate))
            yield ", ".join(dict.fromkeys(words))
        for line in row.lines:
            when = short_period(line.occurrence.period, session.translate.language)
            yield f"{when}: {line_word(line, row.node, session.translate)}"


Tell: TypeAlias = Callable[[Session, str, str], Iterator[str]]
"""What a text of a file about a plan means, part by part."""

_TELL: dict[str, Tell] = {
    "deadline": _tell_deadline,
    "target": _tell_target,
    **dict.fromkeys(("lead", "support", "monitor"), _tell_people),
    **dict.fromkeys(("unit", "issuer", "parent", "members"), _tell_unit),
    **dict.fromkeys(REFERENCES, _tell_ref),
    "plan": _tell_plan,
    "item": _tell_item,
    "id": _tell_item,
    "event": _tell_event,
}
"""By the field."""
