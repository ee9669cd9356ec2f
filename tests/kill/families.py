"""What families do, in bursts: they type ahead, tap twice, and change their minds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.emulator import Emulator
from tests.emulator.user import Seen, User


@dataclass(frozen=True, slots=True)
class Burst:
    """Once the newest question holds these words: all of it at once.

    Either typed or tapped, never both: with a webhook a tap overtakes a message.
    """

    asked: str
    types: Sequence[str] = ()
    taps: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Script:
    """A conversation and how it must end: the last question, and what is stored."""

    name: str
    bursts: Sequence[Burst]
    ends: str
    at: str
    answers: Mapping[str, str]

    @property
    def updates(self) -> int:
        """How many messages and taps it has."""
        return sum(len(burst.types) + len(burst.taps) for burst in self.bursts)


HEATING, BROKEN, PETS = "Waarmee verwarmt", "Wat is er stuk", "een huisdier"
ROOMS, LATE, SUMMED = "Hoeveel kamers", "te laat met de huur", "Klopt dit"

SCRIPTS = (
    Script(
        "types ahead",
        (
            Burst("", types=("/start nl", "gas", "schimmel en kou", "nee")),
            Burst(ROOMS, types=("vier", "€ 1.250,50", "1 november 2020", "ja")),
            Burst(LATE, types=("14 dagen", "3511 AB", "geen")),
        ),
        ends=SUMMED,
        at="@summary",
        answers={
            "heating": "gas",
            "broken": "mould cold",
            "pets": "no",
            "rooms": "4",
            "rent_price": "1250.50",
            "moved_in": "2020-11-01",
            "late_for": "14",
            "place": "GM0344",
            "kids": "none",
        },
    ),
    Script(
        "taps, and twice",
        (
            Burst("", types=("/start nl",)),
            Burst(HEATING, taps=("gas", "gas")),
            # Each tap turns a tick: one lost or one counted twice would show.
            Burst(BROKEN, taps=("mould", "leak", "mould", "cold", "leak", "leak")),
            Burst("☑️ 💧 Lekkage", taps=("@done", "@done")),
            Burst(PETS, taps=("no", "no", "yes")),
            Burst(ROOMS, types=("3",)),
        ),
        ends="Hoeveel huur",
        at="rent_price",
        answers={"heating": "gas", "broken": "leak cold", "pets": "no", "rooms": "3"},
    ),
    Script(
        "changes its mind",
        (
            Burst("", types=("/start nl", "onzin", "gas", "terug", "gas", "lek")),
            Burst(PETS, types=("ja", "terug", "nee", "twintig", "terug", "7", "900")),
        ),
        ends="Op welke dag",
        at="moved_in",
        answers={
            "heating": "gas",
            "broken": "leak",
            "pets": "no",
            "rooms": "7",
            "rent_price": "900",
        },
    ),
)


class Family:
    """One family on its way through a script."""

    def __init__(self, emulator: Emulator, script: Script) -> None:
        self.script = script
        self.user = User(emulator)

    async def lives(self) -> None:
        """To the end of the script, however long the bot takes."""
        for burst in self.script.bursts:
            await self._sees(burst.asked)
            for text in burst.types:
                self.user.say(text)
            for answer in burst.taps:
                self._tap(answer)
        await self._sees(self.script.ends)

    async def _sees(self, words: str) -> None:
        while words and not self._is_asked(words):
            await self.user.room.bell.heard()

    def _is_asked(self, words: str) -> bool:
        asked = [seen for seen in self._read() if _answers(seen)]
        return bool(asked) and words in _all_words(asked[-1])

    def _tap(self, answer: str) -> None:
        shown = [data for seen in self._read() for data in _answers(seen)]
        newest = next(one for one in reversed(shown) if one.endswith(f":{answer}"))
        self.user.tap(newest)

    def _read(self) -> list[Seen]:
        return [seen for seen in self.user.chat() if not seen.mine]


def _answers(seen: Seen) -> list[str]:
    """Data of the buttons that belong to a question."""
    every = (button.data or "" for row in seen.buttons for button in row)
    return [data for data in every if data.split(":")[1] != "0"]


def _all_words(seen: Seen) -> str:
    return "\n".join([seen.text, *seen.labels])
