"""Spoilt files: seeded mutations of the repository's own, and what must hold for each of them.

`tests/test_fuzz.py` tries a fixed number; `python tools/fuzz.py --seconds N` as many as there is time for."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import re
import shutil
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, cast
from unittest import mock

import yaml

from qmsplan.cli.app import run

gc.freeze = lambda: None  # a command freezes what it loaded, as its process ends with it; this process goes on
ROOT = Path(__file__).parents[1]
MARK = "qmsplan.yaml"
PLANS = sorted((ROOT / "plans").rglob("*.yaml"))
SMALL = [path for path in PLANS if "stp" not in path.parts]
CORPUS = [*PLANS, *sorted((ROOT / "templates").glob("*/sample.yaml")), ROOT / MARK]
"""What is spoilt: plans, progress files, samples of templates, settings."""
DRAWN = [*CORPUS, *[path for path in CORPUS if path not in PLANS or path in SMALL] * 2]
"""What is drawn from: more seldom a file of the plan of 1,300 lines, which costs ten times as much as another."""

SIGNS = [
    "- ", "-", "? ", ": ", ":", ", ", "[", "]", "{", "}", "#", " #", " #1", "&a ", "*a", "!x ", "!!int ", "|",
    "|2-", ">", ">-", "'", '"', "%", "%YAML 1.3\n", "@", "`", "---\n", "...\n", "<<: *a\n", "~", "\\", "\\u0000",
    "\\ud800", "\t", "\r", "\r\n", "\n", "\n\n", "\x00", "\x07", "\x1b[31m", "\x85", "\u2028", "\u202e", "\ufeff",
    "\u00d0", "\u0301", "😀", "Đ", "9" * 400, "1e999", "-1", "0x_", ".nan", "2026-13-45", "2026-02-30", "99/99/9999",
    "0000", "NaN%", "100%" * 50, "٠١", "{{ 7*7 }}", "{% x %}", "<w:p>", "]]>", "&amp;", "::error::x",
    "##[command]x", "[/red]", "=1+1", "../../etc/passwd", "CON", "a" * 5_000, "[" * 30, "{a: " * 30, "- " * 30,
    "Quý IX", "hàng tháng, quý, 6 tháng", "giảm 10% so với", ">= 98,5", "%YAML 1.1\n---\n", '"\\e[31m"', '"\\uFFFE"',
    '"\\U00110000"', "!!python/object/apply:os.system [id]", "0o17", "1_000", "8:30", "[98, 5]", ">98%", "= ", "no",
    "null", "\u00ad", "\u200b", "\u2060", "\u200d", "\ufe0f", "\U000e0041", "\u034f", "＜5%", "；=1", "1" * 5_000 + "%",
    "k" * 1_100 + ": x", "a" * 21_000, "2026-Q5", "2026-H1", "0000-Q1", "31/12/9999", "quý 0", "-0", "1/0", "0/0",
    "\u2066", "K\u0303", "\U0001f469\u200d\U0001f692",
]  # fmt: skip

DAY = ["--as-of", "2026-11-21"]
STATUS = ["status", "--format", "json", *DAY]
EXPORT = ["export", "json", "-o", "-", *DAY]
READERS = [
    ["fmt", "--check"], ["render", "--check"], ["status", "--quarter", "III", *DAY], ["remind", *DAY],
    ["report", "2026-Q3", "-o", "report", *DAY], ["audit", "--format", "json", *DAY],
    ["export", "xlsx", "-o", "all.xlsx", *DAY], ["export", "ics", "-o", "-", *DAY],
    ["dashboard", "-o", "page.html", *DAY],
]  # fmt: skip
"""Commands that must end with a code of their own whatever a file holds."""
Lines = list[str]


class Mutant(NamedTuple):
    """A spoilt file: its bytes, the file it was made from, how to make it again, and what `validate` must say of it.

    `passes` is True for another layout of the same, False for a file that must be refused, None if it is not known."""

    content: bytes
    origin: Path
    seed: int
    passes: bool | None = None


def mutant(chance: Random, seed: int) -> Mutant:
    """A file of the corpus with one to four faults in it; of every ten, one that must pass and two that must fail."""
    origin = chance.choice(DRAWN)
    text = origin.read_text("utf-8")
    if seed % 10 == 7:
        while origin not in PLANS and origin.name != MARK:  # samples of templates name units of other agencies
            origin = chance.choice(DRAWN)
        return Mutant(chance.choice(LAYOUTS)(origin.read_text("utf-8")).encode(), origin, seed, passes=True)
    if seed % 10 in {3, 9}:
        return Mutant(chance.choice(FAULTS)(chance, text), origin, seed, passes=False)
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        text = chance.choice(WAYS)(chance, text)
    content = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.15:
        content = _flip(chance, content)
    return Mutant(content[:200_000], origin, seed)


def _flip(chance: Random, content: bytes) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.choice([1, 1, 3])):
        if spoilt:
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def _insert(chance: Random, text: str) -> str:
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(SIGNS) + text[place:]


def _spoil_value(chance: Random, text: str) -> str:
    """One value, kept on its line, becomes something else."""
    values = list(re.finditer(r"(?<=: )\S[^\n]*", text))
    if not values:
        return text
    value = chance.choice(values)
    return text[: value.start()] + chance.choice([*SIGNS, "", "[]", "{}", "null", "[a, b]"]) + text[value.end() :]


def _spoil_key(chance: Random, text: str) -> str:
    keys = list(re.finditer(r"\b[a-z_]+(?=:)", text))
    if not keys:
        return text
    key, other = chance.choice(keys), chance.choice(keys)
    return text[: key.start()] + chance.choice([other[0], key[0] + "s", ""]) + text[key.end() :]


def _cut(chance: Random, text: str) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.choice([1, 3, 20, 400]) :]


def _end_early(chance: Random, text: str) -> str:
    return text[: chance.randrange(len(text) + 1)]


def _on_lines(change: Callable[[Random, Lines], None]) -> Callable[[Random, str], str]:
    def way(chance: Random, text: str) -> str:
        lines = text.split("\n")
        change(chance, lines)
        return "\n".join(lines)

    return way


def _double(chance: Random, lines: Lines) -> None:
    start = chance.randrange(len(lines))
    lines[start:start] = lines[start : start + chance.choice([1, 1, 4, 30])] * chance.choice([1, 1, 5])


def _drop(chance: Random, lines: Lines) -> None:
    start = chance.randrange(len(lines))
    del lines[start : start + chance.choice([1, 1, 4])]


def _swap(chance: Random, lines: Lines) -> None:
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]


def _shift(chance: Random, lines: Lines) -> None:
    start = chance.randrange(len(lines))
    by = chance.choice([-4, -2, -1, 1, 2, 4, 40])
    for number in range(start, min(start + chance.choice([1, 1, 3, 20]), len(lines))):
        lines[number] = " " * by + lines[number] if by > 0 else lines[number][-by:]


def _nest(chance: Random, text: str) -> str:
    depth = chance.choice([3, 19, 25, 300])
    return text + "tasks:\n" + "".join(f"{'  ' * 2 * n}- id: A{n}\n{'  ' * 2 * n}  tasks:\n" for n in range(depth))


def _repeat(chance: Random, text: str) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start : start + chance.choice([10, 100])] * 200 + text[start:]


def _splice(chance: Random, text: str) -> str:
    other = chance.choice(CORPUS).read_text("utf-8")
    return text[: chance.randrange(len(text) + 1)] + other[chance.randrange(len(other)) :]


def _line_ends(chance: Random, text: str) -> str:
    return text.replace("\n", chance.choice(["\r\n", "\r", "\n\n", "\u2028", " \n"]), chance.choice([-1, 1, 5]))


def _compose(chance: Random, text: str) -> str:
    return unicodedata.normalize(chance.choice(["NFD", "NFKD"]), text)


def _mark(chance: Random, text: str) -> str:
    return chance.choice(["\ufeff", "\ufeff\ufeff", "---\n", "%TAG ! x:\n---\n"]) + text


def _graft(chance: Random, text: str) -> str:
    """A part of one file, whatever its kind, takes the place of a part of another."""
    tree, other = _tree(text), _tree(chance.choice(CORPUS).read_text("utf-8"))
    if not tree or isinstance(tree, str):
        return text
    holder, key = chance.choice(list(_places(tree)))
    giver, taken = chance.choice(list(_places(other)))
    holder[key] = giver[taken]
    return yaml.dump(tree, allow_unicode=True, sort_keys=False, width=chance.choice([40, 1_000]))


def _prune(chance: Random, text: str) -> str:
    """A part is gone, or is there twice in its list."""
    tree = _tree(text)
    if not tree or isinstance(tree, str):
        return text
    holder, key = chance.choice(list(_places(tree)))
    if isinstance(holder, list) and chance.random() < 0.5:
        holder.append(holder[key])
    else:
        del holder[key]
    return yaml.dump(tree, allow_unicode=True, sort_keys=False)


def _tree(text: str) -> Any:
    """The values of a text, each scalar as it is typed; None for what is broken already."""
    try:
        return yaml.load(text, yaml.CBaseLoader)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return None


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Each value of a tree as what holds it and its key there."""
    if not isinstance(tree, dict | list):
        return
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield tree, key
        yield from _places(value)


def _spoil_text(chance: Random, text: str, sign: str) -> str:
    """A sign that may stand nowhere, inside of a line."""
    place = chance.choice([match.end() for match in re.finditer(r": \w", text)])
    return text[:place] + sign + text[place:]


LAYOUTS: list[Callable[[str], str]] = [
    lambda text: text.replace("\n", "\r\n"),
    lambda text: "\ufeff" + text,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: "---\n# đầu tệp\n" + text + "...\n",
    lambda text: json.dumps(_tree(text), ensure_ascii=False, indent=1),
    lambda text: yaml.dump(_tree(text), allow_unicode=True, sort_keys=False, default_style='"'),
    lambda text: yaml.dump(_tree(text), allow_unicode=True, sort_keys=True, indent=6),
    lambda text: yaml.dump(_tree(text), allow_unicode=True, sort_keys=False, default_flow_style=True, width=99_999),
]
"""Ways to write the same file."""

FAULTS: list[Callable[[Random, str], bytes]] = [
    *(
        lambda chance, text, sign=sign: _spoil_text(chance, text, sign).encode("utf-8", "surrogatepass")
        for sign in ("\x07", "\x00", "\x1b[0m", "\u202e", "\ufffe", "\x85", "\u200b", "\ud800")
    ),
    lambda chance, text: _spoil_text(chance, text, "\x07").encode().replace(b"\x07", b"\xff"),
    lambda _, text: text.encode("utf-16"),
    lambda _, text: (text + "\nkhong_co_truong_nay: 1\n").encode(),
    lambda _, text: (text + "\n" + re.findall(r"(?m)^\w+:", text)[-1] + " 1\n").encode(),
    lambda _, text: (text + "\n---\nkind: plan\n").encode(),
    lambda _, text: re.sub(r"(?m)^(\w+: )(\w)", r"\1&a \2", text, count=1).encode(),
    lambda _, text: re.sub(r"(?m)^(\w+: )(\w)", r"\1!!str \2", text, count=1).encode(),
    lambda _, text: ("%YAML 1.1\n---\n" + text).encode(),
    lambda _, text: ("[" * 100_000 + text).encode(),
    lambda _, text: (text + "\nnotes: " + "a" * 21_000 + "\n").encode(),
    lambda _, text: re.sub(r"(?m)^(kind|id|plan|units):.*", r"\1: {a: [b]}", text, count=1).encode(),
]
"""Ways to a file that must be refused, whichever it was."""


WAYS: list[Callable[[Random, str], str]] = [
    _insert, _insert, _insert, _spoil_value, _spoil_value, _spoil_value, _spoil_key, _cut, _end_early,
    _on_lines(_double), _on_lines(_drop), _on_lines(_swap), _on_lines(_shift),
    _nest, _repeat, _splice, _line_ends, _compose, _mark, _graft, _graft, _prune,
]  # fmt: skip


class Trial:
    """Workspaces that are tried with one spoilt file after another, each laid out once.

    A file is tried beside the plan it belongs to, that plan's progress files and the plans it names: all others would
    say the same as ever, and cost more than the file. All commands find it among all plans of its agency, and with the
    agency's own templates."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._exports: dict[Path, str] = {}
        self.slowest = (0.0, "")  # CPU seconds of a command since this was last set, and its name

    def faults(self, spoilt: Mutant, *, with_documents: bool) -> Iterator[str]:
        """What the commands got wrong, in words; nothing if all is well. An exception of ours comes through."""
        workspace = self._laid_out(spoilt, kin=with_documents)
        known = spoilt.origin in PLANS or spoilt.origin.name == MARK
        name = spoilt.origin.relative_to(ROOT).as_posix() if known else "plans/mutant.yaml"
        path = workspace / name
        expected = self._exported(workspace) if spoilt.passes else None
        path.write_bytes(spoilt.content)
        try:
            yield from self._validate(workspace, name, spoilt)
            yield from self._ends(workspace, STATUS, {0, 2})
            yield from self._ends(workspace, EXPORT, {0} if spoilt.passes else {0, 2}, expected)
            yield from self._fmt(workspace, name, spoilt.content)
            if with_documents:
                yield from self._with_documents(workspace, name, spoilt)
        finally:
            if known:
                shutil.copy(spoilt.origin, path)
            else:
                path.unlink()

    def _laid_out(self, spoilt: Mutant, *, kin: bool) -> Path:
        """The workspace of a file. Settings and samples belong to any plan, each time to another."""
        origin = spoilt.origin if spoilt.origin in PLANS else SMALL[spoilt.seed % len(SMALL)]
        folder = ROOT.joinpath(*origin.relative_to(ROOT).parts[:2])
        plans = sorted(path.stem for path in folder.glob("*.yaml"))
        own = next(plan for plan in plans if origin.stem.startswith(plan))
        workspace = self.folder / (folder.name if kin else own)
        if not workspace.exists():
            text = (folder / f"{own}.yaml").read_text("utf-8")
            named = plans if kin else [plan for plan in plans if plan in text]

            def others(_folder: str, names: list[str]) -> list[str]:
                return [name for name in names if name.endswith(".yaml") and not name.startswith(tuple(named))]

            shutil.copytree(folder, workspace / "plans" / folder.name, ignore=others)
            if kin:
                shutil.copytree(ROOT / "templates", workspace / "templates")
            shutil.copy(ROOT / MARK, workspace)
        return workspace

    def _exported(self, workspace: Path) -> str:
        """What `export json` says while nothing is spoilt."""
        if workspace not in self._exports:
            self._exports[workspace] = self._run(workspace, EXPORT)[1]
        return self._exports[workspace]

    def _with_documents(self, workspace: Path, name: str, spoilt: Mutant) -> Iterator[str]:
        """All commands, over the file as `fmt` has left it."""
        yield from self._ends(workspace, ["validate", name], {0, 1})
        yield from self._ends(workspace, ["validate", "--fix", "--dry-run", name], {0, 1})
        yield from self._ends(workspace, ["diff", str(spoilt.origin), name], {0, 2})
        for arguments in READERS:
            yield from self._ends(workspace, arguments, {0, 1, 2})

    def _validate(self, workspace: Path, name: str, spoilt: Mutant) -> Iterator[str]:
        code, output = self._run(workspace, ["validate", "--format", "json", name])
        found: list[dict[str, Any]] = json.loads(output)["diagnostics"] if code in {0, 1} else []
        if code not in {0, 1}:
            yield f"validate ends with {code}"
        if spoilt.passes is not None and spoilt.passes != (code == 0):
            yield f"validate ends with {code}: {output[:600]}"
        errors = [entry for entry in found if entry["severity"] == "error"]
        if bool(errors) != (code == 1):
            yield f"validate ends with {code} and {len(errors)} errors"
        yield from (
            f"outside the text: {entry}" for entry in found if not _is_inside(workspace, entry, name, spoilt.content)
        )

    def _fmt(self, workspace: Path, name: str, content: bytes) -> Iterator[str]:
        """The layout is safe, once is enough, and validate says the same about it."""
        code, output = self._run(workspace, ["fmt", name], errors := io.StringIO())
        if "QP902" in errors.getvalue() or code not in {0, 2}:
            yield f"fmt ends with {code}: {errors.getvalue()[:200]}"
        path = workspace / name
        if code == 2 and path.read_bytes() != content:
            yield "fmt has changed a broken file"
        if code == 0 and output:
            again, _ = self._run(workspace, ["fmt", "--check", name])
            if again:
                yield f"fmt is not done after one run: {again}"

    def _ends(
        self, workspace: Path, arguments: list[str], codes: set[int], expected: str | None = None
    ) -> Iterator[str]:
        code, output = self._run(workspace, arguments)
        if expected is not None and output != expected:
            yield f"{arguments[0]} says something else of the same file"
        if code not in codes:
            yield f"{arguments[0]} ends with {code}"
        if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\r(?!\n)", output):
            yield f"{arguments[0]} prints control characters"

    def _run(self, workspace: Path, arguments: list[str], errors: io.StringIO | None = None) -> tuple[int, str]:
        output = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="", write_through=True)
        started = time.process_time()
        with (
            contextlib.chdir(workspace),
            mock.patch.dict(os.environ, {"QMSPLAN_DEBUG": "1"}),  # an exception comes through instead of being told
            contextlib.redirect_stdout(output),
            contextlib.redirect_stderr(errors or output),
        ):
            code = run(["--lang", "en", *arguments])
        self.slowest = max(self.slowest, (time.process_time() - started, arguments[0]))
        return code, cast("io.BytesIO", output.buffer).getvalue().decode()


def _is_inside(workspace: Path, entry: dict[str, Any], name: str, content: bytes) -> bool:
    """Whether a finding and what it relates to lie in the files they name."""
    for place in (entry, *entry["related"]):
        known = content if place["file"] == name else (workspace / place["file"]).read_bytes()
        lines = known.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").split("\n")
        first, last = place["line"], place["end_line"]
        if not 1 <= first <= last <= len(lines):
            return False
        if not (1 <= place["column"] <= len(lines[first - 1]) + 1 and place["end_column"] <= len(lines[last - 1]) + 2):
            return False
    return True
