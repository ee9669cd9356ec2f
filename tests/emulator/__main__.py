"""`python -m tests.emulator --port 8081`: the emulator alone, for load benches."""

import argparse
import asyncio

from tests.emulator import TOKEN, Emulator


async def serve(port: int, token: str, *, strict: bool, latency: float) -> None:
    async with Emulator(port=port, token=token, strict=strict) as emulator:
        emulator.latency = latency
        print(f"{emulator.base_url}{token}", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.emulator")
    parser.add_argument("--port", type=int, default=0, help="0: any free port")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument(
        "--strict", action="store_true", help="check and remember every call"
    )
    parser.add_argument(
        "--latency", type=float, default=0.0, help="seconds of one round trip"
    )
    given = parser.parse_args()
    running = serve(given.port, given.token, strict=given.strict, latency=given.latency)
    try:
        asyncio.run(running)
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
