"""Some hundred kills, at every point of a turn: a family notices a repeat at most."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.kill.families import SCRIPTS, Script
from tests.kill.lives import Lives
from tests.kill.program import POINTS
from tests.kill.runs import Expected, killed, undisturbed
from tests.kill.verdict import Verdict
from tests.kill.world import RANDOM, SET_UPS, SetUp
from tests.postgres import Postgres
from tests.sample import lay_out

NAMED, AT_RANDOM = 4, 24
OFTEN = {"polling, SQLite", "webhook, PostgreSQL, 2 workers"}
LONG = pytest.mark.long

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(600)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lives(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Lives]:
    async with Lives(lay_out(tmp_path_factory.mktemp("content"))) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def expected(
    lives: Lives, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Expected]:
    """What families read when nobody dies."""
    return await undisturbed(lives, tmp_path_factory.mktemp("quiet"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
async def test_when_nobody_dies_each_answer_is_counted(
    script: Script, expected: dict[str, Expected]
) -> None:
    found = expected[script.name].conversation
    assert (found["at"], found["answers"]) == (script.at, script.answers)


@pytest.mark.parametrize(
    "set_up",
    [
        pytest.param(one, id=one.name, marks=() if one.name in OFTEN else LONG)
        for one in SET_UPS
    ],
)
async def test_killed_anywhere_nothing_is_lost_or_counted_twice(
    set_up: SetUp,
    lives: Lives,
    expected: dict[str, Expected],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    address = str(tmp_path / "drempel.db")
    if set_up.postgres:
        server: Postgres = request.getfixturevalue("postgres")
        server.start()
        address = server.database()
    record = await killed(
        set_up,
        lives,
        expected,
        folder=tmp_path,
        address=address,
        named=NAMED,
        at_random=AT_RANDOM,
        seed=1,
    )
    found = record.verdict
    assert record.kills == {**dict.fromkeys(POINTS, NAMED), RANDOM: AT_RANDOM}
    assert found == Verdict(found.families, found.updates, repeated=found.repeated)
