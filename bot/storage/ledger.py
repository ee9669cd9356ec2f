"""The statements of one transaction, in the SQL that all our databases speak.

Every table has the column `lane`, and every statement but the few in EVERY_LANE
touches one lane only: the tables can be distributed by it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.storage.base import SHARED_LANE, Outgoing, StorageError, Waiting
from bot.storage.sealing import SealError, UnknownKeyError, Vault

Run = Callable[..., Any]
"""One statement with `?` for its values; gives a cursor of the DB-API."""

KNOWN = (
    "INSERT INTO inbox (lane, update_id, received, tries, body) VALUES (?, ?, ?, 0, ?)"
    " ON CONFLICT (lane, update_id) DO NOTHING"
)
OLDEST_WAITING = (
    "SELECT lane, update_id, body, tries FROM inbox"
    " WHERE lane = ? AND body IS NOT NULL ORDER BY arrival LIMIT ?"
)
PROCESSED = "UPDATE inbox SET body = NULL WHERE lane = ? AND update_id = ?"
FAILED = "UPDATE inbox SET tries = tries + 1 WHERE lane = ? AND update_id = ?"
CONVERSATION = "SELECT body FROM conversation WHERE lane = ?"
KEEP = (
    "INSERT INTO conversation (lane, body, heard, address) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (lane) DO UPDATE SET body = excluded.body,"
    " heard = excluded.heard, address = excluded.address"
)
FORGET = "DELETE FROM conversation WHERE lane = ?"
FORGET_CALLS = "DELETE FROM outbox WHERE lane = ?"
FORGET_MESSAGES = "DELETE FROM message WHERE lane = ?"
LAST_NUMBER = "SELECT coalesce(max(number), 0) FROM outbox WHERE lane = ?"
LAST_PART = "SELECT coalesce(max(part), 0) FROM outbox WHERE lane = ? AND number = ?"
SEND = (
    "INSERT INTO outbox"
    " (lane, number, part, method, body, posts, edits, closes, waits)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
UNSENT = (
    "SELECT lane, number, part, method, body, posts, edits, closes, waits"
    " FROM outbox WHERE lane = ? ORDER BY number, part"
)
SENT = "DELETE FROM outbox WHERE lane = ? AND number = ? AND part = ?"
EDITED = "UPDATE message SET turn = NULL WHERE lane = ? AND turn = ?"
CLOSED = (
    "UPDATE message SET turn = NULL WHERE lane = ? AND turn IS NOT NULL RETURNING id"
)
NOTED = (
    "INSERT INTO message (lane, id, turn, minute) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (lane, id) DO UPDATE SET turn = excluded.turn"
)
SHOWN = "SELECT max(id) FROM message WHERE lane = ? AND turn = ?"
MESSAGES = "SELECT id FROM message WHERE lane = ? AND minute >= ? ORDER BY id"
WIPED = "DELETE FROM message WHERE lane = ? AND id = ?"
NOTE = "SELECT holder, until FROM program WHERE lane = ? AND name = ?"
TAKE_NOTE = (
    "INSERT INTO program (lane, name, holder, until) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (lane, name) DO UPDATE SET holder = excluded.holder,"
    " until = excluded.until"
)
FIRST_NOTE = (
    "INSERT INTO program (lane, name, holder, until) VALUES (?, ?, ?, 0)"
    " ON CONFLICT (lane, name) DO NOTHING"
)
CLAIM = f"{TAKE_NOTE} WHERE program.holder = excluded.holder OR program.until <= ?"
SEALED_CONVERSATION = "UPDATE conversation SET body = ?, address = ? WHERE lane = ?"
SEALED_UPDATE = "UPDATE inbox SET body = ? WHERE lane = ? AND update_id = ?"
SEALED_CALL = "UPDATE outbox SET body = ? WHERE lane = ? AND number = ? AND part = ?"

WAITING_LANES = (
    "SELECT lane, count(*), min(arrival) AS oldest FROM inbox WHERE body IS NOT NULL"
    " GROUP BY lane ORDER BY oldest LIMIT ?"
)
UNSENT_LANES = "SELECT DISTINCT lane FROM outbox LIMIT ?"
RECENT = (
    "SELECT lane, address FROM conversation"
    " WHERE address IS NOT NULL AND heard BETWEEN ? AND ? ORDER BY lane"
)
OLD_IDS = "DELETE FROM inbox WHERE received < ? AND body IS NULL"
OLD_UPDATES = "DELETE FROM inbox WHERE received < ?"
OLD_CONVERSATIONS = "DELETE FROM conversation WHERE heard < ?"
OLD_ADDRESSES = (
    "UPDATE conversation SET address = NULL WHERE heard < ? AND address IS NOT NULL"
)
OLD_MESSAGES = (
    "DELETE FROM message WHERE minute < ? AND (turn IS NULL OR NOT EXISTS"
    " (SELECT 1 FROM conversation WHERE conversation.lane = message.lane))"
)
OLD_CALLS = (
    "DELETE FROM outbox WHERE NOT EXISTS"
    " (SELECT 1 FROM conversation WHERE conversation.lane = outbox.lane)"
    " AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.lane = outbox.lane)"
)
"""Every call follows from an update, whose number stays for 48 hours."""

NEXT_LANES = (
    "SELECT lane, body, address FROM conversation WHERE lane > ?"
    " AND (substr(body, 1, 1) <> ? OR substr(address, 1, 1) <> ?)"
    " ORDER BY lane LIMIT ?"
)
ALL_CONVERSATIONS = "SELECT lane, body FROM conversation"
ALL_UPDATES = (
    "SELECT lane, update_id, body FROM inbox"
    " WHERE body IS NOT NULL AND substr(body, 1, 1) <> ? ORDER BY lane, update_id"
)
ALL_CALLS = (
    "SELECT lane, number, part, body FROM outbox"
    " WHERE substr(body, 1, 1) <> ? ORDER BY lane, number, part"
)

EVERY_LANE = (
    WAITING_LANES,
    UNSENT_LANES,
    RECENT,
    OLD_IDS,
    OLD_UPDATES,
    OLD_CONVERSATIONS,
    OLD_ADDRESSES,
    OLD_MESSAGES,
    OLD_CALLS,
    NEXT_LANES,
    ALL_CONVERSATIONS,
    ALL_UPDATES,
    ALL_CALLS,
)
"""Statements over all lanes: looking for work, forgetting, sealing again."""

ALIVE = "alive"
LAST_LANE = b"\xff" * 32


class SqlLedger:
    """One program alone on its database; `postgres.SharedLedger` shares one."""

    lock, lock_free = "", ""
    """What a SELECT adds to keep rows for this transaction; `lock_free` never waits."""

    def __init__(self, run: Run, vault: Vault) -> None:
        self._run = run
        self._vault = vault

    def lane(self, chat: int) -> bytes:
        return self._vault.lane(chat)

    # --- the inbox

    def receive(self, updates: Iterable[Waiting], minute: int) -> list[bytes]:
        fresh = [one for one in updates if self._received(one, minute)]
        return [one.lane for one in fresh if one.body is not None]

    def _received(self, one: Waiting, minute: int) -> bool:
        row = _row(one.lane, one.update_id)
        body = None if one.body is None else self._vault.seal("inbox", row, one.body)
        known = self._run(KNOWN, (one.lane, one.update_id, minute, body))
        return bool(known.rowcount == 1)

    def waiting_lanes(self, most: int) -> list[tuple[bytes, int]]:
        rows = self._run(WAITING_LANES, (most,)).fetchall()
        return [(lane, count) for lane, count, _ in rows]

    def hold(self, lane: bytes) -> bool:
        return True

    def waiting(self, lane: bytes, most: int) -> list[Waiting]:
        rows = self._run(OLDEST_WAITING, (lane, most)).fetchall()
        return [
            Waiting(lane, id, self._open("inbox", _row(lane, id), body), tries)
            for lane, id, body, tries in rows
        ]

    def processed(self, update: Waiting) -> None:
        self._run(PROCESSED, (update.lane, update.update_id))

    def failed(self, update: Waiting) -> None:
        self._run(FAILED, (update.lane, update.update_id))

    # --- the conversation

    def conversation(self, chat: int) -> bytes | None:
        lane = self.lane(chat)
        found = self._run(CONVERSATION, (lane,)).fetchone()
        return self._open("conversation", lane, found[0]) if found else None

    def keep(self, chat: int, conversation: bytes, heard: int) -> None:
        lane = self.lane(chat)
        body = self._vault.seal("conversation", lane, conversation)
        address = self._vault.seal("address", lane, str(chat).encode())
        self._run(KEEP, (lane, body, heard, address))

    def conversations(self) -> Iterator[bytes]:
        """All that are kept, in no order; what does not open is left out."""
        for lane, sealed in self._run(ALL_CONVERSATIONS).fetchall():
            if (body := self._open("conversation", lane, sealed)) is not None:
                yield body

    def forget(self, chat: int) -> None:
        self._run(FORGET, (self.lane(chat),))

    def leave(self, lane: bytes) -> None:
        for statement in (FORGET, FORGET_CALLS, FORGET_MESSAGES):
            self._run(statement, (lane,))

    def recent(self, since: int, until: int) -> list[int]:
        rows = self._run(RECENT, (since, until)).fetchall()
        opened = (self._open("address", lane, sealed) for lane, sealed in rows)
        return [int(chat) for chat in opened if chat]

    # --- the outbox and the messages that stand in the chat

    def send(
        self, calls: Iterable[Outgoing], after: Outgoing | None = None
    ) -> list[Outgoing]:
        return [self._kept(call) for call in self._placed(list(calls), after)]

    def _placed(
        self, calls: Sequence[Outgoing], after: Outgoing | None
    ) -> list[Outgoing]:
        if not calls:
            return []
        if after is not None:
            spot = (after.lane, after.number)
            (last,) = self._run(LAST_PART, spot).fetchone()
            last = max(last, after.part)
            return [_at(call, *spot, last + n) for n, call in enumerate(calls, 1)]
        lane = self.lane(calls[0].chat)
        (last,) = self._run(LAST_NUMBER, (lane,)).fetchone()
        return [_at(call, lane, last + n, 0) for n, call in enumerate(calls, 1)]

    def _kept(self, call: Outgoing) -> Outgoing:
        body = b"%d %b" % (call.chat, call.body)
        row = _row(call.lane, call.number, call.part)
        sealed = self._vault.seal("outbox", row, body)
        place = (call.lane, call.number, call.part, call.method, sealed)
        self._run(SEND, (*place, call.posts, call.edits, call.closes, call.waits))
        return call

    def unsent_lanes(self, most: int) -> list[bytes]:
        return [lane for (lane,) in self._run(UNSENT_LANES, (most,)).fetchall()]

    def lease(self, lane: bytes, fresh: Sequence[Outgoing] = ()) -> list[Outgoing]:
        return list(fresh) or self.unsent(lane)

    def unsent(self, lane: bytes) -> list[Outgoing]:
        found = (self._outgoing(*row) for row in self._run(UNSENT, (lane,)).fetchall())
        return [call for call in found if call is not None]

    def _outgoing(
        self,
        lane: bytes,
        number: int,
        part: int,
        method: str,
        sealed: bytes,
        posts: int | None,
        edits: int,
        closes: int,
        waits: int,
    ) -> Outgoing | None:
        opened = self._open("outbox", _row(lane, number, part), sealed)
        if opened is None:
            self._run(SENT, (lane, number, part))
            return None
        chat, _, body = opened.partition(b" ")
        flags = (posts, edits, bool(closes), bool(waits))
        return Outgoing(int(chat), method, body, *flags, lane, number, part)

    def renew(self, lanes: Sequence[bytes]) -> None:
        """Nobody else sends."""

    def release(self, lane: bytes) -> list[Outgoing]:
        return self.unsent(lane)

    def sent(self, call: Outgoing, message: int | None, minute: int) -> list[int]:
        self._run(SENT, (call.lane, call.number, call.part))
        if call.edits:
            self._run(EDITED, (call.lane, call.edits))
        if message is None:
            return []
        closed = self._closed(call.lane) if call.closes else []
        if call.posts is not None or not call.edits:
            self._run(NOTED, (call.lane, message, call.posts, minute))
        return closed

    def _closed(self, lane: bytes) -> list[int]:
        return [message for (message,) in self._run(CLOSED, (lane,)).fetchall()]

    def shown(self, lane: bytes, turn: int) -> int | None:
        found: tuple[int | None] = self._run(SHOWN, (lane, turn)).fetchone()
        return found[0]

    def note_message(self, chat: int, message: int, minute: int) -> None:
        self._run(NOTED, (self.lane(chat), message, None, minute))

    def messages(self, lane: bytes, since: int) -> list[int]:
        rows = self._run(MESSAGES, (lane, since)).fetchall()
        return [message for (message,) in rows]

    def wiped(self, lane: bytes, messages: Iterable[int]) -> None:
        for message in messages:
            self._run(WIPED, (lane, message))

    # --- the programs themselves

    def forget_older(self, conversations: int, others: int, addresses: int) -> None:
        self._run(OLD_CONVERSATIONS, (conversations,))
        self._run(OLD_ADDRESSES, (addresses,))
        self._run(OLD_IDS, (others,))
        self._run(OLD_UPDATES, (conversations,))
        self._run(OLD_MESSAGES, (others,))
        self._run(OLD_CALLS)

    def last_alive(self, second: int) -> int | None:
        found = self._run(NOTE + self.lock, (SHARED_LANE, ALIVE)).fetchone()
        self._run(TAKE_NOTE, (SHARED_LANE, ALIVE, "", second))
        return found[1] if found else None

    def noted_alive(self) -> int:
        found = self._run(NOTE, (SHARED_LANE, ALIVE)).fetchone()
        return int(found[1]) if found else 0

    def claim(self, duty: str, holder: str, second: int, seconds: int) -> str:
        claimed = (SHARED_LANE, duty, holder, second + seconds, second)
        if self._run(CLAIM, claimed).rowcount:
            return holder
        return str(self._run(NOTE, (SHARED_LANE, duty)).fetchone()[0])

    def check_keys(self) -> None:
        """Raises StorageError when the database was sealed with other keys."""
        for key, mark in self._vault.marks().items():
            self._run(FIRST_NOTE, (SHARED_LANE, key, mark))
            (known, _) = self._run(NOTE, (SHARED_LANE, key)).fetchone()
            if known != mark:
                raise StorageError(
                    "it was sealed with other keys; KEYS_FILE names others"
                )

    def reseal(self, after: bytes, most: int) -> bytes:
        """A row that another program is at just now is met again, not left out."""
        if not after:
            self.check_keys()
        newest = bytes([self._vault.keys.newest])
        page = (after, newest, newest, most)
        rows, complete = self._older(NEXT_LANES, page)
        for row in rows:
            self._reseal_conversation(*row)
        if not complete:
            return after or SHARED_LANE
        if len(rows) == most:
            return bytes(rows[-1][0])
        return b"" if self._reseal_posts(newest) else LAST_LANE

    def _reseal_conversation(
        self, lane: bytes, body: bytes, address: bytes | None
    ) -> None:
        again = self._again("conversation", lane, body)
        there = address and self._again("address", lane, address)
        self._run(SEALED_CONVERSATION, (again, there, lane))

    def _reseal_posts(self, newest: bytes) -> bool:
        updates, all_updates = self._older(ALL_UPDATES, (newest,))
        for lane, id, body in updates:
            again = self._again("inbox", _row(lane, id), body)
            self._run(SEALED_UPDATE, (again, lane, id))
        calls, all_calls = self._older(ALL_CALLS, (newest,))
        for lane, number, part, body in calls:
            again = self._again("outbox", _row(lane, number, part), body)
            self._run(SEALED_CALL, (again, lane, number, part))
        return all_updates and all_calls

    def _older(self, statement: str, values: Sequence[Any]) -> tuple[list[Any], bool]:
        """Rows to seal again; False when another program is at some of them."""
        seen = self._run(statement, values).fetchall()
        rows = self._run(statement + self.lock_free, values).fetchall()
        return rows, rows == seen

    def _again(self, table: str, row: bytes, sealed: bytes) -> bytes:
        """Sealed with the newest key; what is damaged stays."""
        opened = self._open(table, row, sealed)
        return sealed if opened is None else self._vault.seal(table, row, opened)

    def _open(self, table: str, row: bytes, sealed: bytes) -> bytes | None:
        """None when it was moved or damaged; a key may still come, so that waits."""
        try:
            return self._vault.open(table, row, sealed)
        except UnknownKeyError as missing:
            raise StorageError(str(missing)) from None
        except SealError:
            return None


def _row(lane: bytes, *numbers: int) -> bytes:
    """What a row is called when it is sealed."""
    return b"".join([lane, *(b"/%d" % number for number in numbers)])


def _at(call: Outgoing, lane: bytes, number: int, part: int) -> Outgoing:
    return replace(call, lane=lane, number=number, part=part)
