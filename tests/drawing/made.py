"""Content with one more flow in it, as an author wrote it."""

import shutil
from pathlib import Path

from bot.content.read_library import read_draft
from bot.library import Library
from tests.conftest import ROOT


def with_flow(folder: Path, text: str) -> Library:
    """The shipped content and this flow, also when there are mistakes in it."""
    shutil.copytree(ROOT / "flows", folder / "flows", dirs_exist_ok=True)
    (folder / "flows" / "made.yaml").write_text(text, encoding="utf-8")
    draft, _ = read_draft(folder)
    assert draft is not None
    return draft
