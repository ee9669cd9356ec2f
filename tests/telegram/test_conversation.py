"""Whole conversations with the real program, over real HTTP."""

import asyncio
import random
import re
from collections.abc import Iterator
from itertools import zip_longest

import pytest
from telegram import Bot

from bot.library import Library
from bot.operating import LOG_FIELDS
from bot.telegram import profile
from bot.telegram.turns import TRIES
from tests.emulator import (
    Emulator,
    Json,
    blocked,
    broken,
    cut_after,
    cut_before,
    refusal,
    slow,
    too_many,
)
from tests.emulator.server import NOT_MODIFIED, TOO_OLD
from tests.emulator.user import CANARY, KINDS, Seen, User
from tests.telegram.conftest import Meet, Program, Telephone, in_days

pytestmark = pytest.mark.asyncio(loop_scope="module")

EVICTED = ("eviction", in_days(5), "writ", in_days(-1), "rent", "none")
"""A bailiff announced the eviction for five days from now."""

LETTER = ("arrears", "bailiff", "summons", in_days(-1), in_days(20))
SUMMONED = (*LETTER, "none", "corporation")
AT_HOME = ("3511", "nothing", "no")
"""In Utrecht, nothing else, and the municipality was not asked yet."""

A_DAY = re.compile(r"\d\d-\d\d-\d{4}")

PROFILE = ("setMyCommands", "setMyDescription", "setMyShortDescription")
MARKUP = ("<b>vet", "&lt;i&gt;", "</b></i>", "a < b & c", "\u202e\x00", "😀" * 99)


@pytest.fixture(autouse=True)
def every_call_is_right(telegram: Emulator) -> Iterator[None]:
    yield
    assert telegram.violations == []


async def answers(telephone: Telephone, *given: str) -> list[Seen]:
    """Taps the button with this answer; types a postcode; confirms a typed date."""
    news: list[Seen] = []
    for one in given:
        if A_DAY.fullmatch(one):
            news = await telephone.says(one, "ja")
        elif one.isdecimal():
            news = await telephone.says(one)
        else:
            news = await telephone.taps(one)
    return news


def words(messages: list[Seen]) -> str:
    return "\n".join(seen.text for seen in messages)


# --- from the first word to the advice ---------------------------------------------


async def test_start_offers_every_language_and_a_number(telephone: Telephone) -> None:
    (hello,) = await telephone.says("/start")
    assert hello.labels == ("Nederlands", "English")
    assert "0800" in hello.text


async def test_an_eviction_within_a_week_is_advised(telephone: Telephone) -> None:
    await telephone.says("/start")
    await telephone.taps("lang.nl")
    await answers(telephone, *EVICTED, *AT_HOME)
    advice = await telephone.taps("@yes")
    new = [seen for seen in advice if not seen.edited]
    assert len(new) > 3
    assert "🔴" in words(new)
    assert "gemeente" in words(new)


async def test_a_summons_is_advised_in_english(ring: Meet) -> None:
    telephone = ring(language_code="en")
    await telephone.says("/start")
    await telephone.taps("lang.en")
    await answers(telephone, *SUMMONED, *AT_HOME)
    advice = await telephone.taps("@yes")
    assert "court" in words(advice).casefold()


async def test_an_answered_question_shows_the_answer_without_buttons(
    telephone: Telephone,
) -> None:
    await telephone.begins()
    asked = telephone.question
    label = next(button.label for button in asked.buttons[1])
    await telephone.taps("eviction")
    now = next(seen for seen in telephone.chat if seen.id == asked.id)
    assert now.text.startswith(asked.text)
    assert now.text.endswith(label)
    assert now.buttons == ()


async def test_advice_is_never_an_edited_message(telephone: Telephone) -> None:
    await telephone.begins()
    await answers(telephone, *SUMMONED, *AT_HOME, "@yes")
    advice = [seen for seen in telephone.chat if "🎒" in seen.text]
    assert advice
    assert not any(seen.edited for seen in advice)


async def test_every_answer_can_be_typed(telephone: Telephone) -> None:
    await telephone.says("/start", "nederlands", "huurachterstand", "verhuurder")
    await telephone.says("herinnering", "geen", "woningcorporatie", "3511")
    await telephone.says("niets hiervan", "nee")
    assert "@yes" in telephone.data("@yes")
    news = await telephone.says("klopt")
    assert "🎒" in words(news)


async def test_a_typed_date_counts_once_it_is_confirmed(telephone: Telephone) -> None:
    await telephone.begins()
    await telephone.taps("eviction")
    asked = await telephone.says("overmorgen")
    assert "@no" in telephone.data("@no", asked[-1])
    await telephone.taps("@no")
    assert telephone.data("unsure").split(":")[2] == "eviction_date"
    await answers(telephone, in_days(3))
    assert telephone.data("unsure").split(":")[2] == "told_by"


# --- long lists, and places with one name -------------------------------------------


async def test_something_else_shows_more_answers_in_the_same_message(
    telephone: Telephone,
) -> None:
    await telephone.begins()
    first, count = telephone.question, len(telephone.chat)
    assert first.button("➕ Iets anders") is not None
    shown = [first.labels]
    for _ in range(2):
        (edited,) = await telephone.taps("@more")
        assert (edited.id, edited.edited, edited.text) == (first.id, True, first.text)
        shown.append(edited.labels)
    assert len(telephone.chat) == count
    own = [label for labels in shown for label in labels[:4]]
    assert len(set(own)) == 12
    await telephone.taps("@more")
    assert telephone.question.buttons == first.buttons


async def test_an_answer_of_a_later_page_counts(telephone: Telephone) -> None:
    await telephone.begins()
    asked = telephone.question
    await telephone.says("iets anders")
    await telephone.taps("trouble")
    closed = next(seen for seen in telephone.chat if seen.id == asked.id)
    assert closed.text.endswith("📢 Overlast of drugs")
    assert closed.buttons == ()
    assert telephone.question.id > asked.id


async def test_of_several_places_with_one_name_a_button_picks_one(
    telephone: Telephone, library: Library
) -> None:
    await telephone.begins()
    await answers(telephone, *SUMMONED)
    await telephone.says("Bergen")
    which = telephone.question
    places = ("Bergen (Noord-Holland)", "Bergen (Limburg)", "🚫 Geen van deze")
    assert which.labels[:3] == places
    await telephone.taps("GM0893")
    assert telephone.question.text.startswith(library.questions["also"].ask.nl)
    closed = next(seen for seen in telephone.chat if seen.id == which.id)
    assert closed.text.endswith("Bergen (Limburg)")
    assert closed.buttons == ()
    await telephone.taps("nothing", "no")
    assert "Bergen (Limburg)" in telephone.question.text


async def test_none_of_these_places_asks_for_the_place_again(
    telephone: Telephone, library: Library
) -> None:
    await telephone.begins()
    await answers(telephone, *SUMMONED)
    await telephone.says("Bergen")
    await telephone.taps("@no")
    assert telephone.question.text.startswith(library.questions["place"].ask.nl)
    await telephone.says("1931")
    assert telephone.question.text.startswith(library.questions["also"].ask.nl)


# --- moving about ------------------------------------------------------------------


async def test_back_shows_the_question_before(telephone: Telephone) -> None:
    await telephone.begins()
    first = telephone.question.text
    await telephone.taps("arrears", "back")
    assert telephone.question.text == first


async def test_change_from_the_summary_keeps_the_other_answers(
    telephone: Telephone,
) -> None:
    await telephone.begins()
    await answers(telephone, *SUMMONED, *AT_HOME)
    before = telephone.question.text
    await telephone.taps("@change", "reported", "no")
    assert telephone.question.text == before


async def test_stop_says_how_to_return_and_start_returns(telephone: Telephone) -> None:
    await telephone.begins()
    await telephone.taps("arrears")
    asked = telephone.question.text
    stopped = await telephone.taps("stop")
    assert "/start" in words(stopped)
    await telephone.says("/start")
    await telephone.taps("go_on")
    assert telephone.question.text == asked


async def test_wipe_forgets_the_family_and_leaves_no_button(
    telephone: Telephone, program: Program
) -> None:
    known = program.conversations()
    await telephone.begins()
    await telephone.taps("arrears")
    await telephone.says("/help")
    await telephone.taps("stop")
    telephone.press("wipe")
    await program.rests()
    assert program.conversations() == known
    assert [seen for seen in telephone.chat if seen.buttons] == []
    await telephone.says("/start")
    assert "lang.nl" in telephone.data("lang.nl")


async def test_wipe_takes_the_messages_of_both_sides_away(
    telephone: Telephone,
) -> None:
    await telephone.begins()
    await telephone.says("huurachterstand", "/help")
    await telephone.says("wis")
    (farewell,) = telephone.user.chat()
    assert "gewist" in farewell.text


async def test_a_family_can_have_a_file_of_all_that_is_held(
    telephone: Telephone,
) -> None:
    await telephone.begins()
    await telephone.taps("arrears")
    await telephone.says("/gegevens")
    document = next(seen.document for seen in telephone.chat if seen.document)
    assert document.name.endswith(".txt")
    assert "Huurachterstand" in document.content.decode()
    await telephone.taps("landlord")


async def test_a_personal_number_is_left_out_and_the_answer_counts(
    telephone: Telephone,
) -> None:
    await telephone.begins()
    news = await telephone.says("huurachterstand, mijn BSN is 111222333")
    assert "BSN" in words(news)
    assert "111222333" not in words(telephone.chat)


async def test_restart_asks_the_first_question_again(telephone: Telephone) -> None:
    await telephone.begins()
    first = telephone.question.text
    await telephone.taps("arrears", "landlord")
    await telephone.says("opnieuw")
    assert telephone.question.text == first


async def test_another_language_keeps_every_answer(telephone: Telephone) -> None:
    await telephone.begins()
    await answers(telephone, *SUMMONED, *AT_HOME)
    dutch = telephone.question
    await telephone.says("/taal")
    await telephone.taps("lang.en")
    english = telephone.question
    assert english.text != dutch.text
    assert english.text.count("\n") == dutch.text.count("\n")
    assert in_days(20)[-4:] in english.text


@pytest.mark.parametrize("page", ["help", "privacy"])
async def test_a_page_answers_at_any_moment(telephone: Telephone, page: str) -> None:
    first = await telephone.says(f"/{page}")
    assert len(first) == 2
    await telephone.begins()
    (again,) = await telephone.says(f"/{page}")
    assert again.text == first[0].text
    await telephone.taps("go_on")
    assert "arrears" in telephone.data("arrears")


@pytest.mark.parametrize("payload", ["amsterdam-poster_7", "<b>", "nl en", "%00"])
async def test_an_unknown_start_payload_starts_all_the_same(
    telephone: Telephone, payload: str
) -> None:
    (hello,) = await telephone.says(f"/start {payload}")
    assert "Nederlands" in hello.labels


async def test_a_deep_link_with_a_language_starts_in_it(
    telephone: Telephone, library: Library
) -> None:
    await telephone.says("/start en")
    asked = library.questions["situation"].ask
    assert telephone.question.text == library.catalogue("en").words(asked)


# --- buttons: twice, old, forged ---------------------------------------------------


async def test_a_double_tap_has_one_effect(telephone: Telephone) -> None:
    await telephone.begins()
    data = telephone.data("arrears")
    first, second = telephone.user.double_tap(data)
    await telephone.looks()
    assert telephone.data("landlord").split(":")[1] == "2"
    assert first.toast == ""
    assert second.toast
    assert not second.alert


async def test_twenty_taps_have_one_effect(telephone: Telephone) -> None:
    await telephone.begins()
    question = telephone.question
    for _ in range(20):
        telephone.press("arrears", question)
    await telephone.looks()
    assert telephone.data("landlord").split(":")[1] == "2"


async def test_an_old_button_changes_nothing(telephone: Telephone) -> None:
    await telephone.begins()
    old = [telephone.question]
    await telephone.taps("arrears")
    old.append(telephone.question)
    await telephone.taps("landlord")
    before = telephone.chat
    taps = [
        telephone.user.tap(button.data or "", seen)
        for seen in old
        for row in seen.buttons[:-1]
        for button in row
    ]
    await telephone.looks()
    assert telephone.chat == before
    assert all(tap.toast for tap in taps)


async def test_forged_data_changes_nothing(
    telephone: Telephone, telegram: Emulator
) -> None:
    await telephone.begins()
    before = telephone.chat
    for number, data in enumerate(forged(telephone.data("arrears"))):
        telegram.deliver(forged_tap(telephone.user, f"forged{number}", data))
    await telephone.looks()
    assert telephone.chat == before
    answered = [telegram.api.taps[f"forged{n}"].answered_at for n in range(200)]
    assert None not in answered


def forged(real: str) -> list[str]:
    """200 strings that only look like the data of a button."""
    dice = random.Random(7)
    letters = "abc:!-@.0129_é€\x00😀 \n"
    conversation, turn, question, _ = real.split(":")
    odd = ["", ":", ":::", "a:b:c:d", real[:-1], real + "x", f"x{real}"]
    odd += [f"{conversation}:{turn}:{question}:{a}" for a in ("", "@yes", "@done", "x")]
    odd += [f"{conversation}:{t}:{question}:arrears" for t in ("-1", "", "9" * 30, "²")]
    odd += [f"{conversation}:{turn}:{q}:arrears" for q in ("", "sender", "@summary")]
    while len(odd) < 200:
        odd.append("".join(dice.choices(letters, k=dice.randint(1, 20))))
    return odd


def forged_tap(user: User, number: str, data: str) -> dict[str, object]:
    message = {"chat": user.room.info, "message_id": 1, "date": 0}
    query = {"id": number, "from": user.person, "message": message, "data": data}
    return {"callback_query": query}


async def test_a_repeated_update_has_one_effect(
    telephone: Telephone, telegram: Emulator
) -> None:
    await telephone.begins()
    telegram.deliver({"message": message(telephone.user, "huurachterstand")})
    update = telegram.deliver({"message": message(telephone.user, "verhuurder")})
    await telephone.looks()
    before = telephone.chat
    for _ in range(3):
        telegram.redeliver(update)
        await telephone.looks()
    assert telephone.chat == before


def message(user: User, text: str) -> dict[str, object]:
    """A message that a test delivers itself, and so may deliver again."""
    return {
        "message_id": 900,
        "from": user.person,
        "chat": user.room.info,
        "date": 0,
        "text": text,
    }


async def test_update_ids_may_begin_again_elsewhere(
    telephone: Telephone, telegram: Emulator
) -> None:
    await telephone.begins()
    telegram.reset_update_ids(1000)
    await telephone.taps("arrears")
    assert "bailiff" in telephone.data("bailiff")


async def test_a_tap_and_a_message_that_cross_are_both_heard_once(
    telephone: Telephone,
) -> None:
    await telephone.begins()
    tap = telephone.press("arrears")
    telephone.user.say("verhuurder")
    await telephone.looks()
    assert tap.toast == ""
    assert "reminder" in telephone.data("reminder")


# --- what is not an answer ---------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
async def test_what_cannot_be_read_is_answered_in_one_line(
    telephone: Telephone, kind: str
) -> None:
    await telephone.begins()
    question = telephone.question
    (line,) = await telephone.sends(kind)
    assert "\n" not in line.text
    assert telephone.question == question


async def test_an_edited_message_is_no_answer(telephone: Telephone) -> None:
    await telephone.begins()
    await telephone.says("huurachterstand")
    question = telephone.question
    telephone.user.edit("verhuurder")
    (line,) = await telephone.looks()
    assert "\n" not in line.text
    assert telephone.question == question


async def test_a_group_is_told_to_write_privately(
    program: Program, telegram: Emulator
) -> None:
    known = program.conversations()
    group = User(telegram, group=-100_2000)
    for text in ("hallo", "/start", "huurachterstand"):
        group.say(text)
    group.send("photo")
    await program.rests()
    (line,) = [seen for seen in group.chat() if not seen.mine]
    assert "t.me/drempel_test_bot" in line.text
    assert program.conversations() == known


async def test_a_blocked_family_is_forgotten(
    telephone: Telephone, program: Program, telegram: Emulator
) -> None:
    known = program.conversations()
    await telephone.begins()
    calls = len(telegram.calls)
    telephone.user.block()
    await program.rests()
    assert {call.method for call in telegram.calls[calls:]} == {"getUpdates"}
    assert program.conversations() == known


async def test_a_family_that_returns_begins_again(
    telephone: Telephone, program: Program
) -> None:
    await telephone.begins()
    telephone.user.block()
    telephone.user.unblock()
    telephone.user.say("/start")
    await program.rests()
    assert telephone.chat[-1].labels == ("Nederlands", "English")


async def test_a_family_that_blocked_meanwhile_is_forgotten(
    telephone: Telephone, program: Program, telegram: Emulator
) -> None:
    known = program.conversations()
    await telephone.begins()
    telegram.fail("sendMessage", blocked(), chat=telephone.user.chat_id)
    telephone.user.say("huurachterstand")
    await program.rests()
    assert program.conversations() == known


@pytest.mark.parametrize("question", ["situation", "eviction_date", "children"])
async def test_typed_markup_breaks_nothing(telephone: Telephone, question: str) -> None:
    await telephone.begins()
    before = {"situation": 0, "eviction_date": 1, "children": 5}[question]
    await answers(telephone, *EVICTED[:before])
    await telephone.says(*MARKUP)
    assert telephone.question.id == telephone.chat[-1].id


async def test_families_do_not_mix(ring: Meet) -> None:
    evicted, summoned = ring(), ring()
    await asyncio.gather(evicted.begins(), summoned.begins())
    ways = zip_longest(EVICTED + AT_HOME, SUMMONED + AT_HOME)
    for one, other in ways:
        both = ((evicted, one), (summoned, other))
        await asyncio.gather(*(answers(who, said) for who, said in both if said))
    assert in_days(20)[:2].lstrip("0") in summoned.question.text
    assert "Zitting" not in evicted.question.text


# --- trouble at Telegram -----------------------------------------------------------


async def test_a_slow_answer_for_one_family_delays_no_other(
    ring: Meet, telegram: Emulator
) -> None:
    waiting, other = ring(), ring()
    answered = asyncio.Event()
    telegram.fail("sendMessage", slow(answered), chat=waiting.user.chat_id)
    waiting.user.say("/start nl")
    other.user.say("/start nl")
    (await other.user.next())[-1]
    assert len(waiting.chat) == 1
    answered.set()
    await asyncio.gather(waiting.looks(), other.looks())
    assert len(waiting.chat) == len(other.chat) == 2


async def test_trouble_on_the_way_loses_nothing_and_keeps_the_order(
    ring: Meet, telegram: Emulator
) -> None:
    send = [too_many(1), broken(502), refusal(500, "Internal"), cut_before()]
    telephones = [ring() for _ in send]
    for telephone, fault in zip(telephones, send, strict=True):
        telegram.fail("sendMessage", fault, chat=telephone.user.chat_id)
    await asyncio.gather(*(telephone.begins() for telephone in telephones))
    assert [len(telephone.chat) for telephone in telephones] == [2, 2, 2, 2]
    assert all("arrears" in one.data("arrears", one.chat[-1]) for one in telephones)


async def test_a_call_that_was_cut_off_is_repeated_once_and_an_edit_without_harm(
    ring: Meet, telegram: Emulator
) -> None:
    sent, edited = ring(), ring()
    await asyncio.gather(sent.begins(), edited.begins())
    cuts = [cut_after(), cut_after(), cut_after()]
    telegram.fail("sendMessage", *cuts, chat=sent.user.chat_id)
    telegram.fail("editMessageText", cut_after(), chat=edited.user.chat_id)
    await asyncio.gather(sent.sends("photo"), edited.taps("arrears"))
    assert [seen.text for seen in sent.chat[2:]] == [sent.chat[-1].text] * 2
    assert len(edited.chat) == 3


async def test_refused_markup_is_said_as_plain_words(
    telephone: Telephone, telegram: Emulator
) -> None:
    await telephone.begins()
    words = "Bad Request: can't parse entities: Unsupported start tag"
    chat = telephone.user.chat_id
    telegram.fail("sendMessage", refusal(400, words), chat=chat)
    await telephone.says("/privacy")
    assert "BSN" in telephone.chat[-1].text
    assert "<" not in telephone.chat[-1].text
    assert telephone.chat[-1].buttons


@pytest.mark.parametrize(
    ("method", "description"),
    [
        ("editMessageText", NOT_MODIFIED),
        ("editMessageText", "message to edit not found"),
        ("editMessageText", "message can't be edited"),
        ("answerCallbackQuery", TOO_OLD),
        ("sendMessage", "some rule that nobody knows yet"),
    ],
)
async def test_a_refusal_holds_nothing_up(
    telephone: Telephone, telegram: Emulator, method: str, description: str
) -> None:
    await telephone.begins()
    telegram.fail(method, refusal(400, f"Bad Request: {description}"))
    telephone.press("arrears")
    await telephone.program.rests()
    assert "landlord" in telephone.data("landlord")


async def test_of_a_message_that_is_always_refused_the_words_arrive(
    telephone: Telephone, telegram: Emulator, library: Library
) -> None:
    await telephone.begins()
    no = refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    telegram.fail("sendMessage", no, no, chat=telephone.user.chat_id)
    telephone.user.say("huurachterstand")
    await telephone.program.rests()
    assert telephone.chat[-1].text == library.questions["sender"].ask.nl
    await telephone.says("verhuurder")
    assert "reminder" in telephone.data("reminder")


async def test_an_update_of_an_unknown_shape_holds_nobody_up(
    telephone: Telephone, telegram: Emulator
) -> None:
    odd: list[Json] = [{}, {"message": 7}, {"message": {"text": "Ja"}}]
    for update in (*odd, {"callback_query": {"id": "1"}}, {"new_in_11_0": {}}):
        telegram.api.updates.deliver(update)
    await telephone.begins()
    assert telephone.program.log.count("update_unreadable") == 3


async def test_a_bug_in_a_turn_is_told_to_the_family(
    telephone: Telephone, program: Program
) -> None:
    await telephone.begins()
    program.keeps(telephone.user.chat_id, b"no JSON")
    (sorry,) = await telephone.taps("arrears")
    assert "0800" in sorry.text
    failed = [one["kind"] for one in program.events if one["event"] == "turn_failed"]
    assert failed == ["JSONDecodeError"] * TRIES


async def test_what_was_damaged_on_the_disk_lets_the_family_start_anew(
    telephone: Telephone, program: Program
) -> None:
    await telephone.begins()
    failed = program.log.count("turn_failed")
    program.keeps(telephone.user.chat_id, b"{}", damaged=True)
    await telephone.says("huurachterstand")
    assert telephone.data("lang.nl")
    await telephone.taps("lang.nl", "arrears")
    assert telephone.data("landlord")
    assert program.log.count("turn_failed") == failed


# --- what Telegram shows, and what the log holds -----------------------------------


async def test_commands_and_descriptions_stand_in_every_language(
    program: Program, telegram: Emulator, library: Library
) -> None:
    await program.rests()
    shown = {language for _, language in telegram.api.commands}
    assert shown == {"", *library.catalogues} - {"nl"}
    assert set(telegram.api.profile) == {
        (text, language)
        for text in ("description", "short_description")
        for language in shown
    }


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBUserWarning")
async def test_they_are_set_only_when_they_differ(
    program: Program, telegram: Emulator, library: Library
) -> None:
    await program.rests()
    telegram.api.profile["description", ""] = "Een oude tekst"
    before = len(telegram.calls_of(*PROFILE))
    async with Bot(telegram.token, base_url=telegram.base_url) as bot:
        await profile.publish(bot, library)
    (call,) = telegram.calls_of(*PROFILE)[before:]
    assert call.method == "setMyDescription"


async def test_the_log_holds_nothing_of_a_family(
    telephone: Telephone, program: Program, telegram: Emulator
) -> None:
    await telephone.says("/start nl", "mijn geheim is 4711", "huurachterstand")
    await telephone.sends("contact")
    log = program.log
    for secret in (CANARY, telegram.token, "4711", "huur", str(telephone.user.id)):
        assert secret not in log


async def test_the_log_has_only_fields_that_are_allowed(
    telephone: Telephone, program: Program
) -> None:
    await telephone.begins()
    assert {key for line in program.events for key in line} <= LOG_FIELDS
    assert program.events[0]["event"] == "started"
