"""The judge of the killed programs sees each thing that could go wrong."""

from collections.abc import Sequence

import pytest

from tests.kill.verdict import Death, Look, Sent, Verdict, judge

ONE, TWO, CLOSED = ("one", ()), ("two", ()), ("one ✔", ())
EXPECTED: Sequence[Sequence[Look]] = ([ONE, CLOSED], [TWO])


def sent(call: int, *looks: Look) -> Sent:
    return Sent(call, call, list(looks))


def judged(*chat: Sent, deaths: Sequence[Death] = ()) -> Verdict:
    verdict = Verdict()
    judge(verdict, chat, EXPECTED, deaths)
    return verdict


@pytest.mark.parametrize(
    ("chat", "wrong"),
    [
        pytest.param([sent(1, ONE, CLOSED), sent(2, TWO)], Verdict(), id="right"),
        pytest.param([sent(1, ONE, CLOSED)], Verdict(lost=1), id="lost"),
        pytest.param(
            [sent(1, ONE, CLOSED), sent(2, TWO), sent(3, ONE)],
            Verdict(twice=1),
            id="twice, later",
        ),
        pytest.param(
            [sent(1, TWO), sent(2, ONE, CLOSED)],
            Verdict(out_of_order=2),
            id="out of order",
        ),
        pytest.param(
            [sent(1, ONE), sent(2, TWO)], Verdict(wrong_edits=1), id="no edit"
        ),
        pytest.param(
            [sent(1, ONE, CLOSED, ONE, CLOSED), sent(2, TWO)],
            Verdict(wrong_edits=1),
            id="an edit once more",
        ),
        pytest.param(
            [sent(1, ONE), sent(2, ONE, CLOSED), sent(3, TWO)],
            Verdict(repeated=1, without_death=1),
            id="repeated though nobody died",
        ),
    ],
)
def test_each_fault_is_counted(chat: Sequence[Sent], wrong: Verdict) -> None:
    assert judged(*chat) == wrong


def test_a_death_excuses_one_repetition_right_after_it() -> None:
    chat = [sent(1, ONE), sent(5, ONE, CLOSED), sent(6, TWO)]
    assert judged(*chat, deaths=[Death(2, 3)]) == Verdict(repeated=1)
    assert judged(*chat, deaths=[Death(6, 7)]).without_death == 1


def test_a_death_excuses_no_second_repetition() -> None:
    chat = [sent(1, ONE), sent(5, ONE), sent(6, ONE, CLOSED), sent(7, TWO)]
    assert judged(*chat, deaths=[Death(2, 6)]).without_death == 1
    assert judged(*chat, deaths=[Death(2, 3), Death(5, 5)]).is_clean
