"""Where a new entry goes in the ways that people type a progress file, and what a correction leaves of an entry."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent
from typing import Any

import pytest
from splicing import comments, with_entry, with_fields

from qmsplan.diagnostics import UserError
from qmsplan.model.progress import Progress
from qmsplan.yaml_edit.edit import YamlFile, add_entry, drop, set_fields, set_value
from rows import each_row

HEAD = "kind: progress\nplan: KH\n"
DONE = {"item": "B", "done": "2026-04-08"}


def added(text: str, name: str = "completions", fields: dict[str, Any] | None = None) -> str:
    """What stands below the head once there is an entry more."""
    after = with_entry(HEAD + text, name, fields or DONE)
    assert after.startswith(HEAD)
    return after.removeprefix(HEAD)


def block(text: str) -> str:
    return dedent(text).removeprefix("\n")


ROWS: dict[str, tuple[str, str]] = {
    "no list yet": ("", "\ncompletions:\n  - item: B\n    done: 2026-04-08\n"),
    "a list of dashes": (
        "completions:\n  - item: A\n    done: 2026-01-01\n",
        "completions:\n  - item: A\n    done: 2026-01-01\n  - item: B\n    done: 2026-04-08\n",
    ),
    "dashes at the margin": (
        "completions:\n- item: A\n  done: 2026-01-01\nevents: []\n",
        "completions:\n- item: A\n  done: 2026-01-01\n- item: B\n  done: 2026-04-08\nevents: []\n",
    ),
    "dashes far in, keys further": (
        "completions:\n    -   item: A\n        done: 2026-01-01\n",
        "completions:\n    -   item: A\n        done: 2026-01-01\n    -   item: B\n        done: 2026-04-08\n",
    ),
    "a dash alone on its line": (
        "completions:\n  -\n      item: A\n      done: 2026-01-01\n",
        "completions:\n  -\n      item: A\n      done: 2026-01-01\n  - item: B\n    done: 2026-04-08\n",
    ),
    "entries parted by blank lines": (
        "completions:\n  - item: A\n    done: 2026-01-01\n\n  - item: A\n    done: 2026-02-01\n\n# cuối\n",
        "completions:\n  - item: A\n    done: 2026-01-01\n\n  - item: A\n    done: 2026-02-01\n\n"
        "  - item: B\n    done: 2026-04-08\n\n# cuối\n",
    ),
    "a list in the middle": (
        "completions:\n  - item: A\n    done: 2026-01-01 # m\n\n# Sự kiện\nevents:\n- event: x\n  date: 2026-01-01\n",
        "completions:\n  - item: A\n    done: 2026-01-01 # m\n  - item: B\n    done: 2026-04-08\n\n"
        "# Sự kiện\nevents:\n- event: x\n  date: 2026-01-01\n",
    ),
    "a comment inside the last entry": (
        "completions:\n  - item: A\n    done: 2026-01-01\n    # của A\n  # của danh sách\n",
        "completions:\n  - item: A\n    done: 2026-01-01\n    # của A\n  - item: B\n    done: 2026-04-08\n"
        "  # của danh sách\n",
    ),
    "a text of several lines at the end": (
        "completions:\n  - item: A\n    done: 2026-01-01\n    note: |\n      một\n\n      hai\n\n\nevents: []\n",
        "completions:\n  - item: A\n    done: 2026-01-01\n    note: |\n      một\n\n      hai\n"
        "  - item: B\n    done: 2026-04-08\n\n\nevents: []\n",
    ),
    "blank lines that belong to a text": (
        "completions:\n  - item: A\n    done: 2026-01-01\n    note: |+\n      một\n\n",
        "completions:\n  - item: A\n    done: 2026-01-01\n    note: |+\n      một\n\n"
        "  - item: B\n    done: 2026-04-08\n",
    ),
    "no line end at the end": (
        "completions:\n  - item: A\n    done: 2026-01-01",
        "completions:\n  - item: A\n    done: 2026-01-01\n  - item: B\n    done: 2026-04-08",
    ),
    "an empty list": ("completions: []\n", "completions:\n  - item: B\n    done: 2026-04-08\n"),
    "an empty list with a comment": (
        "completions: []  # chưa có\n",
        "completions:  # chưa có\n  - item: B\n    done: 2026-04-08\n",
    ),
    "an empty list with a comment inside": (
        "completions: [ # chưa có\n  ]\n",
        "completions: [ # chưa có\n  {item: B, done: 2026-04-08}]\n",
    ),
    "an empty list, others at the margin": (
        "readings: []\ncompletions: []\nevents:\n- event: x\n  date: 2026-01-01\n",
        "readings: []\ncompletions:\n- item: B\n  done: 2026-04-08\nevents:\n- event: x\n  date: 2026-01-01\n",
    ),
    "a key without a value": (
        "completions: # chưa có\nevents: []\n",
        "completions: # chưa có\n  - item: B\n    done: 2026-04-08\nevents: []\n",
    ),
    "a null": ("completions: ~\n", "completions:\n  - item: B\n    done: 2026-04-08\n"),
    "brackets": (
        "completions: [{item: A, done: 2026-01-01}] # hết\n",
        "completions: [{item: A, done: 2026-01-01}, {item: B, done: 2026-04-08}] # hết\n",
    ),
    "brackets with a last comma": (
        "completions: [{item: A, done: 2026-01-01},]\n",
        "completions: [{item: A, done: 2026-01-01}, {item: B, done: 2026-04-08},]\n",
    ),
    "brackets on several lines": (
        "completions: [\n    {item: A, done: 2026-01-01}  # một\n  ]\n",
        "completions: [\n    {item: A, done: 2026-01-01},  # một\n    {item: B, done: 2026-04-08}\n  ]\n",
    ),
    "brackets on several lines with a last comma": (
        "completions: [\n    {item: A, done: 2026-01-01},\n  ]\n",
        "completions: [\n    {item: A, done: 2026-01-01},\n    {item: B, done: 2026-04-08},\n  ]\n",
    ),
    "braces behind dashes": (
        "completions:\n  - {item: A, done: 2026-01-01}\n",
        "completions:\n  - {item: A, done: 2026-01-01}\n  - {item: B, done: 2026-04-08}\n",
    ),
    "a new list between others": (
        "readings: []\n\nevents:\n  - event: x\n    date: 2026-01-01\n",
        "readings: []\n\ncompletions:\n  - item: B\n    done: 2026-04-08\n\nevents:\n  - event: x\n"
        "    date: 2026-01-01\n",
    ),
    "a new list where the order is another": (
        "events:\n  - event: x\n    date: 2026-01-01\nunit: NV\n",
        "events:\n  - event: x\n    date: 2026-01-01\nunit: NV\ncompletions:\n  - item: B\n    done: 2026-04-08\n",
    ),
    "a new list before the comment that ends the file": (
        "unit: NV\n# - item: ví dụ\n...\n",
        "unit: NV\n\ncompletions:\n  - item: B\n    done: 2026-04-08\n# - item: ví dụ\n...\n",
    ),
    "keys behind question marks": (
        "completions:\n  - ? item\n    : A\n    ? done\n    : 2026-01-01\n",
        "completions:\n  - ? item\n    : A\n    ? done\n    : 2026-01-01\n  - item: B\n    done: 2026-04-08\n",
    ),
    "a list behind a question mark": (
        "? completions\n: - item: A\n    done: 2026-01-01\n",
        "? completions\n: - item: A\n    done: 2026-01-01\n  - item: B\n    done: 2026-04-08\n",
    ),
    "a list below a question mark": (
        "? completions\n:\n  - item: A\n    done: 2026-01-01\n",
        "? completions\n:\n  - item: A\n    done: 2026-01-01\n  - item: B\n    done: 2026-04-08\n",
    ),
    "an empty list behind a question mark": (
        "? completions # c\n: # d\n  []\n",
        "? completions # c\n: # d\n  - item: B\n    done: 2026-04-08\n",
    ),
    "an empty list below its key": (
        "completions:\n  []  # c\n",
        "# c\ncompletions:\n  - item: B\n    done: 2026-04-08\n",
    ),
    "an example in comments": (
        "completions:\n  # - item: ví dụ\nevents: []\n",
        "completions:\n  # - item: ví dụ\n  - item: B\n    done: 2026-04-08\nevents: []\n",
    ),
    "an empty list below a comment": (
        "completions: # a\n  # b\n  []\n",
        "# b\ncompletions: # a\n  - item: B\n    done: 2026-04-08\n",
    ),
    "blank lines between entries that belong to texts": (
        "completions:\n  - item: A\n    done: 2026-01-01\n    note: |+\n      a\n\n\n"
        "  - item: C\n    done: 2026-01-01\n    note: |+\n      a\n\n",
        "completions:\n  - item: A\n    done: 2026-01-01\n    note: |+\n      a\n\n\n"
        "  - item: C\n    done: 2026-01-01\n    note: |+\n      a\n\n  - item: B\n"
        "    done: 2026-04-08\n",
    ),
    "a text that ends with a line of spaces": (
        "completions:\n  - item: A\n    done: 2026-01-01\n    note: |\n      a\n         \n\nevents: []\n",
        "completions:\n  - item: A\n    done: 2026-01-01\n    note: |\n      a\n         \n\n"
        "  - item: B\n    done: 2026-04-08\nevents: []\n",
    ),
    "a text of paragraphs without a line end": (
        "completions:\n  - item: A\n    done: 2026-01-01\n    note: |\n      một",
        "completions:\n  - item: A\n    done: 2026-01-01\n    note: |\n      một\n  - item: B\n    done: 2026-04-08",
    ),
    "a comma on a line of its own": (
        "completions: [\n    {item: A, done: 2026-01-01}\n    , # x\n  ]\n",
        "completions: [\n    {item: A, done: 2026-01-01}\n    , # x\n    {item: B, done: 2026-04-08},\n  ]\n",
    ),
    "brackets with a comment inside": (
        "completions: [ {item: A, done: 2026-01-01} # một\n    , {item: C, done: 2026-01-01}]\n",
        "completions: [ {item: A, done: 2026-01-01} # một\n"
        "    , {item: C, done: 2026-01-01}, {item: B, done: 2026-04-08}]\n",
    ),
    "quotes without need": (
        "completions:\n  - item: 'A'\n    done: '2026-01-01'\n    note: 'x'\n",
        "completions:\n  - item: 'A'\n    done: '2026-01-01'\n    note: 'x'\n  - item: 'B'\n    done: '2026-04-08'\n",
    ),
    "braces and lines": (
        "completions:\n  - {item: A, done: 2026-01-01}\n  - item: C\n    done: 2026-01-01\n",
        "completions:\n  - {item: A, done: 2026-01-01}\n  - item: C\n    done: 2026-01-01\n"
        "  - item: B\n    done: 2026-04-08\n",
    ),
    "a comment that may be text, the end of the document": (
        "completions:\n  - item: A\n    done: 2026-01-01 #1\n...\n# x\n",
        "completions:\n  - item: A\n    done: 2026-01-01 #1\n  - item: B\n    done: 2026-04-08\n...\n# x\n",
    ),
    "a folded key": (
        "? >-\n  completions\n: []\n",
        "? >-\n  completions\n:\n  - item: B\n    done: 2026-04-08\n",
    ),
    "a quoted key, a space before the colon": (
        '"completions" : [ ]\n',
        '"completions" :\n  - item: B\n    done: 2026-04-08\n',
    ),
    "many blank lines": (
        "completions:\n  - item: A\n    done: 2026-01-01\n\n\n\n  - item: C\n    done: 2026-01-01\n\n\n\n",
        "completions:\n  - item: A\n    done: 2026-01-01\n\n\n\n  - item: C\n"
        "    done: 2026-01-01\n\n  - item: B\n    done: 2026-04-08\n\n\n\n",
    ),
}


@each_row(("text", "expected"), ROWS.values())
def test_where_an_entry_goes(text: str, expected: str) -> None:
    assert added(text) == expected


@each_row(("text", "expected"), ROWS.values())
def test_line_ends_stay(text: str, expected: str) -> None:
    after = with_entry((HEAD + text).replace("\n", "\r\n"), "completions", DONE)
    assert after == (HEAD + expected).replace("\n", "\r\n")


REFUSED = {
    "a text without a line end": "completions:\n  - done: 2026-01-01\n    item: |\n      A",
    "a folded text without a line end": "completions:\n  - done: 2026-01-01\n    item: >\n      A\n      B",
}


@each_row("text", REFUSED.values())
def test_what_can_not_be_changed_alone_is_refused(text: str) -> None:
    """A line end behind a block text that has none makes it another text."""
    with pytest.raises(UserError) as fault:
        added(text)
    assert fault.value.hint
    assert "qmsplan fmt" in fault.value.hint.template


def test_a_file_in_braces() -> None:
    assert with_entry("{kind: progress, plan: KH}\n", "completions", DONE) == (
        "{kind: progress, plan: KH, completions: [{item: B, done: 2026-04-08}]}\n"
    )
    assert with_entry("{kind: progress, plan: KH, completions: }\n", "completions", DONE) == (
        "{kind: progress, plan: KH, completions: [{item: B, done: 2026-04-08}]}\n"
    )


def test_a_file_that_is_indented() -> None:
    text = "  kind: progress\n  plan: KH\n"
    assert with_entry(text, "completions", DONE) == (f"{text}\n  completions:\n    - item: B\n      done: 2026-04-08\n")


def test_texts_are_quoted_where_they_must_be() -> None:
    fields = {**DONE, "evidence": "Sổ: số 1\nTrang 2", "files": ["a.csv", "b: c.csv"], "note": "- gạch"}
    assert added("", fields=fields) == block("""

        completions:
          - item: B
            done: 2026-04-08
            evidence: |
              Sổ: số 1
              Trang 2
            files:
              - a.csv
              - "b: c.csv"
            note: "- gạch"
    """)
    assert added("completions: [{item: A, done: 2026-01-01}]\n", fields=fields) == (
        'completions: [{item: A, done: 2026-01-01}, {item: B, done: 2026-04-08, evidence: "Sổ: số 1\\nTrang 2",'
        ' files: [a.csv, "b: c.csv"], note: "- gạch"}]\n'
    )


READING = """
    readings:
      # của MT01
      - item: MT01
        period: 2026-Q1 # quý
        value: 12 # tạm
        recorded: 2026-04-14
        evidence: |
          Báo cáo số 1
          Báo cáo số 2
      - {item: MT02, numerator: 1, denominator: 2, period: 2026-Q1, recorded: 2026-04-14}
      - numerator: 1
        denominator: 2
        item: MT03
        period: 2026-Q1
        recorded: 2026-04-14
"""


def amended(index: int, fields: dict[str, Any], dropped: set[str] | None = None) -> str:
    text = HEAD + block(READING)
    return with_fields(text, ("readings", index), fields, dropped or set()).removeprefix(HEAD)


def test_a_value_changes_and_its_comment_stays() -> None:
    assert amended(0, {"value": "13", "recorded": "2026-05-01"}) == block(READING).replace(
        "value: 12 #", "value: 13 #"
    ).replace("recorded: 2026-04-14", "recorded: 2026-05-01", 1)


def test_a_text_of_several_lines_beside_a_comment() -> None:
    assert "period: 2026-Q1 # quý\n    target: 2\n    value: 12 # tạm\n" in amended(0, {"target": "2"}).replace(
        "    target: 2\n    period: 2026-Q1 # quý\n", "    period: 2026-Q1 # quý\n    target: 2\n"
    )
    assert "evidence: Báo cáo số 3\n  - {item: MT02" in amended(0, {"evidence": "Báo cáo số 3"})
    assert "    note: một\n  - {item: MT02" in amended(0, {"note": "một"})


def test_a_comment_below_a_value_stays_a_comment() -> None:
    text = (
        HEAD + "readings:\n  - item: MT01\n    note: một\n      # dưới\n    period: 2026-Q1\n    recorded: 2026-04-14\n"
    )
    after = with_fields(text, ("readings", 0), {"note": "một dòng rất dài " * 12 + "."}, set())
    assert ">" not in after
    assert 'rất dài ."\n      # dưới\n' in after


def test_another_way_of_measuring_takes_the_place_of_the_old_one() -> None:
    text = amended(0, {"numerator": "1", "denominator": "3"}, {"value"})
    assert (
        "    period: 2026-Q1 # quý\n    numerator: 1\n    denominator: 3\n    # tạm\n    recorded: 2026-04-14\n" in text
    )
    text = amended(1, {"value": "12,5"}, {"numerator", "denominator"})
    assert '  - {item: MT02, period: 2026-Q1, value: "12,5", recorded: 2026-04-14}\n' in text
    text = amended(2, {"value": "12,5"}, {"numerator", "denominator"})
    assert "  - item: MT03\n    period: 2026-Q1\n    value: 12,5\n    recorded: 2026-04-14\n" in text


def test_only_the_entry_changes() -> None:
    before = block(READING).splitlines()
    after = amended(1, {"numerator": "2"}).splitlines()
    assert [number for number, line in enumerate(before) if line not in after] == [9]


CHANGED: dict[str, tuple[str, dict[str, Any], str]] = {
    "a comment behind a block": (
        "- item: MT1\n  note: |  # sổ\n    một\n    hai\n  # dưới\n",
        {"note": "ba"},
        "- item: MT1\n  note: ba  # sổ\n  # dưới\n",
    ),
    "a comment behind folded text": (
        "- item: MT1\n  note: >-  # sổ\n    một\n",
        {"note": "ba\nbốn"},
        "- item: MT1\n  note: |  # sổ\n    ba\n    bốn\n",
    ),
    "a block in the place of a text": (
        "- item: MT1\n  note: một  # sổ\n",
        {"note": "ba\nbốn"},
        "- item: MT1\n  note: |  # sổ\n    ba\n    bốn\n",
    ),
    "keys behind question marks": (
        "- ? item\n  : MT1\n  ? value # đo\n  : 12 # tạm\n",
        {"value": "13", "note": "ba"},
        "- ? item\n  : MT1\n  ? value # đo\n  : 13 # tạm\n  note: ba\n",
    ),
    "a comment that would be taken for a part of the text": (
        "- item: MT1\n  note: 'một' #1\n",
        {"note": "ba"},
        "- item: MT1\n  note: 'ba' #1\n",
    ),
    "a text in the place of a list": (
        "- item: MT1\n  files:  # sổ\n    - a  # b\n    - c\n  note: x\n",
        {"files": "d"},
        "- item: MT1\n  # b\n  files: d  # sổ\n  note: x\n",
    ),
    "a list in the place of a text": (
        "- item: MT1\n  files: d  # sổ\n  note: x\n",
        {"files": ["a", "1"]},
        '- item: MT1\n  files:  # sổ\n  - a\n  - "1"\n  note: x\n',
    ),
    "a text below its key": (
        "- item: MT1\n  note:\n    một\n    hai\n",
        {"note": "ba"},
        "- item: MT1\n  note:\n    ba\n",
    ),
    "a comment inside of brackets": (
        "- {item: MT1, files: [a, # b\n   c], note: x}\n",
        {"files": "d e"},
        '# b\n- {item: MT1, files: "d e", note: x}\n',
    ),
    "nothing yet": ("- item: MT1\n  note: # sổ\n", {"note": "ba"}, "- item: MT1\n  note: ba # sổ\n"),
    "a field that goes, and its comments": (
        "- value: 1 # a\n  # b\n  item: MT1\n",
        {"value": None, "period": "2026"},
        "# a\n# b\n- item: MT1\n  period: 2026\n",
    ),
}


@each_row(("text", "fields", "expected"), CHANGED.values())
def test_what_changes_of_an_entry(text: str, fields: dict[str, Any], expected: str) -> None:
    start = HEAD + "readings:\n"
    after = set_fields(YamlFile("x.yaml", start + text, Progress), ("readings", 0), fields).text
    assert after == start + expected
    assert comments(after) == comments(start + text)


def test_a_value_at_a_path() -> None:
    file = YamlFile("x.yaml", HEAD + block(READING), Progress)
    assert set_value(file, ("readings", 2, "item"), "MT04").text == file.text.replace("MT03", "MT04")
    assert set_value(file, ("plan",), "01").text == file.text.replace("plan: KH", 'plan: "01"')
    alone = replace(file, text=file.text + "    note: một # a\n")
    assert set_value(alone, ("readings", 2, "note", 0), "hai").text == alone.text.replace("một", "hai")
    assert drop(alone, ("readings", 2, "note", 0)) == (file, ("# a",))


def test_a_second_text_where_one_stands_alone() -> None:
    start = HEAD + "readings:\n  - item: MT1\n    files: a.csv  # sổ\n"
    after = add_entry(YamlFile("x.yaml", start, Progress), ("readings", 0, "files"), "1").text
    assert after == start.replace(" a.csv", "") + '      - a.csv\n      - "1"\n'


def test_entries_that_go() -> None:
    file = YamlFile("x.yaml", HEAD + block(READING), Progress)
    assert drop(file, ("readings", 1)).file.text == "".join(
        line for line in file.text.splitlines(keepends=True) if "MT02" not in line
    )
    found: list[str] = []
    for _ in range(3):
        file, comments_of_one = drop(file, ("readings", 0))
        found += comments_of_one
    assert file.text == HEAD + "readings: []\n"
    assert found == ["# quý", "# tạm", "# của MT01"]
