"""The coverage of the written households in words, and where each part stands."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.conversation.model import Question
from bot.coverage import SORTS, TYPED, Coverage, Part, Sort
from bot.library import Library
from bot.problems import Language, Place, Told, told

MANY: Final[Mapping[Sort, Told]] = {
    "question": told("questions"),
    "answer": told("answers"),
    "route": told("ways on"),
    "card": told("cards"),
    "outcome": told("outcomes"),
    "crisis": told("crises"),
}

WRITE: Final = "drempel test --write-missing"


def lines(library: Library, found: Coverage, language: Language) -> Iterator[str]:
    """A short summary, and every gap with its place; those that must not be, last."""
    yield _summary(found).words(language)
    for sort in SORTS:
        gaps = tuple(one for one in found.gaps if one.sort == sort)
        if gaps:
            yield _never(found, sort, len(gaps)).words(language)
            yield from listed(library, gaps, language)
    if found.must:
        urgent = told(
            "Each crisis, and each advice for today, needs a household. None plays:"
        )
        yield urgent.words(language)
        yield from listed(library, found.must, language)
    if found.missing:
        ready = told("Have a household written for each: {command}", command=WRITE)
        yield ready.words(language)


def _summary(found: Coverage) -> Told:
    counts: dict[str, Told] = {}
    for sort in SORTS:
        met, every = found.count(sort)
        what = MANY[sort]
        counts[sort] = told("{met} of {all} {what}", met=met, all=every, what=what)
    return told(
        "Played: {question}, {answer}, {route}, {card}, {outcome}, {crisis}.",
        question=counts["question"],
        answer=counts["answer"],
        route=counts["route"],
        card=counts["card"],
        outcome=counts["outcome"],
        crisis=counts["crisis"],
    )


def _never(found: Coverage, sort: Sort, gaps: int) -> Told:
    _, every = found.count(sort)
    return told(
        "Never played: {gaps} of {all} {what}", gaps=gaps, all=every, what=MANY[sort]
    )


def listed(
    library: Library, parts: tuple[Part, ...], language: Language
) -> Iterator[str]:
    for part in parts:
        place = place_of(library, part)
        words = called(library, part).words(language)
        yield f"    {place.file}:{place.line}: {words}"


# --- one part -----------------------------------------------------------------------


def called(library: Library, part: Part) -> Told:
    name, which = part.name, part.which
    match part.sort:
        case "question":
            return told("question “{question}”", question=name)
        case "answer" if which == TYPED:
            return told("a typed answer to “{question}”", question=name)
        case "answer":
            return told(
                "answer “{answer}” to “{question}”", answer=which, question=name
            )
        case "route":
            return _way(library.questions[name], int(which))
        case "card":
            return told("card “{card}”", card=name)
        case "outcome":
            return told(
                "card “{card}” with urgency {urgency}", card=name, urgency=which
            )
        case "crisis":
            return told("crisis “{crisis}”", crisis=name)


def _way(question: Question, number: int) -> Told:
    route = question.routes[number]
    if route.condition is None:
        return told(
            "from “{question}” on to “{to}” for all others",
            question=question.id,
            to=route.to,
        )
    return told(
        "from “{question}” on to “{to}” if {condition}",
        question=question.id,
        to=route.to,
        condition=route.condition.source,
    )


def place_of(library: Library, part: Part) -> Place:
    """Where an author finds it; an answer that all questions have, at its question."""
    if part.sort == "crisis":
        return library.written_at[f"crisis.{part.name}.say"]
    if part.sort in ("card", "outcome"):
        return _place_of_card(library, part)
    question = library.questions[part.name]
    if part.sort == "route":
        return question.routes[int(part.which)].place
    asked = library.written_at[question.ask.context]
    label = question.kind.labels.get(part.which)
    own = label and label.context.startswith(f"{question.flow}.{question.id}.")
    return library.written_at[label.context] if label and own else asked


def _place_of_card(library: Library, part: Part) -> Place:
    card = next(one for one in library.cards if one.id == part.name)
    sooner = (one.place for urgency, one in card.sooner if urgency == part.which)
    return next(sooner, card.condition.place)
