"""`drempel diff`: a real repository of git, a real process."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.content.at_revision import NoRevisionError, at_revision
from tests.conftest import ROOT
from tests.sample import lay_out

FINE, COULD_NOT_RUN = 0, 2
NOTHING = "Voor families verandert er niets.\n"
GIT = ("git", "-c", "user.name=Test", "-c", "user.email=test@example.org")

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not here")


def git(folder: Path, *words: str) -> None:
    subprocess.run([*GIT, *words], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Een stap")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The sample, in a folder inside a repository, committed once."""
    folder = tmp_path / "repository" / "content"
    folder.mkdir(parents=True)
    git(folder.parent, "init", "--quiet")
    lay_out(folder)
    commit(folder.parent)
    return folder


def change(content: Path, old: str, new: str, file: str = "flows/start.yaml") -> None:
    path = content / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def diff(
    content: Path, *words: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """In a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "diff", *words],
        env={**os.environ, "CONTENT": str(content), **environment},
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip


def run(content: Path, *words: str) -> tuple[int, str]:
    """In this process, which is quicker."""
    found = CliRunner().invoke(app, ["diff", *words], env={"CONTENT": str(content)})
    return found.exit_code, found.output


def test_nothing_changed(content: Path) -> None:
    found = diff(content)
    assert (found.returncode, found.stdout, found.stderr) == (FINE, NOTHING, "")


def test_an_edit_is_told_since_the_last_commit(content: Path) -> None:
    change(content, "ask: Wat is er stuk?", "ask: Wat ging er stuk?")
    found = diff(content)
    assert (found.returncode, found.stderr) == (FINE, "")
    assert found.stdout == (
        "Voor families, sinds HEAD:\n"
        "\n"
        "- Vraag *broken*: de tekst is nu “Wat ging er stuk?” (was “Wat is er"
        " stuk?”).\n"
        "\n"
        "Wat zij daarvan merken:\n"
        "\n"
        "- Wie welke vraag krijgt, en wie welk advies hoort, blijft gelijk.\n"
    )


def test_it_speaks_english_when_asked(content: Path) -> None:
    change(content, "ask: Wat is er stuk?", "ask: Wat ging er stuk?")
    _, said = run(content, "--lang", "en")
    assert said.startswith(
        "For families, since HEAD:\n\n- Question *broken*: the text is now “Wat ging er"
        " stuk?” (was “Wat is er stuk?”).\n"
    )


def test_a_comment_is_no_change(content: Path) -> None:
    change(content, "flow: start", "# Nieuw\nflow: start")
    assert run(content) == (FINE, NOTHING)


def test_what_only_volunteers_see_stands_apart(content: Path) -> None:
    change(content, "title: De kachel", "title: Kachels", file="flows/stove.yaml")
    assert run(content) == (
        FINE,
        f"{NOTHING}\nVoor vrijwilligers, sinds HEAD:\n\n"
        "- Flow *stove*: de titel is nu “Kachels” (was “De kachel”).\n",
    )


def test_an_older_commit_can_be_named(content: Path) -> None:
    change(content, "ask: Wat is er stuk?", "ask: Wat ging er stuk?")
    commit(content)
    assert run(content) == (FINE, NOTHING)
    code, said = run(content, "HEAD~1")
    assert (code, said.splitlines()[0]) == (FINE, "Voor families, sinds HEAD~1:")


def test_who_hears_something_else_is_shown_with_a_household(content: Path) -> None:
    wood = "if: heating == wood\n        flow: stove"
    change(content, wood, "if: heating == gas\n        flow: stove")
    _, said = run(content)
    assert "- Vraag *heating*: antwoord *🔥 Gas* leidt nu naar flow *stove*" in said
    assert "- Wie krijgt nu andere vragen? Van 2000 gezinnen (door loting) " in said


def test_json_is_for_other_programs(content: Path) -> None:
    change(content, "ask: Wat is er stuk?", "ask: Bel 0800-8115.")
    found: Any = json.loads(diff(content, "--json").stdout)
    (one,) = found["changes"]
    assert found["families"]
    assert one["file"] == "flows/start.yaml"
    assert one["concerns"] == ["phone", "question", "text"]
    assert one["two_people"]


# --- what cannot be compared -------------------------------------------------------


@pytest.mark.parametrize(
    "revision", ["nope", "--output=stolen", "-h", "", "HEAD:flows", "a;touch stolen"]
)
def test_an_unknown_revision_gets_one_sentence(content: Path, revision: str) -> None:
    found = diff(content, "--", revision)
    assert (found.returncode, found.stdout) == (COULD_NOT_RUN, "")
    assert found.stderr == (
        f"Git kent hier geen versie “{revision}”. Probeer HEAD, HEAD~1 of main.\n"
    )
    assert not list(content.parent.rglob("stolen"))


def test_without_a_repository_it_says_so(tmp_path: Path) -> None:
    content = lay_out(tmp_path)
    found = diff(content, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert (found.returncode, found.stdout) == (COULD_NOT_RUN, "")
    assert found.stderr.startswith(f"{content} staat niet in een map van git")
    assert len(found.stderr.splitlines()) == 1


def test_without_git_it_says_so(content: Path) -> None:
    found = diff(content, PATH="")
    assert (found.returncode, found.stdout, found.stderr) == (
        COULD_NOT_RUN,
        "",
        "Git staat niet op deze computer. De oude versie komt uit git.\n",
    )


def test_a_revision_without_content_is_told(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message", "Leeg")
    assert run(lay_out(tmp_path)) == (
        COULD_NOT_RUN, "Bij HEAD was hier nog geen map flows/.\n",
    )  # fmt: skip


def test_old_content_that_reads_no_more_is_told(content: Path) -> None:
    change(content, "texts:", "teksten:", file="flows/words.yaml")
    commit(content)
    change(content, "teksten:", "texts:", file="flows/words.yaml")
    code, said = run(content)
    assert code == COULD_NOT_RUN
    assert said.startswith("De inhoud bij HEAD kan niet worden gelezen (")


def test_old_content_with_a_mistake_is_compared_as_far_as_it_goes(
    content: Path,
) -> None:
    change(content, "next: pets", "next: petz")
    commit(content)
    change(content, "next: petz", "next: pets")
    code, said = run(content)
    assert code == FINE
    assert said.startswith("De inhoud bij HEAD heeft 1 fout: wat niet gelezen kon")
    assert "- Vraag *broken* leidt nu naar *pets* (was *petz*)." in said
    assert "door loting" not in said


def test_a_mistake_of_now_is_compared_as_far_as_it_goes(content: Path) -> None:
    change(content, "next: pets", "next: petz")
    code, said = run(content)
    assert code == FINE
    assert said.startswith("De inhoud van nu heeft 1 fout: wat niet gelezen kon")
    assert "Wat families horen, is daarom niet uitgeprobeerd." in said


def test_content_of_now_that_cannot_be_read_is_told(content: Path) -> None:
    (content / "flows/dates.yaml").unlink()
    assert run(content) == (
        COULD_NOT_RUN,
        "De inhoud van nu kan niet worden gelezen (flows/dates.yaml ontbreekt).\n",
    )


def test_the_folder_of_then_is_gone_afterwards(content: Path) -> None:
    with at_revision(content, "HEAD") as then:
        assert (then / "flows/start.yaml").read_bytes() == (
            content / "flows/start.yaml"
        ).read_bytes()
    assert not then.exists()


def test_a_link_out_of_the_folder_is_not_followed(content: Path) -> None:
    (content / "flows/away.yaml").symlink_to("/etc/hostname")
    commit(content)
    with pytest.raises(NoRevisionError), at_revision(content, "HEAD"):
        pass
