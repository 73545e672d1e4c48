"""Fixes: what they write, that they mend what they are for and nothing else, and that a second run finds none."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from qmsplan.check.exact_place import scalar
from qmsplan.check.fixes import mend
from qmsplan.check.run_checks import CheckScope
from qmsplan.check.workspace_checks import check_workspace
from qmsplan.cli.app import run
from qmsplan.documents.template import template_digests
from qmsplan.load.files import File
from qmsplan.load.yaml import read_yaml
from qmsplan.model.settings import Unit
from qmsplan.phrases.people import Register
from qmsplan.rules.base import KnownTemplates

Call = Callable[[list[str]], tuple[int, str]]

UNITS = (Unit(code="SO", name="Sở Tư pháp"), Unit(code="NV", name="Phòng Nghiệp vụ"))
PLAN = """\
kind: plan
id: KH-1
template: narrative-plan
period: 2026
head:
  type: KẾ HOẠCH
  symbol: KH-STP
  title: Cải cách
  issuer: SO
  place: Hà Nội
basis:
  - Căn cứ Luật số 1/2020/QH14 ngày 01/01/2020;
  - 'Theo đề nghị của Phòng Nghiệp vụ.'
sections:
  - number: I
    title: MỤC ĐÍCH
    text: |
      Làm cho tốt.
      Làm xong./.
tasks:
  - id: NV1  # việc đầu tiên
    text: Họp
    lead: Phòng Nghiệp vụ
    deadline: Quý I năm 2026
recipients: |
  - UBND tỉnh;
  - Lưu: VT.
signatory:
  position: |
    KT. GIÁM ĐỐC
    PHÓ GIÁM ĐỐC
"""
SLIPS = {
    "QP004": ("    text: Họp\n", "    text: Họp: hai lần\n", '    text: "Họp: hai lần"\n'),
    "QP004 sign": ("    text: Họp\n", "    text: @Họp\n", '    text: "@Họp"\n'),
    "QP004 in braces": (
        "text: Họp\n",
        "text: Họp\n    fields: {a: >98,5%, b: 2}\n",
        'text: Họp\n    fields: {a: ">98,5%", b: 2}\n',
    ),
    "QP004 no space": ("    text: Họp\n", "    text:Họp\n", "    text: Họp\n"),
    "QP004 no space, sign": ("    text: Họp\n", "    text:@Họp\n", '    text: "@Họp"\n'),
    "QP004 full width": ("    text: Họp\n", "    text： Họp\n", "    text: Họp\n"),
    "QP004 odd space": ("    text: Họp\n", "    text:\u00a0Họp\n", "    text: Họp\n"),
    "QP004 odd indent": ("    text: Họp\n", "\u00a0\u00a0\u00a0\u00a0text: Họp\n", "    text: Họp\n"),
    "QP004 odd indent above": (
        "    lead: Phòng Nghiệp vụ\n    deadline",
        "\u00a0\u00a0\u00a0\u00a0lead: Phòng Nghiệp vụ\n    deadline",
        "    lead: Phòng Nghiệp vụ\n    deadline",
    ),
    "QP004 dash": ("  - 'Theo đề nghị", "  – 'Theo đề nghị", "  - 'Theo đề nghị"),
    "QP004 hyphen": ("  - number: I\n", "  -number: I\n", "  - number: I\n"),
    "QP003": ("    text: Họp\n", "    text: Họ\u200bp\n", "    text: Họp\n"),
    "QP003 eth": ("    text: Họp\n", "    text: \u00d0ã h\u00f0p\n", "    text: Đã hđp\n"),
    "QP008": ("Họp", unicodedata.normalize("NFD", "Họp"), "Họp"),
    "QP009": ("    text: Họp\n", "    text: Họp #1\n", '    text: "Họp #1"\n'),
    "QP108": ("lead: Phòng Nghiệp vụ", 'lead: "Phòng Nghiệp vu; SO"', 'lead: "Phòng Nghiệp vụ; SO"'),
    "QP606": ("symbol: KH-STP", "symbol: 'QĐ-STP'", "symbol: 'KH-STP'"),
    "QP607": ("ngày 01/01/2020;", "ngày 01/01/2020.", "ngày 01/01/2020;"),
    "QP607 last": ("Phòng Nghiệp vụ.'", "Phòng Nghiệp vụ'", "Phòng Nghiệp vụ.'"),
    "QP609": ("    KT. GIÁM ĐỐC", "    KT GIÁM ĐỐC", "    KT. GIÁM ĐỐC"),
    "QP618": ("title: MỤC ĐÍCH", "title: Mục đích", "title: MỤC ĐÍCH"),
    "QP621": ("      Làm xong./.", "      Làm xong.", "      Làm xong./."),
    "QP630": (
        "sections:\n",
        'preamble: "Nội dung như sau."\nsections:\n',
        'preamble: "Nội dung như sau:"\nsections:\n',
    ),
    "QP622": ("  - UBND tỉnh;", "  - UBND tỉnh", "  - UBND tỉnh;"),
}
"""Text of the plan, what a slip of the pen makes of it, what the fix makes of that."""


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """The exit code and the output of a command line in the test's folder."""
    monkeypatch.chdir(tmp_path)

    def called(arguments: list[str]) -> tuple[int, str]:
        capsys.readouterr()
        return run(arguments), capsys.readouterr().out

    return called


def scope_in(folder: Path) -> CheckScope:
    return CheckScope(folder, Register(UNITS), KnownTemplates(template_digests(None)))


def mended(folder: Path, text: str) -> tuple[str, set[str]]:
    """A plan with the fixes of all its findings, and the codes of what was mended."""
    file, scope = File(folder / "a.yaml", "a.yaml"), scope_in(folder)
    found = check_workspace([file._replace(content=text.encode())], scope, lambda _: None)
    done = mend(file, (), text.encode(), found, scope)
    return done.after.decode(), {diagnostic.code for diagnostic in done.mended}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_mended_and_nothing_else(tmp_path: Path, slip: str) -> None:
    right, wrong, better = SLIPS[slip]
    assert PLAN.count(right) == 1
    after, codes = mended(tmp_path, PLAN.replace(right, wrong))
    assert after == PLAN.replace(right, better)
    assert codes == {slip[:5]}
    assert mended(tmp_path, after) == (after, set())


def test_a_misspelt_field_elsewhere_hinders_no_fix_and_one_on_its_line_does(tmp_path: Path) -> None:
    other = PLAN.replace("    lead: Phòng", "    leda: Phòng")
    assert mended(tmp_path, other.replace("text: Họp", "text: @Họp")) == (
        other.replace("text: Họp", 'text: "@Họp"'),
        {"QP004"},
    )
    wrong = PLAN.replace("    text: Họp", "    textt: @Họp")
    assert mended(tmp_path, wrong) == (wrong, set())


def test_several_slips_are_mended_together_and_once(tmp_path: Path) -> None:
    chance = random.Random(1)
    for _ in range(60):
        text = PLAN
        for right, wrong, _ in chance.sample(list(SLIPS.values()), 4):
            text = text.replace(right, wrong)
        after, codes = mended(tmp_path, text)
        assert codes
        assert mended(tmp_path, after)[0] == after
        assert "# việc đầu tiên" in after
        assert read_yaml(after).value["id"] == "KH-1"  # type: ignore[index,call-overload]


@pytest.mark.parametrize("text", ["a", "a: b", "#1", "- a", '"', "'a'", "a #b", "\\", "true", "{a}", " a", "a:", "@"])
@pytest.mark.parametrize("style", ["", "'", '"'])
def test_a_text_is_typed_so_that_it_is_read_back(text: str, style: str) -> None:
    assert read_yaml(f"x: {scalar(text, style)}\n").value == {"x": text}


def test_the_command_mends_writes_and_tells_what_is_left(tmp_path: Path, call: Call) -> None:
    assert call(["init", "."])[0] == 0
    settings = (tmp_path / "qmsplan.yaml").read_text("utf-8")
    path = tmp_path / "plans" / "KH-1.yaml"
    wrong = (
        PLAN.replace("  issuer: SO\n", "").replace("    KT. GIÁM", "    KT GIÁM").replace("symbol: KH-", "symbol: QĐ-")
    )
    path.write_text(wrong, "utf-8", newline="\n")
    code, told = call(["validate", "--fix", "--dry-run", "plans/KH-1.yaml"])
    assert (code, path.read_text("utf-8")) == (1, wrong)
    assert "-    KT GIÁM ĐỐC\n+    KT. GIÁM ĐỐC\n" in told
    call(["validate", "--fix", "plans/KH-1.yaml"])
    assert path.read_text("utf-8") == PLAN.replace("  issuer: SO\n", "")
    assert call(["validate", "--fix", "--dry-run", "plans/KH-1.yaml"]) == (0, "")
    assert (tmp_path / "qmsplan.yaml").read_text("utf-8") == settings
    assert call(["validate", "--dry-run"])[0] == 2


def test_a_signed_plan_is_left_alone(tmp_path: Path, call: Call) -> None:
    assert call(["init", "."])[0] == 0
    signed = PLAN.replace("symbol: KH-", "symbol: QĐ-") + "signoff:\n  number: 05/KH-STP\n  date: 2026-01-05\n"
    (tmp_path / "plans" / "KH-1.yaml").write_text(signed, "utf-8", newline="\n")
    call(["validate", "--fix"])
    assert (tmp_path / "plans" / "KH-1.yaml").read_text("utf-8") == signed


def test_json_carries_fixes_sure_and_not(tmp_path: Path, call: Call) -> None:
    assert call(["init", "."])[0] == 0
    (tmp_path / "plans" / "KH-1.yaml").write_text(PLAN.replace("symbol: KH-", "symbol: QĐ-"), "utf-8", newline="\n")
    record = "kind: progress\nplan: KH-1\ncompletions:\n  - item: NV01\n    done: 2026-02-01\n"
    (tmp_path / "plans" / "KH-1.progress.yaml").write_text(record, "utf-8")
    found = {one["code"]: one["fix"] for one in json.loads(call(["validate", "--format", "json"])[1])["diagnostics"]}
    symbol = {"line": 7, "column": 11, "end_line": 7, "end_column": 13, "text": "KH"}
    assert found["QP606"] == {"sure": True, "edits": [symbol]}
    assert found["QP104"]["sure"] is False
    assert found["QP104"]["edits"][0]["text"] == "NV1"


def test_beside_a_character_that_nobody_can_mend_the_others_are_mended(tmp_path: Path) -> None:
    for typed, better in (("Ho\x01 \u00f0\u200bu", "Ho\x01 đu"), ("\u00f0\u200bu Ho\x01", "đu Ho\x01")):
        wrong = PLAN.replace("text: Họp", f"text: {typed}")
        assert mended(tmp_path, wrong) == (PLAN.replace("text: Họp", f"text: {better}"), {"QP003"})


def test_a_byte_order_mark_and_line_ends_stay(tmp_path: Path) -> None:
    wrong = "# " + unicodedata.normalize("NFD", "kế hoạch") + "\n" + PLAN
    file = File(tmp_path / "a.yaml", "a.yaml")
    for mark, end in ((b"\xef\xbb\xbf", "\n"), (b"", "\r\n"), (b"\xef\xbb\xbf", "\r\n")):
        before = mark + wrong.replace("\n", end).encode()
        found = check_workspace([file._replace(content=before)], scope_in(tmp_path), lambda _: None)
        done = mend(file, (), before, found, scope_in(tmp_path))
        assert done.after == mark + ("# kế hoạch\n" + PLAN).replace("\n", end).encode()


def test_a_signed_plan_that_cannot_be_read_is_left_alone(tmp_path: Path, call: Call) -> None:
    assert call(["init", "."])[0] == 0
    signed = PLAN.replace("text: Họp\n", "text: @Họp\n") + "signoff:\n  number: 05/KH-STP\n  date: 2026-01-05\n"
    (tmp_path / "plans" / "KH-1.yaml").write_text(signed, "utf-8", newline="\n")
    call(["validate", "--fix"])
    assert (tmp_path / "plans" / "KH-1.yaml").read_text("utf-8") == signed


def test_settings_and_files_named_elsewhere_are_mended_too(tmp_path: Path, call: Call) -> None:
    assert call(["init", "."])[0] == 0
    settings, draft = tmp_path / "qmsplan.yaml", tmp_path / "draft.yaml"
    right = settings.read_text("utf-8")
    settings.write_text(right + "# " + unicodedata.normalize("NFD", "đơn vị") + "\n", "utf-8", newline="\n")
    draft.write_text(PLAN.replace("    KT. GIÁM", "    KT GIÁM"), "utf-8", newline="\n")
    call(["validate", "--fix"])
    assert settings.read_text("utf-8") == right + "# đơn vị\n"
    assert "    KT GIÁM" in draft.read_text("utf-8")  # it lies outside the plans and was not named
    call(["validate", "--fix", "draft.yaml"])
    assert "    KT. GIÁM" in draft.read_text("utf-8")
