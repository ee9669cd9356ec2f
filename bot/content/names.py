"""Names that everything else knows by another spelling: the slip is where they stand.

An id with a slip in it would be told at each place that names it rightly. Here it is
told once, at the id itself, and the file is read on as it was meant.
"""

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.content.typed.strict_yaml import Document, Entries, Node, Rows, Words, read
from bot.conversation.condition_words import RESERVED, UNITS
from bot.places import distance
from bot.problems import Place, Problem, Told, told

Kind = str
Scope = tuple[str, ...]

FACT, FLOW, CARD, SOURCE = "fact", "flow", "card", "source"
ORGANISATION, DEADLINE = "organisation", "deadline"

GROUPS: Final[Mapping[str, Kind]] = {
    "questions": FACT,
    "facts": FACT,
    "advice": CARD,
    "organisations": ORGANISATION,
    "deadlines": DEADLINE,
    "sources": SOURCE,
    "crisis": "crisis",
    "follow_ups": "follow_up",
    "texts": "words",
}
"""The key of a whole file under which names of a kind stand."""

NAMING: Final[Mapping[str, Kind]] = {
    "go": FACT,
    "next": FACT,
    "start": FACT,
    "from": FACT,
    "flow": FLOW,
    "who": ORGANISATION,
    "organisations": ORGANISATION,
    "deadlines": DEADLINE,
    "rule": DEADLINE,
    "source": SOURCE,
}
"""The key beside which something is named."""

CONDITIONS: Final = frozenset({"if", "only_if", "first_advice"})
OWN_TEXTS: Final = frozenset({"ask", "again", "why", "short", "unsure", "title"})
WORD: Final = re.compile(r"[a-z][a-z0-9_]*")
PARTS: Final = re.compile("[_ ]")
ANSWERS: Final = re.compile(
    r"(\w+) (?:(?:==|!=|contains) (\w+)|(?:not )?in \[([^\]]*)\])"
)
"""A question with an answer, or several, that a condition names."""

PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
EXPECTED: Final = re.compile(r"\badvice: \[([^\]]*)\]|\bcrisis: (\w+)")
CONTEXT: Final = re.compile(r'^msgctxt "([\w.]+)"', re.MULTILINE)
LEAST_USES: Final = 2
"""Of a name that no translation knows: at one use, that use may be the slip."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what it is inside: an answer is inside a flow and a question."""

    kind: Kind
    name: str
    inside: Scope = ()

    @property
    def use(self) -> tuple[Kind, str]:
        """How it is listed among the uses: of an answer, with its question."""
        *_, question = ("", *self.inside)
        answer = self.kind == "answer"
        return self.kind, f"{question}.{self.name}" if answer else self.name

    @property
    def is_by_program(self) -> bool:
        return self.kind == "words" or (self.kind, self.name) == (FLOW, "start")


@dataclass(slots=True)
class Known:
    """Where names stand, where they are used, and which ones translations have."""

    standing: dict[Name, tuple[str, Words]]
    uses: dict[tuple[Kind, str], list[Place]]
    translated: set[Name]


def respelled(
    documents: Mapping[str, Document],
    catalogues: Sequence[str],
    scenarios: Mapping[str, str],
) -> tuple[Mapping[str, Document], tuple[Problem, ...]]:
    """The files with each misspelled name as it was meant, and what to tell of it."""
    files, problems = dict(documents), list[Problem]()
    known = _known(files, catalogues, scenarios)
    # Flows first, then questions, then answers: each is inside the one before.
    for depth in range(3):
        slips = list(_slips(known, depth))
        for name, meant in slips:
            file, words = known.standing[name]
            right = replace(name, name=meant)
            uses = known.uses.get(right.use, [])
            problems.append(_problem(words, name, right, uses))
            if problems[-1].severity == "error":
                files[file] = _with(files[file], words, meant)
        if slips:
            known = _known(files, catalogues, scenarios)
    return files, tuple(problems)


def _known(
    files: Mapping[str, Document],
    catalogues: Sequence[str],
    scenarios: Mapping[str, str],
) -> Known:
    known = Known({}, defaultdict(list), set())
    for file, document in files.items():
        for name, words in _standing(document):
            known.standing.setdefault(name, (file, words))
        if document.root is not None:
            for kind, used in _used(document.root, ()):
                known.uses[kind, used.text].append(used.place)
    for file, text in scenarios.items():
        for kind, word, line in _expected(text):
            known.uses[kind, word].append(Place(file, line))
    # Most catalogues have the same places, one for each language.
    for context in set[str]().union(*map(CONTEXT.findall, catalogues)):
        known.translated.update(_translated(context.split(".")))
    return known


def _standing(document: Document) -> Iterator[tuple[Name, Words]]:
    """Names on lines that can be read; of the others something is told already."""
    lines = {one.place.line for one in document.problems if one.severity == "error"}
    yield from (one for one in _named(document) if one[1].place.line not in lines)


def _named(document: Document) -> Iterator[tuple[Name, Words]]:
    root = document.root
    if not isinstance(root, Entries):
        return
    flow = next((value for key, value in root.items if key.text == "flow"), None)
    scope: Scope = ()
    if isinstance(flow, Words):
        yield Name(FLOW, flow.text), flow
        scope = (flow.text,)
    for group, entries in root.items:
        kind = GROUPS.get(group.text)
        if kind is None or not isinstance(entries, Entries):
            continue
        for key, value in entries.items:
            yield Name(kind, key.text, scope if group.text == "questions" else ()), key
            if group.text == "questions" and isinstance(value, Entries):
                yield from _answers(value, (*scope, key.text))


def _answers(question: Entries, scope: Scope) -> Iterator[tuple[Name, Words]]:
    for key, value in question.items:
        if key.text == "answers" and isinstance(value, Entries):
            yield from (
                (Name("answer", one.text, scope), one) for one, _ in value.items
            )


def _used(node: Node, path: Scope) -> Iterator[tuple[Kind, Words]]:
    if isinstance(node, Rows):
        for item in node.items:
            yield from _used(item, path)
    elif isinstance(node, Entries):
        for key, value in node.items:
            yield from _used(value, (*path, key.text))
    else:
        yield from _used_in(node, path)


def _used_in(words: Words, path: tuple[str, ...]) -> Iterator[tuple[Kind, Words]]:
    last = path[-1] if path else ""
    kind = NAMING.get(last, "")
    if kind and path != ("flow",):
        yield kind, words
    sooner = path[-2:-1] == ("sooner",)
    if sooner or last in CONDITIONS or path[:1] == ("facts",):
        for one in set(WORD.findall(words.text)) - RESERVED - UNITS.keys():
            yield FACT, replace(words, text=one)
        for question, first, several in ANSWERS.findall(words.text):
            for answer in WORD.findall(first or several):
                yield "answer", replace(words, text=f"{question}.{answer}")
        return
    for one in PLACEHOLDER.findall(words.text):
        phone = one.endswith("_phone")
        named = one.removesuffix("_phone") if phone else one
        yield (ORGANISATION if phone else FACT), replace(words, text=named)


def _expected(text: str) -> Iterator[tuple[Kind, str, int]]:
    """What scenarios name that only they may name, without reading them as a whole."""
    for number, line in enumerate(text.split("\n"), 1):
        for cards, crisis in EXPECTED.findall(line):
            yield from ((CARD, one, number) for one in WORD.findall(cards))
            if crisis:
                yield "crisis", crisis, number


def _translated(parts: list[str]) -> Iterator[Name]:
    """What the place of a translated text tells of names."""
    first, second, *rest = (*parts, "")
    kind = GROUPS.get(first) or {"words": "words"}.get(first)
    if kind:
        yield Name(kind, second)
        return
    if second == "follow_ups":
        yield Name("follow_up", rest[0])
    if first == "desks" or second == "follow_ups":
        return
    yield Name(FLOW, first)
    if second and second not in OWN_TEXTS:
        yield Name(FACT, second, (first,))
        if rest[:1] and rest[0] and rest[0] not in OWN_TEXTS:
            yield Name("answer", rest[0], (first, second))


def _slips(known: Known, depth: int) -> Iterator[tuple[Name, str]]:
    """Names that nobody knows, each with the one near to it that does not stand."""
    standing = known.standing
    named = {(one.kind, one.name) for one in standing}
    answers = {one.name for one in standing if one.kind == "answer"}
    parts = Counter(part for one in standing for part in PARTS.split(one.name))
    parts.update(part for _, word in known.uses for part in PARTS.split(word))
    for name in standing:
        fresh = name not in known.translated and name.use not in known.uses
        if len(name.inside) != depth or not fresh:
            continue
        gone = {
            one.name
            for one in known.translated
            if (one.kind, one.inside) == (name.kind, name.inside)
            and one not in standing
        }
        if name.kind != "answer":
            gone |= {
                word
                for (kind, word), uses in known.uses.items()
                if kind == name.kind
                and (kind, word) not in named
                and word not in answers
                and (
                    len(uses) >= LEAST_USES
                    or _is_spelled_better(word, name.name, parts)
                )
            }
        # Names that only look alike may both be meant: an error would be false.
        near = [
            one
            for one in sorted(gone)
            if abs(len(name.name) - len(one)) <= 1 and distance(name.name, one) == 1
        ]
        if near:
            yield name, max(near, key=lambda one: _likeness(name.name, one))


def _likeness(written: str, meant: str) -> float:
    return difflib.SequenceMatcher(None, written, meant).ratio()


def _is_spelled_better(used: str, standing: str, parts: Mapping[str, int]) -> bool:
    """Whether the words that the two are made of stand in other names, too."""
    ours, theirs = set(PARTS.split(used)), set(PARTS.split(standing))
    least = min((parts[one] for one in ours - theirs), default=0)
    return least > 1 and any(parts[one] <= 1 for one in theirs - ours)


def _problem(words: Words, name: Name, right: Name, uses: Sequence[Place]) -> Problem:
    meant = right.name
    hint = told(" Did you mean “{near}”?", near=meant)
    if right.is_by_program:
        message = told(
            "The program needs “{meant}” here.{hint}", meant=meant, hint=hint
        )
        return Problem(words.place, "other-name", message)
    if not uses:
        message = told(
            "“{name}” is called “{meant}” in the translations.{hint} If this new name"
            " is meant, change it there too.",
            name=name.name,
            meant=meant,
            hint=hint,
        )
        return Problem(words.place, "other-name", message, "warning")
    return Problem(words.place, "other-name", unused(name.name, meant, uses[0]))


def unused(name: str, meant: str, use: Place) -> Told:
    """What to say of a name that nothing uses, when one near to it stands nowhere."""
    return told(
        "Nothing uses the name “{name}”; “{meant}” is used in {file}, line {line}, and"
        " stands nowhere.{hint}",
        name=name,
        meant=meant,
        file=use.file,
        line=use.line,
        hint=told(" Did you mean “{near}”?", near=meant),
    )


def _with(document: Document, words: Words, meant: str) -> Document:
    row, column = words.place.line - 1, words.place.column - 1
    lines = list(document.lines)
    line = lines[row]
    column += line[column : column + 1] in "\"'"
    lines[row] = line[:column] + meant + line[column + len(words.text) :]
    return replace(read("\n".join(lines), document.file), lines=document.lines)
