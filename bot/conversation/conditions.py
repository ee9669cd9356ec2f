"""The `if:` notation: small, typed, safe; what it says of facts is yes, no or unknown.

`stage in [summons, judgment] and days from today to key_date <= 14` is read once
and becomes functions that give True, False or None ("not known"). Nothing in it can
name a thing of Python.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.conversation.condition_forms import Form, form_of
from bot.conversation.condition_logic import Decide, WorkingDays
from bot.conversation.condition_parser import Parser, UntypedError
from bot.conversation.condition_terms import TRUTH, not_yes_or_no
from bot.conversation.condition_words import (
    DEEPEST,
    LONGEST,
    RESERVED,
    MistakeError,
    tokens,
)
from bot.conversation.facts import Fact, Facts, FactType
from bot.problems import Place, Told, told

__all__ = [
    "DEEPEST",
    "LONGEST",
    "RESERVED",
    "Condition",
    "Mistake",
    "WorkingDays",
    "boundaries",
    "explain",
    "holds",
    "parse",
    "parse_facts",
    "parse_if",
]


@dataclass(frozen=True, slots=True)
class Condition:
    """A text of the notation, read: `names` are all facts it looks at.

    `decide` gives None while the facts do not settle it, or while the calendar
    does not know the days that are counted: a guess would be worse.
    """

    source: str
    type: FactType
    names: frozenset[str]
    decide: Decide = field(repr=False, compare=False)
    compared: Mapping[str, frozenset[Fact]] = field(
        default_factory=dict, repr=False, compare=False
    )
    form: Form | None = field(default=None, repr=False, compare=False)
    """How a yes or no is put together; None for other values."""

    place: Place = field(default=Place(""), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in the text, in the author's words; `column` counts from 0."""

    column: int
    told: Told
    follows: bool = field(default=False, compare=False)
    """Whether it only follows from a mistake that is told elsewhere."""


def parse(
    source: str,
    declared: Mapping[str, FactType],
    calendar: WorkingDays,
    *,
    broken: Collection[str] = (),
) -> Condition | Mistake:
    """The text as a Condition of any type; `parse_if` wants a yes or no.

    `broken` names computed facts that have a mistake of their own. A text that needs
    one is never known, and no second mistake.
    """
    found = _read(source, declared, calendar, broken)
    if isinstance(found, UntypedError):
        return Condition(source, TRUTH, frozenset({found.name}), _never_known)
    return found


def parse_if(
    source: str,
    declared: Mapping[str, FactType],
    calendar: WorkingDays,
    *,
    broken: Collection[str] = (),
) -> Condition | Mistake:
    """Like `parse`, and a mistake when the text does not say yes or no."""
    found = parse(source, declared, calendar, broken=broken)
    if isinstance(found, Mistake) or found.type.kind == "truth":
        return found
    return Mistake(0, not_yes_or_no(source.strip(), found.type))


def parse_facts(
    sources: Mapping[str, str],
    asked: Mapping[str, FactType],
    calendar: WorkingDays,
    *,
    broken: Collection[str] = (),
) -> Mapping[str, Condition | Mistake]:
    """All computed facts, in any order written, each after those that it needs."""
    untyped = {*sources, *broken} - asked.keys()
    declared = dict(asked)
    found: dict[str, Condition | Mistake] = {}
    for first in sources:
        waiting = [first]
        while waiting:
            name = waiting[-1]
            one = found.get(name) or _read_fact(
                name, sources, declared, calendar, untyped
            )
            if isinstance(one, UntypedError):
                known = one.name in found or one.name not in sources
                if not known and one.name not in waiting:
                    waiting.append(one.name)
                    continue
                one = _stuck(one, waiting)
            elif isinstance(one, Condition):
                declared[name] = one.type
            found[name] = one
            waiting.pop()
    return found


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether it is certainly so; unknown does not hold."""
    return condition.decide(facts) is True


def explain(condition: Condition, facts: Facts) -> str:
    """For an author's own example, never for a log: the text and what the facts are."""
    looked_at = condition.names | {"today"}
    words = dict.fromkeys(
        token.text for token in tokens(condition.source) if token.text in looked_at
    )
    values = [
        f"{word} = {_shown(facts.today if word == 'today' else facts.get(word))}"
        for word in words
    ]
    shown = f"  [{', '.join(values)}]" if values else ""
    return " ".join(condition.source.split()) + shown


def boundaries(condition: Condition) -> Mapping[str, frozenset[Fact]]:
    """The values that each fact is itself compared with.

    A count of days written inside a comparison is not listed under its dates, nor
    is a fact that is compared with another fact.
    """
    return condition.compared


def _read(
    source: str,
    declared: Mapping[str, FactType],
    calendar: WorkingDays,
    untyped: Collection[str],
) -> Condition | Mistake | UntypedError:
    parser = Parser(source, declared, calendar, untyped)
    try:
        whole = parser.whole()
    except MistakeError as error:
        return Mistake(error.column, error.message)
    except UntypedError as error:
        return error
    return Condition(
        source,
        whole.type,
        frozenset(parser.names),
        whole.decide,
        compared=dict(parser.compared),
        form=form_of(whole.decide) if whole.type.kind == "truth" else None,
    )


def _read_fact(
    name: str,
    sources: Mapping[str, str],
    declared: Mapping[str, FactType],
    calendar: WorkingDays,
    untyped: Collection[str],
) -> Condition | Mistake | UntypedError:
    if name in declared:
        message = told(
            "“{name}” is asked already. Give this fact another name.", name=name
        )
        return Mistake(0, message)
    return _read(sources[name], declared, calendar, untyped)


def _stuck(later: UntypedError, waiting: list[str]) -> Mistake:
    if later.name not in waiting:
        message = told("“{name}” has a mistake: mend that first.", name=later.name)
        return Mistake(later.column, message, follows=True)
    circle = [*waiting[waiting.index(later.name) :], later.name]
    message = told(
        "“{name}” needs itself in the end: {way}.",
        name=circle[0],
        way=" → ".join(circle),
    )
    return Mistake(later.column, message)


def _never_known(facts: Facts) -> None:
    return None


def _shown(value: Fact | None) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return "+".join(sorted(value)) or "none"
    return str(value)
