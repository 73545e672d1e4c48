"""Where reports go: stdout in one format, and any number of files in others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.console import Stop, put
from qmsplan.cli.files import shown
from qmsplan.diagnostic import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qmsplan.diagnostic import Diagnostic
    from qmsplan.output.report import Report

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown")
"""The names of `output.formats.FORMATS`, which is only loaded when there is something to tell."""
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
            hint = say("write one of: {choices}", choices=", ".join(FORMATS))
            raise Stop(say("'{wish}' is not a format and a file, such as sarif=build/q.sarif", wish=wish), hint)
        path = Path(name)
        refuse_yaml(path)
        if path.resolve() in outputs:
            raise Stop(say("two reports can't go to one file: '{file}'", file=shown(path)), say("name another file"))
        outputs[path.resolve()] = Output(form, path)
    return tuple(outputs.values())


def refuse_yaml(path: Path) -> None:
    """Stop if a report would be written over what may be a plan."""
    if path.suffix.lower() in {".yaml", ".yml"}:
        message = say("a report is never written to a YAML file: '{file}'", file=shown(path))
        raise Stop(message, say("plans are YAML files; name a file with another ending"))


def show(form: str, outputs: Sequence[Output], found: Sequence[Diagnostic], make: Callable[[], Report]) -> None:
    """Writes the files, then prints. `make` gives the report on the findings, if anybody needs it."""
    if not outputs and not found and form in QUIET:
        return
    from qmsplan.output.formats import FORMATS as WRITERS
    from qmsplan.output.text import painter

    report = make()
    if outputs:
        from dataclasses import replace

        _write(outputs, replace(report, paint=painter(colours=False), width=120, folds=False))
    text = WRITERS[form](report)
    if text:
        put(text)


def _write(outputs: Sequence[Output], report: Report) -> None:
    from qmsplan.cli.write import write_whole
    from qmsplan.output.formats import FORMATS as WRITERS

    for output in outputs:
        write_whole(output.path, WRITERS[output.form](report).encode("utf-8", "backslashreplace"))
