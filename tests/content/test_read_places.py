"""A mistake in a file about places gives one clear problem, with its line."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.content.places.slips import mended_row
from bot.content.places.tables import MUNICIPALITIES as AREAS
from bot.content.places.tables import NAMES as PLACES
from bot.content.places.tables import POSTCODES as ROWS
from bot.content.places.tables import postcode_rows, span
from bot.content.read_library import MissingContentError, read_library
from bot.library import Library
from bot.places import Places
from bot.problems import Problem
from tests.conftest import ROOT

FOLDER = "flows/places"
MUNICIPALITIES = f"{FOLDER}/municipalities.csv"
POSTCODES = f"{FOLDER}/postcodes.csv"
NAMES = f"{FOLDER}/names.csv"
SPELLINGS = f"{FOLDER}/spellings.yaml"
CHANGES = f"{FOLDER}/changes.yaml"
AMSTERDAM = "flows/organisations/municipalities/amsterdam.yaml"
LARGEST = 100_000


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("content")
    shutil.copytree(ROOT / "flows", folder / "flows")
    return folder


@pytest.fixture
def folder(shared: Path) -> Iterator[Path]:
    """The same copy for every test; what a test changed is put back."""
    yield shared
    for part in (FOLDER, "flows/organisations"):
        shutil.rmtree(shared / part, ignore_errors=True)
        shutil.copytree(ROOT / part, shared / part)


def change(folder: Path, file: str, old: str, new: str) -> int:
    """Puts in the mistake; returns its line."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r} any more"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def errors(folder: Path) -> list[Problem]:
    return [one for one in read_library(folder)[1] if one.severity == "error"]


def test_the_files_are_small(library: Library) -> None:
    sizes = [path.stat().st_size for path in (ROOT / FOLDER).iterdir()]
    assert sum(sizes) <= LARGEST


def test_the_changes_that_are_kept_are_those_of_the_tables(library: Library) -> None:
    moved = library.places.municipalities["GM1696"]
    assert (moved.successor, moved.valid.until) == ("GM0402", date(2026, 12, 31))


MISTAKES = [
    (MUNICIPALITIES, "GM0363,Amsterdam", "GM363,Amsterdam", "four digits"),
    (MUNICIPALITIES, "GM0361,Alkmaar", "GM0358,Alkmaar", "stands here twice"),
    (MUNICIPALITIES, "Aalsmeer,", "Aalsmeer,x", "a whole number"),
    (MUNICIPALITIES, "code,name", "name,code", "code,name,people"),
    (POSTCODES, "1011-1019,GM0363", "1011-1019,GM9999", "no municipality “GM9999”"),
    (POSTCODES, "1011-1019,", "1011-1021,", "stands here twice"),
    (POSTCODES, "1011-1019,", "1011 AB,", "should be four digits"),
    (POSTCODES, "1011-1019,", "1011-1019;", "postcodes,codes"),
    (NAMES, "Kortenhoef,GM1696", "Kortenhoef,GM1699 GM0000", "GM0000"),
    (NAMES, "Kortenhoef,", "Kortenhoef,GM1696\nKortenhoef,", "stands here twice"),
    (NAMES, "Kortenhoef,GM1696", "Kortenhoef,", "municipality lacks"),
    (SPELLINGS, "  Deventer:", "  Devneter:", "Did you mean “Deventer”?"),
    (SPELLINGS, "  Delft: ", "  Delft: bosch, ", "already stands for"),
    (SPELLINGS, "  Delft: ", "  Delft: 12, ", "is no spelling"),
    (CHANGES, "into: GM0402", "into: GM0401", "no municipality “GM0401”."),
    (CHANGES, "  GM1696:", "  GM1969:", "Did you mean “GM1696”?"),
    (CHANGES, "from: 2027-01-01", "from: nieuwjaar", "2026-12-03"),
    (CHANGES, "into: GM0402", "into: GM1696", "part of itself"),
    (CHANGES, "decided: 2026-11-24", "decided: ooit", "2026-12-03"),
    (CHANGES, "    add: GM1992\n", "", "either add or drop"),
    (AMSTERDAM, "code: GM0363", "code: GM0364", "mean “GM0363”?"),
    (AMSTERDAM, "code: GM0363", "code: Amsterdam", "GM and four digits"),
    (AMSTERDAM, "municipality: Amsterdam", "municipality: Diemen", "not “Diemen”"),
    (AMSTERDAM, "  municipality:\n", "  municipalty:\n", "“municipality”"),
    (AMSTERDAM, "phone: 14 020", "phone: bel 14 020", "not written"),
    (AMSTERDAM, "checked: never", "checked: ooit", "2026-12-03"),
    (AMSTERDAM, "checked: never", "checked: never\n    hours: 9-5", "hours_text"),
    (AMSTERDAM, "certainty: general", "certainty: sure", "not known"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    MISTAKES,
    ids=[f"{Path(file).name}: {new.strip()}" for file, _, new, _ in MISTAKES],
)
def test_a_mistake_is_told_where_it_stands(
    folder: Path, file: str, old: str, new: str, says: str
) -> None:
    line = change(folder, file, old, new)
    told = [one for one in errors(folder) if one.place.file == file]
    assert says in told[0].message
    assert abs(told[0].place.line - line) <= 2


def test_a_postcode_that_stands_twice_is_told(folder: Path) -> None:
    body = (folder / POSTCODES).read_text(encoding="utf-8")
    (folder / POSTCODES).write_text(f"{body}1011,GM0363\n", encoding="utf-8")
    assert [one.code for one in errors(folder)] == ["double-row"]


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        pytest.param(
            *(MUNICIPALITIES, "GM0150,", "GM0510,", "is used in"), id="a code"
        ),
        pytest.param(
            *(MUNICIPALITIES, "GM0014,", "GM0034,", "stands here twice"), id="a double"
        ),
        pytest.param(
            *(MUNICIPALITIES, "GM0150,", "GN0150,", "four digits"), id="no code"
        ),
        pytest.param(
            *(POSTCODES, "1011-1019,GM0363", "1011-1019,GM0633", "no municipality"),
            id="beside its own",
        ),
        pytest.param(
            *(NAMES, "Kortenhoef,GM1696", "Kortenhoef,M1696", "no municipality"),
            id="no code at a name",
        ),
    ],
)
def test_a_slip_in_a_code_is_told_once_with_the_right_one(
    folder: Path, file: str, old: str, new: str, says: str
) -> None:
    line = change(folder, file, old, new)
    (problem,) = errors(folder)
    code = re.search(r"GM\d{4}", old)
    assert code is not None
    assert (problem.place.file, problem.place.line) == (file, line)
    assert says in problem.message
    assert problem.message.endswith(f"Did you mean “{code[0]}”?")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param("GM0373: Be", "GM0473: Be", "mean “GM0373”?", id="other"),
        pytest.param("GM0373: Be", "GM0337: Be", "mean “GM0373”?", id="unknown"),
        pytest.param("GM1900: Súd", "GM1910: Súd", "mean “GM1900”?", id="by its name"),
        pytest.param("add: GM1992", "add: GM2992", "mean “GM1992”?", id="unknown add"),
    ],
)
def test_what_the_next_import_reads_may_be_new(
    folder: Path, old: str, new: str, says: str
) -> None:
    line = change(folder, CHANGES, old, new)
    library, problems = read_library(folder)
    (problem,) = [one for one in problems if one.place.file == CHANGES]
    assert library is not None
    assert (problem.place.line, problem.severity) == (line, "warning")
    assert says in problem.message


def test_what_the_next_import_leaves_out_may_be_unknown(folder: Path) -> None:
    change(folder, CHANGES, "drop: GM1681", "drop: GM0001")
    assert errors(folder) == []


def test_a_code_that_may_be_several_gets_no_hint(folder: Path) -> None:
    change(folder, NAMES, "Kortenhoef,GM1696", "Kortenhoef,GM169")
    (problem,) = errors(folder)
    assert "Did you mean" not in problem.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("1011-1019,", "1011-1091,", id="a last one too far"),
        pytest.param("1021-1028,", "1011-1028,", id="a first one too early"),
        pytest.param("3011-3016,", "1011-3016,", id="over many rows"),
        pytest.param("3011-3016,", "1011-1016,", id="at an odd place"),
    ],
)
def test_a_row_over_others_is_told_once(folder: Path, old: str, new: str) -> None:
    line = change(folder, POSTCODES, old, new)
    assert [(one.code, one.place.line) for one in errors(folder)] == [
        ("double-row", line)
    ]


@pytest.mark.parametrize(
    ("columns", "line", "right"),
    [
        (AREAS, "GM0150Deventer,105001", "GM0150,Deventer,105001"),
        (AREAS, "GM0150lDeventer,105001", "GM0150,Deventer,105001"),
        (AREAS, "GM0150,Deventer105001", "GM0150,Deventer,105001"),
        (AREAS, "GM0150,Deven,ter,105001", "GM0150,Deventer,105001"),
        (ROWS, "1011-1019GM0363", "1011-1019,GM0363"),
        (ROWS, "1011-1019G,M0363", "1011-1019,GM0363"),
        (ROWS, "1011,1019,GM0363", "1011-1019,GM0363"),
        (ROWS, "1011-1019,GM0363,GM0384", "1011-1019,GM0363 GM0384"),
        (PLACES, "Ter Aar.GM0484", "Ter Aar,GM0484"),
        (ROWS, "1011-10190,GM0363", ""),
        (ROWS, "GM0363", ""),
        (PLACES, "x" * 1000, ""),
    ],
)
def test_a_row_is_shown_as_it_was_meant(
    columns: tuple[str, ...], line: str, right: str
) -> None:
    hint = f" Did you mean: {right}" if right else ""
    assert str(mended_row(line, columns)) == hint


def test_a_row_with_one_slip_is_told_once(folder: Path) -> None:
    line = change(folder, POSTCODES, "1011-1019,GM0363", "1011-1019G,M0363")
    (problem,) = errors(folder)
    assert (problem.code, problem.place.line) == ("postcode", line)
    assert problem.message.endswith("Did you mean: 1011-1019,GM0363")


def test_two_files_for_one_municipality_are_told(folder: Path) -> None:
    shutil.copy(folder / AMSTERDAM, (folder / AMSTERDAM).with_name("mokum.yaml"))
    (problem,) = errors(folder)
    assert (problem.code, Path(problem.place.file).name) == ("double-id", "mokum.yaml")


def test_a_desk_that_nobody_can_reach_is_told(folder: Path) -> None:
    change(folder, AMSTERDAM, "    phone: 14 020\n", "")
    change(folder, AMSTERDAM, "    web: https://www.amsterdam.nl\n", "")
    assert [one.code for one in errors(folder)] == ["no-way-to-reach"]


def test_a_desk_says_who_dialled_it_as_every_organisation_does(folder: Path) -> None:
    change(folder, AMSTERDAM, "checked: never", "checked: 2026-11-20 by JV")
    library, problems = read_library(folder)
    assert library is not None, problems
    assert library.desks["GM0363"]["municipality"].checked == date(2026, 11, 20)


def test_odd_bytes_and_odd_quotes_are_told_not_raised(folder: Path) -> None:
    (folder / NAMES).write_bytes(b"name,codes\n\xff\xfe,GM0363\n")
    assert [(one.code, one.place.line) for one in errors(folder)] == [("not-utf8", 2)]
    (folder / NAMES).write_text('name,codes\n"Ee,GM0363\n', encoding="utf-8")
    assert [one.place.line for one in errors(folder)] == [2]


def test_texts_of_a_desk_are_texts_for_translators(folder: Path) -> None:
    change(folder, AMSTERDAM, "    phone: 14 020\n", "    reach: Kom langs.\n")
    library, problems = read_library(folder)
    assert library is not None, problems
    reach = library.desks["GM0363"]["municipality"].reach
    assert reach in library.texts


def test_without_a_folder_there_are_no_places(folder: Path) -> None:
    shutil.rmtree(folder / FOLDER)
    library, _ = read_library(folder)
    assert library is not None
    assert library.places == Places()


def test_a_file_that_lacks_in_the_folder_is_asked_for(folder: Path) -> None:
    (folder / SPELLINGS).unlink()
    with pytest.raises(MissingContentError, match=SPELLINGS):
        read_library(folder)


def test_a_changed_table_is_another_library(folder: Path) -> None:
    before, _ = read_library(folder)
    change(folder, NAMES, "Kortenhoef,", "Kortenhoef-Dorp,")
    after, _ = read_library(folder)
    assert before is not None
    assert after is not None
    assert before.fingerprint != after.fingerprint


@pytest.mark.parametrize(
    ("written", "postcodes"),
    [
        ("1011", ("1011",)),
        ("1011-1013", ("1011", "1012", "1013")),
        ("1013-1011", ()),
        ("0999", ()),
        ("١٠١٢", ()),
        ("", ()),
    ],
)
def test_a_row_of_postcodes(written: str, postcodes: tuple[str, ...]) -> None:
    assert span(written) == postcodes


def test_neighbours_of_one_municipality_are_one_row() -> None:
    one, two = ("GM0001",), ("GM0001", "GM0002")
    table = {"1011": one, "1013": one, "1012": one, "1014": two, "1020": one}
    rows = postcode_rows(table).splitlines()
    assert rows[1:] == ["1011-1013,GM0001", "1014,GM0001 GM0002", "1020,GM0001"]
