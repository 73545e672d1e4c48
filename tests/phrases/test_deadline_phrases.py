"""Deadline phrases as people type them: spellings, impossible days, what is no deadline."""

from __future__ import annotations

from phrase_tables import FIVE, ONE
from qmsplan.diagnostics import UserError
from qmsplan.phrases.calendar_words import STRETCHES
from qmsplan.phrases.deadline import Deadline
from qmsplan.phrases.deadline_parse import FORMS, LONGEST, understand_deadline
from rows import each_row

SPELLINGS = [
    ("Quý I năm 2026", "Quý I năm 2026."),
    ("Quý I năm 2026", "Quý I năm 2026;"),
    ("Quý I năm 2026", "Quý I năm 2026 ..."),
    ("Quý I năm 2026", "  quý i   năm 2026  "),
    ("Quý I năm 2026", "QUÝ I NĂM 2026"),
    ("Quý I năm 2026", "Quí I năm 2026"),
    ("Quý I năm 2026", "Quý\u00a0I năm\u00a02026"),
    ("Quý I năm 2026", "Quý I\nnăm 2026"),
    ("Quý I năm 2026", "Quý I/2026"),
    ("Quý I năm 2026", "Quý 1/2026"),
    ("Quý I năm 2026", "Quý 01-2026"),
    ("Quý I năm 2026", "Q.I/2026"),
    ("Quý I năm 2026", "Trong quý I năm 2026"),
    ("Quý I năm 2026", "Trước hết quý I năm 2026"),
    ("Trong năm 2026", "Cả năm 2026"),
    ("Trong năm 2026", "Năm 2026"),
    ("Tháng 01 hàng năm", "Tháng 1 hằng năm"),
    ("Tháng 9/2026", "tháng 09 năm 2026"),
    ("Trước 30/6/2026", "trước 30/06/2026"),
    ("Trước 30/6/2026", "Trước ngày 30-6-2026"),
    ("Trước 30/6/2026", "Xong trước ngày 30 tháng 6 năm 2026"),
    ("Trước 30/6/2026", "Hoàn thành trước 30/6/2026"),
    ("Theo định kỳ hàng năm", "Hằng năm"),
    ("Theo định kỳ hàng năm", "Định kỳ hằng năm."),
    ("Năm 2026 - 2030", "Năm 2026 – 2030"),
    ("Năm 2026 - 2030", "2026-2030"),
    ("Năm 2026 - 2030", "Giai đoạn 2026 — 2030"),
    ("Năm 2026 - 2030", "Từ năm 2026 đến năm 2030"),
    ("Hằng năm, giai đoạn (2021-2025)", "Hàng năm, giai đoạn 2021 – 2025"),
    ("Thường xuyên", "THƯỜNG XUYÊN."),
    ("Quý I năm 2026", "Qúy I năm 2026"),
    ("Quý I năm 2026", "Q1/2026"),
    ("Quý I năm 2026", "QI/2026"),
    ("Quý I năm 2026", "Hoàn thành trong quý I năm 2026"),
    ("Quý I năm 2026", "Dự kiến: Quý I năm 2026"),
    ("Quý I năm 2026", "Quý I năm 2026 (dự kiến)"),
    ("Quý I năm 2026", "- Quý I năm 2026"),
    ("Quý I năm 2026", "Quý I\n\nnăm 2026\n"),
    ("Tháng 9/2026", "T9/2026"),
    ("Tháng 9/2026", "T.9/2026"),
    ("Tháng 9/2026", "9/2026"),
    ("Tháng 9/2026", "Tháng chín năm 2026"),
    ("Trước 30/6/2026", "Không muộn hơn ngày 30.6.2026"),
    ("Trước 30/6/2026", "Đến hết ngày 30/6/2026"),
    ("Trước 30/6/2026", "Gửi báo cáo trước ngày 30/6/2026"),
    ("Trước 30/6/2026", "ngày 2026-06-30"),
    ("Theo định kỳ hàng năm", "Mỗi năm"),
    ("Theo định kỳ hàng năm", "Từng năm"),
    ("Theo định kỳ hàng năm", "Thường niên"),
    ("Theo định kỳ hàng năm", "Mỗi năm một lần"),
    ("Theo định kỳ hàng năm", "01 lần/năm"),
    ("Hàng quý", "3 tháng một lần"),
    ("Hàng quý", "01 lần/quý"),
    ("Hàng quý", "Theo từng quý"),
    ("6 tháng đầu năm 2026", "Sáu tháng đầu năm 2026"),
    ("6 tháng đầu năm 2026", "Nửa đầu năm 2026"),
    ("Trước ngày 30/11 hàng năm", "Hàng năm, trước ngày 30/11"),
    ("Trước ngày 30/11 hàng năm", "Hàng năm: trước 30/11"),
    ("Trước ngày 30/11 hàng năm", "Hằng năm (trước ngày 30 tháng 11)"),
    ("Trước ngày 30/11 hàng năm", "Báo cáo trước ngày 30/11 mỗi năm"),
    ("Trước ngày 25 hàng tháng", "Hàng tháng, trước ngày 25"),
    ("Trước ngày 25 hàng tháng", "Trước ngày 25 của tháng"),
    ("Ngày 15 quý kế tiếp", "Ngày 15 của quý sau"),
    ("Ngày 05 tháng kế tiếp", "Trước ngày 05 của tháng tiếp theo"),
    ("Quý II và quý III/2026", "Quý II/2026; Quý III/2026"),
    ("Quý II và quý III/2026", "Quý II, III/2026"),
    ("Quý II và quý III/2026", "Quý II & III/2026"),
    ("Thường xuyên", "Thường xuyên, liên tục trong năm"),
    ("Thường xuyên; tổng kết trước 15/12/2026", "Thường xuyên; báo cáo: trước 15/12/2026"),
    ("Thường xuyên; tổng kết trước 15/12/2026", "Thường xuyên\n+ Báo cáo trước 15/12/2026"),
    ("Quý II/2026", "Báo cáo: đến hết quý II/2026"),
]


def _understood(text: str) -> Deadline:
    found = understand_deadline(text, ONE)
    assert isinstance(found, Deadline), f"{text!r}: {found}"
    return found


def _meaning(deadline: Deadline) -> tuple[object, ...]:
    """Everything but the phrase itself."""
    return (deadline.kind, deadline.occurrences, deadline.start, deadline.event, deadline.reference)


def _fault(text: str) -> UserError:
    found = understand_deadline(text, ONE)
    assert isinstance(found, UserError), f"{text!r}: {found}"
    return found


@each_row(("standard", "variant"), SPELLINGS)
def test_a_spelling_means_the_same(standard: str, variant: str) -> None:
    assert _meaning(_understood(variant)) == _meaning(_understood(standard))


@each_row("variant", [variant for _, variant in SPELLINGS])
def test_a_variant_is_kept_as_typed(variant: str) -> None:
    assert _understood(variant).phrase == variant


def test_a_leap_day_of_every_year_names_the_year_without_one() -> None:
    fault = understand_deadline("Trước ngày 29/2 hàng năm", FIVE)
    assert isinstance(fault, UserError)
    assert dict(fault.message.values) == {"text": "29/2/2026"}


def test_thousands_of_years_are_refused() -> None:
    assert isinstance(understand_deadline("Hàng năm, giai đoạn (1000-9999)", ONE), UserError)


@each_row(
    "text",
    [
        *(
            "",
            " ",
            "...",
            "abc",
            "Quý",
            "tháng",
            "30/6/206",
            "30/6/12",
            "Quý I năm",
            "1234",
            "12",
            "năm 20266",
            "trừ tháng 8",
            "Hàng tháng (trừ tháng Tết)",
            "Tết Nguyên đán",
            "Trước Tết Nguyên đán 2300",
            "từ quý I đến tháng",
            "quý I - quý II - quý III",
            "quý I/2026 hàng năm",
            "ngày 15",
            "I, II",
            "tháng III",
            "0 lần/năm",
            "sau đó",
            "ngày   tháng   năm 2026",
            "2026 và quý I",
        ),
        *("Theo", "Sau khi", "khi", "Quý I năm 20266", "Trước", "Quý I năm 2026 và sau đó", "{{ 7*7 }}", "[red]", "%s"),
        *("\x00", "\ud800", "Quý I năm 2026\x00", "🎉", "null", "-1"),
    ],
)
def test_what_is_no_deadline_shows_forms_that_are(text: str) -> None:
    fault = _fault(text)
    assert fault.message.template == "the deadline '{phrase}' is not understood"
    assert dict(fault.message.values) == {"phrase": text}
    assert fault.hint is not None
    forms = dict(fault.hint.values)["forms"].split("; ")
    assert 1 <= len(forms) <= 3
    assert set(forms) <= {row.example for row in STRETCHES} | {row.example for row in FORMS}


def test_a_long_phrase_is_refused_before_it_is_read() -> None:
    fault = _fault("Theo " + "x" * (LONGEST - 4))
    assert fault.message.template == "a deadline has at most {count} characters"
    assert dict(fault.message.values) == {"count": "300"}
    assert isinstance(understand_deadline("Theo " + "x" * (LONGEST - 5), ONE), Deadline)
