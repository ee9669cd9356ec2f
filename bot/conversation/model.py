"""What a conversation is made of: questions, routes, answers, messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.conversation.conditions import Condition
from bot.conversation.kinds.base import Kind
from bot.problems import Place
from bot.translations import Sayable, Text

ADVICE: Final = "advice"
"""Where every way ends: the advice that fits."""

LANGUAGE: Final = "@language"
SUMMARY: Final = "@summary"
CHANGE: Final = "@change"
OUTCOME: Final = "@outcome"
STOPPED: Final = "@stopped"
CHILD: Final = "@child"
"""Places of a conversation that are not questions."""

RETENTION_DAYS: Final = 7
"""So long after the last thing that the family said, all of it is deleted."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where an answer leads: a question, `advice`, or the start of a flow."""

    to: str
    condition: Condition | None = None
    flow: bool = False
    place: Place = field(default=Place(""), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a flow and the ways on from it, tried in order."""

    id: str
    flow: str
    kind: Kind
    ask: Text
    routes: tuple[Route, ...]
    again: Text | None = None
    why: Text | None = None
    short: Text | None = None
    first_advice: Condition | None = None
    """When this holds after the answer, help that fits already is shown."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A file of questions; the first step is `start`."""

    id: str
    title: Text
    start: str
    questions: Mapping[str, Question]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a family can come back with after its advice, such as “nobody answered”.

    `answers` replaces its own; what has to be asked then is asked, and the advice
    comes anew.
    """

    id: str
    label: Text
    words: tuple[str, ...]
    answers: Mapping[str, str]

    def fits(self, path: tuple[str, ...]) -> bool:
        """Only who was asked these questions can answer them otherwise."""
        return all(question in path for question in self.answers)


@dataclass(frozen=True, slots=True)
class Renamed:
    """Old ids that a family in the middle may still hold, and the new ones."""

    questions: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One family's way so far. The repr shows no answer.

    `answers` holds the stored form of each answer by question id; only those on
    `path` count, the others wait in case the way returns to them. `turn` numbers
    the question last shown, so that an old button is known as old.
    """

    id: str
    language: str
    at: str
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    path: tuple[str, ...] = ()
    turn: int = 0
    misread: int = 0
    pending: str = field(default="", repr=False)
    page: int = 0
    """Which answers of a long list are shown, counted from 0."""

    typed: int = 0
    """The number of the message with the answer typed last, while it is the last."""

    advised: str = ""
    library: str = ""
    heard: int = 0
    """When the family last said something: minutes since 1970."""


@dataclass(frozen=True, slots=True)
class Said:
    """Typed words."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Edited:
    """New words in the message with this number."""

    text: str = field(repr=False)
    message: int


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button, as its data says: conversation, turn, question, answer."""

    conversation: str
    turn: int
    question: str
    answer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Command:
    """`/name payload`."""

    name: str
    payload: str = ""


@dataclass(frozen=True, slots=True)
class NotServed:
    """A photo, a voice message, a poll …: `what` is a key of the words."""

    what: str


Reply = Said | Edited | Tapped | Command | NotServed

Style = Literal["plain", "strong", "step", "line", "quote", "small", "copy"]
"""`line`, `quote` and `small` follow the paragraph before without a gap."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of a message; `language` when it is not the conversation's own."""

    said: Sayable
    style: Style = "plain"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A tap on it comes back as Tapped with this question and answer."""

    label: Sayable
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class File:
    """A text file that comes with a message; its words are told like a message's."""

    name: str
    paragraphs: tuple[Paragraph, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """Something to show. Rows of buttons stand below it.

    `turn` > 0: this is the question with that number. `edits` > 0: replace the
    question with that number instead of adding a message. `toast`: only shown as
    a passing word on the tapped button.
    """

    paragraphs: tuple[Paragraph, ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    turn: int = 0
    edits: int = 0
    toast: bool = False
    numbered: bool = False
    """Whether a typed `2` means the second button."""

    file: File | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one reply leads to; `conversation` None means: forget it."""

    conversation: Conversation | None
    messages: tuple[Message, ...] = ()
