"""Rules on title and text: type, subject, addressee, basis, paragraphs; and on the levels of the text, parts, `I.`,
`Điều 1.`, `1.`, `a)`: their look, order and marks (QD4xx)."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from qmsplan.conformity.head_rules import copy_form, line_rule
from qmsplan.conformity.paper import (
    FLAGS,
    MARKS,
    NOT_JUSTIFIED,
    ConformityRule,
    Paper,
    PaperFault,
    capital_faults,
    decides,
    flag_faults,
    has_head,
    is_letter,
    is_whole,
    look_faults,
    look_rule,
    missing,
    places_of,
    set_align,
    set_first_line,
    set_flags,
    set_gap,
    set_line,
    told,
)
from qmsplan.conformity.pieces import MARK, WITHOUT_SUBJECT, DocumentPiece, any_of, folded, names_agency, number_value
from qmsplan.diagnostics import Message
from qmsplan.documents.profile import TextStyle
from qmsplan.model.text import Figures
from qmsplan.rules.components import LAW_WITH_NUMBER
from qmsplan.word.looks import SINGLE
from qmsplan.word.paragraph import WordParagraph

_LEVELS = ("text", "section", "basis")
_INDENTS = (10.0, 12.7)
"""Millimetres that a first line may be indented (Mục II, khoản 6)."""
_NEAR = 0.7
_CAPITAL_VERB = re.compile(rf"V/v\s*({any_of('verbs')})\b(?! số\b)")
"""What a letter asks for, begun with a capital. Names may have one: `V/v Luật Đất đai`, `V/v Báo cáo số 12/BC-STP`."""


def _text_upright(paper: Paper) -> Iterator[PaperFault]:
    """Whole paragraphs that are italic or bold, while most are not."""
    pieces = [piece for piece in paper.zones.of("body", "bullet") if len(piece.text) > 60 and piece.text[0] not in "(["]
    count = len(paper.zones.of("text"))
    for name in ("italic", "bold"):
        wrong = [piece for piece in pieces if piece.letters and all(getattr(run.look, name) for run in piece.letters)]
        if len(wrong) * 2 < count:
            yield from flag_faults(paper, "body", wrong, name, value=False)


def _justified(paper: Paper) -> Iterator[PaperFault]:
    """Text that is not justified; a title of its own line, in bold letters, may stand left."""
    pieces = [p for p in paper.zones.of("text") if not (p.letters and all(run.look.bold for run in p.letters))]
    places = tuple(one for one in places_of(pieces) if one.look.align != "justify")
    yield from told(paper, "body", places, NOT_JUSTIFIED, fix=partial(set_align, align="justify"))


def _first_lines(paper: Paper) -> Iterator[PaperFault]:
    """First lines of text typed by hand. Word's own lists have indents of another kind."""
    pieces = [piece for piece in paper.zones.of("text") if not piece.paragraph.look.numbering]
    places = tuple(one for one in places_of(pieces) if not _is_indented(one))
    if places:
        found = places[0].look.left + places[0].look.first
        message = Message(
            "{style}: the first line is indented by {found} mm, not by {wanted} mm ({source})",
            found=Figures(round(found, 1)),
            wanted=Figures(*_INDENTS),
        )
        yield from told(paper, "body", places, message, fix=partial(set_first_line, indent=_INDENTS[1]))


def _is_indented(paragraph: WordParagraph) -> bool:
    if paragraph.text.startswith(("\t", "     ")):
        return True
    return _INDENTS[0] - _NEAR <= paragraph.look.left + paragraph.look.first <= _INDENTS[1] + _NEAR


def _gaps(paper: Paper) -> Iterator[PaperFault]:
    """The gap below each paragraph of the text that another one follows at once."""
    least = paper.profile.page.paragraph_gap_at_least
    judged = places_of(paper.zones.of("text", "section"))
    following = {one.number: one for one in judged}
    pairs = [(one, after) for one in judged if (after := following.get(one.number + 1))]
    wrong = [pair for pair in pairs if _gap(*pair) < least - 0.1]
    if wrong:
        message = Message(
            "{style}: the gap between paragraphs is {found} pt, not at least {wanted} pt ({source})",
            found=Figures(_gap(*wrong[0])),
            wanted=Figures(least),
        )
        yield from told(paper, "body", [one for one, _ in wrong], message, fix=partial(set_gap, points=least))


def _gap(one: WordParagraph, after: WordParagraph) -> float:
    is_same = one.look.style == after.look.style
    below = 0 if is_same and one.look.contextual else one.look.after
    above = 0 if is_same and after.look.contextual else after.look.before
    return below + above


def _lines(paper: Paper) -> Iterator[PaperFault]:
    low, high = paper.profile.page.line_range
    places = tuple(one for one in places_of(paper.zones.of(*_LEVELS)) if not low - 0.03 <= _ratio(one) <= high + 0.03)
    if places:
        message = Message(
            "{style}: the lines are {found} times single spacing apart, not {wanted} ({source})",
            found=Figures(round(_ratio(places[0]), 2)),
            wanted=Figures(low, high),
        )
        ratio = min(max(_ratio(places[0]), low), high)
        yield from told(paper, "body", places, message, fix=partial(set_line, ratio=ratio))


def _ratio(paragraph: WordParagraph) -> float:
    """The distance of lines as a share of single spacing."""
    look = paragraph.look
    if look.rule == "auto":
        return look.line
    size = max((run.look.size for run in paragraph.runs if run.text.strip()), default=14)
    ratio = look.line / (SINGLE * max(size, 1))
    return max(1.0, ratio) if look.rule == "atLeast" else (1.0 if 0.93 <= ratio < 1 else ratio)


def _stretches(paper: Paper) -> Iterator[list[DocumentPiece]]:
    """The text of the paper, and that of the regulation behind it, each in order and with its tables."""
    label, annexes = paper.zones.of("recipients-label"), paper.zones.of("annex-number")
    ends = [one.paragraph.number for one in label[:1] if not one.paragraph.in_box]
    if label or (paper.zones.has("annex-info") and not paper.has_head):  # a regulation, behind the paper or alone
        ends.append(min((one.paragraph.number for one in annexes), default=len(paper.content.paragraphs) + 1))
    pieces = sorted(paper.zones.of("text", "section", "table"), key=lambda piece: piece.paragraph.number)
    # `(Kèm theo dự thảo …)` stands below the text
    pieces = [one for one in pieces if not one.text.startswith("(") or one.paragraph.depth]
    for start, end in pairwise([0, *ends]):
        yield [one for one in pieces if start < one.paragraph.number < end]


def _end_mark(paper: Paper) -> Iterator[PaperFault]:
    mark = paper.profile.words.end_mark
    last = [found[-1] for found in _stretches(paper) if found and not found[-1].paragraph.depth]
    wrong = [one for one in last if not one.text.endswith(mark)]
    message = Message("{style}: the text does not end with '{mark}', as the sample forms do", mark=mark)
    yield from told(paper, "body", wrong, message, Message("end the last paragraph with '{mark}'", mark=mark))


def _mark_inside(paper: Paper) -> Iterator[PaperFault]:
    """The mark of the end where text still follows."""
    mark = paper.profile.words.end_mark
    texts = ([one for one in found if not one.paragraph.depth][:-1] for found in _stretches(paper))
    wrong = [one for text in texts for one in text if one.text.endswith(mark)]
    message = Message("{style}: '{mark}' stands where the text does not end", mark=mark)
    yield from told(paper, "body", wrong, message, Message("leave it at the end of the text only"))


# Addressee, basis


def _addressee_style(paper: Paper) -> TextStyle:
    return paper.profile.styles["body"].called("Kính gửi", "addressee", cite="Mục II, khoản 9")


def _addressee(paper: Paper) -> Iterator[PaperFault]:
    pieces, style = paper.zones.of("addressee"), _addressee_style(paper)
    first = pieces[0].text
    if not re.match(r"Kính gửi\s?:", first):
        message = Message("{style}: after 'Kính gửi' stands a colon ({source})")
        yield from told(paper, style, pieces[:1], message, Message("write 'Kính gửi: Sở Tư pháp'"))
    elif len(pieces) == 1 and first.rstrip().endswith((".", ";")) and ";" not in first.rstrip(";. "):
        message = Message("{style}: a single addressee has no stop at its end ({source})")
        yield from told(paper, style, pieces, message, Message("take the last '{mark}' away", mark=first[-1]))
    several = [piece for piece in pieces if _names_several(piece)]
    several += [piece for piece in pieces[1:] if names_agency(piece.text) and len(pieces) > 2]  # without a dash
    message = Message("{style}: several addressees stand each on a line of its own, after a dash ({source})")
    yield from told(paper, style, several, message, Message("write '- Sở Nội vụ;' and '- Sở Tài chính.' below"))
    wrong = [piece for piece in pieces[1:-1] if not piece.text.endswith(";")]
    wrong += [piece for piece in pieces[-1:] if not piece.text.endswith(".")]
    if len(pieces) > 2:
        message = Message("{style}: each of several addressees ends with ';', the last with '.' ({source})")
        yield from told(paper, style, wrong, message, MARKS)
    yield from look_faults(paper, style._replace(cite=paper.profile.styles["body"].cite), pieces, "align case")


def _names_several(piece: DocumentPiece) -> bool:
    """Whether a line names more than one agency: `Kính gửi: Sở Nội vụ, Sở Tài chính`. `Phòng Vật tư, thiết bị y tế` is
    one, and so is the office of two bodies."""
    text = re.sub(r"^(Kính gửi\s*:?|[-–—+•])\s*", "", piece.text)
    if any(map(names_agency, re.split(r";\s+", text)[1:])):
        return True
    names = re.split(r",\s+", text)
    is_shared = folded(text).startswith(("van phong ", "thuong truc "))
    return not is_shared and names_agency(names[0]) and any(map(names_agency, names[1:]))


def _basis_marks(paper: Paper) -> Iterator[PaperFault]:
    pieces = paper.zones.of("basis")
    wrong = [piece for piece in pieces[:-1] if not piece.text.endswith(";")]
    ends = (".", ":") if len(pieces) > 1 else (".", ",", ":")  # one alone may begin the sentence that goes on below
    wrong += [piece for piece in pieces[-1:] if not piece.text.endswith(ends)]
    message = Message("{style}: each line ends with ';', the last with '.' ({source})")
    yield from told(paper, "basis", wrong, message, MARKS)


def _law_with_number(paper: Paper) -> Iterator[PaperFault]:
    """Laws and ordinances are cited without number, symbol and issuer."""
    wrong = [piece for piece in paper.zones.of("basis") if LAW_WITH_NUMBER.search(piece.text)]
    message = Message("{style}: laws and ordinances are cited without number, symbol and issuer ({source})")
    yield from told(paper, "basis", wrong, message, Message("leave these out; the day of the law stays"))


def _addressee_missing(paper: Paper) -> Iterator[PaperFault]:
    if not paper.zones.has("addressee"):
        yield missing(paper, _addressee_style(paper))


def _letter_subject(paper: Paper) -> Iterator[PaperFault]:
    style = paper.profile.styles["number"].called("V/v", "subject of a letter", sizes=(12, 13), cite="Mục II, khoản 5")
    pieces = paper.zones.of("letter-subject")
    yield from look_faults(paper, style, pieces)
    text = pieces[0].text
    if folded(text).startswith("ve viec"):
        message = Message("'{text}': the subject of a letter begins with 'V/v'", text=text[:40])
        yield from told(paper, style, pieces[:1], message, Message("write 'V/v' before it"))
    elif re.match(r"V/v\s*:", text) or _CAPITAL_VERB.match(text):
        message = Message("'{text}': after 'V/v' stand a blank and a small letter ({source})", text=text[:40])
        yield from told(paper, style, pieces[:1], message, Message("write 'V/v báo cáo …'"))


def _has_subject_line(paper: Paper) -> bool:
    """Whether papers of its type say in a line of their own what they are about."""
    return is_whole(paper) and paper.zones.type not in {"nghi quyet", "giay moi", "cong dien", *WITHOUT_SUBJECT}


def _subject_missing(paper: Paper) -> Iterator[PaperFault]:
    if not paper.zones.has("letter-subject" if paper.zones.kind == "letter" else "subject"):
        yield missing(paper, "subject")


def _subject_small(paper: Paper) -> Iterator[PaperFault]:
    """Subjects in capitals. One word, such as `ISO`, may be an abbreviation."""
    pieces = paper.zones.of("subject")
    words = [word for piece in pieces for word in re.findall(r"[^\W\d_]{2,}", piece.text)]
    upper = [piece for piece in pieces if piece.is_upper]
    if len(upper) == len(pieces) and len(words) > 1:
        hint = Message("write it in small letters; only the type of document is in capitals")
        yield from capital_faults(paper, "subject", upper, hint)


def _type_twice(paper: Paper) -> Iterator[PaperFault]:
    first, *more = paper.zones.of("type")
    if more:
        message = Message(
            "{style}: it stands on two lines, '{found}' and '{other}' ({source})",
            found=first.text,
            other=more[0].text,
        )
        hint = Message("a paper has one type; below it stands what it is about")
        yield from told(paper, "type", more, message, hint)


def _type_missing(paper: Paper) -> Iterator[PaperFault]:
    if paper.zones.kind == "other" and not paper.zones.has("letter-subject") and not copy_form(paper):
        yield missing(paper, "type")


def _letter_typed(paper: Paper) -> Iterator[PaperFault]:
    """`CÔNG VĂN` above a letter, the one kind of papers without the name of its type."""
    message = Message("{style}: a letter has none ({source})")
    hint = Message("take '{found}' away; what it is about stands after 'V/v', below the number", found="CÔNG VĂN")
    yield from told(paper, "type", paper.zones.of("type") if is_letter(paper) else (), message, hint)


_LETTERS = "abcdđeghiklmnopqrstuvxy"
_PARTS = ("phan", "chuong", "muc", "tieu muc")
"""What a text is divided into, from the greatest to the smallest."""
_PART = re.compile(r"(?P<word>phan|chuong|(tieu )?muc) (?P<number>[ivxl]+|\d+)\b")
_ARTICLE, _CLAUSE = ("Điều", "article"), ("Khoản", "clause")
_DIVISIONS = ("Phần, chương, mục", "parts, chapters, sections")
_TITLES = ("Tiêu đề chương, mục", "titles of chapters and sections")
_AGAIN = Message("number the paragraphs again")


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
        match = _PART.match(piece.folded)
        if match is None:
            continue
        word, is_arabic = match["word"], match["number"].isdecimal()
        if is_arabic is not word.endswith("muc"):
            other.append(piece)
        number = number_value(match["number"])
        if number not in {counts.get(word, 0) + 1, 1}:
            skipping.append(piece)
        counts = {name: count for name, count in counts.items() if _PARTS.index(name) < _PARTS.index(word)}
        counts[word] = number
    message = Message("{style}: parts and chapters have Roman numbers, 'Mục' has Arabic ones ({source})")
    yield from told(paper, style, other, message, _AGAIN)
    yield from told(paper, style, skipping, Message("{style}: numbers skip, or come twice ({source})"), _AGAIN)
    parts = [piece for piece in paper.zones.of("part") if piece.is_upper]
    upper = [piece for piece in parts if _PART.fullmatch(piece.folded.rstrip(" .:"))]
    yield from capital_faults(paper, style, upper, Message("write 'Chương I'"))


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
    if not paper.zones.has("operative"):
        yield missing(paper, style.called("Dòng 'QUYẾT ĐỊNH:'", "line 'QUYẾT ĐỊNH:'", cite="Phụ lục III, mẫu 1.2"))


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


_STARTS = ("recipients-label", "attached-type", "annex-number", "annex-info")
"""Where the text ends, or another one begins with numbers of its own."""
_NUMBERED = ["section", "article", "clause", "list"]
_ANEW = {"section": ["clause"], "article": ["clause"], "part": ["section", "clause"]} | dict.fromkeys(
    _STARTS, _NUMBERED
)
"""What is numbered from 1 again below each."""


def _order(paper: Paper) -> Iterator[PaperFault]:
    """Numbers of `I.`, `Điều 1.`, `1.` and, in a list below a clause, `1)` that skip or come twice."""
    places: list[WordParagraph] = []
    last = dict.fromkeys(_NUMBERED, 0)
    pieces = [(piece, name) for name in (*_NUMBERED, "part", *_STARTS) for piece in paper.zones.of(name)]
    for piece, level in sorted(pieces, key=lambda one: one[0].paragraph.number):
        match = re.match(r"(?:điều )?(\d+|[ivxl]+)\s*([.)/:–-]|\s|$)(?!\d)", piece.text.lower())
        name = "list" if level == "clause" and match and match[2] == ")" else level
        last |= dict.fromkeys(_ANEW.get(name, ()), 0)
        if match and name in last:
            number = number_value(match[1])
            is_again = number == last[name] and name in {"section", "article"}
            if is_again or (last[name] and number not in {last[name] + 1, 1}):
                places.append(piece.paragraph)
            last[name] = number
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
    """Marks after numbers, typed or Word's own: `Điều 1:`, `I/`, `1/`, `a.`."""
    if paper.zones.kind not in {"titled", "letter"} and not paper.zones.has("type"):
        return  # a form of another kind numbers as it likes
    wrong = list(_wrong_marks(paper))
    for level, (name, mark) in _MARKS.items():
        found = [piece for piece, of in wrong if of == level]
        if found and (match := MARK.match(found[0].text)):
            wanted = match["number"].lstrip("(") + mark
            message = Message("{style}: '{found}' should read '{wanted}' ({source})", found=match[0], wanted=wanted)
            hint = Message("write 'I.', 'Điều 1.', '1.', 'a)'; if Word numbers them, change the format of the list")
            yield from told(paper, paper.profile.styles["body"].called(*name), found, message, hint)


def _wrong_marks(paper: Paper) -> Iterator[tuple[DocumentPiece, str]]:
    """Pieces with another mark than that of their level. `1)` is a wrong one only where clauses have no other number;
    below a clause or a point it may be a list."""
    pieces = [(piece, name) for name in (*_MARKS, "part") for piece in paper.zones.of(name)]
    is_inner = False
    for piece, level in sorted(pieces, key=lambda one: one[0].paragraph.number):
        match = MARK.match(piece.text)
        mark = (match["mark"] or "").strip() if match else ""
        is_list = level == "clause" and mark == ")" and is_inner
        is_inner = level == "point" or (level == "clause" and (is_inner or mark != ")"))
        if level in _MARKS and match and not is_list and (mark != _MARKS[level][1] or match["number"].startswith("(")):
            yield piece, level


BODY_RULES = (
    ConformityRule("QD401", (has_head,), _type_missing),
    look_rule("QD402", "type"),
    ConformityRule("QD662", ("type",), _letter_typed),
    ConformityRule("QD403", (_has_subject_line,), _subject_missing),
    look_rule("QD404", "subject"),
    line_rule("QD405", "subject"),
    ConformityRule("QD406", ("letter-subject",), _letter_subject),
    ConformityRule("QD407", (is_letter, "letter-subject"), _addressee_missing),
    ConformityRule("QD408", ("addressee",), _addressee),
    look_rule("QD409", "basis", skip="align"),
    ConformityRule("QD410", ("basis",), _basis_marks),
    look_rule("QD411", "text", style="body", skip="bold italic underline align case"),
    ConformityRule("QD412", ("text",), _text_upright),
    ConformityRule("QD413", ("text",), _justified),
    ConformityRule("QD414", ("text",), _first_lines),
    ConformityRule("QD415", ("text",), _gaps),
    ConformityRule("QD416", ("text",), _lines),
    ConformityRule("QD423", ("text",), _end_mark),
    ConformityRule("QD431", ("text",), _mark_inside),
    ConformityRule("QD430", ("basis",), _law_with_number),
    ConformityRule("QD429", ("type",), _type_twice),
    ConformityRule("QD427", ("subject",), _subject_small),
    look_rule("QD417", "part", style="heading-1", called=_DIVISIONS, skip="italic case underline", align="center"),
    ConformityRule("QD418", ("section",), _titles),
    ConformityRule("QD419", ("article",), _articles),
    ConformityRule("QD420", ("clause",), _clauses),
    ConformityRule("QD421", ("text",), _order),
    ConformityRule("QD422", ("point",), _point_letters),
    look_rule(
        "QD424", "part-title", style="heading-1", called=_TITLES, skip="italic underline", align="center", case="upper"
    ),
    ConformityRule("QD425", ("part",), _part_numbers),
    ConformityRule("QD426", (decides,), _issuing),
    ConformityRule("QD428", ("text",), _marks),
)
