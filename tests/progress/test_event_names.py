"""Events by their words, and those that deadlines wait for without the plan declaring them."""

from __future__ import annotations

from progress_samples import plan_of, task

from qmsplan.model.fields import read_id
from qmsplan.phrases.item_tree import outline
from qmsplan.progress.occurrences import declaration, event_called, undeclared_events
from rows import each_row

EVENTS = [{"id": "VB", "text": "văn bản có hiệu lực\nVăn bản được ban hành"}]


@each_row("name", ["VB", "văn bản có hiệu lực", "  VĂN BẢN  được ban hành.", "mỗi lần văn bản có hiệu lực"])
def test_an_event_is_called_by_id_or_words(name: str) -> None:
    found = event_called(plan_of(events=EVENTS), name)
    assert found is not None
    assert found.id == "VB"


@each_row("name", ["vb", "văn bản", ""])
def test_other_words_call_nothing(name: str) -> None:
    assert event_called(plan_of(events=EVENTS), name) is None


def test_each_event_that_is_not_declared_is_told_once() -> None:
    phrases = {
        "A": "Sau khi có hướng dẫn",
        "B": "Trong vòng 15 ngày kể từ ngày có hướng dẫn",
        "C": "Sau khi văn bản có hiệu lực",
        "D": "Đột xuất khi có yêu cầu",
        "E": "Quý III năm 2026",
    }
    plan = plan_of(events=EVENTS, tasks=[task(name, typed) for name, typed in phrases.items()])
    assert [(node.item.id, words) for node, words in undeclared_events(plan, outline(plan))] == [("A", "có hướng dẫn")]


@each_row(
    ("words", "events", "line"),
    [
        ("Văn bản có hiệu lực", [], 'events: [{id: van-ban-co-hieu-luc, text: "Văn bản có hiệu lực"}]'),
        ('họp "lần 2" \\ x', [], 'events: [{id: hop-lan-2-x, text: "họp \\"lần 2\\" \\\\ x"}]'),
        ("vb", [{"id": "vb", "text": "khác"}], '- {id: vb-2, text: "vb"}'),
        ("…", [], 'events: [{id: su-kien, text: "…"}]'),
    ],
)
def test_the_line_that_declares_an_event(words: str, events: list[dict[str, str]], line: str) -> None:
    found = declaration(plan_of(events=events), words)
    assert found == line
    assert read_id(found.partition("id: ")[2].partition(",")[0])


def test_an_id_made_of_long_words_is_one() -> None:
    assert read_id(declaration(plan_of(), "đ" * 200).partition("id: ")[2].partition(",")[0]) == "d" * 40
