"""Who fits which family, and why; and how that is said at any hour, in any language."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.calling import organisation_line, remarks, whom_to_call
from bot.conversation.facts import UNSURE, Fact, Facts
from bot.conversation.model import Conversation
from bot.conversation.needed import AWAKE
from bot.fitting import Fit, fitting
from bot.library import Library
from bot.opening import DUTCH_TIME, read_hours
from bot.organisations import Organisation
from bot.outcome import MOST_ORGANISATIONS, Outcome, outcome, place_name
from tests.conftest import ID, TUESDAY, Family, Meet, words_of

TODAY = TUESDAY.date()
AMSTERDAM, CODE = "Amsterdam", "GM0363"
TENANT = {"arrears", "eviction", "at_door", "hearing_missed", "lease"}
OWNER = {"kifid", "nhg", "notary"}
ORGANISED = {"municipality", "shelter_desk", "neighbourhood_team", "renting_desk",
             "social_counsel", "credit_bank", "local_ombudsman"}  # fmt: skip
UTRECHT, EDE = "GM0344", "GM0228"
CHECKED = date(2026, 11, 20)


def facts(library: Library, **asked: Fact) -> Facts:
    return Facts(asked, TODAY, library.derived)


def fits(
    library: Library, *named: str, place: str | None = None, **asked: Fact
) -> tuple[Fit, ...]:
    return fitting(library.organisations, named, facts(library, **asked), place)


def ids(found: tuple[Fit, ...]) -> list[str]:
    return [fit.organisation.id for fit in found]


def reason(found: tuple[Fit, ...], name: str) -> str:
    (fit,) = [one for one in found if one.organisation.id == name]
    assert fit.because is not None
    place = str(fit.because.values.get("place"))
    return fit.because.text.nl.replace("{place}", place)


# --- who fits ----------------------------------------------------------------------


def beyond_the_advice(
    library: Library, *, hour: int, language: str = "nl"
) -> list[str]:
    """National help beside what the card names, at this hour; two are special here."""
    early = replace(
        library.organisations["food_bank"],
        hours=read_hours("ma-vr 07:00-10:00") or (),
        hours_text=library.words["unsure"],
    )
    english = replace(library.organisations["children_fund"], languages=("nl", "en"))
    known = {**library.organisations, "food_bank": early, "children_fund": english}
    found = outcome(
        replace(library, organisations=known),
        facts(library, situation="arrears", children=2),
        language=language,
        moment=TUESDAY.replace(hour=hour),
    )
    named = {name for held in found.held for name in held.card.organisations}
    return [one for one in ids(found.fits) if one not in named]


def test_who_is_closed_comes_after_who_may_be_open(library: Library) -> None:
    early, late = (beyond_the_advice(library, hour=hour) for hour in (8, 20))
    assert early[-1] != "food_bank"
    assert late[-1] == "food_bank"
    assert set(early) == set(late)


def test_who_speaks_the_language_comes_first(library: Library) -> None:
    assert beyond_the_advice(library, hour=12, language="en")[0] == "children_fund"
    assert beyond_the_advice(library, hour=12)[0] != "children_fund"


def test_the_advice_speaks_first_in_the_authors_order(library: Library) -> None:
    named = ("landlord", "geldfit", "debt_buddy")
    assert tuple(ids(fits(library, *named, situation="arrears"))[:3]) == named


def test_who_is_named_twice_stands_once(library: Library) -> None:
    found = ids(fits(library, "geldfit", "landlord", "geldfit", situation="arrears"))
    assert found.count("geldfit") == 1


def test_a_tenant_in_amsterdam_hears_of_woon_and_why(library: Library) -> None:
    found = fits(library, place=AMSTERDAM, situation="arrears")
    assert ids(found)[0] == "woon"
    assert reason(found, "woon") == "Omdat u huurt in Amsterdam."


@pytest.mark.parametrize("place", [None, "Utrecht", "Amstelveen"])
def test_woon_is_for_nobody_elsewhere(library: Library, place: str | None) -> None:
    found = fits(library, "woon", place=place, situation="arrears")
    assert "woon" not in ids(found)


@pytest.mark.parametrize("letter", ["silent", "refused", "unsure"])
def test_geldfit_comes_when_the_municipality_does_not(
    library: Library, letter: str
) -> None:
    found = fits(library, situation="lease", municipality_letter=letter)
    assert "geldfit" in ids(found)


def test_no_one_comes_by_a_row_without_condition(library: Library) -> None:
    assert fits(library) == ()


def test_a_condition_with_more_facts_goes_first(library: Library) -> None:
    found = ids(fits(library, situation="out", children=2))
    assert found.index("children_rights") < found.index("salvation_army")


def test_a_tenant_hears_of_nobody_for_owners(library: Library) -> None:
    for situation in TENANT:
        assert not OWNER & set(ids(fits(library, situation=situation)))


def test_an_owner_hears_of_nobody_for_tenants(library: Library) -> None:
    found = set(ids(fits(library, situation="mortgage", children=1)))
    assert not found & {"renting_desk", "woonbond", "rent_tribunal", "landlord"}


def test_without_children_nobody_for_children_comes(library: Library) -> None:
    for situation in library.declared["situation"].options:
        found = set(ids(fits(library, situation=situation, children=0)))
        assert not found & {"children_fund", "children_rights", "children_ombudsman"}


def test_the_first_row_that_holds_is_the_reason(library: Library) -> None:
    summoned = fits(library, situation="arrears", bailiff_letter="summons")
    assert reason(summoned, "lawyer") == "Omdat een rechter over uw huis beslist."
    named = fits(library, "lawyer", situation="arrears")
    assert reason(named, "lawyer") == "Omdat een advocaat met u naar de rechter kan."


def test_a_code_of_a_place_is_said_by_its_name(library: Library) -> None:
    assert library.places.municipalities[CODE].name == AMSTERDAM
    found = outcome(library, facts(library, situation="arrears", place=CODE))
    everyone = (*found.shown, *found.more)
    assert reason(everyone, "woon") == "Omdat u huurt in Amsterdam."


def test_a_place_that_is_not_known_is_none(library: Library) -> None:
    found = outcome(library, facts(library, situation="arrears", place=UNSURE))
    assert "woon" not in ids(found.fits)


situations = st.sampled_from(["arrears", "eviction", "at_door", "out", "hearing_missed",
                              "mortgage", "trouble", "lease", "utilities", "other",
                              "municipality", "unregistered", UNSURE])  # fmt: skip
households = st.fixed_dictionaries(
    {"situation": situations},
    optional={
        "children": st.integers(0, 4),
        "landlord": st.sampled_from(["corporation", "private", UNSURE]),
        "municipality_letter": st.sampled_from(["offer", "refused", "silent", UNSURE]),
        "place": st.sampled_from([CODE, UTRECHT, EDE, UNSURE]),
    },
)


@given(asked=households)
def test_every_household_gets_a_few_that_work_there_and_a_reason(
    library: Library, asked: Mapping[str, Fact]
) -> None:
    found = outcome(library, facts(library, **asked))
    place = place_name(library, facts(library, **asked))
    assert len(found.shown) <= MOST_ORGANISATIONS
    assert len(set(ids(found.fits))) == len(found.fits)
    for fit in found.fits:
        one = fit.organisation
        assert one.is_national or place in one.where
        assert fit.because is not None
        assert not one.emergency


# --- what the shipped entries say --------------------------------------------------


def test_each_organisation_has_a_plain_reason(library: Library) -> None:
    for one in library.organisations.values():
        assert one.when[-1].condition is None, one.id
        assert all(row.because.nl.startswith("Omdat ") for row in one.when), one.id


def test_what_differs_per_municipality_is_marked(library: Library) -> None:
    assert {one.id for one in library.organisations.values() if one.local} == ORGANISED


def test_eropaf_promises_no_direct_help(library: Library) -> None:
    one = library.organisations["eropaf"]
    assert (one.phone, one.channels) == ("", ("web",))


def test_every_organisation_can_be_met(library: Library) -> None:
    named = {name for card in library.cards for name in card.organisations}
    for one in library.organisations.values():
        fitted = any(row.condition for row in one.when)
        assert one.id in named or fitted or one.emergency, one.id


# --- how it is said ----------------------------------------------------------------


def line(library: Library, one: Organisation, moment: datetime, at: str = "nl") -> str:
    said = organisation_line(library, one, moment)
    return library.catalogue(at).say(said)


def dialled(library: Library, name: str = "geldfit") -> Organisation:
    return replace(library.organisations[name], checked=CHECKED)


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=DUTCH_TIME)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-11-27T12:00", "Nu open (op werkdagen van 9 tot 21 uur)."),
        ("2026-11-27T08:00", "Nu dicht. Vandaag open om 09:00 uur ("),
        ("2026-11-27T22:00", "Nu dicht. Open maandag om 09:00 uur ("),
        ("2029-01-03T12:00", "De openingstijden weten wij niet zeker."),
    ],
    ids=["open", "early", "friday evening", "after the calendar"],
)
def test_it_says_open_or_when_it_opens(
    library: Library, moment: str, told: str
) -> None:
    assert told in line(library, dialled(library), at(moment))


def test_a_day_far_away_is_said_in_full(library: Library) -> None:
    from bot.opening import read_hours

    wednesday = read_hours("wo 09:00-12:00") or ()
    rare = replace(dialled(library), hours=wednesday)
    told = line(library, rare, at("2026-11-25T12:00"))
    assert "Open woensdag 2 december 2026 om 09:00 uur" in told


def test_a_weekday_is_said_in_the_language_of_the_family(library: Library) -> None:
    told = line(library, dialled(library), at("2026-11-27T22:00"), "en")
    assert "Monday" in told


def test_a_number_dialled_long_ago_gets_its_star_back(library: Library) -> None:
    one = dialled(library)
    assert f"{one.phone}*" not in line(library, one, TUESDAY)
    later = TUESDAY + timedelta(days=180)
    assert f"{one.phone}*" in line(library, one, later)


def test_an_emergency_never_has_a_star(library: Library) -> None:
    one = library.organisations["suicide_line"]
    assert "*" not in line(library, one, TUESDAY)


def told(library: Library, *names: str, moment: datetime, language: str = "nl") -> str:
    found = tuple(Fit(library.organisations[name]) for name in names)
    current = Conversation(ID, language, "@outcome")
    message = whom_to_call(library, current, Outcome((), (), found), moment)
    return "\n".join(words_of(library, (message,), language))


def test_who_is_open_is_told_when_the_first_is_closed(library: Library) -> None:
    noon = TUESDAY.replace(hour=10)
    text = told(library, "children_ombudsman", "municipality", moment=noon)
    assert "Nu wel open: Geldfit, 0800-8115." in text


def test_at_night_somebody_still_listens(library: Library) -> None:
    night = TUESDAY.replace(hour=3)
    text = told(library, "geldfit", moment=night)
    assert "Nu wel open: De Luisterlijn, 088-0767 000." in text


def test_nothing_is_added_while_the_first_is_open_or_unknown(library: Library) -> None:
    night = TUESDAY.replace(hour=3)
    assert "Nu wel open" not in told(library, "geldfit", moment=TUESDAY)
    assert "Nu wel open" not in told(library, "legal_desk", moment=night)


def test_who_listens_instead_exists(library: Library) -> None:
    assert set(AWAKE) <= set(library.organisations)


def test_another_language_is_told_with_an_interpreter(library: Library) -> None:
    text = told(library, "geldfit", "suicide_line", moment=TUESDAY, language="en")
    assert "🌐 Geldfit: Dutch." in text
    assert "🌐" not in told(library, "geldfit", moment=TUESDAY)


def test_a_language_that_the_bot_does_not_speak_has_a_name_too(
    library: Library,
) -> None:
    turkish = replace(library.organisations["geldfit"], languages=("tr", "nl"))
    known = {**library.organisations, "geldfit": turkish}
    home = replace(library, organisations=known)
    assert "Turkish, Dutch" in told(home, "geldfit", moment=TUESDAY, language="en")


def test_who_speaks_many_languages_needs_no_interpreter(library: Library) -> None:
    current = Conversation(ID, "en", "@outcome")
    many = [library.organisations["refugee_council"]]
    assert list(remarks(library, current, many, TUESDAY)) == []


def test_only_what_costs_money_says_so(library: Library) -> None:
    text = told(library, "geldfit", "woonbond", moment=TUESDAY)
    assert text.count("Kosten:") == 1


# --- more help ---------------------------------------------------------------------


@pytest.fixture
def advised(meet: Meet) -> Family:
    """A family with rent arrears that has read its advice."""
    family = meet()
    family.says("huurachterstand", "verhuurder", "herinnering", "4 en 9",
                "woningcorporatie", "3511", "niets", "nee")  # fmt: skip
    return family.taps("@yes")


def test_the_advice_shows_four_with_their_reason(advised: Family) -> None:
    assert advised.text.count("Omdat ") == MOST_ORGANISATIONS


def test_more_help_shows_the_others_five_a_message(advised: Family) -> None:
    advised.taps("more_help")
    counts = [
        sum("Omdat " in words for words in words_of(advised.library, (one,), "nl"))
        for one in advised.messages
        if one.paragraphs and not one.rows
    ]
    assert counts[0] == 5
    assert max(counts) <= 5
    assert "Voedselbank" in advised.text


def test_more_help_can_be_asked_again_and_again(advised: Family) -> None:
    first = advised.taps("more_help").text
    assert advised.taps("more_help").text == first
    assert advised.at == "@outcome"


def test_an_old_button_for_more_help_does_nothing(advised: Family) -> None:
    button = advised.button("more_help")
    advised.taps("more_help").sends(button)
    assert advised.text == advised.words("old_button")


def test_more_help_before_the_advice_is_no_way_around_it(meet: Meet) -> None:
    family = meet().commands("more_help")
    assert family.at == "situation"
    assert "Omdat " not in family.text
