"""Two versions of a plan beside each other."""

from __future__ import annotations

from diff_samples import objective, plan_of

from qmsplan.diff.plans import Version, about, changes_between, compare
from qmsplan.model.plan import Plan
from rows import each_row

EVENT = {"id": "SK", "text": "UBND tỉnh ban hành Kế hoạch"}


def sample(**changes: object) -> Plan:
    return plan_of(**{"events": [EVENT], "objectives": [objective(target=">98%")]} | changes)


@each_row(
    ("changes", "may_change"),
    [
        ({"objectives": [objective(target=">95%")]}, True),
        ({"objectives": [objective(target=">98%", note="ghi chú")]}, False),
        ({"objectives": [objective(target=">98%", text="Tên khác")]}, True),  # a target is read beside it
        ({"events": [EVENT | {"text": "Sở ban hành Kế hoạch"}]}, True),  # it wakes the deadlines that name it
        ({"objectives": [objective(target=">98%", plan={"2026-Q1": "97"})]}, True),
        ({"objectives": [objective(target=">98%", frequency="quarter")]}, True),
        ({"objectives": []}, True),
        ({"closing": "Hết."}, False),
    ],
)
def test_which_changes_may_change_a_state(changes: dict[str, object], may_change: bool) -> None:  # noqa: FBT001
    (diff,) = compare([Version("a.yaml", sample())], [Version("a.yaml", sample(**changes))], {})
    assert diff.may_change_states is may_change


def test_what_is_promised_for_a_period_belongs_to_the_history_of_its_item() -> None:
    """`log` was silent on a quarter that was lowered, unless asked for every field."""
    old, new = (sample(objectives=[objective(target="45", plan={"2026-Q1": value})]) for value in ("20", "15"))
    (change,) = about(changes_between(old, new), "MT01", (old, new), every=False)
    assert change.field == ("plan", "2026-Q1")
