"""What one reply means at the place where a family stands, and what follows from it."""

from dataclasses import replace
from datetime import datetime

from bot.conversation import acting, advising, correcting, speaking
from bot.conversation.facts import UNSURE
from bot.conversation.hearing import (
    DONE,
    NO,
    YES,
    follow_up,
    is_label,
    on_page,
    picked,
    spoken,
    yes_or_no,
)
from bot.conversation.kinds.base import Misread, Reading, Unclear
from bot.conversation.kinds.choices import ALONE, Choices
from bot.conversation.model import (
    CHANGE,
    CHILD,
    LANGUAGE,
    OUTCOME,
    STOPPED,
    SUMMARY,
    Command,
    Conversation,
    Edited,
    Message,
    NotServed,
    Question,
    Reply,
    Said,
    Tapped,
    Turn,
)
from bot.conversation.posting import post
from bot.conversation.reading import fold
from bot.conversation.walking import settled
from bot.library import Library


def meant(
    library: Library,
    current: Conversation,
    reply: Reply,
    moment: datetime,
    *,
    away: bool,
) -> Turn:
    """What follows from it; `away` when the family was silent for long before it."""
    match reply:
        case Said(text):
            return _said(library, current, text, moment, away=away)
        case Edited():
            return _edited(library, current, reply, moment, away=away)
        case Tapped():
            return _tapped(library, current, reply, moment)
        case Command(name):
            act = library.global_words.get(name, name)
            return acting.act(library, current, act, moment)
        case NotServed(what):
            return Turn(current, (speaking.note(library, what),))


def _said(
    library: Library,
    current: Conversation,
    text: str,
    moment: datetime,
    *,
    away: bool,
) -> Turn:
    if current.at == CHILD:
        return Turn(current, (speaking.child_again(library),))
    if current.at == OUTCOME and (came_with := follow_up(library, current, text)):
        return acting.followed(library, current, came_with, moment)
    if act := library.global_words.get(spoken(text)):
        return acting.act(library, current, act, moment)
    if current.at == LANGUAGE:
        return _said_at_language(library, current, text, moment)
    if away or current.at == STOPPED:
        return acting.welcome_back(library, current)
    if current.pending and not _question(library, current).kind.several:
        return _confirmed(library, current, yes_or_no(library, text), moment)
    if current.at in (SUMMARY, CHANGE):
        return _said_at_summary(library, current, text, moment)
    if current.at == OUTCOME:
        return post(current, speaking.after_outcome(library, current))
    return _read(library, current, text, moment)


def _said_at_language(
    library: Library, current: Conversation, text: str, moment: datetime
) -> Turn:
    """A number is a language; who tells what is wrong is asked about it at once."""
    order = dict(enumerate(speaking.language_order(library, current), start=1))
    typed = fold(text)
    chosen = order.get(int(typed)) if typed.isdecimal() and len(typed) < 3 else None
    welcomed = acting.welcome(
        library, replace(current, language=chosen or current.language), moment
    )
    asked = welcomed.conversation
    if typed.isdecimal() or asked is None:
        return welcomed
    found = _heard(library, asked, text, moment)
    # The question was not shown yet, so even its own words are asked back.
    named = found.candidates if isinstance(found, Unclear) else (found,)
    if isinstance(found, Misread) or UNSURE in named:
        return welcomed
    unsure = replace(asked, pending=" ".join(map(str, named)))
    question = replace(speaking.ask(library, unsure), turn=unsure.turn)
    return Turn(unsure, (*welcomed.messages[:-1], question))


def _said_at_summary(
    library: Library, current: Conversation, text: str, moment: datetime
) -> Turn:
    lines = speaking.summary_questions(library, current)
    digits = spoken(text)
    if digits.isdecimal() and 1 <= int(digits) <= len(lines):
        return acting.change(library, current, lines[int(digits) - 1].id)
    if library.yes_no.get(digits) == "yes" and current.at == SUMMARY:
        return acting.outcome(library, current, moment)
    if library.yes_no.get(digits) == "no":
        asked = replace(current, at=CHANGE)
        return post(asked, speaking.change(library, asked))
    return _misunderstood(library, current, Misread("misread_summary"), moment)


def _edited(
    library: Library,
    current: Conversation,
    edit: Edited,
    moment: datetime,
    *,
    away: bool,
) -> Turn:
    """The answer typed last is changed by an edit; any older one is not."""
    explained = Turn(current, (speaking.note(library, "edited"),))
    known = not away and current.typed == edit.message
    open_again = correcting.reopened(library, current) if known else None
    if open_again is None:
        return explained
    turn = _read(library, open_again, edit.text, moment)
    if open_again.at == current.at:
        return turn
    return _with_thanks(library, current, open_again.at, turn) or explained


def _with_thanks(
    library: Library, current: Conversation, question: str, turn: Turn
) -> Turn | None:
    """None when the edit gives no other answer to this question."""
    after = turn.conversation
    if after is None or after.answers == current.answers:
        return None
    if after.at == question and after.pending:
        return turn
    if question not in after.answers:
        return None
    note = speaking.note(library, "edited_changed")
    return replace(turn, messages=(note, *turn.messages))


def _read(library: Library, current: Conversation, text: str, moment: datetime) -> Turn:
    question = _question(library, current)
    if question.kind.several and is_label(
        library, fold(text), library.words["button_done"]
    ):
        return _tapped_question(library, current, DONE, moment)
    chosen = on_page(library, current, text)
    if chosen and question.kind.several and chosen != speaking.MORE:
        return _answered(library, current, chosen, moment)
    if chosen:
        return _tapped_question(library, current, chosen, moment)
    found = _heard(library, current, text, moment)
    if isinstance(found, Misread):
        return _misunderstood(library, current, found, moment)
    if isinstance(found, Unclear):
        asked = replace(current, pending=" ".join(found.candidates))
        return post(asked, speaking.ask(library, asked))
    return _answered(library, current, found, moment)


def _heard(
    library: Library, current: Conversation, text: str, moment: datetime
) -> str | Misread | Unclear:
    """What the words mean as an answer to the question that is asked now."""
    own = library.catalogue(current.language)
    others = (one for one in library.catalogues.values() if one is not own)
    reading = Reading(moment.date(), (own, *others), library.dates)
    return _question(library, current).kind.read(text, reading)


def _misunderstood(
    library: Library, current: Conversation, misread: Misread, moment: datetime
) -> Turn:
    """First other words, the second time a person, never the same twice."""
    counted = replace(current, misread=current.misread + 1, pending="")
    return post(counted, speaking.again(library, counted, misread, moment))


def _tapped(
    library: Library, current: Conversation, tap: Tapped, moment: datetime
) -> Turn:
    if tap.conversation != current.id:
        return Turn(current, (speaking.toast(library, "old_button"),))
    if tap.question == speaking.ANYWHERE:
        return acting.act(library, current, tap.answer, moment)
    if tap.turn != current.turn or tap.question not in (current.at, speaking.MOVES):
        return Turn(current, (speaking.toast(library, "old_button"),))
    if tap.question == speaking.MOVES:
        return acting.act(library, current, tap.answer, moment)
    if current.at == SUMMARY:
        return _tapped_summary(library, current, tap.answer, moment)
    if current.at == CHANGE and tap.answer in current.path:
        return acting.change(library, current, tap.answer)
    if current.at == OUTCOME and tap.answer == speaking.CHANGED:
        return acting.change(library, current, tap.answer)
    if current.at not in library.questions:
        return Turn(current, (speaking.toast(library, "old_button"),))
    return _tapped_question(library, current, tap.answer, moment)


def _tapped_summary(
    library: Library, current: Conversation, chosen: str, moment: datetime
) -> Turn:
    if chosen == YES:
        return acting.outcome(library, current, moment)
    if chosen == speaking.CHANGED:
        return acting.change(library, current, chosen)
    return Turn(current, (speaking.toast(library, "old_button"),))


def _tapped_question(
    library: Library, current: Conversation, chosen: str, moment: datetime
) -> Turn:
    question = _question(library, current)
    if chosen == speaking.MORE:
        following = (current.page + 1) % speaking.pages(question)
        asked = replace(current, page=following)
        return Turn(asked, (speaking.redrawn(library, asked),))
    if isinstance(question.kind, Choices) and chosen == DONE:
        return _answered(library, current, current.pending, moment)
    if isinstance(question.kind, Choices) and chosen in question.kind.labels:
        if chosen in ALONE:
            return _answered(library, current, chosen, moment)
        ticked = question.kind.toggled(current.pending, chosen)
        asked = replace(current, pending=ticked)
        return Turn(asked, (speaking.redrawn(library, asked),))
    if current.pending and chosen in (YES, NO, *current.pending.split()):
        return _confirmed(library, current, chosen, moment)
    if chosen not in {option.id for option in question.kind.spec.options}:
        return Turn(current, (speaking.toast(library, "old_button"),))
    return _answered(library, current, chosen, moment)


def _confirmed(
    library: Library, current: Conversation, chosen: str, moment: datetime
) -> Turn:
    """One is kept; no asks again; other words are read as a new answer."""
    candidates = current.pending.split()
    kept = picked(candidates, chosen)
    if kept:
        return _answered(library, current, kept, moment)
    asked = replace(current, pending="")
    if chosen == NO:
        return post(asked, speaking.ask(library, asked))
    return _read(library, asked, chosen, moment)


def _answered(
    library: Library, current: Conversation, stored: str, moment: datetime
) -> Turn:
    question = _question(library, current)
    if not stored:
        return Turn(current, (speaking.toast(library, "tick_one"),))
    closing = speaking.answered(library, current, question, stored)
    answers = {**current.answers, question.id: stored}
    moved = settled(library, current, answers, moment.date())
    first: tuple[Message, ...] = ()
    if moved.at != SUMMARY:
        moved, first = advising.first_advice(library, moved, question, moment)
    after = post(moved, speaking.ask(library, moved), close=False)
    return replace(after, messages=(closing, *first, *after.messages))


def _question(library: Library, current: Conversation) -> Question:
    return library.questions[current.at]
