"""Rules on documents: the evidence on record, its files and the documents it cites (QP501 to QP505); and the official
document itself, its number, symbol, basis, recipients, signature, annexes (QP601 to QP610, QP632).

The form is that of Decree 30/2020/NĐ-CP on clerical work; sections are those of its Annex I, Part I."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from qmsplan.diagnostics import Message, Severity
from qmsplan.model.inline import plain_text
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Record
from qmsplan.model.table import KINDS
from qmsplan.model.text import Citation, bare, citations, closest, plain, roman
from qmsplan.phrases.tables import Expression
from qmsplan.rules.base import ITEM_LISTS, Context, LocatedEntry, Rule, cite, issuer_of, of_plan, repeated
from qmsplan.rules.components import ARCHIVE, COLLECTIVE
from qmsplan.rules.findings import Finding, IssuedNumber, Location, PlanFacts
from qmsplan.rules.iso9001 import cited_audits, is_proven

_SYMBOL = r"[0-9A-ZĐa-zđÀ-ỹ&.]+(?:-[0-9A-ZĐa-zđÀ-ỹ&.]+)+"
_NUMBER = rf"(?:0[1-9]|[1-9]\d+)/(?:\d{{4}}/)?({_SYMBOL})"


def number_form(context: Context, plan: Plan) -> Iterator[Finding]:
    """Numbers (`05/KH-TGPL`) and symbols (`KH-TGPL`) that are not in the form of the decree (Section II, item 3)."""
    head, signoff = plan.head, plan.signoff
    if head.symbol and not re.fullmatch(_SYMBOL, head.symbol):
        message = Message("'{text}' is no symbol in the decree's form", text=head.symbol)
        yield Finding(context.in_plan("head", "symbol"), message, Message("write type and agency: KH-TGPL"))
    if not signoff:
        return
    place = context.in_plan("signoff", "number")
    match = re.fullmatch(_NUMBER, signoff.number)
    if not match:
        message = Message("'{text}' is no number in the decree's form", text=signoff.number)
        hint = Message("write number, '/' and symbol without spaces: 05/KH-TGPL")
        if re.fullmatch(_NUMBER, "0" + signoff.number):
            hint = Message("a number below 10 is written with a zero: 0{number}", number=signoff.number)
        yield Finding(place, message, hint)
    elif head.symbol and match[1] != head.symbol:
        message = Message(
            "the number's symbol '{given}' is not the head's '{wanted}'", given=match[1], wanted=head.symbol
        )
        yield Finding(place, message, Message("make them agree"), words=match[1])


def unknown_template(context: Context, plan: Plan) -> Iterator[Finding]:
    """Document templates that are neither the workspace's nor built in."""
    known = context.templates
    if plan.template not in known.digests:
        yield Finding(context.in_plan("template"), *no_such_template(plan.template, known.digests, known.examples))


def no_such_template(name: str, templates: Iterable[str], examples: Container[str]) -> tuple[Message, Message]:
    """What is said of a name that no template has, and what to do: it may be that of an example to start from."""
    hint = Message("the templates are: {names}")
    if name in KINDS:  # also an example, whose table is of this kind
        hint = Message("'{name}' is a kind of table: write 'table: {{kind: {name}}}'; the templates are: {names}")
    elif name in examples:
        hint = Message("'{name}' is an example: 'qmsplan new --template {name}' makes a plan of it; the templates are:"
            " {names}")  # fmt: skip
    hint = hint.filled(name=name, names=", ".join(sorted(templates)))
    return Message("there is no template '{name}'", name=name), hint


UNKNOWN_TEMPLATE = Rule("QP602", "unknown-template", Severity.ERROR, of_plan(unknown_template))


def number_issued_twice(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """The second and later plans of an agency that were signed with one number in one year."""
    known = sorted(fact.issued for fact in everything if fact.issued)
    for issued, first in repeated(known, lambda issued: (issued.issuer, issued.number, issued.year)):
        yield Finding(
            issued.place,
            Message("{number} was already issued in {year}", number=issued.number, year=issued.year),
            Message("look in the register of outgoing documents; a number is given once a year"),
            first.place,
        )


def issued_by(context: Context) -> IssuedNumber | None:
    """The number that a signed plan was issued with; `5/KH-TGPL` is the same number as `05/KH-TGPL`."""
    plan = context.plan
    if plan is None or plan.signoff is None:
        return None
    number, slash, symbol = plan.signoff.number.partition("/")
    written = number.strip().lstrip("0").rjust(2, "0") + slash + symbol.strip()
    issuer, _ = issuer_of(plan, context.register)
    return IssuedNumber(context.in_plan("signoff", "number"), issuer, written, plan.signoff.date.year)


def no_archive_line(context: Context, plan: Plan) -> Iterator[Finding]:
    """Recipients that do not end with who keeps the document, `Lưu: VT, …` (Section II, item 9)."""
    lines = plan.recipients
    if not lines or ARCHIVE.match(lines[-1]):
        return
    kept = next((index for index, line in enumerate(lines) if ARCHIVE.match(line)), None)
    message = Message("the line on where the document is kept is not the last of the recipients")
    if kept is None:
        message, kept = Message("the recipients do not say where the document is kept"), len(lines) - 1
    hint = Message("end with '- Lưu: VT, …' (Decree 30/2020/NĐ-CP, Annex I, Part I, Section II, item 9)")
    yield Finding(context.in_plan("recipients", kept), message, hint)


_TYPES = (
    "nghị quyết NQ, quyết định QĐ, chỉ thị CT, quy chế QC, quy định QyĐ, thông cáo TC, thông báo TB"
    ", hướng dẫn HD, chương trình CTr, kế hoạch KH, phương án PA, đề án ĐA, dự án DA, báo cáo BC, biên bản BB"
    ", tờ trình TTr, hợp đồng HĐ, công điện CĐ, bản ghi nhớ BGN, bản thỏa thuận BTT, giấy ủy quyền GUQ"
    ", giấy mời GM, giấy giới thiệu GGT, giấy nghỉ phép GNP, phiếu gửi PG, phiếu chuyển PC, phiếu báo PB"
    ", bản sao y SY, bản trích sao TrS, bản sao lục SL"
)
ABBREVIATIONS = {name: short for name, _, short in (entry.rpartition(" ") for entry in _TYPES.split(", "))}
"""Types of documents and what their symbols start with (Decree 30/2020/NĐ-CP, annex III, part I)."""


def symbol_not_of_type(context: Context, plan: Plan) -> Iterator[Finding]:
    """Symbols that begin with the abbreviation of another type of document: `QĐ-TGPL` on a KẾ HOẠCH."""
    head = plan.head
    if head.symbol is None:
        return
    wanted = ABBREVIATIONS.get(head.type.lower()) or ABBREVIATIONS.get(plain(head.type))
    if wanted is None:
        return
    given, dash, rest = head.symbol.partition("-")
    if dash and given != wanted:
        yield Finding(
            context.in_plan("head", "symbol"),
            Message("the symbol of '{type}' starts with {wanted}, not with {given}",
                type=head.type, wanted=wanted, given=given),
            Message("write {symbol} (Decree 30/2020/NĐ-CP, annex III)", symbol=f"{wanted}-{rest}"),
            words=given,
            instead=wanted,
        )  # fmt: skip


def misspelt_type(context: Context, plan: Plan) -> Iterator[Finding]:
    """Types of documents that are one of the decree's but for a mark or a letter: `KẾ HẠOCH`."""
    typed = plain(plan.head.type)
    if typed in ABBREVIATIONS or plan.head.type.lower() in ABBREVIATIONS:
        return
    alike = {bare(name): name for name in ABBREVIATIONS if _initials(name) == _initials(typed)}
    if near := closest(bare(typed), alike, least=0.85):
        meant = alike[near].upper() if plan.head.type.isupper() else alike[near].capitalize()
        message = Message("'{type}' is no type of document", type=plan.head.type)
        hint = Message("did you mean '{name}'?", name=meant)
        yield Finding(context.in_plan("head", "type"), message, hint, instead=meant)


def _initials(name: str) -> list[str]:
    """`t t` of `tờ trình`: a slip leaves the first letters, and `Lộ trình` is a type of its own."""
    return [word[0] for word in bare(name).split()]


def basis_punctuation(context: Context, plan: Plan) -> Iterator[Finding]:
    """Lines of the legal basis that do not end with a semicolon, the last one not with a point (Section II, item 6)."""
    for index, line in enumerate(plan.basis):
        is_last = index == len(plan.basis) - 1
        sign = "." if is_last else ";"
        if not plain_text(line).rstrip().endswith(sign):
            where = Message("the last line of the basis does not end with a point")
            message = where if is_last else Message("a line of the basis does not end with a semicolon")
            hint = Message(
                "end it with '{sign}' (Decree 30/2020/NĐ-CP, Annex I, Part I, Section II, item 6)", sign=sign
            )
            instead = line.rstrip(" .;,") + sign
            yield Finding(context.in_plan("basis", index), message, hint, instead=instead)


def signed_before_basis(context: Context, plan: Plan) -> Iterator[Finding]:
    """Plans that were signed before a document that their basis or preamble cites."""
    if plan.signoff is None:
        return
    for place, line in context.lines("basis", "preamble"):
        for number, day, words in citations(line):
            if day > plan.signoff.date:
                yield Finding(
                    place,
                    Message("the plan was signed on {signed}, before {number} of {day} that it rests on",
                        signed=plan.signoff.date, number=number, day=day),
                    Message("correct the day of the document cited, or that of signing"),
                    context.in_plan("signoff", "date"),
                    words,
                    first_says=Message("the day of signing"),
                )  # fmt: skip


# `T/M`, `KT` and their like stand for TM. (for a collective), KT. (for the head), TL. (by order), TUQ. (by authority).
_MISSPELT = Expression(r"(T\s?/\s?M|K\s?/\s?T|T\s?/\s?L|TU\s?/\s?Q|T\.M|K\.T|T\.L|T\.U\.Q)\b")
_WITHOUT_POINT = re.compile(r"(TM|KT|TL|TUQ|Q)(?![\w.])")
_RIGHT = re.compile(r"(TM|KT|TL|TUQ)\.")
_POST = re.compile(r"(phó |tổng )*(giám đốc|chủ tịch(?! đoàn)|chánh |chủ nhiệm|bí thư|(\w+ )?trưởng)\b", re.IGNORECASE)
_OWN_RULES = Expression(r"TM\. ?(ban thường vụ|ban chấp hành|(ban )?thường trực|đoàn chủ tịch|đảng)")
"""How bodies of unions, the Youth Union, the Front and the Party begin: their deputies sign without `KT.`."""
_DEPUTY = Expression(r"\b(phó|thứ trưởng)\b")


def signing_authority(context: Context, plan: Plan) -> Iterator[Finding]:
    """Lines above a signature that do not say by what right it is given, as article 13 and Section II, item 7 want it:
    `KT. GIÁM ĐỐC`, and below it the post of who signs, `PHÓ GIÁM ĐỐC`."""
    lines = plan.signatory.position if plan.signatory else ()
    odd = odd_authority(lines)
    for index, line in enumerate(lines):
        place = context.in_plan("signatory", "position", index)
        if bare := _MISSPELT.match(line.strip()) or _WITHOUT_POINT.match(line.strip()):
            right = re.sub(r"[\s/.]", "", bare[1]).upper() + "."
            message = Message("'{given}' is not how the decree writes the authority to sign", given=bare[0])
            hint = Message("write '{right}' (Decree 30/2020/NĐ-CP, Annex I, Part I, Section II, item 7)", right=right)
            yield Finding(place, message, hint, words=bare[0], instead=right)
        elif odd and odd.line == index:
            prefix = _RIGHT.match(line.strip())
            yield Finding(place, odd.message, odd.hint, words=prefix[0] if prefix else line.strip())


class OddAuthority(NamedTuple):
    """A line above a name, from 0, whose authority does not go with the post in it or below it; what to do."""

    line: int
    message: Message
    hint: Message


def odd_authority(posts: Sequence[str]) -> OddAuthority | None:
    """The first line above a name that is odd, such as `TM. GIÁM ĐỐC`: `TM.` stands before a body."""
    lines = [line.strip() for line in posts]
    for index, line in enumerate(lines):
        prefix, below = _RIGHT.match(line), lines[index + 1 :]
        named = line[prefix.end() :].strip() if prefix else line
        if prefix and re.match(_POST if prefix[1] == "TM" else COLLECTIVE, named):
            message = Message("'TM.' stands before the name of a body, 'KT.', 'TL.' and 'TUQ.' before a post")
            return OddAuthority(index, message, Message("write 'TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH'"))
        if prefix and not below and not _DEPUTY.search(named):
            message = Message("after '{prefix}' and the post comes the post of who signs", prefix=prefix[0])
            hint = Message("add one's own post on the next line, such as PHÓ GIÁM ĐỐC under KT. GIÁM ĐỐC")
            return OddAuthority(index, message, hint)
        if prefix and prefix[1] == "KT" and not any(map(_DEPUTY.search, (named, *below))):
            message = Message("'KT.' is for a deputy, and no post of one, such as PHÓ GIÁM ĐỐC, stands below it")
            hint = Message(
                "write the deputy's own post on the next line; a head signs without 'KT.' "
                "(Decree 30/2020/NĐ-CP, Annex I, Part I, Section II, item 7)"
            )
            return OddAuthority(index, message, hint)
        if _DEPUTY.match(named) and _lacks_head(lines[:index]):
            message = Message("a deputy signs, and no line with 'KT.' and the head's post stands above")
            hint = Message(
                "write '{above}' on the line above (Decree 30/2020/NĐ-CP, Annex I, Part I, Section II, item 7)",
                above=f"KT. {_head_of(named)}",
            )
            return OddAuthority(index, message, hint)
    return None


def _head_of(post: str) -> str:
    """The head's post by the deputy's, in capitals: `PHÓ GIÁM ĐỐC` is deputy to the `GIÁM ĐỐC`."""
    return re.sub(r"^PHÓ ", "", post.upper()).replace("THỨ TRƯỞNG", "BỘ TRƯỞNG")


def _lacks_head(above: Iterable[str]) -> bool:
    """Whether no line above a deputy's post names the head: neither `KT. GIÁM ĐỐC`, nor, where `PHÓ GIÁM ĐỐC` is a
    second post of who signs, `TRƯỞNG BAN`."""
    return all(_RIGHT.match(line) and not line.startswith("KT") and not _OWN_RULES.match(line) for line in above)


def annex_ordinal(context: Context, plan: Plan) -> Iterator[Finding]:
    """Ordinals of annexes that are not I, II, III; the ordinal of a single annex (Section III, item 1)."""
    annexes = () if plan.form else plan.annexes
    for index, annex in enumerate(annexes):
        given = (annex.number or "").strip(" .")
        wanted = roman(index + 1) if len(annexes) > 1 else ""
        if given != wanted:
            place = context.in_plan("annexes", index, *(("number",) if annex.number else ()))
            message = Message("a single annex has no ordinal")
            hint = Message("leave out 'number' (Decree 30/2020/NĐ-CP, Annex I, Part I, Section III, item 1)")
            instead = None
            if wanted:
                message, instead = Message("the annexes count in Roman numerals, in order"), annex.number and wanted
                hint = Message(
                    "write {wanted} under 'number' (Decree 30/2020/NĐ-CP, Annex I, Part I, Section III, item 1)",
                    wanted=wanted,
                )
            yield Finding(place, message, hint, instead=instead, is_guess=bool(wanted))


def _files_named(context: Context) -> Iterator[tuple[Location, str, Record]]:
    """The files named as evidence, each with its place and its record."""
    for found in context.entries(*ITEM_LISTS):
        for number, file in enumerate(found.entry.files):
            yield found.at("files", number), file, found.record


def evidence_missing(context: Context) -> Iterator[Finding]:
    """Evidence files that are not there, or not in the workspace."""
    for place, file, record in _files_named(context):
        if file in record.outside:
            hint = Message("keep evidence inside the workspace, named relative to this file")
            yield Finding(place, Message("the evidence '{file}' lies outside the workspace", file=file), hint)
        elif file in record.absent:
            hint = Message("add the file, correct its name, or cite the document under 'evidence'")
            if near := dict(record.near).get(file):
                hint = Message("did you mean '{name}'?", name=near)
            message = Message("there is no file '{file}'", file=file)
            yield Finding(place, message, hint, instead=near, is_guess=True)


def empty_evidence(context: Context) -> Iterator[Finding]:
    """Evidence files that hold no byte."""
    for place, file, record in _files_named(context):
        if file in record.empty:
            hint = Message("put the scanned or exported document in its place")
            yield Finding(place, Message("the evidence '{file}' is empty", file=file), hint)


class CitedDocument(NamedTuple):
    """A document cited as evidence: the entry, the line of its evidence, and what that cites."""

    found: LocatedEntry[Any]
    line: int
    citation: Citation

    @property
    def place(self) -> Location:
        """The line that cites it."""
        return self.found.at("evidence", self.line)


def _cited_evidence(context: Context) -> Iterator[CitedDocument]:
    """The documents that readings, completions and corrective actions cite as evidence."""
    for found in context.entries(*ITEM_LISTS):
        for at, line in enumerate(found.entry.evidence):
            for citation in citations(line):
                yield CitedDocument(found, at, citation)


def evidence_two_dates(context: Context) -> Iterator[Finding]:
    """One document cited with two days: the same number in the same year; numbers start anew each year."""
    seen: dict[tuple[str, int], CitedDocument] = {}
    for entry in _cited_evidence(context):
        number, day, words = entry.citation
        first = seen.setdefault((number, day.year), entry)
        if first.citation.day != day:
            yield Finding(
                entry.place,
                Message("document {number} is cited with two days: {day} here, {other} elsewhere",
                    number=number, day=day, other=first.citation.day),
                Message("look at the document, and correct the number or the day that is wrong"),
                first.place,
                words,
                first_says=Message("cited here too"),
            )  # fmt: skip


def evidence_after_recording(context: Context) -> Iterator[Finding]:
    """Documents cited with a day after the one on which the entry was recorded."""
    for entry in _cited_evidence(context):
        number, day, words = entry.citation
        recorded = entry.found.entry.recorded
        if recorded and day > recorded:
            yield Finding(
                entry.place,
                Message("document {number} is of {day}, but this was recorded before it, on {recorded}",
                    number=number, day=day, recorded=recorded),
                Message("correct the day of the document, or 'recorded' if the entry was completed later"),
                words=words,
            )  # fmt: skip


def completed_without_evidence(context: Context) -> Iterator[Finding]:
    """Completions without `evidence` and `files` (ISO 9001:2015, 9.1.1); QP710 reports those of audits and reviews."""
    bare = [found for found in context.completions if not is_proven(found.entry)]
    audits = cited_audits(context) if bare else {}
    for found in bare:
        if found.entry.item in context.by_id and found.entry.item not in audits:
            yield Finding(
                found.at("item"),
                Message("'{id}' is recorded as done without any evidence", id=found.entry.item),
                cite(context, "measured", Message("name what shows it under 'evidence', or keep it as 'files'")),
            )  # fmt: skip


RULES = (
    Rule("QP501", "evidence-missing", Severity.ERROR, evidence_missing),
    Rule("QP502", "empty-evidence", Severity.WARNING, empty_evidence),
    Rule("QP503", "evidence-two-dates", Severity.WARNING, evidence_two_dates),
    Rule("QP504", "evidence-after-recording", Severity.WARNING, evidence_after_recording),
    Rule("QP505", "completed-without-evidence", Severity.WARNING, completed_without_evidence),
    Rule("QP601", "number-form", Severity.ERROR, of_plan(number_form)),
    UNKNOWN_TEMPLATE,
    Rule("QP604", "no-archive-line", Severity.WARNING, of_plan(no_archive_line)),
    Rule("QP606", "symbol-not-of-type", Severity.WARNING, of_plan(symbol_not_of_type)),
    Rule("QP632", "misspelt-type", Severity.WARNING, of_plan(misspelt_type)),
    Rule("QP607", "basis-punctuation", Severity.WARNING, of_plan(basis_punctuation)),
    Rule("QP608", "signed-before-basis", Severity.ERROR, of_plan(signed_before_basis)),
    Rule("QP609", "signing-authority", Severity.WARNING, of_plan(signing_authority)),
    Rule("QP610", "annex-ordinal", Severity.WARNING, of_plan(annex_ordinal)),
)
BETWEEN_PLANS = (Rule("QP603", "number-issued-twice", Severity.ERROR, number_issued_twice),)
