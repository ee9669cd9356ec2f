"""The sorts of questions, by the word that authors write after `kind:`."""

from collections.abc import Mapping

from bot.conversation.kinds.base import Kind
from bot.conversation.kinds.children import Children
from bot.conversation.kinds.choice import Choice
from bot.conversation.kinds.choices import Choices
from bot.conversation.kinds.day import Day
from bot.conversation.kinds.money import Money
from bot.conversation.kinds.number import Number
from bot.conversation.kinds.place import Place
from bot.conversation.kinds.time_since import TimeSince
from bot.conversation.kinds.yes_no import YesNo

KINDS: Mapping[str, type[Kind]] = {
    "choice": Choice,
    "choices": Choices,
    "yes_no": YesNo,
    "number": Number,
    "money": Money,
    "date": Day,
    "time_since": TimeSince,
    "place": Place,
    "children": Children,
}
