"""A seeded sample of what `make mutate` runs."""

from itertools import islice
from pathlib import Path
from random import Random

import pytest

from tests.mutate.breaking import broken, whole
from tests.mutate.house import House, shipped
from tests.mutate.judging import judged
from tests.mutate.letters import SIGN
from tests.mutate.meanings import FREE_NAME, MISTAKE, SAME, Meanings
from tests.mutate.shelves import Desk
from tests.mutate.slips import slips

SEED = 5


@pytest.fixture(scope="module")
def meanings() -> Meanings:
    return Meanings(shipped())


def test_slips_are_told_at_their_own_line(tmp_path: Path, meanings: Meanings) -> None:
    house, drawn = House(tmp_path), slips(meanings.texts, Random(SEED))
    mistakes = (s for s in drawn if meanings.verdict(s.file, s.text) == MISTAKE)
    found = [
        judged(slip, house.check(slip.file, slip.text.encode()), meanings.is_same)
        for slip in islice(mistakes, 6)
    ]
    missed = [one for one in found if not one.placed]
    assert len(missed) <= 1, "\n\n".join(map(str, missed))


def test_slips_in_signs_are_told_with_what_was_meant(
    tmp_path: Path, meanings: Meanings
) -> None:
    """Without the other files, so that more can be tried."""
    desk = Desk(tmp_path)
    drawn = (
        slip
        for slip in slips(meanings.texts, Random(SEED))
        if slip.part == SIGN
        and slip.file.endswith(".yaml")
        and meanings.verdict(slip.file, slip.text) == MISTAKE
    )
    found = [
        judged(slip, problems, meanings.is_same)
        for slip in islice(drawn, 25)
        if (problems := desk.check(slip.file, slip.text.encode()))
    ]
    missed = [one for one in found if not (one.placed and one.named)]
    assert len(missed) <= 3, "\n\n".join(map(str, missed))


def test_broken_files_are_only_told(tmp_path: Path) -> None:
    found = broken(Random(SEED), 30, tmp_path)
    assert (found.tracebacks, found.slow) == ([], [])


def test_the_largest_files_are_read_in_time(tmp_path: Path) -> None:
    found = whole(["flows/places/names.csv"], tmp_path)
    assert (found.tracebacks, found.slow) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        pytest.param("ask: Van wie", "ask: Van wei", SAME, id="a Dutch word"),
        pytest.param("- 60 days", "- 61 days", SAME, id="another number of days"),
        pytest.param("kind: choice", "kind:  choice", SAME, id="one more space"),
        pytest.param("at_door, hear", "at_door,hear", SAME, id="a space in a list"),
        pytest.param("kind: choice", "kind: choise", MISTAKE, id="a word of ours"),
        pytest.param("go: letter_words", "go: leter_words", MISTAKE, id="a name"),
        pytest.param("    kind: choice", "   kind: choice", MISTAKE, id="a column"),
    ],
)
def test_only_what_a_program_can_know_is_a_mistake(
    meanings: Meanings, old: str, new: str, verdict: str
) -> None:
    file = "flows/arrears.yaml"
    text = meanings.texts[file]
    assert old in text
    assert meanings.verdict(file, text.replace(old, new, 1)) == verdict


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        pytest.param("drop: GM1681", "drop: GM1618", SAME, id="what is dropped"),
        pytest.param("into: GM0402", "into: GM0420", SAME, id="another one"),
        pytest.param("into: GM0402", "into: GM0401", MISTAKE, id="no municipality"),
        pytest.param("GM0373: B", "GM0473: B", MISTAKE, id="with another name"),
    ],
)
def test_of_a_code_without_a_name_another_one_is_right(
    meanings: Meanings, old: str, new: str, verdict: str
) -> None:
    file = "flows/places/changes.yaml"
    text = meanings.texts[file].replace(old, new, 1)
    assert meanings.verdict(file, text) == verdict


def test_a_name_that_nobody_uses_is_free(meanings: Meanings) -> None:
    file = "flows/law/calendar.yaml"
    text = meanings.texts[file].replace("  new_year:", "  new_yaer:")
    assert meanings.verdict(file, text) == FREE_NAME


def test_a_source_that_nobody_uses_is_free(meanings: Meanings) -> None:
    file = "flows/law/sources.yaml"
    text = meanings.texts[file].replace("2.3.5 lid 4:", "2.3. 5lid 4:")
    assert meanings.verdict(file, text) == FREE_NAME
