"""Which organisations fit a family, and why: nearest and most specific first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.conversation.conditions import holds
from bot.conversation.facts import Facts
from bot.organisations import Organisation, When
from bot.translations import Say, placeholders

PLACE = "place"


@dataclass(frozen=True, slots=True)
class Fit:
    """One organisation for this family. `because` is None where nobody wrote it."""

    organisation: Organisation
    because: Say | None = None


def fitting(
    organisations: Mapping[str, Organisation],
    named: Iterable[str],
    facts: Facts,
    place: str | None,
    at_hand: Callable[[Organisation], int] = lambda _: 0,
) -> tuple[Fit, ...]:
    """Those that the advice names, in the author's order; then those that fit.

    Of the others the nearest come first, then those most at hand (a smaller number:
    they speak the family's language, and are open), then the most specific.

    `place` is the name of the family's municipality, None while it is not known.
    An organisation never works for a place that it does not name.
    """
    here = {
        name: one
        for name, one in organisations.items()
        if one.works_in(place) and not _is_for_others(one, facts)
    }
    first = [here[name] for name in dict.fromkeys(named) if name in here]
    others = [
        one
        for one in here.values()
        if one not in first and _reason(one, facts, place, certain=True)
    ]
    others.sort(
        key=lambda one: (
            one.is_national,
            at_hand(one),
            -_facts_named(one, facts, place),
        )
    )
    return tuple(Fit(one, _because(one, facts, place)) for one in (*first, *others))


def _is_for_others(one: Organisation, facts: Facts) -> bool:
    """What is not known keeps nobody from help."""
    return one.only_if is not None and one.only_if.decide(facts) is False


def _reason(
    one: Organisation, facts: Facts, place: str | None, *, certain: bool
) -> When | None:
    """The first row that holds; when it must be certain, a row that says when."""
    for row in one.when:
        if place is None and PLACE in placeholders(row.because.nl):
            continue
        if row.condition is None and not certain:
            return row
        if row.condition is not None and holds(row.condition, facts):
            return row
    return None


def _facts_named(one: Organisation, facts: Facts, place: str | None) -> int:
    row = _reason(one, facts, place, certain=True)
    return len(row.condition.names) if row and row.condition else 0


def _because(one: Organisation, facts: Facts, place: str | None) -> Say | None:
    row = _reason(one, facts, place, certain=False)
    return Say(row.because, {PLACE: place} if place else {}) if row else None
