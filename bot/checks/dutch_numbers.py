"""Every phone number can be a Dutch number."""

import re
from collections.abc import Iterator

from bot.checks.limits import place
from bot.library import Library
from bot.problems import Place, Problem, told

CODE = "no-dutch-number"

AREAS_OF_THREE = (
    "010 013 015 020 023 024 026 030 033 035 036 038 040 043 045 046 050 053"
)
AREAS_OF_THREE += (
    " 055 058 070 071 072 073 074 075 076 077 078 079 06 084 085 087 088 091"
)
AREAS_OF_FOUR = (
    "011 016 017 018 022 025 029 031 032 034 041 047 048 049 051 052 054 056"
)
AREAS_OF_FOUR += " 057 059"
AREAS = (*AREAS_OF_THREE.split(), *AREAS_OF_FOUR.split())
"""How the ten digits of a number begin: a region, a mobile phone, or a company."""

WHOLE = re.compile(r"0\d{9}")
SHORT = re.compile(
    r"11[23]|116\d{3}|14(?:0\d{2,3})|0(?:800|900|906|909)(?:\d{4}|\d{7})"
)
"""Emergency, European help lines, a municipality's 14 number, and service numbers."""

IN_TEXT = re.compile(r"(?<![\w€.,-])0\d{1,3}[ -]\d(?:[\d ]*\d)?(?![\w-])")


def check(library: Library) -> Iterator[Problem]:
    for one in library.organisations.values():
        yield from _wrong(one.phone, one.written_at or place(library, one.name))
    for desks in library.desks.values():
        for desk in desks.values():
            yield from _wrong(desk.phone, desk.written_at or Place("flows"))
    for catalogue in library.catalogues.values():
        for text in library.texts:
            words = catalogue.own(text)
            for number in IN_TEXT.findall(words) if "0" in words else ():
                yield from _wrong(number, place(library, text))


def is_dutch(number: str) -> bool:
    """Whether it has the length and the beginning of a number in the Netherlands."""
    digits = re.sub(r"[ -]", "", number)
    if SHORT.fullmatch(digits):
        return True
    return bool(WHOLE.fullmatch(digits)) and digits.startswith(AREAS)


def _wrong(number: str, at: Place) -> Iterator[Problem]:
    if number and not is_dutch(number):
        message = told(
            "{number} cannot be a Dutch number. Count its digits, and look at how it"
            " begins: 030-123 45 67, 0800-1234 or 14 030.",
            number=number,
        )
        yield Problem(at, CODE, message)
