"""What a periodic report is called, and how it calls the plans it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qmsplan.document.report_words import flat

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qmsplan.model.plan import Annex, Item, Plan, Section

_TIME = re.compile(
    r"[,;]?\s*(?:trong\s+)?(?:giai đoạn\s+)?(?:năm\s+)?[0-9]{4}(?:\s*[-–]\s*[0-9]{4})?\s*$", re.IGNORECASE
)
_DOING = re.compile(r"(?:tổ chức\s+|triển khai\s+)?thực hiện\b", re.IGNORECASE)


def plan_name(plan: Plan) -> str:
    """`Kế hoạch thực hiện Mục tiêu chất lượng năm 2026`, with the number and date that it got at signing."""
    kind = flat([plan.head.type]).capitalize()
    number = f" số {plan.signoff.number}" if plan.signoff else ""
    return " ".join(filter(None, (kind + number, _title(plan))))


def subject_of(plans: Sequence[Plan], period: str) -> str:
    """What the report is about: of one plan its title, of several what they have in common."""
    if len(plans) != 1:
        return f"Kết quả thực hiện mục tiêu, nhiệm vụ theo các kế hoạch {period}"
    title = _TIME.sub("", _title(plans[0]))
    kind = "" if _DOING.match(title) else f"thực hiện {flat([plans[0].head.type]).capitalize()} "
    return " ".join(filter(None, (f"Kết quả {kind}{title}".strip(), period)))


def _title(plan: Plan) -> str:
    """A plan's title inside a sentence. One in capitals is looked up in the plan's own text for its spelling."""
    title = flat(plan.head.title)
    if not title.isupper():
        return _lower_first(title)
    wanted = re.compile(re.escape(title), re.IGNORECASE)
    spelt = (match[0] for text in _texts(plan) if (match := wanted.search(text)) and not match[0].isupper())
    return next(spelt, title.lower())


def _lower_first(title: str) -> str:
    """Lower unless the first word is an abbreviation."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def _texts(branch: Plan | Section | Annex | Item) -> Iterator[str]:
    """The running text of a plan, preamble first."""
    for name in ("preamble", "text", "closing"):
        if lines := getattr(branch, name, ()):
            yield flat(lines)
    for name in ("sections", "groups", "objectives", "tasks", "activities", "annexes"):
        for part in getattr(branch, name, ()):
            yield from _texts(part)
