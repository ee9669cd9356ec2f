"""Every way at once: what is proved is so, what is broken is shown with its household.

A small flow of three questions is good; each test breaks one thing of it and knows the
shortest household that suffers.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.content.read_library import read_library
from bot.content.read_promises import read_promises
from bot.content.read_scenarios import read_scenarios
from bot.conversation.conditions import Condition
from bot.conversation.facts import FactType
from bot.conversation.model import ADVICE, SUMMARY, Conversation
from bot.conversation.path_answers import answers_of
from bot.conversation.paths import LoopError, Walk
from bot.conversation.sampling import Household, households
from bot.conversation.walking import leads_to, replay
from bot.library import Library
from bot.outcome import outcome
from bot.pasting import pasted
from bot.proofs import expected, proofs
from bot.proving import Proof, Proving
from bot.scenarios import play
from tests.conftest import ROOT

TODAY = date(2026, 11, 24)
SHIPPED = ("words.yaml", "crisis.yaml", "dates.yaml", "law")

FLOW = """\
flow: start
title: Klein
start: what

questions:
  what:
    ask: Wat is er?
    kind: choice
    answers:
      leave: 🚪 Wij moeten weg
      letter: ✉️ Een brief
    next:
      - if: what == leave
        go: leave_on
      - go: also

  leave_on:
    ask: Op welke dag moet u weg?
    kind: date
    within: [today - 2 days, today + 30 days]
    first_advice: yes
    next: also

  also:
    ask: Speelt er nog iets?
    kind: choices
    answers:
      nothing: 🚫 Niets
      ill: 🩺 Ziek
      debts: 💶 Schulden
      water: 💡 Water
    next: advice

facts:
  left: days from today to leave_on
"""

CARD = """\
  {name}:
    row: [P-1]
    if: {when}
    urgency: {urgency}
    say: Doe dit.
    steps:
      - do: Bel.
        who: {who}
        words: Wilt u helpen?
        bring: de brief
    organisations: [{who}]
    source: [voorbeeld]
    reviewed: no
    beside: {beside}
    deadlines: [{deadline}]
"""

CARDS: Mapping[str, Mapping[str, str]] = {
    "leave_soon": {"when": "what == leave and left <= 14", "urgency": "now"},
    "leave_later": {"when": "what == leave", "urgency": "week"},
    "letter": {"when": "what == letter", "urgency": "week"},
    "unclear": {"when": "what == unsure", "urgency": "week"},
    "ill": {"when": "also contains ill", "urgency": "week", "beside": "yes"},
    "debts": {"when": "also contains debts", "urgency": "week", "beside": "yes"},
}

ORGANISATIONS = """\
organisations:
  desk:
    name: Het loket
    helps: Leest mee.
    phone: 0800-1234
    languages: [nl]
    source: voorbeeld
    certainty: general
    checked: never
  neighbour:
    name: De buurman
    helps: Leest mee.
    reach: Bel aan.
    languages: [nl]
    source: voorbeeld
    certainty: general
    checked: never
"""

RULE = """
  gone_by:
    name: Weggaan
    from: leave_on
    kind: act
    count: 0 days
    say: Ga voor {{last_day}}.
    over: {over}
    unknown: Bel.
    source: [voorbeeld]
    certainty: general
    valid: {{from: 2023-01-01}}
    reviewed: no
"""

SOURCE = """
  voorbeeld:
    kind: practice
    name: Een voorbeeld
    says: Dit is een voorbeeld.
    seen: 2026-11-20
    certainty: general
    valid: {from: 2023-01-01}
    reviewed: no
"""

Write = Callable[..., Library]
Cards = Mapping[str, Mapping[str, str]]


def cards_of(cards: Cards) -> str:
    usual = {"who": "desk", "beside": "no", "deadline": ""}
    rows = (CARD.format(name=name, **{**usual, **one}) for name, one in cards.items())
    return "advice:\n" + "\n".join(rows)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """The small flow as a Library, with other text where a test says so."""
    flows = tmp_path / "flows"
    flows.mkdir()
    for name in SHIPPED:
        source = ROOT / "flows" / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, flows / name)
    for name in ("advice", "organisations", "scenarios"):
        (flows / name).mkdir()
    (flows / "crisis.yaml").write_text("crisis: {}\n", encoding="utf-8")

    def written(
        *,
        flow: str = FLOW,
        cards: Cards = CARDS,
        promises: str = "",
        over: str = "Die dag is voorbij.",
    ) -> Library:
        append(flows / "law/deadlines.yaml", RULE.format(over=over))
        append(flows / "law/sources.yaml", SOURCE)
        (flows / "start.yaml").write_text(flow, encoding="utf-8")
        (flows / "advice/cards.yaml").write_text(cards_of(cards), encoding="utf-8")
        (flows / "organisations/few.yaml").write_text(ORGANISATIONS, encoding="utf-8")
        if promises:
            (flows / "promises.yaml").write_text(promises, encoding="utf-8")
        library, problems = read_library(tmp_path)
        assert library is not None, "\n".join(map(str, problems))
        return library

    return written


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def proved(library: Library, folder: Path | None = None) -> dict[str, Proof]:
    promises, problems = read_promises(folder, library) if folder else ((), ())
    assert problems == ()
    found = list(proofs(library, TODAY, promises))
    return {str(one.name) if one.code == "promise" else one.code: one for one in found}


def broken(found: Mapping[str, Proof]) -> set[str]:
    return {code for code, proof in found.items() if proof.broken}


def the_household(library: Library, proof: Proof) -> Household:
    """The household that breaks it, after the engine went the same way with it."""
    assert proof.broken is not None
    household = proof.broken.household
    assert household is not None
    told = Conversation("x", "nl", "", answers=household.answers)
    replayed = replay(library, told, TODAY)
    assert (replayed.at, replayed.path) == (SUMMARY, household.path)
    return household


def one_by_one(library: Library) -> Iterator[Household]:
    """Every household there is, visited."""
    answers = answers_of(library, (), TODAY)
    waiting = [Household({}, (), TODAY)]
    start = library.flows[library.start].start
    while waiting:
        one = waiting.pop()
        at = leads_to(library, one.answers, one.path, TODAY) if one.path else start
        if at == SUMMARY:
            yield one
            continue
        waiting += [
            replace(one, answers={**one.answers, at: answer}, path=(*one.path, at))
            for answer in answers[at]
        ]


# --- the good flow ----------------------------------------------------------------


def test_the_small_flow_is_proved(write: Write) -> None:
    assert broken(proved(write())) == set()


@pytest.mark.parametrize("watch", ["first", "beside", "all"])
def test_as_many_households_are_covered_as_there_are(write: Write, watch: str) -> None:
    library = write()
    walk = Walk(library, TODAY, watch=watch)  # type: ignore[arg-type]
    every = list(one_by_one(library))
    # 2 or 34 answers before the last question, which takes 7 ways to tick and 2 more.
    assert walk.households == len(every) == (2 + 34) * 9
    assert len({id(walk.class_of(one.answers)) for one in every}) == len(walk.ends)
    for end in walk.ends:
        mine = [one for one in every if walk.class_of(one.answers) is end]
        assert len(mine) == end.households
        assert {len(one.path) for one in mine} == set(end.ways)


def test_a_class_hears_what_each_of_its_households_hears(write: Write) -> None:
    library = write()
    proving = Proving(library, TODAY)
    walk = proving.walk("all")
    for one in one_by_one(library):
        assert proving.told_to(walk, one) == proving.told_at(
            walk, walk.class_of(one.answers)
        )


def test_promises_are_judged_as_by_visiting_everyone(
    write: Write, tmp_path: Path
) -> None:
    whens = ["left <= 14", "what == leave", "also contains ill", "not known leave_on"]
    rows = [
        f"  - name: {number}\n    if: {when}\n    expect: {{{expect}}}\n"
        for number, (when, expect) in enumerate(
            product(whens, ["urgency: now", "urgency: week", "advice: [ill]"])
        )
    ]
    library = write(promises="promises:\n" + "".join(rows))
    promises, _ = read_promises(tmp_path, library)
    found = proved(library, tmp_path)
    for promise in promises:
        meant = [
            outcome(library, one.facts(library))
            for one in one_by_one(library)
            if promise.condition.decide(one.facts(library)) is True
        ]
        kept = all(
            promise.expect.urgency in (None, one.urgency)
            and set(promise.expect.advice) <= {held.card.id for held in one.held}
            for one in meant
        )
        assert found[promise.name].households == len(meant)
        assert (found[promise.name].broken is None) == kept, promise.name


# --- each property broken ---------------------------------------------------------


def without(name: str) -> Cards:
    return {other: card for other, card in CARDS.items() if other != name}


def with_card(name: str, **changes: str) -> Cards:
    return {**CARDS, name: {**CARDS.get(name, {}), **changes}}


def test_a_way_without_advice_is_found(write: Write) -> None:
    library = write(cards=without("unclear"))
    found = proved(library)["help"]
    assert the_household(library, found).answers == {
        "what": "unsure",
        "also": "nothing",
    }


def test_advice_without_any_number_is_found(write: Write) -> None:
    library = write(cards=with_card("letter", who="neighbour"))
    found = proved(library)
    assert broken(found) == {"help"}
    household = the_household(library, found["help"])
    assert household.answers == {"what": "letter", "also": "nothing"}


def chain(length: int) -> str:
    """After the first question so many others, which may be left one before the end."""
    names = [f"more{number}" for number in range(length)]
    rows = [
        f"  {name}:\n    ask: En nu?\n    kind: yes_no\n    next: {to}\n\n"
        for name, to in zip(names, [*names[1:], "also"], strict=True)
    ]
    flow = FLOW.replace("      - go: also", "      - go: more0", 1)
    rows[-2] = rows[-2].replace(
        f"    next: {names[-1]}\n",
        f"    next:\n      - if: {names[-2]} == yes\n        go: also\n"
        f"      - go: {names[-1]}\n",
    )
    return flow.replace("  leave_on:\n", f"{''.join(rows)}  leave_on:\n", 1)


def test_a_way_that_is_too_long_is_found_and_the_shortest_of_them_shown(
    write: Write,
) -> None:
    library = write(flow=chain(15))
    found = proved(library)
    assert broken(found) == {"length"}
    assert len(the_household(library, found["length"]).path) == 16
    assert str(found["length"].note) == "median 16, longest 17"


def test_fifteen_questions_are_not_too_long(write: Write) -> None:
    found = proved(write(flow=chain(13)))["length"]
    assert found.broken is not None
    assert str(found.broken.told) == "Half of the families have more than 8 questions."


def test_two_ways_that_disagree_are_found(write: Write) -> None:
    """Only a computed fact that looks at more than it says can bring that about."""
    library = write(cards=with_card("unclear", when="left <= 3 or what == unsure"))
    secret = Condition(
        "what == unsure",
        FactType("truth"),
        frozenset({"what"}),
        lambda facts: facts.get("what") == "unsure" and "also" in facts,
    )
    cards = tuple(
        replace(card, condition=secret) if card.id == "unclear" else card
        for card in library.cards
    )
    changed = replace(library, cards=cards)
    found = proved(changed)
    assert "agree" in broken(found)
    household = the_household(changed, found["agree"])
    assert household.answers == {"what": "unsure", "also": "nothing"}


def test_an_urgent_date_without_a_number_at_once_is_found(write: Write) -> None:
    library = write(flow=FLOW.replace("    first_advice: yes\n", ""))
    found = proved(library)
    assert broken(found) == {"urgent-date"}
    household = the_household(library, found["urgent-date"])
    assert household.answers == {
        "what": "leave",
        "leave_on": "2026-11-24",
        "also": "nothing",
    }


def test_a_number_at_once_counts_households_with_an_urgent_date(write: Write) -> None:
    # From the day before yesterday to two weeks from now.
    assert proved(write())["urgent-date"].households == 17


def test_a_past_day_in_words_of_its_own_is_fine(write: Write) -> None:
    cards = with_card("leave_soon", deadline="gone_by")
    assert broken(proved(write(cards=cards))) == set()


def test_words_that_are_the_same_before_and_after_the_day_are_found(
    write: Write,
) -> None:
    cards = with_card("leave_soon", deadline="gone_by")
    library = write(cards=cards, over="Ga voor {last_day}.")
    found = proved(library)
    assert broken(found) == {"past-date"}
    household = the_household(library, found["past-date"])
    assert household.answers == {
        "what": "leave",
        "leave_on": "2026-11-23",
        "also": "nothing",
    }


def test_a_card_that_nobody_is_told_is_found(write: Write) -> None:
    cards = with_card("letter_soon", when="what == letter and left < 3", urgency="now")
    found = proved(write(cards=cards))
    assert broken(found) == {"card"}
    assert found["card"].broken is not None
    assert "letter_soon (now)" in str(found["card"].broken.told)


PROMISES = """\
promises:
  - name: kept
    if: left <= 14
    expect: {urgency: now, organisations: [desk], advice: [leave_soon]}
  - name: fifteen days
    if: left <= 15
    expect: {urgency: now}
  - name: at once
    if: left <= 15
    expect: {number_at_once: yes}
  - name: two things
    if: what == letter
    expect: {advice: [letter, ill]}
  - name: nobody
    if: what == letter and left < 3
    expect: {urgency: now}
"""


def test_promises_are_kept_or_shown_with_who_is_let_down(
    write: Write, tmp_path: Path
) -> None:
    library = write(promises=PROMISES)
    found = proved(library, tmp_path)
    assert broken(found) == {"fifteen days", "two things", "nobody"}
    fifteen = the_household(library, found["fifteen days"])
    assert fifteen.answers["leave_on"] == "2026-12-09"
    assert the_household(library, found["two things"]).answers["also"] == "nothing"
    nobody = found["nobody"].broken
    assert nobody is not None
    assert str(nobody.told).startswith("It is about nobody")


def test_a_promised_number_that_comes_too_late_is_found(
    write: Write, tmp_path: Path
) -> None:
    flow = FLOW.replace("first_advice: yes", "first_advice: left <= 14")
    library = write(flow=flow, promises=PROMISES)
    found = proved(library, tmp_path)["at once"]
    assert the_household(library, found).answers["leave_on"] == "2026-12-09"


def test_the_household_can_be_pasted_as_a_scenario(
    write: Write, tmp_path: Path
) -> None:
    library = write(promises=PROMISES)
    found = proved(library, tmp_path)["fifteen days"]
    household = the_household(library, found)
    text = pasted(library, household, str(found.name), expected(found))
    path = tmp_path / "flows/scenarios/found.yaml"
    path.write_text(f"scenarios:\n{text}\n", encoding="utf-8")
    (scenario,), problems = read_scenarios(tmp_path, [])
    assert problems == ()
    (difference,) = play(library, scenario).differences
    assert str(difference) == "urgency: expected now, got week"


# --- the walk itself --------------------------------------------------------------


def test_a_circle_is_refused(write: Write) -> None:
    flow = FLOW.replace("    next: advice", "    next: what")
    with pytest.raises(LoopError):
        Walk(write(flow=flow), TODAY)


def test_what_was_not_all_tried_is_named(write: Write) -> None:
    flow = FLOW.replace("    within: [today - 2 days, today + 30 days]\n", "")
    assert Walk(write(flow=flow), TODAY).sampled == ("leave_on",)


def test_questions_stand_in_their_order(write: Write) -> None:
    assert Walk(write(), TODAY).order == ("what", "leave_on", "also", ADVICE)


# --- what ships -------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped(library: Library) -> Proving:
    return Proving(library, TODAY, read_promises(ROOT, library)[0])


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**9))
def test_a_household_drawn_by_lot_hears_what_its_class_hears(
    shipped: Proving, seed: int
) -> None:
    drawn = next(households(shipped.library, TODAY, seed))
    for walk in (shipped.walk("first"), shipped.walk("beside")):
        assume(all(one in walk.answers[name] for name, one in drawn.answers.items()))
        end = walk.class_of(drawn.answers)
        assert len(drawn.path) in end.ways
        told = shipped.told_to(walk, drawn)
        assert told.held == shipped.told_at(walk, end).held
        assert told.rules == shipped.told_at(walk, end).rules


def test_all_is_proved_of_what_ships(library: Library) -> None:
    """The slow one: more households than anybody can count, in seconds."""
    promises, problems = read_promises(ROOT, library)
    assert problems == ()
    found = list(proofs(library, TODAY, promises))
    assert [(one.name, one.broken) for one in found if one.broken] == []
    assert len(promises) >= 12
    assert found[0].households > 10**18
