"""A write replaces the whole file or nothing, whatever fails; `test_record_survives.py` kills it at each step."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from qmsplan.cli import write
from qmsplan.cli.console import CommandError

OLD, NEW = b"old\n" * 1_000, b"new\n" * 2_000
STEPS = ["mkstemp", "fdopen", "fsync", "chmod", "replace"]
"""What a write does, in this order."""

unix_only = pytest.mark.skipif(os.name == "nt", reason="signals and permissions are different there")


@pytest.mark.parametrize(
    ("step", "number"),
    [
        *((step, errno.ENOSPC) for step in STEPS),
        *(("mkstemp", number) for number in (errno.EACCES, errno.EROFS)),
        *(("fsync", number) for number in (errno.EIO, errno.EDQUOT)),
    ],
)
def test_a_step_that_fails(step: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "plan.yaml"
    target.write_bytes(OLD)

    def fail(*_args: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    holder = {"mkstemp": write.tempfile, "chmod": Path, "replace": Path}.get(step, write.os)
    with monkeypatch.context() as patch:
        patch.setattr(holder, step, fail)
        with pytest.raises(CommandError) as stop:
            write.write_whole(target, NEW)
    assert os.strerror(number) in str(stop.value.message.values)
    assert target.read_bytes() == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_what_stopped_the_write_is_told_and_not_that_its_rest_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_args: object, **_named: object) -> None:
        raise PermissionError(errno.EACCES, "held by another program")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", held)
        patch.setattr(Path, "unlink", held)
        with pytest.raises(CommandError) as stop:
            write.write_whole(tmp_path / "plan.yaml", NEW)
    assert ("reason", "held by another program") in stop.value.message.values
    assert [path.suffix for path in tmp_path.iterdir()] == [write.SUFFIX]


@unix_only
def test_permissions_of_the_old_file_stay(tmp_path: Path) -> None:
    target = tmp_path / "plan.yaml"
    for mode in (0o600, 0o640, 0o664, 0o755):
        target.write_bytes(OLD)
        target.chmod(mode)
        write.write_whole(target, NEW)
        assert stat.S_IMODE(target.stat().st_mode) == mode


@unix_only
def test_a_new_file_has_the_permissions_that_the_mask_leaves(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write.write_whole(tmp_path / "a", NEW)
    finally:
        assert os.umask(old) == 0o027
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_folders_are_made(tmp_path: Path) -> None:
    write.write_whole(tmp_path / "a" / "b" / "c", NEW)
    assert (tmp_path / "a" / "b" / "c").read_bytes() == NEW


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_only_regular_files_are_replaced(kind: str, tmp_path: Path) -> None:
    target = tmp_path / "a"
    if kind == "folder":
        target.mkdir()
    elif os.name == "nt":
        pytest.skip("not there")
    elif kind == "link":
        target.symlink_to(tmp_path / "nowhere")
    else:
        os.mkfifo(target)
    with pytest.raises(CommandError):
        write.write_whole(target, NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_that_is_there_is_never_made_anew(tmp_path: Path) -> None:
    write.write_new(tmp_path / "a", b"x")
    with pytest.raises(CommandError):
        write.write_new(tmp_path / "a", b"y")
    assert (tmp_path / "a").read_bytes() == b"x"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("has_links", [True, False])
@pytest.mark.parametrize("before", [None, b"x"], ids=["a new file", "a file that is there"])
def test_what_another_program_writes_meanwhile_is_kept(
    before: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_links: bool
) -> None:
    target = tmp_path / "a"
    if before is not None:
        target.write_bytes(before)
    with_links = os.link
    opened = os.open

    def late(*given: object, **named: object) -> None:
        target.write_bytes(b"theirs")
        if not has_links:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))
        with_links(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(write.os, "link", late)
    if before is not None:
        target.write_bytes(b"theirs")
    with pytest.raises(CommandError) as stop:
        write.replace_unchanged(target, before, NEW)
    assert "changed by another program" in stop.value.message.template
    assert target.read_bytes() == b"theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert os.open is opened


def test_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(write.os, "link", fail)
    write.write_new(tmp_path / "a", NEW)
    assert (tmp_path / "a").read_bytes() == NEW
    with pytest.raises(CommandError):
        write.write_new(tmp_path / "a", OLD)


@pytest.mark.parametrize("name", ["x" * 300, "a/" + "y" * 300 + "/z"])
def test_a_name_that_no_disk_can_hold_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError) as stop:
        write.write_whole(tmp_path / name, NEW)
    assert "can't be written" in stop.value.message.template
