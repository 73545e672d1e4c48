"""Responsibility phrases as documents type them: units, persons, groups and posts, each with its role, scope and
remarks.

`Lãnh đạo Phòng Nghiệp vụ đối với nội dung 1; các phòng có liên quan` names a unit with a post and a scope, and an open
group. `people_text` answers questions about places in a phrase, `people_find` says what the words at one place name,
`RoleKeeper` keeps who leads and who supports, and `read_mentions` walks over the phrase."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, partial
from typing import NamedTuple

from qmsplan.model.inline import plain_text
from qmsplan.phrases import people_words as lex
from qmsplan.phrases.people_find import Finder, PeoplePart
from qmsplan.phrases.people_text import NameWord, PeopleText, without_numbers
from qmsplan.phrases.people_words import (
    EITHER,
    GROUP,
    LEAD,
    MONITOR,
    NEAR,
    PERSON,
    ROLE,
    SUPPORT,
    UNIT,
    UNKNOWN,
    Mention,
)
from qmsplan.phrases.unit_names import NameMatch, Names

MOST_LETTERS, MOST_WORDS = 5_000, 500
"""What a phrase may hold at most, so that any text is answered in a few hundredths of a second."""
_SHOWN = 60
"""Letters that are shown of a phrase which holds more."""


def read_mentions(phrase: str, names: Names) -> tuple[Mention, ...]:
    """Whom a phrase names, in its order. Near names are looked for only if the phrase holds more than registered
    units. A phrase that is longer than any list of units is one mention that is not understood."""
    bare = without_numbers(plain_text(phrase))
    text = PeopleText(bare[:MOST_LETTERS])
    if len(bare) > MOST_LETTERS or len(text) > MOST_WORDS:
        return (Mention(" ".join(bare[:_SHOWN].split()) + " …", UNKNOWN),)
    found = _Reader(Finder(text, names, names.exact)).read()
    if any(mention.kind not in {UNIT, PERSON} or mention.remark for mention in found) and names.has_near(text.words):
        found = _Reader(Finder(text, names, partial(_exact_or_near, names))).read()
    return tuple(found)


def _exact_or_near(
    names: Names, words: Sequence[NameWord], at: int, before: Sequence[str] = (), text: str = ""
) -> list[NameMatch]:
    near = [] if before else names.near(words, at)
    return sorted([*names.exact(words, at, before, text), *near], key=lambda match: (-match.end, match.slips))


class _Clause(NamedTuple):
    """What is known where a bracket opens, to go on with where it closes."""

    ahead: str | None
    is_label: bool
    names: tuple[int, ...]


class RoleKeeper:
    """The roles of the mentions of a phrase by their index, as the phrase is read from left to right.

    A label (`Chủ trì:`) holds until the next one. A verb before names (`phối hợp với`) holds to the end of the clause;
    one behind names (`chủ trì`) is about those of its clause that have no role yet. One in brackets is about the name
    before it."""

    def __init__(self) -> None:
        self.roles: list[str | None] = []
        self._ahead: str | None = None
        self._is_label = False
        self._names: list[int] = []
        """The mentions of the clause so far."""
        self._by_verb: set[int] = set()
        """The mentions that a verb behind them says to support, or to see to it."""
        self._outside: list[_Clause] = []
        self._givers: set[int] = set()
        self._is_led = False
        """True if brackets say who leads."""

    @property
    def has_names(self) -> bool:
        """True if the clause names somebody already."""
        return bool(self._names)

    @property
    def is_behind_lead(self) -> bool:
        """True where the last name leads and nobody else was named since."""
        return bool(self.roles) and not self._names and self.roles[-1] == LEAD

    def add(self) -> None:
        """A name: it has the role that a label or verb before it gives."""
        self._names.append(len(self.roles))
        self.roles.append(self._ahead)

    def label(self, role: str | None) -> None:
        """A label: its role, if it gives one, is that of all names up to the next label."""
        self._names = []
        if role:
            self._ahead, self._is_label = role, True

    def before(self, role: str) -> None:
        """A verb before names."""
        self._names = []
        self._ahead, self._is_label = role, False

    def behind(self, role: str, *, is_strong: bool, is_last: bool = False) -> None:
        """A verb behind names. One that can mean nothing else (`chủ trì`) outweighs for the last of them what a verb
        before them says: `A phối hợp với B, C chủ trì`. If `is_last`, it is about
        that alone: `A, các đơn vị liên quan phối hợp`."""
        for place, index in enumerate(reversed(self._names[-1:] if is_last else self._names)):
            is_outweighed = not place and is_strong and not self._is_label
            if self.roles[index] is None or is_outweighed:
                self.roles[index] = role
                if role in {SUPPORT, MONITOR}:
                    self._by_verb.add(index)
        self.end_clause()
        self._names = []

    def beside(self, role: str, *, is_joint: bool = False) -> None:
        """A verb in brackets. It is also about the names of the clause before it, if others were named earlier, or if
        it is of all of them: `A (chủ trì); B, C (phối hợp)`, `A, B (đồng chủ trì)`. Beside one that leads, those of
        whom nothing is said support."""
        if not self._names:
            return
        self._is_led |= role == LEAD
        first = self._names[0]
        is_of_all = is_joint or any(other != role for other in self.roles[:first])
        names = self._names if is_of_all else self._names[-1:]
        for index in names:
            if self.roles[index] is None or index == self._names[-1]:
                self.roles[index] = role
        self._names = []

    def gives(self) -> None:
        """Words by which the names of the clause give the work to those behind: `A đề nghị B phối hợp`."""
        self._givers |= {*self._names}
        self.behind(MONITOR, is_strong=True)

    def end_clause(self) -> None:
        """A semicolon, a new line, a full stop: verbs before names hold no longer, labels do."""
        self._names = []
        if not self._is_label:
            self._ahead = None

    def open(self) -> None:
        """A bracket that holds names: what it says of roles is about those only."""
        self._outside.append(_Clause(self._ahead, self._is_label, tuple(self._names)))
        self._names = []

    def close(self) -> None:
        """Goes on as before the bracket."""
        if self._outside:
            self._ahead, self._is_label, names = self._outside.pop()
            self._names = list(names)

    def settled(self) -> list[str | None]:
        """The roles at the end of the phrase. Of units that only `phối hợp` with each other nobody supports; who alone
        is to `phê duyệt` does the work, and who asks others to help leads it."""
        if self._by_verb and set(self.roles) in ({SUPPORT}, {MONITOR}):
            return [None if index in self._by_verb else role for index, role in enumerate(self.roles)]
        if self._givers and LEAD not in self.roles and set(self.roles) == {MONITOR, SUPPORT}:
            return [LEAD if index in self._givers else role for index, role in enumerate(self.roles)]
        if self._is_led:
            return [role or SUPPORT for role in self.roles]
        return self.roles


class _Reader:
    """Walks over a phrase: a name, what stands beside it, a joint, the next name."""

    def __init__(self, finder: Finder) -> None:
        self.finder, self.text = finder, finder.text
        self.found: list[Mention] = []
        self.roles = RoleKeeper()
        self._either = 0
        """How many mentions there are where `hoặc` was read last."""
        self._is_comma = False
        """True if a comma stands before the last name."""
        self._kind = ""
        """The kind of the last name."""

    def read(self) -> list[Mention]:
        """All mentions. A phrase of nothing but joints is one mention that is not understood."""
        text, at = self.text, 0
        while at < len(text):
            at = (
                self._label(at)
                or self._handed(at)
                or self._verb(at)
                or self._opening(at)
                or self._sign(at)
                or self._aside(at)
                or self._mention(at)
            )
        if not self.found and any(sign.isalnum() or sign in '/"' for sign in text.text):  # `//`: as above?
            return [Mention(text.text.strip(), UNKNOWN)]
        return [mention._replace(role=role) for mention, role in zip(self.found, self.roles.settled(), strict=True)]

    def _label(self, at: int) -> int:
        """The place behind a label, `Đơn vị chủ trì:`; 0 if none stands here."""
        label = self.text.label(at)
        if not label:
            if self.text.at(at) == "cùng" and self.roles.is_behind_lead:  # `A chủ trì, cùng B và C`
                self.roles.before(SUPPORT)
            heading = self.finder.heading(at)
            return heading if heading > at else 0
        self.roles.label(label[1])
        self.finder.behind_label(at + label[0])
        return at + label[0]

    def _handed(self, at: int) -> int:
        """The place behind words by which the one before them gives the work to the one behind, or hands it in there:
        `giao`, `trình`; 0 if none stand here."""
        given, submitted = self.text.gives(at), self.text.submits(at)
        if given and self.roles.has_names:
            self.roles.gives()
        elif submitted and self.found:
            self.roles.behind(LEAD, is_strong=False)
            self.roles.before(MONITOR)
        else:
            return 0
        return at + (given or submitted)

    def _verb(self, at: int) -> int:
        """The place behind a verb that gives a role, `phối hợp với`; 0 if none stands here."""
        text = self.text
        verb = text.verb(at)
        if not verb or self.finder.name(at) or (text.is_capital(at) and self.finder.shortened(at)):
            return 0
        end, role = at + verb[0], verb[1]
        is_strong = text.is_strong(at)
        if text.at(end) in {"với", "cùng"} and not text.verb(end):
            if role == LEAD and self.roles.has_names:  # `A chủ trì cùng với B`
                self.roles.behind(role, is_strong=is_strong)
                role = SUPPORT
            self.roles.before(role)
            return end + 1 + (text.at(end + 1) == "với")
        if text.is_tail(at) or (is_strong and role == LEAD and self.roles.has_names):
            is_group = role == SUPPORT and self._is_comma and self.found[-1:] != [] and self.found[-1].kind == GROUP
            self.roles.behind(role, is_strong=is_strong, is_last=is_group)
            return self._what_for(end)
        if is_strong:
            self.roles.before(role)
            return end
        return 0

    def _what_for(self, at: int) -> int:
        """The place behind the small letters that say for what the last name leads: `chung` of `phụ trách chung`."""
        text = self.text
        end = self.finder.stretch(at)[0]
        if not self.found or any(text.is_capital(place) or self.finder.name(place) for place in range(at, end)):
            return at
        last = self.found[-1]
        self.found[-1] = last._replace(remark=_both(last.remark, text.typed(at, end)))
        return end

    def _opening(self, at: int) -> int:
        """The place behind a bracket that opens before names, and behind what it says of the one before it:
        `A (chủ trì, phối hợp với B)`; 0 if none stands here."""
        text = self.text
        if text.at(at) != "(" or not self._holds_name(at):
            return 0
        size, role = text.verb(at + 1) or (0, None)
        leads = role == LEAD and text.at(at + 1 + size) in {",", "và", "với", "cùng"}
        if leads:
            self.roles.beside(LEAD, is_joint=False)
        self.roles.open()
        return at + 1 + (size if leads else 0)

    def _sign(self, at: int) -> int:
        """The place behind what stands between names: a sign, a joint, a word such as `giao`; 0 if none stands here."""
        text = self.text
        word = text.at(at)
        if not text.joints[at] and word not in {"-", ")"}:
            size = text.size(at, lex.LEADING_IN)
            return at + size if size and not text.is_end(at + size) and not self.finder.name(at) else 0
        if word in {";", "\n"}:
            self.roles.end_clause()
        elif word == ")":
            self.roles.close()
        self._is_comma = word == ","
        if text.size(at, lex.EITHER_OR):
            self._either = len(self.found)
        return at + (text.joints[at] or 1)

    def _mention(self, at: int) -> int:
        text = self.text
        if text.has_mark(at, "."):
            self.roles.end_clause()
        part = self.finder.find(at)
        self._kind = part.kind
        self.roles.add()
        if owner := self._in_brackets(part):
            part = PeoplePart(owner.end, UNIT, part.end + 1, owner.unit, None, text.typed(part.start, part.end))
        end, post = self._post_behind(part)
        end += owner is not None
        end, task = self._task_behind(part, end)
        is_posted = (
            part.kind == UNKNOWN and text.is_dash(end) and self.finder.post(end + 1)
        )  # `đ/c An - Trưởng khoa Nhi`
        end, scope, remark = (end, None, None) if is_posted else self._beside(end)
        remark = _both(part.post, post, task, remark)
        name, line = text.typed(part.start, part.end), text.lines[at]
        mention = Mention(name, part.kind, part.unit, scope, remark, part.meant, line, None, part.person)
        other = self.found[-1] if self.found and self._either == len(self.found) else mention
        if len({(one.unit, one.person) for one in (other, mention) if one.kind in {UNIT, NEAR, PERSON, EITHER}}) > 1:
            mention = mention._replace(kind=EITHER, meant=other.text)
        if text.at(part.end) == "(" and text.size(part.end + 1, lex.NOT):
            mention = Mention(f"{name} ({remark})", UNKNOWN, line=line)
        self.found.append(mention)
        return end

    def _in_brackets(self, part: PeoplePart) -> NameMatch | None:
        """The unit of a post in brackets behind it: `Kế toán trưởng (Phòng Tài vụ)`."""
        is_post = part.kind == ROLE and part.unit is None and self.text.at(part.end) == "("
        owner = self.finder.name(part.end + 1) if is_post else None
        return owner if owner and not owner.slips and self.text.closers.get(part.end) == owner.end else None

    def _post_behind(self, part: PeoplePart) -> tuple[int, str | None]:
        """The place behind a person's own post, and the post: `, Phó Giám đốc`, ` – Giám đốc Sở Nội vụ`, in brackets
        too."""
        at, text = part.end, self.text
        if part.person is None or text.at(at) not in {",", "-", "("}:
            return at, None
        end = self.finder.post_behind(at + 1, part.person, is_apart=text.at(at) == ",")
        if end == at + 1 or (text.at(at) == "(" and text.at(end) != ")"):
            return at, None
        return end + (text.at(at) == "("), text.typed(at + 1, end)

    def _task_behind(self, part: PeoplePart, at: int) -> tuple[int, str | None]:
        """The place behind what a unit does, and those words: `lập hồ sơ` of `Phòng Kỹ thuật: lập hồ sơ; …`."""
        text = self.text
        if part.kind == UNIT and part.unit and not text.is_end(at) and (end := self.finder.deed_end(at)):
            return end, text.typed(at, end)
        if part.kind not in {UNIT, GROUP} or not text.has_mark(at, ":") or text.label(at) or text.verb(at):
            return at, None
        end = self.finder.stretch(at)[0]
        if any(text.is_capital(place) or self.finder.name(place) or text.noun(place) for place in range(at, end)):
            return at, None
        return end, text.typed(at, end) or None

    def _aside(self, at: int) -> int:
        """The place behind words that stand beside no name of their own, which belong to the name before them; 0 if
        none stand here."""
        text = self.text
        if text.at(at) != "(" and not text.is_scope(at):
            return 0
        end, scope, remark = self._beside(at)
        if self.found:
            last = self.found[-1]
            self.found[-1] = last._replace(scope=_both(last.scope, scope), remark=_both(last.remark, remark))
        else:
            self.roles.add()
            self.found.append(Mention(text.typed(at, end), UNKNOWN))
        return end

    def _beside(self, at: int) -> tuple[int, str | None, str | None]:
        """The scope and the remarks that begin at a place, and where they end."""
        scope = remark = None
        while at < len(self.text) and (found := self._scope(at)):
            at, more_scope, more_remark = found
            scope, remark = _both(scope, more_scope), _both(remark, more_remark)
        return at, scope, remark

    def _scope(self, at: int) -> tuple[int, str | None, str | None] | None:
        """The place behind one scope or remark, and its words; None if none begins here."""
        text = self.text
        if text.is_scope(at):
            end = self._scope_end(at + 2)
            return end, text.typed(at + 2, end), None
        if end := self._except_end(at):
            return end + (text.at(end) == ")"), None, text.typed(at + (text.at(at) in {",", "("}), end)
        if text.at(at) == "(":
            return None if self._holds_name(at) else self._bracket(at)
        is_aside, dash = text.is_aside(at), text.is_dash(at)
        if not is_aside and (not dash or self._is_dash_before_name(at)):
            return None
        end = max(at + 1, self.finder.stretch(at + dash)[0])
        while is_aside and text.at(end) in {",", "và"} and text.size(end + 1, lex.ASIDE_GOES_ON):
            end = self.finder.stretch(end + 1)[0]
        return end, None, text.typed(at + dash, end)

    def _bracket(self, at: int) -> tuple[int, str | None, str | None]:
        """The place behind brackets that name nobody, with the scope or the remark in them; a role in them is that of
        the name before."""
        text = self.text
        end = text.closers.get(at) or self.finder.stretch(at + 1)[0]
        behind = end + (text.at(end) == ")")
        if text.is_scope(at + 1):
            return behind, text.typed(at + 3, end), None
        if role := text.role_in_brackets(at + 1, end):
            self.roles.beside(role, is_joint=text.at(at + 1) in {"đồng", "cùng"})
        return behind, None, text.typed(at + 1, end)

    def _except_end(self, at: int) -> int:
        """Where words end that set somebody aside (`, ngoại trừ Phòng Nhân sự và Phòng Kế toán`); 0 if none begin here,
        or if a comma in them leaves open whether the next one is set aside too."""
        text = self.text
        first = at + (text.at(at) in {",", "("})
        if not text.is_except(first):
            return 0
        if text.at(at) == "(":
            return text.closers.get(at, 0)
        end = first + 1
        while end < len(text) and text.at(end) not in {";", "\n", "(", ")"}:
            if text.at(end) == ",":
                return 0
            if (text.is_strong(end) or text.is_scope(end)) and not text.is_capital(end):
                break
            end += 1
        return end

    def _holds_name(self, at: int) -> bool:
        """True if brackets that open at a place name a unit or a person, who must not get lost as a remark; one that
        is not registered too (`(Phòng Cảnh sát giao thông)`), unless it is a part of the unit before it (`(Bộ phận Một
        cửa)`). A unit behind `thuộc`, `thường trực` or a post only says whose that is."""
        text = self.text
        standing = text.size(at + 1, lex.STANDING)
        if standing and not (self.finder.name(at + 1) or self.finder.name(at + 1 + standing) or text.label(at + 1)):
            return False
        noun = text.is_short_noun(at + 1) or text.size(at + 1, lex.UNIT_NOUNS)
        is_part = self.found and self.found[-1].kind == UNIT and text.size(at + 1, lex.PARTS)
        if noun and not is_part and text.is_capital(at + 1) and text.is_capital(at + 1 + noun):
            return True
        if self._kind == GROUP and self.finder.shortened(at + 1):  # `Các khoa (Dược, Xét nghiệm)`
            return True
        if any(map(self._is_with_whom, range(at + 1, text.closers.get(at, len(text))))):
            return True
        found = bisect_right(self._named_places, at)
        return found < len(self._named_places) and self._named_places[found] < text.closers.get(at, len(text))

    def _is_with_whom(self, at: int) -> bool:
        """True for a verb with those behind it with whom something is done: `phối hợp với các khoa`."""
        text, verb = self.text, self.text.verb(at)
        if not verb:
            return False
        whom = at + verb[0]
        is_beside = text.at(whom) in {"với", "cùng"}
        if not is_beside and text.at(at) != "phối":  # `(đôn đốc các khoa)`, `(hướng dẫn các khoa thực hiện)`
            return False
        behind = whom + is_beside
        return text.at(whom) == "với" or any(text.size(behind, words) for words in (lex.OPENERS, lex.UNIT_NOUNS))

    @cached_property
    def _named_places(self) -> list[int]:
        """The places at which units and persons are named, in order, but for units behind `thuộc` or a post."""
        text, at = self.text, 0
        places = []
        while at < len(text):
            if self.finder.name(at) or self.finder.person(at):
                places.append(at)
            skipped = text.size(at, lex.ROLES)
            at += max(1, skipped)
            whose = text.size(at, lex.OF)
            if (skipped or whose) and (owner := self.finder.name(at + whose)):
                at = owner.end
        return places

    def _is_dash_before_name(self, at: int) -> bool:
        """True for the dash before somebody else, registered or not: `Khoa Nội - Nhi`; not before a post, a title or
        other words for what the one before it is."""
        text = self.text
        if self.finder.name(at + 1) or self.finder.person(at + 1) or text.size(at + 1, lex.OPENERS):
            return True
        kinds = (lex.ROLES, lex.ADDRESS, lex.GENERAL, lex.ANYBODY, lex.LABEL_NOUNS, lex.UNIT_NOUNS)
        known = any(text.size(at + 1, words) for words in kinds)
        known = known and not (text.at(at + 1) == "cấp" and text.at(at + 2) not in lex.LEVELS)  # `- Cấp cứu`
        return text.is_capital(at + 1) and not known and text.verb(at + 1) is None

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


def _both(*said: str | None) -> str | None:
    return "; ".join(filter(None, said)) or None
