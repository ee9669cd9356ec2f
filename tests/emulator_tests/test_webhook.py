"""The emulator brings updates to a webhook as the server does: in order, until 2xx."""

import asyncio
from collections.abc import AsyncIterator
from random import Random

import aiohttp
import pytest
from aiohttp import web

from tests.emulator import Delivery, Emulator, Json
from tests.emulator.updates import Bell
from tests.emulator.user import User
from tests.emulator.webhook import SECRET_HEADER, Hook, lane_of, listens, pause_after
from tests.emulator_tests.conftest import YES, Ask

Hang = None


class House:
    """The bot's own address: notes what arrives and answers as it was told."""

    def __init__(self) -> None:
        self.arrived: list[Json] = []
        self.headers: list[dict[str, str]] = []
        self.answers: list[web.Response | None] = []
        self.open = asyncio.Event()
        self.open.set()
        self.bell = Bell()
        self.at_once = 0
        self.most_at_once = 0
        self.url = ""

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.arrived]

    async def take(self, request: web.BaseRequest) -> web.StreamResponse:
        self.headers.append(dict(request.headers))
        self.arrived.append(await request.json())
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.bell.ring()
        try:
            await self.open.wait()
        finally:
            self.at_once -= 1
        answer = self.answers.pop(0) if self.answers else web.Response()
        if answer is Hang:
            assert request.transport is not None
            request.transport.abort()
        return answer or web.Response()

    async def holds(self, number: int) -> None:
        """Until so many updates are inside at the same time."""
        async with asyncio.timeout(10):
            while self.at_once < number:
                await self.bell.heard()


@pytest.fixture
async def house() -> AsyncIterator[House]:
    built = House()
    server = web.Server(built.take, handler_cancellation=True, access_log=None)
    runner = web.ServerRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    built.url = f"http://127.0.0.1:{runner.addresses[0][1]}/in"
    yield built
    await runner.cleanup()


async def tried(emulator: Emulator, times: int) -> list[Delivery]:
    """The first deliveries, once there are so many."""
    async with asyncio.timeout(10):
        while len(emulator.deliveries) < times:
            await emulator.api.sender.bell.heard()
    return emulator.deliveries[:times]


async def test_updates_arrive_as_json_with_the_secret(
    emulator: Emulator, ask: Ask, family: User, house: House
) -> None:
    assert (await ask("setWebhook", url=house.url, secret_token="s-3_T"))["ok"]
    family.say("hallo")
    await emulator.settled()
    assert house.texts == ["hallo"]
    assert house.headers[0][SECRET_HEADER] == "s-3_T"
    assert house.headers[0]["Content-Type"] == "application/json"
    assert emulator.violations == []


async def test_without_a_secret_there_is_no_header(
    emulator: Emulator, ask: Ask, family: User, house: House
) -> None:
    await ask("setWebhook", url=house.url)
    family.say("hallo")
    await emulator.settled()
    assert SECRET_HEADER not in house.headers[0]


async def test_what_waited_before_the_webhook_arrives_too(
    emulator: Emulator, ask: Ask, family: User, house: House
) -> None:
    family.say("een")
    family.say("twee")
    await ask("setWebhook", url=house.url)
    await emulator.settled()
    assert house.texts == ["een", "twee"]


async def test_messages_of_a_chat_wait_for_each_other_and_a_tap_does_not(
    emulator: Emulator, ask: Ask, family: User, house: House
) -> None:
    await ask("sendMessage", chat_id=family.id, text="?", reply_markup=YES)
    await ask("setWebhook", url=house.url)
    house.open.clear()
    family.say("een")
    family.edit("een!")
    family.double_tap("Ja")
    family.block()
    User(emulator).say("ander")
    await house.holds(4)
    house.open.set()
    await emulator.settled()
    kinds = [next(k for k in update if k != "update_id") for update in house.arrived]
    together = {"message", "callback_query", "my_chat_member"}
    assert set(kinds[:4]) == together
    assert sorted(kinds[4:]) == ["callback_query", "edited_message"]
    assert house.most_at_once == 4


async def test_no_more_connections_than_the_bot_allows(
    emulator: Emulator, ask: Ask, house: House
) -> None:
    await ask("setWebhook", url=house.url, max_connections=2)
    house.open.clear()
    for _ in range(5):
        User(emulator).say("hallo")
    await house.holds(2)
    house.open.set()
    await emulator.settled()
    assert (len(house.arrived), house.most_at_once) == (5, 2)


@pytest.mark.parametrize(
    ("answer", "status", "words"),
    [
        pytest.param(
            web.Response(status=503),
            503,
            "Wrong response from the webhook: 503 Service Unavailable",
            id="server trouble",
        ),
        pytest.param(
            web.Response(status=302, headers={"Location": "/"}),
            302,
            "Wrong response from the webhook: 302 Found",
            id="elsewhere",
        ),
        pytest.param(Hang, None, "Connection closed", id="hang-up"),
    ],
)
async def test_anything_but_2xx_brings_the_update_again(
    emulator: Emulator,
    ask: Ask,
    family: User,
    house: House,
    answer: web.Response | None,
    status: int | None,
    words: str,
) -> None:
    await ask("setWebhook", url=house.url)
    house.answers = [answer]
    family.say("een")
    family.say("twee")
    await emulator.settled()
    assert house.texts == ["een", "een", "twee"]
    assert house.arrived[0] == house.arrived[1]
    assert [delivery.status for delivery in emulator.deliveries] == [status, 200, 200]
    info = (await ask("getWebhookInfo"))["result"]
    assert info["last_error_message"] == words
    assert abs(info["last_error_date"] - emulator.now()) < 60


async def test_a_slow_answer_is_given_up_and_asked_for_again(
    http: aiohttp.ClientSession, house: House
) -> None:
    async with Emulator(webhook_timeout=0.05) as hasty:
        url = f"{hasty.base_url}{hasty.token}/setWebhook"
        await http.post(url, json={"url": house.url})
        house.open.clear()
        User(hasty).say("hallo")
        first, _ = await tried(hasty, 2)
        assert first.trouble == "Read timeout expired"
        house.open.set()
        await hasty.settled()
        assert len(hasty.deliveries) == len(house.arrived) > 2


async def test_a_bot_that_is_down_gets_everything_when_it_is_back(
    emulator: Emulator, ask: Ask, family: User, house: House
) -> None:
    nobody = "http://127.0.0.1:9/in"
    await ask("setWebhook", url=nobody)
    family.say("hallo")
    await tried(emulator, 3)
    info = (await ask("getWebhookInfo"))["result"]
    assert (info["url"], info["pending_update_count"]) == (nobody, 1)
    assert info["last_error_message"] == "Connection refused"
    later = emulator.now() + 2
    emulator.now = lambda: later
    await ask("setWebhook", url=house.url)
    await emulator.settled()
    assert house.texts == ["hallo"]
    assert "last_error_message" not in (await ask("getWebhookInfo"))["result"]


def test_pauses_grow_from_nothing_to_a_minute() -> None:
    assert [pause_after(n) for n in range(1, 9)] == [0, 2, 4, 8, 16, 32, 60, 60]


async def test_the_bot_may_say_how_long_to_wait(
    emulator: Emulator, ask: Ask, family: User, house: House
) -> None:
    await ask("setWebhook", url=house.url)
    house.answers = [
        web.Response(status=429, headers={"Retry-After": "2"}),
        web.Response(status=503, headers={"Retry-After": "9999"}),
    ]
    family.say("hallo")
    waits = [delivery.retry_after for delivery in await tried(emulator, 2)]
    assert waits == [2, 3600]
    await ask("deleteWebhook")


@pytest.mark.parametrize(
    ("seconds", "texts"),
    [pytest.param(151, 1, id="a tap"), pytest.param(86_401, 0, id="and a message")],
)
async def test_an_update_past_its_time_is_dropped(
    emulator: Emulator, ask: Ask, family: User, house: House, seconds: int, texts: int
) -> None:
    await ask("sendMessage", chat_id=family.id, text="?", reply_markup=YES)
    family.tap("Ja")
    family.say("hallo")
    later = emulator.now() + seconds
    emulator.now = lambda: later
    await ask("setWebhook", url=house.url)
    await emulator.settled()
    assert house.texts == ["hallo"] * texts


async def test_an_update_is_dropped_when_the_next_try_would_come_too_late(
    emulator: Emulator, ask: Ask, family: User, house: House
) -> None:
    await ask("sendMessage", chat_id=family.id, text="?", reply_markup=YES)
    family.tap("Ja")
    house.answers = [web.Response(status=503, headers={"Retry-After": "151"})]
    await ask("setWebhook", url=house.url)
    await emulator.settled()
    assert len(house.arrived) == 1
    assert (await ask("getWebhookInfo"))["result"]["pending_update_count"] == 0


async def test_a_webhook_gets_only_what_it_asked_for(
    emulator: Emulator, ask: Ask, family: User, house: House
) -> None:
    await ask("setWebhook", url=house.url, allowed_updates=["message"])
    family.say("een")
    family.edit("een!")
    await emulator.settled()
    assert house.texts == ["een"]
    info = (await ask("getWebhookInfo"))["result"]
    assert (info["allowed_updates"], info["max_connections"]) == (["message"], 40)


async def test_a_deleted_webhook_leaves_the_rest_to_polling(
    emulator: Emulator, ask: Ask, family: User, house: House
) -> None:
    await ask("setWebhook", url=house.url)
    assert (await ask("getUpdates"))["error_code"] == 409
    house.open.clear()
    family.say("een")
    family.say("twee")
    await house.holds(1)
    await ask("deleteWebhook")
    updates = (await ask("getUpdates"))["result"]
    assert [update["message"]["text"] for update in updates] == ["een", "twee"]
    assert house.texts == ["een"]


@pytest.mark.parametrize("method", ["setWebhook", "deleteWebhook"])
async def test_waiting_updates_can_be_dropped(
    emulator: Emulator, ask: Ask, family: User, house: House, method: str
) -> None:
    family.say("vroeger")
    parameters = {"url": house.url} if method == "setWebhook" else {}
    await ask(method, drop_pending_updates=True, **parameters)
    await emulator.settled()
    assert house.arrived == []
    assert (await ask("getWebhookInfo"))["result"]["pending_update_count"] == 0


async def test_an_update_comes_again_when_the_test_says_so(
    emulator: Emulator, ask: Ask, family: User, house: House
) -> None:
    await ask("setWebhook", url=house.url)
    family.say("hallo")
    await emulator.settled()
    number = house.arrived[0]["update_id"]
    emulator.redeliver(number)
    await emulator.settled()
    assert house.arrived[0] == house.arrived[1]


async def test_an_update_on_its_way_can_be_sent_twice(
    emulator: Emulator, ask: Ask, family: User, house: House
) -> None:
    await ask("setWebhook", url=house.url)
    house.open.clear()
    family.say("hallo")
    await house.holds(1)
    emulator.redeliver(house.arrived[0]["update_id"])
    house.open.set()
    await emulator.settled()
    assert house.texts == ["hallo", "hallo"]


async def test_a_lost_answer_brings_the_update_again(
    emulator: Emulator, ask: Ask, family: User, house: House
) -> None:
    await ask("setWebhook", url=house.url)
    emulator.lose_answers(2)
    family.say("hallo")
    await emulator.settled()
    assert house.texts == ["hallo"] * 3
    assert [delivery.lost for delivery in emulator.deliveries] == [True, True, False]


async def test_whatever_fails_every_chat_is_heard_in_order(
    http: aiohttp.ClientSession, house: House
) -> None:
    chance = Random(7)
    async with Emulator(webhook_pace=0) as quick:
        url = f"{quick.base_url}{quick.token}/setWebhook"
        await http.post(url, json={"url": house.url, "max_connections": 7})
        house.answers = [
            chance.choice((web.Response(), web.Response(status=503), Hang))
            for _ in range(300)
        ]
        quick.lose_answers(20)
        families = [User(quick) for _ in range(20)]
        for number in range(5):
            for family in families:
                family.say(f"{number}")
        await quick.settled()
    for family in families:
        theirs = [u for u in house.arrived if u["message"]["chat"]["id"] == family.id]
        numbers = [int(update["message"]["text"]) for update in theirs]
        assert numbers == sorted(numbers)
        assert set(numbers) == set(range(5))


async def test_a_server_that_was_away_goes_on_delivering(
    emulator: Emulator, ask: Ask, family: User, house: House
) -> None:
    await ask("setWebhook", url=house.url)
    await emulator.stop()
    family.say("hallo")
    assert house.arrived == []
    await emulator.start()
    await emulator.settled()
    assert house.texts == ["hallo"]


async def test_settled_waits_for_what_the_webhook_leads_to(
    emulator: Emulator, ask: Ask, family: User, house: House
) -> None:
    await ask("setWebhook", url=house.url)
    house.answers = [web.Response(status=500) for _ in range(3)]
    family.say("hallo")

    async def answer() -> None:
        while len(house.arrived) < 4:
            await house.bell.heard()
        await ask("sendMessage", chat_id=family.id, text="Dag")

    answering = asyncio.create_task(answer())
    assert [seen.text for seen in await family.settled()] == ["Dag"]
    await answering


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        pytest.param(
            {"url": "http://example.org/in"},
            "bad webhook: An HTTPS URL must be provided for webhook",
            id="no https",
        ),
        pytest.param(
            {"url": "ftp://127.0.0.1/in"},
            "bad webhook: An HTTPS URL must be provided for webhook",
            id="no http at all",
        ),
        pytest.param(
            {"url": "https://example.org:8080/in"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
            id="port",
        ),
        pytest.param(
            {"secret_token": "with blanks"},
            "secret token contains unallowed characters",
            id="blanks",
        ),
        pytest.param({"secret_token": "é"}, "unallowed characters", id="accent"),
        pytest.param({"secret_token": ""}, "1-256 characters", id="empty"),
        pytest.param({"secret_token": "x" * 257}, "1-256 characters", id="long"),
        pytest.param({"max_connections": 101}, "1-100 value", id="connections"),
    ],
)
async def test_bad_webhooks_are_violations(
    emulator: Emulator, ask: Ask, parameters: Json, words: str
) -> None:
    answer = await ask("setWebhook", **{"url": "https://example.org/in", **parameters})
    assert answer["error_code"] == 400
    assert words in emulator.violations[0].words
    assert (await ask("getWebhookInfo"))["result"]["url"] == ""


async def test_a_webhook_is_set_at_most_once_a_second(
    emulator: Emulator, ask: Ask, house: House
) -> None:
    emulator.now = lambda: 100.0
    assert (await ask("setWebhook", url=house.url))["ok"]
    again = await ask("setWebhook", url=house.url)
    assert again["parameters"] == {"retry_after": 1}
    assert (await ask("deleteWebhook"))["ok"]
    emulator.now = lambda: 101.0
    assert (await ask("setWebhook", url=house.url))["ok"]
    assert emulator.violations == []


async def test_no_update_leaves_the_machine(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    await ask("setWebhook", url="https://example.org/in")
    family.say("hallo")
    (delivery,) = await tried(emulator, 1)
    assert "ever leaves this machine" in delivery.trouble


def test_the_secret_stays_out_of_sight() -> None:
    assert "geheim" not in repr(Hook("https://example.org/in", "geheim"))


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {"chat": {"id": 5}}}, ("message", 5)),
        ({"edited_message": {"chat": {"id": 5}}}, ("message", 5)),
        ({"callback_query": {"from": {"id": 5}}}, ("callback_query", 5)),
        ({"my_chat_member": {"chat": {"id": 5}}}, ("my_chat_member", 5)),
        ({"poll": {"id": "8"}}, ("poll", 0)),
        ({"new_kind": 7}, ("new_kind", 0)),
        ({}, ("", 0)),
    ],
)
def test_updates_wait_for_those_of_their_lane(
    update: Json, lane: tuple[str, int]
) -> None:
    assert lane_of({"update_id": 1, **update}) == lane


async def test_an_address_listens_or_not(house: House) -> None:
    assert await listens(house.url)
    assert not await listens("http://127.0.0.1:9/in")
