"""The account of words: how many words of a file the draft has, and which paragraphs have others.

It is made from two texts alone, that of the file and that of the document which the draft makes, and knows nothing of
how the draft was made. Every word of the file is counted once: as placed, or in a paragraph that is reported.
`word_differences` shows the same paragraph by paragraph, for `qmsplan import --compare`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qmsplan.documents.compare_word import TextDifference, differences
from qmsplan.importing.column_words import field_of_detail, field_of_heading, is_money_unit
from qmsplan.importing.details import LABEL_NUMBER
from qmsplan.importing.lines import cleaned
from qmsplan.importing.making import BARE_LABEL, Branch, texts_in, without_bullet
from qmsplan.importing.table_items import is_same
from qmsplan.model.inline import plain_text
from qmsplan.word.reader import Paragraph

_WORD = re.compile(r"[^\W_]+")
_FIXED = re.compile(
    r"\b(cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|độc lập\W+tự do\W+hạnh phúc|dự thảo|số|nơi nhận|phụ lục|kính gửi)\b",
    re.IGNORECASE,
)
"""Words that every document of the kind has, and the template prints by itself."""


_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_COLUMN_NUMBER = re.compile(r"\(\d{1,2}\)")


_NO_WORDS = frozenset({"id", "kind", "template"})
"""Fields of a draft that say nothing of the file."""


class LeftOver(NamedTuple):
    """A paragraph that has words which the draft has not: its number in the file, its text, how many words these are
    and the first of them."""

    number: int
    text: str
    missing: int
    words: tuple[str, ...]


class WordAccount(NamedTuple):
    """The words of a file: all, those of the draft, and the paragraphs that have others."""

    total: int
    placed: int
    left: tuple[LeftOver, ...]

    @property
    def reported(self) -> int:
        """The words in paragraphs that are left over."""
        return sum(one.missing for one in self.left)


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: in small letters, numbers without a 0 in front or points between
    thousands, which a workbook does not hold."""
    told = _THOUSANDS.sub("", cleaned(text).casefold())
    return [word.lstrip("0") or "0" if word.isdecimal() else word for word in _WORD.findall(told)]


def account(source: Sequence[tuple[int, str]], printed: Iterable[str], plan: Branch) -> WordAccount:
    """Holds the paragraphs of a file, each with its number, against what the draft prints and says."""
    lines = [cleaned(text) for text in printed]
    shown: Counter[str] = Counter(word for line in lines for word in words_of(line))
    texts = list(texts_in(plan, _NO_WORDS))
    typed: Counter[str] = Counter(word for text in texts for word in words_of(plain_text(text)))
    notes: Counter[str] = Counter(word for text in texts if "^[" in text for word in words_of(text))
    known = shown | typed | notes
    exact: Counter[str] = Counter(line.casefold() for line in lines)
    open_: list[tuple[int, str, list[str]]] = []
    total = 0
    for number, text in source:
        words = words_of(text)
        total += len(words)
        key = cleaned(text).casefold()
        if exact[key] > 0 and all(known[word] >= count for word, count in Counter(words).items()):
            exact[key] -= 1
            known.subtract(words)
        else:
            open_.append((number, text, words))
    headings = {line.casefold() for line in lines if field_of_heading(line) or _COLUMN_NUMBER.fullmatch(line)}
    left = [one for number, text, words in open_ if (one := _left(number, text, words, known, headings))]
    return WordAccount(total, total - sum(one.missing for one in left), tuple(left))


def _left(number: int, text: str, words: Sequence[str], known: Counter[str], headings: set[str]) -> LeftOver | None:
    line = cleaned(text)
    if line.casefold() in headings or is_same(line) or is_money_unit(line):
        return None  # a heading that stands again on another page; `nt`, which was filled; what `money_unit` says
    free = Counter(word for match in _FIXED.finditer(cleaned(text)) for word in words_of(match[0]))
    free += Counter(word for line in text.split("\n") for label in _labels(line) for word in words_of(label))
    missing = []
    for word in words:
        if free[word] > 0:
            free[word] -= 1
        elif known[word] > 0:
            known[word] -= 1
        else:
            missing.append(word)
    return LeftOver(number, cleaned(text), len(missing), tuple(missing[:8])) if missing else None


def _labels(text: str) -> Iterator[str]:
    """The names of fields that a line gives before colons, the first with its number: the draft says them by its
    fields."""
    if BARE_LABEL.fullmatch(without_bullet(cleaned(text)).strip(" .")):
        yield text
    for match in re.finditer(r"([^:;.()]{2,45}):", text):
        for label in (match[1], match[1].rpartition(",")[2], match[1].rpartition(" - ")[2]):
            if field_of_detail(label.strip(" -+*•")):
                yield label
                if LABEL_NUMBER.fullmatch(text[: match.start()]):
                    yield text[: match.start()]
                break


def word_differences(printed: Sequence[Paragraph], source: Sequence[Paragraph]) -> Iterator[TextDifference]:
    """The paragraphs in which one of the two has words that the other has nowhere.

    A line that stands elsewhere, is cut in two or ends in a tab is no difference of words, and neither are hyphens that
    stand for a drawn line or a tone mark on the other letter (`HOÀ`, `HÒA`)."""
    here, there = _counted(printed), _counted(source)
    only_here, only_there = here - there, there - here
    for one in differences(printed, source, lambda _: None):
        is_new, is_gone = _takes(one.plan, only_here), _takes(one.file, only_there)
        if is_new or is_gone:
            is_pair = bool(one.plan and one.file and set(_words(one.plan)) & set(_words(one.file)))
            yield one._replace(
                plan=one.plan if is_new or is_pair else None, file=one.file if is_gone or is_pair else None
            )


def _counted(paragraphs: Iterable[Paragraph]) -> Counter[str]:
    return Counter(word for paragraph in paragraphs for word in _words(paragraph.text))


def _words(text: str) -> list[str]:
    return ["hòa" if word == "hoà" else word for word in words_of(text)]


def _takes(text: str | None, words: Counter[str]) -> bool:
    """Whether a text has any of some words; these are taken out, so that each is told once."""
    found = Counter(_words(text or "")) & words
    words.subtract(found)
    return bool(found)
