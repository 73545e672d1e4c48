"""The slowest phrases: CPU of one answer over strings made to hurt, after start-up: `python benchmarks/phrases.py`."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from qmsplan.model.period import span_of_years
from qmsplan.phrases import deadline_parse, target_parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PERIOD = span_of_years(2026, 2030)
PIECES = (
    *(
        "hàng năm ",
        "quý ",
        "tháng ",
        "ngày ",
        "trước ",
        "đến hết ",
        "từ ",
        "sau khi ",
        "theo ",
        "và ",
        ", ",
        "; ",
        "- ",
        "/",
    ),
    *(
        "(",
        ")",
        "1",
        "31/12",
        "2026",
        "I",
        "IV",
        "%",
        "≥",
        "100% ",
        "ít nhất ",
        "so với năm trước",
        "giảm ",
        "không ",
        " ",
    ),
    *("lần/năm", "6 tháng đầu ", "ề", "\u0301", "x", "trong số đó ", "1.000,5"),
)
COUNT = 1500
DEADLINE = deadline_parse.understand_deadline.__wrapped__
TARGETS = target_parse.understand_targets.__wrapped__
"""Both without their caches."""


def strings(longest: int) -> Iterator[str]:
    """One piece again and again, two in turns, and random mixtures, up to a length."""
    chance = random.Random(30)
    for one in PIECES:
        yield (one * longest)[:longest]
        yield ((one + chance.choice(PIECES)) * longest)[:longest]
    for _ in range(COUNT):
        chosen = chance.choices(PIECES, k=chance.randint(1, 6))
        yield "".join(chance.choices(chosen, k=longest))[: chance.randint(1, longest)]


def slowest(answer: Callable[[str], object], longest: int) -> tuple[float, str]:
    """The most CPU seconds that one string took, of two tries the better one, and its beginning."""
    return max((min(cost(answer, text), cost(answer, text)), text[:40]) for text in strings(longest))


def cost(answer: Callable[[str], object], text: str) -> float:
    """CPU seconds of one answer."""
    start = time.process_time()
    answer(text)
    return time.process_time() - start


def main() -> None:
    """A line of the table in docs/benchmarks.md for each language."""
    answers: dict[str, tuple[Callable[[str], object], int]] = {
        "deadline": (lambda text: DEADLINE(text, PERIOD), deadline_parse.LONGEST),
        "target": (TARGETS, target_parse.LONGEST),
    }
    for name, (answer, longest) in answers.items():
        seconds, text = slowest(answer, longest)
        print(f"| slowest {name}, CPU ms | {1000 * seconds:.0f} | `{text}` | | at most 50 |", flush=True)


if __name__ == "__main__":
    main()
