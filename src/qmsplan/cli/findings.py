"""The findings of files, and the report of them that the writers in `output` are given.

A report holds the diagnostics with all that is needed to tell them: language, colours, width, the lines of the files
that are named, and the address of the CI's pages that show these files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from qmsplan.check.run_checks import CheckScope, check_settings, check_workspace
from qmsplan.cli.console import CommandError, is_terminal, progress_bar, screen_width, wants_colours
from qmsplan.cli.workspace import OpenWorkspace, linked_outside, named_files, plan_files
from qmsplan.diagnostics import Diagnostic, ReadError, Severity, translator
from qmsplan.documents.letterhead import letterhead_digest
from qmsplan.documents.profile import profile_names
from qmsplan.documents.template import template_digests, templates_telling_targets
from qmsplan.load.document import Source
from qmsplan.load.files import MARK, File, decode, read_bytes
from qmsplan.output.findings import FindingsReport, painter
from qmsplan.phrases.people import Register
from qmsplan.rules.settings import FOLDER_OUTSIDE


class CheckRequest(NamedTuple):
    """Which files to check, none for the whole workspace, and in which language to tell of it."""

    place: OpenWorkspace
    paths: tuple[Path, ...]
    language: str


class CheckOutcome(NamedTuple):
    """The files that were looked at, and what is wrong with them."""

    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def survey(errand: CheckRequest) -> CheckOutcome:
    """All findings of the named files, or of the settings and all plans and progress files."""
    place, paths = errand.place, errand.paths
    if not paths:
        return _whole(errand)
    named = tuple(file for file in named_files(paths) if file.path.name != MARK)
    settings = _settings(place)
    if not any(path.name == MARK for path in paths):  # what is wrong with the plans' own folder concerns every file
        outside = tuple(found for found in settings.diagnostics if found.code == FOLDER_OUTSIDE.code)
        settings = CheckOutcome((), outside)
    return _joined(settings, _named(errand, named)) if named else settings


def _joined(first: CheckOutcome, second: CheckOutcome) -> CheckOutcome:
    return CheckOutcome(first.files + second.files, first.diagnostics + second.diagnostics)


def _settings(place: OpenWorkspace) -> CheckOutcome:
    if place.document is None:
        return CheckOutcome((), ())
    return CheckOutcome(
        _settings_name(place), check_settings(place.document, frozenset(profile_names()), linked_outside(place))
    )


def _settings_name(place: OpenWorkspace) -> tuple[str, ...]:
    return (place.document.source.name,) if place.document else ()


def _whole(errand: CheckRequest) -> CheckOutcome:
    """The settings and all plans. Settings with errors are told even where the plans are not found for that."""
    place, settings = errand.place, _settings(errand.place)
    try:
        files = plan_files(place)
    except CommandError:
        if place.document and place.document.value is None:
            return settings
        raise
    return _joined(settings, CheckOutcome(tuple(file.name for file in files), _check(errand, files)))


def _named(errand: CheckRequest, named: Sequence[File]) -> CheckOutcome:
    """The findings of some files. Other plans are read where these findings depend on them, such as duplicate ids."""
    files, wanted = files_with(errand.place, named)
    return CheckOutcome(tuple(sorted(wanted)), _check(errand, files, wanted))


def files_with(place: OpenWorkspace, named: Sequence[File]) -> tuple[tuple[File, ...], frozenset[str]]:
    """The files of a workspace with those that were named and lie elsewhere; and the names of those that were named."""
    known = plan_files(place)
    real, asked = [os.path.realpath(file.path) for file in known], {os.path.realpath(file.path) for file in named}
    places = frozenset(real)
    outside = [file for file in named if os.path.realpath(file.path) not in places]
    inside = (file.name for file, path in zip(known, real, strict=True) if path in asked)
    return (*known, *outside), frozenset((*inside, *(file.name for file in outside)))


def _check(errand: CheckRequest, files: Sequence[File], wanted: frozenset[str] = frozenset()) -> tuple[Diagnostic, ...]:
    place = errand.place
    scope = scope_of(place)._replace(wanted=wanted)
    translate = translator(errand.language)
    with progress_bar(len(files), translate("checking")) as advance:
        return check_workspace(files, scope, advance)


def scope_of(place: OpenWorkspace) -> CheckScope:
    """What the checks of a workspace share."""
    folder, settings = place.root / place.settings.templates, place.settings
    return CheckScope(
        place.root,
        Register.of(settings),
        template_digests(folder),
        settings=settings,
        letterhead=letterhead_digest(folder),
        telling=templates_telling_targets(folder),
    )


ERRORS = frozenset({Severity.ERROR})


def report_of(
    found: tuple[Diagnostic, ...],
    place: OpenWorkspace,
    language: str,
    files: Sequence[str] = (),
    fails: frozenset[Severity] = ERRORS,
) -> FindingsReport:
    """Diagnostics with all that is needed to tell them on this terminal."""
    return FindingsReport(
        found,
        translator(language),
        painter(colours=wants_colours()),
        line_reader(place),
        screen_width(),
        language,
        tuple(files),
        fails,
        source_link(),
        folds=is_terminal(sys.stdout),
    )


def line_reader(place: OpenWorkspace) -> Callable[[str, int], str]:
    """A function from a file's name and a line's number to its text, "" if there is none; each file is read once."""

    @cache
    def lines(name: str) -> list[str]:
        if place.document and name == place.document.source.name:
            return place.document.source.lines
        return _read(name).lines

    return lambda name, number: lines(name)[number - 1] if 0 < number <= len(lines(name)) else ""


def _read(name: str) -> Source:
    try:
        return Source(name, decode(read_bytes(Path(name))))
    except ReadError:
        return Source(name, "")


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
