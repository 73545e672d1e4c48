"""`qmsplan new`: a plan or a progress file to start from. Its text is that of a file in the folder `starter`, or the
example of a template, with what the user said and with the units of the workspace.

Also `qmsplan init`: a workspace to start from, with a plan and what is recorded of it; and `qmsplan schema`: the fields
of files, for editors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from qmsplan.cli.completion import quietly
from qmsplan.cli.console import CommandError, put, put_line
from qmsplan.cli.items import unit_called
from qmsplan.cli.options import InitOptions, NewOptions
from qmsplan.cli.settings import OpenWorkspace, open_workspace, refuse_outside, require_workspace
from qmsplan.cli.workspace import no_such_plan, plan_files
from qmsplan.cli.write import SUFFIX, already_there, held, write_new
from qmsplan.diagnostics import Message, ReadError, Translator
from qmsplan.documents.template import SAMPLE_UNITS, samples, template_names
from qmsplan.load.files import MARK, read_bytes, shown
from qmsplan.load.schema import json_schema, progress_start, schema_line, schema_text
from qmsplan.load.workspace import read_workspace
from qmsplan.model.fields import read_id
from qmsplan.model.period import parse_period
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Named
from qmsplan.model.settings import Unit
from qmsplan.model.text import free_name
from qmsplan.phrases.people import Register
from qmsplan.yaml_edit.edit import YamlFile, set_fields
from qmsplan.yaml_edit.emit import Value

_FOLDER = Path(__file__).with_name("starter")


def starter(name: str, **values: str) -> str:
    """The text of a starter file such as `plan.yaml`, its `{names}` filled in."""
    text = (_FOLDER / name).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text


@quietly
def examples() -> Iterator[tuple[str, str]]:
    """The examples that a plan can start from."""
    return ((name, "") for name in samples(require_workspace().templates))


def command(options: NewOptions, translate: Translator) -> None:
    """Writes the file and prints its name. Stop if it is there already, or if another plan has that id."""
    place = require_workspace()
    if options.kind == "plan" and options.name is None and options.template is None:
        raise _list_samples(place, translate)
    with held(place.root):
        path = _new_plan(place, options) if options.kind == "plan" else _new_progress(place, options)
    put_line(shown(path))


def _list_samples(place: OpenWorkspace, translate: Translator) -> CommandError:
    """Prints what a plan can start from, a line each; the answer says how to choose."""
    found = samples(place.templates)
    width = max(map(len, found))
    for sample in found.values():
        put_line(f"{sample.name:<{width}}  {sample.purpose(translate.language)}", width + 2)
    return CommandError(
        Message("say what the plan is to start from"),
        Message("qmsplan new --template NAME --period 2027 --title '…' --issuer CODE"),
    )


def _new_plan(place: OpenWorkspace, options: NewOptions) -> Path:
    name, period = options.name, options.period
    others = _plans_by_id(place, makes=True)
    if name is not None:
        read_id(name)
        if name in others:
            raise id_is_taken(name)
    if period:
        parse_period(period)
    text = _starting_text(place, options)
    name = name or _free_id(text, others, place)
    path = place.plans_folder / f"{name}.yaml"
    fields: dict[str, Value] = {"id": name}
    if period and not re.search(r"(?m)^form: true", text):
        fields["period"] = period
    head: dict[str, Value | None] = {}
    if options.title:
        head["title"] = " ".join(unicodedata.normalize("NFC", options.title).split())
    unit = _issuer_of(place, options.issuer, others)
    if unit:
        head |= {"issuer": unit.code, "issuer_text": None, **_as_before(unit, others, text)}
        text = _with_units(text, unit, place.register)
    made = set_fields(set_fields(YamlFile(path.name, text, Plan), (), fields), ("head",), head)
    write_new(path, (schema_line(place.root, path.parent) + made.text).encode())
    return path


def _starting_text(place: OpenWorkspace, options: NewOptions) -> str:
    """What the plan starts from, with the years of its time."""
    year = datetime.now().astimezone().year
    if options.template is None:
        text = starter("plan.yaml", id=options.name or "", year=str(year)).partition("\n")[2]
    else:
        found = samples(place.templates)
        if options.template not in found:
            raise no_such_template(options.template, found)
        text = re.sub(r"(?m)^  name: Nguyễn Văn A\n", "", found[options.template].text)
    told = re.search(r"(?m)^period: *(\d{4})(?:-(\d{4}))? *$", text) or re.search(r"(?m)^id: .*?(20\d\d)()$", text)
    if told is None:
        return text
    first, last = int(told[1]), int(told[2] or told[1])
    wanted = re.match(r"(\d{4})(?:-(\d{4}))?", options.period or "")
    start = int(wanted[1]) if wanted else year
    end = int(wanted[2] or wanted[1]) if wanted else start + last - first

    def moved(match: re.Match[str]) -> str:
        """The year before the time of the example, or one of it, as that of the new plan."""
        old = int(match[0])
        return str(min(start + old - first, end)) if first - 1 <= old <= last else match[0]

    text = re.sub(r"(?<![0-9.,:])20\d\d(?![0-9.,]*[0-9])", moved, text)
    return re.sub(r"(20\d\d)( ?- ?)\1", r"\1", text)  # a time of several years that is now one


def no_such_template(name: str, known: Iterable[str]) -> CommandError:
    """The answer to a name that no template has."""
    hint = Message("the templates are: {names}", names=", ".join(known))
    return CommandError(Message("there is no template '{name}'", name=name), hint)


def id_is_taken(name: str) -> CommandError:
    """The answer to an id that a plan has already."""
    return CommandError(Message("another plan already has the id '{id}'", id=name), Message("choose another id"))


def _free_id(text: str, others: dict[str, Named], place: OpenWorkspace) -> str:
    """The id that the example has for this year, `KH-2027`, or with a number behind it if that is taken."""
    usual = (re.search(r"(?m)^id: *(\S+)", text) or ["", "KH"])[1]
    return free_name(usual, {*others, *(path.stem for path in place.plans_folder.glob("*.yaml"))})


def _issuer_of(place: OpenWorkspace, typed: str | None, others: dict[str, Named]) -> Unit | None:
    """The unit that issues the plan: the one named, or the one that issues all other plans, or the only one at the
    top of the register."""
    register = place.register
    if typed:
        return unit_called(register, typed)
    codes = {named.plan.head.issuer for named in others.values() if named.plan.head.issuer}
    top = [unit for unit in place.settings.units if not unit.parent]
    if len(codes) == 1:
        return register.find(str(*codes))
    return top[0] if len(top) == 1 else None


def _as_before(unit: Unit, others: dict[str, Named], text: str) -> dict[str, Value | None]:
    """The place that the unit's other plans have, and the sample's symbol with the unit's code: `KH-TGPL`."""
    place = next((named.plan.head.place for named in others.values() if named.plan.head.issuer == unit.code), None)
    head: dict[str, Value | None] = {}
    if place and re.search(r"(?m)^  place:", text):
        head["place"] = place
    symbol = re.search(r"(?m)^  symbol: ([^\W\d_]+)-", text)
    if symbol and re.fullmatch(r"[A-ZĐ.]+", unit.code):
        head["symbol"] = f"{symbol[1]}-{unit.code}"
    return head


def _with_units(text: str, issuer: Unit, register: Register) -> str:
    """The example with units of the workspace in the place of those that it names and the register does not have."""
    own = [unit for unit in register.units if unit.parent == issuer.code] or [issuer]
    for number, name in enumerate(SAMPLE_UNITS):
        unit = own[min(number, len(own) - 1)].name
        if register.find(name) is None and re.fullmatch(r"[\w ,.()-]+", unit):
            text = text.replace(name, unit)
    return text


def _new_progress(place: OpenWorkspace, options: NewOptions) -> Path:
    name, unit = options.name, options.unit
    found = _plans_by_id(place)
    if name is None:
        raise CommandError(Message("say which plan the progress is on"), no_such_plan([], found, ()).hint)
    if name not in found:
        raise no_such_plan([name], found, plan_files(place))
    code = unit_called(place.register, unit).code if unit is not None else ""
    ending = f".{code}" if code else ""
    path = Path(found[name].file).parent / f"{name}{ending}.progress.yaml"
    start = progress_start(place.root, path.parent, name, code)
    write_new(path, f"{start}readings: []\ncompletions: []\n".encode())
    return path


def _plans_by_id(place: OpenWorkspace, *, makes: bool = False) -> dict[str, Named]:
    """The plans by their ids; `makes` as of `plan_files`."""
    workspace = read_workspace(place.root, place.settings, plan_files(place, makes=makes))
    return {named.plan.id: named for named, _ in workspace.plans()}


_OF_GIT = {".gitignore": ("/build/", f".*{SUFFIX}"), ".gitattributes": ("*.yaml text eol=lf",)}
"""The lines of git's own files. It leaves alone documents, which are made from the plans, and what a killed write
leaves; plans keep the line ends of the canonical layout when git for Windows checks them out."""


def init(options: InitOptions, translate: Translator) -> None:
    """Writes the files and prints their names. Stop if one is there already and says something else.

    `qmsplan.yaml` comes last: without it the folder is no workspace, and a second run finishes what a killed one began.
    """
    texts = _starter_files(options.folder, translate)
    with held(options.folder):
        _is_there(options.folder / MARK, b"")  # of several that are there this is the one to name
        if (plans := options.folder / "plans").exists() and not plans.is_dir():
            raise already_there(plans)
        missing = [path for path, text in texts.items() if not _is_there(path, text)]
        for path in missing:
            write_new(path, texts[path])
            put_line(shown(path))
    for name in _OF_GIT:
        for line in _lines_without(options.folder / name):
            put(translate("Add to {file} yourself, for it was there already: {line}", file=name, line=line) + "\n")
    put(translate("Next: qmsplan validate, qmsplan status, qmsplan render") + "\n")


def _starter_files(folder: Path, translate: Translator) -> dict[Path, bytes]:
    """The files of a new workspace in the order they are written. Git's own files that are there are left alone."""
    of_git = {folder / name: "".join(f"{line}\n" for line in lines) for name, lines in _OF_GIT.items()}
    year = str(datetime.now().astimezone().year)
    name = f"KHMT-{year}"
    texts = {
        folder / "qmsplan.schema.json": schema_text(json_schema(translate, template_names())),
        **of_git,
        folder / "plans" / f"{name}.yaml": starter("plan.yaml", id=name, year=year),
        folder / "plans" / f"{name}.progress.yaml": starter("progress.yaml", id=name, year=year),
        folder / MARK: starter("qmsplan.yaml"),
    }
    return {path: text.encode() for path, text in texts.items() if path not in of_git or not path.exists()}


def _lines_without(path: Path) -> list[str]:
    """Lines that one of git's own files lacks, in whatever way it says them: `build` is `/build/`."""
    try:
        there = {line.strip().strip("/") for line in read_bytes(path).decode(errors="replace").splitlines()}
    except ReadError:
        there = set()
    return [line for line in _OF_GIT[path.name] if line.strip("/") not in there]


def _is_there(path: Path, text: bytes) -> bool:
    """Whether a run that was cut short has written the file. Stop if it holds anything else, or is qmsplan.yaml."""
    if not path.exists() and not path.is_symlink():
        return False
    try:
        is_same = path.name != MARK and read_bytes(path) == text
    except ReadError:
        is_same = False
    if not is_same:
        raise already_there(path)
    return True


def schema(translate: Translator) -> None:
    """Prints the schema, its descriptions in the language of the run. It offers the names of the templates, also those
    of the workspace's own."""
    place = open_workspace()
    refuse_outside(place)
    put(schema_text(json_schema(translate, template_names(place.templates))))
