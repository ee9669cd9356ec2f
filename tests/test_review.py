"""The comment under a proposal, made by the real command in a real repository."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.changes import changes
from bot.changes.report import Comparison
from bot.chats import chat, escaped
from bot.content.read_version import read_version
from bot.conversation import speaking
from bot.conversation.model import Conversation
from bot.library import Library
from bot.review import MARK, readers
from tests.conftest import ROOT, buttons_of

START, NATIONAL = "flows/start.yaml", "flows/organisations/national.yaml"
CRISIS, FAMILY = "flows/crisis.yaml", "flows/family.yaml"
ASKS = "ask: Wat is er aan de hand?"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A repository with the shipped content, and edits on top of its one commit."""

    folder: Path

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        words = path.read_text(encoding="utf-8")
        assert old in words
        path.write_text(words.replace(old, new, 1), encoding="utf-8")

    def review(self, *words: str) -> tuple[int, str]:
        ran = subprocess.run(
            [sys.executable, "-m", "bot", "review", *words],
            cwd=ROOT,
            env={**environment(), "CONTENT": str(self.folder)},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert "Traceback" not in ran.stderr
        return ran.returncode, ran.stdout + ran.stderr


def environment() -> Mapping[str, str]:
    own = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "CONTENT"))}
    return own | {"PYTHONIOENCODING": "utf-8"}


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    subprocess.run(
        ["git", *identity, "-C", str(folder), *words], check=True, capture_output=True
    )


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("committed")
    for name in ("flows", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Everything")
    return folder


@pytest.fixture
def proposal(committed: Path, tmp_path: Path) -> Proposal:
    return Proposal(shutil.copytree(committed, tmp_path / "proposal"))


def test_a_changed_question_is_shown_as_families_see_it(proposal: Proposal) -> None:
    proposal.edit(START, ASKS, "ask: Wat is er nu aan de hand?")
    code, said = proposal.review()
    assert code == 0
    assert said.startswith(MARK + "\n## ✅")
    assert "> **Wat is er nu aan de hand?**" in said
    assert "<summary><code>situation</code> · English</summary>" in said
    assert "<kbd>💶 Huurachterstand</kbd>" in said
    assert "iemand die die taal spreekt" in said


def test_a_mistake_stands_on_top_with_its_line(proposal: Proposal) -> None:
    proposal.edit(START, ASKS, "aks: Wat is er aan de hand?")
    code, said = proposal.review()
    assert code == 1
    assert said.startswith(MARK + "\n## ❌")
    line = (proposal.folder / START).read_text(encoding="utf-8").split("aks:")[0]
    assert f"`{START}:{line.count(chr(10)) + 1}`" in said


def test_a_household_that_hears_something_else_is_named(proposal: Proposal) -> None:
    file = "flows/advice/arrears.yaml"
    card = (proposal.folder / file).read_text(encoding="utf-8")
    urgency = re.findall(r"    urgency: (\w+)", card)[0]
    other = "month" if urgency != "month" else "week"
    proposal.edit(file, f"urgency: {urgency}", f"urgency: {other}")
    code, said = proposal.review()
    assert code == 1
    assert "* `flows/scenarios/" in said


@pytest.mark.parametrize(
    ("file", "old", "new", "people"),
    [
        pytest.param(NATIONAL, "0800-8115", "0800-8116", 2, id="a number"),
        pytest.param(CRISIS, "- zelfdoding", "- dood willen", 2, id="words of danger"),
        pytest.param(START, ASKS, "ask: Wat is er gebeurd?", 1, id="a text"),
        pytest.param(START, ASKS, f"{ASKS}  # een vraag", 0, id="a comment"),
    ],
)
def test_it_counts_who_must_look(
    committed: Path, proposal: Proposal, file: str, old: str, new: str, people: int
) -> None:
    proposal.edit(file, old, new)
    (before, _), (after, _) = map(read_version, (committed, proposal.folder))
    assert before is not None
    assert after is not None
    assert readers(Comparison("HEAD", changes(before, after))) == people


def test_it_ends_well_once_enough_people_looked(proposal: Proposal) -> None:
    proposal.edit(NATIONAL, "0800-8115", "0800-8116")
    assert proposal.review("--approvals", "1")[0] == 1
    assert proposal.review("--approvals", "2")[0] == 0


def test_what_the_workflow_compares_with_is_any_revision(proposal: Proposal) -> None:
    proposal.edit(START, ASKS, "ask: Wat is er gebeurd?")
    git(proposal.folder, "commit", "-aqm", "Another question")
    assert "*situation*" in proposal.review("HEAD^1")[1]
    assert "*situation*" not in proposal.review("HEAD")[1]


def test_an_unknown_revision_is_told_kindly(proposal: Proposal) -> None:
    code, said = proposal.review("no-such-branch")
    assert code == 2
    assert "no-such-branch" in said


def test_strangers_cannot_write_anything_but_words(proposal: Proposal) -> None:
    proposal.edit(START, ASKS, 'ask: "Zie <img src=x> @iedereen [klik](https://x.nl)"')
    said = proposal.review()[1]
    assert "<img" not in said
    assert "@iedereen" not in said
    assert re.search(r"(?<!\\)\[klik", said) is None


def test_the_chat_has_every_button_of_the_question(library: Library) -> None:
    for language in library.catalogues:
        for name in library.questions:
            shown = chat(library, name, language)
            current = Conversation("", language, name, path=("situation",))
            catalogue = library.catalogue(language)
            for button in buttons_of(speaking.ask(library, current)):
                if button.answer != "back":
                    assert f"<kbd>{escaped(catalogue.say(button.label))}</kbd>" in shown


def test_what_a_proposal_changes_is_marked_in_the_drawing(proposal: Proposal) -> None:
    proposal.edit(START, ASKS, "ask: Wat is er nu aan de hand?")
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "draw", "start", "--mermaid", "--changed=HEAD"],
        cwd=ROOT,
        env={**environment(), "CONTENT": str(proposal.folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    marked = [line for line in ran.stdout.splitlines() if "class " in line]
    assert any("n_q_situation" in one and "changed" in one for one in marked)
