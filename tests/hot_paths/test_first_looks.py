"""The first answer of a page at ten thousand deals: few statements, no scan, few bytes."""

import gzip

import pytest

from salestrekker_portal.portals import every_page  # noqa: F401  registers every look
from salestrekker_portal.portals.http.first_looks import LEVEL, LOOKS, written
from tests.hot_paths.screens import WHO
from tests.hot_paths.test_hot_paths import within
from tests.refusals.place import Place

pytestmark = pytest.mark.slow

# Statements, session look-up included, and bytes as they travel.
BUDGETS = {"/board": (4, 12_000), "/portal": (12, 2_000)}


def test_every_look_has_a_budget() -> None:
    assert set(BUDGETS) == set(LOOKS)


@pytest.mark.parametrize("route", sorted(BUDGETS))
async def test_a_first_look_is_cheap_however_large_the_firm(big: Place, route: str) -> None:
    statements, size = BUDGETS[route]
    cookie = big.cookies[WHO[LOOKS[route].portal]]
    async with within(statements):
        look = await written(LOOKS[route], cookie, "")
    assert 300 < len(gzip.compress(look.encode(), LEVEL)) <= size
