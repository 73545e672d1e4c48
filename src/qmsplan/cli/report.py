"""`qmsplan report`: the periodic report as an official Word document, and the texts that people write for it.

A report is made for each plan that is named, for one unit, or for each agency that issued plans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

from qmsplan.check.workers import in_two
from qmsplan.cli.console import CommandError, Exit, put, put_line, refuse_unfit, say_error
from qmsplan.cli.in_force import NoticeKind, PlansOnDay, plans_on
from qmsplan.cli.items import ItemFilter, unit_called
from qmsplan.cli.options import ReportOptions
from qmsplan.cli.parameters import typed_text
from qmsplan.cli.render import base_of, fault_of, make_documents
from qmsplan.cli.settings import OpenWorkspace, day_of, refuse_broken_settings, require_workspace
from qmsplan.cli.workspace import no_such_plan, plan_files, tell_broken
from qmsplan.cli.write import already_there, write_new
from qmsplan.diagnostics import Diagnostic, Message, Translator
from qmsplan.documents.report_view import Letter, render_report
from qmsplan.documents.template import REPORT, BrokenTemplateError, own_template
from qmsplan.documents.word_base import BaseDocument
from qmsplan.load.files import shown
from qmsplan.load.report_text import ReportText, read_report_file, stub
from qmsplan.model.period import school_time
from qmsplan.model.progress import Named, Record
from qmsplan.model.text import PeriodWords
from qmsplan.output.status_data import report_data, reports_json
from qmsplan.phrases.asked import asked_period
from qmsplan.phrases.item_tree import Node
from qmsplan.phrases.people import Register
from qmsplan.progress.cut_off import Calendar, calendar_of, reported
from qmsplan.progress.plan import known_on
from qmsplan.progress.report import Frame, Report, frame_of, report_of, reporters

Result = TypeVar("Result")


def command(options: ReportOptions, translate: Translator) -> int:
    """Writes the reports, prints their numbers, or makes the files for their texts. A report that fails is told, the
    others are made."""
    desk = _open_desk(options, translate)
    if options.new_text:
        return write_text_files(desk, translate)
    code: int = Exit.CLEAN
    if options.form == "json":
        put(reports_json(data for _, data in desk.reports(_data_of_report)))
    else:
        code = make_documents(partial(_documents_of, desk), desk.place, translate, pdf=options.pdf)
    return desk.known.tell_last(code)


FOLDER = "reports"
"""The name of the folder of Word files in the output folder, and of the folder of texts beside the plans."""


def _documents_of(desk: ReportDesk, faults: list[Diagnostic]) -> Iterator[tuple[Path, bytes]]:
    """The Word files of the reports."""
    folder = desk.options.out or desk.place.output / FOLDER
    base = base_of(desk.place, faults)
    for job, (content, wrong) in desk.reports(partial(_document_of, desk, base)):
        faults += (fault for fault in wrong if fault not in faults)
        if content is not None:
            yield folder / f"{job.name}.docx", content


def _document_of(
    desk: ReportDesk, base: BaseDocument, job: ReportJob, report: Report
) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The Word file of a report, None if it can't be made, and what is wrong."""
    letter, wrong = _letter_of(job, desk)
    if wrong:
        return None, wrong
    try:
        template = own_template(REPORT, desk.place.templates)
        return render_report(report, letter, template, base), ()
    except BrokenTemplateError as fault:
        return None, (fault_of(fault),)


def write_text_files(desk: ReportDesk, translate: Translator) -> int:
    """Writes the files with headings to write below; the exit code. One that is already there stays as it is, which is
    told. Stop if there is none to write."""
    paths = [_text_paths(job, desk)[0] for job, _ in desk.reports(_is_wanted)]
    there = [path for path in paths if path.exists() or path.is_symlink()]
    if paths and len(there) == len(paths):
        raise already_there(there[0])
    for path in there:
        kept = Message("'{file}' is already there", file=shown(path))
        say_error(kept, Message("it stays as it is"), translate)
    for path in paths:
        if path not in there:
            write_new(path, stub().encode())
            put_line(shown(path))
    return Exit.CLEAN


def _is_wanted(_job: ReportJob, _report_of_job: Report) -> bool:
    return True


def _letter_of(job: ReportJob, desk: ReportDesk) -> tuple[Letter, tuple[Diagnostic, ...]]:
    path = next((path for path in _text_paths(job, desk) if path.exists() or path.is_symlink()), None)
    text, wrong = read_report_file(path, shown(path)) if path else (ReportText(), ())
    to = typed_text(desk.options.to, "--to") if desk.options.to else desk.place.settings.reporting.to
    charts = desk.place.settings.reporting.charts
    of_kind = [frozenset(n.plan for n in desk.known.notices if n.kind in kinds) for kinds in _UNPROVEN]
    letter = Letter(
        job.unit, desk.known.workspace.register, desk.calendar, text, to, desk.options.direction_first, charts, *of_kind
    )
    return letter, wrong


_UNPROVEN = ({NoticeKind.CHANGED}, {NoticeKind.NOT_CLONED, NoticeKind.NOT_FOUND})
"""Plans whose targets are not those of the signed document that a report names."""


def _text_paths(job: ReportJob, desk: ReportDesk) -> list[Path]:
    """Where the texts of a report may stand: beside the plans that its issuer made, else in the folder of plans."""
    own = [named for named, _, _ in job.plans if named.plan.head.issuer == job.unit or not job.unit]
    folders = [Path(named.file).parent for named in own] + [desk.place.plans_folder]
    return [folder / FOLDER / f"{job.name}.md" for folder in dict.fromkeys(folders)]


Keep: TypeAlias = Callable[[Node], bool]
Chosen: TypeAlias = tuple[Named, tuple[Record, ...], Keep]


class ReportJob(NamedTuple):
    """One report to make: the name of its file, the code of its issuer ("" if none), and its plans, each with its
    records and a function that says which items belong in it."""

    name: str
    unit: str
    plans: tuple[Chosen, ...]


class ReportDesk(NamedTuple):
    """Where reports are made: the plans of the workspace, its calendar, and the time they are about."""

    known: PlansOnDay
    calendar: Calendar
    frame: Frame
    options: ReportOptions

    @property
    def place(self) -> OpenWorkspace:
        """The workspace."""
        return self.known.place

    @property
    def code(self) -> str:
        """The period in the names of files: `2026-Q3`, `2026-2027-HK1` of a term, `NH-2026-2027` of a school year."""
        school = school_time(self.frame.period)
        if school is None:
            return self.frame.period.code
        years = f"{school[0]}-{school[0] + 1}"
        return f"{years}-HK{school[1]}" if school[1] else f"NH-{years}"

    def reports(self, work: Callable[[ReportJob, Report], Result]) -> Iterator[tuple[ReportJob, Result]]:
        """What the work makes of each report that has any content, in order; reports on many files are made by two
        processes. Stop if none has any."""
        jobs = tuple(_jobs_of(self))
        _tell_of_ended(self, jobs)
        files = sum(1 + len(records) for job in jobs for _, records, _ in job.plans)
        is_empty = True
        for job, made in zip(
            jobs, in_two(partial(_work_on_report, self, jobs, work), range(len(jobs)), files), strict=True
        ):
            if made is not None:
                is_empty = False
                yield job, made
        if is_empty:
            message = Message("there is nothing to report on {period}", period=PeriodWords(self.frame.period))
            tell_broken(self.place, self.known.workspace.diagnostics, self.known.translate)
            raise CommandError(message, Message("check the period, and whose plans are asked for"))


def _tell_of_ended(desk: ReportDesk, jobs: Iterable[ReportJob]) -> None:
    """Says which reports name an issuer that there was no more by then: they are for who took over its work."""
    by_code, last = desk.known.workspace.register.by_code, min(desk.frame.period.end, desk.frame.as_of)
    for unit in (by_code[job.unit] for job in jobs if job.unit in by_code):
        if unit.until and unit.until < last:
            heirs = [code for code in unit.succeeded_by if code in by_code]
            hint = Message("name the unit that reports now: --unit {name}", name=heirs[0] if heirs else "…")
            message = Message("the report is one of '{name}', which ended on {day}", name=unit.name, day=unit.until)
            say_error(message, hint, desk.known.translate)


def _work_on_report(
    desk: ReportDesk, jobs: tuple[ReportJob, ...], work: Callable[[ReportJob, Report], Result], number: int
) -> Result | None:
    """What the work makes of a report; None if that has no content. The jobs come with the work and not one by one:
    plans and records are large, and a process that is forked has them already."""
    report = _report_of_job(jobs[number], desk)
    return work(jobs[number], report) if report.parts else None


def _data_of_report(job: ReportJob, report: Report) -> dict[str, object]:
    return report_data(job.name, job.unit, report)


def _open_desk(options: ReportOptions, translate: Translator) -> ReportDesk:
    if options.form == "json":
        refuse_unfit({"--output": options.out, "--pdf": options.pdf}, options.form, "qmsplan report")
    place = require_workspace()
    refuse_broken_settings(place)
    calendar = calendar_of(place.settings.reporting)
    today = day_of(None, place, translate)
    as_of = day_of(options.as_of, place, translate) if options.as_of else None
    period = reported(asked_period(options.period, as_of or today).period)
    frame = frame_of(period, calendar, today, as_of)
    plans = options.plan or () if options.unit is None else ()
    known = plans_on(frame.as_of, place, translate, window=frame.period, plans=plans)
    return ReportDesk(known, calendar, frame, options)


def _jobs_of(desk: ReportDesk) -> Iterator[ReportJob]:
    """A report for each plan that is named, or one for the unit, or one for each agency that issued plans."""
    options, code = desk.options, desk.code
    plans = [(named, records) for named, records in desk.known.workspace.plans() if not named.plan.form]
    if options.unit is not None:
        yield _of_unit(desk, options.unit, plans)
        return
    if unknown := set(options.plan or ()) - {named.plan.id for named, _ in plans}:
        raise no_such_plan(sorted(unknown), (named.plan.id for named, _ in plans), plan_files(desk.known.place))
    groups: dict[str, list[Chosen]] = {}
    for named, records in plans:
        if not options.plan or named.plan.id in options.plan:
            key = named.plan.id if options.plan else named.plan.head.issuer or named.plan.id
            groups.setdefault(key, []).append((named, records, ItemFilter(desk.known.workspace.register).has))
    for key, chosen in sorted(groups.items()):
        yield ReportJob(f"BC-{key}-{code}", chosen[0][0].plan.head.issuer or "", tuple(chosen))


def _of_unit(desk: ReportDesk, typed: str, plans: list[tuple[Named, tuple[Record, ...]]]) -> ReportJob:
    """The report of a unit: all items of plans that it or a unit below it issued; of other plans those items that these
    units lead or record."""
    register = desk.known.workspace.register
    unit = unit_called(register, typed)
    codes = register.within(unit.code)

    def keep(named: Named, records: tuple[Record, ...]) -> Keep:
        if named.plan.head.issuer in codes:
            return ItemFilter(register).has
        kept = reporters(
            known_on(record.progress, desk.frame.as_of, desk.frame.made)
            for record in records
            if record.progress.unit in codes
        )
        return partial(_is_of_units, register, codes, frozenset(kept))

    chosen = tuple((named, records, keep(named, records)) for named, records in plans)
    return ReportJob(f"BC-{unit.code}-{desk.code}", unit.code, chosen)


def _is_of_units(register: Register, codes: frozenset[str], kept: frozenset[str], node: Node) -> bool:
    """Whether units, by their codes, lead an item; `kept` are items that they record."""
    return node.item.id in kept or not codes.isdisjoint(register.leading(node))


def _report_of_job(job: ReportJob, desk: ReportDesk) -> Report:
    keeps = {named.plan.id: keep for named, _, keep in job.plans}
    plans = [(named.plan, [record.progress for record in records]) for named, records, _ in job.plans]
    return report_of(plans, desk.known.workspace.settings, desk.frame, lambda plan, node: keeps[plan](node))
