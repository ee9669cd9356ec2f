"""locales/<language>/LC_MESSAGES/*.po → one catalogue a language."""

import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from bot.content.kept import kept
from bot.content.po_slips import read_as_meant
from bot.problems import Place, Problem, did_you_mean, told
from bot.translations import Catalogue, Text, has_odd_braces, placeholders

ON_LINE = re.compile(r" on (\d+)$")
"""Where a mistake is, as babel says it: lines count from 0."""

FEW = 12
"""Outdated translations that are told one by one; more are only counted."""


def read_locales(
    folder: Path, texts: Iterable[Text], problems: list[Problem]
) -> Iterator[Catalogue]:
    """A missing, outdated (fuzzy) or broken translation is left out: Dutch is said."""
    known = {(text.context, text.nl) for text in texts}
    for home in sorted(folder.glob("*/LC_MESSAGES")):
        language = home.parent.name
        messages: dict[tuple[str, str], str] = {}
        outdated: set[tuple[str, str]] = set()
        strays: list[Problem] = []
        for file in sorted(home.glob("*.po")):
            name = file.relative_to(folder.parent).as_posix()
            found = list(_catalog(file, name, problems))
            messages |= _messages(found, name, problems, outdated)
            strays += _strays(found, name, dict(known))
        left = known - messages.keys()
        if left and len(left) <= len(strays) <= FEW:
            problems += strays  # each at its own line; they are all that is missing
        elif left:
            problems.append(
                Problem(
                    Place(f"{folder.name}/{language}"),
                    "not-translated",
                    told(
                        "In “{language}” {missing} of {all} texts are missing;"
                        " outdated: {outdated}. Families read those in Dutch.",
                        missing=len(left - outdated),
                        all=len(known),
                        outdated=len(left & outdated),
                        language=language,
                    ),
                    "warning",
                )
            )
        yield Catalogue(language, messages)


def _messages(
    messages: Iterable[Message],
    name: str,
    problems: list[Problem],
    outdated: set[tuple[str, str]],
) -> dict[tuple[str, str], str]:
    """What can be said; what is fuzzy was written for another Dutch text."""
    found: dict[tuple[str, str], str] = {}
    for message in messages:
        dutch, said = message.id, message.string
        if not isinstance(dutch, str) or not isinstance(said, str):
            continue
        if not dutch or not said:
            continue
        if message.fuzzy:
            outdated.add((message.context or "", dutch))
            continue
        if has_odd_braces(said) or placeholders(said) != placeholders(dutch):
            problems.append(_broken(name, message, dutch))
            continue
        found[message.context or "", dutch] = said
    return found


def _strays(
    messages: Collection[Message], name: str, known: Mapping[str, str]
) -> Iterator[Problem]:
    """Translations of what nobody says any more: renamed, changed, or a slip here."""
    fresh = sorted(known.keys() - {message.context for message in messages})
    for message in messages:
        context, dutch = message.context or "", message.id
        if not dutch or known.get(context) == dutch:
            continue
        line = message.lineno or 1
        if context in known:
            text = told(
                "The Dutch of “{context}” is not the same any more."
                " It is now: “{dutch}”",
                context=context,
                dutch=known[context],
            )
        else:
            line = max(1, line - 1)  # the place stands above the Dutch
            text = told(
                "No text stands at “{context}” any more.{hint}",
                context=context,
                # One of many would be found by chance, and seconds later.
                hint=did_you_mean(context, fresh if len(fresh) <= FEW else ()),
            )
        yield Problem(Place(name, line), "outdated", text, "warning")


def _catalog(file: Path, name: str, problems: list[Problem]) -> Catalog:
    """Of a file with a mistake all that can be read beside it."""
    body = _as_meant(file.read_bytes(), name, problems)
    try:
        return read_po_bytes(body, name)
    except (PoFileError, UnicodeDecodeError, ValueError, OSError) as trouble:
        message = told(
            "This file cannot be read ({trouble}). Open it in a PO editor.",
            trouble=str(trouble),
        )
        found = ON_LINE.search(str(trouble))
        line = int(found[1]) + 1 if found else 1
        problems.append(Problem(Place(name, line), "po-file", message))
    try:
        with redirect_stdout(io.StringIO()):  # babel prints what it leaves out
            return read_po(io.BytesIO(body), abort_invalid=False)
    except (PoFileError, UnicodeDecodeError, ValueError, IndexError):
        return Catalog()


def _as_meant(body: bytes, name: str, problems: list[Problem]) -> bytes:
    try:
        text, slips = read_as_meant(body.decode(), name)
    except UnicodeDecodeError:
        return body  # another encoding, or none: the reader knows
    problems += slips
    return text.encode() if slips else body


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


@kept
def read_po_bytes(body: bytes, name: str) -> Catalog:
    return read_po(io.BytesIO(body), abort_invalid=True)
