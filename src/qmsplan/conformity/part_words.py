"""Words by which parts of a paper are known, without tone marks and in small letters (`pieces.folded`)."""

from __future__ import annotations

import re

STAMP = re.compile(r"^(du thao|hoa toc|thuong khan|khan|toi mat|tuyet mat|mat|luu hanh noi bo|xem xong tra lai)\b")
"""Marks of drafts, urgency, secrecy and circulation."""
AGENCY = re.compile(
    r"^(uy ban|ubnd|hdnd|hoi dong|so|bo|trung tam|phong|cuc|chi cuc|tong cuc|ban|truong|benh vien|van phong|vien|"
    r"thanh tra|toa an|dai hoc|hoc vien|cong ty|dang uy|dang bo|hoi|lien doan|"
    r"mat tran|quy|to|cong an|tong cong ty|bao|dai|to chuc|"
    r"thu vien|bao tang|kho bac|chi nhanh|xa|phuong|don vi)\b"
)
"""How the names of agencies begin, without tone marks."""
END = re.compile(r"^noi nhan\b.{0,30}$")
"""The line above the recipients, folded."""
POST = re.compile(
    r"^(tm\.|kt\.|tl\.|tuq\.|q\.|t/m|k/t|pho |giam doc|tong giam doc|chu tich|truong |thu truong|bo truong|chanh |"
    r"cuc truong|vien truong|hieu truong|chu nhiem|quyen |tong thu ky|thu ky|bi thu|vu truong|chi cuc truong|to truong|"
    r"doi truong|tram truong|lanh dao |ke toan truong|chi huy truong|chinh uy)"
)
"""How the lines above the names of those who sign begin, folded: `kt. giam doc`."""
WITHOUT_SUBJECT = frozenset(
    {"giay gioi thieu", "giay nghi phep", "giay uy quyen", "phieu gui", "phieu chuyen", "phieu bao", "hop dong"}
)
"""Types without a line on what they are about: by their forms in Annex III (1.8, 1.10), or by custom (letters of
authority and slips, which form 1.4 names among the papers that have one)."""
