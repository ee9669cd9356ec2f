"""One answer out of a few."""

from bot.conversation.facts import FactType
from bot.conversation.kinds.base import Kind


class Choice(Kind):
    """Tapped, or typed as number, label, emoji or another spelling."""

    @property
    def type(self) -> FactType:
        return FactType("choice", tuple(self.labels))
