"""Laws of target phrases, and structured targets."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from phrase_tables import HAND_TARGETS
from qmsplan.diagnostics import UserError
from qmsplan.model.structured import Baseline, Comparator, TargetForm
from qmsplan.phrases.target import Target
from qmsplan.phrases.target_forms import FORMS
from qmsplan.phrases.target_parse import LONGEST, understand_targets
from qmsplan.phrases.target_vocabulary import WORDS, lexicon, number
from rows import each_row

KNOWN = sorted({phrase for line in WORDS.values() for phrase in line.split("|")})
SIGNS = [
    "5",
    "98,5",
    "1.000",
    "100%",
    "2026",
    "9001:2015",
    "50/KH-TGPL",
    "1.",
    "-",
    "(",
    ")",
    "/",
    ",",
    ".",
    ";",
    ":",
    ">=",
    "<",
]
STRANGE = ["\u0301", "İ", "ß", "\ud800", "\x00", "%", "số", "abc", "A4", "1e9", "<i>", "năm", "một", "mươi", "không"]
ASSEMBLED = st.lists(st.sampled_from([*KNOWN, *SIGNS * 4, *STRANGE]), max_size=25).flatmap(
    lambda parts: st.sampled_from([" ", " ", ""]).map(lambda joint: joint.join(parts))
)
REPEATED = st.lists(st.sampled_from([*KNOWN, *SIGNS * 4, *STRANGE]), min_size=1, max_size=5).flatmap(
    lambda parts: st.sampled_from([" ", ""]).map(lambda joint: ((joint.join(parts) + joint) * LONGEST)[:LONGEST])
)


def understand_target(typed: str | TargetForm) -> Target | UserError:
    """The first target of a phrase, or the fault that says why it holds none."""
    found = understand_targets(typed)
    return found if isinstance(found, UserError) else found[0]


def _holds(text: str) -> None:
    found = understand_targets(text)
    if isinstance(found, UserError):
        assert found.message.template
        return
    assert found
    for target in found:
        _is_sound(target)


def _is_sound(target: Target) -> None:
    assert (target.value is None) == (target.comparator is Comparator.QUALITATIVE)
    assert target.value is None or (target.value.is_finite() and target.value >= 0)
    assert target.upper is None or (target.value is not None and target.upper >= target.value)
    assert (target.comparator is Comparator.BETWEEN) <= (target.upper is not None)
    assert (target.baseline is not None) == target.is_relative
    assert not target.per or target.unit.endswith(f"/{target.per}")
    if target.criterion:
        _is_sound(target.criterion)


@given(st.text(max_size=LONGEST + 5))
def test_any_text_is_a_target_or_a_fault(text: str) -> None:
    _holds(text)


@given(ASSEMBLED)
def test_any_words_of_targets_are_targets_or_a_fault(text: str) -> None:
    _holds(text)


@given(REPEATED)
def test_the_longest_phrases_are_read_too(text: str) -> None:
    """Without a timing; what hangs is ended by the watchdog of the whole run."""
    _holds(text)


@each_row(
    "word",
    [*(f"{word} " for word in KNOWN), *(f"{sign}{joint}" for sign in (*SIGNS, *STRANGE) for joint in ("", " ", " 5 "))],
)
def test_a_word_repeated_to_the_end_is_read_at_once(word: str) -> None:
    length = LONGEST // 16  # enough for a pattern that tries every way of splitting a text to hang
    _holds((word * length)[:length])


def test_a_long_phrase_is_refused_before_it_is_read() -> None:
    fault = understand_targets("100% " + "x" * (LONGEST - 4))
    assert isinstance(fault, UserError)
    assert fault.message.template == "a target has at most {count} characters"
    assert dict(fault.message.values) == {"count": "2000"}
    assert isinstance(understand_targets("100% " + "x" * (LONGEST - 5)), tuple)


@given(st.sampled_from(HAND_TARGETS), st.text(" .;,:\u00a0\t", max_size=4))
def test_closing_points_do_not_matter(text: str, closing: str) -> None:
    typed, plain = understand_targets(text + closing), understand_targets(text)
    assert isinstance(typed, tuple)
    assert isinstance(plain, tuple)
    assert [target._replace(phrase="") for target in typed] == [target._replace(phrase="") for target in plain]


@given(
    st.sampled_from([row.example for row in FORMS if row.example != "nâng cao chất lượng"]),
    st.sampled_from([row.example for row in FORMS if row.example != "nâng cao chất lượng"]),
)
def test_two_phrases_with_a_semicolon_between_say_what_each_says(one: str, other: str) -> None:
    both, first, second = (understand_targets(text) for text in (f"{one}; {other}", one, other))
    assert isinstance(both, tuple)
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    said = [(target.comparator, target.value, target.upper, target.quantity) for target in both]
    assert said == [(target.comparator, target.value, target.upper, target.quantity) for target in (*first, *second)]


@given(st.integers(0, 999_999), st.integers(0, 99), st.sampled_from([">", "≥", "≤", "<", "="]))
def test_every_percentage_is_read_exactly(whole: int, hundredths: int, sign: str) -> None:
    found = understand_target(f"{sign}{whole},{hundredths:02d}%")
    assert isinstance(found, Target)
    assert found.value == Decimal(whole) + Decimal(hundredths) / 100


@given(st.integers(0, 999_999), st.sampled_from(["", ">", "<= ", "≥"]))
def test_the_short_way_says_what_the_long_one_says(whole: int, sign: str) -> None:
    """A sign and a percentage are read without the grammar; a closing point makes them go through it."""
    short, long = understand_target(f"{sign}{whole}%"), understand_target(f"{sign}{whole}%.")
    assert isinstance(short, Target)
    assert isinstance(long, Target)
    assert short._replace(phrase="") == long._replace(phrase="")


@given(st.integers(0, 999_999_999))
def test_points_separate_thousands(count: int) -> None:
    assert number(f"{count:,}".replace(",", ".")) == count
    found = understand_target(f"ít nhất {count:,} vụ".replace(",", "."))
    assert isinstance(found, Target)
    assert (found.value, found.unit) == (Decimal(count), "vụ")


@each_row(
    ("words", "value"),
    [("mười", 10), ("hai mươi", 20), ("hai mươi mốt", 21), ("chín mươi lăm", 95), ("một trăm", 100), ("mười hai", 12),
     ("hai trăm năm mươi tư", 254)],
)  # fmt: skip
def test_numbers_in_words(words: str, value: int) -> None:
    assert number(words) == value
    found = understand_target(f"ít nhất {words} lớp")
    assert isinstance(found, Target)
    assert found.value == value


def test_a_phrase_stands_in_one_line_only() -> None:
    phrases = [phrase for line in WORDS.values() for phrase in line.split("|")]
    assert len(phrases) == len(set(phrases))
    assert all(phrases)
    assert sum(len(entries) for entries in lexicon().values()) == len(phrases)


def test_a_structured_target() -> None:
    form = TargetForm(
        text="Giảm khiếu nại",
        comparator="reduce",
        value=Decimal("10.5"),
        unit="%",
        per="năm",
        points=True,
        baseline="year",
        baseline_text="năm 2025",
        population="khiếu nại của công dân",
        commitment=True,
        conditional=True,
    )
    found = understand_target(form)
    assert found == Target(
        "Giảm khiếu nại",
        Comparator.REDUCE,
        Decimal("10.5"),
        "%/năm",
        Baseline.YEAR,
        "khiếu nại của công dân",
        is_striven_for=True,
        is_conditional=True,
        per="năm",
        in_points=True,
        baseline_text="năm 2025",
    )
    assert found.baseline_year == 2025


def test_a_structured_target_without_words_states_its_values() -> None:
    found = understand_target(TargetForm(comparator=">=", value=Decimal(12), unit="vụ"))
    assert isinstance(found, Target)
    assert (found.phrase, found.comparator, found.baseline) == ("từ 12 vụ trở lên", Comparator.AT_LEAST, None)
    assert not found.is_striven_for
    assert not found.is_conditional


def test_a_structured_target_is_a_percentage_unless_it_says_otherwise() -> None:
    found = understand_target(TargetForm(comparator=">", value=Decimal(98)))
    assert isinstance(found, Target)
    assert (found.phrase, found.unit, found.counts_shares) == ("trên 98%", "%", True)


def test_a_structured_range() -> None:
    found = understand_target(TargetForm(comparator="between", value=Decimal(80), upper=Decimal(90)))
    assert isinstance(found, Target)
    assert (found.value, found.upper, found.comparator) == (Decimal(80), Decimal(90), Comparator.BETWEEN)


_CHANGED = {"baseline": ["previous_year", "same_period", "statutory", "plan", "unstated"], "points": [False, True]}


@given(st.data())
def test_the_words_of_a_structured_target_mean_its_values(data: st.DataObject) -> None:
    comparator = data.draw(st.sampled_from([">=", ">", "<=", "<", "=", "between", "reduce", "increase"]))
    value = Decimal(data.draw(st.integers(1, 499))) / data.draw(st.sampled_from([1, 2, 10]))
    given: dict[str, object] = {"comparator": comparator, "value": value}
    given["unit"] = data.draw(st.sampled_from(["%", "‰", "vụ", "hồ sơ", "ngày làm việc", "triệu đồng"]))
    given["per"] = data.draw(st.sampled_from([None, "năm", "quý", "tháng"]))
    if comparator == "between":
        given |= {"upper": value + 7, "excludes_upper": data.draw(st.booleans())}
    if comparator in {"reduce", "increase"}:
        given |= {name: data.draw(st.sampled_from(values)) for name, values in _CHANGED.items()}
        given["points"] = given["points"] and given["unit"] == "%"
    if comparator in {"reduce", "increase", "between"}:
        given["excludes_value"] = data.draw(st.booleans())
    form = TargetForm(**given)  # type: ignore[arg-type]
    meant = understand_target(form)
    assert isinstance(meant, Target)
    read = understand_target(meant.phrase)
    assert isinstance(read, Target)
    assert read._replace(phrase="", baseline_text="") == meant._replace(phrase="", baseline_text=""), meant.phrase


@each_row(("comparator", "field"), [(">=", "excludes_value"), ("reduce", "excludes_upper")])
def test_an_end_that_a_structured_target_has_not_cannot_be_open(comparator: str, field: str) -> None:
    fault = understand_targets(TargetForm(comparator=comparator, value=Decimal(80), **{field: True}))  # type: ignore[arg-type]
    assert isinstance(fault, UserError)
    assert fault.hint is not None


@each_row("upper", [None, Decimal(79)])
def test_a_structured_range_needs_an_upper_end(upper: Decimal | None) -> None:
    fault = understand_targets(TargetForm(comparator="between", value=Decimal(80), upper=upper))
    assert isinstance(fault, UserError)
    assert fault.hint is not None


@each_row(("unit", "per"), [("lần/năm", "năm"), ("lần/6 tháng", "6 tháng"), ("ngày/hồ sơ", ""), ("%", "")])
def test_the_unit_of_a_structured_target_may_name_its_period(unit: str, per: str) -> None:
    found = understand_target(TargetForm(comparator=">=", value=Decimal(1), unit=unit))
    assert isinstance(found, Target)
    assert (found.unit, found.per) == (unit, per)


@each_row("baseline", ["year", "other"])
def test_a_structured_baseline_may_have_to_be_named(baseline: Literal["year", "other"]) -> None:
    fault = understand_targets(TargetForm(comparator="reduce", value=Decimal(5), baseline=baseline))
    assert isinstance(fault, UserError)
    assert fault.message.template == "the baseline has to be named"
    named = TargetForm(comparator="reduce", value=Decimal(5), baseline=baseline, baseline_text="năm 2025")
    assert isinstance(understand_targets(named), tuple)


def test_the_plan_is_a_baseline_without_further_words() -> None:
    found = understand_target(TargetForm(comparator="increase", value=Decimal(5), baseline="plan"))
    assert isinstance(found, Target)
    assert (found.baseline, found.baseline_text) == (Baseline.PLAN, "kế hoạch")


@each_row("base", ["bình quân 03 năm trước", "các năm trước", "cùng kỳ hai năm trước"])
def test_several_years_are_not_the_year_before(base: str) -> None:
    (found,) = understand_targets(f"giảm 10% so với {base}")
    assert (found.baseline, found.baseline_text) == (Baseline.OTHER, base)


def test_a_structured_change_without_a_baseline_does_not_state_one() -> None:
    found = understand_target(TargetForm(comparator="increase", value=Decimal(5)))
    assert isinstance(found, Target)
    assert found.baseline is Baseline.UNSTATED


@each_row("length", ["48 giờ", "5 phút", "15 ngày làm việc", "2,5 ngày"])
def test_the_hint_on_a_length_of_time_names_that_length(length: str) -> None:
    """`5 ngày` was named beside `48 giờ`."""
    fault = understand_targets(length)
    assert isinstance(fault, UserError)
    assert fault.hint
    assert dict(fault.hint.values)["length"] == length
