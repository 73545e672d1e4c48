"""Details in brackets at the end of a line, told by verbs and not by colons.

An example is `Số hóa hồ sơ (Phòng Cán bộ chủ trì, Văn phòng phối hợp; hoàn thành trong quý II/2026).`"""

from __future__ import annotations

import re
from typing import NamedTuple

_BRACKET = re.compile(r"\s*\((?P<inside>[^()]{8,300})\)\s*[.;,]?$")
_WHO = re.compile(
    r"(?:^|(?<=[,;]))\s*(?:và |giao |do )?(?P<who>[^;]{2,100}?)\s+(?P<verb>chủ trì|phối hợp|phụ trách|làm đầu mối)"
    r"(?:\s+(?:thực hiện|tham mưu))?\s*(?=[,;]|$)"
)
_BEFORE = re.compile(r"(?:^|(?<=[,;]))\s*(?P<verb>chủ trì|phối hợp với)\s+(?P<who>[^;]{2,100}?)\s*(?=[,;]|$)")
_WHEN = re.compile(r"^(?P<verb>(?:hoàn thành|xong|thực hiện)\s)?\s*(?P<when>.{3,60})$")
_TIME = re.compile(r"\b(tháng|quý|năm|ngày|tuần|hằng|hàng|thường xuyên)\b|\d{1,2}/\d", re.IGNORECASE)


class BracketDetails(NamedTuple):
    """Where the bracket begins, its details as fields and values, and the verbs that told them."""

    start: int
    details: tuple[tuple[str, str], ...]
    verbs: tuple[str, ...]


def bracket_details(text: str) -> BracketDetails | None:
    """The details of the bracket at the end of a line; None if it has none, or says something else too."""
    found = _BRACKET.search(text)
    if found is None:
        return None
    rest, details, verbs = found["inside"], [], []
    for pattern in (_WHO, _BEFORE):
        while match := pattern.search(rest):
            name = "support" if match["verb"].startswith("phối hợp") else "lead"
            details.append((name, match["who"].strip(" ,;")))
            verbs.append(match["verb"])
            rest = f"{rest[: match.start()]}{rest[match.end() :]}"
    rest = rest.strip(" ,;")
    if rest:
        when = _WHEN.match(rest)
        if when is None or not _TIME.search(when["when"]):
            return None
        details.append(("deadline", when["when"]))
        verbs += [when["verb"].strip()] if when["verb"] else []
    if "lead" not in {name for name, _ in details}:
        return None
    return BracketDetails(found.start(), tuple(details), tuple(verbs))
