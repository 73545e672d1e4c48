"""Edits of a plan's text that leave every byte outside of them as it was; new lines are in the canonical layout.

The proof that an edit of a plan did what it was meant to do, and nothing else.

Sign-offs put into the text of a plan, and taken back into the chain of earlier ones: bytes in, bytes out."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from qmsplan.diagnostics import Message, UserError
from qmsplan.load.document import Document, read_content
from qmsplan.load.files import decode
from qmsplan.load.yaml import events
from qmsplan.model.plan import Earlier, Endorsement, Plan, Signoff
from qmsplan.seal import Role, digest, endorsed, parts_of
from qmsplan.yaml_edit.edit import end_of_node, next_line
from qmsplan.yaml_edit.format import STEP, fields_of, write
from qmsplan.yaml_edit.nodes import YamlBranch, YamlEntry, YamlLeaf, YamlNode, find_notes, read_nodes

Fields = dict[str, Any]
"""Names and typed texts, or lists and further fields."""


class Dropped(NamedTuple):
    """A text without a field, and the comments that stood in it."""

    text: str
    comments: tuple[str, ...] = ()


def add_field(text: str, name: str, value: object, above: Sequence[str] = ()) -> str:
    """The text with a field that it did not have, at its place among the others. `above` its first entry: comments."""
    root = _root(text)
    fields = _fields(root)
    lines = _lines(name, value)
    lines[1:1] = [" " * STEP + comment for comment in above]
    if name in fields:
        return _instead(text, fields[name], lines, root.entries[0].column)
    at = next_line(text, end_of_node(_before(name, root, fields).node))
    return _insert(text, at, _indented(lines, root.entries[0].column), has_gap=bool(re.search(r"\n\r?\n", text)))


def turn_field(text: str, old: str, name: str, value: object, above: Sequence[str] = ()) -> str:
    """The text with a new field in the place of an old one; `above` the new one's first entry: comments."""
    root = _root(text)
    lines = _lines(name, value)
    lines[1:1] = [" " * STEP + comment for comment in above]
    return _instead(text, _fields(root)[old], lines, root.entries[0].column)


def add_entry(text: str, name: str, entry: Fields, above: Sequence[str] = ()) -> str:
    """The text with one more entry at the end of a list."""
    found = _fields(_root(text)).get(name)
    if found is None or _is_empty(found.node):
        return add_field(text, name, [entry], above)
    last = _list(found).entries[-1]
    lines = [*above, *_dedented(_lines(name, [entry])[1:])]
    return _insert(text, next_line(text, end_of_node(last.node)), _indented(lines, last.column))


def replace_entry(text: str, name: str, index: int, entry: Fields) -> str:
    """The text with another entry of a list in the place of one; comments of the old one stand above it."""
    old = _list(_fields(_root(text))[name]).entries[index]
    return _instead(text, old, _dedented(_lines(name, [entry])[1:]), old.column)


def extend_field(text: str, name: str, more: Fields) -> str:
    """The text with more fields at the end of a field that has some."""
    found = _fields(_root(text))[name]
    if isinstance(found.node, YamlLeaf) or found.node.is_flow:
        raise _in_brackets(name)
    last = found.node.entries[-1]
    return _insert(
        text, next_line(text, end_of_node(last.node)), _indented(_dedented(_lines(name, more)[1:]), last.column)
    )


def drop_field(text: str, name: str) -> Dropped:
    """The text without a field; one of two blank lines around it goes too."""
    found = _fields(_root(text)).get(name)
    if found is None:
        return Dropped(text)
    start, end = _whole_lines(text, found)
    before, after = text[:start], text[end:]
    gap = re.search(r"(?:(?<=\n)|^)[ \t]*\r?\n\Z", before)
    if gap and (not after.strip() or re.match(r"[ \t]*\r?\n", after)):
        before = before[: gap.start()]
    return Dropped(before + after, tuple(_comments(text, start, end)))


def _root(text: str) -> YamlBranch:
    root, _ = read_nodes(text, list(events(text)))
    if root.is_flow:
        raise _in_brackets("kind")
    return root


def _in_brackets(name: str) -> UserError:
    message = Message("'{name}' is written in brackets, which can't be edited line by line", name=name)
    return UserError(message, Message("run 'qmsplan fmt' on the file, then again this command"))


def _fields(root: YamlBranch) -> dict[str, YamlEntry]:
    return {unicodedata.normalize("NFC", entry.key): entry for entry in root.entries}


def _list(entry: YamlEntry) -> YamlBranch:
    node = entry.node
    if isinstance(node, YamlLeaf) or node.is_flow or not node.is_list:
        raise _in_brackets(entry.key)
    return node


def _is_empty(node: YamlNode) -> bool:
    return node.value is None if isinstance(node, YamlLeaf) else not node.entries


def _before(name: str, root: YamlBranch, fields: Mapping[str, YamlEntry]) -> YamlEntry:
    """The entry that a new field comes after: the nearest that goes before it in the canonical layout."""
    order = fields_of(Plan)
    earlier = [field for field in order if field in fields and order[field].place < order[name].place]
    return fields[earlier[-1]] if earlier else root.entries[-1]


def _lines(name: str, value: object) -> list[str]:
    """A field in the canonical layout."""
    return write(json.dumps({name: value}, ensure_ascii=False) + "\n", Plan).text.splitlines()


def _dedented(lines: Sequence[str]) -> list[str]:
    return [line[STEP:] for line in lines]


def _indented(lines: Sequence[str], column: int) -> list[str]:
    return [" " * column + line if line else "" for line in lines]


def _insert(text: str, at: int, lines: Sequence[str], *, has_gap: bool = False) -> str:
    """Lines put in where a line starts, or at the end; a blank line parts them from fields above and below."""
    end = "\r\n" if "\r\n" in text else "\n"
    start = "" if at == 0 or text[at - 1] == "\n" else end
    if has_gap:
        lines = ["", *lines] if text[:at].strip() and not re.search(r"\n[ \t]*\r?\n\Z", text[:at]) else lines
        lines = [*lines, ""] if text[at:].strip() and not re.match(r"[ \t]*\r?\n", text[at:]) else lines
    return text[:at] + start + "".join(line + end for line in lines) + text[at:]


def _instead(text: str, entry: YamlEntry, lines: Sequence[str], column: int) -> str:
    start, end = _whole_lines(text, entry)
    kept = [*_comments(text, start, end), *lines]
    return _insert(text[:start] + text[end:], start, _indented(kept, column))


def _whole_lines(text: str, entry: YamlEntry) -> tuple[int, int]:
    return text.rfind("\n", 0, entry.start) + 1, next_line(text, end_of_node(entry.node))


def _comments(text: str, start: int, end: int) -> list[str]:
    return [note.text for note in find_notes(text, list(events(text))) if note.text and start <= note.start < end]


_MARK = "\ufeff".encode()


def edited(before: bytes, text: str, wanted: Plan) -> bytes:
    """The bytes of an edited text. Fault if, read again, it is not the plan that was wanted, or lost a comment."""
    content = (_MARK if before.startswith(_MARK) else b"") + text.encode()
    old, new = read_content(before, ""), read_content(content, "")
    if new.value != wanted or _remarks(new) != _remarks(old):
        message = Message("this file can't be edited without changing what it says; it was left as it is")
        raise UserError(message, Message("run 'qmsplan fmt' on the file, then again this command"))
    return content


def _remarks(document: Document) -> tuple[Counter[str], Counter[str]]:
    """The comments of a document and its warnings."""
    text = document.source.text
    comments = Counter(note.text for note in find_notes(text, events(text)) if note.text)
    return comments, Counter(diagnostic.code for diagnostic in document.diagnostics)


def sealed(plan: Plan, signoff: Signoff) -> Plan:
    """The plan with a sign-off and the digest of the two."""
    signed = plan.replaced(signoff=signoff)
    return signed.replaced(signoff=signoff.replaced(digest=digest(signed), parts=parts_of(signed)))


def with_signoff(before: bytes, plan: Plan, signed: Plan) -> bytes:
    """The bytes of a plan with the sign-off of `signed`, which is new or seals what the plan has. Fault if unsafe."""
    text, told = decode(before), _typed(signed.signoff)
    if plan.signoff is None:
        return edited(before, add_field(text, "signoff", told), signed)
    new = {name: value for name, value in told.items() if not getattr(plan.signoff, name)}
    return edited(before, extend_field(text, "signoff", new), signed)


def with_endorsement(before: bytes, plan: Plan, role: Role, entry: Endorsement) -> bytes:
    """The bytes of a plan with one more reviewer or approver; somebody's old entry gives way. Fault if unsafe."""
    entry = entry.replaced(digest=endorsed(plan, role, entry))
    entries: tuple[Endorsement, ...] = getattr(plan, role)
    place = next((index for index, other in enumerate(entries) if other.name == entry.name), len(entries))
    text = decode(before)
    if place < len(entries):
        text = replace_entry(text, role, place, _typed(entry))
    else:
        text = add_entry(text, role, _typed(entry))
    wanted: Any = {role: (*entries[:place], entry, *entries[place + 1 :])}
    return edited(before, text, plan.replaced(**wanted))


def amended(before: bytes, plan: Plan, signoff: Signoff, reason: Sequence[str]) -> bytes:
    """The bytes of a plan as a draft of its next revision, its sign-off among the earlier ones. Fault if unsafe."""
    ended = Earlier(
        number=signoff.number,
        date=signoff.date,
        signer=signoff.signer,
        position=signoff.position,
        digest=signoff.digest,
        reason=tuple(reason),
        reviewed=plan.reviewed,
        approved=plan.approved,
    )
    text = decode(before)
    comments: list[str] = []
    for name in ("reviewed", "approved", *(("signoff",) if plan.earlier else ())):
        text, found = drop_field(text, name)
        comments += found
    if plan.earlier:
        text = add_entry(text, "earlier", _typed(ended), comments)
    else:
        text, found = drop_field(text, "earlier")  # an empty list
        comments += found
        text = turn_field(text, "signoff", "earlier", [_typed(ended)], comments)
    wanted = plan.replaced(reviewed=(), approved=(), signoff=None, earlier=(*plan.earlier, ended))
    return edited(before, text, wanted)


def _typed(value: Any) -> dict[str, Any]:
    """An entry as it is typed: without empty fields, a list of one line as a line."""
    told = dict(value)
    return {name: _value(name, part) for name, part in told.items() if part is not None and part != ()}


def _value(name: str, value: Any) -> Any:
    if not isinstance(value, tuple):
        return str(value)
    parts = [part if isinstance(part, str) else _typed(part) for part in value]
    return parts[0] if len(parts) == 1 and isinstance(parts[0], str) and name != "parts" else parts
