"""Rules over sign-offs: what was signed, reviewed and approved, and in which order."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from workspace import diagnose, found

from qmsplan.model.plan import Endorsement, Signoff
from qmsplan.yaml_edit.edit import amended, sealed, with_endorsement, with_signoff
from values import replace

sys.path.append(str(Path(__file__).parents[1] / "seal"))
from sealing import plan_of

DRAFT = """\
kind: plan
id: KH
template: work-plan
period: 2026
head:
  type: Kế hoạch
  symbol: KH-TGPL
tasks:
  - id: V1
    text: Tập huấn
    lead: NV
    deadline: Quý III năm 2026
    deliverables: Báo cáo
  - id: V2
    text: Sơ kết
    lead: NV
    deadline: Quý IV năm 2026
    deliverables: Báo cáo
closing: Các phòng tổ chức thực hiện./.
"""
DAY = date(2026, 2, 9)


def signed(text: str = DRAFT, number: str = "51/KH-TGPL", day: date = DAY) -> str:
    plan = plan_of(text)
    return with_signoff(text.encode(), plan, sealed(plan, Signoff(number=number, date=day, signer="A"))).decode()


def reviewed(text: str = DRAFT, name: str = "B") -> str:
    entry = Endorsement(name=name, date=date(2026, 2, 1), digest="qmsplan-2:sha256:0123456789abcdef")
    return with_endorsement(text.encode(), plan_of(text), "reviewed", entry).decode()


def reopened(text: str) -> str:
    plan = plan_of(text)
    assert plan.signoff
    return amended(text.encode(), plan, plan.signoff, ("Lùi hạn",)).decode()


def checked(folder: Path, text: str) -> list[tuple[int, int, str]]:
    return [(line, column, code) for _, line, column, code in found(diagnose(folder, {"plan.yaml": text}))]


SIGNED, AGAIN = signed(), signed(reopened(signed()), "60/KH-TGPL", date(2026, 3, 2))


@pytest.mark.parametrize("text", [DRAFT, SIGNED, reviewed(), signed(reviewed()), reviewed(SIGNED), AGAIN])
def test_what_is_as_it_was_signed_is_clean(text: str, tmp_path: Path) -> None:
    assert checked(tmp_path, text) == []


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "part", "words"),
    [
        ("Quý III", "Quý II", "deadline: Quý II ", "'{field}' of '{item}' is not what was signed"),
        ("type: Kế hoạch", "type: Báo cáo", "type: Báo", "'{field}' is not what was signed"),
        ("51/KH-TGPL", "52/KH-TGPL", "number: 52", "'{field}' is not what was signed"),
        ("signer: A", "signer: C", "signer: C", "'{field}' is not what was signed"),
        ("id: V2", "id: V3", "id: V3", "'{name}' was not there when the plan was signed"),
        ("closing: Các", "basis: Các", "basis: ", "'{field}' is not what was signed"),
    ],
)
def test_a_change_is_told_at_its_place(old: str, new: str, part: str, words: str, tmp_path: Path) -> None:
    text = SIGNED.replace(old, new)
    assert text != SIGNED
    (told,) = [entry for entry in diagnose(tmp_path, {"plan.yaml": text}) if entry.code.startswith("QP8")]
    assert (told.code, told.span.line, told.message.template) == ("QP801", line_of(text, part), words)
    assert told.hint
    assert "qmsplan amend {plan}" in told.hint.template


def test_several_changes_are_counted(tmp_path: Path) -> None:
    (told,) = diagnose(tmp_path, {"plan.yaml": SIGNED.replace("Báo cáo", "Biên bản")})
    assert told.hint
    assert dict(told.hint.values)["count"] == "2"


def test_a_task_that_is_gone_and_one_that_was_swapped(tmp_path: Path) -> None:
    first, second = SIGNED.index("  - id: V1"), SIGNED.index("  - id: V2")
    end = SIGNED.index("closing:")
    gone = SIGNED[:second] + SIGNED[end:]
    swapped = SIGNED[:first] + SIGNED[second:end] + SIGNED[first:second] + SIGNED[end:]
    assert checked(tmp_path / "a", gone) == [(line_of(gone, "tasks:"), 1, "QP801")]
    assert checked(tmp_path / "b", swapped) == [(line_of(swapped, "tasks:"), 1, "QP801")]


def test_a_seal_whose_parts_were_spoilt_still_breaks(tmp_path: Path) -> None:
    head, _, _ = SIGNED.partition("  parts:")
    text = head.replace("Quý III", "Quý II")
    (told,) = diagnose(tmp_path, {"plan.yaml": text})
    assert (told.code, told.message.template) == ("QP801", "the plan is not what was signed")
    assert told.span.line == line_of(text, "  digest:")


def test_a_digest_cannot_be_taken_out_unseen(tmp_path: Path) -> None:
    lines = [line for line in SIGNED.splitlines(keepends=True) if "digest:" not in line]
    assert checked(tmp_path, "".join(lines)) == [(line_of(SIGNED, "signoff:"), 1, "QP801")]


def test_no_comment_hides_a_change_of_what_was_signed(tmp_path: Path) -> None:
    text = SIGNED.replace("deadline: Quý III năm 2026", "deadline: Quý II năm 2026  # qmsplan: ignore[QP801] cho qua")
    assert sorted(code for *_, code in checked(tmp_path, text)) == ["QP801", "QP911"]


def test_an_earlier_sign_off_cannot_be_changed_unseen(tmp_path: Path) -> None:
    assert [code for *_, code in checked(tmp_path / "a", AGAIN.replace("Lùi hạn", "Khác"))] == ["QP801"]
    assert [code for *_, code in checked(tmp_path / "b", AGAIN.replace("date: 2026-02-09", "date: 2026-02-08"))] == [
        "QP801"
    ]


def test_a_seal_of_a_later_version(tmp_path: Path) -> None:
    (told,) = diagnose(tmp_path, {"plan.yaml": SIGNED.replace("qmsplan-2:", "qmsplan-9:")})
    assert told.code == "QP801"
    assert dict(told.message.values) == {"scheme": "qmsplan-9:sha256"}


def test_what_is_no_digest_is_refused_at_its_place(tmp_path: Path) -> None:
    text = SIGNED.replace("digest: qmsplan-2:", "digest: md5:")
    assert checked(tmp_path, text) == [(line_of(text, "  digest:"), 11, "QP013")]


def test_a_review_of_other_content(tmp_path: Path) -> None:
    text = reviewed().replace("Quý III", "Quý II")
    (told,) = diagnose(tmp_path, {"plan.yaml": text})
    assert (told.code, told.span.line) == ("QP802", line_of(text, "    digest:"))
    unknown = reviewed().replace("qmsplan-2:", "qmsplan-9:")
    (told,) = diagnose(tmp_path / "b", {"plan.yaml": unknown})
    assert (told.code, dict(told.message.values)) == ("QP802", {"scheme": "qmsplan-9:sha256"})


def test_of_a_signed_plan_the_seal_tells_what_the_review_would(tmp_path: Path) -> None:
    assert [code for *_, code in checked(tmp_path, signed(reviewed()).replace("Quý III", "Quý II"))] == ["QP801"]


def test_a_plan_that_waits_to_be_signed_again(tmp_path: Path) -> None:
    text = reopened(SIGNED)
    assert checked(tmp_path, text) == [(line_of(text, "number: 51/KH-TGPL"), 13, "QP803")]


@pytest.mark.parametrize(
    ("number", "day", "codes"),
    [
        ("60/KH-TGPL", DAY, []),
        ("60/KH-TGPL", date(2026, 2, 8), ["QP804"]),
        ("51/KH-TGPL", date(2026, 3, 1), ["QP804"]),
        ("51/KH-TGPL", date(2027, 1, 5), ["QP806"]),
        ("51/KH-TGPL", date(2026, 1, 5), ["QP804", "QP804"]),
    ],
)
def test_the_order_of_sign_offs(number: str, day: date, codes: list[str], tmp_path: Path) -> None:
    assert [code for *_, code in checked(tmp_path, signed(reopened(SIGNED), number, day))] == codes


@pytest.mark.parametrize(("day", "is_told"), [(date(2027, 1, 8), False), (date(2072, 1, 8), True)])
def test_a_report_is_signed_when_its_period_is_over(day: date, *, is_told: bool, tmp_path: Path) -> None:
    text = signed(DRAFT.replace("type: Kế hoạch", "type: BÁO CÁO"), "45/BC-TGPL", day)
    assert "BÁO CÁO" in text
    assert ("QP806" in [code for *_, code in checked(tmp_path, text)]) is is_told


def test_the_order_within_the_chain_and_its_first_place(tmp_path: Path) -> None:
    third = signed(reopened(AGAIN), "51/KH-TGPL", date(2026, 4, 1))
    (told,) = diagnose(tmp_path, {"plan.yaml": third})
    assert (told.code, told.related[0].span.line) == ("QP804", line_of(third, "number: 51/KH-TGPL"))


def test_number_and_day_typed_by_hand(tmp_path: Path) -> None:
    text = DRAFT + "signoff:\n  number: 51/KH-TGPL\n  date: 2026-02-09\n"
    assert checked(tmp_path, text) == [(line_of(text, "signoff:"), 1, "QP805")]
    (told,) = diagnose(tmp_path, {"plan.yaml": text})
    assert told.severity == "warning"


def test_a_form_that_shows_a_number_is_none_of_it(tmp_path: Path) -> None:
    assert checked(tmp_path, DRAFT + "form: true\nsignoff:\n  number: 51/KH-TGPL\n  date: 2026-02-09\n") == []


def test_a_plan_is_sealed_as_its_values_not_as_its_text() -> None:
    plan = plan_of(SIGNED)
    assert plan.signoff
    assert sealed(plan, replace(plan.signoff, digest=None, parts=())) == plan
