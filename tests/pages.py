"""The pages for users, walked as a reader would: every command runs, what is shown below it is compared.

A fenced block without a language, or with `sh` or `console`, holds commands. In a `console` block they stand behind
`$ `, and the lines below them are what they print; `…` there stands for what is left out: lines, or words of a line.
A comment behind a command such as `# exit code 1` names the exit code that it has if it is not 0. A block that can't
run in a test says why. These comments of the markdown guide the walk:

    <!-- workspace: demo, 2026-11-21 -->       from here on in a fresh folder (`READY`), on that day
    <!-- folder: my-plans -->                  go to a folder, seen from that of the workspace
    <!-- given: ke-hoach.docx -->              a file that the reader has at hand (`GIVEN`)
    <!-- file: plans/KH-2026.yaml -->          the next block is typed into this file
    <!-- holds: plans/KH-2026.yaml -->         the next block stands in this file by now
    <!-- edit: plans/x.yaml: "old" -> "new" -->   what the reader changes in an editor
    <!-- not run: reason -->                   the next block can't run in a test

Whether a command runs is the same in both languages: on a Vietnamese page, what stands on the English one too is not
run again where nothing is shown any more, nor before if it only looks.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import Pt
from openpyxl import load_workbook

from fixed_clock import stop_clock
from git_repositories import ENVIRONMENT, Made
from importing.papers import PAPERS
from qmsplan.cli.app import run
from shell_program import put_program

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for pattern in ("README*.md", "docs/*.md", "CONTRIBUTING.md", "templates/README*.md", "plans/*.md")
    for path in ROOT.glob(pattern)
)
RUN = ("", "sh", "console")
NEEDS_NETWORK = ("python -m pip", "pipx install", "uv tool install")
"""Beginnings of commands that download: `tools/clean_machine.py` runs them, the tests do not."""
FENCE = re.compile(r"^ *```(\w*)$")
COMMENT = re.compile(r"<!-- (workspace|folder|given|file|holds|edit|not run): (.+) -->")
EDIT = re.compile(r'(\S+): "(.*)" -> "(.*)"')
LOOKS = re.compile(r"qmsplan (?:status|validate|remind|audit|log|diff)\b(?!.*(?:--fix|--write|--output|[>|&]))")
"""A command that leaves all files as they are."""
CODE = re.compile(r"# (?:exit code|mã thoát) (\d+)$")


def _plans(folder: Path) -> Made:
    """The plans of this repository under version control, as a clone has them."""
    shutil.copy(ROOT / "qmsplan.yaml", folder)
    shutil.copytree(ROOT / "plans", folder / "plans")
    return Made(folder)


def demo(folder: Path) -> None:
    """Two commits, the second of which changes a deadline."""
    made = _plans(folder)
    path = folder / "plans" / "tgpl" / "TGPL-KHMT-2026.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace(">98%", ">97%"), "utf-8")
    made.commit("Lập kế hoạch")
    path.write_text(text, "utf-8")
    made.commit("Nâng chỉ tiêu MT03")


def lowered(folder: Path) -> None:
    """The plans as they are; then one with a lower target."""
    made = _plans(folder)
    made.commit("Lập kế hoạch")
    path = folder / "plans" / "tgpl" / "TGPL-KHMT-2026.yaml"
    path.write_text(path.read_text("utf-8").replace(">98%", ">95%"), "utf-8")
    made.commit("Hạ chỉ tiêu MT03")


def signing(folder: Path) -> None:
    """One plan of one objective, not signed yet."""
    shutil.copytree(ROOT / "tests" / "data" / "signing", folder, dirs_exist_ok=True)


def own(folder: Path) -> None:
    """What `qmsplan init` makes."""
    assert run(["init", str(folder)]) == 0


READY: dict[str, Callable[[Path], None]] = {
    "none": lambda _: None,
    "own": own,
    "demo": demo,
    "lowered": lowered,
    "signing": signing,
}
"""Workspaces by their names in the pages."""


def _letter() -> bytes:
    """A plan from `qmsplan render` in which somebody enlarged the line of its number."""
    paper = docx.Document(BytesIO(_rendered()))
    for paragraph in (each for table in paper.tables for cell in table._cells for each in cell.paragraphs):
        if paragraph.text.startswith("Số:"):
            for piece in paragraph.runs:
                piece.font.size = Pt(14)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _rendered() -> bytes:
    before, folder = Path.cwd(), Path("letter")
    folder.mkdir()
    signing(folder)
    os.chdir(folder)
    try:
        assert run(["render", "KHMT-2026"]) == 0
    finally:
        os.chdir(before)
    return (folder / "build" / "KHMT-2026.docx").read_bytes()


def _form(unit: str, row: str, **answers: str) -> bytes:
    """The form of a unit as it comes back, with one row filled in."""
    book = load_workbook(f"build/form/{unit}-2026-Q4.xlsx")
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    (found,) = (cells[0].row for cells in sheet.iter_rows() if str(cells[0].value).startswith(f"readings|{row}|"))
    for column, value in answers.items():
        sheet.cell(found, columns[column]).value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


GIVEN: dict[str, Callable[[], bytes]] = {
    "ke-hoach-2026.docx": PAPERS["text_boxes"],
    "ke-hoach.docx": _letter,
    "NV-2026-Q4.xlsx": lambda: _form("NV", "TGPL-KHMT-2026|MT02", num="161", den="161", evidence="Báo cáo số 150"),
    "HCTH-2026-Q4.xlsx": lambda: _form("HCTH", "TGPL-HCTH-KHMT-2026|MT02", num="12,5", den="16"),
}
"""Files that readers of a page have, by their names."""


class Walk:
    """A page read from top to bottom, while its commands run. `lines` is the page with what they print today."""

    def __init__(
        self, language: str | None, folder: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self.patch, self.capsys = folder, patch, capsys
        self.language = language
        """None in the README, which tells how to choose it."""
        self.root = folder
        self.lines: list[str] = []
        self.wrong: list[str] = []
        self.everything: set[str] = set()
        """The lines of the page in the other language, whose commands run there."""
        self.known: set[str] = set()
        """Those of them that need not run from here on."""
        self.programs = folder / "programs"
        self.programs.mkdir()
        put_program(self.programs)
        patch.setenv("PATH", f"{self.programs}{os.pathsep}{os.environ['PATH']}")
        patch.setenv("PYTHONPATH", str(ROOT / "src"))
        patch.setenv("PASSWORD", "")
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)

    def read(self, text: str, known: str = "") -> str:
        """The page as it should be. `known` is the English one of a Vietnamese page."""
        shown = text[: max(text.rfind("```console"), text.rfind("<!-- holds:")) + 1].count("\n")
        lines = enumerate(text.splitlines())
        before: tuple[str, str] = ("", "")
        self.everything = {bare(other) for other in known.splitlines()}
        self.known = set(filter(LOOKS.match, self.everything))
        for number, line in lines:
            if number > shown:
                self.known = self.everything
            self.lines.append(line)
            if comment := COMMENT.fullmatch(line.strip()):
                before = self._guide(comment[1], comment[2])
            elif fence := FENCE.match(line):
                block = []
                for _, inner in lines:
                    if FENCE.match(inner):
                        break
                    block.append(inner)
                self.lines += self._block(fence[1], block, *before)
                self.lines.append(inner)
                before = ("", "")
        return "\n".join(self.lines) + "\n"

    def _is_over(self) -> bool:
        """Whether nothing that the page does matters any more."""
        return bool(self.known) and self.known is self.everything

    def _guide(self, word: str, value: str) -> tuple[str, str]:
        """Does what a comment asks; what it says of the next block is given back."""
        if word in {"given", "edit"} and self._is_over():
            return "", ""
        if word == "workspace":
            name, _, day = value.partition(", ")
            self.start(name, day)
        elif word == "folder":
            self.patch.chdir(self.root / value)
        elif word == "given":
            self._quietly(lambda: Path(value).write_bytes(GIVEN[value]()))
        elif word == "edit":
            found = EDIT.fullmatch(value)
            assert found, value
            path, old, new = found.groups()
            text = Path(path).read_text("utf-8")
            assert old in text, value
            Path(path).write_text(text.replace(old, new), "utf-8")
        else:
            return word, value
        return "", ""

    def start(self, name: str, day: str = "") -> None:
        """A fresh workspace, and what the clock of its readers shows."""
        self.root = self.folder / f"{len(list(self.folder.iterdir()))}"
        self.root.mkdir()
        if self.language:
            self.patch.setenv("QMSPLAN_LANG", self.language)
        self.patch.chdir(self.root)
        ready = self.folder.parent / f"ready-{self.language}-{name}"  # beside the folders of all pages: made once
        if not ready.exists():
            ready.mkdir()
            self._quietly(lambda: READY[name](ready))
        shutil.copytree(ready, self.root, dirs_exist_ok=True)
        stop_clock(self.patch, datetime.fromisoformat(f"{day or '2026-11-21'}T09:00:00+07:00"))

    def _quietly(self, work: Callable[[], object]) -> None:
        work()
        self.capsys.readouterr()

    def _block(self, language: str, block: list[str], word: str, value: str) -> list[str]:
        """The lines of a block as they should be."""
        text = "\n".join(block) + "\n"
        if word == "file":
            Path(value).parent.mkdir(parents=True, exist_ok=True)
            Path(value).write_text(text, "utf-8")
        elif word == "holds" and text not in Path(value).read_text("utf-8"):
            self.wrong.append(f"{value} does not hold:\n{text}")
        if word or language not in RUN:
            return block
        return self._console(block) if language == "console" else [self._only(line) for line in block]

    def _only(self, line: str) -> str:
        """A command whose output is not shown."""
        if line.strip() and bare(line) not in self.known:
            self._run(line.strip())
        return line

    def _console(self, block: list[str]) -> list[str]:
        found: list[str] = []
        starts = [number for number, line in enumerate(block) if line.startswith("$ ")]
        for start, end in zip(starts, [*starts[1:], len(block)], strict=True):
            shown = block[start + 1 : end]
            gap = [""] if shown[-1:] == [""] and end < len(block) else []
            shown = shown[: len(shown) - len(gap)]
            printed = self._run(block[start][2:]).rstrip("\n").splitlines()
            printed = [line.rstrip() for line in printed]
            found += [block[start], *(shown if alike(shown, printed) else printed), *gap]
        return found

    def _run(self, line: str) -> str:
        """What a command line prints."""
        wanted = CODE.search(line)
        code, printed = self.line(line)
        if code != (int(wanted[1]) if wanted else 0):
            self.wrong.append(f"{line}\nexit code {code}\n{printed[-1500:]}")
        return printed

    def line(self, line: str) -> tuple[int, str]:
        """Runs a command line. Where it holds nothing but qmsplan, `cd` and settings it runs in this process."""
        steps = _steps(line)
        if any(step and not _is_ours(step) for step in steps):
            done = subprocess.run(
                ["bash", "-c", f"set -o pipefail; {line}"], capture_output=True, text=True, check=False
            )
            return done.returncode, done.stdout + done.stderr
        printed, code = "", 0
        for step in steps:
            code = self._step(step)
            seen = self.capsys.readouterr()
            printed += seen.out + seen.err
            if code:
                break
        return code, printed

    def _step(self, step: list[str]) -> int:
        name, *arguments = step or ["cd", "."]
        if " ".join(step).startswith(NEEDS_NETWORK):
            return 0
        if name == "cd":
            self.patch.chdir(arguments[0])
        elif name == "export":
            self.patch.setenv(*arguments[0].split("=", 1))
        else:
            return run([found for typed in arguments for found in _files(typed)])
        return 0


def bare(line: str) -> str:
    """A command without the remark behind it."""
    return re.sub(r" +# .*", "", line.strip())


def _steps(line: str) -> list[list[str]]:
    """The commands that `&&` parts, each in its words; comments are gone."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    steps: list[list[str]] = [[]]
    for word in lexer:
        if word == "&&":
            steps.append([])
        else:
            steps[-1].append(word)
    return steps


def _is_ours(step: list[str]) -> bool:
    known = step[0] in {"qmsplan", "cd", "export"} or " ".join(step).startswith(NEEDS_NETWORK)
    return known and not {"|", ">", ">>", ";"} & set(step)


def _files(typed: str) -> list[str]:
    """What a shell makes of `*.xlsx`."""
    return (sorted(map(str, Path().glob(typed))) or [typed]) if "*" in typed else [typed]


def alike(shown: list[str], printed: list[str]) -> bool:
    """Whether a page shows what was printed: `…` stands for any lines, or within a line for any words."""
    pattern = "\n".join(
        r"(?:.*\n)*?.*" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) for line in shown
    )
    return re.fullmatch(pattern, "\n".join(printed)) is not None


def language_of(page: Path) -> str | None:
    """What a reader of a page has chosen. The README tells how to choose; all other pages follow it."""
    if page.name.startswith("README"):
        return None
    return "vi" if page.name.endswith(".vi.md") else "en"
