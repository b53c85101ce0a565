"""What partners are told: as far as their firm allows, and only what they asked for (S4-22, S4-23, P-04 to P-07)."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.firm.partner_settings import allow_event, partner_settings_of
from salestrekker_portal.domains.notes.service import add_note
from salestrekker_portal.domains.partners.preferences import choose_update, own_updates
from salestrekker_portal.domains.signing_in.sessions import actor_of, open_session
from salestrekker_portal.kernel.errors import Conflict, Invalid, NotPermitted
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.notifications import PartnerPreference, Why
from salestrekker_portal.tables.organisations import Organisation
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.partners import Partner, PartnerMembership
from tests.domains.notifications.world import queued, skipped, tell

pytestmark = pytest.mark.usefixtures("database")


async def _choose(actor, key="partner_note", channel=Channel.EMAIL, *, on=True):
    async with transaction() as session:
        await choose_update(session, actor, key=key, channel=channel, on=on)


async def _allow(actor, key="partner_note", *, on=False):
    async with transaction() as session:
        await allow_event(session, actor, key, on=on)


async def _updates(actor):
    async with reading() as session:
        found = await own_updates(session, actor)
    return found, {each.event.key: each for each in found.choices}


async def _phone(cast, number):
    async with transaction() as session:
        (await session.get(Partner, cast.priya_partner.id)).phone = number


async def test_the_firms_no_counts_more_than_the_partners_yes(cast):
    """P-06: stored on, and nothing leaves; the page says who turned it off, and the broker reads why."""
    await _choose(cast.priya)
    await _allow(cast.alice)
    found, choices = await _updates(cast.priya)
    assert found.firm == "Harbour Finance"
    assert not choices["partner_note"].allowed and choices["partner_note"].wanted.email
    async with transaction() as session:
        await add_note(session, cast.alice, cast.deal.id, "A word", with_partner=True)
    await tell()
    assert await queued("notice.partner_note") == []
    assert [each.why for each in await skipped()] == [Why.OFF_BY_FIRM]
    await _allow(cast.alice, on=True)
    assert (await _updates(cast.priya))[1]["partner_note"].allowed


async def test_what_the_firm_turned_off_cannot_be_turned_on(cast):
    await _allow(cast.alice)
    with pytest.raises(Conflict, match="turned off by Harbour Finance"):
        await _choose(cast.priya)
    await _choose(cast.priya, on=False)


async def test_a_partner_is_told_once_they_ask_for_it(cast):
    """S4-22."""
    await _choose(cast.priya)
    async with transaction() as session:
        await add_note(session, cast.alice, cast.deal.id, "A word", with_partner=True)
    await tell()
    assert [each.recipient for each in await queued("notice.partner_note")] == ["priya@example.com"]


async def test_sms_needs_a_phone_and_a_firm_that_sends_sms(cast):
    """S4-24."""
    await _phone(cast, None)
    with pytest.raises(Conflict, match="My account"):
        await _choose(cast.priya, channel=Channel.SMS)
    await _phone(cast, "+61491570110")
    await _choose(cast.priya, channel=Channel.SMS)
    async with transaction() as session:
        (await session.get(Organisation, cast.firm.id)).sms_enabled = False
    with pytest.raises(Conflict, match="SMS"):
        await _choose(cast.priya, "partner_file", Channel.SMS)
    assert not (await _updates(cast.priya))[0].may_text


async def test_each_firm_has_choices_of_its_own(cast):
    async with transaction() as session:
        session.add(PartnerMembership(partner_id=cast.priya_partner.id, organisation_id=cast.other_firm.id))
        token = await open_session(
            session, portal=Portal.PARTNER, organisation_id=cast.other_firm.id, hours=1,
            partner_id=cast.priya_partner.id,
        )  # fmt: skip
        await session.flush()
        elsewhere = await actor_of(session, Portal.PARTNER, token)
    await _choose(cast.priya)
    await _allow(cast.mallory, "partner_stage")
    here, there = (await _updates(cast.priya))[1], (await _updates(elsewhere))[1]
    assert here["partner_note"].wanted.email and not there["partner_note"].wanted.email
    assert here["partner_stage"].allowed and not there["partner_stage"].allowed


async def test_only_partners_choose_and_only_admins_allow(cast):
    for actor in (cast.alice, cast.bob, cast.kim):
        with pytest.raises(NotPermitted):
            await _choose(actor)
        with pytest.raises(NotPermitted):
            await _updates(actor)
    for actor in (cast.bob, cast.kim, cast.priya):
        with pytest.raises(NotPermitted):
            await _allow(actor)
    await _allow(cast.mallory)
    async with reading() as session:
        assert (await partner_settings_of(session, cast.alice)).notifications in ({}, None)
        assert (await session.scalars(select(PartnerPreference))).all() == []


@pytest.mark.parametrize("key", ["", "note_shared", "client_wrote", None, 7, "x" * 9999, ["partner_note"]])
async def test_only_partner_events_exist_here(cast, key):
    with pytest.raises(Invalid):
        await _choose(cast.priya, key)
    with pytest.raises(Invalid):
        await _allow(cast.alice, key)
