"""What holds for every format and every text that users type: the report stays whole, and no CI runner sees a command
that is not ours. The runner's rules are those of its own reader: `##[` anywhere, `::` first on a line."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from output_samples import HOSTILE, diagnostic, hostile, report, span

from qmsplan.cli.validate import QUIET
from qmsplan.output.formats import FORMATS
from rows import each_row

SIGNS = ["::", "::error::", "##[", "#", "[", "]", "(", ")", "%", "@", "{0}", "|", "\n", "\r", "\r\n", "\x85", "\u2028",
         "\x1b", "\x9b", "\x00", "\ufffe", "\uffff", "\ud800", "\udc80", "<", ">", "&", '"', "'", "]]>", "\\", "`", " ",
         "ạ", "😀", "/", ":", "..", "https://x", "www.x", "a", "-", "1"]  # fmt: skip
texts = st.lists(st.sampled_from(SIGNS), max_size=12).map("".join) | st.text(max_size=20)
every_format = pytest.mark.parametrize("name", FORMATS)


def runner_lines(text: str) -> Iterator[str]:
    """The lines as a runner reads them from the stream."""
    sent = text.encode("utf-8", "backslashreplace").decode()
    yield from re.split(r"\r\n|\r|\n", sent)


def commands(text: str) -> list[str]:
    """The lines that a runner would obey."""
    return [line for line in runner_lines(text) if re.match(r"\s*::", line) or "##[" in line]


@cache
def sarif_schema() -> Draft4Validator:
    path = Path(__file__).with_name("sarif-2.1.0.schema.json")
    return Draft4Validator(json.loads(path.read_text("utf-8")))


def check_whole(name: str, text: str, count: int) -> None:
    """A report of `count` findings that is what its format says, and harmless."""
    assert len(commands(text)) == (count if name == "github" else 0)
    assert [sign for sign in text if unicodedata.category(sign) in {"Cc", "Cs"} and sign != "\n"] == []
    CHECKS[name](text.encode("utf-8").decode(), count)


def _check_text(text: str, count: int) -> None:
    assert len(re.findall(r"(?m)^error\[QP101\]: ", text)) == count


def _check_json(text: str, count: int) -> None:
    assert len(json.loads(text)["diagnostics"]) == count


def _check_github(text: str, count: int) -> None:
    pattern = r"::error file=[^:,\n]*,line=\d+,col=\d+,endLine=\d+,endColumn=\d+,title=[^:,\n]*::[^\n]*\n"
    assert len(re.findall(pattern, text)) == count
    assert re.sub(pattern, "", text) == ""
    assert re.findall(r"%(?!25|0A|3A|2C)", text) == []


def _check_gitlab(text: str, count: int) -> None:
    issues: list[dict[str, Any]] = json.loads(text)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == count
    assert all(issue["location"]["lines"]["begin"] >= 1 for issue in issues)


def _check_sarif(text: str, count: int) -> None:
    log = json.loads(text)
    assert list(sarif_schema().iter_errors(log)) == []
    assert len(log["runs"][0]["results"]) == count


def _check_junit(text: str, count: int) -> None:
    root = ET.fromstring(text.encode("utf-8"))
    assert len(root.findall(".//failure")) == int(root.attrib["failures"]) == count
    assert len(root.findall(".//testcase")) == int(root.attrib["tests"])


def _check_markdown(text: str, count: int) -> None:
    rows = text.split("\n")[4:-1] if count else []
    assert len(rows) == count
    for row in rows:
        assert len(re.split(r"(?<!\\)(?:\\\\)*\|", row)) == 5
        assert not re.search(r"@[^\s\u2060]|(?<!\\)[<`$](?!br>)|https?://", row.replace("<br>", ""))


CHECKS = {
    "text": _check_text,
    "json": _check_json,
    "github": _check_github,
    "gitlab": _check_gitlab,
    "sarif": _check_sarif,
    "junit": _check_junit,
    "markdown": _check_markdown,
}


@every_format
@given(st.lists(texts, max_size=3))
def test_any_text_leaves_a_report_whole(name: str, found: list[str]) -> None:
    check_whole(name, FORMATS[name](report(*map(hostile, found))), len(found))


@every_format
@each_row("text", HOSTILE)
def test_hostile_text_leaves_a_report_whole(name: str, text: str) -> None:
    check_whole(name, FORMATS[name](report(hostile(text))), 1)


@every_format
@given(st.lists(texts, min_size=5, max_size=5))
def test_any_line_of_a_plan_leaves_a_report_whole(name: str, lines: list[str]) -> None:
    clean_lines = tuple(re.sub(r"[\r\n]", "", line) for line in lines)
    found = diagnostic("x", span(5, 1, 2))
    check_whole(name, FORMATS[name](report(found, found, lines=clean_lines)), 2)


@every_format
def test_quiet_formats_say_nothing_and_the_others_are_complete_when_nothing_is_wrong(name: str) -> None:
    text = FORMATS[name](report(files=("plans/a.yaml",)))
    assert (text == "") == (name in QUIET)
    check_whole(name, text, 0)


def test_every_format_is_checked_here() -> None:
    assert tuple(CHECKS) == tuple(FORMATS)


@every_format
def test_related_places_are_told(name: str) -> None:
    text = FORMATS[name](report(hostile("khác.yaml")))
    assert text.count("see khác.yaml") == 1
    assert ("khác.yaml:3" in text) or ('"line": 3' in text) or ('"startLine": 3' in text)
