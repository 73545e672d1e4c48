"""Rules on words, wherever they stand: spelling, days, capital letters (QD212-QD214)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from qmsplan.conformity.paper import ConformityRule, Paper, PaperFault
from qmsplan.diagnostics import Message
from qmsplan.phrases.written_days import impossible_days
from qmsplan.word.paragraph import WordParagraph

_WORD = re.compile(r"(?<![\w.'’-])[a-zà-ỹđ]{2,7}(?![\w'’-])")
_NO_START = re.compile(r"ngh[aăâoôơuưy]|gh[aăâoôơuưy]|k[aăâoôơuư]|c[eêiy]|ng[eêi]|g[eê]|q[aăâeêioôơưy]")
"""How no Vietnamese syllable begins: `ngh`, `gh`, `k` stand before e, ê, i (`k` before y too), `ng`, `g`, `c` before
the others, and `q` before u."""
_SYLLABLE = re.compile(r"[bcdđghklmnpqrstvx]{1,3}[aăâeêioôơuưy]{1,3}(ch|ng|nh|[cmnpt])?")
"""The shape of one syllable; a word of several is a foreign one: `karaokê`."""
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_ORGAN = re.compile(r"\b((?:ủy|uỷ) ban nhân dân|hội đồng nhân dân) (?=(tỉnh|Tỉnh|thành phố|xã|phường|đặc khu) [A-ZĐ])")
_PROVINCE = re.compile(r"(\w) Tỉnh (?!(?:Đoàn|Hội|Đảng|Ủy|Uỷ)\b)(\w)(\w)")
"""`Tỉnh` with the letters around it; in `Tỉnh Đoàn` it is part of an organisation's name."""


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


def _spelling(paper: Paper) -> Iterator[PaperFault]:
    words, places = _told(paper, misspelt)
    if words:
        message = Message("'{word}' is no Vietnamese syllable by its first letters", word=words[0])
        yield PaperFault(message, places, Message("write 'ngành', 'ghi', 'kế', 'cao': look at its first letters"))


def _days(paper: Paper) -> Iterator[PaperFault]:
    dated = {id(piece.paragraph) for piece in paper.zones.of("dateline")}  # whose day has a rule of its own
    days, places = _told(paper, impossible_days, lambda one: id(one) not in dated)
    if days:
        yield PaperFault(Message("there is no '{day}'", day=days[0]), places, Message("correct day or month"))


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


WORD_RULES = (
    ConformityRule("QD212", (), _spelling),
    ConformityRule("QD213", (), _days),
    ConformityRule("QD214", (), _capitals),
)
