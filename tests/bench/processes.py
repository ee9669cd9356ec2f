"""Bots in processes of their own, on loopback; each is ended by who started it."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.settings import NEAR
from bot.storage.keys import key_file
from bot.storage.sealing import Vault
from tests.bench.flows import ROOT
from tests.emulator import TOKEN, Emulator

Bot = Literal["drempel", "httpx", "aiohttp"]
END_SECONDS = 8.0
DATABASE, KEYS = "drempel.db", "keys"
NAMES: dict[Bot, str] = {
    "drempel": "drempel",
    "httpx": "PTB echo as installed",
    "aiohttp": "PTB echo on aiohttp",
}
OURS = (*NEAR, "LISTEN", "KEYS")
"""Settings of the one who runs the bench must not reach the bots."""


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that is up, or on its way."""

    process: asyncio.subprocess.Process

    def resident_megabytes(self) -> float:
        """Memory that it holds now; 0 where the system does not tell."""
        status = Path(f"/proc/{self.process.pid}/status")
        lines = status.read_text().splitlines() if status.is_file() else []
        found = (line.split()[1] for line in lines if line.startswith("VmRSS:"))
        return int(next(found, "0")) / 1024

    def processor_seconds(self) -> float:
        """Processor time used so far; 0 where the system does not tell."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        if not stat.is_file():
            return 0.0
        after_name = stat.read_text().rpartition(")")[2].split()
        user, system = after_name[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def running(bot: Bot, emulator: Emulator, folder: Path) -> AsyncIterator[Running]:
    """Started, not yet awaited; what it says goes to a file in the folder."""
    vault_of(folder)
    with (folder / f"{bot}.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *_command(bot, emulator),
            cwd=ROOT,
            env=_environment(emulator, folder),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            yield Running(process)
        finally:
            await _ended(process)


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), END_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()


def _command(bot: Bot, emulator: Emulator) -> Sequence[str]:
    if bot == "drempel":
        return (sys.executable, "-m", "bot", "run")
    url = emulator.base_url.removesuffix("/bot")
    return (sys.executable, "-m", "tests.bench.echo_ptb", url, TOKEN, bot)


def _environment(emulator: Emulator, folder: Path) -> dict[str, str]:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(OURS) and not name.lower().endswith("_proxy")
    }
    return inherited | {
        # Compiled files as an installed bot has them, wherever the checkout may write.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(folder.parent / "compiled"),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API": emulator.base_url.removesuffix("/bot"),
        "DATABASE": str(folder / DATABASE),
        "KEYS_FILE": str(folder / KEYS),
        "XDG_CONFIG_HOME": str(folder),
    }


def vault_of(folder: Path) -> Vault:
    """The keys with which the bot in this folder seals."""
    keys, _ = key_file(folder / KEYS)
    return Vault(keys)
