"""Collects the sentences of qmsplan and keeps its catalogues: `python tools/catalogue.py [--check]`."""  # noqa: INP001

from __future__ import annotations

import argparse
import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from qmsplan.cli.app import COMMANDS, COMMANDS_BY_PANEL, PLACEHOLDER, application, load_command
from qmsplan.load.schema import json_schema
from qmsplan.phrases import calendar_words, deadline_parse, target_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "qmsplan"
TEMPLATE = SOURCE / "locale" / "qmsplan.pot"
VIETNAMESE = SOURCE / "locale" / "vi" / "LC_MESSAGES" / "qmsplan.po"
COMPILED = VIETNAMESE.with_suffix(".mo")

KEYWORDS = ("Message", "translate")
"""The names whose first argument is a sentence for users."""

PHRASES = (deadline_parse.FORMS, calendar_words.STRETCHES, target_forms.FORMS)
"""The tables whose rows say what they mean."""

TYPERS_OWN = (
    "(dynamic)",
    "Aborted!",
    "Arguments",
    "Options",
    "Show this message and exit.",
    "default: {default}",
    "env var: {var}",
    "required",
)
"""What typer itself takes through gettext. Its sentences on mistakes are left out: `cli.app` has our words for them."""

COMMENT = """\
# {what} of qmsplan. Written by tools/catalogue.py: run it after changing a sentence{then}.
#"""


class _Plain(Catalog):
    """Babel's catalogue with a header that is the same on every day and with every version of Babel."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The lines of the header."""
        headers = [("Project-Id-Version", "qmsplan")]
        headers += [("Language", str(self.locale))] if self.locale else []
        headers += [("MIME-Version", "1.0"), ("Content-Type", "text/plain; charset=utf-8")]
        return [*headers, ("Content-Transfer-Encoding", "8bit")]


def collect() -> list[str]:
    """Every sentence, in order; what holds values and signs alone is the same in every language."""
    methods = [("**.py", "python"), ("dashboard/**.j2", "jinja2")]
    calls = extract_from_dir(SOURCE, methods, keywords=dict.fromkeys(KEYWORDS))
    called = (str(message) for _file, _line, message, _comments, _context in calls)
    rows = (row.means for table in PHRASES for row in table)
    return sorted(filter(has_words, {*called, *rows, *sentences(), *help_sentences(), *TYPERS_OWN}))


def has_words(sentence: str) -> bool:
    """Whether a sentence has letters of its own: not `{name}: {text}`."""
    return any(letter.isalpha() for letter in re.sub(r"\{\w+\}", "", sentence))


def sentences() -> set[str]:
    """Every title and description of the JSON Schema."""
    found: set[str] = set()

    def note(text: str) -> str:
        found.add(text)
        return text

    json_schema(note)
    return found


def help_sentences() -> Iterator[str]:
    """The help of the application, of every command and every parameter, as typer has it, and its placeholders."""
    yield from COMMANDS_BY_PANEL
    for command in (application(), *map(load_command, COMMANDS)):
        yield from (told for told in (command.help, *(parameter.help for parameter in command.params)) if told)
        for parameter in command.params:
            yield from PLACEHOLDER.findall(parameter.metavar or "")


def read_translations() -> dict[str, str]:
    """What the Vietnamese catalogue says now; empty sentences are left out."""
    if not VIETNAMESE.exists():
        return {}
    with VIETNAMESE.open("rb") as file:
        catalogue = read_po(file, locale="vi")
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}


def outputs() -> dict[Path, bytes]:
    """The three files as they should be."""
    found = collect()
    vietnamese = _catalogue(found, read_translations(), "vi")
    compiled = io.BytesIO()
    write_mo(compiled, vietnamese)
    return {
        TEMPLATE: _po_text(_catalogue(found, {}, None)),
        VIETNAMESE: _po_text(vietnamese),
        COMPILED: compiled.getvalue(),
    }


def _catalogue(found: Iterable[str], translations: Mapping[str, str], language: str | None) -> Catalog:
    what, then = ("The Vietnamese sentences", ", then fill in") if language else ("The sentences", "")
    comment = COMMENT.format(what=what, then=then)
    catalogue = _Plain(locale=language, header_comment=comment, charset="utf-8", fuzzy=False)
    for sentence in found:
        message = catalogue.add(sentence, translations.get(sentence, ""))
        message.flags = {"python-brace-format"} if "{" in sentence else set()
    return catalogue


def _po_text(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalogue, width=0, sort_output=True)
    return file.getvalue().rstrip(b"\n") + b"\n"


def problems() -> list[str]:
    """What is stale or not translated; nothing if the catalogues are current and complete."""
    found = [f"stale: {_shown(path)}" for path, wanted in outputs().items() if _read(path) != wanted]
    return found + [f"not translated: {sentence}" for sentence in missing()]


def missing() -> list[str]:
    """The sentences that have no Vietnamese."""
    translations = read_translations()
    return [sentence for sentence in collect() if sentence not in translations]


def _read(path: Path) -> bytes:
    """The file's bytes; a checkout on Windows may have turned the ends of its lines."""
    content = path.read_bytes() if path.exists() else b""
    return content if path == COMPILED else content.replace(b"\r\n", b"\n")


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def write() -> None:
    """Writes the three files where they differ."""
    for path, content in outputs().items():
        if _read(path) != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            sys.stdout.write(f"{_shown(path)}\n")


def main() -> int:
    """0 if all is well; with `--check` 1 if anything is stale, without it 1 if anything is not translated yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    if not parser.parse_args().check:
        write()
    found = problems()
    sys.stdout.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
