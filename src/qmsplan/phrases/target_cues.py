"""Cues: what the words around a number of a target phrase make of it, before its forms are read.

`không để … vượt quá 3 vụ` is a limit of three, `5% (max)` at most 5%, `(kết quả năm 2025: 76%)` no target, `2 chục` is
twenty. A new way to say a thing is a row of `target_cues.toml`, with a function of this module or of `target_numbers`
where more has to be true than its pattern says (`when`), or where something else is put (`make`).

A cue changes kinds of tokens, takes marks out, or sets a whole part aside. Its pattern is held against the kinds and
the words of the tokens. In it `{more,over}` is a token of one of these kinds, `{^number,stop}` one of none of them,
`{=vượt|quá}` one of these words, `{link=về}` both. A named group says what becomes of its tokens: `aside` makes them
one token that no form reads, `case` one that names what is counted, `gone` takes them out, `moved` sets them where the
group `put` is (a copy of those that stand in an aside), `made` puts what `Cue.make` gives; any other name is the kind
that they get, or if the group is empty the kind of a token that is put there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from qmsplan.model.text import ROMAN
from qmsplan.phrases import target_numbers
from qmsplan.phrases.tables import Expression, table_beside
from qmsplan.phrases.target_numbers import made
from qmsplan.phrases.target_tokens import Cue, Matched, ReadyRow, Token, TokenLetters, is_year
from qmsplan.phrases.target_vocabulary import LETTERS, PEOPLE, QUALIFYING, WORDS, letters_of, number

_TABLES = table_beside(__file__)
CUE_SLOTS: dict[str, str] = _TABLES["slots"]
"""Patterns that cues use by name, beside the kinds of words."""


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
    are_held = all(words.fullmatch(_words(shown[group])) for group, words in cue.words.items())
    if not are_held or (cue.when and not cue.when(shown)):
        return []
    made = cue.make(shown) if cue.make else ()
    edits = (_edit(group.rstrip("0123456789"), span, found, made) for group, span in spans.items())
    return [edit for edit in edits if edit]


def _edit(name: str, span: tuple[int, int], found: Sequence[Token], made: Sequence[Token]) -> TokenEdit | None:
    """What a group of a cue does with its tokens; None if it only names them."""
    start, end = span
    place, shown = _place(found, start), found[start:end]
    if name == "made":
        return TokenEdit(name, start, end, made)
    if name in {"gone", "moved", "put"}:
        return TokenEdit(name, start, end, ())
    if name not in LETTERS:
        return None
    if name in _WHOLE:
        whole = Token(LETTERS[name], place, shown[-1].end, _words(shown))
        return TokenEdit(name, start, end, [whole])
    put = Token(LETTERS[name], place, place, WORDS[name].partition("|")[0]) if start == end else None
    return TokenEdit(name, start, end, [put] if put else [one._replace(letter=LETTERS[name]) for one in shown])


def _words(found: Sequence[Token]) -> str:
    return " ".join(token.words for token in found)


def _place(found: Sequence[Token], at: int) -> int:
    """Where a token stands in the text; behind the last one its end."""
    return found[at].start if at < len(found) else found[-1].end


def _edited(found: Sequence[Token], matches: Sequence[Sequence[TokenEdit]]) -> list[Token]:
    """Tokens after the edits of all places that a cue fits. What was not typed where it stands takes no room in the
    text."""
    tokens: list[Sequence[Token]] = [(token,) for token in found]
    put: list[list[Token]] = [[] for _ in range(len(found) + 1)]
    for edits in matches:
        at = next((edit.start for edit in edits if edit.name == "put"), 0)
        for edit in sorted(edits, key=lambda edit: edit.name in _WHOLE):
            if edit.name == "moved":
                place = _place(found, at)
                put[at] += [token._replace(start=place, end=place) for token in found[edit.start : edit.end]]
            if edit.start == edit.end:
                put[edit.start] += edit.tokens
            else:
                tokens[edit.start : edit.end] = [edit.tokens, *[()] * (edit.end - edit.start - 1)]
    return [token for pair in zip(put, [*tokens, ()], strict=True) for part in pair for token in part]


# What has to be true of the tokens that a cue took, and what is made of them; about numbers `target_numbers` says it.

_SIZES = {"thời gian", "thời hạn", "mức", "chi phí", "tổng", "giá", "tỷ suất", "tỷ lệ", "tỉ lệ", "lượng", "điểm", "số"}
_CASES = ("vụ", "trường hợp", "ca", "sự cố", "đơn", "khiếu nại", "cuộc")
_MONEY = ("nghìn", "triệu", "tỷ", "tỉ", "đồng", "vnđ")
_HAPPENS = {"không để", "không để xảy ra", "không để phát sinh", "không xảy ra", "không phát sinh"}


def is_limit(found: Matched) -> bool:
    """True for a value that is not to be passed: one of each (`nào`), of what has a size, or of what happens. `không có
    hồ sơ quá hạn trên 5 ngày` says which cases there are to be none of."""
    what = found["what"]
    words = _words(what)
    is_passed = "most" in found and found["most"][0].words.startswith("vượt")
    counted = found["counted"][0].words
    is_each = "nào" in words.split() and not counted.startswith(_MONEY)
    if not words or is_passed or is_each or found["counted"][0].letter == LETTERS["percent"]:
        return True
    if words.startswith(tuple(_SIZES)):
        return found["deny"][0].words == "không để"
    if counted.startswith(_MONEY):  # each of some cases, or the sum: `vụ cháy trên 500 triệu đồng`, `thất thoát …`
        return not words.startswith(_CASES)
    is_counted = counted.startswith(_CASES) or (counted.startswith("lần") and _happens(what[0]))
    if found["deny"][0].words == "không để" and found["counted"][0].letter in _THINGS:  # `không để tồn quá 5 hồ sơ`
        is_counted |= not any(token.letter in _THINGS for token in what)
    return "most" in found and found["deny"][0].words in _HAPPENS and is_counted


_THINGS = letters_of("unit", "single", "label", "noun")


def _happens(what: Token) -> bool:
    """True for `mất điện` and `sự cố`, which are counted by times; not for `hồ sơ`, each of which comes so often."""
    return what.letter not in LETTERS["unit"] + LETTERS["single"] or what.words.startswith(_CASES)


def adds_up(found: Matched) -> bool:
    """True for the parts in brackets of a number before them: `1.320 học viên (cao đẳng 780, trung cấp 540)`, `16 lớp
    (khối 10: 8 lớp; khối 11: 8 lớp)`."""
    (whole, unit), *parts = (pair for pair in pairwise(found[""]) if pair[0].letter == LETTERS["number"])
    counted = [part for part, behind in parts if behind.words == unit.words] or [part for part, _ in parts]
    return sum(number(part.words) for part in counted) == number(whole.words)


_QUOTA = re.compile(r"(?:chỉ tiêu|kế hoạch|dự toán|nhu cầu|số được giao)\b")


def is_amount_of_it(found: Matched) -> bool:
    """True for what a share comes to: of a quota (`100% chỉ tiêu nhập ngũ (18 thanh niên)`), or counted in what it is a
    share of (`95% hộ dân (1.200 hộ)`, `80% công chức (24 người)`)."""
    what, of = (_words(found[name]) for name in ("what", "of"))
    return of.partition(" ")[0] in what.split() or bool(PEOPLE.match(of) or _QUOTA.search(what))


def is_named(found: Matched) -> bool:
    """True for a number that names which thing is meant, beside another number: the 10 of `thi vào lớp 10 đạt 6,5
    điểm`, the 12 of `97% học sinh lớp 12 đỗ`. `số vụ 3` counts."""
    words, led = found["word"][0].words, found["led"]
    others = "".join(token.letter for token in (*led, *found["rest"]))
    sums = {token.words for token in (*led[:1], *led[-1:])} & {"số", "tổng số", "số lượng"}
    is_short = words.isdecimal() and len(words) <= (3 if found["what"][0].letter != LETTERS["word"] else 2)
    is_counted = (
        bool(sums) or re.match("[0-9]{3}$", found["rest"][0].words if found["rest"] else "") is not None
    )  # 2 150
    is_counted = is_counted or (bool(led) and led[-1].letter in {LETTERS["number"], LETTERS["scale"]})
    return is_short and not is_counted and "N" in others


def are_parts(found: Matched) -> bool:
    """True for bare numbers behind `trong đó` that add up to what stands before it."""
    parts = [token.words for token in found["made"] if token.letter == LETTERS["number"]]
    whole = next(token.words for token in found[""] if token.letter == LETTERS["number"])
    are_bare = not _COUNTING.intersection(token.letter for token in found["made"]) and not any(
        one.letter == LETTERS["number"] and behind.letter in letters_of("unit", "single")  # `gồm 12 lớp và 8 lớp`
        for one, behind in pairwise(found["made"])
    )
    return len(parts) > 1 and are_bare and sum(map(number, parts)) == number(whole)


def with_units(found: Matched) -> list[Token]:
    """Numbers with the unit of their whole behind each."""
    unit = found["same"][0]
    put = ([token, unit._replace(start=token.end, end=token.end)] for token in found["made"])
    return [one for pair in put for one in (pair if pair[0].letter == LETTERS["number"] else pair[:1])]


def passes_plan(found: Matched) -> bool:
    """False for what falls short of the plan in brackets, which may be what was attained: `85% (chỉ tiêu 90%)`."""
    plan = found.get("gone", found.get("gone2", ()))
    told = [token.words for token in (*found[""], *found.get("behind", ())) if token.letter == LETTERS["number"]]
    planned = next(token.words for token in plan if token.letter == LETTERS["number"])
    return all(number(words) >= number(planned) for words in told)


def is_of_same_kind(found: Matched) -> bool:
    """True where what is said of each counts in the same as the whole: `05 mô hình (mỗi xã 01 mô hình)`."""
    counted, same = found["counted"][0].words, found["same"][0].words
    return counted.startswith(same) or same.startswith(f"{counted} ")


def are_its_times(found: Matched) -> bool:
    """True for as many times in brackets as are counted before: `02 hội nghị (quý II và quý IV/2026)`."""
    times = [token for token in found["times"] if token.letter not in _BESIDE_TIMES and not is_year(token)]
    are_read = all(token.letter != LETTERS["word"] or token.words in ROMAN for token in times)
    return are_read and len(times) == number(found[""][0].words)


def are_in_a_row(found: Matched) -> bool:
    """True for classes or groups by their numbers, each one more than the one before (`khối 3, 4, 5`) or with the same
    name (`lớp 1, lớp 6`)."""
    named = [number(token.words) for token in found["row"] if token.letter == LETTERS["number"]]
    told = (token for token in found["row"] if token.letter not in _BESIDE_TIMES + LETTERS["number"])
    names = [token.words.removeprefix("ở ") for token in told]
    if any(one % 1 for one in named):
        return False
    is_each = len(names) == len(named) and len(set(names)) == 1
    return is_each or (len(names) == 1 and all(other - one == 1 for one, other in pairwise(named)))


def is_name_at_end(found: Matched) -> bool:
    """True for the figure of `Ngoại ngữ 1`; not for what `còn lại 5` may leave."""
    return re.fullmatch("[1-9]", found["case"][0].words) is not None and found["what"][0].words not in QUALIFYING


def is_no_money(found: Matched) -> bool:
    """False for what is itself asked for: `doanh thu trên 5 tỷ đồng đạt 90% kế hoạch`."""
    case = found.get("case", found.get("case2", ()))
    return not set(_MONEY) & {token.words.rpartition(" ")[2] for token in case}


def says_which(found: Matched) -> bool:
    """False for an amount that may be asked for itself: what a change comes to (`giảm 10% số vụ 45 vụ`), a second
    limit (`không quá 5 vụ làm chết 3 người`)."""
    is_led = found["case"][0].letter in letters_of("less", "more", "from")
    return is_led or not {"change", "limit"} & found.keys()


def is_rate_of_it(found: Matched) -> bool:
    """True for what a number comes to in a part of a year: `24 phiên (02 phiên/tháng)`."""
    whole, *_, part = (token.words for token in found[""] if token.letter == LETTERS["number"])
    times = _PARTS_OF_YEAR.get(found["period"][0].words, 0)
    return number(part) * times == number(whole) and is_of_same_kind(found)


_COUNTING = frozenset(LETTERS[kind] for kind in ("percent", "points"))
_BESIDE_TIMES = letters_of("time", "comma", "and", "slash")
_PARTS_OF_YEAR = {"tháng": 12, "quý": 4, "tuần": 52}


def with_same_comparison(found: Matched) -> list[Token]:
    """A comma or `và` with the comparison of the value before it behind: `không quá 1 phút (ngày), 2 phút (đêm)`."""
    at = found["made"][0].end
    return [*found["made"], found["led"][0]._replace(start=at, end=at)]


def is_change_by(found: Matched) -> bool:
    """True for two values of which the second is so many per cent more or less: 20% and `từ 50 xuống 40`."""
    low, high, by = (number(found[name][0].words) for name in ("n", "m", "by"))
    return low > 0 and abs(abs(high - low) / low * 100 - by) < 1


def is_alone_or_same(found: Matched) -> bool:
    """True where nothing else is counted than before."""
    return not {"same", "counted"} <= found.keys() or is_of_same_kind(found)


def has_same_share(found: Matched) -> bool:
    """True for `42/45 trường (93,3%)` and `100% (52/52)`, where both are the same."""
    part = next(token.words for token in found[""] if "/" in token.words and token.words != "/").replace(".", "")
    typed = next(token.words for token in found[""] if token.letter == LETTERS["number"] and "/" not in token.words)
    count, whole = (int(number) if number.isdecimal() else 0 for number in part.split("/")[:2])
    near = 0.06 if "," in typed else 0.6
    return whole > 0 and abs(100 * count / whole - float(typed.replace(".", "").replace(",", "."))) < near


_FUNCTIONS = vars(target_numbers) | globals()


def _cue(row: dict[str, Any]) -> Cue:
    """A row made ready; `make` is a function, or the number that the group becomes."""
    put = row.get("make", "")
    make = _FUNCTIONS.get(put) or (lambda found: [made(found["made"], put)])
    words = {group: Expression(pattern) for group, pattern in row.get("words", {}).items()}
    when = _FUNCTIONS[row["when"]] if "when" in row else None
    return Cue(row["pattern"], row["example"], words, when, make if put else None)


CUES = tuple(map(_cue, _TABLES["cues"]))
"""Which of several comes first does not matter, but that limits are found before what is set aside."""
