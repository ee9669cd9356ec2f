"""What GitHub does for us is a command of ours, and may do no more than it needs."""

import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from bot import cli
from bot.review import MARK
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
OWNERS = ROOT / ".github/CODEOWNERS"
DREMPEL = re.compile(r"\.venv/bin/drempel (\w+)(.*)")
OPTION = re.compile(r"--[\w-]+")


def workflow(name: str) -> dict[str, Any]:
    text = (ROOT / ".github/workflows" / name).read_text(encoding="utf-8")
    found = yaml.safe_load(text)
    assert isinstance(found, dict)
    # YAML 1.1 reads the key “on” as true.
    return {"on" if key is True else key: value for key, value in found.items()}


def jobs() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for path in WORKFLOWS:
        yield from workflow(path.name)["jobs"].items()


def steps() -> list[Mapping[str, Any]]:
    return [step for _, job in jobs() for step in job["steps"]]


RUNS = [step["run"] for step in steps() if "run" in step]


def test_each_command_that_is_run_exists_with_its_options() -> None:
    commands = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    called = [found for run in RUNS for found in DREMPEL.findall(run)]
    assert {name for name, _ in called} == {"check", "review"}
    for name, rest in called:
        known = {option for one in commands[name].params for option in one.opts}
        assert set(OPTION.findall(rest)) <= known


def test_what_make_is_asked_for_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    asked = [run.split()[1] for run in RUNS if run.startswith("make ")]
    assert "test" in asked
    written = makefile.replace("$(VENV)", ".venv")
    assert [one for one in asked if f"\n{one}:" not in written] == []


@pytest.mark.parametrize("run", RUNS)
def test_nothing_that_a_stranger_writes_becomes_part_of_a_command(run: str) -> None:
    assert "${{" not in run


@pytest.mark.parametrize("run", RUNS)
def test_each_command_is_one_that_the_shell_can_read(run: str) -> None:
    subprocess.run(["bash", "-n", "-c", run], check=True)


def test_what_runs_a_proposal_may_write_nothing() -> None:
    check = workflow("check.yml")
    assert set(check["permissions"].values()) == {"read"}
    assert [name for name, job in check["jobs"].items() if "permissions" in job] == []
    assert "pull_request_target" not in check["on"]


def test_what_may_write_runs_nothing_of_a_proposal() -> None:
    comment = workflow("comment.yml")
    words = str(comment)
    assert "checkout" not in words
    assert "drempel review" in words
    assert DREMPEL.findall(words) == []
    assert comment["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert MARK in words


def test_the_comment_waits_for_the_workflow_that_writes_it() -> None:
    assert workflow("comment.yml")["on"]["workflow_run"]["workflows"] == [
        workflow("check.yml")["name"]
    ]


def test_only_githubs_own_actions_are_used() -> None:
    used = [step["uses"] for step in steps() if "uses" in step]
    assert [one for one in used if not one.startswith("actions/")] == []


def owned() -> list[str]:
    rows = OWNERS.read_text(encoding="utf-8").splitlines()
    return [row.split()[0] for row in rows if row and not row.startswith("#")]


def test_each_place_that_has_owners_exists() -> None:
    assert [one for one in owned() if one != "*" and not _there(one).exists()] == []


def _there(row: str) -> Path:
    return ROOT / row.removeprefix("/")


@pytest.mark.parametrize(
    "path",
    ["organisations/national.yaml", "crisis.yaml", "law/deadlines.yaml", "advice/"],
)
def test_numbers_law_and_words_of_danger_have_owners_of_their_own(path: str) -> None:
    rows = [one for one in owned() if f"/flows/{path}".startswith(one)]
    assert rows[-1] != "/flows/"
