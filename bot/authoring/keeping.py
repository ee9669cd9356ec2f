"""What is written anew from the content: translations, the help of editors, a page."""

from collections.abc import Sequence
from pathlib import Path

from bot.app import CouldNotRunError, library_of
from bot.content.editor.json_schemas import outdated
from bot.content.write_locales import update
from bot.lawyer import lawyer_page
from bot.problems import Language, told
from bot.settings import Settings


def translations(settings: Settings, language: Language) -> Sequence[tuple[str, int]]:
    """Each language with the number of its texts that are still to translate."""
    return update(settings.content / "locales", library_of(settings, language))


def schemas(settings: Settings, *, write: bool) -> Sequence[Path]:
    """The files whose help for editors is not up to date; with `write`, it now is."""
    try:
        found = dict(outdated(settings.content / "flows"))
        for path, body in found.items() if write else ():
            path.write_bytes(body)
    except OSError as error:
        raise CouldNotRunError(str(error)) from None
    return tuple(found)


def lawyer(settings: Settings) -> str:
    """The page on which a lawyer signs, made anew from the content."""
    return lawyer_page(library_of(settings, "nl"))


def write_lawyer(settings: Settings) -> Path:
    """Puts the page into the handbook of this checkout; an installed one has none."""
    root = Path(__file__).parents[2]
    if not (root / "pyproject.toml").is_file():
        message = told("--write works in a checkout only. Leave it out here.")
        raise CouldNotRunError(message)
    path = root / "bot" / "handbook" / "lawyer.md"
    path.write_text(lawyer(settings), encoding="utf-8")
    return path
