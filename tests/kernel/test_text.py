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
    assert phone_words(AUSTRALIAN) == "0491 570 156"


@pytest.mark.parametrize(
    "typed", ["", "0491", "12", "0491 570 15x", "call me", "0" * 41, "=1+1", None, 491570156, {"a": 1}]
)
def test_what_is_no_number_is_none(typed):
    assert phone_from(typed, country="AU") is None
