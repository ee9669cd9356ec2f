"""locales/<language>/LC_MESSAGES/*.po → one catalogue a language."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from bot.problems import Place, Problem, told
from bot.translations import Catalogue, Text, has_odd_braces, placeholders


def read_locales(
    folder: Path, texts: Iterable[Text], problems: list[Problem]
) -> Iterator[Catalogue]:
    """A missing, outdated (fuzzy) or broken translation is left out: Dutch is said."""
    known = {(text.context, text.nl) for text in texts}
    for home in sorted(folder.glob("*/LC_MESSAGES")):
        language = home.parent.name
        messages: dict[tuple[str, str], str] = {}
        for file in sorted(home.glob("*.po")):
            name = file.relative_to(folder.parent).as_posix()
            messages |= _messages(file, name, problems)
        missing = len(known - set(messages))
        if missing:
            problems.append(
                Problem(
                    Place(f"{folder.name}/{language}"),
                    "not-translated",
                    told(
                        "{missing} of {all} texts are missing or outdated in"
                        " “{language}”. Families read them in Dutch.",
                        missing=missing,
                        all=len(known),
                        language=language,
                    ),
                    "warning",
                )
            )
        yield Catalogue(language, messages)


def _messages(
    file: Path, name: str, problems: list[Problem]
) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for message in _catalog(file, name, problems):
        dutch, said = message.id, message.string
        if not isinstance(dutch, str) or not isinstance(said, str):
            continue
        if not dutch or not said or message.fuzzy:
            continue
        if has_odd_braces(said) or placeholders(said) != placeholders(dutch):
            problems.append(_broken(name, message, dutch))
            continue
        found[message.context or "", dutch] = said
    return found


def _catalog(file: Path, name: str, problems: list[Problem]) -> Catalog:
    try:
        return read_po_bytes(file.read_bytes())
    except (PoFileError, UnicodeDecodeError, ValueError, OSError) as trouble:
        message = f"This file cannot be read ({trouble}). Open it in a PO editor."
        problems.append(Problem(Place(name), "po-file", message))
        return Catalog()


def _broken(name: str, message: Message, dutch: str) -> Problem:
    wanted = ", ".join(f"{{{one}}}" for one in sorted(placeholders(dutch))) or "none"
    return Problem(
        Place(name, message.lineno or 1),
        "placeholders",
        told(
            "The translation of {text} needs these names in braces, and no others:"
            " {wanted}. Families read the Dutch until then.",
            text=str(message.context),
            wanted=wanted,
        ),
    )


def read_po_bytes(body: bytes) -> Catalog:
    return read_po(io.BytesIO(body), abort_invalid=True)
