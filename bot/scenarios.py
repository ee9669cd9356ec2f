"""A household that an author wrote down → passed, or what differs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.conversation import engine
from bot.conversation.crisis import heard
from bot.conversation.hearing import YES
from bot.conversation.model import (
    OUTCOME,
    SUMMARY,
    Conversation,
    Said,
    Tapped,
)
from bot.library import Library
from bot.outcome import Outcome, facts_of, outcome
from bot.problems import Place

NOON = time(12, tzinfo=ZoneInfo("Europe/Amsterdam"))


@dataclass(frozen=True, slots=True)
class Expected:
    """What the author expects; None where nothing was said about it.

    `organisations` are the first ones shown; others that fit may follow them.
    """

    urgency: str | None = None
    advice: tuple[str, ...] | None = None
    organisations: tuple[str, ...] | None = None
    deadlines: Mapping[str, date] | None = None
    questions: tuple[str, ...] | None = None
    crisis: str | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """`answers` may stand in any order; `says` is typed before the first question."""

    name: str
    today: date
    answers: Mapping[str, str]
    expect: Expected
    says: str = ""
    place: Place = field(default_factory=lambda: Place(""))


@dataclass(frozen=True, slots=True)
class Played:
    """How it went: `differences` are empty when it passed."""

    scenario: Scenario
    differences: tuple[str, ...]
    outcome: Outcome | None = None
    questions: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.differences


def play(library: Library, scenario: Scenario) -> Played:
    """Talk as this household would, through the same engine as every family."""
    moment = datetime.combine(scenario.today, NOON)
    begun = engine.begin(library, id="test", moment=moment, language="nl").conversation
    assert begun is not None
    if scenario.says:
        return _crisis(library, scenario)
    asked: list[str] = []
    current = begun
    while current.at in library.questions:
        if current.at in asked:
            return _stopped(scenario, asked, f"“{current.at}” is asked twice")
        asked.append(current.at)
        answer = scenario.answers.get(current.at)
        if answer is None:
            return _stopped(scenario, asked, f"“{current.at}” is asked: no answer here")
        moved = _answer(library, current, answer, moment)
        if moved is None or moved.at == current.at:
            return _stopped(
                scenario, asked, f"“{answer}” is not understood at “{current.at}”"
            )
        current = moved
    if current.at != SUMMARY:
        return _stopped(scenario, asked, f"the conversation ends at {current.at}")
    return _ended(library, scenario, current, asked, moment)


def _answer(
    library: Library, current: Conversation, answer: str, moment: datetime
) -> Conversation | None:
    turn = engine.answer(library, current, Said(answer), moment)
    if turn.conversation is not None and turn.conversation.pending:
        turn = engine.answer(library, turn.conversation, Said("ja"), moment)
    return turn.conversation


def _ended(
    library: Library,
    scenario: Scenario,
    current: Conversation,
    asked: list[str],
    moment: datetime,
) -> Played:
    tap = Tapped(current.id, current.turn, SUMMARY, YES)
    told = engine.answer(library, current, tap, moment).conversation
    if told is None or told.at != OUTCOME:
        return _stopped(scenario, asked, "the summary leads to no advice")
    found = outcome(library, facts_of(library, told, scenario.today))
    unused = [name for name in scenario.answers if name not in asked]
    differences = [f"“{name}” is never asked" for name in unused]
    differences += _differences(scenario.expect, found, asked)
    return Played(scenario, tuple(differences), found, tuple(asked))


def _stopped(scenario: Scenario, asked: list[str], why: str) -> Played:
    return Played(scenario, (why,), None, tuple(asked))


def _crisis(library: Library, scenario: Scenario) -> Played:
    found = heard(library.crises, scenario.says)
    got = found.id if found else None
    if (got or "none") == scenario.expect.crisis:
        return Played(scenario, ())
    return _stopped(
        scenario, [], f"crisis: expected {scenario.expect.crisis}, got {got}"
    )


def _differences(expect: Expected, found: Outcome, asked: list[str]) -> Iterator[str]:
    got_advice = tuple(one.card.id for one in found.held)
    shown = tuple(one.id for one in found.organisations)
    got_organisations = shown[: len(expect.organisations or ())]
    pairs: tuple[tuple[str, object, object], ...] = (
        ("urgency", expect.urgency, found.urgency),
        ("advice", expect.advice, got_advice),
        ("organisations", expect.organisations, got_organisations),
        ("questions", expect.questions, tuple(asked)),
    )
    for what, wanted, got in pairs:
        if wanted is not None and wanted != got:
            yield f"{what}: expected {_words(wanted)}, got {_words(got)}"
    for rule, day in (expect.deadlines or {}).items():
        if found.dates.get(rule) != day:
            yield f"deadline {rule}: expected {day}, got {found.dates.get(rule)}"


def _words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
