"""The register of units, and the phrases that name them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qmsplan.model.settings import Unit
from qmsplan.model.structured import Assignment
from qmsplan.phrases.people import Register
from rows import each_row

REGISTER = Register(
    (
        Unit(code="STP", name="Sở Tư pháp"),
        Unit(
            code="TGPL",
            name="Trung tâm Trợ giúp pháp lý nhà nước",
            parent="STP",
            aliases=("Trung tâm", "Trung tâm TGPL"),
        ),
        Unit(code="LD", name="Lãnh đạo Trung tâm", parent="TGPL", aliases=("Lãnh đạo TT", "Lãnh đạo")),
        Unit(code="HCTH", name="Phòng Hành chính - Tổng hợp", parent="TGPL", aliases=("Phòng HCTH",)),
        Unit(code="NV", name="Phòng Nghiệp vụ", parent="TGPL", aliases=("Nghiệp vụ",)),
        Unit(code="PBGD", name="Phòng Pháp chế và Phổ biến, giáo dục pháp luật", parent="STP"),
        Unit(code="KHCN", name="Sở Khoa học và Công nghệ", aliases=("Sở KH&CN",)),
        Unit(code="BCD", name="Ban chỉ đạo ISO", parent="TGPL", aliases=("BCĐ ISO",)),
        Unit(code="TK", name="Thư ký Ban chỉ đạo ISO", parent="BCD"),
        Unit(
            code="VC",
            name="Viên chức của Trung tâm",
            parent="TGPL",
            aliases=("viên chức Trung tâm", "viên chức được giao nhiệm vụ"),
        ),
        Unit(code="HB", name="Tổ Hoà giải", parent="TGPL"),
    )
)


def _codes(text: str) -> list[str | None]:
    return [mention.unit.code if mention.unit else None for mention in REGISTER.mentions(text)]


def _texts(text: str) -> list[str]:
    return [mention.text for mention in REGISTER.mentions(text)]


def test_mentions_keep_the_words_as_typed() -> None:
    assert _texts("Phòng HCTH,  Văn phòng Sở và NGHIỆP VỤ.") == ["Phòng HCTH", "Văn phòng Sở", "NGHIỆP VỤ"]
    assert _texts("Sở Khoa học và Công nghệ;Sở Tư pháp") == ["Sở Khoa học và Công nghệ", "Sở Tư pháp"]


@each_row(
    ("spelling", "code"),
    [
        ("STP", "STP"),
        ("stp", "STP"),
        ("Sở Tư pháp", "STP"),
        ("Trung tâm", "TGPL"),
        ("bcđ iso", "BCD"),
        ("Sở tư pháp.", "STP"),
    ],
)
def test_a_unit_is_found_by_code_name_or_alias(spelling: str, code: str) -> None:
    found = REGISTER.find(spelling)
    assert found is not None
    assert found.code == code
    assert found is REGISTER.by_code[code]


@each_row("spelling", ["", "Sở", "Sở Tư pháp tỉnh", "STP1", "Phòng Hành chính", "TGPL-NV"])
def test_an_unknown_unit_is_none(spelling: str) -> None:
    assert REGISTER.find(spelling) is None


def test_the_first_of_two_units_with_one_spelling_is_found() -> None:
    register = Register(
        (Unit(code="A", name="Phòng 1", aliases=("P",)), Unit(code="B", name="Phòng 2", aliases=("P",)))
    )
    found = register.find("p")
    assert found is not None
    assert found.code == "A"


def test_parts_of_one_name_in_two_units_are_told_apart() -> None:
    parts = [Unit(code=code, name="Tổ Hành chính", parent=above) for code, above in (("H1", "KN"), ("H2", "KNG"))]
    register = Register((Unit(code="KN", name="Khoa Nội"), Unit(code="KNG", name="Khoa Ngoại"), *parts))
    assert register.names["H2"] == "Tổ Hành chính Khoa Ngoại"
    assert register.find("tổ hành chính") is None
    assert register.find(register.names["H2"]) == parts[1]
    _, hint, near = register.unregistered("Tổ Hành chính")
    assert dict(hint.values)["names"] == "Tổ Hành chính Khoa Nội, Tổ Hành chính Khoa Ngoại"
    assert near is None


def test_the_longest_name_that_is_known_wins() -> None:
    short, long = Unit(code="A", name="Phòng Hành chính"), Unit(code="B", name="Phòng Hành chính và Quản trị")
    mentions = Register((short, long)).mentions("Phòng Hành chính và Quản trị; Phòng Hành chính và Tổ 1")
    assert [mention.unit for mention in mentions] == [long, short, None]


@each_row(
    ("code", "codes"),
    [
        ("BCD", {"BCD", "TK"}),
        ("NV", {"NV"}),
        ("TGPL", {"TGPL", "LD", "HCTH", "NV", "BCD", "TK", "VC", "HB"}),
        ("KHCN", {"KHCN"}),
        ("X", {"X"}),
    ],
)
def test_the_units_within_a_unit(code: str, codes: set[str]) -> None:
    assert REGISTER.within(code) == codes


GROUPS = Register(
    (
        Unit(code="STP", name="Sở Tư pháp", aliases=("Sở",)),
        Unit(code="VP", name="Văn phòng Sở", parent="STP"),
        Unit(code="TT", name="Trung tâm Trợ giúp pháp lý", parent="STP"),
        Unit(code="NV", name="Phòng Nghiệp vụ", parent="TT"),
        Unit(code="SNV", name="Sở Nội vụ"),
        Unit(code="DVSN", name="Các đơn vị sự nghiệp thuộc Sở", members=("TT",)),
        Unit(code="HD", name="Hội đồng", members=("DVSN", "SNV")),
        Unit(code="VONG", name="Tổ vòng", members=("VONG", "VP")),
    )
)


@each_row(
    ("people", "codes"),
    [
        (["Văn phòng Sở"], {"VP"}),
        (["Văn phòng Sở, Phòng Ma", "Sở Nội vụ đối với PCI"], {"VP", "SNV"}),
        ([Assignment(unit="NV", scope="nội dung 1")], {"NV"}),
        ([Assignment(unit="Phòng Ma")], set()),
        (["Phòng Nghiêp vụ"], {"NV"}),
        (["Trưởng phòng Nghiệp vụ"], {"NV"}),
        (["viên chức được phân công của Trung tâm Trợ giúp pháp lý"], {"TT"}),
        (["Các Phòng, Trung tâm thuộc Sở"], {"STP", "VP", "TT"}),
        (["Các phòng thuộc Sở Nội vụ"], {"SNV"}),
        (["Các đơn vị sự nghiệp thuộc Sở"], {"DVSN", "TT"}),
        (["Hội đồng"], {"HD", "DVSN", "TT", "SNV"}),
        (["Tổ vòng"], {"VONG", "VP"}),
        (["các cơ quan, đơn vị có liên quan", "Trưởng phòng"], set()),
        ([], set()),
    ],
)
def test_the_units_that_people_involve(people: list[str | Assignment], codes: set[str]) -> None:
    assert GROUPS.involved(people) == codes


@each_row(
    ("code", "codes"), [("DVSN", {"DVSN", "TT", "NV"}), ("HD", {"HD", "DVSN", "TT", "NV", "SNV"}), ("TT", {"TT", "NV"})]
)
def test_members_stand_below_their_group(code: str, codes: set[str]) -> None:
    assert GROUPS.within(code) == codes


def test_units_that_are_their_own_parents_do_not_hang() -> None:
    register = Register((Unit(code="A", name="a", parent="B"), Unit(code="B", name="b", parent="A")))
    assert register.within("A") == {"A", "B"}


@each_row(
    ("typed", "name"),
    [
        ("Phòng Nghiêp vụ", "Phòng Nghiệp vụ"),
        ("Ban chỉ đạo IS0", "Ban chỉ đạo ISO"),
        ("Sở Tư phap", "Sở Tư pháp"),
        ("viên chức được giao nhiệm vu", "viên chức được giao nhiệm vụ"),
        ("Văn phòng Quốc hội", None),
        ("", None),
    ],
)
def test_the_spelling_that_was_probably_meant(typed: str, name: str | None) -> None:
    assert REGISTER.closest(typed) == name


def test_an_empty_register_knows_nobody() -> None:
    register = Register()
    assert register.find("NV") is None
    assert register.closest("NV") is None
    assert [mention.unit for mention in register.mentions("A và B")] == [None, None]


NAMES = [spelling for unit in REGISTER.units for spelling in (unit.name, unit.code, *unit.aliases)]


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5), st.sampled_from(["; ", ", ", " và ", ";", " , "]))
def test_known_names_are_found_again_however_they_are_joined(names: list[str], joint: str) -> None:
    expected = [unit.code for name in names if (unit := REGISTER.find(name))]
    assert _codes(joint.join(names)) == expected
