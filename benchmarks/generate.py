"""Makes a workspace of many plans: 12 objectives each, and a progress file with four quarters of readings."""

from __future__ import annotations

import argparse
import random
from pathlib import Path

SETTINGS = """kind: workspace
units:
  - code: TT
    name: Trung tâm Trợ giúp pháp lý nhà nước
  - code: NV
    name: Phòng Nghiệp vụ
    parent: TT
  - code: HCTH
    name: Phòng Hành chính - Tổng hợp
    parent: TT
"""
HEAD = """kind: plan
id: {id}
template: objectives-table
period: 2026
head:
  issuer: TT
  type: KẾ HOẠCH
  title: Thực hiện Mục tiêu chất lượng năm 2026
  symbol: KH-TT
preamble: Căn cứ Mục tiêu chất lượng năm 2026, Trung tâm ban hành Kế hoạch thực hiện như sau./.
objectives:
"""
OBJECTIVE = """  - id: MT{number:02d}
    number: "{number:02d}"
    text: Đảm bảo {share}% hồ sơ thủ tục hành chính của đơn vị được giải quyết đúng hạn theo quy định của pháp luật
    target: ">={share}%"
    measures: |
      - Xây dựng, ban hành các kế hoạch thực hiện các hoạt động của đơn vị trong năm.
      - Tổ chức thực hiện các kế hoạch đã ban hành, bám sát từng chỉ tiêu để hoàn thành đúng thời hạn.
    lead: Phòng Nghiệp vụ
    support: Phòng Hành chính - Tổng hợp
    deadline: {deadline}
    deliverables: |
      - Báo cáo đánh giá kết quả hàng tháng, quý, 6 tháng, 9 tháng và năm 2026 của Trung tâm;
      - Phiếu lấy ý kiến người được trợ giúp pháp lý.
"""
LEAN = """  - id: MT{number:04d}
    number: "{number}"
    text: Giải quyết {share}% hồ sơ đúng hạn
    target: ">={share}%"
    measures: |
      - Lập kế hoạch năm.
      - Tổ chức thực hiện.
    lead: NV
    deadline: {deadline}
    deliverables: |
      - Báo cáo năm.
"""
READING = """  - item: MT{number:02d}
    period: 2026-Q{quarter}
    numerator: {numerator}
    denominator: 200
    recorded: 2026-{month:02d}-14
    evidence: Báo cáo số {quarter}{number:02d}/BC-NV ngày 14/{month}/2026
    note: Số liệu tổng hợp từ báo cáo của các phòng chuyên môn trong quý
"""
DEADLINES = ("Trong năm 2026", "Quý III năm 2026", "Quý IV năm 2026", "Cả năm 2026", "Trước 30/11/2026")
OBJECTIVES = 12


def plan(number: int) -> str:
    """The text of a plan; the same number gives the same text."""
    chance = random.Random(number)
    body = "".join(
        OBJECTIVE.format(number=i + 1, share=chance.randint(80, 95), deadline=chance.choice(DEADLINES))
        for i in range(OBJECTIVES)
    )
    return HEAD.format(id=f"KH-{number:05d}") + body


def long_plan(lines: int) -> str:
    """The text of a plan of so many lines, or a few less; 20,000 stay below the largest file that is read."""
    chance = random.Random(lines)
    count = (lines - HEAD.count("\n")) // LEAN.count("\n")
    body = "".join(
        LEAN.format(number=i + 1, share=chance.randint(80, 95), deadline=chance.choice(DEADLINES)) for i in range(count)
    )
    return HEAD.format(id=f"DAI-{lines}") + body


def progress(number: int) -> str:
    """The text of a plan's progress file; every target is attained, so that the files are clean."""
    chance = random.Random(-number - 1)
    body = "".join(
        READING.format(number=i + 1, quarter=q, numerator=chance.randint(191, 200), month=3 * q)
        for i in range(OBJECTIVES)
        for q in range(1, 5)
    )
    return f"kind: progress\nplan: KH-{number:05d}\nunit: NV\nreadings:\n{body}"


def generate(folder: Path, plans: int) -> None:
    """Writes the workspace."""
    (folder / "plans").mkdir(parents=True, exist_ok=True)
    (folder / "qmsplan.yaml").write_text(SETTINGS, "utf-8")
    for number in range(plans):
        (folder / "plans" / f"KH-{number:05d}.yaml").write_text(plan(number), "utf-8")
        (folder / "plans" / f"KH-{number:05d}.progress.yaml").write_text(progress(number), "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plans", type=int, default=1000)
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.plans)
