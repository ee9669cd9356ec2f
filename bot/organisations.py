"""Who can help: with what, where, when, how to reach them, and who checked it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Literal

from bot.conversation.conditions import Condition
from bot.law.calendar import Calendar
from bot.opening import Hours, is_open, opens_at
from bot.problems import Place
from bot.translations import Say, Text, placeholders

NATIONAL: Final = "nl"
FREE: Final = "gratis"
MANY_LANGUAGES: Final = "mul"
"""How a list of languages says “many”: the code of ISO 639."""

STALE: Final = timedelta(days=180)
"""After half a year a number that a person dialled counts as unchecked again."""

Channel = Literal["phone", "chat", "desk", "web", "visit"]


@dataclass(frozen=True, slots=True)
class When:
    """Why it fits this family; without a condition it always does."""

    because: Text
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """`checked` is the day a person last dialled the number, None for never."""

    id: str
    name: Text
    helps: Text
    serves: Text | None = None
    phone: str = ""
    reach: Text | None = None
    name_here: Text | None = None
    reach_here: Text | None = None
    """Name and way to reach it, with the {place} of a family that told it."""

    place: str = ""
    """The name of the municipality in which a family reaches it; "" while unknown."""

    hours: tuple[Hours, ...] = ()
    hours_text: Text | None = None
    web: str = ""
    cost: Text | None = None
    languages: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    where: tuple[str, ...] = (NATIONAL,)
    local: bool = False
    when: tuple[When, ...] = ()
    only_if: Condition | None = None
    """It helps nobody for whom this is surely not so, whatever the advice names."""

    source: str = ""
    certainty: str = ""
    checked: date | None = None
    checked_by: str = ""
    written_at: Place | None = field(default=None, compare=False, repr=False)
    """Where its number stands, or its name when it has none."""

    emergency: bool = False

    @property
    def called(self) -> Say:
        """Its name, with the municipality's where that belongs to it."""
        return Say(self.name, {"place": self.place})

    @property
    def is_free(self) -> bool:
        return self.cost is None or self.cost.nl == FREE

    @property
    def is_national(self) -> bool:
        return NATIONAL in self.where

    @property
    def tells_a_number(self) -> bool:
        """A phone number of its own, or one in the words that say how to reach it."""
        said = placeholders(self.reach.nl) if self.reach else frozenset[str]()
        return bool(self.phone) or any(name.endswith("_phone") for name in said)

    def is_stale(self, today: date) -> bool:
        """Whether nobody dialled the number in the last half year."""
        return self.checked is None or today - self.checked > STALE

    def needs_star(self, today: date) -> bool:
        """Whether the family is told that nobody dialled this number lately.

        Not in an emergency: there a doubt would cost more than it gives.
        """
        return bool(self.phone) and not self.emergency and self.is_stale(today)

    def speaks(self, language: str) -> bool:
        return language in self.languages or MANY_LANGUAGES in self.languages

    def works_in(self, place: str | None) -> bool:
        """Whether it works in this municipality; unknown places get national help."""
        if self.is_national:
            return True
        return place in self.where

    def is_open(self, moment: datetime, calendar: Calendar) -> bool | None:
        """Open at this moment in the Netherlands; None when nobody knows."""
        return is_open(self.hours, moment, calendar)

    def opens_at(self, moment: datetime, calendar: Calendar) -> datetime | None:
        """From when it is open, now or later; None when nobody knows."""
        return opens_at(self.hours, moment, calendar)
