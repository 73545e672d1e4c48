"""The small parts of a Word file, each a whole XML text."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.document.docx.markup import escape, paragraph
from qmsplan.document.docx.namespaces import CORE, CUSTOM, DECLARATION, EXTENDED, MAIN, SETTING, USER_PROPERTIES
from qmsplan.document.docx.styles import styles_part
from qmsplan.document.docx.theme import theme_part

if TYPE_CHECKING:
    from datetime import datetime

    from qmsplan.document.profile import Profile

_LONGEST_PROPERTY = 255
_NOTE_MARKS = {-1: "separator", 0: "continuationSeparator"}


class Properties(NamedTuple):
    """What the file says about itself."""

    title: str
    author: str
    stamp: datetime
    custom: tuple[tuple[str, str], ...] = ()
    """Names and values of the file's own properties."""


def parts_of(footnotes: str, profile: Profile, properties: Properties) -> dict[str, str]:
    """The parts beside the main one, by name; that of the footnotes only if there are any."""
    parts = {
        "word/styles.xml": styles_part(profile),
        "word/settings.xml": _settings(profile, footnotes),
        "word/fontTable.xml": _fonts(profile),
        "word/theme.xml": theme_part(profile.font),
        "word/header.xml": _header(),
        "docProps/app.xml": _APPLICATION,
        "docProps/core.xml": _core(properties),
    }
    if properties.custom:
        parts["docProps/custom.xml"] = _custom(properties)
    return parts | ({"word/footnotes.xml": _footnotes(footnotes)} if footnotes else {})


_APPLICATION = f"{DECLARATION}<Properties {EXTENDED}><Application>qmsplan</Application></Properties>"


def _core(properties: Properties) -> str:
    stamp = properties.stamp.astimezone(UTC) if properties.stamp.tzinfo else properties.stamp
    when = f"{stamp:%Y-%m-%dT%H:%M:%SZ}"
    return (
        f"{DECLARATION}<cp:coreProperties {CORE}><dc:title>{escape(properties.title[:_LONGEST_PROPERTY])}</dc:title>"
        f"<dc:creator>{escape(properties.author[:_LONGEST_PROPERTY])}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified></cp:coreProperties>'
    )


def _custom(properties: Properties) -> str:
    """Numbered from 2, as the format wants it: 0 and 1 have meanings of their own."""
    entries = "".join(
        f'<property fmtid="{USER_PROPERTIES}" pid="{number}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.custom, 2)
    )
    return f"{DECLARATION}<Properties {CUSTOM}>{entries}</Properties>"


def _settings(profile: Profile, footnotes: str) -> str:
    marks = "".join(f'<w:footnote w:id="{number}"/>' for number in _NOTE_MARKS)
    return (
        f'{DECLARATION}<w:settings {MAIN}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        + (f"<w:footnotePr>{marks}</w:footnotePr>" if footnotes else "")
        + f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{SETTING}" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{profile.language}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )


def _fonts(profile: Profile) -> str:
    look = (
        '<w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/>'
    )
    return f'{DECLARATION}<w:fonts {MAIN}><w:font w:name="{escape(profile.font)}">{look}</w:font></w:fonts>'


def _header() -> str:
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    return f"{DECLARATION}<w:hdr {MAIN}>{paragraph('page-number', field)}</w:hdr>"


def _footnotes(notes: str) -> str:
    marks = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}">{paragraph("footnote", f"<w:r><w:{kind}/></w:r>")}</w:footnote>'
        for number, kind in _NOTE_MARKS.items()
    )
    return f"{DECLARATION}<w:footnotes {MAIN}>{marks}{notes}</w:footnotes>"
