"""A symbol that belongs to another type of document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.words import plain
from qmsplan.rules.base import Context, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

ABBREVIATIONS = {
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "chỉ thị": "CT",
    "quy chế": "QC",
    "quy định": "QyĐ",
    "thông cáo": "TC",
    "thông báo": "TB",
    "hướng dẫn": "HD",
    "chương trình": "CTr",
    "kế hoạch": "KH",
    "phương án": "PA",
    "đề án": "ĐA",
    "dự án": "DA",
    "báo cáo": "BC",
    "biên bản": "BB",
    "tờ trình": "TTr",
    "hợp đồng": "HĐ",
    "công điện": "CĐ",
    "bản ghi nhớ": "BGN",
    "bản thỏa thuận": "BTT",
    "giấy ủy quyền": "GUQ",
    "giấy mời": "GM",
    "giấy giới thiệu": "GGT",
    "giấy nghỉ phép": "GNP",
    "phiếu gửi": "PG",
    "phiếu chuyển": "PC",
    "phiếu báo": "PB",
    "bản sao y": "SY",
    "bản trích sao": "TrS",
    "bản sao lục": "SL",
}
"""Types of documents and what their symbols start with (Decree 30/2020/NĐ-CP, annex III, part I)."""


def check(context: Context) -> Iterator[Finding]:
    """Symbols in `head` whose first group is not the abbreviation of the document's type."""
    head = context.plan.plan.head if context.plan else None
    if head is None or head.symbol is None:
        return
    wanted = ABBREVIATIONS.get(head.type.lower()) or ABBREVIATIONS.get(plain(head.type))
    if wanted is None:
        return
    given, dash, rest = head.symbol.partition("-")
    if dash and given != wanted:
        yield Finding(
            context.in_plan("head", "symbol"),
            say("the symbol of '{type}' starts with {wanted}, not with {given}",
                type=head.type, wanted=wanted, given=given),
            say("write {symbol} (Decree 30/2020/NĐ-CP, annex III)", symbol=f"{wanted}-{rest}"),
            words=given,
        )  # fmt: skip


RULE = Rule("QP606", "symbol-not-of-type", Severity.WARNING, check)
