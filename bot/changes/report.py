"""A comparison as lines that read well in a terminal and as Markdown, or as JSON."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.changes.effects import Effects
from bot.changes.values import Change, Version
from bot.problems import Language, Problem, Told, errors_counted, told


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since a revision; `effects` is None where nobody could be asked.

    `notes` say what could not be compared.
    """

    revision: str
    changes: tuple[Change, ...] = ()
    effects: Effects | None = None
    notes: tuple[Told, ...] = ()

    @property
    def for_families(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.is_for_families)

    @property
    def for_authors(self) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if not one.is_for_families)

    @property
    def touches_families(self) -> bool:
        effects = self.effects
        return bool(self.for_families or (effects and effects.touches_families))


def unread(
    version: Version, called: Told, problems: Sequence[Problem]
) -> Iterator[Told]:
    """Of a version with errors not everything can be compared."""
    count = sum(one.severity == "error" for one in problems)
    if count:
        yield told(
            "{content} has {errors}: what could not be read seems to come or go here.",
            content=called, errors=errors_counted(count),
        )  # fmt: skip
    if not version.library.machines:
        yield told("So nobody could try out what families hear.")


def lines(found: Comparison, language: Language) -> Iterator[str]:
    yield from (f"{note.words(language)}\n" for note in found.notes)
    if found.touches_families:
        yield from _families(found, language)
    else:
        nothing = told("For families nothing changes.")
        if found.notes:
            nothing = told("Of what could be read, nothing changes for families.")
        yield nothing.words(language)
    if found.for_authors:
        head = told("For volunteers, since {revision}:", revision=found.revision)
        yield f"\n{head.words(language)}\n"
        yield from _listed((one.told for one in found.for_authors), language)


def _families(found: Comparison, language: Language) -> Iterator[str]:
    head = told("For families, since {revision}:", revision=found.revision)
    yield f"{head.words(language)}\n"
    order = told("The order of cards or organisations is another one.")
    said = [one.told for one in found.for_families] or [order]
    yield from _listed(said, language)
    if found.effects is not None:
        yield from _effects(found.effects, language)


def _effects(effects: Effects, language: Language) -> Iterator[str]:
    yield f"\n{told('What they notice:').words(language)}\n"
    yield from _listed((*effects.told, *effects.example), language)
    if effects.scenario:
        paste = told("This household, to paste into a scenario file:")
        yield f"\n{paste.words(language)}\n"
        # Four spaces make it a block of code in Markdown.
        yield from (f"    {line}" for line in effects.scenario.splitlines())


def _listed(said: Iterable[Told], language: Language) -> Iterator[str]:
    yield from (f"- {one.words(language)}" for one in said)


def as_json(found: Comparison, language: Language) -> dict[str, Any]:
    return {
        "revision": found.revision,
        "families": found.touches_families,
        "changes": [_change(one, language) for one in found.changes],
        "effects": found.effects and _effects_json(found.effects, language),
        "notes": [note.words(language) for note in found.notes],
    }


def _change(change: Change, language: Language) -> dict[str, Any]:
    place = change.place
    return {
        "about": change.about,
        "message": change.words(language),
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "gone": change.gone,
        "concerns": sorted(change.concerns),
        "families": change.is_for_families,
        "two_people": change.needs_two_people,
    }


def _effects_json(effects: Effects, language: Language) -> dict[str, Any]:
    return {
        "households": effects.drawn,
        "different": effects.different,
        "parts": dict(effects.parts),
        "asked": dict(effects.asked),
        "messages": [one.words(language) for one in effects.told],
        "example": [one.words(language) for one in effects.example],
        "scenario": effects.scenario,
    }
