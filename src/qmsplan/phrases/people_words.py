"""What a responsibility phrase names, mentions each of one kind; and the words of such phrases: joints, labels, general
words for units and people, posts. `people_words.toml` lists them, as `model.text.plain` makes them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from qmsplan.model.settings import Person, Unit

UNIT, NEAR, PERSON, GROUP, ROLE, UNKNOWN = "unit", "near", "person", "group", "role", "unknown"
EITHER = "either"
"""The kinds of mentions: a registered unit, nearly one, a registered person, an open group, a role without a unit, not
understood; a unit or person that is named as one of two (`A hoặc B`)."""


class Mention(NamedTuple):
    """A name in a phrase. `unit` is who is named or meant; of a group or a role the unit it belongs to, of a person
    the unit that the person works in."""

    text: str
    kind: str
    unit: Unit | None = None
    scope: str | None = None
    """The part of the work it is responsible for: the words after `đối với`."""
    remark: str | None = None
    """A post, or other words beside the name: `Cơ quan Thường trực của Hội đồng`."""
    meant: str | None = None
    """The registered spelling that a near name comes close to; the other name of two."""
    line: int = 0
    """The line of the phrase it stands on, from 0; blank lines do not count."""
    role: str | None = None
    """`lead`, `support` or `monitor` where the phrase says it (`Đơn vị phối hợp: …`), whatever field it stands in."""
    person: Person | None = None
    """The person who is named."""


class Vocabulary:
    """A list of words and phrases, typed with commas between them; taken apart when it is first used."""

    def __init__(self, *lists: str) -> None:
        self._lists = lists

    @cached_property
    def entries(self) -> frozenset[str]:
        """The words and phrases."""
        return frozenset(" ".join(entry.split()) for text in self._lists for entry in text.split(","))

    @cached_property
    def first(self) -> frozenset[str]:
        """The words that they begin with."""
        return frozenset(entry.partition(" ")[0] for entry in self.entries)

    @cached_property
    def longest(self) -> int:
        """How many words the longest has."""
        return max(entry.count(" ") + 1 for entry in self.entries)

    def sizes(self, words: Sequence[str], place: int) -> Iterator[int]:
        """How many words make an entry at a place, the longest entry first."""
        if place < len(words) and words[place] in self.first:
            for size in range(min(self.longest, len(words) - place), 0, -1):
                if " ".join(words[place : place + size]) in self.entries:
                    yield size


_WORDS: dict[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _with(deeds: str) -> str:
    """How a noun tells what others do: `với sự tham gia của`, `có sự tham gia của` and the like for each deed."""
    ways = ("với", "có", "cùng", "cùng với", "dưới")
    return ", ".join(f"{way} sự {deed.strip()} của" for deed in deeds.split(",") for way in ways)


_WITH_HELP = _with("hướng dẫn, hỗ trợ, phối hợp, tham gia, tư vấn, giúp đỡ, hỗ trợ kỹ thuật, tham mưu")
_WATCHED = _with("giám sát, theo dõi, kiểm tra, chỉ đạo, giám sát chặt chẽ, chỉ đạo trực tiếp")
JOINTS = Vocabulary(_WORDS["joints"], _WITH_HELP, _WATCHED)
"""What stands between two units, beside a comma, a semicolon, a new line and signs such as `+`."""

EITHER_OR = Vocabulary(_WORDS["either_or"])
"""What stands between two of whom only one is meant."""

PAIRS = frozenset({("khám", "chữa"), ("bệnh", "chữa"), ("xuất", "kinh"), ("đua", "khen"), ("phòng", "chống")})
"""The words on both sides of a comma that parts no units: `khám, chữa bệnh`, `sản xuất, kinh doanh`."""

LEAD, SUPPORT, MONITOR = "lead", "support", "monitor"
"""The roles that words of a phrase give to those they stand beside."""


def _also_doing(verbs: str) -> str:
    """The verbs, and each with `thực hiện` and the like behind it, and with `có trách nhiệm` and the like before it."""
    named = [verb.strip() for verb in verbs.split(",")]
    named += [f"{verb} {does}" for verb in named for does in _WORDS["deeds"].split(", ")]
    before = ("là", "làm", "là đơn vị", "là cơ quan", "có trách nhiệm", "trực tiếp")
    return ", ".join([*named, *(f"{words} {verb}" for verb in named for words in before)])


STRONG = Vocabulary(_also_doing(_WORDS["leads"]), _also_doing(_WORDS["supports"]), _WITH_HELP, _WATCHED)
"""Verbs that give a role even with words behind them: `(chủ trì về kinh phí)`."""

VERBS = {
    LEAD: Vocabulary(_also_doing(_WORDS["leads"]), _WORDS["does"], _WORDS["stands"]),
    SUPPORT: Vocabulary(_also_doing(_WORDS["supports"]), _WORDS["helps"], _WITH_HELP),
    MONITOR: Vocabulary(_also_doing(_WORDS["monitors"]), _WORDS["approves"], _WATCHED),
}
"""What those do who have a role, before or behind their names: `Sở Y tế chủ trì, phối hợp với Sở Tài chính`."""

TASKS = Vocabulary(_WORDS["tasks"])
"""Verbs behind a unit that no unit is called by: `Phòng Kế toán chuẩn bị kinh phí`."""
WRITING = Vocabulary(_WORDS["writing"])
"""Verbs that units are called by too; before one of PAPERS they say what it does."""
PAPERS = Vocabulary(_WORDS["papers"])
"""What is written or held."""

COMPOUNDS = frozenset({"công", "chương", "lộ", "quy", "tờ", "tiến", "giáo", "quá", "hành"})
"""What makes a noun of `trình` behind it: `Phòng Công trình`."""

VERB_STARTS = frozenset().union(*(verbs.first for verbs in VERBS.values()))

IN_BRACKETS = {
    LEAD: Vocabulary("chính, ct, owner, pic, lead, thường trực, cơ quan thường trực, đơn vị thường trực"),
    SUPPORT: Vocabulary("phụ, ph, support"),
}
"""What gives a role only as all that stands in brackets or before a colon: `Phòng Kỹ thuật (chính)`, `CT: Phòng Kỹ
thuật`."""

LABEL_NOUNS = Vocabulary(_WORDS["label_nouns"])
"""What may stand before the verb of a label: `Đơn vị chủ trì:`."""

NEUTRAL_LABELS = Vocabulary(_WORDS["neutral_labels"])
"""Labels that name nobody and give no role."""

GIVING = Vocabulary(_WORDS["giving"])
"""What somebody does who names those that do the work: `Giám đốc Sở giao Phòng Kế hoạch tham mưu`."""

SUBMITTING = Vocabulary(_WORDS["submitting"])
"""What is done with the work for somebody who decides on it: `Phòng Kế hoạch xây dựng, trình Giám đốc phê duyệt`."""

LEADING_IN = Vocabulary(_WORDS["leading_in"])
"""What may stand before a name and says nothing of it: `Giao Vụ Pháp chế chủ trì`."""

ADDRESS = Vocabulary(_WORDS["address"])
"""Forms of address and titles before a person's name: `đ/c`, `ThS.`."""

FAMILY_NAMES = Vocabulary(_WORDS["family_names"])
"""Family names, by which a name without form of address is told from a unit: `Nguyễn Văn An`."""

ANYBODY = Vocabulary(_WORDS["anybody"])
"""People and bodies that nobody registers: alone, or with small letters behind them, they are an open group."""

GENERAL = Vocabulary(_WORDS["general"])
"""Words that begin no name: with small letters behind them they are an open group, `đơn vị tư vấn`."""

OF = Vocabulary(_WORDS["of"])

OPENERS = Vocabulary(_WORDS["openers"])
"""Words that begin an open group, whose members are not named: `các phòng`."""

ONE_OF = Vocabulary(_WORDS["one_of"])
"""Words before a group of which only one is meant, nobody knows which."""

NOT = Vocabulary(_WORDS["not"])
"""How a remark begins that says of a unit that it is not responsible: `(không tham gia)`."""

PLURALS = Vocabulary(_WORDS["plurals"])
"""Words that make a group of a general word behind them wherever it stands: `Trưởng các phòng`."""

LEVELS = frozenset({"tỉnh", "huyện", "xã", "cơ", "thành", "trung", "trên", "dưới", "phòng", "sở", "ủy"})
"""What follows `cấp` where it means a level of administration: `cấp xã`."""

ASIDES = Vocabulary(_WORDS["asides"])
"""What may stand behind a name and only adds to it, up to the next joint."""

ASIDE_GOES_ON = Vocabulary(_WORDS["aside_goes_on"])
"""What such words go on with behind a comma: `theo chức năng, nhiệm vụ được giao`."""

EXCEPT = Vocabulary(_WORDS["except"])
"""Words that set somebody aside whom a group would hold: `các phòng (trừ Phòng Kế toán)`."""

CLOSERS = Vocabulary(_WORDS["closers"])
"""Words that end an open group: `các sở có liên quan`."""

_PLACES = _WORDS["places"]
_UNITS = _WORDS["units"]
_PEOPLE = _WORDS["people"]

STAFF = Vocabulary(_WORDS["staff"], _PEOPLE)
"""People of whom a plan says which ones with small letters: `nhân viên y tế toàn bệnh viện`."""

SEATS = Vocabulary(_WORDS["seats"])
"""Where an agency sits, or what kind it is: it may stand behind a name that does not hold it, `Ban Giám đốc bệnh
viện`."""

SAME_SEATS = {"bv": "bệnh viện", "nhà trường": "trường"}
"""The other words for some of them."""

ONLY_ONES = Vocabulary(_WORDS["only_ones"])
"""General words for what an agency has one of: alone they stand for the only registered one."""

MANY = Vocabulary(_WORDS["many"])
"""General words for bodies of which there are many, which stand for none of them alone."""

COMMITTEES = Vocabulary(_WORDS["committees"])
"""What leads a union, and is that union."""

PARTS = Vocabulary(_WORDS["parts"])
"""General words for a part of a unit: `Văn phòng Sở (Bộ phận Một cửa)`."""

STANDING = Vocabulary(_WORDS["standing"])
"""What a unit is for a body whose name stands behind it."""

AGENCIES = Vocabulary(_WORDS["agencies"])
"""Whose unit a bracket may say that a name is: `Văn phòng (UBND tỉnh)`."""

BODIES = Vocabulary(_WORDS["bodies"])
"""Bodies of unions and boards that an agency has beside its units: they are open groups unless they are registered."""

UNIONS = Vocabulary(_WORDS["unions"])
"""Unions and parties, whose names begin with no general word."""

PLACES = Vocabulary(_PLACES)
UNIT_NOUNS = Vocabulary(_UNITS)
NOUNS = Vocabulary(_PLACES, _UNITS, _PEOPLE)
"""General words for units and people, which name nobody by themselves."""

FELLOWS = Vocabulary(_WORDS["fellows"])
"""General words that make a group of a unit's short name before them: `Sở, ban, ngành`."""

QUALIFIERS = Vocabulary(_WORDS["qualifiers"], _PLACES)
"""What may follow the last general word of such a list."""

ROLES = Vocabulary(_WORDS["roles"], _PEOPLE)
"""Posts and people. With a unit behind them they stand for it: `Trưởng phòng Nghiệp vụ`."""

SCHOOLS = frozenset({"mn", "th", "thcs", "thpt", "gdtx", "gdnn", "tccn", "cđ", "đh"})
"""Kinds of schools, which are written short without naming one: `các trường mầm non, tiểu học, THCS`."""

CLAUSES = frozenset({"được", "phụ", "trực", "chuyên", "theo", "có", "làm", "đang", "tham", "kiêm", "liên", "quản"})
"""What may follow a role that names no unit: `viên chức được giao nhiệm vụ`."""
