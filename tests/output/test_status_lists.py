"""The lists of a status say how many rows they leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmsplan.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "kind: plan\nid: KH\ntemplate: work-plan\nperiod: 2026\nhead: {type: Kế hoạch}\n"


@pytest.mark.parametrize(("count", "tail"), [(3, ""), (4, ": 3 here, the other 1"), (9, ": 3 here, the other 6")])
def test_rows_that_are_left_out_are_counted(
    count: int, tail: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\nlanguage: en\n", "utf-8")
    due = "".join(f"  - {{id: T{n}, text: việc, deadline: Trước 30/4/2026}}\n" for n in range(count))
    rest = "".join(f"  - {{id: R{n}, text: việc, deadline: Tháng 6/2026}}\n" for n in range(20))
    (tmp_path / "plans/kh.yaml").write_text(f"{HEAD}tasks:\n{due}{rest}", "utf-8")
    monkeypatch.chdir(tmp_path)
    run(["status", "--as-of", "2026-05-02"])
    assert f"Overdue {count}, longest first{tail and tail + ' with --items'}\n" in capsys.readouterr().out
    run(["status", "--as-of", "2026-05-02", "--items"])
    assert f"Overdue {count}, longest first{tail and tail + ' below'}\n" in capsys.readouterr().out
