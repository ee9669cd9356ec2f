"""What an author promises to every family of which something is so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.advice import Held
from bot.conversation.conditions import Condition
from bot.organisations import Organisation
from bot.problems import Place, Told, told


@dataclass(frozen=True, slots=True)
class Promised:
    """What these families are told; None or nothing where the author says nothing.

    `organisations`, `advice` and `deadlines` are at least told, in any order; the
    organisations in the list, or in a step of the advice.
    `number_at_once`: a phone number stands in the next message after the answer with
    which it became so.
    """

    urgency: str | None = None
    advice: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    number_at_once: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """`condition` is about all that is known at the end.

    For `number_at_once` it is about what is known so far.
    """

    name: str
    condition: Condition
    expect: Promised
    place: Place = field(default_factory=lambda: Place(""))


@dataclass(frozen=True, slots=True)
class Heard:
    """What a family hears with its advice: cards, organisations, legal dates."""

    held: tuple[Held, ...]
    organisations: tuple[Organisation, ...]
    rules: frozenset[str]

    @property
    def cards(self) -> tuple[str, ...]:
        return tuple(one.card.id for one in self.held)

    @property
    def urgency(self) -> str | None:
        """How urgent the main card is; of no advice there is none."""
        main = [one for one in self.held if not one.card.before]
        found = (*main, *self.held)
        return found[0].urgency if found else None


def lacking(expect: Promised, heard: Heard) -> Iterator[Told]:
    """What was promised and is not told."""
    if expect.urgency not in (None, heard.urgency):
        yield told(
            "urgency is {urgency}, not {promised}",
            urgency=heard.urgency or told("none"),
            promised=str(expect.urgency),
        )
    shown = [one.id for one in heard.organisations]
    yield from _missing(told("advice"), expect.advice, heard.cards)
    yield from _missing(told("organisation"), expect.organisations, shown)
    yield from _missing(told("deadline"), expect.deadlines, sorted(heard.rules))


def _missing(what: Told, wanted: Iterable[str], got: Iterable[str]) -> Iterator[Told]:
    found = tuple(got)
    for name in wanted:
        if name not in found:
            yield told(
                "{what} {name} is not told, only: {others}",
                what=what,
                name=name,
                others=", ".join(found) or told("nothing"),
            )
