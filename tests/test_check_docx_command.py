"""`qmsplan check-docx` as a clerk runs it: reports, copies, refusals, exit codes."""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blank_word import blank_word
from conftest import need
from office import converted
from qmsplan.cli.app import run
from qmsplan.word import package as office

sys.path.insert(0, str(Path(__file__).with_name("conformity")))
import papers
import seeded


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["--lang", "en", "check-docx", *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def paper(name: str, *faults: str, base: str = "plan") -> str:
    document = getattr(papers, base)()
    for seed in seeded.SEEDS:
        if seed.name in faults:
            seed.do(document)
    Path(name).write_bytes(papers.saved(document))
    return name


def test_a_faultless_paper_is_told_in_one_line(ask: Callable[..., Any]) -> None:
    assert ask(paper("a.docx")) == (0, "a.docx: 85 of 116 rules judged\n", "")


def test_a_fault_is_shown_at_its_paragraph(ask: Callable[..., Any]) -> None:
    code, out, _ = ask(paper("a.docx", "number of one figure", "text of 12 points", "left margin"))
    assert code == 1  # the margin is an error
    assert "a.docx:4:1" in out
    assert "4 | Số: 7/KH-STP" in out
    assert "hint: '--fix' fixes it" in out


def test_what_weighs_how_much(ask: Callable[..., Any]) -> None:
    name = paper("a.docx", "text of 12 points")
    assert ask(name)[0] == 0
    assert ask(name, "--fail-on", "warning")[0] == 1
    assert "QD411" not in ask(name, "--ignore", "QD4")[1]
    assert ask(name, "--select", "QD1")[1] == "a.docx: 12 of 14 rules judged\n"
    Path("qmsplan.yaml").write_text("kind: workspace\nrules: {text-size: error}\n", "utf-8")
    assert ask(name)[0] == 1
    code, _, error = ask(name, "--select", "QD999")
    assert code == 2
    assert "QD999" in error


def test_only_rules_with_something_to_look_at_count_as_judged(ask: Callable[..., Any], tmp_path: Path) -> None:
    """Paper, margins, and letters: a text without head has no more that could be right or wrong."""
    document = blank_word()
    document.add_paragraph("Xin chào các bạn")
    document.save(str(tmp_path / "bare.docx"))
    assert "bare.docx: 19 of 116 rules judged\n" in ask("bare.docx")[1]
    for codes, judged in (("QD3", 0), ("QD5", 0), ("QD1", 5)):
        assert f"bare.docx: {judged} of " in ask("bare.docx", "--select", codes)[1]


def test_json_says_what_was_judged(ask: Callable[..., Any]) -> None:
    told = json.loads(ask(paper("a.docx", "text of 12 points"), "--format", "json")[1])
    assert told["files"] == [{"file": "a.docx", "judged": 85, "rules": 116}]
    assert [(one["code"], one["name"], one["severity"]) for one in told["diagnostics"]] == [
        ("QD411", "text-size", "warning")
    ]


def test_formats_for_other_programs(ask: Callable[..., Any]) -> None:
    name = paper("a.docx", "text of 12 points")
    sarif = json.loads(ask(name, "--format", "sarif")[1])["runs"][0]
    assert sarif["results"][0]["ruleId"] == sarif["tool"]["driver"]["rules"][0]["id"] == "QD411"
    assert ET.fromstring(ask(name, "--format", "junit")[1]).get("tests") == "1"
    assert ask(name, "--format", "github")[1].startswith("::warning file=a.docx,line=")


def test_a_copy_is_mended_and_the_file_stays(ask: Callable[..., Any]) -> None:
    name = paper("a.docx", "text of 12 points", "HOÀ", "no gap")
    before = Path(name).read_bytes()
    code, out, error = ask(name, "--fix")
    assert (code, out) == (0, "a-fixed.docx: 85 of 116 rules judged\n")
    assert "faults fixed: 3, written to 'a-fixed.docx'" in error
    assert Path(name).read_bytes() == before
    code, _, error = ask(name, "--fix")
    assert code == 2
    assert "already there" in error
    assert ask(name, "--fix", "--output", name)[0] == 0
    told = "nothing to fix: 'a-fixed.docx' is not written\n"
    assert ask(name, "--fix") == (0, "a.docx: 85 of 116 rules judged\n", told)
    assert ask(name, "--fix", "--output", "b.docx")[2] == "nothing to fix: 'b.docx' is not written\n"


def test_what_is_no_word_file_is_a_finding(ask: Callable[..., Any]) -> None:
    Path("a.docx").write_bytes(b"nothing")
    for name, wanted in (("a.docx", 1), ("not-there.docx", 2)):
        code, out, _ = ask(name, paper("b.docx"))
        assert code == wanted
        assert "error[QP001]" in out
        assert "b.docx: 85 of 116 rules judged" in out


def test_output_needs_fix_and_one_file(ask: Callable[..., Any]) -> None:
    assert ask(paper("a.docx"), "--output", "b.docx")[0] == 2
    assert ask(paper("a.docx"), paper("b.docx"), "--fix", "--output", "c.docx")[0] == 2


def test_without_libreoffice_its_files_are_told(ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    Path("a.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    code, out, _ = ask("a.doc")
    assert code == 1
    assert "save it as .docx" in out


def test_files_of_other_word_processors(ask: Callable[..., Any]) -> None:
    need("soffice")
    Path("x").mkdir()
    converted([Path(paper("a.docx", "text of 12 points"))], "doc", Path("x").resolve())
    _, out, error = ask("x/a.doc", "--fix", "--select", "QD411")
    assert "QD411" in out
    assert "only checked" in error
