"""The zip around the parts: the same input gives the same bytes, on any day and system."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from qmsplan.document.docx.namespaces import (
    CONTENT_TYPES,
    CORE_RELATION,
    DECLARATION,
    PACKAGE_TYPE,
    RELATIONSHIPS,
    relation,
    word_type,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_STAMP = (1980, 1, 1, 0, 0, 0)
_RELATED = ("styles", "settings", "fontTable", "theme", "header", "footnotes")
_NUMBERS = {kind: f"rId{number}" for number, kind in enumerate(_RELATED, 1)}
HEADER_ID = _NUMBERS["header"]
_OUTER = (
    ("rId1", relation("officeDocument"), "word/document.xml"),
    ("rId2", CORE_RELATION, "docProps/core.xml"),
    ("rId3", relation("extended-properties"), "docProps/app.xml"),
    ("rId4", relation("custom-properties"), "docProps/custom.xml"),
)
_TYPES = {
    "word/document.xml": word_type("document.main"),
    **{f"word/{kind}.xml": word_type(kind) for kind in _NUMBERS},
    "word/theme.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "docProps/core.xml": f"{PACKAGE_TYPE}.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}


DOCUMENT = "word/document.xml"


def pack(document: Sequence[bytes], parts: dict[str, str]) -> bytes:
    """The file's bytes, with the relations and types of the parts that are there. The main part comes in pieces: of a
    report on a province it has tens of megabytes, which are never in one place."""
    parts = {DOCUMENT: "", **parts}
    related = {
        "_rels/.rels": _relations((number, kind, name) for number, kind, name in _OUTER if name in parts),
        "word/_rels/document.xml.rels": _relations(
            (number, relation(kind), f"{kind}.xml") for kind, number in _NUMBERS.items() if f"word/{kind}.xml" in parts
        ),
    }
    texts = {"[Content_Types].xml": _content_types(parts), **related, **parts}
    return _zip({name: document if name == DOCUMENT else (text.encode(),) for name, text in texts.items()})


def _zip(parts: dict[str, Sequence[bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, pieces in parts.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            entry.file_size = sum(map(len, pieces))
            with archive.open(entry, "w") as file:
                for piece in pieces:
                    file.write(piece)
    return buffer.getvalue()


def _relations(entries: Iterable[tuple[str, str, str]]) -> str:
    inner = (f'<Relationship Id="{number}" Type="{kind}" Target="{target}"/>' for number, kind, target in entries)
    return f"{DECLARATION}<Relationships {RELATIONSHIPS}>{''.join(inner)}</Relationships>"


def _content_types(parts: dict[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items() if name in parts
    )
    return (
        f"{DECLARATION}<Types {CONTENT_TYPES}>"
        f'<Default Extension="rels" ContentType="{PACKAGE_TYPE}.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
