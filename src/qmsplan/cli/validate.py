"""Where reports go: stdout in one format, and any number of files in others.

`--baseline`: what the file knows is not told again, what it knows and is gone is told once.

`qmsplan validate`: everything that is wrong, each at its place.

The options of `qmsplan validate`."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from qmsplan.check.findings import (
    BaselineEntry,
    Weights,
    baseline_text,
    fingerprints,
    read_baseline,
    shortened,
    weigh,
    weights_of,
)
from qmsplan.cli.console import CLEAN, FINDINGS, CommandError, put, tell
from qmsplan.cli.findings import CheckRequest, line_reader, report_of, survey
from qmsplan.cli.workspace import MARK, OpenWorkspace, open_workspace, shown
from qmsplan.cli.write import write_whole
from qmsplan.diagnostics import (
    OUTDATED_BASELINE,
    STOPPERS,
    Diagnostic,
    Message,
    ReadError,
    Severity,
    Span,
    UserError,
    diagnose,
    sentence,
    translator,
)
from qmsplan.load.files import decode, read_bytes
from qmsplan.output.findings import FindingsReport, painter
from qmsplan.output.formats import FORMATS

QUIET = frozenset({"text", "github"})
"""The formats that say nothing when nothing is wrong; the others are complete reports all the same."""


class Output(NamedTuple):
    """A file and the format of the report in it."""

    form: str
    path: Path


def read_outputs(wishes: Iterable[str]) -> tuple[Output, ...]:
    """The files that `--output FORMAT=FILE` names. Stop if one can't be meant."""
    outputs: dict[Path, Output] = {}
    for wish in wishes:
        form, equals, name = wish.partition("=")
        if not equals or not name or form not in FORMATS:
            hint = Message("write one of: {choices}", choices=", ".join(FORMATS))
            raise CommandError(
                Message("'{wish}' is not a format and a file, such as sarif=build/q.sarif", wish=wish), hint
            )
        path = Path(name)
        refuse_yaml(path)
        if path.resolve() in outputs:
            raise CommandError(
                Message("two reports can't go to one file: '{file}'", file=shown(path)), Message("name another file")
            )
        outputs[path.resolve()] = Output(form, path)
    return tuple(outputs.values())


def refuse_yaml(path: Path) -> None:
    """Stop if a report would be written over what may be a plan."""
    if path.suffix.lower() in {".yaml", ".yml"}:
        message = Message("a report is never written to a YAML file: '{file}'", file=shown(path))
        raise CommandError(message, Message("plans are YAML files; name a file with another ending"))


def show(form: str, outputs: Sequence[Output], found: Sequence[Diagnostic], make: Callable[[], FindingsReport]) -> None:
    """Writes the files, then prints. `make` gives the report on the findings, if anybody needs it."""
    if not outputs and not found and form in QUIET:
        return

    report = make()
    if outputs:
        _write(outputs, replace(report, paint=painter(colours=False), width=120, folds=False))
    text = FORMATS[form](report)
    if text:
        put(text)


def _write(outputs: Sequence[Output], report: FindingsReport) -> None:

    for output in outputs:
        write_whole(output.path, FORMATS[output.form](report).encode("utf-8", "backslashreplace"))


LARGEST = 64 * 1024 * 1024
"""Bytes a baseline file may have."""


class BaselineFile(NamedTuple):
    """A baseline file as read."""

    path: Path
    text: str
    entries: frozenset[BaselineEntry]


def load_baseline(path: Path) -> BaselineFile:
    """The baseline in a file. Stop if there is none."""
    if not path.exists():
        raise CommandError(
            Message("there is no file '{file}'", file=shown(path)), Message("make it with '--write-baseline'")
        )
    try:
        text = decode(read_bytes(path, LARGEST))
        return BaselineFile(path, text, read_baseline(text))
    except ReadError as broken:
        raise CommandError(broken.message, broken.hint) from None
    except UserError as fault:
        raise CommandError(fault.message, fault.hint) from None


def only_new(
    found: Sequence[Diagnostic], baseline: BaselineFile, place: OpenWorkspace
) -> tuple[list[Diagnostic], set[BaselineEntry]]:
    """The findings that the baseline does not know, and its entries that were found."""
    new, seen = [], set()
    for diagnostic, entry in zip(found, _entries(found, place), strict=True):
        if entry in baseline.entries and diagnostic.code not in STOPPERS:
            seen.add(entry)
        else:
            new.append(diagnostic)
    return new, seen


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


def record(found: Sequence[Diagnostic], path: Path, place: OpenWorkspace, language: str) -> list[Diagnostic]:
    """Writes the baseline; what is left can't be recorded, because it keeps files from being checked at all."""
    refuse_yaml(path)
    known = [entry for entry in _entries(found, place) if entry.code not in STOPPERS]
    write_whole(path, baseline_text(known).encode("utf-8"))
    told = Message("findings recorded in '{file}': {count}", file=shown(path), count=len(known))
    tell(sentence(told, translator(language)))
    return [diagnostic for diagnostic in found if diagnostic.code in STOPPERS]


def _entries(found: Sequence[Diagnostic], place: OpenWorkspace) -> list[BaselineEntry]:
    def name_of(file: str) -> str:
        try:
            return Path(os.path.relpath(file, place.root)).as_posix()
        except ValueError:  # on another drive
            return file

    marks = fingerprints(found, line_reader(place), name_of)
    return [BaselineEntry(name_of(one.file), one.code, mark) for one, mark in zip(found, marks, strict=True)]


class ValidateOptions(NamedTuple):
    """What a command line asks for."""

    paths: tuple[Path, ...] = ()
    form: str = "text"
    fail_on: Severity = Severity.ERROR
    outputs: tuple[str, ...] = ()
    """`FORMAT=FILE` each."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: Path | None = None
    writes_baseline: bool = False


def validate(wish: ValidateOptions, language: str) -> int:
    """Prints what is wrong with the named files, or with the whole workspace; the exit code."""
    place = _open(wish)
    outputs = read_outputs(wish.outputs)
    weights = weights_of(place.settings, wish.select, wish.ignore)
    baseline = _baseline(wish)
    seen = survey(CheckRequest(place, wish.paths, language))
    found = list(weigh(seen.diagnostics, weights))
    if baseline:
        found = _against(baseline, found, place, wish, weights)
    elif wish.baseline:
        found = _recorded(wish.baseline, found, place, language)
    told = shortened(found)
    fails = frozenset({Severity.ERROR, wish.fail_on})

    def make() -> FindingsReport:

        return report_of(told, place, language, seen.files, fails)

    show(wish.form, outputs, told, make)
    return FINDINGS if any(diagnostic.severity in fails for diagnostic in found) else CLEAN


def _open(wish: ValidateOptions) -> OpenWorkspace:
    """The workspace. Stop if there is none to look at, or if the wishes do not go together."""
    if wish.writes_baseline and not wish.baseline:
        raise CommandError(Message("'--write-baseline' needs '--baseline'"), Message("add '--baseline FILE'"))
    if wish.writes_baseline and (wish.paths or wish.select or wish.ignore):
        message = Message("a baseline is written of everything, not of some files or codes")
        raise CommandError(message, Message("leave out the paths, '--select' and '--ignore'"))
    place = open_workspace(wish.paths[0] if wish.paths else None)
    if place.document is None and not wish.paths:
        raise CommandError(
            Message("there is no {name} in this folder or above it", name=MARK),
            Message("name the files to validate, or make a workspace with 'qmsplan init'"),
        )
    return place


def _baseline(wish: ValidateOptions) -> BaselineFile | None:
    if wish.baseline is None or wish.writes_baseline:
        return None

    return load_baseline(wish.baseline)


def _recorded(path: Path, found: Sequence[Diagnostic], place: OpenWorkspace, language: str) -> list[Diagnostic]:

    return record(found, path, place, language)


def _against(
    baseline: BaselineFile, found: Sequence[Diagnostic], place: OpenWorkspace, wish: ValidateOptions, weights: Weights
) -> list[Diagnostic]:
    """What a baseline leaves of the findings, and a note if it knows more than there is."""
    new, seen = only_new(found, baseline, place)
    if wish.paths or any(diagnostic.code in STOPPERS for diagnostic in new):
        return new  # what was not looked at is not gone
    gone = [entry for entry in baseline.entries - seen if weights.get(entry.code, Severity.NOTE)]
    return new + list(weigh(outdated(baseline, gone), weights))


Format = Literal["text", "json", "github", "gitlab", "sarif", "junit", "markdown"]
ValidateFailOn = Literal["error", "warning"]


def add(app: typer.Typer, language: str, translate: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    paths_help = translate("Files or folders to report on; the whole workspace if none is named.")
    format_help = translate("How findings are written.")
    output_help = translate(
        "Write a report to a file as well, such as sarif=build/q.sarif; may be given several times."
    )
    fail_help = translate("What makes the exit code 1: errors only, or warnings too.")
    select_help = translate("Only these findings: codes, their beginnings (QP1) or names, parted by commas.")
    ignore_help = translate("All findings but these.")
    baseline_help = translate("Leave out the findings that this file knows.")
    write_help = translate("Record all findings in the file that --baseline names, instead of telling them.")
    formats = "|".join(FORMATS)

    @app.command("validate", help=translate("Find what is wrong in plans, by line and column."))
    def command(  # noqa: PLR0913  an option each
        paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help=paths_help)] = None,
        form: Annotated[Format, typer.Option("--format", metavar=formats, help=format_help)] = "text",
        output: Annotated[list[str] | None, typer.Option("--output", metavar="FORMAT=FILE", help=output_help)] = None,
        fail_on: Annotated[
            ValidateFailOn, typer.Option("--fail-on", metavar="error|warning", help=fail_help)
        ] = "error",
        select: Annotated[list[str] | None, typer.Option("--select", metavar="CODES", help=select_help)] = None,
        ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="CODES", help=ignore_help)] = None,
        baseline: Annotated[Path | None, typer.Option("--baseline", metavar="FILE", help=baseline_help)] = None,
        *,
        write_baseline: Annotated[bool, typer.Option("--write-baseline", help=write_help)] = False,
        no_cache: Annotated[bool, typer.Option("--no-cache", hidden=True)] = False,  # noqa: ARG001  nothing is kept; scripts may still say it
    ) -> None:

        wish = ValidateOptions(
            tuple(paths or ()),
            form,
            Severity(fail_on),
            tuple(output or ()),
            tuple(select or ()),
            tuple(ignore or ()),
            baseline,
            write_baseline,
        )
        raise typer.Exit(validate(wish, language))
