"""Dozens of changes, half of them mistakes: no family sees one or loses an answer."""

from pathlib import Path

import pytest

from tests.reload.runs import reloaded

SPOILED, SWAPS, FAMILIES = 20, 20, 4


@pytest.mark.timeout(600)
async def test_no_family_sees_a_mistake_or_loses_an_answer(tmp_path: Path) -> None:
    record = await reloaded(
        tmp_path, spoiled=SPOILED, swaps=SWAPS, families=FAMILIES, seed=1, each=4
    )
    found = record.verdict
    assert found.is_clean, found
    assert (record.spoiled.total(), record.swaps) == (SPOILED, SWAPS)
    assert record.compared > 0
    assert found.credited > 0
