"""A folder of the settings that lies outside the workspace."""

from __future__ import annotations

import os
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

from qmsplan.diagnostic import Severity, say
from qmsplan.rules.base import Finding, Rule, SettingsContext

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDERS = ("plans", "templates", "output")


def check(context: SettingsContext) -> Iterator[Finding]:
    """`plans`, `templates` and `output` that are absolute or lead out of the folder of qmsplan.yaml."""
    for name in FOLDERS:
        folder = getattr(context.settings, name)
        if _leads_out(folder):
            yield Finding(
                context.at(name),
                say("the folder '{folder}' lies outside the workspace", folder=folder),
                say("name a folder inside it, relative to qmsplan.yaml"),
            )


def _leads_out(folder: str) -> bool:
    """By the rules of every system, as one repository is used on several."""
    path = folder.replace("\\", "/")
    if path.startswith("/") or PureWindowsPath(folder).drive:
        return True
    return os.path.normpath(path).replace(os.sep, "/").split("/")[0] == ".."


RULE = Rule("QP927", "folder-outside", Severity.ERROR, check_settings=check)
