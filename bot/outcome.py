"""Facts → what this family hears at the end: advice, dates, organisations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.advice import Held, Urgency, matching
from bot.conversation.conditions import holds
from bot.conversation.facts import Facts
from bot.conversation.model import Conversation
from bot.desks import near
from bot.fitting import Fit, fitting
from bot.law.calendar import CalendarEndError
from bot.law.deadlines import Deadline, NoRuleError, Rule, deadline, rule_for
from bot.library import Library
from bot.organisations import Organisation
from bot.places import Municipality
from bot.translations import DUTCH

MOST_ORGANISATIONS = 4
"""How many are shown; who asks for more hears the others, too."""


@dataclass(frozen=True, slots=True)
class Due:
    """A legal date; `deadline` is None while the day it counts from is unknown.

    `past_calendar`: that day is known, but not which days are free after it.
    """

    rule: Rule
    deadline: Deadline | None
    past_calendar: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The most urgent card first; `fits` are all organisations, the best first."""

    held: tuple[Held, ...]
    dues: tuple[Due, ...]
    fits: tuple[Fit, ...]

    @property
    def urgency(self) -> Urgency:
        """How urgent the main card is; what comes before it is always urgent."""
        main = (one for one in self.held if not one.card.before)
        return next(main, self.held[0]).urgency

    @property
    def shown(self) -> tuple[Fit, ...]:
        return self.fits[:MOST_ORGANISATIONS]

    @property
    def more(self) -> tuple[Fit, ...]:
        """Those that a family only hears of when it asks for more."""
        return self.fits[MOST_ORGANISATIONS:]

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """Those shown, in order."""
        return tuple(fit.organisation for fit in self.shown)

    @property
    def dates(self) -> Mapping[str, date]:
        """The last day of each legal date that is known."""
        known = ((due.rule.id, due.deadline) for due in self.dues)
        return {rule: found.last_day for rule, found in known if found}


def facts_of(library: Library, conversation: Conversation, today: date) -> Facts:
    """What the answers on the path say. Answers that wait beside it do not count."""
    return facts_on(library, conversation.answers, conversation.path, today)


def facts_on(
    library: Library, answers: Mapping[str, str], path: Iterable[str], today: date
) -> Facts:
    questions = library.questions
    asked = {name: questions[name].kind.fact(answers[name]) for name in path}
    return Facts(asked, today, library.derived)


def outcome(
    library: Library,
    facts: Facts,
    *,
    language: str = DUTCH.language,
    moment: datetime | None = None,
) -> Outcome:
    """What follows from the facts, whether all of them are known yet or not.

    With a `moment`, those that are open then come before those that are closed.
    """

    def at_hand(one: Organisation) -> int:
        closed = moment and one.is_open(moment, library.calendar) is False
        return 2 * (not one.speaks(language)) + bool(closed)

    held = matching(library.cards, facts)
    names = dict.fromkeys(name for one in held for name in one.card.organisations)
    rules = dict.fromkeys(
        name
        for one in held
        for name, condition in one.card.deadlines
        if condition is None or holds(condition, facts)
    )
    return Outcome(
        held,
        tuple(due(library, name, facts) for name in rules),
        fitting(
            reached(library, facts),
            names,
            facts,
            place_name(library, facts),
            at_hand,
        ),
    )


def municipality(library: Library, facts: Facts) -> Municipality | None:
    """Where the family lives, as it is called today; None when it is not known."""
    place = facts.get("place")
    if not isinstance(place, str):
        return None
    now = library.places.current(place, facts.today)
    return library.places.municipalities.get(now)


def place_name(library: Library, facts: Facts) -> str | None:
    here = municipality(library, facts)
    return here.name if here else None


def reached(library: Library, facts: Facts) -> Mapping[str, Organisation]:
    """Every organisation as this family reaches it: its own municipality by name."""
    here = municipality(library, facts)
    if here is None:
        return library.organisations
    return near(library.organisations, library.desks.get(here.code, {}), here.name)


def due(library: Library, name: str, facts: Facts) -> Due:
    """Without a rule or a calendar for the day, the date stays unknown: no guess."""
    rows = library.deadlines[name]
    for fact in rows[0].from_:
        event = facts.today if fact == "today" else facts.get(fact)
        if not isinstance(event, date):
            continue
        try:
            counted = _counted(rows, facts)
            found = deadline(counted, event, facts.today, library.calendar)
            return Due(rule_for(rows, event), found)
        except CalendarEndError as end:
            past = end.day > library.calendar.known_until
            return Due(rows[-1], None, past_calendar=past)
        except (NoRuleError, OverflowError):
            return Due(rows[-1], None)
    return Due(rows[-1], None)


def _counted(rows: tuple[Rule, ...], facts: Facts) -> tuple[Rule, ...]:
    """The rows whose length is known; some lengths stand in the judgment itself."""
    counted = []
    for row in rows:
        number = facts.get(row.count_fact) if row.count_fact else row.count.number
        if isinstance(number, int):
            counted.append(replace(row, count=replace(row.count, number=number)))
    return tuple(counted)
