"""One client, several applications: moving between them, and never into anybody else's."""

from dataclasses import replace

import httpx
import pytest
from sqlalchemy import update
from starlette.applications import Starlette

from salestrekker_portal.database.session import reading, transaction
from salestrekker_portal.domains.clients.revoking import revoke
from salestrekker_portal.domains.pipeline.settling import archive_deal
from salestrekker_portal.domains.portal_access.several import other_applications, switch_application
from salestrekker_portal.kernel.errors import Conflict, NotFound
from salestrekker_portal.portals.client.dashboard.words import loan_of_whom
from salestrekker_portal.portals.http import flash
from salestrekker_portal.portals.incoming.cookies import actor_in
from salestrekker_portal.portals.routes.client_entry import CLIENT_ROUTES
from salestrekker_portal.tables.access import Portal
from salestrekker_portal.tables.deals import Deal, DealApplicant
from salestrekker_portal.tables.portal_access import PortalAccess
from tests import factories as make

OURS = {"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"}
pytestmark = pytest.mark.usefixtures("sqlite")


async def _second(cast, **facts) -> PortalAccess:
    """kim's access to a deal of her own."""
    async with transaction() as session:
        deal = await make.make_deal(
            session, cast.firm, cast.stages[1], cast.alice_user, cast.kim_contact, name="Secret team name"
        )
        return await make.make_access(session, deal, cast.kim_contact, cast.alice_user, **facts)


async def _others(who) -> list:
    async with reading() as session:
        return await other_applications(session, who)


async def _switch(who, access):
    async with transaction() as session:
        return (await switch_application(session, who, access.id))[0]


async def test_a_client_sees_their_other_application_in_words_of_their_own(cast):
    access = await _second(cast)
    (other,) = await _others(cast.kim)
    assert (other.access_id, other.broker, other.with_whom) == (access.id, "Alice O’Rourke", ())
    there = replace(cast.kim, access_id=access.id, deal_id=access.deal_id)
    (back,) = await _others(there)
    assert back.access_id == cast.kim_access.id and back.with_whom == ("Sam",)
    assert await _others(cast.sam) == []


async def test_it_opens_for_the_very_same_contact_only(cast):
    access = await _second(cast)
    for stranger in (cast.sam, replace(cast.kim, organisation_id=cast.other_firm.id), replace(cast.sam, name="Kim")):
        with pytest.raises(NotFound):
            await _switch(stranger, access)
    with pytest.raises(NotFound):
        await _switch(cast.kim, cast.sam_access)
    assert (await _switch(cast.kim, access)).id == access.id


async def test_the_same_address_and_mobile_are_not_the_same_person(cast):
    async with transaction() as session:
        twin = await make.make_contact(session, cast.firm, "Kim", "Nguyen", email="kim@example.com",
                                       mobile="+61491570156")  # fmt: skip
        deal = await make.make_deal(session, cast.firm, cast.stages[1], cast.alice_user, twin)
        access = await make.make_access(session, deal, twin, cast.alice_user)
    assert await _others(cast.kim) == []
    with pytest.raises(NotFound):
        await _switch(cast.kim, access)


async def test_what_was_revoked_archived_or_locked_does_not_open(cast):
    locked = await _second(cast, wrong_pins=5)
    with pytest.raises(Conflict, match="five wrong PINs"):
        await _switch(cast.kim, locked)
    ended = await _second(cast)
    async with transaction() as session:
        await revoke(session, cast.alice, ended.id)
    archived = await _second(cast)
    async with transaction() as session:
        await archive_deal(session, cast.alice, archived.deal_id)
    for access in (ended, archived):
        with pytest.raises(NotFound):
            await _switch(cast.kim, access)
    assert [each.access_id for each in await _others(cast.kim)] == [locked.id]


async def test_over_http_the_cookie_is_the_other_applications_and_the_old_session_ends(cast):
    access = await _second(cast, consented_at=None)
    transport = httpx.ASGITransport(app=Starlette(routes=CLIENT_ROUTES))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000", headers=OURS) as door:
        for junk in ("", "nonsense", str(cast.sam_access.id)):
            answer = await door.post(
                "/session/client/switch", data={"access": junk}, headers={"cookie": cast.cookies["kim"]}
            )
            assert "client-session" not in answer.headers["set-cookie"]
            assert flash.read(f"{flash.COOKIE}={answer.cookies[flash.COOKIE]}", "/portal")[0][""]
        form = {"access": str(access.id)}
        answer = await door.post("/session/client/switch", data=form, headers={"cookie": cast.cookies["kim"]})
    assert answer.headers["location"] == "/portal/consent"
    actor = await actor_in(Portal.CLIENT, f"client-session={answer.cookies['client-session']}")
    assert (actor.access_id, actor.id) == (access.id, cast.kim_contact.id)
    assert await actor_in(Portal.CLIENT, cast.cookies["kim"]) is None
    async with reading() as session:
        assert (await session.get(PortalAccess, access.id)).first_seen_at is not None
        assert (await session.get(PortalAccess, cast.kim_access.id)).revoked_at is None


@pytest.mark.parametrize(
    ("role", "kind", "words"),
    [("client", "personal_loan", "Your personal loan with Sam"), ("client", "home_loan", "Your home loan with Sam"),
     ("security_guarantor", "home_loan", "The home loan of Sam, which you would guarantee"),
     ("servicing_guarantor", "commercial_loan", "The commercial loan of Sam, which you would guarantee"),
     ("non_borrowing_spouse", "home_loan", "The home loan of Sam")],
)  # fmt: skip
async def test_an_application_is_called_by_its_loan_and_whose_it_is(cast, role, kind, words):
    access = await _second(cast)
    async with transaction() as session:
        (await session.get(Deal, cast.deal.id)).loan_kind = kind
        mine = (DealApplicant.deal_id == cast.deal.id) & (DealApplicant.contact_id == cast.kim_contact.id)
        await session.execute(update(DealApplicant).where(mine).values(role=role))
    (back,) = await _others(replace(cast.kim, access_id=access.id, deal_id=access.deal_id))
    assert loan_of_whom(back.loan_kind, back.role, back.with_whom) == words
