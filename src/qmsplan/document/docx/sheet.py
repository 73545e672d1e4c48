"""What the writer of one section has to know: the profile, the text area, and what it has numbered so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.document.docx.markup import twips

if TYPE_CHECKING:
    from qmsplan.document.blocks import Orientation, Run
    from qmsplan.document.profile import Profile


class Counters:
    """What one file has so far: shapes and footnotes are numbered, and paragraphs that many cells share are kept."""

    def __init__(self) -> None:
        self.drawings = 0
        self.footnotes: list[str] = []
        self.paragraphs: dict[tuple[str, Run], str] = {}
        """Table paragraphs of one run, by style and run."""


class Sheet(NamedTuple):
    """One orientation of the page."""

    profile: Profile
    orientation: Orientation
    counters: Counters

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in twips."""
        page = self.profile.page
        sides = twips(page.width), twips(page.height)
        return sides if self.orientation == "portrait" else (sides[1], sides[0])

    @property
    def text_width(self) -> int:
        """Between the side margins, in twips."""
        return self.size[0] - twips(self.profile.page.left) - twips(self.profile.page.right)

    @property
    def text_height(self) -> int:
        """Between the upper and the lower margin, in twips."""
        return self.size[1] - twips(self.profile.page.top) - twips(self.profile.page.bottom)

    def next_drawing(self) -> int:
        """A number for a shape, from 1."""
        self.counters.drawings += 1
        return self.counters.drawings
