"""What two people changed of one row: kept where only one of them did, asked about where both did."""

import pytest

from salestrekker_portal.kernel.merging import merge, said


@pytest.mark.parametrize(
    ("shown", "now", "typed", "kept"),
    [
        ("a", "a", "a", "a"),
        ("a", "a", "mine", "mine"),
        ("a", "theirs", "a", "theirs"),
        ("a", "same", "same", "same"),
        ("a", "same", " same ", " same "),
        (True, False, True, False),
        (True, True, None, None),
        ("on", "", "on", ""),
        ("a\nb", "c", "a\r\nb", "c"),
    ],
)
def test_a_field_that_one_of_them_changed_is_as_they_wanted(shown, now, typed, kept):
    merged = merge({"f": shown}, {"f": now}, {"f": typed})
    assert (merged.typed["f"], merged.clashes) == (kept, {})


def test_a_field_that_both_changed_is_a_clash_and_the_others_are_not():
    merged = merge({"f": "a", "g": "b"}, {"f": "theirs", "g": "new"}, {"f": "mine", "g": "b", "h": "c"})
    assert merged.clashes == {"f": "theirs"}
    assert merged.typed == {"f": "mine", "g": "new", "h": "c"}


def test_a_box_never_clashes_and_one_that_the_form_never_had_stays_ticked():
    for shown, now, typed in [(True, False, ""), (False, True, "on")]:
        assert not merge({"f": shown}, {"f": now}, {"f": typed}).clashes
    assert merge({"f": ""}, {"f": "", "new": "on"}, {}).typed == {"new": "on"}


def test_words_that_are_there_or_not_are_merged_one_by_one():
    merged = merge({"f": "a b c"}, {"f": "a c d"}, {"f": "b c e"}, several=("f",))
    assert (merged.typed["f"], merged.clashes) == ("c e d", {})


def test_a_form_without_a_version_overwrites():
    assert merge({}, {"f": "theirs"}, {"f": "mine"}).typed == {"f": "mine"}


def test_values_are_compared_as_forms_say_them():
    assert [said(each) for each in (True, False, None, " a ", 5)] == ["on", "", "", "a", "5"]
