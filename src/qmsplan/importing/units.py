"""Units and persons that a draft names and the register does not know: blocks for `qmsplan.yaml`, and names that are
nearly known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from qmsplan.conformity.pieces import folded
from qmsplan.importing.column_words import AGENCY, any_of
from qmsplan.importing.making import Branch, branches, texts_in
from qmsplan.model.settings import Person, Settings, Unit
from qmsplan.model.text import CAPITALS, free_name, plain
from qmsplan.phrases.people import Register
from qmsplan.phrases.people_find import person_name
from qmsplan.phrases.people_text import PeopleText
from qmsplan.phrases.people_words import NEAR, PLACES, ROLES, UNIT, UNKNOWN, Mention
from qmsplan.yaml_edit.emit import Field, FieldKind, emit, node_of

_LONGEST = 90
_SIGNS = " -+*.;,:"
_AFTER_NOUN = re.compile(rf"^((?:{any_of('nouns_of_units')}) )(\w)")
_DOMAINS = (
    *("Giáo dục và Đào tạo", "Khoa học và Công nghệ", "Nông nghiệp và Môi trường", "Tài nguyên và Môi trường"),
    *("Nông nghiệp và Phát triển nông thôn", "Lao động - Thương binh và Xã hội", "Thông tin và Truyền thông"),
    *("Văn hóa, Thể thao và Du lịch", "Văn hóa và Thể thao", "Dân tộc và Tôn giáo", "Kế hoạch và Đầu tư"),
    *("Quy hoạch - Kiến trúc", "Giao thông vận tải", "Công Thương", "Y tế", "Nội vụ", "Tài chính", "Tư pháp"),
    *("Xây dựng", "Ngoại vụ", "Du lịch"),
)
"""What ministries and departments are for, as their names are written."""
_DOMAIN = re.compile(rf"^(Sở|Bộ|Phòng) ({'|'.join(map(re.escape, _DOMAINS))})\b", re.IGNORECASE)
_INNER_NAME = re.compile(rf"(?<= )({any_of('inner_names')})\b", re.IGNORECASE)
"""Names inside others that begin with a capital, or are written with capitals throughout."""
_WITH_CAPITALS = {"việt nam": "Việt Nam", "hồ chí minh": "Hồ Chí Minh"}
_PLACE = re.compile(r"\b(tỉnh|thành phố|xã|phường|thị trấn|thị xã|huyện|quận|đặc khu) (?!hội )((?:\w+[ ]?){1,3})$")
_AFTER_PERSON = re.compile(r"\b(thpt|thcs|tiểu học|mầm non) (.+)$", re.IGNORECASE)
"""Schools, which are called after persons and places: `Trường THPT Nguyễn Huệ`."""
_PROPER = re.compile(rf"(?<=[^\W\d_] )[{CAPITALS}][a-zđà-ỹ]+(?: [{CAPITALS}][a-zđà-ỹ]+)+(?!\w)")
"""Names of places and persons inside a sentence: two words or more with capitals."""
_SHORT = re.compile(
    r"\b(ubnd|hđnd|thpt|thcs|bhxh|tnhh|mtv|iso|cntt|tncs|lhpn|mttq|[ivx]{2,}|[\w.-]*\d[\w.-]*|[\w-]*\w&\w+|[b-dfghij-np-tv-xz])\b",
    re.IGNORECASE,
)
"""Short forms that stay in capitals, and letters that are no words: `Kho bạc Nhà nước Khu vực V`."""
_INITIALS = re.compile(r"\b[A-ZĐ]{2,}\b")
_SHORT_NAME = re.compile(r"^[^\W\d_]+(?: phận)? ([A-ZĐ]{2,}(?:[-&][A-ZĐ]{2,})*)$")
_ONE_NAME = re.compile(r"^Văn phòng (HĐND|Hội đồng nhân dân|Đoàn (ĐBQH|đại biểu Quốc hội)[\w, ]*)$", re.IGNORECASE)
"""What stands before the `và` of one name: `Văn phòng HĐND và UBND`."""
_DESCRIBES = re.compile(r"\s*(có|được|bị|nào|liên quan)\b")
"""What follows the noun where a phrase tells which units are meant and names none: `Phòng có điểm không phù hợp`."""
_ALONE = frozenset({"văn phòng", "thanh tra", "hạt kiểm lâm"})
"""Units whose whole name is the noun."""
_NOT_OF_NAME = re.compile(rf"^({any_of('no_part_of_name')})\b", re.IGNORECASE)
"""What begins another one behind a comma, though it is no unit: `Phòng Đào tạo, viên chức phụ trách`."""
_INNER = re.compile(r"^(phong|khoa|to|ban|bo phan|doi|phan xuong|xuong)\b")
"""How units inside an agency begin."""
_MAY_BE_LIST = re.compile(rf"{_INNER.pattern}|^(so|vu|cuc|trung tam|van phong|bao|dai)\b")
"""Units whose names may have commas; those of places have none: `UBND xã Phú Thịnh, Phú Lộc` are two."""
_SMALL = frozenset({"va", "cua", "cac", "tinh", "huyen", "xa", "phuong", "nha", "nuoc", "thuoc", "-"})
"""Words that give no letter to a code."""
_LONGEST_PART = 4
"""Words of a part of a name between commas: `Hành chính` of `Phòng Tổ chức, Hành chính, Quản trị`."""
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


class ProposedPerson(NamedTuple):
    """A person for the register: name without title, the post as it is typed, and the code of the unit."""

    name: str
    post: str
    unit: str


class UnknownUnits(NamedTuple):
    """What the register lacks: units, persons, and spellings for the aliases of known units."""

    units: tuple[ProposedUnit, ...]
    near: tuple[NearUnit, ...]
    people: tuple[ProposedPerson, ...] = ()
    guessed: tuple[str, ...] = ()
    """Names of units that the file has in capitals alone, so that their small letters are guessed."""
    unnamed: tuple[str, ...] = ()
    """What is said to lead or support and is neither known nor proposed: it begins as no unit does, `Kho Vật tư`."""

    @property
    def entries(self) -> dict[str, list[dict[str, str]]]:
        """Units and persons as entries of the lists of `qmsplan.yaml`: `{"units": [{"code": …}]}`."""
        units, people = ([one._asdict() for one in told] for told in (self.units, self.people))
        lists = {"units": units, "people": people}
        return {
            name: [{key: text for key, text in one.items() if text} for one in told] for name, told in lists.items()
        }


def unknown_units(plan: Branch, register: Register, issuer: str, parent: str) -> UnknownUnits:
    """The units and persons of a draft that the register does not know. `issuer` and `parent` are the names at its
    head."""
    text = " \n".join(texts_in(plan, frozenset({"issuer_text"})))
    place = str(plan.get("head", {}).get("place", ""))
    issuers = _issuers(issuer, is_joint=bool(plan.get("cosigners")))
    unknown = [name for name in issuers if not register.find(name)]
    registered, known = register.find(parent), register.find(issuers[0]) if issuers else None
    above = _natural(parent, text, place) if parent and not registered else ""
    owns = [_natural(name, text, place) for name in unknown]
    made = zip((parent, *unknown), (above, *owns), strict=True)
    guessed = tuple(  # names in capitals whose small letters neither a text of the plan nor a list has
        name for typed, name in made if name and typed.isupper() and not (_spelt(typed, text) or _DOMAIN.match(name))
    )
    names, near = _unknown_names(plan, register, plain(text))
    for head in (*owns, above):
        names.pop(plain(head), None)
    names = _without_short_forms(names)

    codes = set(register.by_code)
    found = [ProposedUnit(_code(above, codes), above)] if above else []
    parent_code = found[0].code if found else registered.code if registered else ""
    own_units = [ProposedUnit(_code(own, codes), own, parent_code) for own in owns]
    code = known.code if known else own_units[0].code if own_units else ""
    ranks = {match[0] for own in issuers if (match := _INNER.match(folded(own)))}
    found += own_units
    for name in names.values():
        inner = _INNER.match(folded(name))  # beside a division that issues a plan others stand, not below it
        above_it = "" if inner is None else parent_code if inner[0] in ranks else code
        found.append(ProposedUnit(_code(name, codes), name, above_it))
    known_units = (*register.units, *(Unit(code=one.code, name=one.name, parent=one.parent or None) for one in found))
    tops = [one.code for one in known_units if not one.parent]
    above_all = tops[0] if len(tops) == 1 else ""
    people = tuple(_persons(_people(plan), Register(known_units, register.people), code or above_all))
    persons = (*register.people, *(Person(name=one.name, unit=one.unit) for one in people))
    whole = Register(known_units, persons)
    mentions = (mention for phrase in _people(plan) for mention in whole.mentions(phrase))
    unnamed = dict.fromkeys(mention.text for mention in mentions if mention.kind == UNKNOWN)
    return UnknownUnits(tuple(found), near, people, guessed, tuple(unnamed))


def _unknown_names(plan: Branch, register: Register, words: str) -> tuple[dict[str, str], tuple[NearUnit, ...]]:
    """The names of units in a draft that nobody has, by their plain words; and those that are nearly a registered
    one."""
    names: dict[str, str] = {}
    near: dict[str, NearUnit] = {}
    for phrase in dict.fromkeys(part for people in _people(plan) for part in _parts(people, words, register)):
        mentions = register.mentions(phrase)
        if AGENCY.match(phrase) and len(mentions) > 1:  # its name holds others: it is one
            mentions = (mentions[0]._replace(text=_span(phrase, mentions), unit=None),)
        for mention in mentions:
            name = mention.text.strip(_SIGNS)
            if mention.kind == NEAR and mention.unit is not None:
                near[plain(name)] = NearUnit(name, mention.unit.code)
            elif mention.kind == UNKNOWN and _is_name(name):
                names.setdefault(plain(name), name)
    return names, tuple(near.values())


_TOGETHER = re.compile(r"^liên (?:ngành|tịch)\s*[:-]?\s*", re.IGNORECASE)
"""What stands before the names of those who issue a paper together: `LIÊN NGÀNH: SỞ Y TẾ - BẢO HIỂM XÃ HỘI`."""


def _issuers(issuer: str, *, is_joint: bool) -> list[str]:
    """The agencies that issue a paper together, which several sign: two of `SỞ GIÁO DỤC VÀ ĐÀO TẠO - SỞ Y TẾ`, one of
    `TRUNG TÂM VĂN HÓA - THƯ VIỆN`."""
    issuer = _TOGETHER.sub("", issuer)
    parts = re.split(r"\s+[-–]\s+", issuer) if is_joint else [issuer]
    return parts if all(map(AGENCY.match, parts)) else [issuer] if issuer else []


def _span(phrase: str, mentions: Sequence[Mention]) -> str:
    """What of a phrase is a name: from its first mention to its last, without a verb before or behind them."""
    last = mentions[-1].text
    return phrase[phrase.find(mentions[0].text) : phrase.rfind(last) + len(last)].strip(_SIGNS)


def _without_short_forms(names: dict[str, str]) -> dict[str, str]:
    """The names without those that the register reads as one of the others: `Phòng QLCL` beside `Phòng Quản lý chất
    lượng`."""
    whole = [name for name in names.values() if not _INITIALS.search(name)]
    register = Register(tuple(Unit(code=f"U{at}", name=name) for at, name in enumerate(whole)))
    kinds = {name: [mention.kind for mention in register.mentions(name)] for name in names.values()}
    return {key: name for key, name in names.items() if name in whole or kinds[name] != [UNIT]}


def _people(plan: Branch) -> Iterator[str]:
    for part in (plan, *(part for _, part in branches(plan))):
        yield from (part[name] for name in ("lead", "support", "monitor") if part.get(name))


_NUMBERED = re.compile(r"(\D{3,60}?) số (\d{1,3}(?:(?:, ?| và )(?:số )?\d{1,3})+)")
"""Several units that only a number tells apart: `Nhà máy nước số 1 và số 2`."""


def _parts(people: str, text: str, register: Register) -> Iterator[str]:
    """The names in a phrase, parted by signs, and by `và` before the next agency: `Sở Nông nghiệp và Môi trường` is
    one name. `text` is all that the plan says, as `plain` makes it."""
    for line in re.split(r"[;\n/]", people):
        if line.count("(") != line.count(")"):  # a slip of the pen, and no part of a name
            yield from _parts(re.sub("[()]", ";", line), text, register)
            continue
        start = 0
        if numbered := _NUMBERED.fullmatch(line.strip(_SIGNS)):
            yield from (f"{numbered[1]} số {number}" for number in re.findall(r"\d+", numbered[2]))
            continue
        for match in re.finditer(r"\s(?:và|cùng với|phối hợp với)\s+", line):
            if AGENCY.match(line[match.end() :]) and not _ONE_NAME.match(line[start : match.start()].strip(_SIGNS)):
                yield from _joined_parts(line[start : match.start()].split(","), text, register)
                start = match.end()
        yield from _joined_parts(line[start:].split(","), text, register)


def _joined_parts(parts: Sequence[str], text: str, register: Register) -> Iterator[str]:
    """The parts between commas, a unit with those behind it that are no units by themselves: `Phòng Tổ chức, Hành
    chính, Quản trị` is one name, `Sở Nội vụ, Tài chính` two."""
    names: list[str] = []
    for part in parts:
        bare = _unit_of_post(part.strip(_SIGNS))
        is_other = not bare or AGENCY.match(bare) or _NOT_OF_NAME.match(bare) or person_name(bare)
        if names and bare[:1].islower() and not is_other:
            names[-1] += f", {bare}"  # `Phổ biến, giáo dục pháp luật`
        elif bare:
            names.append(bare)
    at = 0
    while at < len(names):
        end = next(end for end in range(len(names), at, -1) if end == at + 1 or _is_one(names[at:end], text, register))
        yield ", ".join(names[at:end])
        at = end


def _is_one(names: Sequence[str], text: str, register: Register) -> bool:
    """Whether a unit's name and the parts behind its commas are one name. They are not if such a part begins another
    one, if the plan or the register has a unit of it (`Khoa Ngoại` for `Khoa Nội, Ngoại`), or if all are fields of
    government. Else the whole must stand in the plan more than once, or each part have two words."""
    first, *rest = (part.strip() for name in names for part in re.split(r",|\bvà\b", name))
    noun = AGENCY.match(first)
    whole = ", ".join(names)
    if noun is None or not _MAY_BE_LIST.match(folded(first)):
        return False
    if whole[noun.end() :].strip() in _DOMAINS:
        return True
    for part in rest:
        is_other = AGENCY.match(part) or _NOT_OF_NAME.match(part) or person_name(part)
        apart = f"{noun[0]} {part}"
        if is_other or len(part.split()) > _LONGEST_PART or register.find(apart) or plain(apart) in text:
            return False
    if all(part in _DOMAINS for part in (first[noun.end() :].strip(), *rest)):
        return False
    return text.count(plain(whole)) > 1 or all(len(part.split()) > 1 for part in rest)


_JOINTS = re.compile(r"([;\n(),:]|(?<![Đđ])/|\s[-–—]\s|\s(?:và|cùng|với|chủ trì|phối hợp|phụ trách)\b)")
"""What stands between persons, posts and units of a phrase."""
_LEAST_NAMES = 3
"""Words of a person's name without form of address: two may be anything, `Hà Nội`."""


_BESIDE = frozenset({",", "-", "–", "—", "("})
"""What stands between a person's name and the post or unit behind it."""


def _persons(phrases: Iterable[str], register: Register, issuer: str) -> Iterator[ProposedPerson]:
    """The persons that phrases name and the register does not know. `register` has the proposed units too; `issuer` is
    the code of the unit of those whose unit is not said, that of the paper or the one above all others; "" if there is
    none."""
    found: dict[str, ProposedPerson] = {}
    for phrase in phrases:
        for one in _persons_in(phrase, register, issuer):
            known = found.get(plain(one.name))
            if one.unit and (known is None or (one.post and not known.post)):
                found[plain(one.name)] = one
    whole = [*(one.name for one in found.values()), *(one.name for one in register.people)]
    given = {name.split()[-1] for name in whole if " " in name}
    yield from (one for one in found.values() if " " in one.name or one.name not in given)


def _persons_in(phrase: str, register: Register, issuer: str) -> Iterator[ProposedPerson]:
    joints = _JOINTS.split(phrase)
    parts = [part.strip(" .") for part in joints[::2]]
    for at, part in enumerate(parts):
        name, post = _person(part)
        if not name or register.find_person(part) or register.find_person(name) or register.near_person(name):
            continue
        unit = register.find(parts[at - 1]) if at and joints[2 * at - 1] == "(" else None
        joint = joints[2 * at + 1].strip() if at + 1 < len(parts) else ""
        if joint in _BESIDE:
            rest = re.split(r"[;\n)]", "".join(joints[2 * at + 2 :]))[0].strip()
            post_behind, unit_behind = _post_and_unit(joint, parts[at + 1], rest, register)
            post, unit = post or post_behind, unit or unit_behind
        yield ProposedPerson(name, post, unit.code if unit else issuer)


def _post_and_unit(joint: str, behind: str, rest: str, register: Register) -> tuple[str, Unit | None]:
    """What stands behind a person's name: a post and the unit that it is of, or a unit alone."""
    if not PeopleText(behind).size(0, ROLES) or _person(behind)[0]:
        return "", None if joint == "," else register.find(behind)
    named = next(iter(register.mentions(rest)), None)
    if named and named.unit and named.text in rest:  # a unit's name may have `và` and commas in it
        return rest[: rest.find(named.text) + len(named.text)], named.unit
    return behind, None


def _person(text: str) -> tuple[str, str]:
    """The name of a person and the post before it: `Phó Giám đốc Nguyễn Văn An`; "" twice if none is named."""
    words = PeopleText(text)
    start = words.behind_address(0)
    posts = [start + size for size in ROLES.sizes(words.folded, start)]
    for at in (0, *posts) if start or not AGENCY.match(text) else posts:  # `Đoàn Thanh Niên`
        typed = words.typed(at, len(words))
        name = person_name(typed)
        if name and (start or name != typed or len(name.split()) >= _LEAST_NAMES):
            return name, words.typed(start, at) if at else ""
    return "", ""


def _is_name(name: str) -> bool:
    """True for what can be the name of a unit: it begins as one and says which. `Các phòng` and `DTI` are none."""
    if name.lower() in _ALONE:
        return True
    found = AGENCY.match(name)
    if found is None or found[0].lower() == "các" or "\n" in name or _DESCRIBES.match(name[found.end() :]):
        return False
    return len(found[0]) < len(name) <= _LONGEST


def _unit_of_post(name: str) -> str:
    """The unit that a post names: `Phòng Kiểm định` of `Trưởng phòng Kiểm định` and of `Lê Hải - Trưởng phòng Kiểm
    định`. The name as it is if it is no post."""
    words = PeopleText(re.split(r"\s[-–—]\s", name)[-1])
    for size in ROLES.sizes(words.folded, 0) if not AGENCY.match(name) else ():
        unit = words.typed(size, len(words))
        noun = AGENCY.match(unit)
        if noun and unit[noun.end() :].strip().removeprefix("và ")[:1].isupper():
            return unit[0].upper() + unit[1:]
    return name


def _natural(name: str, text: str, place: str) -> str:
    """A name in capitals as the text of the plan writes it; if it does not name it, with a capital at its start."""
    if name != name.upper():
        return name
    if spelt := _spelt(name, text):
        return spelt[:1].upper() + spelt[1:]
    made = _AFTER_NOUN.sub(lambda match: match[1] + match[2].upper(), name.capitalize())
    if known := _DOMAIN.match(made):
        domain = next(one for one in _DOMAINS if one.lower() == known[2].lower())
        rest = made[known.end() :]
        rest = rest if _PLACE.search(rest) else rest.title()
        made = f"{known[1]} {domain}{rest}"
    made = _PLACE.sub(lambda match: f"{match[1]} {match[2].title()}", made)
    made = _AFTER_PERSON.sub(lambda match: f"{match[1]} {match[2].title()}", made)
    made = _SHORT.sub(lambda match: match[0].upper(), made)
    made = _INNER_NAME.sub(lambda match: _WITH_CAPITALS.get(match[1].lower(), match[1].capitalize()), made)
    for known_name in sorted(set(_PROPER.findall(text)), key=len):
        made = re.sub(rf"(?<= ){re.escape(known_name)}\b", known_name, made, flags=re.IGNORECASE)
    words = PeopleText(place)
    bare = words.typed(words.size(0, PLACES), len(words))  # `Tỉnh H` stands in no name: `Sở Y tế tỉnh H`
    return re.sub(rf"\b{re.escape(bare)}\b", bare, made, flags=re.IGNORECASE) if bare else made


def _spelt(name: str, text: str) -> str:
    """A name in capitals as the text has it elsewhere, most often; "" if it has it nowhere."""
    pattern = re.compile(r"\s+".join(map(re.escape, name.split())), re.IGNORECASE)
    counted = Counter(" ".join(found.split()) for found in pattern.findall(text))
    return max(((count, found) for found, count in counted.items() if found != found.upper()), default=(0, ""))[1]


def _code(name: str, taken: set[str]) -> str:
    """A code of a name's first letters: `Phòng Đào tạo` is `PDT`; or the short form that the name itself has: `Phòng
    TCHC` is `TCHC`."""
    short = _SHORT_NAME.match(name) if _INNER.match(folded(name)) else None
    if short and (code := re.sub(r"\W", "", folded(short[1])).upper()) not in taken:
        taken.add(code)
        return code
    words = [word for word in re.findall(r"[a-z0-9]+", folded(name)) if word not in _SMALL]
    base = "".join(word[0] for word in words)[:_MOST_LETTERS].upper() or "DV"
    code = free_name(base if base[0].isalpha() else f"D{base}", taken, "")
    taken.add(code)
    return code


def register_block(found: UnknownUnits) -> list[str]:
    """The units and persons as lines for `qmsplan.yaml`."""
    lists = {name: entries for name, entries in found.entries.items() if entries}
    return emit(node_of(lists, Field(0, FieldKind.TEXT, Settings)))
