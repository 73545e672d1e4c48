"""The classes of the file format are the dataclasses that type checkers take them for."""

from __future__ import annotations

import dataclasses
import pickle
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from qmsplan.model import form
from qmsplan.model.people import Unit
from qmsplan.model.plan import Head, Item, Plan, Section, Signoff
from qmsplan.model.record import Completion, Reading
from qmsplan.model.settings import Settings

HEAD = Head(type="KẾ HOẠCH")
FORMS: list[Any] = [
    HEAD,
    Item(id="MT01", text=("a",)),
    Section(title=("b",), tasks=(Item(id="A"),)),
    Signoff(number="5/KH", date=date(2026, 2, 9)),
    Plan(kind="plan", id="P", template="t", head=HEAD),
    Completion(item="A", done=date(2026, 1, 1)),
    Settings(kind="workspace", units=(Unit(code="A", name="B"),)),
]


def standard(value: Any) -> Any:
    """The same value of a class that `dataclasses` made alone."""
    fields = [(field.name, field.type, field) for field in dataclasses.fields(value)]
    twin = dataclasses.make_dataclass(type(value).__name__, fields, frozen=True, kw_only=True)
    return twin(**{name: getattr(value, name) for name, _, _ in fields})


@pytest.mark.parametrize("value", FORMS, ids=lambda value: type(value).__name__)
def test_it_is_as_the_standard_one(value: Any) -> None:
    twin = standard(value)
    assert dataclasses.is_dataclass(value)
    assert dataclasses.asdict(value) == dataclasses.asdict(twin)
    assert repr(value) == repr(twin)
    assert pickle.loads(pickle.dumps(value)) == value


@pytest.mark.parametrize("value", FORMS[:-1], ids=lambda value: type(value).__name__)
def test_equal_values_are_one_in_a_set(value: Any) -> None:
    assert {value, dataclasses.replace(value)} == {value}


def test_every_field_counts() -> None:
    first = Item(id="A", note=("x",))
    for other in (Item(id="B", note=("x",)), Item(id="A"), dataclasses.replace(first, weight=2)):
        assert first != other
    assert first != ("A",)


def test_another_class_is_never_equal() -> None:
    assert Section() != Item(id="")


def test_nothing_can_be_assigned_or_deleted() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError, match="id"):
        setattr(FORMS[1], "id", "B")  # noqa: B010
    with pytest.raises(dataclasses.FrozenInstanceError, match="id"):
        delattr(FORMS[1], "id")


def test_what_is_needed_must_be_given() -> None:
    with pytest.raises(TypeError, match="Reading needs period"):
        Reading(item="A", recorded=date(2026, 1, 1))  # type: ignore[call-arg]


def test_what_is_unknown_is_refused() -> None:
    with pytest.raises(TypeError, match="Item has no colour, shape"):
        Item(id="A", shape="x", colour="y")  # type: ignore[call-arg]


def test_it_is_the_standard_one_only_when_asked() -> None:
    """Loading `dataclasses` takes a tenth of a whole check."""
    script = "import sys; from qmsplan.model.plan import Item; Item(id='A'); print('dataclasses' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_there_is_no_other_kind() -> None:
    with pytest.raises(AssertionError):
        form.dataclass(frozen=False, kw_only=True)
