"""Which plan and item a name such as `MT03`, `PLAN/MT03` or `PLAN` means, among the files as they are."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from qmsplan.cli.console import Stop
from qmsplan.cli.files import Place, plan_files
from qmsplan.diagnostic import say
from qmsplan.diff.life import has_item
from qmsplan.load.document import read_content
from qmsplan.load.faults import Broken
from qmsplan.load.text import read_bytes
from qmsplan.model.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qmsplan.load.file import File


class Chosen(NamedTuple):
    """A plan, its file, and one of its items or None for all of it."""

    file: File
    plan: Plan
    item: str | None


def choose(name: str, place: Place) -> Chosen:
    """What a name means. Stop if nothing or more than one thing is called that."""
    plan, slash, item = name.partition("/")
    if slash:
        return _only(name, [Chosen(file, found, item) for file, found in _plans(plan, place) if found.id == plan])
    known = list(_plans(name, place))
    plans = [Chosen(file, found, None) for file, found in known if found.id == name]
    return _only(name, plans or [Chosen(file, found, name) for file, found in known if has_item(found, name)])


def _plans(mark: str, place: Place) -> Iterator[tuple[File, Plan]]:
    """The plans in whose files a name stands."""
    wanted = mark.encode("utf-8", "surrogateescape")
    for file in plan_files(place):
        try:
            content = read_bytes(os.fspath(file.path))
        except Broken:
            continue
        if wanted in content and isinstance(value := read_content(content, file.name).value, Plan):
            yield file, value


def _only(name: str, found: list[Chosen]) -> Chosen:
    if len(found) == 1:
        return found[0]
    if not found:
        hint = say("write PLAN, ITEM or PLAN/ITEM; an item that is gone has to be written with its plan")
        raise Stop(say("no plan and no item has the id '{id}'", id=name), hint)
    if found[0].item is None or "/" in name:
        files = ", ".join(chosen.file.name for chosen in found)
        raise Stop(
            say("more than one file holds the plan '{id}': {files}", id=name, files=files), say("keep one of them")
        )
    names = ", ".join(f"{chosen.plan.id}/{name}" for chosen in found[:12])
    raise Stop(say("items of several plans have the id '{id}'", id=name), say("write one of: {choices}", choices=names))
