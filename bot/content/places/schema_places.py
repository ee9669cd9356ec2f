"""The shape of the files about municipalities: spellings, changes, desks."""

from typing import Annotated

from pydantic import Field

from bot.content.schema import Entry, Id, Phone, Web, YesOrNo
from bot.law.deadlines import Certainty

Code = Annotated[
    str,
    Field(
        pattern=r"^GM[0-9]{4}$",
        description="GM and four digits",
        examples=["GM0363"],
    ),
]
PostcodeSpan = Annotated[
    str,
    Field(
        pattern=r"^[1-9][0-9]{3}(-[1-9][0-9]{3})?$",
        description="four digits, or a first and a last one",
        examples=["3221-3225"],
        json_schema_extra={
            "type": ["string", "integer"],
            "minimum": 1000,
            "maximum": 9999,
        },
    ),
]


class SpellingsFile(Entry):
    """A place as in names.csv → other spellings, with commas between."""

    spellings: dict[str, str]


class ChangeEntry(Entry):
    name: str
    into: Code
    from_: str = Field(alias="from")
    source: str
    certainty: Certainty
    unsure: str = ""
    new: YesOrNo = False


class RepairEntry(Entry):
    postcodes: Annotated[list[PostcodeSpan], Field(min_length=1)]
    why: str
    decided: str
    add: Code | None = None
    drop: Code | None = None


class ChangesFile(Entry):
    changes: dict[Code, ChangeEntry]
    repairs: list[RepairEntry] = Field(default_factory=list)
    names: dict[Code, str] = Field(default_factory=dict)
    borders: list[PostcodeSpan] = Field(default_factory=list)


class DeskEntry(Entry):
    source: str
    certainty: Certainty
    checked: str
    phone: Phone | None = None
    reach: str = ""
    hours: str = ""
    hours_text: str = ""
    web: Web | None = None
    name: str = ""


class MunicipalityFile(Entry):
    municipality: str
    code: Code
    desks: dict[Id, DeskEntry]
    web: Web | None = None
    email: Annotated[str, Field(pattern=r"^\S+@\S+$")] | None = None
