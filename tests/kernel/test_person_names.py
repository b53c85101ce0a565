"""People with one name, among those who work at a brokerage or refer to it."""

import pytest

from salestrekker_portal.kernel.names import ONE_NAME_IS_ENOUGH, person_names


@pytest.mark.parametrize(
    ("first", "last", "kept"),
    [
        ("Hēmi", "Parata", ("Hēmi", "Parata")),
        ("Suharto", "", ("Suharto", "")),
        ("", " Suharto ", ("Suharto", "")),
        (None, "Suharto", ("Suharto", "")),
    ],
)
def test_one_name_is_enough_and_stands_first(first, last, kept):
    errors: dict[str, str] = {}
    assert tuple(person_names(first, last, errors).values()) == kept and not errors


@pytest.mark.parametrize("nothing", ["", "  ", None, "\u200b"])
def test_no_name_at_all_is_refused_beside_the_first_field(nothing):
    errors: dict[str, str] = {}
    person_names(nothing, nothing, errors)
    assert errors == {"first_name": ONE_NAME_IS_ENOUGH}


def test_what_is_no_text_is_refused():
    errors: dict[str, str] = {}
    person_names("Kim", {"a": 1}, errors)
    assert list(errors) == ["last_name"]


def test_a_name_that_is_too_long_is_refused_beside_its_own_field():
    errors: dict[str, str] = {}
    person_names("", "x" * 81, errors)
    assert list(errors) == ["last_name"] and "81" in errors["last_name"]
