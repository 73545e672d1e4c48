"""Expectations worked out by hand from the catalogue of targets (facts, 5.2), and what else is typed like them."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from qmsplan.model.structured import Baseline, Comparator
from qmsplan.phrases.target import Target


class Says(NamedTuple):
    """What one target says."""

    comparator: str
    value: str | None
    unit: str
    population: str = ""
    baseline: str | None = None
    strive: bool = False
    conditional: bool = False
    upper: str | None = None
    per: str = ""
    points: bool = False
    strict: bool = False
    baseline_text: str = ""
    subset: bool = False
    criterion: Says | None = None

    def target(self, phrase: str = "") -> Target:
        """The target that says it."""
        return Target(
            phrase,
            Comparator(self.comparator),
            None if self.value is None else Decimal(self.value),
            self.unit,
            Baseline(self.baseline) if self.baseline else None,
            self.population,
            is_commitment=self.strive,
            is_conditional=self.conditional,
            upper=None if self.upper is None else Decimal(self.upper),
            per=self.per,
            in_points=self.points,
            excludes_value=self.strict,
            baseline_text=self.baseline_text,
            is_subset=self.subset,
            criterion=self.criterion.target() if self.criterion else None,
        )


class Typed:
    """A phrase as typed and all that it says, in order."""

    def __init__(self, phrase: str, *says: Says) -> None:
        self.phrase, self.says = phrase, says

    def __repr__(self) -> str:
        return self.phrase


CATALOGUE = (
    # 000
    Typed(
        "Đạt 100% chỉ tiêu đề ra trong Kế hoạch số 50/KH-TGPL",
        Says(">=", "100", "%", "chỉ tiêu đề ra trong Kế hoạch số 50/KH-TGPL"),
    ),
    Typed(
        "Đảm bảo 100% người được TGPL có yêu cầu được xử lý",
        Says(">=", "100", "%", "người được TGPL có yêu cầu được xử lý"),
    ),
    Typed("đạt >98%", Says(">", "98", "%")),
    Typed("100% viên chức được quán triệt", Says(">=", "100", "%", "viên chức được quán triệt")),
    Typed(
        "Thường xuyên rà soát, cải tiến các quy trình",
        Says("qualitative", None, "", "Thường xuyên rà soát, cải tiến các quy trình"),
    ),
    # 001
    Typed("ít nhất 01 lần/năm", Says(">=", "1", "lần/năm", per="năm")),
    # 002
    Typed("đạt tỷ lệ từ 90% trở lên", Says(">=", "90", "%")),
    Typed(
        "từ 90% số vụ việc đạt chất lượng khá, tốt trở lên",
        Says(">=", "90", "%", "số vụ việc đạt chất lượng khá, tốt trở lên"),
    ),
    Typed("không có vụ việc không đạt chất lượng", Says("=", "0", "vụ", "vụ việc không đạt chất lượng")),
    Typed("trên 80% người thực hiện TGPL tham gia", Says(">", "80", "%", "người thực hiện TGPL tham gia")),
    # 003
    Typed("ít nhất 02 sáng kiến", Says(">=", "2", "sáng kiến")),
    Typed("ít nhất 03 sáng kiến", Says(">=", "3", "sáng kiến")),
    Typed("ít nhất 75% đơn vị trực thuộc", Says(">=", "75", "%", "đơn vị trực thuộc")),
    Typed("tối thiểu 50% các Phòng", Says(">=", "50", "%", "các Phòng")),
    Typed("top 5 các Sở, ngành dẫn đầu", Says("rank", "5", "hạng", "các Sở, ngành dẫn đầu")),
    Typed("100%", Says(">=", "100", "%")),
    Typed(
        "cắt giảm 20% quy định và 20% chi phí tuân thủ",
        Says("reduce", "20", "%", "quy định", baseline="unstated"),
        Says("reduce", "20", "%", "chi phí tuân thủ", baseline="unstated"),
    ),
    Typed("đạt 100%", Says(">=", "100", "%")),
    Typed("đạt 70%", Says(">=", "70", "%")),
    Typed("đạt tối thiểu 95%", Says(">=", "95", "%")),
    Typed("trong số đó tỷ lệ giao dịch đạt từ 80% trở lên", Says(">=", "80", "%", "tỷ lệ giao dịch", subset=True)),
    Typed("Phấn đấu 50% công chức dưới 40 tuổi", Says(">=", "50", "%", "công chức dưới 40 tuổi", strive=True)),
    Typed("ít nhất 10% (nếu có)", Says(">=", "10", "%", conditional=True)),
    Typed("đạt trên 85%", Says(">", "85", "%")),
    Typed("đạt trên 80%", Says(">", "80", "%")),
    Typed("85% dữ liệu của Sở được tích hợp", Says(">=", "85", "%", "dữ liệu của Sở được tích hợp")),
    Typed("100% đạt cấp độ 4 và tăng lên cấp độ 5", Says(">=", "100", "%", "đạt cấp độ 4 và tăng lên cấp độ 5")),
    Typed(
        "Đảm bảo 25% các đơn vị được kiểm tra trong năm",
        Says(">=", "25", "%/năm", "các đơn vị được kiểm tra", per="năm"),
    ),
    Typed("03 đơn vị được kiểm tra", Says(">=", "3", "đơn vị", "được kiểm tra")),
    Typed("Giảm chi hỗ trợ trực tiếp từ NSNN", Says("qualitative", None, "", "Giảm chi hỗ trợ trực tiếp từ NSNN")),
    # 004
    Typed("tỷ lệ sai lỗi bằng không", Says("=", "0", "%", "tỷ lệ sai lỗi")),
    Typed("Tỷ lệ hồ sơ quá hạn bằng không", Says("=", "0", "%", "Tỷ lệ hồ sơ quá hạn")),
    Typed("80 % số hồ sơ", Says(">=", "80", "%", "số hồ sơ")),
    Typed(
        "Đảm bảo 95% thủ tục hành chính được xử lý nhanh hơn 10% thời gian quy định",
        Says(
            ">=",
            "95",
            "%",
            "thủ tục hành chính được xử lý",
            criterion=Says("reduce", "10", "%", baseline="statutory", baseline_text="thời gian quy định"),
        ),
    ),
    Typed(
        "giảm tỷ lệ khiếu nại, tố cáo 10% so với năm trước",
        Says("reduce", "10", "%", "tỷ lệ khiếu nại, tố cáo", baseline="previous_year", baseline_text="năm trước"),
    ),
    # public
    Typed("không quá 12 vụ", Says("<=", "12", "vụ")),
    Typed("đạt 97% trở lên", Says(">=", "97", "%")),
)
"""The phrases of the source documents."""

LANGUAGE = (
    # signs
    Typed(">98%", Says(">", "98", "%")),
    Typed("> 98,5 phần trăm", Says(">", "98.5", "%")),
    Typed("≥ 95%", Says(">=", "95", "%")),
    Typed(">=95%", Says(">=", "95", "%")),
    Typed("=> 95%", Says(">=", "95", "%")),
    Typed("> = 95%", Says(">=", "95", "%")),
    Typed("≤5 ngày", Says("<=", "5", "ngày")),
    Typed("=< 5%", Says("<=", "5", "%")),
    Typed("< 0,5%", Says("<", "0.5", "%")),
    Typed("= 0", Says("=", "0", "")),
    Typed(">= 4", Says(">=", "4", "")),
    Typed("≥ 95% trở lên", Says(">=", "95", "%")),
    # at least
    Typed("không dưới 90%", Says(">=", "90", "%")),
    Typed("không thấp hơn 90%", Says(">=", "90", "%")),
    Typed("lớn hơn hoặc bằng 95%", Says(">=", "95", "%")),
    Typed("tối thiểu từ 95%", Says(">=", "95", "%")),
    Typed("đạt và vượt 100% chỉ tiêu", Says(">=", "100", "%", "chỉ tiêu")),
    Typed("từ 3 vụ trở lên", Says(">=", "3", "vụ")),
    Typed("từ 8 trở lên", Says(">=", "8", "")),
    Typed("hoàn thành 100% kế hoạch", Says(">=", "100", "%", "kế hoạch")),
    Typed("100% …", Says(">=", "100", "%")),
    Typed("trong số đó … đạt từ 80% trở lên", Says(">=", "80", "%", subset=True)),
    Typed("1.000 vụ", Says(">=", "1000", "vụ")),
    Typed("ít nhất 12.500 hồ sơ", Says(">=", "12500", "hồ sơ")),
    Typed("doanh thu đạt 1,5 tỷ đồng", Says(">=", "1.5", "tỷ đồng", "doanh thu")),
    Typed("12 TTHC", Says(">=", "12", "TTHC")),
    Typed("ít nhất 02 (hai) lớp tập huấn", Says(">=", "2", "lớp tập huấn")),
    Typed("100% (một trăm phần trăm) hồ sơ", Says(">=", "100", "%", "hồ sơ")),
    Typed("Tổ chức 02 lớp tập huấn", Says(">=", "2", "lớp tập huấn")),
    Typed("Tỷ lệ hài lòng: 95%", Says(">=", "95", "%", "Tỷ lệ hài lòng")),
    Typed("nâng tỷ lệ hồ sơ trực tuyến lên 90%", Says(">=", "90", "%", "tỷ lệ hồ sơ trực tuyến")),
    Typed("tăng từ 80% lên 90%", Says(">=", "90", "%")),
    # more than
    Typed("hơn 80%", Says(">", "80", "%")),
    Typed("vượt 95%", Says(">", "95", "%")),
    # at most, less
    Typed("tối đa 3 ngày", Says("<=", "3", "ngày")),
    Typed("không vượt quá 2%", Says("<=", "2", "%")),
    Typed("nhỏ hơn hoặc bằng 5%", Says("<=", "5", "%")),
    Typed("dưới hoặc bằng 5%", Says("<=", "5", "%")),
    Typed("từ 5 vụ trở xuống", Says("<=", "5", "vụ")),
    Typed("5 ngày trở xuống", Says("<=", "5", "ngày")),
    Typed("không quá 3 ngày/hồ sơ", Says("<=", "3", "ngày/hồ sơ")),
    Typed("không quá 1,5 ngày làm việc", Says("<=", "1.5", "ngày làm việc")),
    Typed("Không để xảy ra quá 02 vụ", Says("<=", "2", "vụ")),
    Typed("giảm còn 5%", Says("<=", "5", "%")),
    Typed("giảm từ 20% xuống còn 15%", Says("<=", "15", "%")),
    Typed("dưới 1.000.000 đồng", Says("<", "1000000", "đồng")),
    Typed("giảm tỷ lệ hồ sơ quá hạn xuống dưới 5%", Says("<", "5", "%", "tỷ lệ hồ sơ quá hạn")),
    # exactly, none
    Typed("đúng 5 lần", Says("=", "5", "lần")),
    Typed("bằng 0%", Says("=", "0", "%")),
    Typed("bằng không", Says("=", "0", "")),
    Typed("0 vụ", Says("=", "0", "vụ")),
    Typed("không có hồ sơ quá hạn", Says("=", "0", "hồ sơ", "hồ sơ quá hạn")),
    Typed("không để xảy ra vụ việc khiếu nại vượt cấp", Says("=", "0", "vụ", "vụ việc khiếu nại vượt cấp")),
    Typed("không phát sinh hồ sơ quá hạn", Says("=", "0", "hồ sơ", "hồ sơ quá hạn")),
    # numbers in words
    Typed("trên tám mươi %", Says(">", "80", "%")),
    Typed("chín mươi lăm phần trăm", Says(">=", "95", "%")),
    Typed("ít nhất năm lớp", Says(">=", "5", "lớp")),
    Typed("hai lần mỗi năm", Says(">=", "2", "lần/năm", per="năm")),
    Typed("toàn bộ hồ sơ được số hóa", Says(">=", "100", "%", "hồ sơ được số hóa")),
    Typed("tất cả viên chức được tập huấn", Says(">=", "100", "%", "viên chức được tập huấn")),
    Typed("ít nhất một nửa viên chức", Says(">=", "50", "%", "viên chức")),
    Typed("trên một nửa số phòng", Says(">", "50", "%", "số phòng")),
    # ranges
    Typed("từ 80% đến 90%", Says("between", "80", "%", upper="90")),
    Typed("từ 80 đến 90%", Says("between", "80", "%", upper="90")),
    Typed("80-90%", Says("between", "80", "%", upper="90")),
    Typed("90% – 95 %", Says("between", "90", "%", upper="95")),
    Typed("trong khoảng 80% đến 90%", Says("between", "80", "%", upper="90")),
    Typed("từ 3 - 5 ngày", Says("between", "3", "ngày", upper="5")),
    # changes
    Typed("giảm 10% so với năm trước", Says("reduce", "10", "%", baseline="previous_year", baseline_text="năm trước")),
    Typed("giảm từ 10% trở lên", Says("reduce", "10", "%", baseline="unstated")),
    Typed("giảm trên 10%", Says("reduce", "10", "%", baseline="unstated", strict=True)),
    Typed(
        "giảm từ 10% đến 15% so với năm trước",
        Says("reduce", "10", "%", baseline="previous_year", upper="15", baseline_text="năm trước"),
    ),
    Typed("giảm từ 5-10% đơn thư", Says("reduce", "5", "%", "đơn thư", baseline="unstated", upper="10")),
    Typed("giảm bình quân 5%/năm", Says("reduce", "5", "%/năm", baseline="unstated", per="năm")),
    Typed("giảm 5 vụ so với năm trước", Says("reduce", "5", "vụ", baseline="previous_year", baseline_text="năm trước")),
    Typed(
        "giảm mười % so với năm trước", Says("reduce", "10", "%", baseline="previous_year", baseline_text="năm trước")
    ),
    Typed("giảm 10% so với quý trước", Says("reduce", "10", "%", baseline="other", baseline_text="quý trước")),
    Typed(
        "tăng 5% so với cùng kỳ năm trước",
        Says("increase", "5", "%", baseline="same_period", baseline_text="cùng kỳ năm trước"),
    ),
    Typed(
        "tăng thêm 2 điểm phần trăm so với năm 2025",
        Says("increase", "2", "%", baseline="year", points=True, baseline_text="năm 2025"),
    ),
    Typed("Hiện trạng 62%, mục tiêu 75%", Says(">=", "75", "%", "mục tiêu")),
    Typed("tăng 2 điểm phần trăm/năm", Says("increase", "2", "%/năm", baseline="unstated", points=True, per="năm")),
    Typed("tăng 0,5 điểm", Says("increase", "0.5", "điểm", baseline="unstated", points=True)),
    Typed(
        "Chỉ số PAPI tăng 02 bậc so với năm 2025",
        Says("increase", "2", "bậc", "Chỉ số PAPI", baseline="year", baseline_text="năm 2025"),
    ),
    Typed("Giảm số vụ khiếu nại ít nhất 10%", Says("reduce", "10", "%", "số vụ khiếu nại", baseline="unstated")),
    Typed(
        "Số vụ khiếu nại giảm 10% so với cùng kỳ năm 2025",
        Says("reduce", "10", "%", "Số vụ khiếu nại", baseline="same_period", baseline_text="cùng kỳ năm 2025"),
    ),
    Typed("so với năm trước giảm 10%", Says("reduce", "10", "%", baseline="previous_year", baseline_text="năm trước")),
    Typed(
        "cao hơn 5% so với năm trước", Says("increase", "5", "%", baseline="previous_year", baseline_text="năm trước")
    ),
    Typed(
        "thấp hơn 5% so với năm trước", Says("reduce", "5", "%", baseline="previous_year", baseline_text="năm trước")
    ),
    Typed(
        "Tỷ lệ đúng hạn cao hơn năm trước 2%",
        Says("increase", "2", "%", "Tỷ lệ đúng hạn", baseline="previous_year", baseline_text="năm trước"),
    ),
    Typed(
        "giảm tỷ lệ khiếu nại, tố cáo … 10% so với năm trước",
        Says("reduce", "10", "%", "tỷ lệ khiếu nại, tố cáo", baseline="previous_year", baseline_text="năm trước"),
    ),
    Typed("vượt 5% kế hoạch", Says("increase", "5", "%", baseline="plan", baseline_text="kế hoạch")),
    Typed(
        "nhanh hơn thời gian quy định 10%",
        Says("reduce", "10", "%", baseline="statutory", baseline_text="thời gian quy định"),
    ),
    Typed(
        "sớm hơn 2 ngày so với quy định", Says("reduce", "2", "ngày", baseline="statutory", baseline_text="quy định")
    ),
    Typed(
        "rút ngắn 30% thời gian giải quyết so với quy định",
        Says("reduce", "30", "%", "thời gian giải quyết", baseline="statutory", baseline_text="quy định"),
    ),
    Typed("tiết kiệm 10% chi thường xuyên", Says("reduce", "10", "%", "chi thường xuyên", baseline="unstated")),
    Typed(
        "tăng trưởng 8% so với năm trước",
        Says("increase", "8", "%", baseline="previous_year", baseline_text="năm trước"),
    ),
    # ranks
    Typed("TOP 3", Says("rank", "3", "hạng")),
    Typed("top năm", Says("rank", "5", "hạng")),
    Typed("nằm trong top 5 các Sở", Says("rank", "5", "hạng", "các Sở")),
    Typed("trong nhóm 10", Says("rank", "10", "hạng")),
    Typed("nhóm 10 tỉnh dẫn đầu", Says("rank", "10", "hạng", "tỉnh dẫn đầu")),
    Typed("đứng trong 10 tỉnh dẫn đầu", Says("rank", "10", "hạng", "tỉnh dẫn đầu")),
    Typed("trong số 10 tỉnh đứng đầu", Says("rank", "10", "hạng", "tỉnh đứng đầu")),
    Typed("xếp thứ 3", Says("rank", "3", "hạng")),
    Typed("xếp thứ 3/63 tỉnh, thành phố", Says("rank", "3", "hạng", "tỉnh, thành phố")),
    Typed("xếp hạng từ 1 đến 5", Says("rank", "5", "hạng")),
    Typed("hạng 5 trở lên", Says("rank", "5", "hạng")),
    # each year
    Typed("ít nhất 03 lớp tập huấn mỗi năm", Says(">=", "3", "lớp tập huấn/năm", per="năm")),
    Typed("ít nhất 03 lớp tập huấn hàng năm", Says(">=", "3", "lớp tập huấn/năm", per="năm")),
    Typed("mỗi năm ít nhất 02 cuộc kiểm tra", Says(">=", "2", "cuộc kiểm tra/năm", per="năm")),
    Typed("mỗi quý tổ chức ít nhất 01 cuộc họp", Says(">=", "1", "cuộc họp/quý", per="quý")),
    Typed("Hằng năm tổ chức ít nhất 02 lớp tập huấn", Says(">=", "2", "lớp tập huấn/năm", per="năm")),
    Typed("ít nhất 02 lần trong 01 năm", Says(">=", "2", "lần/năm", per="năm")),
    Typed("không quá 02 lần vi phạm/năm", Says("<=", "2", "lần/năm", "vi phạm", per="năm")),
    Typed("mỗi năm giảm 5%", Says("reduce", "5", "%/năm", baseline="unstated", per="năm")),
    Typed("6 tháng/lần", Says(">=", "1", "lần/6 tháng", per="6 tháng")),
    Typed("01 báo cáo/quý", Says(">=", "1", "báo cáo/quý", per="quý")),
    # several
    Typed(
        "giảm 20% quy định và 30% chi phí tuân thủ so với năm 2025",
        Says("reduce", "20", "%", "quy định", baseline="year", baseline_text="năm 2025"),
        Says("reduce", "30", "%", "chi phí tuân thủ", baseline="year", baseline_text="năm 2025"),
    ),
    Typed(
        "trên 80% người dân và 70% doanh nghiệp hài lòng",
        Says(">", "80", "%", "người dân"),
        Says(">", "70", "%", "doanh nghiệp hài lòng"),
    ),
    Typed("trên 80% người dân và 100% hồ sơ", Says(">", "80", "%", "người dân"), Says(">=", "100", "%", "hồ sơ")),
    Typed(
        "95% hồ sơ đúng hạn và giảm 10% đơn thư so với năm trước",
        Says(">=", "95", "%", "hồ sơ đúng hạn"),
        Says("reduce", "10", "%", "đơn thư", baseline="previous_year", baseline_text="năm trước"),
    ),
    Typed(
        "100% hồ sơ đúng hạn, không có hồ sơ quá hạn",
        Says(">=", "100", "%", "hồ sơ đúng hạn"),
        Says("=", "0", "hồ sơ", "hồ sơ quá hạn"),
    ),
    Typed("- Hài lòng: 95%; - Đúng hạn: 100%", Says(">=", "95", "%", "Hài lòng"), Says(">=", "100", "%", "Đúng hạn")),
    Typed(
        "Chỉ số PAR INDEX từ 85 điểm trở lên, xếp hạng trong nhóm 10 tỉnh",
        Says(">=", "85", "điểm", "Chỉ số PAR INDEX"),
        Says("rank", "10", "hạng", "tỉnh"),
    ),
    # criteria
    Typed(
        "100% hồ sơ được giải quyết trong không quá 5 ngày",
        Says(">=", "100", "%", "hồ sơ được giải quyết", criterion=Says("<=", "5", "ngày")),
    ),
    Typed(
        "100% cán bộ, công chức có ít nhất 01 sáng kiến",
        Says(">=", "100", "%", "cán bộ, công chức", criterion=Says(">=", "1", "sáng kiến")),
    ),
    Typed("100% hồ sơ không có sai sót", Says(">=", "100", "%", "hồ sơ", criterion=Says("=", "0", "", "sai sót"))),
    # conditions
    Typed(
        "Phấn đấu 100% kiến nghị (nếu có) được xử lý",
        Says(">=", "100", "%", "kiến nghị được xử lý", strive=True, conditional=True),
    ),
    Typed("Có 100% hồ sơ đúng hạn (nếu có)", Says(">=", "100", "%", "hồ sơ đúng hạn", conditional=True)),
    # directions
    Typed("nâng cao so với hiện nay", Says("qualitative", None, "", "nâng cao so với hiện nay")),
    Typed("cao hơn năm trước", Says("qualitative", None, "", "cao hơn năm trước")),
    Typed("xếp loại Tốt trở lên", Says("qualitative", None, "", "xếp loại Tốt trở lên")),
    Typed("đạt loại khá", Says("qualitative", None, "", "đạt loại khá")),
    Typed("bảo đảm kịp thời", Says("qualitative", None, "", "bảo đảm kịp thời")),
)
"""What else is typed like them."""

NAMED = (
    ("không thuộc trường hợp giảm 10% biên chế sự nghiệp so với năm 2021", "no target: it sets something aside"),
    ("trừ 5% hồ sơ của năm trước", "no target: it sets something aside"),
    ("03 Chương trình mục tiêu quốc gia", "no target: it is a name"),
    ("mức độ 3, mức độ 4", "no target: it is a name"),
    ("ở mức độ 3, 4", "no target: it is a name"),
    ("nhóm 3", "no target: it is a name"),
    ("cấp độ 4", "no target: it is a name"),
    ("Điều 5", "no target: it is a name"),
    ("khoản 2 Điều 103 Mục 5", "no target: it is a name"),
    ("dưới 40 tuổi", "no target: it is an age"),
    ("từ 18 tuổi trở lên", "no target: it is an age"),
    ("từ 16 đến 18 tuổi", "no target: it is an age"),
    ("năm 2019", "no target: it is a time"),
    ("Trong năm 2026", "no target: it is a time"),
    ("Tháng 01 hàng năm", "no target: it is a time"),
    ("ngày 5", "no target: it is a time"),
    ("Kế hoạch số 50/KH-TGPL", "no target: it is a date, a document's number or a code"),
    ("Nghị định số 63/2010/NĐ-CP", "no target: it is a date, a document's number or a code"),
    ("ngày 30/01/2026", "no target: it is a date, a document's number or a code"),
    ("24-5-2023", "no target: it is a date, a document's number or a code"),
    ("quý 3/2026", "no target: it is a date, a document's number or a code"),
    ("giai đoạn 2021 - 2025", "no target: it is a date, a document's number or a code"),
    ("TCVN ISO 9001:2015", "no target: it is a date, a document's number or a code"),
    ("TCVN ISO 9001: 2015", "no target: it is a date, a document's number or a code"),
    ("1.3. Yêu cầu", "no target: it is a date, a document's number or a code"),
    ("{{ 7*7 }}", "no target: it is a date, a document's number or a code"),
)
"""Numbers that are no targets, and what is said of them where they stand alone."""

SLIPS = (
    ("đạt 98", "the number in '98' does not say what is to be attained"),
    ("trong 05 phòng", "the number in '05 phòng' does not say what is to be attained"),
    ("ít nhất 12", "'ít nhất 12' has no unit"),
    ("bằng 12", "'bằng 12' has no unit"),
    ("đạt 1.2.3%", "the number in '1.2.3%' can't be read"),
    (">=1,000 hồ sơ", "the number in '>=1,000' can't be read"),
    ("-5%", "the number in '5%' can't be read"),
    ("100%%", "the number in '100%%' can't be read"),
    ("1e999%", "the number in '1e999%' can't be read"),
    ("99,12345%", "the number in '99,12345%' can't be read"),
    (">> 5%", "there is no sign '>>'"),
    ("từ 90% đến 80%", "the range 'từ 90% đến 80%' runs backwards"),
    ("giảm 10% so với", "'so với' does not say with what"),
    ("giải quyết trong 05 ngày", "'05 ngày' is a length of time: is it the most or the least?"),
    ("tăng không quá 5%", "'tăng không quá 5%' limits a change, and can't be held against a reading"),
    ("95% ≤ tỷ lệ hài lòng", "the sign stands behind the number in '95% ≤'"),
    ("giảm 2/7 thời gian giải quyết", "'giảm 2/7' is not understood"),
    ("tăng 2 lần so với năm 2025", "'tăng 2 lần' may be a factor or a number of times"),
)
"""What can't be meant as it is typed, with the reason that is told."""

NONSENSE = ("", "  ", "...", "%", ">", ">%", "abc", "không có", "Quý III", "nan%", "::error::", "\x00", "\ud800")
"""What says nothing of a target."""
