"""A volunteer who dials numbers: the list, and the round in a real terminal."""

import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pexpect
import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.content.read_library import read_library
from bot.content.read_organisations import read_checked
from bot.library import Library
from bot.organisations import Organisation
from bot.problems import Told
from bot.volunteer import Terminal, Unchecked, table, unchecked, walk
from tests.conftest import ROOT

TODAY = date(2026, 11, 27)
PATIENCE = 120
"""Seconds until the program counts as stuck; a busy machine reads slowly."""
NATIONAL = "flows/organisations/national.yaml"
ANSWERED, NUMBER = r"Nam er iemand op\? \(j/n\)", r"Is dit het nummer van .*\? \(j/n\)"
TIMES, WHO = r"Nieuwe tijden", r"Uw letters of naam"


# --- the list ----------------------------------------------------------------------


def dialled(library: Library, days: int) -> Organisation:
    one = library.organisations["geldfit"]
    return replace(one, checked=TODAY - timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "severities"),
    [(0, []), (90, []), (91, ["warning"]), (180, ["warning"]), (181, ["error"])],
)
def test_a_number_grows_old(library: Library, days: int, severities: list[str]) -> None:
    found = unchecked([dialled(library, days)], TODAY)
    assert [one.severity for one in found] == severities


def test_numbers_for_emergencies_come_first(library: Library) -> None:
    found = unchecked(library.organisations.values(), TODAY)
    emergencies = [one.organisation.emergency for one in found]
    assert emergencies == sorted(emergencies, reverse=True)


def test_who_has_no_number_and_no_website_needs_no_call(library: Library) -> None:
    assert unchecked([library.organisations["landlord"]], TODAY) == ()


def test_the_list_says_who_and_since_when(library: Library) -> None:
    rows = list(table(unchecked([dialled(library, 100)], TODAY), "nl"))
    assert rows[1].split(maxsplit=2)[:2] == ["·", "Geldfit"]
    assert rows[1].endswith("100 dagen geleden")
    assert "0 nooit of te lang geleden, 1 bijna te lang." in rows


def test_nothing_to_check_is_said() -> None:
    assert list(table((), "nl")) == ["Alles is de laatste 90 dagen nagekeken."]


def test_the_list_speaks_english_when_asked(library: Library) -> None:
    rows = list(table(unchecked([dialled(library, 100)], TODAY), "en"))
    assert rows[1].endswith("100 days ago")
    assert "0 never or too long ago, 1 nearly too long." in rows


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("never", (None, "")),
        ("2026-11-27", (TODAY, "")),
        ("2026-11-27 by JV", (TODAY, "JV")),
        ("2026-11-27 by Jo de Vries", (TODAY, "Jo de Vries")),
        ("2026-11-31 by JV", None),
        ("2026-11-27 by", None),
        ("gisteren", None),
    ],
)
def test_who_checked_is_read(written: str, found: object) -> None:
    assert read_checked(written) == found


# --- the round, without a terminal -------------------------------------------------


class Round:
    """A volunteer with these answers, and what was written."""

    def __init__(self, *answers: str) -> None:
        self.answers = iter(answers)
        self.said: list[str] = []
        self.written: dict[str, Mapping[str, str]] = {}

    def over(self, *organisations: Organisation) -> "Round":
        found = [Unchecked(one, None, "error") for one in organisations]
        terminal = Terminal(lambda question, default: next(self.answers), self.hear)
        walk(found, terminal, self.keep, TODAY)
        return self

    def hear(self, line: Told) -> None:
        self.said.append(line.words("nl"))

    def keep(self, name: str, changes: Mapping[str, str]) -> bool:
        self.written[name] = changes
        return True


def test_nobody_is_asked_to_dial_112(library: Library) -> None:
    met = Round("j", "-", "JV").over(library.organisations["police_emergency"])
    assert "  Bel dit nummer niet om te proberen. Zoek het op." not in met.said
    assert "Bel dit nummer niet om te proberen. Zoek het op." in met.said
    assert met.written == {"police_emergency": {"checked": "2026-11-27 by JV"}}


def test_yes_and_no_count_in_english_too(library: Library) -> None:
    met = Round("y", "yes", "-", "JV").over(library.organisations["geldfit"])
    assert met.written == {"geldfit": {"checked": "2026-11-27 by JV"}}
    assert Round("no", "n").over(library.organisations["geldfit"]).written == {}


def test_without_an_answer_on_the_phone_nothing_is_checked(library: Library) -> None:
    met = Round("n", "n").over(library.organisations["geldfit"])
    assert met.written == {}
    assert "Overgeslagen." in met.said


def test_a_new_number_counts_only_when_somebody_answered(library: Library) -> None:
    geldfit = library.organisations["geldfit"]
    assert Round("n", "j", "0800-1", "n").over(geldfit).written == {}
    met = Round("j", "n", "bel ons", "0800-1111", "j", "-", "JV").over(geldfit)
    assert met.written["geldfit"]["phone"] == "0800-1111"


def test_hours_that_cannot_be_are_asked_again(library: Library) -> None:
    met = Round(
        "j", "j", "9 tot 5", "ma-vr 09:00-17:00", "", "{x}", "op werkdagen", "JV"
    )
    met.over(library.organisations["geldfit"])
    assert met.written["geldfit"] == {
        "hours": "ma-vr 09:00-17:00",
        "hours_text": "op werkdagen",
        "checked": "2026-11-27 by JV",
    }


def test_a_website_is_looked_at(library: Library) -> None:
    met = Round("j", "-", "JV").over(library.organisations["kifid"])
    assert met.written == {"kifid": {"checked": "2026-11-27 by JV"}}


@pytest.mark.parametrize("quit_at", range(5))
def test_stopping_at_any_question_keeps_what_was_done(
    library: Library, quit_at: int
) -> None:
    answers = ["j", "j", "-", "JV"]
    geldfit, legal_desk = (library.organisations[n] for n in ("geldfit", "legal_desk"))
    met = Round(*answers, *answers[:quit_at], "q").over(geldfit, legal_desk, geldfit)
    assert set(met.written) == {"geldfit"} | ({"legal_desk"} if quit_at > 3 else set())


# --- the round, as a volunteer sees it ---------------------------------------------


@pytest.fixture
def content(tmp_path: Path) -> Path:
    for part in ("flows", "locales"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path


@pytest.fixture
def spawned(content: Path) -> Iterator[Callable[[], "pexpect.spawn[str]"]]:
    own = {name: value for name, value in os.environ.items() if name != "CONTENT"}
    children: list[pexpect.spawn[str]] = []

    def spawn() -> "pexpect.spawn[str]":
        child = pexpect.spawn(
            sys.executable,
            ["-m", "bot", "organisations", "--check"],
            cwd=str(ROOT),
            env=own | {"CONTENT": str(content), "PYTHONIOENCODING": "utf-8"},
            encoding="utf-8",
            echo=False,
            preexec_fn=hear_ctrl_c,
            dimensions=(60, 160),
            timeout=PATIENCE,
        )
        child.delaybeforesend = None
        children.append(child)
        return child

    yield spawn
    for child in children:
        child.kill(signal.SIGKILL)
        child.wait()
        child.close()


def hear_ctrl_c() -> None:
    """Who is started in the background by a shell would not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def answers(child: "pexpect.spawn[str]", *pairs: tuple[str, str]) -> None:
    for question, answer in pairs:
        child.expect(question)
        child.sendline(answer)


def interrupt(child: "pexpect.spawn[str]") -> None:
    """Ctrl-C, and Enter: just before it waits for a key, Python hears it only then."""
    child.send("\x03\n")


def organisations(content: Path) -> Mapping[str, Organisation]:
    library, problems = read_library(content)
    assert library is not None, problems
    return library.organisations


def changed_lines(content: Path) -> list[str]:
    old = (ROOT / NATIONAL).read_text(encoding="utf-8").splitlines()
    new = (content / NATIONAL).read_text(encoding="utf-8").splitlines()
    return [line for line in new if line not in old]


def test_a_volunteer_checks_skips_stops_and_goes_on_later(
    content: Path, spawned: Callable[[], "pexpect.spawn[str]"]
) -> None:
    child = spawned()
    child.expect(r"\[1 van (\d+)\] 113 Zelfmoordpreventie")
    first = int(str(child.match[1])) if isinstance(child.match, re.Match) else 0
    answers(child, (ANSWERED, "j"), (NUMBER, "j"), (TIMES, ""), (WHO, "JV"))
    child.expect("Bewaard")
    assert organisations(content)["suicide_line"].checked_by == "JV"
    answers(child, (r"Klopt 112\?", "s"), (ANSWERED, "q"))
    child.expect(r"Klaar\. 1 nagekeken")
    child.expect(pexpect.EOF)

    again = spawned()
    again.expect(rf"\[1 van {first - 1}\] Noodnummer")
    answers(again, (r"Klopt 112\?", "s"), (ANSWERED, "j"), (NUMBER, "n"))
    answers(again, ("Het goede nummer", "0800-2001"), ("Belde u 0800-2001", "j"))
    answers(again, (TIMES, "ma-zo 00:00-23:59"), ("in woorden", "elke dag"))
    answers(again, (WHO, "Jo de Vries"))
    again.expect("Bewaard")
    interrupt(again)
    again.expect("Wat bewaard is, blijft bewaard")
    again.expect(pexpect.EOF)
    safe_home = organisations(content)["safe_home"]
    assert (safe_home.phone, safe_home.checked_by) == ("0800-2001", "Jo de Vries")
    assert len(changed_lines(content)) == 5


def test_ctrl_c_before_the_first_answer_changes_nothing(
    content: Path, spawned: Callable[[], "pexpect.spawn[str]"]
) -> None:
    child = spawned()
    child.expect(ANSWERED)
    interrupt(child)
    child.expect(pexpect.EOF)
    assert "Traceback" not in str(child.before)
    assert changed_lines(content) == []


def test_the_list_ends_with_one_while_numbers_are_unchecked(content: Path) -> None:
    run = CliRunner().invoke(app, ["organisations"], env={"CONTENT": str(content)})
    assert run.exit_code == 1
    assert "drempel organisations --check" in run.stdout


def test_the_list_ends_with_zero_when_all_is_checked(content: Path) -> None:
    for path in (content / "flows/organisations").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        today = date.today().isoformat()
        path.write_text(text.replace("checked: never", f"checked: {today}"))
    run = CliRunner().invoke(app, ["organisations"], env={"CONTENT": str(content)})
    assert (run.exit_code, run.stdout) == (
        0,
        "Alles is de laatste 90 dagen nagekeken.\n",
    )
