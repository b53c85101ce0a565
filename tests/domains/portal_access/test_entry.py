"""The door: PINs right and wrong, links of every age, and what may be asked for without being let in."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access.throttles import PIN_TRIES_PER_ADDRESS
from salestrekker_portal.domains.clients import revoking
from salestrekker_portal.domains.clients import sharing as service
from salestrekker_portal.domains.portal_access import delivery, entry
from salestrekker_portal.domains.signing_in.devices import remember_device
from salestrekker_portal.kernel import clock
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.domains.portal_access.world import invite, newest_pin, newest_token, ready_deal, sent
from tests.support.later import a_little_later

pytestmark = pytest.mark.usefixtures("database")


async def _try(token, pin, address="203.0.113.9", device=""):
    async with transaction() as session:
        return await entry.enter(session, token, pin, address=address, device=device)


async def _knows(access) -> str:
    """A browser in which this client has been before."""
    async with transaction() as session:
        return await remember_device(session, Portal.CLIENT, access.id, "", address="203.0.113.9", browser="Safari")


def _wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 1_000_000:06d}"


async def test_the_right_pin_lets_in_with_spaces_and_a_leading_zero(cast, monkeypatch):
    monkeypatch.setattr(delivery, "new_pin", lambda: "012345")
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    token = await newest_token()
    assert (await _try(token, "12345")).access is None
    entered = await _try(token, " 012 345 ")
    assert entered.access.id == access.id and entered.access.first_seen_at is not None


@pytest.mark.parametrize("spelt", ["012-345", "\u200e012\u00a0345\u200f", "０１２３４５", "٠١٢٣٤٥", "012\u2011345"])
async def test_the_right_pin_lets_in_however_a_phone_pastes_it(cast, monkeypatch, spelt):
    monkeypatch.setattr(delivery, "new_pin", lambda: "012345")
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    assert (await _try(await newest_token(), spelt)).access.id == access.id


async def test_a_pin_that_was_used_is_good_where_it_was_and_for_as_long_as_it_is_used(cast, frozen_clock):
    """S0-15, S1-32: the link goes on for a year; the PIN moves neither to another device nor into another month."""
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    token, pin = await newest_token(), await newest_pin()
    assert (await _try(token, pin)).access.id == access.id
    device = await _knows(access)
    elsewhere = await _try(token, pin)
    assert elsewhere.asks_fresh and elsewhere.access is None
    for days in (29, 58):
        clock.freeze(frozen_clock + timedelta(days=days))
        assert (await _try(token, pin, device=device)).access.id == access.id
    clock.freeze(frozen_clock + timedelta(days=88))
    assert (await _try(token, pin, device=device)).asks_fresh
    clock.freeze(frozen_clock + timedelta(days=365))
    async with transaction() as session:
        assert await entry.ask_for_pin(session, token, address="203.0.113.9")
    assert (await _try(token, await newest_pin())).access.id == access.id


async def test_a_pin_that_nobody_used_for_a_month_is_sent_anew(cast, frozen_clock):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    token, pin = await newest_token(), await newest_pin()
    clock.freeze(frozen_clock + timedelta(days=29))
    assert not (await _try(token, _wrong(pin))).asks_fresh
    clock.freeze(frozen_clock + timedelta(days=30))
    assert (await _try(token, pin)).asks_fresh
    async with reading() as session:
        assert (await session.get(PortalAccess, access.id)).wrong_pins == 1, "what is not looked at is no wrong try"


async def test_who_is_known_comes_in_while_somebody_guesses(cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    token, pin = await newest_token(), await newest_pin()
    await _try(token, pin)
    device = await _knows(access)
    for _ in range(6):
        await _try(token, _wrong(pin), address="203.0.113.66", device=device)
    assert (await _try(token, pin, address="203.0.113.66", device=device)).access.id == access.id


async def test_five_wrong_pins_lock_it_until_a_new_one_is_sent(cast, frozen_clock):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    token, pin = await newest_token(), await newest_pin()
    for left in ("4 tries", "3 tries", "2 tries", "1 try"):
        assert left in (await _try(token, _wrong(pin))).errors["pin"]
    assert "fifth" in (await _try(token, _wrong(pin))).errors["pin"]
    assert (await _try(token, pin)).access is None
    clock.freeze(frozen_clock.replace(minute=frozen_clock.minute + 2))
    async with transaction() as session:
        await service.send_new_pin(session, cast.alice, access.id)
    assert (await _try(token, pin)).access is None or pin == await newest_pin()
    assert (await _try(token, await newest_pin())).access is not None


async def test_one_address_can_not_try_pins_without_end(cast):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    token = await newest_token()
    for _ in range(PIN_TRIES_PER_ADDRESS):
        await _try(token, "000")
    with pytest.raises(Conflict):
        await _try(token, await newest_pin())
    assert (await _try(token, await newest_pin(), address="203.0.113.10")).access is not None


@pytest.mark.parametrize("pin", [None, 123456, ["1"], {"pin": 1}, "", "１２３４５", "12345a", "1" * 5000])
async def test_what_is_not_a_pin_is_refused_without_costing_a_try(cast, pin):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    assert (await _try(await newest_token(), pin)).access is None
    async with reading() as session:
        assert (await session.get(PortalAccess, access.id)).wrong_pins == 0


@pytest.mark.parametrize("token", [None, 7, "", "nonsense", "x" * 300, ["a"]])
async def test_what_is_not_a_link_opens_nothing(cast, token):
    async with reading() as session:
        assert (await entry.look_at_link(session, token)).state is entry.LinkState.UNKNOWN
    assert (await _try(token, "123456")).errors == {"": entry.NO_ENTRY}


async def test_a_replaced_link_opens_nothing_but_sends_the_current_one_to_its_owner(cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    old = await newest_token()
    await a_little_later()
    async with transaction() as session:
        await service.resend(session, cast.alice, access.id)
    assert (await _try(old, await newest_pin())).access is None
    async with transaction() as session:
        await entry.send_current_link(session, old, address="203.0.113.9")
    ((mail, content),) = await sent(Channel.EMAIL, "portal.link_again")
    assert mail.recipient == "robin@example.com"
    assert content.link.endswith(await newest_token())
    with pytest.raises(Conflict):
        async with transaction() as session:
            await entry.send_current_link(session, await newest_token(), address="203.0.113.9")


async def test_a_revoked_link_opens_nothing_and_sends_nothing(cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    token, pin = await newest_token(), await newest_pin()
    async with transaction() as session:
        await revoking.revoke(session, cast.alice, access.id)
    assert (await _try(token, pin)).access is None
    for ask in (entry.ask_for_pin, entry.send_current_link):
        with pytest.raises(Conflict):
            async with transaction() as session:
                await ask(session, token, address="203.0.113.9")


async def test_a_client_asks_for_a_new_pin_after_the_cool_down_and_not_for_ever(cast, frozen_clock):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    token = await newest_token()
    await a_little_later()
    with pytest.raises(Conflict, match="seconds"):
        async with transaction() as session:
            await entry.ask_for_pin(session, token, address="203.0.113.9")

    async def ask(hour: int, minute: int):
        clock.freeze(frozen_clock + timedelta(hours=hour, minutes=minute))
        async with transaction() as session:
            assert await entry.ask_for_pin(session, token, address="203.0.113.9")

    for hour, minute in ((0, 2), (0, 20), (0, 40), (2, 0), (2, 20), (2, 40)):
        if minute == 40:
            await ask(hour, minute)
            with pytest.raises(Conflict, match="an hour and six a day"):
                await ask(hour, minute + 10)
        else:
            await ask(hour, minute)
    with pytest.raises(Conflict, match="an hour and six a day"):
        await ask(23, 0)
    await ask(24, 3)


async def test_no_pin_is_kept_in_the_clear(cast):
    deal, robin = await ready_deal(cast)
    await invite(cast, deal, robin)
    pin = await newest_pin()
    async with reading() as session:
        (access,) = await session.scalars(select(PortalAccess).where(PortalAccess.deal_id == deal.id))
        assert pin not in str(access.model_dump())
    assert all(pin not in row.sealed and pin not in row.dedupe_key for row, _ in await sent(Channel.SMS))
