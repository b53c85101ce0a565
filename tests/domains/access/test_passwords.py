"""Passwords: which are taken, which are right, and that nobody without one comes in."""

import pytest

from salestrekker_portal.domains.access.passwords import check_new_password, hashed, matches
from salestrekker_portal.kernel.errors import Invalid

EMAIL = "alice.orourke@example.com"


NAMES = ("Alice O’Rourke", "Harbour Finance")


@pytest.mark.parametrize(
    "password",
    ["twelve chars", "four words in a row", "harbour ferry at nine", "kōwhai under the bridge", "x7$kQ2!mZp9&"],
)
def test_length_is_what_counts(password):
    check_new_password(password, email=EMAIL, names=NAMES)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("eleven char", "at least 12"),
        ("abcdefghij" * 20 + "k", "at most 200"),
        ("PasswordPassword", "too easy"),
        ("password1234", "too easy"),
        ("Password1234!", "too easy"),
        ("qwertyuiop123", "too easy"),
        ("iloveyou12345", "too easy"),
        ("trustno1trustno1", "too easy"),
        ("abcabcabcabc", "too easy"),
        ("abcd" * 50, "too easy"),
        ("Alice.ORourke@example.com", "Names"),
        ("AliceHarbour2026!", "Names"),
        ("harbour1finance2", "Names"),
    ],
)
def test_what_is_short_endless_weak_or_a_name_is_refused(password, says):
    with pytest.raises(Invalid) as refused:
        check_new_password(password, email=EMAIL, names=NAMES)
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
