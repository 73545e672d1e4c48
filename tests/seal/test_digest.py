"""The digest of a plan: another for every change of meaning, the same for every change of layout."""

from __future__ import annotations

import sys
import typing
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st
from pydantic import create_model
from sealing import FULL, GONE, is_bound, leaves, other, plan_of, put_at, value_at

from qmsplan.load.document import read_content
from qmsplan.model.period import Period
from qmsplan.model.plan import (
    Annex,
    Earlier,
    Endorsement,
    Event,
    Head,
    Item,
    Plan,
    Section,
    Signatory,
    SignatureBox,
    Signoff,
)
from qmsplan.model.structured import Assignment, DeadlineForm, TargetForm
from qmsplan.model.table import ColumnForm, Money, TableForm
from qmsplan.seal import BOOKKEEPING, canonical, digest, endorsed, endorsement_holds, holds
from qmsplan.yaml_edit.format import lay_out
from values import fields_of, is_model, replace

sys.path.append(str(Path(__file__).parents[1] / "yaml_edit"))
from messy import Typist, plans

from rows import each_row

OWN = plan_of(FULL)
"""Signed with a template of the workspace's own."""
PLAN = put_at(OWN, ("signoff", "template"), GONE)
LEAVES = list(leaves(PLAN))


def _names(*texts: str) -> frozenset[str]:
    return frozenset(" ".join(texts).split())


_ITEMS = "groups objectives tasks activities"
SEALED: dict[Any, frozenset[str]] = {
    Plan: _names(
        *("kind id template period form fields money_unit head basis preamble table sections events closing", _ITEMS),
        "recipients signatory cosigners boxes earlier signoff annexes",
    ),
    Head: _names(
        "issuer issuer_text parent_text type title symbol place dateline caption secrecy urgency circulation drafter",
        "address",
    ),
    Section: _names("number title text table sections", _ITEMS),
    Annex: _names("number title info head text table sections", _ITEMS),
    TableForm: _names("kind columns orientation numbered total mark rows blank"),
    ColumnForm: _names("field title under width source period cumulative share"),
    Item: _names(
        *(
            "id number text target unit frequency aggregation plan horizons base results threshold method source",
            _ITEMS,
        ),
        *(
            "monitor score risk measures lead support deadline start schedule hours place participants deliverables",
            "evaluation",
        ),
        "funding budget note fields",
    ),
    Money: _names("amount source period"),
    Event: _names("id text"),
    Signatory: _names("position second_position name instruction"),
    SignatureBox: _names("label position name"),
    Signoff: _names("number date signer position issuer parent units template letterhead"),
    Earlier: _names("number date signer position issuer partly digest reason reviewed approved"),
    Endorsement: _names("name position date digest"),
    Assignment: _names("unit scope"),
    DeadlineForm: _names("text due every event continuous"),
    TargetForm: _names(
        "text comparator value upper excludes_value excludes_upper unit per points baseline baseline_text population"
        " commitment conditional"
    ),
}
"""What the document prints, and what gives a promise its meaning. A field of the model stands here or in
`seal.BOOKKEEPING`."""


def test_every_field_is_declared_as_sealed_or_as_bookkeeping() -> None:
    """Whoever adds a field to the model says in `qmsplan.seal` what it is: printed or promised, or bookkeeping."""
    classes: dict[str, Any] = {}
    _classes(Plan, classes)
    for kind in classes.values():
        sealed, kept = SEALED.get(kind, frozenset()), BOOKKEEPING.get(kind, frozenset())
        assert sealed | kept == set(fields_of(kind)), kind.__name__
        assert not sealed & kept


def test_the_sample_says_something_in_every_field_of_every_class() -> None:
    places = _places(list(leaves(OWN)))
    said = {(type(value_at(OWN, path[:-1])), path[-1]) for path in places if isinstance(path[-1], str)}
    missing = [
        f"{kind.__name__}.{name}"
        for kind in {type(value_at(OWN, path[:-1])) for path in places if isinstance(path[-1], str)}
        for name in fields_of(kind)
        if (kind, name) not in said
    ]
    assert missing == []
    assert {kind.__name__ for kind, _ in said} == _classes(Plan, {})


def _places(paths: list[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    return {path[:length] for path in paths for length in range(1, len(path) + 1)}


def _classes(kind: Any, seen: dict[str, Any]) -> set[str]:
    if is_model(kind) and kind.__name__ not in seen:
        seen[kind.__name__] = kind
        for hint in typing.get_type_hints(kind).values():
            _classes(hint, seen)
    for part in typing.get_args(kind):
        _classes(part, seen)
    return set(seen)


@each_row("path", LEAVES)
def test_every_changed_leaf_changes_the_digest(path: tuple[Any, ...]) -> None:
    changed = put_at(PLAN, path, other(value_at(PLAN, path)))
    assert (digest(changed) != digest(PLAN)) == is_bound(path)


@each_row("path", sorted({path for path in _places(LEAVES) if len(path) > 1}, key=str))
def test_what_is_taken_away_changes_the_digest(path: tuple[Any, ...]) -> None:
    assert (digest(put_at(PLAN, path, GONE)) != digest(PLAN)) == is_bound(path)


@each_row("path", list(leaves(OWN)))
def test_a_template_of_ones_own_may_print_every_leaf(path: tuple[Any, ...]) -> None:
    changed = put_at(OWN, path, other(value_at(OWN, path)))
    assert (digest(changed) != digest(OWN)) == is_bound(path, by_own_template=True)


def test_an_event_is_sealed_where_a_deadline_prints_it() -> None:
    named = ("groups", 0, "tasks", 1, "deadline", "text")
    in_words = put_at(PLAN, named, "Sau khi ban hành")
    assert digest(put_at(in_words, ("events", 0, "text"), ("Khác",))) == digest(in_words)
    assert digest(put_at(PLAN, ("events",), (*PLAN.events, Event(id="MOI", text=("Mới",))))) == digest(PLAN)
    assert digest(put_at(PLAN, ("events", 0, "text"), (*PLAN.events[0].text, "gọi khác"))) == digest(PLAN)


def test_a_field_that_a_table_prints_is_sealed() -> None:
    heavier = put_at(PLAN, ("groups", 0, "weight"), 5)
    assert digest(heavier) == digest(PLAN)
    for table in (TableForm(columns=("text", "weight+clauses")), TableForm(kind="kpi")):
        section = replace(PLAN.sections[0], table=table)
        shown, changed = (replace(plan, sections=(section,)) for plan in (PLAN, heavier))
        assert digest(changed) != digest(shown)


def test_the_line_of_an_annex_that_is_made_from_the_signoff_is_not_sealed() -> None:
    typed = put_at(PLAN, ("annexes", 0, "info"), ("(Ban hành kèm theo Kế hoạch số      /KH-TGPL ngày     /6/2026)",))
    assert digest(typed) == digest(put_at(PLAN, ("annexes", 0, "info"), ()))
    of_another = put_at(PLAN, ("annexes", 0, "info"), ("(Kèm theo Quyết định số 12/QĐ-UBND)",))
    assert digest(of_another) != digest(typed)


@each_row("path", [("basis",), ("groups", 0, "tasks"), ("recipients",), ("groups", 0, "lead")])
def test_the_order_of_a_list_means_something(path: tuple[Any, ...]) -> None:
    assert digest(put_at(PLAN, path, tuple(reversed(value_at(PLAN, path))))) != digest(PLAN)


def test_a_move_between_lists_means_something() -> None:
    moved = replace(PLAN, tasks=PLAN.objectives, objectives=PLAN.tasks)
    assert digest(moved) != digest(PLAN)


LAYOUTS = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
    "a comment": lambda text: "# ghi chú\n" + text.replace("preamble:", "# nữa\npreamble:"),
    "blank lines": lambda text: text.replace("\nhead:", "\n\n\nhead:"),
    "quotes": lambda text: text.replace("closing: Hết", 'closing: "Hết"'),
    "a block": lambda text: text.replace("closing: Hết", "closing: |\n  Hết\n"),
    "folding": lambda text: text.replace("policy: Chính sách chất lượng", "policy: >-\n  Chính sách\n  chất lượng"),
    "a list of one": lambda text: text.replace("closing: Hết", "closing: [Hết]"),
    "another form of the day": lambda text: text.replace("date: 2026-02-09", "date: 09/02/2026"),
    "zeros": lambda text: text.replace('"98,5"', '"98,50"'),
    "a default": lambda text: text.replace(
        "deadline: {every: quarter}", "deadline: {every: quarter, continuous: không}"
    ),
    "the order of fields": lambda text: "closing: Hết\n" + text.replace("closing: Hết\n", ""),
    "canonical": lambda text: (lay_out(text.encode(), "x").content or b"").decode(),
}


@each_row("name", LAYOUTS)
def test_layout_means_nothing(name: str) -> None:
    typed = LAYOUTS[name](FULL)
    assert typed != FULL
    assert digest(plan_of(typed)) == digest(OWN)


def test_a_byte_order_mark_means_nothing() -> None:
    value = read_content(b"\xef\xbb\xbf" + FULL.encode(), "x").value
    assert isinstance(value, Plan)
    assert digest(value) == digest(OWN)


@given(plans, st.integers(0, 2**32), st.integers(0, 2**32))
def test_every_way_of_typing_a_plan(tree: dict[str, Any], one: int, two: int) -> None:
    first, second = (read_content((Typist(Random(seed)).file(tree)).encode(), "x").value for seed in (one, two))
    assume(isinstance(first, Plan) and isinstance(second, Plan) and first == second)
    assert digest(first) == digest(second)  # type: ignore[arg-type]


@given(plans, plans)
def test_two_plans_share_no_bytes(one: dict[str, Any], two: dict[str, Any]) -> None:
    first, second = (read_content((Typist(Random(1)).file(tree)).encode(), "x").value for tree in (one, two))
    note(repr(first))
    assert (canonical(first) == canonical(second)) == (first == second)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.decimals(-(10**9), 10**9, places=3)
    | st.dates()
    | st.text("ạaà\u0300n1:s", max_size=6).map(lambda text: unicodedata.normalize("NFC", text))
    | st.tuples(st.dates(), st.dates()).map(lambda days: Period(*days)),
    lambda inner: (
        st.lists(inner, max_size=4).map(tuple) | st.dictionaries(st.text("ab:1", max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def typed(value: Any) -> Any:
    """A value with its type beside it: True is not 1, an empty list is no empty table."""
    if isinstance(value, Period):
        return ("period", value.start, value.end)
    if isinstance(value, tuple):
        return ("list", *map(typed, value))
    if isinstance(value, dict):
        return ("table", *sorted((name, repr(typed(part))) for name, part in value.items()))
    return ("number", Decimal(value)) if type(value) in {int, Decimal} else (type(value).__name__, value)


@given(VALUES, VALUES)
def test_two_values_share_no_bytes(one: Any, two: Any) -> None:
    assert (canonical(one) == canonical(two)) == (typed(one) == typed(two))


@given(VALUES)
def test_bytes_can_be_read_back(value: Any) -> None:
    """Length prefixes leave no choice: what can be read back in one way only is injective."""
    read, rest = read_back(canonical(value))
    assert rest == b""
    assert read == typed_for_reading(value)


def read_back(content: bytes) -> tuple[Any, bytes]:
    letter, (length, _, rest) = content[:1], content[1:].partition(b":")
    inner, rest = rest[: int(length)], rest[int(length) :]
    if letter not in {b"l", b"m"}:
        return (letter, inner), rest
    parts = []
    while inner:
        part, inner = read_back(inner)
        parts.append(part)
    return (letter, *parts), rest


def typed_for_reading(value: Any) -> Any:
    if isinstance(value, dict):
        pairs = sorted((canonical(name), typed_for_reading(name), typed_for_reading(p)) for name, p in value.items())
        return (b"m", *(part for _, *pair in pairs for part in pair))
    if type(value) is tuple:
        return (b"l", *map(typed_for_reading, value))
    return read_back(canonical(value))[0]


@each_row(
    ("value", "expected"),
    [
        ("Đạt", b"s6:" + "Đạt".encode()),
        (True, b"b1:1"),
        (Decimal("98.50"), b"n4:98.5"),
        (Decimal("1E+2"), b"n3:100"),
        (Decimal("-0.0"), b"n1:0"),
        (231, b"n3:231"),
        (date(2026, 2, 9), b"d10:2026-02-09"),
        (Period(date(2026, 1, 1), date(2026, 3, 31)), b"p21:2026-01-01/2026-03-31"),
        (("a", ()), b"l7:s1:al0:"),
        ({"b": None, "a": "x"}, b"m15:s1:as1:xs1:bz0:"),
    ],
)
def test_the_bytes_of_values(value: Any, expected: bytes) -> None:
    assert canonical(value) == expected


def test_a_value_of_no_known_type_is_our_own_fault() -> None:
    with pytest.raises(TypeError):
        canonical(1.5)


def test_a_field_that_a_later_version_adds_leaves_old_seals_alone() -> None:
    later = create_model("Later", __base__=Plan, audience=(str, ""), budget=(str | None, None))
    values = dict(PLAN)
    assert canonical(later(**values)) == canonical(PLAN)
    assert canonical(later(**values, audience="mọi người")) != canonical(PLAN)


def test_a_seal_holds_until_something_changes() -> None:
    sealed = digest(PLAN)
    assert holds(PLAN, sealed) is True
    assert holds(replace(PLAN, closing=()), sealed) is False
    assert holds(PLAN, sealed.replace("qmsplan-2", "qmsplan-99")) is None


def test_a_review_is_of_the_content_whoever_signs() -> None:
    (entry,) = PLAN.reviewed
    entry = replace(entry, digest=endorsed(PLAN, "reviewed", entry))
    draft = replace(PLAN, signoff=None)
    assert endorsement_holds(PLAN, "reviewed", entry) is True
    assert endorsement_holds(draft, "reviewed", entry) is True
    assert endorsement_holds(draft, "approved", entry) is False
    assert endorsement_holds(replace(draft, closing=()), "reviewed", entry) is False
    assert endorsement_holds(draft, "reviewed", replace(entry, name="D")) is False
    assert endorsement_holds(draft, "reviewed", replace(entry, date=date(2026, 3, 1))) is False
    unknown = entry.digest.replace("-2:", "-99:")
    assert endorsement_holds(draft, "reviewed", replace(entry, digest=unknown)) is None


def test_the_signoff_is_sealed_too() -> None:
    assert digest(PLAN) != digest(replace(PLAN, signoff=None))
