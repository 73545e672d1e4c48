"""The items of a draft as flat texts, with what they inherit."""

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
