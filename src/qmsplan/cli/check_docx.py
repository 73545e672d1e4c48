"""`qmsplan check-docx`: Word files of any origin held against the official format, and their looks mended in a copy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from qmsplan.check.findings import Weights, limited, weigh, weights_of
from qmsplan.cli.console import CommandError, Exit, put, tell_message
from qmsplan.cli.options import CheckDocxOptions
from qmsplan.cli.settings import open_workspace
from qmsplan.cli.workspace import line_of, report_of
from qmsplan.cli.write import write_new, write_whole
from qmsplan.conformity.check import check_paper, diagnostics_of, mend_paper, why_not_mended
from qmsplan.diagnostics import START, UNREADABLE, Diagnostic, Message, Severity, Translator, UserError, diagnose
from qmsplan.documents.profile import Profile, load_profile
from qmsplan.load.files import read_bytes, shown
from qmsplan.output.findings import JudgedFile
from qmsplan.output.formats import FORMATS
from qmsplan.word.package import LARGEST_FILE, OTHER_FORMS, as_word

_FIXED = "-fixed"
"""What the name of a mended copy ends with: `ke-hoach-fixed.docx`."""


class _Run(NamedTuple):
    """What holds for all files of a run."""

    options: CheckDocxOptions
    profile: Profile
    weights: Weights
    translate: Translator

    def is_told(self, code: str) -> bool:
        """Whether findings of a code are told at all."""
        return self.weights.get(code, Severity.NOTE) is not None


class _Judged(NamedTuple):
    """What came of one file. `lines` are its paragraphs."""

    name: str
    diagnostics: tuple[Diagnostic, ...]
    lines: tuple[str, ...] = ()
    judged: JudgedFile | None = None


def command(options: CheckDocxOptions, translate: Translator) -> int:
    """Prints what is wrong. The exit code is 1 if an error is among it, or what `--fail-on` names; 2 if a file is not
    there."""
    if options.output and (not options.fix or len(options.files) > 1):
        raise CommandError(
            Message("'--output' is for '--fix' with one file"), Message("add '--fix', or name the files one by one")
        )
    place = open_workspace(options.files[0])
    weights = weights_of(place.settings, options.select or (), options.ignore or ())
    run = _Run(options, load_profile(options.profile or place.settings.profile), weights, translate)
    found = [_judge_file(path, run) for path in dict.fromkeys(options.files)]
    told = limited(weigh((one for file in found for one in file.diagnostics), weights))
    lines = {file.name: file.lines for file in found}
    fails = frozenset({Severity.ERROR, Severity(options.fail_on)})
    report = report_of(told, place, translate, tuple(lines), fails)
    judged = tuple(file.judged for file in found if file.judged)
    shown_on = replace(report, line=lambda name, number: line_of(lines.get(name, ()), number), judged=judged)
    put(FORMATS[options.form](shown_on))
    if not all(path.exists() for path in options.files):
        return Exit.BROKEN  # a name that was mistyped is no faulty paper
    return Exit.FINDINGS if any(diagnostic.severity in fails for diagnostic in told) else Exit.CLEAN


def _judge_file(path: Path, run: _Run) -> _Judged:
    """The findings of one file, after mending it if that was asked for."""
    name = shown(path)
    try:
        content = read_bytes(path, LARGEST_FILE)
        is_other = path.suffix.lower() in OTHER_FORMS
        if is_other:
            content = as_word(content, path.suffix.lower())
        checked = check_paper(content, run.profile, run.is_told)
        if run.options.fix and checked.mendable:
            why = Message("it is no .docx file") if is_other else why_not_mended(content)
            if why:
                tell_message(Message("'{file}' is only checked", file=name), run.translate)
                tell_message(why, run.translate)
            else:
                mended = mend_paper(content, run.profile, run.is_told)
                target = _write_fixed(path, mended.content, run.options.output)
                name = shown(target)
                tell_message(
                    Message("faults fixed: {count}, written to '{file}'", count=mended.faults, file=name), run.translate
                )
                checked = check_paper(mended.content, run.profile, run.is_told)
        elif run.options.fix:  # somebody waits for that file
            target = run.options.output or _fixed_beside(path)
            tell_message(Message("nothing to fix: '{file}' is not written", file=shown(target)), run.translate)
    except CommandError:  # the mended file can't be written: that stops the run
        raise
    except UserError as fault:
        return _Judged(name, (diagnose(name, UNREADABLE, fault.message, START, fault.hint),))
    lines = tuple(paragraph.plain for paragraph in checked.content.paragraphs)
    return _Judged(name, tuple(diagnostics_of(checked, name)), lines, JudgedFile(name, checked.judged, checked.of))


def _write_fixed(path: Path, content: bytes, output: Path | None) -> Path:
    """Writes the mended file where the user said, or beside the file; the place."""
    if output is not None:
        write_whole(output, content)
        return output
    write_new(target := _fixed_beside(path), content)
    return target


def _fixed_beside(path: Path) -> Path:
    """Where the mended copy of a file stands: `ke-hoach-fixed.docx`."""
    return path.with_name(f"{path.stem}{_FIXED}{path.suffix}")
