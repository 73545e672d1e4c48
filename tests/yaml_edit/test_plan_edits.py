"""Edits of a plan's text: what is outside of them stays, byte for byte."""

from __future__ import annotations

import difflib
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
from qmsplan.yaml_edit.format import lay_out
from qmsplan.yaml_edit.plan_edit import (
    add_entry,
    add_field,
    amended,
    drop_field,
    edited,
    extend_field,
    replace_entry,
    sealed,
    turn_field,
    with_endorsement,
    with_signoff,
)
from values import replace

SIGNOFF = {"number": "05/KH", "date": "2026-02-09"}
ENTRY = {"number": "05/KH", "date": "2026-02-09", "reason": "Thêm việc"}
START = "kind: plan\nid: KH\ntemplate: x\nhead: {type: Kế hoạch}\n"


def plan_in(content: bytes) -> Plan:
    value = read_content(content, "x").value
    assert isinstance(value, Plan)
    return value


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that went, and lines that came."""
    diff = list(difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True)))
    return [line[2:] for line in diff if line[0] == "-"], [line[2:] for line in diff if line[0] == "+"]


ADDED = "signoff:\n  number: 05/KH\n  date: 2026-02-09\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ADDED),
        ("closing: x\n", "closing: x\n" + ADDED),
        ("closing: x", "closing: x\n" + ADDED),
        ("closing: x  # y\n# z\n", "closing: x  # y\n" + ADDED + "# z\n"),
        ("closing: |\n  x\n", "closing: |\n  x\n" + ADDED),
        ("closing: >-\n  x\n  y\n\n\n", "closing: >-\n  x\n  y\n\n" + ADDED + "\n\n"),
        ("\nclosing: x\n", "\nclosing: x\n\n" + ADDED),
        ("\nclosing: x\nannexes: []\n", "\nclosing: x\n\n" + ADDED + "\nannexes: []\n"),
        ("annexes: []\nclosing: x\n", "annexes: []\nclosing: x\n" + ADDED),
        ("signoff:\nclosing: x\n", ADDED + "closing: x\n"),
        ("signoff: ~  # sau\nclosing: x\n", "# sau\n" + ADDED + "closing: x\n"),
        ("closing: x\n...\n", "closing: x\n" + ADDED + "...\n"),
    ],
)
def test_a_new_field(before: str, after: str) -> None:
    assert add_field(START + before, "signoff", SIGNOFF) == START + after


def test_a_new_field_in_an_indented_file_with_other_line_ends() -> None:
    text = "".join(f"  {line}\r\n" for line in START.splitlines())
    assert add_field(text, "signoff", SIGNOFF) == text + "".join(f"  {line}\r\n" for line in ADDED.splitlines())


OTHER = "earlier:\n- number: a # b\n  date: 2026-01-01\n  reason: |\n    c\n"
ONE = "earlier:\n  - number: 05/KH\n    date: 2026-02-09\n    reason: Thêm việc\n"


@pytest.mark.parametrize(
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
    assert add_entry(START + before, "earlier", ENTRY, ["# ghi"]) == START + after


def test_an_entry_in_the_place_of_another() -> None:
    text = START + ONE + ONE.partition("\n")[2].replace("05/KH", "06/KH  # sổ") + "closing: x\n"
    assert (
        replace_entry(text, "earlier", 1, ENTRY) == START + ONE + "  # sổ\n" + ONE.partition("\n")[2] + "closing: x\n"
    )


def test_more_fields() -> None:
    text = START + "signoff:\n    number: 05/KH # sổ\n    date: 2026-02-09  # ngày\n\nclosing: x\n"
    after = text.replace("# ngày\n", "# ngày\n    signer: A\n")
    assert extend_field(text, "signoff", {"signer": "A"}) == after


@pytest.mark.parametrize(
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
    assert drop_field(START + text, "signoff") == (START + left, comments)


def test_a_field_in_the_place_of_another() -> None:
    text = START + "# a\nsignoff:  # b\n  number: x\n  date: 2026-01-01\n\nclosing: x\n"
    after = START + "# a\n# b\n" + ONE.replace("  - n", "  # c\n  - n") + "\nclosing: x\n"
    assert turn_field(text, "signoff", "earlier", [ENTRY], ["# c"]) == after


@pytest.mark.parametrize(
    "edit",
    [
        lambda: add_field("{kind: plan}\n", "signoff", SIGNOFF),
        lambda: add_entry(START + "earlier: [{number: a, date: 2026-01-01, reason: b}]\n", "earlier", ENTRY),
        lambda: extend_field(START + "signoff: {number: a, date: 2026-01-01}\n", "signoff", {"signer": "A"}),
        lambda: replace_entry(START + "reviewed: [{name: a}]\n", "reviewed", 0, {"name": "b"}),
    ],
)
def test_what_stands_in_brackets_is_left_to_fmt(edit: Any) -> None:
    with pytest.raises(UserError) as fault:
        edit()
    assert fault.value.hint
    assert "qmsplan fmt" in fault.value.hint.template


def test_an_edit_that_says_something_else_is_refused() -> None:
    before = START.encode()
    plan = plan_in(before)
    assert edited(before, START + "closing: x\n", replace(plan, closing=("x",))) == (START + "closing: x\n").encode()
    for text, wanted in ((START + "closing: y\n", replace(plan, closing=("x",))), (START + "# neu\n", plan)):
        with pytest.raises(UserError):
            edited(before, text, wanted)


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


@settings(max_examples=100)
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


@settings(max_examples=60)
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
