"""A talk in the terminal may begin anywhere, as the real one would get there."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.console import Console
from bot.content.read_library import read_library
from bot.content.read_scenarios import read_scenarios
from bot.conversation.model import SUMMARY
from bot.library import Library
from bot.starting import Start, at_line, start_as, start_at
from bot.storage.sqlite import in_memory
from tests.conftest import ROOT, TUESDAY
from tests.sample import lay_out

TODAY = TUESDAY.date()
QUESTIONS = ("heating", "chimney", "broken", "pets", "rooms", "late_for", "kids")
CARDS = ("stove", "damp", "late", "other")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Library:
    found, problems = read_library(lay_out(tmp_path_factory.mktemp("sample")))
    assert found is not None, problems
    return found


async def screen(
    library: Library,
    start: Start,
    typed: Sequence[str] = (),
    moment: datetime = TUESDAY,
) -> str:
    """Everything a person sees who begins here and then types these lines."""
    target = io.StringIO()
    source = io.StringIO("".join(f"{line}\n" for line in typed))
    console = Console(library, lambda: moment, source=source, target=target)
    await console.run(in_memory(), language="nl", start=start)
    return " ".join(target.getvalue().split())


@pytest.mark.parametrize("name", QUESTIONS)
async def test_it_can_begin_at_each_question(sample: Library, name: str) -> None:
    start = start_at(sample, name, TODAY)
    assert start is not None
    assert sample.questions[name].ask.nl in await screen(sample, start)


@pytest.mark.parametrize("name", CARDS)
async def test_it_can_begin_before_each_card_of_advice(
    sample: Library, name: str
) -> None:
    start = start_at(sample, name, TODAY)
    assert start is not None
    assert start.at == SUMMARY
    card = next(one for one in sample.cards if one.id == name)
    assert card.say.nl in await screen(sample, start, ["a"])


async def test_the_shipped_questions_can_be_begun_at_too(library: Library) -> None:
    start = start_at(library, "reported", TODAY)
    assert start is not None
    assert library.questions["reported"].ask.nl in await screen(library, start)


def test_the_way_there_is_short_and_plain(library: Library) -> None:
    start = start_at(library, "sender", TODAY)
    assert start is not None
    assert start.answers == {"situation": "arrears"}


def test_a_question_that_nobody_is_asked_cannot_be_begun_at(tmp_path: Path) -> None:
    flow = lay_out(tmp_path) / "flows/start.yaml"
    words = flow.read_text(encoding="utf-8")
    flow.write_text(words.replace("go: broken", "go: pets"), encoding="utf-8")
    found, _ = read_library(tmp_path)
    assert found is not None
    assert start_at(found, "broken", TODAY) is None


async def test_a_household_of_a_file_answers_until_a_question(
    library: Library,
) -> None:
    file = ROOT / "flows/scenarios/arrears.yaml"
    scenarios, _ = read_scenarios(ROOT, [file])
    seen = await screen(library, start_as(scenarios[0], "landlord"))
    assert "> children: 5 en 8" in seen
    assert library.questions["landlord"].ask.nl in seen
    assert "> landlord:" not in seen


async def test_a_household_that_has_answered_all_stands_at_the_summary(
    library: Library,
) -> None:
    scenarios, _ = read_scenarios(ROOT, [ROOT / "flows/scenarios/arrears.yaml"])
    seen = await screen(library, start_as(scenarios[0]))
    assert library.words["summary_title"].nl in seen


async def test_a_household_that_only_says_something_is_heard(library: Library) -> None:
    start = Start(says="ik wil niet meer leven")
    assert "0800-0113" in await screen(library, start)


async def test_an_answer_that_is_not_understood_is_where_the_author_takes_over(
    library: Library,
) -> None:
    start = Start({"situation": "arrears", "sender": "blub", "court_date": "morgen"})
    seen = await screen(library, start)
    again = library.questions["sender"].again
    assert again is not None
    assert again.nl in seen


def test_a_household_is_found_by_any_of_its_lines() -> None:
    scenarios, _ = read_scenarios(ROOT, [ROOT / "flows/scenarios/arrears.yaml"])
    first, second = scenarios[:2]
    assert at_line(scenarios, 1) is None
    assert at_line(scenarios, first.place.line) == first
    assert at_line(scenarios, second.place.line - 1) == first
    assert at_line(scenarios, second.place.line) == second


async def test_the_hour_of_the_clock_is_the_one_of_the_help(library: Library) -> None:
    start = start_at(library, "reported", date(2026, 11, 28))
    assert start is not None
    night = datetime(2026, 11, 28, 3, tzinfo=TUESDAY.tzinfo)
    by_night = await screen(library, start, ["nee", "a"], night)
    by_day = await screen(library, start, ["nee", "a"])
    assert by_night != by_day
