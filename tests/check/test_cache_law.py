"""The law of the cache: whatever happens to a workspace, a remembered answer is the answer of a cold run."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsplan.cli import cache, survey
from qmsplan.cli.run import run

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = "kind: plan\nid: {id}\ntemplate: {template}\nperiod: 2026\nhead:\n  type: KẾ HOẠCH\n  issuer: NV\ntasks:\n"
TASK = "  - id: {id}\n    text: Một việc\n    lead: {lead}\n    deadline: {deadline}\n"
READING = "kind: progress\nplan: {id}\ncompletions:\n  - item: {item}\n    done: 2026-02-03\n    files: [{file}]\n"
AIM = """kind: plan
id: {id}
template: work-plan
period: {year}
head: {{type: KẾ HOẠCH, issuer: NV}}
objectives:
  - {{id: M1, text: 'Đạt {share}% hồ sơ đúng hạn', target: '{share}%', deadline: Trong năm {year}, lead: NV}}
"""
MEASURED = """kind: progress
plan: {id}
readings:
  - {{item: M1, period: 2025, numerator: {above}, denominator: 100, recorded: 2026-01-14}}
"""
SIGNED = "signoff: {number: 05/KH-NV, date: 2026-02-09}\n"

PLAN = HEAD.format(id="A", template="work-plan") + TASK.format(id="N1", lead="NV", deadline="Quý I năm 2026")
YEAR = (
    HEAD.format(id="D", template="work-plan").replace("head:", "standard: iso9001-2015\nhead:")
    + TASK.format(id="N1", lead="NV", deadline="Quý I năm 2026")
    + "    clauses: 9.2\n"
)
OTHER = HEAD.format(id="B", template="own") + TASK.format(id="N1", lead="XX", deadline="Hôm nào đó")
TEXTS = {
    "plans/a.yaml": (
        PLAN,
        PLAN + "    refs: [B/N1]\n",
        PLAN + "    refs: [B/N9]  # qmsplan: ignore[QP206] to come\n",
        PLAN + "    refs: [B/N9]  # qmsplan: ignore[QP107,QP106,QP105] to come\n",
        PLAN.replace("N1", "N2"),
        AIM.format(id="A", year=2026, share=90),
        PLAN + SIGNED,
        PLAN.replace("template: work-plan", "template: own"),
        PLAN.replace("\n", "\r\n"),
        "\ufeff" + PLAN,
        "",
    ),
    "plans/b.yml": (
        OTHER,
        AIM.format(id="B", year=2025, share=80),
        OTHER + SIGNED,
        OTHER.replace("id: B", "id: A"),
        OTHER.replace("XX", "NV"),
        "kind: plan\n\tid: B\n",
        "{",
    ),
    "plans/d.yaml": (YEAR, YEAR.replace("9.2", "9.9"), YEAR.replace("2015", "2026"), YEAR + "implements: A\n"),
    "plans/c/b.yaml": (OTHER, "kind: workspace\n", "kind: plan\nid: B\nbogus: 1\n"),
    "plans/a.progress.yaml": (
        READING.format(id="A", item="N1", file="proof.txt"),
        READING.format(id="A", item="N9", file="../proof.txt"),
        READING.format(id="B", item="N1", file="../../out.txt"),
        READING.format(id="C", item="N1", file="link.txt"),
        MEASURED.format(id="B", above=95),
        MEASURED.format(id="B", above=85),
    ),
    "plans/proof.txt": ("one", "two", ""),
    "proof.txt": ("one",),
    "plans/link.txt": ("one",),
    "templates/own/body.xml.j2": ("<document/>",),
    "templates/work-plan/body.xml.j2": ("<document/>",),
    "qmsplan.yaml": (
        "kind: workspace\nunits:\n  - {code: NV, name: Phòng Nghiệp vụ}\n",
        "kind: workspace\nunits:\n  - {code: XX, name: Phòng Khác}\nlanguage: en\n",
        "kind: workspace\nrules: {no-evaluation: off, QP206: warning}\n",
        "kind: workspace\nrules: {nothing: off}\n",
        "kind: workspace\nplans: plans/c\n",
        "kind: workspace\ntemplates: other\n",
        "kind: workspace\nplans: none\n",
    ),
    "other/own/body.xml.j2": ("<document/>",),
}
PATHS = sorted(TEXTS)
OPTIONS = ((), ("--format", "json"), ("--format", "github"), ("--fail-on", "warning"), ("--ignore", "QP2"))

write = st.sampled_from(PATHS).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(TEXTS[name])))
step = st.one_of(
    st.tuples(st.just("write"), write),
    st.tuples(st.just("write"), write),
    st.tuples(st.just("delete"), st.sampled_from(PATHS)),
    st.tuples(st.just("touch"), st.sampled_from(PATHS)),
    st.tuples(st.just("rename"), st.tuples(st.sampled_from(PATHS), st.sampled_from(PATHS))),
    st.tuples(st.just("link"), st.sampled_from(["plans/proof.txt", "plans/link.txt", "plans/b.yml"])),
    st.tuples(st.just("go"), st.sampled_from([".", "plans", "plans/c"])),
)


class World:
    """A workspace that steps change, and its cache."""

    def __init__(self, folder: Path) -> None:
        self.root, self.here = folder / "w", folder / "w"
        self.times = itertools.count(1_600_000_000_000_000_000, 1_000_000)
        (self.root / "plans" / "c").mkdir(parents=True)
        for name in ("qmsplan.yaml", "plans/a.yaml", "plans/b.yml", "plans/a.progress.yaml", "plans/proof.txt"):
            self.write((name, TEXTS[name][0]))

    def write(self, given: tuple[str, str]) -> None:
        path = self.root / given[0]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(given[1].encode())
        self.touch(given[0])

    def delete(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    def touch(self, name: str) -> None:
        if (self.root / name).is_file():
            now = next(self.times)
            os.utime(self.root / name, ns=(now, now))

    def rename(self, names: tuple[str, str]) -> None:
        old, new = (self.root / name for name in names)
        if old.exists():
            new.parent.mkdir(parents=True, exist_ok=True)
            old.replace(new)

    def link(self, name: str) -> None:
        self.delete(name)
        (self.root / name).symlink_to(self.root.parent / "outside")

    def go(self, name: str) -> None:
        self.here = self.root / name

    def answer(self, *options: str) -> tuple[int, str, str]:
        """What `validate` does."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.chdir(self.here), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run(["validate", *options])
        return code, out.getvalue(), err.getvalue()


@contextlib.contextmanager
def world(*, is_settled: bool) -> Iterator[World]:
    folder = Path(tempfile.mkdtemp())
    (folder / "outside").write_text("one", "utf-8")
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("QMSPLAN_NO_CACHE", raising=False)
            patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
            later = 10**12 if is_settled else 0
            real = time.time_ns
            patch.setattr(cache.time, "time_ns", lambda: real() + later)
            patch.setattr(survey, "FEW", 0)  # named files use what is known here too
            yield World(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@settings(max_examples=40)
@given(
    steps=st.lists(st.tuples(step, st.sampled_from(OPTIONS)), min_size=1, max_size=12),
    is_settled=st.booleans(),  # whether the files have long been there, or were written just now
    data=st.data(),
)
def test_a_remembered_answer_is_that_of_a_cold_run(
    steps: list[tuple[tuple[str, object], tuple[str, ...]]],
    is_settled: bool,  # noqa: FBT001
    data: st.DataObject,
) -> None:
    with world(is_settled=is_settled) as here:
        for (kind, change), options in steps:
            getattr(here, kind)(change)
            cold = here.answer(*options, "--no-cache")
            assert here.answer(*options) == cold
            assert here.answer(*options) == cold  # now it is remembered
            name = data.draw(st.sampled_from([None, *PATHS]))
            if name and (here.root / name).is_file() and name.endswith(("yaml", "yml")):
                named = os.path.relpath(here.root / name, here.here)
                assert here.answer(named) == here.answer(named, "--no-cache")
