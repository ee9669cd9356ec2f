"""What an author promises to every family of which something is so."""

from dataclasses import dataclass, field

from bot.conversation.conditions import Condition
from bot.problems import Place


@dataclass(frozen=True, slots=True)
class Promised:
    """What these families are told; None where nothing was said about it.

    `organisations`, `advice` and `deadlines` are at least told, in any order.
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
    """`condition` is about what is known at the end, or so far for `number_at_once`."""

    name: str
    condition: Condition
    expect: Promised
    place: Place = field(default_factory=lambda: Place(""))
