"""A small workspace to record in: two units, an objective with two targets, tasks of every kind, an event."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent
from unittest import mock

from qmsplan.cli.app import run

SETTINGS = """\
kind: workspace
units:
  - code: NV
    name: Phòng Nghiệp vụ
  - code: HC
    name: Phòng Hành chính
  - code: LD
    name: Lãnh đạo
"""
PLAN = """\
kind: plan
id: KH
template: work-plan
period: 2026
head:
  type: KẾ HOẠCH
objectives:
  - id: MT1
    text: Hài lòng đạt trên 98%
    target: ">98%"
    measures: Làm
    deliverables: Báo cáo
    lead: Phòng Nghiệp vụ
    deadline: Hàng quý
  - id: MT2
    text: Hai chỉ tiêu
    target: [">=95%", ít nhất 02 cuộc]
    measures: Làm
    deliverables: Báo cáo
    lead: Phòng Nghiệp vụ
    deadline: Trong năm 2026
tasks:
  - id: NV1
    text: Làm một lần
    lead: Phòng Hành chính
    deadline: Trước 30/6/2026
  - id: NV2
    text: Làm mỗi quý
    lead: Phòng Nghiệp vụ
    deadline: Hàng quý
  - id: NV3
    text: Chờ sự kiện
    lead: Phòng Nghiệp vụ; Phòng Hành chính
    deadline: Trong 10 ngày kể từ ngày Quyết định được ban hành
events:
  - id: QD
    text: |
      Quyết định được ban hành
      ngày Quyết định được ban hành
"""
NV = """\
# Tệp của Phòng Nghiệp vụ
kind: progress
plan: KH
unit: NV

readings:
  # theo quý
  - item: MT1
    period: 2026-Q1
    numerator: 99
    denominator: 100
    recorded: 2026-04-14  # đúng hạn
    evidence: Báo cáo số 1
"""
HC = "kind: progress\nplan: KH\nunit: HC\ncompletions: []\n"


def make(root: Path, **files: str) -> Path:
    """The workspace in a folder; more files, or others, by their names without `.yaml`."""
    texts = {"qmsplan": SETTINGS, "plans/KH": PLAN, "plans/progress/KH-NV": NV, "plans/progress/KH-HC": HC, **files}
    for name, text in texts.items():
        path = root / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return root


def record(*arguments: str, today: date = date(2026, 12, 31)) -> int:
    """The exit code of `qmsplan record`, in English, on a day."""
    with mock.patch("qmsplan.cli.record.today", return_value=today):
        return run(["--lang", "en", "record", *arguments])


def block(text: str) -> str:
    """A text as indented in the source of a test."""
    return dedent(text).removeprefix("\n")
