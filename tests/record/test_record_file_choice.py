"""Which progress file an entry goes to when neither --unit nor --into says so: never another department's."""

from __future__ import annotations

from pathlib import Path

import pytest
from record_workspace import PLAN, make, record

TASK = """
  - id: NV9
    text: Việc thử
    deadline: Thường xuyên
"""
DONE = "completions:\n  - item: NV9\n    done: 2026-05-01\n    evidence: Sổ theo dõi\n"

LED = "lead: Phòng Nghiệp vụ"
SUPPORTED = f"{LED}\n    support: Phòng Hành chính"
ROWS: dict[str, tuple[str, dict[str, str], str | None]] = {
    "a new file of the unit that leads": (LED, {"HC": ""}, "NV"),
    "the only file of all": (LED, {"": ""}, ""),
    "the file of the unit that leads": (LED, {"HC": "", "NV": "", "": ""}, "NV"),
    "not that of one that supports": (SUPPORTED, {"HC": ""}, "NV"),
    "but if that one records it already": (SUPPORTED, {"HC": DONE}, "HC"),
    "not that of a stranger who does": (LED, {"HC": DONE}, "NV"),
    "one of two that lead": ("lead: Phòng Nghiệp vụ; Phòng Hành chính", {"LD": "", "HC": ""}, "HC"),
    "two that lead": ("lead: Phòng Nghiệp vụ; Phòng Hành chính", {"LD": ""}, None),
    "of two that lead a stranger": ("lead: Phòng Nghiệp vụ; Phòng Hành chính", {"LD": DONE}, "LD"),
    "a lead whom nobody knows": ("lead: Đơn vị lạ\n    support: Phòng Hành chính", {"HC": "", "NV": ""}, "HC"),
    "nobody leads": ("note: Không ai", {"LD": ""}, "LD"),
    "nobody leads, two files": ("note: Không ai", {"LD": "", "HC": ""}, None),
}


@pytest.mark.parametrize(("people", "files", "expected"), ROWS.values(), ids=ROWS)
def test_where_an_entry_goes(
    people: str, files: dict[str, str], expected: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = PLAN.replace("\nevents:", f"{TASK.rstrip()}\n    {people}\nevents:")
    make(tmp_path, **{"plans/KH": plan})
    for old in (tmp_path / "plans/progress").iterdir():
        old.unlink()
    for unit, entries in files.items():
        kept = f"unit: {unit}\n" if unit else ""
        (tmp_path / f"plans/progress/KH-{unit}.yaml").write_text(f"kind: progress\nplan: KH\n{kept}{entries}", "utf-8")
    code = record("NV9", "--done", "2026-06-20", "--recorded", "2026-06-20")
    written = [path.stem for path in (tmp_path / "plans/progress").iterdir() if "2026-06-20" in path.read_text("utf-8")]
    assert (code, written) == ((2, []) if expected is None else (0, [f"KH-{expected}"]))


def test_another_units_entries_do_not_draw_later_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first record names a unit; the next items are led by others, and must not follow it into its file."""
    monkeypatch.chdir(tmp_path)
    make(tmp_path)
    for old in (tmp_path / "plans/progress").iterdir():
        old.unlink()
    assert record("MT1", "--period", "2026-Q1", "--num", "99", "--den", "100", "--unit", "LD") == 0
    assert record("NV1", "--done", "2026-06-20") == 0
    assert sorted(path.name for path in (tmp_path / "plans/progress").iterdir()) == ["KH-HC.yaml", "KH-LD.yaml"]
