"""Files that belong together find each other, whatever is wrong with them."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from loading import HEAD, PROGRESS, reading

from qmsplan.load.files import File
from qmsplan.load.workspace import group, head_of, key_of, read_bundle, read_workspace
from qmsplan.model.settings import Settings, Unit

OTHER = HEAD.replace("KH", "KHAC")


def files_of(folder: Path, **texts: str) -> list[File]:
    found = []
    for name, text in texts.items():
        path = folder / f"{name}.yaml"
        path.write_bytes(text.encode())
        found.append(File(path, path.name))
    return found


KEYS = [
    ("a plan", HEAD, "KH"),
    ("a progress file", PROGRESS, "KH"),
    ("fields in another order", "id: KH\ntemplate: x\nkind: plan\n", "KH"),
    ("the id below everything", HEAD.replace("id: KH\n", "") + "tasks:\n  - id: NV01\n    text: a\nid: KH\n", "KH"),
    ("in quotes", "'kind': \"plan\"\n\"id\": 'KH'\n", "KH"),
    ("in braces", "{kind: plan, id: KH}", "KH"),
    ("lines of Windows", HEAD.replace("\n", "\r\n"), "KH"),
    ("a byte order mark", "\ufeff" + HEAD, "KH"),
    ("a fault behind it", HEAD + "preamble: >98%\n", "KH"),
    ("a wrong schema", HEAD + "bogus: 1\n", "KH"),
    ("a fault before it", "kind: plan\ntitle: >98%\nid: KH\n", None),
    ("the id of an item", "kind: plan\ntasks:\n  - id: NV01\n", None),
    ("a plan's id in a progress file", "kind: progress\nid: KH\n", None),
    ("a list as id", "kind: plan\nid: [KH]\n", None),
    ("no id", "kind: plan\nid:\ntemplate: x\n", None),
    ("no kind", "id: KH\n", None),
    ("settings", "kind: workspace\nid: KH\n", None),
    ("a list", "- kind: plan\n- id: KH\n", None),
    ("text", "kind", None),
    ("empty", "", None),
    ("not UTF-8", "\udcff", None),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in KEYS], ids=[row[0] for row in KEYS])
def test_the_plan_that_a_file_is_about(text: str, expected: str | None, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert key_of(File(path, "")) == expected


def test_first_fields_are_whole_wherever_the_beginning_that_is_read_ends(tmp_path: Path) -> None:
    path, head = (
        tmp_path / "x.yaml",
        "id: KH\nhead:\n  issuer: Sở\n    Y tế\n  number: 1\npreamble: 'a\n\n  b'\nperiod: 2026\n",
    )
    for filled in range(1400, 1510):
        path.write_text(f"kind: plan\n#{'x' * filled}\n{head}" + "# y\n" * 20, "utf-8")
        found = head_of(File(path, ""))
        assert (found.plan, found.is_plan, found.issuer) == ("KH", True, "Sở Y tế"), filled
    path.write_text(f"kind: progress\n#{'x' * 1490}\nplan: KH\n  AC\n", "utf-8")
    assert key_of(File(path, "")) == "KH AC"


def test_files_are_grouped_by_plan_in_their_order(tmp_path: Path) -> None:
    files = files_of(tmp_path, c=PROGRESS, b=OTHER, a=HEAD, d="", e="x: >\n  y: >98%")
    groups = {key: [file.name for file in members] for key, members in group(files).items()}
    assert groups == {"KH": ["c.yaml", "a.yaml"], "KHAC": ["b.yaml"], None: ["d.yaml", "e.yaml"]}


def test_a_bundle_has_plans_records_and_all_documents(tmp_path: Path) -> None:
    files = files_of(tmp_path, a=HEAD, b=reading("numerator: 1"), c=reading("numerator: x"), d=HEAD)
    bundle, documents = read_bundle(files, tmp_path)
    assert [named.file for named in bundle.plans] == ["a.yaml", "d.yaml"]
    assert [record.file for record in bundle.records] == ["b.yaml"]
    assert [document.source.name for document in documents] == ["a.yaml", "b.yaml", "c.yaml", "d.yaml"]
    assert bundle.records[0].progress.readings[0].recorded == date(2026, 4, 14)


EVIDENCE = [
    ("sổ.pdf", "", ""),
    ("thư mục/sổ.pdf", "", ""),
    ("thư mục/../sổ.pdf", "", ""),
    ("../progress/sổ.pdf", "", ""),
    ("thư mục", "absent", ""),
    ("sổ.docx", "absent", ""),
    ("sổ.pdf/x", "absent", ""),
    ("../../sổ.pdf", "", "outside"),
    ("/etc/passwd", "", "outside"),
    ("ra ngoài", "", "outside"),
    ("x" * 300, "absent", ""),
    ("~/sổ.pdf", "absent", ""),
    ("thư mục/biên bản.pdf", "", ""),
    ("thư mục/Sổ.PDF", "absent", ""),
    ("thư mục\\sổ.pdf", "absent", ""),
]
NEAR = {"thư mục/Sổ.PDF": "thư mục/sổ.pdf", "thư mục\\sổ.pdf": "thư mục/sổ.pdf"}
"""Names that are wrong only in capitals or slashes."""


@pytest.mark.parametrize(("name", "absent", "outside"), EVIDENCE, ids=[row[0][:20] for row in EVIDENCE])
def test_evidence_is_looked_for_and_never_opened(name: str, absent: str, outside: str, tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    folder = root / "progress"
    (folder / "thư mục").mkdir(parents=True)
    for place in (folder, folder / "thư mục", tmp_path):
        (place / "sổ.pdf").touch(mode=0)
    (folder / "thư mục" / unicodedata.normalize("NFD", "biên bản.pdf")).touch()  # as an archive from a Mac has it
    (folder / "ra ngoài").symlink_to(tmp_path / "sổ.pdf")
    bundle, _ = read_bundle(files_of(folder, a=reading(f"files: '{name}'")), root)
    (record,) = bundle.records
    assert record.absent == ({name} if absent else frozenset())
    assert record.outside == ({name} if outside else frozenset())
    assert record.near == (((name, NEAR[name]),) if name in NEAR else ())


def test_a_workspace_leaves_out_what_is_broken_and_tells_it(tmp_path: Path) -> None:
    settings = Settings(kind="workspace", units=(Unit(code="NV", name="Phòng Nghiệp vụ"),))
    texts = {"z": OTHER, "a": HEAD, "b": reading("numerator: 1"), "c": PROGRESS + "bogus: 1\n", "d": ""}
    workspace = read_workspace(tmp_path, settings, files_of(tmp_path, **texts))
    assert [(named.plan.id, len(records)) for named, records in workspace.plans()] == [("KH", 1), ("KHAC", 0)]
    assert [(entry.file, entry.code) for entry in workspace.diagnostics] == [("c.yaml", "QP012"), ("d.yaml", "QP010")]
    assert workspace.register.find("phòng nghiệp vụ") == settings.units[0]
