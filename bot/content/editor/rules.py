"""What the readers refuse in one entry alone, said so that an editor refuses it, too.

A rule about names, conditions or other files is the check's alone.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.content.read_flow import CHOOSING, LIMITED, OWN_ANSWERS
from bot.content.read_words import ANSWERS
from bot.conversation.kinds import KINDS
from bot.opening import DAY_NAMES

Rule = Mapping[str, Any]

DAY: Final = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
WEEKDAY: Final = f"({'|'.join(DAY_NAMES)})"
CLOCK: Final = "([01][0-9]|2[0-3]):[0-5][0-9]"
SPAN: Final = f"{WEEKDAY}(-{WEEKDAY})? +{CLOCK}-{CLOCK}"


def _text(pattern: str, message: str) -> Rule:
    return {
        "type": "string",
        "pattern": f"^({pattern})$",
        "patternErrorMessage": message,
    }


A_DAY: Final = _text(DAY, "Schrijf de dag als 2026-12-03.")
MAYBE_A_DAY: Final = _text(f"|{DAY}", "Schrijf de dag als 2026-12-03.")
CHECKED: Final = _text(
    rf"never|{DAY}( by \S.*)?", "Schrijf 2026-12-03, 2026-12-03 by JV, of never."
)
HOURS: Final = _text(
    f"|24/7|{SPAN}( *, *{SPAN})*", "Schrijf bijvoorbeeld ma-vr 09:00-17:00, of 24/7."
)
BOUND: Final = _text(
    " *today( *[+-] *[0-9]{1,4} (day|week|month|year)s?)? *",
    "Schrijf bijvoorbeeld today - 60 days, of today.",
)
DOTTED: Final = _text(r".*\..*", "Schrijf vraag.oud_antwoord.")
LIMIT: Final = {
    "type": ["string", "integer"],
    "pattern": "^[0-9]+$",
    "minimum": 0,
    "errorMessage": "Schrijf een heel getal.",
}


def _keys(**wanted: Rule) -> Rule:
    """Rules for these keys, from which an editor takes no proposals."""
    quiet = {key: {**rule, "doNotSuggest": True} for key, rule in wanted.items()}
    return {"properties": quiet}


def _with(**wanted: Rule) -> Rule:
    """All of these keys, written so."""
    return {"required": [*wanted], **_keys(**wanted)}


def _some_of(**wanted: Rule) -> Rule:
    """At least one of these keys, written so."""
    return {"anyOf": [_with(**{key: rule}) for key, rule in wanted.items()]}


def _one_of(first: str, second: str) -> Rule:
    message = f"Schrijf {first} of {second}, niet allebei."
    nothing = {"const": "", "errorMessage": message}
    return {
        "if": _with(**{first: TYPED}),
        "then": _keys(**{second: nothing}),
        "else": _with(**{second: TYPED}),
    }


def _number(most: int) -> Rule:
    return {**LIMIT, "pattern": "^[0-9]{1,2}$", "minimum": 1, "maximum": most}


def _word(words: Iterable[str], message: str = "") -> Rule:
    """Not an enum: that is what an editor would propose."""
    told = {"patternErrorMessage": message} if message else {}
    return {"pattern": f"^({'|'.join(words)})$", **told}


def _if_kind(*kinds: str, then: Rule) -> Rule:
    return {"if": _with(kind=_word(kinds)), "then": then}


def _only_at(key: str, *kinds: str) -> Rule:
    message = f"{key} hoort alleen bij kind: {' of '.join(kinds)}."
    return {"if": {"required": [key]}, "then": _keys(kind=_word(kinds, message))}


def _answers_are(*names: str) -> Rule:
    message = "Bij deze soort horen geen eigen antwoorden."
    if names:
        message = f"De antwoorden heten hier {' en '.join(names)}."
    return _keys(answers={"propertyNames": _word(names, message)})


TYPED: Final = {"minLength": 1}
LISTED: Final = {"minItems": 1}
ANSWERLESS: Final = [one for one in KINDS if one not in {*CHOOSING, *OWN_ANSWERS}]
QUESTION: Final = [
    _if_kind(*CHOOSING, then=_with(answers={"minProperties": 2})),
    *(_if_kind(one, then=_answers_are(*own)) for one, own in OWN_ANSWERS.items()),
    _if_kind(*ANSWERLESS, then=_answers_are()),
    _only_at("within", "date"),
    _only_at("limits", *LIMITED),
]
IN_WORDS: Final = {"if": _with(hours=TYPED), "then": _with(hours_text=TYPED)}
OPEN: Final = {"checked": CHECKED, "hours": HOURS}

RULES: Final[Mapping[str, Rule]] = {
    "QuestionEntry": {
        "allOf": QUESTION,
        "properties": {"within": {"items": BOUND}, "limits": {"items": LIMIT}},
    },
    "RouteEntry": _one_of("go", "flow"),
    "RenamedEntry": {"properties": {"answers": {"propertyNames": DOTTED}}},
    "ValidEntry": {"properties": {"from": A_DAY, "until": MAYBE_A_DAY}},
    "OrganisationEntry": {
        **_some_of(phone={}, reach=TYPED),
        **IN_WORDS,
        "properties": OPEN,
    },
    "DeskEntry": {
        **_some_of(phone={}, reach=TYPED, web={}),
        **IN_WORDS,
        "properties": OPEN,
    },
    "WordsFile": {"properties": {"texts": {"required": [*ANSWERS]}}},
    "ScenarioEntry": {"properties": {"today": A_DAY}},
    "ExpectEntry": {"properties": {"deadlines": {"additionalProperties": A_DAY}}},
    "PromisedEntry": _some_of(
        urgency={},
        advice=LISTED,
        organisations=LISTED,
        deadlines=LISTED,
        number_at_once={"const": "yes"},
    ),
    "CalendarFile": {"properties": {"known_from": A_DAY, "known_until": A_DAY}},
    "HolidayEntry": _some_of(easter={}, date={}),
    "DateOfYearEntry": {"properties": {"day": _number(31), "month": _number(12)}},
    "DecreeEntry": {"properties": {"days": {"items": A_DAY}}},
    "ChangeEntry": {"properties": {"from": A_DAY}},
    "RepairEntry": {**_one_of("add", "drop"), "properties": {"decided": A_DAY}},
}
"""By the name of a model: what is added to it, and to what its keys may hold."""
