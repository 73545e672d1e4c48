"""The status as the first sheet of a workbook: a table that a person reads and filters, in the user's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qmsplan.model.period import Period
from qmsplan.model.text import period_text
from qmsplan.output.safe_text import Translate
from qmsplan.output.words import leads_of, measured_text, state_word, text_of
from qmsplan.progress.occurrences import State
from qmsplan.progress.status import StatusRow

Row = tuple[object, ...]


def status_columns(translate: Translate) -> tuple[str, ...]:
    """The headings of the sheet."""
    return (
        translate("Plan"),
        translate("Item"),
        translate("Content"),
        translate("Lead"),
        translate("Due"),
        translate("Target"),
        translate("Result"),
        translate("State"),
        translate("Days late"),
    )


def sheet_rows(rows: Iterable[StatusRow], language: str, translate: Translate) -> Iterator[Row]:
    """A line for each target of an objective, and for each due day of work; `rows` concern the status's time."""
    for row in rows:
        yield from _of_objective(row, language, translate) if row.measurements else _of_work(row, language, translate)


def _head(row: StatusRow) -> Row:
    return row.plan, row.node.item.id, text_of(row.node), leads_of(row.node) or None


def _of_objective(row: StatusRow, language: str, translate: Translate) -> Iterator[Row]:
    due = next((line.due for line in reversed(row.lines) if line.due), None)
    for found in row.measurements:
        yield (
            *_head(row),
            due,
            found.target.phrase if found.target else None,
            measured_text(found, language, translate) if found.has_figures else None,
            state_word(found.attainment, translate),
            None,
        )


def _in_words(period: Period, language: str) -> str:
    text = period_text(period, language)
    return text[:1].upper() + text[1:]


def _of_work(row: StatusRow, language: str, translate: Translate) -> Iterator[Row]:
    for line in row.lines:
        is_continuous = line.state in {State.EVIDENCED, State.NO_EVIDENCE}
        due: object = _in_words(line.occurrence.period, language) if is_continuous else line.due
        waits = row.waits_for if line.state is State.WAITING else None
        yield *_head(row), due, None, waits or line.done, state_word(line.state, translate), line.days or None
