"""What `diff`, `log` and `verify` print stays whole and harmless, whatever plans, authors and Word files say."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from qmsplan.diagnostics import Translator
from qmsplan.diff.plans import PlanDiff, Version, compare
from qmsplan.git import Commit
from qmsplan.load.pydantic_errors import build
from qmsplan.model.plan import Plan
from qmsplan.output.diff import Comparison, Side, diff_json, diff_markdown, diff_text, differing, parted
from qmsplan.output.log import ItemHistory, LogEntry, log_json, log_markdown, log_text
from qmsplan.output.safe_text import Screen
from qmsplan.output.verify import Verification, WordDifference, verify_json, verify_text
from rows import each_row

SIGNS = ["::", "::error::", "##[", "#1", "[", "]", "(", ")", "%", "@", "@ai", "{0}", "{", "}", "|", "\n", "\r\n",
         "\x85", "\u2028", "\x1b", "\x9b", "\ud800", "<", ">", "&", "`", " ", "ạ", "https://x", "a", "-"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=10).map("".join)
PLAIN = Screen(Translator("en"), 80, colours=False)


def plan_of(text: str, more: str) -> Plan:
    """A plan with these words wherever words can stand."""
    item = {"id": "A", "text": text, "target": text or "1%", "deadline": text, "lead": [text], "note": more}
    head = {"type": text, "title": more}
    fields = {"kind": "plan", "id": "P", "template": "t", "period": "2026", "head": head}
    section = {"number": text, "title": text, "text": more}
    found = build(Plan, {**fields, "objectives": [item], "sections": [section], "signatory": {"position": more}})
    assert isinstance(found, Plan)
    return found


def diffs_of(old: str, new: str) -> tuple[PlanDiff, ...]:
    return compare([Version(old, plan_of(old, new))], [Version(new, plan_of(new, old))], {})


def all_texts(old: str, new: str) -> dict[str, str]:
    diffs = diffs_of(old, new)
    comparison = Comparison(Side(old, "a" * 40), Side(new, None), diffs, (), date(2026, 1, 1), (old,))
    commit = Commit(
        "b" * 40, has_parents=True, author=new, email=old, date=datetime(2026, 1, 1, tzinfo=UTC), subject=new
    )
    entries = tuple(LogEntry(diff, old, None, commit) for diff in diffs)
    life = ItemHistory("P", "A", old, entries, is_cut=True, unread=(new,))
    verified = Verification("P", old, None, (), new, ((old, new),), (WordDifference(old, (old,), old, new),))
    return {
        "diff text": diff_text(comparison, PLAIN),
        "diff markdown": diff_markdown(comparison, Translator("en")),
        "diff json": diff_json(comparison),
        "log text": log_text(life, PLAIN),
        "log markdown": log_markdown(life, Translator("en")),
        "log json": log_json(life),
        "verify text": verify_text(verified, PLAIN),
        "verify json": verify_json(verified),
    }


@given(TEXTS, TEXTS)
def test_nothing_is_obeyed_by_terminals_runners_or_pages(old: str, new: str) -> None:
    for name, text in all_texts(old, new).items():
        assert [line for line in re.split(r"\r\n|\r|\n", text) if re.match(r"\s*::", line) or "##[" in line] == [], name
        odd = {sign for sign in text if unicodedata.category(sign) in {"Cc", "Cs"} and sign != "\n"}
        assert not odd, name
        if name.endswith("json"):
            json.loads(text)
        if name.endswith("markdown"):
            assert not re.search(r"@\w|https://|(?<!\\)<(?!br>)", text), name


@each_row("name", ["diff markdown", "log markdown"])
def test_tables_keep_their_columns(name: str) -> None:
    text = all_texts("a|b\nc", "d|e")[name]
    tables = [line for line in text.splitlines() if line.startswith("|")]
    counts = {len(re.findall(r"(?<!\\)\|", line)) for line in tables}
    assert len(counts) == 1


def test_a_comment_is_never_longer_than_github_takes() -> None:
    many = [f"dòng {number} " + "x" * 200 for number in range(100)]
    diffs = compare([Version("a", plan_of("x", "\n".join(many)))], [Version("a", plan_of("y", "z"))], {})
    comparison = Comparison(
        Side("a", None), Side("b", None), (diffs[0]._replace(changes=diffs[0].changes * 40),), (), date(2026, 1, 1)
    )
    text = diff_markdown(comparison, Translator("en"))
    assert len(text.encode("utf-16-le")) // 2 <= 65_536
    assert "more" in text.splitlines()[-1]


@given(st.lists(TEXTS, max_size=6), st.lists(TEXTS, max_size=6))
def test_lines_that_differ_are_all_told(old: list[str], new: list[str]) -> None:
    pairs = list(differing(old, new))
    assert bool(pairs) == (old != new)
    assert len(new) - len(old) == sum((after is not None) - (before is not None) for before, after in pairs)


@given(st.text(alphabet="ab ", min_size=100, max_size=300), st.text(alphabet="ab ", min_size=100, max_size=300))
def test_what_differs_is_kept_when_texts_are_cut(old: str, new: str) -> None:
    before, after = parted(old, new)
    if old.split() != new.split():
        assert before != after
    assert len(before) <= len(old) + 4


def test_a_word_in_a_long_text() -> None:
    words = [f"từ{number}" for number in range(60)]
    other = [*words[:30], "khác", *words[31:]]
    before, after = parted(" ".join(words), " ".join(other))
    assert before == "… từ25 từ26 từ27 từ28 từ29 từ30 từ31 từ32 từ33 từ34 từ35 …"
    assert after == before.replace("từ30", "khác")
