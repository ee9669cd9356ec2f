"""The shape of every sort of file that authors write, as pydantic models."""

from typing import Annotated, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    WithJsonSchema,
)
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from bot.advice import Urgency
from bot.conversation.kinds import KINDS
from bot.law.deadlines import Certainty, Direction, RuleKind
from bot.law.sources import SourceKind
from bot.organisations import Channel

ID = r"^[a-z][a-z0-9_]*$"
QuestionId = Annotated[str, Field(pattern=ID, max_length=24)]
AnswerId = Annotated[str, Field(pattern=ID, max_length=16)]
Id = Annotated[str, Field(pattern=ID, max_length=40)]


def _yes_or_no(written: object) -> object:
    if written in ("yes", "no"):
        return written == "yes"
    if isinstance(written, bool):
        return written
    raise PydanticCustomError("yes_or_no", "Write yes or no here.")


def _known_kind(written: object) -> object:
    if not isinstance(written, str) or written not in KINDS:
        known = ", ".join(KINDS)
        raise PydanticCustomError(
            "unknown_kind",
            "“{word}” is no kind of question. Known: {known}.",
            {"word": str(written), "known": known},
        )
    return written


Citations = Annotated[list[str], Field(min_length=1)]
YesOrNo = Annotated[
    bool,
    BeforeValidator(_yes_or_no),
    WithJsonSchema({"enum": ["yes", "no"]}),
]
KindName = Annotated[
    str,
    BeforeValidator(_known_kind),
    WithJsonSchema({"enum": [*KINDS]}),
]
# An editor takes digits alone for a number, and then knows nothing of a pattern.
NUMBER: Final[JsonDict] = {"type": ["string", "integer"], "minimum": 0}
Digits = Annotated[str, Field(pattern=r"^[0-9]+$", json_schema_extra=NUMBER)]
Phone = Annotated[str, Field(pattern=r"^[0-9][0-9 -]*$", json_schema_extra=NUMBER)]
Web = Annotated[str, Field(pattern=r"^https://\S+$")]
Reviewed = Annotated[
    str, Field(pattern=r"^(no|.+, [0-9]{4}-[0-9]{2}-[0-9]{2})$", examples=["no"])
]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$", examples=["nl", "en", "mul"])]


class Entry(BaseModel):
    """Unknown keys are mistakes, and what is read does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AnswerEntry(Entry):
    label: str
    words: list[str] = []


class RouteEntry(Entry):
    if_: str = Field("", alias="if")
    go: str = ""
    flow: str = ""


class QuestionEntry(Entry):
    ask: str
    kind: KindName
    again: str = ""
    why: str = ""
    short: str = ""
    answers: dict[AnswerId, str | AnswerEntry] = {}
    unsure: str = ""
    within: Annotated[list[str], Field(min_length=2, max_length=2)] | None = None
    limits: Annotated[list[str], Field(min_length=2, max_length=2)] | None = None
    first_advice: str = ""
    next: str | list[RouteEntry] = ""


class FollowUpEntry(Entry):
    label: str
    answers: Annotated[dict[str, str], Field(min_length=1)]
    words: list[str] = []


class RenamedEntry(Entry):
    questions: dict[str, str] = {}
    answers: dict[str, str] = {}


class FlowFile(Entry):
    flow: Id
    title: str
    start: str
    questions: dict[QuestionId, QuestionEntry]
    facts: dict[Id, str] = {}
    renamed: RenamedEntry = RenamedEntry()
    follow_ups: dict[AnswerId, FollowUpEntry] = {}


class ValidEntry(Entry):
    from_: str = Field(alias="from")
    until: str = ""


class StepEntry(Entry):
    do: str
    who: str
    words: str
    bring: str


class NoteEntry(Entry):
    say: str
    if_: str = Field("", alias="if")


class CardDeadlineEntry(Entry):
    rule: str
    if_: str = Field(alias="if")


class CardEntry(Entry):
    row: list[str]
    if_: str = Field(alias="if")
    urgency: Urgency
    say: str
    steps: Annotated[list[StepEntry], Field(min_length=1, max_length=3)]
    source: Citations
    reviewed: Reviewed
    valid: ValidEntry | None = None
    sooner: list[dict[Urgency, str]] = []
    notes: list[NoteEntry] = []
    organisations: list[str] = []
    deadlines: list[str | CardDeadlineEntry] = []
    beside: YesOrNo = False
    before: YesOrNo = False
    letter: str = ""


class AdviceFile(Entry):
    advice: dict[Id, CardEntry]


class WhenEntry(Entry):
    because: str
    if_: str = Field("", alias="if")


class OrganisationEntry(Entry):
    name: str
    helps: str
    serves: str = ""
    source: str
    certainty: Literal["verified", "secondary", "general"]
    checked: str
    languages: list[Language]
    phone: Phone | None = None
    reach: str = ""
    name_here: str = ""
    reach_here: str = ""
    only_if: str = ""
    hours: str = ""
    hours_text: str = ""
    web: Web | None = None
    cost: str = ""
    channels: list[Channel] = []
    where: list[str] = ["nl"]
    local: YesOrNo = False
    when: list[WhenEntry] = []
    emergency: YesOrNo = False


class OrganisationsFile(Entry):
    organisations: dict[Id, OrganisationEntry]


class CrisisEntry(Entry):
    words: Annotated[list[str], Field(min_length=1)]
    say: str
    organisations: list[str]
    ends: YesOrNo = False


class CrisisFile(Entry):
    crisis: dict[Id, CrisisEntry]


class WordsFile(Entry):
    texts: dict[Id, str]
    global_words: dict[str, list[str]]
    yes: list[str]
    no: list[str]
    unsure: list[str] = []
    languages: dict[str, str]


class ExpectEntry(Entry):
    urgency: Urgency | None = None
    advice: list[str] | None = None
    organisations: list[str] | None = None
    deadlines: dict[str, str] | None = None
    questions: list[str] | None = None
    crisis: str | None = None


class ScenarioEntry(Entry):
    name: str
    today: str
    expect: ExpectEntry
    answers: dict[str, str] = {}
    says: str = ""


class ScenariosFile(Entry):
    scenarios: list[ScenarioEntry]


class PromisedEntry(Entry):
    urgency: Urgency | None = None
    advice: list[str] = []
    organisations: list[str] = []
    deadlines: list[str] = []
    number_at_once: YesOrNo = False


class PromiseEntry(Entry):
    name: str
    if_: str = Field(alias="if")
    expect: PromisedEntry


class PromisesFile(Entry):
    promises: list[PromiseEntry]


class SourceEntry(Entry):
    kind: SourceKind
    name: str
    says: str
    seen: str
    certainty: Certainty
    valid: ValidEntry
    reviewed: Reviewed
    open: str = ""


class SourcesFile(Entry):
    sources: dict[str, SourceEntry | Annotated[list[SourceEntry], Field(min_length=1)]]


class DateOfYearEntry(Entry):
    day: str
    month: str


EASTER = r"^[0-9]+ days? (before|after)$"


class HolidayEntry(Entry):
    name: str
    source: Citations
    certainty: Certainty
    valid: ValidEntry
    reviewed: Reviewed
    date: DateOfYearEntry | None = None
    easter: Annotated[str, Field(pattern=EASTER)] | None = None
    on_sunday: Literal["the day before", "the day after", ""] = ""


class DecreeEntry(Entry):
    name: str
    days: list[str]
    source: Citations
    certainty: Certainty
    valid: ValidEntry
    reviewed: Reviewed


class CalendarFile(Entry):
    calendar: str
    known_from: str
    known_until: str
    holidays: dict[Id, HolidayEntry]
    decreed: dict[Id, DecreeEntry]


COUNT = r"^([0-9]+|[a-z][a-z0-9_]*) (days?|weeks?|months?|working days?)$"


class RuleEntry(Entry):
    name: str
    from_: str | list[str] = Field(alias="from")
    kind: RuleKind
    count: Annotated[str, Field(pattern=COUNT)]
    say: str
    over: str
    unknown: str
    source: Citations
    certainty: Certainty
    valid: ValidEntry
    reviewed: Reviewed
    uncertain: str = ""
    direction: Direction = "forward"
    rolls_forward: YesOrNo = False
    least_working_days: Digits = "0"
    day_after: YesOrNo = False
    never_on_rest_days: YesOrNo = False
    untold: str = ""


class DeadlinesFile(Entry):
    deadlines: dict[Id, RuleEntry | list[RuleEntry]]


class PlainWordsFile(Entry):
    """Language → a hard word → what to write instead."""

    plain_words: dict[str, dict[str, str]]


class DatesFile(RootModel[dict[str, dict[str, dict[str, str]]]]):
    """Language → group → English key → words with commas between."""
