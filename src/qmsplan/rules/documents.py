"""A number or symbol that is not in the decree's form.

A document template that does not exist.

Two documents of an agency with one number in one year.

Recipients that do not end with who keeps the document.

A symbol that belongs to another type of document.

Lines of the legal basis that do not end as the decree wants.

A plan that was signed before a document it rests on.

The lines above a signature that do not say by what right it is given.

Annexes whose ordinals are not I, II, III."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qmsplan.diagnostics import Message, Severity
from qmsplan.model.inline import plain_text
from qmsplan.model.text import citations, plain, roman
from qmsplan.rules.base import Context, Finding, IssuedNumber, PlanFacts, Rule

_SYMBOL = r"[0-9A-ZĐa-zđÀ-ỹ&.]+(?:-[0-9A-ZĐa-zđÀ-ỹ&.]+)+"
_NUMBER = rf"(?:0[1-9]|[1-9]\d+)/(?:\d{{4}}/)?({_SYMBOL})"


def number_form(context: Context) -> Iterator[Finding]:
    """`signoff.number` and `head.symbol` (Decree 30/2020/NĐ-CP, annex I, II.3)."""
    if not context.plan:
        return
    head, signoff = context.plan.plan.head, context.plan.plan.signoff
    if head.symbol and not re.fullmatch(_SYMBOL, head.symbol):
        message = Message("'{text}' is no symbol in the decree's form", text=head.symbol)
        yield Finding(context.in_plan("head", "symbol"), message, Message("write type and agency: KH-TGPL"))
    if not signoff:
        return
    place = context.in_plan("signoff", "number")
    match = re.fullmatch(_NUMBER, signoff.number)
    if not match:
        message = Message("'{text}' is no number in the decree's form", text=signoff.number)
        yield Finding(place, message, Message("write number, '/' and symbol without spaces: 05/KH-TGPL"))
    elif head.symbol and match[1] != head.symbol:
        message = Message(
            "the number's symbol '{given}' is not the head's '{wanted}'", given=match[1], wanted=head.symbol
        )
        yield Finding(place, message, Message("make them agree"), words=match[1])


NUMBER_FORM = Rule("QP601", "number-form", Severity.ERROR, number_form)


def unknown_template(context: Context) -> Iterator[Finding]:
    """Plans whose template is neither the workspace's nor built in."""
    if context.plan and context.plan.plan.template not in context.templates:
        name = context.plan.plan.template
        hint = Message("the templates are: {names}", names=", ".join(sorted(context.templates)))
        yield Finding(context.in_plan("template"), Message("there is no template '{name}'", name=name), hint)


UNKNOWN_TEMPLATE = Rule("QP602", "unknown-template", Severity.ERROR, unknown_template)


def number_issued_twice(everything: Iterable[PlanFacts]) -> Iterator[Finding]:
    """The second and later plans that were signed with a number."""
    seen: dict[tuple[str, str, int], IssuedNumber] = {}
    for issued in sorted(fact.issued for fact in everything if fact.issued):
        first = seen.setdefault((issued.issuer, issued.number, issued.year), issued)
        if first is not issued:
            yield Finding(
                issued.place,
                Message("{number} was already issued in {year}", number=issued.number, year=issued.year),
                Message("look in the register of outgoing documents; a number is given once a year"),
                first.place,
            )


def issued_by(context: Context) -> IssuedNumber | None:
    """The number that a signed plan was issued with; the agency by its code where the register knows it."""
    plan = context.plan.plan if context.plan else None
    if plan is None or plan.signoff is None:
        return None
    number, slash, symbol = plan.signoff.number.partition("/")
    written = number.strip().lstrip("0").rjust(2, "0") + slash + symbol.strip()
    return IssuedNumber(context.in_plan("signoff", "number"), issuer_of(context), written, plan.signoff.date.year)


def issuer_of(context: Context) -> str:
    """The code of a plan's issuer; as typed where the register does not know it."""
    head = context.plan.plan.head if context.plan else None
    typed = (head.issuer or " ".join(head.issuer_text)) if head else ""
    unit = (context.register.by_code.get(typed) or context.register.find(typed)) if typed else None
    return unit.code if unit else typed


NUMBER_ISSUED_TWICE = Rule("QP603", "number-issued-twice", Severity.ERROR, check_all=number_issued_twice)


_KEPT = re.compile(r"[\s*+–-]*lưu\b", re.IGNORECASE)


def no_archive_line(context: Context) -> Iterator[Finding]:
    """Recipients of which the last is no `Lưu: VT, …` (Decree 30/2020/NĐ-CP, annex I, part II.9)."""
    lines = context.plan.plan.recipients if context.plan else ()
    if not lines or _KEPT.match(lines[-1]):
        return
    kept = next((index for index, line in enumerate(lines) if _KEPT.match(line)), None)
    if kept is None:
        message = Message("the recipients do not say where the document is kept")
        yield Finding(context.in_plan("recipients", len(lines) - 1), message, _CURE)
    else:
        message = Message("the line on where the document is kept is not the last of the recipients")
        yield Finding(context.in_plan("recipients", kept), message, _CURE)


_CURE = Message("end with '- Lưu: VT, …' (Decree 30/2020/NĐ-CP, annex I, II.9)")

NO_ARCHIVE_LINE = Rule("QP604", "no-archive-line", Severity.WARNING, no_archive_line)


ABBREVIATIONS = {
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "chỉ thị": "CT",
    "quy chế": "QC",
    "quy định": "QyĐ",
    "thông cáo": "TC",
    "thông báo": "TB",
    "hướng dẫn": "HD",
    "chương trình": "CTr",
    "kế hoạch": "KH",
    "phương án": "PA",
    "đề án": "ĐA",
    "dự án": "DA",
    "báo cáo": "BC",
    "biên bản": "BB",
    "tờ trình": "TTr",
    "hợp đồng": "HĐ",
    "công điện": "CĐ",
    "bản ghi nhớ": "BGN",
    "bản thỏa thuận": "BTT",
    "giấy ủy quyền": "GUQ",
    "giấy mời": "GM",
    "giấy giới thiệu": "GGT",
    "giấy nghỉ phép": "GNP",
    "phiếu gửi": "PG",
    "phiếu chuyển": "PC",
    "phiếu báo": "PB",
    "bản sao y": "SY",
    "bản trích sao": "TrS",
    "bản sao lục": "SL",
}
"""Types of documents and what their symbols start with (Decree 30/2020/NĐ-CP, annex III, part I)."""


def symbol_not_of_type(context: Context) -> Iterator[Finding]:
    """Symbols in `head` whose first group is not the abbreviation of the document's type."""
    head = context.plan.plan.head if context.plan else None
    if head is None or head.symbol is None:
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
        )  # fmt: skip


SYMBOL_NOT_OF_TYPE = Rule("QP606", "symbol-not-of-type", Severity.WARNING, symbol_not_of_type)


def basis_punctuation(context: Context) -> Iterator[Finding]:
    """Each line of `basis` ends with a semicolon, the last one with a point (Decree 30/2020/NĐ-CP, annex I, II.6)."""
    lines = context.plan.plan.basis if context.plan else ()
    for index, line in enumerate(lines):
        is_last = index == len(lines) - 1
        sign = "." if is_last else ";"
        if not plain_text(line).rstrip().endswith(sign):
            where = Message("the last line of the basis ends with a point")
            message = where if is_last else Message("a line of the basis ends with a semicolon")
            hint = Message("end it with '{sign}' (Decree 30/2020/NĐ-CP, annex I, II.6)", sign=sign)
            yield Finding(context.in_plan("basis", index), message, hint)


BASIS_PUNCTUATION = Rule("QP607", "basis-punctuation", Severity.WARNING, basis_punctuation)


def signed_before_basis(context: Context) -> Iterator[Finding]:
    """Documents cited in the basis and the preamble with a day after the one of signing."""
    plan = context.plan.plan if context.plan else None
    if plan is None or plan.signoff is None:
        return
    for name in ("basis", "preamble"):
        for index, line in enumerate(getattr(plan, name)):
            for number, day, words in citations(line):
                if day > plan.signoff.date:
                    yield Finding(
                        context.in_plan(name, index),
                        Message("the plan was signed on {signed}, before {number} of {day} that it rests on",
                            signed=plan.signoff.date, number=number, day=day),
                        Message("correct the day of the document cited, or that of signing"),
                        context.in_plan("signoff", "date"),
                        words,
                    )  # fmt: skip


SIGNED_BEFORE_BASIS = Rule("QP608", "signed-before-basis", Severity.ERROR, signed_before_basis)


_OTHER = re.compile(r"(T\s?/\s?M|K\s?/\s?T|T\s?/\s?L|TU\s?/\s?Q|T\.M|K\.T|T\.L|T\.U\.Q)\b", re.IGNORECASE)
_BARE = re.compile(r"(TM|KT|TL|TUQ|Q)(?![\w.])")
_FOR_ANOTHER = re.compile(r"(TM|KT|TL|TUQ)\.")


def signing_authority(context: Context) -> Iterator[Finding]:
    """`TM.`, `KT.`, `TL.`, `TUQ.`, `Q.` before the post, then one's own (Decree 30/2020/NĐ-CP, article 13, annex I)."""
    signatory = context.plan.plan.signatory if context.plan else None
    lines = signatory.position if signatory else ()
    for index, line in enumerate(lines):
        if found := _fault(line.strip(), is_last=index == len(lines) - 1):
            message, hint, words = found
            yield Finding(context.in_plan("signatory", "position", index), message, hint, words=words)


def _fault(line: str, *, is_last: bool) -> tuple[Message, Message, str] | None:
    """What is wrong, what to write, and the words meant."""
    other = _OTHER.match(line)
    bare = other or _BARE.match(line)
    if bare:
        right = re.sub(r"[\s/.]", "", bare[1]).upper() + "."
        message = Message("'{given}' is not how the decree writes the authority to sign", given=bare[0])
        return message, Message("write '{right}' (Decree 30/2020/NĐ-CP, annex I, II.7)", right=right), bare[0]
    prefix = _FOR_ANOTHER.match(line)
    if prefix and is_last:
        message = Message("after '{prefix}' and the post comes the post of who signs", prefix=prefix[0])
        hint = Message("add one's own post on the next line, such as PHÓ GIÁM ĐỐC under KT. GIÁM ĐỐC")
        return message, hint, prefix[0]
    return None


SIGNING_AUTHORITY = Rule("QP609", "signing-authority", Severity.WARNING, signing_authority)


def annex_ordinal(context: Context) -> Iterator[Finding]:
    """Ordinals of two annexes or more that are not I, II …; one of a single annex (Decree 30/2020/NĐ-CP, annex I)."""
    plan = context.plan.plan if context.plan else None
    annexes = plan.annexes if plan and not plan.form else ()
    for index, annex in enumerate(annexes):
        given = (annex.number or "").strip(" .")
        wanted = roman(index + 1) if len(annexes) > 1 else ""
        if given != wanted:
            place = context.in_plan("annexes", index, *(("number",) if annex.number else ()))
            if wanted:
                hint = Message("write {wanted} under 'number' (Decree 30/2020/NĐ-CP, annex I, part III)", wanted=wanted)
                yield Finding(place, Message("the annexes count in Roman numerals, in order"), hint)
            else:
                hint = Message("leave out 'number' (Decree 30/2020/NĐ-CP, annex I, part III)")
                yield Finding(place, Message("a single annex has no ordinal"), hint)


ANNEX_ORDINAL = Rule("QP610", "annex-ordinal", Severity.WARNING, annex_ordinal)


RULES = (
    NUMBER_FORM,
    UNKNOWN_TEMPLATE,
    NUMBER_ISSUED_TWICE,
    NO_ARCHIVE_LINE,
    SYMBOL_NOT_OF_TYPE,
    BASIS_PUNCTUATION,
    SIGNED_BEFORE_BASIS,
    SIGNING_AUTHORITY,
    ANNEX_ORDINAL,
)
