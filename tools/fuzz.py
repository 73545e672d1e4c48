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


def main() -> int:
    """0 if nothing was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60, help="how long to try")
    parser.add_argument("--seed", type=int, default=1_000_000, help="the first seed; each file has the next one")
    parser.add_argument("--count", type=int, default=0, help="how many files, if fewer than there is time for")
    wish = parser.parse_args()
    until, seed, failed = time.monotonic() + wish.seconds, wish.seed, 0
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder))
        while time.monotonic() < until and (not wish.count or seed < wish.seed + wish.count):
            spoilt = mutant(Random(seed), seed)
            failed += _told(spoilt, _faults(trial, spoilt))
            seed += 1
    sys.stdout.write(f"{seed - wish.seed} files, {failed} with faults\n")
    return 1 if failed else 0


def _faults(trial: Trial, spoilt: Mutant) -> list[str]:
    try:
        return list(trial.faults(spoilt, with_documents=True))
    except Exception:  # noqa: BLE001  an exception is what is looked for
        return [traceback.format_exc()]


def _told(spoilt: Mutant, faults: list[str]) -> bool:
    if not faults:
        return False
    path = ROOT / "build" / "fuzz" / f"{spoilt.seed}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(spoilt.content)
    sys.stdout.write(f"seed {spoilt.seed}, from {spoilt.origin.name}, kept as {path}\n")
    sys.stdout.write("".join(f"  {fault}\n" for fault in faults))
    return True


if __name__ == "__main__":
    raise SystemExit(main())
