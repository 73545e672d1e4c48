"""What a Word file shows besides its text, or lays over it: drawings, pictures, comments, text that Word fetches from
elsewhere. And settings of letters, paragraphs, tables and pages that may change what is seen on paper, and that the
reader does not work out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeAlias

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from qmsplan.word.lines import EMUS, LINE_SHAPES, flat_length, is_vml_line
from qmsplan.word.looks import WORD_NAMES, brightness, flag_of, length, value_of, whole
from qmsplan.word.package import related_parts

Besides: TypeAlias = Literal[
    "line",
    "drawing",
    "picture",
    "object",
    "placed",
    "squeezed",
    "turned",
    "hidden",
    "change",
    "comment",
    "bound",
    "font",
    "note",
]
"""A kind of what is shown besides text. `placed` are paragraphs and tables that may lie over others, `bound` is content
that Word takes from data of the file, `font` one that brings its own shapes of letters, `turned` text from right to
left, `note` the mark of a note, `hidden` letters of a list or of a part of a table that its style hides."""

_MICROSOFT = "http://schemas.microsoft.com/office/"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_KNOWN = (
    *(f"{_MICROSOFT}word/20", f"{_MICROSOFT}drawing/20", f"{_MICROSOFT}mac/", "http://schemas.openxmlformats.org/"),
    *("http://purl.oclc.org/ooxml/", "urn:schemas-microsoft-com:", f"{_MICROSOFT}"),
)
"""What the names of elements start with that Word and LibreOffice know. `mc:Choice` needs one of the first four."""
_WORD: dict[str, Besides] = {name: kind for kind, names in WORD_NAMES["besides"].items() for name in names.split()}
_PALE, _TINY = 195, 8
"""Brightness (0-255) above which letters are not seen on paper, and half points of a size below which they are not."""
_DARK = 100
"""Brightness of cells below which black letters are not read."""
_THICKEST = 6.0
"""Points: a line that is thicker may cover letters."""
_SHAPES = frozenset(WORD_NAMES["shapes"].split())
"""Elements of old drawings that show something."""
_LOOK, _VALUE = qn("w:rPr"), qn("w:val")


class _Name(NamedTuple):
    """An element's namespace, its name in it, and whether Word knows it."""

    space: str
    kind: str
    is_known: bool


@lru_cache(maxsize=2_000)  # most of a file has few names
def _name(tag: str) -> _Name:
    space, _, kind = tag[1:].rpartition("}")
    return _Name(space, kind, not space or space.startswith(_KNOWN))


def is_other_form(element: Any) -> bool:
    """Whether Word passes over an element: another form of what it shows already, or one for a program that knows
    more."""
    space, kind, is_known = _name(element.tag)
    if f"{{{space}}}" != _MC:
        return not is_known
    if kind not in {"Choice", "Fallback"}:
        return False
    choices = [child for child in element.getparent() if child.tag == f"{_MC}Choice"]
    chosen = next((choice for choice in choices if _is_known(choice)), None)
    return element is not chosen if kind == "Choice" else chosen is not None


def _is_known(choice: Any) -> bool:
    """Whether Word knows all the names that a choice is for."""
    names = choice.get("Requires", "").split()
    return all((choice.nsmap.get(name) or "").startswith(_KNOWN[:4]) for name in names)


def shown_besides(document: Document, roots: Iterable[Any]) -> Counter[Besides]:
    """How much a file shows besides its text. `roots` are its text, notes, headers and footers; of the other parts the
    used styles, lists and fonts are looked at."""
    roots = list(roots)
    parts = related_parts(document.part, RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.FONT_TABLE)
    found: Counter[Besides] = Counter()
    others = [etree.fromstring(part.blob) for part in parts]
    for root in (*roots, *others, *_used_styles(document, roots)):
        walker = etree.iterwalk(root, events=("start",))
        for _, element in walker:
            if not isinstance(element.tag, str):
                continue
            kind = _kind(element)
            if kind:
                found[kind] += 1
            if kind in {"line", "drawing", "picture", "object"} or is_other_form(element):
                walker.skip_subtree()
    return found


def _kind(element: Any) -> Besides | None:
    """What an element shows besides text; None if it shows nothing, or text."""
    space, name, is_known = _name(element.tag)
    if is_other_form(element):  # a program may be told to show what is in an element that it does not know
        return "object" if not is_known and element.find(".//{*}t") is not None else None
    if space.endswith(("wordprocessingml/main", "wordprocessingml/2006/main")):
        return _of_word(element, name)
    if space.endswith("wordprocessingDrawing") and name in {"inline", "anchor"}:
        return _drawing(element)
    return _old_drawing(element, name) if space.endswith(":vml") and name in _SHAPES else None


def _of_word(element: Any, name: str) -> Besides | None:
    if name in {"lvl", "tblStylePr"}:
        return "hidden" if _hides(element.find(_LOOK)) or _is_dark(element.find(qn("w:tcPr"))) else None
    is_off = element.get(_VALUE) in {"0", "false", "off", "ltr"}
    return None if is_off else _WORD.get(name)


def _old_drawing(element: Any, name: str) -> Besides:
    if is_vml_line(element):
        told = element.get("strokeweight", "1pt")
        return "line" if (length(told if told[-1:].isalpha() else f"{told}pt") or 0) <= _THICKEST else "drawing"
    return "picture" if name == "image" or element.find("{*}imagedata") is not None else "drawing"


def _hides(properties: Any) -> bool:
    """Whether letters that look so are not seen on paper."""
    color = value_of(properties, "color") or ""
    themed = value_of(properties, "color", "themeColor") or ""
    is_white = brightness(color, 0) > _PALE or themed.startswith(("background", "light"))
    return bool(flag_of(properties, "vanish")) or is_white or whole(value_of(properties, "sz"), 20) < _TINY


def _is_dark(properties: Any) -> bool:
    """Whether cells that look so are too dark to read black letters in."""
    shade = properties.find(qn("w:shd")) if properties is not None else None
    if shade is None:
        return False
    named = (shade.get(qn("w:fill"), ""), shade.get(qn("w:color"), ""))
    is_themed = any(shade.get(qn(f"w:{name}"), "").startswith(("text", "dark")) for name in ("themeFill", "themeColor"))
    return is_themed or min(brightness(one, 255) for one in named) < _DARK


def _drawing(element: Any) -> Besides:
    """What a new drawing is."""
    shapes = [one.get("prst") for one in element.iter("{*}prstGeom")]
    content = element.find(".//{*}graphicData")
    kind = (content.get("uri") or "").rpartition("/")[2] if content is not None else ""
    strokes = [whole(one.get("w")) / EMUS for one in element.iter("{*}ln")]
    if max(strokes, default=0) <= _THICKEST and (flat_length(element) or (shapes and set(shapes) <= LINE_SHAPES)):
        return "line"
    return "picture" if kind == "picture" else "drawing" if "word" in kind else "object"


_CHANGES: tuple[str, ...] = tuple(WORD_NAMES["changes"].split())
_HARMLESS = {parent: frozenset((*names.split(), *_CHANGES)) for parent, names in WORD_NAMES["harmless"].items()}
"""What may stand in each kind of settings without changing what is seen, or is worked out elsewhere."""
_SETTINGS = frozenset(WORD_NAMES["settings"].split())
"""Settings of a whole file that print it otherwise than its text says."""
_FARTHEST = 30.0
"""Points of a cell's own margin, or between cells, beyond which it pushes text away."""
_NARROWEST = 8.0
"""Points of a column that has no room for letters. Some programs go by it, others by the widths of its cells."""
_MOST_LETTERS = 1000
"""Hundredths of a letter of an indent that is told in letters."""


def unknown_properties(document: Document, roots: Iterable[Any]) -> Counter[str]:
    """How often a file has each setting that may change what is seen: `{"outline": 2}`. `roots` are its text, notes,
    headers and footers; of its styles those that they use are looked at. A view of changes and the sign to show the
    page's colour do nothing in a file without changes and colour."""
    roots = list(roots)
    found = Counter(name for root in (*roots, *_used_styles(document, roots)) for name in _in(root))
    settings = (one for one in document.settings.element if isinstance(one.tag, str))
    names = [one.tag.rpartition("}")[2] for one in settings if one.get(qn("w:val")) not in {"0", "false", "off"}]
    idle = set() if found["background"] else {"displayBackgroundShape"}
    changes = [qn(f"w:{name}") for name in _CHANGES]
    if "revisionView" in names and not any(True for root in roots for _ in root.iter(*changes)):
        idle.add("revisionView")
    return found + Counter(name for name in names if name in _SETTINGS - idle)


def _used_styles(document: Document, roots: Iterable[Any]) -> Iterator[Any]:
    """The styles that text uses, those that these rest on, and what the file says of all text."""
    styles = {one.get(qn("w:styleId")): one for one in document.styles.element.iter(qn("w:style"))}
    names = {
        one.get(qn("w:val")) for root in roots for kind in ("p", "r", "tbl") for one in root.iter(qn(f"w:{kind}Style"))
    }
    open_names = names | {name for name, one in styles.items() if one.get(qn("w:default")) in {"1", "true", "on"}}
    used: set[str | None] = set()
    while open_names:
        used |= open_names
        chains = {value_of(styles[name], kind) for name in open_names if name in styles for kind in ("basedOn", "link")}
        open_names = chains - used
    yield from (styles[name] for name in used if name in styles)
    yield from document.styles.element.iter(qn("w:docDefaults"))


def _in(root: Any) -> Iterator[str]:
    """The names of the settings in an element and all below it that are not known to be harmless."""
    for element in root.iter(*(qn(f"w:{name}") for name in (*_HARMLESS, "background"))):
        parent = element.tag.rpartition("}")[2]
        if parent == "background":
            yield from () if _is_white(element) else (parent,)
        else:
            yield from (one.tag.rpartition("}")[2] for one in element if _may_harm(one, _HARMLESS[parent]))


def _may_harm(setting: Any, harmless: Container[str]) -> bool:
    if not isinstance(setting.tag, str) or not _is_on(setting):
        return False
    name = setting.tag.rpartition("}")[2]
    return name not in harmless or (name in _JUDGED and _JUDGED[name](setting))


def _is_on(element: Any) -> bool:
    return element.get(qn("w:val")) not in {"0", "false", "off", "none", "nil"}


def _is_white(background: Any) -> bool:
    """Whether the colour of a page is that of paper, and no picture lies on it."""
    told = {name.rpartition("}")[2]: value for name, value in background.attrib.items()}
    return set(told) <= {"color"} and told.get("color", "auto").upper() in {"FFFFFF", "AUTO"} and not len(background)


def _has_wide_margins(element: Any) -> bool:
    told = [element.get(qn("w:w")), *(one.get(qn("w:w")) for one in element)]
    return any(not -1 <= (length(one) or 0) <= _FARTHEST for one in told)


def _is_told_in_letters(element: Any) -> bool:
    named = [value for name, value in element.attrib.items() if name.endswith("Chars")]
    return any(abs(whole(value)) > _MOST_LETTERS for value in named)


_JUDGED: dict[str, Callable[[Any], bool]] = {
    "cols": lambda element: whole(element.get(qn("w:num")), 1) > 1 or len(element) > 1,
    "gridCol": lambda element: (length(element.get(qn("w:w"))) or _NARROWEST) < _NARROWEST,
    "docGrid": lambda element: element.get(qn("w:type"), "default") not in {"default", "lines"},
    "ind": _is_told_in_letters,
    "tabs": lambda element: any(one.get(qn("w:leader"), "none") != "none" for one in element),
    "tblCellMar": _has_wide_margins,
    "tblCellSpacing": _has_wide_margins,
    "tcMar": _has_wide_margins,
    "textDirection": lambda element: element.get(qn("w:val")) not in {"lrTb", "tb", "lrTbV"},
    "trHeight": lambda element: element.get(qn("w:hRule")) == "exact",
}
"""Known settings that change what is seen by some of their values only."""
