"""Which findings are told and how much they weigh; chosen and ignored findings are complements."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.check.catalogue import OF_FORMS, UNSILENCED, codes_starting, entries, find_entry, spelling
from qmsplan.check.findings import weigh, weights_of
from qmsplan.check.run_checks import check_settings
from qmsplan.diagnostics import Diagnostic, Message, Severity, UserError
from qmsplan.load.document import read_content
from qmsplan.model.settings import Settings
from rows import each_row

CODES = [entry.code for entry in entries()]
WORKSPACE = "kind: workspace\n"
words = st.sampled_from([*CODES, *(entry.name for entry in entries()), "QP1", "QP40", "qp2", "QP"])
weights = st.sampled_from(["error", "warning", "note", "off"])
rules = st.dictionaries(st.sampled_from(CODES), weights, max_size=8)


@cache
def one_of_each() -> tuple[Diagnostic, ...]:
    """A finding of every code."""
    return tuple(Diagnostic(one.code, one.name, one.severity, Message("x"), "a.yaml") for one in entries())


def settings(**rules: str) -> Settings:
    return Settings(kind="workspace", rules={name.replace("_", "-"): weight for name, weight in rules.items()})  # type: ignore[misc]


def told(options: Settings, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> dict[str, Severity]:
    """The codes that are told, with their weights."""
    chosen = weights_of(options, tuple(select), tuple(ignore))
    return {diagnostic.code: diagnostic.severity for diagnostic in weigh(one_of_each(), chosen)}


ALL = {entry.code: entry.severity for entry in entries()}


def test_without_wishes_everything_is_told_as_it_weighs() -> None:
    assert told(settings()) == ALL
    assert weights_of(settings()) == {}


@each_row(
    ("wish", "codes"),
    [
        ("QP101", {"QP101"}),
        ("qp101", {"QP101"}),
        ("duplicate-id", {"QP101"}),
        ("QP101,no-lead", {"QP101", "QP402"}),
        (" QP101 , QP402 ", {"QP101", "QP402"}),
        ("QP40", {code for code in CODES if code.startswith("QP40")}),
        ("qp1", {code for code in CODES if code.startswith("QP1")}),
        ("QP", {code for code in CODES if code.startswith("QP")}),
        ("qd3", {code for code in CODES if code.startswith("QD3")}),
        ("QP004", set()),
        ("QP008", {"QP008"}),
    ],
)
def test_select(wish: str, codes: set[str]) -> None:
    assert set(told(settings(), [wish])) == codes | UNSILENCED


@each_row(
    ("wish", "codes"),
    [
        ("QP101", {"QP101"}),
        ("no-lead,QP101", {"QP101", "QP402"}),
        ("QP4", {code for code in CODES if code.startswith("QP4")}),
        ("QP0", {"QP008", "QP009", "QP014"}),
        ("QP", {code for code in CODES if code.startswith("QP")} - UNSILENCED),
    ],
)
def test_ignore(wish: str, codes: set[str]) -> None:
    assert set(CODES) - set(told(settings(), ignore=[wish])) == codes


@each_row(
    ("wish", "hint"),
    [
        ("QP4022", "QP402"),
        ("no-led", "no-lead"),
        ("NO-LED", "no-lead"),
        ("duplicate_id", "duplicate-id"),
        ("QP999", None),
        ("QP9999", None),
        ("everything", None),
        ("", None),
        ("QP1,", None),
        ("*", None),
    ],
)
def test_what_is_no_code_is_told_with_the_nearest(wish: str, hint: str | None) -> None:
    for wishes in ({"select": [wish]}, {"ignore": [wish]}):
        with pytest.raises(UserError) as caught:
            told(settings(), **wishes)
        assert caught.value.message.template == "unknown code '{code}'"
        assert caught.value.hint
        assert dict(caught.value.hint.values).get("name") == hint


@each_row("code", sorted(UNSILENCED))
def test_what_keeps_files_from_being_read_can_not_be_ignored(code: str) -> None:
    with pytest.raises(UserError) as caught:
        told(settings(), ignore=[code])
    assert caught.value.message.template == "'{code}' can't be ignored"


@given(st.lists(words, min_size=1, max_size=4), rules)
def test_selecting_and_ignoring_are_complements(wishes: list[str], given_rules: dict[str, str]) -> None:
    options = settings(**given_rules)
    everything, selected = told(options), told(options, wishes)
    try:
        rest = told(options, ignore=wishes)
    except UserError:
        assert any(find_entry(wish) and find_entry(wish).code in UNSILENCED for wish in wishes)  # type: ignore[union-attr]
        return
    assert selected.keys() | rest.keys() == everything.keys()
    assert selected.keys() & rest.keys() == UNSILENCED
    assert selected | rest == everything


@given(st.lists(words, max_size=3), st.lists(words.filter(lambda word: word not in UNSILENCED), max_size=3), rules)
def test_stoppers_are_always_told_as_errors(select: list[str], ignore: list[str], given_rules: dict[str, str]) -> None:
    ignore = [wish for wish in ignore if not (entry := find_entry(wish)) or entry.code not in UNSILENCED]
    found = told(settings(**given_rules), select, ignore)
    assert {code: found.get(code) for code in UNSILENCED} == {code: ALL[code] for code in UNSILENCED}
    assert {ALL[code] for code in UNSILENCED - OF_FORMS} == {Severity.ERROR}


@given(rules)
def test_rules_of_the_settings_give_weights(given_rules: dict[str, str]) -> None:
    found = told(settings(**given_rules))
    for code, severity in ALL.items():
        wished = given_rules.get(code, severity.value) if code not in UNSILENCED else severity.value
        assert found.get(code, "off") == wished


def test_what_is_off_stays_off_when_selected() -> None:
    assert "QP402" not in told(settings(no_lead="off"), ["QP402"])
    assert told(settings(no_lead="error"), ["QP402"])["QP402"] is Severity.ERROR


def faults(text: str) -> list[tuple[str, int, int, str]]:
    document = read_content((WORKSPACE + text).encode(), "qmsplan.yaml")
    return [
        (found.code, found.span.line, found.span.column, found.message.template) for found in check_settings(document)
    ]


@each_row(
    ("text", "expected"),
    [
        ("", []),
        ("rules: {}\n", []),
        ("rules: {QP402: off, duplicate-id: note}\n", []),
        ("rules:\n  QP402: OFF\n", [("QP013", 3, 10, "this value is not one of the choices")]),
        ("rules:\n  QP402:\n    - off\n", [("QP013", 3, 3, "this value is not one of the choices")]),
        ("rules: off\n", [("QP013", 2, 8, "fields are expected here, each as 'name: value'")]),
        ("rules: [QP402]\n", [("QP013", 2, 8, "fields are expected here, each as 'name: value'")]),
        ("rules:\n  QP999: off\n", [("QP012", 3, 3, "unknown code '{code}'")]),
        ("rules:\n  QP4: off\n", [("QP012", 3, 3, "unknown code '{code}'")]),
        ("rules:\n  yaml-syntax: off\n", [("QP013", 3, 3, "'{code}' always is an error")]),
        ("rules:\n  QP004: error\n", [("QP013", 3, 3, "'{code}' always is an error")]),
        (
            "rules:\n  QP402: off\n  no-lead: off\n",
            [("QP013", 4, 3, "'{code}' stands here twice, by its code and by its name")],
        ),
        ("rules:\n  no-led: off # qmsplan: ignore[QP912] x\n", [("QP012", 3, 3, ""), ("QP911", 3, 15, "")]),
        ("plans: p # qmsplan: ignore[QP402] x\n", [("QP912", 2, 10, "")]),
        ("plans: Phòng #2 # qmsplan: ignore[QP009] x\n", []),
    ],
)
def test_faults_of_the_settings(text: str, expected: list[tuple[str, int, int, str]]) -> None:
    found = faults(text)
    assert [one[:3] for one in found] == [one[:3] for one in expected]
    assert all(wanted[3] in {"", got[3]} for got, wanted in zip(found, expected, strict=True))


def test_many_faults_of_the_settings_are_all_told() -> None:
    text = "rules:\n" + "".join(f"  no-{number}: off\n" for number in range(20_000))
    assert len(faults(text)) == 20_000


def test_faulty_rules_are_left_out_and_the_others_hold() -> None:
    found = told(settings(QP999="off", QP004="off", no_lead="off"))
    assert set(CODES) - set(found) == {"QP402"}


@each_row(
    ("typed", "codes"),
    [("QP10", ["QP101"]), ("qp2", ["QP201"]), ("QP", ["QP001"]), ("QP99", []), ("QP101", []), ("", []), ("Q", [])],
)
def test_the_start_of_codes(typed: str, codes: list[str]) -> None:
    assert list(codes_starting(typed)[:1]) == codes
    if codes:
        assert spelling(typed) == Message("name each code in full, such as {code}", code=codes[0])


def test_the_spelling_of_anything_is_answered() -> None:
    assert spelling("no-lead?").values == (("name", "no-lead"),)
    assert spelling("x" * 10_000).values == ()
