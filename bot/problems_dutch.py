"""What authors are told, in Dutch: each English sentence with its own."""

from collections.abc import Mapping
from typing import Final

DUTCH: Final[Mapping[str, str]] = {
    # problems.py
    " Did you mean “{near}”?": " Bedoelt u “{near}”?",
    # checks/
    "“{word}” scares or blames. Say what to do instead.": (
        "“{word}” maakt bang of verwijt iets. Zeg liever wat iemand kan doen."
    ),
    "We never ask for {what}.": "Wij vragen nooit naar {what}.",
    "The text “{key}” is missing.{hint}": "De tekst “{key}” ontbreekt.{hint}",
    "The organisation “{name}” is missing: it is shown at every step.": (
        "De organisatie “{name}” ontbreekt: zij staat bij elke stap."
    ),
    "“{name}” goes on after “{source}” ends on {end}. Write until: {end} in"
    " its valid:, and what holds after that beside it.": (
        "“{name}” gaat door nadat “{source}” op {end} ophoudt. Schrijf until: {end}"
        " bij valid:, en ernaast wat daarna geldt."
    ),
    "question": "vraag",
    "reason": "reden",
    "button": "knop",
    "advice": "advies",
    "“{question}” has more than {most} answers, “I don't know” included."
    " Split the question in two.": (
        "“{question}” heeft meer dan {most} antwoorden, “Weet ik niet” telt mee."
        " Maak er twee vragen van."
    ),
    "This {what} has {length} characters in “{language}”; at most {well} read"
    " well, {most} fit: “{words}”": (
        "Te lang voor een {what}: {length} tekens in “{language}”. Tot {well} leest"
        " goed, meer dan {most} past niet: “{words}”"
    ),
    "Nobody has dialled {phone} ({whose})."
    " Call it, then write the day: checked: 2026-12-03": (
        "Niemand heeft {phone} gebeld ({whose})."
        " Bel, en schrijf dan de dag op: checked: 2026-12-03"
    ),
    "Nothing is called {name} here.{hint}": "Niets heet hier {name}.{hint}",
    "{name} has no words that could be said in this text.": (
        "{name} heeft geen woorden die in deze tekst passen."
    ),
    "A sentence of {length} words in “{language}” is hard to read."
    " Make two: “{sentence}”": (
        "Een zin van {length} woorden in “{language}” leest moeilijk."
        " Maak er twee: “{sentence}”"
    ),
    "Sentences in “{language}” have {mean} words on average; 11 is easy.": (
        "De zinnen in “{language}” hebben gemiddeld {mean} woorden; 11 is makkelijk."
    ),
    "No way leads to “{question}”.": "Geen weg leidt naar “{question}”.",
    "This way runs in a circle: {way}.": "Deze weg loopt rond: {way}.",
    # reports.py, coverage.py
    "{errors} errors, {warnings} warnings": "{errors} fouten, {warnings} keer “let op”",
    "has its own": "heeft een eigen",
    "have their own": "hebben een eigen",
    "{covered} of {all} municipalities {has} debt-help desk; {near} of {people}"
    " people live there (GeoNames, an estimate)": (
        "{covered} van de {all} gemeenten {has} loket voor schulden; daar wonen {near}"
        " van de {people} mensen (GeoNames, een schatting)"
    ),
    # content/author.py
    "There is no {what} “{word}”.{hint}": "Er is geen {what} “{word}”.{hint}",
    "answer": "antwoord",
    "flow": "flow",
    "organisation": "organisatie",
    "deadline": "termijn",
    "source": "bron",
    "municipality": "gemeente",
    "act": "daad",
    "row": "rij",
    "Braces {braces} may only stand around a name, such as {example}.": (
        "Accolades {braces} mogen alleen om een naam staan, zoals {example}."
    ),
}
