"""Each kind of question: what may be typed, what is kept, what is said back."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.conditions import Mistake, parse_if
from bot.conversation.facts import UNSURE, Fact
from bot.conversation.kinds import KINDS
from bot.conversation.kinds.base import Kind, Misread, Option, Reading, Spec, Unclear
from bot.conversation.kinds.choices import Choices
from bot.library import Library
from bot.translations import Catalogue, Sayable, Text
from tests.conftest import TUESDAY
from tests.conversation.test_walks import AGES, COUNTS, DAYS, FITTING, PLAIN, RUBBISH

TODAY = TUESDAY.date()
NAMES = sorted(KINDS)


def option(id: str, label: str, *words: str) -> Option:
    return Option(id, Text(f"test.{id}", label), words)


OPTIONS = {
    "choice": (option("gas", "🔥 Gas", "cv"), option("wood", "🪵 Hout")),
    "choices": (option("mould", "🍄 Schimmel"), option("leak", "💧 Lek", "lekkage")),
    "yes_no": (option("yes", "✅ Ja"), option("no", "✖️ Nee")),
    "children": (option("none", "🚫 Geen"), option("some", "👪 Ja, kinderen")),
}
NOT_SURE = option(UNSURE, "❓ Weet ik niet")


def kind(library: Library, name: str, **limits: object) -> Kind:
    options = (*OPTIONS.get(name, ()), NOT_SURE)
    made = Spec(options=options, words=library.words, places=library.places, **limits)  # type: ignore[arg-type]
    return KINDS[name](made)


def reading(library: Library, today: date = TODAY) -> Reading:
    return Reading(today, tuple(library.catalogues.values()), library.dates)


def said(library: Library, what: Sayable, language: str = "nl") -> str:
    return library.catalogue(language).say(what).replace("\xa0", " ")


# --- every kind --------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_words_for_an_answer_are_read_as_that_answer(
    library: Library, name: str
) -> None:
    asked = kind(library, name)
    answers = asked.every(TODAY, {1, 3})
    typed = {one: asked.as_typed(one) for one in answers}
    got = {one: asked.read(words, reading(library)) for one, words in typed.items()}
    # A day is repeated to the family before it counts.
    other = {one: found for one, found in got.items() if found != one}
    assert {typed[one] for one, found in other.items() if found != Unclear((one,))} == (
        set()
    )


@pytest.mark.parametrize("name", NAMES)
def test_i_do_not_know_is_an_answer_everywhere(library: Library, name: str) -> None:
    asked = kind(library, name)
    for typed in ("weet ik niet", "❓ Weet ik niet", "WEET IK NIET!", "❓"):
        assert asked.read(typed, reading(library)) == UNSURE
    assert asked.accepts(UNSURE)
    assert asked.fact(UNSURE) == UNSURE
    assert said(library, asked.show(UNSURE)) == "❓ Weet ik niet"


def assert_reads_surely(library: Library, asked: Kind, typed: str) -> None:
    """What is read is kept, means something and can be said; or it is misread."""
    found = asked.read(typed, reading(library))
    if isinstance(found, Misread):
        assert found.key in library.words
        return
    for one in found.candidates if isinstance(found, Unclear) else (found,):
        assert asked.accepts(one)
        assert asked.fact(one) is not None
        for language in library.catalogues:
            words = library.catalogue(language).say(asked.show(one))
            assert words.strip()
            assert not {"{", "}"} & set(words)


@pytest.mark.parametrize("name", NAMES)
@given(typed=st.text(max_size=60))
@settings(max_examples=150)
def test_any_text_is_read_surely_or_not_at_all(
    library: Library, name: str, typed: str
) -> None:
    assert_reads_surely(library, kind(library, name), typed)


@pytest.mark.parametrize("name", NAMES)
def test_pieces_of_real_answers_are_read_surely_or_not_at_all(
    library: Library, name: str
) -> None:
    random, asked = Random(name), kind(library, name)
    fitting = [typed for one in FITTING.values() for typed in one]
    pieces = (*DAYS, *AGES, *COUNTS, *PLAIN, *RUBBISH, *fitting)
    for _ in range(400):
        typed = " ".join(random.choices(pieces, k=random.randint(1, 3)))
        assert_reads_surely(library, asked, typed)


@pytest.mark.parametrize("name", NAMES)
@given(stored=st.text(max_size=30) | st.text("0123459aeno:- .", max_size=20))
def test_what_an_old_answer_accepts_it_can_also_say(
    library: Library, name: str, stored: str
) -> None:
    assert_can_be_kept(library, kind(library, name), stored)


@pytest.mark.parametrize("name", NAMES)
def test_odd_old_answers_are_refused_or_can_be_said(
    library: Library, name: str
) -> None:
    odd = ("NaN", "-Infinity", "9" * 5_000, "1e999999", "0-3:1 0-3:2", "2026-W10-1")
    for stored in (*odd, " ", "٣", "1_000", "+1", "-1", "yes no", "unsure yes"):
        assert_can_be_kept(library, kind(library, name), stored)


def assert_can_be_kept(library: Library, asked: Kind, stored: str) -> None:
    """What is still accepted means something, and can be said."""
    if asked.accepts(stored):
        fact = asked.fact(stored)
        assert fact == fact  # not a number is never equal to itself
        assert said(library, asked.show(stored)).strip()


# --- choice and choices ------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["1", "gas", "GAS", "🔥", "🔥 Gas", "cv", " g\u200bás. "]
)
def test_a_choice_is_read_however_it_is_typed(library: Library, typed: str) -> None:
    assert kind(library, "choice").read(typed, reading(library)) == "gas"


@pytest.mark.parametrize("typed", ["", "4", "0", "1.5", "gas of hou", "gaz", "🧊"])
def test_a_choice_that_is_not_there_is_not_guessed(
    library: Library, typed: str
) -> None:
    found = kind(library, "choice").read(typed, reading(library))
    assert found == Misread("misread_choice")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("het is hout denk ik", ("wood",)),
        ("is het hout of weet ik niet", ("wood",)),
        ("Het gaat om de kachel!", ("stove",)),
        ("hout, of toch de houten kachel", ("wood", "stove")),
        ("geen idee van gas", ()),
        ("hout " * 80, ()),
    ],
)
def test_words_inside_a_sentence_are_asked_back(
    library: Library, typed: str, meant: tuple[str, ...]
) -> None:
    stove = option("stove", "🍲 Houten kachel", "kachel")
    asked = KINDS["choice"](Spec((*OPTIONS["choice"], stove, NOT_SURE)))
    found = asked.read(typed, reading(library))
    assert found == (Unclear(meant) if meant else Misread("misread_choice"))


def test_a_label_counts_in_every_language(library: Library) -> None:
    asked = kind(library, "choice")
    english = Catalogue("en", {("test.wood", "🪵 Hout"): "🪵 Wood"})
    both = Reading(TODAY, (english, library.catalogue("nl")), library.dates)
    assert [asked.read(typed, both) for typed in ("wood", "hout")] == ["wood", "wood"]


def test_one_word_of_two_labels_means_neither(library: Library) -> None:
    options = (option("first", "Eerste brief"), option("other", "Eerste dag"))
    asked = KINDS["choice"](Spec(options))
    assert isinstance(asked.read("Eerste", reading(library)), Misread)


@pytest.mark.parametrize(
    ("ticked", "tapped", "then"),
    [
        ("", "leak", "leak"),
        ("leak", "mould", "mould leak"),
        ("mould leak", "mould", "leak"),
        ("leak", "leak", ""),
        (UNSURE, "leak", "leak"),
    ],
)
def test_ticks_come_and_go_in_the_author_s_order(
    library: Library, ticked: str, tapped: str, then: str
) -> None:
    asked = kind(library, "choices")
    assert isinstance(asked, Choices)
    assert asked.toggled(ticked, tapped) == then


def test_several_answers_are_one_fact(library: Library) -> None:
    asked = kind(library, "choices")
    assert asked.fact("mould leak") == frozenset({"mould", "leak"})
    assert said(library, asked.show("mould leak")) == "🍄 Schimmel, 💧 Lek"


# --- yes and no --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("ja", "yes"), ("JA!", "yes"), ("✅", "yes"), ("1", "yes"), ("yes", "yes"),
     ("nee", "no"), ("Nee.", "no"), ("✖️", "no"), ("2", "no"), ("no", "no")],
)  # fmt: skip
def test_yes_and_no_are_read(library: Library, typed: str, stored: str) -> None:
    assert kind(library, "yes_no").read(typed, reading(library)) == stored


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ja, van de gemeente", "yes"),
        ("Nee nog niet", "no"),
        ("ja en nee", ""),
        ("ik denk ja", ""),
    ],
)
def test_yes_with_more_words_is_asked_back(
    library: Library, typed: str, meant: str
) -> None:
    found = kind(library, "yes_no").read(typed, reading(library))
    assert found == (Unclear((meant,)) if meant else Misread("misread_choice"))


def test_yes_is_true_and_no_is_false(library: Library) -> None:
    asked = kind(library, "yes_no")
    assert [asked.fact(one) for one in ("yes", "no")] == [True, False]


@pytest.mark.parametrize("typed", ["jep", "jawel", "oké", "klopt", "yep"])
def test_other_words_for_yes_answer_a_question_of_the_flows(
    library: Library, typed: str
) -> None:
    """The words under `yes:` in words.yaml count at every question of yes or no."""
    asked = library.questions["reported"].kind
    assert asked.read(typed, reading(library)) == "yes"


@pytest.mark.parametrize("typed", ["neen", "nope"])
def test_other_words_for_no_answer_a_question_of_the_flows(
    library: Library, typed: str
) -> None:
    asked = library.questions["reported"].kind
    assert asked.read(typed, reading(library)) == "no"


# --- numbers, money, time ----------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("14", "14"), ("veertien", "14"), ("١٤", "14"), ("14 dagen", "14"), ("0", "0")],
)
def test_a_number_is_read(library: Library, typed: str, stored: str) -> None:
    assert kind(library, "number").read(typed, reading(library)) == stored


@pytest.mark.parametrize("typed", ["0", "366", "-1", "14 of 15", "1,5", "veel", ""])
def test_a_number_outside_its_limits_names_them(library: Library, typed: str) -> None:
    asked = kind(library, "number", least=1, most=365)
    found = asked.read(typed, reading(library))
    assert found == Misread("misread_number", {"least": 1, "most": 365})


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("850", "850"), ("€ 850", "850"), ("1.250,50", "1250.50"), ("850 euro", "850")],
)
def test_an_amount_is_read(library: Library, typed: str, stored: str) -> None:
    assert kind(library, "money").read(typed, reading(library)) == stored


@pytest.mark.parametrize("typed", ["850 of 900", "2 duizend", "-5", "5001", "", "€"])
def test_an_amount_with_a_doubt_is_asked_again(library: Library, typed: str) -> None:
    asked = kind(library, "money", least=1, most=5_000)
    assert asked.read(typed, reading(library)) == Misread("misread_money")


def test_an_amount_is_said_as_money(library: Library) -> None:
    asked = kind(library, "money")
    assert said(library, asked.show("1250.50")) == "€ 1.250,50"
    assert asked.fact("1250.50") == Decimal("1250.50")


@pytest.mark.parametrize(
    ("typed", "days", "shown"),
    [
        ("3 maanden", 91, "3 maanden"),
        ("2 weken", 14, "2 weken"),
        ("anderhalf jaar", 547, "18 maanden"),
        ("2 jaar", 730, "2 jaar"),
        ("10 dagen", 10, "10 dagen"),
        ("een jaar", 365, "1 jaar"),
        ("een week of 3", None, None),
        ("lang", None, None),
    ],
)
def test_how_long_is_read_and_said_back(
    library: Library, typed: str, days: int | None, shown: str | None
) -> None:
    asked = kind(library, "time_since")
    found = asked.read(typed, reading(library))
    if days is None:
        assert found == Misread("misread_time_since")
        return
    assert found == str(days)
    assert said(library, asked.show(str(days))) == shown


@pytest.mark.parametrize(
    ("days", "shown"), [("30", "1 maand"), ("7", "1 week"), ("1", "1 dag")]
)
def test_one_of_a_unit_is_said_as_one(library: Library, days: str, shown: str) -> None:
    assert said(library, kind(library, "time_since").show(days)) == shown


@given(days=st.integers(0, 999))
def test_what_is_said_back_is_the_same_length_of_time(
    library: Library, days: int
) -> None:
    asked = kind(library, "time_since")
    shown = said(library, asked.show(str(days)))
    assert asked.read(shown, reading(library)) == str(days)


# --- dates -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("3 december", "2026-12-03"),
        ("3-12", "2026-12-03"),
        ("vandaag", "2026-11-24"),
        ("morgen", "2026-11-25"),
        ("over een week", "2026-12-01"),
    ],
)
def test_a_date_is_kept_as_a_day(library: Library, typed: str, stored: str) -> None:
    asked = kind(library, "date")
    assert asked.read(typed, reading(library)) == Unclear((stored,))
    assert asked.fact(stored) == date.fromisoformat(stored)


def test_a_date_is_confirmed_in_full(library: Library) -> None:
    asked = kind(library, "date")
    assert asked.read("3 december", reading(library)) == Unclear(("2026-12-03",))
    assert said(library, asked.show("2026-12-03")) == "donderdag 3 december 2026"


@given(days=st.integers(-500, 500))
def test_only_days_that_fit_the_question_are_kept(library: Library, days: int) -> None:
    asked = kind(library, "date", within=(-60, 365))
    day = TODAY + timedelta(days=days)
    found = asked.read(day.isoformat(), reading(library))
    if -60 <= days <= 365:
        assert found == Unclear((day.isoformat(),))
        return
    values = {"example": TODAY + timedelta(days=9), "date": day}
    assert found == Misread("misread_outside", values)


@pytest.mark.parametrize(
    ("within", "days"),
    [
        pytest.param((-365, 0), -9, id="a day of the past"),
        pytest.param((0, 365), 9, id="a day to come"),
        pytest.param((-60, 180), 9, id="both"),
        pytest.param((-5, 3), 3, id="only days nearby"),
    ],
)
def test_the_example_of_a_date_is_a_day_that_is_taken(
    library: Library, within: tuple[int, int], days: int
) -> None:
    found = kind(library, "date", within=within).read("?", reading(library))
    assert isinstance(found, Misread)
    assert found.values["example"] == TODAY + timedelta(days=days)


@given(today=st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_the_example_of_a_date_is_one_that_can_be_read(
    library: Library, today: date
) -> None:
    asked = kind(library, "date")
    found = asked.read("blub", reading(library, today))
    assert isinstance(found, Misread)
    for language in library.catalogues:
        example = said(library, found.values["example"], language)
        assert isinstance(asked.read(example, reading(library, today)), Unclear)


# --- places and children -----------------------------------------------------------


@pytest.mark.parametrize("typed", ["3511 AB", "3511ab Utrecht", "utrecht", "٣٥١١"])
def test_a_place_is_kept_as_its_municipality(library: Library, typed: str) -> None:
    asked = kind(library, "place")
    assert asked.read(typed, reading(library)) == "GM0344"
    assert said(library, asked.show("GM0344")) == "Utrecht"


def test_a_place_that_may_be_several_is_asked_back(library: Library) -> None:
    found = kind(library, "place").read("Hengelo", reading(library))
    assert isinstance(found, Unclear)
    assert {"GM0164", "GM1876"} <= set(found.candidates)


def test_a_place_is_compared_with_codes_only(library: Library) -> None:
    """A name would never be equal to what is kept."""
    found = parse_if("place == Utrecht", library.declared, library.calendar)
    assert isinstance(found, Mistake)
    assert not isinstance(
        parse_if("place == GM0344", library.declared, library.calendar), Mistake
    )


def test_a_slip_is_never_taken_for_sure(library: Library) -> None:
    found = kind(library, "place").read("Amsterdan", reading(library))
    assert found == Unclear(("GM0363",))


def test_an_unknown_postcode_asks_for_the_place(library: Library) -> None:
    found = kind(library, "place").read("2301 XX", reading(library))
    assert found == Misread("misread_postcode")


@pytest.mark.parametrize("typed", ["Kerkstraat 12", "0123", "12345", "", "????"])
def test_an_address_is_not_kept(library: Library, typed: str) -> None:
    found = kind(library, "place").read(typed, reading(library))
    assert found == Misread("misread_place")


@pytest.mark.parametrize(
    ("typed", "stored", "count", "shown"),
    [
        ("4 en 9", "4-11:2", 2, "2 kinderen"),
        ("een baby", "0-3:1", 1, "1 kind"),
        ("2, 5, 12 en 17", "0-3:1 4-11:1 12-17:2", 4, "4 kinderen"),
        ("16 en 19", "12-17:1", 1, "1 kind"),
        ("ja", "some", 1, "👪 Ja, kinderen"),
        ("geen", "none", 0, "🚫 Geen"),
        ("geen kinderen", "none", 0, "🚫 Geen"),
    ],
)
def test_children_are_kept_by_age_band(
    library: Library, typed: str, stored: str, count: Fact, shown: str
) -> None:
    made = Spec((option("none", "🚫 Geen"), option("some", "👪 Ja, kinderen", "ja")))
    asked = KINDS["children"](Spec((*made.options, NOT_SURE), words=library.words))
    assert asked.read(typed, reading(library)) == stored
    assert asked.fact(stored) == count
    assert said(library, asked.show(stored)) == shown


@pytest.mark.parametrize("typed", ["veel", "34 en 36", "2 of 3", "5555", ""])
def test_ages_with_a_doubt_are_asked_again(library: Library, typed: str) -> None:
    found = kind(library, "children").read(typed, reading(library))
    assert found == Misread("misread_children")


@pytest.mark.parametrize("name", ["sender", "court_date", "children", "place", "also"])
@pytest.mark.parametrize("typed", ["ik weet het niet", "Geen idee!", "I don’t know"])
def test_not_knowing_can_be_said_in_a_familys_own_words(
    library: Library, name: str, typed: str
) -> None:
    assert library.questions[name].kind.read(typed, reading(library)) == UNSURE
