"""The dashboard: every number in it is one of `status --format json`, and texts of plans stay text."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from progress_samples import day, plan_of, reading, records, task
from progress_strategies import PLANS, files_of

from goldens import tell
from qmsplan.dashboard.page import MOST_LISTED, MOST_ROWS, dashboard_html, stacked_bar
from qmsplan.dashboard.parts import SIGNS, DashboardWords, PlanLabel
from qmsplan.diagnostics import Translator
from qmsplan.model.period import parse_period
from qmsplan.model.plan import Plan
from qmsplan.model.progress import Progress
from qmsplan.model.settings import Settings
from qmsplan.output.status_data import STATUS_FORMATS
from qmsplan.output.words import LOOKS, share_text
from qmsplan.progress.occurrences import State
from qmsplan.progress.overview import DAYS, Overview, overview_of
from qmsplan.progress.status import Status, StatusScope
from qmsplan.progress.verdict import Attainment
from rows import each_row

SETTINGS = Settings.model_construct(kind="workspace")
WINDOWS = st.sampled_from(["2026-Q1", "2026-Q3", "2026", "2026-08", "2027-Q1", "2026-H1", "2026-9M", "2026-2027"])
VOID = {"meta", "input", "link", "br"}


class Page(HTMLParser):
    """What a page holds: its tags, the numbers and names that are marked in it, its visible text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.numbers: dict[str, str] = {}
        self.plans: dict[str, dict[str, str]] = {}
        self.lists: dict[str, list[str]] = {}
        self.rows: list[str] = []
        self.coming: list[str] = []
        self.units: dict[str, list[str]] = {}
        self.text = ""
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        found = dict(attrs)
        assert not any(name.startswith("on") or name == "style" for name in found)
        assert found.get("href", "#").startswith("#")  # type: ignore[union-attr]
        assert "src" not in found
        if tag not in VOID:
            self.open.append((tag, found))
        for name, known in (("data-row", self.rows), ("data-coming", self.coming)):
            if name in found:
                known.append(found[name] or "")
        if "data-item" in found:
            self.lists.setdefault(self._near("id") or "", []).append(found["data-item"] or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] not in {"style", "script"}:
            self.text += data
        plan, unit = self._near("data-plan"), self._near("data-unit")
        here = self.open[-1][1] if self.open else {}
        if "data-n" in here:
            (self.plans.setdefault(plan, {}) if plan else self.numbers)[here["data-n"] or ""] = data
        if "data-p" in here and plan:
            self.plans[plan][here["data-p"] or ""] = data
        if unit and "num" in (here.get("class") or ""):
            self.units.setdefault(unit, []).append(data)

    def _near(self, name: str) -> str | None:
        return next((found[name] for _, found in reversed(self.open) if name in found), None)


def words(language: str = "vi", plans: dict[str, PlanLabel] | None = None) -> DashboardWords:
    return DashboardWords(Translator(language), plans or {})


def shown(overview: Overview, language: str = "vi") -> str:
    """The page, of which all that is no style is told."""
    html = dashboard_html(overview, words(language), "Sở Tư pháp")
    tell(re.sub(r"<script>.*</script>|\n *(?=\n)", "", html.partition("<body>")[2], flags=re.DOTALL))
    return html


def look(
    window: str, as_of: str | date, *plans: tuple[Plan, Sequence[Progress]], compare: date | None = None
) -> Overview:
    when = day(as_of) if isinstance(as_of, str) else as_of
    return overview_of(plans, StatusScope(SETTINGS, when, parse_period(window)), compare=compare)


def json_of(status: Status) -> str:
    """The status as JSON."""
    form = STATUS_FORMATS["json"]
    return "".join(form.whole(status, form.rows(status.every, Translator("en"), everything=False), Translator("en")))


@given(
    st.lists(PLANS, min_size=1, max_size=3, unique_by=lambda plan: plan.id),
    st.data(),
    WINDOWS,
    st.dates(date(2025, 11, 1), date(2028, 3, 1)),
    st.sampled_from(["vi", "en"]),
)
@settings(max_examples=8, deadline=None, derandomize=True)
def test_every_number_is_that_of_the_status(
    plans: list[Plan], data: st.DataObject, window: str, as_of: date, language: str
) -> None:
    pairs = [(plan, data.draw(files_of(plan))) for plan in plans]
    overview = look(window, as_of, *pairs)
    page, told = (
        Page(dashboard_html(overview, words(language), "Sở Tư pháp")),
        json.loads(json_of(overview.status)),
    )
    totals = {
        f"{kind} {state}": str(count)
        for kind in ("objectives", "work")
        for state, count in told["totals"][kind].items()
    }
    assert page.numbers == {
        "overdue": str(len(told["overdue"])),
        "missed": str(len(told["missed"])),
        "no_data": str(len(told["no_data"])),
        "coming": str(len(overview.coming)),
        "progress": share_text(overview.status.progress),
        **totals,
    }
    for name in ("overdue", "missed", "no_data"):
        assert page.lists.get(name, []) == told[name]
    assert page.rows == [f"{row['plan']}/{row['item']}" for row in told["rows"]]
    assert page.lists.get("open", []) == [f"{one['plan']}/{one['item']}" for one in told["actions"]]
    assert set(page.plans) == {plan["plan"] for plan in told["plans"]}
    for plan, own in zip(told["plans"], overview.status.plans, strict=True):
        assert page.plans[plan["plan"]] == {
            "window": share_text(own.in_window.progress),
            "whole": share_text(own.whole.progress),
            **{
                f"{kind} {state}": str(count)
                for kind in ("objectives", "work")
                for state, count in plan["window"]["totals"][kind].items()
            },
        }
    for unit in told["units"]:
        owed = unit["owed"]
        counts = [
            owed.get("overdue", 0),
            owed.get("missed", 0) + owed.get("exceeded", 0),
            owed.get("no_data", 0) + owed.get("no_evidence", 0),
            owed.get("due", 0) + owed.get("awaited", 0),
        ]
        assert page.units[unit["name"]] == [str(unit["rows"]), *(str(count) if count else "·" for count in counts)]


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} &amp; \"'\u202e\x1b[31m"


def test_texts_of_plans_stay_text() -> None:
    plan = plan_of(
        objectives=[task("MT", "Quý III năm 2026", target=">98%", text=HOSTILE, lead=HOSTILE)],
        tasks=[task("NV", "Quý I năm 2026", text=HOSTILE), task("T", "Trước 30/11/2026", text=HOSTILE)],
    )
    files = records(
        readings=[reading("MT", "2026-Q3", "2026-10-01", value="90")],
        corrective_actions=[
            {"item": "MT", "period": "2026-Q3", "cause": HOSTILE, "action": HOSTILE, "recorded": "2026-10-02"}
        ],
    )
    overview = look("2026-Q3", "2026-11-21", (plan, [files]), compare=date(2026, 7, 1))
    html = dashboard_html(overview, words(plans={"P": PlanLabel(HOSTILE, HOSTILE, HOSTILE)}), HOSTILE)
    page = Page(html)
    assert page.tags["script"] == page.tags["style"] == 1
    assert page.tags["img"] == 0
    assert page.text.count("<script>alert(1)</script>") > 5
    assert "{{ 7*7 }}" in page.text
    assert "\x1b" not in html
    assert "\u202e" not in html


def test_the_policy_admits_what_stands_in_the_page_and_nothing_else() -> None:
    html = dashboard_html(look("2026", "2026-11-21", (plan_of(), [])), words(), "")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    digests = {}
    for name in ("style", "script"):
        inside = re.search(f"<{name}>(.*?)</{name}>", html, re.DOTALL)
        assert inside
        digests[name] = "sha256-" + b64encode(sha256(inside[1].encode()).digest()).decode()
    assert policy[1] == (
        f"default-src 'none'; style-src '{digests['style']}'; script-src '{digests['script']}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert "http" not in html.replace("http-equiv", "")


def series(plan: Plan, *readings: Any, window: str = "2026-Q3") -> list[list[str]]:
    """The values of an objective's targets over their periods."""
    overview = look(window, "2026-11-21", (plan, [records(readings=list(readings))]))
    found = overview.series(overview.status.every[0])
    return [[f"{one.period.code} {one.attainment} {one.value}" for one in line] for line in found]


def test_an_objective_is_told_over_the_quarters_that_have_begun() -> None:
    plan = plan_of(objectives=[task("MT", "Hàng quý", target=">98%")])
    assert series(
        plan, reading("MT", "2026-Q1", "2026-04-01", value="99"), reading("MT", "2026-Q2", "2026-07-01", value="97")
    ) == [["2026-Q1 attained 99", "2026-Q2 missed 97", "2026-Q3 no_data None"]]


def test_the_days_of_an_objective_are_evaluated_and_not_done() -> None:
    """A missed objective whose day is "done" reads as done (decision 0028)."""
    plan = plan_of(objectives=[task("MT", "Hàng quý", target=">98%")])
    files = records(readings=[reading("MT", "2026-Q1", "2026-04-01", value="97")])
    told = Page(shown(look("2026-Q1", "2026-04-20", (plan, [files])), "en")).text
    assert re.findall(r"\b(?:evaluated|done)\b", told) == ["evaluated"]


def test_an_objective_measured_each_year_is_told_over_the_years() -> None:
    plan = plan_of("2025-2030", objectives=[task("MT", "Hàng năm", target=">98%", frequency="year")])
    found = series(plan, reading("MT", "2025", "2025-12-31", value="99"), window="2026")
    assert found == [["2025 attained 99", "2026 under_way None"]]


def test_sums_are_bars_and_a_line_with_their_numbers_as_text() -> None:
    plan = plan_of(objectives=[task("MT", "Trong năm 2026", target="100 vụ", frequency="quarter")])
    files = records(
        readings=[reading("MT", f"2026-Q{n}", f"2026-{3 * n + 1:02d}-01", value=str(20 * n)) for n in (1, 2, 3)]
    )
    html = shown(look("2026-Q3", "2026-11-21", (plan, [files])))
    assert html.count('class="own"') == 3
    assert 'class="goal"' in html
    text = " ".join(Page(html).text.split())
    for number in ("20", "60", "120", "trong kỳ 40", "trong kỳ 60"):
        assert number in text


@pytest.mark.parametrize(
    ("target", "drawn", "bad"), [(">98%", "goal", 1), ("từ 90% đến 95%", "band", 1), ("dưới 99%", "goal", 0)]
)
def test_a_level_is_drawn_against_its_target(target: str, drawn: str, bad: int) -> None:
    plan = plan_of(objectives=[task("MT", "Hàng quý", target=target)])
    readings = [
        reading("MT", "2026-Q1", "2026-04-01", value="97"),
        reading("MT", "2026-Q2", "2026-07-01", value="98.5"),
    ]
    files = records(readings=readings if bad else readings[1:])
    chart = (
        shown(look("2026-Q2", "2026-07-21", (plan, [files]))).partition('<svg class="series"')[2].partition("</svg>")[0]
    )
    assert f'class="{drawn}"' in chart
    assert (chart.count('class="bad"') > 0) == bool(bad)
    assert "98,5%" in chart


@each_row(("most", "widths"), [(None, ["25", "75"]), (8, ["12.5", "37.5"])])
def test_counts_are_parts_of_their_sum_or_of_the_longest_bar(most: int | None, widths: list[str]) -> None:
    assert re.findall(r"0h([\d.]+)v8", stacked_bar([(1, "a"), (0, "b"), (3, "c")], most)) == widths


def test_what_falls_due_stands_in_its_week() -> None:
    deadlines = ["Trước 20/11/2026", "Trước 21/11/2026", "Trước 19/02/2027", "Trước 20/02/2027"]
    plan = plan_of("2026-2027", tasks=[task(f"T{n}", text) for n, text in enumerate(deadlines)])
    later = plan_of("2027", "Q", tasks=[task("T", "Tháng 01")])
    overview = look("2026-Q4", "2026-11-21", (plan, []), (later, []))
    assert [(one.plan, one.node.item.id) for one in overview.coming] == [("P", "T1"), ("Q", "T"), ("P", "T2")]
    assert [one.due for one in overview.coming][-1] - day("2026-11-21") == date(2027, 2, 19) - date(2026, 11, 21)
    assert DAYS == 90
    assert Page(shown(overview)).coming == ["P/T1", "Q/T", "P/T2"]


def test_the_last_days_there_are_have_no_weeks_ahead() -> None:
    plan = plan_of("9999", tasks=[task("T", "Trước 31/12/9999")])
    assert Page(shown(look("9999-Q4", "9999-12-01", (plan, [])))).coming == ["P/T"]


def test_what_changed_since_another_day() -> None:
    plan = plan_of(tasks=[task("A", "Quý III năm 2026"), task("B", "Quý III năm 2026"), task("C", "Quý III năm 2026")])
    files = records(completions=[{"item": "B", "done": "2026-09-30"}, {"item": "C", "done": "2026-08-01"}])
    overview = look("2026-Q3", "2026-11-21", (plan, [files]), compare=date(2026, 9, 1))
    assert [(c.row.node.item.id, c.before, c.row.state) for c in overview.changes] == [
        ("A", State.DUE, State.OVERDUE),
        ("B", State.DUE, State.DONE),
    ]
    assert Page(shown(overview)).lists["changed"] == ["P/A", "P/B"]


def test_long_lists_are_cut_and_say_so() -> None:
    plan = plan_of(tasks=[task(f"T{n}", "Quý I năm 2026") for n in range(MOST_ROWS + 50)])
    page = Page(dashboard_html(look("2026-Q3", "2026-11-21", (plan, [])), words(), ""))
    assert len(page.lists["overdue"]) == MOST_LISTED
    assert len(page.rows) == MOST_ROWS
    assert "còn 50 mục nữa" in page.text
    assert page.numbers["overdue"] == str(MOST_ROWS + 50)


@each_row("state", [*State, *Attainment])
def test_every_state_has_a_colour_and_a_sign(state: State | Attainment) -> None:
    assert SIGNS[LOOKS[state].colour]
