"""Writes docs/plan-format.md and .vi.md from model and phrase tables: `python tools/plan_format.py [--check]`."""  # noqa: INP001

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generated import ROOT, differing, write

from qmsplan.diagnostics import Translator, UserError
from qmsplan.load.schema import json_schema
from qmsplan.model.period import span_of_years, year
from qmsplan.output.deadline import deadline_text
from qmsplan.output.phrases import targets_text
from qmsplan.phrases import deadline_parse, target_forms, target_parse
from qmsplan.phrases.calendar_words import STRETCHES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from qmsplan.phrases.tables import PhraseRow

PAGES = {"en": ROOT / "docs" / "plan-format.md", "vi": ROOT / "docs" / "plan-format.vi.md"}
FILES = {
    "Settings": ("Unit", "Person", "Conventions", "Reporting", "CutOff"),
    "Plan": (
        *("Head", "Section", "Item", "Assignment", "DeadlineForm", "TargetForm"),
        *("Money", "TableForm", "ColumnForm", "Annex"),
        *("Event", "Signatory", "SignatureBox", "Signoff", "Endorsement", "Earlier"),
    ),
    "Progress": (
        "Reading",
        "EarlierReading",
        "EarlierAction",
        "Completion",
        "EarlierCompletion",
        "EventRecord",
        "EarlierEvent",
        "CorrectiveAction",
        "AuditFinding",
    ),
}
"""The kinds of files, and what they hold, in the order a reader meets it."""

VIETNAMESE = {
    "field": "trường",
    "kind": "kiểu",
    "meaning": "ý nghĩa",
    "as typed": "cách gõ",
    "is read as": "được hiểu là",
    "text": "chữ",
    "lines": "dòng",
    "number": "số",
    "whole number": "số nguyên",
    "true or false": "`true` hoặc `false`",
    "yes or no": "`có` hoặc `không`",
    "day": "ngày",
    "period": "kỳ",
    "list of {what}": "danh sách {what}",
    " or ": " hoặc ",
}


class Page:
    """One page in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.translate = Translator(language)
        self.definitions: dict[str, Any] = json_schema(self.translate)["$defs"]

    def word(self, word: str) -> str:
        """A word of the tables' heads and types."""
        return VIETNAMESE[word] if self.language == "vi" else word

    def text(self) -> str:
        """The whole page."""
        frame = (ROOT / "tools" / "plan-format" / f"{self.language}.md").read_text("utf-8")
        return frame.format(
            files="\n".join(self._files()),
            stretches=self._forms(STRETCHES, self._deadline),
            deadlines=self._forms(deadline_parse.FORMS, self._deadline),
            targets=self._forms(target_forms.FORMS, self._target),
        )

    def _files(self) -> Iterator[str]:
        for kind, parts in FILES.items():
            yield from self._definition(kind, "##")
            for part in parts:
                yield from self._definition(part, "###")

    def _definition(self, name: str, level: str) -> Iterator[str]:
        definition = self.definitions[name]
        yield f"{level} {name}\n\n{definition.get('description', '')}\n"
        yield _head(self.word("field"), self.word("kind"), self.word("meaning"))
        for field, described in definition["properties"].items():
            shown = f"**`{field}`**" if field in definition.get("required", ()) else f"`{field}`"
            yield _row(shown, self._type(described), described.get("description", described.get("title", "")))
        yield ""

    def _type(self, described: dict[str, Any]) -> str:
        if "$ref" in described:
            name = described["$ref"].rpartition("/")[2]
            return f"[{name}](#{name.lower()})"
        if True in described.get("enum", ()):
            return self.word("yes or no" if "yes" in described["enum"] else "true or false")
        if "const" in described or "enum" in described:
            return ", ".join(f"`{value}`" for value in described.get("enum", [described.get("const")]))
        parts = described.get("anyOf", described.get("oneOf", ()))
        if choices := [self._type(part) for part in parts if part != {"type": "null"}]:
            return self._either(choices)
        if described.get("type") == "array":
            return self.word("list of {what}").format(what=self._type(described["items"]))
        return self.word(_scalar(described))

    def _either(self, choices: list[str]) -> str:
        """`text or list of text` are lines; that any list of one needs no dash is told at the top of the page."""
        if choices == [self.word("text"), self.word("list of {what}").format(what=self.word("text"))]:
            return self.word("lines")
        many = self.word("list of {what}").format(what=choices[0])
        return many if choices[1:] == [many] else self.word(" or ").join(choices)

    def _forms(self, rows: tuple[PhraseRow[Any], ...], read: Callable[[str], str]) -> str:
        lines = [_head(self.word("as typed"), self.word("meaning"), self.word("is read as"))]
        lines += [_row(f"`{row.example}`", self.translate(row.means), read(row.example)) for row in rows]
        return "\n".join(lines)

    def _deadline(self, phrase: str) -> str:
        found = deadline_parse.understand_deadline(phrase, year(2026))
        if isinstance(found, UserError):  # a term of a school year without the year
            found = deadline_parse.understand_deadline(phrase, span_of_years(2025, 2026))
        if isinstance(found, UserError):
            raise SystemExit(f"{phrase}: {found.message}")
        return _on_one_line(deadline_text(found, self.translate))

    def _target(self, phrase: str) -> str:
        found = target_parse.understand_targets(phrase)
        if isinstance(found, UserError):
            return str(found.message).capitalize()
        return _on_one_line(targets_text(phrase, found, self.translate))


def _scalar(described: dict[str, Any]) -> str:
    kinds, pattern = described.get("type", "string"), described.get("pattern", "")
    if pattern.startswith(r"^(\d{4}-\d{2}-\d{2}"):
        return "day"
    if "Q[1-4]" in pattern:
        return "period"
    if kinds[0] == "number" or kinds == "number":  # a text may be typed as a number too: its first kind is "string"
        return "number"
    return "whole number" if "minimum" in described else "text"


def _on_one_line(told: str) -> str:
    """What the command prints below the phrase, at most seven parts of it."""
    parts = [" ".join(line.split()) for line in told.splitlines()[1:]]
    return "; ".join(parts if len(parts) <= 7 else [*parts[:6], "…"])


def _head(*names: str) -> str:
    return _row(*names) + "\n|" + "---|" * len(names)


def _row(*cells: str) -> str:
    return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def stale() -> dict[Path, str]:
    """The pages that are not as they should be, with what they should say."""
    return differing({path: Page(language).text() for language, path in PAGES.items()})


if __name__ == "__main__":
    raise SystemExit(write(__doc__, stale()))
