"""Editions of the standard as data: what they hold, what they leave open, and that they are all of a piece."""

from __future__ import annotations

from typing import get_args, get_type_hints

import pytest

from qmsplan.audit.audit import CHECKS as SYSTEM
from qmsplan.audit.objective import CHECKS as OBJECTIVE
from qmsplan.model.plan import Item, Plan
from qmsplan.model.progress import Progress
from qmsplan.model.standards import clause_number, is_part, load_standard
from qmsplan.model.text import plain
from rows import each_row

NAMES = ("iso9001-2015", "iso9001-2026")
FIELDS = {name for kind in (Item, Plan, Progress) for name in kind.model_fields} | {"history"}
FIELDS |= {"method", "source", "frequency"}  # of items; the audit reads them where the model has them

every_edition = pytest.mark.parametrize("name", NAMES)


def test_plans_may_name_these_editions() -> None:
    edition, _none = get_args(get_type_hints(Plan)["standard"])
    assert get_args(edition) == NAMES


@every_edition
def test_points_are_told_once_in_both_languages(name: str) -> None:
    points = load_standard(name).points
    assert len({point.name for point in points}) == len(points)
    for point in points:
        assert point.vi != point.en
        assert point.scope in {"objective", "system"}
        assert set(point.fields) <= FIELDS, point.name
        assert point.fields


@every_edition
def test_every_point_is_looked_at(name: str) -> None:
    for point in load_standard(name).points:
        assert point.name in (OBJECTIVE if point.scope == "objective" else SYSTEM)


@every_edition
def test_clauses_of_points_are_of_the_edition(name: str) -> None:
    standard = load_standard(name)
    for point in standard.points:
        assert all(map(standard.has, (point.clause, *point.clauses)))


def test_the_letters_of_2015() -> None:
    points = load_standard("iso9001-2015").points
    assert "".join(point.letter for point in points if point.number == "6.2.1") == "abcdefg"
    assert "".join(point.letter for point in points if point.number == "6.2.2") == "abcde"


def test_no_letter_of_6_2_1_is_guessed_for_2026() -> None:
    points = load_standard("iso9001-2026").points
    assert {point.letter for point in points if point.number == "6.2.1"} == {""}
    assert "".join(point.letter for point in points if point.number == "6.2.2") == "abcde"
    assert {"9.1", "9.2", "9.3", "10.2"} <= {point.number for point in points}


@each_row(
    ("clause", "of", "expected"),
    [
        ("9.2", "9.2", True),
        ("9.2.2", "9.2", True),
        ("9.2.2 b", "9.2", True),
        ("9.2a", "9.2", True),
        ("9.20", "9.2", False),
        ("9", "9.2", False),
        ("19.2", "9.2", False),
    ],
)
def test_parts_of_clauses(clause: str, of: str, expected: bool) -> None:  # noqa: FBT001
    assert is_part(clause, of) is expected


def test_numbers_without_letters() -> None:
    assert [clause_number(text) for text in ("6.2.1 a", "6.2.1a", "6.2.1", "10")] == ["6.2.1", "6.2.1", "6.2.1", "10"]


@each_row(
    ("text", "expected"),
    [
        ("Tổ chức ĐÁNH GIÁ NỘI BỘ hàng năm", True),
        ("đánh  giá nội\tbộ", True),
        ("Internal audit of the year", True),
        ("đánh giá chất lượng nội dung", False),
        ("", False),
    ],
)
def test_words_of_a_point(text: str, expected: bool) -> None:  # noqa: FBT001
    assert load_standard("iso9001-2015").by_name["audit"].is_likely_in(plain(text)) is expected


def test_how_points_are_cited() -> None:
    assert load_standard("iso9001-2015").cite("policy") == "TCVN ISO 9001:2015, 6.2.1 a"
    assert load_standard("iso9001-2026").cite("policy") == "ISO 9001:2026, 6.2.1"
    assert load_standard("iso9001-2026").cite("doing") == "ISO 9001:2026, 6.2.2 a"
