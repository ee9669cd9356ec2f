"""R29, R30: buttons that nobody drew, and buttons of long ago, change nothing."""

import os
import random

import pytest

from bot.conversation.model import Tapped
from bot.telegram.receive import tapped
from tests.hostile.places import PLACES, brought_to
from tests.hostile.village import Home

FORGED = int(os.environ.get("FORGED", "100000"))
IN_TURNS = FORGED // 100
"""So many of them are also brought to a conversation; a few hundred go over HTTP in
tests/telegram/test_conversation.py."""

SIGNS = "abcXYZ019:!-@._ \x00é€😀²٣\u202e\ud800"
ANSWERS = ("@yes", "@no", "@done", "@more", "@change", "landlord", "", "x" * 30)
NOBODY = Tapped("", 0, "", "")


def forged(dice: random.Random, real: str) -> str:
    """Noise, another answer, or a real button with something wrong in it."""
    if dice.random() < 0.2:
        return f"{real.rpartition(':')[0]}:{dice.choice(ANSWERS)}"
    if dice.random() < 0.5:
        return "".join(dice.choices(SIGNS, k=dice.randint(0, 64)))
    place = dice.randrange(len(real) + 1)
    cut = place + dice.randint(0, 3)
    return real[:place] + "".join(dice.choices(SIGNS, k=2)) + real[cut:]


def test_forged_data_is_read_without_an_error() -> None:
    dice, real = random.Random(29), "k7Qp2w:2:situation:arrears"
    for _ in range(FORGED):
        found = tapped(forged(dice, real))
        assert isinstance(found, Tapped)
        assert found == NOBODY or ":" in real


@pytest.mark.parametrize("place", ["buttons", "date", "summary", "advice"])
def test_forged_data_moves_no_conversation(home: Home, place: str) -> None:
    before = brought_to(home, place).conversation
    assert before is not None
    dice = random.Random(place)
    for _ in range(IN_TURNS // 4):
        data = forged(dice, dice.choice(home.buttons))
        if data in home.buttons or (f"{before.id}:" in data and ":!:" in data):
            continue
        answer = home.taps(data)
        assert answer.is_heard
        assert home.conversation == before, ascii(data)


def test_the_conversation_of_another_family_cannot_be_named(home: Home) -> None:
    before = brought_to(home, "date").conversation
    for data in [*home.buttons]:
        home.taps("Zz" + data[2:])
        assert home.conversation == before


@pytest.mark.parametrize("place", PLACES)
def test_every_old_button_of_a_long_chat_is_answered_and_credits_nothing(
    home: Home, place: str
) -> None:
    before = brought_to(home, place).conversation
    assert before is not None
    old = [data for data in home.buttons if is_old(data, before.turn)]
    for data in old:
        answer = home.taps(data)
        assert answer.is_heard
        assert home.conversation == before, data
        assert len(answer.calls) == 1


def test_a_chat_of_fifteen_steps_has_many_old_buttons(home: Home) -> None:
    current = brought_to(home, "advice").conversation
    assert current is not None
    assert current.turn >= 14
    assert sum(is_old(data, current.turn) for data in home.buttons) > 60


def is_old(data: str, turn: int) -> bool:
    """A button of a question before this turn; help and a language work for ever."""
    _, number, question, _ = data.split(":")
    return question != "!" and int(number) < turn
