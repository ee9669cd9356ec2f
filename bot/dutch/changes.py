"""The Dutch of what `drempel diff` says, by its English."""

from collections.abc import Mapping
from typing import Final

CHANGES: Final[Mapping[str, str]] = {
    # How something became something else
    "{thing} is new.": "{thing} is nieuw.",
    "{thing} is new: {shown}": "{thing} is nieuw: {shown}",
    "{thing} is gone.": "{thing} is weg.",
    "{thing}: {field} is new: {new}.": "{thing}: {field} is nieuw: {new}.",
    "{thing}: {field} is gone (was {old}).": "{thing}: {field} is weg (was {old}).",
    "{thing}: {field} is now {new} (was {old}).": (
        "{thing}: {field} is nu {new} (was {old})."
    ),
    "{thing}: to {field} is added {some}.": "{thing}: bij {field} komt {some}.",
    "{thing}: from {field} is gone {some}.": "{thing}: uit {field} is weg: {some}.",
    "{thing}: {field} has another order now: {some}.": (
        "{thing}: nieuwe volgorde van {field}: {some}."
    ),
    "yes": "ja",
    "no": "nee",
    # Questions
    "Question *{name}*": "Vraag *{name}*",
    "Question *{old}* is called *{new}* now.": "Vraag *{old}* heet nu *{new}*.",
    "{thing} stands in flow *{new}* now (was *{old}*).": (
        "{thing} staat nu in flow *{new}* (was *{old}*)."
    ),
    "the text": "de tekst",
    "the help text (again)": "de hulp bij niet begrijpen (again)",
    "the reason (why)": "de uitleg (why)",
    "the short name": "de korte naam",
    "the kind": "de soort",
    "the days that fit (within)": "het bereik in dagen (within)",
    "the smallest number": "het kleinste getal",
    "the largest number": "het grootste getal",
    "answer *{name}*": "antwoord *{name}*",
    "the words for *{name}*": "de woorden voor *{name}*",
    "{thing}: answer *{answer}* is new.": "{thing}: antwoord *{answer}* is nieuw.",
    "{thing}: answer *{answer}* is new and leads to {to}.": (
        "{thing}: antwoord *{answer}* is nieuw en leidt naar {to}."
    ),
    "{thing}: answer *{answer}* is gone.": "{thing}: antwoord *{answer}* is weg.",
    "{thing}: answer *{old}* is called *{new}* now.": (
        "{thing}: antwoord *{old}* heet nu *{new}*."
    ),
    "{thing}: the answers stand in another order now: {some}.": (
        "{thing}: de antwoorden staan nu in deze volgorde: {some}."
    ),
    "the advice right after it": "het advies meteen erna",
    "at every answer": "bij elk antwoord",
    "Flow *{name}*": "Flow *{name}*",
    "flow *{name}*": "flow *{name}*",
    "*{name}*": "*{name}*",
    "the first question": "de eerste vraag",
    "the title": "de titel",
    "Fact *{name}*": "Feit *{name}*",
    "the condition": "de voorwaarde",
    "“Come back” button *{name}*": "Knop na het advies *{name}*",
    "the button": "de knop",
    "the words": "de woorden",
    "the answers it gives": "wat hij antwoordt",
    "{first} to {last}": "{first} tot {last}",
    "yesterday": "gisteren",
    "tomorrow": "morgen",
    "{count} days ago": "{count} dagen geleden",
    "in {count} days": "over {count} dagen",
    "The old names (renamed)": "De oude namen (renamed)",
    # Where answers lead
    "{thing}: answers {answers} lead to {new} now (was {old}).": (
        "{thing}: antwoorden {answers} leiden nu naar {new} (was {old})."
    ),
    "{thing}: answer *{answer}* leads to {new} now (was {old}).": (
        "{thing}: antwoord *{answer}* leidt nu naar {new} (was {old})."
    ),
    "{thing} leads to {new} now (was {old}).": (
        "{thing} leidt nu naar {new} (was {old})."
    ),
    "{thing} leads to {new} now (was {old}), if {when}.": (
        "{thing} leidt nu naar {new} (was {old}), als {when}."
    ),
    "the advice": "het advies",
    "nothing else fits": "niets anders past",
    "{thing}: there is a way to {to} now, if {when}.": (
        "{thing}: er is nu een weg naar {to}, als {when}."
    ),
    "{thing}: the way to {to} is gone (was if {when}).": (
        "{thing}: de weg naar {to} is weg (was als {when})."
    ),
    "{thing}: the way to {to} is taken if {new} now (was {old}).": (
        "{thing}: de weg naar {to} geldt nu als {new} (was {old})."
    ),
    "{thing}: the ways are tried in another order.": (
        "{thing}: de wegen staan nu in een andere volgorde."
    ),
    # Advice
    "Card *{name}*": "Kaart *{name}*",
    "{card}, step {number}": "{card}, stap {number}",
    "{card}, note {number}": "{card}, opmerking {number}",
    "today": "vandaag",
    "within three days": "binnen drie dagen",
    "this week": "deze week",
    "this month": "deze maand",
    "the urgency": "de haast",
    "the urgency if {when}": "de haast als {when}",
    "the rule for “{urgency}” sooner": "de regel voor eerder “{urgency}”",
    "the organisations": "de organisaties",
    "the legal dates": "de termijnen",
    "the condition of *{name}*": "de voorwaarde van *{name}*",
    "the letter": "de brief",
    "the days it holds": "de tijd waarin het geldt",
    "“beside” (next to another)": "“beside” (naast een ander advies)",
    "“before” (comes first)": "“before” (komt eerst)",
    "the sources": "de bronnen",
    "the rows (row)": "de rijen (row)",
    "why no card names it": "waarom geen kaart hem noemt",
    "the reviewer": "wie het nakeek",
    "what to do": "wat te doen",
    "whom to reach": "wie te bellen",
    "what to say": "wat te zeggen",
    "what to bring": "wat mee te nemen",
    # Organisations
    "Organisation *{name}*": "Organisatie *{name}*",
    "{thing}, reason {number}": "{thing}, reden {number}",
    "Desk *{name}*": "Loket *{name}*",
    "The number of *{name}* is now {new} (was {old}).": (
        "Het nummer van *{name}* is nu {new} (was {old})."
    ),
    "*{name}* has a number now: {new}.": "*{name}* heeft nu een nummer: {new}.",
    "*{name}* has no number any more (was {old}).": (
        "*{name}* heeft geen nummer meer (was {old})."
    ),
    "the name": "de naam",
    "what it helps with": "waarmee zij helpt",
    "whom it helps (serves)": "voor wie zij er is (serves)",
    "the way to reach it": "de weg erheen (reach)",
    "the name in a municipality": "de naam in een gemeente",
    "the way to reach it in a municipality": "de weg erheen in een gemeente",
    "the opening hours": "de openingstijd",
    "the opening hours in words": "de openingstijd in woorden",
    "what it costs": "de prijs",
    "the web page": "de website",
    "the languages": "de talen",
    "the ways of contact (channels)": "de manieren van contact (channels)",
    "the region": "het gebied",
    "“local” (in each municipality)": "“local” (in elke gemeente)",
    "“emergency”": "“emergency” (bij nood)",
    "“only if”": "“only_if” (alleen als)",
    "the source": "de bron",
    "the certainty": "de zekerheid",
    "who dialled the number": "wie het nummer belde",
    "the day somebody dialled the number": "de dag waarop iemand het nummer belde",
    # The law
    "Period *{name}*": "Termijn *{name}*",
    "{thing} ({valid})": "{thing} ({valid})",
    "{number} {unit}": "{number} {unit}",
    "days": "dagen",
    "weeks": "weken",
    "months": "maanden",
    "working days": "werkdagen",
    "the length": "de lengte",
    "the day it counts from": "de begindag",
    "the direction": "de richting",
    "the least number of working days": "het minste aantal werkdagen",
    "the family must act (act)": "de familie moet iets doen (act)",
    "somebody else must act (answer)": "een ander moet iets doen (answer)",
    "not before that day (earliest)": "niet eerder dan die dag (earliest)",
    "the text when it is over": "de tekst na die dag",
    "the text when the day is unknown": "de tekst zonder begindag",
    "the text of doubt": "de tekst bij twijfel",
    "on to a working day (rolls_forward)": "door tot een werkdag (rolls_forward)",
    "the day after it (day_after)": "de dag erna (day_after)",
    "never on a day of rest": "nooit op een rustdag",
    "The calendar": "De kalender",
    "the decreed free days": "de vrije dagen bij besluit",
    "holiday *{name}*": "feestdag *{name}*",
    "{days} days from Easter Sunday": "{days} dagen vanaf eerste paasdag",
    "{day}, valid {valid}": "{day}, geldig {valid}",
    "the first day it knows": "de eerste dag die zij kent",
    "the last day it knows": "de laatste dag die zij kent",
    "Source *{name}*": "Bron *{name}*",
    "what it says": "wat er staat",
    "where it was read": "waar het is gelezen",
    "the open question": "de open vraag",
    "the row {valid}": "de rij van {valid}",
    # Words
    "Crisis *{name}*": "Noodwoorden *{name}*",
    "what is said": "wat de bot zegt",
    "the words it hears": "de woorden",
    "“ends” (the conversation stops)": "“ends” (het gesprek stopt)",
    "The crisis words": "De noodwoorden",
    "the order": "de rij",
    "Words *{name}*": "Woorden *{name}*",
    "The words that work everywhere": "De woorden die overal werken",
    "The languages": "De talen",
    "language *{name}*": "taal *{name}*",
    "The words for days and numbers ({language})": (
        "De woorden voor dagen en getallen ({language})"
    ),
    "the known words": "de bekende woorden",
    "{thing}: these mean something else now: {some}.": (
        "{thing}: deze betekenen nu iets anders: {some}."
    ),
    "The hard words ({language})": "De moeilijke woorden ({language})",
    "the list": "de lijst",
    "instead of *{name}*": "in plaats van *{name}*",
    # Places
    "The places": "De plaatsen",
    "{count} {what} are new: {some}.": "Nieuw: {count} {what}: {some}.",
    "{count} {what} are gone: {some}.": "Weg: {count} {what}: {some}.",
    "{count} {what} are different now: {some}.": "Nu anders: {count} {what}: {some}.",
    "municipalities": "gemeenten",
    "postcodes": "postcodes",
    "names of places": "plaatsnamen",
    # Translations
    "Translation *{language}*": "Vertaling *{language}*",
    "1 translation (*{language}*) is outdated.": (
        "1 vertaling (*{language}*) is verouderd."
    ),
    "{count} translations (*{language}*) are outdated.": (
        "{count} vertalingen (*{language}*) zijn verouderd."
    ),
    "New and not translated yet (*{language}*): {count}.": (
        "Nieuw en nog niet vertaald (*{language}*): {count}."
    ),
    "Translated now (*{language}*): {count}.": "Nu vertaald (*{language}*): {count}.",
    # Who hears something else
    "other advice": "ander advies",
    "another urgency": "andere haast",
    "other organisations": "andere organisaties",
    "other legal dates": "andere termijnen",
    "{part} ({count})": "{part} ({count})",
    "{some}, {part}": "{some}, {part}",
    "Who is asked what, and who hears what, stays the same.": (
        "Wie welke vraag krijgt, en wie welk advies hoort, blijft gelijk."
    ),
    "None of {drawn} households (by lot) hears something else at the end.": (
        "Van {drawn} gezinnen (door loting) hoort niemand aan het eind iets anders."
    ),
    "Who hears something else now? {count} of {drawn} households (by lot): {parts}.": (
        "Wie hoort nu iets anders? Van {drawn} gezinnen (door loting) {count}: {parts}."
    ),
    "more than before": "meer dan eerst",
    "fewer than before": "minder dan eerst",
    "as many, but others": "even veel, maar andere",
    "Who gets other questions? {count} of {drawn} households (by lot): {parts}.": (
        "Wie krijgt nu andere vragen? Van {drawn} gezinnen (door loting) {count}:"
        " {parts}."
    ),
    "The questions run in a circle: drempel check says where.": (
        "De vragen lopen in een kring. Waar, dat zegt drempel check."
    ),
    "1 way has {new} questions now; the longest had {old}.": (
        "1 weg heeft nu {new} vragen; de langste had er {old}."
    ),
    "{count} ways have {new} questions now; the longest had {old}.": (
        "{count} wegen hebben nu {new} vragen; de langste had er {old}."
    ),
    "The longest way has {new} questions now (was {old}).": (
        "De langste weg heeft nu {new} vragen (was {old})."
    ),
    "Half of the families get at most {new} questions now (was {old}).": (
        "De helft van de gezinnen krijgt nu hoogstens {new} vragen (was {old})."
    ),
    "The shortest of them heard: {what}.": "Het kortste daarvan hoorde: {what}.",
    "Now it hears: {what}.": "Nu hoort het: {what}.",
    "no advice": "geen advies",
    "; {days}": "; {days}",
    "{urgency}: {cards}; {organisations}{days}": (
        "{urgency}: {cards}; {organisations}{days}"
    ),
    # The report
    "For families nothing changes.": "Voor families verandert er niets.",
    "Of what could be read, nothing changes for families.": (
        "Van wat gelezen kon worden, verandert er voor families niets."
    ),
    "For families, since {revision}:": "Voor families, sinds {revision}:",
    "For volunteers, since {revision}:": "Voor vrijwilligers, sinds {revision}:",
    "What they notice:": "Wat zij daarvan merken:",
    "The order of cards or organisations is another one.": (
        "De volgorde van kaarten of organisaties is anders."
    ),
    "This household, to paste into a scenario file:": (
        "Dit gezin, om in een scenario te plakken:"
    ),
    "The content of now": "De inhoud van nu",
    "The content at {revision}": "De inhoud bij {revision}",
    "{content} has {errors}: what could not be read seems to come or go here.": (
        "{content} heeft {errors}: wat niet gelezen kon worden, lijkt hier te"
        " komen of te gaan."
    ),
    "So nobody could try out what families hear.": (
        "Wat families horen, is daarom niet uitgeprobeerd."
    ),
    "{content} cannot be read ({why}).": "{content} kan niet worden gelezen ({why}).",
    "{file} is missing": "{file} ontbreekt",
    # content/at_revision.py
    "There was no folder flows/ at {revision} here.": (
        "Bij {revision} was hier nog geen map flows/."
    ),
    "git knows no revision “{revision}” here. Try HEAD, HEAD~1 or main.": (
        "Git kent hier geen versie “{revision}”. Probeer HEAD, HEAD~1 of main."
    ),
    "{folder} is in no repository of git that can be read ({said}).": (
        "{folder} staat niet in een map van git die gelezen kan worden ({said})."
    ),
    "There is no folder {folder}.": "De map {folder} is er niet.",
    "git is not installed here; the older content comes from git.": (
        "Git staat niet op deze computer. De oude versie komt uit git."
    ),
    "The content of then cannot be unpacked ({why}).": (
        "De oude versie kan niet worden uitgepakt ({why})."
    ),
    # What authors write for each other
    "Scenario *{name}*": "Scenario *{name}*",
    "the day": "de dag",
    "what is typed": "wat er wordt getypt",
    "the answer to *{name}*": "het antwoord op *{name}*",
    "the expected urgency": "de verwachte haast",
    "the expected advice": "het verwachte advies",
    "the expected organisations": "de rij van verwachte organisaties",
    "the expected legal dates": "de rij van verwachte termijnen",
    "the expected questions": "de rij van verwachte vragen",
    "the expected crisis": "het verwachte noodwoord",
    "Promise *{name}*": "Belofte *{name}*",
    "the number at once": "het nummer meteen",
}
