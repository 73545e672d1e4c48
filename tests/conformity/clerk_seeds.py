"""Faults for which a clerk returns a paper, beyond the looks of `seeded`: kinds of lines, underlining, short dates,
what stands in a wrong place."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt
from papers import JUSTIFY, LEFT, MOTTO, annex, head, write
from seeded import DAY, LAST, ON, Seed, find, flag, no_line, remove, text

STROKE = '<v:stroke xmlns:v="urn:schemas-microsoft-com:vml" {}/>'
BORDER = '<w:pBdr {}><w:bottom w:val="{}" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'


def stroke(after: str, look: str) -> Callable[[Document], object]:
    """The line below a text gets another kind of stroke."""

    def do(document: Document) -> None:
        element = find(document, after)._p.getnext()
        next(one for one in element.iter() if one.tag.endswith("}line")).append(parse_xml(STROKE.format(look)))

    return do


def border(after: str, kind: str) -> Callable[[Document], object]:
    """The line below a text is the border of its paragraph."""

    def do(document: Document) -> None:
        no_line(after)(document)
        find(document, after)._p.get_or_add_pPr().append(parse_xml(BORDER.format(nsdecls("w"), kind)))

    return do


def one_line_in_nation(document: Document) -> None:
    """Nation and motto in one paragraph, with their line drawn in it; the agency's name has none."""
    no_line("SỞ TƯ PHÁP")(document)
    nation, motto = find(document, "CỘNG HÒA"), find(document, MOTTO)
    drawn = motto._p.getnext()
    nation.add_run().add_break()
    for element in (*motto._p.r_lst, *drawn.r_lst):
        nation._p.append(element)
    for paragraph in (motto._p, drawn):
        paragraph.getparent().remove(paragraph)


def stamp(text_of: str, size: float, look: str) -> Callable[[Document], object]:
    return lambda document: write(document.tables[0].cell(0, 0), text_of, size, look)


def below(start: str, new: str) -> Callable[[Document], object]:
    """The paragraph once more, below itself, with other words."""

    def do(document: Document) -> None:
        first = find(document, start)
        first._p.addnext(deepcopy(first._p))
        text(start, new)(document)
        document.element.body.insert(list(document.element.body).index(first._p), first._p.getnext())

    return do


def ends_turned(document: Document) -> None:
    left, right = document.tables[-1].rows[0].cells
    left._tc.addprevious(right._tc)


def no_room(document: Document) -> None:
    cell = document.tables[-1].cell(0, 1)
    for paragraph in cell.paragraphs:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)


def drafter(document: Document, words: str = "PL.(300)", size: float = 14) -> None:
    write(document.tables[-1].cell(0, 0), words, size, "", LEFT)


def address(document: Document) -> None:
    footer = document.sections[0].first_page_footer
    run = footer.paragraphs[0].add_run("Địa chỉ: 25 Hùng Vương, Cà Mau. Điện thoại: 0290 3831")
    run.font.size = Pt(9)


def words_above(document: Document) -> None:
    run = document.sections[0].header.paragraphs[0].add_run("/5 trang")
    run.font.size = Pt(14)


def wide_section(document: Document) -> None:
    section = document.add_section()
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    write(document, "Nội dung trên trang nằm ngang.", 14)


def copied(form: str, symbol: str) -> Callable[[Document], object]:
    def do(document: Document) -> None:
        write(document, form, 14, "b")
        write(document, f"Số: 03/{symbol}-STP", 13)

    return do


def copied_beside(document: Document) -> None:
    """The form of a copy with its number in the cell beside it (Annex III, form 3.1)."""
    left, right = document.add_table(1, 2).rows[0].cells
    write(left, "Số: 03/SL-STP", 13)
    write(right, "SAO Y", 14, "b")


def narrow_head(document: Document) -> None:
    for cell, width in zip(document.tables[0].rows[0].cells, (75, 85), strict=True):
        cell.width = Mm(width)


def one_of_three(document: Document) -> None:
    """A second annex, whose number is the third."""
    annex(document)
    for words, look in (("Phụ lục III", "b"), ("BIỂU MẪU", "b"), (find(document, "(Kèm theo").text, "i")):
        write(document, words, 14, look)
    text("Phụ lục", "Phụ lục I")(document)


def typed_letter(document: Document) -> None:
    find(document, "Kính gửi")._p.addprevious(write(document, "CÔNG VĂN", 14, "b")._p)


def plan_attached(document: Document) -> None:
    """In the place of an annex, a plan with a head of its own, and without the mark of the end."""
    note = find(document, "(Kèm theo")
    for start in ("Phụ lục", "DANH MỤC"):
        remove(start)(document)
    document.tables[-1]._tbl.getparent().remove(document.tables[-1]._tbl)
    head(document)
    write(document, "KẾ HOẠCH", 14, "b")
    write(document, "Thực hiện Mục tiêu chất lượng năm 2026", 14, "b")
    document.paragraphs[-1]._p.addnext(note._p)
    write(document, "I. MỤC ĐÍCH", 14, "b", JUSTIFY)
    write(document, "Nâng cao chất lượng phục vụ người dân.", align=JUSTIFY)


CLERK_SEEDS = (
    Seed("nobody as above", "letter", text("- Như trên", "- Sở Nội vụ;"), "QD661", mends=False),
    Seed("the type of a letter", "letter", typed_letter, "QD662", mends=False),
    Seed("a plan brought along that does not end", "decision", plan_attached, "QD423", mends=False),
    Seed("annexes that skip", "decision", one_of_three, "QD602", mends=False),
    Seed("an article that is not there", "decision", text("- Như Điều 2", "- Như Điều 3;"), "QD517", mends=False),
    Seed("as above, and nobody above", "decision", text("- Như Điều 2", "- Như trên;"), "QD517", mends=False),
    Seed("a stroke after KT", "plan", text("KT. GIÁM", "KT/ GIÁM ĐỐC"), "QD510", mends=False),
    Seed(
        "an article out of order",
        "decision",
        text("Điều 1", "Điều 3. Ban hành Danh mục hồ sơ (Phụ lục kèm theo)."),
        "QD421",
        mends=False,
    ),
    Seed(
        "more votes than voters",
        "letter",
        text("b) Hạn", "b) Biểu quyết: 11/13 thành viên đồng ý, 03 thành viên không đồng ý;"),
        "QD641",
        mends=False,
    ),
    Seed("one line for two, with nation and motto", "plan", one_line_in_nation, "QD311", mends=False),
    Seed("kept nowhere", "letter", text("- Lưu", "- Lưu: VP."), "QD506", mends=False),
    Seed("no blank after KT.", "plan", text("KT. GIÁM", "KT.GIÁM ĐỐC"), "QD510", mends=False),
    Seed("K.T with one stop", "letter", text("KT. GIÁM", "K.T GIÁM ĐỐC"), "QD510", mends=False),
    Seed("a colon after V/v", "letter", text("V/v", "V/v: báo cáo kết quả"), "QD406", mends=False),
    Seed("a capital after V/v", "letter", text("V/v", "V/v Báo cáo kết quả"), "QD406", mends=False),
    Seed("the mark of the end inside", "letter", text("b) Hạn", "b) Hạn chế, nguyên nhân./."), "QD431", mends=False),
    *(
        Seed(
            f"an annex of {name}",
            "decision",
            text("(Kèm theo", f"(Kèm theo Quyết định số {words})"),
            "QD610",
            mends=False,
        )
        for name, words in (
            ("another number", "13/QĐ-STP ngày 05 tháng 02 năm 2026 của Sở Tư pháp"),
            ("another day", "12/QĐ-STP ngày 06/02/2026 của Sở Tư pháp"),
        )
    ),
    Seed("an annex in capitals", "decision", text("Phụ lục", "PHỤ LỤC"), "QD601", mends=False),
    Seed("a narrow head", "plan", narrow_head, "QD326", mends=False),
    Seed("the symbol of another copy beside its form", "letter", copied_beside, "QD325", mends=False),
    Seed("dashed line below the motto", "plan", stroke(MOTTO, 'dashstyle="dash"'), "QD307", mends=False),
    Seed("double line below the issuer", "letter", stroke("SỞ TƯ PHÁP", 'linestyle="thinThin"'), "QD311", mends=False),
    Seed("dotted border below the subject", "plan", border("Kiểm tra", "dotted"), "QD405", mends=False),
    Seed("double border below the motto", "plan", border(MOTTO, "double"), "QD307", mends=False),
    Seed("motto with a line, underlined too", "plan", flag(MOTTO, "underline", ON), "QD306"),
    Seed("type underlined", "plan", flag("KẾ HOẠCH", "underline", ON), "QD402"),
    Seed("recipients underlined", "letter", flag("Nơi nhận", "underline", ON), "QD503"),
    Seed("post underlined", "plan", flag("KT. GIÁM", "underline", ON), "QD508"),
    Seed("day in figures", "plan", text(DAY, "Cà Mau, ngày 05/02/2026"), "QD316", mends=False),
    Seed("day in figures without its word", "letter", text(DAY, "Cà Mau, 05-02-2026"), "QD316", mends=False),
    Seed("month and year in figures", "letter", text(DAY, "Cà Mau, ngày 05 tháng 02/2026"), "QD316", mends=False),
    Seed("no day", "letter", text(DAY, "Cà Mau, tháng 02 năm 2026"), "QD316", mends=False),
    Seed("year of two figures", "plan", text(DAY, "Cà Mau, ngày 05 tháng 02 năm 26"), "QD316", mends=False),
    Seed("place in small letters", "plan", text(DAY, "cà Mau, ngày 05 tháng 02 năm 2026"), "QD316", mends=False),
    Seed("marked words", "plan", flag(LAST, "highlight_color", WD_COLOR_INDEX.YELLOW), "QD211"),
    Seed("small mark of urgency", "plan", stamp("KHẨN", 11, "b"), "QD323"),
    Seed("thin mark of secrecy", "letter", stamp("MẬT", 13, ""), "QD323"),
    Seed("two types", "plan", below("KẾ HOẠCH", "CHƯƠNG TRÌNH"), "QD429", mends=False),
    Seed("recipients and signature swapped", "plan", ends_turned, "QD514", mends=False),
    Seed("no room for the signature", "plan", no_room, "QD516", mends=False),
    Seed("large initials of who typed it", "plan", drafter, "QD515"),
    Seed("small address", "letter", address, "QD114"),
    Seed("words beside the page number", "plan", words_above, "QD113", mends=False),
    Seed("a page on its side without a table", "plan", wide_section, "QD106"),
    Seed("a mark that the decree has not", "plan", stamp("KHẨN CẤP", 13, "b"), "QD324", mends=False),
    *(
        Seed(f"{name} before the signer's name", "letter", text("Trần Thị Bình", written), "QD511", mends=False)
        for name, written in (
            ("a degree with dots", "Th.S Trần Thị Bình"),
            ("a form of address", "Bà Trần Thị Bình"),
            ("a degree in words", "Tiến sĩ Trần Thị Bình"),
            ("a degree behind and not", "Trần Thị Bình, Thạc sĩ"),
        )
    ),
    Seed(
        "initials of who typed it in small letters", "plan", lambda d: drafter(d, "nvh.(12)", 11), "QD515", mends=False
    ),
    *(
        Seed(f"{name} in the text", "letter", text("Đề nghị các đơn vị", f"Đề nghị {words}./."), code, mends=False)
        for name, words, code in (
            ("no day of February", "gửi báo cáo trước ngày 31/02/2026", "QD213"),
            ("day 35", "gửi báo cáo trước ngày 35 tháng 01 năm 2026", "QD213"),
            ("a tone on the wrong vowel", "các đơn vị gửi Sở Ngọai vụ", "QD212"),
            ("a tone on the u of qu", "báo cáo trong qúy này", "QD212"),
            ("month 13", "gửi báo cáo trước ngày 05/13/2026", "QD213"),
            ("ngh before a", "các nghành gửi báo cáo", "QD212"),
            ("k before a", "các đơn vị kải cách thủ tục", "QD212"),
            ("c before e", "các đơn vị cê khai thủ tục", "QD212"),
            ("an agency in small letters", "các đơn vị báo cáo ủy ban nhân dân tỉnh Cà Mau", "QD214"),
            (
                "an agency of the old spelling",
                "báo cáo uỷ ban nhân dân xã Tân Thành",
                "QD214",
            ),
            ("a province with a capital", "các đơn vị báo cáo Ủy ban nhân dân Tỉnh Cà Mau", "QD214"),
        )
    ),
    Seed("the symbol of another form of copy", "letter", copied("TRÍCH SAO", "SL"), "QD325", mends=False),
)
