"""The Vietnamese catalogue says everything that the tool says, and says it in Vietnamese."""

from __future__ import annotations

import ast
import gettext
import re
import string
import sys
import unicodedata
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po

from qmsplan.diagnostics import Translator
from rows import each_row
from tool_files import load_tool

ROOT = Path(__file__).parents[1]
SAME_IN_BOTH = {"qmsplan"}
"""Sentences that are the same in English and Vietnamese."""


tool = load_tool("catalogue")
tool.collect = cache(tool.collect)
TRANSLATIONS: dict[str, str] = tool.read_translations()


def placeholders(text: str) -> list[tuple[str, str]]:
    """The names in braces with their conversions, in order of the alphabet. ValueError if a brace is alone. Only one
    may differ: English fills months up, `2026-05-22`, where the decree writes 22/5/2026."""
    parts = string.Formatter().parse(text.replace("{month:0>2}", "{month}"))
    return sorted((name, f"!{conversion}:{spec}") for _, name, spec, conversion in parts if name is not None)


def is_vietnamese(text: str) -> bool:
    """Whether a letter carries a mark, or is đ."""
    return any(unicodedata.decomposition(letter) or letter in "đĐ" for letter in text)


def test_the_catalogues_are_complete_and_current():
    assert tool.problems() == [], "run: python tools/catalogue.py"


def test_every_sentence_has_a_sure_translation_and_nothing_is_left_over():
    with tool.VIETNAMESE.open("rb") as file:
        catalogue = read_po(file, locale="vi")
    messages = [message for message in catalogue if message.id]
    assert {message.id for message in messages} == set(tool.collect())
    assert [message.id for message in messages if message.fuzzy or not message.string] == []
    assert list(catalogue.obsolete) == []


def test_the_template_has_the_same_sentences():
    with tool.TEMPLATE.open("rb") as file:
        assert {message.id for message in read_po(file) if message.id} == set(TRANSLATIONS)


def test_the_compiled_catalogue_says_what_the_readable_one_says():
    with tool.COMPILED.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert {sentence: compiled.gettext(sentence) for sentence in TRANSLATIONS} == TRANSLATIONS


def test_placeholders_are_the_same_in_both_languages():
    wrong = [english for english, ours in TRANSLATIONS.items() if placeholders(english) != placeholders(ours)]
    assert wrong == []


def test_spaces_and_points_at_the_ends_are_the_same():
    def ends(text: str) -> tuple[bool, bool, bool]:
        return text != text.lstrip(), text != text.rstrip(), text.endswith(".")

    assert [english for english, ours in TRANSLATIONS.items() if ends(english) != ends(ours)] == []


def test_nothing_is_left_in_english():
    assert {english for english, ours in TRANSLATIONS.items() if english == ours} == SAME_IN_BOTH


def test_everything_is_in_normal_form_c():
    assert [ours for ours in TRANSLATIONS.values() if not unicodedata.is_normalized("NFC", ours)] == []


def test_a_number_that_may_be_one_stands_before_no_plural():
    """`{count} unit(s)` is told as `1 unit` or `2 units`. Limits are more than one."""
    counted = re.compile(r"(?<!at most )(?<!than )\{(?:count|days|months|left|files)\} (?:more )?[a-z]+s\b")
    never_one = {
        "Which of its {count} targets, from 1",
        "{count} places differ; undo it, or open a new revision: qmsplan amend {plan} --reason …",
        "{count} times do not fit into {months} months",
        "'{threshold}' may be of {count} targets, so that nothing warns of it",
    }
    assert {english for english in TRANSLATIONS if counted.search(english)} <= never_one


def test_longer_sentences_carry_vietnamese_marks():
    spoken = ((re.sub(r"\{\w+\}", "", ours), ours) for ours in TRANSLATIONS.values())
    longer = [ours for words, ours in spoken if len(ours.split()) > 3 and any(map(str.isalpha, words))]
    assert len(longer) > 300
    assert [ours for ours in longer if not is_vietnamese(ours)] == []


@each_row("file", sorted(tool.SOURCE.rglob("*.py")))
def test_a_second_look_at_the_calls_finds_nothing_more(file: Path):
    spoken = {text for call in calls_in(file) for text in literals(call.args[0]) if tool.has_words(text)}
    assert spoken <= set(TRANSLATIONS)


def calls_in(file: Path) -> list[ast.Call]:
    """Calls of the functions that take sentences. `str.translate` takes a table and has no literal."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return [node for node in nodes if isinstance(node, ast.Call) and node.args and called(node) in tool.KEYWORDS]


def called(call: ast.Call) -> str:
    """The last part of the function's name."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def literals(node: ast.expr) -> list[str]:
    """The texts that an argument can be: itself, or the branches of a choice."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    if isinstance(node, ast.JoinedStr):
        return ["a sentence must not be an f-string"]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


@each_row(
    ("english", "vietnamese"),
    [
        ("error", "lỗi"),
        ("warning", "cảnh báo"),
        ("note", "lưu ý"),
        ("hint", "gợi ý"),
        ("overdue", "quá hạn"),
        ("Options", "Tùy chọn"),
        ("Lead", "Chủ trì"),
        ("no sentence of ours", "no sentence of ours"),
    ],
)
def test_the_words_of_the_house(english: str, vietnamese: str):
    assert Translator("vi")(english) == vietnamese
    assert Translator("en")(english) == english


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool over a repository of one sentence."""
    bent = load_tool("catalogue")
    source = tmp_path / "src" / "qmsplan"
    source.mkdir(parents=True)
    (source / "one.py").write_text('translate("there is no day {day}", day=1)\n', encoding="utf-8")
    for name, value in {
        "ROOT": tmp_path,
        "SOURCE": source,
        "TYPERS_OWN": (),
        "PHRASES": {},
        "sentences": lambda: iter(()),
        "help_sentences": lambda: iter(()),
    }.items():
        monkeypatch.setattr(bent, name, value)
    for name in ("TEMPLATE", "VIETNAMESE", "COMPILED"):
        monkeypatch.setattr(bent, name, tmp_path / getattr(bent, name).relative_to(ROOT))
    return bent


def translate_small(small: ModuleType) -> None:
    small.write()
    text = small.VIETNAMESE.read_text(encoding="utf-8")
    text = text.replace('{day}"\nmsgstr ""', '{day}"\nmsgstr "không có ngày {day}"')
    small.VIETNAMESE.write_bytes(text.encode())
    small.write()


def run(small: ModuleType, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["catalogue.py", *arguments])
    return small.main()


def test_check_writes_nothing(small: ModuleType, monkeypatch: pytest.MonkeyPatch):
    assert run(small, monkeypatch, "--check") == 1
    assert not small.TEMPLATE.exists()


def test_a_sentence_without_translation_is_told(
    small: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert run(small, monkeypatch) == 1
    assert "not translated: there is no day {day}" in capsys.readouterr().out


def test_translations_are_kept_and_the_second_run_changes_nothing(
    small: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    translate_small(small)
    before = small.outputs()
    capsys.readouterr()
    assert run(small, monkeypatch) == 0
    assert capsys.readouterr().out == ""
    assert small.read_translations() == {"there is no day {day}": "không có ngày {day}"}
    assert {path: path.read_bytes() for path in before} == before


def test_a_changed_sentence_is_stale_and_the_old_one_goes(small: ModuleType):
    translate_small(small)
    (small.SOURCE / "one.py").write_text('translate("there is no such day")\n', encoding="utf-8")
    assert [line.split(":")[0] for line in small.problems()] == ["stale", "stale", "stale", "not translated"]
    small.write()
    assert "không có ngày" not in small.VIETNAMESE.read_text(encoding="utf-8")


def test_moving_a_sentence_to_another_line_changes_nothing(small: ModuleType):
    translate_small(small)
    file = small.SOURCE / "one.py"
    file.write_text("\n\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert small.problems() == []
