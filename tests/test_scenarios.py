"""Every household that an author wrote down hears what the author expects."""

from dataclasses import replace
from datetime import date
from unicodedata import normalize

import pytest

from bot.content.read_scenarios import read_scenarios
from bot.conversation.model import OUTCOME
from bot.coverage import Sort, coverage
from bot.library import Library
from bot.outcome import Outcome
from bot.scenarios import Expected, Played, Scenario, play
from tests.conftest import ROOT

SCENARIOS, PROBLEMS = read_scenarios(ROOT, [])
HOUSEHOLDS = [one for one in SCENARIOS if not one.says]
REMINDED = {
    "situation": "arrears",
    "sender": "landlord",
    "landlord_letter": "reminder",
    "children": "5 en 8",
    "landlord": "corporation",
    "place": "3511",
    "also": "niets",
    "reported": "no",
}
HOUSEHOLD = Scenario("a reminder", date(2026, 11, 24), REMINDED, Expected())


def test_all_scenario_files_can_be_read() -> None:
    assert PROBLEMS == ()
    assert SCENARIOS


def test_no_two_scenarios_have_the_same_name() -> None:
    names = [one.name for one in SCENARIOS]
    assert sorted(names) == sorted(set(names))


def written_at(scenario: Scenario) -> str:
    """Where an author finds it; pytest would show an é as \\xe9."""
    name = normalize("NFKD", scenario.name).encode("ascii", "ignore").decode()
    return f"{scenario.place.file}:{scenario.place.line} {name}"


@pytest.mark.parametrize("scenario", SCENARIOS, ids=written_at)
def test_a_household_hears_what_its_author_expects(
    library: Library, scenario: Scenario
) -> None:
    differences = play(library, scenario).differences
    assert not differences, "\n".join(one.told.words("nl") for one in differences)


@pytest.mark.parametrize("scenario", HOUSEHOLDS, ids=written_at)
def test_the_order_of_the_answers_does_not_matter(
    library: Library, scenario: Scenario
) -> None:
    turned = dict(reversed(list(scenario.answers.items())))
    assert play(library, replace(scenario, answers=turned)).passed


@pytest.fixture(scope="module")
def played(library: Library) -> tuple[Played, ...]:
    """All of them, once for the tests that look at them together."""
    return tuple(play(library, one) for one in SCENARIOS)


@pytest.fixture(scope="module")
def told(played: tuple[Played, ...]) -> list[Outcome]:
    return [one.outcome for one in played if one.outcome is not None]


@pytest.mark.parametrize("sort", ["question", "card", "crisis"])
def test_every_part_of_this_sort_has_a_household(
    library: Library, played: tuple[Played, ...], sort: Sort
) -> None:
    missing = coverage(library, played).missing
    assert [one.name for one in missing if one.sort == sort] == []


def test_all_advice_for_today_has_a_household(
    library: Library, played: tuple[Played, ...]
) -> None:
    assert coverage(library, played).must == ()


ROWS = frozenset(
    f"DT-{row}"
    for row in (
        *("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11", "A12"),
        *("A13", "B1", "B2", "B3", "B4", "C1", "C2", "D1", "D2", "D3", "E1", "E2"),
        *("E3", "E4", "E5", "E6", "F1", "F2", "X1", "X2", "X3"),
    )
)
"""Every row of the decision table: a cause and how far it has come."""


def test_every_row_of_the_decision_table_has_a_household(told: list[Outcome]) -> None:
    rows = {row for found in told for held in found.held for row in held.card.row}
    assert sorted(ROWS - rows) == []


def test_every_organisation_is_told_to_some_household(
    library: Library, told: list[Outcome]
) -> None:
    fits = {fit.organisation.id for found in told for fit in found.fits}
    in_crisis = {name for one in library.crises for name in one.organisations}
    assert sorted({*library.organisations} - fits - in_crisis) == []


# --- a difference is found and told ------------------------------------------------


def differences(library: Library, **changes: object) -> tuple[str, ...]:
    played = play(library, replace(HOUSEHOLD, **changes))  # type: ignore[arg-type]
    return tuple(map(str, played.differences))


def test_what_is_not_expected_is_not_compared(library: Library) -> None:
    played = play(library, HOUSEHOLD)
    assert played.passed
    assert played.questions == tuple(REMINDED)


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        (Expected(urgency="now"), "urgency: expected now, got week"),
        (Expected(advice=("summons",)), "advice: expected summons, got reminder"),
        (Expected(organisations=("geldfit",)),
         "organisations: expected geldfit, got landlord"),
        (Expected(questions=("situation", "children")),
         "questions 2: expected children, got sender"),
        (Expected(questions=tuple(REMINDED)[:-1]),
         "questions 8: expected nothing, got reported"),
        (Expected(deadlines={"appeal": date(2026, 12, 1)}),
         "deadlines appeal: expected 2026-12-01, got nothing"),
    ],
    ids=["urgency", "advice", "organisations", "question", "longer", "deadlines"],
)  # fmt: skip
def test_a_difference_is_told(library: Library, expect: Expected, told: str) -> None:
    assert differences(library, expect=expect) == (told,)


def test_a_question_without_an_answer_is_told(library: Library) -> None:
    fewer = {name: one for name, one in REMINDED.items() if name != "reported"}
    told = differences(library, answers=fewer)
    assert told == ("reported: expected an answer to this question, got nothing",)


def test_all_that_is_not_used_is_told_when_a_household_stops(library: Library) -> None:
    fewer = {name: one for name, one in REMINDED.items() if name != "place"}
    _, *unused = differences(library, answers={**fewer, "court_date": "morgen"})
    stopped = "expected this question, got a way that stopped before it"
    assert unused == [
        f"{name}: {stopped}" for name in ("also", "reported", "court_date")
    ]


def test_an_answer_that_is_not_understood_is_told(library: Library) -> None:
    told, *_ = differences(library, answers={**REMINDED, "landlord": "blub"})
    assert told == (
        "landlord: expected an answer such as corporation, private, unsure, got “blub”"
    )


def test_an_answer_to_a_question_that_is_never_asked_is_told(library: Library) -> None:
    (told,) = differences(library, answers={**REMINDED, "court_date": "morgen"})
    assert told == "court_date: expected this question, got a way without it"


def test_a_question_with_a_typing_mistake_is_told(library: Library) -> None:
    (told,) = differences(library, answers={**REMINDED, "court_dat": "morgen"})
    assert told.endswith("got no question of that name. Did you mean “court_date”?")


def test_a_difference_is_told_in_dutch(library: Library) -> None:
    fewer = {name: one for name, one in REMINDED.items() if name != "reported"}
    (found,) = play(library, replace(HOUSEHOLD, answers=fewer)).differences
    told = "reported: verwacht een antwoord op deze vraag, kreeg niets"
    assert found.told.words("nl") == told


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "typed",
    [
        "mens",
        "stop",
        "terug",
        "ik wil dood",
    ],
)
def test_words_that_lead_elsewhere_are_no_answer(library: Library, typed: str) -> None:
    assert differences(library, answers={**REMINDED, "landlord": typed})


@pytest.mark.parametrize(
    ("says", "expected"),
    [("ik wil dood", "child"), ("hallo", "child"), ("ik ben 12", "none")],
)
def test_another_crisis_than_expected_is_told(
    library: Library, says: str, expected: str
) -> None:
    assert differences(library, says=says, expect=Expected(crisis=expected))


def test_a_household_ends_with_advice(library: Library, told: list[Outcome]) -> None:
    assert OUTCOME not in library.questions
    assert len(told) == len(HOUSEHOLDS)


def test_who_forgot_the_day_of_a_complaint_hears_no_date(library: Library) -> None:
    """Counted from today it would be later than the real one."""
    forgot = {"complained_on": "weet ik niet"}.items()
    (scenario,) = (one for one in HOUSEHOLDS if forgot <= one.answers.items())
    outcome = play(library, scenario).outcome
    assert outcome is not None
    assert "complaint_made" in {due.rule.id for due in outcome.dues}
    assert outcome.dates == {}
