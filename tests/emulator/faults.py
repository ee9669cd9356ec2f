"""Trouble on demand for single calls, or by chance for all of them."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from random import Random

from tests.emulator.spec import Json


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `body` is text when the server could not even make JSON."""

    status: int
    body: Json | str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """Trouble for one call. Without `reply` the method takes effect as usual."""

    reply: Reply | None = None
    cut: bool = False
    until: asyncio.Event | None = None
    wait: float = 0.0


def refusal(code: int, description: str, **parameters: int) -> Fault:
    body: Json = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Fault(Reply(code, body))


def too_many(retry_after: int) -> Fault:
    words = f"Too Many Requests: retry after {retry_after}"
    plain = refusal(429, words, retry_after=retry_after).reply
    assert plain is not None
    return Fault(Reply(429, plain.body, {"Retry-After": str(retry_after)}))


def blocked() -> Fault:
    return refusal(403, "Forbidden: bot was blocked by the user")


def broken(status: int = 502) -> Fault:
    return Fault(Reply(status, "<html><h1>Bad Gateway</h1></html>"))


def cut_before() -> Fault:
    """The connection breaks before anything was done."""
    return Fault(Reply(0, ""), cut=True)


def cut_after() -> Fault:
    """All was done, but the bot does not hear of it."""
    return Fault(cut=True)


def slow(until: asyncio.Event) -> Fault:
    """Done at once, answered when the test sets the event."""
    return Fault(until=until)


@dataclass(frozen=True, slots=True)
class Injected:
    """What chance did to a call."""

    call: int
    method: str
    kind: str


class Chaos:
    """Chance: the same seed brings the same trouble to the calls of the same numbers.

    `shares` says how likely each kind is; `methods` spares all other calls.
    """

    def __init__(
        self,
        seed: int,
        shares: Mapping[str, float],
        *,
        methods: Collection[str] | None = None,
        slow_for: float = 0.2,
    ) -> None:
        self.injected: list[Injected] = []
        self._seed = seed
        self._shares = dict(shares)
        self._methods = methods
        self._faults: Mapping[str, Fault] = {
            "too_many": too_many(1),
            "broken": broken(500),
            "cut_before": cut_before(),
            "cut_after": cut_after(),
            "slow": Fault(wait=slow_for),
        }
        if unknown := shares.keys() - self._faults.keys():
            raise KeyError(*sorted(unknown))

    @classmethod
    def even(cls, seed: int, share: float) -> "Chaos":
        """All kinds alike; together they meet this share of all calls."""
        kinds = ("too_many", "broken", "cut_before", "cut_after", "slow")
        return cls(seed, dict.fromkeys(kinds, share / len(kinds)))

    def fault(self, call: int, method: str) -> Fault | None:
        if self._methods is not None and method not in self._methods:
            return None
        # A text as seed is read alike by every process, and needs no order of calls.
        drawn = Random(f"{self._seed}/{call}").random()
        for kind, share in self._shares.items():
            if drawn < share:
                self.injected.append(Injected(call, method, kind))
                return self._faults[kind]
            drawn -= share
        return None
