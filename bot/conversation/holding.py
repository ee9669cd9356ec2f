"""What we hold of a family, all of it, as a file that the family can read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.conversation.carrying import name_now, now_called
from bot.conversation.model import (
    CHANGE,
    CHILD,
    LANGUAGE,
    OUTCOME,
    RETENTION_DAYS,
    STOPPED,
    SUMMARY,
    Conversation,
    File,
    Message,
    Paragraph,
    Turn,
)
from bot.conversation.speaking import aside
from bot.library import Library
from bot.translations import Sayable

FILE: Final = "drempel-gegevens.txt"
PLACES: Final[Mapping[str, str]] = {
    LANGUAGE: "held_at_language",
    SUMMARY: "held_at_summary",
    CHANGE: "held_at_change",
    OUTCOME: "held_at_outcome",
    STOPPED: "held_at_stopped",
    CHILD: "held_at_child",
}


def held(
    library: Library,
    current: Conversation,
    moment: datetime,
    *,
    messages: int | None = None,
) -> Message:
    """A message with the file. `messages`: how many message numbers are kept.

    Without that number the file says only that they are kept.
    """
    paragraphs = (
        _title(library, "held_title"),
        _line(library, "held_made", **_when(moment)),
        *_answers(library, current),
        *_beside(library, current),
        *_conversation(library, current, moment),
        *_technical(library, current),
        *_storage(library, messages),
        _title(library, "held_not"),
        _line(library, "held_not_what"),
    )
    caption = Paragraph(library.say("held_caption"))
    return replace(aside(library, (caption,)), file=File(FILE, paragraphs))


def counted(library: Library, turn: Turn, moment: datetime, messages: int) -> Turn:
    """The same turn; a file in it also tells how many message numbers are kept."""
    current = turn.conversation
    if current is None:
        return turn
    full = held(library, current, moment, messages=messages)
    shown = (full if one.file else one for one in turn.messages)
    return replace(turn, messages=tuple(shown))


def _title(library: Library, key: str) -> Paragraph:
    return Paragraph(library.say(key), "strong")


def _line(library: Library, key: str, **values: Sayable) -> Paragraph:
    return Paragraph(library.say(key, **values), "line")


def _when(moment: datetime) -> Mapping[str, Sayable]:
    return {"date": moment.date(), "time": moment.time()}


def _answers(library: Library, current: Conversation) -> Iterator[Paragraph]:
    yield _title(library, "held_answers")
    if not current.path:
        yield _line(library, "held_no_answers")
    yield from _each(library, current, current.path)


def _beside(library: Library, current: Conversation) -> Iterator[Paragraph]:
    """Answers that wait in case the way returns to their question."""
    waiting = [name for name in current.answers if name not in current.path]
    if waiting:
        yield _title(library, "held_beside")
        yield _line(library, "held_beside_why")
        yield from _each(library, current, waiting)


def _each(
    library: Library, current: Conversation, names: Iterable[str]
) -> Iterator[Paragraph]:
    for name in names:
        question = library.questions.get(name_now(library, name))
        yield Paragraph(question.ask if question else name, "line")
        said = _shown(library, name, current.answers[name])
        yield _line(library, "answered", answer=said)


def _shown(library: Library, name: str, stored: str) -> Sayable:
    """As it is stored, when the content of now has no such answer."""
    new, kept = now_called(library, name, stored)
    question = library.questions.get(new)
    fits = question is not None and question.kind.accepts(kept)
    return question.kind.show_whole(kept) if question and fits else stored


def _conversation(
    library: Library, current: Conversation, moment: datetime
) -> Iterator[Paragraph]:
    """In the time zone of `moment`, which is the wall time of the family."""
    heard = datetime.fromtimestamp(current.heard * 60, moment.tzinfo)
    # A day of the clock change has not 24 hours, and the sweeper counts hours.
    gone = datetime.fromtimestamp(
        current.heard * 60 + timedelta(days=RETENTION_DAYS).total_seconds(),
        moment.tzinfo,
    )
    spoken = library.language_names.get(current.language, current.language)
    yield _title(library, "held_conversation")
    yield _line(library, "held_language", value=spoken)
    yield _line(library, "held_at", value=_place(library, current))
    yield _line(library, "held_heard", **_when(heard))
    yield _line(library, "held_until", **_when(gone))


def _place(library: Library, current: Conversation) -> Sayable:
    if current.at in PLACES:
        return library.say(PLACES[current.at])
    question = library.questions.get(name_now(library, current.at))
    return question.ask if question else current.at


def _technical(library: Library, current: Conversation) -> Iterator[Paragraph]:
    nothing = library.say("held_empty")
    yield _title(library, "held_technical")
    rows: Mapping[str, Sayable] = {
        "held_id": current.id,
        "held_turn": current.turn,
        "held_page": current.page + 1,
        "held_misread": current.misread,
        "held_pending": _pending(library, current) or nothing,
        "held_typed": current.typed or nothing,
        "held_advised": current.advised or nothing,
        "held_library": current.library or nothing,
    }
    for key, value in rows.items():
        yield _line(library, key, value=value)


def _pending(library: Library, current: Conversation) -> Sayable:
    """Ticks that were not sent, or what the family is asked to confirm."""
    pending = current.pending.split()
    return tuple(_shown(library, current.at, one) for one in pending)


def _storage(library: Library, messages: int | None) -> Iterator[Paragraph]:
    yield _title(library, "held_storage")
    yield _line(library, "held_chat")
    if messages is None:
        yield _line(library, "held_messages_uncounted")
    else:
        yield _line(library, "held_messages", count=messages)
