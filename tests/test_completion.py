"""What shells complete: asked as bash, zsh, fish and PowerShell ask the program, and once by a real bash."""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from conftest import need
from qmsplan.cli.app import COMMANDS, run

ITEMS = [f"TGPL-HCTH-KHMT-2026/MT0{number}" for number in (1, 2, 3, 4)]


def completed(line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What bash would offer at the end of a line."""
    words = shlex.split(line) + ([""] if line.endswith(" ") else [])
    for name, value in {
        "_QMSPLAN_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as stop:
        run([])
    out, err = capsys.readouterr()
    assert (stop.value.code, err) == (0, "")
    return out.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("", list(COMMANDS)),
        ("st", ["status"]),
        ("--l", ["--lang"]),
        ("--lang ", ["vi", "en"]),
        ("status --qu", ["--quarter", "--quiet"]),
        ("status --format ", ["table", "json", "csv", "markdown"]),
        ("status --quarter I", ["I", "II", "III", "IV"]),
        ("status --plan TGPL-H", ["TGPL-HCTH-KHMT-2026"]),
        ("status --plan=TGPL-H", ["TGPL-HCTH-KHMT-2026"]),
        ("status --unit HC", ["HCTH", "HCBTTP"]),
        ("status --state done,ov", ["done,overdue"]),
        ("status --fail-on m", ["missed"]),
        ("status 2026-Q", ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]),
        ("report 2026-H", ["2026-H1", "2026-H2"]),
        ("export n", ["ndjson"]),
        ("export csv --table it", ["items"]),
        ("log MT0", ["MT01", "MT02", "MT03", "MT04", "MT05"]),
        ("log TGPL-HCTH-KHMT-2026", ["TGPL-HCTH-KHMT-2026", *ITEMS]),
        ("record TGPL-HCTH-KHMT-2026/", ITEMS),
        ("record --plan TGPL-HCTH-KHMT-2026 ", ["MT01", "MT02", "MT03", "MT04"]),
        ("record --event cong-bo-k", ["cong-bo-ket-qua-cham-diem"]),
        ("sign UB", ["UBND-KH122-2023"]),
        ("sign UBND-KH122-2023 --role ", ["signer", "reviewer", "approver"]),
        ("new --template b", ["budget"]),
        ("explain QP90", ["QP901", "QP902", "QP903"]),
        ("validate ", []),
        ("schema ", []),
    ],
)
def test_what_bash_offers(
    line: str,
    offered: list[str],
    real: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert completed(f"qmsplan {line}", monkeypatch, capsys) == offered


BROKEN = {
    "no workspace": {},
    "settings that are no YAML": {"qmsplan.yaml": "kind: [\n"},
    "no folder of plans": {"qmsplan.yaml": "kind: workspace\n"},
    "a folder that there can't be": {"qmsplan.yaml": f"kind: workspace\nplans: {'a' * 300}\n"},
    "a plan that is no YAML": {"qmsplan.yaml": "kind: workspace\n", "plans/a.yaml": "\0: ["},
    "a plan in a folder's place": {"qmsplan.yaml": "kind: workspace\n", "plans/a.yaml/b": ""},
}


ASKING = ("log ", "status --plan ", "status --unit ", "status ", "record --event ")
"""Command lines whose next word comes from the plans or the register."""


@pytest.mark.parametrize(
    ("line", "files"),
    [
        *(("status --plan ", files) for files in BROKEN.values()),
        *((line, BROKEN["a plan that is no YAML"]) for line in ASKING),
    ],
)
def test_a_broken_workspace_offers_nothing_and_says_nothing(
    line: str,
    files: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert completed(f"qmsplan {line}", monkeypatch, capsys) == []


def test_an_error_of_ours_is_not_told_while_somebody_types(
    real: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (real / "qmsplan.yaml").write_bytes(b"language: \xff")
    monkeypatch.setenv("_QMSPLAN_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_CWORD", "no number")
    assert run([]) == 0
    assert capsys.readouterr() == ("", "")


HOSTILE = """\
kind: plan
id: KH
template: work-plan
period: 2026
head:
  type: "[/x] $(touch hacked) `touch hacked` ' \\" \\\\"
"""


def test_words_beside_a_value_are_only_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\n", "utf-8")
    (tmp_path / "plans" / "a.yaml").write_text(HOSTILE, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("_QMSPLAN_COMPLETE", "complete_zsh")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "qmsplan status --plan ")
    with pytest.raises(SystemExit):
        run([])
    assert capsys.readouterr().out == """_arguments '*: :(("KH":"/x (touch hacked) touch hacked"))'\n"""


@pytest.fixture
def as_shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What the program answers a shell."""

    def answer(**environment: str) -> str:
        with monkeypatch.context() as patch:
            for name, value in {"QMSPLAN_LANG": "vi", **environment}.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as stop:
                run([])
        out, err = capsys.readouterr()
        assert (stop.value.code, err) == (0, "")
        return out

    return answer


@pytest.mark.usefixtures("real")
def test_every_shell_is_answered_in_its_own_way(as_shell: Callable[..., str]) -> None:
    typed = "qmsplan status --unit XD"
    line = {"_TYPER_COMPLETE_ARGS": typed}
    bash = as_shell(_QMSPLAN_COMPLETE="complete_bash", COMP_WORDS=typed, COMP_CWORD="3")
    assert bash == "XDPL\n"
    zsh = as_shell(_QMSPLAN_COMPLETE="complete_zsh", **line)
    assert re.fullmatch(r"""_arguments '\*: :\(\("XDPL":"(.+)"\)\)'\n""", zsh)
    fish = as_shell(_QMSPLAN_COMPLETE="complete_fish", _TYPER_COMPLETE_FISH_ACTION="get-args", **line)
    assert fish.startswith("XDPL\t")
    word = {"_TYPER_COMPLETE_WORD_TO_COMPLETE": "XD"}
    for shell in ("powershell", "pwsh"):
        told = as_shell(_QMSPLAN_COMPLETE=f"complete_{shell}", **line, **word)
        assert told.startswith("XDPL:::")
    assert fish.split("\t")[1].strip() in zsh


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "pwsh"])
def test_the_script_of_each_shell_is_printed(
    shell: str, as_shell: Callable[..., str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    with pytest.raises(SystemExit) as stop:
        run(["--show-completion", shell])
    assert stop.value.code == 0
    told = capsys.readouterr().out
    assert "_QMSPLAN_COMPLETE" in told
    assert told.strip() == as_shell(_QMSPLAN_COMPLETE=f"source_{shell}").strip()


def test_it_is_installed_where_bash_looks(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1",
        "HOME": str(tmp_path),
        "QMSPLAN_LANG": "vi",
    }
    command = [sys.executable, "-m", "qmsplan", "--install-completion", "bash"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    script = tmp_path / ".bash_completions" / "qmsplan.sh"
    assert str(script) in (tmp_path / ".bashrc").read_text("utf-8")
    assert "complete -o default -F _qmsplan_completion qmsplan" in script.read_text("utf-8")
    assert done.stdout == f"từ cửa sổ lệnh bash mở sau này, bấm Tab sẽ có gợi ý cho qmsplan: {script}\n"


@pytest.mark.skipif(os.name == "nt", reason="there is no terminal of this kind")
def test_a_real_bash(real: Path) -> None:
    """The script is sourced and a line is typed with tabs in it; the program notes what it is run with at last."""
    program, noted = real / "bin" / "qmsplan", real / "noted"
    program.parent.mkdir()
    lines = [
        "#!/bin/sh",
        f'[ "$_QMSPLAN_COMPLETE" ] || exec echo "$@" >"{noted}"',
        f'exec "{sys.executable}" -m qmsplan',
    ]
    program.write_text("\n".join(lines) + "\n", "utf-8")
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "TERM": "dumb"}
    master, slave = pty.openpty()
    command = [need("bash"), "--norc", "--noprofile", "-i"]
    with subprocess.Popen(command, cwd=real, env=environment, stdin=slave, stdout=slave, stderr=slave) as process:
        os.close(slave)
        os.write(master, b"source <(_QMSPLAN_COMPLETE=source_bash qmsplan)\n")
        os.write(master, b"qmsplan sta\t--plan TGPL-HC\t\nexit\n")
        with suppress(OSError):  # the end of the terminal
            while os.read(master, 65536):
                pass
        process.wait()
    os.close(master)
    assert noted.read_text("utf-8") == "status --plan TGPL-HCTH-KHMT-2026\n"
