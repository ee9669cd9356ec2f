"""A mistake in any file gives one clear problem: file, line, and what was meant."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from bot.app import judged
from bot.checks import run_checks
from bot.content.read_library import MissingContentError, read_library
from bot.content.read_scenarios import read_scenarios
from bot.conversation import engine
from bot.conversation.model import Said
from bot.library import Library
from bot.problems import Problem
from bot.settings import Settings
from tests.conftest import ROOT, TUESDAY, few_by_day

CORRUPTIONS, PARTS = 80, 4


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the shipped content, to make mistakes in."""

    folder: Path

    def change(self, file: str, old: str, new: str) -> int:
        """Puts in the mistake; returns its line."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r} any more"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text.count("\n", 0, text.index(old)) + 1

    def problems(self) -> tuple[Problem, ...]:
        return read_library(self.folder)[1]

    def errors(self) -> list[Problem]:
        return [one for one in self.problems() if one.severity == "error"]

    def restore(self, file: str) -> None:
        shutil.copy(ROOT / file, self.folder / file)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    folder = tmp_path_factory.mktemp("content")
    for part in ("flows", "locales"):
        shutil.copytree(ROOT / part, folder / part)
    return Copy(folder)


@pytest.fixture
def copy(shared: Copy) -> Iterator[Copy]:
    """The same copy for every test; what a test changed is put back."""
    yield shared
    shutil.copytree(ROOT / "flows", shared.folder / "flows", dirs_exist_ok=True)
    shutil.copytree(ROOT / "locales", shared.folder / "locales", dirs_exist_ok=True)
    for path in shared.folder.rglob("*.yaml"):
        if not (ROOT / path.relative_to(shared.folder)).exists():
            path.unlink()


def test_the_shipped_content_has_no_error(copy: Copy) -> None:
    library, problems = read_library(copy.folder)
    assert [str(one) for one in problems if one.severity == "error"] == []
    assert isinstance(library, Library)


START = "flows/start.yaml"
FAMILY = "flows/family.yaml"
EVICTION = "flows/eviction.yaml"
JUDGMENT = "flows/judgment.yaml"
TROUBLE = "flows/trouble.yaml"
ADVICE = "flows/advice/arrears.yaml"
NATIONAL = "flows/organisations/national.yaml"
DEADLINES = "flows/law/deadlines.yaml"
CALENDAR = "flows/law/calendar.yaml"
SOURCES = "flows/law/sources.yaml"
TERMS_ACT = "Algemene termijnenwet art. 3 lid 1"
WORDS = "flows/words.yaml"
CRISIS = "flows/crisis.yaml"
DATES = "flows/dates.yaml"

MEANT = [
    (START, "flow: shelter", "flow: sheltr", "shelter"),
    (START, "situation == out", "situation == outt", "out"),
    (START, "situation == out", "situatoin == out", "situation"),
    (START, "start: situation", "start: situaton", "situation"),
    (START, "first_advice: situation", "first_advise: situation", "first_advice"),
    (EVICTION, "go: told_by", "go: told_bye", "told_by"),
    (EVICTION, "    within:", "    wihtin:", "within"),
    (ADVICE, "who: municipality", "who: municipalty", "municipality"),
    (ADVICE, "[municipality, legal", "[municipalit, legal", "municipality"),
    (ADVICE, "deadlines: [first_talk]", "deadlines: [first_tlk]", "first_talk"),
    (ADVICE, "judged and by_default", "judged and by_defualt", "by_default"),
    (ADVICE, "      - if: children\n", "      - if: childern\n", "children"),
    (ADVICE, "urgency: three_days", "urgency: three_dys", "three_days"),
    (NATIONAL, "phone: 0800-8020", "phoen: 0800-8020", "phone"),
    (NATIONAL, "certainty: verified", "certainty: verifed", "verified"),
    (DEADLINES, "kind: act", "kind: atc", "act"),
    (DEADLINES, "direction: back", "direction: bakc", "back"),
    (DEADLINES, "[shelter_asked_on", "[shelter_aske_on", "shelter_asked_on"),
    (DEADLINES, "count: leave_days", "count: leave_day", "leave_days"),
    (TROUBLE, "nuisance: landlord", "nuisance: lanblord", "landlord"),
    (EVICTION, "for_rent: eviction_cause", "for_rent: eviction_caus", "eviction_cause"),
    (ADVICE, "[Rv art. 142, Wgs", "[Rv artt. 142, Wgs", "Rv art. 142"),
    (DEADLINES, "source: [Rv art. 516]", "source: [Rv. art. 516]", "Rv art. 516"),
    (CALENDAR, "source: [Algemene", "source: [Algemeene", TERMS_ACT),
    (SOURCES, "kind: article", "kind: artikel", "article"),
    (CALENDAR, "known_from: 2023", "known_form: 2023", "known_from"),
    (WORDS, "texts:", "text:", "texts"),
    (WORDS, "  back: [terug", "  bakc: [terug", "back"),
    (WORDS, "  nl: Nederlands", "  nk: Nederlands", "nl"),
    (TROUBLE, "{trouble_kind.nui", "{tbrouble_kind.nui", "trouble_kind"),
    (NATIONAL, "    languages: [nl]", "    languages: [nk]", "nl"),
    (CRISIS, "[suicide_line, police", "[suicide_lin, police", "suicide_line"),
    (CRISIS, "    ends: yes", "    endss: yes", "ends"),
    (DATES, "    today: vandaag", "    todai: vandaag", "today"),
    (DATES, "  directions:", "  directoins:", "directions"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "meant"),
    MEANT,
    ids=[f"{m[0]}: {m[2].strip()}" for m in MEANT],
)
def test_a_typing_mistake_is_told_once_with_what_was_meant(
    copy: Copy, file: str, old: str, new: str, meant: str
) -> None:
    line = copy.change(file, old, new)
    (problem,) = copy.errors()
    assert (problem.place.file, problem.place.line) == (file, line)
    assert f"Did you mean “{meant}”?" in problem.message


def test_an_answer_that_was_renamed_twice_leads_on_at_its_own_question_only(
    copy: Copy,
) -> None:
    twice = ("landlord.house: landlord.corp", "landlord.corp: landlord.corporation")
    elsewhere = "children.few: children.corp"
    renamed = "\n    ".join((*twice, elsewhere))
    copy.change(
        FAMILY, "\nquestions:", f"\nrenamed:\n  answers:\n    {renamed}\n\nquestions:"
    )
    (problem,) = copy.errors()
    assert problem.code == "no-such-answer"
    assert problem.place.source.strip() == elsewhere


def test_a_mistake_in_a_fact_is_told_at_the_fact_first(copy: Copy) -> None:
    line = copy.change(EVICTION, "today to eviction_date", "today to eviction_dat")
    first = copy.errors()[0]
    assert (first.place.file, first.place.line) == (EVICTION, line)
    assert "Did you mean “eviction_date”?" in first.message


WRONG = [
    (START, "kind: choice", "kind: choise", "choise"),
    (EVICTION, "[today, today + 1 year]", "[today, next year]", "today + 1 year"),
    (EVICTION, "[today, today + 1 year]", "[today + 1 year, today]", "earliest"),
    (JUDGMENT, "limits: [1, 365]", "limits: [1, many]", "limits: [1, 365]"),
    (JUDGMENT, "limits: [1, 365]", "limits: [365, 1]", "smallest"),
    (ADVICE, "{court_date}", "{court_date", "{ }"),
    (ADVICE, "urgency: now", "urgency: soon", "three_days"),
    (NATIONAL, "phone: 0800-8020", "phone: 0800 JUR", "0800 JUR"),
    (NATIONAL, "hours: 24/7", "hours: ma-vr 9-17", "09:00-17:00"),
    (NATIONAL, "hours: 24/7", "hours: vr-ma 09:00-17:00", "09:00-17:00"),
    (NATIONAL, "hours: 24/7", "hours: ma-vr 17:00-09:00", "09:00-17:00"),
    (NATIONAL, "checked: never", "checked: yesterday", "2026-12-03"),
    (NATIONAL, "web: https://geldfit.nl", "web: geldfit.nl", "geldfit.nl"),
    (DEADLINES, "count: 4 weeks", "count: 4 weken", "4 weken"),
    (DEADLINES, "from: summons_on", "from: situation", "no date"),
    (DEADLINES, "count: leave_days days", "count: out_on days", "no number"),
    (DEADLINES, "count: 4 weeks", "count: 99999999999 weeks", "3660"),
    (DEADLINES, "{from: 2023-01-01}", "{from: 1 januari}", "2026-12-03"),
    (CALENDAR, "{day: 1, month: 1}", "{day: 31, month: 2}", "every year"),
    (CALENDAR, "easter: 2 days before", "easter: 9999 days before", "3660"),
    ("flows/plain_words.yaml", "  en:", "  kn:", "no language"),
    (WORDS, "person: [mens", "person: [terug, mens", "already means back"),
    (WORDS, "hello: |-", "hello: [a]\n  hello_again: |-", "should be a text"),
    (CRISIS, "      - zelfmoord*", "      - '*'", "every message would match"),
    (CRISIS, "i am {age}", "i am {ae}", "{age}"),
    (CRISIS, "ends: yes", "ends: ja", "yes or no"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    WRONG,
    ids=[f"{w[0]}: {w[2].strip()}" for w in WRONG],
)
def test_a_value_that_cannot_be_is_told_once_with_how_to_write_it(
    copy: Copy, file: str, old: str, new: str, says: str
) -> None:
    line = copy.change(file, old, new)
    (problem,) = copy.errors()
    assert (problem.place.file, problem.place.line) == (file, line)
    assert says in problem.message


def test_nobody_talks_with_a_period_that_counts_from_nothing(copy: Copy) -> None:
    copy.change(DEADLINES, "from: summons_on", "from: summons_no")
    library, wrong = judged(Settings(content=copy.folder))
    assert library is None
    assert "Did you mean “summons_on”?" in "".join(wrong)


def test_a_broken_translation_keeps_nobody_from_talking(copy: Copy) -> None:
    (copy.folder / PO).write_text("msgid", encoding="utf-8")
    library, wrong = judged(Settings(content=copy.folder))
    assert (library is None, wrong) == (False, [])


@pytest.mark.parametrize("key", ["unsure", "yes", "no"])
def test_a_missing_text_of_an_answer_is_told_not_raised(copy: Copy, key: str) -> None:
    line = next(
        line
        for line in (ROOT / WORDS).read_text(encoding="utf-8").splitlines()
        if line.startswith(f"  {key}: ")
    )
    copy.change(WORDS, f"{line}\n", "")
    (problem,) = copy.errors()
    assert f"“{key}” is missing" in problem.message


def test_the_way_for_all_others_may_not_have_a_condition(copy: Copy) -> None:
    copy.change(
        START,
        "      - flow: arrears",
        "      - if: known situation\n        flow: arrears",
    )
    (problem,) = copy.errors()
    assert problem.code == "no-else"


def test_a_way_after_the_one_for_all_is_never_taken(copy: Copy) -> None:
    copy.change(EVICTION, "      - if: told_by == writ\n        go", "      - go")
    (problem,) = copy.errors()
    assert problem.code == "never-taken"


@pytest.mark.parametrize(
    ("file", "first"),
    [
        ("flows/twice.yaml", EVICTION),
        ("flows/advice/twice.yaml", ADVICE),
        ("flows/organisations/twice.yaml", NATIONAL),
    ],
)
def test_what_stands_in_two_files_is_told(copy: Copy, file: str, first: str) -> None:
    shutil.copy(copy.folder / first, copy.folder / file)
    problems = [one for one in copy.errors() if one.code == "double-id"]
    assert problems
    assert {one.place.file for one in problems} & {file, first}


def test_without_a_start_there_is_no_library(copy: Copy) -> None:
    copy.change(START, "flow: start", "flow: begin")
    assert "no-start" in {one.code for one in copy.errors()}


@pytest.mark.parametrize("name", [WORDS, CRISIS, DATES, CALENDAR, DEADLINES])
def test_a_file_that_every_bot_needs_is_asked_for_by_name(
    copy: Copy, name: str
) -> None:
    (copy.folder / name).unlink()
    with pytest.raises(MissingContentError, match=name):
        read_library(copy.folder)


def test_many_files_are_told_at_once(copy: Copy) -> None:
    lines = {
        (START, copy.change(START, "flow: shelter", "flow: sheltr")),
        (START, copy.change(START, "situation == other", "situation == others")),
        (ADVICE, copy.change(ADVICE, "who: bailiff", "who: bailif")),
        (CRISIS, copy.change(CRISIS, "[suicide_line,", "[suicide_lin,")),
        (CALENDAR, copy.change(CALENDAR, "known_from: 2023-01-01", "known_from: 2023")),
    }
    found = {(one.place.file, one.place.line) for one in copy.errors()}
    assert found == lines


def test_files_that_do_not_fit_are_told_at_once(copy: Copy) -> None:
    lines = {
        (WORDS, copy.change(WORDS, "texts:", "text:")),
        (START, copy.change(START, "kind: choice", "kind: choise")),
        (NATIONAL, copy.change(NATIONAL, "phone: 0800-8020", "phone: call us")),
        (DATES, copy.change(DATES, "today: vandaag", "today: [vandaag")),
    }
    found = {(one.place.file, one.place.line) for one in copy.errors()}
    assert found == lines


def test_a_problem_shows_its_line(copy: Copy) -> None:
    copy.change(START, "flow: shelter", "flow: sheltr")
    shown = str(copy.errors()[0]).splitlines()
    assert shown[0].startswith("flows/start.yaml:")
    assert shown[1].strip() == "flow: sheltr"
    assert shown[2].index("^") == shown[1].index("sheltr")


def test_a_mistake_in_a_scenario_is_told(copy: Copy) -> None:
    file = "flows/scenarios/arrears.yaml"
    line = copy.change(file, "urgency: week", "urgency: weak")
    _, problems = read_scenarios(copy.folder, [])
    assert [(one.place.file, one.place.line) for one in problems] == [(file, line)]
    assert "“week”" in problems[0].message


@pytest.mark.parametrize("day", ["24 november", "2026-13-01", "2026-02-29"])
def test_a_scenario_on_no_day_is_told(copy: Copy, day: str) -> None:
    copy.change("flows/scenarios/arrears.yaml", "today: 2026-11-24", f"today: {day}")
    _, problems = read_scenarios(copy.folder, [])
    assert [one.code for one in problems] == ["date"]


PO = "locales/en/LC_MESSAGES/drempel.po"


def test_a_translation_that_lost_a_name_is_told_and_dutch_is_said(copy: Copy) -> None:
    copy.change(PO, "Call? Geldfit {geldfit_phone}.", "Call? Geldfit.")
    library, problems = read_library(copy.folder)
    told = [one for one in problems if one.code == "placeholders"]
    assert [one.place.file for one in told] == [PO]
    assert library is not None
    text = library.words["short_description"]
    assert library.catalogue("en").words(text) == text.nl


def test_a_file_of_translations_that_is_broken_never_stops_the_bot(copy: Copy) -> None:
    (copy.folder / PO).write_bytes(b'msgid "a\nmsgstr \xff\xfe')
    library, problems = read_library(copy.folder)
    assert library is not None
    assert PO in {one.place.file for one in problems}


# --- anything at all ---------------------------------------------------------------


def corrupted(random: Random, text: str) -> str:
    """One change that fingers, editors or copy and paste make."""
    lines = text.splitlines(keepends=True)
    place, row = random.randrange(len(text)), random.randrange(len(lines))
    other = random.randrange(len(lines))
    match random.randrange(9):
        case 0:
            return text[:place] + text[place + 1 :]
        case 1:
            odd = random.choice("{}[]:#'\"-|>&*!%@\t\\,?\x00\xa0“é{x}")
            return text[:place] + odd + text[place:]
        case 2:
            return text[:place] + text[place + 1 : place + 2] + text[place:]
        case 3:
            del lines[row]
        case 4:
            lines.insert(row, lines[other])
        case 5:
            lines[row] = random.choice((" ", "  ", "\t", "- ")) + lines[row]
        case 6:
            lines[row] = lines[row].replace(
                ": ", random.choice((":", " : ", ":  ", " "))
            )
        case 7:
            return text[:place]
        case 8:
            lines[row], lines[other] = lines[other], lines[row]
    return "".join(lines)


def shipped(pattern: str) -> list[str]:
    return sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern))


@pytest.mark.parametrize("part", few_by_day(range(PARTS), 1))
def test_no_corruption_of_a_flow_is_a_traceback(tmp_path: Path, part: int) -> None:
    """Problems have a file and a line; what is read in spite of it still talks."""
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    corrupt(Copy(tmp_path), "flows/**/*.yaml", seed=part, most=CORRUPTIONS // PARTS)


def test_no_corruption_of_a_translation_is_a_traceback(copy: Copy) -> None:
    corrupt(copy, "locales/*/LC_MESSAGES/*.po", seed=PARTS, most=4)


def corrupt(copy: Copy, pattern: str, *, seed: int, most: int) -> None:
    random, files = Random(seed), shipped(pattern)
    for number in range(most):
        file = random.choice(files)
        changed = corrupted(random, (ROOT / file).read_text(encoding="utf-8"))
        (copy.folder / file).write_text(changed, encoding="utf-8")
        try:
            assert_is_told_or_talks(copy, file)
        except Exception as wrong:
            wrong.add_note(f"seed {seed}, corruption {number} of {file}")
            raise
        copy.restore(file)


def assert_is_told_or_talks(copy: Copy, file: str) -> None:
    if file.startswith("flows/scenarios/"):
        assert_has_places(copy, read_scenarios(copy.folder, [copy.folder / file])[1])
        return
    library, problems = read_library(copy.folder)
    errors = [one for one in problems if one.severity == "error"]
    assert library is not None or errors
    assert_has_places(copy, problems)
    if library is not None:
        assert_talks(library)


def assert_has_places(copy: Copy, problems: Sequence[Problem]) -> None:
    for one in problems:
        assert one.place.line >= 1
        assert one.message
        assert list(copy.folder.rglob(Path(one.place.file).name))


def assert_talks(library: Library) -> None:
    """What `drempel check` lets through can be talked with."""
    if any(one.severity == "error" for one in run_checks(library, release=False)):
        return
    turn = engine.begin(library, id="x", moment=TUESDAY, language="nl")
    for said in ("1", "1", "stop", "verder"):
        assert turn.conversation is not None
        turn = engine.answer(library, turn.conversation, Said(said), TUESDAY)
        assert turn.messages
