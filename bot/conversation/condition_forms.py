"""How a condition is put together, and the cases in which it holds or does not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final, Literal

from bot.conversation.condition_logic import (
    Comparing,
    Decide,
    Joined,
    Known,
    Named,
    Negated,
    names_of,
)
from bot.conversation.facts import Fact

Word = Literal["and", "or", "not", "is", "known"]
Wanted = frozenset[Fact | None]
"""The answers of a form that are looked for; None is “not known”."""

HOLDS: Final[Wanted] = frozenset({True})
FAILS: Final[Wanted] = frozenset({False})
DOES_NOT_HOLD: Final[Wanted] = frozenset({False, None})

MOST_CASES: Final = 400


@dataclass(frozen=True, slots=True)
class Form:
    """`is` and `known` have no parts: `decide` settles them. `fact`: one fact alone."""

    word: Word
    parts: tuple["Form", ...]
    names: frozenset[str]
    decide: Decide = field(repr=False)
    fact: str = ""


def form_of(piece: Decide) -> Form:
    """How this piece is put together; “!=” is the “not” of “==”."""
    match piece:
        case Joined(parts, settles):
            return _formed("or" if settles else "and", piece, *parts)
        case Negated(part):
            return _formed("not", piece, part)
        case Comparing(left, "!=", right):
            return _formed("not", piece, Comparing(left, "==", right))
        case Known():
            return _formed("known", piece)
        case Named(name, "truth"):
            return Form("is", (), names_of(piece), piece, fact=name)
    return _formed("is", piece)


def _formed(word: Word, piece: Decide, *parts: Decide) -> Form:
    return Form(word, tuple(map(form_of, parts)), names_of(piece), piece)


Case = tuple[tuple[Form, Wanted], ...]
"""Forms without parts, each with the answers that it may have; all have to."""


def cases(
    form: Form, wanted: Wanted, computed: Mapping[str, Form]
) -> tuple[Case, ...] | None:
    """All cases in which the form gives one of these; None when there are too many.

    Exact: “not known” is carried through “and”, “or” and “not” as the engine does. A
    computed fact that stands alone is taken apart, too.
    """
    if form.fact in computed:
        return cases(computed[form.fact], wanted, computed)
    if form.word == "not":
        return cases(form.parts[0], negated(wanted), computed)
    if form.word not in ("and", "or"):
        return (((form, wanted),),)
    found = [cases(part, wanted, computed) for part in form.parts]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return None
    if all_parts(form, wanted):
        return together(known)
    return tuple(case for some in known for case in some)


def together(some: list[tuple[Case, ...]]) -> tuple[Case, ...] | None:
    """Each case of the one with each case of the others."""
    count = 1
    for one in some:
        count *= len(one)
    if count > MOST_CASES:
        return None
    return tuple(sum(mixed, ()) for mixed in product(*some))


def all_parts(form: Form, wanted: Wanted) -> bool:
    """Whether every part has to give one of these, or one part is enough."""
    return (True in wanted) if form.word == "and" else (False in wanted)


def negated(wanted: Wanted) -> Wanted:
    return frozenset(None if one is None else not one for one in wanted)


def leaves(form: Form) -> Iterator[Form]:
    if not form.parts:
        yield form
    for part in form.parts:
        yield from leaves(part)
