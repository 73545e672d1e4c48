"""Who is named, and in which role: phrases of real plans of five kinds of agencies, and laws over any phrase."""

from __future__ import annotations

from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st

from qmsplan.model.settings import Person, Unit
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_parse import MOST_LETTERS, MOST_WORDS
from qmsplan.phrases.people_words import GROUP, PERSON, ROLE, UNKNOWN, Mention

DATA = Path(__file__).parents[1] / "data" / "phrases"


def registers() -> dict[str, Register]:
    """The registers of `people-roles.tsv` by their letter."""
    typed = yaml.safe_load((DATA / "people-registers.yaml").read_text("utf-8"))
    return {
        letter: Register(
            tuple(Unit.model_validate(unit) for unit in known["units"]),
            tuple(Person.model_validate(person) for person in known["people"]),
        )
        for letter, known in typed.items()
    }


REGISTERS = registers()


def told(mention: Mention) -> str:
    """`STC:support`: code or name and, if the phrase says one, the role; `@` for an open group, `?` for an unknown."""
    if mention.person:
        who = mention.person.code or mention.person.name
    elif mention.kind == GROUP or (mention.kind == ROLE and not mention.unit):
        who = "@"
    else:
        who = mention.unit.code if mention.unit else "?"
    return f"{who}:{mention.role}" if mention.role else who


def test_phrases_of_real_plans() -> None:
    rows = [line.split("\t") for line in (DATA / "people-roles.tsv").read_text("utf-8").splitlines()[1:]]
    read = {
        phrase: ", ".join(map(told, REGISTERS[letter].mentions(phrase.replace("\\n", "\n"))))
        for letter, phrase, _ in rows
    }
    assert read == {phrase: right for _, phrase, right in rows}


PROVINCE = REGISTERS["P"]
UNITS = {name: unit.code for unit in PROVINCE.units for name in (unit.name, *unit.aliases)}
PEOPLE = {
    form.format(person.name): person.name
    for person in PROVINCE.people
    for form in ("{}", "đ/c {}", "Ông {}", "ThS. {}", "Đồng chí {}")
}
OPEN = dict.fromkeys(
    ["các đơn vị liên quan", "các sở, ban, ngành", "Các phòng thuộc Sở Y tế", "toàn thể công chức"], "@"
)
LABELS = {
    "Chủ trì: ": "lead",
    "Đơn vị chủ trì: ": "lead",
    "Cơ quan phối hợp: ": "support",
    "Phối hợp: ": "support",
    "Theo dõi: ": "monitor",
    "": None,
}
ASIDES = ["", "", "", " có liên quan", " liên quan", " theo chức năng, nhiệm vụ"]
JOINTS = [", ", " và ", " + ", " / "]

named = st.sampled_from(sorted({**UNITS, **PEOPLE, **OPEN}.items()))
groups = st.lists(named, min_size=1, max_size=3)


@st.composite
def clauses(draw: st.DrawFn) -> tuple[str, list[tuple[str, str | None]]]:
    """Some words about who does what, and whom they name in which role."""
    label, role = draw(st.sampled_from(sorted(LABELS.items())))
    people = draw(groups)
    text = label + draw(st.sampled_from(JOINTS)).join(name for name, _ in people) + draw(st.sampled_from(ASIDES))
    found = [(who, role) for _, who in people]
    shape = draw(st.sampled_from(["plain", "bracket", "bracket label", "with", "role"]))
    inside = draw(named)
    if shape == "bracket":
        return f"{text} ({inside[0]})", [*found, (inside[1], role)]
    if shape == "bracket label":
        return f"{text} (phối hợp: {inside[0]})", [*found, (inside[1], "support")]
    if shape == "with" and role is None:
        return f"{text} chủ trì, phối hợp với {inside[0]}", [
            *((who, "lead") for who, _ in found),
            (inside[1], "support"),
        ]
    if shape == "role" and role is None and len(people) == 1:
        return f"{text} (đơn vị phối hợp)", [(who, "support") for who, _ in found]
    return text, found


def _who(mention: Mention) -> str:
    if mention.person:
        return mention.person.name
    return "@" if mention.kind == GROUP else mention.unit.code if mention.unit else "?"


@given(st.lists(clauses(), min_size=1, max_size=3), st.sampled_from(["; ", "\n", ";\n- "]))
def test_every_name_is_read_once_in_the_role_its_label_gives_or_there_is_a_finding(
    parts: list[tuple[str, list[tuple[str, str | None]]]], joint: str
) -> None:
    """A label holds to the next one: only phrases in which all parts have one, or none, say it for each name."""
    phrase = joint.join(text for text, _ in parts)
    found = PROVINCE.mentions(phrase)
    if any(mention.kind == UNKNOWN for mention in found):
        return
    expected = [pair for _, names in parts for pair in names]
    assert sorted(who for who, _ in expected if who != "@") == sorted(who for who in map(_who, found) if who != "@")
    labels = {any(text.startswith(label) for label in LABELS if label) for text, _ in parts}
    if len(labels) == 1 and "@" not in {who for who, _ in expected}:
        assert [(_who(mention), mention.role) for mention in found] == expected, phrase


@given(st.lists(named, min_size=1, max_size=4), st.sampled_from(JOINTS))
def test_names_alone_are_all_understood(people: list[tuple[str, str]], joint: str) -> None:
    found = PROVINCE.mentions(joint.join(name for name, _ in people))
    assert UNKNOWN not in {mention.kind for mention in found}


def test_a_phrase_longer_than_any_list_is_not_understood() -> None:
    for long in ("a" * (MOST_LETTERS + 1), "a, " * MOST_WORDS, "Sở Y tế, " * MOST_WORDS):
        (found,) = PROVINCE.mentions(long)
        assert found.kind == UNKNOWN
        assert len(found.text) < 100


def test_a_person_stands_for_the_persons_unit() -> None:
    (found,) = PROVINCE.mentions("đ/c Nông Thị Bích")
    assert (found.kind, found.unit) == (PERSON, PROVINCE.by_code["SNV"])
    assert PROVINCE.involved(["Đ/c Nông Thị Bích; Sở Y tế"]) == {"SNV", "SYT"}


def test_a_given_name_is_enough_only_behind_a_form_of_address_and_if_one_person_has_it() -> None:
    people = tuple(Person(name=name, unit="A") for name in ("Lê Văn Hùng", "Trần Hùng", "Ngô Thị Lan"))
    register = Register((Unit(code="A", name="Phòng A"),), people)
    read = {typed: [told(mention) for mention in register.mentions(typed)] for typed in ("cô Lan", "Lan", "anh Hùng")}
    assert read == {"cô Lan": ["Ngô Thị Lan"], "Lan": ["?"], "anh Hùng": ["?"]}


def test_a_unit_may_leave_out_first_words_that_hold_a_connecting_one() -> None:
    names = {"D1": "Đội Chữa cháy và Cứu nạn khu vực 1", "D2": "Đội Chữa cháy và Cứu nạn khu vực 2"}
    register = Register(tuple(Unit(code=code, name=name) for code, name in names.items()), ())
    assert [told(mention) for mention in register.mentions(f"{names['D1']}, khu vực 2")] == ["D1", "D2"]
