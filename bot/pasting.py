"""A household as an author writes it down: a scenario to paste into a file."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bot.conversation.sampling import Household
from bot.library import Library

PLAIN = re.compile(r"[a-z0-9_][a-z0-9_. -]*")
YES_OR_NO = frozenset({"yes", "no"})


def pasted(
    library: Library, household: Household, name: str, expect: Mapping[str, object]
) -> str:
    """The answers as a family would type them, in the order of the questions."""
    typed = ", ".join(
        f"{question}: {quoted(typed_answer(library, question, household))}"
        for question in household.path
    )
    lines = (
        f"  - name: {quoted(name)}",
        f"    today: {household.today}",
        f"    answers: {{{typed}}}",
        *_expected(expect),
    )
    return "\n".join(lines)


def pasted_words(name: str, says: str, today: date, crisis: str) -> str:
    """Words that lead to a crisis, before the first question."""
    lines = (
        f"  - name: {quoted(name)}",
        f"    today: {today}",
        f"    says: {quoted(says)}",
        *_expected({"crisis": crisis}),
    )
    return "\n".join(lines)


def typed_answer(library: Library, question: str, household: Household) -> str:
    """Words that are read as this answer."""
    return library.questions[question].kind.as_typed(household.answers[question])


def _expected(expect: Mapping[str, object]) -> Iterator[str]:
    if not expect:
        yield "    expect: {}"
        return
    yield "    expect:"
    for key, value in expect.items():
        yield f"      {key}: {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {one}' for key, one in value.items())}}}"
    if isinstance(value, Iterable):
        return f"[{', '.join(quoted(str(one)) for one in value)}]"
    return str(value)


def quoted(words: str) -> str:
    """In quotes where YAML would read something else."""
    if PLAIN.fullmatch(words) and words not in YES_OR_NO:
        return words
    return json.dumps(words, ensure_ascii=False)
