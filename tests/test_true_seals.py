"""What stands under a seal is what was signed: printed text, issuer's name, template, the line of an annex; and nothing
silences that a signed plan was changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from qmsplan.cli.app import run
from qmsplan.documents.template import built_in

SETTINGS = """\
kind: workspace
units:
  - {code: SO, name: Sở Tư pháp}
  - {code: TT, name: Trung tâm Trợ giúp pháp lý, parent: SO}
  - {code: NV, name: Phòng Nghiệp vụ, parent: TT}
"""
PLAN = """\
kind: plan
id: KH
template: work-plan
period: 2026
head:
  issuer: TT
  type: Kế hoạch
  title: Thực hiện mục tiêu chất lượng năm 2026
  symbol: KH-TT
  place: Cà Mau
sections:
  - number: I
    title: NỘI DUNG
    text: Các phòng thực hiện theo Phụ lục kèm theo.
    tasks:
      - id: V1
        number: "1."
        text: Tập huấn 02 lớp cho cán bộ
        lead: {unit: NV, scope: tổ chức}
        deadline: Quý III năm 2026
        deliverables: Báo cáo kết quả
closing: Các phòng thực hiện Kế hoạch này./.
recipients: ["- Sở Tư pháp (B/c);", "- Lưu: VT."]
signatory: {position: GIÁM ĐỐC, name: Hoàng Thị Bích}
annexes:
  - title: DANH MỤC
    tasks: [{id: V2, number: "1.", text: Rà soát hồ sơ, lead: Phòng Nghiệp vụ, deadline: Quý IV năm 2026,
             deliverables: Danh mục}]
"""
SIGN = ["sign", "KH", "--number", "51/KH-TT", "--date", "2026-02-09"]
FILE = Path("plans/kh.yaml")


@pytest.fixture
def signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "qmsplan.yaml").write_text(SETTINGS, "utf-8")
    (tmp_path / FILE).write_text(PLAN, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(SIGN) == 0
    return tmp_path


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    def call(*names: str, code: int) -> dict[str, Any]:
        capsys.readouterr()
        assert run(["--lang", "en", "verify", "--format", "json", *names]) == code
        return dict(json.loads(capsys.readouterr().out))

    return call


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def printed(code: int = 0) -> str:
    """The words of the rendered document."""
    assert run(["render", "KH"]) == code
    document = docx.Document("build/KH.docx")
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    return text.replace("\u2011", "-").replace("\u00a0", " ")


def test_the_line_of_the_annex_is_made_from_the_signoff(signed: Path) -> None:
    whose = "của Trung tâm Trợ giúp pháp lý)"
    assert f"(Kèm theo Kế hoạch số 51/KH-TT ngày 09 tháng 02 năm 2026 {whose}" in printed()
    assert run(["amend", "KH", "--reason", "Đổi thời hạn"]) == 0
    assert f"(Kèm theo Kế hoạch số      /KH-TT ngày      tháng      năm 2026 {whose}" in printed()
    assert run(["sign", "KH", "--number", "60/KH-TT", "--date", "2026-03-16"]) == 0
    text = printed()
    assert f"(Kèm theo Kế hoạch số 60/KH-TT ngày 16 tháng 3 năm 2026 {whose}" in text
    assert "Kế hoạch này thay thế Kế hoạch số 51/KH-TT ngày 09/02/2026 của Trung tâm Trợ giúp pháp lý" in text


def test_a_typed_line_of_the_annex_does_not_keep_the_former_number(signed: Path) -> None:
    typed = "(Kèm theo Kế hoạch số 51/KH-TT ngày 09 tháng 02 năm 2026 của Trung tâm Trợ giúp pháp lý)"
    assert run(["amend", "KH", "--reason", "Đổi thời hạn"]) == 0
    change(FILE, "  - title: DANH MỤC\n", f"  - title: DANH MỤC\n    info: {typed}\n")
    assert typed not in printed()
    assert run(["sign", "KH", "--number", "60/KH-TT", "--date", "2026-03-16"]) == 0
    text = printed()
    assert typed not in text
    assert "(Kèm theo Kế hoạch số 60/KH-TT ngày 16 tháng 3 năm 2026 của Trung tâm Trợ giúp pháp lý)" in text


def test_an_amendment_in_part(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "amend", "KH", "--reason", "Đổi thời hạn", "--partly"]) == 0
    run(["--lang", "en", "validate", "--select", "QP803"])
    told = "".join(capsys.readouterr())
    assert "which amends 51/KH-TT in part" in told
    assert "what amends the plan in part is not signed yet" in told
    assert "sửa đổi, bổ sung một số nội dung của Kế hoạch số 51/KH-TT ngày 09/02/2026" in printed()


def test_names_of_the_day_of_signing_stay(signed: Path, ask: Callable[..., dict[str, Any]]) -> None:
    before = printed()
    change(signed / "qmsplan.yaml", "name: Trung tâm Trợ giúp pháp lý", "name: Trung tâm Hỗ trợ pháp lý")
    change(signed / "qmsplan.yaml", "name: Phòng Nghiệp vụ", "name: Phòng Chuyên môn")
    assert printed() == before
    assert ask("KH", code=0)["changes"] == []
    change(FILE, "issuer: Trung tâm Trợ giúp pháp lý", "issuer: Trung tâm khác")
    assert ask("KH", code=1)["changes"] == ["'signoff.issuer' is not what was signed"]


def test_a_template_put_over_the_one_signed_with(signed: Path, ask: Callable[..., dict[str, Any]]) -> None:
    folder = signed / "templates" / "work-plan"
    folder.mkdir(parents=True)
    (folder / "body.xml.j2").write_text("<para>Giảm còn 80%</para>", "utf-8")
    told = "the template 'work-plan' is not the one that the plan was signed with"
    assert ask("KH", code=1)["changes"] == [told]
    assert run(["validate"]) == 1
    assert run(["render", "KH"]) == 1


def test_a_template_of_ones_own(signed: Path, ask: Callable[..., dict[str, Any]]) -> None:
    folder = signed / "templates" / "mau-rieng"
    folder.mkdir(parents=True)
    body = folder / "body.xml.j2"
    paras = b"<para>{{ plan.number }}</para>\n<para>{{ plan.head.title }}</para>\n"
    body.write_bytes(b"<document>\n<section>\n" + paras + b"</section>\n</document>\n")
    FILE.write_text(PLAN.replace("template: work-plan", "template: mau-rieng"), "utf-8")
    assert run(SIGN) == 0
    body.write_bytes(body.read_bytes().replace(b"\n", b"\r\n"))  # as git may check it out
    assert ask("KH", code=0)["proved"] is True
    body.write_bytes(b"<para>80%</para>")
    assert ask("KH", code=1)["proved"] is False


def letterhead(words: str) -> None:
    """A base document with some words at the foot of the pages."""
    document = docx.Document(str(built_in() / "base.docx"))
    document.sections[0].footer.paragraphs[0].text = words
    Path("templates").mkdir(exist_ok=True)
    document.save("templates/base.docx")


def test_a_letterhead_is_sealed_and_the_looks_of_the_base_document_are_not(
    signed: Path, ask: Callable[..., dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    letterhead("")
    assert ask("KH", code=0)["proved"] is True
    letterhead("Chỉ tiêu giảm còn 80%")
    told = "the letterhead of base.docx is not the one that the plan was signed with"
    assert ask("KH", code=1)["changes"] == [told]
    assert "DỰ THẢO" in printed(1)
    FILE.write_text(PLAN, "utf-8")
    letterhead("Địa chỉ: 21 Nguyễn Tất Thành")
    assert run(SIGN) == 0
    assert "51/KH-TT" in printed()
    assert ask("build/KH.docx", code=0)["differences"] == []
    document = docx.Document("templates/base.docx")
    document.styles["Normal"].paragraph_format.line_spacing = 1.2
    document.save("templates/base.docx")
    assert ask("KH", code=0)["proved"] is True
    letterhead("Địa chỉ khác")
    assert ask("KH", code=1)["changes"] == [told]
    assert run(["--lang", "en", "verify", "KH"]) == 1
    assert "the plan says what was signed, but it is printed otherwise" in capsys.readouterr().out


def test_a_signoff_typed_by_hand_is_printed_as_a_draft(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    FILE.write_text(PLAN + "signoff: {number: 51/KH-TT, date: 2026-02-09}\n", "utf-8")
    text = printed()
    assert "QP805" in capsys.readouterr().err
    assert "DỰ THẢO" in text
    assert "51/KH-TT" not in text


@pytest.mark.parametrize("command", [["status"], ["report", "2026-Q3"], ["export", "csv"]], ids=lambda one: one[0])
def test_a_broken_seal_is_told_where_its_figures_are(
    command: list[str], signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["--lang", "en", *command])
    assert "not as they were signed" not in capsys.readouterr().err
    change(FILE, "Tập huấn 02 lớp", "Tập huấn 01 lớp")
    run(["--lang", "en", *command])
    assert "not as they were signed: KH\n" in capsys.readouterr().err


def test_a_type_in_capitals_is_not_shouted_in_the_line_of_the_annex(signed: Path) -> None:
    FILE.write_text(PLAN.replace("type: Kế hoạch", "type: KẾ HOẠCH"), "utf-8")
    assert "(Kèm theo Kế hoạch số" in printed()


def test_a_changed_plan_is_printed_as_a_draft(signed: Path, ask: Callable[..., dict[str, Any]]) -> None:
    assert "51/KH-TT" in printed()
    (signed / "signed.docx").write_bytes((signed / "build" / "KH.docx").read_bytes())
    change(FILE, "Tập huấn 02 lớp", "Tập huấn 01 lớp")
    text = printed(1)
    assert "DỰ THẢO" in text
    assert "51/KH-TT" not in text
    assert "ngày 09" not in text
    assert ask("build/KH.docx", code=1)["proved"] is False
    seen = ask("signed.docx", code=1)
    assert seen["changes"] == ["'text' of 'V1' is not what was signed"]
    assert [one["field"] for one in seen["differences"]] == ["text"]
    change(signed / "plans" / "kh.yaml", "Tập huấn 01 lớp", "Tập huấn 02 lớp")
    assert ask("signed.docx", code=0)["proved"] is True


@pytest.mark.parametrize("weight", ["off", "note", "warning"])
def test_no_setting_silences_it(signed: Path, weight: str, codes_told: Callable[..., set[str]]) -> None:
    (signed / "qmsplan.yaml").write_text(f"{SETTINGS}rules: {{QP802: {weight}}}\n", "utf-8")
    assert run(["validate"]) == 1  # the setting itself
    change(FILE, "Tập huấn 02 lớp", "Tập huấn 01 lớp")
    (signed / "qmsplan.yaml").write_text(f"{SETTINGS}rules: {{QP801: {weight}}}\n", "utf-8")
    assert codes_told() >= {"QP801"}


@pytest.fixture
def codes_told(capsys: pytest.CaptureFixture[str]) -> Callable[..., set[str]]:
    def call(*options: str, code: int = 1) -> set[str]:
        capsys.readouterr()
        assert run(["validate", "--format", "json", *options]) == code
        return {one["code"] for one in json.loads(capsys.readouterr().out)["diagnostics"]}

    return call


def test_no_comment_option_or_baseline_silences_it(signed: Path, codes_told: Callable[..., set[str]]) -> None:
    change(FILE, "Tập huấn 02 lớp cho cán bộ", "Tập huấn 01 lớp  # qmsplan: ignore[QP801] đã thống nhất")
    assert codes_told() >= {"QP801"}
    assert codes_told("--select", "QP2") >= {"QP801"}
    assert run(["validate", "--ignore", "QP801"]) == 2
    assert codes_told("--ignore", "QP8,QP008,QP009") >= {"QP801"}
    assert run(["validate", "--baseline", "known.json", "--write-baseline"]) == 1
    assert codes_told("--baseline", "known.json") >= {"QP801"}


def test_bookkeeping_may_be_added_later(signed: Path, ask: Callable[..., dict[str, Any]]) -> None:
    change(FILE, "period: 2026\n", "period: 2026\nstandard: iso9001-2015\npolicy: Chính sách chất lượng số 1\n")
    change(FILE, "        deadline: Quý III", "        weight: 2\n        clauses: 7.2\n        deadline: Quý III")
    assert ask("KH", code=0)["proved"] is True


NOT_ISSUED = {
    "place": ("  place: Cà Mau\n", ""),
    "place of the starter": ("  place: Cà Mau\n", "  place: Địa danh\n"),
    "recipients": ('recipients: ["- Sở Tư pháp (B/c);", "- Lưu: VT."]\n', ""),
    "issuer": ("  issuer: TT\n", ""),
    "issuer of no register": ("  issuer: TT\n", "  issuer: TTX\n"),
    "text": (PLAN[PLAN.index("sections:") : PLAN.index("recipients:")], ""),
    "authority": ("  issuer: TT\n", "  issuer_text: Ủy ban nhân dân tỉnh Cà Mau\n"),
}


@pytest.mark.parametrize("lacking", NOT_ISSUED)
def test_what_can_not_be_issued_is_not_signed(lacking: str, signed: Path) -> None:
    (signed / "qmsplan.yaml").write_text(
        f"{SETTINGS}rules: {{QP626: off, QP627: off, QP628: off, QP629: off, QP625: off}}\n", "utf-8"
    )
    old, new = NOT_ISSUED[lacking]
    assert old in PLAN
    FILE.write_text(PLAN.replace(old, new), "utf-8")
    assert run(SIGN) != 0
    assert "signoff" not in FILE.read_text("utf-8")


@pytest.mark.parametrize("options", [["--date", "2016-01-05"], ["--date", "0001-01-01"], ["--signer", "A\nB"]])
def test_odd_days_and_line_ends_are_refused(options: list[str], signed: Path) -> None:
    FILE.write_text(PLAN.replace(", name: Hoàng Thị Bích", ""), "utf-8")
    assert run(["sign", "KH", "--number", "51/KH-TT", "--date", "2026-02-09", "--signer", "A", *options]) == 2
    assert "signoff" not in FILE.read_text("utf-8")


def test_what_validate_tells_of_a_plan_that_lacks_much(signed: Path, codes_told: Callable[..., set[str]]) -> None:
    """The faults that were once planted, and sealed without a word."""
    text = PLAN
    for old, new in {
        "  place: Cà Mau\n": "",
        "theo Phụ lục kèm theo": "theo phân công",
        "title: Thực hiện mục tiêu chất lượng năm 2026": "title: THỰC HIỆN MỤC TIÊU CHẤT LƯỢNG",
        "title: NỘI DUNG": "title: Nội dung",
        "sections:": "basis: |\n  Căn cứ Luật Trợ giúp pháp lý số 11/2017/QH14;\n"
        "  Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ.\nsections:",
        "name: Hoàng Thị Bích": "name: TS. Hoàng Thị Bích",
        "  issuer: TT\n": "  issuer_text: Ủy ban nhân dân tỉnh Cà Mau\n",
        "Kế hoạch này./.": "Kế hoạch này.",
        '"- Sở Tư pháp (B/c);", "- Lưu: VT."': '"- Sở Tư pháp (B/c)", "- Lưu VT"',
        "lead: Phòng Nghiệp vụ": "lead: Ủy ban nhân dân cấp huyện",
    }.items():
        assert old in text
        text = text.replace(old, new)
    FILE.write_text(text, "utf-8")
    wanted = {f"QP6{number}" for number in (26, 29, 16, 17, 18, 19, 20, 21, 22, 23, 24)}
    assert codes_told("--select", "QP6", code=0) >= wanted
