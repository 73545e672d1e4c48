"""Which revision of a plan commands judge by, what reports call it, and that nothing is said in silence of a plan that
is not the signed one."""

from __future__ import annotations

import io
import shutil
import subprocess
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest

from git_repositories import Made
from qmsplan.cli.app import run
from qmsplan.git import blob_id

if TYPE_CHECKING:
    from collections.abc import Callable

SETTINGS = """\
kind: workspace
units:
  - {code: SO, name: Sở Nông nghiệp}
  - {code: CC, name: Chi cục Thủy lợi, parent: SO}
  - {code: TT, name: Trạm Thủy nông, parent: CC, email: tt@example.vn}
"""
PLAN = """\
kind: plan
id: KH
template: work-plan
standard: iso9001-2015
period: 2026
head: {issuer: CC, type: Kế hoạch, title: Thực hiện mục tiêu năm 2026, symbol: KH-CC, place: Cà Mau}
preamble: Chi cục ban hành Kế hoạch như sau.
objectives:
  - id: M3
    number: "1."
    text: Xử lý sự cố kênh
    target: không quá 48 giờ
    frequency: hằng quý
    lead: Trạm Thủy nông
    deadline: Trong năm 2026
    deliverables: Biên bản
closing: Các trạm thực hiện Kế hoạch này./.
recipients: ["- Sở Nông nghiệp (b/c);", "- Lưu: VT."]
signatory: {position: CHI CỤC TRƯỞNG, name: Đỗ Văn Kha}
"""
READINGS = """\
kind: progress
plan: KH
unit: TT
readings:
  - {item: M3, period: 2026-Q1, value: "47,5", recorded: 2026-04-03}
"""
FILE = Path("plans/kh.yaml")


@pytest.fixture
def amended(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan with 48 hours signed on 12 January, amended to 36 hours on 15 July; both commits are there."""
    kept = tmp_path_factory.getbasetemp() / "amended"
    if not kept.exists():
        kept.mkdir()
        monkeypatch.chdir(kept)
        with redirect_stdout(io.StringIO()):
            _amend(Made(kept))
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _amend(made: Made) -> None:
    Path("plans").mkdir()
    Path("qmsplan.yaml").write_text(SETTINGS, "utf-8")
    FILE.write_text(PLAN, "utf-8")
    Path("plans/tt.yaml").write_text(READINGS, "utf-8")
    assert run(["sign", "KH", "--number", "15/KH-CC", "--date", "2026-01-12"]) == 0
    made.commit("Ký")
    assert run(["amend", "KH", "--reason", "Rút ngắn thời gian"]) == 0
    change("không quá 48 giờ", "không quá 36 giờ")
    assert run(["sign", "KH", "--number", "41/KH-CC", "--date", "2026-07-15"]) == 0
    made.commit("Ký lại")


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[str, str]]:
    """What a command prints, and what it says beside."""

    def call(*names: str) -> tuple[str, str]:
        capsys.readouterr()
        run(["--lang", "en", *names])
        found = capsys.readouterr()
        return found.out, found.err

    return call


def change(old: str, new: str) -> None:
    text = FILE.read_text("utf-8")
    assert old in text
    FILE.write_text(text.replace(old, new), "utf-8")


WRITTEN = ("Tình hình chung", "Kết quả đạt được", "Tồn tại, hạn chế", "Nguyên nhân", "Đề xuất, kiến nghị")


def write_texts() -> None:
    """All that a report leaves to people: without it every report is a draft."""
    Path("plans/reports").mkdir()
    text = "\n\n".join(f"# {heading}\nKhông có." for heading in WRITTEN)
    Path("plans/reports/BC-CC-2026-Q1.md").write_text(text, "utf-8")


def report() -> str:
    document = docx.Document("build/reports/BC-CC-2026-Q1.docx")
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).replace("\u2011", "-")


@pytest.mark.usefixtures("amended")
def test_a_day_is_judged_by_the_revision_that_was_in_force(said: Callable[..., tuple[str, str]]) -> None:
    out, told = said("status", "2026-Q1", "--as-of", "2026-07-14")
    assert "attained" in out
    assert "not attained" not in out
    assert told == "qmsplan: judged by the revision in force on 2026-07-14: KH (15/KH-CC)\n"
    out, told = said("status", "2026-Q1", "--as-of", "2026-07-15")
    assert "47.5 giờ / không quá 36 giờ" in out
    assert told == "qmsplan: amended after this period, and judged by the text of today: KH (41/KH-CC)\n"
    assert said("status", "2026-Q3", "--as-of", "2026-07-15")[1] == ""
    told = said("status", "2026-Q1", "--as-of", "2026-01-11")[1]  # nothing was in force
    assert told == "qmsplan: judged by the first revision, signed after 2026-01-11: KH (15/KH-CC)\n"


@pytest.mark.usefixtures("amended")
def test_a_report_names_the_revision_that_was_in_force(said: Callable[..., tuple[str, str]]) -> None:
    write_texts()
    said("report", "2026-Q1", "--as-of", "2026-04-15")
    text = report()
    assert "15/KH-CC" in text
    assert "41/KH-CC" not in text
    assert "DỰ THẢO" not in text
    assert "không quá 48 giờ" in text
    assert "Chưa đạt" not in text
    said("report", "2026-Q1", "--as-of", "2026-01-11")  # nothing was signed yet
    assert "Kế hoạch thực hiện mục tiêu năm 2026" in report()


def test_a_clone_of_the_last_commits_says_how_to_get_the_others(
    amended: Path, said: Callable[..., tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "clone", "--quiet", "--depth=1", f"file://{amended}", str(tmp_path / "clone")], check=True)
    monkeypatch.chdir(tmp_path / "clone")
    told = said("status", "2026-Q1", "--as-of", "2026-04-15")[1]
    assert "not by the revision in force on 2026-04-15: KH (15/KH-CC)" in told
    assert "git fetch --unshallow" in told


def test_a_revision_that_is_not_in_git_is_told(amended: Path, said: Callable[..., tuple[str, str]]) -> None:
    write_texts()
    (amended / ".git").rename(amended / "gone")
    told = said("report", "2026-Q1", "--as-of", "2026-04-15")[1]
    assert "judged by the text of today, not by the revision in force on 2026-04-15: KH (15/KH-CC)" in told
    text = report()
    assert "15/KH-CC" in text
    assert "41/KH-CC" not in text
    assert "DỰ THẢO" in text


@pytest.mark.usefixtures("amended")
def test_an_amendment_counts_once_it_is_signed(said: Callable[..., tuple[str, str]]) -> None:
    assert run(["amend", "KH", "--reason", "Thử"]) == 0
    change("không quá 36 giờ", "không quá 96 giờ")
    out, told = said("status", "2026-Q1", "--as-of", "2026-08-01")
    assert "không quá 36 giờ" in out
    assert told == "qmsplan: judged by the revision in force on 2026-08-01: KH (41/KH-CC)\n"


COMMANDS = (
    "status --as-of 2026-08-01",
    "report 2026-Q3 --as-of 2026-08-01",
    "dashboard --as-of 2026-08-01",
    "remind --as-of 2026-08-01",
    "audit KH --as-of 2026-08-01",
    "export csv --as-of 2026-08-01",
    "form export --all-units",
    "record M3 --period 2026-Q2 --value 30 --unit TT --recorded 2026-08-01 --dry-run",
)


@pytest.mark.usefixtures("amended")
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_of_a_plan_changed_by_hand(command: str, said: Callable[..., tuple[str, str]]) -> None:
    assert "not as they were signed" not in said(*command.split())[1]
    change("không quá 36 giờ", "không quá 96 giờ")
    assert (
        "qmsplan: not as they were signed: KH\n  hint: see what was changed: qmsplan verify KH"
        in (said(*command.split())[1])
    )


@pytest.mark.usefixtures("amended")
def test_what_is_made_of_a_plan_changed_by_hand_says_so(said: Callable[..., tuple[str, str]]) -> None:
    change("không quá 36 giờ", "không quá 96 giờ")
    write_texts()
    said("dashboard", "--as-of", "2026-08-01")
    assert ">Not as they were signed: KH<" in Path("build/dashboard.html").read_text("utf-8")
    said("report", "2026-Q1", "--as-of", "2026-07-20")
    text = report()
    assert "41/KH-CC" not in text
    assert "DỰ THẢO" in text


@pytest.mark.usefixtures("amended")
def test_an_audit_of_an_earlier_day_judges_like_the_status_of_that_day(said: Callable[..., tuple[str, str]]) -> None:
    """47,5 hours are within the 48 of January, and not within the 36 of July."""
    out, told = said("audit", "KH", "--as-of", "2026-04-15")
    assert told == "qmsplan: judged by the revision in force on 2026-04-15: KH (15/KH-CC)\n"
    assert ("48" in out, "36" in out) == (True, False)


@pytest.mark.usefixtures("amended")
def test_a_form_asks_by_the_revision_in_force(said: Callable[..., tuple[str, str]]) -> None:
    """An amendment that is not signed yet asks for nothing."""
    assert run(["amend", "KH", "--reason", "Thử"]) == 0
    change("không quá 36 giờ", "không quá 24 giờ")
    assert "judged by the revision in force on" in said("form", "export", "--unit", "TT")[1]


@pytest.mark.usefixtures("amended")
def test_what_is_recorded_is_judged_as_status_judges_it(said: Callable[..., tuple[str, str]]) -> None:
    """40 hours are within the 96 of the draft, but the 36 of July count until it is signed."""
    assert run(["amend", "KH", "--reason", "Thử"]) == 0
    change("không quá 36 giờ", "không quá 96 giờ")
    asked = ("record", "M3", "--period", "2026-Q2", "--value", "40", "--unit", "TT", "--recorded", "2026-08-01")
    out, told = said(*asked)
    assert "40 giờ, missed" in out
    assert "judged by the revision in force on" in told
    assert said(*asked, "--note", "Đo lại", "--replace", "--quiet") == ("", "")


@pytest.mark.usefixtures("amended")
@pytest.mark.parametrize("plan", ["KH/", ""])
def test_items_are_offered_as_the_revision_in_force_has_them(plan: str, said: Callable[..., tuple[str, str]]) -> None:
    """What the draft adds can't be recorded yet, what it leaves out can."""
    assert run(["amend", "KH", "--reason", "Thử"]) == 0
    change("id: M3", "id: NEW")
    told = said("record", f"{plan}zz", "--period", "2026-Q2", "--value", "40")[1]
    assert "M3" in told
    assert "NEW" not in told


@pytest.mark.usefixtures("amended")
def test_validate_holds_records_against_the_revision_in_force(said: Callable[..., tuple[str, str]]) -> None:
    """47,5 hours in quarter I miss the 36 of July, whatever the draft allows; an item that the draft renames is there
    until it is signed, for `record`, `validate` and `status` alike."""
    assert run(["amend", "KH", "--reason", "Thử"]) == 0
    change("không quá 36 giờ", "không quá 96 giờ")
    record = ("record", "M3", "--period", "2026-Q3", "--value", "40", "--unit", "TT", "--recorded", "2026-10-05")
    assert "40 giờ, missed" in said(*record)[0]
    assert "'M3' missed its target in 2026-Q1" in said("validate")[0]
    change("id: M3", "id: M4")
    assert "recorded: M3" in said("record", "M3", "--period", "2026-Q2", "--value", "30", "--unit", "TT")[0]
    told = said("record", "M4", "--period", "2026-Q4", "--value", "30", "--unit", "TT")[1]
    assert "'M4' is new in the amendment" in told
    out = said("validate")[0]
    assert "no item" not in out.replace("the amendment has no item M3, of which something is recorded", "")
    assert "the amendment has no item M3" in out
    assert "'M3' missed its target in 2026-Q3" in out
    records = Path("plans/tt.yaml")
    typed = '  - {item: M4, period: 2026-Q4, value: "30", recorded: 2026-10-06}'
    records.write_text(records.read_text("utf-8").replace("readings:\n", f"readings:\n{typed}\n"), "utf-8")
    assert "error[QP104]: 'M4' is new in the amendment, which is not signed yet" in said("validate")[0]


@pytest.mark.usefixtures("amended")
def test_an_item_that_an_amendment_cancels_keeps_its_records(said: Callable[..., tuple[str, str]]) -> None:
    """They count before the amendment; from then on the figures say that they are without them, and it is no error."""
    assert run(["amend", "KH", "--reason", "Bỏ M3"]) == 0
    change("id: M3", "id: X9")
    assert run(["sign", "KH", "--number", "50/KH-CC", "--date", "2026-10-01"]) == 0
    out, _ = said("validate")
    assert "note[QP347]: 50/KH-CC no longer has 'M3'; what is recorded of it counts before 2026-10-01 only" in out
    assert "QP104" not in out
    out, told = said("status", "2026", "--as-of", "2026-12-01", "--items")
    assert "M3" not in out
    assert "which these figures are without: KH (M3)" in told
    out, told = said("status", "2026", "--as-of", "2026-09-30", "--items")
    assert "M3" in out
    assert "without" not in told
    file = Path("plans/tt.yaml")
    file.write_text(file.read_text("utf-8").replace("recorded: 2026-04-03", "recorded: 2026-10-03"), "utf-8")
    assert "error[QP104]" in said("validate")[0]


@pytest.mark.usefixtures("amended")
def test_a_form_is_read_by_the_revision_that_it_was_written_by(said: Callable[..., tuple[str, str]]) -> None:
    assert run(["amend", "KH", "--reason", "Thử"]) == 0
    change("id: M3", "id: M4")
    assert "TT-2026-Q3.xlsx" in said("form", "export", "--unit", "TT", "--period", "2026-Q3", "-o", ".")[0]
    book = openpyxl.load_workbook("TT-2026-Q3.xlsx")
    sheet = book.worksheets[0]
    value = next(cell.column for cell in sheet[1] if cell.value == "value")
    row = next(cell.row for cell in sheet["A"] if str(cell.value).startswith("readings|KH|M3|1|2026-Q3"))
    sheet.cell(row, value).value = 30
    book.save("TT-2026-Q3.xlsx")
    assert "M3" in said("form", "read", "TT-2026-Q3.xlsx")[0]
    assert "period: 2026-Q3" in Path("plans/tt.yaml").read_text("utf-8")


def test_a_clone_that_is_not_whole_hinders_no_record(amended: Path, said: Callable[..., tuple[str, str]]) -> None:
    name = blob_id(FILE.read_bytes(), "0" * 40)
    assert run(["amend", "KH", "--reason", "Thử"]) == 0
    (amended / ".git/objects" / name[:2] / name[2:]).unlink()
    out, told = said("record", "M3", "--period", "2026-Q2", "--value", "40", "--unit", "TT", "--recorded", "2026-08-01")
    assert "recorded: M3" in out
    assert "judged by the text of today, not by the revision in force on" in told
