"""The format profile: what the decree allows is what is printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from document_support import PROFILE

from qmsplan.diagnostics import UserError
from qmsplan.documents import profile as module
from qmsplan.documents.profile import STYLES, load_profile, profile_names, read_profile
from rows import each_row

TEXT = (Path(module.__file__).with_name("profiles") / "nd30-2020.toml").read_text("utf-8")


def test_the_profile_says_where_it_comes_from() -> None:
    assert PROFILE.name == "nd30-2020"
    assert "30/2020/NĐ-CP" in PROFILE.source
    assert PROFILE.effective_from == date(2020, 3, 5)
    assert PROFILE.verified_on >= date(2026, 10, 3)


def test_all_profiles_load_and_are_called_what_they_say() -> None:
    assert "nd30-2020" in profile_names()
    assert [load_profile(name).name for name in profile_names()] == list(profile_names())


@each_row("name", ["", "nd30", "../nd30-2020", "/etc/passwd", "ND30-2020", "nd30-2020.toml"])
def test_an_unknown_profile_is_a_fault_that_names_the_known(name: str) -> None:
    with pytest.raises(UserError) as raised:
        load_profile(name)
    assert raised.value.hint
    assert "nd30-2020" in dict(raised.value.hint.values)["names"]


def test_a_profile_without_a_style_is_refused() -> None:
    with pytest.raises(ValueError, match="basis"):
        read_profile(TEXT.replace("[style.basis]", "[style.bases]"))


def test_a_profile_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(TypeError):
        read_profile(TEXT.replace("blank_lines", "empty_lines"))


@each_row("name", sorted(STYLES))
def test_a_style_prints_what_is_allowed(name: str) -> None:
    style = PROFILE.styles[name]
    least, most = style.sizes
    assert least <= style.size <= most
    assert style.align in {"left", "center", "right", "justify"}
    assert style.case in {"typed", "upper"}
    assert "," not in style.name  # Word takes it for a list of names


@each_row("side", ["top", "bottom", "left", "right"])
def test_margins_are_what_is_allowed(side: str) -> None:
    least, most = getattr(PROFILE.page, f"range_{side}")
    assert least <= getattr(PROFILE.page, side) <= most


@each_row(("side", "allowed"), [("top", (20, 25)), ("bottom", (20, 25)), ("left", (30, 35)), ("right", (15, 20))])
def test_allowed_margins_are_the_decrees(side: str, allowed: tuple[int, int]) -> None:
    assert getattr(PROFILE.page, f"range_{side}") == allowed


DECREE = {
    "nation": (12, 13, True, False, "upper"),
    "motto": (13, 14, True, False, "typed"),
    "parent": (12, 13, False, False, "upper"),
    "issuer": (12, 13, True, False, "upper"),
    "number": (13, 13, False, False, "typed"),
    "dateline": (13, 14, False, True, "typed"),
    "type": (13, 14, True, False, "upper"),
    "subject": (13, 14, True, False, "typed"),
    "basis": (13, 14, False, True, "typed"),
    "body": (13, 14, False, False, "typed"),
    "heading-1": (13, 14, True, False, "typed"),
    "heading-2": (13, 14, True, False, "typed"),
    "position": (13, 14, True, False, "typed"),
    "signatory": (13, 14, True, False, "typed"),
    "recipients-label": (12, 12, True, True, "typed"),
    "recipient": (11, 11, False, False, "typed"),
    "annex-number": (14, 14, True, False, "typed"),
    "annex-title": (13, 14, True, False, "upper"),
    "annex-info": (13, 14, False, True, "typed"),
    "page-number": (13, 14, False, False, "typed"),
}
"""Least and greatest size, bold, italic, case (annex I, parts II to V). Headings and posts print as typed."""


@each_row("name", DECREE)
def test_components_are_the_decrees(name: str) -> None:
    style = PROFILE.styles[name]
    assert (*style.sizes, style.bold, style.italic, style.case) == DECREE[name]


def test_sizes_rise_together() -> None:
    styles = PROFILE.styles
    assert (styles["nation"].size, styles["motto"].size, styles["dateline"].size) in {(12, 13, 13), (13, 14, 14)}


def test_body_text_keeps_the_gaps_of_the_decree() -> None:
    for name in ("body", "basis"):
        style = PROFILE.styles[name]
        assert style.align == "justify"
        assert style.first in {10, 12.7}
        assert max(style.before, style.after) >= PROFILE.page.paragraph_gap_at_least
        assert PROFILE.page.line_range[0] <= style.line <= PROFILE.page.line_range[1]


def test_lines_are_a_third_to_half_of_the_text_above() -> None:
    least, most = PROFILE.head.range_rule_share
    assert least <= PROFILE.head.issuer_rule_share <= most
    assert least <= PROFILE.head.subject_rule_share <= most
    assert PROFILE.head.motto_rule_share == 1


def test_the_fixed_words() -> None:
    assert PROFILE.words.nation == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert PROFILE.words.motto == "Độc lập - Tự do - Hạnh phúc"
    assert PROFILE.words.recipients == "Nơi nhận:"
    assert PROFILE.words.end_mark == "./."
    assert PROFILE.annex.numerals == "roman"


def test_types_and_their_abbreviations() -> None:
    assert len(PROFILE.types) == 30
    assert len(set(PROFILE.types.values())) == 30
    assert (PROFILE.types["Kế hoạch"], PROFILE.types["Quy định"], PROFILE.types["Tờ trình"]) == ("KH", "QyĐ", "TTr")
