"""Judges a chat by all that was ever sent there, against one where nobody died."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import pairwise
from typing import Any

import orjson

from tests.emulator import Call, Emulator

EDITS = ("editMessageText", "editMessageReplyMarkup")

Look = tuple[str, tuple[tuple[tuple[str, str], ...], ...]]
"""Words, and rows of buttons with label and data; without the conversation's name."""


@dataclass(slots=True)
class Sent:
    """A new message, and every change that it really went through."""

    call: int
    message: int
    looks: list[Look] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Death:
    """No call of the one who died has a number outside of these."""

    before: int
    after: int

    def lies_between(self, call: int, later: int) -> bool:
        return call <= self.after and later > self.before


@dataclass(slots=True)
class Verdict:
    """What went wrong, counted; `repeated` is allowed once for each death and chat."""

    families: int = 0
    updates: int = 0
    lost: int = 0
    twice: int = 0
    out_of_order: int = 0
    wrong_edits: int = 0
    wrong_states: int = 0
    repeated: int = 0
    without_death: int = 0
    notes: list[str] = field(default_factory=list)

    def __add__(self, other: "Verdict") -> "Verdict":
        return Verdict(
            *(getattr(self, f.name) + getattr(other, f.name) for f in fields(self))
        )

    @property
    def is_clean(self) -> bool:
        wrong = (self.lost, self.twice, self.out_of_order, self.wrong_edits)
        return not any((*wrong, self.wrong_states, self.without_death, self.notes))

    def note(self, words: str) -> None:
        self.notes.append(words)


def chats(emulator: Emulator) -> dict[int, list[Sent]]:
    """Every chat as the journal tells it, call by call."""
    found: dict[int, list[Sent]] = {}
    for call in emulator.calls_of("sendMessage", *EDITS):
        chat = found.setdefault(call.parameters["chat_id"], [])
        if call.method == "sendMessage":
            number = _next_id(emulator, call, chat)
            chat.append(Sent(call.number, number, [_look(call.parameters)]))
        else:
            _edit(chat, call)
    return found


def _next_id(emulator: Emulator, call: Call, before: Sequence[Sent]) -> int:
    """The bot's posts and its calls come in the same order."""
    posts = emulator.api.chats[call.parameters["chat_id"]].posts
    ours = [id for id, post in posts.items() if post.body["from"]["is_bot"]]
    return ours[len(before)]


def _edit(chat: Sequence[Sent], call: Call) -> None:
    sent = next(s for s in chat if s.message == call.parameters["message_id"])
    words, _ = sent.looks[-1]
    look = _look({"text": words, **call.parameters})
    if look != sent.looks[-1]:
        sent.looks.append(look)


def _look(parameters: Mapping[str, Any]) -> Look:
    rows = parameters.get("reply_markup", {}).get("inline_keyboard", [])
    return parameters["text"], tuple(
        tuple((one["text"], one["callback_data"].partition(":")[2]) for one in row)
        for row in rows
        if row
    )


def judge(
    verdict: Verdict,
    sent: Sequence[Sent],
    expected: Sequence[Sequence[Look]],
    deaths: Sequence[Death],
) -> None:
    """One chat; `expected`: each message with its looks, as nobody died."""
    groups = list(_together(sent))
    _count_repeats(verdict, groups, deaths)
    wanted = [looks[0] for looks in expected]
    there = [group[0].looks[0] for group in groups]
    missing, more = Counter(wanted) - Counter(there), Counter(there) - Counter(wanted)
    verdict.lost += missing.total()
    verdict.twice += more.total()
    if not missing and not more:
        verdict.out_of_order += sum(a != b for a, b in zip(wanted, there, strict=True))
        if wanted == there:
            seen = [group[-1].looks for group in groups]
            pairs = zip(expected, seen, strict=True)
            verdict.wrong_edits += sum(list(a) != b for a, b in pairs)


def _together(sent: Iterable[Sent]) -> Iterator[list[Sent]]:
    """A message and its repetitions, which come right after it."""
    group: list[Sent] = []
    for one in sent:
        if group and one.looks[0] != group[0].looks[0]:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _count_repeats(
    verdict: Verdict, groups: Iterable[Sequence[Sent]], deaths: Sequence[Death]
) -> None:
    """Each repetition needs a death of its own between it and the one before."""
    unused = list(deaths)
    for first, again in (pair for group in groups for pair in pairwise(group)):
        verdict.repeated += 1
        between = (d for d in unused if d.lies_between(first.call, again.call))
        if (death := next(between, None)) is None:
            verdict.without_death += 1
        else:
            unused.remove(death)


def stored(body: bytes | None) -> Mapping[str, Any]:
    """A kept conversation without what differs from family to family."""
    found: dict[str, Any] = orjson.loads(body or b"{}")
    # A repeated message takes a number, so the typed answer has another one.
    return {k: v for k, v in found.items() if k not in ("id", "heard", "typed")}
