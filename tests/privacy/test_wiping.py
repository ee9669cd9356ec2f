"""“Wis alles nu”: on the disk and in the chat, at once, whatever else is going on."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.storage.sealing import HEAD_BYTES
from tests.emulator import Emulator, too_many
from tests.emulator.user import User
from tests.privacy import traces
from tests.privacy.conftest import Watched
from tests.telegram.conftest import Telephone

pytestmark = pytest.mark.asyncio(loop_scope="module")

TWO_DAYS = 48 * 3600
FAREWELL = "Al uw antwoorden zijn gewist."
OPEN_ROWS = """
    SELECT lane FROM conversation
    UNION ALL SELECT lane FROM outbox
    UNION ALL SELECT lane FROM inbox WHERE body IS NOT NULL
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def program(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Watched]:
    """One program for all tests of this file."""
    async with Emulator() as emulator:
        made = Watched(emulator, tmp_path_factory.mktemp("program"))
        await made.start()
        await made.goes()
        yield made
        await made.kill()
        assert emulator.violations == []


def sealed(program: Watched, user: User) -> traces.Traces:
    """What the rows of this family hold just now, beyond what all rows begin with."""
    kept = "SELECT lane, body FROM conversation UNION ALL"
    address = " SELECT lane, address FROM conversation WHERE address IS NOT NULL"
    lane = program.lane(user)
    bodies = [body for one, body in program.rows(kept + address) if one == lane]
    assert len(bodies) == 2
    return {f"sealed {n}": body[HEAD_BYTES:] for n, body in enumerate(bodies)}


def rows_of(program: Watched, user: User, statement: str = OPEN_ROWS) -> int:
    lane = program.lane(user)
    return sum(row[0] == lane for row in program.rows(statement))


def written_by(user: User) -> list[str]:
    return [seen.text for seen in user.chat()]


def say_unheard(program: Watched, user: User, number: int) -> list[int]:
    """Messages that stand in the chat and are known, without a turn for each."""
    rooms = [
        user.room.add(user.person, {"text": f"bericht {n}"}) for n in range(number)
    ]
    known = [int(post.body["message_id"]) for post in rooms]
    (minute,) = max(program.rows("SELECT minute FROM message"))
    lane = program.lane(user)
    for message in known:
        row = (lane, message, None, minute)
        program.change("INSERT INTO message VALUES (?, ?, ?, ?)", *row)
    return known


async def test_wiped_answers_are_nowhere_on_the_disk(program: Watched) -> None:
    telephone = Telephone(program)
    await telephone.begins()
    ever = dict(sealed(program, telephone.user))
    await telephone.taps("arrears", "landlord")
    ever |= {
        f"later {name}": body for name, body in sealed(program, telephone.user).items()
    }
    assert traces.found(ever, program.places)
    await telephone.says("/wis")
    await program.until(lambda: traces.found(ever, program.places) == [])
    assert rows_of(program, telephone.user) == 0
    assert rows_of(program, telephone.user, "SELECT lane FROM message") == 1


async def test_the_messages_of_both_sides_are_gone(program: Watched) -> None:
    telephone = Telephone(program)
    await telephone.begins()
    await telephone.says("iets", "huurachterstand", "/help", "/gegevens")
    await telephone.says("/wis")
    (farewell,) = written_by(telephone.user)
    assert farewell.startswith(FAREWELL)
    assert "Oudere berichten blijven" in farewell


async def test_who_starts_again_is_not_known(program: Watched) -> None:
    telephone = Telephone(program)
    await telephone.begins()
    await telephone.taps("arrears")
    old = telephone.data("landlord").split(":")[0]
    await telephone.says("/wis", "/start nl")
    assert telephone.data("arrears").split(":")[0] != old
    *_, file = await telephone.says("/gegevens")
    assert file.document is not None
    assert "U gaf nog geen antwoorden." in file.document.content.decode()


async def test_wiping_nothing_does_no_harm(program: Watched) -> None:
    telephone = Telephone(program)
    await telephone.says("/wis", "/wis")
    (farewell,) = written_by(telephone.user)
    assert farewell.startswith(FAREWELL)
    assert rows_of(program, telephone.user) == 0


async def test_more_than_a_hundred_messages_go(program: Watched) -> None:
    telephone = Telephone(program)
    await telephone.begins()
    say_unheard(program, telephone.user, 230)
    await telephone.says("/wis")
    assert len(written_by(telephone.user)) == 1


async def test_a_message_that_has_to_stay_keeps_no_other(program: Watched) -> None:
    telephone = Telephone(program)
    await telephone.begins()
    known = say_unheard(program, telephone.user, 130)
    for old in (known[3], known[120]):
        post = telephone.user.room.posts[old]
        post.body = {**post.body, "date": post.body["date"] - TWO_DAYS}
    await telephone.says("/wis")
    assert written_by(telephone.user)[:-1] == ["bericht 3", "bericht 120"]
    assert rows_of(program, telephone.user, "SELECT lane FROM message") == 1


async def test_a_dice_keeps_no_other(program: Watched) -> None:
    """Telegram deletes a dice after a day only."""
    telephone = Telephone(program)
    await telephone.begins()
    await telephone.sends("dice")
    await telephone.says("/wis")
    assert len(telephone.user.chat()) == 2


async def test_in_the_middle_of_a_flood_all_before_it_goes(program: Watched) -> None:
    telephone = Telephone(program)
    await telephone.begins()
    await telephone.taps("arrears")
    for number in range(9):
        telephone.user.say(f"voor {number}")
    telephone.user.say("/wis")
    for number in range(4):
        telephone.user.say(f"na {number}")
    await telephone.looks()
    farewell, *later = [
        text for text in written_by(telephone.user) if "na " not in text[:3]
    ]
    assert farewell.startswith(FAREWELL)
    assert not any("voor" in text or "schuld" in text for text in later)
    assert "arrears" in telephone.data("arrears")


async def test_what_a_flood_left_unread_goes_with_the_rest(program: Watched) -> None:
    telephone = Telephone(program)
    await telephone.begins()
    for number in range(40):
        telephone.user.say(f"vloed {number}")
    await telephone.looks()
    await telephone.says("/wis")
    assert len(written_by(telephone.user)) == 1


async def test_while_telegram_lets_us_wait_the_disk_is_clean_all_the_same(
    program: Watched,
) -> None:
    telephone = Telephone(program)
    await telephone.begins()
    ever = sealed(program, telephone.user)
    chat = telephone.user.chat_id
    program.emulator.fail("sendMessage", too_many(900), chat=chat)
    telephone.user.say("iets")
    telephone.user.say("/wis")
    await program.until(lambda: traces.found(ever, program.places) == [])
    assert rows_of(program, telephone.user, "SELECT lane FROM conversation") == 0
