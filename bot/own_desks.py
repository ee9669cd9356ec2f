"""For how many people we know the number of their own municipality."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from bot.library import Library
from bot.problems import Told, told

DEBT_HELP = "municipality"
"""The organisation that must help with debts: in each municipality its own desk."""


@dataclass(frozen=True, slots=True)
class OwnDesks:
    """Municipalities with a debt-help desk of their own, and people, by GeoNames."""

    covered: int
    municipalities: int
    people_covered: int
    people: int

    def __str__(self) -> str:
        return str(self.told)

    @property
    def told(self) -> Told:
        has = told("has its own") if self.covered == 1 else told("have their own")
        return told(
            "{covered} of {all} municipalities {has} debt-help desk; {near} of {people}"
            " people live there (GeoNames, an estimate)",
            covered=self.covered,
            all=self.municipalities,
            has=has,
            near=_grouped(self.people_covered),
            people=_grouped(self.people),
        )


def _grouped(number: int) -> str:
    """With narrow blanks: both languages read those, unlike a comma or a dot."""
    return f"{number:_}".replace("_", "\u202f")


def own_desks(library: Library, today: date) -> OwnDesks:
    """People of a municipality that became part of another count there."""
    places = library.places
    people = Counter[str]()
    for one in places.municipalities.values():
        people[places.current(one.code, today)] += one.people
    known = tuple(one.code for one in places.of_today(today))
    covered = [code for code in known if DEBT_HELP in library.desks.get(code, {})]
    return OwnDesks(
        len(covered),
        len(known),
        sum(people[code] for code in covered),
        people.total(),
    )
