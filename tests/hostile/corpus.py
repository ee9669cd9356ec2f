"""Words that nobody types by accident: a few hundred, made the same way each time."""

import random
from collections.abc import Iterator
from itertools import product

UNSEEN = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u061c\ufe0f\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Marks without a shape: spaces of no width, and what turns the writing around."""

ACCENTS = [chr(code) for code in range(0x0300, 0x0370)]
MARKUP = (
    "<b>vet",
    "</b>",
    "<b></i>",
    "<a href='tg://user?id=1'>ik</a>",
    "<script>alert(1)</script>",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "&amp;amp;",
    "&",
    "a < b & c > d",
    "*vet* _schuin_ `code` [hier](https://example.org)",
    "```\nrm -rf /\n```",
    "||weg||",
    "{name} {0} {{}} %s %(x)s $x ${x}",
    "{answer.__class__}",
    "<pre>{}</pre>",
    "<tg-spoiler>x</tg-spoiler>",
    '"><b>',
    "\\<b\\>",
)
ODD = (
    "\x00",
    "ja\x00nee",
    "\ud800",
    "\udfff ja",
    "ja \ud83d",
    "\ufffe\uffff",
    "\U0010ffff",
    "\ue000\uf8ff",
    "\r\n\r\n",
    "\u2028\u2029",
    "\x07\x08\x1b[31m",
    "\x7f\x80\x9f",
    " ",
    "\u3000\u00a0\u2003",
    "/",
    "//",
    "/ ",
    "/\x00",
    "/" + "x" * 700,
    "/start " + "😀" * 99,
    "/follow.",
    "/follow.nobody",
    "/lang.",
    "/lang.xx",
    "/@more",
    "'; DROP TABLE conversation; --",
    "../../etc/passwd",
    "١٢٣٤",
    "²³½ⅷ፲",
    "9" * 640,
    "-1",
    "1e9",
    "NaN",
    "0x10",
    "00",
    "31-02-2026",
    "99-99-9999",
    "0-0-0",
    "29 februari 0000",
    "1 januari 9999",
    "over 99 jaar",
    "999 weken geleden",
    "12:00 13:00 14:00",
)
SIGNS = (
    "<>&\"'`*_[](){}|~#+-=.!\\/:;@%$^€éßİıłʼ家शिع👨🏽א0７٣½ \n\t\x00\x1b\u202e\u0301"
)


def hostile_texts() -> list[str]:
    """Long, unseen, turned around, broken, made to look like markup."""
    return [*MARKUP, *ODD, *_long(), *_unseen(), *_heaped(), *_mixed()]


def _long() -> Iterator[str]:
    for sign in (
        "a",
        "é",
        "😀",
        "👨‍👩‍👧‍👦",
        "\u0301",
        "<",
        "&",
        "1",
        " ",
        "\n",
        "ﷺ",
        "一",
    ):
        yield sign * (10_000 // len(sign))
    for sign in ("😀", "🏳️‍🌈", "🇳🇱"):
        yield sign * 4_096
    yield "huurachterstand " * 700


def _unseen() -> Iterator[str]:
    for mark in UNSEEN:
        yield mark
        yield mark * 700
        yield f"{mark}blah{mark}"
        yield f"1{mark}2{mark}-{mark}3"
    yield UNSEEN * 40


def _heaped() -> Iterator[str]:
    """Zalgo, and nothing but accents."""
    dice = random.Random(1)
    for height in (1, 5, 30, 600):
        yield "".join(dice.choices(ACCENTS, k=height))
        yield "".join(
            sign + "".join(dice.choices(ACCENTS, k=height)) for sign in "huur"
        )


def _mixed() -> Iterator[str]:
    dice = random.Random(2)
    for length, _ in product((1, 2, 5, 20, 80, 640), range(40)):
        yield "".join(dice.choices(SIGNS, k=length))
