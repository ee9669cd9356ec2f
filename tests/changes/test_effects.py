"""Who hears or is asked something else: counted over the same households twice."""

from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from bot.changes import changes
from bot.changes.comparing import SEED, effects
from bot.changes.effects import Effects
from bot.changes.households import draws, hears
from bot.changes.lengths import lengths
from bot.changes.renames import renames
from bot.changes.values import Version
from bot.content.read_scenarios import read_scenarios
from bot.scenarios import play
from tests.changes.conftest import Edit, called_otherwise, copied, edited, version

TODAY = date(2026, 11, 24)
DRAWN = 200

After = Callable[..., Version]

URGENCY = ("advice/arrears.yaml", "    urgency: week\n", "    urgency: month\n")
ROUTE = ("registration.yaml", "- flow: family", "- flow: arrears")
FACT = (
    "eviction.yaml",
    "days from told_on to eviction_date",
    "days from told_on to today",
)
PERIOD = ("law/deadlines.yaml", "count: 14 days", "count: 15 days")
ORGANISATION = (
    "organisations/national.yaml",
    "situation == out\n",
    "situation == lease\n",
)
TEXT = ("words.yaml", "button_back: ↩️ Terug", "button_back: ↩️ Een terug")

ONE_MORE = (
    "family.yaml", "questions:\n  children:",
    "questions:\n  garden:\n    ask: Een tuin?\n    kind: yes_no\n\n  children:",
)  # fmt: skip
FIRST = ("family.yaml", "start: children", "start: garden")


def told(found: Effects | None) -> list[str]:
    return [one.words("nl") for one in found.told] if found else []


def test_other_words_leave_everybody_where_they_were(
    dutch: Version, after: After
) -> None:
    found = effects(dutch, after(TEXT), TODAY, DRAWN)
    assert found == Effects()
    assert told(found) == [
        "Wie welke vraag krijgt, en wie welk advies hoort, blijft gelijk."
    ]


@pytest.mark.parametrize("edit", [URGENCY, FACT, PERIOD, ORGANISATION])
def test_no_household_that_hears_something_else_is_missed(
    dutch: Version, after: After, edit: Edit
) -> None:
    changed = after(edit)
    found = effects(dutch, changed, TODAY, DRAWN)
    assert found is not None
    assert found.different == looked_at_twice(dutch, changed)


def test_no_household_is_missed_where_a_route_changed(
    dutch: Version, moved: tuple[Version, Effects]
) -> None:
    changed, found = moved
    assert found.different == looked_at_twice(dutch, changed) > 0


def looked_at_twice(before: Version, after: Version) -> int:
    """How many hear something else, without any short cut."""
    old, new = before.library, after.library
    all_of_them = islice(draws(old, new, renames(old, new), TODAY, SEED), DRAWN)
    return sum(
        hears(old, draw.in_version(old, before=True))
        != hears(new, draw.in_version(new, before=False))
        for draw in all_of_them
    )


@pytest.fixture(scope="module")
def moved(
    dutch: Version, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Version, Effects]:
    """One route leads elsewhere."""
    folder = edited(copied(tmp_path_factory.mktemp("moved"), "flows"), [ROUTE])
    changed, _ = version(folder)
    found = effects(dutch, changed, TODAY, DRAWN)
    assert found is not None
    return changed, found


def test_it_is_said_how_many_hear_something_else(
    moved: tuple[Version, Effects],
) -> None:
    first, *_ = told(moved[1])
    assert first.startswith("Wie hoort nu iets anders? Van 200 gezinnen (door loting) ")
    assert "ander advies (" in first


def test_the_example_can_be_played(
    dutch: Version, moved: tuple[Version, Effects], tmp_path: Path
) -> None:
    changed, found = moved
    file = tmp_path / "scenario.yaml"
    file.write_text(f"scenarios:\n{found.scenario}\n", encoding="utf-8")
    (scenario,), problems = read_scenarios(tmp_path, [file])
    assert problems == ()
    assert play(changed.library, scenario).differences == ()
    assert not play(dutch.library, scenario).passed


def test_one_question_more_makes_the_longest_ways_longer(
    dutch: Version, after: After
) -> None:
    was = lengths(dutch.library, TODAY)
    assert was is not None
    found = effects(dutch, after(ONE_MORE, FIRST), TODAY, DRAWN)
    assert told(found)[1:3] == [
        "Wie krijgt nu andere vragen? Van 200 gezinnen (door loting) 200: meer dan"
        " eerst (200).",
        f"{was.ways[was.longest]} wegen hebben nu {was.longest + 1} vragen; de langste"
        f" had er {was.longest}.",
    ]


def test_another_order_of_cards_counts_when_somebody_notices(
    dutch: Version, tmp_path: Path
) -> None:
    folder = copied(tmp_path, "flows")
    path = folder / "flows/advice/arrears.yaml"
    head, *cards = path.read_text(encoding="utf-8").split("\n\n")
    path.write_text("\n\n".join([head, *reversed(cards)]), encoding="utf-8")
    found, problems = version(folder)
    assert (problems, changes(dutch, found)) == ((), ())
    felt = effects(dutch, found, TODAY, DRAWN)
    assert felt is not None
    assert felt.drawn == DRAWN


def test_with_errors_nobody_can_hear_anything(dutch: Version, tmp_path: Path) -> None:
    wrong = ("registration.yaml", "- flow: family", "- flow: familie")
    found, _ = version(edited(copied(tmp_path, "flows"), [wrong]))
    assert effects(dutch, found, TODAY, DRAWN) is None


def test_questions_in_a_circle_end_all_the_same(dutch: Version, after: After) -> None:
    circle = ("utilities.yaml", "      - go: health_risk\n", "      - go: utility\n")
    found = effects(dutch, after(circle), TODAY, DRAWN)
    assert told(found)[-1] == (
        "De vragen lopen in een kring. Waar, dat zegt drempel check."
    )


def test_a_renamed_question_is_answered_as_before(
    dutch: Version, tmp_path: Path
) -> None:
    folder = called_otherwise(copied(tmp_path, "flows"), "told_by", "heard_from")
    found = effects(dutch, version(folder)[0], TODAY, DRAWN)
    assert found is not None
    assert (found.drawn, found.different, found.asked) == (DRAWN, 0, {})
