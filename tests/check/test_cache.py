"""The cache: when it answers, when it does not, and that nothing it meets on the disk can hurt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qmsplan.check import bundle, workers, workspace
from qmsplan.check.bundle import Checked
from qmsplan.check.ignores import Permit
from qmsplan.check.kept import Head, Kept, groups_in, pack, unpack
from qmsplan.check.plain import plain, value_of
from qmsplan.cli import cache, survey
from qmsplan.cli.files import shown, yaml_files
from qmsplan.cli.run import run
from qmsplan.diagnostic import Diagnostic, Related, Severity, Span, say
from qmsplan.load.evidence import ABSENT, HERE, OUTSIDE, find_evidence
from qmsplan.load.look import Look, digest_of, look_again, stamp_of
from qmsplan.rules.base import Answer, Charge, Facts, Place, Quality

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = "kind: plan\nid: {id}\ntemplate: work-plan\nperiod: 2026\nhead:\n  type: KẾ HOẠCH\ntasks:\n{tasks}"
TASK = "  - id: NV01\n    text: a\n    lead: NV\n    deadline: Quý I năm 2026\n"
SETTINGS = "kind: workspace\nlanguage: en\nunits:\n  - {code: NV, name: Phòng Nghiệp vụ}\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clean workspace of three plans whose files are old enough to be trusted, and a cache of its own."""
    monkeypatch.delenv("QMSPLAN_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "w"
    (root / "plans").mkdir(parents=True)
    (root / "qmsplan.yaml").write_text(SETTINGS, "utf-8")
    for name in "abc":
        (root / "plans" / f"{name}.yaml").write_text(PLAN.format(id=name.upper(), tasks=TASK), "utf-8")
    real = time.time_ns
    monkeypatch.setattr(cache.time, "time_ns", lambda: real() + 10**12)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are really checked."""
    seen: list[str] = []
    real = bundle.check_files

    def spy(files: Any, *more: Any) -> Checked:
        seen.extend(file.name for file in files)
        return real(files, *more)

    monkeypatch.setattr(workspace, "check_files", spy)
    return seen


def kept_file(root: Path) -> Path:
    (path,) = (root.parent / "cache" / "qmsplan").iterdir()
    return path


def listed(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


def test_a_second_run_checks_nothing_and_writes_nothing(place: Path, checks: list[str]) -> None:
    before = listed(place)
    assert run(["validate"]) == 0
    assert checks == ["plans/a.yaml", "plans/b.yaml", "plans/c.yaml"]
    stamp = kept_file(place).stat().st_mtime_ns
    assert [run(["validate"]), run(["validate", "--format", "json"])] == [0, 0]
    assert len(checks) == 3
    assert kept_file(place).stat().st_mtime_ns == stamp
    assert listed(place) == before


def test_only_what_changed_is_checked_again(place: Path, checks: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run(["validate"])
    checks.clear()
    path = place / "plans" / "b.yaml"
    path.write_text(path.read_text("utf-8").replace("lead: NV", "lead: YY"), "utf-8")
    assert run(["validate", "--fail-on", "warning"]) == 1
    assert checks == ["plans/b.yaml"]
    told = capsys.readouterr().out
    assert "YY" in told
    assert run(["validate", "--fail-on", "warning"]) == 1
    assert checks == ["plans/b.yaml"]
    assert capsys.readouterr().out == told
    run(["--lang", "vi", "validate"])
    assert "YY" in capsys.readouterr().out
    assert checks == ["plans/b.yaml"]  # a remembered finding is in no language yet


def test_a_named_file_uses_what_is_known_and_keeps_nothing(
    place: Path, checks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "FEW", 3)
    assert run(["validate", "plans/a.yaml"]) == 0
    assert not (place.parent / "cache").exists()
    run(["validate"])
    checks.clear()
    assert run(["validate", "plans/a.yaml"]) == 0
    assert checks == []


def test_among_few_files_nothing_is_looked_up(place: Path, checks: list[str]) -> None:
    """Loading what is known takes longer than a file does."""
    run(["validate"])
    checks.clear()
    assert run(["validate", "plans/a.yaml"]) == 0
    assert checks == ["plans/a.yaml"]


def test_a_fresh_checkout_is_read_but_not_checked(place: Path, checks: list[str]) -> None:
    run(["validate"])
    checks.clear()
    for path in (place / "plans").iterdir():
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)
        os.utime(path, ns=(10**18, 10**18))
    assert run(["validate"]) == 0
    assert checks == []


@pytest.mark.parametrize(
    "options", [["--no-cache"], ["--no-cache", "--format=text"], []], ids=["", "typer", "environment"]
)
def test_without_a_cache(options: list[str], place: Path, checks: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    if not options:
        monkeypatch.setenv("QMSPLAN_NO_CACHE", "1")
    assert [run(["validate", *options]) for _ in range(2)] == [0, 0]
    assert len(checks) == 6
    assert not (place.parent / "cache").exists()


def test_another_program_starts_cold(place: Path, checks: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    run(["validate"])
    monkeypatch.setattr(cache, "_tool", lambda: "another")
    run(["validate"])
    assert len(checks) == 6


def test_what_the_program_is_made_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "qmsplan"
    shutil.copytree(Path(cache.__file__).parents[1], package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "__file__", str(package / "cli" / "cache.py"))
    first = cache._tool()
    os.utime(package / "__init__.py", (1, 1))
    assert cache._tool() == first
    (package / "rules" / "no_lead.py").write_text("", "utf-8")
    assert cache._tool() != first
    shutil.rmtree(package)
    assert cache._tool() is None


def damages() -> dict[str, Callable[[bytes], bytes]]:
    def resigned(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
        def make(content: bytes) -> bytes:
            body = change(content.partition(b"\n")[2])
            return digest_of(body).encode() + b"\n" + body

        return make

    return {
        "empty": lambda _: b"",
        "half": lambda content: content[: len(content) // 2],
        "one byte less": lambda content: content[:-1],
        "one bit": lambda content: content.replace(b"plans/a", b"plans/b", 1),
        "binary": lambda _: bytes(range(256)),
        "another tool": resigned(lambda body: body.replace(b'["', b'["0', 1)),
        "no JSON": resigned(lambda _: b"{"),
        "deep JSON": resigned(lambda _: b"[" * 100_000),
        "another shape": resigned(lambda _: b"[]\n{}"),
        "a number": resigned(lambda _: b"1\n1"),
        "wrong groups": resigned(lambda body: body.partition(b"\n")[0] + b"\n[1"),
        "groups of another shape": resigned(lambda body: body.partition(b"\n")[0] + b"\n[1]"),
        "no question": resigned(lambda body: body.replace(b'"looks"', b'"look"')),
    }


@pytest.mark.parametrize("name", damages())
def test_a_damaged_cache_is_no_cache(name: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "plans" / "a.yaml").write_text(PLAN.format(id="A", tasks=TASK.replace("NV\n", "YY\n")), "utf-8")
    cold = run(["validate", "--no-cache"]), capsys.readouterr()
    run(["validate"])
    capsys.readouterr()
    path = kept_file(place)
    path.write_bytes(damages()[name](path.read_bytes()))
    assert (run(["validate"]), capsys.readouterr()) == cold
    path.write_bytes(damages()[name](path.read_bytes()))
    (place / "plans" / "b.yaml").unlink()
    assert (run(["validate"]), capsys.readouterr()) == cold


@pytest.mark.parametrize("length", range(0, 1200, 37))
def test_a_truncated_cache_is_worth_nothing(length: int) -> None:
    head = Head("tool", "s", "plans", "templates", {"a": Look((1, 2, 3, 4, 5), "d", None)}, "q", {"e": HERE}, [[1, 2]])
    content = pack(Kept(head, b'{"x":[' + b"1," * 500 + b"1]}"))
    assert unpack(content, "tool") == Kept(head, content.rpartition(b"\n")[2])
    assert unpack(content[: min(length, len(content) - 1)], "tool") is None
    assert unpack(content, "another") is None


@pytest.mark.parametrize(
    "fields",
    [
        {"tool": 1},
        {"settings": None},
        {"looks": []},
        {"looks": {"a": 1}},
        {"looks": {"a": [1, "d", None]}},
        {"looks": {"a": [None, 1, None]}},
        {"looks": {"a": [None, "d", ["x"]]}},
        {"evidence": []},
        {"found": {}},
        {"question": 1},
    ],
    ids=str,
)
def test_a_head_of_another_shape_is_worth_nothing(fields: dict[str, Any]) -> None:
    assert unpack(pack(Kept(Head("tool")._replace(**fields))), "tool") is None


def test_groups_that_are_no_dictionary() -> None:
    assert [groups_in(Kept(Head(""), text)) for text in (b"[1]", b"{", b"[" * 100_000)] == [{}, {}, {}]


QUALITY = Quality(
    Place("f", ("standard",)),
    "iso9001-2015",
    "TGPL",
    "Trung tâm",
    (2026, 2026),
    is_yearly=True,
    carries=frozenset({"B", "C"}),
    objectives=1,
    tasks=0,
    has_policy=False,
    is_told=True,
    answers=(Answer("audit", "NV5", Place("f", ("tasks", 0, "deadline")), (2026,), ("2026-09-30",), is_marked=True),),
    charges=(Charge("NV", "Phòng Nghiệp vụ", Place("f", ("objectives", 0, "lead")), is_demanded=False),),
)
CHECKED = Checked(
    [
        Diagnostic("QP1", "x", Severity.WARNING, say("a {b}", b="c"), "f.yaml"),
        Diagnostic(
            "QP2",
            "y",
            Severity.ERROR,
            say("ẵ"),
            "\udcff",
            Span(1, 2, 3, 4),
            say("h"),
            (Related("g", Span(5, 6, 7, 8), say("r")),),
        ),
    ],
    Facts("A", frozenset({"b", "a"}), ((Place("f", ("tasks", 0, "refs")), "B"),), quality=QUALITY),
    (Permit("f", "QP1", (1, 2), Span(1, 1, 1, 9)),),
    frozenset({Permit("f", "QP1", (1, 2), Span(1, 1, 1, 9))}),
    (("/x/y", ABSENT),),
)


def test_values_come_back_as_they_were() -> None:
    assert value_of(Checked, plain(CHECKED)) == CHECKED
    assert value_of(Facts, plain(Facts(None))) == Facts(None)


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (str, 1),
        (int, True),
        (int, "1"),
        (str | None, 1),
        (tuple[str, ...], "ab"),
        (tuple[str, int], ["a"]),
        (Span, [1, 2, 3]),
        (Span, [1, 2, 3, "4"]),
        (Severity, "fatal"),
        (frozenset[str], [["a"]]),
        (Facts, {}),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(kind: Any, given: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        value_of(kind, given)


def test_young_files_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("one", "utf-8")
    now = max(path.stat().st_mtime_ns, path.stat().st_ctime_ns)
    assert stamp_of(str(path), now + 1_000_000) is None
    assert stamp_of(str(path), now + 3 * 10**9) is not None
    look = Look(None, digest_of(b"one"), "A")
    assert look_again(str(path), look, now) == look
    settled = look_again(str(path), look, now + 3 * 10**9)
    assert settled
    assert settled.stamp
    path.write_text("two", "utf-8")
    assert look_again(str(path), look, now) is None
    assert look_again(str(path), look, now + 10**12) is None
    path.unlink()
    assert look_again(str(path), settled, now) is None


def test_a_stamp_that_is_the_same_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("one", "utf-8")
    now = path.stat().st_ctime_ns + 10**12
    look = Look(stamp_of(str(path), now), "no digest of it", None)
    assert look_again(str(path), look, now) is look


def test_where_evidence_lies(tmp_path: Path) -> None:
    root = tmp_path / "w"
    root.mkdir()
    (root / "a").write_text("a", "utf-8")
    (tmp_path / "b").write_text("b", "utf-8")
    (root / "out").symlink_to(tmp_path / "b")
    (root / "in").symlink_to(root / "a")
    (root / "ring").symlink_to(root / "ring")
    rows = {
        "a": HERE,
        "in": HERE,
        "out": OUTSIDE,
        "../b": OUTSIDE,
        "../w/a": HERE,
        "no": ABSENT,
        "x\0": OUTSIDE,
        "": ABSENT,
    }
    found = {name: find_evidence(os.path.join(root, name), str(root)) for name in rows}  # noqa: PTH118
    assert found == rows
    assert find_evidence(str(root / "ring"), str(root)) == ABSENT
    assert find_evidence(str(tmp_path / "w2"), str(root)) == OUTSIDE


@pytest.mark.parametrize("here", [".", "plans", "plans/x", "other"])
@pytest.mark.parametrize("folder", ["plans", ".", "plans/../plans", "./plans/x"])
def test_names_are_those_of_each_path(here: str, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("plans/b.yaml", "plans/a.yml", "plans/x/c.yaml", "plans/.d.yaml", "plans/.e/f.yaml", "other/g.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "plans" / "z.yaml").mkdir()
    (tmp_path / "plans" / "gone.yaml").symlink_to(tmp_path / "nothing")
    (tmp_path / "plans" / "linked").symlink_to(tmp_path / "other")
    monkeypatch.chdir(tmp_path / here)
    files = list(yaml_files(tmp_path / folder))
    assert [file.name for file in files] == [shown(file.path) for file in files]
    names = [file.path.name for file in files]
    assert names == (["c.yaml"] if folder.endswith("x") else ["a.yml", "b.yaml", "gone.yaml", "c.yaml"])


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"HOME": "/h"}, "/h/.cache/qmsplan"),
        ("linux", {"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "/x/qmsplan"),
        ("linux", {"HOME": "/h", "XDG_CACHE_HOME": "x"}, None),
        ("darwin", {"HOME": "/h"}, "/h/Library/Caches/qmsplan"),
        ("darwin", {"HOME": "/h", "XDG_CACHE_HOME": "/x"}, "/x/qmsplan"),
        ("win32", {"HOME": "/h", "LOCALAPPDATA": "/l"}, "/l/qmsplan"),
        ("win32", {"HOME": "/h"}, None),
    ],
)
def test_the_folder_of_each_platform(
    platform: str, environment: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache.cache_folder() == (Path(expected) if expected else None)


def test_a_cache_that_cannot_be_written_is_no_fault(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(place / "qmsplan.yaml"))
    assert [run(["validate"]), run(["validate"])] == [0, 0]


def test_a_cache_too_large_is_not_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "LARGEST", 100)
    assert [run(["validate"]), run(["validate"])] == [0, 0]
    assert not (place.parent / "cache").exists()


def test_only_the_workspaces_used_last_are_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = place.parent / "cache" / "qmsplan"
    folder.mkdir(parents=True)
    for number in range(60):
        (folder / f"{number}.cache").write_text("", "utf-8")
        os.utime(folder / f"{number}.cache", (number, number))
    monkeypatch.setattr(cache, "WORKSPACES", 10)
    run(["validate"])
    assert len(list(folder.iterdir())) == 10
    assert not (folder / "50.cache").exists()
    assert (folder / "51.cache").exists()


def test_a_cache_of_another_user_is_not_read(place: Path, checks: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    run(["validate"])
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    run(["validate"])
    assert len(checks) == 6


def test_many_files_in_two_processes_are_remembered(
    place: Path, checks: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(40):
        text = PLAN.format(id=f"P{number}", tasks=TASK.replace("NV\n", f"YY{number}\n"))
        (place / "plans" / f"p{number}.yaml").write_text(text, "utf-8")
    cold = run(["validate", "--no-cache"]), capsys.readouterr()
    monkeypatch.setattr(workers, "WORTH_TWO", 1)
    assert (run(["validate"]), capsys.readouterr()) == cold
    checks.clear()
    assert (run(["validate"]), capsys.readouterr()) == cold
    assert checks == []


def test_runs_at_the_same_time_share_a_cache(place: Path) -> None:
    command = [sys.executable, "-m", "qmsplan", "validate"]
    for _ in range(3):
        together = [subprocess.Popen(command, cwd=place, stdout=subprocess.PIPE) for _ in range(4)]
        assert [(process.communicate()[0], process.returncode) for process in together] == [(b"", 0)] * 4
    assert [path.suffix for path in kept_file(place).parent.iterdir()] == [".cache"]


def test_a_file_that_changes_while_it_is_checked_is_not_kept(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = bundle.check_files
    path = place / "plans" / "b.yaml"

    def meddle(files: Any, *more: Any) -> Checked:
        checked = real(files, *more)
        path.write_text(PLAN.format(id="B", tasks=TASK.replace("NV\n", "YY\n")), "utf-8")
        return checked

    with monkeypatch.context() as patch:
        patch.setattr(workspace, "check_files", meddle)
        run(["validate"])
    capsys.readouterr()
    cold = run(["validate", "--no-cache"]), capsys.readouterr()
    assert "YY" in cold[1].out
    assert (run(["validate"]), capsys.readouterr()) == cold
