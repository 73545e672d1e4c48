"""Findings that a change brings: those that were there before are none, however far their lines have moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmsplan.check.run_checks import CheckScope, FileChange, news
from qmsplan.diagnostics import Severity
from qmsplan.load.files import File
from qmsplan.phrases.people import Register
from qmsplan.rules.base import KnownTemplates

PLAN = """\
kind: plan
id: KH
template: work-plan
period: 2026
head:
  type: KẾ HOẠCH
objectives:
  - id: A
    text: A
    target: ">=95%"
    measures: x
    lead: Phòng
    deadline: Hàng quý
    deliverables: x
"""
HEAD = "kind: progress\nplan: KH\nreadings:\n"
GOOD = "  - item: A\n    period: 2026-Q1\n    numerator: 1\n    denominator: 1\n    recorded: 2026-04-14\n"
ABOVE = GOOD.replace("numerator: 1", "numerator: 2")

ROWS: dict[str, tuple[str | None, str, list[tuple[str, int]]]] = {
    "nothing new": (HEAD + ABOVE, HEAD + ABOVE, []),
    "a good entry": (HEAD + ABOVE, HEAD + ABOVE + GOOD, []),
    "a good entry above": (HEAD + ABOVE, HEAD + GOOD + ABOVE, []),
    "a bad entry": (HEAD + GOOD, HEAD + GOOD + ABOVE, [("QP303", 11)]),
    "one more of the same": (HEAD + ABOVE, HEAD + ABOVE + ABOVE, [("QP303", 11)]),
    "a change for the worse": (HEAD + GOOD, HEAD + ABOVE, [("QP303", 6)]),
    "a change for the better": (HEAD + ABOVE, HEAD + GOOD, []),
    "bad in another way": (HEAD + ABOVE, HEAD + ABOVE.replace("numerator: 2", "numerator: 3"), [("QP303", 6)]),
    "a new file": (None, HEAD + ABOVE, [("QP303", 6)]),
    "no YAML any more": (HEAD + GOOD, HEAD + "  - [", [("QP004", 4)]),
    "other line ends": (HEAD + ABOVE, (HEAD + ABOVE + GOOD).replace("\n", "\r\n"), []),
}


@pytest.mark.parametrize(("before", "after", "expected"), ROWS.values(), ids=ROWS)
def test_what_is_new(before: str | None, after: str, expected: list[tuple[str, int]], tmp_path: Path) -> None:
    plan, file = File(tmp_path / "KH.yaml", "KH.yaml"), File(tmp_path / "x.yaml", "x.yaml")
    plan.path.write_text(PLAN, "utf-8")
    change = FileChange(file, (plan,), None if before is None else before.encode(), after.encode())
    found = news(change, CheckScope(tmp_path, Register(), KnownTemplates({"work-plan": ""})))
    errors = [diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR]
    assert [(error.file, error.code, error.span.line) for error in errors] == [("x.yaml", *row) for row in expected]
    assert not file.path.exists()


def test_a_permit_that_is_used_now(tmp_path: Path) -> None:
    plan, file = File(tmp_path / "KH.yaml", "KH.yaml"), File(tmp_path / "x.yaml", "x.yaml")
    plan.path.write_text(PLAN, "utf-8")
    permit = HEAD + GOOD.replace("numerator: 1", "numerator: 1  # qmsplan: ignore[QP303] thử")
    scope = CheckScope(tmp_path, Register(), KnownTemplates({"work-plan": ""}))
    fresh = news(FileChange(file, (plan,), (HEAD + GOOD).encode(), permit.encode()), scope)
    assert [diagnostic.code for diagnostic in fresh] == ["QP912"]
    mended = permit.replace("numerator: 1", "numerator: 2")
    assert news(FileChange(file, (plan,), permit.encode(), mended.encode()), scope) == ()
