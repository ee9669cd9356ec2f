"""A household that an author wrote down → passed, or what differs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import zip_longest
from zoneinfo import ZoneInfo

from bot.conversation import engine
from bot.conversation.crisis import heard
from bot.conversation.hearing import YES
from bot.conversation.model import (
    OUTCOME,
    SUMMARY,
    Conversation,
    Question,
    Said,
    Tapped,
)
from bot.conversation.sampling import Household
from bot.library import Library
from bot.outcome import Outcome, facts_of, outcome
from bot.problems import Place, Told, did_you_mean, told

NOON = time(12, tzinfo=ZoneInfo("Europe/Amsterdam"))
NO_CRISIS = "none"


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
class Difference:
    """Something else came than the author expects.

    `step` is the author's own word: a question, or a line of `expect`.
    """

    step: str
    expected: Told | str
    got: Told | str

    @property
    def told(self) -> Told:
        expected, got = self.expected, self.got
        return told(
            "{step}: expected {expected}, got {got}",
            step=self.step,
            expected=expected,
            got=got,
        )

    def __str__(self) -> str:
        return str(self.told)


@dataclass(frozen=True, slots=True)
class Played:
    """How it went: `differences` are empty when it passed.

    `household` is who answered so far, `questions` all that it was asked; `crisis` is
    what its words led to.
    """

    scenario: Scenario
    differences: tuple[Difference, ...]
    outcome: Outcome | None = None
    household: Household | None = None
    questions: tuple[str, ...] = ()
    crisis: str = ""

    @property
    def passed(self) -> bool:
        return not self.differences


def play(library: Library, scenario: Scenario) -> Played:
    """Talk as this household would, through the same engine as every family."""
    if scenario.says:
        return _in_crisis(library, scenario)
    moment = datetime.combine(scenario.today, NOON)
    reached, stopped = _talked(library, scenario, moment)
    answers = {name: reached.answers[name] for name in reached.path}
    household = Household(answers, reached.path, scenario.today)
    if stopped is None:
        return _ended(library, scenario, reached, household, moment)
    asked = (*reached.path, reached.at)
    unused = _unused(library, scenario, asked, told("a way that stopped before it"))
    differences = (stopped, *unused)
    return Played(scenario, differences, None, household, asked)


def _talked(
    library: Library, scenario: Scenario, moment: datetime
) -> tuple[Conversation, Difference | None]:
    """As far as the answers lead: to the summary, or to what stops them."""
    current = engine.begin(
        library, id="test", moment=moment, language="nl"
    ).conversation
    assert current is not None
    while current.at in library.questions:
        at, answer = current.at, scenario.answers.get(current.at)
        if answer is None:
            here = told("an answer to this question")
            return current, Difference(at, here, told("nothing"))
        moved = _answer(library, current, answer, moment)
        if moved is None or moved.path != (*current.path, at):
            wanted = _answers_to(library.questions[at])
            return current, Difference(at, wanted, f"“{answer}”")
        if moved.at in moved.path:
            again = told("the same question again")
            return current, Difference(moved.at, told("another question"), again)
        current = moved
    return current, None


def _answer(
    library: Library, current: Conversation, answer: str, moment: datetime
) -> Conversation | None:
    turn = engine.answer(library, current, Said(answer), moment)
    if turn.conversation is not None and turn.conversation.pending:
        turn = engine.answer(library, turn.conversation, Said("ja"), moment)
    return turn.conversation


def _answers_to(question: Question) -> Told:
    return told("an answer such as {answers}", answers=", ".join(question.kind.labels))


def _ended(
    library: Library,
    scenario: Scenario,
    current: Conversation,
    household: Household,
    moment: datetime,
) -> Played:
    tap = Tapped(current.id, current.turn, SUMMARY, YES)
    ended = engine.answer(library, current, tap, moment).conversation
    assert ended is not None
    assert ended.at == OUTCOME
    asked = current.path
    found = outcome(library, facts_of(library, ended, scenario.today))
    differences = (
        *_unused(library, scenario, asked, told("a way without it")),
        *_differences(scenario.expect, found, asked),
    )
    return Played(scenario, differences, found, household, asked)


def _unused(
    library: Library, scenario: Scenario, asked: tuple[str, ...], got: Told
) -> Iterator[Difference]:
    """The answers to what this household was never asked."""
    for name in scenario.answers:
        if name in asked:
            continue
        hint = did_you_mean(name, library.questions)
        unknown = told("no question of that name.{hint}", hint=hint)
        known = name in library.questions
        yield Difference(name, told("this question"), got if known else unknown)


def _in_crisis(library: Library, scenario: Scenario) -> Played:
    found = heard(library.crises, scenario.says)
    got = found.id if found else NO_CRISIS
    wanted = scenario.expect.crisis
    same = got == wanted
    differences = () if same else (Difference("crisis", _words(wanted), got),)
    return Played(scenario, differences, crisis=found.id if found else "")


def _differences(
    expect: Expected, found: Outcome, asked: tuple[str, ...]
) -> Iterator[Difference]:
    advice = tuple(one.card.id for one in found.held)
    shown = tuple(one.id for one in found.organisations)
    organisations = shown[: len(expect.organisations or ())]
    pairs: tuple[tuple[str, object, object], ...] = (
        ("urgency", expect.urgency, found.urgency if found.held else None),
        ("advice", expect.advice, advice),
        ("organisations", expect.organisations, organisations),
    )
    for what, wanted, got in pairs:
        if wanted is not None and wanted != got:
            yield Difference(what, _words(wanted), _words(got))
    if expect.questions is not None:
        yield from _other_question(expect.questions, asked)
    for rule, day in (expect.deadlines or {}).items():
        if found.dates.get(rule) != day:
            yield Difference(
                f"deadlines {rule}", str(day), _words(found.dates.get(rule))
            )


def _other_question(
    wanted: tuple[str, ...], asked: tuple[str, ...]
) -> Iterator[Difference]:
    """Only the first one that differs: what follows mostly follows from it."""
    pairs = zip_longest(wanted, asked)
    for number, (one, other) in enumerate(pairs, start=1):
        if one != other:
            yield Difference(f"questions {number}", _words(one), _words(other))
            return


def _words(value: object) -> Told | str:
    listed = ", ".join(map(str, value)) if isinstance(value, tuple) else value
    return told("nothing") if listed in (None, "") else str(listed)
