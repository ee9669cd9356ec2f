"""One file of an author while it is read: its places, its problems, its texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.content.typed.strict_yaml import Document, find
from bot.conversation.conditions import Condition, Mistake, parse_if
from bot.conversation.facts import FactType
from bot.law.calendar import Calendar
from bot.problems import Place, Problem, Severity, Told, did_you_mean, told
from bot.translations import Text, has_odd_braces

Path = tuple[str | int, ...]

NAMED: Mapping[str, Told] = {
    "question": told("question"),
    "answer": told("answer"),
    "flow": told("flow"),
    "organisation": told("organisation"),
    "card": told("card"),
    "deadline": told("deadline"),
    "source": told("source"),
    "municipality": told("municipality"),
    "language": told("language"),
    "act": told("act"),
    "row": told("row"),
    "crisis": told("crisis"),
}
"""What an author can name wrongly."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A text for families and where its author wrote it."""

    text: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Author:
    """Knows where everything stands in its file; the two lists only grow."""

    document: Document
    problems: list[Problem]
    texts: list[Placed]
    broken: set[str] = field(default_factory=set)
    """Names that have a mistake where they are written: told there, and not again."""

    def place(self, path: Path) -> Place:
        """Where the value stands; its key, when the value begins further down."""
        root = self.document.root
        if root is None:
            return Place(self.document.file)
        value, key = find(root, path).place, find(root, path, key=True).place
        return value if value.line == key.line else key

    def problem(
        self, path: Path, code: str, message: Told | str, severity: Severity = "error"
    ) -> None:
        self.problems.append(Problem(self.place(path), code, message, severity))

    def unknown(
        self,
        path: Path,
        what: str,
        word: str,
        known: Iterable[str],
        severity: Severity = "error",
    ) -> None:
        if word in self.broken:
            return
        hint = did_you_mean(word, known)
        message = told(
            "There is no {what} “{word}”.{hint}", what=NAMED[what], word=word, hint=hint
        )
        self.problem(path, f"no-such-{what}", message, severity)

    def text(self, path: Path, context: str, words: str) -> Text:
        """A text for families; braces other than {name} are a mistake."""
        if has_odd_braces(words):
            self.problem(
                path,
                "odd-braces",
                told(
                    "Braces {braces} may only stand around a name, such as {example}.",
                    braces="{ }",
                    example="{court_date}",
                ),
            )
        text = Text(context, words)
        self.texts.append(Placed(text, self.place(path)))
        return text

    def maybe_text(self, path: Path, context: str, words: str) -> Text | None:
        return self.text(path, context, words) if words else None

    def condition(
        self,
        path: Path,
        source: str,
        declared: Mapping[str, FactType],
        calendar: Calendar,
    ) -> Condition | None:
        found = parse_if(source, declared, calendar, broken=self.broken)
        if isinstance(found, Mistake):
            self.mistake(path, found)
            return None
        return replace(found, place=self.place(path))

    def mistake(self, path: Path, mistake: Mistake) -> None:
        place = self.place(path)
        moved = replace(place, column=place.column + mistake.column)
        self.problems.append(Problem(moved, "condition", mistake.told))
