"""Rules on letters and words, wherever they stand: font, colour, code, what nobody sees; spelling, days, capitals
(QD2xx)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from qmsplan.conformity.paper import (
    ConformityRule,
    Paper,
    PaperFault,
    compose,
    edit_text,
    set_black,
    set_font,
    set_unmarked,
)
from qmsplan.conformity.pieces import WORDS, any_of, is_stamp
from qmsplan.diagnostics import Message
from qmsplan.model.old_letters import NO_START
from qmsplan.model.text import WRITTEN_DAY, day_of, entries
from qmsplan.phrases.deadline_text import impossible_days
from qmsplan.word.paragraph import WordParagraph, WordRun, code_of

_LETTERS = re.compile(r"[^\W_]")
_ETH = "\u00d0\u0189"
"""Letters that look like Đ and are not: searches do not find them."""
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad]")
_BRIGHTEST = 72
"""The greatest share of red, green and blue (0-255) of what still passes as black."""
_BLANKS = re.compile(r"\S[ \u00a0]{5,}\S")
_WORD = re.compile(r"(?<![\w.'’-])[a-zà-ỹđ]{2,7}(?![\w'’-])")
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


def _run_rule(
    code: str,
    is_wrong: Callable[[WordRun, str], object],
    message: Message,
    hint: Message | None = None,
    fix: Callable[[list[WordRun], str], object] | None = None,
    *,
    names: str = "font",
) -> ConformityRule:
    """The rule that letters are not wrong by their look, beside the font that is wanted; the message `names` what
    of it was found."""

    def check(paper: Paper) -> Iterator[PaperFault]:
        wanted = paper.profile.font
        found = [(paragraph, run) for paragraph, run in paper.runs() if is_wrong(run, wanted)]
        if found:
            runs = [run for _, run in found]
            looks = ", ".join(dict.fromkeys(str(getattr(run.look, names)) for run in runs))
            told = message.filled(found=looks, wanted=wanted, source=paper.page_source)
            places = tuple(dict.fromkeys(paragraph for paragraph, _ in found))
            yield PaperFault(told, places, hint, partial(fix, runs, wanted) if fix else None)

    return ConformityRule(code, (), check)


def _has_letters(run: WordRun) -> bool:
    return bool(_LETTERS.search(run.text))


def _is_other_font(run: WordRun, wanted: str) -> bool:
    return run.look.font != wanted and not code_of(run.look.font) and run.is_seen and _has_letters(run)


def _is_off_black(run: WordRun, _: str) -> bool:
    """Letters of another colour, but for links, which Word shows blue, and marks of urgency and secrecy, which are red
    (Section III, item 2): `HỎA TỐC`, not `Mặt trận`."""
    is_link = run.field.startswith("HYPERLINK") or run.element.getparent().tag.endswith("}hyperlink")
    is_told = _is_coloured(run.look.color) and run.is_seen and _has_letters(run)
    return is_told and not is_link and not (run.text.isupper() and is_stamp(run.text))


def _is_coloured(color: str) -> bool:
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", color):
        return False
    return max(int(color[start : start + 2], 16) for start in (0, 2, 4)) > _BRIGHTEST


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


def _blanks(paper: Paper) -> Iterator[PaperFault]:
    pieces = paper.zones.of("body", "clause", "point", "bullet", "section")
    if places := tuple(one.paragraph for one in pieces if _BLANKS.search(one.paragraph.text)):
        message = Message("words are moved to their place with blanks")
        yield PaperFault(message, places, Message("use tabs, alignment or a table without borders"))


class _WordSlip(NamedTuple):
    """What may be wrong in the words of a text, how it is told, and in which component it is not."""

    wrong: Callable[[str], Iterable[str]]
    message: Message
    hint: Message
    but: str = ""


def _word_rule(code: str, *slips: _WordSlip) -> ConformityRule:
    """The rule that no words are wrong by themselves; the first of them is told."""

    def check(paper: Paper) -> Iterator[PaperFault]:
        for slip in slips:
            left_out = {id(piece.paragraph) for piece in paper.zones.of(slip.but)}
            texts = (one for one in paper.texts if id(one) not in left_out)
            found = [(one, words) for one in texts if (words := list(slip.wrong(one.plain)))]
            if found:
                first = found[0][1][0]
                told = slip.message.filled(word=first, day=first, found=first, source=paper.source("Phụ lục II"))
                yield PaperFault(told, tuple(one for one, _ in found), slip.hint)

    return ConformityRule(code, (), check)


def misspelt(text: str) -> Iterator[str]:
    """Words that no Vietnamese syllable can be by how they begin: `nghành`. Words without a mark may be foreign."""
    for match in _WORD.finditer(text):
        bare = unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", match[0])))
        if not match[0].isascii() and NO_START.match(bare) and _SYLLABLE.fullmatch(bare):
            yield match[0]


def misplaced(text: str) -> Iterator[str]:
    """Words with the tone mark on a wrong vowel: `ngọai`."""
    yield from (match[0] for match in _MISPLACED.finditer(unicodedata.normalize("NFC", text)))


_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5} | {str(day): day - 2 for day in range(2, 8)}
_WEEKDAY = rf"(?P<{{}}>thứ (?:{'|'.join(_WEEKDAYS)})|chủ nhật)"
_NAMED_DAY = re.compile(
    rf"(?:{_WEEKDAY.format('before')},? \(?(?:ngày )?)?{WRITTEN_DAY}(?: ?\({_WEEKDAY.format('after')}\))?",
    re.IGNORECASE,
)
"""`thứ Ba, ngày 10/02/2026`, `10/02/2026 (thứ Ba)`."""
_BEFORE_A_DAY = frozenset(entries(WORDS["before_a_day"]))
"""Words before a day of the week; behind others it may be an ordinal: `kỳ họp thứ Hai`, `bên thứ ba`."""


def wrong_weekdays(text: str) -> Iterator[str]:
    """Days that fall on another day of the week: 10/02/2026 is a Tuesday."""
    for match in _NAMED_DAY.finditer(text):
        said = re.sub("^thứ ", "", match["before"] or match["after"] or "", flags=re.IGNORECASE)
        if not said or (match["before"] and _may_count(said, text[: match.start()], text)):
            continue
        day = day_of(match)
        if day and day.weekday() != _WEEKDAYS.get(said.lower(), 6):
            yield match[0]


def _may_count(said: str, before: str, text: str) -> bool:
    """Whether `thứ hai` may be an ordinal: behind a noun, or at the start of a sentence as the second of a list."""
    if said.lower() == "chủ nhật":
        return False
    if word := re.search(r"(\w+)\s*$", before):
        return not (word[1].lower() in _BEFORE_A_DAY or word[1][-1].isdecimal())
    is_listed = before.rstrip()[-1:] in {"", ".", ":", ";"} or "thứ nhất" in text.lower()
    return is_listed and said.islower()


_CLAUSE = re.compile(r"[;.,](?!\d)|\n")
_AGREED = "(?:đồng ý|nhất trí|tán thành)"
_VOTE = re.compile(
    rf"(?:biểu quyết )?(?:(?P<against>(?:không|chưa) {_AGREED}|phản đối)|(?P<agreed>{_AGREED})|(?P<other>ý kiến khác)"
    r"|(?P<none>(?:không|chưa) (?:biểu quyết|có ý kiến)|phiếu trắng))"
)
"""The ways to vote; who `biểu quyết` or `có ý kiến phát biểu` may agree as well."""
_COUNT = re.compile(
    r"(?<!ngày )(?<!số )(?<!tháng )(?<![\d/.,])(?P<n>\d{1,4})(?: ?/ ?(?P<of>\d{1,4}))?(?![\d/%]|[.,]\d)"
    rf"(?= (?:{any_of('voters')})\b| ?$)"
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


def _small_names(text: str) -> Iterator[str]:
    yield from (match[1] for match in _ORGAN.finditer(text))
    names = (match for match in _PROVINCE.finditer(text) if match[1].islower())
    yield from ("Tỉnh" for match in names if match[2].isupper() and match[3].islower())


LETTER_RULES = (
    _run_rule("QD201", _is_other_font, Message("the font is {found}, not {wanted} ({source})"), fix=set_font),
    _run_rule(
        "QD202",
        _is_off_black,
        Message("letters are not black: {found} ({source})"),
        fix=lambda runs, _: set_black(runs),
        names="color",
    ),
    _run_rule(
        "QD203",
        lambda run, _: code_of(run.look.font) and _has_letters(run),
        Message("text is in an old code, for the font {found}, not in Unicode ({source})"),
        Message("change the code with UniKey, then set the font to Times New Roman"),
    ),
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
    _run_rule(
        "QD206",
        lambda run, _: not run.is_seen and _has_letters(run),
        Message("text is hidden, struck through, too small or too pale to be read"),
        Message("show it or delete it before the paper is sent"),
    ),
    _text_rule(
        "QD207",
        lambda one: one.has_changes,
        Message("changes are tracked and not accepted"),
        Message("in Word: Review, Accept all changes"),
    ),
    _text_rule(
        "QD208",
        lambda one: one.has_comment,
        Message("comments are left in the paper"),
        Message("in Word: Review, Delete all comments"),
    ),
    ConformityRule("QD209", ("body",), _blanks),
    _text_rule(
        "QD210",
        lambda one: _UNSEEN.search(one.text),
        Message("the text holds letters that can't be seen"),
        Message("delete the word and type it again"),
    ),
    _run_rule(
        "QD211",
        lambda run, _: run.look.marked and run.is_seen and run.text.strip(),
        Message("text is marked with a colour ({source})"),
        fix=lambda runs, _: set_unmarked(runs),
    ),
    _word_rule(
        "QD212",
        _WordSlip(
            misspelt,
            Message("'{word}' is no Vietnamese syllable by its first letters"),
            Message("write 'ngành', 'ghi', 'kế', 'cao': look at its first letters"),
        ),
        _WordSlip(
            misplaced,
            Message("in '{word}' the tone mark stands on the wrong vowel"),
            Message("write 'ngoại', 'toàn', 'quý', 'giá'"),
        ),
    ),
    _word_rule(
        "QD213",
        _WordSlip(impossible_days, Message("there is no '{day}'"), Message("correct day or month"), but="dateline"),
        _WordSlip(
            wrong_weekdays,
            Message("'{day}' is another day of the week"),
            Message("correct the day, or the day of the week"),
        ),
    ),
    _word_rule(
        "QD214",
        _WordSlip(
            _small_names,
            Message("'{word}': names of agencies begin with a capital, 'tỉnh' does not ({source})"),
            Message("write 'Ủy ban nhân dân tỉnh Cà Mau'"),
        ),
    ),
    _word_rule(
        "QD641",
        _WordSlip(
            _wrong_votes,
            Message("the votes come to {found}: more than there are"),
            Message("correct the count of those for, against or without an opinion"),
        ),
    ),
)
