"""Whatever families send, in whatever order: an answer, and to the right question."""

import os
import random
from collections.abc import Callable, Iterable

import pytest

from bot.conversation.model import Command, Edited, NotServed, Said, Tapped
from tests.emulator.user import KINDS
from tests.hostile.conftest import Visit
from tests.hostile.corpus import hostile_texts
from tests.hostile.village import Answer, Home

SEQUENCES = 2000
LONG_RUN = int(os.environ.get("SEQUENCES", "5000"))

SLICES = 4
LONGEST = 8
"""Replies in one sequence."""

WORDS = (
    "ja", "nee", "terug", "stop", "opnieuw", "mens", "nood", "klaar", "klopt", "hulp",
    "iets anders", "1", "2", "3", "9", "99", "weet ik niet", "huurachterstand",
    "verhuurder", "overmorgen", "gisteren", "01-12-2026", "4 en 9", "3511", "Bergen",
    "geen", "niets hiervan", "english", "taal", "mijn gegevens", "wis alles",
    "ik wil niet meer leven", "ik ben 12 jaar", "niemand nam op",
)  # fmt: skip
COMMANDS = (
    "/start", "/start nl", "/start en", "/help", "/privacy", "/gegevens", "/taal",
    "/wis", "/stop", "/terug", "/opnieuw", "/onzin", "/follow.nobody", "/done",
)  # fmt: skip


BEGUN = ("/start nl", "huurachterstand", "deurwaarder", "dagvaarding", "gisteren", "ja")
SUMMED_UP = (
    *(*BEGUN, "over 3 weken", "ja", "geen", "woningcorporatie", "3511"),
    *("niets hiervan", "nee"),
)
BEGINNINGS = ((), (), (), ("/start nl",), BEGUN, SUMMED_UP, (*SUMMED_UP, "klopt"))
"""Where a sequence starts; the last two are the summary and the advice."""


class Mischief:
    """One family that does anything at all, the same way for the same number."""

    def __init__(self, home: Home, seed: int, texts: list[str]) -> None:
        self.home = home
        self.dice = random.Random(seed)
        self.texts = texts

    def acts(self) -> Answer:
        ways: list[Callable[[], Answer]] = [
            self._answers,
            self._answers,
            self._taps_newest,
            self._taps_newest,
            self._taps_newest,
            self._taps_any,
            self._taps_twice,
            self._forges,
            self._commands,
            self._babbles,
            self._shows,
            self._edits,
        ]
        if self.dice.random() < 0.03:
            self.home.waits(self.dice.choice((1, 5, 30, 24 * 8)))
        return self.dice.choice(ways)()

    def _answers(self) -> Answer:
        """Words that fit this question, or another one."""
        return self.home.types(self.dice.choice(WORDS))

    def _taps_newest(self) -> Answer:
        newest = self.home.buttons[-8:]
        return self.home.taps(self.dice.choice(newest)) if newest else self._commands()

    def _taps_any(self) -> Answer:
        every = self.home.buttons
        return self.home.taps(self.dice.choice(every)) if every else self._commands()

    def _taps_twice(self) -> Answer:
        if not self.home.buttons:
            return self._commands()
        data = self.dice.choice(self.home.buttons[-8:])
        self.home.taps(data)
        return self.home.taps(data)

    def _forges(self) -> Answer:
        real = self.dice.choice(self.home.buttons or ["a:1:b:c"]).split(":")
        other = self.dice.choice(self.home.buttons or ["a:1:b:c"]).split(":")
        place = self.dice.randrange(4)
        return self.home.taps(
            ":".join([*real[:place], other[place], *real[place + 1 :]])
        )

    def _commands(self) -> Answer:
        return self.home.types(self.dice.choice(COMMANDS))

    def _babbles(self) -> Answer:
        return self.home.types(self.dice.choice(self.texts))

    def _shows(self) -> Answer:
        return self.home.shows(**KINDS[self.dice.choice([*KINDS])])

    def _edits(self) -> Answer:
        current = self.home.conversation
        numbers = (self.dice.randint(1, 20), current.typed if current else 1)
        return self.home.edits(self.dice.choice(numbers), self.dice.choice(WORDS))


def credited(answer: Answer) -> set[str]:
    """The questions that got another answer by this."""
    if answer.before is None or answer.after is None:
        return set()
    old, new = answer.before.answers, answer.after.answers
    return {question for question, given in new.items() if old.get(question) != given}


def may_credit(home: Home, answer: Answer) -> set[str]:
    """The question whose turn or button it was."""
    if answer.before is None:
        return set()
    match answer.asked.reply:
        case Said():
            return {answer.before.at, *by_follow_up(home)}
        case Edited(_, number) if number == answer.before.typed:
            return {answer.before.at, *answer.before.path[-1:]}
        case Tapped("", _, _, _) | NotServed():
            return set()
        case Tapped(_, _, "!", name) if name.startswith("follow."):
            return by_follow_up(home)
        case Tapped(_, turn, question, _):
            current = (turn, question) == (answer.before.turn, answer.before.at)
            return {question} if current else set()
        case Command(name):
            return by_follow_up(home) if name.startswith("follow.") else set()
    return set()


def by_follow_up(home: Home) -> set[str]:
    return {question for one in home.library.follow_ups for question in one.answers}


@pytest.mark.parametrize("part", range(SLICES))
def test_every_reply_is_heard_and_credited_to_its_own_question_only(
    visit: Visit, part: int
) -> None:
    plays(visit, range(part, SEQUENCES, SLICES))


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(SLICES))
def test_so_it_is_in_many_more_sequences(visit: Visit, part: int) -> None:
    plays(visit, range(SEQUENCES + part, LONG_RUN, SLICES))


def plays(visit: Visit, seeds: Iterable[int]) -> None:
    texts = hostile_texts()
    models = [visit(chat=-place) for place in range(1, len(BEGINNINGS) + 1)]
    for model, said in zip(models, BEGINNINGS, strict=True):
        for text in said:
            model.types(text)
    for seed in seeds:
        home = visit(chat=seed + 1)
        family = Mischief(home, seed, texts)
        home.resembles(family.dice.choice(models))
        for step in range(family.dice.randint(1, LONGEST)):
            answer = family.acts()
            where = f"sequence {seed}, step {step}"
            assert answer.is_heard, where
            assert credited(answer) <= may_credit(home, answer), where
            answer.shown()
