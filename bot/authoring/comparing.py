"""The content of now beside that of before: what changed, and what must be read."""

from pathlib import Path

from bot.app import CouldNotRunError, now
from bot.authoring.checking import checked
from bot.authoring.playing import played
from bot.changes import changes
from bot.changes.comparing import effects
from bot.changes.report import Comparison, unread
from bot.changes.values import Version
from bot.content.at_revision import NoRevisionError, at_revision
from bot.content.read_library import MissingContentError
from bot.content.read_version import read_version
from bot.problems import Language, Problem, Told, told
from bot.review import Review
from bot.settings import Settings

NOW = told("The content of now")


def changed(settings: Settings, revision: str, language: Language) -> Comparison:
    """What families notice of all edits since that revision of git."""
    before, after, notes = versions(settings, revision, language)
    return Comparison(
        revision,
        changes(before, after),
        effects(before, after, now().date()),
        tuple(dict.fromkeys(notes)),
    )


def reviewed(settings: Settings, revision: str, language: Language) -> Review:
    """All that is to be said about a proposal: mistakes, differences, who must look."""
    comparison = changed(settings, revision, language)
    problems = checked(settings, release=False)
    wrong = any(one.severity == "error" for one in problems)
    households = None if wrong else played(settings, [], language)[0]
    return Review(problems, households, comparison)


def versions(
    settings: Settings, revision: str, language: Language
) -> tuple[Version, Version, tuple[Told, ...]]:
    """The content at that revision and of now, and what could not be read of them."""
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


def _version(
    folder: Path, called: Told, language: Language
) -> tuple[Version, tuple[Problem, ...]]:
    try:
        version, problems = read_version(folder)
        why: Told | str = problems[0].words(language) if problems else ""
    except MissingContentError as missing:
        version, why = None, told("{file} is missing", file=str(missing))
    if version is None:
        said = told("{content} cannot be read ({why}).", content=called, why=why)
        raise CouldNotRunError(said.words(language))
    return version, problems
