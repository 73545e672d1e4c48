"""Plans, templates and Word files for the tests of the document layer."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree as ET

from goldens import tell
from qmsplan.documents.markup import read_blocks
from qmsplan.documents.plan_view import render
from qmsplan.documents.profile import load_profile
from qmsplan.documents.template import Template, find_template, template_names
from qmsplan.documents.word_base import Properties, open_base
from qmsplan.documents.word_writer import write_docx
from qmsplan.load.document import read_file
from qmsplan.model.plan import Head, Plan
from qmsplan.model.settings import Settings, Unit
from qmsplan.phrases.people import Register

ROOT = Path(__file__).parents[2]
STAMP = datetime(2026, 2, 9, 8, 30, tzinfo=UTC)
PROFILE = load_profile("nd30-2020")
BASE = open_base(PROFILE)._replace(stamp=STAMP)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

REGISTER = Register(
    (
        Unit(code="STP", name="Sở Tư pháp"),
        Unit(code="TGPL", name="Trung tâm Trợ giúp pháp lý nhà nước", parent="STP"),
    )
)
PLAN_FILES = sorted((ROOT / "plans").glob("*/*.yaml"))
SAMPLES = {name: ROOT / "templates" / name / "sample.yaml" for name in template_names()}


def loaded(path: Path) -> Plan:
    """The plan in a file that has no faults."""
    document = read_file(path, path.name)
    assert isinstance(document.value, Plan), document.diagnostics
    return document.value


def real_register() -> Register:
    """The units of the repository's own workspace."""
    document = read_file(ROOT / "qmsplan.yaml", "qmsplan.yaml")
    assert isinstance(document.value, Settings)
    return Register(document.value.units)


def plan_with(template: str = "work-plan", head: Head | None = None, **fields: object) -> Plan:
    """A small plan."""
    head = head or Head(issuer="TGPL", type="Kế hoạch", title=("Về việc thử",), symbol="KH-TGPL")
    return Plan(kind="plan", id="P-1", template=template, head=head, **fields)  # type: ignore[arg-type]


def rendered(plan: Plan, register: Register = REGISTER) -> bytes:
    """The Word file of a plan by its own template."""
    template = find_template(plan.template)
    assert template
    return _told(render(plan, register, template, BASE))


def _told(content: bytes) -> bytes:
    """A Word file, of which the words of each paragraph are told with its style, all else by its digest."""
    body = part(content)
    said = [f"{style_of(one)}: {text_of(one)}" for one in body.iter(f"{W}p")]
    tell("\n".join([*said, sha256(ET.tostring(body)).hexdigest()[:8]]))
    return content


def written(*blocks: str, orientation: str = "portrait") -> bytes:
    """The Word file of blocks in the block language, in one section."""
    return written_document(f'<section orientation="{orientation}">{"".join(blocks)}</section>')


def written_document(*sections: str) -> bytes:
    """The Word file of sections in the block language."""
    parts = read_blocks(f"<document>{''.join(sections)}</document>", "test.xml.j2")
    return _told(write_docx(parts, BASE, Properties("Title", "Author")))


def source(body: str) -> Template:
    """A template whose document starts at line 1, its body at line 3."""
    return Template("test", "test.xml.j2", f"<document>\n<section>\n{body}\n</section>\n</document>\n")


def part(content: bytes, name: str = "word/document.xml") -> ET.Element:
    """A part of a Word file as a tree."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return ET.fromstring(package.read(name))


def names(content: bytes) -> list[str]:
    """The names of a Word file's parts, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.namelist()


def paragraphs(content: bytes, name: str = "word/document.xml") -> list[ET.Element]:
    """The paragraphs in the order of the file."""
    return list(part(content, name).iter(f"{W}p"))


def text_of(element: ET.Element) -> str:
    """The text of a paragraph or of what it stands in; line breaks as line feeds, tabs as tabs."""
    marks = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}
    return "".join((node.text or "") if node.tag == f"{W}t" else marks.get(node.tag, "") for node in element.iter())


def texts(content: bytes) -> list[str]:
    """The texts of the paragraphs that have any."""
    return [text for text in map(text_of, paragraphs(content)) if text]


def style_of(paragraph: ET.Element) -> str:
    """The id of a paragraph's style."""
    return attribute(paragraph.find(f"{W}pPr/{W}pStyle"))


def attribute(element: ET.Element | None, name: str = "val") -> str:
    """An attribute of WordprocessingML, "" if it or its element is not there."""
    return "" if element is None else element.get(f"{W}{name}", "")


def styled(content: bytes, style: str) -> list[str]:
    """The texts of all paragraphs in a style."""
    return [text_of(paragraph) for paragraph in paragraphs(content) if style_of(paragraph) == style]


def has(paragraph: ET.Element, property_: str) -> bool:
    """Whether a paragraph has a property of its own."""
    return paragraph.find(f"{W}pPr/{W}{property_}") is not None
