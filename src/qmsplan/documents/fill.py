"""A template filled with the values of a plan, by Jinja.

A template is a program that somebody wrote, so Jinja runs it in a sandbox: it gets text and no tools. The time and
memory of its loops are not limited: run the templates of strangers in a process that can be stopped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from types import CodeType
from typing import Any, NoReturn

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from qmsplan.diagnostics import Message, UserError
from qmsplan.documents.blocks import SectionBlock, Table
from qmsplan.documents.markup import read_blocks
from qmsplan.documents.table_spans import span_rows
from qmsplan.documents.tables import table_of
from qmsplan.documents.template import LINE, BrokenTemplateError, Template

LARGEST_DOCUMENT = 64 * 1024 * 1024
"""Characters a filled template may have."""

METHODS = frozenset({"items", "keys", "values", "get", "split", "startswith", "endswith"})
FILTERS = ("default", "first", "join", "last", "length", "lower", "max", "min", "trim", "upper")
GLOBALS = ("namespace", "range")
LARGEST_FACTOR = 1_000_000

_TAG = re.compile(r"<[A-Za-z][\w.:-]*")
_QUOTED = re.compile(r"'([^']*)'")


def document_of(template: Template, values: Mapping[str, object]) -> tuple[SectionBlock, ...]:
    """The document that a template makes of values. BrokenTemplateError if it can't."""
    tables: list[Table] = []
    text = [fill(template, values, tables)]
    return read_blocks(text.pop(), template.file, tables)  # which lets the text go: a province's is large


def fill(template: Template, values: Mapping[str, object], tables: list[Table] | None = None) -> str:
    """The template's text with the values in it, each start tag with its line. The tables of plans go into `tables`:
    the text has `<table made="0">` for the first. BrokenTemplateError if the template fails."""
    environment = _environment()
    environment.filters["table"] = partial(_put_table, [] if tables is None else tables)
    try:
        filled = environment.template_class.from_code(environment, _compiled(template), environment.make_globals(None))
        return "".join(_limited(filled.generate(values), template.file))
    except BrokenTemplateError:
        raise
    except Exception as error:  # noqa: BLE001  what a template raises is its author's fault, whatever it is
        _tell(error, template)


def check_syntax(template: Template) -> None:
    """BrokenTemplateError if a template can't be read, whatever it would be filled with."""
    try:
        _compiled(template)
    except TemplateError as error:
        _tell(error, template)


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
    environment.filters = {name: environment.filters[name] for name in FILTERS} | {
        "rows": table_rows,
        "table": _put_table,
        "signature": signature_markup,
    }
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


def _tell(error: Exception, template: Template) -> NoReturn:
    file = template.file
    if isinstance(error, TemplateSyntaxError):
        reason = error.message or "syntax"
        raise BrokenTemplateError(
            file, _open_block(reason, template.source) or error.lineno, _failing(reason)
        ) from None
    line = _line_of(error, file)
    if isinstance(error, UserError):  # of the plan: a table can't be made of it
        raise BrokenTemplateError(file, line, error.message, error.hint) from None
    if isinstance(error, UndefinedError) and (names := _QUOTED.findall(str(error))):
        name = names[-1]
        message = Message("the template uses '{name}', which is not defined", name=name)
        hint = Message("check the name; templates/README.md lists what there is")
        raise BrokenTemplateError(file, line, message, hint, _columns(name, template.source, line)) from None
    reason = str(error) if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    raise BrokenTemplateError(file, line, _failing(reason)) from None


def _open_block(reason: str, source: str) -> int | None:
    """The line of the block that Jinja says is never closed; None if it says something else."""
    named = re.search(r"needs to be closed is '(\w+)'", reason)
    lines: list[int] = []
    for tag in re.finditer(rf"{{%[-+]?\s*(end)?{named[1]}\b", source) if named else ():
        if tag[1]:
            lines[-1:] = []
        else:
            lines.append(source.count("\n", 0, tag.start()) + 1)
    return lines[-1] if lines else None


def _columns(name: str, source: str, line: int) -> tuple[int, int]:
    """Where a name stands in a line of a template, its end exclusive."""
    lines = re.split(r"\r\n|\r|\n", source)  # as Jinja counts them
    found = re.search(rf"\b{re.escape(name)}\b", lines[line - 1]) if line <= len(lines) else None
    return (found.start() + 1, found.end() + 1) if found else (1, 1)


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


def _put_table(tables: list[Table], branch: dict[str, Any], kind: str = "free") -> Markup:
    """What stands for the table of a plan, section or annex in the text of a template; the table goes to the others."""
    table, above = table_of(branch, kind)
    if table is None:
        return Markup("")
    tables.append(table)
    line = f'<para style="money-unit">{escape(above)}</para>' if above else ""
    widths = " ".join(f"{width:g}" for width in table.widths)
    return Markup(f'{line}<table widths="{widths}" made="{len(tables) - 1}"/>')  # noqa: S704  `above` is escaped


DETAIL_COLUMNS = "deliverables+evaluation lead support deadline funding note"
"""The columns of details; `+` puts several fields into one column, which is called after the first of them."""


def table_rows(
    branch: dict[str, Any], columns: str = DETAIL_COLUMNS, *, tells_targets: bool = False
) -> list[dict[str, Any]]:
    """The rows of a table that a template writes itself, objectives, tasks and activities side by side."""
    fields = tuple(tuple(name.split("+")) for name in columns.split())
    return list(span_rows(branch, fields, lambda field, _, item: item.get(field, ""), tells_targets=tells_targets))


def signature_markup(plan: dict[str, Any], dateline: str = "") -> Markup:
    """The end of a document: recipients, signatory, those who sign with him, and the boxes of a management system.

    Of a joint document all sign side by side, and the recipients stand below them."""
    recipients = "\n".join(filter(None, [plan["recipients"], plan["head"].get("drafter")]))
    lines = [_element("recipient", recipients), _element("dateline", dateline) if dateline else ""]
    blocks = []
    if plan["cosigners"]:
        blocks.append(_signers([plan["signatory"], *plan["cosigners"]], has_lines=False))
        blocks.append(f"<signature>{''.join(lines)}</signature>")
    else:
        blocks.append(f"<signature>{''.join(lines)}{_signing(plan['signatory'])}</signature>")
    if plan.get("boxes"):
        blocks.append(_signers(plan["boxes"], has_lines=True))
    return Markup("".join(blocks))  # noqa: S704  every text in it is escaped by `_element`


def _signers(people: list[dict[str, Any]], *, has_lines: bool) -> str:
    signers = "".join(f"<signer>{_element('label', who.get('label', ''))}{_signing(who)}</signer>" for who in people)
    return f'<signers lines="{"true" if has_lines else "false"}">{signers}</signers>'


def _signing(who: dict[str, Any]) -> str:
    parts = {"position": "position", "instruction": "instruction", "second-position": "second_position", "name": "name"}
    return "".join(_element(name, who.get(field, "")) for name, field in parts.items())


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"
