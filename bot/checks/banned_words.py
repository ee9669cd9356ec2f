"""Words that scare, blame, or ask for what we must never know, or for money."""

import re
from collections.abc import Iterator, Sequence

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, told
from bot.translations import Text

CODE = "banned-word"
SCARING = (
    *("ongeldig", "verboden", "foutmelding", "oeps", "helaas"),
    *("invalid", "forbidden", "oops", "error"),
)
PRIVATE = (
    *("bsn", "burgerservicenummer", "digid", "pincode", "pinpas", "bankpas"),
    *("pasnummer", "tan-code", "wachtwoord", "inlogcode", "rekeningnummer", "iban"),
    *("creditcard", "password", "card number", "account number"),
    "social security number",
)
TO_US = ("aan ons", "naar ons", "via ons", "to us")
MONEY = re.compile(
    r"\b(?:maak|stort|stuur|betaal)\b[^.?!]{0,40}\b(?:aan ons|naar ons|via ons)\b"
    r"|\b(?:pay|send|transfer)\b[^.?!]{0,40}\bto us\b",
    re.IGNORECASE,
)


def check(library: Library) -> Iterator[Problem]:
    asked = list(_asked(library))
    for catalogue in library.catalogues.values():
        said = [
            (text, words) for text in library.texts if (words := catalogue.own(text))
        ]
        for text, _ in _with(said, TO_US):
            if MONEY.search(catalogue.own(text)):
                message = told("We never ask for {what}.", what=told("money"))
                yield Problem(place(library, text), CODE, message)
        for text, word in _with(said, SCARING):
            message = told(
                "“{word}” scares or blames. Say what to do instead.", word=word
            )
            yield Problem(place(library, text), CODE, message)
        asking = [(text, catalogue.own(text)) for text in asked]
        for text, word in _with(asking, PRIVATE):
            message = told("We never ask for {what}.", what=word)
            yield Problem(place(library, text), CODE, message)


def _with(
    said: Sequence[tuple[Text, str]], banned: Sequence[str]
) -> Iterator[tuple[Text, str]]:
    """The texts with one of these words, and the word as it stands there.

    First all texts at once: looking for whole words in each of them is slow.
    """
    everything = "\n".join(words for _, words in said).lower()
    found = [word for word in banned if word in everything]
    whole = re.compile(rf"\b({'|'.join(map(re.escape, found))})\b", re.IGNORECASE)
    for text, words in said if found else ():
        small = words.lower()
        if any(word in small for word in found) and (match := whole.search(words)):
            yield text, match[0]


def _asked(library: Library) -> Iterator[Text]:
    for question in library.questions.values():
        yield question.ask
        if question.again:
            yield question.again
