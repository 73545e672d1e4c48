"""The words of responsibility phrases: joints, labels, general words for units and people, posts. Data for
`people_parse`, as `model.text.plain` makes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


class Vocabulary:
    """A list of words and phrases, typed with commas between them."""

    def __init__(self, *lists: str) -> None:
        self.entries = frozenset(" ".join(entry.split()) for text in lists for entry in text.split(","))
        self.first = frozenset(entry.partition(" ")[0] for entry in self.entries)
        self.longest = max(entry.count(" ") + 1 for entry in self.entries)

    def sizes(self, words: Sequence[str], place: int) -> Iterator[int]:
        """How many words make an entry at a place, the longest entry first."""
        if place < len(words) and words[place] in self.first:
            for size in range(min(self.longest, len(words) - place), 0, -1):
                if " ".join(words[place : place + size]) in self.entries:
                    yield size


JOINTS = Vocabulary(
    "và, hoặc, và/hoặc, cùng, cùng với, phối hợp với, phối hợp cùng, phối hợp, chủ trì,"
    "chủ trì thực hiện, chủ động, tham mưu"
)
"""What stands between two units, beside a comma, a semicolon, a new line and signs such as `+`."""

LABELS = Vocabulary(
    "chủ trì, phối hợp, thực hiện, phụ trách, đầu mối, tham mưu, giám sát, theo dõi, chỉ đạo, kiểm tra",
    "đơn vị chủ trì, đơn vị phối hợp, đơn vị thực hiện, đơn vị đầu mối, đơn vị tham mưu, đơn vị chịu trách nhiệm",
    "cơ quan chủ trì, cơ quan phối hợp, cơ quan thực hiện, cơ quan tham mưu, cơ quan chủ trì thực hiện",
    "bộ phận chủ trì, bộ phận phối hợp, bộ phận thực hiện, người thực hiện, người phụ trách, người chịu trách nhiệm",
    "lãnh đạo phụ trách, lãnh đạo chỉ đạo, chịu trách nhiệm, chịu trách nhiệm chính, chủ trì thực hiện",
    "phối hợp thực hiện",
    "đơn vị chủ trì thực hiện, đơn vị phối hợp thực hiện, cơ quan phối hợp thực hiện, tổ chức thực hiện, đồng chủ trì",
)
"""What a colon makes a label of, which names nobody: `Đơn vị chủ trì:`."""

ANYBODY = Vocabulary(
    "địa phương, doanh nghiệp, tập đoàn, tổng công ty, tổ chức, cá nhân, người dân, nhân dân, cộng đồng, hộ gia đình",
    "nhà đầu tư, nhà thầu, tổ chức tín dụng, hiệp hội, hội, đoàn thể, cơ quan báo chí, cơ sở đào tạo, cơ sở giáo dục",
    "viện nghiên cứu, trường đại học, chính quyền địa phương, chính quyền, phụ huynh, phụ huynh học sinh, học sinh",
    "sinh viên, giáo viên, giảng viên, gv, hs, cbgv, cb, gv, nv, cha mẹ học sinh",
)
"""People and bodies that nobody registers: alone, or with small letters behind them, they are an open group."""

OF = Vocabulary("của, thuộc, tại")

OPENERS = Vocabulary("các, những, mọi, từng, mỗi, toàn, toàn thể, toàn bộ, tất cả, một số, thành viên, thủ trưởng")
"""Words that begin an open group, whose members are not named: `các phòng`."""

PLURALS = Vocabulary("các, những, mọi, các đồng chí")
"""Words that make a group of a general word behind them wherever it stands: `Trưởng các phòng`."""

LEVELS = frozenset({"tỉnh", "huyện", "xã", "cơ", "thành", "trung", "trên", "dưới", "phòng", "sở", "ủy"})
"""What follows `cấp` where it means a level of administration: `cấp xã`."""

CLOSERS = Vocabulary("có liên quan, liên quan, khác, trực thuộc")
"""Words that end an open group: `các sở có liên quan`."""

_PLACES = "tỉnh, huyện, quận, thành phố, thị xã, thị trấn, xã, phường, đặc khu, địa phương, thôn, ấp, khóm"
_UNITS = """sở, ban, ngành, bộ, cục, chi cục, vụ, phòng, văn phòng, trung tâm, đơn vị, cơ quan, tổ chức, đoàn thể, hội,
    viện, trường, khoa, tổ, đội, bộ phận, doanh nghiệp, chi nhánh, ủy ban nhân dân, ubnd, hội đồng nhân dân, hđnd,
    tòa án nhân dân, viện kiểm sát nhân dân, công an, chính quyền, cấp, cấp ủy"""
_PEOPLE = """người, cá nhân, tập thể, cán bộ, công chức, viên chức, người lao động, thành viên, đồng chí, đảng viên"""

SEATS = Vocabulary("tỉnh, thành phố, huyện, phường, xã")
"""Where an agency sits: it may stand behind a name that does not hold it."""

PLACES = Vocabulary(_PLACES)
NOUNS = Vocabulary(_PLACES, _UNITS, _PEOPLE)
"""General words for units and people, which name nobody by themselves."""

FELLOWS = Vocabulary("ban, ngành, đoàn thể")
"""General words that make a group of a unit's short name before them: `Sở, ban, ngành`."""

QUALIFIERS = Vocabulary(_PLACES, "cấp, có, liên, thuộc, trực, của, trong, trên, khác, tại, ở, chuyên, sự, nhà, hành")
"""What may follow the last general word of such a list."""

ROLES = Vocabulary(
    "trưởng, phó trưởng, phó, trưởng ban, phó trưởng ban, phó ban, trưởng phòng, phó trưởng phòng, phó phòng",
    "chánh, phó chánh, chánh văn phòng, phó chánh văn phòng, giám đốc, phó giám đốc, chủ tịch, phó chủ tịch",
    "lãnh đạo, thủ trưởng, cấp trưởng, người đứng đầu, tổ trưởng, tổ phó, thư ký, thành viên, ủy viên",
    "chuyên viên, nhân viên, bộ phận, văn thư, kế toán, kế toán trưởng, thủ quỹ, đại diện, đầu mối, điều phối viên",
    _PEOPLE,
)
"""Posts and people. With a unit behind them they stand for it: `Trưởng phòng Nghiệp vụ`."""

CLAUSES = frozenset({"được", "phụ", "trực", "chuyên", "theo", "có", "làm", "đang", "tham", "kiêm", "liên", "quản"})
"""What may follow a role that names no unit: `viên chức được giao nhiệm vụ`."""
