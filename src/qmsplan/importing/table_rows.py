"""Rows of a table of which each is an item, heads the items below it, or adds them up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from qmsplan.importing.column_words import ADDED, is_total
from qmsplan.importing.columns import ChosenColumn
from qmsplan.importing.lines import GridCell, GridRow, TextLine
from qmsplan.importing.making import (
    Branch,
    amount,
    branches,
    decimal,
    fits,
    guess,
    has_bullet,
    names_objective,
    new_item,
    split_ordinal,
)
from qmsplan.importing.table_cells import (
    INHERITED,
    LONGEST_NUMBER,
    WHOLE,
    ReadTable,
    TableRest,
    fill_cell,
    heading_of,
    is_of_amounts,
    stored_columns,
)
from qmsplan.model.table import money_text
from qmsplan.model.text import ROMAN, plain

_STORES = ("plan", "horizons", "results", "schedule")
"""Where the values of periods go."""


def read_rows(source: ReadTable, branch: Branch) -> TableRest:
    """Reads the rows of a table into a branch."""
    return _Rows(source, branch).read()


class _Rows:
    """Reads rows of which each is an item, a group or a sum."""

    def __init__(self, source: ReadTable, branch: Branch) -> None:
        self.source, self.branch = source, branch
        self.groups: list[tuple[int, Branch]] = []
        self.items: list[tuple[str, Branch]] = []
        self.last: Branch | None = None
        self.siblings: list[Branch] = []
        """The list that the last item stands in."""
        self.parent: Branch | None = None
        """The item whose number reaches over the rows that follow."""
        self.parts_left = 0
        self.free: list[list[str]] = []
        self.adds_up = False
        self.sums: list[TypedSums] = []

    def read(self) -> TableRest:
        """Reads all rows into the branch."""
        last = max((at for at, row in enumerate(self.source.rows) if row.filled), default=-1)
        rows = self.source.rows[: last + 1]
        for at, row in enumerate(rows):
            self.row(row, [one for one in rows[at + 1 :] if one.filled])
        self.source.making.sums += differences(self.sums, self.source.columns)
        return TableRest(self.free, len(self.source.rows) - 1 - last, self.adds_up)

    def row(self, row: GridRow, below: Sequence[GridRow]) -> None:
        if not row.filled:
            return
        number = self.source.number(row).strip(" .)")
        if follows := self.follows_group(number):
            self.groups.pop()
            self.items = []
        has_sums = bool(typed_sums(row, self.source.columns))
        group = self.summed_group(row, below) or (None if has_sums else self.group_of(row, below))
        if follows and below and len(row.filled) == 2 and is_part_of(self.source.number(below[0]), number):
            group = self.source.number(row), row.filled[1].lines
        if is_total_row(row):
            self.total(row)
        elif group is not None and not (group[0] or below or has_sums) and self.last is not None:  # `Ghi chú: …`
            self.free.append([row.filled[0].text, *([""] * (len(self.source.columns) - 1))])
        elif group is not None:
            self.open_group(*group)
            self.sum_up(row)
            for cell, column in self.shared(row, is_group=True):
                fill_cell(self.groups[-1][1], column, cell, self.source)
        elif self.goes_on(row):
            if self.is_measured_again(row):
                self.add_measure()
            self.more(row)
        else:
            self.item(row)

    def follows_group(self, number: str) -> bool:
        """Whether a number is the next one of the innermost group, whose items are parts of its own number: `2` behind
        `1` with `1.1` and `1.2`, or with `a` and `b`."""
        if not (self.groups and self.items and number.isdecimal()):
            return False
        above = str(self.groups[-1][1].get("number", "")).strip(" .)")
        is_next = above.isdecimal() and int(number) == int(above) + 1
        return is_next and all(is_part_of(one, above) for one, _ in self.items)

    def summed_group(self, row: GridRow, below: Sequence[GridRow]) -> tuple[str, list[TextLine]] | None:
        """Number and text of a heading that has the sums of the rows below it; None for a row of another kind."""
        text = self.source.cell(row, "text")
        if text is None or not heads_rows(row, below, self.source, self.numbers()):
            return None
        return self.source.number(row), text.lines

    def group_of(self, row: GridRow, below: Sequence[GridRow]) -> tuple[str, list[TextLine]] | None:
        """Number and text of a heading over the items below it; None for a row of another kind."""
        is_above_them = is_above(row, below, self.source, self.numbers())
        shared = [cell for cell, _ in self.shared(row, is_group=is_above_them)]
        filled = [cell for cell in row.filled if cell not in shared]
        if row.above or not filled or len(self.source.columns) < 2:
            return None
        match filled:
            case [one]:
                return self.lone_heading(row, one)
            case [number, text] if NUMBER.match(number.text.strip()) and self.is_numbered_heading(number, text):
                return number.text.strip(), text.lines
        return None

    def lone_heading(self, row: GridRow, one: GridCell) -> tuple[str, list[TextLine]] | None:
        """Number and text of a heading that is all a row says: over most of the table, in the column of numbers, or
        above the first item."""
        number = self.source.cell(row, "number")
        is_wide = one.width * 2 > self.source.width or (one.width > 1 and (len(row.cells) <= 2 or one is number))
        is_title = is_heading(one) and number in {one, None} and len(one.text) > 3
        if is_wide or is_title or (one is number and len(one.text) > LONGEST_NUMBER):
            return heading_of(one)
        is_first = one is self.source.cell(row, "text") and is_heading(one) and self.last is None
        return ("", one.lines) if is_first else None

    def is_numbered_heading(self, number: GridCell, text: GridCell) -> bool:
        """Whether a number and a text alone in their row head the rows below: over most of the table, or in a table of
        more columns by their look."""
        count = len(self.source.columns)
        is_wide = text.width > 1 and text.width * 2 > self.source.width - 1
        is_letter = bool(re.match(r"^([IVXLC]+|[A-Z])\b", number.text.strip()))
        return is_wide or (count > 2 and is_heading(text)) or (count > 3 and is_letter)

    def shared(self, row: GridRow, *, is_group: bool) -> list[tuple[GridCell, ChosenColumn]]:
        """The cells of a row with a letter or Roman number that say who or when and reach over rows below it, so that
        they may be a group's; all of them if it is one."""
        if not is_high(self.source.number(row), self.numbers()):
            return []
        columns = [one for one in self.source.columns if one.field in OF_HEADING]
        cells = [(cell, one) for one in columns if (cell := one.heading.cell(row))]
        return [(cell, one) for cell, one in cells if (is_group or cell.height > 1) and cell.lines]

    def numbers(self) -> list[str]:
        """The numbers of the groups that are open."""
        return [str(group.get("number", "")) for _, group in self.groups]

    def sum_up(self, row: GridRow) -> None:
        """Notes the sums of a heading: those of money are added up again, others stay with the group as typed."""
        group = self.groups[-1][1]
        for at, cell in typed_sums(row, self.source.columns, counts_targets=True).items():
            column = self.source.columns[at]
            if column.field != "budget":
                column = column._replace(store="horizons" if column.store == "plan" else column.store)
                fill_cell(group, column, cell, self.source)
        self.note_sums(row, group)

    def note_sums(self, row: GridRow, *branches: Branch) -> None:
        """Notes the money of a row that adds up the items of one of some branches."""
        found = typed_sums(row, self.source.columns)
        money = {at: cell.text for at, cell in found.items() if self.source.columns[at].field == "budget"}
        if money and branches:
            self.adds_up = True
            words = " ".join(cell.text for cell in row.filled if cell.text not in money.values())
            self.sums.append(TypedSums(words, branches, money))

    def note_whole(self, row: GridRow, item: Branch) -> None:
        """Notes what a column of sums beside those of the sources has for an item; without such sources it is the
        item's amount."""
        columns = self.source.columns
        for at, cell in typed_sums(row, columns).items():
            heading = columns[at].heading
            is_whole = columns[at].period == WHOLE or (heading.under and is_total(heading.title))
            if columns[at].field == "budget" and is_whole:
                item.setdefault("budget", [{"amount": amount(cell.text)}])
                self.sums.append(TypedSums(str(item.get("text", "")), ({"tasks": [item]},), {at: cell.text}))

    def open_group(self, number: str, lines: list[TextLine]) -> None:
        group = new_item(number, lines)
        rank = self.close_groups(number)
        holder = self.groups[-1][1] if self.groups else self.branch
        is_objective = names_objective(number) and self.source.kind == "tasks"
        if is_objective:
            guess(group)
        else:
            for item in holder.get(self.source.kind, ()):
                guess(item)  # it stands above the group, and is printed below it
        holder.setdefault("objectives" if is_objective else "groups", []).append(group)
        self.groups.append((rank, group))
        self.items, self.last, self.parent = [], None, None

    def close_groups(self, number: str) -> int:
        """Closes the groups that end where an item or a group with a number begins; the rank of the number."""
        rank = rank_of_number(number, self.numbers())
        while self.groups and self.groups[-1][0] >= rank:
            self.groups.pop()
        return rank

    def total(self, row: GridRow) -> None:
        """A row of sums. Money is added up again when it is printed; what else the row says stands beside its sum."""
        columns = self.source.columns
        sums = {c.heading.column for c in columns if c.field == "budget"}
        texts = [(cell.text if (cell := c.heading.cell(row)) else "") for c in columns]
        if sums and (any(cell.column in sums for cell in row.filled) or not any(map(amount, texts))):
            words = plain(row.filled[0].text)
            number = words.removeprefix("cộng").strip(" .")
            groups = [group for _, group in self.groups if plain(str(group.get("number", ""))).strip(" .)") == number]
            if words.startswith("tổng") or not self.groups:
                groups = [self.branch]
            elif not number:
                groups = [self.groups[-1][1], self.branch]  # either may be what is added up
            self.note_sums(row, *groups)
            self.adds_up = True
            texts = ["" if c.heading.column in sums else text for c, text in zip(columns, texts, strict=True)]
        if any(text and not is_total(text) and text != row.filled[0].text for text in texts) or not sums:
            self.free.append(texts)

    def goes_on(self, row: GridRow) -> bool:
        """Whether a row has more of the item above: neither its number nor its text begins here."""
        if self.last is None:
            return False
        text = self.source.said(row, "text")
        if self.source.said(row, "number"):
            return False
        if text is None:
            return True
        alone = all(cell is text for cell in row.filled)
        return alone and text.lines[0].text[:1].islower()  # the end of a sentence that a page break cut

    def is_measured_again(self, row: GridRow) -> bool:
        """Whether a row below an objective has a target in a unit of its own: `30.000 cây` below `150 ha`."""
        has_both = self.source.said(row, "unit") and self.source.said(row, "target")
        return self.last is not None and "unit" in self.last and bool(has_both)

    def add_measure(self) -> None:
        """Begins a further objective beside the one above, with the same text."""
        assert self.last is not None  # noqa: S101
        self.last = {"text": self.last.get("text", "")}
        guess(self.last)
        self.siblings.append(self.last)

    def more(self, row: GridRow) -> None:
        assert self.last is not None  # noqa: S101
        for column in self.source.columns:
            cell = column.heading.cell(row)
            if cell is not None and cell.lines:
                fill_cell(self.last, column, cell, self.source)

    def item(self, row: GridRow) -> None:
        if beside := self.source.said(row, "group"):
            self.groups = []
            self.open_group(*heading_of(beside))
        number, text = self.source.said(row, "number"), self.source.cell(row, "text")
        item: Branch = {"number": number.text} if number else {}
        if number and text and text.height < number.height:
            self.parent, self.parts_left = item, number.height
            self.place(self.parent)
            item = {}
        elif number:
            self.parent = None
        self.fill(item, row)
        self.note_whole(row, item)
        self.last = item
        if self.parent is not None and self.parts_left:
            self.parts_left -= 1
            self.siblings = self.parent.setdefault("activities", [])
            self.siblings.append(item)
            return
        if "number" not in item and "number" not in self.source.fields:
            found, rest = split_ordinal(str(item.get("text", "")))
            item |= {"number": found, "text": rest} if found else {}
        self.place(item)

    def fill(self, item: Branch, row: GridRow) -> None:
        """Gives an item what stands in the cells of its row; the one above it what reaches over all its parts."""
        for column in sorted(self.stored(row), key=is_of_amounts):
            cell = self.owned(row, column)
            if cell is None or column.field in {"number", "group"} or not cell.lines:
                continue
            holder = self.parent if self.parent is not None and cell.height >= self.parts_left > 1 else item
            for over in self.reached(cell, column, row):
                fill_cell(holder, over, cell, self.source)
            if column.store and cell.width > column.heading.width:
                guess(holder, next(name for name in _STORES if name in holder))

    def reached(self, cell: GridCell, column: ChosenColumn, row: GridRow) -> Sequence[ChosenColumn]:
        """The columns that a cell gives its value to: a bar over months to each of them, a value over quarters to the
        last one, by the end of which it is to be attained; a time over begin and end to the end, and so what says only
        how often."""
        over = [one for one in self.source.columns if cell.column <= one.heading.column < cell.column + cell.width]
        if column.field == "start":
            end = next((one for one in self.source.columns if one.field == "deadline"), column)
            is_alone = not ((beside := end.heading.cell(row)) and beside.lines)
            return [end if end in over or (is_alone and fits("frequency", cell.text)) else column]
        if not column.store:
            return [column]
        over = [one for one in over if one.store]
        return over if column.store == "schedule" else [over[-1]._replace(store=column.store, value=column.value)]

    def stored(self, row: GridRow) -> Sequence[ChosenColumn]:
        """The columns with the place where this item's values of periods go."""
        held = {at: self.owned(row, one) for at, one in enumerate(self.source.columns) if one.store == "plan"}
        texts = {at: cell.text for at, cell in held.items() if cell and cell.lines}
        return stored_columns(row, self.source, texts)

    def owned(self, row: GridRow, column: ChosenColumn) -> GridCell | None:
        """The cell of a column: one that starts here, or one from above that holds for this row too."""
        cell = column.heading.cell(row)
        if cell is not None:
            return cell
        above = next((c for at, c in row.above.items() if column.heading.is_over(at)), None)
        is_shared = above is not None and column.field not in {"number", "text"}
        return None if not is_shared or (self.parent is not None and self.parts_left) else above

    def place(self, item: Branch) -> None:
        """Puts an item below the one whose number it goes on: `1.1` below `1`."""
        number = str(item.get("number", "")).strip(" .)")
        is_part = not number and has_bullet(str(item.get("text", ""))) and bool(self.items)
        while self.items and not is_part:
            above = self.items[-1][0]
            if is_part_of(number, above):
                break
            if is_high(above, ()) and number[:1].isdigit():
                break  # `1` below `I`, which says more than a heading does
            self.items.pop()
        if is_high(number, self.numbers()):
            self.close_groups(number)
        holder = self.items[-1][1] if self.items else self.groups[-1][1] if self.groups else self.branch
        self.siblings = holder.setdefault(self.source.kind, [])
        self.siblings.append(item)
        if number:
            self.items.append((number, item))


NUMBER = re.compile(r"^(?:[IVXLC]+|[A-Z]|\d+(?:\.\d+)*|[a-zđ])?\s*[.)/]?$")
"""What may stand alone in the column of numbers."""


def is_part_of(number: str, above: str) -> bool:
    """Whether a number goes on another one: `1.1` on `1`, and so `a`."""
    is_letter = bool(re.fullmatch(r"[a-zđ]\s*[.)]?", number) and re.fullmatch(r"[\d.]+", above))
    return is_letter or (bool(above) and number.startswith(f"{above}."))


class SumDifference(NamedTuple):
    """A sum that the rows below, or all rows, don't add up to: the row's words, the sum as typed, the sum of the
    rows: `Tổng cộng`, `2.400`, `2.337,5`."""

    row: str
    typed: str
    added: str


class TypedSums(NamedTuple):
    """The sums of money of a row: its words, the branches of which it adds up the items of one, the sums by the place
    of the column."""

    row: str
    branches: Sequence[Branch]
    sums: Mapping[int, str]


def typed_sums(row: GridRow, columns: Sequence[ChosenColumn], *, counts_targets: bool = False) -> dict[int, GridCell]:
    """The cells of a row with sums, by the place of their column: of money, weights and scores, and if wished of what
    is to be attained; and with what stands beside them: `Tổng mức đầu tư`."""
    cells = [(at, column, column.heading.cell(row)) for at, column in enumerate(columns)]
    figures = {at: cell for at, column, cell in cells if cell and amount(_bare(column, cell.text))}
    beside = {at for at in figures if columns[at].store or columns[at].field.startswith("fields.")}
    named = {at for at in figures if columns[at].field in ADDED}
    if counts_targets:
        named |= {at for at in figures if columns[at].store or columns[at].field == "target"}
    return {at: cell for at, cell in figures.items() if named and at in named | beside}


def are_sums_of(row: GridRow, below: Sequence[GridRow], columns: Sequence[ChosenColumn]) -> bool:
    """Whether every sum of a row is that of the rows below it."""
    sums = typed_sums(row, columns, counts_targets=True)
    added = [typed_sums(one, columns, counts_targets=True) for one in below]
    return bool(sums) and all(
        decimal(_bare(columns[at], cell.text))
        == sum(decimal(_bare(columns[at], one[at].text)) for one in added if at in one)
        for at, cell in sums.items()
    )


def _bare(column: ChosenColumn, text: str) -> str:
    """The figure in a cell: of weights without their sign, `40` of `40%`."""
    return text.rstrip(" %") if column.field == "weight" else text


def differences(rows: Sequence[TypedSums], columns: Sequence[ChosenColumn]) -> Iterator[SumDifference]:
    """The sums of money that the items don't add up to."""
    is_parted = all(column.heading.under or column.period for column in columns if column.field == "budget")
    if sum(column.field == "budget" for column in columns) > 1 and not is_parted:
        return  # which of the amounts each column has is not known
    for row in rows:
        for at, typed in row.sums.items():
            period = columns[at].period
            source = columns[at].heading.title if columns[at].heading.under and not period else ""
            source = "" if is_total(source) else source
            added = [_added(branch, source, period.strip(WHOLE)) for branch in row.branches]
            if decimal(typed) not in added:
                yield SumDifference(row.row, typed, money_text(added[-1]))


def _added(branch: Branch, source: str, period: str) -> Decimal:
    """The money of all items below a branch, of one source and year or of all."""
    parts = (part for _, item in branches(branch) for part in item.get("budget", ()))
    meant = (one for one in parts if source in {"", one.get("source")} and period in {"", one.get("period")})
    return sum((decimal(part["amount"]) for part in meant), Decimal(0))


def is_total_row(row: GridRow) -> bool:
    """Whether a row is called one of sums, in its first cell or behind its number: `Tổng cộng`."""
    filled = row.filled
    return is_total(filled[0].text) or (len(filled) > 1 and len(filled[0].text) < 4 and is_total(filled[1].text))


def is_heading(cell: GridCell) -> bool:
    """Whether a cell looks like a heading: bold, or in capitals."""
    return all(line.is_bold or line.is_upper for line in cell.lines)


def rank_of_number(number: str, above: Sequence[str]) -> int:
    """How high a group stands: `A` above `I`, `I` above `1`, and these above groups without number."""
    bare = number.strip(" .)/")
    if not bare:
        return 90
    if bare.isalpha() and bare.isupper() and (bare.lower() not in ROMAN or _follows(bare, above)):
        return 10
    if bare.lower() in ROMAN:
        return 20
    return 30 + bare.count(".") if bare[0].isdigit() else 60


def _follows(letter: str, above: Sequence[str]) -> bool:
    return len(letter) == 1 and any(
        len(one.strip(" .)")) == 1 and ord(letter) - ord(one.strip(" .)")) == 1 and one[0] not in "IVX" for one in above
    )


def is_high(number: str, groups: Sequence[str]) -> bool:
    """Whether a number is a letter or Roman, as those of headings are. `groups` are the numbers of the groups around
    it."""
    return 10 <= rank_of_number(number, groups) <= 20


def is_above(row: GridRow, below: Sequence[GridRow], source: ReadTable, groups: Sequence[str]) -> bool:
    """Whether the row below one with a letter or Roman number is numbered lower, or not at all."""
    number = source.number(row)
    rank = rank_of_number(number, groups)
    return bool(below) and is_high(number, groups) and rank < rank_of_number(source.number(below[0]), [number])


def heads_rows(row: GridRow, below: Sequence[GridRow], source: ReadTable, groups: Sequence[str]) -> bool:
    """Whether a row with sums heads the rows below it: it has nothing but number, text and sums, rows of a lower rank
    follow, and it has a letter, a Roman number or a text that looks like a heading, or its sums are those of these
    rows. One with a letter or Roman number may say who and when too, or have the sums of what the rows are to
    attain."""
    text, number = source.cell(row, "text"), source.number(row)
    rank = rank_of_number(number, groups)
    named = typed_sums(row, source.columns)
    sums = named or (typed_sums(row, source.columns, counts_targets=True) if is_high(number, groups) else {})
    beside = [source.cell(row, name) for name in ("number", *(OF_HEADING if is_high(number, groups) else ()))]
    said = [cell for cell in row.filled if cell not in sums.values() and cell not in beside]
    if row.above or text is None or said != [text] or not NUMBER.match(number) or not below or is_total_row(below[0]):
        return False
    ranks = [rank_of_number(source.number(one), [number]) for one in below]
    if not sums or (ranks[0] <= rank and not (not number and source.number(below[0]))):
        return False
    end = next((at for at, one in enumerate(ranks) if one <= rank or is_total_row(below[at])), len(below))
    parts = [one for one, its in zip(below[:end], ranks, strict=False) if its == ranks[0]]
    is_sure = bool(named) and (is_heading(text) or is_high(number, groups))
    return is_sure or are_sums_of(row, parts, source.columns)


OF_HEADING = INHERITED | {"unit"}
"""Details that a heading with a letter or Roman number may have for the rows below it."""
