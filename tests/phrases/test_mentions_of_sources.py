"""Every responsibility of the source documents, as its cell or line has it, and whom it names."""

from __future__ import annotations

import re
from pathlib import Path

from people_samples import REAL, read

from rows import each_row

PROCEEDINGS = "Các cơ quan, tổ chức, người có thẩm quyền thực hiện trợ giúp pháp lý trong hoạt động tố tụng"
COUNCIL = "Hội đồng phối hợp liên ngành về trợ giúp pháp lý trong hoạt động tố tụng của tỉnh Cà Mau"

CELLS = {
    # 000, one column
    "Lãnh đạo và viên chức Trung tâm": ["LD", "VC"],
    "Lãnh đạo TT; viên chức được giao nhiệm vụ": ["LD", "VC"],
    "Viên chức của Trung tâm": ["VC"],
    "Lãnh đạo TT; Ban chỉ đạo ISO; viên chức được giao nhiệm vụ": ["LD", "BCD-ISO", "VC"],
    # 001, lines
    "Ban chỉ đạo ISO.": ["BCD-ISO"],
    "Thư ký Ban chỉ đạo ISO.": ["TK-ISO"],
    "Thành viên Ban chỉ đạo ISO.": ["TV-ISO"],
    "Phòng Hành chính - Tổng hợp và Phòng Nghiệp vụ.": ["HCTH", "NV"],
    "Phòng Hành chính – Tổng hợp và Phòng Nghiệp vụ": ["HCTH", "NV"],
    # 002, text
    "Báo Cà Mau, Đài Phát thanh - Truyền hình Cà Mau, Ủy ban nhân dân các huyện, thành phố Cà Mau "
    "(Ủy ban nhân dân cấp huyện)": ["BCM", "PTTH", "UBND-H", "UBND-H"],
    f"{COUNCIL}, Ủy ban nhân dân cấp huyện, Phòng Tư pháp và Ủy ban nhân dân các xã, phường, thị trấn "
    "(Ủy ban nhân dân cấp xã).": ["HDPH-TGPL", "UBND-H", "PTP", "UBND-X", "UBND-X"],
    "Sở Tư pháp, Văn phòng Ủy ban nhân dân tỉnh, các cơ quan, đơn vị có liên quan và Ủy ban nhân dân cấp huyện, "
    "cấp xã.": ["STP", "VP-UBND", "<>", "UBND-H", "UBND-X"],
    "Sở Tư pháp, Sở Lao động - Thương binh và Xã hội, Sở Nông nghiệp và Phát triển nông thôn, Ban Dân tộc, "
    "Bộ Chỉ huy Bộ đội Biên phòng tỉnh, các sở, ngành có liên quan và Ủy ban nhân dân cấp huyện, cấp xã.": [
        *("STP", "SLDTBXH", "SNNPTNT", "BDT", "BDBP", "<>", "UBND-H", "UBND-X"),
    ],
    "Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ, Sở Tài chính và các cơ quan, đơn vị, địa phương có liên quan": [
        *("STP", "SNV", "STC", "<>"),
    ],
    "Sở Thông tin và Truyền thông, Đoàn Luật sư tỉnh chủ động phối hợp với Sở Tư pháp": ["STTTT", "DLS", "STP"],
    "Sở Tư pháp (Trung tâm Trợ giúp pháp lý nhà nước)": ["STP", "TGPL"],
    "Sở Tư pháp chủ trì, phối hợp với các sở, ban, ngành tỉnh có liên quan và Ủy ban nhân dân cấp huyện": [
        *("STP", "<>", "UBND-H"),
    ],
    "Thủ trưởng các sở, ban, ngành tỉnh, Chủ tịch Ủy ban nhân dân cấp huyện": ["<>", "UBND-H (Chủ tịch)"],
    "Phòng Tư pháp, Ủy ban nhân dân cấp xã": ["PTP", "UBND-X"],
    # 002, annex
    "Sở Tư pháp": ["STP"],
    "Báo Cà Mau, Đài Phát thanh - Truyền hình, Ủy ban nhân dân cấp huyện": ["BCM", "PTTH", "UBND-H"],
    PROCEEDINGS: ["<>"],
    f"{PROCEEDINGS}^[Theo quy định tại Thông tư liên tịch số 10, của Bộ Tư pháp, Bộ Công an.]": ["<>"],
    "Sở Tư pháp - Cơ quan Thường trực của Hội đồng": ["STP (Cơ quan Thường trực của Hội đồng)"],
    f"Thành viên {COUNCIL}": ["HDPH-TGPL (Thành viên)"],
    "Tòa án nhân dân tỉnh và cấp huyện": ["TAND", "TAND-H"],
    f"{PROCEEDINGS}, Phòng Tư pháp và Ủy ban nhân dân cấp xã": ["<>", "PTP", "UBND-X"],
    "Sở Tư pháp và các cơ quan, đơn vị có liên quan": ["STP", "<>"],
    "Văn phòng Ủy ban nhân dân tỉnh, Ủy ban nhân dân cấp huyện và các cơ quan, đơn vị có liên quan": [
        *("VP-UBND", "UBND-H", "<>"),
    ],
    "Sở Lao động - Thương binh và Xã hội, Sở Nông nghiệp và Phát triển nông thôn, Ban Dân tộc, "
    "Ủy ban nhân dân cấp huyện và các cơ quan, đơn vị có liên quan": ["SLDTBXH", "SNNPTNT", "BDT", "UBND-H", "<>"],
    "Đoàn Luật sư tỉnh và các cơ quan, đơn vị có liên quan": ["DLS", "<>"],
    "Các sở, ban, ngành có liên quan và Ủy ban nhân dân cấp huyện, cấp xã": ["<>", "UBND-H", "UBND-X"],
    "Sở Thông tin và Truyền thông và các cơ quan, đơn vị có liên quan": ["STTTT", "<>"],
    "Sở Nội vụ và các cơ quan, đơn vị có liên quan": ["SNV", "<>"],
    "Sở Nội vụ, Sở Tài chính và các cơ quan, đơn vị có liên quan": ["SNV", "STC", "<>"],
    # 003, annex: leads
    "Văn phòng Sở": ["VP-STP"],
    "- Văn phòng Sở đối với tiêu chí chung; - Phòng Xây dựng văn bản đối với lĩnh vực cải cách thể chế.": [
        "VP-STP: tiêu chí chung",
        "XDPL: lĩnh vực cải cách thể chế",
    ],
    "- Phòng Xây dựng pháp luật; Phòng Kiểm tra văn bản QPPL (đối với chỉ số PAPI, PAR INDEX, SIPAS); "
    "- Văn phòng Sở (đối với chỉ số PCI, DTI).": [
        "XDPL",
        "KTVB: chỉ số PAPI, PAR INDEX, SIPAS",
        "VP-STP: chỉ số PCI, DTI",
    ],
    "Phòng Xây dựng pháp luật; Phòng Kiểm tra văn bản QPPL": ["XDPL", "KTVB"],
    "Phòng Xây dựng pháp luật, Phòng Kiểm tra văn bản QPPL": ["XDPL", "KTVB"],
    "Các Phòng, Trung tâm thuộc Sở": ["PTT-STP"],
    "Phòng Kiểm tra văn bản QPPL": ["KTVB"],
    "Phòng Hành chính và Bỏ trợ tư pháp": ["~HCBTTP"],
    "Văn phòng Sở, Phòng Hành chính và Bỏ trợ tư pháp": ["VP-STP", "~HCBTTP"],
    "Phòng Hành chính và Hỗ trợ tư pháp, Văn phòng Sở": ["~HCBTTP", "VP-STP"],
    "Phòng Hành chính và Hỗ trợ tư pháp, Trung tâm Trợ giúp pháp lý nhà nước": ["~HCBTTP", "TGPL"],
    "Văn phòng Sở Văn phòng Sở": ["VP-STP", "VP-STP"],
    "Văn phòng Sở, các đơn vị sự nghiệp thuộc Sở": ["VP-STP", "DVSN-STP"],
    "Các đơn vị sự nghiệp thuộc Sở": ["DVSN-STP"],
    "Văn phòng Sở; Các đơn vị sự nghiệp trực thuộc": ["VP-STP", "DVSN-STP"],
    "Sở Khoa học và Công nghệ": ["SKHCN"],
    # 003, annex: support
    "Các Phòng, Trung tâm thuộc Sở Các Phòng, Trung tâm thuộc Sở": ["PTT-STP", "PTT-STP"],
    "Phòng Xây dựng pháp luật": ["XDPL"],
    "Sở, ban, ngành cấp tỉnh, UBND cấp xã": ["<>", "UBND-X"],
    "Phòng Hành chính và Hỗ trợ tư pháp; Phòng Pháp chế và Phổ biến, giáo dục pháp luật; "
    "Trung tâm Trợ giúp pháp ly Nhà nước": ["~HCBTTP", "PBGDPL", "~TGPL"],
    "Phòng Hành chính và Bỏ trợ tư pháp, Phòng Pháp chế và Phổ biến, giáo dục pháp luật, "
    "Trung tâm Trợ giúp pháp lý nhà nước": ["~HCBTTP", "PBGDPL", "TGPL"],
    "Trung tâm Phục vụ Hành chính công tỉnh": ["TTPVHCC"],
    "Các Phòng, Trung tâm thuộc Sở; Sở Nội vụ": ["PTT-STP", "SNV"],
    "Các Phòng chuyên môn thuộc Sở": ["PCM-STP"],
    "Các đơn vị sự nghiệp thuộc Sở; Sở Tài chính": ["DVSN-STP", "STC"],
    "Phòng Hành chính và Bổ trợ tư pháp; Văn phòng Sở; Phòng Kiểm tra văn bản QPPL": ["HCBTTP", "VP-STP", "KTVB"],
    "Trung tâm Dịch vụ đấu giá tài sản tỉnh": ["DGTS"],
    "Các Phòng, Trung tâm": ["PTT-STP"],
    "Phòng Hành chính và Hỗ trợ tư pháp; Phòng Xây dựng pháp luật; Phòng Pháp chế và phổ biến, giáo dục pháp luật; "
    "Trung tâm Trợ giúp pháp lý Nhà nước": ["~HCBTTP", "XDPL", "PBGDPL", "TGPL"],
    "Các cơ quan, đơn vị": ["<>"],
}
"""The cell as its words stand in the source (a cell torn by a page break put together), and whom it names."""


@each_row(("cell", "expected"), CELLS.items())
def test_a_responsibility_of_the_sources(cell: str, expected: list[str]) -> None:
    assert read(cell) == expected


@each_row("cell", CELLS)
def test_lines_and_bullets_say_the_same_as_semicolons(cell: str) -> None:
    lines = re.sub(r";\s*(?:- )?", "\n- ", cell)
    assert read(lines) == read(cell)


REGISTERED = [cell for cell, rows in CELLS.items() if not re.search(r"[<~:(]", "".join(rows))]


@each_row("cell", REGISTERED)
def test_capitals_do_not_matter(cell: str) -> None:
    assert read(cell.upper()) == CELLS[cell]


def test_nobody_in_the_plans_of_the_workspace_is_unknown() -> None:
    plans = Path(__file__).parents[2] / "plans"
    texts = [path.read_text("utf-8") for path in plans.rglob("*.yaml")]
    typed = {found for text in texts for found in re.findall(r"^ +(?:lead|support): ([^|>{\[].*)$", text, re.MULTILINE)}
    assert len(typed) >= 10
    for phrase in typed:
        rows = read(phrase.strip("\"'"))
        assert not any(row == "?" or row.startswith("~") for row in rows), phrase


def test_every_unit_of_the_register_has_a_place() -> None:
    codes = [unit.code for unit in REAL.units]
    assert len(set(codes)) == len(codes)
    for unit in REAL.units:
        assert unit.parent in {None, *codes}
        assert set(unit.members) <= set(codes)
        for spelling in (unit.code, unit.name, *unit.aliases):
            assert read(spelling) == [unit.code], spelling
