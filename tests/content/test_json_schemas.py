"""Help in an editor: complete, in Dutch, new, and of one mind with the check."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import islice
from pathlib import PurePosixPath
from random import Random
from typing import Any, Final

import pytest
import yaml
from jsonschema import Draft7Validator
from pydantic import BaseModel

from bot.content import schema
from bot.content.author import Author
from bot.content.editor.json_schemas import (
    MODELINE,
    SORTS,
    modeline,
    outdated,
    schema_of,
    sort_of,
    with_modeline,
)
from bot.content.editor.key_help import FIXED_WORDS, KEYS, WRITTEN_SO
from bot.content.editor.rules import RULES
from bot.content.places import schema_places
from bot.content.places.read_places import PlaceFiles, read_places
from bot.content.places.tables import Table
from bot.content.read_advice import Known, read_advice
from bot.content.read_desks import read_desks
from bot.content.read_flow import FlowSource, read_flow, read_kinds, read_renamed
from bot.content.read_law import read_calendar, read_deadlines
from bot.content.read_organisations import read_organisations
from bot.content.read_promises import promised_in
from bot.content.read_scenarios import scenarios_of
from bot.content.read_sources import read_sources
from bot.content.read_words import ANSWERS, Words, read_words
from bot.content.shape import shape
from bot.content.typed.strict_yaml import read
from bot.content.wanted import fields_of
from bot.law.calendar import Calendar
from bot.places import Places
from bot.problems import Problem
from bot.promises import Promised
from bot.translations import Text
from tests.conftest import ROOT

FLOWS = ROOT / "flows"
FILES = sorted(path.relative_to(FLOWS).as_posix() for path in FLOWS.rglob("*.yaml"))
BY_SORT = {
    name: [one for one in FILES if sort_of(PurePosixPath(one)) == name]
    for name in SORTS
}
MUTANTS: Final = 80
"""Of each sort: 1,200 in all."""

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


# --- as the check reads this file alone -----------------------------------------------

CALENDAR = Calendar(frozenset(), (), (), date(2023, 1, 1), date(2028, 12, 31))
NOTHING: frozenset[str] = frozenset()
TABLES = (Table("", ""), Table("", ""), Table("", ""))
SPOKEN = Words({key: Text(key, key) for key in ANSWERS}, {}, {}, (), {})
ONE_ENTRY = frozenset(
    {
        *("route", "few-answers", "no-such-answer", "within", "limits", "renamed"),
        *("date", "checked", "hours", "no-way-to-reach", "holiday", "no-promise"),
        *("add-or-drop", "missing-words"),
    }
)
"""What an entry alone makes wrong, whatever stands elsewhere."""


def _read_flow(author: Author, file: schema.FlowFile) -> None:
    source = FlowSource(author, file)
    read_renamed([source], {})
    kinds = read_kinds([source], SPOKEN, Places())
    read_flow(source, kinds, {}, {}, CALENDAR)


def _read_changes(author: Author, file: schema_places.ChangesFile) -> None:
    empty = schema_places.SpellingsFile(spellings={})
    read_places(PlaceFiles(*TABLES, (author, file), (author, empty)))


def _read_promises(author: Author, file: schema.PromisesFile) -> None:
    for number, one in enumerate(file.promises):
        if promised_in(one.expect) == Promised():
            author.problem(("promises", number, "expect"), "no-promise", "")


READERS: Final[dict[str, Callable[[Author, Any], object]]] = {
    "flow": _read_flow,
    "advice": lambda a, f: [
        *read_advice(a, f, Known({}, CALENDAR, NOTHING, NOTHING, NOTHING))
    ],
    "organisations": lambda a, f: [*read_organisations(a, f, {}, CALENDAR)],
    "municipality": lambda a, f: read_desks([(a, f)], Places(), ()),
    "words": read_words,
    "scenarios": lambda a, f: [*scenarios_of(a, f)],
    "promises": _read_promises,
    "sources": lambda a, f: [*read_sources(a, f)],
    "deadlines": lambda a, f: [*read_deadlines(a, f, NOTHING)],
    "calendar": lambda a, f: read_calendar(a, f, NOTHING),
    "changes": _read_changes,
}


def check_refuses(name: str, text: str) -> bool:
    document = read(text.encode(), "f.yaml")
    file, problems = shape(document, SORTS[name].model)
    if file is None or any(one.severity == "error" for one in problems):
        return True
    told: list[Problem] = []
    if name in READERS:
        READERS[name](Author(document, told, []), file)
    return any(one.code in ONE_ENTRY for one in told)


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
    keys = [key for at, key in enumerate(value) if at in picked or key in ANSWERS]
    return {key: excerpt(value[key], chance, depth + 1) for key in keys}


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
    *("", "true", "number", "yes_no", "choice", "today - 5 days", "never"),
    *("ma-vr 09:00-17:00, za 10:00-12:00", "24/7", "20261203", "2026-12-03 by JV"),
)
ODD_KEYS: Final = (
    *("nieuw", "Naam", "a b", "5", "no", "x" * 25, "Über", "a-b", "if", "yes"),
    *("go", "flow", "answers", "within", "limits", "reach", "hours", "add", "easter"),
)


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


def mutants(name: str, seed: int = SEED) -> Iterator[str]:
    """Files of this sort without end, always the same ones."""
    chance = Random(f"{name} {seed}")
    while True:
        value = excerpt(shipped(chance.choice(BY_SORT[name])), chance)
        for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
            value = mutated(value, chance)
        yield written(value)


# --- facts -------------------------------------------------------------------------


def models() -> list[type[BaseModel]]:
    """Every model of a file and of what stands in one."""
    found = [*vars(schema).values(), *vars(schema_places).values()]
    named = {one.__name__: one for one in found if isinstance(one, type)}
    return [one for one in named.values() if issubclass(one, schema.Entry)]


def test_help_is_new_in_every_file_of_flows() -> None:
    """A file of a volunteer may go without; a line that is there must be right."""
    found = [
        path.relative_to(ROOT).as_posix()
        for path, _ in outdated(FLOWS)
        if path.suffix == ".json" or MODELINE in path.read_bytes()
    ]
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
    assert {json.loads(one) for one in patterns} >= set(WRITTEN_SO)


def test_each_rule_is_about_keys_that_there_are() -> None:
    for name, rule in RULES.items():
        assert set(rule.get("properties", {})) <= set(KEYS[name])


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


@pytest.mark.parametrize("name", SORTS)
def test_an_editor_marks_what_the_check_refuses_and_no_more(name: str) -> None:
    counted = Counter[bool]()
    for text in islice(mutants(name), MUTANTS):
        refused = check_refuses(name, text)
        counted[refused] += 1
        assert editor_marks(name, text) == refused, text
    assert min(counted[True], counted[False]) >= 10


QUESTION = "flow: a\ntitle: A\nstart: b\nquestions:\n  b:\n    ask: Wat?\n"
ORGANISATION = (
    "organisations:\n  a:\n    name: A\n    helps: B\n    source: C\n"
    "    certainty: general\n"
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("flow", QUESTION + "    kind: choice\n    answers: {c: C}\n"),
        ("flow", QUESTION + "    kind: number\n    answers: {c: C}\n"),
        ("flow", QUESTION + "    kind: yes_no\n    answers: {c: C}\n"),
        ("flow", QUESTION + "    kind: yes_no\n    within: [today, today]\n"),
        ("flow", QUESTION + "    kind: date\n    within: [today, morgen]\n"),
        ("flow", QUESTION + "    kind: money\n    limits: [1, veel]\n"),
        ("flow", QUESTION + "    kind: place\n    next: [{go: b, flow: c}]\n"),
        ("flow", QUESTION + "    kind: place\n    next: [{if: b}]\n"),
        ("organisations", ORGANISATION + "    languages: [nl]\n    checked: never\n"),
        (
            "organisations",
            ORGANISATION + "    languages: [nl]\n    checked: 3 mei\n    phone: 112\n",
        ),
        (
            "organisations",
            ORGANISATION + "    languages: [Nederlands]\n    checked: never\n"
            "    phone: 112\n",
        ),
        (
            "changes",
            "changes: {}\nrepairs:\n  - postcodes: [1011]\n    why: A\n"
            "    decided: 3 mei\n    add: GM0363\n",
        ),
        ("scenarios", "scenarios: [{name: A, today: 20261203, expect: {}}]\n"),
    ],
)
def test_both_refuse_what_is_wrong_in_one_entry(name: str, text: str) -> None:
    assert check_refuses(name, text)
    assert editor_marks(name, text)


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
