"""What small changes of a paper change in its draft: a few words, cells, rows and lines of each paper made by hand, all
that is different held in `data/told/importing`."""

from __future__ import annotations

import difflib
import io
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from goldens import tell
from importing.more_papers import PAPERS as MORE
from importing.papers import PAPERS
from importing.spoilt_word_files import draft_faults, options
from qmsplan.diagnostics import Translator, UserError
from qmsplan.importing.importer import import_file, report_lines

ALL = {**PAPERS, **MORE}
EACH = 7
"""Changes of a paper that are made at once."""


@cache
def _read(content: bytes) -> list[str]:
    """The lines of a draft with its report; of a paper that is refused, why."""
    try:
        found = import_file(content, ".docx", options())
    except UserError as refused:
        return [Translator("en")(refused.message)]
    assert list(draft_faults(found)) == []
    report = report_lines(found, "paper", Translator("en"), wrote_units=None)
    return "\n".join((found.text.decode(), found.progress.decode(), *report)).splitlines()


def _left_out(one: Any) -> None:
    one.getparent().remove(one)


def _doubled(one: Any) -> None:
    one.addnext(deepcopy(one))


def _one_further(one: Any) -> None:
    if (after := one.getnext()) is not None and after.tag == one.tag:
        after.addnext(one)


def _emptied(one: Any) -> None:
    for letters in one.iter(qn("w:t")):
        letters.text = ""


def _in_capitals(one: Any) -> None:
    for letters in one.iter(qn("w:t")):
        letters.text = (letters.text or "").upper()


def _at_its_last_word(one: Any) -> None:
    for letters in one.iter(qn("w:t")):
        letters.text = (letters.text or "").rpartition(" ")[2]


def _bold(one: Any) -> None:
    for run in one.iter(qn("w:r")):
        look = run.get_or_add_rPr()
        if (bold := look.find(qn("w:b"))) is not None:
            look.remove(bold)
        else:
            look.get_or_add_b()


def _with_an_empty_line_below(one: Any) -> None:
    empty = deepcopy(one)
    _emptied(empty)
    one.addnext(empty)


CHANGES: tuple[Callable[[Any], None], ...] = (
    _left_out,
    _doubled,
    _one_further,
    _emptied,
    _in_capitals,
    _at_its_last_word,
    _bold,
    _with_an_empty_line_below,
)


def _changed(content: bytes, chance: Random) -> bytes:
    document = docx.Document(io.BytesIO(content))
    parts = {name: list(document.element.body.iter(qn(f"w:{name}"))) for name in ("p", "tr")}
    for _ in range(EACH):
        one = chance.choice(parts["tr" if parts["tr"] and chance.random() < 0.4 else "p"])
        change = chance.choice(CHANGES[3:] if one.getparent() is None or one.getparent().tag == qn("w:tc") else CHANGES)
        said = "".join(letters.text or "" for letters in one.iter(qn("w:t")))
        if one.getparent() is not None and said:
            change(one)
            tell(f"{change.__name__.removeprefix('_').replace('_', ' ')}: {said[:60]}")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _differences(before: list[str], after: list[str]) -> Iterator[str]:
    for line in difflib.unified_diff(before, after, n=0, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield line


@pytest.mark.parametrize("name", ALL)
def test_small_changes(name: str) -> None:
    content = ALL[name]()
    before = _read(content)
    after = _read(_changed(content, Random(f"{name} 0")))
    tell("\n".join(_differences(before, after)))
