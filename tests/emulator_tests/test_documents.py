"""A file that the bot sends stands in the chat and can be read there."""

import aiohttp
import pytest
from telegram import Bot

from tests.emulator import Emulator, Json, Upload
from tests.emulator.user import User
from tests.emulator_tests.conftest import YES, Ask

FILE = b"alles wat er staat\n"


async def test_a_document_arrives_with_its_name_and_bytes(
    emulator: Emulator, bot: Bot, family: User
) -> None:
    sent = await bot.send_document(
        family.id, FILE, caption="<b>Alles</b>", parse_mode="HTML", filename="alles.txt"
    )
    assert sent.document is not None
    assert sent.document.file_size == len(FILE)
    (seen,) = await family.next()
    assert seen.document == Upload("alles.txt", "text/plain", FILE)
    assert seen.text == "Alles"
    assert emulator.violations == []


async def test_every_file_has_an_id_of_its_own(bot: Bot, family: User) -> None:
    sent = [await bot.send_document(family.id, FILE, filename="a.txt") for _ in "ab"]
    documents = [message.document for message in sent]
    assert len({document.file_id for document in documents if document}) == 2


async def test_the_journal_shows_no_bytes(
    emulator: Emulator, bot: Bot, family: User
) -> None:
    await bot.send_document(family.id, FILE, filename="alles.txt")
    assert "wat er staat" not in repr(emulator.calls)
    assert emulator.calls[-1].parameters["document"].content == FILE


async def form(
    http: aiohttp.ClientSession,
    emulator: Emulator,
    data: aiohttp.FormData | aiohttp.MultipartWriter,
) -> Json:
    url = f"{emulator.base_url}{emulator.token}/sendDocument"
    async with http.post(url, data=data) as response:
        answer: Json = await response.json()
        return answer


@pytest.mark.parametrize(
    ("content", "caption", "words"),
    [
        pytest.param(b"", "", "file must be non-empty", id="empty"),
        pytest.param(FILE, "x" * 1025, "message caption is too long", id="caption"),
        pytest.param(
            FILE, "🏠" * 513, "message caption is too long", id="UTF-16 units"
        ),
    ],
)
async def test_bad_documents_are_violations(
    emulator: Emulator,
    http: aiohttp.ClientSession,
    family: User,
    content: bytes,
    caption: str,
    words: str,
) -> None:
    data = aiohttp.FormData({"chat_id": str(family.id), "caption": caption})
    data.add_field("document", content, filename="a.txt")
    answer = await form(http, emulator, data)
    assert answer["description"] == f"Bad Request: {words}"
    assert len(emulator.violations) == 1
    assert family.chat() == []


@pytest.mark.parametrize(
    "name", [pytest.param({}, id="none"), pytest.param({"filename": " "}, id="blank")]
)
async def test_a_document_needs_a_file_name(
    emulator: Emulator, http: aiohttp.ClientSession, family: User, name: dict[str, str]
) -> None:
    with aiohttp.MultipartWriter("form-data") as body:
        chat = body.append(str(family.id))
        chat.set_content_disposition("form-data", name="chat_id")
        document = body.append(FILE)
        document.set_content_disposition(
            "form-data", quote_fields=False, name="document", **name
        )
    answer = await form(http, emulator, body)
    assert "a document needs a file name" in answer["description"]
    assert len(emulator.violations) == 1


async def test_a_document_has_to_be_there(
    emulator: Emulator, ask: Ask, family: User
) -> None:
    answer = await ask("sendDocument", chat_id=family.id)
    assert answer["description"] == "Bad Request: there is no document in the request"
    answer = await ask("sendDocument", chat_id=family.id, document="BQACAgQAAx1")
    assert "a named file in a form" in answer["description"]
    assert len(emulator.violations) == 2


async def test_1024_characters_of_caption_fit_after_parsing(
    bot: Bot, family: User
) -> None:
    caption = f"<b>{'x' * 1024}</b>"
    await bot.send_document(
        family.id, FILE, filename="a.txt", caption=caption, parse_mode="HTML"
    )
    assert len(family.chat()[-1].text) == 1024


async def test_a_document_keeps_its_file_when_its_buttons_go(
    bot: Bot, ask: Ask, family: User
) -> None:
    await bot.send_document(family.id, FILE, filename="a.txt", caption="Kijk")
    place = {"chat_id": family.id, "message_id": 1}
    assert (await ask("editMessageReplyMarkup", **place, reply_markup=YES))["ok"]
    assert (await ask("editMessageReplyMarkup", **place))["ok"]
    (seen,) = family.chat()
    assert (seen.text, seen.labels) == ("Kijk", ())
    assert seen.document is not None


async def test_a_document_has_no_text_to_edit(
    emulator: Emulator, bot: Bot, ask: Ask, family: User
) -> None:
    await bot.send_document(family.id, FILE, filename="a.txt")
    answer = await ask("editMessageText", chat_id=family.id, message_id=1, text="!")
    assert answer["description"].endswith("there is no text in the message to edit")
    assert len(emulator.violations) == 1
