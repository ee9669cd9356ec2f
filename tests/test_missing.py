"""Each gap in the coverage gets a household that passes, or is told unreachable."""

from datetime import date
from pathlib import Path

import pytest

from bot.content.read_library import read_library
from bot.content.read_scenarios import read_scenarios
from bot.coverage import Part, coverage
from bot.library import Library
from bot.missing import Missing, missing
from bot.missing_told import pasted_all, unfound
from bot.scenarios import play
from tests.conftest import ROOT
from tests.sample import lay_out

TODAY = date(2026, 11, 24)
NEVER = """
  never:
    row: [S-9]
    if: heating == wood and pets == yes
    urgency: now
    say: Wie een kachel heeft, hoort nooit over een huisdier.
    steps:
      - do: Bel de verhuurder.
        who: landlord
        words: Ik heb een huisdier.
        bring: uw huurcontract
    organisations: [landlord]
    source: [algemene kennis]
    reviewed: no
"""
SHADOWED = """
  later:
    words: [er is brand]
    say: Bel nu 112.
    organisations: [police_emergency]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small content, without its household."""
    made = lay_out(tmp_path)
    (made / "flows/scenarios/sample.yaml").unlink()
    return made


def library_in(folder: Path) -> Library:
    found, problems = read_library(folder)
    assert found is not None, "\n".join(map(str, problems))
    return found


def add(path: Path, words: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + words, encoding="utf-8")


def all_missing(library: Library, today: date = TODAY) -> Missing:
    return missing(library, coverage(library, ()).missing, today)


def read_back(folder: Path, library: Library, found: Missing) -> tuple[Part, ...]:
    """The gaps that are left when what was found is read and played."""
    text = pasted_all(library, found, "nl")
    path = folder / "flows/scenarios/missing.yaml"
    path.write_text(f"scenarios:\n{text}", encoding="utf-8")
    scenarios, problems = read_scenarios(folder, [])
    assert problems == ()
    played = [play(library, one) for one in scenarios]
    assert [one.differences for one in played if not one.passed] == []
    return coverage(library, played).missing


def test_few_households_meet_every_part(folder: Path) -> None:
    library = library_in(folder)
    found = all_missing(library)
    assert (found.unreachable, found.unread, found.fine) == ((), (), True)
    asked = [one for one in found.found if one.played.household]
    assert len(asked) <= 8
    assert read_back(folder, library, found) == ()


def test_the_same_content_gets_the_same_households(folder: Path) -> None:
    library = library_in(folder)
    first, second = (pasted_all(library, all_missing(library), "nl") for _ in "ab")
    assert first == second


def test_each_household_asks_to_be_checked(folder: Path) -> None:
    library = library_in(folder)
    found = all_missing(library)
    text = pasted_all(library, found, "nl")
    note = "  # Nagaan: dit zegt de bot nu.\n"
    assert text.count(note) == text.count("- name: ") == len(found.found)
    assert "  # To check: this is what the bot says now." in (
        pasted_all(library, found, "en")
    )


def test_what_no_household_can_meet_is_told(folder: Path) -> None:
    add(folder / "flows/advice/sample.yaml", NEVER)
    library = library_in(folder)
    found = all_missing(library)
    never = (Part("card", "never"), Part("outcome", "never", "now"))
    assert (found.unreachable, found.fine) == (never, False)
    told = list(unfound(library, found, "nl"))
    assert told[0] == "Hier kan vandaag geen gezin komen:"
    assert told[1].endswith("kaart “never”")
    assert told[-1].endswith("bij: chimney, rent_price, late_for")
    assert read_back(folder, library, found) == never


def test_a_crisis_whose_words_mean_another_is_told(folder: Path) -> None:
    add(folder / "flows/crisis.yaml", SHADOWED)
    found = missing(library_in(folder), [Part("crisis", "later")], TODAY)
    assert (found.found, found.unreachable) == ((), (Part("crisis", "later"),))


def test_a_card_for_later_days_gets_a_household_on_such_a_day(folder: Path) -> None:
    path = folder / "flows/advice/sample.yaml"
    text = path.read_text(encoding="utf-8")
    later = "    row: [S-1]\n    valid: {from: 2027-03-01}\n"
    path.write_text(text.replace("    row: [S-1]\n", later), encoding="utf-8")
    library = library_in(folder)
    found = missing(library, [Part("card", "stove")], TODAY)
    (stove,) = found.found
    assert stove.played.scenario.today == date(2027, 3, 1)
    assert found.unreachable == ()


def test_shipped_content_without_its_urgent_households_gets_others(
    tmp_path: Path, library: Library
) -> None:
    scenarios, _ = read_scenarios(ROOT, [])
    kept = [one for one in scenarios if not one.place.file.endswith("today.yaml")]
    gaps = coverage(library, [play(library, one) for one in kept]).must
    assert Part("crisis", "danger") in gaps
    found = missing(library, gaps, TODAY)
    assert {part for one in found.found for part in one.parts} == set(gaps)
    assert all(one.played.passed for one in found.found)
    answers = [one.played.scenario.answers for one in found.found]
    assert {one["also"] for one in answers if one} == {"nothing"}
