"""What `drempel import` and `drempel translations` tell, in Dutch."""

from collections.abc import Mapping
from typing import Final

IMPORTS: Final[Mapping[str, str]] = {
    "{language}: 1 text to translate": "{language}: nog 1 tekst te vertalen",
    "{language}: {missing} texts to translate": (
        "{language}: nog {missing} teksten te vertalen"
    ),
    "Done. Now run: drempel check": "Klaar. Start nu: drempel check",
    "This file is not what was expected: {error}": (
        "Dit bestand is anders dan verwacht: {error}"
    ),
    "{postcode} also leads to {code}: an error, or a border?": (
        "{postcode} hoort ook bij {code}: een fout, of een grens?"
    ),
    "{code} is no municipality in municipalities.csv": (
        "{code} is geen gemeente in municipalities.csv"
    ),
    "{file} stays as it is: it cannot be read": (
        "{file} blijft zoals het is: het is niet te lezen"
    ),
    "{file} stays as it is: a person wrote in it": (
        "{file} blijft zoals het is: een mens schreef erin"
    ),
    "the register has no {name} ({code})": "in het register staat geen {name} ({code})",
}
