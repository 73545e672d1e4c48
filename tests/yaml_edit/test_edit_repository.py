"""The files of the repository: an entry more, or a sign-off, is lines put in; nothing else changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from splicing import entry_of, in_order, value_of, with_entry

from qmsplan.load.document import read_file
from qmsplan.model.plan import Endorsement, Plan, Signoff
from qmsplan.model.progress import LISTS, Progress
from qmsplan.yaml_edit.edit import sealed, with_endorsement, with_signoff
from rows import each_row
from values import replace

ROOT = Path(__file__).parents[2]
PATHS = sorted(path for folder in ("plans", "templates", "tests/cases") for path in (ROOT / folder).rglob("*.yaml"))
VALUES = {path: value for path in PATHS if (value := read_file(path, path.name).value)}
PROGRESS = {path: value for path, value in VALUES.items() if isinstance(value, Progress)}
PLANS = {path: value for path, value in VALUES.items() if isinstance(value, Plan) and not value.signoff}
ENTRIES = {
    "readings": {"item": "MT99", "period": "2026-Q1", "numerator": "9", "denominator": "10", "recorded": "2026-04-14"},
    "completions": {"item": "NV99", "done": "2026-04-14", "evidence": "Báo cáo số 1: đạt\nBáo cáo số 2", "note": "no"},
    "events": {"event": "E99", "date": "2026-04-14", "note": "Kế hoạch " * 20 + "năm"},
    "corrective_actions": {
        "item": "MT99",
        "period": "2026-Q1",
        "cause": "- thiếu người",
        "action": "bổ sung",
        "recorded": "2026-04-14",
    },
    "audit": {
        "item": "MT99",
        "period": "2026-Q1",
        "clause": "9.1.1",
        "unit": "NV",
        "finding": "- chưa lưu phiếu\n- thiếu chữ ký",
        "recorded": "2026-04-14",
    },
}
DAY = date(2026, 2, 9)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def inserted(before: str, after: str) -> str:
    """What was put in, at one place; fails if anything else is different."""
    start = next((at for at, pair in enumerate(zip(before, after, strict=False)) if len(set(pair)) > 1), len(before))
    start = before.rfind("\n", 0, start) + 1
    assert after.endswith(before[start:])
    return after[start : len(after) - len(before[start:])]


def test_there_are_files() -> None:
    assert (len(PROGRESS), len(PLANS)) >= (15, 15)


@each_row("name", LISTS)
@each_row("path", PROGRESS)
def test_an_entry_more(path: Path, name: str) -> None:
    before, value = path.read_text("utf-8"), PROGRESS[path]
    after = with_entry(before, name, in_order(name, ENTRIES[name]))
    lines = inserted(before.replace(f"{name}: []\n", f"{name}:\n"), after)
    assert lines.endswith("\n")
    wanted = replace(value, **{name: (*getattr(value, name), entry_of(name, ENTRIES[name]))})
    assert value_of(after) == wanted


@each_row("path", PLANS)
def test_a_sign_off_and_a_review(path: Path) -> None:
    before, plan = path.read_bytes(), PLANS[path]
    signed = with_signoff(before, plan, sealed(plan, Signoff(number="51/KH", date=DAY, signer="Lê A")), path.name)
    assert inserted(before.decode(), signed.decode()).strip().startswith("signoff:\n  number: 51/KH\n")
    entry = Endorsement(name="Lê A", date=DAY, digest="qmsplan-1:sha256:0123456789abcdef")
    assert "name: Lê A" in inserted(before.decode(), with_endorsement(before, plan, "reviewed", entry).decode())
