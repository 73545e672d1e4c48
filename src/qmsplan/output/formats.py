"""The writers by the names that `--format` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.output.github import write_github
from qmsplan.output.json import write_json
from qmsplan.output.text import write_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.output.report import Report

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": write_text,
    "json": write_json,
    "github": write_github,
}
