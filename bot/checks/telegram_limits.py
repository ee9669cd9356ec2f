"""What Telegram would refuse or cut off, in every language, with values filled in."""

from collections.abc import Iterator
from itertools import chain

from bot.advice import Card
from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, told
from bot.translations import PLACEHOLDER, Catalogue, Text

CODE = "telegram"

MESSAGE = 4_096
SHOWN = {"description": 512, "short_description": 120}
COMMAND = 256
"""What Telegram shows of the bot itself, and beside each of its commands."""

LONGEST_VALUE = "x" * 40
"""A date in full, an amount or the longest name of a municipality fits in this."""

AROUND = 600
"""Room for a title, and for the number, the hours and the cost below each step."""


def check(library: Library) -> Iterator[Problem]:
    """Counted in UTF-16 units, as Telegram does. Bytes of a button are safe already:
    names of questions and answers may not be longer than 24 and 16 letters.
    """
    for catalogue in library.catalogues.values():
        for key, text in library.words.items():
            most = SHOWN.get(key, COMMAND if key.startswith("command_") else MESSAGE)
            yield from _too_long(library, catalogue, (text,), most)
        for card in library.cards:
            for texts, room in _messages(card):
                yield from _too_long(library, catalogue, texts, MESSAGE - room)
        for one in library.organisations.values():
            said = (one.name, one.helps, one.serves, one.reach, one.hours_text)
            known = tuple(text for text in said if text)
            yield from _too_long(library, catalogue, known, MESSAGE // 4)


def _messages(card: Card) -> Iterator[tuple[tuple[Text, ...], int]]:
    """The texts that come in one message, and the room for what stands around."""
    yield (card.say, *(note.say for note in card.notes)), AROUND
    steps = chain.from_iterable((one.do, one.words, one.bring) for one in card.steps)
    yield tuple(steps), AROUND * len(card.steps)
    if card.letter:
        yield (card.letter,), 0


def _too_long(
    library: Library, catalogue: Catalogue, texts: tuple[Text, ...], most: int
) -> Iterator[Problem]:
    numbers = library.numbers()
    length = 0
    for text in texts:
        words = catalogue.words(text)
        if "{" in words:
            words = PLACEHOLDER.sub(
                lambda found: str(numbers.get(found[1], LONGEST_VALUE)), words
            )
        length += len(words.encode("utf-16-le")) // 2 + 2
    if length > most + 2 * len(texts):
        message = told(
            "Together this is {length} characters in “{language}”, and Telegram takes"
            " {most} here. Make it shorter.",
            length=length,
            language=catalogue.language,
            most=most,
        )
        yield Problem(place(library, texts[0]), CODE, message)
