"""`qmsplan import`: plans that an agency has in Word or Excel, as drafts of plan files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qmsplan.cli.console import CommandError, Exit, put, put_line, say_error, tell
from qmsplan.cli.new import id_is_taken, no_such_template
from qmsplan.cli.options import ImportFilesOptions
from qmsplan.cli.settings import open_workspace, today
from qmsplan.cli.workspace import plan_files
from qmsplan.cli.write import held, replace_unchanged, write_new
from qmsplan.conformity.pieces import folded
from qmsplan.diagnostics import Message, Translator, UserError
from qmsplan.documents.template import template_names
from qmsplan.importing.account import word_differences
from qmsplan.importing.draft import ImportOptions
from qmsplan.importing.importer import LARGEST, Imported, import_file, report_data, report_json, report_lines
from qmsplan.importing.units import UnknownUnits
from qmsplan.load.files import MARK, read_bytes, shown
from qmsplan.load.schema import schema_line
from qmsplan.load.workspace import read_workspace
from qmsplan.model.fields import read_id
from qmsplan.model.settings import Settings
from qmsplan.model.text import free_name
from qmsplan.phrases.people import Register
from qmsplan.yaml_edit.edit import YamlFile, add_entries, add_entry

_MOST_DIFFERENCES = 40


def command(options: ImportFilesOptions, translate: Translator) -> int:
    """Writes a draft for each file and says what to look at. The exit code is 2 if a file can't be read."""
    if options.paper is not None and options.paper < 1:
        raise CommandError(Message("'--paper' counts from 1"), Message("leave it out to see which ones the file holds"))
    if len(dict.fromkeys(options.files)) > 1 and (options.into or options.plan_id):
        raise CommandError(
            Message("'--output' and '--id' are for one file"), Message("import the files one by one, or leave them out")
        )
    return _Run(options, translate).all()


class _Run:
    """One run over all files."""

    def __init__(self, asked: ImportFilesOptions, translate: Translator) -> None:
        self.asked, self.translate = asked, translate
        self.place = open_workspace()
        self.data: list[dict[str, object]] = []
        files = plan_files(self.place, makes=True) if self.place.document else ()
        plans = read_workspace(self.place.root, self.place.settings, files).plans()
        self.taken = {named.plan.id for named, _ in plans}

    def all(self) -> int:
        """Imports all files; the exit code."""
        code = Exit.CLEAN
        with held(self.place.root):
            for path in dict.fromkeys(self.asked.files):
                try:
                    self.one(path)
                except CommandError:  # wrong use stops the run
                    raise
                except UserError as fault:
                    name = shown(path)
                    say_error(Message("'{file}' is not imported", file=name), None, self.translate)
                    say_error(fault.message, fault.hint, self.translate)
                    code = Exit.BROKEN
        if self.asked.form == "json":
            put(report_json(self.data))
        return code

    def one(self, path: Path) -> None:
        """Imports one file."""
        content = _content(path)
        target, options = self._options(path)
        progress = _progress_of(target)
        made = [target, *([progress] if self.asked.progress else [])]
        if not self.asked.dry_run and (there := next((one for one in made if one.exists()), None)):
            raise UserError(
                Message("'{file}' is already there", file=shown(there)),
                Message("name another file with '--output'; an import overwrites nothing"),
            )
        ending = path.suffix.lower()
        found = import_file(content, ending, options, self._head(target, path))
        wrote_units: UnknownUnits | None = None
        if self.asked.write_units and any(found.units) and not self.asked.dry_run:
            self._write_units(found.units)
            wrote_units = found.units
            options = options._replace(register=self.place.register)
            found = import_file(content, ending, options, self._head(target, path))
        if self.asked.dry_run:
            if self.asked.form == "text":
                put(found.text.decode())
        else:
            write_new(target, found.text)
            if found.progress:
                write_new(progress, found.progress)
        self.taken.add(options.id)
        self._report(found, path, target, wrote_units=wrote_units)

    def _options(self, path: Path) -> tuple[Path, ImportOptions]:
        settings, root = self.place.settings, self.place.root
        templates = root / settings.templates
        name = self.asked.template
        if name is not None and name not in template_names(templates):
            raise no_such_template(name, template_names(templates))
        identifier = self._id(path)
        folder = root / settings.plans if self.place.document else Path.cwd()
        target = self.asked.into or folder / f"{identifier}.yaml"
        register = Register.of(settings)
        day = today(self.place)
        recorded = day.isoformat() if self.asked.progress else ""
        return target, ImportOptions(
            *(identifier, day.year, register, settings.profile, templates, name, self.asked.kind, recorded),
            paper=self.asked.paper or 0,
        )

    def _id(self, path: Path) -> str:
        """The id that was asked for, or one from the file's name that no plan has."""
        if self.asked.plan_id is not None:
            read_id(self.asked.plan_id)
            if self.asked.plan_id in self.taken:
                raise id_is_taken(self.asked.plan_id)
            return self.asked.plan_id
        base = re.sub(r"[^A-Za-z0-9]+", "-", folded(path.stem)).strip("-").upper()[:48].strip("-") or "KE-HOACH"
        try:
            read_id(base)
        except UserError:
            base = f"KH-{base}"[:48]
        return free_name(base, self.taken)

    def _head(self, target: Path, path: Path) -> str:
        name = " ".join(path.name.split())
        return schema_line(self.place.root, target.parent) + (f"# {name}\n" if name.isprintable() else "")

    def _write_units(self, found: UnknownUnits) -> None:
        """Puts units and persons into the register of the workspace, and spellings that come close to the name of a
        registered unit into its aliases."""
        if self.place.document is None:
            raise UserError(
                Message("there is no {name} in this folder or above it", name=MARK),
                Message("make a workspace first: qmsplan init"),
            )
        path = self.place.root / MARK
        before = read_bytes(path)
        file = YamlFile(MARK, before.decode("utf-8"), Settings)
        for name, entries in found.entries.items():
            file = add_entries(file, (name,), entries)
        codes = [unit.code for unit in self.place.settings.units]
        for near in found.near:
            file = add_entry(file, ("units", codes.index(near.code), "aliases"), near.spelling)
        replace_unchanged(path, before, file.text.encode())
        self.place = open_workspace(self.place.root)

    def _report(self, found: Imported, path: Path, target: Path, *, wrote_units: UnknownUnits | None) -> None:
        told = list(word_differences(found.printed, found.source)) if self.asked.compare else []
        name = "" if self.asked.dry_run else shown(target)
        if self.asked.form == "json":
            pairs = [{"draft": one.plan, "file": one.file} for one in told]
            data = report_data(found, shown(path), name, pairs)
            self.data.append({**data, "text": found.text.decode()} if self.asked.dry_run else data)
            return
        say = tell if self.asked.dry_run else put_line
        lines = list(report_lines(found, name or shown(path), self.translate, wrote_units=wrote_units))
        sides = ((sign, text) for one in told[:_MOST_DIFFERENCES] for sign, text in (("-", one.file), ("+", one.plan)))
        for line in (*lines[:-1], *(f"{sign} {text}" for sign, text in sides if text is not None)):
            say(line)
        if self.asked.compare and not told:
            say(self.translate("the document of the draft has the text of the file"))
        for step in () if self.asked.dry_run else self._next_steps(found, target):
            say(self.translate(step))
        say(lines[-1])

    def _next_steps(self, found: Imported, target: Path) -> Iterator[Message]:
        """What was written beside the plan, and what to do now."""
        if found.progress:
            yield Message("what happened stands in {file}", file=shown(_progress_of(target)))
        if self.place.document is None:
            outside = Message("next: qmsplan init, put {file} into its folder 'plans', then qmsplan validate")
            yield outside.filled(file=shown(target))
        else:
            steps = Message("next: qmsplan validate {file}, then qmsplan render {plan}")
            yield steps.filled(file=shown(target), plan=found.plan.id)


def _progress_of(target: Path) -> Path:
    """The progress file beside a plan file: `plans/A.progress.yaml`."""
    return target.with_name(f"{target.stem}.progress.yaml")


def _content(path: Path) -> bytes:
    """The bytes of a file. UserError if it is not there, or larger than any plan."""
    if not path.exists():
        raise UserError(Message("there is no file '{file}'", file=path.as_posix()), Message("check the spelling"))
    if path.stat().st_size > LARGEST:
        raise UserError(
            Message("the file is larger than {size} MB", size=LARGEST // 2**20),
            Message("take the pictures out of it, or save its parts as files of their own"),
        )
    return read_bytes(path, LARGEST)
