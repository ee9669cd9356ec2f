"""What typed words mean at the place where a family stands: a button, a yes, a line."""

from typing import Final

from bot.conversation import speaking
from bot.conversation.model import Conversation
from bot.conversation.reading import fold
from bot.library import Library
from bot.translations import Text

DONE: Final = "@done"
YES: Final = "@yes"
NO: Final = speaking.NONE
"""Answers of buttons that are not an option of the question."""


def on_page(library: Library, current: Conversation, text: str) -> str:
    """The button that a typed number or "more" means on a page of a long list."""
    question = library.questions[current.at]
    if speaking.pages(question) == 1:
        return ""
    shown = [one.id for one in speaking.page_of(question, current.page)]
    shown.append(speaking.MORE)
    typed = fold(text)
    if question.kind.numbered and typed.isdecimal() and len(typed) < 3:
        return shown[int(typed) - 1] if 1 <= int(typed) <= len(shown) else ""
    more = library.words[speaking.more_key(question, current.page)]
    return speaking.MORE if is_label(library, typed, more) else ""


def is_label(library: Library, typed: str, label: Text) -> bool:
    return typed in {fold(one.words(label)) for one in library.catalogues.values()}


def yes_or_no(library: Library, text: str) -> str:
    act = library.yes_no.get(spoken(text))
    return {"yes": YES, "no": NO}.get(act or "", text)


def spoken(text: str) -> str:
    """Words without case, marks and emoji; a lone emoji stays itself."""
    return fold(text) or text.strip()


def picked(candidates: list[str], chosen: str) -> str:
    """By its button, by its number, or by a yes where there is but one."""
    if chosen == YES and len(candidates) == 1:
        return candidates[0]
    if chosen in candidates:
        return chosen
    typed = fold(chosen)
    if len(candidates) > 1 and typed.isdecimal() and len(typed) < 3:
        return dict(enumerate(candidates, 1)).get(int(typed), "")
    return ""


def follow_up(library: Library, current: Conversation, text: str) -> str:
    """The id of what the family comes back with in these words, or nothing."""
    typed = fold(text)
    for one in library.follow_ups:
        labels = (words.words(one.label) for words in library.catalogues.values())
        if one.fits(current.path) and typed in map(fold, (*labels, *one.words)):
            return one.id
    return ""
