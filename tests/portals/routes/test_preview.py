"""Preview as client: what a broker sees, what is refused, and that nothing marks the client as having been there."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select
from starlette.applications import Starlette

from salestrekker_portal.config import Mode, Settings
from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.access import grace
from salestrekker_portal.domains.activity.sentences import sentence_of
from salestrekker_portal.domains.signing_in.sessions import end_session, end_sessions
from salestrekker_portal.kernel.clock import utc_now
from salestrekker_portal.portals.client.dashboard.state import DashboardState
from salestrekker_portal.portals.client.documents.state import ClientDocumentsState
from salestrekker_portal.portals.client.frame import ClientShell
from salestrekker_portal.portals.client.messages.state import MessagesState
from salestrekker_portal.portals.client.privacy.state import PrivacyState
from salestrekker_portal.portals.client.profile.state import ClientProfileState, ProfileReviewState
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.routes.client_entry import CLIENT_ROUTES
from salestrekker_portal.portals.routes.preview import PREVIEW_ROUTES
from salestrekker_portal.tables.access import Portal, PortalSession
from salestrekker_portal.tables.activity import Activity
from salestrekker_portal.tables.documents import DocumentRequest
from salestrekker_portal.tables.fact_find import Answer
from salestrekker_portal.tables.notes import Note
from salestrekker_portal.tables.organisations import Flow, Membership
from salestrekker_portal.tables.portal_access import PortalAccess
from tests.domains.portal_access.world import ready_deal
from tests.support.harness import Harness

pytestmark = pytest.mark.usefixtures("sqlite")
OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
DETAILS = "/portal/profile/applicant.personal_details"


@pytest.fixture
async def door():
    transport = httpx.ASGITransport(app=Starlette(routes=[*PREVIEW_ROUTES, *CLIENT_ROUTES]))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS) as client:
        yield client


async def _preview(door, cookie: str, deal, contact, **options) -> str:
    """The cookie of a preview, or "" where it was refused."""
    form = {"deal": str(deal.id), "contact": str(contact.id), **options}
    door.cookies.clear()
    answer = await door.post("/session/preview", data=form, headers={"cookie": cookie})
    assert answer.status_code == 303
    token = answer.cookies.get("client-session")
    assert (answer.headers["location"] == "/portal") == bool(token)
    return f"client-session={token}" if token else ""


async def _count(kind, *where) -> int:
    async with reading() as session:
        return await session.scalar(select(func.count()).select_from(kind).where(*where))


async def test_a_deal_without_an_invitation_is_previewed_with_the_options_chosen(cast, door):
    deal, robin = await ready_deal(cast)
    async with transaction() as session:
        flow = Flow(organisation_id=cast.firm.id, name="Short", section_ids=["assets.property"])
        request = DocumentRequest(deal_id=deal.id, name="Payslips", added_by=cast.alice_user.id)
        session.add_all([flow, request])
    cookie = await _preview(door, cast.cookies["alice"], deal, robin, flow=str(flow.id), requests=str(request.id))
    async with Harness() as browser:
        shell = await browser.call(ClientShell.load, cookie=cookie, path="/portal")
        assert shell.preview and shell.person == "Robin Ōkere" and shell.broker_first == "Alice"
        home = await browser.call(DashboardState.load, cookie=cookie, path="/portal")
        assert browser.refusal == "" and [row["name"] for row in home.requests] == ["Payslips"]
        review = await browser.call(ProfileReviewState.load, cookie=cookie, path="/portal/profile/review")
        assert browser.refusal == "" and len(review.steps) == 1
        papers = await browser.call(ClientDocumentsState.load, cookie=cookie, path="/portal/documents")
        assert browser.refusal == "" and len(papers.to_do) == 1
    assert await _count(PortalAccess, PortalAccess.deal_id == deal.id) == 0
    async with reading() as session:
        assert (await session.get(DocumentRequest, request.id)).sent_at is None


async def test_sections_changed_for_one_invitation_are_what_its_preview_shows(cast, door):
    deal, robin = await ready_deal(cast)
    sections = "applicant.personal_details,liabilities.cards,made.up"
    cookie = await _preview(door, cast.cookies["alice"], deal, robin, sections=sections)
    async with Harness() as browser:
        review = await browser.call(ProfileReviewState.load, cookie=cookie, path="/portal/profile/review")
        assert browser.refusal == "" and len(review.steps) == 2
    assert await _preview(door, cast.cookies["alice"], deal, robin, sections="made.up,<script>") == ""


async def test_every_change_is_refused_and_nothing_marks_the_client_as_seen(cast, door):
    cookie = await _preview(door, cast.cookies["alice"], cast.deal, cast.kim_contact)
    async with reading() as session:
        before = await session.get(PortalAccess, cast.kim_access.id)
    async with Harness() as browser:
        for handler, path, payload in (
            (MessagesState.send, "/portal/messages", {"form": {"text": "Hello"}}),
            (PrivacyState.sign_out_everywhere, "/portal/privacy", {}),
            (ProfileReviewState.submit, "/portal/profile/review", {}),
        ):
            await browser.call(handler, cookie=cookie, path=path, **payload)
            assert "This is a preview" in browser.refusal
        page = await browser.call(ClientProfileState.load, cookie=cookie, path=DETAILS)
        field = page.blocks[0]["fields"][0]["id"]
        assert page.scope.endswith(".preview")
        arguments = {"field": field, "text": "X", "version": 0, "number": "1"}
        page = await browser.call(ClientProfileState.save, arguments, cookie=cookie, path=DETAILS)
        assert "This is a preview" in page.errors[field]
        thread = await browser.call(MessagesState.load, cookie=cookie, path="/portal/messages")
        assert thread.ready and browser.refusal == ""
        privacy = await browser.call(PrivacyState.load, cookie=cookie, path="/portal/privacy")
        assert privacy.devices == []
    assert await _count(Note) == 0 and await _count(Answer) == 0
    async with reading() as session:
        after = await session.get(PortalAccess, cast.kim_access.id)
    assert (after.last_seen_at, after.first_seen_at) == (before.last_seen_at, before.first_seen_at)
    assert await actor_in(Portal.CLIENT, cast.cookies["kim"]) is not None


async def test_it_leaves_an_audit_row_that_names_the_broker(cast, door):
    await _preview(door, cast.cookies["alice"], cast.deal, cast.kim_contact)
    async with reading() as session:
        row = await session.scalar(select(Activity).where(Activity.kind == "portal_access:previewed"))
    assert (row.actor_kind, row.actor_id) == ("broker", cast.alice_user.id)
    assert sentence_of(row) == "previewed the client portal as Kim Nguyen"


async def test_only_staff_of_the_firm_preview_and_only_a_client_of_the_deal(cast, door):
    assert await _preview(door, cast.cookies["mallory"], cast.deal, cast.kim_contact) == ""
    assert await _preview(door, cast.cookies["kim"], cast.deal, cast.kim_contact) == ""
    assert await _preview(door, cast.cookies["priya"], cast.deal, cast.kim_contact) == ""
    deal, _ = await ready_deal(cast)
    assert await _preview(door, cast.cookies["alice"], deal, cast.kim_contact) == ""
    for junk in ("", "x", "<script>", "\x00", "1" * 5000):
        answer = await door.post("/session/preview", data={"who": junk}, headers={"cookie": cast.cookies["alice"]})
        assert answer.status_code == 303 and "client-session" not in answer.headers.get("set-cookie", "")
    assert await _preview(door, cast.cookies["bob"], cast.deal, cast.kim_contact)


async def test_pages_that_are_no_screens_know_no_preview(cast, door):
    cookie = await _preview(door, cast.cookies["alice"], cast.deal, cast.kim_contact)
    assert await actor_in(Portal.CLIENT, cookie) is None
    assert (await actor_in(Portal.CLIENT, cookie, previews=True)).is_preview
    receipt = await door.get("/portal/receipt", headers={"cookie": cookie})
    assert receipt.headers["location"] == "/portal/ended"


async def test_it_ends_with_the_brokers_membership_and_with_one_press(cast, door):
    cookie = await _preview(door, cast.cookies["alice"], cast.deal, cast.kim_contact)
    answer = await door.post("/session/preview/end", headers={"cookie": cookie})
    assert answer.headers["location"] == f"/deals/{cast.deal.id}/share"
    assert await actor_in(Portal.CLIENT, cookie, previews=True) is None
    # A client's own session is none of its business.
    await door.post("/session/preview/end", headers={"cookie": cast.cookies["kim"]})
    assert await actor_in(Portal.CLIENT, cast.cookies["kim"]) is not None
    cookie = await _preview(door, cast.cookies["bob"], cast.deal, cast.kim_contact)
    async with transaction() as session:
        place = await session.scalar(select(Membership).where(Membership.user_id == cast.bob_user.id))
        place.disabled_at = cast.kim_access.consented_at
    assert await actor_in(Portal.CLIENT, cookie, previews=True) is None


async def test_a_preview_follows_the_clients_own_access_where_there_is_one(cast, door):
    cookie = await _preview(door, cast.cookies["alice"], cast.deal, cast.kim_contact, sees="yes")
    actor = await actor_in(Portal.CLIENT, cookie, previews=True)
    assert actor.access_id == cast.kim_access.id and not actor.sees_other_applicants


@pytest.mark.parametrize("how", ["signed out", "expired", "password changed", "disabled", "without a second step"])
async def test_a_preview_ends_with_the_session_that_opened_it(cast, door, how, monkeypatch):
    deal, robin = await ready_deal(cast)
    cookie = await _preview(door, cast.cookies["alice"], deal, robin)
    assert await actor_in(Portal.CLIENT, cookie, previews=True) is not None
    async with transaction() as session:
        opener = await session.get(PortalSession, cast.alice.session_id)
        if how == "signed out":
            await end_session(session, Portal.BROKER, cast.cookies["alice"].partition("=")[2])
        elif how == "expired":
            opener.expires_at = utc_now()
        elif how == "password changed":
            await end_sessions(session, user_id=cast.alice_user.id)
        else:
            where = Membership.user_id == cast.alice_user.id
            membership = (await session.scalars(select(Membership).where(where))).one()
            if how == "disabled":
                membership.disabled_at = utc_now()
            else:
                membership.factor_asked_at = utc_now() - timedelta(days=14)
                monkeypatch.setattr(grace, "settings", lambda: Settings(mode=Mode.EMBEDDED, secret="x" * 40))
    assert await actor_in(Portal.CLIENT, cookie, previews=True) is None
