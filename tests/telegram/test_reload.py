"""Volunteers edit while families talk: good content is served, bad content is not."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.emulator import Emulator
from tests.telegram.conftest import LONGEST, Program, Telephone

ASK = "Van wie is de laatste brief? Incasso? Kies dan Verhuurder."
LAST_GOOD = "Families krijgen nog de laatste goede inhoud"
NEW_ASK = "Wie stuurde de laatste brief? Incasso? Kies dan Verhuurder."


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the shipped content that a test may change."""
    for folder in ("flows", "locales"):
        shutil.copytree(ROOT / folder, tmp_path / "content" / folder)
    return tmp_path / "content"


@pytest.fixture
async def program(content: Path, tmp_path: Path) -> AsyncIterator[Program]:
    async with Emulator() as emulator:
        running = Program(emulator, tmp_path, CONTENT=str(content))
        await running.start()
        await running.polls()
        yield running
        await running.kill()
        assert emulator.violations == []


def change(content: Path, old: str, new: str) -> None:
    """In the one file of the flows that holds these words."""
    (path,) = (
        one
        for one in (content / "flows").glob("*.yaml")
        if old in one.read_text(encoding="utf-8")
    )
    words = path.read_text(encoding="utf-8")
    path.write_text(words.replace(old, new), encoding="utf-8")


async def until(program: Program, words: str, times: int = 1) -> None:
    """Wait until the program has said this to its operator."""
    async with asyncio.timeout(LONGEST):
        while program.log.count(words) < times:
            await asyncio.sleep(0.05)


async def test_a_changed_sentence_is_said_without_a_restart(
    program: Program, content: Path
) -> None:
    telephone = Telephone(program)
    await telephone.says("/start nl")
    change(content, ASK, NEW_ASK)
    await until(program, "content_changed")
    await telephone.taps("arrears")
    assert telephone.question.text.startswith(NEW_ASK)


async def test_a_mistake_reaches_the_operator_and_no_family(
    program: Program, content: Path
) -> None:
    telephone = Telephone(program)
    await telephone.says("/start nl")
    change(content, f"ask: {ASK}", f"aks: {ASK}")
    await until(program, LAST_GOOD)
    assert "aks" in program.log
    assert "Bedoelt u" in program.log
    await telephone.taps("arrears")
    assert telephone.question.text.startswith(ASK)
    change(content, f"aks: {ASK}", f"ask: {NEW_ASK}")
    await until(program, "content_changed")


async def test_it_starts_with_the_last_good_content(
    program: Program, content: Path
) -> None:
    telephone = Telephone(program)
    await telephone.says("/start nl")
    assert await program.terminate() == 0
    change(content, f"ask: {ASK}", f"aks: {ASK}")
    await program.start()
    await program.polls()
    await telephone.taps("arrears")
    assert telephone.question.text.startswith(ASK)
    assert LAST_GOOD in program.log


async def test_a_family_on_a_question_that_goes_is_asked_another(
    program: Program, content: Path
) -> None:
    telephone = Telephone(program)
    await telephone.says("/start nl")
    await telephone.taps("arrears")
    for path in (content / "flows").rglob("*.yaml"):
        words = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"\bsender\b", "letter_sender", words), "utf-8")
    await until(program, "content_changed")
    news = await telephone.taps("landlord")
    assert any("vragen zijn veranderd" in seen.text for seen in news)
    assert telephone.question.text.startswith(ASK)
    assert "letter_sender" in telephone.data("landlord")


async def test_check_counts_the_families_that_a_change_leaves_behind(
    program: Program, content: Path
) -> None:
    for _ in range(2):
        telephone = Telephone(program)
        await telephone.says("/start nl")
        await telephone.taps("arrears")
    assert await program.commands("check", "--live") == 0
    for path in (content / "flows").rglob("*.yaml"):
        words = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"\bsender\b", "senders", words), "utf-8")
    assert await program.commands("check", "--live") == 1
    assert "De vraag “sender” is er niet meer." in program.log
    assert "Families die er nu staan: 2." in program.log
    assert "Zet dan dit in flows/arrears.yaml:" in program.log
    assert "renamed:\n  questions:\n    sender: senders\n" in program.log
