"""Municipalities, and which postcodes and names lead to them: counted, not listed."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar

from bot.changes.fields import Subject, listed
from bot.changes.values import Change, Concern
from bot.library import Library
from bot.places import Municipality
from bot.problems import Place, Told, told

T = TypeVar("T")
FILE: Final = Place("flows/places/municipalities.csv")
FEW: Final = 3


def place_changes(before: Library, after: Library) -> Iterator[Change]:
    was, now = before.places, after.places
    about = Subject(
        "places",
        told("The places"),
        FILE,
        frozenset({Concern.PLACE}),
        after.written_at,
    )
    yield from _counted(
        about,
        told("municipalities"),
        was.municipalities,
        now.municipalities,
        lambda code: (now.municipalities.get(code) or was.municipalities[code]).name,
    )
    yield from _counted(about, told("postcodes"), was.postcodes, now.postcodes)
    yield from _counted(about, told("names of places"), was.names, now.names)


def _counted(
    about: Subject,
    what: Told,
    was: Mapping[str, T],
    now: Mapping[str, T],
    called: Callable[[str], str] = str,
) -> Iterator[Change]:
    came = [called(one) for one in now if one not in was]
    went = [called(one) for one in was if one not in now]
    moved = [
        called(one) for one in now if one in was and _of(was[one]) != _of(now[one])
    ]
    if came:
        some = _few(came)
        said = told(
            "{count} {what} are new: {some}.", count=len(came), what=what, some=some
        )
        yield about.change(said)
    if went:
        some = _few(went)
        said = told(
            "{count} {what} are gone: {some}.", count=len(went), what=what, some=some
        )
        yield about.change(said)
    if moved:
        some = _few(moved)
        said = told(
            "{count} {what} are different now: {some}.",
            count=len(moved), what=what, some=some,
        )  # fmt: skip
        yield about.change(said)


def _of(one: object) -> object:
    """How many people live there decides nothing but an order."""
    if isinstance(one, Municipality):
        return one.name, one.valid, one.successor
    return one


def _few(names: list[str]) -> str:
    rest = ", …" if len(names) > FEW else ""
    return f"{listed(names[:FEW])}{rest}"
