"""The typer application: every command line goes through it.

`COMMANDS_BY_PANEL` lists the commands, in the groups of `--help`, each with its sentence; `cli.commands` says what each
runs and takes. `run` turns arguments into an exit code, and every error into a sentence: nothing escapes as a
traceback."""

from __future__ import annotations

import errno
import gc
import gettext
import os
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from copy import copy
from difflib import get_close_matches
from importlib import import_module
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import typer
from typer.completion import install  # type: ignore[attr-defined]
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from qmsplan import __version__
from qmsplan.cli.console import (
    DEBUG,
    CommandError,
    Exit,
    PipeClosedError,
    put,
    put_message,
    say_error,
    settle_streams,
    tell,
)
from qmsplan.diagnostics import DEFAULT, LANGUAGES, Message, Translator, UserError, choose
from qmsplan.load.files import MARK, find_workspace
from qmsplan.output.safe_text import clean, harmless

COMMANDS_BY_PANEL = {
    "Write a plan": {
        "init": "Create a starter workspace.",
        "new": "Create a starter plan or progress file.",
        "import": "Make a draft of a plan that you have in Word or Excel.",
        "fmt": "Reformat plans, progress files and settings in the standard layout.",
    },
    "Check": {
        "validate": "Check plans and report problems by line and column.",
        "explain": "Explain a code: what is wrong, why, how to fix it.",
        "check-docx": "Check a Word file against the official format; fix its layout.",
    },
    "Phrases and editors": {
        "deadline": "Show how a deadline phrase is understood.",
        "target": "Show how a target phrase is understood.",
        "people": "Show whom a responsibility phrase names.",
        "schema": "Print the JSON Schema for editor support.",
        "lsp": "Help in an editor as you type: the language server.",
    },
    "Progress": {
        "record": "Record a reading, a completion, an event, a corrective action.",
        "form": "Write Excel forms for units to fill in, and take them over.",
        "status": "Show what is done, due, overdue and missed.",
        "dashboard": "Make a page that shows the status, for a browser.",
        "remind": "Write to each unit what it owes and what falls due soon.",
        "audit": "Show what is on record for ISO 9001, and what is not.",
    },
    "Documents and data": {
        "render": "Make official Word documents.",
        "report": "Make the periodic report as an official Word document.",
        "export": "Export due dates as a calendar, or all data as tables.",
    },
    "Signing and history": {
        "sign": "Sign a plan: give it number and day, and seal what it says.",
        "amend": "Reopen a signed plan as its next revision.",
        "verify": "Compare a plan with its signed content, or a Word file with its plan.",
        "diff": "Show what changed in meaning between two revisions.",
        "log": "Show who changed an objective when, and what was signed.",
    },
}
"""The commands with their help, in the groups and in the order in which `qmsplan --help` lists them."""
COMMANDS = {name: told for panel in COMMANDS_BY_PANEL.values() for name, told in panel.items()}
"""All commands, each with its help."""

COMPLETION = {
    "install_completion": "Let this shell complete commands, options, plans and units.",
    "show_completion": "Print what --install-completion installs, to put it in place by hand.",
}
"""Our words for the two options that typer adds, by the names of their parameters."""

PLACEHOLDER = re.compile(r"\b[A-Z]{2,}\b")
"""What stands for a value in help: `FILE` and `PLAN` in `FILE.docx|PLAN`. Choices and `N` stay."""

_LANGUAGE = re.compile(rb"^language: *(vi|en) *(?:#.*)?\r?$", re.MULTILINE)
_TAKES_PATH = re.compile("FILE|DIR|PATH|FOLDER")
"""Is in the placeholders of values that are files or folders."""

_LOCALE = Path(__file__).parents[1] / "locale"
LANGUAGE_VARIABLE = "QMSPLAN_LANG"
_COMPLETE = "_QMSPLAN_COMPLETE"
"""The environment variable by which a shell asks for completions; typer names it."""


class Spoken:
    """What the group and its commands have in common: help, usage and completion in the language of the run, which the
    context carries: `ctx.obj` is `vi` or `en`."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Writes the help, of the group with a line for each command."""
        _translate_help(self, ctx)
        super().format_help(ctx, formatter)  # type: ignore[misc]

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        """Writes the usage line."""
        translate = Translator(ctx.obj)
        words = {"[OPTIONS]": translate("[OPTIONS]"), "COMMAND [ARGS]...": translate("COMMAND [ARGS]...")}
        pieces = " ".join(words.get(piece, piece) for piece in self.collect_usage_pieces(ctx))
        pieces = re.sub(r"\{([^|{}]+)\}", r"\1", pieces)  # typer puts `{PHRASE}` where one value must stand
        formatter.write_usage(ctx.command_path, pieces, prefix=translate("Usage: "))

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """The commands and options that a shell offers, each with its help."""
        _translate_help(self, ctx)
        return super().shell_complete(ctx, incomplete)  # type: ignore[misc]


class SpokenCommand(Spoken, TyperCommand):
    """A command in the language of the run."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parses the arguments. Stop at an option or a path that is empty, as `--out "$DIR"` is where DIR is not set:
        to Python the path `""` is the current folder."""
        try:
            if any(not typed.strip() or typed.endswith("=") for typed in args):
                self._refuse_empty(ctx, self.make_parser(ctx).parse_args(list(args))[0])
            return super().parse_args(ctx, args)
        except TyperException as error:  # the parser does not say of which command
            vars(error)["ctx"] = vars(error).get("ctx") or ctx
            raise

    def _refuse_empty(self, ctx: Any, given: dict[str, Any]) -> None:
        for one in self.get_params(ctx):
            value, is_path = given.get(one.name), bool(_TAKES_PATH.search(one.metavar or ""))
            values = value if isinstance(value, list | tuple) else [str(value)]
            if not all(map(str.strip, values)) and (is_path or one.opts[0][0] == "-"):
                _translate_help(self, ctx)
                hint = Message("type a value, or leave the option out")
                if is_path:
                    hint = Message("name a file or folder; the current one is '.'")
                raise CommandError(Message("{name} is empty", name=_parameter_name(one)), hint)


class ListedCommand(TyperCommand):
    """Stands for a command until it is used: its name and help are known, its parameters are not."""

    def __init__(self, name: str, language_option: Any) -> None:
        super().__init__(name, help=COMMANDS[name])
        self.language_option = language_option

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """The context of the command itself, whose parameters are made now."""
        command = load_command(str(self.name))
        command.params.append(self.language_option)
        return command.make_context(info_name, args, parent, **extra)


class Commands(Spoken, TyperGroup):
    """The group of all commands. It finds the language before typer looks at any argument."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.language = DEFAULT
        option = copy(next(parameter for parameter in self.params if parameter.name == "lang"))
        option.hidden, option.expose_value = True, False  # type: ignore[attr-defined]
        for name in COMMANDS:
            self.add_command(ListedCommand(name, option))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Chooses the language, then parses the options before the command."""
        typed = self._typed_language(ctx, args)
        self.language = ctx.obj = _language(typed)
        if not typed and not ctx.resilient_parsing:
            _refuse_unknown_language()
        return super().parse_args(ctx, args)

    def _typed_language(self, ctx: Any, args: list[str]) -> str | None:
        """What `--lang` says anywhere on the command line, as typer's own parser finds it; None if it is not there."""
        parser = self.make_parser(ctx)
        parser.ignore_unknown_options = parser.allow_interspersed_args = True
        with suppress(TyperException):  # told when the arguments are parsed in earnest
            return parser.parse_args(list(args))[0].get("lang")
        return None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes the commands in their groups, with one column for all names; no sentence is cut."""
        translate, widest = Translator(ctx.obj), max(map(len, COMMANDS))
        for panel, names in COMMANDS_BY_PANEL.items():
            with formatter.section(translate(panel)):
                formatter.write_dl([(name.ljust(widest), self.commands[name].help or "") for name in names])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the arguments start with. Stop if there is none of that name, with the nearest one."""
        name = args[0]
        if name in self.commands or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        near = _nearest_name(name, self.commands) or Message("see '{command} --help'", command="qmsplan")
        raise CommandError(Message("there is no command '{name}'", name=name), near)


def _translate_help(command: Any, ctx: Any) -> None:
    """Puts the English help of a command, of those that it lists and of its parameters into the language of the run,
    placeholders such as FILE too. Only what shows help asks for it: to load a catalogue takes 8 ms."""
    gettext.bindtextdomain("qmsplan", str(_LOCALE))
    gettext.textdomain("qmsplan")
    os.environ["LANGUAGE"] = ctx.obj  # typer's own words, such as "Options:", come from our catalogues
    translate = Translator(ctx.obj)
    for shown in (command, *getattr(command, "commands", {}).values()):
        shown.help = translate(shown.help)
    for parameter in command.get_params(ctx):
        parameter.help = parameter.help and translate(parameter.help)
        parameter.metavar = parameter.metavar and PLACEHOLDER.sub(lambda word: translate(word[0]), parameter.metavar)
        if parameter.param_type_name == "argument":
            parameter.display_type_rich = lambda **_: ""  # `PATH`, not `PATH <list[Path]>`


app = typer.Typer(
    name="qmsplan",
    cls=Commands,
    help="Quality plans as text: checked, followed up and printed as official documents.",
    invoke_without_command=True,  # `root` shows the help then
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    suggest_commands=False,  # `mistake` suggests in the user's language
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(*, value: bool) -> None:
    if value:
        put(f"qmsplan {__version__}\n")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    lang: Annotated[  # noqa: ARG001  `Commands` has taken it
        Literal["vi", "en"] | None, typer.Option("--lang", metavar="vi|en", is_eager=True, help="Language of messages.")
    ] = None,
    *,
    version: Annotated[  # noqa: ARG001  `_print_version` has printed it
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Shows the help if no command is named."""
    if ctx.invoked_subcommand is None:
        put(ctx.get_help() + "\n")
        raise typer.Exit(Exit.BROKEN)


def _install_completion(ctx: Any, _parameter: Any, shell: object) -> None:
    """`--install-completion`, with a sentence in the user's language on what was done."""
    if shell and not ctx.resilient_parsing:
        name, path = install(shell if isinstance(shell, str) else None, ctx.info_name)
        told = Message("{shell} completes qmsplan in every new terminal: {file}", shell=name, file=path.as_posix())
        put_message(told, Translator(ctx.obj))
        raise typer.Exit


def application() -> Commands:
    """The application as typer runs it, made anew: what it says is put into the language of one run."""
    group = typer.main.get_command(app)
    assert isinstance(group, Commands)  # noqa: S101
    for parameter in group.params:
        parameter.help = COMPLETION.get(parameter.name, parameter.help)  # type: ignore[attr-defined]
        if parameter.name == "install_completion":
            parameter.callback = _install_completion
    return group


def load_command(name: str) -> TyperCommand:
    """A command with its parameters, whose help is English. Its own module is imported when it runs."""
    work = import_module("qmsplan.cli.commands").WORK_BY_COMMAND[name]
    asked = work.options

    def run(ctx: typer.Context, **given: object) -> Any:
        function, translate = _function(work.module, work.function), Translator(ctx.obj)
        gc.freeze()  # what imports made lives on: collections need not look at it (a fifth of a long run)
        return function(asked(**given), translate) if asked else function(translate)

    parameters = [Parameter("ctx", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)]
    for field, kind in get_type_hints(asked).items() if asked else ():
        told = _as_typer_takes_it(asked._field_defaults[field], kind)
        parameters.append(Parameter(field, Parameter.KEYWORD_ONLY, default=told, annotation=kind))
    run.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    alone.command(name, cls=SpokenCommand, help=COMMANDS[name])(run)
    command = typer.main.get_command(alone)
    assert isinstance(command, TyperCommand)  # noqa: S101
    return command


def _function(module: str, name: str) -> Callable[..., Any]:
    """A function of a module of `cli`, which is imported now."""
    function: Callable[..., Any] = getattr(import_module(f"qmsplan.cli.{module}"), name)
    return function


def _as_typer_takes_it(declared: Any, kind: Any) -> Any:
    """A parameter as its field declares it. Of a `choice` the words that its type has stand for the value; the function
    that gives what a shell offers is found where a shell asks."""
    parameter = copy(declared)
    words = next((get_args(part) for part in (kind, *get_args(kind)) if get_origin(part) is Literal), ())
    if words and parameter.metavar is None:
        parameter.metavar = "|".join(words)
        parameter.default = words[0] if get_origin(kind) is Literal else None
    offers = parameter.autocompletion
    parameter.autocompletion = _function(*offers.split(":")) if offers and os.environ.get(_COMPLETE) else None
    return parameter


def _language(typed: str | None) -> str:
    """The language of a run: that of `--lang`, QMSPLAN_LANG, the workspace, the locale; else Vietnamese."""
    wishes = [typed if typed in LANGUAGES else None, os.environ.get(LANGUAGE_VARIABLE)]
    if not any(wishes):
        root = find_workspace()
        wishes += [language_of(root) if root else None]
        wishes += [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    return choose(*wishes)


def _refuse_unknown_language() -> None:
    """Stop if QMSPLAN_LANG names a language that we do not speak; the locale may, it is not meant for us alone."""
    named = os.environ.get(LANGUAGE_VARIABLE, "").strip()
    if named and choose(named, default="") not in LANGUAGES:
        wrong = Message(
            "{variable} is '{value}', which is no language of qmsplan", variable=LANGUAGE_VARIABLE, value=named
        )
        raise CommandError(wrong, Message("set it to 'vi' or 'en', or clear it"))


def language_of(root: Path) -> str:
    """The language that a workspace's settings name. The YAML reader is loaded only if not exactly one plain line
    `language: vi` says it, and others may: help and mistakes in the arguments are told at once."""
    with suppress(OSError):
        content = (root / MARK).read_bytes()
        lines = _LANGUAGE.findall(content)
        if len(lines) == 1:
            return str(lines[0].decode())
        if b"language" not in content and b"\\" not in content:  # an escape may hide it
            return DEFAULT
    return str(import_module("qmsplan.cli.settings").read_settings(root).settings.language)


def mistake(error: Any) -> CommandError:
    """A mistake in the arguments in our own words. `error` is one of typer's exceptions for wrong use: they have no
    public classes, so they are told apart by the names of these."""
    kind = type(error).__name__
    context = getattr(error, "ctx", None)
    if context and context.obj:
        _translate_help(context.command, context)
    command = context.command_path if context else "qmsplan"
    hint = Message("see '{command} --help'", command=command)
    parameter = getattr(error, "param", None)
    name = _parameter_name(parameter) or str(getattr(error, "param_hint", "") or "")
    if kind == "NoSuchOption":
        near = _nearest_name(error.option_name, _option_names(context))
        return CommandError(Message("there is no option {name}", name=error.option_name), near or hint)
    if kind == "MissingParameter":
        return CommandError(Message("{name} is missing", name=name), hint)
    if kind == "BadParameter":
        return CommandError(Message("this value does not fit {name}", name=name), _choices_hint(parameter) or hint)
    if kind == "BadOptionUsage":
        return CommandError(Message("the option {name} needs a value", name=error.option_name), hint)
    words = str(error.message)  # the rest typer tells apart by nothing but these
    if "unexpected extra argument" in words:
        names = words.partition("(s) (")[2].removesuffix(")")
        hint = Message("put a text with spaces in quotes; see also '{command} --help'", command=command)
        return CommandError(Message("there are more arguments than expected: {names}", names=names), hint)
    return CommandError(Message("the arguments can't be understood: {reason}", reason=words), hint)


def _parameter_name(parameter: Any) -> str:
    if parameter is None:
        return ""
    options = [option for option in parameter.opts if option.startswith("--")]
    return options[0] if options else str(parameter.metavar or parameter.name)


def _option_names(context: Any) -> list[str]:
    """The options of the command that was being parsed."""
    parameters = context.command.get_params(context) if context else ()
    return [name for one in parameters if not getattr(one, "hidden", False) for name in one.opts if name[:2] == "--"]


def _nearest_name(typed: str, names: Iterable[str]) -> Message | None:
    """The name that a mistyped one is most like, as a hint: `--quater` is like `--quarter`."""
    known = {name.removeprefix("--"): name for name in names}
    stem = typed.removeprefix("--")
    near = get_close_matches(stem, known, 1, 0.7) or [name for name in known if len(stem) > 2 and name.startswith(stem)]
    return Message("did you mean '{name}'?", name=known[near[0]]) if near else None


def _choices_hint(parameter: Any) -> Message | None:
    shown = str(getattr(parameter, "metavar", None) or "")
    return Message("write one of: {choices}", choices=shown.replace("|", ", ")) if "|" in shown else None


def run(arguments: Sequence[str]) -> int:
    """The exit code of a command line."""
    settle_streams()
    commands = application()
    if os.environ.get(_COMPLETE):
        with suppress(Exception):  # a shell asks while somebody types: whatever is broken, nothing is said
            commands([], prog_name="qmsplan", standalone_mode=False)
        return Exit.CLEAN
    try:
        return _run_command(commands, list(arguments))
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except PipeClosedError:
        _silence_stdout()
        return Exit.PIPE_CLOSED
    except Exception as error:  # the last line of defence
        if os.environ.get(DEBUG):
            raise
        if isinstance(error, OSError) and error.errno == errno.ENOSPC and not error.filename:
            _silence_stdout()  # the help of a command, printed to a full disk
        return _our_fault(error, Translator(commands.language))


def _run_command(commands: Commands, arguments: list[str]) -> int:
    """The exit code, once what the user can mend is told."""
    try:
        code = commands(arguments, prog_name="qmsplan", standalone_mode=False)
        return code if isinstance(code, int) else Exit.CLEAN
    except typer.Abort:
        return Exit.INTERRUPTED
    except TyperException as error:
        stop: UserError = mistake(error)
    except UserError as error:
        stop = error
    say_error(stop.message, stop.hint, Translator(commands.language))
    return stop.code if isinstance(stop, CommandError) else Exit.BROKEN


def _our_fault(error: Exception, translate: Translator) -> int:
    """Says in one line what nobody foresaw. Its words may hold text of a file or a name, so they are made harmless."""
    reason = f"{type(error).__name__}: {error}"
    if isinstance(error, OSError) and error.strerror:
        line = f"{error.strerror} ({error.filename})" if error.filename else error.strerror
    else:
        line = translate(
            "internal error: {reason}. Set QMSPLAN_DEBUG=1 for details, "
            "and report it to whoever keeps qmsplan for your agency",
            reason=reason,
        )
    tell(harmless(clean(f"qmsplan: {line}")))
    return Exit.BROKEN


def _silence_stdout() -> None:
    """Python flushes stdout once more at exit; a closed pipe would complain there."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
