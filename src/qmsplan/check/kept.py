"""What a run keeps for later ones, as bytes: a digest, a line on the whole workspace, a line on each plan's group.

Whatever is odd about the bytes makes them worthless: the next run starts cold."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from qmsplan.load.look import Look, digest_of

LARGEST = 64 * 1024 * 1024
"""Bytes that are kept of one workspace."""


class Head(NamedTuple):
    """What the quickest answer needs: nothing changed, nothing to tell."""

    tool: str
    """A digest of the program that found all this."""
    settings: str = ""
    """The digest of the settings; "" if something is wrong with them."""
    plans: str = ""
    templates: str = ""
    looks: dict[str, Look] = {}  # noqa: RUF012  never changed
    """The files of the workspace by path."""
    question: str = ""
    """A digest of everything that the findings follow from, but the evidence."""
    evidence: dict[str, str] = {}  # noqa: RUF012
    """Where the evidence files were found."""
    found: list[Any] = []  # noqa: RUF012
    """The findings as plain values."""


class Kept(NamedTuple):
    """The head, and the groups as the JSON of a dictionary: it is only read when something changed."""

    head: Head
    groups: bytes = b"{}"


def pack(kept: Kept) -> bytes:
    """The bytes of a file."""
    body = json.dumps(kept.head, separators=(",", ":")).encode("ascii") + b"\n" + kept.groups
    return digest_of(body).encode("ascii") + b"\n" + body


def unpack(content: bytes, tool: str) -> Kept | None:
    """What another run kept. None if it is damaged, or if another program wrote it."""
    mark, _, body = content.partition(b"\n")
    if digest_of(body).encode("ascii") != mark:
        return None
    first, _, groups = body.partition(b"\n")
    try:
        head = _head(*json.loads(first))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return Kept(head, groups) if head.tool == tool else None


def _head(*fields: Any) -> Head:
    """ValueError, TypeError or AttributeError if the fields are none of a head."""
    head = Head(*fields)
    texts = (head.tool, head.settings, head.plans, head.templates, head.question)
    if not all(isinstance(text, str) for text in texts) or not isinstance(head.found, list):
        raise ValueError(fields)
    evidence = {str(path): str(state) for path, state in head.evidence.items()}
    return head._replace(looks={path: _look(look) for path, look in head.looks.items()}, evidence=evidence)


def _look(fields: Any) -> Look:
    stamp, digest, about = fields
    if not isinstance(digest, str) or not isinstance(about, str | None):
        raise ValueError(fields)  # noqa: TRY004
    return Look(None if stamp is None else tuple(stamp), digest, about)


def groups_in(kept: Kept) -> dict[str, Any]:
    """The plain values of the groups."""
    try:
        groups = json.loads(kept.groups)
    except (ValueError, RecursionError):
        return {}
    return groups if isinstance(groups, dict) else {}


def groups_as_bytes(groups: dict[str, Any]) -> bytes:
    """The line on the groups."""
    return json.dumps(groups, separators=(",", ":")).encode("ascii")
