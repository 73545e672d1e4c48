"""Sentences in the user's language: values by name, braces as typed, a language for every wish."""

from __future__ import annotations

import pytest

from qmsplan.diagnostics import Message, choose, sentence, translator
from qmsplan.load.syntax import _REASONS
from rows import each_row


def test_values_go_in_by_name() -> None:
    text = Message("{second}, {first}", first="một", second="hai")
    assert sentence(text, str) == "hai, một"
    assert sentence(text, lambda _: "{first}!") == "một!"


@each_row(("count", "said"), [(1, "1 working day late"), (2, "2 working days late"), (0, "0 working days late")])
def test_what_is_counted_is_one_or_several(count: int, said: str) -> None:
    assert sentence(Message("{days} working day(s) late", days=count), str) == said


@pytest.mark.parametrize("value", ["{", "}", "{0}", "{first}", "{{x}}", "%s", "{!r}"])
def test_braces_in_values_stay(value: str) -> None:
    assert sentence(Message("a {first} b", first=value), str) == f"a {value} b"


@pytest.mark.parametrize("template", ["fields in { } are not closed", "{", "a } b", "{x}"])
def test_braces_in_a_sentence_without_values_stay(template: str) -> None:
    """A fuzz run found `{a: [b` to end in a KeyError: its reason speaks of `{ }`."""
    assert sentence(Message(template), str) == template


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_reason_of_the_parser_can_be_told(language: str) -> None:
    for reason in _REASONS.values():
        assert sentence(reason, translator(language))


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
