"""ABN and NZBN: spellings that people use, and digits that don't add up."""

import pytest

from salestrekker_portal.domains.organisations.business_number import checked_number, number_words
from salestrekker_portal.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("51 824 753 556", "AU", "51824753556"),
        ("51824753556", "AU", "51824753556"),
        ("9429032389470", "NZ", "9429032389470"),
        ("9429 0323 8947 0", "NZ", "9429032389470"),
        ("", "AU", ""),
        (None, "NZ", ""),
    ],
)
def test_good_numbers_are_kept_as_digits(typed, country, kept):
    assert checked_number(typed, country) == kept


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("51 824 753 557", "AU"),
        ("01 824 753 556", "AU"),
        ("5182475355", "AU"),
        ("9429032389470", "AU"),
        ("9429032389471", "NZ"),
        ("5129032389470", "NZ"),
        ("51824753556", "NZ"),
        ("<script>", "AU"),
        ("５１８２４７５３５５７", "AU"),
        ("9" * 2000, "NZ"),
    ],
)
def test_others_are_refused_with_what_to_check(typed, country):
    with pytest.raises(Invalid) as refusal:
        checked_number(typed, country)
    assert "digits" in refusal.value.errors["business_number"]


def test_they_are_shown_in_groups():
    assert number_words("51824753556") == "51 824 753 556"
    assert number_words("9429032389470") == "9429 0323 8947 0" and number_words("") == ""
