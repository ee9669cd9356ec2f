"""What an editor says of each key and each fixed word: one Dutch sentence."""

from collections.abc import Mapping
from typing import Final

SOURCE: Final = "Waar het staat: een lijst van namen uit law/sources.yaml."
CERTAINTY: Final = "Hoe zeker wij dit weten."
REVIEWED: Final = "no, of naam en dag van de jurist die dit nakeek."
VALID: Final = "Van welke dag tot en met welke dag dit geldt."
IF: Final = "Een voorwaarde. Zonder if: voor iedereen."
URGENCY: Final = "Hoe snel het moet."
CHECKED: Final = "De dag waarop een mens belde, en wie: 2026-12-03 by JV. Of never."
PHONE: Final = "Het nummer: alleen cijfers, spaties en streepjes."
REACH: Final = "Zonder nummer: hoe de familie hen vindt."
HOURS: Final = "Openingstijden voor de computer: ma-vr 09:00-17:00, of 24/7."
HOURS_TEXT: Final = "Dezelfde tijden in woorden, voor de familie."
WORDS: Final = "Andere woorden die een familie kan typen."
LABEL: Final = "De tekst op de knop: een plaatje, en samen hoogstens 20 tekens."

KEYS: Final[Mapping[str, Mapping[str, str]]] = {
    "FlowFile": {
        "flow": "De naam van dit bestand voor andere flows.",
        "title": "Het onderwerp, in gewone woorden.",
        "start": "De vraag waarmee deze flow begint.",
        "questions": "De vragen, elk met een eigen naam die nergens anders staat.",
        "facts": "Wat uit de antwoorden volgt: een naam, en een voorwaarde.",
        "renamed": "Oude namen, zodat families midden in een gesprek verder kunnen.",
        "follow_ups": "Waarmee een familie na het advies kan terugkomen.",
    },
    "QuestionEntry": {
        "ask": "De vraag zelf, liefst onder 160 tekens.",
        "kind": "De soort vraag.",
        "again": "Andere woorden voor de vraag, als het antwoord niet begrepen is.",
        "why": "Een korte regel onder de vraag: waarom wij dit vragen.",
        "short": "Hoe de vraag heet in de samenvatting. Zonder short blijft zij weg.",
        "answers": "De knoppen: links een korte Engelse naam, rechts de tekst.",
        "unsure": "Een eigen tekst voor de knop “Weet ik niet”.",
        "within": "Alleen bij date: de vroegste en de laatste dag die past.",
        "limits": "Alleen bij number en money: het kleinste en het grootste getal.",
        "first_advice": "Een voorwaarde: klopt zij, dan komt alvast hulp. yes: altijd.",
        "next": "Waar het verder gaat: een vraag, advice, of een rij wegen.",
    },
    "AnswerEntry": {"label": LABEL, "words": WORDS},
    "RouteEntry": {
        "if": "Voor wie deze weg is. De laatste weg heeft geen if.",
        "go": "De vraag in dit bestand die dan komt, of advice.",
        "flow": "De flow die dan begint.",
    },
    "FollowUpEntry": {
        "label": LABEL,
        "answers": "De antwoorden die veranderen: links de vraag, rechts het antwoord.",
        "words": WORDS,
    },
    "RenamedEntry": {
        "questions": "Links de oude naam van een vraag, rechts de nieuwe.",
        "answers": "Links vraag.oud_antwoord, rechts het nieuwe antwoord.",
    },
    "ValidEntry": {
        "from": "De eerste dag, geschreven als 2026-12-03.",
        "until": "De laatste dag. Zonder until is er geen einde.",
    },
    "AdviceFile": {"advice": "De kaarten, elk met een eigen naam."},
    "CardEntry": {
        "row": "Kenmerken van ons, zodat kaart en bron bij elkaar te vinden zijn.",
        "if": "Voor wie deze kaart geldt.",
        "urgency": URGENCY,
        "say": "Het advies in een paar zinnen, liefst onder 400 tekens.",
        "steps": "Een tot drie stappen, in volgorde.",
        "source": SOURCE,
        "reviewed": REVIEWED,
        "valid": "Alleen als de kaart maar een tijd geldt.",
        "sooner": "Wanneer het sneller moet. De eerste regel die klopt, telt.",
        "notes": "Opmerkingen. Met if alleen voor wie het geldt.",
        "organisations": "Wie helpt, in volgorde.",
        "deadlines": "Welke termijnen hierbij horen.",
        "beside": "yes: naast de dringendste kaart, niet in plaats daarvan.",
        "before": "yes: vóór alle andere kaarten.",
        "letter": "Een brief om te kopiëren. Zet … waar de familie iets invult.",
    },
    "StepEntry": {
        "do": "Wat de familie doet.",
        "who": "Wie zij belt: de naam van een organisatie.",
        "words": "Een of twee zinnen om voor te lezen aan de telefoon.",
        "bring": "Wat klaar moet liggen.",
    },
    "NoteEntry": {"say": "De opmerking.", "if": IF},
    "CardDeadlineEntry": {
        "rule": "De naam van een termijn uit law/deadlines.yaml.",
        "if": "Voor wie de termijn geldt.",
    },
    "OrganisationsFile": {
        "organisations": "De organisaties, elk met een eigen naam.",
    },
    "OrganisationEntry": {
        "name": "De naam zoals de familie die kent.",
        "name_here": "De naam, met {place}: voor wie haar plaats noemde.",
        "helps": "Waarmee zij helpen, in een of twee zinnen.",
        "serves": "Voor wie zij er zijn, als dat niet voor iedereen is.",
        "phone": PHONE,
        "reach": REACH,
        "reach_here": "Hetzelfde als reach, met {place}: voor wie haar plaats noemde.",
        "hours": HOURS,
        "hours_text": HOURS_TEXT,
        "web": "De website, met https:// ervoor.",
        "cost": "Wat het kost, of gratis.",
        "languages": "In welke talen zij helpen, zoals nl en en. mul: in veel talen.",
        "channels": "Hoe het contact gaat.",
        "where": "De namen van gemeenten, of nl voor heel Nederland.",
        "local": "yes: in elke gemeente een ander, zoals het wijkteam.",
        "only_if": "Klopt deze voorwaarde zeker niet, dan ziet de familie hen nooit.",
        "when": "Voor wie zij passen, en waarom. De laatste regel heeft geen if.",
        "source": "Waar je dit vond, en wanneer.",
        "certainty": CERTAINTY,
        "checked": CHECKED,
        "emergency": "yes: een nummer voor nood.",
    },
    "WhenEntry": {
        "because": "De reden: één zin die met “Omdat” begint.",
        "if": IF,
    },
    "CrisisFile": {"crisis": "Wat voor alles gaat, elk met een eigen naam."},
    "CrisisEntry": {
        "words": "Waar de bot op let. {age}: een leeftijd, *: elk eind van een woord.",
        "say": "Wat de bot dan meteen zegt.",
        "organisations": "Wie erbij staat.",
        "ends": "yes: de vragen stoppen.",
    },
    "WordsFile": {
        "texts": "De teksten van het gesprek zelf. Verander de namen links niet.",
        "global_words": "Woorden die overal werken, zoals terug en stop.",
        "yes": "Wat als ja telt.",
        "no": "Wat als nee telt.",
        "unsure": "Wat als “Weet ik niet” telt, bij elke vraag.",
        "languages": "Hoe elke taal zichzelf noemt.",
    },
    "ScenariosFile": {"scenarios": "De gezinnen om na te spelen."},
    "ScenarioEntry": {
        "name": "Wie het is, in één regel.",
        "today": "De dag waarop het speelt, geschreven als 2026-12-03.",
        "answers": "De antwoorden, zoals een familie ze typt: links de vraag.",
        "says": "Wat de familie meteen typt.",
        "expect": "Wat eruit moet komen. Wat je niet noemt, wordt niet vergeleken.",
    },
    "ExpectEntry": {
        "urgency": URGENCY,
        "advice": "De kaarten, in volgorde.",
        "organisations": "Wie het eerst moet komen, in volgorde.",
        "deadlines": "Links een termijn, rechts haar laatste dag.",
        "questions": "Welke vragen de familie krijgt, in volgorde.",
        "crisis": "Welke hulp uit crisis.yaml moet komen.",
    },
    "PromisesFile": {"promises": "Wat wij elk gezin beloven."},
    "PromiseEntry": {
        "name": "De belofte in één regel.",
        "if": "Voor welke gezinnen de belofte geldt.",
        "expect": "Wat die gezinnen horen.",
    },
    "PromisedEntry": {
        "urgency": "Zo snel moet het zeker.",
        "advice": "Deze kaarten staan erbij. Andere mogen er ook staan.",
        "organisations": "Zij staan in een stap, of in de lijst van vier.",
        "deadlines": "Deze termijnen worden genoemd.",
        "number_at_once": "yes: het eerstvolgende bericht noemt een nummer.",
    },
    "SourcesFile": {"sources": "De bronnen. Verandert een wet: twee rijen."},
    "SourceEntry": {
        "kind": "Wat voor bron het is.",
        "name": "De hele naam van de wet, de rechter of de organisatie.",
        "says": "Wat er staat, in één gewone zin.",
        "seen": "Waar het gelezen is, en welke tekst.",
        "certainty": CERTAINTY,
        "valid": VALID,
        "reviewed": REVIEWED,
        "open": "Wat een jurist nog moet zeggen.",
    },
    "CalendarFile": {
        "calendar": "Welke kalender dit is: nl.",
        "known_from": "De eerste dag waarvoor deze lijst klopt.",
        "known_until": "De laatste dag waarvoor deze lijst klopt.",
        "holidays": "Feestdagen die elk jaar terugkomen.",
        "decreed": "Dagen die met een feestdag gelijk zijn gesteld.",
    },
    "HolidayEntry": {
        "name": "De naam van de feestdag.",
        "date": "Een vaste dag, zoals {day: 27, month: 4}.",
        "easter": "Een dag rond Pasen, zoals 1 day after.",
        "on_sunday": "Waarheen de dag gaat als hij op zondag valt.",
        "source": SOURCE,
        "certainty": CERTAINTY,
        "valid": VALID,
        "reviewed": REVIEWED,
    },
    "DateOfYearEntry": {
        "day": "De dag, als getal.",
        "month": "De maand, als getal.",
    },
    "DecreeEntry": {
        "name": "Waarom deze dagen niet tellen.",
        "days": "De dagen, geschreven als 2026-12-03.",
        "source": SOURCE,
        "certainty": CERTAINTY,
        "valid": VALID,
        "reviewed": REVIEWED,
    },
    "DeadlinesFile": {"deadlines": "De termijnen. Verandert de wet: twee rijen."},
    "RuleEntry": {
        "name": "Hoe de termijn heet voor de familie.",
        "from": "Het antwoord met de dag waarop het begon, of today.",
        "kind": "Wie iets moet doen.",
        "count": "Hoe lang, zoals 3 working days, 14 days, 6 weeks, 3 months.",
        "untold": "Waarom nog geen kaart deze termijn noemt.",
        "direction": "back: tellen vóór de dag. Zonder dit: erna.",
        "rolls_forward": "yes: een weekend of feestdag wordt de eerste werkdag daarna.",
        "least_working_days": "Zo veel werkdagen moeten er ten minste in zitten.",
        "day_after": "yes: het gaat om de dag na de termijn.",
        "never_on_rest_days": "yes: nooit op een zondag of feestdag.",
        "say": "Wat de familie hoort zolang de dag nog komt.",
        "over": "Wat de familie hoort als de dag voorbij is.",
        "unknown": "Wat de familie hoort als de begindag niet bekend is.",
        "uncertain": "Wat nog niet zeker is, in één zin voor de familie.",
        "source": SOURCE,
        "certainty": CERTAINTY,
        "valid": "Voor begindagen vanaf from, en zo nodig tot en met until.",
        "reviewed": REVIEWED,
    },
    "PlainWordsFile": {
        "plain_words": "Per taal: links het moeilijke woord, rechts het gewone.",
    },
    "SpellingsFile": {
        "spellings": "Links een plaats, rechts andere schrijfwijzen, met komma’s.",
    },
    "ChangesFile": {
        "changes": "Gemeenten die samengaan: links de code van de oude.",
        "repairs": "Fouten in de lijst van GeoNames.",
        "names": "Namen van gemeenten die bij GeoNames niet goed staan: links de code.",
        "borders": "Postcodes die vreemd lijken, maar echt op een grens liggen.",
    },
    "ChangeEntry": {
        "name": "Hoe de gemeente nu heet.",
        "into": "De code van de gemeente waar zij naartoe gaat.",
        "from": "De dag waarop dat gebeurt, geschreven als 2026-12-03.",
        "source": "Waar je dit vond, en wanneer.",
        "certainty": CERTAINTY,
        "unsure": "Wat nog iemand moet nakijken.",
        "new": "yes: de gemeente van into begint die dag pas.",
    },
    "RepairEntry": {
        "postcodes": "Vier cijfers, of een eerste en een laatste: 3221-3225.",
        "why": "Waarom dit nodig is.",
        "decided": "De dag waarop dit besloten is.",
        "add": "De code van de gemeente die erbij komt.",
        "drop": "De code van de gemeente die eraf gaat.",
    },
    "MunicipalityFile": {
        "municipality": "De naam, precies zoals in places/municipalities.csv.",
        "code": "De code: GM en vier cijfers.",
        "web": "De website, met https:// ervoor.",
        "email": "Het e-mailadres van de gemeente.",
        "desks": "Wie hier helpt: links de naam van een organisatie.",
    },
    "DeskEntry": {
        "name": "Hoe zij hier heten, als dat anders is.",
        "phone": PHONE,
        "reach": REACH,
        "hours": HOURS,
        "hours_text": HOURS_TEXT,
        "web": "De bladzijde over deze hulp, met https:// ervoor.",
        "source": "Waar je dit vond, en wanneer.",
        "certainty": CERTAINTY,
        "checked": CHECKED,
    },
}  # fmt: skip
"""By the name of a model, and the key that an author writes."""

FIXED_WORDS: Final[Mapping[str, str]] = {
    "yes": "ja",
    "no": "nee",
    # kind of a question
    "choice": "één uit een paar",
    "choices": "meer dan één uit een paar",
    "yes_no": "ja of nee",
    "number": "een heel getal",
    "money": "een bedrag in euro’s",
    "date": "een dag",
    "time_since": "hoe lang al",
    "place": "postcode of plaats",
    "children": "kinderen thuis, met hun leeftijden",
    # urgency
    "now": "vandaag",
    "three_days": "binnen drie dagen",
    "week": "deze week",
    "month": "deze maand",
    # channels
    "phone": "aan de telefoon",
    "chat": "via chat",
    "desk": "aan een balie",
    "web": "op de website",
    "visit": "zij komen thuis",
    # certainty
    "verified": "zelf gelezen bij de organisatie of in de wet",
    "verified_2017": "zelf gelezen, maar alleen in een tekst van 2017",
    "secondary": "gelezen bij een ander",
    "general": "algemeen bekend, niet nagekeken",
    # kind of a source
    "article": "wet of verdrag",
    "decree": "besluit of regeling",
    "case": "uitspraak van een rechter",
    "amount": "een bedrag",
    "page": "bladzijde of onderzoek",
    "practice": "praktijk, of een brief van het gezin zelf",
    # kind and direction of a deadline
    "act": "de familie moet iets doen",
    "answer": "een ander moet iets doen",
    "earliest": "iets mag niet eerder",
    "forward": "tellen na de dag",
    "back": "tellen vóór de dag",
    # a holiday on a Sunday
    "the day before": "de dag ervoor",
    "the day after": "de dag erna",
    "": "hij blijft op zondag",
}

WRITTEN_SO: Final[Mapping[str, str]] = {
    r"^[a-z][a-z0-9_]*$": "Een naam heeft alleen kleine letters, cijfers en _.",
    r"^[0-9]+$": "Schrijf een heel getal.",
    r"^(no|.+, [0-9]{4}-[0-9]{2}-[0-9]{2})$": (
        "Schrijf no, of wie het nakeek en wanneer: mr. A. Voorbeeld, 2026-12-03."
    ),
    r"^[0-9][0-9 -]*$": "Schrijf alleen cijfers, spaties en streepjes.",
    r"^https://\S+$": "Schrijf het hele adres, met https:// ervoor.",
    r"^\S+@\S+$": "Schrijf een e-mailadres.",
    r"^[a-z]{2,3}$": "Schrijf een taal als nl of en, of mul voor veel talen.",
    r"^GM[0-9]{4}$": "Schrijf GM en vier cijfers, zoals GM0363.",
    r"^[1-9][0-9]{3}(-[1-9][0-9]{3})?$": "Schrijf vier cijfers, of 3221-3225.",
    r"^[0-9]+ days? (before|after)$": "Schrijf bijvoorbeeld 1 day after.",
    r"^([0-9]+|[a-z][a-z0-9_]*) (days?|weeks?|months?|working days?)$": (
        "Schrijf bijvoorbeeld 14 days, 6 weeks of 3 working days."
    ),
}
"""What an editor says when something is not written like this pattern."""
