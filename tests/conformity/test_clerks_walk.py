"""A clerk's walk through Phụ lục I: for each component of the decree the rules that judge it, and what nobody judges.
The table stands in the pages of `check-docx`; `--rewrite` writes it anew."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
import seeded
from clerk_seeds import CLERK_SEEDS

from qmsplan.conformity.check import CONFORMITY_RULES

DOCS = Path(__file__).parents[2] / "docs"
MENDED = {seed.code for seed in (*seeded.SEEDS, *CLERK_SEEDS) if seed.mends}
BLOCK = r"(?s)(?<=<!-- walk -->\n).*?(?=<!-- end of walk -->)"


class Row(NamedTuple):
    """A component, where the decree speaks of it, the numbers of the rules on whether it is there, its words and marks,
    its look, its place with lines and gaps; and what is not judged of it."""

    vi: str
    en: str
    cite: str
    there: str = ""
    words: str = ""
    look: str = ""
    place: str = ""
    left_vi: str = ""
    left_en: str = ""


WALK = (
    Row("Khổ giấy, hướng, lề trang", "sheet and margins", "I", place="101 102 103 104 105 106"),
    Row("Số trang", "page number", "I", "107", "111 113", "109", "108 110 112"),
    Row(
        "Chữ trong toàn văn bản",
        "all letters",
        "I",
        words="203 204 205 206 207 208 209 210 212 213 214 641",
        look="201 202 211",
    ),
    Row("Quốc hiệu", "nation", "II.1", "301", "302 640", "303 319", "322 326"),
    Row("Tiêu ngữ", "motto", "II.1", "304", "305", "306 319", "307 322 326"),
    Row(
        "Cơ quan chủ quản",
        "agency above",
        "II.2",
        look="310",
        place="322",
        left_vi="tên có đủ, đúng",
        left_en="its name",
    ),
    Row("Cơ quan ban hành", "agency", "II.2", "308", "", "309", "311 322", "tên có đủ, đúng", "its name"),
    Row("Số, ký hiệu", "number and symbol", "II.3", "312", "313 318 321", "314", "322"),
    Row("Địa danh, thời gian", "place and date", "II.4", "315", "316 320", "317", "322"),
    Row("Tên loại", "type", "II.5", "401 429 662", "", "402"),
    Row("Trích yếu", "subject", "II.5", "403", "427", "404", "405"),
    Row("V/v", "subject of a letter", "II.5", "403", "406", "406", "", "cách số 6 pt", "6 pt below the number"),
    Row("Căn cứ", "basis", "II.6", "", "410 430", "409", "416", "viện dẫn đủ", "whether it cites in full"),
    Row("Thẩm quyền, dòng 'QUYẾT ĐỊNH:'", "issuing authority", "PL III", there="426", words="513", look="426"),
    Row("Nội dung", "text", "II.6", "", "423 431", "411 412", "413 414 415 416"),
    Row("Phần, chương, mục và tiêu đề", "parts, chapters, their titles", "II.6", "", "425", "417 424"),
    Row("Mục I.", "section", "II.6", "", "421 428", "418"),
    Row("Điều", "article", "II.6", "", "421 428", "411 419"),
    Row("Khoản", "clause", "II.6", "", "421 428", "411 420"),
    Row("Điểm", "point", "II.6", "", "422 428", "411"),
    Row("Quyền hạn, chức vụ", "post", "II.7", "507", "510 512 513", "508", "514 516"),
    Row("Họ tên người ký", "signer's name", "II.7", "507", "511", "509", "516"),
    Row("Chữ ký, dấu", "signature, seal", "II.7-8", left_vi="hình ảnh, vị trí, màu", left_en="picture, place, colour"),
    Row(
        "Kính gửi",
        "addressee",
        "II.9",
        "407",
        "408",
        "408",
        "",
        "canh hàng dưới dấu hai chấm",
        "how its lines are aligned",
    ),
    Row("Nơi nhận", "recipients", "II.9", "501", "502 505 506 517 661", "503 504", "514"),
    Row(
        "Dấu khẩn, mật, phạm vi lưu hành",
        "marks",
        "III.2",
        words="324",
        look="323",
        left_vi="khung, kích thước dấu",
        left_en="box and stamp",
    ),
    Row("Người soạn thảo", "who typed it", "III.3", look="515"),
    Row("Địa chỉ cơ quan", "address", "III.4", look="114", left_vi="đường kẻ phía trên", left_en="the line above it"),
    Row("Phụ lục: số thứ tự", "annex number", "III.1", "606", "602", "601", "112"),
    Row("Phụ lục: tiêu đề", "annex title", "III.1", look="603"),
    Row("Phụ lục: (Kèm theo …)", "annex reference", "III.1", "605", "609 610", "604"),
    Row("Quy chế, quy định kèm theo", "enclosed regulation", "PL III", "608", "", "607"),
    Row("Bảng", "tables", "-", left_vi="Nghị định không quy định cỡ chữ", left_en="the decree gives no size"),
    Row(
        "Bản sao, thông tin chữ ký số",
        "copies, text of digital signatures",
        "Phần II",
        words="325",
        left_vi="các nội dung khác",
        left_en="all else",
    ),
)
HEADS = {
    "vi": ("Thành phần", "Khoản", "Có mặt", "Lời, dấu", "Cỡ, kiểu, hoa, vị trí chữ", "Chỗ đứng, kẻ, cách", "Chưa xét"),
    "en": (
        "component",
        "item",
        "is there",
        "words, marks",
        "size, weight, case, alignment",
        "place, lines, gaps",
        "not judged",
    ),
}


def table(language: str) -> str:
    """The walk as a table; `*` stands after codes of which `--fix` mends what is sure."""
    lines = [HEADS[language], ("---",) * 7]
    for row in WALK:
        name, left = (row.vi, row.left_vi) if language == "vi" else (row.en, row.left_en)
        cells = (" ".join(map(_code, each.split())) for each in (row.there, row.words, row.look, row.place))
        lines.append((name, row.cite, *cells, left))
    return (
        "\n"
        + "".join(f"| {' | '.join(line)} |\n".replace("|  |", "| |").replace("|  |", "| |") for line in lines)
        + "\n"
    )


def _code(number: str) -> str:
    return f"QD{number}" + ("*" if f"QD{number}" in MENDED else "")


def test_every_rule_stands_in_the_walk() -> None:
    walked = {number for row in WALK for cell in row[3:7] for number in cell.split()}
    assert {f"QD{number}" for number in walked} == {rule.code for rule in CONFORMITY_RULES}


@pytest.mark.parametrize(("language", "page"), [("en", "check-docx.md"), ("vi", "check-docx.vi.md")])
def test_the_pages_show_the_walk(language: str, page: str, *, rewrite: bool) -> None:
    text = (DOCS / page).read_text("utf-8")
    if rewrite:
        (DOCS / page).write_text(re.sub(BLOCK, lambda _: table(language), text), "utf-8", newline="\n")
        return
    shown = re.search(BLOCK, text)
    assert shown is not None
    assert shown[0] == table(language)
