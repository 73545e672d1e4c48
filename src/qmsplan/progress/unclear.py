"""Whether nothing says what the figures of a target come to, and its result hangs on it (QP332 asks): they may add up,
or the last of them may stand; those of several years may be meant together, or each by itself; shares may be of the
same cases each time (docs/decisions/0029)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

from qmsplan.model.period import Period, month_count, parse_period, year
from qmsplan.model.progress import Reading
from qmsplan.model.structured import Aggregation, Baseline
from qmsplan.phrases.aggregation import TURNOVER, all_there_are, days_of_each, is_unsure, may_be_lost_time
from qmsplan.phrases.target import Target
from qmsplan.progress.objective_facts import YEAR, MeasuredTarget
from qmsplan.progress.readings import is_share
from qmsplan.progress.verdict import BAD, Attainment, is_limit, is_passed, is_reached

_EARLIER = frozenset({Baseline.SAME_PERIOD, Baseline.PREVIOUS_YEAR, Baseline.YEAR})


class UnsureTarget(MeasuredTarget):
    """A target of which it may be unclear what its figures come to."""

    def is_unclear(self, readings: Sequence[Reading]) -> bool:
        """Whether nothing says if readings add up, and it matters: the sum has another verdict than the last one alone
        (20,000 and 30,000 of 45,000 ha), or they look as if the other might be meant: two periods or more of which each
        has half of a count or more (200 and 310 of 300 beds), or hours that are but a part of what is to be reached
        (3,000 of 12,000)."""
        doubts = (self.is_turned_by_years, self.is_of_same_cases, self.is_of_longer_times, self._is_more_than_all)
        if any(is_doubtful(readings) for is_doubtful in doubts):
            return True
        if self.target.value is None or self.plan or self.horizons or not self.is_unsure:
            return False
        found: dict[Period, Decimal] = defaultdict(Decimal)
        for reading in readings:
            if reading.value is not None:
                found[reading.period] += reading.value
        if self.target.is_relative:
            return len(found) > 1 and self._is_beyond_adding(readings, list(found.values()))
        is_turned = len(found) > 1 and self._is_turned_by_adding(readings, sum(found.values(), Decimal(0)))
        if is_turned or self.may_be_lost_time:
            return is_turned
        half = self.target.value / 2
        if self.known.adds_up:
            return len(found) > 1 and min(found.values()) >= half > 0
        months = min((month_count(period) for period in found), default=YEAR)
        return months < YEAR and max(found.values()) <= half

    def is_asked(self, found: Attainment, readings: Sequence[Reading]) -> bool:
        """Whether the result of a level hangs on what its figures are, and nothing says it."""
        is_any = self.may_be_lost_time or self.is_of_longer_times(readings)  # that look good as well
        return (found in BAD or is_any) and self.is_unclear(readings)

    def is_of_longer_times(self, readings: Sequence[Reading]) -> bool:
        """Whether figures of a target for each week or day are about longer times, and nothing says if they tell how
        many there were in one of these (2), or in all of the time (26 in a quarter)."""
        if self.days_of_each == 0 or self.target.aggregation in {Aggregation.LATEST, Aggregation.FINAL}:
            return False
        return any((one.period.end - one.period.start).days >= self.days_of_each for one in readings)

    def _is_more_than_all(self, readings: Sequence[Reading]) -> bool:
        """Whether figures that are added up come to more than there are: 17 and 19 of `19/19 tiêu chí`."""
        whole = self.all_there_are
        if whole is None or not self.known.adds_up or len(readings) < 2:
            return False
        return sum((one.value or Decimal(0) for one in readings), Decimal(0)) > whole

    @cached_property
    def days_of_each(self) -> int:
        """See `phrases.aggregation.days_of_each`."""
        return days_of_each(self.target)

    @cached_property
    def all_there_are(self) -> Decimal | None:
        """See `phrases.aggregation.all_there_are`."""
        return all_there_are(self.target)

    @property
    def may_be_unclear(self) -> bool:
        """False where no figures whatever are unclear."""
        is_count = self.is_unsure or self.may_be_of_years or self.all_there_are is not None
        return is_count or self.days_of_each > 0 or self.target.counts_shares

    def _is_beyond_adding(self, readings: Sequence[Reading], values: Sequence[Decimal]) -> bool:
        """Whether figures of which a change is asked for come to half as much again as what it starts from and what it
        aims at, and each of them to half of these: 390, 380 and 370 poor households, 50 fewer than the year's 400."""
        end = readings[-1].period.end
        start = self.known.earlier(self.time_of(end)) or self.known.earlier(year(end.year))
        if start is None or any(one.baseline is not None or one.change is not None for one in readings):
            return False
        asked = self.target.value or Decimal(0)
        change = asked if self.target.is_difference else start * asked / 100
        ends = start, start - change if self.target.falls else start + change
        return sum(values, Decimal(0)) * 2 >= 3 * max(ends) and min(values) * 2 >= min(ends) > 0

    @cached_property
    def is_unsure(self) -> bool:
        """Whether nothing surely says if readings add up (`phrases.aggregation`)."""
        return is_unsure(self.target) or self.may_be_lost_time

    @property
    def is_of_all_its_time(self) -> bool:
        """Whether so many fewer than in an earlier time are meant of the whole time: 5 of a year, none of a quarter."""
        is_number = self.target.is_difference and self.target.baseline in _EARLIER
        return is_number and self.known.adds_up and not self.rhythm

    @cached_property
    def may_be_lost_time(self) -> bool:
        """See `phrases.aggregation.may_be_lost_time`."""
        return may_be_lost_time(self.target, self.facts.node.words)

    @cached_property
    def may_be_of_years(self) -> bool:
        """Whether figures of several years may be meant to add up, or each year to be judged by its own, and nothing
        says which: what has a value for each year (`horizons`), or is told anew for each, such as a turnover."""
        item, whole = self.facts.node.item, self.facts.period
        if whole is None or whole.start.year == whole.end.year or item.aggregation or self.target.per or self.plan:
            return False
        is_told_by_year = any(parse_period(code) in whole for code in item.horizons or ())
        words = (self.target.phrase, *item.text)
        return self.known.adds_up and (is_told_by_year or any(map(TURNOVER.search, words)))

    def is_turned_by_years(self, readings: Sequence[Reading]) -> bool:
        """Whether the sum of several years has another verdict than the last one of them alone, where either may be
        meant."""
        steps_to = [*((one.end, step) for one, step in self.horizons.items()), (date.max, self.target)]
        return self.may_be_of_years and any(
            _turns(step, read, [one for one in read if one.period.end.year == read[-1].period.end.year])
            for end, step in steps_to
            if (read := [one for one in readings if one.period.end <= end])
        )

    def is_of_same_cases(self, readings: Sequence[Reading]) -> bool:
        """Whether shares of a time that miss together may each be of the same cases, which would attain, and nothing
        says it: 20 and then 30 of 50 people, 50 of 100 or all of 50; 20 and then 45 of 45 villages, all of them now."""
        is_told = self.facts.node.item.aggregation or self.plan or self.known.has_several
        if is_told or not readings or not self.target.counts_shares or self.target.is_relative:
            return False
        end = readings[-1].period.end
        time = Period(self.time_of(end).start, end)
        shares = [one for one in self.known.inside(time) if is_share(one)]
        counted = [one.numerator or 0 for one in shares]
        wholes = {one.denominator or 0 for one in shares}
        whole, told = min(wholes, default=0), sum(counted)
        if len(shares) < 2 or len(wholes) > 1 or whole <= 0 or len(self.asked_for(time)) > 1:
            return False
        if self._is_met_by_cases(told, whole * len(shares)):
            return False
        are_new = told <= whole and self._is_met_by_cases(told, whole)
        is_growing = counted == sorted(counted) and len({one.period for one in shares}) == len(shares)
        return are_new or (is_growing and self._is_met_by_cases(counted[-1], whole))

    def _is_met_by_cases(self, some: int, whole: int) -> bool:
        return self.target.is_met_by(Decimal(self.target.whole * some) / whole)

    def _is_turned_by_adding(self, readings: Sequence[Reading], added: Decimal) -> bool:
        last = self.known.held_against(self.target._replace(aggregation=Aggregation.LATEST)).aggregate(readings).value
        return last is not None and _standing(self.target, added) != _standing(self.target, last)


def _turns(target: Target, all_of: Sequence[Reading], some: Sequence[Reading]) -> bool:
    """Whether the sum of some counts has another verdict than that of all of them."""
    one, other = (sum((reading.value or Decimal(0) for reading in read), Decimal(0)) for read in (all_of, some))
    return _standing(target, one) != _standing(target, other)


def _standing(target: Target, value: Decimal) -> tuple[bool, bool]:
    """Whether a count is beyond what is allowed, and whether it is reached."""
    return is_passed(target, value), not is_limit(target) and is_reached(target, value)
