"""What an editor needs to help an author: a JSON Schema for each sort of file.

Made from the same models as the check. An editor reads YAML in its own way: it takes
`5` for a number and `true` for yes or no, where the check reads a text as it was typed.
So a text may be any of these here: what the check allows, an editor must not mark.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import (
    DictSchema,
    ModelSchema,
    NullableSchema,
    StringSchema,
    UnionSchema,
    WithDefaultSchema,
)

from bot.content import schema
from bot.content.editor.key_help import FIXED_WORDS, KEYS, WRITTEN_SO
from bot.content.editor.rules import RULES
from bot.content.places import schema_places

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
# Said as “boolean”, an editor would propose `true` and `false` for every text.
TEXT: Final = {
    "anyOf": [
        {"type": ["string", "number"], "errorMessage": "Hier hoort een tekst."},
        {"not": {"type": ["string", "number", "null", "array", "object"]}},
    ]
}
MODELINE: Final = b"# yaml-language-server: "
MARK: Final = "\ufeff".encode()
"""What Notepad begins a file with."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of file: where in flows/ it lies, and which page explains it."""

    files: str
    model: type[BaseModel]
    title: str
    page: str


# The first whose files fit counts.
SORTS: Final[Mapping[str, Sort]] = {
    "words": Sort(
        "words.yaml",
        schema.WordsFile,
        "De woorden van het gesprek zelf",
        "flows/README.md",
    ),
    "crisis": Sort(
        "crisis.yaml",
        schema.CrisisFile,
        "Woorden die voor alles gaan",
        "flows/README.md",
    ),
    "dates": Sort(
        "dates.yaml",
        schema.DatesFile,
        "Hoe families dagen en getallen noemen",
        "flows/README.md",
    ),
    "plain_words": Sort(
        "plain_words.yaml",
        schema.PlainWordsFile,
        "Moeilijke woorden, en gewone",
        "bot/handbook/checks.md",
    ),
    "promises": Sort(
        "promises.yaml",
        schema.PromisesFile,
        "Wat wij elk gezin beloven",
        "bot/handbook/proofs.md",
    ),
    "sources": Sort(
        "law/sources.yaml",
        schema.SourcesFile,
        "Waar het staat",
        "bot/handbook/law.md",
    ),
    "deadlines": Sort(
        "law/deadlines.yaml",
        schema.DeadlinesFile,
        "Termijnen",
        "bot/handbook/law.md",
    ),
    "calendar": Sort(
        "law/calendar.yaml",
        schema.CalendarFile,
        "Feestdagen",
        "bot/handbook/law.md",
    ),
    "changes": Sort(
        "places/changes.yaml",
        schema_places.ChangesFile,
        "Gemeenten die samengaan",
        "bot/handbook/places.md",
    ),
    "spellings": Sort(
        "places/spellings.yaml",
        schema_places.SpellingsFile,
        "Hoe families een plaats schrijven",
        "bot/handbook/places.md",
    ),
    "municipality": Sort(
        "organisations/municipalities/*.yaml",
        schema_places.MunicipalityFile,
        "Eén gemeente",
        "bot/handbook/places.md",
    ),
    "organisations": Sort(
        "organisations/*.yaml",
        schema.OrganisationsFile,
        "Wie kan helpen",
        "bot/handbook/organisations.md",
    ),
    "advice": Sort(
        "advice/*.yaml",
        schema.AdviceFile,
        "Wat een familie kan doen",
        "bot/handbook/advice.md",
    ),
    "scenarios": Sort(
        "scenarios/*.yaml",
        schema.ScenariosFile,
        "Gezinnen om na te spelen",
        "bot/handbook/advice.md",
    ),
    "flow": Sort(
        "*.yaml",
        schema.FlowFile,
        "Vragen over één onderwerp",
        "bot/handbook/flows.md",
    ),
}
"""Each sort of file by the name of its schema."""


class _ForEditors(GenerateJsonSchema):
    """Without what only programs need, and with a sentence at each key."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: NullableSchema) -> JsonSchemaValue:
        """A key that is written has a value."""
        return self.generate_inner(schema["schema"])

    def str_schema(self, schema: StringSchema) -> JsonSchemaValue:
        found = super().str_schema(schema)
        if "pattern" not in found:
            return dict(TEXT)
        return {**found, "patternErrorMessage": WRITTEN_SO[found["pattern"]]}

    def union_schema(self, schema: UnionSchema) -> JsonSchemaValue:
        """The fullest first: when none fits, an editor tells what it lacks."""
        found = super().union_schema(schema)
        return {**found, "anyOf": found["anyOf"][::-1]}

    def dict_schema(self, schema: DictSchema) -> JsonSchemaValue:
        """Every key fits, not only the value of a key that does."""
        found = super().dict_schema(schema)
        found.pop("patternProperties", None)
        names = self.generate_inner(schema["keys_schema"])
        if names != TEXT:
            found["propertyNames"] = names
        found["additionalProperties"] = self.generate_inner(schema["values_schema"])
        return found

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        found = super().model_schema(schema)
        for noise in ("title", "description"):
            found.pop(noise, None)
        name = schema["cls"].__name__
        added = dict(RULES.get(name, {}))
        of_keys = added.pop("properties", {})
        for key, wanted in found.get("properties", {}).items():
            if key in of_keys and wanted == TEXT:
                wanted.clear()
            wanted |= {**of_keys.get(key, {}), "description": KEYS[name][key]}
        return found | added


def schema_of(name: str) -> str:
    """The schema of this sort of file, as it stands in flows/."""
    sort = SORTS[name]
    made = sort.model.model_json_schema(schema_generator=_ForEditors)
    parts = made.pop("$defs", {})
    whole = {
        **_whole(made, parts),
        "$schema": DRAFT,
        "title": sort.title,
        "description": f"Uitleg: {sort.page}",
    }
    return json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _whole(node: Any, parts: Mapping[str, Any]) -> Any:
    """With each part where it is named: old editors forget what stands beside it."""
    if isinstance(node, list):
        return [_whole(one, parts) for one in node]
    if not isinstance(node, dict):
        return node
    if isinstance(named := node.get("$ref"), str):
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return _whole({**parts[named.rpartition("/")[2]], **beside}, parts)
    words = node.get("enum")
    if isinstance(words, list):
        about = [FIXED_WORDS[one] for one in words]
        message = f"Kies uit: {', '.join(filter(None, words))}."
        return {**node, "enumDescriptions": about, "errorMessage": message}
    return {key: _whole(value, parts) for key, value in node.items()}


def sort_of(file: PurePosixPath) -> str:
    """The name of the sort that a file in flows/ is of, or nothing."""
    is_inside = len(file.parts) > 1
    for name, sort in SORTS.items():
        if ("/" in sort.files) == is_inside and fnmatchcase(str(file), sort.files):
            return name
    return ""


def outdated(flows: Path) -> Iterator[tuple[Path, bytes]]:
    """The files that lack help or have an old one, and what should stand in them."""
    for path, body in _wanted(flows):
        if not path.is_file() or path.read_bytes() != body:
            yield path, body


def _wanted(flows: Path) -> Iterator[tuple[Path, bytes]]:
    for name in SORTS:
        yield flows / f"{name}.schema.json", schema_of(name).encode()
    for path in sorted(flows.rglob("*.yaml")):
        file = PurePosixPath(path.relative_to(flows).as_posix())
        if name := sort_of(file):
            yield path, with_modeline(path.read_bytes(), modeline(file, name))


def modeline(file: PurePosixPath, name: str) -> bytes:
    """The line by which an editor finds the schema of a file."""
    up = "../" * (len(file.parts) - 1)
    return MODELINE + f"$schema={up}{name}.schema.json".encode()


def with_modeline(body: bytes, line: bytes) -> bytes:
    """The same file with this first line, or in place of the one it has."""
    mark = MARK if body.startswith(MARK) else b""
    body = body.removeprefix(mark)
    first, end, rest = body.partition(b"\n")
    if first.startswith(MODELINE):
        ending = b"\r" if first.endswith(b"\r") else b""
        return mark + line + ending + end + rest
    ending = b"\r\n" if first.endswith(b"\r") else b"\n"
    return mark + line + ending + body
