"""What a proposed change means, as one comment in Markdown for who looks at it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.changes.report import Comparison, lines
from bot.changes.values import Change, Concern
from bot.chats import chat, escaped
from bot.coverage import Households
from bot.coverage_told import called
from bot.library import Library
from bot.problems import Language, Problem, Told, counted, told

MARK: Final = "<!-- drempel review -->"
"""The first line: by it a program finds the comment that it wrote before."""

MOST_CHATS: Final = 12
MOST_LINES: Final = 60
MOST_CHARACTERS: Final = 60_000
"""GitHub takes 65,536."""

READERS: Final[Mapping[Concern, Told]] = {
    Concern.CRISIS: told(
        "Words of danger changed: two people, one of whom works with such families."
    ),
    Concern.PHONE: told("A number changed: two people. One of them dials it."),
    Concern.LINK: told("A link changed: two people. One of them opens it."),
    Concern.LAW: told("The law changed: somebody who looks it up at its source."),
    Concern.TRANSLATION: told(
        "A translation changed or is outdated: somebody who speaks it."
    ),
}
"""Who must look at what, the most urgent first."""

ANYONE: Final = told("Somebody else than who wrote it.")
NOBODY: Final = told("Nothing changed for families or authors.")


@dataclass(frozen=True, slots=True)
class Review:
    """`households` are None while the content of now has errors."""

    problems: Sequence[Problem]
    households: Households | None
    comparison: Comparison

    @property
    def is_fine(self) -> bool:
        wrong = any(one.severity == "error" for one in self.problems)
        return not wrong and self.households is not None and self.households.fine


def readers(comparison: Comparison) -> int:
    """How many people must look at it, besides who wrote it."""
    if any(one.needs_two_people for one in comparison.changes):
        return 2
    return 1 if comparison.changes else 0


def still_to_read(comparison: Comparison, approvals: int) -> tuple[int, Told]:
    """How many must look besides those who did, and a sentence that says so."""
    missing = max(0, readers(comparison) - approvals)
    if not missing:
        return 0, told("Enough people read this.")
    if missing == 1:
        return 1, told("One more person has to read this.")
    return missing, told("{count} more people have to read this.", count=missing)


def comment(review: Review, language: Language) -> str:
    """The whole comment; too long a one is cut, and says so."""
    parts = (
        (MARK, _verdict(review).words(language)),
        _wrong(review, language),
        _changed(review.comparison, language),
        _who(review, language),
        _chats(review, language),
    )
    whole = "\n\n".join("\n".join(part) for part in map(tuple, parts) if part) + "\n"
    if len(whole) <= MOST_CHARACTERS:
        return whole
    cut = whole[:MOST_CHARACTERS].rpartition("\n")[0]
    # An open quote or fold would swallow what stands below the comment.
    more = told("There is more: drempel review shows all of it.").words(language)
    return f"{cut}\n\n{more}\n"


def _verdict(review: Review) -> Told:
    if review.is_fine:
        return told("## ✅ This can be read by others")
    return told("## ❌ Something has to be mended first")


def _wrong(review: Review, language: Language) -> Iterator[str]:
    errors = [one for one in review.problems if one.severity == "error"]
    yield f"`drempel check`: {counted(review.problems).words(language)}"
    for one in islice(errors, MOST_LINES):
        place = f"`{one.place.file}:{one.place.line}`"
        yield f"* {place} [`{one.code}`] {escaped(one.words(language))}"
    if review.households is not None:
        yield ""
        yield from _households(review.households, language)


def _households(households: Households, language: Language) -> Iterator[str]:
    failed = [one for one in households.played if not one.passed]
    passed = len(households.played) - len(failed)
    said = told("{passed} households passed, {failed} did not",
                passed=passed, failed=len(failed))  # fmt: skip
    yield f"`drempel test`: {said.words(language)}"
    for played in islice(failed, MOST_LINES):
        place = f"`{played.scenario.place.file}:{played.scenario.place.line}`"
        why = "; ".join(one.told.words(language) for one in played.differences)
        yield f"* {place} {escaped(played.scenario.name)}: {escaped(why)}"
    if households.coverage and households.coverage.must:
        parts = [called(households.library, one) for one in households.coverage.must]
        lacking = told("No household plays what must be played:").words(language)
        yield f"* {lacking} {'; '.join(escaped(one.words(language)) for one in parts)}"


def _changed(comparison: Comparison, language: Language) -> Iterator[str]:
    yield told("### What changes for families").words(language)
    yield ""
    told_in_lines = "\n".join(lines(comparison, language)).splitlines()
    for line in told_in_lines[:MOST_LINES]:
        # These lines are Markdown already; no word in them is HTML or calls anybody.
        yield _harmless(line)
    if (left := len(told_in_lines) - MOST_LINES) > 0:
        yield ""
        yield told("… and {count} more lines: drempel diff", count=left).words(language)


def _harmless(line: str) -> str:
    if line.startswith("    "):  # a block of code: nothing in it means anything
        return line
    return line.replace("<", "&lt;").replace("@", "&#64;").replace("[", "\\[")


def _who(review: Review, language: Language) -> Iterator[str]:
    yield told("### Who must look").words(language)
    yield ""
    for one in _reading(review.comparison.changes):
        yield f"* {one.words(language)}"


def _reading(changes: Iterable[Change]) -> Sequence[Told]:
    concerns = {concern for one in changes for concern in one.concerns}
    asked = [said for concern, said in READERS.items() if concern in concerns]
    return asked or [ANYONE if concerns else NOBODY]


def _chats(review: Review, language: Language) -> Iterator[str]:
    if review.households is None:
        return
    library = review.households.library
    shown = list(_questions(review.comparison.changes, library))
    if not shown:
        return
    yield told("### How families see it").words(language)
    for name in shown[:MOST_CHATS]:
        yield from _chat(library, name)
    if len(shown) > MOST_CHATS:
        more = told("… and {count} more questions.", count=len(shown) - MOST_CHATS)
        yield more.words(language)


def _questions(changes: Iterable[Change], library: Library) -> Iterable[str]:
    """The questions that changed, each once, in the order of the changes."""
    names = dict.fromkeys(
        one.about.split(".")[1] for one in changes if one.about.startswith("questions.")
    )
    return (name for name in names if name in library.questions)


def _chat(library: Library, question: str) -> Iterator[str]:
    for language in library.catalogues:
        name = library.language_names.get(language, language)
        yield f"\n<details><summary><code>{question}</code> · {name}</summary>\n"
        yield chat(library, question, language)
        yield "\n</details>"
