"""The zip for Windows: what is in it, told from a Python and wheels made here. Running it needs Windows."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tool_files import load_tool

windows_zip = load_tool("windows_zip")


def wheel(name: str, needs: tuple[str, ...] = (), **files: str) -> zipfile.ZipFile:
    """A wheel with a module; `files` are more files by their paths, `__` for a slash."""
    packed = zipfile.ZipFile(io.BytesIO(), "w")
    packed.writestr(f"{name}/__init__.py", "")
    lines = [f"Name: {name}", "Version: 1", *(f"Requires-Dist: {need}" for need in needs)]
    packed.writestr(f"{name}-1.dist-info/METADATA", "\n".join(lines) + "\n\n")
    for path, text in files.items():
        packed.writestr(path.replace("__", "/"), text)
    return packed


def python(search_paths: str = "python313._pth") -> zipfile.ZipFile:
    packed = zipfile.ZipFile(io.BytesIO(), "w")
    packed.writestr("python.exe", "MZ")
    packed.writestr(search_paths, "python313.zip\r\n.\r\n")
    return packed


def test_the_folder_holds_python_libraries_and_a_launcher() -> None:
    needs = ("tzdata; sys_platform == 'win32'", "uvloop; os_name == 'posix'")
    data = {"tzdata-1.data__purelib__a.py": "a", "tzdata-1.data__scripts__b": "b"}
    libraries = {
        "qmsplan-1-py3-none-any.whl": wheel("qmsplan", needs),
        "tzdata-1-py3-none-any.whl": wheel("tzdata", (), **data),
    }
    files = windows_zip.contents(python(), libraries)

    assert {name for name in files if "dist-info" not in name} == {
        "qmsplan/DOC-TRUOC.txt",
        "qmsplan/lib/a.py",
        "qmsplan/lib/qmsplan/__init__.py",
        "qmsplan/lib/tzdata/__init__.py",
        "qmsplan/python/python.exe",
        "qmsplan/python/python313._pth",
        "qmsplan/qmsplan.cmd",
    }
    assert files["qmsplan/python/python313._pth"] == b"python313.zip\r\n.\r\n..\\lib\r\n"
    launcher = files["qmsplan/qmsplan.cmd"].decode("ascii").splitlines()
    assert launcher[-1] == r'"%~dp0python\python.exe" -m qmsplan %*'
    assert "giải nén" in files["qmsplan/DOC-TRUOC.txt"].decode("utf-8-sig").lower()


def test_a_library_without_a_wheel_is_named() -> None:
    with pytest.raises(ValueError, match=r"no wheel for tzdata$"):
        windows_zip.contents(python(), {"qmsplan-1.whl": wheel("qmsplan", ("tzdata; sys_platform == 'win32'",))})


def test_the_language_server_is_not_left_out() -> None:
    with pytest.raises(ValueError, match=r"no wheel for pygls$"):
        windows_zip.contents(python(), {"qmsplan-1.whl": wheel("qmsplan", ("pygls; extra == 'lsp'",))})


def test_a_python_that_is_not_embeddable_is_refused() -> None:
    with pytest.raises(ValueError, match=r"python3NN\._pth"):
        windows_zip.python_version(python("python.cfg"))


def test_the_same_files_make_the_same_zip(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        windows_zip.pack({"b": b"2", "a": b"1"}, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
