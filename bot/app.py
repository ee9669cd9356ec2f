"""What volunteers need, put together: content read, checked, played; and the clock."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.content.read_library import MissingContentError, read_draft, read_library
from bot.content.read_promises import read_promises
from bot.content.read_scenarios import read_scenarios
from bot.coverage import Households, coverage
from bot.library import Library
from bot.problems import Language, Problem, Told, did_you_mean, told
from bot.scenarios import Scenario, play
from bot.settings import Settings
from bot.volunteer import Terminal, Unchecked, unchecked, walk

if TYPE_CHECKING:
    from bot.changes.report import Comparison
    from bot.changes.values import Version
    from bot.missing import Missing
    from bot.promises import Promise
    from bot.proving import Proof
    from bot.review import Review
    from bot.starting import Start

Reader = Callable[[Path], tuple[Library | None, tuple[Problem, ...]]]

OF_TRANSLATIONS = frozenset({"not-translated", "outdated"})

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")
NOW = told("The content of now")


class CouldNotRunError(Exception):
    """One clear message for the operator: why nothing could be run."""


def now() -> datetime:
    return datetime.now(DUTCH_TIME)


def clock_on(today: date | None, hour: time | None = None) -> Callable[[], datetime]:
    """A clock that goes on from another day, and hour, to try dates with.

    Its hands move like those of any clock; without an hour they stand as they are.
    """
    begun = now()
    day, at = today or begun.date(), hour or begun.time()
    shift: timedelta = datetime.combine(day, at, DUTCH_TIME) - begun
    return lambda: now() + shift


def where_to_start(
    library: Library, settings: Settings, name: str, answers: str, today: date | None
) -> "tuple[Start, date | None]":
    """Where to begin in the terminal, and on which day.

    `name` is a question or a card; `answers` a file of scenarios, or `file:line`.
    """
    from bot.starting import NOWHERE, start_as, start_at

    if name and name not in (known := _places_to_start(library)):
        there = f"--from: there is no question or advice “{name}”."
        raise CouldNotRunError(f"{there}{did_you_mean(name, known)}")
    if answers:
        household = _household(settings, answers)
        return start_as(household, name), today or household.today
    if not name:
        return NOWHERE, today
    start = start_at(library, name, today or now().date())
    if start is None:
        raise CouldNotRunError(f"--from: no household gets to “{name}” on that day.")
    return start, today


def _places_to_start(library: Library) -> list[str]:
    return [*library.questions, *(card.id for card in library.cards)]


def _household(settings: Settings, answers: str) -> Scenario:
    from bot.starting import at_line

    file, _, line = answers.partition(":")
    path = Path(file)
    if not path.is_file() or not (line or "1").isdecimal():
        raise CouldNotRunError(f"--answers: there is no file {answers}.")
    scenarios, problems = read_scenarios(settings.content, [path])
    if problems:
        raise CouldNotRunError("\n".join(map(str, problems)))
    first = next(iter(scenarios), None)
    found = at_line(scenarios, int(line)) if line else first
    if found is None:
        raise CouldNotRunError(f"--answers: no household stands at {answers}.")
    return found


def library_of(settings: Settings, language: Language = "en") -> Library:
    """Raises CouldNotRunError rather than talk with half a flow."""
    library, wrong = judged(settings, language)
    if library is None:
        mend = told("Mend this first: drempel check").words(language)
        raise CouldNotRunError("\n".join([*wrong, mend]))
    return library


def judged(
    settings: Settings, language: Language = "en"
) -> tuple[Library | None, Sequence[str]]:
    """The content when it has no errors, else the errors in words."""
    from bot.checks import run_checks

    try:
        library, problems = _read(settings)
    except CouldNotRunError as missing:
        return None, [str(missing)]
    if library is not None:
        # A missing text or a circle would only show in the middle of a conversation.
        problems = tuple(run_checks(library, release=False))
    wrong = [one.shown(language) for one in problems if one.severity == "error"]
    return (None if wrong else library), wrong


def _read(
    settings: Settings, reader: Reader = read_library
) -> tuple[Library | None, tuple[Problem, ...]]:
    try:
        with _readable():
            return reader(settings.content)
    except MissingContentError as error:
        message = f"CONTENT: {settings.content} has no {error}."
        raise CouldNotRunError(message) from None


@contextmanager
def _readable() -> Iterator[None]:
    """A folder, a dead link or a file of somebody else in the place of a file."""
    try:
        yield
    except OSError as error:
        message = f"CONTENT: {error.filename} cannot be read."
        raise CouldNotRunError(message) from None


def checked(settings: Settings, *, release: bool) -> tuple[Problem, ...]:
    """Everything that is wrong with the content, most of it by the checks."""
    draft, problems = _read(settings, read_draft)
    return _all_wrong(settings, draft, problems, release=release)


def _all_wrong(
    settings: Settings,
    draft: Library | None,
    problems: Sequence[Problem],
    *,
    release: bool,
) -> tuple[Problem, ...]:
    from bot.checks import run_checks

    # Of a draft, what these name may only be missing for its own mistake.
    whole = draft if draft and draft.machines else None
    with _readable():
        _, in_scenarios = read_scenarios(settings.content, [], whole)
        _, in_promises = read_promises(settings.content, whole) if whole else ((), ())
    today = now().date()
    found = run_checks(draft, release=release, today=today) if draft else ()
    return _first_things((*problems, *in_scenarios, *in_promises, *found))


def _first_things(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """What a translation lacks may only follow from an error: that is mended first."""
    if all(one.severity == "warning" for one in problems):
        return problems
    return tuple(one for one in problems if one.code not in OF_TRANSLATIONS)


def played(
    settings: Settings, files: Sequence[Path], language: Language
) -> tuple[Households, tuple[Problem, ...]]:
    """The scenarios, played; or what is wrong with the files themselves."""
    for path in files:
        if not path.is_file():
            raise CouldNotRunError(f"There is no file {path}.")
    library = library_of(settings, language)
    scenarios, problems = read_scenarios(settings.content, files)
    if problems:
        return Households(library, ()), problems
    found = tuple(play(library, one) for one in scenarios)
    covered = None if files else coverage(library, found)
    return Households(library, found, covered), ()


def missing_of(households: Households) -> "Missing":
    """A household for each gap in the coverage, on this day."""
    from bot.missing import missing

    gaps = households.coverage.missing if households.coverage else ()
    return missing(households.library, gaps, now().date())


def write_scenarios(settings: Settings, file: Path | None, text: str) -> Path:
    """Behind those that stand in the file already; by default a file of its own."""
    path = file or settings.content / "flows/scenarios/missing.yaml"
    beside = path.with_suffix(".new")
    try:
        old = path.read_text(encoding="utf-8") if path.exists() else "scenarios:\n"
        beside.write_text(f"{old.rstrip()}\n{text}", encoding="utf-8")
        _, problems = read_scenarios(settings.content, [beside])
        if problems:
            beside.unlink()
            message = f"Nothing can be added to {path}. Name another file."
            raise CouldNotRunError(message)
        beside.replace(path)
    except OSError as error:
        raise CouldNotRunError(f"{path} cannot be written: {error}.") from None
    return path


def drawn(
    settings: Settings,
    flow: str,
    language: Language,
    *,
    since: str | None,
    mermaid: bool,
) -> str:
    """A flow, or all of them together, as SVG or as Mermaid; errors are shown in it.

    What changed `since` a revision of git is marked.
    """
    from bot.drawing.graph import Marks
    from bot.drawing.marks import problems_of
    from bot.drawing.picture import picture

    draft, problems = _read(settings, read_draft)
    if draft is None:
        wrong = [one.shown(language) for one in problems]
        raise CouldNotRunError("\n".join(wrong))
    if flow and flow not in draft.flows:
        message = told(
            "There is no flow “{flow}”.{hint} There are: {flows}.",
            flow=flow,
            hint=did_you_mean(flow, draft.flows),
            flows=", ".join(draft.flows),
        )
        raise CouldNotRunError(message.words(language))
    found = _all_wrong(settings, draft, problems, release=False)
    edited = _edited(settings, since, language) if since else frozenset()
    marks = Marks(_asked(settings, draft), problems_of(draft, found), edited)
    return picture(draft, flow, marks, language, mermaid=mermaid)


def _edited(settings: Settings, revision: str, language: Language) -> frozenset[str]:
    """Every question of which something is different since then."""
    from bot.changes import changes

    before, after, _ = _versions(settings, revision, language)
    about = (one.about.split(".") for one in changes(before, after))
    return frozenset(parts[1] for parts in about if parts[0] == "questions")


def _asked(settings: Settings, draft: Library) -> frozenset[str] | None:
    """Every question that some scenario comes by; nothing of a draft with errors."""
    if not draft.machines:
        return None
    scenarios, _ = read_scenarios(settings.content, [])
    return frozenset(name for one in scenarios for name in play(draft, one).questions)


def proved(
    settings: Settings, today: date | None, language: Language
) -> "tuple[Iterator[tuple[Proof, float, str]], tuple[Problem, ...]]":
    """Each property with its seconds and the household that breaks it, to paste.

    Or what is wrong with the promises themselves.
    """
    library = library_of(settings, language)
    promises, problems = read_promises(settings.content, library)
    day = today or now().date()
    return _timed(library, day, promises, language), problems


def _timed(
    library: Library, today: date, promises: "Sequence[Promise]", language: Language
) -> "Iterator[tuple[Proof, float, str]]":
    from bot.pasting import pasted
    from bot.proofs import expected, proofs

    begun = perf_counter()
    for proof in proofs(library, today, promises):
        shown = ""
        if proof.broken and proof.broken.household:
            household, expect = proof.broken.household, expected(proof)
            name = proof.name.words(language)
            shown = pasted(library, household, name, expect)
        ended = perf_counter()
        yield proof, ended - begun, shown
        begun = ended


def changed(settings: Settings, revision: str, language: Language) -> "Comparison":
    """What families notice of all edits since that revision of git."""
    from bot.changes import changes
    from bot.changes.comparing import effects
    from bot.changes.report import Comparison

    before, after, notes = _versions(settings, revision, language)
    return Comparison(
        revision,
        changes(before, after),
        effects(before, after, now().date()),
        tuple(dict.fromkeys(notes)),
    )


def _versions(
    settings: Settings, revision: str, language: Language
) -> "tuple[Version, Version, tuple[Told, ...]]":
    """The content at that revision and of now, and what could not be read of them."""
    from bot.changes.report import unread
    from bot.content.at_revision import NoRevisionError, at_revision

    after, problems = _version(settings.content, NOW, language)
    try:
        with at_revision(settings.content, revision) as folder:
            then = told("The content at {revision}", revision=revision)
            before, old_problems = _version(folder, then, language)
    except NoRevisionError as error:
        raise CouldNotRunError(error.told.words(language)) from None
    return (
        before,
        after,
        (*unread(before, then, old_problems), *unread(after, NOW, problems)),
    )


def reviewed(settings: Settings, revision: str, language: Language) -> "Review":
    """All that is to be said about a proposal: mistakes, differences, who must look."""
    from bot.review import Review

    comparison = changed(settings, revision, language)
    problems = checked(settings, release=False)
    wrong = any(one.severity == "error" for one in problems)
    households = None if wrong else played(settings, [], language)[0]
    return Review(problems, households, comparison)


def _version(
    folder: Path, called: Told, language: Language
) -> "tuple[Version, tuple[Problem, ...]]":
    from bot.content.read_version import read_version

    try:
        version, problems = read_version(folder)
        why: Told | str = problems[0].words(language) if problems else ""
    except MissingContentError as missing:
        version, why = None, told("{file} is missing", file=str(missing))
    if version is None:
        said = told("{content} cannot be read ({why}).", content=called, why=why)
        raise CouldNotRunError(said.words(language))
    return version, problems


def translations(settings: Settings, language: Language) -> Sequence[tuple[str, int]]:
    """Each language with the number of its texts that are still to translate."""
    from bot.content.write_locales import update

    return update(settings.content / "locales", library_of(settings, language))


def unchecked_organisations(settings: Settings) -> tuple[Unchecked, ...]:
    """Whom a volunteer has to call, the most needed number first."""
    found = library_of(settings).organisations.values()
    return unchecked(found, now().date())


def check_organisations(settings: Settings, terminal: Terminal) -> None:
    """One round of calls; each answer goes into the file at once."""
    library = library_of(settings)
    today = now().date()

    def keep(name: str, changes: Mapping[str, str]) -> bool:
        written = library.written_at[f"organisations.{name}.name"]
        return _rewrite(settings.content / written.file, name, changes)

    walk(unchecked(library.organisations.values(), today), terminal, keep, today)


def _rewrite(path: Path, name: str, changes: Mapping[str, str]) -> bool:
    """Read anew each time: somebody may have the file open beside the terminal."""
    from bot.content.write_organisations import rewritten

    body = rewritten(path.read_bytes(), name, changes)
    if body is None:
        return False
    beside = path.with_suffix(".new")
    beside.write_bytes(body)
    beside.chmod(path.stat().st_mode)
    beside.replace(path)
    return True


def own_desks_told(settings: Settings) -> Told | None:
    """How many municipalities have their own desk; nothing while there are errors."""
    from bot.own_desks import own_desks

    library, _ = _read(settings)
    return own_desks(library, now().date()).told if library else None


def import_geonames(settings: Settings, postal: Path, cities: Path) -> Sequence[Told]:
    from bot.content import run_imports

    return _imported(lambda: run_imports.geonames(settings.content, postal, cities))


def import_cbs(settings: Settings, addresses: Path) -> Sequence[Told]:
    from bot.content import run_imports

    return _imported(lambda: run_imports.cbs(settings.content, addresses))


def import_register(settings: Settings, export: Path) -> Sequence[Told]:
    from bot.content import run_imports

    day = now().date()
    return _imported(lambda: run_imports.register(settings.content, export, day))


def _imported(work: Callable[[], Sequence[Told]]) -> Sequence[Told]:
    """What a person should look at; one clear message when the file is another."""
    from bot.content.run_imports import UNFIT

    try:
        return work()
    except UNFIT as error:
        message = f"This file is not what was expected: {error}"
        raise CouldNotRunError(message) from None


def schemas(settings: Settings, *, write: bool) -> Sequence[Path]:
    """The files whose help for editors is not up to date; with `write`, it now is."""
    from bot.content.json_schemas import outdated

    try:
        found = dict(outdated(settings.content / "flows"))
        for path, body in found.items() if write else ():
            path.write_bytes(body)
    except OSError as error:
        raise CouldNotRunError(str(error)) from None
    return tuple(found)


def lawyer(settings: Settings) -> str:
    """The page on which a lawyer signs, made anew from the content."""
    from bot.lawyer import lawyer_page

    return lawyer_page(library_of(settings))


def write_lawyer(settings: Settings) -> Path:
    """Puts the page into the handbook of this checkout; an installed one has none."""
    root = Path(__file__).parents[1]
    if not (root / "pyproject.toml").is_file():
        raise CouldNotRunError("--write works in a checkout only. Leave it out here.")
    path = root / "bot" / "handbook" / "lawyer.md"
    path.write_text(lawyer(settings), encoding="utf-8")
    return path
