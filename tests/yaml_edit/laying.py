"""Texts as `fmt` lays them out, in the words of a test table."""

from __future__ import annotations

from textwrap import dedent

from qmsplan.yaml_edit.format import lay_out

HEAD = "kind: plan\nid: KH\ntemplate: work-plan\nhead:\n  type: KẾ HOẠCH\n"
"""The first lines of a plan, in the canonical layout."""


def laid(text: str) -> str:
    """A text in the canonical layout; laying it out once more changes nothing."""
    found = lay_out(text.encode(), "x")
    assert found.diagnostics == ()
    assert found.content is not None
    assert lay_out(found.content, "x").content == found.content
    return found.content.decode()


def plan(fields: str) -> str:
    """A plan with some more fields, indented as the test's source is."""
    return HEAD + dedent(fields).removeprefix("\n")


def field(typed: str, name: str = "preamble") -> str:
    """How a field that is typed so behind its colon is laid out: what then stands behind it, up to the line end."""
    text = laid(f"{HEAD}{name}: {typed}\n")
    assert text.startswith(f"{HEAD}{name}:")
    return text.removeprefix(f"{HEAD}{name}:").removeprefix(" ").removesuffix("\n")
