"""What counts as a change of the content, and which copy of it is kept."""

from pathlib import Path
from threading import Thread

import pytest

from bot.content.watch import Watch, keep_good, stamp


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "flows").mkdir(parents=True)
    (folder / "locales").mkdir()
    (folder / "flows" / "start.yaml").write_text("old", encoding="utf-8")
    return folder


def save(content: Path, words: str, name: str = "start.yaml") -> None:
    (content / "flows" / name).write_text(words, encoding="utf-8")


def read(content: Path) -> str:
    return (content / "flows" / "start.yaml").read_text(encoding="utf-8")


def test_a_change_is_read_once_and_not_before_it_rests(content: Path) -> None:
    watch = Watch(content, lambda: read(content))
    assert watch.look() is None
    save(content, "half")
    assert watch.look() is None
    save(content, "whole new")
    assert [watch.look() for _ in range(4)] == [None, "whole new", None, None]


def test_what_changes_while_it_is_read_is_read_again(content: Path) -> None:
    later = iter(["newest", ""])

    def reads() -> str:
        if words := next(later):
            save(content, words)
        return read(content)

    watch = Watch(content, reads)
    save(content, "new")
    found = [watch.look() for _ in range(5)]
    assert found == [None, None, None, "newest", None]


def test_a_file_that_goes_or_becomes_a_folder_is_a_change(content: Path) -> None:
    watch = Watch(content, lambda: "read")
    (content / "flows" / "start.yaml").unlink()
    assert [watch.look() for _ in range(3)] == [None, "read", None]
    (content / "flows" / "start.yaml").mkdir()
    assert [watch.look() for _ in range(3)] == [None, "read", None]


@pytest.mark.parametrize("name", [".start.yaml.swp", "start.yaml~", "4913"])
def test_an_editors_notes_are_no_change(content: Path, name: str) -> None:
    watch = Watch(content, lambda: "read")
    save(content, "note", name)
    assert [watch.look() for _ in range(3)] == [None, None, None]


def test_the_last_good_content_is_replaced_as_a_whole(
    content: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    save(content, "more", "more.yaml")
    keep_good(content, kept, stamp(content))
    (content / "flows" / "more.yaml").unlink()
    keep_good(content, kept, stamp(content))
    assert [path.name for path in (kept / "flows").iterdir()] == ["start.yaml"]
    (copy,) = (path for path in tmp_path.iterdir() if path not in (content, kept))
    assert copy == kept.resolve()


def test_at_no_moment_there_is_no_good_content(content: Path, tmp_path: Path) -> None:
    kept, missed = tmp_path / "kept", list[int]()
    keep_good(content, kept, stamp(content))

    def save_and_keep() -> None:
        for number in range(100):
            save(content, f"version {number}")
            keep_good(content, kept, stamp(content))

    changing = Thread(target=save_and_keep)
    changing.start()
    while changing.is_alive():
        missed += [] if kept.is_symlink() else [1]
    changing.join()
    assert missed == []
    assert read(kept) == "version 99"


def test_what_changed_since_it_was_read_is_not_kept_as_good(
    content: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    good = stamp(content)
    keep_good(content, kept, good)
    save(content, "a mistake")
    keep_good(content, kept, good)
    assert read(kept) == "old"


def test_content_without_translations_is_kept_too(
    content: Path, tmp_path: Path
) -> None:
    (content / "locales").rmdir()
    keep_good(content, tmp_path / "kept", stamp(content))
    assert read(tmp_path / "kept") == "old"
