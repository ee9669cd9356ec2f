"""What a change takes from families who are talking, in Dutch."""

from collections.abc import Mapping
from typing import Final

LIVE: Final[Mapping[str, str]] = {
    "What was answered to “{what}” no longer fits. Families that are asked"
    " again: {families}.": (
        "Wat op “{what}” geantwoord is, past niet meer. Families die de vraag"
        " opnieuw krijgen: {families}."
    ),
    "The question “{what}” is gone. Families that had it: {families}."
    " Families that stand there now: {standing}.": (
        "De vraag “{what}” is er niet meer. Families die haar kregen:"
        " {families}. Families die er nu staan: {standing}."
    ),
    "The answer “{what}” is gone. Families that gave it: {families}.": (
        "Het antwoord “{what}” is er niet meer. Families die het gaven: {families}."
    ),
    "Families keep the last good content. Mend this: drempel check": (
        "Families krijgen nog de laatste goede inhoud. Herstel dit: drempel check"
    ),
}
