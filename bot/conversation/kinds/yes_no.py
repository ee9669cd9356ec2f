"""Yes or no."""

from bot.conversation.facts import Fact, FactType
from bot.conversation.kinds.base import Kind


class YesNo(Kind):
    """Stored as `yes`, `no` or `unsure`."""

    @property
    def type(self) -> FactType:
        return FactType("yes_no")

    def fact_typed(self, stored: str) -> Fact:
        return stored == "yes"
