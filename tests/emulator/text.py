"""How the server reads a text: HTML entities, trimming and lengths, in its words."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.emulator.spec import Json, wrong

MOST_RAW_BYTES = 32_768
MOST_UNITS = 4096
MOST_CAPTION_UNITS = 1024
SPACE = " \t\r\n\v\0"
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
KINDS = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
    "pre": "pre", "code": "code",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}  # fmt: skip
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(frozen=True, slots=True)
class Written:
    """A text as the family sees it; entities count in UTF-16 units."""

    text: str
    entities: tuple[Json, ...] = ()


def write(text: str, parse_mode: str = "", given: list[Json] | None = None) -> Written:
    """What the server makes of a text that it was asked to send."""
    if not text:
        raise wrong("message text is empty")
    if len(text) > MOST_RAW_BYTES // 4 and len(text.encode()) > MOST_RAW_BYTES:
        raise wrong("text is too long")
    written = trim(_marked_up(text, parse_mode.lower(), given or []))
    if all(map(_is_invisible, written.text)):
        raise wrong("text must be non-empty")
    if units(written.text) > MOST_UNITS:
        raise wrong("message is too long")
    return written


def write_caption(
    text: str, parse_mode: str = "", given: list[Json] | None = None
) -> Written:
    """The same for the words below a file, which may be none."""
    written = trim(_marked_up(text, parse_mode.lower(), given or []))
    if units(written.text) > MOST_CAPTION_UNITS:
        raise wrong("message caption is too long")
    return written


def units(text: str) -> int:
    """The length in UTF-16 units: never less than the number of characters."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def trim(written: Written) -> Written:
    """The server cuts blanks and newlines at both ends; entities move along."""
    text = written.text.strip(SPACE)
    if text == written.text:
        return written
    cut = units(written.text) - units(written.text.lstrip(SPACE))
    fitted = (_shifted(entity, cut, units(text)) for entity in written.entities)
    return Written(text, tuple(entity for entity in fitted if entity["length"] > 0))


def _shifted(entity: Json, cut: int, end: int) -> Json:
    first = max(entity["offset"] - cut, 0)
    last = min(entity["offset"] - cut + entity["length"], end)
    return {**entity, "offset": first, "length": last - first}


def _is_invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")


def _marked_up(text: str, parse_mode: str, given: list[Json]) -> Written:
    if parse_mode == "html":
        return _Html(text).read() if "<" in text or "&" in text else Written(text)
    if parse_mode in ("markdown", "markdownv2"):
        raise wrong("emulator: only HTML is read here, not " + parse_mode)
    if parse_mode:
        raise wrong("unsupported parse_mode")
    return Written(text, tuple(given))


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    begins: int


class _Html:
    """One reading of a marked-up text, from the first character to the last."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._out: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[Json] = []

    def read(self) -> Written:
        while self._at < len(self._source):
            match self._source[self._at]:
                case "<" if self._source.startswith("</", self._at):
                    self._end_tag()
                case "<":
                    self._start_tag()
                case "&":
                    self._put(self._reference())
                case _:
                    self._put(self._plain())
        if self._open:
            tag = self._open[-1].tag
            raise self._wrong(f'Can\'t find end tag corresponding to start tag "{tag}"')
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        self._entities.sort(key=lambda e: (e["offset"], -e["length"]))
        return Written("".join(self._out), tuple(self._entities))

    def _wrong(self, words: str, at: int | None = None, more: str = "") -> Exception:
        if at is not None:
            words += f" at byte offset {len(self._source[:at].encode())}"
        return wrong(f"can't parse entities: {words}{more}")

    def _put(self, text: str) -> None:
        self._out.append(text)
        self._units += units(text)

    def _plain(self) -> str:
        ends = (self._source.find(mark, self._at) for mark in "<&")
        stop = min((end for end in ends if end >= 0), default=len(self._source))
        begin, self._at = self._at, stop
        return self._source[begin:stop]

    def _reference(self) -> str:
        """The character that is meant; what the server does not know stays as it is."""
        found = _REFERENCE.match(self._source, self._at)
        meant = _character(found) if found else ""
        self._at = found.end() if found and meant else self._at + 1
        return meant or "&"

    def _until(self, stops: str) -> str:
        begin = self._at
        while self._at < len(self._source) and self._source[self._at] not in stops:
            self._at += 1
        return self._source[begin : self._at]

    def _blanks(self) -> str:
        """Skip blanks; the character after them, or nothing at the end."""
        while self._at < len(self._source) and self._source[self._at] in SPACE:
            self._at += 1
        return self._source[self._at : self._at + 1]

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        tag = self._until(SPACE + ">").lower()
        if self._at == len(self._source):
            raise self._wrong("Unclosed start tag", begin)
        if tag not in KINDS:
            raise self._wrong(f'Unsupported start tag "{tag}"', begin)
        attributes: dict[str, str] = {}
        while self._blanks() != ">":
            name, value = self._attribute(tag, begin)
            attributes[name] = value
        self._at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._wrong('Tag "span" must have class "tg-spoiler"', begin)
        self._open.append(_Open(tag, attributes, self._units, len(self._out)))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._until(SPACE + "=>")
        if not name and self._at == len(self._source):
            raise self._wrong("Unclosed start tag", begin)
        if not name:
            raise self._wrong(f'Empty attribute name in the tag "{tag}"', begin)
        if self._blanks() != "=":
            if tag == "blockquote" and name == "expandable":
                return name, ""
            words = "Expected equal sign in declaration of an attribute of the tag"
            raise self._wrong(f'{words} "{tag}"', begin)
        self._at += 1
        if not (quote := self._blanks()):
            raise self._wrong(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted(quote) if quote in "'\"" else self._name_token()
        if self._at == len(self._source):
            raise self._wrong("Unclosed start tag", begin)
        return name, value

    def _quoted(self, quote: str) -> str:
        self._at += 1
        value = self._until(quote)
        self._at = min(self._at + 1, len(self._source))
        return _REFERENCE.sub(lambda found: _character(found) or found[0], value)

    def _name_token(self) -> str:
        begin = self._at
        found = _NAME_TOKEN.match(self._source, begin)
        value = found[0] if found else ""
        self._at += len(value)
        after = self._source[self._at : self._at + 1]
        if after and after not in SPACE + ">":
            raise self._wrong("Unexpected end of name token", begin)
        return value.lower()

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._wrong("Unexpected end tag", begin)
        self._at += 2
        tag = self._until(SPACE + ">").lower()
        if self._blanks() != ">":
            raise self._wrong("Unclosed end tag", begin)
        opened = self._open.pop()
        if tag and tag != opened.tag:
            more = f', expected "</{opened.tag}>", found "</{tag}>"'
            raise self._wrong("Unmatched end tag", begin, more)
        self._at += 1
        if length := self._units - opened.offset:
            self._close(opened, length)

    def _close(self, opened: _Open, length: int) -> None:
        kind = KINDS[opened.tag]
        if kind == "blockquote" and "expandable" in opened.attributes:
            kind = "expandable_blockquote"
        entity: Json = {"type": kind, "offset": opened.offset, "length": length}
        if kind in ("pre", "code"):
            return self._close_code(entity, opened.attributes.get("class", ""))
        shown = "".join(self._out[opened.begins :])
        self._entities.append(entity | _details(kind, opened.attributes, shown))
        return None

    def _close_code(self, entity: Json, css_class: str) -> None:
        """`pre` around `code` (or the reverse) is one block with a language."""
        language = css_class.removeprefix("language-")
        if entity["type"] == "code" and language != css_class:
            entity["language"] = language
        inner = self._entities[-1] if self._entities else {}
        same = all(inner.get(key) == entity[key] for key in ("offset", "length"))
        named = inner.get("language") or entity.get("language")
        if same and named and {inner["type"], entity["type"]} == {"pre", "code"}:
            self._entities.pop()
            entity |= {"type": "pre", "language": named}
        self._entities.append(entity)


def _character(found: re.Match[str]) -> str:
    hexadecimal, decimal, name = found.groups()
    if name:
        return NAMED.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    longest = 10 if found[0].endswith(";") else 9
    possible = 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if possible and len(found[0]) <= longest else ""


def _details(kind: str, attributes: dict[str, str], shown: str) -> dict[str, Any]:
    match kind:
        case "text_link":
            return {"url": _link(attributes.get("href") or shown)}
        case "custom_emoji":
            return {"custom_emoji_id": _digits(attributes.get("emoji-id", ""))}
        case "date_time":
            return _moment(attributes)
        case _:
            return {}


def _digits(words: str) -> str:
    if not words.isdecimal() or not int(words):
        raise wrong("can't parse entities: Invalid custom emoji identifier specified")
    return words


def _moment(attributes: dict[str, str]) -> Json:
    if not attributes.get("unix", "").isdecimal():
        raise wrong("emulator: tg-time needs its moment in unix seconds")
    shape = attributes.get("format")
    moment: Json = {"unix_time": int(attributes["unix"])}
    return moment | ({"date_time_format": shape} if shape else {})


def _link(target: str) -> str:
    """The server drops a bad link in silence; here it fails."""
    try:
        parts = urlsplit(target if "://" in target else f"http://{target}")
    except ValueError:
        parts = urlsplit("")
    host = parts.netloc.lower()
    if parts.scheme in ("http", "https") and "." in host and " " not in host:
        return parts._replace(netloc=host, path=parts.path or "/").geturl()
    if parts.scheme in ("tg", "ton", "tonsite"):
        return target
    raise wrong(f'emulator: the server would silently drop the link "{target}"')
