"""Calls as they leave: JSON, and a form when a file goes with them."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InputFile
from telegram.error import TimedOut

from bot.telegram.request import AiohttpRequest, UnreachableError
from tests.emulator import Emulator, Upload, cut_after
from tests.emulator.user import User

FILE = "Alles over é & €\n".encode()


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with Emulator() as running:
        yield running
        assert running.violations == []


def bot_of(emulator: Emulator) -> Bot:
    return Bot(emulator.token, base_url=emulator.base_url, request=AiohttpRequest())


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBUserWarning")
async def test_a_file_arrives_whole_with_what_stands_below_it(
    emulator: Emulator,
) -> None:
    family = User(emulator)
    async with bot_of(emulator) as bot:
        rows = [[{"text": "✅ Ja", "callback_data": "a:1:b:c"}]]
        body = {
            "chat_id": family.chat_id,
            "caption": "Alles & meer",
            "document": InputFile(FILE, "alles.txt"),
            "reply_markup": {"inline_keyboard": rows},
        }
        await bot.do_api_request("sendDocument", api_kwargs=body)
    (seen,) = await family.next()
    assert seen.document == Upload("alles.txt", "text/plain", FILE)
    assert (seen.text, seen.labels) == ("Alles & meer", ("✅ Ja",))


async def test_without_an_answer_it_may_have_been_done(emulator: Emulator) -> None:
    family = User(emulator)
    async with bot_of(emulator) as bot:
        emulator.fail("sendMessage", cut_after())
        with pytest.raises(TimedOut):
            await bot.send_message(family.chat_id, "Dag")
    assert [seen.text for seen in family.chat()] == ["Dag"]


async def test_without_a_connection_nothing_was_sent() -> None:
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    request = AiohttpRequest()
    await request.initialize()
    with pytest.raises(UnreachableError) as raised:
        await request.do_request(f"http://127.0.0.1:{port}/bot1:geheim/getMe", "POST")
    await request.shutdown()
    assert "geheim" not in str(raised.value)
