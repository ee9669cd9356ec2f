"""Trouble comes when the test asks for it: call by call, by chance, or as distance."""

import asyncio

import aiohttp
import pytest
from telegram import Bot
from telegram.error import RetryAfter

from tests import emulator as emulators
from tests.emulator import Chaos, Emulator
from tests.emulator.user import User
from tests.emulator_tests.conftest import Ask

KINDS = ("too_many", "broken", "cut_before", "cut_after", "slow")


async def test_faults_wait_in_turn_for_their_chat_and_method(
    emulator: Emulator, ask: Ask
) -> None:
    hit, spared = User(emulator), User(emulator)
    faults = (emulators.too_many(3), emulators.blocked())
    emulator.fail("sendMessage", *faults, chat=hit.id)
    assert (await ask("sendMessage", chat_id=spared.id, text="x"))["ok"]
    first = await ask("sendMessage", chat_id=hit.id, text="x")
    assert first["parameters"] == {"retry_after": 3}
    second = await ask("sendMessage", chat_id=hit.id, text="x")
    assert second["description"] == "Forbidden: bot was blocked by the user"
    assert (await ask("sendMessage", chat_id=hit.id, text="x"))["ok"]


async def test_server_trouble_is_no_json(
    emulator: Emulator, http: aiohttp.ClientSession
) -> None:
    emulator.fail("getMe", emulators.broken(503))
    async with http.get(f"{emulator.base_url}{emulator.token}/getMe") as response:
        assert response.status == 503
        assert (await response.text()).startswith("<html>")


@pytest.mark.parametrize(
    ("fault", "left_behind"),
    [
        pytest.param(emulators.cut_before(), 0, id="before the effect"),
        pytest.param(emulators.cut_after(), 1, id="after the effect"),
    ],
)
async def test_a_connection_can_be_cut(
    emulator: Emulator, ask: Ask, fault: emulators.Fault, left_behind: int
) -> None:
    family = User(emulator)
    emulator.fail("sendMessage", fault)
    with pytest.raises(aiohttp.ClientError):
        await ask("sendMessage", chat_id=family.id, text="x")
    assert len(family.chat()) == left_behind
    assert emulator.calls[-1].reply is None


async def test_a_slow_answer_comes_when_the_test_says_so(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    release = asyncio.Event()
    emulator.fail("sendMessage", emulators.slow(release))
    sending = asyncio.create_task(ask("sendMessage", chat_id=family.id, text="x"))
    assert (await family.next())[0].text == "x"
    assert not sending.done()
    release.set()
    assert (await sending)["ok"]


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
async def test_ptb_understands_the_faults(
    emulator: Emulator, bot: Bot, family: User
) -> None:
    emulator.fail("sendMessage", emulators.too_many(7))
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(family.id, "Dag")
    assert "7" in str(caught.value)


async def say_often(emulator: Emulator, ask: Ask, times: int) -> User:
    """A bot that says everything once, whatever comes of it."""
    family = User(emulator)
    for number in range(times):
        try:
            await ask("sendMessage", chat_id=family.id, text=f"{number}")
        except aiohttp.ClientError:
            continue
    return family


async def test_chance_takes_effect_as_each_kind_of_trouble_does(
    emulator: Emulator, ask: Ask
) -> None:
    chaos = emulator.chaos = Chaos.even(seed=3, share=0.5)
    family = await say_often(emulator, ask, 60)
    kinds = [injected.kind for injected in chaos.injected]
    assert set(kinds) == set(KINDS)
    undone = sum(kinds.count(kind) for kind in ("too_many", "broken", "cut_before"))
    assert len(family.chat()) == 60 - undone
    unheard = {call.number for call in emulator.calls if call.reply is None}
    assert unheard == {i.call for i in chaos.injected if "cut" in i.kind}
    assert emulator.violations == []


def test_the_same_seed_brings_the_same_trouble() -> None:
    def fate(seed: int, calls: range) -> set[tuple[int, str]]:
        chaos = Chaos.even(seed, share=0.2)
        for number in calls:
            chaos.fault(number, "sendMessage")
        return {(injected.call, injected.kind) for injected in chaos.injected}

    there, back = range(1, 1001), range(1000, 0, -1)
    assert fate(7, there) == fate(7, back)
    assert fate(7, there) != fate(8, there)
    assert 100 < len(fate(7, there)) < 300


def test_chance_may_spare_methods_and_kinds() -> None:
    chaos = Chaos(1, {"slow": 1.0}, methods=["sendMessage"], slow_for=0.01)
    assert chaos.fault(1, "getUpdates") is None
    assert chaos.fault(2, "sendMessage") == emulators.Fault(wait=0.01)
    assert [injected.kind for injected in chaos.injected] == ["slow"]
    with pytest.raises(KeyError, match="fire"):
        Chaos(1, {"fire": 0.1})


async def test_trouble_that_was_asked_for_comes_before_chance(
    emulator: Emulator, ask: Ask
) -> None:
    emulator.chaos = Chaos(1, {"too_many": 1.0})
    emulator.fail("getMe", emulators.refusal(400, "Bad Request: x"))
    assert (await ask("getMe"))["error_code"] == 400
    assert (await ask("getMe"))["error_code"] == 429
    emulator.chaos = None
    assert (await ask("getMe"))["ok"]


async def test_distance_delays_the_answer_and_not_the_effect(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    emulator.latency = 3600.0
    sending = asyncio.create_task(ask("sendMessage", chat_id=family.id, text="x"))
    assert (await family.next())[0].text == "x"
    assert not sending.done()
    sending.cancel()
    emulator.latency = 0.01
    assert (await ask("getMe"))["ok"]
