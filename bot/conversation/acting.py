"""What a family can do besides answering: back, stop, start again, change an answer."""

from dataclasses import replace
from datetime import datetime

from bot.conversation import advising, calling, holding, speaking
from bot.conversation.model import (
    CHANGE,
    CHILD,
    LANGUAGE,
    OUTCOME,
    STOPPED,
    SUMMARY,
    Conversation,
    Turn,
)
from bot.conversation.posting import post, with_note
from bot.conversation.walking import replay
from bot.library import Library


def act(library: Library, current: Conversation, name: str, moment: datetime) -> Turn:
    """A global word, a command, or a button of the last row."""
    if name.startswith(speaking.FOLLOW_UP):
        wanted = name.removeprefix(speaking.FOLLOW_UP)
        return followed(library, current, wanted, moment)
    if name.startswith("lang."):
        return _switched(library, current, name.removeprefix("lang."), moment)
    match name:
        case "back" if current.at in (STOPPED, LANGUAGE, CHILD):
            return act(library, current, "go_on", moment)
        case "back":
            return _back(library, current)
        case "start" if current.path:
            return welcome_back(library, current)
        case "start" | "restart":
            return welcome(library, current, moment)
        case "go_on" if current.at in (LANGUAGE, CHILD):
            return welcome(library, current, moment)
        case "go_on":
            return _go_on(library, current, moment)
        case "stop":
            return post(
                replace(current, at=STOPPED, pending=""),
                speaking.stop(library, current),
            )
        case "wipe":
            return Turn(None, (speaking.note(library, "wiped"),))
        case "more_help" if current.at == OUTCOME:
            return post(
                current,
                *calling.more_help(library, current, moment),
                speaking.after_outcome(library, current),
            )
        case "person":
            return Turn(current, (speaking.person(library, current, moment),))
        case "emergency":
            return Turn(current, (speaking.emergency(library, current, moment),))
        case "language":
            return Turn(current, (speaking.languages(library, current),))
        case "data":
            return Turn(current, (holding.held(library, current, moment),))
        case "privacy" | "help":
            return Turn(current, (speaking.page(library, current, name),))
        case _:
            return Turn(current, (speaking.page(library, current, "help"),))


def _back(library: Library, current: Conversation) -> Turn:
    if current.pending:
        asked = replace(current, pending="")
        return post(asked, speaking.ask(library, asked))
    if current.at in (CHANGE, OUTCOME):
        asked = replace(current, at=SUMMARY)
        return post(asked, speaking.ask(library, asked))
    if not current.path:
        return with_note(library, current, "no_way_back")
    return _ask_again(library, current, len(current.path) - 1)


def change(library: Library, current: Conversation, chosen: str) -> Turn:
    """Ask one answer again; the other answers stay, and come back if they fit."""
    if chosen not in current.path:
        asked = replace(current, at=CHANGE)
        return post(asked, speaking.change(library, asked))
    return _ask_again(library, current, current.path.index(chosen))


def _ask_again(library: Library, current: Conversation, place: int) -> Turn:
    question = current.path[place]
    answers = {name: a for name, a in current.answers.items() if name != question}
    asked = replace(
        current,
        at=question,
        answers=answers,
        path=current.path[:place],
        pending="",
        misread=0,
        page=0,
    )
    return post(asked, speaking.ask(library, asked))


def outcome(library: Library, current: Conversation, moment: datetime) -> Turn:
    ended = replace(current, at=OUTCOME, misread=0)
    told = advising.outcome_messages(library, ended, moment)
    return post(ended, *told, speaking.after_outcome(library, ended))


def followed(
    library: Library, current: Conversation, wanted: str, moment: datetime
) -> Turn:
    """Other answers than before: ask what that makes unknown, then advise anew."""
    chosen = next((one for one in library.follow_ups if one.id == wanted), None)
    if chosen is None or not chosen.fits(current.path):
        return Turn(current, (speaking.toast(library, "old_button"),))
    answers = {**current.answers, **chosen.answers}
    moved = replay(library, replace(current, answers=answers), moment.date())
    if moved.at == SUMMARY:
        return outcome(library, moved, moment)
    return post(moved, speaking.ask(library, moved))


def _go_on(library: Library, current: Conversation, moment: datetime) -> Turn:
    if current.at == OUTCOME:
        return outcome(library, current, moment)
    if current.at == STOPPED:
        current = replay(library, current, moment.date())
    return post(current, speaking.ask(library, current))


def _switched(
    library: Library, current: Conversation, language: str, moment: datetime
) -> Turn:
    if language not in library.catalogues:
        return Turn(current, (speaking.languages(library, current),))
    spoken = replace(current, language=language)
    if current.at in (LANGUAGE, CHILD):
        return welcome(library, spoken, moment)
    return _go_on(library, spoken, moment)


def welcome(library: Library, current: Conversation, moment: datetime) -> Turn:
    """Start again with no answers, in the language already chosen."""
    blank = replace(current, answers={}, path=(), pending="", misread=0, advised="")
    fresh = replay(library, blank, moment.date())
    asked = post(fresh, speaking.ask(library, fresh))
    return replace(asked, messages=(*speaking.welcome(library), *asked.messages))


def welcome_back(library: Library, current: Conversation) -> Turn:
    return Turn(current, (speaking.welcome_back(library, current),))
