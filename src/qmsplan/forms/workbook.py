"""The workbooks of forms, by XlsxWriter: a form itself, and the report on what was not taken over.

A form has a sheet for each list, the guide, and the hidden sheet that says what it is.

Every cell that takes an answer is a text cell: spreadsheets then leave alone what is typed, so that `03/04/2026` never
becomes the fourth of March, `1.120` never 1.12, and nothing that begins with `=` a formula. The report has a list of
what was not taken over, and the sheets of the forms with those cells marked, at the addresses that they have there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from math import ceil
from typing import TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from qmsplan.diagnostics import Message, Severity, Translator
from qmsplan.forms.reading import ReadSheet
from qmsplan.forms.take_over import FormAnswer
from qmsplan.forms.values import (
    FORM_SHEETS,
    GUIDE,
    HEADINGS,
    IDENTITY,
    KEY,
    PRINT,
    VERSION,
    CellKind,
    FormColumn,
    FormContent,
    FormFault,
    FormRow,
    FormSheet,
    sheet_of,
    shown_answer,
)
from qmsplan.model.text import period_text
from qmsplan.output.findings import severity_word
from qmsplan.output.workbook import STAMP, lay_across

IDS, TITLE, TOLD, HEAD, FIRST = range(5)
"""Rows of a sheet, from 0: ids of the columns (hidden), title, what to do, headings, the first row of data."""
FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top", "text_wrap": True, "num_format": "@"}
_GREY, _DARK, _WHITE, _LINE = "#EDEDED", "#1F3864", "#FFFFFF", "#A6A6A6"
_LINE_HEIGHT, _HIGHEST = 15, 400
"""Points: of a line, and of a row, which Excel lets have 409."""
LONGEST_TEXT = 32_000
"""Characters of a text in a cell; Excel takes 767 more."""


_BOX = {**FONT, "border": 1, "border_color": _LINE}
_HEAD = {**_BOX, "bold": True, "align": "center", "valign": "vcenter", "font_color": _WHITE, "bg_color": _DARK}
_FORM_LOOKS = {
    "title": {**FONT, "bold": True, "font_size": 14, "text_wrap": False},
    "told": {**FONT, "italic": True, "text_wrap": False},
    "head": {**_HEAD, "bg_color": "#595959"},
    "answer_head": _HEAD,
    "fact": {**_BOX, "bg_color": _GREY},
    "closed": {**_BOX, "bg_color": "#D0D0D0"},
    "answer": {**_BOX, "locked": False},
    "number": {**_BOX, "locked": False, "align": "right"},
}
"""How the cells of a form look."""
_REPORT_LOOKS = {
    "plain": {**FONT, "border": 1},
    "head": {**FONT, "bold": True, "bg_color": "#D9D9D9", "border": 1},
    Severity.ERROR: {**FONT, "bg_color": "#FFC7CE", "border": 2},
    Severity.WARNING: {**FONT, "bg_color": "#FFEB9C", "border": 2},
    Severity.NOTE: {**FONT, "bg_color": "#DDEBF7", "border": 2},
}
"""How the cells of a report look, by what is wrong in them."""
Looks: TypeAlias = Mapping[str, Format]


def write_form(content: FormContent, translate: Translator) -> bytes:
    """The workbook of a form."""
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": STAMP, "author": "qmsplan", "title": _title(content, translate)})
    looks = {name: book.add_format(look) for name, look in _FORM_LOOKS.items()}
    for sheet in FORM_SHEETS:
        _Sheet(book, sheet, content, looks, translate).write()
    _write_guide(book, content, looks, translate)
    _write_identity(book, content, translate)
    book.close()
    return packed.getvalue()


def _title(content: FormContent, translate: Translator) -> str:
    title = Message(
        "Report of {unit}, {period}", unit=content.unit.name, period=period_text(content.period, translate.language)
    )
    return translate(title)


class _Sheet:
    """A sheet that is being written."""

    def __init__(
        self, book: xlsxwriter.Workbook, sheet: FormSheet, content: FormContent, looks: Looks, translate: Translator
    ) -> None:
        self.sheet, self.content, self.looks, self.translate = sheet, content, looks, translate
        self.rows = content.rows.get(sheet.list, ())
        self.columns = tuple(column for column in sheet.columns if self._is_needed(column))
        self.page: Worksheet = book.add_worksheet(self.translate(sheet.name))

    def _is_needed(self, column: FormColumn) -> bool:
        """Whether some row takes an answer there; columns for changes are left out where no target asks for one."""
        is_rare = column.id in {"baseline", "change"}
        return not is_rare or any(column.id in row.open for row in self.rows)

    def write(self) -> None:
        """Writes heads and rows, then what guards them."""
        page, looks = self.page, self.looks
        for index, name in enumerate((f"{KEY}:{self.sheet.list}", PRINT, *(column.id for column in self.columns))):
            page.write_string(IDS, index, name)
        page.write_string(TITLE, 2, _title(self.content, self.translate), looks["title"])
        page.write_string(TOLD, 2, self.translate(self.sheet.told), looks["told"])
        page.write_string(HEAD, 0, HEADINGS)
        for index, column in enumerate(self.columns, 2):
            look = looks["head"] if column.answer is CellKind.FACT else looks["answer_head"]
            page.write_string(HEAD, index, self.translate(column.heading), look)
            page.set_column(index, index, column.width)
        for number, row in enumerate(self.rows, FIRST):
            self._write_row(number, row)
        if not self.rows:
            page.write_string(FIRST, 2, self.translate("There is nothing to fill in on this sheet."), looks["told"])
        self._guard()
        self._lay_out()

    def _write_row(self, number: int, row: FormRow) -> None:
        self.page.write_string(number, 0, row.key.text)
        self.page.write_string(number, 1, row.print)
        lines = 2
        for index, column in enumerate(self.columns, 2):
            if column.answer is CellKind.FACT:
                text, look = row.facts.get(column.id, ""), self.looks["fact"]
            elif column.id in row.open:
                is_number = column.answer in {CellKind.COUNT, CellKind.MEASURED}
                look = self.looks["number"] if is_number else self.looks["answer"]
                text = self._answer(row, column)
            else:
                text, look = self._answer(row, column), self.looks["closed"]
            if text:
                self.page.write_string(number, index, text[:LONGEST_TEXT], look)
                lines = max(lines, _lines(text, column.width))
            else:
                self.page.write_blank(number, index, None, look)
        self.page.set_row(number, min(_LINE_HEIGHT * lines + 2, _HIGHEST))

    def _answer(self, row: FormRow, column: FormColumn) -> str:
        text = row.answers.get(column.id, "")
        return shown_answer(text, column.answer, self.translate.language, sign=row.sign)

    def _guard(self) -> None:
        """Locks what is no answer, without a password, and checks answers as they are typed."""
        page, last = self.page, FIRST + len(self.rows) - 1
        page.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
        if not self.rows:
            return
        page.autofilter(HEAD, 2, last, len(self.columns) + 1)
        page.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last, len(self.columns) + 1)}"})
        for index, column in enumerate(self.columns, 2):
            if check := self._check(column, xl_rowcol_to_cell(FIRST, index)):
                page.data_validation(FIRST, index, last, index, check)

    def _check(self, column: FormColumn, cell: str) -> Mapping[str, object]:
        """What a spreadsheet holds an answer against; {} for what takes any words."""
        told: dict[str, object] = {"ignore_blank": True}
        if column.help:
            text = self.translate(column.help)
            told |= {"input_title": self.translate(column.heading)[:32], "input_message": text}
            told |= {"error_title": self.translate(column.heading)[:32], "error_message": text}
        if column.answer is CellKind.YES_NO:
            words = [shown_answer(word, column.answer, self.translate.language) for word in ("yes", "no")]
            return told | {"validate": "list", "source": words}
        if column.id == "lead" and self.content.names:
            last = len(self.content.names)
            told |= {"validate": "list", "source": f"='{IDENTITY}'!$D$1:$D${last}", "error_type": "information"}
            return told | {"show_error": False}
        if formula := {CellKind.COUNT: _IS_COUNT, CellKind.DAY: _IS_DAY}.get(column.answer):
            return told | {"validate": "custom", "value": formula.replace("@", cell), "error_type": "warning"}
        return told | {"validate": "any"} if column.help else {}

    def _lay_out(self) -> None:
        page, count = self.page, len(self.columns)
        page.set_column(0, 1, 4, None, {"hidden": True})
        page.set_row(IDS, None, None, {"hidden": True})
        page.set_row(TITLE, 22)
        page.set_row(HEAD, 48)
        fixed = next(index for index, column in enumerate(self.columns) if column.id == "asked")
        page.freeze_panes(FIRST, fixed + 2)
        lay_across(page)
        page.set_margins(0.4, 0.4, 0.5, 0.5)
        page.repeat_rows(HEAD)
        page.set_footer("&C&P/&N")
        page.print_area(TITLE, 2, max(FIRST + len(self.rows) - 1, FIRST), count + 1)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column so many letters wide, a little more than fewer."""
    return sum(max(ceil(len(line) * 0.9 / (width - 1)), 1) for line in text.split("\n"))


_IS_COUNT = '=ISNUMBER(VALUE(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(@,".",""),",","")," ","")))'
"""Digits, with any sign between thousands; `@` stands for the cell."""
_IS_DAY = (
    '=ISNUMBER(DATE(VALUE(RIGHT(@,4)),VALUE(MID(@,FIND("/",@)+1,FIND("/",@,FIND("/",@)+1)-FIND("/",@)-1)),'
    'VALUE(LEFT(@,FIND("/",@)-1))))'
)
"""Day, month and year with `/` between them."""


def _write_guide(book: xlsxwriter.Workbook, content: FormContent, looks: Looks, translate: Translator) -> None:
    page = book.add_worksheet(translate(GUIDE))
    page.hide_gridlines(2)
    page.set_column(0, 0, 4)
    page.set_column(1, 1, 110)
    page.write_string(0, 1, _title(content, translate), looks["title"])
    text = book.add_format({**FONT, "font_size": 12})
    for number, line in enumerate(_GUIDE, 1):
        page.write_string(number + 1, 0, f"{number}.", text)
        page.write_string(number + 1, 1, translate(line), text)
    page.protect()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


_GUIDE = (
    Message("Type into the white cells only. Grey cells say what is asked and what is recorded; they are locked."),
    Message("What is recorded already stands in the white cells. Correct it or leave it."),
    Message("Days: day/month/year, such as 27/11/2026. 03/04/2026 is always 3 April 2026."),
    Message("Counts: whole numbers, 1120 or 1.120. Shares: 98,7%. No words such as 'about 100'."),
    Message("Give shares as the cases counted (if rejects are limited: rejects) and all cases; 0 and 0 if none arose."),
    Message("Write your own unit's figures only: those of several units are added up."),
    Message("If a target is missed or work is late, fill in its row on 'Corrective actions'."),
    Message("Evidence: number and date of each document, one a line (Alt+Enter)."),
    Message("Rows may be sorted, columns moved. Do not add rows, and leave the hidden columns alone."),
    Message("Send the file back when it is filled in. What can't be taken over comes back marked, with the reason."),
)  # fmt: skip


def _write_identity(book: xlsxwriter.Workbook, content: FormContent, translate: Translator) -> None:
    """The sheet by which a form is known, and the names for the list of those who do something."""
    page = book.add_worksheet(IDENTITY)
    facts = {
        "form": str(VERSION),
        "unit": content.unit.code,
        "period": content.period.code,
        "workspace": content.workspace,
        "language": translate.language,
    }
    for number, (name, text) in enumerate(facts.items()):
        page.write_string(number, 0, name)
        page.write_string(number, 1, text)
    for number, name in enumerate(content.names):
        page.write_string(number, 3, name)
    page.protect()
    page.very_hidden()


_LONGEST_TITLE = 31
_HEADINGS = (
    (Message("Form"), 22),
    (Message("Cell"), 20),
    (Message("Code"), 9),
    (Message("Severity"), 14),
    (Message("What is wrong"), 60),
    (Message("What to do"), 60),
)


def write_form_report(answers: Sequence[FormAnswer], translate: Translator) -> bytes:
    """The workbook about some forms that were read."""
    packed = BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": STAMP, "author": "qmsplan"})
    looks = {name: book.add_format(look) for name, look in _REPORT_LOOKS.items()}
    _write_list(book, answers, looks, translate)
    taken: set[str] = set()
    for answer in answers:
        faults: dict[tuple[str, str], list[FormFault]] = defaultdict(list)
        for fault in answer.faults:
            faults[fault.sheet, fault.cell].append(fault)
        for sheet in answer.form.sheets.values() if answer.form else ():
            page = book.add_worksheet(_sheet_name(f"{answer.form.identity.get('unit', '')} {sheet.title}", taken))  # type: ignore[union-attr]
            here = {cell: found for (title, cell), found in faults.items() if title == sheet.title and cell}
            _write_sheet(page, sheet, here, looks, translate)
    book.close()
    return packed.getvalue()


def _write_list(book: xlsxwriter.Workbook, answers: Sequence[FormAnswer], looks: Looks, translate: Translator) -> None:
    page = book.add_worksheet(translate("Result"))
    for column, (heading, width) in enumerate(_HEADINGS):
        page.set_column(column, column, width)
        page.write_string(0, column, translate(heading), looks["head"])
    row = 1
    for answer in answers:
        told = Message("{file}: {count} record(s) taken over, {same} recorded already",
            file=answer.name, count=0 if answer.is_refused else len(answer.entries), same=answer.unchanged)  # fmt: skip
        page.write_string(row, 0, translate(told), looks["head"])
        row += 1
        for fault in answer.faults:
            hint = translate(fault.hint) if fault.hint else ""
            facts = (answer.name, fault.place, fault.code, severity_word(fault.severity, translate))
            for column, text in enumerate((*facts, translate(fault.message), hint)):
                page.write_string(row, column, text[:LONGEST_TEXT], looks["plain"])
            row += 1
    page.freeze_panes(1, 0)
    lay_across(page)


def _write_sheet(
    page: Worksheet,
    sheet: ReadSheet,
    faults: dict[str, list[FormFault]],
    looks: Looks,
    translate: Translator,
) -> None:
    headings = {column.id: column for column in sheet_of(sheet.list).columns}
    for name, letters in sheet.columns.items():
        row, column = xl_cell_to_rowcol(f"{letters}{sheet.head}")
        if name in headings:
            page.write_string(row, column, translate(headings[name].heading), looks["head"])
            page.set_column(column, column, headings[name].width)
        else:
            page.set_column(column, column, 4, None, {"hidden": True})
    written = set()
    for row_ in sheet.rows:
        for cell in row_.cells.values() if row_.key or any(one.name in faults for one in row_.cells.values()) else ():
            found = faults.get(cell.name, [])
            page.write_string(cell.name, _shown(cell.value), looks[_worst(found)] if found else looks["plain"])
            written.add(cell.name)
    for name, found in faults.items():
        if name not in written:
            page.write_blank(name, None, looks[_worst(found)])
        text = "\n".join(f"{fault.code}: {translate(fault.message)}" for fault in found)
        page.write_comment(name, text[:LONGEST_TEXT], {"x_scale": 2, "y_scale": 1.5, "author": "qmsplan"})
    page.freeze_panes(sheet.head, 0)
    lay_across(page)


def _worst(found: Sequence[FormFault]) -> Severity:
    return min((fault.severity for fault in found), key=list(Severity).index)


def _shown(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, (date, datetime)) else str(value)[:LONGEST_TEXT]


def _sheet_name(text: str, taken: set[str]) -> str:
    """A name for a sheet that Excel takes and that no other one has."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", text).strip().strip("'")[: _LONGEST_TITLE - 3] or "form"
    title, number = plain, 1
    while title.lower() in taken:
        number += 1
        title = f"{plain} {number}"
    taken.add(title.lower())
    return title
