"""`qmsplan validate --fix`: findings that only one text can mend are mended, each file whole or not at all."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from qmsplan.check.findings import Weights, weigh
from qmsplan.check.fixes import MendedFile, mend
from qmsplan.cli.console import CLEAN, FINDINGS, put, tell_message
from qmsplan.cli.lock import held
from qmsplan.cli.survey import CheckRequest, files_with, scope_of, survey
from qmsplan.cli.workspace import named_files
from qmsplan.cli.write import replace_unchanged
from qmsplan.diagnostics import Diagnostic, Message
from qmsplan.load.document import read_content
from qmsplan.load.files import MARK, File, read_bytes
from qmsplan.load.workspace import group
from qmsplan.model.plan import Plan
from qmsplan.output.safe_text import clean, harmless


def fix_findings(request: CheckRequest, weights: Weights, *, is_dry_run: bool) -> int:
    """Mends what can be mended of the findings that are asked for, and says how many of each file; a dry run prints the
    changes instead, and gives 1 if there are any. Signed plans are left alone."""
    with held(request.place.root, unless=is_dry_run):
        found = list(weigh(survey(request).diagnostics, weights))
        files = list(_mended(request, found))
        for mended in files:
            if is_dry_run:
                put(_changes(mended))
            else:
                replace_unchanged(mended.file.path, mended.before, mended.after)
                told = Message("{file}: findings fixed: {count}", file=mended.file.name, count=len(mended.mended))
                tell_message(told, request.language)
        if not files:
            nothing = Message("nothing here can be fixed without you; findings: {count}", count=len(found))
            tell_message(nothing, request.language)
    return FINDINGS if is_dry_run and files else CLEAN


def _mended(request: CheckRequest, found: Sequence[Diagnostic]) -> Iterator[MendedFile]:
    by_file: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in found:
        if diagnostic.fix and diagnostic.fix.is_sure:
            by_file[diagnostic.file].append(diagnostic)
    place, language = request.place, request.language
    scope = scope_of(place)
    named = tuple(file for file in named_files(request.paths) if file.path.name != MARK)
    plans = group(files_with(place, named)[0]).values()
    settings = File(place.root / MARK, place.document.source.name) if place.document else None
    for together in (*plans, *([(settings,)] if settings else [])):
        for file in together:
            if file.name not in by_file:
                continue
            before = read_bytes(file.path)
            if _is_signed(file, before):
                told = Message("{file} is signed and stays as it is; see 'qmsplan amend'", file=file.name)
                tell_message(told, language)
                continue
            others = [other for other in together if other is not file]
            mended = mend(file, others, before, by_file[file.name], scope)
            if mended.mended:
                yield mended


def _is_signed(file: File, content: bytes) -> bool:
    """Whether a file is a signed plan. Of one that can't be read now, a sign-off in its text says so."""
    value = read_content(content, file.name).value
    if value is None:
        return re.search(rb"(?m)^signoff:", content) is not None
    return isinstance(value, Plan) and value.signoff is not None


def _changes(mended: MendedFile) -> str:
    """The change of a file as `diff -u` shows it."""
    before, after = (content.decode("utf-8").splitlines() for content in (mended.before, mended.after))
    name = mended.file.name
    lines = difflib.unified_diff(before, after, name, name, lineterm="")
    return harmless("".join(f"{clean(line)}\n" for line in lines))
