"""All that goes by in a test, held against a golden file: a test that asserts the one thing it is about tells the whole
value too (`tell`), and what it told stands in `data/told/<room>/<file of the test>.txt`, below the name of the test.

`pytest tests/importing --rewrite` writes it anew; the review is the diff."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
_HEAD = re.compile(r"^=== (.+)\n", re.MULTILINE)
_told: list[str] = []


def tell(text: str) -> None:
    """Adds to what the test that runs has told."""
    _told.append(text.rstrip("\n"))


def forget() -> None:
    """A test begins: nothing is told yet."""
    _told.clear()


def hold(file: Path, test: str, *, rewrite: bool) -> None:
    """Compares what a test has told with what it told when that was last looked at."""
    golden = HERE / "data" / "told" / file.relative_to(HERE).with_suffix(".txt")
    known = sections(golden)
    name = test.encode("unicode_escape").decode()
    said = "\n".join(_told)
    if rewrite and said != known.get(name, ""):
        known[name] = said
        golden.parent.mkdir(parents=True, exist_ok=True)
        source = file.read_text("utf-8")
        kept = {one: text for one, text in known.items() if text and f"def {one.partition('[')[0]}(" in source}
        golden.write_text("".join(f"=== {one}\n{kept[one]}\n" for one in sorted(kept)), "utf-8")
    assert said.splitlines() == known.get(name, "").splitlines()


@cache
def sections(golden: Path) -> dict[str, str]:
    """What stands in a golden file, by the names of its tests."""
    if not golden.is_file():
        return {}
    _, *parts = _HEAD.split(golden.read_text("utf-8"))
    return {name: text.removesuffix("\n") for name, text in zip(parts[::2], parts[1::2], strict=True)}
