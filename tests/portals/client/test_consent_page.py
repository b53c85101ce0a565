"""What the consent page says where the firm's privacy disclosure is a page on the web."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import transaction
from salestrekker_portal.domains.documents.rules import SLOT_NAMES, SLOTS
from salestrekker_portal.portals.client.consent.state import ConsentState
from salestrekker_portal.tables.documents import Slot
from salestrekker_portal.tables.organisations import Country, Organisation, PortalSettings, PrivacyMode
from salestrekker_portal.tables.portal_access import PortalAccess
from tests import factories as make
from tests.support.harness import Harness

PAGE = "https://harbour.example.com/privacy"


@pytest.mark.parametrize(("country", "papers"), [(Country.AU, 1), (Country.NZ, 3)])
async def test_a_page_stands_for_the_privacy_disclosure_only_and_nobody_sums_it_up(sqlite, cast, country, papers):
    async with transaction() as session:
        (await session.get(Organisation, cast.firm.id)).country = country
        (await session.get(PortalAccess, cast.kim_access.id)).consented_at = None
        found = select(PortalSettings).where(PortalSettings.organisation_id == cast.firm.id)
        settings = (await session.scalars(found)).one()
        settings.privacy_mode, settings.privacy_url = PrivacyMode.LINK, PAGE
        for slot in SLOTS[country]:
            await make.make_document(session, cast.deal, cast.alice_user, f"{slot}.pdf", slot=slot, slot_version="4")
    async with Harness() as browser:
        state = await browser.call(ConsentState.load, cookie=cast.cookies["kim"], path="/portal/consent")
    page, *rest = state.readings
    assert (page["href"], page["short"], page["name"]) == (PAGE, [], "Privacy disclosure")
    expected = [SLOT_NAMES[slot] for slot in SLOTS[country] if slot is not Slot.PRIVACY_DISCLOSURE]
    assert [each["name"] for each in rest] == expected and len(rest) == papers
    assert all(each["short"] for each in rest)


async def test_one_page_alone_is_one_thing_to_read(sqlite, cast):
    async with transaction() as session:
        (await session.get(PortalAccess, cast.kim_access.id)).consented_at = None
        found = select(PortalSettings).where(PortalSettings.organisation_id == cast.firm.id)
        settings = (await session.scalars(found)).one()
        settings.privacy_mode, settings.privacy_url = PrivacyMode.LINK, PAGE
    async with Harness() as browser:
        state = await browser.call(ConsentState.load, cookie=cast.cookies["kim"], path="/portal/consent")
    assert len(state.readings) == 1 and state.title == "One thing to read before you start"
