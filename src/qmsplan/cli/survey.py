"""The findings of a workspace, or of some files in it, with all that the checks need to know of the workspace."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from qmsplan.check.run_checks import CheckScope, check_settings, check_workspace
from qmsplan.cli.console import CommandError, progress_bar
from qmsplan.cli.workspace import OpenWorkspace, linked_outside, named_files, plan_files
from qmsplan.diagnostics import Diagnostic, Message
from qmsplan.documents.profile import profile_names
from qmsplan.documents.template import letterhead_digest, template_digests, templates_telling_targets
from qmsplan.load.files import MARK, File
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


def survey(request: CheckRequest) -> CheckOutcome:
    """All findings of the named files, or of the settings and all plans and progress files."""
    place, paths = request.place, request.paths
    if not paths:
        return _whole(request)
    named = tuple(file for file in named_files(paths) if file.path.name != MARK)
    settings = _settings(place)
    if not any(path.name == MARK for path in paths):  # what is wrong with the plans' own folder concerns every file
        outside = tuple(found for found in settings.diagnostics if found.code == FOLDER_OUTSIDE.code)
        settings = CheckOutcome((), outside)
    return _joined(settings, _named(request, named)) if named else settings


def _joined(first: CheckOutcome, second: CheckOutcome) -> CheckOutcome:
    return CheckOutcome(first.files + second.files, first.diagnostics + second.diagnostics)


def _settings(place: OpenWorkspace) -> CheckOutcome:
    if place.document is None:
        return CheckOutcome((), ())
    found = check_settings(place.document, frozenset(profile_names()), linked_outside(place))
    return CheckOutcome((place.document.source.name,), found)


def _whole(request: CheckRequest) -> CheckOutcome:
    """The settings and all plans. Settings with errors are told even where the plans are not found for that."""
    place, settings = request.place, _settings(request.place)
    try:
        files = plan_files(place)
    except CommandError:
        if place.document and place.document.value is None:
            return settings
        raise
    return _joined(settings, CheckOutcome(tuple(file.name for file in files), _check(request, files)))


def _named(request: CheckRequest, named: Sequence[File]) -> CheckOutcome:
    """The findings of some files. Other plans are read where these findings depend on them, such as duplicate ids."""
    files, wanted = files_with(request.place, named)
    return CheckOutcome(tuple(sorted(wanted)), _check(request, files, wanted))


def files_with(place: OpenWorkspace, named: Sequence[File]) -> tuple[tuple[File, ...], frozenset[str]]:
    """The files of a workspace with those that were named and lie elsewhere; and the names of those that were named."""
    real_folder = cache(os.path.realpath)  # thousands of files stand in few folders

    def real(file: File) -> str:
        folder, name = os.path.split(file.path)
        path = os.path.join(real_folder(folder), name)  # noqa: PTH118  a call for each file
        return os.path.realpath(path) if os.path.islink(path) else path  # noqa: PTH114

    known = plan_files(place)
    places, asked = list(map(real, known)), frozenset(map(real, named))
    there = asked.intersection(places)
    outside = [file for file in named if real(file) not in there]
    inside = (file.name for file, path in zip(known, places, strict=True) if path in there)
    return (*known, *outside), frozenset((*inside, *(file.name for file in outside)))


def _check(
    request: CheckRequest, files: Sequence[File], wanted: frozenset[str] = frozenset()
) -> tuple[Diagnostic, ...]:
    place = request.place
    scope = scope_of(place)._replace(wanted=wanted)
    with progress_bar(len(files), Message("checking"), request.language) as advance:
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
