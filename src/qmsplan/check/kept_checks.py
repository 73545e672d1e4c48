"""The findings of a workspace, kept while its files change: what an editor asks for after each key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from qmsplan.check.ignores import IgnorePermit, let_pass, unused
from qmsplan.check.run_checks import (
    Checked,
    CheckScope,
    between_plans,
    check_documents,
    check_groups,
    diagnose,
    read_files,
)
from qmsplan.diagnostics import Diagnostic
from qmsplan.load.document import Document, Source, read_content, read_file
from qmsplan.load.files import File
from qmsplan.load.workspace import group, key_in, key_of
from qmsplan.rules.base import Finding, PlanFacts, Rule


class KeptChecks:
    """All findings of some files. After a change only the plan that the file is about is checked again; the rules
    between plans run again if what they know of that plan changed.

    `of` and `everything` give what `check_workspace` gives for the same files."""

    def __init__(self, files: Iterable[File], scope: CheckScope) -> None:
        self._scope = scope
        self._groups = {key: {file.name: file for file in files} for key, files in group(files).items()}
        self._key = {name: key for key, files in self._groups.items() for name in files}
        groups = [tuple(files.values()) for files in self._groups.values()]
        self._checked: dict[str | None, Checked] = dict(zip(self._groups, check_groups(groups, scope), strict=True))
        self._between: list[tuple[Rule, Finding]] | None = None
        self.opened: dict[str, Document] = {}
        """The files whose text was given, as they were read last."""

    @property
    def names(self) -> frozenset[str]:
        """The names of all files."""
        return frozenset(self._key)

    def plans(self) -> Iterator[str]:
        """The ids of all plans."""
        return (checked.facts.plan for checked in self._checked.values() if checked.facts.plan)

    def about(self, plan: str) -> tuple[File, ...]:
        """The files about a plan, by its id."""
        return tuple(self._groups.get(plan, {}).values())

    def put(self, file: File) -> None:
        """A file that is new or has changed."""
        key = key_of(file.path) if file.content is None else key_in(file.content)
        if file.name in self._key and self._key[file.name] != key:
            self.drop(file.name)
        self._key[file.name] = key
        self._groups.setdefault(key, {})[file.name] = file
        self._check(key)

    def drop(self, name: str) -> None:
        """A file that is no longer there."""
        if name not in self._key:
            return
        key = self._key.pop(name)
        del self._groups[key][name]
        if self._groups[key]:
            self._check(key)
        else:
            del self._groups[key], self._checked[key]
            self._between = None

    def _check(self, key: str | None) -> None:
        scope, before = self._scope, self._checked.get(key)
        files = self._groups[key] = dict(sorted(self._groups[key].items(), key=lambda entry: _walked(entry[0])))
        context, documents = read_files(tuple(files.values()), scope)
        self.opened |= {d.source.name: d for d in documents if files[d.source.name].content is not None}
        checked = self._checked[key] = check_documents(context, documents)
        if before is None or before.facts != checked.facts:
            self._between = None

    def of(self, name: str) -> tuple[Diagnostic, ...]:
        """The findings of one file, in order."""
        return tuple(found for found in self._found(frozenset({name})) if found.file == name)

    def everything(self) -> tuple[Diagnostic, ...]:
        """The findings of all files, in order."""
        return self._found(frozenset(self._key))

    def _found(self, names: frozenset[str]) -> tuple[Diagnostic, ...]:
        results = self._checked.values()
        permits = [permit for checked in results for permit in checked.permits]
        between, used = let_pass(self._told(names), permits)
        near = [self._checked[key] for key in {self._key[name] for name in names if name in self._key}]
        own = chain.from_iterable(checked.diagnostics for checked in near)
        needed: set[IgnorePermit] = used.union(*(checked.used for checked in near))
        idle = unused([permit for permit in permits if permit.file in names], needed)
        return tuple(sorted((*own, *between, *idle), key=lambda found: found.order))

    def _told(self, names: frozenset[str]) -> Iterator[Diagnostic]:
        """The findings between plans in some files."""
        if self._between is None:
            self._between = list(between_plans(self._facts()))
        source_of = cache(self._source)
        for rule, finding in self._between:
            if finding.place.file in names:
                yield diagnose(rule, finding, source_of)

    def _facts(self) -> list[PlanFacts]:
        order = sorted(self._groups, key=lambda key: _walked(next(iter(self._groups[key]))))
        return [self._checked[key].facts for key in order]

    def _source(self, name: str) -> Source:
        file = self._groups[self._key[name]][name]
        document = read_file(file.path, name) if file.content is None else read_content(file.content, name)
        return document.source


def _walked(name: str) -> tuple[tuple[bool, str], ...]:
    """Sorts names as a folder is read: its files before its folders. Of two plans with one id the first counts."""
    *folders, file = name.split("/")
    return (*((True, folder) for folder in folders), (False, file))
