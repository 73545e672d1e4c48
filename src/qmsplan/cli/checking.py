"""The findings of a workspace, or of some files in it, with all that the checks need to know of the workspace."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from qmsplan.check.findings import Weights, weigh
from qmsplan.check.fixes import MendedFile, mend
from qmsplan.check.run_checks import CheckScope, check_settings
from qmsplan.check.workspace_checks import check_workspace
from qmsplan.cli.console import CommandError, Exit, progress_bar, put, tell_message
from qmsplan.cli.settings import OpenWorkspace, linked_outside
from qmsplan.cli.workspace import named_files, plan_files
from qmsplan.cli.write import held, replace_unchanged
from qmsplan.diagnostics import Diagnostic, Message, Translator
from qmsplan.documents.profile import profile_names
from qmsplan.documents.template import BODY, letterhead_digest, samples, template_digests, templates_telling_targets
from qmsplan.load.document import read_content
from qmsplan.load.files import MARK, File, read_bytes
from qmsplan.load.workspace import group
from qmsplan.output.record import unified
from qmsplan.output.safe_text import clean, harmless
from qmsplan.phrases.people import Register
from qmsplan.rules.base import KnownTemplates
from qmsplan.rules.settings import FOLDER_OUTSIDE


class CheckRequest(NamedTuple):
    """Which files to check, none for the whole workspace, and in which language to tell of it."""

    place: OpenWorkspace
    paths: tuple[Path, ...]
    translate: Translator


class CheckOutcome(NamedTuple):
    """The files that were looked at, and what is wrong with them."""

    files: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def survey(request: CheckRequest) -> CheckOutcome:
    """All findings of the named files, or of the settings and all plans and progress files. Other plans are read where
    the findings of the named ones depend on them, such as duplicate ids."""
    place, paths, translate = request
    settings, wanted = _outcome_of_settings(place), frozenset[str]()
    if paths:
        named = tuple(file for file in named_files(paths) if file.path.name != MARK)
        if not any(path.name == MARK for path in paths):  # what is wrong with the plans' own folder concerns every file
            outside = tuple(found for found in settings.diagnostics if found.code == FOLDER_OUTSIDE.code)
            settings = CheckOutcome((), outside)
        if not named:
            return settings
        files, wanted = files_with(place, named)
    else:
        try:
            files = plan_files(place)
        except CommandError:  # settings with errors are told even where the plans are not found for that
            if place.document and place.document.value is None:
                return settings
            raise
    with progress_bar(len(files), Message("checking"), translate) as advance:
        scope = scope_of(place)._replace(wanted=wanted)
        found = check_workspace(files, scope, advance)
    if any(place.templates.glob(f"*/{BODY}")):
        render = import_module("qmsplan.cli.render")  # Word and Jinja load in 0.2 s, and few have own templates
        found += tuple(render.template_faults(place, wanted))
    names = tuple(sorted(wanted)) if paths else tuple(file.name for file in files)
    return CheckOutcome(settings.files + names, settings.diagnostics + found)


def _outcome_of_settings(place: OpenWorkspace) -> CheckOutcome:
    if place.document is None:
        return CheckOutcome((), ())
    found = check_settings(place.document, frozenset(profile_names()), linked_outside(place))
    return CheckOutcome((place.document.source.name,), found)


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


def scope_of(place: OpenWorkspace) -> CheckScope:
    """What the checks of a workspace share."""
    folder, settings = place.templates, place.settings
    telling, examples = templates_telling_targets(folder), frozenset(samples(folder))
    templates = KnownTemplates(template_digests(folder), letterhead_digest(folder), telling, examples)
    return CheckScope(place.root, Register.of(settings), templates, settings=settings)


def fix_findings(request: CheckRequest, weights: Weights, *, is_dry_run: bool) -> int:
    """Mends what can be mended of the findings that are asked for, and says how many of each file; a dry run prints the
    changes instead, and gives 1 if there are any. Signed plans are left alone."""
    with held(request.place.root, unless=is_dry_run):
        found = list(weigh(survey(request).diagnostics, weights))
        files = list(_mended_files(request, found))
        for mended in files:
            if is_dry_run:
                put(_diff_of(mended))
            else:
                replace_unchanged(mended.file.path, mended.before, mended.after)
                told = Message("{file}: findings fixed: {count}", file=mended.file.name, count=len(mended.mended))
                tell_message(told, request.translate)
        if not files:
            nothing = Message("nothing here can be fixed without you; findings: {count}", count=len(found))
            tell_message(nothing, request.translate)
    return Exit.FINDINGS if is_dry_run and files else Exit.CLEAN


def _mended_files(request: CheckRequest, found: Sequence[Diagnostic]) -> Iterator[MendedFile]:
    by_file: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in found:
        if diagnostic.fix and diagnostic.fix.is_sure:
            by_file[diagnostic.file].append(diagnostic)
    scope = scope_of(request.place)
    groups = ((file, together) for together in _groups_of_files(request) for file in together if file.name in by_file)
    for file, together in groups:
        before = read_bytes(file.path)
        if read_content(before, file.name).is_signed:
            told = Message("{file} is signed and stays as it is; see 'qmsplan amend'", file=file.name)
            tell_message(told, request.translate)
            continue
        others = [other for other in together if other is not file]
        mended = mend(file, others, before, by_file[file.name], scope)
        if mended.mended:
            yield mended


def _groups_of_files(request: CheckRequest) -> Iterator[Sequence[File]]:
    """The files that are asked for, those about one plan together; then the settings."""
    place = request.place
    named = tuple(file for file in named_files(request.paths) if file.path.name != MARK)
    yield from group(files_with(place, named)[0]).values()
    if place.document:
        yield (File(place.root / MARK, place.document.source.name),)


def _diff_of(mended: MendedFile) -> str:
    """The change of a file as `git diff` shows it."""
    before, after = (content.decode("utf-8") for content in (mended.before, mended.after))
    return harmless("".join(f"{clean(line)}\n" for line in unified(mended.file.name, before, after).splitlines()))
