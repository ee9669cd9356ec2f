"""What stands around a list of things, in Dutch."""

from collections.abc import Mapping
from typing import Final

REPORTS: Final[Mapping[str, str]] = {
    "{passed} scenarios passed, {failed} failed": (
        "Gezinnen die horen wat u verwacht: {passed}. Die iets anders horen: {failed}."
    ),
    "{count} households are added to {file}. Read each of them: what they"
    " expect is what the bot says now.": (
        "Nieuwe gezinnen in {file}: {count}. Lees ze elk na: wat zij"
        " verwachten, is wat de bot nu zegt."
    ),
    "More about a code, in Dutch: drempel explain {code}": (
        "Meer over een code: drempel explain {code}"
    ),
    "{count} things are gone. Families that stand on one of them: {standing}.": (
        "Dingen die weg zijn: {count}. Families die nu bij een daarvan staan:"
        " {standing}."
    ),
    "asked: {way}": ("gevraagd: {way}"),
    "No family loses anything by this change.": (
        "Door deze verandering raakt geen familie iets kwijt."
    ),
    "Did it only get another name? Then write this in {file}:": (
        "Heet het nu alleen anders? Zet dan dit in {file}:"
    ),
    "Where nothing looks like it, families are asked what comes next.": (
        "Waar niets op lijkt: daar krijgen families de vraag die nu volgt."
    ),
    "Nothing is missing.": ("Er ontbreekt niets."),
    "There is no code “{code}”.{hint}": ("Er is geen code “{code}”.{hint}"),
}
