"""Every `@once` handler while the disk is full: nothing is written, a sentence says so, and no screen says "Saved"."""

from uuid import uuid4

import pytest

from salestrekker_portal.kernel.errors import NO_ROOM
from tests.refusals.case import Case, filled
from tests.refusals.handlers import Tab, handlers_by_key
from tests.refusals.place import Place
from tests.refusals.snapshot import rows_of
from tests.refusals.test_busy_routes import InTheWay
from tests.refusals.test_once import ONCE, press
from tests.support.harness import Harness

pytestmark = pytest.mark.slow
FULL = "database or disk is full"


@pytest.mark.parametrize("case", ONCE, ids=lambda case: case.handler)
async def test_a_full_disk_is_said_and_nothing_is_saved(place: Place, case: Case):
    async with Harness() as browser:
        for handler, payload in case.given:
            await Tab(browser, case, place, case.rightful).call(handler, filled(payload, place.ids))
        tab = Tab(browser, case, place, case.rightful)
        await tab.prepare()
        before = await rows_of(place)
        with InTheWay(1000, FULL) as full:
            await press(tab, case, place, str(uuid4()))
        assert full.met, "it wrote nothing at all"
        assert await rows_of(place) == before
        state = await browser.state(handlers_by_key()[case.handler].state)
        saved = getattr(state, "saved", "")
        assert not (isinstance(saved, str) and saved), "it says Saved"
        words = " ".join([*(str(error) for error in browser.errors), *browser.events, *map(str, vars_of(state))])
        assert NO_ROOM in words or NO_ROOM[:60] in words, words[-600:]


def vars_of(state: object) -> list[object]:
    """What the screen shows: a refusal may stand beside its field."""
    return [getattr(state, name, "") for name in ("errors", "error", "refusal", "text")]
