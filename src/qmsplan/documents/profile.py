"""The official format as typed data. The numbers themselves stand in `profiles/<name>.toml`, with their source."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias, get_type_hints

from qmsplan.diagnostics import Message, UserError

Align: TypeAlias = Literal["left", "center", "right", "justify"]
Case: TypeAlias = Literal["typed", "upper"]
Bounds: TypeAlias = tuple[float, float]

_FOLDER = Path(__file__).with_name("profiles")

STYLES = frozenset(
    {
        *("nation", "motto", "parent", "issuer", "number", "dateline", "stamp", "type", "subject", "rule"),
        *("basis", "body", "heading-1", "heading-2", "heading-3", "heading-4"),
        *("table-header", "table-group", "table-text", "table-center", "money-unit"),
        *("recipients-label", "recipient", "position", "instruction", "signatory"),
        *("annex-number", "annex-title", "annex-info", "form-issuer", "form-title"),
        *("page-number", "footnote", "gap"),
    }
)
"""The components of a document; every profile describes each of them."""


class ComponentName(NamedTuple):
    """A component of official documents in a message: `Trích yếu`, in English `subject (Trích yếu)`."""

    name: str
    english: str

    def in_words(self, language: str) -> str:
        """What stands in a message of a language."""
        return self.name if language == "vi" or not self.english else f"{self.english} ({self.name})"


class TextStyle(NamedTuple):
    """How one component looks: size and gaps in points, indents in mm, `line` as a ratio of single spacing.

    `name` is that of its style in Word (`Quốc hiệu`). A style that Word knows itself has an English name (`heading 1`)
    and an `alias` that clerks read (`Mục cấp 1`). `english` is what the decree's name means (`subject`). `sizes` are
    the least and the greatest size that the decree allows; `cite` is where it says so (`Mục II, khoản 1`), empty for a
    component that it does not mention, such as a footnote."""

    name: str
    size: float
    sizes: Bounds
    alias: str = ""
    english: str = ""
    cite: str = ""
    bold: bool = False
    italic: bool = False
    case: Case = "typed"
    align: Align = "left"
    before: float = 0
    after: float = 0
    line: float = 1
    first: float = 0
    keep_next: bool = False
    box: bool = False
    level: int | None = None

    @property
    def label(self) -> ComponentName:
        """Its name in messages."""
        return ComponentName(self.alias or self.name, self.english)

    def called(self, name: str, english: str, **other: Any) -> TextStyle:
        """The same for what messages call otherwise, with other values where it differs: `size=12`."""
        return self._replace(alias=name, english=english, **other)


class PageFormat(NamedTuple):
    """The sheet and its margins in mm, for portrait; `cite` is where the decree says so."""

    cite: str
    width: float
    height: float
    top: float
    range_top: Bounds
    bottom: float
    range_bottom: Bounds
    left: float
    range_left: Bounds
    right: float
    range_right: Bounds
    number_from_top: float
    hide_first_number: bool
    paragraph_gap_at_least: float
    line_range: Bounds


class Annexes(NamedTuple):
    """What differs in annexes."""

    numerals: str
    restart_page_numbers: bool
    hide_first_number: bool


class FixedWords(NamedTuple):
    """The fixed words of the format, with places for what varies."""

    nation: str
    motto: str
    number: str
    open_number: str
    open_symbol: str
    date: str
    open_place: str
    open_day: str
    open_month: str
    open_year: str
    recipients: str
    end_mark: str


class Padding(NamedTuple):
    """Below which number, day and month a zero goes before."""

    number_below: int
    day_below: int
    month_below: int


class HeadLook(NamedTuple):
    """Proportions of the head; gutter in mm, line widths and gaps in points, shares of the text above a line."""

    left_share: float
    gutter: float
    gap_after_names: float
    gap_after_title: float
    rule_width: float
    rule_gap: float
    motto_rule_share: float
    issuer_rule_share: float
    subject_rule_share: float
    range_rule_share: Bounds


class SignatureLook(NamedTuple):
    """Proportions of the last block; the gaps in points."""

    left_share: float
    gap_before: float
    gap_below: float
    blank_lines: int


class TableLook(NamedTuple):
    """Borders and gaps in points, cell margins in mm."""

    border: float
    cell_side: float
    cell_top: float
    gap_after: float
    keep_rows_up_to: float


_ENGLISH = {"Nghị định số": "Decree", "Phụ lục": "Annex", "Phần": "Part", "Mục": "Section", "khoản": "item"}
"""What English calls the law and its parts."""


class CitedLaw(NamedTuple):
    """A part of the law in a message: `Nghị định số 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 1`."""

    text: str

    def in_words(self, language: str) -> str:
        """What stands in a message of a language: `Decree 30/2020/NĐ-CP, Annex I, Part I, Section II, item 1`."""
        return (
            self.text if language == "vi" else re.sub("|".join(_ENGLISH), lambda match: _ENGLISH[match[0]], self.text)
        )


class Profile(NamedTuple):
    """One official format."""

    name: str
    title: str
    source: str
    effective_from: date
    verified_on: date
    font: str
    language: str
    page: PageFormat
    annex: Annexes
    words: FixedWords
    padding: Padding
    head: HeadLook
    signature: SignatureLook
    table: TableLook
    styles: Mapping[str, TextStyle]
    types: Mapping[str, str]

    def cited(self, part: str) -> CitedLaw:
        """Where the law says it; the part as styles name it: `Mục II, khoản 1`."""
        law = self.title.partition(", Phụ lục")[0] if part.startswith("Phụ lục") else self.title
        return CitedLaw(f"{law}, {part}")


def profile_names() -> tuple[str, ...]:
    """The profiles there are."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def load_profile(name: str) -> Profile:
    """A profile by name. Fault if there is none."""
    if not re.fullmatch(r"[a-z0-9-]+", name) or name not in profile_names():
        hint = Message("the formats are: {names}", names=", ".join(profile_names()))
        raise UserError(Message("there is no document format '{name}'", name=name), hint)
    return read_profile((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def read_profile(text: str) -> Profile:
    """A profile from the text of its file. The files are ours: what is wrong in one raises."""
    table = tomllib.loads(text)
    styles = {name: _fill(TextStyle, values) for name, values in table.pop("style").items()}
    if styles.keys() != STYLES:
        raise ValueError(f"styles missing or unknown: {sorted(STYLES ^ styles.keys())}")
    parts = {name: kind for name, kind in get_type_hints(Profile).items() if hasattr(kind, "_fields")}
    filled = {name: _fill(kind, table.pop(name)) for name, kind in parts.items()}
    return Profile(styles=styles, **filled, **table)


def _fill(kind: type, values: dict[str, Any]) -> Any:
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})
