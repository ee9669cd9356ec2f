"""A flow file → a Flow with its questions, routes and computed facts."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.content.author import Author, Path
from bot.content.read_words import Words
from bot.content.schema import AnswerEntry, FlowFile, QuestionEntry
from bot.conversation.conditions import RESERVED, Condition, Mistake, parse_facts
from bot.conversation.facts import UNSURE, FactType
from bot.conversation.kinds import KINDS
from bot.conversation.kinds.base import Kind, Option, Spec
from bot.conversation.model import (
    ADVICE,
    Flow,
    FollowUp,
    Question,
    Renamed,
    Route,
)
from bot.law.calendar import Calendar
from bot.places import Places
from bot.problems import nearest, told
from bot.translations import Text

BOUND = re.compile(r"today(?: *([+-]) *(\d{1,4}) (day|week|month|year)s?)?")
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
CHOOSING = ("choice", "choices")
OWN_ANSWERS = {"yes_no": ("yes", "no"), "children": ("none", "some")}
LIMITED = ("number", "money")


@dataclass(frozen=True, slots=True)
class FlowSource:
    """One flow file and its shape."""

    author: Author
    entry: FlowFile


def read_kinds(
    sources: Sequence[FlowSource], words: Words, places: Places
) -> Mapping[str, Kind]:
    """Every question's kind by id; an id may stand in one flow only."""
    kinds: dict[str, Kind] = {}
    for source in sources:
        for name, entry in source.entry.questions.items():
            path: Path = ("questions", name)
            if name in kinds:
                source.author.problem(
                    path,
                    "double-id",
                    told("Question “{name}” stands in two flows.", name=name),
                )
            if name in RESERVED or name == ADVICE:
                source.author.problem(
                    path,
                    "reserved-id",
                    told("“{name}” is a word of the notation itself.", name=name),
                )
            kinds[name] = KINDS[entry.kind](
                _spec(source.author, source.entry.flow, name, entry, words, places)
            )
    return kinds


def _spec(
    author: Author,
    flow: str,
    name: str,
    entry: QuestionEntry,
    words: Words,
    places: Places,
) -> Spec:
    least, most = _limits(author, name, entry)
    return Spec(
        tuple(_options(author, flow, name, entry, words)),
        _within(author, name, entry),
        least,
        most,
        words.texts,
        places,
    )


def _options(
    author: Author,
    flow: str,
    name: str,
    entry: QuestionEntry,
    words: Words,
) -> Iterator[Option]:
    path: Path = ("questions", name, "answers")
    own = OWN_ANSWERS.get(entry.kind, ())
    if entry.kind in CHOOSING and len(entry.answers) < 2:
        message = told("“{name}” needs at least two answers.", name=name)
        author.problem(path, "few-answers", message)
    if entry.kind not in CHOOSING:
        for answer in set(entry.answers) - set(own):
            message = told(
                "A question of kind {kind} has no answer “{answer}”.",
                kind=entry.kind,
                answer=answer,
            )
            author.problem((*path, answer), "no-such-answer", message)
    if entry.kind == "yes_no":
        yield from (
            Option(one, words.texts[one], words.meaning(one))
            for one in own
            if one not in entry.answers
        )
    for answer, given in entry.answers.items():
        made = given if isinstance(given, AnswerEntry) else AnswerEntry(label=given)
        label = author.text(
            (*path, answer, "label"), f"{flow}.{name}.{answer}", made.label
        )
        yield Option(answer, label, tuple(made.words))
    unsure = words.texts["unsure"]
    if entry.unsure:
        unsure = author.text(
            ("questions", name, "unsure"), f"{flow}.{name}.unsure", entry.unsure
        )
    yield Option(UNSURE, unsure, (words.texts["unsure"].nl, *words.unsure))


def _within(author: Author, name: str, entry: QuestionEntry) -> tuple[int, int] | None:
    if entry.within is None:
        return None
    found = [_bound(written) for written in entry.within]
    if entry.kind != "date" or None in found:
        message = told(
            "Write within: [today - 60 days, today + 1 year], at a date only."
        )
        author.problem(("questions", name, "within"), "within", message)
        return None
    first, last = (bound or 0 for bound in found)
    if first > last:
        message = told("Write the earliest day first.")
        author.problem(("questions", name, "within"), "within", message)
    return first, last


def _bound(written: str) -> int | None:
    match = BOUND.fullmatch(written.strip())
    if match is None:
        return None
    sign, number, unit = match.groups()
    days = int(number) * DAYS[unit] if number else 0
    return -days if sign == "-" else days


def _limits(author: Author, name: str, entry: QuestionEntry) -> tuple[int, int]:
    if entry.limits is None:
        return 0, 1_000_000
    whole = all(one.isdecimal() for one in entry.limits)
    if entry.kind not in LIMITED or not whole:
        message = told("Write limits: [1, 365], at a number or an amount only.")
        author.problem(("questions", name, "limits"), "limits", message)
        return 0, 1_000_000
    least, most = (int(one) for one in entry.limits)
    if least > most:
        message = told("Write the smallest number first.")
        author.problem(("questions", name, "limits"), "limits", message)
    return least, most


def read_derived(
    sources: Sequence[FlowSource],
    asked: Mapping[str, FactType],
    calendar: Calendar,
    broken: set[str],
) -> Mapping[str, Condition]:
    """The computed facts of all flows together, each after those it needs.

    Those with a mistake are added to the broken names.
    """
    written: dict[str, str] = {}
    where: dict[str, Author] = {}
    for source in sources:
        for name, formula in source.entry.facts.items():
            if name in written or name in asked or name in RESERVED:
                source.author.problem(
                    ("facts", name),
                    "double-id",
                    told("“{name}” already has a meaning.", name=name),
                )
                continue
            written[name], where[name] = formula, source.author
    found = parse_facts(written, asked, calendar, broken=broken)
    for name, one in found.items():
        if isinstance(one, Mistake):
            broken.add(name)
            if not one.follows:
                where[name].mistake(("facts", name), one)
    return {
        name: replace(one, place=where[name].place(("facts", name)))
        for name, one in found.items()
        if isinstance(one, Condition)
    }


def read_follow_ups(
    sources: Iterable[FlowSource], kinds: Mapping[str, Kind]
) -> Iterator[FollowUp]:
    for source in sources:
        author = source.author
        for name, entry in source.entry.follow_ups.items():
            path: Path = ("follow_ups", name)
            for question, answer in entry.answers.items():
                here: Path = (*path, "answers", question)
                if question not in kinds:
                    author.unknown(here, "question", question, kinds)
                elif not kinds[question].accepts(answer):
                    author.unknown(here, "answer", answer, kinds[question].labels)
            context = f"{source.entry.flow}.follow_ups.{name}"
            label = author.text((*path, "label"), context, entry.label)
            yield FollowUp(name, label, tuple(entry.words), entry.answers)


def read_flow(
    source: FlowSource,
    kinds: Mapping[str, Kind],
    flows: Mapping[str, FlowSource],
    declared: Mapping[str, FactType],
    calendar: Calendar,
) -> Flow:
    author, entry = source.author, source.entry
    names = list(entry.questions)
    if entry.start not in entry.questions:
        author.unknown(("start",), "question", entry.start, names)
    questions = {
        name: _question(source, name, kinds[name], flows, declared, calendar)
        for name in names
    }
    title = author.text(("title",), f"{entry.flow}.title", entry.title)
    return Flow(entry.flow, title, entry.start, questions)


def _question(
    source: FlowSource,
    name: str,
    kind: Kind,
    flows: Mapping[str, FlowSource],
    declared: Mapping[str, FactType],
    calendar: Calendar,
) -> Question:
    author, entry = source.author, source.entry.questions[name]
    path: Path = ("questions", name)
    base = f"{source.entry.flow}.{name}"

    def maybe(field: str, words: str) -> Text | None:
        return author.maybe_text((*path, field), f"{base}.{field}", words)

    return Question(
        id=name,
        flow=source.entry.flow,
        kind=kind,
        ask=author.text((*path, "ask"), f"{base}.ask", entry.ask),
        routes=tuple(_routes(source, name, flows, declared, calendar)),
        again=maybe("again", entry.again),
        why=maybe("why", entry.why),
        short=maybe("short", entry.short),
        first_advice=author.condition(
            (*path, "first_advice"),
            f"known {name} or {name} == unsure"
            if entry.first_advice == "yes"
            else entry.first_advice,
            declared,
            calendar,
        )
        if entry.first_advice
        else None,
    )


def _routes(
    source: FlowSource,
    name: str,
    flows: Mapping[str, FlowSource],
    declared: Mapping[str, FactType],
    calendar: Calendar,
) -> Iterator[Route]:
    author, entry = source.author, source.entry.questions[name]
    path: Path = ("questions", name, "next")
    known = [*source.entry.questions, ADVICE]
    if isinstance(entry.next, str):
        to = entry.next or _following(author, name, list(source.entry.questions))
        if to not in known:
            author.unknown(path, "question", to, known)
        yield Route(to, place=author.place(path if entry.next else path[:2]))
        return
    for number, route in enumerate(entry.next):
        here: Path = (*path, number)
        last = number == len(entry.next) - 1
        if bool(route.go) == bool(route.flow):
            author.problem(here, "route", told("Write either go: or flow: here."))
        if route.flow and route.flow not in flows:
            author.unknown((*here, "flow"), "flow", route.flow, flows)
        if route.go and route.go not in known:
            author.unknown((*here, "go"), "question", route.go, known)
        if last and route.if_:
            message = told(
                "The last way has an if. Add one without if, for all others."
            )
            author.problem(here, "no-else", message)
        if not last and not route.if_:
            message = told("The ways after this one never count.")
            author.problem(here, "never-taken", message)
        condition = (
            author.condition((*here, "if"), route.if_, declared, calendar)
            if route.if_
            else None
        )
        to = route.flow or route.go
        yield Route(to, condition, flow=bool(route.flow), place=author.place(here))


def _following(author: Author, name: str, names: list[str]) -> str:
    place = names.index(name) + 1
    if place < len(names):
        return names[place]
    if not author.broken:  # the one that follows may be what could not be read
        message = told("“{name}” is the last question: add next.", name=name)
        author.problem(("questions", name), "dead-end", message)
    return ADVICE


def read_renamed(sources: Sequence[FlowSource], kinds: Mapping[str, Kind]) -> Renamed:
    """The old ids of all flows, and what they are called now."""
    questions: dict[str, str] = {}
    answers: dict[tuple[str, str], str] = {}
    for source in sources:
        entry = source.entry.renamed
        questions |= entry.questions
        for old, new in entry.answers.items():
            question, dot, answer = old.partition(".")
            if not dot:
                source.author.problem(
                    ("renamed", "answers", old),
                    "renamed",
                    told("Write question.old_answer: new_answer here."),
                )
            answers[question, answer] = new.rpartition(".")[2]
    renamed = Renamed(questions, answers)
    for source in sources:
        _lead_somewhere(source, renamed, kinds)
    return renamed


def _lead_somewhere(
    source: FlowSource, renamed: Renamed, kinds: Mapping[str, Kind]
) -> None:
    """A new name with a slip in it would lose the answers of families in the middle."""
    path = ("renamed", "questions")
    known = kinds.keys() | renamed.questions
    for old, new in source.entry.renamed.questions.items():
        if new not in known:
            source.author.unknown((*path, old), "question", new, kinds)
    path = ("renamed", "answers")
    again = {(_called_now(renamed, name), old) for name, old in renamed.answers}
    for old, written in source.entry.renamed.answers.items():
        name, dot, _ = old.partition(".")
        if dot and name not in known and nearest(name, known):
            source.author.unknown((*path, old), "question", name, known)
        question = _called_now(renamed, name)
        kind, new = kinds.get(question), written.rpartition(".")[2]
        if kind and not kind.accepts(new) and (question, new) not in again:
            source.author.unknown((*path, old), "answer", new, kind.type.options)


def _called_now(renamed: Renamed, question: str) -> str:
    seen = set[str]()
    while question in renamed.questions.keys() - seen:
        seen.add(question)
        question = renamed.questions[question]
    return question
