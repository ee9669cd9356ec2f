"""Writing what a volunteer found: that entry changes, and not one byte besides."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.typed.strict_yaml import plain, read
from bot.content.write_organisations import rewritten
from tests.conftest import ROOT

FILES = sorted((ROOT / "flows/organisations").glob("*.yaml"))
SMALL = """\
# Boven aan.
organisations:
  first:
    name: Eén
    phone: "112"   # het oude nummer
    hours_text: elke dag,
      ook in de nacht
    # Let op de dag.
    checked: never  # nog bellen

  second:
    name: Twee
    checked: 2026-01-02
"""


def entries(body: bytes) -> dict[str, dict[str, object]]:
    document = read(body, "file")
    assert document.root is not None
    assert document.problems == ()
    whole = plain(document.root)
    assert isinstance(whole, dict)
    return whole["organisations"]  # type: ignore[return-value]


def changed(name: str, **changes: str) -> str:
    body = rewritten(SMALL.encode(), name, changes)
    assert body is not None
    return body.decode()


values = st.text(
    st.characters(min_codepoint=32, exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]),
    min_size=1,
    max_size=30,
).map(str.strip).filter(bool)  # fmt: skip
phones = st.from_regex(r"[0-9][0-9 -]{2,10}[0-9]", fullmatch=True)
known = st.sampled_from([
    (path, name) for path in FILES for name in entries(path.read_bytes())
])  # fmt: skip


@settings(deadline=None, max_examples=15)
@given(where=known, phone=phones, words=values, person=values)
def test_only_this_entry_says_something_else(
    where: tuple[Path, str], phone: str, words: str, person: str
) -> None:
    path, name = where
    before = path.read_bytes()
    changes = {
        "phone": phone,
        "hours": "ma-vr 09:00-17:00, za 10:00-12:00",
        "hours_text": words,
        "checked": f"2026-11-27 by {person}",
    }
    after = rewritten(before, name, changes)
    if after is None:  # a sign that our files may not hold: nothing was written
        return
    wanted = entries(before)
    assert entries(after) == wanted | {name: wanted[name] | changes}


@settings(deadline=None, max_examples=15)
@given(where=known, end=st.sampled_from(["\n", "\r\n"]), mark=st.booleans())
def test_every_other_line_stays_byte_for_byte(
    where: tuple[Path, str], end: str, mark: bool
) -> None:
    path, name = where
    text = path.read_text(encoding="utf-8").replace("\n", end)
    before = (b"\xef\xbb\xbf" if mark else b"") + text.encode()
    after = rewritten(before, name, {"checked": "2026-11-27 by JV"})
    assert after is not None
    pairs = zip(before.splitlines(True), after.splitlines(True), strict=True)
    ((old, new),) = [(one, other) for one, other in pairs if one != other]
    assert new == old.replace(b"never", b"2026-11-27 by JV")


@settings(deadline=None, max_examples=15)
@given(where=known, person=st.sampled_from(["JV", "Jo de Vries", "a: b", "x # y", "'"]))
def test_a_name_of_any_form_is_read_as_it_was_typed(
    where: tuple[Path, str], person: str
) -> None:
    path, name = where
    after = rewritten(path.read_bytes(), name, {"checked": person})
    assert after is not None
    assert entries(after)[name]["checked"] == person


def test_remarks_stay_where_they_were() -> None:
    assert changed("first", checked="2026-11-27 by JV", phone="0800-1") == (
        SMALL.replace("never", "2026-11-27 by JV").replace('"112"', "0800-1")
    )


def test_a_text_over_two_lines_becomes_one() -> None:
    old = "hours_text: elke dag,\n      ook in de nacht\n"
    assert changed("first", hours_text="altijd") == SMALL.replace(
        old, "hours_text: altijd\n"
    )


def test_a_new_key_stands_above_checked() -> None:
    assert changed("second", hours="24/7", hours_text="altijd") == SMALL.replace(
        "    checked: 2026",
        "    hours: 24/7\n    hours_text: altijd\n    checked: 2026",
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "organisations: {first: {name: x, checked: never}}\n",
        "organisations:\n  second:\n    name: x\n    checked: never\n",
        "organisations:\n  first:\n    name: x\n",
        "organisations:\n  first:\n    checked: never\n    checked: never\n",
        "organisations:\n  first: never\n",
        "other: x\n",
    ],
    ids=["empty", "on one line", "another", "no checked", "twice", "no keys", "other"],
)
def test_what_cannot_be_changed_safely_is_left_alone(text: str) -> None:
    assert rewritten(text.encode(), "first", {"checked": "2026-11-27"}) is None


@given(st.binary(max_size=80))
def test_no_file_breaks_it(body: bytes) -> None:
    assert rewritten(body, "first", {"checked": "never"}) in (None, body)
