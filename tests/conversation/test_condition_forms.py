"""The cases of a condition are exact: they say the same as the condition itself."""

from datetime import date
from random import Random

from bot.conversation.condition_forms import DOES_NOT_HOLD, FAILS, HOLDS, Wanted, cases
from bot.conversation.conditions import Condition, parse_facts, parse_if
from bot.conversation.facts import UNSURE, Fact, Facts, FactType

DAY = date(2026, 11, 24)
DECLARED = {
    "letter": FactType("choice", ("summons", "judgment", UNSURE)),
    "renting": FactType("yes_no"),
    "count": FactType("number"),
}
ANSWERS: dict[str, tuple[Fact, ...]] = {
    "letter": ("summons", "judgment", UNSURE),
    "renting": (True, False, UNSURE),
    "count": (1, 5),
}
LEAVES = (
    "letter == summons", "letter != summons", "letter in [judgment, unsure]",
    "letter not in [summons]", "renting", "renting == no", "known letter",
    "renting == unsure", "count > 3", "count != 5", "computed", "known computed",
)  # fmt: skip


class NoDays:
    """A calendar that no condition here asks."""

    def known_working_days(self, start: date, end: date) -> int | None:
        return None


CALENDAR = NoDays()


def written(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.2:
        return random.choice(LEAVES)
    if random.random() < 0.25:
        return f"not ({written(random, depth - 1)})"
    word = random.choice((" and ", " or "))
    parts = (written(random, depth - 1) for _ in range(random.randint(2, 3)))
    return "(" + word.join(parts) + ")"


def test_the_cases_hold_exactly_when_the_condition_does() -> None:
    random = Random(5)
    found = parse_facts(
        {"computed": "letter == judgment or not renting"}, DECLARED, CALENDAR
    )
    computed = found["computed"]
    assert isinstance(computed, Condition)
    assert computed.form is not None
    declared = {**DECLARED, "computed": computed.type}
    for _ in range(1_500):
        condition = parse_if(written(random, 3), declared, CALENDAR)
        assert isinstance(condition, Condition)
        assert condition.form is not None
        asked = {
            name: random.choice(answers)
            for name, answers in ANSWERS.items()
            if random.random() < 0.7
        }
        facts = Facts(asked, DAY, {"computed": computed})
        wanted: Wanted = random.choice((HOLDS, FAILS, DOES_NOT_HOLD))
        some = cases(condition.form, wanted, {"computed": computed.form})
        if some is None:
            continue
        true = any(
            all(form.decide(facts) in these for form, these in case) for case in some
        )
        assert true == (condition.decide(facts) in wanted), condition.source
