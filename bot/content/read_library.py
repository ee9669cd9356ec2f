"""A folder with flows/ and locales/ → a Library and every problem in it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from bot.advice import Card
from bot.content.author import Author, Placed
from bot.content.read_advice import Known, read_advice
from bot.content.read_flow import (
    FlowSource,
    read_derived,
    read_flow,
    read_kinds,
    read_renamed,
)
from bot.content.read_law import read_calendar, read_deadlines
from bot.content.read_locales import read_locales
from bot.content.read_organisations import read_organisations
from bot.content.read_words import Words, read_crises, read_words
from bot.content.schema import (
    AdviceFile,
    CalendarFile,
    CrisisFile,
    DatesFile,
    DeadlinesFile,
    FlowFile,
    OrganisationsFile,
    WordsFile,
)
from bot.content.shape import shape
from bot.content.strict_yaml import read
from bot.conversation.crisis import Crisis
from bot.conversation.facts import FactType
from bot.conversation.machine import FlowMachine
from bot.conversation.reading import DateWords
from bot.law.calendar import Calendar
from bot.law.deadlines import Rule
from bot.library import Library
from bot.organisations import Organisation
from bot.problems import Place, Problem
from bot.translations import DUTCH, Catalogue

M = TypeVar("M", bound=BaseModel)
START = "start"
NOT_FLOWS = frozenset({"words", "crisis", "dates"})


class MissingContentError(Exception):
    """There is no flows/ folder with the files that every bot needs."""


@dataclass(slots=True)
class Shelf:
    """The files of one folder while they are read."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    seen: list[bytes] = field(default_factory=list)
    texts: list[Placed] = field(default_factory=list)

    def file(self, path: Path, model: type[M]) -> tuple[Author, M] | None:
        """One file in the shape of the model; what is wrong is remembered."""
        body = path.read_bytes()
        self.seen.append(body)
        name = path.relative_to(self.folder).as_posix()
        document = read(body, name)
        found, problems = shape(document, model)
        self.problems += problems
        if found is None:
            return None
        return Author(document, self.problems, self.texts), found

    def files(self, pattern: str, model: type[M]) -> Iterator[tuple[Author, M]]:
        for path in sorted(self.folder.glob(pattern)):
            if path.stem in NOT_FLOWS and path.parent.name == "flows":
                continue
            if found := self.file(path, model):
                yield found


def read_library(folder: Path) -> tuple[Library | None, tuple[Problem, ...]]:
    """None when the flows have errors; a bad translation never stops the bot."""
    shelf = Shelf(folder)
    needed = ("words", "crisis", "dates", "law/calendar", "law/deadlines")
    for name in needed:
        if not (folder / "flows" / f"{name}.yaml").is_file():
            raise MissingContentError(f"flows/{name}.yaml")
    words = _words(shelf)
    calendar = _calendar(shelf)
    dates = _dates(shelf)
    if words is None or calendar is None or dates is None:
        return None, tuple(shelf.problems)
    library = _library(shelf, words, calendar, dates)
    return library, tuple(shelf.problems)


def _words(shelf: Shelf) -> Words | None:
    found = shelf.file(shelf.folder / "flows/words.yaml", WordsFile)
    return read_words(*found) if found else None


def _calendar(shelf: Shelf) -> Calendar | None:
    found = shelf.file(shelf.folder / "flows/law/calendar.yaml", CalendarFile)
    return read_calendar(*found) if found else None


def _dates(shelf: Shelf) -> DateWords | None:
    found = shelf.file(shelf.folder / "flows/dates.yaml", DatesFile)
    if found is None:
        return None
    author, file = found
    words = DateWords.from_rows(file.root)
    for trouble in words.troubles:
        author.problem(
            (trouble.language, trouble.group),
            trouble.code,
            f"“{trouble.word}” cannot be used here.",
        )
    return words


def _library(
    shelf: Shelf, words: Words, calendar: Calendar, dates: DateWords
) -> Library | None:
    sources = _flows(shelf)
    by_id = {source.entry.flow: source for source in sources}
    kinds = read_kinds(sources, words.texts)
    asked: dict[str, FactType] = {name: kind.type for name, kind in kinds.items()}
    derived = read_derived(sources, asked, calendar)
    declared = asked | {name: one.type for name, one in derived.items()}
    flows = {
        name: read_flow(source, kinds, by_id, declared, calendar)
        for name, source in by_id.items()
    }
    organisations = _organisations(shelf)
    deadlines = _deadlines(shelf)
    known = Known(declared, calendar, frozenset(organisations), frozenset(deadlines))
    cards = _cards(shelf, known)
    crises = _crises(shelf, organisations)
    renamed = read_renamed(sources)
    if START not in flows:
        message = "There is no flow “start”: every conversation begins there."
        shelf.problems.append(Problem(Place("flows/start.yaml"), "no-start", message))
    if any(problem.severity == "error" for problem in shelf.problems):
        return None
    library = Library(
        start=START,
        flows=flows,
        machines={name: FlowMachine(flow) for name, flow in flows.items()},
        questions={q.id: q for flow in flows.values() for q in flow.questions.values()},
        declared=declared,
        derived=derived,
        cards=cards,
        organisations=organisations,
        deadlines=deadlines,
        calendar=calendar,
        crises=crises,
        dates=dates,
        words=words.texts,
        global_words=words.global_words,
        yes_no=words.yes_no,
        renamed=renamed,
        language_names=words.language_names,
        fingerprint=hashlib.sha256(b"\0".join(shelf.seen)).hexdigest()[:16],
    )
    catalogues = _catalogues(shelf)
    unnamed = set(catalogues) - set(library.language_names)
    shelf.problems += [_unnamed(language) for language in sorted(unnamed)]
    return replace(
        library,
        catalogues=catalogues,
        language_names={one: one for one in unnamed} | dict(library.language_names),
        places={placed.text.context: placed.place for placed in shelf.texts},
        texts=tuple(placed.text for placed in shelf.texts),
    )


def _flows(shelf: Shelf) -> list[FlowSource]:
    return [FlowSource(*found) for found in shelf.files("flows/*.yaml", FlowFile)]


def _organisations(shelf: Shelf) -> Mapping[str, Organisation]:
    return {
        one.id: one
        for found in shelf.files("flows/organisations/**/*.yaml", OrganisationsFile)
        for one in read_organisations(*found)
    }


def _deadlines(shelf: Shelf) -> Mapping[str, tuple[Rule, ...]]:
    found = shelf.file(shelf.folder / "flows/law/deadlines.yaml", DeadlinesFile)
    return dict(read_deadlines(*found)) if found else {}


def _cards(shelf: Shelf, known: Known) -> tuple[Card, ...]:
    return tuple(
        card
        for author, file in shelf.files("flows/advice/*.yaml", AdviceFile)
        for card in read_advice(author, file, known)
    )


def _unnamed(language: str) -> Problem:
    return Problem(
        Place("flows/words.yaml"),
        "language-name",
        f"The language “{language}” has no name of its own under languages.",
    )


def _crises(
    shelf: Shelf, organisations: Mapping[str, Organisation]
) -> tuple[Crisis, ...]:
    found = shelf.file(shelf.folder / "flows/crisis.yaml", CrisisFile)
    return tuple(read_crises(*found, organisations)) if found else ()


def _catalogues(shelf: Shelf) -> Mapping[str, Catalogue]:
    texts = [placed.text for placed in shelf.texts]
    others = read_locales(shelf.folder / "locales", texts, shelf.problems)
    return {"nl": DUTCH} | {one.language: one for one in others}
