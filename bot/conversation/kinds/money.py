"""An amount of money in euros."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from bot.conversation.facts import Fact, FactType
from bot.conversation.kinds.base import Kind, Misread, Reading, around
from bot.conversation.reading_numbers import read_amount
from bot.translations import Sayable

WRITTEN = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,2})?")
"""How an amount is kept; Decimal alone would also take “NaN” and “1e999999”."""


class Money(Kind):
    """Exactly one amount; two numbers in a reply are asked again."""

    numbered = False

    @property
    def type(self) -> FactType:
        return FactType("money")

    def read_typed(self, reply: str, reading: Reading) -> str | Misread:
        found = read_amount(reply, reading.dates)
        if found is None or not self.spec.least <= found <= self.spec.most:
            return Misread("misread_money")
        return str(found)

    def accepts_typed(self, stored: str) -> bool:
        return WRITTEN.fullmatch(stored) is not None

    def examples_typed(
        self, today: date, boundaries: Collection[Fact]
    ) -> Iterable[str]:
        least, most = self.spec.least, self.spec.most
        amounts = [least, *around(boundaries), 650, 2450, 9000]
        return (str(one) for one in amounts if least <= one <= most)

    @property
    def tries_all(self) -> bool:
        return False

    def fact_typed(self, stored: str) -> Fact:
        return Decimal(stored)

    def show_typed(self, stored: str) -> Sayable:
        return Decimal(stored)
