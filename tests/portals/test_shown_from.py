"""What a form says that it was filled from is read, or is nothing: whatever a browser sends there."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salestrekker_portal.portals.incoming.parse import shown_from

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


SAID = st.text(max_size=40) | JSON.map(json.dumps)


@given(JSON | SAID.map(lambda said: {"_shown": said}))
def test_it_is_plain_values_by_field_or_nothing(raw):
    shown = shown_from(raw)
    assert all(isinstance(key, str) and isinstance(value, str | bool | int) for key, value in shown.items())


@pytest.mark.parametrize("said", ["[" * 100_000, '{"a":' * 50_000, '{"a":' + "9" * 5_000 + "}", "{", "\ud800", ""])
def test_what_was_made_to_break_a_reader_is_nothing(said):
    assert shown_from({"_shown": said}) == {}
