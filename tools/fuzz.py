"""Tries spoilt files for a while: `python tools/fuzz.py --seconds 600`. What it finds is kept under `build/fuzz/`."""  # noqa: INP001

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fuzzing import Mutant, Trial, mutant  # noqa: E402
from importing.spoilt_word_files import faults as import_faults  # noqa: E402
from importing.spoilt_word_files import spoilt  # noqa: E402

SLOW = 3.0
"""CPU seconds of one command that are told as a fault."""


def main() -> int:
    """0 if nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long to try")
    parser.add_argument("--seed", type=int, default=1_000_000, help="the first seed; each file has the next one")
    parser.add_argument("--word", action="store_true", help="spoil Word files, and import them")
    parser.add_argument("--documents", type=int, default=20, metavar="N", help="all commands for every Nth file")
    parser.add_argument("--count", type=int, default=0, help="how many files, if fewer than there is time for")
    wish = parser.parse_args()
    until, seed, failed = time.monotonic() + wish.seconds, wish.seed, 0
    if wish.word:
        return _word_files(wish.seed, until, wish.count)
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder))
        while time.monotonic() < until and (not wish.count or seed < wish.seed + wish.count):
            tried = mutant(Random(seed), seed)
            failed += _told(tried, _faults(trial, tried, with_documents=seed % wish.documents == 0))
            seed += 1
    sys.stdout.write(f"{seed - wish.seed} files, {failed} with faults\n")
    return 1 if failed else 0


def _word_files(first: int, until: float, count: int) -> int:
    """Imports spoilt Word files; 1 if one has faults."""
    seed, failed = first, 0
    while time.monotonic() < until and (not count or seed < first + count):
        content = spoilt(Random(seed))
        try:
            faults = list(import_faults(content))
        except Exception:  # noqa: BLE001  an exception is what is looked for
            faults = [traceback.format_exc(limit=-5)]
        failed += _told(Mutant(content, Path("paper.docx"), seed), faults, ".docx")
        seed += 1
    sys.stdout.write(f"{seed - first} files, {failed} with faults\n")
    return 1 if failed else 0


def _faults(trial: Trial, tried: Mutant, *, with_documents: bool) -> list[str]:
    trial.slowest = (0.0, "")
    try:
        faults = list(trial.faults(tried, with_documents=with_documents))
    except Exception:  # noqa: BLE001  an exception is what is looked for
        faults = [traceback.format_exc(limit=-5)]
    seconds, command = trial.slowest
    return [*faults, f"{command} takes {seconds:.1f} s of CPU"] if seconds > SLOW else faults


def _told(tried: Mutant, faults: list[str], ending: str = ".yaml") -> bool:
    if not faults:
        return False
    path = ROOT / "build" / "fuzz" / f"{tried.seed}{ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(tried.content)
    sys.stdout.write(f"seed {tried.seed}, from {tried.origin.name}, kept as {path}\n")
    sys.stdout.write("".join(f"  {fault}\n" for fault in faults))
    return True


if __name__ == "__main__":
    raise SystemExit(main())
