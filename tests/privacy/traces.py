"""What may lie nowhere on a disk, and the search for it, byte for byte."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.emulator.user import CANARY

TYPED = "een zebra in de keuken"
BSN, IBAN, PHONE = "111222333", "NL91ABNA0417164300", "0612345678"
MAIL, AMOUNT = "zebra@voorbeeld.nl", "1.234,56"
PERSONAL = (BSN, IBAN, PHONE, MAIL, AMOUNT)

Traces = Mapping[str, bytes]


def of_chat(number: int) -> Traces:
    """The number of a chat as people and programs write it."""
    length = (number.bit_length() + 7) // 8
    return {
        "number": b"%d" % number,
        "number, hexadecimal": b"%x" % number,
        "number, in capitals": b"%X" % number,
        "number, big-endian": number.to_bytes(length, "big"),
        "number, little-endian": number.to_bytes(length, "little"),
    }


def of_words(words: Iterable[str]) -> Traces:
    """Words as they are, and as JSON escapes or a UTF-16 database would write them."""
    found: dict[str, bytes] = {}
    for word in words:
        found[f"“{word}”"] = word.encode()
        found[f"“{word}” in UTF-16"] = word.encode("utf-16-le")
    return found


def of_family(chat: int, *words: str) -> Traces:
    return {**of_chat(chat), **of_words((CANARY, *words))}


def found(traces: Traces, places: Iterable[Path]) -> list[str]:
    """`file: trace` for each that lies in one of these files or folders."""
    return sorted(
        f"{path.name}: {name}"
        for path in files(places)
        for name in found_in(traces, _bytes(path))
    )


def found_in(traces: Traces, body: bytes) -> Iterator[str]:
    return (name for name, trace in traces.items() if trace in body)


def files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from (one for one in sorted(place.rglob("*")) if one.is_file())
        elif place.exists():
            yield place


def _bytes(path: Path) -> bytes:
    """A file that has just gone holds nothing."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
