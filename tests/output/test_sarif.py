"""SARIF: what code scanning services rely on, beyond the schema."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from output_samples import diagnostic, report, span

from qmsplan import __version__
from qmsplan.check.catalogue import entries
from qmsplan.diagnostics import START, Message, Related, Severity, Span, Translator
from qmsplan.output.findings import FindingsReport
from qmsplan.output.formats import write_sarif
from rows import each_row


def run_of(found: FindingsReport) -> dict[str, Any]:
    (run,) = json.loads(write_sarif(found))["runs"]
    assert isinstance(run, dict)
    return run


def result_of(*args: Any, **fields: Any) -> dict[str, Any]:
    (result,) = run_of(report(diagnostic(*args, **fields)))["results"]
    assert isinstance(result, dict)
    return result


def test_a_run_says_what_it_is() -> None:
    log = json.loads(write_sarif(report()))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    assert run["tool"]["driver"]["name"] == "qmsplan"
    assert run["tool"]["driver"]["semanticVersion"] == __version__
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"] == run["tool"]["driver"]["rules"] == []


@each_row("severity", Severity)
def test_levels_are_the_severities(severity: Severity) -> None:
    assert result_of("x", severity=severity)["level"] == severity.value


def test_a_result_points_at_its_rule() -> None:
    found = [diagnostic("x", rule=(code, "")) for code in ("QP405", "QP101", "QP405")]
    run = run_of(report(*found))
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["QP101", "QP405"]
    assert [(result["ruleId"], result["ruleIndex"]) for result in run["results"]] == [
        ("QP405", 1),
        ("QP101", 0),
        ("QP405", 1),
    ]


@each_row(
    ("file", "uri"),
    [
        ("plans/a.yaml", "plans/a.yaml"),
        ("../a.yaml", "../a.yaml"),
        ("kế hoạch.yaml", "k%E1%BA%BF%20ho%E1%BA%A1ch.yaml"),
        ("100%.yaml", "100%25.yaml"),
        ("a#b?c.yaml", "a%23b%3Fc.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("[a](b).yaml", "%5Ba%5D%28b%29.yaml"),
        ("a\\b.yaml", "a%5Cb.yaml"),
        ("C:/plans/a b.yaml", "file:///C:/plans/a%20b.yaml"),
        ("\udcff.yaml", "%ED%B3%BF.yaml"),
    ],
)
def test_uris(file: str, uri: str) -> None:
    (location,) = result_of("x", file=file)["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": uri}


@each_row("place", [span(5, 9, 13), START, Span(2, 3, 4, 1)])
def test_regions_are_in_code_points_with_an_open_end(place: Span) -> None:
    (location,) = result_of("x", place)["locations"]
    assert tuple(location["physicalLocation"]["region"].values()) == place
    assert list(location["physicalLocation"]["region"]) == ["startLine", "startColumn", "endLine", "endColumn"]


@each_row(
    ("text", "told"),
    [
        ("{0}", "it says {{0}}"),
        ("{{ 7*7 }}", "it says {{{{ 7*7 }}}}"),
        ("[x](http://x)", "it says [x]\u2060(http://x)"),
        ("[x](1)", "it says [x]\u2060(1)"),
        ("[x] (y)", "it says [x] (y)"),
        ("a\nb", "it says a b"),
        ("\x1b[31m", "it says \\x1b[31m"),
    ],
)
def test_plan_text_is_no_placeholder_and_no_link(text: str, told: str) -> None:
    assert result_of(text)["message"] == {"text": told}


def test_the_hint_is_a_second_paragraph() -> None:
    assert result_of("x", hint=Message("rename one"))["message"]["text"] == "it says x\nrename one"


def test_related_places_carry_ids_and_messages() -> None:
    related = tuple(
        Related(f"{name}.yaml", span(line, 1, 2), Message("see {n}", n=name)) for line, name in ((1, "a"), (2, "b"))
    )
    found = result_of("x", related=related)["relatedLocations"]
    assert [place["id"] for place in found] == [1, 2]
    assert [place["message"]["text"] for place in found] == ["see a", "see b"]
    assert [place["physicalLocation"]["artifactLocation"]["uri"] for place in found] == ["a.yaml", "b.yaml"]
    assert "relatedLocations" not in result_of("x")


def test_fingerprints_do_not_know_the_number_of_a_line() -> None:
    def mark(line: int, *lines: str) -> object:
        found = run_of(report(diagnostic("x", span(line, 9, 13)), lines=lines))
        return found["results"][0]["partialFingerprints"]["qmsplan/v1"]

    assert mark(1, "  - id: MT01") == mark(3, "", "", "- id:  MT01")
    assert mark(1, "  - id: MT01") != mark(1, "  - id: MT02")


@each_row("language", ["vi", "en"])
@each_row("entry", entries())
def test_rules_carry_their_pages_in_the_language_of_the_user(entry: Any, language: str) -> None:
    found = diagnostic("x", rule=(entry.code, entry.name))
    plain = report(found)
    run = run_of(replace(plain, screen=replace(plain.screen, translate=Translator(language))))
    (rule,) = run["tool"]["driver"]["rules"]
    assert run["language"] == run["tool"]["driver"]["language"] == language
    assert (rule["id"], rule["name"]) == (entry.code, entry.name)
    assert rule["defaultConfiguration"] == {"level": entry.severity.value}
    assert rule["fullDescription"]["text"].startswith(rule["shortDescription"]["text"])
    assert 10 < len(rule["shortDescription"]["text"]) < 240
    assert rule["shortDescription"]["text"].count("`") % 2 == 0
    heading = {"vi": "Cách sửa:", "en": "To fix it,"}[language]
    for text in (rule["fullDescription"]["text"], rule["help"]["text"], rule["help"]["markdown"]):
        assert heading in text
        assert "# error" not in text
    assert rule["help"]["markdown"].count("```") == 4
    assert "helpUri" not in rule
