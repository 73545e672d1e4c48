"""Spoilt files end in diagnostics or clean: no exception, no place outside a text, no layout of another meaning."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from fuzzing import CORPUS, DRAWN, WAYS, Mutant, Trial, mutant
from rows import each_row

ROUNDS = 2
EACH = 6
"""Spoilt files in a round; in every second round one is also tried with all commands. More: `python tools/fuzz.py`."""


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(tmp_path_factory.mktemp("trial"))


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_spoilt_files(round_: int, trial: Trial) -> None:
    for number in range(EACH):
        seed = round_ * EACH + number
        spoilt = mutant(Random(seed), seed)
        found = list(trial.faults(spoilt, with_documents=number == round_ and number % 2 == 0))
        assert found == [], f"python tools/fuzz.py --seed {seed} --count 1"


@pytest.mark.parametrize(
    "path", [path for path in CORPUS if DRAWN.count(path) > 1], ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_what_is_not_spoilt_is_clean(path: Path, trial: Trial) -> None:
    """The documents of all of them are made once: by the last one, which stands among the others."""
    assert list(trial.faults(Mutant(path.read_bytes(), path, 0), with_documents=path == CORPUS[-1])) == []


def test_the_same_seed_spoils_in_the_same_way() -> None:
    assert [mutant(Random(seed), seed) for seed in range(20)] == [mutant(Random(seed), seed) for seed in range(20)]


@each_row("way", WAYS)
def test_every_way_spoils(way: object) -> None:
    text = CORPUS[0].read_text("utf-8")
    assert any(way(Random(seed), text) != text for seed in range(20))  # type: ignore[operator]


def test_a_fault_would_be_found(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """The trial is no use if it finds nothing."""
    from qmsplan.load import document

    def careless(_text: str, **_: bool) -> None:
        raise KeyError

    monkeypatch.setattr(document, "read_yaml", careless)
    with pytest.raises(KeyError):
        list(trial.faults(mutant(Random(1), 1), with_documents=False))
