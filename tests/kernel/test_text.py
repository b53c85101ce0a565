"""Phone numbers as people write them."""

import pytest

from salestrekker_portal.kernel.text import phone_from, phone_words

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
