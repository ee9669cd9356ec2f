"""What the Bot API accepts: each call is held against the table in spec.json."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Reader = Callable[[Any], Any]

TABLE = Path(__file__).with_name("spec.json")
MOST_IN_A_ROW = 8
MOST_BUTTONS = 100
NO_ACTION = (
    "can't parse inline keyboard button: "
    "Text buttons are unallowed in the inline keyboard"
)
STYLES = ("danger", "primary", "success")
LOOKS = frozenset({"text", "icon_custom_emoji_id", "style"})
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_LIMIT = re.compile(r"(\d+)-(\d+)(?: (characters|bytes|identifiers))?(.{0,24})")


class RefusedError(Exception):
    """The server says no; `bot_is_wrong` when a correct bot would never ask this."""

    def __init__(
        self,
        code: int,
        description: str,
        *,
        bot_is_wrong: bool = False,
        parameters: Json | None = None,
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.bot_is_wrong = bot_is_wrong
        self.parameters = parameters


def refused(words: str) -> RefusedError:
    """A 400 that says something about the chat, not about the bot."""
    return RefusedError(400, f"Bad Request: {words}")


def wrong(words: str) -> RefusedError:
    """A 400 for what a correct bot never sends: recorded as a violation."""
    return RefusedError(400, f"Bad Request: {words}", bot_is_wrong=True)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in a form."""

    name: str
    mime: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter or key, with what reads and measures it."""

    read: Reader
    required: bool
    least: int = 0
    most: int | None = None
    unit: str = "characters"

    def fits(self, value: Any) -> bool:
        return self.most is None or self.least <= self._size(value) <= self.most

    def _size(self, value: Any) -> int:
        if isinstance(value, int):
            return value
        return len(value.encode() if self.unit == "bytes" else value)


class Spec:
    """The table, compiled once: method and key names lead straight to readers."""

    def __init__(self, table: Json) -> None:
        self._objects: dict[str, dict[str, Field]] = {}
        self._unions: Mapping[str, list[str]] = table["unions"]
        for name, fields in table["objects"].items():
            self._objects[name] = self._compile(fields)
        self._methods = {
            name: self._compile(fields, outer=True)
            for name, fields in table["methods"].items()
        }
        self._names: dict[str, str] = {name.lower(): name for name in self._methods}

    def method(self, name: str) -> str:
        """The name as documented; the server does not look at upper and lower case."""
        try:
            return self._names[name.lower()]
        except KeyError:
            words = "Not Found: method not found"
            raise RefusedError(404, words, bot_is_wrong=True) from None

    def check(self, method: str, sent: Mapping[str, Any]) -> Json:
        """The parameters as values of their documented types."""
        return self._fields(self._methods[method], sent, method)

    def decode(self, method: str, sent: Mapping[str, Any]) -> Json:
        """The same without judging, for load benches."""
        fields = self._methods[method]
        return {k: fields[k].read(v) for k, v in sent.items() if k in fields}

    def _fields(
        self, fields: Mapping[str, Field], sent: Mapping[str, Any], owner: str
    ) -> Json:
        values: Json = {}
        for name, raw in sent.items():
            field = fields.get(name)
            if field is None:
                raise wrong(f'emulator: {owner} has no parameter "{name}"')
            try:
                value = values[name] = field.read(raw)
            except ValueError as reason:
                raise wrong(f'emulator: {owner}, "{name}": {reason}') from None
            if not field.fits(value):
                raise wrong(_misfit(owner, name, field, empty=not value))
        for name, field in fields.items():
            if field.required and name not in values:
                raise wrong(_absence(name))
        return values

    def _compile(self, fields: Json, *, outer: bool = False) -> dict[str, Field]:
        return {
            name: Field(
                self._outer_reader(f["types"]) if outer else self._reader(f["types"]),
                f["required"],
                **_unparsed(f.get("limit")),
            )
            for name, f in fields.items()
        }

    def _outer_reader(self, types: list[str]) -> Reader:
        """Outside JSON bodies a nested object travels as a JSON string."""
        read = self._reader(types)
        if types[0] in _SIMPLE:
            return read
        return lambda v: read(json.loads(v) if isinstance(v, str) else v)

    def _reader(self, types: list[str]) -> Reader:
        if types == ["Integer", "String"]:
            return _chat_id
        if types[0] in _SIMPLE:
            return _SIMPLE[types[0]]
        names = [name for t in types for name in self._unions.get(t, [t])]
        return lambda value: self._structure(names, value)

    def _structure(self, names: list[str], value: Any) -> Any:
        if names[0].startswith("Array of "):
            if not isinstance(value, list):
                raise ValueError("expected a list")
            inner = self._reader([names[0].removeprefix("Array of ")])
            return [inner(item) for item in value]
        if not isinstance(value, dict):
            raise ValueError("expected an object")
        known = [name for name in names if name in self._objects]
        return self._best(known, value) if known else value

    def _best(self, names: Iterable[str], value: Json) -> Json:
        """Read as the alternative that shares most keys with the value."""
        name = max(names, key=lambda n: self._likeness(n, value))
        return self._fields(self._objects[name], value, name)

    def _likeness(self, name: str, value: Json) -> int:
        fields = self._objects[name]
        lacking = sum(f.required and key not in value for key, f in fields.items())
        return len(fields.keys() & value.keys()) - lacking


@cache
def load() -> Spec:
    """The table of this folder, compiled once for all emulators."""
    return Spec(json.loads(TABLE.read_text(encoding="utf-8")))


def _unparsed(limit: Json | None) -> Json:
    """A limit that counts after entity parsing is the business of text.py."""
    if limit is None or limit.get("parsed"):
        return {}
    return {key: limit[key] for key in ("least", "most", "unit")}


def _absence(name: str) -> str:
    known = {
        "text": "message text is empty",
        "chat_id": "chat_id is empty",
        "document": "there is no document in the request",
    }
    return known.get(name, f'parameter "{name}" is required')


def _misfit(owner: str, name: str, field: Field, *, empty: bool) -> str:
    if name == "callback_data":
        return NO_ACTION if empty else "BUTTON_DATA_INVALID"
    size = f"{field.least}-{field.most} {field.unit}"
    return f'emulator: {owner}, "{name}" is not {size}'


def _integer(value: Any) -> int:
    if isinstance(value, bool) or not _INTEGER.fullmatch(str(value)):
        raise ValueError("expected an integer")
    return int(value)


def _boolean(value: Any) -> bool:
    words = {"true": True, "false": False, "1": True, "0": False}
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value.lower() not in words:
        raise ValueError("expected a boolean")
    return words[value.lower()]


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("expected a string")
    return value


def _chat_id(value: Any) -> int | str:
    if isinstance(value, str) and value.startswith("@"):
        return value
    return _integer(value)


_SIMPLE: Mapping[str, Reader] = {
    "Integer": _integer,
    "Boolean": _boolean,
    "String": _string,
    "InputFile": lambda value: value,
}


def check_keyboard(markup: Json, *, private: bool) -> None:
    """Refuse what the server refuses, cuts or ignores without a word."""
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    if any(len(row) > MOST_IN_A_ROW for row in rows):
        raise wrong(f"emulator: more than {MOST_IN_A_ROW} buttons in a row")
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise wrong(f"emulator: more than {MOST_BUTTONS} buttons")
    for button in (button for row in rows for button in row):
        _check_look(button)
        if "inline_keyboard" in markup:
            _check_action(button, private=private)


def _check_look(button: Json) -> None:
    if not button["text"].strip():
        raise wrong("inline keyboard button text must be non-empty")
    if button.get("style", "danger") not in STYLES:
        raise wrong(f'emulator: no button style "{button["style"]}"')


def _check_action(button: Json, *, private: bool) -> None:
    actions = button.keys() - LOOKS
    if not actions:
        raise wrong(NO_ACTION)
    if len(actions) > 1:
        raise wrong(f'emulator: button "{button["text"]}" has {len(actions)} actions')
    _check_url(button.get("url"), ("http", "https", "tg"))
    if "web_app" in button:
        _check_url(button["web_app"]["url"], ("https",))
        if not private:
            raise wrong("BUTTON_TYPE_INVALID")


def _check_url(url: str | None, schemes: tuple[str, ...]) -> None:
    if url is None:
        return
    scheme, _, place = url.partition("://")
    if scheme not in schemes or not place:
        raise wrong(f"inline keyboard button URL '{url}' is invalid")


def rewrite(upstream: Path, *more_methods: str) -> None:
    """Bring spec.json up to date with a full description of the Bot API."""
    old = json.loads(TABLE.read_text(encoding="utf-8"))
    new = json.loads(upstream.read_text(encoding="utf-8"))
    table = {
        "source": old["source"],
        "version": new["version"],
        "methods": {
            name: _derived(new["methods"][name])
            for name in (*old["methods"], *more_methods)
        },
        "objects": {name: _derived(new["types"][name]) for name in old["objects"]},
        "unions": {name: new["types"][name]["subtypes"] for name in old["unions"]},
    }
    text = json.dumps(table, indent=1, ensure_ascii=False)
    TABLE.write_text(text + "\n", encoding="utf-8")


def _derived(owner: Json) -> Json:
    return {f["name"]: _derived_field(f) for f in owner.get("fields", [])}


def _derived_field(field: Json) -> Json:
    row: Json = {"types": field["types"], "required": field["required"]}
    found = _LIMIT.search(field["description"])
    if found and (found[3] or field["types"] == ["Integer"]):
        row["limit"] = {
            "least": int(found[1]),
            "most": int(found[2]),
            "unit": found[3] or "value",
        }
        if "pars" in found[4]:
            row["limit"]["parsed"] = True
    return row
