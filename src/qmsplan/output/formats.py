"""The formats of findings by the names that `--format` and `--output` take. Add a format here and its name in
`cli/validate.py`."""

from __future__ import annotations

from collections.abc import Callable

from qmsplan.output.findings import FindingsReport, write_text
from qmsplan.output.findings_ci import write_github, write_gitlab, write_json, write_junit, write_sarif
from qmsplan.output.findings_markdown import write_markdown

FORMATS: dict[str, Callable[[FindingsReport], str]] = {
    "text": write_text,
    "json": write_json,
    "github": write_github,
    "gitlab": write_gitlab,
    "sarif": write_sarif,
    "junit": write_junit,
    "markdown": write_markdown,
}
