"""The key file: whole or not at all, closed to others, and never told."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.keys import (
    KeysError,
    key_file,
    make_key_file,
    read_key_file,
    read_keys,
    rotate_key_file,
    rotated,
    written,
)
from bot.storage.sealing import Keys, SealError, Vault
from tests.conftest import ROOT

KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
GOOD = f"pepper {KEY}\nkey1 {KEY}\n"

secrets = st.binary(min_size=32, max_size=32)
some_keys = st.builds(
    Keys, secrets, st.dictionaries(st.integers(1, 255), secrets, min_size=1)
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- the text ----------------------------------------------------------------------


@given(some_keys)
def test_what_is_written_reads_back(keys: Keys) -> None:
    assert read_keys(written(keys)) == keys


def test_the_file_says_what_it_is() -> None:
    said = " ".join(written(Keys.fresh()).replace("#", "").split())
    assert "Whoever has this file and the database can read the answers." in said
    assert "Keep it apart from the database and its backups" in said


def test_comments_blanks_and_line_ends_of_windows_do_not_matter() -> None:
    loose = f"\ufeff# mine\r\n\r\n  key1\t{KEY}  \r\npepper   {KEY}\r\n"
    assert read_keys(loose) == read_keys(GOOD)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The keys have no line that begins with pepper."),
        (f"key1 {KEY}", "The keys have no line that begins with pepper."),
        (f"pepper {KEY}", "The keys have no line such as key1, only a pepper."),
        (f"{GOOD}key1 {KEY}", "Line 3 of the keys names key1 once more."),
        (f"{GOOD}pepper {KEY}", "Line 3 of the keys names pepper once more."),
    ],
)
def test_what_is_missing_or_twice_is_said(text: str, sentence: str) -> None:
    with pytest.raises(KeysError) as told:
        read_keys(text)
    assert str(told.value) == sentence


@pytest.mark.parametrize(
    "line",
    [
        KEY, f"key {KEY}", f"key0 {KEY}", f"key01 {KEY}", f"key256 {KEY}",
        f"key999 {KEY}", f"key٢ {KEY}", f"salt {KEY}", f"key2{KEY}", "key2",
        f"key2 {KEY[:-5]}", f"key2 {KEY[4:]}", f"key2 {KEY}{KEY}", f"key2 {KEY} {KEY}",
        f"key2 {KEY[:20]}\x00{KEY[20:]}", f"key2 {KEY[:-1]}", f"key2={KEY}",
        f"key2 {KEY[:9]}-{KEY[10:]}", f"key2 # {KEY}",
    ],
)  # fmt: skip
def test_a_damaged_line_is_told_by_its_number_and_not_shown(line: str) -> None:
    with pytest.raises(KeysError, match=r"^Line 3 of the keys is damaged: ") as told:
        read_keys(GOOD + line)
    assert told.value.__cause__ is None
    assert not any(KEY[at : at + 6] in str(told.value) for at in range(len(KEY) - 6))


@given(st.text(max_size=200), st.integers(0, 90), st.integers(0, 90))
def test_any_text_gives_keys_or_one_sentence(text: str, start: int, end: int) -> None:
    said = "."
    try:
        read_keys(GOOD[:start] + text + GOOD[end:])
    except KeysError as told:
        said = str(told)
    assert (len(said.splitlines()), said[-1]) == (1, ".")


# --- a new key ---------------------------------------------------------------------


@given(some_keys)
def test_a_new_key_seals_and_only_the_one_before_opens(keys: Keys) -> None:
    if keys.newest == 255:
        with pytest.raises(KeysError, match="key255 is the last key"):
            rotated(keys)
        return
    new = rotated(keys)
    assert sorted(new.secrets) == [keys.newest, keys.newest + 1]
    assert new.secrets[keys.newest] == keys.secrets[keys.newest]
    assert new.secrets[new.newest] not in keys.secrets.values()
    assert new.pepper == keys.pepper


def test_after_two_rotations_the_first_key_opens_nothing() -> None:
    vault = Vault(Keys.fresh())
    sealed = vault.seal("table", b"row", b"answer")
    vault.keys = rotated(vault.keys)
    assert vault.open("table", b"row", sealed) == b"answer"
    vault.keys = rotated(vault.keys)
    with pytest.raises(SealError):
        vault.open("table", b"row", sealed)


# --- the file ----------------------------------------------------------------------


def test_a_new_file_is_closed_to_others_and_so_is_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "config" / "drempel" / "keys"
    keys = make_key_file(path)
    assert read_key_file(path) == keys
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)
    assert os.listdir(path.parent) == ["keys"]


@pytest.mark.parametrize("umask", [0, 0o022, 0o077, 0o777])
def test_the_mask_of_the_user_changes_no_rights(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        make_key_file(tmp_path / "keys")
    finally:
        os.umask(before)
    assert mode(tmp_path / "keys") == 0o600


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    keys = make_key_file(tmp_path / "keys")
    with pytest.raises(FileExistsError):
        make_key_file(tmp_path / "keys")
    assert read_key_file(tmp_path / "keys") == keys
    assert os.listdir(tmp_path) == ["keys"]


def test_the_first_start_makes_a_file_and_the_next_one_reads_it(tmp_path: Path) -> None:
    first, made = key_file(tmp_path / "keys")
    assert made
    assert key_file(tmp_path / "keys") == (first, False)


def test_many_first_starts_at_once_agree_on_the_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as starts:
        found = list(starts.map(key_file, [tmp_path / "new" / "keys"] * 8))
    assert [made for _, made in found].count(True) == 1
    assert {keys.pepper for keys, _ in found} == {found[0][0].pepper}


def test_a_rotated_file_keeps_its_rights_and_its_place(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    before = make_key_file(path)
    path.chmod(0o440)
    (tmp_path / "link").symlink_to(path)
    after = rotate_key_file(tmp_path / "link")
    assert read_key_file(path) == after
    assert sorted(after.secrets) == [1, 2]
    assert after.secrets[1] == before.secrets[1]
    assert mode(path) == 0o440
    assert (tmp_path / "link").is_symlink()
    assert sorted(os.listdir(tmp_path)) == ["keys", "link"]


def test_what_a_crash_left_beside_the_file_is_gone_after_a_rotation(
    tmp_path: Path,
) -> None:
    make_key_file(tmp_path / "keys")
    (tmp_path / ".keys.0123abcd.new").write_text(GOOD)
    rotate_key_file(tmp_path / "keys")
    assert os.listdir(tmp_path) == ["keys"]


@pytest.mark.parametrize("rights", [0o604, 0o644, 0o666, 0o602, 0o601, 0o620])
@pytest.mark.parametrize("work", [read_key_file, key_file, rotate_key_file])
def test_a_file_that_is_open_to_others_is_refused(
    tmp_path: Path, rights: int, work: Callable[[Path], object]
) -> None:
    path = tmp_path / "keys"
    path.write_text(GOOD)
    path.chmod(rights)
    with pytest.raises(KeysError, match=f"Close it: chmod 600 {path}$"):
        work(path)
    assert path.read_text() == GOOD


def test_a_damaged_file_is_told_with_its_path(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(f"{GOOD}key2 half")
    path.chmod(0o600)
    with pytest.raises(KeysError, match=f"^{path}: Line 3 of the keys is damaged"):
        rotate_key_file(path)
    assert path.read_text() == f"{GOOD}key2 half"


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"pepper \x80"])
def test_a_file_that_is_no_text_is_told(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "keys").write_bytes(body)
    (tmp_path / "keys").chmod(0o600)
    with pytest.raises(KeysError, match="it is not a text"):
        key_file(tmp_path / "keys")


def test_a_file_that_is_not_there_is_told_where_it_comes_from(tmp_path: Path) -> None:
    with pytest.raises(KeysError, match="The first start of drempel run makes it"):
        rotate_key_file(tmp_path / "keys")


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KeysError, match="Not a directory"):
        key_file(tmp_path / "file" / "below" / "keys")


DIES = """
import os, sys
from pathlib import Path
from bot.storage import keys
at = int(sys.argv[2])
calls = 0
def dies(event, arguments):
    global calls
    if event in ("open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.chmod"):
        calls += str(sys.argv[1]) in "".join(map(str, arguments))
        if calls == at:
            os._exit(9)
sys.addaudithook(dies)
keys.{work}(Path(sys.argv[1]) / "keys")
"""


@pytest.mark.parametrize("work", ["make_key_file", "rotate_key_file"])
def test_a_program_that_dies_at_any_step_leaves_whole_keys_or_none(
    tmp_path: Path, work: str
) -> None:
    """Dies before its first touch of the folder, before its second, and so on."""
    at, code = 0, 9
    while code == 9:
        at += 1
        folder = tmp_path / str(at)
        folder.mkdir()
        before = make_key_file(folder / "keys") if work == "rotate_key_file" else None
        code = subprocess.run(
            [sys.executable, "-c", DIES.format(work=work), str(folder), str(at)],
            cwd=ROOT, check=False,
        ).returncode  # fmt: skip
        after, made = key_file(folder / "keys")
        assert before is None or (not made and after.pepper == before.pepper)
        assert set(after.secrets) in ({1}, {1, 2})
    assert code == 0
    assert at > 3


def test_keys_do_not_show() -> None:
    assert KEY[:8] not in repr(read_keys(GOOD))
