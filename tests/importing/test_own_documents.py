"""What qmsplan makes itself comes back: every plan of the repository and of the sample agencies, rendered, imported and
rendered again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from conftest import need
from importing.flat_items import flat, items_of, sections_of
from importing.spoilt_word_files import draft_faults
from qmsplan.documents.plan_view import render
from qmsplan.documents.profile import load_profile
from qmsplan.documents.template import find_template
from qmsplan.documents.word_base import open_base
from qmsplan.importing.draft import ImportOptions
from qmsplan.importing.importer import Imported, import_file
from qmsplan.load.document import read_file
from qmsplan.model.plan import Plan
from qmsplan.model.settings import Settings
from qmsplan.phrases.people import Register
from qmsplan.word.package import run_office
from qmsplan.word.reader import read_word

ROOT = Path(__file__).parents[2]
PLANS = sorted(
    path
    for folder in (ROOT / "plans", ROOT / "tests" / "data" / "agencies" / "plans")
    for path in folder.rglob("*.yaml")
    if "progress" not in path.parts and "reports" not in path.parts
)
NOWHERE = Path("/nowhere")
PRINTED = ("number", "text", "measures", "deliverables", "note", "unit", "base", "threshold", "method", "source",
           "monitor", "risk", "place", "participants", "hours", "funding", "lead", "support", "deadline")  # fmt: skip
"""Fields of items that documents print, and that are therefore held against the plan."""
WITHOUT_DEADLINES = {"CHI-TIEU-TINH", "KPI-CONG-TY", "MUC-TIEU-BENH-VIEN"}
"""Plans whose tables have no column for deadlines."""


@cache
def register_of(path: Path) -> Register:
    settings = ROOT / "qmsplan.yaml" if path.is_relative_to(ROOT / "plans") else path.parents[1] / "qmsplan.yaml"
    value = read_file(settings, "").value
    assert isinstance(value, Settings)
    return Register(value.units)


@cache
def plan_of(path: Path) -> Plan:
    value = read_file(path, path.name).value
    assert isinstance(value, Plan)
    return value


@cache
def document_of(path: Path) -> bytes:
    plan = plan_of(path)
    template = find_template(plan.template, NOWHERE)
    assert template is not None
    base = open_base(load_profile("nd30-2020"), NOWHERE)
    return render(plan, register_of(path), template, base)


def imported(path: Path, content: bytes, ending: str = ".docx") -> Imported:
    options = ImportOptions(plan_of(path).id, 2026, register_of(path), "nd30-2020", NOWHERE)
    return import_file(content, ending, options)


def printed_fields(plan: Plan) -> Iterator[tuple[str, str]]:
    """The fields of a plan that its document prints, by a name for each."""
    for name in ("issuer", "type", "title", "symbol", "place", "caption", "urgency", "circulation", "drafter"):
        yield f"head.{name}", flat(getattr(plan.head, name))
    for name in ("basis", "preamble", "closing", "recipients"):
        yield name, flat(getattr(plan, name))
    for signatory in (plan.signatory, *plan.cosigners, *plan.boxes):
        if signatory is not None:
            yield f"{flat(signatory.position)} signs", flat(signatory.name)
    for at, section in enumerate(sections_of(plan)):
        yield f"section {at}", f"{flat(section.number)} {flat(section.title)} {flat(section.text)}"
    for at, item in enumerate(_printed_items(plan)):
        yield from ((f"item {at} {name}", item.get(name, "")) for name in PRINTED)


def _printed_items(plan: Plan) -> Iterator[dict[str, str]]:
    """The items that stand in rows or lines of their own; statements among the results of a task do not."""
    last = ""
    for found in items_of(plan, {}):
        item = found
        if item["kind"] == "groups":
            item = {
                name: item.get(name, "") for name in ("number", "text", "kind")
            }  # what it hands down is printed below
        if item["kind"] == "objectives" and "number" not in item and last == "tasks":
            continue
        last = item["kind"]
        yield item


@cache
def back(path: Path) -> Imported:
    """What comes back of the document of a plan."""
    return imported(path, document_of(path))


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_rendered_plan_comes_back(path: Path) -> None:
    document = document_of(path)
    found = back(path)
    again = [one.text for one in found.printed]
    assert again == [one.text for one in read_word(document).paragraphs]
    assert found.words.placed == found.words.total
    assert list(draft_faults(found)) == []


def test_at_least_99_percent_of_the_printed_fields_come_back() -> None:
    wrong, count = [], 0
    for path in PLANS:
        found = dict(printed_fields(back(path).plan))
        for name, wanted in printed_fields(plan_of(path)):
            if wanted and not (name.endswith("deadline") and path.stem in WITHOUT_DEADLINES):
                count += 1
                if found.get(name, "").casefold() != wanted.casefold():
                    wrong.append(f"{path.stem} {name}: {wanted[:60]!r} is {found.get(name, '')[:60]!r}")
    assert count > 1000
    assert len(wrong) <= count / 100, wrong


def test_two_imports_of_one_file_are_the_same() -> None:
    path = PLANS[0]
    assert imported(path, document_of(path)).text == back(path).text


@pytest.mark.parametrize(
    ("name", "ending", "form"),
    [
        ("TGPL-KHDT-2026", ".html", "html:HTML (StarWriter)"),
        ("CHI-TIEU-TINH", ".odt", "odt"),
    ],
)
def test_files_of_other_forms_say_the_same(name: str, ending: str, form: str, tmp_path: Path) -> None:
    office = need("soffice")
    (path,) = (path for path in PLANS if path.stem == name)
    (tmp_path / f"{name}.docx").write_bytes(document_of(path))
    run_office(office, [tmp_path / f"{name}.docx"], form, tmp_path, 120)
    other = imported(path, (tmp_path / f"{name}{ending}").read_bytes(), ending)
    same = back(path)
    assert other.printed == same.printed
    assert list(printed_fields(other.plan)) == list(printed_fields(same.plan))
    assert other.words.placed == other.words.total
