"""Where the rules that look at several plans speak: numbers of documents, and targets beside earlier results."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts import OBJECTIVE, item
from workspace import diagnose, found, marks

from qmsplan.diagnostics import Diagnostic, Translator


def plan(year: str, *items: dict[str, str], id: str = "", issuer: str = "TGPL", tail: str = "") -> str:  # noqa: A002
    """A plan of objectives, from line 9 on."""
    head = f"kind: plan\nid: {id or 'KH' + year}\ntemplate: work-plan\nperiod: {year}\nhead:\n  type: Kế hoạch\n"
    fields = OBJECTIVE | {"deadline": f"Năm {year}"}
    return head + f"  issuer: {issuer}\nobjectives:\n" + "".join(item(**fields | entry) for entry in items) + tail


def results(*values: str, year: str = "2025", **fields: str) -> str:
    """A progress file on last year's plan, a quarter each: `99/100`, or a value."""
    text = f"kind: progress\nplan: KH{year}\nreadings:\n"
    for number, value in enumerate(values, 1):
        above, slash, below = value.partition("/")
        parts = {"numerator": above, "denominator": below} if slash else {"value": value}
        day = {"recorded": f"{year}-{3 * number:02d}-28"}
        text += item(**{"item": "MT01", "period": f"{year}-Q{number}"} | parts | day | fields)
    return text


def target(share: str, **fields: str) -> dict[str, str]:
    return {"text": f"Mức độ hài lòng đạt {share}", "target": f'"{share}"'} | fields


def count(number: str, **fields: str) -> dict[str, str]:
    return {"text": f"Không quá {number} vụ bị khiếu nại", "target": f"không quá {number} vụ"} | fields


OLD = plan("2025", target(">90%"))
RESULT = results("98/100", "97/100")
CASES = [
    ("below the result", OLD, RESULT, plan("2026", target(">97%")), "11:13 QP308"),
    ("exactly the result", OLD, RESULT, plan("2026", target(">=97,5%")), ""),
    ("above it", OLD, RESULT, plan("2026", target(">98%")), ""),
    ("a note says why", OLD, RESULT, plan("2026", target(">97%", note="Mẫu phiếu mới")), ""),
    ("no readings", OLD, "", plan("2026", target(">80%")), ""),
    ("no case arose", OLD, results("0/0"), plan("2026", target(">80%")), ""),
    ("another statement", OLD, RESULT, plan("2026", {"text": "Tỷ lệ hồ sơ đúng hạn >80%", "target": '">80%"'}), ""),
    ("another issuer", OLD, RESULT, plan("2026", target(">97%"), issuer="NV"), ""),
    (
        "the issuer by its name",
        OLD,
        RESULT,
        plan("2026", target(">97%"), issuer="Trung tâm Trợ giúp pháp lý nhà nước"),
        "11:13 QP308",
    ),
    ("a year between", OLD, RESULT, plan("2027", target(">97%")), ""),
    ("a reference over a year", OLD, RESULT, plan("2027", target(">97%", refs="KH2025/MT01")), "11:13 QP308"),
    (
        "a reference to another statement",
        OLD,
        RESULT,
        plan("2026", {"text": "Hài lòng >97%", "refs": "KH2025/MT01"}),
        "",
    ),
    (
        "a reference to the plan only",
        OLD,
        RESULT,
        plan("2026", {"text": "Hài lòng >97%", "target": '">97%"', "refs": "KH2025"}),
        "",
    ),
    ("more than at most", plan("2025", count("20")), results("3", "4"), plan("2026", count("10")), "11:13 QP308"),
    ("no more than it was", plan("2025", count("20")), results("3", "4"), plan("2026", count("7")), ""),
    (
        "another unit",
        plan("2025", count("20")),
        results("3", "4"),
        plan("2026", count("7") | {"target": "không quá 9 lần"}),
        "",
    ),
    (
        "a whole year stands for its parts",
        OLD,
        results("98/100") + item(item="MT01", period="2025", numerator="380", denominator="400", recorded="2026-01-14"),
        plan("2026", target(">96%")),
        "",
    ),
    (
        "two that read alike",
        plan("2025", target(">90%"), target(">91%", id="MT02")),
        RESULT,
        plan("2026", target(">92%")),
        "",
    ),
    (
        "the second of two targets",
        plan("2025", {"text": "a", "target": "75% đơn vị; 50% phòng"}),
        results("60/100", target="2"),
        plan("2026", {"text": "a", "target": "75% đơn vị; 55% phòng"}),
        "",
    ),
]


@pytest.mark.parametrize(
    ("old", "record", "new", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES]
)
def test_targets_beside_earlier_results(old: str, record: str, new: str, expected: str, tmp_path: Path) -> None:
    files = {"new.yaml": new, "old.yaml": old} | ({"progress.yaml": record} if record else {})
    diagnostics = [entry for entry in diagnose(tmp_path, files) if entry.code == "QP308"]
    assert list(found(diagnostics)) == marks(expected, "new.yaml")


def test_the_result_is_told_as_each_language_writes_numbers(tmp_path: Path) -> None:
    files = {"new.yaml": plan("2026", target(">97%")), "old.yaml": OLD, "progress.yaml": RESULT}
    (diagnostic,) = diagnose(tmp_path, files)
    assert "97.5%" in Translator("en")(diagnostic.message)
    assert "97,5%" in Translator("vi")(diagnostic.message)


def test_a_plan_that_is_referred_to_is_read_though_only_the_new_one_is_asked_for(tmp_path: Path) -> None:
    new = plan("2026", target(">97%", refs="KH2025/MT01"))
    files = {"new.yaml": new, "old.yaml": OLD, "progress.yaml": RESULT}
    assert [entry.code for entry in diagnose(tmp_path, files, ["new.yaml"])] == ["QP308"]
    assert diagnose(tmp_path, files, ["new.yaml"]) == diagnose(tmp_path, files)


def signed(name: str, number: str, date: str = "2026-02-09", issuer: str = "TGPL") -> str:
    return plan("2026", id=name, issuer=issuer).replace("objectives:\n", "") + (
        f"signoff:\n  number: {number}\n  date: {date}\n"
    )


def numbers(root: Path, first: str, second: str) -> list[Diagnostic]:
    return [entry for entry in diagnose(root, {"a.yaml": first, "b.yaml": second}) if entry.code == "QP603"]


@pytest.mark.parametrize(
    ("second", "is_double"),
    [
        (signed("B", "05/KH-TGPL"), True),
        (signed("B", "5/KH-TGPL"), True),
        (signed("B", "06/KH-TGPL"), False),
        (signed("B", "05/QĐ-TGPL"), False),
        (signed("B", "05/KH-TGPL", date="2027-02-09"), False),
        (signed("B", "05/KH-TGPL", issuer="NV"), False),
        (signed("B", "05/KH-TGPL", issuer="Trung tâm Trợ giúp pháp lý nhà nước"), True),
    ],
)
def test_numbers_are_given_once_a_year(second: str, is_double: bool, tmp_path: Path) -> None:  # noqa: FBT001
    doubles = numbers(tmp_path, signed("A", "05/KH-TGPL"), second)
    assert [(entry.file, entry.related[0].file) for entry in doubles] == ([("b.yaml", "a.yaml")] if is_double else [])
