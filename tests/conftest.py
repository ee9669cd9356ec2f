"""What many tests need: the shipped content, and a family that talks to the bot."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from bot.content.read_library import read_library
from bot.conversation import engine
from bot.conversation.model import (
    Button,
    Command,
    Conversation,
    Message,
    Reply,
    Said,
    Tapped,
    Turn,
)
from bot.library import Library
from bot.translations import placeholders
from tests.postgres import NoPostgresError, Postgres

ROOT = Path(__file__).parents[1]
TUESDAY = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
ID = "k7Qp2w"
"""As long as the ids that the service makes."""

settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")

PHONE = re.compile(r"\b(?:0\d{2,3}[- ]?\d[\d ]{3,}|112|14 0\d{2,3})\b")
"""A Dutch number, the emergency number, or the 14 number of a municipality."""

Meet = Callable[..., "Family"]


def few_by_day(values: Iterable[object], few: int) -> list[object]:
    """Parameters of a test: the first few in `make test`, the others in `make long`."""
    rest = pytest.mark.long
    return [
        one if number < few else pytest.param(one, marks=rest)
        for number, one in enumerate(values)
    ]


class Family:
    """One family: what it says and taps, and what it reads then."""

    def __init__(
        self, library: Library, *, language: str = "nl", moment: datetime = TUESDAY
    ) -> None:
        self.library = library
        self.moment = moment
        self.conversation = Conversation(ID, language, "")
        self.messages: tuple[Message, ...] = ()
        self.buttons: list[Tapped] = []
        self._take(engine.begin(library, id=ID, moment=moment, language=language))

    def sends(self, reply: Reply) -> "Family":
        """One reply, and what comes back."""
        return self._take(
            engine.answer(self.library, self.conversation, reply, self.moment)
        )

    def says(self, *texts: str) -> "Family":
        """Types each text; a date is confirmed when the bot asks for that."""
        for text in texts:
            self.sends(Said(text))
            if self.conversation.pending and not self._ticking:
                self.sends(Said("ja"))
        return self

    def types(self, text: str) -> "Family":
        """Types this and no more: a date stays to be confirmed."""
        return self.sends(Said(text))

    def taps(self, *answers: str) -> "Family":
        for answer in answers:
            self.sends(self.button(answer))
        return self

    def commands(self, name: str, payload: str = "") -> "Family":
        return self.sends(Command(name, payload))

    def waits(self, hours: float) -> "Family":
        self.moment += timedelta(hours=hours)
        return self

    def button(self, answer: str) -> Tapped:
        """The button with this answer that was shown last."""
        return next(tap for tap in reversed(self.buttons) if tap.answer == answer)

    @property
    def at(self) -> str:
        return self.conversation.at

    @property
    def answers(self) -> dict[str, str]:
        return dict(self.conversation.answers)

    @property
    def path(self) -> tuple[str, ...]:
        return self.conversation.path

    @property
    def text(self) -> str:
        """All words of the last turn, as the family reads them."""
        return self.reads(self.conversation.language)

    def reads(self, language: str) -> str:
        return "\n".join(words_of(self.library, self.messages, language))

    def words(self, key: str) -> str:
        """The family's words for this key; only for texts without a {name}."""
        text = self.library.words[key]
        assert not placeholders(text.nl)
        return self.library.catalogue(self.conversation.language).words(text)

    @property
    def _ticking(self) -> bool:
        question = self.library.questions.get(self.at)
        return question is not None and question.kind.several

    def _take(self, turn: Turn) -> "Family":
        self.messages = turn.messages
        if turn.conversation is not None:
            self.conversation = turn.conversation
        self.buttons += taps_of(turn)
        return self


def taps_of(turn: Turn) -> list[Tapped]:
    """What each button of this turn sends back, in the order of the screen."""
    return [
        Tapped(ID, message.turn, button.question, button.answer)
        for message in turn.messages
        for button in buttons_of(message)
    ]


def buttons_of(message: Message) -> list[Button]:
    return [button for row in message.rows for button in row]


def words_of(
    library: Library, messages: tuple[Message, ...], language: str
) -> Iterator[str]:
    """Every paragraph and every label, in this language."""
    for message in messages:
        inside = message.file.paragraphs if message.file else ()
        for paragraph in (*message.paragraphs, *inside):
            yield library.catalogue(paragraph.language or language).say(paragraph.said)
        for button in buttons_of(message):
            yield library.catalogue(language).say(button.label)


@pytest.fixture(scope="session")
def library() -> Library:
    """The content that comes with the program."""
    found, problems = read_library(ROOT)
    assert found is not None, "\n".join(map(str, problems))
    return found


@pytest.fixture
def family(library: Library) -> Family:
    """A family that has just chosen Dutch, on a Tuesday in November."""
    return Family(library)


@pytest.fixture
def meet(library: Library) -> Meet:
    """Other families: `meet(language="en")`."""

    def met(*, language: str = "nl", moment: datetime = TUESDAY) -> Family:
        return Family(library, language=language, moment=moment)

    return met


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server of this test process. A test may stop or kill it."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(Postgres(fsync=False))
        except NoPostgresError as error:
            missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            missing(f"PostgreSQL cannot run here: {error}")
        yield server


@pytest.fixture
def database(postgres: Postgres) -> Iterator[str]:
    """The address of a PostgreSQL database of this test alone."""
    postgres.start()
    url = postgres.database()
    yield url
    postgres.start()
    postgres.drop(url)
