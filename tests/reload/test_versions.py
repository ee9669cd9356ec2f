"""Families that began under older flows go on under those of now."""

import pytest

from bot.library import Library
from tests.reload.versions import history, tried

LAST, EVERY = 50, 10
MOST_UNREADABLE = 3


@pytest.mark.timeout(300)
def test_families_of_the_last_versions_go_on(library: Library) -> None:
    commits = history(LAST)
    if len(commits) < 2:
        pytest.skip("There is no history here: a shallow clone, or no clone at all.")
    found = tried(library, commits[::EVERY], each=1)
    assert found.wrong == []
    assert len(found.unreadable) <= MOST_UNREADABLE
    assert found.versions > 0
    assert found.reached == found.questions
