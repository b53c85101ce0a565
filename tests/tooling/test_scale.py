"""docs/scale.md says what its arithmetic gives, and the simulation can tell a busy process from an idle one."""

import pytest

from benchmarks.scale import answered_within, need, processes_for, table
from salestrekker_portal.build import ROOT


def test_the_page_has_the_table():
    assert table() in (ROOT / "docs" / "scale.md").read_text()


def test_a_queue_grows_with_what_comes():
    idle, busy = (answered_within(rate, several=False) for rate in (5, 200))
    assert idle < busy and processes_for(1)[0] == 1 < processes_for(1_000)[0]


@pytest.mark.parametrize("brokers", [1, 200_000])
def test_any_size_has_an_answer(brokers):
    found = need(brokers)
    assert found.processes >= 1 and found.p95_ms <= 150 and found.monthly > 0
