"""What changed between two versions of the content: one sentence, where, for whom."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.library import Library
from bot.problems import Language, Place, Told
from bot.promises import Promise
from bot.scenarios import Scenario


class Concern(StrEnum):
    """What a change touches: it says who must look at it."""

    QUESTION = "question"
    ROUTE = "route"
    TEXT = "text"
    ADVICE = "advice"
    ORGANISATION = "organisation"
    PHONE = "phone"
    LINK = "link"
    CRISIS = "crisis"
    LAW = "law"
    WORDS = "words"
    TRANSLATION = "translation"
    PLACE = "place"
    SOURCE = "source"
    NAME = "name"
    SCENARIO = "scenario"
    PROMISE = "promise"
    CHECKING = "checking"


TWO_PEOPLE: Final = frozenset({Concern.PHONE, Concern.LINK, Concern.CRISIS})
"""A mistake in one of these hurts at once, so two people look."""

FOR_AUTHORS: Final = frozenset(
    {
        Concern.SOURCE,
        Concern.NAME,
        Concern.SCENARIO,
        Concern.PROMISE,
        Concern.CHECKING,
    }
)
"""What families never notice."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different now.

    `about` is what it is about: `questions.letter`, `advice.hearing`, `words.hello`.
    Names stand in `told` between `*`: so they are read in a terminal and in Markdown.
    """

    about: str
    told: Told
    place: Place
    concerns: frozenset[Concern]
    gone: bool = False
    """Whether `place` is a line of the version before, as it stands there no more."""

    @property
    def is_for_families(self) -> bool:
        return not self.concerns <= FOR_AUTHORS

    @property
    def needs_two_people(self) -> bool:
        return bool(self.concerns & TWO_PEOPLE)

    def words(self, language: Language) -> str:
        return self.told.words(language)


@dataclass(frozen=True, slots=True)
class Version:
    """All content at one moment. A library with errors in it has no machines."""

    library: Library
    scenarios: tuple[Scenario, ...] = ()
    promises: tuple[Promise, ...] = ()
