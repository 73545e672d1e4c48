"""How a cell with several deadlines falls into parts, and what in a part says only what is due, not when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.model.phrases import expression
from qmsplan.model.words import phrase, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_PIECES = 12
"""Cells with more pieces are read as a whole only, which keeps the time for any text short."""
LONGEST_PIECE = 120
"""Characters of a part, of several, that holds no words of the user's own."""

DOING = (
    *(
        "báo cáo",
        "gửi",
        "nộp",
        "trình",
        "hoàn thành",
        "hoàn thiện",
        "sơ kết",
        "tổng kết",
        "tổ chức",
        "triển khai",
        "xong",
    ),
    *(
        "thực hiện",
        "xây dựng",
        "ban hành",
        "tổng hợp",
        "đánh giá",
        "rà soát",
        "kiểm tra",
        "họp",
        "tiến hành",
        "phê duyệt",
    ),
    *("định kỳ", "cập nhật", "công bố", "lập", "duy trì", "kịp thời", "đúng tiến độ", "đầy đủ"),
)
"""What is done at the time that follows."""
_DONE = (
    "kế hoạch",
    "kết quả",
    "công tác",
    "dự thảo",
    "hồ sơ",
    "nhiệm vụ",
    "số liệu",
    "và",
    "việc",
    "chương trình",
    "đề án",
)
_DOES = rf"(?:{'|'.join(DOING)})(?!\w)(?:,? (?:{'|'.join((*DOING, *_DONE))})(?!\w))*"
_QUALITATIVE = frozenset(
    {
        *("kịp thời", "đúng thời hạn", "đúng hạn", "đúng tiến độ", "đúng quy định", "đúng thời gian quy định", "ngay"),
        *(
            "sớm",
            "sớm nhất",
            "sớm nhất có thể",
            "càng sớm càng tốt",
            "khẩn trương",
            "nhanh chóng",
            "định kỳ",
            "ngay lập tức",
        ),
        *("trong thời gian sớm nhất", "đảm bảo tiến độ", "bảo đảm tiến độ", "đúng thời gian", "đầy đủ", "hiệu quả"),
        *("kịp tiến độ", "trong thời gian tới", "chất lượng", "thời gian tới", "lâu dài", "ngay sau đó", "nếu có"),
    }
)
_SEPARATOR = (
    r" ?; ?|, (?!(?:ngay )?sau khi |theo )(?:và )?| ?[&+] ?|\. (?=\w)| và "
    r"| (?:và/)?hoặc (?=(?:mỗi )?khi |đột xuất|theo yêu cầu|sau khi )|[()]"
)
_BULLET = r"(?:[-+*•]|[a-zđ]\)|[0-9]{1,2}[.)](?= )) ?(?P<rest>\S.*)"
_LABEL = r"(?P<label>[^:;\n]{1,120}): ?(?P<rest>\S.*)"
_TIMED = r"(?:^|, )(?:quý|tháng|năm|ngày|trước|sau|khi|hàng|từ|đến|thường xuyên|liên tục|theo|định kỳ)\b"
_REMARK = r"(?P<rest>[^()]+?) ?\((?P<remark>[^()]*)\)"
_TIMES = r"[0-9]|\b(?:quý|tháng|năm|ngày|tuần|trước|sau|khi|hàng|trừ|không|từ|đến|thường xuyên|theo)\b"
_VARIANTS = (
    r"\b(?:mỗi|từng)(?= (?:[0-9]{1,2} )?(?:năm|quý|tháng|tuần|ngày)\b)|\bthường niên\b|\bsáu(?= tháng)|\bchín(?= tháng)"
    r"|\bt\.? ?(?=[0-9]{1,2}\b)"
)
_STANDARD = {"mỗi": "hàng", "từng": "hàng", "thường niên": "hàng năm", "sáu": "6", "chín": "9"}


def standard(text: str) -> str:
    """A calendar phrase with one word where plans have several: `mỗi năm`, `từng năm`, `thường niên`; `T6` for June."""
    return expression(_VARIANTS).sub(lambda match: _STANDARD.get(match[0].lower(), "tháng "), text)


def is_qualitative(text: str) -> bool:
    """True for words such as `kịp thời`, which say how but name no time."""
    return plain(text) in _QUALITATIVE


class Piece(NamedTuple):
    """A piece of a phrase and what stood before it."""

    joint: str
    text: str


def pieces(typed: str) -> tuple[Piece, ...]:
    """A phrase cut at line ends, semicolons, commas and `và`, but never inside brackets."""
    found: list[Piece] = []
    for line in typed.split("\n"):
        found += _pieces_of(phrase(line))  # a line's first piece is joined to the line before by its end
    return tuple(found)


def _pieces_of(line: str) -> Iterator[Piece]:
    depth, start, joint = 0, 0, "\n"
    for match in expression(_SEPARATOR).finditer(line):
        if match[0] in "()":
            depth = depth + 1 if match[0] == "(" else max(depth - 1, 0)
        elif depth == 0:
            if line[start : match.start()].strip():
                yield Piece(joint, line[start : match.start()].strip())
            start, joint = match.end(), match[0]
    if line[start:].strip():
        yield Piece(joint, line[start:].strip())


def joined(cut: Sequence[Piece]) -> str:
    """Pieces put together again."""
    return cut[0].text + "".join(piece.joint + piece.text for piece in cut[1:])


def readings(text: str) -> Iterator[str]:
    """A part as it stands, then without what only says what is due: bullets, labels, remarks in brackets."""
    bullet = expression(_BULLET).fullmatch(text)
    text = bullet["rest"] if bullet else text
    yield text
    yield from _without_doing(text)
    if label := expression(_LABEL).fullmatch(text):
        if not expression(_TIMED).search(label["label"]):
            yield label["rest"]
            yield from _without_doing(label["rest"])
        if not _names_time(label["rest"]):
            yield label["label"].strip()
    remark = expression(_REMARK).fullmatch(text)
    if remark and not _names_time(remark["remark"]):
        yield remark["rest"]


def _without_doing(text: str) -> Iterator[str]:
    before = expression(rf"{_DOES},?:? ").match(text)
    if before and before.end() < len(text):
        yield text[before.end() :]
    if after := expression(rf"(?P<rest>[^:]+?),? {_DOES}").fullmatch(text):
        yield after["rest"]


def _names_time(text: str) -> bool:
    return expression(_TIMES).search(text) is not None
