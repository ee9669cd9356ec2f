"""What authors are told when a file is read, in Dutch."""

from collections.abc import Mapping
from typing import Final

READERS: Final[Mapping[str, str]] = {
    # law
    "Write date: {example}, a day of every year, or easter.": (
        "Schrijf date: {example}, een dag van elk jaar, of easter."
    ),
    "{number} is too much: at most {most}.": "{number} is te veel: hoogstens {most}.",
    "“{word}” is no day. Write it as 2026-12-03.": (
        "“{word}” is geen dag. Schrijf een dag als 2026-12-03."
    ),
    "This ends on {end}, before it begins on {begin}.": (
        "Dit eindigt op {end}, maar begint pas op {begin}."
    ),
    "Row {row} of “{name}” must begin on the day after row {before} ends: between two"
    " rows no day is left out and none is double.": (
        "Rij {row} van “{name}” begint op de dag nadat rij {before} eindigt: tussen"
        " twee rijen valt geen dag weg, en geen dag telt dubbel."
    ),
    "“{name}” is no {sort}, so no period can be counted with it.": (
        "“{name}” is geen {sort}. Daarmee kan geen termijn tellen."
    ),
    "date": "datum",
    "number": "getal",
    # words
    "Only {age} can stand in braces here: the age of a child.": (
        "Alleen {age} mag hier tussen accolades staan: de leeftijd van een kind."
    ),
    # organisations
    "“{code}” has a file already: {file}. Put all in that one.": (
        "“{code}” heeft al een bestand: {file}. Zet alles daarin."
    ),
    "{code} is “{name}”, not “{written}”. One of the two is wrong.": (
        "{code} is “{name}”, niet “{written}”. Een van de twee klopt niet."
    ),
    "A desk needs a phone, a web page, or reach: how a family finds it.": (
        "Een loket heeft een phone nodig, een web, of reach: hoe een gezin het vindt."
    ),
    # places
    "“{code}” should be GM and four digits.{hint}": (
        "“{code}” moet GM en vier cijfers zijn.{hint}"
    ),
    "“{word}” stands here twice.{hint}": "“{word}” staat hier twee keer.{hint}",
    "“{word}” stands here twice: in line {line}, too.": (
        "“{word}” staat hier twee keer: ook op regel {line}."
    ),
    "Write a name, and how many people: a whole number, or 0.": (
        "Schrijf een naam, en hoeveel mensen er wonen: een heel getal, of 0."
    ),
    "“{row}” should be four digits, or two postcodes as 1011-1019.{hint}": (
        "“{row}” moet vier cijfers zijn, of twee postcodes zoals 1011-1019.{hint}"
    ),
    "The name lacks.": "De naam ontbreekt.",
    "There is no municipality “{code}” in municipalities.csv.{hint}": (
        "Er is geen gemeente “{code}” in municipalities.csv.{hint}"
    ),
    "The municipality lacks.": "De gemeente ontbreekt.",
    "By these changes “{code}” would become part of itself.": (
        "Door deze wijzigingen gaat “{code}” op in zichzelf."
    ),
    "“{name}” is {right} in municipalities.csv, not {code}.{hint}": (
        "“{name}” is {right} in municipalities.csv, niet {code}.{hint}"
    ),
    "A repair says either add or drop.": "Schrijf hier of add of drop.",
    "Write the day as 2026-12-03.": "Schrijf de dag als 2026-12-03.",
    "“{place}” is no place in names.csv.{hint}": (
        "“{place}” is geen plaats in names.csv.{hint}"
    ),
    "“{word}” is no spelling: write words, with commas.": (
        "“{word}” is geen schrijfwijze: schrijf woorden, met komma's."
    ),
    "“{word}” already stands for {place}. Keep one of them.": (
        "“{word}” staat al bij {place}. Laat het bij één staan."
    ),
    "A character here is not UTF-8. Save the file again, as UTF-8.": (
        "Een teken hier is geen UTF-8. Bewaar het bestand opnieuw, als UTF-8."
    ),
    "The first line should be “{columns}”.": "De eerste regel moet “{columns}” zijn.",
    "This line should be “{columns}”.{hint}": "Deze regel moet “{columns}” zijn.{hint}",
    " Did you mean: {line}": " Bedoelt u: {line}",
    # words and translations
    "“{word}” already means {act}.": "“{word}” betekent al {act}.",
    "This phrase has no words, so every message would match it.": (
        "Hier staan geen woorden, dus elk bericht zou passen."
    ),
    "This file cannot be read ({trouble}). Open it in a PO editor.": (
        "Dit bestand kan niemand lezen ({trouble}). Open het in een PO-editor."
    ),
    # all files together
    "There is no flow “start”: every conversation begins there.": (
        "Er is geen flow “start”: daar begint elk gesprek."
    ),
    "“{word}” stands in two rows. Then it means nothing.": (
        "“{word}” staat in twee rijen. Dan betekent het niets."
    ),
    "“{name}” stands in {file}, too. Give one another name.": (
        "“{name}” staat ook in {file}. Geef één van de twee een andere naam."
    ),
    "This file is too large.": "Dit bestand is te groot.",
}
