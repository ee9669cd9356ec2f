"""How a conversation moves: one reply in, a new conversation and messages out."""

from dataclasses import replace
from datetime import datetime

from bot.conversation import advising, calling, correcting, holding, speaking
from bot.conversation.carrying import carried, in_the_middle, name_now, tap_now
from bot.conversation.crisis import Crisis, heard
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
from bot.conversation.reading import fold
from bot.conversation.walking import replay, settled
from bot.library import Library

AWAY_MINUTES = 4 * 60
"""After this silence a typed word is greeted first (rule F21)."""


def begin(
    library: Library, *, id: str, moment: datetime, language: str = "", hint: str = ""
) -> Turn:
    """A new conversation. Without a `language` it first asks which one.

    `hint` is the language of the family's app: it only orders the choice.
    """
    known = hint if hint in library.catalogues else "nl"
    fresh = Conversation(
        id,
        language or known,
        LANGUAGE,
        library=library.fingerprint,
        heard=minutes(moment),
    )
    if language:
        return _welcome(library, fresh, moment)
    return _post(fresh, speaking.languages(library, fresh, hello=True))


def answer(
    library: Library, conversation: Conversation, reply: Reply, moment: datetime
) -> Turn:
    """One reply. Never raises for anything a family can send."""
    turn = _replied(library, conversation, reply, moment)
    return turn if isinstance(reply, Tapped) else _in_the_chat(turn)


def _in_the_chat(turn: Turn) -> Turn:
    """A passing word needs a button to stand on; who typed reads it as a line."""
    return replace(
        turn, messages=tuple(replace(one, toast=False) for one in turn.messages)
    )


def _replied(
    library: Library, conversation: Conversation, reply: Reply, moment: datetime
) -> Turn:
    current = replace(
        carried(library, conversation, moment.date()), heard=minutes(moment)
    )
    turn = _heard(library, conversation, current, reply, moment)
    if turn.conversation != current:
        return turn
    # Its question still stands on the screen as the content before asked it.
    return replace(turn, conversation=replace(conversation, heard=current.heard))


def _heard(
    library: Library,
    before: Conversation,
    current: Conversation,
    reply: Reply,
    moment: datetime,
) -> Turn:
    if isinstance(reply, Said | Edited) and (
        crisis := heard(library.crises, reply.text)
    ):
        return _in_crisis(library, current, crisis, moment)
    away = minutes(moment) - before.heard > AWAY_MINUTES
    if before.library != current.library and _is_answer(library, reply):
        return _asked_before(library, before, current, reply, moment, away=away)
    return _meant(library, current, reply, moment, away=away)


def _meant(
    library: Library,
    current: Conversation,
    reply: Reply,
    moment: datetime,
    *,
    away: bool,
) -> Turn:
    match reply:
        case Said(text):
            return _said(library, current, text, moment, away=away)
        case Edited():
            return _edited(library, current, reply, moment, away=away)
        case Tapped():
            return _tapped(library, current, reply, moment)
        case Command(name):
            act = library.global_words.get(name, name)
            return _act(library, current, act, moment)
        case NotServed(what):
            return Turn(current, (speaking.note(library, what),))


def _is_answer(library: Library, reply: Reply) -> bool:
    """Whether it means nothing without the question that it answers."""
    match reply:
        case Said(text):
            return spoken(text) not in library.global_words
        case Tapped():
            return reply.question not in (speaking.ANYWHERE, speaking.MOVES)
    return False


def _asked_before(
    library: Library,
    before: Conversation,
    current: Conversation,
    reply: Reply,
    moment: datetime,
    *,
    away: bool,
) -> Turn:
    """The answer to a question of other content; it answers no other question."""
    asked = name_now(library, before.at)
    if isinstance(reply, Tapped):
        reply = tap_now(library, reply)
    if current.at == asked:
        turn = _meant(library, current, reply, moment, away=away)
        gone = _is_gone(current, reply) and turn.conversation == current
        return _with_note(library, current, "questions_changed") if gone else turn
    if asked not in library.questions:
        return _with_note(library, current, "questions_changed")
    there = in_the_middle(library, replace(current, at=asked), before)
    turn = _meant(library, there, reply, moment, away=away)
    return _kept_beside(library, current, asked, turn, moment)


def _is_gone(current: Conversation, reply: Reply) -> bool:
    """For a tap that counts for nothing: it was on the question of now."""
    known = (current.id, current.turn, current.at)
    match reply:
        case Tapped(conversation, turn, question):
            return (conversation, turn, question) == known
    return False


def _kept_beside(
    library: Library, current: Conversation, asked: str, turn: Turn, moment: datetime
) -> Turn:
    """Another question comes first now; what was answered will not be asked again."""
    after = turn.conversation
    if after is None or asked not in after.answers:
        return _with_note(library, current, "questions_changed")
    answers = {**current.answers, asked: after.answers[asked]}
    kept = replay(library, replace(current, answers=answers), moment.date())
    again = _with_note(library, kept, "questions_changed")
    closed, *_ = turn.messages
    others = (one for one in again.messages if not one.edits)
    return replace(again, messages=(closed, *others))


def first_words(
    library: Library, fresh: Conversation, reply: Reply, moment: datetime
) -> Turn | None:
    """Crisis words count before the first question, too, and so does “wis alles”."""
    if not isinstance(reply, Said | Edited):
        return None
    if found := heard(library.crises, reply.text):
        return _in_crisis(library, fresh, found, moment)
    if library.global_words.get(spoken(reply.text)) == "wipe":
        return _act(library, fresh, "wipe", moment)
    return None


def away(library: Library, conversation: Conversation, moment: datetime) -> Turn:
    """After an outage a family reads where it stood; who stopped reads nothing.

    Nobody said anything, so `heard` stays: we never keep anything longer by ourselves.
    """
    current = carried(library, conversation, moment.date())
    if current.at == STOPPED:
        return Turn(current)
    if current.at == CHILD:
        return Turn(current, (speaking.child_again(library),))
    same = current.at == name_now(library, conversation.at)
    return _with_note(
        library, current, "away", *(() if same else ["questions_changed"])
    )


def told_of_removal(library: Library, turn: Turn) -> Turn:
    """A line about what was left out of the family's words, said once."""
    line = speaking.note(library, "personal_removed")
    if line in turn.messages:
        return turn
    return replace(turn, messages=(line, *turn.messages))


def minutes(moment: datetime) -> int:
    """Minutes since 1970: precise enough to know that someone was away."""
    return int(moment.timestamp() // 60)


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
        return _followed(library, current, came_with, moment)
    if act := library.global_words.get(spoken(text)):
        return _act(library, current, act, moment)
    if current.at == LANGUAGE:
        return _said_at_language(library, current, text, moment)
    if away or current.at == STOPPED:
        return _welcome_back(library, current)
    if current.pending and not _question(library, current).kind.several:
        return _confirmed(library, current, yes_or_no(library, text), moment)
    if current.at in (SUMMARY, CHANGE):
        return _said_at_summary(library, current, text, moment)
    if current.at == OUTCOME:
        return _post(current, speaking.after_outcome(library, current))
    return _read(library, current, text, moment)


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
    own = library.catalogue(current.language)
    others = (one for one in library.catalogues.values() if one is not own)
    reading = Reading(moment.date(), (own, *others), library.dates)
    found = question.kind.read(text, reading)
    if isinstance(found, Misread):
        return _misunderstood(library, current, found, moment)
    if isinstance(found, Unclear):
        asked = replace(current, pending=" ".join(found.candidates))
        return _post(asked, speaking.ask(library, asked))
    return _answered(library, current, found, moment)


def _misunderstood(
    library: Library, current: Conversation, misread: Misread, moment: datetime
) -> Turn:
    """First other words, the second time a person, never the same twice."""
    counted = replace(current, misread=current.misread + 1, pending="")
    return _post(counted, speaking.again(library, counted, misread, moment))


def _said_at_summary(
    library: Library, current: Conversation, text: str, moment: datetime
) -> Turn:
    lines = speaking.summary_questions(library, current)
    digits = spoken(text)
    if digits.isdecimal() and 1 <= int(digits) <= len(lines):
        return _change(library, current, lines[int(digits) - 1].id)
    if library.yes_no.get(digits) == "yes" and current.at == SUMMARY:
        return _outcome(library, current, moment)
    if library.yes_no.get(digits) == "no":
        asked = replace(current, at=CHANGE)
        return _post(asked, speaking.change(library, asked))
    return _misunderstood(library, current, Misread("misread_summary"), moment)


def _said_at_language(
    library: Library, current: Conversation, text: str, moment: datetime
) -> Turn:
    order = dict(enumerate(speaking.language_order(library, current), start=1))
    typed = fold(text)
    chosen = order.get(int(typed)) if typed.isdecimal() and len(typed) < 3 else None
    return _welcome(
        library, replace(current, language=chosen or current.language), moment
    )


def _in_crisis(
    library: Library, current: Conversation, crisis: Crisis, moment: datetime
) -> Turn:
    if not crisis.ends:
        return Turn(current, (speaking.crisis(library, current, crisis, moment),))
    blank = replace(current, at=CHILD, answers={}, path=(), pending="")
    return Turn(blank, (speaking.crisis(library, blank, crisis, moment),))


def _tapped(
    library: Library, current: Conversation, tap: Tapped, moment: datetime
) -> Turn:
    if tap.conversation != current.id:
        return Turn(current, (speaking.toast(library, "old_button"),))
    if tap.question == speaking.ANYWHERE:
        return _act(library, current, tap.answer, moment)
    if tap.turn != current.turn or tap.question not in (current.at, speaking.MOVES):
        return Turn(current, (speaking.toast(library, "old_button"),))
    if tap.question == speaking.MOVES:
        return _act(library, current, tap.answer, moment)
    if current.at == SUMMARY:
        return _tapped_summary(library, current, tap.answer, moment)
    if current.at == CHANGE and tap.answer in current.path:
        return _change(library, current, tap.answer)
    if current.at == OUTCOME and tap.answer == speaking.CHANGED:
        return _change(library, current, tap.answer)
    if current.at not in library.questions:
        return Turn(current, (speaking.toast(library, "old_button"),))
    return _tapped_question(library, current, tap.answer, moment)


def _tapped_summary(
    library: Library, current: Conversation, chosen: str, moment: datetime
) -> Turn:
    if chosen == YES:
        return _outcome(library, current, moment)
    if chosen == speaking.CHANGED:
        return _change(library, current, chosen)
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
        return _post(asked, speaking.ask(library, asked))
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
    after = _post(moved, speaking.ask(library, moved), close=False)
    return replace(after, messages=(closing, *first, *after.messages))


def _outcome(library: Library, current: Conversation, moment: datetime) -> Turn:
    ended = replace(current, at=OUTCOME, misread=0)
    told = advising.outcome_messages(library, ended, moment)
    return _post(ended, *told, speaking.after_outcome(library, ended))


def _change(library: Library, current: Conversation, chosen: str) -> Turn:
    """Ask one answer again; the other answers stay, and come back if they fit."""
    if chosen not in current.path:
        asked = replace(current, at=CHANGE)
        return _post(asked, speaking.change(library, asked))
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
    return _post(asked, speaking.ask(library, asked))


def _back(library: Library, current: Conversation) -> Turn:
    if current.pending:
        asked = replace(current, pending="")
        return _post(asked, speaking.ask(library, asked))
    if current.at in (CHANGE, OUTCOME):
        asked = replace(current, at=SUMMARY)
        return _post(asked, speaking.ask(library, asked))
    if not current.path:
        return _with_note(library, current, "no_way_back")
    return _ask_again(library, current, len(current.path) - 1)


def _with_note(library: Library, current: Conversation, *keys: str) -> Turn:
    """A line, and then what is asked now."""
    again = _post(current, speaking.ask(library, current))
    notes = (speaking.note(library, key) for key in keys)
    return replace(again, messages=(*notes, *again.messages))


def _act(library: Library, current: Conversation, name: str, moment: datetime) -> Turn:
    """A global word, a command, or a button of the last row."""
    if name.startswith(speaking.FOLLOW_UP):
        wanted = name.removeprefix(speaking.FOLLOW_UP)
        return _followed(library, current, wanted, moment)
    if name.startswith("lang."):
        return _switched(library, current, name.removeprefix("lang."), moment)
    match name:
        case "back" if current.at in (STOPPED, LANGUAGE, CHILD):
            return _act(library, current, "go_on", moment)
        case "back":
            return _back(library, current)
        case "start" if current.path:
            return _welcome_back(library, current)
        case "start" | "restart":
            return _welcome(library, current, moment)
        case "go_on" if current.at in (LANGUAGE, CHILD):
            return _welcome(library, current, moment)
        case "go_on":
            return _go_on(library, current, moment)
        case "stop":
            return _post(
                replace(current, at=STOPPED, pending=""),
                speaking.stop(library, current),
            )
        case "wipe":
            return Turn(None, (speaking.note(library, "wiped"),))
        case "more_help" if current.at == OUTCOME:
            return _post(
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


def _followed(
    library: Library, current: Conversation, wanted: str, moment: datetime
) -> Turn:
    """Other answers than before: ask what that makes unknown, then advise anew."""
    chosen = next((one for one in library.follow_ups if one.id == wanted), None)
    if chosen is None or not chosen.fits(current.path):
        return Turn(current, (speaking.toast(library, "old_button"),))
    answers = {**current.answers, **chosen.answers}
    moved = replay(library, replace(current, answers=answers), moment.date())
    if moved.at == SUMMARY:
        return _outcome(library, moved, moment)
    return _post(moved, speaking.ask(library, moved))


def _go_on(library: Library, current: Conversation, moment: datetime) -> Turn:
    if current.at == OUTCOME:
        return _outcome(library, current, moment)
    if current.at == STOPPED:
        current = replay(library, current, moment.date())
    return _post(current, speaking.ask(library, current))


def _switched(
    library: Library, current: Conversation, language: str, moment: datetime
) -> Turn:
    if language not in library.catalogues:
        return Turn(current, (speaking.languages(library, current),))
    spoken = replace(current, language=language)
    if current.at in (LANGUAGE, CHILD):
        return _welcome(library, spoken, moment)
    return _go_on(library, spoken, moment)


def _welcome(library: Library, current: Conversation, moment: datetime) -> Turn:
    """Start again with no answers, in the language already chosen."""
    blank = replace(current, answers={}, path=(), pending="", misread=0, advised="")
    fresh = replay(library, blank, moment.date())
    asked = _post(fresh, speaking.ask(library, fresh))
    return replace(asked, messages=(*speaking.welcome(library), *asked.messages))


def _welcome_back(library: Library, current: Conversation) -> Turn:
    return Turn(current, (speaking.welcome_back(library, current),))


def _question(library: Library, current: Conversation) -> Question:
    return library.questions[current.at]


def _post(current: Conversation, *messages: Message, close: bool = True) -> Turn:
    """Give the last message the next turn number; the old buttons disappear."""
    turn = current.turn + 1
    closing = (Message((), edits=current.turn),) if close and current.turn else ()
    numbered = replace(messages[-1], turn=turn)
    return Turn(replace(current, turn=turn), (*closing, *messages[:-1], numbered))
