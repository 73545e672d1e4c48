"""`qmsplan dashboard`: the status as one HTML file to look at, to send or to publish."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from qmsplan.cli.console import CommandError, put
from qmsplan.cli.in_force import notice_lines, plans_on
from qmsplan.cli.items import items_of, unit_called
from qmsplan.cli.options import DashboardOptions
from qmsplan.cli.settings import day_of, require_workspace, window_of
from qmsplan.cli.write import put_file, refuse_yaml
from qmsplan.dashboard.page import dashboard_html
from qmsplan.dashboard.parts import DashboardWords, PlanLabel
from qmsplan.diagnostics import Message, Translator
from qmsplan.load.workspace import Workspace
from qmsplan.model.fields import read_date
from qmsplan.model.text import capitalized
from qmsplan.progress.overview import overview_of
from qmsplan.progress.status import StatusScope

STDOUT = "-"


def command(options: DashboardOptions, translate: Translator) -> int:
    """Writes the page and prints its name. The exit code is 2 if a file of the workspace could not be read."""
    place = require_workspace()
    day = day_of(options.as_of, place, translate)
    then = None if options.compare is None else read_date(options.compare)
    if then and then >= day:
        message = Message("{day} does not lie before {other}", day=then, other=day)
        raise CommandError(message, Message("compare with an earlier day"))
    window = window_of(options.period, day)
    own = place.output / "dashboard.html"
    target = None if options.output == STDOUT else Path(options.output or own)
    if target:
        refuse_yaml(target)
    found = plans_on(day, place, translate, window=window, is_quiet=options.quiet)
    workspace = found.workspace
    keep = items_of(workspace.register, options.unit)
    overview = overview_of(workspace.plan_records(), StatusScope(workspace.settings, day, window, keep), compare=then)
    words = DashboardWords(translate, labels(workspace))
    chosen = unit_called(workspace.register, options.unit) if options.unit else None
    title = chosen.name if chosen else _whose(workspace)
    lines = [capitalized(words.translate(text)) for text, _ in notice_lines(found.notices, day)]
    page = dashboard_html(overview, words, title, chosen.code if chosen else "", notices=lines)
    if target:
        put_file(target, page.encode())
    else:
        put(page)
    return found.tell_last()


def labels(workspace: Workspace) -> dict[str, PlanLabel]:
    """What the plans of a workspace are called, by their ids."""
    found = {}
    for named, _ in workspace.plans():
        head = named.plan.head
        issuer = workspace.register.find(head.issuer) if head.issuer else None
        file = Path(named.file).absolute()
        name = file.relative_to(workspace.root) if file.is_relative_to(workspace.root) else Path(named.file)
        found[named.plan.id] = PlanLabel(head.full_title, issuer.name if issuer else head.issuer or "", name.as_posix())
    return found


def _whose(workspace: Workspace) -> str:
    """The agency that issues most of the plans; "" if none names its issuer."""
    issuers = Counter(label.issuer for label in labels(workspace).values() if label.issuer)
    return issuers.most_common(1)[0][0] if issuers else ""
