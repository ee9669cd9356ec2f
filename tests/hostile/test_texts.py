"""R24, R25: long, unseen, broken and marked-up words do nothing but be misread.

What does stand in a message stands there as typed: tests/telegram/test_render.py.
"""

import asyncio

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from bot.conversation.model import Said
from bot.conversation.reading import fold
from bot.library import Library
from bot.storage.postgres import PostgresStorage
from bot.storage.postgres import migrate as migrate_postgres
from bot.storage.sealing import Keys, Vault
from bot.telegram.receive import MOST_CHARACTERS, packed, received, unpacked
from tests.emulator.text import units
from tests.hostile.corpus import UNSEEN, hostile_texts
from tests.hostile.places import PLACES, brought_to
from tests.hostile.village import Home

CANARY = "kanarie7q4xz"
ANY_TEXT = some.text(some.characters(codec=None, exclude_categories=()), max_size=80)


def test_there_are_some_hundred_of_them() -> None:
    assert len(set(hostile_texts())) > 380


@pytest.mark.parametrize("place", PLACES)
def test_at_any_place_they_are_answered_and_never_repeated(
    home: Home, place: str
) -> None:
    brought_to(home, place)
    for typed in hostile_texts():
        answer = home.types(f"{CANARY} {typed}")
        assert answer.is_heard
        assert CANARY not in answer.text
        assert all(units(shown.text) <= 4096 for shown in answer.shown())


@given(ANY_TEXT)
@example("\ud800")
@example("\x00")
def test_any_text_is_kept_as_it_will_be_read(typed: str) -> None:
    person = {"id": 7, "language_code": typed or "nl"}
    head = {"message_id": 1, "from": person, "date": 1}
    message = {**head, "chat": {"id": 7, "type": "private"}, "text": typed}
    asked = received({"message": message})
    assert asked is not None
    assert unpacked(packed(asked)) == asked


@pytest.mark.parametrize("sign", ["a", "é", "😀", "\u0301", "\u200b"])
def test_only_the_first_640_characters_are_kept(home: Home, sign: str) -> None:
    reply = home.types(sign * 10_000).asked.reply
    assert isinstance(reply, Said)
    assert len(reply.text) == MOST_CHARACTERS


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_marks_that_nobody_sees_do_not_count(unseen: str) -> None:
    for typed in ("huurachterstand", "over 3 weken", "Ja"):
        assert fold(unseen.join(typed)) == fold(typed)


@pytest.mark.parametrize(
    ("typed", "question", "stored"),
    [
        (("huurachterstand",), "situation", "arrears"),
        (("ontruiming", "01-12-2026", "ja"), "eviction_date", "2026-12-01"),
        (("ontruiming", "over 3 dagen", "ja"), "eviction_date", "2026-11-27"),
    ],
)
@pytest.mark.parametrize("unseen", "\u200b\u200d\u202e\u2066\u0301\ufe0f", ids=ascii)
def test_an_answer_with_unseen_marks_is_understood_as_without(
    home: Home, unseen: str, typed: tuple[str, ...], question: str, stored: str
) -> None:
    home.types("/start nl")
    for words in typed:
        home.types(unseen + unseen.join(words) + unseen)
    current = home.conversation
    assert current is not None
    assert current.answers[question] == stored


def test_postgresql_takes_all_of_them(database: str, library: Library) -> None:
    asyncio.run(_through_postgres(database, library))


async def _through_postgres(database: str, library: Library) -> None:
    migrate_postgres(database)
    storage = PostgresStorage(database, Vault(Keys.fresh()), program="hostile")

    def all_of_them(ledger: object) -> list[bool]:
        home = Home(library, ledger)  # type: ignore[arg-type]
        brought_to(home, "buttons")
        return [home.types(typed).is_heard for typed in hostile_texts()]

    try:
        assert all(await storage.transact(all_of_them))
    finally:
        await storage.close()
