"""Phone numbers, addresses and text as people write them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrekker_portal.kernel.text import clean, email_from, phone_from, phone_words

AUSTRALIAN = "+61491570156"
NEW_ZEALAND = "+64211234567"


@pytest.mark.parametrize(
    "typed", ["0491 570 156", "0491570156", "+61 491 570 156", "(04) 9157 0156", "0061 491-570-156", "  0491.570.156 "]
)
def test_an_australian_mobile_in_any_spelling_is_one_number(typed):
    assert phone_from(typed, country="AU") == AUSTRALIAN


@pytest.mark.parametrize(
    "typed", ["021 123 4567", "0211234567", "+64 21 123 4567", "0064 21 123-4567", "(021) 1234567"]
)
def test_a_new_zealand_mobile_in_any_spelling_is_one_number(typed):
    assert phone_from(typed, country="NZ") == NEW_ZEALAND


def test_a_number_of_the_other_country_needs_its_prefix():
    assert phone_from("+64 21 123 4567", country="AU") == NEW_ZEALAND
    assert phone_words(AUSTRALIAN, "AU") == "0491 570 156"
    assert phone_words(AUSTRALIAN, "NZ") == "+61 491 570 156"
    assert phone_words(NEW_ZEALAND, "AU") == "+64 21 123 4567"


@pytest.mark.parametrize(
    "typed", ["", "0491", "12", "0491 570 15x", "call me", "0" * 41, "=1+1", None, 491570156, {"a": 1}]
)
def test_what_is_no_number_is_none(typed):
    assert phone_from(typed, country="AU") is None


@pytest.mark.parametrize(
    "typed",
    [
        "\u202a+61\u00a0491\u2011570\u2011156\u202c", "+61 (0)491 570 156", "+61 (0) 491 570 156", "0061 (0)491570156",
        "０４９１　５７０　１５６", "0491–570–156", "0491\u00ad570\u200b156", "0491\u2212570\u2212156",
        "tel:+61491570156",
        "\u2066(04) 9157\u202f0156\u2069", "+61 0491 570 156",
    ],
)  # fmt: skip
def test_what_phones_and_letterheads_put_into_a_number_does_not_matter(typed):
    assert phone_from(typed, country="AU") == AUSTRALIAN


UNSEEN = [
    letter
    for letter in map(chr, range(0x10000))
    if unicodedata.category(letter) in ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn")
]


@given(
    st.text(st.sampled_from([*UNSEEN, "\u3164", "\uffa0", "\u2800", "\U000e0041", "\ufffe"]), max_size=8), st.booleans()
)
def test_what_nobody_can_see_is_nothing_typed(raw, lines):
    assert clean(raw, lines=lines) == ""


@given(st.text(max_size=30), st.booleans())
def test_what_is_kept_is_kept_the_same_a_second_time_and_is_seen(raw, lines):
    kept = clean(raw, lines=lines)
    assert clean(kept, lines=lines) == kept
    assert not {"\x00", "\r", "\x85", "\u2028", "\u202e", "\u2066", "\x9b"} & set(kept)


@pytest.mark.parametrize("typed", ["👨‍👩‍👧 at home", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️‍🔥", "می‌خواهم", "ක්‍රිෂ්ණා", "علی‌رضا", "Sam 🧑🏽‍🚒"])
def test_joiners_stay_where_they_shape_what_is_seen(typed):
    assert clean(typed) == unicodedata.normalize("NFC", typed) and clean(typed, lines=True) == clean(typed)


def test_joiners_go_where_they_shape_nothing():
    assert clean("Sm\u200dith \u200c\u200dand\u200d") == "Smith and"
    assert clean("one\r\ntwo\rthree\x85four\u2028five", lines=True) == "one\ntwo\nthree\nfour\nfive"


@pytest.mark.parametrize(
    "typed",
    ["kim@example.com", " Kim@Example.com. ", "mailto:kim@example.com", "<kim@example.com>",
     "Kim Ng <kim@example.com>;",
     "kim@example.com,", "ｋｉｍ＠ｅｘａｍｐｌｅ．ｃｏｍ", "kim\u200b@example.com", "\u2068kim@example.com\u2069"],
)  # fmt: skip
def test_an_address_is_read_with_what_programs_put_around_it(typed):
    assert email_from(typed) == "kim@example.com"


@pytest.mark.parametrize(
    "typed",
    ["kim", "kim@example", "kim@example.com, sam@example.com", "a@example.com <b@example.com>", "kim@gmail,com",
     "kim@example.com\r\nBcc: sam@example.com", "<kim@example.com> <sam@example.com>", "kim @example.com", "", None],
)  # fmt: skip
def test_what_could_be_two_addresses_or_none_is_none(typed):
    assert email_from(typed) is None
