"""Valid plans typed in every way that YAML allows: any style, indent, order of fields, comments and blank lines."""

from __future__ import annotations

import json
import unicodedata
from random import Random
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from qmsplan.diagnostics import ReadError
from qmsplan.load.files import find_forbidden
from qmsplan.load.yaml import read_yaml

NASTY = [
    "- a", "-", "--- a", "...", "a: b", "a:", ": a", "a # b", "a #b", "#a", "'a'", '"a"', 'a "b" c', "a'b", "\\",
    "a\\n", "1.10", "010", "0x1F", "1e3", "no", "Yes", "off", "null", "~", "true", "2026-04-14", "2026-04-14 10:00",
    "12:30", "98,5", ">98%", "100%", "%x", "@x", "`x`", "[a", "{a}", "a, b", "*x", "&x", "!x", "? a", "|", ">", "=",
    "<<", "x  y", " a", "a ", "a\tb", "\ta", "Đạt 100% chỉ tiêu: tốt", "😀", "\u00a0a", "ạ" * 130, "a " * 70,
    ("Kế hoạch " * 15).strip(),
    ("từ: " * 30).strip(), ("# " * 60).strip(), ("- " * 60).strip(), "x" * 90 + " " + "y" * 90, "a\nb", "a\n\nb\n",
    "  a\nb", "a\n  b", "a \nb ", "\na", "a\n\n\n", "- một;\n- hai.\n", ("dài " * 40).strip() + "\nngắn\n", "a\n\tb\n",
]  # fmt: skip

_words = st.sampled_from(
    ["Kế", "hoạch", "100%", "-", "#", ":", "a:", '"', "'", "x" * 30, "", "  ", "\n", "2026", "[", "{"]
)
phrases = st.lists(_words, min_size=1, max_size=40).map(" ".join)
letters = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t ạ"), max_size=40
)


@st.composite
def _texts(draw: st.DrawFn) -> str:
    text = unicodedata.normalize("NFC", draw(st.one_of(st.sampled_from(NASTY), phrases, letters)))
    assume(not find_forbidden(text))
    return text


texts = _texts()
some_texts = st.deferred(lambda: st.one_of(texts, st.lists(texts, max_size=3)))


ids = st.integers(0, 10**6).map(lambda number: f"M{number}")
deadlines = st.one_of(texts, st.fixed_dictionaries({"due": st.just("2026-06-30")}, optional={"text": texts}))
targets = st.fixed_dictionaries(
    {"comparator": st.sampled_from([">=", "<", "="]), "value": st.sampled_from(["98,5", "3.10", "12"])},
    optional={"unit": texts, "commitment": st.sampled_from(["true", "không"])},
)
people = st.one_of(texts, st.lists(st.one_of(texts, st.fixed_dictionaries({"unit": texts}, optional={"scope": texts}))))
leaves = st.fixed_dictionaries(
    {"id": ids, "text": some_texts},
    optional={
        "number": texts,
        "measures": some_texts,
        "note": some_texts,
        "lead": people,
        "deadline": deadlines,
        "target": st.one_of(texts, targets, st.lists(st.one_of(texts, targets), max_size=2)),
    },
)
items = st.recursive(
    leaves,
    lambda inner: st.fixed_dictionaries(
        {"id": ids, "text": some_texts},
        optional={"note": texts, "tasks": st.lists(inner, max_size=3), "activities": st.lists(inner, max_size=2)},
    ),
    max_leaves=4,
)
seals = st.just("qmsplan-1:sha256:0123456789abcdef")
plans = st.fixed_dictionaries(
    {
        "kind": st.just("plan"),
        "id": st.sampled_from(["KH", "2026", "1.10"]),
        "template": texts,
        "head": st.fixed_dictionaries({"type": texts}, optional={"title": some_texts, "symbol": texts}),
    },
    optional={
        "period": st.sampled_from(["2026", "2026-2030", "2026-Q1"]),
        "form": st.sampled_from(["true", "false"]),
        "basis": some_texts,
        "preamble": some_texts,
        "tasks": st.lists(items, max_size=3),
        "recipients": some_texts,
        "signoff": st.fixed_dictionaries(
            {"number": texts, "date": st.sampled_from(["2026-02-09", "9/2/2026"])},
            optional={"signer": texts, "position": some_texts, "digest": seals, "parts": st.lists(texts, max_size=3)},
        ),
        "earlier": st.lists(
            st.fixed_dictionaries(
                {"number": texts, "date": st.just("2026-01-05"), "reason": some_texts}, optional={"digest": seals}
            ),
            max_size=2,
        ),
    },
)
records = st.fixed_dictionaries(
    {"kind": st.just("progress"), "plan": st.just("KH")},
    optional={
        "unit": texts,
        "readings": st.lists(
            st.fixed_dictionaries(
                {"item": ids, "period": st.just("2026-Q1"), "recorded": st.just("2026-04-14")},
                optional={
                    "numerator": st.sampled_from(["0", "012", "231"]),
                    "value": st.sampled_from(["98,7%", "1.10", "-3"]),
                    "evidence": some_texts,
                    "files": some_texts,
                },
            ),
            max_size=3,
        ),
    },
)
units = st.fixed_dictionaries({"code": ids, "name": texts}, optional={"aliases": some_texts, "parent": texts})
settings_files = st.fixed_dictionaries(
    {"kind": st.just("workspace")}, optional={"units": st.lists(units, max_size=3), "output": texts}
)
trees = st.one_of(plans, records, settings_files)


class Typist:
    """Types a tree as YAML, each part in one of the ways it may be typed, chosen by chance."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.comments = 0

    def file(self, tree: dict[str, Any]) -> str:
        """A whole file."""
        head = self.chance.choice(["", "# đầu tệp\n", "# đầu tệp\n\n# nữa\n", "---\n", "--- # đầu\n", "\n\n"])
        self.comments += head.count("#")
        foot = self.chance.choice(["", "# cuối\n", "\n# cuối\n\n", "...\n", "... # hết\n"])
        self.comments += foot.count("#")
        body = f"{self._flow(tree)}\n" if self.chance.random() < 0.1 else self._mapping(tree, 0)
        text = head + body + foot
        return text if self.chance.random() < 0.8 else text.replace("\n", "\r\n")

    def _maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def _comment(self) -> str:
        self.comments += 1
        return self.chance.choice(["# ghi chú", "#", "#!x", "# a: b", "#sát", "# - [x"]) + str(self.comments)

    def _between(self, indent: int) -> str:
        """Blank lines and comments at some indent."""
        parts = ["\n"] * self.chance.choice([0, 0, 0, 1, 3])
        if self._maybe(0.15):
            shift = self.chance.choice([0, 0, 0, 1, -1, 2, -indent])
            parts.append(" " * max(indent + shift, 0) + self._comment() + "\n")
        self.chance.shuffle(parts)
        return "".join(parts)

    def _end(self) -> str:
        spaces = self.chance.choice(["", "", "", " ", "   "])
        return (" " + self._comment() if self._maybe(0.1) else spaces) + "\n"

    def _mapping(self, tree: dict[str, Any], indent: int, *, dashed: bool = False) -> str:
        pairs = list(tree.items())
        if self._maybe(0.1):
            pairs.append((f"trống{self.chance.randrange(99)}", None))
        if self._maybe(0.4):
            self.chance.shuffle(pairs)
        lines = []
        for number, (key, value) in enumerate(pairs):
            between = "" if dashed and number == 0 else self._between(indent)
            start = "" if dashed and number == 0 else " " * indent
            typed = f"? {key}{self._end()}{' ' * indent}:" if self._maybe(0.1) else f"{key}:"
            lines.append(f"{between}{start}{typed}{self._value(value, indent)}")
        return "".join(lines)

    def _value(self, value: Any, indent: int, *, in_list: bool = False) -> str:
        """What stands behind a colon or a dash, with the line end."""
        if value is None:
            return self.chance.choice(["", " ~", " null"]) + self._end()
        if isinstance(value, str):
            return self._text(value, indent)
        if not value or self._maybe(0.15):
            return f" {self._flow(value)}{self._end()}"
        deeper = indent + self.chance.choice([1, 2, 2, 4])
        if isinstance(value, dict):
            if in_list and self._maybe(0.7):
                return f" {self._mapping(value, indent + 2, dashed=True)}"
            return self._end() + self._mapping(value, deeper)
        if not in_list and self._maybe(0.2):
            deeper = indent
        return self._end() + self._list(value, deeper)

    def _list(self, values: list[Any], indent: int) -> str:
        return "".join(
            f"{self._between(indent)}{' ' * indent}-{self._value(value, indent, in_list=True)}" for value in values
        )

    def _text(self, value: str, indent: int) -> str:
        ways = [
            self._quoted(value),
            json.dumps(value, ensure_ascii=False),
            json.dumps(unicodedata.normalize("NFD", value)),
            value.replace("\n", "\n" + " " * (indent + 1)),
        ]
        ways += [self._block(value, indent, sign) for sign in ("|", "|-", "|+", ">", ">-")]
        self.chance.shuffle(ways)
        for way in ways:
            if _reads_as(way, value, indent):
                is_block = way[0] in "|>" and "\n" in way
                return f" {way}" + ("\n" if is_block else self._end())
        return f" {json.dumps(value, ensure_ascii=False)}\n"

    def _quoted(self, value: str) -> str:
        return "'" + value.replace("'", "''").replace("\n", "\n\n   ") + "'"

    def _block(self, value: str, indent: int, sign: str) -> str:
        margin = " " * (indent + self.chance.choice([1, 2, 4]))
        comment = f" {self._comment()}" if self._maybe(0.05) else ""
        body = value.removesuffix("\n")
        if sign[0] == ">":
            body = body.replace("\n", "\n\n")
            words = body.split(" ")
            body = "".join(word + self.chance.choice([" ", " ", "\n"]) for word in words[:-1]) + words[-1]
        return f"{sign}{comment}\n" + "\n".join(margin + line if line else "" for line in body.split("\n"))

    def _flow(self, value: Any) -> str:
        if isinstance(value, str):
            is_plain = value.isalnum() and value.isascii() and self._maybe(0.5)
            return value if is_plain else json.dumps(value, ensure_ascii=False)
        gap = self.chance.choice([" ", " ", "\n      ", f" {self._comment()}\n       "]) if self._maybe(0.3) else " "
        if isinstance(value, dict):
            pairs = f",{gap}".join(f"{key}: {self._flow(entry)}" for key, entry in value.items())
            return "{" + gap + pairs + gap + "}"
        return "[" + gap + f",{gap}".join(self._flow(entry) for entry in value) + gap + "]"


def _reads_as(typed: str, value: str, indent: int) -> bool:
    try:
        return read_yaml(f"{' ' * indent}a: {typed}\n{' ' * indent}b: c\n").value == {"a": value, "b": "c"}
    except ReadError:
        return False
