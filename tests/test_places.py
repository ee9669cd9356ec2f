"""Which municipality a family means, in any writing; never one that is gone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desks import Desk, at_desk
from bot.law.calendar import Valid
from bot.library import Library
from bot.own_desks import own_desks
from bot.places import MOST, Found, Municipality, Places, distance
from bot.translations import Text

TODAY = date(2026, 11, 24)
LAST_DAY, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)
WIJDEMEREN, HILVERSUM = "GM1696", "GM0402"


@pytest.fixture(scope="module")
def places(library: Library) -> Places:
    return library.places


def names_of(places: Places, found: Found) -> list[str]:
    return [places.municipalities[code].name for code in found.codes]


# The list ----------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "number"), [(LAST_DAY, 342), (NEW_YEAR, 341)])
def test_there_are_as_many_municipalities_as_the_law_says(
    places: Places, day: date, number: int
) -> None:
    assert len(list(places.of_today(day))) == number


def test_each_municipality_has_a_name_of_its_own(places: Places) -> None:
    names = [one.name for one in places.municipalities.values()]
    assert len(set(names)) == len(names)
    assert all(names)


def test_each_postcode_leads_to_a_municipality(places: Places) -> None:
    assert len(places.postcodes) == 4086
    assert [one for one, codes in places.postcodes.items() if not codes] == []


def test_each_municipality_of_today_is_found_by_a_postcode_and_by_its_name(
    places: Places,
) -> None:
    by_postcode = {code for codes in places.postcodes.values() for code in codes}
    assert set(places.municipalities) - by_postcode == set()
    for one in places.municipalities.values():
        assert one.code in places.find(one.name, TODAY).codes


# Postcodes ---------------------------------------------------------------------------

POSTCODES = {
    "1012": "Amsterdam", "1102": "Amsterdam", "1382": "Amsterdam",
    "3011": "Rotterdam", "3181": "Rotterdam", "3151": "Rotterdam",
    "2511": "Den Haag", "2584": "Den Haag", "3511": "Utrecht", "3451": "Utrecht",
    "9711": "Groningen", "9751": "Groningen", "5611": "Eindhoven",
    "5038": "Tilburg", "5071": "Tilburg", "1315": "Almere", "4811": "Breda",
    "6511": "Nijmegen", "7511": "Enschede", "2011": "Haarlem", "6811": "Arnhem",
    "1506": "Zaanstad", "3811": "Amersfoort", "7311": "Apeldoorn",
    "5211": "'s-Hertogenbosch", "2131": "Haarlemmermeer", "6211": "Maastricht",
    "2312": "Leiden", "3311": "Dordrecht", "2711": "Zoetermeer", "8011": "Zwolle",
    "7411": "Deventer", "2611": "Delft", "1811": "Alkmaar", "6411": "Heerlen",
    "8911": "Leeuwarden", "5911": "Venlo", "1181": "Amstelveen",
    "3201": "Nissewaard", "8232": "Lelystad", "7811": "Emmen", "9401": "Assen",
    "4331": "Middelburg", "4461": "Goes", "1781": "Den Helder", "1791": "Texel",
    "8881": "Terschelling", "9561": "Westerwolde",
    # Municipalities that became one
    "5431": "Land van Cuijk", "5361": "Land van Cuijk", "5401": "Maashorst",
    "5411": "Maashorst", "1703": "Dijk en Waard", "1721": "Dijk en Waard",
    "1834": "Dijk en Waard", "9901": "Eemsdelta", "9934": "Eemsdelta",
    "9919": "Eemsdelta", "1461": "Purmerend", "1462": "Purmerend",
    "5074": "Tilburg", "5076": "Oisterwijk", "5268": "Vught", "5296": "Boxtel",
    "4131": "Vijfheerenlanden", "3221": "Voorne aan Zee", "3231": "Voorne aan Zee",
    "3235": "Voorne aan Zee", "9101": "Noardeast-Fryslân", "8601": "Súdwest-Fryslân",
    # Errors of GeoNames that are repaired
    "2324": "Leiden", "3523": "Utrecht", "3981": "Bunnik", "7571": "Oldenzaal",
    "9999": "Het Hogeland", "1934": "Bergen (Noord-Holland)",
}  # fmt: skip


def test_the_table_of_known_postcodes_is_long_enough() -> None:
    assert len(POSTCODES) >= 70


@pytest.mark.parametrize(("postcode", "name"), POSTCODES.items())
def test_a_known_postcode_is_found(places: Places, postcode: str, name: str) -> None:
    found = places.find(postcode, TODAY)
    assert names_of(places, found) == [name]
    assert found.certain
    assert found.postcode


@pytest.mark.parametrize(
    "typed",
    ["1012 AB", "1012ab", "1012AB Amsterdam", "١٠١٢", "١٠١٢ AB", "۱۰۱۲", " 1012. "],
)
def test_letters_and_other_digits_make_no_difference(
    places: Places, typed: str
) -> None:
    assert places.find(typed, TODAY) == places.find("1012", TODAY)


@pytest.mark.parametrize("typed", ["2301", "9950", "1000", "9999 999", "12345", "0123"])
def test_a_postcode_of_no_place_is_never_guessed(places: Places, typed: str) -> None:
    assert places.find(typed, TODAY).codes == ()


def test_an_unknown_postcode_is_still_seen_to_be_one(places: Places) -> None:
    assert places.find("2301 AB", TODAY) == Found(postcode=True)


@pytest.mark.parametrize(
    ("postcode", "names"),
    [
        ("2242", ["Katwijk", "Wassenaar"]),
        ("1216", ["Hilversum", "Wijdemeren"]),
        ("1431", ["Amstelveen", "Aalsmeer"]),
    ],
)
def test_a_postcode_on_a_border_gives_both(
    places: Places, postcode: str, names: list[str]
) -> None:
    found = places.find(postcode, TODAY)
    assert sorted(names_of(places, found)) == sorted(names)
    assert not found.certain


# Wijdemeren becomes part of Hilversum ------------------------------------------------

MOVING = ["1231", "1241", "1243", "1244", "1394", "3625", "Wijdemeren", "Kortenhoef",
          "'s-Graveland", "Ankeveen", "Nederhorst den Berg", "Breukeleveen",
          "Loosdrecht"]  # fmt: skip


@pytest.mark.parametrize("typed", MOVING)
def test_nobody_is_sent_to_a_municipality_that_is_gone(
    places: Places, typed: str
) -> None:
    assert places.find(typed, LAST_DAY).codes == (WIJDEMEREN,)
    assert places.find(typed, NEW_YEAR).codes == (HILVERSUM,)
    assert places.find(typed, NEW_YEAR).certain


def test_a_border_inside_one_municipality_is_no_question_any_more(
    places: Places,
) -> None:
    assert places.find("1216", NEW_YEAR).codes == (HILVERSUM,)
    assert sorted(places.find("3633", NEW_YEAR).codes) == [HILVERSUM, "GM1904"]


def test_a_municipality_leads_to_its_successor(places: Places) -> None:
    assert places.current(WIJDEMEREN, LAST_DAY) == WIJDEMEREN
    assert places.current(WIJDEMEREN, NEW_YEAR) == HILVERSUM
    assert places.current("GM0363", NEW_YEAR) == "GM0363"


def test_a_new_municipality_is_not_named_before_it_exists() -> None:
    old = Municipality("GM0001", "Old", 9, Valid(date(2023, 1, 1), LAST_DAY), "GM0002")
    new = Municipality("GM0002", "New", 0, Valid(NEW_YEAR))
    both = {"GM0001": old, "GM0002": new}
    names = {"Old": ("GM0001",), "New": ("GM0002",)}
    small = Places(both, {"1234": ("GM0001",)}, names)
    assert small.find("1234", LAST_DAY).codes == ("GM0001",)
    assert small.find("New", LAST_DAY).codes == ()
    assert small.find("Old", NEW_YEAR).codes == ("GM0002",)


# Names -------------------------------------------------------------------------------

CERTAIN = {
    # as it is called
    "den hag": "Den Haag", "Den Haag": "Den Haag", "DEN HAAG": "Den Haag",
    "denhaag": "Den Haag", "'s-Gravenhage": "Den Haag", "s gravenhage": "Den Haag",
    "’s‐Gravenhage": "Den Haag", "den haach": "Den Haag", "Scheveningen": "Den Haag",
    "Den Bosch": "'s-Hertogenbosch", "den bos": "'s-Hertogenbosch",
    "s-Hertogenbosch": "'s-Hertogenbosch", "hertogenbosch": "'s-Hertogenbosch",
    "cuyk": "Land van Cuijk", "Cuijk": "Land van Cuijk", "CUĲK": "Land van Cuijk",
    "land van kuijk": "Land van Cuijk", "Weesp": "Amsterdam", "Bijlmer": "Amsterdam",
    "a'dam": "Amsterdam", "Amsterdam-Zuidoost": "Amsterdam", "mokum": "Amsterdam",
    "IJburg": "Amsterdam", "yburg": "Amsterdam", "rotterdam zuid": "Rotterdam",
    "Hoogvliet": "Rotterdam", "Hoek van Holland": "Rotterdam",
    "ysselstein": "IJsselstein", "IJmuiden": "Velsen", "ymuiden": "Velsen",
    "gemeente Breda": "Breda", "de gemeente Goes": "Goes", "Breda NB": "Breda",
    "Bergen L": "Bergen (Limburg)", "Bergen (Limburg)": "Bergen (Limburg)",
    "bergen nh": "Bergen (Noord-Holland)", "Bergen N-H": "Bergen (Noord-Holland)",
    "Hengelo (Gld)": "Bronckhorst", "hengelo gelderland": "Bronckhorst",
    "Capelle a/d IJssel": "Capelle aan den IJssel",
    "capelle aan de ijssel": "Capelle aan den IJssel",
    "Alphen a/d Rijn": "Alphen aan den Rijn",
    "Sint Annaparochie": "Waadhoeke", "st annaparochie": "Waadhoeke",
    "Enschedé": "Enschede", "Súdwest Fryslân": "Súdwest-Fryslân",
    "sudwest fryslan": "Súdwest-Fryslân", "Utreg": "Utrecht", "Hoofddorp":
    "Haarlemmermeer", "Spijkenisse": "Nissewaard", "Heerhugowaard": "Dijk en Waard",
    "Uden": "Maashorst", "Delfzijl": "Eemsdelta", "Brielle": "Voorne aan Zee",
    "Hellevoetsluis": "Voorne aan Zee", "Midden Groningen": "Midden-Groningen",
    "Bergen op Zoom": "Bergen op Zoom", "nijmege": "Nijmegen", "Ljouwert":
    "Leeuwarden", "Snits": "Súdwest-Fryslân", "Harns": "Harlingen",
    # that are no more
    "Cromstrijen": "Hoeksche Waard", "Skarsterlân": "De Fryske Marren",
    "Landerd": "Maashorst", "Zederik": "Vijfheerenlanden",
    "Menterwolde": "Midden-Groningen", "westvoorne": "Voorne aan Zee",
    # in other languages and scripts
    "The Hague": "Den Haag", "La Haye": "Den Haag", "Lahey": "Den Haag",
    "Haga": "Den Haag", "لاهاي": "Den Haag", "Гаага": "Den Haag",
    "ГААГА": "Den Haag", "Bois-le-Duc": "'s-Hertogenbosch",
    "أمستردام": "Amsterdam", "امستردام": "Amsterdam", "Амстердам": "Amsterdam",
    "አምስተርዳም": "Amsterdam", "Роттердам": "Rotterdam", "روتردام": "Rotterdam",
    "Roterdam": "Rotterdam", "Утрехт": "Utrecht", "Ейндговен": "Eindhoven",
    "Гронінген": "Groningen", "ماستريخت": "Maastricht", "Nimwegen": "Nijmegen",
    "تير أبل": "Westerwolde",
}  # fmt: skip

LIKELY = {
    "kuijk": "Land van Cuijk", "amsterdma": "Amsterdam", "amstrdam": "Amsterdam",
    "rotterdan": "Rotterdam", "rotedram": "Rotterdam", "utrect": "Utrecht",
    "eindhove": "Eindhoven", "endhoven": "Eindhoven", "groningn": "Groningen",
    "gronignen": "Groningen", "nijmegn": "Nijmegen", "apledoorn": "Apeldoorn",
    "zwole": "Zwolle", "mastricht": "Maastricht", "leuwarden": "Leeuwarden",
    "zoetemeer": "Zoetermeer", "hilversm": "Hilversum", "dordrect": "Dordrecht",
    "almerre": "Almere", "amersfort": "Amersfoort", "arnem": "Arnhem",
    "enschde": "Enschede", "vlaardinge": "Vlaardingen", "schiedm": "Schiedam",
    "purmerent": "Purmerend", "ik woon in Utrecht": "Utrecht",
    "wij wonen in Den Haag": "Den Haag", "Breda centrum": "Breda",
    "den haagg": "Den Haag", "helmont": "Helmond", "roosendaaal": "Roosendaal",
    "spijkenise": "Nissewaard", "hoofdorp": "Haarlemmermeer",
}  # fmt: skip


def test_the_tables_of_spellings_are_long_enough() -> None:
    assert len(CERTAIN) + len(LIKELY) >= 100


@pytest.mark.parametrize(("typed", "name"), CERTAIN.items())
def test_a_name_is_known_however_it_is_written(
    places: Places, typed: str, name: str
) -> None:
    found = places.find(typed, TODAY)
    assert names_of(places, found) == [name]
    assert found.certain


@pytest.mark.parametrize(("typed", "name"), LIKELY.items())
def test_a_slip_leads_to_a_question_with_the_right_one_first(
    places: Places, typed: str, name: str
) -> None:
    found = places.find(typed, TODAY)
    assert names_of(places, found)[:1] == [name]
    assert not found.certain


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Bergen", ["Bergen (Noord-Holland)", "Bergen (Limburg)"]),
        ("Hengelo", ["Hengelo", "Bronckhorst"]),
        ("Nes", ["Heerenveen", "Noardeast-Fryslân", "Ameland"]),
        ("Rijswijk", ["Rijswijk", "Altena", "Buren"]),
    ],
)
def test_a_name_of_several_places_is_never_decided(
    places: Places, typed: str, names: list[str]
) -> None:
    found = places.find(typed, TODAY)
    assert names_of(places, found) == names
    assert not found.certain


@pytest.mark.parametrize(
    "typed",
    ["", "?", "ja", "x", "asdfghjkl", "qwertyuiop", "blablabla", "ik weet het niet",
     "geen idee", "👍👍", "12", "€ 850", "a" * 500, "stop", "1012 huurachterstand 3"],
)  # fmt: skip
def test_rubbish_finds_nothing(places: Places, typed: str) -> None:
    assert places.find(typed, TODAY) == Found()


@given(typed=st.text(max_size=400), day=st.dates())
def test_any_text_gives_few_known_municipalities(
    library: Library, typed: str, day: date
) -> None:
    found = library.places.find(typed, day)
    assert len(found.codes) <= MOST
    assert len(set(found.codes)) == len(found.codes)
    assert set(found.codes) <= set(library.places.municipalities)


@given(letters=st.text("ABCDEFGHJKLMNPRSTUVWXYZ", min_size=2, max_size=2))
def test_the_letters_of_a_postcode_change_nothing(
    library: Library, letters: str
) -> None:
    found = library.places.find(f"1012 {letters}", TODAY)
    assert found == library.places.find("1012", TODAY)
    assert found.codes == ("GM0363",)


@given(one=st.text("abc", max_size=8), other=st.text("abc", max_size=8))
def test_a_distance_is_the_same_both_ways_and_zero_only_for_equals(
    one: str, other: str
) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("haag", "haag", 0), ("hag", "haag", 1), ("ahag", "haag", 1), ("", "ab", 2)],
)
def test_two_letters_in_the_wrong_order_are_one_slip(
    one: str, other: str, slips: int
) -> None:
    assert distance(one, other) == slips


def test_without_files_nothing_is_found() -> None:
    assert Places().find("Amsterdam", TODAY) == Found()
    assert Places().find("1012", TODAY) == Found(postcode=True)
    assert Places().current("GM0363", TODAY) == "GM0363"


# Desks -------------------------------------------------------------------------------


def test_amsterdam_has_its_own_number(library: Library) -> None:
    national = library.organisations["municipality"]
    desk = library.desks["GM0363"]["municipality"]
    here = at_desk(national, desk, "Amsterdam")
    assert (here.phone, here.reach) == ("14 020", None)
    assert (here.id, here.name, here.helps) == (
        national.id,
        national.name,
        national.helps,
    )
    assert here.needs_star(date(2026, 11, 24))


def test_without_a_desk_the_national_organisation_stays_as_it_is(
    library: Library,
) -> None:
    national = library.organisations["municipality"]
    assert at_desk(national, None, "Breda") is national


def test_a_desk_with_only_a_page_keeps_the_national_number(library: Library) -> None:
    national = library.organisations["geldfit"]
    desk = Desk("source", "general", web="https://www.example.org")
    here = at_desk(national, desk, "Breda")
    assert (here.phone, here.web) == (national.phone, "https://www.example.org")


def test_hours_of_the_nation_never_stand_with_a_number_of_a_desk(
    library: Library,
) -> None:
    national = next(one for one in library.organisations.values() if one.hours)
    name = Text("desks.GM0758.x.name", "Loket")
    here = at_desk(national, Desk("s", "general", phone="14 076", name=name), "Breda")
    assert (here.hours, here.hours_text, here.name) == ((), None, name)


def test_own_desks_counts_municipalities_and_people(library: Library) -> None:
    now = own_desks(library, TODAY)
    assert (now.covered, now.municipalities) == (len(library.desks), 342)
    assert now.people_covered >= library.places.municipalities["GM0363"].people
    assert own_desks(library, NEW_YEAR).people == now.people
    assert str(now).startswith(f"{now.covered} of 342 municipalities")
