"""The base document: the Word file with the styles, the page, the header and the footer that all documents are written
into. Ours is `templates/base.docx`; a workspace's own goes before it.

Of a workspace's own file everything is used that makes the look of a document: styles, fonts, theme, page, headers and
footers with their pictures. Its text, settings, macros, comments and properties are left behind, and what it lacks is
taken from ours. Where it departs from the decree is told and printed all the same.

And the file that is made of it: its properties and its zip. python-docx owns the parts; here they get the same bytes on
any day and system, and the long text of a document goes straight into the zip."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import docx
from docx.document import Document
from docx.enum.section import WD_HEADER_FOOTER
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.section import CT_SectPr
from docx.oxml.styles import CT_Style
from lxml import etree

from qmsplan.diagnostics import Message, UserError
from qmsplan.documents.profile import ComponentName, PageFormat, Profile, TextStyle
from qmsplan.documents.template import BASE, LARGEST_BASE, BrokenTemplateError, built_in
from qmsplan.documents.word_table import TABLE_GRID, TABLE_PLAIN
from qmsplan.documents.word_xml import FOOTNOTE_MARK, escape, style_id
from qmsplan.load.files import read_bytes
from qmsplan.model.text import Figures
from qmsplan.word.looks import SINGLE, Looks
from qmsplan.word.package import broken, open_word

_LOOKS = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.THEME, RELATIONSHIP_TYPE.FONT_TABLE)
"""The parts that a workspace's own file puts in the place of ours, beside headers and footers."""
_HEADER = qn("w:headerReference")
_REFERENCES = {_HEADER: RELATIONSHIP_TYPE.HEADER, qn("w:footerReference"): RELATIONSHIP_TYPE.FOOTER}
_USUAL, _FIRST = WD_HEADER_FOOTER.PRIMARY, WD_HEADER_FOOTER.FIRST_PAGE
_FIRST_PICTURE = 100_001
"""The number of the first picture in a header; the shapes of a document are numbered from 1."""
_MARKS = 3
"""Styles with our names that a file made from ours has at least: one alone, `Nội dung`, is anybody's."""
_LEAST_TEXT = 50
"""Millimetres that the margins must leave for text in each direction."""
_LISTED = 4
"""Styles that one sentence names."""


STAMP = datetime(2020, 3, 5, tzinfo=UTC)
"""The time in the properties of files, the same on any day: that of Decree 30/2020/NĐ-CP."""


class BaseDocument(NamedTuple):
    """The Word file that documents are written into.

    `profile` has the numbers of the decree with those of the file in their place, so that lines and columns fit what is
    printed. `ids` has the id of each component's style: `{"heading-1": "Heading1"}`. `departures` are sentences on what
    the decree does not allow. `stamp` is the time that documents name as that of their making."""

    file: str
    content: bytes
    profile: Profile
    ids: Mapping[str, str]
    departures: tuple[Message, ...]
    stamp: datetime = STAMP


def open_base(profile: Profile, workspace_folder: Path | None = None, earlier: bytes | None = None) -> BaseDocument:
    """The workspace's own base document from its folder of templates, else ours. `earlier` is read instead of what
    stands in the folder: the file as a revision has it. BrokenTemplateError if it is no Word file, or one that is not
    safe to use."""
    content = (built_in() / BASE).read_bytes()
    document = docx.Document(io.BytesIO(content))
    path = workspace_folder / BASE if workspace_folder else None
    if path is None or not (earlier or path.exists() or path.is_symlink()):
        return _described(BASE, content, document, profile)
    try:
        _take(document, _opened(earlier or read_bytes(path, LARGEST_BASE)), profile)
        return _described(path.as_posix(), packed(document), document, profile)
    except UserError as error:
        fault = error
    except Exception:  # noqa: BLE001  python-docx raises whatever a broken file makes it stumble over
        fault = broken()
    raise BrokenTemplateError(path.as_posix(), 1, fault.message, fault.hint)


def _opened(content: bytes) -> Document:
    """A workspace's own file. UserError if it is not safe to use, or has macros."""
    document = open_word(content, pictures=True)
    if any(relation.reltype.endswith("/vbaProject") for relation in document.part.rels.values()):
        raise UserError(Message("the Word file has macros"), Message("save it as .docx, which can hold none"))
    return document


# What is taken from a workspace's own file


def _take(document: Document, own: Document, profile: Profile) -> None:
    """Puts the look of a workspace's own file into ours."""
    _complete_styles(document, own, profile)
    for kind in _LOOKS:
        for number in [number for number, relation in document.part.rels.items() if relation.reltype == kind]:
            del document.part.rels[number]
        for relation in own.part.rels.values():
            if relation.reltype == kind:
                document.part.relate_to(relation.target_part, kind)
    document.settings.odd_and_even_pages_header_footer = own.settings.odd_and_even_pages_header_footer
    sections = own.element.sectPr_lst
    if sections:
        _take_page(document.element.body.get_or_add_sectPr(), sections[0])
        _take_headers(document, own, sections[0])
    ids = _Styles(document, profile).ids()
    for kind, style in ((RELATIONSHIP_TYPE.FOOTNOTES, "footnote"), (RELATIONSHIP_TYPE.HEADER, "page-number")):
        parts = (relation.target_part for relation in document.part.rels.values() if relation.reltype == kind)
        ours = (part.element for part in parts if part.package is document.part.package)
        for element in chain.from_iterable(one.iter(qn("w:pStyle")) for one in ours):
            element.set(qn("w:val"), ids[style])
    _refuse_odd_parts(document)


def _complete_styles(document: Document, own: Document, profile: Profile) -> None:
    """Adds our styles that the file lacks. They rest on none of its styles, so they look as ours do."""
    ours, theirs = _Styles(document, profile), _Styles(own, profile)
    defaults = ours.root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    fonts, language = (deepcopy(defaults.find(qn(name))) for name in ("w:rFonts", "w:lang"))
    for key, wanted in ours.wanted.items():
        found = ours.find(key, wanted)
        if found is not None and theirs.find(key, wanted) is None:
            style = deepcopy(found)
            style.basedOn_val = None
            style.attrib.pop(qn("w:default"), None)
            while style.styleId in theirs.by_id:
                style.styleId = f"{style.styleId}0"
            if (wanted.kind, wanted.name.lower()) in theirs.by_name:
                _name_alone(style, wanted.alias)
            if wanted.kind == "paragraph":
                looks = style.get_or_add_rPr()
                looks.insert(0, deepcopy(fonts))
                looks.append(deepcopy(language))
            theirs.root.append(style)


def _name_alone(style: CT_Style, name: str) -> None:
    """Gives a style a name of its own, because the file has one of Word's by the other."""
    style.name_val = name
    style.set(qn("w:customStyle"), "1")
    for aliases in style.findall(qn("w:aliases")):
        style.remove(aliases)


def _take_page(page: CT_SectPr, own: CT_SectPr) -> None:
    """Sheet, margins and border of the page; what the file does not say of them stays ours."""
    for name in ("w:pgSz", "w:pgMar"):
        mine, theirs = page.find(qn(name)), own.find(qn(name))
        for attribute, value in () if mine is None or theirs is None else theirs.items():
            mine.set(attribute, value)
    for border in own.findall(qn("w:pgBorders")):
        page.insert_element_before(deepcopy(border), "w:titlePg")


def _take_headers(document: Document, own: Document, section: CT_SectPr) -> None:
    """Headers and footers. Our header stays if the file has none, and no page number elsewhere.

    Documents hide the number of their first page. If the file has no header or footer of its own for it, what has no
    number stands there too: a logo, an address."""
    page = document.element.body.get_or_add_sectPr()
    has_first = bool(section.titlePg_val)
    found = [reference for reference in section if reference.tag in _REFERENCES]
    taken = [reference for reference in found if has_first or reference.type_ != _FIRST]
    numbered = {reference.rId for reference in taken if _has_page_number(own.part.related_parts[reference.rId])}
    usual = [reference for reference in taken if reference.type_ == _USUAL]
    if any(reference.tag == _HEADER or reference.rId in numbered for reference in usual):
        ours = page.get_headerReference(_USUAL)
        page.remove(ours)
        document.part.drop_rel(ours.rId)
    firsts = {reference.tag for reference in taken if reference.type_ == _FIRST}
    unnumbered = [reference for reference in usual if reference.rId not in numbered]
    for reference in (deepcopy(one) for one in unnumbered if one.tag not in firsts):
        reference.type_ = _FIRST
        taken.append(reference)
    for reference in reversed(taken):
        part, kind = own.part.related_parts[reference.rId], _REFERENCES[reference.tag]
        copy = deepcopy(reference)
        copy.rId = document.part.relate_to(part, kind)
        page.insert(0, copy)
    parts = [own.part.related_parts[number] for number in dict.fromkeys(one.rId for one in taken)]
    pictures = (picture for part in parts for picture in part.element.iter(qn("wp:docPr")))
    for number, picture in enumerate(pictures, _FIRST_PICTURE):  # numbers that no picture of the text has
        picture.set("id", str(number))


def _has_page_number(part: XmlPart) -> bool:
    """Whether a header or footer has the field that shows the number of the page."""
    fields = part.element.xpath("//w:instrText/text() | //w:fldSimple/@w:instr")
    return bool(re.search(r"\bPAGE\b", "".join(fields)))


def _refuse_odd_parts(document: Document) -> None:
    """UserError if what was taken reaches outside the file, or into parts of ours."""
    package = document.part.package
    parts = list(package.iter_parts())
    if len({part.partname.lower() for part in parts}) < len(parts):
        raise broken()
    for part in parts:
        if isinstance(part, XmlPart) and part.element.getroottree().docinfo.doctype:
            raise broken()
        for relation in part.rels.values():
            if relation.is_external and relation.reltype != RELATIONSHIP_TYPE.HYPERLINK:
                message = Message("the Word file shows what is not in it: {target}", target=relation.target_ref)
                raise UserError(message, Message("put the picture or object itself into the file"))


# What a base document says


def _described(file: str, content: bytes, document: Document, profile: Profile) -> BaseDocument:
    """The base document with its own numbers in the place of the profile's."""
    styles = _Styles(document, profile)
    looks = dict(_looks(document, styles, profile))
    page = _page(document, profile.page)
    found = profile._replace(page=page, styles={key: look.style for key, look in looks.items()})
    if min(page.width - page.left - page.right, page.height - page.top - page.bottom) < _LEAST_TEXT:
        raise UserError(Message("the margins leave no room for text"), Message("make them smaller"))
    departures = (*_page_departures(document, page, profile), *_style_departures(looks, profile))
    return BaseDocument(file, content, found, styles.ids(), departures)


class _Look(NamedTuple):
    """How a base document shows a component: its numbers, and the fonts of its letters."""

    style: TextStyle
    fonts: frozenset[str]


class _Wanted(NamedTuple):
    """A style that documents use: its names in Word (the second is one that clerks read beside Word's own) and kind."""

    name: str
    alias: str
    kind: str = "paragraph"

    @property
    def is_own(self) -> bool:
        """Whether no file has such a style but ours and those made from it."""
        return self.kind == "paragraph" and not self.alias


_OTHERS = {
    TABLE_PLAIN: _Wanted("Normal Table", "", "table"),
    TABLE_GRID: _Wanted("Table Grid", "", "table"),
    FOOTNOTE_MARK: _Wanted("footnote reference", "", "character"),
}
"""The styles that are no component's."""


class _Styles:
    """The styles of a file."""

    def __init__(self, document: Document, profile: Profile) -> None:
        self.wanted = {key: _Wanted(style.name, style.alias) for key, style in profile.styles.items()} | _OTHERS
        """The styles that documents use, by component."""
        self.root = document.styles.element
        styles = self.root.findall(qn("w:style"))
        self.by_id = {style.get(qn("w:styleId")): style for style in styles}
        self.by_name = {(style.get(qn("w:type")), (style.name_val or "").lower()): style for style in reversed(styles)}
        own = {(wanted.kind, wanted.name.lower()) for wanted in self.wanted.values() if wanted.is_own}
        self.is_ours = len(own.intersection(self.by_name)) >= _MARKS
        """Whether the file was made from ours. In others, `heading 1` and the like are Word's, which nobody chose."""

    def find(self, key: str, wanted: _Wanted) -> CT_Style | None:
        """The style of a component, by its name, which Word and LibreOffice keep when they save; else by our id for it,
        which stays when somebody gives the style another name."""
        names = (wanted.alias, wanted.name) if self.is_ours or not wanted.alias else (wanted.alias,)
        named = (self.by_name.get((wanted.kind, name.lower())) for name in names)
        style = next((style for style in named if style is not None), None)
        if style is None and self.is_ours:
            style = self.by_id.get(style_id(key))
        return style if style is not None and style.get(qn("w:type")) == wanted.kind else None

    def ids(self) -> dict[str, str]:
        """The id of each component's style, ready for XML."""
        found = {key: self.find(key, wanted) for key, wanted in self.wanted.items()}
        return {key: escape(style.styleId or "") for key, style in found.items() if style is not None}


def _page(document: Document, page: PageFormat) -> PageFormat:
    """The sheet of the document in mm, as it stands in portrait. The binding margin is part of the left one."""
    section = document.sections[0]
    sides = sorted(side.mm for side in (section.page_width, section.page_height) if side)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin, section.gutter)
    top, bottom, left, right, gutter = (abs(margin.mm) if margin else 0.0 for margin in margins)
    return page._replace(width=sides[0], height=sides[1], top=top, bottom=bottom, left=left + gutter, right=right)


def _looks(document: Document, styles: _Styles, profile: Profile) -> Iterator[tuple[str, _Look]]:
    """How the document shows each component."""
    looks = Looks(document)
    for size in document.styles.element.iter(qn("w:sz")):
        int(size.get(qn("w:val")))  # a file in which it is no number is refused
    for key, wanted in profile.styles.items():
        style = styles.find(key, styles.wanted[key])
        letters, lines = looks.of_style(style.styleId if style is not None else None)
        size = max(letters.size, 1)
        line = lines.line if lines.rule == "auto" else lines.line / (size * SINGLE)
        look = wanted._replace(size=size, before=lines.before, after=lines.after, line=line)
        yield key, _Look(look, frozenset({letters.plain_font, letters.font}))


def _page_departures(document: Document, page: PageFormat, profile: Profile) -> Iterator[Message]:
    """What the decree does not allow of the sheet, its margins and its number."""
    wanted, source = profile.page, profile.cited(profile.page.cite)
    if (round(page.width), round(page.height)) != (wanted.width, wanted.height):
        found, size = f"{page.width:.0f} × {page.height:.0f}", f"{wanted.width:g} × {wanted.height:g}"
        yield Message("the page is {found} mm, not {wanted} mm ({source})", found=found, wanted=size, source=source)
    margins = (page.top, page.bottom, page.left, page.right)
    ranges = (wanted.range_top, wanted.range_bottom, wanted.range_left, wanted.range_right)
    if any(not low <= round(margin, 1) <= high for margin, (low, high) in zip(margins, ranges, strict=True)):
        yield Message(
            "the margins (top, bottom, left, right) are {found} mm, not {wanted} mm ({source})",
            found=tuple(round(margin, 1) for margin in margins),
            wanted=tuple(Figures(*one) for one in ranges),
            source=source,
        )
    header = document.element.body.get_or_add_sectPr().get_headerReference(_USUAL)
    if header is None or not _has_page_number(document.part.related_parts[header.rId]):
        yield Message("the header does not show the number of the page ({source})", source=source)


def _style_departures(looks: Mapping[str, _Look], profile: Profile) -> Iterator[Message]:
    """What the decree does not allow of the fonts and the sizes; it says nothing on the sizes of some components."""
    others: dict[str, list[ComponentName]] = {}
    for style, fonts in looks.values():
        for font in sorted(fonts - {profile.font}):
            others.setdefault(font, []).append(style.label)
    for font, names in others.items():
        wanted, source = profile.font, profile.cited(profile.page.cite)
        yield Message(
            "{styles}: the font is {found}, not {wanted} ({source})",
            styles=(*names[:_LISTED], *["…"][: len(names) - _LISTED]),
            found=font,
            wanted=wanted,
            source=source,
        )
    for style, _ in looks.values():
        if style.cite and not style.sizes[0] <= style.size <= style.sizes[1]:
            yield Message(
                "{style}: the size is {found} pt, not {wanted} pt ({source})",
                style=style.label,
                found=Figures(style.size),
                wanted=Figures(*style.sizes),
                source=profile.cited(style.cite),
            )


# The file that is made

_LONGEST_PROPERTY = 255
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_USER_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""What Word files every property under that is not its own."""

_ENTRY_STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of every entry of the zip: the earliest that a zip can hold."""
_DOCUMENT = "word/document.xml"
_FOOTNOTES = "word/footnotes.xml"
_PLACE = "qmsplan"


class Properties(NamedTuple):
    """What the file says about itself; `custom` has names and values of properties that are not Word's own, such as
    `("qmsplan-plan", "TGPL-KHMT-2026")`."""

    title: str
    author: str
    custom: tuple[tuple[str, str], ...] = ()


def set_properties(document: Document, properties: Properties, stamp: datetime) -> None:
    """Writes the properties into a document that has none yet."""
    core = document.core_properties
    core.title, core.author = properties.title[:_LONGEST_PROPERTY], properties.author[:_LONGEST_PROPERTY]
    core.created = core.modified = stamp.astimezone(UTC)
    if properties.custom:
        package = document.part.package
        name, kind = PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES
        package.relate_to(Part(name, kind, _custom(properties).encode(), package), RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _custom(properties: Properties) -> str:
    """The part with the file's own properties, for which python-docx has no words. They are numbered from 2, as the
    format wants it: 0 and 1 have meanings of their own."""
    entries = "".join(
        f'<property fmtid="{_USER_PROPERTIES}" pid="{number}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.custom, 2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">{entries}</Properties>'
    )


def place() -> etree._ProcessingInstruction:
    """Marks where a text goes in that `packed` takes."""
    return etree.ProcessingInstruction(_PLACE)


def packed(document: Document, texts: Iterable[Iterable[str]] = (), footnotes: Iterable[str] = ()) -> bytes:
    """The bytes of a document. Each of `texts` is XML that goes in at a place marked in it, piece by piece: that of a
    report on a province has tens of megabytes, which are never in memory at once. `footnotes` are read after them."""
    plain, result = io.BytesIO(), io.BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(result, "w") as target:
        for name in sorted(source.namelist()):  # [Content_Types].xml is the first, the footnotes follow the document
            entry = zipfile.ZipInfo(name, _ENTRY_STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            with target.open(entry, "w") as file:
                for piece in _pieces(name, source.read(name), texts, footnotes):
                    file.write(piece)
    return result.getvalue()


def _pieces(name: str, content: bytes, texts: Iterable[Iterable[str]], footnotes: Iterable[str]) -> Iterator[bytes]:
    if name == _DOCUMENT:
        for piece, text in zip(content.split(etree.tostring(place())), chain(texts, ((),)), strict=True):
            yield piece
            yield from (block.encode() for block in text)
    elif name == _FOOTNOTES:
        start, end, root = content.rpartition(b"</")
        yield start
        yield from (note.encode() for note in footnotes)
        yield end + root
    else:
        yield content
