"""How many findings are told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from qmsplan.diagnostic import Diagnostic


def at_most(found: Iterable[Diagnostic], most: int, key: Callable[[Diagnostic], Hashable]) -> list[Diagnostic]:
    """The findings in order, of those that share a key only the first ones."""
    kept: Counter[Hashable] = Counter()
    result = []
    for diagnostic in sorted(found, key=lambda diagnostic: diagnostic.order):
        kept[key(diagnostic)] += 1
        if kept[key(diagnostic)] <= most:
            result.append(diagnostic)
    return result


def code_in_file(diagnostic: Diagnostic) -> tuple[str, str]:
    """A key for `at_most`."""
    return diagnostic.file, diagnostic.code
