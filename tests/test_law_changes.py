"""A law that changes on a known day: what families hear before it and from it on."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.checks import law_in_force
from bot.content.read_library import read_library
from bot.conversation.facts import Facts
from bot.library import Library
from bot.outcome import outcome
from tests.conftest import ROOT

CARD = """\
  {name}:
    row: [L-1]
    if: yes
    urgency: now
    say: {say}
    steps:
      - do: Bel de gemeente.
        who: municipality
        words: Ik wil hulp.
        bring: uw brieven
    organisations: [municipality]
    source: [Voorbeeldwet art. 1]
    valid: {valid}
    reviewed: no

"""
CARDS = "advice:\n" + "".join(
    CARD.format(name=name, say=say, valid=valid)
    for name, say, valid in [
        ("old_law", "De oude regel.", "{from: 2026-01-01, until: 2026-12-31}"),
        ("new_law", "De nieuwe regel.", "{from: 2027-01-01}"),
    ]
)
ROW = """\
    - kind: article
      name: Voorbeeldwet
      says: {says}
      seen: voorbeeld
      certainty: general
      valid: {valid}
      reviewed: no
"""
ROWS = [
    ("De oude regel.", "{from: 2026-01-01, until: 2026-12-31}"),
    ("De nieuwe regel.", "{from: 2027-01-01}"),
]


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The shipped content, and a law of two rows with a card for each."""
    folder = tmp_path_factory.mktemp("changing")
    return with_rows(folder, ROWS)


def with_rows(folder: Path, rows: list[tuple[str, str]]) -> Library:
    shutil.copytree(ROOT / "flows", folder / "flows")
    (folder / "flows/advice/aa_changing.yaml").write_text(CARDS, encoding="utf-8")
    written = "".join(ROW.format(says=says, valid=valid) for says, valid in rows)
    with (folder / "flows/law/sources.yaml").open("a", encoding="utf-8") as register:
        register.write(f"\n  Voorbeeldwet art. 1:\n{written}")
    library, problems = read_library(folder)
    assert library is not None, "\n".join(map(str, problems))
    return library


def heard_on(library: Library, today: date) -> str:
    """The first card of a family of which nothing is known yet."""
    held = outcome(library, Facts({}, today, library.derived)).held
    return held[0].card.id if held else ""


@pytest.mark.parametrize(
    ("today", "card"),
    [
        pytest.param(date(2026, 12, 31), "old_law", id="the last day of the old law"),
        pytest.param(date(2027, 1, 1), "new_law", id="the first day of the new law"),
        pytest.param(date(2028, 6, 1), "new_law", id="long after"),
    ],
)
def test_the_card_changes_on_the_day_of_the_law(
    changing: Library, today: date, card: str
) -> None:
    assert heard_on(changing, today) == card
    rows = changing.sources["Voorbeeldwet art. 1"]
    assert any(one.valid.holds_on(today) for one in rows)


def test_before_either_card_the_other_cards_speak(changing: Library) -> None:
    assert heard_on(changing, date(2025, 12, 31)) not in ("old_law", "new_law")


def test_a_card_for_each_row_is_in_force(changing: Library) -> None:
    assert list(law_in_force.check(changing)) == []


def test_a_card_that_outlives_its_law_is_found(tmp_path: Path) -> None:
    library = with_rows(tmp_path, ROWS[:1])
    (problem,) = law_in_force.check(library)
    assert problem.message.startswith("“new_law” goes on after “Voorbeeldwet art. 1”")
    assert problem.place.file == "flows/advice/aa_changing.yaml"
