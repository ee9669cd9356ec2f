"""Families that do anything at all, 100,000 turns long: what always holds."""

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import pytest

from bot.conversation import engine
from bot.conversation.facts import UNSURE
from bot.conversation.model import (
    CHILD,
    LANGUAGE,
    OUTCOME,
    STOPPED,
    SUMMARY,
    Command,
    Conversation,
    Message,
    NotServed,
    Reply,
    Said,
    Tapped,
    Turn,
)
from bot.conversation.needed import NEEDED_WORDS
from bot.conversation.speaking import summary_questions
from bot.conversation.walking import replay
from bot.library import Library
from bot.outcome import MOST_ORGANISATIONS, Outcome, facts_of, outcome
from bot.translations import Say, Sayable, placeholders
from tests.conftest import ID, PHONE, TUESDAY, few_by_day, taps_of, words_of

WALKS, TURNS = 25, 4_000
FINISHED_WALKS, FINISHED = 4, 500

DAYS = (
    "vandaag", "morgen", "gisteren", "3 december", "20-11-2026", "1 dec", "vrijdag",
    "over 3 weken", "2 weken geleden", "25 september", "2026-12-03", "٣/١٢/٢٠٢٦",
    "3 maanden geleden", "31 november", "tomorrow", "last friday", "1 2 3 4", "12-12",
    "over 3 dagen", "over 8 dagen", "afgelopen maandag", "eergisteren", "1 november",
)  # fmt: skip
AGES = ("4 en 9", "geen", "een baby en twee van 6", "17", "2, 6 en 11", "geen kinderen")
COUNTS = ("14", "veertien", "90", "1", "365", "366", "0")
FITTING: Mapping[str, Sequence[str]] = {
    "date": DAYS,
    "children": AGES,
    "number": COUNTS,
    "money": ("850", "€ 1.250,50", "0,5", "600 of 700", "1e9"),
    "duration": ("3 maanden", "2 weken", "anderhalf jaar", "10 dagen", "lang"),
    "place": (
        "Utrecht",
        "3511 AB",
        "'s-Hertogenbosch",
        "0000",
        "Kerkstraat 1",
        "Bergen",
        "Rijswijk",
        "Utrect",
        "ik woon in Zwolle",
        "BEEK",
        "Zevenaar",
        "1396",
        "Buren",
    ),
}
PLAIN = ("ja", "nee", "JA!!", "weet ik niet", "❓", "ok", "1", "2", "3", "5", "huur")
RUBBISH = (
    "", " ", "?", "{}", "{geldfit_phone}", "}{", "%s", "\x00", "\ud800", "😀" * 50,
    "\u200b", "\u202e", "<b>", "&amp;", "a" * 5_000, "1" * 4_000, "٩" * 400, "İ", "ß",
    "-1", "NaN", "1e9", "0x10", "½", "፲፫", "null", "'; drop table", "\n\n", "🇳🇱",
    "ik ben heel boos", "waarom?", "bel mij 0612345678", "/", "@yes", "unsure", "none",
)  # fmt: skip
GLOBAL = (
    "terug", "stop", "opnieuw", "mens", "nood", "taal", "help", "privacy", "verder",
    "start", "English", "Nederlands", "BACK", "Stop!", "iemand spreken", "wis alles",
    "mijn gegevens",
)  # fmt: skip
CRISIS = ("ik wil niet meer leven", "hij slaat mij", "ik ben 12", "er is brand")
COMMANDS = (
    "start", "help", "stop", "taal", "privacy", "sturt", "", "wipe", "back",
    "gegevens", "wis",
)  # fmt: skip
UNSERVED = sorted(key for key in NEEDED_WORDS if key.startswith("not_served_"))
FORGED = ("@yes", "@no", "@done", "@change", "back", "lang.zz", "nobody", "", "{x}")


@dataclass(frozen=True, slots=True)
class Met:
    """One turn of a walk: where the family stood, what it did, what came back."""

    before: Conversation
    reply: Reply
    moment: datetime
    turn: Turn

    @property
    def after(self) -> Conversation:
        """The same place as before when the family had everything wiped."""
        return self.turn.conversation or self.before


Choose = Callable[[Library, Random, Conversation, Sequence[Tapped]], Reply]


def walk(
    library: Library, random: Random, choose: Choose, *, waits: bool = False
) -> Iterator[Met]:
    """A family that never stops; after a wipe it begins again, and it may go away."""
    moment = TUESDAY
    turn = engine.begin(library, id=ID, moment=moment, hint=random.choice(["nl", "en"]))
    live: list[Tapped] = []
    while True:
        if turn.conversation is None:
            turn = engine.begin(library, id=ID, moment=moment)
        assert turn.conversation is not None
        live = taps_of(turn) or live
        before = turn.conversation
        reply = choose(library, random, before, live)
        if waits and random.random() < 0.002:
            moment += timedelta(hours=random.choice((5, 30)))
        turn = engine.answer(library, before, reply, moment)
        yield Met(before, reply, moment, turn)


def sensible(
    library: Library, random: Random, current: Conversation, live: Sequence[Tapped]
) -> Reply:
    """What fits the question: a tap, or its label, number, emoji or synonym typed."""
    if current.at in (STOPPED, CHILD):
        return Command("start")
    question = library.questions.get(current.at)
    fresh = [tap for tap in live if tap.question == current.at]
    if question is not None and not current.pending:
        fitting = FITTING.get(question.kind.type.kind, ())
        if fitting and random.random() < 0.8:
            return Said(random.choice(fitting))
        if random.random() < 0.3:
            return Said(random.choice(spelled(library, current)))
    if fresh:
        return random.choice(fresh)
    return random.choice((Command("go_on"), Said("ja"), Said("verder")))


def anything(
    library: Library, random: Random, current: Conversation, live: Sequence[Tapped]
) -> Reply:
    """Mostly what fits; otherwise whatever a person, a child or an attacker sends."""
    if random.random() < 0.6:
        return sensible(library, random, current, live)
    match random.randrange(9):
        case 0:
            return Said(random.choice(RUBBISH))
        case 1 | 2:
            return Said(random.choice((*PLAIN, *DAYS, *AGES, *COUNTS)))
        case 3:
            return Said(random.choice(GLOBAL))
        case 4:
            return Command(random.choice(COMMANDS), random.choice(("", "en", "zz")))
        case 5:
            return NotServed(random.choice(UNSERVED))
        case 6 if live:
            return random.choice(live)
        case 7:
            return Said(random.choice((*CRISIS, *["terug"] * 16)))
        case _:
            place = random.choice((*library.questions, current.at, "-", "!", "x"))
            turn = random.choice((current.turn, current.turn - 1, 0, -1, 10**9))
            return Tapped(ID, turn, place, random.choice((*FORGED, UNSURE, "yes", "1")))


def spelled(library: Library, current: Conversation) -> list[str]:
    """What could be typed for the answers of this question."""
    options = library.questions[current.at].kind.spec.options
    labels = [library.catalogue(current.language).words(one.label) for one in options]
    return [
        *labels,
        *(label.upper() for label in labels),
        *(label.split()[0] for label in labels),
        *(str(number) for number in range(1, len(options) + 1)),
        *(word for option in options for word in option.words),
    ]


# --- what every turn keeps ---------------------------------------------------------


def assert_can_be_said(library: Library, messages: Sequence[Message]) -> None:
    """No message is empty, and no brace is left in any language."""
    assert messages
    for message in messages:
        if not message.paragraphs:
            assert message.edits
            assert not message.rows
    for language in library.catalogues:
        for words in words_of(library, tuple(messages), language):
            assert words.strip()
            assert "{" not in words
            assert "}" not in words


def unfilled(said: Sayable) -> set[str]:
    """Names in braces that got no value, or the raw id of an answer as value."""
    if isinstance(said, tuple):
        return set().union(*map(unfilled, said))
    if not isinstance(said, Say):
        return set()
    names = placeholders(said.text.nl)
    raw = {name for name in names if said.values.get(name) == UNSURE}
    inner = [unfilled(value) for name, value in said.values.items() if name in names]
    return set().union(names - set(said.values), raw, *inner)


def assert_can_be_tapped(turn: Turn) -> None:
    """Each button is another one, and fits into what Telegram carries."""
    data = [f"{t.conversation}:{t.turn}:{t.question}:{t.answer}" for t in taps_of(turn)]
    assert len(data) == len(set(data))
    assert all(len(one.encode()) <= 64 for one in data)


def assert_place_follows(library: Library, met: Met) -> None:
    """The answers alone lead to the place where the conversation stands."""
    after = met.after
    known = after.at in library.questions or after.at in (SUMMARY, OUTCOME)
    if not known or met.moment.date() != TUESDAY.date():
        return
    found = replay(library, after, TUESDAY.date())
    assert found.path == after.path
    assert found.at == (SUMMARY if after.at == OUTCOME else after.at)
    for question in after.path:
        assert library.questions[question].kind.accepts(after.answers[question])


@pytest.mark.parametrize("seed", range(WALKS))
def test_whatever_a_family_does_the_next_message_is_whole(
    library: Library, seed: int
) -> None:
    said_before: tuple[str, str] = ("", "")
    steps = walk(library, Random(seed), anything, waits=True)
    for number, met in zip(range(TURNS), steps, strict=False):
        where = f"seed {seed}, turn {number}, at {met.before.at}, {met.reply}"
        try:
            assert_can_be_said(library, met.turn.messages)
            assert_can_be_tapped(met.turn)
            assert_place_follows(library, met)
        except AssertionError as wrong:
            wrong.add_note(where)
            raise
        misread = met.after.misread > met.before.misread
        text = "\n".join(words_of(library, met.turn.messages, "nl")) if misread else ""
        assert not misread or (met.before.at, text) != said_before, where
        said_before = (met.before.at, text)


# --- ways on -----------------------------------------------------------------------


def places(library: Library, *, seed: int, most: int) -> Iterator[Met]:
    """Different places that a family can reach, each once."""
    seen = set[tuple[str, ...]]()
    steps = walk(library, Random(seed), anything)
    for _, met in zip(range(most * 20), steps, strict=False):
        key = (met.after.at, met.after.language, met.after.pending, *met.after.path)
        if met.turn.conversation is not None and key not in seen:
            seen.add(key)
            yield met
        if len(seen) >= most:
            return


def reached(library: Library, *, seed: int, most: int) -> Iterator[Conversation]:
    return (met.after for met in places(library, seed=seed, most=most))


@pytest.mark.parametrize("seed", [101, 102])
def test_no_place_is_without_a_way_on(library: Library, seed: int) -> None:
    for current in reached(library, seed=seed, most=300):
        for said in ("terug", "stop", "opnieuw", "mens", "taal", "help", "language"):
            turn = engine.answer(library, current, Said(said), TUESDAY)
            assert_can_be_said(library, turn.messages)
            assert turn.conversation is not None
        for name in ("start", "stop", "help", "taal", "privacy", "gegevens"):
            turn = engine.answer(library, current, Command(name), TUESDAY)
            assert_can_be_said(library, turn.messages)
            assert taps_of(turn) or name == "privacy", (current.at, name)


def test_from_every_place_a_family_can_begin_again(library: Library) -> None:
    start = library.flows[library.start].start
    for current in reached(library, seed=103, most=300):
        turn = engine.answer(library, current, Command("restart"), TUESDAY)
        assert turn.conversation is not None
        assert (turn.conversation.at, turn.conversation.answers) == (start, {})


def test_from_every_place_a_family_can_stop_and_come_back(library: Library) -> None:
    for current in reached(library, seed=104, most=300):
        # Not earlier than it was: a date that has passed asks other questions.
        then = datetime.fromtimestamp(current.heard * 60, TUESDAY.tzinfo)
        stopped = engine.answer(library, current, Command("stop"), then).conversation
        assert stopped is not None
        assert stopped.at == STOPPED
        turn = engine.answer(library, stopped, Command("go_on"), then)
        again = turn.conversation
        assert again is not None
        assert again.answers == current.answers
        if current.at in library.questions:
            assert again.at == current.at


def test_from_every_place_a_person_can_be_reached(library: Library) -> None:
    for current in reached(library, seed=105, most=300):
        turn = engine.answer(library, current, Said("ik wil een mens"), TUESDAY)
        for language in library.catalogues:
            assert PHONE.search("\n".join(words_of(library, turn.messages, language)))
        if current.at != CHILD:
            assert turn.conversation == replace(current, heard=engine.minutes(TUESDAY))


def test_after_an_outage_every_family_stands_where_it_stood(library: Library) -> None:
    kept = ("id", "language", "at", "answers", "path", "pending", "misread", "page",
            "advised", "library", "heard")  # fmt: skip
    later = TUESDAY + timedelta(minutes=50)
    for current in reached(library, seed=108, most=400):
        turn = engine.away(library, current, later)
        after = turn.conversation
        assert after is not None
        for name in kept:
            assert getattr(after, name) == getattr(current, name), (name, current.at)
        if current.at == STOPPED:
            assert turn == Turn(current)
            continue
        assert_can_be_said(library, turn.messages)
        assert_can_be_tapped(turn)
        for language in library.catalogues:
            assert PHONE.search("\n".join(words_of(library, turn.messages, language)))


def test_at_every_place_the_language_changes_and_nothing_else(library: Library) -> None:
    for current in reached(library, seed=106, most=300):
        for code in library.catalogues:
            tap = Tapped(ID, 0, "!", f"lang.{code}")
            after = engine.answer(library, current, tap, TUESDAY).conversation
            assert after is not None
            assert after.language == code
            assert after.answers == current.answers
            if current.at not in (LANGUAGE, CHILD, STOPPED):
                assert (after.at, after.path) == (current.at, current.path)


def test_back_takes_an_answer_back_and_nothing_else(library: Library) -> None:
    compared = 0
    for met in places(library, seed=107, most=800):
        before, after = met.before, met.after
        if after.path != (*before.path, before.at):
            continue
        back = engine.answer(library, after, Said("terug"), TUESDAY).conversation
        assert back is not None
        kept = ("at", "answers", "path", "language", "library", "id")
        for name in kept:
            assert getattr(back, name) == getattr(before, name), (name, before.at)
        assert (back.pending, back.misread) == ("", 0)
        compared += 1
    assert compared > 100


def test_of_several_candidates_each_button_is_an_answer(library: Library) -> None:
    """After “which one do you mean?” nobody has to type it again."""
    met_several = 0
    for current in reached(library, seed=108, most=800):
        question = library.questions.get(current.at)
        candidates = current.pending.split()
        if question is None or question.kind.several or len(candidates) < 2:
            continue
        met_several += 1
        for one in candidates:
            tap = Tapped(ID, current.turn, current.at, one)
            after = engine.answer(library, current, tap, TUESDAY).conversation
            assert after is not None
            assert (after.answers[current.at], after.pending) == (one, "")
        none = Tapped(ID, current.turn, current.at, "@no")
        again = engine.answer(library, current, none, TUESDAY).conversation
        assert again is not None
        assert (again.at, again.pending) == (current.at, "")
    assert met_several > 10


# --- finished ways -----------------------------------------------------------------


def finished(library: Library, *, seed: int, most: int) -> Iterator[Met]:
    """Turns that show the advice, each after a new way through the questions."""
    random = Random(seed)
    for _ in range(most):
        for met in walk(library, random, sensible):
            if met.after.at == OUTCOME:
                yield met
                break


def found(library: Library, met: Met) -> Outcome:
    return outcome(library, facts_of(library, met.after, met.moment.date()))


def assert_outcome_helps(library: Library, met: Met) -> None:
    """Who to call, what to do first, and no day that is already past."""
    told = found(library, met)
    assert told.held
    assert 1 <= len(told.organisations) <= MOST_ORGANISATIONS
    assert 1 <= len(told.held[0].card.steps) <= 3
    assert any(one.phone or one.reach for one in told.organisations)
    for language in library.catalogues:
        assert PHONE.search("\n".join(words_of(library, met.turn.messages, language)))
    words = "\n".join(words_of(library, met.turn.messages, "nl"))
    for due in told.dues:
        if due.deadline and due.deadline.over:
            say = library.catalogue("nl").say(due.rule.over)
            assert say.split("{")[0].split("…")[0] in words
        if due.deadline and due.deadline.safe_day:
            assert due.deadline.safe_day >= TUESDAY.date()


@pytest.mark.parametrize("seed", few_by_day(range(200, 200 + FINISHED_WALKS), 2))
def test_every_way_ends_in_advice_that_helps(library: Library, seed: int) -> None:
    for met in finished(library, seed=seed, most=FINISHED):
        way = f"seed {seed}: {dict(met.after.answers)}"
        try:
            assert_can_be_said(library, met.turn.messages)
            assert_outcome_helps(library, met)
        except AssertionError as wrong:
            wrong.add_note(way)
            raise
        assert len(met.after.path) <= 15, way
        assert_summary_is_short(library, met.after)


def assert_summary_is_short(library: Library, after: Conversation) -> None:
    """Seven lines at most, and each date that has a line is among them."""
    lines = [one.id for one in summary_questions(library, after)]
    asked = [library.questions[name] for name in after.path]
    dates = [one.id for one in asked if one.short and one.kind.type.kind == "date"]
    assert 1 <= len(lines) <= 7, after.path
    assert set(dates) <= set(lines), after.path


def test_every_name_in_braces_has_a_value_to_say(library: Library) -> None:
    """Not “…”, and not the word for “I don’t know” in the middle of a sentence."""
    missing = {
        (name, met.after.answers.get(name, "not asked"))
        for met in finished(library, seed=400, most=600)
        for message in met.turn.messages
        for paragraph in message.paragraphs
        for name in unfilled(paragraph.said)
    }
    assert missing == set()


def test_half_of_all_ways_ask_at_most_eight_questions(library: Library) -> None:
    asked = [len(met.after.path) for met in finished(library, seed=300, most=300)]
    assert statistics.median(asked) <= 8


AT_ONCE = {"eviction", "at_door", "out", "hearing_missed"}
"""Answers after which no other question may come before the first help."""


def test_help_that_fits_comes_after_two_questions_at_most(library: Library) -> None:
    start = library.questions[library.flows[library.start].start]
    assert {option.id for option in start.kind.spec.options} >= AT_ONCE
    for option in start.kind.spec.options:
        first = chosen(library, Conversation(ID, "nl", start.id), option.id)
        assert advises(first) or option.id not in AT_ONCE, option.id
        if advises(first) or first.conversation is None:
            continue
        second = library.questions[first.conversation.at]
        for answer in second.kind.spec.options:
            turn = chosen(library, first.conversation, answer.id)
            assert advises(turn), (option.id, answer.id)


def chosen(library: Library, current: Conversation, answer: str) -> Turn:
    known = replace(current, library=library.fingerprint, turn=1)
    return engine.answer(library, known, Tapped(ID, 1, current.at, answer), TUESDAY)


def advises(turn: Turn) -> bool:
    """Between the closed question and the next one stands a message with advice."""
    return len(turn.messages) > 2
