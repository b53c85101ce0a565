"""Every `@once` handler × the same press twice: the second changes nothing and is no refusal."""

from uuid import uuid4

import pytest

from salestrekker_portal.portals.events import once
from salestrekker_portal.portals.events.once import answers_kept
from tests.refusals.case import Case, filled
from tests.refusals.handlers import Tab, handlers_by_key
from tests.refusals.place import Place
from tests.refusals.snapshot import rows_of
from tests.refusals.table import CASES
from tests.support.harness import Harness

pytestmark = pytest.mark.slow


def is_once(case: Case) -> bool:
    return hasattr(handlers_by_key()[case.handler].fn, "__once__")


# Nobody is there any more to press again.
ENDS = {"privacy_state.sign_out_everywhere"}
ONCE = [case for case in CASES if is_once(case) and case.control == "changes" and case.handler not in ENDS]


def test_nearly_every_once_handler_is_pressed_here():
    pressed = {case.handler for case in ONCE}
    left = {key for key, handler in handlers_by_key().items() if hasattr(handler.fn, "__once__")} - pressed
    # Codes, proofs and sign-outs of staff and of partners can be tried only by who has them.
    assert len(ONCE) > 60 and len(left) < 26, sorted(left)


async def press(tab: Tab, case: Case, place: Place, intention: object, **more: object) -> None:
    await tab.call(case.handler, {**filled(case.payload, place.ids), "_intention": intention, **more})


@pytest.mark.parametrize("case", ONCE, ids=lambda case: case.handler)
async def test_the_second_press_has_no_effect(place: Place, case: Case):
    async with Harness() as browser:
        for handler, payload in case.given:
            await Tab(browser, case, place, case.rightful).call(handler, filled(payload, place.ids))
        tab = Tab(browser, case, place, case.rightful)
        await tab.prepare()
        before, meant = await rows_of(place), str(uuid4())
        await press(tab, case, place, meant)
        assert not tab.refused, browser.refusal
        await answers_kept()
        first = await rows_of(place)
        assert first != before
        told = [event for event in browser.events if "Settled" not in event]
        await press(tab, case, place, meant)
        assert not tab.refused, f"the second press was refused: {browser.refusal}"
        assert await rows_of(place) == first
        again = [event for event in browser.events if "Settled" not in event]
        assert again == told, "the second press was answered otherwise than the first"
        assert any(meant in event for event in browser.events), "the button stays as it was"
        # The same in another process, and in this one after a restart.
        once._answers.clear()  # as after a restart
        await press(tab, case, place, meant, _again=True)
        assert not tab.refused and await rows_of(place) == first
        anew = [event for event in browser.events if "Settled" not in event]
        assert anew == told, "after a restart the answer is another"


@pytest.mark.parametrize("junk", ["", "x" * 5000, 7, None, ["a"], {"a": 1}, "' or 1=1"])
async def test_an_intention_that_no_browser_makes_counts_as_none(place: Place, junk: object):
    case = next(case for case in ONCE if case.handler == "deal_notes_state.save")
    async with Harness() as browser:
        tab = Tab(browser, case, place, case.rightful)
        await tab.prepare()
        before = await rows_of(place)
        await press(tab, case, place, junk)
        assert not tab.refused and await rows_of(place) != before


async def test_a_refused_press_keeps_nothing_so_that_it_can_be_corrected(place: Place):
    case = next(case for case in ONCE if case.handler == "deal_notes_state.save")
    async with Harness() as browser:
        tab = Tab(browser, case, place, case.rightful)
        await tab.prepare()
        before, meant = await rows_of(place), str(uuid4())
        empty = {name: {"text": ""} for name in case.payload}
        await tab.call(case.handler, {**empty, "_intention": meant})
        assert await rows_of(place) == before
        await press(tab, case, place, meant)
        assert await rows_of(place) != before
