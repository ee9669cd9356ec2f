"""Missing households as their author would write them, and what was not found."""

from collections.abc import Iterator

from bot.coverage import Part
from bot.coverage_told import called, listed
from bot.library import Library
from bot.missing import Found, Missing
from bot.pasting import pasted, pasted_words
from bot.problems import Language, Told, told


def pasted_all(library: Library, found: Missing, language: Language) -> str:
    """To put under `scenarios:`, each with a note to read it over."""
    some = (_noted(library, one, language) for one in found.found)
    return "\n".join(some)


def _noted(library: Library, found: Found, language: Language) -> str:
    check = told("To check: this is what the bot says now.").words(language)
    met = "; ".join(called(library, one).words(language) for one in found.parts)
    return f"  # {check}\n  # {met}\n{_scenario(library, found, language)}\n"


def _scenario(library: Library, found: Found, language: Language) -> str:
    played = found.played
    name = _name(library, found.parts).words(language)
    if played.household is None:
        scenario = played.scenario
        return pasted_words(name, scenario.says, scenario.today, played.crisis)
    expect = played.scenario.expect
    lines: dict[str, object] = {
        "urgency": expect.urgency,
        "advice": expect.advice,
        "organisations": expect.organisations,
    }
    if expect.deadlines:
        lines["deadlines"] = expect.deadlines
    return pasted(library, played.household, name, lines)


def _name(library: Library, parts: tuple[Part, ...]) -> Told:
    first, *others = parts
    part = called(library, first)
    if not others:
        return told("To check: {part}", part=part)
    return told("To check: {part}, and {count} more", part=part, count=len(others))


def unfound(library: Library, found: Missing, language: Language) -> Iterator[str]:
    """What no household was written for, and why."""
    if found.unreachable:
        never = told("No household can meet this today, so nobody hears it:")
        yield never.words(language)
        yield from listed(library, found.unreachable, language)
        if found.sampled:
            names = ", ".join(found.sampled)
            some = told("Not every answer was tried of: {names}", names=names)
            yield f"    {some.words(language)}"
    if found.unread:
        untyped = told("Households meet this, but no words for their answers are read:")
        yield untyped.words(language)
        yield from listed(library, found.unread, language)
