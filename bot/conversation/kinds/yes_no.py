"""Yes or no."""

from bot.conversation.facts import Fact, FactType
from bot.conversation.kinds.base import Kind, Misread, Reading, Unclear, spellings
from bot.conversation.reading import LONGEST_TEXT, fold

BOTH = frozenset({"yes", "no"})


class YesNo(Kind):
    """Stored as `yes`, `no` or `unsure`."""

    @property
    def type(self) -> FactType:
        return FactType("yes_no")

    def read_typed(self, reply: str, reading: Reading) -> Misread | Unclear:
        """“Ja, van de gemeente” most likely is a yes: it is asked back."""
        known = spellings(self, reading.catalogues)
        words = fold(reply[:LONGEST_TEXT]).split()
        said = {known[word] for word in words if not word.isdecimal() and word in known}
        if words and len(said & BOTH) == 1 and known.get(words[0]) in BOTH:
            return Unclear((known[words[0]],))
        return Misread("misread_choice")

    def fact_typed(self, stored: str) -> Fact:
        return stored == "yes"
