"""Document templates: where they are found, and how one is filled with the values of a plan.

A template is a program that somebody wrote, so Jinja runs it in a sandbox: it gets text and no tools. The time and
memory of its loops are not limited: run the templates of strangers in a process that can be stopped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple, NoReturn

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from qmsplan.diagnostics import Message
from qmsplan.documents.table_rows import table_rows

BODY = "body.xml.j2"
AUDIT, REPORT = "audit", "report"
"""The templates of the auditor's working paper and of periodic reports; they are none for plans."""
LARGEST = 1024 * 1024
"""Bytes a template may have."""

LINE = "_line"
"""The attribute in which `fill` leaves the template's line."""

_NAME = re.compile(r"[a-z0-9-]{1,64}")
_PACKAGE = Path(__file__).parents[1]


class Template(NamedTuple):
    """The source of one document template and the name of its file as shown to users."""

    name: str
    file: str
    source: str


class BrokenTemplateError(Exception):
    """A template can't make the document; `line` counts from 1 in the template's own file."""

    def __init__(self, file: str, line: int, message: Message, hint: Message | None = None) -> None:
        super().__init__(f"{file}:{line}: {message.template}")
        self.file = file
        self.line = line
        self.message = message
        self.hint = hint


def find_template(name: str, workspace_folder: Path | None = None) -> Template | None:
    """The template of a name, or None: a workspace's own folder of templates goes before the built-in one."""
    if not _NAME.fullmatch(name):
        return None
    for folder in _folders(workspace_folder):
        if (path := folder / name / BODY).is_file():
            return Template(name, path.as_posix(), _read(path))
    return None


def template_names(workspace_folder: Path | None = None) -> tuple[str, ...]:
    """The names of templates for plans, in order."""
    paths = (path for folder in _folders(workspace_folder) for path in folder.glob(f"*/{BODY}"))
    return tuple(sorted({path.parent.name for path in paths if _NAME.fullmatch(path.parent.name)} - {AUDIT, REPORT}))


def own_template(name: str, workspace_folder: Path | None = None) -> Template:
    """`AUDIT` or `REPORT`, the workspace's own first."""
    template = find_template(name, workspace_folder)
    assert template  # noqa: S101  built in
    return template


def _folders(workspace_folder: Path | None) -> tuple[Path, ...]:
    return (workspace_folder, built_in()) if workspace_folder else (built_in(),)


def built_in() -> Path:
    """Our own folder of templates: inside the wheel, or at the top of a source checkout."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "templates"


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        message = Message("the template can't be read: {reason}", reason=type(error).__name__)
        raise BrokenTemplateError(path.as_posix(), 1, message) from None
    if len(content) > LARGEST:
        raise BrokenTemplateError(path.as_posix(), 1, Message("the template is larger than {size} bytes", size=LARGEST))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BrokenTemplateError(path.as_posix(), line, Message("the template is not UTF-8")) from None


LARGEST_DOCUMENT = 64 * 1024 * 1024
"""Characters a filled template may have."""

METHODS = frozenset({"items", "keys", "values", "get", "split", "startswith", "endswith"})
FILTERS = ("default", "first", "join", "last", "length", "lower", "max", "min", "trim", "upper")
GLOBALS = ("namespace", "range")
LARGEST_FACTOR = 1_000_000

_TAG = re.compile(r"<[A-Za-z][\w.:-]*")
_QUOTED = re.compile(r"'([^']*)'")


def fill(template: Template, values: Mapping[str, object]) -> str:
    """The template's text with the values in it, each start tag with its line. BrokenTemplateError if the template
    fails."""
    environment = _environment()
    try:
        filled = environment.template_class.from_code(environment, _compiled(template), environment.make_globals(None))
        return "".join(_limited(filled.generate(values), template.file))
    except BrokenTemplateError:
        raise
    except Exception as error:  # noqa: BLE001  what a template raises is its author's fault, whatever it is
        _tell(error, template.file)


@lru_cache(maxsize=16)
def _compiled(template: Template) -> CodeType:
    """The template as a program; many plans may share it."""
    return _environment().compile(template.source, template.name, template.file)


def _environment() -> ImmutableSandboxedEnvironment:
    environment = _Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_only_text,
        optimized=False,
        extensions=[_LineMarks],
    )
    environment.filters = {name: environment.filters[name] for name in FILTERS} | {"rows": table_rows}
    environment.globals = {name: environment.globals[name] for name in GLOBALS}
    return environment


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox without the operators and methods that make much out of little."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Values are dicts: what one holds goes before what Python lets dicts do."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not all(type(side) is int and abs(side) < LARGEST_FACTOR for side in (left, right)):
            raise SecurityError(f"the operator {operator} is only for small whole numbers")
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> None:
        """None: `format` is no method that templates have."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return super().is_safe_attribute(obj, attr, value) and (not callable(value) or attr in METHODS)


class _LineMarks(Extension):
    """Writes the template's line into every start tag, and refuses the tag that turns escaping off."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        before = ""
        for token in stream:
            if before == "block_begin" and token.test("name:autoescape"):
                raise TemplateSyntaxError("escaping can't be turned off", token.lineno, stream.name, stream.filename)
            before = token.type
            yield Token(token.lineno, "data", _marked(token.value, token.lineno)) if before == "data" else token


def _marked(text: str, first_line: int) -> str:
    return _TAG.sub(lambda tag: f'{tag[0]} {LINE}="{first_line + text.count(chr(10), 0, tag.start())}"', text)


def _only_text(value: object) -> object:
    """Text and whole numbers print as themselves; anything else would print as Python."""
    if type(value) is str or (isinstance(value, (StrictUndefined, str, int)) and not isinstance(value, bool)):
        return value
    raise TypeError(f"only text and whole numbers can be printed, not {type(value).__name__}")


def _limited(chunks: Iterator[str], file: str) -> Iterator[str]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST_DOCUMENT:
            raise BrokenTemplateError(
                file, 1, Message("the document is larger than {size} characters", size=LARGEST_DOCUMENT)
            )
        yield chunk


def _tell(error: Exception, file: str) -> NoReturn:
    if isinstance(error, TemplateSyntaxError):
        raise BrokenTemplateError(file, error.lineno, _failing(error.message or "syntax")) from None
    line = _line_of(error, file)
    if isinstance(error, UndefinedError) and (names := _QUOTED.findall(str(error))):
        name = names[-1]
        message = Message("the template uses '{name}', which is not defined", name=name)
        hint = Message("check the name; templates/README.md lists what there is")
        raise BrokenTemplateError(file, line, message, hint) from None
    reason = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    raise BrokenTemplateError(file, line, _failing(reason)) from None


def _failing(reason: str) -> Message:
    return Message("the template fails: {reason}", reason=reason)


def _line_of(error: Exception, file: str) -> int:
    """The template's line that was at work: Jinja writes it into the traceback."""
    line, trace = 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
