"""Changes of a YAML file that leave every other byte as it was typed: entries added, fields set, values dropped.

An edit finds its place by the marks of the parser's events, has ruamel.yaml emit the new lines in the layout of the
file around them (`marks.py`, `emit.py`), puts them in, and proves the result by reading it back (`prove`). Paths name
values as the reader sees them: `("readings", 3)` is the fourth entry of the list `readings`, `()` the top mapping.

Every function takes a file and gives the edited one; it raises UserError where the layout does not allow the change.

Sign-offs are put into the file of a plan, and taken back into the chain of earlier ones: bytes in, bytes out, a byte
order mark too. `file` is the file's name as the user knows it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from qmsplan.diagnostics import TOO_LARGE, Message, Path, ReadError, UserError
from qmsplan.load.document import Source, read_content, texts_cut_by_comment
from qmsplan.load.files import LONGEST_SCALAR, decode, encode
from qmsplan.load.pydantic_errors import validate
from qmsplan.load.yaml import Tree
from qmsplan.model.fields import FileModel
from qmsplan.model.plan import Earlier, Endorsement, Plan, Signoff
from qmsplan.seal import Role, digest, endorsed, parts_of
from qmsplan.yaml_edit.emit import Field, FieldKind, Value, field_of, part_of, settled
from qmsplan.yaml_edit.marks import Edit, MarkedText
from qmsplan.yaml_edit.nodes import YamlBranch, YamlEntry, YamlLeaf, YamlNode, find_notes


@dataclass(frozen=True)
class YamlFile:
    """A text to be edited, the name its user knows it by, and the class of the model that it holds.

    What is read of the text is read once, whichever steps of an edit ask for it."""

    name: str
    text: str
    model: type[FileModel]

    @cached_property
    def source(self) -> Source:
        """The text as the reader sees it."""
        return Source(self.name, self.text)

    @cached_property
    def marks(self) -> MarkedText:
        """The text with the places of its parts and its comments."""
        return MarkedText(self.source)

    @cached_property
    def comments(self) -> Counter[str]:
        """The comments, without white space at their ends, and how often each stands there."""
        return Counter(note.text for note in find_notes(self.source) if note.text)

    @property
    def tree(self) -> Tree:
        """The values of the text. ReadError at the first fault."""
        return self.source.yaml.value


class Dropped(NamedTuple):
    """A file without a value, and the comments that stood in it."""

    file: YamlFile
    comments: tuple[str, ...]


def add_entry(file: YamlFile, path: Path, value: Value, above: Sequence[str] = ()) -> YamlFile:
    """The file with one more entry at the end of the list at `path`, which may be empty or absent.

    The entry is typed as the last one is: its indentation, blank lines, brackets. `above` it: comments."""
    marks, field = file.marks, _field(file, path)
    owner, entry = _owner(marks, path)
    node = entry.node if entry else None
    value = as_typed(value, field, is_flow=node.is_flow if isinstance(node, YamlBranch) else owner.is_flow)
    if entry is None:
        edits = marks.new_field(owner, _field(file, path[:-1]).model, str(path[-1]), [value], above)
    elif node is None or (node.value is None if isinstance(node, YamlLeaf) else not node.entries):
        edits = marks.first_item(entry, field, value, above)
    elif isinstance(node, YamlBranch) and node.is_list:
        edits = marks.next_item(node, field, value, above)
    else:
        alone = _value_at(file, path)  # one text, or one mapping, where there may be a list
        edits = marks.new_value(entry, field, [alone, value], above)
    there = _value_at(file, path)
    entries = there if isinstance(there, list) else [] if there is None else [there]
    return _edited(file, edits, _changed(file.tree, path, [*entries, tree_of(value)]), came=above)


def add_entries(file: YamlFile, path: Path, values: Sequence[Value]) -> YamlFile:
    """The file with more entries at the end of the list at `path`, as `add_entry` puts in one: proved once for all of
    them where the list has entries on lines of their own, so that five hundred take no longer than a few."""
    left = list(values)
    while left:
        marks, field = file.marks, _field(file, path)
        _, entry = _owner(marks, path)
        node = entry.node if entry else None
        if len(left) == 1 or not isinstance(node, YamlBranch) or node.is_flow or not (node.is_list and node.entries):
            file = add_entry(file, path, left.pop(0))
            continue
        typed = [as_typed(value, field, is_flow=False) for value in left]
        edits = [marks.next_items(node, field, typed)]
        return _edited(file, edits, _changed(file.tree, path, [*_value_at(file, path), *map(tree_of, typed)]))
    return file


def set_value(file: YamlFile, path: Path, value: Value) -> YamlFile:
    """The file with another value at `path`; comments beside it stay beside it, those inside it go above it."""
    path = _path_as_typed(file, path)
    marks, field = file.marks, _field(file, path)
    owner, entry = _owner(marks, path)
    value = as_typed(value, field, is_flow=owner.is_flow)
    if entry is None:
        edits = marks.new_field(owner, _field(file, path[:-1]).model, str(path[-1]), value)
    else:
        edits = marks.new_value(entry, field, value)
    return _edited(file, edits, _changed(file.tree, path, tree_of(value)))


def set_fields(file: YamlFile, path: Path, fields: Mapping[str, Value | None]) -> YamlFile:
    """The file with fields of the mapping at `path` set, added at their place in the model, or dropped (None)."""
    model = _field(file, path).model
    for name in (name for name, value in fields.items() if value is None):
        file = _without(file, (*path, name), keeps_comments=True).file
    for name, value in sorted(fields.items(), key=lambda pair: field_of(model, pair[0]).place):
        if value is not None:
            file = set_value(file, (*path, name), value)
    return file


def replace_entry(file: YamlFile, path: Path, fields: Mapping[str, Value]) -> YamlFile:
    """The file with other fields in the mapping at `path`; those that it does not have any more are dropped."""
    there = _value_at(file, path)
    old = there if isinstance(there, dict) else {}
    changed = {name: value for name, value in fields.items() if old.get(name) != tree_of(value)}
    return set_fields(file, path, {**changed, **{name: None for name in old if name not in fields}})


def drop(file: YamlFile, path: Path) -> Dropped:
    """The file without the field or entry at `path`; one of two blank lines around it goes too. Its comments are
    handed back."""
    return _without(file, _path_as_typed(file, path), keeps_comments=False)


def turn_field(file: YamlFile, old: str, name: str, value: Value, above: Sequence[str] = ()) -> YamlFile:
    """The file with a new field in the place of an old one of the outermost mapping, whose comments go above it;
    `above` the first entry of the new one: comments."""
    marks, field = file.marks, _field(file, (name,))
    owner, entry = _owner(marks, (old,))
    if entry is None:
        raise odd_layout(file.name)
    value = as_typed(value, field, is_flow=owner.is_flow)
    edits = marks.other_field(entry, name, field, value, above)
    tree = _less(_changed(file.tree, (name,), tree_of(value)), old)
    return _edited(file, edits, tree, came=above)


def _without(file: YamlFile, path: Path, *, keeps_comments: bool) -> Dropped:
    marks = file.marks
    _, entry = _owner(marks, path)
    if entry is None:
        return Dropped(file, ())
    edits, comments = marks.without(entry, keeps_comments=keeps_comments)
    wanted = _changed(file.tree, path[:-1], _less(_value_at(file, path[:-1]), path[-1]))
    return Dropped(_edited(file, edits, wanted, went=comments), comments)


def _less(tree: Any, part: str | int) -> Any:
    """A mapping or list without one of its parts."""
    if isinstance(tree, dict):
        return {name: value for name, value in tree.items() if name != part}
    return [value for index, value in enumerate(tree) if index != part]


def _field(file: YamlFile, path: Path) -> Field:
    """What the model says about the field that a path leads to; items of a list are of the list's field."""
    field = Field(0, FieldKind.TEXT, file.model)
    for part in path:
        if isinstance(part, str):
            field = part_of(field, part)
    return field


def _path_as_typed(file: YamlFile, path: Path) -> Path:
    """A path without the 0 of values that stand alone where the model has a list of them: `basis: A`."""
    tree: Any = file.tree
    typed: Path = ()
    for part in path:
        if part != 0 or isinstance(tree, list):
            typed = (*typed, part)
            tree = _part(tree, part)
    return typed


def _part(tree: Any, part: str | int) -> Any:
    """The part of a mapping or list; None if it is not there."""
    if isinstance(tree, dict):
        return tree.get(part)
    return tree[part] if isinstance(tree, list) and isinstance(part, int) and part < len(tree) else None


def _owner(marks: MarkedText, path: Path) -> tuple[YamlBranch, YamlEntry | None]:
    """The container that holds the value at a path, and its entry if it is there. KeyError without a container."""
    node: YamlNode = marks.root
    for part in path[:-1]:
        entry = _entry(node, part)
        if entry is None:
            raise KeyError(path)
        node = entry.node
    last = None if isinstance(node, YamlLeaf) else _entry(node, path[-1])
    if isinstance(node, YamlLeaf) or (last is None and node.is_list):
        raise KeyError(path)
    return node, last


def _entry(node: YamlNode, part: str | int) -> YamlEntry | None:
    if isinstance(node, YamlLeaf) or node.is_list != isinstance(part, int):
        return None
    if isinstance(part, int):
        return node.entries[part] if part < len(node.entries) else None
    return next((entry for entry in node.entries if entry.key == part), None)


def as_typed(value: Value, field: Field, *, is_flow: bool = False) -> Value:
    """A value as it is typed on lines of its own, outside of brackets: fields in the order of the model, the paragraphs
    of a text in order, of one that is too long for a text each by itself."""
    if is_flow:
        return value
    if isinstance(value, str):
        is_long = field.kind is FieldKind.LINES and len(value) > LONGEST_SCALAR
        return value.split("\n") if is_long else settled(value, field.kind)
    if isinstance(value, Mapping):
        parts = ((part_of(field, name), name, part) for name, part in value.items())
        return {name: as_typed(part, inner) for inner, name, part in sorted(parts, key=lambda one: one[0].place)}
    kind = FieldKind.TEXT if field.kind is FieldKind.LINES else field.kind
    return [as_typed(part, field._replace(kind=kind)) for part in value]


def _value_at(file: YamlFile, path: Path) -> Any:
    """The value at a path as the reader sees it; None if there is none."""
    tree: Any = file.tree
    for part in path:
        tree = _part(tree, part)
    return tree


def _changed(tree: Any, path: Path, value: Any) -> Any:
    """A tree with another value at a path; the given one stays as it is."""
    if not path:
        return value
    part, *rest = path
    copied: Any = dict(tree) if isinstance(tree, dict) else list(tree)
    copied[part] = _changed(tree[part], tuple(rest), value) if rest else value
    return copied


def _edited(
    file: YamlFile, edits: Sequence[Edit], wanted: Any, came: Iterable[str] = (), went: Iterable[str] = ()
) -> YamlFile:
    """The file with the edits made, proved."""
    after = replace(file, text=apply(file.text, edits))
    start, end = min(edit.start for edit in edits), max(edit.end for edit in edits)
    prove(file, after, Expected(wanted, start, end, tuple(came), tuple(went)))
    return after


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap; those at one place stand in their order."""
    for start, end, new in sorted(edits, key=lambda edit: (edit.start, edit.end))[::-1]:
        text = text[:start] + new + text[end:]
    return text


class Expected(NamedTuple):
    """What an edit was to do: the values of the new text, its comments, and where the old text may differ from it."""

    wanted: Tree
    start: int
    """Index into the old text: what stands before it is the same in the new one."""
    end: int
    """Index into the old text: what stands behind it is the same in the new one."""
    came: tuple[str, ...] = ()
    """Comments that are put in."""
    went: tuple[str, ...] = ()
    """Comments that are taken out; the caller puts them elsewhere."""


def prove(before: YamlFile, after: YamlFile, expected: Expected) -> None:
    """UserError if the new text is no YAML, says anything else, loses or gains a comment, gains a warning, or changes
    bytes elsewhere; the file is laid out too oddly then, and `qmsplan fmt` helps.

    A text that is too large to be read passes: whoever reads it next says so, with the place."""
    head, tail = before.text[: expected.start], before.text[expected.end :]
    is_same = after.text.startswith(head) and after.text.endswith(tail) and len(after.text) >= len(head) + len(tail)
    try:
        is_right = is_same and _is_as_wanted(before, after, expected)
    except ReadError as broken:
        is_right = broken.code is TOO_LARGE
    if not is_right:
        raise odd_layout(before.name)


def _is_as_wanted(before: YamlFile, after: YamlFile, expected: Expected) -> bool:
    """Whether values and comments are those that were expected, with no new warning. ReadError if it is no YAML."""
    tree, comments = after.tree, Counter(before.comments)
    if tree != expected.wanted and not _are_equal(before.model, tree, expected.wanted):
        return False
    comments.subtract(expected.went)
    comments.update(expected.came)
    is_complete = +comments == after.comments and min(comments.values(), default=0) >= 0
    return is_complete and _cut_texts(after) <= _cut_texts(before)


def _cut_texts(file: YamlFile) -> int:
    """How many comments `validate` takes for a part of the text before them (QP009)."""
    return len(list(texts_cut_by_comment(file.source)))


def tree_of(value: Value) -> Tree:
    """A value as the reader gives it: texts in Unicode normal form C, lists and mappings of their own."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {name: tree_of(part) for name, part in value.items()}
    return [tree_of(part) for part in value]


def odd_layout(name: str) -> UserError:
    """The refusal of an edit that can't be made alone; `name` is the file as the user knows it."""
    message = Message("the file is laid out so that this can't be changed alone; nothing was written")
    return UserError(message, Message("run 'qmsplan fmt {file}', then this command again", file=name))


def _are_equal(model: type[FileModel], one: Tree, other: Tree) -> bool:
    """Whether two trees have the same value: the line end behind the last paragraph of a text may mean nothing."""
    values = [validate(model, tree)[0] for tree in (one, other)]
    return values[0] is not None and values[0] == values[1]


_ANY = "FILE"
"""What stands for a file whose name is not told."""


def sealed(plan: Plan, signoff: Signoff) -> Plan:
    """The plan with a sign-off and the digest of the two."""
    signed = plan.replaced(signoff=signoff)
    return signed.replaced(signoff=signoff.replaced(digest=digest(signed), parts=parts_of(signed)))


def with_signoff(before: bytes, plan: Plan, signed: Plan, file: str = _ANY) -> bytes:
    """The bytes of a plan with the sign-off of `signed`, which is new or seals what the plan has."""
    told, opened = _typed(signed.signoff), _opened(before, file)
    if plan.signoff is None:
        return _bytes(before, set_value(opened, ("signoff",), told), signed)
    new = {name: value for name, value in told.items() if not getattr(plan.signoff, name)}
    return _bytes(before, set_fields(opened, ("signoff",), new), signed)


def with_endorsement(before: bytes, plan: Plan, role: Role, entry: Endorsement, file: str = _ANY) -> bytes:
    """The bytes of a plan with one more reviewer or approver; somebody's old entry gives way to the new one."""
    entry = entry.replaced(digest=endorsed(plan, role, entry))
    entries: tuple[Endorsement, ...] = getattr(plan, role)
    place = next((index for index, other in enumerate(entries) if other.name == entry.name), len(entries))
    opened = _opened(before, file)
    if place < len(entries):
        opened = replace_entry(opened, (role, place), _typed(entry))
    else:
        opened = add_entry(opened, (role,), _typed(entry))
    wanted: Any = {role: (*entries[:place], entry, *entries[place + 1 :])}
    return _bytes(before, opened, plan.replaced(**wanted))


def amended(
    before: bytes, plan: Plan, signoff: Signoff, reason: Sequence[str], file: str = _ANY, *, partly: bool = False
) -> bytes:
    """The bytes of a plan as a draft of its next revision, its sign-off among the earlier ones. `partly`: the revision
    amends and supplements the signed document, and does not replace it."""
    ended = Earlier(
        number=signoff.number,
        date=signoff.date,
        signer=signoff.signer,
        position=signoff.position,
        issuer=signoff.issuer,
        partly=partly,
        digest=signoff.digest,
        reason=tuple(reason),
        reviewed=plan.reviewed,
        approved=plan.approved,
    )
    opened = _opened(before, file)
    comments: list[str] = []
    for name in ("reviewed", "approved", "signoff" if plan.earlier else "earlier"):  # an empty list gives way too
        opened, found = drop(opened, (name,))
        comments += found
    if plan.earlier:
        opened = add_entry(opened, ("earlier",), _typed(ended), comments)
    else:
        opened = turn_field(opened, "signoff", "earlier", [_typed(ended)], comments)
    wanted = plan.replaced(reviewed=(), approved=(), signoff=None, earlier=(*plan.earlier, ended))
    return _bytes(before, opened, wanted)


def _opened(before: bytes, file: str) -> YamlFile:
    return YamlFile(file, decode(before), Plan)


def _bytes(before: bytes, edited: YamlFile, wanted: Plan) -> bytes:
    """The bytes of the edited file. UserError if they can't be read as the plan that was wanted."""
    content = encode(edited.text, before)
    document = read_content(content, edited.name)
    if document.value is None and document.diagnostics:
        raise UserError(document.diagnostics[0].message, document.diagnostics[0].hint)
    if document.value != wanted:
        raise odd_layout(edited.name)
    return content


def _typed(value: Any) -> dict[str, Value]:
    """An entry as it is typed: without empty fields, a list of one line as a line."""
    told = dict(value)
    return {name: _value(name, part) for name, part in told.items() if part is not None and part not in ((), False)}


def _value(name: str, value: Any) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, tuple):
        return str(value)
    parts = [part if isinstance(part, str) else _typed(part) for part in value]
    first = parts[0]
    is_line = isinstance(first, str) and first == first.strip() != "" and "\n" not in first
    return first if len(parts) == 1 and is_line and name != "parts" else parts
