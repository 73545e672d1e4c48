"""All findings of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.files import MARK, named_files, plan_files
from qmsplan.cli.progress_bar import progress_bar
from qmsplan.language import translator

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qmsplan.cli.files import Place
    from qmsplan.diagnostic import Diagnostic
    from qmsplan.load.file import File

MANY = 400
"""Files from which a progress bar is worth its loading."""


class Errand(NamedTuple):
    """What to look at, and how."""

    place: Place
    paths: tuple[Path, ...]
    language: str


class Seen(NamedTuple):
    """The files that were looked at, and what is wrong with them."""

    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def survey(errand: Errand) -> Seen:
    """All findings of the named files, or of the settings and all plans and progress files."""
    place, paths = errand.place, errand.paths
    if not paths:
        return _whole(errand)
    named = tuple(file for file in named_files(paths) if file.path.name != MARK)
    settings = _settings(place) if any(path.name == MARK for path in paths) else Seen((), ())
    return _joined(settings, _named(errand, named)) if named else settings


def _joined(first: Seen, second: Seen) -> Seen:
    return Seen(first.files + second.files, first.diagnostics + second.diagnostics)


def _settings(place: Place) -> Seen:
    if place.document is None:
        return Seen((), ())
    from qmsplan.check.settings import check_settings
    from qmsplan.document.profile import profile_names

    return Seen(_settings_name(place), check_settings(place.document, frozenset(profile_names())))


def _settings_name(place: Place) -> tuple[str, ...]:
    return (place.document.source.name,) if place.document else ()


def _whole(errand: Errand) -> Seen:
    """The settings and all plans."""
    place = errand.place
    files = plan_files(place)
    found = _settings(place).diagnostics + _check(errand, files)
    return Seen((*_settings_name(place), *(file.name for file in files)), found)


def _named(errand: Errand, named: Sequence[File]) -> Seen:
    """Some files; other plans are looked at where findings hang on them."""
    known = plan_files(errand.place)
    places = {file.path.resolve() for file in known}
    files = (*known, *(file for file in named if file.path.resolve() not in places))
    resolved = {file.path.resolve() for file in named}
    wanted = frozenset(file.name for file in files if file.path.resolve() in resolved)
    return Seen(tuple(sorted(wanted)), _check(errand, files, wanted))


def _check(errand: Errand, files: Sequence[File], wanted: frozenset[str] = frozenset()) -> tuple[Diagnostic, ...]:
    from qmsplan.check.workspace import Scope, check_workspace
    from qmsplan.model.people import Register

    place = errand.place
    templates = _template_names(place)
    scope = Scope(place.root, Register(place.settings.units), templates, wanted, place.settings.deadlines)
    many = len(files) >= MANY
    with progress_bar(len(files) if many else 0, translator(errand.language)("checking") if many else "") as advance:
        return check_workspace(files, scope, advance)


def _template_names(place: Place) -> frozenset[str]:
    from qmsplan.document.template import template_names

    return frozenset(template_names(place.root / place.settings.templates))
