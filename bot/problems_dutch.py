"""What authors are told, in Dutch: each English sentence with its own."""

from collections.abc import Mapping
from typing import Final

from bot.problems_dutch_files import FILES

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
    "card": "kaart",
    "row": "rij",
    "Braces {braces} may only stand around a name, such as {example}.": (
        "Accolades {braces} mogen alleen om een naam staan, zoals {example}."
    ),
    # checks/ of conditions and ways
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
    # checks/ of words and numbers
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
        "“{name}” staat hier twee keer. Geef er een een andere naam."
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
    "{missing} of {all} texts are missing or outdated in “{language}”. "
    "Families read them in Dutch.": (
        "{missing} van de {all} teksten ontbreken of zijn verouderd in "
        "“{language}”. Families lezen die in het Nederlands."
    ),
    "The translation of {text} needs these names in braces, and no others: "
    "{wanted}. Families read the Dutch until then.": (
        "De vertaling van {text} heeft deze namen tussen accolades nodig, en "
        "geen andere: {wanted}. Tot dan lezen families het Nederlands."
    ),
    **FILES,
}
