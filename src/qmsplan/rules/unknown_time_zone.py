"""A time zone that there is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Finding, Rule, SettingsContext

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(context: SettingsContext) -> Iterator[Finding]:
    """`timezone` in the settings; nothing where the computer knows no time zones at all."""
    name = context.settings.timezone
    if not _is_known(name) and _is_known("UTC"):
        hint = say("write a name such as Asia/Ho_Chi_Minh under 'timezone' in qmsplan.yaml")
        yield Finding(context.at("timezone"), say("the time zone '{name}' is not known", name=name), hint)


def _is_known(name: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


RULE = Rule("QP925", "unknown-time-zone", Severity.ERROR, check_settings=check)
