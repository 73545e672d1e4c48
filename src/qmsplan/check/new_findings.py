"""What a change of one file brings in findings that were not there before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from qmsplan.check.ignores import unused
from qmsplan.check.run_checks import CheckScope, check_files
from qmsplan.diagnostics import Diagnostic
from qmsplan.load.files import File


class FileChange(NamedTuple):
    """A file that is to change, the other files about its plan, and its texts; `before` is None for a new file."""

    file: File
    others: tuple[File, ...]
    before: bytes | None
    after: bytes


def news(change: FileChange, scope: CheckScope) -> tuple[Diagnostic, ...]:
    """The findings after a change that were not there before it, in order; lines that only moved count as the same."""
    old_line = _old_lines((change.before or b"").splitlines(), change.after.splitlines())
    here = change.file.name
    known = Counter(_mark(found, found.span.line) for found in _before(change, scope))
    fresh = []
    for found in _findings((*change.others, change.file._replace(content=change.after)), scope):
        mark = _mark(found, old_line(found.span.line) if found.file == here else found.span.line)
        known[mark] -= 1
        if known[mark] < 0:
            fresh.append(found)
    return tuple(fresh)


def _before(change: FileChange, scope: CheckScope) -> Iterator[Diagnostic]:
    content = () if change.before is None else (change.file._replace(content=change.before),)
    return _findings((*change.others, *content), scope)


def _findings(files: Sequence[File], scope: CheckScope) -> Iterator[Diagnostic]:
    checked = check_files(files, scope.root, scope.register, scope.templates, scope.conventions)
    found = (*checked.diagnostics, *unused(checked.permits, checked.used))
    return iter(sorted(found, key=lambda diagnostic: diagnostic.order))


def _mark(found: Diagnostic, line: int) -> tuple[object, ...]:
    return found.code, found.message, found.file, line


def _old_lines(old: Sequence[bytes], new: Sequence[bytes]) -> Callable[[int], int]:
    """From a line's number to its number before the change; 0 for lines that are new or changed."""
    shorter = min(len(old), len(new))
    above = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    left = shorter - above
    below = next((index for index in range(left) if old[-1 - index] != new[-1 - index]), left)

    def old_line(number: int) -> int:
        if number <= above:
            return number
        return number - len(new) + len(old) if number > len(new) - below else 0

    return old_line
