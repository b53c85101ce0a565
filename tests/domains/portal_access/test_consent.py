"""Consent: to exactly what was shown, kept with version, time and address; and where the first login leads."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.portal_access import consent
from salestrekker_portal.kernel.errors import Conflict, NotSignedIn
from salestrekker_portal.tables.documents import Slot
from salestrekker_portal.tables.organisations import PortalSettings, PrivacyMode
from salestrekker_portal.tables.portal_access import PortalAccess
from tests import factories as make
from tests.domains.portal_access.world import invite, ready_deal

pytestmark = pytest.mark.usefixtures("database")


async def _robin(cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    return deal, replace(cast.kim, id=robin.id, name=robin.name, access_id=access.id, deal_id=deal.id, consented=False)


async def test_a_client_agrees_to_the_versions_they_were_shown(cast, frozen_clock):
    _, robin = await _robin(cast)
    async with transaction() as session:
        readings = await consent.to_read(session, robin)
        assert [reading.name for reading in readings] == ["Credit guide", "Privacy disclosure"]
        await consent.give_consent(session, robin, [each.key for each in readings], address="203.0.113.9")
    async with reading() as session:
        (receipt,) = await consent.consents_of(session, robin.access_id)
        assert (receipt.agreed_at, receipt.from_address) == (frozen_clock, "203.0.113.9")
        assert [each["version"] for each in receipt.documents] == ["4", "4"]
        assert (await session.get(PortalAccess, robin.access_id)).consented_at == frozen_clock


async def test_agreeing_to_anything_else_is_refused(cast):
    deal, robin = await _robin(cast)
    async with transaction() as session:
        shown = [each.key for each in await consent.to_read(session, robin)]
        await make.make_document(session, deal, cast.alice_user, "New.pdf", slot=Slot.CREDIT_GUIDE, slot_version="5")
    for keys in (shown, [], ["document:nonsense"]):
        with pytest.raises(Conflict, match="changed"):
            async with transaction() as session:
                await consent.give_consent(session, robin, keys, address="")
    async with reading() as session:
        assert (await session.get(PortalAccess, robin.access_id)).consented_at is None


async def test_a_revoked_client_can_not_agree(cast):
    _, robin = await _robin(cast)
    async with transaction() as session:
        readings = await consent.to_read(session, robin)
        access = await session.get(PortalAccess, robin.access_id)
        access.revoked_at = access.created_at
    with pytest.raises(NotSignedIn):
        async with transaction() as session:
            await consent.give_consent(session, robin, [each.key for each in readings], address="")


async def test_a_link_is_what_there_is_to_read_in_link_mode(cast):
    _, robin = await _robin(cast)
    async with transaction() as session:
        settings = await session.scalar(select(PortalSettings).where(PortalSettings.organisation_id == cast.firm.id))
        settings.privacy_mode, settings.privacy_url = PrivacyMode.LINK, "https://example.com/privacy"
    async with reading() as session:
        papers = await consent.to_read(session, robin)
    only = papers[0]
    # The page stands for the privacy disclosure alone: the credit guide is given all the same.
    assert [each.name for each in papers] == ["Privacy disclosure", "Credit guide"]
    assert only.url == "https://example.com/privacy"


async def test_oracle_7_the_brokers_own_setting_decides_what_comes_first(cast):
    async with reading() as session:
        assert await consent.profile_comes_first(session, cast.kim)
    async with transaction() as session:
        session.add(
            PortalSettings(organisation_id=cast.firm.id, user_id=cast.alice_user.id, profile_at_first_login=False)
        )
    async with reading() as session:
        assert not await consent.profile_comes_first(session, cast.kim)
