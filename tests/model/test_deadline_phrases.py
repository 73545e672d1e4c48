"""Deadline phrases as people type them: spellings, impossible days, what is no deadline."""

from __future__ import annotations

import pytest

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
    ("Thường xuyên; trước 15/12/2026", "Thường xuyên; báo cáo: trước 15/12/2026"),
    ("Thường xuyên; trước 15/12/2026", "Thường xuyên\n+ Báo cáo trước 15/12/2026"),
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


@each_row(
    ("text", "day"),
    [
        ("31/02/2026", "31/02/2026"),
        ("Trước 31/4/2026", "31/4/2026"),
        ("29/2/2026", "29/2/2026"),
        ("29/02/2100", "29/02/2100"),
        ("Trước ngày 32/1/2026", "32/1/2026"),
        ("00/1/2026", "00/1/2026"),
        ("30/13/2026", "30/13/2026"),
        ("Trước ngày 30 tháng 2 năm 2026", "30/2/2026"),
        ("Trước ngày 31/11 hàng năm", "31/11/2026"),
        ("Từ 01/3 đến 31/6/2026", "31/6/2026"),
        ("15/3, 30/2 và 30/6/2026", "30/2/2026"),
        ("2026-02-30", "2026-02-30"),
        ("ngày 32 hàng tháng", "32"),
        ("ngày 32", "32"),
        ("Trước ngày 0", "0"),
        ("Từ ngày 40 đến ngày 15 tháng 6", "40"),
        ("ngày 0 hàng tháng", "0"),
        ("Thường xuyên; báo cáo trước 31/11/2026", "31/11/2026"),
        ("Báo cáo: 31/6/2026", "31/6/2026"),
        ("Hàng năm (trước 30/2)", "30/2/2026"),
    ],
)
def test_an_impossible_day_is_named(text: str, day: str) -> None:
    fault = _fault(text)
    assert fault.message.template == "there is no such day: {text}"
    assert dict(fault.message.values) == {"text": day}
    assert fault.hint is not None


def test_a_leap_day_of_every_year_names_the_year_without_one() -> None:
    fault = understand_deadline("Trước ngày 29/2 hàng năm", FIVE)
    assert isinstance(fault, UserError)
    assert dict(fault.message.values) == {"text": "29/2/2026"}


@each_row(
    ("text", "quarter"),
    [
        *[("quý V năm 2026", "V"), ("Quý 0", "0"), ("Quý 5/2026", "5"), ("Quý IIII năm 2026", "IIII")],
        *[("quý X hàng năm", "X"), ("Quý 13", "13"), ("Quý 00/2026", "00"), ("Quý VX", "VX")],
        *[("từ quý III đến quý V", "V"), ("quý I, II và V/2026", "V"), ("cuối quý 5", "5"), ("Hàng năm: quý 6", "6")],
        *[("Quý 0 hàng năm", "0"), ("Thường xuyên; quý VI", "VI")],
    ],
)
def test_an_impossible_quarter_is_named(text: str, quarter: str) -> None:
    fault = _fault(text)
    assert fault.message.template == "there is no quarter {quarter}"
    assert dict(fault.message.values) == {"quarter": quarter}
    assert fault.hint is not None


@each_row(
    ("text", "month"),
    [
        *[("tháng 13/2026", "13"), ("Tháng 0", "0"), ("Tháng 00 năm 2026", "0"), ("Tháng 99 hàng năm", "99")],
        *[("26/2026", "26"), ("tháng 3, 6, 14/2026", "14"), ("đầu tháng 13", "13"), ("13 tháng đầu năm", "13")],
    ],
)
def test_an_impossible_month_is_named(text: str, month: str) -> None:
    fault = _fault(text)
    assert fault.message.template == "there is no month {month}"
    assert dict(fault.message.values) == {"month": month}
    assert fault.hint is not None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Năm 2030 - 2026", "2030", "2026"),
        ("Từ năm 2030 đến năm 2026", "2030", "2026"),
        ("Hằng năm, giai đoạn (2030-2026)", "2030", "2026"),
        ("từ quý III đến quý I", "2026-Q3", "2026-Q1"),
        ("tháng 5 - 3/2026", "2026-05", "2026-03"),
        ("từ 30/6 đến 01/3/2026", "2026-06-30", "2026-03-01"),
        ("quý IV/2026 - quý I/2026", "2026-Q4", "2026-Q1"),
    ],
)
def test_what_runs_backwards_is_named(text: str, first: str, last: str) -> None:
    fault = _fault(text)
    assert fault.message.template == "the period runs backwards: {first} is after {last}"
    assert dict(fault.message.values) == {"first": first, "last": last}
    assert fault.hint is not None


@pytest.mark.parametrize("text", ["Năm 0000", "Quý I/0000", "Tháng 1/0", "0000 - 0005", "cuối năm 0"])
def test_the_year_0_is_named(text: str) -> None:
    fault = _fault(text)
    assert fault.message.template == "there is no year {year}"
    assert dict(fault.message.values) == {"year": "0"}


@pytest.mark.parametrize("text", ["Quý ٣", "Năm ٢٠٢٦", "Trước ３０/6/2026"])
def test_digits_of_other_scripts_are_refused(text: str) -> None:
    assert isinstance(understand_deadline(text, ONE), UserError)


def test_thousands_of_years_are_refused() -> None:
    assert isinstance(understand_deadline("Hàng năm, giai đoạn (1000-9999)", ONE), UserError)


@pytest.mark.parametrize("text", ["25 lần/năm", "4 lần/quý", "5 lần/tháng"])
def test_what_is_too_often_for_ends_of_months_says_so(text: str) -> None:
    assert _fault(text).message.template == "{count} times do not fit into {months} months"


@each_row(
    "text",
    [
        *("kịp thời", "Đúng thời hạn.", "ngay", "Sớm nhất có thể", "Kịp thời, đúng quy định", "khẩn trương; kịp thời"),
        *("Định kỳ", "kịp thời\nđúng hạn", "ĐÚNG TIẾN ĐỘ"),
    ],
)
def test_what_says_how_but_not_when_is_told_so(text: str) -> None:
    fault = _fault(text)
    assert fault.message.template == "'{phrase}' names no time"
    assert dict(fault.message.values) == {"phrase": text}
    assert fault.hint is not None
    assert "thường xuyên" in fault.hint.template


@pytest.mark.parametrize(
    "text",
    ["Theo tiến độ", "Theo quy định", "Kịp thời, theo quy định", "Theo giai đoạn", "thực hiện theo lộ trình"],
)
def test_what_no_document_sets_is_asked(text: str) -> None:
    assert _fault(text).message.template == "'{words}' names no document that sets the time"


@pytest.mark.parametrize("text", ["Sau quý III/2026", "Ngay sau khi kết thúc quý II", "Khi hết năm 2026"])
def test_a_time_is_no_event(text: str) -> None:
    assert _fault(text).message.template == "'{words}' is a time and no event"


@pytest.mark.parametrize(
    "text",
    ["Hàng năm", "Hàng 6 tháng", "Tháng 2", "Trước 30/11", "Quý I hàng năm", "6 tháng đầu năm"],
)
def test_what_never_falls_into_the_plan_says_so(text: str) -> None:
    from qmsplan.model.period import quarter

    fault = understand_deadline(text, quarter(2026, 3))
    assert isinstance(fault, UserError)
    assert fault.message.template == "no such period lies inside the plan's period"


@pytest.mark.parametrize("text", ["Quý III (tháng 2)", "Tháng 6 (quý III)", "Quý II: 30/9"])
def test_times_that_contradict_each_other_are_told(text: str) -> None:
    assert _fault(text).message.template == "'{inner}' is no part of '{outer}'"


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


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Quý I năm 2O26", "Quý III năm 2026"),
        ("Qúi I năm 2026x", "Quý III năm 2026"),
        ("Trước 30/6/12", "Trước 30/6/2026"),
        ("Thưòng xuyên", "Thường xuyên"),
        ("tháng 9 năm nay", "Tháng 01 hàng năm"),
        ("6 tháng giữa năm", "6 tháng đầu năm 2026"),
        ("Chậm nhất 05 ngày làm việc", "Chậm nhất 05 ngày làm việc kể từ khi nhận được văn bản"),
    ],
)
def test_the_nearest_forms_come_first(text: str, near: str) -> None:
    hint = _fault(text).hint
    assert hint is not None
    assert near in dict(hint.values)["forms"].split("; ")


def test_a_long_phrase_is_refused_before_it_is_read() -> None:
    fault = _fault("Theo " + "x" * (LONGEST - 4))
    assert fault.message.template == "a deadline has at most {count} characters"
    assert dict(fault.message.values) == {"count": "300"}
    assert isinstance(understand_deadline("Theo " + "x" * (LONGEST - 5), ONE), Deadline)
