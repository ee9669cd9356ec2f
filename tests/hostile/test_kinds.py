"""R26: a voice message, a photo, a poll: one kind line at any place, and no more."""

import pytest

from bot.library import Library
from bot.telegram.receive import MEDIA
from tests.emulator.user import KINDS
from tests.hostile.places import PLACES, brought_to
from tests.hostile.village import Home

FILE = {"file_id": "AgACAgQAAxkB", "file_unique_id": "AQADexample"}
OTHERS = {
    "video": {"video": FILE},
    "video_note": {"video_note": FILE},
    "audio": {"audio": FILE},
    "animation": {"animation": FILE, "document": FILE},
    "other": {"a_kind_of_next_year": FILE},
}
EVERY = {**KINDS, **OTHERS}


def test_every_kind_that_has_a_line_is_tried() -> None:
    assert {*EVERY} == {*MEDIA, "other"}


@pytest.mark.parametrize("place", PLACES)
def test_at_any_place_it_gets_its_line_and_nothing_moves(
    home: Home, library: Library, place: str
) -> None:
    before = brought_to(home, place).conversation
    for kind, content in EVERY.items():
        answer = home.shows(**content)
        assert answer.text == library.words[f"not_served_{kind}"].nl
        assert [call.method for call in answer.calls] == ["sendMessage"]
        assert home.conversation == before


@pytest.mark.parametrize("place", PLACES)
def test_nothing_that_came_with_it_is_kept(home: Home, place: str) -> None:
    brought_to(home, place)
    for kind, content in EVERY.items():
        asked = home.shows(**{**content, "caption": "Kanarie_caption"}).asked
        for word in ("Kanarie", FILE["file_id"], "+316"):
            assert word not in f"{kind} {asked.reply}"
