"""Words that come before everything else: danger, suicide, a child who writes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.conversation.reading import fold
from bot.translations import Text

AGE = "{age}"
CHILD_AGE = (
    r"(?:[6-9]|1[0-7])(?: (?:jaar|jr|years?|yrs?))?(?: (?:oud|old))?"
    r"(?= *$| (?:en|and)\b)"
)
"""An age ends what is said: “ik ben 10 jaar getrouwd” is no child."""

SENTENCE = re.compile(r"[.,!?;:\n]+")


@dataclass(frozen=True, slots=True)
class Crisis:
    """What to say at once; `ends` when the conversation must not go on."""

    id: str
    pattern: re.Pattern[str]
    say: Text
    organisations: tuple[str, ...]
    ends: bool = False
    phrases: tuple[str, ...] = ()
    """What `pattern` listens for, as the author wrote it."""


def spoken(phrase: str) -> str:
    """Words of a family that this phrase is meant for."""
    return phrase.replace(AGE, "13").replace("*", "")


def pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the phrases as whole words, in folded text.

    `{age}` stands for the age of a child; `*` at the end of a word for any ending.
    """
    return re.compile("|".join(_phrase(one) for one in phrases) or r"(?!)")


def _phrase(phrase: str) -> str:
    parts = phrase.split(AGE)
    bare = [r"\w*".join(_words(piece) for piece in part.split("*")) for part in parts]
    joined = rf" ?{CHILD_AGE}".join(bare) if len(parts) > 1 else bare[0]
    return rf"\b{joined}" if phrase.endswith((AGE, "*")) else rf"\b{joined}\b"


def _words(piece: str) -> str:
    return r" ".join(re.escape(word) for word in fold(piece).split())


def heard(crises: Iterable[Crisis], text: str) -> Crisis | None:
    """The first crisis whose words stand in this text, in any language."""
    said = [fold(text), *(fold(sentence) for sentence in SENTENCE.split(text))]
    return next((one for one in crises if any(map(one.pattern.search, said))), None)
