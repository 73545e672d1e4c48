"""Diagnostics for people, letter by letter."""

from __future__ import annotations

from output_samples import HOSTILE, diagnostic, report, span

from qmsplan.diagnostics import ENGLISH, START, Message, Related, Severity
from qmsplan.output.findings import write_text
from qmsplan.output.formats import FORMATS
from qmsplan.output.safe_text import Screen
from rows import each_row

LINES = (
    "kind: plan",
    "objectives:",
    "  - id: MT01",
    "    deadline: Quý V năm 2026",
    "  - id: MT01",
)


def test_nothing_wrong_is_nothing_said() -> None:
    assert write_text(report()) == ""


def test_one_fault_with_its_line_and_a_hint() -> None:
    fault = diagnostic("Quý V", span(4, 15, 29), hint=Message("quarters are I, II, III and IV"))
    assert write_text(report(fault, lines=LINES)) == (
        "error[QP101]: it says Quý V\n"
        " --> plans/a.yaml:4:15\n"
        "  |\n"
        "4 |     deadline: Quý V năm 2026\n"
        "  |               ^^^^^^^^^^^^^^\n"
        "  = hint: quarters are I, II, III and IV\n"
        "\n"
        "errors: 1, warnings: 0, in 1 file\n"
    )


def test_a_related_place_is_shown_below() -> None:
    first = Related("plans/b.yaml", span(3, 9, 13), Message("first used here"))
    fault = diagnostic("MT01", span(5, 9, 13), related=(first,), severity=Severity.WARNING)
    assert write_text(report(fault, lines=LINES)) == (
        "warning[QP101]: it says MT01\n"
        " --> plans/a.yaml:5:9\n"
        "  |\n"
        "5 |   - id: MT01\n"
        "  |         ^^^^\n"
        "  = first used here:\n"
        " --> plans/b.yaml:3:9\n"
        "  |\n"
        "3 |   - id: MT01\n"
        "  |         ^^^^\n"
        "\n"
        "errors: 0, warnings: 1, in 1 file\n"
    )


def test_the_gutter_is_as_wide_as_the_longest_line_number() -> None:
    lines = ("x",) * 120
    first = Related("plans/a.yaml", span(120, 1, 2), Message("first used here"))
    fault = diagnostic("x", span(9, 1, 2), related=(first,), severity=Severity.NOTE)
    assert write_text(report(fault, lines=lines)).splitlines()[:9] == [
        "note[QP101]: it says x",
        "   --> plans/a.yaml:9:1",
        "    |",
        "  9 | x",
        "    | ^",
        "    = first used here:",
        "   --> plans/a.yaml:120:1",
        "    |",
        "120 | x",
    ]


@each_row("lines", [(), ("",), ("   ",)])
def test_without_a_line_only_the_place_is_told(lines: tuple[str, ...]) -> None:
    assert write_text(report(diagnostic("x", START), lines=lines)) == (
        "error[QP101]: it says x\n --> plans/a.yaml:1:1\n\nerrors: 1, warnings: 0, in 1 file\n"
    )


def test_a_fault_at_the_end_of_a_line_has_one_caret_behind_it() -> None:
    text = write_text(report(diagnostic("x", span(1, 11, 11)), lines=LINES))
    assert text.splitlines()[3:5] == ["1 | kind: plan", "  |           ^"]


def test_totals_count_faults_by_weight_and_files_once() -> None:
    faults = (
        diagnostic("1", file="a.yaml"),
        diagnostic("2", file="a.yaml"),
        diagnostic("3", file="b.yaml", severity=Severity.WARNING),
        diagnostic("4", file="c.yaml", severity=Severity.NOTE),
    )
    assert write_text(report(*faults)).splitlines()[-1] == "errors: 2, warnings: 1, notes: 1, in 3 files"
    assert write_text(report(*faults[:3])).splitlines()[-1] == "errors: 2, warnings: 1, in 2 files"


def test_blocks_are_parted_by_an_empty_line() -> None:
    text = write_text(report(diagnostic("1"), diagnostic("2")))
    assert text.count("\n\n") == 2
    assert text.index("it says 1") < text.index("it says 2")


@each_row(("severity", "colour"), [(Severity.ERROR, "31"), (Severity.WARNING, "33"), (Severity.NOTE, "36")])
def test_colours_only_where_they_are_wanted(severity: Severity, colour: str) -> None:
    fault = diagnostic("x", span(1, 1, 5), severity=severity)
    painted = write_text(report(fault, lines=LINES, colours=True))
    assert f"\x1b[1;{colour}m{severity.value}[QP101]\x1b[0m" in painted
    assert f"\x1b[1;{colour}m^^^^\x1b[0m" in painted
    assert "\x1b" not in write_text(report(fault, lines=LINES))


def test_colours_change_nothing_but_colours() -> None:
    import re

    fault = diagnostic("x", span(4, 15, 29), hint=Message("a hint"))
    painted = write_text(report(fault, lines=LINES, colours=True))
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == write_text(report(fault, lines=LINES))


def test_a_screen_paints() -> None:
    assert Screen(ENGLISH, 80, colours=True).paint("x", "31") == "\x1b[31mx\x1b[0m"
    assert Screen(ENGLISH, 80, colours=False).paint("x", "31") == "x"


@each_row("value", HOSTILE)
def test_hostile_text_stays_text(value: str) -> None:
    """In the message, the hint, the file's name and the line itself."""
    hint = Message("write {text}", text=value)
    fault = diagnostic(value, span(1, 1, 3), hint=hint, file=f"plans/{value}.yaml")
    text = write_text(report(fault, lines=(f"text: {value}",)))
    assert len(text.splitlines()) == 8
    assert not set(text) & set("\x1b\x07\r\x9b\u2028\u202e\ufeff\ud800")
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())


@each_row("value", ["[red]x[/red]", "[/]", "{x}{0}", "100%", ":x:", "&lt;", "<w:p>", "{{ 7*7 }}", "\\n"])
def test_markup_of_others_comes_out_as_typed(value: str) -> None:
    text = write_text(report(diagnostic(value, span(1, 1, 2), hint=Message("{text}", text=value)), lines=(value,)))
    assert text.count(value) == 3


def test_no_runner_reads_a_command_in_a_line_of_a_plan() -> None:
    fault = diagnostic("##[error]x", span(1, 1, 2))
    assert "##[" not in write_text(report(fault, lines=("text: ##[command]rm",)))


def test_the_writers_by_name() -> None:
    assert sorted(FORMATS) == ["github", "gitlab", "json", "junit", "markdown", "sarif", "text"]
    assert FORMATS["text"] is write_text
