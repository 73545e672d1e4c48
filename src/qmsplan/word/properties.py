"""Settings of letters, paragraphs, tables and pages that may change what is seen on paper, and that the reader does not
work out. What it knows, or what changes nothing, stands in the tables here; every other one is told by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from qmsplan.word.looks import length, value_of, whole

_CHANGES = "ins del moveFrom moveTo rPrChange pPrChange sectPrChange tblPrChange tcPrChange trPrChange tblPrExChange"
_TABLE = (
    f"{_CHANGES} cnfStyle tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
)
_KNOWN = {
    parent: frozenset(names.split())
    for parent, names in {
        "rPr": f"{_CHANGES} rStyle rFonts b bCs i iCs caps smallCaps strike dstrike vanish webHidden specVanish color "
        "spacing w kern position sz szCs highlight u shd fitText vertAlign lang noProof cs rtl snapToGrid effect "
        "textFill ligatures numForm numSpacing cntxtAlts",
        "pPr": f"{_CHANGES} pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers "
        "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
        "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textAlignment "
        "outlineLvl divId cnfStyle rPr sectPr textDirection",
        "tcPr": f"{_CHANGES} cnfStyle tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign hideMark cellIns cellDel "
        "textDirection cellMerge headers",
        "trPr": f"{_CHANGES} cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader "
        "tblCellSpacing jc hidden",
        "tblPr": _TABLE,
        "tblGrid": "gridCol tblGridChange",
        "tblPrEx": _TABLE,
        "sectPr": f"{_CHANGES} headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgNumType "
        "cols textDirection formProt vAlign noEndnote titlePg docGrid printerSettings footnoteColumns",
    }.items()
}
"""What may stand in each kind of settings without changing what is seen, or is worked out elsewhere."""
_SETTINGS = frozenset(
    {"linkStyles", "revisionView", "mailMerge", "printFormsData", "printTwoOnOne", "bookFoldPrinting"}
    | {"bookFoldRevPrinting", "displayBackgroundShape", "printPostScriptOverText"}
)
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
    changes = [qn(f"w:{name}") for name in _CHANGES.split()]
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
    for element in root.iter(*(qn(f"w:{name}") for name in (*_KNOWN, "background"))):
        parent = element.tag.rpartition("}")[2]
        if parent == "background":
            if not _is_white(element):
                yield parent
            continue
        for one in element:
            if isinstance(one.tag, str) and _is_on(one):
                name = one.tag.rpartition("}")[2]
                if name not in _KNOWN[parent] or (name in _JUDGED and _JUDGED[name](one)):
                    yield name


def _is_on(element: Any) -> bool:
    return element.get(qn("w:val")) not in {"0", "false", "off", "none", "nil"}


def _is_white(background: Any) -> bool:
    """Whether the colour of a page is that of paper, and no picture lies on it."""
    told = {name.rpartition("}")[2]: value for name, value in background.attrib.items()}
    return set(told) <= {"color"} and told.get("color", "auto").upper() in {"FFFFFF", "AUTO"} and not len(background)


def _is_columns(element: Any) -> bool:
    return whole(element.get(qn("w:num")), 1) > 1 or len(element) > 1


def _has_wide_margins(element: Any) -> bool:
    told = [element.get(qn("w:w")), *(one.get(qn("w:w")) for one in element)]
    return any(not -1 <= (length(one) or 0) <= _FARTHEST for one in told)


def _is_told_in_letters(element: Any) -> bool:
    named = [value for name, value in element.attrib.items() if name.endswith("Chars")]
    return any(abs(whole(value)) > _MOST_LETTERS for value in named)


_JUDGED: dict[str, Callable[[Any], bool]] = {
    "cols": _is_columns,
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
