"""Picking a suburb in a tab: every part is acknowledged, and nonsense from a browser is refused."""

import pytest

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.fact_find.questions import _offered
from salestrekker_portal.domains.fact_find.whole import read_whole
from salestrekker_portal.portals.broker.profile.state import BrokerProfileState
from salestrekker_portal.portals.client.profile.state import ClientProfileState
from salestrekker_portal.portals.shared.profile.screen import fields_in
from tests.support.harness import Harness

PICKED = {"suburb": ["Lambton", 0, "1"], "state": ["nsw", 0, "2"], "postcode": ["2299", 0, "3"]}


def _suburb(cast) -> str:
    return f"applicant.addresses:{cast.kim_contact.id}:-:current_suburb"


async def _kept(cast) -> dict[str, str]:
    async with reading() as session:
        whole = await read_whole(session, cast.alice, cast.deal.id)
    return {key: each.raw for copy in whole.copies if copy.section.key == "addresses"
            for key, each in copy.answers.items()}  # fmt: skip


@pytest.mark.parametrize("state", [ClientProfileState, BrokerProfileState])
async def test_each_part_is_acknowledged_and_the_others_come_after_their_own_numbers(sqlite, cast, state):
    client = state is ClientProfileState
    seat = {
        "cookie": cast.cookies["kim" if client else "alice"],
        "path": "/portal/profile/applicant.addresses"
        if client
        else f"/deals/{cast.deal.id}/profile?page=applicant&of={cast.kim_contact.id}",
    }
    async with Harness() as browser:
        page = await browser.call(state.load, **seat)
        offered = {each["key"]: (each["offers"], each["land"]) for each in fields_in(page.blocks)}
        assert offered["current_suburb"] == offered["current_postcode"] == ("suburb", "au")
        assert offered["current_street_name"] == ("", "")
        page = await browser.call(state.pick, {"field": _suburb(cast), "parts": PICKED}, **seat)
        acks = {key.rpartition(":")[2]: (ack["number"], ack["version"]) for key, ack in page.acks.items()}
        assert acks == {"current_suburb": ("1", 1), "current_state": ("2", 1), "current_postcode": ("3", 1)}
        assert page.saved.startswith("Saved ")
    assert (await _kept(cast))["current_postcode"] == "2299"


@pytest.mark.parametrize(
    "parts",
    [
        None, [], {}, "x", {"suburb": "Lambton"}, {"suburb": ["Lambton"]}, {"suburb": [1, 0, "1"]},
        {"moon": ["x", 0, "1"]}, {"suburb": ["x", 0, "1"], "first_name": ["x", 0, "1"]}, {"suburb": [None, None, None]},
    ],
)  # fmt: skip
async def test_nonsense_is_refused_and_nothing_is_kept(sqlite, cast, parts):
    seat = {"cookie": cast.cookies["kim"], "path": "/portal/profile/applicant.addresses"}
    async with Harness() as browser:
        await browser.call(ClientProfileState.load, **seat)
        await browser.call(ClientProfileState.pick, {"field": _suburb(cast), "parts": parts}, **seat)
        name = _suburb(cast).replace("current_suburb", "living_arrangement")
        await browser.call(ClientProfileState.pick, {"field": name, "parts": PICKED}, **seat)
    assert await _kept(cast) == {}


def test_nothing_is_offered_abroad():
    from salestrekker_portal.domains.questions.catalogue.living import ADDRESSES

    field = ADDRESSES.field("current_suburb")
    assert _offered(ADDRESSES, field, {"current_country": "nz"}, {}) == ("suburb", "nz")
    assert _offered(ADDRESSES, field, {"current_country": "hk"}, {}) == ("", "")
    assert _offered(ADDRESSES, field, {}, {}) == ("suburb", "au")
