"""Where the rules on the official document speak, and where they are silent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from texts import HEAD, OBJECTIVE, item, task
from workspace import diagnose, found, marks

from qmsplan.documents.profile import load_profile
from qmsplan.rules.documents import ABBREVIATIONS

SIGNED = "signoff:\n  number: 05/KH-TGPL\n  date: 2026-02-09\n"
YEARS = HEAD.replace("period: 2026\n", "period: 2026-2030\n")


MEASURED = {name: value for name, value in OBJECTIVE.items() if name != "deadline"}


def annexes(*numbers: str) -> str:
    return HEAD + "annexes:\n" + "".join(item(number=number, title="Danh mục") for number in numbers)


def below(deadline: str, name: str = "activities", **fields: str) -> str:
    """Something below a task of the first quarter; its deadline on line 14."""
    return (
        task(deadline="Quý I") + f"    {name}:\n" + item(6, **{"id": "B", "text": "b", "deadline": deadline} | fields)
    )


CASES = [
    # the recipients
    ("no recipients", HEAD, ""),
    ("kept last", HEAD + "recipients:\n  - '- Sở;'\n  - '- Lưu: VT.'\n", ""),
    ("in a block", HEAD + "recipients: |\n  - Sở;\n  - Lưu: VT, HCTH.\n", ""),
    ("in other signs", HEAD + "recipients: |\n  + Sở;\n  + LƯU VT.\n", "9:3 QP622"),
    ("not kept", HEAD + "recipients: |\n  - Sở;\n  - Lưu ý cho các phòng.\n", "9:3 QP622"),
    ("nothing on it", HEAD + "recipients: |\n  - Sở;\n  - Các phòng.\n", "9:3 QP604"),
    ("not last", HEAD + "recipients: |\n  - Lưu: VT;\n  - Các phòng.\n", "8:3 QP604"),
    # the symbol
    ("the symbol of the type", HEAD + "  symbol: KH-TGPL\n", ""),
    ("in capitals", HEAD.replace("Kế hoạch", "KẾ HOẠCH") + "  symbol: KH-TGPL\n", ""),
    ("of another type", HEAD + "  symbol: BC-TGPL\n", "7:11 QP606"),
    ("in another case", HEAD.replace("Kế hoạch", "Chương trình") + "  symbol: CTR-TGPL\n", "7:11 QP606"),
    ("of a type that the decree does not know", HEAD.replace("Kế hoạch", "Mục tiêu") + "  symbol: MT-TGPL\n", ""),
    ("a type in the newer spelling", HEAD.replace("Kế hoạch", "Bản thoả thuận") + "  symbol: BTT-TGPL\n", ""),
    ("no symbol", HEAD, ""),
    # the type, names and the year of the title
    ("a type with a mark on another letter", HEAD.replace("Kế hoạch", "KẾ HẠOCH"), "6:9 QP632"),
    ("a type without marks", HEAD.replace("Kế hoạch", "Quyet dinh"), "6:9 QP632"),
    ("a type of its own", HEAD.replace("Kế hoạch", "Phiếu giao việc"), ""),
    ("a type that looks like another", HEAD.replace("Kế hoạch", "Lộ trình"), ""),
    ("a place in small letters", HEAD + "  place: hậu lộc\n", "7:10 QP633"),
    ("a city in small letters", HEAD + "  place: thành phố hồ chí minh\n", "7:10 QP633"),
    ("a place", HEAD + "  place: Thành phố Hồ Chí Minh\n", ""),
    ("a signer in capitals", HEAD + "signatory: {position: GIÁM ĐỐC, name: ĐỖ VĂN KHA}\n", "7:39 QP633"),
    ("last years' title", HEAD + "  title: Thực hiện Chương trình giai đoạn 2021 - 2025\n", "7:33 QP205"),
    ("years around the plan's", HEAD + "  title: Thực hiện Đề án giai đoạn 2021-2030\n", ""),
    ("from year to year", HEAD + "  title: Đề án từ năm 2024 đến năm 2027\n", ""),
    ("last year's title", HEAD + "  title: Thực hiện nhiệm vụ năm 2025\n", "7:29 QP205"),
    ("a title of both years", HEAD + "  title: Kết quả năm 2025, nhiệm vụ năm 2026\n", ""),
    ("a school year", YEARS.replace("2026-2030", "2025-2026") + "  title: Năm học 2025-2026\n", ""),
    # the basis
    ("one basis", HEAD + "basis: Căn cứ Luật A.\n", ""),
    ("one basis, a semicolon", HEAD + "basis: Căn cứ Luật A;\n", "7:8 QP607"),
    ("two", HEAD + "basis: |\n  Căn cứ Luật A;\n  Căn cứ Luật B.\n", ""),
    ("two, points", HEAD + "basis: |\n  Căn cứ Luật A.\n  Căn cứ Luật B.\n", "8:3 QP607"),
    ("a footnote after the sign", HEAD + "basis: Căn cứ Luật A.^[Đã sửa đổi]\n", ""),
    # signing and what it rests on
    ("on the day of signing", HEAD + SIGNED + "basis: Căn cứ Công văn số 3/STP-VP ngày 09/02/2026.\n", ""),
    ("a day later", HEAD + SIGNED + "basis: Căn cứ Công văn số 3/STP-VP ngày 10/02/2026.\n", "10:27 QP608"),
    ("in the preamble", HEAD + SIGNED + "preamble: Thực hiện Công văn số 3/STP-VP ngày 10/02/2026.\n", "10:33 QP608"),
    ("a day without a number", HEAD + SIGNED + "preamble: Thực hiện từ ngày 10/02/2026.\n", ""),
    ("a draft", HEAD + "basis: Căn cứ Công văn số 3/STP-VP ngày 10/02/2026.\n", ""),
    ("due on the day of signing", HEAD + SIGNED + "tasks:\n" + item(id="A", text="a", deadline="09/02/2026"), ""),
    ("due before", HEAD + SIGNED + "tasks:\n" + item(id="A", text="a", deadline="08/02/2026"), "13:15 QP211"),
    ("due each month", HEAD + SIGNED + "tasks:\n" + item(id="A", text="a", deadline="Hàng tháng"), ""),
    ("always due", HEAD + SIGNED + "tasks:\n" + item(id="A", text="a", deadline="Thường xuyên"), ""),
    # deadlines below deadlines
    ("due with the whole", below("31/3/2026"), ""),
    ("due after the whole", below("01/4/2026"), "14:19 QP210"),
    ("waits for an event", below("Sau khi có hướng dẫn"), "14:19 QP111"),
    ("what it brings about is measured later", below("Quý IV", "objectives", **MEASURED), ""),
    ("inherits", below(""), ""),
    ("the whole is always due", below("Quý IV").replace("deadline: Quý I\n", "deadline: Thường xuyên\n"), ""),
    (
        "a heading between",
        task(deadline="Quý I")
        + "    groups:\n"
        + item(6, id="G", text="g")
        + "        tasks:\n"
        + item(10, id="B", text="b", deadline="Quý II"),
        "17:23 QP210",
    ),
    # who signs
    ("the head", HEAD + "signatory:\n  position: GIÁM ĐỐC\n", ""),
    ("for the head", HEAD + "signatory:\n  position: |\n    KT. GIÁM ĐỐC\n    PHÓ GIÁM ĐỐC\n", ""),
    (
        "for a body, for its head",
        HEAD + "signatory:\n  position: [TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH]\n",
        "",
    ),
    ("for the head, without the post", HEAD + "signatory:\n  position: KT. GIÁM ĐỐC\n", "8:13 QP609"),
    ("acting", HEAD + "signatory:\n  position: Q. GIÁM ĐỐC\n", ""),
    ("the form of the party", HEAD + "signatory:\n  position: [T/M BAN CHẤP HÀNH, BÍ THƯ]\n", "8:14 QP609"),
    ("in small letters", HEAD + "signatory:\n  position: [k/t Giám đốc, Phó Giám đốc]\n", "8:14 QP609"),
    ("without the point", HEAD + "signatory:\n  position: [KT GIÁM ĐỐC, PHÓ GIÁM ĐỐC]\n", "8:14 QP609"),
    ("a deputy without the head", HEAD + "signatory:\n  position: [TM. ỦY BAN NHÂN DÂN, PHÓ CHỦ TỊCH]\n", "8:35 QP609"),
    ("for the head, no deputy", HEAD + "signatory:\n  position: [KT. GIÁM ĐỐC, TRƯỞNG PHÒNG]\n", "8:14 QP609"),
    ("on behalf of a post", HEAD + "signatory:\n  position: [TM. GIÁM ĐỐC, PHÓ GIÁM ĐỐC]\n", "8:14 QP609"),
    ("by order of a body", HEAD + "signatory:\n  position: [TL. ỦY BAN NHÂN DÂN, CHÁNH VĂN PHÒNG]\n", "8:14 QP609"),
    ("by order", HEAD + "signatory:\n  position: [TL. CHỦ TỊCH, KT. CHÁNH VĂN PHÒNG, PHÓ CHÁNH VĂN PHÒNG]\n", ""),
    ("with a post of the agency", HEAD + "signatory:\n  position: [TM. BAN CHỈ ĐẠO, TRƯỞNG BAN, PHÓ GIÁM ĐỐC]\n", ""),
    ("in a union", HEAD + "signatory:\n  position: [TM. BAN THƯỜNG VỤ, PHÓ CHỦ TỊCH]\n", ""),
    ("words that start alike", HEAD + "signatory:\n  position: QUYỀN GIÁM ĐỐC\n", ""),
    ("the leader of a body", HEAD + "signatory:\n  position: TRƯỞNG BAN\n", ""),
    # annexes
    ("one annex", annexes(""), ""),
    ("one annex with an ordinal", annexes("I"), "8:13 QP610"),
    ("two annexes", annexes("I", "II"), ""),
    ("two annexes with a point", annexes("I.", "II."), ""),
    ("not in order", annexes("I", "III"), "10:13 QP610"),
    ("without one", annexes("I", ""), "10:5 QP610"),
    # who leads
    ("two units", task(lead="NV", support="HCTH"), ""),
    ("one unit twice", task(lead="NV", support="HCTH, Phòng Nghiệp vụ"), "11:20 QP110"),
    ("by another name", task(lead="Phòng Nghiệp vụ", support="[HCTH, NV]"), "11:21 QP110"),
    ("a part of it", task(lead="NV đối với nội dung 1; HCTH", support="NV"), ""),
    ("a unit above", task(lead="NV", support="TGPL"), ""),
    ("an open group", task(lead="NV", support="các phòng có liên quan"), ""),
    ("a structured lead", task(lead="{unit: NV}", support="{unit: NV}"), "11:14 QP110"),
    ("a structured part", task(lead="{unit: NV, scope: nội dung 1}", support="NV"), ""),
    (
        "an inherited lead",
        task(lead="NV") + "    activities:\n" + item(6, id="B", text="b", support="NV"),
        "14:18 QP110",
    ),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_documents(text: str, expected: str, tmp_path: Path) -> None:
    told = found(diagnose(tmp_path, {"plan.yaml": text}))
    assert [entry for entry in told if entry[3] != "QP805"] == marks(expected, "plan.yaml")  # typed by hand, not sealed


def test_abbreviations_are_those_of_the_profile() -> None:
    types = load_profile("nd30-2020").types
    assert {name.lower(): short for name, short in types.items()} == ABBREVIATIONS


def test_a_place_in_small_letters_is_fixed_as_it_is_written(tmp_path: Path) -> None:
    text = HEAD + "  place: thành phố hồ chí minh\n"
    fixes = [one.fix for one in diagnose(tmp_path, {"plan.yaml": text}) if one.fix]
    assert [new for fix in fixes for _, new in fix.edits] == ["Thành phố Hồ Chí Minh"]


def test_a_range_is_told_by_the_end_that_is_no_share(tmp_path: Path) -> None:
    text = HEAD + "objectives:\n" + item(**MEASURED | {"text": "a", "target": "80% đến 120%"})
    told = [dict(one.message.values)["value"] for one in diagnose(tmp_path, {"plan.yaml": text}) if one.code == "QP315"]
    assert told == [120]


@pytest.mark.parametrize(
    ("info", "is_open"),
    [
        ("(Kèm theo Quyết định số      /QĐ-SYT)", True),
        ("(Ban hành kèm theo Quyết định số …)", True),
        ("[(Kèm theo Quyết định số, 12/QĐ-SYT ngày 05/01/2026)]", False),  # one line in two
        ("Thông số …", False),
        ("Một số / nhiều nội dung", False),
    ],
)
def test_an_open_number_is_that_of_the_line_of_the_annex(info: str, is_open: bool, tmp_path: Path) -> None:  # noqa: FBT001
    plan = "kind: plan\nid: P\ntemplate: work-plan\nhead: {type: Kế hoạch}\n"
    plan += f"annexes:\n  - {{title: Phụ lục, info: {info if info[0] == '[' else json.dumps(info)}, text: a}}\n"
    assert ("QP646" in [one.code for one in diagnose(tmp_path, {"plan.yaml": plan})]) is is_open


def test_a_joint_plan_without_annexes_names_its_agencies_in_reports(tmp_path: Path) -> None:
    plan = "kind: plan\nid: P\ntemplate: work-plan\nhead: {type: Kế hoạch, issuer_text: [SỞ Y TẾ, HỘI NÔNG DÂN]}\n"
    told = [
        [one.code for one in diagnose(tmp_path, {"plan.yaml": plan + more})]
        for more in ("", "cosigners: [{position: CHỦ TỊCH}]\n")
    ]
    assert [codes.count("QP646") for codes in told] == [0, 1]


def test_an_issuer_by_its_name_is_told_its_code(tmp_path: Path) -> None:
    plan = "kind: plan\nid: P\ntemplate: work-plan\nclosing: a\n"
    plan += "head: {type: Kế hoạch, issuer: Trung tâm Trợ giúp pháp lý nhà nước}\n"
    plan += "recipients: ['- Lưu: VT.']\nsignatory: {position: GIÁM ĐỐC, name: Trần Bình}\n"
    found = [one for one in diagnose(tmp_path, {"plan.yaml": plan}) if one.code == "QP625"]
    assert [one.fix and one.fix.edits[0][1] for one in found] == ["TGPL"]
