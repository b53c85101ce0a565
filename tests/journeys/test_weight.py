"""The budget of a client's first visit, often on a phone in a car park."""

import pytest

from benchmarks.weight import measure

pytestmark = pytest.mark.browser

JAVASCRIPT_BUDGET = 230_000
CSS_BUDGET = 25_000


@pytest.mark.parametrize("path", ["/portal/an-unknown-link", "/sign-in"])
def test_first_visit_stays_within_the_budget(chromium, server, path: str) -> None:
    weight = measure(chromium, server.url + path)
    assert 50_000 < weight.javascript <= JAVASCRIPT_BUDGET, weight.heaviest  # too little: it did not load
    assert 0 < weight.css <= CSS_BUDGET, weight.heaviest
