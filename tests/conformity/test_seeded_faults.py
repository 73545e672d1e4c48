"""One fault a paper: told, told alone, mended, and no word changed."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import docx
import kinds
import papers
import placed
import pytest
import seeded
from clerk_seeds import CLERK_SEEDS
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from kinds import KINDS
from openxml_audit import OpenXmlValidator
from placed import PLACED
from seeded import Seed

from goldens import tell_findings
from qmsplan.check.catalogue import entries
from qmsplan.cli.app import run
from qmsplan.conformity.check import CONFORMITY_RULES, PaperCheck, check_paper, diagnostics_of, mend_paper
from qmsplan.conformity.letter_rules import wrong_weekdays
from qmsplan.conformity.pieces import AGENCY, folded
from qmsplan.documents.profile import load_profile
from qmsplan.word.package import open_word
from qmsplan.word.reader import read_paragraphs
from rows import each_row

PROFILE = load_profile("nd30-2020")
SEEDS = (*seeded.SEEDS, *CLERK_SEEDS)
ROOT = Path(__file__).parents[2]


@cache
def faultless(base: str) -> bytes:
    return papers.saved(getattr(papers, base)())


@cache
def made(seed: Seed) -> bytes:
    document = docx.Document(io.BytesIO(faultless(seed.base)))
    seed.do(document)
    return papers.saved(document)


def codes(content: bytes) -> list[str]:
    return [one.code for one in check_paper(content, PROFILE).found]


@cache
def judged(path: Path) -> PaperCheck:
    """A document of ours, read and judged once."""
    return check_paper(path.read_bytes(), PROFILE)


def words(content: bytes) -> list[str]:
    """The text without what '--fix' may change: places of tone marks, kinds of dashes, zeros before figures."""
    read = read_paragraphs(open_word(content))
    texts = (folded(one.seen) for one in (*read.paragraphs, *read.notes))
    return [re.sub(r"\b0(?=\d\b)", "", text.replace("–", "-")).replace(" ", "") for text in texts]


@pytest.mark.parametrize("base", ["letter", "decision", "plan", "regulation"])
def test_a_faultless_paper_has_no_findings(base: str) -> None:
    assert codes(faultless(base)) == []


@pytest.mark.parametrize(
    ("issuer", "told"),
    [
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", True),
        ("SỞ Y TẾ", True),
        ("CHI CỤC QUẢN LÝ THỊ TRƯỜNG", True),
        ("VIỆN KIỂM SÁT NHÂN DÂN", True),
        ("TRƯỜNG CHÍNH TRỊ", False),
        ("TRUNG TÂM Y TẾ", False),
        ("VIỆN HẢI DƯƠNG HỌC", False),
        ("BỘ CHỈ HUY QUÂN SỰ", False),
    ],
)
def test_titles_are_for_institutions_and_the_armed_forces(issuer: str, told: bool) -> None:  # noqa: FBT001
    letter = papers.letter()
    seeded.text("SỞ TƯ PHÁP", issuer)(letter)
    seeded.text("Trần Thị", "TS. Trần Thị Bình")(letter)
    assert ("QD511" in codes(papers.saved(letter))) is told


@pytest.mark.parametrize(
    ("nation", "number", "issuer"),
    [
        ("ĐẢNG CỘNG SẢN VIỆT NAM", "Số 45-KH/BTCTU", "SỞ TƯ PHÁP"),
        ("", "Số: 12-CV/TĐTN", "TỈNH ĐOÀN CÀ MAU"),
        ("", "Số 7-NQ/STP", "ĐẢNG ỦY SỞ TƯ PHÁP"),
    ],
)
def test_papers_of_the_party_are_told_and_not_judged(nation: str, number: str, issuer: str) -> None:
    plan = papers.plan()
    changes = (("CỘNG HÒA", nation), ("Độc lập", ""), ("Số:", number), ("SỞ", issuer), ("KT. GIÁM", "K/T TRƯỞNG BAN"))
    for start, text in changes:
        seeded.text(start, text)(plan)
    assert codes(papers.saved(plan)) == ["QD640"]


def test_a_state_paper_without_the_nation_is_judged_though_its_number_is_written_as_the_party_does() -> None:
    plan = papers.plan()
    for start, text in (("CỘNG HÒA", ""), ("Số:", "Số: 45-KH/SNV")):
        seeded.text(start, text)(plan)
    assert {"QD301", "QD313"} <= set(codes(papers.saved(plan)))


def test_a_post_below_recipients_at_the_left_is_none_of_them() -> None:
    letter = papers.letter()
    ends = letter.tables[-1]
    ends._tbl.getparent().remove(ends._tbl)
    for text, look in (("Nơi nhận: Như trên", "bi"), ("Giám đốc", "b"), ("Trần Thị Bình", "b")):
        papers.write(letter, text, 14, look, papers.LEFT)
    told = set(codes(papers.saved(letter)))
    assert "QD508" in told
    assert not told & {"QD504", "QD505", "QD507"}


@pytest.mark.parametrize("kind", [*KINDS, *PLACED], ids=lambda kind: kind.__name__)
def test_a_faultless_paper_of_another_kind_has_no_findings(kind: Callable[[], Document]) -> None:
    assert codes(papers.saved(kind())) == []


def boxes_at(*places: str) -> Document:
    """A head in boxes, the agency's and the nation's, that stand so many points from the left."""
    document = kinds.ward_in_boxes()
    boxes = [one for one in document.element.body.iter() if one.tag.endswith("}shape")]
    for box, place in zip(boxes, places, strict=True):
        box.set("style", f"position:absolute;margin-left:{place};width:180pt")
    return document


def tabs_swapped() -> Document:
    document = kinds.tabbed()
    for paragraph in document.paragraphs[:4]:
        texts = [one.text for one in paragraph.runs]
        if len(texts) > 1:
            left, right = paragraph.runs[:2]
            right._r.addnext(left._r)
    return document


@each_row(
    ("document", "told"),
    [
        (boxes_at("0", "230pt"), []),
        (boxes_at("260pt", "0"), ["QD322"]),
        (boxes_at("", ""), []),  # nothing says where they stand
        (tabs_swapped(), ["QD322"]),
    ],
)
def test_columns_are_swapped_where_it_is_sure(document: Document, told: list[str]) -> None:
    assert codes(papers.saved(document)) == told


@pytest.mark.parametrize(
    ("start", "text", "told"),
    [
        ("Kính gửi", "Kính gửi: Phòng Vật tư, thiết bị y tế, Công nghệ thông tin", []),
        ("Kính gửi", "Kính gửi: Công ty Cổ phần Sao Mai, số 12, Phường 5, Xã Tân Thành", []),
        ("Kính gửi", "Kính gửi: Văn phòng Đoàn đại biểu Quốc hội, Hội đồng nhân dân tỉnh", []),
        ("Kính gửi", "Kính gửi: Các sở, ban, ngành; Ủy ban nhân dân các xã, phường", ["QD408"]),
        ("Số:", "Số: 05/SYT-CV", []),
        ("Số:", "Số: 05/UTP-CV", []),
        ("Số:", "Số: 05/2026/CV-STP", ["QD321"]),
        ("Số:", "Số: 05/CT-STP", []),  # perhaps short for the agency: C(à Mau) … S(ở) T(ư pháp)
        ("b) Hạn", "12/KH-UBND là kế hoạch gốc;", []),
        ("b) Hạn", "5 - 7 ngày làm việc là thời hạn xử lý;", []),
        ("b) Hạn", "v.v. theo phân công;", []),
        ("b) Hạn", "I-ốt được cấp theo định mức;", []),
        ("b) Hạn", "(i) theo phân công;", []),
        ("b) Hạn", "b) Trực các ngày 24/24 giờ, từ ngày 24 - 28 tháng 6 và ngày 30 tháng 02 âm lịch;", []),
        ("b) Hạn", "b) Dịch vụ karaokê, bán cacaô, càphê;", []),
        ("b) Hạn", "b) Bí thư Tỉnh Đoàn Cà Mau, Chủ tịch Tỉnh Hội Chữ thập đỏ;", []),
        ("b) Hạn", "Điều 5 ở Luật Lưu trữ quy định như trên;", []),
        ("Trần Thị", "Ông Ích Khiêm", []),
        ("b) Hạn", "b) Thường trực Tỉnh ủy, Ban Thường vụ Tỉnh đoàn;", []),
        ("a) Kết", "(a) Kết quả đạt được;", ["QD428"]),
        ("c) Kiến", "c: Kiến nghị;", ["QD428"]),
    ],
)
def test_only_what_is_sure_is_told(start: str, text: str, told: list[str]) -> None:
    document = papers.letter()
    seeded.text(start, text)(document)
    assert [code for code in codes(papers.saved(document)) if code != "QD422"] == told


@each_row(
    ("text", "told"),
    [
        ("Họp vào thứ Hai ngày 10/02/2026.", True),
        ("Họp sáng thứ hai, ngày 10 tháng 02 năm 2026.", True),
        ("Họp ngày 10/02/2026 (thứ Tư).", True),
        ("Họp vào thứ Ba, ngày 10 tháng 02 năm 2026.", False),
        ("Họp Chủ nhật, 15/02/2026.", False),
        ("Tại phiên họp thứ Hai ngày 10/02/2026.", False),
        ("Lần thứ hai ngày 10/02/2026, lần thứ ba ngày 31/02/2026.", False),
        ("Chuyển cho bên thứ ba ngày 11/02/2026.", False),
        ("HỌP VÀO THỨ BA, NGÀY 10/02/2026", False),
        ("HỌP VÀO THỨ HAI, NGÀY 10/02/2026", True),
        ("Tuần thứ hai, 11/02/2026; kỳ họp  thứ hai ngày 11/02/2026.", False),
        ("Thứ hai, ngày 11/02/2026 Sở đã ban hành Kế hoạch.", False),
        ("Thứ nhất, rà soát; thứ hai, ngày 11/02/2026 báo cáo.", False),
        ("08 giờ 00 thứ hai (11/02/2026).", True),
        ("Thứ Hai, ngày 11.02.2026.", True),
    ],
)
def test_days_fall_on_their_day_of_the_week(text: str, told: bool) -> None:  # noqa: FBT001
    assert bool(list(wrong_weekdays(text))) is told


def test_words_of_a_copy_above_the_head_of_a_paper_do_not_make_its_number_that_of_a_copy() -> None:
    document = papers.letter()
    document.element.body.insert(0, papers.write(document, "SAO Y BẢN CHÍNH", 14, "b")._p)
    assert "QD325" not in codes(papers.saved(document))


def test_letters_of_a_wrong_size_are_one_fault_and_mended_to_the_size_that_goes_with_the_others() -> None:
    document = papers.letter()
    small(seeded.find(document, papers.MOTTO[:8]), 11)
    assert codes(papers.saved(document)) == ["QD306"]  # and not the line below it too
    document = papers.decision()
    small(seeded.find(document, papers.NATION[:8]), 15)
    small(seeded.find(document, papers.MOTTO[:8]), 13)
    assert codes(papers.saved(document)) == ["QD303"]
    assert codes(mend_paper(papers.saved(document), PROFILE).content) == []


def test_a_paper_of_two_sections_has_more_than_one_page() -> None:
    document = papers.letter()
    for child in [*document.sections[0].header.paragraphs[0]._p]:
        child.getparent().remove(child)
    assert codes(papers.saved(document)) == []
    document.add_section()
    assert codes(papers.saved(document)) == ["QD107"]


def test_a_letter_without_subject_is_no_form_with_a_title() -> None:
    document = papers.letter()
    seeded.text("Số", "Số: 05/STP")(document)
    seeded.text("V/v", "")(document)
    assert codes(papers.saved(document)) == ["QD403"]


def test_a_number_at_the_bottom_is_told_on_the_first_page_too() -> None:
    document = papers.plan()
    seeded.to_footer(document)
    document.sections[0].different_first_page_header_footer = False
    assert codes(papers.saved(document)) == ["QD108", "QD110"]


@pytest.mark.parametrize("about", ["Kế hoạch ngày 1/6/2026", "Công văn số 12/STP ngày 01/6/2026 của Sở Tư pháp"])
def test_a_day_in_the_subject_of_a_letter_is_not_the_day_of_the_letter(about: str) -> None:
    document = papers.letter()
    seeded.text("V/v", f"V/v góp ý {about}")(document)
    assert codes(papers.saved(document)) == []


def small(paragraph: Paragraph, points: float) -> None:
    for letters in paragraph.runs:
        letters.font.size = Pt(points)


def test_what_stands_in_a_header_or_a_box_is_judged_and_mended() -> None:
    document = placed.head_in_header()
    for letters in document.sections[0].first_page_header.tables[0].cell(0, 1).paragraphs[0].runs:
        letters.bold = False
    box = placed.signature_in_box()
    for letters in seeded.find(box, "KT. GIÁM").runs:
        letters.bold = False
    for one, code in ((document, "QD303"), (box, "QD508")):
        content = papers.saved(one)
        assert codes(content) == [code]
        assert codes(mend_paper(content, PROFILE).content) == []


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_one_fault_is_told_alone(seed: Seed) -> None:
    checked = check_paper(made(seed), PROFILE)
    tell_findings(diagnostics_of(checked, "paper"))
    assert [one.code for one in checked.found] == [seed.code]
    assert bool(checked.mendable) is seed.mends


AT_ONCE = 5
"""Faults that one paper has to be mended of; more would stand in each other's way."""


@pytest.mark.parametrize("base", sorted({seed.base for seed in SEEDS}))
def test_what_can_be_mended_is_gone_afterwards(base: str) -> None:
    """That no word is changed `mend_paper` sees itself."""
    left = [seed for seed in SEEDS if seed.mends and seed.base == base]
    while left:
        document, done = docx.Document(io.BytesIO(faultless(base))), []
        for seed in left[:: max(1, len(left) // AT_ONCE)]:
            with suppress(StopIteration):  # an earlier fault has changed the text that it looks for
                seed.do(document)
                done.append(seed)
        content = papers.saved(document)
        assert {seed.code for seed in done} <= set(codes(content)), done
        assert codes(mend_paper(content, PROFILE).content) == [], done
        left = [seed for seed in left if seed not in done]


def test_a_line_is_mended_without_the_one_above_it_though_both_are_one_run() -> None:
    document = papers.letter()
    name = seeded.find(document, "SỞ TƯ PHÁP")
    above = seeded.find(document, "UBND")
    above.add_run("\nSỞ TƯ PHÁP").font.size = Pt(13)
    above.runs[0].text, above.runs[1].text = "UBND TỈNH CÀ MAU\nSỞ TƯ PHÁP", ""
    name._p.getparent().remove(name._p)
    content = papers.saved(document)
    assert codes(content) == ["QD309"]
    mended = mend_paper(content, PROFILE).content
    assert codes(mended) == []
    assert words(mended) == words(content)


@pytest.mark.parametrize("seed", {(one.base, one.mends): one for one in SEEDS}.values(), ids=lambda seed: seed.name)
def test_a_paper_with_nothing_to_mend_is_left(seed: Seed) -> None:
    """A faultless one, a mended one, and one with a fault that nothing mends."""
    once = mend_paper(made(seed), PROFILE).content
    assert seed.mends or once == made(seed)
    for content in (faultless(seed.base), once):
        assert mend_paper(content, PROFILE) == (content, 0)


def test_the_seeds_cover_most_rules() -> None:
    assert len({seed.code for seed in SEEDS}) >= 0.9 * len(CONFORMITY_RULES)


def test_a_mended_file_is_as_well_formed_as_it_was_and_keeps_its_other_parts(tmp_path: Path) -> None:
    document = papers.plan()
    for seed in SEEDS:
        if seed.base == "plan" and seed.mends and seed.name not in {"wrong d in the motto", "dashes without blanks"}:
            try:
                seed.do(document)
            except StopIteration:
                continue  # an earlier fault has changed the text that it looks for
    before = papers.saved(document)
    after = mend_paper(before, PROFILE).content
    assert problems(after, tmp_path) == problems(before, tmp_path)
    old, new = (zipfile.ZipFile(io.BytesIO(content)) for content in (before, after))
    assert old.namelist() == new.namelist()
    changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed <= {"word/document.xml", "word/header1.xml"}


def problems(content: bytes, folder: Path) -> Counter[str]:
    path = folder / "paper.docx"
    path.write_bytes(content)
    return Counter(str(error.description) for error in OpenXmlValidator().validate(path).errors)


def test_every_rule_has_a_page_and_every_page_its_rule() -> None:
    pages = [entry.code for entry in entries() if entry.code.startswith("QD")]
    assert pages == sorted(rule.code for rule in CONFORMITY_RULES)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All documents that the program makes of the plans of the repository."""
    folder = tmp_path_factory.mktemp("own")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        run(["render", "--out", str(folder)])
        run(["report", "2026-Q3", "--out", str(folder)])
        for paper in ("audit", "review", "programme"):
            run(["audit", "--paper", paper, "--out", str(folder)])
    return folder


def test_our_own_documents_have_no_findings(own: Path) -> None:
    """But what is truly wrong in four of them: the plan of the province has no recipients and no `TM.` (QP629 of
    `validate`), that of the department nobody who signs its reports, that of the centre its subject in capitals
    (QP617)."""
    found = {path.name: [one.code for one in judged(path).found] for path in sorted(own.glob("**/*.docx"))}
    assert len(found) >= 15
    assert {name.partition("-")[0] for name in found} >= {"audit", "review", "programme"}
    for name, told in found.items():
        wrong = {"UBND": ["QD501", "QD512"], "BC-STP": ["QD507"], "TGPL-KHMT": ["QD427"]}
        assert told == next((codes for start, codes in wrong.items() if name.startswith(start)), []), name


def test_the_line_below_our_own_titles_is_right_at_any_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A title of two lines is broken evenly by indents: its column is narrower than the page."""
    monkeypatch.chdir(tmp_path)
    assert run(["init", "."]) == 0
    assert run(["new", "plan", "P", "--template", "work-plan", "--period", "2026", "--title", "A"]) == 0
    plan = tmp_path / "plans" / "P.yaml"
    text = plan.read_text("utf-8")
    words = "Thực hiện mục tiêu, nhiệm vụ theo các kế hoạch quý II năm học "
    for count in range(1, 20):
        title = re.sub(r"(?m)^  title: .*$", f"  title: {words}{'i' * count}", text)
        assert title != text
        plan.write_text(title, "utf-8")
        assert run(["render", "plans/P.yaml", "--out", "out"]) == 0
        assert "QD405" not in codes(next((tmp_path / "out").glob("*.docx")).read_bytes()), count


def test_no_text_in_our_own_documents_is_cut(own: Path) -> None:
    """Each `…` after a word is one that a plan has (`qua đường bưu chính…`)."""
    typed = " ".join(" ".join(path.read_text("utf-8").split()) for path in ROOT.glob("plans/**/*.yaml"))
    for path in own.glob("**/*.docx"):
        for one in (*judged(path).content.paragraphs, *judged(path).content.notes):
            cut = re.findall(r"[^…]{0,12}\w ?…(?!…)", " ".join(one.seen.split()))
            assert [words for words in cut if words not in typed and not words.endswith("năm …")] == [], path.name


@each_row(
    "title, beside, told",
    [
        ("KẾ HOẠCH LIÊN TỊCH", "", []),
        ("KẾ HOẠCH", "CHỦ TỊCH", []),
        ("KẾ HOẠCH", "KẾ TOÁN TRƯỞNG", ["QD310"]),
        ("KẾ HOẠCH", "", ["QD310"]),
    ],
)
def test_all_agencies_of_a_joint_paper_issue_it(title: str, beside: str, told: list[str], own: Path) -> None:
    """Both names are in bold letters, and the type says so or both heads sign; of another paper the first is the agency
    above, which is not."""
    document = docx.Document(str(own / "TGPL-KHDT-2026.docx"))
    for paragraph in (*document.paragraphs, *document.tables[0].rows[0].cells[0].paragraphs):
        if paragraph.style is not None and paragraph.style.name == "Cơ quan chủ quản":
            paragraph.style = document.styles["Cơ quan ban hành"]
        if paragraph.text.strip() == "KẾ HOẠCH":
            paragraph.runs[0].text = title
    document.tables[-1].cell(0, 0).add_paragraph(beside)
    assert [code for code in codes(papers.saved(document)) if code in {"QD310", "QD401"}] == told


def test_faults_in_a_document_of_ours_are_told_alone(own: Path) -> None:
    content = (own / "TGPL-KHDT-2026.docx").read_bytes()
    faults = {
        "Quốc hiệu": ("QD303", "28"),
        "Nội dung": ("QD411", "24"),
        "Nơi nhận - danh sách": ("QD504", "26"),
        "Số ký hiệu": ("QD314", "28"),
    }
    for style, (code, size) in faults.items():
        document = docx.Document(io.BytesIO(content))
        document.styles[style].font.size = docx.shared.Pt(int(size) / 2)
        assert codes(papers.saved(document)) == [code], style


@pytest.mark.parametrize("line", ["Đơn vị tính: triệu đồng", "(ĐVT: 1.000 đồng)"])
def test_the_unit_above_a_table_is_no_text(line: str) -> None:
    document = papers.plan()
    end = next(one for one in document.paragraphs if one.text.endswith("./."))
    above = end.insert_paragraph_before(line)
    above.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    assert codes(papers.saved(document)) == codes(faultless("plan"))


@each_row(
    ("agency", "title"),
    [
        ("BAN ĐÔ THỊ", "BẢN ĐỒ QUY HOẠCH"),
        ("BAN ĐỐI NGOẠI", "BẢN ĐỒ"),
        ("BAN KẾ HOẠCH - TÀI CHÍNH", "BẢN KÊ KHAI TÀI SẢN"),
        ("BAN HÀNH CHÍNH", "BAN HÀNH CHÍNH SÁCH"),
        ("XÃ HỘI SƠN", "XÃ HỘI HÓA GIÁO DỤC"),
    ],
)
def test_agencies_and_titles_that_look_alike_without_marks(agency: str, title: str) -> None:
    assert AGENCY.match(folded(agency))
    assert not AGENCY.match(folded(title))
