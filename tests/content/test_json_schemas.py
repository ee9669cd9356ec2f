"""Help in an editor: complete, in Dutch, new, and of one mind with the check."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import PurePosixPath
from random import Random
from typing import Any, Final

import pytest
import yaml
from jsonschema import Draft7Validator
from pydantic import BaseModel

from bot.content import schema, schema_places
from bot.content.json_schemas import (
    SORTS,
    modeline,
    outdated,
    schema_of,
    sort_of,
    with_modeline,
)
from bot.content.key_help import FIXED_WORDS, KEYS, WRITTEN_SO
from bot.content.shape import shape
from bot.content.strict_yaml import read
from bot.content.wanted import fields_of
from tests.conftest import ROOT

FLOWS = ROOT / "flows"
FILES = sorted(path.relative_to(FLOWS).as_posix() for path in FLOWS.rglob("*.yaml"))
BY_SORT = {
    name: [one for one in FILES if sort_of(PurePosixPath(one)) == name]
    for name in SORTS
}
MUTANTS: Final = 1_500
SEED: Final = 19

Value = Any  # a tree of dicts, lists and Typed

# --- as an editor reads ------------------------------------------------------------

CORE: Final[tuple[tuple[str, Callable[[str], object]], ...]] = (
    ("~|null|Null|NULL|", lambda _: None),
    ("true|True|TRUE", lambda _: True),
    ("false|False|FALSE", lambda _: False),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+", lambda word: int(word[2:], 8)),
    (r"0x[0-9a-fA-F]+", lambda word: int(word[2:], 16)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
    (r"[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN", lambda _: float("nan")),
)
"""YAML 1.2: what a text without quotes is, other than a text."""


def as_an_editor_reads(text: str) -> object:
    return _valued(yaml.compose(text, Loader=yaml.CBaseLoader))


def _valued(node: Any) -> object:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _valued(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_valued(item) for item in node.value]
    for written, make in () if node.style else CORE:
        if re.fullmatch(written, node.value):
            return make(node.value)
    return node.value


@cache
def validator(name: str) -> Draft7Validator:
    return Draft7Validator(json.loads(schema_of(name)))


def editor_marks(name: str, text: str) -> bool:
    return not validator(name).is_valid(as_an_editor_reads(text))


def check_refuses(name: str, text: str) -> bool:
    _, problems = shape(read(text.encode(), "f.yaml"), SORTS[name].model)
    return any(one.severity == "error" for one in problems)


# --- files with one mistake, or none ------------------------------------------------


class Typed(str):
    """A text with the quotes that its author used."""

    style: str | None

    def __new__(cls, text: str, style: str | None = None) -> "Typed":
        made = super().__new__(cls, text)
        made.style = style
        return made


def tree(node: Any) -> Value:
    if isinstance(node, yaml.MappingNode):
        return {
            Typed(key.value, key.style or None): tree(value)
            for key, value in node.value
        }
    if isinstance(node, yaml.SequenceNode):
        return [tree(item) for item in node.value]
    return Typed(node.value, node.style or None)


@cache
def shipped(file: str) -> Value:
    text = (FLOWS / file).read_text(encoding="utf-8")
    return tree(yaml.compose(text, Loader=yaml.CBaseLoader))


def excerpt(value: Value, chance: Random, depth: int = 0) -> Value:
    """A fresh copy; of what has many names, a few."""
    if isinstance(value, str):
        return value
    most = 4 if depth == 1 or isinstance(value, list) else len(value)
    picked = sorted(chance.sample(range(len(value)), min(most, len(value))))
    if isinstance(value, list):
        return [excerpt(value[at], chance, depth + 1) for at in picked]
    keys = list(value)
    return {keys[at]: excerpt(value[keys[at]], chance, depth + 1) for at in picked}


def written(value: Value) -> str:
    """As a file, with no more quotes than YAML asks for."""
    whole = [yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False)]
    whole += [*_events(value), yaml.DocumentEndEvent(explicit=False)]
    whole.append(yaml.StreamEndEvent())
    return str(yaml.emit(whole, allow_unicode=True, width=9999, Dumper=yaml.CDumper))


def _events(value: Value) -> Iterator[yaml.Event]:
    if isinstance(value, dict):
        yield yaml.MappingStartEvent(None, None, True, flow_style=not value)
        for key, inner in value.items():
            yield from _events(key)
            yield from _events(inner)
        yield yaml.MappingEndEvent()
    elif isinstance(value, list):
        yield yaml.SequenceStartEvent(None, None, True, flow_style=not value)
        for inner in value:
            yield from _events(inner)
        yield yaml.SequenceEndEvent()
    else:
        yield yaml.ScalarEvent(None, None, (True, True), str(value), style=value.style)


def groups(value: Value) -> Iterator[Value]:
    """Each group of keys and each list, the whole file first."""
    if not isinstance(value, str):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from groups(inner)


WORDS: Final = (
    *("ooit", "een paar woorden", "A b", "no", "yes", "Yes", "5", "-5", "010", "1.5"),
    *("2026-12-03", "12:30", "0800-8115", "112", "now", "week", "nl", "GM0363"),
    *("1011", "https://x.nl", "14 days", "x" * 41, "ja/nee", "a_1", "3511 AB"),
    *("", "true"),
)
ODD_KEYS: Final = ("nieuw", "Naam", "a b", "5", "no", "x" * 25, "Über", "a-b", "if")


def other_value(value: Value, chance: Random) -> Value:
    """Something else in place of a value: often of another sort."""
    choices: list[Value] = [Typed(chance.choice(WORDS)), Typed("", '"'), [], {}]
    choices += [[value], {Typed("naam"): value}, [value] * 5, Typed("x")]
    choices += [Typed(chance.choice(WORDS)) for _ in range(3)]
    if isinstance(value, list) and value:
        choices += [value[0], value[1:], [*value, value[0]], [*value, Typed("")]]
    if isinstance(value, dict) and value:
        choices += [list(value.values()), next(iter(value))]
    return chance.choice(choices)


def mutated(value: Value, chance: Random) -> Value:
    """One place made other: a value, or in a group of keys a key."""
    filled = [one for one in groups(value) if one]
    if not filled:
        return value
    place = chance.choice(filled)
    at = chance.randrange(len(place))
    if isinstance(place, list):
        place[at] = other_value(place[at], chance)
        return value
    key = list(place)[at]
    what = chance.choice(("value", "value", "drop", "rename", "odd", "add"))
    if what == "value":
        place[key] = other_value(place[key], chance)
    elif what == "drop":
        del place[key]
    elif what == "add":
        place.setdefault(Typed(chance.choice(ODD_KEYS)), Typed("iets"))
    else:
        new = key[:-1] if what == "rename" else chance.choice(ODD_KEYS)
        place.setdefault(Typed(new or "x"), place.pop(key))
    return value


def mutants(amount: int) -> Iterator[tuple[str, str]]:
    """Names of sorts with files: every sort as often."""
    chance = Random(SEED)
    for number in range(amount):
        name = list(SORTS)[number % len(SORTS)]
        file = chance.choice(BY_SORT[name])
        value = excerpt(shipped(file), chance)
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            value = mutated(value, chance)
        yield name, written(value)


# --- facts -------------------------------------------------------------------------


def models() -> list[type[BaseModel]]:
    """Every model of a file and of what stands in one."""
    found = [*vars(schema).values(), *vars(schema_places).values()]
    named = {one.__name__: one for one in found if isinstance(one, type)}
    return [one for one in named.values() if issubclass(one, schema.Entry)]


def test_help_is_new_in_every_file_of_flows() -> None:
    found = [path.relative_to(ROOT).as_posix() for path, _ in outdated(FLOWS)]
    assert found == [], "Run: drempel schemas --write"


def test_each_key_has_its_sentence_and_no_other_has_one() -> None:
    keys = {one.__name__: set(fields_of(one)) for one in models()}
    assert {name: set(found) for name, found in KEYS.items()} == {
        name: found for name, found in keys.items() if found
    }


def test_each_fixed_word_and_each_pattern_is_used() -> None:
    whole = "".join(schema_of(name) for name in SORTS)
    enums = re.findall(r'"enum": (\[.*?\])', whole, re.DOTALL)
    assert {word for one in enums for word in json.loads(one)} == set(FIXED_WORDS)
    patterns = re.findall(r'"pattern": (".*")', whole)
    assert {json.loads(one) for one in patterns} == set(WRITTEN_SO)


@pytest.mark.parametrize("name", SORTS)
def test_each_schema_is_one_and_names_its_page(name: str) -> None:
    Draft7Validator.check_schema(json.loads(schema_of(name)))
    assert (ROOT / SORTS[name].page).is_file()
    assert BY_SORT[name]


@pytest.mark.parametrize("file", FILES)
def test_an_editor_marks_nothing_in_a_shipped_file(file: str) -> None:
    text = (FLOWS / file).read_text(encoding="utf-8")
    name = sort_of(PurePosixPath(file))
    found = validator(name).iter_errors(as_an_editor_reads(text))
    assert [one.message for one in found] == []


def test_the_schemas_refuse_what_the_check_refuses() -> None:
    counted = Counter[tuple[str, bool]]()
    otherwise: list[str] = []
    for name, text in mutants(MUTANTS):
        refused = check_refuses(name, text)
        counted[name, refused] += 1
        if editor_marks(name, text) != refused:
            who = "the check only" if refused else "the editor only"
            otherwise.append(f"{name}, refused by {who}:\n{text}")
    assert otherwise[:3] == []
    assert len(counted) == 2 * len(SORTS)


@pytest.mark.parametrize("word", ["5", "1.5", "010", "no", "true", "2026-12-03"])
def test_a_text_may_look_like_something_else(word: str) -> None:
    text = f"flow: a\ntitle: {word}\nstart: a\nquestions: {{}}\n"
    assert not check_refuses("flow", text)
    assert not editor_marks("flow", text)


@pytest.mark.parametrize("word", ["null", "~"])
def test_an_editor_sees_nothing_in_a_word_for_nothing(word: str) -> None:
    text = f"flow: a\ntitle: {word}\nstart: a\nquestions: {{}}\n"
    assert not check_refuses("flow", text)
    assert editor_marks("flow", text)


@pytest.mark.parametrize("phone", ["+31201234567", "1e3"])
def test_an_editor_takes_digits_for_a_number_however_they_are_written(
    phone: str,
) -> None:
    text = (
        "municipality: A\ncode: GM0001\ndesks:\n  a:\n    source: b\n"
        f"    certainty: general\n    checked: never\n    phone: {phone}\n"
    )
    assert check_refuses("municipality", text)
    assert not editor_marks("municipality", text)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("start.yaml", "$schema=flow.schema.json"),
        ("words.yaml", "$schema=words.schema.json"),
        ("advice/other.yaml", "$schema=../advice.schema.json"),
        (
            "organisations/municipalities/utrecht.yaml",
            "$schema=../../municipality.schema.json",
        ),
    ],
)
def test_the_first_line_leads_to_the_schema(file: str, line: str) -> None:
    path = PurePosixPath(file)
    assert modeline(path, sort_of(path)).decode().endswith(line)


def test_a_file_that_nobody_reads_is_of_no_sort() -> None:
    assert sort_of(PurePosixPath("letters/start.yaml")) == ""


LINE = modeline(PurePosixPath("start.yaml"), "flow")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"flow: a\n", LINE + b"\nflow: a\n", id="none yet"),
        pytest.param(LINE + b"\nflow: a\n", LINE + b"\nflow: a\n", id="right"),
        pytest.param(LINE + b"x\nflow: a\n", LINE + b"\nflow: a\n", id="wrong"),
        pytest.param(b"a: b\r\n", LINE + b"\r\na: b\r\n", id="Windows"),
        pytest.param(
            "\ufeffa: b\n".encode(),
            "\ufeff".encode() + LINE + b"\na: b\n",
            id="Notepad",
        ),
        pytest.param(b"", LINE + b"\n", id="empty"),
        pytest.param(LINE, LINE, id="alone"),
    ],
)
def test_the_first_line_comes_once_and_the_rest_stays(
    before: bytes, after: bytes
) -> None:
    assert with_modeline(before, LINE) == after
