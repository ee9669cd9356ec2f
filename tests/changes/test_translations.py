"""What a change does to the translations, and what changes in them."""

from pathlib import Path

import pytest

from bot.changes import changes
from bot.changes.values import Concern, Version
from tests.changes.conftest import copied, edited, said, version

PO = "../locales/en/LC_MESSAGES/drempel.po"
BACK = ("words.yaml", "button_back: ↩️ Terug", "button_back: ↩️ Een terug")
NOTE = (
    "advice/other.yaml", "    steps:\n",
    "    notes:\n      - say: Bel gerust.\n    steps:\n",
)  # fmt: skip
CRISIS = (
    PO, "Call 112 now. You can always call, day and night.",
    "Call 113 now. You can always call, day and night.",
)  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Version, Version]:
    """With the English, before and after three edits."""
    folder = copied(tmp_path_factory.mktemp("english"), "flows", "locales")
    before, _ = version(folder)
    return before, version(edited(folder, [BACK, NOTE, CRISIS]))[0]


def test_outdated_and_missing_translations_are_counted(
    both: tuple[Version, Version],
) -> None:
    found = said(changes(*both))
    assert "1 vertaling (*en*) is verouderd." in found
    assert "Nieuw en nog niet vertaald (*en*): 1." in found


def test_mended_translations_are_counted_on_the_way_back(
    both: tuple[Version, Version],
) -> None:
    before, after = both
    assert "Nu vertaald (*en*): 1." in said(changes(after, before))


def test_other_words_in_a_crisis_need_two_people(both: tuple[Version, Version]) -> None:
    (found,) = [one for one in changes(*both) if "crisis.danger.say" in one.words("nl")]
    assert found.words("nl") == (
        "Vertaling *en*: *crisis.danger.say* is nu “Call 113 now. You can always"
        " call, day and night.” (was “Call 112 now. You can always call, day and"
        " night.”)."
    )
    assert found.concerns == {Concern.TRANSLATION, Concern.CRISIS, Concern.PHONE}
    assert found.needs_two_people


def test_a_language_that_goes_is_told(tmp_path: Path, dutch: Version) -> None:
    english, _ = version(copied(tmp_path, "flows", "locales"))
    assert said(changes(english, dutch)) == ["Vertaling *en* is weg."]
    assert said(changes(dutch, english)) == ["Vertaling *en* is nieuw."]
