"""Target phrases to targets: `understand_targets("giảm ít nhất 10% so với năm trước")`.

A phrase is cut into tokens (`target_tokens`) of known kinds (`target_vocabulary`). Cues change them by what stands
around (`target_cues`). Then the rows that fit are found, from left to right: numbers that are no targets and slips,
else forms, which make targets (`target_forms`). The words around a target say more of it
(`target_parts`, `target_context`). At last it is asked what was not used (`target_leftovers`), and what may mean
something else (`target_doubts`). Values of several times are parts of a phrase that each go this way
(`target_times`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.period import year
from qmsplan.model.structured import TargetForm
from qmsplan.model.text import bare, phrase
from qmsplan.phrases.tables import nearest
from qmsplan.phrases.target import Target, read_target_form
from qmsplan.phrases.target_context import direction_of, targets_of
from qmsplan.phrases.target_cues import CUE_SLOTS, CUES, with_cues
from qmsplan.phrases.target_doubts import BEYOND, OF_ALL, is_reported
from qmsplan.phrases.target_forms import (
    ASKING,
    BY_OR_TO,
    COUNTED,
    DIRECTION,
    FORMS,
    LENGTH,
    LONE,
    MOST_OR_LEAST,
    NO_TARGETS,
    SIGNS_HINT,
    SLOTS,
    WITHIN,
    change_hint,
    length_hint,
)
from qmsplan.phrases.target_leftovers import is_alone, left_over, names_duration, unused_comparison
from qmsplan.phrases.target_numbers import compares_fraction, is_code, is_unread_part
from qmsplan.phrases.target_parts import FoundTarget, with_ranges
from qmsplan.phrases.target_times import STRAY_TIME, TIME_ELSEWHERE, timed_targets
from qmsplan.phrases.target_tokens import PatternMatch, ReadyRow, ScannedText, caught, matches, ready, respelt, tokens
from qmsplan.phrases.target_vocabulary import ENDS, LETTERS, OTHER_WORDS, WORDS, letters_of, lexicon

LONGEST = 2000
"""Characters of a phrase; longer ones are refused. Whole statements are shorter."""

MOST = 50
"""Targets that one phrase may hold."""


@cache
def _ready() -> tuple[tuple[ReadyRow, ...], tuple[ReadyRow, ...]]:
    """The cues that change tokens and the forms, made ready."""
    return ready(CUES, CUE_SLOTS), ready((*NO_TARGETS, *FORMS), SLOTS)


def read(text: str) -> ScannedText:
    """The rows that fit in a text, which is `model.text.phrase` of what was typed."""
    cues, rows = _ready()
    found = tuple(with_cues(tokens(text, lexicon()), cues))
    return ScannedText(text, found, "".join([token.letter for token in found]), tuple(matches(found, rows)))


_OF_A_TIME = re.compile(
    r"lũy kế|riêng|trong đó|^\W*(?:(?:trong|vào|đến|hết|đến hết) )?(?:quý|học kỳ|tháng [0-9]|t[0-9]"
    r"|nửa (?:đầu|cuối) năm|\w+ tháng (?:đầu|cuối) năm)\b",
    re.IGNORECASE,
)
"""What a value for a time of its own begins with: `Quý I: 20 hộ`."""


@lru_cache(maxsize=4096)
def understand_targets(typed: str | TargetForm) -> tuple[Target, ...] | UserError:
    """All targets of a phrase or a statement in order; or the fault that says why it holds none."""
    if not isinstance(typed, str):
        return _form(typed)
    found = _understood(typed)
    is_lone = isinstance(found, tuple) and len(found) < 2 and "/" not in typed and not _OF_A_TIME.search(typed)
    if is_lone or len(typed) > LONGEST:
        return found
    return timed_targets(typed, _understood, is_understood=isinstance(found, tuple)) or found


def _form(form: TargetForm) -> tuple[Target, ...] | UserError:
    try:
        return (read_target_form(form),)
    except UserError as fault:
        return fault


def _understood(typed: str) -> tuple[Target, ...] | UserError:
    try:
        return _read(typed)
    except UserError as fault:
        told = _with_typed_words(fault, typed)
        return UserError(told.message, _forms_near(typed)) if told.hint == COUNTED and _is_english(typed) else told


def _with_typed_words(fault: UserError, typed: str) -> UserError:
    """A fault that shows words of the phrase: the whole of it instead of words that only its other spelling has, such
    as `từ 93 đến 97` for `95% ± 2`."""
    words = dict(fault.message.values).get("words")
    if not isinstance(words, str) or phrase(words).lower() in phrase(typed).lower():
        return fault
    values = {**dict(fault.message.values), "words": phrase(typed)}
    return UserError(Message(fault.message.template, **values), fault.hint)


def _read(typed: str) -> tuple[Target, ...]:
    if len(typed) > LONGEST:
        raise UserError(
            Message("a target has at most {count} characters", count=LONGEST), Message("move the rest to the text")
        )
    reading = read(respelt(typed))
    found, doubts, reasons = _resolved(reading)
    if slip := _slip_beside(reading, found):
        raise UserError(
            Message("'{words}' may be '{word}' with other marks", words=slip[0], word=slip[1]),
            Message("did you mean '{name}'?", name=slip[1]),
        )
    found = [entry for entry in found if not names_duration(reading, entry)] or found
    found = [entry for entry in found if not is_reported(reading, entry)] or found  # it compares, and promises nothing
    found = with_ranges(reading, found)
    is_kept = _only_changes_length(reading, found)
    limits = [doubt for doubt in doubts if is_kept or doubt.message.template != LENGTH.template]
    if found and not limits:
        targets = targets_of(reading, found, typed)
        left = left_over(reading, found, targets)
        if left:
            raise UserError(left, _hint_of(left, typed))
        return targets
    if doubts:
        raise next(iter(limits), doubts[0])
    return (_direction(reading, reasons, typed),)


def _direction(reading: ScannedText, reasons: Sequence[Message], typed: str) -> Target:
    """The target of a text in which no value was found: a direction. UserError if it names none."""
    unread = _unread(reading)
    if not unread and any(match.row is DIRECTION for match in reading.matches):
        unread = unused_comparison(reading)
        if unread is None:
            return direction_of(reading, typed)
    message = next(iter(reasons), unread) or Message("the target '{phrase}' is not understood", phrase=typed)
    raise UserError(message, _hint_of(message, typed))


def _hint_of(message: Message, typed: str) -> Message:
    """What to write instead of what a message names; else the forms that are nearest."""
    words = str(dict(message.values).get("words", ""))
    if message.template == MOST_OR_LEAST.template:
        return length_hint(words)
    if message.template == BY_OR_TO.template:
        return change_hint(words)
    if message.template == OF_ALL.template:
        return Message(
            "write by how much each changes ('giảm 5% số vụ'), or how many fulfil it ('đạt 2 trong 3 tiêu chí')"
        )
    if message.template == BEYOND.template:
        return Message("write what was reached before as 'base' or 'results', and later values as 'horizons'")
    if message.template == STRAY_TIME.template:
        return TIME_ELSEWHERE
    is_number = message.template.startswith("the number in '{words}' can't be read")
    has_sign = re.search("[0-9][.,][0-9]", words)
    return SIGNS_HINT if is_number and has_sign else _forms_near(typed)


_ENGLISH = re.compile(
    r"\b(?:(?:zero|no|maintain|half|million|billion|at (?:least|most)|less|more|fewer|higher|lower|than|between|above"
    r"|below|up to|by|per|each|every|once|twice)\b|reduc|increas|decreas|improv)",
    re.IGNORECASE,
)
EXAMPLES = ("at least 95%", "no more than 5 complaints", "0 incidents", "at least 4 times a year", "reduce by 10%")
"""English targets as a hint shows them."""


def _is_english(typed: str) -> bool:
    return typed.isascii() and _ENGLISH.search(typed) is not None


def _forms_near(typed: str) -> Message:
    forms = EXAMPLES if _is_english(typed) else nearest((*_TYPICAL, *FORMS), typed)
    return Message("forms that are understood: {forms}", forms="; ".join(forms))


_USUAL = {">98%", "ít nhất 01 lần/năm", "giảm ít nhất 10% so với năm trước"}
_TYPICAL = tuple(row for row in FORMS if row.example in _USUAL)
"""The forms that are shown where none is near."""


_RANKED = frozenset(LETTERS[kind] + LETTERS["place"] for kind in ("increase", "reduce", "quality", "aim"))


_SET_APART = letters_of("case", "aside", "word")


def _unread(reading: ScannedText) -> Message | None:
    """Why a number that no row takes is no target; None if there is no such number."""
    closed = (match for match in reading.matches if match.row is not LONE)
    taken = {index for match in closed for index in range(match.start, match.end)}
    return next(filter(None, (_why_unread(reading, index, taken) for index in range(len(reading.letters)))), None)


def _why_unread(reading: ScannedText, index: int, taken: set[int]) -> Message | None:
    """Why the number at a place is no target; None if there is none, or if a row has taken it."""
    letter, words = reading.letters[index], reading.tokens[index].words
    if is_unread_part(reading, index):
        return reading.unread(index - 1, index + 2)
    is_rank = reading.letters[max(index - 2, 0) : index] in _RANKED  # `nâng hạng 5 bậc`, `giữ vững thứ hạng 5`
    if letter == "N" and (index not in taken or is_rank or "/" in words):
        return reading.unsaid(index, index + 2)
    if letter in _SET_APART and re.search("[0-9]", words):
        return reading.unsaid(index, index + 1)
    is_figure = letter == LETTERS["odd"] and (compares_fraction(reading, index) or not is_code(words))
    return reading.unread(index, index + 2) if is_figure else None


def _resolved(reading: ScannedText) -> tuple[list[FoundTarget], list[UserError], list[Message]]:
    """What the rows give: targets, faults of what may be meant as one, and why other numbers are none."""
    found: list[FoundTarget] = []
    doubts: list[UserError] = []
    reasons: list[Message] = []
    for match in reading.matches:
        if not _counts(reading, match):
            continue
        words = caught(reading, match)
        resolved = match.row.resolve(words, year(2000))
        if isinstance(resolved, Target):
            found.append(FoundTarget(resolved, match.start, match.end, words))
        elif isinstance(resolved, UserError):
            doubts.append(resolved)
        else:
            reasons.append(resolved)
        if len(found) > MOST:
            raise UserError(
                Message("a phrase has at most {count} targets", count=MOST), Message("give each item its own targets")
            )
    return found, doubts, reasons


def _counts(reading: ScannedText, match: PatternMatch) -> bool:
    """Whether a row counts where it fits: those without words that ask for something only where nothing else does."""
    if match.row is LONE:
        return is_alone(reading, match, ASKING)
    return match.row is not DIRECTION and not (match.row is WITHIN and _is_beside(reading, match))


def _is_beside(reading: ScannedText, match: PatternMatch) -> bool:
    """True if something is asked for by its own words in the sentence of a match."""
    start, end = reading.begin(match.start, LETTERS["stop"]), reading.first(LETTERS["stop"], match.end)
    return any(start <= other.start < end and other.row.pattern in ASKING for other in reading.matches)


def _only_changes_length(reading: ScannedText, found: Sequence[FoundTarget]) -> bool:
    """True for `12 tháng (giảm 3 tháng)`, of which the change alone was found: the level beside it counts as well."""
    return all(
        entry.target.is_relative
        and reading.is_at(entry.end - 1, letters_of("time", "duration"))
        and reading.is_at(entry.start - 1, letters_of("open", "comma"))
        for entry in found
    )


_BEFORE: tuple[str, ...] = ("least", "more", "most", "less", "equal", "highest", "curb", "none", "near", "roughly")
_BEFORE += ("reduce", "increase", "faster", "upto", "downto")
_FIRST = ("curb", "none", "reduce", "increase")
"""Kinds of words that say at the beginning of a part how its value is meant: `Giảm tỷ lệ hộ nghèo 2%`."""
_BEHIND = ("up", "down")
_SLIP_LEADS = letters_of("aim", "link", "inside", "mean")
_MOST_TOKENS = 5


def _slip_beside(reading: ScannedText, found: Sequence[FoundTarget]) -> tuple[str, str] | None:
    """Words beside a number, and the comparing word that they are but for their marks; None if there are none."""
    numbers = [index for index, letter in enumerate(reading.letters) if letter == "N"]
    places = [place for number in numbers for place in _places_before(reading, number)]
    for entry in found:
        ends = range(min(entry.end + 3, len(reading.letters)), entry.end, -1)
        places += [(entry.end, end, _BEHIND) for end in ends]
        if "none" in entry.words:  # `không để qua 5 vụ` is no `không để`
            ends = range(min(entry.start + _MOST_TOKENS, len(reading.letters)), entry.start, -1)
            places += [(entry.start, end, _BEFORE) for end in ends]
    return next((slip for start, end, kinds in places if (slip := _slip(reading, start, end, kinds))), None)


def _places_before(reading: ScannedText, number: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Stretches of tokens before a number that may be a comparing word, longest first, with the kinds that stand
    there."""
    begin = reading.begin(number, ENDS)
    ends = [number]
    while len(ends) < 3 and ends[-1] > begin and reading.letters[ends[-1] - 1] in _SLIP_LEADS:
        ends.append(ends[-1] - 1)
    for end in ends:
        yield from ((start, end, _BEFORE) for start in range(max(end - _MOST_TOKENS, begin), end))
    yield from ((begin, end, _FIRST) for end in range(min(begin + 3, number), begin, -1))


def _slip(reading: ScannedText, start: int, end: int, kinds: tuple[str, ...]) -> tuple[str, str] | None:
    typed = " ".join(reading.words(start, end).lower().split())
    word = _by_bare_words(kinds).get(bare(typed)) if len(typed) <= _LONGEST_WORDS else None
    if word is None or typed in _known():
        return None
    is_other = typed in OTHER_WORDS and not reading.text.isascii()
    return None if is_other else (typed, word)


@cache
def _by_bare_words(kinds: tuple[str, ...]) -> dict[str, str]:
    """The words of some kinds by what is left of them without marks."""
    return {bare(word): word for kind in kinds for word in WORDS[kind].split("|")}


@cache
def _known() -> frozenset[str]:
    return frozenset(word for kind in LETTERS.keys() & WORDS.keys() for word in WORDS[kind].split("|"))


_LONGEST_WORDS = 30
"""Characters of the longest words that are looked at."""
