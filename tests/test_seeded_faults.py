"""Twenty faults in five files, of every sort: twenty reports, each at its line."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.checks import run_checks
from bot.content.read_library import read_draft
from tests.conftest import ROOT, TUESDAY

ARREARS, START, EVICTION = (
    "flows/arrears.yaml",
    "flows/start.yaml",
    "flows/eviction.yaml",
)
ADVICE, NATIONAL = "flows/advice/other.yaml", "flows/organisations/national.yaml"

FAULTS = (
    (START, "start: situation", "start: situatoin"),
    (START, "flow: shelter", "flow: sheltr"),
    (START, "ask: Wat is er aan de hand?", "ask: Wat is er met je aan de hand?"),
    (START, "if: situation == lease", "if: situation == leese"),
    (ARREARS, "go: bailiff_letter", "go: bailif_letter"),
    (ARREARS, "    short: Brief gekregen", "    shrt: Brief gekregen"),
    (ARREARS, "label: 📨 Gedagvaard", "label: 📨 Stoppen"),
    (ARREARS, "again: Kijk bovenaan", "again: Oeps. Kijk bovenaan"),
    (ARREARS, "reminded: landlord_letter ==", "reminded: landlord_leter =="),
    (EVICTION, "kind: choice", "kind: chioce"),
    (EVICTION, "why: Dan weten wij", "why: Daarom: dan weten wij"),
    (EVICTION, "within: [today - 60 days, today]", "within: [today - 60 dagen, today]"),
    (EVICTION, "label: 🏦 Hypotheek", "label: 🏦 huurschuld"),
    (ADVICE, "organisations: [geldfit,", "organisations: [geldfitt,"),
    (ADVICE, "who: ", "who: nobody_known "),
    (ADVICE, "say: ", "say: Indien u twijfelt, bel dan. "),
    (ADVICE, "source: [", "source: [Wet van Nergens, "),
    (NATIONAL, "phone: 0800-8115", "phone: 0800-811"),
    (NATIONAL, "phone: 0900-8844", "phone: 08008020"),
    (NATIONAL, "helps: Praten voor kinderen", "helps: Reeds praten voor kinderen"),
)


def seeded(folder: Path) -> Iterator[tuple[str, int]]:
    """Puts the faults in; gives the place of each."""
    for file, old, new in FAULTS:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r} any more"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    for file, _, new in FAULTS:
        text = (folder / file).read_text(encoding="utf-8")
        yield file, text.count("\n", 0, text.index(new)) + 1


def test_twenty_faults_in_five_files_are_twenty_reports(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    wanted = sorted(seeded(tmp_path))
    draft, problems = read_draft(tmp_path)
    assert draft is not None
    found = [*problems, *run_checks(draft, release=False, today=TUESDAY.date())]
    assert sorted((one.place.file, one.place.line) for one in found) == wanted, (
        "\n".join(map(str, found))
    )
