"""Measures qmsplan beside its yardsticks, ratios in one run: `python benchmarks/run.py`.

It makes an environment of its own with qmsplan, check-jsonschema (with its C parser, ruamel.yaml.clib), yamllint and
python-docx, generates workspaces of three kinds (see generate.py) and prints a table in Markdown. Times are whole
processes: CPU is user + system of the process and its children. Where npm can install them, validators that know no
rules stand beside it: @sourcemeta/jsonschema; jsonschema-rs comes from pip."""

from __future__ import annotations

import argparse
import os
import platform
import re
import resource
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from generate import KINDS, commit, daily_plan, generate, long_plan, wide_plan

ROOT = Path(__file__).parents[1]
NEEDS = (str(ROOT), "check-jsonschema", "ruamel.yaml.clib", "yamllint", "python-docx", "jsonschema-rs")
SOURCEMETA = "@sourcemeta/jsonschema"


class Cost(NamedTuple):
    """Medians over some runs: seconds of CPU and of wall clock."""

    cpu: float
    wall: float


def measure(command: list[str], runs: int, folder: Path, *, codes: tuple[int, ...] = (0,)) -> Cost:
    """What a command costs; it must end with one of the codes."""
    cpu, wall = [], []
    for _ in range(runs):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=False)
        if done.returncode not in codes:
            raise SystemExit(f"{' '.join(command[:4])} ended with {done.returncode}")
        wall.append(time.perf_counter() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return Cost(statistics.median(cpu), statistics.median(wall))


def peak_megabytes(command: list[str], folder: Path) -> float:
    """The largest resident size of a command or any child of it, in MB."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", script, *command], cwd=folder, capture_output=True, check=True)
    return int(done.stdout) / 1024


def row(name: str, ours: float, theirs: float, bar: str, ratio: float) -> None:
    """One line of the table."""
    print(f"| {name} | {ours:.3f} | {theirs:.3f} | {ratio:.2f} | {bar} |", flush=True)


def seconds(name: str, ours: float, bar: str) -> None:
    """A line without a yardstick."""
    print(f"| {name} | {ours:.3f} | | | {bar} |", flush=True)


def main() -> None:
    """All measurements."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--plans", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=9)
    arguments = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # users have compiled modules
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tools = folder / "venv" / "bin"
        venv.create(folder / "venv", with_pip=True)
        install = [str(tools / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *NEEDS]
        subprocess.run(install, check=True)
        machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
        print(f"{machine}, {arguments.plans} plans\n")
        print("| what | qmsplan | yardstick | ratio | bar |\n|---|---|---|---|---|")
        peers = native_validators(folder)
        startup(tools, folder, arguments.runs)
        one_plan(tools, folder, arguments.runs, peers)
        rendering(tools, folder, arguments.runs)
        tables(tools, arguments.runs)
        phrases(tools)
        for kind in KINDS:
            province(tools, folder, arguments.plans // 2, kind, peers)
        growth_of_workspace(tools, folder, arguments.plans // 2)
        statuses(tools, folder, arguments.plans)
        exports(tools, folder, arguments.plans)
        among_many(tools, folder, arguments.plans, arguments.runs)
        reporting(tools, folder, arguments.plans)
        differences(tools, folder, arguments.plans, arguments.runs)
        amended(tools, folder, min(arguments.plans, 300))
        growth_of_plan(tools, folder, arguments.runs)
        growth_of_records(tools, folder, min(arguments.runs, 3))


def native_validators(folder: Path) -> str | None:
    """The program of @sourcemeta/jsonschema, if npm can install it."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    place = folder / "npm"
    done = subprocess.run([npm, "install", "--silent", "--prefix", str(place), SOURCEMETA], check=False)
    machine = {"x86_64": "x86_64", "AMD64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}.get(platform.machine(), "")
    builds = place / "node_modules" / "@sourcemeta" / "jsonschema" / "build" / "github-releases"
    program = builds / f"jsonschema-{platform.system().lower()}-{machine}"
    return str(program) if done.returncode == 0 and program.is_file() else None


def startup(tools: Path, folder: Path, runs: int) -> None:
    """Against a Python that does nothing, and against an empty typer application with the same commands, options and
    help, which prints it through rich, as typer does by itself, or plainly, as ours does."""
    nothing = measure([str(tools / "python"), "-c", "pass"], runs, ROOT)
    for option, bar in (("--version", "at most 10"), ("--help", "at most 10")):
        ours = measure([str(tools / "qmsplan"), option], runs, ROOT)
        row(f"`{option}`, CPU s, beside `python -c pass`", ours.cpu, nothing.cpu, bar, ours.cpu / nothing.cpu)
    for command in ("status --help", 'deadline "Quý III năm 2026"'):
        ours = measure([str(tools / "qmsplan"), *shlex.split(command)], runs, ROOT)
        for way in ("", "--plain"):
            program = folder / f"empty{way}.py"
            with program.open("wb") as file:
                make = [str(tools / "python"), str(ROOT / "benchmarks" / "empty_application.py"), way]
                subprocess.run(make, stdout=file, check=True)
            empty = measure([str(tools / "python"), str(program), *shlex.split(command)], runs, ROOT)
            name = f"`{command}`, CPU s, beside an empty typer application{', without rich' if way else ''}"
            row(name, ours.cpu, empty.cpu, "at most 1", ours.cpu / empty.cpu)


def one_plan(tools: Path, folder: Path, runs: int, sourcemeta: str | None) -> None:
    """One plan of a small workspace with its records, of each kind."""
    for kind in KINDS:
        workspace = folder / f"one-{kind}"
        generate(workspace, 1, kind)
        schema, files = schema_of(tools, workspace), ["plans/KH-00000.yaml", "plans/KH-00000.progress.yaml"]
        ours = measure([str(tools / "qmsplan"), "validate", *files], runs, workspace)
        theirs = measure([str(tools / "check-jsonschema"), "--schemafile", schema, *files], runs, workspace)
        name = f"validate one plan with its records ({kind}), CPU s, beside check-jsonschema"
        row(name, ours.cpu, theirs.cpu, "at least 1.5", theirs.cpu / ours.cpu)
        if kind == "clean":
            _beside_native(tools, workspace, schema, files, ours, runs, sourcemeta)
            theirs = measure([str(tools / "yamllint"), "-d", "relaxed", *files], runs, workspace)
            row("the same beside yamllint", ours.cpu, theirs.cpu, "", ours.cpu / theirs.cpu)


def _beside_native(
    tools: Path, folder: Path, schema: str, files: list[str], ours: Cost, runs: int, sourcemeta: str | None
) -> None:
    """The CPU of validators that know shapes and no rules."""
    program = str(ROOT / "benchmarks" / "with_jsonschema_rs.py")
    theirs = measure([str(tools / "python"), program, schema, *files], runs, folder)
    row("the same beside jsonschema-rs, which knows no rules", ours.cpu, theirs.cpu, "at most 2", ours.cpu / theirs.cpu)
    if sourcemeta:
        theirs = measure([sourcemeta, "validate", schema, *files], runs, folder)
        name = "the same beside @sourcemeta/jsonschema, which knows no rules"
        row(name, ours.cpu, theirs.cpu, "at most 4", ours.cpu / theirs.cpu)


def schema_of(tools: Path, workspace: Path) -> str:
    """The JSON Schema that is equivalent to qmsplan's."""
    path = workspace / "schema.json"
    with path.open("wb") as file:
        subprocess.run([str(tools / "qmsplan"), "--lang", "en", "schema"], cwd=workspace, stdout=file, check=True)
    return str(path)


def rendering(tools: Path, folder: Path, runs: int) -> None:
    """The 000 plan beside a minimal python-docx program."""
    out = folder / "out"
    out.mkdir()
    plan = "plans/tgpl/TGPL-KHMT-2026.yaml"
    ours = measure([str(tools / "qmsplan"), "render", plan, "--out", str(out)], runs, ROOT)
    program = [str(tools / "python"), str(ROOT / "benchmarks" / "minimal_docx.py"), str(out / "minimal.docx")]
    theirs = measure(program, runs, ROOT)
    row("render the 000 plan, CPU s, beside python-docx", ours.cpu, theirs.cpu, "at most 2.5", ours.cpu / theirs.cpu)


def tables(tools: Path, runs: int) -> None:
    """Long tables beside raw XML: one process that prints lines of its own."""
    program = str(ROOT / "benchmarks" / "table_rows.py")
    subprocess.run([str(tools / "python"), program, "--runs", str(runs)], cwd=ROOT, check=True)


def phrases(tools: Path) -> None:
    """Strings made to hurt: one process that prints lines of its own."""
    subprocess.run([str(tools / "python"), str(ROOT / "benchmarks" / "phrases.py")], cwd=ROOT, check=True)


BARS = {"clean": 8, "hand": 6, "findings": 4}
"""How many times as fast as check-jsonschema a thousand files are checked, by kind."""


def province(tools: Path, folder: Path, plans: int, kind: str, sourcemeta: str | None) -> None:
    """Plans, each with its progress file: twice as many files."""
    workspace = folder / f"files-{kind}"
    generate(workspace, plans, kind)
    schema = schema_of(tools, workspace)
    command = [str(tools / "qmsplan"), "validate"]
    ours = measure(command, 3, workspace)
    files = sorted(str(path.relative_to(workspace)) for path in (workspace / "plans").iterdir())
    theirs = measure([str(tools / "check-jsonschema"), "--schemafile", schema, *files], 1, workspace)
    name = f"validate {len(files)} files ({kind}), wall s, beside check-jsonschema"
    row(name, ours.wall, theirs.wall, f"at least {BARS[kind]}", theirs.wall / ours.wall)
    row("the same, CPU s", ours.cpu, theirs.cpu, "", theirs.cpu / ours.cpu)
    if kind == "clean":
        _beside_native(tools, workspace, schema, files, ours, 1, sourcemeta)
    print(f"| its peak memory of a process, MB | {peak_megabytes(command, workspace):.0f} | | | |", flush=True)


def statuses(tools: Path, folder: Path, plans: int) -> None:
    """The state of all plans beside checking them."""
    workspace = folder / "many"
    generate(workspace, plans)
    checking = measure([str(tools / "qmsplan"), "validate"], 3, workspace)
    for form in ("table", "json"):
        command = [str(tools / "qmsplan"), "status", "2026-Q3", "--as-of", "2026-10-20", "--format", form]
        ours = measure(command, 3, workspace)
        name = f"status of {plans} plans as {form}, CPU s, beside validating them"
        row(name, ours.cpu, checking.cpu, "at most 2.5", ours.cpu / checking.cpu)
        print(f"| peak memory of it, MB | {peak_megabytes(command, workspace):.0f} | | | under 300 |", flush=True)


def exports(tools: Path, folder: Path, plans: int) -> None:
    """Everything of the same files in each format; after `statuses`."""
    for form in ("csv", "json", "ics", "xlsx"):
        command = [str(tools / "qmsplan"), "export", form, "--as-of", "2026-11-21", "--output", str(folder / form)]
        seconds(f"export {plans} plans as {form}, CPU s", measure(command, 1, folder / "many").cpu, "")
        peak = peak_megabytes(command, folder / "many")
        print(f"| its peak memory, MB | {peak:.0f} | | | under 400 |", flush=True)


def among_many(tools: Path, folder: Path, plans: int, runs: int) -> None:
    """One file and one plan among all, and the layout of all; after `statuses`."""
    for command, bar in (("validate plans/KH-00000.yaml", "at most 0.5"), ("status --plan KH-00000", "at most 0.5")):
        ours = measure([str(tools / "qmsplan"), *command.split()], runs, folder / "many")
        seconds(f"`{command}` among {plans} plans, CPU s", ours.cpu, bar)
    laid = measure([str(tools / "qmsplan"), "fmt", "--check"], 1, folder / "many")
    seconds(f"`fmt --check` of {2 * plans} files, CPU s", laid.cpu, "at most 5")


def reporting(tools: Path, folder: Path, plans: int) -> None:
    """One report on all of them, as one Word file with an annex for each plan, beside validating them; after
    `statuses`."""
    workspace = folder / "many"
    command = [str(tools / "qmsplan"), "report", "2026-Q3", "--as-of", "2026-11-21", "--out", str(folder / "reports")]
    ours, theirs = measure(command, 3, workspace), measure([str(tools / "qmsplan"), "validate"], 3, workspace)
    row(
        f"report on {plans} plans, wall s, beside validating",
        ours.wall,
        theirs.wall,
        "at most 2.5",
        ours.wall / theirs.wall,
    )
    row(
        f"report on {plans} plans, CPU s, beside validating", ours.cpu, theirs.cpu, "at most 2.5", ours.cpu / theirs.cpu
    )
    peak = peak_megabytes(command, workspace)
    print(f"| peak memory of the report, MB | {peak:.0f} | | | under 400 |", flush=True)


def differences(tools: Path, folder: Path, plans: int, runs: int) -> None:
    """Two revisions in which ten plans differ, beside the same command in a workspace of one plan, and git's own."""
    few, many = folder / "one-version", folder / "versions"
    for workspace, count in ((few, 1), (many, plans)):
        generate(workspace, count)
        commit(workspace)
        for number in range(min(count, 10)):
            path = workspace / "plans" / f"KH-{number:05d}.yaml"
            text = path.read_text("utf-8")
            path.write_text(re.sub("target: .*", 'target: ">=50%"', text, count=1), "utf-8")
        commit(workspace)
    compare = [str(tools / "qmsplan"), "diff", "HEAD~1..HEAD", "--as-of", "2026-11-21"]
    start = measure([*compare[:2], "HEAD..HEAD", *compare[3:]], runs, few)
    ours = measure(compare, runs, many)
    git = measure(["git", "diff-tree", "-r", "-z", "-M", "HEAD~1", "HEAD"], runs, many)
    name = f"diff of two revisions with {plans} plans, 10 changed, CPU s, beside start-up and git's own"
    row(name, ours.cpu, start.cpu + git.cpu, "below 2", ours.cpu / (start.cpu + git.cpu))


def amended(tools: Path, folder: Path, plans: int) -> None:
    """The status of plans that were amended, on a day of their first revision, which git has, and on one of today's."""
    workspace, program = folder / "amended", str(ROOT / "benchmarks" / "amended_plans.py")
    subprocess.run([str(tools / "python"), program, str(workspace), "--plans", str(plans)], check=True)
    status = [str(tools / "qmsplan"), "status", "2026-Q1", "--as-of"]
    first, last = (measure([*status, day], 3, workspace) for day in ("2026-04-15", "2026-07-15"))
    name = f"status of {plans} amended plans by their first revision, CPU s, beside by today's"
    row(name, first.cpu, last.cpu, "at most 1.5", first.cpu / last.cpu)


def growth_of_workspace(tools: Path, folder: Path, plans: int) -> None:
    """Ten times the files; after `province`."""
    many = folder / "tenfold"
    generate(many, 10 * plans)
    command = [str(tools / "qmsplan"), "validate"]
    small, large = measure(command, 3, folder / "files-clean"), measure(command, 1, many)
    row(f"{plans * 20} files beside {plans * 2}, wall s", large.wall, small.wall, "at most 11", large.wall / small.wall)


def growth_of_plan(tools: Path, folder: Path, runs: int) -> None:
    """A plan of twenty times the lines."""
    workspace = folder / "long"
    generate(workspace, 0)
    for lines in (1_000, 20_000):
        (workspace / f"{lines}.yaml").write_text(long_plan(lines), "utf-8")
    small, large = (
        measure([str(tools / "qmsplan"), "validate", f"{lines}.yaml"], runs, workspace) for lines in (1_000, 20_000)
    )
    row("a plan of 20,000 lines beside 1,000, CPU s", large.cpu, small.cpu, "at most 25", large.cpu / small.cpu)


def growth_of_records(tools: Path, folder: Path, runs: int) -> None:
    """10,000 readings in one file, and 5,000 items in one plan: each command beside the same on a half and a quarter
    of them. Whole processes: start-up is in each of the three."""
    for make, name, noun in ((daily_plan, "NGAY", "readings in one file"), (wide_plan, "RONG", "items in one plan")):
        most = 10_000 if make is daily_plan else 5_000
        for count in (most // 4, most // 2, most):
            workspace = folder / f"{name}-{count}"
            generate(workspace, 0)
            for ending, text in zip((".yaml", ".progress.yaml"), make(count), strict=True):
                (workspace / "plans" / f"{name}{ending}").write_text(text, "utf-8")
        value = ("--value", "12") if make is daily_plan else ("--num", "190", "--den", "200")
        for command in (
            ("validate",),
            ("status", "2026-Q3", "--as-of", "2026-10-20", "--items"),
            ("report", "2026-Q3", "--as-of", "2026-10-20", "--out", str(folder / "grown")),
            ("record", f"{name}/MT0002", *value, "--period", "2026-10", "--recorded", "2026-11-05", "--dry-run"),
        ):
            quarter, half, whole = (
                measure([str(tools / "qmsplan"), *command], runs, folder / f"{name}-{count}", codes=(0, 1)).cpu
                for count in (most // 4, most // 2, most)
            )
            print(
                f"| {command[0]}: {most:,} {noun}, CPU s; half; a quarter | {whole:.3f} | {half:.3f}; {quarter:.3f} "
                f"| {whole / quarter:.2f} | at most 4 |",
                flush=True,
            )


if __name__ == "__main__":
    main()
