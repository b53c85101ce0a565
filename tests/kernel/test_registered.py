"""Registered numbers: published examples are taken, and a wrong digit anywhere is a sentence."""

import pytest

from salestrekker_portal.kernel.registered import read_abn, read_acn, read_ird, read_nz_account, read_nzbn

RIGHT = [
    (read_abn, "51 824 753 556", "51824753556"),
    (read_acn, "004 085 616", "004085616"),
    (read_nzbn, "9429 0325 8972 6", "9429032589726"),
    (read_ird, "49-091-850", "49091850"),
    (read_ird, "136-410-132", "136410132"),
    (read_nz_account, "01-0902-0068389-00", "01-0902-0068389-00"),
    (read_nz_account, "010902006838900", "01-0902-0068389-00"),
    (read_nz_account, "08-6523-1954512-001", "08-6523-1954512-001"),
]


@pytest.mark.parametrize(("read", "typed", "value"), RIGHT)
def test_a_right_number_is_taken(read, typed, value):
    assert read(typed) == (value, None)


@pytest.mark.parametrize(("read", "typed", "value"), RIGHT)
def test_one_wrong_digit_is_a_sentence(read, typed, value):
    """At most a few of the digits carry no check: the suffix of an account, and the branch before banks gave it one."""
    places = [place for place, letter in enumerate(value) if letter.isdecimal()]
    caught = 0
    for place in places:
        other = str((int(value[place]) + 1) % 10)
        got, problem = read(value[:place] + other + value[place + 1 :])
        assert got is None or not problem
        caught += problem is not None
    assert caught >= len(places) - (9 if read is read_nz_account else 0)


def test_a_branch_that_is_newer_than_the_list_is_taken():
    assert read_nz_account("01-9999-0068389-00")[0] is None, "the branch counts in the modulus"
    assert read_nz_account("38-9999-0000000-00") == (None, "Check the account number. One of its digits is not right.")
    opened = next(f"38-9{n:03}-0000000-00" for n in range(1000) if read_nz_account(f"38-9{n:03}-0000000-00")[0])
    assert opened.startswith("38-9")
