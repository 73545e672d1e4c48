"""Every part of the law that a page of a code or a message cites is one that there is."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po

from qmsplan.model.standards import load_standard

ROOT = Path(__file__).parents[1] / "src" / "qmsplan"
SECTIONS = {"I": {"I": 7, "II": 9, "III": 4, "IV": 2, "V": 0}, "II": {"I": 3, "II": 3}}
"""The parts of Annex I of Decree 30/2020/NĐ-CP, their sections, how many items each of these has."""
ANNEXES = {"I", "II", "III", "IV", "V", "VI"}
FORMS = {"1.2", "1.3", "1.4", "1.9"}
"""The forms of Annex III that are cited: a decision, a regulation that a decision issues, a paper with the name of its
type, minutes (of 1.1-1.10, 2.1, 2.2, 3.1, 3.2)."""
ARTICLES = {"30/2020": range(1, 39), "09/2019": [12]}
"""The articles that a decree has; of Decree 09/2019/NĐ-CP, whose text was not at hand, the one that is cited. Those of
Decree 30/2020/NĐ-CP, its clauses and forms were counted on 29/11/2026 in a public copy of its official text."""
CLAUSES = {13: 7, 18: 6}
"""How many clauses cited articles of Decree 30/2020/NĐ-CP have."""
CITED = re.compile(r"(\d+/20\d\d)/(?:NĐ-CP|QH\d+)((?:(?!\d+/20\d\d)[^.]|\.(?=\d))*)")
PART = re.compile(
    r"(?:Annex|Phụ lục) (?P<annex>[IVX]+)|(?:Part|Phần) (?P<part>[IVX]+)|(?:Section|Mục) (?P<section>[IVX]+)"
    r"|(?:item|khoản) (?P<item>\d+)|(?:[Aa]rticle|Điều) (?P<article>\d+)(?:\.(?P<clause>\d+))?"
    r"|(?:form|[Mm]ẫu) (?P<form>\d\.\d+)"
)
STANDARD = re.compile(r"ISO 9001:2015, (?:clause |điều )?(\d+(?:\.\d+)*)")


def texts() -> dict[str, str]:
    """What users read, by its name: the pages of codes, and the sentences of the catalogues."""
    pages = {page.name: " ".join(page.read_text("utf-8").split()) for page in ROOT.glob("*/pages/*.md")}
    with (ROOT / "locale" / "vi" / "LC_MESSAGES" / "qmsplan.po").open("rb") as file:
        messages = [str(text) for message in read_po(file) if message.id for text in (message.id, message.string)]
    return pages | {text: text for text in messages}


def wrong(decree: str, words: str) -> list[str]:
    """The parts in the words after the name of a decree that it does not have."""
    annex = part = section = article = ""
    found = []
    for match in PART.finditer(words):
        named = {kind: value for kind, value in match.groupdict().items() if value}
        if "annex" in named:
            annex, part, section, article = named["annex"], "", "", ""
            known = annex in ANNEXES
        elif "part" in named:
            part = named["part"]
            known = annex == "I" and part in SECTIONS
        elif "section" in named:
            section = named["section"]
            known = section in SECTIONS[part] if part else annex == "III" and section in {"I", "II"}
        elif "form" in named:
            known = annex == "III" and named["form"] in FORMS
        elif "article" in named:
            article, annex, part = named["article"], "", ""
            known = int(article) in ARTICLES[decree] and int(named.get("clause", 1)) <= CLAUSES.get(int(article), 1)
        else:
            number = int(named["item"])
            known = number <= (CLAUSES.get(int(article), 0) if article else SECTIONS[part][section])
        if not known:
            found.append(match[0])
    return found


def test_every_part_of_a_decree_is_there() -> None:
    cited = [(name, match) for name, text in texts().items() for match in CITED.finditer(text)]
    assert len(cited) > 200
    assert [(name, lost) for name, match in cited if (lost := wrong(match[1], match[2]))] == []


def test_a_part_that_is_not_there_is_found() -> None:
    assert wrong("30/2020", ", Phụ lục I, Phần I, Mục II, khoản 10") == ["khoản 10"]
    assert wrong("30/2020", ", Annex I, Part III") == ["Part III"]
    assert wrong("30/2020", ", Annex III, Section II, form 1.11") == ["form 1.11"]
    assert wrong("30/2020", ", Điều 39, article 18.7") == ["Điều 39", "article 18.7"]


def test_every_clause_of_the_standard_is_there() -> None:
    standard = load_standard("iso9001-2015")
    cited = [(name, match[1]) for name, text in texts().items() for match in STANDARD.finditer(text)]
    assert len(cited) > 40
    assert [pair for pair in cited if not standard.has(pair[1])] == []


def test_english_and_vietnamese_pages_cite_the_same() -> None:
    pages = list(ROOT.glob("*/pages/*.md"))
    assert len(pages) > 100
    for page in pages:
        _, vietnamese, english, *_ = re.split(r"(?m)^## ", page.read_text("utf-8"))
        cited = [
            sorted({match[1] for match in CITED.finditer(" ".join(text.split()))}) for text in (vietnamese, english)
        ]
        assert cited[0] == cited[1], page.name
