"""Real double and triple clicks on every button that acts, found on the screens: they do what one click does."""

import pytest

from tests.architecture.test_once import acting_handlers
from tests.journeys.pressing.rewind import Rewind
from tests.journeys.pressing.walker import Walk, names_of
from tests.journeys.steps import enter_as
from tests.journeys.test_screens import _deal, screens_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WHO = {"deals": "Alice", "settings": "Alice", "client": "Siobhán", "partner": "Dev"}
PASSWORDS = {"Alice": "alice-likes-long-passwords", "Dev": "dev-likes-long-passwords", "Siobhán": ""}


@pytest.mark.parametrize("part", list(WHO))
def test_more_clicks_do_what_one_does(part, people, own_server, chromium, tmp_path):
    people.base_url = own_server.url
    page = enter_as(people.open(), WHO[part])
    deal = "" if part == "client" else _deal(page)
    cookies = page.context.cookies()
    page.context.close()
    people.pages.clear()
    acting = acting_handlers()
    rewind = Rewind(own_server.data / "portal.db", tmp_path)
    rewind.keep_start()
    once = {name for name, handler in acting.items() if hasattr(handler, "__once__")}
    walk = Walk(chromium, own_server.url, cookies, rewind, once, set(acting), PASSWORDS[WHO[part]])
    for path in screens_of(part, deal):
        walk.screen(path)
    print(f"{part}: {walk.presses} presses; carried: {names_of(walk.carried)}")
    print("\n".join(f"{name}: {why}" for name, why in walk.refused.items() if name not in walk.carried))
    assert not walk.faults, "\n".join(walk.faults)
