"""Which spellings are a slip of the pen, and which are other units."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from people_samples import REAL, read

from qmsplan.model.settings import Unit
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_text import words_of
from qmsplan.phrases.unit_names import Names
from rows import each_row


def _only(*names: str) -> Register:
    return Register(tuple(Unit(code=f"U{number}", name=name) for number, name in enumerate(names)))


@each_row(
    ("typed", "name"),
    [
        ("Phòng Hành chính và Bỏ trợ tư pháp", "Phòng Hành chính và Bổ trợ tư pháp"),
        ("Phòng Hành chính và Hỗ trợ tư pháp", "Phòng Hành chính và Bổ trợ tư pháp"),
        ("Phòng Hành chính và Bổ trợ tư phap", "Phòng Hành chính và Bổ trợ tư pháp"),
        ("Phong Hành chính và Bổ trợ tư phap", "Phòng Hành chính và Bổ trợ tư pháp"),
        ("Trung tâm Trợ giúp pháp ly Nhà nước", "Trung tâm Trợ giúp pháp lý nhà nước"),
        ("Phòng Kiểm tra văn bản QPL", "Phòng Kiểm tra văn bản QPPL"),
        ("Sở Tư phap", "Sở Tư pháp"),
        ("Sở Tu pháp", "Sở Tư pháp"),
        ("Sở Nội vu", "Sở Nội vụ"),
        ("Nghiêp vụ", "Nghiệp vụ"),
        ("Sở Lao đông - Thương binh và Xã hội", "Sở Lao động - Thương binh và Xã hội"),
    ],
)
def test_near(typed: str, name: str) -> None:
    (mention,) = _only(name).mentions(typed)
    assert (mention.kind, mention.meant, mention.text) == ("near", name, typed)


@each_row(
    ("typed", "name"),
    [
        ("Sở Ngoại vụ", "Sở Nội vụ"),
        ("Phòng Tư pháp", "Sở Tư pháp"),
        ("Sở Tài chánh", "Sở Tài chính"),  # another letter in a short name
        ("Sở Tu phap", "Sở Tư pháp"),  # two words of a short name
        ("Sở Xây dưng", "Sở Xây dựng đô thị"),
        ("Sở Y tế", "Sở Y tá"),
        ("NVV", "NV"),
        ("Sơ", "Sở"),
        ("Tổ công tác số 1", "Tổ công tác số 2"),
        ("Ban chỉ đạo quận 11", "Ban chỉ đạo quận 1"),
        ("Tổ giúp việc khu vực II", "Tổ giúp việc khu vực I"),
        ("Tổ giúp việc Đội A", "Tổ giúp việc Đội B"),
        ("Phong Hanh chinh va Bo tro tu phap", "Phòng Hành chính và Bổ trợ tư pháp"),
        ("Sở Văn hóa và Thể thao", "Sở Văn hóa và Du lịch"),
        ("Trung tâm Y tế huyện Cái Nước", "Trung tâm Y tế huyện Năm Căn"),
    ],
)
def test_not_near(typed: str, name: str) -> None:
    assert {mention.kind for mention in _only(name).mentions(typed)} == {"unknown"}


def test_no_unit_is_near_another_one() -> None:
    for unit in REAL.units:
        others = Names(other for other in REAL.units if other is not unit)
        for spelling in (unit.code, unit.name, *unit.aliases):
            words = words_of(spelling)
            assert not [match for match in others.near(words, 0) if match.end == len(words)], spelling


def test_a_name_as_near_to_two_units_is_neither() -> None:
    register = _only("Ủy ban nhân dân xã Tân Hưng", "Ủy ban nhân dân xã Tân Hừng")
    assert read("Ủy ban nhân dân xã Tân Hứng", register) == ["?"]
    assert read("Ủy ban nhân dân xã Tân Hưng", register) == ["U0"]


def test_the_nearer_of_two_units_is_meant() -> None:
    register = _only("Ủy ban nhân dân xã Tân Hưng", "Ủy ban nhân dân xã Tăn Hựng")
    assert read("Ủy ban nhân dân xã Tân Hùng", register) == ["~U0"]


def test_an_alias_makes_a_misspelling_right() -> None:
    unit = Unit(code="HC", name="Phòng Hành chính và Bổ trợ tư pháp", aliases=("Phòng Hành chính và Bỏ trợ tư pháp",))
    assert read("Phòng Hành chính và Bỏ trợ tư pháp", Register((unit,))) == ["HC"]


def test_a_longer_near_name_goes_before_a_shorter_right_one() -> None:
    register = _only("Phòng Hành chính", "Phòng Hành chính và Bổ trợ tư pháp")
    assert read("Phòng Hành chính và Bỏ trợ tư pháp", register) == ["~U1"]
    assert read("Phòng Hành chính và Phòng Ma", register) == ["U0", "?"]


@each_row(
    ("phrase", "expected"),
    [
        ("Lãnh đạo Phòng Hành chính và Bỏ trợ tư pháp", ["~HCBTTP (Lãnh đạo)"]),
        ("Phòng Hành chính và Bỏ trợ tư pháp (đối với PCI, DTI), Sở Nội vụ", ["~HCBTTP: PCI, DTI", "SNV"]),
        ("- Sở Tư phap - Cơ quan Thường trực; các sở có liên quan", ["~STP (Cơ quan Thường trực)", "<>"]),
        ("Các Phòng, Trung tâm thuộc Sơ", ["~PTT-STP"]),
        ("Phòng Ma, Phòng Nghiêp vụ", ["?", "~NV"]),
        ("Phòng Nghiêp vụ thuộc Trung tâm", ["~NV"]),
    ],
)
def test_near_names_in_phrases(phrase: str, expected: list[str]) -> None:
    assert read(phrase) == expected


SPELLINGS = [spelling for unit in REAL.units for spelling in (unit.name, *unit.aliases)]


@given(st.sampled_from(SPELLINGS), st.integers(0, 200), st.characters(categories=("Ll", "Lu")))
def test_a_changed_letter_never_names_another_unit(spelling: str, place: int, letter: str) -> None:
    """It is still that unit, nearly that unit, or an unknown one."""
    place %= len(spelling)
    if spelling[place].isalpha():
        unit = REAL.find(spelling)
        changed = spelling[:place] + letter + spelling[place + 1 :]
        whole = [mention for mention in REAL.mentions(changed) if mention.kind in {"unit", "near"}]
        assert all(mention.unit == unit or len(mention.text) < len(changed) for mention in whole)


@given(st.sampled_from(SPELLINGS))
def test_a_right_spelling_is_never_near(spelling: str) -> None:
    assert {mention.kind for mention in REAL.mentions(f"{spelling}; Phòng Ma")} == {"unit", "unknown"}
