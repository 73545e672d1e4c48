"""Where the rules on the settings speak, and where they are silent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from texts import item
from workspace import found, marks, of_settings

from qmsplan.model.settings import Settings, Unit
from qmsplan.rules.base import SettingsContext
from qmsplan.rules.settings import circle_of_units
from rows import each_row

START = "kind: workspace\n"


def units(*entries: dict[str, str]) -> str:
    """Settings with units, from line 3 on."""
    return START + "units:\n" + "".join(item(**({"code": "A", "name": "Phòng Một"} | entry)) for entry in entries)


def person(**fields: str) -> str:
    """A person of the settings, behind the units."""
    return "people:\n" + item(**({"name": "Nguyễn Văn An", "unit": "A", "code": "P"} | fields))


B = {"code": "B", "name": "Phòng Hai"}
C = {"code": "C", "name": "Phòng Ba"}
CASES = [
    ("nothing", START, ""),
    ("two units", units({}, B), ""),
    ("one code", units({}, B | {"code": "A"}), "5:11 QP921"),
    ("one code in another case", units({}, B | {"code": "a"}), "5:11 QP921"),
    ("one name", units({}, B | {"name": "Phòng Một"}), "6:11 QP922"),
    ("one name in another case", units({}, B | {"name": "PHÒNG MỘT"}), "6:11 QP922"),
    ("one name in one unit", units({}, B, C | {"parent": "A", "name": "Phòng Hai"}), "8:11 QP922"),
    (
        "one name in two units",
        units({}, B, C | {"parent": "A"}, {"code": "D", "name": "Phòng Ba", "parent": "B"}),
        "",
    ),
    ("an alias that is a name", units({}, B | {"aliases": "[Phòng 2, Phòng Một]"}), "7:24 QP922"),
    ("an alias that is a code", units({}, B | {"aliases": "A"}), "7:14 QP922"),
    ("one alias", units({"aliases": "Văn phòng"}, B | {"aliases": "văn phòng"}), "8:14 QP922"),
    ("an alias twice in one unit", units({"aliases": "[x, X]"}, B), ""),
    ("the name as an alias", units({"aliases": "phòng một"}), ""),
    ("a parent", units({}, B | {"parent": "A"}), ""),
    ("a parent that there is not", units({}, B | {"parent": "X"}), "7:13 QP923"),
    ("a parent by its name", units({}, B | {"parent": "Phòng Một"}), "7:13 QP923"),
    ("a parent in another case", units({}, B | {"parent": "a"}), "7:13 QP923"),
    ("a member that there is not", units({}, B | {"members": "[A, X]"}), "7:18 QP923"),
    ("members", units({}, B | {"members": "A"}), ""),
    ("its own parent", units({"parent": "A"}), "5:13 QP924"),
    ("each other's parents", units({"parent": "B"}, B | {"parent": "A"}), "5:13 QP924"),
    ("a way into a circle", units({"parent": "B"}, B | {"parent": "C"}, C | {"parent": "B"}), "8:13 QP924"),
    ("a person as a member", units({"members": "P"}) + person(), ""),
    ("a person of no unit", units({}) + person(unit="X"), "7:11 QP923"),
    ("a person with a unit's code", units({}) + person(code="a"), "8:11 QP921"),
    ("a person with a unit's name", units({}) + person(name="phòng một"), "6:11 QP922"),
    ("two persons with one name", units({}) + person() + person(code="Q").split("\n", 1)[1], "9:11 QP922"),
    ("a successor", units({"until": "2025-06-30", "succeeded_by": "B"}, B), ""),
    ("a successor that there is not", units({"until": "2025-06-30", "succeeded_by": "X"}, B), "6:19 QP923"),
    ("a successor and no last day", units({"succeeded_by": "B"}, B), "5:19 QP928"),
    ("its own successor", units({"until": "2025-06-30", "succeeded_by": "A"}), "6:19 QP924"),
    (
        "each other's successors",
        units(
            *(
                {"until": "2025-06-30", "succeeded_by": f"[{heirs}]"} | of
                for of, heirs in ((C, "B"), ({}, "C, B"), (B, "A"))
            )
        ),
        "6:19 QP924",
    ),
    ("its own member", units({"members": "A"}), "5:14 QP924"),
    ("a time zone", START + "timezone: Europe/Berlin\n", ""),
    ("no time zone", START + "timezone: Asia/Ca_Mau\n", "2:11 QP925"),
    ("a path as a time zone", START + "timezone: ../../etc/passwd\n", "2:11 QP925"),
    ("no time zone at all", START + 'timezone: ""\n', "2:11 QP925"),
    ("a format", START + "profile: nd30-2020\n", ""),
    ("no format", START + "profile: nd31\n", "2:10 QP926"),
    ("a folder inside", START + "plans: a/../b\noutput: ./c\n", ""),
    ("the workspace itself", START + "plans: .\n", ""),
    ("a folder above", START + "templates: ..\n", "2:12 QP927"),
    ("a way out", START + "output: a/../../b\n", "2:9 QP927"),
    ("an absolute folder", START + "plans: /srv/plans\n", "2:8 QP927"),
    ("a drive", START + "plans: 'C:plans'\n", "2:8 QP927"),
    ("another computer", START + "plans: '\\\\server\\plans'\n", "2:8 QP927"),
    ("a way out as Windows writes it", START + "plans: '..\\plans'\n", "2:8 QP927"),
    ("an ignored finding", START + "plans: ../plans  # qmsplan: ignore[QP927] kept by the agency above\n", ""),
]


@each_row(("text", "expected"), [row[1:] for row in CASES])
def test_settings(text: str, expected: str) -> None:
    assert list(found(of_settings(text))) == marks(expected, "qmsplan.yaml")


codes = st.sampled_from("ABCDEF")


@given(st.dictionaries(codes, codes, max_size=6))
def test_each_circle_is_told_once_and_nothing_else(parents: dict[str, str]) -> None:
    given_settings = Settings(
        kind="workspace", units=tuple(Unit(code=c, name=c, parent=parents.get(c)) for c in "ABCDEF")
    )
    told = [dict(finding.message.values)["codes"] for finding in circle_of_units(SettingsContext("q", given_settings))]
    assert {frozenset(text.split(" → ")) for text in told} == circles(parents)
    assert len(told) == len(circles(parents))


def circles(parents: dict[str, str]) -> set[frozenset[str]]:
    """By walking as long as there can be units, and then once around."""
    found_now = set()
    for code in parents:
        step: str | None = code
        for _ in range(6):
            step = parents.get(step or "")
        around = []
        while step and step not in around:
            around.append(step)
            step = parents.get(step)
        if around:
            found_now.add(frozenset(around))
    return found_now


def test_a_long_chain_of_parents_is_walked_once() -> None:
    many = tuple(Unit(code=f"U{n}", name=f"Phòng {n}", parent=f"U{n + 1}") for n in range(20_000))
    assert list(circle_of_units(SettingsContext("q", Settings(kind="workspace", units=many)))) == []
