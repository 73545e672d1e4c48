"""Expectations worked out by hand from the catalogue of phrases (facts, 5.1), over 2026 and over 2026-2030."""

from __future__ import annotations

from typing import NamedTuple

from qmsplan.model.period import span_of_years, year

ONE, FIVE = year(2026), span_of_years(2026, 2030)


class Due(NamedTuple):
    """A phrase, its kind, and its due days over 2026 and over 2026-2030; `-` is an occurrence without a day."""

    phrase: str
    kind: str
    one: str
    five: str
    kind_over_five: str = ""


ENDS = "2026-12-31 2027-12-31 2028-12-31 2029-12-31 2030-12-31"
REPORTS = (
    "2026-01-31 2026-02-28 2026-03-31 2026-03-31 2026-04-30 2026-05-31 2026-06-30 2026-06-30 2026-06-30 2026-07-31 "
    "2026-08-31 2026-09-30 2026-09-30 2026-09-30 2026-10-31 2026-11-30 2026-12-31 2026-12-31 2026-12-31"
)
"""Twelve months, four quarters, and 6 months, 9 months and the year once each."""
MONTHS = (
    "2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31 2026-06-30 "
    "2026-07-31 2026-08-31 2026-09-30 2026-10-31 2026-11-30 2026-12-31"
)


def _over_five_years(days: str) -> str:
    """The same days in each of five years; 2028 has a 29 February."""
    years = (days.replace("2026", str(number)) for number in range(2026, 2031))
    return " ".join(year.replace("2028-02-28", "2028-02-29") for year in years)


EXAMPLES = (
    Due("Trong năm 2026", "period", "2026-12-31", "2026-12-31"),
    Due("Trong năm", "period", "2026-12-31", ENDS, "recurring"),
    Due("Quý I năm 2026", "period", "2026-03-31", "2026-03-31"),
    Due("Quý I hàng năm", "recurring", "2026-03-31", "2026-03-31 2027-03-31 2028-03-31 2029-03-31 2030-03-31"),
    Due("Quý III", "period", "2026-09-30", "2026-09-30 2027-09-30 2028-09-30 2029-09-30 2030-09-30", "recurring"),
    Due("Tháng 9/2026", "period", "2026-09-30", "2026-09-30"),
    Due("Tháng 01 hàng năm", "recurring", "2026-01-31", "2026-01-31 2027-01-31 2028-01-31 2029-01-31 2030-01-31"),
    Due("Tháng 9", "period", "2026-09-30", "2026-09-30 2027-09-30 2028-09-30 2029-09-30 2030-09-30", "recurring"),
    Due("Trước 30/6/2026", "date", "2026-06-30", "2026-06-30"),
    Due("Trước ngày 15 tháng 08 năm 2026", "date", "2026-08-15", "2026-08-15"),
    Due(
        "Trước ngày 30/11 hàng năm", "recurring", "2026-11-30", "2026-11-30 2027-11-30 2028-11-30 2029-11-30 2030-11-30"
    ),
    Due("6 tháng đầu năm 2026", "period", "2026-06-30", "2026-06-30"),
    Due("6 tháng cuối năm", "period", "2026-12-31", ENDS, "recurring"),
    Due("Năm 2026 - 2030", "period", "2030-12-31", "2030-12-31"),
    Due("Hàng tháng, quý, 6 tháng, 9 tháng và năm", "recurring", REPORTS, _over_five_years(REPORTS)),
    Due("Theo định kỳ hàng năm", "recurring", "2026-12-31", ENDS),
    Due(
        "Hằng năm, giai đoạn (2021-2025)",
        "recurring",
        "2021-12-31 2022-12-31 2023-12-31 2024-12-31 2025-12-31",
        "2021-12-31 2022-12-31 2023-12-31 2024-12-31 2025-12-31",
    ),
    Due("Hằng năm, giai đoạn", "recurring", "2026-12-31", ENDS),
    Due("Thường xuyên", "continuous", "- - - -", " ".join("-" * 20)),
    Due("Sau khi có văn bản triển khai của Sở Nội vụ", "event", "-", "-"),
    Due("Hàng năm (Sau khi UBND tỉnh ban hành Kế hoạch)", "event", "-", "- - - - -"),
    Due("Hàng năm theo văn bản, Kế hoạch của Sở Nội vụ", "reference", "2026-12-31", ENDS),
    Due("Theo Kế hoạch của tỉnh", "reference", "2026-12-31", "2030-12-31"),
)
"""The examples of the table of forms."""

TYPED = (
    # 000
    Due("Thực hiện theo các chương trình, kế hoạch ngay từ đầu năm.", "reference", "2026-12-31", "2030-12-31"),
    # 001
    Due("Cả năm 2026.", "period", "2026-12-31", "2026-12-31"),
    Due("Quý I năm 2026.", "period", "2026-03-31", "2026-03-31"),
    Due("Quý III năm 2026.", "period", "2026-09-30", "2026-09-30"),
    Due("Quý IV năm 2026.", "period", "2026-12-31", "2026-12-31"),
    Due("Theo định kỳ hàng năm.", "recurring", "2026-12-31", ENDS),
    Due("hàng năm", "recurring", "2026-12-31", ENDS),
    Due("khi có thay đổi về nhân sự", "event", "-", "-"),
    Due("khi có sự thay đổi về pháp luật, nhân sự...", "event", "-", "-"),
    # 002
    Due("Hằng năm", "recurring", "2026-12-31", ENDS),
    Due("Hàng năm", "recurring", "2026-12-31", ENDS),
    Due("giai đoạn 2021 - 2025", "period", "2025-12-31", "2025-12-31"),
    Due("2021 - 2030", "period", "2030-12-31", "2030-12-31"),
    Due("Từ năm 2021 đến năm 2025", "period", "2025-12-31", "2025-12-31"),
    Due("khi có yêu cầu", "event", "-", "-"),
    # 003
    Due("Khi được lấy ý kiến", "event", "-", "-"),
    Due("khi được yêu cầu", "event", "-", "-"),
    Due("Ngay sau khi Kế hoạch CCHC được ban hành", "event", "-", "-"),
    Due("Sau khi Sở Nội vụ công bố kết quả chấm điểm chi tiết", "event", "-", "-"),
    Due("Sau khi có hướng dẫn của Sở Tài chính", "event", "-", "-"),
    Due("Khi có dự thảo văn bản QPPL có quy định TTHC", "event", "-", "-"),
    Due("Theo văn bản, Kế hoạch của Sở Nội vụ", "reference", "2026-12-31", "2030-12-31"),
    Due("Theo Kế hoạch của tỉnh, văn bản của Sở Nội vụ", "reference", "2026-12-31", "2030-12-31"),
    Due("Theo hướng dẫn của Sở Khoa học và Công nghệ", "reference", "2026-12-31", "2030-12-31"),
    Due("trong năm", "period", "2026-12-31", ENDS, "recurring"),
    Due(
        "hàng quý",
        "recurring",
        "2026-03-31 2026-06-30 2026-09-30 2026-12-31",
        _over_five_years("2026-03-31 2026-06-30 2026-09-30 2026-12-31"),
    ),
    # met elsewhere
    Due("trước ngày 15 tháng 08 năm 2026", "date", "2026-08-15", "2026-08-15"),
    Due(
        "trước ngày 30/11 hàng năm", "recurring", "2026-11-30", "2026-11-30 2027-11-30 2028-11-30 2029-11-30 2030-11-30"
    ),
    Due(
        "6 tháng đầu năm", "period", "2026-06-30", "2026-06-30 2027-06-30 2028-06-30 2029-06-30 2030-06-30", "recurring"
    ),
    Due("hết Quý II", "period", "2026-06-30", "2026-06-30 2027-06-30 2028-06-30 2029-06-30 2030-06-30", "recurring"),
    # others that one would type
    Due("Hàng tháng", "recurring", MONTHS, _over_five_years(MONTHS)),
    Due("Định kỳ hàng 6 tháng", "recurring", "2026-06-30 2026-12-31", _over_five_years("2026-06-30 2026-12-31")),
    Due("Tháng 02/2028", "period", "2028-02-29", "2028-02-29"),
    Due("Tháng 2", "period", "2026-02-28", "2026-02-28 2027-02-28 2028-02-29 2029-02-28 2030-02-28", "recurring"),
    Due("Chậm nhất ngày 29/02/2028", "date", "2028-02-29", "2028-02-29"),
    Due("Đến hết ngày 31-12-2026", "date", "2026-12-31", "2026-12-31"),
    Due("Ngày 05/3/2026", "date", "2026-03-05", "2026-03-05"),
    Due("Quý 3/2026", "period", "2026-09-30", "2026-09-30"),
    Due("Quý 04 năm 2026", "period", "2026-12-31", "2026-12-31"),
    Due("Suốt năm 2026", "period", "2026-12-31", "2026-12-31"),
    Due("Thường xuyên trong năm", "continuous", "- - - -", " ".join("-" * 20)),
    Due("liên tục", "continuous", "- - - -", " ".join("-" * 20)),
)
"""Phrases of the source documents, and what else is typed like them."""
