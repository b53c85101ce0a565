"""Passwords: which are taken, which are right, and that nobody without one comes in."""

import pytest

from salestrekker_portal.domains.access.passwords import check_new_password, hashed, matches
from salestrekker_portal.kernel.errors import Invalid

EMAIL = "alice.orourke@example.com"


@pytest.mark.parametrize("password", ["twelve chars", "a" * 50 + "bcd" + "e" * 147, "four words in a row", "abcd" * 3])
def test_length_is_what_counts(password):
    check_new_password(password, email=EMAIL)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("eleven char", "at least 12"),
        ("abcdefghij" * 20 + "k", "at most 200"),
        ("PasswordPassword", "too easy"),
        ("abcabcabcabc", "too easy"),
        ("aAaAbBbBcCcC", "too easy"),
        ("Alice.ORourke@example.com", "too easy"),
    ],
)
def test_what_is_short_endless_or_easy_is_refused(password, says):
    with pytest.raises(Invalid) as refused:
        check_new_password(password, email=EMAIL)
    assert says in refused.value.errors["password"]


async def test_only_the_password_itself_matches():
    longest = "b" * 200
    kept, kept_longest = await hashed("a few words in a row"), await hashed(longest)
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await matches("a few words in a row", kept) and await matches(longest, kept_longest)
    for wrong in ("", "A few words in a row", "a few words in a row ", "x" * 201):
        assert not await matches(wrong, kept)
    assert not await matches(longest + "b", await hashed(longest + "b"))


@pytest.mark.parametrize("password", ["nobody has this password", "", "anything at all"])
async def test_an_account_without_a_password_lets_nobody_in(password):
    assert not await matches(password, None)
