"""The lunar calendar of Viet Nam."""

from datetime import date

from qmsplan.model.lunar import lunar_day
from qmsplan.model.period import holidays
from rows import each_row

KNOWN = (
    ((2007, 1, 1), date(2007, 2, 17)),  # a day before China's
    ((2030, 1, 1), date(2030, 2, 2)),  # a day before China's
    ((2023, 3, 10), date(2023, 4, 29)),  # behind a leap month
    ((2033, 12, 1), date(2034, 1, 20)),  # behind a leap month 11
    ((2025, 12, 30), None),  # a month of 29 days
    ((2300, 1, 1), None),
)


@each_row(("day", "wanted"), KNOWN)
def test_days_that_are_known(day: tuple[int, int, int], wanted: date | None) -> None:
    assert lunar_day(*day) == wanted


def test_tet_lies_where_the_days_off_say() -> None:
    told = {"tết nguyên đán": 1, "mùng hai tết nguyên đán": 2, "mùng ba tết nguyên đán": 3}
    off = [(day, told[name.lower()]) for year in range(2023, 2032) for day, name in holidays(year).off.items()
           if name.lower() in told]  # fmt: skip
    assert len(off) > 9
    assert [lunar_day(day.year, 1, number) for day, number in off] == [day for day, _ in off]
