"""Files as a broken disk, a wrong program or a cat on the keyboard leaves them."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

Damage = Callable[[bytes, Random], bytes]


def _somewhere(body: bytes, dice: Random) -> int:
    return dice.randrange(len(body) + 1)


def _put_in(body: bytes, dice: Random, more: bytes) -> bytes:
    at = _somewhere(body, dice)
    return body[:at] + more + body[at:]


def _flip(body: bytes, dice: Random) -> bytes:
    changed = bytearray(body)
    for _ in range(dice.choice((1, 1, 1, 3, 20))):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _overwrite(body: bytes, dice: Random) -> bytes:
    at, length = _somewhere(body, dice), dice.choice((1, 2, 8, 64))
    return body[:at] + dice.randbytes(length) + body[at + length :]


def _insert(body: bytes, dice: Random) -> bytes:
    return _put_in(body, dice, dice.randbytes(dice.choice((1, 1, 2, 8))))


def _delete(body: bytes, dice: Random) -> bytes:
    at, length = _somewhere(body, dice), dice.choice((1, 1, 2, 8, 64, 512))
    return body[:at] + body[at + length :]


def _double(body: bytes, dice: Random) -> bytes:
    at = _somewhere(body, dice)
    return body[:at] + body[at : at + dice.choice((1, 8, 80, 800))] + body[at:]


def _cut_off(body: bytes, dice: Random) -> bytes:
    return body[: _somewhere(body, dice)]


def _swap(body: bytes, dice: Random) -> bytes:
    a, b, c = sorted(_somewhere(body, dice) for _ in range(3))
    return body[:a] + body[b:c] + body[a:b] + body[c:]


def _signs(body: bytes, dice: Random) -> bytes:
    sign = dice.choice(b"[]{}:-#'\"&*!|>%@`,?\t\n ").to_bytes(1, "big")
    return _put_in(body, dice, sign * dice.choice((1, 1, 1, 2, 3, 50)))


def _odd(body: bytes, dice: Random) -> bytes:
    return _put_in(body, dice, dice.choice(ODD))


def _lines(body: bytes, dice: Random) -> bytes:
    end = dice.choice((b"\r", b"\r\n", b"\n\n", b"\n\t", b"\n ", b"", b"\xc2\x85"))
    return body.replace(b"\n", end, dice.choice((1, 5, -1)))


def _huge(body: bytes, dice: Random) -> bytes:
    return _put_in(body, dice, dice.choice(HUGE))


ODD: Final = (
    *(b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80"),
    *(b"\xe2\x80\x8b", b"\xc2\xa0", b"\xe2\x80\xa8", b"\x1b[31m", b"\x7f", b"\xc2\x85"),
    b"<<: *all",
    b"!!python/object/apply:os.system [ls]",
    b"---\n",
    b"...\n",
    b"%YAML 1.1\n---\n",
    b"? a\n: b\n",
    b"{a: &b [*b, *b]}",
    b"{0.__class__.__mro__}",
    b"{{{",
    b"%s%n%d",
)

HUGE: Final = (
    b"9" * 5000,
    b"a" * 20_000,
    b"- " * 2000,
    b"[" * 3000,
    b"{a: " * 3000,
    b"a: " * 3000,
    b'"' + b"\\x" * 3000,
    b"'" * 4001,
    b" " * 20_000,
    b"\t" * 5000,
    b"\n" * 20_000,
    b"(" * 3000,
    b"not " * 3000,
    b"a or " * 3000,
    " \xa0".encode() * 10_000,
    b"x\t \t" * 5000,
    b" #" * 5000,
    b"x: &x [" + b"*x, " * 2000 + b"]",
    b"a: &a [x]\n"
    + b"".join(b"%c: &%c [*%c, *%c]\n" % (n + 1, n + 1, n, n) for n in range(97, 121)),
    "".join(f"{' ' * n}k{n}:\n" for n in range(200)).encode(),
    "é".encode("utf-16"),
)

USUAL: Final[Sequence[Damage]] = (
    *(_flip, _overwrite, _insert, _delete, _double, _cut_off, _swap, _signs, _odd),
)
RARE: Final[Sequence[Damage]] = (_lines, _huge)


def whole_files() -> Sequence[bytes]:
    """Each in place of a whole file: as large as a file may be, and larger."""
    million = 1_000_000
    return (
        b"",
        b"\x00" * 1000,
        *(
            one * million
            for one in (b"[", b"{", b"- ", b"a: ", b"'", b'"', b"\n", b" ")
        ),
        b"[" * (million - 1),
        b"{" * (million - 1),
        b"- " * (million // 2 - 1),
        b"a:\n" * (million // 3 - 1),
        b"- a\n" * (million // 4 - 1),
        b"'" * (million - 1),
        b'"' * (million - 1),
        b"a: " + b"x" * (million - 10),
        b"a: [" + b"x, " * (million // 3 - 10),
        b"a: [" + b"x," * (million // 2 - 10) + b"]",
        b"\r" * (million - 1),
        b"# " + b"#" * (million - 10),
        b"a: |\n" + b" x\n" * (million // 3 - 10),
        b"a: >-\n" + b"\n" * (million - 10),
        b"flow: &a " + b"*a " * (million // 3 - 10),
        b"\xff" * (million - 1),
        b"\xe2\x80\x8b" * (million // 3 - 1),
        b"\t" * (million - 1),
        b"a: b #" * (million // 6 - 1),
        b'a: "' + b"\\" * (million - 10),
        b"(" * (million - 1),
    )


def damaged(body: bytes, dice: Random) -> bytes:
    """Mostly one small thing; sometimes more at once, or something huge."""
    for _ in range(dice.choice((1, 1, 1, 2, 5))):
        damages = RARE if dice.random() < 0.04 else USUAL
        body = dice.choice(damages)(body, dice)
    return body
