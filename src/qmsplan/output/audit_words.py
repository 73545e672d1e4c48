"""The words of an audit, in the catalogues under these English names."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from qmsplan.check.audit.values import Verdict
from qmsplan.language import sentence
from qmsplan.model.inline import plain_text
from qmsplan.model.wording import short_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.check.audit.values import ObjectiveAudit
    from qmsplan.diagnostic import Text
    from qmsplan.model.standards import Point


def verdict_word(verdict: Verdict, say: Callable[[str], str]) -> str:
    """A verdict in words."""
    return {
        Verdict.ANSWERED: say("answered"),
        Verdict.MISSING: say("missing"),
        Verdict.OPEN: say("nothing asked yet"),
        Verdict.TO_JUDGE: say("to be judged"),
    }[verdict]


def title_of(point: Point, language: str) -> str:
    """What a point asks, in our words."""
    return point.vi if language == "vi" else point.en


def objective_text(found: ObjectiveAudit) -> str:
    """The objective's words on one line, without marks."""
    return plain_text(" ".join(found.node.item.text))


def told(text: Text, language: str, say: Callable[[str], str]) -> str:
    """What is missing or to be remarked, its days as readers of the language write them."""
    words = sentence(text, say)
    return re.sub(r"\b\d{4}-\d{2}-\d{2}\b", lambda day: short_date(date.fromisoformat(day[0]), language), words)
