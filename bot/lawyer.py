"""The page for the lawyer: every legal statement that families can read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Final

from bot.advice import Card
from bot.conversation.sampling import households
from bot.law.calendar import Valid
from bot.law.deadlines import CERTAINTIES, Certainty, Rule
from bot.law.sources import Source
from bot.library import Library
from bot.organisations import Organisation
from bot.outcome import Due, outcome
from bot.translations import Text

DRAWN: Final = 2_000
SEED: Final = 1
ON: Final = date(2026, 11, 24)
"""The day on which the drawn households live: the page may not change by itself."""

SURE: Final[Mapping[Certainty, str]] = {
    "verified": "gelezen in de tekst zelf",
    "verified_2017": "alleen in een tekst van 2017",
    "secondary": "gelezen bij een derde",
    "general": "algemene kennis, niet gelezen",
}
KINDS: Final = {
    "act": "het gezin moet iets doen",
    "answer": "een ander moet iets doen",
    "earliest": "iets mag niet eerder",
}
UNITS: Final = {
    "days": "dagen",
    "weeks": "weken",
    "months": "maanden",
    "working days": "werkdagen",
}
URGENCIES: Final = {
    "now": "vandaag",
    "three_days": "binnen drie dagen",
    "week": "deze week",
    "month": "deze maand",
}
NOBODY: Final = "nog niemand"

TOP = """\
# Voor de jurist: wat de bot over de wet zegt

Deze bladzijde is gemaakt met `drempel lawyer --write`. Verander haar niet met de
hand: verander `flows/`, en maak haar opnieuw.

Hier staat elke zin over rechten en termijnen die een gezin kan lezen. Wat het vaakst
getoond wordt, staat boven. Om dat te tellen zijn {drawn} gezinnen geloot, op {on}.
Zij beantwoorden alle vragen op een willekeurige manier. Dat zegt hoe breed een weg is,
niet hoeveel gezinnen er in het echt komen.

## Hoe u tekent

1. Lees van een onderdeel de zinnen, de bronnen en de open vragen.
2. Klopt alles? Zet een kruisje bij *akkoord*, met naam en datum. Klopt iets niet?
   Schrijf erbij wat er moet staan.
3. Een vrijwilliger zet dat over in het bestand dat erbij staat. Bij de kaart of de
   termijn komt `reviewed: mr. X, 2026-12-03` in plaats van `reviewed: no`. Keek u ook
   een bron na? Dan komt dat zo bij die bron in `flows/law/sources.yaml`. Is een open
   vraag beantwoord, dan gaat `open:` daar weg. Zo nodig veranderen `says`, `certainty`
   of `valid` mee.
4. Daarna maakt `drempel lawyer --write` deze bladzijde opnieuw. Verandert later een
   zin, dan hoort `reviewed` weer op `no`.

Woorden tussen accolades vult de bot in: `{{court_date}}` is een antwoord van het gezin,
`{{last_day}}` de berekende dag, `{{safe_day}}` de veilige dag ervoor,
`{{geldfit_phone}}` een telefoonnummer. Na *alleen als* staat voor wie de zin is.
"""


SOURCES_HEAD = (
    "| bron | wat er staat | hoe zeker | gelezen in | nagekeken |",
    "|---|---|---|---|---|",
)


@dataclass(frozen=True, slots=True)
class Group:
    """One card or one period: what is signed together."""

    id: str
    title: str
    shown: int
    file: str
    about: tuple[str, ...]
    said: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: str


@dataclass(slots=True)
class Shown:
    """How many households read each card and each period."""

    cards: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    organisations: Counter[str] = field(default_factory=Counter)


def lawyer_page(library: Library) -> str:
    """The same for the same content: nothing in it depends on the clock."""
    groups = sorted(_groups(library), key=lambda one: (-one.shown, one.id))
    top = TOP.format(drawn=_number(DRAWN), on=_day(ON))
    parts = (_section(library, n, one) for n, one in enumerate(groups, start=1))
    return "\n".join([top, *_overview(library, groups), *parts])


def _groups(library: Library) -> Iterator[Group]:
    shown = _shown(library)
    for card in library.cards:
        yield _of_card(library, card, shown.cards[card.id])
    for rows in library.deadlines.values():
        yield _of_rule(library, rows, shown.rules[rows[0].id])
    yield _of_organisations(library, shown.organisations)


def _shown(library: Library) -> Shown:
    found = Shown()
    for one in islice(households(library, ON, SEED), DRAWN):
        told = outcome(library, one.facts(library))
        found.cards.update(held.card.id for held in told.held)
        found.rules.update(due.rule.id for due in told.dues if _is_read(due))
        found.organisations.update(one.id for one in told.organisations)
    return found


def _is_read(due: Due) -> bool:
    return due.deadline is not None or due.rule.kind == "act"


def _of_card(library: Library, card: Card, shown: int) -> Group:
    sooner = (
        f"{URGENCIES[urgency]} als `{_line(one.source)}`"
        for urgency, one in card.sooner
    )
    urgency = "; ".join([URGENCIES[card.urgency], *sooner])
    beside = " Komt naast een ander advies." if card.beside else ""
    return Group(
        id=card.id,
        title=f"Advies `{card.id}` ({', '.join(card.row)})",
        shown=shown,
        file=_file(library, card.say),
        about=(
            f"Alleen als: `{_line(card.condition.source)}`.{beside}",
            f"Hoe snel: {urgency}.",
            *((f"Geldt {_span(card.valid)}.",) if card.valid else ()),
        ),
        said=tuple(_card_lines(card)),
        sources=card.source,
        reviewed=card.reviewed,
    )


def _card_lines(card: Card) -> Iterator[str]:
    yield card.say.nl
    for note in card.notes:
        when = note.condition
        only = f" (alleen als `{_line(when.source)}`)" if when else ""
        yield f"{note.say.nl}{only}"
    for number, step in enumerate(card.steps, start=1):
        yield f"Stap {number}: {step.do.nl} Zeg: “{step.words.nl}”"
    if card.letter:
        yield f"Brief om te sturen: {card.letter.nl}"


def _of_organisations(library: Library, shown: Counter[str]) -> Group:
    """What stands beside names and numbers also says what someone must do."""
    told = sorted(library.organisations.values(), key=lambda one: -shown[one.id])
    return Group(
        id="organisations",
        title="Wat bij de organisaties staat",
        shown=DRAWN,
        file="flows/organisations",
        about=("De bron van elk staat in het bestand, bij de organisatie zelf.",),
        said=tuple(
            f"{one.name.nl} ({_families(shown[one.id])}): {' '.join(said)}"
            for one in told
            if (said := [text.nl for text in _texts(one)])
        ),
        sources=(),
        reviewed="",
    )


def _texts(one: Organisation) -> Iterator[Text]:
    yield one.helps
    yield from (text for text in (one.serves,) if text)
    yield from (row.because for row in one.when)


def _of_rule(library: Library, rows: Sequence[Rule], shown: int) -> Group:
    several = len(rows) > 1
    return Group(
        id=rows[0].id,
        title=f"Termijn `{rows[0].id}`: {rows[0].name.nl}",
        shown=shown,
        file=_file(library, rows[0].say),
        about=tuple(f"{_counting(row)} Geldt {_span(row.valid)}." for row in rows),
        said=tuple(
            f"{_span(row.valid)}: {line}" if several else line
            for row in rows
            for line in _rule_lines(row)
        ),
        sources=tuple(dict.fromkeys(name for row in rows for name in row.source)),
        reviewed="; ".join(dict.fromkeys(row.reviewed for row in rows if row.reviewed)),
    )


def _rule_lines(rule: Rule) -> Iterator[str]:
    yield f"Zolang het kan: {rule.say.nl}"
    yield f"Daarna: {rule.over.nl}"
    yield f"Zonder begindag: {rule.unknown.nl}"
    if rule.uncertain:
        yield f"Klein eronder: {rule.uncertain.nl}"


def _counting(rule: Rule) -> str:
    number = (
        f"het getal uit `{rule.count_fact}`" if rule.count_fact else rule.count.number
    )
    side = "voor" if rule.direction == "back" else "na"
    begins = " of anders ".join(f"`{name}`" for name in rule.from_)
    parts = [f"Telt {number} {UNITS[rule.count.unit]} {side} {begins}"]
    if rule.least_working_days:
        parts.append(f"met ten minste {rule.least_working_days} werkdagen erin")
    if rule.rolls_forward and rule.direction != "back":
        parts.append("door tot een werkdag")
    if rule.day_after:
        parts.append("en dan de dag erna")
    if rule.never_on_rest_days:
        parts.append("nooit op een zondag of feestdag")
    sure = SURE[rule.certainty]
    return f"{', '.join(parts)}. Soort: {KINDS[rule.kind]}. Hoe zeker: {sure}."


def _overview(library: Library, groups: Iterable[Group]) -> Iterator[str]:
    yield "## Overzicht\n"
    yield "| | onderdeel | gezinnen | zwakste bron | open vragen | nagekeken door |"
    yield "|---|---|---|---|---|---|"
    for number, one in enumerate(groups, start=1):
        rows = _rows(library, one)
        sure = (row.certainty for row in rows)
        weakest = max(sure, key=CERTAINTIES.index, default=CERTAINTIES[-1])
        asked = len({row.open for row in rows if row.open})
        yield (
            f"| {number} | [{one.id}](#{number}) | {_number(one.shown)}"
            f" | {SURE[weakest]} | {asked} | {one.reviewed or NOBODY} |"
        )
    yield ""


def _section(library: Library, number: int, group: Group) -> str:
    rows = _rows(library, group)
    questions = dict.fromkeys(f"{row.id}: {row.open}" for row in rows if row.open)
    return "\n".join(
        [
            f'<a id="{number}"></a>\n',
            f"## {number}. {group.title}\n",
            f"Te lezen door {_number(group.shown)} van de {_number(DRAWN)} gezinnen."
            f" Bestand: `{group.file}`. Nagekeken door: {group.reviewed or NOBODY}.\n",
            *(f"{line}\n" for line in group.about),
            *(f"* {_line(line)}" for line in group.said),
            "",
            *(SOURCES_HEAD if rows else ()),
            *map(_row, rows),
            "",
            *(["Open vragen:\n"] if questions else []),
            *(f"* {one}" for one in questions),
            *([""] if questions else []),
            _signature(group.reviewed),
        ]
    )


def _signature(reviewed: str) -> str:
    return f"- [{'x' if reviewed else ' '}] akkoord: {reviewed or 'naam, datum'}\n"


def _rows(library: Library, group: Group) -> list[Source]:
    return [row for name in group.sources for row in library.sources[name]]


def _row(row: Source) -> str:
    says = row.says if row.valid.until is None else f"{row.says} ({_span(row.valid)})"
    cells = (
        f"{row.id} ({row.name})" if row.name != row.id else row.id,
        says,
        SURE[row.certainty],
        row.seen,
        row.reviewed or NOBODY,
    )
    return "| " + " | ".join(_line(one).replace("|", "\\|") for one in cells) + " |"


def _file(library: Library, text: Text) -> str:
    return library.written_at[text.context].file


def _span(valid: Valid) -> str:
    until = f" tot en met {valid.until}" if valid.until else ""
    return f"vanaf {valid.from_}{until}"


def _line(words: str) -> str:
    return " ".join(words.split())


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def _families(count: int) -> str:
    return "1 gezin" if count == 1 else f"{_number(count)} gezinnen"


def _day(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
