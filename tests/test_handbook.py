"""The handbook names all there is, and its examples are read like any author's file."""

import inspect
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import typer
import yaml
from pydantic import BaseModel

from bot import cli
from bot.checks import ALL as CHECKS
from bot.checks import Check, DatedCheck, run_checks
from bot.content import schema, schema_places
from bot.content.read_library import read_library
from bot.content.read_promises import read_promises
from bot.content.read_scenarios import read_scenarios
from bot.content.strict_yaml import plain, read
from bot.conversation.conditions import RESERVED
from bot.conversation.kinds import KINDS
from bot.problems import Problem
from bot.proofs import CARD, LENGTH, PROMISE, is_kept
from bot.proving import Proving
from bot.scenarios import play
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
HANDBOOK = ROOT / "bot" / "handbook"
BOOK = sorted(HANDBOOK.glob("*.md"))
OF_CHECKS = sorted(HANDBOOK.glob("checks/*.md"))
PAGES = [
    *BOOK,
    *OF_CHECKS,
    *(ROOT / name for name in ("README.md", "CHANGELOG.md")),
    *(ROOT / name / "README.md" for name in ("flows", "locales")),
]
BLOCK = re.compile(r"^```yaml *(.*)\n((?:.*\n)*?)```$", re.MULTILINE)
HEADING = re.compile(r"^##+ (.*)$", re.MULTILINE)
QUOTE = re.compile(r"^> .*(?:\n> .*)*", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAME = re.compile(r"`(\w+)`")
EVENT = re.compile(r"\blog\.\w+\(\s*\"(\w+)\"")

FILES = {
    "flow": "flows/handbook_{}.yaml",
    "advice": "flows/advice/handbook_{}.yaml",
    "organisations": "flows/organisations/handbook_{}.yaml",
    "municipality": "flows/organisations/municipalities/handbook_{}.yaml",
    "scenarios": "flows/scenarios/handbook_{}.yaml",
    "promises": "flows/promises.yaml",
    "spellings": "flows/places/spellings.yaml",
    "deadlines": "flows/law/deadlines.yaml",
    "sources": "flows/law/sources.yaml",
    "calendar": "flows/law/calendar.yaml",
    "words": "flows/words.yaml",
    "facts": "flows/start.yaml",
    "questions": "flows/{}.yaml",
}
"""Where an example belongs; one that belongs in a file of ours is added to it."""

TODAY = date(2026, 12, 1)
ALONE = frozenset({"unused", "never-named", "untold-period", "late-help"})
"""What is true of most examples: nothing of ours uses them."""


@dataclass(frozen=True, slots=True)
class Example:
    """A YAML block of a page. `marks` are the words behind ```yaml."""

    page: Path
    line: int
    marks: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"

    @property
    def is_wrong(self) -> bool:
        return "wrong" in self.marks

    @property
    def file(self) -> str:
        name = self.after("of") or f"{self.page.stem.replace('-', '_')}_{self.line}"
        return FILES[self.marks[0]].format(name)

    @property
    def entries(self) -> dict[str, object]:
        found = parsed(self.text)
        return {"questions": found} if self.marks[0] == "questions" else found

    def after(self, mark: str) -> str:
        """The word behind this mark, as in `of family` or `wrong limits`."""
        marks = (*self.marks, "")
        return marks[marks.index(mark) + 1] if mark in marks else ""


def examples(page: Path) -> Iterator[Example]:
    words = page.read_text(encoding="utf-8")
    for found in BLOCK.finditer(words):
        line = words.count("\n", 0, found.start()) + 1
        yield Example(page, line, tuple(found[1].split()), found[2])


ALL = [example for page in PAGES for example in examples(page)]
WRONG = [example for example in ALL if example.is_wrong]


def right_ones(page: Path) -> list[Example]:
    return [one for one in ALL if one.page == page and not one.is_wrong]


def parsed(text: str) -> dict[str, object]:
    """A file as keys and texts, read as strictly as any author's."""
    document = read(text, "example")
    assert document.root is not None
    assert document.problems == ()
    found = plain(document.root)
    assert isinstance(found, dict)
    return dict(found)


def merged(old: object, new: object) -> object:
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return new
    return {**old, **{key: merged(old.get(key, {}), new[key]) for key in new}}


@dataclass(frozen=True, slots=True)
class Content:
    """A folder with the shipped flows and some examples."""

    folder: Path

    def add(self, example: Example) -> None:
        path = self.folder / example.file
        if example.marks[0] == "flow":
            self._lead_to(str(example.entries["flow"]))
        if not path.exists():
            path.write_text(example.text, encoding="utf-8")
            return
        old = parsed(path.read_text(encoding="utf-8"))
        texts = old.get("texts")
        if isinstance(texts, dict):
            texts.pop(example.after("without"), None)
        self._write(path, merged(old, example.entries))

    def problems(self) -> list[Problem]:
        library, problems = read_library(self.folder)
        found = run_checks(library, release=True, today=TODAY) if library else ()
        promises = read_promises(self.folder, library)[1] if library else ()
        return [*problems, *read_scenarios(self.folder, [])[1], *promises, *found]

    def _lead_to(self, flow: str) -> None:
        """A way from the first question, so that the example can be reached."""
        path = self.folder / "flows/start.yaml"
        start = parsed(path.read_text(encoding="utf-8"))
        questions = start["questions"]
        assert isinstance(questions, dict)
        first = questions[start["start"]]
        # The day is looked at, so that no other way is shut off by this one.
        first["next"].insert(0, {"if": "today >= 2020-01-01", "flow": flow})
        self._write(path, start)

    def _write(self, path: Path, entries: object) -> None:
        body = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=9999)
        path.write_text(body, encoding="utf-8")


@pytest.fixture
def content(tmp_path: Path) -> Content:
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    return Content(tmp_path)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> frozenset[tuple[str, str]]:
    """What is wrong with the shipped content itself: not the handbook's fault."""
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copytree(ROOT / "flows", folder / "flows")
    return frozenset((one.code, one.message) for one in Content(folder).problems())


# What there is has a place in the handbook -------------------------------------------


def page(name: str) -> str:
    return (HANDBOOK / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_question_has_a_section_with_an_example(kind: str) -> None:
    _, _, after = page("flows.md").partition(f"\n### `{kind}`")
    section = after.partition("\n### ")[0]
    assert f"\n    kind: {kind}\n" in section


def code_of(check: Check | DatedCheck) -> str:
    return str(vars(inspect.getmodule(check))["CODE"])


@pytest.mark.parametrize("check", CHECKS, ids=code_of)
def test_each_check_has_a_section_with_a_wrong_and_a_right_example(
    check: Check | DatedCheck,
) -> None:
    code = code_of(check)
    own = HANDBOOK / "checks" / f"{code}.md"
    if own.exists():
        section = own.read_text(encoding="utf-8").replace("```po", "```yaml")
    else:
        assert f"`{code}`" in HEADING.findall(page("checks.md"))
        section = page("checks.md").partition(f"\n## `{code}`")[2]
        section = section.partition("\n## ")[0]
    marks = [found[1].split() for found in BLOCK.finditer(section)]
    assert [code in one for one in marks] == [True, False]


def test_each_command_and_option_is_explained_to_operators() -> None:
    words = page("operating.md")
    commands = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    named = {f"`drempel {name}`" for name in commands}
    named |= {
        f"`{option}"
        for command in commands.values()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    }
    assert {name for name in named if name not in words} == set()


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


# The pages themselves ----------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_to_files_that_exist(path: Path) -> None:
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    own = [one.partition("#")[0] for one in targets if "://" not in one]
    assert [one for one in own if one and not (path.parent / one).exists()] == []


@pytest.mark.parametrize("path", BOOK, ids=lambda path: str(path.name))
def test_each_page_can_be_found_from_the_readme(path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"(bot/handbook/{path.name})" in readme


@pytest.mark.parametrize("example", ALL, ids=str)
def test_each_yaml_example_says_where_it_belongs(example: Example) -> None:
    assert example.marks
    assert example.marks[0] in FILES


# The examples ------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*BOOK, *OF_CHECKS], ids=lambda path: path.name)
def test_right_examples_are_read_without_problems(
    path: Path, content: Content, known: frozenset[tuple[str, str]]
) -> None:
    for example in right_ones(path):
        content.add(example)
    found = [one for one in content.problems() if one.code not in ALONE]
    assert [str(one) for one in found if (one.code, one.message) not in known] == []


@pytest.mark.parametrize("example", WRONG, ids=str)
def test_wrong_examples_are_found(
    example: Example, content: Content, known: frozenset[tuple[str, str]]
) -> None:
    for right in right_ones(example.page):
        content.add(right)
    content.add(example)
    found = {(one.code, one.message) for one in content.problems()} - known
    wrong = example.after("wrong")
    assert {code for code, _ in found} - (ALONE - {wrong}) == {wrong}


@pytest.mark.parametrize("path", BOOK, ids=lambda path: str(path.name))
def test_quoted_messages_are_those_of_the_program(path: Path, content: Content) -> None:
    words = path.read_text(encoding="utf-8")
    quoted = {one.replace("\n> ", " ")[2:] for one in QUOTE.findall(words)}
    for example in ALL if quoted else ():
        if example.page == path:
            content.add(example)
    assert quoted - {one.message for one in content.problems()} == set()


@pytest.mark.parametrize("path", BOOK, ids=lambda path: str(path.name))
def test_households_of_the_handbook_hear_what_it_says(
    path: Path, content: Content
) -> None:
    mine = right_ones(path)
    for example in mine:
        content.add(example)
    library, _ = read_library(content.folder)
    assert library is not None
    files = [content.folder / one.file for one in mine if one.marks[0] == "scenarios"]
    scenarios, _ = read_scenarios(content.folder, files) if files else ((), ())
    assert [play(library, one).differences for one in scenarios if one.name] == [
        () for _ in scenarios
    ]


def test_promises_of_the_handbook_are_kept(content: Content) -> None:
    for example in right_ones(HANDBOOK / "proofs.md"):
        content.add(example)
    library, _ = read_library(content.folder)
    assert library is not None
    promises, _ = read_promises(content.folder, library)
    proving = Proving(library, date(2026, 11, 24), promises)
    assert len(promises) == 4
    assert [one.name for one in promises if is_kept(proving, one).broken] == []


def test_each_property_that_is_proved_is_explained() -> None:
    files = (ROOT / "bot/proofs.py", ROOT / "bot/past_days.py")
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    codes = re.findall(r"^        \"([a-z-]+)\",$", code, re.MULTILINE)
    assert len(codes) == 4
    words = page("proofs.md")
    named = {*codes, LENGTH, CARD, PROMISE}
    assert {one for one in named if f"| `{one}` |" not in words} == set()
