"""Several entries put into one list at once: the same text as one after the other, in every layout."""

from __future__ import annotations

from qmsplan.model.progress import Progress
from qmsplan.yaml_edit.edit import YamlFile, add_entries, add_entry
from rows import each_row

HEAD = "kind: progress\nplan: P-1\nunit: NV\n"
ONE = "readings:\n  - item: MT01\n    period: 2026-Q1\n    value: 1\n    recorded: 2026-04-01\n"
PARTED = ONE + "\n  - item: MT01\n    period: 2026-Q2\n    value: 2\n    recorded: 2026-07-01\n"
LAYOUTS = {
    "no list": "",
    "an empty list": "readings: []\n",
    "one entry": ONE,
    "entries parted by blank lines": PARTED,
    "brackets": "readings: [{item: MT01, period: 2026-Q1, value: 1, recorded: 2026-04-01}]\n",
    "a comment at the end": ONE + "    # nhập tay\n",
    "other lists below": ONE + "\ncompletions:\n  - item: NV1\n    done: 2026-04-02\n",
}
VALUES = [
    {"item": "MT02", "period": f"2026-0{month}", "value": "98,7%", "recorded": "2026-04-01", "note": note}
    for month, note in enumerate(("=1+1", "hai\ndòng", "- gạch: đầu", "# không phải ghi chú"), 1)
]


@each_row("text", LAYOUTS.values())
def test_many_are_the_same_as_one_after_the_other(text: str) -> None:
    file = YamlFile("p.yaml", HEAD + text, Progress)
    one_by_one = file
    for value in VALUES:
        one_by_one = add_entry(one_by_one, ("readings",), value)
    assert add_entries(file, ("readings",), VALUES).text == one_by_one.text
    assert add_entries(file, ("readings",), []) == file
