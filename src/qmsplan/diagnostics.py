"""What is wrong, and where: values that every layer passes on and only `output` turns into sentences.

The language that users read: gettext catalogues, chosen once by the command line.

The codes of what can be wrong before a plan exists: bytes, YAML, schema. Their pages stand in `pages/`."""

from __future__ import annotations

import gettext
import pathlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import NamedTuple, Protocol, TypeAlias, TypeGuard, TypeVar

Path: TypeAlias = tuple[str | int, ...]
"""A place in a document as the keys and list indexes (from 0) that lead to it."""


class Span(NamedTuple):
    """A stretch of text; lines and columns count from 1, in code points, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


START = Span(1, 1, 1, 1)
"""The place of what concerns a file as a whole."""


class Worded(Protocol):
    """A value that languages say differently, such as a period: `2026-Q3`, in Vietnamese `quý III năm 2026`."""

    def in_words(self, language: str) -> str:
        """What stands in a message of a language."""


MessageValue: TypeAlias = "str | date | Decimal | float | Message | Worded | tuple[object, ...]"
"""What stands in a message: text as it is, and what languages write in their own ways."""


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """A sentence for users, in no language yet: `Message("no unit is called '{name}'", name="Phòng Ma")`.

    The template is English and the key of the catalogues, which are collected from the calls of this class; the values
    go in by name when it is translated (`Translator`). A day stays a day until then, a number a number, and so does
    what has words of its own in each language, such as another message. A tuple of values is a list."""

    template: str
    values: tuple[tuple[str, MessageValue], ...]

    def __init__(self, template: str, /, **values: object) -> None:
        object.__setattr__(self, "template", template)
        held = ((name, value if _has_words(value) else str(value)) for name, value in values.items())
        object.__setattr__(self, "values", tuple(held))

    def filled(self, /, **values: object) -> Message:
        """The same sentence with more values: of a table of sentences, or of one that leaves some to its caller."""
        return Message(self.template, **(dict(self.values) | values))


def _has_words(value: object) -> TypeGuard[MessageValue]:
    """Whether languages say a value differently; cheaper than to ask for the protocol."""
    return isinstance(value, date | Decimal | float | tuple | Message) or hasattr(value, "in_words")


class Severity(StrEnum):
    """How much a finding weighs: only errors make a run fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Related(NamedTuple):
    """A second place that explains a finding, such as "first used here"."""

    file: str
    span: Span
    message: Message


class Fix(NamedTuple):
    """A change of a file's text that mends a finding: at each span the text beside it comes in place of what is there.

    `Fix(((Span(12, 11, 12, 24), "Phòng Nghiệp vụ"),))`. Spans do not overlap and are in order."""

    edits: tuple[tuple[Span, str], ...]
    is_sure: bool = True
    """False for a guess, such as the nearest id: an editor offers it, `validate --fix` does not make it."""


class Diagnostic(NamedTuple):
    """One fault of a user's file. `file` is as shown to the user, with forward slashes."""

    code: str
    name: str
    severity: Severity
    message: Message
    file: str
    span: Span = START
    hint: Message | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    """What mends it, where text can."""

    @property
    def order(self) -> tuple[str, Span, str, str]:
        """Sort key: file, place, code, so that reports are stable."""
        return (self.file, self.span, self.code, self.message.template)


class UserError(ValueError):
    """Text or a file of a user that is not what it should be: what to tell, and what to do about it. Caught at the
    boundary, never shown as a traceback. `ReadError` adds a place, `CommandError` (`cli.console`) an exit code."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.template)
        self.message = message
        self.hint = hint


LANGUAGES = ("vi", "en")
DEFAULT = "vi"
_FOLDER = pathlib.Path(__file__).with_name("locale")


@cache
def reads(reader: Callable[[str], object], text: str) -> bool:
    """Whether a reader of texts takes one, instead of raising a UserError."""
    try:
        reader(text)
    except UserError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Translator:
    """What users read in a language: `translate("not signed")`, `translate("{count} unit(s)", count=2)`, and a message
    as it is, or with more values: `translate(Message("no unit is called '{name}'", name="Phòng Ma"))`.

    Templates are English, and the keys of the catalogues. Values go in by name, so that catalogues may reorder them;
    braces inside values stay as typed. A template without values may hold braces of its own."""

    language: str

    def __call__(self, text: str | Message, /, **values: object) -> str:
        """The sentence in the language. `{count} unit(s)` becomes `1 unit` or `2 units`."""
        template, held = (text, values) if isinstance(text, str) else (text.template, dict(text.values) | values)
        words = self.words(template)
        if not held:
            return words
        counted = _COUNTED.sub(lambda found: found[1] + ("" if str(held[found[2]]) == "1" else "s"), words)
        return counted.format_map({name: self._said(value) for name, value in held.items()})

    def words(self, template: str) -> str:
        """A template as the catalogue of the language has it."""
        return _catalogue(self.language)(template)

    def _said(self, value: object) -> str:
        """A value in the language. A number is `2.5`, in Vietnamese `2,5`."""
        if isinstance(value, Decimal | float):
            text = f"{value:f}" if isinstance(value, Decimal) else f"{value:g}"
            return text if self.language == "en" else text.replace(".", ",")
        if isinstance(value, date):
            return day_text(value, self.language)
        if isinstance(value, Message):
            return self(value)
        if hasattr(value, "in_words"):
            return str(value.in_words(self.language))
        if not isinstance(value, tuple):
            return str(value)
        words = [self._said(one) for one in value]
        return ("; " if any("," in word for word in words) else ", ").join(words)


@cache
def _catalogue(language: str) -> Callable[[str], str]:
    return str if language == "en" else gettext.translation("qmsplan", _FOLDER, [language]).gettext


ENGLISH = Translator("en")
"""For what programs read, and for sentences as they were typed in a plan."""

MOST_LISTED = 12
"""Names that a sentence holds unless it says otherwise."""


NameT = TypeVar("NameT")


def listed(names: Iterable[str], most: int = MOST_LISTED) -> str:
    """Names in a sentence, and whether there are more than it can hold: `KH-2025, KH-2026, …`."""
    return ", ".join(few(names, most))


def few(names: Iterable[NameT], most: int = MOST_LISTED) -> tuple[NameT | str, ...]:
    """As many of some names as a sentence can hold, and a mark where there are more."""
    found = tuple(names)
    return (*found[:most], "…") if len(found) > most else found


def day_text(day: date, language: str) -> str:
    """`2026-09-05`; in Vietnamese `05/9/2026`, as Decree 30/2020/NĐ-CP, annex I, II.4 has it: a nought before days
    below 10 and before January and February."""
    if language != "vi":
        return day.isoformat()
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


_COUNTED = re.compile(r"(\{(\w+)\}(?: \w+)? \w+)\(s\)")
"""A number and what it counts, in an English template: `{days} working day(s)`; other languages have no `(s)`."""


def choose(*wishes: str | None, default: str = DEFAULT) -> str:
    """The first wish that names a language we speak: `vi`, `en_GB.UTF-8` …; the default if none does."""
    for wish in wishes:
        code = (wish or "")[:2].lower()
        if code in LANGUAGES:
            return code
    return default


MOST_SUGGESTIONS = 100
"""Unknown names of one file for which a near one is looked for; that takes a millisecond each."""


class LoaderCode(NamedTuple):
    """A code, its name in kebab case (also the name of its page) and how much it weighs."""

    code: str
    name: str
    severity: Severity = Severity.ERROR


UNREADABLE = LoaderCode("QP001", "unreadable-file")
NOT_UTF8 = LoaderCode("QP002", "not-utf8")
FORBIDDEN_CHARACTER = LoaderCode("QP003", "forbidden-character")
YAML_SYNTAX = LoaderCode("QP004", "yaml-syntax")
REFUSED_YAML = LoaderCode("QP005", "refused-yaml")
DUPLICATE_KEY = LoaderCode("QP006", "duplicate-key")
TOO_LARGE = LoaderCode("QP007", "too-large")
NOT_NFC = LoaderCode("QP008", "not-nfc", Severity.WARNING)
CUT_BY_COMMENT = LoaderCode("QP009", "cut-by-comment", Severity.WARNING)
UNKNOWN_KIND = LoaderCode("QP010", "unknown-kind")
MISSING_FIELD = LoaderCode("QP011", "missing-field")
UNKNOWN_FIELD = LoaderCode("QP012", "unknown-field")
WRONG_VALUE = LoaderCode("QP013", "wrong-value")
ODD_SIGNS = LoaderCode("QP014", "odd-signs", Severity.WARNING)
BASE_DEPARTS = LoaderCode("QP611", "base-departs-from-decree", Severity.WARNING)
TEMPLATE_FAULT = LoaderCode("QP901", "template-fault")
LAYOUT_NOT_SAFE = LoaderCode("QP902", "layout-not-safe")
REPORT_TEXT = LoaderCode("QP903", "report-text")
FAULTY_IGNORE = LoaderCode("QP911", "faulty-ignore")
UNUSED_IGNORE = LoaderCode("QP912", "unused-ignore", Severity.WARNING)
OUTDATED_BASELINE = LoaderCode("QP913", "outdated-baseline", Severity.NOTE)
FINDINGS_NOT_SHOWN = LoaderCode("QP914", "findings-not-shown", Severity.NOTE)

CODES = tuple(code for code in tuple(vars().values()) if isinstance(code, LoaderCode))

STOPPERS = frozenset(code.code for code in CODES if code.code < "QP100" and code.severity is Severity.ERROR)
"""What keeps a file from being read: nothing else of it is known, so these can't be ignored or made to weigh less."""
NO_YAML = frozenset(code for code in STOPPERS if code < UNKNOWN_KIND.code)
"""Those of a text that is no YAML of ours; the others are about fields of one that is."""


class ReadError(UserError):
    """A file that can't be read, or not any further: with the code and the place of what stops it."""

    def __init__(
        self,
        code: LoaderCode,
        message: Message,
        span: Span = START,
        hint: Message | None = None,
        first: Span | None = None,
        fix: Fix | None = None,
    ) -> None:
        super().__init__(message, hint)
        self.code, self.span, self.first, self.fix = code, span, first, fix


class Coded(Protocol):
    """What has a code: one of the loader's, a rule, an entry of the catalogue."""

    @property
    def code(self) -> str:
        """`QP202`."""

    @property
    def name(self) -> str:
        """`deadline-outside-period`."""

    @property
    def severity(self) -> Severity:
        """How much its findings weigh."""


def diagnose(
    file: str,
    code: Coded,
    message: Message,
    span: Span = START,
    hint: Message | None = None,
    related: tuple[Related, ...] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    """What is found in a file under a code."""
    return Diagnostic(code.code, code.name, code.severity, message, file, span, hint, related, fix)
