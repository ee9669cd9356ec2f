"""One address for several workers: a connection goes to the next one that lives."""

import asyncio
import contextlib
import socket
from collections.abc import Sequence
from typing import Self

PIECE = 65_536


class Proxy:
    """Passes bytes on as they are; whoever dies takes his connections with him."""

    def __init__(self, workers: int) -> None:
        self.ports: Sequence[int] = _free_ports(workers)
        self.port = self.ports[0]
        self._server: asyncio.Server | None = None
        self._turn = 0

    async def __aenter__(self) -> Self:
        if len(self.ports) > 1:
            self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", 0)
            self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        found = await self._worker()
        if found is not None:
            there, back = found
            with contextlib.suppress(OSError):
                await asyncio.gather(_pour(reader, back), _pour(there, writer))
        writer.close()

    async def _worker(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        for _ in self.ports:
            self._turn += 1
            port = self.ports[self._turn % len(self.ports)]
            with contextlib.suppress(OSError):
                return await asyncio.open_connection("127.0.0.1", port)
        return None


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Until one side ends; then the other one ends, too."""
    try:
        while piece := await reader.read(PIECE):
            writer.write(piece)
            await writer.drain()
    finally:
        writer.close()


def _free_ports(number: int) -> list[int]:
    """Nobody else took them just now."""
    with contextlib.ExitStack() as stack:
        made = [
            stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            for _ in range(number)
        ]
        return [one.getsockname()[1] for one in made]
