"""A search leads to every screen of the bar, the board and the settings, for whoever may open it."""

from salestrekker_portal.kernel.names import needles
from salestrekker_portal.portals.broker.around.keys import GO
from salestrekker_portal.portals.broker.search.places import PLACES, places_for
from salestrekker_portal.portals.settings.here import ACCOUNT, ORGANISATION
from tests.cast import Cast

VIEWS = ["/board", "/board?view=list", "/board?view=forecast", "/board?view=calendar"]
BAR = [to for to in GO.values() if to != "/settings"]


def test_every_screen_of_the_bar_the_board_and_the_settings_is_a_place_once() -> None:
    led_to = [place.path for place in PLACES]
    assert len(led_to) == len(set(led_to))
    assert not {*VIEWS, *BAR, *(path for _, _, path, _ in (*ACCOUNT, *ORGANISATION))} - set(led_to)


async def test_each_is_found_by_its_name_by_who_may_open_it(sqlite, cast: Cast) -> None:
    for place in PLACES:
        words = needles(place.words)
        for who in (cast.alice, cast.bob):
            found = place in places_for(who, words)
            assert found is (place.needs is None or who.may(place.needs)), (place.words, who.name)
