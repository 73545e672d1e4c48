"""What each command takes: its arguments and options are the fields of a class, with their help.

They stand apart from what the commands do, so that help is shown, and a mistyped command line is answered, without
loading that."""

from enum import StrEnum
from pathlib import Path
from typing import Literal, NamedTuple

import typer

from qmsplan.cli.parameters import (
    AS_OF,
    FAIL_ON,
    IGNORE,
    OF_UNIT,
    PDF,
    PLAN,
    QUIET,
    SHOW_CHANGE,
    argument,
    choice,
    flag,
    option,
    out_folder,
    output_option,
    period_option,
    plan_option,
    unit_option,
)


class InitOptions(NamedTuple):
    """Of `qmsplan init`."""

    folder: Path = argument("FOLDER", "The folder of the new workspace; this folder if not given.", default=Path())


class NewOptions(NamedTuple):
    """Of `qmsplan new`."""

    kind: Literal["plan", "progress"] = argument(
        "plan|progress", "plan, or progress on a plan; a plan if not given.", default="plan"
    )
    name: str | None = argument(
        "ID",
        "The id of the new plan, or of the plan to report on. A plan made of a template can go without.",
        "completion:plans",
    )
    unit: str | None = unit_option("The unit that will keep the progress file: its code, name or alias.")
    template: str | None = option(
        "--template",
        "NAME",
        "What the plan starts from: a template's example. Without a name and an id, all are listed.",
        "new:examples",
    )
    period: str | None = option("--period", "PERIOD", "The time the plan is for.")
    title: str | None = option("--title", "TEXT", "What the document is about.")
    issuer: str | None = unit_option("The unit that issues the document: its code, name or alias.", "--issuer")


class ImportFilesOptions(NamedTuple):
    """Of `qmsplan import`."""

    files: list[Path] = argument(
        "FILE", "Word files or workbooks; .doc, .odt, .rtf, .html and .xls need LibreOffice.", needed=True
    )
    into: Path | None = option("--output -o --into", "FILE", "The plan file to write; one file only.")
    plan_id: str | None = option("--id", "ID", "The id of the plan; made from the file's name if not given.")
    template: str | None = option("--template", "NAME", "The template of the plan, if not the one that fits.")
    kind: Literal["objectives", "tasks"] | None = choice(
        "--as", "What rows and lines are, if not what their words say."
    )
    form: Literal["text", "json"] = choice("--format", "Output format.")
    dry_run: bool = flag("--dry-run", "Write nothing; print the plan instead.")
    compare: bool = flag("--compare", "Show where the document of the draft differs from the file.")
    write_units: bool = flag("--write-units", "Put units and persons that are not registered into qmsplan.yaml.")
    paper: int | None = option("--paper", "N", "Of a Word file with several papers the first, second, ... one.")
    progress: bool = flag("--progress", "Write results of the plan's own time as readings of a progress file.")


class FmtOptions(NamedTuple):
    """Of `qmsplan fmt`."""

    paths: list[Path] | None = argument("PATH", "Files or folders to lay out; the whole workspace if none is named.")
    check: bool = flag("--check", "Write nothing; exit with 1 if a file would change.")


class ValidateOptions(NamedTuple):
    """Of `qmsplan validate`."""

    paths: list[Path] | None = argument("PATH", "Files or folders to report on; the whole workspace if none is named.")
    form: Literal["text", "json", "github", "gitlab", "sarif", "junit", "markdown"] = choice(
        "--format", "How findings are written."
    )
    output: list[str] | None = option(
        "--output",
        "FORMAT=FILE",
        "Write a report to a file as well, such as sarif=build/q.sarif; may be given several times.",
    )
    fail_on: Literal["error", "warning"] = FAIL_ON
    select: list[str] | None = option(
        "--select", "CODES", "Only these findings: codes, their beginnings (QP1) or names, separated by commas."
    )
    ignore: list[str] | None = IGNORE
    baseline: Path | None = option("--baseline", "FILE", "Leave out the findings that this file knows.")
    write_baseline: bool = flag(
        "--write-baseline", "Record all findings in the file that --baseline names, instead of reporting them."
    )
    fix: bool = flag("--fix", "Fix what has only one possible fix, then report what is left.")
    dry_run: bool = flag("--dry-run", "With --fix: print the changes and write nothing.")
    no_cache: bool = typer.Option(False, "--no-cache", hidden=True)  # noqa: FBT003  the default
    """Nothing is kept any more; scripts may still say it."""


class ExplainOptions(NamedTuple):
    """Of `qmsplan explain`."""

    code: str | None = argument(
        "CODE", "A code such as QP202, or a rule's name; all codes are listed if none is given.", "validate:codes"
    )


class CheckDocxOptions(NamedTuple):
    """Of `qmsplan check-docx`."""

    files: list[Path] = argument("FILE", "Word files; .doc, .odt and .rtf need LibreOffice.", needed=True)
    form: Literal["text", "json", "sarif", "junit", "github"] = choice("--format", "How findings are written.")
    fail_on: Literal["error", "warning"] = FAIL_ON
    select: list[str] | None = option(
        "--select", "CODES", "Only these findings: codes, their beginnings (QD3) or names, separated by commas."
    )
    ignore: list[str] | None = IGNORE
    profile: str | None = option("--profile", "NAME", "The official format; the workspace's, or nd30-2020.")
    fix: bool = flag("--fix", "Fix looks and set phrases in a copy, NAME-fixed.docx; no other word changes.")
    output: Path | None = option("--output -o", "FILE", "Where the fixed file is written; one file only.")


class DeadlineOptions(NamedTuple):
    """Of `qmsplan deadline`."""

    phrase: str = argument(
        "PHRASE", "The deadline as you would write it in a plan, such as 'Quý III năm 2026'.", needed=True
    )
    period: str | None = option("--period", "PERIOD", "The plan's period, 2026 or 2026-2030; this year if not given.")
    form: Literal["text", "json"] = choice("--format", "Output format.")


class TargetOptions(NamedTuple):
    """Of `qmsplan target`."""

    phrase: str = argument("PHRASE", "The target as you would write it in a plan, such as '>98%'.", needed=True)
    form: Literal["text", "json"] = choice("--format", "Output format.")


class PeopleOptions(NamedTuple):
    """Of `qmsplan people`."""

    phrase: str = argument("PHRASE", "Who leads or supports, as you would write it in a plan.", needed=True)
    form: Literal["text", "json"] = choice("--format", "Output format.")


class RecordOptions(NamedTuple):
    """Of `qmsplan record`."""

    item: str | None = argument("ITEM", "The item, or PLAN/ITEM; none for an event.", "completion:items")
    plan: str | None = plan_option("The plan, where several have such an item.")
    period: str | None = period_option("Reading, completion, corrective action: 2026-Q3, 2026-09, 2026.")
    num: str | None = option(
        "--num", "N", "Reading: cases that the target counts, such as those in time; goes with --den."
    )
    den: str | None = option("--den", "N", "Reading: all cases, 0 if none arose; goes with --num.")
    value: str | None = option("--value", "VALUE", "Reading: the measured value where nothing is counted, 98,7% or 12.")
    change: str | None = option(
        "--change", "VALUE", "Reading: the reduction or increase itself, where nothing but that is known."
    )
    baseline: str | None = option("--baseline", "VALUE", "Reading: what a reduction or increase starts from.")
    target: str | None = option("--target", "N", "Reading: which of the item's targets, from 1.")
    done: str | None = option("--done", "DATE", "Completion: the day it was done.")
    event: str | None = option(
        "--event",
        "EVENT",
        "Event: what has happened, its id or its words in the plan; goes with --on.",
        "completion:events",
    )
    on: str | None = option("--on", "DATE", "Event: the day it happened.")
    clause: str | None = option("--clause", "CLAUSE", "Finding of an internal audit: the clause, 9.1.1.")
    audited: str | None = option("--audited", "UNIT", "Finding of an internal audit: the unit that was audited.")
    finding: str | None = option("--finding", "TEXT", "Finding of an internal audit: what was found.")
    correction: str | None = option("--correction", "TEXT", "Corrective action: what was done about it at once.")
    cause: str | None = option("--cause", "TEXT", "Corrective action: why the target was missed, or the task is late.")
    action: str | None = option("--action", "TEXT", "Corrective action: what is done so that it does not happen again.")
    lead: str | None = option("--lead", "NAME", "Corrective action: who does it.")
    due: str | None = option("--due", "DATE", "Corrective action: by when.")
    action_done: str | None = option("--action-done", "DATE", "Corrective action: the day it was done.")
    verified_on: str | None = option(
        "--verified-on", "DATE", "Corrective action: the day it was checked whether it helped."
    )
    verified_by: str | None = option("--verified-by", "NAME", "Corrective action: who checked it.")
    effective: str | None = option("--effective", "yes|no", "Corrective action: whether it helped.")
    evidence: list[str] | None = option(
        "--evidence", "TEXT", "A document that proves it; may be given several times, not for an event."
    )
    file: list[str] | None = option(
        "--file", "PATH", "A file that proves it; may be given several times, not for an event."
    )
    note: str | None = option("--note", "TEXT", "Reading, completion, event: a remark.")
    recorded: str | None = option("--recorded", "DATE", "The day it is recorded; today if not given.")
    unit: str | None = unit_option("The unit whose progress file it goes into: its code, name or alias.")
    into: Path | None = option("--into", "FILE", "The progress file it goes into.")
    form: Literal["text", "json"] = choice("--format", "Output format.")
    replace: bool = flag("--replace", "Correct what is recorded already: what is given changes, the rest stays.")
    dry_run: bool = flag("--dry-run", "Write nothing; show the diff.")
    quiet: bool = flag("--quiet", "Print nothing unless it can't be recorded.")


class FormOptions(NamedTuple):
    """Of `qmsplan form`."""

    action: Literal["export", "read"] = argument(
        "export|read", "export: write forms for units to fill in; read: take filled ones over.", needed=True
    )
    files: list[Path] | None = argument("FILE", "read: the workbooks that came back, .xlsx or .ods.")
    unit: list[str] | None = unit_option(
        "export: the form of this unit: its code, name or alias; may be given several times."
    )
    period: str | None = period_option(
        "export: the period that is reported: 2026-Q4, Quý IV, 2026-11; today's quarter if not given."
    )
    output_dir: Path | None = output_option(
        "export: the folder to write to; 'form' in the workspace's output folder if not given.",
        "DIR",
        "--output --output-dir -o",
    )
    all_units: bool = flag("--all-units", "export: a form for each unit that has something to report.")
    dry_run: bool = flag("--dry-run", "read: write nothing; show the diff.")
    report: Path | None = option(
        "--report", "FILE", "read: a workbook in which the cells that can't be taken over are marked."
    )
    form: Literal["text", "json"] = choice("--format", "read: output format.")


class StatusFailOn(StrEnum):
    """What can make the exit code 1; an enumeration, for typer takes no list of literals."""

    NONE = "none"
    OVERDUE = "overdue"
    MISSED = "missed"


class StatusOptions(NamedTuple):
    """Of `qmsplan status`."""

    code: str | None = argument(
        "PERIOD", "The period to look at: 2026-Q3, 2026-H1, 2026-9M, 2026-09, 2026 or 2026-2030.", "completion:periods"
    )
    quarter: str | None = option(
        "--quarter -q",
        "QUARTER",
        "The quarter: III, 3, Q3 or 2026-Q3 (without a year, the last one that has begun); today's if not given.",
        "completion:quarters",
    )
    period: str | None = period_option("The same as PERIOD.")
    as_of: str | None = AS_OF
    plan: list[str] | None = plan_option("Only these plans, separated by commas; may be given several times.")
    unit: list[str] | None = unit_option(
        "Only items that this unit or person leads or supports: code, name or alias; may be given several times."
    )
    lead: list[str] | None = unit_option(
        "Only items that this unit or person leads; may be given several times.", "--lead"
    )
    state: list[str] | None = option(
        "--state",
        "STATES",
        "Only items in these states, such as overdue,missed; may be given several times.",
        "status:states",
    )
    form: Literal["table", "json", "csv", "markdown"] = choice("--format", "Output format.")
    fail_on: list[StatusFailOn] | None = option(
        "--fail-on", "overdue|missed|none", "What makes the exit code 1; may be given several times."
    )
    rev: str | None = option(
        "--rev", "REV", "Read plans, records and settings from this git revision: HEAD~1, main, a tag."
    )
    items: bool = flag("--items", "Print the rows below the summary.")
    everything: bool = flag("--all", "Also print items that do not concern the period.")
    by: Literal["plan", "unit", "state"] | None = choice("--by", "Print the rows, sorted by plan, by lead or by state.")
    rollup: bool = flag("--rollup", "Show how the plans of units carry out those above them.")
    quiet: bool = QUIET


class DashboardOptions(NamedTuple):
    """Of `qmsplan dashboard`."""

    output: str | None = output_option(
        "The file to write to, - for stdout; dashboard.html in the workspace's output folder if not given."
    )
    period: str | None = period_option("The period to look at: 2026-Q3, 2026-H1, 2026; today's quarter if not given.")
    as_of: str | None = AS_OF
    unit: str | None = OF_UNIT
    compare: str | None = option("--compare", "DATE", "Show what has changed since this day.")
    quiet: bool = QUIET


class RemindOptions(NamedTuple):
    """Of `qmsplan remind`."""

    days: int = typer.Option(30, "--days", min=0, max=366, metavar="N", help="How many days ahead to look.")
    late: bool = flag("--late", "Only what is overdue, missed, or late in its corrective action.")
    unit: list[str] | None = unit_option(
        "Only the digest of this unit: its code, name or alias; may be given several times."
    )
    form: Literal["text", "eml", "json"] = choice("--format", "How the digests are written; eml: drafts of e-mails.")
    output: str | None = output_option(
        "eml: the folder of the drafts; remind/DATE in the output folder if not given.", "FOLDER"
    )
    as_of: str | None = AS_OF
    quiet: bool = QUIET


class AuditOptions(NamedTuple):
    """Of `qmsplan audit`."""

    plans: list[str] | None = argument(
        "PLAN", "Plans to audit, by id or file; all that name their 'standard' if none is given.", "completion:plans"
    )
    as_of: str | None = AS_OF
    unit: str | None = unit_option("Only objectives that this unit leads or supports: its code, name or alias.")
    form: Literal["text", "json", "docx"] = choice("--format", "Output format.")
    out: Path | None = out_folder(
        "The folder that Word files are written to; the workspace's output folder if not given."
    )
    paper: Literal["audit", "review", "programme"] | None = choice(
        "--paper",
        "Which Word file: the auditor's working paper, the input to the management review, or the programme of the "
        "internal audit.",
    )
    fail_on: Literal["none", "missing"] = choice("--fail-on", "What makes the exit code 1.")
    pdf: bool = PDF


class RenderOptions(NamedTuple):
    """Of `qmsplan render`."""

    plans: list[str] | None = argument(
        "PLAN", "Plans to render, by id or file; all if none is named.", "completion:plans"
    )
    out: Path | None = out_folder("The folder to write to; the workspace's output folder if not given.")
    pdf: bool = PDF
    check: bool = flag("--check", "Write nothing; fail if a document can't be rendered.")


class ReportOptions(NamedTuple):
    """Of `qmsplan report`."""

    period: str = argument(
        "PERIOD", "The period: 2026-09, 2026-Q3, 2026-H1, 2026-H2, 2026-9M or 2026.", "completion:periods", needed=True
    )
    plan: list[str] | None = plan_option("One report on this plan; may be given several times.")
    unit: str | None = unit_option(
        "One report of this unit: its plans, those of the units below it, and what they lead or record elsewhere."
    )
    as_of: str | None = option(
        "--as-of", "DATE", "The day to look from, 2026-09-30 or 30/9/2026; the period's last day if not given."
    )
    to: str | None = option(
        "--to", "TEXT", "Whom the report is addressed to; the agency above the issuer if not given."
    )
    out: Path | None = out_folder("The folder to write to; 'reports' in the workspace's output folder if not given.")
    form: Literal["docx", "json"] = choice("--format", "A Word file, or all numbers for programs.")
    pdf: bool = PDF
    direction_first: bool = flag("--direction-first", "Report what was directed before what is late.")
    new_text: bool = flag("--new-text", "Write no report, but a file in which to write its texts.")


class ExportOptions(NamedTuple):
    """Of `qmsplan export`."""

    form: Literal["ics", "csv", "json", "ndjson", "xlsx", "parquet"] = argument(
        "ics|csv|json|ndjson|xlsx|parquet",
        "ics: a calendar; csv, ndjson, parquet: a folder of tables; json: one file; xlsx: a workbook.",
        needed=True,
    )
    output: str | None = output_option(
        "The file or folder to write to, - for stdout; in the workspace's output folder if not given."
    )
    as_of: str | None = AS_OF
    plan: list[str] | None = plan_option("Only this plan; may be given several times.")
    unit: str | None = OF_UNIT
    table: list[str] | None = option(
        "--table", "TABLE", "Only this table; may be given several times.", "export:table_names"
    )
    period: str | None = period_option(
        "xlsx: the period of the first sheet, the status: 2026-Q3, Quý III, 2026; today's quarter if not given."
    )
    raw: bool = flag("--raw", "csv: write texts as they are, even where a spreadsheet would take them for formulas.")
    alarm_days: int | None = typer.Option(
        None,
        "--alarm-days",
        min=0,
        max=366,
        metavar="N",
        help="ics: how many days before the due date an alarm goes off, at 8 in the morning; 7 if not given.",
    )
    open_only: bool = flag("--open-only", "ics: leave out what is done.")


class SignOptions(NamedTuple):
    """Of `qmsplan sign`."""

    plan: str = PLAN
    number: str | None = option(
        "--number", "NUMBER", "Number and symbol, 51/KH-TGPL; reviewers and approvers give none."
    )
    day: str | None = option("--date", "DATE", "The day it was signed, 2026-02-09 or 09/02/2026; today if not given.")
    signer: str | None = option("--signer", "NAME", "Full name of who signed; the plan's signatory if not given.")
    position: list[str] | None = option(
        "--position", "POST", "Authority or post of who signed, a line; may be given several times."
    )
    role: Literal["signer", "reviewer", "approver"] = choice("--role", "As what: signer, reviewer or approver.")
    dry_run: bool = SHOW_CHANGE


class AmendOptions(NamedTuple):
    """Of `qmsplan amend`."""

    plan: str = PLAN
    reason: str = option("--reason", "TEXT", "Why it is amended.", default=...)
    partly: bool = flag(
        "--partly", "The revision amends and supplements the plan (sửa đổi, bổ sung) and does not replace it."
    )
    dry_run: bool = SHOW_CHANGE


class VerifyOptions(NamedTuple):
    """Of `qmsplan verify`."""

    name: str = argument("FILE.docx|PLAN", "A Word file, or a plan by its id or file.", "completion:plans", needed=True)
    plan: str | None = plan_option("The plan of the Word file, if the file does not say it.")
    rev: str | None = option("--rev", "REV", "Compare it with the plan as it was at this revision.")
    form: Literal["text", "json", "digest"] = choice(
        "--format", "How the result is written; digest prints the digest of a plan and nothing else."
    )


class DiffOptions(NamedTuple):
    """Of `qmsplan diff`."""

    names: list[str] | None = argument(
        "REV|FILE", "What to compare: REV, REV..REV or REV...REV, then files; HEAD with the files as they are now."
    )
    as_of: str | None = AS_OF
    form: Literal["text", "markdown", "json"] = choice("--format", "How the changes are written.")
    exit_code: bool = flag("--exit-code", "Exit with 1 if anything changed in meaning.")


class LogOptions(NamedTuple):
    """Of `qmsplan log`."""

    name: str = argument(
        "ITEM",
        "The item, ITEM or PLAN/ITEM, or a whole plan, also by its file.",
        "completion:plans_and_items",
        needed=True,
    )
    every: bool = flag("--all", "Show changes of every field, not of targets and deadlines only.")
    form: Literal["text", "markdown", "json"] = choice("--format", "Output format.")
