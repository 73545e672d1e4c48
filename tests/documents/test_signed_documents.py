"""What the Word file of a plan says of its signing: number and date or DỰ THẢO, what it replaces, its origin."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from document_support import REGISTER, SAMPLES, loaded, names, part, plan_with, rendered, texts, written
from docx import Document
from openxml_audit import OpenXmlValidator

from office import converted
from qmsplan import __version__
from qmsplan.documents.plan_view import LAYOUT, view_of
from qmsplan.model.plan import Earlier, Head, Item, Plan, Section, Signatory, Signoff
from qmsplan.model.settings import Settings, Unit
from qmsplan.phrases.people import Register
from qmsplan.seal import digest
from rows import each_row
from values import replace

CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
BEFORE = Earlier(number="51/KH-TGPL", date=date(2026, 2, 9), reason=("Sai sót",))
SIGNOFF = Signoff(number="60/KH-TGPL", date=date(2026, 3, 16), signer="Hoàng Thị Bích", position=("GIÁM ĐỐC",))
SENTENCE = "Kế hoạch này thay thế Kế hoạch số 51/KH-TGPL ngày 09/02/2026 của Trung tâm Trợ giúp pháp lý nhà nước"
AMENDED = plan_with(
    template="objectives-table",
    earlier=(BEFORE,),
    signoff=SIGNOFF,
    objectives=(Item(id="M1", text=("Mục tiêu",), measures=("Làm",)),),
    closing=("Các phòng thực hiện./.",),
)


def properties(content: bytes) -> dict[str, str]:
    """The file's own properties."""
    return {entry.get("name", ""): "".join(entry.itertext()) for entry in part(content, "docProps/custom.xml")}


def test_the_file_says_what_it_was_made_from() -> None:
    assert properties(rendered(AMENDED)) == {
        "qmsplan-plan": "P-1",
        "qmsplan-revision": "2",
        "qmsplan-digest": digest(AMENDED),
        "qmsplan-version": __version__,
        "qmsplan-layout": str(LAYOUT),
    }


def test_a_draft_has_the_digest_of_what_it_says() -> None:
    draft = replace(AMENDED, signoff=None)
    assert properties(rendered(draft))["qmsplan-digest"] == digest(draft) != digest(AMENDED)


def test_properties_are_numbered_from_two() -> None:
    entries = list(part(rendered(AMENDED), "docProps/custom.xml"))
    assert [entry.get("pid") for entry in entries] == ["2", "3", "4", "5", "6"]


def test_a_file_without_a_plan_has_no_properties() -> None:
    assert "docProps/custom.xml" not in names(written("<para>a</para>"))
    assert "rId4" not in {relation.get("Id") for relation in part(written("<para>a</para>"), "_rels/.rels")}


@pytest.mark.parametrize(
    "plan", [AMENDED, replace(AMENDED, signoff=None), plan_with()], ids=["signed", "open", "first"]
)
def test_the_validator_finds_nothing(plan: Plan, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(rendered(plan))
    assert OpenXmlValidator().validate(tmp_path / "a.docx").errors == []
    assert Document(str(tmp_path / "a.docx")).core_properties.title == "Kế hoạch Về việc thử"


def test_the_properties_survive_libreoffice(tmp_path: Path) -> None:
    content = rendered(AMENDED)
    (tmp_path / "a.docx").write_bytes(content)
    converted([tmp_path / "a.docx"], "docx:MS Word 2007 XML", tmp_path / "saved")
    saved = (tmp_path / "saved" / "a.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(saved)) as package:
        root = ET.fromstring(package.read("docProps/custom.xml"))
    found = {entry.get("name", ""): "".join(entry.itertext()) for entry in root.iter(f"{CUSTOM}property")}
    assert found.items() >= properties(content).items()
    assert f"{SENTENCE}." in texts(saved)


def test_signed_it_shows_number_day_and_signer() -> None:
    shown = texts(rendered(AMENDED))
    assert "Số: 60/KH-TGPL" in shown
    assert any("ngày 16 tháng 3 năm 2026" in text for text in shown)
    assert {"GIÁM ĐỐC", "Hoàng Thị Bích"} <= set(shown), "the plan names no signatory"
    assert "DỰ THẢO" not in shown


def test_agencies_print_as_they_were_called_when_it_was_signed() -> None:
    plan = replace(AMENDED, signoff=replace(SIGNOFF, issuer="Trung tâm Cũ", parent="Sở Cũ"))
    head = view_of(plan, REGISTER)["head"]
    assert (head["issuer"], head["parent"]) == ("Trung tâm Cũ", "Sở Cũ")


def test_open_again_it_is_a_draft_with_blanks() -> None:
    shown = texts(rendered(replace(AMENDED, signoff=None)))
    assert "DỰ THẢO" in shown
    assert not any("60/KH" in text for text in shown)
    assert "Hoàng Thị Bích" not in shown
    assert f"{SENTENCE}." in shown


def test_who_the_plan_names_is_printed_before_who_signed() -> None:
    plan = replace(AMENDED, signatory=Signatory(position=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), name="Lê Văn Cường"))
    assert view_of(plan, REGISTER)["signatory"]["name"] == "Lê Văn Cường"
    unnamed = replace(AMENDED, signatory=Signatory(position=("PHÓ GIÁM ĐỐC",)))
    seen = view_of(unnamed, REGISTER)["signatory"]
    assert (seen["position"], seen["name"]) == ("PHÓ GIÁM ĐỐC", "Hoàng Thị Bích")


@pytest.mark.parametrize("name", SAMPLES)
def test_every_template_names_what_the_document_replaces(name: str) -> None:
    plan = replace(loaded(SAMPLES[name]), earlier=(BEFORE,), form=False)
    (sentence,) = (text for text in texts(rendered(plan)) if "thay thế" in text)
    assert f"số {BEFORE.number} ngày 09/02/2026" in sentence


@pytest.mark.parametrize("name", SAMPLES)
def test_the_end_mark_stands_once_and_at_the_end(name: str) -> None:
    plan = replace(loaded(SAMPLES[name]), earlier=(BEFORE,), form=False, annexes=())
    marks = [text for text in texts(rendered(plan)) if text.endswith("./.")]
    assert len(marks) <= 1
    closing = plan.closing[-1] if plan.closing else ""
    assert closing.endswith("./.") == bool(marks and marks[0] == closing)
    assert bool(marks) or (closing and not closing.endswith("./."))


def seen(**fields: object) -> str:
    found: str = view_of(plan_with(earlier=(BEFORE,), **fields), REGISTER)["replaces"]  # type: ignore[arg-type]
    return found


def test_the_sentence() -> None:
    assert seen() == f"{SENTENCE}./."
    assert seen(closing=("Hết./.",)) == f"{SENTENCE}."
    assert view_of(plan_with(), REGISTER)["replaces"] == ""


def test_the_sentence_of_other_kinds_and_issuers() -> None:
    head = Head(type="MỤC TIÊU CHẤT LƯỢNG", issuer_text=("Sở *A*",))
    assert seen(head=head).startswith("Mục tiêu chất lượng này thay thế Mục tiêu chất lượng số 51/KH-TGPL")
    assert seen(head=head).endswith("của Sở *A*./.")
    assert seen(head=Head(type="Kế hoạch")).endswith("ngày 09/02/2026./.")


def test_the_agencies_of_a_joint_plan_are_named_apart() -> None:
    head = Head(type="Kế hoạch", title="T", issuer_text=("SỞ TƯ PHÁP", "CÔNG AN TỈNH"))
    plan = replace(AMENDED, head=head, cosigners=(Signatory(position=("GIÁM ĐỐC",)),))
    assert " của Sở Tư pháp và CÔNG AN TỈNH" in view_of(plan, REGISTER)["replaces"]
    assert " của SỞ TƯ PHÁP CÔNG AN TỈNH" in view_of(plan, REGISTER, layout=2)["replaces"]


def test_a_name_on_two_lines_is_that_of_one_agency() -> None:
    """Though two sign for it."""
    register = Register.of(Settings(kind="workspace", units=(Unit(code="BQL", name="Ban Quản lý Khu công nghiệp"),)))
    head = Head(type="Kế hoạch", title="T", issuer_text=("BAN QUẢN LÝ", "KHU CÔNG NGHIỆP"))
    plan = replace(AMENDED, head=head, cosigners=(Signatory(position=("CHỦ TỊCH CÔNG ĐOÀN",)),))
    assert " của Ban Quản lý Khu công nghiệp" in view_of(plan, register)["replaces"]


def test_only_the_last_of_the_earlier_ones_is_replaced() -> None:
    plan = plan_with(earlier=(BEFORE, replace(BEFORE, number="60/KH-TGPL", date=date(2026, 5, 4))))
    told = view_of(plan, REGISTER)
    assert "60/KH-TGPL ngày 04/5/2026" in told["replaces"]
    assert "51/KH-TGPL" not in told["replaces"]
    assert told["revision"] == 3


@each_row("field", ["preamble", "closing"])
def test_a_plan_that_says_so_itself_is_left_to_it(field: str) -> None:
    assert seen(**{field: ("Kế hoạch này thay thế Kế hoạch số 51/KH-TGPL ngày 09/02/2026.",)}) == ""


def test_the_last_text_gives_its_end_mark_to_the_sentence() -> None:
    inner = Section(title=("B",), text=("Một./.", "Hai./."))
    view = view_of(plan_with(earlier=(BEFORE,), sections=(Section(title=("A",), sections=(inner,)),)), REGISTER)
    assert view["sections"][0]["sections"][0]["text"] == "Một./.\nHai."
    alone = view_of(plan_with(sections=(inner,)), REGISTER)
    assert alone["sections"][0]["text"] == "Một./.\nHai./."
    closed = view_of(plan_with(earlier=(BEFORE,), sections=(inner,), closing=("x",)), REGISTER)
    assert closed["sections"][0]["text"] == "Một./.\nHai./."
