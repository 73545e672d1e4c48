"""Rules on the levels of a text, parts, `I.`, `Điều 1.`, `1.`, `a)`: their look, order and marks (QD4xx)."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import partial

from qmsplan.conformity.fixes import set_flags
from qmsplan.conformity.paper import (
    FLAGS,
    ConformityRule,
    Paper,
    PaperFault,
    capital_faults,
    look_faults,
    look_rule,
    told,
)
from qmsplan.conformity.part_words import MARK
from qmsplan.conformity.pieces import DocumentPiece, folded
from qmsplan.diagnostics import Message
from qmsplan.word.paragraph import WordParagraph

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_PARTS = ("phan", "chuong", "muc", "tieu muc")
"""What a text is divided into, from the greatest to the smallest."""
_PART = re.compile(r"(?P<word>phan|chuong|(tieu )?muc) (?P<number>[ivxl]+|\d+)\b")
_ARTICLE, _CLAUSE = ("Điều", "article"), ("Khoản", "clause")
_DIVISIONS = ("Phần, chương, mục", "parts, chapters, sections")
_AGAIN = Message("number the paragraphs again")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


def _titles(paper: Paper) -> Iterator[PaperFault]:
    """Titles of `I.`: bold capitals, on the number's line."""
    pieces = [piece for piece in paper.zones.of("section") if len(piece.text) < 250]
    style = paper.profile.styles["heading-1"]._replace(case="upper")
    yield from look_faults(paper, style, pieces, "align italic underline")


def _part_numbers(paper: Paper) -> Iterator[PaperFault]:
    """`Chương` has Roman numbers, `Mục` Arabic ones; both in small letters, in their order."""
    style = paper.profile.styles["heading-1"].called(*_DIVISIONS)
    other, skipping = [], []
    counts: dict[str, int] = {}
    for piece in paper.zones.of("part"):
        match = _PART.match(folded(piece.text))
        if match is None:
            continue
        word, is_arabic = match["word"], match["number"].isdecimal()
        if is_arabic is not word.endswith("muc"):
            other.append(piece)
        number = int(match["number"]) if is_arabic else _roman(match["number"])
        if number not in {counts.get(word, 0) + 1, 1}:
            skipping.append(piece)
        counts = {name: count for name, count in counts.items() if _PARTS.index(name) < _PARTS.index(word)}
        counts[word] = number
    message = Message("{style}: parts and chapters have Roman numbers, 'Mục' has Arabic ones ({source})")
    yield from told(paper, style, other, message, _AGAIN)
    yield from told(paper, style, skipping, Message("{style}: numbers skip, or come twice ({source})"), _AGAIN)
    upper = [piece for piece in paper.zones.of("part") if _is_word_upper(piece)]
    yield from capital_faults(paper, style, upper, Message("write 'Chương I'"))


def _is_word_upper(piece: DocumentPiece) -> bool:
    """Whether a line says `CHƯƠNG I`."""
    return bool(_PART.fullmatch(folded(piece.text).rstrip(" .:"))) and piece.is_upper


def _articles(paper: Paper) -> Iterator[PaperFault]:
    """The word `Điều 1.` and its title are bold; where text follows on the line, only the number is."""
    wrong = [piece for piece in paper.zones.of("article") if not _is_start_bold(piece)]
    titled = [piece for piece in wrong if len(piece.text) < 120 and not piece.text.endswith((".", ";", ":"))]
    yield from _not_bold(paper, _ARTICLE, wrong, is_mended=len(titled) == len(wrong))


def _not_bold(
    paper: Paper, level: tuple[str, str], wrong: Sequence[DocumentPiece], *, is_mended: bool = True
) -> Iterator[PaperFault]:
    style = paper.profile.styles["heading-2"].called(*level)
    fix = partial(set_flags, name="bold", value=True) if is_mended else None
    yield from told(paper, style, wrong, FLAGS["bold", True], fix=fix)


def _issuing(paper: Paper) -> Iterator[PaperFault]:
    """Who decides, and the line `QUYẾT ĐỊNH:`. The text of the decree is silent on them, its samples are not."""
    title = paper.profile.styles["type"]
    style = title.called("Thẩm quyền ban hành", "issuing authority", cite="Phụ lục III, mẫu 1.2")
    yield from look_faults(paper, style, paper.zones.of("authority", "operative"))


def _is_start_bold(piece: DocumentPiece) -> bool:
    paragraph = piece.paragraph
    if paragraph.ordinal.strip():
        return paragraph.ordinal_bold
    return bool(piece.letters) and piece.letters[0].look.bold


def _clauses(paper: Paper) -> Iterator[PaperFault]:
    """A clause with a title: short, no stop at its end, while another one below the same `I.` is bold."""
    clauses = paper.zones.of("clause")
    titled = [one for one in clauses if len(one.text) < 90 and not one.text.endswith((".", ";", ":", ","))]
    starts = [piece.paragraph.number for piece in paper.zones.of("section")]

    def group(piece: DocumentPiece) -> int:
        return bisect(starts, piece.paragraph.number)

    bold = {group(piece) for piece in titled if piece.is_bold}
    wrong = [piece for piece in titled if not piece.is_bold and group(piece) in bold]
    yield from _not_bold(paper, _CLAUSE, wrong)


def _roman(text: str) -> int:
    values = [_VALUES[letter] for letter in text.lower()]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def _order(paper: Paper) -> Iterator[PaperFault]:
    """Numbers of `I.`, `Điều 1.`, `1.` and, in a list below a clause, `1)` that skip or come twice."""
    places: list[WordParagraph] = []
    counts = {"section": 0, "article": 0, "clause": 0, "list": 0}
    pieces = [(piece, name) for name in (*counts, "part") for piece in paper.zones.of(name)]
    for piece, level in sorted(pieces, key=lambda one: one[0].paragraph.number):
        match = re.match(r"(?:điều )?(\d+|[ivxl]+)\s*([.)/:–-]|\s|$)(?!\d)", piece.text.lower())
        name = level if level in counts else ""
        name = "list" if name == "clause" and match and match[2] == ")" else name
        if name not in {"clause", "list"}:
            counts["clause"] = 0
        if not name:
            counts["section"] = 0
        if not match or not name:
            continue
        number = int(match[1]) if match[1].isdecimal() else _roman(match[1])
        if number not in {counts[name] + 1, 1} and counts[name]:
            places.append(piece.paragraph)
        counts[name] = number
    yield from told(paper, "body", places, Message("{style}: numbers skip, or come twice ({source})"), _AGAIN)


def _point_letters(paper: Paper) -> Iterator[PaperFault]:
    places, before, last = [], "", 0
    for piece in paper.zones.of("point"):
        letter = letter_of(piece.text)
        is_next = piece.paragraph.number - last <= 12 and before in _LETTERS and letter != "a"
        wanted = _LETTERS[(_LETTERS.index(before) + 1) % len(_LETTERS)] if before and is_next else letter
        if len(letter) == 1 and (letter not in _LETTERS or letter != wanted):
            places.append(piece.paragraph)
        before, last = letter if letter in _LETTERS else "", piece.paragraph.number
    message = Message("{style}: points are lettered a, b, c, d, đ, e, g, h … in their order ({source})")
    yield from told(paper, "body", places, message, Message("letter the points again"))


def letter_of(text: str) -> str:
    """The letter before `)`, or another mark: `đ`."""
    return re.split(r"[^\w(]", text, maxsplit=1)[0].strip("(").lower()


_MARKS = {
    "section": (("Mục", "section"), "."),
    "article": (_ARTICLE, "."),
    "clause": (_CLAUSE, "."),
    "point": (("Điểm", "point"), ")"),
}


def _marks(paper: Paper) -> Iterator[PaperFault]:
    """Marks after numbers, typed or Word's own: `Điều 1:`, `I/`, `1/`, `a.`. `1)` is one only where clauses have no
    other number; below a point it may be a list."""
    if paper.zones.kind not in {"titled", "letter"} and not paper.zones.has("type"):
        return  # a form of another kind numbers as it likes
    pieces = [(piece, name) for name in (*_MARKS, "part") for piece in paper.zones.of(name)]
    wrong: dict[str, list[DocumentPiece]] = {name: [] for name in _MARKS}
    is_inner = False
    for piece, level in sorted(pieces, key=lambda one: one[0].paragraph.number):
        match = MARK.match(piece.text)
        mark = (match["mark"] or "").strip() if match else ""
        if level in {"clause", "point"}:
            is_list = level == "clause" and mark == ")" and is_inner
            is_inner = is_inner or mark != ")" or level == "point"
        else:
            is_list = is_inner = False
        is_wrong = match and (mark != _MARKS[level][1] or match["number"].startswith("(")) if level in _MARKS else False
        if is_wrong and not is_list:
            wrong[level].append(piece)
    for level, found in wrong.items():
        if found and (match := MARK.match(found[0].text)):
            name, mark = _MARKS[level]
            wanted = match["number"].lstrip("(") + mark
            message = Message("{style}: '{found}' should read '{wanted}' ({source})", found=match[0], wanted=wanted)
            hint = Message("write 'I.', 'Điều 1.', '1.', 'a)'; if Word numbers them, change the format of the list")
            yield from told(paper, paper.profile.styles["body"].called(*name), found, message, hint)


LEVEL_RULES = (
    look_rule(
        "QD417",
        "part",
        style="heading-1",
        skip="italic case underline",
        align="center",
        alias=_DIVISIONS[0],
        english=_DIVISIONS[1],
    ),
    ConformityRule("QD418", ("section",), _titles),
    ConformityRule("QD419", ("article",), _articles),
    ConformityRule("QD420", ("clause",), _clauses),
    ConformityRule("QD421", ("clause",), _order),
    ConformityRule("QD422", ("point",), _point_letters),
    look_rule(
        "QD424",
        "part-title",
        style="heading-1",
        skip="italic underline",
        align="center",
        case="upper",
        alias="Tiêu đề chương, mục",
        english="titles of chapters and sections",
    ),
    ConformityRule("QD425", ("part",), _part_numbers),
    ConformityRule("QD426", ("operative",), _issuing),
    ConformityRule("QD428", ("text",), _marks),
)
