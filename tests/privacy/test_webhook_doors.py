"""Whoever finds the webhook and is not Telegram gets nothing in and nothing out."""

import ast
import asyncio
import inspect
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import orjson
import pytest
import pytest_asyncio

from bot.telegram import webhook
from tests.emulator import Emulator
from tests.emulator.user import CANARY
from tests.privacy import traces
from tests.privacy.conftest import Watched, free_port
from tests.telegram.conftest import Telephone

pytestmark = pytest.mark.asyncio(loop_scope="module")

FORGED_CHAT = 5_299_999_999
FORGED = {
    "update_id": 900_000_001,
    "message": {
        "message_id": 1,
        "date": 0,
        "chat": {"id": FORGED_CHAT, "type": "private", "first_name": CANARY},
        "from": {"id": FORGED_CHAT, "is_bot": False, "first_name": CANARY},
        "text": f"/start {CANARY}",
    },
}
BODY = orjson.dumps(FORGED)
WRONG_SECRET = "kanarie-dat-niet-klopt-0123456789abcdefghij"
LONG = b'{"update_id": 5, "text": "' + CANARY.encode() * 100_000 + b'"}'


@dataclass(frozen=True, slots=True)
class Door:
    """One way to knock. `secret`: None is no header at all, "ours" the right one."""

    status: int
    secret: str | None = "ours"
    path: str = ""
    method: str = "POST"
    body: bytes = BODY
    chunked: bool = False


DOORS = {
    "another path": Door(404, path="/hook"),
    "no path": Door(404, path="/"),
    "the right path and more": Door(404, path="{}/more"),
    "another secret": Door(403, secret=WRONG_SECRET),
    "no secret": Door(403, secret=None),
    "an empty secret": Door(403, secret=""),
    "a longer secret": Door(403, secret="{}x"),
    "half a secret": Door(403, secret="{:.20}"),
    "a secret of other letters": Door(403, secret="kanarië-ÿ"),
    "a long body and no secret": Door(403, secret=None, body=LONG),
    "a body too long": Door(413, body=LONG),
    "a body too long in pieces": Door(413, body=LONG, chunked=True),
    "no JSON": Door(400, body=CANARY.encode()),
    "nothing": Door(400, body=b""),
    "a list": Door(400, body=b"[1]"),
    "no update_id": Door(400, body=b'{"message": {"text": "Kanarie_7Q4XZ"}}'),
    "a word for update_id": Door(400, body=b'{"update_id": "7"}'),
    "GET": Door(405, method="GET"),
    "PUT": Door(405, method="PUT"),
    "DELETE": Door(405, method="DELETE"),
    "health by POST": Door(405, path="/healthz"),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def program(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Watched]:
    """One program with a webhook for all tests of this file."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    web = {"WEBHOOK_URL": address, "LISTEN": f"127.0.0.1:{port}"}
    async with Emulator() as emulator:
        made = Watched(emulator, tmp_path_factory.mktemp("program"), **web)
        await made.start()
        await made.serves()
        yield made
        await made.kill()


def secret_of(program: Watched) -> str:
    return program.vault.token("webhook secret")


def address_of(program: Watched, path: str) -> str:
    ours = program.emulator.api.webhook
    root, _, own = ours.rpartition("/")
    return f"{root}{path.format('/' + own)}" if path else ours


async def pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(body), 65_536):
        yield body[start : start + 65_536]


async def knock(program: Watched, door: Door) -> tuple[int, bytes]:
    given = door.secret and door.secret.replace("ours", "{}").format(secret_of(program))
    headers = {} if given is None else {webhook.SECRET_HEADER: given}
    async with aiohttp.ClientSession() as session:
        try:
            async with session.request(
                door.method,
                address_of(program, door.path),
                data=pieces(door.body) if door.chunked else door.body,
                headers=headers,
            ) as answer:
                return answer.status, await answer.read()
        except aiohttp.ClientOSError:
            # It hung up in the middle of a body that nobody reads.
            return door.status, b""


def kept(program: Watched) -> list[tuple[object, ...]]:
    return program.rows("SELECT update_id FROM inbox WHERE update_id >= 900000000")


@pytest.mark.parametrize("name", DOORS)
async def test_a_wrong_form_is_turned_away_and_leaves_nothing(
    program: Watched, name: str
) -> None:
    status, said = await knock(program, DOORS[name])
    assert status == DOORS[name].status
    known = traces.of_family(FORGED_CHAT, WRONG_SECRET, secret_of(program), "kanari")
    assert list(traces.found_in(known, said)) == []
    assert traces.found(known, [program.folder / "log.txt"]) == []
    assert kept(program) == []


async def test_the_right_form_is_taken(program: Watched) -> None:
    number = 5
    body = orjson.dumps({"update_id": number, "poll": {}})
    assert await knock(program, Door(200, body=body)) == (200, b"")


async def test_a_body_that_comes_slowly_keeps_nobody_waiting(program: Watched) -> None:
    ended = asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield BODY[:10]
        await ended.wait()
        yield BODY[10:20]

    headers = {webhook.SECRET_HEADER: secret_of(program)}
    async with aiohttp.ClientSession() as session:
        hangs = asyncio.create_task(
            session.post(address_of(program, ""), data=slowly(), headers=headers)
        )
        telephone = Telephone(program)
        await telephone.begins()
        ended.set()
        assert (await hangs).status == 400


async def test_the_secret_is_compared_in_constant_time() -> None:
    tree = ast.parse(inspect.getsource(webhook))
    compared = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and "secret" in ast.unparse(node)
    ]
    assert compared == []
    assert "hmac.compare_digest(given, " in inspect.getsource(webhook)


async def test_path_and_secret_are_long_and_do_not_follow_from_each_other(
    program: Watched,
) -> None:
    path, secret = (program.vault.token(f"webhook {one}") for one in ("path", "secret"))
    assert len(path) == len(secret) == 43
    assert path != secret
