"""What names a family goes out of what it types; what a question asks for stays."""

import string
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import yaml
from babel.dates import format_date
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stdnum import iban
from stdnum.iso7064 import mod_97_10
from stdnum.nl import bsn

from bot.redaction import ACCOUNT_FORMS, KINDS, Redacted, redacted
from tests.conftest import ROOT
from tests.conversation.test_walks import AGES, COUNTS, DAYS, FITTING, GLOBAL, PLAIN

LONGEST = 640
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def test_the_kinds_have_one_order() -> None:
    found = redacted("06-12345678, 111222333, NL91ABNA0417164300, jan@voorbeeld.nl")
    assert found.kinds == KINDS == ("email", "iban", "bsn", "phone")


@pytest.mark.parametrize(
    ("typed", "left", "kind"),
    [
        ("mail jan.de-vries+huur@voorbeeld.co.uk graag", "mail graag", "email"),
        ("Mijn mail is jan@voorbeeld.nl.", "Mijn mail is.", "email"),
        ("jan @ voorbeeld.nl", "", "email"),
        ("jan@voorbeeld", "", "email"),
        ("<jan@voorbeeld.nl>", "< >", "email"),
        ("זה josé＠voorbeeld.nl", "זה", "email"),
        ("NL91ABNA0417164300", "", "iban"),
        ("iban nl91 abna 0417 1643 00 van mij", "iban van mij", "iban"),
        ("NL91.ABNA.0417.1643.00", "", "iban"),
        ("NL91-ABNA-0417-1643-00", "", "iban"),
        ("ＮＬ９１ＡＢＮＡ０４１７１６４３００", "", "iban"),
        ("NL91ABNA0417164301", "", "iban"),
        ("NL91ABNA041716430", "", "iban"),
        ("rek:NL91ABNA0417164300en meer", "rek: en meer", "iban"),
        ("NL91 ABNA 0417 1643 00 10 december", "10 december", "iban"),
        ("DE89 3704 0044 0532 0130 00", "", "iban"),
        ("MT84 MALT 0110 0001 2345 MTLC AST0 01S", "", "iban"),
        ("BE68539007547034 en 3 kinderen", "en 3 kinderen", "iban"),
        ("mijn BSN is 111222333", "mijn BSN is", "bsn"),
        ("111 222 333 3 kinderen", "3 kinderen", "bsn"),
        ("1112.22.333", "", "bsn"),
        ("111.222.333", "", "bsn"),
        ("bsn 12 34 56 78 2", "bsn", "bsn"),
        ("bsn: 111222334", "bsn:", "bsn"),
        ("0612345678", "", "phone"),
        ("bel 06-12345678 graag", "bel graag", "phone"),
        ("bel 06 12 34 56 78!", "bel!", "phone"),
        ("06 12345678 3 kinderen", "3 kinderen", "phone"),
        ("06/12.34.56.78", "", "phone"),
        ("06 – 12 34 56 78", "", "phone"),
        ("(020) 123 45 67", "", "phone"),
        ("0345-123456", "", "phone"),
        ("+31612345678", "", "phone"),
        ("+31 (0)6 12 34 56 78 10 december", "10 december", "phone"),
        ("0031 20 123 4567", "", "phone"),
        ("31612345678", "", "phone"),
        ("+48 501 234 567", "", "phone"),
        ("+48 501 234 567 10-12-2026", "10-12-2026", "phone"),
        ("+32 (0)475 12 34 56", "", "phone"),
        ("00963 944 567 890", "", "phone"),
        ("\u202a+90 532 123 45 67\u202c", "\u202a \u202c", "phone"),
        ("٠٦١٢٣٤٥٦٧٨", "", "phone"),
    ],
)
def test_what_names_a_family_goes(typed: str, left: str, kind: str) -> None:
    assert redacted(typed) == Redacted(left, (kind,))


def test_blanks_collapse_only_where_something_went() -> None:
    assert redacted("a  b \n jan@voorbeeld.nl  c") == Redacted("a  b c", ("email",))


def test_several_of_one_kind_all_go() -> None:
    found = redacted("06-12345678 of 020-1234567 of 06-87654321")
    assert found == Redacted("of of", ("phone",))


# --- what our questions ask for ------------------------------------------------------

REPLIES = (
    # dates
    "10-12-2026", "10/12/2026", "10.12.2026", "10 12 2026", "10 december 2026",
    "20261210", "10122026", "03122026", "2026-12-10", "2026/12/10", "2026.12.10",
    "03-12-2026 10 uur", "03 12 2026 10 uur", "03-12-2026 10:30", "03-12-26 10.30 uur",
    "06-12-26, 10.30 uur", "van 03-12-2026 tot 05-12-2026", "01-12-2026 05-12-2026",
    "00.30 uur 10-12-2026", "00:30 10-12-2026", "over 2 weken + 10-12-2026",
    "31.11.2026", "31 11 2026", "12 31 2026", "donderdag 3 december om 10:00 uur",
    "3 december '26", "bsn weet ik niet, 10-12-2026", "bsn: 10-12-2026",
    "is 12 december 2026 om 10 uur", "at 10 december 2026 10 uur 12 januari 2027",
    "de 12 december 2026 om 10 uur of 13 januari 2027 om 11 uur",
    # amounts
    "€ 1.250,50", "1250", "12.500", "1 250", "€ 12.500,00", "1,234.50", "1.234.567,89",
    "€ 12.345.678", "12345678,50", "€12345678", "12345678 euro", "850,-", "850,--",
    "850 + 50", "+850", "0,50 euro", "0.500", "850-900", "zo'n 850 euro per maand",
    "1250 1300", "850 euro huur en 12500 schuld",
    # places
    "3511", "3511 AB", "3511ab Utrecht", "1012 3511", "Kerkstraat 12 3511 AB Utrecht",
    "Kerkstraat 06-12", "Plein 1944 nr 12", "Nieuw-Vennep", "'s-Hertogenbosch", "0000",
    # ages, numbers, times
    "4 en 9", "4, 9 en 12", "5 8 13 4 10 1", "12 14 16 17 9", "0 4 9 12 15 17 2",
    "0, 4, 9, 12", "2015 2018", "2015, 2018, 2020", "1 2 3 4", "3 jaar en 6 maanden",
    "20:15", "09.30 tot 10.30 uur", "ik ben 12", "14 dagen", "112", "14 020",
    "0800-0113", "0900-1450", "2 x 850", "3e", "@yes", "@", "2 @ 3", "ja @ nee",
)  # fmt: skip


def scenario_replies() -> Iterator[str]:
    """What the households of flows/scenarios/ answer."""
    for path in sorted((ROOT / "flows" / "scenarios").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for one in yaml.load(text, Loader=yaml.BaseLoader)["scenarios"]:
            yield from one.get("answers", {}).values()


WALKED = (reply for replies in FITTING.values() for reply in replies)
KNOWN = (*DAYS, *AGES, *COUNTS, *PLAIN, *GLOBAL, *WALKED, *scenario_replies())


@pytest.mark.parametrize("reply", [*REPLIES, *dict.fromkeys(KNOWN)])
def test_a_reply_that_a_question_asks_for_stays(reply: str) -> None:
    assert redacted(reply) == Redacted(reply, ())
    arabic = reply.translate(ARABIC_DIGITS)
    assert redacted(arabic) == Redacted(arabic, ())


days = st.dates(date(1920, 1, 1), date(2050, 12, 31))
FORMATS = (
    "d-M-y", "dd-MM-y", "dd/MM/y", "d.M.y", "dd MM y", "y-MM-dd", "yMMdd", "ddMMy",
    "d MMMM y", "EEEE d MMMM y", "d MMM y", "dd-MM-yy",
)  # fmt: skip
TIMES = ("", " 10 uur", " 10:30", " 09.30 uur", " om 9 uur")


@given(days, st.sampled_from(FORMATS), st.sampled_from(TIMES))
def test_a_date_stays_however_it_is_written(day: date, form: str, time: str) -> None:
    typed = format_date(day, form, locale="nl") + time
    assert redacted(typed) == Redacted(typed, ())


@given(days, st.integers(1, 400), st.sampled_from(FORMATS[:6]))
def test_two_dates_stay(day: date, later: int, form: str) -> None:
    both = (day, day + timedelta(later))
    typed = " ".join(format_date(one, form, locale="nl") for one in both)
    assert redacted(typed) == Redacted(typed, ())


@given(st.integers(0, 9_999_999), st.integers(0, 99), st.booleans())
def test_an_amount_stays(euros: int, cents: int, dutch: bool) -> None:
    typed = f"€ {euros:,}.{cents:02}"
    typed = typed.translate(str.maketrans(",.", ".,")) if dutch else typed
    assert redacted(typed) == Redacted(typed, ())
    assert redacted(str(euros)) == Redacted(str(euros), ())


@given(st.lists(st.integers(0, 17), max_size=12), st.sampled_from([" ", ", ", " en "]))
def test_ages_stay(ages: list[int], between: str) -> None:
    typed = between.join(map(str, ages))
    assert redacted(typed) == Redacted(typed, ())


@given(st.integers(1000, 9999), st.text(string.ascii_letters, min_size=2, max_size=2))
def test_a_postcode_stays(number: int, letters: str) -> None:
    for typed in (f"{number}", f"{number} {letters}", f"{number}{letters} Utrecht"):
        assert redacted(typed) == Redacted(typed, ())


# --- compared with another program's rules ------------------------------------------


@given(st.integers(0, 999_999_999).map("{:09}".format))
@example("000000000")
def test_nine_digits_go_when_they_pass_the_eleven_test(digits: str) -> None:
    typed = f"nummer {digits} hier"
    left = "nummer hier" if bsn.is_valid(digits) else typed
    assert redacted(typed).text == left
    assert redacted(f"{digits[:3]} {digits[3:6]} {digits[6:]}").text == (
        "" if bsn.is_valid(digits) else f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    )


@given(st.integers(1, 99_999_999).map("{:09}".format).filter(bsn.is_valid))
def test_a_bsn_goes_in_every_usual_form(number: str) -> None:
    shown = bsn.format(number)
    for typed in (number, shown, shown.replace(".", " ")):
        assert redacted(typed) == Redacted("", ("bsn",))


def is_a_day(digits: str) -> bool:
    return any(part[:2] in ("19", "20") for part in (digits[:4], digits[4:]))


@given(
    st.integers(10_000_000, 99_999_999).map(str).filter(lambda one: not is_a_day(one))
)
def test_an_old_short_bsn_goes(digits: str) -> None:
    assert (redacted(digits).kinds == ("bsn",)) == bsn.is_valid(digits)


SORTS = {
    "n": string.digits,
    "a": string.ascii_uppercase,
    "c": string.ascii_uppercase + string.digits,
}


@st.composite
def accounts(draw: st.DrawFn) -> str:
    """An IBAN that the other program accepts, of any country."""
    forms = {
        land: form for form, lands in ACCOUNT_FORMS.items() for land in lands.split()
    }
    country = draw(st.sampled_from(sorted([*forms, "NL"])))
    form, account = forms.get(country, "4a10n"), ""
    while form:
        count = form[: next(i for i, sign in enumerate(form) if sign.isalpha())]
        signs = SORTS[form[len(count)]]
        account += draw(st.text(signs, min_size=int(count), max_size=int(count)))
        form = form[len(count) + 1 :]
    check = mod_97_10.calc_check_digits(account + country)
    return f"{country}{check}{account}"


@settings(max_examples=300)
@given(accounts(), st.sampled_from(["", " ", "-", "."]), st.booleans())
def test_an_iban_of_any_country_goes(number: str, between: str, small: bool) -> None:
    assert iban.is_valid(number, check_country=False)
    typed = iban.format(number, between)
    found = redacted(f"op {typed.lower() if small else typed} graag")
    assert found == Redacted("op graag", ("iban",))


@given(accounts().filter(lambda one: not one.startswith("NL")))
def test_a_foreign_iban_with_a_wrong_sum_is_no_iban(number: str) -> None:
    wrong = f"{number[:2]}{(int(number[2:4]) + 1) % 97 + 2:02}{number[4:]}"
    if not iban.is_valid(wrong, check_country=False):
        assert "iban" not in redacted(wrong).kinds


# --- any text ------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "06", "12", "345", "6789", "111222333", "NL91", "ABNA", "0417164300", "+31",
        "00", "@", ".nl", "jan", "-", " ", ".", ",", "€", "10-12-2026", "(", ")", "/",
        "bsn", "\u200b", "٣", "２", "DE", "89",
    ]
)  # fmt: skip
texts = st.one_of(st.text(max_size=LONGEST), st.lists(PIECES, max_size=60).map("".join))


@settings(max_examples=400)
@given(texts)
def test_what_is_left_holds_nothing_more(text: str) -> None:
    left = redacted(text).text
    assert redacted(left) == Redacted(left, ())
    assert len(left) <= len(text)


@given(st.text(st.characters(exclude_categories=["Nd"], exclude_characters="@＠﹫")))
def test_words_alone_stay(text: str) -> None:
    assert redacted(text) == Redacted(text, ())


@pytest.mark.parametrize(
    "piece", ["a", "0", "06 ", "+1", "nl91abna", "a@b ", "bsn ", "a.", "@", "1 ", "61"]
)
def test_a_long_text_of_one_piece_is_read_to_its_end(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST] + "@" + "b." * LONGEST
    left = redacted(text).text
    assert redacted(left) == Redacted(left, ())
