"""Dutch texts → the catalogues that translators fill (gettext PO)."""

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, unescape, write_po

from bot.library import Library

DOMAIN = "drempel.po"
PREVIOUS = re.compile(r'^((?:#\| .*\n)+)msgctxt "(.*)"$', re.MULTILINE)
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')

WIDE = 1_000_000
"""Babel breaks the lines with old words anywhere, and cannot join them again."""


def template(library: Library) -> Catalog:
    """All Dutch texts, each with where it is said and in which line it stands."""
    catalog = Catalog(project="Drempel", charset="utf-8", fuzzy=False)
    for text in library.texts:
        place = library.written_at[text.context]
        catalog.add(text.nl, context=text.context, locations=[(place.file, place.line)])
    return catalog


def update(folder: Path, library: Library) -> Sequence[tuple[str, int]]:
    """A changed Dutch text keeps its old translation, marked fuzzy, to be looked at."""
    return tuple(_updated(folder, template(library)))


def _updated(folder: Path, current: Catalog) -> Iterator[tuple[str, int]]:
    for home in sorted(folder.glob("*/LC_MESSAGES")):
        file = home / DOMAIN
        locale = home.parent.name
        catalog = Catalog(
            locale=locale, project="Drempel", copyright_holder="Drempel", fuzzy=False
        )
        written = file.read_text(encoding="utf-8") if file.exists() else ""
        if written:
            catalog = read_po(io.StringIO(written), locale=locale)
            _drop_old_words(catalog)
        changed = _previous(written) | _carry_over(catalog, current)
        made = catalog.creation_date
        catalog.update(current, no_fuzzy_matching=True)
        for message in catalog:
            if message.fuzzy and message.context in changed:
                message.previous_id = [changed[message.context]]
        now, catalog.creation_date = catalog.creation_date, made
        if _body(catalog) != written.encode():
            catalog.creation_date = now
            file.write_bytes(_body(catalog))
        yield locale, sum(not m.string or m.fuzzy for m in catalog if m.id)


def _body(catalog: Catalog) -> bytes:
    body = io.BytesIO()
    write_po(
        body,
        catalog,
        width=WIDE,
        sort_by_file=True,
        include_previous=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    return body.getvalue()


def _previous(written: str) -> dict[str, str]:
    """The old Dutch words by context: Babel writes these lines but never reads them."""
    return {context: _old_words(lines) for lines, context in PREVIOUS.findall(written)}


def _drop_old_words(catalog: Catalog) -> None:
    """Babel takes old words for a remark of a translator, and would keep both."""
    for message in catalog:
        message.user_comments = [
            one for one in message.user_comments if not one.startswith("|")
        ]


def _old_words(lines: str) -> str:
    """On one line or on more, each with its own quotes or broken inside them."""
    joined = " ".join(line.removeprefix("#| ") for line in lines.splitlines())
    quoted = QUOTED.findall(joined.partition("msgid ")[2])
    return "".join(map(unescape, quoted))


def _carry_over(catalog: Catalog, current: Catalog) -> dict[str, str]:
    """What was said of a text that has moved or changed is not lost.

    New Dutch words at the same spot keep the old translation, as fuzzy: our context
    says exactly which text it was, so nothing is guessed from similar words. The
    same Dutch words in the same card, one note further on, keep theirs as it is.
    Returns the old Dutch words of what changed, by context.
    """
    changed: dict[str, str] = {}
    now = {(message.context, message.id) for message in current if message.id}
    by_context = {message.context: message.id for message in current if message.id}
    kept = {(_home(m), m.id): m for m in catalog if m.id and m.string and not m.fuzzy}
    for message in current:
        same = kept.get((_home(message), message.id))
        if same and not catalog.get(message.id, message.context):
            catalog.add(message.id, same.string, context=message.context)
    for message in list(catalog):
        if not message.id or (message.context, message.id) in now:
            continue
        dutch = by_context.get(message.context)
        if dutch and message.string and not catalog.get(dutch, message.context):
            catalog.add(
                dutch,
                message.string,
                context=message.context,
                flags={"fuzzy"},
            )
            changed[str(message.context)] = str(message.id)
    return changed


def _home(message: Message) -> str:
    return (message.context or "").rpartition(".")[0]
