"""The writers by the names that `--format` and `--output` take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsplan.output.github import write_github
from qmsplan.output.gitlab import write_gitlab
from qmsplan.output.json import write_json
from qmsplan.output.junit import write_junit
from qmsplan.output.markdown import write_markdown
from qmsplan.output.sarif import write_sarif
from qmsplan.output.text import write_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmsplan.output.report import Report

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": write_text,
    "json": write_json,
    "github": write_github,
    "gitlab": write_gitlab,
    "sarif": write_sarif,
    "junit": write_junit,
    "markdown": write_markdown,
}
