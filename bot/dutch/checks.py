"""What the checks tell authors, in Dutch."""

from collections.abc import Mapping
from typing import Final

CHECKS: Final[Mapping[str, str]] = {
    # of words, law and ways
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
    # of conditions and ways
    "a way on from “{question}”": "een weg verder na “{question}”",
    "the first advice after “{question}”": "het eerste advies na “{question}”",
    "the organisation “{name}”": "bij de organisatie “{name}”",
    "the card “{card}”": "bij de kaart “{card}”",
    "“{condition}” is never so, as {of}: no answers lead to it.": (
        "“{condition}” is nooit waar ({of}): geen antwoorden leiden ertoe."
    ),
    "“{condition}” is always so, as {of}: leave it out.": (
        "“{condition}” is altijd waar ({of}): laat het weg."
    ),
    "“{condition}” does not hold where “{name}” was not asked, as on this way: {way}."
    " If it should, add: or not known {name}": (
        "“{condition}” klopt niet waar “{name}” niet gevraagd is, zoals langs deze weg:"
        " {way}. Moet het daar wel kloppen, zet er dan bij: or not known {name}"
    ),
    "Nothing uses the fact “{name}”. Take it out.": (
        "Niets gebruikt het feit “{name}”. Haal het weg."
    ),
    "Nothing depends on the answer to “{question}”. Take it out, so that families have"
    " one question less.": (
        "Niets hangt af van het antwoord op “{question}”. Haal de vraag weg: dan hebben"
        " families een vraag minder."
    ),
    "No family ever hears of “{name}”: no card, step or text names it. Name it in a"
    " card, or write under when, with an if, for whom it is.": (
        "Geen familie hoort ooit van “{name}”: geen kaart, stap of tekst noemt die."
        " Noem die in een kaart, of schrijf onder when, met een if, voor wie het is."
    ),
    # of words and numbers
    "“{label}” and “{other}” are the same to who types them, in “{language}”. Give"
    " them other words.": (
        "“{label}” en “{other}” zijn hetzelfde voor wie ze typt, in “{language}”. Geef"
        " ze andere woorden."
    ),
    "“{word}” already means the answer “{other}”. Keep it at one.": (
        "“{word}” betekent al het antwoord “{other}”. Laat het bij één staan."
    ),
    "“{word}” means “{act}” everywhere, so nobody can type it as an answer. Choose"
    " another word.": (
        "“{word}” betekent overal “{act}”, dus niemand kan het als antwoord typen. Kies"
        " een ander woord."
    ),
    "Together this is {length} characters in “{language}”, and Telegram takes {most}"
    " here. Make it shorter.": (
        "Samen is dit {length} tekens in “{language}”, en Telegram neemt er hier"
        " {most}. Maak het korter."
    ),
    "“{word}” is hard to read. Plainer is: {plain}.": (
        "“{word}” leest moeilijk. Gewoner is: {plain}."
    ),
    "“{plain}” is itself a hard word here.": (
        "“{plain}” is hier zelf een moeilijk woord."
    ),
    "Write “u” and “uw”, not “{word}”.": "Schrijf “u” en “uw”, niet “{word}”.",
    "{number} cannot be a Dutch number. Count its digits, and look at how it begins:"
    " 030-123 45 67, 0800-1234 or 14 030.": (
        "{number} kan geen Nederlands nummer zijn. Tel de cijfers, en kijk naar het"
        " begin: 030-123 45 67, 0800-1234 of 14 030."
    ),
    "{phone} is also the number of “{other}”. Is one of them wrong?": (
        "{phone} is ook het nummer van “{other}”. Klopt een van de twee niet?"
    ),
    "{phone} was dialled {days} days ago. Call it, then write: checked: {today}": (
        "{phone} is {days} dagen geleden gebeld. Bel, en schrijf dan: checked: {today}"
    ),
    # of languages, buttons and the first message
    "No family hears of the period “{name}”: no card names it. Write it under"
    " deadlines: of a card, or take it out.": (
        "Geen gezin hoort van de termijn “{name}”: geen kaart noemt die. Zet die onder"
        " deadlines: van een kaart, of haal die weg."
    ),
    "The translation into “{language}” is {times} times as long as the Dutch. Say no"
    " more than the Dutch does: “{words}”": (
        "De vertaling in “{language}” is {times} keer zo lang als het Nederlands. Zeg"
        " niet meer dan het Nederlands: “{words}”"
    ),
    "“{words}” is still Dutch in “{language}”. Translate it, or leave the translation"
    " empty.": (
        "“{words}” is in “{language}” nog Nederlands. Vertaal het, of laat de vertaling"
        " leeg."
    ),
    "In “{language}” this begins with a letter from left to right, so all of it is laid"
    " out wrongly. Begin with another word: “{words}”": (
        "In “{language}” begint dit met een letter van links naar rechts. Dan staat"
        " alles verkeerd. Begin met een ander woord: “{words}”"
    ),
    "“{question}” asks about the family itself. Say why in one short line: why: …": (
        "“{question}” vraagt iets over het gezin zelf. Schrijf in één korte regel"
        " waarom: why: …"
    ),
    "“{label}” has no words. Add one.": "“{label}” heeft geen woorden. Zet er een bij.",
    "“{label}” has no emoji. Begin with one.": (
        "“{label}” heeft geen emoji. Begin met een emoji."
    ),
    "“{label}” has more than one emoji. Keep one.": (
        "“{label}” heeft meer dan één emoji. Laat er één staan."
    ),
    "Some families only read this. Name a number here, such as {example}.": (
        "Sommige gezinnen lezen alleen dit. Noem hier een nummer, zoals {example}."
    ),
    "Families would read “{signs}” just so. Write it without signs.": (
        "Gezinnen lezen “{signs}” precies zo. Schrijf het zonder tekens."
    ),
    "“{link}” is no whole link. Write it like https://www.example.nl/page.": (
        "“{link}” is geen hele link. Schrijf hem als https://www.example.nl/page."
    ),
    "After {answers} a third question comes before any help. Write first_advice: at"
    " “{question}”.": (
        "Na {answers} komt een derde vraag, en nog geen hulp. Schrijf first_advice: bij"
        " “{question}”."
    ),
    "“{where}” is no municipality, so no family hears of “{name}”.{hint}": (
        "“{where}” is geen gemeente, dus geen familie hoort van “{name}”.{hint}"
    ),
}
