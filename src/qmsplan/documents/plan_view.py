"""A plan to a Word file, and as templates see it: dicts, lists, text, whole numbers and truth values;
`templates/README.md` has the list.

What is absent is an empty text or list. Several lines are one text with a line each, which makes a paragraph each.
Texts of the plan's parts keep their inline marks (`marks`); names, numbers and codes have none."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, NamedTuple

from qmsplan import __version__
from qmsplan.documents.blocks import SectionBlock, bare, marked
from qmsplan.documents.fill import document_of
from qmsplan.documents.template import Template
from qmsplan.documents.word_base import BaseDocument, Properties
from qmsplan.documents.word_writer import write_docx
from qmsplan.model.fields import SHARE_SIGNS, FileModel, MeasuredNumber
from qmsplan.model.period import Period, is_over_two, parse_period, steps
from qmsplan.model.plan import Annex, Item, Plan, Section, Signatory
from qmsplan.model.settings import CONVENTIONS, Conventions
from qmsplan.model.structured import Assignment, DeadlineForm, TargetForm
from qmsplan.model.table import COLUMNS, MONEY_UNIT, ColumnForm, TableForm, money_text
from qmsplan.model.text import capitalized, decimal_text, period_text, short_date, type_in_text
from qmsplan.phrases.aggregation import plan_adds_up
from qmsplan.phrases.deadline import DeadlineScope
from qmsplan.phrases.item_tree import item_targets
from qmsplan.phrases.people import Register
from qmsplan.phrases.target import Target, deadline_words, target_words, unsaid_target
from qmsplan.progress.occurrences import marked_periods
from qmsplan.seal import FIRST_SCHEME, OwnForms, digest, is_made_line, prints_as_sealed, scheme_of

LISTS = frozenset(
    {
        *("groups", "objectives", "tasks", "activities", "sections", "annexes", "events"),
        *("reviewed", "approved", "earlier", "budget", "cosigners", "boxes"),
    }
)
"""Fields that stay lists; those below stand on one line, all others on a line each."""
_PEOPLE = frozenset({"lead", "support", "monitor"})
_IN_LINE = frozenset({"lead", "support", "target", "refs"})
_PARTS = frozenset({Plan, Section, Annex, Item})
_TEXTS = frozenset(
    {
        *("title", "text", "info", "basis", "preamble", "closing"),
        *("measures", "lead", "support", "deadline", "deliverables", "evaluation", "funding", "note"),
        *("method", "source", "monitor", "risk", "place", "participants", "start", "hours"),
    }
)
"""Fields of the plan's parts whose typed text may have inline marks."""
_FREQUENCIES = {
    "month": "Hằng tháng",
    "quarter": "Hằng quý",
    "term": "Mỗi học kỳ",
    "half-year": "6 tháng",
    "year": "Hằng năm",
}
FACTS = (
    *("base", "threshold", "method", "source", "frequency", "monitor", "score", "risk"),
    *("start", "hours", "place", "participants"),
)
"""Fields that a plan without a table prints as lines of their own, in this order."""
_END_MARK = "./."
"""What closes the text of a document (Decree 30/2020/NĐ-CP, annex III, form 1.4)."""
LAYOUT = 6
"""Which lines the program knows to print, and how; it stands in the Word file, and a signed paper is held against the
lines of its own layout. What came with each:"""
_MONEY_UNIT = 2  # the unit of money above a table whose headings do not say it
_JOINT_NAMES = 3  # a word between the names of the agencies of a joint plan
_REGISTERED_NAMES = 4  # agencies in sentences by the register, points behind bare numbers, totals of all parts
_SUMS = 5  # a quarter with the sum of its planned months, a school year's totals from its own start
_HEADINGS = 6  # a typed common heading over one column too, the unit of money named beside a column of units


def view_of(
    plan: Plan, register: Register, conventions: Conventions = CONVENTIONS, layout: int = LAYOUT
) -> dict[str, Any]:
    """The plan with names for codes, phrases for structured forms, and what it says of its signing; as the program
    said it at an earlier `layout`."""
    return _View(plan, register, conventions, layout).make()


class _View:
    """Turns values into plain ones."""

    def __init__(self, plan: Plan, register: Register, conventions: Conventions, layout: int) -> None:
        self.source, self.conventions, self.layout = plan, conventions, layout
        self.register = register
        signoff = plan.signoff
        self.signed_names = dict(line.split(": ", 1) for line in signoff.units if ": " in line) if signoff else {}
        self.known = register.by_code.keys() | register.people_by_code.keys()
        self.schedules = next((table.mark for table in _tables(plan) if table.kind == "schedule"), "")
        """The sign in the months of schedules; empty if the plan has none."""
        self.money_unit = bare(plan.money_unit or MONEY_UNIT)
        self.by_type: Mapping[type, Callable[[Any], object]] = {
            bool: lambda value: value,
            int: lambda value: value,
            type(None): lambda _: "",
            date: _day,
            Period: lambda value: value.code,
            Decimal: lambda value: f"{value:f}",
            MeasuredNumber: planned_text,
            Item: self.item,
            Section: self.section,
            Annex: lambda value: {**self.fields(value), **self.page(value)},
            TableForm: self.table,
            Assignment: self.assignment,
            DeadlineForm: lambda value: marked(deadline_words(value, plan.event_texts)),
            TargetForm: lambda value: marked(target_words(value)),
        }

    def make(self) -> dict[str, Any]:
        plan = self.fields(self.source)
        plan["head"] |= self.issuer()
        plan["signatory"] = self.signatory()
        plan["number"] = self.source.signoff.number if self.source.signoff else ""
        plan["date"] = self.date()
        plan |= self.page(self.source)
        plan["is_draft"] = not (self.source.signoff or self.source.form)
        stamps = [self.source.head.secrecy, self.source.head.urgency, *self.source.head.circulation]
        plan["stamps"] = bare("\n".join(filter(None, ["DỰ THẢO" if plan["is_draft"] else "", *stamps])))
        plan["revision"] = self.source.revision
        plan["replaces"] = bare(self.replaces(plan["head"]))
        for annex, shown in zip(self.source.annexes, plan["annexes"], strict=True):
            shown["info"] = self.annex_line(annex, plan["head"]) or shown["info"]
        if plan["replaces"] and not plan["closing"]:
            _give_up_end_mark(plan["sections"])
        return plan

    def plain(self, value: object) -> object:
        if read := self.by_type.get(type(value)):
            return read(value)
        if not isinstance(value, FileModel):
            raise TypeError(f"templates are given no {type(value).__name__}")
        return self.fields(value)

    def fields(self, value: FileModel, leaving: frozenset[str] = frozenset()) -> dict[str, Any]:
        """The fields of a part; those `leaving` stay empty, because the part makes them itself."""
        kind = type(value)
        found, readers = _blank(kind).copy(), _readers(kind)
        for name in (value.model_fields_set | _standing(kind)) - leaving:  # of an item's forty fields it is given six
            part = getattr(value, name)
            if part is not None and part != ():
                found[name] = self.field(name, part, readers[name])
        return found

    def field(self, name: str, value: object, read: Callable[[str], str]) -> object:
        if isinstance(value, dict):
            return {key: self.field(name, part, read) for key, part in value.items()}
        if type(value) is not tuple:
            return read(value) if isinstance(value, str) else self.plain(value)
        reads = (lambda part: self.named(part, read)) if name in _PEOPLE else read
        parts = [reads(part) if isinstance(part, str) else self.plain(part) for part in value]
        return parts if name in LISTS else ("; " if name in _IN_LINE else "\n").join(map(str, parts))

    def item(self, item: Item) -> dict[str, Any]:
        """The number of an item is typed with its point; a single one without a mark gets it."""
        number, whole, as_now = item.number or "", self.source.period, self.layout >= _SUMS
        is_bare = self.layout >= _REGISTERED_NAMES and _BARE.fullmatch(number)
        adds_up = not (item.plan or item.results) or _adds_up(item)
        return {
            **self.fields(item, frozenset({"plan", "frequency"})),
            "facts": list(self.facts(item)),
            "label": f"{number}{_mark(number) if is_bare else ''} " if number else "",
            "unsaid": bare(unsaid_target(item)),
            "marks": self.marks(item),
            "frequency": _FREQUENCIES.get(item.frequency or "", ""),
            "weight": "" if item.weight is None else decimal_text(item.weight, "vi"),
            "plan": {code: planned_text(value) for code, value in (item.plan or {}).items()},
            "adds_up": adds_up,
            "sums_parts": adds_up and as_now,
            "sums_alike": self.layout < _REGISTERED_NAMES,
            "counted_from": whole.start.isoformat() if as_now and whole and is_over_two(whole) else "",
        }

    def section(self, section: Section) -> dict[str, Any]:
        """The number of a section is typed without: a letter takes a bracket, all others a point."""
        number = section.number or ""
        return {**self.fields(section), **self.page(section), "label": f"{number}{_mark(number)} " if number else ""}

    def facts(self, item: Item) -> Iterator[str]:
        """What an item says beside its text, people, deadline and results, as a line each: `Nguồn dữ liệu: …`."""
        said = {name: getattr(item, name) for name in FACTS} | {"frequency": _FREQUENCIES.get(item.frequency or "")}
        for name, value in said.items():
            if value:
                yield f"{COLUMNS[name].title}: {marked(value if isinstance(value, str) else '; '.join(value))}"
        if item.budget:
            total = money_text(sum((part.amount for part in item.budget), Decimal(0)))
            sources = "; ".join(dict.fromkeys(part.source for part in item.budget if part.source))
            yield f"Kinh phí: {total} {self.money_unit}" + (f" ({bare(sources)})" if sources else "")
        yield from _period_facts(item)
        for name, lines in (item.fields or {}).items():
            yield bare(f"{(self.source.fields or {}).get(name, name)}: {'; '.join(lines)}")

    def page(self, part: Plan | Section | Annex) -> dict[str, Any]:
        """The table that a part chose, and the page that it wants; nothing where it leaves both to the template."""
        table, orientation = (self.table(part.table), part.table.orientation) if part.table else ({}, None)
        return {
            "table": table,
            "orientation": orientation or "",
            "money_unit": self.money_unit,
            "tells_money_unit": self.layout >= _MONEY_UNIT,
            "has_own_headings": self.layout >= _HEADINGS,
        }

    def table(self, form: TableForm) -> dict[str, Any]:
        """A table as chosen, with what its columns need to know of the plan."""
        period, parts = self.source.period, {"months": 1, "quarters": 3, "years": 12}
        return {
            "kind": form.kind or "",
            "columns": [
                self.fields(column if isinstance(column, ColumnForm) else ColumnForm(field=column))
                for column in form.columns
            ],
            "numbered": form.numbered,
            "total": "" if form.total is None else form.total,
            "rows": [[bare(text) for text in row] for row in form.rows],
            "blank": form.blank,
            "own": {name: bare(title) for name, title in (self.source.fields or {}).items()},
            "periods": {
                name: [part.code for part in steps(period, size)] if period else [] for name, size in parts.items()
            },
            "money_unit": self.money_unit,
        }

    def marks(self, item: Item) -> dict[str, str]:
        """The months and quarters in which work is done, each with the sign of the schedules."""
        if not self.schedules or not self.source.period:
            return {}
        scope = DeadlineScope(self.source.period, self.conventions)
        return {period.code: bare(self.schedules) for period in marked_periods(item, scope)}

    def issuer(self) -> dict[str, str]:
        """Names of the issuing agency and of the one above it: those of the day of signing, else those of the register.
        Unknown codes print as typed."""
        code, signoff = self.source.head.issuer, self.source.signoff
        if signoff and signoff.issuer:
            return {"issuer": signoff.issuer, "parent": signoff.parent or ""}
        parent = self.register.above(code or "")
        typed = " ".join(self.source.head.parent_text)
        return {"issuer": _name(self.register, code or ""), "parent": parent.name if parent else typed}

    def signatory(self) -> dict[str, Any]:
        """Who signs; of a plan that names nobody, who signed."""
        signoff = self.source.signoff
        named = self.source.signatory or Signatory(position=signoff.position if signoff else ())
        return self.fields(named.replaced(name=signoff.signer) if signoff and not named.name else named)

    def replaces(self, head: Mapping[str, str]) -> str:
        """The sentence that names the document which an amended plan replaces, unless the plan says so itself."""
        if not self.source.earlier:
            return ""
        before, kind = self.source.earlier[-1], self.source.head.type.capitalize()
        if any(before.number in text for text in (*self.source.preamble, *self.source.closing)):
            return ""
        issuer = before.issuer or self.issuer_name(head)
        whose = f" của {issuer}" if issuer else ""
        does = "sửa đổi, bổ sung một số nội dung của" if before.partly else "thay thế"
        end = "." if self.source.closing else _END_MARK
        return f"{kind} này {does} {kind} số {before.number} ngày {short_date(before.date, 'vi')}{whose}{end}"

    def issuer_name(self, head: Mapping[str, str]) -> str:
        """Who issues the plan, for a sentence; of a joint one all of them."""
        together = joint_names(self.source, self.register) if self.layout >= _JOINT_NAMES else ""
        typed = " ".join(self.source.head.issuer_text)
        name = _registered(typed, self.register) if self.layout >= _REGISTERED_NAMES else typed
        return together or name or head["issuer"]

    def annex_line(self, annex: Annex, head: Mapping[str, str]) -> str:
        """The line under an annex's title, `(Kèm theo Kế hoạch số …)`, from the sign-off; "" where the typed one is
        printed: in forms, in plans sealed when it was still typed, and if it speaks of something else."""
        plan, signoff = self.source, self.source.signoff
        is_old = signoff and (not signoff.digest or scheme_of(signoff.digest) == FIRST_SCHEME)
        is_other = annex.info and not is_made_line(annex.info, plan.head.type)
        if plan.form or is_old or is_other or (annex.info and not signoff and not plan.earlier):
            return ""
        if signoff:
            day, month, year = short_date(signoff.date, "vi").split("/")
            number = f"{signoff.number} ngày {day} tháng {month} năm {year}"
        else:
            planned = plan.period.start.year if plan.period else "    "
            number = f"     /{plan.head.symbol or ''} ngày      tháng      năm {planned}"
        issuer, kind = self.issuer_name(head), type_in_text(plan.head.type)
        return bare(f"(Kèm theo {kind} số {number}{f' của {issuer}' if issuer else ''})")

    def date(self) -> dict[str, object]:
        """The day of issue; of an unsigned plan what its line of place and date says, else the year it is for."""
        plan = self.source
        if plan.signoff:
            return _day(plan.signoff.date)
        if typed := _TYPED_DATE.search(plan.head.dateline or ""):
            return typed.groupdict("")
        return {"year": plan.period.start.year if plan.period else "", "month": "", "day": ""}

    def named(self, typed: str, read: Callable[[str], str]) -> str:
        """A unit or person by name where the code alone is typed: by that of the day of signing, or as typed in plans
        that were signed when codes were printed."""
        code = typed.strip()
        if not self.source.signoff:
            return _name(self.register, code) if code in self.known else read(typed)
        return read(typed) if self.prints_codes else self.signed_names.get(code) or read(typed)

    @cached_property
    def prints_codes(self) -> bool:
        """Whether the plan was signed when codes that are typed alone were printed as such: their names are not all in
        its sign-off. Those that work is assigned to are there in any case."""
        codes = set(_assigned(self.source, self.known)) & self.known
        return not codes <= self.signed_names.keys()

    def assignment(self, value: Assignment) -> str:
        name = self.signed_names.get(value.unit) or _name(self.register, value.unit)
        return f"{name} ({marked(value.scope)})" if value.scope else name


def printed_names(plan: Plan, register: Register) -> PrintedNames:
    """The names that the document of a plan takes from the register: of its issuer, of the agency above it, and of the
    units that it assigns work to by code, `HCTH: Phòng Hành chính`."""
    view = _View(plan.replaced(signoff=None), register, CONVENTIONS, LAYOUT)
    issuer, codes = view.issuer(), dict.fromkeys(_assigned(plan, view.known))
    return PrintedNames(
        issuer["issuer"] or None,
        issuer["parent"] or None,
        tuple(f"{code}: {_name(register, code)}" for code in codes),
    )


class PrintedNames(NamedTuple):
    """Names of units as a document prints them; they go into its sign-off under the same names."""

    issuer: str | None
    parent: str | None
    units: tuple[str, ...]


def _assigned(value: object, known: Container[str]) -> Iterator[str]:
    """The codes of all units and persons that a part of a plan, and the parts below it, give work to; of words that are
    typed alone those that are `known` codes."""
    if isinstance(value, Assignment):
        yield value.unit
    elif isinstance(value, FileModel):
        for name, part in value:
            if isinstance(value, Item) and name in _PEOPLE:
                yield from (one.strip() for one in part if isinstance(one, str) and one.strip() in known)
            yield from _assigned(part, known)
    elif isinstance(value, tuple) and not isinstance(value, Period):
        for part in value:
            yield from _assigned(part, known)


def _name(register: Register, code: str) -> str:
    known = register.by_code.get(code) or register.people_by_code.get(code)
    return known.name if known else code


def planned_text(value: Decimal, unit: str = "") -> str:
    """A planned value with the unit typed behind it, else with that of its item: `95%`, `1.200 hồ sơ`."""
    unit = value.unit if isinstance(value, MeasuredNumber) else unit
    return f"{money_text(value)}{'' if unit in SHARE_SIGNS else ' '}{unit}".rstrip()


def _period_facts(item: Item) -> Iterator[str]:
    """What earlier periods attained and others shall: `Quý I năm 2026: 20 lớp`."""
    for values in (item.results, item.plan, item.horizons):
        for code, value in (values or {}).items():
            text = value if isinstance(value, str) else planned_text(value, item.unit or "")
            yield f"{capitalized(period_text(parse_period(code), 'vi'))}: {bare(text)}"


_BARE = re.compile("[1-9][0-9]?|[a-zđ]|[IVX]+")
"""A number of one level without a mark: `1`, and not `01` or `1.1`, which tables have in a column."""


def joint_names(plan: Plan, register: Register) -> str:
    """The agencies that issue a plan together, where each line of its head names one that signs: `Sở Nội vụ và Sở Y
    tế`; "" where one alone issues it."""
    lines = plan.head.issuer_text
    is_one = len(lines) < 2 or len(lines) != len(plan.cosigners) + 1
    if is_one or register.find(" ".join(lines)):
        return ""
    *names, last = (_registered(line, register) for line in lines)
    return f"{', '.join(names)} và {last}"


def _registered(name: str, register: Register) -> str:
    """The name of an agency as the register writes it; of one that is not registered as typed."""
    return next((unit.name for unit in register.units if unit.name.casefold() == name.casefold()), name)


def _mark(number: str) -> str:
    """What stands behind a number: a bracket behind a letter, else a point; nothing more behind one that has it."""
    return "" if number[-1] in ".)" else ")" if len(number) == 1 and number.islower() else "."


def _give_up_end_mark(sections: Sequence[dict[str, Any]]) -> None:
    """The last text of the narrative ends with a full stop: another sentence follows, and the mark goes to its end."""
    while sections:
        last = sections[-1]
        sections = last["sections"]
        if not sections and last["text"].endswith(_END_MARK):
            last["text"] = last["text"].removesuffix(_END_MARK) + "."


def _tables(branch: Plan | Section | Annex) -> Iterator[TableForm]:
    """All tables that a plan chose."""
    if branch.table:
        yield branch.table
    for part in (*branch.sections, *getattr(branch, "annexes", ())):
        yield from _tables(part)


@cache
def _readers(kind: type[FileModel]) -> dict[str, Callable[[str], str]]:
    """The fields of a class, and how each reads its text."""
    texts = _TEXTS if kind in _PARTS else frozenset()
    return {name: marked if name in texts else bare for name in kind.model_fields}


@cache
def _standing(kind: type[FileModel]) -> frozenset[str]:
    """The fields of a class that say something also where a file leaves them out."""
    return frozenset(name for name, field in kind.model_fields.items() if field.default not in (None, ()))


@cache
def _blank(kind: type[FileModel]) -> dict[str, Any]:
    """What absent fields are to a template: a list, a mapping, or a text, all empty. Nothing adds to them."""
    return {
        name: [] if name in LISTS else {} if "dict[" in str(field.annotation) else ""
        for name, field in kind.model_fields.items()
    }


_TYPED_DATE = re.compile(
    r"ngày\W*(?P<day>\d{1,2})?\W*tháng\W*(?P<month>\d{1,2})?\W*năm\W*(?P<year>\d{4})?", re.IGNORECASE
)
"""Day, month and year of a line of place and date; what is still open may be dots or blanks."""


def _day(day: date) -> dict[str, object]:
    return {"year": day.year, "month": day.month, "day": day.day}


def blocks_of(
    plan: Plan, register: Register, template: Template, conventions: Conventions = CONVENTIONS, layout: int = LAYOUT
) -> tuple[SectionBlock, ...]:
    """The document that a template makes of a plan. BrokenTemplateError if it can't."""
    return document_of(template, {"plan": view_of(plan, register, conventions, layout)})


def render(
    plan: Plan,
    register: Register,
    template: Template,
    base: BaseDocument,
    *,
    conventions: Conventions = CONVENTIONS,
    layout: int = LAYOUT,
) -> bytes:
    """The Word file of a plan. BrokenTemplateError if the template can't make it."""
    blocks = blocks_of(plan, register, template, conventions, layout)
    return write_docx(blocks, base, _properties(plan, register))


def as_printed(plan: Plan, own: OwnForms) -> Plan:
    """The plan that may be printed: one that is not what was signed, that another template or letterhead would print,
    or whose sign-off was typed without a seal, is a draft without number and day."""
    return plan if prints_as_sealed(plan, own) else plan.replaced(signoff=None)


PLAN_PROPERTY = "qmsplan-plan"
"""The property of a Word file that names its plan."""
LAYOUT_PROPERTY = "qmsplan-layout"
"""The one that says which lines the program knew to print, when the file was made; files of layout 1 have none."""


def _properties(plan: Plan, register: Register) -> Properties:
    author = _name(register, plan.head.issuer or "") or " ".join(plan.head.issuer_text)
    # what the file was made from, for those who find it years later; Word keeps it when it saves the file again
    origin = (
        (PLAN_PROPERTY, plan.id),
        ("qmsplan-revision", str(plan.revision)),
        ("qmsplan-digest", digest(plan)),
        ("qmsplan-version", __version__),
        (LAYOUT_PROPERTY, str(LAYOUT)),
    )
    return Properties(plan.head.full_title, author, origin)


def _adds_up(item: Item) -> bool:
    """Whether values of periods come to a sum; shares and scores of one quarter and the next do not."""
    found = next((target for _, target in item_targets(item)), None)
    return not isinstance(found, Target) or plan_adds_up(found)
