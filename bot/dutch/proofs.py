"""What `drempel prove` tells authors, in Dutch."""

from collections.abc import Mapping
from typing import Final

PROOFS: Final[Mapping[str, str]] = {
    # what is proved
    "every way ends in advice with a phone number": (
        "elke weg eindigt in advies met een telefoonnummer"
    ),
    "no way is too long": "geen weg is te lang",
    "no two ways disagree": "geen twee wegen spreken elkaar tegen",
    "a date that makes it urgent brings a phone number at once": (
        "na een dag die het dringend maakt, komt meteen een telefoonnummer"
    ),
    "no day that is over is told as open": "geen dag die voorbij is, heet nog open",
    "every card can be told, with each of its urgencies": (
        "elke kaart bereikt iemand, met elke haast die zij heeft"
    ),
    # how much was looked at
    "{households}, {seconds} s{note}": "{households}, {seconds} s{note}",
    "1 household": "1 gezin",
    "{count} households": "{count} gezinnen",
    "; {note}": "; {note}",
    "median {median}, longest {longest}": "de helft {median}, de langste {longest}",
    "{number} classes compared": "{number} groepen vergeleken",
    "{cards} cards, {rows} rows": "{cards} kaarten, {rows} rijen",
    "not every answer was tried of: {questions}": (
        "niet elk antwoord geprobeerd van: {questions}"
    ),
    "{proved} proved, {not_} not": "{proved} bewezen, {not_} niet",
    "The shortest household, to paste into a scenario file:": (
        "Het kortste gezin, om in een bestand met scenario's te plakken:"
    ),
    "Mend this first: drempel check": "Los dit eerst op: drempel check",
    # what is wrong
    "No advice is told.": "Dit gezin krijgt geen advies.",
    "Nobody who is told has a number.": (
        "Niemand die dit gezin kan bellen, heeft een nummer."
    ),
    "There are ways of {longest} questions; {most} is the most.": (
        "Er zijn wegen van {longest} vragen; {most} is het meeste."
    ),
    "Half of the families have more than {most} questions.": (
        "De helft van de gezinnen krijgt meer dan {most} vragen."
    ),
    "Hears {cards}; others of whom the same is known hear {others}.": (
        "Hoort {cards}; anderen van wie hetzelfde bekend is, horen {others}."
    ),
    "After “{question}” no phone number comes before the next question.": (
        "Na “{question}” komt geen telefoonnummer vóór de volgende vraag."
    ),
    "“{rule}” is over, and told as if it were not.": (
        "“{rule}” is voorbij, maar er staat alsof het nog kan."
    ),
    "No family is ever told: {cards}.": "Geen gezin krijgt ooit: {cards}.",
    "It is about nobody: no household is ever like this.": (
        "Dit gaat over niemand: zo'n gezin bestaat niet."
    ),
    "urgency is {urgency}, not {promised}": "urgency is {urgency}, niet {promised}",
    "none": "er niet",
    "{what} {name} is not told, only: {others}": (
        "{what} {name} komt niet, alleen: {others}"
    ),
    "nothing": "niets",
}
