"""The items of a plan in document order, each with what it inherits and with its phrases understood.

Everything that looks at items (rules, status, reports, diff, audit) takes them from `outline`. `planned_target` and
`horizon_targets` are the values that a target is to have in other periods, as targets of these: numbers of `plan`
(`{2026-Q1: 20}`), phrases of `horizons` (`{2026: "4,8%", 2028: "3%"}`); `base_of` is what it starts from (`base`),
`threshold_of` where to warn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, TypeAlias, TypeVar

from qmsplan.diagnostics import Message, Path, UserError
from qmsplan.model.fields import SHARE_SIGNS
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period, parse_period
from qmsplan.model.plan import Annex, Item, Plan, Section
from qmsplan.model.settings import CONVENTIONS, Conventions
from qmsplan.model.structured import Assignment, Comparator, DeadlineForm, TargetForm
from qmsplan.phrases.aggregation import aggregation_of
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.target import MONEY, Target, deadline_words
from qmsplan.phrases.target_doubt import MOST_OR_LEAST
from qmsplan.phrases.target_lexicon import number
from qmsplan.phrases.target_parse import understand_targets

Branch: TypeAlias = "Plan | Section | Annex | Item"

Typed = TypeVar("Typed")

LISTS = {"groups": "group", "objectives": "objective", "tasks": "task", "activities": "activity"}
"""The lists that hold items, in the order they are printed, and what their items are called."""


class Node(NamedTuple):
    """An item in its place. `deadline`, `lead` and `support` are those of the nearest item above where it has none
    itself."""

    path: Path
    kind: str
    item: Item
    parent: Node | None
    is_leaf: bool
    deadline: Deadline | UserError | None
    targets: tuple[Target | UserError, ...]
    lead: tuple[str | Assignment, ...]
    support: tuple[str | Assignment, ...] = ()
    target_at: tuple[int, ...] = ()
    """For each of `targets` the index of the typed target it was read from, as one phrase may hold several."""

    def typed_at(self, index: int) -> int:
        """The index of the typed target that one of `targets`, by its index, was read from."""
        return self.target_at[index] if self.target_at else index

    @property
    def is_objective(self) -> bool:
        """True for an objective, which readings measure."""
        return self.kind == "objective"

    @property
    def depth(self) -> int:
        """How many items stand above it."""
        return 0 if self.parent is None else self.parent.depth + 1

    def holder(self, field: str) -> Node | None:
        """The nearest item, from this one upward, that has a field of its own which those below inherit: `deadline`,
        `lead`; None if none has."""
        return next((node for node in self.upward if getattr(node.item, field) not in (None, ())), None)

    @property
    def upward(self) -> Iterator[Node]:
        """The item, then those above it, the nearest first."""
        node: Node | None = self
        while node:
            yield node
            node = node.parent


def outline(
    plan: Plan, conventions: Conventions = CONVENTIONS, names: Mapping[str, str] | None = None
) -> tuple[Node, ...]:
    """All items of a plan in document order: those of the tree, then those of the sections, then those of the
    annexes. `names` are those by which readers know units whose code alone is typed: `NV`, `Phòng Nghiệp vụ`."""
    return tuple(_branch(_Scope(plan.period, conventions, plan.event_texts, names or {}), plan, (), None))


def unread_deadlines(plan: Plan, conventions: Conventions = CONVENTIONS) -> tuple[str, ...]:
    """The ids of the items whose deadline is not understood: nothing of them is ever due."""
    nodes = outline(plan, conventions)
    return tuple(one.item.id for one in nodes if one.item.deadline is not None and isinstance(one.deadline, UserError))


class _Scope(NamedTuple):
    """What items are read for; `events` are the texts of the plan's events by their ids."""

    period: Period | None
    conventions: Conventions
    events: Mapping[str, str]
    names: Mapping[str, str]


def _branch(scope: _Scope, branch: Branch, path: Path, parent: Node | None) -> Iterator[Node]:
    for name, kind in LISTS.items():
        for index, item in enumerate(getattr(branch, name)):
            node = _node(scope, kind, item, (*path, name, index), parent)
            yield node
            if not node.is_leaf:
                yield from _branch(scope, item, node.path, node)
    for name in ("sections", "annexes"):
        for index, section in enumerate(getattr(branch, name, ())):
            yield from _branch(scope, section, (*path, name, index), parent)


def _node(scope: _Scope, kind: str, item: Item, path: Path, parent: Node | None) -> Node:
    typed = item.deadline
    inherited = parent.deadline if parent else None
    targets = tuple(item_targets(item))
    return Node(
        path,
        kind,
        item,
        parent,
        not any(getattr(item, name) for name in LISTS),
        inherited if typed is None else _deadline(typed, scope),
        tuple(target for _, target in targets),
        _named(item.lead, scope) or (parent.lead if parent else ()),
        _named(item.support, scope) or (parent.support if parent else ()),
        tuple(index for index, _ in targets),
    )


def _named(people: tuple[str | Assignment, ...], scope: _Scope) -> tuple[str | Assignment, ...]:
    """Leads or supports, with the name of a unit or person for a code."""
    if not scope.names:
        return people
    return tuple(
        scope.names.get(one.strip(), one)
        if isinstance(one, str)
        else one.replaced(unit=scope.names.get(one.unit, one.unit))
        for one in people
    )


def item_targets(item: Item) -> Iterator[tuple[int, Target | UserError]]:
    """All targets of an item, each with the index of the phrase that holds it."""
    found: list[tuple[int, Target | UserError]] = []
    for index, typed in enumerate(item.target):
        read = understand_in_unit(_unmarked(typed), item.unit or "")
        found += ((index, target) for target in (read if isinstance(read, tuple) else (read,)))
    statement = plain_text(" ".join(item.text)) if len(found) == 1 else ""
    for at, (index, target) in enumerate(found):
        if isinstance(target, UserError):
            yield index, target
            continue
        if doubt := _doubt_by_statement(statement, item.target[index], target):
            yield index, doubt
            continue
        given = item.aggregation if len(item.aggregation) == 1 else item.aggregation[at : at + 1]
        means = aggregation_of(target, statement, next(iter(given), None))
        yield index, target._replace(aggregation=means) if means else target


def _doubt_by_statement(statement: str, typed: str | TargetForm, target: Target) -> UserError | None:
    """The question that a bare number raises where the statement says what it counts, as `Số vụ tai nạn: 3 vụ` does in
    one piece: it may be the most."""
    is_bare = isinstance(typed, str) and target.comparator is Comparator.AT_LEAST and _BARE.fullmatch(typed)
    words = re.sub(r"\s*\([^()]*\)", "", statement).strip(" .;:")  # without the unit of `Mức tiêu hao (lít/100 km)`
    if not is_bare or not words or re.search(r"[\d,;:.]", words):
        return None
    if target.quantity == "%" and (target.value or 0) > _HALF:  # `Tiếp nhận phản ánh`, 100%
        return None
    found = understand_targets(f"{words}: {typed}")
    return found if isinstance(found, UserError) and found.message.template == MOST_OR_LEAST.template else None


_HALF = 50
"""Per cent beyond which nobody asks for the most of what should be few."""


def understand_in_unit(typed: str | TargetForm, unit: str) -> tuple[Target | UserError, ...] | UserError:
    """A target phrase understood with its item's unit of measure behind each number that has none, as if it stood in
    the phrase: `12` beside `lớp` is so many classes, `không quá 8` beside `ngày làm việc` so many days."""
    found, unit = understand_targets(typed), unit.strip("() ")
    if not unit or not isinstance(typed, str):
        return found
    if isinstance(found, UserError):
        whole = understand_targets(f"{typed} {unit}")
        return found if isinstance(whole, UserError) else whole
    return tuple(_in_unit(target, unit) for target in found)


def _in_unit(target: Target, unit: str) -> Target | UserError:
    if target.unit or target.value is None:
        return target
    whole = understand_targets(f"{target.phrase} {unit}")
    if isinstance(whole, UserError):
        return whole
    if len(whole) == 1 and whole[0].unit:
        return whole[0]
    return UserError(
        Message("the unit '{unit}' of the target '{phrase}' is not understood", unit=unit, phrase=target.phrase),
        Message("write the unit behind the number, such as '12 lớp'"),
    )


def _deadline(typed: str | DeadlineForm, scope: _Scope) -> Deadline | UserError | None:
    """A deadline read; of a structured form with the words that a document prints for it."""
    if scope.period is None:
        return None
    found = understand_deadline(_unmarked(typed), scope.period, scope.conventions)
    if isinstance(found, UserError) or isinstance(typed, str):
        return found
    return found._replace(phrase=deadline_words(typed, scope.events))


def _unmarked(typed: Typed) -> Typed:
    """A phrase without italics and footnotes; a structured form as it is."""
    return plain_text(typed) if isinstance(typed, str) else typed  # type: ignore[return-value]


_BARE = re.compile(r"\s*[0-9][0-9.,]*(?:\s*(?:-|–|đến)\s*[0-9][0-9.,]*)?(?:\s*[^\s0-9<>=≤≥].*)?")
"""A value without a word or sign that says which others are enough."""
_AS_BARE = {Comparator.MORE: Comparator.AT_LEAST, Comparator.LESS: Comparator.AT_MOST}


def planned_target(target: Target, value: Decimal) -> Target:
    """The target of a period for which `plan` has a value. Of a range the upper end stays: 80 planned of `85-90%` is
    from 80 to 90."""
    is_range = target.comparator is Comparator.BETWEEN and (target.upper or 0) >= value
    return target._replace(value=value, upper=target.upper if target.time or is_range else None)


def horizon_targets(node: Node, target: Target, within: Period) -> dict[Period, Target]:
    """The targets of an item's other periods inside the plan's, by these; without those that are not understood."""
    found = {
        parse_period(code): horizon_target(text, target, node.item.unit or "")
        for code, text in (node.item.horizons or {}).items()
    }
    return {period: one for period, one in found.items() if one is not None and period in within and period != within}


@lru_cache(maxsize=4096)
def horizon_target(text: str, target: Target, unit: str) -> Target | None:
    """A value of another period as a target: `4,8%` of `giảm còn dưới 2%` is at most 4.8 %; None if it is not
    understood, or counts in another unit."""
    read = understand_in_unit(plain_text(text), unit or target.quantity)
    if isinstance(read, UserError) or len(read) != 1 or isinstance(read[0], UserError):
        return None
    found = read[0]
    is_bare = bool(_BARE.fullmatch(text))
    if not found.is_measurable or found.quantity != target.quantity or not (is_bare or not target.is_relative):
        return None
    if not is_bare:
        return found._replace(population=target.population, per=target.per, unit=target.unit)
    comparator, upper = _AS_BARE.get(target.comparator, target.comparator), None
    if comparator is Comparator.BETWEEN:  # 80 on the way to `85-90%`: from 80 to 90
        upper = found.upper or max(found.value or Decimal(0), target.upper or Decimal(0))
    return target._replace(comparator=comparator, value=found.value, upper=upper, excludes_value=False)


class Base(NamedTuple):
    """The value that a target starts from, and the year it was measured in, None where nothing names one: 50 and 2025
    of `50 cơ sở (năm 2025)`."""

    value: Decimal
    year: int | None


_YEAR = re.compile(r"\bnăm\s+(?:học\s+)?(\d{4})\b", re.IGNORECASE)
_MINUS = re.compile(r"(?<!\w)(?<!\w )[-–−] ?\d|\bâm \d", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.]*(?:,\d+)?(?!\w)")


_MEASURE = r"[%‰]|(?:(?:nghìn|ngàn|triệu|tỷ|tỉ) )?đồng\b|(?:giây|phút|giờ|ngày|tuần|tháng)\b"
_MEASURED = re.compile(rf"\d\s?(?P<unit>{_MEASURE}|(?:nghìn|ngàn|triệu|tỷ|tỉ)(?=\W*$|\s*\())", re.IGNORECASE)


def _value_in(value: Decimal, text: str, unit: str) -> Decimal | None:
    """The value of `base` or `threshold`, typed as `text`, in the unit of a target: 2000 of `2 tỷ đồng` beside `triệu
    đồng`. None where the two surely count other things: `90 phút` beside `giờ`, `90%` beside `mẫu`."""
    found = _MEASURED.search(_YEAR.sub("", text))
    wanted = unit.lower().partition("/")[0]
    if not found or not wanted:
        return value
    own = found["unit"].lower()
    own = own if own in MONEY or f"{own} đồng" not in MONEY else f"{own} đồng"
    if own in MONEY and wanted in MONEY:
        return value * MONEY[own] / MONEY[wanted]
    is_sure = own in SHARE_SIGNS or wanted in MONEY or re.match(_MEASURE, wanted)
    return value if wanted.startswith(own) or not is_sure else None


@lru_cache(maxsize=4096)
def base_of(text: str, unit: str = "") -> Base | None:
    """What `base` says, in a unit; None unless it holds one number of that kind without a minus, and at most one
    year beside it."""
    years = _YEAR.findall(text)
    numbers = _NUMBER.findall(_YEAR.sub("", text))
    if len(numbers) != 1 or len(years) > 1 or _MINUS.search(text):
        return None
    value = _value_in(number(numbers[0]), text, unit)
    return None if value is None else Base(value, int(years[0]) if years else None)


class Threshold(NamedTuple):
    """The value at which to warn: 90 of `< 90% kế hoạch quý`, which is a share of what is planned."""

    value: Decimal
    includes_value: bool
    """True if the value itself is one to warn of: `≤ 90%`, `từ 9% trở lên`."""
    of_plan: bool


_INCLUDED = re.compile(r"[≤≥]|[<>]=|\b(?:từ|không quá|trở lên|trở xuống|đến|tối đa|tối thiểu)\b", re.IGNORECASE)
_OF_PLAN = re.compile(r"kế hoạch|% ?(?:của )?(?:chỉ tiêu|mục tiêu|dự toán)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def threshold_of(text: str, unit: str = "") -> Threshold | None:
    """What `threshold` says, in the unit of its target; None unless it holds one number of that kind."""
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1:
        return None
    of_plan = bool(_OF_PLAN.search(text))
    value = number(numbers[0]) if of_plan else _value_in(number(numbers[0]), text, unit)
    return None if value is None else Threshold(value, bool(_INCLUDED.search(text)), of_plan)
