"""The commands: what they print for people, for programs, and how they end."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from tests.conftest import ROOT
from tests.sample import lay_out

FINE, PROBLEMS, COULD_NOT_RUN = 0, 1, 2
PROBLEM = {"file", "line", "column", "severity", "code", "message"}
PLAYED = {"name", "file", "line", "passed", "differences", "outcome"}
OUTCOME = {"urgency", "advice", "organisations", "deadlines", "questions"}


@pytest.fixture(autouse=True)
def quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of the person who runs the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("TELEGRAM_TOKEN", "TELEGRAM_API", "DATABASE", "CONTENT", "KEYS"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the shipped content."""
    for part in ("flows", "locales"):
        shutil.copytree(ROOT / part, tmp_path / "content" / part)
    return tmp_path / "content"


def run(*words: str, content: Path | None = None) -> Result:
    environment = {"CONTENT": str(content)} if content else {}
    return CliRunner().invoke(app, list(words), env=environment)


def run_alone(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """In a process of its own, with this on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        input=typed, capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip


def change(content: Path, file: str, old: str, new: str) -> None:
    path = content / "flows" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def parsed(result: Result) -> Any:
    return json.loads(result.stdout)


# --- check -------------------------------------------------------------------------


def test_the_shipped_content_passes_the_check() -> None:
    result = run("check")
    assert result.exit_code == FINE, result.output
    counted, covered = result.stdout.splitlines()[-2:]
    assert counted.startswith("0 fouten")
    assert covered.startswith("1 van de 342 gemeenten heeft een eigen loket")


def test_the_check_speaks_english_when_asked() -> None:
    result = run("check", "--lang", "en")
    counted, covered = result.stdout.splitlines()[-2:]
    assert counted.startswith("0 errors")
    assert covered.startswith("1 of 342 municipalities has its own debt-help desk")


def test_a_mistake_ends_the_check_with_one(content: Path) -> None:
    change(content, "start.yaml", "flow: shelter", "flow: sheltr")
    result = run("check", content=content)
    assert result.exit_code == PROBLEMS
    assert "Bedoelt u “shelter”?" in result.stdout
    counted, more = result.stdout.splitlines()[-2:]
    assert "1 fout," in counted
    assert more == "Meer over een code: drempel explain no-such-flow"


def test_a_warning_alone_is_fine(content: Path) -> None:
    change(content, "start.yaml", "Wat is er aan de hand?", "Wat is er? " * 15)
    result = run("check", content=content)
    assert (result.exit_code, "let op [limits]" in result.stdout) == (FINE, True)


def test_the_check_annotates_a_change_on_github(content: Path) -> None:
    change(content, "start.yaml", "flow: shelter", "flow: sheltr")
    result = run("check", "--github", "--lang", "en", content=content)
    at = "file=flows/start.yaml,line="
    (line,) = [one for one in result.stdout.splitlines() if at in one]
    assert line.startswith(f"::error {at}")
    assert line.endswith(
        ",title=no-such-flow::There is no flow “sheltr”. Did you mean “shelter”?"
    )
    assert result.exit_code == PROBLEMS


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_json_is_told_in_the_language_asked_for(content: Path, lang: str) -> None:
    change(content, "start.yaml", "Wat is er aan de hand?", "Wat is er? " * 15)
    found = parsed(run("check", "--json", "--lang", lang, content=content))
    begins = {"nl": "Te lang voor een vraag", "en": "This question has"}
    long, *_ = (one for one in found if one["code"] == "limits")
    assert long["message"].startswith(begins[lang])


def test_the_check_speaks_json(content: Path) -> None:
    change(content, "start.yaml", "flow: shelter", "flow: sheltr")
    result = run("check", "--json", content=content)
    (problem,) = [one for one in parsed(result) if one["severity"] == "error"]
    assert problem.keys() == PROBLEM
    assert (problem["file"], problem["code"]) == ("flows/start.yaml", "no-such-flow")
    assert isinstance(problem["line"], int)
    assert result.exit_code == PROBLEMS


def test_the_check_of_good_content_is_an_empty_list_of_errors() -> None:
    assert [
        one for one in parsed(run("check", "--json")) if one["severity"] == "error"
    ] == []


def test_a_release_refuses_numbers_that_nobody_dialled(content: Path) -> None:
    result = run("check", "--release", "--json", content=content)
    codes = {one["code"] for one in parsed(result) if one["severity"] == "error"}
    assert codes == {"number-not-checked"}
    assert result.exit_code == PROBLEMS


def test_a_release_accepts_numbers_that_somebody_dialled(content: Path) -> None:
    for path in (content / "flows/organisations").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("checked: never", "checked: 2026-11-20"))
    result = run("check", "--release", content=content)
    assert result.exit_code == FINE, result.output


def test_a_mistake_in_a_scenario_is_found_by_the_check(content: Path) -> None:
    change(content, "scenarios/arrears.yaml", "urgency: week", "urgency: weak")
    result = run("check", content=content)
    assert result.exit_code == PROBLEMS
    assert "flows/scenarios/arrears.yaml:" in result.stdout


# --- test --------------------------------------------------------------------------


def test_the_shipped_scenarios_pass() -> None:
    result = run("test")
    assert result.exit_code == FINE, result.output


def test_a_scenario_that_differs_is_told_with_its_line(content: Path) -> None:
    change(content, "scenarios/arrears.yaml", "urgency: week", "urgency: now")
    result = run("test", content=content)
    assert result.exit_code == PROBLEMS
    assert "flows/scenarios/arrears.yaml:" in result.stdout
    assert "    urgency: verwacht now, kreeg week\n    gevraagd: situation → " in (
        result.stdout
    )
    assert result.stdout.splitlines()[-1].endswith(". Die iets anders horen: 1.")


def test_the_scenarios_speak_english_when_asked(content: Path) -> None:
    change(content, "scenarios/arrears.yaml", "urgency: week", "urgency: now")
    told = run("test", "--lang", "en", content=content).stdout
    assert "urgency: expected now, got week" in told
    assert told.splitlines()[-1].endswith("scenarios passed, 1 failed")


def test_one_file_of_scenarios_can_be_played(content: Path) -> None:
    every = parsed(run("test", "--json", content=content))
    file = str(content / "flows/scenarios/arrears.yaml")
    some = parsed(run("test", file, "--json", content=content))
    assert 0 < len(some["scenarios"]) < len(every["scenarios"])
    assert some["coverage"] is None


def test_the_scenarios_speak_json(content: Path) -> None:
    change(content, "scenarios/arrears.yaml", "urgency: week", "urgency: now")
    result = run("test", "--json", content=content)
    played = parsed(result)["scenarios"]
    assert all(one.keys() == PLAYED for one in played)
    (failed,) = [one for one in played if not one["passed"]]
    assert failed["outcome"].keys() == OUTCOME
    difference = {"step": "urgency", "expected": "now", "got": "week"}
    assert failed["differences"] == [difference]
    assert result.exit_code == PROBLEMS


def test_a_crisis_has_no_outcome_in_json() -> None:
    played = parsed(run("test", "--json"))["scenarios"]
    outcomes = [one["outcome"] for one in played]
    assert None in outcomes
    assert all(one is None or one.keys() == OUTCOME for one in outcomes)


# --- test: coverage ----------------------------------------------------------------

WAYS = "Gespeeld: 9 van 10 vragen, 10 van 26 antwoorden, 9 van 11 wegen"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The small content, with one household of which all is known by hand."""
    (tmp_path / "sample").mkdir()
    return lay_out(tmp_path / "sample")


def test_advice_for_today_that_nobody_plays_is_named_and_fails(sample: Path) -> None:
    result = run("test", content=sample)
    assert result.exit_code == PROBLEMS
    assert result.stdout.startswith(WAYS)
    must = result.stdout.partition("Nog zonder:\n")[2].splitlines()
    assert must[0] == "    flows/advice/sample.yaml:5: kaart “stove” met urgency now"
    assert must[1].endswith(": crisis “suicide”")
    assert must[-1] == "Gezinnen die horen wat u verwacht: 1. Die iets anders horen: 0."


def test_what_is_missing_is_told_to_other_programs(sample: Path) -> None:
    found = parsed(run("test", "--json", content=sample))["coverage"]
    assert found["counts"]["card"] == {"played": 2, "all": 4}
    must = [(one["sort"], one["name"]) for one in found["missing"] if one["must"]]
    assert must[0] == ("outcome", "stove")
    assert {sort for sort, _ in must[1:]} == {"crisis"}


def test_missing_households_are_written_and_pass(sample: Path) -> None:
    result = run("test", "--write-missing", content=sample)
    assert result.exit_code == FINE, result.output
    written = sample / "flows/scenarios/missing.yaml"
    assert str(written) in result.stdout
    again = run("test", content=sample)
    assert again.exit_code == FINE, again.output
    assert "Nooit gespeeld" not in again.stdout
    more = run("test", "--write-missing", content=sample)
    assert (more.stderr, more.exit_code) == ("Er ontbreekt niets.\n", FINE)


SHADOWED = """
  again:
    row: [S-5]
    if: heating == wood
    urgency: now
    say: De kaart “stove” staat hierboven, en wint dus altijd.
    steps:
      - do: Bel de verhuurder.
        who: landlord
        words: Wilt u de schoorsteen laten vegen?
        bring: uw huurcontract
    organisations: [landlord]
    source: [algemene kennis]
    reviewed: no
"""


def test_advice_for_today_that_no_household_can_hear_is_told(sample: Path) -> None:
    with (sample / "flows/advice/sample.yaml").open("a", encoding="utf-8") as file:
        file.write(SHADOWED)
    result = run("test", "--write-missing", content=sample)
    assert result.exit_code == PROBLEMS
    assert "Hier kan vandaag geen gezin komen:\n" in result.stderr
    assert "kaart “again” met urgency now" in result.stderr
    assert run("test", content=sample).exit_code == PROBLEMS


def test_missing_households_are_printed(sample: Path) -> None:
    result = run("test", "--write-missing", "-", content=sample)
    assert result.exit_code == FINE
    assert result.stdout.startswith("  # Nagaan: dit zegt de bot nu.\n")
    assert not (sample / "flows/scenarios/missing.yaml").exists()


def test_missing_households_stand_behind_those_of_a_file(sample: Path) -> None:
    file = sample / "flows/scenarios/sample.yaml"
    before = file.read_text(encoding="utf-8")
    run("test", "--write-missing", str(file), content=sample)
    assert file.read_text(encoding="utf-8").startswith(before)
    assert run("test", content=sample).exit_code == FINE


def test_a_file_that_cannot_be_added_to_stays_as_it_is(sample: Path) -> None:
    file = sample / "other.yaml"
    file.write_text("scenarios: []\n", encoding="utf-8")
    result = run("test", "--write-missing", str(file), content=sample)
    assert result.exit_code == COULD_NOT_RUN
    assert file.read_text(encoding="utf-8") == "scenarios: []\n"
    assert [one.name for one in sample.glob("other*")] == ["other.yaml"]


@pytest.mark.parametrize("more", [("--json",), ("a.yaml", "b.yaml")], ids=" ".join)
def test_missing_households_go_to_one_place(more: tuple[str, ...]) -> None:
    result = run("test", "--write-missing", *more)
    assert result.exit_code == COULD_NOT_RUN
    assert result.stderr.startswith("--write-missing kan met hoogstens één bestand")


# --- what cannot run ---------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("chekc",), id="a command that is not there"),
        pytest.param(("check", "--jsno"), id="an option that is not there"),
        pytest.param(("talk", "--today", "24 november"), id="a day that is none"),
        pytest.param(("talk", "--lang", "zz"), id="a language that is not there"),
        pytest.param(("test", "gone.yaml"), id="a scenario file that is not there"),
    ],
)
def test_what_cannot_run_ends_with_two(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == COULD_NOT_RUN
    assert result.stderr.strip()
    assert result.stdout == ""


@pytest.mark.parametrize("command", ["check", "test", "talk", "translations"])
def test_a_folder_without_flows_ends_with_two(tmp_path: Path, command: str) -> None:
    result = run(command, content=tmp_path)
    assert result.exit_code == COULD_NOT_RUN
    assert "CONTENT" in result.stderr


@pytest.mark.parametrize("command", ["check", "test", "talk"])
def test_content_without_a_file_it_needs_ends_with_two(
    content: Path, command: str
) -> None:
    (content / "flows/words.yaml").unlink()
    result = run(command, content=content)
    assert result.exit_code == COULD_NOT_RUN
    assert "flows/words.yaml" in result.stderr


@pytest.mark.parametrize("file", ["flows/start.yaml", "flows/scenarios/more.yaml"])
def test_a_folder_in_the_place_of_a_file_ends_with_two(
    content: Path, file: str
) -> None:
    (content / file).unlink()
    (content / file).mkdir()
    result = run("check", content=content)
    assert result.exit_code == COULD_NOT_RUN
    assert f"{file} kan niet gelezen worden." in result.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("test",), "Bedoelt u “shelter”?"),
        (("test", "--lang", "en"), "Did you mean “shelter”?"),
        (("talk",), "Bedoelt u “shelter”?"),
        (("talk", "--lang", "en"), "Did you mean “shelter”?"),
    ],
    ids=["test", "test in English", "talk", "talk in English"],
)
def test_content_with_a_mistake_is_not_talked_with(
    content: Path, words: tuple[str, ...], told: str
) -> None:
    change(content, "start.yaml", "flow: shelter", "flow: sheltr")
    result = run(*words, content=content)
    assert result.exit_code == COULD_NOT_RUN
    assert told in result.stderr


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("words.yaml", "  button_stop: ", "  button_stopp: "),
        ("shelter.yaml", "flow: family\n\nfacts", "flow: shelter\n\nfacts"),
    ],
    ids=["a missing text", "a way that runs in a circle"],
)
def test_content_that_the_check_refuses_is_not_talked_with(
    content: Path, file: str, old: str, new: str
) -> None:
    """A circle would hold the only writer for ever; a missing text raises."""
    change(content, file, old, new)
    assert run("talk", "--lang", "nl", content=content).exit_code == COULD_NOT_RUN


def test_a_setting_with_a_typing_mistake_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TELEGRAM_TOKN", "12345:AbC")
    result = run("check")
    assert result.exit_code == COULD_NOT_RUN
    assert "Did you mean “TELEGRAM_TOKEN”?" in result.stderr


# --- talk, run, help ---------------------------------------------------------------


def test_a_talk_ends_with_the_input() -> None:
    result = run_alone("talk", "--lang", "nl", "--today", "2026-11-24", typed="1\n")
    assert result.returncode == FINE
    assert "Van wie is de laatste brief?" in result.stdout


def test_without_a_token_run_talks_in_the_terminal() -> None:
    result = run_alone("run", typed="nederlands\n")
    assert result.returncode == FINE
    assert result.stdout.startswith("There is no TELEGRAM_TOKEN")
    assert "Wat is er aan de hand?" in result.stdout


@pytest.mark.parametrize(
    "command", ["run", "talk", "check", "test", "organisations", "translations"]
)
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == FINE
    assert command in result.stdout


def test_the_module_is_the_same_as_the_command() -> None:
    ran = run_alone("check", "--json")
    assert ran.returncode == FINE
    assert json.loads(ran.stdout) == parsed(run("check", "--json"))


# --- keys --------------------------------------------------------------------------

KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
KEYS = f"pepper {KEY}\nkey1 {KEY}\n"


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with one key, closed to others, that is set."""
    path = tmp_path / "my-keys"
    path.write_text(KEYS)
    path.chmod(0o600)
    monkeypatch.setenv("KEYS_FILE", str(path))
    return path


def test_keys_are_listed_by_number_only(key_file: Path) -> None:
    assert run("keys").stdout.splitlines() == ["key 1 opens and seals"]
    run("keys", "rotate")
    result = run("keys")
    assert result.stdout.splitlines() == ["key 1 opens", "key 2 opens and seals"]
    assert result.exit_code == FINE


def test_a_new_key_is_told_with_what_comes_of_it(key_file: Path) -> None:
    result = run("keys", "rotate")
    said = " ".join(result.stdout.split())
    assert result.exit_code == FINE
    assert "key 2 is new." in said
    assert "takes it over within ten seconds and seals everything again" in said
    assert "the next time, key 1 goes" in said


def test_no_key_is_ever_printed(key_file: Path) -> None:
    said = "".join(run("keys", *word).output for word in ((), ("rotate",), ()))
    lines = key_file.read_text().splitlines()[-3:]
    assert not any(line.split()[1][:8] in said for line in lines)


@pytest.mark.parametrize("words", [("keys",), ("keys", "rotate")], ids=" ".join)
def test_without_a_key_file_nothing_is_made(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    result = run(*words)
    path = tmp_path / "config" / "drempel" / "keys"
    sentence = (
        f"KEYS: There is no file {path}. The first start of drempel run makes it."
    )
    assert (result.stderr.splitlines(), result.exit_code) == ([sentence], COULD_NOT_RUN)
    assert not path.parent.exists()


@pytest.mark.parametrize("words", [("keys",), ("keys", "rotate")], ids=" ".join)
def test_a_key_file_that_is_open_to_others_is_refused(
    key_file: Path, words: tuple[str, ...]
) -> None:
    key_file.chmod(0o644)
    result = run(*words)
    assert result.exit_code == COULD_NOT_RUN
    assert result.stderr.strip().endswith(f"chmod 600 {key_file}")


def test_keys_that_are_set_themselves_cannot_be_rotated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("KEYS", KEYS)
    assert run("keys").stdout.splitlines() == ["key 1 opens and seals"]
    result = run("keys", "rotate")
    (sentence,) = result.stderr.splitlines()
    assert result.exit_code == COULD_NOT_RUN
    assert "KEYS_FILE" in sentence
    assert KEY[:8] not in result.output


def test_checking_loads_no_ciphers() -> None:
    told = "import sys; print('cryptography' in sys.modules)"
    code = f"from bot.cli import app\ntry: app(['check'])\nexcept SystemExit: {told}"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    assert ended.stdout.splitlines()[-1] == "False"


# --- prove -------------------------------------------------------------------------


def small(content: Path) -> None:
    """Only the promises matter here; fewer of them are quicker."""
    (content / "flows/promises.yaml").write_text(
        "promises:\n  - name: Wie weg moet, hoort dat het deze week moet\n"
        "    if: situation == municipality\n    expect: {urgency: now}\n",
        encoding="utf-8",
    )


def test_what_is_not_so_is_told_with_a_household(content: Path) -> None:
    small(content)
    result = run("prove", "--today", "2026-11-24", "--json", content=content)
    assert result.exit_code == PROBLEMS, result.output
    *others, promise = parsed(result)
    assert [one["code"] for one in others if not one["proved"]] == []
    assert promise["answers"]["situation"] == "municipality"
    assert "  - name: " in promise["scenario"]
    assert promise["message"].startswith("urgency is ")
    assert others[0]["name"] == "elke weg eindigt in advies met een telefoonnummer"


def test_a_mistake_in_a_promise_stops_the_proofs(content: Path) -> None:
    change(content, "promises.yaml", "legal_desk", "legal_dsk")
    result = run("prove", content=content)
    assert result.exit_code == COULD_NOT_RUN
    assert "Bedoelt u “legal_desk”?" in result.stdout
    assert run("check", content=content).exit_code == PROBLEMS


# --- schemas -----------------------------------------------------------------------


def test_help_for_editors_is_told_to_be_old_and_made_new(content: Path) -> None:
    change(content, "start.yaml", "# yaml-language-server", "# A")
    old = run("schemas", content=content)
    assert old.exit_code == PROBLEMS
    assert "start.yaml is oud" in old.stdout
    assert run("schemas", "--write", content=content).exit_code == FINE
    assert run("schemas", content=content).stdout == ""
