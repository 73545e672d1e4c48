"""Words of column headings, of details in lines, of closing sentences and of names of units, as data. Each row of a
table has an example, which is its test: a new heading that offices use is one line here.

A heading counts for the row with the longest words that stand in it; `Đơn vị tính` is no `Đơn vị`. `…` stands for words
that differ from office to office: `lãnh đạo … phụ trách`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from qmsplan.conformity.pieces import folded
from qmsplan.importing.lines import Grid
from qmsplan.model.text import plain


class ColumnWord(NamedTuple):
    """Words that make a column of a field. Fields are those of items; `objective`, `indicator`, `task`, `activity` and
    `content` are columns of texts, of which `columns` decides; `result` is left to be filled in."""

    field: str
    words: str
    example: str


COLUMN_WORDS = tuple(
    ColumnWord(*row)
    for row in (
        ("number", "tt", "TT"),
        ("number", "stt", "STT"),
        ("number", "số tt", "Số TT"),
        ("number", "số thứ tự", "Số thứ tự"),
        ("number", "mã số", "Mã số"),
        ("number", "thứ tự", "Thứ tự"),
        ("number", "mã việc", "Mã việc"),
        ("number", "mã nhiệm vụ", "Mã nhiệm vụ"),
        ("group", "lĩnh vực", "Lĩnh vực công tác"),
        ("group", "nhóm", "Nhóm"),
        ("group", "nhóm chỉ số", "Nhóm chỉ số"),
        ("group", "nhóm nhiệm vụ", "Nhóm nhiệm vụ"),
        ("group", "loại việc", "Loại việc"),
        ("group", "phân loại", "Phân loại"),
        ("group", "mảng công tác", "Mảng công tác"),
        ("objective", "mục tiêu", "Mục tiêu"),
        ("objective", "mục tiêu chất lượng", "Mục tiêu chất lượng năm 2026"),
        ("objective", "mục tiêu cụ thể", "Mục tiêu cụ thể"),
        ("objective", "nội dung mục tiêu", "Nội dung mục tiêu"),
        ("objective", "mục tiêu cấp trường", "Mục tiêu cấp trường"),
        ("indicator", "chỉ tiêu", "Chỉ tiêu"),
        ("indicator", "chỉ số", "Chỉ số"),
        ("indicator", "tên chỉ tiêu", "Tên chỉ tiêu"),
        ("indicator", "tên chỉ số", "Tên chỉ số"),
        ("indicator", "kpi", "Chỉ số (KPI)"),
        ("indicator", "tiêu chí", "Tiêu chí"),
        ("task", "nhiệm vụ", "Nhiệm vụ trọng tâm"),
        ("task", "tên nhiệm vụ", "Tên nhiệm vụ"),
        ("task", "nội dung nhiệm vụ", "Nội dung nhiệm vụ"),
        ("task", "nhiệm vụ, giải pháp", "Nhiệm vụ, giải pháp"),
        ("activity", "hoạt động", "Hoạt động"),
        ("activity", "nội dung hoạt động", "Nội dung hoạt động"),
        ("activity", "các bước thực hiện", "Các bước thực hiện"),
        ("activity", "công việc cụ thể", "Công việc cụ thể"),
        ("content", "nội dung", "Nội dung"),
        ("content", "nội dung công việc", "Nội dung công việc"),
        ("content", "nội dung chi", "Nội dung chi"),
        ("content", "nội dung thực hiện", "Nội dung thực hiện"),
        ("content", "công việc", "Công việc"),
        ("content", "tên công việc", "Tên công việc"),
        ("content", "đầu việc", "Đầu việc"),
        ("content", "hạng mục", "Hạng mục"),
        ("content", "chương trình", "Chương trình đào tạo"),
        ("content", "dự án", "Tên dự án"),
        ("content", "đề án", "Đề án"),
        ("content", "tên văn bản", "Tên văn bản"),
        ("content", "tên đề tài", "Tên đề tài"),
        ("content", "nghĩa vụ", "Nghĩa vụ báo cáo"),
        ("content", "chuyên đề", "Chuyên đề"),
        ("content", "khóa đào tạo", "Khóa đào tạo"),
        ("measures", "biện pháp", "Biện pháp"),
        ("measures", "biện pháp thực hiện", "Biện pháp thực hiện"),
        ("measures", "giải pháp", "Giải pháp thực hiện"),
        ("measures", "cách thức thực hiện", "Cách thức thực hiện"),
        ("measures", "hành động", "Hành động cần thực hiện"),
        ("measures", "nguồn lực, biện pháp", "Nguồn lực, biện pháp thực hiện"),
        ("target", "giá trị chỉ tiêu", "Giá trị chỉ tiêu"),
        ("target", "giá trị mục tiêu", "Giá trị mục tiêu"),
        ("target", "chỉ tiêu năm", "Chỉ tiêu năm"),
        ("target", "chỉ tiêu giai đoạn", "Chỉ tiêu giai đoạn"),
        ("target", "mục tiêu giai đoạn", "Mục tiêu giai đoạn 2026 - 2030"),
        ("target", "cả giai đoạn", "Cả giai đoạn"),
        ("target", "mục tiêu năm", "Mục tiêu năm"),
        ("target", "kế hoạch năm", "Kế hoạch năm"),
        ("target", "chỉ tiêu giao", "Chỉ tiêu giao"),
        ("target", "chỉ tiêu cần đạt", "Chỉ tiêu cần đạt"),
        ("target", "kế hoạch giao", "Kế hoạch giao"),
        ("target", "giá trị cần đạt", "Giá trị cần đạt"),
        ("target", "mức đạt", "Mức đạt"),
        ("target", "mức … đạt", "Mức phải đạt"),
        ("target", "cả năm", "Cả năm"),
        ("target", "giá trị", "Giá trị"),
        ("target", "ngưỡng đạt", "Ngưỡng đạt"),
        ("unit", "đơn vị tính", "Đơn vị tính"),
        ("unit", "đvt", "ĐVT"),
        ("unit", "đơn vị đo", "Đơn vị đo"),
        ("frequency", "tần suất", "Tần suất"),
        ("frequency", "tần suất đo", "Tần suất đo"),
        ("frequency", "chu kỳ đo", "Chu kỳ đo"),
        ("frequency", "chu kỳ", "Chu kỳ báo cáo"),
        ("frequency", "kỳ báo cáo", "Kỳ báo cáo"),
        ("frequency", "tần suất đánh giá", "Tần suất đánh giá"),
        ("base", "giá trị gốc", "Giá trị gốc"),
        ("base", "hiện trạng", "Hiện trạng"),
        ("base", "năm gốc", "Năm gốc 2025 (ước thực hiện)"),
        ("base", "năm cơ sở", "Năm cơ sở 2025"),
        ("base", "số liệu nền", "Số liệu nền"),
        ("base", "thực hiện năm trước", "Thực hiện năm trước"),
        ("base", "kết quả kỳ gốc", "Kết quả kỳ gốc"),
        ("base", "kỳ gốc", "Kỳ gốc"),
        ("threshold", "ngưỡng cảnh báo", "Ngưỡng cảnh báo"),
        ("threshold", "ngưỡng", "Ngưỡng"),
        ("method", "phương pháp", "Phương pháp theo dõi"),
        ("method", "cách xác định", "Cách xác định"),
        ("measures", "phương pháp thực hiện", "Phương pháp thực hiện"),
        ("method", "phương pháp đo", "Phương pháp đo"),
        ("method", "phương pháp tính", "Phương pháp tính"),
        ("method", "công thức", "Công thức"),
        ("method", "công thức tính", "Công thức tính"),
        ("method", "cách tính", "Cách tính"),
        ("method", "cách đo", "Cách đo"),
        ("source", "nguồn dữ liệu", "Nguồn dữ liệu"),
        ("source", "nguồn số liệu", "Nguồn số liệu"),
        ("source", "nguồn đo", "Nguồn đo"),
        ("source", "nguồn thông tin", "Nguồn thông tin"),
        ("monitor", "theo dõi", "Theo dõi"),
        ("monitor", "người theo dõi", "Người theo dõi"),
        ("monitor", "cơ quan theo dõi", "Cơ quan theo dõi"),
        ("monitor", "lãnh đạo phụ trách", "Lãnh đạo phụ trách"),
        ("monitor", "lãnh đạo chỉ đạo", "Lãnh đạo chỉ đạo"),
        ("monitor", "lãnh đạo … phụ trách", "Lãnh đạo Cục phụ trách"),
        ("monitor", "lãnh đạo … chỉ đạo", "Lãnh đạo Ủy ban chỉ đạo"),
        ("monitor", "lãnh đạo … theo dõi", "Lãnh đạo Văn phòng theo dõi"),
        ("monitor", "người kiểm tra", "Người kiểm tra"),
        ("monitor", "giám sát", "Giám sát"),
        ("weight", "trọng số", "Trọng số"),
        ("weight", "tỷ trọng", "Tỷ trọng"),
        ("score", "điểm", "Điểm"),
        ("score", "điểm tối đa", "Điểm tối đa"),
        ("risk", "rủi ro", "Rủi ro"),
        ("risk", "mức phạt", "Mức phạt"),
        ("lead", "chủ trì", "Chủ trì"),
        ("lead", "đơn vị chủ trì", "Đơn vị chủ trì"),
        ("lead", "cơ quan chủ trì", "Cơ quan chủ trì"),
        ("lead", "cơ quan soạn thảo", "Cơ quan soạn thảo"),
        ("lead", "trách nhiệm", "Trách nhiệm"),
        ("lead", "trách nhiệm thực hiện", "Trách nhiệm thực hiện"),
        ("lead", "chịu trách nhiệm", "Người chịu trách nhiệm"),
        ("lead", "phụ trách", "Phụ trách"),
        ("lead", "người phụ trách", "Người phụ trách"),
        ("lead", "bộ phận phụ trách", "Bộ phận phụ trách"),
        ("lead", "người thực hiện", "Người thực hiện"),
        ("lead", "đơn vị thực hiện", "Đơn vị thực hiện"),
        ("lead", "cơ quan thực hiện", "Cơ quan thực hiện"),
        ("lead", "cơ quan, đơn vị thực hiện", "Cơ quan, đơn vị thực hiện"),
        ("lead", "bộ phận thực hiện", "Bộ phận thực hiện"),
        ("lead", "đơn vị đầu mối", "Đơn vị đầu mối"),
        ("lead", "phân công", "Phân công thực hiện"),
        ("lead", "đơn vị", "Đơn vị"),
        ("lead", "cơ quan", "Cơ quan"),
        ("lead", "bộ phận", "Bộ phận"),
        ("lead", "khoa, phòng", "Khoa, phòng"),
        ("lead", "khoa", "Khoa"),
        ("lead", "phòng", "Phòng phụ trách"),
        ("support", "phối hợp", "Phối hợp"),
        ("support", "đơn vị phối hợp", "Đơn vị phối hợp"),
        ("support", "cơ quan phối hợp", "Cơ quan phối hợp thực hiện"),
        ("support", "người phối hợp", "Người phối hợp"),
        ("support", "bộ phận phối hợp", "Bộ phận phối hợp"),
        ("start", "bắt đầu", "Bắt đầu"),
        ("start", "từ ngày", "Từ ngày"),
        ("start", "ngày giao", "Ngày giao"),
        ("start", "ngày bắt đầu", "Ngày bắt đầu"),
        ("start", "thời gian bắt đầu", "Thời gian bắt đầu"),
        ("deadline", "thời gian", "Thời gian"),
        ("deadline", "thời gian thực hiện", "Thời gian thực hiện"),
        ("deadline", "thời gian hoàn thành", "Thời gian hoàn thành"),
        ("deadline", "thời hạn", "Thời hạn"),
        ("deadline", "thời hạn hoàn thành", "Thời hạn hoàn thành"),
        ("deadline", "hoàn thành", "Hoàn thành trước"),
        ("deadline", "đến ngày", "Đến ngày"),
        ("deadline", "kết thúc", "Kết thúc"),
        ("deadline", "tiến độ", "Tiến độ"),
        ("deadline", "tiến độ thực hiện", "Tiến độ thực hiện"),
        ("deadline", "tiến độ hoàn thành", "Tiến độ hoàn thành"),
        ("deadline", "mốc thời gian", "Mốc thời gian"),
        ("deadline", "ngày", "Ngày"),
        ("deadline", "hạn", "Hạn gửi"),
        ("deadline", "thực hiện trong", "Thực hiện trong tháng"),
        ("hours", "giờ", "Giờ"),
        ("place", "địa điểm", "Địa điểm"),
        ("place", "nơi tổ chức", "Nơi tổ chức"),
        ("participants", "đối tượng", "Đối tượng"),
        ("participants", "thành phần", "Thành phần tham dự"),
        ("participants", "thành phần, đối tượng", "Thành phần, đối tượng"),
        ("participants", "người tham gia", "Người tham gia"),
        ("deliverables", "kết quả", "Kết quả"),
        ("deliverables", "kết quả dự kiến", "Kết quả dự kiến đạt được"),
        ("deliverables", "kết quả đầu ra", "Kết quả đầu ra"),
        ("deliverables", "kết quả thực hiện", "Kết quả thực hiện"),
        ("deliverables", "kết quả, sản phẩm", "Kết quả, sản phẩm"),
        ("deliverables", "sản phẩm", "Sản phẩm"),
        ("deliverables", "sản phẩm, kết quả", "Sản phẩm, kết quả"),
        ("deliverables", "kết quả yêu cầu", "Kết quả yêu cầu"),
        ("deliverables", "sản phẩm đầu ra", "Sản phẩm đầu ra"),
        ("deliverables", "mốc bàn giao", "Mốc bàn giao"),
        ("deliverables", "hồ sơ", "Hồ sơ minh chứng"),
        ("evaluation", "đánh giá", "Đánh giá kết quả"),
        ("evaluation", "nghiệm thu", "Nghiệm thu"),
        ("evaluation", "điều kiện nghiệm thu", "Điều kiện nghiệm thu"),
        ("evaluation", "tiêu chí hiệu quả", "Tiêu chí hiệu quả"),
        ("budget", "kinh phí", "Kinh phí"),
        ("budget", "chi phí", "Chi phí (đồng)"),
        ("budget", "dự toán", "Dự toán kinh phí"),
        ("budget", "thành tiền", "Thành tiền"),
        ("budget", "số tiền", "Số tiền"),
        ("budget", "tổng kinh phí", "Tổng kinh phí"),
        ("budget", "giá trị (tiền)", "Giá trị (tiền)"),
        ("budget-source", "nguồn kinh phí", "Nguồn kinh phí"),
        ("budget-source", "nguồn vốn", "Nguồn vốn"),
        ("funding", "nguồn lực", "Nguồn lực"),
        ("clauses", "điều khoản", "Điều khoản"),
        ("refs", "căn cứ", "Căn cứ, liên quan"),
        ("refs", "phục vụ mục tiêu", "Phục vụ mục tiêu"),
        ("refs", "thuộc mục tiêu", "Thuộc mục tiêu số"),
        ("refs", "gắn với mục tiêu", "Gắn với mục tiêu"),
        ("task", "việc cần làm", "Việc cần làm"),
        ("content", "làm gì", "Làm gì"),
        ("content", "tên hoạt động", "Tên hoạt động"),
        ("content", "tên sáng kiến", "Tên sáng kiến"),
        ("lead", "ai làm", "Ai làm"),
        ("lead", "ai thực hiện", "Ai thực hiện"),
        ("lead", "cán bộ phụ trách", "Cán bộ phụ trách"),
        ("lead", "giáo viên phụ trách", "Giáo viên phụ trách"),
        ("lead", "nhân sự", "Nhân sự thực hiện"),
        ("lead", "đầu mối", "Đầu mối"),
        ("lead", "đầu mối thực hiện", "Đầu mối thực hiện"),
        ("lead", "thực hiện chính", "Thực hiện chính"),
        ("support", "cùng thực hiện", "Đơn vị cùng thực hiện"),
        ("support", "người hỗ trợ", "Người hỗ trợ"),
        ("support", "hỗ trợ", "Hỗ trợ"),
        ("deadline", "khi nào", "Khi nào"),
        ("deadline", "thời điểm", "Thời điểm hoàn thành"),
        ("deadline", "hạn chót", "Hạn chót"),
        ("deadline", "lịch thực hiện", "Lịch thực hiện"),
        ("place", "ở đâu", "Ở đâu"),
        ("place", "nơi thực hiện", "Nơi thực hiện"),
        ("deliverables", "kết quả, hồ sơ", "Kết quả, hồ sơ"),
        ("deliverables", "kết quả mong đợi", "Kết quả mong đợi"),
        ("deliverables", "kết quả cần đạt", "Kết quả cần đạt"),
        ("deliverables", "minh chứng", "Minh chứng"),
        ("deliverables", "đầu ra", "Đầu ra"),
        ("measures", "làm thế nào", "Làm thế nào"),
        ("indicator", "chỉ số đo lường", "Chỉ số đo lường"),
        ("indicator", "thước đo", "Thước đo"),
        ("target", "mục tiêu cần đạt", "Mục tiêu cần đạt"),
        ("target", "kế hoạch", "Kế hoạch"),
        ("frequency", "kỳ đo", "Kỳ đo"),
        ("note", "diễn giải", "Diễn giải"),
        ("funding", "điều kiện đảm bảo", "Điều kiện đảm bảo"),
        ("note", "ghi chú", "Ghi chú"),
        ("note", "lưu ý", "Lưu ý"),
        ("result", "lũy kế", "Lũy kế từ đầu năm"),
        ("result", "tỷ lệ so kế hoạch", "Tỷ lệ so kế hoạch"),
        ("result", "thực hiện trong kỳ", "Thực hiện trong kỳ"),
        ("result", "kết quả trong kỳ", "Kết quả trong kỳ"),
        ("result", "kết quả đạt được", "Kết quả đạt được"),
        ("result", "kết quả hiện nay", "Kết quả hiện nay"),
        ("result", "giải ngân", "Giải ngân kỳ"),
    )
)
"""Headings of columns, and the words before the colon of a detail (`Chủ trì: …`)."""

CLOSING_WORDS = (
    ("trên đây là", "Trên đây là Kế hoạch công tác năm 2026 của Phòng."),
    ("trong quá trình", "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị các đơn vị phản ánh."),
    ("yêu cầu các", "Yêu cầu các đơn vị nghiêm túc thực hiện."),
    ("đề nghị các", "Đề nghị các đơn vị triển khai thực hiện."),
    ("căn cứ kế hoạch này", "Căn cứ Kế hoạch này, các phòng xây dựng kế hoạch chi tiết."),
    ("kế hoạch này", "Kế hoạch này có hiệu lực từ ngày ký."),
    ("giao ", "Giao Phòng Tổng hợp theo dõi, đôn đốc việc thực hiện./."),
)
"""How the sentences begin that close a plan, each with an example."""

_EXTRA = frozenset(
    plain(
        "dự kiến thực hiện hoàn thành năm các của chính cần đạt được cụ thể chi tiết trong và tổ chức công tác đơn vị "
        "cơ quan phòng ban tham mưu phối hợp bộ phận người cá nhân"
    ).split()
)
"""Words beside those of a row that leave a detail what it is: `Thời gian dự kiến hoàn thành:`."""
_WORD = re.compile(r"[^\W_]+|%")
_UNIT_OF_MONEY = re.compile(r"\((?:đvt|đơn vị(?: tính)?)?\s*:?\s*((?:nghìn |triệu |tỷ |ngàn )?đồng)\)", re.IGNORECASE)

_UNIT_IN_LINE = re.compile(
    r"(?:đvt|đơn vị(?: tính)?)\s*:\s*((?:nghìn |triệu |tỷ |ngàn |1\.000 |1\.000\.000 )?đồng)", re.IGNORECASE
)


def words_of(text: str) -> str:
    """A heading as it is compared: in small letters, signs as blanks: `Sản phẩm, kết quả` is ` sản phẩm kết quả `."""
    return " " + " ".join(_WORD.findall(plain(text))) + " "


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    rows = [("…".join(map(words_of, row.words.split("…"))), row.field) for row in COLUMN_WORDS]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def _stands_in(words: str, text: str) -> bool:
    """Whether the words of a row stand in a heading; `…` is for one word or several that differ from office to
    office."""
    begin, gap, end = words.partition("…")
    at = text.find(begin)
    return at >= 0 and (not gap or end in text[at + len(begin) :])


_SHORT = frozenset({"hours", "group", "score", "lead", "deadline", "participants"})
"""Fields with words that stand in many headings of other columns."""
_FIRST = frozenset({" đánh giá ", " thành phần ", " hồ sơ "})
"""Words that name a field only where they begin a heading: `Đánh giá`, but not `Chuyên gia đánh giá`."""


@cache
def field_of_heading(heading: str) -> str:
    """The field of a column by its heading; "" if no row has its words."""
    text = words_of(re.sub(r"^\s*\d+\s*[-.)]\s*", "", heading))
    if len(text) > 90 or not text.strip():
        return ""
    for words, field in _rows():
        if _stands_in(words, text) and (len(words) > 5 or text == words or field != "number"):
            if (field in _SHORT or words in _FIRST) and not _stands_first(words, text):
                continue
            return field
    return ""


def _stands_first(words: str, text: str) -> bool:
    """Whether words that stand in many others begin a heading; `thành phần` of `tiêu chí thành phần` does not."""
    return (len(words.split()) > 1 and words not in _FIRST) or text.startswith(words)


@cache
def field_of_detail(label: str) -> str:
    """The field of the words before the colon of a detail: `Đơn vị chủ trì` is `lead`. "" if they are none."""
    text = words_of(label)
    if not text.strip() or len(text.split()) > 8:
        return ""
    if text == " thực hiện ":
        return "lead"
    for words, field in _rows():
        if text == words or (words in text and set(text.replace(words, " ", 1).split()) <= _EXTRA):
            return _DETAILS.get(field, field)
    return ""


_DETAILS = {
    "objective": "target",
    "indicator": "target",
    "activity": "measures",
    "result": "deliverables",
    "budget": "funding",
    "task": "",
    "content": "measures",
    "group": "",
    "number": "",
    "refs": "",
    "clauses": "",
    "weight": "",
    "budget-source": "funding",
}
"""What words of columns are where they begin a detail."""


def money_unit(text: str) -> str:
    """The unit of money that a heading or the line above a table names: `triệu đồng` of `Kinh phí (triệu đồng)`,
    `nghìn đồng` of `Đơn vị tính: nghìn đồng`; "" if it names none."""
    found = _UNIT_OF_MONEY.search(text) or _UNIT_IN_LINE.fullmatch(text.strip(" ().*"))
    return found[1].lower() if found else ""


def header_score(grid: Grid) -> int:
    """How many columns of a table have a heading that is known, by its first two rows."""
    return max((sum(bool(field_of_heading(text)) for text in _texts(grid, at)) for at in range(2)), default=0)


def _texts(grid: Grid, at: int) -> Iterator[str]:
    if at < len(grid.rows):
        yield from (cell.text for cell in grid.rows[at].filled)


def is_closing(text: str) -> bool:
    """Whether a line closes a plan: `Trên đây là Kế hoạch …`."""
    line = folded(text)
    return any(line.startswith(folded(words)) for words, _ in CLOSING_WORDS)


_AGENCY = re.compile(
    r"^(uy ban|ubnd|hdnd|hoi dong|so|bo|trung tam|phong|cuc|chi cuc|tong cuc|ban|truong|benh vien|van phong|vien|"
    r"thanh tra|toa an|dai hoc|hoc vien|cong ty|dang uy|hoi|lien doan|mat tran|quy|to|cong an|khoa|bo phan|"
    r"tong cong ty|bao|dai|to chuc|thu vien|bao tang|kho bac|chi nhanh|xa|phuong|don vi|cac (so|phong|don vi|khoa|ban|"
    r"co quan|xa|truong|bo phan|to)|thu truong cac|doan thanh nien|cong doan|giam doc|chu tich|lanh dao|ke toan|"
    r"van thu|dong chi|d/c|doan danh gia|doi|pho (giam doc|chu tich|hieu truong|truong phong)|hieu truong|to truong|"
    r"truong phong|thu ky)\b"
)
_BEFORE_UNIT = re.compile(r"^(trách nhiệm của|nhiệm vụ của|đề nghị|giao( cho)?|đối với)\s+", re.IGNORECASE)
_AFTER_UNIT = re.compile(
    r"\s*(có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|chủ trì|thực hiện)?\s*[:.]?\s*$", re.IGNORECASE
)
_VERBS = re.compile(
    r"\b(trien khai|xay dung|to chuc thuc hien|phoi hop|tham muu|huong dan|nang cao|tang cuong|ra soat)\b"
)
_LONGEST_UNIT = 110
"""Letters of the name of a unit."""


def bare_unit(title: str) -> str:
    """A heading without the words around a unit's name: `Trách nhiệm của Sở Nội vụ:` is `Sở Nội vụ`."""
    return _AFTER_UNIT.sub("", _BEFORE_UNIT.sub("", title.strip()))


def unit_of(title: str) -> str:
    """The unit that a heading names; "" if it names none."""
    name = bare_unit(title)
    text = folded(name)
    if len(name) > _LONGEST_UNIT or not _AGENCY.match(text) or _VERBS.search(text):
        return ""
    return name


_WHO = re.compile(
    r"(uỷ|ủy|UBND|HĐND|hội|sở|bộ|trung|phòng|cục|chi|tổng|ban|trường|bệnh|văn|viện|thanh|tòa|toà|đại|học|công|đảng|liên|"
    r"mặt|quỹ|tổ|khoa|báo|đài|thư|bảo|kho|xã|phường|đơn|các|thủ|đoàn|giám|chủ|lãnh|kế|đồng|đ/c|đội|phó|hiệu|trưởng)\b",
    re.IGNORECASE,
)
"""First words of names of units and posts, with their marks: `Bản thứ 5` is no `Ban`."""


def is_who(text: str) -> bool:
    """Whether a text in brackets is who does something: `Phòng Pháp chế`, `Tổ trưởng chuyên môn`."""
    return text[:1].isupper() and bool(_WHO.match(text)) and bool(unit_of(text))
