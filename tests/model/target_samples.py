"""Expectations worked out by hand from the catalogue of targets (facts, 5.2)."""

from __future__ import annotations

from typing import NamedTuple


class Says(NamedTuple):
    """A phrase and what it says; letter case of the population is told apart elsewhere."""

    phrase: str
    comparator: str
    value: str
    unit: str
    population: str = ""
    baseline: str | None = None
    strive: bool = False
    conditional: bool = False


EXAMPLES = (
    Says(">98%", ">", "98", "%"),
    Says("giảm 10% so với năm trước", "reduce", "10", "%", baseline="previous_year"),
    Says("tăng 5% so với cùng kỳ", "increase", "5", "%", baseline="same_period"),
    Says("cắt giảm 20% chi phí tuân thủ", "reduce", "20", "%", "chi phí tuân thủ", "unstated"),
    Says("từ 90% trở lên", ">=", "90", "%"),
    Says("đạt 97% trở lên", ">=", "97", "%"),
    Says("ít nhất 01 lần/năm", ">=", "1", "lần/năm"),
    Says("trên 80%", ">", "80", "%"),
    Says("không quá 12 vụ", "<=", "12", "vụ"),
    Says("dưới 5%", "<", "5", "%"),
    Says("top 5", "rank", "5", "hạng"),
    Says("bằng không", "=", "0", ""),
    Says("không có hồ sơ quá hạn", "=", "0", "", "hồ sơ quá hạn"),
    Says("100%", ">=", "100", "%"),
)
"""The examples of the table of forms."""

TYPED = (
    # 000
    Says(
        "Đạt 100% chỉ tiêu đề ra trong Kế hoạch số 50/KH-TGPL",
        ">=",
        "100",
        "%",
        "chỉ tiêu đề ra trong kế hoạch số 50/kh-tgpl",
    ),
    Says(
        "Đảm bảo 100% người được TGPL có yêu cầu được xử lý", ">=", "100", "%", "người được TGPL có yêu cầu được xử lý"
    ),
    Says("đạt >98%", ">", "98", "%"),
    Says("100% viên chức được quán triệt", ">=", "100", "%", "viên chức được quán triệt"),
    # 002
    Says("đạt tỷ lệ từ 90% trở lên", ">=", "90", "%"),
    Says("trên 80% người thực hiện TGPL tham gia", ">", "80", "%", "người thực hiện TGPL tham gia"),
    # 003
    Says("ít nhất 75% đơn vị trực thuộc", ">=", "75", "%", "đơn vị trực thuộc"),
    Says("tối thiểu 50% các Phòng", ">=", "50", "%", "các Phòng"),
    Says("top 5 các Sở, ngành dẫn đầu", "rank", "5", "hạng", "các Sở, ngành dẫn đầu"),
    Says("cắt giảm 20% quy định", "reduce", "20", "%", "quy định", "unstated"),
    Says("đạt 100%", ">=", "100", "%"),
    Says("đạt 70%", ">=", "70", "%"),
    Says("đạt tối thiểu 95%", ">=", "95", "%"),
    Says("đạt từ 80% trở lên", ">=", "80", "%"),
    Says("Phấn đấu 50% công chức dưới 40 tuổi", ">=", "50", "%", "công chức dưới 40 tuổi", strive=True),
    Says("ít nhất 10% (nếu có)", ">=", "10", "%", conditional=True),
    Says("đạt trên 85%", ">", "85", "%"),
    Says("đạt trên 80%", ">", "80", "%"),
    Says("85% dữ liệu của Sở được tích hợp", ">=", "85", "%", "dữ liệu của Sở được tích hợp"),
    Says("100% đạt cấp độ 4", ">=", "100", "%", "đạt cấp độ 4"),
    Says("Đảm bảo 25% các đơn vị được kiểm tra", ">=", "25", "%", "các đơn vị được kiểm tra"),
    # 004
    Says("tỷ lệ sai lỗi bằng không", "=", "0", "%", "tỷ lệ sai lỗi"),
    Says("tỷ lệ hồ sơ quá hạn bằng không", "=", "0", "%", "tỷ lệ hồ sơ quá hạn"),
    Says("tỷ lệ hồ sơ hướng dẫn hoàn thiện bằng không", "=", "0", "%", "tỷ lệ hồ sơ hướng dẫn hoàn thiện"),
    Says("80 %", ">=", "80", "%"),
    Says("80 % số hồ sơ", ">=", "80", "%", "số hồ sơ"),
    Says(
        "95% thủ tục hành chính được xử lý nhanh hơn 10% thời gian quy định",
        *(">=", "95", "%", "thủ tục hành chính được xử lý nhanh hơn 10% thời gian quy định"),
    ),
    Says("Phấn đấu giảm 10% so với năm trước", "reduce", "10", "%", "", "previous_year", strive=True),
    Says(
        "Phấn đấu giảm tỷ lệ khiếu nại, tố cáo 10% so với năm trước",
        *("reduce", "10", "%", "tỷ lệ khiếu nại, tố cáo", "previous_year", True),
    ),
    # others that one would type
    Says("≥ 95%", ">=", "95", "%"),
    Says(">=95%", ">=", "95", "%"),
    Says("=> 95%", ">=", "95", "%"),
    Says("≤5 ngày", "<=", "5", "ngày"),
    Says("=< 5%", "<=", "5", "%"),
    Says("< 0,5%", "<", "0.5", "%"),
    Says("= 0", "=", "0", ""),
    Says("bằng 0%", "=", "0", "%"),
    Says(">98,5%", ">", "98.5", "%"),
    Says("> 98,5 phần trăm", ">", "98.5", "%"),
    Says("không dưới 90%", ">=", "90", "%"),
    Says("không thấp hơn 90%", ">=", "90", "%"),
    Says("hơn 80%", ">", "80", "%"),
    Says("tối đa 3 ngày", "<=", "3", "ngày"),
    Says("không vượt quá 2%", "<=", "2", "%"),
    Says("từ 3 vụ trở lên", ">=", "3", "vụ"),
    Says("1.000 vụ", ">=", "1000", "vụ"),
    Says("ít nhất 12.500 vụ", ">=", "12500", "vụ"),
    Says("tăng 5% so với cùng kỳ năm trước", "increase", "5", "%", baseline="same_period"),
    Says("giảm 10% so với thời gian quy định", "reduce", "10", "%", baseline="statutory"),
    Says("giảm 5 vụ", "reduce", "5", "vụ", baseline="unstated"),
    Says("Có 100% hồ sơ đúng hạn (nếu có)", ">=", "100", "%", "hồ sơ đúng hạn", conditional=True),
)
"""Targets of the source documents, and what else is typed like them."""

REFUSED = (
    "Thường xuyên rà soát, cải tiến các quy trình",
    "Giảm chi hỗ trợ trực tiếp từ NSNN",
    "nâng cao chất lượng",
    "tăng cường",
    "cải tiến",
    "không thuộc trường hợp giảm 10% biên chế",
    "mức độ 3",
    "năm 2019",
    "98.5%",
    "100",
    "ít nhất 12",
    "100%%",
    "từ 90% đến 95%",
    "giảm còn 5%",
    "không có",
    "",
    "  ",
    "...",
    "%",
    ">",
    ">%",
    "abc",
    "{{ 7*7 }}",
    "[red]100%[/red]",
    "::error::",
    "\x00",
    "\ud800",
    "nan%",
    "1e999%",
    "-5%",
)
"""What states no target that could be held against a number."""
