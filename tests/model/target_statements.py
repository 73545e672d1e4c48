"""Whole sentences of the source documents, and the targets that they hold. Their populations are checked apart."""

from __future__ import annotations

from target_samples import Says, Typed

STATEMENTS = (
    # 000
    Typed(
        (
            "Đạt 100% chỉ tiêu đề ra trong Kế hoạch số 50/KH-TGPL ngày 30/01/2026 của Trung tâm Trợ giúp "
            "pháp lý nhà nước về việc triển khai thực hiện công tác trợ giúp pháp lý năm 2026"
        ),
        Says(">=", "100", "%"),
    ),
    Typed(
        (
            "Đảm bảo 100% người được trợ giúp pháp lý có yêu cầu trực tiếp hoặc gửi đơn yêu cầu trợ giúp "
            "pháp lý qua đường bưu chính… được xử lý theo đúng trình tự và đúng quy định của pháp luật."
        ),
        Says(">=", "100", "%"),
    ),
    Typed(
        ("Mức độ hài lòng của người được trợ giúp pháp lý về cung cấp dịch vụ pháp lý miễn phí của Trung tâm đạt >98%"),
        Says(">", "98", "%"),
    ),
    Typed(
        (
            "100% viên chức tại các Phòng của Trung tâm được quán triệt và tổ chức áp dụng, thực hiện nghiêm "
            "túc các quy trình của Hệ thống quản lý chất lượng theo Tiêu chuẩn quốc gia TCVN ISO 9001:2015 "
            "của Trung tâm."
        ),
        Says(">=", "100", "%"),
    ),
    Typed(
        (
            "Thường xuyên rà soát, cải tiến các quy trình áp dụng hệ thống quản lý chất lượng theo Tiêu "
            "chuẩn quốc gia TCVN ISO 9001:2015 trong hoạt động của Trung tâm phù hợp với các văn bản pháp "
            "luật mới ban hành."
        ),
        Says("qualitative", None, ""),
    ),
    # 001
    Typed(
        (
            "Kế hoạch đánh giá nội bộ, Quyết định thành lập đoàn đánh giá nội bộ được ban hành, thực hiện "
            "việc đánh giá nội bộ ít nhất 01 lần/năm."
        ),
        Says(">=", "1", "lần/năm", per="năm"),
    ),
    # 002
    Typed(
        (
            "Riêng đối với xã nông thôn mới nâng cao, đảm bảo đối tượng được trợ giúp pháp lý tiếp cận "
            "truyền thông, đạt tỷ lệ từ 90% trở lên."
        ),
        Says(">=", "90", "%"),
    ),
    Typed(
        (
            "- Sản phẩm: Phấn đấu từ 90% số vụ việc trợ giúp pháp lý được đánh giá đạt chất lượng khá, tốt "
            "trở lên, không có vụ việc không đạt chất lượng; trên 80% người thực hiện trợ giúp pháp lý tham "
            "gia các lớp tập huấn, nâng cao năng lực."
        ),
        Says(">=", "90", "%", strive=True),
        Says("=", "0", "vụ", strive=True),
        Says(">", "80", "%"),
    ),
    Typed(
        "Trên 80% người thực hiện trợ giúp pháp lý tham gia các lớp tập huấn, nâng cao năng lực", Says(">", "80", "%")
    ),
    # 003
    Typed(
        (
            "1.2. Nâng cao chỉ số cải cách thể chế của tỉnh, tạo đột phá trong công tác này; Phân đầu hàng "
            "năm chỉ số CCHC của Sở nằm trong top 5 các Sở, ngành dẫn đầu."
        ),
        Says("rank", "5", "hạng/năm", strive=True, per="năm"),
    ),
    Typed(
        (
            "1.3. Phấn đấu hàng năm có ít nhất 02 sáng kiến (hoặc giải pháp mới) về CCHC áp dụng có hiệu "
            "quả, đáp ứng yêu cầu của Hội đồng thẩm định CCHC Trung ương, của tỉnh; Có ít nhất 03 sáng kiến "
            "(hoặc giải pháp mới) về CCHC áp dụng có hiệu quả trong phạm vi cấp cơ sở được Hội đồng xét sáng "
            "kiến Sở công nhận."
        ),
        Says(">=", "2", "sáng kiến/năm", strive=True, per="năm"),
        Says(">=", "3", "sáng kiến/năm", per="năm"),
    ),
    Typed(
        (
            "1.4. Hàng năm ban hành Kế hoạch và thực hiện tự kiểm tra CCHC đối với ít nhất 75% đơn vị trực "
            "thuộc, kiểm tra công vụ đột xuất tại tối thiểu 50% các Phòng, Trung tâm thuộc Sở, đảm bảo thực "
            "chất và đúng quy định."
        ),
        Says(">=", "75", "%"),
        Says(">=", "50", "%"),
    ),
    Typed(
        (
            "1.4. 100% Quyết định của UBND tỉnh, Chủ tịch UBND tỉnh ban hành được tự kiểm tra kịp thời theo "
            "quy định. 100% văn bản QPPL, văn bản có dấu hiệu chứa QPPL, hướng dẫn áp dụng văn bản QPPL của "
            "cấp xã được kiểm tra kịp thời theo quy định."
        ),
        Says(">=", "100", "%"),
        Says(">=", "100", "%"),
    ),
    Typed(
        (
            "1.3. 100% TTHC nội bộ giữa Sở Tư pháp với cơ quan hành chính nhà nước khác được rà soát, công "
            "bố, công khai; rà soát, đơn giản hóa TTHC nội bộ để cắt giảm 20% quy định và 20% chi phí tuân "
            "thủ"
        ),
        Says(">=", "100", "%"),
        Says("reduce", "20", "%", baseline="unstated"),
        Says("reduce", "20", "%", baseline="unstated"),
    ),
    Typed(
        (
            "1.4. 100% TTHC theo Nghị định số 63/2010/NĐ-CP, TTHC nội bộ trong hệ thống cơ quan hành chính "
            "nhà nước; TTHC phi địa giới trong phạm vi cấp tỉnh thuộc phạm vi quản lý của Sở Tư pháp được "
            "công bố và công khai trên cơ sở dữ liệu quốc gia về TTHC"
        ),
        Says(">=", "100", "%"),
    ),
    Typed(
        (
            "1.6. Tỷ lệ TTHC đủ điều kiện được triển khai dịch vụ công trực tuyến toàn trình được tích hợp "
            "trên Cổng dịch vụ công quốc gia đạt 100%. Tỷ lệ nộp hồ sơ trực tuyến toàn trình đạt 70%"
        ),
        Says(">=", "100", "%"),
        Says(">=", "70", "%"),
    ),
    Typed(
        (
            "1.7. 100% người dân, doanh nghiệp khi thực hiện TTHC không phải cung cấp lại các thông tin, "
            "giấy tờ, tài liệu đã được chấp nhận khi thực hiện thành công TTHC trước đó mà Sở Tư pháp đang "
            "quản lý, hoặc thông tin, giấy tờ, số liệu đã được Sở kết nối, chia sẻ."
        ),
        Says(">=", "100", "%"),
    ),
    Typed(
        (
            "1.8. Mức độ hài lòng của người dân, doanh nghiệp đối với kết quả giải quyết TTHC của Sở Tư pháp "
            "đạt tối thiểu 95%."
        ),
        Says(">=", "95", "%"),
    ),
    Typed(
        (
            "1.9. 100% TTHC thuộc thẩm quyền giải quyết của Sở có yêu cầu nghĩa vụ tài chính được triển khai "
            "thanh toán trực tuyến, trong số đó, tỷ lệ giao dịch thanh toán trực tuyến đạt từ 80% trở lên."
        ),
        Says(">=", "100", "%"),
        Says(">=", "80", "%", subset=True),
    ),
    Typed(
        (
            "1.1. Phấn đấu 50% công chức, viên chức lãnh đạo, quản lý dưới 40 tuổi của Sở giao tiếp được với "
            "người nước ngoài bằng Tiếng Anh hoặc ngoại ngữ thông dụng khác."
        ),
        Says(">=", "50", "%", strive=True),
    ),
    Typed(
        (
            "1.3. Thu hút nhân tài vào làm việc tại cơ quan Sở và các đơn vị sự nghiệp trực thuộc Sở ít nhất "
            "10% (nếu có)."
        ),
        Says(">=", "10", "%", conditional=True),
    ),
    Typed("1.3. Tỷ lệ sắp xếp lại, xử lý nhà, đất thuộc thẩm quyền quản lý đạt trên 85%.", Says(">", "85", "%")),
    Typed(
        (
            "1.4. Cơ quan Sở được giao quyền tự chủ, tự chịu trách nhiệm theo Nghị định số 130/2005/NĐ-CP và "
            "Nghị định số 117/2013/NĐ-CP của Chính phủ; 100% đơn vị sự nghiệp thuộc Sở được giao quyền tự "
            "chủ tài chính theo Nghị định số 60/2021/NĐ-CP của Chính phủ, Nghị định số 111/2025/NĐ-CP."
        ),
        Says(">=", "100", "%"),
    ),
    Typed(
        (
            "1.6. Giảm chi hỗ trợ trực tiếp từ ngân sách nhà nước của đơn vị sự nghiệp công lập nhóm 3 "
            "(Trung tâm Dịch vụ Đấu giá tài sản tỉnh)."
        ),
        Says("qualitative", None, ""),
    ),
    Typed(
        (
            "1.1. Phối hợp xây dựng hạ tầng dữ liệu số đồng bộ, làm nền tảng cho chính quyền số, kinh tế số, "
            "xã hội số và các ứng dụng AI, bảo đảm “đúng - đủ - sạch - sống - thống nhất - dùng chung”; phục "
            "vụ người dân, doanh nghiệp một lần khai báo được sử dụng trọn đời, tạo điều kiện thuận lợi thúc "
            "đẩy phát triển kinh tế - xã hội. 85% dữ liệu của Sở được tích hợp với trục liên thông dữ liệu "
            "cấp tỉnh"
        ),
        Says(">=", "85", "%"),
    ),
    Typed(
        ("1.2. Phấn đấu 100% đạt cấp độ 4 và tăng lên cấp độ 5 mức độ trưởng thành về quản trị dữ liệu"),
        Says(">=", "100", "%", strive=True),
    ),
    Typed(
        (
            "1.4. Tỷ lệ cơ sở dữ liệu của Sở được kết nối liên thông để phục vụ quản lý nhà nước, cung cấp "
            "dịch vụ công đạt trên 80%;"
        ),
        Says(">", "80", "%"),
    ),
    Typed(
        ("100% các cuộc họp giao ban hàng quý giữa Sở và UBND cấp xã được thực hiện thông qua phòng họp trực tuyến."),
        Says(">=", "100", "%"),
    ),
    Typed(
        (
            "1.5. 100% hệ thống thông tin của Sở và các đơn vị sự nghiệp thuộc Sở được phê duyệt cấp độ an "
            "toàn; 100% hệ thống thông tin theo cấp độ được triển khai đầy đủ phương án bảo đảm an toàn."
        ),
        Says(">=", "100", "%"),
        Says(">=", "100", "%"),
    ),
    Typed(
        (
            "1.6. 100% hồ sơ công việc được xác lập trên môi trường mạng (trừ hồ sơ công việc thuộc phạm vi "
            "bí mật nhà nước)."
        ),
        Says(">=", "100", "%"),
    ),
    Typed(
        "1.1. Cơ quan Sở và 100% đơn vị sự nghiệp trực thuộc đáp ứng yêu cầu TCVN ISO 9001: 2015.",
        Says(">=", "100", "%"),
    ),
    Typed(
        (
            "1.3. Xây dựng quy trình nội bộ giữa Sở Tư pháp và các cơ quan hành chính nhà nước khác đáp ứng "
            "yêu cầu TCVN ISO 9001:2015, điện tử hóa 100% số quy trình đã xây dựng."
        ),
        Says(">=", "100", "%"),
    ),
    Typed(
        "1.4. Đảm bảo 25% các đơn vị thuộc Sở áp dụng HTQLCL được kiểm tra, đánh giá trong năm.",
        Says(">=", "25", "%/năm", per="năm"),
    ),
    # 004
    Typed("1. 100% hồ sơ giải quyết TTHC tỷ lệ sai lỗi bằng không", Says(">=", "100", "%"), Says("=", "0", "%")),
    Typed("2. Tỷ lệ hồ sơ hướng dẫn hoàn thiện bằng không", Says("=", "0", "%")),
    Typed("4. 80 % số hồ sơ giải quyết TTHC được đo lường sự hài lòng của tổ chức và công dân", Says(">=", "80", "%")),
    Typed(
        ("5. 100% số hồ sơ công việc và hồ sơ giải quyết TTHC được đánh giá trong kỳ đánh giá nội bộ năm 2019"),
        Says(">=", "100", "%"),
    ),
    Typed(
        ("6. 100% tiếp cận, thấu hiểu, áp dụng ISO và thực hiện cải tiến hiệu quả công việc bằng các giải pháp cụ thể"),
        Says(">=", "100", "%"),
    ),
    Typed(
        (
            "7. 100% cán bộ công chức thực hiện kiểm hoạt hiệu suất và hiệu quả làm việc thông qua kế hoạch "
            "làm việc và chỉ số đánh giá KPI"
        ),
        Says(">=", "100", "%"),
    ),
    Typed(
        (
            "1. Đảm bảo 95% thủ tục hành chính được xử lý nhanh hơn 10% thời gian quy định tại Văn bản pháp "
            "quy liên quan;"
        ),
        Says(
            ">=",
            "95",
            "%",
            criterion=Says(
                "reduce",
                "10",
                "%",
                baseline="statutory",
                baseline_text="thời gian quy định tại Văn bản pháp quy liên quan",
            ),
        ),
    ),
    Typed(
        (
            "2. Phấn đấu giảm tỷ lệ khiếu nại, tố cáo của tổ chức, công dân về việc xử lý thủ tục hành chính "
            "10% so với năm trước;"
        ),
        Says("reduce", "10", "%", baseline="previous_year", strive=True, baseline_text="năm trước"),
    ),
)

SILENT = (
    (
        "+ Bảo đảm các điều kiện về cơ cấu trợ giúp viên pháp lý, số lượng người làm việc (biên chế Trung tâm Trợ "
        "giúp pháp lý nhà nước giai đoạn 2021 - 2025, không thuộc trường hợp giảm 10% biên chế sự nghiệp hưởng lương "
        "từ ngân sách nhà nước so với năm 2021), cơ sở vật chất đáp ứng yêu cầu về an toàn, an ninh thông tin"
    ),
    (
        "Thực hiện trợ giúp pháp lý trong 03 Chương trình mục tiêu quốc gia về (i) giảm nghèo và an sinh xã hội bền "
        "vững giai đoạn 2021 - 2025, (ii) xây dựng nông thôn mới giai đoạn 2021 - 2025"
    ),
    "Tăng cường thực hiện dịch vụ công trực tuyến đối với các thủ tục hành chính đủ điều kiện ở mức độ 3, mức độ 4",
    "Báo cáo đánh giá kết quả hàng tháng, quý, 6 tháng, 9 tháng và năm 2026 của Trung tâm",
    "Thực hiện Quyết định số 19/2014/QĐ-TTg ngày 05/3/2014 và Điều 9.3 của TCVN ISO 9001:2015 trong Quý IV năm 2026",
    "Mở lớp cho công chức dưới 40 tuổi theo khoản 2 Điều 5 Nghị định số 130/2005/NĐ-CP",
    "4. Thực hiện theo Kế hoạch số 50/KH-TGPL; tuyên truyền 24/7",
)
"""Sentences with numbers, none of which is a target."""
