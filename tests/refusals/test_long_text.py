"""Every handler × long text in each of its texts: kept whole, or refused; never cut.

A text begins and ends with a mark of its own. Where the beginning is kept or sent without the end, it was cut.
"""

import re
from typing import Any

import pytest

from salestrekker_portal.kernel.errors import DomainError
from tests.refusals.case import Case
from tests.refusals.handlers import Tab
from tests.refusals.place import Place
from tests.refusals.snapshot import rows_of
from tests.refusals.table import CASES
from tests.refusals.test_garbage import _arguments, right_payload
from tests.support.harness import Harness

pytestmark = pytest.mark.slow

FIRST, LAST = "Qbegin", "Qend"
# One more than the limits that there are, and far more than any.
LENGTHS = (41, 81, 121, 161, 201, 255, 301, 401, 501, 2_001, 4_001, 12_001, 50_000)
# What a line shows of a long text says that it goes on.
BEGUN = re.compile(rf"{FIRST}[^\n]*?(?:{LAST}|…|$|(?={FIRST}))", re.MULTILINE)
# Arguments that name a thing or a try; nobody types them.
NAMES_A_THING = re.compile(r"_id$|^number$|^field$|^block$")
SHORTENED_ON_PURPOSE = {
    "contacts_state.search": "what is searched for, kept nowhere",
    "partner_board_state.search": "what is searched for, kept nowhere",
}


def long_text(length: int) -> str:
    """A text of that many characters, emoji among them, with its two marks."""
    middle = length - len(FIRST) - len(LAST)
    return FIRST + ("ā🏡 word " * (middle // 8 + 1))[: middle - 1] + "x" + LAST


def cut_in(told: str) -> list[str]:
    """The texts in it that begin and don't end."""
    return [found[:80] for found in BEGUN.findall(told) if not found.endswith((LAST, "…"))]


def payloads_of(case: Case, ids: dict[str, str]) -> list[dict[str, Any]]:
    """Each text argument and each text of a form, at each length; the rest as the page would send it."""
    right = right_payload(case, ids)
    texts = [name for name in _arguments(case) if not NAMES_A_THING.search(name)]
    found = []
    for length in LENGTHS:
        text = long_text(length)
        found += [{**right, name: text} for name in texts if isinstance(right[name], str)]
        for name, value in right.items():
            if isinstance(value, dict):
                found += [{**right, name: {**value, field: text}} for field in value if isinstance(value[field], str)]
    return found


def test_the_measure_sees_a_cut():
    text = long_text(401)
    assert len(text) == 401 and cut_in(f"('{text}', 3)") == []
    assert cut_in(f"('{text[:400]}', 3)\n") and cut_in(f"('{text[:80]}', '{text}')\n")
    assert cut_in(f"('{text[:80]}…', 3)") == []


@pytest.mark.parametrize("case", [case for case in CASES if _arguments(case)], ids=lambda case: case.handler)
async def test_long_text_is_whole_or_refused(place: Place, case: Case):
    async with Harness() as browser:
        for payload in payloads_of(case, place.ids):
            tab = Tab(browser, case, place, case.rightful)
            await tab.prepare()
            tab.told = ""
            await tab.call(case.handler, payload, strictly=False)
            bugs = [error for error in browser.errors if not isinstance(error, DomainError)]
            assert not bugs, f"{case.handler} broke on {repr(payload)[:200]}: {bugs}"
            if case.handler not in SHORTENED_ON_PURPOSE:
                assert not cut_in(tab.told), f"{case.handler} sent back a cut text"
    assert not cut_in(await rows_of(place)), f"{case.handler} kept a cut text"
