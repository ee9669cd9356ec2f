"""What the written households met of the content, counted on the small content."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path

import pytest

from bot.content.read_library import read_library
from bot.content.read_scenarios import read_scenarios
from bot.conversation.model import ADVICE
from bot.conversation.sampling import households
from bot.coverage import SORTS, TYPED, Coverage, Part, coverage, on_the_way, parts
from bot.coverage_told import lines, place_of
from bot.library import Library
from bot.scenarios import Expected, Scenario, play
from tests.conftest import ROOT, TUESDAY
from tests.sample import lay_out


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def sample(folder: Path) -> Library:
    found, problems = read_library(folder)
    assert found is not None, "\n".join(map(str, problems))
    return found


@pytest.fixture(scope="module")
def large_family(folder: Path) -> Scenario:
    """The only household of the small content."""
    (scenario,), _ = read_scenarios(folder, [])
    return scenario


def met(library: Library, scenarios: Sequence[Scenario]) -> Coverage:
    return coverage(library, [play(library, one) for one in scenarios])


def test_each_sort_is_counted(sample: Library, large_family: Scenario) -> None:
    found = met(sample, [large_family])
    assert {sort: found.count(sort) for sort in SORTS} == {
        "question": (9, 10),
        "answer": (10, 26),
        "route": (9, 11),
        "card": (2, 4),
        "outcome": (2, 5),
        "crisis": (0, 4),
    }


def test_ticked_boxes_count_one_by_one(sample: Library, large_family: Scenario) -> None:
    found = met(sample, [large_family])
    boxes = {
        one.which for one in found.met if (one.sort, one.name) == ("answer", "broken")
    }
    assert boxes == {"mould", "leak"}


def test_a_typed_answer_counts_once(sample: Library) -> None:
    some = [one for one in parts(sample) if one.name == "kids" and one.sort == "answer"]
    assert [one.which for one in some] == ["none", "some", "unsure", TYPED]


def test_of_what_is_missing_as_a_whole_no_piece_is_a_gap(
    sample: Library, large_family: Scenario
) -> None:
    gaps = met(sample, [large_family]).gaps
    assert Part("question", "chimney") in gaps
    assert Part("card", "other") in gaps
    assert {one.sort for one in gaps if one.name in ("chimney", "other")} == {
        "question",
        "card",
    }


def test_crises_and_advice_for_today_must_be_met(
    sample: Library, large_family: Scenario
) -> None:
    stove, *crises = met(sample, [large_family]).must
    assert stove == Part("outcome", "stove", "now")
    assert [one.name for one in crises] == [one.id for one in sample.crises]


def test_a_card_that_nobody_expects_is_not_met(
    sample: Library, large_family: Scenario
) -> None:
    silent = replace(large_family, expect=Expected(urgency="three_days"))
    assert met(sample, [silent]).count("card") == (0, 4)
    hasteless = replace(large_family, expect=Expected(advice=("damp", "late")))
    assert met(sample, [hasteless]).count("card") == (2, 4)
    assert met(sample, [hasteless]).count("outcome") == (0, 5)


def test_a_household_that_stops_has_met_what_it_answered(
    sample: Library, large_family: Scenario
) -> None:
    some = {name: large_family.answers[name] for name in ("heating", "broken")}
    found = met(sample, [replace(large_family, answers=some)])
    assert (found.count("question"), found.count("card")) == ((2, 10), (0, 4))


def test_a_crisis_is_met_by_its_words(sample: Library) -> None:
    said = Scenario(
        "", TUESDAY.date(), {}, Expected(crisis="danger"), says="er is brand"
    )
    assert met(sample, [said]).met == {Part("crisis", "danger")}


def test_the_routes_met_are_those_of_the_conversation(library: Library) -> None:
    for household in islice(households(library, TUESDAY.date(), 5), 200):
        taken = [one for one in on_the_way(library, household) if one.sort == "route"]
        ends = [_end(library, one) for one in taken]
        assert ends == [to for _, to in pairwise((*household.path, ADVICE))]


def _end(library: Library, part: Part) -> str:
    route = library.questions[part.name].routes[int(part.which)]
    return library.flows[route.to].start if route.flow else route.to


def test_each_part_is_found_in_its_file(library: Library) -> None:
    for part in parts(library):
        place = place_of(library, part)
        written = (ROOT / place.file).read_text(encoding="utf-8").splitlines()
        assert place.source == written[place.line - 1], part


def test_a_route_is_found_at_its_own_line(sample: Library) -> None:
    first, last = (place_of(sample, Part("route", "heating", n)) for n in "01")
    assert first.source.strip() == "- if: heating == wood"
    assert (last.line, last.source.strip()) == (first.line + 2, "- go: broken")


def test_the_summary_names_each_gap(sample: Library, large_family: Scenario) -> None:
    told = list(lines(sample, met(sample, [large_family]), "en"))
    assert told[0].startswith("Played: 9 of 10 questions, 10 of 26 answers,")
    assert "Never played: 1 of 10 questions" in told
    assert "    flows/stove.yaml:8: question “chimney”" in told
    assert "    flows/start.yaml:15: answer “wood” to “heating”" in told
    assert told[-1] == "Have a household written for each: drempel test --write-missing"
