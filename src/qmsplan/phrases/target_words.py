"""The words around a value of a target: which ones make something else of it, and behind which it may stand.

Data for `target_doubt`, in lower case as they are typed. `|` parts them."""

from __future__ import annotations


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split("|"))


QUALIFYING = _words(
    # about so much: `cỡ 90%`, `dao động 3%`
    "độ|cỡ|tầm|áng|phỏng|quanh|quãng|cận|sát|soát|giữa|tưởng|tương đối|đối|hao hao|na ná|xêm xêm|quanh quẩn|đâu đó"
    "|đâu chừng|dao động|giao động|xê dịch|xê xích|biến động|biến thiên|ngấp nghé|mấp mé|lấp lửng|suýt|xém|sắp"
    "|tròm trèm"
    "|rơi vào|nằm ở|nằm quanh|xoay quanh|nằm giữa|đại khái|tương tự|tầm tầm|lẻ|có lẻ|nhỉnh|tiến sát|tiến gần|tới gần"
    # off by so much: `lệch 5%`, `sai khác 5%`
    "|chênh|lệch|sai|tụt|sụt|rớt|hụt|thiếu|thừa|kém|thua|cắt|nhích|lùi|mất|bù|cộng|trừ|ngang|sai khác|sai lệch|sai số"
    "|dung sai|biên độ|cộng trừ|xuống cấp|hơn kém|khác biệt|chậm lại|thụt lùi"
    # a limit, without saying which: `trần 5%`, `cho phép 12%`
    "|trần|sàn|ngưỡng|mốc|trong ngưỡng|hạn mức|định mức|kìm|kìm lại|ghìm|ghìm ở|chặn|chặn ở|gói gọn|gói gọn trong"
    "|bó hẹp"
    "|cho phép|chấp nhận|chấp nhận được|kiểm soát|kiểm soát ở|kiểm soát tại|không chế|kịch trần|đáy|đỉnh|cùng lắm"
    "|cao lắm|nhiều lắm|quá lắm"
    "|nằm trong|dừng|dừng ở|dừng lại|ngưng|chững|chững ở|giậm chân|đứng yên|bất biến|đóng khung"
    # how much it counts: `trọng số 20%`
    "|trọng số"
    # another amount than the one named: `gấp 3`, `bằng nửa`
    "|ngoài|chỉ|cứ|xếp|đứng|quá|gấp|chia|nhân|nhân với|chia cho|gấp rưỡi|gấp đôi|thành|còn lại|lên xuống"
    # what is or is wished, not what will be: `hiện đạt 80%`
    "|hiện|đang|đã|vừa|từng|hiện nay|hiện tại|hiện là|đang là|hiện có|hiện mới|mới chỉ|vừa mới|thực tế"
    "|tạm tính|ước tính|dự tính|dự báo|dự đoán|ghi nhận|thống kê|thống kê được|xuất phát|khởi điểm|mong"
    "|mong muốn|kỳ vọng|ao ước|giả định|giả sử"
    "|hy vọng"
    "|tốt hơn|lẽ ra|đáng lẽ|giá như|so với|có thể|khó|khó mà|may ra|không|chưa|chẳng|chưa được|không được"
)
"""Words that make something else of the value right behind them."""
EVEN_COMPARED = _words(
    "xếp|đứng|nhích|tụt|sụt|hiện|đang|đã|hiện nay|hiện tại|hiện là|đang là|hiện có|hiện mới|mới chỉ|dao động|ngấp nghé"
    "|có thể|khó|thành"
)
"""Those of them that count before a comparing word too: `xếp trên 20`, but `tỷ lệ cuộc gọi bị rớt ≤ 1%` is plain."""
PHRASES = frozenset(words for words in QUALIFYING if " " in words)
"""Those of several syllables, which are no part of what changes: `tăng trưởng ngấp nghé 10%`."""
RANKING = _words("xếp|đứng")
"""Those of them that say nothing more before a rank: `xếp trong 10 đơn vị dẫn đầu`."""
NO, MEAN, UNDIRECTED = (
    _words("không|chưa|chẳng|cấm|tránh|đừng|chớ|chả|ngăn"),
    _words("bình quân|trung bình"),
    _words("về|thêm|cải thiện"),
)
ANYWHERE = _words("hụt|chênh|lệch|thua|kém")
"""Those of them that do so over a distance: `kém mục tiêu 5%`."""
COMPOUNDS = {
    "hiện": _words("phát|xuất|thể|tái"),
    "tầm": _words("sưu|nâng"),
    "chặn": _words("ngăn"),
    "xếp": _words("sắp"),
    "bù": _words("đền"),
    "chia": _words("phân"),
    "kém": _words("yếu|loại|lực|,|và"),
    "độ": _words("trình|mật|tiến|cường|nhiệt|tốc|chế|mức|nồng|vận|thái|góc|phủ"),
    "cận": _words("tiếp|hộ"),
    "sát": _words("giám|khảo|kiểm|quan|cảnh|trinh"),
    "chỉ": _words("chứng|tín|địa"),
    "đối": _words("đôi|phản|cân"),
    "ngoài": _words("nước|bên|giá"),
    "thừa": _words("kế"),
    "lẻ": _words("bán|khách|nhỏ"),
    "đứng": _words("đáng"),
    "mốc": _words("đạt|cột"),
    "thành": _words("giải|thoại|hợp|cấu|trưởng|hình|tạo|nội|ngoại|kinh"),
    "không": _words("hàng|trên|phòng"),
    "trừ": _words("khấu|loại|diệt|phòng"),
    "cộng": _words("công"),
    "đỉnh": _words("cao"),
    "nhân": _words("công|nguyên|bệnh|cá|tư|nữ|nam|doanh|danh|quân|hôn|hạt|thân|phạm|nạn|pháp|tù|yếu|tác|nghệ"),
    "mong": _words("kỳ"),
}
"""Words that make another word of one that qualifies: `trình độ`, `chứng chỉ`, `học sinh yếu, kém`."""

NOUN_BEFORE = _words("tỷ lệ|tỉ lệ|độ|mức|ở mức|sự|gửi|việc|tác|được|bị|đã|số|thuốc|chương trình")
"""Before a word of change these make a name of it: `tốc độ tăng`, `tiền gửi tiết kiệm`, `thủ tục được cắt giảm`."""
NAMES_CHANGE = _words("vào|của|cho|về|trong|theo|do|bởi")
"""Words before a change that is a name of something: `vào tăng trưởng`."""
FOR_WHOM = _words("cho|với|tại|ở|đối với")
"""Words before a number of those who get something: `giảm học phí cho 200 sinh viên`."""
MEASURED = _words(
    "mốc|tự nguyện|tình nguyện|nguyện vọng|tai nạn|tội phạm|hộ nghèo|lao động|hoạt động|vận động|tự động|chủ động"
    "|di động|huy động|lưu động|hài lòng|lấp đầy|sẵn sàng|thành công"
    "|đi học|lên lớp|khá giỏi|nông thôn|cả nước|bắt buộc|tiến sĩ|thạc sĩ|cao đẳng|bhyt|bhxh|grdp|gdp|fdi|oda"
    "|công nhận|tiếp nhận|xác nhận|chứng nhận|tín nhiệm|hòa giải|phân loại|tái chế|thu gom|thu hồi|giải ngân"
    "|giỏi|thẳng|chuyên cần|an toàn|tiêm chủng|giám sát|khảo sát|kiểm soát|rà soát|cơ giới|trúng thầu|ban|báo|bãi"
    "|bên|bản|bảng|bảo|bệnh|bổ|bộ|chi|chuẩn|chí|chính|chủ|chức|chương|chất|chọn|chợ|chung|chuyên|chuyển|cung|cơ|cường"
    "|cải|cảnh|cấp|cấu|cầu|cổng|cục|cụm|cứu|danh|diện|doanh|duyệt|dân|dùng|dưỡng|dược|dịch|dụng|giá|giáo|giao|giám"
    "|giới|giấy|giống|góp|gốc|hoạch|huyện|huấn|hài|hàng|hành|hình|hóa|hướng|hưởng|hạn|hệ|họ|học|họp|hồ|hộ|hội|hợp|kho|khoa|khoán"
    "|khoản|khóa|khẩu|kinh|kiến|kiểm|kiện|kê|ký|kế|kỹ|liên|liệu|loại|luận|luật|làm|lãnh|lòng|lúa|lĩnh|lưu|lượng|lệ"
    "|lịch|lớp|lợi|lực|minh|miền|máy|mã|mô|môn|mưu|mạng|mẫu|mềm|mới|cũ|mục|nghiêm|nghiên|nghiệm|nghiệp|nghề|nghệ|nghị"
    "|ngoại|nguồn|ngành|ngân|ngữ|nhiệm|nhà|nhánh|nhân|nhóm|nhập|nông|nước|nội|nộp|phiếu|pháp|phát|phân|phí|phòng"
    "|phương|phường|phần|phẩm|phổ|phụ|phục|phủ|quan|quy|quyết|quyền|quân|quý|quả|quản|quốc|sinh|suất|sách|sáng|sơ|sản"
    "|sở|sử|sự|tham|thanh|thi|thiết|thiện|thoại|thu|thuật|thuộc|thôn|thông|thương|thảo|thẩm|thẻ|thể|thị|thống|thời"
    "|thụ|thủ|thức|thử|thực|tin|tiên|tiêu|tiến|tiếp|tiền|toàn|toán|tra|trang|triển|trung|truyền|trách|trình|trí"
    "|trường|trưởng|trạng|trả|trẻ|trị|trọng|trợ|trực|tuyên|tuyến|tuyển|tuân|tài|tác|tâm|tích|tính|tòa|tư|tạo|tải|tập"
    "|tế|tỉnh|tốt|tộc|tục|tụng|tử|tự|viên|viết|việc|viện|vùng|văn|vận|vệ|vị|vốn|vụ|vực|xuất|xã|xét|xử|án|điền|điều"
    "|điện|đoàn|đào|đánh|đơn|đường|đại|đạo|đảm|đất|đấu|đầu|đầy|đề|địa|định|đồng|đổi|đội|ứng|lai|rừng|rác|thải|thuốc"
    "|máu|lãi|sạch|xanh|nữ|nam|thuế|trâu|bò|lợn|gà|cá|tôm|gỗ|than|dầu|khí|sữa|vé|khách|phim|ảnh|thầu"
)
"""Words of one or two syllables that what is measured often ends in, so that a share may stand right behind them:
`tỷ lệ hài lòng 95%`. None of them qualifies a value."""
POINTING = _words("được|đó|này|kia|khi|sau|qua|như")
"""Words that link, behind which a value does not say how it is meant: `chấp nhận được 80%`."""


BEFORE_VALUES = _words("đạt|đạt được|là|chiếm|ở mức|mức|ước đạt")
"""Words that lead in to the value itself, with nothing unknown between."""

OTHER_WORDS = _words(
    "tặng|tầng|tảng|tạng|hôn|hồn|hòn|đuôi|đuổi|đuối|giám|dùng|dụng|dựng|dừng|dung|dũng|đựng|con|côn|cồn"
    "|xưởng|xương|gắn|gán|gân|bảng|băng|bang|bàng|năng|nắng|nặng|nàng|bột|bót|bọt|hà|ha|hả|chung|chúng|chủng"
    "|chứng|len|lén|khoáng|khoang|ngọt|non|nón|nôn|vuốt"
)
"""Words of one syllable that differ from a comparing word by their marks alone, and are words themselves: `tặng 50 suất
quà` is no `tăng`."""
