"""The `if:` notation: what it decides, what it refuses, and that it never breaks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.conditions import (
    RESERVED,
    Condition,
    Mistake,
    boundaries,
    explain,
    holds,
    parse,
    parse_facts,
    parse_if,
)
from bot.conversation.facts import UNSURE, Fact, Facts, FactType

TODAY = date(2026, 11, 24)  # a Tuesday

STAGES = ("reminder", "summons", "judgment", "unsure")
DECLARED = {
    "stage": FactType("choice", STAGES),
    "problems": FactType("choices", ("rent", "mould", "noise")),
    "pets": FactType("yes_no"),
    "rooms": FactType("number"),
    "days_left": FactType("number"),
    "rent_due": FactType("money"),
    "key_date": FactType("date"),
    "since": FactType("duration"),
    "town": FactType("place"),
    "children": FactType("children"),
    "urgent": FactType("truth"),
}
ALL: Mapping[str, Fact] = {
    "stage": "summons",
    "problems": frozenset({"rent", "mould"}),
    "pets": True,
    "rooms": 3,
    "rent_due": Decimal("700.50"),
    "key_date": date(2026, 12, 3),
    "since": 75,
    "town": "1102",
    "children": 2,
    "urgent": False,
}


class Weekdays:
    """Monday to Friday, no holidays."""

    def known_working_days(self, start: date, end: date) -> int:
        after = (start + timedelta(days=n + 1) for n in range((end - start).days))
        return sum(day.weekday() < 5 for day in after)


class Ended:
    """A calendar that does not know these days."""

    def known_working_days(self, start: date, end: date) -> None:
        return None


def condition(source: str) -> Condition:
    found = parse(source, DECLARED, Weekdays())
    assert isinstance(found, Condition), found
    return found


def mistake(source: str) -> Mistake:
    found = parse_if(source, DECLARED, Weekdays())
    assert isinstance(found, Mistake), found
    return found


def said(found: Condition | Mistake) -> tuple[int, str]:
    """Where it is wrong, and what is told."""
    assert isinstance(found, Mistake), found
    return found.column, str(found.told)


def decide(source: str, facts: Mapping[str, Fact] = ALL) -> Fact | None:
    return condition(source).decide(Facts(facts, TODAY))


@pytest.mark.parametrize(
    "source",
    [
        "stage == summons",
        "stage != judgment",
        "stage in [summons, judgment]",
        "stage not in [reminder, unsure]",
        "problems contains rent",
        "not problems contains noise",
        "pets",
        "pets == yes",
        "urgent == no",
        "not urgent",
        "children",
        "children == 2",
        "children < rooms",
        "rooms > -3",
        "3 >= rooms",
        "rooms in [1, 3]",
        "rent_due > 700",
        "rent_due <= 700.5",
        "rent_due in [700.50, 900]",
        "since >= 2 months",
        "since < 11 weeks",
        "since == 75 days",
        "key_date == 2026-12-03",
        "key_date > today",
        "today == 2026-11-24",
        "days from today to key_date == 9",
        "days from key_date to today == -9",
        "working days from today to key_date == 7",
        "working days from key_date to 2026-11-24 == -7",
        "(days from today to key_date) < 10",
        "town == 1102",
        "town in [1102, Amsterdam, “Den Haag”]",
        "known stage and known children",
        "not known days_left",
        "(pets or urgent) and not (pets and urgent)",
        "pets or pets and urgent",
        "not urgent and pets",
        "stage\n  ==\tsummons",
        "yes",
    ],
)
def test_it_holds(source: str) -> None:
    assert decide(source) is True


@pytest.mark.parametrize(
    "source",
    [
        "stage == judgment",
        "stage in [reminder, judgment]",
        "stage not in [summons]",
        "problems contains noise",
        "not pets",
        "urgent",
        "children > 2",
        "rooms == 4",
        "rent_due >= 700.51",
        "since > 3 months",
        "key_date < 2026-12-03",
        "working days from today to key_date <= 3",
        "stage == unsure",
        "known days_left",
        "(pets or pets) and urgent",
        "not (urgent or pets)",
        "no",
    ],
)
def test_it_does_not_hold(source: str) -> None:
    assert decide(source) is False


@pytest.mark.parametrize(
    "source",
    [
        "stage == summons",
        "stage != summons",
        "stage not in [summons]",
        "problems contains rent",
        "pets",
        "not pets",
        "children",
        "rooms <= 3",
        "days from today to key_date < 7",
        "working days from key_date to today < 7",
        "key_date > today",
    ],
)
@pytest.mark.parametrize("answered", [False, True], ids=["not asked", "unsure"])
def test_a_comparison_with_what_is_not_known_is_not_known(
    source: str, answered: bool
) -> None:
    names = condition(source).names
    facts: dict[str, Fact] = dict.fromkeys(names, UNSURE) if answered else {}
    assert decide(source, facts) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("stage == unsure", True),
        ("stage != unsure", False),
        ("stage in [summons, unsure]", True),
        ("stage not in [summons, unsure]", False),
        ("known stage", False),
    ],
)
def test_unsure_can_be_asked_for(source: str, expected: bool) -> None:
    assert decide(source, {"stage": UNSURE}) is expected


def test_every_kind_of_answer_can_be_unsure() -> None:
    for name in DECLARED.keys() - {"urgent"}:
        assert decide(f"{name} == unsure", {name: UNSURE}) is True
        assert decide(f"{name} == unsure", {}) is None


def test_or_and_and_settle_what_they_can() -> None:
    facts: Mapping[str, Fact] = {"pets": True, "children": 0}
    assert decide("rooms > 3 or pets", facts) is True
    assert decide("rooms > 3 and children", facts) is False
    assert decide("rooms > 3 or children", facts) is None
    assert decide("rooms > 3 and pets", facts) is None
    assert decide("not (rooms > 3)", facts) is None


def test_only_a_certain_condition_holds() -> None:
    assert holds(condition("pets"), Facts({"pets": True}, TODAY))
    assert not holds(condition("pets"), Facts({"pets": UNSURE}, TODAY))
    assert not holds(condition("not pets"), Facts({}, TODAY))


def test_an_answer_of_another_type_counts_as_not_known() -> None:
    assert decide("rooms < 3", {"rooms": "many"}) is None
    assert decide("key_date > today", {"key_date": 3}) is None
    assert decide("problems contains rent", {"problems": "rent"}) is None


def test_an_answer_may_be_called_like_a_fact_or_a_word_of_the_notation() -> None:
    declared = {
        "a": FactType("choice", ("yes", "no", "today", "3", "b")),
        "b": FactType("yes_no"),
    }
    for answer in declared["a"].options:
        found = parse(f"a == {answer}", declared, Weekdays())
        assert isinstance(found, Condition)
        assert holds(found, Facts({"a": answer}, TODAY))
        assert found.names == {"a"}


def test_two_facts_of_one_kind_can_be_compared() -> None:
    declared = DECLARED | {"earlier": FactType("choice", ("summons",))}
    found = parse("stage == earlier", declared, Weekdays())
    assert isinstance(found, Condition)
    assert holds(found, Facts({"stage": "summons", "earlier": "summons"}, TODAY))


@pytest.mark.parametrize(
    ("source", "kind", "value"),
    [
        ("days from today to key_date", "number", 9),
        ("key_date", "date", date(2026, 12, 3)),
        ("children", "truth", True),
        ("2 weeks", "duration", 14),
        ("1.50", "money", Decimal("1.50")),
        ("rooms < 4 and pets", "truth", True),
    ],
)
def test_a_text_has_a_type_and_a_value(source: str, kind: str, value: Fact) -> None:
    assert condition(source).type.kind == kind
    assert decide(source) == value


def test_all_facts_looked_at_are_named() -> None:
    source = "known stage or (pets and not days from today to key_date < rooms)"
    assert condition(source).names == {"stage", "pets", "key_date", "rooms"}


def test_boundaries_are_the_values_compared_with() -> None:
    source = "rooms < 3 or 5 == rooms or stage in [summons, unsure] or children"
    assert boundaries(condition(source)) == {
        "rooms": {3, 5},
        "stage": {"summons", "unsure"},
        "children": {0},
    }


def test_the_explanation_shows_the_value_of_each_fact() -> None:
    found = condition("stage == summons and days from today to key_date <= 7 or pets")
    facts = Facts({"stage": "summons", "pets": False}, TODAY)
    assert explain(found, facts) == (
        "stage == summons and days from today to key_date <= 7 or pets"
        "  [stage = summons, today = 2026-11-24, key_date = not known, pets = no]"
    )
    assert explain(condition("yes"), facts) == "yes"
    rent = condition("problems contains rent")
    assert explain(rent, Facts(ALL, TODAY)).endswith("  [problems = mould+rent]")


@pytest.mark.parametrize("days", ["today to key_date", "key_date to today"])
def test_days_past_the_calendar_are_not_known(days: str) -> None:
    found = parse(f"working days from {days} < 3", DECLARED, Ended())
    assert isinstance(found, Condition)
    assert found.decide(Facts({}, TODAY)) is None
    assert found.decide(Facts(ALL, TODAY)) is None


# Each block: the text, a mark below the column, and what the author is told.

MISFITS = """
stage == sumons
         ^
“sumons” is not an answer of “stage”. Did you mean “summons”?

stage in [summons, x]
                   ^
“x” is not an answer of “stage”.

problems contains 3
                  ^
“3” is not an answer of “problems”.

pets and stagee == summons
         ^
“stagee” is not asked or computed anywhere. Did you mean “stage”?

stage == unsmure
         ^
“unsmure” is not an answer of “stage”. Did you mean “unsure”?

pets or rooms == unsmure
                 ^
“unsmure” is not asked or computed anywhere. Did you mean “unsure”?

summons == stage
^
“summons” is an answer: write “stage == summons”.

rent == yes
^
“rent” is an answer: write “problems contains rent”.

key_date < 7
           ^
“key_date” is a date and “7” is a number: they cannot be compared. To count days,
write “days from today to …” or “working days from today to …”.

rooms <= 2 weeks
         ^
“rooms” is a number and “2 weeks” is a length of time: they cannot be compared.
Write 14.

since > 90
        ^
“since” is a length of time and “90” is a number: they cannot be compared. Write “90
days”.

rent_due > rooms
           ^
“rent_due” is an amount of money and “rooms” is a number: they cannot be compared.

children == yes
            ^
“children” is a number of children and “yes” is yes or no: they cannot be compared.
Write “children” alone, or “children > 0”.

stage < summons
      ^
“stage” has no more or less, so “<” says nothing. Write “==” or “!=”.

rooms < unsure
      ^
“unsure” has no more or less, so “<” says nothing. Write “==” or “!=”.

problems == rent
            ^
“problems” can have several answers: write “contains”.

problems in [rent]
         ^
“problems” can have several answers: write “contains”.

problems contains unsure
                  ^
Write “problems == unsure”.

stage contains summons
      ^
“stage” is one answer out of a list: write “==” or “in [ ]”.

rooms in [3, children]
             ^
“children” is a fact. Only values can stand here.

urgent == unsure
          ^
Only the answer to a question can be “unsure”.

days from pets to today
          ^
“pets” is yes or no, not a date.

not stage
    ^
“stage” is one answer out of a list, not yes or no. Compare it, for example “stage
== reminder”.

problems
^
“problems” is several answers out of a list, not yes or no. Compare it, for example
“problems contains rent”.

days from today to key_date
^
“days from today to key_date” is a number, not yes or no. Compare it, for example
“days from today to key_date == …”.
"""

UNREADABLE = """
stage = summons
      ^
Write “==” instead of “=”.

pets and stage = summons
               ^
Write “==” instead of “=”.

stage is summons
      ^
Write “==” instead of “is”.

stage is not summons
      ^
Write “!=” instead of “is not”.

rooms => 3
      ^
Write “>=” instead of “=>”.

pets && urgent
     ^
Write “and” instead of “&&”.

pets || urgent
     ^
Write “or” instead of “||”.

!pets
^
Write “not” instead of “!”.

pets en urgent
     ^
Write “and” instead of “en”.

(pets) of urgent
       ^
Write “or” instead of “of”.

niet pets
^
Write “not” instead of “niet”.

pets == nee
        ^
Write “no” instead of “nee”.

pets AND urgent
     ^
Write “and” instead of “AND”.

pets adn urgent
     ^
“adn” does not belong here. Did you mean “and”?

pets ro urgent
     ^
“ro” does not belong here. Did you mean “or”?

pets or stage n [summons]
              ^
“n” does not belong here. Did you mean “in”?

pets or stage is [summons]
              ^
Write “in” instead of “is”.

stage nto in [summons]
      ^
“nto” does not belong here. Did you mean “not”?

stage not im [summons]
          ^
“im” does not belong here. Did you mean “in”?

pets and nto urgent
         ^
“nto” is not asked or computed anywhere. Did you mean “not”?

pets == nh
        ^
“nh” is not asked or computed anywhere. Did you mean “no”?

pets and (no known stage)
             ^
Write “not” instead of “no” to say that something is not so.

dasy from today to key_date > 3
^
“dasy” is not asked or computed anywhere. Did you mean “days”?

workin days from today to key_date > 3
^
“workin” is not asked or computed anywhere. Did you mean “working”?

pets urgent
     ^
“urgent” does not belong here.

stage not summons
      ^
Write “!=” or “not in [ ]” to say that it is something else.

stage == "summons"
         ^
Write “summons” without quotation marks.

stage in summons
         ^
Put what follows “in” between [ and ], with commas.

stage in [summons
         ^
This “[” is never closed.

stage in [summons and pets
         ^
This “[” is never closed.

stage in [summons judgment]
                  ^
Put what follows “in” between [ and ], with commas.

(pets
^
This “(” is never closed.

(pets urgent)
      ^
“urgent” does not belong here.

pets)
    ^
This “)” has no “(” before it.

pets and
        ^
Something is missing at the end.

stage in []
          ^
“]” cannot stand here: a fact or a value is missing.

0 < rooms < 7
          ^
Compare two things at a time and join them with “and”.

rent_due > 1,50
            ^
Write “1.50”: a dot for the cents, no comma.

rent_due > 1.000
           ^
Write money as 1250 or 1250.50: one dot, for the cents.

rooms < 1234567890123
        ^
“1234567890123” is too long a number.

since > 1 year
          ^
Count in months: 12 months.

key_date < 3-12-2026
           ^
Write a date as year-month-day, for example 2026-12-03.

key_date < 2026-02-30
           ^
There is no day 2026-02-30.

key_date < today + 7
                 ^
Nothing can be added or taken away here. Write “days from today to …” or “working
days from today to …”.

days until key_date
^
Write “days from today to …” or “working days from today to …”.

days from today
               ^
“to” is missing here. Write “days from today to …” or “working days from today to
…”.

unsure
^
Write which answer is “unsure”: “… == unsure”.
"""


def blocks(text: str) -> list[tuple[str, int, str]]:
    parts = (part.strip("\n").split("\n") for part in text.split("\n\n"))
    return [(part[0], part[1].index("^"), " ".join(part[2:])) for part in parts]


@pytest.mark.parametrize(("source", "column", "message"), blocks(MISFITS))
def test_what_does_not_fit_is_a_mistake(source: str, column: int, message: str) -> None:
    assert said(mistake(source)) == (column, message)


@pytest.mark.parametrize(("source", "column", "message"), blocks(UNREADABLE))
def test_what_cannot_be_read_is_a_mistake(
    source: str, column: int, message: str
) -> None:
    assert said(mistake(source)) == (column, message)


@pytest.mark.parametrize(
    ("source", "column", "message"),
    [
        ("  ", 0, "There is nothing here."),
        ("rooms < \u200b3", 8, "“U+200B” cannot stand here"),
        ("(" * 50, 40, "More than 40 “(” and “not” inside one another."),
        ("not " * 50, 160, "More than 40 “(” and “not” inside one another."),
        ("pets or " * 70, 500, "Longer than 500 characters."),
    ],
)
def test_what_is_empty_hidden_or_too_much_is_a_mistake(
    source: str, column: int, message: str
) -> None:
    found = mistake(source)
    assert found.column == column
    assert str(found.told).startswith(message)


@pytest.mark.parametrize(
    "source",
    [
        "__import__('os').system('true')",
        "().__class__.__bases__[0].__subclasses__()",
        "open('/etc/passwd').read()",
        "pets.__class__",
        "9**9**9",
        "[x for x in pets]",
        "lambda: pets",
        "pets if pets else pets",
        "{pets}",
        "f'{pets}'",
        "pets; pets",
        "pets := yes",
    ],
)
def test_nothing_of_python_can_be_reached(source: str) -> None:
    mistake(source)


def test_a_derived_fact_follows_from_others_in_any_order() -> None:
    sources = {
        "very_urgent": "soon and stage == summons",
        "soon": "left <= 14",
        "left": "days from today to key_date",
    }
    found = parse_facts(sources, DECLARED, Weekdays())
    derived = {n: one for n, one in found.items() if isinstance(one, Condition)}
    assert list(derived) == ["left", "soon", "very_urgent"]
    facts = Facts(ALL, TODAY, derived)
    assert (facts.get("very_urgent"), facts.get("left")) == (True, 9)
    assert Facts({}, TODAY, derived).get("very_urgent") is None


def test_a_circle_of_derived_facts_is_a_mistake() -> None:
    sources = {"a": "pets and b", "b": "c", "c": "not a", "d": "d", "e": "a"}
    found = parse_facts(sources, DECLARED, Weekdays())
    assert {name: said(one) for name, one in found.items()} == {
        "c": (4, "“a” needs itself in the end: a → b → c → a."),
        "b": (0, "“c” has a mistake: mend that first."),
        "a": (9, "“b” has a mistake: mend that first."),
        "d": (0, "“d” needs itself in the end: d → d."),
        "e": (0, "“a” has a mistake: mend that first."),
    }


def test_a_derived_fact_may_be_called_like_an_answer_but_not_like_a_question() -> None:
    sources = {"summons": "stage == summons", "pets": "urgent", "bad": "petz"}
    found = parse_facts(sources, DECLARED, Weekdays())
    assert isinstance(found["summons"], Condition)
    told = "“pets” is asked already. Give this fact another name."
    assert said(found["pets"]) == (0, told)
    assert isinstance(found["bad"], Mistake)


def test_of_two_near_questions_that_with_the_answer_is_meant() -> None:
    declared = {
        "gone_who": FactType("choice", ("partner", "relative")),
        "gone_how": FactType("choice", ("died", "moved")),
    }
    for answer, meant in (("died", "gone_how"), ("partner", "gone_who")):
        found = parse(f"gone_hwo == {answer}", declared, Weekdays())
        assert isinstance(found, Mistake)
        assert str(found.told).endswith(f"Did you mean “{meant}”?")


def test_a_slip_in_a_derived_fact_further_on_gets_its_name() -> None:
    sources = {"soon": "pets and mouldly", "mouldy": "problems contains mould"}
    found = parse_facts(sources, DECLARED, Weekdays())
    told = "“mouldly” is not asked or computed anywhere. Did you mean “mouldy”?"
    assert said(found["soon"]) == (9, told)


def test_a_long_chain_of_derived_facts_is_no_trouble() -> None:
    sources = {f"f{n}": f"not f{n + 1}" for n in range(1000)} | {"f1000": "pets"}
    found = parse_facts(sources, DECLARED, Weekdays())
    derived = {n: one for n, one in found.items() if isinstance(one, Condition)}
    assert Facts({"pets": True}, TODAY, derived).get("f0") is True


@dataclass(frozen=True)
class Counted:
    """A derived fact that notes each time it is computed."""

    times: list[Facts]
    names: frozenset[str] = frozenset()

    @property
    def decide(self) -> Callable[[Facts], Fact | None]:
        return self.times.append


def test_a_derived_fact_is_computed_once_and_only_when_needed() -> None:
    counted = Counted([])
    facts = Facts({"a": 1}, TODAY, {"b": counted})
    assert facts.get("a") == 1
    assert counted.times == []
    assert facts.get("b") is facts.get("b") is None
    assert counted.times == [facts]


def test_facts_are_what_is_known_and_show_no_answer() -> None:
    facts = Facts({"town": "1102", "a": 0}, TODAY, {"a": condition("pets")})
    assert list(facts) == ["town"]
    assert "town" in facts
    assert "a" not in facts
    assert "1102" not in repr(facts)


Values = Mapping[str, Fact]
TABLE = {True: 1, None: 0, False: -1}
BACK = {number: truth for truth, number in TABLE.items()}


@dataclass(frozen=True)
class Tree:
    """A condition as a tree; a leaf has a text and its own way to be judged."""

    word: str
    parts: tuple["Tree", ...] = ()
    text: str = ""
    judge: Callable[[Values], bool | None] = bool

    def truth(self, values: Values) -> bool | None:
        """Kleene: `and` is the least, `or` the most, `not` turns the sign."""
        if not self.parts:
            return self.judge(values)
        found = [TABLE[part.truth(values)] for part in self.parts]
        joined = {"and": min, "or": max}.get(self.word, lambda numbers: -numbers[0])
        return BACK[joined(found)]

    def __str__(self) -> str:
        """With no more brackets than the notation needs."""
        binding = ["or", "and", "not", "leaf"].index
        shown = [
            f"({part})" if binding(part.word) < binding(self.word) else f"{part}"
            for part in self.parts
        ]
        if self.word == "not":
            return f"not {shown[0]}"
        return f" {self.word} ".join(shown) if shown else self.text


def leaf(text: str, name: str, judge: Callable[[Fact], bool]) -> Tree:
    def judged(values: Values) -> bool | None:
        value = values.get(name)
        return None if value is None or value == UNSURE else judge(value)

    return Tree("leaf", (), text, judged)


def about_rooms(sign: str, limit: int) -> Tree:
    judges: Mapping[str, Callable[[int], bool]] = {
        "==": lambda n: n == limit,
        "!=": lambda n: n != limit,
        "<": lambda n: n < limit,
        "<=": lambda n: n <= limit,
        ">": lambda n: n > limit,
        ">=": lambda n: n >= limit,
    }
    return leaf(
        f"rooms {sign} {limit}",
        "rooms",
        lambda value: isinstance(value, int) and judges[sign](value),
    )


def about_stage(wanted: list[str], inside: bool) -> Tree:
    def judge(values: Values) -> bool | None:
        value = values.get("stage")
        if value is None or (value == UNSURE and UNSURE not in wanted):
            return None
        return (value in wanted) is inside

    word = "in" if inside else "not in"
    return Tree("leaf", (), f"stage {word} [{', '.join(wanted)}]", judge)


def about_date(days: int, working: bool) -> Tree:
    count = Weekdays().known_working_days

    def judge(value: Fact) -> bool:
        assert isinstance(value, date)
        gone = value < TODAY
        number = -count(value, TODAY) if gone else count(TODAY, value)
        return (number if working else (value - TODAY).days) <= days

    words = "working days" if working else "days"
    return leaf(f"{words} from today to key_date <= {days}", "key_date", judge)


OTHERS = [
    leaf("pets", "pets", lambda value: value is True),
    leaf("children", "children", lambda value: value != 0),
    leaf(
        "problems contains rent",
        "problems",
        lambda value: isinstance(value, frozenset) and "rent" in value,
    ),
    Tree("leaf", (), "known stage", lambda v: v.get("stage", UNSURE) != UNSURE),
]
LEAVES = st.one_of(
    st.sampled_from(OTHERS),
    st.builds(
        about_rooms,
        st.sampled_from(["==", "!=", "<", "<=", ">", ">="]),
        st.integers(-1, 3),
    ),
    st.builds(
        about_stage,
        st.lists(st.sampled_from(STAGES), min_size=1, unique=True),
        st.booleans(),
    ),
    st.builds(about_date, st.integers(-6, 6), st.booleans()),
)
TREES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.builds(lambda part: Tree("not", (part,)), parts),
        st.builds(
            lambda word, several: Tree(word, tuple(several)),
            st.sampled_from(["and", "or"]),
            st.lists(parts, min_size=2, max_size=3),
        ),
    ),
    max_leaves=8,
)


def perhaps(values: st.SearchStrategy[Fact]) -> st.SearchStrategy[Fact]:
    return st.one_of(st.just(UNSURE), values)


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "rooms": perhaps(st.integers(-1, 3)),
        "stage": perhaps(st.sampled_from(STAGES)),
        "pets": perhaps(st.booleans()),
        "children": perhaps(st.integers(0, 2)),
        "problems": perhaps(st.frozensets(st.sampled_from(["rent", "mould"]))),
        "key_date": perhaps(
            st.integers(-9, 9).map(lambda days: TODAY + timedelta(days=days))
        ),
    },
)


@settings(max_examples=200, deadline=None)
@given(TREES.filter(lambda tree: len(str(tree)) <= 500), VALUES)
def test_a_printed_tree_decides_like_the_tree(tree: Tree, values: Values) -> None:
    assert decide(str(tree), values) is tree.truth(values)


@settings(max_examples=100, deadline=None)
@given(LEAVES, LEAVES, VALUES)
def test_not_turns_and_into_or(one: Tree, other: Tree, values: Values) -> None:
    for word, turned in (("and", "or"), ("or", "and")):
        whole = decide(f"not ({one} {word} {other})", values)
        assert whole is decide(f"not {one} {turned} not {other}", values)


@settings(max_examples=100, deadline=None)
@given(
    TREES.filter(lambda tree: len(str(tree)) <= 500 and "known" not in str(tree)),
    VALUES,
    VALUES,
)
def test_one_more_answer_never_changes_what_was_certain(
    tree: Tree, values: Values, more: Values
) -> None:
    before = decide(str(tree), values)
    assert before is None or decide(str(tree), {**more, **values}) is before


WORDS = "== <= != 3 1.50 2026-12-03 0000-00-00 weeks en is é \0 ( ) [ ] , = < > ! . - “"
PIECES = st.sampled_from(
    [*RESERVED, *DECLARED, *STAGES, *WORDS.split(), "not in", "\n"]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join)), VALUES)
def test_no_text_can_break_the_reader(source: str, values: Values) -> None:
    found = parse_if(source, DECLARED, Weekdays())
    if isinstance(found, Mistake):
        assert 0 <= found.column <= len(source)
        assert all(found.told.words(language) for language in ("nl", "en"))
    else:
        assert found.decide(Facts(values, TODAY)) in (True, False, None)
        assert explain(found, Facts(values, TODAY))
