"""Sentences in the user's language: values by name, braces as typed, a language for every wish."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from qmsplan import diagnostics
from qmsplan.cli.app import run
from qmsplan.diagnostics import ENGLISH, Message, Translator, choose
from qmsplan.load.yaml_slips import _REASONS
from rows import each_row


def test_values_go_in_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    text = Message("{second}, {first}", first="một", second="hai")
    assert ENGLISH(text) == "hai, một"
    monkeypatch.setattr(diagnostics, "_catalogue", lambda _language: lambda _template: "{first}!")
    assert ENGLISH(text) == "một!"


@each_row(("count", "said"), [(1, "1 working day late"), (2, "2 working days late"), (0, "0 working days late")])
def test_what_is_counted_is_one_or_several(count: int, said: str) -> None:
    assert ENGLISH("{days} working day(s) late", days=count) == said


@each_row("value", ["{", "}", "{0}", "{first}", "{{x}}", "%s", "{!r}"])
def test_braces_in_values_stay(value: str) -> None:
    assert ENGLISH("a {first} b", first=value) == f"a {value} b"


@each_row("template", ["fields in { } are not closed", "{", "a } b", "{x}"])
def test_braces_in_a_sentence_without_values_stay(template: str) -> None:
    """A fuzz run found `{a: [b` to end in a KeyError: its reason speaks of `{ }`."""
    assert ENGLISH(template) == template


@each_row("language", ["vi", "en"])
def test_every_reason_of_the_parser_can_be_told(language: str) -> None:
    for reason in _REASONS.values():
        assert Translator(language)(reason)


@each_row(
    ("wishes", "chosen"),
    [
        ((), "vi"),
        ((None, ""), "vi"),
        (("en",), "en"),
        ((None, "en_GB.UTF-8"), "en"),
        (("C.UTF-8", "vi_VN"), "vi"),
        (("C", "POSIX"), "vi"),
        (("EN",), "en"),
        (("fr", "en"), "en"),
    ],
)
def test_the_first_wish_that_is_spoken(wishes: tuple[str | None, ...], chosen: str) -> None:
    assert choose(*wishes) == chosen


@each_row(
    ("value", "english", "vietnamese"),
    [
        (date(2026, 2, 5), "2026-02-05", "05/02/2026"),
        (Decimal("2.50"), "2.50", "2,50"),
        (2.5, "2.5", "2,5"),
        (20.0, "20", "20"),
        (("a", 2), "a, 2", "a, 2"),
        ((20.0, 25.4), "20, 25.4", "20; 25,4"),
        (Message("overdue"), "overdue", "quá hạn"),
    ],
)
def test_values_are_written_as_each_language_does(value: object, english: str, vietnamese: str) -> None:
    said = [Translator(language)("{value}", value=value) for language in ("en", "vi")]
    assert said == [english, vietnamese]


@pytest.mark.parametrize(
    "command", ["status --all", "status --format markdown", "audit", "remind", "deadline hằng\u00a0quý"]
)
def test_vietnamese_readers_see_no_code_of_a_period_and_no_iso_day(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Codes stay in ids, in names of files and in what is to be typed."""
    monkeypatch.chdir(Path(__file__).parents[1])
    as_of = [] if command.startswith("deadline") else ["--as-of", "2026-10-20"]
    assert run(["--lang", "vi", *(word.replace("\u00a0", " ") for word in command.split(" ")), *as_of]) == 0
    words = [word.strip("(),;:«»") for word in capsys.readouterr().out.split()]
    assert [word for word in words if re.fullmatch(r"20\d\d-(Q[1-4]|H[12]|9M|\d\d(-\d\d)?)", word)] == []
