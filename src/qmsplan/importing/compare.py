"""Where the document of a draft says something else than the file that the draft was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from qmsplan.documents.compare_word import TextDifference, differences
from qmsplan.importing.account import words_of
from qmsplan.word.reader import Paragraph


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
