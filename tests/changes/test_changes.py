"""Each sort of edit is told in its own words, and nothing else is told."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from bot.advice import Card, Step
from bot.changes import changes, law, organisations
from bot.changes.values import Change, Concern, Version
from bot.conversation.model import Question
from bot.desks import Desk
from bot.law.deadlines import Rule
from bot.law.sources import Source
from bot.library import Library
from bot.organisations import Organisation
from bot.problems import Place
from bot.translations import Text
from tests.changes.conftest import (
    Edit,
    called_otherwise,
    copied,
    edited,
    said,
    version,
)

NATIONAL = "organisations/national.yaml"
AMSTERDAM = "organisations/municipalities/amsterdam.yaml"
HEARING, DEADLINES = "advice/hearing.yaml", "law/deadlines.yaml"
MISSED = "Kaart *missed_known_day*"
LEGAL = "Organisatie *Het Juridisch Loket*"
FOURTEEN = "Termijn *fourteen_day_letter*"


@dataclass(frozen=True, slots=True)
class Case:
    """An edit of the shipped flows, and all that is said of it."""

    file: str
    old: str
    new: str
    lines: tuple[str, ...]
    concerns: frozenset[Concern] = frozenset()

    @property
    def edit(self) -> Edit:
        return self.file, self.old, self.new


def case(
    file: str, old: str, new: str, *lines: str, concerns: tuple[Concern, ...] = ()
) -> Case:
    return Case(file, old, new, lines, frozenset(concerns))


QUESTIONS = {
    "a question asks it otherwise": case(
        "arrears.yaml", "ask: Wat staat er in de brief?", "ask: Wat leest u?",
        "Vraag *landlord_letter*: de tekst is nu “Wat leest u?” (was “Wat staat er in"
        " de brief?”).",
        concerns=(Concern.QUESTION, Concern.TEXT),
    ),
    "a reason goes": case(
        "eviction.yaml", "    why: Dan weten wij hoeveel tijd u heeft.\n", "",
        "Vraag *eviction_date*: de uitleg (why) is weg (was “Dan weten wij hoeveel"
        " tijd u heeft.”).",
    ),
    "a short name comes": case(
        "eviction.yaml", "    kind: choice\n    answers:\n      writ:",
        "    short: Datum\n    kind: choice\n    answers:\n      writ:",
        "Vraag *told_by*: de korte naam is nieuw: “Datum”.",
    ),
    "an answer leads elsewhere": case(
        "arrears.yaml", "court\n        go: court_letter", "court\n        go: letter_words",
        "Vraag *sender*: antwoord *⚖️ Rechtbank* leidt nu naar *letter_words* (was"
        " *court_letter*).",
        concerns=(Concern.QUESTION, Concern.ROUTE),
    ),
    "answers lead elsewhere together": case(
        "arrears.yaml", "== moratorium\n        flow: moratorium\n      - flow: family",
        "== moratorium\n        flow: moratorium\n      - go: advice",
        "Vraag *court_letter*: antwoord *❓ Weet ik niet* leidt nu naar het advies (was"
        " flow *family*).",
    ),
    "a question leads elsewhere": case(
        "auction_tenant.yaml", "1 year]\n    next:\n      - flow: family",
        "1 year]\n    next: advice",
        "Vraag *tenant_hearing_on* leidt nu naar het advies (was flow *family*).",
    ),
    "a way has another condition": case(
        "eviction.yaml", "landlord_only or situation in [mortgage, lease, trouble]",
        "landlord_only or situation in [mortgage, lease]",
        "Vraag *told_by*: de weg naar flow *family* geldt nu als `told_by =="
        " landlord_only or situation in [mortgage, lease]` (was `told_by =="
        " landlord_only or situation in [mortgage, lease, trouble]`).",
    ),
    "an answer comes, with its way": case(
        "arrears.yaml", "      moratorium:\n        label: ⏸️ Moratorium",
        "      bill:\n        label: 🧾 Rekening\n        words: [nota]\n"
        "      moratorium:\n        label: ⏸️ Moratorium",
        "Vraag *court_letter*: antwoord *🧾 Rekening* is nieuw en leidt naar het advies.",
    ),
    "an answer has another label and other words": case(
        "arrears.yaml", "🧾 Deurwaarder\n        words: [deurwaarder, gerechtsdeurwaarder,",
        "🧾 Een deurwaarder\n        words: [deurwaarder, dwangbevel,",
        "Vraag *sender*: antwoord *bailiff* is nu “🧾 Een deurwaarder” (was “🧾"
        " Deurwaarder”).",
        "Vraag *sender*: bij de woorden voor *🧾 Een deurwaarder* komt “dwangbevel”.",
        "Vraag *sender*: uit de woorden voor *🧾 Een deurwaarder* is weg:"
        " “gerechtsdeurwaarder”.",
    ),
    "an answer goes": case(
        "municipality.yaml",
        "      running:\n        label: 👍 De hulp loopt\n        words: [loopt, loopt goed,"
        " goed, gaat goed, running]\n", "",
        "Vraag *debt_help_state*: antwoord *👍 De hulp loopt* is weg.",
    ),
    "answers change places": case(
        "trouble.yaml",
        "      court:\n        label: 🧾 Deurwaarder\n        words: [deurwaarder, rechter,"
        " rechtbank, kantonrechter, bailiff, court]\n      none:\n        label: 🚫 Nog"
        " geen brief\n        words: [geen brief, nog niets, alleen klachten, no letter]\n",
        "      none:\n        label: 🚫 Nog geen brief\n        words: [geen brief, nog"
        " niets, alleen klachten, no letter]\n      court:\n        label: 🧾 Deurwaarder\n"
        "        words: [deurwaarder, rechter, rechtbank, kantonrechter, bailiff, court]\n",
        "Vraag *trouble_sender*: de antwoorden staan nu in deze volgorde: *🏠 Verhuurder*,"
        " *🏛️ Burgemeester*, *🚫 Nog geen brief*, *🧾 Deurwaarder*, *❓ Weet ik niet*.",
    ),
    "other days fit": case(
        "arrears.yaml", "within: [today - 60 days, today]",
        "within: [today - 90 days, today + 1 day]",
        "Vraag *fourteen_received*: het bereik in dagen (within) is nu 90 dagen geleden"
        " tot morgen (was 60 dagen geleden tot vandaag).",
    ),
    "first advice comes at fewer answers": case(
        "eviction.yaml", "first_advice: yes", "first_advice: known eviction_date",
        "Vraag *eviction_date*: het advies meteen erna is nu `known eviction_date` (was"
        " bij elk antwoord).",
    ),
    "a fact is another": case(
        "eviction.yaml", "days from told_on to eviction_date", "days from told_on to today",
        "Feit *notice_days*: de voorwaarde is nu `days from told_on to today` (was `days"
        " from told_on to eviction_date`).",
    ),
}  # fmt: skip

ADVICE = {
    "a card comes at other families": case(
        HEARING, "if: missed and reacted == yes", "if: missed and reacted == no",
        "Kaart *missed_but_answered*: de voorwaarde is nu `missed and reacted == no`"
        " (was `missed and reacted == yes`).",
        concerns=(Concern.ADVICE,),
    ),
    "a card is less urgent": case(
        HEARING, "    urgency: now\n    say: De zitting was op {court_date}.",
        "    urgency: week\n    say: De zitting was op {court_date}.",
        f"{MISSED}: de haast is nu deze week (was vandaag).",
    ),
    "a step is done elsewhere, in other words": case(
        HEARING, "who: court\n        words: Ik was niet op de zitting van {court_date}.",
        "who: geldfit\n        words: Bel {geldfit_phone}.",
        f"{MISSED}, stap 1: wie te bellen is nu *geldfit* (was *court*).",
        f"{MISSED}, stap 1: wat te zeggen is nu “Bel {{geldfit_phone}}. Is er al een"
        " vonnis? Mag ik nog reageren?” (was “Ik was niet op de zitting van"
        " {court_date}. Is er al een vonnis? Mag ik nog reageren?”).",
    ),
    "a note goes": case(
        HEARING, "      - say: Schrijf niet dat u akkoord bent.\n", "",
        f"{MISSED}, opmerking 2 is weg.",
    ),
    "a note is for others": case(
        HEARING, "      - if: children\n        say: Noem uw kinderen bij",
        "      - say: Noem uw kinderen bij",
        f"{MISSED}, opmerking 3: de voorwaarde is weg (was `children`).",
    ),
    "other organisations, in another order": case(
        HEARING, "organisations: [court, legal_desk, municipality]",
        "organisations: [municipality, legal_desk, geldfit]",
        f"{MISSED}: bij de organisaties komt *geldfit*.",
        f"{MISSED}: uit de organisaties is weg: *court*.",
        f"{MISSED}: nieuwe volgorde van de organisaties: *municipality*, *legal_desk*,"
        " *geldfit*.",
    ),
    "a legal date goes, and a source": case(
        HEARING, "deadlines: [first_talk]\n    source: [Rv art. 142, ",
        "source: [",
        f"{MISSED}: uit de termijnen is weg: *first_talk*.",
        f"{MISSED}: uit de bronnen is weg: *Rv art. 142*.",
    ),
}  # fmt: skip

ORGANISATIONS = {
    "a number": case(
        NATIONAL, "phone: 0800-8020", "phone: 0800-8021",
        "Het nummer van *Het Juridisch Loket* is nu 0800-8021 (was 0800-8020).",
        concerns=(Concern.ORGANISATION, Concern.PHONE),
    ),
    "hours in words": case(
        NATIONAL, "hours_text: Op werkdagen. De uren", "hours_text: De uren",
        f"{LEGAL}: de openingstijd in woorden is nu “De uren weten wij niet zeker.”"
        " (was “Op werkdagen. De uren weten wij niet zeker.”).",
    ),
    "a link": case(
        NATIONAL, "web: https://www.juridischloket.nl", "web: https://juridischloket.nl",
        f"{LEGAL}: de website is nu https://juridischloket.nl (was"
        " https://www.juridischloket.nl).",
        concerns=(Concern.ORGANISATION, Concern.LINK),
    ),
    "a reason goes": case(
        NATIONAL,
        "      - if: situation == unregistered\n        because: Omdat een gemeente soms"
        " ook helpt zonder inschrijving.\n", "",
        "Organisatie *Uw gemeente*, reden 3 is weg.",
    ),
    "languages": case(
        NATIONAL, "cost: gratis\n    languages: [nl]", "cost: gratis\n    languages: [nl, ar]",
        "Organisatie *Uw gemeente*: bij de talen komt *ar*.",
    ),
    "a desk has another number, and hours": case(
        AMSTERDAM, "    phone: 14 020\n    web: https://www.amsterdam.nl",
        "    phone: 14 021\n    hours: ma-vr 09:00-17:00\n    hours_text: Op werkdagen.\n"
        "    web: https://www.amsterdam.nl",
        "Het nummer van *municipality, Amsterdam* is nu 14 021 (was 14 020).",
        "Loket *municipality, Amsterdam*: de openingstijd is nieuw: ma–vr"
        " 09:00–17:00.",
        "Loket *municipality, Amsterdam*: de openingstijd in woorden is nieuw: “Op"
        " werkdagen.”.",
    ),
}  # fmt: skip

LAW = {
    "a period is longer": case(
        DEADLINES, "count: 14 days", "count: 15 days",
        f"{FOURTEEN}: de lengte is nu 15 dagen (was 14 dagen).",
        concerns=(Concern.LAW,),
    ),
    "a period is counted otherwise": case(
        DEADLINES, "    say: Betaal of vraag een regeling uiterlijk",
        "    rolls_forward: yes\n    say: Betaal of vraag een regeling uiterlijk",
        f"{FOURTEEN}: door tot een werkdag (rolls_forward) is nu ja (was nee).",
    ),
    "a source says something else": case(
        "law/sources.yaml", "says: De gemeente helpt inwoners met schulden.",
        "says: De gemeente helpt.",
        "Bron *Wgs*: wat er staat is nu “De gemeente helpt.” (was “De gemeente helpt"
        " inwoners met schulden.”).",
        concerns=(Concern.SOURCE,),
    ),
    "a holiday moves": case(
        "law/calendar.yaml", "easter: 39 days after", "easter: 40 days after",
        "De kalender: feestdag *ascension* is nu +40 dagen vanaf eerste paasdag, geldig"
        " 2010-10-10 – … (was +39 dagen vanaf eerste paasdag, geldig 2010-10-10 – …).",
    ),
}  # fmt: skip

WORDS = {
    "crisis words": case(
        "crisis.yaml", "      - zelfmoord*\n", "      - zelfdood*\n",
        "Noodwoorden *suicide*: bij de woorden komt “zelfdood*”.",
        "Noodwoorden *suicide*: uit de woorden is weg: “zelfmoord*”.",
        concerns=(Concern.CRISIS,),
    ),
    "what is said in a crisis": case(
        "crisis.yaml", "say: Bel nu 112.", "say: Bel nu 113.",
        "Noodwoorden *danger*: wat de bot zegt is nu “Bel nu 113. Dat kan altijd, dag en"
        " nacht.” (was “Bel nu 112. Dat kan altijd, dag en nacht.”).",
        concerns=(Concern.CRISIS, Concern.TEXT, Concern.PHONE),
    ),
    "a text of the conversation": case(
        "words.yaml", "button_back: ↩️ Terug", "button_back: ↩️ Een terug",
        "Woorden *button_back*: de tekst is nu “↩️ Een terug” (was “↩️ Terug”).",
        concerns=(Concern.WORDS, Concern.TEXT),
    ),
    "a word for yes": case(
        "words.yaml", "yes: [ja, jep,", "yes: [ja, jawohl,",
        "De woorden die overal werken: bij de woorden voor *yes* komt “jawohl”.",
        "De woorden die overal werken: uit de woorden voor *yes* is weg: “jep”.",
    ),
    "a word for a day": case(
        "dates.yaml", "yesterday: gisteren,", "yesterday: gistren,",
        "De woorden voor dagen en getallen (nl): bij de bekende woorden komt “gistren”.",
        "De woorden voor dagen en getallen (nl): uit de bekende woorden is weg:"
        " “gisteren”.",
    ),
}  # fmt: skip

AUTHORS = {
    "a promise is for others": case(
        "promises.yaml", "if: eviction_planned and days_left <= 14",
        "if: eviction_planned and days_left <= 7",
        "Belofte *Wie binnen 14 dagen uit huis moet, hoort dat het vandaag moet*: de"
        " voorwaarde is nu `eviction_planned and days_left <= 7` (was `eviction_planned"
        " and days_left <= 14`).",
        concerns=(Concern.PROMISE,),
    ),
    "a scenario expects something else": case(
        "scenarios/lease.yaml", "urgency: week\n      advice: [temporary]",
        "urgency: month\n      advice: [temporary]",
        "Scenario *K17 Contract van twee jaar loopt af op 31 december, één kind*: de"
        " verwachte haast is nu *month* (was *week*).",
        concerns=(Concern.SCENARIO,),
    ),
    "an old name of an answer": case(
        "eviction.yaml", "answers: {eviction_for_rent.yes:",
        "answers: {told_by.mail: told_by.writ, eviction_for_rent.yes:",
        "De oude namen (renamed): *told_by.mail* is nieuw: *writ*.",
        concerns=(Concern.NAME,),
    ),
    "a hard word": case(
        "plain_words.yaml", "    aangaande: over\n    aldus: zo\n", "    aldus: dus\n",
        "De moeilijke woorden (nl): uit de lijst is weg: “aangaande”.",
        "De moeilijke woorden (nl): in plaats van *aldus* is nu “dus” (was “zo”).",
        concerns=(Concern.CHECKING,),
    ),
}  # fmt: skip

CASES = QUESTIONS | ADVICE | ORGANISATIONS | LAW | WORDS | AUTHORS


@pytest.fixture(scope="module")
def found(dutch: Version, tmp_path_factory: pytest.TempPathFactory) -> list[Change]:
    """All edits at once: reading the content is what takes time."""
    folder = copied(tmp_path_factory.mktemp("edited"), "flows")
    edited(folder, (one.edit for one in CASES.values()))
    return list(changes(dutch, version(folder)[0]))


@pytest.mark.parametrize("name", CASES)
def test_an_edit_is_told_in_words(name: str, found: list[Change]) -> None:
    wanted = CASES[name].lines
    assert [line for line in said(found) if line in wanted] == list(wanted)


def test_nothing_else_is_told(found: list[Change]) -> None:
    wanted = [line for one in CASES.values() for line in one.lines]
    assert sorted(said(found)) == sorted(wanted)


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name].concerns])
def test_a_change_says_who_must_look(name: str, found: list[Change]) -> None:
    first = CASES[name].lines[0]
    (change,) = [one for one in found if one.words("nl") == first]
    assert change.concerns == CASES[name].concerns


def test_a_change_stands_at_its_line(found: list[Change]) -> None:
    (number,) = [
        one for one in found if one.words("nl").startswith("Het nummer van *Het")
    ]
    assert (number.place.file, number.place.source.strip()) == (
        "flows/organisations/national.yaml", "phone: 0800-8021",
    )  # fmt: skip


def test_the_same_content_has_no_changes(dutch: Version) -> None:
    assert changes(dutch, dutch) == ()


def test_comments_and_another_order_of_ways_change_nothing(
    lines: Callable[..., list[str]],
) -> None:
    court = "      - if: sender == court\n        go: court_letter\n"
    bailiff = "      - if: sender == bailiff\n        go: bailiff_letter\n"
    assert lines(
        ("arrears.yaml", "flow: arrears", "# Een opmerking\nflow:   arrears"),
        ("arrears.yaml", bailiff + court, court + bailiff),
        (HEARING, "if: missed and reacted == yes", "if:  missed  and reacted == yes"),
    ) == []  # fmt: skip


def test_back_again_speaks_of_the_same_things(
    dutch: Version, after: Callable[..., Version]
) -> None:
    changed = after(*(one.edit for one in CASES.values()))
    there, back = changes(dutch, changed), changes(changed, dutch)
    assert {one.about for one in there} == {one.about for one in back}


def test_what_is_new_there_is_gone_on_the_way_back(
    dutch: Version, after: Callable[..., Version]
) -> None:
    changed = after(("registration.yaml", "questions:\n", GARDEN))
    there, back = changes(dutch, changed), changes(changed, dutch)
    assert said(there) == [
        "Vraag *garden* is nieuw: “Heeft u een tuin? Kijk op https://tuin.nl.”"
    ]
    assert there[0].concerns == {Concern.QUESTION, Concern.LINK}
    assert said(back) == ["Vraag *garden* is weg."]
    assert (there[0].gone, back[0].gone) == (False, True)


GARDEN = """\
questions:
  garden:
    ask: Heeft u een tuin? Kijk op https://tuin.nl.
    kind: yes_no
    next: advice

"""


def test_a_renamed_question_is_the_same_question(
    dutch: Version, tmp_path: Path
) -> None:
    """Also in every condition that names it, wherever that stands."""
    folder = called_otherwise(copied(tmp_path, "flows"), "told_by", "heard_from")
    found = changes(dutch, version(folder)[0])
    assert said(found) == ["Vraag *told_by* heet nu *heard_from*."]
    assert not found[0].is_for_families


def test_long_texts_are_shown_around_what_differs(
    lines: Callable[..., list[str]],
) -> None:
    edit = ("words.yaml", "Noem geen namen. Telegram kan meelezen. 7 dagen",
            "Noem geen namen. Telegram kan meelezen. 8 dagen")  # fmt: skip
    (line,) = lines(edit)
    assert len(line) < 400
    assert "8 dagen na uw laatste" in line


def test_every_text_that_differs_is_told_once(dutch: Version, tmp_path: Path) -> None:
    folder = copied(tmp_path, "flows")
    for text in dutch.library.texts:
        _with_a_mark(folder, dutch.library.written_at[text.context], text)
    after, _ = version(folder)
    before = {text.context: text.nl for text in dutch.library.texts}
    differ = [one for one in after.library.texts if before[one.context] != one.nl]
    told = [line for line in said(changes(dutch, after)) if "☂" in line]
    assert len(differ) > 1000
    assert len(set(told)) == len(told) == len(differ)


def _with_a_mark(folder: Path, place: Place, text: Text) -> None:
    """Puts a mark behind a text that stands on one line."""
    path = folder / place.file
    written = path.read_text(encoding="utf-8").split("\n")
    line = written[place.line - 1]
    if line.endswith(text.nl):
        written[place.line - 1] = f"{line} ☂"
        path.write_text("\n".join(written), encoding="utf-8")


# --- nothing is forgotten ----------------------------------------------------------


def test_all_of_a_library_is_compared() -> None:
    """A part that comes later has to be told, too: add it in bot/changes and here."""
    compared = {
        "flows", "questions", "derived", "cards", "organisations", "deadlines", "sources",
        "calendar", "crises", "dates", "words", "global_words", "yes_no", "renamed",
        "follow_ups", "language_names", "places", "desks", "plain_words", "catalogues",
    }  # fmt: skip
    follows = {"start", "machines", "declared", "fingerprint", "written_at", "texts"}
    assert {one.name for one in fields(Library)} == compared | follows


@pytest.mark.parametrize(
    ("sort", "told"),
    [
        pytest.param(
            Organisation,
            {*organisations.TEXTS, *organisations.MEMBERS, *organisations.TRUTHS,
             *organisations.UNSEEN, *organisations.TOLD_OTHERWISE},
            id="organisation",
        ),
        pytest.param(
            Source,
            {*law.OF_SOURCES, "id", "valid"},
            id="source",
        ),
        pytest.param(
            Rule,
            {*law.TEXTS, *law.TRUTHS, "id", "kind", "from_", "count", "count_fact",
             "source", "certainty", "valid", "direction", "least_working_days",
             "reviewed", "untold"},
            id="period",
        ),
        pytest.param(
            Card,
            {"id", "row", "condition", "urgency", "sooner", "say", "steps", "notes",
             "organisations", "deadlines", "source", "reviewed", "beside", "before",
             "letter", "valid"},
            id="card",
        ),
        pytest.param(
            Desk,
            {"source", "certainty", "checked", "phone", "reach", "hours", "hours_text",
             "web", "name", "written_at"},
            id="desk",
        ),
        pytest.param(Step, {"do", "who", "words", "bring"}, id="step"),
        pytest.param(
            Question,
            {"id", "flow", "kind", "ask", "routes", "again", "why", "short",
             "first_advice"},
            id="question",
        ),
    ],
)  # fmt: skip
def test_each_field_has_a_sentence(sort: type, told: set[str]) -> None:
    """A field that comes later has to be told, too: add it there and here."""
    assert {one.name for one in fields(sort)} == told
