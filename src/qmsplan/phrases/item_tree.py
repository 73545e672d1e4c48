"""The items of a plan in document order, each with what it inherits and with its phrases understood.

Everything that looks at items (rules, status, reports, diff, audit) takes them from `outline`. At the end stand the
values that an item gives beside its target: those of other periods, as targets of these (numbers of `plan`, `{2026-Q1:
20}`; phrases of `horizons`, `{2026: "4,8%"}`), the one that a change starts from (`base`), and the one at which to warn
(`threshold`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, TypeAlias, TypeVar

from qmsplan.diagnostics import Message, Path, UserError
from qmsplan.model.fields import SHARE_SIGNS
from qmsplan.model.inline import plain_text
from qmsplan.model.period import Period, parse_period
from qmsplan.model.plan import Annex, Item, Plan, Section
from qmsplan.model.settings import CONVENTIONS, Conventions
from qmsplan.model.structured import Aggregation, Assignment, Comparator, DeadlineForm, TargetForm
from qmsplan.phrases.aggregation import with_aggregation
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.deadline_parse import understand_deadline
from qmsplan.phrases.tables import Expression, filled_slots, table_beside
from qmsplan.phrases.target import MONEY, UPPER_LIMITS, Target, deadline_words, multiplied_by, unit_ratio
from qmsplan.phrases.target_forms import BY_OR_TO, MOST_OR_LEAST
from qmsplan.phrases.target_parse import understand_targets
from qmsplan.phrases.target_times import untimely
from qmsplan.phrases.target_vocabulary import number

Branch: TypeAlias = "Plan | Section | Annex | Item"

Typed = TypeVar("Typed")

LISTS = {"groups": "group", "objectives": "objective", "tasks": "task", "activities": "activity"}
"""The lists that hold items, in the order they are printed, and what their items are called."""


def names_text(people: Iterable[str | Assignment]) -> str:
    """Who is named for something, as typed, without the dash of a list and the point of a sentence: `Phòng A; Phòng B`
    of `["- Phòng A;", "- Phòng B."]`."""
    names = (entry if isinstance(entry, str) else entry.unit for entry in people)
    return "; ".join(" ".join(plain_text(name).split()).removeprefix("- ").rstrip(" .;") for name in names)


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
    def words(self) -> str:
        """Its statement as one line, without marks and footnotes."""
        return plain_text(" ".join(self.item.text))

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


def unread_deadlines(plan: Plan, conventions: Conventions = CONVENTIONS) -> tuple[Item, ...]:
    """The items whose own deadline is not understood: nothing of them is ever due. Nothing else of them is read."""
    scope = _Scope(plan.period, conventions, plan.event_texts, {})
    own = ((item, item.deadline) for item in _items(plan))
    return tuple(item for item, typed in own if typed is not None and isinstance(_deadline(typed, scope), UserError))


def _items(branch: Branch) -> Iterator[Item]:
    """All items in the order of `outline`."""
    for name in LISTS:
        for item in getattr(branch, name):
            yield item
            yield from _items(item)
    for name in ("sections", "annexes"):
        for section in getattr(branch, name, ()):
            yield from _items(section)


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
    deadline = inherited if typed is None else _deadline(typed, scope)
    targets = item_targets(item)
    return Node(
        path,
        kind,
        item,
        parent,
        not any(getattr(item, name) for name in LISTS),
        deadline,
        tuple(_in_time(target, deadline, scope.period) for _, target in targets),
        _named(item.lead, scope) or (parent.lead if parent else ()),
        _named(item.support, scope) or (parent.support if parent else ()),
        tuple(index for index, _ in targets),
    )


def _in_time(
    target: Target | UserError, deadline: Deadline | UserError | None, plan: Period | None
) -> Target | UserError:
    """A target, or why it is none in a plan and with a deadline of later."""
    if plan is None or isinstance(target, UserError) or isinstance(deadline, UserError):
        return target
    days = (one.due or one.period.end for one in deadline.occurrences) if deadline else ()
    return untimely(target, plan, max(days, default=plan.end)) or target


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


def item_targets(item: Item) -> tuple[tuple[int, Target | UserError], ...]:
    """All targets of an item, each with the index of the phrase that holds it."""
    return _targets(item.target, item.unit or "", item.text, item.aggregation, item.base or "")


@lru_cache(maxsize=4096)
def _targets(
    phrases: tuple[str | TargetForm, ...],
    unit: str,
    text: tuple[str, ...],
    aggregation: tuple[Aggregation, ...],
    base: str,
) -> tuple[tuple[int, Target | UserError], ...]:
    """Kept like what the phrases mean: several readers of a plan ask, and of the same words in many plans."""
    found: list[tuple[int, Target | UserError]] = []
    for index, typed in enumerate(phrases):
        read = understand_in_unit(_unmarked(typed), unit)
        found += ((index, target) for target in (read if isinstance(read, tuple) else (read,)))
    statement = plain_text(" ".join(text)) if len(found) == 1 else ""
    for at, (index, own) in enumerate(found):
        target = _by_statement(statement, phrases[index], own, unit)
        if isinstance(target, Target):
            given = aggregation if len(aggregation) == 1 else aggregation[at : at + 1]
            target = with_aggregation(target, statement, next(iter(given), None), unit, base)
        found[at] = (index, target)
    return tuple(found)


BARE = re.compile(r"\s*[0-9][0-9.,]*(?:\s*(?:-|–|đến)\s*[0-9][0-9.,]*)?(?:\s*[^\s0-9<>=≤≥].*)?")
"""A value without a word or sign that says which others are enough."""


def _by_statement(statement: str, typed: str | TargetForm, target: Target | UserError, unit: str) -> Target | UserError:
    """A bare number as the statement before it tells it: 17 of `Số vụ vi phạm tối đa` is the most, 3 of `Số vụ tai nạn`
    may be, which is asked, as is whether 17 of `Giảm số vụ` is the change."""
    is_bare = isinstance(typed, str) and BARE.fullmatch(typed)
    is_open = isinstance(target, UserError) or target.comparator is Comparator.AT_LEAST
    if not statement or not is_bare or not is_open:
        return target
    found = [understand_in_unit(f"{words}: {typed}", unit) for words in _plain(statement)]
    limit = next(filter(None, map(_limit, found)), None)
    if limit:
        own = limit if isinstance(target, UserError) else target
        return own._replace(comparator=limit.comparator, phrase=str(typed).strip())
    is_high = isinstance(target, Target) and target.quantity == "%" and (target.value or 0) > _HALF
    if isinstance(target, UserError) or is_high or not found:  # 100% of `Tiếp nhận phản ánh`
        return target
    doubt = found[-1]
    return doubt if isinstance(doubt, UserError) and doubt.message.template in _UNSAID else target


def _plain(statement: str) -> Iterator[str]:
    """A statement without figures and signs, and without what stands in brackets: `Mức tiêu hao (lít/100 km)`."""
    whole = statement.strip(" .;:")
    for words in dict.fromkeys((whole, re.sub(r"\s*\([^()]*\)", "", whole).strip(" .;:"))):
        if words and not re.search(r"[\d,;:.]", words):
            yield words


def _limit(found: tuple[Target | UserError, ...] | UserError) -> Target | None:
    """The only target of what was read, if it is an upper limit."""
    said = found[0] if isinstance(found, tuple) and len(found) == 1 else None
    return said if isinstance(said, Target) and said.comparator in UPPER_LIMITS else None


_UNSAID = frozenset({MOST_OR_LEAST.template, BY_OR_TO.template})
_HALF = 50
"""Per cent beyond which nobody asks for the most of what should be few."""


def understand_in_unit(typed: str | TargetForm, unit: str) -> tuple[Target | UserError, ...] | UserError:
    """A target phrase understood with its item's unit of measure behind each number that has none, as if it stood in
    the phrase: `12` beside `lớp` is so many classes, `không quá 8` beside `ngày làm việc` so many days."""
    found, unit = understand_targets(typed), unit.strip("() ")
    if not unit or not isinstance(typed, str):
        return found
    if _SCALED.match(unit):
        named = _SCALED.sub(lambda many: "triệu " if many["million"] else "nghìn ", unit)
        message = Message("the unit '{unit}' of the target '{phrase}' is not understood", unit=unit, phrase=typed)
        return UserError(message, Message("write '{text}'", text=named))
    if isinstance(found, UserError):
        whole = understand_targets(f"{typed} {unit}")
        return found if isinstance(whole, UserError) else whole
    return tuple(_in_unit(target, unit) for target in found)


_SCALED = re.compile(r"1[. ]?000(?P<million>[. ]?000)?\s*(?=[^\W\d])")
"""A unit of so many, in figures: `1.000 m3`."""


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


_AS_MEANT = {Comparator.MORE: Comparator.AT_LEAST, Comparator.LESS: Comparator.AT_MOST}


def planned_target(target: Target, value: Decimal) -> Target:
    """The target of a period for which `plan` has a value. Of a range the upper end stays: 80 planned of `85-90%` is
    from 80 to 90."""
    is_range = target.comparator is Comparator.BETWEEN and (target.upper or 0) >= value
    if target.comparator is Comparator.EQUAL and value != target.value:  # a step to exactly so many, or down to none
        target = target._replace(comparator=Comparator.AT_LEAST if target.value else Comparator.AT_MOST)
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
    is_bare = bool(BARE.fullmatch(text))
    if not found.is_measurable or found.quantity != target.quantity or not (is_bare or not target.is_relative):
        return None
    if not is_bare:
        return found._replace(population=target.population, per=target.per, unit=target.unit)
    comparator, upper = _AS_MEANT.get(target.comparator, target.comparator), None
    if comparator is Comparator.BETWEEN:  # 80 on the way to `85-90%`: from 80 to 90
        upper = found.upper or max(found.value or Decimal(0), target.upper or Decimal(0))
    return target._replace(comparator=comparator, value=found.value, upper=upper, excludes_value=False)


class Base(NamedTuple):
    """The value that a target starts from, and the year it was measured in, None where nothing names one: 50 and 2025
    of `50 cơ sở (năm 2025)`."""

    value: Decimal
    year: int | None


_PATTERNS = filled_slots(table_beside(__file__))
_YEAR, _MINUS, _MEASURED, _MEASURE, _INCLUDED, _ABOVE, _BELOW, _RANKED, _OF_PLAN = (
    Expression(_PATTERNS[name])
    for name in ("year", "minus", "measured", "measure", "included", "above", "below", "ranked", "of_plan")
)
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.]*(?:,\d+)?(?!\w)")


def _value_in(value: Decimal, text: str, unit: str) -> Decimal | None:
    """The value of `base` or `threshold`, typed as `text`, in the unit of a target: 2000 of `2 tỷ đồng` beside `triệu
    đồng`. None where the two surely count other things: `90 phút` beside `ngày`, `90%` beside `mẫu`."""
    found = _MEASURED.search(_YEAR.sub("", text))
    wanted = unit.lower().partition("/")[0]
    if not found or not wanted:
        return value
    own = found["unit"].lower()
    own = own if own in MONEY or f"{own} đồng" not in MONEY else f"{own} đồng"
    if times := unit_ratio(own, wanted):
        return multiplied_by(value, times)
    is_sure = own in SHARE_SIGNS or wanted in MONEY or _MEASURE.match(wanted)
    return value if wanted.startswith(own) or not is_sure else None


@lru_cache(maxsize=4096)
def base_of(text: str, unit: str = "") -> Base | None:
    """What `base` says, in a unit; None unless it holds one number of that kind without a minus, and at most one
    year beside it."""
    years = [found["year"] or found["bare"] for found in _YEAR.finditer(text)]
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
    is_above: bool | None
    """True if more than the value is one to warn of (`> 5 vụ`), False if less is (`dưới 85%`), None if it does not
    say."""
    months: int | None
    """The length of the periods whose own plan is meant: 3 of `90% kế hoạch quý`; None if it names none."""


@lru_cache(maxsize=4096)
def threshold_of(text: str, unit: str = "") -> Threshold | None:
    """What `threshold` says, in the unit of its target; None unless it holds one number of that kind."""
    numbers = _NUMBER.findall(_YEAR.sub("", text))
    if len(numbers) != 1:
        return None
    of_plan = bool(_OF_PLAN.search(text))
    value = number(numbers[0]) if of_plan else _value_in(number(numbers[0]), text, unit)
    if value is None:
        return None
    is_below = bool(_BELOW.search(text))
    is_above = False if is_below else True if _ABOVE.search(text) else None
    if is_above is not None and _RANKED.search(text):
        is_above = not is_above
    months = next((length for words, length in _PERIODS if words in text.lower()), None) if of_plan else None
    return Threshold(value, bool(_INCLUDED.search(text)), of_plan, is_above, months)


_PERIODS = (("tháng", 1), ("quý", 3))
