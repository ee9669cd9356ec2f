"""How a family reaches a national organisation in its own municipality."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.opening import Hours
from bot.organisations import Organisation
from bot.problems import Place
from bot.translations import Text

Organisations = Mapping[str, Organisation]

Desks = Mapping[str, Mapping[str, "Desk"]]
"""Code of a municipality → id of an organisation → its desk there."""


@dataclass(frozen=True, slots=True)
class Desk:
    """`checked` is the day a person last dialled the number, None for never."""

    source: str
    certainty: str
    checked: date | None = None
    phone: str = ""
    reach: Text | None = None
    hours: tuple[Hours, ...] = ()
    hours_text: Text | None = None
    web: str = ""
    name: Text | None = None
    written_at: Place | None = None


def near(
    organisations: Organisations, desks: Mapping[str, Desk], place: str
) -> Organisations:
    """All organisations as reached in this municipality: its own desks where known."""
    here = {
        name: at_desk(_named(one, place), desks.get(name), place)
        for name, one in organisations.items()
        if one.local
    }
    return {**organisations, **here}


def _named(one: Organisation, place: str) -> Organisation:
    name, reach = one.name_here or one.name, one.reach_here or one.reach
    return replace(one, name=name, reach=reach, place=place)


def at_desk(
    organisation: Organisation, desk: Desk | None, municipality_name: str
) -> Organisation:
    """The organisation as reached in this municipality; without a desk, unchanged.

    Number, hours and check belong together: none is taken from the national one.
    """
    if desk is None:
        return organisation
    has_own_way = bool(desk.phone or desk.reach)
    return replace(
        organisation,
        name=desk.name or organisation.name,
        phone=desk.phone if has_own_way else organisation.phone,
        reach=desk.reach if has_own_way else organisation.reach,
        hours=desk.hours if has_own_way else organisation.hours,
        hours_text=desk.hours_text if has_own_way else organisation.hours_text,
        checked=desk.checked if has_own_way else organisation.checked,
        web=desk.web or organisation.web,
        where=(municipality_name,),
        source=desk.source,
    )
