"""The pages can be found, and name all there is in files, settings and logs."""

import re
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from pydantic import BaseModel

from bot.content import schema
from bot.content.places import schema_places
from bot.conversation.conditions import RESERVED
from bot.proofs import CARD, LENGTH, PROMISE
from bot.settings import Settings
from tests.conftest import ROOT
from tests.handbook.pages import BOOK, HANDBOOK, NAME, PAGES, links, name_of, page

EVENT = re.compile(r"\blog\.\w+\(\s*\"(\w+)\"")


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_to_files_that_exist(path: Path) -> None:
    assert [str(one) for one in links(path) if not one.exists()] == []


def test_each_page_can_be_found_from_the_readme() -> None:
    found, fresh = set[Path](), {ROOT / "README.md"}
    while fresh:
        found |= fresh
        pages = {one for path in fresh for one in links(path) if one in BOOK}
        fresh = pages - found
    assert [name_of(one) for one in BOOK if one not in found] == []


@pytest.mark.parametrize(
    "path", [one for one in BOOK if one.parent != HANDBOOK], ids=name_of
)
def test_each_small_page_leads_back(path: Path) -> None:
    back = {"kinds": "flows", "commands": "commands"}.get(path.parent.name, "checks")
    last = path.read_text(encoding="utf-8").rstrip().splitlines()[-1]
    assert f"](../{back}.md" in last


def test_an_installed_program_has_the_handbook() -> None:
    included = WheelBuilder(str(ROOT)).recurse_included_files()
    packed = {one.relative_path for one in included}
    assert {name_of(one) for one in BOOK} - packed == set()


@pytest.mark.parametrize("setting", [name.upper() for name in Settings.model_fields])
def test_each_setting_is_explained_to_operators(setting: str) -> None:
    assert f"\n| `{setting}` |" in page("operating.md")
    assert f"`{setting}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_each_table_of_postgresql_is_distributed_by_lane() -> None:
    files = sorted(ROOT.glob("bot/storage/schema/postgres/*.sql"))
    code = "".join(file.read_text(encoding="utf-8") for file in files)
    told = re.findall(
        r"create_distributed_table\('(\w+)', 'lane'", page("operating.md")
    )
    assert sorted(told) == sorted(re.findall(r"CREATE TABLE (\w+)", code))


def test_operators_are_told_of_each_event_of_the_logs_and_of_no_other() -> None:
    code = "".join(
        path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("bot/**/*.py"))
    )
    _, _, rows = page("operating.md").partition("\n| event |")
    table = rows.partition("\n\n")[0]
    told = {name for row in table.splitlines() for name in NAME.findall(row[:40])}
    assert told == set(EVENT.findall(code))


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("flows.md", schema.FlowFile),
        ("flows.md", schema.QuestionEntry),
        ("flows.md", schema.AnswerEntry),
        ("advice.md", schema.CardEntry),
        ("advice.md", schema.StepEntry),
        ("advice.md", schema.ScenarioEntry),
        ("advice.md", schema.ExpectEntry),
        ("proofs.md", schema.PromiseEntry),
        ("proofs.md", schema.PromisedEntry),
        ("organisations.md", schema.OrganisationEntry),
        ("places.md", schema_places.MunicipalityFile),
        ("places.md", schema_places.DeskEntry),
        ("places.md", schema_places.ChangeEntry),
        ("places.md", schema_places.RepairEntry),
        ("places.md", schema_places.ChangesFile),
        ("law.md", schema.RuleEntry),
        ("law.md", schema.SourceEntry),
        ("law.md", schema.CalendarFile),
        ("law.md", schema.HolidayEntry),
        ("law.md", schema.DecreeEntry),
    ],
)
def test_each_key_of_a_file_is_explained(name: str, entry: type[BaseModel]) -> None:
    words = page(name)
    keys = {field.alias or name for name, field in entry.model_fields.items()}
    assert {key for key in keys if f"`{key}`" not in words} == set()


def test_each_word_of_the_notation_is_explained() -> None:
    words = page("conditions.md")
    assert {word for word in RESERVED if f"`{word}`" not in words} == set()


def test_each_property_that_is_proved_is_explained() -> None:
    files = (ROOT / "bot/proofs.py", ROOT / "bot/past_days.py")
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    codes = re.findall(r"^        \"([a-z-]+)\",$", code, re.MULTILINE)
    assert len(codes) == 4
    words = page("proofs.md")
    named = {*codes, LENGTH, CARD, PROMISE}
    assert {one for one in named if f"| `{one}` |" not in words} == set()
