"""Days as authors write them: in one form."""

from datetime import date

import pytest

from bot.content.read_days import day_of


def test_a_day_is_written_with_its_year_first() -> None:
    assert day_of("2026-12-03") == date(2026, 12, 3)


@pytest.mark.parametrize(
    "written", ["20261203", "2026-W49-4", "3-12-2026", "2026-02-30", "morgen", ""]
)
def test_any_other_form_is_no_day(written: str) -> None:
    with pytest.raises(ValueError, match="day"):
        day_of(written)
