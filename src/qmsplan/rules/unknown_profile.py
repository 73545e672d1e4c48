"""A document format that there is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Finding, Rule, SettingsContext

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: SettingsContext) -> Iterator[Finding]:
    """`profile` in the settings."""
    name = context.settings.profile
    if context.profiles and name not in context.profiles:
        hint = say("the formats are: {names}", names=", ".join(sorted(context.profiles)))
        yield Finding(context.at("profile"), say("there is no document format '{name}'", name=name), hint)


RULE = Rule("QP926", "unknown-profile", Severity.ERROR, check_settings=check)
