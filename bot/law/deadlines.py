"""Legal periods: from the day something happened to the day that counts for a family.

Which period holds, and how it is counted, stands in a file with its source. This
module only counts, and says how it counted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, get_args

from dateutil.relativedelta import relativedelta

from bot.law.calendar import DAY, Calendar, Valid
from bot.translations import Text

Unit = Literal["days", "weeks", "months", "working days"]
Direction = Literal["forward", "back"]
RuleKind = Literal["act", "answer", "earliest"]
Certainty = Literal["verified", "verified_2017", "secondary", "general"]

UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
CERTAINTIES: Final[tuple[Certainty, ...]] = get_args(Certainty)

SAFE_MARGIN: Final = timedelta(days=7)

REASONS: Final = frozenset(
    {
        *(f"{unit.replace(' ', '_')}_after" for unit in UNITS),
        *(f"{unit.replace(' ', '_')}_before" for unit in UNITS),
        "shorter_month",
        "too_few_working_days",
        "not_a_working_day",
        "day_after",
        "rest_day",
    }
)
"""Every key that a Reason can have."""


class NoRuleError(Exception):
    """No row of this rule holds for the day of the event: never a guess."""

    def __init__(self, rule_id: str, event: date) -> None:
        super().__init__(rule_id, event)
        self.rule_id = rule_id
        self.event = event


@dataclass(frozen=True, slots=True)
class Count:
    """How long: `4 weeks`, `3 working days`. The day of the event is not counted."""

    number: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Rule:
    """One legal period, as it holds for events in the time of `valid`.

    `act`: the family must act by then. `answer`: somebody else must.
    `earliest`: something may not happen before that day.
    """

    id: str
    kind: RuleKind
    from_: tuple[str, ...]
    """The facts that can hold the day of the event, tried in this order."""

    count: Count
    name: Text
    say: Text
    over: Text
    unknown: Text
    source: tuple[str, ...]
    certainty: Certainty
    valid: Valid
    direction: Direction = "forward"
    rolls_forward: bool = False
    """Algemene termijnenwet art. 1: never ends on a weekend or a holiday."""

    least_working_days: int = 0
    """Algemene termijnenwet art. 2: lengthened until it holds this many."""

    day_after: bool = False
    """What counts is the day after the period, not its last day."""

    never_on_rest_days: bool = False
    """Moves on past Sundays and holidays; an ordinary Saturday is allowed."""

    uncertain: Text | None = None
    reviewed: str = ""
    untold: str = ""
    """Why no card names it; for authors."""

    count_fact: str = ""
    """The fact that says how long, when a judgment or a letter says it.

    Until that number is put in its place, `count` is 0 and nothing is counted.
    """

    def holds_on(self, event: date) -> bool:
        return self.valid.holds_on(event)


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the counting: a key of the words, and what it speaks of.

    `free` in the values is what `Calendar.why_free` said of `day`.
    """

    key: str
    values: Mapping[str, int | str | date]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day that counts, seen from `today`.

    `last_day` is the first day possible when the kind is `earliest`. `unextended`
    is the same day without what weekends and holidays add.
    """

    rule: str
    kind: RuleKind
    event: date
    last_day: date
    safe_day: date | None
    unextended: date
    why: tuple[Reason, ...]
    source: tuple[str, ...]
    certainty: Certainty
    uncertain: bool
    today: date

    def is_over(self, today: date) -> bool:
        """Past the last day; of `earliest`: it may happen now."""
        if self.kind == "earliest":
            return self.last_day <= today
        return self.last_day < today

    @property
    def over(self) -> bool:
        return self.is_over(self.today)


def deadline(
    rule_rows: Sequence[Rule], event: date, today: date, calendar: Calendar
) -> Deadline:
    """Raises NoRuleError, and CalendarEndError past the days the calendar knows."""
    rule = rule_for(rule_rows, event)
    if rule.count_fact and not rule.count.number:
        raise NoRuleError(rule.id, event)
    term = _counted(rule, event, calendar)
    plain = term.end + DAY if rule.day_after else term.end
    for step in STEPS:
        term = step(rule, term, calendar)
    return Deadline(
        rule=rule.id,
        kind=rule.kind,
        event=event,
        last_day=term.end,
        safe_day=_safe_day(term.end, today, calendar) if rule.kind == "act" else None,
        unextended=plain,
        why=term.why,
        source=rule.source,
        certainty=rule.certainty,
        uncertain=rule.uncertain is not None,
        today=today,
    )


def rule_for(rule_rows: Sequence[Rule], event: date) -> Rule:
    """The row that holds for an event on this day."""
    for row in rule_rows:
        if row.holds_on(event):
            return row
    raise NoRuleError(rule_rows[0].id if rule_rows else "", event)


def _safe_day(last: date, today: date, calendar: Calendar) -> date | None:
    """Tomorrow at the latest, and a day on which someone answers the phone."""
    if last < today:
        return None
    safe = max(today, min(last - SAFE_MARGIN, today + DAY))
    if safe == today or not calendar.knows(safe):
        return today
    return safe if calendar.is_working(safe) else today


@dataclass(frozen=True, slots=True)
class _Term:
    start: date
    end: date
    why: tuple[Reason, ...] = ()

    def moved(self, end: date, key: str, **values: int | str | date) -> "_Term":
        return _Term(self.start, end, (*self.why, Reason(key, values)))


Step = Callable[[Rule, _Term, Calendar], _Term]


def _counted(rule: Rule, event: date, calendar: Calendar) -> _Term:
    number, unit = rule.count.number, rule.count.unit
    signed = number if rule.direction == "forward" else -number
    end = _add(event, signed, unit, calendar)
    side = "after" if rule.direction == "forward" else "before"
    key = f"{unit.replace(' ', '_')}_{side}"
    term = _Term(event, event).moved(end, key, number=number, event=event, day=end)
    if unit == "months" and end.day != event.day:
        return term.moved(end, "shorter_month", day=end)
    return term


def _add(event: date, number: int, unit: Unit, calendar: Calendar) -> date:
    match unit:
        case "days":
            return event + timedelta(days=number)
        case "weeks":
            return event + timedelta(weeks=number)
        case "months":
            return event + relativedelta(months=number)
        case "working days":
            return calendar.add_working_days(event, number)


def _lengthened(rule: Rule, term: _Term, calendar: Calendar) -> _Term:
    end, least = term.end, rule.least_working_days
    if rule.direction == "back" or not least:
        return term
    while calendar.working_days_between(term.start, end) < least:
        end += DAY
    if end == term.end:
        return term
    return term.moved(end, "too_few_working_days", number=least, day=term.end)


def _rolled(rule: Rule, term: _Term, calendar: Calendar) -> _Term:
    # Art. 1 lid 2: a period that is counted back from an event is not extended,
    # whatever the row says; the family would lose days, not win them.
    if rule.direction == "back" or not rule.rolls_forward:
        return term
    free = calendar.why_free(term.end)
    if free is None:
        return term
    end = calendar.next_working(term.end)
    return term.moved(end, "not_a_working_day", day=term.end, free=free)


def _next_day(rule: Rule, term: _Term, calendar: Calendar) -> _Term:
    if not rule.day_after:
        return term
    return term.moved(term.end + DAY, "day_after", day=term.end)


def _off_rest_days(rule: Rule, term: _Term, calendar: Calendar) -> _Term:
    if not rule.never_on_rest_days or not calendar.is_rest_day(term.end):
        return term
    end = term.end
    while calendar.is_rest_day(end):
        end += DAY
    free = calendar.why_free(term.end) or ""
    return term.moved(end, "rest_day", day=term.end, free=free)


STEPS: Final[tuple[Step, ...]] = (_lengthened, _rolled, _next_day, _off_rest_days)
"""In the order of the law: the period itself, its last day, the day after it."""
