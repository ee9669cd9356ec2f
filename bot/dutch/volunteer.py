"""What a volunteer who dials numbers is told, in Dutch."""

from collections.abc import Mapping
from typing import Final

VOLUNTEER: Final[Mapping[str, str]] = {
    "In the last 90 days everything was checked.": (
        "Alles is de laatste 90 dagen nagekeken."
    ),
    "who": "wie",
    "number or website": "nummer of website",
    "last checked": "laatst nagekeken",
    "never": "nooit",
    "{errors} never or too long ago, {warnings} nearly too long.": (
        "{errors} nooit of te lang geleden, {warnings} bijna te lang."
    ),
    "! = never checked, or longer than 180 days ago": (
        "! = nooit nagekeken, of langer dan 180 dagen geleden"
    ),
    "· = longer than 90 days ago": "· = langer dan 90 dagen geleden",
    "To check them one by one: drempel organisations --check": (
        "Nakijken, één voor één: drempel organisations --check"
    ),
    "Dial each number yourself. Type s to skip, q to stop.": (
        "Bel elk nummer zelf. Typ s om over te slaan, q om te stoppen."
    ),
    "\n[{number} of {all}] {name}": "\n[{number} van {all}] {name}",
    "Skipped.": "Overgeslagen.",
    "\nDone. {kept} checked, {left} to do.": (
        "\nKlaar. {kept} nagekeken, {left} nog te doen."
    ),
    "\nStopped. What is kept stays kept.": (
        "\nGestopt. Wat bewaard is, blijft bewaard."
    ),
    "Kept.": "Bewaard.",
    "Not kept. Write this into the file yourself:": (
        "Niet bewaard. Schrijf dit zelf in het bestand:"
    ),
    "Your letters or name": "Uw letters of naam",
    "unknown": "onbekend",
    "  number     {phone}": "  nummer     {phone}",
    "  website    {web}": "  website    {web}",
    "  hours      {hours}": "  tijden     {hours}",
    "  source     {source}": "  bron       {source}",
    "  checked    {checked}": "  nagekeken  {checked}",
    "Do not dial this number to try it. Look it up.": (
        "Bel dit nummer niet om te proberen. Zoek het op."
    ),
    "Is {phone} right? (y/n)": "Klopt {phone}? (j/n)",
    "This number is for emergencies. Be brief, and say who you are.": (
        "Dit is een nummer voor nood. Houd het kort, en zeg wie u bent."
    ),
    "Did somebody answer? (y/n)": "Nam er iemand op? (j/n)",
    "Is this the number of {name}? (y/n)": "Is dit het nummer van {name}? (j/n)",
    "Do you know another number? (y/n)": "Weet u een ander nummer? (j/n)",
    "The right number": "Het goede nummer",
    "Only digits, spaces and dashes, as in 030-123 45 67.": (
        "Alleen cijfers, spaties en streepjes, zoals 030-123 45 67."
    ),
    "Did you dial {phone}, and did somebody answer? (y/n)": (
        "Belde u {phone}, en nam er iemand op? (j/n)"
    ),
    "Is {web} the right website? (y/n)": "Is {web} de goede website? (j/n)",
    "New hours, such as ma-vr 09:00-17:00 or 24/7 (- = change nothing)": (
        "Nieuwe tijden, zoals ma-vr 09:00-17:00 of 24/7 (- = niets veranderen)"
    ),
    "I cannot read that. Days: ma di wo do vr za zo. Time: 09:00-17:00.": (
        "Dat lees ik niet. Dagen: ma di wo do vr za zo. Tijd: 09:00-17:00."
    ),
    "The hours in Dutch words, such as op werkdagen van 9 tot 17 uur": (
        "De tijden in woorden, zoals op werkdagen van 9 tot 17 uur"
    ),
    "At most {most} characters, without {open} and {close}.": (
        "Hoogstens {most} tekens, zonder {open} en {close}."
    ),
    "Type y or n. To skip: s. To stop: q.": "Typ j of n. Overslaan: s. Stoppen: q.",
    "Type an answer. To skip: s. To stop: q.": (
        "Typ een antwoord. Overslaan: s. Stoppen: q."
    ),
}
