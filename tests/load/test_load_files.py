"""What is not a readable file of a fair size gives a diagnostic, hangs nothing and leaks nothing."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from loading import HEAD, found_in, found_in_bytes

from qmsplan.load.document import read_content, read_file
from qmsplan.load.files import LARGEST, File
from qmsplan.load.workspace import gather, key_of
from qmsplan.model.settings import Settings

DESCRIPTORS = Path("/proc/self/fd")
UNREADABLE = ["1:1 QP001"]


def make_missing(path: Path) -> None:
    """Nothing is there."""


def make_folder(path: Path) -> None:
    path.mkdir()


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(path))


def make_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def make_dangling_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


def make_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def make_link_to_folder(path: Path) -> None:
    path.symlink_to(path.parent)


posix = pytest.mark.skipif(os.name != "posix", reason="pipes, devices and links are POSIX's")
MAKERS = [
    make_missing,
    make_folder,
    *(
        pytest.param(make, marks=posix)
        for make in (make_pipe, make_socket, make_device, make_dangling_link, make_link_to_itself, make_link_to_folder)
    ),
]


@pytest.mark.parametrize("make", MAKERS)
def test_what_is_no_regular_file_is_told(make: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.yaml"
    make(path)  # type: ignore[operator]
    assert found_in(path) == UNREADABLE
    assert key_of(File(path, "")) is None


def test_a_name_too_long_for_a_disk_is_told(tmp_path: Path) -> None:
    assert found_in(tmp_path / ("Đạt" * 90)) == UNREADABLE


def test_a_file_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(HEAD, "utf-8")
    assert found_in(tmp_path / "plan.yaml" / "plan.yaml") == UNREADABLE


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(HEAD, "utf-8")
    path.chmod(0)
    assert found_in(path) == UNREADABLE


@pytest.mark.skipif(not DESCRIPTORS.is_dir(), reason="counts descriptors where Linux lists them")
@pytest.mark.parametrize("make", MAKERS)
def test_no_descriptor_stays_open(make: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.yaml"
    make(path)  # type: ignore[operator]
    before = len(list(DESCRIPTORS.iterdir()))
    for _ in range(3):
        read_file(path, path.name)
    assert len(list(DESCRIPTORS.iterdir())) == before


@posix
def test_a_link_to_a_plan_is_read(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(HEAD, "utf-8")
    (tmp_path / "link.yaml").symlink_to("plan.yaml")
    assert found_in(tmp_path / "link.yaml") == []
    assert key_of(File(tmp_path / "link.yaml", "")) == "KH"


def test_a_file_of_the_largest_size_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    filled = HEAD.encode() + b"# " + b"x" * LARGEST
    assert found_in_bytes(tmp_path, filled[:LARGEST]) == []
    assert found_in_bytes(tmp_path, filled[: LARGEST + 1]) == ["1:1 QP007"]


def test_the_name_of_a_file_is_the_one_that_was_given(tmp_path: Path) -> None:
    (diagnostic,) = read_file(tmp_path / "plan.yaml", "plans/tên khác.yaml").diagnostics
    assert diagnostic.file == "plans/tên khác.yaml"
    assert str(tmp_path) not in str(diagnostic.message)


def test_content_from_elsewhere_is_held_to_the_same_size() -> None:
    content = b"kind: plan\n" + b"# x\n" * (LARGEST // 4)
    (found,) = read_content(content, "HEAD:plans/a.yaml").diagnostics
    assert (found.file, found.message.template) == ("HEAD:plans/a.yaml", "the file is larger than {size} bytes")
    assert read_content(content[:LARGEST], "a").diagnostics != (found,)


PLAN = b"kind: plan\nid: %s\ntemplate: t\nperiod: 2026\nhead: {type: KH}\n"


def test_documents_from_anywhere_make_a_workspace(tmp_path: Path) -> None:
    progress = b"kind: progress\nplan: A\n"
    texts = {"b": PLAN % b"B", "p": progress, "a": PLAN % b"A", "a2": PLAN % b"A", "x": b"kind: [", "q": progress}
    found = gather((read_content(text, name) for name, text in texts.items()), tmp_path, Settings(kind="workspace"))
    told = [(named.file, [record.file for record in records]) for named, records in found.plans()]
    assert told == [("a", ["p", "q"]), ("b", [])]
    assert {diagnostic.file for diagnostic in found.diagnostics} == {"x"}
