"""The `if:` notation: small, typed, safe; what it says of facts is yes, no or unknown.

`stage in [summons, judgment] and days from today to key_date <= 14` is read once
and becomes functions that give True, False or None ("not known"). Nothing in it can
name a thing of Python.
"""

import operator
import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Never, Protocol

from bot.conversation.facts import UNSURE, Fact, FactKind, Facts, FactType
from bot.problems import did_you_mean

LONGEST: Final = 500
DEEPEST: Final = 40

RESERVED: Final = frozenset(
    {"and", "or", "not", "in", "contains", "known", "yes", "no", UNSURE}
    | {"today", "days", "working", "from", "to"}
)
"""Words of the notation itself: no fact can have one of these names."""

Decide = Callable[[Facts], Fact | None]


class WorkingDays(Protocol):
    """The calendar that the notation counts with."""

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to `end`; `start` is never the later one."""
        ...


@dataclass(frozen=True, slots=True)
class Condition:
    """A text of the notation, read: `names` are all facts it looks at.

    `decide` gives None while the facts do not settle it. What the calendar
    raises for a day it does not know passes through: a guess would be worse.
    """

    source: str
    type: FactType
    names: frozenset[str]
    decide: Decide = field(repr=False, compare=False)
    compared: Mapping[str, frozenset[Fact]] = field(
        default_factory=dict, repr=False, compare=False
    )


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in the text, in the author's words; `column` counts from 0."""

    column: int
    message: str


def parse(
    source: str, declared: Mapping[str, FactType], calendar: WorkingDays
) -> Condition | Mistake:
    """The text as a Condition of any type; `parse_if` wants a yes or no."""
    try:
        return _Parser(source, declared, calendar).condition()
    except _MistakeError as error:
        return error.mistake


def parse_if(
    source: str, declared: Mapping[str, FactType], calendar: WorkingDays
) -> Condition | Mistake:
    """Like `parse`, and a mistake when the text does not say yes or no."""
    found = parse(source, declared, calendar)
    if isinstance(found, Mistake) or found.type.kind == "truth":
        return found
    return Mistake(0, _not_yes_or_no(source.strip(), found.type))


def parse_facts(
    sources: Mapping[str, str], asked: Mapping[str, FactType], calendar: WorkingDays
) -> Mapping[str, Condition | Mistake]:
    """All computed facts, in any order written, each after those that it needs."""
    declared = dict(asked)
    found: dict[str, Condition | Mistake] = {}
    for first in sources:
        waiting = [first]
        while waiting:
            name = waiting[-1]
            one = found.get(name) or _try_fact(name, sources, declared, calendar)
            if isinstance(one, _LaterError):
                if one.name not in found and one.name not in waiting:
                    waiting.append(one.name)
                    continue
                one = _stuck(one, waiting)
            elif isinstance(one, Condition):
                declared[name] = one.type
            found[name] = one
            waiting.pop()
    return found


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether it is certainly so; unknown does not hold."""
    return condition.decide(facts) is True


def explain(condition: Condition, facts: Facts) -> str:
    """For an author's own example, never for a log: the text and what the facts are."""
    looked_at = condition.names | {"today"}
    words = dict.fromkeys(
        token.text for token in _tokens(condition.source) if token.text in looked_at
    )
    values = [
        f"{word} = {_shown(facts.today if word == 'today' else facts.get(word))}"
        for word in words
    ]
    shown = f"  [{', '.join(values)}]" if values else ""
    return " ".join(condition.source.split()) + shown


def boundaries(condition: Condition) -> Mapping[str, frozenset[Fact]]:
    """The values that each fact is itself compared with.

    A count of days written inside a comparison is not listed under its dates, nor
    is a fact that is compared with another fact.
    """
    return condition.compared


def _constant(value: Fact) -> Decide:
    return lambda facts: value


_PYTHON: Final[Mapping[FactKind, type | tuple[type, ...]]] = {
    "choice": str,
    "choices": frozenset,
    "yes_no": bool,
    "number": (int, Decimal),
    "money": (int, Decimal),
    "date": date,
    "duration": int,
    "place": str,
    "children": int,
    "truth": bool,
}


def _fact(name: str, kind: FactKind) -> Decide:
    fitting = _PYTHON[kind]

    def decide(facts: Facts) -> Fact | None:
        value = facts.get(name)
        # An answer of an older flow may have another type: it counts as not known.
        return value if isinstance(value, fitting) and value != UNSURE else None

    return decide


def _joined(parts: tuple[Decide, ...], *, settles: bool) -> Decide:
    """`or` when one True settles it, `and` when one False does."""

    def decide(facts: Facts) -> Fact | None:
        answer: bool | None = not settles
        for part in parts:
            found = part(facts)
            if found is settles:
                return settles
            if found is None:
                answer = None
        return answer

    return decide


def _negated(part: Decide) -> Decide:
    def decide(facts: Facts) -> Fact | None:
        found = part(facts)
        return None if found is None else not found

    return decide


_SIGNS: Final[Mapping[str, Callable[..., bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _comparing(left: Decide, sign: str, right: Decide) -> Decide:
    compare = _SIGNS[sign]

    def decide(facts: Facts) -> Fact | None:
        first = left(facts)
        if first is None:
            return None
        second = right(facts)
        return None if second is None else compare(first, second)

    return decide


def _one_of(left: Decide, values: frozenset[Fact]) -> Decide:
    def decide(facts: Facts) -> Fact | None:
        value = left(facts)
        return None if value is None else value in values

    return decide


def _containing(left: Decide, option: str) -> Decide:
    def decide(facts: Facts) -> Fact | None:
        ticked = left(facts)
        return option in ticked if isinstance(ticked, frozenset) else None

    return decide


def _unsure(name: str) -> Decide:
    def decide(facts: Facts) -> Fact | None:
        value = facts.get(name)
        return None if value is None else value == UNSURE

    return decide


def _known(name: str) -> Decide:
    def decide(facts: Facts) -> Fact | None:
        value = facts.get(name)
        return value is not None and value != UNSURE

    return decide


def _days(first: Decide, last: Decide, count: Callable[[date, date], int]) -> Decide:
    def decide(facts: Facts) -> Fact | None:
        start, end = first(facts), last(facts)
        if not isinstance(start, date) or not isinstance(end, date):
            return None
        return count(start, end) if start <= end else -count(end, start)

    return decide


def _calendar_days(start: date, end: date) -> int:
    return (end - start).days


_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<number>-?[0-9]+(?:\.[0-9]+)*(?!\w|-\w|\.[0-9]))
    | (?P<word>\w+(?:-\w+)*)
    | (?P<quoted>"[^"]*"|'[^']*'|“[^”]*”|‘[^’]*’)
    | (?P<sign>===|==|!=|<=|>=|=<|=>|<>|&&|\|\||\S)
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)

_INSTEAD: Final = {
    **dict.fromkeys(["=", "===", "is", "equals"], "=="),
    **dict.fromkeys(["<>", "≠"], "!="),
    **dict.fromkeys(["=<", "≤"], "<="),
    **dict.fromkeys(["=>", "≥"], ">="),
    **dict.fromkeys(["&&", "&", "en"], "and"),
    **dict.fromkeys(["||", "|", "of"], "or"),
    **dict.fromkeys(["!", "niet"], "not"),
    **dict.fromkeys(["ja", "true"], "yes"),
    **dict.fromkeys(["nee", "false"], "no"),
    "bevat": "contains",
    "vandaag": "today",
}
_UNITS: Final = {
    **dict.fromkeys(["day", "days"], 1),
    **dict.fromkeys(["week", "weeks"], 7),
    **dict.fromkeys(["month", "months"], 30),
}


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    column: int
    sort: str

    @property
    def end(self) -> int:
        return self.column + len(self.text)

    def says(self, *words: str) -> bool:
        return self.text in words and self.sort in ("word", "sign")


def _tokens(source: str) -> Iterator[_Token]:
    """Every text has tokens: what fits nowhere is a sign of one character."""
    for found in _TOKEN.finditer(source):
        sort = found.lastgroup or "end"
        yield _Token(found[sort], found.start(sort), sort)


def _instead(token: _Token) -> str | None:
    """The notation's own word for what another language or notation writes."""
    if token.sort not in ("word", "sign"):
        return None
    small = token.text.lower()
    return small if small in RESERVED - {token.text} else _INSTEAD.get(small)


class _MistakeError(Exception):
    """Leaves the parser; never this module."""

    def __init__(self, column: int, message: str) -> None:
        super().__init__(message)
        self.mistake = Mistake(column, message)


class _LaterError(Exception):
    """The text needs a computed fact whose own text was not read yet."""

    def __init__(self, name: str, column: int) -> None:
        super().__init__(name)
        self.name = name
        self.column = column


def _try_fact(
    name: str,
    sources: Mapping[str, str],
    declared: Mapping[str, FactType],
    calendar: WorkingDays,
) -> Condition | Mistake | _LaterError:
    if name in declared:
        return Mistake(0, f"“{name}” is asked already. Give this fact another name.")
    try:
        return _Parser(sources[name], declared, calendar, later=sources).condition()
    except _MistakeError as error:
        return error.mistake
    except _LaterError as error:
        return error


def _stuck(later: _LaterError, waiting: list[str]) -> Mistake:
    if later.name not in waiting:
        return Mistake(later.column, f"“{later.name}” has a mistake: mend that first.")
    circle = [*waiting[waiting.index(later.name) :], later.name]
    way = ", which needs ".join(f"“{name}”" for name in circle[1:])
    return Mistake(
        later.column, f"“{circle[0]}” needs {way}: a circle without a start."
    )


@dataclass(frozen=True, slots=True)
class _Term:
    """A piece of the text. `name` if it is one fact, `literal` if it is one value."""

    first: _Token
    text: str
    type: FactType
    decide: Decide
    name: str = ""
    literal: Fact | None = None

    @property
    def column(self) -> int:
        return self.first.column


_TRUTH: Final = FactType("truth")
_NUMBER: Final = FactType("number")
_DATE: Final = FactType("date")
_ORDERED: Final = frozenset({"number", "money", "date", "duration", "children"})
_GROUPS: Final = {"children": "number", "truth": "yes_no"}
_IN_WORDS: Final[Mapping[FactKind, str]] = {
    "choice": "one answer out of a list",
    "choices": "several answers out of a list",
    "yes_no": "yes or no",
    "number": "a number",
    "money": "an amount of money",
    "date": "a date",
    "duration": "a length of time",
    "place": "a place",
    "children": "a number of children",
    "truth": "yes or no",
}
_COUNTING: Final = "“days from today to …” or “working days from today to …”"


class _Parser:
    """One text. Each method reads one level of the grammar, loosest binding first."""

    def __init__(
        self,
        source: str,
        declared: Mapping[str, FactType],
        calendar: WorkingDays,
        later: Container[str] = (),
    ) -> None:
        self.source = source
        self.declared = declared
        self.calendar = calendar
        self.later = later
        self.depth = 0
        self.names: set[str] = set()
        self.compared: dict[str, frozenset[Fact]] = {}
        self.tokens = iter(_tokens(source[: LONGEST + 1]))
        self.before = _Token("", 0, "end")
        self.here = next(self.tokens)
        self.next = next(self.tokens, self.here)

    def condition(self) -> Condition:
        if len(self.source) > LONGEST:
            advice = "Give a part of it a name of its own under “facts”."
            raise _MistakeError(LONGEST, f"Longer than {LONGEST} characters. {advice}")
        if self.here.sort == "end":
            raise _MistakeError(0, "There is nothing here.")
        term = self.alternatives()
        if self.here.sort != "end":
            self.refuse_place(self.here)
        kind = term.type.kind
        truth = kind in ("yes_no", "truth", "children")
        return Condition(
            self.source,
            _TRUTH if truth else term.type,
            decide=self.truth(term) if truth else term.decide,
            names=frozenset(self.names),
            compared=dict(self.compared),
        )

    def alternatives(self) -> _Term:
        return self.joined("or", self.requirements, settles=True)

    def requirements(self) -> _Term:
        return self.joined("and", self.negation, settles=False)

    def joined(self, word: str, part: Callable[[], _Term], *, settles: bool) -> _Term:
        first = part()
        if not self.here.says(word):
            return first
        parts = [self.truth(first)]
        while self.here.says(word):
            self.step()
            parts.append(self.truth(part()))
        return self.term(first.first, _TRUTH, _joined(tuple(parts), settles=settles))

    def negation(self) -> _Term:
        if not self.here.says("not"):
            return self.comparison()
        start = self.step()
        self.deeper(start)
        inner = self.truth(self.negation())
        self.depth -= 1
        return self.term(start, _TRUTH, _negated(inner))

    def comparison(self) -> _Term:
        left = self.operand()
        self.refuse_foreign_word()
        if self.here.says(*_SIGNS):
            decide = self.read_sign(left, self.step())
        elif self.here.says("contains"):
            decide = self.read_contains(left, self.step())
        elif self.here.says("in"):
            decide = self.read_list(left, self.step())
        elif self.here.says("not") and self.next.says("in"):
            self.step()
            decide = _negated(self.read_list(left, self.step()))
        else:
            return left
        self.refuse_foreign_word()
        if self.here.says(*_SIGNS, "in", "contains"):
            advice = "Compare two things at a time and join them with “and”."
            raise _MistakeError(self.here.column, advice)
        return self.term(left.first, _TRUTH, decide)

    def read_sign(self, left: _Term, sign: _Token) -> Decide:
        if self.here.says(UNSURE):
            if sign.text not in ("==", "!="):
                self.refuse_order(UNSURE, sign)
            found = self.unsure(left, self.step())
            return found if sign.text == "==" else _negated(found)
        right = self.operand(beside=left)
        self.refuse_misfit(left, right)
        if sign.text not in ("==", "!=") and left.type.kind not in _ORDERED:
            self.refuse_order(left.text, sign)
        self.note(left, right.literal)
        self.note(right, left.literal)
        return _comparing(left.decide, sign.text, right.decide)

    def read_list(self, left: _Term, word: _Token) -> Decide:
        if left.type.kind == "choices":
            message = f"“{left.text}” can have several answers: write “contains”."
            raise _MistakeError(word.column, message)
        if not self.here.says("["):
            message = "Put what follows “in” between [ and ], with commas."
            raise _MistakeError(self.here.column, message)
        opened, values, unsure = self.step(), set[Fact](), list[Decide]()
        while True:
            if self.here.says(UNSURE):
                unsure.append(self.unsure(left, self.step()))
            else:
                values.add(self.value(left))
            if not self.here.says(","):
                break
            self.step()
        self.close(opened, "]")
        one_of = _one_of(left.decide, frozenset(values))
        return _joined((one_of, *unsure), settles=True) if unsure else one_of

    def read_contains(self, left: _Term, word: _Token) -> Decide:
        if left.type.kind != "choices":
            kind = _IN_WORDS[left.type.kind]
            message = f"“{left.text}” is {kind}: write “==” or “in [ ]”."
            raise _MistakeError(word.column, message)
        if self.here.says(UNSURE):
            message = f"Write “{left.text} == {UNSURE}”."
            raise _MistakeError(self.here.column, message)
        return _containing(left.decide, str(self.value(left)))

    def value(self, left: _Term) -> Fact:
        """One value that `left` can have."""
        found = self.operand(beside=left)
        if found.literal is None:
            message = f"“{found.text}” is a fact. Only values can stand here."
            raise _MistakeError(found.column, message)
        if found.type != left.type:
            self.refuse_misfit(left, found)
        self.note(left, found.literal)
        return found.literal

    def unsure(self, left: _Term, word: _Token) -> Decide:
        if not left.name or left.type.kind == "truth":
            message = f"Only the answer to a question can be “{UNSURE}”."
            raise _MistakeError(word.column, message)
        self.note(left, UNSURE)
        return _unsure(left.name)

    def operand(self, beside: _Term | None = None) -> _Term:
        token = self.here
        if beside is not None and beside.type.kind in ("choice", "choices", "place"):
            return self.answer(token, beside)
        if token.sort == "number":
            return self.amount(self.step())
        if token.says("("):
            return self.brackets(self.step())
        if token.sort == "word":
            return self.word(self.step(), beside)
        return self.refuse_operand(token, beside)

    def answer(self, token: _Token, beside: _Term) -> _Term:
        """An answer of the question beside it, or else a fact of the same sort."""
        fact = token.text in self.declared or token.text in self.later
        options = beside.type.options
        if token.sort not in ("word", "number", "quoted"):
            return self.refuse_operand(token, beside)
        if token.text in options or not (options or fact):
            return self.literal(self.step(), beside.type, _unquoted(token))
        return self.fact(self.step(), beside)

    def brackets(self, opened: _Token) -> _Term:
        self.deeper(opened)
        inner = self.alternatives()
        self.depth -= 1
        self.close(opened, ")")
        return inner

    def word(self, token: _Token, beside: _Term | None) -> _Term:
        if token.text in ("yes", "no"):
            return self.literal(token, FactType("yes_no"), token.text == "yes")
        if token.text == "today":
            return self.term(token, _DATE, lambda facts: facts.today)
        if token.text == "known":
            name = self.step()
            return self.term(token, _TRUTH, _known(self.fact(name, None).name))
        if token.text == "days" and self.here.says("from"):
            return self.days(token, _calendar_days)
        if token.text == "working" and self.here.says("days"):
            self.step()
            return self.days(token, self.calendar.working_days_between)
        if re.fullmatch(r"[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,4}", token.text):
            return self.day(token)
        return self.fact(token, beside)

    def fact(self, token: _Token, beside: _Term | None) -> _Term:
        found = self.declared.get(token.text)
        if token.sort != "word" or found is None or token.text in RESERVED:
            return self.refuse_operand(token, beside)
        self.names.add(token.text)
        decide = _fact(token.text, found.kind)
        return self.term(token, found, decide, name=token.text)

    def days(self, first: _Token, count: Callable[[date, date], int]) -> _Term:
        self.expect("from")
        start = self.read_date()
        self.expect("to")
        return self.term(first, _NUMBER, _days(start, self.read_date(), count))

    def read_date(self) -> Decide:
        found = self.operand()
        if found.type.kind != "date":
            message = f"“{found.text}” is {_IN_WORDS[found.type.kind]}, not a date."
            raise _MistakeError(found.column, message)
        return found.decide

    def day(self, token: _Token) -> _Term:
        year_month_day = [len(part) for part in token.text.split("-")] == [4, 2, 2]
        if not year_month_day:
            advice = "Write a date as year-month-day, for example 2026-12-03."
            raise _MistakeError(token.column, advice)
        try:
            return self.literal(token, _DATE, date.fromisoformat(token.text))
        except ValueError:
            message = f"There is no day {token.text}."
            raise _MistakeError(token.column, message) from None

    def amount(self, token: _Token) -> _Term:
        if len(token.text) > 12:
            raise _MistakeError(token.column, f"“{token.text}” is too long a number.")
        if re.fullmatch(r"-?[0-9]+\.[0-9]{1,2}", token.text):
            return self.literal(token, FactType("money"), Decimal(token.text))
        if "." in token.text:
            advice = "Write money as 1250 or 1250.50: one dot, for the cents."
            raise _MistakeError(token.column, advice)
        count = int(token.text)
        if self.here.says(*_UNITS):
            count *= _UNITS[self.step().text]
            return self.literal(token, FactType("duration"), count)
        if self.here.says("year", "years"):
            months = f"{count * 12} months"
            raise _MistakeError(self.here.column, f"Count in months: {months}.")
        return self.literal(token, _NUMBER, count)

    def literal(self, token: _Token, kind: FactType, value: Fact) -> _Term:
        return self.term(token, kind, _constant(value), literal=value)

    def term(
        self,
        first: _Token,
        kind: FactType,
        decide: Decide,
        *,
        name: str = "",
        literal: Fact | None = None,
    ) -> _Term:
        text = self.source[first.column : self.before.end]
        return _Term(first, text, kind, decide, name, literal)

    def truth(self, term: _Term) -> Decide:
        if term.type.kind == "children":
            self.note(term, 0)
            return _comparing(term.decide, ">", _constant(0))
        if term.type.kind not in ("yes_no", "truth"):
            raise _MistakeError(term.column, _not_yes_or_no(term.text, term.type))
        return term.decide

    def step(self) -> _Token:
        self.before, self.here = self.here, self.next
        self.next = next(self.tokens, self.next)
        return self.before

    def expect(self, word: str) -> None:
        if not self.here.says(word):
            advice = f"“{word}” is missing here. Write {_COUNTING}."
            raise _MistakeError(self.here.column, advice)
        self.step()

    def close(self, opened: _Token, bracket: str) -> None:
        if self.here.sort == "end":
            raise _MistakeError(opened.column, f"This “{opened.text}” is never closed.")
        if not self.here.says(bracket):
            self.refuse_place(self.here)
        self.step()

    def deeper(self, token: _Token) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            message = f"More than {DEEPEST} “(” and “not” inside one another."
            raise _MistakeError(token.column, message)

    def note(self, term: _Term, value: Fact | None) -> None:
        if term.name and value is not None:
            values = self.compared.get(term.name, frozenset())
            self.compared[term.name] = values | {value}

    def refuse_foreign_word(self) -> None:
        """At a place where only a sign or a joining word of ours can stand."""
        right = _instead(self.here)
        if right is None:
            return
        wrong = self.here.text
        if self.next.says("not", "niet") and right == "==":
            wrong, right = f"{wrong} {self.next.text}", "!="
        message = f"Write “{right}” instead of “{wrong}”."
        raise _MistakeError(self.here.column, message)

    def refuse_place(self, token: _Token) -> Never:
        """Something stands where the text could have ended."""
        message = f"“{_visible(token.text)}” does not belong here."
        if token.says(")"):
            message = "This “)” has no “(” before it."
        elif token.says(",") and self.before.sort == self.next.sort == "number":
            right = f"{self.before.text}.{self.next.text}"
            message = f"Write “{right}”: a dot for the cents, no comma."
        elif token.says("not"):
            message = "Write “!=” or “not in [ ]” to say that it is something else."
        elif token.says("+") or token.text.startswith("-"):
            message = f"Nothing can be added or taken away here. Write {_COUNTING}."
        else:
            message += did_you_mean(token.text, ["and", "or", "in", "contains"])
        raise _MistakeError(token.column, message)

    def refuse_operand(self, token: _Token, beside: _Term | None) -> Never:
        """Something stands where a fact or a value was to come."""
        text, right = _visible(token.text), _instead(token)
        message = f"“{text}” cannot stand here: a fact or a value is missing."
        if token.sort == "end":
            message = "Something is missing at the end."
        elif token.text in self.later and token.text not in self.declared:
            raise _LaterError(token.text, token.column)
        elif token.sort == "quoted" and _unquoted(token):
            message = f"Write “{_unquoted(token)}” without quotation marks."
        elif beside is not None and beside.type.options and token.sort != "sign":
            near = did_you_mean(text, beside.type.options)
            message = f"“{text}” is not an answer of “{beside.text}”.{near}"
        elif right is not None:
            message = f"Write “{right}” instead of “{text}”."
        elif token.says("days", "working"):
            message = f"Write {_COUNTING}."
        elif token.says(UNSURE):
            message = f"Write which answer is “{UNSURE}”: “… == {UNSURE}”."
        elif token.sort == "word" and text not in RESERVED:
            message = self.unheard_of(text)
        raise _MistakeError(token.column, message)

    def unheard_of(self, word: str) -> str:
        for name, kind in self.declared.items():
            if word in kind.options:
                sign = "contains" if kind.kind == "choices" else "=="
                return f"“{word}” is an answer: write “{name} {sign} {word}”."
        near = did_you_mean(word, [*self.declared, "today", "known", "yes", "no"])
        return f"“{word}” is not asked or computed anywhere.{near}"

    def refuse_order(self, text: str, sign: _Token) -> Never:
        advice = f"so “{sign.text}” says nothing. Write “==” or “!=”."
        raise _MistakeError(sign.column, f"“{text}” has no more or less, {advice}")

    def refuse_misfit(self, left: _Term, right: _Term) -> None:
        if not _fit(left, right):
            raise _MistakeError(right.column, _misfit(left, right))


def _fit(left: _Term, right: _Term) -> bool:
    mine, yours = left.type.kind, right.type.kind
    if "choices" in (mine, yours):
        return False
    if "choice" in (mine, yours):
        return mine == yours and not set(left.type.options).isdisjoint(
            right.type.options
        )
    if {mine, yours} == {"number", "money"}:
        whole = left if mine == "number" else right
        return whole.literal is not None
    return _GROUPS.get(mine, mine) == _GROUPS.get(yours, yours)


def _misfit(left: _Term, right: _Term) -> str:
    mine, yours = left.type.kind, right.type.kind
    if mine == "choices":
        return f"“{left.text}” can have several answers: write “contains”."
    message = f"“{left.text}” is {_IN_WORDS[mine]} and “{right.text}” is "
    message += f"{_IN_WORDS[yours]}: they cannot be compared."
    if "date" in (mine, yours) and {mine, yours} & {"number", "duration"}:
        return f"{message} To count days, write {_COUNTING}."
    if mine == "number" and yours == "duration" and right.literal is not None:
        return f"{message} Write {right.literal}."
    if mine == "duration" and yours == "number" and right.literal is not None:
        return f"{message} Write “{right.literal} days”."
    if mine == "children" and yours == "yes_no":
        return f"{message} Write “{left.text}” alone, or “{left.text} > 0”."
    return message


def _not_yes_or_no(text: str, kind: FactType) -> str:
    example = f"{text} == {kind.options[0]}" if kind.options else f"{text} == …"
    if kind.kind == "choices" and kind.options:
        example = f"{text} contains {kind.options[0]}"
    what = f"“{text}” is {_IN_WORDS[kind.kind]}, not yes or no"
    return f"{what}. Compare it, for example “{example}”."


def _unquoted(token: _Token) -> str:
    return token.text[1:-1] if token.sort == "quoted" else token.text


def _visible(text: str) -> str:
    return text if text.isprintable() else " ".join(f"U+{ord(c):04X}" for c in text)


def _shown(value: Fact | None) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return "+".join(sorted(value)) or "none"
    return str(value)
