"""One answer out of a few."""

from collections.abc import Mapping
from typing import Final

from bot.conversation.facts import UNSURE, FactType
from bot.conversation.kinds.base import Kind, Misread, Reading, Unclear, spellings
from bot.conversation.reading import LONGEST_TEXT, fold

SHORTEST: Final = 4
"""Letters of a word that may be looked for inside a sentence; “no” is everywhere."""

MOST: Final = 4
"""More answers than this in one sentence say nothing."""


class Choice(Kind):
    """Tapped, or typed as number, label, emoji or another spelling."""

    @property
    def type(self) -> FactType:
        return FactType("choice", tuple(self.labels))

    def read_typed(self, reply: str, reading: Reading) -> Misread | Unclear:
        """Words of an answer in a longer reply are asked back, never taken for sure."""
        if len(reply) > LONGEST_TEXT:
            return Misread("misread_choice")
        named = _named(fold(reply), spellings(self, reading.catalogues))
        candidates = tuple(one for one in self.labels if one in named)
        if 1 <= len(candidates) <= MOST:
            return Unclear(candidates)
        return Misread("misread_choice")


def _named(said: str, known: Mapping[str, str]) -> set[str]:
    """The answers whose words stand in a sentence; longer words win from shorter."""
    found = [one for one in known if len(one) >= SHORTEST and _stands_in(one, said)]
    whole = [o for o in found if not any(o != f and _stands_in(o, f) for f in found)]
    return {known[one] for one in whole} - {UNSURE}


def _stands_in(words: str, sentence: str) -> bool:
    return f" {words} " in f" {sentence} "
