"""The client's screens and the share panel, through the gate, as a browser would use them."""

import pytest

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients.revoking import revoke
from salestrekker_portal.domains.fact_find.service import save_answer
from salestrekker_portal.domains.fact_find.submission import changed_since_sent, submit_profile
from salestrekker_portal.domains.fact_find.writing import Place
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.kernel.devices import browser_name
from salestrekker_portal.portals.broker.deal_notes.state import DealNotesState
from salestrekker_portal.portals.broker.share.state import ShareState
from salestrekker_portal.portals.client.consent.state import ConsentState
from salestrekker_portal.portals.client.dashboard.at_once import dashboard_at_once
from salestrekker_portal.portals.client.dashboard.state import DashboardState
from salestrekker_portal.portals.client.messages.state import MessagesState
from salestrekker_portal.portals.client.privacy.state import PrivacyState
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.domains.documents.world import upload
from tests.domains.portal_access.world import ready_deal, sent
from tests.support.harness import Harness
from tests.support.statements import counted

pytestmark = pytest.mark.usefixtures("sqlite")


async def test_a_message_takes_its_files_along_both_ways(cast):
    """S3-04: files with notes, from the client to the broker and back."""
    path = f"/deals/{cast.deal.id}/notes"
    async with Harness() as browser:
        kim = {"cookie": cast.cookies["kim"], "path": "/portal/messages"}
        alice = {"cookie": cast.cookies["alice"], "path": path}
        await upload(cast.kim, cast.deal, name="Letter.pdf", with_note=True)
        thread = await browser.call(MessagesState.load, **kim)
        assert [row["name"] for row in thread.drafts] == ["Letter.pdf"] and thread.may_attach
        assert (await browser.call(DealNotesState.load, **alice)).drafts == []
        await browser.call(MessagesState.send, **kim, form={"text": ""})
        thread = await browser.call(MessagesState.load, **kim)
        assert [row["name"] for row in thread.messages[-1]["files"]] == ["Letter.pdf"] and thread.drafts == []
        notes = await browser.call(DealNotesState.load, **alice)
        assert [row["name"] for row in notes.notes[0]["files"]] == ["Letter.pdf"]
        await upload(cast.alice, cast.deal, name="Offer.pdf", with_note=True)
        await upload(cast.alice, cast.deal, name="Wrong.pdf", with_note=True)
        notes = await browser.call(DealNotesState.load, **alice)
        await browser.call(DealNotesState.leave_out, **alice, document_id=notes.drafts[1]["id"])
        await browser.call(DealNotesState.load, **alice)
        await browser.call(DealNotesState.set_share_client, **alice, on=True)
        await browser.call(DealNotesState.save, **alice, form={"text": "The offer."})
        thread = await browser.call(MessagesState.load, **kim)
        assert [row["name"] for row in thread.messages[-1]["files"]] == ["Offer.pdf"]


async def test_the_panel_invites_and_then_shows_what_was_sent(cast):
    deal, _ = await ready_deal(cast)
    path, alice = f"/deals/{deal.id}/share", cast.cookies["alice"]
    async with Harness() as browser:
        panel = await browser.call(ShareState.load, path=path, cookie=alice)
        assert (panel.stands, panel.blocked) == ("not_invited", "")
        await browser.call(ShareState.invite, path=path, cookie=alice)
        assert browser.refusal == ""
        panel = await browser.call(ShareState.load, path=path, cookie=alice)
        assert panel.stands == "live" and len(panel.log) == 2
        assert panel.people[0]["state"] == "Invited, link not opened"
        await browser.call(ShareState.resend, path=path, cookie=alice)
        await browser.call(ShareState.copy, path=path, cookie=alice)
        await browser.call(ShareState.revoke, path=path, cookie=alice)
        assert (await browser.call(ShareState.load, path=path, cookie=alice)).stands == "revoked"


async def test_the_assistant_sees_the_panel_with_the_reason_and_is_refused(cast):
    deal, _ = await ready_deal(cast)
    path, bob = f"/deals/{deal.id}/share", cast.cookies["bob"]
    async with Harness() as browser:
        panel = await browser.call(ShareState.load, path=path, cookie=bob)
        assert "Only a broker or an admin" in panel.refusal and panel.checks[0]["key"] == "right"
        await browser.call(ShareState.invite, path=path, cookie=bob)
        assert "Only a broker or an admin" in browser.refusal
    assert await sent("email") == []


async def test_a_broker_elsewhere_finds_no_panel(cast):
    deal, _ = await ready_deal(cast)
    path, mallory = f"/deals/{deal.id}/share", cast.cookies["mallory"]
    async with Harness() as browser:
        panel = await browser.call(ShareState.load, path=path, cookie=mallory)
        assert panel.missing and panel.people == []
        await browser.call(ShareState.invite, path=path, cookie=mallory)
        assert browser.refusal
        notes = await browser.call(DealNotesState.load, path=f"/deals/{cast.deal.id}/notes", cookie=mallory)
        assert notes.missing and notes.notes == []


@pytest.mark.parametrize(
    ("handler", "payload"),
    [
        (ShareState.choose, {"contact_id": 7}),
        (ShareState.choose, {"contact_id": "nonsense"}),
        (ShareState.tick, {"request_id": {"a": 1}, "on": "maybe"}),
        (ShareState.set_flow, {"value": ["x"]}),
        (ShareState.set_sees, {"value": {"evil": 1}}),
        (ShareState.resend, {}),
        (DealNotesState.share, {"note_id": 3, "audience": "world", "on": True}),
        (DealNotesState.save, {"form": "not a form"}),
    ],
)
async def test_wrong_types_and_unknown_ids_are_refused_in_words(cast, handler, payload):
    deal, _ = await ready_deal(cast)
    async with Harness() as browser:
        await browser.call(ShareState.load, path=f"/deals/{deal.id}/share", cookie=cast.cookies["alice"])
        await browser.call(handler, path=f"/deals/{deal.id}/share", cookie=cast.cookies["alice"], **payload)
        assert browser.refusal is not None  # raises when it was anything but a refusal


async def test_the_thread_goes_both_ways(cast):
    async with Harness() as browser:
        kim, notes = cast.cookies["kim"], f"/deals/{cast.deal.id}/notes"
        await browser.call(MessagesState.send, cookie=kim, path="/portal/messages", form={"text": "Hi <b>Alice</b>"})
        seen = await browser.call(DealNotesState.load, cookie=cast.cookies["alice"], path=notes, tab="alice")
        assert [row["text"] for row in seen.notes] == ["Hi <b>Alice</b>"]
        alice = {"cookie": cast.cookies["alice"], "path": notes, "tab": "alice"}
        await browser.call(DealNotesState.set_share_client, on=True, **alice)
        await browser.call(DealNotesState.save, form={"text": "Hello Kim"}, **alice)
        thread = await browser.call(MessagesState.load, cookie=kim, path="/portal/messages")
        assert [row["text"] for row in thread.messages] == ["Hi <b>Alice</b>", "Hello Kim"]
        sams = await browser.call(MessagesState.load, cookie=cast.cookies["sam"], path="/portal/messages", tab="sam")
        assert [row["text"] for row in sams.messages] == ["Hello Kim"]


async def test_an_empty_message_says_so_and_keeps_the_field(cast):
    async with Harness() as browser:
        state = await browser.call(
            MessagesState.send, cookie=cast.cookies["kim"], path="/portal/messages", form={"text": " "}
        )
        assert state.error == "Write something first." and state.sent == 0


async def test_dashboard_and_privacy_show_ones_own_file(cast):
    async with Harness() as browser:
        home = await browser.call(DashboardState.load, cookie=cast.cookies["kim"], path="/portal")
        assert home.step["to"] == "/portal/profile" and home.stage_name == "Fact find"
        privacy = await browser.call(PrivacyState.load, cookie=cast.cookies["kim"], path="/portal/privacy")
        assert privacy.devices[0]["name"] == "This browser"


async def test_oracle_6_no_stage_is_named_when_the_status_bar_is_off(cast):
    from sqlalchemy import select

    from salestrekker_portal.tables.organisations import PortalSettings

    async with transaction() as session:
        settings = await session.scalar(select(PortalSettings).where(PortalSettings.organisation_id == cast.firm.id))
        settings.show_status_bar = False
    async with Harness() as browser:
        home = await browser.call(DashboardState.load, cookie=cast.cookies["kim"], path="/portal")
        assert home.stages == [] and home.stage_name == home.stage_meaning == ""


async def test_oracle_4_after_revoking_the_next_action_is_refused(cast):
    async with Harness() as browser:
        await browser.call(DashboardState.load, cookie=cast.cookies["kim"], path="/portal")
        async with transaction() as session:
            await revoke(session, cast.alice, cast.kim_access.id)
        await browser.call(MessagesState.send, cookie=cast.cookies["kim"], path="/portal/messages", form={"text": "x"})
        assert browser.was_stopped and "/portal/ended" in str(browser.events)


async def test_signing_out_everywhere_ends_every_session(cast):
    async with Harness() as browser:
        await browser.call(PrivacyState.sign_out_everywhere, cookie=cast.cookies["kim"], path="/portal/privacy")
        await browser.call(PrivacyState.load, cookie=cast.cookies["kim"], path="/portal/privacy")
        assert browser.was_stopped


async def test_before_consent_only_the_consent_page_answers(cast):
    from salestrekker_portal.tables.portal_access import PortalAccess

    async with transaction() as session:
        (await session.get(PortalAccess, cast.kim_access.id)).consented_at = None
    async with Harness() as browser:
        await browser.call(DashboardState.load, cookie=cast.cookies["kim"], path="/portal")
        assert browser.was_stopped and "/portal/consent" in str(browser.events)
        page = await browser.call(ConsentState.load, cookie=cast.cookies["kim"], path="/portal/consent")
        assert page.ready and page.readings == []
        await browser.call(ConsentState.agree, cookie=cast.cookies["kim"], path="/portal/consent")
        assert "changed" in browser.refusal


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/140.0 Safari/537.36 Edg/140", "Edge on Windows"),
        ("Mozilla/5.0 (iPad; CPU OS 19_0 like Mac OS X) CriOS/140.0 Mobile Safari/604.1", "Chrome on iPad"),
        ("Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130 Safari/537.36", "Samsung Internet on Android"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140 Safari/537.36 OPR/120", "Opera on Chromebook"),
        ("", "A browser"),
    ],
)
def test_browsers_have_names(agent, words):
    assert browser_name(agent) == words


async def test_a_tab_that_hears_of_its_own_consent_goes_where_the_answer_leads(cast):
    async with Harness() as browser:
        await browser.call(ConsentState.load, cookie=cast.cookies["kim"], path="/portal/consent")
        assert "/portal/profile" in str(browser.events)


async def test_asking_to_change_begins_a_message_about_the_section(sqlite, cast):
    """S2-22, L19: the message names what was locked; an address can't put words into anybody's mouth."""
    kim = cast.cookies["kim"]
    async with Harness() as browser:
        for about, begins in (
            ("applicant.addresses", "About “Addresses” in my profile: I would like to change "),
            ("assets", "About “What you own” in my profile: I would like to change "),
            ("<script>", ""),
            ("", ""),
        ):
            thread = await browser.call(MessagesState.load, cookie=kim, path=f"/portal/messages?about={about}")
            assert thread.draft == begins
        await browser.call(
            MessagesState.send, cookie=kim, path="/portal/messages?about=assets", form={"text": "About assets: a car"}
        )
        assert any("/portal/messages" in event for event in browser.events)


async def test_the_dashboard_says_that_something_changed_since_it_was_sent_and_leads_to_sending_it_again(cast):
    flow, spot = ["applicant.contact_details"], {"section_id": "applicant.contact_details"}

    async def save(key, raw):
        place = Place(**spot, field_key=key, subject_id=cast.kim.id)
        async with transaction() as session:
            await save_answer(session, cast.kim, cast.deal.id, place, raw)

    async def step():
        async with Harness() as browser:
            state = await browser.call(DashboardState.load, cookie=cast.cookies["kim"], path="/portal")
            async with reading() as session:
                at_once = await dashboard_at_once(session, cast.kim, {})
            return state.step, at_once

    async with transaction() as session:
        (await session.get(PortalAccess, cast.kim_access.id)).section_ids = flow
    await save("mobile", "0491 570 157")
    await save("email", "kim@example.com")
    async with transaction() as session:
        await submit_profile(session, cast.kim, cast.deal.id)
    assert "changed" not in (await step())[0]["title"]
    await save("email", "kim.nguyen@example.com")
    said, at_once = await step()
    assert said["title"] == "Your answers changed since you sent them" and said["to"] == "/portal/profile/review"
    assert "as version 2" in said["text"] and said["title"] in at_once
    async with transaction() as session:
        await submit_profile(session, cast.kim, cast.deal.id)
    assert "changed" not in (await step())[0]["title"]


async def test_what_others_change_is_nothing_to_send_again_and_costs_one_statement_while_nothing_is_new(cast):
    async with transaction() as session:
        access = await session.get(PortalAccess, cast.kim_access.id)
        access.submitted_at, access.submissions = utc_now(), 1
    async with reading() as session:
        access = await session.get(PortalAccess, cast.kim_access.id)
        with counted() as seen:
            assert not await changed_since_sent(session, cast.kim, access)
    assert len(seen) == 1, str(seen)
