"""What came of forms that were read: in words, as data (docs/json.md), and as a workbook for who filled them in.

The workbook has a list of what was not taken over, and the sheets of the forms with those cells marked, at the
addresses that they have in the form. Nothing in it is a formula."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.worksheet import Worksheet

from qmsplan.diagnostics import Message, Severity, sentence
from qmsplan.forms.layout import sheet_of
from qmsplan.forms.reading import ReadForm, ReadSheet
from qmsplan.forms.values import FormFault
from qmsplan.forms.workbook import FONT, LONGEST_TEXT
from qmsplan.output.findings import severity_word
from qmsplan.output.record import WrittenEntry, entry_data, written_line
from qmsplan.output.safe_text import Translate, clean, dump, harmless
from qmsplan.output.workbook import STAMP, lay_across

VERSION = 1


class TakenEntry(NamedTuple):
    """An entry that goes into the files, with the sheet and the cell it came from."""

    sheet: str
    cell: str
    written: WrittenEntry


class FormAnswer(NamedTuple):
    """What came of one form. `form` is None for a file that is none."""

    name: str
    form: ReadForm | None
    faults: tuple[FormFault, ...] = ()
    entries: tuple[TakenEntry, ...] = ()
    unchanged: int = 0
    diffs: tuple[str, ...] = ()
    """The changes of each file, where nothing was to be written."""

    @property
    def is_refused(self) -> bool:
        """True if something is wrong, so that nothing was taken from it."""
        return any(fault.severity is Severity.ERROR for fault in self.faults)


def answers_text(answers: Sequence[FormAnswer], language: str, translate: Translate, *, is_dry_run: bool) -> str:
    """Lines on each form: what was taken, what is wrong with its cell, and what it came to."""
    return harmless("".join(line for answer in answers for line in _lines(answer, language, translate, is_dry_run)))


def _lines(answer: FormAnswer, language: str, translate: Translate, is_dry_run: bool) -> Iterator[str]:  # noqa: FBT001
    for fault in answer.faults:
        place = f"{answer.name}: {fault.place}" if fault.place else answer.name
        word = severity_word(fault.severity, translate)
        yield clean(f"{place}: {word}[{fault.code}]: {sentence(fault.message, translate)}") + "\n"
        if fault.hint:
            yield clean(f"  {translate('hint')}: {sentence(fault.hint, translate)}") + "\n"
    if answer.is_refused:
        count = sum(fault.severity is Severity.ERROR for fault in answer.faults)
        told = Message("{file}: nothing was taken over, {count} fault(s)", file=answer.name, count=count)
        yield clean(sentence(told, translate)) + "\n"
        return
    if is_dry_run:
        yield from answer.diffs
    else:
        yield from (written_line(entry.written, language, translate) for entry in answer.entries)
    facts = {"file": answer.name, "count": len(answer.entries), "same": answer.unchanged}
    told = Message("{file}: {count} record(s) taken over, {same} recorded already", **facts)
    if is_dry_run:
        told = Message("{file}: {count} record(s) would be taken over, {same} recorded already", **facts)
    yield clean(sentence(told, translate)) + "\n"


def answers_json(answers: Sequence[FormAnswer], translate: Translate, *, is_dry_run: bool) -> str:
    """The same as data."""
    return dump({"version": VERSION, "forms": [_data(answer, translate, is_dry_run) for answer in answers]})


def _data(answer: FormAnswer, translate: Translate, is_dry_run: bool) -> dict[str, Any]:  # noqa: FBT001
    identity = answer.form.identity if answer.form else {}
    is_written = bool(answer.entries) and not is_dry_run and not answer.is_refused
    return {
        "file": answer.name,
        "unit": identity.get("unit"),
        "period": identity.get("period"),
        "written": is_written,
        "entries": [
            {"sheet": entry.sheet, "cell": entry.cell, **entry_data(entry.written)} for entry in answer.entries
        ],
        "unchanged": answer.unchanged,
        "faults": [
            {
                "code": fault.code,
                "severity": fault.severity.value,
                "sheet": fault.sheet or None,
                "cell": fault.cell or None,
                "message": sentence(fault.message, translate),
                "hint": sentence(fault.hint, translate) if fault.hint else None,
            }
            for fault in answer.faults
        ],
        "diff": "".join(answer.diffs) or None,
    }


_COLOURS = {Severity.ERROR: "#FFC7CE", Severity.WARNING: "#FFEB9C", Severity.NOTE: "#DDEBF7"}
_LONGEST_TITLE = 31
_HEADINGS = (
    (Message("Form"), 22),
    (Message("Cell"), 20),
    (Message("Code"), 9),
    (Message("Severity"), 14),
    (Message("What is wrong"), 60),
    (Message("What to do"), 60),
)


def write_form_report(answers: Sequence[FormAnswer], translate: Translate) -> bytes:
    """The workbook about some forms that were read."""
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": STAMP, "author": "qmsplan"})
    plain = book.add_format({**FONT, "border": 1})
    head = book.add_format({**FONT, "bold": True, "bg_color": "#D9D9D9", "border": 1})
    marks = {
        severity: book.add_format({**FONT, "bg_color": colour, "border": 2}) for severity, colour in _COLOURS.items()
    }
    _write_list(book, answers, (head, plain), translate)
    taken: set[str] = set()
    for answer in answers:
        faults: dict[tuple[str, str], list[FormFault]] = defaultdict(list)
        for fault in answer.faults:
            faults[fault.sheet, fault.cell].append(fault)
        for sheet in answer.form.sheets.values() if answer.form else ():
            page = book.add_worksheet(_title(f"{answer.form.identity.get('unit', '')} {sheet.title}", taken))  # type: ignore[union-attr]
            here = {cell: found for (title, cell), found in faults.items() if title == sheet.title and cell}
            _write_sheet(page, sheet, here, (head, plain, marks), translate)
    book.close()
    return packed.getvalue()


def _write_list(
    book: xlsxwriter.Workbook, answers: Sequence[FormAnswer], looks: tuple[Format, Format], translate: Translate
) -> None:
    page = book.add_worksheet(translate("Result"))
    head, plain = looks
    for column, (heading, width) in enumerate(_HEADINGS):
        page.set_column(column, column, width)
        page.write_string(0, column, sentence(heading, translate), head)
    row = 1
    for answer in answers:
        told = Message("{file}: {count} record(s) taken over, {same} recorded already",
            file=answer.name, count=0 if answer.is_refused else len(answer.entries), same=answer.unchanged)  # fmt: skip
        page.write_string(row, 0, sentence(told, translate), head)
        row += 1
        for fault in answer.faults:
            hint = sentence(fault.hint, translate) if fault.hint else ""
            facts = (answer.name, fault.place, fault.code, severity_word(fault.severity, translate))
            for column, text in enumerate((*facts, sentence(fault.message, translate), hint)):
                page.write_string(row, column, text[:LONGEST_TEXT], plain)
            row += 1
    page.freeze_panes(1, 0)
    lay_across(page)


def _write_sheet(
    page: Worksheet,
    sheet: ReadSheet,
    faults: dict[str, list[FormFault]],
    looks: tuple[Format, Format, dict[Severity, Format]],
    translate: Translate,
) -> None:
    head, plain, marks = looks
    headings = {column.id: column for column in sheet_of(sheet.list).columns}
    for name, letters in sheet.columns.items():
        row, column = xl_cell_to_rowcol(f"{letters}{sheet.head}")
        if name in headings:
            page.write_string(row, column, sentence(headings[name].heading, translate), head)
            page.set_column(column, column, headings[name].width)
        else:
            page.set_column(column, column, 4, None, {"hidden": True})
    written = set()
    for row_ in sheet.rows:
        for cell in row_.cells.values() if row_.key or any(one.name in faults for one in row_.cells.values()) else ():
            found = faults.get(cell.name, [])
            page.write_string(cell.name, _shown(cell.value), marks[_worst(found)] if found else plain)
            written.add(cell.name)
    for name, found in faults.items():
        if name not in written:
            page.write_blank(name, None, marks[_worst(found)])
        text = "\n".join(f"{fault.code}: {sentence(fault.message, translate)}" for fault in found)
        page.write_comment(name, text[:LONGEST_TEXT], {"x_scale": 2, "y_scale": 1.5, "author": "qmsplan"})
    page.freeze_panes(sheet.head, 0)
    lay_across(page)


def _worst(found: Sequence[FormFault]) -> Severity:
    return min((fault.severity for fault in found), key=list(Severity).index)


def _shown(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, (date, datetime)) else str(value)[:LONGEST_TEXT]


def _title(text: str, taken: set[str]) -> str:
    """A name for a sheet that Excel takes and that no other one has."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", text).strip().strip("'")[: _LONGEST_TITLE - 3] or "form"
    title, number = plain, 1
    while title.lower() in taken:
        number += 1
        title = f"{plain} {number}"
    taken.add(title.lower())
    return title
