"""R20. The clock is set while the bot runs, and twice a year by law."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from telegram import Bot

from bot.conversation.engine import minutes
from bot.conversation.model import RETENTION_DAYS
from bot.library import Library
from bot.service import Service, oldest_minute
from bot.storage.base import Ledger, Storage
from bot.storage.sqlite import in_memory
from bot.telegram.housekeeping import ACTIVE_MINUTES, OUTAGE_SECONDS, Housekeeping
from bot.telegram.render import TelegramChannel
from bot.telegram.request import AiohttpRequest
from bot.telegram.send import Sender
from bot.telegram.turns import Turns
from tests.conftest import few_by_day
from tests.emulator import TOKEN, Emulator
from tests.emulator.user import User
from tests.faults.conftest import ASKED, TYPED, Machine, heard, questions, says
from tests.faults.test_outages import apologies, is_back

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
CHAT, LATER = 5_200_000_001, 5_200_000_002
MINUTE = timedelta(minutes=1)


def last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def days() -> Iterator[date]:
    """Each day to 2030 on which the clock is set, and each 29 February."""
    for year in range(2024, 2031):
        yield from (last_sunday(year, 3), last_sunday(year, 10))
    yield from (date(2024, 2, 29), date(2028, 2, 29))


def moments(day: date) -> list[datetime]:
    """Every ten minutes of that night and the hours around it, as the wall shows it."""
    first = datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM).astimezone(UTC)
    steps = (first + 10 * n * MINUTE for n in range(-6, 30))
    return [step.astimezone(AMSTERDAM) for step in steps]


# --- what is counted in minutes ---


@pytest.mark.parametrize("day", list(days()), ids=str)
def test_minutes_go_on_evenly_through_the_night(day: date) -> None:
    """R20. The hour that is missing is not counted, the one that comes twice is."""
    counted = [minutes(moment) for moment in moments(day)]
    assert counted == list(range(counted[0], counted[0] + 10 * len(counted), 10))
    kept = [minutes(moment) - oldest_minute(moment) for moment in moments(day)]
    assert set(kept) == {RETENTION_DAYS * 24 * 60}


@pytest.mark.parametrize("day", list(days()), ids=str)
async def test_no_night_is_an_outage_and_each_outage_of_that_night_is_one(
    day: date, library: Library
) -> None:
    """R20. A start after less than 150 s comes back to nobody, a later one to whom."""
    for moment in moments(day)[::4]:
        for pause, told in ((OUTAGE_SECONDS, []), (OUTAGE_SECONDS + 1, [CHAT])):
            assert await came_back(library, moment, pause) == told


async def came_back(library: Library, moment: datetime, pause: int) -> list[int]:
    """To whom, of one who wrote just now and one an hour and two minutes before."""
    storage = in_memory()
    heard = minutes(moment)

    def wrote(ledger: Ledger) -> None:
        ledger.keep(CHAT, b"", heard)
        ledger.keep(LATER, b"", heard - ACTIVE_MINUTES - 2)

    await storage.transact(wrote)
    await housekeeping(storage, library, moment).pulse()
    after = moment.astimezone(UTC) + timedelta(seconds=pause)
    await housekeeping(storage, library, after.astimezone(AMSTERDAM)).pulse()
    # Nobody is woken: the turns have nothing to say to these.
    lanes = await storage.transact(lambda ledger: ledger.waiting_lanes(9))
    names = await storage.transact(lambda box: {box.lane(n): n for n in (CHAT, LATER)})
    await storage.close()
    return [names[lane] for lane, _ in lanes]


def housekeeping(storage: Storage, library: Library, moment: datetime) -> Housekeeping:
    """Of a program that has just started; its turns are never begun."""
    bot = Bot(TOKEN, request=AiohttpRequest(), get_updates_request=AiohttpRequest())
    service = Service(library, TelegramChannel(), lambda: moment)
    sender = Sender(bot, storage, service.clock)
    turns = Turns(storage, service, sender, "")
    return Housekeeping(storage, turns, service.clock, "test")


# --- the clock of a running program ---


@pytest.mark.parametrize("hours", few_by_day([-1, 1], 1), ids="{:+} h".format)
async def test_a_clock_that_is_set_while_it_runs_is_no_outage(
    emulator: Emulator, machine: Machine, hours: int
) -> None:
    """R20. Nobody hears that we were away, nothing is forgotten, each answer counts."""
    await machine.up()
    family = User(emulator)
    says(family, *TYPED[:2])
    await machine.rests()
    machine.jumps(hours * 3600)
    alive = noted(machine)
    await heard(emulator, lambda: noted(machine) != alive)
    says(family, *TYPED[2:])
    await machine.rests()
    assert questions(family) == ASKED
    assert apologies(family) == 0
    assert machine.conversations() == 1


def noted(machine: Machine) -> int:
    """When it last noted that it is alive; 0 before the first time."""
    return int(machine.ask("SELECT max(until) FROM program WHERE name = 'alive'") or 0)


async def test_a_clock_that_was_set_back_hides_no_later_outage(
    emulator: Emulator, machine: Machine
) -> None:
    """R20. By the next breakdown the program counts on from the new time."""
    await machine.up()
    family = User(emulator)
    await heard(emulator, lambda: noted(machine))
    machine.jumps(-3600)
    before = noted(machine)
    await heard(emulator, lambda: noted(machine) < before)
    says(family, *TYPED[:2])
    await machine.rests()
    await machine.kill()
    machine.passes(600)
    await is_back(machine)
    assert apologies(family) == 1


async def test_who_wrote_just_before_the_breakdown_is_not_left_out(
    library: Library,
) -> None:
    """R18. In the minute after the last sign of life."""
    storage = in_memory()
    moment = datetime(2026, 11, 24, 12, 0, 55, tzinfo=AMSTERDAM)
    await housekeeping(storage, library, moment).pulse()
    heard = minutes(moment) + 1
    await storage.transact(lambda ledger: ledger.keep(CHAT, b"", heard))
    await housekeeping(storage, library, moment + 5 * MINUTE).pulse()
    waiting = await storage.transact(lambda ledger: ledger.waiting_lanes(9))
    await storage.close()
    assert len(waiting) == 1
