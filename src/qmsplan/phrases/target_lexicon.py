"""The words that targets are made of, by kind, and the numbers. WORDS is data: a synonym is added to the line of its
kind. Below stand the words around a value: which ones make something else of it, and behind which it may stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TypeAlias

WORDS = {
    # how a value is compared
    "least": "ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn|không nhỏ hơn|không kém|không kém hơn"
    "|tối thiểu không dưới|ít nhất không dưới|tối thiểu không thấp hơn|thấp nhất không dưới"
    "|thấp nhất|min|đạt và vượt|đạt hoặc vượt|từ ít nhất|ít nhất bằng|tối thiểu bằng|ít nhất là bằng|ít nhất phải bằng",
    "more": "trên|hơn|cao hơn|lớn hơn|nhiều hơn|vượt|vượt quá|vượt mức|dài hơn|nặng hơn|chậm hơn|muộn hơn|to hơn",
    "most": "không quá|tối đa|nhiều nhất|max|không vượt quá|không vượt|không cao hơn|không lớn hơn|không nhiều hơn"
    "|không để quá|không có quá|không được quá|không trên|chậm nhất|muộn nhất|dưới hoặc đến|không hơn|không nhiều quá"
    "|tối đa không quá|chậm nhất không quá|muộn nhất không quá|nhiều nhất không quá|cao nhất không quá"
    "|không muộn hơn|không chậm hơn|không trễ hơn|không dài hơn|không chậm quá|không muộn quá|không trễ quá"
    "|không để xảy ra quá|không xảy ra quá|không phát sinh quá|không còn quá|tối đa bằng|nhiều nhất bằng",
    "less": "dưới|ít hơn|nhỏ hơn|thấp hơn|bé hơn|kém hơn|nhẹ hơn|yếu hơn|chưa đến|chưa tới|không đến|không tới",
    "equal": "bằng|đúng|đúng bằng|tương đương|tương đương với",
    "from": "từ|trong khoảng|trong khoảng từ|khoảng từ",
    "to": "đến|tới|cho đến|cho tới|đến dưới",
    "up": "trở lên|đổ lên|trở đi|hoặc cao hơn|hoặc nhiều hơn|hoặc lớn hơn|hoặc hơn",
    "down": "trở xuống|trở lại|đổ lại|đổ xuống|trở về"
    "|hoặc thấp hơn|hoặc ít hơn|hoặc nhỏ hơn|hoặc dưới|hoặc nhanh hơn|hoặc sớm hơn|hoặc ngắn hơn",
    "highest": "cao nhất",
    "near": "non",
    "roughly": "gần|ngót|trên dưới|khoảng|xấp xỉ|chừng|khoảng chừng|ước khoảng|ước chừng|vào khoảng|ở khoảng"
    "|suýt soát|sấp xỉ",
    "curb": "khống chế|kiềm chế|kìm chế|hạn chế|giới hạn",
    "none": "không có|không một|không để|không để xảy ra|không để phát sinh|không để tồn tại|không xảy ra"
    "|không phát sinh|không còn|không tồn tại|không xuất hiện",
    "all": "toàn bộ|tất cả",
    "half": "một nửa|nửa",
    # how it changes
    "reduce": "giảm|giảm dần|cắt giảm|giảm bớt|giảm thiểu|rút ngắn|tiết kiệm|kéo giảm|hạ|tinh giản|tinh giảm|cắt bỏ|bớt"
    "|thu hẹp|sụt giảm|tiết giảm|giảm thêm|cắt giảm thêm|tiết kiệm thêm",
    "increase": "tăng|tăng thêm|gia tăng|nâng|nâng thêm|tăng trưởng",
    "faster": "nhanh hơn|sớm hơn|ngắn hơn|trước hạn|rút ngắn hơn",
    "upto": "lên|lên đến|lên tới|lên mức|lên ít nhất|lên trên|tăng lên|nâng lên",
    "downto": "xuống|còn|xuống còn|xuống mức|chỉ còn|về mức|về còn",
    "base": "so với|so sánh với|so",
    "now": "hiện nay|hiện tại|hiện có|hiện là|hiện trạng|thực trạng|đang là",
    "alarm": "ngưỡng cảnh báo|mức cảnh báo|giới hạn cảnh báo|ngưỡng báo động|mức báo động|ngưỡng can thiệp"
    "|giới hạn can thiệp|ngưỡng hành động|giới hạn hành động|cảnh báo khi|cảnh báo nếu|báo động khi",
    "earlier": "năm trước|năm ngoái|năm liền trước|cùng kỳ|cùng kỳ năm trước",
    # with a number behind it, what cases are counted
    "over": "quá",
    # ranks
    "rank": "top|tốp|trong top|trong tốp|trong nhóm|thuộc nhóm|xếp thứ|xếp hạng|đứng thứ|đứng hạng|xếp vị trí"
    "|xếp vị trí thứ|xếp thứ hạng|xếp hạng thứ|đạt hạng|vị trí thứ|đứng trong|nằm trong"
    "|đứng ở vị trí|đứng vị trí|nằm trong nhóm"
    "|nằm trong top|nằm trong tốp|đứng trong nhóm|đứng trong top|đứng trong tốp|vào top|vào nhóm|lọt vào top",
    "place": "hạng|thứ hạng|vị trí|thứ bậc|thứ|bậc",
    "first": "dẫn đầu|đứng đầu|tốt nhất|hàng đầu|đầu cả nước|đầu bảng",
    # who, when, whether
    "strive": "phấn đấu|phân đấu|phân đầu|quyết tâm",
    "condition": "nếu có|nếu phát sinh|khi phát sinh|nếu có phát sinh|khi có phát sinh|nếu có yêu cầu",
    "subset": "trong số đó|trong đó|trong số này",
    "each": "hàng năm|mỗi năm|một năm|trong năm|hàng quý|mỗi quý|trong quý|một quý|hàng tháng|mỗi tháng|trong tháng"
    "|một tháng|mỗi tuần|hàng tuần|mỗi ngày|hàng ngày|định kỳ hàng năm|định kỳ hàng quý|định kỳ hàng tháng|mỗi 6 tháng"
    "|trong 01 năm|trong 1 năm|trong một năm|mỗi học kỳ|từng học kỳ|hàng học kỳ",
    "time": "năm|quý|tháng|tuần|ngày",
    "age": "tuổi|tháng tuổi|tuần tuổi|ngày tuổi|năm công tác|năm kinh nghiệm|năm tuổi|tuổi đời",
    # what stands before a value and says nothing more
    "aim": "đạt|đảm bảo|bảo đảm|có|đạt được|ở mức|mức|là|chiếm|ước đạt|duy trì|giữ|giữ vững|bình quân|ước"
    "|giữ nguyên|giữ nguyên mức|giữ nguyên ở mức|giữ mức|giữ ở mức|duy trì mức|duy trì ở mức",
    "mean": "trung bình",
    "verb": "hoàn thành|thực hiện|tổ chức|xây dựng|ban hành|mở|triển khai|tiến hành|kiểm tra|đào tạo|giải quyết"
    "|đăng ký|đề xuất|công nhận|tham mưu|thêm|xử lý|phát hành|biên soạn|cử"
    "|nâng cấp|nâng lương|trồng mới|trồng|lắp đặt|lắp đặt mới|hình thành|hình thành mới|thành lập|thành lập mới"
    "|xây mới|xây dựng mới|tuyển dụng|tuyển mới|tuyển sinh|cấp mới|phát triển mới|kết nạp|kết nạp mới|giới thiệu"
    "|cải tạo|sửa chữa|mua sắm|bồi dưỡng|tập huấn|cung cấp|khám|cấp phát|thu hút|huy động|giải phóng|di dời"
    "|phân loại|tu bổ|tôn tạo|trùng tu|chống xuống cấp|phục dựng|xuất bản"
    "|in ấn|lấy mẫu|thu mẫu|diễn tập|luyện tập|thực tập|biên tập|sưu tập|trao giải"
    "|ký số|chia nhóm|chia tổ",
    "share": "tỷ lệ|tỉ lệ",
    "noun": "mặt bằng|đồng bằng|văn bằng|công bằng|cân bằng|thăng bằng|bằng cấp|bằng khen|bằng lái"
    "|chỉ số|số lượng|tổng số|hạ áp|hạ thế|hạ du|hạ lưu|hạ tầng|hạ tầng số|cơ sở hạ tầng|giảm nghèo"
    "|giá trị gia tăng|tổ tiết kiệm|sổ tiết kiệm|quỹ tiết kiệm|gửi tiết kiệm|điểm trung bình|điểm bình quân"
    "|điểm đánh giá|mầm non|doanh số|dân số|điểm số|hệ số|tỷ số|tỉ số|trị số|khoảng cách"
    "|trung cấp|sơ cấp|cao cấp|phụ cấp|trợ cấp|thời kỳ|chu kỳ|danh mục|hạng mục|thành phần|cổ phần|học phần|chủng loại",
    "and": "và|hoặc|cùng|cùng với",
    "purpose": "để|nhằm",
    "link": "của|được|trong|tại|cho|theo|khi|mà|do|bởi|về|với|đối với|ở|bị|thì|sẽ|phải|cần|các|những|trở|trước"
    "|sau|nếu|qua|vì|rằng|như|mỗi|từng|này|đó|kia|nhưng|gồm|bao gồm|không|chưa|hơn nữa|thuộc|trong thời gian|cả năm",
    "inside": "trong vòng|trong thời hạn",
    # what sets something aside, or names it by a number
    "except": "không thuộc|không thuộc trường hợp|không thuộc diện|không thuộc đối tượng|trừ|trừ trường hợp"
    "|ngoại trừ|không bao gồm|không tính|không áp dụng",
    "label": "số|mức độ|ở mức độ|cấp|cấp độ|nhóm|loại|điều|khoản|chương|mục|phần|phụ lục|mẫu|biểu|bảng|bước"
    "|giai đoạn|lần thứ|khóa|kỳ|đợt|phường|quận|tổ|tiêu chuẩn|phiên bản|tập|trang|nghị quyết|iso|tcvn|qcvn"
    "|nhiệm kỳ|phòng số|giải|nguyện vọng|tổng đài|đường dây nóng|hotline|iso / iec|tcvn iso|tcvn iso / iec|vilas"
    "|quốc lộ|tỉnh lộ|khối|học kỳ|quyết định số|kế hoạch số|nghị định số|thông tư số|công văn số|văn bản số",
    "named": "gấp đôi|gấp rưỡi|gấp ba|gấp bốn|gấp|nào|dự toán|đứng|xếp|trong số|trong tổng số|trên tổng số|trong tổng"
    "|trên tổng|cứ|thang điểm|thang đo|thang likert|thang đánh giá|khung năng lực|khung trình độ|khung tham chiếu",
    "name": "chương trình mục tiêu quốc gia|chương trình mtqg|cấp chính quyền|chính quyền",
    # words of direction
    "quality": "nâng cao|tăng cường|cải tiến|cải thiện|thường xuyên|thường xuyên rà soát|rà soát|kịp thời|đẩy mạnh"
    "|hoàn thiện|tiếp tục|đổi mới|phát triển|đầy đủ|dứt điểm|đúng hạn|đúng quy định|đúng thời hạn|đúng tiến độ"
    "|hiệu quả|chất lượng|xếp loại|đạt loại|loại khá|loại tốt|loại giỏi|tốt|khá|xuất sắc|nghiêm túc|chủ động"
    "|chú trọng|không ngừng|an toàn|mở rộng|củng cố|tốt hơn|từng bước|định kỳ|chặt chẽ|nhanh chóng"
    "|thông suốt|loại a|loại b|loại i|hạng a|hạng i",
    # units of more than one word, and those that may stand where a number counts something
    "duration": "ngày làm việc|giờ|giờ làm việc|phút|giây",
    "percent": "%|phần trăm|‰|phần nghìn",
    "points": "điểm phần trăm|điểm %",
    "unit": "sáng kiến|đơn vị|chi cục|hồ sơ|vụ|vụ việc|lần|lượt|lượt người|lớp|lớp tập huấn|cuộc|cuộc kiểm tra|cuộc họp"
    "|người|văn bản|đồng|nghìn đồng|triệu đồng|tỷ đồng|điểm|buổi|hội nghị|báo cáo|trường hợp|thủ tục"
    "|quy trình|cán bộ|công chức|viên chức|doanh nghiệp|giải pháp|mô hình|đề tài|tin bài|chuyên đề|dự án|nhiệm vụ"
    "|chỉ tiêu|phòng|trung tâm|ý kiến|phiếu|hộ|xã|kế hoạch|chuyên mục|công trình|đơn thư|kiến nghị|trợ giúp viên"
    "|tổ chức, cá nhân|ngày công|giờ công|khóa học|lớp học|thôn|ấp|dịch vụ|bản ghi|bản sao|bếp ăn|công tơ|chỗ ở"
    "|phàn nàn"
    "|phần mềm|tiêu chí|mục tiêu|chương trình|khóa đào tạo|khóa tập huấn|nhóm nghiên cứu|loại hình|kỳ thi|tổ công tác"
    "|đợt thanh tra|đợt giám sát|đợt tuyên truyền|đợt truyền thông|phiên chợ|mẫu nước|mẫu thực phẩm|mẫu xét nghiệm"
    "|sinh viên|học sinh|giáo viên|giảng viên|bác sĩ|bác sỹ|dược sĩ|điều dưỡng|bệnh nhân|người bệnh|người dân"
    "|hộ dân|hộ gia đình|hộ nghèo|hộ cận nghèo|khách hàng|du khách|lượt khách|lao động|người lao động"
    "|đoàn viên|đảng viên|hội viên|tình nguyện viên|chuyên gia|học viên|nhân viên|nhân lực|trẻ em|thí sinh"
    "|nghiên cứu viên|thành viên|ủy viên|xã viên|cộng tác viên|vận động viên|báo cáo viên"
    "|cơ sở|sự cố|sự kiện|sự kiện lớn|sản phẩm|nghiệp vụ|hệ thống|ứng dụng|tài sản"
    "|thiết bị|máy tính|cụm công nghiệp|khu công nghiệp|hợp tác xã|tổ hợp tác|trang trại|làng nghề|nhãn hiệu"
    "|sáng chế|bằng sáng chế|công bố|bài báo|bài viết|bài đăng|ấn phẩm|tác phẩm|giải thưởng|huy chương|ý tưởng"
    "|cuộc thi|hội thảo|hội thi|tọa đàm|đợt kiểm tra|cuộc thanh tra|đoàn kiểm tra|phiên|phiên họp"
    "|phiên giao dịch|vụ án|vụ cháy|vụ tai nạn|ca|ca bệnh|ca mắc|giường|giường bệnh|phòng học|phòng họp"
    "|phòng thí nghiệm|nhà ở|căn hộ|ngôi nhà|nhà văn hóa|trường học|trường tiểu học|trường trung học"
    "|trường mầm non|bệnh viện|trạm y tế|tuyến đường|cây cầu"
    "|phương tiện|xe buýt|phản ánh|đơn|đơn hàng|hợp đồng|giao dịch|tài khoản|thuê bao"
    "|hồ sơ đăng ký|tài liệu|giáo trình|bài giảng|tín chỉ|đề án|đề cương|quy chế|chuyến|chuyến bay|quốc gia"
    "|tổ dân phố|khu phố|điểm trường|điểm cầu|điểm bán hàng|ngành nghề|đối tượng|vị trí việc làm|ngày phép"
    "|tổ hội|tổ hòa giải|tổ tự quản|giờ dạy|tiết dạy|tiết học|bộ hồ sơ|kênh|câu lạc bộ|chi bộ|đồng chí|tiếng"
    "|tập thể|cá nhân|đồng hồ|công đoàn|phiên tòa|phiên dịch|thỏa ước|thỏa thuận|tổng điều tra|cuộc điều tra"
    "|điểm du lịch|điểm đen|điểm đỗ|điểm đến|nhà máy|nhà trẻ|nhà vệ sinh|nhà thầu|nhà đầu tư|nhà khoa học|nhà báo"
    "|nhà giáo|nhà trường|nhà hàng|nhà xưởng|máy bay|máy móc|máy trạm|máy chủ|căn nhà|con bò|con lợn|người dùng"
    "|người học"
    "|người cao tuổi|người khuyết tật|người có công|hộ kinh doanh|con gà|tấm pin|bộ bàn ghế|tờ rơi|cuốn sách"
    "|xe máy|xe tải|xe ô tô|xe khách|tàu cá"
    "|tàu bay|trạm bơm|trạm biến áp|con đường|con giống|bộ phận|bộ tiêu chí|bộ chỉ số|bộ đề|bộ máy|đội ngũ|câu hỏi"
    "|giấy chứng nhận|giấy khai sinh|giấy xác nhận|giấy phép|giấy khen"
    "|chữ ký số|chứng thư số|cụm dân cư|khu dân cư|khu vực|khu du lịch|vườn quốc gia|mạng lưới|chuỗi giá trị"
    "|cấp phó|cấp trưởng|chuỗi liên kết|bản tin|bản đồ|bản án|bản sách|bài thi|bài tập|tin nhắn|thẻ tín dụng|sổ đỏ"
    "|đoàn công tác|đoàn thể|đàn gia súc|dân tộc|dân quân|hồ chứa|cầu thủ|viên thuốc|tổ đội|tổ chức đảng|mẫu vật"
    "|số báo|phần quà|nhóm hộ|lượt xem|lượt truy cập|lượt tải|ca phẫu thuật|ca trực|đơn vị máu|đơn vị sản phẩm"
    "|hiện vật|lễ hội|nghệ nhân|huấn luyện viên|trọng tài|học bổng|phép thử|nguồn gen|đầu sách|đầu mối|đầu tài liệu"
    "|biên bản|bộ tài liệu|trụ sở|nghiên cứu sinh|thực tập sinh|lưu học sinh|kiểm sát viên|điều tra viên"
    "|chấp hành viên|công chứng viên"
    "|khách sạn|khách mời|tờ khai|tờ trình|bộ môn|bộ luật|cây xăng|cây số|câu chuyện|chữ ký|bài học|tin báo|bản cam kết"
    "|bản kê khai|bản ghi nhớ|nhà nghiên cứu|nhà phân phối|nhà nghỉ|nhà ga|hồ bơi|bể bơi|bến xe|tàu thuyền|máy thở"
    "|giám định viên|hòa giải viên|tuyên truyền viên|phát thanh viên|biên tập viên|hướng dẫn viên|kiểm toán viên"
    "|thanh tra viên|kỹ thuật viên|quan trắc viên|quan sát viên|phó giáo sư|cựu chiến binh|khu tái định cư"
    "|điểm tái định cư|khu đô thị|phòng giao dịch|kho dữ liệu|cơ sở dữ liệu|tập dữ liệu|bộ dữ liệu|kho lưu trữ"
    "|cửa hàng|công đoàn cơ sở|cụm thi đua|khối thi đua|tủ sách|nhà tình nghĩa|nhà tình thương|nhà đại đoàn kết"
    "|mái ấm|bể chứa|trạm thu phát|trạm quan trắc|trạm cấp nước|lượt người dân|lượt hộ|lượt xe|lượt bệnh nhân"
    "|điểm truy cập|điểm dân cư|bài giảng điện tử|ngày hội|ngày giờ|giờ giảng|tiết giảng|tin, bài|bài hát|vở diễn"
    "|buổi diễn|đầu báo cáo|đầu việc|hạng mục công trình|gói thầu|gói hỗ trợ|lô hàng|đơn đặt hàng|ca cấp cứu|ca mổ"
    "|ca đẻ|mũi tiêm|liều vắc xin|văn phòng|hội đồng|cộng đồng",
    # units of one syllable; of another noun two syllables are the unit: `khiếu nại`
    "single": "tấn|tạ|kg|g|mg|km|m|cm|mm|ha|m²|m³|m2|m3|km²|km2|lít|ml|kw|mw|kwh|mwh|gwh|kv|kva|mva|usd|vnd|đ|đô|euro"
    "|em|trẻ|cháu|con|cây|cái|chiếc|bộ|cuốn|quyển|tờ|bài|tin|lô|suất|cặp|đôi|đội|bản|bức|thẻ|vé|hộp|gói|túi|thùng"
    "|chai|viên|ống|liều|mũi|xe|tàu|thuyền|máy|trạm|cầu|cống|giếng|hồ|nhà|huyện|tỉnh|buôn|làng|bon|chợ|cột|trụ"
    "|tuyến|quầy|sổ|đề|câu|chữ|vòng|trận|đàn|đoàn|hố|bể|lồng|dân|cụm|khu|vị|gian|căn|kcn|ccn|htx|tthc|hs|sv|gv"
    "|hồi|chuỗi|clb|ao|vườn|đập|mạng|robot|video|clip|app|module|camera|laptop"
    "|website|container|poster|banner|kiosk|khiếu nại|tố cáo|khách|°c|°f|hssv|teu|hcv|hcb"
    "|db|dba|ntu|lux|bar|ppm|mpa|kpa",
    "scale": "triệu|tỷ|tỉ|nghìn|ngàn|vạn|trăm nghìn|nghìn tỷ",
}
"""Kinds of words, each a list of phrases. Of a phrase that stands in two lines the later line counts."""


def _or_equal(words: str) -> str:
    """Words of more or of less with `bằng`: `cao hơn hoặc bằng|bằng hoặc cao hơn`."""
    return "".join(f"|{word} hoặc bằng|bằng hoặc {word}" for word in words.split("|"))


_IN_ENGLISH = {
    "least": "at least|no less than|not less than|no fewer than|minimum|minimum of|a minimum of|not below|not under"
    "|no lower than|not lower than|greater than or equal to",
    "more": "more than|greater than|higher than|longer than|over|above|exceed|exceeds|exceeding",
    "most": "at most|at the most|no more than|not more than|up to|maximum|maximum of|a maximum of|not over|not above"
    "|within|no longer than|not longer than|no later than|not later than|limited to|less than or equal to"
    "|not exceeding|not exceed|does not exceed|do not exceed|should not exceed|must not exceed|shall not exceed"
    "|may not exceed|will not exceed|not to exceed",
    "less": "less than|fewer than|lower than|shorter than|faster than|under|below",
    "from": "from",
    "up": "or more|or higher|or above|or over|and above|and over|and more",
    "down": "or less|or fewer|or lower|or below|or under|and below|and under",
    "to": "to",
    "roughly": "between|about|around|nearly|almost|approximately",
    "reduce": "reduce|reduced|reduce by|reduced by|decrease|decrease by|cut by",
    "increase": "increase|increased|increase by|increased by|grow by|raise by",
    "base": "compared with|compared to",
    "earlier": "last year|the previous year|the year before",
}
"""Comparing words in plans that are written in English: left out, `less than 5 days` would be at least five."""
for _kind, _words_in_english in _IN_ENGLISH.items():
    WORDS[_kind] += f"|{_words_in_english}"
WORDS["least"] += _or_equal("trên|hơn|vượt|cao hơn|lớn hơn|nhiều hơn|tốt hơn")
WORDS["most"] += _or_equal("dưới|thấp hơn|nhỏ hơn|ít hơn|bé hơn|kém hơn|nhanh hơn|ngắn hơn")

_OTHERS = ("word", "mark", "odd", "stop", "comma", "sign", "open", "close", "slash", "dash", "aside", "case")
LETTERS = {"number": "N", **{kind: chr(0xA1 + index) for index, kind in enumerate((*_OTHERS, *WORDS))}}
"""One letter for each kind of words: a text becomes a short string of letters, which the patterns are held against."""


def letters_of(*kinds: str) -> str:
    """The letters of some kinds of words, as a string."""
    return "".join(LETTERS[kind] for kind in kinds)


_ONE_TO_TEN = "một hai ba bốn năm sáu bảy tám chín mười"
DIGITS = {
    **{word: value for value, word in enumerate(_ONE_TO_TEN.split(), 1)},
    "không": 0,
    "mốt": 1,
    "tư": 4,
    "lăm": 5,
}
"""Numbers in words up to ten; larger ones are made of these and `mươi`, `trăm`."""


Lexicon: TypeAlias = "Mapping[str, list[tuple[int, list[str], str]]]"
"""Known phrases by their first word, the longest first: how many words, the words, the letter of their kind."""


@cache
def lexicon() -> Lexicon:
    """The phrases of `WORDS`."""
    found: dict[str, list[tuple[int, list[str], str]]] = {}
    for phrase, letter in {phrase: LETTERS[kind] for kind, line in WORDS.items() for phrase in line.split("|")}.items():
        words = phrase.replace(",", " ,").split()
        found.setdefault(words[0], []).append((len(words), words, letter))
    return {first: sorted(entries, reverse=True) for first, entries in found.items()}


_POINT = re.compile(r"[0-9]+\.[0-9]{1,2}")
NUMBER = r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]{1,4})?|[0-9]{1,9}(?:,[0-9]{1,4})?"
"""A number as plans write it: `1.000`, `98,5`."""


BELOW_ZERO = "⁻"
"""The sign of a number below zero in the grammar's spelling: a dash parts two numbers, or leads a line."""


def number(text: str) -> Decimal:
    """The value of a number: the comma is decimal, the point separates thousands. 98.5 for `98,5`, 1000 for `1.000`, 10
    for `mười`; of `3/63` the 3. One or two digits behind a point are decimals too: 0.5 for `0.5`."""
    if text[0] == BELOW_ZERO:
        return -number(text[1:])
    if text[0].isalpha():
        return Decimal(_in_words(text.split()))
    first = text.partition("/")[0]
    return Decimal(first if _POINT.fullmatch(first) else first.replace(".", "").replace(",", "."))


def _in_words(words: Sequence[str]) -> int:
    """The value of a number in words: 95 for `chín mươi lăm`, 100 for `một trăm`."""
    total, last = 0, 0
    for word in words:
        if word in {"mươi", "trăm"}:
            total, last = total + last * (10 if word == "mươi" else 100), 0
        else:
            total, last = total + last, DIGITS[word]
    return total + last


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
    _words("không|chưa|chẳng|cấm|tránh|đừng|chớ|chả|ngăn|not|never|cannot|without"),
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
    "mốc": _words("đạt|cột|cán|chạm|vượt"),
    "thành": _words("chia|tách|gộp|giải|thoại|hợp|cấu|trưởng|hình|tạo|nội|ngoại|kinh"),
    "không": _words("hàng|trên|phòng"),
    "trừ": _words("khấu|loại|diệt|phòng"),
    "cộng": _words("công"),
    "đỉnh": _words("cao"),
    "nhân": _words("công|nguyên|bệnh|cá|tư|nữ|nam|doanh|danh|quân|hôn|hạt|thân|phạm|nạn|pháp|tù|yếu|tác|nghệ"),
    "mong": _words("kỳ"),
    "thống kê": _words("giám|cục|biểu"),
}
"""Words that make another word of one that qualifies: `trình độ`, `chứng chỉ`, `học sinh yếu, kém`."""

NOUN_BEFORE = _words("tỷ lệ|tỉ lệ|độ|mức|ở mức|sự|gửi|việc|tác|được|bị|đã|số|thuốc|chương trình")
"""Before a word of change these make a name of it: `tốc độ tăng`, `tiền gửi tiết kiệm`, `thủ tục được cắt giảm`."""
NAMES_CHANGE = _words("vào|của|cho|về|trong|theo|do|bởi")
"""Words before a change that is a name of something: `vào tăng trưởng`."""
FOR_WHOM = _words("cho|với|tại|ở|đối với")
"""Words before a number of those who get something: `giảm học phí cho 200 sinh viên`."""
MEASURED = _words(
    "mốc|biên chế|tự nguyện|nợ|sĩ số"
    "|tình nguyện|nguyện vọng|tai nạn|tội phạm|hộ nghèo|lao động|hoạt động|vận động|tự động|chủ động"
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
    "|hữu|mại|vay|gửi|lương|thưởng|phạt|bán|mua|thuê|xây|chế|biến|trùng|tán|đê|kè|kênh|mương|sông|suối|biển"
    "|đảo|cảng|bến|ga|xe|tàu|bay|hầm|phố|ao|đập|giếng|bể|ống|trạm|lưới|sức|khỏe|khoẻ|tật|già|gái|trai|thai|đẻ"
    "|tiêm|chủng|xin|răng|mắt|tim|mạch|phổi|ruộng|vườn|rẫy|đồi|núi|nương|cây|hoa|rau|củ|ngô|khoai|sắn|mía|chè"
    "|cà phê|cao su|dê|vịt|ong|trứng|thịt|mật|lưu trú|lịch sử|du khách|buồng|tour|chuyến|chở|gạo|muối|đá|cát"
    "|gạch|thép|xăng|giày|may|mặc|dệt|nhựa|chíp|phần cứng|số hóa|trực tuyến|internet|sóng|tổng đài|web|app"
    "|dữ liệu|kết nối|chia sẻ|đồng bộ|liên thông|lưu trữ|ký số|chữ ký|bưu|nhận|trao|tặng|đọc|nghe|nói|chữ|anh"
    "|lý|nhạc|họa|thể dục|bơi|chạy|nhảy|bóng|cờ|võ|múa|hát|diễn|kịch|tượng|đình|chùa|đền|lễ|tết|hè|xuân|đông"
    "|ngày|đêm|trưa|chiều|lỗ|cổ tức|cổ phần|trái phiếu|ngoại tệ|vàng|bạc|ví|pos|atm|séc|quỹ|bảo lãnh"
    "|bồi thường|tái định cư|giải tỏa|bàn giao|quyết toán|nghiệm thu|thẩm tra|phúc tra|kháng nghị|kiến nghị"
    "|khởi tố|truy tố|xét hỏi|bắt|giữ|tạm giam|cải tạo|cai nghiện|hồi gia|hòa nhập"
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
