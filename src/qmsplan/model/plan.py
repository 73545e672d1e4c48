"""A plan: what was promised. One model for objectives, work plans, frameworks and forms; the document's kind only
picks the template. The strings under the fields are what editors show on hover and `docs/` prints."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator

from qmsplan.diagnostics import Message, UserError
from qmsplan.model.fields import (
    Clause,
    Day,
    FileModel,
    Flag,
    Id,
    Measured,
    OneOrMany,
    PeriodCode,
    Ref,
    ScalarField,
    Seal,
    TextOrForm,
    Weight,
    lines_of,
    one_or_many,
)
from qmsplan.model.period import TERM, parse_period
from qmsplan.model.structured import Aggregation, Assignment, DeadlineForm, TargetForm, read_aggregation
from qmsplan.model.table import Money, TableForm


class OneSumOrMany(OneOrMany):
    """Marks a list of sums of money, in whose place a number may stand."""

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, object]:
        described = super().__get_pydantic_json_schema__(schema, handler)
        choices: Any = described["anyOf"]
        return {"anyOf": [*choices, {"type": ["number", "string"]}]}


def _sums(value: object) -> object:
    """Sums of money: a number alone is one sum without a source."""
    parts = value if isinstance(value, (list, tuple)) else [value]
    return [{"amount": part} if isinstance(part, str) else part for part in parts]


FREQUENCIES = {"month": 1, "quarter": 3, "term": TERM, "half-year": 6, "year": 12}
"""How often an objective is measured, with the months of each time."""


REFERENCES = ("refs", "implements", "supports")
"""The fields of an item that name other plans and their items."""
_FREQUENCY_WORDS = {
    **{name: name for name in FREQUENCIES},
    "tháng": "month",
    "quý": "quarter",
    "3 tháng": "quarter",
    "12 tháng": "year",
    "6 tháng": "half-year",
    "sáu tháng": "half-year",
    "nửa năm": "half-year",
    "học kỳ": "term",
    "năm": "year",
}


def read_frequency(text: str) -> str:
    """How often something is measured: `quarter`, `hằng quý`, `mỗi quý một lần`, `1 lần/quý` and `03 tháng/lần` are
    `quarter`. UserError for other words."""
    words = " ".join(unicodedata.normalize("NFC", text).lower().split())
    words = re.sub(r"^(?:(?:hằng|hàng|mỗi|định kỳ) |(?:0?1|một) lần ?/ ?)+", "", words).removeprefix("0")
    found = _FREQUENCY_WORDS.get(re.sub(r" ?/ ?lần$| (?:0?1|một) lần$", "", words))
    if found is None:
        raise UserError(
            Message("'{text}' does not say how often", text=text),
            Message(
                "write month, quarter, term, half-year or year, or hằng tháng, hằng quý, học kỳ, 6 tháng, hằng năm"
            ),
        )
    return found


Frequency = Annotated[str, ScalarField(str, read_frequency, type="string", examples=list(FREQUENCIES))]
_Aggregation = Annotated[
    Aggregation, ScalarField(Aggregation, read_aggregation, type="string", examples=[one.value for one in Aggregation])
]
Aggregations = Annotated[tuple[_Aggregation, ...], OneOrMany(one_or_many)]


def _code_of_period(text: str) -> str:
    """`2026-Q3` as typed. UserError for what is no period."""
    parse_period(text)
    return text


_Code = Annotated[str, AfterValidator(_code_of_period)]
PlannedValues = dict[_Code, Measured]

Lines = Annotated[tuple[str, ...], OneOrMany(lines_of)]
People = Annotated[tuple[Annotated[str | Assignment, TextOrForm()], ...], OneOrMany(one_or_many)]
Targets = Annotated[tuple[Annotated[str | TargetForm, TextOrForm()], ...], OneOrMany(one_or_many)]
Refs = Annotated[tuple[Ref, ...], OneOrMany(one_or_many)]
Clauses = Annotated[tuple[Clause, ...], OneOrMany(one_or_many)]
Sums = Annotated[tuple[Money, ...], OneSumOrMany(_sums)]
OwnFields = dict[Id, Lines]
ByPeriod = dict[_Code, str]


class Item(FileModel):
    """A group, objective, task or activity; which one, the list it stands in says (ISO 9001:2015, 6.2)."""

    id: Id
    """What progress files and other plans call this item. Never reuse it, never change it."""
    number: str | None = None
    """The ordinal as printed: `01`, `3.1.`, `IV`."""
    text: Lines = ()
    """The objective, task or activity in words, as printed. Only an item with items below it may go without."""
    target: Targets = ()
    """The target as a phrase, such as `>98%` or `giảm 10% so với năm trước` (6.2.1 b)."""
    unit: str | None = None
    """The unit of measure of the target: `%`, `lớp`, `triệu đồng`. It counts as if it stood behind a number of the
    target that has none."""
    frequency: Frequency | None = None
    """How often the objective is measured: `month`, `quarter`, `term` (of a school year), `half-year`, `year`, or `hằng
    quý`. Without it, for each period of its phrase (`4 lớp/quý`) or of its deadline (9.1.1 c). What adds up is judged
    by its sum over the year: counts, and shares with numerator and denominator. Of all else each period has to attain
    the target: quarters of 60, 40 and 30 hours miss `không quá 48 giờ` for the year."""
    aggregation: Aggregations = ()
    """What the readings of a year come to; of several targets one for each, in their order. `sum` (số phát sinh): what
    each period adds. `cumulative` (lũy kế): running totals from the start of the year, or of the plan where that is the
    target's time; the last one stands. `latest` (số hiện có): what there is at the end of each period, each judged,
    the last one standing for the year. `final` (khi đến hạn): the last one, judged on the day of evaluation alone.
    Without it words (`số hộ còn lại`, `tổng số giờ`, `lũy kế`) and units say so; QP332 asks where they do not."""
    plan: PlannedValues | None = None
    """What each period is to add, for the first target: `{2026-Q1: 20, 2026-Q2: 25}` of a target of 45. The values are
    of the period alone and are added up, so that none may hold another one (6 and 9 months); of `6 lớp/quý` the
    quarters without a value have 6. Those of a share or a score are held against the period's own figure, and the
    figure of the last planned period against the year's target (where each quarter has to hold, `frequency` says
    it)."""
    horizons: ByPeriod | None = None
    """Targets by the end of other periods, as printed: `{2026: "≥ 95%", 2030: 100%}`. The figures of a period inside
    the plan's are held against its own value; a number alone has the target's direction: `4,8%` of `giảm còn dưới 2%`
    is at most 4,8 %. Values of a count that together come to its target by its day are its parts, as in `plan`."""
    base: str | None = None
    """The value that the target starts from, as printed: `92% (năm 2024)`. A change is counted from it where no reading
    tells the year that it compares with."""
    results: ByPeriod | None = None
    """What earlier periods attained, as printed: `{2025: "91,2%"}`."""
    threshold: str | None = None
    """The value at which to warn, as printed: `< 90%`, `dưới 90% kế hoạch quý`. Status and report say of a result
    that it is beyond it."""
    method: Lines = ()
    """How the target is measured, or its formula (9.1.1 b)."""
    source: Lines = ()
    """Where the figures come from."""
    monitor: Lines = ()
    """Who watches over it: persons or posts, as printed."""
    score: str | None = None
    """The points that it can earn, as printed: `10`, `10 điểm`."""
    risk: Lines = ()
    """What may go wrong, or what a breach costs."""
    measures: Lines = ()
    """What will be done to attain the objective (6.2.2 a)."""
    lead: People = ()
    """Who is responsible (6.2.2 c): names or codes of units, as printed. Inherited by the items below."""
    support: People = ()
    """Who helps, typed like `lead`. Inherited by the items below."""
    deadline: Annotated[str | DeadlineForm, TextOrForm()] | None = None
    """When it will be completed (6.2.2 d), as a phrase: `Quý III năm 2026`, `Trước 30/6/2026`. Inherited."""
    start: str | None = None
    """When the work begins, as a phrase: `01/3/2026`, `Tháng 3`. A schedule marks the months from it to the
    deadline."""
    schedule: ByPeriod | None = None
    """Marks in the months or quarters of a schedule, if not those from start to deadline: `{2026-03: KS}`."""
    hours: str | None = None
    """The hours of a session, as printed: `13h30 - 16h30`."""
    place: Lines = ()
    """Where it takes place."""
    participants: Lines = ()
    """Who takes part, or whom it is for."""
    deliverables: Lines = ()
    """The expected results (6.2.2 e)."""
    evaluation: Lines = ()
    """How the results will be evaluated, where the deliverables do not say it (6.2.2 e)."""
    funding: Lines = ()
    """The resources required (6.2.2 b)."""
    budget: Sums = ()
    """The money it takes: a number in the plan's `money_unit`, or sums with `amount`, `source`, `period`. Tables add
    them up."""
    note: Lines = ()
    """A remark, as printed."""
    fields: OwnFields | None = None
    """The plan's own fields, by the names that its `fields` declares: `{dia_diem: Hội trường}`."""
    refs: Refs = ()
    """Plans (`TGPL-KHMT-2026`) or items of plans (`TGPL-KHMT-2026/MT01`) that this item refers to."""
    implements: Refs = ()
    """Items of another plan that this one carries out, in full or for its unit's part: `TGPL-KHMT-2026/MT01`. Their
    results add up."""
    supports: Refs = ()
    """Items of another plan that this one helps along, without carrying them out."""
    clauses: Clauses = ()
    """Clauses of the standard that this item answers: `9.2` for an internal audit, `9.3` for a management review."""
    weight: Weight | None = None
    """How much the item weighs in the progress of what holds it: `40`, `12,5%`; 1 if not given; of a group what its
    items weigh, if each of them has a weight."""
    groups: tuple["Item", ...] = ()
    """Headings that only gather items."""
    objectives: tuple["Item", ...] = ()
    """Quality objectives, measured by readings."""
    tasks: tuple["Item", ...] = ()
    """Tasks, finished by completions."""
    activities: tuple["Item", ...] = ()
    """Activities of a task, finished by completions."""


class Section(FileModel):
    """A part of the document's text, with the items that are printed in it."""

    number: str | None = None
    """The ordinal without its point: `I`, `1`, `a`."""
    title: Lines = ()
    """The heading, as printed."""
    text: Lines = ()
    """Paragraphs, one a line; a line may start with `- ` or `+ `."""
    sections: tuple["Section", ...] = ()
    """Sections inside this one."""
    table: TableForm | None = None
    """The table that the items are printed in, if not that of the template."""
    groups: tuple[Item, ...] = ()
    """Headings that only gather items."""
    objectives: tuple[Item, ...] = ()
    """Quality objectives, measured by readings."""
    tasks: tuple[Item, ...] = ()
    """Tasks, finished by completions."""
    activities: tuple[Item, ...] = ()
    """Activities of a task, finished by completions."""


class Annex(FileModel):
    """An annex with a table of items (Decree 30/2020/NĐ-CP, Annex I, Part I, Section III, item 1)."""

    number: str | None = None
    """Roman ordinal when there are two annexes or more."""
    title: Lines
    """The annex's title."""
    info: Lines = ()
    """The line under the title. `(Kèm theo Kế hoạch số …)` need not be typed: it is made from the sign-off. Any other
    line is printed as it is."""
    head: Flag = False
    """If true, the annex also carries the agency head, and its title like that of a document."""
    text: Lines = ()
    """Paragraphs before the table, one a line."""
    table: TableForm | None = None
    """The table that the items are printed in, if not that of the template."""
    sections: tuple[Section, ...] = ()
    """Parts of the annex, each with its text and its own table."""
    groups: tuple[Item, ...] = ()
    """Headings that only gather items."""
    objectives: tuple[Item, ...] = ()
    """Quality objectives, measured by readings."""
    tasks: tuple[Item, ...] = ()
    """Tasks, finished by completions."""
    activities: tuple[Item, ...] = ()
    """Activities of a task, finished by completions."""


class Head(FileModel):
    """The head of the document (Decree 30/2020/NĐ-CP, Annex I, Part I, Section II, items 2 to 5)."""

    issuer: str | None = None
    """Code of the issuing agency in the register of `qmsplan.yaml`; its parent is printed above it."""
    issuer_text: Lines = ()
    """The issuer as printed, for forms whose issuer is left open, and for agencies that are not in the register."""
    parent_text: Lines = ()
    """The agency above as printed, beside an `issuer_text`: `SỞ Y TẾ TỈNH GIA LAI`."""
    type: str
    """The type of document: `Kế hoạch`, `Báo cáo`."""
    title: Lines = ()
    """What the document is about (trích yếu)."""
    symbol: str | None = None
    """The symbol after the number: `KH-TGPL`."""
    place: str | None = None
    """The place before the date: `Cà Mau`."""
    dateline: str | None = None
    """The line of place and date as printed, for forms that leave it open."""
    caption: str | None = None
    """A line above everything else, such as `Phụ lục 3`."""
    secrecy: Literal["MẬT", "TỐI MẬT", "TUYỆT MẬT"] | None = None
    """The degree of secrecy, printed in a box (annex I, part I, III.2)."""
    urgency: Literal["KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"] | None = None
    """The degree of urgency, printed in a box."""
    circulation: Lines = ()
    """Who may see it, printed in a box: `LƯU HÀNH NỘI BỘ`, `XEM XONG TRẢ LẠI`."""
    drafter: str | None = None
    """The sign of who drafted it and the number of copies, below the recipients: `PL.(300)` (III.3)."""
    address: Lines = ()
    """Address, telephone, website of the agency, at the foot of the first page (III.4)."""

    @property
    def full_title(self) -> str:
        """Type and title in one line, as typed: `KẾ HOẠCH Thực hiện Mục tiêu chất lượng năm 2026`."""
        return " ".join((self.type, *self.title))


class Signatory(FileModel):
    """Who signs (Decree 30/2020/NĐ-CP, Annex I, Part I, Section II, item 7)."""

    position: Lines
    """Authority and post, one a line: `KT. GIÁM ĐỐC`, `PHÓ GIÁM ĐỐC`."""
    name: str | None = None
    """Full name."""
    instruction: str | None = None
    """A line in brackets that forms print under the post: `(ký tên, đóng dấu)`."""
    second_position: Lines = ()
    """A second post right above the name: that in the agency, of who signs for a committee (II.7 b)."""


class SignatureBox(FileModel):
    """A box in which somebody signs beside the signatory, as management systems print them."""

    label: str
    """What the signature says: `Người lập`, `Người xem xét`, `Người phê duyệt`."""
    position: Lines = ()
    """The post, one line or more."""
    name: str | None = None
    """Full name."""


class Event(FileModel):
    """Something that a deadline waits for. A progress file records when it happened."""

    id: Id
    """What deadlines and progress files call the event."""
    text: Lines
    """The event in words; each further line says how deadlines of this plan call the same event."""


class Signoff(FileModel):
    """Number and date given at signing; a plan without one is a draft. `qmsplan sign` writes it."""

    number: str
    """Number and symbol: `51/KH-TGPL`."""
    date: Day
    """The day of issue."""
    signer: str | None = None
    """Full name of who signed."""
    position: Lines = ()
    """Authority and post of who signed, one a line."""
    issuer: str | None = None
    """The issuer's name as it was printed at signing. The document keeps it when the register changes."""
    parent: str | None = None
    """The name of the agency above the issuer, as it was printed at signing."""
    units: Lines = ()
    """Other units that the plan names by their codes, as they were printed at signing: `HCTH: Phòng Hành chính`."""
    template: str | None = None
    """The digest of the workspace's own template that the plan was signed with: `sha256:…`; none for a built-in one."""
    letterhead: str | None = None
    """The digest of what the workspace's own `base.docx` prints at the top and the foot of the pages: `sha256:…`."""
    digest: Seal | None = None
    """The digest of what was signed, with the name of its scheme: a later change of the plan shows."""
    parts: tuple[str, ...] = ()
    """Short digests of the plan's parts: where the plan differs from what was signed."""


class Endorsement(FileModel):
    """Somebody reviewed or approved the plan's content, before or after its signing."""

    name: str
    """Full name."""
    position: Lines = ()
    """Authority and post, one a line."""
    date: Day
    """The day it was reviewed or approved."""
    digest: Seal
    """The digest of what was reviewed or approved, with the name of its scheme."""


class Earlier(FileModel):
    """A sign-off of this plan that an amendment ended. `qmsplan amend` writes it."""

    number: str
    """Number and symbol that the plan had: `51/KH-TGPL`."""
    date: Day
    """The day of issue."""
    signer: str | None = None
    """Full name of who signed."""
    position: Lines = ()
    """Authority and post of who signed, one a line."""
    issuer: str | None = None
    """The issuer's name as it was printed then."""
    partly: Flag = False
    """True if the next revision amends and supplements this one (`sửa đổi, bổ sung`) and does not replace it."""
    digest: Seal | None = None
    """The digest of what was signed then."""
    reason: Lines
    """Why the plan was amended."""
    reviewed: tuple[Endorsement, ...] = ()
    """Who had reviewed it."""
    approved: tuple[Endorsement, ...] = ()
    """Who had approved it."""


class Plan(FileModel):
    """What was promised: objectives, measures, responsibilities, deadlines."""

    kind: Literal["plan"]
    """`plan`: this file holds a plan."""
    id: Id
    """What progress files and other plans call this plan; also the name of its Word file."""
    template: str
    """The folder under `templates/` that makes the document."""
    period: PeriodCode | None = None
    """The time the plan is for: `2026`, `2026-2030` or `năm học 2026-2027`. Only a form has none."""
    form: Flag = False
    """True for a blank form or an example: it is printed but nothing in it is due."""
    standard: Literal["iso9001-2015", "iso9001-2026"] | None = None
    """The edition of the standard that the plan belongs to; without one it is not held to the standard's clauses."""
    implements: Refs = ()
    """Plans that this one is derived from: `TGPL-KHMT-2026`."""
    head: Head
    """Issuer, number, place, type and title."""
    basis: Lines = ()
    """Legal basis, one a line, printed in italics."""
    policy: Lines = ()
    """The quality policy that the objectives follow, or where it stands (6.2.1 a). It is not printed."""
    preamble: Lines = ()
    """The text before the first section."""
    fields: dict[Id, str] | None = None
    """Fields of the plan's own, with their headings: `{dia_diem: Địa điểm}`. Items give them under `fields`."""
    money_unit: str | None = None
    """The unit of all sums of money, as tables print it in their headings; `triệu đồng` if not given."""
    sections: tuple[Section, ...] = ()
    """The narrative, and the items printed in it."""
    table: TableForm | None = None
    """The table that the items are printed in, if not that of the template."""
    groups: tuple[Item, ...] = ()
    """Headings that only gather items."""
    objectives: tuple[Item, ...] = ()
    """Quality objectives, measured by readings."""
    tasks: tuple[Item, ...] = ()
    """Tasks, finished by completions."""
    activities: tuple[Item, ...] = ()
    """Activities of a task, finished by completions."""
    events: tuple[Event, ...] = ()
    """What deadlines of this plan wait for."""
    closing: Lines = ()
    """The text after the last section."""
    recipients: Lines = ()
    """`Nơi nhận`, one a line, as printed."""
    signatory: Signatory | None = None
    """Who signs."""
    cosigners: tuple[Signatory, ...] = ()
    """Who signs beside the signatory, of a joint document (liên tịch)."""
    boxes: tuple[SignatureBox, ...] = ()
    """Boxes for those who prepared, reviewed and approved the document, below the text."""
    reviewed: tuple[Endorsement, ...] = ()
    """Who reviewed the plan."""
    approved: tuple[Endorsement, ...] = ()
    """Who approved the plan."""
    earlier: tuple[Earlier, ...] = ()
    """The sign-offs that amendments ended, the first one first. What is signed next replaces the last of them."""
    signoff: Signoff | None = None
    """Number, date and seal once signed."""
    annexes: tuple[Annex, ...] = ()
    """Annexes with tables of items."""

    @property
    def revision(self) -> int:
        """1 for a plan that was never amended."""
        return len(self.earlier) + 1

    def revision_on(self, day: date) -> Signoff | Earlier | None:
        """The sign-off in force on a day: the last one until then, else the first one; None for a plan never signed.
        What was amended and is not signed yet is not in force."""
        signed = (*self.earlier, *((self.signoff,) if self.signoff else ()))
        until = [entry for entry in signed if entry.date <= day]
        return until[-1] if until else next(iter(signed), None)

    @property
    def event_texts(self) -> dict[str, str]:
        """The texts of the plan's events by their ids, first lines only: `{"SK1": "Nghị định được ban hành"}`."""
        return {event.id: event.text[0] for event in self.events if event.text}

    @property
    def first_signed(self) -> date | None:
        """The day its first revision was signed; amendments do not move it."""
        if self.earlier:
            return self.earlier[0].date
        return self.signoff.date if self.signoff else None
