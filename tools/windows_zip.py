"""A folder for Windows that runs qmsplan without installing anything, packed as a zip file.

    python tools/windows_zip.py --python python-3.13.1-embed-amd64.zip

The embeddable Python is downloaded from python.org by whoever makes the zip (it is not ours to pass on unseen). The
wheels for that Python on 64-bit Windows are fetched by pip, and qmsplan's own is built from this checkout. In the zip:

    qmsplan/qmsplan.cmd      starts the program, from cmd.exe and from PowerShell
    qmsplan/python/          the embeddable Python, as it came, with ../lib on its path
    qmsplan/lib/             qmsplan and the libraries it needs, those of its language server too
    qmsplan/DOC-TRUOC.txt    how to use it, in Vietnamese and English

Tested here: what is in the zip. It was run under Wine, not on Windows itself (docs/install.md says how far)."""  # noqa: INP001

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
TOP = "qmsplan"
PLATFORM = "win_amd64"
EXTRA = "lsp"
"""The extra that editors need: who has this zip can install nothing beside it."""
LAUNCHER = """\
@echo off
setlocal
set PYTHONUTF8=1
"%~dp0python\\python.exe" -m qmsplan %*
"""
README = """\
qmsplan cho Windows, không cần cài đặt
======================================
1. Giải nén cả thư mục qmsplan, ví dụ vào C:\\qmsplan.
2. Mở cmd hoặc PowerShell rồi gõ:   C:\\qmsplan\\qmsplan.cmd --help
3. Muốn chỉ gõ "qmsplan": thêm C:\\qmsplan vào biến môi trường Path
   (Settings > System > About > Advanced system settings > Environment Variables).
4. Muốn gỡ: xóa thư mục. Ngoài các kế hoạch, qmsplan chỉ ghi tệp khóa trong thư mục %LOCALAPPDATA%\\qmsplan.

qmsplan for Windows, nothing to install
=======================================
1. Unpack the whole folder qmsplan, for example to C:\\qmsplan.
2. Open cmd or PowerShell and type:   C:\\qmsplan\\qmsplan.cmd --help
3. To type just "qmsplan": add C:\\qmsplan to the environment variable Path
   (Settings > System > About > Advanced system settings > Environment Variables).
4. To remove it: delete the folder. Beside plans qmsplan only writes lock files, in the folder %LOCALAPPDATA%\\qmsplan.
"""
_SEARCH_PATHS = re.compile(r"python(3)(\d+)\._pth")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def python_version(embedded: zipfile.ZipFile) -> str:
    """`3.13` of an embeddable Python, by its file of search paths `python313._pth`. ValueError if there is none."""
    for name in embedded.namelist():
        if found := _SEARCH_PATHS.fullmatch(name):
            return f"{found[1]}.{found[2]}"
    raise ValueError(f"{embedded.filename} is no embeddable Python: it has no file python3NN._pth")


def contents(embedded: zipfile.ZipFile, wheels: Mapping[str, zipfile.ZipFile]) -> dict[str, bytes]:
    """All files of the zip by their paths. ValueError if a library that one of them needs is missing."""
    missing = sorted(_missing(wheels, python_version(embedded)))
    if missing:
        raise ValueError(f"no wheel for {', '.join(missing)}")
    files = {
        f"{TOP}/{TOP}.cmd": LAUNCHER.replace("\n", "\r\n").encode("ascii"),
        f"{TOP}/DOC-TRUOC.txt": README.replace("\n", "\r\n").encode("utf-8-sig"),
    }
    for name in embedded.namelist():
        if not name.endswith("/"):
            content = embedded.read(name)
            files[f"{TOP}/python/{name}"] = _with_lib(content) if _SEARCH_PATHS.fullmatch(name) else content
    for wheel in wheels.values():
        for name in wheel.namelist():
            path = _installed(PurePosixPath(name))
            if path and not name.endswith("/"):
                files[f"{TOP}/lib/{path}"] = wheel.read(name)
    return files


def _with_lib(search_paths: bytes) -> bytes:
    """The search paths of an embeddable Python with our libraries behind its own."""
    return search_paths.rstrip() + b"\r\n..\\lib\r\n"


def _installed(path: PurePosixPath) -> PurePosixPath | None:
    """Where a file of a wheel goes; None for scripts and headers. `x.data/purelib/a.py` is `a.py`."""
    if not path.parts[0].endswith(".data"):
        return path
    return PurePosixPath(*path.parts[2:]) if path.parts[1] in {"purelib", "platlib"} else None


def _missing(wheels: Mapping[str, zipfile.ZipFile], version: str) -> Iterator[str]:
    """What wheels need on that Python under Windows and none of them is."""
    windows = {
        **default_environment(),
        "python_version": version,
        "python_full_version": f"{version}.0",
        "sys_platform": "win32",
        "platform_system": "Windows",
        "os_name": "nt",
        "platform_machine": "AMD64",
    }
    present = {canonicalize_name(name.split("-")[0]) for name in wheels}
    for file, wheel in wheels.items():
        extra = EXTRA if file.startswith("qmsplan-") else ""
        about = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        for line in HeaderParser().parsestr(wheel.read(about).decode()).get_all("Requires-Dist", []):
            needed = Requirement(line)
            wanted = needed.marker is None or needed.marker.evaluate({**windows, "extra": extra})
            if wanted and canonicalize_name(needed.name) not in present:
                yield needed.name


def pack(files: Mapping[str, bytes], output: Path) -> None:
    """Writes a zip file; the same files make the same bytes."""
    output.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            packed.writestr(zipfile.ZipInfo(name, _EPOCH), files[name], zipfile.ZIP_DEFLATED)


def fetch_wheels(version: str, folder: Path) -> None:
    """Builds our wheel and has pip fetch those of the libraries, for 64-bit Windows. CalledProcessError if it can't."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(folder), str(ROOT)], check=True)  # noqa: S603  pip, with names of our own
    own = next(folder.glob("qmsplan-*.whl"))
    target = ["--only-binary=:all:", "--platform", PLATFORM, "--python-version", version, "--dest", str(folder)]
    marked = "tzdata"  # pip weighs the markers of requirements for this machine, not for the one it fetches for
    subprocess.run([*pip, "download", *target, f"{own}[{EXTRA}]", marked, "colorama"], check=True)  # noqa: S603


def main() -> None:
    """Reads the command line, writes the zip and prints its name."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--python", type=Path, required=True, help="the embeddable Python, a zip file from python.org")
    parser.add_argument("--output", type=Path, default=ROOT / "dist" / "qmsplan-windows.zip")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(chosen.python) as embedded:
        fetch_wheels(python_version(embedded), Path(folder))
        wheels = {path.name: zipfile.ZipFile(path) for path in sorted(Path(folder).glob("*.whl"))}
        pack(contents(embedded, wheels), chosen.output)
    sys.stdout.write(f"{chosen.output}\n")


if __name__ == "__main__":
    main()
