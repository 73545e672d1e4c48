"""Responsibility phrases as documents type them: units, groups and roles, each with its scope and remarks.

`Lãnh đạo Phòng Nghiệp vụ đối với nội dung 1; các phòng có liên quan` names a unit with a post and a scope, and an open
group. `people_text` answers questions about places in a phrase, `people_find` says what the words at one place name,
and `read_mentions` walks over the phrase."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, partial

from qmsplan.model.inline import plain_text
from qmsplan.phrases.people_find import Finder
from qmsplan.phrases.people_mention import UNIT, UNKNOWN, Mention
from qmsplan.phrases.people_text import PeopleText
from qmsplan.phrases.people_words import OPENERS
from qmsplan.phrases.unit_names import NameMatch, Names, NameWord


def read_mentions(phrase: str, names: Names) -> tuple[Mention, ...]:
    """Whom a phrase names, in its order. Near names are looked for only if the phrase holds more than registered
    units."""
    text = PeopleText(plain_text(phrase))
    found = _Reader(Finder(text, names.exact)).read()
    if any(mention.kind != UNIT or mention.remark for mention in found) and names.has_near(text.words):
        found = _Reader(Finder(text, partial(_exact_or_near, names))).read()
    return tuple(found)


def _exact_or_near(
    names: Names, words: Sequence[NameWord], at: int, before: Sequence[str] = (), text: str = ""
) -> list[NameMatch]:
    near = [] if before else names.near(words, at)
    return sorted([*names.exact(words, at, before, text), *near], key=lambda match: (-match.end, match.slips))


class _Reader:
    """Walks over a phrase: a name, what stands beside it, a joint, the next name."""

    def __init__(self, finder: Finder) -> None:
        self.finder, self.text = finder, finder.text
        self.found: list[Mention] = []

    def read(self) -> list[Mention]:
        """All mentions. A phrase of nothing but joints is one mention that is not understood."""
        text, at = self.text, 0
        while at < len(text):
            if joint := text.joints[at] or int(text.at(at) in {"-", ")"}):
                at += joint
            elif text.at(at) == "(" and self._holds_name(at):
                at += 1
            elif text.at(at) == "(" or text.is_scope(at):
                at = self._aside(at)
            else:
                at = self._mention(at)
        if any(map(str.isalnum, text.text)) and not self.found:
            self.found.append(Mention(text.text.strip(), UNKNOWN))
        return self.found

    def _mention(self, at: int) -> int:
        part = self.finder.find(at)
        end, scope, remark = self._beside(part.end)
        name, line = self.text.typed(part.start, part.end), self.text.lines[at]
        self.found.append(Mention(name, part.kind, part.unit, scope, _both(part.post, remark), part.meant, line))
        return end

    def _aside(self, at: int) -> int:
        """Words that stand beside no name of their own belong to the name before them."""
        end, scope, remark = self._beside(at)
        if self.found:
            last = self.found[-1]
            self.found[-1] = last._replace(scope=_both(last.scope, scope), remark=_both(last.remark, remark))
        else:
            self.found.append(Mention(self.text.typed(at, end), UNKNOWN))
        return end

    def _beside(self, at: int) -> tuple[int, str | None, str | None]:
        """The scope and the remarks that begin at a place, and where they end."""
        scope = remark = None
        text = self.text
        while at < len(text):
            start = at
            if text.is_scope(at):
                at = self._scope_end(at + 2)
                scope = _both(scope, text.typed(start + 2, at))
            elif text.at(at) == "(" and not self._holds_name(at):
                at = text.closers.get(at) or self.finder.stretch(at + 1)[0]
                if text.is_scope(start + 1):
                    scope = _both(scope, text.typed(start + 3, at))
                else:
                    remark = _both(remark, text.typed(start + 1, at))
                at += text.at(at) == ")"
            elif text.is_aside(at) or (text.is_dash(at) and not self._is_dash_before_name(at)):
                at = max(at + 1, self.finder.stretch(at + text.is_dash(at))[0])
                remark = _both(remark, text.typed(start + text.is_dash(start), at))
            else:
                break
        return at, scope, remark

    def _holds_name(self, at: int) -> bool:
        """True if brackets that open at a place name a unit, which must not get lost as a remark. One behind `thuộc`
        or a post only says whose it is."""
        if self.finder.name(at + 1):
            return True
        found = bisect_right(self._joined_names, at)
        end = self.text.closers.get(at, len(self.text))
        return found < len(self._joined_names) and self._joined_names[found] < end

    @cached_property
    def _joined_names(self) -> list[int]:
        """The places behind a joint at which units are named, in order."""
        text = self.text
        behind = (
            place for place in range(1, len(text)) if text.joints[place - 1] or text.at(place - 1) in {"với", "hợp"}
        )
        return [place for place in behind if self.finder.name(place)]

    def _is_dash_before_name(self, at: int) -> bool:
        return self.finder.name(at + 1) is not None or self.text.size(at + 1, OPENERS) > 0

    def _scope_end(self, at: int) -> int:
        """Where a scope ends: with its line, at a semicolon, or before a name or something that has a scope of its
        own."""
        text = self.text
        while at < len(text) and text.at(at) not in {";", "\n", ")"}:
            if text.at(at) in {",", "và"} and (self.finder.name(at + 1) or self._has_scope(at + 1)):
                return at
            at = text.closers.get(at, at) + 1
        return at

    def _has_scope(self, at: int) -> bool:
        end = self.finder.stretch(at)[0]
        return end > at and self.text.is_scope(end)


def _both(one: str | None, other: str | None) -> str | None:
    return "; ".join(filter(None, (one, other))) or None
