"""The comment under a proposal, in Dutch."""

from collections.abc import Mapping
from typing import Final

REVIEW: Final[Mapping[str, str]] = {
    "## ✅ This can be read by others": "## ✅ Dit kan nagelezen worden",
    "## ❌ Something has to be mended first": (
        "## ❌ Er moet eerst iets hersteld worden"
    ),
    "{passed} households passed, {failed} did not": (
        "Gezinnen die horen wat zij moeten horen: {passed}. Die iets anders horen:"
        " {failed}."
    ),
    "No household plays what must be played:": "Geen gezin speelt wat gespeeld moet:",
    "### What changes for families": "### Wat er verandert voor families",
    "… and {count} more lines: drempel diff": (
        "… en nog meer (regels: {count}): zie drempel diff"
    ),
    "### Who must look": "### Wie er mee moet lezen",
    "Words of danger changed: two people, one of whom works with such families.": (
        "Er veranderden woorden over gevaar: twee mensen, van wie één met zulke"
        " gezinnen werkt."
    ),
    "A number changed: two people. One of them dials it.": (
        "Er veranderde een nummer: twee mensen. Eén van hen belt het."
    ),
    "A link changed: two people. One of them opens it.": (
        "Er veranderde een link: twee mensen. Eén van hen opent hem."
    ),
    "The law changed: somebody who looks it up at its source.": (
        "Er veranderde iets van de wet: iemand die het bij de bron opzoekt."
    ),
    "A translation changed or is outdated: somebody who speaks it.": (
        "Een vertaling veranderde of is verouderd: iemand die die taal spreekt."
    ),
    "Somebody else than who wrote it.": "Iemand anders dan wie het schreef.",
    "Nothing changed for families or authors.": (
        "Er verandert niets voor families en niets voor schrijvers."
    ),
    "### How families see it": "### Zo zien families het",
    "… and {count} more questions.": "… en nog meer vragen: {count}.",
    "There is more: drempel review shows all of it.": (
        "Er is nog meer: drempel review laat alles zien."
    ),
    "Enough people read this.": "Genoeg mensen lazen dit na.",
    "One more person has to read this.": "Nog één iemand moet dit nalezen.",
    "{count} more people have to read this.": "Nog {count} mensen moeten dit nalezen.",
}
