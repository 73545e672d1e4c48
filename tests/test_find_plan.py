"""What a name means to every command that takes one: a file, PLAN, ITEM, PLAN/ITEM; and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from git_repositories import Made
from qmsplan.cli import find_plan
from qmsplan.cli.app import run

PLAN = """\
kind: plan
id: {id}
template: work-plan
period: 2026
head: {{type: KẾ HOẠCH, issuer_text: Trung tâm, place: Cà Mau}}
recipients: ['- Lưu: VT.']
tasks:
  - id: {item}
    text: Việc
    deadline: Quý III năm 2026
"""


ITEMS = "its items are: NV1, NV3, NV5a, NV5b"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A repository with three plans, two of which have an item NV1, and a plan and a progress file with errors."""
    found = Made(tmp_path / "r")
    found.write("qmsplan.yaml", "kind: workspace\nlanguage: en\n")
    found.write("plans/một.yaml", PLAN.format(id="KH-1", item="NV1"))
    found.write("plans/hai.yaml", PLAN.format(id="KH-2", item="NV1"))
    found.write("plans/ba.yaml", PLAN.format(id="KH-3", item="NV3"))
    found.write("plans/hỏng.yaml", "kind: plan\nid: KH-HONG\ntasks: sai\n")
    found.write("plans/tiến độ.yaml", "kind: progress\nplan: KH-1\n")
    found.write("plans/tiến độ 3.yaml", "kind: progress\nplan: KH-3\n")
    found.write("plans/tiến độ 7.yaml", "kind: progress\nplan: KH-7\n")
    for folder in ("a", "b"):
        found.write(f"plans/{folder}/năm.yaml", PLAN.format(id=f"KH-5{folder}", item=f"NV5{folder}"))
    found.commit("một")
    monkeypatch.chdir(found.root)
    return found


LOG, VERIFY = ("log",), ("verify", "--format", "digest")
SIGN = ("sign", "--number", "05/KH-TGPL", "--signer", "Nguyễn Văn A", "--dry-run")
RECORD = ("record", "--done", "2026-08-01", "--dry-run", "--quiet", "--format", "json")


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (LOG, "KH-1"),
        (LOG, "NV3"),
        (LOG, "KH-1/NV1"),
        (VERIFY, "KH-1"),
        (VERIFY, "plans/một.yaml"),
        (VERIFY, "một.yaml"),
        (VERIFY, "a/năm.yaml"),
        ((*VERIFY, "--rev", "HEAD"), "KH-1"),
        ((*VERIFY, "--rev", "HEAD"), "một.yaml"),
        (SIGN, "KH-1"),
        (SIGN, "plans/một.yaml"),
        (RECORD, "NV3"),
        (RECORD, "KH-1/NV1"),
        ((*RECORD, "--plan", "KH-1"), "NV1"),
    ],
)
def test_it_is_found(command: tuple[str, ...], name: str, made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert made
    assert (run([*command, name]), capsys.readouterr().err) == (0, "")


PLANS = "the plans are: KH-3, KH-2, KH-1, KH-5a, KH-5b"


@pytest.mark.parametrize(
    ("command", "name", "text"),
    [
        (LOG, "KH-9", "no plan and no item has the id 'KH-9'\n  hint: write PLAN, ITEM or PLAN/ITEM"),
        (LOG, "KH-9/NV1", f"no plan has the id 'KH-9'\n  hint: {PLANS}"),
        (VERIFY, "KH-7", f"no plan has the id 'KH-7'\n  hint: {PLANS}"),
        (VERIFY, "năm.yaml", "several files are called 'năm.yaml': plans/a/năm.yaml, plans/b/năm.yaml\n  hint: write"),
        (VERIFY, "KH-9", f"no plan has the id 'KH-9'\n  hint: {PLANS}"),
        (SIGN, "KH-9", f"no plan has the id 'KH-9'\n  hint: {PLANS}"),
        ((*RECORD, "--plan", "KH-9"), "NV1", f"no plan has the id 'KH-9'\n  hint: {PLANS}"),
        ((*VERIFY, "--rev", "HEAD"), "KH-9", "no plan had the id 'KH-9' at HEAD"),
        (LOG, "NV1", "several plans have 'NV1': KH-2, KH-1\n  hint: write one of: KH-2/NV1, KH-1/NV1"),
        (RECORD, "NV1", "several plans have 'NV1': KH-2, KH-1\n  hint: write one of: KH-2/NV1, KH-1/NV1"),
        (RECORD, "NV2", "no plan has an item 'NV2'\n  hint: did you mean 'NV"),
        (RECORD, "KH-3/NV1", "the plan 'KH-3' has no item 'NV1'\n  hint: did you mean 'NV3'?"),
        (LOG, "KH-HONG", "the file 'plans/hỏng.yaml' has errors\n  hint: see what is wrong"),
        (VERIFY, "KH-HONG", "the file 'plans/hỏng.yaml' has errors\n  hint: see what is wrong"),
        (VERIFY, "hỏng.yaml", "the file 'plans/hỏng.yaml' has errors\n  hint: see what is wrong"),
        ((*VERIFY, "--rev", "HEAD"), "KH-HONG", "the file 'HEAD:plans/hỏng.yaml' has errors"),
        (
            RECORD,
            "O1",
            f"no plan has an item 'O1'\n  hint: {ITEMS}; left out for errors: plans/hỏng.yaml",
        ),
        (SIGN, "KH-HONG", "the file 'plans/hỏng.yaml' has errors\n  hint: see what is wrong"),
        (RECORD, "KH-HONG/NV1", "the file 'plans/hỏng.yaml' has errors\n  hint: see what is wrong"),
        (("status", "--plan"), "KH-HONG", "the file 'plans/hỏng.yaml' has errors\n  hint: see what is wrong"),
        (("report", "2026", "--plan"), "KH-HONG", "the file 'plans/hỏng.yaml' has errors\n  hint: see what is wrong"),
        (("new", "progress"), "KH-HONG", "the file 'plans/hỏng.yaml' has errors\n  hint: see what is wrong"),
        (("render",), "KH-HONG", "the file 'plans/hỏng.yaml' has errors\n  hint: see what is wrong"),
        (VERIFY, "plans/tiến độ.yaml", "'plans/tiến độ.yaml' is no plan\n  hint: name the file or the id of a plan"),
        (SIGN, "plans/tiến độ.yaml", "'plans/tiến độ.yaml' is no plan\n  hint: name the file or the id of a plan"),
    ],
)
def test_it_is_not_found(
    command: tuple[str, ...], name: str, text: str, made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    assert made
    assert run([*command, name]) == 2
    assert capsys.readouterr().err.startswith(f"qmsplan: {text}")


def test_where_all_plans_have_errors_these_are_named_once(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (made.root / "plans").rglob("*.yaml"):
        path.write_text("kind: plan\nid: KH-HONG\ntasks: sai\n", "utf-8")
    assert run([*RECORD, "NV1"]) == 2
    told = capsys.readouterr().err
    assert (told.count("left out for errors"), told.count("qmsplan validate")) == (1, 1)


@pytest.mark.parametrize("command", [LOG, VERIFY, SIGN, (*RECORD, "--plan")], ids=lambda command: command[0])
def test_a_plan_in_two_files_is_nobodys(
    command: tuple[str, ...], made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    made.write("plans/bốn.yaml", PLAN.format(id="KH-1", item="NV1"))
    assert run([*command, "KH-1", *(["NV1"] if command[0] == "record" else [])]) == 2
    text = "more than one file holds the plan 'KH-1': plans/bốn.yaml, plans/một.yaml"
    assert capsys.readouterr().err.startswith(f"qmsplan: {text}")


@pytest.mark.parametrize("command", [LOG, VERIFY, SIGN])
def test_only_files_that_hold_the_id_are_read(
    command: tuple[str, ...], made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert made
    read, real = [], find_plan.read_content
    monkeypatch.setattr(find_plan, "read_content", lambda content, name: read.append(name) or real(content, name))
    assert run([*command, "KH-3"]) == 0
    assert read == ["plans/ba.yaml", "plans/tiến độ 3.yaml"]


def test_an_id_may_be_written_with_escapes(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    made.write("plans/một.yaml", PLAN.format(id=r'"KH\u002D1"', item="NV1"))
    assert run(["verify", "KH-1"]) == 1
    assert "KH-1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["status", "--plan", "NO"], "the plans are: "),
        (["log", "V1"], "several plans have 'V1': "),
        (["validate", "--select", "QP107"], "the plans are: "),
        (["validate", "--select", "QP107", "plans/n0.yaml"], "the plans are: "),
    ],
)
def test_a_list_that_is_cut_says_so(line: list[str], told: str, made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    made.root.joinpath("plans", "hỏng.yaml").unlink()
    for number in range(13):
        refs = "    refs: KH-KHONG\n" if number == 0 else ""
        made.write(f"plans/n{number}.yaml", PLAN.format(id=f"KH-N{number:02}", item="V1") + refs)
    assert run(line) in {1, 2}
    out, err = capsys.readouterr()
    (found,) = (each for each in (out + err).splitlines() if told in each)
    assert found.endswith(", …")
    assert found.count(",") == 12
