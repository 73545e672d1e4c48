"""Two units with one code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.model.words import plain
from qmsplan.rules.base import Finding, Rule, SettingsContext

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: SettingsContext) -> Iterator[Finding]:
    """The second and later units with a code; letter case does not tell codes apart."""
    seen: dict[str, int] = {}
    for index, unit in enumerate(context.settings.units):
        first = seen.setdefault(plain(unit.code), index)
        if first != index:
            yield Finding(
                context.at("units", index, "code"),
                say("another unit already has the code '{code}'", code=unit.code),
                say("give this unit a code of its own, or remove it if it is the same unit"),
                context.at("units", first, "code"),
            )


RULE = Rule("QP921", "duplicate-unit", Severity.ERROR, check_settings=check)
