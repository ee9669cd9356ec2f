"""The words of the conversation itself: its texts, what it hears, what an alarm is."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.changes.fields import (
    Subject,
    both,
    numbers_and_links,
    one_line,
    quoted,
    spoken_words,
)
from bot.changes.values import Change, Concern
from bot.conversation.crisis import Crisis
from bot.conversation.facts import UNSURE
from bot.library import Library
from bot.problems import Place, Told, told

WORDS_FILE: Final = Place("flows/words.yaml")
CRISIS_FILE: Final = Place("flows/crisis.yaml")
DATES_FILE: Final = Place("flows/dates.yaml")
PLAIN_FILE: Final = Place("flows/plain_words.yaml")


def word_changes(before: Library, after: Library) -> Iterator[Change]:
    for name, was, now in both(before.words, after.words):
        library = after if now else before
        context = (now or before.words[name]).context
        place = library.written_at.get(context, WORDS_FILE)
        thing = told("Words *{name}*", name=name)
        about = _about(f"words.{name}", thing, place, after)
        if now is None:
            gone = numbers_and_links(before.words[name].nl, "")
            yield about.is_gone(*gone)
        elif was is None:
            touched = numbers_and_links("", now.nl)
            yield about.is_new(quoted(one_line(now.nl)), *touched)
        else:
            yield from about.text(told("the text"), was, now)
    yield from _heard(before, after)
    yield from _languages(before, after)


def _about(
    name: str, thing: Told, place: Place, library: Library, *more: Concern
) -> Subject:
    concerns = frozenset({Concern.WORDS, *more})
    return Subject(name, thing, place, concerns, library.written_at)


def _heard(before: Library, after: Library) -> Iterator[Change]:
    """Words that work everywhere, and those for yes, no, and not knowing."""
    thing = told("The words that work everywhere")
    about = _about("words.global_words", thing, WORDS_FILE, after)
    rows = (
        (before.global_words, after.global_words),
        (before.yes_no, after.yes_no),
        (_unsure(before), _unsure(after)),
    )
    for was, now in rows:
        old, new = _by_meaning(was), _by_meaning(now)
        for act, _, _ in both(old, new):
            field = told("the words for *{name}*", name=act)
            yield from about.members(
                field, old.get(act, ()), new.get(act, ()), spoken=True
            )


def _unsure(library: Library) -> Mapping[str, str]:
    """Every question hears the same words; the label before them is a text."""
    asked = next(iter(library.questions.values()), None)
    options = asked.kind.spec.options if asked else ()
    words = next((one.words[1:] for one in options if one.id == UNSURE), ())
    return dict.fromkeys(words, UNSURE)


def _by_meaning(words: Mapping[str, str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, act in words.items():
        found.setdefault(act, []).append(word)
    return found


def _languages(before: Library, after: Library) -> Iterator[Change]:
    about = _about("words.languages", told("The languages"), WORDS_FILE, after)
    for code, was, now in both(before.language_names, after.language_names):
        field = told("language *{name}*", name=code)
        yield from about.value(field, quoted(was or ""), quoted(now or ""))


def date_word_changes(before: Library, after: Library) -> Iterator[Change]:
    """How days, numbers and lengths of time are typed."""
    old, new = before.dates.languages, after.dates.languages
    for code, was, now in both(old, new):
        thing = told("The words for days and numbers ({language})", language=code)
        about = _about(f"dates.{code}", thing, DATES_FILE, after)
        meant = [one.meanings if one else {} for one in (was, now)]
        ordinals = [one.ordinals if one else () for one in (was, now)]
        known = told("the known words")
        words = [sorted({*meant[n], *ordinals[n]}) for n in (0, 1)]
        yield from about.members(known, words[0], words[1], spoken=True)
        moved = [w for w in meant[0] if w in meant[1] and meant[0][w] != meant[1][w]]
        if moved:
            said = told(
                "{thing}: these mean something else now: {some}.",
                thing=about.thing, some=spoken_words(moved),
            )  # fmt: skip
            yield about.change(said)


def plain_word_changes(before: Library, after: Library) -> Iterator[Change]:
    for language, was, now in both(before.plain_words, after.plain_words):
        about = Subject(
            f"plain_words.{language}",
            told("The hard words ({language})", language=language),
            PLAIN_FILE,
            frozenset({Concern.CHECKING}),
            after.written_at,
        )
        old, new = was or {}, now or {}
        yield from about.members(told("the list"), old, new, spoken=True)
        for hard in (word for word in new if word in old):
            field = told("instead of *{name}*", name=hard)
            yield from about.value(field, quoted(old[hard]), quoted(new[hard]))


def crisis_changes(before: Library, after: Library) -> Iterator[Change]:
    old = {one.id: one for one in before.crises}
    new = {one.id: one for one in after.crises}
    for _, was, now in both(old, new):
        if now is None and was is not None:
            yield _about_crisis(before, was).is_gone()
        elif was is None and now is not None:
            yield _about_crisis(after, now).is_new(quoted(one_line(now.say.nl)))
        elif was and now:
            yield from _crisis(_about_crisis(after, now), was, now)
    thing = told("The crisis words")
    concerns = frozenset({Concern.CRISIS})
    order = Subject("crisis", thing, CRISIS_FILE, concerns, after.written_at)
    if set(old) == set(new):
        yield from order.members(told("the order"), old, new, ordered=True)


def _about_crisis(library: Library, crisis: Crisis) -> Subject:
    return Subject(
        f"crisis.{crisis.id}",
        told("Crisis *{name}*", name=crisis.id),
        library.written_at.get(crisis.say.context, CRISIS_FILE),
        frozenset({Concern.CRISIS}),
        library.written_at,
    )


def _crisis(about: Subject, was: Crisis, now: Crisis) -> Iterator[Change]:
    yield from about.text(told("what is said"), was.say, now.say)
    heard = told("the words it hears")
    yield from about.members(heard, was.phrases, now.phrases, spoken=True)
    organisations = told("the organisations")
    old, new = was.organisations, now.organisations
    yield from about.members(organisations, old, new, ordered=True)
    yield from about.truth(told("“ends” (the conversation stops)"), was.ends, now.ends)
