"""For how many people we know the number of their own municipality."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from bot.library import Library

DEBT_HELP = "municipality"
"""The organisation that must help with debts: in each municipality its own desk."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Municipalities with a debt-help desk of their own, and people, by GeoNames."""

    covered: int
    municipalities: int
    people_covered: int
    people: int

    def __str__(self) -> str:
        has = "has its own" if self.covered == 1 else "have their own"
        return (
            f"{self.covered} of {self.municipalities} municipalities {has} debt-help"
            f" desk; {self.people_covered:,} of {self.people / 1_000_000:.1f} million"
            " people live there (GeoNames, an estimate)"
        )


def coverage(library: Library, today: date) -> Coverage:
    """People of a municipality that became part of another count there."""
    places = library.places
    people = Counter[str]()
    for one in places.municipalities.values():
        people[places.current(one.code, today)] += one.people
    known = tuple(one.code for one in places.of_today(today))
    covered = [code for code in known if DEBT_HELP in library.desks.get(code, {})]
    return Coverage(
        len(covered),
        len(known),
        sum(people[code] for code in covered),
        people.total(),
    )
