"""What people type, and what is made of it."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salestrekker_portal.domains.questions.catalogue import COUNTRIES, every_page
from salestrekker_portal.domains.questions.parsing import parse
from salestrekker_portal.domains.questions.vocabulary import DateLimit, Field, Kind, Option
from salestrekker_portal.domains.questions.words import say

TODAY = {"today": date(2026, 3, 9)}


def a(kind: Kind, **more) -> Field:
    return Field(key="asked", label="Asked", kind=kind, **more)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("85,000", 8_500_000), ("85000", 8_500_000), ("$1,250.50", 125_050), ("$ 1,250.5", 125_050),
        ("85 000", 8_500_000), ("0", 0), ("$0.00", 0), ("12,345,678.90", 1_234_567_890), (" 7 ", 700),
    ],
)  # fmt: skip
def test_money(typed, cents):
    assert parse(a(Kind.MONEY), typed).value == cents


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1,2,3", "Enter an amount, for example 85,000."),
        ("about 500", "Enter an amount, for example 85,000."),
        ("1.2.3", "Enter an amount, for example 85,000."),
        ("<script>", "Enter an amount, for example 85,000."),
        ("-5", "Enter an amount without a minus sign or brackets."),
        ("(1,200)", "Enter an amount without a minus sign or brackets."),
        ("99999999999999", "That is a very large amount. Check the zeros."),
    ],
)
def test_money_that_is_no_amount(typed, sentence):
    assert parse(a(Kind.MONEY), typed).error == sentence


@pytest.mark.parametrize("typed", ["-5,000", "(5,000)", "-$5,000", "$-5,000", "−5,000"])
def test_a_loss_where_one_is_allowed(typed):
    assert parse(a(Kind.MONEY, minimum=-100_000_000), typed).value == -500_000


@pytest.mark.parametrize(
    "typed", ["27/03/1986", "27 3 1986", "27-3-1986", "27.3.1986", "27 March 1986", "1986-03-27", " 27/3/1986 "]
)
def test_dates(typed):
    assert parse(a(Kind.DATE), typed, TODAY).value == "1986-03-27"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("30/02/2020", "February has no 30th. Check the day."),
        ("29/02/2023", "February 2023 has no 29th. Check the day."),
        ("31/04/2020", "April has no 31st. Check the day."),
        ("32/01/2020", "Check the day. It goes from 1 to 31."),
        ("01/13/2020", "Check the month. It goes from 1 to 12."),
        ("1/1/986", "Enter the year with four digits, for example 1986."),
        ("1/1", "Enter a day, a month and a year, for example 27 3 1986."),
        ("yesterday", "Enter a day, a month and a year, for example 27 3 1986."),
        ("1/1/1850", "Check the year. 1850 is too long ago."),
    ],
)
def test_dates_that_do_not_exist(typed, sentence):
    assert parse(a(Kind.DATE), typed, TODAY).error == sentence


@pytest.mark.parametrize(
    ("limit", "typed", "sentence"),
    [
        (DateLimit.PAST, "23/7/2091", "Check the year. 2091 is in the future."),
        (DateLimit.PAST, "10/3/2026", "Check the date. 10 March 2026 is in the future."),
        (DateLimit.PAST, "9/3/2026", None),
        (DateLimit.FUTURE, "8/3/2026", "Check the date. 8 March 2026 has already passed."),
        (DateLimit.FUTURE, "9/3/2026", None),
        (DateLimit.ADULT, "10/3/2008", "Everyone who applies must be 18 or older. Check the date."),
        (DateLimit.ADULT, "9/3/2008", None),
    ],
)
def test_dates_in_the_wrong_direction(limit, typed, sentence):
    assert parse(a(Kind.DATE, dates=limit), typed, TODAY).error == sentence


@pytest.mark.parametrize("typed", ["08/2024", "8 2024", "Aug 2024", "2024-08", "082024"])
def test_months(typed):
    assert parse(a(Kind.MONTH, dates=DateLimit.PAST), typed, TODAY).value == "2024-08"


def test_this_month_is_not_in_the_future():
    assert parse(a(Kind.MONTH, dates=DateLimit.PAST), "03/2026", TODAY).value == "2026-03"
    assert parse(a(Kind.MONTH, dates=DateLimit.FUTURE), "03/2026", TODAY).value == "2026-03"


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.MOBILE, "0412 345 678", "+61412345678"),
        (Kind.MOBILE, "+64 21 234 5678", "+64212345678"),
        (Kind.PHONE, "(02) 9012 3456", "+61290123456"),
        (Kind.EMAIL, "Kim@Example.COM", "kim@example.com"),
        (Kind.ABN, "51 824 753 556", "51824753556"),
        (Kind.ACN, "004 085 616", "004085616"),
        (Kind.BSB, "062-000", "062000"),
        (Kind.NZBN, "9429 0415 3511 0", "9429041535110"),
        (Kind.IRD, "49-091-850", "49091850"),
        (Kind.IRD, "136 410 132", "136410132"),
        (Kind.NZ_ACCOUNT, "01-0902-0068389-00", "01-0902-0068389-00"),
        (Kind.NZ_ACCOUNT, "1 902 68389 0", "01-0902-0068389-00"),
        (Kind.NZ_ACCOUNT, "0109020068389000", "01-0902-0068389-000"),
        (Kind.PERCENT, "5.89 %", 5.89),
        (Kind.INTEGER, "1,200", 1200),
        (Kind.YES_NO, "no", False),
        (Kind.TICK, "yes", True),
        (Kind.OWNERSHIP, '{"kim": 60, "sam": "40"}', {"kim": 60.0, "sam": 40.0}),
        (Kind.OWNERSHIP, '{"kim": 100, "sam": 0}', {"kim": 100.0}),
        (Kind.OWNERSHIP, '{"a": 33.33, "b": 33.33, "c": 33.33}', {"a": 33.33, "b": 33.33, "c": 33.33}),
    ],
)
def test_other_kinds(kind, typed, value):
    assert parse(a(kind), typed).value == value


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        (Kind.MOBILE, "02 9012 3456", "Enter a mobile number, for example 0412 345 678."),
        (Kind.PHONE, "12", "Enter a phone number with its area code, for example 02 9012 3456."),
        (Kind.EMAIL, "kim@", "Enter an email address, for example name@example.com."),
        (Kind.ABN, "51 824 753 557", "Check the ABN. One of its digits is not right."),
        (Kind.ABN, "123", "An ABN has 11 digits, for example 51 824 753 556."),
        (Kind.ACN, "004 085 617", "Check the ACN. One of its digits is not right."),
        (Kind.BSB, "1234", "A BSB has 6 digits, for example 062-000."),
        (Kind.NZBN, "9429041535111", "Check the NZBN. One of its digits is not right."),
        (Kind.NZBN, "1234567890123", "An NZBN has 13 digits and begins with 94, for example 9429 0000 0000 0."),
        (Kind.IRD, "49-091-851", "Check the IRD number. One of its digits is not right."),
        (Kind.IRD, "9125568", "An IRD number has 8 or 9 digits, for example 49-091-850."),
        (
            Kind.NZ_ACCOUNT,
            "062-000 12345678",
            "Enter bank, branch, account and suffix, for example 01-0902-0068389-00.",
        ),
        (Kind.PERCENT, "101", "Enter a percentage from 0 to 100."),
        (Kind.INTEGER, "2.5", "Enter a whole number, for example 3."),
        (Kind.YES_NO, "perhaps", "Choose yes or no."),
        (
            Kind.OWNERSHIP,
            '{"kim": 50, "sam": 40}',
            "The shares add up to 90 %. Add who owns the rest, or change them to make 100 %.",
        ),
        (Kind.OWNERSHIP, '{"kim": 80, "sam": 40}', "The shares add up to 120 %. They must make 100 %."),
        (
            Kind.OWNERSHIP,
            '{"kim": 50, "outside:1:": 50}',
            "Say who else owns a part: type their name beside their share.",
        ),
        (Kind.OWNERSHIP, "[1]", "Say whose it is, with a percentage from 0 to 100 for each person."),
        (Kind.OWNERSHIP, "[" * 3000, "Say whose it is, with a percentage from 0 to 100 for each person."),
        (Kind.OWNERSHIP, '{"kim": NaN}', "Say whose it is, with a percentage from 0 to 100 for each person."),
    ],
)
def test_other_kinds_refused(kind, typed, sentence):
    assert parse(a(kind), typed).error == sentence


_EXAMPLE = re.compile(r"[Ff]or example,? (\S*[0-9@].*)\.$")
_PICKED = (Kind.TEXT, Kind.LONG_TEXT, Kind.ADDRESS, Kind.TICK, Kind.TICKS, Kind.OWNERSHIP, Kind.SELECT, Kind.CARDS)


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_a_question_or_a_refusal_gives_as_an_example_is_taken(country):
    facts, refused, tried = TODAY | {"country": country}, [], set()
    for page in every_page(country):
        for section in page.sections:
            for field in section.fields:
                if field.kind in _PICKED:
                    continue
                for said in (parse(field, "?!", facts).error or "", field.help):
                    for example in _EXAMPLE.findall(said):
                        tried.add((field.kind, example))
                        # The form of a date, in a year that need not fit the question.
                        if parse(replace(field, dates=DateLimit.ANY), example, facts).error:
                            refused.append(f"{section.key}.{field.key}: {example}")
    assert {kind for kind, _ in tried} >= {Kind.DATE, Kind.MONTH, Kind.MONEY, Kind.PHONE, Kind.MOBILE, Kind.EMAIL}
    assert not refused


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.ABN, "ABN: 51 824 753 556", "51824753556"), (Kind.ACN, "acn 004 085 616", "004085616"),
        (Kind.BSB, "BSB No. 062-000", "062000"), (Kind.IRD, "IRD number 49-091-850", "49091850"),
        (Kind.NZBN, "NZBN 9429041535110", "9429041535110"),
        (Kind.NZ_ACCOUNT, "01 0902 006838900", "01-0902-0068389-00"), (Kind.MONEY, "1250.-", 125_000),
        (Kind.MONEY, "1'250,-", 125_000), (Kind.MONEY, "1,250 dollars", 125_000),
        (Kind.DATE, "19900201", "1990-02-01"), (Kind.DATE, "01021990", "1990-02-01"),
        (Kind.DATE, "20011920", "1920-01-20"), (Kind.DATE, "1 Feb \u201990", "1990-02-01"),
        (Kind.DATE, "the 1st of February 1990", "1990-02-01"), (Kind.MONTH, "Feb '20", "2020-02"),
    ],
)  # fmt: skip
def test_as_it_was_copied_or_said(kind, typed, value):
    read = parse(a(kind), typed, TODAY)
    assert (read.value, read.error) == (value, None)


@pytest.mark.parametrize("typed", ["nil", "None", "N/A", "zero", "-", "–"])
def test_whoever_has_none_is_told_to_type_nought(typed):
    assert parse(a(Kind.MONEY), typed).error == "Type 0 if it is nothing."


def test_choices():
    colours = (Option("red", "Red"), Option("blue", "Blue"))
    assert parse(a(Kind.SELECT, options=colours), "red").value == "red"
    assert parse(a(Kind.SELECT, options=colours), "green").error == "Choose one of the answers in the list."
    assert parse(a(Kind.TICKS, options=colours), "blue, red,blue").value == ["blue", "red"]
    assert parse(a(Kind.TICKS, options=colours), "blue,green").error == "Tick answers from the list only."


def test_choices_from_the_deal():
    field = a(Kind.SELECT, options_from="properties")
    facts = {"options": {"properties": [("7", "14 Wattlebird Lane")]}}
    assert parse(field, "7", facts).value == "7"
    assert parse(field, "8", facts).error == "Choose one of the answers in the list."
    assert parse(field, "8").value == "8", "nobody said what there is to choose from"


@pytest.mark.parametrize("typed", ["", "   ", "\x00\x07", None, "\n"])
@pytest.mark.parametrize("kind", Kind)
def test_blank_is_missing_not_wrong(kind, typed):
    parsed = parse(a(kind), typed)
    assert parsed.value is None
    assert parsed.error is None


def test_three_empty_boxes_are_blank():
    assert parse(a(Kind.DATE), "//").error is None
    assert parse(a(Kind.MONTH), " / ").error is None


def test_a_very_long_name_gets_a_sentence():
    assert parse(a(Kind.TEXT), "x" * 10_000).error == "Use 200 characters or fewer. You have typed 10,000."
    assert parse(a(Kind.LONG_TEXT), "x" * 4_000).error is None


def test_text_loses_control_characters_only():
    assert parse(a(Kind.TEXT), " Tāne\x00 O’Dea\ud800\n<b> ").value == "Tāne O’Dea <b>"
    assert parse(a(Kind.LONG_TEXT), "one\r\ntwo\x07").value == "one\ntwo"


@pytest.mark.parametrize("raw", [5, {"amount": "x"}, ["yes"], True, 1.5, b"x"])
def test_other_types_get_a_sentence(raw):
    assert parse(a(Kind.MONEY), raw).error == "We could not read that. Type your answer again."


FIELDS = [
    field
    for country in COUNTRIES
    for page in every_page(country)
    for section in page.sections
    for field in section.fields
]
TYPED = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="0123456789 ,.$-/%()kKmM+", max_size=40),
    st.text(alphabet='{}[]":,0123456789eE.-ab', max_size=60),
    st.text(alphabet=st.characters(), max_size=40),  # lone surrogates included
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(FIELDS), TYPED)
def test_nothing_typed_raises(field, typed):
    parsed = parse(field, typed, TODAY)
    assert parsed.value is None or parsed.error is None
    assert isinstance(say(field, typed, TODAY), str)
