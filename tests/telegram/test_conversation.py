"""Whole conversations with the real program, over real HTTP."""

import asyncio
import random

import pytest

from bot.library import Library
from tests.emulator import (
    Emulator,
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

EVICTED = ("eviction", in_days(5), "writ", in_days(-1), "yes")
"""A bailiff announced the eviction for five days from now."""

SUMMONED = ("arrears", "bailiff", "summons", in_days(-1), in_days(20))
FAMILY = ("none", "corporation", "no")


async def answers(telephone: Telephone, *given: str) -> list[Seen]:
    """Taps the button with this answer; types and confirms a date."""
    news: list[Seen] = []
    for one in given:
        if one[:1].isdigit():
            news = await telephone.says(one, "ja")
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
    await answers(telephone, *EVICTED, *FAMILY)
    advice = await telephone.taps("@yes")
    new = [seen for seen in advice if not seen.edited]
    assert len(new) > 3
    assert "🔴" in words(new)
    assert "gemeente" in words(new)


async def test_a_summons_is_advised_in_english(ring: Meet) -> None:
    telephone = ring(language_code="en")
    await telephone.says("/start")
    await telephone.taps("lang.en")
    await answers(telephone, *SUMMONED, *FAMILY)
    advice = await telephone.taps("@yes")
    assert "court" in words(advice).casefold()
    assert telephone.program.emulator.violations == []


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
    await answers(telephone, *SUMMONED, *FAMILY, "@yes")
    advice = [seen for seen in telephone.chat if "🎒" in seen.text]
    assert advice
    assert not any(seen.edited for seen in advice)


async def test_every_answer_can_be_typed(telephone: Telephone) -> None:
    await telephone.says("/start", "nederlands", "huurachterstand", "verhuurder")
    await telephone.says("herinnering", "geen", "woningcorporatie", "nee")
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
    await answers(telephone, *SUMMONED, *FAMILY)
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


async def test_restart_asks_the_first_question_again(telephone: Telephone) -> None:
    await telephone.begins()
    first = telephone.question.text
    await telephone.taps("arrears", "landlord")
    await telephone.says("opnieuw")
    assert telephone.question.text == first


async def test_another_language_keeps_every_answer(telephone: Telephone) -> None:
    await telephone.begins()
    await answers(telephone, *SUMMONED, *FAMILY)
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


async def test_a_deep_link_with_a_language_starts_in_it(telephone: Telephone) -> None:
    await telephone.says("/start en")
    assert "lang.nl" not in [b.data for row in telephone.question.buttons for b in row]
    assert "happening" in telephone.question.text.casefold() or telephone.question.text


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
    telephone.user.block()
    await program.rests()
    calls = len(telegram.calls_of("sendMessage"))
    assert program.conversations() == known
    telephone.user.unblock()
    await telephone.says("/start")
    assert len(telegram.calls_of("sendMessage")) == calls + 1
    assert "lang.nl" in telephone.data("lang.nl")


async def test_a_family_that_blocked_meanwhile_is_forgotten(
    telephone: Telephone, program: Program, telegram: Emulator
) -> None:
    known = program.conversations()
    await telephone.begins()
    telegram.fail("sendMessage", blocked(), chat=telephone.user.chat_id)
    telephone.user.say("huurachterstand")
    await program.rests()
    assert program.conversations() == known


@pytest.mark.parametrize(
    "typed",
    ["<b>vet", "&lt;script&gt;", "</b></i>", "a < b & c > d", "\u202e\x00‏", "😀" * 99],
)
async def test_typed_markup_breaks_nothing(telephone: Telephone, typed: str) -> None:
    await telephone.begins()
    for answer in ("eviction", "writ"):
        await telephone.says(typed, typed, typed)
        await telephone.says("/help") if answer == "writ" else None
        if answer == "eviction":
            await answers(telephone, "eviction", in_days(2))


async def test_families_do_not_mix(ring: Meet) -> None:
    evicted, summoned = ring(), ring()
    await asyncio.gather(evicted.begins(), summoned.begins())
    for one, other in zip(EVICTED + FAMILY, SUMMONED + FAMILY, strict=True):
        await asyncio.gather(answers(evicted, one), answers(summoned, other))
    assert in_days(20)[:2].lstrip("0") in summoned.question.text
    assert "Zitting" not in evicted.question.text
    assert evicted.program.emulator.violations == []


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


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(too_many(1), id="429"),
        pytest.param(broken(502), id="502"),
        pytest.param(cut_before(), id="cut before"),
        pytest.param(refusal(500, "Internal Server Error"), id="500"),
    ],
)
async def test_a_failed_call_is_tried_again_in_order(
    telephone: Telephone, telegram: Emulator, fault: object
) -> None:
    telegram.fail("sendMessage", fault, chat=telephone.user.chat_id)  # type: ignore[arg-type]
    await telephone.begins()
    assert len(telephone.chat) == 2
    assert "arrears" in telephone.data("arrears", telephone.chat[-1])


async def test_an_answer_that_was_cut_off_is_said_at_most_twice(
    telephone: Telephone, telegram: Emulator
) -> None:
    await telephone.begins()
    chat = telephone.user.chat_id
    telegram.fail("sendMessage", cut_after(), cut_after(), cut_after(), chat=chat)
    telephone.user.send("photo")
    await telephone.looks()
    assert len(telephone.chat) == 4


async def test_an_edit_that_was_cut_off_is_repeated_without_harm(
    telephone: Telephone, telegram: Emulator
) -> None:
    await telephone.begins()
    chat = telephone.user.chat_id
    telegram.fail("editMessageText", cut_after(), cut_before(), chat=chat)
    await telephone.taps("arrears")
    assert len(telephone.chat) == 3 + 1


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


# --- what Telegram shows, and what the log holds -----------------------------------


async def test_commands_and_descriptions_stand_in_every_language(
    program: Program, telegram: Emulator, library: Library
) -> None:
    await program.rests()
    shown = {language for _, language in telegram.api.commands}
    assert shown == {"", *library.catalogues} - {"nl"}
    assert {key for key, _ in telegram.api.profile} == {
        "description",
        "short_description",
    }


async def test_the_log_holds_nothing_of_a_family(
    telephone: Telephone, program: Program, telegram: Emulator
) -> None:
    await telephone.says("/start nl", "mijn geheim is 4711", "huurachterstand")
    log = program.log
    for secret in (CANARY, telegram.token, "4711", "huur", str(telephone.user.id)):
        assert secret not in log
