"""The report of findings that the writers in `output` are given: the diagnostics with all that is needed to tell them:
language, colours, width, the lines of the files that are named, and the address of the CI's pages that show these
files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

from qmsplan.cli.console import is_terminal, screen_width, tell, wants_colours
from qmsplan.cli.workspace import OpenWorkspace
from qmsplan.diagnostics import Diagnostic, Severity, Translator
from qmsplan.load.document import read_source
from qmsplan.output.findings import FindingsReport, painter, write_text

ERRORS = frozenset({Severity.ERROR})


def report_of(
    found: tuple[Diagnostic, ...],
    place: OpenWorkspace,
    translate: Translator,
    files: Sequence[str] = (),
    fails: frozenset[Severity] = ERRORS,
) -> FindingsReport:
    """Diagnostics with all that is needed to tell them on this terminal."""
    return FindingsReport(
        found,
        translate,
        painter(colours=wants_colours()),
        line_reader(place),
        screen_width(),
        tuple(files),
        fails,
        source_link(),
        folds=is_terminal(sys.stdout),
    )


def tell_findings(found: Iterable[Diagnostic], place: OpenWorkspace, translate: Translator) -> None:
    """Tells diagnostics on stderr as `validate` does; nothing if there are none."""
    if told := tuple(found):
        tell(write_text(report_of(told, place, translate)).rstrip("\n"))


def line_reader(place: OpenWorkspace) -> Callable[[str, int], str]:
    """A function from a file's name and a line's number to its text, "" if there is none; each file is read once."""

    @cache
    def lines(name: str) -> list[str]:
        if place.document and name == place.document.source.name:
            return place.document.source.lines
        return read_source(Path(name), name).lines

    return lambda name, number: lines(name)[number - 1] if 0 < number <= len(lines(name)) else ""


def source_link() -> str:
    """What stands before a file's name in a link to its page on GitHub or GitLab, as their CI tells it in the
    environment; "" elsewhere: links are relative to the repository then."""
    told = os.environ.get
    github, repository = told("GITHUB_SERVER_URL"), told("GITHUB_REPOSITORY")
    if github and repository:
        return _page_of_folder(f"{github}/{repository}/blob", told("GITHUB_SHA"), told("GITHUB_WORKSPACE"))
    gitlab = told("CI_PROJECT_URL")
    return _page_of_folder(f"{gitlab}/-/blob", told("CI_COMMIT_SHA"), told("CI_PROJECT_DIR")) if gitlab else ""


def _page_of_folder(pages: str, commit: str | None, checkout: str | None) -> str:
    """The address of the current folder among the pages of a commit; "" if it lies outside the checkout."""
    if not commit or not checkout:
        return ""
    try:
        folder = os.path.relpath(".", checkout).replace(os.sep, "/")
    except ValueError:  # on another drive
        return ""
    if folder == ".." or folder.startswith("../"):
        return ""
    return f"{pages}/{commit}/" + ("" if folder == "." else quote(folder) + "/")
