"""Reads one file as `drempel check` does, all files beside it left as they are."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel

from bot.content.places.schema_places import (
    ChangesFile,
    MunicipalityFile,
    SpellingsFile,
)
from bot.content.places.tables import MUNICIPALITIES, NAMES, POSTCODES
from bot.content.read_library import Shelf
from bot.content.read_locales import read_locales
from bot.content.schema import (
    AdviceFile,
    CalendarFile,
    CrisisFile,
    DatesFile,
    DeadlinesFile,
    FlowFile,
    OrganisationsFile,
    PlainWordsFile,
    PromisesFile,
    ScenariosFile,
    SourcesFile,
    WordsFile,
)
from bot.problems import Problem

MODELS: Mapping[str, type[BaseModel]] = {
    "flows/words.yaml": WordsFile,
    "flows/crisis.yaml": CrisisFile,
    "flows/dates.yaml": DatesFile,
    "flows/plain_words.yaml": PlainWordsFile,
    "flows/promises.yaml": PromisesFile,
    "flows/law/calendar.yaml": CalendarFile,
    "flows/law/deadlines.yaml": DeadlinesFile,
    "flows/law/sources.yaml": SourcesFile,
    "flows/places/changes.yaml": ChangesFile,
    "flows/places/spellings.yaml": SpellingsFile,
    "flows/organisations/municipalities": MunicipalityFile,
    "flows/organisations": OrganisationsFile,
    "flows/advice": AdviceFile,
    "flows/scenarios": ScenariosFile,
    "flows": FlowFile,
}
COLUMNS = {
    "municipalities.csv": MUNICIPALITIES,
    "postcodes.csv": POSTCODES,
    "names.csv": NAMES,
}


def model_of(file: str) -> type[BaseModel]:
    """That of the file itself, or of the folder it lies in."""
    return MODELS.get(file) or MODELS[file.rpartition("/")[0]]


class Desk:
    """A folder with one file in it at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def check(self, file: str, body: bytes) -> list[Problem]:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        shelf = Shelf(self.folder)
        if file.endswith(".csv"):
            table = shelf.table(path)
            list(table.rows(COLUMNS[path.name]))
        elif file.endswith(".po"):
            list(read_locales(self.folder / "locales", (), shelf.problems))
        else:
            shelf.file(path, model_of(file))
        return shelf.problems
