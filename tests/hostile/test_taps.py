"""R31: a storm of taps has one effect, and every spinner stops."""

import pytest

from tests.telegram.conftest import Meet, Telephone

pytestmark = pytest.mark.asyncio(loop_scope="module")


def turn_of(telephone: Telephone, answer: str) -> int:
    return int(telephone.data(answer).split(":")[1])


async def test_sixty_taps_on_one_button_have_one_effect(telephone: Telephone) -> None:
    await telephone.begins()
    question = telephone.question
    taps = [telephone.press("arrears", question) for _ in range(60)]
    await telephone.looks()
    assert turn_of(telephone, "landlord") == 2
    assert taps[0].toast == ""
    assert sum(tap.toast == "" for tap in taps[:20]) == 1
    assert all(tap.answered_at is not None for tap in taps)


async def test_taps_on_all_buttons_at_once_count_the_first(
    telephone: Telephone,
) -> None:
    await telephone.begins()
    question = telephone.question
    taps = [telephone.press(answer, question) for answer in ("arrears", "eviction") * 5]
    await telephone.looks()
    assert turn_of(telephone, "landlord") == 2
    assert all(tap.answered_at is not None for tap in taps)
    assert sum(tap.toast == "" for tap in taps) == 1


async def test_families_that_all_tap_twice_each_move_one_step(ring: Meet) -> None:
    telephones = [ring() for _ in range(10)]
    for one in telephones:
        one.user.say("/start nl")
    for one in telephones:
        await one.looks()
        one.user.double_tap(one.data("arrears"))
    for one in telephones:
        await one.looks()
        assert turn_of(one, "landlord") == 2
