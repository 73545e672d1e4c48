"""The words of responsibility phrases: joints, labels, general words for units and people, posts. Data for
`people_parse`, as `model.text.plain` makes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property


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


def _with(deeds: str) -> str:
    """How a noun tells what others do: `với sự tham gia của`, `có sự tham gia của` and the like for each deed."""
    ways = ("với", "có", "cùng", "cùng với", "dưới")
    return ", ".join(f"{way} sự {deed.strip()} của" for deed in deeds.split(",") for way in ways)


_WITH_HELP = _with("hướng dẫn, hỗ trợ, phối hợp, tham gia, tư vấn, giúp đỡ, hỗ trợ kỹ thuật, tham mưu")
_WATCHED = _with("giám sát, theo dõi, kiểm tra, chỉ đạo, giám sát chặt chẽ, chỉ đạo trực tiếp")
JOINTS = Vocabulary(
    "và, hoặc, và / hoặc, cùng, cùng với, phối hợp với, phối hợp cùng, phối hợp, chủ trì,"
    "chủ trì thực hiện, chủ động, tham mưu, giúp, tham mưu giúp, tham mưu cho",
    _WITH_HELP,
    _WATCHED,
)
"""What stands between two units, beside a comma, a semicolon, a new line and signs such as `+`."""

EITHER_OR = Vocabulary("hoặc, và / hoặc")
"""What stands between two of whom only one is meant."""

PAIRS = frozenset({("khám", "chữa"), ("bệnh", "chữa"), ("xuất", "kinh"), ("đua", "khen"), ("phòng", "chống")})
"""The words on both sides of a comma that parts no units: `khám, chữa bệnh`, `sản xuất, kinh doanh`."""

LEAD, SUPPORT, MONITOR = "lead", "support", "monitor"
"""The roles that words of a phrase give to those they stand beside."""

_LEADS = (
    "chủ trì, phụ trách, phụ trách chính, chịu trách nhiệm, chịu trách nhiệm chính, đầu mối, đồng chủ trì,"
    "thực hiện chính, tham mưu chính"
)
_SUPPORTS = "phối hợp, p / h, tham gia, hỗ trợ, cùng phối hợp, tham gia phối hợp"
_STANDS = "là cơ quan thường trực, là đơn vị thường trực, làm cơ quan thường trực, là thường trực"
_MONITORS = "giám sát, theo dõi, đôn đốc, kiểm tra, chỉ đạo"
_APPROVES = "phê duyệt, duyệt, phê chuẩn, ký duyệt, ký ban hành, xem xét phê duyệt, xem xét, quyết định"
_DOES = (
    "thực hiện, tổ chức, tổ chức thực hiện, triển khai, triển khai thực hiện, tham mưu thực hiện, thẩm định, trình,"
    "thẩm tra, trình ký, ban hành, tổng hợp, soạn thảo, rà soát"
)


_HELPS = (
    "báo cáo, cung cấp số liệu, cung cấp thông tin, cung cấp hồ sơ, hướng dẫn, hướng dẫn nghiệp vụ, góp ý,"
    "hỗ trợ kỹ thuật, bảo đảm kinh phí, đảm bảo kinh phí, cấp kinh phí, bố trí kinh phí, cân đối kinh phí,"
    "bảo đảm hậu cần, đảm bảo hậu cần, bảo đảm cơ sở vật chất, đảm bảo cơ sở vật chất"
)

_DEEDS = "thực hiện, triển khai, tổ chức, trình, trình ký, xây dựng, tổng hợp, xử lý, rà soát, ban hành"


def _also_doing(verbs: str) -> str:
    """The verbs, and each with `thực hiện` and the like behind it, and with `có trách nhiệm` and the like before it."""
    named = [verb.strip() for verb in verbs.split(",")]
    named += [f"{verb} {does}" for verb in named for does in _DEEDS.split(", ")]
    before = ("là", "làm", "là đơn vị", "là cơ quan", "có trách nhiệm", "trực tiếp")
    return ", ".join([*named, *(f"{words} {verb}" for verb in named for words in before)])


STRONG = Vocabulary(_also_doing(_LEADS), _also_doing(_SUPPORTS), _WITH_HELP, _WATCHED)
"""Verbs that give a role even with words behind them: `(chủ trì về kinh phí)`."""

VERBS = {
    LEAD: Vocabulary(_also_doing(_LEADS), _DOES, _STANDS),
    SUPPORT: Vocabulary(_also_doing(_SUPPORTS), _HELPS, _WITH_HELP),
    MONITOR: Vocabulary(_also_doing(_MONITORS), _APPROVES, _WATCHED),
}
"""What those do who have a role, before or behind their names: `Sở Y tế chủ trì, phối hợp với Sở Tài chính`."""

TASKS = Vocabulary(
    "chuẩn bị, lo, nộp, gửi, cập nhật, hoàn thiện, dự thảo, nhập liệu, viết, mời, công bố, lấy ý kiến, đề xuất, phải",
    "sẽ, cần, có trách nhiệm, có nhiệm vụ, báo cáo, ghi chép, dự trù, tiếp thu, giải trình, trả lời, hoàn thành",
    "tiến hành, duy trì, phổ biến, quán triệt, đăng tải, khắc phục, đề nghị",
)
"""Verbs behind a unit that no unit is called by: `Phòng Kế toán chuẩn bị kinh phí`."""
WRITING = Vocabulary(
    "xây dựng, tổ chức, ban hành, soạn, biên soạn, thẩm định, kiểm tra, rà soát, hướng dẫn, triển khai, thực hiện",
    "trình, in ấn, thu thập, xử lý, phát hành, đánh giá, tuyên truyền, mua sắm, mua, lập, niêm yết, bàn giao",
    "nghiệm thu, thanh toán, quyết toán, nhập, bố trí, cung cấp, đảm bảo, bảo đảm",
)
"""Verbs that units are called by too; before one of PAPERS they say what it does."""
PAPERS = Vocabulary(
    "kế hoạch, dự thảo, hội nghị, hội thảo, cuộc họp, lớp, báo cáo, hồ sơ, phương án, đề án, tờ trình, văn bản",
    "số liệu, kết quả, quy chế, quy trình, danh sách, dự toán, nội dung, việc, các, những, đợt, cuộc, biểu mẫu",
    "quyết định, chương trình, thông báo, biên bản, đề cương, giấy mời, tài liệu, thể thức, kinh phí, nhân lực",
)
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

LABEL_NOUNS = Vocabulary(
    "đơn vị, cơ quan, bộ phận, người, cá nhân, tổ chức, phòng, lãnh đạo, cán bộ, các đơn vị, các cơ quan, các bộ phận",
    "đv, cq, bp",
)
"""What may stand before the verb of a label: `Đơn vị chủ trì:`."""

NEUTRAL_LABELS = Vocabulary(
    "tham mưu, đơn vị tham mưu, cơ quan tham mưu, thường trực, cơ quan thường trực, đơn vị thường trực, thành viên",
    "trách nhiệm, phân công",
    "các thành viên, thành phần, gồm, bao gồm, đại diện, người đại diện, họ tên, họ và tên, cụ thể, trong đó",
)
"""Labels that name nobody and give no role."""

GIVING = Vocabulary("giao, giao cho, giao nhiệm vụ cho, phân công, yêu cầu, chỉ đạo, ủy quyền, ủy quyền cho, đề nghị")
"""What somebody does who names those that do the work: `Giám đốc Sở giao Phòng Kế hoạch tham mưu`."""

SUBMITTING = Vocabulary("trình, trình ký, báo cáo, tham mưu, tham mưu cho, tham mưu giúp, tham mưu trình")
"""What is done with the work for somebody who decides on it: `Phòng Kế hoạch xây dựng, trình Giám đốc phê duyệt`."""

LEADING_IN = Vocabulary(
    "giao, giao cho, đề nghị, yêu cầu, do, phân công, kính đề nghị, mời, kính mời, cùng, qua, thông qua, trong đó",
    "riêng",
)
"""What may stand before a name and says nothing of it: `Giao Vụ Pháp chế chủ trì`."""

ADDRESS = Vocabulary(
    "ông, bà, anh, chị, cô, thầy, đ/c, đc, đ.c, đồng chí, các đồng chí, các đ/c, các ông, các bà, ông/bà",
    "gs, pgs, ts, ths, bs, bác sĩ, bscki, bsck1, bsckii, bsck2, bsnt, ds, dược sĩ, dscki, dsckii, đd, cnđd, cn, ks",
    "kts, ncs, ls, luật sư, cki, ckii, ck1, ck2, tiến sĩ, thạc sĩ, cử nhân, kỹ sư, giáo sư, phó giáo sư, điều dưỡng",
    "đại tướng, thượng tướng, trung tướng, thiếu tướng, đại tá, thượng tá, trung tá, thiếu tá, đại úy, thượng úy",
    "trung úy, thiếu úy, chuẩn úy, thượng sĩ, trung sĩ, hạ sĩ, qncn, tskh, ttưt, ttnd, ngưt, ngnd, nsưt, nsnd",
)
"""Forms of address and titles before a person's name: `đ/c`, `ThS.`."""

FAMILY_NAMES = Vocabulary(
    "nguyễn, trần, lê, phạm, hoàng, huỳnh, phan, vũ, võ, đặng, bùi, đỗ, hồ, ngô, dương, lý, đào, đinh, đoàn, trịnh",
    "trương, lâm, phùng, mai, tô, hà, tạ, lương, vương, cao, châu, chu, cù, đàm, đậu, đồng, đới, giáp, giang, hứa",
    "hàn, kiều, kim, khổng, khương, khuất, la, lại, lò, lưu, lữ, lường, ma, mã, mạc, nghiêm, ninh, nông, ông, quách",
    "quản, sầm, sơn, tăng, thái, thạch, thân, thi, tiêu, tôn, tống, trang, triệu, tưởng, từ, ung, ưng, văn, vi, viên",
    "âu, bạch, bành, bàn, bế, cầm, cung, danh, diệp, doãn, giàng, hầu, hoa, hùng, hạ, lục, lù, mùa, nhâm, niê, ngụy",
    "phí, phó, phương, quàng, thào, tòng, vàng, vừ, y, h, ksor, điểu, cấn, nhữ, thiều, thẩm, trà, uông, vưu, xa, đèo",
    "cà, bạc, sùng, lầu, phàn, chảo, siu, rơ, kpă, hạng",
)
"""Family names, by which a name without form of address is told from a unit: `Nguyễn Văn An`."""

ANYBODY = Vocabulary(
    "địa phương, doanh nghiệp, tập đoàn, tổng công ty, tổ chức, cá nhân, người dân, nhân dân, cộng đồng, hộ gia đình",
    "nhà đầu tư, nhà thầu, tổ chức tín dụng, hiệp hội, đoàn thể, cơ quan báo chí, cơ sở đào tạo, cơ sở giáo dục",
    "viện nghiên cứu, trường đại học, chính quyền địa phương, chính quyền, phụ huynh, phụ huynh học sinh, học sinh",
    "sinh viên, giáo viên, giảng viên, gv, gvcn, gvbm, hs, cbgv, cb, gv, nv, cha mẹ học sinh, cbccvc, cbcc, cbcnv",
    "cbvc, người lao động, ccvc, vc, nlđ",
    "chủ đầu tư, chủ dự án, tư vấn, nhà cung cấp, đối tác, báo chí, các cơ quan báo chí, khách hàng, người bệnh",
    "chủ rừng, chủ cơ sở, hộ, hợp tác xã, htx, tổ hợp tác, bệnh nhân, cổ đông, tình nguyện viên, cộng tác viên",
    "học viên, hội viên, đoàn viên, công nhân, ban chủ nhiệm, kíp trực, ca trực, kíp mổ, ê kíp",
    "cán bộ công nhân viên, cán bộ công nhân viên chức, công nhân viên",
    "kiểm nghiệm viên, thử nghiệm viên, đánh giá viên, kiểm định viên, hiệu chuẩn viên, cố vấn học tập, bác sĩ",
)
"""People and bodies that nobody registers: alone, or with small letters behind them, they are an open group."""

GENERAL = Vocabulary("đơn vị, cơ quan, tổ chức, bộ phận, lực lượng, mạng lưới, cá nhân, người, tập thể, nhóm, bên")
"""Words that begin no name: with small letters behind them they are an open group, `đơn vị tư vấn`."""

OF = Vocabulary("của, thuộc, tại, trong")

OPENERS = Vocabulary("các, những, mọi, từng, mỗi, toàn, toàn thể, toàn bộ, tất cả, một số, thành viên, thủ trưởng")
"""Words that begin an open group, whose members are not named: `các phòng`."""

ONE_OF = Vocabulary("một trong, một trong số")
"""Words before a group of which only one is meant, nobody knows which."""

NOT = Vocabulary("không tham gia, không thực hiện, không chủ trì, không phối hợp, đã giải thể, đã sáp nhập")
"""How a remark begins that says of a unit that it is not responsible: `(không tham gia)`."""

PLURALS = Vocabulary("các, những, mọi, các đồng chí")
"""Words that make a group of a general word behind them wherever it stands: `Trưởng các phòng`."""

LEVELS = frozenset({"tỉnh", "huyện", "xã", "cơ", "thành", "trung", "trên", "dưới", "phòng", "sở", "ủy"})
"""What follows `cấp` where it means a level of administration: `cấp xã`."""

ASIDES = Vocabulary(
    "có liên quan, liên quan, theo chức năng, theo nhiệm vụ, theo thẩm quyền, theo lĩnh vực, theo quy định",
    "theo địa bàn",
)
"""What may stand behind a name and only adds to it, up to the next joint."""

ASIDE_GOES_ON = Vocabulary("chức năng, nhiệm vụ, quyền hạn, thẩm quyền, phạm vi, lĩnh vực, địa bàn")
"""What such words go on with behind a comma: `theo chức năng, nhiệm vụ được giao`."""

EXCEPT = Vocabulary("trừ, ngoại trừ, trừ ra, không bao gồm, không gồm, không kể, không tính, loại trừ")
"""Words that set somebody aside whom a group would hold: `các phòng (trừ Phòng Kế toán)`."""

CLOSERS = Vocabulary("có liên quan, liên quan, khác, trực thuộc, trên địa bàn")
"""Words that end an open group: `các sở có liên quan`."""

_PLACES = (
    "tỉnh, huyện, quận, thành phố, thị xã, thị trấn, xã, phường, đặc khu, địa phương, thôn, ấp, khóm, khu vực,"
    " khu phố, buôn, khu dân cư, cụm dân cư"
)
_UNITS = """sở, ban, ngành, phòng ban, bộ, cục, chi cục, vụ, phòng, văn phòng, trung tâm, đơn vị, cơ quan, tổ chức, đoàn
    thể, hội, viện, trường, khoa, tổ, đội, bộ phận, doanh nghiệp, chi nhánh, ủy ban nhân dân, ubnd, hội đồng nhân
    dân, hđnd, tòa án nhân dân, viện kiểm sát nhân dân, công an, chính quyền, cấp, cấp ủy, xí nghiệp, nhà máy, phân
    xưởng, công ty, bệnh viện, trạm, trạm y tế, bộ môn, học viện, chi bộ, đảng bộ, chi đoàn, khối, lớp, tổ dân phố,
    dự án, ban quản lý, công đoàn, câu lạc bộ, hợp tác xã, cửa hàng, kho,
    chi hội, phân hội, tổ hội, liên đoàn, liên minh, liên hiệp, hiệp hội, cụm, tổ hợp tác, trạm bơm, thư viện"""
_PEOPLE = """người, cá nhân, tập thể, cán bộ, công chức, viên chức, người lao động, thành viên, đồng chí, đảng viên"""

STAFF = Vocabulary(_PEOPLE, "nhân viên, chuyên viên, kỹ thuật viên, hộ lý, bảo vệ, lái xe")
"""People of whom a plan says which ones with small letters: `nhân viên y tế toàn bệnh viện`."""

SEATS = Vocabulary(
    "tỉnh, thành phố, huyện, phường, xã, sở, bệnh viện, bv, trường, nhà trường, học viện, công ty, trung tâm, cơ quan"
)
"""Where an agency sits, or what kind it is: it may stand behind a name that does not hold it, `Ban Giám đốc bệnh
viện`."""

SAME_SEATS = {"bv": "bệnh viện", "nhà trường": "trường"}
"""The other words for some of them."""

ONLY_ONES = Vocabulary("văn phòng, công đoàn, thư viện")
"""General words for what an agency has one of: alone they stand for the only registered one."""

MANY = Vocabulary("hội đồng, ban chỉ đạo, ban tổ chức, tổ công tác, tổ giúp việc, tiểu ban, ủy ban, ban điều hành")
"""General words for bodies of which there are many, which stand for none of them alone."""

COMMITTEES = Vocabulary("ban chấp hành, bch, ban thường vụ, btv")
"""What leads a union, and is that union."""

PARTS = Vocabulary("bộ phận, tổ, nhóm")
"""General words for a part of a unit: `Văn phòng Sở (Bộ phận Một cửa)`."""

STANDING = Vocabulary("thường trực, cơ quan thường trực, đơn vị thường trực")
"""What a unit is for a body whose name stands behind it."""

AGENCIES = Vocabulary("ubnd, ủy ban nhân dân, hđnd, hội đồng nhân dân, sở, bộ, cục, chi cục, tỉnh, huyện, xã, phường")
"""Whose unit a bracket may say that a name is: `Văn phòng (UBND tỉnh)`."""

BODIES = Vocabulary(
    "ban chấp hành, bch, ban thường vụ, btv, hội đồng thi đua, hội đồng tđkt, hội đồng tđ - kt, hội đồng khen thưởng",
    "hội đồng thi đua - khen thưởng, hội đồng thi đua, khen thưởng, hội đồng thi đua khen thưởng, hội đồng sáng kiến",
    "hội đồng khoa học, hội đồng nâng lương, hội đồng kỷ luật, ban thanh tra nhân dân, ban nữ công",
)
"""Bodies of unions and boards that an agency has beside its units: they are open groups unless they are registered."""

UNIONS = Vocabulary(
    "đoàn thanh niên, đoàn tncs, đoàn tn, đtn, hội phụ nữ, hội cựu chiến binh, hội nông dân, đảng ủy, nữ công, mttq"
)
"""Unions and parties, whose names begin with no general word."""

PLACES = Vocabulary(_PLACES)
UNIT_NOUNS = Vocabulary(_UNITS)
NOUNS = Vocabulary(_PLACES, _UNITS, _PEOPLE)
"""General words for units and people, which name nobody by themselves."""

FELLOWS = Vocabulary("ban, ngành, đoàn thể")
"""General words that make a group of a unit's short name before them: `Sở, ban, ngành`."""

QUALIFIERS = Vocabulary(
    _PLACES, "cấp, có, liên, thuộc, trực, của, trong, trên, khác, tại, ở, chuyên, sự, nhà, hành, toàn"
)
"""What may follow the last general word of such a list."""

ROLES = Vocabulary(
    "trưởng, phó trưởng, phó, trưởng ban, phó trưởng ban, phó ban, trưởng phòng, phó trưởng phòng, phó phòng",
    "chánh, phó chánh, chánh án, phó chánh án, thẩm phán, chánh văn phòng, phó chánh văn phòng",
    "giám đốc, phó giám đốc, chủ tịch, phó chủ tịch",
    "lãnh đạo, thủ trưởng, cấp trưởng, người đứng đầu, tổ trưởng, tổ phó, thư ký, thành viên, ủy viên",
    "tổng giám đốc, phó tổng giám đốc, hiệu trưởng, phó hiệu trưởng, hiệu phó, viện trưởng, phó viện trưởng, vụ trưởng",
    "phó vụ trưởng, cục trưởng, phó cục trưởng, chi cục trưởng, phó chi cục trưởng, bộ trưởng, thứ trưởng, trưởng khoa",
    "phó trưởng khoa, phó khoa, trưởng bộ môn, phó trưởng bộ môn, bí thư, phó bí thư, quản đốc, phó quản đốc",
    "đội trưởng, đội phó, trạm trưởng, chỉ huy trưởng, chủ nhiệm, phó chủ nhiệm, chánh thanh tra, phó chánh thanh tra",
    "chi hội trưởng, chi hội phó, phân hội trưởng, phân hội phó, hội trưởng, hội phó, trưởng thôn, trưởng ấp",
    "phó trưởng thôn, phó trưởng ấp, trưởng bản, trưởng khóm, trưởng trạm, phó trạm, trưởng tổ, tổng phụ trách",
    "trợ lý, điều dưỡng trưởng, hộ sinh trưởng, kỹ thuật viên trưởng, giám đốc sở, chủ tịch ubnd, tổng biên tập",
    "gđ, pgđ, tgđ, ptgđ, cvp, pcvp, pct, tbt, ht, pht",
    "chuyên viên, nhân viên, công nhân, giáo viên, giảng viên, bộ phận, văn thư",
    "kế toán, kế toán trưởng, thủ quỹ, đại diện, đầu mối, điều phối viên",
    _PEOPLE,
)
"""Posts and people. With a unit behind them they stand for it: `Trưởng phòng Nghiệp vụ`."""

SCHOOLS = frozenset({"mn", "th", "thcs", "thpt", "gdtx", "gdnn", "tccn", "cđ", "đh"})
"""Kinds of schools, which are written short without naming one: `các trường mầm non, tiểu học, THCS`."""

CLAUSES = frozenset({"được", "phụ", "trực", "chuyên", "theo", "có", "làm", "đang", "tham", "kiêm", "liên", "quản"})
"""What may follow a role that names no unit: `viên chức được giao nhiệm vụ`."""
