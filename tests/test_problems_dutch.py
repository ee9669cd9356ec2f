"""What authors are told stands in English and in Dutch, with the same names."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from bot.problems import NOTHING, Place, Problem, Told, did_you_mean, told
from bot.problems_dutch import DUTCH
from tests.conftest import ROOT


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Each `told(…)` of a file with where it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "told":
            yield f"{path.relative_to(ROOT)}:{node.lineno}", node


TOLD = [call for path in sorted(ROOT.glob("bot/**/*.py")) for call in calls(path)]


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def sentence(call: ast.Call) -> str:
    """A told(…) begins with a sentence that stands there as it is."""
    words = call.args[0]
    assert isinstance(words, ast.Constant)
    assert isinstance(words.value, str)
    return words.value


@pytest.mark.parametrize(("where", "call"), TOLD, ids=[where for where, _ in TOLD])
def test_each_sentence_has_its_dutch_and_all_its_values(
    where: str, call: ast.Call
) -> None:
    english = sentence(call)
    given = {keyword.arg for keyword in call.keywords}
    assert english in DUTCH, f"{where}: write its Dutch in bot/problems_dutch.py"
    assert names(english) == given


def test_no_dutch_is_left_of_a_sentence_that_is_gone() -> None:
    assert set(DUTCH) - {sentence(call) for _, call in TOLD} == set()


@pytest.mark.parametrize("english", DUTCH)
def test_both_languages_name_the_same(english: str) -> None:
    assert names(DUTCH[english]) == names(english)


def test_a_problem_is_shown_in_the_authors_language() -> None:
    hint = did_you_mean("shelte", ["shelter"])
    message = told("The text “{key}” is missing.{hint}", key="shelte", hint=hint)
    problem = Problem(Place("flows/a.yaml", 3, 5, "    ab"), "code", message)
    assert problem.shown("en") == (
        "flows/a.yaml:3:5: error [code] The text “shelte” is missing."
        " Did you mean “shelter”?\n        ab\n        ^"
    )
    assert problem.shown("nl") == (
        "flows/a.yaml:3:5: fout [code] De tekst “shelte” ontbreekt."
        " Bedoelt u “shelter”?\n        ab\n        ^"
    )


def test_braces_of_an_author_are_shown_as_they_are() -> None:
    assert str(Told("“{word}”", (("word", "{a}"),))) == "“{a}”"


def test_without_a_near_word_nothing_is_asked() -> None:
    assert (did_you_mean("x", ["shelter"]), str(NOTHING)) == (NOTHING, "")
