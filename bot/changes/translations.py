"""Translations: outdated, missing, made up for, or said in other words."""

from collections.abc import Iterator
from typing import Final

from bot.changes.fields import Subject, numbers_and_links, quoted, shortened
from bot.changes.values import Change, Concern
from bot.library import Library
from bot.problems import Place, Told, told
from bot.translations import Catalogue, Text

DUTCH: Final = "nl"
CRISIS: Final = "crisis."


def translation_changes(before: Library, after: Library) -> Iterator[Change]:
    for code in dict.fromkeys((*before.catalogues, *after.catalogues)):
        if code == DUTCH:
            continue
        about = Subject(
            f"translations.{code}",
            told("Translation *{language}*", language=code),
            Place(f"locales/{code}"),
            frozenset({Concern.TRANSLATION}),
            after.written_at,
        )
        if code not in after.catalogues:
            yield about.is_gone()
        elif code not in before.catalogues:
            yield about.is_new()
        else:
            old, new = before.catalogues[code], after.catalogues[code]
            yield from _counts(about, before, after, old, new)
            yield from _words(about, after, old, new)


def _counts(
    about: Subject, before: Library, after: Library, old: Catalogue, new: Catalogue
) -> Iterator[Change]:
    """Of texts that moved within a file only the Dutch words are looked at."""
    known = {text.context for text in before.texts}
    dutch = {text.nl for text in before.texts if _in(old, text)}
    was_missing = {text for text in before.texts if not _in(old, text)}
    lacking = [text for text in after.texts if not _in(new, text)]
    fresh = [text for text in lacking if text not in was_missing]
    outdated = [one for one in fresh if one.context in known and one.nl not in dutch]
    outdated += [one for one in fresh if one.nl in dutch]
    missing = [one for one in fresh if one not in outdated]
    open_before = {text.context for text in was_missing}
    done = [one for one in after.texts if one.context in open_before and _in(new, one)]
    if outdated:
        yield about.change(_outdated(new.language, len(outdated)))
    if missing:
        said = told(
            "New and not translated yet (*{language}*): {count}.",
            language=new.language, count=len(missing),
        )  # fmt: skip
        yield about.change(said)
    if done:
        said = told(
            "Translated now (*{language}*): {count}.",
            language=new.language, count=len(done),
        )  # fmt: skip
        yield about.change(said)


def _outdated(language: str, count: int) -> Told:
    if count == 1:
        return told("1 translation (*{language}*) is outdated.", language=language)
    return told(
        "{count} translations (*{language}*) are outdated.",
        count=count, language=language,
    )  # fmt: skip


def _in(catalogue: Catalogue, text: Text) -> bool:
    return (text.context, text.nl) in catalogue.messages


def _words(
    about: Subject, after: Library, old: Catalogue, new: Catalogue
) -> Iterator[Change]:
    """Other words for the same Dutch; of new Dutch the change itself is told."""
    for text in after.texts:
        key = (text.context, text.nl)
        was, now = old.messages.get(key), new.messages.get(key)
        if was is None or now is None or was == now:
            continue
        shown = [quoted(words) for words in shortened(was, now)]
        field = told("*{name}*", name=text.context)
        concerns = set(numbers_and_links(was, now))
        if text.context.startswith(CRISIS):
            concerns.add(Concern.CRISIS)
        yield from about.value(field, shown[0], shown[1], *concerns)
