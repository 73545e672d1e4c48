"""All that goes by in a test, held against a golden file: a test that asserts the one thing it is about tells the whole
value too (`tell`), and what it told stands in `data/told/<room>/<file of the test>.txt`, below the name of the test.

`pytest tests/importing --rewrite` writes it anew; the review is the diff."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from qmsplan.diagnostics import Diagnostic, Span, Translator

HERE = Path(__file__).parent
_HEAD = re.compile(r"^=== (.+)\n", re.MULTILINE)
MOST_TOLD = 1_500
"""Letters that stand in a golden file of what one test tells; of each further text only its first line does, the rest
is held by its digest. Nobody looks through more than that of what goes by on the way."""
_BREAKS = re.compile(r"[\0\v\f\x1c-\x1e\x85\u2028\u2029]")
_NEW_FILE = re.compile(r"\.[a-z0-9_]{8}(?=\.qmstmp)")
_BREAK_IN_JSON = re.compile(r"\n *")
_told: list[str] = []


def tell(text: str) -> None:
    """Adds to what the test that runs has told."""
    assert " object at 0x" not in text, text
    _told.append(_BREAKS.sub("", text).replace("\r", "").replace("\x1b", "␛").rstrip("\n"))


def tell_findings(diagnostics: Iterable[Diagnostic]) -> None:
    """Tells all of each finding: `plan.yaml:5:13-5:17 QP202 warning …; hint …; related …; fix 5:13-5:17 '2026'`."""
    for one in diagnostics:
        said = [f"{one.file}:{_place(one.span)} {one.code} {one.severity.value} {_text(one.message)}"]
        said += [f"hint {_text(one.hint)}"] if one.hint else []
        said += [f"related {other.file}:{_place(other.span)} {_text(other.message)}" for other in one.related]
        edits = ", ".join(f"{_place(span)} {text!r}" for span, text in one.fix.edits) if one.fix else ""
        tell("; ".join([*said, f"{'fix' if one.fix.is_sure else 'guess'} {edits}"] if one.fix else said))


def tell_printed(out: str, err: str, workspace: Path) -> None:
    """Tells what commands have printed."""
    for stream, text in (("", out), ("stderr: ", err)):
        plain = text
        for place, name in ((workspace, "<workspace>"), (HERE.parent, "<house>")):
            if (near := os.path.relpath(place)).startswith("../.."):
                plain = plain.replace(near, name)
            plain = plain.replace(str(place), name)
        plain = _BREAK_IN_JSON.sub(" ", plain) if plain.startswith(("{\n", "[\n")) else plain
        if plain := _NEW_FILE.sub(".new", plain):
            tell(stream + plain)


def facts(value: Any) -> str:
    """`state late, due 2026-03-31, days 4`: the fields of a value that are not as they are by default; of a plan and
    of its items the ids."""
    if hasattr(value, "model_fields"):
        return str(getattr(value, "id", None) or type(value).__name__)
    names = getattr(value, "_fields", None) or getattr(value, "__dataclass_fields__", None)
    if names is None:
        return f"[{'; '.join(map(facts, value))}]" if isinstance(value, (tuple, list)) else str(value)
    code = getattr(value, "code", "")
    told = ((name, getattr(value, name)) for name in names)
    return code or ", ".join(f"{name} {facts(part)}" for name, part in told if part not in (None, "", (), False, 0))


def _place(span: Span) -> str:
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"


_text = Translator("en")


def forget() -> None:
    """A test begins: nothing is told yet."""
    _told.clear()


def hold(file: Path, test: str, *, rewrite: bool) -> None:
    """Compares what a test has told with what it told when that was last looked at."""
    golden = HERE / "data" / "told" / file.relative_to(HERE).with_suffix(".txt")
    known = sections(golden)
    name = test.encode("unicode_escape").decode()
    said = "\n".join(_shown(_told))
    if rewrite and said != known.get(name, ""):
        known[name] = said
        golden.parent.mkdir(parents=True, exist_ok=True)
        source = file.read_text("utf-8")
        kept = {one: text for one, text in known.items() if text and f"def {one.partition('[')[0]}(" in source}
        golden.write_text("".join(f"=== {one}\n{kept[one]}\n" for one in sorted(kept)), "utf-8")
    assert said.splitlines() == known.get(name, "").splitlines()


def _shown(texts: Iterable[str]) -> Iterator[str]:
    """The texts as they stand in a golden file: whole while there is room, then `first line … 20 letters more: 3f…`."""
    room = MOST_TOLD
    for text in texts:
        shown = text[: max(room, min(len(text.partition("\n")[0]), 150))]
        room -= len(shown)
        rest = text[len(shown) :]
        yield f"{shown} … {len(rest)} letters more: {sha256(rest.encode()).hexdigest()[:8]}" if rest else shown


@cache
def sections(golden: Path) -> dict[str, str]:
    """What stands in a golden file, by the names of its tests."""
    if not golden.is_file():
        return {}
    _, *parts = _HEAD.split(golden.read_text("utf-8"))
    return {name: text.removesuffix("\n") for name, text in zip(parts[::2], parts[1::2], strict=True)}
