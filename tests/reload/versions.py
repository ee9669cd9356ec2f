"""`python -m tests.reload.versions 50`: families of older flows go on under today's.

Each version that the history of the project has is read again. Of every question in it
some households get there; all of them are answered by the flows of today.
"""

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import cycle, islice
from pathlib import Path

from bot.content.read_library import MissingContentError, read_library
from bot.conversation import engine
from bot.conversation.model import (
    CHANGE,
    OUTCOME,
    STOPPED,
    SUMMARY,
    Command,
    Conversation,
    Reply,
    Said,
    Tapped,
    Turn,
)
from bot.conversation.sampling import Household, examples_of, households
from bot.library import Library
from tests.conftest import ID, ROOT, TUESDAY, words_of

MOST_HOUSEHOLDS, ENDS = 6_000, 12
"""So many households are drawn, and of so many all ends are tried."""

BACK = Said("terug")


@dataclass(slots=True)
class Figures:
    """What came of the states of all versions."""

    versions: int = 0
    unreadable: list[str] = field(default_factory=list)
    questions: int = 0
    reached: int = 0
    states: int = 0
    replies: int = 0
    stayed: int = 0
    kept: int = 0
    """Answers that the flows of now still have."""

    gone: int = 0
    wrong: list[str] = field(default_factory=list)


def history(count: int) -> Sequence[str]:
    """The last commits that touched the flows, newest first; empty without history."""
    asked = ["git", "log", f"-{count}", "--format=%H", "--", "flows"]
    try:
        found = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ()
    return found.stdout.decode().split()


def version(commit: str) -> Library | None:
    """The flows of then, read by the program of now; None when it cannot."""
    asked = ["git", "archive", commit, "flows"]
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True)
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(found.stdout)) as archive:
            archive.extractall(folder, filter="data")
        try:
            library, _ = read_library(Path(folder))
        except MissingContentError:
            return None
    return library


def try_version(now: Library, old: Library, figures: Figures, each: int) -> None:
    """Every state of the old version, each with so many replies."""
    figures.versions += 1
    figures.questions += len(old.questions)
    reached = set[str]()
    for state in states(old, TUESDAY):
        reached.add(state.at)
        figures.states += 1
        several = cycle(replies(old, state))
        # Other states get the replies that this one does not get.
        for reply in islice(several, figures.states % 6, figures.states % 6 + each):
            figures.replies += 1
            _try(now, state, reply, figures)
    figures.reached += len(reached & old.questions.keys())


def states(old: Library, moment: datetime) -> Iterator[Conversation]:
    """A household at each question, and at all ends of a few whole ways."""
    stood = set[str]()
    drawn = islice(households(old, moment.date(), 1), MOST_HOUSEHOLDS)
    for number, household in enumerate(drawn):
        for place, question in enumerate(household.path):
            if question not in stood:
                stood.add(question)
                yield from _asked(old, household, place, moment)
        if number < ENDS:
            for at in (SUMMARY, CHANGE, OUTCOME, STOPPED):
                yield _state(old, household, at, len(household.path), moment)
        if number >= ENDS and stood == old.questions.keys():
            return


def _asked(
    old: Library, household: Household, place: int, moment: datetime
) -> Iterator[Conversation]:
    """At the question; and where one can, with its answer ticked or to be confirmed."""
    question, stored = household.path[place], household.answers[household.path[place]]
    here = _state(old, household, question, place, moment)
    yield here
    kind = old.questions[question].kind
    if kind.several or stored not in kind.labels:
        yield replace(here, pending=stored)


def _state(
    old: Library, household: Household, at: str, place: int, moment: datetime
) -> Conversation:
    path = household.path[:place]
    return Conversation(
        ID,
        "nl",
        at,
        {name: household.answers[name] for name in path},
        path,
        turn=len(path) + 1,
        library=old.fingerprint,
        heard=engine.minutes(moment),
    )


def replies(old: Library, state: Conversation) -> Iterator[Reply]:
    """A button that stands on its screen, words, a yes, “back” and a command."""
    if state.at in old.questions:
        answer = examples_of(old, TUESDAY.date())[state.at][0]
        yield Tapped(ID, state.turn, state.at, answer)
    else:
        yield Tapped(ID, state.turn, state.at, "@yes")
    yield Said("ja")
    yield BACK
    yield Said("moment")
    yield Command("gegevens")
    yield Command("go_on")


def _try(now: Library, state: Conversation, reply: Reply, figures: Figures) -> None:
    what = f"at {state.at}, {type(reply).__name__}"
    try:
        turn = engine.answer(now, state, reply, TUESDAY)
        # What is held is written anew, and read, in whatever state that leaves.
        follows = engine.answer(now, _after(turn), Command("go_on"), TUESDAY)
        said = [*words_of(now, (*turn.messages, *follows.messages), "nl")]
    except Exception as bug:
        figures.wrong.append(f"{what}: {type(bug).__name__} {bug}")
        return
    at = _after(follows).at
    if not said or at not in (*now.questions, SUMMARY, CHANGE, OUTCOME):
        figures.wrong.append(f"{what}: then at {at} with {len(said)} words")
    figures.stayed += at == now.renamed.questions.get(state.at, state.at)
    if reply != BACK:
        _count_answers(now, state, _after(follows), what, figures)


def _after(turn: Turn) -> Conversation:
    assert turn.conversation is not None
    return turn.conversation


def _count_answers(
    now: Library, state: Conversation, after: Conversation, what: str, figures: Figures
) -> None:
    renamed = now.renamed
    for question, stored in state.answers.items():
        new = renamed.questions.get(question, question)
        kept = renamed.answers.get((question, stored), stored)
        if new not in now.questions or not now.questions[new].kind.accepts(kept):
            figures.gone += 1
        elif after.answers.get(new) == kept:
            figures.kept += 1
        else:
            figures.wrong.append(f"{what}: {question} was answered and is lost")


def tried(now: Library, commits: Sequence[str], each: int) -> Figures:
    """`each`: so many replies in each state."""
    figures = Figures()
    for commit in commits:
        old = version(commit)
        if old is None:
            figures.unreadable.append(commit[:7])
        else:
            try_version(now, old, figures, each)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.reload.versions")
    parser.add_argument("versions", type=int, nargs="?", default=50)
    commits = history(parser.parse_args().versions)
    now, _ = read_library(ROOT)
    if now is None or not commits:
        sys.exit("Content with errors, or no history of the project in this folder.")
    found = tried(now, commits, each=3)
    print(f"{found.versions} versions; not read any more: {found.unreadable}")
    print(f"{found.reached} of {found.questions} questions reached")
    print(f"{found.states} states, {found.replies} replies")
    print(f"{found.stayed} replies after which a family stands where it stood")
    print(f"{found.kept} answers kept, {found.gone} that the flows no longer have")
    print(f"{len(found.wrong)} faults")
    for one in found.wrong[:20]:
        print(f"    {one}")
    sys.exit(bool(found.wrong))


if __name__ == "__main__":
    main()
