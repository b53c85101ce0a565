"""Amounts, rates, counts, days and codes with the marks of phones, spreadsheets and clipboards around them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrekker_portal.kernel.dates import read_day, read_month
from salestrekker_portal.kernel.marks import digits_of, plain
from salestrekker_portal.kernel.money import cents_from, money, money_words, read_money
from salestrekker_portal.kernel.numbers import decimal_in, read_percent, read_share, read_whole

TODAY = date(2026, 3, 9)
# A marked text reads as the bare one does.
UNSEEN = ["\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069",
          "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"]  # fmt: skip
SPACES = ["\u00a0", "\u202f", "\u2009", "\u2007", "\u2002", "\u3000", "\t"]
DASHES = ["-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", "\uff0d", "\ufe63"]


def widened(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def arabic(text: str) -> str:
    return "".join(chr(0x660 + int(sign)) if sign.isdigit() else sign for sign in text)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1.5", 150), ("1.50", 150), (".5", 50), ("5.", 500), ("5,", 500), ("0", 0), ("007", 700), ("+5", 500),
        ("$1,250", 125_000), ("1,250.", 125_000), ("1,250", 125_000), ("1250", 125_000), ("$ 1,250.50", 125_050),
        ("A$1,250", 125_000), ("AU$ 1,250", 125_000), ("AUD 1,250", 125_000), ("1250 aud", 125_000),
        ("NZ$1,250.5", 125_050), ("1,250 NZD", 125_000), ("AUD $1,250", 125_000), ("1,250 $", 125_000),
        ("750k", 75_000_000), ("$750K", 75_000_000), ("750 k", 75_000_000), ("1.2m", 120_000_000),
        ("1,2m", 120_000_000),
        ("$1.2 million", 120_000_000), ("1.25k", 125_000), ("1.255k", 125_500), ("1,250k", 125_000_000),
        (".75m", 75_000_000),
        ("5,89", 589), ("33,33", 3333), ("1,5", 150), ("1250,50", 125_050), ("1.250,50", 125_050),
        ("1.250.000", 125_000_000), ("1.250.000,5", 125_000_050), ("610 000", 61_000_000), ("610 000,50", 61_000_050),
        ("1'250'000.50", 125_000_050), ("1’250", 125_000), ("12,34,567", 123_456_700), ("12,345,678.90", 1_234_567_890),
    ],
)  # fmt: skip
def test_one_amount_in_many_spellings(typed, cents):
    assert read_money(typed) == (cents, None)
    assert cents_from(typed) == cents


@pytest.mark.parametrize(
    "typed",
    ["12 34", "1,2,3", "1.2.3", "1,25", "0,125", "1 2500", "12,3456", "about 500", "5-", "--5", "-(5)", "(5", "5)", "",
     "$", ".", ",", "k", "US$5", "€5", "1e5", "1/2", "5²", "½", "1_000", "NaN", "<b>", "5 to 6", "5%", "x" * 500],
)  # fmt: skip
def test_what_is_no_amount_or_could_be_two(typed):
    if typed == "1,25":
        assert read_money(typed) == (125, None)
        return
    cents, sentence = read_money(typed)
    assert cents is None
    assert sentence == "Enter an amount, for example 85,000."
    assert cents_from(typed) is None


def test_three_digits_after_the_only_dot_are_asked_about():
    assert read_money("1.250") == (None, "Is that 1,250 or 1.25? Write it one of these ways.")
    assert cents_from("1.250") is None


@pytest.mark.parametrize("dash", DASHES)
@pytest.mark.parametrize("shape", ["{}5,000", "{}$5,000", "${}5,000", "{} 5,000"])
def test_every_dash_is_a_minus(dash, shape):
    typed = shape.format(dash)
    assert read_money(typed, minimum=-(10**9)) == (-500_000, None)
    assert read_money(typed) == (None, "Enter an amount without a minus sign or brackets.")


def test_brackets_are_a_minus_as_in_books():
    assert read_money("(1,200)", minimum=-(10**9)) == (-120_000, None)
    assert read_money("($1,200.50)", minimum=-(10**9)) == (-120_050, None)
    assert read_money("(1,200)") == (None, "Enter an amount without a minus sign or brackets.")


def test_an_amount_within_its_limits():
    assert read_money("5", minimum=1000) == (None, "Enter $10.00 or more.")
    assert read_money("50", maximum=1000) == (None, "Enter $10.00 or less.")
    assert read_money("999999999999999") == (None, "That is a very large amount. Check the zeros.")


READERS = [
    (read_money, "$1,250.50"),
    (read_money, "750k"),
    (read_percent, "5.89 %"),
    (read_share, "33.33"),
    (read_whole, "1,200"),
    (lambda text: read_day(text, TODAY), "27/03/1986"),
    (lambda text: read_month(text, TODAY), "08/2024"),
    (digits_of, "51 824 753 556"),
    (digits_of, "481 920"),
]


@pytest.mark.parametrize("mark", UNSEEN)
@pytest.mark.parametrize(("read", "typed"), READERS)
def test_marks_nobody_sees_change_nothing(read, typed, mark):
    for marked in (mark + typed, typed + mark, mark.join(typed), f"{typed[:2]}{mark}{typed[2:]}"):
        assert read(marked) == read(typed)


@pytest.mark.parametrize(("read", "typed"), READERS)
def test_digits_of_other_keyboards(read, typed):
    assert read(arabic(typed)) == read(typed)
    assert read(widened(typed)) == read(typed)


@pytest.mark.parametrize("space", SPACES)
def test_every_kind_of_space(space):
    assert read_money(f"{space}610{space}000{space}") == (61_000_000, None)
    assert read_whole(f"1{space}200") == (1200, None)
    assert read_percent(f"5.89{space}%") == (5.89, None)
    assert read_day(f"27{space}3{space}1986") == (date(1986, 3, 27), None)
    assert digits_of(f"481{space}920") == "481920"


@pytest.mark.parametrize("dash", DASHES)
def test_every_kind_of_dash_between_digits(dash):
    assert read_day(f"27{dash}03{dash}1986") == (date(1986, 3, 27), None)
    assert digits_of(f"062{dash}000") == "062000"


@pytest.mark.parametrize(
    ("typed", "rate"),
    [("5.89", 5.89), ("5,89", 5.89), ("5,890", 5.89), ("5.8900", 5.89), (".5", 0.5), (",5", 0.5), ("5.", 5.0),
     ("5", 5.0),
     ("5.89%", 5.89), ("5,89 %", 5.89), ("5.89% p.a.", 5.89), ("5.89 pa", 5.89), ("5.89 per cent", 5.89),
     ("100", 100.0),     ("٥٫٨٩", 5.89), ("5.89percent", 5.89), ("0", 0.0)],
)  # fmt: skip
def test_one_rate_in_many_spellings(typed, rate):
    assert read_percent(typed) == (rate, None)


@pytest.mark.parametrize("typed", ["", "%", "5.89123", "5,890.1", "five", "5 89", "1e1", "--5", "5.8.9"])
def test_what_is_no_rate(typed):
    assert read_percent(typed) == (None, "Enter a percentage, for example 5.89.")


def test_a_rate_within_its_limits():
    assert read_percent("-5") == (None, "Enter a percentage from 0 to 100.")
    assert read_percent("101") == (None, "Enter a percentage from 0 to 100.")
    assert read_percent("31", maximum=30) == (None, "Enter a percentage from 0 to 30.")


@pytest.mark.parametrize(
    ("typed", "share"),
    [("33,33", 33.33), ("33.333333", 33.333333), ("50 %", 50.0), ("", 0.0), ("100", 100.0), (".5", 0.5)],
)
def test_a_share(typed, share):
    assert read_share(typed) == share


@pytest.mark.parametrize("typed", ["101", "-5", "half", "1,000.5", "1/2"])
def test_what_is_no_share(typed):
    assert read_share(typed) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", 3),
        ("1,200", 1200),
        ("1 200", 1200),
        ("1'200", 1200),
        ("3.00", 3),
        ("3.", 3),
        ("+3", 3),
        ("1,200.00", 1200),
    ],
)
def test_one_count_in_many_spellings(typed, number):
    assert read_whole(typed) == (number, None)


@pytest.mark.parametrize("typed", ["2.5", "2,5", "1.200", "three", "", "-", "1 2", "1e3", "9999999999"])
def test_what_is_no_count(typed):
    assert read_whole(typed) == (None, "Enter a whole number, for example 3.")


@pytest.mark.parametrize(
    "typed",
    ["27/03/1986", "27.3.1986", "27-3-1986", "27 3 1986", "27, 3, 1986", "27/3/86", "27 3 86", "27.03.86",
     "27 March 1986",     "27 mar 86", "27th of March 1986", "March 27, 1986", 
     "Thu 27 March 1986", "Thursday, 27 March 1986", "1986-03-27",
     "1986/03/27", "1986-03-27T00:00:00", "27/03/1986 00:00:00", "27/3/1986 12:00 AM", "27031986", "27_3_1986"],
)  # fmt: skip
def test_one_day_in_many_spellings(typed):
    assert read_day(typed, TODAY) == (date(1986, 3, 27), None)


def test_two_digits_of_a_year():
    assert read_day("1/2/26", TODAY, ahead=0) == (date(2026, 2, 1), None)
    assert read_day("1/2/27", TODAY, ahead=0) == (date(1927, 2, 1), None)
    assert read_day("1/2/56", TODAY, ahead=99) == (date(2056, 2, 1), None)
    assert read_month("08/24", TODAY) == (date(2024, 8, 1), None)
    assert read_day("1/2/86") == (None, "Enter the year with four digits, for example 1986.")


@pytest.mark.parametrize("typed", ["27 Marvellous 1986", "27/3", "soon", "", "1/2/3/4", "27 ma 1986", "1986"])
def test_what_is_no_day(typed):
    assert read_day(typed, TODAY) == (None, "Enter a day, a month and a year, for example 27 3 1986.")


@given(st.integers(-(10**11), 10**11))
def test_what_is_written_is_read_again(cents):
    assert read_money(money_words(cents), minimum=-(10**12), maximum=10**12) == (cents, None)
    assert read_money(money(cents), minimum=-(10**12), maximum=10**12) == (cents, None)


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from([",.", " .", "'.", ".,", " ,"]))
def test_amounts_grouped_in_any_way(whole, part, signs):
    thousands, point = signs
    assert (
        read_money(f"{whole:,}".replace(",", thousands) + f"{point}{part:02}", maximum=10**12)[0] == whole * 100 + part
    )


@given(st.text(max_size=60))
def test_nothing_raises(text):
    assert plain(plain(text)) == plain(text)
    for read, _ in READERS:
        read(text)


@given(st.text(alphabet="0123456789,.' ", max_size=20))
def test_a_number_is_never_read_as_another(text):
    """Whatever is read has the digits that were typed, in their order."""
    number = decimal_in(plain(text), 2)
    if number is not None:
        typed = "".join(sign for sign in text if sign.isdigit())
        assert Decimal(typed) in (number, number * 10, number * 100)


def test_money_in_words():
    assert money_words(-125_050) == "-$1,250.50"
    assert money_words(-5) == "-$0.05"
    assert money_words(125_000) == "$1,250"
    assert money_words(0) == "$0"
    assert money_words(None) == ""
    assert money(-125_000) == "-$1,250.00"


@pytest.mark.parametrize("raw", [None, 5, 1.5, ["5"], {"value": "5"}, True, b"5"])
def test_other_types_are_no_amount(raw):
    assert cents_from(raw) is None
