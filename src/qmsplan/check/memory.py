"""What earlier runs found, asked for by content: an answer is only given if a cold run would give the same."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from qmsplan.check.kept import Head, Kept, groups_as_bytes, groups_in
from qmsplan.load.evidence import find_evidence
from qmsplan.load.look import Look, content_of, digest_of, look_again, stamp_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from qmsplan.check.bundle import Checked
    from qmsplan.diagnostic import Diagnostic
    from qmsplan.load.file import File


class Ground(NamedTuple):
    """What all findings of a run rest on besides the plans: a change in it, and nothing is remembered."""

    root: str
    name: str
    """The name that the settings' file is shown under: the names of findings depend on the current folder."""
    settings: str
    """The text of the settings."""
    plans: str
    """The folder of plans, as the settings say."""
    templates: str
    """The folder of templates, as the settings say."""
    known: frozenset[str]
    """The names of all templates."""


class Memory:
    """The looks and findings of earlier runs, and those of this one. `now` (ns) is when this run started."""

    def __init__(self, kept: Kept, ground: Ground, now: int) -> None:
        self._kept, self._ground, self._now = kept, ground, now
        self._base = digest_of(repr((ground.name, ground.settings, sorted(ground.known))).encode())
        self._looks: dict[str, Look | None] = {}
        self._groups: dict[tuple[File, ...], Any] = {}
        self._evidence: dict[str, str] = {}

    def about(self, path: Path) -> str | None:
        """The plan id that a file is about."""
        look = self._look_again(str(path)) or self._look(str(path))
        return look.about if look else None

    def find(self, group: tuple[File, ...]) -> Checked | None:
        """What is known of the files about one plan."""
        question = self._question(map(_place, group))
        plain = self._older.get(question) if question else None
        if plain is None:
            return None
        from qmsplan.check.bundle import Checked
        from qmsplan.check.plain import value_of

        try:
            checked: Checked = value_of(Checked, plain)
        except ValueError:
            return None
        if not self._still_lies(dict(checked.evidence)):
            return None
        self._note(group, plain, checked)
        return checked

    def keep(self, group: tuple[File, ...], checked: Checked) -> None:
        """Takes note of what was found in the files about one plan."""
        from qmsplan.check.plain import plain

        self._note(group, plain(checked), checked)

    def _note(self, group: tuple[File, ...], plain: Any, checked: Checked) -> None:
        self._groups[group] = plain
        for path, state in checked.evidence:
            if self._evidence.setdefault(path, state) != state:  # it came or went just now: never believe it
                self._evidence[path] = ""

    def answer(self, files: Sequence[tuple[str, str]]) -> list[Any] | None:
        """The findings in the files by path and name, if they are all of the workspace and nothing changed; plain."""
        head = self._kept.head
        if head.looks.keys() != {path for path, _ in files}:
            return None
        for path, _ in files:
            if not self._look_again(path):
                return None
        if not head.question or self._question(files) != head.question or not self._still_lies(head.evidence):
            return None
        return head.found

    def remembered(self, files: Sequence[File]) -> tuple[Diagnostic, ...] | None:
        """The findings in the whole workspace, if nothing changed."""
        from qmsplan.check.plain import value_of
        from qmsplan.diagnostic import Diagnostic

        found = self.answer(tuple(map(_place, files)))
        try:
            return None if found is None else tuple(value_of(list[Diagnostic], found))
        except ValueError:
            return None

    def same(self) -> Kept:
        """What to keep if nothing changed but the times of files."""
        return self._kept._replace(head=self._kept.head._replace(looks=self._trusted()))

    def kept(self, files: Sequence[File], found: Sequence[Diagnostic]) -> Kept:
        """What to keep of a run that found this in the whole workspace."""
        from qmsplan.check.plain import plain

        changed = {path for path in self._looks if not self._is_as_it_was(path)}
        lasting = {group: checked for group, checked in self._groups.items() if not changed & set(map(_path, group))}
        asked = ((self._question(map(_place, group)), checked) for group, checked in lasting.items())
        groups = {question: checked for question, checked in asked if question}
        head = Head(
            self._kept.head.tool,
            digest_of(self._ground.settings.encode()),
            self._ground.plans,
            self._ground.templates,
            looks=self._trusted(),
            question=self._question(map(_place, files)) or "" if not changed else "",
            evidence=self._evidence,
            found=plain(tuple(found)),
        )
        return Kept(head, groups_as_bytes(groups))

    @cached_property
    def _older(self) -> dict[str, Any]:
        return groups_in(self._kept)

    def _look_again(self, path: str) -> Look | None:
        """The look at a file if this run has one, or if it is as an earlier one saw it."""
        known = None if path in self._looks else self._kept.head.looks.get(path)
        if known and (look := look_again(path, known, self._now)):
            self._looks[path] = look
        return self._looks.get(path)

    def _look(self, path: str) -> Look | None:
        from qmsplan.load.about import key_in

        stamp, content = stamp_of(path, self._now), content_of(path)
        look = None if content is None else Look(stamp, digest_of(content), key_in(content))
        self._looks[path] = look
        return look

    def _is_as_it_was(self, path: str) -> bool:
        look = self._looks.get(path)
        return look is not None and look_again(path, look, self._now) is not None

    def _question(self, files: Iterable[tuple[str, str]]) -> str | None:
        """A digest of everything that the findings in files follow from, but the evidence; None if it can't be told."""
        parts = [self._base]
        for path, name in files:
            look = self._looks.get(path)
            if look is None:
                return None
            parts += [look.digest, name]
        return digest_of(repr(parts).encode())

    def _still_lies(self, evidence: Mapping[str, str]) -> bool:
        return all(find_evidence(path, self._ground.root) == state for path, state in evidence.items())

    def _trusted(self) -> dict[str, Look]:
        return {path: look for path, look in self._looks.items() if look}


def _path(file: File) -> str:
    return str(file.path)


def _place(file: File) -> tuple[str, str]:
    return str(file.path), file.name
