"""Rules on the head: nation and motto, agencies, number, place and date (QD3xx)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from docx.oxml.ns import qn

from qmsplan.conformity.ends import is_in_table
from qmsplan.conformity.paper import (
    ConformityRule,
    Paper,
    PaperFault,
    edit_text,
    is_letter,
    look_rule,
    missing_rule,
    set_formula,
    told,
)
from qmsplan.conformity.pieces import OTHER_NATION, DocumentPiece, cells, folded, is_left_of, is_odd_stamp
from qmsplan.diagnostics import Message
from qmsplan.documents.word_xml import width_of
from qmsplan.model.period import real_day
from qmsplan.model.text import Figures
from qmsplan.word.looks import POINTS_PER_MM, whole
from qmsplan.word.paragraph import WordParagraph

_DRAW = Message("in Word: Insert, Shapes, Line; no hyphens, no underlining")
_BELOW = 8
"""Paragraphs below a text in which a typed line is looked for."""
_NEAR = 0.12
"""How far the length of a line may be off, as a share of the text: fonts differ, and lines are drawn by hand."""
_CELL_MARGIN = "108"
"""Twips that Word leaves at each side of a cell, where the file says nothing."""
_COLUMN = {"issuer": 230, "motto": 300, "subject": 440}
"""Points that a text has on one line at least; of longer ones it is not known where they break."""
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_NUMBER = re.compile(r"^Số: ?(?P<number>\d*)(?P<gap>[ .…_·-]*)/(?P<after> ?)(?P<symbol>.*)$")
_SYMBOL = re.compile(r"^(\d{4}/)?[^\W\d_][\w&.]*(-[\w&.]+)*$")
_YEAR = 4
"""Figures of a year."""
_DATE = re.compile(
    r"^(?P<place>.*?)(?P<comma>,?) ?ngày(?P<day>[\d .…_]*)tháng(?P<month>[\d .…_]*)năm(?P<year>[\d .…_]*)\.?$"
)

_COPIES = {"sao y": "SY", "sao luc": "SL", "trich sao": "TrS"}
"""The symbols of copies by the line above their number."""
_COPY_NUMBER = re.compile(r"số\s*:?\s*\d+\s*/\s*(?P<symbol>\w+)", re.IGNORECASE)


def _wording(code: str, component: str) -> ConformityRule:
    """The rule that a component has its fixed words, letter by letter. Mended is a slip of the keyboard: tone marks,
    dashes, blanks, capitals; no other word."""

    def check(paper: Paper) -> Iterator[PaperFault]:
        words, style = getattr(paper.profile.words, component), paper.profile.styles[component]
        piece = paper.zones.of(component)[0]
        text = piece.text.replace("Ð", "Đ")
        if text != words and not (style.case == "upper" and text.upper() == words):
            message = Message("{style}: '{found}' should read '{wanted}' ({source})", found=piece.text, wanted=words)
            fix = partial(set_formula, words=words) if _key(text) == _key(words) else None
            yield from told(paper, style, [piece], message, fix=fix)

    return ConformityRule(code, (component,), check)


def _key(text: str) -> str:
    """What two spellings of a formula share: neither the place of tone marks nor the kind and blanks of dashes."""
    return re.sub(rf"\s*[-{_DASHES}]\s*", "-", folded(text).replace(" ", "")).strip("-–. ")


def line_rule(code: str, component: str) -> ConformityRule:
    """The rule that a line is drawn below a component, as long as the decree wants it: below the motto as long as the
    motto, below others a third to a half of the text."""

    def check(paper: Paper) -> Iterator[PaperFault]:
        pieces = paper.zones.of(component)
        if message := _line_fault(paper, component, pieces):
            yield from told(paper, component, pieces[-1:], message, _DRAW)

    return ConformityRule(code, (component,), check)


def _line_fault(paper: Paper, component: str, pieces: Sequence[DocumentPiece]) -> Message | None:
    """What is wrong with the line below a component; None if nothing is."""
    line = paper.zones.drawn.get(component)
    if line is None:
        return _missing_line(paper, pieces[-1])
    if not line.is_solid:
        return Message("{style}: the line below is dashed, dotted or double, not solid ({source})")
    if not line.length or (component == "subject" and any(piece.is_upper for piece in pieces)):
        return None  # in small letters, as they should be, the text is shorter
    head, sizes = paper.profile.head, paper.profile.styles[component].sizes
    words = paper.profile.words.motto if component == "motto" else ""
    low, high = (head.motto_rule_share, head.motto_rule_share) if words else head.range_rule_share
    widths = [_width(piece, words, sizes) for piece in pieces]
    text = max(widths)  # of a name on two lines the line may go by either
    widths += [_width(piece, "", sizes) for piece in pieces]  # a motto in capitals is one fault, not two
    room = _COLUMN[component] - max(map(_indents, pieces))
    if text >= room or any(low - _NEAR <= line.length / width <= high + _NEAR for width in widths):
        return None
    return Message(
        "{style}: the line below is {found} % as long as the text, not {wanted} % ({source})",
        found=f"{line.length / text * 100:.0f}",
        wanted=Figures(round(low * 100), round(high * 100)),
    )


def _missing_line(paper: Paper, above: DocumentPiece) -> Message:
    """What stands in the place of a line that is not drawn."""
    if any(run.look.underline for run in above.letters):
        return Message("{style}: the text is underlined, and no line is drawn below it ({source})")
    if any(_is_below(one.paragraph, above.paragraph) for one in paper.zones.typed_lines):
        return Message("{style}: the line below is typed, not drawn ({source})")
    return Message("{style}: there is no line below ({source})")


def _is_below(line: WordParagraph, text: WordParagraph) -> bool:
    """Whether a typed line stands below a text, in its column."""
    is_beside = line.place is not None and text.place is not None and line.place.cell != text.place.cell
    return 0 <= line.number - text.number <= _BELOW and not is_beside


def _indents(piece: DocumentPiece) -> float:
    """The points by which the column of a text is narrower on both sides: it then breaks sooner."""
    look = piece.paragraph.look
    return max(look.left + look.right, 0) * POINTS_PER_MM


def _width(piece: DocumentPiece, words: str, sizes: tuple[float, float]) -> float:
    """The width in points of a text on one line, or of the words that should stand there, in a size that is allowed:
    letters of a wrong size are one fault, and not a line of a wrong length too."""
    low, high = sizes
    size = max((run.look.size for run in piece.letters), default=14)
    return width_of(words or piece.text, min(max(size, low), high))


def _wrapped(paper: Paper) -> Iterator[PaperFault]:
    """Nation and motto stand on one line each; in a narrow column they break."""
    styles = paper.profile.styles
    wrong = [
        piece for name in ("nation", "motto") for piece in paper.zones.of(name) if _breaks(piece, styles[name].sizes)
    ]
    message = Message("{style}: its column is too narrow for it to stand on one line ({source})")
    yield from told(paper, "nation", wrong, message, Message("make the right column of the head wider"))


def _breaks(piece: DocumentPiece, sizes: tuple[float, float]) -> bool:
    """Whether a text surely does not fit into its cell; not known of cells without a width of their own, and of letters
    that are set closer or narrower."""
    cell = next(piece.paragraph.element.iterancestors(qn("w:tc")), None)
    width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}") if cell is not None else None
    squeezed = (f"{qn('w:rPr')}/{qn(name)}" for name in ("w:spacing", "w:w"))
    is_squeezed = any(run.element.find(path) is not None for path in squeezed for run in piece.letters)
    if cell is None or width is None or width.get(qn("w:type")) != "dxa" or is_squeezed:
        return False
    margins = [one for name in ("w:tcMar", "w:tblCellMar") for one in _margins_above(cell, name)] or [_CELL_MARGIN] * 2
    room = (whole(width.get(qn("w:w"))) - sum(map(whole, margins[:2]))) / 20 - _indents(piece)
    return not piece.is_column and 0 < room < _width(piece, "", sizes)


def _margins_above(cell: Any, name: str) -> Iterator[str]:
    """The side margins in twips that a cell or its table states, left and right."""
    properties = cell.find(qn("w:tcPr")) if name == "w:tcMar" else cell.getparent().getparent().find(qn("w:tblPr"))
    margins = properties.find(qn(name)) if properties is not None else None
    if margins is not None:
        for sides in (("w:left", "w:start"), ("w:right", "w:end")):
            yield from (one.get(qn("w:w"), "0") for side in sides for one in margins.iterfind(qn(side)))


def _number_form(paper: Paper) -> Iterator[PaperFault]:
    """Number and symbol in their form. A number below 10 has a 0 before it."""
    pieces = paper.zones.of("number")[:1]
    match = _NUMBER.match(pieces[0].text)
    number = match["number"] if match else ""
    if len(number) == 1 and int(number) < paper.profile.padding.number_below:
        message = Message("{style}: a number below 10 has a 0 before it ({source})")
        yield from told(
            paper,
            "number",
            pieces,
            message,
            fix=lambda _: edit_text(pieces[0].paragraph, r"(?<!\d)(\d)(?=\s*/)", r"0\1"),
        )
    elif (
        match is None
        or (number and match["gap"])
        or match["after"]
        or not _SYMBOL.match(match["symbol"].strip(" .…_") or "KH")
        or any(part.islower() for part in match["symbol"].split("-")[1:])
    ):
        message = Message("{style}: '{found}' is not written as 'Số: 05/KH-STP' ({source})", found=pieces[0].text)
        hint = Message("'Số', a colon, the number, '/', the symbol without blanks")
        yield from told(paper, "number", pieces, message, hint)


def _group_of(piece: DocumentPiece) -> str | None:
    """The first part of a symbol, behind a year: `TT` of `36/2026/TT-BQL`; None without a symbol."""
    match = _NUMBER.match(piece.text)
    groups = re.split(r"[-/ ]", re.sub(r"^/?\d{4}/", "", match["symbol"])) if match else []
    return groups[0] if any(groups) else None


def _symbol(paper: Paper) -> Iterator[PaperFault]:
    """Symbols that do not begin with the short form of the type: `36/TT-BQL` of a `Tờ trình`. A year may come first."""
    types = {folded(name): short for name, short in paper.profile.types.items()}
    pieces, wanted = paper.zones.of("number")[:1], types.get(paper.zones.type.rstrip(" :."), "")
    group = _group_of(pieces[0])
    if wanted and group not in {None, wanted}:
        message = Message(
            "{style}: the symbol says '{found}', this type of paper has '{wanted}' ({source})",
            found=group,
            wanted=wanted,
        )
        yield from told(paper, "number", pieces, message, Message("correct the symbol or the type"))


def _letter_symbol(paper: Paper) -> Iterator[PaperFault]:
    """Letters have no type in their symbol: `318/CV-BVBT`. What the agency's own name may be short for is none."""
    pieces = paper.zones.of("number")[:1]
    group = _group_of(pieces[0])
    initials = iter("".join(word[0] for one in paper.zones.of("parent", "issuer") for word in one.text.upper().split()))
    types = {"CV", *paper.profile.types.values()}
    if group and group in types and not all(letter in initials for letter in group.upper()):
        message = Message(
            "{style}: a letter has no type in its symbol, which begins with the agency: '{found}' ({source})",
            found=group,
        )
        yield from told(paper, "number", pieces, message, Message("write agency and unit: 'Số: 05/STP-VP'"))


_OTHERS_WITHIN = 12
"""Paragraphs with text among which the head of a paper of the Party stands."""
_OTHER_NUMBER = re.compile(r"^Số:?\s*[\d….]*\s*-\s?[A-ZĐ][A-Za-zĐđ]{1,3}\s?/\s?(?P<issuer>[A-ZĐ][\wĐđ.&-]*)")
_OTHER_SYMBOL = re.compile(r"(TU|TW|ĐU|HU|QU|ĐUK|CB|ĐB|UBKT\w*|TN|TNCS\w*)$")
_OTHER_ISSUER = re.compile(
    r"\b(tinh|thanh|huyen|quan|thi|dang|chi) uy\b(?! ban)|\b(dang|chi) bo\b|\bdang (doan|cong san)\b|\bcan su dang\b"
    r"|\b(tinh|thanh|huyen|quan|thi|trung uong|bch|ban chap hanh) doan\b|\bdoan (tncs|thanh nien)\b"
)
"""Whose numbers are written `45-KH/BTCTU`: by the end of their symbol, and by their names, folded. Others who write so
have only written the number wrongly."""
_SIDES = (
    ("nation", ("nation", "motto"), ("parent", "issuer")),
    ("dateline", ("dateline",), ("number", "letter-subject")),
)
"""What stands at the right of a head, and what at its left."""


def _sides(paper: Paper) -> Iterator[PaperFault]:
    """Nation, motto and day stand at the right, agency and number at the left."""
    for name, right, left in _SIDES:
        pairs = ((one, other) for one in paper.zones.of(*right) for other in paper.zones.of(*left))
        wrong = [one for one, other in pairs if is_left_of(one, other)]
        if wrong:
            message = Message("{style}: it stands at the left, and should be at the right ({source})")
            hint = Message("nation, motto, place and date stand at the right, agency and number at the left")
            yield from told(paper, name, wrong, message, hint)
            return


def _date_form(paper: Paper) -> Iterator[PaperFault]:
    pieces = paper.zones.of("dateline")[:1]
    match = _DATE.match(pieces[0].text)
    year = match["year"].strip(" .…_") if match else ""
    is_short = match is None or (year.isdecimal() and len(year) != _YEAR)
    if is_short or not match or not match["comma"] or not match["place"].strip(" ,") or match["place"][0].islower():
        message = Message(
            "{style}: '{found}' is not written as 'Cà Mau, ngày 05 tháng 02 năm 2026' ({source})",
            found=pieces[0].text,
        )
        yield from told(paper, "dateline", pieces, message, Message("place, a comma, then the day"))
        return
    day, month = (match[name].strip(" .…_") for name in ("day", "month"))
    padding = paper.profile.padding
    if (len(day) == 1 and int(day) < padding.day_below) or (len(month) == 1 and int(month) < padding.month_below):
        message = Message("{style}: days below 10 and the months 1 and 2 have a 0 before them ({source})")
        yield from told(paper, "dateline", pieces, message, fix=partial(_pad, month_below=padding.month_below))
    if day.isdecimal() and month.isdecimal() and year.isdecimal() and not real_day(int(year), int(month), int(day)):
        message = Message("{style}: there is no such day ({source})")
        yield from told(paper, "dateline", pieces, message, Message("correct the day"))


def _padded_month(paper: Paper) -> Iterator[PaperFault]:
    """`tháng 03`: the decree asks for a 0 before the months 1 and 2 only, and its samples have `tháng 3`."""
    pieces = paper.zones.of("dateline")[:1]
    match = _DATE.match(pieces[0].text)
    month = match["month"].strip() if match else ""
    if len(month) == 2 and month.startswith("0") and int(month) >= paper.profile.padding.month_below:
        message = Message("{style}: a 0 stands before the month, as only before the months 1 and 2 ({source})")
        yield from told(paper, "dateline", pieces, message, Message("write 'tháng {month}'", month=int(month)))


def _pad(pieces: Sequence[DocumentPiece], month_below: int) -> None:
    paragraph = pieces[0].paragraph
    edit_text(paragraph, r"(?<=ngày)(\s*)([1-9])(?=\D)", r"\g<1>0\2")
    edit_text(paragraph, rf"(?<=tháng)(\s*)([1-{month_below - 1}])(?=\D)", r"\g<1>0\2")


def _sizes(paper: Paper) -> Iterator[PaperFault]:
    """Nation 12 goes with motto 13, nation 13 with motto 14. A size that is not allowed has a rule of its own."""
    sizes: list[float] = []
    for name in ("nation", "motto"):
        low, high = paper.profile.styles[name].sizes
        found = {run.look.size for run in paper.zones.of(name)[0].letters}
        sizes += found if len(found) == 1 and all(low <= size <= high for size in found) else []
    if len(sizes) == 2 and sizes[1] - sizes[0] != 1:
        message = Message(
            "{style}: {found} pt, with {other} pt in the line above; right are 12 and 13, or 13 and 14 ({source})",
            found=Figures(sizes[1]),
            other=Figures(sizes[0]),
        )
        motto = paper.zones.of("motto")[:1]
        yield from told(paper, "motto", motto, message, Message("make both larger or both smaller"))


def _stamp_words(paper: Paper) -> Iterator[PaperFault]:
    wrong = [piece for piece in paper.zones.of("stamp") if is_odd_stamp(piece.text)]
    if wrong:
        style = paper.profile.styles["stamp"].called("Dấu chỉ mức độ khẩn", "mark of urgency")
        message = Message("{style}: there is no mark '{found}' ({source})", found=wrong[0].text)
        yield from told(paper, style, wrong, message, Message("the marks are HỎA TỐC, THƯỢNG KHẨN and KHẨN"))


def copy_form(paper: Paper) -> tuple[str, WordParagraph] | None:
    """The symbol that a copy of the paper should have by its form, and the line of its number; None without one.
    What is stamped above a paper's own head is no form of a copy, which has a number and no nation."""
    paragraphs = paper.content.paragraphs
    own = {id(piece.paragraph) for piece in paper.zones.of("number")} if paper.zones.has("nation") else set()
    for index, one in enumerate(paragraphs):
        symbol = _COPIES.get(folded(one.plain).removesuffix(" ban chinh")) if one.plain.isupper() else None
        if symbol is None:
            continue
        beside = [other for other in paragraphs if one.place and is_in_table(other, one.place.table)]
        near = beside or paragraphs[index + 1 : index + 6]
        line = next((other for other in near if _COPY_NUMBER.match(other.plain)), None)
        if line and id(line) not in own:
            return symbol, line
    return None


def _copy_symbol(paper: Paper) -> Iterator[PaperFault]:
    """A copy is numbered by its form: `SY`, `SL`, `TrS`."""
    found = copy_form(paper)
    match = _COPY_NUMBER.match(found[1].plain) if found else None
    if found and match and match["symbol"] != found[0]:
        given = {"found": match["symbol"], "wanted": found[0], "source": paper.source("Phụ lục III, Mục I")}
        message = Message("the copy has the symbol '{found}', and by its form '{wanted}' ({source})", **given)
        yield PaperFault(message, (found[1],), Message("SY is for SAO Y, SL for SAO LỤC, TrS for TRÍCH SAO"))


def follows_others(paper: Paper) -> tuple[WordParagraph, ...]:
    """The line of a head that tells a paper of the Party or of the Youth Union: in the place of the nation, `ĐẢNG CỘNG
    SẢN VIỆT NAM`, or the symbol as theirs are, `Số 45-KH/BTCTU`."""
    if paper.zones.has("nation") or paper.zones.kind == "attached":
        return ()
    first = [one for one in paper.content.paragraphs if one.plain][:_OTHERS_WITHIN]
    pieces = [(one, piece.text) for one in first for _, piece in cells(one)]
    is_theirs = any(_OTHER_ISSUER.search(folded(text)) for _, text in pieces if text.isupper())
    found = [one for one, text in pieces if OTHER_NATION.match(folded(text))]
    numbers = ((one, _OTHER_NUMBER.match(text)) for one, text in pieces)
    found += [one for one, number in numbers if number and (is_theirs or _OTHER_SYMBOL.search(number["issuer"]))]
    return tuple(found[:1])


def _other_rules(paper: Paper) -> Iterator[PaperFault]:
    found = follows_others(paper)
    message = Message(
        "'{found}': papers of the Party and of the Youth Union follow rules of their own, so this one is not judged",
        found=found[0].plain,
    )
    yield PaperFault(message, found, Message("Decree 30/2020/NĐ-CP is for papers with the national title"))


OTHER_RULES = ConformityRule("QD640", (follows_others,), _other_rules)
"""What is told of a paper that the decree does not rule, and nothing else."""


HEAD_RULES = (
    OTHER_RULES,
    missing_rule("QD301", "nation"),
    _wording("QD302", "nation"),
    look_rule("QD303", "nation"),
    missing_rule("QD304", "motto"),
    _wording("QD305", "motto"),
    look_rule("QD306", "motto"),
    line_rule("QD307", "motto"),
    missing_rule("QD308", "issuer"),
    look_rule("QD309", "issuer"),
    look_rule("QD310", "parent"),
    line_rule("QD311", "issuer"),
    missing_rule("QD312", "number"),
    ConformityRule("QD313", ("number",), _number_form),
    look_rule("QD314", "number"),
    missing_rule("QD315", "dateline", but="bien ban"),  # minutes say in their text when and where (Annex III, form 1.9)
    ConformityRule("QD316", ("dateline",), _date_form),
    look_rule("QD317", "dateline"),
    ConformityRule("QD318", ("number", "type"), _symbol),
    ConformityRule("QD319", ("nation", "motto"), _sizes),
    ConformityRule("QD320", ("dateline",), _padded_month),
    ConformityRule("QD321", ("number", is_letter), _letter_symbol),
    ConformityRule("QD322", ("nation", "issuer"), _sides),
    look_rule("QD323", "stamp"),
    ConformityRule("QD324", ("stamp",), _stamp_words),
    ConformityRule("QD325", (copy_form,), _copy_symbol),
    ConformityRule("QD326", ("nation",), _wrapped),
)
