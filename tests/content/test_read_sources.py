"""The register of sources: what is cited is registered, and its rows follow on."""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from bot.content.author import Author
from bot.content.read_sources import read_sources
from bot.content.schema import SourcesFile
from bot.content.shape import shape
from bot.content.typed.strict_yaml import read
from bot.law.sources import Source, ends_on
from bot.library import Library
from bot.problems import Problem

ROW = """\
    - kind: article
      name: Voorbeeldwet
      says: Het gesprek komt binnen {days} dagen.
      seen: voorbeeld
      certainty: verified
      valid: {{from: {first}{last}}}
      reviewed: no
"""


def changed(*rows: tuple[str, str]) -> str:
    """A source of rows, each from its first day until its last."""
    return "sources:\n  Voorbeeldwet art. 1:\n" + "".join(
        ROW.format(days=n, first=first, last=f", until: {last}" if last else "")
        for n, (first, last) in enumerate(rows, start=1)
    )


def sources_of(text: str) -> tuple[dict[str, tuple[Source, ...]], list[Problem]]:
    document = read(text.encode(), "flows/law/sources.yaml")
    file, problems = shape(document, SourcesFile)
    assert file is not None, problems
    author = Author(document, [], [])
    return dict(read_sources(author, file)), author.problems


def test_the_day_chooses_the_row() -> None:
    text = changed(("2026-07-01", "2026-12-31"), ("2027-01-01", ""))
    found, problems = sources_of(text)
    assert problems == []
    rows = found["Voorbeeldwet art. 1"]
    days = map(date.fromisoformat, DAYS)
    said = [[one.says[-8] for one in rows if one.valid.holds_on(day)] for day in days]
    assert said == [[], ["1"], ["1"], ["2"]]
    assert ends_on(rows) is None


DAYS = ("2026-06-30", "2026-07-01", "2026-12-31", "2027-01-01")


@pytest.mark.parametrize(
    ("until", "from_"),
    [
        pytest.param("2026-12-31", "2027-01-02", id="a day is left out"),
        pytest.param("2026-12-31", "2026-12-31", id="a day is double"),
        pytest.param("", "2027-01-01", id="the first never ends"),
    ],
)
def test_rows_follow_on(until: str, from_: str) -> None:
    text = changed(("2026-07-01", until), (from_, ""))
    (problem,) = sources_of(text)[1]
    assert problem.code == "rows"
    assert problem.place.source == f"      valid: {{from: {from_}}}"


def test_a_source_may_not_end_before_it_begins() -> None:
    (problem,) = sources_of(changed(("2026-07-01", "2026-06-30")))[1]
    assert problem.code == "valid"


STYLE = re.compile(
    r"(Wgs|Rv|Fw|Wck|Wmo 2015|Opiumwet|Gemeentewet|Woningwet|Huisvestingswet|Jeugdwet"
    r"|IVRK|Energiewet|Algemene termijnenwet|UAVG|AVG|Sr|BW|Awb)"
    r" art\. [0-9]+([.:][0-9.]+)?[a-z]*( lid [0-9]+)?( onder [a-z])?"
)


def test_articles_are_cited_in_one_way(library: Library) -> None:
    """Acts named as a whole and the regulations have their full name instead."""
    odd = [
        name
        for name, rows in library.sources.items()
        if rows[0].kind == "article" and " art. " in name and not STYLE.fullmatch(name)
    ]
    assert odd == []


def test_each_article_of_a_law_has_its_whole_registered(library: Library) -> None:
    """`Rv art. 143 lid 3` may be cited, so `Rv art. 143` may be, too."""
    article = re.compile(r"(.* art\. \S+) lid .*")
    wholes = {m[1] for name in library.sources if (m := article.fullmatch(name))}
    assert wholes - library.sources.keys() <= {"AVG art. 9"}


def test_what_is_certain_was_seen_somewhere(library: Library) -> None:
    for row in rows_of(library):
        assert row.says.endswith("."), row.id
        assert row.certainty == "general" or "niet gelezen" not in row.seen[:12], row.id
        if row.certainty == "verified_2017":
            assert row.seen.startswith("tekst van 2017"), row.id


def test_nobody_has_signed_yet(library: Library) -> None:
    assert {row.reviewed for row in rows_of(library)} == {""}


def rows_of(library: Library) -> Iterable[Source]:
    return (row for rows in library.sources.values() for row in rows)


@pytest.mark.parametrize(
    "unread", ["flows/law/deadlines.yaml", "flows/law/calendar.yaml"]
)
def test_law_files_cite_what_is_registered(library: Library, unread: str) -> None:
    text = (Path(__file__).parents[2] / unread).read_text(encoding="utf-8")
    cited = re.findall(r"source: \[(.*)\]", text)
    names = {n.strip('"') for line in cited for n in re.split(r", (?!Monitor)", line)}
    assert names - library.sources.keys() == set()
