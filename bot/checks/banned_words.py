"""Words that scare, blame, or ask for what we must never know, or for money."""

import re
from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Problem, told
from bot.translations import Text

CODE = "banned-word"
SCARING = re.compile(
    r"\b(ongeldig|verboden|foutmelding|oeps|helaas|invalid|forbidden|oops|error)\b",
    re.IGNORECASE,
)
PRIVATE = re.compile(
    r"\b(bsn|burgerservicenummer|digid|pincode|pinpas|bankpas|pasnummer|tan-code"
    r"|wachtwoord|inlogcode|rekeningnummer|iban|creditcard|password|card number"
    r"|account number|social security number)\b",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"\b(?:maak|stort|stuur|betaal)\b[^.?!]{0,40}\b(?:aan ons|naar ons|via ons)\b"
    r"|\b(?:pay|send|transfer)\b[^.?!]{0,40}\bto us\b",
    re.IGNORECASE,
)


def check(library: Library) -> Iterator[Problem]:
    for catalogue in library.catalogues.values():
        for text in library.texts:
            if MONEY.search(catalogue.words(text)):
                message = told("We never ask for {what}.", what=told("money"))
                yield Problem(place(library, text), CODE, message)
            if found := SCARING.search(catalogue.words(text)):
                message = told(
                    "“{word}” scares or blames. Say what to do instead.", word=found[0]
                )
                yield Problem(place(library, text), CODE, message)
        for text in _asked(library):
            if found := PRIVATE.search(catalogue.words(text)):
                message = told("We never ask for {what}.", what=found[0])
                yield Problem(place(library, text), CODE, message)


def _asked(library: Library) -> Iterator[Text]:
    for question in library.questions.values():
        yield question.ask
        if question.again:
            yield question.again
