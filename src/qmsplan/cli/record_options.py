"""The options of `qmsplan record`: what is recorded, where, and how the answer is written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from qmsplan.cli.parameters import (
    complete_event,
    complete_item,
    period_option,
    plan_option,
    unit_option,
)

Format = Literal["text", "json"]

ItemArgument = Annotated[
    str | None,
    typer.Argument(metavar="ITEM", autocompletion=complete_item, help="The item, or PLAN/ITEM; none for an event."),
]
PlanOption = Annotated[str | None, plan_option("The plan, where several have such an item.")]
PeriodOption = Annotated[str | None, period_option("Reading, completion, corrective action: 2026-Q3, 2026-09, 2026.")]
NumOption = Annotated[
    str | None, typer.Option("--num", metavar="N", help="Reading: cases that meet the target; goes with --den.")
]
DenOption = Annotated[
    str | None, typer.Option("--den", metavar="N", help="Reading: all cases, 0 if none arose; goes with --num.")
]
ValueOption = Annotated[
    str | None,
    typer.Option("--value", metavar="VALUE", help="Reading: the measured value where nothing is counted, 98,7% or 12."),
]
ChangeOption = Annotated[
    str | None,
    typer.Option(
        "--change", metavar="VALUE", help="Reading: the reduction or increase itself, where nothing but that is known."
    ),
]
BaselineOption = Annotated[
    str | None, typer.Option("--baseline", metavar="VALUE", help="Reading: what a reduction or increase starts from.")
]
TargetOption = Annotated[
    str | None, typer.Option("--target", metavar="N", help="Reading: which of the item's targets, from 1.")
]
DoneOption = Annotated[str | None, typer.Option("--done", metavar="DATE", help="Completion: the day it was done.")]
EventOption = Annotated[
    str | None,
    typer.Option(
        "--event",
        metavar="EVENT",
        autocompletion=complete_event,
        help="Event: what has happened, its id or its words in the plan; goes with --on.",
    ),
]
OnOption = Annotated[str | None, typer.Option("--on", metavar="DATE", help="Event: the day it happened.")]
ClauseOption = Annotated[
    str | None, typer.Option("--clause", metavar="CLAUSE", help="Finding of an internal audit: the clause, 9.1.1.")
]
AuditedOption = Annotated[
    str | None,
    typer.Option("--audited", metavar="UNIT", help="Finding of an internal audit: the unit that was audited."),
]
FindingOption = Annotated[
    str | None, typer.Option("--finding", metavar="TEXT", help="Finding of an internal audit: what was found.")
]
CorrectionOption = Annotated[
    str | None, typer.Option("--correction", metavar="TEXT", help="Corrective action: what was done about it at once.")
]
CauseOption = Annotated[
    str | None,
    typer.Option("--cause", metavar="TEXT", help="Corrective action: why the target was missed, or the task is late."),
]
ActionOption = Annotated[
    str | None,
    typer.Option("--action", metavar="TEXT", help="Corrective action: what is done so that it does not happen again."),
]
LeadOption = Annotated[str | None, typer.Option("--lead", metavar="NAME", help="Corrective action: who does it.")]
DueOption = Annotated[str | None, typer.Option("--due", metavar="DATE", help="Corrective action: by when.")]
ActionDoneOption = Annotated[
    str | None, typer.Option("--action-done", metavar="DATE", help="Corrective action: the day it was done.")
]
VerifiedOnOption = Annotated[
    str | None,
    typer.Option("--verified-on", metavar="DATE", help="Corrective action: the day it was checked whether it helped."),
]
VerifiedByOption = Annotated[
    str | None, typer.Option("--verified-by", metavar="NAME", help="Corrective action: who checked it.")
]
EffectiveOption = Annotated[
    str | None, typer.Option("--effective", metavar="yes|no", help="Corrective action: whether it helped.")
]
EvidenceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence", metavar="TEXT", help="A document that proves it; may be given several times, not for an event."
    ),
]
FileOption = Annotated[
    list[str] | None,
    typer.Option("--file", metavar="PATH", help="A file that proves it; may be given several times, not for an event."),
]
NoteOption = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Reading, completion, event: a remark.")]
RecordedOption = Annotated[
    str | None, typer.Option("--recorded", metavar="DATE", help="The day it is recorded; today if not given.")
]
UnitOption = Annotated[str | None, unit_option("The unit whose progress file it goes into: its code, name or alias.")]
IntoOption = Annotated[Path | None, typer.Option("--into", metavar="FILE", help="The progress file it goes into.")]
FormatOption = Annotated[Format, typer.Option("--format", metavar="text|json", help="How the answer is written.")]
ReplaceOption = Annotated[
    bool, typer.Option("--replace", help="Correct what is recorded already: what is given changes, the rest stays.")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Write nothing; show the diff.")]
QuietOption = Annotated[bool, typer.Option("--quiet", help="Print nothing unless it can't be recorded.")]
