"""A question as families see it, in Markdown: for who reads what others changed."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Final

from bot.conversation import speaking
from bot.conversation.model import Button, Conversation, Message, Paragraph
from bot.library import Library
from bot.translations import Catalogue

STYLES: Final = {"strong": "**{}**", "small": "_{}_"}
SPECIAL: Final = re.compile(r"([\\`*_\[\]#|~])")


def chat(library: Library, question: str, language: str) -> str:
    """The question with its buttons, in this language, or in Dutch where it has none.

    It stands there as if another question came before it.
    """
    before = library.flows[library.start].start
    path = () if question == before else (before,)
    current = Conversation("", language, question, path=path)
    message = speaking.ask(library, current)
    return "\n".join(_quoted(_lines(message, library.catalogue(language))))


def escaped(words: str) -> str:
    """Nothing in these words is Markdown, HTML, or the name of somebody to call."""
    plain = html.escape(SPECIAL.sub(r"\\\1", words), quote=False)
    return plain.replace("@", "&#64;")


def _quoted(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield f"> {line}".rstrip()


def _lines(message: Message, catalogue: Catalogue) -> Iterator[str]:
    for paragraph in message.paragraphs:
        yield from _paragraph(paragraph, catalogue)
        yield ""
    for row in message.rows:
        yield " ".join(_key(button, catalogue) for button in row) + "<br>"


def _paragraph(paragraph: Paragraph, catalogue: Catalogue) -> Iterator[str]:
    style = STYLES.get(paragraph.style, "{}")
    for line in catalogue.say(paragraph.said).splitlines():
        yield style.format(escaped(line)) if line else ""


def _key(button: Button, catalogue: Catalogue) -> str:
    return f"<kbd>{escaped(catalogue.say(button.label))}</kbd>"
