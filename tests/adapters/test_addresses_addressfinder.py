"""Addressfinder through the shipped adapter, against one that speaks its API; and what keeps it out of people's way."""

import asyncio
from collections.abc import Iterator

import pytest

from salestrekker_portal import wiring
from salestrekker_portal.adapters.addresses_addressfinder import Addressfinder, region_value
from salestrekker_portal.config import BadSettings, Settings, read_settings
from salestrekker_portal.domains.fact_find.finding import AT_ONCE, FAILURES, REST_SECONDS, Finder, ProviderFailed
from tests.adapters.twins.addressfinder import AddressfinderTwin
from tests.adapters.twins.server import Fault

WAIT = 0.4


@pytest.fixture
def twin() -> Iterator[AddressfinderTwin]:
    running = AddressfinderTwin()
    yield running
    running.stop()


def _provider(twin: AddressfinderTwin, **facts) -> Addressfinder:
    return Addressfinder(**{"key": twin.key, "secret": twin.secret, "api_base": twin.url, **facts})


async def test_an_australian_address_is_found_and_taken_apart(twin):
    provider = _provider(twin)
    [found] = await provider.find("au", "14 wattletree")
    assert found.line == "Unit 3, 14 Wattletree Parade, Lambton NSW 2299"
    assert await provider.parts_of("au", found.key) == {
        "unit": "3", "street_number": "14", "street_name": "Wattletree", "street_type": "parade", "suburb": "Lambton",
        "state": "nsw", "postcode": "2299",
    }  # fmt: skip


async def test_one_of_new_zealand_too(twin):
    provider = _provider(twin)
    [found] = await provider.find("nz", "8A example")
    assert await provider.parts_of("nz", found.key) == {
        "street_number": "8A", "street_name": "Example", "street_type": "road", "suburb": "Karori",
        "region": "Wellington", "nz_region": "wellington", "postcode": "6012",
    }  # fmt: skip
    assert region_value("Manawatu-Whanganui") == "manawatu_whanganui" and region_value("Elsewhere") == ""


async def test_only_what_was_typed_leaves(twin):
    await _provider(twin).find("au", "14 wattletree")
    assert twin.asked == ["14 wattletree"]
    assert set(twin.seen[0]) <= {"host", "accept", "accept-encoding", "connection", "user-agent", "authorization"}


@pytest.mark.parametrize("fault", [each for each in Fault if each is not Fault.TAKEN_SLOW])
async def test_whatever_goes_wrong_nothing_is_offered_and_the_next_try_works(twin, fault):
    finder = Finder(_provider(twin), wait=WAIT)
    twin.fail_next(fault)
    assert await finder.find("au", "14 wattletree") == []
    assert len(await finder.find("au", "14 wattletree")) == 1
    twin.fail_next(fault)
    assert await finder.parts_of("au", "one") == {}


async def test_a_wrong_secret_and_an_address_that_is_gone_offer_nothing(twin):
    assert await Finder(_provider(twin, secret="another")).find("au", "14 wattletree") == []
    assert await Finder(_provider(twin)).parts_of("au", "two") == {}
    assert await Finder(_provider(twin, api_base="http://127.0.0.1:1")).find("au", "14 wattletree") == []


async def test_a_slow_provider_is_left_and_then_left_alone_for_a_minute(twin):
    at = [0.0]
    finder = Finder(_provider(twin), wait=0.05, now=lambda: at[0])
    twin.delay = 0.3
    for _ in range(FAILURES):
        assert await finder.find("au", "14 wattletree") == []
    twin.delay, before = 0.0, twin.requests
    assert await finder.find("au", "14 wattletree") == [] and twin.requests == before, "it rests"
    at[0] = REST_SECONDS + 1
    finder._wait = WAIT
    assert len(await finder.find("au", "14 wattletree")) == 1


async def test_few_questions_are_out_at_once_and_the_rest_are_not_waited_for():
    begun, let_go = [], asyncio.Event()

    class Slow:
        async def find(self, country, typed):
            begun.append(typed)
            await let_go.wait()
            return []

        async def parts_of(self, country, key):
            raise ProviderFailed

    finder = Finder(Slow(), wait=5)
    asking = [asyncio.create_task(finder.find("au", f"{n} example")) for n in range(AT_ONCE + 5)]
    await asyncio.sleep(0.05)
    assert len(begun) == AT_ONCE and sum(each.done() for each in asking) == 5
    let_go.set()
    await asyncio.gather(*asking)


async def test_too_little_asks_nobody(twin):
    finder = Finder(_provider(twin))
    for typed in ("", "14", "x" * 201):
        assert await finder.find("au", typed) == []
    assert twin.requests == 0


def test_it_is_off_until_both_halves_are_set(monkeypatch):
    assert wiring.address_finder() is None
    monkeypatch.setattr(wiring, "settings", lambda: Settings(addressfinder_key="k", addressfinder_secret="s"))
    assert isinstance(wiring.address_finder(), Finder)
    with pytest.raises(BadSettings, match="PORTAL_ADDRESSFINDER_SECRET"):
        read_settings({"PORTAL_ADDRESSFINDER_KEY": "k"})
