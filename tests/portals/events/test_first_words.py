"""What a page is told first: everything, where the tab had a page before whose last answers may come here too."""

import reflex.state
from reflex.state import State

from tests.cast import Cast
from tests.support.harness import Harness


async def test_only_a_tab_that_never_had_a_page_is_spared_what_it_has(sqlite, cast: Cast, monkeypatch) -> None:
    spared = []

    async def diff(_root, delta, hashes):
        spared.append(hashes)
        return delta

    monkeypatch.setattr(reflex.state, "_diff_against_initial_state", diff)
    async with Harness() as browser:
        browser.is_loaded_anew = False
        for tab in ("one", "one", "two"):
            seat = {"cookie": cast.cookies["alice"], "path": "/board", "tab": tab}
            await browser.call(State.hydrate_and_load, {"hashes": [tab]}, **seat)
    assert spared == [["one"], ["two"]]
