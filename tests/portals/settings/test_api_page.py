"""Settings, API and webhooks, through the gate: what is secret is shown once."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading
from salestrekker_portal.domains.api_tokens.bearers import actor_with
from salestrekker_portal.portals.settings.api.state import ApiKeysState
from salestrekker_portal.portals.settings.api.webhooks_state import WebhooksState
from salestrekker_portal.tables.webhooks import Webhook
from tests.support.harness import Harness


@pytest.fixture
async def browser(sqlite):
    async with Harness() as harness:
        yield harness


async def opens(secret: str) -> bool:
    async with reading() as session:
        return await actor_with(session, secret) is not None


async def test_a_key_is_shown_once_and_ended(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": "/settings/api"}
    state = await browser.call(ApiKeysState.make, **seat, form={"name": " "})
    assert set(state.errors) == {"name", "scopes"} and not state.made
    form = {"name": "Website form", "scope-leads:write": "on", "scope-deals:read": "on"}
    state = await browser.call(ApiKeysState.make, **seat, form=form)
    secret, (line,) = state.made, state.lines
    assert not state.errors and state.saved and await opens(secret)
    assert (line["name"], line["ending"]) == ("Website form", secret[-4:])
    assert line["about"] == "deals:read, leads:write · made by Alice O’Rourke · never used"
    state = await browser.call(ApiKeysState.load, **seat)
    assert not state.made and secret not in str(state.lines)
    state = await browser.call(ApiKeysState.end, **seat, key_id=line["id"])
    assert state.lines == [] and not await opens(secret)


async def test_an_address_is_added_with_its_secret_and_removed(browser, cast):
    seat = {"cookie": cast.cookies["alice"], "path": "/settings/api"}
    state = await browser.call(WebhooksState.add, **seat, form={"url": "https://10.0.0.1/", "event-deal.moved": "on"})
    assert set(state.errors) == {"url"}
    form = {"url": "https://crm.example.com/hook", "event-deal.moved": "on", "event-lead.added": "on"}
    state = await browser.call(WebhooksState.add, **seat, form=form)
    (line,) = state.lines
    assert state.made.startswith("whsec_") and line["url"] == form["url"] and line["log"] == []
    assert line["events"] == "A deal moved to another stage · A partner referred somebody"
    state = await browser.call(WebhooksState.end, **seat, address_id=line["id"])
    assert state.lines == [] and not state.made
    async with reading() as session:
        assert (await session.scalars(select(Webhook))).one().ended_at is not None
