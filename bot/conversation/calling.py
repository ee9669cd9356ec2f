"""Whom a family can call, as it is said: number, hours, reason, cost, language."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from bot.conversation.model import Conversation, Message, Paragraph
from bot.conversation.needed import AWAKE
from bot.fitting import Fit
from bot.library import Library
from bot.organisations import Organisation
from bot.outcome import Outcome, facts_of, outcome
from bot.translations import Say, Sayable, Tongue, Weekday

A_MESSAGE = 5
"""How many organisations stand in one message when a family asks for more."""

THIS_WEEK = timedelta(days=6)
"""Within these days the name of a weekday can mean one day only."""


def whom_to_call(
    library: Library, current: Conversation, found: Outcome, moment: datetime
) -> Message:
    """Those shown with the advice, and who is open when the first one is not."""
    title = Paragraph(library.say("organisations_title"), "strong")
    instead = open_instead(library, found.fits, moment)
    return _listed(library, current, (title, *instead), found.shown, moment)


def more_help(
    library: Library, current: Conversation, moment: datetime
) -> tuple[Message, ...]:
    """The organisations beyond those that came with the advice."""
    facts = facts_of(library, current, moment.date())
    others = outcome(library, facts, language=current.language, moment=moment).more
    if not others:
        return (Message((Paragraph(library.say("more_help_none")),)),)
    head = (Paragraph(library.say("more_help_title"), "strong"),)
    groups = (others[n : n + A_MESSAGE] for n in range(0, len(others), A_MESSAGE))
    return tuple(_listed(library, current, head, one, moment) for one in groups)


def _listed(
    library: Library,
    current: Conversation,
    head: tuple[Paragraph, ...],
    fits: Sequence[Fit],
    moment: datetime,
) -> Message:
    lines = [line for fit in fits for line in _entry(library, fit, moment)]
    shown = [fit.organisation for fit in fits]
    return Message((*head, *lines, *remarks(library, current, shown, moment)))


def _entry(library: Library, fit: Fit, moment: datetime) -> Iterator[Paragraph]:
    one = fit.organisation
    yield Paragraph(organisation_line(library, one, moment))
    if fit.because:
        yield Paragraph(fit.because, "line")
    yield Paragraph(library.with_numbers(one.helps), "small")
    if one.serves:
        yield Paragraph(one.serves, "small")
    if one.cost and not one.is_free:
        yield Paragraph(library.say("cost", cost=one.cost), "small")
    if one.web:
        yield Paragraph(one.web, "small")


def open_instead(
    library: Library, fits: Iterable[Fit], moment: datetime
) -> tuple[Paragraph, ...]:
    """Who can be called now, when the first of the list is closed."""
    listed = [fit.organisation for fit in fits]
    if not listed or listed[0].is_open(moment, library.calendar) is not False:
        return ()
    awake = (library.organisations[name] for name in AWAKE)
    for one in (*listed, *awake):
        if one.phone and one.is_open(moment, library.calendar):
            said = library.say("open_instead", name=one.called, phone=one.phone)
            return (Paragraph(said, "line"),)
    return ()


def remarks(
    library: Library,
    current: Conversation,
    shown: Sequence[Organisation],
    moment: datetime,
) -> Iterator[Paragraph]:
    """What the star behind a number means, and who speaks another language."""
    yield from starred(library, shown, moment)
    yield from _in_other_languages(library, current.language, shown)


def _in_other_languages(
    library: Library, language: str, shown: Sequence[Organisation]
) -> Iterator[Paragraph]:
    """Which language they speak, where that is not the family's own."""
    strangers: dict[tuple[str, ...], list[Sayable]] = {}
    for one in dict.fromkeys(shown):
        if not one.emergency and not one.speaks(language):
            strangers.setdefault(one.languages, []).append(one.called)
    for codes, names in strangers.items():
        spoken = tuple(map(Tongue, codes))
        key = "speaks_all" if len(names) == len(set(shown)) else "speaks_other"
        said = library.say(key, names=tuple(names), languages=spoken)
        yield Paragraph(said, "small")


def starred(
    library: Library, shown: Iterable[Organisation], moment: datetime
) -> Iterator[Paragraph]:
    """What the star behind a number means, when one of these has it."""
    stars = [one for one in shown if one.needs_star(moment.date())]
    if stars:
        yield Paragraph(library.say("not_checked"), "small")
    if any(one.hours for one in stars):
        yield Paragraph(library.say("times_not_checked"), "small")


def organisation_line(library: Library, one: Organisation, moment: datetime) -> Sayable:
    """Name, number and hours on one line; a star marks a number nobody checked."""
    if not one.phone:
        reach = one.reach or library.words["reach_local"]
        return library.say(
            "organisation_no_phone",
            name=one.called,
            reach=Say(reach, {**library.numbers(), "place": one.place}),
        )
    starred = "organisation_star" if one.needs_star(moment.date()) else "organisation"
    hours = _hours(library, one, moment)
    return library.say(starred, name=one.called, phone=one.phone, hours=hours)


def _hours(library: Library, one: Organisation, moment: datetime) -> Sayable:
    """Open or closed; and when it is closed, from when it is open again."""
    hours = one.hours_text or ""
    opened = one.is_open(moment, library.calendar)
    opens = one.opens_at(moment, library.calendar)
    if opened:
        return library.say("open_now", hours=hours)
    if opened is None or opens is None:
        return _unknown(library, one)
    if opens.date() == moment.date():
        return library.say("closed_today", time=opens.time(), hours=hours)
    near = opens.date() - moment.date() <= THIS_WEEK
    day = Weekday(opens.date()) if near else opens.date()
    return library.say("closed_until", day=day, time=opens.time(), hours=hours)


def _unknown(library: Library, one: Organisation) -> Sayable:
    """Words about the hours, where there are any that no computer can read."""
    if one.hours_text and not one.hours:
        return one.hours_text
    return library.say("hours_unknown")
