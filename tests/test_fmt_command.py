"""`qmsplan fmt` on a disk: what is written, what is left alone, and what is said about it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from qmsplan.cli import fmt as command
from qmsplan.cli.app import run
from qmsplan.cli.write import lock_file

SETTINGS = b"kind: workspace\n"
PLAN = "kind: plan\nid: KH\ntemplate: work-plan\nhead:\n  type: KẾ HOẠCH\n".encode()
MESSY = PLAN.replace(b"KH\n", b"'KH'\n")
MARK = b"\xef\xbb\xbf"


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "qmsplan.yaml").write_bytes(SETTINGS)
    (tmp_path / "plans").mkdir()
    return tmp_path / "plans"


def fmt(*arguments: str) -> int:
    return run(["--lang", "en", "fmt", *arguments])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (MESSY, ""),
        (MARK + PLAN, " (byte order mark removed)"),
        (PLAN.replace(b"\n", b"\r\n"), " (line endings changed to LF)"),
        (MARK + PLAN.replace(b"\n", b"\r\n"), " (byte order mark removed; line endings changed to LF)"),
        (PLAN.replace("Ạ".encode(), "A\u0323".encode()), " (letters are composed (Unicode NFC))"),
    ],
    ids=["layout", "mark", "line ends", "both", "letters"],
)
def test_what_is_changed_is_said(plans: Path, content: bytes, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = plans / "a.yaml"
    path.write_bytes(content)
    assert fmt("--check") == 1
    assert path.read_bytes() == content
    assert fmt() == 0
    assert path.read_bytes() == PLAN
    assert fmt("--check") == 0
    assert capsys.readouterr().out == f"would be laid out: plans/a.yaml{said}\nlaid out: plans/a.yaml{said}\n"


def test_what_is_in_order_is_not_touched(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = plans / "a.yaml"
    path.write_bytes(PLAN)
    os.utime(path, (1, 1))
    assert fmt() == 0
    assert path.stat().st_mtime == 1
    assert capsys.readouterr() == ("", "")


def test_one_broken_file_does_not_hold_up_the_others(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = b"kind: plan\nid: [\n"
    for name, content in (("a", broken), ("b", MESSY), ("c", b"\xff"), ("d", b"")):
        (plans / f"{name}.yaml").write_bytes(content)
    assert fmt() == 2
    assert (plans / "b.yaml").read_bytes() == PLAN
    assert (plans / "a.yaml").read_bytes() == broken
    out, err = capsys.readouterr()
    assert out == "laid out: plans/b.yaml\n"
    assert [code for code in ("QP002", "QP004", "QP010") if code in err] == ["QP002", "QP004", "QP010"]


def test_named_files_alone(plans: Path) -> None:
    for name in "abc":
        (plans / f"{name}.yaml").write_bytes(MESSY)
    (plans / "deep").mkdir()
    (plans / "deep" / "d.yml").write_bytes(MESSY)
    assert fmt("plans/a.yaml", "plans/deep") == 0
    contents = [path.read_bytes() for path in (plans / "a.yaml", plans / "b.yaml", plans / "deep" / "d.yml")]
    assert contents == [PLAN, MESSY, PLAN]


def test_a_file_without_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_bytes(MESSY)
    assert fmt() == 2
    assert fmt("a.yaml") == 0
    assert (tmp_path / "a.yaml").read_bytes() == PLAN


def test_the_settings_are_laid_out_too(plans: Path) -> None:
    mark = plans.parent / "qmsplan.yaml"
    mark.write_bytes(b"language: en\nkind: 'workspace'\n")
    assert fmt() == 0
    assert mark.read_bytes() == b"kind: workspace\nlanguage: en\n"


@pytest.mark.skipif(os.name == "nt", reason="permissions are different there")
def test_permissions_stay(plans: Path) -> None:
    path = plans / "a.yaml"
    path.write_bytes(MESSY)
    path.chmod(0o640)
    assert fmt() == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [entry.name for entry in plans.iterdir()] == ["a.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_left_alone(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = plans.parent / "outside.yaml"
    outside.write_bytes(MESSY)
    (plans / "link.yaml").symlink_to(outside)
    assert fmt() == 0
    assert fmt("plans") == 0
    assert outside.read_bytes() == MESSY
    assert fmt("plans/link.yaml") == 2
    assert "is a link" in capsys.readouterr().err
    assert outside.read_bytes() == MESSY


def test_a_write_that_fails_leaves_the_file(
    plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from qmsplan.cli import write

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    path = plans / "a.yaml"
    path.write_bytes(MESSY)
    monkeypatch.setattr(write.os, "fsync", full)
    assert fmt() == 2
    assert path.read_bytes() == MESSY
    assert [entry.name for entry in plans.iterdir()] == ["a.yaml"]
    assert "No space left" in capsys.readouterr().err


def test_control_characters_in_names_are_shown(plans: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if os.name == "nt":
        pytest.skip("no such names there")
    (plans / "a\x1b[31m.yaml").write_bytes(MESSY)
    assert fmt("--check") == 1
    assert "\x1b" not in capsys.readouterr().out


def test_a_new_workspace_is_in_the_canonical_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    assert run(["new", "plan", "KH-2"]) == 0
    assert run(["new", "progress", "KH-2", "--unit", "NV"]) == 0
    assert fmt("--check") == 0


def test_what_is_recorded_meanwhile_is_kept(
    plans: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Others wait while a file is laid out; who does not wait, such as an editor, is not overwritten."""
    path, real = plans / "a.yaml", command.lay_out
    path.write_bytes(MESSY)

    def slow(content: bytes, name: str) -> object:
        with pytest.raises(Timeout):
            FileLock(lock_file(plans.parent)).acquire(timeout=0)
        path.write_bytes(MESSY + b"# theirs\n")
        return real(content, name)

    monkeypatch.setattr(command, "lay_out", slow)
    assert fmt("plans/a.yaml") == 2
    assert "'plans/a.yaml' was changed by another program meanwhile" in capsys.readouterr().err
    assert path.read_bytes() == MESSY + b"# theirs\n"
