"""Targets and deadlines as a document prints them, those of structured forms in words; and whether an item's text
says its targets already."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qmsplan.model.inline import plain_text
from qmsplan.model.plan import Item
from qmsplan.model.structured import DeadlineForm, TargetForm
from qmsplan.model.table import money_text
from qmsplan.model.text import plain, short_date

_MOST = 0.6
"""The share of the words of a target without a number that are enough to say it."""
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")
_EVERY = {"month": "Hàng tháng", "quarter": "Hàng quý", "half": "6 tháng một lần", "year": "Hàng năm"}
_ALWAYS = "Thường xuyên"
_BASELINES = {
    "previous_year": "năm trước",
    "same_period": "cùng kỳ",
    "statutory": "quy định",
    "plan": "kế hoạch",
}


def deadline_words(form: DeadlineForm, events: Mapping[str, str]) -> str:
    """A structured deadline in words: its own, else `Chậm nhất ngày 30/9/2026`, `Hàng quý`, `Thường xuyên` or the text
    of the event; `events` holds the texts of the plan's events by their ids."""
    if form.text:
        return form.text
    if form.due:
        return f"Chậm nhất ngày {short_date(form.due, 'vi')}"
    if form.event:
        return events.get(form.event, form.event)
    return _EVERY[form.every] if form.every else _ALWAYS


def target_words(form: TargetForm) -> str:
    """A structured target in words: its own, else its values as a phrase that means the same: `từ 85% đến dưới 90%`,
    `phấn đấu giảm 2 điểm phần trăm so với năm 2025`. What it counts is left to the item's text."""
    if form.text:
        return form.text
    unit = "điểm phần trăm" if form.points and form.unit == "%" else form.unit
    if form.per and not unit.endswith(f"/{form.per}"):
        unit = f"{unit}/{form.per}"
    joint = "" if unit[:1] in {"%", "‰"} or not unit else " "
    low = f"{money_text(form.value)}{joint}{unit}"
    is_change = form.comparator in {"reduce", "increase"}
    if form.upper is not None and (is_change or form.comparator == "between"):
        high = f"{money_text(form.upper)}{joint}{unit}"
        low = low if unit in {"%", "‰"} else money_text(form.value)
        start = "trên" if form.excludes_value else "từ"
        low = f"{start} {low} đến {'dưới ' if form.excludes_upper else ''}{high}"
    elif form.excludes_value and is_change:
        low = f"trên {low}"
    asked = {
        ">=": f"từ {low} trở lên",
        ">": f"trên {low}",
        "<=": f"không quá {low}",
        "<": f"dưới {low}",
        "=": f"bằng {low}",
        "between": low,
        "reduce": f"giảm {low}",
        "increase": f"tăng {low}",
        "rank": f"xếp thứ {low} trở lên",
    }[form.comparator]
    baseline = form.baseline_text or _BASELINES.get(form.baseline or "", "")
    return (
        f"{'phấn đấu ' if form.commitment else ''}{asked}{f' so với {baseline}' if baseline else ''}"
        f"{' (nếu có)' if form.conditional else ''}"
    )


def target_text(item: Item) -> str:
    """The targets of an item as typed, with their unit where they give none: `≥ 95 %`; several joined by `; `."""
    return "; ".join(
        _with_unit(plain_text(typed), item.unit or "") if isinstance(typed, str) else plain_text(target_words(typed))
        for typed in item.target
    )


def unsaid_target(item: Item) -> str:
    """The targets of an item if its printed words do not say them, else an empty text. A target is said where all of
    its numbers occur, and one without a number where most of its words do."""
    words = target_text(item)
    if not words:
        return ""
    said = (*item.text, *item.measures, *item.deliverables, *item.evaluation, *item.note)
    text = plain(" ".join(map(plain_text, said)))
    return "" if is_said(plain(words), text) else words


def is_said(target: str, text: str) -> bool:
    """Whether a text says a target; both in plain letters (`model.text.plain`)."""
    numbers = {_number(found) for found in _NUMBERS.findall(target)}
    if numbers:
        return numbers <= {_number(found) for found in _NUMBERS.findall(text)}
    words = set(target.split())
    return len(words & set(text.split())) >= len(words) * _MOST


def _number(text: str) -> str:
    return text.lstrip("0") or "0"


def _with_unit(target: str, unit: str) -> str:
    if not unit or not target or re.search(r"[^\W\d_]|%|‰", re.sub(r"^\W*", "", target)):
        return target
    return f"{target}{unit}" if unit in {"%", "‰"} else f"{target} {unit}"
