"""The recipes of docs/ci.md for a quarter, from forms to report: their YAML, and their commands run by a shell in a
repository, as a runner would run them. What is not here, a `gh` and a mail program, only notes what it is asked."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from form_workspace import FORM, MINE, PLAN, SETTINGS, fill

from conftest import need
from fixed_clock import DAY
from rows import each_row
from shell_program import DAY_STANDS, put_program

ROOT = Path(__file__).parents[2]
GITHUB = ("forms", "dashboard", "reminders", "report")
TYLE = "readings|KH-2026|TYLE"
NOTES = """\
#!/bin/sh
echo "$(basename "$0") $*" >> "$NOTED"
[ -t 0 ] || [ "$(basename "$0")" = gh ] || cat >> "$NOTED"
"""
"""A program that notes what it is asked and given."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the recipes are written for bash")


def blocks(page: str) -> list[dict[str, Any]]:
    """The YAML of the recipes on a page, in its order: the four workflows, then the GitLab file."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    start = text.index("name: forms") - len("```yaml\n")
    return [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", text[start:], re.DOTALL)]


WORKFLOWS = {block["name"]: block for block in blocks("ci.md")[:4]}
JOBS: dict[str, Any] = blocks("ci.md")[4]


def test_both_pages_have_the_same_recipes() -> None:
    assert tuple(WORKFLOWS) == GITHUB
    assert [_uncommented(block) for block in blocks("ci.md")] == [_uncommented(block) for block in blocks("ci.vi.md")]


def _uncommented(block: object) -> str:
    """A recipe without the comments in its scripts, which are in the page's language."""
    return re.sub(r" +# [^\n]*", "", yaml.safe_dump(block, allow_unicode=True, width=10_000).replace("\\n", "\n"))


@pytest.mark.parametrize(
    ("schema", "recipes"), [("github-workflows", list(WORKFLOWS.values())), ("gitlab-ci", [JOBS])], ids=["hub", "lab"]
)
def test_they_are_recipes_by_the_published_schemas(schema: str, recipes: list[Any], tmp_path: Path) -> None:
    files = []
    for number, recipe in enumerate(recipes):
        told = {("on" if key is True else key): value for key, value in recipe.items()}  # YAML 1.1 reads `on` as true
        files.append(tmp_path / f"{number}.yml")
        files[-1].write_text(yaml.safe_dump(told), "utf-8")
    command = [need("check-jsonschema"), "--builtin-schema", f"vendor.{schema}", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@each_row("workflow", GITHUB)
def test_no_expression_stands_in_a_script_and_each_step_has_its_python(workflow: str) -> None:
    for job in WORKFLOWS[workflow]["jobs"].values():
        steps = job["steps"]
        assert [step.get("uses", "").partition("@")[0] for step in steps[:2]] == [
            "actions/checkout",
            "actions/setup-python",
        ]
        assert all("${{" not in step.get("run", "") for step in steps)


class Checkout:
    """A repository of plans as a runner has it, with one to push to."""

    def __init__(self, folder: Path) -> None:
        self.place, self.origin, self.noted = folder / "work", folder / "origin", folder / "noted"
        tools = folder / "bin"
        for made in (tools, self.place / "plans", self.place / "inbox"):
            made.mkdir(parents=True)
        put_program(tools)
        (tools / "date").write_text("#!/bin/sh\necho 2026-12\n", "utf-8")
        for name in ("gh", "msmtp", "sudo", "apt-get"):
            (tools / name).write_text(NOTES, "utf-8")
        for tool in tools.iterdir():
            tool.chmod(0o755)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "CI_", "GITHUB_"))},
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]),
            "NOTED": str(self.noted),
            DAY_STANDS: "1",
            "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GITHUB_RUN_ID": "7",
            "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            "CI_PIPELINE_ID": "7",
            "CI_DEFAULT_BRANCH": "main",
            "FORMS_REMOTE": str(self.origin),
        }
        emails = SETTINGS.replace("name: Phòng Nghiệp vụ,", "name: Phòng Nghiệp vụ, email: nv@a.example,")
        (self.place / "qmsplan.yaml").write_text(emails, "utf-8")
        (self.place / "plans" / "kh.yaml").write_text(PLAN, "utf-8")
        self.git("init", "-q", "--bare", str(self.origin))
        self.git("-C", str(self.origin), "config", "receive.advertisePushOptions", "true")
        for command in (["init", "-q"], ["remote", "add", "origin", str(self.origin)]):
            self.git(*command)
        self.commit()

    def git(self, *command: str) -> str:
        """What git prints."""
        who = ("-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "init.defaultBranch=main")
        done = subprocess.run(
            [need("git"), *who, *command], cwd=self.place, env=self.environment, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    def commit(self) -> None:
        """Commits what is there."""
        self.git("add", "--all")
        self.git("commit", "-q", "-m", "x")

    def shell(self, script: str, more: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Runs a script as runners do: its exit code and what it prints."""
        command = [need("bash"), "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
        environment = {**self.environment, **(more or {})}
        done = subprocess.run(command, cwd=self.place, env=environment, capture_output=True, check=False, timeout=120)
        return done.returncode, (done.stdout + done.stderr).decode()

    def github(self, workflow: str, job: str) -> tuple[int, str]:
        """Runs the commands of a workflow's job but for the installation; what is to be uploaded must be there."""
        told, code = "", 0
        for step in WORKFLOWS[workflow]["jobs"][job]["steps"]:
            if "run" in step and "pip install" not in step["run"] and code == 0:
                code, said = self.shell(step["run"], dict.fromkeys(step.get("env", {}), "secret"))
                told += said
            if path := step.get("with", {}).get("path"):
                assert (self.place / path).is_dir(), told
        return code, told

    def gitlab(self, job: str) -> tuple[int, str]:
        """Runs the lines of a job; its artifacts must be there."""
        code, told = self.shell("\n".join(JOBS[job]["script"]))
        for path in JOBS[job].get("artifacts", {}).get("paths", ()):
            assert (self.place / path).is_dir(), told
        return code, told


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def run_job(checkout: Checkout, host: str, name: str) -> tuple[int, str]:
    """Runs what a host calls `name`."""
    if host == "lab":
        return checkout.gitlab({"export": "forms", "read": "inbox", "dashboard": "pages"}.get(name, name))
    workflow = {"export": "forms", "read": "forms"}.get(name, name)
    return checkout.github(workflow, name)


hosts = pytest.mark.parametrize("host", ["hub", "lab"])


@hosts
def test_a_quarter(host: str, checkout: Checkout) -> None:
    """Forms out; one comes back right and one wrong; then the page, the mails and the report."""
    place = checkout.place
    assert run_job(checkout, host, "export")[0] == 0
    forms = {path.name for path in (place / "forms").iterdir()}
    assert forms == {"NV-2026-Q4.xlsx", "HC-2026-Q4.xlsx"}
    fill({(TYLE, "num"): 99, (TYLE, "den"): 100}, f"{place}/forms/{Path(FORM).name}", f"{place}/inbox/NV-2026-Q4.xlsx")
    wrong = {("readings|KH-2026|HCTL", "num"): "x"}
    fill(wrong, f"{place}/forms/HC-2026-Q4.xlsx", f"{place}/inbox/HC-2026-Q4.xlsx")
    checkout.commit()
    code, told = run_job(checkout, host, "read")
    assert (code, "QF301" in told) == (1, True), told
    changed = checkout.git("-C", str(checkout.origin), "show", "--name-status", "--format=%B", "forms-7").splitlines()
    assert f"A\t{MINE}" in changed
    assert "D\tinbox/NV-2026-Q4.xlsx" in changed, "what is taken leaves the inbox"
    assert not any("HC-2026-Q4" in line and line.startswith("D") for line in changed)
    assert {path.name for path in (place / "ket-qua").iterdir()} == forms
    if host == "hub":
        assert checkout.noted.read_text("utf-8") == "gh pr create --fill\n"

    assert run_job(checkout, host, "dashboard")[0] == 0
    page = (place / ("site" if host == "hub" else "public") / "index.html").read_text("utf-8")
    assert "tính đến ngày 27/11/2026" in page
    assert "99% (99/100)" in page, "what was read is there once the branch is"
    assert run_job(checkout, host, "reminders")[0] == 0
    noted = checkout.noted.read_text("utf-8")
    assert "msmtp --host=mail.example.gov.vn" in noted
    assert "To: =?utf-8?" in noted
    assert "nv@a.example" in noted
    assert noted.count("X-Unsent: 1") == 1, "HC has no address"
    code, told = run_job(checkout, host, "report")
    assert code == 0, told
    assert [path.name for path in (place / "reports").iterdir()] == ["BC-TT-2026-Q4.docx"]
    assert DAY.date().isoformat() == "2026-11-27"


@hosts
def test_an_empty_inbox_and_nobody_to_remind(host: str, checkout: Checkout) -> None:
    """A form that is only removed, as after a merge, starts the job too; nothing is done, and nothing fails."""
    (checkout.place / "plans" / "kh.yaml").unlink()
    checkout.commit()
    assert run_job(checkout, host, "reminders")[0] == 0
    script = WORKFLOWS["forms"]["jobs"]["read"]["steps"][-2]["run"] if host == "hub" else JOBS["inbox"]["script"]
    assert checkout.shell(script if isinstance(script, str) else "\n".join(script)) == (
        0,
        "Switched to a new branch 'forms-7'\n",
    )
    assert not checkout.noted.exists() or "msmtp --host" not in checkout.noted.read_text("utf-8")
