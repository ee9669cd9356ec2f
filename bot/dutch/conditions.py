"""What authors are told of a condition, in Dutch."""

from collections.abc import Mapping
from typing import Final

CONDITIONS: Final[Mapping[str, str]] = {
    # what an answer is
    "one answer out of a list": "één antwoord uit een lijst",
    "several answers out of a list": "een of meer antwoorden uit een lijst",
    "yes or no": "ja of nee",
    "a number": "een getal",
    "an amount of money": "een bedrag",
    "a date": "een datum",
    "a length of time": "een tijd in dagen, weken of maanden",
    "a place": "een plaats",
    "a number of children": "een aantal kinderen",
    # words and signs
    "“days from today to …” or “working days from today to …”": (
        "“days from today to …” of “working days from today to …”"
    ),
    "Write {counting}.": "Schrijf {counting}.",
    "Write “{right}” instead of “{wrong}”.": (
        "Schrijf “{right}” in plaats van “{wrong}”."
    ),
    "Write “{word}” without quotation marks.": (
        "Schrijf “{word}” zonder aanhalingstekens."
    ),
    "Write “{condition}”.": "Schrijf “{condition}”.",
    "This “)” has no “(” before it.": "Voor deze “)” staat geen “(”.",
    "This “{sign}” is never closed.": "Deze “{sign}” gaat nergens dicht.",
    "Write “{amount}”: a dot for the cents, no comma.": (
        "Schrijf “{amount}”: een punt voor de centen, geen komma."
    ),
    "Write “!=” or “not in [ ]” to say that it is something else.": (
        "Is het juist iets anders? Schrijf “!=” of “not in [ ]”."
    ),
    "Nothing can be added or taken away here. Write {counting}.": (
        "Optellen of aftrekken kan hier niet. Schrijf {counting}."
    ),
    "Write “not” instead of “no” to say that something is not so.": (
        "Schrijf “not” in plaats van “no” om te zeggen dat iets niet zo is."
    ),
    "“{word}” does not belong here.{hint}": "“{word}” hoort hier niet.{hint}",
    "“{word}” is missing here. Write {counting}.": (
        "Hier ontbreekt “{word}”. Schrijf {counting}."
    ),
    "More than {most} “(” and “not” inside one another.": (
        "Meer dan {most} keer “(” en “not” in elkaar."
    ),
    "Longer than {most} characters. Give a part of it a name of its own under"
    " “facts”.": (
        "Langer dan {most} tekens. Geef een deel ervan een eigen naam onder “facts”."
    ),
    "There is nothing here.": "Hier staat niets.",
    "Something is missing at the end.": "Aan het eind ontbreekt iets.",
    # what can be compared
    "Compare two things at a time and join them with “and”.": (
        "Vergelijk steeds twee dingen, met “and” ertussen."
    ),
    "“{name}” can have several answers: write “contains”.": (
        "“{name}” kan meer antwoorden hebben: schrijf “contains”."
    ),
    "Put what follows “in” between [ and ], with commas.": (
        "Zet wat na “in” komt tussen [ en ], met komma's."
    ),
    "“{name}” is {what}: write “==” or “in [ ]”.": (
        "“{name}” is {what}: schrijf “==” of “in [ ]”."
    ),
    "“{name}” is a fact. Only values can stand here.": (
        "“{name}” is een feit. Hier kan alleen een waarde staan."
    ),
    "“{name}” is {what}, not a date.": "“{name}” is {what}, geen datum.",
    "“{left}” is {mine} and “{right}” is {yours}: they cannot be compared.{hint}": (
        "“{left}” is {mine} en “{right}” is {yours}: die kunt u niet vergelijken.{hint}"
    ),
    " To count days, write {counting}.": " Dagen tellen? Schrijf {counting}.",
    " Write {number}.": " Schrijf {number}.",
    " Write “{number} days”.": " Schrijf “{number} days”.",
    " Write “{name}” alone, or “{name} > 0”.": (
        " Schrijf alleen “{name}”, of “{name} > 0”."
    ),
    "“{text}” is {what}, not yes or no. Compare it, for example “{example}”.": (
        "“{text}” is {what}, geen ja of nee. Vergelijk het, bijvoorbeeld “{example}”."
    ),
    "“{text}” has no more or less, so “{sign}” says nothing. Write “==” or “!=”.": (
        "“{text}” kent geen meer of minder, dus “{sign}” zegt niets. Schrijf “==” of"
        " “!=”."
    ),
    # days and amounts
    "Write a date as year-month-day, for example 2026-12-03.": (
        "Schrijf een datum als jaar-maand-dag, bijvoorbeeld 2026-12-03."
    ),
    "There is no day {day}.": "De dag {day} bestaat niet.",
    "“{number}” is too long a number.": "“{number}” is een te lang getal.",
    "Write money as 1250 or 1250.50: one dot, for the cents.": (
        "Schrijf een bedrag als 1250 of 1250.50: één punt, voor de centen."
    ),
    "Count in months: {months} months.": "Tel in maanden: {months} months.",
    # names
    "“{word}” is not an answer of “{question}”.{hint}": (
        "“{word}” is geen antwoord van “{question}”.{hint}"
    ),
    "“{word}” is an answer: write “{condition}”.": (
        "“{word}” is een antwoord: schrijf “{condition}”."
    ),
    "“{word}” is not asked or computed anywhere.{hint}": (
        "“{word}” wordt nergens gevraagd of berekend.{hint}"
    ),
    "“{word}” cannot stand here: a fact or a value is missing.": (
        "“{word}” kan hier niet staan: er ontbreekt een feit of een waarde."
    ),
    "Write which answer is “{unsure}”: “… == {unsure}”.": (
        "Schrijf erbij welk antwoord “{unsure}” is: “… == {unsure}”."
    ),
    "Only the answer to a question can be “{unsure}”.": (
        "Alleen het antwoord op een vraag kan “{unsure}” zijn."
    ),
    "“{name}” is asked already. Give this fact another name.": (
        "“{name}” is al een vraag. Geef dit feit een andere naam."
    ),
    "“{name}” has a mistake: mend that first.": (
        "In “{name}” zit een fout: los die eerst op."
    ),
    "“{name}” needs itself in the end: {way}.": (
        "“{name}” heeft uiteindelijk zichzelf nodig: {way}."
    ),
}
