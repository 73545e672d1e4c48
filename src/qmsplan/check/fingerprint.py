"""Marks by which a finding is known again when its line has moved: for baselines and reports that CIs compare."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from qmsplan.diagnostic import Diagnostic


def fingerprints(
    found: Iterable[Diagnostic], line: Callable[[str, int], str], name_of: Callable[[str], str] = str
) -> Iterator[str]:
    """One mark each, in order and no two alike: of the code, the file's name and the words of the line.

    Findings that agree in all of these are counted, so each keeps a mark of its own."""
    from hashlib import blake2b

    seen: Counter[tuple[str, str, str]] = Counter()
    for diagnostic in found:
        words = " ".join(line(diagnostic.file, diagnostic.span.line).split())
        key = (diagnostic.code, name_of(diagnostic.file), words)
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        yield blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
