"""`qmsplan remind`: one digest a unit, with its own work and nothing else, as text, JSON and drafts of e-mails."""

from __future__ import annotations

import email
import json
import os
import subprocess
from datetime import date
from email import policy
from pathlib import Path
from typing import Any

import pytest
import yaml
from icalendar import Calendar

from conftest import need
from qmsplan.cli.app import run
from qmsplan.diagnostics import Translator
from qmsplan.model.settings import Unit
from qmsplan.output.due_days import ReminderStyle, digest_mail
from qmsplan.progress.owed import Digest

SETTINGS = """kind: workspace
language: en
units:
  - {code: TT, name: Trung tâm}
  - {code: NV, name: "Phòng \\"Nghiệp vụ\\", pháp lý", parent: TT, email: nv@tt.example.vn}
  - {code: HC, name: Phòng Hành chính, parent: TT}
  - {code: PH, name: Các phòng, members: [NV, HC]}
"""
PLAN = """kind: plan
id: KH
template: work-plan
period: 2026
head: {type: Kế hoạch}
objectives:
  - {id: M1, text: đo quý trước, target: ">98%", frequency: quarter, lead: NV, deadline: Hàng quý}
  - {id: M2, text: không đạt, target: ">98%", frequency: quarter, lead: HC, deadline: Hàng quý}
tasks:
  - {id: T1, text: bí mật của phòng nghiệp vụ, deadline: Quý II năm 2026, lead: NV, support: HC}
  - {id: T2, text: việc chung, deadline: Trước 30/8/2026, lead: Các phòng}
  - {id: T3, text: đã xong, deadline: Quý I năm 2026, lead: HC}
  - {id: T4, text: còn xa, deadline: Tháng 12, lead: HC}
"""
RECORD = """kind: progress
plan: KH
completions: [{item: T3, done: 2026-02-01, evidence: BC}]
readings: [{item: M2, period: 2026-Q2, value: 90, recorded: 2026-07-02, evidence: BC}]
corrective_actions:
  - {item: M2, period: 2026-Q1, cause: c, action: sửa quy trình, lead: NV, due: 2026-08-01, recorded: 2026-04-02}
"""
DAY = ("--as-of", "2026-08-10")


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "qmsplan.yaml").write_text(SETTINGS, "utf-8")
    (tmp_path / "plans" / "kh.yaml").write_text(PLAN, "utf-8")
    (tmp_path / "plans" / "kh-progress.yaml").write_text(RECORD, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_terminal_folds_between_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("qmsplan.cli.console.is_terminal", lambda _stream: True)
    monkeypatch.setenv("COLUMNS", "60")
    Path("plans/kh.yaml").write_text(PLAN.replace("bí mật", "việc rất dài " * 12), "utf-8")
    assert run(["remind", *DAY]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 60
    assert "việc rất dài việc rất dài việc" in " ".join(map(str.strip, lines))


def digests(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, list[str]]:
    """The reminders of each unit in JSON, each as `kind item`."""
    assert run(["remind", "--format", "json", *(options or DAY)]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["version"] == 1
    return {one["unit"]: [f"{r['kind']} {r['item']}" for r in one["reminders"]] for one in told["digests"]}


def test_many_days_of_one_task_share_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A weekly meeting that nobody ticked off hid all other work; JSON has each day."""
    weekly = "  - {id: T5, text: họp giao ban, deadline: Thứ sáu hằng tuần, lead: HC}\n"
    Path("plans/kh.yaml").write_text(PLAN + weekly, "utf-8")
    assert run(["remind", *DAY, "--unit", "HC"]) == 0
    told = capsys.readouterr().out
    assert told.count("họp giao ban") == 5  # 32 Fridays from 2 January to 7 August, and four that are to come
    assert "- 2026-01-02, overdue 220 days: họp giao ban (and 31 more until 2026-08-07)" in told
    assert digests(capsys, *DAY, "--unit", "HC", "--late")["HC"].count("overdue T5") == 32


def test_each_unit_is_told_what_it_leads_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert digests(capsys) == {
        "NV": ["overdue T1", "figures M1", "figures M1", "action M2", "coming T2"],  # of both quarters
        "HC": ["missed M2", "figures M2", "coming T2"],
    }
    assert digests(capsys, *DAY, "--unit", "HC") == {"HC": ["missed M2", "figures M2", "coming T2"]}
    assert run(["remind", *DAY, "--unit", "HC"]) == 0
    text = capsys.readouterr().out
    assert "bí mật" not in text
    assert "sửa quy trình" not in text


def test_how_far_ahead_and_only_what_is_late(capsys: pytest.CaptureFixture[str]) -> None:
    assert "coming T4" in digests(capsys, *DAY, "--days", "200")["HC"]
    assert digests(capsys, *DAY, "--days", "5")["HC"] == ["missed M2", "figures M2"]
    assert digests(capsys, *DAY, "--late") == {"NV": ["overdue T1", "action M2"], "HC": ["missed M2"]}


def test_each_time_that_is_overdue_is_named(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "plans/kh.yaml").write_text(PLAN.replace("deadline: Trước 30/8/2026", "deadline: Hàng quý"), "utf-8")
    assert digests(capsys)["HC"][:2] == ["overdue T2", "overdue T2"]
    assert run(["--lang", "en", "remind", "-o", "x.txt"]) == 2
    assert "--output does not fit text" in capsys.readouterr().err


def test_nothing_due_is_no_word_and_no_draft(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "eml"):
        assert run(["remind", "--as-of", "2025-08-10", "--format", form]) == 0
        assert capsys.readouterr().out == ""
    assert not (workspace / "build").exists()
    assert digests(capsys, "--as-of", "2025-08-10") == {}


def test_a_group_is_written_to_where_it_has_an_address(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "qmsplan.yaml").write_text(SETTINGS.replace("[NV, HC]", "[NV, HC], email: cacphong@tt.vn"), "utf-8")
    assert digests(capsys)["PH"] == ["coming T2"]


def test_drafts_are_read_back_by_the_standard_library(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["remind", *DAY, "--format", "eml"]) == 0
    names = capsys.readouterr().out.split()
    assert names == ["build/remind/2026-08-10/NV.eml", "build/remind/2026-08-10/HC.eml"]
    content = (workspace / names[0]).read_bytes()
    mail = email.message_from_bytes(content, policy=policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail["To"].addresses[0].addr_spec == "nv@tt.example.vn"
    assert mail["To"].addresses[0].display_name == 'Phòng "Nghiệp vụ", pháp lý'
    body = mail.get_body(("plain",))
    assert body
    assert run(["remind", *DAY, "--unit", "NV"]) == 0
    assert body.get_content().split() == capsys.readouterr().out.split()
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_filename() == "qmsplan-NV.ics"
    events = Calendar.from_ical(attached.get_content()).walk("VEVENT")
    assert sorted(str(event["UID"]) for event in events) == [
        "KH/M1/2026-Q1@qmsplan",
        "KH/M1/2026-Q2@qmsplan",
        "KH/T1/once@qmsplan",
        "KH/T2/once@qmsplan",
    ]
    assert "To" not in email.message_from_bytes((workspace / names[1]).read_bytes(), policy=policy.default)
    assert run(["remind", *DAY, "--format", "eml"]) == 0
    assert (workspace / names[0]).read_bytes() == content


@pytest.mark.parametrize("name", ["Phòng\r\nBcc: x@y.vn\n\nxin chào", "a\u2028b\u202e", '";<x@y.vn>, "', "x" * 500])
def test_a_name_puts_no_line_and_no_address_into_a_header(name: str) -> None:
    unit = Unit.model_construct(code="NV", name=name, email="nv@tt.example.vn")
    style = ReminderStyle(date(2026, 8, 10), 30, Translator("vi"))
    mail = email.message_from_bytes(digest_mail(Digest(unit, ()), [], style), policy=policy.default)
    assert set(mail.keys()) == {
        "Subject",
        "To",
        "X-Unsent",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    }
    assert [address.addr_spec for address in mail["To"].addresses] == ["nv@tt.example.vn"]


@pytest.mark.parametrize("address", ["a@b", "a@b.vn, c@d.vn", "A <a@b.vn>", '"a@b.vn\\nBcc: c@d.vn"', "phòng@b.vn"])
def test_what_is_no_address(address: str, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quoted = address if address.startswith('"') else json.dumps(address, ensure_ascii=False)
    (workspace / "qmsplan.yaml").write_text(SETTINGS.replace("nv@tt.example.vn", quoted), "utf-8")
    assert run(["validate"]) != 0
    assert "e-mail" in capsys.readouterr().out


@pytest.mark.parametrize("page", ["ci.md", "ci.vi.md"])
def test_the_pipeline_of_the_manual_sends_the_drafts_that_have_an_address(page: str, workspace: Path) -> None:
    text = (Path(__file__).parents[1] / "docs" / page).read_text("utf-8")
    blocks = [yaml.safe_load(block.partition("```")[0]) for block in text.split("```yaml\n")[1:]]
    steps = next(block for block in blocks if "reminders" in block.get("jobs", {}))["jobs"]["reminders"]["steps"]
    made = next(step["run"] for step in steps if "qmsplan remind" in step.get("run", ""))
    assert run([*made.split()[1:], *DAY]) == 0
    program = workspace / "bin" / "msmtp"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$@" >> sent.txt\ncat >> sent.txt\n', "utf-8")
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([need("bash"), "-ec", steps[-1]["run"]], env={"PATH": path}, check=True)
    sent = (workspace / "sent.txt").read_text("utf-8")
    assert sent.count("--read-recipients") == 1
    assert "nv@tt.example.vn" in sent
