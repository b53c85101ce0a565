"""Every page can be drawn: a page that can't would stop the whole build."""

import pytest

from salestrekker_portal.portals import every_page  # noqa: F401  registers the pages
from salestrekker_portal.portals.pages import REGISTRY


@pytest.mark.parametrize("route", sorted(REGISTRY))
def test_a_page_can_be_drawn(route):
    assert REGISTRY[route].build().render()
