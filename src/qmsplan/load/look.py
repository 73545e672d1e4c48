"""What is known of a file without reading it again: its digest, as long as its stamp is the same."""

from __future__ import annotations

import os
from typing import NamedTuple, TypeAlias

try:
    from _blake2 import blake2b  # hashlib loads OpenSSL too, which takes as long as hashing all plans of a province
except ImportError:  # another Python than CPython
    from hashlib import blake2b

from qmsplan.load.faults import Broken
from qmsplan.load.text import read_bytes

Stamp: TypeAlias = tuple[int, ...]

SETTLED = 2_000_000_000
"""Nanoseconds after which a change shows in the stamp on any disk: the coarsest clocks tick every two seconds."""


class Look(NamedTuple):
    """A file as it was read: its stamp (none if it was too young to be trusted), its digest, the plan it is about."""

    stamp: Stamp | None
    digest: str
    about: str | None


def digest_of(content: bytes) -> str:
    """A name for a content that no other content has."""
    return blake2b(content, digest_size=16).hexdigest()


def stamp_of(path: str, now: int) -> Stamp | None:
    """What changes with a file's content, or None if another change at `now` (ns) might not show."""
    try:
        told = os.stat(path)  # noqa: PTH116  a third of the time
    except (OSError, ValueError):
        return None
    if max(told.st_mtime_ns, told.st_ctime_ns) > now - SETTLED:
        return None
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino, told.st_dev


def content_of(path: str) -> bytes | None:
    """The bytes of a file; None if it can't be read, or is no file to read."""
    try:
        return read_bytes(path)
    except Broken:
        return None


def look_again(path: str, known: Look, now: int) -> Look | None:
    """The look at a file whose content is the known one; None if it is another."""
    stamp = stamp_of(path, now)
    if stamp and stamp == known.stamp:
        return known
    content = content_of(path)
    if content is None or digest_of(content) != known.digest:
        return None
    return known._replace(stamp=stamp)
