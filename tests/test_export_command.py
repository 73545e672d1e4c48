"""`qmsplan export`: where files go, that they are the same each time, and that other programs read them."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import vobject
from openpyxl import load_workbook

from fixed_clock import DAY as TODAY
from qmsplan.check import workers
from qmsplan.cli import write
from qmsplan.cli.app import run
from qmsplan.diagnostics import Translator
from qmsplan.load.files import File
from qmsplan.load.workspace import read_workspace
from qmsplan.model.settings import Settings
from qmsplan.output.tables import columns_of
from qmsplan.phrases.item_tree import outline
from qmsplan.progress.plan import plan_progress
from qmsplan.progress.tables import TABLES

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "exports.md").read_text("utf-8").partition("## Years and provinces")[0]
SQL = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
AS_OF = date(2026, 11, 21)
DAY = ("--as-of", str(AS_OF))
FORMS = ("ics", "csv", "json", "ndjson", "xlsx")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The four plans of one agency of this repository, with their records."""
    shutil.copy(ROOT / "qmsplan.yaml", tmp_path)
    shutil.copytree(ROOT / "plans" / "tgpl", tmp_path / "plans" / "tgpl")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def exported(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with what they export in every form, which is made once."""
    kept = tmp_path_factory.getbasetemp() / "all-forms"
    if not kept.exists():
        with redirect_stdout(io.StringIO()):
            everything(workspace)
        shutil.copytree(workspace / "build", kept)
    shutil.copytree(kept, workspace / "build", dirs_exist_ok=True)
    return workspace


@pytest.fixture
def all_plans(workspace: Path) -> Path:
    """A copy of all of this repository's plans."""
    shutil.copytree(ROOT / "plans", workspace / "plans", dirs_exist_ok=True)
    return workspace


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def everything(folder: Path) -> dict[str, bytes]:
    for form in FORMS:
        assert run(["export", form, *DAY]) == 0
    return files_in(folder / "build")


def test_files_stand_in_the_output_folder_and_are_named(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = everything(workspace)
    one = {f"export/qmsplan.{form}" for form in ("ics", "json", "xlsx")}
    many = {f"export/{form}/{table}.{form}" for form in ("csv", "ndjson") for table in TABLES}
    assert set(found) == one | many
    out, err = capsys.readouterr()
    assert {f"build/{name}" for name in found} == set(out.split())
    assert err == ""


def test_the_same_plans_give_the_same_bytes(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = everything(workspace)
    monkeypatch.setenv("TZ", "America/New_York")
    for number, path in enumerate(sorted((workspace / "plans").rglob("*.yaml"))):
        path.rename(path.with_name(f"{100 - number}-{path.name}"))  # another order of files
    assert everything(workspace) == first
    monkeypatch.setattr(workers, "WORTH_TWO", 1)
    monkeypatch.setattr(workers, "AHEAD", 1)
    assert everything(workspace) == first, "two processes write the same"


@pytest.mark.parametrize("form", FORMS)
def test_a_write_that_fails_leaves_the_former_export(
    form: str, exported: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = files_in(exported / "build")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write.os, "fsync", full)
    assert run(["export", form, "--as-of", "2026-06-01"]) == 2
    assert "No space left" in capsys.readouterr().err
    assert files_in(exported / "build") == first


@pytest.mark.parametrize("form", FORMS)
def test_an_unknown_plan_stops_before_anything_is_written(
    form: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", "en", "export", form, "--plan", "TGPL-KHMT-2026", "--plan", "NO", *DAY]) == 2
    err = capsys.readouterr().err
    assert "no plan has the id 'NO'" in err
    assert "TGPL-KHDT-2026" in err
    assert not (workspace / "build").exists() or files_in(workspace / "build") == {}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["pdf"], "ics, csv, json, ndjson, xlsx, parquet"),
        (["csv", "--alarm-days", "3"], "--alarm-days does not fit csv"),
        (["json", "--open-only"], "--open-only does not fit json"),
        (["xlsx", "--raw"], "--raw does not fit xlsx"),
        (["ics", "--table", "items"], "--table does not fit ics"),
        (["csv", "--table", "item"], "there is no table 'item'"),
        (["csv", "-o", "-"], "only one table"),
        (["ndjson", "-o", "-", "--table", "items", "--table", "units"], "only one table"),
        (["csv", "-o", "qmsplan.yaml"], "never written to a YAML file"),
        (["json", "-o", "plans/tgpl/TGPL-KHMT-2026.yaml"], "never written to a YAML file"),
        (["csv", "-o", "README"], "is no folder"),
        (["json", "-o", "plans"], "is a link or no regular file"),
        (["ics", "--as-of", "31/2/2026"], "there is no such day"),
        (["ics", "--unit", "Phòng Nghiệp v"], "did you mean 'Phòng Nghiệp vụ'?"),
        (["ics", "--alarm-days", "-1"], "--alarm-days"),
        (["csv", "--plan", "NO"], "no plan has the id 'NO'"),
    ],
)
def test_wrong_use(arguments: list[str], told: str, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "README").write_text("x", "utf-8")
    before = files_in(workspace)
    assert run(["--lang", "en", "export", *arguments]) == 2
    assert told in capsys.readouterr().err
    assert files_in(workspace) == before


def test_files_with_errors_are_left_out_and_told(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "plans" / "tgpl" / "TGPL-KHDT-2026.yaml").write_text("kind: plan\nid: TGPL-KHDT-2026\n", "utf-8")
    assert run(["--lang", "en", "export", "csv", "--table", "plans", "-o", "-", *DAY]) == 2
    out, err = capsys.readouterr()
    assert "TGPL-KHMT-2026" in out
    assert "TGPL-KHDT-2026" not in out
    assert "files with errors were left out: plans/tgpl/TGPL-KHDT-2026.yaml" in err
    assert run(["export", "csv", "--plan", "TGPL-KHDT-2026", *DAY]) == 2
    assert "no plan" not in capsys.readouterr().err


@pytest.mark.usefixtures("workspace")
def test_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "csv", "--table", "units", "-o", "-"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    unit = {"unit_id": "NV", "name": "Phòng Nghiệp vụ", "parent_id": "TGPL", "until": "", "succeeded_by": ""}
    assert unit in rows
    assert run(["export", "json", "--table", "units", "-o", "-", *DAY]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["version"], found["as_of"], list(found["tables"])) == (1, "2026-11-21", ["units"])
    assert run(["export", "ics", "-o", "-", *DAY]) == 0
    assert capsys.readouterr().out.startswith("BEGIN:VCALENDAR\r\n")


def test_a_workbook_goes_to_a_pipe(workspace: Path) -> None:
    command = [sys.executable, "-m", "qmsplan", "export", "xlsx", "-o", "-", *DAY]
    done = subprocess.run(command, cwd=workspace, capture_output=True, check=True)
    assert run(["export", "xlsx", *DAY]) == 0
    assert done.stdout == (workspace / "build" / "export" / "qmsplan.xlsx").read_bytes()


def test_today_is_the_day_if_none_is_given(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = (workspace / "qmsplan.yaml").read_text("utf-8").replace("Asia/Ho_Chi_Minh", "UTC")
    (workspace / "qmsplan.yaml").write_text(settings, "utf-8")
    assert run(["export", "json", "-o", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["as_of"] == f"{TODAY:%Y-%m-%d}"


def tables_of_json() -> dict[str, list[dict[str, Any]]]:
    text = Path("build/export/qmsplan.json").read_text("utf-8")
    found: dict[str, list[dict[str, Any]]] = json.loads(text, parse_float=Decimal)["tables"]
    return found


def test_all_formats_hold_the_same_rows(all_plans: Path) -> None:
    file = all_plans / "plans/tgpl/progress/with-unit.yaml"  # a value typed with its unit is a number all the same
    file.write_text("""kind: progress
plan: TGPL-KHMT-2026
readings: [{item: MT01, period: 2026-07, value: 98 phần trăm, recorded: 2026-08-02}]
""", "utf-8")  # fmt: skip
    for form in FORMS[1:]:
        assert run(["export", form, *DAY, *(["--raw"] if form == "csv" else [])]) == 0
    book = load_workbook("build/export/qmsplan.xlsx", read_only=True)
    for table, rows in tables_of_json().items():
        columns = columns_of(table)
        lines = Path(f"build/export/ndjson/{table}.ndjson").read_text("utf-8").splitlines()
        assert [json.loads(line, parse_float=Decimal) for line in lines] == rows
        with Path(f"build/export/csv/{table}.csv").open(encoding="utf-8", newline="") as file:
            head, *told = csv.reader(file)
        assert head == [column.name for column in columns]
        assert told == [[_in_csv(row[column.name]) for column in columns] for row in rows]
        head, *cells = book[table].iter_rows(values_only=True)
        assert list(head) == [column.name for column in columns]
        assert [[_of_cell(value) for value in row] for row in cells] == [
            [_of_json(row[column.name], column.type) for column in columns] for row in rows
        ]


def _in_csv(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _of_cell(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value


def _of_json(value: Any, kind: str) -> object:
    if value is None or kind in {"text", "boolean"}:
        return value
    return date.fromisoformat(value) if kind == "date" else float(value)


def test_there_is_a_row_for_each_occurrence_and_a_day_of_the_calendar_for_each_due_day(all_plans: Path) -> None:
    assert run(["export", "json", *DAY]) == 0
    files = [File(path, path.name) for path in (all_plans / "plans").rglob("*.yaml")]
    found = read_workspace(all_plans, Settings(kind="workspace"), files)
    expected = {}
    for named, records in found.plans():
        progress = plan_progress(named.plan, outline(named.plan), [record.progress for record in records], AS_OF)
        if not named.plan.form:
            expected[named.plan.id] = sum(len(item.occurrences) for item in progress.items)
    rows = tables_of_json()["occurrences"]
    assert {name: sum(row["plan_id"] == name for row in rows) for name in expected} == expected
    assert sum(expected.values()) == len(rows) > 500
    found = events(*DAY)
    due = [row for row in rows if row["due"]]
    assert {name: event.dtstart.value.isoformat() for name, event in found.items()} == {
        f"{row['plan_id']}/{row['item_id']}/{row['occurrence']}@qmsplan": row["due"] for row in due
    }
    assert len(found) == len(due) > 100


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_the_queries_of_the_documentation_run(form: str) -> None:
    assert run(["export", form, *DAY, *(["--raw"] if form == "csv" else [])]) == 0
    views, *queries = SQL
    views = re.sub(
        r"read_csv\('build/export/csv/(\w+)\.csv'\)", rf"read_{_reader(form)}('build/export/{form}/\1.{form}')", views
    )
    attained, overdue, cases = _asked(views, queries)
    assert ("NV", "2026-Q3") in {row[:2] for row in attained}
    assert [row for row in attained if row[0] == "LD" and row[1].startswith("2026")] == [
        ("LD", "2026-Q1", 3, 100.0),
        ("LD", "2026-Q2", 3, 100.0),
        ("LD", "2026-Q3", 3, 66.7),
    ]
    late = {row[0]: row[2:] for row in overdue}
    assert late["NV"] == (1, 235, date(2026, 3, 31))
    assert [row[0] for row in overdue] == ["HCTH", "NV", "BCD-ISO"]
    assert ("TGPL-KHMT-2026", "MT02", 1, 2026, 465, 465, 100.0) in cases


def _reader(form: str) -> str:
    return "csv" if form == "csv" else "json"


def _asked(views: str, queries: list[str]) -> list[list[tuple[Any, ...]]]:
    with duckdb.connect() as connection:
        connection.execute(views)
        return [connection.execute(query).fetchall() for query in queries]


@pytest.mark.usefixtures("exported")
@pytest.mark.parametrize("form", ["csv", "ndjson"])
def test_duckdb_sees_the_documented_types(form: str) -> None:
    kinds = {
        "text": {"VARCHAR"},
        "integer": {"BIGINT"},
        "number": {"DOUBLE", "BIGINT"},
        "date": {"DATE"},
        "boolean": {"BOOLEAN"},
    }
    with duckdb.connect() as connection:
        for table in ("items", "occurrences", "measurements", "readings", "completions"):
            query = f"DESCRIBE FROM read_{_reader(form)}('build/export/{form}/{table}.{form}')"
            seen = {name: kind for name, kind, *_ in connection.execute(query).fetchall()}
            for column in columns_of(table):
                empty = {"VARCHAR", "JSON", '"NULL"'} if column.is_optional else set()
                assert seen[column.name] in kinds[column.type] | empty, (table, column.name)


@pytest.mark.usefixtures("exported")
def test_duckdb_reads_the_single_file() -> None:
    query = "SELECT unnest(tables.occurrences, recursive := true) FROM read_json('build/export/qmsplan.json')"
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT count(*) FROM ({query}) WHERE state = 'overdue'").fetchone()
    assert rows == (sum(row["state"] == "overdue" for row in tables_of_json()["occurrences"]),)


def events(*arguments: str) -> dict[str, Any]:
    assert run(["export", "ics", "-o", "x.ics", *arguments]) == 0
    found = vobject.readOne(Path("x.ics").read_bytes().decode())
    return {event.uid.value: event for event in getattr(found, "vevent_list", [])}


@pytest.mark.usefixtures("all_plans")
def test_a_calendar_of_a_unit_has_what_it_and_those_below_it_do() -> None:
    all_of_them, of_nv, of_tgpl = (
        events(*DAY),
        events(*DAY, "--unit", "Phòng Nghiệp vụ"),
        events(*DAY, "--unit", "TGPL"),
    )
    assert set(of_nv) < set(of_tgpl) < set(all_of_them)
    assert run(["export", "ics", *DAY, "--unit", "nghiệp vụ"]) == 0
    calendar = vobject.readOne(Path("build/export/qmsplan-NV.ics").read_bytes().decode())
    assert calendar.contents["x-wr-calname"][0].value == "Thời hạn theo kế hoạch: Phòng Nghiệp vụ"


def test_a_moved_day_keeps_the_name(workspace: Path) -> None:
    name = "TGPL-KHDT-2026/NV5/once@qmsplan"
    before = events(*DAY)[name].dtstart.value
    plan = workspace / "plans" / "tgpl" / "TGPL-KHDT-2026.yaml"
    text = plan.read_text("utf-8")
    assert text.count("deadline: Quý III") >= 1
    plan.write_text(text.replace("deadline: Quý III", "deadline: Quý IV"), "utf-8")
    assert events(*DAY)[name].dtstart.value > before


@pytest.mark.usefixtures("workspace")
def test_open_only_and_alarm_days() -> None:
    everything, left = events(*DAY), events(*DAY, "--open-only", "--alarm-days", "3")
    done = set(everything) - set(left)
    assert done == {name for name, event in everything.items() if "valarm" not in event.contents} != set()
    assert {event.valarm.trigger.value.days for event in left.values()} == {-3}
    assert {event.valarm.trigger.value.days for name, event in everything.items() if name not in done} == {-7}


TEXTS = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "- Xây dựng",
    " =1+1",
    "a;=1",
    "'=1",
    '=HYPERLINK("http://x")',
    "##[error] x",
    "::set-env::",
]
HEAD = "kind: plan\nid: KH\ntemplate: work-plan\nperiod: 2026\nhead:\n  type: KẾ HOẠCH\ntasks:\n"


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of one plan whose texts are made to be run by others."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\n", "utf-8")
    items = (f"  - {{id: T{n}, text: {json.dumps(text)}, deadline: Quý I năm 2026}}\n" for n, text in enumerate(TEXTS))
    (tmp_path / "plans" / "kh.yaml").write_text(HEAD + "".join(items), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("hostile")
def test_texts_made_to_be_run_are_run_by_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    for form in FORMS:
        assert run(["export", form, *DAY]) == 0
    told = [row["text"] for row in tables_of_json()["items"]]
    assert told == [text.strip() for text in TEXTS]
    with Path("build/export/csv/items.csv").open(encoding="utf-8", newline="") as file:
        cells = [row["text"] for row in csv.DictReader(file)]
    assert [cell for cell in cells if cell.startswith(tuple("=+-@"))] == []
    assert cells != told
    book = load_workbook("build/export/qmsplan.xlsx")
    column = [cell.value for cell in book["items"][1]].index("text")
    found = [row[column] for row in book["items"].iter_rows(min_row=2)]
    assert [(cell.value, cell.data_type) for cell in found] == [(text, "s") for text in told]
    events = vobject.readOne(Path("build/export/qmsplan.ics").read_bytes().decode()).vevent_list
    assert [event.summary.value for event in events] == [f"Quá hạn: {text}" for text in told]
    capsys.readouterr()
    assert run(["export", "json", "-o", "-", *DAY]) == 0
    assert "##[" not in capsys.readouterr().out


@pytest.mark.usefixtures("workspace")
def test_a_workbook_is_not_shown_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(["--lang", "en", "export", "xlsx", "-o", "-"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "can't be shown on a terminal" in err


@pytest.mark.usefixtures("workspace")
def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = [sys.executable, "-m", "qmsplan", "export", "json", "-o", "-", *DAY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()  # before anything is written: a small export fits into the pipe at once
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_plans_are_read_one_after_another(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than one plan is held at a time: a province needs no more memory than its largest plan."""
    from qmsplan.cli import export, in_force

    order: list[str] = []
    read, make = in_force.gather, export.plan_tables
    monkeypatch.setattr(in_force, "gather", lambda *given: order.append("read") or read(*given))
    monkeypatch.setattr(export, "plan_tables", lambda *given: order.append("made") or make(*given))
    assert run(["export", "json", *DAY]) == 0
    plans = len([path for path in (workspace / "plans").rglob("*.yaml") if path.read_text("utf-8").count("kind: plan")])
    assert order == ["read", "made"] * plans


@pytest.mark.usefixtures("all_plans")
@pytest.mark.parametrize(("language", "name", "head"), [("vi", "Tình hình", "Nội dung"), ("en", "Status", "Content")])
def test_the_first_sheet_is_the_status(language: str, name: str, head: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", language, "export", "xlsx", *DAY]) == 0
    capsys.readouterr()
    assert run(["--lang", language, "status", "--format", "json", *DAY]) == 0
    told = json.loads(capsys.readouterr().out)
    book = load_workbook("build/export/qmsplan.xlsx")
    assert book.sheetnames == [name, *TABLES, "columns"]
    title, _, heads, *lines = book[name].iter_rows(values_only=True)
    assert "2026" in str(title[0])
    assert heads[2] == head
    assert book[name].print_options.gridLines, "printed, the words of two columns run together without lines"
    expected = [
        (row["plan"], row["item"], row["text"]) for row in told["rows"] for _ in (row["measurements"] or row["lines"])
    ]
    assert [line[:3] for line in lines] == expected
    assert ("Quý IV năm 2026" if language == "vi" else "2026-Q4") in {line[4] for line in lines}
    (note,) = [rule for rule in book["items"].data_validations.dataValidation if "A1" in rule.sqref]
    assert note.prompt == Translator(language)(columns_of("items")[0].meaning)
    assert run(["export", "xlsx", "--table", "items", *DAY]) == 0
    assert load_workbook("build/export/qmsplan.xlsx").sheetnames == ["items", "columns"]
