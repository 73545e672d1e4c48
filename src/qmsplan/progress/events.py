"""The events of a plan by id and by words, and those that deadlines wait for without the plan declaring them: these
can't be recorded, so what waits for them never falls due."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qmsplan.model.plan import Event, Plan
from qmsplan.model.text import bare, free_name, phrase
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.item_tree import Node

_LONGEST = 40
"""Characters of an id made from words."""


def event_called(plan: Plan, name: str) -> Event | None:
    """The event with an id, else the one whose text has a line with these words: `Văn bản có hiệu lực`."""
    words = phrase(name).lower()
    by_words = (event for event in plan.events if words in {phrase(line).lower() for line in event.text})
    return next((event for event in plan.events if event.id == name), None) or next(by_words, None)


def undeclared_events(plan: Plan, nodes: Iterable[Node]) -> Iterator[tuple[Node, str]]:
    """The words of each event that a deadline waits for and the plan does not declare, with the first item that waits.

    Work that is due anew each time (`Đột xuất khi có yêu cầu`) is recorded by completions and needs no event."""
    seen: set[str] = set()
    for node in nodes:
        if node.item.deadline is None or not isinstance(node.deadline, Deadline):
            continue
        for occurrence in node.deadline.occurrences:
            trigger = occurrence.trigger
            key = phrase(trigger.event).lower() if trigger else ""
            if trigger and not trigger.repeats and key not in seen and event_called(plan, trigger.event) is None:
                seen.add(key)
                yield node, trigger.event


def declaration(plan: Plan, words: str) -> str:
    """The line of YAML that declares an event: `- {id: van-ban-co-hieu-luc, text: "văn bản có hiệu lực"}`, to be put
    under `events:` of the plan; with `events:` and brackets if the plan has none yet."""
    taken = {event.id for event in plan.events}
    base = "-".join(re.findall(r"[a-z0-9]+", bare(words)))[:_LONGEST].strip("-") or "su-kien"
    name = free_name(base, taken)
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')
    entry = f'{{id: {name}, text: "{quoted}"}}'
    return f"- {entry}" if plan.events else f"events: [{entry}]"
