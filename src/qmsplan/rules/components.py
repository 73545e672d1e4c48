"""Rules on the components of the official document that the plan's own words have to give: place, text, recipients,
title, headings, citations, authority and name of who signs, end mark, days (QP616 to QP634).

The form is that of Decree 30/2020/NĐ-CP, Annex I, Part I. What a document can't be issued without is in `DEMANDED`:
`sign` refuses a plan that lacks it; `validate` tells it once the plan's end is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import wraps
from itertools import chain

from qmsplan.diagnostics import Message, Path, Severity
from qmsplan.model.inline import plain_text
from qmsplan.model.plan import Plan
from qmsplan.model.text import citations
from qmsplan.phrases.deadline_text import impossible_days
from qmsplan.phrases.tables import Expression
from qmsplan.rules.base import CheckPlan, Context, Rule, issuer_of, narrative, of_plan
from qmsplan.rules.findings import Finding
from qmsplan.seal import is_made_line

_END_MARK = "./."


def _is_whole_document(plan: Plan) -> bool:
    """Whether the plan's end is written, its signatory and its recipients or its text, so that what is still missing
    was forgotten."""
    return not plan.form and plan.signatory is not None and bool(plan.recipients or plan.closing or plan.sections)


def _once_written(check: CheckPlan) -> CheckPlan:
    """The check for `validate`: silent as long as the plan's end is not written."""

    @wraps(check)
    def of_whole_documents(context: Context, plan: Plan) -> Iterator[Finding]:
        return check(context, plan) if _is_whole_document(plan) else iter(())

    return of_whole_documents


def no_place(context: Context, plan: Plan) -> Iterator[Finding]:
    """Documents that do not say where they are issued (Section II, item 4); minutes say it in their text."""
    if not (plan.head.place or plan.head.dateline or _is_minutes(plan)):
        hint = Message("add 'place' under 'head', such as Cà Mau")
        yield Finding(context.in_plan("head"), Message("the document does not say where it is issued"), hint)


def _is_minutes(plan: Plan) -> bool:
    """Whether secretary and chair of a meeting sign it (Annex III, form 1.9)."""
    return plan.head.type.casefold().startswith("biên bản")


def no_text(context: Context, plan: Plan) -> Iterator[Finding]:
    """Documents that consist of annexes only: signed, they are a head and a signature (Section II, item 6)."""
    if not (
        *plan.basis, *plan.preamble, *plan.closing, *plan.sections,
        *plan.groups, *plan.objectives, *plan.tasks, *plan.activities,
    ):  # fmt: skip
        place = context.in_plan("annexes") if plan.annexes else context.in_plan("head")
        hint = Message("add a 'preamble' that issues the annex, or name the document that the annex belongs to")
        yield Finding(place, Message("the document has no text of its own"), hint)


def no_issuer(context: Context, plan: Plan) -> Iterator[Finding]:
    """Documents of an agency that the register does not know (Section II, item 2)."""
    head = plan.head
    if head.issuer_text:
        return
    if not head.issuer:
        hint = Message("add 'issuer' under 'head': the code of a unit of qmsplan.yaml")
        yield Finding(context.in_plan("head"), Message("the document does not say which agency issues it"), hint)
    elif head.issuer not in context.register.by_code:
        meant = context.register.find(head.issuer)
        hint = Message("add the agency with its full name under 'units' in qmsplan.yaml")
        if meant:
            hint = Message("write its code: '{code}'", code=meant.code)
        message = Message("no unit has the code '{code}': it would be printed as a name", code=head.issuer)
        yield Finding(context.in_plan("head", "issuer"), message, hint, instead=meant.code if meant else None)


def issuer_not_registered(context: Context, plan: Plan) -> Iterator[Finding]:
    """The same for `validate`, silent where there is no register or its file has errors, which are told themselves."""
    if context.register.units or not plan.head.issuer:
        yield from no_issuer(context, plan)


def no_recipients(context: Context, plan: Plan) -> Iterator[Finding]:
    """Documents without recipients (Section II, item 9)."""
    if not plan.recipients:
        place = context.in_plan("signatory") if plan.signatory else context.in_plan("head")
        hint = Message("add 'recipients', the last of them '- Lưu: VT, …'")
        yield Finding(place, Message("the document has no recipients"), hint)


ARCHIVE = Expression(r"[\s*+–-]*lưu\b")
"""How the line begins that says who keeps the document: `- Lưu: VT, …`."""
COLLECTIVE = r"(?i:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng|hđnd|ban chỉ đạo|ban chấp hành)\b"
"""How the names of bodies begin that decide together."""
_BY_ORDER = r"(TM|TL|TUQ)\."


def lacks_collective_authority(issuer: str, posts: Sequence[str]) -> bool:
    """Whether a body issues a document and the first line above the name is not `TM. ỦY BAN NHÂN DÂN`, nor `TL.`,
    `TUQ.` with the post of its head."""
    return bool(re.match(COLLECTIVE, issuer.strip()) and posts and not re.match(_BY_ORDER, posts[0].strip()))


def no_collective_authority(context: Context, plan: Plan) -> Iterator[Finding]:
    """Documents of a committee or council that are not signed on its behalf, `TM.` (article 13; Section II, item 7)."""
    name = issuer_of(plan, context.register)[1]
    if plan.signatory and not _is_minutes(plan) and lacks_collective_authority(name, plan.signatory.position):
        message = Message("'{issuer}' decides as a body, and nothing says that it is signed on its behalf", issuer=name)
        hint = Message("write 'TM. {issuer}' on the line above the post", issuer=name.upper())
        yield Finding(context.in_plan("signatory", "position", 0), message, hint)


STARTER_NAMES = ("Tên cơ quan", "Địa danh")
"""The issuer's name and the place that `qmsplan init` and `new` write, to be replaced."""


def names_of_starter(context: Context, plan: Plan) -> Iterator[Finding]:
    """The names that `qmsplan init` wrote, which nobody has replaced by those of the agency."""
    unit = context.register.by_code.get(plan.head.issuer or "")
    for field, name in (("issuer", unit and unit.name), ("place", plan.head.place)):
        if name in STARTER_NAMES:
            message = Message("'{name}' stands for a name that was not filled in", name=name)
            hint = Message("write the agency's name in qmsplan.yaml, and its place under 'head' in the plan")
            yield Finding(context.in_plan("head", field), message, hint)


DEMANDED = (names_of_starter, no_place, no_text, no_issuer, no_recipients, no_collective_authority)
"""What `sign` demands, whatever `rules:` says."""


def annex_line(context: Context, plan: Plan) -> Iterator[Finding]:
    """Lines below the titles of annexes, `(Kèm theo Kế hoạch số …)`, that would print an open number, or the issuer in
    capitals as its head is typed."""
    for index, annex in enumerate(() if plan.form else plan.annexes):
        if _OPEN_NUMBER.search(" ".join(annex.info)) and not is_made_line(annex.info, plan.head.type):
            message = Message("the line below the title of the annex has no number, and is printed as typed")
            hint = Message(
                "leave 'info' out: the line is made when the plan is signed; or write the number and the day"
            )
            yield Finding(context.in_plan("annexes", index, "info"), message, hint)
    names, known = plan.head.issuer_text, {unit.name.casefold() for unit in context.register.units}
    is_made = any(not annex.info or is_made_line(annex.info, plan.head.type) for annex in plan.annexes)
    is_named = is_made or (plan.cosigners and not plan.form)  # a joint plan is named in its reports by its agencies
    is_known = {" ".join(names).casefold()} <= known or {name.casefold() for name in names} <= known
    if is_named and " ".join(names).isupper() and not is_known:
        message = Message("sentences, as below the titles of annexes, name the issuer in capitals, as typed here")
        hint = Message("write the name in small letters; the head is printed in capitals")
        yield Finding(context.in_plan("head", "issuer_text"), message, hint)


_OPEN_NUMBER = re.compile(r"\bkèm theo\b.*?\bsố\s*:?\s*(?:[….]|/|\)|$)", re.IGNORECASE)


def annex_not_named(context: Context, plan: Plan) -> Iterator[Finding]:
    """Annexes that the text does not speak of (Section III, item 1)."""
    if plan.form or not plan.annexes or not (plan.sections or plan.preamble or plan.closing):
        return
    texts = (placed.comparable for placed in context.texts if placed.path[0] != "annexes")
    if not any("phụ lục" in text for text in texts):
        hint = Message("say in the text that the annex is attached, such as '(Phụ lục kèm theo)'")
        yield Finding(context.in_plan("annexes", 0), Message("the text does not name the annex"), hint)


def title_in_capitals(context: Context, plan: Plan) -> Iterator[Finding]:
    """Titles (trích yếu) in capitals; they are in small letters (Section II, item 5)."""
    for index, line in enumerate(() if plan.form else plan.head.title):
        if _is_upper(line):
            hint = Message("write it in small letters; only the type of document is in capitals")
            yield Finding(context.in_plan("head", "title", index), Message("the title is in capitals"), hint)


def heading_not_in_capitals(context: Context, plan: Plan) -> Iterator[Finding]:
    """Headings with Roman numbers that are not in capitals (Section II, item 6)."""
    headings = [
        (context.in_plan("sections", index, "title", number), line)
        for index, section in enumerate(plan.sections)
        if re.fullmatch(r"[IVX]+\.?", section.number or "")
        for number, line in enumerate(section.title)
    ]
    for place, line in () if plan.form else headings:
        if re.search(r"[^\W\d_]", line) and not _is_upper(line):
            hint = Message("write '{text}'", text=plain_text(line).upper())
            message = Message("a heading with a Roman number is in capitals")
            instead = line.upper() if plain_text(line) == line else None
            yield Finding(place, message, hint, instead=instead)


def _is_upper(line: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", plain_text(line))
    return len(words) > 1 and all(word.isupper() for word in words)


LAW_WITH_NUMBER = re.compile(
    r"\b((?:Bộ luật|Luật|Pháp lệnh)\b(?:(?!Nghị|Thông tư|Quyết)[^;.,])*?)\s+số:?\s*\d+/\d{4}/(?:QH|UBTVQH|PL)\w*"
)
"""A law or ordinance cited with its number: `Luật Trợ giúp pháp lý số 11/2017/QH14`."""


def law_with_number(context: Context) -> Iterator[Finding]:
    """Laws and ordinances cited with number; they are cited by type, name and day (Section II, item 6)."""
    for place, line in context.lines("basis", "preamble"):
        if match := LAW_WITH_NUMBER.search(line):
            hint = Message("leave out number, symbol and issuer; the day of the law may stay")
            message = Message("a law is cited by its type and name, without number")
            yield Finding(place, message, hint, words=match[0])


_TITLES = (
    r"P?GS|T\.?S|Th\.?S|TSKH|BS(?:CK\w*)?|DS|KS|KTS|CN|CK[I1]+|N[GS]ƯT|N[GS]ND|TT[ƯN]T|LS"
    r"|Tiến sĩ|Tiến sỹ|Thạc sĩ|Thạc sỹ|Giáo sư|Phó Giáo sư|Bác sĩ|Bác sỹ|Dược sĩ|Kỹ sư|Kiến trúc sư|Cử nhân|Luật sư"
    r"|Nhà giáo (?:ưu tú|nhân dân)|Thầy thuốc (?:ưu tú|nhân dân)|Nghệ sĩ (?:ưu tú|nhân dân)"
)
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Huỳnh|Hoàng|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Trương|Đinh|Lâm|Mai|Cao|Tạ|Châu|Hà|Lưu"
)
"""Before one of them `Ông` is a form of address; else it may be a surname itself: `Ông Ích Khiêm`."""
_TITLED = Expression(
    rf"^(?:(?:{_TITLES}|Ông(?=\s+(?:{_SURNAMES})\s)|Bà|Đồng chí|Đ/c)(?:[.,\s]+|(?<=\.)))+(?=\w)"
    rf"|,\s*(?:{_TITLES})\.?$"
)


def title_of(name: str) -> str:
    """The academic title, honour or form of address that somebody's name is written with: `Th.S`; "" if it has none."""
    match = _TITLED.search(name.strip())
    return match[0].strip(" ,") if match else ""


_MAY_HAVE_TITLES = (
    *("trường", "đại học", "học viện", "viện", "bệnh viện", "trung tâm y tế", "trạm y tế", "sở giáo dục", "sở y tế"),
    *("sở khoa học", "công an", "quân"),
)


def academic_title(context: Context, plan: Plan) -> Iterator[Finding]:
    """Academic titles before the name of who signs (Section II, item 7); silent for agencies of education, health,
    science and the armed forces, whose sectors may allow them."""
    name = plan.signatory.name if plan.signatory else None
    if issuer_of(plan, context.register)[1].strip().lower().startswith(_MAY_HAVE_TITLES):
        return
    if name and (title := title_of(name)):
        hint = Message("write the name only; units of education, health and science may keep it if their sector allows")
        message = Message("no academic title stands before the name of who signs")
        yield Finding(context.in_plan("signatory", "name"), message, hint, words=title)


def name_in_wrong_case(context: Context, plan: Plan) -> Iterator[Finding]:
    """Names of a place in small letters, of who signs in capitals or small letters: each word of a name begins with a
    capital (Annex II; the name of who signs: Section II, item 7)."""
    place, name = plan.head.place or "", (plan.signatory.name if plan.signatory else None) or ""
    for text, path, is_wrong in (
        (place, ("head", "place"), place.islower()),
        (name, ("signatory", "name"), _is_upper(name) or name.islower()),
    ):
        if is_wrong and re.search(r"[^\W\d_]", text):
            message = Message(
                "'{text}' is a name; its words begin with capitals, the rest is in small letters", text=text
            )
            meant = _COMMON_NOUN.sub(lambda noun: noun[0].capitalize(), text.title())
            hint = Message("write '{text}'", text=meant)
            yield Finding(context.in_plan(*path), message, hint, instead=meant)


_COMMON_NOUN = re.compile(r"^(?:Thành Phố|Thị Xã|Thị Trấn|Đặc Khu)\b")
"""What a place is, of which only the first letter is a capital: `Thành phố Hồ Chí Minh`."""


def no_end_mark(context: Context, plan: Plan) -> Iterator[Finding]:
    """Texts that do not end with `./.`, as in the forms of Annex III."""
    if not _is_whole_document(plan) or not (plan.closing or plan.sections):
        return
    if plan.closing:
        last, place = plan.closing[-1], context.in_plan("closing", len(plan.closing) - 1)
    else:
        section = plan.sections[-1]
        path: Path = ("sections", len(plan.sections) - 1)
        while section.sections:
            section, path = section.sections[-1], (*path, "sections", len(section.sections) - 1)
        if not section.text or section.groups or section.objectives or section.tasks or section.activities:
            return  # a table or a list of items stands at the end: the mark belongs under it, which is custom
        last, place = section.text[-1], context.in_plan(*path, "text", len(section.text) - 1)
    if not plain_text(last).rstrip().endswith(_END_MARK):
        hint = Message("end the last paragraph with './.' (Decree 30/2020/NĐ-CP, Annex III, form 1.4)")
        instead = last.rstrip(" .;") + _END_MARK if plain_text(last) == last else None
        yield Finding(place, Message("the text does not end with './.'"), hint, instead=instead)


_LEADS_IN = Expression(r"\b(?:như sau|sau đây|(?:nội dung|mục tiêu|nhiệm vụ) sau)\s*[.;,]?$")


def preamble_without_colon(context: Context, plan: Plan) -> Iterator[Finding]:
    """Preambles that lead over to what follows, `… như sau`, and do not end with a colon, as the forms of Annex III
    do."""
    lines = plan.preamble
    if lines and (match := _LEADS_IN.search(plain_text(lines[-1]).rstrip())):
        place = context.in_plan("preamble", len(lines) - 1)
        message = Message("what follows is announced, and no colon stands before it")
        instead = match[0].rstrip(" .;,") + ":"
        yield Finding(place, message, Message("end it with ':'"), words=match[0], instead=instead)


def recipients_punctuation(context: Context, plan: Plan) -> Iterator[Finding]:
    """Recipients without a hyphen before them or `;` behind them, a last one that is not `Lưu: VT, ….`, `Như trên`
    where nobody is addressed (Section II, item 9)."""
    lines = () if plan.form else plan.recipients
    for index, line in enumerate(lines):
        fault = _fault_of_recipient(line, is_last=index == len(lines) - 1)
        if fault:
            message, hint, instead = fault
            yield Finding(context.in_plan("recipients", index), message, hint, instead=instead)


def _fault_of_recipient(line: str, *, is_last: bool) -> tuple[Message, Message, str | None] | None:
    """What is wrong with a line of recipients, what to do about it, and how it should read."""
    text = plain_text(line).strip()
    ends = bool(re.search(r";(?:\s*\([^)]*\);?)?$", text))
    if text[:1] not in {"-", "–", "+", "*", "("}:
        instead = f"- {line}" if is_last or ends else f"- {line.rstrip(' .,')};"
        return Message("a recipient has no hyphen before it"), Message("write '- ' before it"), instead
    if is_last and ARCHIVE.match(text):
        if re.match(r"[\s*+–-]*lưu: ", text, re.IGNORECASE) and text.endswith("."):
            return None
        hint = Message("write '- Lưu: VT, …' with a colon, and a point at its end")
        return Message("the line on where the document is kept is not in its form"), hint, None
    if re.match(r"[\s*+–-]*như trên\b", text, re.IGNORECASE):
        hint = Message("name them; 'Như trên' refers to 'Kính gửi', which such a document does not have")
        return Message("nobody is named above that 'Như trên' could mean"), hint, None
    if not is_last and not ends:
        return Message("a recipient ends with ';'"), Message("end the line with ';'"), line.rstrip(" .,") + ";"
    return None


_ISSUER_ONLY = re.compile(r"(?:\s+của\s+(?:[^\W\d_]+\s*){1,8})?\s*[;.]?\s*$")
_TITLE = re.compile(r"\b(về|ban hành|phê duyệt|quy định|hướng dẫn|sửa đổi|triển khai|thực hiện|giao|công bố)\b")


def basis_without_title(context: Context) -> Iterator[Finding]:
    """Documents in the legal basis that are cited without what they are about (Section II, item 6)."""
    for place, line in context.lines("basis"):
        text = plain_text(line)
        found = citations(text)
        if len(found) != 1:
            continue
        rest = text[text.index(found[0].words) + len(found[0].words) :]
        if "công văn" not in text.lower() and _ISSUER_ONLY.match(rest) and not _TITLE.search(rest):
            hint = Message("add what it is about, such as 'về công tác văn thư'")
            message = Message("a document of the basis is cited without what it is about")
            yield Finding(place, message, hint, words=found[0].words)


_DISTRICT = Expression(r"cấp huyện|cấp quận|\b(?:UBND|(?:Ủy|Uỷ) ban nhân dân) (?:các )?(?:huyện|quận|thị xã)\b")
_TWO_LEVELS = date(2025, 7, 1)


def district_level(context: Context) -> Iterator[Finding]:
    """Work given to the district level, which ended on 30 June 2025 (Law 72/2025/QH15)."""
    if context.period is None or context.period.start < _TWO_LEVELS:
        return
    for place, who in context.lines_of_items("lead", "support"):
        if match := _DISTRICT.search(who if isinstance(who, str) else who.unit):
            hint = Message("name units of the province, or of communes, wards and special zones")
            yield Finding(place, Message("there is no district level since 01/7/2025"), hint, words=match[0])


_PROSE = ("text", "measures", "deliverables", "evaluation", "funding", "note")


def impossible_day(context: Context) -> Iterator[Finding]:
    """Days in basis, text and items that no calendar has. Deadlines have their own rules."""
    texts = (
        (context.in_plan(*path, index), line)
        for path, text in (narrative(context.plan) if context.plan else ())
        if {*path[::2]} == {"sections", "text"}
        for index, line in enumerate(text)
    )
    lines = chain(context.lines_of_items(*_PROSE), context.lines("basis", "preamble", "closing"))
    for place, line in chain(lines, texts):
        for day in impossible_days(line):
            yield Finding(place, Message("there is no '{day}'", day=day), Message("correct day or month"), words=day)


RULES = (
    Rule("QP616", "annex-not-in-text", Severity.WARNING, of_plan(annex_not_named)),
    Rule("QP646", "annex-line", Severity.WARNING, of_plan(annex_line)),
    Rule("QP617", "title-in-capitals", Severity.WARNING, of_plan(title_in_capitals)),
    Rule("QP618", "heading-not-in-capitals", Severity.WARNING, of_plan(heading_not_in_capitals)),
    Rule("QP619", "law-with-number", Severity.WARNING, law_with_number),
    Rule("QP620", "signer-with-academic-title", Severity.WARNING, of_plan(academic_title)),
    Rule("QP633", "name-in-wrong-case", Severity.WARNING, of_plan(name_in_wrong_case)),
    Rule("QP621", "text-without-end-mark", Severity.NOTE, of_plan(no_end_mark)),
    Rule("QP622", "recipients-punctuation", Severity.WARNING, of_plan(recipients_punctuation)),
    Rule("QP623", "basis-without-title", Severity.WARNING, basis_without_title),
    Rule("QP624", "district-level", Severity.WARNING, district_level),
    Rule("QP625", "no-issuer", Severity.WARNING, of_plan(_once_written(issuer_not_registered))),
    Rule("QP626", "no-place", Severity.WARNING, of_plan(_once_written(no_place))),
    Rule("QP627", "no-document-text", Severity.WARNING, of_plan(_once_written(no_text))),
    Rule("QP628", "no-recipients", Severity.WARNING, of_plan(_once_written(no_recipients))),
    Rule("QP629", "no-collective-authority", Severity.WARNING, of_plan(no_collective_authority)),
    Rule("QP634", "day-not-in-calendar", Severity.WARNING, impossible_day),
    Rule("QP630", "preamble-without-colon", Severity.NOTE, of_plan(preamble_without_colon)),
)
