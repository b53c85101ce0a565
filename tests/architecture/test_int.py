"""A number that somebody else wrote is read by one parser: bare `int` stumbles over "²" and over 4,301 digits."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from salestrekker_portal.kernel.numbers import whole_in
from salestrekker_portal.portals.http.requests import MOST_BYTES, length_of
from tests.architecture.source import modules

# What is none of anybody else's text, in the folders where requests, events and callbacks arrive.
OURS = {
    "time.time()": "a clock", "utc_now().timestamp() * 1000": "a clock", "now.timestamp()": "a clock",
    "total_seconds": "a span", "status": "our own schema", "settles[5:]": "checked by the address before",
    "position": "our own refusals", "key": "our own rows", "place": "our own refusals", "port": "a setting",
    "days": "at most five digits, looked at before",
    "(amount * 100).to_integral_value()": "a decimal, bounded before",
    "key_id": "at most nine digits, looked at before", "stamp": "its ValueError is a refusal",
    "message.num_segments or 0": "Twilio's own answer to our request",
}  # fmt: skip
DOORS = ("portals/", "adapters/")


def bare_ints() -> list[str]:
    return [
        f"{path}: int({argument})"
        for path, tree in modules().items()
        if path.startswith(DOORS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "int" and node.args
        if (argument := ast.unparse(node.args[0])) not in OURS
        and not isinstance(node.args[0], ast.Constant)
        and "total_seconds()" not in argument
    ]


def test_nothing_from_outside_is_read_by_int() -> None:
    assert bare_ints() == [], "read it with kernel/numbers.py `whole_in`, or say in OURS whose it is"


ODD = ["", "²", "١٢", "1" * 5000, "0" * 5000, "-1", "+1", "1_0", " 1", "1e3", "0x1", "1.0", "\n1", "٣" * 9]


@pytest.mark.parametrize("raw", ODD)
def test_odd_numbers_are_lengths_or_nothing(raw: str) -> None:
    header = raw.encode("latin-1", "ignore")
    found = length_of(Request({"type": "http", "headers": [(b"content-length", header)]}))
    assert found is None or 0 <= found <= MOST_BYTES


@given(raw=st.one_of(st.text(), st.integers().map(str), st.none()), most=st.integers(0, 10**15))
def test_digits_and_nothing_else(raw: str | None, most: int) -> None:
    found = whole_in(raw, most)
    is_plain = bool(raw) and all(sign in "0123456789" for sign in raw or "")
    assert found == (min(int(raw or ""), most) if is_plain else None)
