"""A volunteer checks numbers: who was dialled too long ago, and one round of calls."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from bot.opening import read_hours
from bot.organisations import STALE, Organisation

SOON: Final = timedelta(days=90)
"""After this time a number is better dialled again."""

NEVER_DIAL: Final = frozenset({"112"})
"""Whoever dials these to try them keeps a line busy that saves lives."""

LONGEST: Final = 60
"""Characters that the hours may take in words."""

PHONE = re.compile(r"[0-9][0-9 -]*", re.ASCII)
YES, NO = ("j", "ja"), ("n", "nee")
SKIP, QUIT = ("s", "sla over"), ("q", "stop", "stoppen")

Severity = Literal["error", "warning"]
Ask = Callable[[str, str], str]
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
    say: Callable[[str], None]


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


def table(found: Sequence[Unchecked]) -> Iterator[str]:
    """The list as a volunteer reads it, one line an organisation."""
    if not found:
        yield "Alles is de laatste 90 dagen nagekeken."
        return
    rows = [("", "wie", "nummer of website", "laatst nagekeken")]
    rows += [_row(one) for one in found]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join([*cells, row[3]]).rstrip()
    errors = sum(one.severity == "error" for one in found)
    yield ""
    yield f"{errors} nooit of te lang geleden, {len(found) - errors} bijna te lang."
    yield "! = nooit nagekeken, of langer dan 180 dagen geleden"
    yield "· = langer dan 90 dagen geleden"
    yield "Nakijken, één voor één: drempel organisations --check"


def _row(one: Unchecked) -> tuple[str, str, str, str]:
    organisation = one.organisation
    return (
        "!" if one.severity == "error" else "·",
        organisation.name.nl,
        organisation.phone or organisation.web.removeprefix("https://"),
        "nooit" if one.days is None else f"{one.days} dagen geleden",
    )


def walk(
    found: Sequence[Unchecked], terminal: Terminal, keep: Keep, today: date
) -> None:
    """Each in turn; what is answered is kept at once, so nothing gets lost."""
    terminal.say("Bel elk nummer zelf. Typ s om over te slaan, q om te stoppen.")
    person = ""
    kept = 0
    try:
        for number, one in enumerate(found, 1):
            terminal.say(f"\n[{number} van {len(found)}] {one.organisation.name.nl}")
            try:
                changes, person = _asked(one.organisation, terminal, today, person)
            except _SkippedError:
                terminal.say("Overgeslagen.")
                continue
            kept += _kept(one.organisation, changes, terminal, keep)
    except _QuitError:
        pass
    terminal.say(f"\nKlaar. {kept} nagekeken, {len(found) - kept} nog te doen.")


def _kept(
    one: Organisation, changes: Mapping[str, str], terminal: Terminal, keep: Keep
) -> bool:
    done = keep(one.id, changes)
    terminal.say(
        "Bewaard." if done else "Niet bewaard. Schrijf dit zelf in het bestand:"
    )
    for key, value in () if done else changes.items():
        terminal.say(f"    {key}: {value}")
    return done


def _asked(
    one: Organisation, terminal: Terminal, today: date, person: str
) -> tuple[Mapping[str, str], str]:
    """The values to write, and who checked; raises when there is nothing to write."""
    _shown(one, terminal)
    changes = _number(one, terminal) if one.phone else _website(one, terminal)
    changes |= _hours(terminal)
    name = _answer(terminal, "Uw letters of naam", person)
    return {**changes, "checked": f"{today.isoformat()} by {name}"}, name


def _shown(one: Organisation, terminal: Terminal) -> None:
    hours = one.hours_text.nl if one.hours_text else "onbekend"
    checked = one.checked.isoformat() if one.checked else "nooit"
    rows = {
        "nummer": one.phone,
        "website": one.web,
        "tijden": hours,
        "bron": one.source,
        "nagekeken": f"{checked} {one.checked_by}".strip(),
    }
    for label, value in rows.items():
        if value:
            terminal.say(f"  {label:<10} {value}")


def _number(one: Organisation, terminal: Terminal) -> dict[str, str]:
    """A number counts as checked only after somebody answered it."""
    if one.phone in NEVER_DIAL:
        terminal.say("Bel dit nummer niet om te proberen. Zoek het op.")
        if not _yes(terminal, f"Klopt {one.phone}? (j/n)"):
            raise _SkippedError
        return {}
    if one.emergency:
        terminal.say("Dit is een nummer voor nood. Houd het kort, en zeg wie u bent.")
    if _yes(terminal, "Nam er iemand op? (j/n)"):
        if _yes(terminal, f"Is dit het nummer van {one.name.nl}? (j/n)"):
            return {}
    elif not _yes(terminal, "Weet u een ander nummer? (j/n)"):
        raise _SkippedError
    while not PHONE.fullmatch(phone := _answer(terminal, "Het goede nummer")):
        terminal.say("Alleen cijfers, spaties en streepjes, zoals 030-123 45 67.")
    if not _yes(terminal, f"Belde u {phone}, en nam er iemand op? (j/n)"):
        raise _SkippedError
    return {"phone": phone}


def _website(one: Organisation, terminal: Terminal) -> dict[str, str]:
    if not _yes(terminal, f"Is {one.web} de goede website? (j/n)"):
        raise _SkippedError
    return {}


def _hours(terminal: Terminal) -> dict[str, str]:
    """New hours in both forms; nothing when they stay as they are."""
    question = "Nieuwe tijden, zoals ma-vr 09:00-17:00 of 24/7 (- = niets veranderen)"
    while (hours := _answer(terminal, question, "-")) != "-":
        if read_hours(hours):
            return {"hours": hours, "hours_text": _words(terminal)}
        terminal.say(
            "Dat lees ik niet. Dagen: ma di wo do vr za zo. Tijd: 09:00-17:00."
        )
    return {}


def _words(terminal: Terminal) -> str:
    """Short enough to stand in one sentence; braces would stop the bot."""
    question = "De tijden in woorden, zoals op werkdagen van 9 tot 17 uur"
    while len(words := _answer(terminal, question)) > LONGEST or set("{}") & set(words):
        terminal.say(f"Hoogstens {LONGEST} tekens, zonder {{ en }}.")
    return words


def _yes(terminal: Terminal, question: str) -> bool:
    while (answer := _answer(terminal, question).casefold()) not in (*YES, *NO):
        terminal.say("Typ j of n. Overslaan: s. Stoppen: q.")
    return answer in YES


def _answer(terminal: Terminal, question: str, default: str = "") -> str:
    """What was typed, never empty; s and q count at every question."""
    while not (answer := " ".join(terminal.ask(question, default).split())):
        terminal.say("Typ een antwoord. Overslaan: s. Stoppen: q.")
    if answer.casefold() in SKIP:
        raise _SkippedError
    if answer.casefold() in QUIT:
        raise _QuitError
    return answer
