"""What other repositories take from this one: pre-commit hooks, the GitHub action, the GitLab job. Tried for real."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import need
from qmsplan.cli.app import COMMANDS
from rows import each_row
from shell_program import put_program

ROOT = Path(__file__).parents[1]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
JOB: dict[str, Any] = yaml.safe_load((ROOT / "ci" / "qmsplan.gitlab-ci.yml").read_text("utf-8"))["qmsplan"]
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
SCRIPTS = [step["run"] for step in STEPS.values() if "run" in step]

SETTINGS = "kind: workspace\nlanguage: en\n"
PLAN = "kind: plan\nid: {id}\ntemplate: work-plan\nperiod: 2026\nhead:\n  type: KẾ HOẠCH\n"
RECORD = """\
kind: progress
plan: KH
completions:
  - item: NV1
    done: 2026-02-09
    files: ../evidence.txt
"""
TASK = """\
tasks:
  - id: NV1
    text: Họp Ban chỉ đạo
    lead: Văn phòng
    deadline: Quý I năm 2026
"""
BROKEN = PLAN.format(id="KH") + "preamble: >98%\n"
UNTIDY = PLAN.format(id="'KH'") + TASK
TIDY = PLAN.format(id="KH") + TASK

unix_only = pytest.mark.skipif(os.name == "nt", reason="the scripts are written for bash")


def put(folder: Path, **files: str) -> None:
    """Writes files; `plans__a` is plans/a.yaml."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder of programs with this very qmsplan in it."""
    folder = tmp_path / "programs"
    folder.mkdir()
    put_program(folder)
    return folder


@pytest.fixture
def environment(tmp_path: Path, programs: Path) -> dict[str, str]:
    """No settings of whoever runs the tests."""
    source = str(ROOT / "src")
    known = os.environ.get("PYTHONPATH")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))},
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": f"{source}{os.pathsep}{known}" if known else source,
        "PRE_COMMIT_HOME": str(tmp_path / "pre-commit"),
        "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "x@y" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }


def execute(command: list[str], folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=170)
    return done.returncode, (done.stdout + done.stderr).decode()


# Pre-commit


def test_hooks_call_commands_that_exist() -> None:
    assert {hook["id"] for hook in HOOKS} == {"qmsplan-validate", "qmsplan-fmt", "qmsplan-check-docx"}
    for hook in HOOKS:
        assert hook["language"] == "python"
        program, command = hook["entry"].split()
        assert program == "qmsplan"
        assert command == hook["id"].removeprefix("qmsplan-")
        assert command in COMMANDS


def test_validate_sees_the_whole_set_and_fmt_the_files() -> None:
    validate, fmt, word = HOOKS
    assert word["files"] == r"\.docx$"
    assert (validate["pass_filenames"], validate["always_run"]) == (False, True)
    assert "pass_filenames" not in fmt
    assert fmt["types"] == ["yaml"]


def test_the_manifest_is_valid() -> None:
    code, output = execute([need("pre-commit"), "validate-manifest", ".pre-commit-hooks.yaml"], ROOT, dict(os.environ))
    assert (code, output) == (0, "")


class Repository:
    """A repository of plans that takes its hooks from another one."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        self.pre_commit, git = need("pre-commit"), need("git")
        hooks, self.plans = folder / "hooks", folder / "work"
        self.git = [git, "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"]
        for repository in (hooks, self.plans):
            repository.mkdir()
            self.run([*self.git, "init", "--quiet"], repository)
        (hooks / ".pre-commit-hooks.yaml").write_bytes((ROOT / ".pre-commit-hooks.yaml").read_bytes())
        self.commit(hooks)
        _, revision = self.run([*self.git, "rev-parse", "HEAD"], hooks)
        # `language: system` keeps the test off the network: the hooks run as they are, with this checkout's qmsplan
        chosen = [{"id": hook["id"], "language": "system"} for hook in HOOKS]
        config = {"repos": [{"repo": str(hooks), "rev": revision.strip(), "hooks": chosen}]}
        (self.plans / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
        put(self.plans, qmsplan=SETTINGS)

    def run(self, command: list[str], folder: Path) -> tuple[int, str]:
        return execute(command, folder, self.environment)

    def commit(self, folder: Path) -> None:
        self.run([*self.git, "add", "--all"], folder)
        code, output = self.run([*self.git, "commit", "--quiet", "--no-verify", "-m", "x"], folder)
        assert code == 0, output

    def hooks(self, *arguments: str) -> tuple[int, str]:
        self.run([*self.git, "add", "--all"], self.plans)
        return self.run([self.pre_commit, "run", "--color", "never", *arguments], self.plans)


@pytest.fixture
def repository(tmp_path: Path, environment: dict[str, str]) -> Repository:
    return Repository(tmp_path, environment)


@unix_only
def test_an_untidy_plan_is_laid_out_and_fails_once(repository: Repository) -> None:
    put(repository.plans, other="a:   1\n", plans__a=UNTIDY, plans__b=TIDY.replace("KH", "KH2"))
    code, output = repository.hooks("--all-files")
    assert code == 1
    assert "laid out: plans/a.yaml" in output
    assert "plans/b.yaml" not in output
    assert (repository.plans / "plans" / "a.yaml").read_bytes() == TIDY.encode()
    code, output = repository.hooks("--all-files")
    assert code == 0, output
    assert output.count("Passed") == 2
    assert (repository.plans / "other.yaml").read_bytes() == b"a:   1\n"


@unix_only
def test_a_commit_of_one_file_is_checked_against_the_others(repository: Repository) -> None:
    put(repository.plans, plans__a=TIDY)
    repository.commit(repository.plans)
    put(repository.plans, plans__b=TIDY, plans__c=BROKEN)
    code, output = repository.hooks()
    assert code == 1
    assert "plans/a.yaml" in output
    assert "error[QP004]" in output
    assert "plans/c.yaml:7:11" in output


@unix_only
def test_a_commit_that_only_deletes_is_checked_too(repository: Repository) -> None:
    put(repository.plans, plans__a=TIDY, plans__b=RECORD)
    (repository.plans / "evidence.txt").write_text("x", "utf-8")
    repository.commit(repository.plans)
    (repository.plans / "evidence.txt").unlink()
    code, output = repository.hooks()
    assert code == 1
    assert "evidence.txt" in output


@unix_only
def test_the_hooks_install_themselves(repository: Repository) -> None:
    """As for users: pre-commit builds an environment from this checkout. Needs the network."""
    if not os.environ.get("QMSPLAN_ALL_TOOLS"):
        pytest.skip("only where all tools are asked for")
    put(repository.plans, plans__a=BROKEN)
    repository.commit(repository.plans)
    environment = {name: value for name, value in repository.environment.items() if name != "PYTHONPATH"}
    command = [repository.pre_commit, "try-repo", str(ROOT), "qmsplan-validate", "--all-files", "--color", "never"]
    code, output = execute(command, repository.plans, environment)
    assert code == 1, output
    assert "error[QP004]" in output


# GitHub


def test_the_action_is_one_by_the_published_schema() -> None:
    command = [need("check-jsonschema"), "--builtin-schema", "vendor.github-actions", "action.yml"]
    assert execute(command, ROOT, dict(os.environ))[0] == 0


def test_every_input_is_described_and_used() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    for name, described in ACTION["inputs"].items():
        assert described["description"]
        assert isinstance(described["default"], str)
        assert f"inputs.{name} " in text


@each_row("script", SCRIPTS)
def test_no_expression_stands_in_a_script(script: str) -> None:
    """What a stranger typed would run: expressions are put into the script's text before any shell sees it."""
    assert "${{" not in script


@each_row("step", STEPS.values())
def test_every_script_names_its_shell(step: dict[str, Any]) -> None:
    assert ("run" in step) == (step.get("shell") == "bash")
    assert ("run" in step) != ("uses" in step)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    put(folder, qmsplan=SETTINGS, plans__a=TIDY)
    return folder


def step(name: str, folder: Path, environment: dict[str, str], **inputs: str) -> tuple[int, str]:
    """Runs a step's script as a runner does, its inputs in the environment."""
    given = {
        variable: inputs.get(expression.removeprefix("${{ inputs.").removesuffix(" }}").replace("-", "_"), "")
        for variable, expression in STEPS[name]["env"].items()
    }
    script = folder.parent / "step.sh"
    script.write_text(STEPS[name]["run"], "utf-8")
    command = [need("bash"), "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
    runner = {"RUNNER_TEMP": str(folder.parent), "GITHUB_STEP_SUMMARY": str(folder.parent / "summary.md")}
    return execute(command, folder, {**environment, **runner, **given})


@unix_only
def test_faults_become_annotations_and_lines_of_the_summary(workspace: Path, environment: dict[str, str]) -> None:
    summary = workspace.parent / "summary.md"
    summary.write_text("# earlier\n", "utf-8")
    put(workspace, plans__b=BROKEN.replace("KH", "B"))
    code, output = step("Validate", workspace, environment, fail_on="error")
    assert code == 1
    assert output.startswith("::error file=plans/b.yaml,line=7,col=11,")
    written = summary.read_text("utf-8")
    assert written.startswith("# earlier\n**errors: 1")
    assert "plans/b.yaml:7" in written
    (workspace / "plans" / "b.yaml").unlink()
    assert step("Validate", workspace, environment, fail_on="error") == (0, "")
    assert summary.read_text("utf-8").endswith("**Nothing wrong, files: 2**\n")
    assert not (workspace.parent / "qmsplan-summary.md").exists()


@unix_only
def test_wrong_use_leaves_the_summary_alone(workspace: Path, environment: dict[str, str]) -> None:
    assert step("Validate", workspace, environment, fail_on="nothing")[0] == 2
    assert not (workspace.parent / "summary.md").exists()


@unix_only
def test_paths_choose_what_is_told(workspace: Path, environment: dict[str, str]) -> None:
    put(workspace, plans__b=BROKEN, plans__c=BROKEN.replace("KH", "C"))
    paths = "plans/a.yaml\r\nplans/c.yaml\n\n"
    code, output = step("Validate", workspace, environment, fail_on="error", language="vi", paths=paths)
    assert code == 1
    assert "phải đặt trong dấu ngoặc kép" in output
    assert "plans/c.yaml" in output
    assert "plans/b.yaml" not in output


@unix_only
def test_warnings_fail_where_asked(workspace: Path, environment: dict[str, str]) -> None:
    put(workspace, plans__a=TIDY + "closing: Phòng #1\n")
    assert step("Validate", workspace, environment, fail_on="error")[0] == 0
    assert step("Validate", workspace, environment, fail_on="warning")[0] == 1


@unix_only
def test_the_layout_is_only_told(workspace: Path, environment: dict[str, str]) -> None:
    put(workspace, plans__a=UNTIDY)
    code, output = step("Layout", workspace, environment, language="en")
    assert (code, output) == (1, "would be laid out: plans/a.yaml\n")
    assert (workspace / "plans" / "a.yaml").read_bytes() == UNTIDY.encode()
    put(workspace, plans__a=TIDY)
    assert step("Layout", workspace, environment) == (0, "")


@unix_only
@pytest.mark.parametrize(
    "typed", ["$(touch stolen)", "`touch stolen`", '"; touch stolen; "', "a b", "--help", "-x", "*", "${HOME}", "'"]
)
@pytest.mark.parametrize("name", ["Validate", "Layout"])
def test_what_is_typed_into_inputs_is_an_argument_and_never_run(
    name: str, typed: str, workspace: Path, programs: Path, environment: dict[str, str]
) -> None:
    """In the program's place stands one that only says what it was given."""
    (programs / "qmsplan").write_text("#!/bin/sh\nprintf '<%s>\\n' \"$@\"\n", "utf-8")
    code, output = step(name, workspace, environment, fail_on=typed, paths=f"a.yaml\n{typed}")
    assert code == 0
    told = output.splitlines()
    assert told[told.index("<-->") :] == ["<-->", "<a.yaml>", f"<{typed}>"]
    assert name == "Layout" or told[told.index("<--fail-on>") + 1] == f"<{typed}>"
    assert sorted(path.name for path in workspace.iterdir()) == ["plans", "qmsplan.yaml"]


@unix_only
def test_a_path_that_is_no_file_is_told(workspace: Path, environment: dict[str, str]) -> None:
    for name in ("Validate", "Layout"):
        code, output = step(name, workspace, environment, fail_on="error", paths="$(touch stolen)")
        assert (code, "there is no file" in output) == (2, True)


@unix_only
def test_the_installed_version_is_the_action_s_own(tmp_path: Path, environment: dict[str, str]) -> None:
    if not os.environ.get("QMSPLAN_ALL_TOOLS"):
        pytest.skip("only where all tools are asked for: pip needs the network")
    names = {"RUNNER_TEMP": str(tmp_path / "runner"), "GITHUB_PATH": str(tmp_path / "path"), "ACTION_PATH": str(ROOT)}
    script = tmp_path / "install.sh"
    script.write_text(STEPS["Install this version of qmsplan"]["run"], "utf-8")
    code, output = execute([need("bash"), "-eo", "pipefail", str(script)], tmp_path, {**environment, **names})
    assert code == 0, output
    program = Path((tmp_path / "path").read_text("utf-8").strip()) / "qmsplan"
    assert execute([str(program), "--version"], tmp_path, {**environment, "PYTHONPATH": ""})[0] == 0


# GitLab


def test_the_job_is_one_by_the_published_schema() -> None:
    command = [need("check-jsonschema"), "--builtin-schema", "vendor.gitlab-ci", "ci/qmsplan.gitlab-ci.yml"]
    assert execute(command, ROOT, dict(os.environ))[0] == 0


def job(lines: list[str], folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    script = folder.parent / "job.sh"
    script.write_text("\n".join(lines), "utf-8")
    return execute([need("bash"), "-eo", "pipefail", str(script)], folder, environment)


@unix_only
@pytest.mark.parametrize(
    ("text", "variables", "expected", "told"),
    [
        (UNTIDY, {}, 0, []),
        (UNTIDY, {"QMSPLAN_FMT": "true"}, 1, []),
        (BROKEN, {}, 1, ["plans/a.yaml"]),
        (TIDY, {"QMSPLAN_FMT": "true"}, 0, []),
        (TIDY, {"QMSPLAN_FAIL_ON": "$(touch stolen)"}, 2, None),
    ],
)
def test_the_lines_of_the_job_and_its_report(
    text: str,
    variables: dict[str, str],
    expected: int,
    told: list[str] | None,
    workspace: Path,
    environment: dict[str, str],
) -> None:
    put(workspace, plans__a=text)
    assert job(JOB["script"], workspace, {**environment, **JOB["variables"], **variables})[0] == expected
    assert not (workspace / "stolen").exists()
    report = workspace / JOB["artifacts"]["reports"]["codequality"]
    if told is not None:
        assert [entry["location"]["path"] for entry in yaml.safe_load(report.read_text("utf-8"))] == told


# The manual


@each_row("page", ["ci.md", "ci.vi.md"])
def test_the_manual_names_every_hook_input_and_variable(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    for name in (*(hook["id"] for hook in HOOKS), *ACTION["inputs"], *JOB["variables"], "ci/qmsplan.gitlab-ci.yml"):
        assert name in text
