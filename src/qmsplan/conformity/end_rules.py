"""Rules on the end of a paper and its annexes: recipients and signature (QD5xx), annexes (QD6xx)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from qmsplan.conformity.ends import INFO, NOTE
from qmsplan.conformity.paper import (
    CAPITALS,
    MARKS,
    MISSING,
    ConformityRule,
    Paper,
    PaperFault,
    capital_faults,
    has_head,
    is_annexed,
    is_letter,
    is_whole,
    look_faults,
    look_rule,
    missing,
    missing_rule,
    places_of,
    told,
)
from qmsplan.conformity.pieces import POST, DocumentPiece, folded, is_left_of, number_value
from qmsplan.diagnostics import Message
from qmsplan.model.text import WRITTEN_DAY, day_of
from qmsplan.rules.components import lacks_collective_authority, title_of
from qmsplan.rules.documents import odd_authority
from qmsplan.word.paragraph import WordParagraph

_ARCHIVE = re.compile(r"^[-–]\s*Lưu\s*:\s*(?P<where>\S.*)\.$")
_INNER = ("phong ", "khoa ", "to ", "doi ", "bo phan ", "tram ")
"""How the names of departments begin, folded, which have no clerk's office of their own."""
_NAMED = re.compile(r"[Ss]ố\s*:?\s*(?P<number>\d+)\s*/(?P<symbol>\w[\w&./-]*\w)")
"""A number and its symbol: `Số: 48/QĐ-UBND`."""
_DAY = re.compile(WRITTEN_DAY)
_RETURN = re.compile(r"\s*\([^()]*\)\s*([;.]?)$")
"""What is said of a recipient in brackets at its end: `(b/c)`."""
_ODD_PREFIX = re.compile(r"^(T[/.]\s?M|K[/.]\s?T|T[/.]\s?L)\b|^(TM|KT|TL|TUQ|Q)(\s(?!\.)|\.(?=\S)|\s?[/:,-])")
_AS_ARTICLE = re.compile(r"^[-–]\s*như điều (?P<number>\d+)", re.IGNORECASE)
_AS_ABOVE = re.compile(r"^[-–]?\s*như (trên|kính gửi)\b", re.IGNORECASE)
_MAY_BE_TITLED = re.compile(
    r"\b((?<!\bmoi )(?<!\bthi )truong|dai hoc|hoc vien|benh vien|vien(?! kiem sat)|y te|giao duc|khoa hoc)\b"
)
"""Institutions of education, health and science, whose heads may allow titles: not `môi trường`, `thị trường`."""
_AUTHORITY = re.compile(r"(bo|so|tong cuc|cuc|chi cuc|vu|phong|uy ban nhan dan|ubnd)\b")
"""How authorities begin, which are no institutions: `Sở Y tế`."""
_ARMED = re.compile(r"\b(cong an|quan su|bo doi|quan khu|quoc phong|tu lenh)\b")
_ROOM = 24.0
"""Points between post and name below which nobody can sign."""
_ENCLOSURE = ("Văn bản kèm theo", "enclosure")
_ROMAN = re.compile(r"^phụ lục\s+([IVXLC]+)\b(?![.-]\d)", re.IGNORECASE)


def _entries(pieces: Sequence[DocumentPiece]) -> list[list[DocumentPiece]]:
    """The recipients, each with the lines that it is continued on."""
    entries: list[list[DocumentPiece]] = []
    for piece in pieces:
        if piece.text.startswith(("-", "–", "+", "•")) or not entries:
            entries.append([piece])
        else:
            entries[-1].append(piece)
    return entries


def _recipient_marks(paper: Paper) -> Iterator[PaperFault]:
    entries = [entry for entry in _entries(paper.zones.of("recipient")) if entry[0].text.startswith(("-", "–"))]
    last = [entry[-1] for entry in entries[:-1]]
    wrong = [one for one in last if not (one.text.endswith(";") or _RETURN.sub("", one.text).rstrip().endswith(";"))]
    yield from told(paper, "recipient", wrong, Message("{style}: each recipient ends with ';' ({source})"), MARKS)


def _archive(paper: Paper) -> Iterator[PaperFault]:
    last = _entries(paper.zones.of("recipient"))[-1]
    match = _ARCHIVE.match(" ".join(piece.text for piece in last))
    issuer = next((piece.folded for piece in paper.zones.of("issuer")), "")
    has_office = paper.zones.kind in {"titled", "letter"} and not issuer.startswith(_INNER)
    needs_office = has_office and not paper.zones.type.startswith("bien ban")  # what a meeting says is kept in its file
    if not match or (needs_office and not re.match(r"VT\b", match["where"])):
        message = Message("{style}: the last line is not '- Lưu: VT, …' with a stop ({source})")
        yield from told(paper, "recipient", last[:1], message, Message("end the recipients with '- Lưu: VT, HCTH.'"))


def _names_article(paper: Paper) -> bool:
    """Whether the text has articles, or its recipients name one."""
    recipients = paper.zones.of("recipient")
    return bool(recipients) and (paper.zones.has("article") or any(_AS_ARTICLE.match(one.text) for one in recipients))


def _as_article(paper: Paper) -> Iterator[PaperFault]:
    """`- Như Điều 3;` of a decision that has two articles; those of a regulation it brings along are not its own."""
    end = paper.zones.of("recipients-label")[0].paragraph.number
    own = [one.folded for one in paper.zones.of("article") if one.paragraph.number < end]
    recipients = paper.zones.of("recipient")
    named = [(piece, match["number"]) for piece in recipients if (match := _AS_ARTICLE.match(piece.text))]
    hint = Message("name the article that says who carries the decision out")
    wrong = [(piece, number) for piece, number in named if not any(re.match(rf"dieu {number}\b", one) for one in own)]
    above = [piece for piece in recipients if _AS_ABOVE.match(piece.text)]
    if own and above and not paper.zones.has("addressee"):
        message = Message("{style}: 'Như trên' means nobody in a paper without 'Kính gửi' ({source})")
        yield from told(paper, "recipient", above, message, hint)
    if wrong and (own or is_whole(paper)):
        message = Message("{style}: the text has no 'Điều {number}' ({source})", number=wrong[0][1])
        yield from told(paper, "recipient", [piece for piece, _ in wrong], message, hint)


def _tells_above(paper: Paper) -> bool:
    """Whether a paper names who it is sent to above its text: a letter, a report or a proposal (item 9 b)."""
    is_sent = is_letter(paper) or paper.zones.type in {"bao cao", "to trinh"}
    return is_sent and paper.zones.has("addressee")


def _as_above(paper: Paper) -> Iterator[PaperFault]:
    """The first recipients are those of `Kính gửi`, as `- Như trên;`."""
    pieces = paper.zones.of("recipient")
    if not any(_AS_ABOVE.match(piece.text) for piece in pieces):
        message = Message("{style}: 'Như trên' does not stand for those of 'Kính gửi' ({source})")
        yield from told(paper, "recipient", pieces[:1], message, Message("write '- Như trên;' above the others"))


def _label_form(paper: Paper) -> Iterator[PaperFault]:
    piece, wanted = paper.zones.of("recipients-label")[0], paper.profile.words.recipients
    if piece.text != wanted:
        message = Message("{style}: '{found}' should read '{wanted}' ({source})", found=piece.text, wanted=wanted)
        yield from told(paper, "recipients-label", [piece], message, Message("write it on a line of its own"))


def _prefix(paper: Paper) -> Iterator[PaperFault]:
    wrong = [piece for piece in paper.zones.of("position") if _ODD_PREFIX.match(piece.text)]
    message = Message("{style}: 'TM.', 'KT.', 'TL.', 'TUQ.' and 'Q.' are written with a stop and a blank ({source})")
    yield from told(paper, "position", wrong, message, Message("write 'KT. GIÁM ĐỐC'"))


def _on_behalf(paper: Paper) -> Iterator[PaperFault]:
    """A body, such as a people's committee, issues the paper, and no `TM.` stands above the post."""
    posts, names = paper.zones.of("position"), paper.zones.of("issuer")
    issuer = " ".join(piece.text for piece in names if piece.is_bold)  # not that of an agency above
    is_told = _ODD_PREFIX.match(posts[0].text)  # `TL CHỦ TỊCH` wants its stop
    needs_none = is_told or _has_no_signer(paper) or _signs_alone(paper, issuer)
    if not needs_none and lacks_collective_authority(issuer, [piece.text for piece in posts]):
        message = Message(
            "'{issuer}' decides as a body, and nothing says that it is signed on its behalf", issuer=issuer
        )
        hint = Message("write 'TM. {issuer}' on the line above the post", issuer=issuer)
        yield PaperFault(message, places_of(posts[:1]), hint)


def _signs_alone(paper: Paper, issuer: str) -> bool:
    """Whether the chairman signs in their own name: what a chairman decides alone says so above its basis or addressee;
    resolutions of a people's council are signed by who chairs its session."""
    if any("chu tich" in piece.folded for piece in paper.zones.of("authority", "telegram-addressee")):
        return True
    return paper.zones.type.startswith("nghi quyet") and folded(issuer).startswith("hoi dong nhan dan")


def _authority(paper: Paper) -> Iterator[PaperFault]:
    posts = paper.zones.of("position")
    odd = None if _has_no_signer(paper) else odd_authority([piece.text for piece in posts])
    if odd:
        yield PaperFault(odd.message, places_of(posts[odd.line : odd.line + 1]), odd.hint)
    deciding = next((match for one in paper.zones.of("authority") if (match := _DECIDES.match(one.folded))), None)
    signs = [piece.folded for piece in posts]
    is_alone = deciding is not None and deciding[0] == "chu tich"
    if deciding and (not any(deciding[0] in sign for sign in signs) or (is_alone and signs[0].startswith("tm."))):
        message = Message("the paper is issued by another post than the one that it is signed for")
        hint = Message("the line of who decides, such as GIÁM ĐỐC SỞ TƯ PHÁP, and the signature name the same head")
        yield PaperFault(message, places_of(posts[:1]), hint)


_DECIDES = re.compile(r"(chu tich|bo truong|tong giam doc|giam doc|hieu truong|chanh an|chanh van phong|cuc truong)\b")
"""Heads who decide, at the start of the line below what a decision is about."""


def _post_missing(paper: Paper) -> Iterator[PaperFault]:
    """A paper without the post of who signs; and one with number and day, so that it was issued, without a name."""
    posts = paper.zones.of("position")
    if not posts:
        yield missing(paper, "position")
        return
    is_numbered = any(re.search(r"\d+\s*/", piece.text) for piece in paper.zones.of("number")[:1])
    filled = is_numbered and any(re.search(r"ngày\s*\d", piece.text) for piece in paper.zones.of("dateline"))
    if filled and not paper.zones.has("signatory") and all(POST.match(piece.folded) for piece in posts):
        yield missing(paper, "signatory")


def _has_no_signer(paper: Paper) -> bool:
    """Whether those below the text do not sign for the agency: secretary and chair of a meeting, two sides."""
    is_side = any(piece.folded.startswith("ben ") for piece in paper.zones.of("position"))
    return paper.zones.kind not in {"titled", "letter"} or paper.zones.type.startswith("bien ban") or is_side


def _academic(paper: Paper) -> Iterator[PaperFault]:
    wrong = [piece for piece in paper.zones.of("signatory") if title_of(piece.text)]
    agencies = [folded(" ".join(piece.text for piece in paper.zones.of(zone))) for zone in ("parent", "issuer")]
    titled = [one for one in agencies if _MAY_BE_TITLED.search(one) and not _AUTHORITY.match(one)]
    if not titled and not any(map(_ARMED.search, agencies)):
        message = Message("{style}: an academic title or rank stands before the name ({source})")
        hint = Message("allowed in the armed forces, education, health and science only")
        yield from told(paper, "signatory", wrong, message, hint)


def _name_look(paper: Paper) -> Iterator[PaperFault]:
    pieces = paper.zones.of("signatory")
    yield from look_faults(paper, "signatory", pieces)
    wrong = [piece for piece in pieces if piece.is_upper or piece.text.replace(title_of(piece.text), "").isupper()]
    name = " ".join(word.capitalize() for word in wrong[0].text.split()) if wrong else ""
    yield from told(paper, "signatory", wrong, CAPITALS, Message("write '{name}'", name=name))


def _end_sides(paper: Paper) -> Iterator[PaperFault]:
    """Recipients stand at the left, who signs at the right."""
    left, right = paper.zones.of("recipients-label"), paper.zones.of("position", "signatory")
    wrong = [label for label in left if any(is_left_of(one, label) for one in right)]
    message = Message("{style}: they stand at the right, and should be at the left ({source})")
    hint = Message("recipients stand at the left, post and name at the right")
    yield from told(paper, "recipients-label", wrong, message, hint)


def _room(paper: Paper) -> Iterator[PaperFault]:
    """A name right below the post, where nobody could sign. A post of the signer's own agency may stand between the
    signature and the name."""
    names = places_of(paper.zones.of("signatory")[:1])
    posts = [one for one in places_of(paper.zones.of("position")) if one.place == names[0].place]
    end = sorted({*posts, *names}, key=lambda one: one.number)
    if len(end) > 1 and all(_follows(one, other) for one, other in pairwise(end)):
        message = Message("{style}: no room is left for the signature above it ({source})")
        yield from told(paper, "signatory", end[-1:], message, Message("leave four empty lines between post and name"))


def _follows(one: WordParagraph, other: WordParagraph) -> bool:
    """Whether a line stands so close below another one that nothing fits between them."""
    is_next = one.part == other.part and one.place == other.place and one.number + 1 == other.number
    return is_next and one.look.after + other.look.before < _ROOM


def _drafter(paper: Paper) -> Iterator[PaperFault]:
    recipient, pieces = paper.profile.styles["recipient"], paper.zones.of("drafter")
    style = recipient.called("Ký hiệu người soạn thảo", "who typed it", cite="Mục III, khoản 3")
    yield from look_faults(paper, style, pieces)
    wrong = [piece for piece in pieces if piece.text.split("(")[0].strip(" .").islower()]
    message = Message("{style}: letters are small, and should be capitals ({source})")
    yield from told(paper, style, wrong, message, Message("write 'PL.(300)'"))


# Annexes


def _annex_number(paper: Paper) -> Iterator[PaperFault]:
    """`Phụ lục I`; `PHỤ LỤC` only where it has a head of its own and is set as a document is."""
    pieces = paper.zones.of("annex-number")
    yield from look_faults(paper, "annex-number", pieces)
    upper = [] if paper.attached else [piece for piece in pieces if piece.is_upper]
    yield from capital_faults(paper, "annex-number", upper, Message("write 'Phụ lục I'"))


def _annex_roman(paper: Paper) -> Iterator[PaperFault]:
    pieces = paper.zones.of("annex-number")
    numbered = [piece for piece in pieces if len(piece.text.split()) > 2]
    wrong = [piece for piece in numbered if not _ROMAN.match(piece.text)]
    wrong += [piece for piece in pieces if len(pieces) > 1 and piece not in numbered]
    message = Message("{style}: several annexes have Roman numbers, 'Phụ lục I' ({source})")
    hint = Message("number the annexes I, II, III; a single one has no number")
    yield from told(paper, "annex-number", wrong, message, hint)
    values = [(piece, number_value(match[1])) for piece in numbered if (match := _ROMAN.match(piece.text))]
    skipping = [piece for (_, before), (piece, number) in pairwise(values) if number != before + 1]
    yield from told(paper, "annex-number", skipping, Message("{style}: numbers skip, or come twice ({source})"), hint)


def _annex_title(paper: Paper) -> Iterator[PaperFault]:
    """An annex with a head of its own is set as a document is: `PHỤ LỤC`, and its title in small letters."""
    skip = "case" if paper.attached else ""
    yield from look_faults(paper, "annex-title", paper.zones.of("annex-title"), skip)


def _info_missing(paper: Paper) -> Iterator[PaperFault]:
    notes = [piece for piece in paper.zones.of("annex-info") if INFO.match(piece.folded)]
    if len(notes) < len(paper.zones.of("annex-number")):
        hint = Message("write '(Kèm theo Kế hoạch số …)' below the title")
        yield from told(paper, "annex-info", paper.zones.of("annex-number"), MISSING, hint)


def _not_named(paper: Paper) -> Iterator[PaperFault]:
    texts = [
        piece.folded
        for piece in paper.zones.of("body", "clause", "point", "bullet", "table", "section", "article", "other")
    ]
    if not any("phu luc" in text or "kem theo" in text or "dinh kem" in text for text in texts):
        message = Message("{style}: the text does not name the annex ({source})")
        hint = Message("name it in the text: '(Phụ lục kèm theo)'")
        yield from told(paper, "annex-number", paper.zones.of("annex-number")[:1], message, hint)


def _notes(paper: Paper) -> list[tuple[DocumentPiece, str]]:
    """The notes on what an annex comes with, each with its text: it may have several lines."""
    notes: list[list[DocumentPiece]] = []
    for piece in paper.zones.of("annex-info"):
        if INFO.match(piece.folded) or not notes:
            notes.append([])
        notes[-1].append(piece)
    return [(note[0], " ".join(piece.text for piece in note)) for note in notes]


def _note_words(paper: Paper) -> Iterator[PaperFault]:
    """Notes without brackets, number and symbol, day or issuer. Forms have no number that it could name."""
    wrong = [piece for piece, text in _notes(paper) if not NOTE.match(folded(text))]
    if paper.zones.kind != "form":
        message = Message("{style}: not all of number, day and issuer stand in it, in brackets ({source})")
        hint = Message("write '(Kèm theo Kế hoạch số …/KH-… ngày … tháng … năm … của …)'")
        yield from told(paper, "annex-info", wrong, message, hint)


def _note_of_other(paper: Paper) -> Iterator[PaperFault]:
    """Notes with the paper's own symbol and another number, or with its number and another day. A form made by another
    paper, with another symbol, may well be annexed."""
    own = _NAMED.search(paper.zones.of("number")[0].text)
    own_day = next((_first_day(piece.text) for piece in paper.zones.of("dateline")), None)
    wrong = []
    for piece, text in _notes(paper):
        named = _NAMED.search(text)
        if own and named and named["symbol"] == own["symbol"]:
            is_other = int(named["number"]) != int(own["number"])
            day = _first_day(text[named.end() :])
            wrong += [piece] if is_other or (own_day and day and day != own_day) else []
    message = Message("{style}: number or day are not those of the paper, '{found}' ({source})", found=own and own[0])
    hint = Message("write number and day as they stand at the head of the paper")
    yield from told(paper, "annex-info", wrong, message, hint)


def _first_day(text: str) -> date | None:
    """The first day that a text names: `ngày 05 tháng 02 năm 2026`, `05/02/2026`."""
    return day_of(match) if (match := _DAY.search(text)) else None


def _attached_head(paper: Paper) -> Iterator[PaperFault]:
    """A regulation has a head of its own, without number and day: those are the decision's."""
    style = paper.profile.styles["type"].called(*_ENCLOSURE, cite="Phụ lục III, Mục II, mẫu 1.3")
    hint = Message("above it stand agency, nation and motto, without number and day")
    dated = [piece for head in paper.attached for piece in head.zones.of("number", "dateline")]
    if dated:
        message = Message("{style}: its head has neither number nor day, which are those of the paper ({source})")
        yield from told(paper, style, dated, message, hint)
    elif paper.has_head and paper.zones.has("attached-type") and not paper.attached:
        message = Message("{style}: no head with agency, nation and motto stands above it ({source})")
        yield from told(paper, style, paper.zones.of("attached-type"), message, hint)


def _attached(paper: Paper) -> Iterator[PaperFault]:
    """The title of a regulation that the paper issues: `QUY CHẾ` / `Làm việc của …`."""
    for name, zone in (("type", "attached-type"), ("subject", "attached-subject")):
        yield from look_faults(paper, paper.profile.styles[name].called(*_ENCLOSURE), paper.zones.of(zone))


END_RULES = (
    missing_rule("QD501", "recipients-label"),
    ConformityRule("QD502", ("recipients-label",), _label_form),
    look_rule("QD503", "recipients-label"),
    look_rule("QD504", "recipient"),
    ConformityRule("QD505", ("recipient",), _recipient_marks),
    ConformityRule("QD506", ("recipient",), _archive),
    ConformityRule("QD507", (is_whole,), _post_missing),
    look_rule("QD508", "position", case="upper"),
    ConformityRule("QD509", ("signatory",), _name_look),
    ConformityRule("QD510", ("position",), _prefix),
    ConformityRule("QD511", ("signatory",), _academic),
    ConformityRule("QD512", ("issuer", "position"), _on_behalf),
    ConformityRule("QD513", ("position",), _authority),
    ConformityRule("QD514", ("recipients-label", "position"), _end_sides),
    ConformityRule("QD515", ("drafter",), _drafter),
    ConformityRule("QD516", ("position", "signatory"), _room),
    ConformityRule("QD517", ("recipients-label", _names_article), _as_article),
    ConformityRule("QD661", ("recipient", _tells_above), _as_above),
    ConformityRule("QD601", ("annex-number", is_annexed), _annex_number),
    ConformityRule("QD602", ("annex-number", is_annexed), _annex_roman),
    ConformityRule("QD603", ("annex-title", is_annexed), _annex_title),
    look_rule("QD604", "annex-info"),
    ConformityRule("QD605", ("annex-number", has_head), _info_missing),
    ConformityRule("QD606", ("annex-number", has_head), _not_named),
    ConformityRule("QD607", ("attached-type",), _attached),
    ConformityRule("QD608", ("annex-info",), _attached_head),
    ConformityRule("QD609", ("annex-info",), _note_words),
    ConformityRule("QD610", ("annex-info", "number"), _note_of_other),
)
