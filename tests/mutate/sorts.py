"""What each text of a shipped file is for: words to read, or words that must be right.

A letter inside words for people is theirs: a program cannot know that it is a slip.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from bot.conversation.condition_words import tokens

FREE, NAME, CONDITION, CODE = "free", "name", "condition", "code"

FREE_KEYS: Final = frozenset(
    {
        *("title", "ask", "again", "why", "short", "label", "unsure", "words", "name"),
        *("say", "do", "bring", "letter", "row", "helps", "serves", "name_here"),
        *("reach", "reach_here", "hours_text", "cost", "because", "says", "seen"),
        *("open", "over", "unknown", "uncertain"),
    }
)
"""Values for families, lawyers and volunteers, in every sort of file."""

FREE_PATHS: Final = (
    r"flows/\w+\.yaml questions/\w+/answers/\w+",
    r"flows/(organisations|places)/.* .*/source",
    r"flows/words\.yaml (texts|global_words|languages)/.*",
    r"flows/words\.yaml (yes|no)",
    r"flows/dates\.yaml .*",
    r"flows/plain_words\.yaml .*",
    r"flows/places/spellings\.yaml .*",
    r"flows/places/changes\.yaml names/.*",
    r"flows/scenarios/.* scenarios/(says|answers/.*)",
)
FREE_VALUE: Final = re.compile("|".join(f"(?:{one})" for one in FREE_PATHS))
FREE_KEY: Final = re.compile(r"flows/plain_words\.yaml plain_words/\w+/.*")

CONDITION_KEYS: Final = frozenset({"if", "only_if", "first_advice"})
CONDITION_PATH: Final = re.compile(
    r"flows/\w+\.yaml facts/\w+|flows/advice/.* .*/sooner/\w+"
)

CODE_PATH: Final = re.compile(r"flows/places/changes\.yaml .*/(?:into|add)")
"""Of a municipality that nothing else there tells: nobody can know the right one."""

DAY: Final = r"\d{4}-\d\d-\d\d"
VALID: Final[Mapping[str, str]] = {
    "from": DAY,
    "until": DAY,
    "known_from": DAY,
    "known_until": DAY,
    "decided": DAY,
    "today": DAY,
    "days": DAY,
    "expected day": DAY,
    "checked": rf"never|{DAY}(?: by \S.*)?",
    "reviewed": rf"no|.*{DAY}.*",
    "phone": r"0[89]00-(?:\d{4}|\d{7})|0\d{2,3}[- ]?\d{6,7}|14 0\d{2,3}|\d{3}",
    "web": r"https://[\w.-]+\.[a-z]{2,}(?:/\S*)?",
    "email": r"[\w.-]+@[\w.-]+\.[a-z]{2,}",
    "count": r"\d+ (?:days?|weeks?|months?|working days?)",
    "least_working_days": r"\d",
    "easter": r"\d{1,2} days? (?:before|after)",
    "day": r"[1-9]|[12]\d|3[01]",
    "month": r"[1-9]|1[0-2]",
    "limits": r"\d+",
    "within": r"today(?: [+-] \d{1,3} (?:days?|weeks?|months?|years?))?",
    "hours": r"24/7|(?:[a-z]{2}(?:-[a-z]{2})? \d\d:\d\d-\d\d:\d\d(?:, )?)+",
    "postcodes": r"[1-9]\d{3}(?:-[1-9]\d{3})?",
    "drop": r"GM\d{4}",
    "borders": r"[1-9]\d{3}(?:-[1-9]\d{3})?",
}
"""By key: how a value is written that may be another one and still be right."""

NUMBER: Final = re.compile(r"\b\d+(?:\.\d+)?\b")
PLACEHOLDER: Final = re.compile(r"\{\w+\}")

Path = tuple[str, ...]


def sort_of(file: str, path: Path) -> str:
    """Of a value: FREE, CONDITION, CODE, a key of VALID, or a NAME to be known."""
    where = f"{file} {'/'.join(path)}"
    last = path[-1] if path else ""
    if FREE_VALUE.fullmatch(where) or last in FREE_KEYS:
        return FREE
    if last in CONDITION_KEYS or CONDITION_PATH.fullmatch(where):
        return CONDITION
    if path[-3:-1] == ("expect", "deadlines"):
        return "expected day"
    if last == "from" and "deadlines.yaml" in file and "valid" not in path:
        return NAME
    if CODE_PATH.fullmatch(where):
        return CODE
    return last if last in VALID else NAME


def is_free_key(file: str, path: Path) -> bool:
    return FREE_KEY.fullmatch(f"{file} {'/'.join(path)}") is not None


BOUND: Final = re.compile(r"^today *([+-]) *")


def meaning(sort: str, text: str) -> str:
    """The same for all texts of which none is a slip if another one is right."""
    if sort == FREE:
        return " ".join(sorted(set(PLACEHOLDER.findall(text))))
    if sort == CONDITION:
        return NUMBER.sub("0", " ".join(one.text for one in tokens(text)))
    if sort in VALID and re.fullmatch(VALID[sort], text) and _has_real_days(text):
        return f"<{sort}>"
    return BOUND.sub(r"today \1 ", text)


def _has_real_days(text: str) -> bool:
    try:
        return all(date.fromisoformat(one) for one in re.findall(DAY, text))
    except ValueError:
        return False
