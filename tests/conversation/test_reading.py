"""What families type is read surely, or not at all."""

import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from babel import Locale
from babel.dates import format_date
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.conversation.reading import DateWords, WordTrouble, fold
from bot.conversation.reading_dates import (
    DateTrouble,
    TroubleCode,
    month_and_weekday_words,
    read_date,
)
from bot.conversation.reading_numbers import (
    read_ages,
    read_amount,
    read_duration,
    read_number,
)

ROWS = Path(__file__).parents[2] / "flows" / "dates.yaml"
WORDS = DateWords.from_rows(
    yaml.load(ROWS.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
)
TUESDAY = date(2026, 11, 24)
LANGUAGES = (
    "nl", "en", "ar", "uk", "pl", "tr", "ti", "so", "fr", "es", "fa", "ru", "ro", "bg",
    "hu", "pap", "ar_SY", "ar_MA", "fa_AF",
)  # fmt: skip
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
NOT_A_DATE = DateTrouble("not_a_date")

days = st.dates(date(2000, 1, 1), date(2050, 12, 31))
numbers = st.integers(1, 9_999_999)


def words(**groups: dict[str, str]) -> DateWords:
    return DateWords.from_rows({"xx": groups})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("ja", "ja", id="plain"),
        pytest.param("  JA,\n hoor!! ", "ja hoor", id="capitals and punctuation"),
        pytest.param("één", "een", id="accents"),
        pytest.param("e\u0301e\u0301n", "een", id="loose accents"),
        pytest.param("İYİ IŞIK ışık", "iyi isik isik", id="Turkish i"),
        pytest.param("Źdźbło", "zdzblo", id="Polish l"),
        pytest.param("\u200fنعم\u200e", "نعم", id="marks of direction"),
        pytest.param("j\u200ba\u00ad", "ja", id="zero width"),
        pytest.param("ja 👍🏽", "ja", id="emoji"),
        pytest.param("3️⃣", "3", id="keycap"),
        pytest.param("١٢ ۱۲ １２", "12 12 12", id="digits of other scripts"),
        pytest.param("أحمـــد", "احمد", id="stretched Arabic"),
        pytest.param("zo'n zo’n", "zo n zo n", id="apostrophes"),
        pytest.param("m\u0000\ud800n", "m n", id="broken characters"),
        pytest.param("፲፫", "፲፫", id="numerals that are no digits"),
        pytest.param("!?", "", id="nothing left"),
    ],
)
def test_folding_keeps_what_tells_words_apart(typed: str, expected: str) -> None:
    assert fold(typed) == expected


@given(st.text(st.characters(exclude_categories=("No", "Nl"))))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folded_text_has_single_spaces_only(text: str) -> None:
    assert fold(text).split() == (fold(text).split(" ") if fold(text) else [])


@given(st.characters(categories=["Nd"]))
def test_a_digit_of_any_script_becomes_an_ascii_digit(digit: str) -> None:
    assert fold(digit) == str(unicodedata.decimal(digit))


def test_the_words_file_has_no_trouble() -> None:
    assert WORDS.troubles == ()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_language_knows_numbers_up_to_twelve(language: str) -> None:
    known = WORDS.languages[language].meanings.values()
    assert {value for code, value in known if code in "c1"} >= set(range(1, 13))


def test_a_word_with_two_meanings_is_left_out_and_told() -> None:
    both = words(days={"today": "nu"}, which={"coming": "nu"})
    assert both.troubles == (WordTrouble("two_meanings", "xx", "", "nu"),)
    assert read_date("nu", TUESDAY, both) == NOT_A_DATE


def test_an_unknown_row_is_told() -> None:
    troubles = words(days={"someday": "ooit"}).troubles
    assert troubles == (WordTrouble("unknown_key", "xx", "days", "someday"),)


def test_a_new_language_is_only_rows() -> None:
    turkish = words(
        directions={"ahead_after": "sonra"},
        units={"week": "hafta"},
        numbers={"2": "iki"},
    )
    assert read_date("İki hafta sonra", TUESDAY, turkish) == date(2026, 12, 8)


def test_words_that_two_languages_read_differently_are_asked_again() -> None:
    rows = {
        "aa": {"days": {"today": "ma"}},
        "bb": {"days": {"tomorrow": "ma"}},
    }
    assert read_date("ma", TUESDAY, DateWords.from_rows(rows)) == NOT_A_DATE


DECEMBER_3 = date(2026, 12, 3)


@pytest.mark.parametrize(
    "typed",
    [
        "3-12", "3/12", "3.12", "3.12.", "3 12", "03-12", " 3 - 12 ",
        "3-12-2026", "3/12/2026", "03.12.26", "3 12 2026", "3 12 26", "3.12. 2026",
        "2026-12-03", "2026/12/3", "2026.12.03",
        "3 december", "3 DECEMBER!", "3 dec", "3 dec.", "3. dec", "3dec", "3-dec-2026",
        "3 december 2026", "3 december, 2026", "3 dec '26", "3 december 26",
        "3e december", "3de december", "op 3 december", "het is 3 december 2026",
        "de datum is 3 december", "uiterlijk 3 december",
        "donderdag 3 december", "do 3 dec", "do. 3-12", "3-12, do",
        "3 december (donderdag)", "Donderdag, 3 december 2026",
        "donderdag 3 december om 10 uur", "3 december om 10:00", "3 december 10:00 uur",
        "3 december om 10.30 uur", "3 december 's ochtends", "3 dec 10u30",
        "3 december - 10:00", "3 december om tien uur", "3-12 om 10 uur",
        "om 10 uur op 3 december", "om 10:00 3 december", "10 uur, 3 december",
        "December 3", "Dec 3rd, 2026", "december 3 2026", "the 3rd of December",
        "Thursday, December 3, 2026 at 10am", "3 December at 10:30 p.m.",
        "on Thursday 3 December in the morning",
        "٣ ديسمبر", "٣/١٢/٢٠٢٦", "3 كانون الأول", "۳ دسامبر",
        "3 грудня", "3 Aralık 2026 Perşembe", "2026. december 3., csütörtök",
        "3 de diciembre de 2026", "3 ታሕሳስ", "3 Desèmber",
        "3\u00a0december", "\u200f3-12", "3–12–2026", "📅 3 december", "3-12-2026?",
        "3 december (3-12-2026)",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(typed: str) -> None:
    assert read_date(typed, TUESDAY, WORDS) == DECEMBER_3


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("vandaag", "2026-11-24"),
        ("Morgen!", "2026-11-25"),
        ("morgenmiddag om 2 uur", "2026-11-25"),
        ("overmorgen", "2026-11-26"),
        ("gisteren", "2026-11-23"),
        ("eergisteren", "2026-11-22"),
        ("morgen, woensdag", "2026-11-25"),
        ("morgen 25 november", "2026-11-25"),
        ("over 2 weken", "2026-12-08"),
        ("over twee weken", "2026-12-08"),
        ("over een week", "2026-12-01"),
        ("vandaag over een week", "2026-12-01"),
        ("over drie dagen", "2026-11-27"),
        ("over een maand", "2026-12-24"),
        ("over 100 dagen", "2027-03-04"),
        ("over een jaar", "2027-11-24"),
        ("2 weken geleden", "2026-11-10"),
        ("een week geleden", "2026-11-17"),
        ("drie maanden geleden", "2026-08-24"),
        ("vrijdag", "2026-11-27"),
        ("dinsdag", "2026-12-01"),
        ("op maandag om 9 uur", "2026-11-30"),
        ("aanstaande vrijdag", "2026-11-27"),
        ("komende dinsdag", "2026-12-01"),
        ("deze vrijdag", "2026-11-27"),
        ("afgelopen dinsdag", "2026-11-17"),
        ("afgelopen vrijdag", "2026-11-20"),
        ("vorige dinsdag", "2026-11-17"),
        ("vorige vrijdag", "2026-11-20"),
        ("volgende maandag", "2026-11-30"),
        ("volgende dinsdag", "2026-12-01"),
        ("volgende week dinsdag", "2026-12-01"),
        ("donderdag volgende week", "2026-12-03"),
        ("vorige week vrijdag", "2026-11-20"),
        ("deze week maandag", "2026-11-23"),
        ("today", "2026-11-24"),
        ("tomorrow at 10am", "2026-11-25"),
        ("the day after tomorrow", "2026-11-26"),
        ("day before yesterday", "2026-11-22"),
        ("in two weeks", "2026-12-08"),
        ("in 2 weeks' time", "2026-12-08"),
        ("2 weeks from now", "2026-12-08"),
        ("a week ago", "2026-11-17"),
        ("next Tuesday", "2026-12-01"),
        ("this coming Friday", "2026-11-27"),
        ("last Tuesday", "2026-11-17"),
        ("Friday next week", "2026-12-04"),
        ("الجمعة", "2026-11-27"),
    ],
)
def test_a_relative_date_is_counted_from_today(typed: str, expected: str) -> None:
    assert read_date(typed, TUESDAY, WORDS) == date.fromisoformat(expected)


def test_a_month_from_a_long_month_ends_with_the_short_one() -> None:
    day = read_date("over een maand", date(2026, 1, 31), WORDS)
    assert day == date(2026, 2, 28)


@pytest.mark.parametrize("language", LANGUAGES)
def test_month_names_of_every_language_are_read(language: str) -> None:
    months = Locale.parse(language).months
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for month, name in months[context][width].items():
                read = read_date(f"7 {name} 2027", TUESDAY, WORDS)
                assert read == date(2027, month, 7), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_weekday_names_of_every_language_are_read(language: str) -> None:
    for day in (TUESDAY + timedelta(n) for n in range(1, 8)):
        name = Locale.parse(language).days["format"]["wide"][day.weekday()]
        assert read_date(name, TUESDAY, WORDS) == day, name


def test_no_word_means_two_months() -> None:
    known = month_and_weekday_words().meanings
    for language in LANGUAGES:
        for month, name in Locale.parse(language).months["format"]["wide"].items():
            assert known[fold(name)] == ("m", month)


@pytest.mark.parametrize(
    ("today", "typed", "expected"),
    [
        pytest.param("2026-12-30", "2 januari", "2027-01-02", id="just after new year"),
        pytest.param("2027-01-02", "30-12", "2026-12-30", id="just before new year"),
        pytest.param("2026-11-24", "24-11", "2026-11-24", id="today"),
        pytest.param("2026-11-24", "1 juni", "2026-06-01", id="nearer behind"),
        pytest.param("2027-11-24", "29-2", "2028-02-29", id="the coming leap day"),
    ],
)
def test_without_a_year_the_nearest_day_is_meant(
    today: str, typed: str, expected: str
) -> None:
    read = read_date(typed, date.fromisoformat(today), WORDS)
    assert read == date.fromisoformat(expected)


def test_limits_decide_the_year_before_nearness_does() -> None:
    read = read_date("1 juni", TUESDAY, WORDS, earliest=TUESDAY)
    assert read == date(2027, 6, 1)


def test_a_later_limit_decides_the_year_as_well() -> None:
    read = read_date("1 maart", TUESDAY, WORDS, latest=TUESDAY)
    assert read == date(2026, 3, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "?", "👍", "3", "31", "december", "mei", "2026", "26", "10 uur",
        "10:00", "10.30 uur", "om 10", "12.10 uur", "3 uur 12",
        "mijn huur is 850,50", "€ 850", "850", "10,12", "€ 3.12", "3.12 euro", "3%",
        "06 12345678", "06-12345678", "0612345678", "06 12 34 56 78", "+31 6 12 10 11",
        "06 12 10 11 12", "1102 AB", "03122026", "20261203", "NL91 ABNA 0417",
        "december 2026", "december 26", "mei 25", "3 december 10", "vrijdag 3", "vr",
        "zo", "3e", "derde", "volgende week", "komende week", "over een tijdje",
        "over 24 uur", "over 2", "weken", "2 weken", "over 2 of 3 weken", "in 10",
        "over anderhalve week", "niet 3 december", "voor 3 december", "na 3 december",
        "tot 3 december", "3 of 4 december", "3-4 december", "rond 3 december",
        "elke vrijdag", "dinsdag over een week", "half 12",
        "volgende vrijdag", "next Friday", "vrijdagochtend of zo", "12/31/2026",
        "2026-13-01", "13-13", "3-12-123", "3-12-20266", "3 12 10", "over 2 weeks",
        "1½ december", "3 kinderen", "3-4 weken", "weet ik niet", "3 december 85",
        "3 of 12", "over 999 jaar", "x" * 10_000, "3-" * 200, "0-12-2026x",
        "3 mei juni", "maart 3 mei", "3 (12)", "(3) 12", "3 december om 45 uur",
    ],
)  # fmt: skip
def test_what_is_not_surely_a_date_is_asked_again(typed: str) -> None:
    assert read_date(typed, TUESDAY, WORDS) == NOT_A_DATE


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31-11", "no_such_day"),
        ("31-11-2026", "no_such_day"),
        ("31 november", "no_such_day"),
        ("0-12", "no_such_day"),
        ("32 december", "no_such_day"),
        ("29 februari 2027", "no_such_day"),
        ("29-2", "no_such_day"),
        ("2026-02-30", "no_such_day"),
        ("3 december of 5 december", "two_dates"),
        ("van 3-12 tot 5-12", "two_dates"),
        ("morgen 3 december", "two_dates"),
        ("3 december 4 december", "two_dates"),
        ("3-12, 4-12 en 5-12", "two_dates"),
        ("3-12-2026 5-12-2026", "two_dates"),
        ("vrijdag over een week", "two_dates"),
    ],
)
def test_the_trouble_tells_what_is_wrong(typed: str, code: TroubleCode) -> None:
    assert read_date(typed, TUESDAY, WORDS) == DateTrouble(code)


@pytest.mark.parametrize(
    "typed",
    ["vrijdag 3 december", "vr 3-12", "Friday, December 3, 2026", "3 dec vrijdag"],
)
def test_a_contradicting_weekday_is_told_with_both(typed: str) -> None:
    trouble = DateTrouble("weekday_differs", DECEMBER_3, 4)
    assert read_date(typed, TUESDAY, WORDS) == trouble


@pytest.mark.parametrize("typed", ["3 december 2025", "3-12-2028", "3-12-85"])
def test_a_date_outside_the_limits_is_told_with_the_date(typed: str) -> None:
    latest = date(2027, 12, 31)
    trouble = read_date(typed, TUESDAY, WORDS, earliest=TUESDAY, latest=latest)
    assert isinstance(trouble, DateTrouble)
    assert trouble.code == "outside"
    assert trouble.date is not None
    assert (trouble.date.month, trouble.date.day) == (12, 3)


@pytest.mark.parametrize("today", [TUESDAY + timedelta(n) for n in range(7)])
def test_next_and_last_weekday_are_read_only_when_every_reading_agrees(
    today: date,
) -> None:
    for name in ("Monday", "Wednesday", "Friday", "Sunday"):
        coming = read_date(f"coming {name}", today, WORDS)
        assert isinstance(coming, date)
        assert read_date(f"next {name}", today, WORDS) in (coming, NOT_A_DATE)
        assert read_date(f"this {name}", today, WORDS) in (coming, NOT_A_DATE)


def test_a_day_of_next_week_is_asked_again_when_weeks_may_begin_on_sunday() -> None:
    sunday = date(2026, 11, 29)
    assert read_date("next week Tuesday", sunday, WORDS) == NOT_A_DATE


@given(days, days, st.sampled_from(["nl", "en"]), st.sampled_from(["full", "long"]))
@example(date(2026, 5, 1), TUESDAY, "en", "full")
def test_a_printed_date_reads_back(
    day: date, today: date, locale: str, width: str
) -> None:
    printed = format_date(day, width, locale=locale)
    assert read_date(printed, today, WORDS) == day


@given(days, days, st.sampled_from(["nl", "en"]))
def test_a_date_printed_in_medium_width_reads_back(
    day: date, today: date, locale: str
) -> None:
    printed = format_date(day, "medium", locale=locale)
    assert read_date(printed, today, WORDS) == day


@given(days, st.sampled_from(["d-M-y", "dd/MM/y", "d.M.y", "y-MM-dd", "d MMMM y"]))
def test_a_date_in_arabic_digits_reads_the_same(day: date, pattern: str) -> None:
    typed = format_date(day, pattern, locale="nl").translate(ARABIC_DIGITS)
    assert read_date(typed, TUESDAY, WORDS) == day


@given(days, st.integers(-180, 180))
def test_without_a_year_a_near_day_reads_back(today: date, distance: int) -> None:
    day = today + timedelta(distance)
    assert read_date(f"{day.day}-{day.month}", today, WORDS) == day


PIECES = st.sampled_from(
    [
        "3", "12", "31", "2026", "26", "0612", "10", "-", "/", ".", ",", ":", "'", "€",
        "%", "½", "mei", "december", "mar", "vrijdag", "vr", "vandaag", "volgende",
        "over", "in", "een", "twee", "weken", "week", "geleden", "ago", "om", "uur",
        "am", "op", "de", "of", "half", "en", "jaar", "maanden", "baby", "kinderen",
    ]
)  # fmt: skip
typed_texts = st.one_of(st.text(), st.lists(PIECES, max_size=8).map(" ".join))


@settings(max_examples=400)
@given(typed_texts, days, st.integers(0, 800))
def test_no_text_gives_a_date_outside_the_limits(
    text: str, earliest: date, length: int
) -> None:
    latest = earliest + timedelta(length)
    read = read_date(text, TUESDAY, WORDS, earliest=earliest, latest=latest)
    assert isinstance(read, DateTrouble) or earliest <= read <= latest


@given(st.integers(0, 10**12))
def test_a_number_alone_is_never_a_date(number: int) -> None:
    assert read_date(str(number), TUESDAY, WORDS) == NOT_A_DATE


@given(days, days)
def test_two_different_dates_are_never_one(first: date, second: date) -> None:
    read = read_date(f"{first} {second}", TUESDAY, WORDS)
    assert read == (first if first == second else DateTrouble("two_dates"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("€ 2.450", "2450"),
        ("€2450", "2450"),
        ("2450", "2450"),
        ("2 450", "2450"),
        ("2\u00a0450,00 €", "2450.00"),
        ("850,-", "850"),
        ("850,--", "850"),
        ("850,=", "850"),
        ("€ 850,– per maand", "850"),
        ("850 euro", "850"),
        ("850euro", "850"),
        ("EUR 850", "850"),
        ("EUR850.00", "850.00"),
        ("zo'n 850 euro per maand", "850"),
        ("ongeveer €850 p/m", "850"),
        ("mijn huur is 850,50", "850.50"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234", "1234"),
        ("1,234", "1234"),
        ("1.234.567,89", "1234567.89"),
        ("12,5", "12.5"),
        ("0", "0"),
        ("0,50 euro", "0.50"),
        ("850.", "850"),
        ("٢٤٥٠", "2450"),
        ("٢٬٤٥٠٫٥٠ يورو", "2450.50"),
        ("۸۵۰", "850"),
    ],
)
def test_one_amount_is_read(typed: str, expected: str) -> None:
    assert read_amount(typed) == Decimal(expected)
    assert read_amount(typed, WORDS) == Decimal(expected)


@pytest.mark.parametrize(
    "typed",
    [
        "", "geen idee", "euro", "3 maanden huur, 2.400 euro", "850 of 900", "800-900",
        "-850", "- 850", "€ -850", "-€850", "+850", "850 + 50", "2x 850", "2k", "30%",
        "30 %", "0612345678", "06 12345678", "1102AB", "NL91ABNA0417164300", "10:30",
        "3-12-2026", "1.23.456", "1,2345", "0.500", "1.234.50", "12.34.56", "850½",
        "½", "8²", "$ 850", "> 850", "4e", "1234567890123", "x" * 10_000,
    ],
)  # fmt: skip
def test_anything_but_one_plain_amount_is_asked_again(typed: str) -> None:
    assert read_amount(typed) is None
    assert read_amount(typed, WORDS) is None


@pytest.mark.parametrize(
    "typed",
    [
        "2 duizend", "twee keer 850", "3 maanden", "meer dan 850", "min 850", "10 uur",
        "3 december", "50 cent", "2 kinderen", "2 thousand", "anderhalf keer 850",
    ],
)  # fmt: skip
def test_words_that_change_a_number_make_no_amount(typed: str) -> None:
    assert read_amount(typed, WORDS) is None


@given(numbers, st.integers(0, 99), st.booleans())
def test_a_printed_amount_reads_back(euros: int, cents: int, dutch: bool) -> None:
    typed = f"€ {euros:,}.{cents:02}"
    swapped = typed.translate(str.maketrans(",.", ".,")) if dutch else typed
    assert read_amount(swapped, WORDS) == Decimal(euros) + Decimal(cents) / 100


@given(numbers, numbers)
def test_two_amounts_are_never_one(first: int, second: int) -> None:
    assert read_amount(f"{first} en {second}", WORDS) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3", 3),
        ("drie", 3),
        ("Three!", 3),
        ("één", 1),
        ("twaalf", 12),
        ("3 kinderen", 3),
        ("wij zijn met drie", 3),
        ("٣", 3),
        ("3️⃣", 3),
        ("1.200", 1200),
        ("0", 0),
        ("nul", 0),
        ("geen", 0),
        ("Geen kinderen.", 0),
        ("3 maanden", 3),
    ],
)
def test_one_number_is_read(typed: str, expected: int) -> None:
    assert read_number(typed, WORDS) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "", "veel", "twee of drie", "2 of 3", "2-3", "3,5", "-3", "drie en een half",
        "anderhalf", "meer dan 3", "3e", "3 december", "een kind van 3", "honderd",
        "3 honderd", "geen idee", "½", "፲፫", "10:30", "x" * 10_000,
    ],
)  # fmt: skip
def test_anything_but_one_whole_number_is_asked_again(typed: str) -> None:
    assert read_number(typed, WORDS) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("4 en 9", (4, 9)),
        ("5, 8 en 13", (5, 8, 13)),
        ("5,8,13", (5, 8, 13)),
        ("4,9", (4, 9)),
        ("4 9", (4, 9)),
        ("4\n9\n", (4, 9)),
        ("4 & 9", (4, 9)),
        ("٤ , ٩", (4, 9)),
        ("9", (9,)),
        ("9 jaar", (9,)),
        ("drie en zeven jaar", (3, 7)),
        ("2 jaar en 6 maanden", (2, 0)),
        ("18 maanden", (1,)),
        ("4jr en 10 weken", (4, 0)),
        ("anderhalf en 4", (1, 4)),
        ("2 en een half jaar", (2,)),
        ("een half jaar", (0,)),
        ("een baby en een van 7", (0, 7)),
        ("2 baby's", (0, 0)),
        ("0 en 4", (0, 4)),
        ("1 van 4 en 1 van 7", (4, 7)),
        ("een zoon van 5 en een dochter van 8", (5, 8)),
        ("2 kinderen van 4 en 9", (4, 9)),
        ("three kids: 4, 9 and 12 years old", (4, 9, 12)),
        ("een zoon van 6 maanden", (0,)),
        ("een dochter van een half jaar", (0,)),
        ("een baby", (0,)),
        ("12, 17, 18 en 23", (12, 17)),
        ("geen", ()),
        ("Geen kinderen!", ()),
        ("no children", ()),
    ],
)
def test_ages_are_read(typed: str, expected: tuple[int, ...]) -> None:
    assert read_ages(typed, WORDS) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "", "veel", "3 kinderen", "2 kinderen van 4", "3 kinderen van 4 en 9", "19",
        "18 en 22", "4-9", "4 tot 9", "4,5", "4,5 jaar", "4.5", "2½", "0", "nul",
        "10 jaar 6 maanden", "2015", "4 en 200", "-4", "5e", "4 en nog een paar",
        "twee van 4 en een van 9", "mijn zoon en dochter van 8", "7 baby",
        "4 en een zoon", "een zoon en een baby", "x" * 10_000,
    ],
)  # fmt: skip
def test_unclear_ages_are_asked_again(typed: str) -> None:
    assert read_ages(typed, WORDS) is None


@given(st.lists(st.integers(0, 17), min_size=2, max_size=8))
def test_a_list_of_ages_reads_back(ages: list[int]) -> None:
    typed = ", ".join(map(str, ages))
    assert read_ages(typed, WORDS) == tuple(ages)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("10 dagen", 10),
        ("een dag", 1),
        ("twee weken", 14),
        ("2wk", 14),
        ("een maand", 30),
        ("3 maanden", 91),
        ("3 months", 91),
        ("al ongeveer 3 maanden", 91),
        ("een half jaar", 182),
        ("half a year", 182),
        ("6 maanden", 182),
        ("anderhalve maand", 45),
        ("anderhalf jaar", 547),
        ("1,5 jaar", 547),
        ("a year and a half", 547),
        ("12 maanden", 365),
        ("1 jaar", 365),
        ("twee en een half jaar", 912),
        ("1 jaar en 3 maanden", 456),
        ("2 weken, 3 dagen", 17),
        ("٣ weken", 21),
    ],
)
def test_a_duration_is_read_in_days(typed: str, expected: int) -> None:
    assert read_duration(typed, WORDS) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "", "3", "maand", "lang", "3 tot 4 maanden", "2 of 3 weken", "2 weken, 3 weken",
        "3 maanden geleden", "over 3 maanden", "een paar weken", "-3 dagen", "3 uur",
        "1½ jaar", "half", "200 jaar", "3 dagen en 2 weken", "bijna een jaar",
        "x" * 10_000,
    ],
)  # fmt: skip
def test_unclear_durations_are_asked_again(typed: str) -> None:
    assert read_duration(typed, WORDS) is None


@given(st.integers(1, 60), st.integers(1, 60))
def test_more_months_are_never_fewer_days(first: int, second: int) -> None:
    one = read_duration(f"{min(first, second)} maanden", WORDS)
    other = read_duration(f"{max(first, second)} maanden", WORDS)
    assert one is not None
    assert other is not None
    assert one <= other


@settings(max_examples=400)
@given(typed_texts)
@example("\ud800 3-12 \x00")
@example("3" * 5_000)
def test_no_text_makes_a_reader_stumble(text: str) -> None:
    read_date(text, TUESDAY, WORDS)
    number = read_number(text, WORDS)
    assert number is None or number >= 0
    amount = read_amount(text, WORDS)
    assert amount is None or amount >= 0
    ages = read_ages(text, WORDS)
    assert ages is None or all(0 <= age < 18 for age in ages)
    duration = read_duration(text, WORDS)
    assert duration is None or 0 <= duration <= 36_500
