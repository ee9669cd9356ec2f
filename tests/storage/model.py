"""What a storage promises, in dictionaries: the other storages must do the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.storage.base import Outgoing, Waiting


@dataclass(slots=True)
class Kept:
    body: bytes
    heard: int
    has_address: bool = True


@dataclass(slots=True)
class Model:
    """A `Ledger` for one program."""

    lanes: Mapping[int, bytes]
    inbox: dict[tuple[bytes, int], tuple[Waiting, int]] = field(default_factory=dict)
    kept: dict[bytes, Kept] = field(default_factory=dict)
    calls: dict[bytes, list[Outgoing]] = field(default_factory=dict)
    standing: dict[tuple[bytes, int], tuple[int | None, int]] = field(
        default_factory=dict
    )
    alive: int | None = None
    duties: dict[str, tuple[str, int]] = field(default_factory=dict)

    def lane(self, chat: int) -> bytes:
        return self.lanes[chat]

    def receive(self, updates: Iterable[Waiting], minute: int) -> list[bytes]:
        fresh = []
        for one in updates:
            place = (one.lane, one.update_id)
            if place not in self.inbox:
                self.inbox[place] = (replace(one, tries=0), minute)
                fresh += [one.lane] if one.body is not None else []
        return fresh

    def waiting_lanes(self, most: int) -> list[tuple[bytes, int]]:
        lanes = [one.lane for one, _ in self.inbox.values() if one.body is not None]
        return [(lane, lanes.count(lane)) for lane in dict.fromkeys(lanes)][:most]

    def hold(self, lane: bytes) -> bool:
        return True

    def waiting(self, lane: bytes, most: int) -> list[Waiting]:
        rows = [one for one, _ in self.inbox.values() if one.lane == lane]
        return [one for one in rows if one.body is not None][:most]

    def processed(self, update: Waiting) -> None:
        self._change(update, body=None)

    def failed(self, update: Waiting) -> None:
        self._change(update, tries=update.tries + 1)

    def _change(self, update: Waiting, **new: int | None) -> None:
        one, minute = self.inbox[update.lane, update.update_id]
        self.inbox[update.lane, update.update_id] = (replace(one, **new), minute)  # type: ignore[arg-type]

    def conversation(self, chat: int) -> bytes | None:
        found = self.kept.get(self.lane(chat))
        return found.body if found else None

    def keep(self, chat: int, conversation: bytes, heard: int) -> None:
        self.kept[self.lane(chat)] = Kept(conversation, heard)

    def forget(self, chat: int) -> None:
        self.kept.pop(self.lane(chat), None)

    def leave(self, lane: bytes) -> None:
        self.kept.pop(lane, None)
        self.calls.pop(lane, None)
        self.wiped(lane, self.messages(lane, 0))

    def recent(self, since: int, until: int) -> list[int]:
        return sorted(
            chat
            for chat, lane in self.lanes.items()
            if (one := self.kept.get(lane))
            and one.has_address
            and since <= one.heard <= until
        )

    def send(
        self, calls: Iterable[Outgoing], after: Outgoing | None = None
    ) -> list[Outgoing]:
        placed = []
        for call in calls:
            lane = after.lane if after else self.lane(call.chat)
            there = self.calls.setdefault(lane, [])
            number = after.number if after else max([0, *(c.number for c in there)]) + 1
            parts = [c.part for c in there if c.number == number]
            part = max([after.part, *parts]) + 1 if after else 0
            placed.append(replace(call, lane=lane, number=number, part=part))
            there.append(placed[-1])
        return placed

    def unsent_lanes(self, most: int) -> list[bytes]:
        return [lane for lane, calls in self.calls.items() if calls][:most]

    def lease(self, lane: bytes, fresh: Sequence[Outgoing] = ()) -> list[Outgoing]:
        return sorted(self.calls.get(lane, []), key=lambda c: (c.number, c.part))

    def renew(self, lanes: Sequence[bytes]) -> None:
        """Nobody else sends."""

    def release(self, lane: bytes) -> list[Outgoing]:
        return self.lease(lane)

    def sent(self, call: Outgoing, message: int | None, minute: int) -> list[int]:
        self.calls[call.lane].remove(call)
        if call.edits:
            self._without_buttons(call.lane, call.edits)
        if message is None:
            return []
        closed = self._without_buttons(call.lane) if call.closes else []
        if call.posts is not None or not call.edits:
            self._stand(call.lane, message, call.posts, minute)
        return closed

    def _without_buttons(self, lane: bytes, turn: int | None = None) -> list[int]:
        found = []
        for (where, message), (its, minute) in self.standing.items():
            if where == lane and its is not None and turn in (None, its):
                self.standing[where, message] = (None, minute)
                found.append(message)
        return found

    def _stand(self, lane: bytes, message: int, turn: int | None, minute: int) -> None:
        _, first = self.standing.get((lane, message), (None, minute))
        self.standing[lane, message] = (turn, first)

    def shown(self, lane: bytes, turn: int) -> int | None:
        found = [
            m
            for (at, m), (its, _) in self.standing.items()
            if (at, its) == (lane, turn)
        ]
        return max(found, default=None)

    def note_message(self, chat: int, message: int, minute: int) -> None:
        self._stand(self.lane(chat), message, None, minute)

    def messages(self, lane: bytes, since: int) -> list[int]:
        return sorted(
            message
            for (at, message), (_, minute) in self.standing.items()
            if at == lane and minute >= since
        )

    def wiped(self, lane: bytes, messages: Iterable[int]) -> None:
        for message in messages:
            self.standing.pop((lane, message), None)

    def forget_older(self, conversations: int, others: int, addresses: int) -> None:
        self.kept = {
            lane: one for lane, one in self.kept.items() if one.heard >= conversations
        }
        for one in self.kept.values():
            one.has_address = one.has_address and one.heard >= addresses
        self.inbox = {
            place: (one, minute)
            for place, (one, minute) in self.inbox.items()
            if minute >= conversations and (minute >= others or one.body is not None)
        }
        self.standing = {
            (lane, message): (turn, minute)
            for (lane, message), (turn, minute) in self.standing.items()
            if minute >= others or (turn is not None and lane in self.kept)
        }
        heard = {*self.kept, *(lane for lane, _ in self.inbox)}
        self.calls = {
            lane: calls for lane, calls in self.calls.items() if lane in heard
        }

    def last_alive(self, second: int) -> int | None:
        before, self.alive = self.alive, second
        return before

    def noted_alive(self) -> int:
        return self.alive or 0

    def claim(self, duty: str, holder: str, second: int, seconds: int) -> str:
        has, until = self.duties.get(duty, (holder, second))
        if has != holder and until > second:
            return has
        self.duties[duty] = (holder, second + seconds)
        return holder

    def reseal(self, after: bytes, most: int) -> bytes:
        return b""
