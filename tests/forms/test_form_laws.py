"""A law of forms: what fits the cells of a form is in the files once it was read, and reading it again adds nothing."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from form_workspace import FORM, MINE, export, fill, make_agency, read
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qmsplan.cli.app import run
from qmsplan.forms.reading import FormCell, settled
from qmsplan.forms.values import CellKind, settled_number, shown_answer
from qmsplan.load.document import read_file
from qmsplan.model.progress import Progress

TYLE, LOP = "readings|KH-2026|TYLE", "readings|KH-2026|LOP"
V1, V2 = "completions|KH-2026|V1", "completions|KH-2026|V2|0|2026-Q4"
CAUSE = "corrective_actions|KH-2026|TYLE|0|2026-Q4"

STARTS = (
    "=1+1",
    "- gạch: đầu",
    "# ghi chú",
    "@a",
    "+84",
    "{a: b}",
    "[x]",
    "'",
    '"',
    "|",
    "> gập",
    "a: b #c",
    "!!x",
    "*y",
)
ODD = st.sampled_from(STARTS)
LETTERS = st.text(st.characters(whitelist_categories=("Lu", "Ll", "Nd", "Po", "Zs"), max_codepoint=0x1EF9), max_size=30)
WORDS = st.builds(lambda start, rest: f"{start}{rest}", ODD, LETTERS)
DAYS = st.dates(date(2026, 1, 1), date(2026, 11, 27))


def ways(count: int) -> st.SearchStrategy[Any]:
    """A count as a number, as digits, and with a sign between thousands."""
    return st.sampled_from(
        [count, float(count), str(count), f"{count:,}", f"{count:,}".replace(",", "."), f" {count} "]
    )


def day_ways(day: date) -> st.SearchStrategy[Any]:
    return st.sampled_from([f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", day.isoformat(), day])


@st.composite
def clerks(draw: st.DrawFn) -> tuple[dict[tuple[str, str], Any], dict[str, Any]]:
    """What a clerk types, and what it means."""
    den = draw(st.integers(1, 5000))
    num, value, day = draw(st.integers(0, den)), draw(st.integers(1200, 9999)), draw(DAYS)
    proof, cause = draw(WORDS), draw(WORDS)
    typed = {
        (TYLE, "num"): draw(ways(num)),
        (TYLE, "den"): draw(ways(den)),
        (TYLE, "evidence"): proof,
        (LOP, "value"): str(value),
        (V1, "done"): draw(day_ways(day)),
        (V1, "evidence"): proof,
        (CAUSE, "cause"): cause,
        (CAUSE, "action"): cause,
    }
    return typed, {"num": num, "den": den, "value": value, "day": day, "proof": proof, "cause": cause}


def status(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The rows of `qmsplan status`, by their items."""
    capsys.readouterr()
    run(["status", "2026-Q4", "--all", "--format", "json"])
    return {row["item"]: row for row in json.loads(capsys.readouterr().out)["rows"]}


def line(text: str) -> tuple[str, ...]:
    return (text.strip(),) if text.strip() else ()


@pytest.fixture
def agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_agency(tmp_path / "ws", monkeypatch)
    export()
    shutil.copy(FORM, "blank.xlsx")
    return tmp_path / "ws"


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(clerks())
@pytest.mark.usefixtures("agency")
def test_what_a_clerk_types_is_in_the_files_once(
    capsys: pytest.CaptureFixture[str], clerk: tuple[dict[tuple[str, str], Any], dict[str, Any]]
) -> None:
    typed, meant = clerk
    shutil.rmtree("plans/progress", ignore_errors=True)
    fill(typed, "blank.xlsx", FORM)
    code, (form,) = read(capsys)
    assert (code, len(form["entries"])) == (0, 4), form
    kept = read_file(Path(MINE), MINE).value
    assert isinstance(kept, Progress)
    share, amount = kept.readings
    assert (share.numerator, share.denominator, amount.value) == (meant["num"], meant["den"], meant["value"])
    assert share.evidence == line(meant["proof"])
    assert kept.completions[0].done == meant["day"]
    assert kept.corrective_actions[0].cause == line(meant["cause"])
    assert run(["validate", MINE]) == 0
    shown = status(capsys)
    (measured,) = shown["TYLE"]["measurements"]
    assert (measured["numerator"], measured["denominator"]) == (meant["num"], meant["den"])
    assert shown["LOP"]["measurements"][0]["value"] == str(meant["value"])
    assert {line["done"] for line in shown["V1"]["lines"]} == {meant["day"].isoformat()}
    before = Path(MINE).read_bytes()
    assert read(capsys)[1][0]["unchanged"] == 4
    assert Path(MINE).read_bytes() == before


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_the_day_stands_before_the_month(day: date) -> None:
    for text in (f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"ngày {day:%d/%m/%Y}", f"{day:%d - %m - %Y}"):
        assert settled(FormCell("A1", text), CellKind.DAY) == day.isoformat()


@given(st.integers(-(10**12), 10**12), st.integers(0, 9), st.sampled_from(["vi", "en"]), st.sampled_from([True, False]))
def test_a_value_is_shown_as_it_can_be_typed(digits: int, places: int, language: str, percent: object) -> None:
    value = settled_number(Decimal(digits).scaleb(-places))
    shown = shown_answer(value, CellKind.MEASURED, language, sign="%" if percent else "")
    assert settled(FormCell("A1", shown), CellKind.MEASURED) == value


def test_three_decimals_of_a_number_are_no_thousands() -> None:
    assert settled(FormCell("A1", 98.765), CellKind.MEASURED) == "98.765"
    assert shown_answer("98.765", CellKind.MEASURED, "vi", sign="%") == "98,7650%"
    assert settled(FormCell("A1", 0.3, '0.0"%"'), CellKind.MEASURED) == "0.3"  # Excel shows 0.3%
    assert settled(FormCell("A1", 126 / 130, "0.00%"), CellKind.MEASURED) == "96.923076923"
