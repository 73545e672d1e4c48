"""A target phrase in one spelling: signs of input methods, invisible letters, abbreviations."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from qmsplan.model.text import phrase

_SIGNS = {"＜": "<", "＞": ">", "＝": "=", "≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥", "≮": "≥", "≯": "≤", "％": "%"}
_SIGNS |= {"&lt;": "<", "&gt;": ">", "&le;": "≤", "&ge;": "≥", "&amp;": "&", "→": " đến ", "+/-": "±"}
_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))
_LIMITED = (
    "hơn|trên|dưới|ít nhất|tối thiểu|không dưới|không quá|tối đa|giảm|tăng thêm|tăng|trong vòng|trong|quá|[≥≤]"
    "|[<>=](?= ?[0-9]h)"
)
_WAYS = (
    ("+", r"([<>=≥≤] ?)\+(?=[0-9])", r"\1"),  # NPS ≥ +40
    ("h", rf"({_LIMITED})( ?[0-9]+(?:,[0-9]+)?) ?h(?!\w)(?!/[0-9])", r"\1\2 giờ"),  # tối đa 2h
    ("h/", r"(?<=[0-9])h(?=/[^\W\d_])", " giờ"),  # 2h/tháng
    ("đ", r"(?<=[0-9]\.[0-9]{3})đ(?!\w)", " đ"),  # 450.000đ
    ("tr", r"(?<=[0-9]) ?tr(?:\.? ?đ|\.? ?đồng)(?!\w)", " triệu đồng"),  # 2,5 tr.đ/người
    ("trên mỗi", r"(?<= trên )mỗi (?=[0-9])", ""),  # 2 lỗi trên mỗi 100 hồ sơ
    ("%o", r"%o(?!\w)", "‰"),
    ("≈", r"(?<!≈)≈(?!≈)", " khoảng "),
    ("~", r"(?<![0-9%] )(?<![0-9%~])~(?= ?[0-9])", " khoảng "),  # ~80%, not 80~90%
    ("±", r"(không quá|tối đa|dưới|≤|<) ?±", r"\1 "),  # không quá ±2%
    ("(-)", r"\(-\) ?(?=[0-9])", "-"),  # below zero, and no bullet
    ("/", r"(?<=[0-9]) ?(sao|điểm)/([0-9]+) ?\1\b", r"/\2 \1"),  # 4,5 sao/5 sao
    ("24", r" ?\((?:24/7|24h?/24h?|24/24 ?giờ)\)", ""),  # at all hours
    (" ", r"(?<![0-9./])(?:0[0-9]{2,3}|1[89]00)[ .][0-9]{3,4}(?:[ .][0-9]{2,4}){0,2}(?![0-9./])", ""),  # 0236 3881 888
)
"""Ways of writing: what a phrase of such a way holds, the expression, and what is read instead."""


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def respelt(typed: str) -> str:
    """A text in the spelling of the grammar: without invisible letters, `<` for the wide `＜` of input methods and for
    `&lt;`, lines parted by `;`, `2 giờ` for `2h`."""
    seen = "".join(letter for letter in typed if unicodedata.category(letter) != "Cf")
    seen = phrase(_SIGN.sub(lambda sign: _SIGNS[sign[0]], seen).replace("\n", "; "))
    lowered = seen.lower()
    for held, wanted, written in _WAYS:
        if held in lowered:
            seen = _expression(wanted).sub(written, seen)
    return phrase(seen)
