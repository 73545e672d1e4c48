"""Goes through the README, the tour, `pipx` and `uv tool install` on a machine that has Python and nothing of ours.

    python tools/clean_machine.py                  a fresh Debian root, made by debootstrap (needs root and the network)
    python tools/clean_machine.py --home           no root: a new home folder and an emptied environment on this system
    python tools/clean_machine.py --skip-tests     all but the README's second command, which runs the whole suite
    python tools/clean_machine.py --copy /etc/ssl/certs/ca-certificates.crt
                                                   what this network's pip has to know, put there too

What runs are the commands of the pages themselves, in their order, each held to the exit code that the page names. The
output goes to stdout; the exit code is 0 if every command did what its page says. The Debian root has only the packages
that `PACKAGES` names: no LibreOffice, without which the suite must pass. It is made from the archive that this
system uses, and removed at the end. The tour is about the plan of the year 2026 and its third quarter: in another year
its names differ from those that `init` gives.
"""  # noqa: INP001

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
PACKAGES = "python3,python3-venv,git,ca-certificates"
PASSED_ON = re.compile(r"PIP_\w+|https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY|SSL_CERT_\w+")
"""Variables of this machine that say how the network is reached."""
MOUNTS = """\
mount -t proc proc "$1/proc"
mount -t devpts devpts "$1/dev/pts" -o newinstance,ptmxmode=0666
mount -t tmpfs shm "$1/dev/shm" -o mode=1777
shift
exec "$@"
"""
"""What every machine that runs has and a root by debootstrap lacks, in a namespace that ends with the walk."""
FENCE = re.compile(r"```(|sh|console)\n((?s:.*?))```|<!-- edit: (\S+): \"(.*)\" -> \"(.*)\" -->")
CODE = re.compile(r" +# exit code (\d+)$")
START = """\
set -eu
cd "$HOME"
expect() {
  code=0
  echo "$ $2"
  eval "$2" || code=$?
  [ "$code" = "$1" ] || { echo "exit code $code, not $1"; exit 1; }
}
change() {
  python3 -c 'import pathlib,sys; path,old,new=sys.argv[1:]; file=pathlib.Path(path); text=file.read_text("utf-8"); \
assert old in text; file.write_text(text.replace(old, new), "utf-8")' "$@"
}
"""


def section(page: str, *headings: str) -> str:
    """The text of a page below some of its headings, or the whole page."""
    text = (HERE / page).read_text("utf-8")
    parts = {part.partition("\n")[0]: part for part in text.split("\n## ")}
    return "\n".join(parts[heading] for heading in headings) if headings else text


def commands(text: str) -> list[str]:
    """What a reader does: the commands of the blocks and the changes in an editor, as lines of a shell script."""
    found = []
    for language, block, *edit in FENCE.findall(text):
        if edit[0]:
            found.append(shlex.join(["change", *edit]))
        for line in block.splitlines():
            typed = line.removeprefix("$ ") if language == "console" else line
            if typed and (language != "console" or line.startswith("$ ")):
                code = CODE.search(typed)
                plain = CODE.sub("", typed) if code else typed
                found.append(f"expect {code[1] if code else 0} {shlex.quote(plain)}")
    return found


def walk(*, tests: bool) -> str:
    """The whole way as a shell script. It starts in a home folder that holds the clone `qmsplan`."""
    own = section("README.md", "Start your own").partition("\n### ")[0]
    lines = [
        "echo '== README: try it'",
        "python3 -m venv user && . user/bin/activate",
        "cd qmsplan",
        *commands(section("README.md", "Try it")),
        "echo '== README: start your own'",
        *commands(own),
        "echo '== the tour'",
        'mkdir "$HOME/tour" && cd "$HOME/tour"',
        *commands(section("docs/tour.md")),
        "deactivate",
        "echo '== pipx, from the wheel'",
        'cd "$HOME" && python3 -m venv tools',
        "tools/bin/python -m pip install --quiet build pipx",
        "tools/bin/python -m build --wheel --outdir dist qmsplan >/dev/null",
        "expect 0 'tools/bin/pipx install dist/qmsplan-*.whl'",
        'PATH="$HOME/.local/bin:$PATH"',
        "expect 0 'qmsplan --version'",
        "expect 0 'qmsplan init by-pipx && cd by-pipx && qmsplan validate && qmsplan render'",
        "expect 0 'qmsplan --lang vi status'",
        "cd \"$HOME\" && expect 0 'tools/bin/pipx uninstall qmsplan'",
        "echo '== uv, from the wheel'",
        "tools/bin/python -m pip install --quiet uv && export UV_PYTHON_DOWNLOADS=never",
        "expect 0 'tools/bin/uv tool install dist/qmsplan-*.whl'",
        "expect 0 'qmsplan --version'",
        "expect 0 'qmsplan init by-uv && cd by-uv && qmsplan validate && qmsplan render'",
        "cd \"$HOME\" && expect 0 'tools/bin/uv tool uninstall qmsplan'",
    ]
    if tests:
        lines += [
            "echo '== README: the second command'",
            'cd "$HOME" && python3 -m venv developer && . developer/bin/activate && cd qmsplan',
            *commands(section("README.md", "Develop")),
        ]
    return START + "\n".join(lines) + "\necho '== all of it went as the pages say'\n"


def archive() -> tuple[str, str]:
    """The suite and the address of the Debian archive that this system uses."""
    told = subprocess.run(["apt-cache", "policy"], capture_output=True, text=True, check=True).stdout
    address = re.search(r"\d+ (https?://\S+/debian) ", told)
    suite = re.search(r"VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text("utf-8"))
    if not address or not suite:
        sys.exit("this system does not say which Debian archive it uses; --home needs none")
    return suite[1], address[1]


def in_root(script: str, clone: Path, copies: list[str]) -> int:
    """Runs the script in a fresh Debian root."""
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        sys.exit("a fresh root needs debootstrap and the rights of root; --home needs neither")
    suite, address = archive()
    root = Path(tempfile.mkdtemp(prefix="clean-machine-"))
    root.chmod(0o755)  # the clerk inside is not root
    try:
        made = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", suite, str(root), address]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        home = root / "home" / "clerk"
        home.mkdir()
        shutil.copytree(clone, home / "qmsplan", symlinks=True)
        (home / "walk").write_text(script, "utf-8")
        for path in ("/etc/resolv.conf", "/etc/hosts", *copies):
            source, target = Path(path), root / path.lstrip("/")
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True, ignore_dangling_symlinks=True)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target)
        subprocess.run(["chown", "-R", "1000:1000", str(home)], check=True)
        apart = ["unshare", "--mount", "--pid", "--fork", "sh", "-ec", MOUNTS, "sh", str(root)]
        inside = ["chroot", "--userspec=1000:1000", str(root), "/usr/bin/env", "-i", *environment("/home/clerk")]
        return subprocess.run([*apart, *inside, "bash", "/home/clerk/walk"], check=False).returncode
    finally:
        shutil.rmtree(root, ignore_errors=True)


def in_home(script: str, clone: Path) -> int:
    """Runs the script with a new home folder and an empty environment; programs of this system are there."""
    home = Path(tempfile.mkdtemp(prefix="clean-home-"))
    try:
        shutil.copytree(clone, home / "qmsplan", symlinks=True)
        (home / "walk").write_text(script, "utf-8")
        inside = ["env", "-i", *environment(str(home)), "bash", str(home / "walk")]
        return subprocess.run(inside, cwd=home, check=False).returncode
    finally:
        shutil.rmtree(home, ignore_errors=True)


def environment(home: str) -> list[str]:
    """All that the new machine's environment holds."""
    kept = [f"{name}={value}" for name, value in os.environ.items() if PASSED_ON.fullmatch(name)]
    return [f"HOME={home}", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", *kept]


def main() -> int:
    """Makes the machine, goes the way, and tells how it went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", action="store_true", help="no root of its own")
    parser.add_argument("--skip-tests", action="store_true", help="without the README's second command")
    parser.add_argument("--copy", action="append", default=[], metavar="PATH", help="put this into the root as well")
    parser.add_argument("--print", action="store_true", help="print the script and run nothing")
    given = parser.parse_args()
    script = walk(tests=not given.skip_tests)
    if given.print:
        sys.stdout.write(script)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "qmsplan"
        subprocess.run(["git", "clone", "--quiet", str(HERE), str(clone)], check=True)
        sys.stdout.flush()
        return in_home(script, clone) if given.home else in_root(script, clone, given.copy)


if __name__ == "__main__":
    sys.exit(main())
