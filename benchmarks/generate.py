"""Makes a workspace of many plans: 12 objectives each, and a progress file with four quarters of readings.

Three kinds: `clean` (what `qmsplan fmt` writes, nothing to find, the edition of the standard that every ISO plan
names), `findings` (a finding or two in each file) and `hand` (the clean content typed the way people do: quotes,
wrapped lines, lists in brackets, comments, other indentation)."""

from __future__ import annotations

import argparse
import random
import re
import subprocess
from datetime import date, timedelta
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
standard: iso9001-2015
head:
  issuer: {issuer}
  type: KẾ HOẠCH
  title: Thực hiện Mục tiêu chất lượng năm 2026
  symbol: KH-TT
policy: Phục vụ người dân đúng hạn, đúng luật và tận tình
preamble: Căn cứ Mục tiêu chất lượng năm 2026, Trung tâm ban hành Kế hoạch thực hiện như sau./.
objectives:
"""
TAIL = """tasks:
  - id: DG
    text: Đánh giá nội bộ hệ thống quản lý chất lượng
    lead: NV
    deadline: Tháng 10 năm 2026
    clauses: 9.2
  - id: XX
    text: Xem xét của lãnh đạo về hệ thống quản lý chất lượng
    lead: NV
    deadline: Tháng 11 năm 2026
    clauses: 9.3
recipients: |
  - Các phòng thuộc Trung tâm;
  - Lưu: VT, NV.
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
    funding: Kinh phí chi thường xuyên
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
    funding: Chi thường xuyên
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
DAILY = """  - id: MT{number:04d}
    text: Tuyên truyền, phổ biến pháp luật ở cơ sở
    target: ít nhất {count} lượt người/năm
    lead: NV
    deadline: Trong năm 2026
    frequency: month
"""
DAY_READING = "  - {{item: MT{number:04d}, period: {day}, value: {value}, recorded: {day}, evidence: Sổ theo dõi}}\n"
COMPLETIONS = """completions:
  - item: DG
    done: 2026-10-20
    evidence: Báo cáo đánh giá nội bộ số 12/BC-NV ngày 20/10/2026
  - item: XX
    done: 2026-11-10
    evidence: Biên bản họp xem xét của lãnh đạo ngày 10/11/2026
"""
DEADLINES = ("Trong năm 2026", "Quý III năm 2026", "Quý IV năm 2026", "Cả năm 2026", "Trước 30/11/2026")
OBJECTIVES = 12


AGENCIES = 10
"""Plans of one agency. Those of an agency and year answer the standard together; a province has hundreds of them."""


def settings(plans: int) -> str:
    """The register: an agency for every ten plans."""
    more = "".join(f"  - code: A{n}\n    name: Cơ quan số {n}\n" for n in range(1, plans // AGENCIES + 1))
    return SETTINGS + more


def plan(number: int) -> str:
    """The text of a plan; the same number gives the same text."""
    chance = random.Random(number)
    body = "".join(
        OBJECTIVE.format(number=i + 1, share=chance.randint(80, 95), deadline=chance.choice(DEADLINES))
        for i in range(OBJECTIVES)
    )
    issuer = f"A{number // AGENCIES}" if number >= AGENCIES else "TT"
    return HEAD.format(id=f"KH-{number:05d}", issuer=issuer) + body + TAIL


def long_plan(lines: int) -> str:
    """The text of a plan of so many lines, or a few less; 20,000 stay below the largest file that is read."""
    chance = random.Random(lines)
    count = (lines - HEAD.count("\n")) // LEAN.count("\n")
    body = "".join(
        LEAN.format(number=i + 1, share=chance.randint(80, 95), deadline=chance.choice(DEADLINES)) for i in range(count)
    )
    return HEAD.format(id=f"DAI-{lines}", issuer="TT") + body


DAYS = 360
"""Figures of an objective that is counted each working day and weekend of a year."""


def daily_plan(readings: int) -> tuple[str, str]:
    """A plan and its progress file with so many readings: each objective is counted on each day of a year."""
    chance, items = random.Random(readings), range(1, -(-readings // DAYS) + 1)
    body = "".join(DAILY.format(number=number, count=20 * DAYS) for number in items)
    days = [(date(2026, 1, 1) + timedelta(day)).isoformat() for day in range(DAYS)]
    entries = [(number, day) for day in days for number in items][:readings]
    lines = (DAY_READING.format(number=number, day=day, value=chance.randint(10, 40)) for number, day in entries)
    head = HEAD.format(id="NGAY", issuer="TT")
    return head + body, "kind: progress\nplan: NGAY\nunit: NV\nreadings:\n" + "".join(lines)


def wide_plan(items: int) -> tuple[str, str]:
    """A plan of so many objectives, each in a few words, and a progress file with a reading of every second one."""
    chance = random.Random(items)
    body = "".join(
        f'  - {{id: MT{number:04d}, text: Hồ sơ đúng hạn, target: ">={chance.randint(80, 95)}%", lead: NV, '
        f"deadline: {chance.choice(DEADLINES)}}}\n"
        for number in range(1, items + 1)
    )
    readings = "".join(
        f"  - {{item: MT{number:04d}, period: 2026-Q2, numerator: {chance.randint(191, 200)}, denominator: 200, "
        "recorded: 2026-07-10, evidence: Báo cáo quý}\n"
        for number in range(1, items + 1, 2)
    )
    return HEAD.format(id="RONG", issuer="TT") + body, f"kind: progress\nplan: RONG\nunit: NV\nreadings:\n{readings}"


def progress(number: int) -> str:
    """The text of a plan's progress file; every target is attained, so that the files are clean."""
    chance = random.Random(-number - 1)
    body = "".join(
        READING.format(number=i + 1, quarter=q, numerator=chance.randint(191, 200), month=3 * q)
        for i in range(OBJECTIVES)
        for q in range(1, 5)
    )
    return f"kind: progress\nplan: KH-{number:05d}\nunit: NV\nreadings:\n{body}{COMPLETIONS}"


def with_findings(text: str) -> str:
    """The text with an objective that does not say what will be done, or recorded before its evidence was written."""
    if text.startswith("kind: progress"):
        return text.replace("recorded: 2026-03-14", "recorded: 2026-03-10", 1)
    return re.sub(r"    measures: \|\n(?:      .*\n)+", "", text, count=1)


def by_hand(text: str, number: int) -> str:
    """The same values as people type them: a comment here, quotes there, long texts wrapped, lists in brackets."""
    chance = random.Random(number)
    lines: list[str] = []
    for line in text.splitlines():
        indent = " " * (2 * (len(line) - len(line.lstrip())))
        typed = line.strip()
        dash = "-   " if typed.startswith("- ") and re.match(r"- \w+: ", typed) else ""
        key, colon, value = typed.removeprefix("- " if dash else "").partition(": ")
        if not colon or " " in key or value == "|" or typed.startswith(("- X", "- T", "- B", "- P", "- C", "- L")):
            lines.append(indent + typed)
        elif value.startswith('"') or len(value) < 25:
            shown = f"'{value}'" if chance.random() < 0.5 and not value.startswith('"') else value
            shown = f"[{value}]" if key in {"lead", "support"} and "," not in value else shown
            lines.append(f"{indent}{dash}{key}: {shown}" + ("  # xem lại" if chance.random() < 0.05 else ""))
        else:
            cut = value.index(" ", len(value) // 2) if " " in value[len(value) // 2 :] else len(value)
            lines += [f"{indent}{dash}{key}: {value[:cut]}", f"{indent}      {'  ' if dash else ''}{value[cut + 1 :]}"]
    return "\n".join(line for line in lines if line.strip()) + "\n"


KINDS = ("clean", "findings", "hand")


def generate(folder: Path, plans: int, kind: str = "clean") -> None:
    """Writes a workspace of one kind."""
    (folder / "plans").mkdir(parents=True, exist_ok=True)
    (folder / "qmsplan.yaml").write_text(settings(plans), "utf-8")
    for number in range(plans):
        for ending, text in ((".yaml", plan(number)), (".progress.yaml", progress(number))):
            shown = with_findings(text) if kind == "findings" else by_hand(text, number) if kind == "hand" else text
            (folder / "plans" / f"KH-{number:05d}{ending}").write_text(shown, "utf-8")


def commit(workspace: Path) -> None:
    """All files as a new revision."""
    names = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@example.vn")
    for arguments in (("init", "-q"), ("add", "-A"), (*names, "commit", "-q", "-m", "x")):
        subprocess.run(["git", *arguments], cwd=workspace, check=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--kind", choices=KINDS, default="clean")
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.plans, arguments.kind)
