"""The program dies, is stopped, or is not wanted: no family loses its place."""

import asyncio
import random
import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from telegram.error import NetworkError, TimedOut

from bot.telegram.request import UnreachableError
from bot.telegram.send import Tries
from tests.emulator import Emulator, refusal, slow
from tests.emulator.text import units
from tests.emulator.user import Seen, User
from tests.telegram.conftest import LONGEST, Program, Telephone

TYPED = ("/start nl", "huurachterstand", "verhuurder")
NEXT = {"reminder", "fourteen_days", "last_warning"}
"""Answers offered when all of TYPED was heard, each of it once."""


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with Emulator() as running:
        yield running
        assert running.violations == []


@pytest.fixture
async def program(emulator: Emulator, tmp_path: Path) -> AsyncIterator[Program]:
    """A program that is not started yet."""
    made = Program(emulator, tmp_path)
    yield made
    await made.kill()


async def until_calls(emulator: Emulator, number: int, *methods: str) -> None:
    """Wait until so many calls were made, of these methods or of all."""
    async with asyncio.timeout(LONGEST):
        while len(emulator.calls_of(*methods) if methods else emulator.calls) < number:
            await emulator.call_bell.heard()


def read(user: User) -> list[Seen]:
    return [seen for seen in user.chat() if not seen.mine]


def offered(user: User) -> set[str]:
    """The answers on the newest buttons."""
    *_, last = (seen for seen in read(user) if seen.buttons)
    every = [button.data or "" for row in last.buttons for button in row]
    return {data.rpartition(":")[2] for data in every}


# --- kill -9 -----------------------------------------------------------------------


async def test_killed_at_any_moment_every_family_ends_at_the_right_question(
    emulator: Emulator, program: Program
) -> None:
    dice, kills = random.Random(11), 4
    families = [User(emulator) for _ in range(10)]
    for text in TYPED:
        for family in families:
            family.say(text)
    for _ in range(kills):
        before = len(emulator.calls)
        await program.start()
        await until_calls(emulator, before + dice.randint(1, 24))
        await program.kill()
    await program.start()
    await program.rests()
    for family in families:
        texts = [seen.text for seen in read(family)]
        assert offered(family) >= NEXT
        assert not any("begrijp" in text for text in texts)
        assert len(texts) <= len(set(texts)) + kills


async def test_killed_before_the_commit_it_repeats_that_one_message(
    emulator: Emulator, program: Program
) -> None:
    family = User(emulator)
    emulator.fail("sendMessage", slow(asyncio.Event()), chat=family.chat_id)
    family.say("/start nl")
    await program.start()
    await family.next()
    await program.kill()
    await program.start()
    await program.rests()
    texts = [seen.text for seen in read(family)]
    assert len(texts) == 3
    assert texts[0] == texts[1] != texts[2]


async def test_after_a_restart_a_family_goes_on_where_it_was(
    emulator: Emulator, program: Program
) -> None:
    await program.start()
    telephone = Telephone(program)
    await telephone.says("/start", "nederlands", "huurachterstand")
    before = telephone.question
    assert await program.terminate() == 0
    await program.start()
    news = await telephone.taps("landlord")
    assert offered(telephone.user) >= NEXT
    assert before.id in [seen.id for seen in news if seen.edited]


# --- back after some days ------------------------------------------------------------

FRIDAY, THURSDAY = date(2026, 11, 20), date(2026, 11, 26)
BAILIFF = ("/start nl", "huurachterstand", "deurwaarder", "dagvaarding")
AT_HOME = ("4 en 9", "woningcorporatie", "3511", "niets hiervan", "nee", "klopt")


def copied(user: User) -> list[str]:
    """Messages that are one block to copy, from the first sign to the last."""
    bodies = [post.body for post in user.room.posts.values()]
    blocks = [
        (body, entity["length"])
        for body in bodies
        for entity in body.get("entities", [])
        if entity["type"] == "pre" and entity["offset"] == 0
    ]
    return [body["text"] for body, length in blocks if length == units(body["text"])]


async def test_who_got_no_talk_is_told_the_limit_of_the_law_and_how_to_complain(
    emulator: Emulator, program: Program
) -> None:
    """Three working days after Friday the 20th end on Wednesday the 25th."""
    await program.start(FRIDAY)
    telephone = Telephone(program)
    await telephone.says(*BAILIFF, "19-11-2026", "ja", "10-12-2026", "ja", *AT_HOME)
    assert copied(telephone.user) == []
    assert await program.terminate() == 0
    await program.start(THURSDAY)
    await telephone.taps("follow.no_talk")
    assert "Op welke dag vroeg u de gemeente om hulp?" in telephone.question.text
    told = await telephone.says("20 november", "ja", "klopt")
    limit = "moest uiterlijk op woensdag 25 november 2026 met u praten"
    assert any(limit in seen.text for seen in told)
    (complaint,) = copied(telephone.user)
    assert complaint.startswith("Aan de gemeente …\nKlacht: ik kreeg geen gesprek")
    assert "vrijdag 20 november 2026" in complaint
    assert "woensdag 25 november 2026" in complaint


# --- SIGTERM -----------------------------------------------------------------------


async def test_sigterm_ends_it_also_while_telegram_does_not_answer(
    emulator: Emulator, program: Program
) -> None:
    family = User(emulator)
    emulator.fail("sendMessage", slow(asyncio.Event()), chat=family.chat_id)
    family.say("/start nl")
    await program.start()
    await family.next()
    assert await program.terminate() == 0
    assert "Traceback" not in program.log


async def test_sigterm_ends_it_while_there_is_no_connection(
    emulator: Emulator, program: Program
) -> None:
    emulator.fail("getMe", *[refusal(500, "Internal Server Error")] * 20)
    await program.start()
    await until_calls(emulator, 2, "getMe")
    assert await program.terminate() == 0
    assert "Traceback" not in program.log


async def test_it_waits_for_a_telegram_that_is_not_there_yet(
    emulator: Emulator, program: Program
) -> None:
    emulator.fail("getMe", refusal(500, "Internal Server Error"))
    family = User(emulator)
    family.say("/start nl")
    await program.start()
    assert await family.next(timeout=LONGEST)


async def test_what_waits_in_the_outbox_is_said_after_a_restart(
    emulator: Emulator, program: Program
) -> None:
    family = User(emulator)
    wait = refusal(429, "Too Many Requests: retry after 900", retry_after=900)
    emulator.fail("sendMessage", wait, chat=family.chat_id)
    family.say("/start nl")
    await program.start()
    await until_calls(emulator, 1, "sendMessage")
    assert await program.terminate() == 0
    await program.start()
    await program.rests()
    assert len(read(family)) == 2


# --- how long it tries --------------------------------------------------------------


def test_trouble_at_telegram_is_given_up_after_a_day() -> None:
    tries = Tries("sendMessage")
    waits = list(iter(lambda: tries.wait(NetworkError("Bad Gateway")), None))
    assert 22 * 3600 < sum(waits) <= 24 * 3600
    assert max(waits) <= 60


def test_a_network_that_is_away_is_waited_for() -> None:
    tries = Tries("sendMessage")
    assert None not in [tries.wait(UnreachableError("")) for _ in range(10_000)]


def test_a_message_that_may_have_arrived_is_sent_once_more_and_not_at_once() -> None:
    tries = Tries("sendMessage")
    first = tries.wait(TimedOut())
    assert first is not None
    assert first >= 5
    assert tries.wait(TimedOut()) is None


def test_an_edit_may_be_repeated() -> None:
    tries = Tries("editMessageText")
    assert None not in [tries.wait(TimedOut()) for _ in range(50)]


# --- not wanted --------------------------------------------------------------------


async def test_a_wrong_token_is_one_clear_sentence(
    emulator: Emulator, tmp_path: Path
) -> None:
    wrong = "7000000001:NobodyKnowsThisOne"
    program = Program(emulator, tmp_path, TELEGRAM_TOKEN=wrong)
    await program.start()
    assert await program.ends() == 2
    assert "TELEGRAM_TOKEN: Telegram does not know this token" in program.log
    assert "Traceback" not in program.log
    assert wrong not in program.log


async def test_a_token_that_was_revoked_ends_the_program(
    emulator: Emulator, program: Program
) -> None:
    emulator.fail("getUpdates", refusal(401, "Unauthorized"))
    await program.start()
    assert await program.ends() == 2
    assert "TELEGRAM_TOKEN" in program.log


async def test_of_two_programs_the_one_that_came_second_ends(
    emulator: Emulator, program: Program, tmp_path: Path
) -> None:
    await program.start()
    telephone = Telephone(program)
    await telephone.says("/start", *["/help"] * 10)
    second = Program(emulator, tmp_path, DATABASE=str(tmp_path / "second.db"))
    same_database = Program(emulator, tmp_path)
    for unwanted in (second, same_database):
        await unwanted.start()
        assert await unwanted.ends() == 2
    await telephone.says("/help")
    assert "Another program already answers for this bot" in program.log
    assert re.search(
        r"another program \(\S+, process \d+\) is using it; only one may run",
        program.log,
    )
    assert "Traceback" not in program.log


async def test_a_webhook_is_named(emulator: Emulator, program: Program) -> None:
    emulator.api.webhook = "https://example.org/hook"
    await program.start()
    assert await program.ends() == 2
    assert "This bot has a webhook" in program.log
