"""What a form brings, found by three sides: what it was made from, what stands in it now, and what the files hold.

A row that nobody touched changes nothing, even if the files hold something newer. A row that was filled in goes into
the files if they still hold what the form was made from; if they changed meanwhile to something else, both are told and
nothing is taken. What is written, and whether the rules allow it, is the business of the command."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from qmsplan.diagnostics import LoaderCode, Message, Severity, Translator, UserError
from qmsplan.forms import codes
from qmsplan.forms.contents import asked_text, event_days_of, is_involved, open_answers, target_text, waiting_for
from qmsplan.forms.reading import FormCell, ReadForm, ReadRow, ReadSheet, WorkbookError, beside, settled, typed_sign
from qmsplan.forms.values import (
    CODE_OF,
    FORM_SHEETS,
    Answers,
    CellKind,
    FormColumn,
    FormFault,
    FormKey,
    FormSheet,
    answers_of,
    finding_columns,
    finding_number,
    findings_at,
    fingerprint,
    own_records,
    read_key,
    sheet_of,
    shown_answer,
    without_own_unit,
)
from qmsplan.model.period import Period, parse_period
from qmsplan.model.plan import Plan
from qmsplan.model.progress import ProgressEntry, Record
from qmsplan.model.text import PeriodWords, capitalized, period_text
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.phrases.target import Target
from qmsplan.progress.measurement import measurable, target_numbers
from qmsplan.progress.owed import owed_since

_MEASURES = frozenset({"num", "den", "value", "change"})
_UNREADABLE = "\0"
"""Stands for an answer that can't be read."""
_PAST = frozenset({"done", "on", "action-done", "verified-on"})
"""Columns of days on which something happened: they can't lie ahead."""


class KnownPlan(NamedTuple):
    """A plan with its items and all records on it, as the files hold them now."""

    plan: Plan
    nodes: tuple[Node, ...]
    records: tuple[Record, ...]


class FormSide(NamedTuple):
    """What forms are compared with: whose form it is, its period, the plans, the day, the language of messages."""

    unit: str
    window: Period
    plans: Mapping[str, KnownPlan]
    register: Register
    today: date
    translate: Translator
    form_translate: Translator
    """Of the language that the form is in."""


class BroughtEntry(NamedTuple):
    """An entry that a form brings: its key, its answers, which entry it corrects (file and index), and its cells.

    Of a correction only the answers that change; of a figure all that is measured, if anything of it does."""

    key: FormKey
    answers: Answers
    sign: str
    corrects: tuple[str, int] | None
    sheet: str
    cells: Mapping[str, str]
    """The name of each column's cell: `{"num": "J7"}`."""


class ComparedForm(NamedTuple):
    """What a form brings, what is wrong in it, and how many filled rows say what the files hold already."""

    brought: tuple[BroughtEntry, ...]
    faults: tuple[FormFault, ...]
    unchanged: int
    refused: frozenset[FormKey]
    """The rows in which something is wrong."""


class _Current(NamedTuple):
    """What the files hold about a row: its answers, where they stand, and which columns take some."""

    open: frozenset[str]
    answers: Answers = {}  # noqa: RUF012  nobody changes it
    at: tuple[str, int] | None = None
    days: tuple[date, ...] = ()
    sign: str = ""
    asked: str = ""
    """What is asked for, in words."""
    target: str = ""

    @property
    def print(self) -> str:
        return fingerprint(self.answers, self.days)


class _FilledRow(NamedTuple):
    """A row of a form that came back: its sheet as exported, the sheet as read, and its cells."""

    sheet: FormSheet
    read: ReadSheet
    row: ReadRow

    def cell(self, column: str) -> str:
        """The name of a cell, which may be empty; that of the row's first cell where the column is gone."""
        return f"{self.read.columns.get(column, 'A')}{self.row.number}"

    def refused(self, code: LoaderCode, column: str, message: Message, hint: Message) -> WorkbookError:
        """The answer to a row that can't be taken, at one of its cells."""
        return WorkbookError(code, message, hint, self.cell(column))


def compare_form(form: ReadForm, side: FormSide) -> ComparedForm:
    """What a form brings to the files as they are."""
    comparison = _Comparison(side)
    comparison.faults += form.faults
    for sheet in FORM_SHEETS:
        read = form.sheets.get(sheet.list)
        if read is not None:
            comparison.add(sheet, read)
        elif int(form.identity.get("form", 0)) >= sheet.since:
            name = side.form_translate(sheet.name)
            comparison.tell(codes.MISSING_PART, "", "", Message("the sheet '{name}' is missing", name=name), _AGAIN)
    return ComparedForm(
        tuple(comparison.brought), tuple(comparison.faults), comparison.unchanged, frozenset(comparison.refused)
    )


_AGAIN = Message("fill in a form as it was exported; columns and sheets can be moved, not removed")


class _Comparison:
    """A form while it is gone through."""

    def __init__(self, side: FormSide) -> None:
        self.side = side
        self.brought: list[BroughtEntry] = []
        self.faults: list[FormFault] = []
        self.unchanged = 0
        self.refused: set[FormKey] = set()
        self.seen: dict[FormKey, tuple[str, Answers]] = {}
        self.translate = side.translate

    def tell(self, code: LoaderCode, sheet: str, cell: str, message: Message, hint: Message | None = None) -> None:
        """Notes what is wrong, or to be known."""
        self.faults.append(FormFault.of(code, message, hint, sheet, cell))

    def add(self, sheet: FormSheet, read: ReadSheet) -> None:
        """Goes through the rows of a sheet."""
        rare = {"baseline", "change"}
        for column in sheet.columns:
            if column.id not in read.columns and column.id not in rare:
                heading = self.side.form_translate(column.heading)
                self.tell(
                    codes.MISSING_PART, read.title, "", Message("the column '{name}' is missing", name=heading), _AGAIN
                )
        for name in read.doubled:
            message = Message("the column '{name}' stands there twice", name=name)
            self.tell(codes.MISSING_PART, read.title, "", message, _AGAIN)
        for row in read.rows:
            self.faults += [beside(read.title, cell) for cell in row.beside]
            before = len(self.faults)
            try:
                self._take(_FilledRow(sheet, read, row))
            except WorkbookError as fault:
                self.tell(fault.code, read.title, fault.cell, fault.message, fault.hint)
            if (key := read_key(row.key)) and any(one.severity is Severity.ERROR for one in self.faults[before:]):
                self.refused.add(key)

    def _take(self, at: _FilledRow) -> None:
        sheet, row = at.sheet, at.row
        filled = [column for column in sheet.answers if column.id in row.cells and not row.cells[column.id].is_empty]
        key = read_key(row.key)
        if key is None or key.list != sheet.list:
            if filled:
                raise at.refused(codes.UNKNOWN_ROW, filled[0].id, Message("this row is not one of the form"), _ROWS)
            return
        answers = self._settled(at, filled, key)
        if self._is_double(at, key, answers):
            return
        current = self._current(key)
        if current is None:
            if answers and fingerprint(answers) != row.print:
                message = Message("'{id}' of {plan} is nothing that {unit} reports on any more",
                    id=key.subject, plan=key.plan, unit=self.side.unit)  # fmt: skip
                raise at.refused(codes.UNKNOWN_ROW, next(iter(answers)), message, _EXPORT_AGAIN)
            return
        self._check_facts(at, key)
        self._weigh(at, key, answers, current)

    def _settled(self, at: _FilledRow, filled: Sequence[FormColumn], key: FormKey) -> Answers:
        """The answers of a row; one that can't be read is told, and `_UNREADABLE` here: what else is wrong with the row
        is told with it, not when it comes back."""
        found: dict[str, str] = {}
        for column in filled:
            cell = at.row.cells[column.id]
            try:
                found[column.id] = self._answer(column, cell, key)
            except UserError as fault:
                code = fault.code if isinstance(fault, WorkbookError) else CODE_OF[column.answer]
                self.tell(code, at.read.title, cell.name, fault.message, fault.hint)
                found[column.id] = _UNREADABLE
        return {name: text for name, text in found.items() if text}

    def _answer(self, column: FormColumn, cell: FormCell, key: FormKey) -> str:
        """The answer in a cell. UserError if it can't be read, or is not sure."""
        text, target = settled(cell, column.answer), self._target(key)
        if column.answer is CellKind.MEASURED and target:
            sign = typed_sign(cell)
            if column.id == "value" and not sign:
                _refuse_part_of_one(text, target)
            return without_own_unit(text, sign, target, self._unit_of(column, key, target))
        _refuse_future(column, text, self.side.today)
        return text

    def _node(self, key: FormKey) -> Node | None:
        """The item that a row is about; None where nobody knows it."""
        known = self.side.plans.get(key.plan)
        return next((one for one in known.nodes if one.item.id == key.subject), None) if known else None

    def _target(self, key: FormKey) -> Target | None:
        """The target that a row is about; None where nobody knows it."""
        node = self._node(key)
        return dict(measurable(node)).get(key.target - 1) if node else None

    def _unit_of(self, column: FormColumn, key: FormKey, target: Target) -> str:
        """The unit of what a column takes: of a change that of the target, else of what is measured."""
        node = self._node(key)
        return target.quantity if column.id == "change" else target.measured_unit or (node and node.item.unit) or ""

    def _is_double(self, at: _FilledRow, key: FormKey, answers: Answers) -> bool:
        """Whether a row stands in the form already; a copy that says something else is refused."""
        if key not in self.seen:
            self.seen[key] = (f"{at.read.title}!{at.row.number}", answers)
            return False
        place, first = self.seen[key]
        if answers and answers != first:
            message = Message("this row stands there twice: {place}", place=place)
            raise at.refused(codes.DOUBLE_ROW, next(iter(answers)), message, Message("keep one of them"))
        return True

    def _current(self, key: FormKey) -> _Current | None:
        """What the files hold about a row; None if the unit has no such row."""
        known = self.side.plans.get(key.plan)
        if known is None:
            return None
        if key.list == "audit":
            return self._current_finding(key, known)
        own = own_records(known.records, self.side.unit)
        return self._current_event(key, known, own) if key.list == "events" else self._current_entry(key, own)

    def _current_entry(self, key: FormKey, own: Sequence[Record]) -> _Current | None:
        """What the unit's own files hold about an item."""
        node = self._node(key)
        if node is None or not self._is_involved(node, own):
            return None
        if key.list == "readings":
            return self._current_reading(key, node, own)
        new = _Current(sheet_of(key.list).answer_ids, asked=asked_text(node))
        found = list(_entries(key, own))
        number = key.number if key.list == "corrective_actions" else 0
        if number >= len(found):
            return new
        file, index, entry = found[number]
        return new._replace(answers=answers_of(entry), at=(file, index))

    def _current_finding(self, key: FormKey, known: KnownPlan) -> _Current | None:
        for file, index, entry in findings_at(self.side.unit, known.records, self.side.register, self.side.today):
            about = (entry.item, entry.period.code, finding_number(entry))
            if about == (key.subject, key.period, key.number):
                return _Current(finding_columns(entry), answers_of(entry), (file, index))
        return None

    def _current_event(self, key: FormKey, known: KnownPlan, own: Sequence[Record]) -> _Current | None:
        involved = [node for node in known.nodes if self._is_involved(node, own)]
        if key.subject not in waiting_for(known.plan, involved):
            return None
        days = event_days_of([record.progress for record in known.records], key.subject)
        return _Current(frozenset({"on", "note"}), days=days)

    def _is_involved(self, node: Node, own: Sequence[Record]) -> bool:
        """Whether the item is the unit's today, or was when the form's period began: the unit may have ended since."""
        side, kept = self.side, [record.progress for record in own]
        return any(is_involved(node, side.unit, kept, side.register, day) for day in (side.window.start, side.today))

    def _current_reading(self, key: FormKey, node: Node, own: Sequence[Record]) -> _Current | None:
        target = self._target(key)
        if target is None or not node.is_objective:
            return None
        new = _Current(
            open_answers(target),
            sign=target.quantity if target.counts_shares else "",
            asked=asked_text(node),
            target=target_text(node, key.target, target, parse_period(key.period), self.side.form_translate),
        )
        for file, index, entry in _entries(key, own):
            if target_numbers((entry,), node) == [key.target]:  # type: ignore[arg-type]
                return new._replace(answers=answers_of(entry), at=(file, index))
        return new

    def _check_facts(self, at: _FilledRow, key: FormKey) -> None:
        """Stop if a row does not show what its hidden key says: somebody sorted some of its columns only."""
        subject = "event" if key.list == "events" else "item"
        expected = {"plan": key.plan, subject: key.subject}
        if key.period:
            expected["period"] = capitalized(period_text(parse_period(key.period), self.side.form_translate.language))
        for column, text in expected.items():
            cell = at.row.cells.get(column)
            if cell is not None and not cell.is_empty and str(cell.value).strip() != text:
                message = Message("the row is about '{text}', but another name stands there", text=text)
                raise at.refused(codes.MIXED_ROW, column, message, _WHOLE_ROWS)
        window = self.side.window
        plan = self.side.plans[key.plan].plan.period or window
        asked = Period(owed_since(window.start, plan), window.end)  # what is owed from before it too
        if key.list == "readings" and not parse_period(key.period).overlaps(asked):
            message = Message("the form is about {period}, this row is not", period=PeriodWords(window))
            raise at.refused(codes.WRONG_PERIOD, "period", message, _EXPORT_AGAIN)

    def _weigh(self, at: _FilledRow, key: FormKey, answers: Answers, current: _Current) -> None:
        """Holds the three sides of a row against each other."""
        is_event = key.list == "events"
        is_untouched = not answers if is_event else fingerprint(answers) == at.row.print
        is_as_before = current.print == at.row.print
        if is_untouched:
            if not is_as_before and not is_event:
                message = Message("the files hold something newer: {values}", values=self._told(key, current.answers))
                self.tell(codes.NEWER, at.read.title, at.cell(_first(at.sheet, current.answers)), message)
            return
        closed = [name for name in answers if name not in current.open and answers[name] != current.answers.get(name)]
        for column in closed:
            message = Message("nothing is asked for in this cell")
            self.tell(codes.CLOSED_CELL, at.read.title, at.cell(column), message, _CLEAR)
        if is_as_before:
            self._tell_emptied(at, answers, current)
        if _says_nothing_new(key, answers, current):
            self.unchanged += 1
        elif is_as_before:
            self._bring(at, key, answers, current, is_spoilt=bool(closed) or _UNREADABLE in answers.values())
        else:
            told = ", ".join(f"{day:%d/%m/%Y}" for day in current.days)  # of an event, as people write days
            message = Message("recorded otherwise since the form was made: {files}; in the form: {form}",
                files=told or self._told(key, current.answers), form=self._told(key, answers))  # fmt: skip
            raise at.refused(codes.CONFLICT, _first(at.sheet, answers), message, _CONFLICT_HINT)

    def _bring(self, at: _FilledRow, key: FormKey, answers: Answers, current: _Current, *, is_spoilt: bool) -> None:
        missing = list(_missing(key.list, {**current.answers, **answers}, current.open))
        for column in missing:
            heading = next(one.heading for one in at.sheet.columns if one.id == column)
            message = Message("the row is not finished: '{name}' is missing", name=self.translate(heading))
            self.tell(codes.UNFINISHED, at.read.title, at.cell(column), message)
        self._tell_changed(at, current)
        if not missing and not is_spoilt:
            cells = {column: at.cell(column) for column in at.read.columns}
            entry = BroughtEntry(
                key, _changed(answers, current.answers), current.sign, current.at, at.read.title, cells
            )
            self.brought.append(entry)

    def _tell_changed(self, at: _FilledRow, current: _Current) -> None:
        """Tells an answer to what the plan does not say any more: the form is older than the plan."""
        for column, now in (("asked", current.asked), ("target", current.target)):
            cell, said = at.row.cells.get(column), " ".join(now.split())
            if said and cell is not None and " ".join(str(cell.value or "").split()) != said:
                message = Message("the plan was changed since the form was made; it now says: {text}", text=said)
                self.tell(codes.CHANGED, at.read.title, at.cell(column), message, _IS_MEANT)

    def _tell_emptied(self, at: _FilledRow, answers: Answers, current: _Current) -> None:
        is_measured_anew = bool(_MEASURES & answers.keys())
        for column, text in current.answers.items():
            if column not in answers and column in at.read.columns and not (is_measured_anew and column in _MEASURES):
                message = Message("the cell was emptied; '{text}' stays recorded", text=text)
                self.tell(codes.EMPTIED, at.read.title, at.cell(column), message, _REMOVE_BY_HAND)

    def _told(self, key: FormKey, answers: Answers) -> str:
        """Answers in words: `Số trường hợp đạt 126, Tổng số trường hợp 130`; a dash for none."""
        columns = {column.id: column for column in sheet_of(key.list).columns}
        return (
            "; ".join(
                f"{self.translate(columns[name].heading)}: "
                + shown_answer(text, columns[name].answer, self.side.translate.language).replace("\n", " / ")
                for name, text in answers.items()
                if text != _UNREADABLE
            )
            or "–"
        )


_ROWS = Message("fill in the rows that are there; what is not asked for is recorded with 'qmsplan record'")
_EXPORT_AGAIN = Message("export the form again and fill that in")
_WHOLE_ROWS = Message("undo the sorting and sort whole rows, hidden columns too; or export the form again")
_CLEAR = Message("empty the cell")
_IS_MEANT = Message("check that the answer is meant for this; if not, export the form again")
_CONFLICT_HINT = Message("export the form again, and correct there what is wrong")
_REMOVE_BY_HAND = Message("what is to go is removed from the file by hand")


def _refuse_future(column: FormColumn, text: str, today: date) -> None:
    if column.answer is CellKind.DAY and column.id in _PAST and date.fromisoformat(text) > today:
        hint = Message("give the day on which it happened or was recorded")
        raise WorkbookError(codes.FUTURE_DAY, Message("{day} is in the future", day=date.fromisoformat(text)), hint)


def _refuse_part_of_one(text: str, target: Target) -> None:
    """UserError for a bare number below 1 where a percentage is measured and a hundred times as much comes nearer to
    its target: spreadsheets hold 4,7% as `0,047`."""
    if target.quantity != "%" or not target.value or not re.fullmatch(r"0\.\d*[1-9]", text):
        return
    few, many = Decimal(text), (100 * Decimal(text)).normalize()
    if target.value > 10 * few:
        hint = Message("type {many}% or {few}%, with its sign", few=few, many=many)
        raise WorkbookError(
            codes.DOUBTFUL_SHARE, Message("it is not sure whether {few}% or {many}% is meant", few=few, many=many), hint
        )


def _changed(answers: Answers, before: Answers) -> Answers:
    found = {column: text for column, text in answers.items() if before.get(column) != text}
    measured = _MEASURES & answers.keys() if _MEASURES & found.keys() else frozenset()
    return {column: text for column, text in answers.items() if column in found.keys() | measured}


def _says_nothing_new(key: FormKey, answers: Answers, current: _Current) -> bool:
    """Whether the files hold already what a row says, as they do when a form is read twice."""
    if key.list == "events":
        return answers.get("on", "") in map(str, current.days)
    return all(current.answers.get(column) == text for column, text in answers.items())


def is_filled(form: ReadForm) -> bool:
    """Whether somebody has typed into a form since it was made; what can't be read counts as typed."""
    sheets = [(sheet, form.sheets[sheet.list]) for sheet in FORM_SHEETS if sheet.list in form.sheets]
    return bool(form.faults) or any(_is_typed(row, sheet) for sheet, read in sheets for row in read.rows)


def _is_typed(row: ReadRow, sheet: FormSheet) -> bool:
    if row.beside:
        return True
    typed = [(column, row.cells[column.id]) for column in sheet.answers if column.id in row.cells]
    try:
        answers = {column.id: text for column, cell in typed if (text := settled(cell, column.answer))}
    except UserError:
        return True
    return bool(answers) if sheet.list == "events" else bool(row.key) and fingerprint(answers) != row.print


def _entries(key: FormKey, own: Sequence[Record]) -> Iterator[tuple[str, int, ProgressEntry]]:
    """The entries of a unit about the item and period of a key, with their files and indexes."""
    for record in own:
        for index, entry in enumerate(getattr(record.progress, key.list)):
            code = entry.period.code if entry.period else ""
            if entry.item == key.subject and (code == key.period or (key.list == "completions" and not key.period)):
                yield record.file, index, entry


def _missing(name: str, answers: Answers, takes: frozenset[str]) -> Iterator[str]:
    """The columns without which a row says nothing."""
    needed = {"completions": ("done",), "events": ("on",), "corrective_actions": ("cause", "action")}
    if name == "readings" and not answers.keys() & {"value", "change"}:
        needed[name] = ("num", "den") if "num" in takes else ("value",)
    yield from (column for column in needed.get(name, ()) if column not in answers)


def _first(sheet: FormSheet, answers: Answers) -> str:
    return next((column.id for column in sheet.answers if column.id in answers), sheet.answers[0].id)
