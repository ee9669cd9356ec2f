"""The small content folder of the tests, laid out with what the real bot ships."""

import re
import shutil
from pathlib import Path

from tests.conftest import ROOT

SAMPLE = ROOT / "tests" / "content_sample"
SHIPPED = ("words.yaml", "crisis.yaml", "dates.yaml", "law", "organisations", "places")
CONDITION_ROW = re.compile(
    r"^      - if: .*\n        because: .*\n|^    only_if: .*\n", re.MULTILINE
)
BEGINNING = re.compile(r"^( +from: ).*$", re.MULTILINE)
LENGTH = re.compile(r"count: [a-z_]+ days")


def lay_out(folder: Path) -> Path:
    """The sample, with the words, the law and the organisations of the real bot."""
    (folder / "flows").mkdir()
    for name in SHIPPED:
        source, target = ROOT / "flows" / name, folder / "flows" / name
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    for path in (folder / "flows/organisations").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        # The rows ask for answers of the real bot; the sample asks other questions.
        path.write_text(CONDITION_ROW.sub("", text), encoding="utf-8")
    periods = folder / "flows/law/deadlines.yaml"
    text = periods.read_text(encoding="utf-8")
    # So do the periods.
    text = LENGTH.sub("count: 1 day", BEGINNING.sub(r"\1today", text))
    periods.write_text(text, encoding="utf-8")
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    return folder
