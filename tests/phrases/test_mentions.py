"""The language of responsibility phrases, with a register small enough to keep in mind."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from people_samples import read

from qmsplan.model.inline import plain_text
from qmsplan.model.settings import Unit
from qmsplan.model.text import plain
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_words import (
    CLOSERS,
    FELLOWS,
    JOINTS,
    NOUNS,
    OF,
    OPENERS,
    PLACES,
    PLURALS,
    QUALIFIERS,
    ROLES,
    Vocabulary,
)
from rows import each_row

REGISTER = Register(
    (
        Unit(code="STP", name="Sở Tư pháp", aliases=("Sở",)),
        Unit(code="SNV", name="Sở Nội vụ"),
        Unit(code="STC", name="Sở Tài chính"),
        Unit(code="SKHCN", name="Sở Khoa học và Công nghệ"),
        Unit(code="SLD", name="Sở Lao động - Thương binh và Xã hội"),
        Unit(code="VP", name="Văn phòng Sở", parent="STP", aliases=("Văn phòng Sở Tư pháp",)),
        Unit(code="PC", name="Phòng Pháp chế và Phổ biến, giáo dục pháp luật", parent="STP"),
        Unit(code="TT", name="Trung tâm Trợ giúp pháp lý", parent="STP", aliases=("Trung tâm",)),
        Unit(code="NV", name="Phòng Nghiệp vụ", parent="TT"),
        Unit(code="HC", name="Phòng Hành chính - Tổng hợp", parent="TT"),
        Unit(code="BCD", name="Ban chỉ đạo ISO", parent="TT"),
        Unit(code="XA", name="UBND cấp xã"),
    )
)


def rows(phrase: str) -> list[str]:
    return read(phrase, REGISTER)


@each_row(
    ("phrase", "expected"),
    [
        # joints
        ("Sở Nội vụ, Sở Tài chính; Văn phòng Sở và Phòng Nghiệp vụ", ["SNV", "STC", "VP", "NV"]),
        ("- Sở Nội vụ\n- Sở Tài chính", ["SNV", "STC"]),
        ("- Sở Nội vụ;\n\n+ Sở Tài chính.", ["SNV", "STC"]),
        ("• Sở Nội vụ & Sở Tài chính", ["SNV", "STC"]),
        ("Trung tâm chủ trì; Sở phối hợp", ["TT", "STP"]),
        ("Sở: phối hợp thực hiện", ["STP"]),
        ("Sở Nội vụ - Sở Tài chính – Văn phòng Sở", ["SNV", "STC", "VP"]),
        ("Sở Nội vụ. Sở Tài chính.", ["SNV", "STC"]),
        ("Sở Nội vụ hoặc Sở Tài chính cùng với Văn phòng Sở", ["SNV", "or STC", "VP"]),
        ("Sở Nội vụ chủ trì, phối hợp với Sở Tài chính", ["SNV", "STC"]),
        ("Trung tâm tham mưu Sở Tư pháp phối hợp với Sở Tài chính", ["TT", "STP", "STC"]),
        ("Sở Nội vụ chủ động phối hợp với Sở Tài chính", ["SNV", "STC"]),
        # names that hold joints
        ("Sở Khoa học và Công nghệ và Sở Lao động - Thương binh và Xã hội", ["SKHCN", "SLD"]),
        ("Phòng Pháp chế và Phổ biến, giáo dục pháp luật, Phòng Hành chính - Tổng hợp", ["PC", "HC"]),
        ("Phòng Hành chính-Tổng hợp", ["HC"]),
        ("Sở Lao động – Thương binh và Xã hội – Sở Tài chính", ["SLD", "STC"]),
        # a general word that two names share
        ("Sở Nội vụ, Tài chính", ["SNV", "STC"]),
        ("các Sở: Nội vụ, Tài chính, Khoa học và Công nghệ", ["SNV", "STC", "SKHCN"]),
        ("các Phòng Nghiệp vụ, Hành chính - Tổng hợp", ["NV", "HC"]),
        ("Sở Nội vụ, Nghiệp vụ", ["SNV", "?"]),
        # with the unit it belongs to
        ("Phòng Nghiệp vụ thuộc Trung tâm", ["NV"]),
        ("Phòng Nghiệp vụ của Trung tâm Trợ giúp pháp lý; Sở Nội vụ", ["NV", "SNV"]),
        ("Phòng Nghiệp vụ Trung tâm", ["NV"]),
        ("Phòng Nghiệp vụ thuộc Sở Nội vụ", ["?"]),
        # scopes
        ("Văn phòng Sở đối với tiêu chí chung", ["VP: tiêu chí chung"]),
        ("Văn phòng Sở (đối với chỉ số PCI, DTI)", ["VP: chỉ số PCI, DTI"]),
        ("Văn phòng Sở đối với chỉ số PCI, DTI và PAPI", ["VP: chỉ số PCI, DTI và PAPI"]),
        ("Văn phòng Sở đối với PCI, Sở Nội vụ đối với DTI", ["VP: PCI", "SNV: DTI"]),
        ("Văn phòng Sở đối với PCI và Sở Nội vụ", ["VP: PCI", "SNV"]),
        ("Văn phòng Sở đối với PCI, DTI, Phòng Ma đối với PAPI", ["VP: PCI, DTI", "?: PAPI"]),
        ("Văn phòng Sở đối với tiêu chí chung (nếu có); Sở Nội vụ", ["VP: tiêu chí chung (nếu có)", "SNV"]),
        ("Văn phòng Sở (đầu mối) đối với PCI", ["VP: PCI (đầu mối)"]),
        ("Các phòng đối với việc của mình", ["<>: việc của mình"]),
        # remarks
        (
            "Sở Tư pháp - Cơ quan Thường trực của Hội đồng và Sở Nội vụ",
            ["STP (Cơ quan Thường trực của Hội đồng)", "SNV"],
        ),
        ("Sở Tư pháp; (B/c)", ["STP (B/c)"]),
        ("Sở Tư pháp (B/c); Sở Nội vụ (chủ trì)", ["STP (B/c)", "SNV (chủ trì)"]),
        ("Sở Tư pháp (Trung tâm Trợ giúp pháp lý)", ["STP", "TT"]),
        ("Sở Tư pháp (gồm cả phòng (mới", ["STP (gồm cả phòng; mới)"]),
        ("Sở Nội vụ có liên quan", ["SNV (có liên quan)"]),
        # marks inside text
        ("*Sở Nội vụ*, Sở Tài chính^[Từ ngày 01/3/2025, Sở Y tế.]", ["SNV", "STC"]),
    ],
)
def test_units(phrase: str, expected: list[str]) -> None:
    assert rows(phrase) == expected


@each_row(
    ("phrase", "expected"),
    [
        ("các cơ quan, đơn vị có liên quan", ["<>"]),
        ("Các cơ quan, đơn vị", ["<>"]),
        ("Các Phòng, Trung tâm thuộc Sở", ["<STP>"]),
        ("Các Phòng, Trung tâm thuộc Sở có liên quan; Sở Nội vụ", ["<STP>", "SNV"]),
        ("Các Phòng, Trung tâm", ["<>"]),
        ("Các Phòng và Trung tâm Trợ giúp pháp lý", ["<>", "TT"]),
        ("Trung tâm, các phòng", ["TT", "<>"]),
        ("Các Phòng thuộc Sở Khoa học và Công nghệ, Sở Nội vụ", ["<SKHCN>", "SNV"]),
        ("Các đơn vị sự nghiệp thuộc Sở", ["<STP>"]),
        ("Các đơn vị sự nghiệp trực thuộc", ["<>"]),
        ("Đơn vị trực thuộc, đơn vị khác", ["<>", "<>"]),
        ("Sở, ban, ngành cấp tỉnh, UBND cấp xã", ["<>", "XA"]),
        ("Sở, ngành; Phòng, ban liên quan", ["<>", "<>"]),
        ("Sở, Ban chỉ đạo ISO", ["STP", "BCD"]),
        ("các sở, ban chỉ đạo ISO", ["<>", "BCD"]),
        ("Ủy ban nhân dân cấp huyện, cấp xã", ["<>", "XA"]),
        ("UBND cấp huyện, cấp xã", ["<>", "XA"]),
        ("Ủy ban nhân dân các huyện, thành phố Cà Mau và Sở Nội vụ", ["<>", "SNV"]),
        ("Phòng Tư pháp cấp huyện", ["<>"]),
        ("Lãnh đạo các phòng; Trưởng các phòng", ["<>", "<>"]),
        ("toàn thể viên chức, người lao động của Trung tâm", ["<TT>"]),
        ("những người có uy tín, mọi cá nhân", ["<>", "<>"]),
        ("Thành viên Hội đồng sáng kiến", ["<>"]),
        ("Thủ trưởng các sở, ban, ngành tỉnh", ["<>"]),
        ("các phòng, Phòng Ma", ["<>", "?"]),
        ("Ban Quản lý các khu công nghiệp", ["?"]),
    ],
)
def test_groups(phrase: str, expected: list[str]) -> None:
    assert rows(phrase) == expected


@each_row(
    ("phrase", "expected"),
    [
        ("Trưởng phòng", ["role"]),
        ("Trưởng ban, Phó Trưởng ban, Thư ký và thành viên", ["role", "role", "role", "<>"]),
        ("viên chức được giao nhiệm vụ", ["role"]),
        ("cá nhân được phân công; người lao động", ["role", "role"]),
        ("công chức, viên chức phụ trách ISO", ["role", "role"]),
        ("Lãnh đạo phòng phụ trách", ["role"]),
        ("viên chức được phân công của Phòng Nghiệp vụ", ["role NV"]),
        ("Giám đốc Sở Tài chính", ["STC (Giám đốc)"]),
        ("Trưởng phòng Nghiệp vụ", ["NV (Trưởng)"]),
        ("Phó Trưởng ban Ban chỉ đạo ISO", ["BCD (Phó Trưởng ban)"]),
        ("Lãnh đạo, viên chức của Phòng Nghiệp vụ", ["role", "NV (viên chức)"]),
        ("Trưởng phòng Ma", ["?"]),
        ("chuyên viên Nguyễn Văn A", ["?"]),
    ],
)
def test_roles(phrase: str, expected: list[str]) -> None:
    assert rows(phrase) == expected


@each_row(
    ("phrase", "texts"),
    [
        ("Giám đốc Sở Tài chính (chủ trì)", ["Sở Tài chính"]),
        ("- Văn phòng Sở đối với PCI.", ["Văn phòng Sở"]),
        ("các Sở Nội vụ,  Tài chính", ["các Sở Nội vụ", "Tài chính"]),
        ("Phòng Ma - Tổ 1, Phòng Quỷ", ["Phòng Ma - Tổ 1", "Phòng Quỷ"]),
        ("và", ["và"]),
        ("(B/c)", ["(B/c)"]),
        ("đối với chỉ số PCI", ["đối với chỉ số PCI"]),
        ("; , -", []),
    ],
)
def test_the_words_of_a_mention(phrase: str, texts: list[str]) -> None:
    assert [mention.text for mention in REGISTER.mentions(phrase)] == texts


@each_row(
    ("phrase", "lines"),
    [
        ("Phòng Ma; Phòng Quỷ", [0, 0]),
        ("Phòng Ma\nPhòng Quỷ; Sở Nội vụ", [0, 1, 1]),
        ("- Phòng Ma;\n\n\n- Phòng Quỷ\n", [0, 1]),
        ("\nPhòng Ma", [0]),
    ],
)
def test_the_line_of_a_mention(phrase: str, lines: list[int]) -> None:
    assert [mention.line for mention in REGISTER.mentions(phrase)] == lines


@each_row("vocabulary", [JOINTS, OF, OPENERS, PLURALS, CLOSERS, PLACES, NOUNS, FELLOWS, QUALIFIERS, ROLES])
def test_general_words_are_folded_as_phrases_are(vocabulary: Vocabulary) -> None:
    assert vocabulary.entries
    assert all(plain(entry) == entry for entry in vocabulary.entries)


NAMES = [spelling for unit in REGISTER.units for spelling in (unit.name, unit.code, *unit.aliases)]
PIECES = [
    *NAMES,
    *("Phòng Ma", "các cơ quan, đơn vị có liên quan", "Trưởng phòng", "cá nhân được phân công", "Các Phòng thuộc Sở"),
    *("đối với tiêu chí chung", "(đối với PCI, DTI)", "(B/c)", "- Cơ quan Thường trực", "cấp xã", "của", "ngành", "Sở"),
]
JOINS = [", ", "; ", " và ", "\n- ", " - ", " ", "\n", " chủ trì, phối hợp với ", ". "]
phrases = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(JOINS)), max_size=8).map(
    lambda pairs: "".join(piece + join for piece, join in pairs)
)


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


FILLERS = frozenset(word for words in (JOINTS, OF) for entry in words.entries for word in entry.split()) | {"đối"}


@given(phrases | st.text("Sởvà,;.()- \nđốicác", max_size=80))
def test_every_word_of_a_phrase_is_in_a_mention(phrase: str) -> None:
    mentions = REGISTER.mentions(phrase)
    told = _words(" ".join(filter(None, (part for m in mentions for part in (m.text, m.scope, m.remark)))))
    typed = _words(phrase)
    assert told <= typed
    assert set(typed - told) <= FILLERS


@given(st.text(max_size=80) | st.text("abvàSở,;()-*^[]\n. ", max_size=80))
def test_any_text_is_taken_apart(text: str) -> None:
    mentions = REGISTER.mentions(text)
    assert all(mention.text == mention.text.strip() and mention.text for mention in mentions)
    assert mentions or not any(map(str.isalnum, plain_text(text)))


@given(st.sampled_from(NAMES), st.sampled_from(["", ".", ";", " ,", "\n"]))
def test_a_name_alone_is_the_same_as_in_company(name: str, end: str) -> None:
    (alone,) = REGISTER.mentions(name + end)
    in_company = REGISTER.mentions(f"{name}; Phòng Ma")[0]
    assert alone == in_company


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5))
def test_order_is_the_phrases(names: list[str]) -> None:
    expected = [unit.code for name in names if (unit := REGISTER.find(name))]
    assert rows("; ".join(names)) == expected


@each_row(
    "piece",
    [
        "a, ",
        "a",
        "(",
        "((a",
        "(Sở Nội vụ ",
        "a - ",
        "Sở đối với a, ",
        "của Sở ",
        "các phòng, ",
        "x)",
        "a\n",
        "Phong Ma ",
    ],
)
def test_long_phrases_do_not_hang(piece: str) -> None:
    """Linear in the text's length; the watchdog of `conftest.py` ends what is not."""
    mentions = REGISTER.mentions((piece * 20_000)[:20_000])
    assert len(mentions) >= 1
