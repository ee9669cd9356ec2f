"""What is said at each place of a conversation: questions, summary, outcome."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from bot.conversation.calling import organisation_line, remarks
from bot.conversation.crisis import Crisis
from bot.conversation.facts import UNSURE
from bot.conversation.kinds.base import Misread, Option
from bot.conversation.model import (
    CHANGE,
    CHILD,
    LANGUAGE,
    OUTCOME,
    STOPPED,
    SUMMARY,
    Button,
    Conversation,
    Message,
    Paragraph,
    Question,
)
from bot.conversation.needed import IN_DANGER, PEOPLE
from bot.library import Library
from bot.outcome import facts_of, reached
from bot.translations import Sayable

MOVES, ANYWHERE = "-", "!"
"""Buttons that belong to one turn, and buttons that work for ever."""

MORE = "@more"
FOLLOW_UP = "follow."
NONE = "@no"
CHANGED = "@change"
MOST_LINES = 7
PER_PAGE, FITS = 4, 5
"""Rule F5: at most five answers at once; a longer list shows four and “more”."""

Row = tuple[Button, ...]


def note(library: Library, key: str) -> Message:
    return Message((Paragraph(library.say(key)),))


def toast(library: Library, key: str) -> Message:
    return replace(note(library, key), toast=True)


def ask(library: Library, current: Conversation) -> Message:
    """What is shown where this conversation stands; a date once more in full."""
    match current.at:
        case value if value == SUMMARY:
            return summary(library, current)
        case value if value == CHANGE:
            return change(library, current)
        case value if value == OUTCOME:
            return after_outcome(library, current)
        case value if value == STOPPED:
            return stop(library, current)
        case value if value == CHILD:
            return child_again(library)
        case value if value == LANGUAGE:
            return languages(library, current, hello=True)
    question = library.questions[current.at]
    if current.pending and not question.kind.several:
        return confirm(library, current, question)
    return _question(library, current, question, (Paragraph(question.ask, "strong"),))


def _question(
    library: Library,
    current: Conversation,
    question: Question,
    paragraphs: tuple[Paragraph, ...],
) -> Message:
    why = (Paragraph(question.why, "small"),) if question.why else ()
    kind = question.kind
    return Message(
        (*paragraphs, *why),
        (*_answers(library, current, question), moves(library, current)),
        numbered=kind.numbered,
    )


def _answers(
    library: Library, current: Conversation, question: Question
) -> Iterator[Row]:
    ticked = current.pending.split() if question.kind.several else ()
    for option in page_of(question, current.page):
        label: Sayable = option.label
        if option.id in ticked:
            label = library.say("ticked", answer=option.label)
        yield (Button(label, question.id, option.id),)
    if pages(question) > 1:
        yield (
            Button(library.say(more_key(question, current.page)), question.id, MORE),
        )
    if question.kind.several:
        yield (Button(library.say("button_done"), question.id, "@done"),)


def pages(question: Question) -> int:
    """How many lists of answers there are to look through."""
    own = [one for one in question.kind.spec.options if one.id != UNSURE]
    if len(question.kind.spec.options) <= FITS:
        return 1
    return -(-len(own) // PER_PAGE)


def page_of(question: Question, page: int) -> tuple[Option, ...]:
    """The answers on one page; "I don't know" stands on each."""
    options = question.kind.spec.options
    if pages(question) == 1:
        return options
    own = [one for one in options if one.id != UNSURE][page * PER_PAGE :][:PER_PAGE]
    return (*own, *(one for one in options if one.id == UNSURE))


def more_key(question: Question, page: int) -> str:
    if page + 1 == pages(question):
        return "button_first_page"
    return "button_more_choices" if question.kind.several else "button_more"


def moves(library: Library, current: Conversation) -> Row:
    """The row that is always there: back, a person, emergency, stop."""
    back = () if not current.path and not current.pending else ("back",)
    return (
        *(Button(library.say(f"button_{one}"), MOVES, one) for one in back),
        *(
            Button(library.say(f"button_{one}"), ANYWHERE, one)
            for one in ("person", "emergency")
        ),
        Button(library.say("button_stop"), MOVES, "stop"),
    )


def redrawn(library: Library, current: Conversation) -> Message:
    """The same question with its ticks or its next page, in place of the old one."""
    asked = ask(library, current)
    return replace(asked, turn=current.turn, edits=current.turn)


def confirm(library: Library, current: Conversation, question: Question) -> Message:
    """One candidate is repeated in full; of several the family picks one."""
    candidates = current.pending.split()
    if len(candidates) > 1:
        return _which(library, current, question, candidates)
    said = library.say("confirm", answer=question.kind.show(current.pending))
    return Message(
        (Paragraph(said, "strong"),),
        (
            (Button(library.say("button_yes"), question.id, "@yes"),),
            (Button(library.say("button_no"), question.id, "@no"),),
            moves(library, current),
        ),
        numbered=True,
    )


def _which(
    library: Library, current: Conversation, question: Question, candidates: list[str]
) -> Message:
    rows = [(Button(question.kind.show(one), question.id, one),) for one in candidates]
    none = Button(library.say("button_none"), question.id, NONE)
    return Message(
        (Paragraph(library.say("which_one"), "strong"),),
        (*rows, (none,), moves(library, current)),
        numbered=True,
    )


def answered(
    library: Library, current: Conversation, question: Question, stored: str
) -> Message:
    """The question without buttons, with the answer below it."""
    said = library.say("answered", answer=question.kind.show(stored))
    return Message(
        (Paragraph(question.ask), Paragraph(said, "strong")), edits=current.turn
    )


def again(
    library: Library, current: Conversation, misread: Misread, moment: datetime
) -> Message:
    """After a reply that could not be read: never the same words twice in a row."""
    paragraphs = [Paragraph(library.say(misread.key, **misread.values))]
    match current.misread:
        case 1:
            pass
        case count if count % 3 == 2:
            paragraphs.append(Paragraph(library.say("misread_person")))
            paragraphs += _numbers(library, PEOPLE[:2], moment)
        case count:
            said = "misread_longer" if count % 3 == 0 else "misread_still"
            paragraphs.insert(0, Paragraph(library.say(said)))
    question = library.questions.get(current.at)
    if question is None:
        shown = ask(library, current)
        return replace(shown, paragraphs=(*paragraphs, *shown.paragraphs))
    words = question.again if question.again and current.misread == 1 else question.ask
    paragraphs.append(Paragraph(words, "strong"))
    return _question(library, current, question, tuple(paragraphs))


def summary_questions(library: Library, current: Conversation) -> list[Question]:
    """The questions with a line in the summary: seven at most, dates before others.

    Nobody reads a longer list, and a wrong date is what costs a home (rule F12).
    """
    asked = (library.questions[name] for name in current.path)
    lines = [question for question in asked if question.short]
    others = [one for one in lines if one.kind.type.kind != "date"]
    left_out = others[: max(0, len(lines) - MOST_LINES)]
    return [one for one in lines if one not in left_out]


def summary(library: Library, current: Conversation) -> Message:
    lines = [
        Paragraph(
            library.say(
                "summary_line",
                number=number,
                question=question.short or question.ask,
                answer=question.kind.show(current.answers[question.id]),
            ),
            "line",
        )
        for number, question in enumerate(summary_questions(library, current), 1)
    ]
    return Message(
        (Paragraph(library.say("summary_title"), "strong"), *lines),
        (
            (Button(library.say("button_right"), SUMMARY, "@yes"),),
            (Button(library.say("button_change"), SUMMARY, CHANGED),),
            moves(library, current),
        ),
    )


def change(library: Library, current: Conversation) -> Message:
    """Which answer to change: one button a line of the summary."""
    rows = [
        (Button(question.short or question.ask, CHANGE, question.id),)
        for question in summary_questions(library, current)
    ]
    return Message(
        (Paragraph(library.say("change_which"), "strong"),),
        (*rows, moves(library, current)),
        numbered=True,
    )


def follow_ups(library: Library, current: Conversation) -> Iterator[Row]:
    """What a family can come back with; these buttons never become old."""
    for one in library.follow_ups:
        if one.fits(current.path):
            yield (Button(one.label, ANYWHERE, f"{FOLLOW_UP}{one.id}"),)


def after_outcome(library: Library, current: Conversation) -> Message:
    """Information, not legal advice; and what the family can do next."""
    return Message(
        (
            Paragraph(library.say("not_legal_advice"), "small"),
            Paragraph(library.say("after_outcome"), "strong"),
        ),
        (
            *follow_ups(library, current),
            (Button(library.say("button_more_help"), MOVES, "more_help"),),
            (Button(library.say("button_change"), OUTCOME, CHANGED),),
            (Button(library.say("button_restart"), MOVES, "restart"),),
            moves(library, current),
        ),
        numbered=True,
    )


def person(library: Library, current: Conversation, moment: datetime) -> Message:
    here = reached(library, facts_of(library, current, moment.date()))
    called = [here[name] for name in PEOPLE]
    lines = (
        *(Paragraph(organisation_line(library, one, moment), "line") for one in called),
        *remarks(library, current, called, moment),
    )
    return aside(library, (Paragraph(library.say("person"), "strong"), *lines))


def emergency(library: Library, current: Conversation, moment: datetime) -> Message:
    lines = _numbers(library, IN_DANGER, moment)
    return aside(library, (Paragraph(library.say("emergency"), "strong"), *lines))


def crisis(
    library: Library, current: Conversation, found: Crisis, moment: datetime
) -> Message:
    lines = _numbers(library, found.organisations, moment)
    paragraphs = (Paragraph(library.with_numbers(found.say), "strong"), *lines)
    if found.ends:
        return Message(paragraphs)
    more = Paragraph(library.say("crisis_go_on"))
    return aside(library, (*paragraphs, more))


def child_again(library: Library) -> Message:
    return Message((Paragraph(library.say("child_again")),))


def _numbers(
    library: Library, wanted: Iterable[str], moment: datetime
) -> list[Paragraph]:
    return [
        Paragraph(
            organisation_line(library, library.organisations[name], moment), "line"
        )
        for name in wanted
    ]


def aside(library: Library, paragraphs: tuple[Paragraph, ...]) -> Message:
    """A message beside the questions, with a way back to them."""
    go_on = Button(library.say("button_go_on"), ANYWHERE, "go_on")
    return Message(paragraphs, ((go_on,),), numbered=True)


def languages(
    library: Library, current: Conversation, *, hello: bool = False
) -> Message:
    """Each language in its own words; the conversation's own comes first."""
    order = language_order(library, current)
    key = "hello" if hello else "choose_language"
    lines = tuple(Paragraph(library.say(key), language=code) for code in order)
    rows = tuple(
        (Button(library.language_names[code], ANYWHERE, f"lang.{code}"),)
        for code in order
    )
    return Message(lines, rows, numbered=True)


def language_order(library: Library, current: Conversation) -> list[str]:
    """The codes as they are shown: the conversation's own language first."""
    return sorted(library.catalogues, key=lambda code: code != current.language)


def welcome(library: Library) -> tuple[Message, ...]:
    lines = ("welcome", "welcome_privacy", "welcome_length")
    return (Message(tuple(Paragraph(library.say(line)) for line in lines)),)


def welcome_back(library: Library, current: Conversation) -> Message:
    question = library.questions.get(current.at)
    where = (Paragraph(question.ask),) if question else ()
    return Message(
        (
            Paragraph(library.say("welcome_back"), "strong"),
            *where,
        ),
        (
            *(follow_ups(library, current) if current.at == OUTCOME else ()),
            (Button(library.say("button_go_on"), ANYWHERE, "go_on"),),
            (Button(library.say("button_restart"), ANYWHERE, "restart"),),
        ),
        numbered=True,
    )


def stop(library: Library, current: Conversation) -> Message:
    """What is kept, until when, how to come back, and who can be called."""
    return Message(
        (
            Paragraph(library.say("stopped"), "strong"),
            Paragraph(library.say("stopped_kept")),
        ),
        (
            (Button(library.say("button_go_on"), ANYWHERE, "go_on"),),
            (Button(library.say("button_wipe"), ANYWHERE, "wipe"),),
        ),
        numbered=True,
    )


def page(library: Library, current: Conversation, name: str) -> Message:
    """`/help` and `/privacy`."""
    lines = (Paragraph(library.say(f"page_{name}")),)
    return aside(library, lines)
