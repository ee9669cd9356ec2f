"""A volunteer checks numbers: who was dialled too long ago, and one round of calls."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from bot.opening import read_hours
from bot.organisations import STALE, Organisation
from bot.problems import Language, Told, as_written, told

SOON: Final = timedelta(days=90)
"""After this time a number is better dialled again."""

NEVER_DIAL: Final = frozenset({"112"})
"""Whoever dials these to try them keeps a line busy that saves lives."""

LONGEST: Final = 60
"""Characters that the hours may take in words."""

PHONE = re.compile(r"[0-9][0-9 -]*", re.ASCII)
YES, NO = ("j", "ja", "y", "yes"), ("n", "nee", "no")
SKIP, QUIT = ("s", "sla over", "skip"), ("q", "stop", "stoppen", "quit")

NEVER = told("never")

Severity = Literal["error", "warning"]
Ask = Callable[[Told, str], str]
"""Shows a question and a default answer, gives what was typed."""

Keep = Callable[[str, Mapping[str, str]], bool]
"""Writes these values of the organisation with this id; False when it could not."""


class _SkippedError(Exception):
    """The volunteer goes on with the next one."""


class _QuitError(Exception):
    """The volunteer stops; what was kept stays kept."""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """One organisation to check; `days` since the last call, None for never."""

    organisation: Organisation
    days: int | None
    severity: Severity


@dataclass(frozen=True, slots=True)
class Terminal:
    """How the round asks and speaks."""

    ask: Ask
    say: Callable[[Told], None]


def unchecked(
    organisations: Iterable[Organisation], today: date
) -> tuple[Unchecked, ...]:
    """Numbers and websites to check: those for emergencies first, then the oldest."""
    found = [one for each in organisations if (one := _unchecked(each, today))]
    return tuple(sorted(found, key=_order))


def _unchecked(one: Organisation, today: date) -> Unchecked | None:
    if not one.phone and not one.web:
        return None
    if one.checked is None:
        return Unchecked(one, None, "error")
    age = today - one.checked
    if age <= SOON:
        return None
    return Unchecked(one, age.days, "error" if age > STALE else "warning")


def _order(one: Unchecked) -> tuple[bool, bool, bool, int]:
    organisation = one.organisation
    return (
        not organisation.emergency,
        not organisation.phone,
        one.days is not None,
        -(one.days or 0),
    )


def table(found: Sequence[Unchecked], language: Language) -> Iterator[str]:
    """The list as a volunteer reads it, one line an organisation."""
    if not found:
        yield told("In the last 90 days everything was checked.").words(language)
        return
    heads = told("who"), told("number or website"), told("last checked")
    rows = [("", *(head.words(language) for head in heads))]
    rows += [_row(one, language) for one in found]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join([*cells, row[3]]).rstrip()
    yield ""
    for line in _below(found):
        yield line.words(language)


def _below(found: Sequence[Unchecked]) -> Iterator[Told]:
    errors = sum(one.severity == "error" for one in found)
    yield told(
        "{errors} never or too long ago, {warnings} nearly too long.",
        errors=errors,
        warnings=len(found) - errors,
    )
    yield told("! = never checked, or longer than 180 days ago")
    yield told("· = longer than 90 days ago")
    yield told("To check them one by one: drempel organisations --check")


def _row(one: Unchecked, language: Language) -> tuple[str, str, str, str]:
    organisation = one.organisation
    when = NEVER if one.days is None else told("{count} days ago", count=one.days)
    return (
        "!" if one.severity == "error" else "·",
        organisation.name.nl,
        organisation.phone or organisation.web.removeprefix("https://"),
        when.words(language),
    )


def walk(
    found: Sequence[Unchecked], terminal: Terminal, keep: Keep, today: date
) -> None:
    """Each in turn; what is answered is kept at once, so nothing gets lost."""
    terminal.say(told("Dial each number yourself. Type s to skip, q to stop."))
    person = ""
    kept = 0
    try:
        for number, one in enumerate(found, 1):
            head = told(
                "\n[{number} of {all}] {name}",
                number=number,
                all=len(found),
                name=one.organisation.name.nl,
            )
            terminal.say(head)
            try:
                changes, person = _asked(one.organisation, terminal, today, person)
            except _SkippedError:
                terminal.say(told("Skipped."))
                continue
            kept += _kept(one.organisation, changes, terminal, keep)
    except _QuitError:
        pass
    left = len(found) - kept
    terminal.say(told("\nDone. {kept} checked, {left} to do.", kept=kept, left=left))


def _kept(
    one: Organisation, changes: Mapping[str, str], terminal: Terminal, keep: Keep
) -> bool:
    if keep(one.id, changes):
        terminal.say(told("Kept."))
        return True
    terminal.say(told("Not kept. Write this into the file yourself:"))
    for key, value in changes.items():
        terminal.say(as_written(f"    {key}: {value}"))
    return False


def _asked(
    one: Organisation, terminal: Terminal, today: date, person: str
) -> tuple[Mapping[str, str], str]:
    """The values to write, and who checked; raises when there is nothing to write."""
    _shown(one, terminal)
    changes = _number(one, terminal) if one.phone else _website(one, terminal)
    changes |= _hours(terminal)
    name = _answer(terminal, told("Your letters or name"), person)
    return {**changes, "checked": f"{today.isoformat()} by {name}"}, name


def _shown(one: Organisation, terminal: Terminal) -> None:
    hours = as_written(one.hours_text.nl) if one.hours_text else told("unknown")
    by = f"{one.checked} {one.checked_by}".strip()
    checked = as_written(by) if one.checked else NEVER
    if one.phone:
        terminal.say(told("  number     {phone}", phone=one.phone))
    if one.web:
        terminal.say(told("  website    {web}", web=one.web))
    terminal.say(told("  hours      {hours}", hours=hours))
    if one.source:
        terminal.say(told("  source     {source}", source=one.source))
    terminal.say(told("  checked    {checked}", checked=checked))


def _number(one: Organisation, terminal: Terminal) -> dict[str, str]:
    """A number counts as checked only after somebody answered it."""
    if one.phone in NEVER_DIAL:
        terminal.say(told("Do not dial this number to try it. Look it up."))
        if not _yes(terminal, told("Is {phone} right? (y/n)", phone=one.phone)):
            raise _SkippedError
        return {}
    if one.emergency:
        brief = told("This number is for emergencies. Be brief, and say who you are.")
        terminal.say(brief)
    if _yes(terminal, told("Did somebody answer? (y/n)")):
        theirs = told("Is this the number of {name}? (y/n)", name=one.name.nl)
        if _yes(terminal, theirs):
            return {}
    elif not _yes(terminal, told("Do you know another number? (y/n)")):
        raise _SkippedError
    return {"phone": _other_number(terminal)}


def _other_number(terminal: Terminal) -> str:
    while not PHONE.fullmatch(phone := _answer(terminal, told("The right number"))):
        terminal.say(told("Only digits, spaces and dashes, as in 030-123 45 67."))
    dialled = told("Did you dial {phone}, and did somebody answer? (y/n)", phone=phone)
    if not _yes(terminal, dialled):
        raise _SkippedError
    return phone


def _website(one: Organisation, terminal: Terminal) -> dict[str, str]:
    if not _yes(terminal, told("Is {web} the right website? (y/n)", web=one.web)):
        raise _SkippedError
    return {}


def _hours(terminal: Terminal) -> dict[str, str]:
    """New hours in both forms; nothing when they stay as they are."""
    question = told("New hours, such as ma-vr 09:00-17:00 or 24/7 (- = change nothing)")
    while (hours := _answer(terminal, question, "-")) != "-":
        if read_hours(hours):
            return {"hours": hours, "hours_text": _words(terminal)}
        terminal.say(
            told("I cannot read that. Days: ma di wo do vr za zo. Time: 09:00-17:00.")
        )
    return {}


def _words(terminal: Terminal) -> str:
    """Short enough to stand in one sentence; braces would stop the bot."""
    question = told("The hours in Dutch words, such as op werkdagen van 9 tot 17 uur")
    while len(words := _answer(terminal, question)) > LONGEST or set("{}") & set(words):
        terminal.say(
            told(
                "At most {most} characters, without {open} and {close}.",
                most=LONGEST,
                open="{",
                close="}",
            )
        )
    return words


def _yes(terminal: Terminal, question: Told) -> bool:
    while (answer := _answer(terminal, question).casefold()) not in (*YES, *NO):
        terminal.say(told("Type y or n. To skip: s. To stop: q."))
    return answer in YES


def _answer(terminal: Terminal, question: Told, default: str = "") -> str:
    """What was typed, never empty; s and q count at every question."""
    while not (answer := " ".join(terminal.ask(question, default).split())):
        terminal.say(told("Type an answer. To skip: s. To stop: q."))
    if answer.casefold() in SKIP:
        raise _SkippedError
    if answer.casefold() in QUIT:
        raise _QuitError
    return answer
