"""Vietnamese text coded for the fonts used before Unicode: TCVN3 (`.VnTime`) and VNI (`VNI-Times`).

Which code a text is in follows from the font it is shown in, never from its letters: `tØnh` in `.VnTime` reads `tỉnh`,
in Times New Roman it is what it says."""

from __future__ import annotations

import re

_TCVN3_CODES = (
    "a1 a2 a3 a4 a5 a6 a7 a8 a9 aa ab ac ad ae b5 b6 b7 b8 b9 bb bc bd be c6 c7 c8 c9 ca cb cc ce cf d0 d1 d2 d3 d4 d5 "
    "d6 d7 d8 dc dd de df e1 e2 e3 e4 e5 e6 e7 e8 e9 ea eb ec ed ee ef f1 f2 f3 f4 f5 f6 f7 f8 f9 fa fb fc fd fe"
)
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
TCVN3 = {int(code, 16): letter for code, letter in zip(_TCVN3_CODES.split(), _TCVN3_LETTERS, strict=True)}
"""Letters of TCVN 5712:1993, set 3. `ư` stands where other fonts have the soft hyphen."""

_VNI_MARKS = {
    "a": "ùá øà ûả õã ïạ ââ áấ àầ åẩ ãẫ äậ êă éắ èằ úẳ üẵ ëặ",
    "e": "ùé øè ûẻ õẽ ïẹ âê áế àề åể ãễ äệ",
    "o": "ùó øò ûỏ õõ ïọ âô áố àồ åổ ãỗ äộ",
    "u": "ùú øù ûủ õũ ïụ",
    "y": "ùý øỳ ûỷ õỹ",
    "ô": "ùớ øờ ûở õỡ ïợ",
    "ö": "ùứ øừ ûử õữ ïự",
}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "î": "ỵ", "æ": "ỉ", "ó": "ĩ", "ò": "ị"}
_VNI = {base + pair[0]: pair[1] for base, pairs in _VNI_MARKS.items() for pair in pairs.split()} | _VNI_ALONE
VNI = _VNI | {key.upper(): letter.upper() for key, letter in _VNI.items()}
VNI |= {key[0].upper() + key[1:]: letter.upper() for key, letter in _VNI.items() if len(key) == 2}
"""Letters of VNI for Windows: most are a letter and a mark after it, `aù` for `á`."""
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))


_LEAST_CAPITALS = 4
"""Plain capitals from which on a text without plain small letters was surely typed in capitals."""


def _is_typed_in_capitals(text: str) -> bool:
    plain = [letter for letter in text if letter.isascii() and letter.isalpha()]
    return len(plain) >= _LEAST_CAPITALS and all(map(str.isupper, plain))


def code_of(font: str) -> str:
    """The code that the texts of a font are in: `tcvn3`, `vni`, or "" for Unicode."""
    name = font.strip().lower()
    return "tcvn3" if name.startswith(".vn") else "vni" if name.startswith("vni-") else ""


def decoded(text: str, font: str) -> str:
    """A text as its writer meant it. Fonts such as `.VnTimeH` show every letter as a capital; in the others TCVN3 has
    no capitals with tone marks, so that `KÕ HO¹CH` was typed for `KẾ HOẠCH`."""
    code = code_of(font)
    if code == "vni":
        return _VNI_PATTERN.sub(lambda match: VNI[match[0]], text)
    if code == "tcvn3":
        found = text.translate(TCVN3)
        return found.upper() if font.strip().endswith("H") or _is_typed_in_capitals(text) else found
    return text
