"""Inputs made to take for ever are answered: they took minutes or days in a careless loader. The watchdog of all tests
(conftest.py) ends the run where one of them hangs; what grows is held to its number of calls, never to seconds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from loading import HEAD, PROGRESS, preamble

from qmsplan.check.findings import limited
from qmsplan.check.run_checks import CheckScope
from qmsplan.check.workspace_checks import check_workspace
from qmsplan.diagnostics import Diagnostic, Severity
from qmsplan.load.files import LARGEST, File
from qmsplan.model.settings import Unit
from qmsplan.phrases.people import Register
from qmsplan.rules.base import KnownTemplates
from steps import calls_of

FILL = LARGEST // 4
"""What grows with the square takes for ever at a quarter of the largest size too."""
TASK = "  - id: NV{n}\n    text: a\n    deadline: {phrase}\n"
PHRASES = [f"Hàng{' ' * count}tháng" for count in range(1, 40)]

TEXTS = {
    "brackets": "[" * FILL,
    "brackets in a field": HEAD + "preamble: " + "[" * (FILL - len(HEAD)),
    "braces": "{a: " * (FILL // 4),
    "dashes": "- " * (FILL // 2),
    "question marks": "? " * (FILL // 2),
    "colons in an open quote": 'a: "\n' + "a: " * (FILL // 12) + '\\q"\n',
    "spaces": HEAD + "preamble: a" + " " * FILL + "b\n",
    "spaces before a comment": HEAD + "preamble: a" + " " * FILL + "#\n",
    "many spaces, many comments": HEAD + "preamble: |\n" + ("  a" + " " * 500 + "#b\n") * (FILL // 600),
    "lines": "\n" * FILL,
    "comments": "#\n" * (FILL // 2),
    "unknown fields": HEAD + "".join(f"k{n}: 1\n" for n in range(10_000)),
    "one field twice among many": HEAD + "".join(f"k{n}: 1\n" for n in range(20_000)) + "k1: 1\n",
    "joints in a lead": HEAD + "tasks:\n  - id: A\n    text: b\n    lead: '" + "a," * 9_900 + "b'\n",
    "words in a lead": HEAD + "tasks:\n  - id: A\n    text: b\n    lead: '" + "và " * 6_000 + "b'\n",
    "a name in a lead": HEAD + "tasks:\n  - id: A\n    text: b\n    lead: " + "a" * 19_900 + "\n",
    "a long id": HEAD + "tasks:\n  - id: " + "A" * 19_900 + "\n    text: b\n",
    "a long phrase": HEAD + "tasks:\n" + TASK.format(n=1, phrase="hàng năm theo " * 20),
    "percentages": HEAD + "objectives:\n  - id: A\n    text: " + "1%" * 9_000 + "\n    target: '>98%'\n",
    "digits before a sign": HEAD + "objectives:\n  - id: A\n    text: " + "1" * 19_000 + "\n    target: '>98%'\n",
    "cited years": HEAD + "preamble: " + "mục tiêu chất lượng năm " * 800 + "\n",
    "thousands of years": HEAD.replace("2026", "0001-9999")
    + "tasks:\n"
    + "".join(TASK.format(n=n, phrase=phrase) for n, phrase in enumerate(PHRASES)),
    "the longest period": HEAD.replace("2026", "2000-2049")
    + "tasks:\n"
    + "".join(TASK.format(n=n, phrase=phrase) for n, phrase in enumerate(PHRASES)),
    "ignore comments on codes that are not": HEAD + "".join(f"# qmsplan: ignore[no{n}] x\n" for n in range(8_000)),
    "one ignore comment on many codes": HEAD + "# qmsplan: ignore[" + "QP402," * 150_000 + "] x\n",
    "signs for comments": HEAD + "preamble: 'qmsplan: ignore" + " #" * 9_000 + "'\n",
    "decomposed letters": preamble("|\n" + ("  " + "a\u0323\u0302" * 1_000 + "\n") * 6),
    "marks without end": preamble("a" + "\u0323\u0302" * 9_000),
}
"""Inputs that only their size makes dear; of those below each part costs something."""

GROWING = {
    "unknown fields": lambda count: HEAD + "".join(f"k{n}: 1\n" for n in range(count)),
    "missing fields": lambda count: HEAD + "tasks:\n" + "  - {}\n" * count,
    "double ids": lambda count: HEAD + "tasks:\n" + "  - {id: A, text: b}\n" * count,
    "unknown units": lambda count: (
        HEAD + "tasks:\n" + "".join(f"  - {{id: A{n}, text: b, lead: Ma {n}}}\n" for n in range(count))
    ),
    "evidence": lambda count: (
        PROGRESS + "completions:\n  - item: A\n    done: 2026-01-05\n    files:\n" + "      - x/../y\n" * count
    ),
    "ignore comments": lambda count: HEAD + "# qmsplan: ignore[QP402] x\n" * count,
    "an ignore comment behind many texts": lambda count: (
        HEAD + "preamble: x # qmsplan: ignore[QP402] y\nbasis: [" + "a, " * count + "]\n"
    ),
}


def checked(text: str, folder: Path) -> list[Diagnostic]:
    """All that is found in a plan of its own."""
    path = folder / "plan.yaml"
    path.write_bytes(text.encode())
    assert path.stat().st_size <= LARGEST
    scope = CheckScope(folder, Register((Unit(code="NV", name="Phòng Nghiệp vụ"),)), KnownTemplates({"work-plan": ""}))
    return list(check_workspace([File(path, "plan.yaml")], scope, lambda _: None))


@pytest.mark.parametrize("make", GROWING.values(), ids=GROWING)
def test_twice_as_much_costs_twice_as_much(make: Callable[[int], str], tmp_path: Path) -> None:
    checked(make(2), tmp_path)  # what is made once, such as patterns
    few, many = make(100), make(200)
    assert calls_of(lambda: checked(many, tmp_path)) < 2.2 * calls_of(lambda: checked(few, tmp_path))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_no_input_takes_long(text: str, tmp_path: Path) -> None:
    found = checked(text, tmp_path)
    told = Counter(diagnostic.severity for diagnostic in limited(found))
    assert told[Severity.ERROR] == sum(diagnostic.severity is Severity.ERROR for diagnostic in found)
    assert told[Severity.WARNING] + told[Severity.NOTE] <= 101


def test_a_rest_that_nobody_reads_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    with path.open("wb") as file:
        file.truncate(10**12)
    (diagnostic,) = check_workspace([File(path, "plan.yaml")], CheckScope(tmp_path, Register()), lambda _: None)
    assert diagnostic.code == "QP007"
