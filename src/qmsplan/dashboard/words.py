"""What the page says of one thing, in the reader's language: a state as colour, sign and word; an item; a value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from qmsplan.diagnostics import Message, sentence
from qmsplan.model.text import decimal_text, short_date, shortened
from qmsplan.output.safe_text import Translate, clean
from qmsplan.output.words import BAD, GOOD, LOOKS, NONE, WAIT, WARN, leads_of, state_word, text_of, unit_text
from qmsplan.phrases.item_tree import Node
from qmsplan.progress.corrective import ActionState
from qmsplan.progress.measurement import Attainment, Measurement
from qmsplan.progress.occurrences import State

SIGNS = {GOOD: "✓", BAD: "✗", WARN: "!", WAIT: "›", NONE: "–"}
"""The sign that stands beside each colour, for those who see no colours."""
ACTION_KINDS = {
    ActionState.LATE: BAD,
    ActionState.OPEN: WAIT,
    ActionState.INEFFECTIVE: BAD,
    ActionState.UNVERIFIED: WARN,
    ActionState.CLOSED: GOOD,
}
LONGEST = 220
"""Characters of an item's text that the page shows."""


class PlanLabel(NamedTuple):
    """What a plan is called: its title, the name of its issuer, and its file as seen from the workspace."""

    title: str
    issuer: str
    file: str


class Badge(NamedTuple):
    """A state as it is shown: its colour, its sign, its word."""

    kind: str
    sign: str
    word: str


class DashboardWords(NamedTuple):
    """The reader's language, and what plans are called."""

    language: str
    translate: Translate
    plans: Mapping[str, PlanLabel]

    def badge(self, state: State | Attainment, more: str = "") -> Badge:
        """The badge of a state; `more` stands behind its word: `quá hạn 12 ngày`."""
        kind = LOOKS[state].colour
        return Badge(kind, SIGNS[kind], " ".join(filter(None, (state_word(state, self.translate), more))))

    def action_badge(self, state: ActionState, days: int) -> Badge:
        """The badge of a corrective action, with the days that it is late."""
        kind = ACTION_KINDS[state]
        word = {
            ActionState.LATE: self.translate("overdue"),
            ActionState.OPEN: self.translate("not done"),
            ActionState.INEFFECTIVE: self.translate("without effect"),
            ActionState.UNVERIFIED: self.translate("done, not checked"),
            ActionState.CLOSED: self.translate("done"),
        }[state]
        return Badge(kind, SIGNS[kind], " ".join(filter(None, (word, self.days(days)))))

    def days(self, count: int) -> str:
        """A number of days in words; "" for none."""
        return sentence(Message("{days} day(s)", days=count), self.translate) if count else ""

    def day(self, day: date | None) -> str:
        """A day as readers write it."""
        return short_date(day, self.language)

    def quarter(self, number: int) -> str:
        """The name of a quarter in a table: `Quý III`, `Q3`."""
        return f"Quý {('I', 'II', 'III', 'IV')[number - 1]}" if self.language == "vi" else f"Q{number}"

    def title(self, plan: str) -> str:
        """The title of a plan; its id if it has none."""
        label = self.plans.get(plan)
        return clean(label.title) if label and label.title else clean(plan)


def item_text(node: Node) -> str:
    """An item's words on one line, a long text cut between two words; its id if it has none."""
    return shortened(clean(text_of(node)), LONGEST, whole_words=True) or clean(node.item.id)


def item_leads(node: Node) -> str:
    """Who leads an item."""
    return shortened(clean(leads_of(node)), 120, whole_words=True)


def item_name(plan: str, node: Node) -> str:
    """An item as commands name it: `TGPL-KHMT-2026/MT03`."""
    return clean(f"{plan}/{node.item.id}")


def value_text(found: Measurement, language: str) -> str:
    """The bare value of a measurement in a chart or a narrow cell: `96,92%`, `450`; "" if there is none."""
    if found.attainment is Attainment.NO_BASELINE:
        return ""
    if found.change is not None:
        unit = "" if found.target and found.target.is_difference else "%"
        return decimal_text(found.change, language) + unit
    if found.value is None:
        return ""
    return decimal_text(found.value, language) + ("%" if unit_text(found) == "%" else "")
