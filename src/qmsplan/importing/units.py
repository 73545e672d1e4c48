"""Units that a draft names and the register does not know: a block for `qmsplan.yaml`, and names that are nearly
known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from qmsplan.conformity.pieces import folded
from qmsplan.importing.making import CHILDREN, Branch
from qmsplan.model.text import plain
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_mention import NEAR, UNKNOWN

_LONGEST = 90
_SIGNS = " -+*.;,:"
_AGENCY = re.compile(
    r"(?:uỷ ban|ủy ban|ubnd|hđnd|hội đồng|sở|bộ|trung tâm|phòng|cục|chi cục|tổng cục|ban|trường|bệnh viện|văn phòng|"
    r"viện|khoa|tổ|đội|bộ phận|thanh tra|toà án|tòa án|công an|hội|liên đoàn|mặt trận|công ty|tổng công ty|kho bạc|"
    r"thư viện|bảo tàng|đoàn|công đoàn|trạm|nhà máy|xí nghiệp|các)\b",
    re.IGNORECASE,
)
"""How names of agencies and units begin. With their marks: `Bổ trợ tư pháp` is no `Bộ`."""
_AFTER_NOUN = re.compile(
    r"^((?:Sở|Trung tâm|Phòng|Chi cục|Cục|Bệnh viện|Trường|Viện|Ban|Văn phòng|Công ty|Tổng công ty|Bộ|Hội|Liên đoàn|"
    r"Ủy ban nhân dân (?:tỉnh|xã|phường|huyện|thành phố)) )(\w)"
)
_DOMAINS = (
    *(
        "Giáo dục và Đào tạo",
        "Khoa học và Công nghệ",
        "Nông nghiệp và Môi trường",
        "Nông nghiệp và Phát triển nông thôn",
    ),
    *("Văn hóa, Thể thao và Du lịch", "Văn hóa và Thể thao", "Dân tộc và Tôn giáo", "Tài nguyên và Môi trường"),
    *("Thông tin và Truyền thông", "Kế hoạch và Đầu tư", "Lao động - Thương binh và Xã hội", "Giao thông vận tải"),
    *(
        "Công Thương",
        "Quy hoạch - Kiến trúc",
        "Y tế",
        "Nội vụ",
        "Tài chính",
        "Tư pháp",
        "Xây dựng",
        "Ngoại vụ",
        "Du lịch",
    ),
)
"""What ministries and departments are for, as their names are written."""
_DOMAIN = re.compile(rf"^(Sở|Bộ|Phòng) ({'|'.join(map(re.escape, _DOMAINS))})\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(tỉnh|thành phố|xã|phường|thị trấn|thị xã|huyện|quận|đặc khu) ((?:\w+[ ]?){1,3})$")
_AFTER_PERSON = re.compile(r"\b(thpt|thcs|tiểu học|mầm non) (.+)$", re.IGNORECASE)
"""Schools, which are called after persons and places: `Trường THPT Nguyễn Huệ`."""
_SHORT = re.compile(r"\b(ubnd|hđnd|thpt|thcs|bhxh|tnhh|mtv|iso|cntt)\b", re.IGNORECASE)
"""Short forms that stay in capitals."""
_ONE_NAME = re.compile(r"^Văn phòng (HĐND|Hội đồng nhân dân|Đoàn (ĐBQH|đại biểu Quốc hội)[\w, ]*)$", re.IGNORECASE)
"""What stands before the `và` of one name: `Văn phòng HĐND và UBND`."""
_ALONE = frozenset({"văn phòng", "thanh tra"})
"""Units whose whole name is the noun."""
_SECOND_HALF = re.compile(r"^(Phòng|Ban|Khoa|Tổ|Bộ phận) [^,]+$")
_NO_HALF = re.compile(
    r"^(viên chức|công chức|cán bộ|lãnh đạo|giám đốc|phó|trưởng|thư ký|văn thư|kế toán|chuyên viên|các|cùng)\b",
    re.IGNORECASE,
)
_SMALL = frozenset({"va", "cua", "cac", "tinh", "huyen", "xa", "phuong", "nha", "nuoc", "thuoc", "-"})
"""Words that give no letter to a code."""
_MOST_HALF = 3
_MOST_LETTERS = 8


class ProposedUnit(NamedTuple):
    """A unit for the register: its code, name and the code of the unit above."""

    code: str
    name: str
    parent: str = ""


class NearUnit(NamedTuple):
    """A spelling that comes close to a registered name, and the code of that unit."""

    spelling: str
    code: str


class UnknownUnits(NamedTuple):
    """What the register lacks: units, and spellings for the aliases of known ones."""

    units: tuple[ProposedUnit, ...]
    near: tuple[NearUnit, ...]


def unknown_units(plan: Branch, register: Register, issuer: str, parent: str) -> UnknownUnits:
    """The units of a draft that the register does not know. `issuer` and `parent` are the names at its head."""
    names: dict[str, str] = {}
    near: dict[str, NearUnit] = {}
    text = " \n".join(_texts(plan))
    place = str(plan.get("head", {}).get("place", ""))
    above = _natural(parent, text, place) if parent and not register.find(parent) else ""
    own = _natural(issuer, text, place) if issuer and not register.find(issuer) else ""
    for phrase in dict.fromkeys(part for people in _people(plan) for part in _parts(people)):
        mentions = register.mentions(phrase)
        is_whole = bool(_AGENCY.match(phrase)) and len(mentions) > 1
        for mention in mentions[:1] if is_whole else mentions:
            name = phrase if is_whole else mention.text.strip(_SIGNS)
            if mention.kind == NEAR and mention.unit is not None and not is_whole:
                near[plain(name)] = NearUnit(name, mention.unit.code)
            elif mention.kind == UNKNOWN and _is_name(name):
                names.setdefault(plain(name), name)
    for head in (own, above):
        names.pop(plain(head), None)
    codes = set(register.by_code)
    found: list[ProposedUnit] = []
    if above:
        found.append(ProposedUnit(_code(above, codes), above))
    registered = register.find(parent)
    parent_code = found[0].code if found else (registered.code if registered else "")
    if own:
        found.append(ProposedUnit(_code(own, codes), own, parent_code))
    known = register.find(issuer) if issuer else None
    code = found[-1].code if own else (known.code if known else "")
    below = {plain(name) for name in names.values() if re.match(r"^(phong|khoa|to|ban|bo phan|doi)\b", folded(name))}
    for key, name in names.items():
        found.append(ProposedUnit(_code(name, codes), name, code if key in below else ""))
    return UnknownUnits(tuple(found), tuple(near.values()))


def _people(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (value[name] for name in ("lead", "support") if value.get(name))
        for name in (*CHILDREN, "sections", "annexes"):
            for part in value.get(name, ()):
                yield from _people(part)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name != "issuer_text":
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value


def _parts(people: str) -> Iterator[str]:
    """The names in a phrase, parted by signs, and by `và` before the next agency: `Sở Nông nghiệp và Môi trường` is
    one name, and so are `Phòng Pháp chế và Phổ biến, giáo dục pháp luật` and, alone in its cell, `Phòng Hành chính,
    Tổng hợp`."""
    begin, comma, rest = people.strip(_SIGNS).partition(", ")
    if comma and _SECOND_HALF.match(begin) and _is_second_half(rest):
        yield people.strip(_SIGNS)
        return
    for line in re.split(r"[;\n/]|,(?!\s*[a-zà-ỹđ])|,(?=\s*(?:các|cùng|và|phối hợp)\b)", people):
        start = 0
        for match in re.finditer(r"\s(?:và|cùng với|phối hợp với)\s+", line):
            if _AGENCY.match(line[match.end() :]) and not _ONE_NAME.match(line[start : match.start()].strip(_SIGNS)):
                yield line[start : match.start()].strip(_SIGNS)
                start = match.end()
        if rest := line[start:].strip(_SIGNS):
            yield rest


def _is_second_half(text: str) -> bool:
    """Whether the words behind a comma are no name of their own: `Tổng hợp` of `Phòng Hành chính, Tổng hợp`."""
    is_short = len(text.split()) <= _MOST_HALF and not re.search(r"[,;/\n]|\bvà\b", text)
    return is_short and text[:1].isupper() and not (_AGENCY.match(text) or _NO_HALF.match(text))


def _is_name(name: str) -> bool:
    """True for what can be the name of a unit: it begins as one and says which. `Các phòng` and `DTI` are none."""
    if name.lower() in _ALONE:
        return True
    found = _AGENCY.match(name)
    if found is None or found[0].lower() == "các" or "\n" in name:
        return False
    return len(found[0]) < len(name) <= _LONGEST


def _natural(name: str, text: str, place: str) -> str:
    """A name in capitals as the text of the plan writes it; if it does not name it, with a capital at its start."""
    if name != name.upper():
        return name
    pattern = re.compile(r"\s+".join(map(re.escape, name.split())), re.IGNORECASE)
    counted = Counter(" ".join(found.split()) for found in pattern.findall(text))
    spelt = [(count, found) for found, count in counted.items() if found != found.upper()]
    if spelt:
        return max(spelt)[1]
    made = _AFTER_NOUN.sub(lambda match: match[1] + match[2].upper(), name.capitalize())
    if known := _DOMAIN.match(made):
        domain = next(one for one in _DOMAINS if one.lower() == known[2].lower())
        rest = made[known.end() :]
        rest = rest if _PLACE.search(rest) else rest.title()
        made = f"{known[1]} {domain}{rest}"
    made = _PLACE.sub(lambda match: f"{match[1]} {match[2].title()}", made)
    made = _AFTER_PERSON.sub(lambda match: f"{match[1]} {match[2].title()}", made)
    made = _SHORT.sub(lambda match: match[0].upper(), made)
    if len(place) < 2 or place.startswith("Tỉnh "):  # `Sở Y tế tỉnh H`, whatever the line with the day begins with
        return made
    return re.sub(re.escape(place), place, made, flags=re.IGNORECASE)


def _code(name: str, taken: set[str]) -> str:
    """A code of a name's first letters: `Phòng Đào tạo` is `PDT`."""
    words = [word for word in re.findall(r"[a-z0-9]+", folded(name)) if word not in _SMALL]
    base = "".join(word[0] for word in words)[:_MOST_LETTERS].upper() or "DV"
    base = base if base[0].isalpha() else f"D{base}"
    code, count = base, 1
    while code in taken:
        count += 1
        code = f"{base}{count}"
    taken.add(code)
    return code


def units_block(units: Iterable[ProposedUnit]) -> str:
    """The units as lines for `qmsplan.yaml`, below `units:`."""
    lines = []
    for unit in units:
        lines += [f"  - code: {unit.code}", f"    name: {_quoted(unit.name)}"]
        lines += [f"    parent: {unit.parent}"] if unit.parent else []
    return "\n".join(lines)


def _quoted(text: str) -> str:
    is_plain = re.fullmatch(r"[^\W\d_][^:#\"'\[\]{}&*!|>%@`]*", text) is not None
    return text if is_plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
