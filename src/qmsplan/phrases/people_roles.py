"""What a responsibility phrase names, mentions each of one kind, and which role it gives to each: `Sở Y tế chủ trì,
phối hợp với Sở Tài chính`.

A label (`Chủ trì:`) holds until the next one. A verb before names (`phối hợp với`) holds to the end of the clause; one
behind names (`chủ trì`) is about those of its clause that have no role yet. One in brackets is about the name before
it."""

from __future__ import annotations

from typing import NamedTuple

from qmsplan.model.settings import Person, Unit
from qmsplan.phrases.people_words import LEAD, MONITOR, SUPPORT

UNIT, NEAR, PERSON, GROUP, ROLE, UNKNOWN = "unit", "near", "person", "group", "role", "unknown"
EITHER = "either"
"""The kinds of mentions: a registered unit, nearly one, a registered person, an open group, a role without a unit, not
understood; a unit or person that is named as one of two (`A hoặc B`)."""


class Mention(NamedTuple):
    """A name in a phrase. `unit` is who is named or meant; of a group or a role the unit it belongs to, of a person
    the unit that the person works in."""

    text: str
    kind: str
    unit: Unit | None = None
    scope: str | None = None
    """The part of the work it is responsible for: the words after `đối với`."""
    remark: str | None = None
    """A post, or other words beside the name: `Cơ quan Thường trực của Hội đồng`."""
    meant: str | None = None
    """The registered spelling that a near name comes close to; the other name of two."""
    line: int = 0
    """The line of the phrase it stands on, from 0; blank lines do not count."""
    role: str | None = None
    """`lead`, `support` or `monitor` where the phrase says it (`Đơn vị phối hợp: …`), whatever field it stands in."""
    person: Person | None = None
    """The person who is named."""


class _Clause(NamedTuple):
    """What is known where a bracket opens, to go on with where it closes."""

    ahead: str | None
    is_label: bool
    names: tuple[int, ...]


class RoleKeeper:
    """The roles of the mentions of a phrase by their index, as the phrase is read from left to right."""

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
