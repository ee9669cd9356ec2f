"""Where a conversation in the terminal begins: at a question, or a card of advice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.conversation.model import ADVICE, SUMMARY
from bot.conversation.path_advice import Watch, comes_first
from bot.conversation.paths import Stop, Walk
from bot.conversation.sampling import Household
from bot.library import Library
from bot.pasting import typed_answer
from bot.problems import NOTHING
from bot.proving import shortest
from bot.scenarios import Scenario


@dataclass(frozen=True, slots=True)
class Start:
    """What is typed before an author takes over, by question.

    It ends at the question `at`, if any, or where no answer is given.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    says: str = ""
    at: str = ""


NOWHERE = Start()
"""The first question, with nothing typed."""


def start_at(library: Library, name: str, today: date) -> Start | None:
    """With the fewest answers; None when nobody gets there on this day.

    `name` is a question, or a card: then it ends at the summary before the advice.
    """
    if name in library.questions:
        household = _at_question(library, name, today)
        end = name
    else:
        household = _before_card(library, name, today)
        end = SUMMARY
    if household is None:
        return None
    return Start(_typed(library, household), at=end)


def start_as(scenario: Scenario, name: str = "") -> Start:
    """As this household, until the question of this name."""
    return Start(scenario.answers, scenario.says, name)


def at_line(scenarios: Iterable[Scenario], line: int) -> Scenario | None:
    """The household that is written at this line, or above it."""
    before = [one for one in scenarios if one.place.line <= line]
    return before[-1] if before else None


def _typed(library: Library, household: Household) -> Mapping[str, str]:
    return {name: typed_answer(library, name, household) for name in household.path}


def _at_question(library: Library, name: str, today: date) -> Household | None:
    # What comes beside the advice is watched, for that walk is the shortest.
    walk = Walk(library, today, watch="beside")
    return _shortest(walk, walk.stops.get(name, {}).values())


def _before_card(library: Library, name: str, today: date) -> Household | None:
    card = next(one for one in library.cards if one.id == name)
    watch: Watch = "first" if comes_first(card) else "beside"
    walk = Walk(library, today, watch=watch)
    return _shortest(walk, _told(walk, name))


def _told(walk: Walk, card: str) -> Iterator[Stop]:
    for stop in walk.stops[ADVICE].values():
        if any(held.card.id == card for held in walk.advice.so_far(stop.known)):
            yield stop


def _shortest(walk: Walk, stops: Iterable[Stop]) -> Household | None:
    found = shortest(walk, list(stops), NOTHING)
    return found.household if found else None
