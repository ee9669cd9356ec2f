"""Households that are played, and what none of them meets, in Dutch."""

from collections.abc import Mapping
from typing import Final

SCENARIOS: Final[Mapping[str, str]] = {
    "questions": ("vragen"),
    "answers": ("antwoorden"),
    "ways on": ("wegen"),
    "cards": ("kaarten"),
    "outcomes": ("uitkomsten"),
    "crises": ("crises"),
    "Played: {question}, {answer}, {route}, {card}, {outcome}, {crisis}.": (
        "Gespeeld: {question}, {answer}, {route}, {card}, {outcome}, {crisis}."
    ),
    "Never played: {gaps} of {all} {what}": ("Nooit gespeeld: {gaps} van {all} {what}"),
    "from “{question}” on to “{to}” if {condition}": (
        "van “{question}” naar “{to}” als {condition}"
    ),
    "Each crisis, and each advice for today, needs a household. None plays:": (
        "Elke crisis en elk advies voor vandaag moet een gezin hebben. Nog zonder:"
    ),
    "Have a household written for each: {command}": (
        "Laat er gezinnen voor schrijven: {command}"
    ),
    "{met} of {all} {what}": ("{met} van {all} {what}"),
    "from “{question}” on to “{to}” for all others": (
        "van “{question}” naar “{to}” voor alle anderen"
    ),
    "question “{question}”": ("vraag “{question}”"),
    "a typed answer to “{question}”": ("een getypt antwoord op “{question}”"),
    "answer “{answer}” to “{question}”": ("antwoord “{answer}” op “{question}”"),
    "card “{card}”": ("kaart “{card}”"),
    "card “{card}” with urgency {urgency}": ("kaart “{card}” met urgency {urgency}"),
    "crisis “{crisis}”": ("crisis “{crisis}”"),
    "To check: {part}, and {count} more": ("Nagaan: {part}, en nog {count}"),
    "To check: {part}": ("Nagaan: {part}"),
    "No household can meet this today, so nobody hears it:": (
        "Hier kan vandaag geen gezin komen:"
    ),
    "Households meet this, but no words for their answers are read:": (
        "Hier komen wel gezinnen, maar hun antwoorden zijn niet te typen:"
    ),
    "To check: this is what the bot says now.": ("Nagaan: dit zegt de bot nu."),
    "Not every answer was tried of: {names}": (
        "Niet elk antwoord is geprobeerd bij: {names}"
    ),
    "an answer such as {answers}": ("een antwoord zoals {answers}"),
    "{step}: expected {expected}, got {got}": (
        "{step}: verwacht {expected}, kreeg {got}"
    ),
    "a way that stopped before it": ("een weg die eerder ophield"),
    "no question of that name.{hint}": ("geen vraag met die naam.{hint}"),
    "an answer to this question": ("een antwoord op deze vraag"),
    "the same question again": ("dezelfde vraag nog eens"),
    "a way without it": ("een weg zonder die vraag"),
    "this question": ("deze vraag"),
    "another question": ("een andere vraag"),
}
