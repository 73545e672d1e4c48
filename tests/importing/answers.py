"""What a draft should say, held against what it says, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qmsplan.model.inline import plain_text

LISTS = ("groups", "objectives", "tasks", "activities")
INHERITED = ("lead", "support", "deadline")


def flat(value: Any) -> str:
    """A text on one line, without marks and bullets, however the field holds it."""
    if value is None:
        return ""
    parts = value if isinstance(value, (list, tuple)) else [value]
    text = " ".join(plain_text(str(part)) for part in parts)
    return " ".join(text.split()).strip(" .;")


def items_of(branch: Any, above: dict[str, str]) -> Iterator[dict[str, str]]:
    """The items of a plan with what they inherit, groups too."""
    for kind in LISTS:
        for item in getattr(branch, kind, ()):
            own = {name: flat(value) for name, value in item if value and name not in LISTS}
            for name in INHERITED:
                own[name] = own.get(name) or above.get(name, "")
            for name, value in (item.fields or {}).items():
                own[f"fields.{name}"] = flat(value)
            for store in ("plan", "results", "horizons"):
                for code, value in (getattr(item, store) or {}).items():
                    own[f"{store}.{code}"] = flat(value)
            own["months"] = " ".join(sorted(item.schedule or {}))
            own["money"] = flat(
                [text for part in item.budget for text in (f"{part.amount.normalize():f}", part.source or "")]
            )
            own["group"] = above.get("text", "") if above.get("kind") == "groups" else above.get("group", "")
            own["kind"] = kind
            yield own
            yield from items_of(item, own)
    for name in ("sections", "annexes"):
        for part in getattr(branch, name, ()):
            yield from items_of(part, {})


def sections_of(branch: Any) -> Iterator[Any]:
    for part in getattr(branch, "sections", ()):
        yield part
        yield from sections_of(part)
    for annex in getattr(branch, "annexes", ()):
        yield from sections_of(annex)


def wrong_fields(plan: Any, answer: dict[str, Any]) -> tuple[list[str], int]:
    """The fields that are wrong, and how many there are."""
    wrong: list[str] = []
    count = 0

    def hold(name: str, wanted: str, got: str) -> None:
        nonlocal count
        count += 1
        if flat(wanted) != flat(got):
            wrong.append(f"{name}: {wanted!r} is {got!r}")

    for name, wanted in answer.items():
        if name == "items":
            found = list(items_of(plan, {}))
            for item in wanted:
                match = next((one for one in found if one.get("text", "") == flat(item["text"])), {})
                for field, value in item.items():
                    hold(f"{item['text'][:20]}.{field}", value, match.get(field, ""))
        elif name == "sections":
            titles = [(flat(part.number), flat(part.title)) for part in sections_of(plan)]
            for number, title in wanted:
                hold(
                    f"section {number}",
                    f"{number} {title}",
                    f"{number} {title}" if (number, flat(title)) in titles else "",
                )
        elif name == "texts":
            said = [flat(line) for part in (plan, *sections_of(plan)) for line in _lines(part)]
            for text in wanted:
                hold("text", text, text if flat(text) in said else "")
        elif name == "annexes":
            for at, title in enumerate(wanted):
                hold(f"annex {at}", title, flat(plan.annexes[at].title) if at < len(plan.annexes) else "")
        elif isinstance(wanted, list):
            got = list(getattr(plan, name))
            for at, text in enumerate(wanted):
                hold(f"{name} {at}", text, got[at] if at < len(got) else "")
        else:
            value: Any = plan
            for part in name.split("."):
                at = int(part) if part.isdecimal() else -1
                value = getattr(value, part, None) if at < 0 else value[at] if value and at < len(value) else None
            hold(name, wanted, flat(value))
    return wrong, count


def _lines(part: Any) -> Iterator[str]:
    for name in ("text", "preamble", "closing"):
        yield from getattr(part, name, ())
