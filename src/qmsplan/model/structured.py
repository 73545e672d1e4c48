"""The structured forms of deadlines, targets and responsibilities, for what no phrase says."""

import unicodedata
from enum import StrEnum
from typing import Literal

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.fields import Day, FileModel, Flag, Measured


class Comparator(StrEnum):
    """How a measured value is held against the target's."""

    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    EQUAL = "="
    ABOUT = "~"
    """About so much (`khoảng 80%`): understood, but no measured value is surely enough or too little."""
    BETWEEN = "between"
    REDUCE = "reduce"
    INCREASE = "increase"
    RANK = "rank"
    QUALITATIVE = "qualitative"
    """A direction without a number: understood, but not measurable."""


class Baseline(StrEnum):
    """What a reduction or an increase starts from."""

    PREVIOUS_YEAR = "previous_year"
    SAME_PERIOD = "same_period"
    YEAR = "year"
    """A year that is named."""
    STATUTORY = "statutory"
    PLAN = "plan"
    OTHER = "other"
    """What `baseline_text` says."""
    UNSTATED = "unstated"


class Aggregation(StrEnum):
    """What the readings on a target come to over the parts of its time."""

    SUM = "sum"
    """What arose in each period (số phát sinh): it is added up."""
    CUMULATIVE = "cumulative"
    """Running totals from the start of the target's time (lũy kế): the last one stands."""
    LATEST = "latest"
    """What there is at the end of each period (số hiện có): each is judged, the last one stands for the whole."""
    FINAL = "final"
    """What there is at the end of the target's time: judged on its day alone, under way until then."""


_AGGREGATIONS = {
    **{one.value: one for one in Aggregation},
    **dict.fromkeys(("phát sinh", "phát sinh trong kỳ", "trong kỳ", "từng kỳ", "thời kỳ"), Aggregation.SUM),
    **dict.fromkeys(("lũy kế", "luỹ kế", "lũy kế từ đầu năm", "lũy kế từ đầu kỳ"), Aggregation.CUMULATIVE),
    **dict.fromkeys(("hiện có", "thời điểm", "cuối kỳ", "cuối mỗi kỳ"), Aggregation.LATEST),
    **dict.fromkeys(("khi đến hạn", "đến hạn", "cuối năm", "khi kết thúc"), Aggregation.FINAL),
}


def read_aggregation(text: str) -> Aggregation:
    """What readings come to: `cumulative` and `Số lũy kế` are CUMULATIVE. UserError for other words."""
    words = " ".join(unicodedata.normalize("NFC", text).lower().split())
    found = _AGGREGATIONS.get(words.removeprefix("số liệu ").removeprefix("số "))
    if found is None:
        raise UserError(
            Message("'{text}' does not say what the readings come to", text=text),
            Message(
                "write sum (phát sinh trong kỳ), cumulative (lũy kế), latest (hiện có cuối kỳ) or final (khi đến hạn)"
            ),
        )
    return found


class TargetForm(FileModel):
    """A target for which no phrase says enough."""

    text: str = ""
    """The target in words."""
    comparator: Literal[">=", ">", "<=", "<", "=", "between", "reduce", "increase", "rank"]
    """How a measured value is held against it."""
    value: Measured
    """The value to attain; of a range (`between`) the lower end."""
    upper: Measured | None = None
    """The upper end of a range."""
    excludes_value: Flag = False
    """True if the value itself is not enough: of a range (`trên 80% đến 90%`) or a change (`giảm trên 10%`)."""
    excludes_upper: Flag = False
    """True if the upper end itself is too much: `từ 80% đến dưới 90%`."""
    unit: str = "%"
    """The value's unit: `%`, `lần`, `vụ`."""
    per: Literal["tháng", "quý", "6 tháng", "năm"] | None = None
    """The period in which it is to be attained each time; without one it is the plan's."""
    points: Flag = False
    """True if a change is counted in points, not in per cent of the baseline."""
    baseline: Literal["previous_year", "same_period", "year", "statutory", "plan", "other", "unstated"] | None = None
    """What a reduction or an increase starts from."""
    baseline_text: str = ""
    """The baseline in words; for `year` it names the year."""
    population: str = ""
    """What the value counts."""
    commitment: Flag = False
    """True if striven for rather than promised."""
    conditional: Flag = False
    """True if only asked for when a case arises."""


class DeadlineForm(FileModel):
    """A deadline for which no phrase says enough. Exactly one of `due`, `every`, `event`, `continuous` is given."""

    text: str = ""
    """What the document prints."""
    due: Day | None = None
    """Done by the end of this day."""
    every: Literal["month", "quarter", "half", "year"] | None = None
    """Due at the end of every such period of the plan."""
    event: str | None = None
    """The id of the plan's event that it waits for."""
    continuous: Flag = False
    """Never overdue, but evidence is expected each quarter."""


class Assignment(FileModel):
    """A responsibility for which a phrase says too little."""

    unit: str
    """Code or name of the unit or person."""
    scope: str | None = None
    """What part of the item it is responsible for."""
