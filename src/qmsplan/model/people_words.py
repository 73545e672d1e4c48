"""The Vietnamese words by which a phrase speaks of people and units without naming one, folded by `plain`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Vocabulary:
    """Entries of one word or more."""

    def __init__(self, *lists: str) -> None:
        self.entries = frozenset(" ".join(entry.split()) for text in lists for entry in text.split(","))
        self.first = frozenset(entry.partition(" ")[0] for entry in self.entries)
        self.longest = max(entry.count(" ") + 1 for entry in self.entries)

    def sizes(self, words: Sequence[str], place: int) -> Iterator[int]:
        """How many words make an entry at a place, most first."""
        if place < len(words) and words[place] in self.first:
            for size in range(min(self.longest, len(words) - place), 0, -1):
                if " ".join(words[place : place + size]) in self.entries:
                    yield size


JOINTS = Vocabulary("và, hoặc, và/hoặc, cùng, cùng với, phối hợp với, chủ trì, chủ động, tham mưu")
"""What stands between two units, beside a comma, a semicolon, a new line and signs such as `+`."""

OF = Vocabulary("của, thuộc, tại")

OPENERS = Vocabulary("các, những, mọi, từng, mỗi, toàn, toàn thể, toàn bộ, tất cả, một số, thành viên, thủ trưởng")
"""What starts a group that is not named one by one."""

PLURALS = Vocabulary("các, những, mọi, các đồng chí")
"""What makes a group of the words after it wherever it stands, if a general word follows: `Trưởng các phòng`."""

LEVELS = frozenset({"tỉnh", "huyện", "xã", "cơ", "thành", "trung", "trên", "dưới", "phòng", "sở", "ủy"})
"""What follows `cấp` where it means a level of administration."""

CLOSERS = Vocabulary("có liên quan, liên quan, khác, trực thuộc")
"""What ends a group that is not named one by one."""

_PLACES = "tỉnh, huyện, quận, thành phố, thị xã, thị trấn, xã, phường, đặc khu, địa phương, thôn, ấp, khóm"
_UNITS = """sở, ban, ngành, bộ, cục, chi cục, vụ, phòng, văn phòng, trung tâm, đơn vị, cơ quan, tổ chức, đoàn thể, hội,
    viện, trường, khoa, tổ, đội, bộ phận, doanh nghiệp, chi nhánh, ủy ban nhân dân, ubnd, hội đồng nhân dân, hđnd,
    tòa án nhân dân, viện kiểm sát nhân dân, công an, chính quyền, cấp, cấp ủy"""
_PEOPLE = """người, cá nhân, tập thể, cán bộ, công chức, viên chức, người lao động, thành viên, đồng chí, đảng viên"""

PLACES = Vocabulary(_PLACES)
NOUNS = Vocabulary(_PLACES, _UNITS, _PEOPLE)
"""General words for units and people: alone they name nobody."""

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
"""Posts and people; with a unit after them they stand for it: `Trưởng phòng Nghiệp vụ`."""

CLAUSES = frozenset({"được", "phụ", "trực", "chuyên", "theo", "có", "làm", "đang", "tham", "kiêm", "liên", "quản"})
"""What may follow a role that names no unit: `viên chức được giao nhiệm vụ`."""
