"""Every page for users: its commands run as they stand there and print what is shown (`pages.py` has the rules).

`pytest tests/test_user_pages.py --rewrite` writes anew what the pages show; review it as a diff."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import goldens
from conftest import need
from pages import FENCE, PAGES, ROOT, Walk, language_of
from qmsplan.check.catalogue import entries
from qmsplan.cli.app import COMMANDS, application, load_command
from rows import each_row

DEVELOPERS = {"architecture", "benchmarks", "glossary", "json", "release"}
"""Pages of `docs/` for those who write programs; all others are for users, who read English or Vietnamese."""
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
MENTION = re.compile(r"(?:`|run: |^ *\$? ?|[;&|] )qmsplan (?!-)([a-z-]+)\b((?:(?! && |; )[^`\n#])*)", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    text = page.read_text("utf-8")
    return re.findall(rf"^( *)```{language}\n(.*?)^\1```", text, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_the_commands_of_a_page(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, rewrite: bool
) -> None:
    text = page.read_text("utf-8")
    if "ssh-keygen" in text:
        need("ssh-keygen")
    walk = Walk(language_of(page), tmp_path, monkeypatch, capsys)
    walk.start("demo")
    english = page.with_name(page.name.replace(".vi.md", ".md"))
    found = walk.read(text, english.read_text("utf-8") if english != page else "")
    if rewrite:
        page.write_text(found, "utf-8")
        text = found
    assert walk.wrong == []
    assert found == text
    goldens.forget()


@each_row("page", PAGES)
def test_every_command_and_option_that_a_page_names_is_there(page: Path) -> None:
    everywhere = {option for parameter in application().params for option in parameter.opts} | {"--help"}
    text = re.sub(r"\n {6,}", " ", page.read_text("utf-8"))  # a synopsis of several lines
    for command, rest in MENTION.findall(text):
        assert command in COMMANDS, command
        known = everywhere | {option for parameter in load_command(command).params for option in parameter.opts}
        assert set(OPTION.findall(rest)) <= known, (command, rest)


@each_row("page", PAGES)
def test_every_yaml_block_is_yaml(page: Path) -> None:
    for _, block in blocks(page, "yaml"):
        assert yaml.safe_load(block)


def test_every_fence_is_closed() -> None:
    for page in PAGES:
        fences = [line for line in page.read_text("utf-8").splitlines() if line.lstrip().startswith("```")]
        assert len(fences) % 2 == 0, page
        assert all(FENCE.match(line) for line in fences), page


def test_every_page_for_users_is_there_in_both_languages() -> None:
    pages = {page.name.removesuffix(".md") for page in PAGES if page.parent.name == "docs"}
    english = {stem for stem in pages - DEVELOPERS if not stem.endswith(".vi")}
    assert {f"{stem}.vi" for stem in english} == {stem for stem in pages if stem.endswith(".vi")}
    for stem in english:
        for page, other in ((f"{stem}.md", f"{stem}.vi.md"), (f"{stem}.vi.md", f"{stem}.md")):
            assert f"]({other})" in (ROOT / "docs" / page).read_text("utf-8").split("\n\n")[1], page


@each_row("page", PAGES)
def test_links_lead_to_files_in_the_language_of_the_page(page: Path) -> None:
    text = re.sub(r"\[English\]\([^)]*\)|\]\([^)]*\) \(tiếng Anh\)", "", page.read_text("utf-8"))
    for link in LINK.findall(text):
        assert "://" in link or (page.parent / link).exists(), link
        own = page.parent / link.replace(".md", ".vi.md")
        if page.name.endswith(".vi.md") and link.endswith(".md") and not link.endswith(".vi.md"):
            assert not own.exists(), f"{link} is there in Vietnamese"


def test_rows_of_codes_end_with_the_last_one() -> None:
    """`QD401-QD430`: a page that says so is behind as soon as there is a QD431."""
    last = {entry.code[:-2]: entry.code for entry in entries()}
    told = {
        (name(page), code)
        for page in PAGES
        for code in re.findall(r"Q[DPF]\d01(?:-| to | đến )(Q[DPF]\d{3})", page.read_text("utf-8"))
    }
    assert {code for _, code in told} >= {code for code in last.values() if code.startswith("QD")}
    assert {(page, code) for page, code in told if code != last[code[:-2]]} == set()
