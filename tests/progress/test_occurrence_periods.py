"""How a completion names one of several times: what is proposed names that time alone."""

from __future__ import annotations

from qmsplan.model.period import parse_period
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.progress.occurrences import named_occurrences, periods_naming
from rows import each_row


@each_row(
    ("phrase", "codes"),
    [
        ("Trước 30/4 và trước 15/12 năm 2026", ["2026-04", "2026-12"]),
        ("Trước 10/4 và trước 20/4 năm 2026", ["2026-04-10", "2026-04-20"]),
        ("Hàng quý", ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]),
    ],
)
def test_each_time_has_a_period_that_names_it_alone(phrase: str, codes: list[str]) -> None:
    deadline = understand_deadline(phrase, parse_period("2026"))
    assert isinstance(deadline, Deadline)
    found = [period for period, _ in periods_naming(deadline.occurrences)]
    assert [period.code for period in found] == codes
    assert [named_occurrences(period, deadline.occurrences) for period in found] == [{n} for n in range(len(codes))]
