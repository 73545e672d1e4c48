"""Which other plans must be read to know what the rules between plans find in some of them: those of the same agency,
and those that carry out one of them or are carried out by one, step by step.

Of all other files only the first fields are looked at (`load.workspace.head_of`); a plan that may be kin is read as a
whole. The findings are those of a run over all files, unless one of the files that were not read is broken."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from qmsplan.load.files import File, content_of
from qmsplan.load.workspace import FileHead
from qmsplan.model.text import plain
from qmsplan.phrases.people import Register
from qmsplan.rules.base import PlanFacts

Heads = Sequence[FileHead]
"""The files about one plan."""


def by_plan(heads: Iterable[FileHead]) -> dict[str | None, Heads]:
    """Files by the plan they are about; those that can't be told stand together under None."""
    groups: dict[str | None, list[FileHead]] = defaultdict(list)
    for head in heads:
        groups[head.plan].append(head)
    return dict(groups)


def facts_of_kin(
    facts: Sequence[PlanFacts],
    others: Mapping[str | None, Heads],
    register: Register,
    facts_of: Callable[[tuple[File, ...]], PlanFacts],
) -> Iterator[PlanFacts]:
    """The facts of the plans among `others` that rules look at together with the plans that `facts` are about. Files of
    which nobody can tell what they are about are read too: what seems to be missing may stand in them."""
    left = {key: tuple(heads) for key, heads in others.items()}
    if unknown := left.pop(None, ()):
        yield facts_of(tuple(head.file for head in unknown))
    # which plans carry out which concerns the rules on an edition of the standard only
    is_held = any(fact.iso and fact.iso.standard for fact in facts)
    is_held = is_held or any(head.has_standard for heads in left.values() for head in heads)
    known: set[str] = set()
    new = list(facts)
    while new and left:
        agencies = {_agency(fact.issuer, register) for fact in new if fact.issuer or fact.issued} - known
        carried = {plan for fact in new if fact.iso and is_held for plan in fact.iso.carries}
        plans = carried | {fact.plan for fact in new if fact.plan and fact.iso and is_held}
        mention = re.compile("|".join(map(re.escape, sorted(plans))).encode()) if plans else None
        near = [
            key
            for key, heads in left.items()
            if key in carried or any(_is_near(head, agencies, mention, register) for head in heads if head.is_plan)
        ]
        new = [facts_of(tuple(head.file for head in left.pop(key))) for key in near]
        yield from new
        known |= agencies
        if not is_held:
            return


def _is_near(head: FileHead, agencies: set[str], mention: re.Pattern[bytes] | None, register: Register) -> bool:
    """Whether a plan is of one of some agencies, or may carry out one of the plans whose ids `mention` finds."""
    if _agency(head.issuer, register) in agencies:
        return True
    return bool(head.has_implements and mention and mention.search(content_of(head.file)))


def _agency(typed: str, register: Register) -> str:
    """One name for all spellings of an agency: the code of a registered one."""
    unit = register.by_code.get(typed) or (register.find(typed) if typed else None)
    return unit.code if unit else plain(typed)
