"""Without libyaml the parser in pure Python does the same work, slowly: same values, same places, same diagnostics."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from loading import HEAD, check_text, found, preamble

from fuzzing import CORPUS, mutant
from qmsplan.layout.canonical import lay_out
from qmsplan.load import tree
from qmsplan.load.document import read_document
from qmsplan.load.faults import Broken
from qmsplan.load.limits import DEEPEST
from qmsplan.load.source import Source
from qmsplan.load.tree import events, read_tree
from suite import Case, cases

ROOT = Path(__file__).parents[2]
DIFFERENT = {
    "2LFX", "55WF", "6BCT", "6HB6", "6LVF", "96NN/0", "96NN/1", "BEC7", "DC7X", "DFF7", "DK95/5", "DK95/7",
    "FRK4", "HRE5", "HS5T", "J3BT", "JR7V", "K54U", "MUS6/0", "MUS6/3", "MUS6/5", "MUS6/6", "NB6Z", "R4YG",
    "U99R", "UV7Q", "X4QW", "Y79Y/1", "Y79Y/2", "Y79Y/3",
}  # fmt: skip
"""Cases of the suite that the two take differently: tabs after indentation, unknown directives, a place or two."""

every_file = pytest.mark.parametrize("path", CORPUS, ids=lambda path: f"{path.parent.name}/{path.name}")


@pytest.fixture
def pure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "_Parser", yaml.Loader)


def seen(text: str) -> list[tuple[Any, ...]]:
    """All that events say."""
    return [
        (
            type(event).__name__,
            *((mark.line, mark.column, mark.index) for mark in (event.start_mark, event.end_mark)),
            *(getattr(event, name, None) for name in ("value", "anchor", "tag", "implicit")),
            getattr(event, "style", None) or "",
            bool(getattr(event, "flow_style", False)),
        )
        for event in events(text)
    ]


def taken(text: str) -> tuple[Any, list[Any]]:
    """What a text is read as, or why it is refused."""
    read = read_document(Source("x", text))
    return read.value, [(found.code, found.message) for found in read.diagnostics]


def verdict(text: str) -> Any:
    """The tree of a text, or code, place and reason of its refusal."""
    try:
        return read_tree(text)
    except Broken as broken:
        return broken.code.code, broken.span[:2], broken.message.template


@every_file
def test_events_are_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text("utf-8")
    quick = seen(text)
    monkeypatch.setattr(tree, "_Parser", yaml.Loader)
    assert seen(text) == quick


@every_file
def test_values_and_places_are_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text("utf-8")
    quick = taken(text), Source("x", text)._places
    monkeypatch.setattr(tree, "_Parser", yaml.Loader)
    assert (taken(text), Source("x", text)._places) == quick


@pytest.mark.usefixtures("pure")
@every_file
def test_the_layout_is_the_same(path: Path) -> None:
    assert lay_out(path.read_bytes(), "x").diagnostics == ()
    if "stp" not in path.parts and "ubnd" not in path.parts:
        assert lay_out(path.read_bytes(), "x").content == path.read_bytes()


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_cases_of_the_suite(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = verdict(case.text)
    monkeypatch.setattr(tree, "_Parser", yaml.Loader)
    assert (verdict(case.text) == quick) == (case.id not in DIFFERENT)
    check_text(HEAD + case.text)


def test_spoilt_files_are_told_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [mutant(Random(seed), seed).content.decode("utf-8", "ignore") for seed in range(100)]
    quick = [taken(text) for text in texts]
    monkeypatch.setattr(tree, "_Parser", yaml.Loader)
    assert [taken(text) for text in texts] == quick


@pytest.mark.usefixtures("pure")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[" * (DEEPEST + 1), "1:21 QP007"),
        ("- " * 5_000, "1:41 QP007"),
        (preamble(">98%"), "7:11 QP004"),
        (preamble("&x y"), "7:11 QP005"),
        (preamble("!!int x"), "7:11 QP005"),
        (preamble('"\\ud800"'), None),
        (preamble('"\\U00110000"'), None),
        ("%YAML 1.3\n---\n" + HEAD, None),
        (HEAD + "\tbasis: x\n", "7:1 QP004"),
        (HEAD + "id: B\n", "7:1 QP006"),
        (HEAD + "---\n" + HEAD, "7:1 QP005"),
    ],
)
def test_hostile_texts(text: str, expected: str | None) -> None:
    check_text(text)
    (place,) = found(text)
    assert place == (expected or place)


def test_it_takes_over_where_libyaml_is_missing() -> None:
    script = (
        "import sys\nsys.modules['yaml._yaml'] = None\n"
        "import yaml\nfrom qmsplan.load import tree\nassert tree._Parser is yaml.Loader\n"
        "from qmsplan.cli.run import run\nsys.exit(run(['validate', '--format', 'json']))"
    )
    without, plain = (
        subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=False)
        for arguments in (["-c", script], ["-m", "qmsplan", "validate", "--format", "json"])
    )
    assert (without.returncode, without.stdout, without.stderr) == (plain.returncode, plain.stdout, plain.stderr)
