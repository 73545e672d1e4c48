"""`qmsplan validate`: everything that is wrong, each at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qmsplan.check.choice import weigh, weights_of
from qmsplan.check.limit import shortened
from qmsplan.cli.console import Stop
from qmsplan.cli.exits import CLEAN, FINDINGS
from qmsplan.cli.files import MARK, Place, open_workspace
from qmsplan.cli.outputs import read_outputs, show
from qmsplan.cli.survey import Errand, survey
from qmsplan.diagnostic import Diagnostic, Severity, say
from qmsplan.load.faults import STOPPERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from qmsplan.check.choice import Weights
    from qmsplan.cli.baseline import Baseline
    from qmsplan.output.report import Report


class Wish(NamedTuple):
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


def validate(wish: Wish, language: str) -> int:
    """Prints what is wrong with the named files, or with the whole workspace; the exit code."""
    place = _open(wish)
    outputs = read_outputs(wish.outputs)
    weights = weights_of(place.settings, wish.select, wish.ignore)
    baseline = _baseline(wish)
    seen = survey(Errand(place, wish.paths, language))
    found = list(weigh(seen.diagnostics, weights))
    if baseline:
        found = _against(baseline, found, place, wish, weights)
    elif wish.baseline:
        found = _recorded(wish.baseline, found, place, language)
    told = shortened(found)
    fails = frozenset({Severity.ERROR, wish.fail_on})

    def make() -> Report:
        from qmsplan.cli.report import report_of

        return report_of(told, place, language, seen.files, fails)

    show(wish.form, outputs, told, make)
    return FINDINGS if any(diagnostic.severity in fails for diagnostic in found) else CLEAN


def _open(wish: Wish) -> Place:
    """The workspace. Stop if there is none to look at, or if the wishes do not go together."""
    if wish.writes_baseline and not wish.baseline:
        raise Stop(say("'--write-baseline' needs '--baseline'"), say("add '--baseline FILE'"))
    if wish.writes_baseline and (wish.paths or wish.select or wish.ignore):
        message = say("a baseline is written of everything, not of some files or codes")
        raise Stop(message, say("leave out the paths, '--select' and '--ignore'"))
    place = open_workspace(wish.paths[0] if wish.paths else None)
    if place.document is None and not wish.paths:
        raise Stop(
            say("there is no {name} in this folder or above it", name=MARK),
            say("name the files to validate, or make a workspace with 'qmsplan init'"),
        )
    return place


def _baseline(wish: Wish) -> Baseline | None:
    if wish.baseline is None or wish.writes_baseline:
        return None
    from qmsplan.cli.baseline import load_baseline

    return load_baseline(wish.baseline)


def _recorded(path: Path, found: Sequence[Diagnostic], place: Place, language: str) -> list[Diagnostic]:
    from qmsplan.cli.baseline import record

    return record(found, path, place, language)


def _against(
    baseline: Baseline, found: Sequence[Diagnostic], place: Place, wish: Wish, weights: Weights
) -> list[Diagnostic]:
    """What a baseline leaves of the findings, and a note if it knows more than there is."""
    from qmsplan.cli.baseline import only_new, outdated

    new, seen = only_new(found, baseline, place)
    if wish.paths or any(diagnostic.code in STOPPERS for diagnostic in new):
        return new  # what was not looked at is not gone
    gone = [entry for entry in baseline.entries - seen if weights.get(entry.code, Severity.NOTE)]
    return new + list(weigh(outdated(baseline, gone), weights))
