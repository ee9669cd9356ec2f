"""A folder with flows/ and locales/ → a Library and every problem in it."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from bot.advice import Card
from bot.content.author import Author, Placed
from bot.content.fit import fit
from bot.content.names import respelled
from bot.content.places.read_places import PlaceFiles, read_places
from bot.content.places.schema_places import (
    ChangesFile,
    MunicipalityFile,
    SpellingsFile,
)
from bot.content.places.tables import Table
from bot.content.read_advice import Known, read_advice
from bot.content.read_desks import read_desks
from bot.content.read_flow import (
    FlowSource,
    read_derived,
    read_flow,
    read_follow_ups,
    read_kinds,
    read_renamed,
)
from bot.content.read_law import check_counting, read_calendar, read_deadlines
from bot.content.read_locales import read_locales
from bot.content.read_organisations import read_organisations
from bot.content.read_sources import read_sources
from bot.content.read_words import read_crises, read_plain_words, read_words
from bot.content.salvage import salvaged
from bot.content.schema import (
    AdviceFile,
    CalendarFile,
    CrisisFile,
    DatesFile,
    DeadlinesFile,
    FlowFile,
    OrganisationsFile,
    PlainWordsFile,
    SourcesFile,
    WordsFile,
)
from bot.content.typed.strict_yaml import Document, read
from bot.conversation.facts import FactType
from bot.conversation.machine import FlowMachine
from bot.conversation.model import Flow
from bot.conversation.reading import CODES, DateWords
from bot.law.calendar import Calendar
from bot.library import Library
from bot.organisations import Organisation
from bot.places import Places
from bot.problems import Place, Problem, told
from bot.translations import DUTCH, Catalogue

M = TypeVar("M", bound=BaseModel)
START = "start"
NOT_FLOWS = frozenset({"words", "crisis", "dates", "plain_words", "promises"})
PLACES = "places"
MUNICIPALITIES = "municipalities"
TABLES = (MUNICIPALITIES, "postcodes", "names")


def _is_named(path: Path) -> bool:
    return path.parent.name not in ("scenarios", PLACES) and path.stem != "promises"


class MissingContentError(Exception):
    """There is no flows/ folder with the files that every bot needs."""


@dataclass(slots=True)
class Shelf:
    """The files of one folder while they are read."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    seen: list[bytes] = field(default_factory=list)
    texts: list[Placed] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    documents: Mapping[str, Document] = field(default_factory=dict)

    def open(self) -> None:
        """Reads what names each other, so that a slip in a name is told once."""
        flows = self.folder / "flows"
        paths = (path for path in sorted(flows.glob("**/*.yaml")) if _is_named(path))
        files = {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in paths
        }
        documents = {file: read(body, file) for file, body in files.items()}
        catalogues = self._texts("locales/*/LC_MESSAGES/*.po")
        scenarios = self._texts("flows/scenarios/*.yaml")
        self.documents, problems = respelled(
            documents, list(catalogues.values()), scenarios
        )
        self.problems += problems

    def _texts(self, pattern: str) -> Mapping[str, str]:
        return {
            path.relative_to(self.folder).as_posix(): path.read_text(
                encoding="utf-8", errors="replace"
            )
            for path in sorted(self.folder.glob(pattern))
        }

    def file(self, path: Path, model: type[M]) -> tuple[Author, M] | None:
        """One file in the shape of the model; what is wrong is remembered."""
        body = path.read_bytes()
        self.seen.append(body)
        name = path.relative_to(self.folder).as_posix()
        document = self.documents.get(name) or read(body, name)
        fitted = fit(document, model)
        document, found, problems = fitted.document, fitted.found, fitted.problems
        self.problems += problems
        if found is None:
            faulty = {one.place.line for one in problems if one.severity == "error"}
            found, lost = salvaged(document, model, faulty)
            self.broken |= lost or {START}
        if found is None:
            return None
        return Author(document, self.problems, self.texts, self.broken), found

    def files(self, pattern: str, model: type[M]) -> list[tuple[Author, M]]:
        paths = sorted(self.folder.glob(f"flows/{pattern}.yaml"))
        flows = (path for path in paths if not self._is_own(path, pattern))
        return [found for path in flows if (found := self.file(path, model))]

    def table(self, path: Path) -> Table:
        """A table of rows; one that is not there has none."""
        body = path.read_bytes() if path.is_file() else b""
        self.seen.append(body)
        name = path.relative_to(self.folder).as_posix()
        return Table.of(body, name, self.problems)

    def _is_own(self, path: Path, pattern: str) -> bool:
        """Whether it is of another shape, or a note of an editor beside its file."""
        if path.name.startswith("."):
            return True
        if path.parent.name == MUNICIPALITIES:
            return MUNICIPALITIES not in pattern
        return path.stem in NOT_FLOWS and path.parent.name == "flows"


@dataclass(frozen=True, slots=True)
class Shapes:
    """Every file in its shape; what they say about each other is not yet known."""

    words: tuple[Author, WordsFile]
    crisis: tuple[Author, CrisisFile]
    dates: tuple[Author, DatesFile]
    calendar: tuple[Author, CalendarFile]
    deadlines: tuple[Author, DeadlinesFile]
    sources: tuple[Author, SourcesFile]
    flows: list[FlowSource]
    organisations: list[tuple[Author, OrganisationsFile]]
    advice: list[tuple[Author, AdviceFile]]
    plain_words: tuple[Author, PlainWordsFile] | None
    places: PlaceFiles | None
    municipalities: list[tuple[Author, MunicipalityFile]]


def read_library(folder: Path) -> tuple[Library | None, tuple[Problem, ...]]:
    """None when the flows have errors; a bad translation never stops the bot."""
    draft, problems = read_draft(folder)
    return (draft if draft and draft.machines else None), problems


def read_draft(folder: Path) -> tuple[Library | None, tuple[Problem, ...]]:
    """What could be read, for who wants to know all that is wrong with it.

    With errors in the flows it has no machines: nobody can talk with it. None when
    a file that everything needs could not be read at all.
    """
    shelf = Shelf(folder)
    needed = [
        "words",
        "crisis",
        "dates",
        "law/calendar",
        "law/deadlines",
        "law/sources",
    ]
    if (folder / "flows" / PLACES).is_dir():
        needed += [f"{PLACES}/changes", f"{PLACES}/spellings"]
    for name in needed:
        if not (folder / "flows" / f"{name}.yaml").is_file():
            raise MissingContentError(f"flows/{name}.yaml")
    shelf.open()
    shapes = _shapes(shelf)
    library = _library(shelf, shapes) if shapes else None
    return library, tuple(shelf.problems)


def _shapes(shelf: Shelf) -> Shapes | None:
    """None when a file that everything needs does not fit."""
    flows = shelf.folder / "flows"
    words = shelf.file(flows / "words.yaml", WordsFile)
    crisis = shelf.file(flows / "crisis.yaml", CrisisFile)
    dates = shelf.file(flows / "dates.yaml", DatesFile)
    calendar = shelf.file(flows / "law/calendar.yaml", CalendarFile)
    deadlines = shelf.file(flows / "law/deadlines.yaml", DeadlinesFile)
    sources = shelf.file(flows / "law/sources.yaml", SourcesFile)
    asking = [FlowSource(*found) for found in shelf.files("*", FlowFile)]
    organisations = shelf.files("organisations/**/*", OrganisationsFile)
    advice = shelf.files("advice/*", AdviceFile)
    plain_words = _optional(shelf, flows / "plain_words.yaml", PlainWordsFile)
    places = _places(shelf)
    municipalities = shelf.files(f"organisations/{MUNICIPALITIES}/*", MunicipalityFile)
    if not (words and crisis and dates and calendar and deadlines and sources):
        return None
    return Shapes(
        words=words,
        crisis=crisis,
        dates=dates,
        calendar=calendar,
        deadlines=deadlines,
        sources=sources,
        flows=asking,
        organisations=organisations,
        advice=advice,
        plain_words=plain_words,
        places=places,
        municipalities=municipalities,
    )


def _optional(shelf: Shelf, path: Path, model: type[M]) -> tuple[Author, M] | None:
    return shelf.file(path, model) if path.is_file() else None


def _places(shelf: Shelf) -> PlaceFiles | None:
    """None without a folder flows/places/, as in small samples."""
    folder = shelf.folder / "flows" / PLACES
    if not folder.is_dir():
        return None
    changes = shelf.file(folder / "changes.yaml", ChangesFile)
    spellings = shelf.file(folder / "spellings.yaml", SpellingsFile)
    tables = [shelf.table(folder / f"{name}.csv") for name in TABLES]
    if not (changes and spellings):
        return None
    municipalities, postcodes, names = tables
    return PlaceFiles(municipalities, postcodes, names, changes, spellings)


def _library(shelf: Shelf, shapes: Shapes) -> Library:
    words, sources = read_words(*shapes.words), dict(read_sources(*shapes.sources))
    calendar = read_calendar(*shapes.calendar, sources)
    by_id = _by_id(shapes.flows)
    places = read_places(shapes.places) if shapes.places else Places()
    kinds = read_kinds(shapes.flows, words, places)
    asked: dict[str, FactType] = {name: kind.type for name, kind in kinds.items()}
    derived = read_derived(shapes.flows, asked, calendar, shelf.broken)
    declared = asked | {name: one.type for name, one in derived.items()}
    flows = {
        name: read_flow(source, kinds, by_id, declared, calendar)
        for name, source in by_id.items()
    }
    organisations = _organisations(shapes, declared, calendar)
    deadlines = dict(read_deadlines(*shapes.deadlines, sources))
    known = Known(
        declared,
        calendar,
        frozenset(organisations),
        frozenset(deadlines),
        frozenset(sources),
    )
    cards = _cards(shapes, known)
    crises = tuple(read_crises(*shapes.crisis, organisations))
    dates = _dates(*shapes.dates)
    desks = read_desks(shapes.municipalities, places, organisations)
    plain_words = _plain_words(shapes, words.language_names)
    renamed = read_renamed(shapes.flows, kinds)
    follow_ups = tuple(read_follow_ups(shapes.flows, kinds))
    library = Library(
        start=START,
        flows=flows,
        machines=_machines(shelf, flows),
        questions={q.id: q for flow in flows.values() for q in flow.questions.values()},
        declared=declared,
        derived=derived,
        cards=cards,
        organisations=organisations,
        deadlines=deadlines,
        sources=sources,
        calendar=calendar,
        crises=crises,
        dates=dates,
        words=words.texts,
        global_words=words.global_words,
        yes_no=words.yes_no,
        renamed=renamed,
        follow_ups=follow_ups,
        language_names=words.language_names,
        places=places,
        desks=desks,
        plain_words=plain_words,
        fingerprint=hashlib.sha256(b"\0".join(shelf.seen)).hexdigest()[:16],
    )
    check_counting(*shapes.deadlines, declared)
    return replace(
        library,
        catalogues=_catalogues(shelf),
        written_at={placed.text.context: placed.place for placed in shelf.texts},
        texts=tuple(placed.text for placed in shelf.texts),
    )


def _machines(shelf: Shelf, flows: Mapping[str, Flow]) -> Mapping[str, FlowMachine]:
    """None while anything is wrong: nobody may talk with half a flow."""
    if START not in flows and START not in shelf.broken:
        message = told("There is no flow “start”: every conversation begins there.")
        shelf.problems.append(Problem(Place("flows/start.yaml"), "no-start", message))
    if any(problem.severity == "error" for problem in shelf.problems):
        return {}
    return {name: FlowMachine(flow) for name, flow in flows.items()}


def _plain_words(
    shapes: Shapes, languages: Collection[str]
) -> Mapping[str, Mapping[str, str]]:
    if shapes.plain_words is None:
        return {}
    return read_plain_words(*shapes.plain_words, languages)


def _dates(author: Author, file: DatesFile) -> DateWords:
    words = DateWords.from_rows(file.root)
    unknown = dict.fromkeys(
        (one.language, one.group, *([one.word] if one.group in CODES else []))
        for one in words.troubles
        if one.code == "unknown_key"
    )
    for language, group, *key in unknown:
        known = CODES[group] if key else CODES
        author.unknown((language, group, *key), "row", [group, *key][-1], known)
    for one in words.troubles:
        if one.code == "two_meanings":
            message = told(
                "“{word}” stands in two rows. Then it means nothing.", word=one.word
            )
            author.problem((one.language,), "two-meanings", message)
    return words


def _by_id(sources: list[FlowSource]) -> Mapping[str, FlowSource]:
    """Two files with the name of one flow: the first counts, the other is told."""
    found: dict[str, FlowSource] = {}
    for source in sources:
        first = found.setdefault(source.entry.flow, source)
        if first is not source:
            _double(source.author, ("flow",), source.entry.flow, first.author)
    return found


def _organisations(
    shapes: Shapes, declared: Mapping[str, FactType], calendar: Calendar
) -> Mapping[str, Organisation]:
    found: dict[str, Organisation] = {}
    owners: dict[str, Author] = {}
    for author, file in shapes.organisations:
        for one in read_organisations(author, file, declared, calendar):
            found.setdefault(one.id, one)
            first = owners.setdefault(one.id, author)
            if first is not author:
                _double(author, ("organisations", one.id), one.id, first)
    return found


def _cards(shapes: Shapes, known: Known) -> tuple[Card, ...]:
    owners: dict[str, Author] = {}
    for author, file in shapes.advice:
        for name in file.advice:
            first = owners.setdefault(name, author)
            if first is not author:
                _double(author, ("advice", name), name, first)
    return tuple(card for found in shapes.advice for card in read_advice(*found, known))


def _double(author: Author, path: tuple[str, ...], name: str, first: Author) -> None:
    message = told(
        "“{name}” stands in {file}, too. Give one another name.",
        name=name,
        file=first.document.file,
    )
    author.problem(path, "double-id", message)


def _catalogues(shelf: Shelf) -> Mapping[str, Catalogue]:
    texts = [placed.text for placed in shelf.texts]
    others = read_locales(shelf.folder / "locales", texts, shelf.problems)
    return {"nl": DUTCH} | {one.language: one for one in others}
