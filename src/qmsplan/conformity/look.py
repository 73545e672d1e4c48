"""How a component has to look, held against how it looks: size, weight, slant, capitals, place. One fault each, in
however many paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from qmsplan.conformity.fixes import set_align, set_flags, set_sizes
from qmsplan.conformity.paper import ConformityRule, Paper, PaperFault, is_whole, places_of
from qmsplan.conformity.pieces import DocumentPiece, folded
from qmsplan.diagnostics import Message
from qmsplan.documents.profile import TextStyle
from qmsplan.model.text import Figures

LINED = frozenset({"motto", "issuer", "subject"})
"""Components with a line below them."""
_PLACES = {"center": ("center",), "justify": ("justify",), "left": ("left", "justify"), "right": ("right",)}


def look_rule(code: str, component: str, *, skip: str = "", is_upper: bool = False) -> ConformityRule:
    """The rule that a component looks as its style in the profile; in capitals too, where the profile leaves that to
    who types. `skip` names what is not judged of it: `align bold`."""

    def check(paper: Paper) -> Iterator[PaperFault]:
        wanted = paper.profile.styles[component]
        wanted = wanted._replace(case="upper") if is_upper else wanted
        fitting, pieces = _fitting(paper, component), paper.zones.of(component)
        lacks_line = component in LINED and component not in paper.zones.drawn  # told by the rule on that line
        yield from look_faults(paper, wanted, pieces, f"{skip} underline" if lacks_line else skip, fitting)

    return ConformityRule(code, (component,), check)


def look_faults(
    paper: Paper, wanted: TextStyle, pieces: Sequence[DocumentPiece], skip: str = "", fitting: float = 0
) -> Iterator[PaperFault]:
    """What is wrong with the look of a component. `fitting` is the size that goes with those of other components."""
    if "size" not in skip:
        yield from _sizes(paper, wanted, pieces, fitting)
    if "bold" not in skip:
        yield from _flags(paper, wanted, pieces, "bold")
    if "italic" not in skip:
        yield from _flags(paper, wanted, pieces, "italic")
    if "underline" not in skip:
        yield from _underlined(paper, wanted, pieces)
    if wanted.case == "upper" and "case" not in skip:
        yield from _capitals(paper, wanted, pieces)
    if "align" not in skip:
        yield from _places(paper, wanted, pieces)


_PAIRS = {"nation": ("motto", -1), "motto": ("nation", 1)}
"""Components whose sizes rise and fall together: 12 and 13, or 13 and 14."""


def _fitting(paper: Paper, component: str) -> float:
    """The size of a component that goes with that of its partner; 0 if it has none."""
    other, step = _PAIRS.get(component, ("", 0))
    sizes = {run.look.size for piece in paper.zones.of(other) for run in piece.letters}
    return sizes.pop() + step if len(sizes) == 1 else 0


def _sizes(
    paper: Paper, wanted: TextStyle, pieces: Sequence[DocumentPiece], fitting: float = 0
) -> Iterator[PaperFault]:
    low, high = wanted.sizes
    wrong = [piece for piece in pieces if any(not low <= run.look.size <= high for run in piece.letters)]
    if wrong:
        found = next(run.look.size for run in wrong[0].letters if not low <= run.look.size <= high)
        message = Message(
            "{style}: the size is {found} pt, not {wanted} pt ({source})",
            style=wanted.label,
            found=Figures(found),
            wanted=Figures(*wanted.sizes),
            source=paper.source(wanted),
        )
        bounds = (fitting, fitting) if low <= fitting <= high else (low, high)
        yield PaperFault(message, places_of(wrong), None, partial(set_sizes, wrong, *bounds))


def _flags(paper: Paper, wanted: TextStyle, pieces: Sequence[DocumentPiece], flag: str) -> Iterator[PaperFault]:
    is_wanted = getattr(wanted, flag)
    wrong = [piece for piece in pieces if any(getattr(run.look, flag) is not is_wanted for run in piece.letters)]
    if wrong:
        given = paper.naming(wanted)
        message = {
            ("bold", True): Message("{style}: not all letters are bold ({source})", **given),
            ("bold", False): Message("{style}: letters are bold, and should not be ({source})", **given),
            ("italic", True): Message("{style}: not all letters are italic ({source})", **given),
            ("italic", False): Message("{style}: letters are italic, and should not be ({source})", **given),
        }[flag, is_wanted]
        yield PaperFault(message, places_of(wrong), None, partial(set_flags, wrong, flag, value=is_wanted))


def _underlined(paper: Paper, wanted: TextStyle, pieces: Sequence[DocumentPiece]) -> Iterator[PaperFault]:
    wrong = [piece for piece in pieces if any(run.look.underline for run in piece.letters)]
    if wrong:
        message = Message("{style}: letters are underlined, and should not be ({source})", **paper.naming(wanted))
        yield PaperFault(message, places_of(wrong), None, partial(set_flags, wrong, "underline", value=False))


def _capitals(paper: Paper, wanted: TextStyle, pieces: Sequence[DocumentPiece]) -> Iterator[PaperFault]:
    wrong = [piece for piece in pieces if not piece.is_upper]
    if wrong:
        message = Message("{style}: not all letters are capitals ({source})", **paper.naming(wanted))
        yield PaperFault(message, places_of(wrong), None, partial(set_flags, wrong, "all_caps", value=True))


def _places(paper: Paper, wanted: TextStyle, pieces: Sequence[DocumentPiece]) -> Iterator[PaperFault]:
    tabs_place = wanted.align == "center"
    whole = [piece for piece in pieces if not piece.is_column and not (tabs_place and piece.is_tabbed)]
    wrong = [piece for piece in whole if piece.paragraph.look.align not in _PLACES[wanted.align]]
    if wrong:
        given = paper.naming(wanted)
        message = {
            "center": Message("{style}: it does not stand in the middle ({source})", **given),
            "justify": Message("{style}: the lines are not justified ({source})", **given),
        }.get(wanted.align, Message("{style}: it does not stand at the left ({source})", **given))
        paragraphs = places_of(wrong)
        yield PaperFault(message, paragraphs, None, partial(set_align, paragraphs, wanted.align))


def missing(paper: Paper, style: str) -> PaperFault:
    """The fault that a component is not there."""
    message = Message("{style}: it is missing, or was not recognised ({source})", **paper.naming(style))
    return PaperFault(message, (), Message("write it at its place, in one paragraph of its own"))


def missing_rule(code: str, component: str, *, but: str = "") -> ConformityRule:
    """The rule that a component is there; not for papers of the type `but` (`bien ban`)."""

    def is_due(paper: Paper) -> bool:
        return not but or not any(folded(one.text).startswith(but) for one in paper.zones.of("type")[:1])

    def check(paper: Paper) -> Iterator[PaperFault]:
        if not paper.zones.has(component):
            yield missing(paper, component)

    return ConformityRule(code, (is_whole, is_due), check)
