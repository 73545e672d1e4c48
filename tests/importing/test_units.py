"""Which names of a draft are proposed as units of the register."""

from __future__ import annotations

import pytest

from qmsplan.importing.units import unknown_units
from qmsplan.model.register import Unit
from qmsplan.phrases.people import Register

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
    "Các phòng; PAR INDEX; Trung tâm": [],
}


@pytest.mark.parametrize("people", PROPOSED)
def test_names_that_begin_as_units_are_proposed_whole(people: str) -> None:
    found = unknown_units({"tasks": [{"lead": people}]}, KNOWN, "", "")
    assert [unit.name for unit in found.units] == PROPOSED[people]
