"""Targets in the printed text of a plan: whether an item's words say them already."""

from __future__ import annotations

import re

from qmsplan.model.inline import plain_text
from qmsplan.model.plan import Item
from qmsplan.model.text import plain

_MOST = 0.6
"""The share of the words of a target without a number that are enough to say it."""
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")


def target_text(item: Item) -> str:
    """The targets of an item as typed, with their unit where they give none: `≥ 95 %`; several joined by `; `."""
    return "; ".join(
        _with_unit(plain_text(typed if isinstance(typed, str) else typed.text), item.unit or "")
        for typed in item.target
        if isinstance(typed, str) or typed.text
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
