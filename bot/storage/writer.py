"""One thread owns a connection; what waits together is committed together."""

import asyncio
import contextlib
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from time import sleep
from typing import Any, Protocol

from bot.storage.base import Ledger, StorageError, T

TOGETHER = 64
BUSY_SECONDS = 0.005
DEADLOCK = "DeadlockDetected"
"""Two programs each waited for a chat of the other; a job alone has one chat only."""

Job = tuple[Callable[[Ledger], Any], asyncio.Future[Any]]


class TroubleError(Exception):
    """The database itself failed, and with it all jobs of the transaction."""


class BusyError(Exception):
    """Another program is at this lane: the job is undone and done again later.

    To wait for it inside the transaction would keep what the other jobs hold; two
    programs could wait for each other.
    """


class Connection(Protocol):
    """What one database has to offer. All but `ledger` may raise TroubleError."""

    @property
    def ledger(self) -> Ledger: ...

    def begin(self) -> None: ...

    def commit(self) -> None: ...

    def roll_back(self) -> None:
        """Never raises: a full disk or a lost connection has ended it already."""
        ...

    def save(self) -> None:
        """From here one job can be undone."""
        ...

    def undo(self) -> None: ...

    def done(self) -> None: ...

    def is_trouble(self, error: Exception) -> bool:
        """Whether an error of a job is one of the database, not of the job."""
        ...

    def close(self) -> None: ...


class Writer:
    """The `Storage` over one connection."""

    shared: bool

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._ended = False
        self._thread = Thread(target=self._work, name="storage", daemon=True)
        self._thread.start()

    async def transact(self, work: Callable[[Ledger], T]) -> T:
        if self._ended:
            raise StorageError("it is closed")
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put((work, done))
        return await done

    async def scrub(self) -> None:
        """A server looks after its own files."""

    async def close(self) -> None:
        self._ended = True
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)
        self._connection.close()

    def _work(self) -> None:
        ended = False
        again: list[Job] = []
        while again or not ended:
            fresh: list[Job] = []
            if not ended:
                fresh, ended = _together(self._jobs, wait=not again)
            again = self._done(again + fresh)

    def _done(self, jobs: list[Job]) -> list[Job]:
        """What has to be done again, as another program was in its way."""
        results = self._commit(jobs) if jobs else []
        again = [job for job, result in results if isinstance(result, BusyError)]
        _deliver([one for one in results if not isinstance(one[1], BusyError)])
        if again and len(again) == len(jobs):
            sleep(BUSY_SECONDS)
        return again

    def _commit(self, jobs: list[Job]) -> list[tuple[Job, Any]]:
        """Each job in its own savepoint, all of them in one commit."""
        try:
            self._connection.begin()
            results = [(job, self._attempt(job)) for job in jobs]
            self._connection.commit()
        except TroubleError as trouble:
            self._connection.roll_back()
            if str(trouble) == DEADLOCK and len(jobs) > 1:
                return [one for job in jobs for one in self._commit([job])]
            return [(job, StorageError(str(trouble))) for job in jobs]
        return results

    def _attempt(self, job: Job) -> Any:
        """What the job gives, or the exception that it alone has to bear."""
        self._connection.save()
        try:
            result = job[0](self._connection.ledger)
        except Exception as error:
            if self._connection.is_trouble(error):
                raise TroubleError(type(error).__name__) from None
            self._connection.undo()
            result = error
        self._connection.done()
        return result


def _together(jobs: "SimpleQueue[Job | None]", *, wait: bool) -> tuple[list[Job], bool]:
    """The jobs that are there, or the first to come; True when the end is reached."""
    found: list[Job] = []
    while len(found) < TOGETHER:
        try:
            job = jobs.get(block=wait and not found)
        except Empty:
            break
        if job is None:
            return found, True
        found.append(job)
    return found, False


def _deliver(results: list[tuple[Job, Any]]) -> None:
    by_loop: dict[asyncio.AbstractEventLoop, list[tuple[Job, Any]]] = {}
    for job, result in results:
        by_loop.setdefault(job[1].get_loop(), []).append((job, result))
    for loop, ready in by_loop.items():
        with contextlib.suppress(RuntimeError):  # this loop has ended meanwhile
            loop.call_soon_threadsafe(_settle, ready)


def _settle(results: list[tuple[Job, Any]]) -> None:
    for (_, done), result in results:
        if done.cancelled():
            continue
        if isinstance(result, Exception):
            done.set_exception(result)
        else:
            done.set_result(result)
