"""`qmsplan explain`: what a code means and how to fix it, or the list of all codes."""

from __future__ import annotations

from qmsplan.check.catalogue import entries, find_entry, read_page, spelling
from qmsplan.cli.console import CommandError, put, screen_width
from qmsplan.cli.options import ExplainOptions
from qmsplan.diagnostics import Message, Translator
from qmsplan.model.text import shortened
from qmsplan.output.findings import severity_word
from qmsplan.output.formats import first_sentence, flowing, plain_page


def codes() -> list[tuple[str, str]]:
    """What a shell completes for CODE: each code with its rule's name."""
    return [(entry.code, entry.name) for entry in entries()]


def command(options: ExplainOptions, translate: Translator) -> None:
    """Prints the page, or the list. Stop if there is no such code."""
    put(_list(translate) if options.code is None else _page(options.code, translate))


def _list(translate: Translator) -> str:
    """A line for each code, with the first sentence of its page: `QD101  paper-size  error  The paper is not A4`."""
    width, text = screen_width(), ""
    for entry in entries():
        head = f"{entry.code}  {entry.name:<28} {severity_word(entry.severity, translate):<8}  "
        said = first_sentence(flowing(read_page(entry).texts[translate.language])).rstrip(".")
        text += head + shortened(said, width - len(head), whole_words=True) + "\n"
    return text


def _page(code: str, translate: Translator) -> str:
    entry = find_entry(code)
    if entry is None:
        raise CommandError(Message("unknown code '{code}'", code=code), spelling(code))
    return f"{entry.code} {entry.name}\n\n" + plain_page(read_page(entry), translate)
