"""`qmsplan dashboard`: where it writes, its options, and the page in a real browser."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from conftest import need
from qmsplan.cli.app import run

ROOT = Path(__file__).parents[1]
DAY = ("--as-of", "2026-11-21", "--period", "2026-Q3")


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The dashboard of the plans of this repository."""
    path = tmp_path / "page.html"
    assert run(["dashboard", *DAY, "--compare", "2026-09-01", "--output", str(path)]) == 0
    return path


def test_the_page_goes_to_the_folder_of_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["dashboard", "--as-of", "2026-11-21"]) == 0
    assert (tmp_path / "build" / "dashboard.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_dark_colours_contrast_with_their_grounds() -> None:
    """Each colour of text on each ground that it stands on, in both schemes, by the contrast that WCAG asks for."""
    css = (ROOT / "src" / "qmsplan" / "dashboard" / "style.css").read_text("utf-8")
    light, dark = (dict(re.findall(r"--([\w-]+):(#\w+)", block)) for block in re.findall(r":root\{([^}]*)\}", css))

    def shade(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        low, high = sorted((shade(one), shade(other)))
        return (high + 0.05) / (low + 0.05)

    tags = [(name, f"{name}-l") for name in ("good", "bad", "warn", "wait", "none")]
    texts = [(name, ground) for name in ("ink", "soft", "link", "title") for ground in ("paper", "ground")]
    for scheme in (light, light | dark):
        low = [pair for pair in (*tags, *texts) if contrast(scheme[pair[0]], scheme[pair[1]]) < 4.5]
        assert low == []


def test_a_page_is_never_written_over_a_plan(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dashboard", "--output", "plans/x.yaml"]) == 2
    assert "plans/x.yaml" in capsys.readouterr().err


def test_only_an_earlier_day_can_be_compared_with(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "dashboard", *DAY, "--compare", "2026-11-21"]) == 2
    assert "compare with an earlier day" in capsys.readouterr().err


def test_a_broken_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "qmsplan.yaml").write_text("kind: workspace\n", "utf-8")
    (tmp_path / "plans" / "a.yaml").write_text("kind: plan\nid: [\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["dashboard"]) == 2
    assert (tmp_path / "build" / "dashboard.html").exists()


def test_the_page_of_one_unit(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dashboard", *DAY, "--unit", "NV", "--output", "-"]) == 0
    html = capsys.readouterr().out
    assert "<p>Phòng Nghiệp vụ</p>" in html
    assert "qmsplan status 2026-Q3 --as-of 2026-11-21 --unit NV" in html
    assert "TGPL-NV-KHMT-2026/MT03" in html
    assert "STP-CCHC-2026-2030/III-7" not in html


def test_the_page_of_this_repository_is_small(page: Path) -> None:
    assert page.stat().st_size <= 150_000
    assert run(["--lang", "en", "dashboard", *DAY, "--output", str(page)]) == 0
    assert page.stat().st_size <= 150_000


def test_in_a_real_browser(page: Path, tmp_path: Path) -> None:
    modules = Path(os.environ.get("QMSPLAN_NODE_MODULES", ROOT / "node_modules"))
    node, chromium = need("node"), need("chromium")
    if not (modules / "axe-core").is_dir() or not (modules / "puppeteer-core").is_dir():
        reason = f"the npm packages axe-core and puppeteer-core are not in {modules} (QMSPLAN_NODE_MODULES)"
        if os.environ.get("QMSPLAN_ALL_TOOLS"):
            pytest.fail(reason)
        pytest.skip(reason)
    found = subprocess.run(
        [node, ROOT / "tools" / "dashboard_look.cjs", page, tmp_path],
        env={**os.environ, "NODE_PATH": str(modules), "CHROMIUM": chromium},
        capture_output=True,
        text=True,
        check=True,
        timeout=150,
    )
    told = json.loads(found.stdout)
    assert told["requests"] == told["console"] == told["axe"] == told["sideways"] == []
    assert told["left_by_filter"] == 0
    assert not told["filter_without_scripts"]
    assert told["shown_without_scripts"] == told["shown"] > 200
