"""The files of a workspace, and all plans and records in them.

Also what commands ask of it: which files could not be read; and the report of findings that the writers in `output` are
given, with all that is needed to tell them on this terminal. Its settings are read in `cli.settings`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from qmsplan.check.workers import in_two
from qmsplan.cli.console import CommandError, progress_bar, say_error, screen, tell
from qmsplan.cli.settings import OpenWorkspace, linked_outside, refuse_broken_settings
from qmsplan.diagnostics import MOST_LISTED, Diagnostic, Message, Severity, Translator, UserError, listed
from qmsplan.load.document import Document, Source, read_content, read_file, read_once, read_source
from qmsplan.load.files import MARK, File, content_of, is_plan_name, shown
from qmsplan.load.workspace import SEE_VALIDATE, Workspace, gather, group, has_errors, head_of, may_name
from qmsplan.model.plan import Plan
from qmsplan.model.settings import leads_out
from qmsplan.output.findings import FindingsReport, write_text

Result = TypeVar("Result")


def plan_files(place: OpenWorkspace, *, makes: bool = False) -> tuple[File, ...]:
    """All YAML files under the workspace's folder of plans, in the order of their names. For a command that `makes` a
    plan the folder need not be there: it is made with the first plan."""
    folder = place.plans_folder
    if leads_out(place.settings.plans) or "plans" in linked_outside(place):
        return ()  # nothing is read there: `/` would be the whole disk
    if place.document is None and not folder.is_dir():
        return ()
    if not folder.is_dir():
        refuse_broken_settings(place)
        if makes and not folder.exists():
            return ()
        raise CommandError(
            Message("there is no folder '{folder}'", folder=shown(folder)),
            Message("create it, or set 'plans' in {name}", name=MARK),
        )
    return tuple(yaml_files(folder))


def all_plans(place: OpenWorkspace) -> Iterator[Plan]:
    """The plans that can be read, file by file."""
    for file in plan_files(place):
        value = read_file(file.path, file.name).value
        if isinstance(value, Plan):
            yield value


def yaml_files(folder: Path) -> Iterator[File]:
    """The YAML files in a folder and below it, by name. Hidden ones are left alone. A folder that may not be read, or
    that is a link to somewhere else, comes as a file that can't be read, so that it is told."""
    closed: list[Path] = []
    real = os.path.realpath(folder)
    for base, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(str(error.filename)))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        here = Path(base)
        told = shown(here).rstrip("/")
        links = (path for name in folders if (path := here / name).is_symlink())
        closed.extend(path for path in links if not Path(os.path.realpath(path)).is_relative_to(real))
        for name in sorted(names):
            if is_plan_name(name):
                yield File(here / name, f"{told}/{name}".removeprefix("./"))
    for path in closed:
        yield File(path, shown(path))


def named_files(paths: Iterable[Path]) -> Iterator[File]:
    """The files that paths name; folders stand for the YAML files in them. Stop if one is not there."""
    for path in paths:
        if path.is_dir():
            yield from yaml_files(path)
        elif path.exists() or path.is_symlink():
            yield File(path, shown(path))
        else:
            raise CommandError(
                Message("there is no file '{file}'", file=path.as_posix()), Message("check the spelling")
            )


def plan_with_errors(plans: Iterable[str], files: Iterable[File]) -> UserError | None:
    """The answer to ids or files of which one has errors; None if none has."""
    wanted = frozenset(plans)
    heads = (one for one in map(head_of, files) if one.file.name in wanted or (one.is_plan and one.plan in wanted))
    broken = (one.file for one in heads if read_content(content_of(one.file), one.file.name).value is None)
    return next((has_errors(file.name) for file in broken), None)


def no_such_plan(unknown: Sequence[str], known: Iterable[str], files: Iterable[File]) -> UserError:
    """The answer to ids that no plan in some files has, with the ids there are as a hint."""
    if stop := plan_with_errors(unknown, files):
        return stop
    names = listed(islice(known, MOST_LISTED + 1))  # plans may be many, and are read as they are asked for
    hint = Message("the plans are: {names}", names=names) if names else SEE_VALIDATE
    return UserError(Message("no plan has the id '{id}'", id=", ".join(unknown)), hint)


def tell_broken(place: OpenWorkspace, diagnostics: Iterable[Diagnostic], translate: Translator) -> bool:
    """Tells which files were left out for their errors; True if there are any."""
    own = place.document.diagnostics if place.document else ()
    names = sorted({found.file for found in (*own, *diagnostics) if found.severity is Severity.ERROR})
    tell_left_out(names, Message("see them with 'qmsplan validate'"), translate)
    return bool(names)


def tell_left_out(names: Sequence[str], hint: Message, translate: Translator) -> None:
    """Tells which files were left out for their errors, if there are any."""
    if names:
        sys.stdout.flush()
        say_error(Message("files with errors were left out: {names}", names=", ".join(names)), hint, translate)


def workspace_now(
    place: OpenWorkspace, translate: Translator, *, is_quiet: bool, plans: Iterable[str] = ()
) -> Workspace:
    """The workspace as its files hold it; many files are read by two processes, under a progress bar. Where plans are
    named by their ids only files that name one of them are read."""
    files = plan_files(place)
    if plans:
        files = tuple(chain.from_iterable(_groups_about(files, frozenset(plans)).values()))
    with progress_bar(0 if is_quiet else len(files), Message("reading"), translate) as advance:
        documents = _counting(in_two(_read_without_text, files, len(files)), advance)
        return gather(documents, place.root, place.settings)


def _groups_about(files: Sequence[File], plans: frozenset[str]) -> dict[str | None, tuple[File, ...]]:
    """The files about some plans, by their ids, and those that name one of them and of which nobody can tell; all files
    if no plan is named or one of them is not there, so that the answer can name those that are."""
    if plans:
        groups = group(file for file in files if may_name(content_of(file), plans))
        if plans <= groups.keys():
            return {key: together for key, together in groups.items() if key is None or key in plans}
    return group(files)


def plan_by_plan(
    files: Sequence[File],
    work: Callable[[tuple[File, ...]], Result],
    translate: Translator,
    *,
    is_quiet: bool,
    plans: frozenset[str] = frozenset(),
) -> Iterator[Result]:
    """What the work makes of the files about each plan, in the order of the plans' ids; last of the files of which
    nobody can tell what they are about. Many files are worked on by two processes, under a progress bar. Where plans
    are named by their ids only their files are read."""
    groups = _groups_about(files, plans)
    jobs = [groups[key] for key in sorted(groups, key=lambda key: (key is None, key or ""))]
    count = sum(map(len, jobs))
    with progress_bar(0 if is_quiet else count, Message("reading"), translate) as advance:
        for job, result in zip(jobs, in_two(work, jobs, count), strict=True):
            yield result
            advance(len(job))


def _read_without_text(file: File) -> Document:
    """A document without its text, which nobody needs any more and which would have to be sent between processes."""
    return read_file(file.path, file.name, read_once)._replace(source=Source(file.name, ""))


def _counting(documents: Iterable[Document], advance: Callable[[int], None]) -> Iterator[Document]:
    for document in documents:
        yield document
        advance(1)


ERRORS = frozenset({Severity.ERROR})


def report_of(
    found: tuple[Diagnostic, ...],
    place: OpenWorkspace,
    translate: Translator,
    files: Sequence[str] = (),
    fails: frozenset[Severity] = ERRORS,
) -> FindingsReport:
    """Diagnostics with all that is needed to tell them on this terminal."""
    return FindingsReport(found, screen(translate), line_reader(place), tuple(files), fails, source_link())


def tell_findings(found: Iterable[Diagnostic], place: OpenWorkspace, translate: Translator) -> None:
    """Tells diagnostics on stderr as `validate` does; nothing if there are none."""
    if told := tuple(found):
        tell(write_text(report_of(told, place, translate)).rstrip("\n"))


def line_reader(place: OpenWorkspace) -> Callable[[str, int], str]:
    """A function from a file's name and a line's number to its text, "" if there is none. The last few files are kept:
    findings come file by file, and the lines of a thousand take long to find room for."""

    @lru_cache(maxsize=8)
    def lines(name: str) -> list[str]:
        if place.document and name == place.document.source.name:
            return place.document.source.lines
        return read_source(Path(name), name).lines

    return lambda name, number: line_of(lines(name), number)


def line_of(lines: Sequence[str], number: int) -> str:
    """The line with a number, from 1; "" if there is none."""
    return lines[number - 1] if 0 < number <= len(lines) else ""


def source_link() -> str:
    """What stands before a file's name in a link to its page on GitHub or GitLab, as their CI tells it in the
    environment; "" elsewhere: links are relative to the repository then."""
    told = os.environ.get
    github, repository = told("GITHUB_SERVER_URL"), told("GITHUB_REPOSITORY")
    if github and repository:
        return _page_of_folder(f"{github}/{repository}/blob", told("GITHUB_SHA"), told("GITHUB_WORKSPACE"))
    gitlab = told("CI_PROJECT_URL")
    return _page_of_folder(f"{gitlab}/-/blob", told("CI_COMMIT_SHA"), told("CI_PROJECT_DIR")) if gitlab else ""


def _page_of_folder(pages: str, commit: str | None, checkout: str | None) -> str:
    """The address of the current folder among the pages of a commit; "" if it lies outside the checkout."""
    if not commit or not checkout:
        return ""
    try:
        folder = os.path.relpath(".", checkout).replace(os.sep, "/")
    except ValueError:  # on another drive
        return ""
    if folder == ".." or folder.startswith("../"):
        return ""
    return f"{pages}/{commit}/" + ("" if folder == "." else quote(folder) + "/")
