"""Which names of a draft are proposed as units and persons of the register."""

from __future__ import annotations

from qmsplan.importing.units import unknown_units
from qmsplan.model.settings import Person, Unit
from qmsplan.phrases.people import Register
from rows import each_row

KNOWN = Register((Unit(code="VP", name="Văn phòng Sở"),))
PROPOSED = {
    "Phòng Hành chính và Bổ trợ tư pháp": ["Phòng Hành chính và Bổ trợ tư pháp"],
    "Phòng Pháp chế và Phổ biến, giáo dục pháp luật; Sở Nội vụ": [
        "Phòng Pháp chế và Phổ biến, giáo dục pháp luật",
        "Sở Nội vụ",
    ],
    "Sở Nông nghiệp và Môi trường, Sở Tài chính": ["Sở Nông nghiệp và Môi trường", "Sở Tài chính"],
    "Khoa Nội và Khoa Ngoại": ["Khoa Nội", "Khoa Ngoại"],
    "Văn phòng Sở, Chi cục Thuế": ["Chi cục Thuế"],
    "Phòng Tổ chức, Hành chính, Quản trị, Phòng Đào tạo": ["Phòng Tổ chức, Hành chính, Quản trị", "Phòng Đào tạo"],
    "Sở Văn hóa, Thể thao và Du lịch và Sở Y tế": ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"],
    "Sở Nội vụ, Tài chính": ["Sở Nội vụ"],
    "UBND xã Phú Thịnh, Phú Lộc": ["UBND xã Phú Thịnh"],
    "Khoa Nội, Ngoại; Khoa Ngoại": ["Khoa Nội", "Khoa Ngoại"],
    "Tổ Toán, Tin": ["Tổ Toán"],
    "Nhà máy nước số 1 và số 2": ["Nhà máy nước số 1", "Nhà máy nước số 2"],
    "Phòng có điểm không phù hợp": [],
    "Tổ Toán, Tin; Tổ Toán, Tin": ["Tổ Toán, Tin"],
    "Phòng Đào tạo, viên chức phụ trách": ["Phòng Đào tạo"],
    "Ông Nam, Giám đốc Báo và Phát thanh, Truyền hình Nghệ An; Phó Giám đốc Sở Nông nghiệp và Môi trường": [
        "Báo và Phát thanh, Truyền hình Nghệ An",
        "Sở Nông nghiệp và Môi trường",
    ],
    "Ông Lê Hải - Trưởng phòng Kinh doanh": ["Phòng Kinh doanh"],
    "Trưởng phòng Kiểm định; Phó Trưởng phòng phụ trách; Giám đốc Sở": ["Phòng Kiểm định"],
    "Phòng QLCL; Phòng Quản lý chất lượng; Phòng KT; Phòng Kế toán; Phòng Kỹ thuật": [
        "Phòng Quản lý chất lượng",
        "Phòng KT",
        "Phòng Kế toán",
        "Phòng Kỹ thuật",
    ],
    "Văn phòng HĐND&UBND chủ trì; các ban phối hợp": ["Văn phòng HĐND&UBND"],
    "Các phòng; PAR INDEX; Trung tâm": [],
    "Phân xưởng Sản xuất; Xưởng Cơ khí": ["Phân xưởng Sản xuất", "Xưởng Cơ khí"],
}


@each_row("people", PROPOSED)
def test_names_that_begin_as_units_are_proposed_whole(people: str) -> None:
    found = unknown_units({"tasks": [{"lead": people}]}, KNOWN, "", "")
    assert [unit.name for unit in found.units] == PROPOSED[people]


PERSONS = {
    "Đ/c Nguyễn Văn A – Phó Giám đốc": [("Nguyễn Văn A", "Phó Giám đốc", "SYTH")],
    "bà Trần Thị B; Trần Thị B, Phó Giám đốc": [("Trần Thị B", "Phó Giám đốc", "SYTH")],
    "Văn phòng Sở (đ/c Lê Văn Minh)": [("Lê Văn Minh", "", "VP")],
    "ThS. Lê Thị Hoa (Trưởng khoa Nội); Khoa Nội": [("Lê Thị Hoa", "Trưởng khoa Nội", "KN")],
    "Phó Giám đốc Nguyễn Văn An chủ trì, Đại tá Lê B phối hợp": [
        ("Nguyễn Văn An", "Phó Giám đốc", "SYTH"),
        ("Lê B", "", "SYTH"),
    ],
    "Ông Lê Tú, Phó Giám đốc Sở Nông nghiệp và Môi trường": [
        ("Lê Tú", "Phó Giám đốc Sở Nông nghiệp và Môi trường", "SNNMT")
    ],
    "đ/c An; Lê Văn An; cô Hạnh": [("Lê Văn An", "", "SYTH"), ("Hạnh", "", "SYTH")],
    "ông Đỗ Tú; Hà Nội; Đoàn Thanh Niên; Kế toán trưởng": [],
}
"""Persons by a phrase; `Đỗ Tú` is registered."""


@each_row("people", PERSONS)
def test_persons_are_proposed_with_post_and_unit(people: str) -> None:
    known = Register(KNOWN.units, (Person(name="Đỗ Tú", unit="VP"),))
    found = unknown_units({"tasks": [{"lead": people}]}, known, "SỞ Y TẾ TỈNH H", "")
    assert [tuple(person) for person in found.people] == PERSONS[people]


def test_persons_of_no_agency_are_of_the_one_unit_above_all_others() -> None:
    top, room = Unit(code="SX", name="Sở X"), Unit(code="VP", name="Văn phòng", parent="SX")
    for units, persons in (((top, room), ["SX"]), ((top, room, Unit(code="B", name="Ban B")), [])):
        found = unknown_units({"tasks": [{"lead": "ông Lê Tú"}]}, Register(units), "", "")
        assert [one.unit for one in found.people] == persons


@each_row("place", ["Tỉnh H", "H", "tỉnh H", ""])
def test_a_name_in_capitals_is_written_by_the_place_of_the_paper(place: str) -> None:
    head = {"head": {"place": place}}
    assert unknown_units(head, KNOWN, "SỞ Y TẾ TỈNH H", "").units[0].name == "Sở Y tế tỉnh H"
    head = {"head": {"place": "Thành phố Huế"}}
    assert unknown_units(head, KNOWN, "BỆNH VIỆN ĐA KHOA HUẾ", "").units[0].name == "Bệnh viện Đa khoa Huế"
    plan = head | {"preamble": "Theo Kế hoạch đo đạc bản đồ."}  # words that begin with đ are no name in it
    assert unknown_units(plan, KNOWN, "TRUNG TÂM ĐO ĐẠC BẢN ĐỒ", "").units[0].name == "Trung tâm Đo đạc bản đồ"


def test_agencies_that_issue_together_are_two_units() -> None:
    found = unknown_units({"cosigners": [{}]}, KNOWN, "SỞ GIÁO DỤC VÀ ĐÀO TẠO - SỞ Y TẾ", "UBND TỈNH H")
    assert [(unit.name, unit.parent) for unit in found.units] == [
        ("UBND tỉnh H", ""),
        ("Sở Giáo dục và Đào tạo", "UH"),
        ("Sở Y tế", "UH"),
    ]
    alone = unknown_units({}, KNOWN, "TRUNG TÂM VĂN HÓA - THƯ VIỆN", "")
    assert len(alone.units) == 1


def test_short_forms_keep_their_capitals_and_are_codes_as_they_stand() -> None:
    plan = {"tasks": [{"id": "A", "text": "a", "lead": "Phòng TCHC; Khoa KSNK; Phòng LĐ-TBXH; Phòng Đào tạo"}]}
    found = unknown_units(plan, KNOWN, "TRƯỜNG THPT NGUYỄN TRÃI", "SỞ GD&ĐT TỈNH HÀ SƠN").units
    assert [one.code for one in found if one.parent] == ["TTNT", "TCHC", "KSNK", "LDTBXH", "PDT"]
    assert found[0].name == "Sở GD&ĐT tỉnh Hà Sơn"


def test_what_is_neither_a_unit_nor_a_person_by_its_words_is_told() -> None:
    tasks = [
        {"lead": name}
        for name in ("Hạt Kiểm lâm", "Sở Y tế", "Kho Vật tư", "Bến xe", "Các phòng", "Ông Nguyễn Văn Bình")
    ]
    found = unknown_units({"tasks": tasks}, Register(), "", "")
    assert ([one.name for one in found.units], found.people) == (["Hạt Kiểm lâm", "Sở Y tế"], ())
    assert found.unnamed == ("Kho Vật tư", "Bến xe", "Ông Nguyễn Văn Bình")
