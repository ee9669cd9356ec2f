"""What authors are told, in Dutch: each English sentence with its own."""

from collections.abc import Mapping
from typing import Final

from bot.dutch.changes import CHANGES
from bot.dutch.checks import CHECKS
from bot.dutch.commands import COMMANDS
from bot.dutch.conditions import CONDITIONS
from bot.dutch.drawing import DRAWING
from bot.dutch.files import FILES
from bot.dutch.imports import IMPORTS
from bot.dutch.live import LIVE
from bot.dutch.proofs import PROOFS
from bot.dutch.readers import READERS
from bot.dutch.reports import REPORTS
from bot.dutch.review import REVIEW
from bot.dutch.scenarios import SCENARIOS
from bot.dutch.volunteer import VOLUNTEER

DUTCH: Final[Mapping[str, str]] = {
    **CHANGES,
    **CHECKS,
    **COMMANDS,
    **CONDITIONS,
    **DRAWING,
    **FILES,
    **IMPORTS,
    **LIVE,
    **PROOFS,
    **READERS,
    **REPORTS,
    **REVIEW,
    **SCENARIOS,
    **VOLUNTEER,
    # problems.py
    " Did you mean “{near}”?": " Bedoelt u “{near}”?",
    # reports.py, coverage.py
    "1 error": "1 fout",
    "{count} errors": "{count} fouten",
    "1 warning": "1 keer “let op”",
    "{count} warnings": "{count} keer “let op”",
    "{errors}, {warnings}": "{errors}, {warnings}",
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
    "language": "taal",
    "act": "daad",
    "card": "kaart",
    "row": "rij",
    "Braces {braces} may only stand around a name, such as {example}.": (
        "Accolades {braces} mogen alleen om een naam staan, zoals {example}."
    ),
    # content/
    "money": "geld",
    "Question “{name}” stands in two flows.": "De vraag “{name}” staat in twee flows.",
    "“{name}” is a word of the notation itself.": (
        "“{name}” is een woord van de notatie zelf."
    ),
    "“{name}” needs at least two answers.": (
        "“{name}” heeft minstens twee antwoorden nodig."
    ),
    "A question of kind {kind} has no answer “{answer}”.": (
        "Een vraag van soort {kind} heeft geen antwoord “{answer}”."
    ),
    "Write within: [today - 60 days, today + 1 year], at a date only.": (
        "Schrijf within: [today - 60 days, today + 1 year], alleen bij een datum."
    ),
    "Write the earliest day first.": "Schrijf de vroegste dag eerst.",
    "Write limits: [1, 365], at a number or an amount only.": (
        "Schrijf limits: [1, 365], alleen bij een getal of een bedrag."
    ),
    "Write the smallest number first.": "Schrijf het kleinste getal eerst.",
    "“{name}” already has a meaning.": "“{name}” heeft al een betekenis.",
    "Write either go: or flow: here.": "Schrijf hier of go: of flow:.",
    "The last way has an if. Add one without if, for all others.": (
        "De laatste weg heeft een if. Zet er een zonder if bij, voor alle anderen."
    ),
    "The ways after this one never count.": "De wegen na deze tellen nooit mee.",
    "“{name}” is the last question: add next.": (
        "“{name}” is de laatste vraag: zet er next bij."
    ),
    "Write question.old_answer: new_answer here.": (
        "Schrijf hier vraag.oud_antwoord: nieuw_antwoord."
    ),
    "{where} lacks “{name}”. Add a line “{name}: …”.": (
        "Bij {where} ontbreekt “{name}”. Zet er een regel “{name}: …” bij."
    ),
    "This file": "dit bestand",
    "“{word}”": "“{word}”",
    "Item {number}": "Punt {number}",
    "Item {number} of “{list}”": "Punt {number} van “{list}”",
    "{where} is not known here.{hint}": "{where} is hier niet bekend.{hint}",
    "Still possible": "Nog mogelijk",
    "Possible": "Mogelijk",
    " {what}: {some}.": " {what}: {some}.",
    "“{name}” has no phone. Say in reach: how a family finds it.": (
        "“{name}” heeft geen telefoon. Schrijf bij reach: hoe een familie die vindt."
    ),
    "“{name}” stands here twice. Give one another name.": (
        "“{name}” staat hier twee keer. Geef één van de twee een andere naam."
    ),
    "Nothing is promised here. Write what these families are told.": (
        "Hier wordt niets beloofd. Schrijf wat deze families te horen krijgen."
    ),
    "The last row of when has no if, so that there is always a reason.": (
        "De laatste rij van when heeft geen if: zo is er altijd een reden."
    ),
    "Write hours like ma-vr 09:00-17:00 or 24/7, and hours_text in words.": (
        "Schrijf hours als ma-vr 09:00-17:00 of 24/7, en hours_text in woorden."
    ),
    "Write the day as 2026-12-03 or 2026-12-03 by JV, or never.": (
        "Schrijf de dag als 2026-12-03 of 2026-12-03 by JV, of never."
    ),
    "In “{language}” {missing} of {all} texts are missing; outdated: {outdated}."
    " Families read those in Dutch.": (
        "In “{language}” ontbreken {missing} van de {all} teksten; verouderd:"
        " {outdated}. Families lezen die in het Nederlands."
    ),
    "The translation of {text} needs these names in braces, and no others: "
    "{wanted}. Families read the Dutch until then.": (
        "De vertaling van {text} heeft deze namen tussen accolades nodig, en "
        "geen andere: {wanted}. Tot dan lezen families het Nederlands."
    ),
    **FILES,
}
