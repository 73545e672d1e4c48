"""Expectations worked out by hand from the catalogue of phrases (facts, 5.1) and the language behind it, over 2026 and
over 2026-2030."""

from __future__ import annotations

from calendar import monthrange
from typing import NamedTuple

from qmsplan.model.period import span_of_years, year

ONE, FIVE = year(2026), span_of_years(2026, 2030)
YEARS = range(2026, 2031)


class Due(NamedTuple):
    """A phrase, its kind, and its due days over 2026 and over 2026-2030; `-` is an occurrence without a day."""

    phrase: str
    kind: str
    one: str
    five: str
    kind_over_five: str = ""


def ends(*months: int) -> str:
    """The last days of some months of 2026."""
    return " ".join(f"2026-{month:02d}-{monthrange(2026, month)[1]}" for month in months)


def yearly(days: str) -> str:
    """The same days in each of five years; 2028 has a 29 February."""
    years = (days.replace("2026", str(number)) for number in YEARS)
    return " ".join(each.replace("2028-02-28", "2028-02-29") for each in years)


def named(phrase: str, kind: str, days: str) -> Due:
    """What names its years: the same over any plan."""
    return Due(phrase, kind, days, days)


def each(phrase: str, days: str, kind: str = "period") -> Due:
    """What names no year: of each year of a long plan."""
    return Due(phrase, kind, days, yearly(days), "recurring" if kind in {"period", "date"} else "")


def again(phrase: str, days: str) -> Due:
    """What comes again each year by its own words."""
    return each(phrase, days, "recurring")


def once(phrase: str, kind: str = "event") -> Due:
    """What waits once, however long the plan."""
    return Due(phrase, kind, "-", "-")


END = "2026-12-31"
ENDS = yearly(END)
QUARTERS = ends(3, 6, 9, 12)
MONTHS = ends(*range(1, 13))
HALVES = ends(6, 12)
REPORTS = " ".join(sorted((MONTHS + " " + QUARTERS + " " + ends(6, 9, 12)).split()))
"""Twelve months, four quarters, and 6 months, 9 months and the year once each."""
ALWAYS = ("- - - -", " ".join("-" * 20))

CATALOGUE = (
    # 000
    named("Trong năm 2026", "period", END),
    Due("Thực hiện theo các chương trình, kế hoạch ngay từ đầu năm.", "reference", END, ENDS),
    named("Hàng tháng, quý, 6 tháng, 9 tháng và năm 2026", "recurring", REPORTS),
    again("hàng tháng, quý, 6 tháng, 9 tháng và năm", REPORTS),
    once("đột xuất theo yêu cầu"),
    # 001
    named("Cả năm 2026.", "period", END),
    named("Quý I năm 2026.", "period", ends(3)),
    named("Quý III năm 2026", "period", ends(9)),
    named("Quý IV năm 2026.", "period", END),
    again("Theo định kỳ hàng năm.", END),
    again("ít nhất 01 lần/năm", END),
    again("hàng năm", END),
    once("khi có thay đổi về nhân sự"),
    once("khi có sự thay đổi về pháp luật, nhân sự..."),
    # 002
    again("Hằng năm", END),
    again("Hằng năm, giai đoạn", END),
    again("Hằng năm, \ngiai đoạn", END),
    named("Hằng năm, giai đoạn (2021-2025)", "recurring", " ".join(f"{number}-12-31" for number in range(2021, 2026))),
    named("giai đoạn 2021 - 2025", "period", "2025-12-31"),
    named("2021 - 2030", "period", "2030-12-31"),
    named("giai đoạn I: Từ năm 2021 đến năm 2025", "period", "2025-12-31"),
    Due("cùng thời điểm lập dự toán hằng năm", "event", "-", "- - - - -"),
    once("khi có yêu cầu"),
    Due("Thường xuyên", "continuous", *ALWAYS),
    # 003
    once("Khi được lấy ý kiến"),
    once("khi được yêu cầu"),
    named("Trước 30/6/2026", "date", "2026-06-30"),
    again("Tháng 01 hàng năm", ends(1)),
    named("Năm 2026 - 2030", "period", "2030-12-31"),
    once("Ngay sau khi Kế hoạch CCHC được ban hành"),
    once("Sau khi có văn bản triển khai của Sở Nội vụ"),
    once("Sau khi có văn bản triển khai của tỉnh, Sở Nội vụ, Sở Tài chính, Sở Khoa học và Công nghệ"),
    once("Sau khi Sở Nội vụ công bố kết quả chấm điểm chi tiết"),
    once("Sau khi có hướng dẫn của Sở Tài chính"),
    once("Khi có dự thảo văn bản QPPL có quy định TTHC"),
    Due("Hàng năm (Sau khi UBND tỉnh ban hành Kế hoạch)", "event", "-", "- - - - -"),
    Due("Theo văn bản, Kế hoạch của Sở Nội vụ", "reference", END, "2030-12-31"),
    Due("Hàng năm theo văn bản, Kế hoạch của Sở Nội vụ", "reference", END, ENDS),
    Due("Theo Kế hoạch của tỉnh, văn bản của Sở Nội vụ", "reference", END, "2030-12-31"),
    Due("Theo văn bản của Sở Nội vụ", "reference", END, "2030-12-31"),
    Due("Theo Kế hoạch của tỉnh", "reference", END, "2030-12-31"),
    Due("Theo Kế hoạch của Sở Khoa học và Công nghệ", "reference", END, "2030-12-31"),
    Due("Theo hướng dẫn của Sở Khoa học và Công nghệ và cơ quan có liên quan", "reference", END, "2030-12-31"),
    Due(
        "Theo Kế hoạch ngân sách của tỉnh; đề nghị của Sở Khoa học và Công nghệ và các cơ quan có liên quan",
        "reference",
        END,
        "2030-12-31",
    ),
    each("từ đầu năm", END),
    each("trong năm", END),
    again("hàng quý", QUARTERS),
    # met elsewhere
    named("Quý II và Quý III/2026", "period", ends(6, 9)),
    named("trước ngày 15 tháng 08 năm 2026", "date", "2026-08-15"),
    again("trước ngày 30/11 hàng năm", "2026-11-30"),
    Due(
        "trước ngày 05 tháng kế tiếp",
        "recurring",
        " ".join(f"2026-{month:02d}-05" for month in range(2, 13)) + " 2027-01-05",
        " ".join(f"{number}-{month:02d}-05" for number in YEARS for month in range(1, 13))[11:] + " 2031-01-05",
    ),
    each("6 tháng đầu năm", ends(6)),
    each("6 tháng cuối năm", END),
    each("hết Quý II", ends(6)),
)
"""Every phrase of the catalogue that names a time, and those that were met in other plans."""

STRETCHES = (
    named("quý 3/2026", "period", ends(9)),
    named("Q.III/2026", "period", ends(9)),
    named("Q3-2026", "period", ends(9)),
    named("QIII/2026", "period", ends(9)),
    named("Quý 04 năm 2026", "period", END),
    named("quý III, năm 2026", "period", ends(9)),
    named("quý III của năm 2026", "period", ends(9)),
    each("quý III", ends(9)),
    each("quý ba", ends(9)),
    named("tháng 9/2026", "period", ends(9)),
    named("tháng 9 năm 2026", "period", ends(9)),
    named("T9/2026", "period", ends(9)),
    named("Trước 9/2026", "date", ends(8)),
    each("tháng 9", ends(9)),
    each("Tháng 2", ends(2)),
    named("Tháng 02/2028", "period", "2028-02-29"),
    named("năm 2026", "period", END),
    named("6 tháng đầu năm 2026", "period", ends(6)),
    named("03 tháng cuối năm 2026", "period", END),
    each("nửa đầu năm", ends(6)),
    each("9 tháng đầu năm", ends(9)),
    each("9 tháng năm", ends(9)),
    each("đầu năm", ends(3)),
    each("giữa năm", ends(6)),
    each("cuối năm", END),
    named("Cuối năm 2026", "period", END),
    named("đầu tháng 6/2026", "period", "2026-06-10"),
    each("giữa tháng 6", "2026-06-20"),
    each("cuối tháng 6", ends(6)),
    each("thượng tuần tháng 6", "2026-06-10"),
    each("đầu quý II", ends(4)),
    each("giữa quý II", ends(5)),
    named("cuối quý II/2026", "period", ends(6)),
    again("đầu quý", ends(1, 4, 7, 10)),
    again("cuối mỗi quý", QUARTERS),
    again("cuối tháng", MONTHS),
    each("tuần đầu tháng 6", "2026-06-07"),
    each("tuần cuối tháng 6", ends(6)),
    each("tuần thứ hai tháng 6", "2026-06-14"),
    again("tháng đầu quý", ends(1, 4, 7, 10)),
    again("Tháng cuối của quý", QUARTERS),
    each("tháng đầu quý III", ends(7)),
    named("15/8/2026", "date", "2026-08-15"),
    named("22-5-2023", "date", "2023-05-22"),
    named("15.8.2026", "date", "2026-08-15"),
    named("Ngày 05/3/2026", "date", "2026-03-05"),
    named("ngày 15 tháng 08 năm 2026", "date", "2026-08-15"),
    each("ngày 15/8", "2026-08-15", "date"),
    each("Trước 30/6", "2026-06-30", "date"),
    named("2026-06-30", "date", "2026-06-30"),
    named("Ngày cuối cùng của tháng 6/2026", "date", ends(6)),
)
"""One stretch of the calendar."""

LISTS = (
    named("quý I, II và III/2026", "period", ends(3, 6, 9)),
    each("quý I, II và III", ends(3, 6, 9)),
    each("Quý II và quý IV", ends(6, 12)),
    each("tháng 3, 6, 9, 12", QUARTERS),
    named("các tháng 3, 6, 9 và 12 năm 2026", "period", QUARTERS),
    named("30/6 và 31/12/2026", "date", HALVES),
    named("Trước 30/6 và trước 31/12/2026", "date", HALVES),
    named("15 và 30/6/2026", "date", "2026-06-15 2026-06-30"),
    named("ngày 15 và ngày 30 tháng 6 năm 2026", "date", "2026-06-15 2026-06-30"),
    named("năm 2026, 2028 và 2030", "period", "2026-12-31 2028-12-31 2030-12-31"),
    named("Quý I/2026; Quý III/2027", "period", "2026-03-31 2027-09-30"),
    named("Tháng 6 và Quý IV năm 2026", "period", HALVES),
    named("đầu tháng 6, 9 năm 2026", "period", "2026-06-10 2026-09-10"),
)
"""Lists: one occurrence each."""

RANGES = (
    named("quý I - quý II/2026", "period", ends(6)),
    named("Quý I-II/2026", "period", ends(6)),
    named("từ quý I đến quý III năm 2026", "period", ends(9)),
    each("từ quý I đến hết quý III", ends(9)),
    named("tháng 3 - 5/2026", "period", ends(5)),
    named("từ tháng 3 đến tháng 5 năm 2026", "period", ends(5)),
    named("Từ tháng 11/2026 đến tháng 02/2027", "period", "2027-02-28"),
    named("từ 01/3 đến 30/6/2026", "period", ends(6)),
    named("từ ngày 01/3/2026 đến hết ngày 30/6/2026", "period", ends(6)),
    named("Từ ngày 01 đến ngày 15 tháng 6 năm 2026", "period", "2026-06-15"),
    named("01 - 15/6/2026", "period", "2026-06-15"),
    named("từ năm 2021 đến hết năm 2025", "period", "2025-12-31"),
    named("2026-2030", "period", "2030-12-31"),
    named("Giai đoạn (2026-2030)", "period", "2030-12-31"),
    named("Quý I-II và quý IV/2026", "period", HALVES),
    each("từ đầu năm đến cuối quý II", ends(6)),
    each("ngay từ đầu năm", END),
    Due("Từ quý II", "continuous", "- - -", " ".join("-" * 15)),
    Due("Từ ngày 01/7/2026", "continuous", "- -", " ".join("-" * 18)),
)
"""Ranges: one occurrence, due at the end."""

BOUNDS = (
    named("trước ngày 30-6-2026", "date", "2026-06-30"),
    named("Chậm nhất là vào ngày 29/02/2028", "date", "2028-02-29"),
    named("không muộn hơn 30/6/2026", "date", "2026-06-30"),
    named("muộn nhất ngày 30/6/2026", "date", "2026-06-30"),
    named("Đến 30/6/2026", "date", "2026-06-30"),
    named("Đến hết ngày 31-12-2026", "date", END),
    named("đến hết năm 2026", "period", END),
    named("Hoàn thành trước 30/6/2026", "date", "2026-06-30"),
    named("Hoàn thành trong quý II/2026", "period", ends(6)),
    named("xong trước ngày 30 tháng 6 năm 2026", "date", "2026-06-30"),
    named("Thực hiện trong năm 2026", "period", END),
    named("Dự kiến tháng 6/2026", "period", ends(6)),
    named("Khoảng tháng 6/2026", "period", ends(6)),
    named("Vào tháng 6/2026", "period", ends(6)),
    named("trước quý III/2026", "date", ends(6)),
    each("trước quý III", ends(6), "date"),
    named("Trước tháng 6/2026", "date", ends(5)),
    named("trước năm 2027", "date", END),
    each("trước hết quý II", ends(6)),
    each("Trước cuối quý II", ends(6)),
    named("Từ nay đến hết quý II/2026", "period", ends(6)),
)
"""What stands before a stretch."""

FIFTEENTHS = " ".join(f"2026-{month:02d}-15" for month in range(1, 13))
RECURRING = (
    again("Hàng tháng", MONTHS),
    again("Mỗi năm", END),
    again("từng quý", QUARTERS),
    again("Thường niên", END),
    again("theo quý, hàng quý", QUARTERS),
    again("Định kỳ hàng 6 tháng", HALVES),
    again("định kỳ quý", QUARTERS),
    again("6 tháng", HALVES),
    again("9 tháng", ends(9)),
    again("nửa năm, năm", ends(6, 12)),
    again("hàng tháng, hàng quý và hàng năm", " ".join(sorted(f"{MONTHS} {QUARTERS} {END}".split()))),
    again("định kỳ 6 tháng, năm", ends(6, 12)),
    again("Báo cáo quý, 6 tháng, năm", ends(3, 6, 6, 9, 12, 12)),
    again("sơ kết 6 tháng, tổng kết năm", ends(6, 12)),
    again("quý I hàng năm", ends(3)),
    again("Hàng năm, vào quý I", ends(3)),
    again("Hàng năm (Quý I)", ends(3)),
    again("quý I và quý III hàng năm", ends(3, 9)),
    again("Hàng năm, trước ngày 30/11", "2026-11-30"),
    again("Trước 30/11 mỗi năm", "2026-11-30"),
    again("ngày 15 hàng tháng", FIFTEENTHS),
    again("Hàng tháng, trước ngày 15", FIFTEENTHS),
    again(
        "ngày 05 và 20 hàng tháng",
        " ".join(f"2026-{month:02d}-{day}" for month in range(1, 13) for day in ("05", "20")),
    ),
    again("ngày 31 hàng tháng", MONTHS),
    again("ngày 20 tháng cuối quý", "2026-03-20 2026-06-20 2026-09-20 2026-12-20"),
    again("Hàng quý (trước ngày 20 tháng cuối quý)", "2026-03-20 2026-06-20 2026-09-20 2026-12-20"),
    Due(
        "Trước ngày 15 quý kế tiếp",
        "recurring",
        "2026-04-15 2026-07-15 2026-10-15 2027-01-15",
        " ".join(f"{number}-{month:02d}-15" for number in YEARS for month in (1, 4, 7, 10))[11:] + " 2031-01-15",
    ),
    Due(
        "ngày 10 tháng đầu quý sau",
        "recurring",
        "2026-04-10 2026-07-10 2026-10-10 2027-01-10",
        " ".join(f"{number}-{month:02d}-10" for number in YEARS for month in (1, 4, 7, 10))[11:] + " 2031-01-10",
    ),
    Due("ngày 15/01 năm sau", "date", "2027-01-15", yearly("2026-01-15")[11:] + " 2031-01-15", "recurring"),
    Due(
        "Chậm nhất 10 ngày sau khi kết thúc quý",
        "recurring",
        "2026-04-10 2026-07-10 2026-10-10 2027-01-10",
        " ".join(f"{number}-{month:02d}-10" for number in YEARS for month in (1, 4, 7, 10))[11:] + " 2031-01-10",
    ),
    named("Hàng quý năm 2026", "recurring", QUARTERS),
    Due("Hàng quý, giai đoạn 2026 - 2027", "recurring", QUARTERS, f"{QUARTERS} {QUARTERS.replace('2026', '2027')}"),
    Due("Quý I hàng năm, giai đoạn 2026-2028", "recurring", "2026-03-31", "2026-03-31 2027-03-31 2028-03-31"),
    again("2 lần/năm", HALVES),
    again("mỗi năm hai lần", HALVES),
    again("Một năm 4 lần", QUARTERS),
    again("mỗi năm một lần", END),
    again("01 lần mỗi năm", END),
    again("1 lần/quý", QUARTERS),
    again("Tối thiểu 02 lần/quý", ends(2, 3, 5, 6, 8, 9, 11, 12)),
    again("5 lần/năm", ends(3, 5, 8, 10, 12)),
    again("năm lần một năm", ends(3, 5, 8, 10, 12)),
    again("6 tháng một lần", HALVES),
    again("Định kỳ 6 tháng/lần", HALVES),
    again("3 tháng/lần", QUARTERS),
    again("mỗi tháng 01 lần", MONTHS),
    Due("02 năm một lần", "recurring", "2027-12-31", "2027-12-31 2029-12-31"),
    Due("Mỗi 02 năm", "recurring", "2027-12-31", "2027-12-31 2029-12-31"),
    named("02 lần trong năm 2026", "recurring", HALVES),
)
"""What comes again."""

CONTINUOUS = (
    *(
        Due(text, "continuous", *ALWAYS)
        for text in (
            *(
                "liên tục",
                "Thường xuyên trong năm",
                "Thường xuyên, liên tục",
                "trong suốt năm",
                "Hàng ngày",
                "Quanh năm",
            ),
            *("hằng ngày", "Thường xuyên và liên tục.", "Thường xuyên, kịp thời", "Thường xuyên hằng năm", "Hàng tuần"),
            *("THƯỜNG XUYÊN", "Thực hiện thường xuyên", "01 lần/tuần"),
        )
    ),
    named("Suốt năm 2026", "continuous", "- - - -"),
    named("Thường xuyên trong quý III/2026", "continuous", "-"),
    Due("Thường xuyên, giai đoạn 2026 - 2030", "continuous", ALWAYS[1], ALWAYS[1]),
)
"""What goes on all the time."""

WORDED = (
    once("Sau khi UBND tỉnh ban hành Kế hoạch và văn bản hướng dẫn"),
    once("Ngay khi có kết quả"),
    once("Mỗi khi có thay đổi"),
    once("Đột xuất"),
    once("Theo yêu cầu của Sở Tư pháp"),
    once("Chậm nhất 05 ngày làm việc kể từ khi nhận được hồ sơ"),
    once("Trong vòng 10 ngày kể từ ngày có kết quả"),
    once("05 (năm) ngày làm việc sau khi kết thúc đợt kiểm tra"),
    once("Sau khi kết thúc đợt kiểm tra 10 ngày"),
    once("Trước khi Hội đồng họp"),
    once("Sau Hội nghị sơ kết"),
    Due("Sau khi UBND tỉnh ban hành Kế hoạch hằng năm", "event", "-", "- - - - -"),
    Due("Theo Kế hoạch hằng năm", "reference", END, ENDS),
    Due("Theo hướng dẫn của Bộ Tư pháp trong quý III/2026", "reference", ends(9), ends(9)),
    named("Trong vòng 10 ngày kể từ ngày 30/6/2026", "date", "2026-07-10"),
    Due("Hàng quý, sau khi có số liệu", "event", "- - - -", " ".join("-" * 20)),
    Due("Quý I hàng năm (theo Kế hoạch của Sở Nội vụ)", "reference", ends(3), yearly(ends(3))),
)
"""Events and other documents."""

COMBINED = (
    Due("Quý I hàng năm và khi có thay đổi về nhân sự", "combined", f"{ends(3)} -", f"{yearly(ends(3))} -"),
    Due("Hàng năm hoặc khi có yêu cầu", "combined", f"{END} -", ""),
    Due("Thường xuyên; báo cáo trước 15/12/2026", "combined", "- - - 2026-12-15 -", ""),
    Due("Thường xuyên\nBáo cáo: Quý IV", "combined", f"- - - {END} -", ""),
    Due("Hàng năm; đột xuất theo yêu cầu", "combined", f"{END} -", ""),
    Due("Theo Kế hoạch của tỉnh; báo cáo trước 15/12/2026", "combined", f"2026-12-15 {END}", "2026-12-15 2030-12-31"),
    Due("Hàng quý và trước 15/12/2026", "combined", f"{ends(3, 6, 9)} 2026-12-15 {END}", ""),
    each("Xây dựng kế hoạch: Quý I; báo cáo: Quý IV", ends(3, 12)),
    each("- Xây dựng kế hoạch: Quý I\n- Báo cáo: Quý IV", ends(3, 12)),
    each("Quý I: xây dựng kế hoạch; Quý IV: báo cáo", ends(3, 12)),
    each("Quý I (xây dựng kế hoạch), Quý IV (tổng kết)", ends(3, 12)),
    named("Triển khai thực hiện trong quý II năm 2026", "period", ends(6)),
    named("Tổ chức tháng 6/2026; tổng kết tháng 12/2026", "period", HALVES),
    again("Báo cáo định kỳ hàng quý", QUARTERS),
    named("Quý II/2026 (dự kiến)", "period", ends(6)),
    named("Quý II/2026 (tháng 6)", "period", ends(6)),
)
"""Several deadlines in one cell, and words that only say what is due. Without days over five years where "" stands."""

TYPED = (*CATALOGUE, *STRETCHES, *LISTS, *RANGES, *BOUNDS, *RECURRING, *CONTINUOUS, *WORDED, *COMBINED)
