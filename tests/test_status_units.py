"""`qmsplan status --unit`: an item is found by any of its units, however they are named."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from qmsplan.cli.app import run

SETTINGS = """kind: workspace
language: en
units:
  - {code: STP, name: Sở Tư pháp, aliases: [Sở]}
  - {code: SNV, name: Sở Nội vụ}
  - {code: VP, name: Văn phòng Sở, parent: STP}
  - {code: BT, name: Phòng Hành chính và Bổ trợ tư pháp, parent: STP}
  - {code: TT, name: Trung tâm Trợ giúp pháp lý, parent: STP}
  - {code: NV, name: Phòng Nghiệp vụ, parent: TT}
  - {code: HG, name: Tổ Hoà giải, parent: TT}
  - {code: DVSN, name: Các đơn vị sự nghiệp thuộc Sở, parent: STP, members: TT}
people:
  - {code: AN, name: Nguyễn Văn An, post: Chánh Văn phòng, unit: VP}
  - {name: Trần Thị Bình, unit: SNV}
"""
PLAN = """kind: plan
id: KH
template: work-plan
period: 2026
head:
  type: Kế hoạch
groups:
  - id: G
    text: Nhóm
    lead: Văn phòng Sở
    support: Sở Nội vụ
    deadline: Quý III năm 2026
    tasks:
      - {id: INHERITS, text: a}
      - {id: OWN-LEAD, text: a, lead: Phòng Nghiệp vụ}
      - {id: OWN-SUPPORT, text: a, support: Tổ Hoà giải}
tasks:
  - {id: SCOPE, text: a, deadline: Quý III năm 2026, lead: "NV (đối với PCI, DTI); BT đối với PAPI"}
  - {id: GROUP, text: a, deadline: Quý III năm 2026, lead: "Các Phòng, Trung tâm thuộc Sở"}
  - {id: NAMED, text: a, deadline: Quý III năm 2026, lead: Các đơn vị sự nghiệp thuộc Sở}
  - {id: OPEN, text: a, deadline: Quý III năm 2026, lead: "các cơ quan, đơn vị có liên quan"}
  - {id: NEAR, text: a, deadline: Quý III năm 2026, lead: Phòng Hành chính và Bỏ trợ tư pháp}
  - {id: ROLE, text: a, deadline: Quý III năm 2026, lead: "Trưởng phòng; Lãnh đạo Sở Nội vụ"}
  - {id: FORM, text: a, deadline: Quý III năm 2026, support: [{unit: HG, scope: nội dung 1}, VP]}
  - {id: PERSON, text: a, deadline: Quý III năm 2026, lead: "Đồng chí Nguyễn Văn An", support: Trần Thị Bình}
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "qmsplan.yaml").write_text(SETTINGS, "utf-8")
    (tmp_path / "plans" / "kh.yaml").write_text(PLAN, "utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("workspace")
def test_who_is_no_unit_and_no_person(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "status", "--unit", "Trần Thị Binh"]) == 2
    assert "did you mean 'Trần Thị Bình'?" in capsys.readouterr().err
    assert run(["--lang", "en", "status", "--lead", "Ông Lê"]) == 2
    assert "the persons: Nguyễn Văn An, Trần Thị Bình" in capsys.readouterr().err


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    ("unit", "items"),
    [
        ("VP", {"INHERITS", "OWN-SUPPORT", "GROUP", "FORM", "PERSON"}),
        ("văn phòng sở", {"INHERITS", "OWN-SUPPORT", "GROUP", "FORM", "PERSON"}),
        ("SNV", {"INHERITS", "OWN-LEAD", "ROLE", "PERSON"}),
        ("NV", {"OWN-LEAD", "SCOPE"}),
        ("BT", {"SCOPE", "GROUP", "NEAR"}),
        ("HG", {"OWN-SUPPORT", "FORM"}),
        ("Tổ Hòa giải", {"OWN-SUPPORT", "FORM"}),
        ("TT", {"OWN-LEAD", "OWN-SUPPORT", "SCOPE", "GROUP", "NAMED", "FORM"}),
        ("DVSN", {"OWN-LEAD", "OWN-SUPPORT", "SCOPE", "GROUP", "NAMED", "FORM"}),
        ("STP", {"INHERITS", "OWN-LEAD", "OWN-SUPPORT", "SCOPE", "GROUP", "NAMED", "NEAR", "FORM", "PERSON"}),
        ("AN", {"PERSON"}),
        ("bà Trần Thị Bình", {"PERSON"}),
    ],
)
def test_the_items_of_a_unit(unit: str, items: set[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--unit", unit, "--format", "csv", "--quarter", "III", "--as-of", "2026-08-01"]) == 0
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff")))
    assert {row["item"] for row in rows} == items
