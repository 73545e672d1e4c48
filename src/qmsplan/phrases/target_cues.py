"""Cues: what the words around a number of a target phrase make of it, before its forms are read.

`không để … vượt quá 3 vụ` is a limit of three, `5% (max)` at most 5%, `(kết quả năm 2025: 76%)` no target, `2 chục` is
twenty. A new way to say a thing is a row of `target_cues.toml`, with a function of `target_conditions`
or `target_numbers` where more has to be true than its pattern says.

A cue changes kinds of tokens, takes marks out, or sets a whole part aside. Its pattern is held against the kinds and
the words of the tokens. In it `{more,over}` is a token of one of these kinds, `{^number,stop}` one of none of them,
`{=vượt|quá}` one of these words, `{link=về}` both. A named group says what becomes of its tokens: `aside` makes them
one token that no form reads, `case` one that names what is counted, `gone` takes them out, `moved` sets them where the
group `put` is (a copy of those that stand in an aside), `made` puts what `Cue.make` gives; any other name is the kind
that they get, or if the group is empty the kind of a token that is put there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from qmsplan.phrases import target_conditions, target_numbers
from qmsplan.phrases.tables import table_beside
from qmsplan.phrases.target_numbers import made
from qmsplan.phrases.target_tokens import Cue, ReadyRow, Token, TokenLetters
from qmsplan.phrases.target_vocabulary import LETTERS, WORDS

_TABLES = table_beside(__file__)
CUE_SLOTS: dict[str, str] = _TABLES["slots"]
"""Patterns that cues use by name, beside the kinds of words."""


_FUNCTIONS = vars(target_numbers) | vars(target_conditions)


def _cue(row: dict[str, str]) -> Cue:
    """A row made ready; `make` is a function, or the number that the group becomes."""
    put = row.get("make", "")
    make = _FUNCTIONS.get(put) or (lambda found: [made(found["made"], put)])
    return Cue(
        row["pattern"], row["example"], _FUNCTIONS[row["when"]] if "when" in row else None, make if put else None
    )


CUES = tuple(map(_cue, _TABLES["cues"]))
"""Which of several comes first does not matter, but that limits are found before what is set aside."""


def with_cues(found: Sequence[Token], cues: Sequence[ReadyRow]) -> Sequence[Token]:
    """Tokens as their cues say."""
    letters = TokenLetters(found)
    for cue in cues:
        if letters.may_fit(cue):
            edits = [edits for match in letters.all(cue) if (edits := _edits(cue, match, found))]
            found = _edited(found, edits) if edits else found
            letters = TokenLetters(found) if edits else letters
    return found


class TokenEdit(NamedTuple):
    """What a group of a cue does: the tokens that stand for those from `start` to `end` (exclusive)."""

    name: str
    start: int
    end: int
    tokens: Sequence[Token]


_WHOLE = frozenset({"aside", "case"})
"""Kinds of which a group becomes one token."""


def _edits(ready: ReadyRow, match: re.Match[str], found: Sequence[Token]) -> list[TokenEdit]:
    """What a cue does where it fits; nothing if it does not count there."""
    cue: Cue = ready.row
    held = ["", *(name for name, words in match.groupdict().items() if words is not None)]
    spans = {name: (match.start(name or 0) // ready.width, match.end(name or 0) // ready.width) for name in held}
    shown = {name: found[slice(*span)] for name, span in spans.items()}
    if cue.when and not cue.when(shown):
        return []
    made = cue.make(shown) if cue.make else ()
    edits = (_edit(group.rstrip("0123456789"), span, found, made) for group, span in spans.items())
    return [edit for edit in edits if edit]


def _edit(name: str, span: tuple[int, int], found: Sequence[Token], made: Sequence[Token]) -> TokenEdit | None:
    """What a group of a cue does with its tokens; None if it only names them."""
    start, end = span
    place, shown = found[start].start if start < len(found) else found[-1].end, found[start:end]
    if name == "made":
        return TokenEdit(name, start, end, made)
    if name in {"gone", "moved", "put"}:
        return TokenEdit(name, start, end, ())
    if name not in LETTERS:
        return None
    if name in _WHOLE:
        whole = Token(LETTERS[name], place, shown[-1].end, " ".join(token.words for token in shown))
        return TokenEdit(name, start, end, [whole])
    put = Token(LETTERS[name], place, place, WORDS[name].partition("|")[0]) if start == end else None
    return TokenEdit(name, start, end, [put] if put else [one._replace(letter=LETTERS[name]) for one in shown])


def _edited(found: Sequence[Token], matches: Sequence[Sequence[TokenEdit]]) -> list[Token]:
    """Tokens after the edits of all places that a cue fits. What was not typed where it stands takes no room in the
    text."""
    tokens: list[Sequence[Token]] = [(token,) for token in found]
    put: list[list[Token]] = [[] for _ in range(len(found) + 1)]
    for edits in matches:
        at = next((edit.start for edit in edits if edit.name == "put"), 0)
        for edit in sorted(edits, key=lambda edit: edit.name in _WHOLE):
            if edit.name == "moved":
                place = found[at].start if at < len(found) else found[-1].end
                put[at] += [token._replace(start=place, end=place) for token in found[edit.start : edit.end]]
            if edit.start == edit.end:
                put[edit.start] += edit.tokens
            else:
                tokens[edit.start : edit.end] = [edit.tokens, *[()] * (edit.end - edit.start - 1)]
    return [token for pair in zip(put, [*tokens, ()], strict=True) for part in pair for token in part]
