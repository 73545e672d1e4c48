"""Where each value of a text stands: made only when something is wrong."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import yaml

from qmsplan.diagnostic import Span
from qmsplan.load.faults import Broken
from qmsplan.load.tree import events, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.diagnostic import Path

Located: TypeAlias = tuple[Span | None, Span, str]
"""A key's place, its value's place and the style of its text."""


class Scalar(NamedTuple):
    """A text as typed: its place, and `|`, `>`, `'`, `"` or nothing."""

    span: Span
    style: str


def scalars_in(text: str) -> Iterator[Scalar]:
    """The texts of a text, keys too, in order. Broken where it is no YAML."""
    for event in events(text):
        if isinstance(event, yaml.ScalarEvent):
            yield Scalar(span_of(event), event.style or "")


def places_in(text: str) -> Iterator[tuple[Path, Located]]:
    """Every path with what stands there, as far as the text is YAML."""
    frames: list[_Frame] = []
    try:
        for event in events(text):
            if isinstance(event, yaml.AliasEvent):
                return
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                if frames and frames[-1].is_waiting_for_key:
                    return
                frames.append(_Frame(event, _next_path(frames), _pending_key(frames)))
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                frame = frames.pop()
                yield frame.path, (frame.key_span, _spanning(frame.start, event), "")
                _step(frames)
            elif isinstance(event, yaml.ScalarEvent):
                if frames and frames[-1].is_waiting_for_key:
                    frames[-1].key = event
                else:
                    place = (_pending_key(frames), span_of(event), event.style or "")
                    yield _next_path(frames), place
                    _step(frames)
    except Broken:
        return


class _Frame:
    """An open container: the key or index its next value stands under."""

    def __init__(self, start: Any, path: Path, key_span: Span | None) -> None:
        self.start, self.path, self.key_span = start, path, key_span
        self.is_list = isinstance(start, yaml.SequenceStartEvent)
        self.index = 0
        self.key: Any = None

    @property
    def is_waiting_for_key(self) -> bool:
        return not self.is_list and self.key is None


def _next_path(frames: list[_Frame]) -> Path:
    if not frames:
        return ()
    frame = frames[-1]
    return (*frame.path, frame.index if frame.is_list else unicodedata.normalize("NFC", frame.key.value))


def _pending_key(frames: list[_Frame]) -> Span | None:
    return span_of(frames[-1].key) if frames and frames[-1].key is not None else None


def _step(frames: list[_Frame]) -> None:
    if frames:
        frames[-1].index += 1
        frames[-1].key = None


def _spanning(start: Any, end: Any) -> Span:
    return Span(*span_of(start)[:2], *span_of(end)[2:])
