"""Edits of a plan's text: what is outside of them stays, byte for byte."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st
from messy import Typist, plans, texts

from qmsplan.diagnostics import UserError
from qmsplan.load.document import read_content
from qmsplan.model.plan import Endorsement, Plan, Signoff
from qmsplan.seal import endorsement_holds, holds
from qmsplan.yaml_edit import edit as engine
from qmsplan.yaml_edit.edit import (
    YamlFile,
    add_entry,
    amended,
    drop,
    replace_entry,
    sealed,
    set_fields,
    set_value,
    turn_field,
    with_endorsement,
    with_signoff,
)
from qmsplan.yaml_edit.format import lay_out
from rows import each_row
from values import replace

SIGNOFF = {"number": "05/KH", "date": "2026-02-09"}
ENTRY = {"number": "05/KH", "date": "2026-02-09", "reason": "Thêm việc"}
START = "kind: plan\nid: KH\ntemplate: x\nhead: {type: Kế hoạch}\n"


def opened(text: str) -> YamlFile:
    return YamlFile("kh.yaml", text, Plan)


def plan_in(content: bytes) -> Plan:
    value = read_content(content, "x").value
    assert isinstance(value, Plan)
    return value


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that went, and lines that came."""
    diff = list(difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True)))
    return [line[2:] for line in diff if line[0] == "-"], [line[2:] for line in diff if line[0] == "+"]


ADDED = "signoff:\n  number: 05/KH\n  date: 2026-02-09\n"


@each_row(
    ("before", "after"),
    [
        ("", ADDED),
        ("closing: x\n", "closing: x\n" + ADDED),
        ("closing: x", "closing: x\n" + ADDED.rstrip()),
        ("closing: x  # y\n# z\n", "closing: x  # y\n" + ADDED + "# z\n"),
        ("closing: |\n  x\n", "closing: |\n  x\n" + ADDED),
        ("closing: >-\n  x\n  y\n\n\n", "closing: >-\n  x\n  y\n\n" + ADDED + "\n\n"),
        ("\nclosing: x\n", "\nclosing: x\n\n" + ADDED),
        ("\nclosing: x\nannexes: []\n", "\nclosing: x\n\n" + ADDED + "\nannexes: []\n"),
        ("annexes: []\nclosing: x\n", "annexes: []\nclosing: x\n" + ADDED),
        ("signoff:\nclosing: x\n", ADDED + "closing: x\n"),
        ("signoff: ~  # sau\nclosing: x\n", ADDED.replace(":\n", ":  # sau\n", 1) + "closing: x\n"),
        ("closing: x\n...\n", "closing: x\n" + ADDED + "...\n"),
    ],
)
def test_a_new_field(before: str, after: str) -> None:
    assert set_value(opened(START + before), ("signoff",), SIGNOFF).text == START + after


def test_a_new_field_in_an_indented_file_with_other_line_ends() -> None:
    text = "".join(f"  {line}\r\n" for line in START.splitlines())
    after = set_value(opened(text), ("signoff",), SIGNOFF).text
    assert after == text + "".join(f"  {line}\r\n" for line in ADDED.splitlines())


OTHER = "earlier:\n- number: a # b\n  date: 2026-01-01\n  reason: |\n    c\n"
ONE = "earlier:\n  - number: 05/KH\n    date: 2026-02-09\n    reason: Thêm việc\n"


@each_row(
    ("before", "after"),
    [
        ("", "earlier:\n  # ghi\n" + ONE.partition("\n")[2]),
        ("earlier: []\n", "earlier:\n  # ghi\n" + ONE.partition("\n")[2]),
        (ONE, ONE + "  # ghi\n" + ONE.partition("\n")[2]),
        (
            OTHER + "\nclosing: x\n",
            OTHER + "# ghi\n- number: 05/KH\n  date: 2026-02-09\n  reason: Thêm việc\n\nclosing: x\n",
        ),
    ],
)
def test_a_new_entry(before: str, after: str) -> None:
    assert add_entry(opened(START + before), ("earlier",), ENTRY, ["# ghi"]).text == START + after


def test_an_entry_in_the_place_of_another() -> None:
    one = ONE.partition("\n")[2]
    text = START + ONE + "  - number: 06/KH  # sổ\n    date: 2026-01-05\n    signer: A\n" + "closing: x\n"
    after = START + ONE + one.replace("05/KH", "05/KH  # sổ") + "closing: x\n"
    assert replace_entry(opened(text), ("earlier", 1), ENTRY).text == after


def test_more_fields() -> None:
    text = START + "signoff:\n    number: 05/KH # sổ\n    date: 2026-02-09  # ngày\n\nclosing: x\n"
    after = text.replace("# ngày\n", "# ngày\n    signer: A\n")
    assert set_fields(opened(text), ("signoff",), {"signer": "A"}).text == after


@each_row(
    ("text", "left", "comments"),
    [
        (ADDED, "", ()),
        ("\n" + ADDED, "", ()),
        ("\n" + ADDED + "\nclosing: x\n", "\nclosing: x\n", ()),
        ("closing: x\n\n" + ADDED + "annexes: []\n", "closing: x\n\nannexes: []\n", ()),
        ("# a\nsignoff:  # b\n  # c\n  number: x # d\n  date: 2026-01-01\n# e\n", "# a\n# e\n", ("# b", "# c", "# d")),
        ("signoff: {number: x, # a\n  date: 2026-01-01} # b\nclosing: x\n", "closing: x\n", ("# a", "# b")),
        ("closing: x\n", "closing: x\n", ()),
    ],
)
def test_a_field_that_goes(text: str, left: str, comments: tuple[str, ...]) -> None:
    assert drop(opened(START + text), ("signoff",)) == (opened(START + left), comments)


def test_a_field_in_the_place_of_another() -> None:
    text = START + "# a\nsignoff:  # b\n  number: x\n  date: 2026-01-01\n\nclosing: x\n"
    after = START + "# a\n# b\n" + ONE.replace("  - n", "  # c\n  - n") + "\nclosing: x\n"
    assert turn_field(opened(text), "signoff", "earlier", [ENTRY], ["# c"]).text == after


BRACKETS = {
    "a field of a file in braces": (
        lambda: set_value(opened("{kind: plan}\n"), ("signoff",), SIGNOFF),
        "{kind: plan, signoff: {number: 05/KH, date: 2026-02-09}}\n",
    ),
    "an entry of a list in brackets": (
        lambda: add_entry(opened("earlier: [{number: a, date: 2026-01-01, reason: b}]\n"), ("earlier",), SIGNOFF),
        "earlier: [{number: a, date: 2026-01-01, reason: b}, {number: 05/KH, date: 2026-02-09}]\n",
    ),
    "more fields of one in braces": (
        lambda: set_fields(
            opened("signoff: {number: a} # b\n"), ("signoff",), {"signer": "Lê A", "date": "2026-01-01"}
        ),
        'signoff: {number: a, date: 2026-01-01, signer: "Lê A"} # b\n',
    ),
    "another entry": (
        lambda: replace_entry(
            opened("reviewed: [{name: a, # x\n  date: 2026-01-01}]\n"), ("reviewed", 0), {"name": "b"}
        ),
        "# x\nreviewed: [{name: b}]\n",
    ),
    "a field that goes": (lambda: drop(opened("{kind: plan, form: true}\n"), ("form",)).file, "{kind: plan}\n"),
    "a field in the place of another": (
        lambda: turn_field(opened("{kind: plan, signoff: {number: a} }\n"), "signoff", "earlier", [SIGNOFF]),
        "{kind: plan, earlier: [{number: 05/KH, date: 2026-02-09}] }\n",
    ),
}


@each_row(("edit", "after"), BRACKETS.values())
def test_what_stands_in_brackets_is_edited_there(edit: Callable[[], YamlFile], after: str) -> None:
    assert edit().text == after


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: START + "closing: x  # a\n",
        lambda text: text.replace("05/KH", "06/KH"),
        lambda text: text.replace("# a", "# b"),
        lambda text: text.replace("  # a", ""),
        lambda text: text + "# mới\n",
        lambda text: text.replace("closing: x", "closing:  x"),
        lambda text: text.replace("number", "number: 1\n  number"),
        lambda text: text.replace("date: 2026-02-09", "date: 2026-02-09 #1"),
        lambda text: text.replace("signoff:", "signoff: ["),
    ],
    ids=["nothing", "value", "comment", "lost", "new", "other bytes", "key twice", "warning", "no YAML"],
)
def test_an_edit_that_says_something_else_is_refused(
    spoil: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the engine wrong, the proof would find it."""
    file = opened(START + "closing: x  # a\n")
    real = engine.apply
    assert set_value(file, ("signoff",), SIGNOFF)
    monkeypatch.setattr(engine, "apply", lambda *given: spoil(real(*given)))
    with pytest.raises(UserError) as fault:
        set_value(file, ("signoff",), SIGNOFF)
    assert fault.value.hint
    assert fault.value.hint.values == (("file", "kh.yaml"),)
    assert "qmsplan fmt" in fault.value.hint.template


DAY = date(2026, 2, 9)
names = texts.map(str.strip).filter(lambda text: text and "\n" not in text and len(text) < 90)
drafts = plans.map(lambda tree: {name: value for name, value in tree.items() if name != "signoff"})


def typed(tree: dict[str, Any], seed: int) -> bytes:
    """A plan as somebody may have typed it, sometimes with a byte order mark."""
    chance = Random(seed)
    text = Typist(chance).file(tree)
    note(text)
    content = (b"\xef\xbb\xbf" if chance.random() < 0.2 else b"") + text.encode()
    assume(isinstance(read_content(content, "x").value, Plan))
    return content


def attempt(edit: Any, content: bytes) -> bytes | None:
    """What an edit makes of a file; nothing if it can't be done, which `fmt` mends."""
    try:
        return edit(content, plan_in(content))  # type: ignore[no-any-return]
    except UserError as fault:
        told = fault.hint and fault.hint.template
    laid = lay_out(content, "x").content
    assert told
    assert "qmsplan fmt" in told
    assert laid
    assert edit(laid, plan_in(laid))
    return None


def is_within(before: bytes, after: bytes) -> bool:
    """True if the new bytes are the old ones with one stretch put in."""
    same = next((at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    return after.endswith(before[same:])


@settings(max_examples=20)
@given(drafts, st.integers(0, 2**32), names, names)
def test_signing_puts_one_stretch_of_bytes_in(tree: dict[str, Any], seed: int, number: str, signer: str) -> None:
    content = typed(tree, seed)
    signoff = Signoff(number=number, date=DAY, signer=signer)
    after = attempt(lambda old, plan: with_signoff(old, plan, sealed(plan, signoff)), content)
    if after is not None:
        note(after.decode())
        plan = plan_in(after)
        assert is_within(content, after) or b"signoff" in content
        assert plan == sealed(plan_in(content), signoff)
        assert plan.signoff
        assert holds(plan, plan.signoff.digest or "") is True


@settings(max_examples=16)
@given(drafts, st.integers(0, 2**32), names, names)
def test_a_round_of_reviews_sign_offs_and_amendments(tree: dict[str, Any], seed: int, name: str, reason: str) -> None:
    content = lay_out(typed(tree, seed), "x").content
    assert content is not None
    before = plan_in(content)
    entry = Endorsement(name=name, date=DAY, digest="qmsplan-1:sha256:0123456789abcdef")
    content = with_endorsement(content, before, "reviewed", entry)
    plan = plan_in(content)
    assert endorsement_holds(plan, "reviewed", plan.reviewed[0]) is True
    for number in ("51/KH", "60/KH"):
        content = with_signoff(content, plan, sealed(plan, Signoff(number=number, date=DAY, signer=name)))
        plan = plan_in(content)
        assert plan.signoff
        content = amended(content, plan, plan.signoff, (reason,))
        plan = plan_in(content)
    assert [old.number for old in plan.earlier[-2:]] == ["51/KH", "60/KH"]
    assert plan.earlier[-2].reviewed
    assert replace(plan, earlier=plan.earlier[:-2]) == before
    assert lay_out(content, "x").content == content, "what is written is in the canonical layout"


def test_a_review_again_gives_way_to_the_new_one() -> None:
    text = START + "closing: x\n"
    for closing in ("x", "y"):
        plan = plan_in(text.encode())
        entry = Endorsement(name="B", date=DAY, digest="qmsplan-1:sha256:0123456789abcdef")
        text = with_endorsement(text.encode(), plan, "approved", entry).decode()
        text = text.replace(f"closing: {closing}", "closing: y")
    assert text.count("name: B") == 1
    plan = plan_in(text.encode())
    assert endorsement_holds(plan, "approved", plan.approved[0]) is True


def test_amending_takes_the_place_of_an_empty_list_and_keeps_its_comments() -> None:
    before = START + "earlier: [ # a\n]  # b\nsignoff:\n  number: 05/KH\n  date: 2026-02-09\n"
    plan = plan_in(before.encode())
    assert plan.signoff
    after = amended(before.encode(), plan, plan.signoff, ("Một",)).decode()
    assert after.count("earlier:") == 1
    assert after.count("# a") == after.count("# b") == 1


def test_amending_keeps_comments_and_everything_else() -> None:
    before = START + "closing: x  # a\n# b\nsignoff:  # c\n  number: 05/KH  # d\n  date: 2026-02-09\n# e\nannexes: []\n"
    plan = plan_in(before.encode())
    assert plan.signoff
    after = amended(before.encode(), plan, plan.signoff, ("Một", "Hai")).decode()
    gone, come = lines_changed(before, after)
    assert all(line.strip(" #cd\n") in "signoff: number: 05/KH date: 2026-02-09" for line in gone)
    assert come[-3:] == ["    reason:\n", "      - Một\n", "      - Hai\n"]
    assert "# c\n# d\nearlier:\n" in after
