"""Words by which a heading or the start of a line names a unit: `3. Sở Y tế`, `Trách nhiệm của Phòng Đào tạo:`."""

from __future__ import annotations

import re

from qmsplan.conformity.pieces import folded

_AGENCY = re.compile(
    r"^(uy ban|ubnd|hdnd|hoi dong|so|bo|trung tam|phong|cuc|chi cuc|tong cuc|ban|truong|benh vien|van phong|vien|"
    r"thanh tra|toa an|dai hoc|hoc vien|cong ty|dang uy|hoi|lien doan|mat tran|quy|to|cong an|khoa|bo phan|"
    r"tong cong ty|bao|dai|to chuc|thu vien|bao tang|kho bac|chi nhanh|xa|phuong|don vi|cac (so|phong|don vi|khoa|ban|"
    r"co quan|xa|truong|bo phan|to)|thu truong cac|doan thanh nien|cong doan|giam doc|chu tich|lanh dao|ke toan|"
    r"van thu|dong chi|d/c)\b"
)
_BEFORE_UNIT = re.compile(r"^(trách nhiệm của|nhiệm vụ của|đề nghị|giao( cho)?|đối với)\s+", re.IGNORECASE)
_AFTER_UNIT = re.compile(
    r"\s*(có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|chủ trì|thực hiện)?\s*[:.]?\s*$", re.IGNORECASE
)
_VERBS = re.compile(
    r"\b(trien khai|xay dung|to chuc thuc hien|phoi hop|tham muu|huong dan|nang cao|tang cuong|ra soat)\b"
)
_LONGEST_UNIT = 110
"""Letters of the name of a unit."""


def bare_unit(title: str) -> str:
    """A heading without the words around a unit's name: `Trách nhiệm của Sở Nội vụ:` is `Sở Nội vụ`."""
    return _AFTER_UNIT.sub("", _BEFORE_UNIT.sub("", title.strip()))


def unit_of(title: str) -> str:
    """The unit that a heading names; "" if it names none."""
    name = bare_unit(title)
    text = folded(name)
    if len(name) > _LONGEST_UNIT or not _AGENCY.match(text) or _VERBS.search(text):
        return ""
    return name
