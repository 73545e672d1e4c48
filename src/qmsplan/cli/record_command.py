"""The options of `qmsplan record`."""

# No postponed annotations here: typer reads them, and the texts depend on the language.
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

Format = Literal["text", "json"]
DETAILS = (
    *("period", "num", "den", "value", "change", "baseline", "target", "done", "event", "on"),
    *("cause", "action", "lead", "due", "action_done", "evidence", "file", "note", "recorded"),
)
"""The options that say what is recorded; the others say where and how."""


def add(app: typer.Typer, language: str, say: Callable[[str], str]) -> None:
    """Adds the command to the application."""
    told = _told(say)

    def text(name: str, metavar: str) -> Any:
        return typer.Option(f"--{name}", metavar=metavar, help=told[name])

    def flag(name: str) -> Any:
        return typer.Option(f"--{name}", help=told[name])

    @app.command("record", help=say("Record a reading, a completion, an event or a corrective action."))
    def command(  # noqa: PLR0913, PLR0917  an option each
        item: Annotated[str | None, typer.Argument(metavar="ITEM", help=told["item"])] = None,
        plan: Annotated[str | None, text("plan", "ID")] = None,
        period: Annotated[str | None, text("period", "PERIOD")] = None,
        num: Annotated[str | None, text("num", "N")] = None,
        den: Annotated[str | None, text("den", "N")] = None,
        value: Annotated[str | None, text("value", "VALUE")] = None,
        change: Annotated[str | None, text("change", "VALUE")] = None,
        baseline: Annotated[str | None, text("baseline", "VALUE")] = None,
        target: Annotated[str | None, text("target", "N")] = None,
        done: Annotated[str | None, text("done", "DATE")] = None,
        event: Annotated[str | None, text("event", "EVENT")] = None,
        on: Annotated[str | None, text("on", "DATE")] = None,
        cause: Annotated[str | None, text("cause", "TEXT")] = None,
        action: Annotated[str | None, text("action", "TEXT")] = None,
        lead: Annotated[str | None, text("lead", "NAME")] = None,
        due: Annotated[str | None, text("due", "DATE")] = None,
        action_done: Annotated[str | None, text("action-done", "DATE")] = None,
        evidence: Annotated[list[str] | None, text("evidence", "TEXT")] = None,
        file: Annotated[list[str] | None, text("file", "PATH")] = None,
        note: Annotated[str | None, text("note", "TEXT")] = None,
        recorded: Annotated[str | None, text("recorded", "DATE")] = None,
        unit: Annotated[str | None, text("unit", "UNIT")] = None,
        into: Annotated[Path | None, text("into", "FILE")] = None,
        form: Annotated[Format, typer.Option("--format", metavar="text|json", help=told["format"])] = "text",
        *,
        replace: Annotated[bool, flag("replace")] = False,
        dry_run: Annotated[bool, flag("dry-run")] = False,
        quiet: Annotated[bool, flag("quiet")] = False,
    ) -> None:
        given = _given(locals())
        from qmsplan.cli.record import Wish, record

        wish = Wish(item, given, plan, unit, into, form, replace, dry_run, quiet)
        raise typer.Exit(record(wish, language))


def _given(options: dict[str, Any]) -> dict[str, Any]:
    """The details that were given, by the names of their options; blank ones were not."""
    found = {}
    for name in DETAILS:
        value = options[name]
        texts = [text for text in ([value] if isinstance(value, str) else value or ()) if text.strip()]
        if texts:
            found[name.replace("_", "-")] = texts[0] if isinstance(value, str) else texts
    return found


def _told(say: Callable[[str], str]) -> dict[str, str]:
    """What each option is for, by its name; the kinds of records it goes with stand first."""
    return {
        "item": say("The item, or PLAN/ITEM; none for an event."),
        "plan": say("The plan, where several have such an item."),
        "period": say("Reading, completion, corrective action: 2026-Q3, 2026-09, 2026."),
        "num": say("Reading: cases that meet the target; goes with --den."),
        "den": say("Reading: all cases, 0 if none arose; goes with --num."),
        "value": say("Reading: the measured value where nothing is counted, 98,7% or 12."),
        "change": say("Reading: the reduction or increase itself, where nothing but that is known."),
        "baseline": say("Reading: what a reduction or increase starts from."),
        "target": say("Reading: which of the item's targets, from 1."),
        "done": say("Completion: the day it was done."),
        "event": say("Event: the id of what has happened; goes with --on."),
        "on": say("Event: the day it happened."),
        "cause": say("Corrective action: why the target was missed."),
        "action": say("Corrective action: what is done so that it does not happen again."),
        "lead": say("Corrective action: who does it."),
        "due": say("Corrective action: by when."),
        "action-done": say("Corrective action: the day it was done."),
        "evidence": say("Reading, completion: a document that proves it; may be given several times."),
        "file": say("Reading, completion: a file that proves it; may be given several times."),
        "note": say("Reading, completion, event: a remark."),
        "recorded": say("The day it is recorded; today if not given."),
        "unit": say("The unit whose progress file it goes into: its code, name or alias."),
        "into": say("The progress file it goes into."),
        "format": say("How the answer is written."),
        "replace": say("Correct what is recorded already: what is given changes, the rest stays."),
        "dry-run": say("Write nothing; show the diff."),
        "quiet": say("Print nothing unless it can't be recorded."),
    }
