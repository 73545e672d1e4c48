"""Rules on letters and words, wherever they stand: font, colour, code, what nobody sees; spelling, days, capitals
(QD2xx)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from qmsplan.conformity.fixes import compose, edit_text, set_black, set_font, set_unmarked
from qmsplan.conformity.paper import ConformityRule, Paper, PaperFault
from qmsplan.conformity.pieces import is_stamp
from qmsplan.diagnostics import Message
from qmsplan.model.text import WRITTEN_DAY, day_of
from qmsplan.phrases.deadline_against import impossible_days
from qmsplan.word.paragraph import WordParagraph, WordRun, code_of

_LETTERS = re.compile(r"[^\W_]")
_ETH = "\u00d0\u0189"
"""Letters that look like Đ and are not: searches do not find them."""
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad]")
_BRIGHTEST = 72
"""The greatest share of red, green and blue (0-255) of what still passes as black."""
_BLANKS = re.compile(r"\S[ \u00a0]{5,}\S")
_WORD = re.compile(r"(?<![\w.'’-])[a-zà-ỹđ]{2,7}(?![\w'’-])")
_NO_START = re.compile(r"ngh[aăâoôơuưy]|gh[aăâoôơuưy]|k[aăâoôơuư]|c[eêiy]|ng[eêi]|g[eê]|q[aăâeêioôơưy]")
"""How no Vietnamese syllable begins: `ngh`, `gh`, `k` stand before e, ê, i (`k` before y too), `ng`, `g`, `c` before
the others, and `q` before u."""
_MISPLACED = re.compile(
    r"\b[a-zđ]{0,3}(?:[òóỏõọ][ae][a-z]|[ùúủũụ]y[a-zê]|(?<=q)[ùúủũụ]|(?<=g)[ìíỉĩị][aeoơưu])\w{0,3}\b", re.IGNORECASE
)
"""Syllables whose tone mark stands on a vowel that no spelling puts it on: `ngọai`, `hùynh`, `qúy`, `gía`."""
_SYLLABLE = re.compile(r"[bcdđghklmnpqrstvx]{1,3}[aăâeêioôơuưy]{1,3}(ch|ng|nh|[cmnpt])?")
"""The shape of one syllable; a word of several is a foreign one: `karaokê`."""
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_ORGAN = re.compile(r"\b((?:ủy|uỷ) ban nhân dân|hội đồng nhân dân) (?=(tỉnh|Tỉnh|thành phố|xã|phường|đặc khu) [A-ZĐ])")
_PROVINCE = re.compile(r"(\w) Tỉnh (?!(?:Đoàn|Hội|Đảng|Ủy|Uỷ)\b)(\w)(\w)")
"""`Tỉnh` with the letters around it; in `Tỉnh Đoàn` it is part of an organisation's name."""


def _runs_where(paper: Paper, wrong: Callable[[WordRun], bool]) -> tuple[tuple[WordParagraph, ...], list[WordRun]]:
    found = [(paragraph, run) for paragraph, run in paper.runs() if wrong(run)]
    return tuple(dict.fromkeys(paragraph for paragraph, _ in found)), [run for _, run in found]


def _font(paper: Paper) -> Iterator[PaperFault]:
    wanted = paper.profile.font
    places, runs = _runs_where(
        paper,
        lambda run: (
            run.look.font != wanted and not code_of(run.look.font) and bool(_LETTERS.search(run.text)) and run.is_seen
        ),
    )
    if runs:
        message = Message(
            "the font is {found}, not {wanted} ({source})",
            found=", ".join(dict.fromkeys(run.look.font for run in runs)),
            wanted=wanted,
            source=paper.page_source,
        )
        yield PaperFault(message, places, None, partial(set_font, runs, wanted))


def _colour(paper: Paper) -> Iterator[PaperFault]:
    places, runs = _runs_where(
        paper,
        lambda run: (
            _is_coloured(run.look.color)
            and run.is_seen
            and bool(_LETTERS.search(run.text))
            and not _is_link(run)
            and not _is_stamp(run)
        ),
    )
    if runs:
        message = Message(
            "letters are not black: {found} ({source})",
            found=runs[0].look.color,
            source=paper.page_source,
        )
        yield PaperFault(message, places, None, partial(set_black, runs))


def _marked(paper: Paper) -> Iterator[PaperFault]:
    places, runs = _runs_where(paper, lambda run: run.look.marked and run.is_seen and bool(run.text.strip()))
    if runs:
        message = Message("text is marked with a colour ({source})", source=paper.page_source)
        yield PaperFault(message, places, None, partial(set_unmarked, runs))


def _is_stamp(run: WordRun) -> bool:
    """Whether it is a mark of urgency or secrecy, which are red (Section III, item 2): `HỎA TỐC`, not `Mặt trận`."""
    return run.text.isupper() and is_stamp(run.text)


def _is_coloured(color: str) -> bool:
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", color):
        return False
    return max(int(color[start : start + 2], 16) for start in (0, 2, 4)) > _BRIGHTEST


def _is_link(run: WordRun) -> bool:
    """Whether it is the text of a link, which Word shows blue."""
    return run.field.startswith("HYPERLINK") or run.element.getparent().tag.endswith("}hyperlink")


def _old_code(paper: Paper) -> Iterator[PaperFault]:
    places, runs = _runs_where(paper, lambda run: bool(code_of(run.look.font)) and bool(_LETTERS.search(run.text)))
    if runs:
        message = Message(
            "text is in an old code, for the font {found}, not in Unicode ({source})",
            found=runs[0].look.font,
            source=paper.page_source,
        )
        yield PaperFault(message, places, Message("change the code with UniKey, then set the font to Times New Roman"))


def _text_rule(
    code: str,
    is_wrong: Callable[[WordParagraph], object],
    message: Message,
    hint: Message | None = None,
    fix: Callable[[WordParagraph], object] | None = None,
) -> ConformityRule:
    """The rule that a paragraph is not wrong by itself, in the text, the notes and the margins."""

    def check(paper: Paper) -> Iterator[PaperFault]:
        if places := tuple(one for one in paper.texts if is_wrong(one)):
            yield PaperFault(message, places, hint, partial(_each, fix, places) if fix else None)

    return ConformityRule(code, (), check)


def _each(mend: Callable[[WordParagraph], object], places: Iterable[WordParagraph]) -> None:
    for place in places:
        mend(place)


def _hidden(paper: Paper) -> Iterator[PaperFault]:
    places, runs = _runs_where(paper, lambda run: not run.is_seen and bool(_LETTERS.search(run.text)))
    if runs:
        message = Message("text is hidden, struck through, too small or too pale to be read")
        yield PaperFault(message, places, Message("show it or delete it before the paper is sent"))


def _changes(paper: Paper) -> Iterator[PaperFault]:
    if places := tuple(one for one in paper.content.paragraphs if one.has_changes):
        yield PaperFault(
            Message("changes are tracked and not accepted"), places, Message("in Word: Review, Accept all changes")
        )


def _comments(paper: Paper) -> Iterator[PaperFault]:
    if places := tuple(one for one in paper.content.paragraphs if one.has_comment):
        yield PaperFault(
            Message("comments are left in the paper"), places, Message("in Word: Review, Delete all comments")
        )


def _blanks(paper: Paper) -> Iterator[PaperFault]:
    pieces = paper.zones.of("body", "clause", "point", "bullet", "section")
    if places := tuple(one.paragraph for one in pieces if _BLANKS.search(one.paragraph.text)):
        message = Message("words are moved to their place with blanks")
        yield PaperFault(message, places, Message("use tabs, alignment or a table without borders"))


def _told(
    paper: Paper,
    wrong: Callable[[str], Iterable[str]],
    is_judged: Callable[[WordParagraph], bool] = lambda _: True,
) -> tuple[list[str], tuple[WordParagraph, ...]]:
    """What is wrong in the texts of a paper, and the paragraphs that hold it."""
    found = [(paragraph, list(wrong(paragraph.plain))) for paragraph in paper.texts if is_judged(paragraph)]
    return [word for _, words in found for word in words], tuple(paragraph for paragraph, words in found if words)


def misspelt(text: str) -> Iterator[str]:
    """Words that no Vietnamese syllable can be by how they begin: `nghành`. Words without a mark may be foreign."""
    for match in _WORD.finditer(text):
        bare = unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", match[0])))
        if not match[0].isascii() and _NO_START.match(bare) and _SYLLABLE.fullmatch(bare):
            yield match[0]


def misplaced(text: str) -> Iterator[str]:
    """Words with the tone mark on a wrong vowel: `ngọai`."""
    yield from (match[0] for match in _MISPLACED.finditer(unicodedata.normalize("NFC", text)))


def _spelling(paper: Paper) -> Iterator[PaperFault]:
    words, places = _told(paper, misspelt)
    if words:
        message = Message("'{word}' is no Vietnamese syllable by its first letters", word=words[0])
        yield PaperFault(message, places, Message("write 'ngành', 'ghi', 'kế', 'cao': look at its first letters"))
    words, places = _told(paper, misplaced)
    if words:
        message = Message("in '{word}' the tone mark stands on the wrong vowel", word=words[0])
        yield PaperFault(message, places, Message("write 'ngoại', 'toàn', 'quý', 'giá'"))


_WEEKDAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
_WEEKDAY = rf"(?P<{{}}>thứ (?:{'|'.join(_WEEKDAYS)}|[2-7])|chủ nhật)"
_NAMED_DAY = re.compile(
    rf"(?:{_WEEKDAY.format('before')},? \(?(?:ngày )?)?{WRITTEN_DAY}(?: ?\({_WEEKDAY.format('after')}\))?",
    re.IGNORECASE,
)
"""`thứ Ba, ngày 10/02/2026`, `10/02/2026 (thứ Ba)`."""
_BEFORE_A_DAY = frozenset(
    {"vào", "sáng", "trưa", "chiều", "tối", "đêm", "hôm", "từ", "đến", "trước", "sau", "giờ", "phút"}
)
"""Words before a day of the week; behind others it may be an ordinal: `kỳ họp thứ Hai`, `bên thứ ba`."""


def wrong_weekdays(text: str) -> Iterator[str]:
    """Days that fall on another day of the week: 10/02/2026 is a Tuesday."""
    for match in _NAMED_DAY.finditer(text):
        said = re.sub("^thứ ", "", match["before"] or match["after"] or "", flags=re.IGNORECASE)
        if not said or (match["before"] and _may_count(said, text[: match.start()], text)):
            continue
        said = said.lower()
        number = int(said) - 2 if said.isdecimal() else _WEEKDAYS.index(said) if said in _WEEKDAYS else 6
        day = day_of(match)
        if day and day.weekday() != number:
            yield match[0]


def _may_count(said: str, before: str, text: str) -> bool:
    """Whether `thứ hai` may be an ordinal: behind a noun, or at the start of a sentence as the second of a list."""
    if said.lower() == "chủ nhật":
        return False
    if word := re.search(r"(\w+)\s*$", before):
        return not (word[1].lower() in _BEFORE_A_DAY or word[1][-1].isdecimal())
    is_listed = before.rstrip()[-1:] in {"", ".", ":", ";"} or "thứ nhất" in text.lower()
    return is_listed and said.islower()


def _days(paper: Paper) -> Iterator[PaperFault]:
    dated = {id(piece.paragraph) for piece in paper.zones.of("dateline")}  # whose day has a rule of its own
    days, places = _told(paper, impossible_days, lambda one: id(one) not in dated)
    if days:
        yield PaperFault(Message("there is no '{day}'", day=days[0]), places, Message("correct day or month"))
    days, places = _told(paper, wrong_weekdays)
    if days:
        message = Message("'{day}' is another day of the week", day=days[0])
        yield PaperFault(message, places, Message("correct the day, or the day of the week"))


_CLAUSE = re.compile(r"[;.,](?!\d)|\n")
_VOTED = "thành viên|đại biểu|phiếu|ý kiến|người|ủy viên|uỷ viên|đồng chí|hội viên|cử tri|hộ"
_AGREED = "(?:đồng ý|nhất trí|tán thành)"
_VOTE = re.compile(
    rf"(?:biểu quyết )?(?:(?P<against>(?:không|chưa) {_AGREED}|phản đối)|(?P<agreed>{_AGREED})|(?P<other>ý kiến khác)"
    r"|(?P<none>(?:không|chưa) (?:biểu quyết|có ý kiến)|phiếu trắng))"
)
"""The ways to vote; who `biểu quyết` or `có ý kiến phát biểu` may agree as well."""
_COUNT = re.compile(
    r"(?<!ngày )(?<!số )(?<!tháng )(?<![\d/.,])(?P<n>\d{1,4})(?: ?/ ?(?P<of>\d{1,4}))?(?![\d/%]|[.,]\d)"
    rf"(?= (?:{_VOTED})\b| ?$)"
)
"""How many voted, of how many: `11/13 thành viên`."""


def _wrong_votes(text: str) -> Iterator[str]:
    """Votes of a meeting, one way each, that come to more than may vote: `11/13 đồng ý, 03 không đồng ý`."""
    counted: dict[str, int] = {}
    wholes = set()
    for clause in _CLAUSE.split(text.lower()):
        way = _VOTE.search(clause)
        if way is None:
            continue
        count = _COUNT.search(clause[: way.start()].rstrip()) or _COUNT.search(clause[way.end() :])
        if count is None:
            continue
        if (told := str(way.lastgroup)) in counted:
            return  # another question was put to the vote
        counted[told] = int(count["n"])
        wholes |= {int(count["of"])} if count["of"] else set()
    if len(wholes) == 1 and sum(counted.values()) > (whole := wholes.pop()):
        yield f"{sum(counted.values())}/{whole}"


def _votes(paper: Paper) -> Iterator[PaperFault]:
    found, places = _told(paper, _wrong_votes)
    if found:
        message = Message("the votes come to {found}: more than there are", found=found[0])
        yield PaperFault(message, places, Message("correct the count of those for, against or without an opinion"))


def _small_names(text: str) -> Iterator[str]:
    yield from (match[1] for match in _ORGAN.finditer(text))
    names = (match for match in _PROVINCE.finditer(text) if match[1].islower())
    yield from ("Tỉnh" for match in names if match[2].isupper() and match[3].islower())


def _capitals(paper: Paper) -> Iterator[PaperFault]:
    words, places = _told(paper, _small_names)
    if words:
        source = paper.source("Phụ lục II")
        message = Message(
            "'{word}': names of agencies begin with a capital, 'tỉnh' does not ({source})",
            word=words[0],
            source=source,
        )
        yield PaperFault(message, places, Message("write 'Ủy ban nhân dân tỉnh Cà Mau'"))


LETTER_RULES = (
    ConformityRule("QD201", (), _font),
    ConformityRule("QD202", (), _colour),
    ConformityRule("QD203", (), _old_code),
    _text_rule(
        "QD204",
        lambda one: unicodedata.normalize("NFC", one.text) != one.text,
        Message(
            "letters and their tone marks are separate signs (decomposed Unicode): it looks right, but searches do not "
            "find the words"
        ),
        fix=compose,
    ),
    _text_rule(
        "QD205",
        lambda one: set(_ETH) & set(one.text),
        Message("a letter looks like Đ and is not; searches do not find the word"),
        fix=partial(edit_text, pattern=f"[{_ETH}]", replace="Đ"),
    ),
    ConformityRule("QD206", (), _hidden),
    ConformityRule("QD207", (), _changes),
    ConformityRule("QD208", (), _comments),
    ConformityRule("QD209", ("body",), _blanks),
    _text_rule(
        "QD210",
        lambda one: _UNSEEN.search(one.text),
        Message("the text holds letters that can't be seen"),
        Message("delete the word and type it again"),
    ),
    ConformityRule("QD211", (), _marked),
    ConformityRule("QD212", (), _spelling),
    ConformityRule("QD213", (), _days),
    ConformityRule("QD214", (), _capitals),
    ConformityRule("QD641", (), _votes),
)
