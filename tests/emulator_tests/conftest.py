"""An emulator, a bot that asks it by hand, PTB's own bot, and a family."""

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from tests.emulator import Emulator, Json
from tests.emulator.user import User

Ask = Callable[..., Coroutine[Any, Any, Json]]
YES = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with Emulator() as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def ask(emulator: Emulator, http: aiohttp.ClientSession) -> Ask:
    """One call with a JSON body; the answer as JSON."""

    async def asked(method: str, **parameters: Any) -> Json:
        url = emulator.base_url + emulator.token + "/" + method
        async with http.post(url, json=parameters) as response:
            answer: Json = await response.json()
            return answer

    return asked


@pytest.fixture
async def bot(emulator: Emulator) -> AsyncIterator[Bot]:
    async with Bot(emulator.token, base_url=emulator.base_url) as running:
        yield running


@pytest.fixture
def family(emulator: Emulator) -> User:
    return User(emulator)
