"""All findings of a run.

What a writer of diagnostics is given: language, colours, width, and the lines of the files that are named."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from qmsplan.check.run_checks import CheckScope, check_settings, check_workspace
from qmsplan.cli.console import is_terminal, progress_bar, screen_width, source_link, wants_colours
from qmsplan.cli.workspace import MARK, OpenWorkspace, named_files, plan_files
from qmsplan.diagnostics import Diagnostic, ReadError, Severity, translator
from qmsplan.documents.profile import profile_names
from qmsplan.documents.template import template_names
from qmsplan.load.document import Source
from qmsplan.load.files import File, decode, read_bytes
from qmsplan.output.findings import FindingsReport, painter
from qmsplan.phrases.people import Register

MANY = 400
"""Files from which a progress bar is worth its loading."""


class CheckRequest(NamedTuple):
    """What to look at, and how."""

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
    settings = _settings(place) if any(path.name == MARK for path in paths) else CheckOutcome((), ())
    return _joined(settings, _named(errand, named)) if named else settings


def _joined(first: CheckOutcome, second: CheckOutcome) -> CheckOutcome:
    return CheckOutcome(first.files + second.files, first.diagnostics + second.diagnostics)


def _settings(place: OpenWorkspace) -> CheckOutcome:
    if place.document is None:
        return CheckOutcome((), ())

    return CheckOutcome(_settings_name(place), check_settings(place.document, frozenset(profile_names())))


def _settings_name(place: OpenWorkspace) -> tuple[str, ...]:
    return (place.document.source.name,) if place.document else ()


def _whole(errand: CheckRequest) -> CheckOutcome:
    """The settings and all plans."""
    place = errand.place
    files = plan_files(place)
    found = _settings(place).diagnostics + _check(errand, files)
    return CheckOutcome((*_settings_name(place), *(file.name for file in files)), found)


def _named(errand: CheckRequest, named: Sequence[File]) -> CheckOutcome:
    """Some files; other plans are looked at where findings hang on them."""
    known = plan_files(errand.place)
    places = {file.path.resolve() for file in known}
    files = (*known, *(file for file in named if file.path.resolve() not in places))
    resolved = {file.path.resolve() for file in named}
    wanted = frozenset(file.name for file in files if file.path.resolve() in resolved)
    return CheckOutcome(tuple(sorted(wanted)), _check(errand, files, wanted))


def _check(errand: CheckRequest, files: Sequence[File], wanted: frozenset[str] = frozenset()) -> tuple[Diagnostic, ...]:

    place = errand.place
    templates = _template_names(place)
    scope = CheckScope(place.root, Register(place.settings.units), templates, wanted, place.settings.deadlines)
    many = len(files) >= MANY
    with progress_bar(len(files) if many else 0, translator(errand.language)("checking") if many else "") as advance:
        return check_workspace(files, scope, advance)


def _template_names(place: OpenWorkspace) -> frozenset[str]:

    return frozenset(template_names(place.root / place.settings.templates))


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
