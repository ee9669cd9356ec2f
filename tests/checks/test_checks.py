"""Each check finds its mistake at its line, and lets the same file pass without it."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from bot.checks import ALL as CHECKS
from bot.checks import CHECKS as UNDATED_CHECKS
from bot.checks import (
    DATED_CHECKS,
    RELEASE_CHECKS,
    WAY_CHECKS,
    Check,
    DatedCheck,
    run_checks,
    ways,
)
from bot.content.read_library import read_library
from bot.conversation.model import ADVICE, Route
from bot.conversation.needed import NEEDED_ORGANISATIONS
from bot.library import Library
from bot.problems import Problem
from tests.conftest import ROOT

START, FAMILY = "flows/start.yaml", "flows/family.yaml"
ADVICE_FILE = "flows/advice/other.yaml"
WORDS, NATIONAL = "flows/words.yaml", "flows/organisations/national.yaml"
DEADLINES = "flows/law/deadlines.yaml"
LONG_SENTENCE = " ".join(["woord"] * 21) + "."
HARD_SENTENCE = " ".join(["woord"] * 16) + "."


@dataclass(frozen=True, slots=True)
class Example:
    """`good` and `bad` stand in place of `old`; the problem is at the line of `at`."""

    file: str
    old: str
    good: str
    bad: str
    at: str = ""
    severity: str = "error"


ASK = "ask: Wat is er aan de hand?"
FIRST = "    first_advice: situation in"
WHY = "why: De gemeente moet snel met u praten."
OTHER_SAY = "say: Bel met iemand die met u meekijkt."
LAST_SOURCE = "    source: [Wgs art. 3 lid 1]\n"
ENDING = (
    "    source: [Besluit gelijkgestelde dagen]\n    valid: {from: 2026-01-01, until: "
)
ONE_MORE = "      extra: Iets\n"
"""With “Weet ik niet” the first question has thirteen answers already."""

POLICE = """\
    phone: 0900-8844
    languages: [nl]
    channels: [phone]
    when:
      - because: Omdat uw verhuurder u niet mag buitensluiten of bedreigen.
    source: algemeen
    certainty: general
    checked: never
"""

EVICTION = "label: 🚪 Datum ontruiming"
SHORT = "  short_description: Hulp als u uw huis kunt verliezen"
COURT = "if: sender == court\n        go: court_letter"
FOURTEEN = "if: landlord_letter == fourteen_days"
OTHER_IF = "    if: situation == other"
MEADOW = """\
  meadow:
    name: De Wei
    helps: Luistert.
    reach: Loop er binnen.
    languages: [nl]
    source: algemeen
    certainty: general
    checked: never
"""
FOR_SOME = """\
      - because: Omdat u kinderen heeft.
        if: children
      - because: Omdat iemand met u meekijkt.
"""
WASTED = """\

  wasted:
    ask: Heeft u een tuin?
    kind: yes_no
    next: health_risk
"""

WELCOME = "gratis {geldfit_phone}.\n  welcome_privacy:"
LONELY = """\
  lonely:
    name: Eenzaam
    from: reported_on
    kind: answer
    count: 4 weeks
    say: Uiterlijk op {last_day} hoort u iets.
    over: U had op {last_day} iets moeten horen.
    unknown: Bel vandaag.
    source: [Wgs art. 3 lid 1]
    certainty: verified
    valid: {from: 2023-01-01}
    reviewed: no

"""

EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "engine_words": (
        Example(WORDS, "  button_stop: ", "  button_stop: ", "  button_stopp: ", "-"),
    ),
    "ways": (
        Example("flows/utilities.yaml", "      - go: health_risk\n",
                "      - go: health_risk\n", "      - go: utility\n",
                "    ask: Wat wordt afgesloten?"),
        Example("flows/shelter.yaml", "flow: family\n\nfacts", "flow: family\n\nfacts",
                "flow: shelter\n\nfacts", "    ask: Heeft u vannacht"),
    ),
    "limits": (
        Example(START, ASK, ASK, f"ask: {'Wat is er? ' * 30}".rstrip()),
        Example(START, ASK, ASK, f"ask: {'Wat is er? ' * 15}".rstrip(),
                severity="warning"),
        Example(FAMILY, WHY, WHY, f"why: {'Dat moet. ' * 17}".rstrip()),
        Example(START, "label: 🚪", "label: 🚪", "label: 🚪 De dag van de ontruiming"),
        Example(WORDS, "button_stop: ", "button_stop: ", "button_stop: Nu wil ik stoppen "),
        Example(ADVICE_FILE, OTHER_SAY, OTHER_SAY, f"say: {'Bel nu. ' * 90}".rstrip()),
        Example(START, FIRST, FIRST, f"{ONE_MORE}{FIRST}", f"    {ASK}"),
    ),
    "sentences": (
        Example(START, ASK, ASK, f"ask: {LONG_SENTENCE}"),
        Example(START, ASK, ASK, f"ask: {HARD_SENTENCE}", severity="warning"),
        Example(WORDS, "stopped_kept: Uw", "stopped_kept: Uw", f"stopped_kept: {LONG_SENTENCE} Uw"),
    ),
    "placeholder_names": (
        Example(ADVICE_FILE, OTHER_SAY, f"{OTHER_SAY} Op {{court_date}}.",
                f"{OTHER_SAY} Op {{court_dat}}."),
        Example(ADVICE_FILE, OTHER_SAY, f"{OTHER_SAY} Bel {{geldfit_phone}}.",
                f"{OTHER_SAY} Bel {{geldfit_fone}}."),
        Example(ADVICE_FILE, OTHER_SAY, OTHER_SAY, f"{OTHER_SAY} {{landlord}}."),
        Example(START, ASK, ASK, "ask: Wat is er op {court_date}?"),
        Example(WORDS, "confirm: Bedoelt", "confirm: Bel {geldfit_phone}. Bedoelt",
                "confirm: Op {answr}. Bedoelt"),
        Example(START, "label: 🚪", "label: 🚪", "label: 🚪 {court_date}"),
        Example("flows/crisis.yaml", "Bel nu 112.", "Bel {geldfit_phone}.",
                "Bel {court_date}."),
        Example(NATIONAL, "helps: Praten als", "helps: Bel {geldfit_phone}. Praten als",
                "helps: Bel {geldfit}. Praten als"),
        Example(NATIONAL, "name: Geldfit", "name: Geldfit", "name: Geldfit {landlord}"),
        Example(DEADLINES, "say: Zegt u ja?", "say: Op {event}?", "say: Op {safe_day}?"),
        Example(DEADLINES, "over: De 14 dagen", "over: Na {last_day}. De 14 dagen",
                "over: Na {safe_day}. De 14 dagen"),
    ),
    "banned_words": (
        Example(START, ASK, "ask: Is uw contract gestopt?", "ask: Is het contract ongeldig?"),
        Example(WORDS, "tick_one: Kies", "tick_one: Kies", "tick_one: Oeps. Kies"),
        Example(START, ASK, "ask: Heeft u een brief?", "ask: Wat is uw BSN?"),
        Example(FAMILY, "again: Huurt", "again: Huurt", "again: Wat is uw IBAN? Huurt"),
        Example(ADVICE_FILE, OTHER_SAY, f"{OTHER_SAY} Betaal aan uw verhuurder.",
                f"{OTHER_SAY} Betaal de huur aan ons."),
    ),
    "law_in_force": (
        Example(DEADLINES, "source: [Rv art. 516]", "source: [Rv art. 516]",
                "source: [Besluit gelijkgestelde dagen]",
                "    name: Eerste dag voor de veiling"),
        Example(ADVICE_FILE, LAST_SOURCE, f"{ENDING}2028-12-31}}\n", f"{ENDING}2029-01-01}}\n",
                f"    {OTHER_SAY}"),
    ),
    "options_alike": (
        Example(START, EVICTION, EVICTION, "label: 🚪 HUURACHTERSTÁND"),
        Example(START, "words: [overlast, buren", "words: [overlast, buren",
                "words: [huur, buren", "        label: 📢 Overlast of drugs"),
    ),
    "answers_that_act": (
        Example(START, EVICTION, "label: 🚪 Ontruiming", "label: 🚪 Stoppen"),
        Example(START, EVICTION, "label: 🚪 Ontruiming", "label: 🚪 Terug!"),
    ),
    "telegram_limits": (
        Example(WORDS, SHORT, SHORT, f"{SHORT}. {'Bel nu. ' * 8}"),
        Example(WORDS, "command_help: Hoe", "command_help: Hoe",
                f"command_help: {'Bel nu. ' * 33}Hoe"),
        Example(ADVICE_FILE, OTHER_SAY, f"{OTHER_SAY} {'Bel nu. ' * 300}",
                f"{OTHER_SAY} {'Bel nu. ' * 450}"),
    ),
    "hard_words": (
        Example(START, ASK, "ask: Als u twijfelt, wat is er dan?",
                "ask: Indien u twijfelt, wat is er dan?", severity="warning"),
    ),
    "forms_of_address": (
        Example(START, ASK, "ask: Wat is er met u aan de hand?",
                "ask: Wat is er met je aan de hand?"),
        Example("flows/crisis.yaml", "say: Fijn dat je schrijft", "say: Fijn dat je praat",
                "say: Fijn dat u schrijft"),
    ),
    "dutch_numbers": (
        Example(NATIONAL, POLICE, POLICE, POLICE.replace("8844", "884"),
                "    phone: 0900-884"),
        Example(ADVICE_FILE, OTHER_SAY, f"{OTHER_SAY} Bel 030-123 45 67.",
                f"{OTHER_SAY} Bel 030-123 45 6."),
    ),
    "same_numbers": (
        Example(NATIONAL, POLICE, POLICE.replace("8844", "8845"),
                POLICE.replace("0900-8844", "08008115"),
                "    phone: 08008115", "warning"),
    ),
    "organisations_named": (
        Example(NATIONAL, "organisations:\n",
                f"organisations:\n{MEADOW}    when:\n{FOR_SOME}",
                f"organisations:\n{MEADOW}", "    name: De Wei", "warning"),
    ),
    "unused": (
        Example("flows/arrears.yaml", "facts:\n", "facts:\n",
                "facts:\n  never_used: situation == other\n", "  never_used",
                "warning"),
        Example("flows/utilities.yaml", "      - go: health_risk\n", "      - go: health_risk\n",
                f"      - go: wasted\n{WASTED}", "    ask: Heeft u een tuin?", "warning"),
    ),
    "constant_conditions": (
        Example("flows/arrears.yaml", COURT, COURT, "if: sender == landlord\n        flow: family",
                "      - if: sender == landlord\n        flow: family"),
        Example("flows/arrears.yaml", FOURTEEN, FOURTEEN, f"{FOURTEEN} and sender == court"),
        Example(ADVICE_FILE, OTHER_IF, OTHER_IF,
                f"{OTHER_IF} and sender == court and landlord_letter == reminder"),
        Example(ADVICE_FILE, OTHER_IF, f"{OTHER_IF} and known place",
                f"{OTHER_IF} and situation == lease"),
    ),
    "not_asked": (
        Example(ADVICE_FILE, OTHER_IF,
                "    if: (sender != court or not known sender) and situation == other",
                "    if: sender != court and situation == other", severity="warning"),
        Example(ADVICE_FILE, OTHER_IF, "    if: situation == other and also != unsure",
                "    if: situation == other and renting != no", severity="warning"),
    ),
    "periods_told": (
        Example(DEADLINES, "deadlines:\n", "deadlines:\n", f"deadlines:\n{LONELY}",
                "    name: Eenzaam", "warning"),
    ),
    "reasons_given": (
        Example("flows/family.yaml", "    why: Dan noemen wij hulp bij u in de buurt.\n",
                "    why: Dan noemen wij hulp in uw buurt.\n", "", "    ask: Waar woont u,",
                "warning"),
    ),
    "button_signs": (
        Example(START, EVICTION, "label: 🚪 Ontruiming", "label: 🚪"),
        Example(START, EVICTION, "label: 👨‍👩‍👧 Ontruiming", "label: Ontruiming",
                severity="warning"),
        Example(START, EVICTION, EVICTION, "label: 🚪📅 Ontruiming", severity="warning"),
    ),
    "first_number": (
        Example(WORDS, WELCOME, WELCOME, WELCOME.replace(" {geldfit_phone}", ""),
                "  welcome: Dit"),
    ),
    "markup": (
        Example(START, ASK, "ask: Wat is er 3 * 2 aan de hand?", "ask: Wat is er *nu* aan de hand?"),
        Example(START, ASK, ASK, "ask: Wat is er <b>nu</b> aan de hand?"),
        Example(ADVICE_FILE, OTHER_SAY, OTHER_SAY, f"{OTHER_SAY} [Lees](https://a.nl/)."),
    ),
    "links": (
        Example(ADVICE_FILE, OTHER_SAY, f"{OTHER_SAY} Kijk op https://www.a.nl/b.",
                f"{OTHER_SAY} Kijk op www.a.nl."),
        Example(NATIONAL, "web: https://geldfit.nl", "web: https://geldfit.nl",
                "web: https://geldfit", "    name: Geldfit"),
    ),
    "places_known": (
        Example("flows/organisations/local.yaml", "where: [Amsterdam]", "where: [Amsterdam, Utrecht]",
                "where: [Amsterdan]", "    name:"),
    ),
    "late_help": (
        Example("flows/mortgage.yaml", "    first_advice: yes\n", "    first_advice: yes\n", "",
                "    ask:", "warning"),
    ),
    "number_aged": (
        Example(NATIONAL, POLICE, POLICE.replace("never", "2026-08-26"),
                POLICE.replace("never", "2026-08-25"),
                "    phone: 0900-884", "warning"),
        Example(NATIONAL, POLICE, POLICE.replace("never", "2026-11-20"),
                POLICE.replace("never", "2026-05-27"),
                "    phone: 0900-884"),
    ),
    "number_checked": (
        Example(NATIONAL, POLICE, POLICE.replace("never", "2026-11-20"),
                POLICE.replace("8844", "8845"),
                "    phone: 0900-884"),
    ),
}  # fmt: skip


IN_PO = {"translation_length", "translation_same", "right_to_left"}
"""Their examples are translations: see `test_translations.py`."""


def name(check: Check | DatedCheck) -> str:
    return check.__module__.rpartition(".")[2]


NAMES = [name(check) for check in CHECKS]
DATED = {name(check): check for check in DATED_CHECKS}
UNDATED = {name(one): one for one in (*UNDATED_CHECKS, *WAY_CHECKS, *RELEASE_CHECKS)}
TODAY = date(2026, 11, 24)
CASES = [
    pytest.param(check, example, id=f"{check}: {example.bad.strip()[:40]}")
    for check, examples in EXAMPLES.items()
    for example in examples
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("checks")
    shutil.copytree(ROOT / "flows", made / "flows")
    return made


@pytest.fixture
def content(folder: Path) -> Iterator[Path]:
    """A copy of the shipped flows; what a test changed is put back."""
    yield folder
    shutil.copytree(ROOT / "flows", folder / "flows", dirs_exist_ok=True)


def written(content: Path, example: Example, words: str) -> Library:
    path = content / example.file
    text = (ROOT / example.file).read_text(encoding="utf-8")
    assert example.old in text, f"{example.file} has no {example.old!r} any more"
    path.write_text(text.replace(example.old, words, 1), encoding="utf-8")
    library, problems = read_library(content)
    assert library is not None, "\n".join(map(str, problems))
    return library


def line_of(content: Path, example: Example) -> int:
    """Of a missing text only the file can be named: line 1."""
    if example.at == "-":
        return 1
    text = (content / example.file).read_text(encoding="utf-8")
    return text.count("\n", 0, text.index(example.at or example.bad)) + 1


def found(library: Library, check: str) -> set[Problem]:
    if check in DATED:
        return set(DATED[check](library, TODAY))
    return set(UNDATED[check](library))


def test_every_check_has_examples_and_its_own_code() -> None:
    assert EXAMPLES.keys() | IN_PO == set(NAMES)
    codes = [__import__(check.__module__, fromlist=["CODE"]).CODE for check in CHECKS]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(("check", "example"), CASES)
def test_a_check_finds_its_mistake_at_its_line(
    library: Library, content: Path, check: str, example: Example
) -> None:
    before = {one.message for one in found(library, check)}
    wrong = found(written(content, example, example.bad), check)
    fresh = [one for one in wrong if one.message not in before]
    line = line_of(content, example)
    assert {(one.place.line, one.severity) for one in fresh} == {
        (line, example.severity)
    }
    assert {one.place.file for one in fresh} <= {example.file, "flows/organisations"}


@pytest.mark.parametrize(("check", "example"), CASES)
def test_a_check_lets_the_good_example_pass(
    library: Library, content: Path, check: str, example: Example
) -> None:
    before = {one.message for one in found(library, check)}
    after = found(written(content, example, example.good), check)
    assert {one.message for one in after} <= before


def test_the_shipped_content_passes_every_check(library: Library) -> None:
    wrong = [
        one for one in run_checks(library, release=False) if one.severity == "error"
    ]
    assert wrong == []


@pytest.mark.parametrize("missing", sorted(NEEDED_ORGANISATIONS))
def test_an_organisation_of_every_step_may_not_be_missing(
    library: Library, missing: str
) -> None:
    others = {
        name: one for name, one in library.organisations.items() if name != missing
    }
    (problem,) = found(replace(library, organisations=others), "engine_words")
    assert missing in problem.message


def test_only_a_release_asks_for_dialled_numbers(library: Library) -> None:
    codes = {one.code for one in run_checks(library, release=False)}
    assert "number-not-checked" not in codes
    released = {one.code for one in run_checks(library, release=True)}
    never = any(one.phone and not one.checked for one in library.organisations.values())
    assert ("number-not-checked" in released) == never


def test_a_mistake_is_found_in_every_language(library: Library) -> None:
    text = library.questions["situation"].ask
    english = library.catalogue("en")
    longer = {**english.messages, (text.context, text.nl): "What is wrong? " * 30}
    catalogues = {**library.catalogues, "en": replace(english, messages=longer)}
    problems = found(replace(library, catalogues=catalogues), "limits")
    assert any("“en”" in one.message for one in problems)


# --- ways through the questions ----------------------------------------------------


Graph = Mapping[str, list[str]]


def routed(library: Library, graph: Graph) -> Library:
    """The shipped library with these questions only, each leading to the names."""
    pattern = library.questions["situation"]
    questions = {
        name: replace(pattern, id=name, flow="start", routes=tuple(map(Route, leads)))
        for name, leads in graph.items()
    }
    flow = replace(library.flows["start"], start=next(iter(graph)), questions=questions)
    return replace(library, flows={"start": flow}, questions=questions)


def reached(graph: Graph, start: str) -> set[str]:
    """What can be reached from here in one step or more."""
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        place = waiting.pop()
        if place != ADVICE and place not in seen:
            seen.add(place)
            waiting += graph[place]
    return seen


def test_circles_and_lost_questions_are_found_in_any_flow(library: Library) -> None:
    random = Random(7)
    for _ in range(2_000):
        names = [f"q{number}" for number in range(random.randint(1, 7))]
        graph = {
            name: random.choices([*names, ADVICE], k=random.randint(1, 3))
            for name in names
        }
        messages = [one.message for one in ways.check(routed(library, graph))]
        alive = {"q0"} | reached(graph, "q0")
        circle = any(name in reached(graph, name) for name in alive)
        assert any("circle" in one for one in messages) == circle, graph
        lost = {name for name in names if f"No way leads to “{name}”." in messages}
        below = {name: reached(graph, name) for name in lost}
        assert set(names) - alive == lost | set().union(*below.values()) - alive, graph
        # What only follows from another lost question is not told.
        assert not any(lost & below[name] - {name} for name in lost), graph


def test_a_long_flow_is_checked_at_once(library: Library) -> None:
    """Sixty questions with two ways each: 2⁶⁰ ways, and no circle."""
    graph = {f"q{n}": [f"q{n + 1}", f"q{n + 2}"] for n in range(60)}
    graph |= {"q60": [ADVICE], "q61": [ADVICE]}
    assert list(ways.check(routed(library, graph))) == []
