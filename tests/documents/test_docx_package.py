"""The zip: parts, types and relations that fit each other, and the same bytes for the same input."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import timedelta, timezone
from pathlib import Path

from document_support import (
    BASE,
    PLAN_FILES,
    REGISTER,
    ROOT,
    STAMP,
    loaded,
    names,
    part,
    plan_with,
    real_register,
    rendered,
    written,
)

from qmsplan.documents.plan_view import render
from qmsplan.documents.template import find_template
from qmsplan.model.plan import Plan
from rows import each_row

WITH_NOTE = written("<para>a<footnote>b</footnote></para>")
PLANS = [path for path in PLAN_FILES if path.parent.name != "progress"]


def test_the_parts() -> None:
    assert names(WITH_NOTE)[0] == "[Content_Types].xml"
    assert names(WITH_NOTE) == sorted(set(names(WITH_NOTE))) == names(written())


@each_row("content", [WITH_NOTE, written()])
def test_every_part_has_a_type_and_every_type_a_part(content: bytes) -> None:
    types = part(content, "[Content_Types].xml")
    overrides = {element.get("PartName", "").removeprefix("/") for element in types if element.tag.endswith("Override")}
    assert overrides == {name for name in names(content) if name.endswith(".xml")} - {"[Content_Types].xml"}


@each_row("content", [WITH_NOTE, written()])
def test_every_relation_leads_to_a_part_and_none_outside(content: bytes) -> None:
    for name, folder in (("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")):
        relations = list(part(content, name))
        assert all(relation.get("TargetMode") is None for relation in relations)
        assert {f"{folder}{relation.get('Target')}" for relation in relations} <= set(names(content))
        ids = [relation.get("Id") for relation in relations]
        assert len(set(ids)) == len(ids)


def test_no_part_declares_a_document_type_or_keeps_template_marks() -> None:
    with zipfile.ZipFile(io.BytesIO(rendered(plan_with()))) as package:
        for name in package.namelist():
            text = package.read(name).decode()
            assert "<!" not in text
            assert "_line" not in text
            assert "{{" not in text


@each_row("path", PLANS)
def test_what_a_plan_of_ours_prints(path: Path) -> None:
    """Told with each word; that the bytes are always the same two processes show below."""
    rendered(loaded(path), real_register())


def test_entries_carry_no_time_and_no_system() -> None:
    with zipfile.ZipFile(io.BytesIO(WITH_NOTE)) as package:
        for entry in package.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.create_system == 0


def stamped(plan: Plan, hours: int) -> bytes:
    template = find_template(plan.template)
    assert template
    return render(plan, REGISTER, template, BASE._replace(stamp=STAMP.astimezone(timezone(timedelta(hours=hours)))))


def test_one_moment_in_two_time_zones_gives_the_same_bytes() -> None:
    assert stamped(plan_with(), 7) == stamped(plan_with(), -3)


def test_another_stamp_changes_the_properties_only() -> None:
    template = find_template("work-plan")
    assert template
    bases = (BASE._replace(stamp=STAMP + timedelta(days=days)) for days in (0, 1))
    one, two = (render(plan_with(), REGISTER, template, base) for base in bases)
    with zipfile.ZipFile(io.BytesIO(one)) as first, zipfile.ZipFile(io.BytesIO(two)) as second:
        changed = [name for name in first.namelist() if first.read(name) != second.read(name)]
    assert changed == ["docProps/core.xml"]


def test_the_file_names_no_machine_and_no_person() -> None:
    with zipfile.ZipFile(io.BytesIO(rendered(plan_with()))) as package:
        properties = package.read("docProps/core.xml").decode() + package.read("docProps/app.xml").decode()
    assert re.findall(r"<(?:Application|dc:creator)>([^<]*)<", properties) == [
        "Trung tâm Trợ giúp pháp lý nhà nước",
        "qmsplan",
    ]


SURROUNDINGS = (
    {"TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    {"TZ": "America/New_York", "LC_ALL": "vi_VN.UTF-8", "PYTHONHASHSEED": "2"},
)


def test_two_runs_in_other_folders_time_zones_and_locales_give_the_same_bytes(tmp_path: Path) -> None:
    """From a base document of their own, which is read and packed anew."""
    made = []
    for number, surroundings in enumerate(SURROUNDINGS):
        folder = tmp_path / f"{number}" / ("x" * number)
        shutil.copytree(ROOT / "plans" / "tgpl", folder / "plans")
        shutil.copy(ROOT / "qmsplan.yaml", folder)
        (folder / "templates").mkdir()
        (folder / "templates" / "base.docx").write_bytes(WITH_NOTE)
        command = [sys.executable, "-m", "qmsplan", "render", "TGPL-KHMT-2026", "TGPL-KHDT-2026"]
        subprocess.run(command, cwd=folder, env={**os.environ, **surroundings}, check=True, capture_output=True)
        made.append({path.name: path.read_bytes() for path in sorted((folder / "build").iterdir())})
    assert made[0] == made[1]
    assert len(made[0]) == 2
