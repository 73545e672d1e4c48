"""A repository of plans that were signed in January and amended in July, each revision a commit: `amended_plans.py
FOLDER --plans 300`. Signing is done in this process; `qmsplan sign` for each would take minutes."""

from __future__ import annotations

import argparse
import re
from datetime import date
from pathlib import Path

from generate import commit, generate

from qmsplan.load.document import read_content
from qmsplan.model.plan import Plan, Signoff
from qmsplan.yaml_edit.edit import amended, sealed, with_signoff


def signed(content: bytes, number: str, day: date) -> bytes:
    """The bytes of a plan with its sign-off."""
    plan = plan_in(content)
    return with_signoff(content, plan, sealed(plan, Signoff(number=number, date=day)))


def changed(content: bytes) -> bytes:
    """The bytes of a signed plan taken up again, its first target another one."""
    plan = plan_in(content)
    if plan.signoff is None:
        raise ValueError(plan.id)
    return re.sub(rb"target: .*", b'target: ">=50%"', amended(content, plan, plan.signoff, ("Thử",)), count=1)


def plan_in(content: bytes) -> Plan:
    """The plan in the bytes of a file."""
    value = read_content(content, "").value
    if not isinstance(value, Plan):
        raise TypeError(type(value))
    return value


def main() -> None:
    """Writes the repository."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plans", type=int, default=300)
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.plans)
    plans = [path for path in sorted(arguments.folder.glob("plans/*.yaml")) if ".progress" not in path.name]
    for path in plans:
        path.write_bytes(signed(path.read_bytes(), "15/KH", date(2026, 1, 12)))
    commit(arguments.folder)
    for path in plans:
        path.write_bytes(signed(changed(path.read_bytes()), "41/KH", date(2026, 7, 15)))
    commit(arguments.folder)


if __name__ == "__main__":
    main()
