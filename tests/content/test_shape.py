"""A file that does not fit its model: one problem a mistake, at its place."""

import random
import string
from typing import Annotated, Literal

import pytest
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.content.shape import shape
from bot.content.typed.strict_yaml import read


def _no_ampersand(written: object) -> object:
    if "&" in str(written):
        raise PydanticCustomError("ampersand", "Write “en” for &.")
    return written


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Answer(Entry):
    label: str
    words: list[str] = []


class Route(Entry):
    if_: str = Field("", alias="if")
    go: str = ""


class Choice(Entry):
    kind: Literal["choice"]
    options: list[str]


class Number(Entry):
    kind: Literal["number"]
    most: Annotated[int, Field(le=99)]


Id = Annotated[str, Field(pattern=r"^[a-z_]+$", max_length=12)]
Phone = Annotated[str, Field(pattern=r"^[0-9-]+$", examples=["0800-8020"])]


class Question(Entry):
    ask: Annotated[str, BeforeValidator(_no_ampersand)]
    answers: dict[Id, str | Answer] = {}
    next: str | list[Route] = ""
    help: Phone | None = None
    within: Annotated[list[str], Field(min_length=2, max_length=2)] | None = None
    input: Annotated[Choice | Number, Field(discriminator="kind")] | None = None

    @model_validator(mode="after")
    def not_to_itself(self) -> "Question":
        if self.next == self.ask:
            raise ValueError("A question cannot lead to itself.")
        return self


class Flow(Entry):
    flow: Id
    urgency: Literal["today", "three_days"] = "today"
    questions: dict[Id, Question]


class Flows(RootModel[list[Flow]]):
    pass


HEAD = "flow: arrears\nquestions:\n  stage:\n    ask: Welke brief?\n"

FULL = """\
flow: arrears
urgency: today
questions:
  stage:
    ask: Welke brief?
    help: 0800-8020
    within: [today, tomorrow]
    answers:
      summons:
        label: Dagvaarding
        words: [dagvaarding]
      unsure: Weet ik niet
    next:
      - if: stage == unsure
        go: children
      - go: advice
"""


def seen(text: str, model: type[BaseModel] = Flow) -> list[tuple[int, int, str]]:
    _, problems = shape(read(text, "flows/notice.yaml"), model)
    return [(one.place.line, one.place.column, one.code) for one in problems]


def told(text: str, model: type[BaseModel] = Flow) -> str:
    _, (only,) = shape(read(text, "flows/notice.yaml"), model)
    return only.message


def test_a_file_that_fits_becomes_the_model() -> None:
    flow, problems = shape(read(FULL, "f.yaml"), Flow)
    assert problems == ()
    assert flow is not None
    assert flow.questions["stage"].answers["unsure"] == "Weet ik niet"
    assert flow.questions["stage"].help == "0800-8020"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("    asnwers: {}\n", (5, 5, "unknown-key"), id="unknown key"),
        pytest.param("    next: [a]\n", (5, 12, "wrong-sort"), id="text, not keys"),
        pytest.param("    next: {a: b}\n", (5, 11, "wrong-sort"), id="neither of two"),
        pytest.param(
            "    next:\n      - og: a\n", (6, 9, "unknown-key"), id="in a list"
        ),
        pytest.param(
            "    answers:\n      a:\n        labl: b\n",
            (7, 9, "unknown-key"),
            id="misspelled and therefore missing",
        ),
        pytest.param(
            "    answers:\n      a:\n        words: [b]\n",
            (6, 7, "missing-key"),
            id="missing in one of two",
        ),
        pytest.param(
            "    answers: {Ja Zeker: b}\n", (5, 15, "not-written-so"), id="key pattern"
        ),
        pytest.param(
            "    answers: {a: [b]}\n",
            (5, 18, "wrong-sort"),
            id="list, not text or keys",
        ),
        pytest.param("    help: bel\n", (5, 11, "not-written-so"), id="pattern"),
        pytest.param("    within: [a]\n", (5, 13, "wrong-length"), id="list too short"),
        pytest.param("    within: today\n", (5, 13, "wrong-sort"), id="text, not list"),
        pytest.param(
            "    input: {kind: chioce, most: 1}\n",
            (5, 19, "unknown-word"),
            id="no such kind",
        ),
        pytest.param("    input: {most: 1}\n", (5, 5, "missing-key"), id="no kind"),
        pytest.param(
            "    input: {kind: number, most: veel}\n",
            (5, 33, "not-read"),
            id="no number",
        ),
        pytest.param(
            "    input: {kind: number, most: 100}\n",
            (5, 33, "out-of-bounds"),
            id="number too large",
        ),
        pytest.param(
            "    input: {kind: choice, opions: [a]}\n",
            (5, 27, "unknown-key"),
            id="in one kind",
        ),
        pytest.param("    next: Welke brief?\n", (3, 3, "not-right"), id="own rule"),
        pytest.param("  a: {ask: R & B}\n", (5, 12, "ampersand"), id="own check"),
        pytest.param("  a: tekst\n", (5, 6, "wrong-sort"), id="text, not group"),
        pytest.param("  a:\n    next: b\n", (5, 3, "missing-key"), id="missing key"),
        pytest.param("urgency: toady\n", (5, 10, "unknown-word"), id="unknown word"),
        pytest.param("urgency: [today]\n", (5, 10, "wrong-sort"), id="list, not word"),
    ],
)
def test_each_mistake_is_one_problem_at_its_place(
    text: str, problem: tuple[int, int, str]
) -> None:
    assert seen(HEAD + text) == [problem]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("    asnwers: {}\n", "“asnwers” is not known here. Did you mean “answers”?"),
        ("    next:\n      - fi: a\n", "“fi” is not known here. Did you mean “if”?"),
        ("    xyz: a\n", "Still possible: answers, next, help, within, input."),
        ("urgency: toady\n", "“toady” is not known here. Did you mean “today”?"),
        ("urgency: ooit\n", "Possible: today, three_days."),
        ("    input: {kind: nummer}\n", "Did you mean “number”?"),
        ("    answers: {Ja Zeker: b}\n", "Did you mean “ja_zeker”?"),
        ("    help: bel\n", "For instance: 0800-8020"),
        ("    within: [a]\n", "“within” needs at least 2 entries; it has 1."),
        ("    next: {a: b}\n", "“next” should be a text or a list, but is a group"),
        ("  a: tekst\n", "“a” should be a group of keys, but is a text."),
        ("  a:\n    next: b\n", "“a” lacks “ask”. Add a line “ask: …”."),
        ("    next: Welke brief?\n", "A question cannot lead to itself."),
        ("  a: {ask: R & B}\n", "Write “en” for &."),
    ],
)
def test_the_message_says_what_to_do(text: str, words: str) -> None:
    assert words in told(HEAD + text)


def test_a_colon_in_a_list_item_is_explained() -> None:
    text = HEAD + "    answers:\n      a:\n        label:\n          Let op: bel\n"
    assert "put quotes around the whole text" in told(text)


def test_a_list_may_be_the_whole_file() -> None:
    item = FULL.replace("\n", "\n  ").strip()
    assert seen(f"- {item}\n", Flows) == []
    assert seen(FULL, Flows) == [(1, 1, "wrong-sort")]


def test_slips_of_writing_and_of_shape_come_together() -> None:
    text = HEAD + "    help: *bel*\n    nxt: a\n    within: a\n"
    assert seen(text) == [
        (5, 11, "first-character"),
        (6, 5, "unknown-key"),
        (7, 13, "wrong-sort"),
    ]


def test_a_file_that_cannot_be_read_has_no_further_problems() -> None:
    assert seen("[" * 50) == [(1, 1, "too-deep")]


def test_a_file_with_slips_can_still_be_looked_at() -> None:
    flow, problems = shape(read(HEAD + "    next: *a*\n", "f.yaml"), Flow)
    assert [one.code for one in problems] == ["first-character"]
    assert flow is not None
    assert flow.questions["stage"].next == "*a*"


def test_a_misspelled_key_is_told_on_its_line_with_the_right_word() -> None:
    chance = random.Random(5)
    lines = FULL.splitlines()
    keys = ["urgency", "ask", "help", "within", "answers", "label", "words", "next"]
    for _ in range(100):
        key = chance.choice(keys)
        row = next(n for n, line in enumerate(lines) if f" {key}:" in f" {line}")
        at = chance.randrange(len(key))
        letter = chance.choice(string.ascii_lowercase.replace(key[at], ""))
        wrong = key[:at] + letter + key[at + 1 :]
        changed = lines[row].replace(f"{key}:", f"{wrong}:")
        text = "\n".join([*lines[:row], changed, *lines[row + 1 :]])
        assert f"“{wrong}” is not known here. Did you mean “{key}”?" in told(text)
        assert seen(text)[0][0] == row + 1
