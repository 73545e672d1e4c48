"""Where a change of a text goes, and in what layout: marks turned into edits.

Every edit keeps to the place of its entry. New lines take the layout of the file: how deep fields and dashes stand,
how long lines get, which quotation mark is used, brackets beside brackets, and the line ends of the lines around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from qmsplan.load.document import BLOCKS, Source
from qmsplan.model.fields import FileModel
from qmsplan.yaml_edit.emit import (
    LEAST,
    UNKNOWN,
    UNLIMITED,
    WIDTH,
    Field,
    Layout,
    Value,
    emit,
    field_of,
    indent_of,
    is_foldable,
    key,
    mapping,
    node_of,
    part_of,
    scalar,
    sequence,
)
from qmsplan.yaml_edit.nodes import YamlBranch, YamlEntry, YamlLeaf, YamlNode, cuts, find_notes, last_in, read_nodes

_BESIDE = re.compile(r" +(?P<comment>#[^\n]*)")


class Edit(NamedTuple):
    """What stands from `start` to `end` gives way to `text`."""

    start: int
    end: int
    text: str


def end_of_node(node: YamlNode) -> int:
    """Where the last thing in a node ends; the parser lets blocks end where the next thing starts."""
    if isinstance(node, YamlLeaf) or node.is_flow or not node.entries:
        return node.end
    return end_of_node(node.entries[-1].node)


def next_line(text: str, end: int) -> int:
    """The start of the line below what ends at `end`; blocks of text end there themselves."""
    return end if text[end - 1] == "\n" else text.find("\n", end) + 1 or len(text)


class MarkedText:
    """A text with its tree and its comments; it makes the edits of a change."""

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.root, self.entries = read_nodes(source)
        self.notes = [note for note in find_notes(source) if note.text]

    @cached_property
    def layout(self) -> Layout:
        """How the file's own lines are laid out; the canonical layout where it does not show."""
        blocks = [entry for entry in self.entries if _is_block(entry.node) and not entry.parent.is_list]
        blocks.sort(key=lambda entry: entry.parent is not self.root)
        depths = {is_list: _depth(entry for entry in blocks if _is_list(entry) is is_list) for is_list in (True, False)}
        return Layout(depths[False], depths[True], 2, self._width(), self._quote())

    @property
    def _brackets(self) -> Layout:
        """The layout inside of brackets, where nothing is indented."""
        return self.layout._replace(step=0, dash=0, offset=0)

    def _quote(self) -> str:
        """The quotation mark that most quoted texts have."""
        styles = [entry.node.style for entry in self.entries if isinstance(entry.node, YamlLeaf)]
        return "'" if styles.count("'") > styles.count('"') else '"'

    def _width(self) -> int:
        """The columns of a line: no limit where long texts stand on one line; what folded texts keep to; else ours."""
        leaves = [entry.node for entry in self.entries if isinstance(entry.node, YamlLeaf)]
        folded = [self.text[leaf.start : leaf.end].splitlines()[1:] for leaf in leaves if leaf.style == ">"]
        if breaks := [pair for lines in folded for pair in pairwise(lines) if all(map(str.strip, pair))]:
            least = max(len(line) for pair in breaks for line in pair)
            most = min(len(line) + 1 + len(below.split()[0]) for line, below in breaks)
            return max(LEAST, WIDTH if least <= WIDTH < most else least)
        is_long = any(
            leaf.style not in BLOCKS and self._column(leaf.end) > WIDTH and is_foldable(leaf.value or "")
            for leaf in leaves
        )
        return UNLIMITED if is_long else WIDTH

    def next_item(self, node: YamlBranch, field: Field, value: Value, above: Sequence[str] = ()) -> list[Edit]:
        """An item behind the last one of a list that has some."""
        if node.is_flow:
            return [*self._hoisted(node.entries[-1], above), *self._next_in_brackets(node, self._flow(value, field))]
        return [self.next_items(node, field, [value], above)]

    def next_items(self, node: YamlBranch, field: Field, values: Sequence[Value], above: Sequence[str] = ()) -> Edit:
        """Items on lines of their own behind the last one of a list that has some."""
        last = node.entries[-1]
        inner = last.node
        dash = f"{' ' * last.column}- "
        if isinstance(inner, YamlBranch) and inner.is_flow:
            lines = [f"{dash}{self._flow(value, field)}" for value in values]
        else:
            layout = self.layout._replace(offset=self._offset(last))
            quoted = set(self._needlessly_quoted(inner, field))
            items = [node_of(value, field, quoted=quoted) for value in values]
            lines = emit(sequence(items), layout, last.column - layout.dash)
        if self._are_parted(node.entries):  # an item starts at the dash, all below it stands further in
            lines = [part for line in lines for part in (["", line] if line.startswith(dash) else [line])]
            if self._keeps_blanks(last):
                del lines[0]
        head = [lines.pop(0)] if lines[0] == "" else []
        lines = [*head, *_indented(above, last.column), *lines]
        return self._lines_at(self._below(inner, last.column), lines)

    def first_item(self, entry: YamlEntry, field: Field, value: Value, above: Sequence[str] = ()) -> list[Edit]:
        """The first item of a list that is empty: below its key, or in the brackets if they are not plainly `[]`."""
        node = entry.node
        if isinstance(node, YamlBranch) and (
            entry.parent.is_flow or self.text[node.start : node.end].strip("[ ]") or not node.is_list
        ):
            return [*self._hoisted(entry, above), Edit(node.end - 1, node.end - 1, self._flow(value, field))]
        return self.new_value(entry, field, [value], above)

    def new_field(
        self, owner: YamlBranch, model: type[FileModel] | None, name: str, value: Value, above: Sequence[str] = ()
    ) -> list[Edit]:
        """A field that a mapping did not have: behind the nearest of those that the model puts before it.

        A list or mapping of the outermost mapping gets a blank line where the file parts its blocks by some; and the
        first list of a file always does. `above` its first item: comments."""
        siblings, field = owner.entries, field_of(model, name)
        before = _field_before(owner, model, field)
        if owner.is_flow:
            pair = self._flow_pair(name, value, field)
            comments = self._hoisted(siblings[0], above) if siblings else []
            if before:
                end = end_of_node(before.node)
                return [*comments, Edit(end, end, f", {pair}")]
            at = siblings[0].start if siblings else owner.end - 1
            return [*comments, Edit(at, at, f"{pair}, " if siblings else pair)]
        lines = emit(mapping([(key(name), node_of(value, field))]), self.layout, owner.column)
        lines[1:1] = _indented(above, owner.column + self.layout.dash)
        if not before:
            start = siblings[0].start
            return [Edit(start, start, self._newline(start).join([*lines, " " * owner.column]).lstrip(" "))]
        at = self._below(before.node, owner.column)
        if owner is self.root and not isinstance(value, str) and not self._keeps_blanks(before):
            lines = self._parted(at, lines)
        return [self._lines_at(at, lines)]

    def new_value(self, entry: YamlEntry, field: Field, value: Value, above: Sequence[str] = ()) -> list[Edit]:
        """Another value behind a colon or dash. `above` its first item: comments."""
        node, text = entry.node, self.text
        end = end_of_node(node)
        if entry.parent.is_flow:
            space = " " if text[node.start - 1] in ":-" else ""
            inside = self._comments(node.start, end)
            shown = space + self._flow(value, field, is_quoted=self._may_cut(entry))
            return [*self._hoisted(entry, [*inside, *above]), Edit(node.start, end, shown)]
        first, rest = self._lines_behind(entry, field, value)
        if rest and isinstance(value, str) and self._below(node, entry.column) > next_line(text, end):
            # a comment below would become text of the block
            first, rest = f" {self._flow(value, field, is_quoted=self._may_cut(entry))}", []
        if rest:
            rest = [*_indented(above, indent_of(rest[0])), *rest]
        if "\n" in text[entry.mark : node.start] and (rest or _is_block(node)):
            start, stop = next_line(text, entry.mark), next_line(text, end)
            comments = self._hoisted(entry, self._comments(start, stop))
            return [*comments, Edit(entry.mark, entry.mark, first.rstrip()), self._lines_instead(start, stop, rest)]
        start = node.start if first and node.start > entry.mark else entry.mark
        shown = first.strip() if start > entry.mark else first
        if isinstance(node, YamlLeaf) and node.style in BLOCKS:
            head = node.header_end(text)
            return [Edit(start, head, shown), self._lines_instead(next_line(text, head), end, rest)]
        comments = self._hoisted(entry, self._comments(node.start, end))
        if _is_block(node):  # fields on the line of a dash: what is new ends where the last of them does
            return [*comments, Edit(start, end, self._newline(end).join([shown, *rest]))]
        at = self._below(node, entry.column)
        return [*comments, Edit(start, end, shown), *([self._lines_at(at, rest)] if rest else [])]

    def other_field(
        self, entry: YamlEntry, name: str, field: Field, value: Value, above: Sequence[str] = ()
    ) -> list[Edit]:
        """A field in the place of another one, whose comments stay above it."""
        end = end_of_node(entry.node)
        if entry.parent.is_flow:
            comments = [*self._comments(entry.start, end), *above]
            return [*self._hoisted(entry, comments), Edit(entry.start, end, self._flow_pair(name, value, field))]
        column = entry.parent.column
        start, end = self._line_start(entry.start), next_line(self.text, end)
        lines = emit(mapping([(key(name), node_of(value, field))]), self.layout, column)
        lines[1:1] = _indented(above, column + self.layout.dash)
        return [self._lines_instead(start, end, [*_indented(self._comments(start, end), column), *lines])]

    def without(self, entry: YamlEntry, *, keeps_comments: bool) -> tuple[list[Edit], tuple[str, ...]]:
        """An entry taken out, and the comments that went with it; or they stay, on lines of their own."""
        siblings, end = entry.parent.entries, end_of_node(entry.node)
        place = siblings.index(entry)
        follower = siblings[place + 1] if place + 1 < len(siblings) else None
        is_first_behind_dash = bool(self.text[self._line_start(entry.start) : entry.start].strip())
        if len(siblings) == 1:
            start, end, left = self._all_of(entry.parent)
        elif entry.parent.is_flow or is_first_behind_dash:
            start = entry.start if follower else end_of_node(siblings[place - 1].node)
            end, left = follower.start if follower else end, ""
        else:
            start, end = self._line_start(entry.start), self._below(entry.node, entry.column)
            comments = self._comments(start, end)
            if keeps_comments:
                return [self._lines_instead(start, end, _indented(comments, entry.column))], ()
            return [Edit(self._without_gap(start, end), end, "")], tuple(comments)
        comments = self._comments(start, end)
        if keeps_comments:
            return [*self._hoisted(entry, comments), Edit(start, end, left)], ()
        return [Edit(start, end, left)], tuple(comments)

    def _all_of(self, branch: YamlBranch) -> tuple[int, int, str]:
        """What is to go so that a mapping or list is empty, and what is left of it."""
        empty = "[]" if branch.is_list else "{}"
        if branch.is_flow or branch.owner is None:
            return branch.start, end_of_node(branch), empty
        end = end_of_node(branch)
        is_line = self.text[end - 1] == "\n"
        return branch.owner.mark, end, f" {empty}{self._newline(end) if is_line else ''}"

    def _without_gap(self, start: int, end: int) -> int:
        """Where to cut so that of two blank lines around what goes one is left."""
        before, after = self.text[:start], self.text[end:]
        gap = re.search(r"(?:(?<=\n)|^)[ \t]*\r?\n\Z", before)
        is_doubled = gap and (not after.strip() or re.match(r"[ \t]*\r?\n", after))
        return gap.start() if gap and is_doubled else start

    def _flow(self, value: Value, field: Field, *, is_quoted: bool = False) -> str:
        """A value on one line that may stand in brackets."""
        node = node_of(value, field, is_flow=True, is_quoted=is_quoted)
        (line,) = emit(sequence([node], is_flow=True), self._brackets)
        return line[1:-1]

    def _flow_pair(self, name: str, value: Value, field: Field) -> str:
        """A key and its value on one line that may stand in braces."""
        (line,) = emit(mapping([(key(name), node_of(value, field, is_flow=True))], is_flow=True), self._brackets)
        return line[1:-1]

    def _lines_behind(self, entry: YamlEntry, field: Field, value: Value) -> tuple[str, list[str]]:
        """What stands behind the colon or dash of an entry, with the spaces before it; and the lines below."""
        node = node_of(value, field, is_quoted=self._may_cut(entry))
        if entry.parent.is_list:
            layout = self.layout._replace(offset=self._offset(entry))
            lines = emit(sequence([node]), layout, entry.column - layout.dash)
            return lines[0].lstrip(" ")[1:], lines[1:]
        name = "k" * max(self._column(entry.mark) - entry.column - 1, 1)  # as long as the key in the file
        lines = emit(mapping([(key(name), node)]), self.layout, entry.column)
        return lines[0].lstrip(" ")[len(name) + 1 :], lines[1:]

    def _next_in_brackets(self, node: YamlBranch, new: str) -> list[Edit]:
        """An item behind the last one in brackets; on a line of its own where that one has one."""
        text, last = self.text, node.entries[-1]
        end, line_start = end_of_node(last.node), self._line_start(last.start)
        rest = re.compile(r"(?P<comma>\s*,)?(?P<rest>[ \t]*(?:#[^\n]*)?(?=\r?\n))?").match(text, end)
        has_comma, has_line = bool(rest and rest["comma"]), bool(rest and rest["rest"] is not None)
        comma = [] if has_comma else [Edit(end, end, ",")]
        if rest and has_line and not text[line_start : last.start].strip():
            at = text.find("\n", rest.end()) + 1
            line = text[line_start : last.start] + new + ("," if has_comma else "")
            return [*comma, self._lines_at(at, [line])]
        return [Edit(end, end, f", {new}")]

    def _may_cut(self, entry: YamlEntry) -> bool:
        """Whether a comment beside a value would be taken for a part of it (QP009) if that became plain text."""
        node = entry.node
        if isinstance(node, YamlBranch):
            end = node.end if node.is_flow else entry.mark
        elif node.value is not None and not node.style:
            return False  # it is taken for a part of the text that stands there now
        else:
            end = node.header_end(self.text)
        beside = _BESIDE.match(self.text, end)
        return beside is not None and cuts(beside["comment"])

    def _comments(self, start: int, end: int) -> list[str]:
        """The comments between two marks."""
        return [note.text for note in self.notes if start <= note.start < end]

    def _hoisted(self, entry: YamlEntry, comments: Iterable[str]) -> list[Edit]:
        """Comments on lines of their own, above the line of an entry or of the brackets that it stands in."""
        branch = entry.parent
        start = entry.start
        while branch.is_flow:
            start = branch.owner.start if branch.owner else branch.start
            if branch.owner is None:
                break
            branch = branch.owner.parent
        at = self._line_start(start)
        lines = _indented(comments, indent_of(self.text[at:]))
        return [self._lines_at(at, lines)] if lines else []

    def _below(self, node: YamlNode, column: int) -> int:
        """The start of the line below a node and the comments right of `column` that belong to it."""
        end = next_line(self.text, end_of_node(node))
        comments = re.compile(rf"(?:(?:[ \t]*\r?\n)*[ ]{{{column + 1},}}#[^\n]*(?:\n|\Z))*")
        match = comments.match(self.text, end)
        return match.end() if match else end

    def _parted(self, at: int, lines: list[str]) -> list[str]:
        """Lines of a new block of the outermost mapping with the blank lines that part it from its neighbours."""
        before, after = self.text[:at], self.text[at:]
        has_blanks = re.search(r"\n[ \t]*\r?\n", self.text) is not None
        is_first = not any(isinstance(entry.node, YamlBranch) for entry in self.root.entries)
        if (has_blanks or is_first) and not re.search(r"\n[ \t]*\r?\n\Z", before):
            lines = ["", *lines]
        if has_blanks and self.root.entries[-1].start >= at and not re.match(r"[ \t]*\r?\n", after):
            lines = [*lines, ""]
        return lines

    def _are_parted(self, entries: Sequence[YamlEntry]) -> bool:
        """Whether there is a blank line between all entries of a list."""
        gaps = (
            self.text[next_line(self.text, end_of_node(one.node)) : other.start] for one, other in pairwise(entries)
        )
        return len(entries) > 1 and all(re.search(r"^[ \t]*\r?\n", gap, re.MULTILINE) for gap in gaps)

    def _keeps_blanks(self, entry: YamlEntry) -> bool:
        """Whether an entry ends with a text below `|+`: a blank line behind it would belong to the text."""
        node = last_in(entry.node)
        return (
            isinstance(node, YamlLeaf)
            and node.style in BLOCKS
            and "+" in self.text[node.start : node.header_end(self.text)]
        )

    def _offset(self, item: YamlEntry) -> int:
        """How far right of its dash an item's fields stand; the usual where they stand on lines below it."""
        if isinstance(item.node, YamlLeaf) or not item.node.entries:
            return 2
        first = item.node.entries[0]
        return 2 if "\n" in self.text[item.start : first.start] else first.start - item.start

    def _needlessly_quoted(self, node: YamlNode, field: Field) -> Iterator[str]:
        """The fields of a mapping whose texts stand in quotes without need: those of its new neighbour do too."""
        for entry in node.entries if isinstance(node, YamlBranch) and not node.is_list else ():
            leaf = entry.node
            if isinstance(leaf, YamlLeaf) and leaf.style in {"'", '"'} and leaf.value:
                plain = emit(sequence([scalar(leaf.value, part_of(field, entry.key).kind)]))
                if plain == [f"  - {leaf.value}"]:
                    yield entry.key

    def _column(self, index: int) -> int:
        return index - self._line_start(index)

    def _line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _newline(self, at: int) -> str:
        """The line end of the line before a mark, or that of the file."""
        if self.text[at - 1 : at] != "\n":
            return "\r\n" if "\r\n" in self.text else "\n"
        return "\r\n" if self.text[at - 2 : at] == "\r\n" else "\n"

    def _lines_at(self, at: int, lines: Sequence[str]) -> Edit:
        """New lines at the start of a line; where the file ends without a line end, it still does."""
        newline = self._newline(at)
        if at and self.text[at - 1] != "\n":
            return Edit(at, at, "".join(newline + line for line in lines))
        return Edit(at, at, "".join(line + newline for line in lines))

    def _lines_instead(self, start: int, end: int, lines: Sequence[str]) -> Edit:
        """Lines in the place of those from `start` to `end`."""
        if start == end:
            return self._lines_at(start, lines)
        return Edit(start, end, "".join(line + self._newline(start) for line in lines))


def _field_before(owner: YamlBranch, model: type[FileModel] | None, field: Field) -> YamlEntry | None:
    """The field that a new one of `owner` comes behind: the nearest of those that the model puts before it.

    Where the first of the model (`kind`, `item`) stands further down, the last of them: it heads the others."""
    places = [(field_of(model, entry.key).place, number) for number, entry in enumerate(owner.entries)]
    earlier = [place for place in places if place[0] < field.place or field is UNKNOWN]
    if not earlier:
        return None
    nearest, last = max(earlier)[1], earlier[-1][1]
    return owner.entries[last if min(places)[1] > nearest else nearest]


def _is_block(node: YamlNode) -> bool:
    """Whether a node is a mapping or list on lines of its own."""
    return isinstance(node, YamlBranch) and not node.is_flow


def _depth(entries: Iterable[YamlEntry]) -> int:
    """How much deeper than its key the value of the first of these entries stands."""
    first = next(iter(entries), None)
    return first.node.column - first.column if first and isinstance(first.node, YamlBranch) else 2


def _is_list(entry: YamlEntry) -> bool:
    return isinstance(entry.node, YamlBranch) and entry.node.is_list


def _indented(lines: Iterable[str], column: int) -> list[str]:
    return [" " * column + line for line in lines]
