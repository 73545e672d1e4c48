"""Random plans and random records on them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from progress_samples import plan_of, records, task

from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.phrases.item_tree import outline

DEADLINES = [
    *(
        None,
        "Quý I năm 2026",
        "Quý III năm 2026",
        "Trong năm",
        "Hàng quý",
        "Hàng tháng",
        "Thường xuyên",
        "Trước 30/6/2026",
    ),
    *("Hàng năm", "Sau khi có hướng dẫn", "Theo Kế hoạch của tỉnh", "kịp thời", "Tháng 2", "6 tháng cuối năm"),
    *(
        "Khi có hướng dẫn",
        "Quý I và khi có hướng dẫn",
        "Hàng năm (Sau khi có hướng dẫn)",
        "Thường xuyên; báo cáo trước 15/12",
    ),
    *("Ngay sau khi có hướng dẫn", "trước ngày 05 tháng kế tiếp", "Quý II và quý III/2026"),
]
TARGETS = [">98%", "100%", "không quá 12 vụ", "dưới 5%", "nâng cao", "top 5"]
PERIODS = ["2026", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2026-H1", "2026-01", "2026-08", "2027", "2027-Q1"]
EVENTS = [{"id": "E", "text": "có hướng dẫn"}]


@st.composite
def _plan(draw: st.DrawFn) -> Plan:
    count = iter(range(100))

    def items(most: int) -> list[Any]:
        return [
            task(
                f"I{next(count)}",
                draw(st.sampled_from(DEADLINES)),
                target=draw(st.lists(st.sampled_from(TARGETS), max_size=2)),
                lead=draw(st.sampled_from(["Phòng Nghiệp vụ", "NV; HCTH"])),
                activities=items(0) if most > 1 and draw(st.booleans()) else [],
            )
            for _ in range(draw(st.integers(0, most)))
        ]

    period = draw(st.sampled_from(["2026", "2026", "2026-2027"]))
    name = draw(st.sampled_from(["P", "Q", "R"]))
    return plan_of(period, name, objectives=items(3), tasks=items(3), events=EVENTS)


PLANS = _plan()


@st.composite
def files_of(draw: st.DrawFn, plan: Plan, first: date = date(2025, 12, 1)) -> tuple[Progress, ...]:
    """Up to three progress files from a first day on. No two readings share a day, no event has two."""
    names = [node.item.id for node in outline(plan)] or ["X"]
    ordinal = iter(range(1000))
    happened = draw(st.booleans())

    def moment() -> str:
        return str(first + timedelta(draw(st.integers(0, 7)) * 100 + next(ordinal)))

    def entry(**fields: Any) -> dict[str, Any]:
        proof = {"evidence": "Báo cáo"} if draw(st.booleans()) else {}
        return {"item": draw(st.sampled_from(names)), **fields, **proof}

    def completions() -> list[Any]:
        periods = st.sampled_from([{}, *({"period": code} for code in PERIODS)])
        return [entry(done=moment(), **draw(periods)) for _ in range(draw(st.integers(0, 4)))]

    def readings() -> list[Any]:
        cases = st.sampled_from(
            [{"numerator": "49", "denominator": "50"}, {"value": "3"}, {"numerator": "0", "denominator": "0"}]
        )
        return [
            entry(period=draw(st.sampled_from(PERIODS)), recorded=moment(), **draw(cases))
            for _ in range(draw(st.integers(0, 4)))
        ]

    def action() -> dict[str, Any]:
        return {
            "item": draw(st.sampled_from(names)),
            "period": "2026-Q3",
            "cause": "c",
            "action": "a",
            "recorded": moment(),
        }

    return tuple(
        records(
            completions=completions(),
            readings=readings(),
            corrective_actions=[action()],
            events=[{"event": "E", "date": moment()}] if happened and number == 0 else [],
        )
        for number in range(draw(st.integers(0, 3)))
    )
