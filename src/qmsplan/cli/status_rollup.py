"""`qmsplan status --rollup`: plans of units beside those that they carry out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.cli.console import Stop, screen_width, wants_colours
from qmsplan.diagnostic import say
from qmsplan.language import translator
from qmsplan.progress.cascade import Cascade, cascade

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qmsplan.cli.status_wish import Wish
    from qmsplan.model.period import Period
    from qmsplan.progress.plan import PlanProgress


def refuse_others(wish: Wish) -> None:
    """Stop if an option was given that says nothing of a cascade."""
    given = {
        "--unit": wish.units,
        "--lead": wish.leads,
        "--state": wish.states,
        "--format": wish.form if wish.form in {"csv", "markdown"} else "",
        "--fail-on": [name for name in wish.fail_on if name == "overdue"],
    }
    for name, value in given.items():
        if value:
            hint = say("'--rollup' goes with '--plan', '--period', '--as-of', '--format json' and '--fail-on missed'")
            raise Stop(say("'--rollup' can't be combined with '{name}'", name=_shown(name, wish)), hint)


def _shown(name: str, wish: Wish) -> str:
    return f"{name} {wish.form}" if name == "--format" else f"{name} overdue" if name == "--fail-on" else name


def rolled_up(plans: Iterable[PlanProgress], window: Period, as_of: date, wanted: frozenset[str]) -> Cascade:
    """The cascade. Stop if a plan was asked for that no other one carries out."""
    found = cascade(plans, window, as_of, wanted)
    told = {branch.plan for branch in found.branches}
    if wanted - told:
        message = say("no plan carries out '{id}'", id=", ".join(sorted(wanted - told)))
        raise Stop(message, say("a plan names the one above it under 'implements', and so do its items"))
    return found


def write(found: Cascade, form: str, titles: dict[str, str], language: str) -> str:
    """The cascade in the form that was asked for."""
    if form == "json":
        from qmsplan.output.cascade_data import cascade_json

        return cascade_json(found)
    from qmsplan.output.cascade_table import write_cascade
    from qmsplan.output.status_table import View

    return write_cascade(found, View(language, translator(language), screen_width(), wants_colours(), titles))
