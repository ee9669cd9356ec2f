"""What volunteers type stays as typed; each slip is one problem with its place."""

import random
import string
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.typed.strict_yaml import (
    Document,
    Entries,
    Node,
    NotSoundError,
    Words,
    find,
    plain,
    read,
    read_on_trial,
)
from tests.conftest import ROOT
from tests.mutate.noise import damaged

SAMPLE = """\
# yaml-language-server: $schema=flow.schema.json
flow: arrears
title: Huurachterstand
start: stage

questions:
  stage:
    ask: Welke brief kreeg u als laatste over de huur?
    why: Dan weten we hoeveel tijd u heeft.
    kind: choice
    answers:
      reminder: ✉️ Herinnering
      bailiff: 🧾 Brief van deurwaarder
      summons: 🏛️ Dagvaarding
      unsure: ❓ Weet ik niet
    next:
      - if: stage == unsure
        go: recognise_letter
      - if: stage in [summons, judgment, eviction_date]
        go: key_date
      - go: children

  key_date:
    ask: "Welke datum staat er in de brief: de bovenste?"
    kind: date
    within: [today - 60 days, today + 1 year]
    next: children

  children:
    ask: >-
      Wonen er kinderen onder 18 bij u?
      Ook stiefkinderen tellen mee.
    kind: yes_no
    next: advice            # the outcome: advice cards, deadlines

facts:
  days_left: days from today to key_date
  very_urgent: stage == eviction_date and days_left <= 7

renamed:
  questions: {letter: stage}            # keeps its answer
  answers: {stage.dagvaarding: stage.summons}

organisations:
  legal_desk:
    name: 'Het Juridisch Loket'
    helps_with: [arrears, summons, judgment, nuisance, closure]
    phone: 0800-8020
    hours: ma-vr 09:00-17:00
    checked: {on: never, source: derde partij}
  helpline:
    say: |
      Bel ons gratis.
        Elke dag #1
    words: Ik word misschien uit huis gezet.
      Ik heb kinderen.
    steps:
    - do: Bel vandaag uw gemeente.
      who: municipality
"""


def seen(text: str | bytes) -> list[tuple[int, int, str]]:
    return [
        (one.place.line, one.place.column, one.code)
        for one in read(text, "flows/notice.yaml").problems
    ]


def told(text: str | bytes) -> str:
    """The message of the one problem that a text has."""
    (only,) = read(text, "flows/notice.yaml").problems
    return only.message


def data(document: Document) -> object:
    assert document.root is not None
    return plain(document.root)


AS_TYPED = """
0201234567 0113 010 18:00 nee no yes on 1012 1.10 2026-12-03 ~ null true 1e3 0x1F
1_000 .inf = <= x==y a:b https://drempel.nl/#top C#
"""


@pytest.mark.parametrize("typed", AS_TYPED.split())
def test_what_is_typed_without_quotes_stays(typed: str) -> None:
    text = f"say: {typed}\nlist: [{typed}]\nrows:\n  - {typed}\n"
    document = read(text, "f.yaml")
    assert document.problems == ()
    assert data(document) == {"say": typed, "list": [typed], "rows": [typed]}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", (3, 1, "duplicate-key"), id="twice"),
        pytest.param("a:\n\tb: 1\n\tc: 2\nd: 3\n", (2, 1, "tab"), id="tab"),
        pytest.param("a:\tb\n", (1, 3, "tab"), id="tab after a colon"),
        pytest.param("a:\n\xa0\xa0b: 1\n", (2, 1, "odd-space"), id="no-break space"),
        pytest.param("a\u200b: 1\n", (1, 2, "odd-space"), id="unseen in a key"),
        pytest.param("a: 1\n\ufeffb: 2\n", (2, 1, "odd-space"), id="stray BOM"),
        pytest.param("a:\xa0b\n", (1, 3, "odd-space"), id="odd space after a colon"),
        pytest.param("a: nee\xa0\n", (1, 7, "odd-space"), id="odd space at the end"),
        pytest.param("a: bel ons #1\n", (1, 12, "hash"), id="text cut by #"),
        pytest.param("a: bel  #1\n", (1, 9, "hash"), id="# and no space"),
        pytest.param("a: bel # ons\n", (1, 8, "hash"), id="one space before #"),
        pytest.param("a: #1\n", (1, 4, "hash"), id="nothing but #"),
        pytest.param("a: [bel ons #1]\n", (1, 13, "hash"), id="# in a list"),
        pytest.param("a: x\n  y #1\n", (2, 5, "hash"), id="# on a second line"),
        pytest.param("a: Let op: bel\n", (1, 10, "colon"), id="colon in a text"),
        pytest.param("a: Let op:\n", (1, 10, "colon"), id="colon at the end"),
        pytest.param("a: [Let op: bel]\n", (1, 11, "colon"), id="colon in a list"),
        pytest.param("a: *Let op*\n", (1, 4, "first-character"), id="bold"),
        pytest.param("a: !Let op\n", (1, 4, "first-character"), id="exclamation"),
        pytest.param("a: @ons\n", (1, 4, "first-character"), id="at"),
        pytest.param("a: %\n", (1, 4, "first-character"), id="per cent"),
        pytest.param("a: `x`\n", (1, 4, "first-character"), id="backtick"),
        pytest.param("a: > 14 dagen\n", (1, 4, "first-character"), id="more than"),
        pytest.param("a: | of\n", (1, 4, "first-character"), id="bar"),
        pytest.param("a: - b\n", (1, 4, "first-character"), id="dash on one line"),
        pytest.param("a: [*Let op*]\n", (1, 5, "first-character"), id="bold in list"),
        pytest.param("a: {naam}, hallo\n", (1, 9, "brackets"), id="braces first"),
        pytest.param("a: {naam}\n", (1, 9, "brackets"), id="only braces"),
        pytest.param("a: [Let op] bel\n", (1, 12, "brackets"), id="text after ]"),
        pytest.param("a: [b, c\nd: 1\n", (1, 4, "brackets"), id="bracket left open"),
        pytest.param("a: [b,, c]\n", (1, 7, "brackets"), id="two commas"),
        pytest.param("a: 'foto's'\n", (1, 4, "quotes"), id="apostrophe in quotes"),
        pytest.param("a: 's ochtends\n", (1, 4, "quotes"), id="apostrophe first"),
        pytest.param('a: "Bel ons\nb: 1\n', (1, 4, "quotes"), id="quotes left open"),
        pytest.param('a: "Ja" zei hij\n', (1, 4, "quotes"), id="quotes end early"),
        pytest.param('a: "C:\\pad"\n', (1, 4, "quotes"), id="backslash"),
        pytest.param("a:\n  <<: *b\n  c: 1\n", (2, 3, "merge-key"), id="merge key"),
        pytest.param("a: &b\n  c: 1\n", (1, 4, "notation"), id="anchor"),
        pytest.param("a: *b\n", (1, 4, "first-character"), id="alias"),
        pytest.param(
            "a: !!python/name:os.system\n  b: 1\n", (1, 4, "notation"), id="tag"
        ),
        pytest.param("a: 1\n---\na: 2\n", (2, 1, "several-documents"), id="documents"),
        pytest.param("a: 1\nb:\nc: 2\n", (2, 1, "empty-value"), id="no value"),
        pytest.param("a:\n  -\n  - b\n", (2, 4, "empty-value"), id="empty list item"),
        pytest.param("a: 1\n b: 2\n", (2, 2, "indentation"), id="one space too many"),
        pytest.param(
            "a:\n  b: 1\n  c: 1\n d: 2\n", (4, 2, "indentation"), id="one too few"
        ),
        pytest.param("a: 1\n- b\n- c\n", (2, 1, "indentation"), id="keys and items"),
        pytest.param("a:b\nc: 1\n", (1, 1, "colon-space"), id="no space after colon"),
        pytest.param("a:\n  -b: 1\n", (2, 3, "dash-space"), id="no space after dash"),
        pytest.param("kind choice\nc: 1\n", (1, 1, "no-colon"), id="no colon"),
        pytest.param("a: 1\x00\nb: 1\n", (1, 5, "control-character"), id="NUL"),
        pytest.param('a: "\\u0000"\n', (1, 4, "control-character"), id="written NUL"),
        pytest.param(
            "a: x\u2028b: 1\n", (1, 5, "control-character"), id="odd line end"
        ),
        pytest.param(b"a: caf\xe9\nb: \xe9\n", (1, 7, "not-utf8"), id="not UTF-8"),
        pytest.param('"tekst"\n', (1, 1, "not-keys"), id="no keys at all"),
        pytest.param("# leeg\n", (1, 1, "empty-file"), id="nothing but a note"),
        pytest.param("a: “hoi”\n", (1, 4, "curly-quotes"), id="curly quotes"),
        pytest.param("- " * 41 + "a\n", (1, 81, "too-deep"), id="dashes too deep"),
        pytest.param("[" * 1_000_000, (1, 1, "too-deep"), id="1 MB of ["),
        pytest.param("x" * 1_000_001, (1, 1, "too-big"), id="more than 1 MB"),
        pytest.param("- a\n" * 20_001, (1, 1, "too-big"), id="too many lines"),
        pytest.param("[" + "a," * 50_001 + "]", (1, 100_003, "too-many"), id="in one"),
    ],
)
def test_each_slip_is_one_problem_at_its_place(
    text: str | bytes, problem: tuple[int, int, str]
) -> None:
    assert seen(text) == [problem]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("say: bel ons #1", 'say: "bel ons #1"'),
        (
            "say: Noem uw kinderen in uw antwoord: hun leeftijd",
            'say: "Noem uw kinderen in uw antwoord: hun leeftijd"',
        ),
        ("- say: *Let op*  # bold", '- say: "*Let op*"  # bold'),
        ("say: {naam}, hallo", 'say: "{naam}, hallo"'),
        ("say: 'foto's'", 'say: "foto\'s"'),
        ("say: 's ochtends", 'say: "\'s ochtends"'),
        ('say: "Ja" zei hij', "say: '\"Ja\" zei hij'"),
        ('say: "Bel ons', 'say: "Bel ons"'),
        ('say: "C:\\pad"', "say: 'C:\\pad'"),
        ("say:Bel ons", "say: Bel ons"),
        ("say Bel ons", "say: Bel ons"),
    ],
)
def test_the_message_shows_the_line_as_it_should_be(text: str, shown: str) -> None:
    assert shown in told(text)
    assert read(shown, "f.yaml").problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "next: advice   # the outcome",
        "next: advice  #",
        'next: "advice" # the outcome',
        "next:  # the outcome\n  a: 1",
        "# whole line\nnext: [a, b] # list",
        "next: [a,  # first\n  b]",
        "a: 1\r\nb: 2\r\n",
        "\ufeffa: 1",
        "---\na: 1",
        'a: ""',
        "a: ''",
        "a: []\nb: {}",
        "say: een lange\n  tekst over\n\n  vier regels",
        'say: "een\n  lange: tekst"',
        "say: |\n  x # y: z\n\n  *q*\n\tz".replace("\t", "  "),
        "a:\n- b\n- c: 1\n  d: 2\ne: 1",
        "a: {b: {c: [d, 'e, f']}, \"g\": h}",
        "'foto''s': ja\n\"a b\": c",
        "a: 50\xa0euro",
    ],
)
def test_ordinary_writing_is_no_problem(text: str) -> None:
    assert seen(text) == []


def test_a_key_given_twice_names_both_lines_and_keeps_the_first() -> None:
    document = read("ask: a\nwhy: b\nask: c\n", "f.yaml")
    assert "line 1 and on line 3" in document.problems[0].message
    assert data(document) == {"ask": "a", "why": "b"}


def test_all_slips_of_a_file_come_in_one_run() -> None:
    text = SAMPLE.replace("why: Dan", "why: *Dan").replace("stage in [", "stage in: [")
    text = text.replace("    kind: date", "\tkind: date").replace("8020", "8020 #1")
    text = text.replace("'Het", "'Het'").replace("days_left: ", "days_left:")
    text = text.replace("start: stage", "start stage\ntitle: Huur")
    assert seen(text) == [
        (4, 1, "no-colon"),
        (5, 1, "duplicate-key"),
        (10, 10, "first-character"),
        (20, 21, "colon"),
        (26, 1, "tab"),
        (38, 3, "colon-space"),
        (47, 11, "quotes"),
        (49, 22, "hash"),
    ]


def test_after_a_slip_the_rest_of_the_file_is_read() -> None:
    text = "say: *Let op*\nlist:\n\t- a\nmore: Let op: bel\nlast: 0113\n"
    assert data(read(text, "f.yaml")) == {
        "say": "*Let op*",
        "list": ["a"],
        "more": "Let op: bel",
        "last": "0113",
    }


def test_a_place_has_the_line_itself() -> None:
    document = read("flow: a\nquestions:\n  stage:\n    ask: Hoi\n", "f.yaml")
    assert document.root is not None
    place = find(document.root, ("questions", "stage", "ask")).place
    assert (place.file, place.line, place.column) == ("f.yaml", 4, 10)
    assert place.source == "    ask: Hoi"


def test_find_passes_over_parts_that_match_nothing() -> None:
    root = read("next:\n  - go: a\n", "f.yaml").root
    assert root is not None
    found = find(root, ("next", "list[Route]", 0, "go", "nothing"))
    assert isinstance(found, Words)
    assert found.text == "a"


def test_find_can_point_at_the_key() -> None:
    root = read("next:\n  - goo: a\n", "f.yaml").root
    assert isinstance(root, Entries)
    assert find(root, ("next", 0, "goo"), key=True).place.column == 5


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"])))
@settings(max_examples=200)
def test_quoted_text_is_read_as_written(text: str) -> None:
    text = f"{text} {text}"
    written = text.replace("\\", "\\\\").replace('"', '\\"')
    assert data(read(f'say: "{written}"\n', "f.yaml")) == {"say": text}


@given(
    st.from_regex(r"[0-9]{1,12}|[0-2][0-9]:[0-5][0-9]|[a-zA-Z]{1,9}", fullmatch=True)
)
@settings(max_examples=200)
def test_plain_digits_times_and_words_keep_their_characters(typed: str) -> None:
    assert data(read(f"say: {typed}\n", "f.yaml")) == {"say": typed}


def test_random_damage_never_raises() -> None:
    chance = random.Random(7)
    pieces = [b"\t", b"\xc2\xa0", b" #", b": ", b"'", b'"', b"[", b"{", b"*", b"&"]
    pieces += [b"\n", b"- ", b"|", b"\x00", b"---\n", b"\xff", b"!!x ", b"<<: "]
    for _ in range(300):
        spoiled = bytearray(SAMPLE.encode())
        for _ in range(chance.choice([1, 2, 9])):
            at = chance.randrange(len(spoiled))
            length = chance.choice([0, 0, 1, 5])
            random_byte = bytes([chance.randrange(256)])
            spoiled[at : at + length] = chance.choice([*pieces, random_byte])
        document = read(bytes(spoiled), "f.yaml")
        assert document.root is not None or document.problems


def _tried(lines: Iterable[str]) -> Node | None:
    try:
        return read_on_trial(lines)
    except NotSoundError:
        return None


def test_on_trial_is_read_what_is_read_without_a_problem() -> None:
    body = (ROOT / "flows/arrears.yaml").read_bytes()
    dice = random.Random(7)
    verdicts = set()
    for _ in range(60):
        lines = read(damaged(body, dice), "flows/arrears.yaml").lines
        document = read("\n".join(filter(None, lines)), "")
        tree = None if document.problems else document.root
        assert tree == _tried(lines)
        verdicts.add(tree is None)
    assert verdicts == {True, False}


def test_a_misspelled_key_is_found_on_its_own_line() -> None:
    chance = random.Random(3)
    lines = SAMPLE.splitlines()
    rows = [n for n, line in enumerate(lines) if line.startswith("    kind:")]
    for _ in range(60):
        row, at = chance.choice(rows), chance.randrange(4, 8)
        letter = chance.choice(string.ascii_lowercase.replace(lines[row][at], ""))
        changed = lines[row][:at] + letter + lines[row][at + 1 :]
        text = "\n".join([*lines[:row], changed, *lines[row + 1 :]])
        document = read(text, "f.yaml")
        assert document.root is not None
        key = changed[4:8]
        names = ("stage", "key_date", "children")
        found = [
            find(document.root, ("questions", name, key), key=True) for name in names
        ]
        assert row + 1 in [node.place.line for node in found]
