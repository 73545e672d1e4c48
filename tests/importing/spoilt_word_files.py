"""Spoilt Word files and workbooks: seeded mutations, and what must hold of an import of each.

`tests/importing/test_spoilt_files.py` tries a small number; `python tools/fuzz.py --word` as many as there is time
for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from lxml import etree

from importing.more_papers import PAPERS as MORE
from importing.papers import PAPERS
from qmsplan.diagnostics import UserError
from qmsplan.importing.draft import ImportOptions
from qmsplan.importing.importer import Imported, import_file
from qmsplan.load.document import read_content
from qmsplan.phrases.people import Register
from qmsplan.yaml_edit.format import lay_out

MAIN = ("word/document.xml", "word/numbering.xml", "word/styles.xml")
TEXTS = [
    "", " ", "*", "^[x]", "a: b", "- ", "'", '"', "#", "\u00ad", "Ð", "\u202e", "x" * 30_000, "١٢", "\u0301",
    "1.", "TT",
    "Tổng cộng", "Nơi nhận:", "KẾ HOẠCH", "Phụ lục", "(Kèm theo Kế hoạch số 1/KH-A)", "~", "null", "2026-13-45",
    "{{ x }}",
]  # fmt: skip


@cache
def corpus() -> tuple[bytes, ...]:
    """The files that are spoilt."""
    return tuple(make() for make in (*PAPERS.values(), *MORE.values()))


def spoilt(chance: Random) -> bytes:
    """A file of the corpus with one to five faults in it."""
    content = chance.choice(corpus())
    if chance.random() < 0.1:
        return _flipped(chance, content)
    parts = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.choice([1, 1, 2, 3, 5])):
        name = chance.choice([name for name in parts if name in MAIN] + [MAIN[0]] * 4)
        parts[name] = _changed(chance, parts[name])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def _flipped(chance: Random, content: bytes) -> bytes:
    found = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found[: chance.choice([len(found), len(found), len(found) // 2])])


def _changed(chance: Random, part: bytes) -> bytes:
    try:
        root = etree.fromstring(part)
    except etree.XMLSyntaxError:
        return part
    elements = [one for one in root.iter() if isinstance(one.tag, str) and one is not root]
    if elements:
        chance.choice(WAYS)(chance, chance.choice(elements), elements)
    return bytes(etree.tostring(root))


def _drop(chance: Random, element: Any, elements: list[Any]) -> None:
    element.getparent().remove(element)


def _double(chance: Random, element: Any, elements: list[Any]) -> None:
    for _ in range(chance.choice([1, 1, 3])):
        element.addnext(etree.fromstring(etree.tostring(element)))


def _move(chance: Random, element: Any, elements: list[Any]) -> None:
    other = chance.choice(elements)
    if other is not element and element not in other.iterancestors():
        other.append(element)


def _retype(chance: Random, element: Any, elements: list[Any]) -> None:
    letters = [one for one in elements if one.tag.endswith("}t")]
    if letters:
        chance.choice(letters).text = chance.choice(TEXTS)


def _number(chance: Random, element: Any, elements: list[Any]) -> None:
    if element.attrib:
        name = chance.choice(sorted(element.attrib))
        element.set(name, chance.choice(["0", "-1", "99999999", "", "x", "1", "restart", "continue"]))


def _wrap(chance: Random, element: Any, elements: list[Any]) -> None:
    parent = element.getparent()
    wrapper = parent.makeelement(element.tag, nsmap=element.nsmap)
    parent.replace(element, wrapper)
    wrapper.append(element)


def _rename(chance: Random, element: Any, elements: list[Any]) -> None:
    element.tag = chance.choice(elements).tag


WAYS: list[Callable[[Random, Any, list[Any]], None]] = [_drop, _double, _move, _retype, _number, _wrap, _rename]


def options() -> ImportOptions:
    """What an import without a workspace takes."""
    return ImportOptions("KH-2026", 2026, Register(), "nd30-2020", Path("/nowhere"))


def faults(content: bytes, ending: str = ".docx") -> Iterator[str]:
    """What is wrong with the import of a file: nothing, for a file that is refused too."""
    try:
        found = import_file(content, ending, options())
    except UserError as refused:
        if refused.hint is None:
            yield f"no hint: {refused.message.template}"
        return
    yield from draft_faults(found)


def draft_faults(found: Imported) -> Iterator[str]:
    """What is wrong with a draft: it must load, be in the canonical layout, and every word be placed or reported."""
    document = read_content(found.text, "plan.yaml")
    if document.value is None:
        yield f"not loaded: {[one.message.template for one in document.diagnostics]}"
    elif document.value != found.plan:
        yield "the text says another plan"
    elif lay_out(found.text, "plan.yaml").content != found.text:
        yield "not in the canonical layout"
    if found.words.placed + found.words.reported != found.words.total:
        yield "words are neither placed nor reported"
