"""`qmsplan export parquet`: folders by agency and year, their types, and the queries of docs/exports.md over years."""

from __future__ import annotations

import io
import re
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from goldens import forget
from qmsplan.cli import export
from qmsplan.cli.app import run
from qmsplan.output.tables import columns_of
from qmsplan.progress.tables import TABLES

ROOT = Path(__file__).parents[1]
DAY = ("--as-of", "2027-02-01")
SETTINGS = "kind: workspace\nlanguage: en\nunits: [{code: A, name: Sở A}, {code: B, name: Sở B}]\n"
PLAN = """kind: plan
id: {agency}-{year}
template: work-plan
period: {year}
head: {{type: Kế hoạch, issuer: {agency}}}
objectives:
  - {{id: M1, text: a, target: "≥98%", frequency: quarter, deadline: Hàng quý, lead: {agency}, budget: 12}}
tasks:
  - {{id: T1, text: b, deadline: Quý I năm {year}, lead: {agency}}}
"""
RECORD = """kind: progress
plan: {agency}-{year}
readings:
  - {{item: M1, period: {year}-Q1, numerator: {cases}, denominator: 100, recorded: {year}-04-02, evidence: BC}}
  - {{item: M1, period: {year}-Q2, numerator: {cases}, denominator: 100, recorded: {year}-07-02, evidence: BC}}
  - {{item: M1, period: {year}-Q3, numerator: {cases}, denominator: 100, recorded: {year}-10-02, evidence: BC}}
  - {{item: M1, period: {year}-Q4, numerator: {cases}, denominator: 100, recorded: {year}-12-31, evidence: BC}}
completions: [{{item: T1, done: {year}-{done}, evidence: BC}}]
corrective_actions:
  - {{item: M1, period: {year}-Q1, cause: c, action: d, due: {year}-05-01, done: {year}-04-12, recorded: {year}-04-02}}
"""
YEARS = {
    ("A", 2024): (99, "03-01"),
    ("A", 2025): (97, "04-10"),
    ("A", 2026): (95, "03-01"),
    ("B", 2025): (90, "03-01"),
    ("B", 2026): (99, "03-31"),
}


def pages() -> dict[str, list[str]]:
    """The queries of the page in both languages."""
    found = {}
    for name, head in (("exports.md", "## Years"), ("exports.vi.md", "## Nhiều năm")):
        text = (ROOT / "docs" / name).read_text("utf-8").partition(head)[2]
        found[name] = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    return found


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two agencies over three years."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "qmsplan.yaml").write_text(SETTINGS, "utf-8")
    for (agency, year), (cases, done) in YEARS.items():
        words = {"agency": agency, "year": year, "cases": cases, "done": done}
        (tmp_path / "plans" / f"{agency}-{year}.yaml").write_text(PLAN.format(**words), "utf-8")
        (tmp_path / "plans" / f"{agency}-{year}-progress.yaml").write_text(RECORD.format(**words), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def exported(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same workspace with all its tables written, which is done once."""
    kept = tmp_path_factory.getbasetemp() / "exported"
    if not kept.exists():
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            assert run(["export", "parquet", *DAY]) == 0
        shutil.copytree(workspace / "build", kept)
    shutil.copytree(kept, workspace / "build", dirs_exist_ok=True)
    return workspace


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def asked(*queries: str) -> list[list[tuple[Any, ...]]]:
    with duckdb.connect() as connection:
        return [connection.execute(query).fetchall() for query in queries]


def test_a_folder_for_each_table_agency_and_year(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "parquet", *DAY]) == 0
    assert capsys.readouterr().out == "build/export/parquet\n"
    found = files_in(workspace / "build" / "export" / "parquet")
    assert "units/data.parquet" in found
    plans = {name for name in found if name.startswith("plans/")}
    assert plans == {f"plans/agency={agency}/year={year}/data_0.parquet" for agency, year in YEARS}
    assert not any(name.startswith(("links/", "events/")) for name in found)
    assert run(["export", "parquet", *DAY]) == 0
    assert files_in(workspace / "build" / "export" / "parquet") == found


def test_a_former_table_comes_back_if_the_new_one_cannot_take_its_place(
    exported: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = exported / "build" / "export" / "parquet"
    before, rename = files_in(place), Path.rename

    def refused(self: Path, target: Path) -> Path:
        if target == place / "items" and self.name == "items":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refused)
    capsys.readouterr()
    assert run(["export", "parquet", *DAY]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert files_in(place) == before


def test_a_disk_that_refuses_the_engine_is_told_as_such(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write = export.write_parquet
    monkeypatch.setattr(export, "write_parquet", lambda part, folder: write(part, folder / "no" / "folder"))
    assert run(["--lang", "en", "export", "parquet", *DAY]) == 2
    told = capsys.readouterr().err
    assert "'build/export/parquet' can't be written: " in told
    assert "No such file or directory\n" in told
    assert files_in(workspace / "build") == {}
    forget()  # the engine's own words are others in another release


@pytest.mark.parametrize("tables", [(), ("--table", "units")])
def test_a_table_that_a_killed_export_had_put_aside_comes_back(
    tables: tuple[str, ...], exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = exported / "build" / "export" / "parquet"
    before = files_in(place)
    (left := place / ".x7.qmstmp").mkdir()  # as it lies there after a kill between the two renames
    (place / "items").rename(left / "items.old")
    capsys.readouterr()
    assert run(["--lang", "en", "export", "parquet", *DAY, *tables]) == 0
    assert "the table that it had put aside is back: build/export/parquet/items\n" in capsys.readouterr().err
    assert files_in(place) == before
    assert not left.exists()


@pytest.mark.usefixtures("exported")
def test_the_five_queries_over_years() -> None:
    views, *queries = pages()["exports.md"]
    assert pages()["exports.vi.md"] == [views, *queries]
    assert len(queries) == 5
    attained, missed, indicator, late, actions = _over(views, queries)
    assert attained == [
        ("A", 2024, 1, 100.0),
        ("A", 2025, 1, 0.0),
        ("A", 2026, 1, 0.0),
        ("B", 2025, 1, 0.0),
        ("B", 2026, 1, 100.0),
    ]
    assert missed == [("A", "M1", 1, 2, 2025, 2026)]
    assert indicator == [
        ("A", "M1", 1, 2024, 99.0, None),
        ("A", "M1", 1, 2025, 97.0, -2.0),
        ("A", "M1", 1, 2026, 95.0, -2.0),
        ("B", "M1", 1, 2025, 90.0, None),
        ("B", "M1", 1, 2026, 99.0, 9.0),
    ]
    assert ("A", 2025, 5, 1, 10) in late
    assert actions == [(agency, year, 1, 0, 10.0) for agency, year in YEARS]


def _over(views: str, queries: list[str]) -> list[Any]:
    with duckdb.connect() as connection:
        connection.execute(views)
        return [connection.execute(query).fetchall() for query in queries]


@pytest.mark.usefixtures("exported")
def test_columns_have_the_documented_types() -> None:
    kinds = {"text": "VARCHAR", "integer": "BIGINT", "number": "DECIMAL(27,9)", "date": "DATE", "boolean": "BOOLEAN"}
    for table in set(TABLES) - {"links", "events", "people"}:
        query = f"DESCRIBE FROM read_parquet('build/export/parquet/{table}/**/*.parquet', hive_partitioning = true)"
        seen = {name: kind for name, kind, *_ in asked(query)[0]}
        parted = {} if table == "units" else {"agency": "VARCHAR", "year": "BIGINT"}
        assert seen == {column.name: kinds[column.type] for column in columns_of(table)} | parted
    query = (
        "SELECT value, recorded, numerator FROM read_parquet('build/export/parquet/measurements/agency=A/year=2026/*')"
    )
    assert (Decimal(95), date(2026, 4, 2), 95) in asked(query)[0]


@pytest.mark.usefixtures("exported")
def test_the_same_rows_as_csv() -> None:
    assert run(["export", "csv", "--raw", *DAY]) == 0
    for table in ("items", "occurrences", "measurements", "responsibilities"):
        names = ", ".join(column.name for column in columns_of(table) if column.type == "text")
        ours = f"SELECT {names} FROM read_parquet('build/export/parquet/{table}/**/*.parquet') ORDER BY ALL"
        theirs = f"SELECT {names} FROM read_csv('build/export/csv/{table}.csv', all_varchar = true) ORDER BY ALL"
        one, other = asked(ours, theirs)
        assert one == other


def test_an_issuer_makes_no_path(workspace: Path) -> None:
    plan = PLAN.format(agency="A", year=2026).replace("issuer: A", 'issuer: "../../x=\'%2e; DROP/../y"')
    (workspace / "plans" / "A-2026.yaml").write_text(plan, "utf-8")
    before = {path for path in workspace.rglob("*") if path.is_file()}
    assert run(["export", "parquet", *DAY]) == 0
    new = {path for path in workspace.rglob("*") if path.is_file()} - before
    assert all(path.is_relative_to(workspace / "build" / "export" / "parquet") for path in new)
    assert not (workspace / "build" / "x=").exists()
    query = (
        "SELECT DISTINCT agency FROM read_parquet('build/export/parquet/plans/**/*.parquet', hive_partitioning = true)"
    )
    assert ("../../x='%2e; DROP/../y",) in asked(query)[0]


def test_only_parquet_files_are_replaced(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = workspace / "out" / "items" / "mine.txt"
    own.parent.mkdir(parents=True)
    own.write_text("mine", "utf-8")
    assert run(["export", "parquet", "-o", "out", *DAY]) == 2
    assert "out/items/mine.txt" in capsys.readouterr().err
    assert files_in(workspace / "out") == {"items/mine.txt": b"mine"}
    assert run(["export", "parquet", "-o", "out", "--table", "units", *DAY]) == 0
    assert set(files_in(workspace / "out")) == {"items/mine.txt", "units/data.parquet"}


@pytest.mark.usefixtures("workspace")
def test_what_can_not_be(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["export", "parquet", "-o", "-"]) == 2
    assert "--output" in capsys.readouterr().err
    assert run(["export", "parquet", "--plan", "NO", *DAY]) == 2
    assert "no plan has the id 'NO'" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert run(["export", "parquet", *DAY]) == 2
    assert "qmsplan[parquet]" in capsys.readouterr().err
