"""One family at each sort of place where a conversation can stand."""

from tests.hostile.test_sequences import BEGUN, SUMMED_UP
from tests.hostile.village import Home

PLACES: dict[str, tuple[str, ...]] = {
    "language": ("/start",),
    "buttons": ("/start nl",),
    "date": ("/start nl", "ontruiming"),
    "confirm": BEGUN[:-1],
    "place": SUMMED_UP[:-3],
    "ticks": SUMMED_UP[:-2],
    "summary": SUMMED_UP,
    "change": (*SUMMED_UP, "nee"),
    "advice": (*SUMMED_UP, "klopt"),
    "stopped": (*BEGUN, "stop"),
    "child": ("/start nl", "ik ben 12 jaar"),
}


def brought_to(home: Home, place: str) -> Home:
    for text in PLACES[place]:
        home.types(text)
    return home
