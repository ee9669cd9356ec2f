"""Questions, their answers, computed facts, and what a family can come back with."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.changes.fields import Subject, both, formula, one_line, quoted, said_in
from bot.changes.renames import Renames
from bot.changes.routes import Asked, route_changes, target
from bot.changes.values import Change, Concern
from bot.conversation.facts import UNSURE
from bot.conversation.kinds import KINDS
from bot.conversation.kinds.base import Kind, Option
from bot.conversation.model import FollowUp, Question
from bot.library import Library
from bot.problems import Place, Told, told

TEXTS: Final[Mapping[str, Told]] = {
    "ask": told("the text"),
    "again": told("the help text (again)"),
    "why": told("the reason (why)"),
    "short": told("the short name"),
}

LIMITS: Final[Mapping[str, Told]] = {
    "least": told("the smallest number"),
    "most": told("the largest number"),
}

NEAR: Final = {-1: told("yesterday"), 0: told("today"), 1: told("tomorrow")}

NAMES: Final = {kind: name for name, kind in KINDS.items()}
ALWAYS = re.compile(r"known (\w+) or \1 == unsure")
"""What `first_advice: yes` stands for."""

ENGINE: Final = "words."
"""Texts that stand in words.yaml, so they are told there."""


def question_changes(
    before: Library, after: Library, renames: Renames
) -> Iterator[Change]:
    old = {
        renames.questions.get(name, name): one for name, one in before.questions.items()
    }
    for name, was, now in both(old, after.questions):
        if now is None:
            gone = was or before.questions[name]
            touched = said_in(before, f"{gone.flow}.{gone.id}.")
            yield _about(before, gone).is_gone(*touched)
        elif was is None:
            touched = said_in(after, f"{now.flow}.{now.id}.")
            yield _about(after, now).is_new(quoted(one_line(now.ask.nl)), *touched)
        else:
            yield from _changed(Asked(was, before), Asked(now, after), renames)
    yield from _starts(before, after)


def _about(library: Library, question: Question) -> Subject:
    return Subject(
        f"questions.{question.id}",
        told("Question *{name}*", name=question.id),
        library.written_at.get(question.ask.context, Place("")),
        frozenset({Concern.QUESTION}),
        library.written_at,
    )


def _changed(old: Asked, new: Asked, renames: Renames) -> Iterator[Change]:
    was, now = old.question, new.question
    about = _about(new.library, now)
    if was.id != now.id:
        said = told("Question *{old}* is called *{new}* now.", old=was.id, new=now.id)
        yield Change(about.about, said, about.place, frozenset({Concern.NAME}))
    if was.flow != now.flow:
        said = told(
            "{thing} stands in flow *{new}* now (was *{old}*).",
            thing=about.thing, new=now.flow, old=was.flow,
        )  # fmt: skip
        yield Change(about.about, said, about.place, frozenset({Concern.NAME}))
    for name, field in TEXTS.items():
        yield from about.text(field, getattr(was, name), getattr(now, name))
    yield from _kind(about, was.kind, now.kind)
    answers = _answers(was, now, renames)
    yield from _options(about, new, was.kind, answers)
    yield from route_changes(about, old, new, answers)
    first = [_first_advice(one) for one in (was, now)]
    place = now.first_advice.place if now.first_advice else None
    field = told("the advice right after it")
    yield from about.value(field, first[0], first[1], Concern.ROUTE, place=place)


def _first_advice(question: Question) -> Told | str:
    always = f"known {question.id} or {question.id} == unsure"
    source = question.first_advice.source if question.first_advice else ""
    return (
        told("at every answer") if source == always else formula(question.first_advice)
    )


def _kind(about: Subject, was: Kind, now: Kind) -> Iterator[Change]:
    field = told("the kind")
    yield from about.value(field, f"*{NAMES[type(was)]}*", f"*{NAMES[type(now)]}*")
    within = told("the days that fit (within)")
    yield from about.value(within, _days(was.spec.within), _days(now.spec.within))
    for name, field in LIMITS.items():
        old, new = (str(getattr(one.spec, name)) for one in (was, now))
        yield from about.value(field, old, new)


def _days(within: tuple[int, int] | None) -> str | Told:
    if within is None:
        return ""
    return told("{first} to {last}", first=_day(within[0]), last=_day(within[1]))


def _day(days: int) -> Told:
    near = NEAR.get(days)
    if near is not None:
        return near
    if days < 0:
        return told("{count} days ago", count=-days)
    return told("in {count} days", count=days)


def _answers(was: Question, now: Question, renames: Renames) -> Mapping[str, str]:
    """The answers that are in both: how each was called, and how it is called now."""
    found = {one: renames.answers.get((was.id, one), one) for one in was.kind.labels}
    return {old: new for old, new in found.items() if new in now.kind.labels}


def _options(
    about: Subject, new: Asked, was: Kind, answers: Mapping[str, str]
) -> Iterator[Change]:
    now = new.question.kind
    old = {answers.get(one.id, one.id): one for one in was.spec.options}
    current = {one.id: one for one in now.spec.options}
    for _, before, after in both(old, current):
        if after is None and before is not None:
            said = told(
                "{thing}: answer *{answer}* is gone.",
                thing=about.thing, answer=before.label.nl,
            )  # fmt: skip
            yield about.change(said)
        elif before is None and after is not None:
            yield _new_answer(about, new, after)
        elif before and after:
            yield from _option(about, before, after)
    stayed = [one for one in old if one in current]
    if stayed != [one for one in current if one in old]:
        labels = ", ".join(f"*{one.label.nl}*" for one in now.spec.options)
        said = told(
            "{thing}: the answers stand in another order now: {some}.",
            thing=about.thing, some=labels,
        )  # fmt: skip
        yield about.change(said)


def _new_answer(about: Subject, new: Asked, option: Option) -> Change:
    place = about.written_at.get(option.label.context)
    ways = new.leads(option.id)
    if len(ways) != 1:
        said = told(
            "{thing}: answer *{answer}* is new.",
            thing=about.thing, answer=option.label.nl,
        )  # fmt: skip
        return about.change(said, place=place)
    said = told(
        "{thing}: answer *{answer}* is new and leads to {to}.",
        thing=about.thing, answer=option.label.nl, to=target(*ways[0][1:]),
    )  # fmt: skip
    return about.change(said, Concern.ROUTE, place=place)


def _option(about: Subject, was: Option, now: Option) -> Iterator[Change]:
    if was.id != now.id:
        said = told(
            "{thing}: answer *{old}* is called *{new}* now.",
            thing=about.thing, old=was.id, new=now.id,
        )  # fmt: skip
        yield Change(about.about, said, about.place, frozenset({Concern.NAME}))
    if was.label.context.startswith(ENGINE) and now.label.context.startswith(ENGINE):
        return
    field = told("answer *{name}*", name=now.id)
    yield from about.text(field, was.label, now.label)
    if now.id != UNSURE:
        field = told("the words for *{name}*", name=now.label.nl)
        yield from about.members(field, was.words, now.words, spoken=True)


def _starts(before: Library, after: Library) -> Iterator[Change]:
    for name, was, now in both(before.flows, after.flows):
        if not (was and now):
            continue
        about = Subject(
            f"flows.{name}",
            told("Flow *{name}*", name=name),
            after.written_at.get(now.title.context, Place("")),
            frozenset({Concern.ROUTE}),
            after.written_at,
        )
        first = told("the first question")
        yield from about.value(first, f"*{was.start}*", f"*{now.start}*")
        unseen = about.only(Concern.NAME)
        titles = quoted(was.title.nl), quoted(now.title.nl)
        yield from unseen.value(told("the title"), *titles)


def old_name_changes(
    before: Library, after: Library, renames: Renames
) -> Iterator[Change]:
    """`renamed:` lines beside those that are told as a new name."""
    about = Subject(
        "renamed",
        told("The old names (renamed)"),
        Place(f"flows/{after.start}.yaml"),
        frozenset({Concern.NAME}),
        after.written_at,
    )
    fresh = {*renames.questions, *map(".".join, renames.answers)}
    for name, was, now in both(_old_names(before), _old_names(after)):
        if name not in fresh:
            field = told("*{name}*", name=name)
            yield from about.value(field, was or "", now or "")


def _old_names(library: Library) -> Mapping[str, str]:
    renamed = library.renamed
    answers = {".".join(names): new for names, new in renamed.answers.items()}
    called = {**renamed.questions, **answers}
    return {old: f"*{new}*" for old, new in called.items()}


def fact_changes(before: Library, after: Library) -> Iterator[Change]:
    for name, was, now in both(before.derived, after.derived):
        found = now or was
        assert found is not None
        about = Subject(
            f"facts.{name}",
            told("Fact *{name}*", name=name),
            found.place,
            frozenset({Concern.ROUTE}),
            after.written_at,
        )
        if now is None:
            yield about.is_gone()
        elif was is None:
            yield about.is_new(formula(now))
        else:
            yield from about.condition(told("the condition"), was, now)


def follow_up_changes(before: Library, after: Library) -> Iterator[Change]:
    old = {one.id: one for one in before.follow_ups}
    for name, was, now in both(old, {one.id: one for one in after.follow_ups}):
        found = now or was
        assert found is not None
        library = after if now else before
        about = Subject(
            f"follow_ups.{name}",
            told("“Come back” button *{name}*", name=name),
            library.written_at.get(found.label.context, Place("")),
            frozenset({Concern.ROUTE}),
            after.written_at,
        )
        if now is None:
            yield about.is_gone()
        elif was is None:
            yield about.is_new(quoted(now.label.nl))
        else:
            yield from _follow_up(about, was, now)


def _follow_up(about: Subject, was: FollowUp, now: FollowUp) -> Iterator[Change]:
    yield from about.text(told("the button"), was.label, now.label)
    yield from about.members(told("the words"), was.words, now.words, spoken=True)
    old, new = (
        ", ".join(f"*{question}: {answer}*" for question, answer in one.answers.items())
        for one in (was, now)
    )
    yield from about.value(told("the answers it gives"), old, new)
