"""`qmsplan sign` and `amend` as processes: killed anywhere, two at once, over files that change under them."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from qmsplan.cli import sign
from qmsplan.cli.app import run
from qmsplan.cli.options import SignOptions
from qmsplan.cli.sign import ROLES
from qmsplan.load.document import read_file
from qmsplan.model.plan import Plan
from qmsplan.seal import holds

DRAFT = b"""\
\xef\xbb\xbfkind: plan  # ghi ch\xc3\xba\r
id: KH\r
template: work-plan\r
period: 2026\r
head:\r
  type: 'K\xe1\xba\xbf ho\xe1\xba\xa1ch'\r
  symbol: KH-TGPL\r
  issuer_text: Trung t\xc3\xa2m\r
  place: C\xc3\xa0 Mau\r
recipients: ['- L\xc6\xb0u: VT.']\r
closing: H\xe1\xba\xbft.\r
signatory: {position: GI\xc3\x81M \xc4\x90\xe1\xbb\x90C, name: A}\r
"""
SIGN = ["sign", "kh.yaml", "--number", "51/KH-TGPL", "--date", "2026-02-09"]
AMEND = ["amend", "kh.yaml", "--reason", "Sai sót"]
MAIN = "import sys; from qmsplan.cli.app import run; sys.exit(run(sys.argv[1:]))"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QMSPLAN_LANG", "en")
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\nplans: .\n", "utf-8")
    (tmp_path / "kh.yaml").write_bytes(DRAFT)
    return tmp_path


def plan_in(folder: Path) -> Plan:
    value = read_file(folder / "kh.yaml", "kh.yaml").value
    assert isinstance(value, Plan)
    return value


def child(script: str, arguments: list[str], folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8")


def test_every_other_byte_stays(folder: Path) -> None:
    assert run(SIGN) == 0
    signed = (folder / "kh.yaml").read_bytes()
    assert signed.startswith(DRAFT)
    assert b"\n" not in signed.replace(b"\r\n", b"")
    assert run(AMEND) == 0
    amended = (folder / "kh.yaml").read_bytes()
    assert amended.startswith(DRAFT)
    assert run(["validate", "kh.yaml"]) == 0
    assert run([*SIGN[:3], "60/KH-TGPL", "--date", "2026-03-01"]) == 0
    plan = plan_in(folder)
    assert plan.signoff
    assert holds(plan, plan.signoff.digest or "") is True
    assert plan.revision == 2
    assert sorted(path.name for path in folder.iterdir()) == ["kh.yaml", "qmsplan.yaml"]


def test_a_plan_is_signed_today_but_not_tomorrow(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sign, "today", lambda _place: date(2026, 2, 8))
    assert run(["--lang", "en", *SIGN]) == 2
    assert "2026-02-09 is in the future" in capsys.readouterr().err
    assert (folder / "kh.yaml").read_bytes() == DRAFT
    monkeypatch.setattr(sign, "today", lambda _place: date(2026, 2, 9))
    assert run(SIGN) == 0


@pytest.mark.parametrize("more", [[], ["--number", "52/KH-TGPL"], ["--signer", "B"]])
def test_that_it_is_signed_is_told_before_what_else_is_missing(
    more: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(SIGN) == 0
    capsys.readouterr()
    assert run(["--lang", "en", "sign", "kh.yaml", *more]) == 2
    assert "the plan is signed already: 51/KH-TGPL, 2026-02-09" in capsys.readouterr().err


def test_a_rehearsal_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*SIGN, "--dry-run"]) == 0
    assert "+  number: 51/KH-TGPL" in capsys.readouterr().out
    assert (folder / "kh.yaml").read_bytes() == DRAFT
    run(SIGN)
    before = (folder / "kh.yaml").read_bytes()
    assert run([*AMEND, "--dry-run"]) == 0
    assert (folder / "kh.yaml").read_bytes() == before


def test_a_number_is_given_once_a_year(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = DRAFT.replace(b"id: KH\r", b"id: KHAC\r", 1)
    assert other != DRAFT
    (folder / "other.yaml").write_bytes(other)
    assert run(SIGN) == 0
    capsys.readouterr()
    assert run(["--lang", "en", "sign", "other.yaml", *SIGN[2:]]) == 2
    assert "51/KH-TGPL was already issued in 2026" in capsys.readouterr().err
    assert (folder / "other.yaml").read_bytes() == other
    assert run(["sign", "other.yaml", "--number", "52/KH-TGPL", *SIGN[4:]]) == 0


WAITS = """
import sys
from qmsplan.cli import sign
real = sign.errors_of

def slow(*given):
    found = real(*given)
    print("ready", flush=True)
    sys.stdin.read()
    return found

sign.errors_of = slow
from qmsplan.cli.app import run
sys.exit(run(sys.argv[1:]))
"""


def waiting(folder: Path) -> subprocess.Popen[str]:
    """A signer that has looked at the plan and has not written yet."""
    process = child(WAITS, SIGN, folder)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def test_the_second_of_two_signers_is_told(folder: Path) -> None:
    first = waiting(folder)
    second = child(MAIN, [*SIGN[:3], "52/KH-TGPL", "--date", "2026-02-10"], folder)
    assert (folder / "kh.yaml").read_bytes() == DRAFT
    first.communicate(timeout=60)
    _, told = second.communicate(timeout=60)
    assert (first.returncode, second.returncode) == (0, 2)
    assert "qmsplan amend" in told
    signoff = plan_in(folder).signoff
    assert signoff
    assert signoff.number == "51/KH-TGPL"


def test_who_changed_the_file_meanwhile_keeps_it(folder: Path) -> None:
    process = waiting(folder)
    (folder / "kh.yaml").write_bytes(DRAFT + b"preamble: x\r\n")
    _, told = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "changed by another program" in told
    assert (folder / "kh.yaml").read_bytes() == DRAFT + b"preamble: x\r\n"


def test_a_file_that_went_meanwhile_stays_away(folder: Path) -> None:
    process = waiting(folder)
    (folder / "kh.yaml").unlink()
    process.communicate(timeout=60)
    assert process.returncode == 2
    assert not (folder / "kh.yaml").exists()


def test_a_command_that_stops_leaves_nothing(folder: Path) -> None:
    assert run([*SIGN[:2], "--number", "x"]) == 2
    assert run(AMEND) == 2
    assert sorted(path.name for path in folder.iterdir()) == ["kh.yaml", "qmsplan.yaml"]


def test_a_link_is_not_replaced(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "kh.yaml").rename(folder / "real.txt")
    (folder / "kh.yaml").symlink_to("real.txt")
    assert run(SIGN) == 2
    assert "is a link" in capsys.readouterr().err
    assert (folder / "real.txt").read_bytes() == DRAFT


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"kind: plan\n", b"kind: progress\nplan: KH\n", b"a: [\n"])
def test_what_is_no_plan_is_told_without_a_traceback(
    content: bytes, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "kh.yaml").write_bytes(content)
    for arguments in (SIGN, AMEND):
        assert run(arguments) in {1, 2}
        assert "Traceback" not in capsys.readouterr().err
        assert (folder / "kh.yaml").read_bytes() == content


def test_a_folder_is_no_plan(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "sub").mkdir()
    for name in ("sub", "none.yaml"):
        assert run(["--lang", "en", "sign", name, *SIGN[2:]]) == 2
        assert capsys.readouterr().err == f"qmsplan: no plan has the id '{name}'\n  hint: the plans are: KH\n"


def test_without_a_workspace_a_file_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kh.yaml").write_bytes(DRAFT)
    assert run(SIGN) == 0
    assert plan_in(tmp_path).signoff


def test_text_from_another_keyboard_is_composed(folder: Path) -> None:
    (folder / "kh.yaml").write_bytes(DRAFT.rpartition(b"signatory")[0])
    assert run([*SIGN, "--signer", "Nguye\u0302\u0303n Va\u0306n A", "--position", "GIA\u0301M ĐO\u0302\u0301C"]) == 0
    signoff = plan_in(folder).signoff
    assert signoff
    assert (signoff.signer, signoff.position) == ("Nguyễn Văn A", ("GIÁM ĐỐC",))


@pytest.mark.parametrize("name", ["a\u202eb", "a\x07", "\u200b"])
def test_characters_that_hide_are_refused(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", *SIGN, "--signer", name]) == 2
    assert "'--signer' is empty, or holds a character that can't stand" in capsys.readouterr().err
    assert (folder / "kh.yaml").read_bytes() == DRAFT


def test_a_plan_in_brackets_is_signed_there(folder: Path) -> None:
    head = '{type: "Kế hoạch", symbol: KH-TGPL, issuer_text: Trung tâm, place: Cà Mau}'
    rest = "closing: Hết., recipients: ['- Lưu: VT.']"
    text = f"{{kind: plan, id: KH, template: work-plan, period: 2026, head: {head}, {rest}}}\n"
    (folder / "kh.yaml").write_text(text, "utf-8")
    assert run([*SIGN, "--signer", "A"]) == 0
    signed = (folder / "kh.yaml").read_text("utf-8")
    assert signed.startswith(text[:-2] + ", signoff: {number: ")
    assert run(["validate", "kh.yaml"]) == 0


def test_a_plan_whose_layout_does_not_allow_it_is_sent_to_fmt(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line of a block text has no line end; with one, the text would be another."""
    text = "kind: plan\nid: KH\nperiod: 2026\ntemplate: work-plan\nclosing: Hết.\nrecipients: ['- Lưu: VT.']\n"
    text += "head: {issuer_text: Trung tâm, place: Cà Mau, type: Kế hoạch}\n"
    text += "signatory:\n  position: GIÁM ĐỐC\n  name: |\n    A"
    (folder / "kh.yaml").write_text(text, "utf-8")
    assert run(SIGN) == 2
    assert "hint: run 'qmsplan fmt kh.yaml', then this command again" in capsys.readouterr().err
    assert (folder / "kh.yaml").read_text("utf-8") == text
    assert run(["fmt", "kh.yaml"]) == 0
    assert run([*SIGN, "--signer", "A"]) == 0


def test_the_command_line_knows_all_roles() -> None:
    assert {"signer", *ROLES} == set(get_args(get_type_hints(SignOptions)["role"]))
