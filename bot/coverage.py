"""For how many people we know the number of their own municipality."""

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
        has = "has" if self.covered == 1 else "have"
        return (
            f"{self.covered} of {self.municipalities} municipalities {has} a debt-help"
            f" desk of their own; {self.people_covered:,} of"
            f" {self.people / 1_000_000:.1f} million people live there (by GeoNames:"
            " an estimate)"
        )


def coverage(library: Library, today: date) -> Coverage:
    known = tuple(library.places.of_today(today))
    covered = tuple(
        one for one in known if DEBT_HELP in library.desks.get(one.code, {})
    )
    return Coverage(
        len(covered),
        len(known),
        sum(one.people for one in covered),
        sum(one.people for one in known),
    )
