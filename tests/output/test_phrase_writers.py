"""Deadlines and targets as understood, for people and for programs."""

from __future__ import annotations

import json

from output_samples import HOSTILE, InEnglish

from qmsplan.diagnostics import Translator
from qmsplan.model.period import parse_period
from qmsplan.output.deadline import deadline_text, deadline_value
from qmsplan.output.phrases import targets_text, targets_value
from qmsplan.output.safe_text import dump
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_parse import understand_targets
from rows import each_row

VIETNAMESE_QUARTERS = tuple(f"quý {number} năm 2026" for number in ("I", "II", "III", "IV"))
QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")


def _deadline(text: str, period: str = "2026") -> Deadline:
    found = understand_deadline(text, parse_period(period))
    assert isinstance(found, Deadline)
    return found


def _targets(text: str) -> tuple[Target, ...]:
    found = understand_targets(text)
    assert isinstance(found, tuple)
    return found


def target_json(text: str) -> str:
    return dump(targets_value(text, _targets(text)))


def target_text(text: str, language: str) -> str:
    return targets_text(text, _targets(text), InEnglish(language))


def test_a_deadline_in_json() -> None:
    assert dump(deadline_value(_deadline("Quý III năm 2026"))) == (
        "{\n"
        '  "version": 1,\n'
        '  "phrase": "Quý III năm 2026",\n'
        '  "kind": "period",\n'
        '  "occurrences": [\n'
        "    {\n"
        '      "period": "2026-Q3",\n'
        '      "due": "2026-09-30",\n'
        '      "event": null,\n'
        '      "days_after": null,\n'
        '      "months_after": null,\n'
        '      "working_days": null,\n'
        '      "at_once": null,\n'
        '      "repeats": null\n'
        "    }\n"
        "  ],\n"
        '  "start": "2026-07-01",\n'
        '  "event": null,\n'
        '  "reference": null\n'
        "}\n"
    )


@each_row(
    ("text", "kind", "occurrences"),
    [
        ("Trước 30/6/2026", "date", [("2026-06-30", "2026-06-30")]),
        ("Trong năm 2026", "period", [("2026", "2026-12-31")]),
        ("Hàng năm", "recurring", [("2026", "2026-12-31"), ("2027", "2027-12-31")]),
        (
            "Thường xuyên",
            "continuous",
            [(f"{year}-Q{quarter}", None) for year in (2026, 2027) for quarter in (1, 2, 3, 4)],
        ),
        ("Sau khi có hướng dẫn", "event", [("2026-2027", None)]),
        ("Theo kế hoạch của tỉnh", "reference", [("2026-2027", "2027-12-31")]),
    ],
)
def test_every_kind_of_deadline_in_json(text: str, kind: str, occurrences: list[tuple[str, str | None]]) -> None:
    found = json.loads(dump(deadline_value(_deadline(text, "2026-2027"))))
    assert (found["phrase"], found["kind"]) == (text, kind)
    assert [(entry["period"], entry["due"]) for entry in found["occurrences"]] == occurrences


def test_events_and_references_in_json() -> None:
    assert json.loads(dump(deadline_value(_deadline("Sau khi có hướng dẫn"))))["event"] == "có hướng dẫn"
    assert json.loads(dump(deadline_value(_deadline("Theo kế hoạch của tỉnh"))))["reference"] == "kế hoạch của tỉnh"


@each_row(
    ("text", "vietnamese", "english"),
    [
        (
            "Quý III năm 2026",
            "Quý III năm 2026\n  by the end of a period\n  quý III năm 2026  due 30/9/2026\n",
            "Quý III năm 2026\n  by the end of a period\n  2026-Q3  due 2026-09-30\n",
        ),
        (
            "Theo kế hoạch của tỉnh",
            "Theo kế hoạch của tỉnh\n  as another document says\n  «kế hoạch của tỉnh»\n  năm 2026  due 31/12/2026\n",
            "Theo kế hoạch của tỉnh\n  as another document says\n  «kế hoạch của tỉnh»\n  2026  due 2026-12-31\n",
        ),
        ("khi có yêu cầu", "khi có yêu cầu\n  after an event\n  năm 2026  each time: «có yêu cầu»\n", None),
        (
            "ngay sau khi ban hành",
            "ngay sau khi ban hành\n  after an event\n  năm 2026  at once after «ban hành»\n",
            None,
        ),
        (
            "chậm nhất 05 ngày làm việc kể từ khi ban hành",
            (
                "chậm nhất 05 ngày làm việc kể từ khi ban hành\n  after an event\n"
                "  năm 2026  5 working days after «ban hành»\n"
            ),
            None,
        ),
        (
            "Quý I; trước 15/12/2026 và khi có yêu cầu",
            (
                "Quý I; trước 15/12/2026 và khi có yêu cầu\n  several times of different kinds\n"
                "  quý I năm 2026  due 31/3/2026\n  ngày 15/12/2026  due 15/12/2026\n"
                "  năm 2026  each time: «có yêu cầu»\n"
            ),
            (
                "Quý I; trước 15/12/2026 và khi có yêu cầu\n  several times of different kinds\n"
                "  2026-Q1  due 2026-03-31\n  2026-12-15  due 2026-12-15\n  2026  each time: «có yêu cầu»\n"
            ),
        ),
        (
            "Thường xuyên",
            "Thường xuyên\n  all the time; evidence is expected each quarter\n  "
            + "\n  ".join(VIETNAMESE_QUARTERS)
            + "\n",
            None,
        ),
    ],
)
def test_a_deadline_in_words(text: str, vietnamese: str, english: str | None) -> None:
    assert deadline_text(_deadline(text), InEnglish("vi")) == vietnamese
    if english is not None:
        assert deadline_text(_deadline(text), Translator("en")) == english


BARE = {
    "comparator": ">",
    "value": "98.5",
    "upper": None,
    "excludes_value": False,
    "excludes_upper": False,
    "unit": "%",
    "per": None,
    "time": None,
    "in_points": False,
    "baseline": None,
    "baseline_text": None,
    "population": None,
    "subset": False,
    "commitment": None,
    "conditional": False,
    "criterion": None,
}


def test_a_target_in_json() -> None:
    only = {"phrase": ">98,5%", **BARE}
    assert json.loads(target_json(">98,5%")) == {"version": 1, **only, "targets": [only]}


def test_all_parts_of_a_target_in_json() -> None:
    phrase = "Phấn đấu giảm tỷ lệ khiếu nại 10% so với năm trước (nếu có)"
    found = json.loads(target_json(phrase))
    assert found["targets"][0] == {
        **BARE,
        "phrase": phrase,
        "comparator": "reduce",
        "value": "10",
        "baseline": "previous_year",
        "baseline_text": "năm trước",
        "population": "tỷ lệ khiếu nại",
        "commitment": "strive",
        "conditional": True,
    }


def test_several_targets_of_one_phrase_in_json() -> None:
    phrase = "ít nhất 75% đơn vị trực thuộc, tối thiểu 50% các Phòng"
    found = json.loads(target_json(phrase))
    assert found["phrase"] == phrase
    assert [entry["value"] for entry in found["targets"]] == ["75", "50"]
    assert found["value"] == "75"


@each_row(
    ("text", "expected"),
    [
        (">98,5%", ">98,5%\n  more than 98,5 %\n"),
        ("100%", "100%\n  at least 100 %\n"),
        ("không quá 12 vụ", "không quá 12 vụ\n  at most 12 vụ\n"),
        ("dưới 5%", "dưới 5%\n  less than 5 %\n"),
        ("bằng không", "bằng không\n  exactly 0\n"),
        ("top 5", "top 5\n  rank 5 or better\n"),
        ("2 training courses per quarter", "2 training courses per quarter\n  at least 2 training courses/quarter\n"),
        ("1.000 vụ", "1.000 vụ\n  at least 1000 vụ\n"),
        (
            "giảm 5% so với cùng kỳ",
            "giảm 5% so với cùng kỳ\n  reduce by 5 %\n  against the same period of the previous year\n",
        ),
        (
            "giảm 2 điểm phần trăm so với năm 2025",
            "giảm 2 điểm phần trăm so với năm 2025\n  reduce by 2 percentage points\n  against năm 2025\n",
        ),
        ("giảm trên 10%", "giảm trên 10%\n  reduce by more than 10 %\n  against a baseline that is not stated\n"),
        ("từ 80% đến 90%", "từ 80% đến 90%\n  between 80 and 90 %\n"),
        (
            "trên 80% đến 90%",
            "trên 80% đến 90%\n  between 80 and 90 %\n  the lower value itself does not count\n",
        ),
        (
            "từ 80% đến dưới 90%",
            "từ 80% đến dưới 90%\n  between 80 and 90 %\n  the upper value itself does not count\n",
        ),
        ("nâng cao chất lượng", "nâng cao chất lượng\n  not measurable: no number is named\n  «nâng cao chất lượng»\n"),
        (
            "Phấn đấu 50% công chức trẻ (nếu có)",
            (
                "Phấn đấu 50% công chức trẻ (nếu có)\n  at least 50 %\n  «công chức trẻ»\n"
                "  striven for rather than promised\n  only if a case arises\n"
            ),
        ),
    ],
)
def test_a_target_in_words(text: str, expected: str) -> None:
    assert target_text(text, "vi") == expected


def test_a_target_in_english_has_a_point() -> None:
    assert target_text(">98,5%", "en") == ">98,5%\n  more than 98.5 %\n"


@each_row(("text", "value"), [(">99,999%", "99,999"), ("dưới 0,001%", "0,001")])
def test_a_target_is_told_with_all_its_decimals(text: str, value: str) -> None:
    assert f" {value} %" in target_text(text, "vi")


@each_row("value", [value for value in HOSTILE if "\n" not in value and not value.endswith("\\")])
def test_hostile_text_stays_text(value: str) -> None:
    found = _deadline(f"Theo x{value}x")
    shown = deadline_text(found, Translator("en"))
    assert len(shown.splitlines()) == 4
    assert not set(shown) & set("\x1b\x07\r\x9b\u2028\u202e\ufeff\ud800")
    assert json.loads(dump(deadline_value(found)))["phrase"] == f"Theo x{value}x"


_SIGNS_AND_NUMBERS = set("\n=%<>[{|0123456789")
"""A target with these beside its own is refused: they would have to mean something."""


@each_row("value", [value for value in HOSTILE if not set(value) & _SIGNS_AND_NUMBERS])
def test_hostile_text_of_a_target_stays_text(value: str) -> None:
    typed = f"100% x{value}x"
    shown = target_text(typed, "en")
    assert len(shown.splitlines()) == 3
    assert not set(shown) & set("\x1b\x07\r\x9b\u2028\u202e\ufeff\ud800")
    assert json.loads(target_json(typed))["phrase"] == typed
