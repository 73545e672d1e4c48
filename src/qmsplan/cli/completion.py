"""What a shell completes for the values of options and arguments.

Each function gives values with a word of help, `("TGPL-KHMT-2026", "Kế hoạch thực hiện mục tiêu chất lượng")`; typer
leaves out those that do not start with what is typed. They look at the workspace around the current folder. Completion
runs while somebody types a command, so a workspace that is missing or broken completes nothing and says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import ParamSpec, TypeAlias

import typer

from qmsplan.cli.settings import require_workspace
from qmsplan.cli.workspace import all_plans
from qmsplan.model.inline import plain_text
from qmsplan.model.period import codes_in_year
from qmsplan.model.text import shortened
from qmsplan.output.safe_text import clean
from qmsplan.phrases.item_tree import outline

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


@quietly
def plans() -> Iterator[tuple[str, str]]:
    """The ids of all plans."""
    return ((plan.id, plain_text(plan.head.full_title)) for plan in all_plans(require_workspace()))


@quietly
def items(ctx: typer.Context) -> Iterator[tuple[str, str]]:
    """`MT01`, and `PLAN/MT01` for where several plans have such an item; with `--plan` the items of that plan alone."""
    plans = [plan for plan in all_plans(require_workspace()) if not plan.form]
    wanted = ctx.params.get("plan")
    if wanted:
        plans = [plan for plan in plans if plan.id == wanted]
    items = [(plan.id, node.item.id, plain_text(" ".join(node.item.text))) for plan in plans for node in outline(plan)]
    yield from ((item, text) for _, item, text in items)
    yield from ((f"{plan}/{item}", text) for plan, item, text in items if not wanted)


@quietly
def plans_and_items(ctx: typer.Context) -> Iterator[tuple[str, str]]:
    """The ids of plans, then items as `items` gives them."""
    yield from plans()
    yield from items(ctx)


@quietly
def events() -> Iterator[tuple[str, str]]:
    """The ids of the events that plans declare."""
    return (
        (event.id, plain_text(" ".join(event.text))) for plan in all_plans(require_workspace()) for event in plan.events
    )


@quietly
def units() -> Iterator[tuple[str, str]]:
    """The codes of the units in qmsplan.yaml."""
    return ((unit.code, unit.name) for unit in require_workspace().settings.units)


@quietly
def periods() -> Iterator[tuple[str, str]]:
    """The periods of plans, and in each of their years the year, its quarters, halves, nine months and months."""
    periods = sorted({plan.period for plan in all_plans(require_workspace()) if plan.period})
    codes = [period.code for period in periods]
    years = sorted({whole.start.year for period in periods for whole in period.years()})
    return ((code, "") for code in (*(code for year in years for code in codes_in_year(year)), *codes))


@quietly
def quarters() -> Iterator[tuple[str, str]]:
    """The quarters of the current year as they are written in plans."""
    return ((numeral, "") for numeral in ("I", "II", "III", "IV"))
