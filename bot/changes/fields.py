"""How one value became another, said in one sentence for each that differs."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final, TypeVar

from bot.changes.values import Change, Concern
from bot.conversation.conditions import Condition
from bot.library import Library
from bot.problems import Place, Told, told
from bot.translations import Text

T = TypeVar("T")
Shown = str | Told

SHORT: Final = 160
"""A longer text is shown around what differs only."""

AROUND: Final = 6
"""So many words are shown before and after it."""

NUMBER = re.compile(r"\b(?:0[\d -]{2,}\d|14 ?0\d+|116 ?\d{3}|11[23])\b|\{\w+_phone\}")
LINK = re.compile(r"(?:https?://|www\.)\S+")
YES, NO = told("yes"), told("no")


@dataclass(frozen=True, slots=True)
class Subject:
    """What the sentences are about; each method gives those that are needed."""

    about: str
    thing: Told
    place: Place
    concerns: frozenset[Concern]
    written_at: Mapping[str, Place]
    """Where the texts of the version after stand."""

    def change(self, said: Told, *more: Concern, place: Place | None = None) -> Change:
        at = place if place is not None and place.file else self.place
        return Change(self.about, said, at, self.concerns | set(more))

    def only(self, concern: Concern) -> "Subject":
        """The same, where only this is touched."""
        return replace(self, concerns=frozenset({concern}))

    def part(self, thing: Told, text: Text | None) -> "Subject":
        """A part of it, at the line of this text."""
        place = self.written_at.get(text.context, self.place) if text else self.place
        return replace(self, thing=thing, place=place)

    def is_new(self, shown: Shown = "", *more: Concern) -> Change:
        if not shown:
            return self.change(told("{thing} is new.", thing=self.thing), *more)
        said = told("{thing} is new: {shown}", thing=self.thing, shown=shown)
        return self.change(said, *more)

    def is_gone(self, *more: Concern) -> Change:
        said = told("{thing} is gone.", thing=self.thing)
        return replace(self.change(said, *more), gone=True)

    def value(
        self,
        field: Told,
        old: Shown,
        new: Shown,
        *more: Concern,
        place: Place | None = None,
    ) -> Iterator[Change]:
        """Nothing when both are the same; "" says that there is none."""
        if old == new:
            return
        if not old:
            said = told(
                "{thing}: {field} is new: {new}.",
                thing=self.thing, field=field, new=new,
            )  # fmt: skip
        elif not new:
            said = told(
                "{thing}: {field} is gone (was {old}).",
                thing=self.thing, field=field, old=old,
            )  # fmt: skip
        else:
            said = told(
                "{thing}: {field} is now {new} (was {old}).",
                thing=self.thing, field=field, new=new, old=old,
            )  # fmt: skip
        yield self.change(said, *more, place=place)

    def text(
        self, field: Told, old: Text | None, new: Text | None, *more: Concern
    ) -> Iterator[Change]:
        before, after = old.nl if old else "", new.nl if new else ""
        place = self.written_at.get(new.context) if new else None
        was, is_now = (quoted(words) for words in shortened(before, after))
        concerns = {Concern.TEXT, *more, *numbers_and_links(before, after)}
        yield from self.value(field, was, is_now, *concerns, place=place)

    def condition(
        self,
        field: Told,
        old: Condition | None,
        new: Condition | None,
        *more: Concern,
    ) -> Iterator[Change]:
        place = new.place if new else None
        yield from self.value(field, formula(old), formula(new), *more, place=place)

    def truth(
        self, field: Told, old: bool, new: bool, *more: Concern
    ) -> Iterator[Change]:
        answers: tuple[Told, Told] = (YES if old else NO, YES if new else NO)
        yield from self.value(field, *answers, *more)

    def members(
        self,
        field: Told,
        old: Iterable[str],
        new: Iterable[str],
        *more: Concern,
        ordered: bool = False,
        spoken: bool = False,
    ) -> Iterator[Change]:
        """Which came, which went; of an ordered list also that the order changed.

        `spoken`: words that somebody types, and no names.
        """
        show = spoken_words if spoken else listed
        before, after = tuple(dict.fromkeys(old)), tuple(dict.fromkeys(new))
        came = [one for one in after if one not in before]
        went = [one for one in before if one not in after]
        if came:
            said = told(
                "{thing}: to {field} is added {some}.",
                thing=self.thing, field=field, some=show(came),
            )  # fmt: skip
            yield self.change(said, *more)
        if went:
            said = told(
                "{thing}: from {field} is gone {some}.",
                thing=self.thing, field=field, some=show(went),
            )  # fmt: skip
            yield self.change(said, *more)
        stayed = [one for one in before if one in after]
        if ordered and stayed != [one for one in after if one in before]:
            said = told(
                "{thing}: {field} has another order now: {some}.",
                thing=self.thing, field=field, some=show(after),
            )  # fmt: skip
            yield self.change(said, *more)


def listed(names: Iterable[str]) -> str:
    return ", ".join(f"*{one}*" for one in names)


def spoken_words(words: Iterable[str]) -> str:
    return ", ".join(map(quoted, words))


def quoted(words: str) -> str:
    return f"“{words}”" if words else ""


def formula(condition: Condition | None) -> str:
    return f"`{one_line(condition.source)}`" if condition else ""


def one_line(words: str) -> str:
    return " ".join(words.split())


def numbers_and_links(old: str, new: str) -> frozenset[Concern]:
    """Whether a phone number or a link in these words is another one now."""
    rows = ((NUMBER, Concern.PHONE), (LINK, Concern.LINK))
    return frozenset(
        concern
        for pattern, concern in rows
        if set(pattern.findall(old)) != set(pattern.findall(new))
    )


def said_in(library: Library, start: str) -> frozenset[Concern]:
    """Whether a number or a link stands in the texts whose context starts so."""
    words = " ".join(one.nl for one in library.texts if one.context.startswith(start))
    return numbers_and_links("", words)


def shortened(old: str, new: str) -> tuple[str, str]:
    """Both on one line; of long ones only what differs, with some words around it."""
    before, after = _marked(old), _marked(new)
    if not (before and after) or max(len(before), len(after)) <= SHORT:
        return before, after
    olds, news = before.split(" "), after.split(" ")
    least = min(len(olds), len(news))
    first = _alike(zip(olds, news, strict=False))
    last = _alike(zip(olds[::-1], news[::-1], strict=False))
    last = min(last, least - first)
    return _cut(olds, first, last), _cut(news, first, last)


def _marked(words: str) -> str:
    """Where a new line began, stands a mark: that, too, can be what changed."""
    return one_line(words.replace("\n", " ⏎ "))


def _alike(pairs: Iterable[tuple[str, str]]) -> int:
    count = 0
    for old, new in pairs:
        if old != new:
            break
        count += 1
    return count


def _cut(words: Sequence[str], first: int, last: int) -> str:
    begin, end = max(0, first - AROUND), min(len(words), len(words) - last + AROUND)
    shown = " ".join(words[begin:end])
    return f"{'… ' if begin else ''}{shown}{' …' if end < len(words) else ''}"


def both(
    old: Mapping[str, T], new: Mapping[str, T]
) -> Iterator[tuple[str, T | None, T | None]]:
    """Each name with what it was and what it is; those that went come last."""
    for name, one in new.items():
        yield name, old.get(name), one
    for name, one in old.items():
        if name not in new:
            yield name, one, None


def aligned(
    old: Sequence[T], new: Sequence[T], key: Callable[[T], object]
) -> Iterator[tuple[int, T | None, T | None]]:
    """Rows that belong together, though one was put between them or taken out.

    With each its number, counted from 1 where it stands now, or stood.
    """
    was, is_now = ([repr(key(one)) for one in rows] for rows in (old, new))
    matcher = SequenceMatcher(None, was, is_now, autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        paired = min(last - first, end - begin)
        for step in range(paired):
            yield begin + step + 1, old[first + step], new[begin + step]
        for number in range(begin + paired, end):
            yield number + 1, None, new[number]
        for number in range(first + paired, last):
            yield number + 1, old[number], None
