"""A plan of eight objectives through its year (`cases/status/year-of-eight`): four reports, each number by hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from qmsplan.cli.app import run

FILES = Path(__file__).parent / "cases" / "status" / "year-of-eight" / "files"

YEAR = [
    # Quarter I on 15/4. MT02 is measured each half-year, MT08 is due in quarter IV: both do not concern it.
    # MT03 400 of 1.200 and MT04 1 of 2 are under way; MT05 has 2 of at most 5.
    ("2026-Q1", "2026-04-15", {"attained": 3, "under_way": 2, "kept": 1}, 2, []),
    # Quarter II on 15/7. MT01 38/40 is below 100 %, MT06 fell by 5 % instead of 10 %, MT07 has 64 of 65.
    # MT02 97/100 is attained; MT03 700 of 1.200, MT04 1 of 2; MT05 has 5 of at most 5.
    ("2026-Q2", "2026-07-15", {"attained": 1, "missed": 3, "under_way": 2, "kept": 1}, 1, ["MT01", "MT06", "MT07"]),
    # Quarter III on 15/10. MT03 1.250 of 1.200 is reached, MT05 has 6 of at most 5. MT01 41/41, MT06 12 %, MT07 94 of
    # 85. MT02, MT04 (nothing was told, and it is due at the end of the year) and MT08 do not concern it.
    ("2026-Q3", "2026-10-15", {"attained": 4, "exceeded": 1}, 3, ["MT05"]),
    # Quarter IV on 15/1, the last day to report. MT01, MT02 and MT06 are awaited. MT04 2 of 2, MT07 104 of 100; MT03
    # was reached before, and is due in it. MT05 is exceeded for good. MT08 has no number.
    (
        "2026-Q4",
        "2027-01-15",
        {"attained": 3, "exceeded": 1, "awaited": 3, "not_measurable": 1},
        0,
        ["MT05"],
    ),
    # A day later they are without figures.
    ("2026-Q4", "2027-01-16", {"attained": 3, "exceeded": 1, "no_data": 3, "not_measurable": 1}, 0, ["MT05"]),
]


@pytest.mark.parametrize(("period", "as_of", "totals", "rest", "late"), YEAR)
def test_the_numbers_of_each_report(  # noqa: PLR0917
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    period: str,
    as_of: str,
    totals: dict[str, int],
    rest: int,
    late: list[str],
) -> None:
    shutil.copytree(FILES, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)

    def said(*command: str) -> Any:
        assert run([*command, "--as-of", as_of, "--format", "json"]) == 0
        return json.loads(capsys.readouterr().out)

    missing = int(as_of == "2027-01-16")  # what is exceeded lacks its last figures too
    status = said("status", period)
    (report,) = said("report", period)["reports"]
    assert status["totals"] == report["totals"] == {"objectives": totals, "work": {}, "missing": missing}
    assert status["rest"] == rest
    assert (
        [name.removeprefix("KHMT-2026/") for name in report["late"]]
        == late
        == [name.removeprefix("KHMT-2026/") for name in status["missed"]]
    )
