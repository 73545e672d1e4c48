"""Rules over several files: what is checked when only some are asked for, and what broken files do to the others."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import HEAD, completion, item, objective, progress, reading, task
from workspace import REGISTER, TEMPLATES, diagnose, found

from qmsplan.audit.audit import AuditRequest, audit
from qmsplan.check import run_checks as checking
from qmsplan.check.run_checks import by_plan
from qmsplan.check.workspace_checks import check_workspace
from qmsplan.load.document import read_source
from qmsplan.load.files import File
from qmsplan.load.workspace import head_of, read_workspace

OTHER = HEAD.replace("id: KH", "id: KHAC") + "tasks:\n" + item(id="NV09", text="Việc khác")
NOTHING = "kind: progress\nplan: KH\n"
BROKEN = HEAD.replace("head:", "heads:")


def codes(root: Path, files: dict[str, str], *wanted: str) -> list[tuple[str, str]]:
    return [(diagnostic.file, diagnostic.code) for diagnostic in diagnose(root, files, wanted)]


def test_a_broken_plan_does_not_make_its_progress_wrong(tmp_path: Path) -> None:
    assert codes(tmp_path, {"a.yaml": BROKEN, "b.yaml": completion()}) == [("a.yaml", "QP012")]


def test_a_plan_that_is_no_yaml_does_not_make_its_progress_wrong(tmp_path: Path) -> None:
    text = HEAD + "preamble: >98%\n"
    assert codes(tmp_path, {"a.yaml": text, "b.yaml": completion()}) == [("a.yaml", "QP004")]


def test_a_broken_progress_file_does_not_hide_the_faults_of_others(tmp_path: Path) -> None:
    files = {"plan.yaml": objective(), "a.yaml": reading() + "readings: []\n", "b.yaml": reading(numerator="101")}
    assert codes(tmp_path, files) == [("a.yaml", "QP006"), ("b.yaml", "QP303")]


def test_a_file_that_belongs_to_no_plan_is_still_told(tmp_path: Path) -> None:
    assert codes(tmp_path, {"plan.yaml": HEAD, "x.yaml": "", "y.yaml": "a: 1\n"}) == [
        ("x.yaml", "QP010"),
        ("y.yaml", "QP010"),
    ]


def test_only_wanted_files_are_told(tmp_path: Path) -> None:
    files = {"plan.yaml": objective(target="mức độ 3"), "progress.yaml": reading(item="MT02")}
    assert codes(tmp_path, files, "progress.yaml") == [("progress.yaml", "QP104")]
    assert codes(tmp_path, files, "plan.yaml") == [("plan.yaml", "QP301")]


def test_progress_alone_is_checked_against_its_plan(tmp_path: Path) -> None:
    assert codes(tmp_path, {"plan.yaml": task(), "progress.yaml": completion()}, "progress.yaml") == []


@pytest.mark.parametrize(
    ("ref", "column"),
    [
        ("KHAC", None),
        ("KHAC/NV09", None),
        ("KHAC/NV10", 16),
        ("KH", None),
        ("KH/NV01", None),
        ("MA", 11),
    ],
)
@pytest.mark.parametrize("wanted", [(), ("plan.yaml",)])
def test_references_are_followed_into_files_that_were_not_asked_for(
    ref: str, column: int | None, wanted: tuple[str, ...], tmp_path: Path
) -> None:
    diagnostics = diagnose(tmp_path, {"plan.yaml": task(refs=ref), "other.yaml": OTHER}, wanted)
    expected = (("plan.yaml", 10, column, "QP107"),) if column else ()
    assert found(diagnostics) == expected


def test_what_a_broken_plan_has_is_not_said_to_be_missing(tmp_path: Path) -> None:
    files = {"plan.yaml": task(refs="HONG/NV01"), "other.yaml": BROKEN.replace("id: KH", "id: HONG")}
    assert codes(tmp_path, files) == [("other.yaml", "QP012")]
    assert codes(tmp_path, files, "plan.yaml") == []


def test_what_a_referred_plan_refers_to_is_not_asked(tmp_path: Path) -> None:
    other = OTHER + "    refs: BA\n"
    third = HEAD.replace("id: KH", "id: BA")
    files = {"plan.yaml": task(refs="KHAC"), "other.yaml": other, "third.yaml": third}
    assert codes(tmp_path, files, "plan.yaml") == []
    assert codes(tmp_path, files) == []


@pytest.mark.parametrize(
    "names",
    [("a.yaml", "A.yaml"), ("a/x.yaml", "A/X.yaml"), ("tiến độ.yaml", unicodedata.normalize("NFD", "tiến độ.yaml"))],
)
def test_names_of_files_that_are_one_name_elsewhere(names: tuple[str, str], tmp_path: Path) -> None:
    files = {"plan.yaml": objective(), **dict.fromkeys(names, NOTHING)}
    assert [code for _, code in codes(tmp_path, files)] == ["QP115"]
    assert codes(tmp_path / "apart", {"plan.yaml": objective(), "a.yaml": NOTHING, "b.yaml": NOTHING}) == []


def test_each_reference_of_a_list_has_its_own_place(tmp_path: Path) -> None:
    assert found(diagnose(tmp_path, {"plan.yaml": task(refs="[KH, MA, KH/X]")})) == (
        ("plan.yaml", 10, 16, "QP107"),
        ("plan.yaml", 10, 23, "QP107"),
    )


def test_diagnostics_stand_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    record = progress("completions", {"item": "X", "done": "2026-02-30"}, {"item": "Y", "done": "2026-02-31"})
    files = {"z.yaml": record, "plan.yaml": task(lead="Phòng Ma", deadline="Quý V"), "a.yaml": completion(item="X")}
    diagnostics = diagnose(tmp_path, files)
    assert [entry.file for entry in diagnostics] == ["a.yaml", "plan.yaml", "plan.yaml", "z.yaml", "z.yaml"]
    assert list(diagnostics) == sorted(diagnostics, key=lambda entry: (entry.file, entry.span))


def test_no_finding_is_cut(tmp_path: Path) -> None:
    text = HEAD + "tasks:\n" + item(id="A", text="a") * 150
    diagnostics = diagnose(tmp_path, {"plan.yaml": text, "other.yaml": OTHER + item(id="NV09", text="b")})
    assert sum(entry.file == "plan.yaml" for entry in diagnostics) == 149
    assert diagnostics[0].file == "other.yaml"


def test_progress_on_the_way_is_told(tmp_path: Path) -> None:
    files = {"plan.yaml": task(), "progress.yaml": completion(), "other.yaml": OTHER}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    counts: list[int] = []
    scope = checking.CheckScope(tmp_path, REGISTER, TEMPLATES)
    check_workspace([File(tmp_path / name, name) for name in files], scope, counts.append)
    assert sorted(counts) == [1, 2]


_ISSUERS = (
    "{type: Kế hoạch, issuer: TGPL}",
    "{type: Kế hoạch, issuer: TRUNG TÂM TRỢ GIÚP PHÁP LÝ NHÀ NƯỚC}",
    "\n  type: Kế hoạch\n  issuer_text:\n    - TRUNG TÂM TRỢ GIÚP\n    - PHÁP LÝ NHÀ NƯỚC",
    "{type: Kế hoạch, issuer: NV}",
    "{type: Kế hoạch, issuer: Sở Ngoại}",
    "{type: Kế hoạch}",
)
_WORK = (
    {"clauses": "9.2", "deadline": "Quý III năm 2026"},
    {"clauses": "9.3", "deadline": "Tháng 3 năm 2026"},
    {"clauses": "9.2", "deadline": "Quý IV năm 2025"},
    {},
)


@st.composite
def related_plan(draw: st.DrawFn, name: str) -> str:
    """A plan that may share its agency, its number and its objective with others, and refer to them."""
    refs = st.sampled_from(["", "", "A", "B", "C", "D", "E/MT01"])
    fields = {
        "kind": "plan",
        "id": name,
        "template": "work-plan",
        "period": draw(st.sampled_from(["2025", "2026", "2026-2027"])),
        "standard": draw(st.sampled_from(["", "iso9001-2015", "iso9001-2026"])),
        "policy": draw(st.sampled_from(["", "Phục vụ tận tình"])),
        "implements": draw(refs),
        "head": draw(st.sampled_from(_ISSUERS)),
    }
    if draw(st.booleans()):  # the head may stand at the end, as people type it
        fields["head"] = fields.pop("head")
    target = draw(st.sampled_from(["", ">=90%", ">=95%"]))
    given = {"id": "MT01", "text": "Đảm bảo hồ sơ đúng hạn", "target": f'"{target}"' if target else "", "lead": "NV"}
    text = "".join(f"{field}: {value}\n" for field, value in fields.items() if value)
    text += "objectives:\n" + item(**given, refs=draw(refs), implements=draw(refs))
    text += "tasks:\n" + item(id="V1", text="Một việc", **draw(st.sampled_from(_WORK)))
    if draw(st.booleans()):
        text += f"signoff:\n  number: {draw(st.sampled_from(['5', '05', '6']))}/KH-TGPL\n  date: 2026-02-09\n"
    return text


@given(st.data())
@settings(max_examples=12, deadline=None, derandomize=True)
def test_a_file_is_told_alone_what_it_is_told_among_all(data: st.DataObject) -> None:
    names = data.draw(st.permutations("ABCDE"))[: data.draw(st.integers(1, 5))]
    files = {f"{name.lower()}.yaml": data.draw(related_plan(name)) for name in names}
    done = {"item": "MT01", "period": "2025", "numerator": "97", "denominator": "100", "recorded": "2026-01-09"}
    files |= {f"{name}-td.yaml": progress("readings", done).replace("plan: KH", f"plan: {name}") for name in names[:2]}
    with TemporaryDirectory() as folder:
        everything = diagnose(Path(folder), files)
        for file in files:
            alone = diagnose(Path(folder), files, (file,))
            assert alone == tuple(entry for entry in everything if entry.file == file)
        assert_audits(Path(folder), [File(Path(folder, name), name) for name in files])


def assert_audits(root: Path, files: list[File]) -> None:
    """The audit of each plan is the same whether all plans are read or only those that belong to it."""
    scope, heads = checking.CheckScope(root, REGISTER, TEMPLATES), by_plan(map(head_of, files))
    everything = read_workspace(root, scope.settings, files)
    whole = replace(everything, register=REGISTER)
    for plan in heads:
        request = AuditRequest(frozenset({plan or ""}), lambda _: True, date(2026, 10, 1))
        near = checking.read_with_kin([plan], heads, scope, request.as_of)
        found, expected = (audit(one, request, lambda name: read_source(root / name, name)) for one in (near, whole))
        assert found == expected
