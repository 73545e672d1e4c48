"""What a shell completes for the values of options and arguments, and the parameters that several commands share.

Each function gives values with a word of help, `("TGPL-KHMT-2026", "Kế hoạch thực hiện mục tiêu chất lượng")`; typer
leaves out those that do not start with what is typed. They look at the workspace around the current folder. Completion
runs while somebody types a command, so a workspace that is missing or broken completes nothing and says nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeAlias, TypeVar

import typer

from qmsplan.cli.console import CommandError, shown
from qmsplan.cli.workspace import all_plans, require_workspace
from qmsplan.diagnostics import Message
from qmsplan.load.files import find_forbidden, find_workspace
from qmsplan.model.inline import plain_text
from qmsplan.model.period import codes_in_year
from qmsplan.model.text import shortened
from qmsplan.output.safe_text import clean
from qmsplan.phrases.item_tree import outline


def option(
    names: str,
    metavar: str,
    told: str,
    complete: Callable[..., Any] | None = None,
    *,
    default: object = None,
    check: Callable[..., Any] | None = None,
) -> Any:
    """An option that takes a value: `option("--output -o", "FILE", …)`. `told` is its help, `complete` gives what a
    shell offers, `check` looks at what was typed."""
    return typer.Option(default, *names.split(), metavar=metavar, autocompletion=complete, callback=check, help=told)


def choice(name: str, told: str) -> Any:
    """An option that takes one of the words of its field's type, `form: Literal["text", "json"]`; the first of them if
    it is not given and the field must have one (`cli.app` looks at the type)."""
    return typer.Option(None, name, help=told)


def argument(
    metavar: str, told: str, complete: Callable[..., Any] | None = None, *, default: object = None, needed: bool = False
) -> Any:
    """An argument; as with `option`. Stop where it is `needed` and not given."""
    value = ... if needed else default
    return typer.Argument(value, metavar=metavar, autocompletion=complete, show_default=False, help=told)


def flag(name: str, told: str) -> Any:
    """An option that takes no value."""
    return typer.Option(False, name, help=told)  # noqa: FBT003  the default


Completions: TypeAlias = "list[tuple[str, str]]"
Given = ParamSpec("Given")

MOST_HELP = 60
"""Characters of the words beside a value."""


def quietly(find: Callable[Given, Iterable[tuple[str, str]]]) -> Callable[Given, Completions]:
    """The values as a list, each once, with their words on one line; an empty one after any error."""

    @wraps(find)
    def found(*given: Given.args, **named: Given.kwargs) -> Completions:
        try:
            return [(value, _on_one_line(text)) for value, text in dict(find(*given, **named)).items()]
        except Exception:  # noqa: BLE001  a broken workspace is told by the commands, not while one is typed
            return []

    return found


def _on_one_line(text: str) -> str:
    """Words that neither a shell nor rich, which typer draws them with, takes for anything but words."""
    return shortened(re.sub(r"[\s\[\]'\"`$\\]+", " ", clean(text)).strip(), MOST_HELP)


Place = TypeVar("Place", Path | None, str | None)


def inside(value: Place) -> Place:
    """A file or folder to write to, as typed. Stop if it is a relative one, such as `../x`, that leads out of the
    workspace, by its name or by a link: who means a place elsewhere names it in full."""
    path = Path(value) if value is not None else None
    root = find_workspace()
    if path and root and not path.is_absolute() and not path.resolve().is_relative_to(root.resolve()):
        message = Message("'{file}' lies outside the workspace", file=shown(path))
        raise CommandError(message, Message("write its full path if it is to lie there"))
    return value


@quietly
def complete_plan() -> Iterator[tuple[str, str]]:
    """The ids of all plans."""
    return ((plan.id, plain_text(plan.head.full_title)) for plan in all_plans(require_workspace()))


@quietly
def complete_item(ctx: typer.Context) -> Iterator[tuple[str, str]]:
    """`MT01`, and `PLAN/MT01` for where several plans have such an item; with `--plan` the items of that plan alone."""
    plans = [plan for plan in all_plans(require_workspace()) if not plan.form]
    wanted = ctx.params.get("plan")
    if wanted:
        plans = [plan for plan in plans if plan.id == wanted]
    items = [(plan.id, node.item.id, plain_text(" ".join(node.item.text))) for plan in plans for node in outline(plan)]
    yield from ((item, text) for _, item, text in items)
    yield from ((f"{plan}/{item}", text) for plan, item, text in items if not wanted)


@quietly
def complete_plan_or_item(ctx: typer.Context) -> Iterator[tuple[str, str]]:
    """The ids of plans, then items as `complete_item` gives them."""
    yield from complete_plan()
    yield from complete_item(ctx)


@quietly
def complete_event() -> Iterator[tuple[str, str]]:
    """The ids of the events that plans declare."""
    return (
        (event.id, plain_text(" ".join(event.text))) for plan in all_plans(require_workspace()) for event in plan.events
    )


@quietly
def complete_unit() -> Iterator[tuple[str, str]]:
    """The codes of the units in qmsplan.yaml."""
    return ((unit.code, unit.name) for unit in require_workspace().settings.units)


@quietly
def complete_period() -> Iterator[tuple[str, str]]:
    """The periods of plans, and in each of their years the year, its quarters, halves, nine months and months."""
    periods = sorted({plan.period for plan in all_plans(require_workspace()) if plan.period})
    codes = [period.code for period in periods]
    years = sorted({whole.start.year for period in periods for whole in period.years()})
    return ((code, "") for code in (*(code for year in years for code in codes_in_year(year)), *codes))


@quietly
def complete_quarter() -> Iterator[tuple[str, str]]:
    """The quarters of the current year as they are written in plans."""
    return ((numeral, "") for numeral in ("I", "II", "III", "IV"))


def unit_option(told: str, name: str = "--unit") -> Any:
    """An option that takes a unit by its code, name or alias, such as `--unit`; `told` is its help."""
    return option(name, "UNIT", told, complete_unit)


def plan_option(told: str) -> Any:
    """The option `--plan` with this help, which takes the id of a plan."""
    return option("--plan", "ID", told, complete_plan)


def period_option(told: str) -> Any:
    """The option `--period` with this help: `2026-Q3`, `Quý III`."""
    return option("--period", "PERIOD", told, complete_period)


def output_option(told: str, metavar: str = "PATH", names: str = "--output -o") -> Any:
    """The option `--output` with this help: a file or folder to write to, `inside` the workspace."""
    return option(names, metavar, told, check=inside)


def out_folder(told: str) -> Any:
    """The same, of a command that writes Word files into a folder. `--out` is its older name."""
    return output_option(told, "DIR", "--output --out -o")


AS_OF = option("--as-of", "DATE", "The day to look from, 2026-09-30 or 30/9/2026; today if not given.")
"""Of the commands that show how things stand."""

OF_UNIT = unit_option("Only items that this unit leads or supports: its code, name or alias.")
"""Of the commands that show the items of one unit."""

PLAN = argument("PLAN", "The plan, by file or id.", complete_plan, needed=True)
"""Of the commands that change one plan."""

FAIL_ON = choice("--fail-on", "What makes the exit code 1: errors only, or warnings too.")
IGNORE = option("--ignore", "CODES", "All findings but these.")
"""Of the commands that tell findings."""

SHOW_CHANGE = flag("--dry-run", "Write nothing; show what would change in the file.")
"""Of the commands that sign and amend."""

PDF = flag("--pdf", "A PDF beside each Word file, made by LibreOffice.")
"""Of the commands that make Word files."""

QUIET = flag("--quiet", "Show no progress bar.")
"""Of the commands that read many plans."""


def typed_text(text: str, option: str, *, is_line: bool = True) -> str:
    """What stands behind an option, in the form that texts of plans have: normal form C, no white space around it.
    Stop if it is empty or holds a character that can't stand in a plan, or (for `is_line`) a line end."""
    settled = unicodedata.normalize("NFC", text).strip()
    if not settled or find_forbidden(settled) or (is_line and "\n" in settled):
        message = Message("'{option}' is empty, or holds a character that can't stand in a plan", option=option)
        raise CommandError(message, Message("type it again"))
    return settled
