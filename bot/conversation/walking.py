"""Where the answers of a family lead: from the start, question by question."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.conversation.machine import ENTER
from bot.conversation.model import ADVICE, SUMMARY, Conversation
from bot.library import Library
from bot.outcome import facts_on


def replay(library: Library, conversation: Conversation, today: date) -> Conversation:
    """The place that follows from the answers, walking from the start."""
    start = library.flows[library.start].start
    blank = replace(conversation, path=(), at=start)
    return settled(library, blank, conversation.answers, today)


def leads_to(
    library: Library, answers: Mapping[str, str], path: tuple[str, ...], today: date
) -> str:
    """Where the last answer of this path leads: a question, or the summary."""
    asked = library.questions[path[-1]]
    facts = facts_on(library, answers, path, today)
    to = library.machines[asked.flow].after(asked.id, facts)
    if to.startswith(ENTER):
        return library.flows[to.removeprefix(ENTER)].start
    return SUMMARY if to == ADVICE else to


def settled(
    library: Library, current: Conversation, answers: Mapping[str, str], today: date
) -> Conversation:
    """Walks on while the question at hand is answered; a full way ends at the summary.

    The flows have no cycles (a check refuses them), so the walk ends.
    """
    at, path = current.at, current.path
    while at in answers:
        path = (*path, at)
        at = leads_to(library, answers, path, today)
    fresh = replace(current, pending="", misread=0, page=0)
    return replace(fresh, at=at, path=path, answers=answers)
