"""What volunteers need, put together: content read, checked, played; and the clock."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.content.read_library import MissingContentError, read_draft, read_library
from bot.content.read_promises import read_promises
from bot.content.read_scenarios import read_scenarios
from bot.library import Library
from bot.problems import Problem, Told
from bot.scenarios import Played, play
from bot.settings import Settings
from bot.volunteer import Terminal, Unchecked, unchecked, walk

if TYPE_CHECKING:
    from bot.promises import Promise
    from bot.proving import Proof

Reader = Callable[[Path], tuple[Library | None, tuple[Problem, ...]]]

OF_TRANSLATIONS = frozenset({"not-translated", "outdated"})

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")


class CouldNotRunError(Exception):
    """One clear message for the operator: why nothing could be run."""


def now() -> datetime:
    return datetime.now(DUTCH_TIME)


def clock_on(today: date | None) -> Callable[[], datetime]:
    """A clock that shows the real time of another day, to try dates with."""
    if today is None:
        return now
    shift: timedelta = today - now().date()
    return lambda: now() + shift


def library_of(settings: Settings) -> Library:
    """Raises CouldNotRunError rather than talk with half a flow."""
    library, wrong = judged(settings)
    if library is None:
        raise CouldNotRunError("\n".join([*wrong, "Mend this first: drempel check"]))
    return library


def judged(settings: Settings) -> tuple[Library | None, Sequence[str]]:
    """The content when it has no errors, else the errors in words."""
    from bot.checks import run_checks

    try:
        library, problems = _read(settings)
    except CouldNotRunError as missing:
        return None, [str(missing)]
    if library is not None:
        # A missing text or a circle would only show in the middle of a conversation.
        problems = tuple(run_checks(library, release=False))
    wrong = [str(one) for one in problems if one.severity == "error"]
    return (None if wrong else library), wrong


def _read(
    settings: Settings, reader: Reader = read_library
) -> tuple[Library | None, tuple[Problem, ...]]:
    try:
        return reader(settings.content)
    except MissingContentError as error:
        message = f"CONTENT: {settings.content} has no {error}."
        raise CouldNotRunError(message) from None


def checked(settings: Settings, *, release: bool) -> tuple[Problem, ...]:
    """Everything that is wrong with the content, most of it by the checks."""
    from bot.checks import run_checks

    draft, problems = _read(settings, read_draft)
    # Of a draft, what these name may only be missing for its own mistake.
    whole = draft if draft and draft.machines else None
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
    settings: Settings, files: Sequence[Path]
) -> tuple[tuple[Played, ...], tuple[Problem, ...]]:
    """The scenarios, played; or what is wrong with the files themselves."""
    for path in files:
        if not path.is_file():
            raise CouldNotRunError(f"There is no file {path}.")
    library = library_of(settings)
    scenarios, problems = read_scenarios(settings.content, files)
    if problems:
        return (), problems
    return tuple(play(library, one) for one in scenarios), ()


def proved(
    settings: Settings, today: date | None
) -> "tuple[Iterator[tuple[Proof, float, str]], tuple[Problem, ...]]":
    """Each property with its seconds and the household that breaks it, to paste.

    Or what is wrong with the promises themselves.
    """
    library = library_of(settings)
    promises, problems = read_promises(settings.content, library)
    day = today or now().date()
    return _timed(library, day, promises), problems


def _timed(
    library: Library, today: date, promises: "Sequence[Promise]"
) -> "Iterator[tuple[Proof, float, str]]":
    from bot.pasting import pasted
    from bot.proofs import expected, proofs

    begun = perf_counter()
    for proof in proofs(library, today, promises):
        shown = ""
        if proof.broken and proof.broken.household:
            household, expect = proof.broken.household, expected(proof)
            shown = pasted(library, household, proof.name, expect)
        ended = perf_counter()
        yield proof, ended - begun, shown
        begun = ended


def translations(settings: Settings) -> Sequence[tuple[str, int]]:
    """Each language with the number of its texts that are still to translate."""
    from bot.content.write_locales import update

    return update(settings.content / "locales", library_of(settings))


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


def coverage_of(settings: Settings) -> Told | None:
    """How many municipalities have their own desk; nothing while there are errors."""
    from bot.coverage import coverage

    library, _ = _read(settings)
    return coverage(library, now().date()).told if library else None


def import_geonames(settings: Settings, postal: Path, cities: Path) -> Sequence[str]:
    from bot.content import run_imports

    return _imported(lambda: run_imports.geonames(settings.content, postal, cities))


def import_cbs(settings: Settings, addresses: Path) -> Sequence[str]:
    from bot.content import run_imports

    return _imported(lambda: run_imports.cbs(settings.content, addresses))


def import_register(settings: Settings, export: Path) -> Sequence[str]:
    from bot.content import run_imports

    day = now().date()
    return _imported(lambda: run_imports.register(settings.content, export, day))


def _imported(work: Callable[[], Sequence[str]]) -> Sequence[str]:
    """What a person should look at; one clear message when the file is another."""
    from bot.content.run_imports import UNFIT

    try:
        return work()
    except UNFIT as error:
        message = f"This file is not what was expected: {error}"
        raise CouldNotRunError(message) from None


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
