"""The first invitation of a new firm: the documents that clients must be given are added once for all deals."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents.compliance import add_version
from salestrekker_portal.domains.documents.service import NewFile
from salestrekker_portal.domains.portal_access.queries import people_of, share_facts, slots_of
from salestrekker_portal.domains.portal_access.rules import Check, CheckState, preflight
from salestrekker_portal.kernel.errors import Conflict
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.documents import Slot
from tests import factories as make
from tests.domains.portal_access.world import invite

pytestmark = pytest.mark.usefixtures("database")

BOTH = (Slot.CREDIT_GUIDE, Slot.PRIVACY_DISCLOSURE)


async def bare_deal(cast):
    """A deal that was made before the firm had anything."""
    async with transaction() as session:
        robin = await make.make_contact(
            session, cast.firm, "Robin", "Ōkere", email="robin@example.com", mobile="+61491570158"
        )
        deal = await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user, robin, name="Ōkere purchase")
    return deal, robin


async def paper_checks(actor, deal, contact) -> dict[str, Check]:
    async with reading() as session:
        kept = await session.get(Deal, deal.id)
        facts = await share_facts(session, actor, await people_of(session, kept, contact.id))
    return {check.key: check for check in preflight(facts) if check.key in BOTH}


async def add_once(cast, *slots: Slot) -> None:
    for slot in slots:
        file = NewFile(key=f"k-{slot}", name="p.pdf", size=9, mime="application/pdf", sha256="0" * 64)
        async with transaction() as session:
            await add_version(session, cast.alice, slot, file)


async def test_it_says_that_the_firm_can_do_it_once_and_leads_there(cast):
    deal, robin = await bare_deal(cast)
    for check in (await paper_checks(cast.alice, deal, robin)).values():
        assert check.state is CheckState.FAILING and "every deal has it, this one too" in check.reason
        assert (check.fix_label, check.fix_href) == ("Add it once", "/settings/client-portal")
    for check in (await paper_checks(cast.bob, deal, robin)).values():
        assert "can add it once for every deal" in check.reason and check.fix_href == f"/deals/{deal.id}/documents"
    with pytest.raises(Conflict):
        await invite(cast, deal, robin)


async def test_once_added_an_older_deal_has_it_too_when_somebody_is_invited(cast):
    deal, robin = await bare_deal(cast)
    await add_once(cast, Slot.CREDIT_GUIDE)
    checks = await paper_checks(cast.alice, deal, robin)
    assert [checks[slot].state for slot in BOTH] == [CheckState.OK, CheckState.FAILING]
    await add_once(cast, Slot.PRIVACY_DISCLOSURE)
    await invite(cast, deal, robin)
    async with reading() as session:
        slots = await slots_of(session, deal.id)
        assert {slot: document.slot_version for slot, document in slots.items()} == dict.fromkeys(BOTH, "v1")
        assert all(document.shared_with_client_at for document in slots.values())


async def test_a_deal_that_has_its_own_keeps_it_and_nothing_comes_twice(cast):
    deal, robin = await bare_deal(cast)
    async with transaction() as session:
        await make.make_document(session, deal, cast.alice_user, "ours.pdf", slot=Slot.CREDIT_GUIDE, slot_version="4")
    await add_once(cast, *BOTH)
    access = await invite(cast, deal, robin)
    await invite(cast, deal, robin, shown=access.id)
    async with reading() as session:
        slots = await slots_of(session, deal.id)
        assert slots[Slot.CREDIT_GUIDE].name == "ours.pdf" and slots[Slot.PRIVACY_DISCLOSURE].slot_version == "v1"
