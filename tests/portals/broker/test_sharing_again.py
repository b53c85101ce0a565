"""The share panel and the contact rows for clients with several deals, shared addresses, and second thoughts."""

import pytest
from sqlalchemy import select

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.documents.requests import add_request
from salestrekker_portal.domains.pipeline.settling import settle_deal, unlock_deal
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.portals.broker.deal.contact_access import ContactAccessState
from salestrekker_portal.portals.broker.deal.overview_state import OverviewState
from salestrekker_portal.portals.broker.share.state import ShareState
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.outbox import Channel
from salestrekker_portal.tables.portal_access import PortalAccess
from tests import factories as make
from tests.domains.portal_access.world import invite, ready_deal, sent
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")


async def _earlier_deal(cast, contact):
    """A deal of the same client that was settled while they still had access: what the old way left behind."""
    async with transaction() as session:
        deal = await make.make_deal(session, cast.firm, cast.stages[5], cast.alice_user, contact, name="Earlier loan")
        await settle_deal(session, cast.alice, deal.id)
        access = await make.make_access(session, deal, contact, cast.alice_user)
    return deal, access


async def test_access_to_a_settled_deal_is_shown_and_ended_without_touching_its_dates(cast):
    """S0-19, S0-20, L08, L09: no unlocking, no second settlement date."""
    deal, robin = await ready_deal(cast)
    earlier, access = await _earlier_deal(cast, robin)
    async with reading() as session:
        before = await session.get(Deal, earlier.id)
    path, alice = f"/deals/{deal.id}/share", cast.cookies["alice"]
    async with Harness() as browser:
        panel = await browser.call(ShareState.load, path=path, cookie=alice)
        assert [(row["deal"], row["live"]) for row in panel.elsewhere] == [("Earlier loan", True)]
        assert "settled" in panel.elsewhere[0]["state"]
        await browser.call(ShareState.ask_other, path=path, cookie=alice, access_id=str(access.id))
        await browser.call(ShareState.invite, path=path, cookie=alice)
        assert browser.refusal == ""
        await browser.call(ShareState.revoke_other, path=path, cookie=alice, access_id=str(access.id))
        panel = await browser.call(ShareState.load, path=path, cookie=alice)
        assert panel.stands == "live" and not panel.elsewhere[0]["live"]
    async with reading() as session:
        after = await session.get(Deal, earlier.id)
        assert (await session.get(PortalAccess, access.id)).revoked_at is not None
    assert (after.settled_on, after.locked_at) == (before.settled_on, before.locked_at)


async def test_ending_one_deals_access_leaves_the_others(cast):
    """L08: settling and revoking concern one deal, in either order."""
    deal, robin = await ready_deal(cast)
    now = await invite(cast, deal, robin)
    async with transaction() as session:
        other = await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user, robin, name="Second loan")
        second = await make.make_access(session, other, robin, cast.alice_user)
    async with transaction() as session:
        await settle_deal(session, cast.alice, other.id)
    async with reading() as session:
        assert (await session.get(PortalAccess, second.id)).revoked_at is not None
        assert (await session.get(PortalAccess, now.id)).revoked_at is None
    async with transaction() as session:
        await unlock_deal(session, cast.alice, other.id)
    async with reading() as session:
        assert (await session.get(PortalAccess, second.id)).revoked_at is not None


async def test_the_panel_says_what_a_shared_mailbox_means_and_invites_another_way(cast):
    deal, _ = await ready_deal(cast)
    async with transaction() as session:
        await make.make_contact(session, cast.firm, "Jules", "Ōkere", email="robin@example.com", mobile="+61491570159")
    path, alice = f"/deals/{deal.id}/share", cast.cookies["alice"]
    async with Harness() as browser:
        panel = await browser.call(ShareState.load, path=path, cookie=alice)
        assert panel.shared_with == "Jules Ōkere" and not panel.shares_both and "shared" in panel.blocked
        await browser.call(ShareState.invite, path=path, cookie=alice)
        assert "E-mail is shared" in browser.refusal
        arguments = {"name": "other_email", "value": "robin at home"}
        panel = await browser.call(ShareState.set_channel, arguments, path=path, cookie=alice)
        panel = await browser.call(ShareState.load, path=path, cookie=alice)
        assert panel.errors["other_email"] and panel.other_email == "robin at home"
        await browser.call(ShareState.invite, path=path, cookie=alice)
        assert browser.refusal and await sent(Channel.EMAIL) == []
        for junk in (None, {"a": 1}, 7):
            await browser.call(ShareState.set_channel, {"name": "other_email", "value": junk}, path=path, cookie=alice)
            assert browser.refusal
        arguments["value"] = "robin.alone@example.com"
        await browser.call(ShareState.set_channel, arguments, path=path, cookie=alice)
        panel = await browser.call(ShareState.load, path=path, cookie=alice)
        assert (panel.blocked, panel.shared_with, panel.errors) == ("", "", {})
        await browser.call(ShareState.invite, path=path, cookie=alice)
        assert browser.refusal == ""
        panel = await browser.call(ShareState.load, path=path, cookie=alice)
    assert {"name": "Link goes to", "value": "robin.alone@example.com"} in panel.facts
    assert (await sent(Channel.EMAIL, "portal.invitation"))[0][0].recipient == "robin.alone@example.com"


async def test_a_contacts_row_leads_to_their_own_invitation(cast):
    path, alice = f"/deals/{cast.deal.id}/share?who={cast.sam_contact.id}", cast.cookies["alice"]
    async with Harness() as browser:
        panel = await browser.call(ShareState.load, path=path, cookie=alice)
        assert panel.first_name == "Sam"
        panel = await browser.call(ShareState.load, path=path.replace(str(cast.sam_contact.id), "junk"), cookie=alice)
        assert panel.first_name in ("Sam", "Kim")


async def test_resend_and_revoke_from_the_contacts_row_leave_a_note(cast):
    path, alice, kim = f"/deals/{cast.deal.id}", cast.cookies["alice"], str(cast.kim_contact.id)
    async with Harness() as browser:
        await browser.call(OverviewState.load, path=path, cookie=alice)
        await browser.call(ContactAccessState.resend, path=path, cookie=alice, contact_id=kim)
        assert browser.refusal == "" and len(await sent(Channel.EMAIL, "portal.invitation")) == 1
        state = await browser.call(ContactAccessState.ask, path=path, cookie=alice, contact_id=kim)
        assert state.asking == kim
        await browser.call(ContactAccessState.revoke, path=path, cookie=cast.cookies["bob"], tab="bob", contact_id=kim)
        assert "Only a broker or an admin" in browser.refusal
        await browser.call(ContactAccessState.revoke, path=path, cookie=alice, contact_id=kim)
        assert browser.refusal == ""
        overview = await browser.call(OverviewState.load, path=path, cookie=alice)
        assert {each["name"]: each["portal"] for each in overview.contacts}["Kim Nguyen"] == "revoked"
        await browser.call(ContactAccessState.revoke, path=path, cookie=alice, contact_id=kim)
        assert browser.refusal  # there is none any more
    assert await actor_in(Portal.CLIENT, cast.cookies["kim"]) is None
    assert await actor_in(Portal.CLIENT, cast.cookies["sam"]) is not None
    async with reading() as session:
        notes = list(await session.scalars(select(Note.text).where(Note.deal_id == cast.deal.id)))
    assert any("ended Kim Nguyen’s access" in text for text in notes)
    assert cast.kim_access.created_at <= utc_now()


async def test_what_is_chosen_for_one_client_is_not_chosen_for_the_next(cast):
    """S1-24: by the tabs of the panel, by "Invite" beside a contact, and after Cancel."""
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        sam = await make.make_contact(session, cast.firm, "Sasha", "Dunn", email="sasha@example.com")
        await make.add_applicant(session, deal, sam)
        request = await add_request(session, cast.alice, deal.id, name="Payslips", contact_id=None)
    path, seat = f"/deals/{deal.id}/share", {"cookie": cast.cookies["alice"]}
    async with Harness() as browser:
        await browser.call(ShareState.load, path=f"{path}?who={robin.id}", **seat)
        await browser.call(ShareState.set_sees, path=path, value="yes", **seat)
        await browser.call(ShareState.set_statements, path=path, on=True, **seat)
        await browser.call(ShareState.set_channel, path=path, name="other_email", value="robin@work.example", **seat)
        await browser.call(ShareState.tick, path=path, request_id=str(request.id), on=False, **seat)
        for way in ({"path": f"{path}?who={sam.id}"}, {"path": f"{path}?who={sam.id}", "chosen": str(sam.id)}):
            chosen = way.pop("chosen", "")
            if chosen:
                await browser.call(ShareState.choose, path=way["path"], contact_id=chosen, **seat)
            panel = await browser.call(ShareState.load, **way, **seat)
            assert panel.chosen == str(sam.id) and (panel.sees, panel.statements) == ("no", False)
            assert panel.other_email == "" and panel.requests[0]["ticked"]
        # Robin's own choices are still Robin's, until they are given up.
        await browser.call(ShareState.choose, path=way["path"], contact_id=str(robin.id), **seat)
        panel = await browser.call(ShareState.load, path=way["path"], **seat)
        assert (panel.sees, panel.statements, panel.other_email) == ("yes", True, "robin@work.example")
        assert not panel.requests[0]["ticked"]
        await browser.call(ShareState.close, path=way["path"], **seat)
        panel = await browser.call(ShareState.load, path=f"{path}?who={robin.id}", **seat)
        assert (panel.sees, panel.statements, panel.other_email) == ("no", False, "")


async def test_a_change_begins_with_what_the_access_has_and_sends_nothing(cast):
    """S1-24, S1-25: Yes stays Yes, the statements stay asked for, and link and PIN stay as they are."""
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin, sees_other_applicants=True)
    before = (await sent(Channel.EMAIL, "portal.invitation"), await sent(Channel.SMS))
    path, seat = f"/deals/{deal.id}/share", {"cookie": cast.cookies["alice"]}
    async with Harness() as browser:
        await browser.call(ShareState.load, path=f"{path}?who={robin.id}", **seat)
        panel = await browser.call(ShareState.change, path=path, **seat)
        assert browser.refusal == "" and (panel.changing, panel.sees) == (True, "yes")
        await browser.call(ShareState.invite, path=path, **seat)
        assert browser.refusal == "" and not browser.errors
    async with reading() as session:
        kept = await session.get(PortalAccess, access.id)
        assert kept.sees_other_applicants and kept.pin_hash == access.pin_hash
    assert len(await sent(Channel.EMAIL, "portal.invitation")) == len(before[0])
    assert len(await sent(Channel.SMS)) == len(before[1])


async def test_what_a_client_sees_is_not_changed_over_what_somebody_else_chose(cast):
    deal, robin = await ready_deal(cast)
    access = await invite(cast, deal, robin)
    path, alice = f"/deals/{deal.id}/share", cast.cookies["alice"]
    async with Harness() as browser:
        for tab in ("one", "two"):
            await browser.call(ShareState.load, path=path, cookie=alice, tab=tab)
            await browser.call(ShareState.choose, path=path, cookie=alice, tab=tab, contact_id=str(robin.id))
            await browser.call(ShareState.change, path=path, cookie=alice, tab=tab)
        await browser.call(ShareState.set_sees, path=path, cookie=alice, tab="one", value="yes")
        await browser.call(ShareState.invite, path=path, cookie=alice, tab="one")
        assert browser.refusal == ""
        await browser.call(ShareState.set_statements, path=path, cookie=alice, tab="two", on=False)
        await browser.call(ShareState.invite, path=path, cookie=alice, tab="two")
        assert browser.refusal.startswith("Somebody else changed what this client can see")
    async with reading() as session:
        assert (await session.get(PortalAccess, access.id)).sees_other_applicants
