"""`qmsplan validate`: everything that is wrong, each at its place, on stdout and in any number of report files; and the
baseline file, which lists findings that are known and not told again.

Also `qmsplan explain`: what a code means and how to fix it, or the list of all codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from qmsplan.check.catalogue import UNSILENCED, entries, find_entry, read_page, spelling
from qmsplan.check.findings import (
    BaselineEntry,
    Weights,
    baseline_text,
    fingerprints,
    limited,
    read_baseline,
    weigh,
    weights_of,
)
from qmsplan.cli.checking import CheckRequest, fix_findings, survey
from qmsplan.cli.console import CommandError, Exit, put, screen_width, tell_message
from qmsplan.cli.options import ExplainOptions, ValidateOptions
from qmsplan.cli.settings import OpenWorkspace, no_workspace, open_workspace
from qmsplan.cli.workspace import line_reader, report_of
from qmsplan.cli.write import refuse_yaml, write_whole
from qmsplan.diagnostics import OUTDATED_BASELINE, STOPPERS, Diagnostic, Message, Severity, Span, Translator, diagnose
from qmsplan.load.files import decode, read_bytes, shown
from qmsplan.model.text import shortened
from qmsplan.output.findings import severity_word
from qmsplan.output.formats import FORMATS, first_sentence, flowing, plain_page
from qmsplan.output.safe_text import Screen

QUIET = frozenset({"text", "github"})
"""The formats that say nothing when nothing is wrong; the others are complete reports all the same."""


def command(options: ValidateOptions, translate: Translator) -> int:
    """Prints what is wrong with the named files, or with the whole workspace. The exit code is 1 if an error is among
    it, or what `--fail-on` names."""
    place = _open_workspace_for(options)
    outputs = read_outputs(options.output or ())
    weights = weights_of(place.settings, options.select or (), options.ignore or ())
    request = CheckRequest(place, tuple(options.paths or ()), translate)
    known = load_baseline(options.baseline) if options.baseline and not options.write_baseline else None
    if options.fix:
        code = fix_findings(request, weights, is_dry_run=options.dry_run)
        if options.dry_run:
            return code
    seen = survey(request)
    found = list(weigh(seen.diagnostics, weights))
    if known:
        found = _without_known(known, found, place, options, weights)
    elif options.baseline:
        found = record_findings(found, options.baseline, place, translate)
    fails = frozenset({Severity.ERROR, Severity(options.fail_on)})
    report = report_of(limited(found), place, translate, seen.files, fails)
    plain = replace(report, screen=Screen(translate, 120, colours=False))
    for path, form in outputs.items():
        write_whole(path, FORMATS[form](plain).encode("utf-8", "backslashreplace"))
    if outputs or found or options.form not in QUIET:
        put(FORMATS[options.form](report))
    return Exit.FINDINGS if any(diagnostic.severity in fails for diagnostic in found) else Exit.CLEAN


def _open_workspace_for(options: ValidateOptions) -> OpenWorkspace:
    """The workspace. Stop if there is none to look at, or if the options do not go together."""
    if options.dry_run and not options.fix:
        raise CommandError(Message("'--dry-run' needs '--fix'"), Message("'validate' alone never writes"))
    if options.write_baseline and not options.baseline:
        raise CommandError(Message("'--write-baseline' needs '--baseline'"), Message("add '--baseline FILE'"))
    if options.write_baseline and (options.paths or options.select or options.ignore):
        message = Message("a baseline is written of everything, not of some files or codes")
        raise CommandError(message, Message("leave out the paths, '--select' and '--ignore'"))
    place = open_workspace(options.paths[0] if options.paths else None)
    if place.document is None and not options.paths:
        raise no_workspace(Message("name the files to validate, or make a workspace with 'qmsplan init'"))
    return place


def read_outputs(typed: Iterable[str]) -> dict[Path, str]:
    """The files that `--output FORMAT=FILE` names, and the format of each. Stop if one can't be meant."""
    outputs: dict[Path, str] = {}
    for text in typed:
        form, equals, name = text.partition("=")
        if not equals or not name or form not in FORMATS:
            message = Message("'{wish}' is not a format and a file, such as sarif=build/q.sarif", wish=text)
            raise CommandError(message, Message("write one of: {choices}", choices=", ".join(FORMATS)))
        path = Path(name)
        refuse_yaml(path)
        if path.resolve() in {other.resolve() for other in outputs}:
            message = Message("two reports can't go to one file: '{file}'", file=shown(path))
            raise CommandError(message, Message("name another file"))
        outputs[path] = form
    return outputs


LARGEST = 64 * 1024 * 1024
"""Bytes a baseline file may have."""


class BaselineFile(NamedTuple):
    """A baseline file as read."""

    path: Path
    text: str
    entries: frozenset[BaselineEntry]


def load_baseline(path: Path) -> BaselineFile:
    """The baseline in a file. Stop if there is no such file, or if it is no baseline."""
    if not path.exists():
        raise CommandError(
            Message("there is no file '{file}'", file=shown(path)), Message("make it with '--write-baseline'")
        )
    text = decode(read_bytes(path, LARGEST))
    return BaselineFile(path, text, read_baseline(text))


def _without_known(
    baseline: BaselineFile,
    found: Sequence[Diagnostic],
    place: OpenWorkspace,
    options: ValidateOptions,
    weights: Weights,
) -> list[Diagnostic]:
    """What a baseline leaves of the findings, and a note if it knows more than there is."""
    new, seen = [], set()
    for diagnostic, entry in zip(found, _baseline_entries(found, place), strict=True):
        if entry in baseline.entries and diagnostic.code not in UNSILENCED:
            seen.add(entry)
        else:
            new.append(diagnostic)
    if options.paths or any(diagnostic.code in STOPPERS for diagnostic in new):
        return new  # what was not looked at is not gone
    gone = [entry for entry in baseline.entries - seen if weights.get(entry.code, Severity.NOTE)]
    return new + list(weigh(outdated(baseline, gone), weights))


def outdated(baseline: BaselineFile, gone: Iterable[BaselineEntry]) -> list[Diagnostic]:
    """A note on the entries that were not found any more; nothing if there are none."""
    first, *more = sorted(gone) or (None,)
    if first is None:
        return []
    lines = baseline.text.splitlines()
    line = next((number for number, text in enumerate(lines, 1) if first.fingerprint in text), 1)
    message = Message(
        "findings of the baseline that are gone: {count}, the first is {code} of {file}",
        count=len(more) + 1,
        code=first.code,
        file=first.file,
    )
    hint = Message("let the baseline shrink: validate again with '--write-baseline'")
    return [diagnose(shown(baseline.path), OUTDATED_BASELINE, message, Span(line, 1, line, 1), hint)]


def record_findings(
    found: Sequence[Diagnostic], path: Path, place: OpenWorkspace, translate: Translator
) -> list[Diagnostic]:
    """Writes the baseline. What is given back can't be recorded: it keeps files from being checked at all, or
    tells that a signed plan was changed."""
    refuse_yaml(path)
    known = [entry for entry in _baseline_entries(found, place) if entry.code not in UNSILENCED]
    write_whole(path, baseline_text(known).encode("utf-8"))
    told = Message("findings recorded in '{file}': {count}", file=shown(path), count=len(known))
    tell_message(told, translate)
    return [diagnostic for diagnostic in found if diagnostic.code in UNSILENCED]


def _baseline_entries(found: Sequence[Diagnostic], place: OpenWorkspace) -> list[BaselineEntry]:
    """The entry of each finding, which names its file relative to the workspace."""
    names = {one.file: shown(Path(one.file), place.root) for one in found}
    marks = fingerprints(found, line_reader(place), names.__getitem__)
    return [BaselineEntry(names[one.file], one.code, mark) for one, mark in zip(found, marks, strict=True)]


def codes() -> list[tuple[str, str]]:
    """What a shell completes for CODE: each code with its rule's name."""
    return [(entry.code, entry.name) for entry in entries()]


def explain(options: ExplainOptions, translate: Translator) -> None:
    """Prints the page, or the list. Stop if there is no such code."""
    put(_all_codes(translate) if options.code is None else _page(options.code, translate))


def _all_codes(translate: Translator) -> str:
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
