"""What people call the fields of the files: the words that are headings of their tables, in Vietnamese and a few in
English. A field that is not known (`thời hạn:`, `thoi_han:`, `due:`) is told its name by them.

A word may stand for several fields (`thời gian`): the first one that the place has is meant."""

from __future__ import annotations

import unicodedata

_WORDS = """
kind: loại tệp
id: mã, mã số, mã mục
template: mẫu, mẫu văn bản, biểu mẫu
number: số, số thứ tự, stt, tt, số hiệu
name: tên, họ tên, họ và tên, tên đơn vị, tên gọi, full name
text: nội dung, tên nhiệm vụ, nội dung công việc, mục tiêu, diễn giải, mô tả, công việc, nhiệm vụ, hoạt động, tên, \
lời văn, description, content, name
title: tiêu đề, trích yếu, tên, tên kế hoạch, tên phụ lục, chức danh
type: loại, loại văn bản, tên loại, tên loại văn bản
issuer: cơ quan ban hành, cơ quan, đơn vị ban hành, tên cơ quan
issuer_text: cơ quan ban hành bằng chữ
parent_text: cơ quan chủ quản bằng chữ, cơ quan chủ quản, cơ quan cấp trên
symbol: ký hiệu, ký hiệu văn bản, số ký hiệu
place: địa điểm, nơi, địa danh, nơi ban hành, nơi tổ chức, location
dateline: ngày tháng, ngày tháng năm, địa danh ngày tháng
caption: dòng đầu, chú thích đầu
secrecy: độ mật, mức độ mật
urgency: độ khẩn, mức độ khẩn
circulation: phạm vi lưu hành, lưu hành
drafter: người soạn thảo, ký hiệu người soạn thảo
address: địa chỉ, địa chỉ cơ quan
basis: căn cứ, căn cứ pháp lý
policy: chính sách, chính sách chất lượng
preamble: mở đầu, lời mở đầu, phần mở đầu
closing: kết thúc, phần kết, lời kết
recipients: nơi nhận
signatory: người ký, ký
cosigners: người cùng ký, đồng ký, cùng ký
boxes: ô ký, khung ký
signer: người ký
position: chức vụ, chức danh, quyền hạn chức vụ
second_position: chức vụ thứ hai
instruction: hướng dẫn ký, ghi chú ký
label: nhãn
events: sự kiện
event: sự kiện
standard: tiêu chuẩn
implements: thực hiện, thực hiện mục tiêu, thực hiện kế hoạch
supports: góp phần, hỗ trợ mục tiêu
refs: liên quan, tham chiếu, căn cứ liên quan
form: biểu mẫu trống
period: kỳ, thời kỳ, giai đoạn, năm, thời gian, kỳ báo cáo, kỳ số liệu
fields: trường riêng, trường khác, cột riêng
money_unit: đơn vị tiền, đơn vị tính tiền
sections: phần, mục, các phần, các mục
annexes: phụ lục, các phụ lục
info: thông tin, dòng thông tin
head: phần đầu, đầu văn bản, thể thức
table: bảng, bảng biểu
groups: nhóm, các nhóm, lĩnh vực
objectives: mục tiêu, mục tiêu chất lượng, các mục tiêu, chỉ tiêu
tasks: nhiệm vụ, các nhiệm vụ, công việc
activities: hoạt động, các hoạt động
target: chỉ tiêu, mục tiêu, giá trị mục tiêu, mức cần đạt, kế hoạch năm, kpi, goal
unit: đơn vị tính, đvt, đơn vị, đơn vị đo
comparator: phép so sánh, so sánh
value: giá trị, kết quả, số liệu, thực hiện
upper: cận trên, đến mức
per: mỗi, trên mỗi
points: điểm phần trăm
baseline: giá trị gốc, năm trước, cùng kỳ, mức gốc
baseline_text: giá trị gốc bằng chữ
population: đối tượng tính, tổng thể, phạm vi tính
commitment: mức cam kết
conditional: điều kiện, có điều kiện
frequency: tần suất, tần suất đo, chu kỳ đo, định kỳ
plan: kế hoạch, kế hoạch theo kỳ, mã kế hoạch, chỉ tiêu theo quý
horizons: chỉ tiêu các năm, mục tiêu các năm
base: giá trị gốc, mức hiện tại, hiện trạng, thực hiện năm trước
results: kết quả các năm, kết quả năm trước, thực hiện năm trước
threshold: ngưỡng, ngưỡng cảnh báo
method: phương pháp, phương pháp đo, cách đo, công thức, công thức tính, cách tính, formula
source: nguồn, nguồn dữ liệu, nguồn số liệu, nguồn kinh phí
monitor: theo dõi, người theo dõi, đơn vị theo dõi, lãnh đạo phụ trách, giám sát, phụ trách
score: điểm, thang điểm
risk: rủi ro
measures: biện pháp, giải pháp, biện pháp thực hiện, cách làm
lead: chủ trì, đơn vị chủ trì, cơ quan chủ trì, trách nhiệm, đơn vị thực hiện, người thực hiện, người phụ trách, \
phụ trách, responsible, owner
support: phối hợp, đơn vị phối hợp, cơ quan phối hợp, hỗ trợ
scope: phạm vi
deadline: thời hạn, hạn, thời gian, thời gian hoàn thành, hạn hoàn thành, thời hạn hoàn thành, thời gian thực hiện, \
tiến độ, hoàn thành, ngày hoàn thành, due, due date
start: bắt đầu, ngày bắt đầu, thời gian bắt đầu, từ ngày, khởi công
schedule: lịch, tiến độ tháng
hours: giờ, thời gian trong ngày
participants: thành phần, người dự, đối tượng, thành phần tham dự, số lượng
deliverables: sản phẩm, kết quả dự kiến, kết quả, kết quả đầu ra, sản phẩm đầu ra
evaluation: đánh giá, cách đánh giá, đánh giá kết quả, nghiệm thu
funding: kinh phí, nguồn lực, nguồn kinh phí
budget: dự toán, số tiền, kinh phí bằng số, kinh phí
amount: số tiền, kinh phí, thành tiền
note: ghi chú, chú thích, nhận xét, remark
clauses: điều khoản, điều khoản tiêu chuẩn
clause: điều khoản
weight: trọng số, tỷ trọng
kind: loại bảng
columns: cột, các cột
orientation: hướng giấy, khổ giấy, chiều giấy
numbered: đánh số cột
total: cộng, tổng cộng
mark: dấu, ký hiệu đánh dấu
rows: dòng, hàng, các dòng
blank: dòng trống
field: trường, tên trường
under: tiêu đề chung, nhóm cột
width: chiều rộng, độ rộng
due: thời hạn, hạn, ngày đến hạn, hạn khắc phục
every: lặp lại, định kỳ
continuous: thường xuyên, liên tục
readings: số liệu, các số liệu, kết quả đo, measurements, results
completions: hoàn thành, việc hoàn thành, các việc hoàn thành
corrective_actions: khắc phục, hành động khắc phục
audit: đánh giá nội bộ, kết quả đánh giá
item: mục, mã mục, mục tiêu, nhiệm vụ
numerator: num, tử số, số đạt
denominator: den, mẫu số, tổng số
change: thay đổi, tăng giảm
recorded: ngày ghi, ngày báo cáo, ngày nhập
evidence: minh chứng, bằng chứng, hồ sơ
files: tệp, tệp minh chứng, đính kèm
done: ngày hoàn thành, hoàn thành, ngày xong, xong ngày
date: on, ngày, ngày ký, ngày ban hành, ngày xảy ra
correction: xử lý ngay, khắc phục ngay
cause: nguyên nhân
action: biện pháp khắc phục, hành động khắc phục, hành động
verified_on: ngày kiểm tra, ngày xác nhận
verified_by: người kiểm tra, người xác nhận
effective: hiệu quả, có hiệu quả
finding: phát hiện, điểm không phù hợp
reviewed: xem xét, người xem xét
approved: phê duyệt, người phê duyệt
reason: lý do
partly: sửa đổi bổ sung, một phần
earlier: các lần ký trước, bản trước
signoff: thông tin ký, ký ban hành
digest: mã kiểm tra
parts: các phần đã ký
language: ngôn ngữ
timezone: múi giờ
profile: thể thức
plans: thư mục kế hoạch, các kế hoạch
templates: thư mục mẫu, các mẫu
output: thư mục kết quả, nơi xuất
deadlines: quy ước thời hạn, thời hạn
reporting: báo cáo, chế độ báo cáo
rules: quy tắc
units: đơn vị, các đơn vị, danh sách đơn vị, phòng ban
code: mã, mã đơn vị, viết tắt, id
parent: cấp trên, cơ quan cấp trên, trực thuộc, đơn vị cấp trên, cơ quan chủ quản
aliases: tên khác, tên gọi khác, viết tắt
cumulative: lũy kế, cộng dồn
share: tỷ trọng, tỷ lệ trong tổng
letterhead: giấy tiêu đề, mẫu giấy
people: danh sách cán bộ, cán bộ, danh sách người
post: chức vụ, chức danh
email: thư điện tử, địa chỉ thư điện tử, e-mail
until: đến ngày, ngày kết thúc, hoạt động đến
succeeded_by: đơn vị kế thừa, kế thừa bởi
members: thành viên, gồm
before: trước ngày
after_event_days: số ngày sau sự kiện
at_once_days: số ngày làm ngay
calendar: lịch báo cáo, chế độ
cut_off: chốt số liệu, ngày chốt
charts: biểu đồ, trang biểu đồ
days: số ngày
to: nơi gửi, báo cáo cho, gửi
month: tháng
quarter: quý
half: 6 tháng, nửa năm
nine_months: 9 tháng
year: năm
"""
"""A row for each field of plans, progress files and settings: its name and what people call it. Where a word stands for
several fields of one place, the row that stands first wins."""


def folded(words: str) -> str:
    """Words without tone marks, capitals and signs: `Thời_hạn` and `thoi han` are `thoi han`."""
    plain = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    letters = (letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    return " ".join("".join(letters).split())


def _rows() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in _WORDS.replace("\\\n", "").strip().splitlines():
        field, _, words = row.partition(": ")
        found[field] = (*found.get(field, ()), *(word.strip() for word in words.split(",")))
    return found


FIELD_WORDS = _rows()
"""The words for each field: `FIELD_WORDS["deadline"]` begins with `thời hạn`."""


def fields_called(typed: str) -> list[str]:
    """The fields that a name may stand for, the likeliest first: `thoi_han` is `deadline`, or `due`."""
    wanted = folded(typed)
    return [field for field, words in FIELD_WORDS.items() if wanted in map(folded, words)]
