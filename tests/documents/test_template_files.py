"""Finding templates: names, precedence, and files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from document_support import ROOT, SAMPLES

from qmsplan.diagnostics import Message
from qmsplan.documents import template as module
from qmsplan.documents.template import (
    BODY,
    LARGEST,
    BrokenTemplateError,
    find_template,
    template_names,
    templates_telling_targets,
)
from rows import each_row


def put(folder: Path, name: str, content: bytes = b"<document/>") -> Path:
    path = folder / name / BODY
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def test_the_built_in_templates() -> None:
    assert {"objectives-table", "work-plan", "objectives-form"} <= set(template_names())
    for name in template_names():
        template = find_template(name)
        assert template
        assert template.name == name
        assert template.file == (ROOT / "templates" / name / BODY).as_posix()


@each_row("name", template_names())
def test_every_template_has_a_sample(name: str) -> None:
    assert SAMPLES[name].is_file()


def test_a_workspace_goes_before_the_built_in(tmp_path: Path) -> None:
    put(tmp_path, "work-plan", b"<document><section/></document>")
    own = find_template("work-plan", tmp_path)
    other = find_template("objectives-form", tmp_path)
    assert own
    assert other
    assert own.source == "<document><section/></document>"
    assert own.file.startswith(tmp_path.as_posix())
    assert not other.file.startswith(tmp_path.as_posix())


def test_names_of_both_places_in_order(tmp_path: Path) -> None:
    put(tmp_path, "zz-own")
    put(tmp_path, "Bad_Name")
    (tmp_path / "empty").mkdir()
    found = template_names(tmp_path)
    assert "zz-own" in found
    assert "work-plan" in found
    assert "Bad_Name" not in found
    assert "empty" not in found
    assert list(found) == sorted(found)


def test_a_folder_that_is_not_there_has_no_templates(tmp_path: Path) -> None:
    assert template_names(tmp_path / "none") == template_names()
    assert find_template("none", tmp_path / "none") is None


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../templates/work-plan", "/etc", "a/b", "WORK-PLAN", "work plan", "a\n", "x" * 65]
)
def test_other_names_find_nothing(name: str, tmp_path: Path) -> None:
    assert find_template(name, tmp_path) is None


@pytest.mark.parametrize("name", ["odd", "work-plan"])
def test_a_body_that_is_a_folder_is_told_and_the_built_in_one_is_not_taken_for_it(name: str, tmp_path: Path) -> None:
    (tmp_path / name / BODY).mkdir(parents=True)
    with pytest.raises(BrokenTemplateError):
        find_template(name, tmp_path)


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    put(tmp_path, "own", b"\xef\xbb\xbf<document/>")
    template = find_template("own", tmp_path)
    assert template
    assert template.source == "<document/>"


def test_what_is_not_utf8_is_told_at_its_line(tmp_path: Path) -> None:
    path = put(tmp_path, "own", b"<document>\n<!-- \xe9 -->\n</document>")
    with pytest.raises(BrokenTemplateError) as raised:
        find_template("own", tmp_path)
    assert (raised.value.file, raised.value.line) == (path.as_posix(), 2)


def test_what_is_too_large_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "own", b" " * (LARGEST + 1))
    with pytest.raises(BrokenTemplateError) as raised:
        find_template("own", tmp_path)
    assert "larger" in raised.value.message.template


def test_a_file_that_can_not_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "own")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(BrokenTemplateError) as raised:
        find_template("own", tmp_path)
    assert raised.value.message.template == "reading this file is not allowed"


def test_templates_inside_the_package_go_before_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "templates", "in-wheel")
    monkeypatch.setattr(module, "_PACKAGE", tmp_path)
    assert template_names() == ("in-wheel",)


def test_a_fault_says_where_it_is() -> None:
    fault = BrokenTemplateError("t.j2", 7, Message("bad"))
    assert str(fault) == "t.j2:7: bad"
    assert fault.hint is None


@pytest.mark.parametrize(
    ("source", "tells"),
    [
        ("<document>{% for o in plan.objectives %}{{ o.text }}{% endfor %}</document>", {"giao-viec": False}),
        ("<document>{% for o in plan.objectives %}{{ o.target }}{% endfor %}</document>", {"giao-viec": True}),
        ("<document>{% for o in plan.objectives %}{{ o['target'] }}{% endfor %}</document>", {"giao-viec": True}),
        ("<document>{# target #}{{ plan.closing }}</document>", {"giao-viec": False}),
        ("<document>{{ plan|table }}</document>", {}),
        ("<document>{{ plan|rows('text target') }}</document>", {"giao-viec": True}),
        ("<document>{% for name in names %}{{ plan.objectives[0][name] }}{% endfor %}</document>", {"giao-viec": True}),
        ("<document>{% for o in plan.objectives %}{{ o|items }}{% endfor %}</document>", {"giao-viec": True}),
    ],
)
def test_whether_a_template_tells_targets(source: str, tells: dict[str, bool], tmp_path: Path) -> None:
    """Not told only where it surely never prints one; what can't be judged counts as told."""
    put(tmp_path, "giao-viec", source.encode())
    assert templates_telling_targets(tmp_path) == tells
    assert templates_telling_targets(None) == {}
